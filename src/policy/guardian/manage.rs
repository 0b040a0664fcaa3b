//! What only a guardian does: with the PIN, or with the recovery code.
//!
//! Each function with a PIN wants its try counted first, by [`super::attempts::begin`], and that record stored. What is
//! wrong with the change itself is found before the PIN is looked at; so after any error but
//! `guardian/pin-wrong`, the host may put the earlier record back.

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use super::anchor::{Anchor, current};
use super::approval::pairing_text;
use super::attempts::{is_counted, succeeded};
use super::hex::Hex;
use super::random::Random;
use super::seal::{File, Payload, Wrapped};
use super::settings::{Settings, time};
use super::{Broken, Change, GuardianError, Store, Stored, Stretch, pin};
use crate::contact::facts::Moment;
use crate::policy::AgeBand;

/// Random bytes that [`set_up`] takes: a secret, the pairing key, and what [`recover`] takes.
pub const SET_UP_RANDOM: usize = 32 + PAIR_RANDOM + RECOVER_RANDOM;
/// Random bytes that [`change_pin`] takes: a salt and a nonce.
pub const PIN_RANDOM: usize = 16 + 24;
/// Random bytes that [`recover`] takes: those of a PIN, and a recovery code with salt and nonce.
pub const RECOVER_RANDOM: usize = PIN_RANDOM + 14 + 16 + 24;
/// Random bytes that [`pair`] takes: a key.
pub const PAIR_RANDOM: usize = 16;

/// What a guardian proves to be one with, as typed.
#[derive(Clone, Copy)]
pub enum Secret<'a> {
    /// The PIN; its try is counted.
    Pin(&'a str),
    /// The recovery code. Nobody guesses it, so tries are not counted.
    Recovery(&'a str),
}

/// What a guardian sets up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// A minor's band.
    pub age_band: AgeBand,
    /// Names of regulator profiles, at most 8.
    #[serde(default)]
    pub profiles: Vec<String>,
    /// How much work a PIN costs.
    #[serde(default)]
    pub stretch: Stretch,
}

/// Settings that were set up, and what is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Created {
    /// The settings.
    pub settings: Settings,
    /// The recovery code: 25 symbols in groups of five, for paper.
    pub recovery: String,
    /// The pairing key for the guardian's own device: 30 symbols in groups of five.
    pub pairing: String,
    /// What is to be stored.
    pub store: Store,
}

/// Settings after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The settings.
    pub settings: Settings,
    /// What is to be stored.
    pub store: Store,
}

/// Settings after a change, and what is shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Renewed {
    /// The settings.
    pub settings: Settings,
    /// The new recovery code after [`recover`], the new pairing key after [`pair`]; as in [`Created`].
    pub code: String,
    /// What is to be stored.
    pub store: Store,
}

/// Sets up, where there is nothing, or nothing that holds.
///
/// # Errors
/// [`GuardianError`]: where settings hold; for a PIN that cannot be one; for settings that are none.
pub fn set_up(
    stored: &Stored<'_>,
    begin: &Begin,
    new_pin: &str,
    random: &[u8],
    now: Moment,
) -> Result<Created, GuardianError> {
    if current(stored).is_ok() {
        return Err(GuardianError::AlreadySetUp);
    }
    pin::check(new_pin)?;
    let mut random = Random::new(random, SET_UP_RANDOM)?;
    let signing = SigningKey::from_bytes(&random.take()?);
    let mut payload = Payload {
        key: Hex(signing.verifying_key().to_bytes()),
        settings: Settings {
            revision: 1,
            age_band: begin.age_band,
            profiles: begin.profiles.clone(),
            approvals: Vec::new(),
            relaxations: Vec::new(),
            created_at: now,
        },
        stretch: begin.stretch,
        pin: Wrapped::EMPTY,
        recovery: Wrapped::EMPTY,
        valid_since: 1,
        pairing: Hex(random.take()?),
    };
    payload.fits()?;
    payload.wrap_pin(&signing, new_pin, &mut random)?;
    let recovery = payload.wrap_recovery(&signing, &mut random)?.text();
    let Changed { settings, store } = signed(&payload, &signing, now)?;
    Ok(Created { settings, recovery, pairing: pairing_text(&payload.pairing), store })
}

/// Changes the settings.
///
/// # Errors
/// [`GuardianError`]: where settings do not hold, for a change that is none or not a guardian's, and without the right
/// secret.
pub fn change(
    stored: &Stored<'_>,
    secret: Secret<'_>,
    change: &Change,
    now: Moment,
) -> Result<Changed, GuardianError> {
    let mut payload = current(stored)?.payload;
    time(now)?;
    change.apply(&mut payload.settings, now)?;
    next(&mut payload, now)?;
    let signing = unlock(stored, &payload, secret)?;
    signed(&payload, &signing, now)
}

