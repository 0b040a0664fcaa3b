//! Bad files: every one is answered, within the memory limit, and in time.

use std::time::{Duration, Instant};

use corpus::broken::{self, Expect};
use pausepoint::{Action, AgeBand, Context, Guard, Limits, Policy};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

mod common;

#[test]
fn every_bad_file_is_answered_within_its_limits() {
    let Some(model) = common::model("small") else { return };
    let limits = Limits { max_memory: 256 << 20, ..Limits::default() };
    let policy = Policy::preset(AgeBand::Under13).expect("presets are valid");
    let mut guard = Guard::new(model, policy, limits).expect("the model loads");
    let files = broken::files().expect("bad files can be made");
    assert!(files.len() >= 40);
    for file in files {
        MEMORY.reset_peak_usage();
        let before = MEMORY.current_usage();
        let start = Instant::now();
        let verdict = guard.check_image(&file.bytes, &Context::default());
        let (used, took) = (MEMORY.peak_usage() - before, start.elapsed());

        let reason = serde_json::to_value(verdict.reasons.first()).expect("reasons serialise");
        match file.expect {
            Expect::Unchecked(expected) => {
                assert_eq!(verdict.action, Action::Unchecked, "{}", file.name);
                assert_eq!(reason, expected, "{}", file.name);
            }
            Expect::Judged => assert_ne!(verdict.action, Action::Unchecked, "{}: {reason}", file.name),
            Expect::Either => {}
        }
        if verdict.action == Action::Unchecked {
            assert_eq!(verdict.fallback, Some(Action::Block), "{}", file.name);
            assert!(verdict.scores.is_none() && !verdict.reasons.is_empty(), "{}", file.name);
        }
        // The decoders' own copy of the file comes on top of what they decode into.
        let allowed = limits.max_memory as usize + 2 * file.bytes.len();
        assert!(used <= allowed, "{} took {} MiB", file.name, used >> 20);
        // A hang, not a speed: far from what any of them needs even without optimisation.
        assert!(took < Duration::from_secs(60), "{} took {took:?}", file.name);
    }
}
