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

// Published values.

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

/// The pairing key, the request's code and the answer as the documentation says, by other people's code.
#[test]
fn an_answer_is_an_hmac_of_the_code() {
    use hmac::{Hmac, KeyInit, Mac};
    use sha2::{Digest, Sha256};
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 7, NOW).expect("a request");
    let file = payload(device.file.as_deref().expect("a file"));
    let bytes = |field: &str| -> Vec<u8> {
        let digits = file[field].as_str().expect("digits");
        (0..digits.len() / 2)
            .map(|i| u8::from_str_radix(&digits[2 * i..2 * i + 2], 16).expect("hex"))
            .collect()
    };
    let mut body = bytes("key");
    body.extend(random::<ASK_RANDOM>(7));
    body.push(2);
    for text in ["ada", "ada, of the club"] {
        body.extend((text.len() as u16).to_le_bytes());
        body.extend(text.bytes());
    }
    let code = Sha256::new().chain_update(b"pausepoint guardian request v1\0").chain_update(&body).finalize();
    assert_eq!(request.code, crockford(&code[..5]));
    let mut mac = Hmac::<Sha256>::new_from_slice(&bytes("pairing")).expect("any length");
    mac.update(b"pausepoint guardian answer v1\0");
    mac.update(request.code.as_bytes());
    mac.update(&[1]);
    let answer = approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved);
    assert_eq!(answer.as_deref(), Ok(crockford(&mac.finalize().into_bytes()[..5]).as_str()));
}

/// Forty bits by arithmetic.
fn crockford(bytes: &[u8]) -> String {
    let number = bytes.iter().fold(0u64, |number, byte| number << 8 | u64::from(*byte));
    let symbols = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    (0..8).rev().map(|at| char::from(symbols[(number >> (5 * at) & 31) as usize])).collect()
}

// The file.

#[test]
fn what_was_set_up_is_read_without_a_pin() {
    assert_eq!(open(&Stored::default()), State::NotSetUp);
    let (device, _) = Device::set_up();
    let opened = device.opened();
    assert_eq!(opened.settings.revision, 1);
    assert_eq!(opened.settings.age_band, AgeBand::Under13);
    assert_eq!(opened.settings.profiles, ["eu-dsa"]);
    assert_eq!(opened.settings.created_at, NOW);
    assert_eq!((opened.by_code, opened.dropped, opened.store), (Vec::new(), None, Store::default()));
    // Readable, and without the PIN in it.
    let file = String::from_utf8_lossy(device.file.as_deref().expect("a file")).into_owned();
    assert!(file.contains("\"age_band\":\"under-13\"") && !file.contains(PIN));
    assert!(!file.contains(&hex(&signing(1).to_bytes())));
}

#[test]
fn settings_that_hold_are_not_set_up_again() {
    let (device, _) = Device::set_up();
    let begin = Begin { age_band: AgeBand::From16To17, profiles: Vec::new(), stretch: QUICK };
    let again =
        |stored: &Stored<'_>| manage::set_up(stored, &begin, PIN, &random::<SET_UP_RANDOM>(2), NOW).err();
    assert_eq!(again(&device.stored()), Some(GuardianError::AlreadySetUp));
    // Where they do not hold, they are.
    assert_eq!(again(&Stored { anchor: None, ..device.stored() }), None);
}

#[test]
fn random_bytes_must_be_there() {
    let begin = Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch: QUICK };
    for bytes in [&[0; SET_UP_RANDOM][..], &random::<{ SET_UP_RANDOM - 1 }>(1)] {
        let created = manage::set_up(&Stored::default(), &begin, PIN, bytes, NOW);
        assert_eq!(created.err(), Some(GuardianError::Random));
    }
}

#[test]
fn no_bit_of_a_file_can_be_changed() {
    let (device, _) = Device::set_up();
    let file = device.file.clone().expect("a file");
    for bit in 0..8 * file.len() {
        let mut changed = device.clone();
        let mut bytes = file.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        changed.file = Some(bytes);
        let expected: &[Broken] = match bit / 8 {
            8..=11 => &[Broken::Format],
            // Longer than there is, or shorter.
            12..=15 => &[Broken::Cut, Broken::Altered],
            _ => &[Broken::Altered],
        };
        let broken = changed.broken().expect("a changed file does not hold");
        assert!(expected.contains(&broken), "bit {bit}: {broken}");
    }
}

#[test]
fn no_part_of_a_file_can_be_missing_or_added() {
    let (device, _) = Device::set_up();
    let file = device.file.clone().expect("a file");
    for length in 0..file.len() {
        let cut = Device { file: Some(file[..length].into()), ..device.clone() };
        assert_eq!(cut.broken(), Some(Broken::Cut), "{length}");
    }
    let longer = Device { file: Some([file.as_slice(), b" "].concat()), ..device.clone() };
    assert_eq!(longer.broken(), Some(Broken::Altered));
    let vast = Device { file: Some([file, vec![0; MAX_FILE]].concat()), ..device };
    assert_eq!(vast.broken(), Some(Broken::Altered));
}

#[test]
fn what_is_signed_must_still_be_settings() {
    let (device, _) = Device::set_up();
    let file = payload(device.file.as_deref().expect("a file"));
    let key = signing(1);
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut payload = file.clone();
        // A revision on, so that the anchor does not mind.
        payload["settings"]["revision"] = 2.into();
        change(&mut payload);
        Device { file: Some(resigned(&payload, &key)), ..device.clone() }.open()
    };
    assert!(matches!(with(&|_| ()), State::Open(_)), "the key of these tests is the device's");
    let bad: [&dyn Fn(&mut serde_json::Value); 12] = [
        &|p| p["stretch"]["memory"] = (8 * 1024 - 1).into(),
        &|p| p["stretch"]["memory"] = (4 << 20).into(),
        &|p| p["stretch"]["passes"] = 0.into(),
        &|p| p["stretch"]["passes"] = 11.into(),
        &|p| p["stretch"]["lanes"] = 0.into(),
        &|p| p["stretch"]["lanes"] = 5.into(),
        &|p| p["settings"]["age_band"] = "adult".into(),
        &|p| p["settings"]["more"] = true.into(),
        &|p| p["settings"]["revision"] = (1u64 << 53).into(),
        &|p| p["valid_since"] = 3.into(),
        &|p| p["settings"]["profiles"] = vec!["a"; 2].into(),
        &|p| p["settings"]["created_at"] = "-0001".into(),
    ];
    for (at, change) in bad.into_iter().enumerate() {
        assert_eq!(with(change), State::Broken(Broken::Format), "{at}");
    }
}

