//! Guardian settings: any bytes are answered in memory that is in proportion to them, and only what was signed opens.

use arbitrary::{Arbitrary, Unstructured};
use ed25519_dalek::{Signer as _, SigningKey};
use fuzz::within;
use pausepoint::contact::facts::{GuardianDecision, Moment};
use pausepoint::policy::guardian::attempts::{self, Begun};
use pausepoint::policy::guardian::{Broken, MAX_FILE, State, Stored, approval, open};
use sha2::{Digest as _, Sha256};

/// A private key, which guards nothing.
const SECRET: [u8; 32] = [7; 32];
const HEADER: usize = 16;
const SIGNATURE: usize = 64;

/// What a host has stored.
#[derive(Arbitrary, Debug)]
struct Case<'a> {
    attempts: Option<&'a [u8]>,
    pending: Option<&'a [u8]>,
    granted: Option<&'a [u8]>,
    anchor: Option<&'a [u8]>,
    now: i64,
    payload: &'a [u8],
}

pub fn look(data: &[u8]) {
    // A payload alone, which is what the seeds are.
    let alone = Case { attempts: None, pending: None, granted: None, anchor: None, now: 0, payload: data };
    alone.check();
    if let Ok(case) = Case::arbitrary_take_rest(Unstructured::new(data)) {
        case.check();
    }
    if let Ok(text) = str::from_utf8(data) {
        let _ = approval::answer(text, text, GuardianDecision::Denied);
        if let Ok(shown) = within(64 * data.len() as u64 + 4096, || approval::read(text)) {
            assert!(shown.wish.contact.chars().count() <= 128 && shown.wish.label.chars().count() <= 64);
        }
    }
}

impl Case<'_> {
    fn check(&self) {
        let key = SigningKey::from_bytes(&SECRET);
        let stored = |file| Stored {
            attempts: self.attempts,
            pending: self.pending,
            granted: self.granted,
            file: Some(file),
            anchor: self.anchor,
        };
        // As it is: nobody signed it.
        assert!(matches!(answered(&stored(self.payload)), State::Broken(_)));
        // In a frame, and with a key and a signature that fit, so that what comes after them is reached.
        let Some(signed) = signed(self.payload, &key) else { return };
        let stored = stored(&signed);
        let state = answered(&stored);
        assert!(!matches!(state, State::NotSetUp | State::Broken(Broken::Cut | Broken::FileMissing)));
        if let Ok(begun) = attempts::begin(&stored, Moment(self.now)) {
            let (Begun::Try { record } | Begun::Wait { record, .. }) = begun;
            let again = Stored { attempts: Some(&record), ..stored };
            assert!(attempts::begin(&again, Moment(self.now)).is_ok());
        }
        // A granted record is nobody's without the pairing key, so what opens shows what is signed.
        let anchor = anchor(&signed, &key);
        if let State::Open(opened) = answered(&Stored { anchor: anchor.as_deref(), ..stored }) {
            assert!(opened.by_code.is_empty());
            let mut changed = signed.clone();
            for at in [signed.len() / 2, signed.len() - 1] {
                changed[at] ^= 1;
                let stored = Stored { file: Some(&changed), anchor: anchor.as_deref(), ..stored };
                assert!(matches!(open(&stored), State::Broken(Broken::Altered)));
            }
        }
    }
}

fn answered(stored: &Stored<'_>) -> State {
    let parts = [stored.attempts, stored.pending, stored.granted, stored.file, stored.anchor];
    let bytes: usize = parts.into_iter().flatten().map(<[u8]>::len).sum();
    // Measured on settings of many short profiles, which take the most for their bytes.
    within(64 * bytes as u64 + 4096, || open(stored))
}

/// A payload with the key in it, in its frame and signed.
fn signed(payload: &[u8], key: &SigningKey) -> Option<Vec<u8>> {
    let mut json: serde_json::Value = serde_json::from_slice(payload).ok()?;
    *json.get_mut("key")? = hex(&key.verifying_key().to_bytes()).into();
    let payload = serde_json::to_vec(&json).ok()?;
    let mut bytes = b"PPGUARD\n\x01\0\0\0".to_vec();
    bytes.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&payload);
    let signature = key.sign(&bytes).to_bytes();
    bytes.extend_from_slice(&signature);
    (bytes.len() <= MAX_FILE).then_some(bytes)
}

/// The anchor of a signed file, if it says what an anchor needs.
fn anchor(file: &[u8], key: &SigningKey) -> Option<Vec<u8>> {
    let json: serde_json::Value = serde_json::from_slice(&file[HEADER..file.len() - SIGNATURE]).ok()?;
    let anchor = serde_json::json!({
        "format": 1,
        "key": hex(&key.verifying_key().to_bytes()),
        "revision": json.get("settings")?.get("revision")?,
        "digest": hex(&Sha256::digest(file)),
        "valid_since": json.get("valid_since")?,
        "granted": 0,
    });
    serde_json::to_vec(&anchor).ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
