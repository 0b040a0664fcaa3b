//! One conversation as it grows: what was seen so far, without any text.

use std::collections::BTreeMap;

use super::evidence::{Evidence, UNIT, worth};
use super::judge::{Level, Score, has_settled, level, weigh};
use super::pack::Fired;
use super::signal::{From, Group, Signal, Speaker, Strength};
use super::standing::Standing;
use crate::policy::message::Sensitivity;

/// First byte of a conversation that was kept.
const VERSION: u8 = 1;

/// What is remembered of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversation {
    evidence: Evidence,
    /// When the last message came, in seconds of the host's clock.
    last_at: Option<i64>,
    /// The level that was told last, so that it is not told again with each message.
    told: Option<Level>,
}

/// What the picture guard knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureEvent {
    /// An intimate picture went out.
    Sent,
    /// The user was about to send one, and did not.
    HeldBack,
    /// The other side sent one.
    Received,
}

impl Conversation {
    /// Takes a message: what fired on it, who wrote it, and when, in seconds of any clock, if that is known.
    pub fn take(&mut self, fired: &[Fired], speaker: Speaker, at: Option<i64>) {
        self.pass(at);
        self.evidence.fade_by_message(speaker);
        let has = |signal: Signal| fired.iter().any(|fired| fired.signal == signal);
        // "lol" is no joke yet.
        let is_joke = |fired: &Fired| fired.signal == Signal::Playful && fired.strength != Strength::Weak;
        let (is_topic, is_playful, is_attended) =
            (has(Signal::Topic), fired.iter().any(is_joke), has(Signal::AdultPresent));
        // However many rules see the same sign in a message, it is one sign, as strong as the strongest of them.
        let mut signs: BTreeMap<(Signal, bool), (u32, Strength)> = BTreeMap::new();
        for fired in fired {
            let Some(is_mirrored) = whose(fired.from, speaker) else { continue };
            let group = fired.signal.group();
            let share = match group {
                Group::Context => 100,
                _ if is_topic => 30,
                Group::Probe | Group::Hide | Group::Charm | Group::Ask if is_attended => 50,
                Group::Threat | Group::Demand if is_playful => 40,
                _ => 100,
            };
            let amount = worth(fired.strength) * share / 100;
            let sign = signs.entry((fired.signal, is_mirrored)).or_insert((amount, fired.strength));
            *sign = (*sign).max((amount, fired.strength));
        }
        for ((signal, is_mirrored), (amount, strength)) in signs {
            self.evidence.add(signal, strength, amount, is_mirrored);
        }
        if speaker == Speaker::User && is_playful {
            self.evidence.add(Signal::Playful, Strength::Plain, UNIT, true);
        }
    }

    /// Takes what happened to a picture.
    pub fn take_picture(&mut self, event: PictureEvent, at: Option<i64>) {
        self.pass(at);
        let (signal, amount) = match event {
            PictureEvent::Sent => (Signal::IntimatePicture, UNIT * 3 / 2),
            PictureEvent::HeldBack => (Signal::IntimatePicture, UNIT),
            PictureEvent::Received => (Signal::Sexual, UNIT),
        };
        self.evidence.add(signal, Strength::Strong, amount, false);
    }

    /// Lets the clock go on. A clock that goes back stands still.
    fn pass(&mut self, at: Option<i64>) {
        let now = self.last_at.max(at);
        if let (Some(before), Some(now)) = (self.last_at, now) {
            self.evidence.fade_by_time(now.abs_diff(before));
        }
        self.last_at = now;
    }

    /// The evidence so far.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What it comes to, with somebody of that standing.
    pub fn score(&self, standing: Standing) -> Score {
        weigh(&self.evidence, standing)
    }

    /// The level, and whether it is higher than what was told before.
    pub fn tell(&mut self, standing: Standing, sensitivity: Sensitivity) -> (Option<Level>, bool) {
        let total = self.score(standing).total;
        let mut level = level(total, sensitivity);
        if sensitivity != Sensitivity::Off && self.evidence.of(Signal::IntimatePicture) >= UNIT / 2 {
            level = level.max(Some(Level::Notice));
        }
        let is_higher = level > self.told;
        if is_higher || self.told.is_some_and(|told| has_settled(total, told, sensitivity)) {
            self.told = level;
        }
        (level, is_higher)
    }

    /// For keeping: numbers only, no text, [`Self::BYTES`] bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION, self.told.map_or(0, |level| level as u8)];
        // A quarter of a thousandth of a sign is as exact as anybody needs.
        bytes.extend(self.evidence.all().flat_map(|mark| ((mark >> 2) as u16).to_le_bytes()));
        bytes.extend(self.last_at.unwrap_or(i64::MIN).to_le_bytes());
        bytes
    }

    /// Bytes of a kept conversation.
    pub const BYTES: usize = 2 + 2 * Evidence::MARKS + 8;

    /// From what was kept; `None` if it is not of this version.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let ([VERSION, told], rest) = bytes.split_first_chunk()? else { return None };
        let (marks, last_at) = rest.split_at_checked(2 * Evidence::MARKS)?;
        let marks = marks.as_chunks().0.iter().map(|mark| u32::from(u16::from_le_bytes(*mark)) << 2);
        let last_at = i64::from_le_bytes(last_at.try_into().ok()?);
        let told = match told {
            0 => None,
            1 => Some(Level::Notice),
            2 => Some(Level::Caution),
            3 => Some(Level::Warn),
            _ => return None,
        };
        let evidence = Evidence::from_marks(marks);
        Some(Self { evidence, last_at: (last_at != i64::MIN).then_some(last_at), told })
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
