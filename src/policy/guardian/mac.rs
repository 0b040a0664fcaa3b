//! HMAC-SHA-256 (RFC 2104, FIPS 198-1).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Over parts in a row. Whoever calls makes sure that they cannot be cut another way.
pub fn mac<const N: usize>(key: &[u8; N], parts: &[&[u8]]) -> Hmac<Sha256> {
    const { assert!(N <= 64, "longer keys are hashed first, which nobody needs here") };
    // Shorter keys are filled up with zeros to a block of SHA-256.
    let mut block = [0; 64];
    block[..N].copy_from_slice(key);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// A key for one purpose: the code over what says which.
pub fn derive<const N: usize>(key: &[u8; N], parts: &[&[u8]]) -> [u8; 32] {
    mac(key, parts).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test cases 1, 2 and 4.
    #[test]
    fn published_values() {
        let one = derive(&[0x0b; 20], &[b"Hi There"]);
        let two = derive(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        let four = derive(&core::array::from_fn::<u8, 25, _>(|i| i as u8 + 1), &[&[0xcd; 50]]);
        let hex = |bytes: [u8; 32]| super::super::hex::Hex(bytes).to_string();
        assert_eq!(hex(one), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assert_eq!(hex(two), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        assert_eq!(hex(four), "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
    }
}
