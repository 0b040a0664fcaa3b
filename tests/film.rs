//! Video files: what many samples make of a verdict.

use pausepoint::classify::Scores;
use pausepoint::classify::softmax::Probability;
use pausepoint::hash::sight::{Found, Whose};
use pausepoint::policy::{PictureRules, PictureView};
use pausepoint::video::{NEAR_MS, Reel, VideoVerdict};
use pausepoint::{Action, AgeBand, Direction, Reason, Verdict};
use proptest::prelude::*;

fn policy() -> PictureView {
    PictureView::preset(AgeBand::From13To15).expect("a preset")
}

fn rules() -> PictureRules {
    *policy().rules(Direction::Outgoing)
}

/// The verdict on one frame with this share of explicit content, in per cent.
fn frame(explicit: u32) -> Verdict {
    let percent = |p: u32| Probability::from_millionths(p * 10_000);
    let scores = Scores([percent(0), percent(0), percent(100 - explicit), percent(explicit), percent(0)]);
    let (action, reasons) = rules().judge(&scores);
    Verdict { action, reasons, scores: Some(scores), ..unreadable(Reason::Damaged) }
}

fn unreadable(reason: Reason) -> Verdict {
    Verdict {
        action: Action::Unchecked,
        reasons: vec![reason],
        scores: None,
        risk: None,
        fallback: None,
        listed: Vec::new(),
        looked: None,
        host_decode: false,
        model: "mid".into(),
        policy_version: "1".into(),
    }
}

fn listed(name: &str) -> Verdict {
    let found =
        Found { list: Whose::Own, name: String::new(), label: Some(name.into()), distance: 3, frame: 0 };
    Verdict { listed: vec![found], ..frame(0) }
}

/// A sample each second.
fn reel(frames: &[Verdict]) -> Reel {
    let mut reel = Reel::default();
    frames.iter().zip((0..).step_by(1000)).for_each(|(frame, at)| reel.add(frame, at, &rules()));
    reel
}

fn verdict(reel: &Reel, stopped: Option<Reason>) -> VideoVerdict {
    reel.verdict(stopped, &policy(), Direction::Outgoing, "mid")
}

/// In this policy: notice from 15, warn from 30, block from 80.
fn of(shares: &[u32]) -> (Action, Vec<Reason>, Option<u64>) {
    let frames: Vec<Verdict> = shares.iter().map(|share| frame(*share)).collect();
    let VideoVerdict { verdict, at_ms, .. } = verdict(&reel(&frames), None);
    (verdict.action, verdict.reasons, at_ms)
}

#[test]
fn nothing_alarming_is_allowed() {
    assert_eq!(of(&[0, 5, 3, 14]), (Action::Allow, vec![], Some(3000)));
}

#[test]
fn one_sample_counts_a_step_less() {
    let explicit = vec![Reason::Explicit];
    assert_eq!(of(&[0, 20, 0]), (Action::Allow, vec![], Some(1000)));
    assert_eq!(of(&[0, 40, 0]), (Action::Notice, explicit.clone(), Some(1000)));
    assert_eq!(of(&[0, 0, 90]), (Action::Warn, explicit.clone(), Some(2000)));
    assert_eq!(of(&[90]), (Action::Warn, explicit, Some(0)));
}

#[test]
fn two_samples_near_each_other_count_whole() {
    assert_eq!(of(&[0, 20, 20, 0]).0, Action::Notice);
    assert_eq!(of(&[0, 40, 0, 0, 0, 0, 40]).0, Action::Warn);
    assert_eq!(of(&[0, 40, 0, 0, 0, 0, 0, 40]).0, Action::Notice, "more than five seconds apart");
    assert_eq!(of(&[90, 90]), (Action::Block, vec![Reason::Explicit], Some(1000)));
    // The stricter one counts whole only as far as the other supports it.
    assert_eq!(of(&[90, 20]).0, Action::Warn);
    assert_eq!(of(&[20, 90]).0, Action::Warn);
    assert_eq!(of(&[40, 90]).0, Action::Warn);
}

