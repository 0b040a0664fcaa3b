//! The anchor: missing, swapped, older and crashed writes.

use super::*;

#[test]
fn a_missing_file_or_anchor_is_told() {
    let (device, _) = Device::set_up();
    assert_eq!(Device { file: None, ..device.clone() }.broken(), Some(Broken::FileMissing));
    assert_eq!(Device { anchor: None, ..device.clone() }.broken(), Some(Broken::AnchorMissing));
    let anchor = device.anchor.clone().expect("an anchor");
    for length in 0..anchor.len() {
        let cut = Device { anchor: Some(anchor[..length].into()), ..device.clone() };
        assert_eq!(cut.broken(), Some(Broken::AnchorDamaged));
    }
    assert_eq!(Device { file: None, anchor: None, ..device }.open(), State::NotSetUp);
}

#[test]
fn another_guardians_file_is_told() {
    let (device, _) = Device::set_up();
    let (other, _) = Device::set_up_as(2, AgeBand::From16To17);
    let swapped = Device { file: other.file, ..device };
    assert_eq!(swapped.broken(), Some(Broken::Swapped));
}

#[test]
fn an_older_file_is_told() {
    let (mut device, _) = Device::set_up();
    let mut files = vec![device.file.clone()];
    for contact in ["ada", "bob", "eve"] {
        device.change(&decide(contact, GuardianDecision::Denied)).expect("a change");
        files.push(device.file.clone());
    }
    assert_eq!(device.opened().settings.revision, 4);
    for file in &files[..3] {
        assert_eq!(Device { file: file.clone(), ..device.clone() }.broken(), Some(Broken::RolledBack));
    }
}

#[test]
fn two_files_of_one_revision_are_told() {
    let (mut device, _) = Device::set_up();
    let mut other = device.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    other.change(&decide("ada", GuardianDecision::Approved)).expect("another");
    assert_eq!(Device { file: other.file, ..device }.broken(), Some(Broken::Conflict));
}

#[test]
fn a_crash_between_the_two_writes_does_no_harm() {
    let (mut device, paper) = Device::set_up();
    device.decided(&paper, "bob", 3, GuardianDecision::Approved);
    let before = device.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    // The file was written, the anchor not.
    let mut crashed = Device { file: device.file.clone(), ..before.clone() };
    let opened = crashed.opened();
    assert_eq!(opened.settings.revision, 2);
    assert_eq!((opened.settings.decision("bob"), opened.dropped), (Some(GuardianDecision::Approved), None));
    assert_eq!(opened.store.anchor, device.anchor);
    crashed.store(opened.store);
    assert_eq!(crashed.opened().store, Store::default());
    // And from now on the older one is refused.
    assert_eq!(Device { file: before.file, ..crashed }.broken(), Some(Broken::RolledBack));
}

#[test]
fn a_crash_while_setting_up_is_mended_by_the_pin() {
    let (set_up, _) = Device::set_up();
    let mut crashed = Device { anchor: None, ..set_up };
    assert_eq!(crashed.broken(), Some(Broken::AnchorMissing));
    assert_eq!(crashed.begin(NOW), None);
    let reinstated = manage::reinstate(&crashed.stored(), Secret::Pin(PIN), NOW).expect("the PIN is right");
    crashed.store(reinstated.store);
    assert_eq!(crashed.opened().settings.revision, 2);
}

#[test]
fn an_authentic_file_is_reinstated_by_its_guardian_only() {
    let (mut device, paper) = Device::set_up();
    let old = device.file.clone();
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    device.change(&decide("bob", GuardianDecision::Denied)).expect("another");
    let reinstate = |device: &Device, secret| manage::reinstate(&device.stored(), secret, NOW);
    assert_eq!(reinstate(&device, Secret::Recovery(&paper.recovery)), Err(GuardianError::AlreadySetUp));
    assert_eq!(reinstate(&Device::default(), Secret::Pin(PIN)), Err(GuardianError::NotSetUp));
    let mut back = Device { file: old, ..device.clone() };
    // Nothing but the guardian's secret will do, and nothing else is possible meanwhile.
    assert_eq!(reinstate(&back, Secret::Pin(PIN)), Err(GuardianError::NotCounted));
    assert_eq!(back.begin(NOW), None);
    assert_eq!(reinstate(&back, Secret::Pin("294818")), Err(GuardianError::PinWrong));
    let change = manage::change(&back.stored(), Secret::Pin(PIN), &Change::EndRelaxations {}, NOW);
    assert_eq!(change, Err(Broken::RolledBack.into()));
    let reinstated = reinstate(&back, Secret::Recovery(&paper.recovery)).expect("the code is right");
    // Above everything that was in use, so that no other file comes back.
    assert_eq!(reinstated.settings.revision, 4);
    assert_eq!(reinstated.settings.approvals, []);
    back.store(reinstated.store);
    assert_eq!(back.opened().settings.revision, 4);
    assert_eq!(Device { file: device.file.clone(), ..back }.broken(), Some(Broken::RolledBack));
    // An altered one is nobody's.
    let mut altered = device.clone();
    if let Some(file) = &mut altered.file {
        file[40] ^= 1;
    }
    assert_eq!(reinstate(&altered, Secret::Recovery(&paper.recovery)), Err(Broken::Altered.into()));
}