#[test]
fn lowered_parameters_do_not_unlock() {
    let (mut device, _) = Device::set_up();
    let mut file = payload(device.file.as_deref().expect("a file"));
    file["stretch"]["passes"] = 2.into();
    file["settings"]["revision"] = 2.into();
    // Even signed by the right key, what the PIN wraps belongs to its parameters.
    device.file = Some(resigned(&file, &signing(1)));
    assert_eq!(device.change(&decide("ada", GuardianDecision::Denied)), Err(GuardianError::PinWrong));
}

#[test]
fn parameters_have_bounds_both_ways() {
    let begin = |stretch| Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch };
    for stretch in [
        Stretch { memory: 8 * 1024 - 1, ..QUICK },
        Stretch { memory: 128 * 1024 + 1, ..QUICK },
        Stretch { memory: u32::MAX, ..QUICK },
        Stretch { passes: 0, ..QUICK },
        Stretch { passes: 11, ..QUICK },
        Stretch { lanes: 0, ..QUICK },
        Stretch { lanes: 5, ..QUICK },
    ] {
        let random = random::<SET_UP_RANDOM>(1);
        let created = manage::set_up(&Stored::default(), &begin(stretch), PIN, &random, NOW);
        assert_eq!(created.err(), Some(GuardianError::Stretch), "{stretch:?}");
    }
    assert!(Stretch::default().is_valid() && QUICK.is_valid());
}

#[test]
fn pins_that_are_tried_first_are_refused() {
    let begin = Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch: QUICK };
    let set_up =
        |pin: &str| manage::set_up(&Stored::default(), &begin, pin, &random::<SET_UP_RANDOM>(1), NOW).err();
    for short in ["", "12480", "ééééa", &"ab".repeat(33)] {
        assert_eq!(set_up(short), Some(GuardianError::PinLength), "{short}");
    }
    for weak in [
        "000000",
        "777777777",
        "123456",
        "654321",
        "567890",
        "890123",
        "098765",
        "abcdef",
        "zyxwvu",
        "      ",
    ] {
        assert_eq!(set_up(weak), Some(GuardianError::PinWeak), "{weak}");
    }
    for fine in ["123457", "112233", " 12345", &"é1".repeat(32)] {
        assert_eq!(set_up(fine), None, "{fine}");
    }
}

// The anchor.

#[test]
fn a_missing_file_or_anchor_is_told() {
    let (device, _) = Device::set_up();
    assert_eq!(Device { file: None, ..device.clone() }.broken(), Some(Broken::FileMissing));
    assert_eq!(Device { anchor: None, ..device.clone() }.broken(), Some(Broken::AnchorMissing));
    let anchor = device.anchor.clone().expect("an anchor");
    for length in 0..anchor.len() {
        let cut = Device { anchor: Some(anchor[..length].into()), ..device.clone() };
        assert_eq!(cut.broken(), Some(Broken::AnchorDamaged));
    }
    assert_eq!(Device { file: None, anchor: None, ..device }.open(), State::NotSetUp);
}

#[test]
fn another_guardians_file_is_told() {
    let (device, _) = Device::set_up();
    let (other, _) = Device::set_up_as(2, AgeBand::From16To17);
    let swapped = Device { file: other.file, ..device };
    assert_eq!(swapped.broken(), Some(Broken::Swapped));
}

#[test]
fn an_older_file_is_told() {
    let (mut device, _) = Device::set_up();
    let mut files = vec![device.file.clone()];
    for contact in ["ada", "bob", "eve"] {
        device.change(&decide(contact, GuardianDecision::Denied)).expect("a change");
        files.push(device.file.clone());
    }
    assert_eq!(device.opened().settings.revision, 4);
    for file in &files[..3] {
        assert_eq!(Device { file: file.clone(), ..device.clone() }.broken(), Some(Broken::RolledBack));
    }
}

#[test]
fn two_files_of_one_revision_are_told() {
    let (mut device, _) = Device::set_up();
    let mut other = device.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    other.change(&decide("ada", GuardianDecision::Approved)).expect("another");
    assert_eq!(Device { file: other.file, ..device }.broken(), Some(Broken::Conflict));
}

#[test]
fn a_crash_between_the_two_writes_does_no_harm() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "bob", 3, GuardianDecision::Approved);
    let before = device.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    // The file was written, the anchor not.
    let mut crashed = Device { file: device.file.clone(), ..before.clone() };
    let opened = crashed.opened();
    assert_eq!(opened.settings.revision, 2);
    assert_eq!((opened.settings.decision("bob"), opened.dropped), (Some(GuardianDecision::Approved), None));
    assert_eq!(opened.store.anchor, device.anchor);
    crashed.store(opened.store);
    assert_eq!(crashed.opened().store, Store::default());
    // And from now on the older one is refused.
    assert_eq!(Device { file: before.file, ..crashed }.broken(), Some(Broken::RolledBack));
}

#[test]
fn a_crash_while_setting_up_is_mended_by_the_pin() {
    let (set_up, _) = Device::set_up();
    let mut crashed = Device { anchor: None, ..set_up };
    assert_eq!(crashed.broken(), Some(Broken::AnchorMissing));
    assert_eq!(crashed.begin(NOW), None);
    let reinstated = manage::reinstate(&crashed.stored(), Secret::Pin(PIN), NOW).expect("the PIN is right");
    crashed.store(reinstated.store);
    assert_eq!(crashed.opened().settings.revision, 2);
}

