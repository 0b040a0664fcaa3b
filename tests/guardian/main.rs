//! Guardian settings: what holds, what does not, and that nobody changes them who may not.

use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use ed25519_dalek::{Signer, SigningKey};
use pausepoint::contact::facts::{GuardianDecision, Kind, Moment};
use pausepoint::policy::guardian::approval::{
    self, ASK_RANDOM, Answered, MAX_PENDING, MAX_WRONG, Outcome, Request, VALID, Wish,
};
use pausepoint::policy::guardian::attempts::{self, Begun};
use pausepoint::policy::guardian::manage::{self, PAIR_RANDOM, PIN_RANDOM, RECOVER_RANDOM, SET_UP_RANDOM};
use pausepoint::policy::guardian::settings::{MAX_APPROVALS, MAX_RELAXATION};
use pausepoint::policy::guardian::{
    Because, Begin, Broken, Change, Changed, Dropped, GuardianError, Layered, MAX_FILE, Managed, Opened,
    Relaxed, Secret, State, Store, Stored, Stretch, layers, open, told,
};
use pausepoint::{AgeBand, Policy};
use proptest::prelude::*;

mod anchor;
mod anything;
mod approvals;
mod changes;
mod file;
mod layered;
mod secrets;
mod vectors;
mod wrong_pins;

const NOW: Moment = Moment(1_795_000_000);
const DAY: i64 = 86_400;
const PIN: &str = "294817";
const OTHER_PIN: &str = "mamas geheimnis";
/// The least that there may be, so that tests are quick.
const QUICK: Stretch = Stretch { memory: 8 << 10, passes: 1, lanes: 1 };

fn later(seconds: i64) -> Moment {
    Moment(NOW.0 + seconds)
}

/// Bytes as from a generator, other ones for each seed.
fn random<const N: usize>(seed: u8) -> [u8; N] {
    let mut state = u32::from(seed) + 1;
    core::array::from_fn(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
}

/// A minor's device: what its host has stored.
#[derive(Clone, Default, PartialEq)]
struct Device {
    attempts: Option<Vec<u8>>,
    pending: Option<Vec<u8>>,
    granted: Option<Vec<u8>>,
    file: Option<Vec<u8>>,
    anchor: Option<Vec<u8>>,
}

/// What was shown at set-up.
struct Paper {
    recovery: String,
    pairing: String,
}

impl Device {
    fn set_up_as(seed: u8, age_band: AgeBand) -> (Self, Paper) {
        let begin = Begin { age_band, profiles: vec!["eu-dsa".into()], stretch: QUICK };
        let created = manage::set_up(&Stored::default(), &begin, PIN, &random::<SET_UP_RANDOM>(seed), NOW)
            .expect("set up");
        let mut device = Self::default();
        device.store(created.store);
        (device, Paper { recovery: created.recovery, pairing: created.pairing })
    }

    fn set_up() -> (Self, Paper) {
        Self::set_up_as(1, AgeBand::Under13)
    }

    fn stored(&self) -> Stored<'_> {
        Stored {
            attempts: self.attempts.as_deref(),
            pending: self.pending.as_deref(),
            granted: self.granted.as_deref(),
            file: self.file.as_deref(),
            anchor: self.anchor.as_deref(),
        }
    }

    fn store(&mut self, store: Store) {
        let Store { attempts, pending, granted, file, anchor } = store;
        self.attempts = attempts.or(self.attempts.take());
        self.pending = pending.or(self.pending.take());
        self.granted = granted.or(self.granted.take());
        self.file = file.or(self.file.take());
        self.anchor = anchor.or(self.anchor.take());
    }

    fn open(&self) -> State {
        open(&self.stored())
    }

    fn opened(&self) -> Opened {
        match self.open() {
            State::Open(opened) => *opened,
            other => panic!("{other:?}"),
        }
    }

    fn broken(&self) -> Option<Broken> {
        match self.open() {
            State::Broken(broken) => Some(broken),
            _ => None,
        }
    }

    /// Counts a try; the seconds to wait where there may be none.
    fn begin(&mut self, now: Moment) -> Option<u64> {
        match attempts::begin(&self.stored(), now).expect("there is a file") {
            Begun::Try { record } => {
                self.attempts = Some(record);
                None
            }
            Begun::Wait { seconds, record } => {
                self.attempts = Some(record);
                Some(seconds)
            }
        }
    }

    fn change(&mut self, change: &Change) -> Result<(), GuardianError> {
        self.change_at(change, PIN, NOW)
    }

    fn change_at(&mut self, change: &Change, pin: &str, now: Moment) -> Result<(), GuardianError> {
        assert_eq!(self.begin(now), None);
        let Changed { store, settings } = manage::change(&self.stored(), Secret::Pin(pin), change, now)?;
        self.store(store);
        assert_eq!(self.opened().settings, settings);
        Ok(())
    }

    fn ask(&mut self, contact: &str, seed: u8, now: Moment) -> Result<Request, GuardianError> {
        let asked = approval::ask(&self.stored(), &wish(contact), &random::<ASK_RANDOM>(seed), now)?;
        self.store(asked.store);
        Ok(asked.request)
    }

    fn accept(&mut self, code: &str, answer: &str, now: Moment) -> Result<Outcome, GuardianError> {
        let Answered { outcome, store } = approval::accept(&self.stored(), code, answer, now)?;
        self.store(store);
        Ok(outcome)
    }

    /// Asks, and the guardian answers.
    fn decided(&mut self, paper: &Paper, contact: &str, seed: u8, decision: GuardianDecision) {
        let request = self.ask(contact, seed, NOW).expect("a request");
        let answer = approval::answer(&paper.pairing, &request.code, decision).expect("an answer");
        let outcome = self.accept(&request.code, &answer, NOW).expect("a decision");
        assert_eq!(outcome, Outcome::Decided { decision, contact: contact.into() });
    }

    fn decision(&self, contact: &str) -> Option<GuardianDecision> {
        self.opened().settings.decision(contact)
    }
}

