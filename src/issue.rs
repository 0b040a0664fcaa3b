//! Which issues of something signed may still come: whoever has seen a version takes no older one, and no other of the same.

use crate::hash::list::PublicKey;

/// The newest issues that were ever seen, one of each issuer and name, whether they are in use or have expired.
#[derive(Clone, Debug, Default)]
pub struct Ladder(Vec<Issue>);

/// One issue of something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Who signed it.
    pub issuer: Option<PublicKey>,
    /// What the issuer calls it.
    pub name: String,
    /// Which issue it is; later ones are higher.
    pub version: u64,
    /// Tells it from another one of the same version.
    pub signature: [u8; 64],
}

/// Why an issue does not come any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// A newer one was seen.
    Older,
    /// Another one of the same version was seen.
    Changed,
}

impl Ladder {
    /// Whether an issue may come.
    ///
    /// # Errors
    /// [`Refused`] says why not.
    pub fn admit(&self, issue: &Issue) -> Result<(), Refused> {
        match self.0.iter().find(|seen| seen.is_of(issue)) {
            Some(seen) if issue.version < seen.version => Err(Refused::Older),
            Some(seen) if issue.version == seen.version && issue.signature != seen.signature => {
                Err(Refused::Changed)
            }
            _ => Ok(()),
        }
    }

    /// Remembers an issue that was admitted.
    pub fn climb(&mut self, issue: Issue) {
        match self.0.iter_mut().find(|seen| seen.is_of(&issue)) {
            Some(seen) => *seen = issue,
            None => self.0.push(issue),
        }
    }
}

impl Issue {
    fn is_of(&self, other: &Self) -> bool {
        self.issuer == other.issuer && self.name == other.name
    }
}

/// What became of something that was taken.
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
