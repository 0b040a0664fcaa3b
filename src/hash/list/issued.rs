//! The issued lists that are in use.

use super::layout::File;
use super::{List, ListError, PublicKey};
use crate::hash::pdq::Family;
use crate::issue::{Issue, Ladder, Refused, Taken};

/// The issued lists that are in use, one of each issuer and name, and the versions below which none is taken any more.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    trusted: Vec<PublicKey>,
    held: Vec<List>,
    seen: Ladder,
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
        let issue = Issue {
            issuer: about.issuer,
            name: about.name.clone(),
            version: about.version,
            signature: *file.signature,
        };
        self.seen.admit(&issue).map_err(|refused| match refused {
            Refused::Older => ListError::Older,
            Refused::Changed => ListError::Changed,
        })?;
        let has_expired = about.has_expired(now);
        let held = self.held.iter().position(|list| list.is_of(about.issuer, &about.name));
        if !has_expired && held.is_some_and(|at| self.held[at].about.version == about.version) {
            return Ok(Taken::Same);
        }
        let list = List::read(&file, about)?;
        self.seen.climb(issue);
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