#[test]
fn an_authentic_file_is_reinstated_by_its_guardian_only() {
    let (mut device, paper) = Device::set_up();
    let old = device.file.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    device.change(&decide("bob", GuardianDecision::Denied)).expect("another");
    let reinstate = |device: &Device, secret| manage::reinstate(&device.stored(), secret, NOW);
    assert_eq!(reinstate(&device, Secret::Recovery(&paper.recovery)), Err(GuardianError::AlreadySetUp));
    assert_eq!(reinstate(&Device::default(), Secret::Pin(PIN)), Err(GuardianError::NotSetUp));
    let mut back = Device { file: old, ..device.clone() };
    // Nothing but the guardian's secret will do, and nothing else is possible meanwhile.
    assert_eq!(reinstate(&back, Secret::Pin(PIN)), Err(GuardianError::NotCounted));
    assert_eq!(back.begin(NOW), None);
    assert_eq!(reinstate(&back, Secret::Pin("294818")), Err(GuardianError::PinWrong));
    let change = manage::change(&back.stored(), Secret::Pin(PIN), &Change::EndRelaxations {}, NOW);
    assert_eq!(change, Err(Broken::RolledBack.into()));
    let reinstated = reinstate(&back, Secret::Recovery(&paper.recovery)).expect("the code is right");
    // Above everything that was in use, so that no other file comes back.
    assert_eq!(reinstated.settings.revision, 4);
    assert_eq!(reinstated.settings.approvals, []);
    back.store(reinstated.store);
    assert_eq!(back.opened().settings.revision, 4);
    assert_eq!(Device { file: device.file.clone(), ..back }.broken(), Some(Broken::RolledBack));
    // An altered one is nobody's.
    let mut altered = device.clone();
    if let Some(file) = &mut altered.file {
        file[40] ^= 1;
    }
    assert_eq!(reinstate(&altered, Secret::Recovery(&paper.recovery)), Err(Broken::Altered.into()));
}

// PIN and recovery code.

#[test]
fn only_the_pin_or_the_recovery_code_changes_anything() {
    let (mut device, paper) = Device::set_up();
    let (_, others) = Device::set_up_as(2, AgeBand::Under13);
    let change = decide("ada", GuardianDecision::Approved);
    assert_eq!(
        manage::change(&device.stored(), Secret::Pin(PIN), &change, NOW),
        Err(GuardianError::NotCounted),
        "set-up leaves a record of no tries"
    );
    let before = device.file.clone();
    for wrong in ["294818", "", "294817 ", &"1".repeat(100_000)] {
        assert_eq!(device.change_at(&change, wrong, NOW), Err(GuardianError::PinWrong));
    }
    let by_code = |code: &str| manage::change(&device.stored(), Secret::Recovery(code), &change, NOW).err();
    assert_eq!(by_code(&others.recovery), Some(GuardianError::RecoveryWrong));
    assert_eq!(
        by_code(&paper.recovery.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l")),
        None
    );
    assert_eq!(device.file, before);
    device.change(&change).expect("the right PIN");
}

#[test]
fn slips_in_a_recovery_code_are_told_from_wrong_ones() {
    let (device, paper) = Device::set_up();
    let change = Change::EndRelaxations {};
    let by_code = |code: &str| manage::change(&device.stored(), Secret::Recovery(code), &change, NOW).err();
    assert_eq!(paper.recovery.len(), 29);
    assert!(paper.recovery.split('-').all(|group| group.len() == 5));
    let symbols: Vec<char> = paper.recovery.chars().filter(|c| *c != '-').collect();
    for at in 0..symbols.len() {
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != symbols[at]) {
            let mut slip = symbols.clone();
            slip[at] = other;
            assert_eq!(by_code(&slip.iter().collect::<String>()), Some(GuardianError::Typo), "{at} {other}");
        }
        let missing: String = [&symbols[..at], &symbols[at + 1..]].concat().iter().collect();
        assert_eq!(by_code(&missing), Some(GuardianError::Typo));
    }
    let swapped = (0..24).filter(|at| symbols[*at] != symbols[at + 1]);
    for at in swapped {
        let mut slip = symbols.clone();
        slip.swap(at, at + 1);
        assert_eq!(by_code(&slip.iter().collect::<String>()), Some(GuardianError::Typo), "{at}");
    }
    for not_a_code in ["", "-", "ü", &"U".repeat(25), &"A".repeat(1000)] {
        assert_eq!(by_code(not_a_code), Some(GuardianError::Typo));
    }
    // A code of another kind is no recovery code either.
    assert_eq!(by_code(&paper.pairing), Some(GuardianError::Typo));
}

#[test]
fn a_pin_that_was_changed_is_no_longer_valid() {
    let (mut device, paper) = Device::set_up();
    let old = device.clone();
    assert_eq!(device.begin(NOW), None);
    let exchange = |device: &Device, from: &str, to: &str| {
        manage::change_pin(&device.stored(), from, to, &random::<PIN_RANDOM>(9), NOW)
    };
    assert_eq!(exchange(&device, OTHER_PIN, OTHER_PIN), Err(GuardianError::PinWrong));
    assert_eq!(exchange(&device, PIN, "123456"), Err(GuardianError::PinWeak));
    let changed = exchange(&device, PIN, OTHER_PIN).expect("the PIN is right");
    device.store(changed.store);
    assert_eq!(device.opened().settings.revision, 2);
    assert_eq!(device.change(&Change::EndRelaxations {}), Err(GuardianError::PinWrong));
    device.change_at(&Change::EndRelaxations {}, OTHER_PIN, NOW).expect("the new PIN");
    // The recovery code stays.
    manage::confirm(&device.stored(), Secret::Recovery(&paper.recovery), NOW).expect("the code");
    // Nor does the file of before help who knows the old PIN.
    let mut back = Device { file: old.file, ..device };
    assert_eq!(back.broken(), Some(Broken::RolledBack));
    assert_eq!(back.begin(NOW), None);
    assert_eq!(manage::reinstate(&back.stored(), Secret::Pin(PIN), NOW), Err(GuardianError::Ended));
}

#[test]
fn recovery_ends_the_old_pin_and_the_old_code() {
    let (mut device, paper) = Device::set_up();
    let old = device.clone();
    let recover = |device: &Device, code: &str, pin: &str| {
        manage::recover(&device.stored(), code, pin, &random::<RECOVER_RANDOM>(5), NOW)
    };
    assert_eq!(recover(&device, &paper.recovery, "1").err(), Some(GuardianError::PinLength));
    assert_eq!(recover(&device, &paper.pairing, OTHER_PIN).err(), Some(GuardianError::Typo));
    let renewed = recover(&device, &paper.recovery, OTHER_PIN).expect("the code is right");
    device.store(renewed.store);
    assert_ne!(renewed.code, paper.recovery);
    assert_eq!(recover(&device, &paper.recovery, OTHER_PIN).err(), Some(GuardianError::RecoveryWrong));
    assert_eq!(device.change(&Change::EndRelaxations {}), Err(GuardianError::PinWrong));
    device.change_at(&Change::EndRelaxations {}, OTHER_PIN, NOW).expect("the new PIN");
    manage::confirm(&device.stored(), Secret::Recovery(&renewed.code), NOW).expect("the new code");
    let back = Device { file: old.file, ..device };
    let reinstated = manage::reinstate(&back.stored(), Secret::Recovery(&paper.recovery), NOW);
    assert_eq!(reinstated, Err(GuardianError::Ended));
}

