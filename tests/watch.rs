//! What holds over the frames of a live video. Scores are made up: no frame that would earn them is ever needed.

use pausepoint::classify::Scores;
use pausepoint::classify::softmax::Probability;
use pausepoint::policy::PictureRules;
use pausepoint::watch::{BLIND_MS, CALM_MS, Frame, RECENT_FRAMES, Report, Seen};
use pausepoint::{Action, AgeBand, Direction, Policy, Reason, Watch};
use proptest::prelude::*;

/// Explicit: notice 0.15, warn 0.30, block 0.80. Suggestive: notice 0.30, warn 0.60. Unchecked: warn.
fn rules() -> PictureRules {
    *Policy::preset(AgeBand::From13To15).expect("presets are valid").picture.rules(Direction::Outgoing)
}

/// Millionths of explicit and suggestive; the rest is neutral.
fn scores(explicit: u32, suggestive: u32) -> Scores {
    let suggestive = suggestive.min(1_000_000 - explicit);
    let neutral = 1_000_000 - explicit - suggestive;
    Scores([0, 0, neutral, explicit, suggestive].map(Probability::from_millionths))
}

fn judged(explicit: u32) -> Frame {
    Frame::Judged(scores(explicit, 0))
}

const CALM: u32 = 20_000;
const WARN: u32 = 400_000;
const BLOCK: u32 = 950_000;
const LOST: Frame = Frame::Unchecked(Reason::NotReadable);

/// A watch at the default rate, five frames a second.
struct Live {
    watch: Watch,
    at: u64,
    rules: PictureRules,
}

impl Live {
    const STEP: u64 = 200;

    fn new() -> Self {
        Self { watch: Watch::default(), at: 1_000, rules: rules() }
    }

    fn see(&mut self, frame: Frame) -> Seen {
        self.at += Self::STEP;
        self.watch.see(&frame, self.at, &self.rules)
    }

    /// Sees the frame for this long; gives the last answer and the times of all changes.
    fn see_for(&mut self, frame: Frame, ms: u64) -> (Seen, Vec<(u64, Action)>) {
        let mut changes = Vec::new();
        let mut seen = self.see(frame);
        let begin = self.at - Self::STEP;
        loop {
            if seen.changed {
                changes.push((self.at - begin, seen.report.action));
            }
            if self.at - begin >= ms {
                return (seen, changes);
            }
            seen = self.see(frame);
        }
    }
}

#[test]
fn the_first_frame_is_reported_whatever_it_is() {
    for (frame, action, reasons) in [
        (judged(CALM), Action::Allow, vec![]),
        (judged(WARN), Action::Warn, vec![Reason::Explicit]),
        (judged(BLOCK), Action::Block, vec![Reason::Explicit]),
        (LOST, Action::Unchecked, vec![Reason::NotReadable]),
    ] {
        let seen = Live::new().see(frame);
        assert!(seen.changed);
        assert_eq!((seen.report.action, seen.report.reasons, seen.report.since), (action, reasons, 1_200));
    }
}

#[test]
fn what_does_not_change_is_not_news() {
    for level in [CALM, WARN, BLOCK] {
        let mut live = Live::new();
        let first = live.see(judged(level));
        let (last, changes) = live.see_for(judged(level), 60_000);
        assert_eq!((changes, last.report), (vec![], first.report));
    }
}

#[test]
fn two_strong_frames_are_enough() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 5_000);
    assert!(!live.see(judged(BLOCK)).changed);
    let second = live.see(judged(BLOCK));
    assert!(second.changed);
    assert_eq!((second.report.action, second.report.since), (Action::Warn, live.at));
    // Smoothed, 0.95 comes over 0.80 in three half-lives.
    assert_eq!(live.see(judged(BLOCK)).report.action, Action::Block);
}

#[test]
fn weaker_frames_must_last_longer() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 5_000);
    let (_, changes) = live.see_for(judged(320_000), 2_000);
    assert_eq!(changes, [(400, Action::Notice), (800, Action::Warn)]);
}

#[test]
fn frames_in_turns_are_found_too() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 5_000);
    let actions: Vec<Action> = [BLOCK, CALM, BLOCK].map(|level| live.see(judged(level)).report.action).into();
    assert_eq!(actions, [Action::Allow, Action::Allow, Action::Warn]);
}

#[test]
fn a_fall_takes_two_seconds_of_calm_for_each_step() {
    let mut live = Live::new();
    live.see_for(judged(BLOCK), 2_000);
    let (_, changes) = live.see_for(judged(CALM), 20_000);
    // 0.95 is under four fifths of 0.80 in one frame, and of 0.30 in two more.
    assert_eq!(changes, [(2_200, Action::Warn), (4_400, Action::Allow)]);
}