fn wish(contact: &str) -> Wish {
    Wish { contact: contact.into(), label: format!("{contact}, of the club"), kind: Kind::ConnectRequest }
}

fn decide(contact: &str, decision: GuardianDecision) -> Change {
    Change::Decide { contact: contact.into(), label: "Ada".into(), decision }
}

/// The key pair of a device that was set up with a seed, as the first 32 random bytes are its secret.
fn signing(seed: u8) -> SigningKey {
    let random: [u8; SET_UP_RANDOM] = random(seed);
    SigningKey::from_bytes(random.first_chunk().expect("32 of them"))
}

fn payload(file: &[u8]) -> serde_json::Value {
    serde_json::from_slice(&file[16..file.len() - 64]).expect("JSON")
}

/// A file with another payload, signed by who can.
fn resigned(payload: &serde_json::Value, key: &SigningKey) -> Vec<u8> {
    let json = payload.to_string();
    let mut bytes = b"PPGUARD\n\x01\0\0\0".to_vec();
    bytes.extend_from_slice(&(json.len() as u32).to_le_bytes());
    bytes.extend_from_slice(json.as_bytes());
    let signature = key.sign(&bytes).to_bytes();
    bytes.extend_from_slice(&signature);
    bytes
}

/// RFC 9106, section 5.3.
#[test]
fn argon2id_is_the_one_of_the_rfc() {
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .output_len(32)
        .data(AssociatedData::new(&[4; 12]).expect("short"))
        .build()
        .expect("the parameters of the RFC");
    let secret = [3; 8];
    let argon2 = Argon2::new_with_secret(&secret, Algorithm::Argon2id, Version::V0x13, params)
        .expect("a short secret");
    let mut tag = [0; 32];
    argon2.hash_password_into(&[1; 32], &[2; 16], &mut tag).expect("a tag");
    assert_eq!(hex(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

/// Test values of the reference implementation (P-H-C/phc-winner-argon2, src/test.c), by our own way to the crate.
#[test]
fn a_pin_is_stretched_as_the_reference_does() {
    let key = |passes| {
        let stretch = Stretch { memory: 1 << 16, passes, lanes: 1 };
        hex(&stretch.key(b"password", b"somesalt").expect("within the bounds"))
    };
    assert_eq!(key(2), "09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    assert_eq!(key(1), "f6a5adc1ba723dddef9b5ac1d464e180fcd9dffc9d1cbf76cca2fed795d9ca98");
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
