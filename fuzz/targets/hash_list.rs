//! Lists of hashes: any bytes are answered in memory that is in proportion to them, and only what the issuer signed is
//! taken.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use ed25519_dalek::{Signer as _, SigningKey};
use fuzz::within;
use pausepoint::hash::list::{self, About, Draft, List, ListError, Lists, OwnList, PublicKey};
use pausepoint::hash::pdq::{Family, PdqHash};
use pausepoint::issue::Taken;
use sha2::{Digest as _, Sha512};

/// The issuer's private key, which guards nothing.
const SECRET: [u8; 32] = [7; 32];
/// Where things lie in a list; `src/hash/list/mod.rs` has the whole table.
const KIND: usize = 12;
const LENGTH: usize = 16;
const KEY: usize = 64;
const NAME: usize = 96;
const SIGNATURE: usize = 64;

pub fn look(data: &[u8]) {
    let _ = answered(&ISSUER, data);
    // The same with sizes and signature that fit, so that what comes after them is reached.
    if let Some(sealed) = ISSUER.sealed(data) {
        assert_ne!(answered(&ISSUER, &sealed).err(), Some(ListError::Signature));
    }
    if let Ok(case) = Case::arbitrary_take_rest(Unstructured::new(data)) {
        case.check(&ISSUER);
    }
}

/// Hands bytes to everything that reads lists; says what became of them as an issued one, at the time 0.
fn answered(issuer: &Issuer, bytes: &[u8]) -> Result<About, ListError> {
    // Measured on lists of many short names, which take the most for their bytes.
    let allowed = 16 * bytes.len() as u64 + 4096;
    let trusted = [issuer.public];
    let opened = within(allowed, || List::open(bytes, &trusted, 0)).map(|list| list.about().clone());
    let mut lists = Lists::new(trusted.into());
    let taken = within(allowed, || lists.take(bytes, 0));
    assert_eq!(taken.err(), opened.clone().err());
    assert_eq!(lists.iter().map(List::about).collect::<Vec<_>>(), opened.iter().collect::<Vec<_>>());

    let inspected = within(allowed, || list::inspect(bytes));
    if let Ok(about) = &opened {
        assert_eq!(inspected, Ok((about.clone(), Ok(()))));
    }
    if let Ok(own) = within(allowed, || OwnList::from_bytes(bytes)) {
        assert!(matches!(inspected, Ok((About { issuer: None, .. }, Ok(())))));
        let written = own.to_bytes(1);
        let read = OwnList::from_bytes(&written).expect("what was written can be read");
        assert!(read.names().eq(own.names()));
    }
    opened
}

static ISSUER: LazyLock<Issuer> = LazyLock::new(Issuer::new);

struct Issuer {
    key: SigningKey,
    public: PublicKey,
}

impl Issuer {
    fn new() -> Self {
        let key = SigningKey::from_bytes(&SECRET);
        let public = PublicKey(key.verifying_key().to_bytes());
        Self { key, public }
    }

    fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE] {
        self.key.sign(bytes).to_bytes()
    }

    /// Bytes with the right length, issuer and signature, or checksum where they are an own list.
    fn sealed(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut sealed = bytes.to_vec();
        let length = bytes.len() as u64;
        sealed.get_mut(LENGTH..LENGTH + 8)?.copy_from_slice(&length.to_le_bytes());
        let is_own = bytes[KIND] == 2;
        let issuer = if is_own { [0; 32] } else { self.public.0 };
        sealed.get_mut(KEY..NAME)?.copy_from_slice(&issuer);
        let (signed, signature) = sealed.split_last_chunk_mut()?;
        *signature = if is_own { Sha512::digest(&*signed).into() } else { self.sign(signed) };
        Some(sealed)
    }

    /// A draft as a signed list, or why there is none.
    fn issue(&self, draft: &Draft<'_>) -> Result<Vec<u8>, ListError> {
        let unsigned = draft.write(&self.public)?;
        let signature = self.sign(unsigned.bytes());
        Ok(unsigned.signed(&signature).expect("the issuer's signature is the issuer's"))
    }
}