#[test]
fn one_frame_in_the_calm_starts_it_anew() {
    let mut live = Live::new();
    live.see_for(judged(WARN), 2_000);
    assert_eq!(live.see_for(judged(CALM), 1_600).1, []);
    live.see(judged(BLOCK));
    assert_eq!(live.see_for(judged(CALM), 2_000).1, []);
    assert_eq!(live.see_for(judged(CALM), 10_000).0.report.action, Action::Allow);
}

#[test]
fn a_rise_ends_the_calm() {
    let mut live = Live::new();
    live.see_for(judged(WARN), 2_000);
    live.see(judged(BLOCK));
    live.see_for(judged(CALM), 600);
    // So much later that it counts nearly whole, and the second of its kind among five.
    live.at += 1_300;
    assert_eq!(live.see(judged(BLOCK)).report.action, Action::Block);
    live.at += 300;
    assert_eq!(live.see(judged(CALM)).report.action, Action::Block);
}

#[test]
fn a_fall_goes_to_the_strictest_that_the_calm_has_shown() {
    let mut live = Live::new();
    live.see_for(judged(WARN), 2_000);
    live.at += BLIND_MS;
    live.see(judged(CALM));
    live.see_for(judged(170_000), 1_000);
    let (_, changes) = live.see_for(judged(CALM), 1_000);
    assert_eq!(changes, [(1_000, Action::Notice)]);
}

#[test]
fn a_score_just_below_its_threshold_holds_what_began_above_it() {
    let mut live = Live::new();
    live.see_for(judged(310_000), 2_000);
    assert_eq!(live.see_for(judged(245_000), 60_000).1, [], "over four fifths of 0.30");
    let (_, changes) = live.see_for(judged(235_000), 60_000);
    assert_eq!(changes.iter().map(|(_, action)| *action).collect::<Vec<_>>(), [Action::Notice]);
}

#[test]
fn reasons_are_those_of_what_holds() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 2_000);
    let seen = live.see_for(Frame::Judged(scores(200_000, 700_000)), 2_000).0;
    assert_eq!(seen.report.action, Action::Warn);
    assert_eq!(seen.report.reasons, [Reason::Suggestive, Reason::Explicit]);
    // After a fall they are those of the strictest that the calm has shown.
    let seen = live.see_for(judged(200_000), 20_000).0;
    assert_eq!(seen.report.action, Action::Notice);
    assert_eq!(seen.report.reasons, [Reason::Explicit, Reason::Suggestive]);
}

#[test]
fn frames_that_cannot_be_judged_change_nothing_at_first_and_are_unchecked_then() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 2_000);
    let (seen, changes) = live.see_for(LOST, 10_000);
    assert_eq!(changes, [(BLIND_MS, Action::Unchecked)]);
    assert_eq!(seen.report.reasons, [Reason::NotReadable]);
    assert_eq!(seen.report.fallback, Some(Action::Warn));
    assert_eq!(seen.lapse, None);

    // One good frame is no all-clear yet; two are.
    assert!(!live.see(judged(CALM)).changed);
    let seen = live.see(judged(CALM));
    assert_eq!((seen.changed, seen.report.action, seen.report.fallback), (true, Action::Allow, None));
}

#[test]
fn a_finding_does_not_wait_for_a_second_frame_after_blindness() {
    let mut live = Live::new();
    live.see_for(judged(CALM), 2_000);
    live.see_for(LOST, 5_000);
    assert_eq!(live.see(judged(BLOCK)).report.action, Action::Block);
}

#[test]
fn blindness_is_not_milder_than_what_was_seen_before_it() {
    let mut live = Live::new();
    live.see_for(judged(BLOCK), 2_000);
    let seen = live.see_for(LOST, 5_000).0;
    assert_eq!((seen.report.action, seen.report.fallback), (Action::Unchecked, Some(Action::Block)));
    // And it is still to be calmed down afterwards.
    assert_eq!(live.see(judged(CALM)).report.action, Action::Block);
    assert_eq!(live.see_for(judged(CALM), 20_000).0.report.action, Action::Allow);
}

#[test]
fn frames_that_cannot_be_judged_are_not_calm() {
    let mut live = Live::new();
    live.see_for(judged(WARN), 2_000);
    live.see_for(judged(CALM), 1_800);
    live.see_for(LOST, 1_000);
    assert_eq!(live.see_for(judged(CALM), 1_800).1, []);
}

#[test]
fn the_lapse_is_what_the_frames_would_have_led_to() {
    for level in [CALM, BLOCK] {
        let mut live = Live::new();
        let seen = live.see(judged(level));
        let lapse = seen.lapse.expect("it can lapse");
        let at = live.at + lapse.after_ms;
        let later = live.watch.see(&Frame::Unchecked(Reason::Deadline), at, &live.rules);
        assert_eq!((later.changed, later.report), (true, lapse.report));
    }
}

