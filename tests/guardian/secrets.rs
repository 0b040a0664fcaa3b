//! PIN and recovery code: who changes anything, and what ends.

use super::*;

#[test]
fn only_the_pin_or_the_recovery_code_changes_anything() {
    let (mut device, paper) = Device::set_up();
    let (_, others) = Device::set_up_as(2, AgeBand::Under13);
    let change = decide("ada", GuardianDecision::Approved);
    assert_eq!(
        manage::change(&device.stored(), Secret::Pin(PIN), &change, NOW),
        Err(GuardianError::NotCounted),
        "set-up leaves a record of no tries"
    );
    let before = device.file.clone();
    for wrong in ["294818", "", "294817 ", &"1".repeat(100_000)] {
        assert_eq!(device.change_at(&change, wrong, NOW), Err(GuardianError::PinWrong));
    }
    let by_code = |code: &str| manage::change(&device.stored(), Secret::Recovery(code), &change, NOW).err();
    assert_eq!(by_code(&others.recovery), Some(GuardianError::RecoveryWrong));
    assert_eq!(
        by_code(&paper.recovery.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l")),
        None
    );
    assert_eq!(device.file, before);
    device.change(&change).expect("the right PIN");
}

#[test]
fn slips_in_a_recovery_code_are_told_from_wrong_ones() {
    let (device, paper) = Device::set_up();
    let change = Change::EndRelaxations {};
    let by_code = |code: &str| manage::change(&device.stored(), Secret::Recovery(code), &change, NOW).err();
    assert_eq!(paper.recovery.len(), 29);
    assert!(paper.recovery.split('-').all(|group| group.len() == 5));
    let symbols: Vec<char> = paper.recovery.chars().filter(|c| *c != '-').collect();
    for at in 0..symbols.len() {
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| *c != symbols[at]) {
            let mut slip = symbols.clone();
            slip[at] = other;
            assert_eq!(by_code(&slip.iter().collect::<String>()), Some(GuardianError::Typo), "{at} {other}");
        }
        let missing: String = [&symbols[..at], &symbols[at + 1..]].concat().iter().collect();
        assert_eq!(by_code(&missing), Some(GuardianError::Typo));
    }
    let swapped = (0..24).filter(|at| symbols[*at] != symbols[at + 1]);
    for at in swapped {
        let mut slip = symbols.clone();
        slip.swap(at, at + 1);
        assert_eq!(by_code(&slip.iter().collect::<String>()), Some(GuardianError::Typo), "{at}");
    }
    for not_a_code in ["", "-", "ü", &"U".repeat(25), &"A".repeat(1000)] {
        assert_eq!(by_code(not_a_code), Some(GuardianError::Typo));
    }
    // A code of another kind is no recovery code either.
    assert_eq!(by_code(&paper.pairing), Some(GuardianError::Typo));
}

#[test]
fn a_pin_that_was_changed_is_no_longer_valid() {
    let (mut device, paper) = Device::set_up();
    let old = device.clone();
    assert_eq!(device.begin(NOW), None);
    let exchange = |device: &Device, from: &str, to: &str| {
        manage::change_pin(&device.stored(), from, to, &random::<PIN_RANDOM>(9), NOW)
    };
    assert_eq!(exchange(&device, OTHER_PIN, OTHER_PIN), Err(GuardianError::PinWrong));
    assert_eq!(exchange(&device, PIN, "123456"), Err(GuardianError::PinWeak));
    let changed = exchange(&device, PIN, OTHER_PIN).expect("the PIN is right");
    device.store(changed.store);
    assert_eq!(device.opened().settings.revision, 2);
    assert_eq!(device.change(&Change::EndRelaxations {}), Err(GuardianError::PinWrong));
    device.change_at(&Change::EndRelaxations {}, OTHER_PIN, NOW).expect("the new PIN");
    // The recovery code stays.
    manage::confirm(&device.stored(), Secret::Recovery(&paper.recovery), NOW).expect("the code");
    // Nor does the file of before help who knows the old PIN.
    let mut back = Device { file: old.file, ..device };
    assert_eq!(back.broken(), Some(Broken::RolledBack));
    assert_eq!(back.begin(NOW), None);
    assert_eq!(manage::reinstate(&back.stored(), Secret::Pin(PIN), NOW), Err(GuardianError::Ended));
}

#[test]
fn recovery_ends_the_old_pin_and_the_old_code() {
    let (mut device, paper) = Device::set_up();
    let old = device.clone();
    let recover = |device: &Device, code: &str, pin: &str| {
        manage::recover(&device.stored(), code, pin, &random::<RECOVER_RANDOM>(5), NOW)
    };
    assert_eq!(recover(&device, &paper.recovery, "1").err(), Some(GuardianError::PinLength));
    assert_eq!(recover(&device, &paper.pairing, OTHER_PIN).err(), Some(GuardianError::Typo));
    let renewed = recover(&device, &paper.recovery, OTHER_PIN).expect("the code is right");
    device.store(renewed.store);
    assert_ne!(renewed.code, paper.recovery);
    assert_eq!(recover(&device, &paper.recovery, OTHER_PIN).err(), Some(GuardianError::RecoveryWrong));
    assert_eq!(device.change(&Change::EndRelaxations {}), Err(GuardianError::PinWrong));
    device.change_at(&Change::EndRelaxations {}, OTHER_PIN, NOW).expect("the new PIN");
    manage::confirm(&device.stored(), Secret::Recovery(&renewed.code), NOW).expect("the new code");
    let back = Device { file: old.file, ..device };
    let reinstated = manage::reinstate(&back.stored(), Secret::Recovery(&paper.recovery), NOW);
    assert_eq!(reinstated, Err(GuardianError::Ended));
}
