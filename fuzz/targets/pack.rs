//! Language packs: any source and any file is answered, in memory that is in proportion to it, and what is read looks
//! messages through.

use ed25519_dalek::{Signer as _, SigningKey};
use fuzz::within;
use pausepoint::hash::list::PublicKey;
use pausepoint::message::file::{Draft, Packs, bundled, inspect};
use pausepoint::message::{Message, Pack, Source};
use sha2::{Digest as _, Sha512};

/// A private key, which guards nothing.
const SECRET: [u8; 32] = [7; 32];
const SIGNATURE: usize = 64;
/// What a file of a few bytes may need: each of its entries is a few bytes there and some hundred here.
const SMALL: u64 = 64 << 10;

pub fn look(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        source(text);
    }
    file(data);
    // The same with lengths and checksum that fit, so that what comes after them is reached.
    if let Some(whole) = whole(data) {
        file(&whole);
    }
}

fn source(text: &str) {
    // A class may name others, eight deep; what they hold is copied then, up to the limit of a pack.
    let Ok(source) = within(256 * text.len() as u64 + SMALL, || Source::read(text)) else { return };
    let Ok(pack) = Pack::compile(&source) else { return };
    let bytes = Draft::write_bundled("n", 1, &pack);
    if let Ok(bytes) = bytes {
        let (about, read) = bundled(&bytes).expect("what was written");
        assert_eq!(about.rules, source.rules.len());
        let message = Message::of(text);
        assert_eq!(read.look(&message), pack.look(&message));
    }
}

fn file(bytes: &[u8]) {
    let read = within(512 * bytes.len() as u64 + SMALL, || bundled(bytes));
    let _ = inspect(bytes);
    if let Ok((_, pack)) = read {
        pack.look(&Message::of("send me a pic, dont tell"));
        // What was read is written the same again, if nothing was left out.
        let key = SigningKey::from_bytes(&SECRET);
        let public = PublicKey(key.verifying_key().to_bytes());
        let draft = Draft { name: "n", version: 1, issued: 1, expires: 2 }.write(&pack, &public);
        if let Ok(draft) = draft {
            let signature = key.sign(draft.bytes()).to_bytes();
            let signed = draft.signed(&signature).expect("its own signature");
            Packs::new(vec![public]).take(&signed, 1).expect("what was signed");
        }
    }
}

/// A bundled pack with these bytes after its magic, lengths and checksum put right.
fn whole(data: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = b"PPPACK\x1a\n\x01\0\0\0\x02\x02\x01\0".to_vec();
    bytes.extend_from_slice(&((96 + 3 + data.len() + SIGNATURE) as u64).to_le_bytes());
    bytes.extend_from_slice(&1_u64.to_le_bytes());
    bytes.extend_from_slice(&[0; 64]);
    bytes.extend_from_slice(b"enn");
    bytes.extend_from_slice(data);
    let checksum = Sha512::digest(&bytes);
    bytes.extend_from_slice(&checksum);
    (data.len() < 1 << 16).then_some(bytes)
}
