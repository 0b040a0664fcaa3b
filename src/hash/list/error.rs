//! Why a list is refused.

use core::fmt;

/// Why a list, or a part of one, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ListError {
    /// The first bytes are not those of a list.
    NotAList,
    /// A format version that this build does not read.
    Format,
    /// The file ends early, goes on after its end, or claims to be longer than it is.
    Length,
    /// More entries than [`super::MAX_ENTRIES`], or more of something else than there may be.
    TooLarge,
    /// A field that has no such value.
    Header,
    /// Labels that are not as many as the hashes, too long, or not plain text.
    Labels,
    /// An own list where an issued one is wanted, or the other way round.
    Kind,
    /// Signed by a key that is not trusted.
    Untrusted,
    /// The signature is not that of its issuer: it was altered, damaged, or signed with another key.
    Signature,
    /// Older than one that was taken before.
    Older,
    /// The same version as one that was taken before, but not the same list.
    Changed,
    /// Its time is over.
    Expired,
    /// A public key that is none.
    Key,
    /// A picture with too little in it to be told from others: PDQ quality below 50.
    TooPlain,
    /// There is one of that name.
    Taken,
    /// There is none of that name.
    Unknown,
}

impl ListError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAList => "list/not-a-list",
            Self::Format => "list/format",
            Self::Length => "list/length",
            Self::TooLarge => "list/too-large",
            Self::Header => "list/header",
            Self::Labels => "list/labels",
            Self::Kind => "list/kind",
            Self::Untrusted => "list/untrusted",
            Self::Signature => "list/signature",
            Self::Older => "list/older",
            Self::Changed => "list/changed",
            Self::Expired => "list/expired",
            Self::Key => "list/key",
            Self::TooPlain => "list/too-plain",
            Self::Taken => "list/name-taken",
            Self::Unknown => "list/unknown",
        }
    }
}

impl fmt::Display for ListError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for ListError {}
