//! What pictures carry beside pixels, written byte by byte as the standards say, and put into files that others wrote.

/// Something to hide, which is in every carrier here.
pub const SECRET: &[u8] = b"Anna's phone";
/// An XMP packet that says where.
pub const XMP: &str = r#"<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="52,31.2N"
    exif:GPSLongitude='13,24.3E'><exif:GPSAltitude>34/1</exif:GPSAltitude>Anna's phone</rdf:Description></x:xmpmeta>"#;

/// Exif: a camera, perhaps how to turn the picture, where it was taken, and a thumbnail of that many bytes.
pub fn exif(big_endian: bool, orientation: Option<u16>, gps: bool, thumbnail: usize) -> Vec<u8> {
    let short = |value: u16| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let long = |value: u32| if big_endian { value.to_be_bytes() } else { value.to_le_bytes() };
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&short(tag)[..], &short(kind), &long(count), &value].concat()
    };
    // Header, first directory of up to three entries, GPS with one value outside, second directory; then what is large.
    let (first, gps_at, second, data) = (8u32, 8 + 2 + 36 + 4, 8 + 42 + 18, 8 + 42 + 18 + 30);
    let latitude = data + SECRET.len() as u32;
    let mut entries = vec![entry(0x010f, 2, SECRET.len() as u32, long(data))];
    if let Some(orientation) = orientation {
        let [a, b] = short(orientation);
        entries.push(entry(0x0112, 3, 1, [a, b, 0, 0]));
    }
    if gps {
        entries.push(entry(0x8825, 4, 1, long(gps_at)));
    }
    let directory = |entries: &[Vec<u8>], next: u32| {
        [&short(entries.len() as u16)[..], &entries.concat(), &long(next)].concat()
    };
    let mut out = if big_endian { b"MM\0*".to_vec() } else { b"II*\0".to_vec() };
    out.extend(long(first));
    out.extend(directory(&entries, if thumbnail > 0 { second } else { 0 }));
    out.resize(gps_at as usize, 0);
    out.extend(directory(&[entry(2, 5, 3, long(latitude))], 0));
    out.resize(second as usize, 0);
    let small = [entry(0x0201, 4, 1, long(latitude + 24)), entry(0x0202, 4, 1, long(thumbnail as u32))];
    out.extend(directory(&small, 0));
    out.resize(data as usize, 0);
    out.extend(SECRET);
    out.extend([52u32, 1, 31, 1, 12, 1].map(long).concat());
    out.resize(out.len() + thumbnail, b't');
    out
}

/// A profile in outline: nothing here reads more of it than that it is one.
pub fn profile(length: usize) -> Vec<u8> {
    let mut profile = vec![0; length.max(132)];
    let size = profile.len() as u32;
    profile[..4].copy_from_slice(&size.to_be_bytes());
    profile[36..40].copy_from_slice(b"acsp");
    profile
}

/// A segment of a JPEG.
pub fn segment(marker: u8, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    [&[0xff, marker][..], &(content.len() as u16 + 2).to_be_bytes(), &content].concat()
}

/// Segments of a JPEG after its first, where that is JFIF's, or at its start.
pub fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    let jfif = jpeg[2..4] == [0xff, 0xe0];
    let at = if jfif { 4 + usize::from(u16::from_be_bytes([jpeg[4], jpeg[5]])) } else { 2 };
    [&jpeg[..at], &segments.concat(), &jpeg[at..]].concat()
}

/// Parts of an ICC profile for a JPEG.
pub fn profile_segments(profile: &[u8], each: usize) -> Vec<Vec<u8>> {
    let parts = profile.chunks(each);
    let count = parts.len() as u8;
    parts
        .enumerate()
        .map(|(i, part)| segment(0xe2, &[b"ICC_PROFILE\0", &[i as u8 + 1, count], part]))
        .collect()
}

/// The index of Multi-Picture Format: pictures of these sizes after the first.
pub fn multi_picture(sizes: &[u32]) -> Vec<u8> {
    let count = sizes.len() as u32 + 1;
    let mut index = b"MPF\0MM\0*\0\0\0\x08\0\x01\xb0\x02\0\x07".to_vec();
    index.extend((count * 16).to_be_bytes());
    index.extend(26u32.to_be_bytes());
    index.extend([0; 4]);
    index.extend([0; 16]);
    for size in sizes {
        index.extend([0u32, *size, 1, 0].map(u32::to_be_bytes).concat());
    }
    segment(0xe2, &[&index])
}

/// A chunk of a PNG.
pub fn png_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [name, content].concat();
    let mut crc = flate2::Crc::new();
    crc.update(&checked);
    [&(content.len() as u32).to_be_bytes()[..], &checked, &crc.sum().to_be_bytes()].concat()
}

/// Chunks of a PNG after its header.
pub fn with_png_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    [&png[..33], &chunks.concat(), &png[33..]].concat()
}

/// A chunk of a WebP.
pub fn webp_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut chunk = [&name[..], &(content.len() as u32).to_le_bytes(), content].concat();
    chunk.resize(chunk.len().next_multiple_of(2), 0);
    chunk
}

/// A WebP of chunks.
pub fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let content = [b"WEBP", &chunks.concat()[..]].concat();
    [&b"RIFF"[..], &(content.len() as u32).to_le_bytes(), &content].concat()
}

/// A simple WebP as an extended one, with chunks before and after its picture.
pub fn extended_webp(simple: &[u8], flags: u8, before: &[Vec<u8>], after: &[Vec<u8>]) -> Vec<u8> {
    // A lossless picture has its sides in 14 bits each.
    let bits = u32::from_le_bytes([simple[21], simple[22], simple[23], simple[24]]);
    let [width, height] = [bits & 0x3fff, bits >> 14 & 0x3fff].map(|side| side.to_le_bytes());
    let head = [&[flags, 0, 0, 0][..], &width[..3], &height[..3]].concat();
    let picture = vec![simple[12..].to_vec()];
    webp(&[&[webp_chunk(b"VP8X", &head)], before, &picture, after].concat())
}

/// An extension of a GIF: its first block, if it has a fixed one, and the rest in blocks.
pub fn gif_extension(label: u8, first: &[u8], content: &[u8]) -> Vec<u8> {
    let mut out = vec![0x21, label];
    for block in core::iter::once(first).filter(|first| !first.is_empty()).chain(content.chunks(255)) {
        out.push(block.len() as u8);
        out.extend(block);
    }
    out.push(0);
    out
}

/// XMP of a GIF: not in blocks, but with an end that brings readers of blocks to their end.
pub fn gif_xmp(packet: &[u8]) -> Vec<u8> {
    let end: Vec<u8> = core::iter::once(1).chain((0..=255).rev()).chain([0]).collect();
    [b"\x21\xff\x0bXMP DataXMP", packet, &end].concat()
}

/// Extensions of a GIF after its table of colours.
pub fn with_extensions(gif: &[u8], extensions: &[Vec<u8>]) -> Vec<u8> {
    let table = if gif[10] & 0x80 == 0 { 0 } else { 3 << ((gif[10] & 7) + 1) };
    [&gif[..13 + table], &extensions.concat(), &gif[13 + table..]].concat()
}
