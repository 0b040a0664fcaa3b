//! Whether the settings file is the last one: what the host keeps in a second place tells.
//!
//! The anchor is JSON: format version, public key, the highest revision that was in use and the SHA-256 of its file,
//! since which revision the PIN and the recovery code are valid, and how many decisions came by code since the last
//! revision. It is not signed, as nobody but the guardian could: whoever can write to both places can put back both.
//!
//! The file is written first and the anchor after it. A crash between the two leaves a file that is newer than the
//! anchor, and signed by the same key, which is taken, and the anchor moved on. How much newer does not matter: nobody
//! has a newer file than the guardian signed.

use serde::{Deserialize, Serialize};

use super::granted::{Dropped, Granted};
use super::hex::Hex;
use super::seal::{File, Payload};
use super::settings::{MAX_REVISION, Settings};
use super::{Broken, GuardianError, Store, Stored};

const FORMAT: u32 = 1;
/// Most bytes of an anchor; it has some 300.
const MAX_ANCHOR: usize = 1024;

/// What the second place knows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Anchor {
    format: u32,
    pub key: Hex<32>,
    pub revision: u64,
    digest: Hex<32>,
    pub valid_since: u64,
    pub granted: u64,
}

impl Anchor {
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let anchor = serde_json::from_slice(bytes.get(..bytes.len().min(MAX_ANCHOR + 1))?).ok();
        anchor.filter(|anchor: &Self| {
            anchor.format == FORMAT && anchor.revision.max(anchor.granted) <= MAX_REVISION
        })
    }

    /// That of a file.
    pub fn of(file: &File, granted: u64) -> Self {
        Self {
            format: FORMAT,
            key: file.payload.key,
            revision: file.payload.settings.revision,
            digest: file.digest,
            valid_since: file.payload.valid_since,
            granted,
        }
    }

    pub fn write(&self) -> Result<Vec<u8>, GuardianError> {
        serde_json::to_vec(self).map_err(|_| GuardianError::TooLarge)
    }
}

/// What the settings are worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// There are none, and none were there as far as this device remembers.
    NotSetUp,
    /// They hold.
    Open(Box<Opened>),
    /// They do not hold: the strictest preset (`under-13`) does, until the guardian reinstates them or sets up anew.
    Broken(Broken),
}

/// Settings that hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// The settings, with the decisions that came by code.
    pub settings: Settings,
    /// The public key, 64 hexadecimal digits: which settings these are, in all their revisions.
    pub key: String,
    /// Contacts that were decided about by code, which no signature covers yet.
    pub by_code: Vec<String>,
    /// Why earlier decisions by code were dropped, if they were.
    pub dropped: Option<Dropped>,
    /// What is to be stored: an anchor, where it was behind.
    pub store: Store,
}

/// Settings that hold, as the parts of this module need them.
pub(super) struct Current {
    /// The file's, with the decisions that came by code in its settings.
    pub payload: Payload,
    pub granted: Granted,
    pub dropped: Option<Dropped>,
    /// The anchor as it is to be from now on.
    pub anchor: Anchor,
    moved: bool,
}

/// Reads the settings. Never fails: what cannot be read is [`State::Broken`].
pub fn open(stored: &Stored<'_>) -> State {
    let opened = current(stored).and_then(|current| {
        let anchor = if current.moved { Some(current.anchor.write()?) } else { None };
        Ok(Opened {
            key: current.payload.key.to_string(),
            settings: current.payload.settings,
            by_code: current.granted.approvals.into_iter().map(|approval| approval.contact).collect(),
            dropped: current.dropped,
            store: Store { anchor, ..Store::default() },
        })
    });
    match opened {
        Ok(opened) => State::Open(Box::new(opened)),
        Err(GuardianError::NotSetUp) => State::NotSetUp,
        Err(GuardianError::Broken(broken)) => State::Broken(broken),
        Err(_) => State::Broken(Broken::Format),
    }
}

/// The settings, if they hold.
pub(super) fn current(stored: &Stored<'_>) -> Result<Current, GuardianError> {
    let bytes = match (stored.file, stored.anchor) {
        (None, None) => return Err(GuardianError::NotSetUp),
        (None, Some(_)) => return Err(Broken::FileMissing.into()),
        (Some(bytes), _) => bytes,
    };
    let file = File::read(bytes)?;
    let anchor = Anchor::read(stored.anchor.ok_or(Broken::AnchorMissing)?).ok_or(Broken::AnchorDamaged)?;
    if anchor.key != file.payload.key {
        return Err(Broken::Swapped.into());
    }
    let revision = file.payload.settings.revision;
    if revision < anchor.revision {
        return Err(Broken::RolledBack.into());
    }
    let is_newer = revision > anchor.revision;
    if !is_newer && file.digest != anchor.digest {
        return Err(Broken::Conflict.into());
    }
    // What came by code before a newer file is in it.
    let known = if is_newer { 0 } else { anchor.granted };
    let (granted, dropped) = match Granted::read(stored.granted, &file.payload, known) {
        Ok(granted) => (granted, None),
        Err(dropped) => (Granted { revision, count: known, approvals: Vec::new() }, Some(dropped)),
    };
    let next = Anchor::of(&file, granted.count);
    let mut payload = file.payload;
    for approval in &granted.approvals {
        payload.settings.decide(approval.clone());
    }
    payload.settings.validate().map_err(|_| Broken::Format)?;
    Ok(Current { payload, granted, dropped, moved: next != anchor, anchor: next })
}
