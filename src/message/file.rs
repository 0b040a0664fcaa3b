//! Language packs in one compact file: those that come with the package, and those that somebody signed, so that new
//! codewords reach devices without a new release.
//!
//! The file, little endian:
//!
//! | bytes | content |
//! | --- | --- |
//! | 0…7 | magic `PPPACK\x1a\n` |
//! | 8…11 | format version, `u32` |
//! | 12 | kind: 1 issued, 2 bundled with a release |
//! | 13 | length of the language, a BCP 47 tag |
//! | 14…15 | length of the name, `u16` |
//! | 16…23 | length of the whole file, `u64` |
//! | 24…31 | version of the pack, `u64`, from 1; each issue has a higher one |
//! | 32…39 | issued, `u64`, seconds since 1970; 0 in a bundled pack |
//! | 40…47 | expires, `u64`, seconds since 1970; 0 in a bundled pack |
//! | 48…63 | 0 |
//! | 64…95 | the issuer's Ed25519 public key; 0 in a bundled pack |
//! | 96… | language, name, UTF-8 |
//! | … | the pack: see `body.rs` |
//! | last 64 | Ed25519 signature (RFC 8032) of everything before it; in a bundled pack its SHA-512, against accidents only |
//!
//! A pack is read in this order: sizes, whether the issuer is trusted, the signature, and only then the rest.

use core::fmt;
use std::sync::Arc;

use ed25519_dalek::{Signature, VerifyingKey};
use serde::Serialize;
use sha2::{Digest as _, Sha512};

use super::body;
use super::pack::Pack;
use crate::hash::list::{PublicKey, check_text};
use crate::issue::{Issue, Ladder, Refused, Taken};

/// First eight bytes of a pack.
pub const MAGIC: [u8; 8] = *b"PPPACK\x1a\n";
/// The format version that this build reads and writes.
pub const FORMAT: u32 = 1;
/// Most bytes of a pack.
pub const MAX_BYTES: usize = 2 << 20;
/// Most bytes of a pack's name.
pub const MAX_NAME: usize = 200;

const HEADER: usize = 96;
const SIGNATURE: usize = 64;
const ISSUED: u8 = 1;
const BUNDLED: u8 = 2;

/// Why a pack, or a part of one, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PackError {
    /// The first bytes are not those of a pack.
    NotAPack,
    /// A format version that this build does not read.
    Format,
    /// The file ends early, goes on after its end, or claims to be longer than it is.
    Length,
    /// More of something than there may be.
    TooLarge,
    /// A field that has no such value.
    Header,
    /// What is in it does not fit together.
    Body,
    /// An issued pack with rules that make others count for less: whoever issues packs may add signs, not take them away.
    Silences,
    /// A bundled pack where an issued one is wanted, or the other way round.
    Kind,
    /// Signed by a key that is not trusted.
    Untrusted,
    /// The signature is not that of its issuer: it was altered, damaged, or signed with another key.
    Signature,
    /// Older than one that was taken before.
    Older,
    /// The same version as one that was taken before, but not the same pack.
    Changed,
    /// Its time is over.
    Expired,
    /// A public key that is none.
    Key,
    /// There is none of that name.
    Unknown,
}

impl PackError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotAPack => "pack/not-a-pack",
            Self::Format => "pack/format",
            Self::Length => "pack/length",
            Self::TooLarge => "pack/too-large",
            Self::Header => "pack/header",
            Self::Body => "pack/body",
            Self::Silences => "pack/silences",
            Self::Kind => "pack/kind",
            Self::Untrusted => "pack/untrusted",
            Self::Signature => "pack/signature",
            Self::Older => "pack/older",
            Self::Changed => "pack/changed",
            Self::Expired => "pack/expired",
            Self::Key => "pack/key",
            Self::Unknown => "pack/unknown",
        }
    }
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for PackError {}

