//! Hashes of videos: PDQ of some of their frames, compared as vPDQ compares them (Meta, "vPDQ", ThreatExchange, 2022).
//!
//! Frames are a bag: neither their order nor their times count. Those below the quality tolerance are left out, the
//! same hash counts once, and one matches where any of the other video is within the distance. What comes out is the
//! share of each video that matches, so that an excerpt is known from the whole: all of the one is in a part of the
//! other.
//!
//! The reference has three versions of this. Its definition (README) and python-threatexchange are followed here: equal
//! hashes count once, and a distance of 31 still matches. Its C++ program counts frames instead of hashes and asks for
//! *less* than 31. Of two frames with the same hash, one below and one above the quality, the good one counts here and
//! in python-threatexchange's index; its brute matcher takes the first. Where nothing is left of a video, the
//! definition divides by zero; here the share is 0.

use serde::Serialize;

use super::pdq::{Family, MATCH_DISTANCE, MATCH_QUALITY, PdqHash};

/// The family that vPDQ has: its program hashes frames at the size that the video has.
pub const VIDEO_FAMILY: Family = Family::FullSize;

/// The hash of one frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameHash {
    /// When it is shown, in milliseconds from the start.
    pub at_ms: u64,
    /// How much there is in the picture, 0…100.
    pub quality: u8,
    /// PDQ of the video's family.
    pub hash: PdqHash,
}

/// The hash of a video: those of some frames, all of one family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VideoHash {
    /// Hashes of different families do not match each other.
    pub family: Family,
    /// In no particular order.
    pub frames: Vec<FrameHash>,
}

/// What frames must have in common, and what they must have in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tolerance {
    /// Most bits in which matching frames differ.
    pub distance: u32,
    /// Least quality of frames that are compared.
    pub quality: u8,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { distance: MATCH_DISTANCE, quality: MATCH_QUALITY }
    }
}

/// How much of one video is in another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// Different frames that match.
    pub matched: usize,
    /// Different frames of sufficient quality.
    pub frames: usize,
    /// The one divided by the other, 0…1; 0 where there are none.
    pub share: f64,
}

impl Share {
    fn new(matched: usize, frames: usize) -> Self {
        Self { matched, frames, share: matched as f64 / frames.max(1) as f64 }
    }
}

/// How much two videos have in common.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct VideoMatch {
    /// How much of the first is in the second.
    pub query: Share,
    /// How much of the second is in the first.
    pub compared: Share,
}

impl VideoHash {
    /// Reads what vPDQ's programs write: a line for each frame with its number, quality, hash and time in seconds, of
    /// which three decimals count; `None` for anything else.
    pub fn from_text(text: &str, family: Family) -> Option<Self> {
        text.lines().map(frame).collect::<Option<_>>().map(|frames| Self { family, frames })
    }

    /// Compares two videos; `None` where their families differ.
    pub fn compare(&self, compared: &Self, tolerance: Tolerance) -> Option<VideoMatch> {
        if self.family != compared.family {
            return None;
        }
        let (queries, candidates) = (self.distinct(tolerance.quality), compared.distinct(tolerance.quality));
        let mut query = 0;
        let mut matched = vec![false; candidates.len()];
        for hash in &queries {
            let mut found = false;
            for (candidate, matched) in candidates.iter().zip(&mut matched) {
                if hash.distance(candidate) <= tolerance.distance {
                    (found, *matched) = (true, true);
                }
            }
            query += usize::from(found);
        }
        Some(VideoMatch {
            query: Share::new(query, queries.len()),
            compared: Share::new(matched.iter().filter(|matched| **matched).count(), candidates.len()),
        })
    }

    /// Looking through what is there already is quick enough for hours, and sorting is 30 KB of WebAssembly.
    fn distinct(&self, quality: u8) -> Vec<PdqHash> {
        let mut hashes = Vec::new();
        for frame in self.frames.iter().filter(|frame| frame.quality >= quality) {
            if !hashes.contains(&frame.hash) {
                hashes.push(frame.hash);
            }
        }
        hashes
    }
}

