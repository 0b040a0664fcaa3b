//! Hashes and keys as text.

use pausepoint::hash::list::{ListError, PublicKey};
use pausepoint::hash::pdq::{Family, NotAHash, PdqHash};

const DIGITS: usize = 64;

pub fn look(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data) {
        reads(text);
    }
    if let Some(([first, second], _)) =
        data.split_first_chunk::<64>().map(|(both, rest)| (halves(both), rest))
    {
        writes(first, second);
    }
}

/// Sixty-four hexadecimal digits are a hash and a key, and nothing else is.
fn reads(text: &str) {
    let is_hash = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (hash, key) = (text.parse::<PdqHash>(), text.parse::<PublicKey>());
    assert_eq!(hash.is_ok(), is_hash);
    match (hash, key) {
        (Ok(hash), Ok(key)) => {
            assert_eq!(hash.to_string(), text.to_ascii_lowercase());
            assert_eq!(key.0, hash.0);
        }
        (hash, key) => assert_eq!((hash.err(), key.err()), (Some(NotAHash), Some(ListError::Key))),
    }
    if let Some(family) = Family::named(text) {
        assert_eq!(family.name(), text);
    }
}

/// Whatever is written is read again, and distances are what the digits say.
fn writes(first: [u8; 32], second: [u8; 32]) {
    let (first, second) = (PdqHash(first), PdqHash(second));
    let text = first.to_string();
    assert_eq!(text.parse(), Ok(first));
    assert_eq!(PublicKey(first.0).to_string().parse(), Ok(PublicKey(first.0)));
    let digit = |c: char| c.to_digit(16).expect("hashes are written in digits");
    let pairs = text.chars().map(digit).zip(second.to_string().chars().map(digit).collect::<Vec<_>>());
    let differing: u32 = pairs.map(|(a, b)| (a ^ b).count_ones()).sum();
    assert_eq!(first.distance(&second), differing);
    assert_eq!(second.distance(&first), differing);
}

fn halves(both: &[u8; 64]) -> [[u8; 32]; 2] {
    core::array::from_fn(|half| core::array::from_fn(|i| both[32 * half + i]))
}
