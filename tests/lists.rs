//! Signed lists of hashes: what is refused, and that it stays so; and the user's own list.

use ed25519_dalek::{Signer, SigningKey};
use pausepoint::hash::list::{
    About, Added, Draft, List, ListError, Lists, MAX_ENTRIES, OwnList, PublicKey, Variants, inspect,
};
use pausepoint::hash::pdq::{Dihedral, Family, PdqHash};
use pausepoint::hash::picture::{self, Ask};
use pausepoint::issue::Taken;
use pausepoint::{Action, AgeBand, Context, Direction, Guard, Limits, Pixels, Policy, Reason};
use proptest::prelude::*;

mod common;

const NOW: u64 = 1_795_000_000;
const DAY: u64 = 86_400;

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn public(key: &SigningKey) -> PublicKey {
    PublicKey(key.verifying_key().to_bytes())
}

fn hash(seed: u8) -> PdqHash {
    PdqHash(core::array::from_fn(|i| seed.wrapping_mul(i as u8 + 37).wrapping_add((i * 101) as u8)))
}

fn draft<'a>(version: u64, entries: &'a [(PdqHash, &'a str)]) -> Draft<'a> {
    Draft {
        name: "school",
        version,
        issued: NOW - DAY,
        expires: NOW + 30 * DAY,
        family: Family::Nearest512,
        radius: 31,
        entries,
    }
}

fn signed(draft: &Draft<'_>, key: &SigningKey) -> Vec<u8> {
    let unsigned = draft.write(&public(key)).expect("a list");
    let signature = key.sign(unsigned.bytes()).to_bytes();
    unsigned.signed(&signature).expect("its signature")
}

/// Signs what the caller has changed, so that only the change itself can be refused.
fn resigned(mut bytes: Vec<u8>, key: &SigningKey) -> Vec<u8> {
    let end = bytes.len() - 64;
    let signature = key.sign(&bytes[..end]).to_bytes();
    bytes[end..].copy_from_slice(&signature);
    bytes
}

fn put<const N: usize>(bytes: &mut [u8], at: usize, value: [u8; N]) {
    bytes[at..at + N].copy_from_slice(&value);
}

const ENTRIES: usize = 3;

fn entries() -> [(PdqHash, &'static str); ENTRIES] {
    [(hash(1), "one"), (hash(2), ""), (hash(3), "the third, ö")]
}

#[test]
fn a_list_comes_back_as_it_was_written() {
    let (key, entries) = (key(1), entries());
    let bytes = signed(&draft(7, &entries), &key);
    let list = List::open(&bytes, &[public(&key)], NOW).expect("opens");
    let about = About {
        issuer: Some(public(&key)),
        name: "school".into(),
        version: 7,
        issued: NOW - DAY,
        expires: Some(NOW + 30 * DAY),
        family: Family::Nearest512,
        radius: 31,
        entries: 3,
        labelled: true,
    };
    assert_eq!(*list.about(), about);
    assert_eq!(inspect(&bytes), Ok((about, Ok(()))));
    for (at, (hash, label)) in entries.iter().enumerate() {
        let found = list.matches(&[*hash]);
        assert_eq!((found.len(), found[0].position, found[0].distance), (1, at, 0));
        assert_eq!(found[0].label, Some(*label).filter(|label| !label.is_empty()));
    }
    // 31 bits off is a match, 32 is none.
    let mut near = entries[2].0;
    (0..31).for_each(|bit| near.0[bit] ^= 1 << (bit % 8));
    assert_eq!(list.matches(&[hash(9), near])[0].distance, 31);
    assert_eq!(list.matches(&[hash(9), near])[0].hash, 1);
    near.0[31] ^= 1;
    assert!(list.matches(&[near]).is_empty());
}

#[test]
fn a_cut_or_longer_list_is_refused_at_every_length() {
    let key = key(1);
    let bytes = signed(&draft(1, &entries()), &key);
    let open = |bytes: &[u8]| List::open(bytes, &[public(&key)], NOW).err();
    for length in 0..bytes.len() {
        let wanted = if length < 8 { ListError::NotAList } else { ListError::Length };
        assert_eq!(open(&bytes[..length]), Some(wanted), "cut at {length}");
    }
    let mut longer = bytes;
    longer.push(0);
    assert_eq!(open(&longer), Some(ListError::Length));
}

#[test]
fn every_flipped_bit_is_refused() {
    let key = key(1);
    let bytes = signed(&draft(1, &entries()), &key);
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let error = List::open(&flipped, &[public(&key)], NOW).err();
        let wanted: &[ListError] = match bit / 8 {
            0..8 => &[ListError::NotAList],
            8..12 => &[ListError::Format],
            // Issued or own: an own list is no issued one.
            12 => &[ListError::Header, ListError::Kind],
            16..24 => &[ListError::Length],
            48..54 => &[ListError::TooLarge, ListError::Length],
            56..64 => &[ListError::Length],
            64..96 => &[ListError::Untrusted],
            _ => &[ListError::Signature],
        };
        assert!(error.is_some_and(|error| wanted.contains(&error)), "bit {bit}: {error:?}");
    }
}

#[test]
fn a_claimed_size_is_not_believed() {
    let key = key(1);
    let bytes = signed(&draft(1, &entries()), &key);
    let open = |bytes: &[u8]| List::open(bytes, &[public(&key)], NOW).err();
    let ten_gigabytes: u64 = 10_000_000_000;
    let mut whole = bytes.clone();
    put(&mut whole, 16, ten_gigabytes.to_le_bytes());
    assert_eq!(open(&resigned(whole, &key)), Some(ListError::Length));
    let mut hashes = bytes.clone();
    put(&mut hashes, 48, ((ten_gigabytes / 32) as u32).to_le_bytes());
    assert_eq!(open(&resigned(hashes, &key)), Some(ListError::TooLarge));
    let mut most = bytes.clone();
    put(&mut most, 48, MAX_ENTRIES.to_le_bytes());
    assert_eq!(open(&resigned(most, &key)), Some(ListError::Length));
    let mut labels = bytes.clone();
    put(&mut labels, 56, ten_gigabytes.to_le_bytes());
    assert_eq!(open(&resigned(labels, &key)), Some(ListError::Length));
    let mut name = bytes;
    put(&mut name, 52, u16::MAX.to_le_bytes());
    assert_eq!(open(&resigned(name, &key)), Some(ListError::TooLarge));
}

#[test]
fn rightly_signed_nonsense_is_refused() {
    let key = key(1);
    let bytes = signed(&draft(1, &entries()), &key);
    let labels = bytes.len() - 64 - "one".len() - "the third, ö".len() - ENTRIES;
    let edits: [(&str, ListError, usize, u8); 9] = [
        ("a family that there is not", ListError::Header, 13, 3),
        ("a threshold of 32 bits", ListError::Header, 14, 32),
        ("a version of 0", ListError::Header, 24, 0),
        ("a reserved field", ListError::Header, 54, 1),
        ("a name that is no text", ListError::Header, 96, 0xff),
        ("a name with a line break", ListError::Header, 96, b'\n'),
        ("a label that is longer than the rest", ListError::Labels, labels, 200),
        ("labels that end before the hashes do", ListError::Labels, labels, 2),
        ("a label that is no text", ListError::Labels, labels + 1, 0xff),
    ];
    for (what, wanted, at, value) in edits {
        let mut edited = bytes.clone();
        edited[at] = value;
        assert_eq!(List::open(&resigned(edited, &key), &[public(&key)], NOW).err(), Some(wanted), "{what}");
    }
    let mut timeless = bytes;
    put(&mut timeless, 40, (NOW - DAY).to_le_bytes());
    let error = List::open(&resigned(timeless, &key), &[public(&key)], NOW).err();
    assert_eq!(error, Some(ListError::Header), "it expires when it is issued");
}

#[test]
fn only_trusted_issuers_count_and_nobody_signs_for_another() {
    let (key, other) = (key(1), key(2));
    let bytes = signed(&draft(1, &entries()), &key);
    assert_eq!(List::open(&bytes, &[], NOW).err(), Some(ListError::Untrusted));
    assert_eq!(List::open(&bytes, &[public(&other)], NOW).err(), Some(ListError::Untrusted));
    let forged = resigned(bytes.clone(), &other);
    assert_eq!(List::open(&forged, &[public(&key), public(&other)], NOW).err(), Some(ListError::Signature));
    assert_eq!(inspect(&forged).map(|(_, signed)| signed), Ok(Err(ListError::Signature)));
    // With his own name on it, it is his list, and not the first one's.
    let mut renamed = bytes;
    put(&mut renamed, 64, public(&other).0);
    let renamed = resigned(renamed, &other);
    assert_eq!(List::open(&renamed, &[public(&key)], NOW).err(), Some(ListError::Untrusted));
    assert!(List::open(&renamed, &[public(&other)], NOW).is_ok());
    let unsigned = draft(1, &[]).write(&public(&key)).expect("a list");
    let signature = other.sign(unsigned.bytes()).to_bytes();
    assert_eq!(unsigned.signed(&signature).err(), Some(ListError::Signature));
}

#[test]
fn an_expired_list_is_refused_from_that_second_on() {
    let key = key(1);
    let bytes = signed(&draft(1, &entries()), &key);
    let end = NOW + 30 * DAY;
    assert!(List::open(&bytes, &[public(&key)], end - 1).is_ok());
    assert_eq!(List::open(&bytes, &[public(&key)], end).err(), Some(ListError::Expired));
}

#[test]
fn the_last_good_list_stays_in_use() {
    let (key, other) = (key(1), key(2));
    let mut lists = Lists::new(vec![public(&key)]);
    let of = |seed: u8, version: u64| signed(&draft(version, &[(hash(seed), "")]), &key);
    assert_eq!(lists.take(&of(5, 5), NOW), Ok(Taken::New));
    let holds = |lists: &Lists, seed: u8| {
        let mut found = false;
        lists.iter().for_each(|list| list.each(&hash(seed), |_, _| found = true));
        found
    };
    let mut flipped = of(6, 6);
    flipped[120] ^= 1;
    let expired = signed(&Draft { expires: NOW, ..draft(5, &[(hash(6), "")]) }, &key);
    for (what, bytes, wanted) in [
        ("cut", &of(6, 6)[..100], ListError::Length),
        ("flipped", &flipped, ListError::Signature),
        ("signed by another", &resigned(of(6, 6), &other), ListError::Signature),
        ("older", &of(4, 4), ListError::Older),
        ("of the same version, but other hashes", &of(6, 5), ListError::Changed),
        ("expired, and changed at that", &expired, ListError::Changed),
        ("nothing", &[], ListError::NotAList),
    ] {
        assert_eq!(lists.take(bytes, NOW), Err(wanted), "{what}");
        assert!(holds(&lists, 5) && !holds(&lists, 6), "{what}");
    }
    assert_eq!(lists.take(&of(5, 5), NOW), Ok(Taken::Same));
    assert_eq!(lists.take(&of(6, 6), NOW), Ok(Taken::Newer));
    assert!(!holds(&lists, 5) && holds(&lists, 6));
    assert_eq!(lists.take(&of(5, 5), NOW), Err(ListError::Older));

    // Another name is another list.
    let second = signed(&Draft { name: "club", ..draft(1, &[(hash(7), "")]) }, &key);
    assert_eq!(lists.take(&second, NOW), Ok(Taken::New));
    assert!(holds(&lists, 6) && holds(&lists, 7));

    // Dropped, it does not come back in an older state.
    assert_eq!(lists.drop(&public(&key), "school"), Ok(()));
    assert_eq!(lists.drop(&public(&key), "school"), Err(ListError::Unknown));
    assert!(!holds(&lists, 6));
    assert_eq!(lists.take(&of(5, 5), NOW), Err(ListError::Older));
    assert_eq!(lists.take(&of(6, 6), NOW), Ok(Taken::New));
}

#[test]
fn an_expired_list_still_keeps_older_ones_away() {
    let key = key(1);
    let mut lists = Lists::new(vec![public(&key)]);
    let long =
        |version| signed(&Draft { expires: NOW + 400 * DAY, ..draft(version, &[(hash(1), "")]) }, &key);
    let short = |version| signed(&draft(version, &[(hash(2), "")]), &key);
    // What was kept from the last visit is handed over first, though its time is over.
    assert_eq!(lists.take(&short(9), NOW + 31 * DAY), Err(ListError::Expired));
    assert!(lists.is_empty());
    assert_eq!(lists.take(&long(8), NOW + 31 * DAY), Err(ListError::Older));
    assert_eq!(lists.take(&long(10), NOW + 31 * DAY), Ok(Taken::New));
    // One that is in use and expires stays in use until another comes.
    let mut lists = Lists::new(vec![public(&key)]);
    assert_eq!(lists.take(&short(1), NOW), Ok(Taken::New));
    assert_eq!(lists.take(&short(2), NOW + 31 * DAY), Err(ListError::Expired));
    assert!(!lists.is_empty());
}

#[test]
fn what_would_be_refused_is_not_written() {
    let key = public(&key(1));
    let entries = entries();
    let long = "x".repeat(256);
    let labels = [(hash(1), long.as_str())];
    let breaking = [(hash(1), "a\u{202e}b")];
    for (what, draft, wanted) in [
        ("no version", draft(0, &entries), ListError::Header),
        ("a wide threshold", Draft { radius: 32, ..draft(1, &entries) }, ListError::Header),
        ("no time", Draft { expires: NOW - DAY, ..draft(1, &entries) }, ListError::Header),
        ("a long name", Draft { name: &long, ..draft(1, &entries) }, ListError::TooLarge),
        ("a name with a bell", Draft { name: "\u{7}", ..draft(1, &entries) }, ListError::Header),
        ("a long label", Draft { entries: &labels, ..draft(1, &[]) }, ListError::Labels),
        ("a label that turns text around", Draft { entries: &breaking, ..draft(1, &[]) }, ListError::Labels),
    ] {
        assert_eq!(draft.write(&key).err(), Some(wanted), "{what}");
    }
    assert!(draft(1, &[]).write(&key).is_ok(), "an empty list withdraws all that was in it");
}

proptest! {
    #[test]
    fn any_list_comes_back(
        found in proptest::collection::vec((any::<[u8; 32]>(), "[a-zäé ]{0,20}"), 0..40),
        name in "[A-Za-z ]{0,50}", version in 1..u64::MAX, radius in 0..32u32, full in any::<bool>(),
    ) {
        let key = key(3);
        let entries: Vec<_> = found.iter().map(|(hash, label)| (PdqHash(*hash), label.as_str())).collect();
        let family = if full { Family::FullSize } else { Family::Nearest512 };
        let draft = Draft { name: &name, version, issued: 0, expires: NOW + 1, family, radius, entries: &entries };
        let list = List::open(&signed(&draft, &key), &[public(&key)], NOW).expect("opens");
        prop_assert_eq!((&list.about().name, list.about().version), (&name, version));
        prop_assert_eq!((list.about().family, list.about().radius), (family, radius));
        for (at, (hash, label)) in entries.iter().enumerate() {
            prop_assert!(list.matches(&[*hash]).iter().any(|found| found.position == at && found.distance == 0));
            prop_assert_eq!(list.label(at).unwrap_or_default(), *label);
        }
    }

    #[test]
    fn nothing_makes_the_readers_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), whole in any::<bool>()) {
        if whole && bytes.len() >= 24 {
            // Far enough to reach the parts behind the first checks.
            put(&mut bytes, 0, *b"PPHASH\x1a\n");
            put(&mut bytes, 8, 1u32.to_le_bytes());
            let length = bytes.len() as u64;
            put(&mut bytes, 16, length.to_le_bytes());
        }
        let _ = (inspect(&bytes), OwnList::from_bytes(&bytes));
        prop_assert!(List::open(&bytes, &[public(&key(1))], NOW).is_err());
    }
}

