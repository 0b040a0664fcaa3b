//! Why something about the settings is refused, or does not count.

use core::fmt;

/// Why settings that are there do not count. The strictest preset holds then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Broken {
    /// There is an anchor and no file.
    FileMissing,
    /// There is a file and no anchor; also after a crash in the middle of setting up.
    AnchorMissing,
    /// An anchor that cannot be read.
    AnchorDamaged,
    /// The file ends before it says it does.
    Cut,
    /// The file is not what was signed.
    Altered,
    /// The file has a good signature, but by another key than the anchor knows.
    Swapped,
    /// The file is older than one that was in use.
    RolledBack,
    /// The file has the revision that was in use, and is another one.
    Conflict,
    /// A format version, or settings, that this build does not know.
    Format,
}

impl Broken {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FileMissing => "guardian/file-missing",
            Self::AnchorMissing => "guardian/anchor-missing",
            Self::AnchorDamaged => "guardian/anchor-damaged",
            Self::Cut => "guardian/cut",
            Self::Altered => "guardian/altered",
            Self::Swapped => "guardian/swapped",
            Self::RolledBack => "guardian/rolled-back",
            Self::Conflict => "guardian/conflict",
            Self::Format => "guardian/format",
        }
    }
}

/// Why something is refused. Nothing of what is stored changes then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GuardianError {
    /// There are no settings.
    NotSetUp,
    /// There are settings, and they are in order.
    AlreadySetUp,
    /// The settings do not count.
    Broken(Broken),
    /// Not 6…64 characters.
    PinLength,
    /// A PIN that is tried first: one character only, or a straight run.
    PinWeak,
    /// Not the PIN.
    PinWrong,
    /// The try was not counted first, by [`super::attempts::begin`].
    NotCounted,
    /// A code with a slip in it: of the wrong length, with a symbol that is none, or whose check does not fit.
    Typo,
    /// A whole recovery code, but not this device's.
    RecoveryWrong,
    /// The file is from before the last change of the PIN, so its PIN and recovery code are no longer valid.
    Ended,
    /// Too few random bytes, or bytes that are not random.
    Random,
    /// Argon2id parameters out of their bounds.
    Stretch,
    /// Not enough memory for Argon2id.
    Memory,
    /// A time before 1970 or after 9999.
    Time,
    /// Text that is empty, too long, or has characters that do not show.
    Text,
    /// More of something than there may be.
    TooMany,
    /// The file would be larger than [`super::MAX_FILE`].
    TooLarge,
    /// What a guardian does not decide in this age band, or a band that is no minor's.
    NotDecided,
    /// A relaxation that is over before it begins, or lasts longer than the band's preset lets it.
    Duration,
    /// There is no such contact or request.
    Unknown,
    /// The contact is approved already.
    Approved,
    /// A revision that cannot be followed by another one.
    Exhausted,
}

impl GuardianError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotSetUp => "guardian/not-set-up",
            Self::AlreadySetUp => "guardian/already-set-up",
            Self::Broken(broken) => broken.code(),
            Self::PinLength => "guardian/pin-length",
            Self::PinWeak => "guardian/pin-weak",
            Self::PinWrong => "guardian/pin-wrong",
            Self::NotCounted => "guardian/not-counted",
            Self::Typo => "guardian/typo",
            Self::RecoveryWrong => "guardian/recovery-wrong",
            Self::Ended => "guardian/ended",
            Self::Random => "guardian/random",
            Self::Stretch => "guardian/stretch",
            Self::Memory => "guardian/memory",
            Self::Time => "guardian/time",
            Self::Text => "guardian/text",
            Self::TooMany => "guardian/too-many",
            Self::TooLarge => "guardian/too-large",
            Self::NotDecided => "guardian/not-decided",
            Self::Duration => "guardian/duration",
            Self::Unknown => "guardian/unknown",
            Self::Approved => "guardian/approved",
            Self::Exhausted => "guardian/exhausted",
        }
    }
}

impl From<Broken> for GuardianError {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for GuardianError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for Broken {}
impl core::error::Error for GuardianError {}
