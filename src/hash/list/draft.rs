//! Making a list.

use super::layout::{
    FORMAT, File, HEADER, Kind, MAGIC, MAX_ENTRIES, MAX_LABEL, MAX_NAME, SIGNATURE, check_text, family_byte,
};
use super::{ListError, PublicKey};
use crate::hash::pdq::{Family, MATCH_DISTANCE, PdqHash};

/// What a list is made of.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    /// What the issuer calls it, at most [`MAX_NAME`] bytes.
    pub name: &'a str,
    /// Which issue it is, from 1.
    pub version: u64,
    /// When it is made, in seconds since 1970.
    pub issued: u64,
    /// From when on it is refused, in seconds since 1970.
    pub expires: u64,
    /// The kind of its hashes.
    pub family: Family,
    /// Bits in which a match may differ, 0…31.
    pub radius: u32,
    /// The hashes, each with a label of at most [`MAX_LABEL`] bytes, which may be empty.
    pub entries: &'a [(PdqHash, &'a str)],
}

/// A list that lacks its signature only.
#[derive(Clone, Debug)]
pub struct Unsigned(Vec<u8>);

impl Draft<'_> {
    /// Writes the list down, to be signed by the holder of the issuer's private key: with any implementation of Ed25519
    /// (not Ed25519ph or Ed25519ctx).
    ///
    /// # Errors
    /// [`ListError`] for what a reader would refuse.
    pub fn write(&self, issuer: &PublicKey) -> Result<Unsigned, ListError> {
        if self.expires <= self.issued {
            return Err(ListError::Header);
        }
        self.bytes(Kind::Issued, issuer).map(Unsigned)
    }

    pub(super) fn bytes(&self, kind: Kind, issuer: &PublicKey) -> Result<Vec<u8>, ListError> {
        let entries = u32::try_from(self.entries.len()).map_err(|_| ListError::TooLarge)?;
        if entries > MAX_ENTRIES || self.name.len() > MAX_NAME {
            return Err(ListError::TooLarge);
        }
        if self.version == 0 || self.radius > MATCH_DISTANCE || check_text(self.name).is_err() {
            return Err(ListError::Header);
        }
        let mut labels = Vec::new();
        if self.entries.iter().any(|(_, label)| !label.is_empty()) {
            for (_, label) in self.entries {
                let length = u8::try_from(label.len()).map_err(|_| ListError::Labels)?;
                check_text(label).map_err(|()| ListError::Labels)?;
                labels.push(length);
                labels.extend_from_slice(label.as_bytes());
            }
        }
        let length = HEADER + self.name.len() + 32 * self.entries.len() + labels.len() + SIGNATURE;
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&[kind.byte(), family_byte(self.family)]);
        bytes.extend_from_slice(&(self.radius as u16).to_le_bytes());
        for field in [length as u64, self.version, self.issued, self.expires] {
            bytes.extend_from_slice(&field.to_le_bytes());
        }
        bytes.extend_from_slice(&entries.to_le_bytes());
        bytes.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        bytes.extend_from_slice(&[0; 2]);
        bytes.extend_from_slice(&(labels.len() as u64).to_le_bytes());
        bytes.extend_from_slice(&issuer.0);
        bytes.extend_from_slice(self.name.as_bytes());
        self.entries.iter().for_each(|(hash, _)| bytes.extend_from_slice(&hash.0));
        bytes.extend_from_slice(&labels);
        Ok(bytes)
    }
}

impl Unsigned {
    /// What is to be signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The list, once it is signed.
    ///
    /// # Errors
    /// [`ListError::Signature`] where it is not the issuer's.
    pub fn signed(mut self, signature: &[u8; 64]) -> Result<Vec<u8>, ListError> {
        let issuer = PublicKey(core::array::from_fn(|i| self.0[64 + i]));
        self.0.extend_from_slice(signature);
        File::split(&self.0)?.verify(&issuer)?;
        Ok(self.0)
    }
}

const _: () = assert!(MAX_LABEL == u8::MAX as usize);