/// A picture with something in it everywhere, and no two alike.
fn scene(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let wave = |x: f64, y: f64, at: u32| {
        let f = |k: u32| f64::from((seed * 7 + at * 13 + k * 5) % 11 + 2);
        (x * f(1) + y * f(2)).sin() + (x * f(3) - y * f(4)).cos() + (x * y * f(5)).sin()
    };
    let mut rgba = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (f64::from(x) / f64::from(width) * 3.0, f64::from(y) / f64::from(height) * 3.0);
            rgba.extend((0..3).map(|at| (128.0 + 40.0 * wave(x, y, at)) as u8).chain([255]));
        }
    }
    rgba
}

fn variants(rgba: &[u8], size: (u32, u32)) -> Variants {
    Variants::of_pixels(rgba, size, &Limits::default()).expect("hashes")
}

fn full_size(rgba: &[u8], size: (u32, u32)) -> PdqHash {
    let hashes = picture::hash_rgba(rgba, size, Ask::AsItIs, &Limits::default()).expect("hashes");
    hashes.pdq.full_size.hash()
}

/// The pixels laid otherwise: where the new pixel at (x, y) comes from.
fn laid(
    rgba: &[u8],
    (width, _): (u32, u32),
    new: (u32, u32),
    from: impl Fn(u32, u32) -> (u32, u32),
) -> Vec<u8> {
    let pixels: &[[u8; 4]] = rgba.as_chunks().0;
    let at = |y: u32, x: u32| {
        let (x, y) = from(x, y);
        pixels[(y * width + x) as usize]
    };
    (0..new.1).flat_map(|y| (0..new.0).map(move |x| (y, x))).flat_map(|(y, x)| at(y, x)).collect()
}

