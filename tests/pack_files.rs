//! Language packs as files: bundled and signed ones, what is refused, and which issues may still come.

use std::fs;
use std::path::Path;

use ed25519_dalek::{Signer as _, SigningKey};
use pausepoint::hash::list::PublicKey;
use pausepoint::issue::Taken;
use pausepoint::message::file::{Draft, PackError, Packs, bundled, inspect};
use pausepoint::message::{Message, Pack, Source};

const NOW: u64 = 1_800_000_000;
const DAY: u64 = 86_400;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(seed: u8) -> PublicKey {
    PublicKey(key(seed).verifying_key().to_bytes())
}

fn pack(text: &str) -> Pack {
    Pack::compile(&Source::read(text).expect("a source")).expect("a pack")
}

fn small() -> Pack {
    pack(
        "pack en\nclass fruit\n  lemon* \"passion fruit\"\nrule code lure strong\n  when send 2 <fruit>\n  unless juice\n",
    )
}

fn signed(seed: u8, name: &str, version: u64, issued: u64, expires: u64) -> Vec<u8> {
    let draft = Draft { name, version, issued, expires }.write(&small(), &public(seed)).expect("a draft");
    let signature = key(seed).sign(draft.bytes()).to_bytes();
    draft.signed(&signature).expect("a pack")
}

fn fires(packs: &Packs, text: &str) -> bool {
    packs.in_use(NOW).iter().any(|pack| !pack.look(&Message::of(text)).is_empty())
}

#[test]
fn what_was_written_sees_what_the_source_saw() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("packs/messages");
    for path in fs::read_dir(folder).expect("packs").map(|file| file.expect("a file").path()) {
        let source = Source::read(&fs::read_to_string(&path).expect("a source")).expect("a pack");
        let pack = Pack::compile(&source).expect("a pack");
        let bytes = Draft::write_bundled("base", 3, &pack).expect("a file");
        let (about, read) = bundled(&bytes).expect("the same");
        assert_eq!((about.name.as_str(), about.version, about.issuer), ("base", 3, None));
        assert_eq!((about.language, about.rules), (source.language, source.rules.len()));
        for text in source.rules.iter().flat_map(|rule| rule.fires.iter().chain(&rule.quiet)) {
            let message = Message::of(text);
            assert_eq!(read.look(&message), pack.look(&message), "{}: {text}", path.display());
        }
        assert_eq!(Draft::write_bundled("base", 3, &read), Ok(bytes), "and is written the same again");
    }
}

#[test]
fn a_signed_pack_brings_new_words() {
    let mut packs = Packs::new(vec![public(1)]);
    assert!(!fires(&packs, "send lemonade"));
    assert_eq!(packs.take(&signed(1, "codes", 5, NOW, NOW + DAY), NOW), Ok(Taken::New));
    assert!(fires(&packs, "send me lemonade") && fires(&packs, "s3nd a passion fruit"));
    assert!(!fires(&packs, "send lemon juice"));
    assert_eq!(packs.take(&signed(1, "codes", 5, NOW, NOW + DAY), NOW), Ok(Taken::Same));
    assert_eq!(packs.take(&signed(1, "codes", 6, NOW, NOW + DAY), NOW), Ok(Taken::Newer));
    assert_eq!(packs.take(&signed(1, "codes", 5, NOW, NOW + DAY), NOW), Err(PackError::Older));
    assert_eq!(packs.take(&signed(1, "codes", 6, NOW, NOW + 2 * DAY), NOW), Err(PackError::Changed));
    assert!(fires(&packs, "send me lemonade"), "what was in use stays in use");
    assert!(packs.in_use(NOW + DAY).is_empty(), "but not beyond its time");
    assert_eq!(packs.take(&signed(1, "codes", 7, NOW, NOW + DAY), NOW + DAY), Err(PackError::Expired));
    assert_eq!(packs.take(&signed(1, "codes", 6, NOW, NOW + DAY), NOW), Err(PackError::Older), "it was seen");
    assert_eq!(packs.issued().map(|about| about.version).collect::<Vec<_>>(), [6]);
    assert_eq!(packs.drop(&public(1), "codes"), Ok(()));
    assert_eq!(packs.drop(&public(1), "codes"), Err(PackError::Unknown));
    assert!(!fires(&packs, "send me lemonade"));
}