// Wrong PINs.

/// What a record says, over a restart: bytes are all that is left.
fn failed(device: &mut Device, now: Moment) -> Option<u64> {
    let wait = device.begin(now);
    if wait.is_none() {
        let result = manage::confirm(&device.stored(), Secret::Pin("000001"), now);
        assert_eq!(result, Err(GuardianError::PinWrong));
    }
    wait
}

#[test]
fn five_tries_are_free_and_then_each_waits_longer() {
    let (mut device, _) = Device::set_up();
    let mut now = NOW.0;
    for _ in 0..5 {
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    for wait in [60, 300, 900, 3600, 3600, 3600] {
        assert_eq!(failed(&mut device, Moment(now)), Some(wait));
        assert_eq!(failed(&mut device, Moment(now + wait as i64 - 1)), Some(1));
        now += wait as i64;
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    // The right one ends it.
    now += 3600;
    assert_eq!(device.begin(Moment(now)), None);
    let store = manage::confirm(&device.stored(), Secret::Pin(PIN), Moment(now)).expect("the PIN");
    device.store(store);
    for _ in 0..5 {
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    assert_eq!(failed(&mut device, Moment(now)), Some(60));
}

#[test]
fn ending_the_app_before_the_answer_gains_nothing() {
    let (mut device, _) = Device::set_up();
    (0..5).for_each(|_| assert_eq!(device.begin(NOW), None));
    assert_eq!(device.begin(NOW), Some(60));
}

#[test]
fn a_record_that_is_not_there_waits_longest() {
    let (mut device, _) = Device::set_up();
    let (other, _) = Device::set_up_as(2, AgeBand::Under13);
    let fresh = device.attempts.clone().expect("a record");
    let with = |from: &str, to: &str| String::from_utf8_lossy(&fresh).replace(from, to).into_bytes();
    for record in [
        None,
        Some(Vec::new()),
        Some(b"{}".to_vec()),
        other.attempts,
        Some(with("\"failures\":0", "\"failures\":-1")),
        Some(with("\"failures\":0", "\"failures\":9")),
        Some(with("\"format\":1", "\"format\":2")),
        Some([fresh.clone(), vec![b' '; 2000]].concat()),
    ] {
        assert_ne!(record.as_ref(), Some(&fresh));
        device.attempts = record;
        assert_eq!(failed(&mut device, NOW), Some(3600));
        // It goes by, from then on.
        assert_eq!(failed(&mut device, later(1800)), Some(1800));
        assert_eq!(failed(&mut device, later(3600)), None);
        assert_eq!(failed(&mut device, later(3600)), Some(3600));
    }
}

#[test]
fn a_clock_that_is_set_back_begins_the_wait_again() {
    let (mut device, _) = Device::set_up();
    (0..5).for_each(|_| assert_eq!(failed(&mut device, NOW), None));
    assert_eq!(failed(&mut device, later(50)), Some(10));
    assert_eq!(failed(&mut device, later(-1000)), Some(60));
    assert_eq!(failed(&mut device, later(-950)), Some(10));
    assert_eq!(failed(&mut device, later(-940)), None);
    // Forward buys one try each time, as waiting would, and the count stays.
    assert_eq!(failed(&mut device, later(10 * DAY)), None);
    assert_eq!(failed(&mut device, later(10 * DAY)), Some(900));
    assert_eq!(failed(&mut device, NOW), Some(900));
    for never in [Moment(-1), Moment(i64::MIN), Moment(i64::MAX)] {
        assert_eq!(attempts::begin(&device.stored(), never), Err(GuardianError::Time));
    }
}

// Changes.

#[test]
fn each_change_is_one_revision() {
    let (mut device, _) = Device::set_up();
    let changes = [
        decide("ada", GuardianDecision::Approved),
        decide("ada", GuardianDecision::Denied),
        Change::SetProfiles { profiles: vec!["uk-osa".into(), "br-eca".into()] },
        Change::Relax { what: Relaxed::Pictures, until: later(100) },
        Change::Relax { what: Relaxed::Pictures, until: later(DAY) },
        Change::SetAgeBand { age_band: AgeBand::From13To15 },
        Change::Forget { contact: "ada".into() },
        Change::EndRelaxations {},
    ];
    for (at, change) in changes.iter().enumerate() {
        let json = serde_json::to_string(change).expect("JSON");
        assert_eq!(serde_json::from_str::<Change>(&json).ok().as_ref(), Some(change), "{json}");
        device.change(change).expect("a change");
        let settings = device.opened().settings;
        assert_eq!(settings.revision, at as u64 + 2);
        match at {
            0 => assert_eq!(settings.decision("ada"), Some(GuardianDecision::Approved)),
            1 => assert_eq!(settings.approvals.len(), 1),
            2 => assert_eq!(settings.profiles, ["uk-osa", "br-eca"]),
            4 => assert_eq!(settings.relaxations.len(), 1),
            5 => assert_eq!((settings.relaxations, settings.approvals.len()), (Vec::new(), 1)),
            6 => assert_eq!(settings.approvals, []),
            _ => {}
        }
    }
}

#[test]
fn relaxations_are_one_step_and_end() {
    let (mut device, _) = Device::set_up();
    device.change(&Change::Relax { what: Relaxed::Pictures, until: later(DAY) }).expect("a change");
    device.change(&Change::Relax { what: Relaxed::All, until: later(100) }).expect("a change");
    let settings = device.opened().settings;
    let band = |what, at| settings.band_for(what, later(at));
    assert_eq!(band(Relaxed::Contacts, -1), AgeBand::Under13);
    assert_eq!(band(Relaxed::Contacts, 0), AgeBand::From13To15);
    // Two at once are still one step.
    assert_eq!(band(Relaxed::Pictures, 99), AgeBand::From13To15);
    assert_eq!(band(Relaxed::Contacts, 100), AgeBand::Under13);
    assert_eq!(band(Relaxed::Pictures, DAY - 1), AgeBand::From13To15);
    assert_eq!(band(Relaxed::Pictures, DAY), AgeBand::Under13);
    // What is over is dropped with the next change.
    device.change_at(&Change::SetProfiles { profiles: Vec::new() }, PIN, later(200)).expect("a change");
    let left: Vec<_> =
        device.opened().settings.relaxations.iter().map(|relaxation| relaxation.what).collect();
    assert_eq!(left, [Relaxed::Pictures]);
}

#[test]
fn changes_that_cannot_be_are_refused() {
    let (mut device, _) = Device::set_up();
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    let named = |contact: &str, label: &str| Change::Decide {
        contact: contact.into(),
        label: label.into(),
        decision: GuardianDecision::Approved,
    };
    let profiles =
        |names: &[&str]| Change::SetProfiles { profiles: names.iter().copied().map(String::from).collect() };
    let relax = |until| Change::Relax { what: Relaxed::All, until };
    let long = "é".repeat(129);
    for (change, error) in [
        (Change::SetAgeBand { age_band: AgeBand::Adult }, GuardianError::NotDecided),
        (profiles(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), GuardianError::TooMany),
        (profiles(&["twice", "twice"]), GuardianError::TooMany),
        (profiles(&[""]), GuardianError::Text),
        (profiles(&[&long[..130]]), GuardianError::Text),
        (named("", "Ada"), GuardianError::Text),
        (named(&long, "Ada"), GuardianError::Text),
        (named("ada\n", "Ada"), GuardianError::Text),
        (named("ada", "A\u{202e}da"), GuardianError::Text),
        (named("ada", &long[..130]), GuardianError::Text),
        (Change::Forget { contact: "bob".into() }, GuardianError::Unknown),
        (relax(NOW), GuardianError::Duration),
        (relax(later(-1)), GuardianError::Duration),
        // Under 13, a day at most.
        (relax(later(DAY + 1)), GuardianError::Duration),
        (relax(Moment(i64::MAX)), GuardianError::Time),
    ] {
        let before = device.clone();
        assert_eq!(device.change(&change), Err(error), "{change:?}");
        device.attempts = before.attempts.clone();
        assert!(device == before);
    }
    for fine in
        [named(&long[..256], &long[..128]), profiles(&["1", "2", "3", "4", "5", "6", "7", &long[..128]])]
    {
        device.change(&fine).expect("as much as there may be");
    }
    for json in [
        r#"{"change":"set-age-band"}"#,
        r#"{"change":"set-age-band","age_band":"12"}"#,
        r#"{"change":"set-age-band","age_band":"13-15","and":1}"#,
        r#"{"change":"end-relaxations","and":1}"#,
        r#"{"change":"nothing"}"#,
        "[]",
    ] {
        assert!(serde_json::from_str::<Change>(json).is_err(), "{json}");
    }
}

#[test]
fn a_guardian_of_somebody_older_decides_less() {
    let (mut device, paper) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    device.decided(&paper, "bob", 4, GuardianDecision::Denied);
    device.change(&Change::SetAgeBand { age_band: AgeBand::From16To17 }).expect("a change");
    // What nobody could take back is gone.
    assert_eq!(device.opened().settings.approvals, []);
    let refused = Err(GuardianError::NotDecided);
    assert_eq!(device.change(&decide("ada", GuardianDecision::Denied)), refused);
    assert_eq!(device.change(&Change::Forget { contact: "ada".into() }), refused);
    assert_eq!(device.ask("ada", 1, NOW).err(), Some(GuardianError::NotDecided));
    device.change(&Change::Relax { what: Relaxed::Contacts, until: later(DAY) }).expect("a change");
    assert_eq!(device.opened().settings.band_for(Relaxed::Contacts, NOW), AgeBand::Adult);
    device.change(&Change::SetAgeBand { age_band: AgeBand::Under13 }).expect("a change");
    let begin = Begin { age_band: AgeBand::Adult, profiles: Vec::new(), stretch: QUICK };
    let adult = manage::set_up(&Stored::default(), &begin, PIN, &random::<SET_UP_RANDOM>(1), NOW);
    assert_eq!(adult.err(), Some(GuardianError::NotDecided));
}

#[test]
fn an_older_band_may_be_relaxed_for_longer() {
    for (band, longest) in
        [(AgeBand::Under13, DAY), (AgeBand::From13To15, 3 * DAY), (AgeBand::From16To17, MAX_RELAXATION)]
    {
        let (mut device, _) = Device::set_up_as(1, band);
        let relax = |seconds| Change::Relax { what: Relaxed::All, until: later(seconds) };
        assert_eq!(device.change(&relax(longest + 1)), Err(GuardianError::Duration), "{band:?}");
        device.begin(NOW);
        assert_eq!(device.change(&relax(longest)), Ok(()), "{band:?}");
    }
}

// What holds in the end.

fn layered(state: &State, managed: Option<&str>, now: Moment) -> Layered {
    let managed = managed.map(|json| Managed::from_json(json).expect("managed settings"));
    layers(state, AgeBand::From16To17, managed.as_ref(), now).expect("layers")
}

fn preset(band: AgeBand) -> Policy {
    Policy::preset(band).expect("a preset")
}

#[test]
fn without_settings_the_apps_band_holds_and_broken_ones_are_the_strictest() {
    let unset = layered(&State::NotSetUp, None, NOW);
    assert_eq!((unset.policy, unset.because), (preset(AgeBand::From16To17), vec![]));
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    let open = layered(&device.open(), None, NOW);
    assert_eq!(open.policy.age_band, AgeBand::From13To15);
    assert_eq!(open.policy.version, format!("{}+guardian.2", preset(AgeBand::From13To15).version));
    assert_eq!(open.decisions.get("ada"), Some(&GuardianDecision::Approved));
    assert_eq!(open.because, [Because::Guardian]);
    device.anchor = None;
    let broken = layered(&device.open(), None, NOW);
    assert_eq!((broken.policy, broken.because), (preset(AgeBand::Under13), vec![Because::SettingsBroken]));
    assert!(broken.decisions.is_empty(), "what was approved does not hold either");
}

#[test]
fn a_relaxation_is_that_of_its_part_and_ends() {
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&Change::Relax { what: Relaxed::Contacts, until: later(3600) }).expect("a change");
    let state = device.open();
    let during = layered(&state, None, later(3599));
    assert_eq!(during.policy.contact, preset(AgeBand::From16To17).contact);
    assert_eq!(during.policy.picture, preset(AgeBand::From13To15).picture);
    assert_eq!(during.policy.age_band, AgeBand::From13To15, "one stays as old as one is");
    assert_eq!(during.because, [Because::Guardian, Because::ContactsRelaxed]);
    assert_eq!(during.until, Some(later(3600)));
    let after = layered(&state, None, later(3600));
    assert_eq!(after.policy.contact, preset(AgeBand::From13To15).contact);
    assert_eq!((after.because, after.until), (vec![Because::Guardian], None));
}

#[test]
fn who_manages_a_device_only_makes_it_stricter() {
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    device.change(&Change::SetProfiles { profiles: vec!["ofcom-icu".into()] }).expect("a change");
    device.change(&Change::Relax { what: Relaxed::All, until: later(3600) }).expect("a change");
    let state = device.open();
    let school =
        r#"{"name":"School","profiles":["eu-dsa-28","ofcom-icu"],"relaxations":false,"denied":["ada"]}"#;
    let managed = layered(&state, Some(school), later(1));
    assert_eq!(managed.policy.contact, preset(AgeBand::From13To15).contact, "no relaxation");
    assert_eq!((managed.because, managed.until), (vec![Because::Guardian, Because::Managed], None));
    assert_eq!(managed.profiles, ["ofcom-icu", "eu-dsa-28"]);
    assert_eq!(managed.decisions.get("ada"), Some(&GuardianDecision::Denied));
    assert_eq!(managed.managed_by.as_deref(), Some("School"));
    for (asked, expected) in
        [("under-13", AgeBand::Under13), ("13-15", AgeBand::From13To15), ("adult", AgeBand::From13To15)]
    {
        let json = format!(r#"{{"name":"School","age_band":"{asked}"}}"#);
        let managed = layered(&state, Some(&json), NOW);
        assert_eq!(managed.policy.age_band, expected);
        // A relaxation does not reach over what the school lets it.
        let milder = if asked == "adult" { AgeBand::From16To17 } else { expected };
        assert_eq!(managed.policy.picture, preset(milder).picture, "{asked}");
    }
    for (json, error) in [
        ("{}", GuardianError::Text),
        (r#"{"name":""}"#, GuardianError::Text),
        (r#"{"name":"a\u202eb"}"#, GuardianError::Text),
        (r#"{"name":"S","milder":true}"#, GuardianError::Text),
        (r#"{"name":"S","profiles":["1","2","3","4","5","6","7","8","9"]}"#, GuardianError::TooMany),
    ] {
        assert_eq!(Managed::from_json(json).err(), Some(error), "{json}");
    }
}

#[test]
fn what_is_told_is_fixed() {
    let told = |band| serde_json::to_value(told(band)).expect("JSON");
    let never = serde_json::json!(["pictures", "messages", "scores", "hashes", "help-used", "journal"]);
    let all = serde_json::json!(["age-band", "profiles", "contact-approvals", "relaxations", "pin"]);
    let sees = ["settings", "approval-requests", "approved-contacts", "pause-counts"];
    for (band, sees, decides) in [
        (AgeBand::Under13, &sees[..4], all.clone()),
        (AgeBand::From13To15, &sees[..3], all),
        (AgeBand::From16To17, &sees[..1], serde_json::json!(["age-band", "profiles", "relaxations", "pin"])),
        (AgeBand::Adult, &[], serde_json::json!([])),
    ] {
        assert_eq!(told(band), serde_json::json!({ "sees": sees, "decides": decides, "never": never }));
    }
}

// Approving from another device.

#[test]
fn a_guardian_approves_from_afar() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada@club/17 é", 3, NOW).expect("a request");
    assert!(
        request
            .text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b" $%*+-./:".contains(&b))
    );
    let shown = approval::read(&request.text).expect("a request");
    assert_eq!(shown.code, request.code);
    assert_eq!(shown.wish, wish("ada@club/17 é"));
    let answer = approval::answer(
        &paper.pairing.to_lowercase(),
        &shown.code.to_lowercase(),
        GuardianDecision::Approved,
    )
    .expect("an answer");
    assert_eq!(answer.len(), 8);
    assert_eq!(device.decision("ada@club/17 é"), None);
    let spaced = format!("{} {}", &answer[..4].to_lowercase(), &answer[4..]);
    assert!(matches!(device.accept(&request.code, &spaced, later(VALID - 1)), Ok(Outcome::Decided { .. })));
    let opened = device.opened();
    assert_eq!(opened.by_code, ["ada@club/17 é"]);
    assert_eq!(opened.settings.approvals[0].at, later(VALID - 1));
    assert_eq!(opened.settings.approvals[0].label, "ada@club/17 é, of the club");
    // The next change that is signed takes it in.
    device.change(&decide("bob", GuardianDecision::Denied)).expect("a change");
    device.granted = None;
    let opened = device.opened();
    assert_eq!((opened.by_code, opened.dropped), (Vec::new(), None));
    assert_eq!(opened.settings.decision("ada@club/17 é"), Some(GuardianDecision::Approved));
}

#[test]
fn a_denial_comes_from_afar_too_and_an_approval_later() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Denied);
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Denied));
    device.decided(&paper, "ada", 2, GuardianDecision::Approved);
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Approved));
    // No code takes an approval away, so that nobody gains by deleting one.
    assert_eq!(device.ask("ada", 3, NOW).err(), Some(GuardianError::Approved));
}