#[test]
fn the_own_list_knows_turned_mirrored_and_reduced_copies() {
    let (w, h) = (640, 480);
    let picture = scene(w, h, 1);
    let mut own = OwnList::default();
    assert_eq!(own.add("beach", &variants(&picture, (w, h))), Ok(Added::New));
    let find = |rgba: &[u8], size| {
        own.find(&full_size(rgba, size)).map(|found| (found.name.to_owned(), found.distance))
    };
    assert_eq!(find(&picture, (w, h)), Some(("beach".into(), 0)));
    assert_eq!(find(&scene(w, h, 2), (w, h)), None);
    let mirrored = laid(&picture, (w, h), (w, h), |x, y| (w - 1 - x, y));
    let turned = laid(&picture, (w, h), (h, w), |x, y| (y, h - 1 - x));
    let around = laid(&picture, (w, h), (w, h), |x, y| (w - 1 - x, h - 1 - y));
    for (what, rgba, size) in
        [("mirrored", mirrored, (w, h)), ("turned", turned, (h, w)), ("upside down", around, (w, h))]
    {
        assert!(find(&rgba, size).is_some_and(|(_, distance)| distance <= 2), "{what}");
    }
    for divisor in [2, 3, 4] {
        let small = laid(&picture, (w, h), (w / divisor, h / divisor), |x, y| (x * divisor, y * divisor));
        assert!(find(&small, (w / divisor, h / divisor)).is_some(), "a {divisor}th");
    }
}

