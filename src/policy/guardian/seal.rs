//! The settings file: everybody on the device reads it, and only who knows the PIN or the recovery code signs a new
//! one.
//!
//! At set-up an Ed25519 key pair (RFC 8032) is made of 32 random bytes. The file has the public key; the secret is in
//! it twice, encrypted with XChaCha20-Poly1305 (RFC 8439; draft-irtf-cfrg-xchacha-03) under a key from the PIN
//! (`stretch.rs`) and under one from the recovery code (`recovery.rs`), each with a salt and a nonce of its own. Which
//! of the two it is and the public key are authenticated with it.
//!
//! The frame is that of `envelope.rs`, with the magic `PPGUARD\n` and an Ed25519 signature (64 bytes). Its payload:
//!
//! | field | content |
//! | --- | --- |
//! | `key` | public key, 64 hexadecimal digits |
//! | `settings` | [`Settings`] |
//! | `stretch` | parameters of Argon2id: `memory` in KiB, `passes`, `lanes` |
//! | `pin`, `recovery` | `salt` (16 bytes), `nonce` (24), `sealed` (32 of secret, 16 of tag), hexadecimal |
//! | `valid_since` | the revision that came with this PIN or this recovery code, whichever is newer |
//! | `pairing` | the pairing key, 32 hexadecimal digits; see `approval.rs` |

use chacha20poly1305::{AeadInOut as _, KeyInit as _, XChaCha20Poly1305};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::envelope::{Envelope, open_frame};
use super::hex::Hex;
use super::random::Random;
use super::recovery::RecoveryCode;
use super::settings::{MAX_REVISION, Settings};
use super::{Broken, GuardianError, Secret, Stretch, pin};

const MAGIC: [u8; 8] = *b"PPGUARD\n";
const DOMAIN: &[u8] = b"pausepoint guardian secret v1\0";

/// What the file says.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    pub key: Hex<32>,
    pub settings: Settings,
    pub stretch: Stretch,
    pub pin: Wrapped,
    pub recovery: Wrapped,
    pub valid_since: u64,
    pub pairing: Hex<16>,
}

/// The part that is read before the signature is checked.
#[derive(Deserialize)]
struct Signer {
    key: Hex<32>,
}

/// The secret, encrypted.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrapped {
    salt: Hex<16>,
    nonce: Hex<24>,
    sealed: Hex<48>,
}

/// What the secret is wrapped with.
#[derive(Clone, Copy)]
enum With {
    Pin = 1,
    Recovery = 2,
}

/// A file whose signature is that of its own key. Whether the key is the right one is the anchor's to say.
pub struct File {
    pub payload: Payload,
    /// SHA-256 of the whole.
    pub digest: Hex<32>,
}

impl File {
    /// Reads a file: sizes, the key, the signature, and only then the rest.
    pub fn read(bytes: &[u8]) -> Result<Self, Broken> {
        let envelope = Envelope::<64>::split(&MAGIC, bytes)?;
        let Signer { key } = serde_json::from_slice(envelope.payload).map_err(|_| Broken::Altered)?;
        let verifying = VerifyingKey::from_bytes(&key.0).map_err(|_| Broken::Altered)?;
        let signature = Signature::from_bytes(envelope.seal);
        verifying.verify_strict(envelope.sealed, &signature).map_err(|_| Broken::Altered)?;
        // From here on it is what somebody signed, if not necessarily this build.
        let payload: Payload = serde_json::from_slice(envelope.payload).map_err(|_| Broken::Format)?;
        let is_valid = payload.settings.validate().is_ok()
            && payload.stretch.is_valid()
            && (1..=payload.settings.revision).contains(&payload.valid_since);
        if !is_valid {
            return Err(Broken::Format);
        }
        Ok(Self { payload, digest: Hex(Sha256::digest(bytes).into()) })
    }
}