/// A list, what is done to it, and the next issue of it.
#[derive(Arbitrary, Debug)]
struct Case<'a> {
    contents: Contents<'a>,
    now: u64,
    changes: Vec<Change<'a>>,
    next: Contents<'a>,
}

#[derive(Arbitrary, Debug)]
struct Contents<'a> {
    name: &'a str,
    version: u8,
    issued: u64,
    lasts: u32,
    full_size: bool,
    radius: u8,
    entries: Vec<([u8; 32], &'a str)>,
}

#[derive(Arbitrary, Debug)]
enum Change<'a> {
    /// Some bits of one byte.
    Flip(u16, u8),
    Overwrite(u16, &'a [u8]),
    Insert(u16, &'a [u8]),
    Remove(u16, u8),
    Shorten(u16),
    /// The other number with the same remainder as the second half of the signature, which a lax reader takes.
    Malleate,
    /// Signed again, by whoever has the key.
    Sign,
    /// And with the length that it has.
    Seal,
}

impl Contents<'_> {
    fn issued_by(&self, issuer: &Issuer) -> Option<Vec<u8>> {
        let entries: Vec<_> = self.entries.iter().map(|(hash, label)| (PdqHash(*hash), *label)).collect();
        let written = issuer.issue(&self.draft(&entries));
        // What it may refuse: wrong fields and labels. The rest a draft cannot have.
        match written {
            Ok(bytes) => Some(bytes),
            Err(ListError::Header | ListError::Labels | ListError::TooLarge) => None,
            Err(error) => panic!("a draft was refused as {error}"),
        }
    }

    fn draft<'b>(&'b self, entries: &'b [(PdqHash, &'b str)]) -> Draft<'b> {
        Draft {
            name: self.name,
            version: self.version.into(),
            issued: self.issued,
            expires: self.expires(),
            family: if self.full_size { Family::FullSize } else { Family::Nearest512 },
            radius: self.radius.into(),
            entries,
        }
    }

    fn expires(&self) -> u64 {
        self.issued.saturating_add(self.lasts.into())
    }

    /// What is read is what was written.
    fn compare(&self, list: &List, issuer: &Issuer) {
        let about = About {
            issuer: Some(issuer.public),
            name: self.name.into(),
            version: self.version.into(),
            issued: self.issued,
            expires: Some(self.expires()),
            family: if self.full_size { Family::FullSize } else { Family::Nearest512 },
            radius: self.radius.into(),
            entries: self.entries.len() as u32,
            labelled: self.entries.iter().any(|(_, label)| !label.is_empty()),
        };
        assert_eq!(*list.about(), about);
        for (position, (hash, label)) in self.entries.iter().enumerate() {
            let label = Some(*label).filter(|label| !label.is_empty());
            assert_eq!(list.label(position), label);
            let found = list.matches(&[PdqHash(*hash)]);
            assert!(
                found
                    .iter()
                    .any(|found| found.position == position && found.distance == 0 && found.label == label)
            );
            assert!(found.iter().all(|found| found.distance <= self.radius.into()));
        }
    }
}

