//! The issued lists that are in use.

use super::layout::File;
use super::{About, List, ListError, PublicKey};
use crate::hash::pdq::Family;

/// The issued lists that are in use, one of each issuer and name, and the versions below which none is taken any more.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    trusted: Vec<PublicKey>,
    held: Vec<List>,
    newest: Vec<Newest>,
}

/// The newest issue of a list that was ever seen, whether it is in use or has expired.
#[derive(Clone, Debug)]
struct Newest {
    issuer: Option<PublicKey>,
    name: String,
    version: u64,
    /// Tells it from another list of the same version.
    signature: [u8; 64],
}

impl Newest {
    fn is_of(&self, about: &About) -> bool {
        self.issuer == about.issuer && self.name == about.name
    }
}

/// What became of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is the first of its name.
    New,
    /// It took the place of an older one.
    Newer,
    /// It is in use already.
    Same,
}

impl Taken {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Newer => "newer",
            Self::Same => "same",
        }
    }
}

impl Lists {
    /// None yet; those of these issuers will be taken.
    pub fn new(trusted: Vec<PublicKey>) -> Self {
        Self { trusted, ..Self::default() }
    }

    /// Takes a list, `now` in seconds since 1970. What was in use stays in use where it is refused.
    ///
    /// Whoever keeps the last list that was taken, and hands it over first after each start, is safe from older ones, even
    /// if it has expired meanwhile.
    ///
    /// # Errors
    /// [`ListError`] says why it is refused.
    pub fn take(&mut self, bytes: &[u8], now: u64) -> Result<Taken, ListError> {
        let file = File::trusted(bytes, &self.trusted)?;
        let about = file.about()?;
        let known = self.newest.iter().position(|newest| newest.is_of(&about));
        if let Some(Newest { version, signature, .. }) = known.map(|at| &self.newest[at]) {
            if about.version < *version {
                return Err(ListError::Older);
            }
            if about.version == *version && file.signature != signature {
                return Err(ListError::Changed);
            }
        }
        let has_expired = about.has_expired(now);
        let held = self.held.iter().position(|list| list.is_of(about.issuer, &about.name));
        if !has_expired && held.is_some_and(|at| self.held[at].about.version == about.version) {
            return Ok(Taken::Same);
        }
        let newest = Newest {
            issuer: about.issuer,
            name: about.name.clone(),
            version: about.version,
            signature: *file.signature,
        };
        let list = List::read(&file, about)?;
        match known {
            Some(at) => self.newest[at] = newest,
            None => self.newest.push(newest),
        }
        match held {
            _ if has_expired => Err(ListError::Expired),
            None => {
                self.held.push(list);
                Ok(Taken::New)
            }
            Some(at) => {
                self.held[at] = list;
                Ok(Taken::Newer)
            }
        }
    }

    /// Stops using a list. An older one of its name is still refused later.
    ///
    /// # Errors
    /// [`ListError::Unknown`].
    pub fn drop(&mut self, issuer: &PublicKey, name: &str) -> Result<(), ListError> {
        let at =
            self.held.iter().position(|list| list.is_of(Some(*issuer), name)).ok_or(ListError::Unknown)?;
        self.held.remove(at);
        Ok(())
    }

    /// Those in use.
    pub fn iter(&self) -> core::slice::Iter<'_, List> {
        self.held.iter()
    }

    /// Whether none is in use.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }

    /// Whether one of them has hashes of this family.
    pub fn needs(&self, family: Family) -> bool {
        self.held.iter().any(|list| list.about.family == family)
    }
}
