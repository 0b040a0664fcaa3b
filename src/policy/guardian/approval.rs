//! Approving a contact from another device, without a server.
//!
//! Both devices have the pairing key: 128 random bits, shown once by the minor's device as 30 symbols of Crockford's
//! base32 (`base32.rs`): 26 of the key, of which the last two bits are zeros, and a check of four.
//!
//! 1. The minor's device [`ask`]s. The request is text for a QR code or a message, and a code of 8 symbols that stands
//!    for it.
//! 2. The guardian's device [`read`]s the text, which shows who is asked for, and gives an [`answer`] of 8 symbols.
//! 3. The minor's device [`accept`]s the answer.
//!
//! The text is `PPASK1:` and base32 with a check of four of the request's bytes: public key (32), nonce (16), kind (1),
//! and contact and label, each after its length in bytes (`u16`, little endian). The code is the first 40 bits of
//! SHA-256 over a domain and those bytes; the answer is the first 40 of HMAC-SHA-256 (RFC 2104) under the pairing key
//! over a domain, the code's 8 characters and one byte, 1 to approve and 0 to deny.
//!
//! An answer is good for one request, once, for 15 minutes and until the settings are changed by PIN; five wrong ones,
//! and the request is gone. Guessing one succeeds once in 2³⁹ tries.
//!
//! **What this is not.** The pairing key is on the minor's device, in the settings file, as the device has to check the
//! answer by itself. The app keeps to the rules; somebody with developer tools can compute the answer, as they can also
//! take the whole filter out. Nor does the code of 40 bits hold against somebody who makes requests until two of them
//! have the same.

use hmac::Mac as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::anchor::current;
use super::envelope::{Envelope, open_frame};
use super::hex::Hex;
use super::mac::{derive, mac};
use super::random::Random;
use super::seal::Payload;
use super::settings::{self, Approval, time};
use super::told::told;
use super::{Broken, GuardianError, Store, Stored, base32};
use crate::contact::facts::{GuardianDecision, Kind, Moment};
use crate::policy::oversight::Decides;

/// Random bytes that [`ask`] takes.
pub const ASK_RANDOM: usize = 16;
/// Most requests that wait for an answer.
pub const MAX_PENDING: usize = 16;
/// Seconds for which a request waits: 15 minutes.
pub const VALID: i64 = 900;
/// Wrong answers that end a request.
pub const MAX_WRONG: u32 = 5;

const MAGIC: [u8; 8] = *b"PPASKED\n";
const PREFIX: &str = "PPASK1:";
const PENDING_DOMAIN: &[u8] = b"pausepoint guardian pending v1\0";
const CODE_DOMAIN: &[u8] = b"pausepoint guardian request v1\0";
const ANSWER_DOMAIN: &[u8] = b"pausepoint guardian answer v1\0";
const PAIRING_DOMAIN: &str = "pausepoint guardian pairing v1";
const TEXT_DOMAIN: &str = "pausepoint guardian request text v1";
/// Symbols of a pairing key, of a check, and of a code or answer.
const PAIRING: usize = 26;
const CHECK: usize = 4;
const CODE: usize = 8;
/// Most characters of a request's text; the longest has 1,325.
const MAX_TEXT: usize = 2048;

/// A pairing key as it is shown.
pub(super) fn pairing_text(key: &Hex<16>) -> String {
    base32::grouped(&base32::with_check(PAIRING_DOMAIN, &base32::encode(&key.0, PAIRING), CHECK))
}

/// Whom the minor asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wish {
    /// The host's id, 1…128 characters.
    pub contact: String,
    /// What people call the contact, at most 64 characters.
    pub label: String,
    /// What is about to happen.
    pub kind: Kind,
}

/// A request as the guardian's device gets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Eight symbols that stand for it.
    pub code: String,
    /// What a QR code carries; all of its characters are of QR's alphanumeric mode.
    pub text: String,
}

/// A request that was made, and what is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The request.
    pub request: Request,
    /// What is to be stored.
    pub store: Store,
}

/// What a request says, on the guardian's device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// Eight symbols that stand for it.
    pub code: String,
    /// Who is asked for.
    #[serde(flatten)]
    pub wish: Wish,
}

/// What became of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It counts.
    Decided {
        /// The decision.
        decision: GuardianDecision,
        /// The host's id of the contact.
        contact: String,
    },
    /// It is not an answer to this request.
    Wrong {
        /// So many more tries; with none, the request is gone.
        left: u32,
    },
    /// It came too late, or the clock was set back; the request is gone.
    Expired,
}

/// What became of an answer, and what is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// What became of it.
    pub outcome: Outcome,
    /// What is to be stored.
    pub store: Store,
}

