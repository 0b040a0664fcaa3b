//! SHA-256 (FIPS 180-4) and MD5 (RFC 1321) of a file that arrives piece by piece, so that a film takes no more memory
//! than a picture.
//!
//! Removal services take both: SHA-256 for pictures and MD5 for films, by which platforms know exact copies. MD5 is
//! broken as a signature, which matters little here: who makes two files collide gets his own one taken down.

use core::fmt;

use md5::Md5;
use sha2::{Digest as _, Sha256};

/// Digests of what came so far.
#[derive(Clone, Default)]
pub struct Digester {
    sha256: Sha256,
    md5: Md5,
}

impl Digester {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next piece, of any length.
    pub fn update(&mut self, piece: &[u8]) {
        self.sha256.update(piece);
        self.md5.update(piece);
    }

    /// The digests of everything that came.
    pub fn finish(self) -> Digests {
        Digests { sha256: self.sha256.finalize().into(), md5: self.md5.finalize().into() }
    }
}

/// The digests of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// MD5.
    pub md5: [u8; 16],
}

impl Digests {
    /// SHA-256 in hexadecimal digits.
    pub fn sha256_hex(&self) -> String {
        Hex(&self.sha256).to_string()
    }

    /// MD5 in hexadecimal digits.
    pub fn md5_hex(&self) -> String {
        Hex(&self.md5).to_string()
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examples of FIPS 180-4's publisher and of RFC 1321, appendix A.5.
    const SHA256: [(&str, &str); 3] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
        ),
    ];
    const MD5: [(&str, &str); 3] = [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ];

    #[test]
    fn the_standards_own_examples() {
        for piece in [1, 7, 64, 100] {
            let digests = |text: &str| {
                let mut digester = Digester::new();
                text.as_bytes().chunks(piece).for_each(|piece| digester.update(piece));
                digester.finish()
            };
            for (text, sha256) in SHA256 {
                assert_eq!(digests(text).sha256_hex(), sha256);
            }
            for (text, md5) in MD5 {
                assert_eq!(digests(text).md5_hex(), md5);
            }
        }
    }
}