#[test]
fn after_a_gap_one_frame_counts_whole_and_nothing_falls_at_once() {
    for gap in [BLIND_MS, 3_600_000, u64::MAX / 2] {
        let mut live = Live::new();
        live.see_for(judged(CALM), 2_000);
        live.at += gap;
        assert_eq!(live.see(judged(BLOCK)).report.action, Action::Block);

        let mut live = Live::new();
        live.see_for(judged(BLOCK), 2_000);
        live.see_for(judged(CALM), 1_800);
        live.at += gap;
        assert_eq!(live.see(judged(CALM)).report.action, Action::Block);
        assert_eq!(live.see_for(judged(CALM), 1_800).1, [], "the calm before the gap does not count");
        assert_eq!(live.see(judged(CALM)).report.action, Action::Allow);
    }
}

#[test]
fn a_clock_that_is_set_back_is_a_gap() {
    let mut live = Live::new();
    live.see_for(judged(BLOCK), 20_000);
    live.see_for(judged(CALM), 1_800);
    live.at = 0;
    assert_eq!(live.see(judged(CALM)).report.action, Action::Block);
    assert_eq!(live.see_for(judged(CALM), 1_800).1, []);
    assert_eq!(live.see(judged(CALM)).report.action, Action::Allow);
    live.at = 0;
    assert_eq!(live.see(LOST).report.action, Action::Unchecked);
}

#[test]
fn settled_when_looking_again_would_change_nothing() {
    let mut live = Live::new();
    assert!(live.see(judged(CALM)).settled);
    assert!(!live.see(judged(WARN)).settled);
    assert!(live.see_for(judged(WARN), 2_000).0.settled);
    assert!(!live.see(judged(CALM)).settled);
    assert!(live.see_for(judged(CALM), 5_000).0.settled);
    assert!(!live.see(LOST).settled);
    assert!(live.see_for(LOST, 5_000).0.settled);
    assert!(!live.see(judged(CALM)).settled);
}

#[test]
fn the_policy_of_the_band_and_the_direction_decides() {
    let see = |band, direction, level| {
        let policy = Policy::preset(band).expect("presets are valid");
        let mut live = Live { rules: *policy.picture.rules(direction), ..Live::new() };
        live.see_for(judged(CALM), 2_000);
        live.see_for(judged(level), 5_000).0.report.action
    };
    assert_eq!(see(AgeBand::Under13, Direction::Incoming, 550_000), Action::Block);
    assert_eq!(see(AgeBand::From13To15, Direction::Incoming, 550_000), Action::Warn);
    assert_eq!(see(AgeBand::Adult, Direction::Outgoing, 550_000), Action::Allow);
    assert_eq!(see(AgeBand::Adult, Direction::Incoming, 550_000), Action::Notice);
}

/// A frame and the time since the one before, mostly regular.
fn frames() -> impl Strategy<Value = Vec<(Frame, u64)>> {
    let level = prop_oneof![0..150_000u32, 0..=1_000_000u32, Just(BLOCK), Just(CALM)];
    let frame = prop_oneof![
        9 => (level, 0..=1_000_000u32).prop_map(|(explicit, other)| Frame::Judged(scores(explicit, other))),
        1 => Just(LOST),
    ];
    let pause = prop_oneof![8 => 30..400u64, 1 => 0..BLIND_MS, 1 => 0..20_000u64];
    prop::collection::vec((frame, pause), 1..200)
}

fn run(frames: &[(Frame, u64)]) -> Vec<(u64, Seen)> {
    let (mut watch, mut at) = (Watch::default(), 0);
    frames
        .iter()
        .map(|(frame, pause)| {
            at += pause;
            (at, watch.see(frame, at, &rules()))
        })
        .collect()
}

