//! The file: no bit and no part of it can be changed.

use super::*;

#[test]
fn what_was_set_up_is_read_without_a_pin() {
    assert_eq!(open(&Stored::default()), State::NotSetUp);
    let (device, _) = Device::set_up();
    let opened = device.opened();
    assert_eq!(opened.settings.revision, 1);
    assert_eq!(opened.settings.age_band, AgeBand::Under13);
    assert_eq!(opened.settings.profiles, ["eu-dsa"]);
    assert_eq!(opened.settings.created_at, NOW);
    assert_eq!((opened.by_code, opened.dropped, opened.store), (Vec::new(), None, Store::default()));
    // Readable, and without the PIN in it.
    let file = String::from_utf8_lossy(device.file.as_deref().expect("a file")).into_owned();
    assert!(file.contains("\"age_band\":\"under-13\"") && !file.contains(PIN));
    assert!(!file.contains(&hex(&signing(1).to_bytes())));
}

#[test]
fn settings_that_hold_are_not_set_up_again() {
    let (device, _) = Device::set_up();
    let begin = Begin { age_band: AgeBand::From16To17, profiles: Vec::new(), stretch: QUICK };
    let again =
        |stored: &Stored<'_>| manage::set_up(stored, &begin, PIN, &random::<SET_UP_RANDOM>(2), NOW).err();
    assert_eq!(again(&device.stored()), Some(GuardianError::AlreadySetUp));
    // Where they do not hold, they are.
    assert_eq!(again(&Stored { anchor: None, ..device.stored() }), None);
}

#[test]
fn random_bytes_must_be_there() {
    let begin = Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch: QUICK };
    for bytes in [&[0; SET_UP_RANDOM][..], &random::<{ SET_UP_RANDOM - 1 }>(1)] {
        let created = manage::set_up(&Stored::default(), &begin, PIN, bytes, NOW);
        assert_eq!(created.err(), Some(GuardianError::Random));
    }
}

#[test]
fn no_bit_of_a_file_can_be_changed() {
    let (device, _) = Device::set_up();
    let file = device.file.clone().expect("a file");
    for bit in 0..8 * file.len() {
        let mut changed = device.clone();
        let mut bytes = file.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        changed.file = Some(bytes);
        let expected: &[Broken] = match bit / 8 {
            8..=11 => &[Broken::Format],
            // Longer than there is, or shorter.
            12..=15 => &[Broken::Cut, Broken::Altered],
            _ => &[Broken::Altered],
        };
        let broken = changed.broken().expect("a changed file does not hold");
        assert!(expected.contains(&broken), "bit {bit}: {broken}");
    }
}

#[test]
fn no_part_of_a_file_can_be_missing_or_added() {
    let (device, _) = Device::set_up();
    let file = device.file.clone().expect("a file");
    for length in 0..file.len() {
        let cut = Device { file: Some(file[..length].into()), ..device.clone() };
        assert_eq!(cut.broken(), Some(Broken::Cut), "{length}");
    }
    let longer = Device { file: Some([file.as_slice(), b" "].concat()), ..device.clone() };
    assert_eq!(longer.broken(), Some(Broken::Altered));
    let vast = Device { file: Some([file, vec![0; MAX_FILE]].concat()), ..device };
    assert_eq!(vast.broken(), Some(Broken::Altered));
}

#[test]
fn what_is_signed_must_still_be_settings() {
    let (device, _) = Device::set_up();
    let file = payload(device.file.as_deref().expect("a file"));
    let key = signing(1);
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut payload = file.clone();
        // A revision on, so that the anchor does not mind.
        payload["settings"]["revision"] = 2.into();
        change(&mut payload);
        Device { file: Some(resigned(&payload, &key)), ..device.clone() }.open()
    };
    assert!(matches!(with(&|_| ()), State::Open(_)), "the key of these tests is the device's");
    let bad: [&dyn Fn(&mut serde_json::Value); 12] = [
        &|p| p["stretch"]["memory"] = (8 * 1024 - 1).into(),
        &|p| p["stretch"]["memory"] = (4 << 20).into(),
        &|p| p["stretch"]["passes"] = 0.into(),
        &|p| p["stretch"]["passes"] = 11.into(),
        &|p| p["stretch"]["lanes"] = 0.into(),
        &|p| p["stretch"]["lanes"] = 5.into(),
        &|p| p["settings"]["age_band"] = "adult".into(),
        &|p| p["settings"]["more"] = true.into(),
        &|p| p["settings"]["revision"] = (1u64 << 53).into(),
        &|p| p["valid_since"] = 3.into(),
        &|p| p["settings"]["profiles"] = vec!["a"; 2].into(),
        &|p| p["settings"]["created_at"] = "-0001".into(),
    ];
    for (at, change) in bad.into_iter().enumerate() {
        assert_eq!(with(change), State::Broken(Broken::Format), "{at}");
    }
}

#[test]
fn lowered_parameters_do_not_unlock() {
    let (mut device, _) = Device::set_up();
    let mut file = payload(device.file.as_deref().expect("a file"));
    file["stretch"]["passes"] = 2.into();
    file["settings"]["revision"] = 2.into();
    // Even signed by the right key, what the PIN wraps belongs to its parameters.
    device.file = Some(resigned(&file, &signing(1)));
    assert_eq!(device.change(&decide("ada", GuardianDecision::Denied)), Err(GuardianError::PinWrong));
}

#[test]
fn parameters_have_bounds_both_ways() {
    let begin = |stretch| Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch };
    for stretch in [
        Stretch { memory: 8 * 1024 - 1, ..QUICK },
        Stretch { memory: 128 * 1024 + 1, ..QUICK },
        Stretch { memory: u32::MAX, ..QUICK },
        Stretch { passes: 0, ..QUICK },
        Stretch { passes: 11, ..QUICK },
        Stretch { lanes: 0, ..QUICK },
        Stretch { lanes: 5, ..QUICK },
    ] {
        let random = random::<SET_UP_RANDOM>(1);
        let created = manage::set_up(&Stored::default(), &begin(stretch), PIN, &random, NOW);
        assert_eq!(created.err(), Some(GuardianError::Stretch), "{stretch:?}");
    }
    assert!(Stretch::default().is_valid() && QUICK.is_valid());
}

#[test]
fn pins_that_are_tried_first_are_refused() {
    let begin = Begin { age_band: AgeBand::Under13, profiles: Vec::new(), stretch: QUICK };
    let set_up =
        |pin: &str| manage::set_up(&Stored::default(), &begin, pin, &random::<SET_UP_RANDOM>(1), NOW).err();
    for short in ["", "12480", "ééééa", &"ab".repeat(33)] {
        assert_eq!(set_up(short), Some(GuardianError::PinLength), "{short}");
    }
    for weak in [
        "000000",
        "777777777",
        "123456",
        "654321",
        "567890",
        "890123",
        "098765",
        "abcdef",
        "zyxwvu",
        "      ",
    ] {
        assert_eq!(set_up(weak), Some(GuardianError::PinWeak), "{weak}");
    }
    for fine in ["123457", "112233", " 12345", &"é1".repeat(32)] {
        assert_eq!(set_up(fine), None, "{fine}");
    }
}
