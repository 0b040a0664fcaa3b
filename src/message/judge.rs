//! From evidence to a level: what adds up to what.
//!
//! Signs are weighed and added, and so are groups of signs that occur together, which say more than both alone: a threat and
//! a demand, secrecy and a wish for pictures. The weights are in `weights.rs`.

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, UNIT};
use super::signal::{Group, Signal};
use super::standing::Standing;
use super::weights::{PAIRS, SIGNALS, STANDINGS};
use crate::policy::message::Sensitivity;

/// How worrying a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Level {
    /// Something to keep in mind.
    Notice = 1,
    /// A pattern that people are harmed by.
    Caution = 2,
    /// Hardly anything else looks like this.
    Warn = 3,
}

/// Number of features of a conversation.
pub const FEATURES: usize = Signal::ALL.len() + PAIRS.len() + STANDINGS.len();

/// What a conversation is judged by, each in units of [`UNIT`]: what there is of each sign, of each pair of groups, and who
/// the other side is.
pub fn features(evidence: &Evidence, standing: Standing) -> [i64; FEATURES] {
    let mut features = [0; FEATURES];
    // Who jokes back and shows no fear is not being threatened, whatever the words.
    let is_afraid = evidence.of(Signal::Distress) >= UNIT / 2;
    let ease = if is_afraid { 0 } else { evidence.mirrored(Signal::Playful).min(UNIT) };
    let mut groups = [0; Group::RISKS.len()];
    for (i, signal) in Signal::ALL.iter().enumerate() {
        let group = signal.group();
        // What both do is less of a sign: two who ask each other how old they are.
        let own = evidence.of(*signal);
        let one_sided = own.saturating_sub(evidence.mirrored(*signal) / 2);
        let amount = if is_mutual(*signal) { one_sided } else { own };
        let mut amount = i64::from(amount * standing.share(group) / 100);
        if matches!(group, Group::Threat | Group::Demand) {
            amount -= amount * i64::from(ease) * EASED / (100 * i64::from(UNIT));
        }
        features[i] = amount;
        if let Some(of_group) = groups.get_mut(group as usize) {
            *of_group = amount.max(*of_group);
        }
    }
    // Who is upset about something else says nothing of the other side.
    let distress = &mut features[Signal::Distress as usize];
    *distress = groups.into_iter().max().unwrap_or(0).min(*distress);
    let mut at = Signal::ALL.len();
    for (one, other, _) in PAIRS {
        features[at] = groups[one as usize].min(groups[other as usize]);
        at += 1;
    }
    features[at + standing as usize] = i64::from(UNIT);
    features
}

/// How much less threats and demands say to somebody who jokes back, in hundredths.
const EASED: i64 = 40;

/// Whether a sign is less of one where both give it.
const fn is_mutual(signal: Signal) -> bool {
    matches!(signal.group(), Group::Probe | Group::Hide | Group::Charm | Group::Ask)
}

/// What a conversation comes to, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// All together.
    pub total: i32,
    /// What each sign contributes, with its part of the pairs.
    pub of: [i32; Signal::ALL.len()],
}

/// Weighs the evidence.
pub fn weigh(evidence: &Evidence, standing: Standing) -> Score {
    let features = features(evidence, standing);
    let unit = i64::from(UNIT);
    let mut of = [0; Signal::ALL.len()];
    let mut total = 0;
    for i in 0..SIGNALS.len() {
        of[i] = (features[i] * SIGNALS[i] / unit) as i32;
        total += of[i];
    }
    for (pair, (one, other, weight)) in PAIRS.iter().enumerate() {
        let amount = (features[Signal::ALL.len() + pair] * weight / unit) as i32;
        total += amount;
        for group in [one, other] {
            let strongest = Signal::ALL.iter().enumerate().filter(|(_, signal)| signal.group() == *group);
            if let Some((i, _)) = strongest.max_by_key(|(i, _)| features[*i]) {
                of[i] += amount / 2;
            }
        }
    }
    total += STANDINGS[standing as usize] as i32;
    Score { total, of }
}

/// What a score has to reach, by how little is enough.
const fn bar(sensitivity: Sensitivity) -> Option<[i32; 3]> {
    Some(match sensitivity {
        Sensitivity::Off => return None,
        Sensitivity::Standard => [70, 105, 185],
        Sensitivity::High => [65, 100, 175],
        Sensitivity::Highest => [50, 80, 140],
    })
}

/// Whether a score has fallen so far below a level that was told that reaching it again is news.
pub fn has_settled(total: i32, told: Level, sensitivity: Sensitivity) -> bool {
    bar(sensitivity).is_none_or(|bar| total < bar[told as usize - 1] * 3 / 4)
}

/// The level that a score reaches.
pub fn level(total: i32, sensitivity: Sensitivity) -> Option<Level> {
    let [notice, caution, warn] = bar(sensitivity)?;
    match total {
        _ if total >= warn => Some(Level::Warn),
        _ if total >= caution => Some(Level::Caution),
        _ if total >= notice => Some(Level::Notice),
        _ => None,
    }
}
