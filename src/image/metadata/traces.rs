//! A second look at a file that should be clean, which knows nothing of segments and chunks: were the walk to take a
//! carrier for a part of the picture, its text would still be there.

use super::exif;

/// What carriers that are not compressed begin with or contain. Long enough not to come about by chance.
const SIGNS: [&[u8]; 6] =
    [b"http://ns.adobe.com/", b"<x:xmpmeta", b"<?xpacket", b"Photoshop 3.0\0", b"jumdc2pa", exif::IDENTIFIER];

/// The bytes with which one of them begins: every byte of a file is asked.
const BEGINS: [bool; 256] = {
    let (mut begins, mut sign) = ([false; 256], 0);
    while sign < SIGNS.len() {
        begins[SIGNS[sign][0] as usize] = true;
        sign += 1;
    }
    begins
};

/// Whether there is a sign of metadata anywhere.
pub fn any(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().filter(|(_, byte)| BEGINS[usize::from(**byte)]).any(|(at, _)| {
        let rest = bytes.get(at..).unwrap_or_default();
        SIGNS.iter().any(|sign| rest.starts_with(sign)) && !is_orientation(rest)
    })
}

/// Exif that says nothing but how to turn the picture.
fn is_orientation(rest: &[u8]) -> bool {
    rest.strip_prefix(exif::IDENTIFIER)
        .is_some_and(|tiff| (2..=8).any(|orientation| tiff.starts_with(&exif::minimal(orientation))))
}