#[test]
fn an_answer_is_good_once_and_for_its_request_only() {
    let (mut device, paper) = Device::set_up();
    let (_, others) = Device::set_up_as(2, AgeBand::Under13);
    let ada = device.ask("ada", 1, NOW).expect("a request");
    let eve = device.ask("eve", 2, NOW).expect("another");
    let yes = |paper: &Paper, code: &str| {
        approval::answer(&paper.pairing, code, GuardianDecision::Approved).expect("an answer")
    };
    let answer = yes(&paper, &ada.code);
    assert_eq!(device.accept(&eve.code, &answer, NOW), Ok(Outcome::Wrong { left: 4 }));
    assert_eq!(device.accept(&eve.code, &yes(&others, &eve.code), NOW), Ok(Outcome::Wrong { left: 3 }));
    assert_eq!(device.decision("eve"), None);
    assert!(matches!(device.accept(&ada.code, &answer, NOW), Ok(Outcome::Decided { .. })));
    assert_eq!(device.accept(&ada.code, &answer, NOW), Err(GuardianError::Unknown));
    // The same contact again is another request.
    device.change(&Change::Forget { contact: "ada".into() }).expect("a change");
    let again = device.ask("ada", 3, NOW).expect("a request");
    assert_ne!(again.code, ada.code);
    assert_eq!(device.accept(&again.code, &answer, NOW), Ok(Outcome::Wrong { left: 4 }));
    // And a newer request for a contact takes the place of an older one.
    let newest = device.ask("ada", 4, NOW).expect("a request");
    assert_eq!(device.accept(&again.code, &yes(&paper, &again.code), NOW), Err(GuardianError::Unknown));
    assert!(matches!(
        device.accept(&newest.code, &yes(&paper, &newest.code), NOW),
        Ok(Outcome::Decided { .. })
    ));
}