impl Payload {
    /// The secret, for who knows the PIN or the recovery code.
    pub fn unlock(&self, secret: Secret<'_>) -> Result<SigningKey, GuardianError> {
        let (wrapped, with, wrong) = match secret {
            Secret::Pin(_) => (&self.pin, With::Pin, GuardianError::PinWrong),
            Secret::Recovery(_) => (&self.recovery, With::Recovery, GuardianError::RecoveryWrong),
        };
        let key = match secret {
            Secret::Pin(entered) if !pin::is_possible(entered) => return Err(wrong),
            Secret::Pin(entered) => self.stretch.key(entered.as_bytes(), &wrapped.salt.0)?,
            Secret::Recovery(entered) => RecoveryCode::read(entered)?.key(&wrapped.salt.0),
        };
        let sealed = &wrapped.sealed.0;
        let mut secret: [u8; 32] = core::array::from_fn(|i| sealed[i]);
        let tag: [u8; 16] = core::array::from_fn(|i| sealed[32 + i]);
        XChaCha20Poly1305::new(&key.into())
            .decrypt_inout_detached(
                &wrapped.nonce.0.into(),
                &self.bound(with),
                secret.as_mut_slice().into(),
                &tag.into(),
            )
            .map_err(|_| wrong)?;
        let signing = SigningKey::from_bytes(&secret);
        // Whoever wrapped another secret wrote a file that nobody can go on with.
        if signing.verifying_key().to_bytes() == self.key.0 { Ok(signing) } else { Err(wrong) }
    }

    /// Wraps the secret with a new PIN.
    pub fn wrap_pin(
        &mut self,
        signing: &SigningKey,
        new: &str,
        random: &mut Random<'_>,
    ) -> Result<(), GuardianError> {
        let salt = random.take()?;
        let key = self.stretch.key(new.as_bytes(), &salt)?;
        self.pin = self.wrap(signing, With::Pin, salt, &key, random)?;
        Ok(())
    }

    /// Wraps the secret with a new recovery code.
    pub fn wrap_recovery(
        &mut self,
        signing: &SigningKey,
        random: &mut Random<'_>,
    ) -> Result<RecoveryCode, GuardianError> {
        let code = RecoveryCode::new(random.take()?)?;
        let salt = random.take()?;
        self.recovery = self.wrap(signing, With::Recovery, salt, &code.key(&salt), random)?;
        Ok(code)
    }

    fn wrap(
        &self,
        signing: &SigningKey,
        with: With,
        salt: [u8; 16],
        key: &[u8; 32],
        random: &mut Random<'_>,
    ) -> Result<Wrapped, GuardianError> {
        let nonce: [u8; 24] = random.take()?;
        let mut secret = signing.to_bytes();
        let tag: [u8; 16] = XChaCha20Poly1305::new(&(*key).into())
            .encrypt_inout_detached(&nonce.into(), &self.bound(with), secret.as_mut_slice().into())
            .map_err(|_| GuardianError::TooLarge)?
            .into();
        let sealed = core::array::from_fn(|i| if i < 32 { secret[i] } else { tag[i - 32] });
        Ok(Wrapped { salt: Hex(salt), nonce: Hex(nonce), sealed: Hex(sealed) })
    }

    /// What is authenticated with the secret.
    fn bound(&self, with: With) -> Vec<u8> {
        [DOMAIN, &[with as u8], &self.key.0].concat()
    }

    /// The file, signed.
    pub fn sign(&self, signing: &SigningKey) -> Result<Vec<u8>, GuardianError> {
        let mut bytes = self.frame()?;
        let signature = signing.sign(&bytes).to_bytes();
        bytes.extend_from_slice(&signature);
        Ok(bytes)
    }

    /// Checks that a file with these settings could be signed, at whatever revision.
    pub fn fits(&self) -> Result<(), GuardianError> {
        let mut longest = self.clone();
        longest.settings.revision = MAX_REVISION;
        longest.valid_since = MAX_REVISION;
        longest.frame().map(drop)
    }

    fn frame(&self) -> Result<Vec<u8>, GuardianError> {
        self.settings.validate()?;
        let json = serde_json::to_vec(self).map_err(|_| GuardianError::Time)?;
        open_frame::<64>(&MAGIC, &json)
    }
}

impl Wrapped {
    /// Nothing yet, at set-up.
    pub const EMPTY: Self = Self { salt: Hex([0; 16]), nonce: Hex([0; 24]), sealed: Hex([0; 48]) };
}
