//! Inputs that break the worker on purpose or choose their own scores, for tests of what happens then. Only with the
//! feature `test-hooks`.

use crate::classify::Scores;
use crate::classify::network::INPUT_BYTES;
use crate::classify::softmax::Probability;

/// Panics, or never returns, when the bytes ask for it.
pub fn run(bytes: &[u8]) {
    match bytes {
        b"pausepoint-test-panic" => panic!("asked to panic"),
        b"pausepoint-test-hang" => loop {
            core::hint::black_box(bytes);
        },
        _ => {}
    }
}

/// The scores of an explicit picture for one that is magenta all over. No picture that would earn them is ever needed.
pub fn scores(look: &[u8; INPUT_BYTES]) -> Option<Scores> {
    let is_magenta = |pixel: &[u8]| matches!(pixel, [200..=255, 0..=60, 200..=255]);
    let forced = [0, 0, 50_000, 950_000, 0].map(Probability::from_millionths);
    look.chunks_exact(3).all(is_magenta).then_some(Scores(forced))
}
