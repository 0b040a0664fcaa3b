//! Wrong PINs wait, over restarts too.

use super::*;

/// What a record says, over a restart: bytes are all that is left.
fn failed(device: &mut Device, now: Moment) -> Option<u64> {
    let wait = device.begin(now);
    if wait.is_none() {
        let result = manage::confirm(&device.stored(), Secret::Pin("000001"), now);
        assert_eq!(result, Err(GuardianError::PinWrong));
    }
    wait
}

#[test]
fn five_tries_are_free_and_then_each_waits_longer() {
    let (mut device, _) = Device::set_up();
    let mut now = NOW.0;
    for _ in 0..5 {
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    for wait in [60, 300, 900, 3600, 3600, 3600] {
        assert_eq!(failed(&mut device, Moment(now)), Some(wait));
        assert_eq!(failed(&mut device, Moment(now + wait as i64 - 1)), Some(1));
        now += wait as i64;
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    // The right one ends it.
    now += 3600;
    assert_eq!(device.begin(Moment(now)), None);
    let store = manage::confirm(&device.stored(), Secret::Pin(PIN), Moment(now)).expect("the PIN");
    device.store(store);
    for _ in 0..5 {
        assert_eq!(failed(&mut device, Moment(now)), None);
    }
    assert_eq!(failed(&mut device, Moment(now)), Some(60));
}

#[test]
fn ending_the_app_before_the_answer_gains_nothing() {
    let (mut device, _) = Device::set_up();
    (0..5).for_each(|_| assert_eq!(device.begin(NOW), None));
    assert_eq!(device.begin(NOW), Some(60));
}

#[test]
fn a_record_that_is_not_there_waits_longest() {
    let (mut device, _) = Device::set_up();
    let (other, _) = Device::set_up_as(2, AgeBand::Under13);
    let fresh = device.attempts.clone().expect("a record");
    let with = |from: &str, to: &str| String::from_utf8_lossy(&fresh).replace(from, to).into_bytes();
    for record in [
        None,
        Some(Vec::new()),
        Some(b"{}".to_vec()),
        other.attempts,
        Some(with("\"failures\":0", "\"failures\":-1")),
        Some(with("\"failures\":0", "\"failures\":9")),
        Some(with("\"format\":1", "\"format\":2")),
        Some([fresh.clone(), vec![b' '; 2000]].concat()),
    ] {
        assert_ne!(record.as_ref(), Some(&fresh));
        device.attempts = record;
        assert_eq!(failed(&mut device, NOW), Some(3600));
        // It goes by, from then on.
        assert_eq!(failed(&mut device, later(1800)), Some(1800));
        assert_eq!(failed(&mut device, later(3600)), None);
        assert_eq!(failed(&mut device, later(3600)), Some(3600));
    }
}

#[test]
fn a_clock_that_is_set_back_begins_the_wait_again() {
    let (mut device, _) = Device::set_up();
    (0..5).for_each(|_| assert_eq!(failed(&mut device, NOW), None));
    assert_eq!(failed(&mut device, later(50)), Some(10));
    assert_eq!(failed(&mut device, later(-1000)), Some(60));
    assert_eq!(failed(&mut device, later(-950)), Some(10));
    assert_eq!(failed(&mut device, later(-940)), None);
    // Forward buys one try each time, as waiting would, and the count stays.
    assert_eq!(failed(&mut device, later(10 * DAY)), None);
    assert_eq!(failed(&mut device, later(10 * DAY)), Some(900));
    assert_eq!(failed(&mut device, NOW), Some(900));
    for never in [Moment(-1), Moment(i64::MIN), Moment(i64::MAX)] {
        assert_eq!(attempts::begin(&device.stored(), never), Err(GuardianError::Time));
    }
}
