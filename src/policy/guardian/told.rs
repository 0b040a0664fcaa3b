//! What a guardian sees and decides, and what never, for the minor to know: fixed for each age band, as stable codes.

use serde::Serialize;

use crate::policy::AgeBand;
use crate::policy::oversight::{Decides, GuardianPolicy, Sees};

/// What no guardian ever sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Never {
    /// Pictures.
    Pictures,
    /// Messages.
    Messages,
    /// What the filter thinks of a picture or a person.
    Scores,
    /// Hashes of pictures.
    Hashes,
    /// Whether help was looked for.
    HelpUsed,
    /// What the minor wrote down.
    Journal,
}

/// What is told to the minor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What a guardian sees.
    pub sees: &'static [Sees],
    /// What a guardian decides.
    pub decides: &'static [Decides],
    /// What no guardian ever sees, whatever the band.
    pub never: &'static [Never],
}

/// What is told in an age band.
pub const fn told(band: AgeBand) -> Told {
    use Never::{Hashes, HelpUsed, Journal, Messages, Pictures, Scores};
    let (sees, decides) = GuardianPolicy::most(band);
    Told { sees, decides, never: &[Pictures, Messages, Scores, Hashes, HelpUsed, Journal] }
}