#[test]
fn what_is_not_whole_or_not_signed_by_somebody_trusted_is_refused() {
    let whole = signed(1, "codes", 1, NOW, NOW + DAY);
    let take = |bytes: &[u8]| Packs::new(vec![public(1)]).take(bytes, NOW);
    assert_eq!(take(&whole), Ok(Taken::New));
    assert_eq!(Packs::new(vec![public(2)]).take(&whole, NOW), Err(PackError::Untrusted));
    let own = Draft::write_bundled("codes", 1, &small()).expect("a file");
    assert_eq!(take(&own), Err(PackError::Kind));
    assert_eq!(bundled(&whole).map(|_| ()), Err(PackError::Kind));
    for length in 0..whole.len() {
        take(&whole[..length]).expect_err("cut");
    }
    take(&[&whole[..], &[0]].concat()).expect_err("longer");
    for at in 0..whole.len() {
        for bit in 0..8 {
            let mut changed = whole.clone();
            changed[at] ^= 1 << bit;
            take(&changed).expect_err("changed");
            // Whoever looks at it sees that too, or that it is none.
            assert!(inspect(&changed).is_err() || inspect(&changed).is_ok_and(|(_, signed)| signed.is_err()));
        }
    }
    for at in 0..own.len() {
        let mut changed = own.clone();
        changed[at] ^= 1;
        assert!(bundled(&changed).is_err(), "byte {at}");
    }
}

#[test]
fn what_cannot_be_is_not_written() {
    let write = |name: &str, version, issued, expires| {
        Draft { name, version, issued, expires }.write(&small(), &public(1)).map(|_| ())
    };
    assert_eq!(write("codes", 1, NOW, NOW + 1), Ok(()));
    assert_eq!(write("codes", 0, NOW, NOW + 1), Err(PackError::Header));
    assert_eq!(write("codes", 1, NOW, NOW), Err(PackError::Header));
    assert_eq!(write("co\u{202e}des", 1, NOW, NOW + 1), Err(PackError::Header));
    assert_eq!(write(&"n".repeat(201), 1, NOW, NOW + 1), Err(PackError::TooLarge));
    // What a reader would refuse or not see whole: a phrase of 17 words, a rule with a name of 300 letters.
    for (rule, when) in
        [("r", format!("\"{}\"", "ab ".repeat(17))), ("r".repeat(300).as_str(), "a".to_owned())]
    {
        let long = pack(&format!("pack en\nrule {rule} lure\n  when {when}\n"));
        assert!(Draft::write_bundled("n", 1, &long).is_err());
    }
    // Whoever issues packs may add signs, not take them away.
    for signal in ["topic", "adult-present", "playful"] {
        let silencing = pack(&format!("pack en\nrule r {signal} from any\n  when a\n"));
        let draft = Draft { name: "n", version: 1, issued: NOW, expires: NOW + 1 };
        assert_eq!(draft.write(&silencing, &public(1)).map(|_| ()), Err(PackError::Silences), "{signal}");
    }
    // Not even with the right signature, by whoever has another writer.
    let hush = pack("pack en\nrule r secrecy from any\n  when a\n");
    let draft = Draft { name: "n", version: 1, issued: NOW, expires: NOW + 1 }.write(&hush, &public(1));
    let mut bytes = draft.expect("a draft").bytes().to_vec();
    let at = bytes.windows(7).position(|window| window == b"secrecy").expect("the signal");
    bytes[at..at + 7].copy_from_slice(b"playful");
    bytes.extend_from_slice(&key(1).sign(&bytes).to_bytes());
    assert_eq!(Packs::new(vec![public(1)]).take(&bytes, NOW), Err(PackError::Silences));
    let draft = Draft { name: "codes", version: 1, issued: NOW, expires: NOW + 1 };
    let draft = draft.write(&small(), &public(1)).expect("a draft");
    let other = key(2).sign(draft.bytes()).to_bytes();
    assert_eq!(draft.signed(&other), Err(PackError::Signature));
}

/// A body that is written by hand after the description of the format.
#[test]
fn the_form_is_the_documented_one() {
    let bytes = Draft::write_bundled("n", 2, &small()).expect("a file");
    assert_eq!(&bytes[..8], b"PPPACK\x1a\n");
    assert_eq!(bytes[8..16], [1, 0, 0, 0, 2, 2, 1, 0]);
    assert_eq!(bytes[16..24], (bytes.len() as u64).to_le_bytes());
    assert_eq!(bytes[24..32], 2_u64.to_le_bytes());
    assert!(bytes[32..96].iter().all(|byte| *byte == 0));
    assert_eq!(&bytes[96..99], b"enn");
    let body = [
        // Words: lemon, passion, fruit, send, juice.
        b"\x05\x05lemon\x07passion\x05fruit\x04send\x05juice".as_slice(),
        // Phrases: "passion fruit" of class 0, "send" of 1, "juice" of 2.
        &[3, 0, 2, 1, 2, 1, 1, 3, 2, 1, 4],
        // Beginnings: lemon* of class 0. No classes with a meaning of their own.
        &[1, 0, 0, 0, 0, 0, 0],
        // One rule, strong, about the peer, not always: one pattern of two steps, and one of one.
        b"\x01\x04code\x04lure\x02\x00\x00\x01\x02\x00\x01\x02\x00\x01\x01\x00\x02",
    ]
    .concat();
    assert_eq!(&bytes[99..bytes.len() - 64], body);
}
