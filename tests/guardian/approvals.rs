//! Approving from another device.

use super::*;

#[test]
fn a_guardian_approves_from_afar() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada@club/17 é", 3, NOW).expect("a request");
    assert!(
        request
            .text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b" $%*+-./:".contains(&b))
    );
    let shown = approval::read(&request.text).expect("a request");
    assert_eq!(shown.code, request.code);
    assert_eq!(shown.wish, wish("ada@club/17 é"));
    let answer = approval::answer(
        &paper.pairing.to_lowercase(),
        &shown.code.to_lowercase(),
        GuardianDecision::Approved,
    )
    .expect("an answer");
    assert_eq!(answer.len(), 8);
    assert_eq!(device.decision("ada@club/17 é"), None);
    let spaced = format!("{} {}", &answer[..4].to_lowercase(), &answer[4..]);
    assert!(matches!(device.accept(&request.code, &spaced, later(VALID - 1)), Ok(Outcome::Decided { .. })));
    let opened = device.opened();
    assert_eq!(opened.by_code, ["ada@club/17 é"]);
    assert_eq!(opened.settings.approvals[0].at, later(VALID - 1));
    assert_eq!(opened.settings.approvals[0].label, "ada@club/17 é, of the club");
    // The next change that is signed takes it in.
    device.change(&decide("bob", GuardianDecision::Denied)).expect("a change");
    device.granted = None;
    let opened = device.opened();
    assert_eq!((opened.by_code, opened.dropped), (Vec::new(), None));
    assert_eq!(opened.settings.decision("ada@club/17 é"), Some(GuardianDecision::Approved));
}

#[test]
fn a_denial_comes_from_afar_too_and_an_approval_later() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Denied);
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Denied));
    device.decided(&paper, "ada", 2, GuardianDecision::Approved);
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Approved));
    // No code takes an approval away, so that nobody gains by deleting one.
    assert_eq!(device.ask("ada", 3, NOW).err(), Some(GuardianError::Approved));
}

#[test]
fn an_answer_is_good_once_and_for_its_request_only() {
    let (mut device, paper) = Device::set_up();
    let (_, others) = Device::set_up_as(2, AgeBand::Under13);
    let ada = device.ask("ada", 1, NOW).expect("a request");
    let eve = device.ask("eve", 2, NOW).expect("another");
    let yes = |paper: &Paper, code: &str| {
        approval::answer(&paper.pairing, code, GuardianDecision::Approved).expect("an answer")
    };
    let answer = yes(&paper, &ada.code);
    assert_eq!(device.accept(&eve.code, &answer, NOW), Ok(Outcome::Wrong { left: 4 }));
    assert_eq!(device.accept(&eve.code, &yes(&others, &eve.code), NOW), Ok(Outcome::Wrong { left: 3 }));
    assert_eq!(device.decision("eve"), None);
    assert!(matches!(device.accept(&ada.code, &answer, NOW), Ok(Outcome::Decided { .. })));
    assert_eq!(device.accept(&ada.code, &answer, NOW), Err(GuardianError::Unknown));
    // The same contact again is another request.
    device.change(&Change::Forget { contact: "ada".into() }).expect("a change");
    let again = device.ask("ada", 3, NOW).expect("a request");
    assert_ne!(again.code, ada.code);
    assert_eq!(device.accept(&again.code, &answer, NOW), Ok(Outcome::Wrong { left: 4 }));
    // And a newer request for a contact takes the place of an older one.
    let newest = device.ask("ada", 4, NOW).expect("a request");
    assert_eq!(device.accept(&again.code, &yes(&paper, &again.code), NOW), Err(GuardianError::Unknown));
    assert!(matches!(
        device.accept(&newest.code, &yes(&paper, &newest.code), NOW),
        Ok(Outcome::Decided { .. })
    ));
}

#[test]
fn a_change_by_pin_ends_requests_and_old_answers() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let asked = device.pending.clone();
    assert!(matches!(device.accept(&request.code, &answer, NOW), Ok(Outcome::Decided { .. })));
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    // Putting the request back does not bring the approval back.
    device.pending = asked;
    assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
    assert_eq!(device.decision("ada"), Some(GuardianDecision::Denied));
}

#[test]
fn guessing_ends_a_request() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let wrong = if answer == "AAAAAAAA" { "BBBBBBBB" } else { "AAAAAAAA" };
    // What is no answer is a slip, and not counted.
    for slip in ["", "AAAAAAA", "AAAAAAAAA", "UUUUUUUU", &answer[..7]] {
        assert_eq!(device.accept(&request.code, slip, NOW), Err(GuardianError::Typo));
    }
    for left in (0..MAX_WRONG).rev() {
        assert_eq!(device.accept(&request.code, wrong, NOW), Ok(Outcome::Wrong { left }));
    }
    assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
}