/// What a pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Who signed it; `None` for a bundled pack.
    pub issuer: Option<PublicKey>,
    /// What its issuer calls it. An issuer may have several packs.
    pub name: String,
    /// The language, a BCP 47 tag.
    pub language: String,
    /// Which issue it is; later ones are higher.
    pub version: u64,
    /// When it was made, in seconds since 1970; `None` for a bundled pack.
    pub issued: Option<u64>,
    /// From when on it is refused, in seconds since 1970; `None` for a bundled pack.
    pub expires: Option<u64>,
    /// Number of rules that this build understands.
    pub rules: usize,
}

/// A file whose parts lie where it says, and nothing more.
struct File<'a> {
    header: &'a [u8; HEADER],
    language: &'a [u8],
    name: &'a [u8],
    body: &'a [u8],
    signature: &'a [u8; SIGNATURE],
    signed: &'a [u8],
}

impl<'a> File<'a> {
    /// Splits a file. Nothing is allocated, whatever sizes it claims.
    fn split(bytes: &'a [u8]) -> Result<Self, PackError> {
        if bytes.first_chunk() != Some(&MAGIC) {
            return Err(PackError::NotAPack);
        }
        if bytes.len() > MAX_BYTES {
            return Err(PackError::TooLarge);
        }
        let (header, rest) = bytes.split_first_chunk().ok_or(PackError::Length)?;
        if u32::from_le_bytes(field(header, 8)) != FORMAT {
            return Err(PackError::Format);
        }
        if u64::from_le_bytes(field(header, 16)) != bytes.len() as u64 {
            return Err(PackError::Length);
        }
        let (rest, signature) = rest.split_last_chunk().ok_or(PackError::Length)?;
        let (language, rest) = rest.split_at_checked(header[13].into()).ok_or(PackError::Length)?;
        let name = usize::from(u16::from_le_bytes(field(header, 14)));
        if name > MAX_NAME {
            return Err(PackError::TooLarge);
        }
        let (name, body) = rest.split_at_checked(name).ok_or(PackError::Length)?;
        let signed = &bytes[..bytes.len() - SIGNATURE];
        Ok(Self { header, language, name, body, signature, signed })
    }

    /// Whose signature it should bear; `None` for a bundled pack.
    fn issuer(&self) -> Result<Option<PublicKey>, PackError> {
        match self.header[12] {
            ISSUED => Ok(Some(PublicKey(field(self.header, 64)))),
            BUNDLED => Ok(None),
            _ => Err(PackError::Header),
        }
    }

    fn verify(&self, issuer: Option<&PublicKey>) -> Result<(), PackError> {
        let Some(issuer) = issuer else {
            let is_whole = *self.signature == <[u8; SIGNATURE]>::from(Sha512::digest(self.signed));
            return if is_whole { Ok(()) } else { Err(PackError::Signature) };
        };
        let key = VerifyingKey::from_bytes(&issuer.0).map_err(|_| PackError::Key)?;
        let signature = Signature::from_bytes(self.signature);
        key.verify_strict(self.signed, &signature).map_err(|_| PackError::Signature)
    }

    /// The pack, and what it says of itself, if it says nothing impossible.
    fn read(&self, issuer: Option<PublicKey>) -> Result<(About, Pack), PackError> {
        let long = |at| u64::from_le_bytes(field(self.header, at));
        let (version, issued, expires) = (long(24), long(32), long(40));
        let times = match issuer {
            Some(_) if expires > issued => Some((issued, expires)),
            None if issued == 0 && expires == 0 => None,
            _ => return Err(PackError::Header),
        };
        if version == 0 || field(self.header, 48) != [0; 16] {
            return Err(PackError::Header);
        }
        let name = core::str::from_utf8(self.name).map_err(|_| PackError::Header)?;
        let language = core::str::from_utf8(self.language).map_err(|_| PackError::Header)?;
        check_text(name).and_then(|()| check_text(language)).map_err(|()| PackError::Header)?;
        let pack = body::read(language, self.body)?;
        if issuer.is_some() && pack.silences() {
            return Err(PackError::Silences);
        }
        let about = About {
            issuer,
            name: name.into(),
            language: language.into(),
            version,
            issued: times.map(|(issued, _)| issued),
            expires: times.map(|(_, expires)| expires),
            rules: pack.rules(),
        };
        Ok((about, pack))
    }
}