#[test]
fn a_change_by_pin_ends_requests_and_old_answers() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let asked = device.pending.clone();
    assert!(matches!(device.accept(&request.code, &answer, NOW), Ok(Outcome::Decided { .. })));
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    // Putting the request back does not bring the approval back.
    device.pending = asked;
    assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Denied));
}

#[test]
fn guessing_ends_a_request() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let wrong = if answer == "AAAAAAAA" { "BBBBBBBB" } else { "AAAAAAAA" };
    // What is no answer is a slip, and not counted.
    for slip in ["", "AAAAAAA", "AAAAAAAAA", "UUUUUUUU", &answer[..7]] {
        assert_eq!(device.accept(&request.code, slip, NOW), Err(GuardianError::Typo));
    }
    for left in (0..MAX_WRONG).rev() {
        assert_eq!(device.accept(&request.code, wrong, NOW), Ok(Outcome::Wrong { left }));
    }
    assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
}

#[test]
fn a_request_ends_after_a_quarter_of_an_hour() {
    let (device, paper) = {
        let (mut device, paper) = Device::set_up();
        device.ask("ada", 1, NOW).expect("a request");
        (device, paper)
    };
    let request = device.clone().ask("ada", 1, NOW).expect("the same");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    for (seconds, is_in_time) in [(0, true), (VALID - 1, true), (VALID, false), (-1, false), (DAY, false)] {
        let mut device = device.clone();
        let outcome = device.accept(&request.code, &answer, later(seconds)).expect("an outcome");
        assert_eq!(matches!(outcome, Outcome::Decided { .. }), is_in_time, "{seconds}");
        assert_eq!(device.decision("ada").is_some(), is_in_time);
        // Either way it is gone.
        assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
    }
}

