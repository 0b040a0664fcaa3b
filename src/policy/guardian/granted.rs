//! Decisions that came by code (`approval.rs`), which is without the PIN and so without a signature: a record of their
//! own beside the settings file, until the next change that is signed takes them in.
//!
//! The frame is that of `envelope.rs`, with the magic `PPGRANT\n` and an HMAC-SHA-256 under a key that is derived from
//! the pairing key and the public key. The payload says on which revision of the settings it is laid, and how many
//! decisions came by code since that revision: the anchor knows that number, so that an older record is told from the
//! last one. A record that is not as it should be is dropped, and that is told. Nothing becomes milder by it: whom a
//! guardian has approved cannot be asked about, so no decision by code ever took an approval away.

use hmac::Mac as _;
use serde::{Deserialize, Serialize};

use super::envelope::{Envelope, open_frame};
use super::mac::{derive, mac};
use super::seal::Payload;
use super::settings::Approval;
use super::{Broken, GuardianError};

const MAGIC: [u8; 8] = *b"PPGRANT\n";
const DOMAIN: &[u8] = b"pausepoint guardian granted v1\0";

/// Decisions that came by code.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Granted {
    /// The revision of the settings on which this is laid.
    pub revision: u64,
    /// How many decisions ever came by code since that revision.
    pub count: u64,
    /// The decisions, one for each contact.
    pub approvals: Vec<Approval>,
}

/// Why decisions that came by code no longer count. The minor and the guardian are to be told; they can be made again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// The record is gone.
    Missing,
    /// The record is not what this device wrote.
    Altered,
    /// The record is older than the last one.
    RolledBack,
}

impl Dropped {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "guardian/granted-missing",
            Self::Altered => "guardian/granted-altered",
            Self::RolledBack => "guardian/granted-rolled-back",
        }
    }
}

impl Granted {
    /// What counts of a record, where the anchor knows of so many decisions by code.
    pub fn read(record: Option<&[u8]>, file: &Payload, known: u64) -> Result<Self, Dropped> {
        let revision = file.settings.revision;
        let none = Self { revision, ..Self::default() };
        let granted = match record {
            Some(record) => Self::authentic(record, file).map_err(|_| Dropped::Altered)?,
            None if known == 0 => none.clone(),
            None => return Err(Dropped::Missing),
        };
        match granted {
            // A signed change has taken it in.
            Self { revision: earlier, .. } if earlier < revision && known == 0 => Ok(none),
            granted if granted.revision == revision && granted.count >= known => Ok(granted),
            _ => Err(Dropped::RolledBack),
        }
    }

    fn authentic(record: &[u8], file: &Payload) -> Result<Self, Broken> {
        let envelope = Envelope::<32>::split(&MAGIC, record)?;
        let tag = mac(&key(file), &[envelope.sealed]);
        tag.verify(envelope.seal.into()).map_err(|_| Broken::Altered)?;
        serde_json::from_slice(envelope.payload).map_err(|_| Broken::Format)
    }

    pub fn write(&self, file: &Payload) -> Result<Vec<u8>, GuardianError> {
        let json = serde_json::to_vec(self).map_err(|_| GuardianError::Time)?;
        let mut bytes = open_frame::<32>(&MAGIC, &json)?;
        let tag = derive(&key(file), &[&bytes]);
        bytes.extend_from_slice(&tag);
        Ok(bytes)
    }
}

fn key(file: &Payload) -> [u8; 32] {
    derive(&file.pairing.0, &[DOMAIN, &file.key.0])
}
