//! Whether a WebP file agrees with itself (RFC 9649).
//!
//! A lossy frame says its size a second time. The decoder takes memory by that, and decodes, before it asks whether the
//! container says the same; of a frame with transparency in an animation it does not ask at all. So it is asked here.

/// Bytes that a decoder may take because a file says so: a lossy frame gives the lengths of its parts in 24 bits.
pub const CLAIMED: u64 = 1 << 24;

/// Bytes before a frame's own chunks.
const FRAME_HEADER: usize = 16;

/// A chunk, as far as the file has it.
pub struct Chunk<'a> {
    pub name: &'a [u8; 4],
    pub length: usize,
    pub content: &'a [u8],
}

/// The chunks of a file.
pub fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    Chunks(bytes.get(12..).unwrap_or_default())
}

struct Chunks<'a>(&'a [u8]);

impl<'a> Iterator for Chunks<'a> {
    type Item = Chunk<'a>;

    fn next(&mut self) -> Option<Chunk<'a>> {
        let (name, rest) = self.0.split_first_chunk()?;
        let (length, rest) = rest.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        self.0 = rest.get(length.saturating_add(length & 1)..).unwrap_or_default();
        Some(Chunk { name, length, content: &rest[..length.min(rest.len())] })
    }
}

/// The size that an animation's frame says it has.
pub fn frame_size(frame: &[u8]) -> Option<(u32, u32)> {
    size(frame, 6)
}

/// Whether every lossy frame has the size that the container says.
pub fn agrees(bytes: &[u8]) -> bool {
    // Otherwise the frame is the file, and its size is the picture's.
    let Some(Chunk { name: b"VP8X", .. }) = chunks(bytes).next() else { return true };
    let canvas = size(bytes, 24);
    chunks(bytes).all(|chunk| match chunk.name {
        b"VP8 " => has_size(chunk.content, canvas),
        // The decoder looks for the next frame where this one ends, without the byte that fills up an odd one.
        b"ANMF" => chunk.length.is_multiple_of(2) && frame_agrees(chunk.content),
        _ => true,
    })
}

fn frame_agrees(frame: &[u8]) -> bool {
    let mut after_alpha = false;
    Chunks(frame.get(FRAME_HEADER..).unwrap_or_default()).all(|chunk| {
        // What follows transparency is taken for a lossy frame, whatever its name.
        let is_lossy = after_alpha || chunk.name == b"VP8 ";
        after_alpha = chunk.name == b"ALPH";
        !is_lossy || has_size(chunk.content, frame_size(frame))
    })
}

/// Whether a lossy frame has that size and needs no frame before it. What breaks off earlier is for the decoder to refuse.
fn has_size(lossy: &[u8], size: Option<(u32, u32)>) -> bool {
    let [tag, _, _, _, _, _, a, b, c, d, ..] = *lossy else { return true };
    // The upper two bits are a wish for enlarging.
    let [width, height] = [[a, b], [c, d]].map(|side| u32::from(u16::from_le_bytes(side) & 0x3fff));
    tag & 1 == 0 && size == Some((width, height))
}

/// Two sides less one, of three bytes each.
fn size(bytes: &[u8], at: usize) -> Option<(u32, u32)> {
    let [a, b, c, d, e, f] = *bytes.get(at..)?.first_chunk()?;
    Some((u32::from_le_bytes([a, b, c, 0]) + 1, u32::from_le_bytes([d, e, f, 0]) + 1))
}