#[test]
fn so_many_requests_wait_and_no_more() {
    let (mut device, _) = Device::set_up();
    for at in 0..MAX_PENDING {
        device.ask(&format!("contact {at}"), at as u8, NOW).expect("a request");
    }
    assert_eq!(device.ask("ada", 99, NOW).err(), Some(GuardianError::TooMany));
    // Those that are over make room.
    device.ask("ada", 99, later(VALID)).expect("a request");
}

#[test]
fn requests_that_were_tampered_with_are_gone() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let pending = device.pending.clone().expect("a record");
    for bit in 0..8 * pending.len() {
        let mut bytes = pending.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let stored = Stored { pending: Some(&bytes), ..device.stored() };
        let result = approval::accept(&stored, &request.code, &answer, NOW);
        assert_eq!(result.err(), Some(GuardianError::Unknown), "bit {bit}");
    }
}

#[test]
fn texts_that_are_no_requests_are_refused() {
    let (mut device, paper) = Device::set_up();
    let text = device.ask("ada", 1, NOW).expect("a request").text;
    for length in 0..text.len() {
        assert_eq!(approval::read(&text[..length]), Err(GuardianError::Typo), "{length}");
    }
    for at in 0..text.len() {
        let mut slip = text.clone().into_bytes();
        slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
        let slip = String::from_utf8(slip).expect("ASCII");
        assert_eq!(approval::read(&slip), Err(GuardianError::Typo), "{at}");
    }
    let vast = format!("{text}{}", "0".repeat(100_000));
    for other in [&paper.pairing, &paper.recovery, "PPASK1:", "PPASK1:é", &vast] {
        assert_eq!(approval::read(other), Err(GuardianError::Typo));
    }
    let slip = paper.pairing.replacen(
        &paper.pairing[..1],
        if paper.pairing.starts_with('7') { "8" } else { "7" },
        1,
    );
    for (pairing, code) in
        [(slip.as_str(), "00000000"), (&paper.pairing, "0000000"), (&paper.recovery, "00000000")]
    {
        assert_eq!(approval::answer(pairing, code, GuardianDecision::Denied), Err(GuardianError::Typo));
    }
}

#[test]
fn tampered_approvals_are_dropped_and_told() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Approved);
    let granted = device.granted.clone().expect("a record");
    let with = |granted: Option<Vec<u8>>| {
        let opened = Device { granted, ..device.clone() }.opened();
        assert_eq!(opened.settings.approvals, []);
        (opened.by_code, opened.dropped)
    };
    for bit in 0..8 * granted.len() {
        let mut bytes = granted.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(with(Some(bytes)), (Vec::new(), Some(Dropped::Altered)), "bit {bit}");
    }
    for length in 0..granted.len() {
        assert_eq!(with(Some(granted[..length].into())).1, Some(Dropped::Altered));
    }
    assert_eq!(with(None).1, Some(Dropped::Missing));
    // Another device's, though all is in order with it.
    let (mut other, others) = Device::set_up_as(2, AgeBand::Under13);
    other.decided(&others, "ada", 1, GuardianDecision::Approved);
    assert_eq!(with(other.granted).1, Some(Dropped::Altered));
}