#[test]
fn the_own_list_is_kept_as_it_is() {
    let mut own = OwnList::default();
    let empty = OwnList::from_bytes(&own.to_bytes(NOW)).expect("reads");
    assert!(empty.is_empty());
    let size = (200, 150);
    for (seed, name) in [(1, "beach"), (2, "mirror, ö"), (3, "x")] {
        own.add(name, &variants(&scene(200, 150, seed), size)).expect("adds");
    }
    let bytes = own.to_bytes(NOW);
    let kept = OwnList::from_bytes(&bytes).expect("reads");
    assert!(kept.names().eq(["beach", "mirror, ö", "x"]));
    assert_eq!(kept.to_bytes(NOW), bytes);
    for (seed, name) in [(1, "beach"), (2, "mirror, ö"), (3, "x")] {
        let found = kept.find(&full_size(&scene(200, 150, seed), size)).expect("found");
        assert_eq!((found.name, found.distance), (name, 0));
    }
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x10;
        assert!(OwnList::from_bytes(&altered).is_err(), "byte {at}");
        assert!(OwnList::from_bytes(&bytes[..at]).is_err(), "cut at {at}");
    }
    // Neither kind is taken for the other.
    let key = key(1);
    assert_eq!(OwnList::from_bytes(&signed(&draft(1, &entries()), &key)).err(), Some(ListError::Kind));
    assert_eq!(List::open(&bytes, &[public(&key), PublicKey([0; 32])], NOW).err(), Some(ListError::Kind));
}