#[test]
fn a_request_ends_after_a_quarter_of_an_hour() {
    let (device, paper) = {
        let (mut device, paper) = Device::set_up();
        device.ask("ada", 1, NOW).expect("a request");
        (device, paper)
    };
    let request = device.clone().ask("ada", 1, NOW).expect("the same");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    for (seconds, is_in_time) in [(0, true), (VALID - 1, true), (VALID, false), (-1, false), (DAY, false)] {
        let mut device = device.clone();
        let outcome = device.accept(&request.code, &answer, later(seconds)).expect("an outcome");
        assert_eq!(matches!(outcome, Outcome::Decided { .. }), is_in_time, "{seconds}");
        assert_eq!(device.decision("ada").is_some(), is_in_time);
        // Either way it is gone.
        assert_eq!(device.accept(&request.code, &answer, NOW), Err(GuardianError::Unknown));
    }
}

#[test]
fn so_many_requests_wait_and_no_more() {
    let (mut device, _) = Device::set_up();
    for at in 0..MAX_PENDING {
        device.ask(&format!("contact {at}"), at as u8, NOW).expect("a request");
    }
    assert_eq!(device.ask("ada", 99, NOW).err(), Some(GuardianError::TooMany));
    // Those that are over make room.
    device.ask("ada", 99, later(VALID)).expect("a request");
}

#[test]
fn requests_that_were_tampered_with_are_gone() {
    let (mut device, paper) = Device::set_up();
    let request = device.ask("ada", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    let pending = device.pending.clone().expect("a record");
    for bit in 0..8 * pending.len() {
        let mut bytes = pending.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let stored = Stored { pending: Some(&bytes), ..device.stored() };
        let result = approval::accept(&stored, &request.code, &answer, NOW);
        assert_eq!(result.err(), Some(GuardianError::Unknown), "bit {bit}");
    }
}

#[test]
fn texts_that_are_no_requests_are_refused() {
    let (mut device, paper) = Device::set_up();
    let text = device.ask("ada", 1, NOW).expect("a request").text;
    for length in 0..text.len() {
        assert_eq!(approval::read(&text[..length]), Err(GuardianError::Typo), "{length}");
    }
    for at in 0..text.len() {
        let mut slip = text.clone().into_bytes();
        slip[at] = if slip[at] == b'7' { b'8' } else { b'7' };
        let slip = String::from_utf8(slip).expect("ASCII");
        assert_eq!(approval::read(&slip), Err(GuardianError::Typo), "{at}");
    }
    let vast = format!("{text}{}", "0".repeat(100_000));
    for other in [&paper.pairing, &paper.recovery, "PPASK1:", "PPASK1:é", &vast] {
        assert_eq!(approval::read(other), Err(GuardianError::Typo));
    }
    let slip = paper.pairing.replacen(
        &paper.pairing[..1],
        if paper.pairing.starts_with('7') { "8" } else { "7" },
        1,
    );
    for (pairing, code) in
        [(slip.as_str(), "00000000"), (&paper.pairing, "0000000"), (&paper.recovery, "00000000")]
    {
        assert_eq!(approval::answer(pairing, code, GuardianDecision::Denied), Err(GuardianError::Typo));
    }
}

#[test]
fn tampered_approvals_are_dropped_and_told() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Approved);
    let granted = device.granted.clone().expect("a record");
    let with = |granted: Option<Vec<u8>>| {
        let opened = Device { granted, ..device.clone() }.opened();
        assert_eq!(opened.settings.approvals, []);
        (opened.by_code, opened.dropped)
    };
    for bit in 0..8 * granted.len() {
        let mut bytes = granted.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(with(Some(bytes)), (Vec::new(), Some(Dropped::Altered)), "bit {bit}");
    }
    for length in 0..granted.len() {
        assert_eq!(with(Some(granted[..length].into())).1, Some(Dropped::Altered));
    }
    assert_eq!(with(None).1, Some(Dropped::Missing));
    // Another device's, though all is in order with it.
    let (mut other, others) = Device::set_up_as(2, AgeBand::Under13);
    other.decided(&others, "ada", 1, GuardianDecision::Approved);
    assert_eq!(with(other.granted).1, Some(Dropped::Altered));
}