/// Exchanges the PIN. The recovery code stays.
///
/// # Errors
/// As [`change`]; for a new PIN that cannot be one.
pub fn change_pin(
    stored: &Stored<'_>,
    old: &str,
    new: &str,
    random: &[u8],
    now: Moment,
) -> Result<Changed, GuardianError> {
    let mut payload = current(stored)?.payload;
    pin::check(new)?;
    let mut random = Random::new(random, PIN_RANDOM)?;
    next(&mut payload, now)?;
    let signing = unlock(stored, &payload, Secret::Pin(old))?;
    payload.valid_since = payload.settings.revision;
    payload.wrap_pin(&signing, new, &mut random)?;
    signed(&payload, &signing, now)
}

/// Sets a new PIN by the recovery code, which ends; there is a new one.
///
/// # Errors
/// As [`change_pin`].
pub fn recover(
    stored: &Stored<'_>,
    code: &str,
    new_pin: &str,
    random: &[u8],
    now: Moment,
) -> Result<Renewed, GuardianError> {
    let mut payload = current(stored)?.payload;
    pin::check(new_pin)?;
    let mut random = Random::new(random, RECOVER_RANDOM)?;
    next(&mut payload, now)?;
    let signing = unlock(stored, &payload, Secret::Recovery(code))?;
    payload.valid_since = payload.settings.revision;
    payload.wrap_pin(&signing, new_pin, &mut random)?;
    let code = payload.wrap_recovery(&signing, &mut random)?.text();
    let Changed { settings, store } = signed(&payload, &signing, now)?;
    Ok(Renewed { settings, code, store })
}

/// Makes a new pairing key; the guardian's device that had the old one is cut off.
///
/// # Errors
/// As [`change`].
pub fn pair(
    stored: &Stored<'_>,
    secret: Secret<'_>,
    random: &[u8],
    now: Moment,
) -> Result<Renewed, GuardianError> {
    let mut payload = current(stored)?.payload;
    payload.pairing = Hex(Random::new(random, PAIR_RANDOM)?.take()?);
    next(&mut payload, now)?;
    let signing = unlock(stored, &payload, secret)?;
    let Changed { settings, store } = signed(&payload, &signing, now)?;
    Ok(Renewed { settings, code: pairing_text(&payload.pairing), store })
}

/// Makes a file hold again that is what its guardian signed, though the anchor says otherwise: older than the last one,
/// or without an anchor. What came by code since is lost, and can be given again.
///
/// # Errors
/// [`GuardianError`]: where settings hold; for a file that is not what was signed, which can only be set up anew;
/// [`GuardianError::Ended`] for one from before the last change of the PIN; without the right secret.
pub fn reinstate(stored: &Stored<'_>, secret: Secret<'_>, now: Moment) -> Result<Changed, GuardianError> {
    match current(stored) {
        Ok(_) => return Err(GuardianError::AlreadySetUp),
        Err(GuardianError::Broken(_)) => {}
        Err(error) => return Err(error),
    }
    let mut payload = File::read(stored.file.ok_or(Broken::FileMissing)?)?.payload;
    let anchor = stored.anchor.and_then(Anchor::read).filter(|anchor| anchor.key == payload.key);
    if let Some(anchor) = anchor {
        if payload.settings.revision < anchor.valid_since {
            return Err(GuardianError::Ended);
        }
        payload.settings.revision = payload.settings.revision.max(anchor.revision);
    }
    next(&mut payload, now)?;
    let signing = unlock(stored, &payload, secret)?;
    signed(&payload, &signing, now)
}

/// Whether the secret is the guardian's, before the host does what nobody else may: end the guardianship, by
/// deleting all that is stored.
///
/// # Errors
/// As [`change`].
pub fn confirm(stored: &Stored<'_>, secret: Secret<'_>, now: Moment) -> Result<Store, GuardianError> {
    let payload = current(stored)?.payload;
    time(now)?;
    unlock(stored, &payload, secret)?;
    Ok(Store { attempts: Some(succeeded(payload.key, now)?), ..Store::default() })
}

/// Goes on to the next revision, without relaxations that are over.
fn next(payload: &mut Payload, now: Moment) -> Result<(), GuardianError> {
    time(now)?;
    payload.settings.revision += 1;
    payload.settings.relaxations.retain(|relaxation| now < relaxation.until);
    payload.settings.validate()?;
    payload.fits()
}

fn unlock(stored: &Stored<'_>, payload: &Payload, secret: Secret<'_>) -> Result<SigningKey, GuardianError> {
    if let Secret::Pin(_) = secret {
        is_counted(stored.attempts, payload.key)?;
    }
    payload.unlock(secret)
}

fn signed(payload: &Payload, signing: &SigningKey, now: Moment) -> Result<Changed, GuardianError> {
    let bytes = payload.sign(signing)?;
    let anchor = Anchor::of(&File::read(&bytes)?, 0).write()?;
    let store = Store {
        attempts: Some(succeeded(payload.key, now)?),
        file: Some(bytes),
        anchor: Some(anchor),
        ..Store::default()
    };
    Ok(Changed { settings: payload.settings.clone(), store })
}