#[test]
fn the_own_list_changes_as_its_owner_wants() {
    let mut own = OwnList::default();
    let size = (200, 150);
    let of = |seed| variants(&scene(200, 150, seed), size);
    assert_eq!(own.add("a", &of(1)), Ok(Added::New));
    assert_eq!(own.add("a", &of(2)), Err(ListError::Taken));
    assert_eq!(own.add("b", &of(1)), Ok(Added::Known));
    assert_eq!(own.add("c", &of(3)), Ok(Added::New));
    for name in ["", "a\nb", &"x".repeat(256)] {
        assert_eq!(own.add(name, &of(4)), Err(ListError::Labels));
    }
    let plain = vec![90; 200 * 150 * 4];
    assert_eq!(own.add("plain", &variants(&plain, size)), Err(ListError::TooPlain));
    assert!(own.names().eq(["a", "b", "c"]));
    assert_eq!(own.remove("a"), Ok(()));
    assert_eq!(own.remove("a"), Err(ListError::Unknown));
    assert_eq!(
        own.find(&full_size(&scene(200, 150, 1), size)).map(|found| found.name.to_owned()),
        Some("b".into())
    );
    own.remove("b").expect("there");
    assert_eq!(own.find(&full_size(&scene(200, 150, 1), size)), None);
    assert!(own.find(&full_size(&scene(200, 150, 3), size)).is_some());
}

