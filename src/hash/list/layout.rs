//! The bytes of a list: where what lies, and that it all fits.

use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest as _, Sha512};

use super::{About, ListError, PublicKey};
use crate::hash::pdq::{Family, MATCH_DISTANCE};

/// First eight bytes of a list.
pub const MAGIC: [u8; 8] = *b"PPHASH\x1a\n";
/// The format version that this build reads and writes.
pub const FORMAT: u32 = 1;
/// Most hashes of a list: with their tables, 160 MB.
pub const MAX_ENTRIES: u32 = 1 << 21;
/// Most bytes of a list's name.
pub const MAX_NAME: usize = 200;
/// Most bytes of a label.
pub const MAX_LABEL: usize = 255;

pub const HEADER: usize = 96;
pub const HASH: usize = 32;
pub const SIGNATURE: usize = 64;

/// What a list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Signed by whoever made it, for others.
    Issued,
    /// For its owner only.
    Own,
}

impl Kind {
    pub const fn byte(self) -> u8 {
        match self {
            Self::Issued => 1,
            Self::Own => 2,
        }
    }
}

pub const fn family_byte(family: Family) -> u8 {
    match family {
        Family::Nearest512 => 1,
        Family::FullSize => 2,
    }
}

/// A file whose parts lie where it says, and nothing more.
pub struct File<'a> {
    header: &'a [u8; HEADER],
    name: &'a [u8],
    hashes: &'a [[u8; HASH]],
    pub labels: &'a [u8],
    pub signature: &'a [u8; SIGNATURE],
    signed: &'a [u8],
    kind: Kind,
}

impl<'a> File<'a> {
    /// Splits a file. Nothing is allocated, whatever sizes it claims.
    pub fn split(bytes: &'a [u8]) -> Result<Self, ListError> {
        if bytes.first_chunk() != Some(&MAGIC) {
            return Err(ListError::NotAList);
        }
        let (header, rest) = bytes.split_first_chunk().ok_or(ListError::Length)?;
        if u32::from_le_bytes(field(header, 8)) != FORMAT {
            return Err(ListError::Format);
        }
        if u64::from_le_bytes(field(header, 16)) != bytes.len() as u64 {
            return Err(ListError::Length);
        }
        let entries = u32::from_le_bytes(field(header, 48));
        let name = usize::from(u16::from_le_bytes(field(header, 52)));
        if entries > MAX_ENTRIES || name > MAX_NAME {
            return Err(ListError::TooLarge);
        }
        let (rest, signature) = rest.split_last_chunk().ok_or(ListError::Length)?;
        let (name, rest) = rest.split_at_checked(name).ok_or(ListError::Length)?;
        // At most 64 MB, so that this fits where a `usize` has 32 bits.
        let (hashes, labels) = rest.split_at_checked(entries as usize * HASH).ok_or(ListError::Length)?;
        if u64::from_le_bytes(field(header, 56)) != labels.len() as u64 {
            return Err(ListError::Length);
        }
        let kind = match header[12] {
            1 => Kind::Issued,
            2 => Kind::Own,
            _ => return Err(ListError::Header),
        };
        let signed = &bytes[..bytes.len() - SIGNATURE];
        Ok(Self { header, name, hashes: hashes.as_chunks().0, labels, signature, signed, kind })
    }

    /// Splits a file that one of these issuers signed.
    pub fn trusted(bytes: &'a [u8], issuers: &[PublicKey]) -> Result<Self, ListError> {
        let file = Self::split(bytes)?;
        let issuer = file.issuer().ok_or(ListError::Kind)?;
        if !issuers.contains(&issuer) {
            return Err(ListError::Untrusted);
        }
        file.verify(&issuer)?;
        Ok(file)
    }

    /// Whose signature it should bear; `None` for an own list.
    pub fn issuer(&self) -> Option<PublicKey> {
        (self.kind == Kind::Issued).then(|| PublicKey(field(self.header, 64)))
    }

    pub fn hashes(&self) -> core::slice::Iter<'a, [u8; HASH]> {
        self.hashes.iter()
    }

    /// Whether the issuer signed this.
    pub fn verify(&self, issuer: &PublicKey) -> Result<(), ListError> {
        let key = VerifyingKey::from_bytes(&issuer.0).map_err(|_| ListError::Key)?;
        let signature = Signature::from_bytes(self.signature);
        key.verify_strict(self.signed, &signature).map_err(|_| ListError::Signature)
    }

    /// Whether an own list is as it was written.
    pub fn verify_whole(&self) -> Result<(), ListError> {
        if *self.signature == checksum(self.signed) { Ok(()) } else { Err(ListError::Signature) }
    }

    /// What it says of itself, if it says nothing impossible.
    pub fn about(&self) -> Result<About, ListError> {
        let long = |at| u64::from_le_bytes(field(self.header, at));
        let (version, issued, expires) = (long(24), long(32), long(40));
        let family = match self.header[13] {
            1 => Family::Nearest512,
            2 => Family::FullSize,
            _ => return Err(ListError::Header),
        };
        let radius = u32::from(u16::from_le_bytes(field(self.header, 14)));
        let expires = match self.kind {
            Kind::Issued => Some(expires).filter(|expires| *expires > issued),
            Kind::Own => None,
        };
        if version == 0
            || radius > MATCH_DISTANCE
            || field(self.header, 54) != [0; 2]
            || (self.kind == Kind::Issued && expires.is_none())
        {
            return Err(ListError::Header);
        }
        let name = core::str::from_utf8(self.name).map_err(|_| ListError::Header)?;
        check_text(name).map_err(|()| ListError::Header)?;
        Ok(About {
            issuer: self.issuer(),
            name: name.into(),
            version,
            issued,
            expires,
            family,
            radius,
            entries: self.hashes.len() as u32,
            labelled: !self.labels.is_empty(),
        })
    }
}

/// What an own list bears in place of a signature.
pub fn checksum(bytes: &[u8]) -> [u8; SIGNATURE] {
    Sha512::digest(bytes).into()
}

/// Names and labels are shown to people: no control characters, nothing that changes the direction of text.
pub fn check_text(text: &str) -> Result<(), ()> {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    if text.contains(hidden) { Err(()) } else { Ok(()) }
}

fn field<const N: usize>(header: &[u8; HEADER], at: usize) -> [u8; N] {
    core::array::from_fn(|i| header[at + i])
}