/// Requests that wait for an answer, in the frame of `envelope.rs` with an HMAC under a key derived from the pairing
/// key.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pending {
    /// The revision of the settings at which they were made; a newer one ends them.
    revision: u64,
    requests: Vec<Waiting>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiting {
    code: String,
    wish: Wish,
    asked: Moment,
    wrong: u32,
}

/// Makes a request, in place of an earlier one for the same contact.
///
/// # Errors
/// [`GuardianError`]: where settings do not hold, where a guardian does not decide about contacts, for a contact that
/// is approved already, and where [`MAX_PENDING`] requests are waiting.
pub fn ask(stored: &Stored<'_>, wish: &Wish, random: &[u8], now: Moment) -> Result<Asked, GuardianError> {
    time(now)?;
    let current = current(stored)?;
    let file = &current.payload;
    if !told(file.settings.age_band).decides.contains(&Decides::ContactApprovals) {
        return Err(GuardianError::NotDecided);
    }
    settings::contact(&wish.contact, &wish.label)?;
    if file.settings.decision(&wish.contact) == Some(GuardianDecision::Approved) {
        return Err(GuardianError::Approved);
    }
    let nonce = Random::new(random, ASK_RANDOM)?.take()?;
    let bytes = wish.bytes(&file.key, &nonce);
    let code = code_of(&bytes);
    let mut pending = Pending::read(stored.pending, file);
    pending.requests.retain(|waiting| waiting.is_in_time(now) && waiting.wish.contact != wish.contact);
    if pending.requests.len() >= MAX_PENDING {
        return Err(GuardianError::TooMany);
    }
    pending.requests.push(Waiting { code: code.clone(), wish: wish.clone(), asked: now, wrong: 0 });
    let symbols = base32::encode(&bytes, (bytes.len() * 8).div_ceil(5));
    let text = format!("{PREFIX}{}", base32::with_check(TEXT_DOMAIN, &symbols, CHECK));
    let store = Store { pending: Some(pending.write(file)?), ..Store::default() };
    Ok(Asked { request: Request { code, text }, store })
}

/// Reads a request on the guardian's device.
///
/// # Errors
/// [`GuardianError::Typo`] for what is no request, or not a whole one; [`GuardianError::Text`] for a contact or label
/// that cannot be shown safely.
pub fn read(text: &str) -> Result<Shown, GuardianError> {
    let symbols = text.trim().strip_prefix(PREFIX).filter(|symbols| symbols.len() <= MAX_TEXT);
    let bytes = symbols
        .and_then(|symbols| base32::checked(TEXT_DOMAIN, symbols, CHECK))
        .and_then(|symbols| base32::decode(&symbols))
        .ok_or(GuardianError::Typo)?;
    let wish = Wish::of_bytes(&bytes).ok_or(GuardianError::Typo)?;
    settings::contact(&wish.contact, &wish.label)?;
    Ok(Shown { code: code_of(&bytes), wish })
}

/// Answers a request on the guardian's device, by the pairing key and the request's code as somebody typed them.
///
/// # Errors
/// [`GuardianError::Typo`].
pub fn answer(pairing: &str, code: &str, decision: GuardianDecision) -> Result<String, GuardianError> {
    let key: [u8; 16] = base32::checked(PAIRING_DOMAIN, pairing, CHECK)
        .and_then(|symbols| base32::decode(&symbols))
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or(GuardianError::Typo)?;
    let full = derive(&key, &[ANSWER_DOMAIN, eight(code)?.as_bytes(), &[decision_byte(decision)]]);
    Ok(base32::encode(&full, CODE))
}

/// Takes an answer to a request, both as somebody typed them.
///
/// # Errors
/// [`GuardianError`]: where settings do not hold; [`GuardianError::Unknown`] where no such request is waiting;
/// [`GuardianError::Typo`] for what is no answer at all, which does not count as a wrong one; where there is no room
/// for another decision.
pub fn accept(stored: &Stored<'_>, code: &str, answer: &str, now: Moment) -> Result<Answered, GuardianError> {
    time(now)?;
    let mut current = current(stored)?;
    let code = eight(code)?;
    let answer = base32::decode(&eight(answer)?).ok_or(GuardianError::Typo)?;
    let mut pending = Pending::read(stored.pending, &current.payload);
    let at = pending.requests.iter().position(|waiting| waiting.code == code);
    let mut waiting = at.map(|at| pending.requests.remove(at)).ok_or(GuardianError::Unknown)?;
    pending.requests.retain(|waiting| waiting.is_in_time(now));
    if !waiting.is_in_time(now) {
        let store = Store { pending: Some(pending.write(&current.payload)?), ..Store::default() };
        return Ok(Answered { outcome: Outcome::Expired, store });
    }
    let fits = |decision: &GuardianDecision| {
        let message = [ANSWER_DOMAIN, code.as_bytes(), &[decision_byte(*decision)]];
        // In constant time.
        mac(&current.payload.pairing.0, &message).verify_truncated_left(&answer).is_ok()
    };
    let decision = [GuardianDecision::Approved, GuardianDecision::Denied].into_iter().find(fits);
    let Some(decision) = decision else {
        waiting.wrong += 1;
        let left = MAX_WRONG.saturating_sub(waiting.wrong);
        if left > 0 {
            pending.requests.push(waiting);
        }
        let store = Store { pending: Some(pending.write(&current.payload)?), ..Store::default() };
        return Ok(Answered { outcome: Outcome::Wrong { left }, store });
    };
    let Wish { contact, label, .. } = waiting.wish;
    let approval = Approval { contact: contact.clone(), label, decision, at: now };
    current.granted.approvals.retain(|earlier| earlier.contact != contact);
    current.granted.approvals.push(approval.clone());
    current.granted.count += 1;
    current.anchor.granted = current.granted.count;
    current.payload.settings.decide(approval);
    // What is granted has to find room in the signed file later.
    current.payload.fits()?;
    let store = Store {
        pending: Some(pending.write(&current.payload)?),
        granted: Some(current.granted.write(&current.payload)?),
        anchor: Some(current.anchor.write()?),
        ..Store::default()
    };
    Ok(Answered { outcome: Outcome::Decided { decision, contact }, store })
}