#[test]
fn older_approvals_do_not_come_back() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Denied);
    let before = device.clone();
    device.decided(&paper, "ada", 2, GuardianDecision::Approved);
    let one = Device { granted: before.granted.clone(), ..device.clone() };
    assert_eq!(one.opened().dropped, Some(Dropped::RolledBack));
    // A crash after the record and before the anchor.
    let crashed = Device { anchor: before.anchor, ..device.clone() };
    assert_eq!((crashed.decision("ada"), crashed.opened().dropped), (Some(GuardianDecision::Approved), None));
    assert_eq!(crashed.opened().store.anchor, device.anchor);
    // After a change by PIN, no record of before counts.
    let mut changed = device.clone();
    changed.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    for granted in [before.granted, device.granted.clone(), None] {
        let changed = Device { granted, ..changed.clone() };
        assert_eq!(changed.decision("ada"), Some(GuardianDecision::Denied));
        assert_eq!(changed.opened().dropped, None);
    }
    let mut later = changed.clone();
    later.decided(&paper, "bob", 3, GuardianDecision::Approved);
    later.granted = device.granted;
    assert_eq!(later.opened().dropped, Some(Dropped::RolledBack));
    assert_eq!(later.decision("ada"), Some(GuardianDecision::Denied));
    // What was dropped once does not hinder what comes next, and stays dropped.
    let lost = later.granted.clone();
    later.decided(&paper, "eve", 4, GuardianDecision::Approved);
    assert_eq!((later.opened().by_code, later.opened().dropped), (vec!["eve".to_owned()], None));
    later.granted = lost;
    assert_eq!(later.opened().dropped, Some(Dropped::RolledBack));
}

#[test]
fn a_new_pairing_cuts_off_the_old_one() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "bob", 1, GuardianDecision::Approved);
    assert_eq!(device.begin(NOW), None);
    let renewed =
        manage::pair(&device.stored(), Secret::Pin(PIN), &random::<PAIR_RANDOM>(8), NOW).expect("a pairing");
    device.store(renewed.store);
    assert_eq!(device.decision("bob"), Some(GuardianDecision::Approved));
    let request = device.ask("ada", 2, NOW).expect("a request");
    let by = |pairing: &str| {
        approval::answer(pairing, &request.code, GuardianDecision::Approved).expect("an answer")
    };
    assert_eq!(device.accept(&request.code, &by(&paper.pairing), NOW), Ok(Outcome::Wrong { left: 4 }));
    assert!(matches!(device.accept(&request.code, &by(&renewed.code), NOW), Ok(Outcome::Decided { .. })));
}

/// A full file still opens, and takes what makes it smaller; what does not fit is refused before it is granted.
#[test]
fn a_file_has_its_limit() {
    let (device, paper) = Device::set_up();
    let mut file = payload(device.file.as_deref().expect("a file"));
    let approval = |contact: String| serde_json::json!({ "contact": contact, "label": "", "decision": "denied", "at": "2026-01-01T00:00:00Z" });
    let filled = |count: usize, width: usize| {
        let mut file = file.clone();
        file["settings"]["revision"] = 2.into();
        file["settings"]["approvals"] = (0..count).map(|at| approval(format!("{at:0width$}"))).collect();
        Device { file: Some(resigned(&file, &signing(1))), ..device.clone() }
    };
    let mut many = filled(MAX_APPROVALS, 16);
    assert_eq!(many.opened().settings.approvals.len(), MAX_APPROVALS);
    assert_eq!(many.change(&decide("one more", GuardianDecision::Denied)), Err(GuardianError::TooMany));
    let request = many.ask("one more", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    assert_eq!(many.accept(&request.code, &answer, NOW), Err(GuardianError::TooMany));
    many.change(&Change::Forget { contact: format!("{:016}", 7) }).expect("a change");
    let mut full = (200..400)
        .rev()
        .map(|count| filled(count, 120))
        .find(|device| device.broken().is_none())
        .expect("some fit");
    let length = full.file.as_ref().map_or(0, Vec::len);
    assert!((MAX_FILE - 250..=MAX_FILE).contains(&length));
    let wide = decide(&"é".repeat(128), GuardianDecision::Denied);
    assert_eq!(full.change(&wide), Err(GuardianError::TooLarge));
    full.change(&Change::Forget { contact: format!("{:0120}", 7) }).expect("a change");
    file["settings"]["approvals"] = (0..=MAX_APPROVALS).map(|at| approval(at.to_string())).collect();
    file["settings"]["revision"] = 2.into();
    let over = Device { file: Some(resigned(&file, &signing(1))), ..device };
    assert_eq!(over.broken(), Some(Broken::Format));
}

// Whatever there is.

fn any_record() -> impl Strategy<Value = Option<Vec<u8>>> {
    proptest::option::of(proptest::collection::vec(any::<u8>(), 0..300))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_open_but_the_guardians(file in any_record(), anchor in any_record(), granted in any_record()) {
        let there = file.is_some() || anchor.is_some();
        let device = Device { file, anchor, granted, ..Device::default() };
        match device.open() {
            State::NotSetUp => assert!(!there),
            State::Broken(_) => assert!(there),
            State::Open(_) => panic!("opened what nobody signed"),
        }
    }

    #[test]
    fn no_payload_makes_it_panic(json in "[\\[\\]{}\":,a-z0-9]{0,200}", anchor in any_record()) {
        let payload = serde_json::from_str(&json).unwrap_or(serde_json::Value::String(json));
        let device = Device { file: Some(resigned(&payload, &signing(1))), anchor, ..Device::default() };
        prop_assert!(device.broken().is_some());
    }

    #[test]
    fn no_records_make_anything_else_panic(
        attempts in any_record(), pending in any_record(), granted in any_record(), now in any::<i64>(), text in ".{0,40}",
    ) {
        let (device, paper) = READY.with(Clone::clone);
        let device = Device { attempts, pending, granted, ..device };
        let _ = attempts::begin(&device.stored(), Moment(now));
        let _ = approval::accept(&device.stored(), "00000000", "00000000", Moment(now));
        let _ = approval::accept(&device.stored(), &text, &text, Moment(now));
        let _ = approval::ask(&device.stored(), &wish(&text), &random::<ASK_RANDOM>(1), Moment(now));
        let _ = approval::read(&text);
        let _ = approval::answer(&paper, &text, GuardianDecision::Denied);
        let relax = Change::Relax { what: Relaxed::All, until: Moment(now) };
        let secret = Secret::Recovery(&text);
        prop_assert!(manage::change(&device.stored(), secret, &relax, NOW).is_err());
    }
}

thread_local! {
    static READY: (Device, String) = {
        let (device, paper) = Device::set_up();
        (device, paper.pairing)
    };
}
