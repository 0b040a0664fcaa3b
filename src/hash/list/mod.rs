//! Lists of perceptual hashes in one signed file: those of an organisation, and the user's own.
//!
//! - [`List`]: a list that was read and whose signature is right.
//! - [`Draft`]: a list that is being made.
//! - [`Lists`]: the issued lists that are in use, and which of their versions may still come.
//! - [`OwnList`]: pictures that their owner never wants to go out again.
//!
//! The file, little endian:
//!
//! | bytes | content |
//! | --- | --- |
//! | 0…7 | magic `PPHASH\x1a\n` |
//! | 8…11 | format version, `u32` |
//! | 12 | kind: 1 issued, 2 own |
//! | 13 | family: 1 `512-nearest`, 2 `full-size` |
//! | 14…15 | threshold, `u16`: bits in which a match may differ, 0…31 |
//! | 16…23 | length of the whole file, `u64` |
//! | 24…31 | version of the list, `u64`, from 1; each issue has a higher one |
//! | 32…39 | issued, `u64`, seconds since 1970 |
//! | 40…47 | expires, `u64`, seconds since 1970; 0 in an own list |
//! | 48…51 | number of hashes, `u32` |
//! | 52…53 | length of the name, `u16` |
//! | 54…55 | 0 |
//! | 56…63 | length of the labels, `u64`; 0 where there are none |
//! | 64…95 | the issuer's Ed25519 public key; 0 in an own list |
//! | 96… | name, UTF-8 |
//! | … | hashes, 32 bytes each |
//! | … | labels: for each hash a byte with its length, and that many bytes of UTF-8 |
//! | last 64 | Ed25519 signature (RFC 8032) of everything before it; in an own list its SHA-512, against accidents only |
//!
//! A list is read in this order: sizes, whether the issuer is trusted, the signature, and only then the rest.

mod draft;
mod error;
mod issued;
mod layout;
mod own;

use core::fmt;
use core::str::FromStr;

pub use draft::{Draft, Unsigned};
pub use error::ListError;
pub use issued::Lists;
use layout::File;
pub(crate) use layout::check_text;
pub use layout::{MAX_ENTRIES, MAX_LABEL, MAX_NAME};
pub use own::{Added, OwnList, Variants};
use serde::{Serialize, Serializer};

use super::index::Index;
use super::pdq::{Family, PdqHash};

/// An Ed25519 public key, 64 hexadecimal digits as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for PublicKey {
    type Err = ListError;

    fn from_str(text: &str) -> Result<Self, ListError> {
        text.parse().map(|PdqHash(bytes)| Self(bytes)).map_err(|_| ListError::Key)
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What a list says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Who signed it; `None` for an own list.
    pub issuer: Option<PublicKey>,
    /// What its issuer calls it. An issuer may have several lists.
    pub name: String,
    /// Which issue it is; later ones are higher.
    pub version: u64,
    /// When it was made, in seconds since 1970.
    pub issued: u64,
    /// From when on it is refused, in seconds since 1970; `None` for an own list.
    pub expires: Option<u64>,
    /// The kind of its hashes.
    pub family: Family,
    /// Bits in which a match may differ.
    pub radius: u32,
    /// Number of hashes.
    pub entries: u32,
    /// Whether there are labels.
    pub labelled: bool,
}

impl About {
    /// Whether it is too old to be used, by a clock in seconds since 1970.
    pub fn has_expired(&self, now: u64) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

/// A list that is whole and rightly signed, ready to be searched.
#[derive(Clone, Debug)]
pub struct List {
    about: About,
    index: Index,
    labels: Labels,
}

/// A hash of a list that is near enough to one that was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListMatch<'a> {
    /// Bits that differ.
    pub distance: u32,
    /// The hash's place in the list, from 0.
    pub position: usize,
    /// The hash's label, where it has one.
    pub label: Option<&'a str>,
    /// Which of the hashes that were looked for, from 0.
    pub hash: usize,
}

impl List {
    /// Reads a list that one of the trusted issuers signed and that has not expired `now`, in seconds since 1970.
    ///
    /// # Errors
    /// [`ListError`] says what is wrong.
    pub fn open(bytes: &[u8], trusted: &[PublicKey], now: u64) -> Result<Self, ListError> {
        let file = File::trusted(bytes, trusted)?;
        let about = file.about()?;
        if about.has_expired(now) { Err(ListError::Expired) } else { Self::read(&file, about) }
    }

    fn read(file: &File<'_>, about: About) -> Result<Self, ListError> {
        let labels = Labels::read(file.labels, about.entries)?;
        let index = Index::new(file.hashes().copied().map(PdqHash), about.radius);
        Ok(Self { about, index, labels })
    }

    /// What it says of itself.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// Every entry that matches one of the hashes, nearest first. The hashes must be of the list's family.
    pub fn matches(&self, hashes: &[PdqHash]) -> Vec<ListMatch<'_>> {
        let found = self.index.matches_of(hashes).into_iter();
        found
            .map(|found| ListMatch {
                distance: found.entry.distance,
                position: found.entry.position,
                label: self.labels.get(found.entry.position),
                hash: found.hash,
            })
            .collect()
    }

    fn is_of(&self, issuer: Option<PublicKey>, name: &str) -> bool {
        self.about.issuer == issuer && self.about.name == name
    }

    /// Calls `found` with each entry that matches a hash of the list's family, in no order that could be relied on.
    pub fn each<'a>(&'a self, hash: &PdqHash, mut found: impl FnMut(u32, Option<&'a str>)) {
        self.index.each(hash, |entry| found(entry.distance, self.labels.get(entry.position)));
    }

    /// The label of the entry at a position, where it has one.
    pub fn label(&self, position: usize) -> Option<&str> {
        self.labels.get(position)
    }
}

/// What a file says of itself, whoever signed it, and whether the signature is right. For people who look at lists; not
/// a ground for trust.
///
/// # Errors
/// [`ListError`] where it is no list, or not a whole one.
pub fn inspect(bytes: &[u8]) -> Result<(About, Result<(), ListError>), ListError> {
    let file = File::split(bytes)?;
    let about = file.about()?;
    Labels::read(file.labels, about.entries)?;
    let signed = match &about.issuer {
        Some(issuer) => file.verify(issuer),
        None => file.verify_whole(),
    };
    Ok((about, signed))
}

/// Labels of a list's entries, in one piece.
#[derive(Clone, Debug, Default)]
struct Labels {
    text: Box<str>,
    /// Where each label ends; empty where there are none.
    ends: Box<[u32]>,
}

impl Labels {
    fn read(mut bytes: &[u8], entries: u32) -> Result<Self, ListError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let mut text = String::with_capacity(bytes.len());
        let mut ends = Vec::with_capacity(entries as usize);
        for _ in 0..entries {
            let (length, rest) = bytes.split_first().ok_or(ListError::Labels)?;
            let (label, rest) = rest.split_at_checked((*length).into()).ok_or(ListError::Labels)?;
            let label = core::str::from_utf8(label).map_err(|_| ListError::Labels)?;
            layout::check_text(label).map_err(|()| ListError::Labels)?;
            text.push_str(label);
            ends.push(text.len() as u32);
            bytes = rest;
        }
        if bytes.is_empty() {
            Ok(Self { text: text.into(), ends: ends.into() })
        } else {
            Err(ListError::Labels)
        }
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        self.text.get(start..end).filter(|label| !label.is_empty())
    }
}