fn field<const N: usize>(header: &[u8; HEADER], at: usize) -> [u8; N] {
    core::array::from_fn(|i| header[at + i])
}

/// Reads a pack that came with a release.
///
/// # Errors
/// [`PackError`] says what is wrong.
pub fn bundled(bytes: &[u8]) -> Result<(About, Pack), PackError> {
    let file = File::split(bytes)?;
    if file.issuer()?.is_some() {
        return Err(PackError::Kind);
    }
    file.verify(None)?;
    file.read(None)
}

/// What a file says of itself, whoever signed it, and whether the signature is right. For people who look at packs; not a
/// ground for trust.
///
/// # Errors
/// [`PackError`] where it is no pack, or not a whole one.
pub fn inspect(bytes: &[u8]) -> Result<(About, Result<(), PackError>), PackError> {
    let file = File::split(bytes)?;
    let issuer = file.issuer()?;
    let (about, _) = file.read(issuer)?;
    Ok((about, file.verify(issuer.as_ref())))
}

/// What a pack is made of, besides its rules.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    /// What the issuer calls it, at most [`MAX_NAME`] bytes.
    pub name: &'a str,
    /// Which issue it is, from 1.
    pub version: u64,
    /// When it is made, in seconds since 1970.
    pub issued: u64,
    /// From when on it is refused, in seconds since 1970.
    pub expires: u64,
}

/// A pack that lacks its signature only.
#[derive(Clone, Debug)]
pub struct Unsigned(Vec<u8>);

impl Draft<'_> {
    /// Writes a pack down, to be signed by the holder of the issuer's private key: with any implementation of Ed25519 (not
    /// Ed25519ph or Ed25519ctx).
    ///
    /// # Errors
    /// [`PackError`] for what a reader would refuse.
    pub fn write(&self, pack: &Pack, issuer: &PublicKey) -> Result<Unsigned, PackError> {
        if self.expires <= self.issued {
            return Err(PackError::Header);
        }
        if pack.silences() {
            return Err(PackError::Silences);
        }
        self.bytes(pack, Some(issuer)).map(Unsigned)
    }

    /// Writes a pack down that comes with a release. It has no times.
    ///
    /// # Errors
    /// [`PackError`] for what a reader would refuse.
    pub fn write_bundled(name: &str, version: u64, pack: &Pack) -> Result<Vec<u8>, PackError> {
        let mut bytes = Draft { name, version, issued: 0, expires: 0 }.bytes(pack, None)?;
        let whole = Sha512::digest(&bytes);
        bytes.extend_from_slice(&whole);
        Ok(bytes)
    }

    fn bytes(&self, pack: &Pack, issuer: Option<&PublicKey>) -> Result<Vec<u8>, PackError> {
        let language = pack.language();
        let language_length = u8::try_from(language.len()).map_err(|_| PackError::TooLarge)?;
        if self.name.len() > MAX_NAME {
            return Err(PackError::TooLarge);
        }
        let is_plain = check_text(self.name).and_then(|()| check_text(language)).is_ok();
        if self.version == 0 || !is_plain {
            return Err(PackError::Header);
        }
        let body = body::write(pack);
        // A name, a phrase or a rule that is longer than the file can say.
        if body::read(language, &body)?.parts != pack.parts {
            return Err(PackError::TooLarge);
        }
        let length = HEADER + language.len() + self.name.len() + body.len() + SIGNATURE;
        if length > MAX_BYTES {
            return Err(PackError::TooLarge);
        }
        let mut bytes = Vec::with_capacity(length);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&FORMAT.to_le_bytes());
        bytes.extend_from_slice(&[if issuer.is_some() { ISSUED } else { BUNDLED }, language_length]);
        bytes.extend_from_slice(&(self.name.len() as u16).to_le_bytes());
        for field in [length as u64, self.version, self.issued, self.expires, 0, 0] {
            bytes.extend_from_slice(&field.to_le_bytes());
        }
        bytes.extend_from_slice(&issuer.map_or([0; 32], |key| key.0));
        bytes.extend_from_slice(language.as_bytes());
        bytes.extend_from_slice(self.name.as_bytes());
        bytes.extend_from_slice(&body);
        Ok(bytes)
    }
}