proptest! {
    #[test]
    fn falls_are_far_apart(frames in frames()) {
        let mut fell: Option<u64> = None;
        let mut last = Action::Allow;
        for (at, seen) in run(&frames) {
            let action = seen.report.action;
            if action == Action::Unchecked {
                continue;
            }
            if action < last {
                prop_assert!(fell.is_none_or(|before| at - before >= CALM_MS), "{fell:?} {at}");
                fell = Some(at);
            }
            last = action;
        }
    }

    #[test]
    fn one_frame_alone_never_makes_a_flicker(
        calm in prop::collection::vec((0..150_000u32, 1..BLIND_MS), 2 * RECENT_FRAMES..60),
        strong in 0..=1_000_000u32,
        place in RECENT_FRAMES..RECENT_FRAMES * 2,
    ) {
        let mut frames: Vec<_> = calm.iter().map(|(level, pause)| (judged(*level), *pause)).collect();
        frames[place].0 = judged(strong);
        for (_, seen) in run(&frames) {
            prop_assert_eq!(seen.report.action, Action::Allow);
        }
    }

    #[test]
    fn rising_scores_never_fall_and_falling_ones_never_rise(
        mut levels in prop::collection::vec(0..=1_000_000u32, 1..100),
        pauses in prop::collection::vec(0..BLIND_MS, 100),
    ) {
        levels.sort_unstable();
        let actions = |levels: &[u32]| {
            let frames: Vec<_> = levels.iter().zip(&pauses).map(|(level, pause)| (judged(*level), *pause)).collect();
            run(&frames).into_iter().map(|(_, seen)| seen.report.action).collect::<Vec<_>>()
        };
        prop_assert!(actions(&levels).is_sorted());
        levels.reverse();
        let mut falling = actions(&levels);
        falling.reverse();
        prop_assert!(falling.is_sorted());
    }

    #[test]
    fn what_lasts_is_what_holds(frames in frames(), explicit in 0..=1_000_000u32, suggestive in 0..=1_000_000u32) {
        let mut live = Live::new();
        for (frame, pause) in frames {
            live.at += pause;
            live.see(frame);
        }
        let lasting = scores(explicit, suggestive);
        let (seen, _) = live.see_for(Frame::Judged(lasting), 60_000);
        let alone = rules().judge(&lasting).0;
        let raised = Scores(lasting.0.map(|p| Probability::from_millionths(p.millionths() * 5 / 4)));
        prop_assert!(seen.report.action >= alone);
        prop_assert!(seen.report.action <= rules().judge(&raised).0);
        prop_assert!(seen.settled);
        prop_assert_eq!(live.watch.smoothed(), lasting);
    }

    #[test]
    fn settled_is_true(frames in frames()) {
        let (mut watch, mut at) = (Watch::default(), 0);
        for (frame, pause) in frames {
            at += pause;
            if watch.see(&frame, at, &rules()).settled {
                let mut watch = watch.clone();
                for later in 1..=60 {
                    let seen = watch.see(&frame, at + later * Live::STEP, &rules());
                    prop_assert!(!seen.changed, "{seen:?}");
                }
            }
        }
    }

    #[test]
    fn smoothing_does_not_depend_on_how_often_is_looked(
        from in 0..=1_000_000u32,
        to in 0..=1_000_000u32,
        pauses in prop::collection::vec(1..200u64, 1..10),
    ) {
        let (mut often, mut once) = (Watch::default(), Watch::default());
        often.see(&judged(from), 0, &rules());
        once.see(&judged(from), 0, &rules());
        let mut at = 0;
        for pause in pauses {
            at += pause;
            often.see(&judged(to), at, &rules());
        }
        once.see(&judged(to), at, &rules());
        for (a, b) in often.smoothed().0.iter().zip(once.smoothed().0) {
            prop_assert!(a.millionths().abs_diff(b.millionths()) <= 60, "{a:?} {b:?}");
        }
    }

    #[test]
    fn reports_are_whole(frames in frames()) {
        let mut last: Option<Report> = None;
        for ((frame, _), (at, seen)) in frames.iter().zip(run(&frames)) {
            let report = seen.report;
            prop_assert_eq!(report.action == Action::Allow, report.reasons.is_empty());
            prop_assert_eq!(report.action == Action::Unchecked, report.fallback.is_some());
            prop_assert_eq!(report.action == Action::Unchecked, seen.lapse.is_none());
            prop_assert_eq!(seen.changed, last.as_ref() != Some(&report), "{:?} {:?}", frame, report);
            prop_assert_eq!(seen.changed, report.since == at && last.is_none_or(|last| last.action != report.action));
            last = Some(report);
        }
    }

    #[test]
    fn the_memory_may_be_kept_elsewhere(frames in frames()) {
        let mut kept = String::new();
        let (mut watch, mut at) = (Watch::default(), 0);
        for (frame, pause) in frames {
            at += pause;
            let mut other: Watch = serde_json::from_str(&kept).unwrap_or_default();
            prop_assert_eq!(watch.see(&frame, at, &rules()), other.see(&frame, at, &rules()));
            prop_assert_eq!(&watch, &other);
            kept = serde_json::to_string(&other).expect("plain data");
        }
    }

    #[test]
    fn no_time_and_no_memory_make_it_panic(times in prop::collection::vec(any::<u64>(), 1..20), smoothed in any::<[u32; 5]>()) {
        let mut memory = serde_json::to_value(Watch::default()).expect("plain data");
        memory["smoothed"] = smoothed.to_vec().into();
        memory["judged_at"] = times[0].into();
        memory["recent"][2] = "unchecked".into();
        let mut watch: Watch = serde_json::from_value(memory).expect("has its form");
        for at in times {
            for frame in [judged(BLOCK), LOST, judged(CALM)] {
                watch.see(&frame, at, &rules());
            }
        }
    }
}
