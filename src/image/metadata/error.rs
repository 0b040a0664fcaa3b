use core::fmt;

/// Why a file was left as it is. Nothing of it is given out then, nor anything half done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MetadataError {
    /// No picture, or one of a format that nothing is taken out of here.
    UnsupportedFormat,
    /// Broken, cut short, or in contradiction with itself.
    Damaged,
    /// More bytes than [`Limits::max_bytes`](crate::Limits::max_bytes) by default.
    TooLarge,
    /// The second look found something in what should have been clean.
    LeftOver,
}

impl MetadataError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnsupportedFormat => "metadata/unsupported-format",
            Self::Damaged => "metadata/damaged",
            Self::TooLarge => "metadata/too-large",
            Self::LeftOver => "metadata/left-over",
        }
    }
}

impl fmt::Display for MetadataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for MetadataError {}
