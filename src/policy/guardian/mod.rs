//! What a guardian sets on a minor's device: sealed, so that everybody reads it and only the guardian changes it.
//!
//! - [`manage`]: setting up and changing, with the PIN or the recovery code.
//! - [`anchor`]: [`open`], which tells settings that hold from those that were altered, exchanged or rolled back.
//! - [`settings`], [`change`]: what is set, and what can be changed in each age band.
//! - [`attempts`]: wrong PINs have to wait.
//! - [`approval`]: approving a contact from another device, without a server.
//! - [`granted`]: what was approved so, until it is signed.
//! - [`mod@layers`]: what holds in the end, also under what a school asks for.
//! - [`mod@told`]: what a guardian sees and decides, for the minor to know.
//!
//! All functions take what the host has [`Stored`] and give what is to be stored. There is no clock and no
//! randomness: `now` and random bytes come from the host, and the random ones must be fit for keys
//! (`crypto.getRandomValues`). Calls on the same settings come one after another: two changes at once would make two
//! files of one revision, of which one is refused.
//!
//! The host's user has the device in hand. What this holds against, and what not, is in the project's `DESIGN.md`.

pub mod anchor;
pub mod approval;
pub mod attempts;
mod base32;
pub mod change;
mod envelope;
mod error;
pub mod granted;
mod hex;
pub mod layers;
mod mac;
pub mod manage;
mod pin;
mod random;
mod recovery;
mod seal;
pub mod settings;
mod stretch;
pub mod told;

pub use anchor::{Opened, State, open};
pub use change::Change;
pub use envelope::MAX_FILE;
pub use error::{Broken, GuardianError};
pub use granted::Dropped;
pub use layers::{Because, Layered, Managed, layers};
pub use manage::{Begin, Changed, Created, Renewed, Secret};
pub use settings::{Approval, Relaxation, Relaxed, Settings};
pub use stretch::Stretch;
pub use told::{Told, told};

/// What the host has stored, byte for byte; `None` where there is nothing.
#[derive(Clone, Copy, Default)]
pub struct Stored<'a> {
    /// Wrong PINs.
    pub attempts: Option<&'a [u8]>,
    /// Requests that wait for an answer.
    pub pending: Option<&'a [u8]>,
    /// Decisions that came by code.
    pub granted: Option<&'a [u8]>,
    /// The settings.
    pub file: Option<&'a [u8]>,
    /// What tells whether those are the last settings; in another place than they are, as far as there is one.
    pub anchor: Option<&'a [u8]>,
}

/// What the host is to store, in this order; `None` leaves what is there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Store {
    /// Wrong PINs.
    pub attempts: Option<Vec<u8>>,
    /// Requests that wait for an answer.
    pub pending: Option<Vec<u8>>,
    /// Decisions that came by code.
    pub granted: Option<Vec<u8>>,
    /// The settings.
    pub file: Option<Vec<u8>>,
    /// What tells whether those are the last settings.
    pub anchor: Option<Vec<u8>>,
}
