//! Published values.

use super::*;

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