fn frame(line: &str) -> Option<FrameHash> {
    let mut fields = line.split(',');
    let mut next = || fields.next();
    let _number: u32 = next()?.parse().ok()?;
    let (quality, hash, at) = (next()?.parse().ok()?, next()?.parse().ok()?, next()?);
    let (seconds, decimals) = at.split_once('.').unwrap_or((at, ""));
    // In integers, like everything that is the same everywhere.
    let digits = decimals.bytes().chain(core::iter::repeat(b'0')).take(3);
    let millis =
        digits.map(|digit| (digit as char).to_digit(10)).try_fold(0, |ms, digit| Some(10 * ms + digit?))?;
    let at_ms = seconds.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(millis.into())?;
    next().is_none().then_some(FrameHash { at_ms, quality, hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash that differs from another in as many bits as their numbers do.
    fn hash(bits: usize) -> PdqHash {
        let mut hash = PdqHash::default();
        (0..bits).for_each(|bit| hash.0[bit / 8] |= 1 << (bit % 8));
        hash
    }

    fn video(frames: &[(usize, u8)]) -> VideoHash {
        let frames = frames.iter().zip(0..).map(|((bits, quality), second)| FrameHash {
            at_ms: 1000 * second,
            quality: *quality,
            hash: hash(*bits),
        });
        VideoHash { family: VIDEO_FAMILY, frames: frames.collect() }
    }

    fn counts(query: &VideoHash, compared: &VideoHash) -> [(usize, usize); 2] {
        let found = query.compare(compared, Tolerance::default()).expect("one family");
        [found.query, found.compared].map(|share| (share.matched, share.frames))
    }

    #[test]
    fn frames_match_up_to_the_distance_in_both_directions() {
        let (query, compared) = (video(&[(0, 100), (200, 100)]), video(&[(31, 100), (63, 100), (120, 100)]));
        assert_eq!(counts(&query, &compared), [(1, 2), (1, 3)]);
        assert_eq!(counts(&compared, &query), [(1, 3), (1, 2)]);
        assert_eq!(counts(&video(&[(0, 100)]), &video(&[(32, 100)])), [(0, 1), (0, 1)]);
    }

    #[test]
    fn an_excerpt_is_wholly_in_a_part_of_the_whole() {
        let whole = video(&[(0, 90), (40, 90), (80, 90), (120, 90)]);
        let found = video(&[(41, 90)]).compare(&whole, Tolerance::default()).expect("one family");
        assert_eq!((found.query.share, found.compared.share), (1.0, 0.25));
    }

    #[test]
    fn frames_of_low_quality_are_left_out_on_either_side() {
        let (query, compared) = (video(&[(0, 50), (100, 49)]), video(&[(0, 49), (100, 50)]));
        assert_eq!(counts(&query, &compared), [(0, 1), (0, 1)]);
        assert_eq!(counts(&query, &query), [(1, 1), (1, 1)]);
    }

    #[test]
    fn the_same_hash_counts_once_and_its_best_frame_counts() {
        let query = video(&[(0, 10), (0, 50), (0, 90), (100, 90)]);
        assert_eq!(counts(&query, &video(&[(0, 100)])), [(1, 2), (1, 1)]);
    }

    #[test]
    fn nothing_has_nothing_in_common() {
        for (query, compared) in
            [(&[][..], &[][..]), (&[(0, 90)][..], &[][..]), (&[(0, 3)][..], &[(0, 90)][..])]
        {
            let found = video(query).compare(&video(compared), Tolerance::default()).expect("one family");
            assert_eq!((found.query.share, found.compared.share), (0.0, 0.0));
        }
    }

    #[test]
    fn families_do_not_match_each_other() {
        let other = VideoHash { family: Family::Nearest512, ..video(&[(0, 90)]) };
        assert_eq!(video(&[(0, 90)]).compare(&other, Tolerance::default()), None);
    }

    #[test]
    fn the_reference_s_files_are_read_and_nothing_else() {
        let line = |quality: &str, at: &str| format!("7,{quality},{},{at}", hash(9));
        let parsed = |text: &str| VideoHash::from_text(text, VIDEO_FAMILY).map(|video| video.frames);
        let frame = |quality, at_ms| FrameHash { at_ms, quality, hash: hash(9) };
        let text = format!("{}\n{}\n", line("100", "0.033"), line("3", "12.5"));
        assert_eq!(parsed(&text), Some(vec![frame(100, 33), frame(3, 12_500)]));
        assert_eq!(parsed(&line("50", "61")), Some(vec![frame(50, 61_000)]));
        assert_eq!(parsed(&line("50", "61.0666666")), Some(vec![frame(50, 61_066)]));
        assert_eq!(parsed(""), Some(vec![]));
        let good = line("50", "1.000");
        for broken in [
            good.replace("50", "500"),
            good.replace("50", "-1"),
            good.replace('f', "g"),
            good.replace("ff", "f"),
            good.replace("1.000", "1.0x0"),
            good.replace("1.000", "Infinity"),
            good.replace("1.000", &u64::MAX.to_string()),
            good.replace("7,", ","),
            format!("{good},"),
            format!("{good}\n\n{good}"),
            "1,2".into(),
        ] {
            assert_eq!(parsed(&broken), None, "{broken}");
        }
    }
}
