//! What is remembered of a conversation: how much of each sign there was, and no text.

use super::signal::{Signal, Speaker, Strength};

/// Evidence is counted in these: one plain sign is one `UNIT`.
pub const UNIT: u32 = 1 << 16;
/// More evidence of one kind does not count for more.
const MOST: u32 = UNIT * 2;
/// The most that weak signs come to, however many there are.
const MOST_WEAK: u32 = UNIT * 7 / 10;
/// After so many messages of the other side, what was said counts half.
const HALF_LIFE_MESSAGES: u64 = 60;
/// After so many seconds, what was said counts half: thirty days, as slow grooming takes weeks.
const HALF_LIFE_SECONDS: u64 = 30 * 86_400;

const SIGNALS: usize = Signal::ALL.len();

/// How much of each sign there was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Of those that are about the other side, in its messages; of those about the user, in the user's.
    marks: [u32; SIGNALS],
    /// Of those that are about the other side, in the user's own messages.
    mirrored: [u32; SIGNALS],
}

impl Default for Evidence {
    fn default() -> Self {
        Self { marks: [0; SIGNALS], mirrored: [0; SIGNALS] }
    }
}

/// How much a sign of a strength says by itself.
pub const fn worth(strength: Strength) -> u32 {
    match strength {
        Strength::Weak => UNIT * 4 / 10,
        Strength::Plain => UNIT,
        Strength::Strong => UNIT * 3 / 2,
    }
}

impl Evidence {
    /// How much of a sign there was.
    pub fn of(&self, signal: Signal) -> u32 {
        self.marks[signal as usize]
    }

    /// How much of a sign of the other side the user gave too.
    pub fn mirrored(&self, signal: Signal) -> u32 {
        self.mirrored[signal as usize]
    }

    /// Adds a sign. What was there already and what is new do not add up: a second time says half of it more, as who asks
    /// again and again is after something.
    pub fn add(&mut self, signal: Signal, strength: Strength, amount: u32, is_mirrored: bool) {
        let marks = if is_mirrored { &mut self.mirrored } else { &mut self.marks };
        let mark = &mut marks[signal as usize];
        let most = if strength == Strength::Weak { MOST_WEAK.max(*mark) } else { MOST };
        *mark = ((*mark).max(amount) + (*mark).min(amount) / 2).min(most);
    }

    /// Lets time pass.
    pub fn fade_by_time(&mut self, seconds: u64) {
        // Linear between halvings, so that no exponential function is needed, on which machines do not agree.
        let halvings = u32::try_from(seconds / HALF_LIFE_SECONDS).unwrap_or(u32::MAX);
        let left = HALF_LIFE_SECONDS * 2 - seconds % HALF_LIFE_SECONDS;
        for mark in self.each_mut() {
            let kept = u64::from(*mark) * left / (HALF_LIFE_SECONDS * 2);
            *mark = (kept as u32).checked_shr(halvings).unwrap_or(0);
        }
    }

    /// Lets a message pass.
    pub fn fade_by_message(&mut self, speaker: Speaker) {
        if speaker == Speaker::Peer {
            for mark in self.each_mut() {
                *mark = (u64::from(*mark) * (HALF_LIFE_MESSAGES * 2 - 1) / (HALF_LIFE_MESSAGES * 2)) as u32;
            }
        }
    }

    fn each_mut(&mut self) -> impl Iterator<Item = &mut u32> {
        self.marks.iter_mut().chain(&mut self.mirrored)
    }

    /// How many marks there are.
    pub const MARKS: usize = 2 * SIGNALS;

    /// The marks, for keeping.
    pub fn all(&self) -> impl Iterator<Item = u32> {
        self.marks.iter().chain(&self.mirrored).copied()
    }

    /// From marks that were kept; those that are missing are none.
    pub fn from_marks(mut marks: impl Iterator<Item = u32>) -> Self {
        let mut evidence = Self::default();
        for mark in evidence.each_mut() {
            *mark = marks.next().unwrap_or(0).min(MOST);
        }
        evidence
    }
}