impl Case<'_> {
    fn check(&self, issuer: &Issuer) {
        let Some(bytes) = self.contents.issued_by(issuer) else { return };
        let trusted = [issuer.public];
        match List::open(&bytes, &trusted, self.now) {
            Ok(list) => self.contents.compare(&list, issuer),
            Err(error) => {
                assert_eq!(error, ListError::Expired);
                assert!(self.contents.expires() <= self.now);
            }
        }
        self.check_changed(issuer, &bytes);
        if let Some(next) = self.next.issued_by(issuer) {
            self.check_next(issuer, &bytes, &next);
        }
    }

    /// Whatever was changed is refused, unless the issuer signed it.
    fn check_changed(&self, issuer: &Issuer, bytes: &[u8]) {
        let mut changed = bytes.to_vec();
        for change in &self.changes {
            change.apply(&mut changed, issuer);
        }
        let answer = answered(issuer, &changed);
        if changed == bytes {
            return;
        }
        let signed = changed.len().checked_sub(SIGNATURE).map(|at| changed.split_at(at));
        match signed {
            Some((signed, signature)) if issuer.sign(signed) == *signature => {
                assert_ne!(answer.err(), Some(ListError::Signature));
            }
            _ => assert!(answer.is_err(), "taken without a signature"),
        }
        // One that is refused leaves what is in use alone.
        let mut lists = Lists::new(vec![issuer.public]);
        assert_eq!(lists.take(bytes, 0), Ok(Taken::New));
        if lists.take(&changed, 0).is_err() {
            assert_eq!(lists.take(bytes, 0), Ok(Taken::Same));
            assert_eq!(lists.iter().count(), 1);
        }
    }

    /// Of two issues of a list, the later one stays.
    fn check_next(&self, issuer: &Issuer, bytes: &[u8], next: &[u8]) {
        let mut lists = Lists::new(vec![issuer.public]);
        assert_eq!(lists.take(bytes, 0), Ok(Taken::New));
        let expected = match self.next.version.cmp(&self.contents.version) {
            _ if self.next.name != self.contents.name => Ok(Taken::New),
            core::cmp::Ordering::Less => Err(ListError::Older),
            core::cmp::Ordering::Greater => Ok(Taken::Newer),
            core::cmp::Ordering::Equal if bytes == next => Ok(Taken::Same),
            core::cmp::Ordering::Equal => Err(ListError::Changed),
        };
        assert_eq!(lists.take(next, 0), expected);
        // One that has expired is not used, and those before it are still refused.
        let mut lists = Lists::new(vec![issuer.public]);
        assert_eq!(lists.take(next, u64::MAX), Err(ListError::Expired));
        assert!(lists.is_empty());
        if expected == Ok(Taken::Newer) {
            assert_eq!(lists.take(bytes, 0), Err(ListError::Older));
        }
    }
}

impl Change<'_> {
    fn apply(&self, bytes: &mut Vec<u8>, issuer: &Issuer) {
        let place = |at: u16| usize::from(at) % (bytes.len() + 1);
        match *self {
            Self::Flip(at, bits) => {
                let at = place(at);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= bits;
                }
            }
            Self::Overwrite(at, with) => {
                let at = place(at);
                bytes[at..].iter_mut().zip(with).for_each(|(byte, with)| *byte = *with);
            }
            Self::Insert(at, what) => {
                let at = place(at);
                bytes.splice(at..at, what.iter().copied());
            }
            Self::Remove(at, count) => {
                let at = place(at);
                bytes.drain(at..bytes.len().min(at + usize::from(count)));
            }
            Self::Shorten(to) => bytes.truncate(place(to)),
            Self::Malleate => {
                if let Some(half) = bytes.last_chunk_mut::<32>() {
                    add_order(half);
                }
            }
            Self::Sign => {
                if let Some((signed, signature)) = bytes.split_last_chunk_mut() {
                    *signature = issuer.sign(signed);
                }
            }
            Self::Seal => {
                if let Some(sealed) = issuer.sealed(bytes) {
                    *bytes = sealed;
                }
            }
        }
    }
}

/// Adds the order of Ed25519's base point, 2²⁵² + 27742317777372353535851937790883648493 (RFC 8032).
fn add_order(number: &mut [u8; 32]) {
    let low = 27_742_317_777_372_353_535_851_937_790_883_648_493_u128.to_le_bytes();
    let mut order = [0; 32];
    order[..16].copy_from_slice(&low);
    order[31] = 1 << 4;
    let mut carry = 0;
    for (byte, add) in number.iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry as u8;
        carry >>= 8;
    }
}