impl Unsigned {
    /// What is to be signed.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The pack, once it is signed.
    ///
    /// # Errors
    /// [`PackError::Signature`] where it is not the issuer's.
    pub fn signed(mut self, signature: &[u8; 64]) -> Result<Vec<u8>, PackError> {
        self.0.extend_from_slice(signature);
        let file = File::split(&self.0)?;
        file.verify(file.issuer()?.as_ref())?;
        Ok(self.0)
    }
}

/// The packs that are in use: those that came with the release, and one of each issuer and name.
#[derive(Clone, Debug, Default)]
pub struct Packs {
    trusted: Vec<PublicKey>,
    bundled: Vec<Arc<Pack>>,
    issued: Vec<(About, Arc<Pack>)>,
    seen: Ladder,
}

impl Packs {
    /// None yet; those of these issuers will be taken.
    pub fn new(trusted: Vec<PublicKey>) -> Self {
        Self { trusted, ..Self::default() }
    }

    /// Adds a pack that came with the release.
    ///
    /// # Errors
    /// [`PackError`] says what is wrong.
    pub fn add_bundled(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        let (_, pack) = bundled(bytes)?;
        self.bundled.push(Arc::new(pack));
        Ok(())
    }

    /// Takes a pack, `now` in seconds since 1970. What was in use stays in use where it is refused.
    ///
    /// Whoever keeps the last pack that was taken, and hands it over first after each start, is safe from older ones, even
    /// if it has expired meanwhile.
    ///
    /// # Errors
    /// [`PackError`] says why it is refused.
    pub fn take(&mut self, bytes: &[u8], now: u64) -> Result<Taken, PackError> {
        let file = File::split(bytes)?;
        let issuer = file.issuer()?.ok_or(PackError::Kind)?;
        if !self.trusted.contains(&issuer) {
            return Err(PackError::Untrusted);
        }
        file.verify(Some(&issuer))?;
        let (about, pack) = file.read(Some(issuer))?;
        let issue = Issue {
            issuer: about.issuer,
            name: about.name.clone(),
            version: about.version,
            signature: *file.signature,
        };
        self.seen.admit(&issue).map_err(|refused| match refused {
            Refused::Older => PackError::Older,
            Refused::Changed => PackError::Changed,
        })?;
        self.seen.climb(issue);
        if about.expires.is_some_and(|expires| expires <= now) {
            return Err(PackError::Expired);
        }
        let held =
            self.issued.iter_mut().find(|(one, _)| one.issuer == about.issuer && one.name == about.name);
        match held {
            Some((held, _)) if held.version == about.version => Ok(Taken::Same),
            Some(held) => {
                *held = (about, Arc::new(pack));
                Ok(Taken::Newer)
            }
            None => {
                self.issued.push((about, Arc::new(pack)));
                Ok(Taken::New)
            }
        }
    }

    /// Stops using a pack. An older one of its name is still refused later.
    ///
    /// # Errors
    /// [`PackError::Unknown`].
    pub fn drop(&mut self, issuer: &PublicKey, name: &str) -> Result<(), PackError> {
        let is_it = |(about, _): &(About, Arc<Pack>)| about.issuer == Some(*issuer) && about.name == name;
        let at = self.issued.iter().position(is_it).ok_or(PackError::Unknown)?;
        self.issued.remove(at);
        Ok(())
    }

    /// Those in use `now`, in seconds since 1970: an issued one is not used beyond its time.
    pub fn in_use(&self, now: u64) -> Vec<Arc<Pack>> {
        let issued =
            self.issued.iter().filter(|(about, _)| about.expires.is_some_and(|expires| expires > now));
        self.bundled.iter().chain(issued.map(|(_, pack)| pack)).cloned().collect()
    }

    /// What the issued ones say of themselves.
    pub fn issued(&self) -> impl Iterator<Item = &About> {
        self.issued.iter().map(|(about, _)| about)
    }
}
