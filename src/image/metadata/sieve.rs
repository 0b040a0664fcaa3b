//! Where a walk puts every byte of a file: kept or removed, and counted.

use super::{Finding, Format, Kept, Kind, Report};

/// What a walk has said so far, and the copy where one is wanted.
pub struct Sieve {
    found: [u64; Kind::ALL.len()],
    orientation: bool,
    profile: bool,
    copy: Option<Vec<u8>>,
}

impl Sieve {
    /// One that only counts.
    pub const fn counting() -> Self {
        Self { found: [0; Kind::ALL.len()], orientation: false, profile: false, copy: None }
    }

    /// One that copies what is kept of a file: that many bytes, and the few by which the smallest Exif can be longer.
    pub fn copying(length: usize) -> Self {
        Self { copy: Some(Vec::with_capacity(length.saturating_add(64))), ..Self::counting() }
    }

    /// Keeps bytes as they are.
    pub fn keep(&mut self, bytes: &[u8]) {
        if let Some(copy) = &mut self.copy {
            copy.extend_from_slice(bytes);
        }
    }

    /// Leaves so many bytes out, or says what is among those that are.
    pub fn remove(&mut self, kind: Kind, bytes: usize) {
        // `ALL` is in the order of the kinds.
        if let Some(found) = self.found.get_mut(kind as usize) {
            *found = found.saturating_add(bytes as u64);
        }
    }

    /// Says that something else than pixels stays.
    pub fn mark(&mut self, kept: Kept) {
        match kept {
            Kept::Orientation => self.orientation = true,
            Kept::ColourProfile => self.profile = true,
        }
    }

    /// Where the next byte that is kept will stand.
    pub fn position(&self) -> usize {
        self.copy.as_ref().map_or(0, Vec::len)
    }

    /// Writes over bytes that were kept: a length that is only known later.
    pub fn overwrite(&mut self, at: usize, bytes: &[u8]) {
        let copy = self.copy.as_mut().and_then(|copy| copy.get_mut(at..)?.get_mut(..bytes.len()));
        if let Some(place) = copy {
            place.copy_from_slice(bytes);
        }
    }

    /// The report, and the copy.
    pub fn finish(self, format: Format) -> (Report, Vec<u8>) {
        let found = Kind::ALL.into_iter().zip(self.found).filter(|(_, bytes)| *bytes > 0);
        let found = found.map(|(kind, bytes)| Finding { kind, bytes }).collect();
        let kept = [(Kept::Orientation, self.orientation), (Kept::ColourProfile, self.profile)];
        let kept = kept.into_iter().filter_map(|(kept, is)| is.then_some(kept)).collect();
        (Report { format, found, kept }, self.copy.unwrap_or_default())
    }
}
