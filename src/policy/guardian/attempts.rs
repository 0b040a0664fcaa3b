//! Wrong PINs: after five, each further try has to wait, also over restarts.
//!
//! A try is counted before the PIN is looked at, so that ending the app in between gains nothing: [`begin`] gives a
//! record, the host stores it, and only then calls what takes the PIN, which gives a record that says zero again.
//!
//! The record is JSON, with the public key of its settings, and not signed, as the PIN's owner is not there when it is
//! written. What holds and what does not:
//!
//! - A record that is missing, unreadable or of other settings counts as the longest wait, from now on.
//! - A clock that was set back begins the wait again.
//! - A clock that was set forward is believed, as there is no other: each step of it buys one try, as waiting would.
//!   The count is never lowered by time.
//! - Whoever can put back an old record has the tries of then; whoever can copy the settings file can try PINs
//!   elsewhere, at the cost of Argon2id each. Against them only a longer PIN helps.

use serde::{Deserialize, Serialize};

use super::hex::Hex;
use super::seal::File;
use super::settings::time;
use super::{Broken, GuardianError, Stored};
use crate::contact::facts::Moment;

const FORMAT: u32 = 1;
/// Tries without a wait.
const FREE: u32 = 5;
/// Waits before the tries after those, in seconds: 1, 5, 15 and 60 minutes; the last one again and again.
const WAITS: [i64; 4] = [60, 300, 900, 3600];
/// As many failures as make the longest wait.
const MOST: u32 = FREE + WAITS.len() as u32 - 1;
/// Most bytes of a record; it has some 150.
const MAX_RECORD: usize = 1024;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Attempts {
    format: u32,
    key: Hex<32>,
    /// Tries since the last right one, up to [`MOST`].
    failures: u32,
    /// When the last one began.
    last: Moment,
}

/// Whether there may be a try. The record is to be stored in either case, before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// Yes; it is counted.
    Try {
        /// The record.
        record: Vec<u8>,
    },
    /// Not yet.
    Wait {
        /// For so many seconds, 1…3,600.
        seconds: u64,
        /// The record.
        record: Vec<u8>,
    },
}

/// Counts a try of the PIN, if there may be one now.
///
/// # Errors
/// [`GuardianError`] where there is no file whose PIN could be tried, or for a time that is none.
pub fn begin(stored: &Stored<'_>, now: Moment) -> Result<Begun, GuardianError> {
    time(now)?;
    let key = match (stored.file, stored.anchor) {
        (Some(bytes), _) => File::read(bytes)?.payload.key,
        (None, Some(_)) => return Err(Broken::FileMissing.into()),
        (None, None) => return Err(GuardianError::NotSetUp),
    };
    let known = read(stored.attempts, key);
    let Attempts { failures, last, .. } = known.unwrap_or(Attempts::new(key, MOST, now));
    let wait = match failures.checked_sub(FREE) {
        None => 0,
        Some(over) => WAITS.get(over as usize).copied().unwrap_or(WAITS[WAITS.len() - 1]),
    };
    // Both times are within years that there are.
    let (last, left) = if now < last { (now, wait) } else { (last, wait - (now.0 - last.0)) };
    if left > 0 {
        let record = Attempts::new(key, failures, last).write()?;
        return Ok(Begun::Wait { seconds: left.unsigned_abs(), record });
    }
    let record = Attempts::new(key, (failures + 1).min(MOST), now).write()?;
    Ok(Begun::Try { record })
}

/// Checks that a try was counted.
pub(super) fn is_counted(record: Option<&[u8]>, key: Hex<32>) -> Result<(), GuardianError> {
    let failures = read(record, key).map_or(0, |attempts| attempts.failures);
    if failures > 0 { Ok(()) } else { Err(GuardianError::NotCounted) }
}

/// The record after the right PIN or recovery code.
pub(super) fn succeeded(key: Hex<32>, now: Moment) -> Result<Vec<u8>, GuardianError> {
    Attempts::new(key, 0, now).write()
}

fn read(record: Option<&[u8]>, key: Hex<32>) -> Option<Attempts> {
    let record = record.filter(|record| record.len() <= MAX_RECORD)?;
    let attempts: Attempts = serde_json::from_slice(record).ok()?;
    let is_ours = attempts.format == FORMAT && attempts.key == key;
    (is_ours && attempts.failures <= MOST && time(attempts.last).is_ok()).then_some(attempts)
}

impl Attempts {
    const fn new(key: Hex<32>, failures: u32, last: Moment) -> Self {
        Self { format: FORMAT, key, failures, last }
    }

    fn write(&self) -> Result<Vec<u8>, GuardianError> {
        serde_json::to_vec(self).map_err(|_| GuardianError::Time)
    }
}