#[test]
fn the_worst_sample_gives_the_scores() {
    let found = verdict(&reel(&[frame(10), frame(60), frame(20)]), None);
    assert_eq!(found.verdict.risk, Some(0.6));
    assert_eq!((found.looked, found.unchecked), (3, 0));
    assert_eq!((found.verdict.model.as_str(), found.verdict.policy_version), ("mid", policy().version));
}

#[test]
fn a_listed_picture_counts_wherever_it_appears() {
    let reel = reel(&[frame(0), frame(0), listed("beach"), frame(0), listed("beach"), listed("mirror")]);
    let found = verdict(&reel, None);
    assert_eq!(
        (found.verdict.action, found.verdict.reasons, found.at_ms),
        (Action::Block, vec![Reason::OwnList], Some(2000))
    );
    let names: Vec<_> =
        found.verdict.listed.iter().map(|found| (found.label.as_deref(), found.frame)).collect();
    assert_eq!(names, [(Some("beach"), 2), (Some("mirror"), 5)]);
    assert!(reel.is_decided(&rules()));
    let incoming = reel.verdict(None, &policy(), Direction::Incoming, "mid");
    assert_eq!(incoming.verdict.action, Action::Warn);
}

#[test]
fn what_was_not_seen_whole_is_unchecked_but_never_milder_than_what_was_seen() {
    let stopped = |frames: &[Verdict], reason| {
        let found = verdict(&reel(frames), reason).verdict;
        (found.action, found.reasons, found.fallback)
    };
    let late = Some(Reason::Deadline);
    assert_eq!(stopped(&[], None), (Action::Unchecked, vec![Reason::Empty], Some(Action::Warn)));
    assert_eq!(stopped(&[], late), (Action::Unchecked, vec![Reason::Deadline], Some(Action::Warn)));
    assert_eq!(
        stopped(&[frame(0), frame(0)], late),
        (Action::Unchecked, vec![Reason::Deadline], Some(Action::Warn))
    );
    let lone = [frame(0), unreadable(Reason::NotReadable), frame(0)];
    assert_eq!(stopped(&lone, None), (Action::Unchecked, vec![Reason::NotReadable], Some(Action::Warn)));
    assert_eq!(stopped(&[frame(90), frame(90)], late), (Action::Block, vec![Reason::Explicit], None));
    let mut adult = policy();
    adult.picture.outgoing.unchecked = Action::Allow;
    let seen = reel(&[frame(40), frame(40)]).verdict(late, &adult, Direction::Outgoing, "mid").verdict;
    assert_eq!((seen.action, seen.fallback), (Action::Unchecked, Some(Action::Warn)));
}

proptest! {
    /// Samples that show more never make the verdict milder, nor does one more sample.
    #[test]
    fn more_is_never_milder(shares in proptest::collection::vec(0..=100u32, 1..40), at in any::<prop::sample::Index>(), more in 0..=100u32) {
        let action = |shares: &[u32]| of(shares).0;
        let before = action(&shares);
        let mut worse = shares.clone();
        let at = at.index(worse.len());
        worse[at] = worse[at].max(more);
        prop_assert!(action(&worse) >= before);
        let longer: Vec<u32> = shares.iter().copied().chain([more]).collect();
        prop_assert!(action(&longer) >= before);
    }

    /// By the definition, gone through pair by pair.
    #[test]
    fn the_verdict_is_that_of_the_definition(
        samples in proptest::collection::vec((0..=100u32, 1..4000u64), 1..30)
    ) {
        let mut reel = Reel::default();
        let (mut at, mut earned) = (0, Vec::new());
        for (share, gap) in samples {
            at += gap;
            reel.add(&frame(share), at, &rules());
            earned.push((frame(share).action, at));
        }
        let milder = |action| match action {
            Action::Block => Action::Warn,
            Action::Warn => Action::Notice,
            _ => Action::Allow,
        };
        let single = earned.iter().map(|(action, _)| milder(*action)).max();
        let pairs = earned.iter().enumerate().flat_map(|(i, a)| earned[i + 1..].iter().map(move |b| (a, b)));
        let near = pairs.filter(|(a, b)| b.1 - a.1 <= NEAR_MS).map(|(a, b)| a.0.min(b.0)).max();
        prop_assert_eq!(Some(verdict(&reel, None).verdict.action), single.max(near));
    }
}
