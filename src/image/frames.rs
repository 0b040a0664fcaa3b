//! Counting the frames of an animation without decoding it, and choosing which to look at.
//!
//! Each counter walks the container's blocks only: linear in the bytes, no memory. A file that breaks off is counted up
//! to there; decoding will tell.

use super::webp;

/// How many frames a file holds and how large the largest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameCount {
    /// Frames, 0 where none could be found.
    pub frames: u32,
    /// Pixels of the largest frame, where frames have sizes of their own.
    pub largest: u64,
}

impl FrameCount {
    fn add(&mut self, width: u64, height: u64) {
        self.frames = self.frames.saturating_add(1);
        self.largest = self.largest.max(width * height);
    }
}

/// Counts the image descriptors of a GIF.
pub fn count_gif(bytes: &[u8]) -> FrameCount {
    let mut count = FrameCount::default();
    let _ = walk_gif(bytes, &mut count);
    count
}

fn walk_gif(bytes: &[u8], count: &mut FrameCount) -> Option<()> {
    let colour_table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + colour_table(*bytes.get(10)?);
    loop {
        match bytes.get(at)? {
            0x21 => at += 2,
            0x2c => {
                let [width, height] = [at + 5, at + 7].map(|i| read_le(bytes, i, 2));
                count.add(width?, height?);
                // Descriptor, local colour table, size of the first code.
                at += 10 + colour_table(*bytes.get(at + 9)?) + 1;
            }
            _ => return None,
        }
        // Data sub-blocks, ended by an empty one.
        loop {
            let length = usize::from(*bytes.get(at)?);
            at += 1 + length;
            if length == 0 {
                break;
            }
        }
    }
}

/// Counts the `ANMF` chunks of a WebP.
pub fn count_webp(bytes: &[u8]) -> FrameCount {
    let mut count = FrameCount::default();
    for frame in webp::chunks(bytes).filter(|chunk| chunk.name == b"ANMF") {
        let (width, height) = webp::frame_size(frame.content).unwrap_or((1, 1));
        count.add(width.into(), height.into());
    }
    count
}

/// Counts the `fcTL` chunks of a PNG. Their frames lie within the canvas.
pub fn count_png(bytes: &[u8]) -> FrameCount {
    let mut count = FrameCount::default();
    let mut at = 8;
    while let (Some(length), Some(name)) = (bytes.get(at..at + 4), bytes.get(at + 4..at + 8)) {
        if name == b"fcTL" {
            count.add(0, 0);
        }
        let length = length.iter().fold(0usize, |n, b| n << 8 | usize::from(*b));
        let Some(next) = at.checked_add(length).and_then(|n| n.checked_add(12)) else { break };
        at = next;
    }
    count
}

/// Chooses at most `looks` of `total` frames, spread evenly, the first and the last among them.
pub fn sample(total: u32, looks: u32) -> Vec<u32> {
    let looks = looks.clamp(1, total.max(1));
    if looks == 1 {
        return vec![0];
    }
    (0..looks).map(|i| (u64::from(i) * u64::from(total - 1) / u64::from(looks - 1)) as u32).collect()
}

fn read_le(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    Some(bytes.get(at..at + length)?.iter().rev().fold(0, |n, b| n << 8 | u64::from(*b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_have_both_ends_and_no_repeats() {
        for total in 1..200 {
            for looks in 1..20 {
                let frames = sample(total, looks);
                assert_eq!(frames.len() as u32, looks.min(total));
                assert!(frames.is_sorted_by(|a, b| a < b));
                assert_eq!(frames[0], 0);
                if looks > 1 {
                    assert_eq!(frames.last(), Some(&(total - 1)));
                }
            }
        }
        assert_eq!(sample(0, 8), [0]);
    }
}
