//! XMP (ISO 16684-1): whether it says where the picture was taken.

use super::Kind;
use super::sieve::Sieve;

/// What the names of Exif's GPS properties begin with in XMP (XMP specification, part 2).
const GPS: &[u8] = b"exif:GPS";

/// Notes the bytes of properties that say where, from their names to the end of their values.
pub fn note_location(packet: &[u8], sieve: &mut Sieve) {
    let mut rest = packet;
    while let Some(at) = rest.windows(GPS.len()).position(|window| window == GPS) {
        let property = &rest[at..];
        let end = end_of(property);
        sieve.remove(Kind::Location, end);
        rest = &property[end..];
    }
}

/// Where the second quotation mark of an attribute, or the text of an element, ends. One pass, and no further.
fn end_of(property: &[u8]) -> usize {
    let mut quotes = 0;
    for (at, byte) in property.iter().enumerate() {
        match byte {
            b'<' => return at,
            b'"' | b'\'' if quotes == 1 => return at + 1,
            b'"' | b'\'' => quotes += 1,
            _ => {}
        }
    }
    property.len()
}