#[test]
fn older_approvals_do_not_come_back() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "ada", 1, GuardianDecision::Denied);
    let before = device.clone();
    device.decided(&paper, "ada", 2, GuardianDecision::Approved);
    let one = Device { granted: before.granted.clone(), ..device.clone() };
    assert_eq!(one.opened().dropped, Some(Dropped::RolledBack));
    // A crash after the record and before the anchor.
    let crashed = Device { anchor: before.anchor, ..device.clone() };
    assert_eq!((crashed.decision("ada"), crashed.opened().dropped), (Some(GuardianDecision::Approved), None));
    assert_eq!(crashed.opened().store.anchor, device.anchor);
    // After a change by PIN, no record of before counts.
    let mut changed = device.clone();
    changed.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    for granted in [before.granted, device.granted.clone(), None] {
        let changed = Device { granted, ..changed.clone() };
        assert_eq!(changed.decision("ada"), Some(GuardianDecision::Denied));
        assert_eq!(changed.opened().dropped, None);
    }
    let mut later = changed.clone();
    later.decided(&paper, "bob", 3, GuardianDecision::Approved);
    later.granted = device.granted;
    assert_eq!(later.opened().dropped, Some(Dropped::RolledBack));
    assert_eq!(later.decision("ada"), Some(GuardianDecision::Denied));
    // What was dropped once does not hinder what comes next, and stays dropped.
    let lost = later.granted.clone();
    later.decided(&paper, "eve", 4, GuardianDecision::Approved);
    assert_eq!((later.opened().by_code, later.opened().dropped), (vec!["eve".to_owned()], None));
    later.granted = lost;
    assert_eq!(later.opened().dropped, Some(Dropped::RolledBack));
}

#[test]
fn a_new_pairing_cuts_off_the_old_one() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "bob", 1, GuardianDecision::Approved);
    assert_eq!(device.begin(NOW), None);
    let renewed =
        manage::pair(&device.stored(), Secret::Pin(PIN), &random::<PAIR_RANDOM>(8), NOW).expect("a pairing");
    device.store(renewed.store);
    assert_eq!(device.decision("bob"), Some(GuardianDecision::Approved));
    let request = device.ask("ada", 2, NOW).expect("a request");
    let by = |pairing: &str| {
        approval::answer(pairing, &request.code, GuardianDecision::Approved).expect("an answer")
    };
    assert_eq!(device.accept(&request.code, &by(&paper.pairing), NOW), Ok(Outcome::Wrong { left: 4 }));
    assert!(matches!(device.accept(&request.code, &by(&renewed.code), NOW), Ok(Outcome::Decided { .. })));
}

/// A full file still opens, and takes what makes it smaller; what does not fit is refused before it is granted.
#[test]
fn a_file_has_its_limit() {
    let (device, paper) = Device::set_up();
    let mut file = payload(device.file.as_deref().expect("a file"));
    let approval = |contact: String| serde_json::json!({ "contact": contact, "label": "", "decision": "denied", "at": "2026-01-01T00:00:00Z" });
    let filled = |count: usize, width: usize| {
        let mut file = file.clone();
        file["settings"]["revision"] = 2.into();
        file["settings"]["approvals"] = (0..count).map(|at| approval(format!("{at:0width$}"))).collect();
        Device { file: Some(resigned(&file, &signing(1))), ..device.clone() }
    };
    let mut many = filled(MAX_APPROVALS, 16);
    assert_eq!(many.opened().settings.approvals.len(), MAX_APPROVALS);
    assert_eq!(many.change(&decide("one more", GuardianDecision::Denied)), Err(GuardianError::TooMany));
    let request = many.ask("one more", 1, NOW).expect("a request");
    let answer =
        approval::answer(&paper.pairing, &request.code, GuardianDecision::Approved).expect("an answer");
    assert_eq!(many.accept(&request.code, &answer, NOW), Err(GuardianError::TooMany));
    many.change(&Change::Forget { contact: format!("{:016}", 7) }).expect("a change");
    let mut full = (200..400)
        .rev()
        .map(|count| filled(count, 120))
        .find(|device| device.broken().is_none())
        .expect("some fit");
    let length = full.file.as_ref().map_or(0, Vec::len);
    assert!((MAX_FILE - 250..=MAX_FILE).contains(&length));
    let wide = decide(&"é".repeat(128), GuardianDecision::Denied);
    assert_eq!(full.change(&wide), Err(GuardianError::TooLarge));
    full.change(&Change::Forget { contact: format!("{:0120}", 7) }).expect("a change");
    file["settings"]["approvals"] = (0..=MAX_APPROVALS).map(|at| approval(at.to_string())).collect();
    file["settings"]["revision"] = 2.into();
    let over = Device { file: Some(resigned(&file, &signing(1))), ..device };
    assert_eq!(over.broken(), Some(Broken::Format));
}
