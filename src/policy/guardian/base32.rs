//! Codes that people read out and type: Crockford's base32 (<https://www.crockford.com/base32.html>), with a check of
//! our own.
//!
//! Five bits a symbol, the first bits first; the last symbol is filled up with zeros. Upper and lower case are the
//! same, `O` is read as 0, `I` and `L` as 1; hyphens and blanks do not count. `U` is no symbol.
//!
//! The check of a code with *n* check symbols is the first 5 *n* bits of SHA-256 over the code's domain, which is text
//! that says what kind of code it is, and the symbols before the check as capital ASCII. So a slip, and one kind of
//! code in another's place, pass once in 2⁵ⁿ times.

use sha2::{Digest as _, Sha256};

const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The first bits of some bytes, as so many symbols; bits beyond the bytes are zeros.
pub fn encode(bytes: &[u8], symbols: usize) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..symbols)
        .map(|symbol| {
            let value = (0..5).fold(0, |value, at| value << 1 | bit(5 * symbol + at));
            char::from(SYMBOLS[usize::from(value & 31)])
        })
        .collect()
}

/// What somebody typed, as it is written properly; `None` if there is something in it that is no symbol.
pub fn canonical(text: &str) -> Option<String> {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| symbol(c).map(|(c, _)| c)).collect()
}

fn symbol(c: char) -> Option<(char, u8)> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let value = SYMBOLS.iter().position(|symbol| char::from(*symbol) == c)?;
    Some((c, value as u8))
}

/// The bytes that symbols stand for; `None` unless they fill the symbols but for less than one, which are zeros.
pub fn decode(canonical: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(canonical.len() * 5 / 8);
    let (mut pending, mut bits) = (0u16, 0);
    for c in canonical.chars() {
        pending = pending << 5 | u16::from(symbol(c)?.1);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push((pending >> bits) as u8);
            pending &= (1 << bits) - 1;
        }
    }
    (pending == 0 && bits < 5).then_some(bytes)
}

/// Symbols with their check behind them.
pub fn with_check(domain: &str, symbols: &str, check: usize) -> String {
    let digest = Sha256::new().chain_update(domain).chain_update(symbols).finalize();
    format!("{symbols}{}", encode(&digest, check))
}

/// What somebody typed without its check, if that fits.
pub fn checked(domain: &str, text: &str, check: usize) -> Option<String> {
    let mut code = canonical(text)?;
    let symbols = code.len().checked_sub(check)?;
    let fits = with_check(domain, &code[..symbols], check) == code;
    code.truncate(symbols);
    fits.then_some(code)
}

/// In groups of five, as a code is shown.
pub fn grouped(code: &str) -> String {
    let groups: Vec<String> =
        code.as_bytes().chunks(5).map(|group| group.iter().copied().map(char::from).collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_written_from_the_first_on() {
        // Five bits each: 11111 00000 11111 00000 11111 00000 11111 00000.
        let bytes = [0b1111_1000, 0b0011_1110, 0b0000_1111, 0b1000_0011, 0b1110_0000];
        assert_eq!(encode(&bytes, 8), "Z0Z0Z0Z0");
        assert_eq!(decode("Z0Z0Z0Z0"), Some(bytes.to_vec()));
        // RFC 4648's "fooba" in Crockford's symbols.
        assert_eq!(encode(b"fooba", 8), "CSQPYRK1");
        assert_eq!(decode("CSQPYRK1"), Some(b"fooba".to_vec()));
        // RFC 4648's "foob" needs seven symbols, of which the last has three bits that are not the text's.
        assert_eq!(encode(b"foob", 7), "CSQPYRG");
        assert_eq!(decode("CSQPYRG"), Some(b"foob".to_vec()));
        assert_eq!(decode("CSQPYRH"), None);
        // A whole symbol too much.
        assert_eq!(decode("CSQPYRG0"), Some(b"foob\0".to_vec()));
        assert_eq!(decode("CSQPYRK10"), None);
    }

    #[test]
    fn what_people_mix_up_is_the_same() {
        assert_eq!(canonical("oO0-iI lL1 z").as_deref(), Some("00011111Z"));
        assert_eq!(canonical("U"), None);
        assert_eq!(canonical("é"), None);
    }

    #[test]
    fn a_slip_does_not_fit_its_check() {
        let code = with_check("some code", "ABCDE", 4);
        assert_eq!(checked("some code", &grouped(&code).to_lowercase(), 4).as_deref(), Some("ABCDE"));
        assert_eq!(checked("another code", &code, 4), None);
        assert_eq!(checked("some code", "ABC", 4), None);
        for at in 0..code.len() {
            let mut slip = code.clone().into_bytes();
            slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
            assert_eq!(checked("some code", str::from_utf8(&slip).expect("ASCII"), 4), None);
        }
    }
}