#[test]
fn a_guard_stops_what_is_listed() {
    let Some(model) = common::model("small") else { return };
    let policy = Policy::preset(AgeBand::From16To17).expect("a preset");
    let mut guard = Guard::new(model, policy, Limits::default()).expect("a guard");
    let (rgba, size) = (scene(300, 260, 1), (300, 260));
    let pixels = Pixels { rgba: &rgba, width: 300, height: 260, format: "canvas" };
    let [out, into] = [Direction::Outgoing, Direction::Incoming].map(|direction| Context { direction });
    let before = guard.check_pixels(&pixels, &out);
    assert!(before.listed.is_empty());

    guard.own_list.add("beach", &variants(&rgba, size)).expect("adds");
    let verdict = guard.check_pixels(&pixels, &out);
    assert_eq!((verdict.action, verdict.reasons[0]), (Action::Block, Reason::OwnList));
    assert_eq!((verdict.listed[0].label.as_deref(), verdict.listed[0].distance), (Some("beach"), 0));
    assert_eq!(verdict.scores, before.scores, "it is looked at all the same");
    let verdict = guard.check_pixels(&pixels, &into);
    assert_eq!((verdict.action, verdict.reasons[0]), (Action::Warn, Reason::OwnList));
    let other = scene(300, 260, 2);
    assert!(guard.check_pixels(&Pixels { rgba: &other, ..pixels }, &out).listed.is_empty());

    // An issued list, of either family; its picture turned, as only the eight orientations know it.
    let key = key(1);
    guard.lists = Lists::new(vec![public(&key)]);
    let hashes = picture::hash_rgba(&other, size, Ask::AsItIs, &Limits::default()).expect("hashes");
    for (version, family) in [(1, Family::Nearest512), (2, Family::FullSize)] {
        let entries = [(hashes.pdq.of(family).oriented(Dihedral::Rotate180), "poster")];
        let list = signed(&Draft { family, ..draft(version, &entries) }, &key);
        guard.lists.take(&list, NOW).expect("taken");
        let verdict = guard.check_pixels(&Pixels { rgba: &other, ..pixels }, &out);
        assert_eq!((verdict.action, verdict.reasons[0]), (Action::Block, Reason::HashList), "{family:?}");
        assert_eq!(
            (verdict.listed[0].name.as_str(), verdict.listed[0].label.as_deref()),
            ("school", Some("poster"))
        );
    }
    // A policy may say otherwise.
    let text = serde_json::to_string(&Policy::preset(AgeBand::From16To17).expect("a preset")).expect("JSON");
    let own =
        Policy::from_json(&text.replace(r#""issued":"block""#, r#""issued":"allow""#)).expect("a policy");
    let rules = own.picture.rules(Direction::Outgoing);
    let judged = rules.judge_listed(
        &guard.check_pixels(&Pixels { rgba: &other, ..pixels }, &out).listed,
        (Action::Allow, vec![]),
    );
    assert_eq!(judged, (Action::Allow, vec![]));
}
