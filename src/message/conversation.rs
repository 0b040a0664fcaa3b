//! One conversation as it grows: what was seen so far, without any text.

use super::evidence::{Evidence, worth};
use super::judge::{Score, weigh};
use super::pack::Fired;
use super::signal::{From, Group, Signal, Speaker};
use super::standing::Standing;

/// What is remembered of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    evidence: Evidence,
    /// When the last message came, in seconds.
    last_at: Option<i64>,
}

impl Conversation {
    /// Takes a message: what fired on it, who wrote it, and when, in seconds of any clock, if that is known.
    pub fn take(&mut self, fired: &[Fired], speaker: Speaker, at: Option<i64>) {
        let last_at = self.last_at.max(at);
        let seconds = match (self.last_at, last_at) {
            (Some(before), Some(now)) => now.abs_diff(before),
            _ => 0,
        };
        self.last_at = last_at;
        self.evidence.fade(seconds, speaker);
        let has = |signal: Signal| fired.iter().any(|fired| fired.signal == signal);
        let (is_topic, is_playful, is_attended) =
            (has(Signal::Topic), has(Signal::Playful), has(Signal::AdultPresent));
        for fired in fired {
            let Some(is_mirrored) = whose(fired.from, speaker) else { continue };
            let group = fired.signal.group();
            let share = match group {
                Group::Context => 100,
                _ if is_topic => 30,
                Group::Probe | Group::Hide | Group::Charm | Group::Ask if is_attended => 50,
                _ if is_playful => 70,
                _ => 100,
            };
            let amount = worth(fired.strength) * share / 100;
            self.evidence.add(fired.signal, fired.strength, amount, is_mirrored);
        }
    }

    /// The evidence so far.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What it comes to, with somebody of that standing.
    pub fn score(&self, standing: Standing) -> Score {
        weigh(&self.evidence, standing)
    }
}

/// Whether a rule about somebody's messages counts for another's, and as the mirror of it.
const fn whose(from: From, speaker: Speaker) -> Option<bool> {
    match (from, speaker) {
        (From::Any, _) | (From::Peer, Speaker::Peer) | (From::User, Speaker::User) => Some(false),
        (From::Peer, Speaker::User) => Some(true),
        (From::User, Speaker::Peer) => None,
    }
}