impl Pending {
    /// What cannot be read, or is of another revision, is none: those who ask can ask again.
    fn read(record: Option<&[u8]>, file: &Payload) -> Self {
        let revision = file.settings.revision;
        let read = record.and_then(|record| Self::authentic(record, file).ok());
        read.filter(|pending| pending.revision == revision).unwrap_or(Self { revision, requests: Vec::new() })
    }

    fn authentic(record: &[u8], file: &Payload) -> Result<Self, Broken> {
        let envelope = Envelope::<32>::split(&MAGIC, record)?;
        let tag = mac(&pending_key(file), &[envelope.sealed]);
        tag.verify(envelope.seal.into()).map_err(|_| Broken::Altered)?;
        serde_json::from_slice(envelope.payload).map_err(|_| Broken::Format)
    }

    fn write(&self, file: &Payload) -> Result<Vec<u8>, GuardianError> {
        let json = serde_json::to_vec(self).map_err(|_| GuardianError::Time)?;
        let mut bytes = open_frame::<32>(&MAGIC, &json)?;
        let tag = derive(&pending_key(file), &[&bytes]);
        bytes.extend_from_slice(&tag);
        Ok(bytes)
    }
}

impl Waiting {
    fn is_in_time(&self, now: Moment) -> bool {
        self.asked <= now && now.0.saturating_sub(self.asked.0) < VALID
    }
}

impl Wish {
    fn bytes(&self, key: &Hex<32>, nonce: &[u8; ASK_RANDOM]) -> Vec<u8> {
        let mut bytes = [key.0.as_slice(), nonce, &[kind_byte(self.kind)]].concat();
        for text in [&self.contact, &self.label] {
            // At most 128 characters of four bytes.
            bytes.extend_from_slice(&(text.len() as u16).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (_, rest) = bytes.split_at_checked(32 + ASK_RANDOM)?;
        let (kind, rest) = rest.split_first()?;
        let kind = Kind::ALL.into_iter().find(|known| kind_byte(*known) == *kind)?;
        let (contact, rest) = prefixed(rest)?;
        let (label, rest) = prefixed(rest)?;
        rest.is_empty().then_some(Self { contact, label, kind })
    }
}

fn prefixed(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (length, rest) = bytes.split_first_chunk()?;
    let (text, rest) = rest.split_at_checked(u16::from_le_bytes(*length).into())?;
    Some((str::from_utf8(text).ok()?.into(), rest))
}

fn code_of(bytes: &[u8]) -> String {
    base32::encode(&Sha256::new().chain_update(CODE_DOMAIN).chain_update(bytes).finalize(), CODE)
}

/// A code or an answer, as it is written properly.
fn eight(text: &str) -> Result<String, GuardianError> {
    base32::canonical(text).filter(|code| code.len() == CODE).ok_or(GuardianError::Typo)
}

fn pending_key(file: &Payload) -> [u8; 32] {
    derive(&file.pairing.0, &[PENDING_DOMAIN, &file.key.0])
}

const fn decision_byte(decision: GuardianDecision) -> u8 {
    match decision {
        GuardianDecision::Approved => 1,
        GuardianDecision::Denied => 0,
    }
}

const fn kind_byte(kind: Kind) -> u8 {
    match kind {
        Kind::Suggestion => 1,
        Kind::ConnectRequest => 2,
        Kind::MessageRequest => 3,
        Kind::Message => 4,
        Kind::GroupAdd => 5,
        Kind::Call => 6,
        Kind::LinkOut => 7,
        Kind::LocationShare => 8,
    }
}
