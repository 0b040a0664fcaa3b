//! Looking for listed pictures in a picture that is being judged, while its pixels are at hand.

use serde::Serialize;

use super::list::{Lists, OwnList, PublicKey};
use super::pdq::{Dihedral, Family, Hasher, MATCH_QUALITY, Pdq};
use crate::image::decode::Tap;
use crate::image::raster::Raster;
use crate::verdict::Reason;

/// Most finds that are reported of one picture.
const MOST: usize = 16;

/// A listed picture that the picture seems to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Whose list it is in.
    pub list: Whose,
    /// The list's name; empty for the own list.
    pub name: String,
    /// The picture's label in it, or its name in the own list.
    pub label: Option<String>,
    /// Bits that differ, 0…31.
    pub distance: u32,
    /// Which frame, from 0.
    pub frame: u32,
}

impl Found {
    /// Whether both are the same listed picture.
    pub fn is_same(&self, other: &Self) -> bool {
        (self.list, &self.name, &self.label) == (other.list, &other.name, &other.label)
    }

    /// The reason that it gives.
    pub const fn reason(&self) -> Reason {
        match self.list {
            Whose::Own => Reason::OwnList,
            Whose::Issuer(_) => Reason::HashList,
        }
    }
}

/// Whose list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The user's own.
    Own,
    /// That of the organisation with this key.
    Issuer(PublicKey),
}

/// Looks for what is in the lists.
pub struct Sight<'a> {
    lists: &'a Lists,
    own: &'a OwnList,
    found: Vec<Found>,
}

impl<'a> Sight<'a> {
    /// For these lists.
    pub fn new(lists: &'a Lists, own: &'a OwnList) -> Self {
        Self { lists, own, found: Vec::new() }
    }

    /// What was found, the nearest of each listed picture, nearest first.
    pub fn finish(self) -> Vec<Found> {
        self.found
    }

    fn families(&self) -> impl Iterator<Item = Family> {
        Family::ALL.into_iter().filter(|family| {
            self.lists.needs(*family) || (*family == OwnList::FAMILY && !self.own.is_empty())
        })
    }

    fn look_for(&mut self, family: Family, pdq: &Pdq, frame: u32) {
        if pdq.quality < MATCH_QUALITY {
            return;
        }
        if family == OwnList::FAMILY
            && let Some(found) = self.own.find(&pdq.hash())
        {
            let label = Some(found.name.into());
            let distance = found.distance;
            self.note(Found { list: Whose::Own, name: String::new(), label, distance, frame });
        }
        // Issuers list pictures as they are; copies may be turned.
        let hashes = Dihedral::ALL.map(|dihedral| pdq.oriented(dihedral));
        let lists = self.lists;
        for list in lists.iter().filter(|list| list.about().family == family) {
            let Some(issuer) = list.about().issuer else { continue };
            for hash in &hashes {
                list.each(hash, |distance, label| {
                    let (name, label) = (list.about().name.clone(), label.map(Into::into));
                    self.note(Found { list: Whose::Issuer(issuer), name, label, distance, frame });
                });
            }
        }
    }

    /// Keeps the finds in order, one of each listed picture.
    fn note(&mut self, found: Found) {
        if let Some(at) = self.found.iter().position(|other| other.is_same(&found)) {
            if self.found[at].distance <= found.distance {
                return;
            }
            self.found.remove(at);
        }
        let at = self.found.partition_point(|other| other.distance <= found.distance);
        self.found.insert(at, found);
        self.found.truncate(MOST);
    }
}

impl Tap for Sight<'_> {
    fn memory(&self, (width, height): (u32, u32)) -> u64 {
        let hashers: u64 = self.families().map(|family| Hasher::memory(width, height, family)).sum();
        // And a row, where it has to be converted.
        hashers + 3 * u64::from(width)
    }

    fn frame(&mut self, frame: u32, raster: &Raster<'_>) {
        let (width, height) = raster.size();
        let mut hashers: Vec<(Family, Hasher)> =
            self.families().map(|family| (family, Hasher::new(width, height, family))).collect();
        if hashers.is_empty() {
            return;
        }
        raster.rows(|y, row| hashers.iter_mut().for_each(|(_, hasher)| hasher.push(y, row)));
        for (family, hasher) in hashers {
            self.look_for(family, &hasher.finish(), frame);
        }
    }
}
