//! Changes: what a guardian can change at which age.

use super::*;

#[test]
fn each_change_is_one_revision() {
    let (mut device, _) = Device::set_up();
    let changes = [
        decide("ada", GuardianDecision::Approved),
        decide("ada", GuardianDecision::Denied),
        Change::SetProfiles { profiles: vec!["uk-osa".into(), "br-eca".into()] },
        Change::Relax { what: Relaxed::Pictures, until: later(100) },
        Change::Relax { what: Relaxed::Pictures, until: later(DAY) },
        Change::SetAgeBand { age_band: AgeBand::From13To15 },
        Change::Forget { contact: "ada".into() },
        Change::EndRelaxations {},
    ];
    for (at, change) in changes.iter().enumerate() {
        let json = serde_json::to_string(change).expect("JSON");
        assert_eq!(serde_json::from_str::<Change>(&json).ok().as_ref(), Some(change), "{json}");
        device.change(change).expect("a change");
        let settings = device.opened().settings;
        assert_eq!(settings.revision, at as u64 + 2);
        match at {
            0 => assert_eq!(settings.decision("ada"), Some(GuardianDecision::Approved)),
            1 => assert_eq!(settings.approvals.len(), 1),
            2 => assert_eq!(settings.profiles, ["uk-osa", "br-eca"]),
            4 => assert_eq!(settings.relaxations.len(), 1),
            5 => assert_eq!((settings.relaxations, settings.approvals.len()), (Vec::new(), 1)),
            6 => assert_eq!(settings.approvals, []),
            _ => {}
        }
    }
}

#[test]
fn relaxations_are_one_step_and_end() {
    let (mut device, _) = Device::set_up();
    device.change(&Change::Relax { what: Relaxed::Pictures, until: later(DAY) }).expect("a change");
    device.change(&Change::Relax { what: Relaxed::All, until: later(100) }).expect("a change");
    let settings = device.opened().settings;
    let band = |what, at| settings.band_for(what, later(at));
    assert_eq!(band(Relaxed::Contacts, -1), AgeBand::Under13);
    assert_eq!(band(Relaxed::Contacts, 0), AgeBand::From13To15);
    // Two at once are still one step.
    assert_eq!(band(Relaxed::Pictures, 99), AgeBand::From13To15);
    assert_eq!(band(Relaxed::Contacts, 100), AgeBand::Under13);
    assert_eq!(band(Relaxed::Pictures, DAY - 1), AgeBand::From13To15);
    assert_eq!(band(Relaxed::Pictures, DAY), AgeBand::Under13);
    // What is over is dropped with the next change.
    device.change_at(&Change::SetProfiles { profiles: Vec::new() }, PIN, later(200)).expect("a change");
    let left: Vec<_> =
        device.opened().settings.relaxations.iter().map(|relaxation| relaxation.what).collect();
    assert_eq!(left, [Relaxed::Pictures]);
}

#[test]
fn changes_that_cannot_be_are_refused() {
    let (mut device, _) = Device::set_up();
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    let named = |contact: &str, label: &str| Change::Decide {
        contact: contact.into(),
        label: label.into(),
        decision: GuardianDecision::Approved,
    };
    let profiles =
        |names: &[&str]| Change::SetProfiles { profiles: names.iter().copied().map(String::from).collect() };
    let relax = |until| Change::Relax { what: Relaxed::All, until };
    let long = "é".repeat(129);
    for (change, error) in [
        (Change::SetAgeBand { age_band: AgeBand::Adult }, GuardianError::NotDecided),
        (profiles(&["1", "2", "3", "4", "5", "6", "7", "8", "9"]), GuardianError::TooMany),
        (profiles(&["twice", "twice"]), GuardianError::TooMany),
        (profiles(&[""]), GuardianError::Text),
        (profiles(&[&long[..130]]), GuardianError::Text),
        (named("", "Ada"), GuardianError::Text),
        (named(&long, "Ada"), GuardianError::Text),
        (named("ada\n", "Ada"), GuardianError::Text),
        (named("ada", "A\u{202e}da"), GuardianError::Text),
        (named("ada", &long[..130]), GuardianError::Text),
        (Change::Forget { contact: "bob".into() }, GuardianError::Unknown),
        (relax(NOW), GuardianError::Duration),
        (relax(later(-1)), GuardianError::Duration),
        // Under 13, a day at most.
        (relax(later(DAY + 1)), GuardianError::Duration),
        (relax(Moment(i64::MAX)), GuardianError::Time),
    ] {
        let before = device.clone();
        assert_eq!(device.change(&change), Err(error), "{change:?}");
        device.attempts = before.attempts.clone();
        assert!(device == before);
    }
    for fine in
        [named(&long[..256], &long[..128]), profiles(&["1", "2", "3", "4", "5", "6", "7", &long[..128]])]
    {
        device.change(&fine).expect("as much as there may be");
    }
    for json in [
        r#"{"change":"set-age-band"}"#,
        r#"{"change":"set-age-band","age_band":"12"}"#,
        r#"{"change":"set-age-band","age_band":"13-15","and":1}"#,
        r#"{"change":"end-relaxations","and":1}"#,
        r#"{"change":"nothing"}"#,
        "[]",
    ] {
        assert!(serde_json::from_str::<Change>(json).is_err(), "{json}");
    }
}

#[test]
fn a_guardian_of_somebody_older_decides_less() {
    let (mut device, paper) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Denied)).expect("a change");
    device.decided(&paper, "bob", 4, GuardianDecision::Denied);
    device.change(&Change::SetAgeBand { age_band: AgeBand::From16To17 }).expect("a change");
    // What nobody could take back is gone.
    assert_eq!(device.opened().settings.approvals, []);
    let refused = Err(GuardianError::NotDecided);
    assert_eq!(device.change(&decide("ada", GuardianDecision::Denied)), refused);
    assert_eq!(device.change(&Change::Forget { contact: "ada".into() }), refused);
    assert_eq!(device.ask("ada", 1, NOW).err(), Some(GuardianError::NotDecided));
    device.change(&Change::Relax { what: Relaxed::Contacts, until: later(DAY) }).expect("a change");
    assert_eq!(device.opened().settings.band_for(Relaxed::Contacts, NOW), AgeBand::Adult);
    device.change(&Change::SetAgeBand { age_band: AgeBand::Under13 }).expect("a change");
    let begin = Begin { age_band: AgeBand::Adult, profiles: Vec::new(), stretch: QUICK };
    let adult = manage::set_up(&Stored::default(), &begin, PIN, &random::<SET_UP_RANDOM>(1), NOW);
    assert_eq!(adult.err(), Some(GuardianError::NotDecided));
}

#[test]
fn an_older_band_may_be_relaxed_for_longer() {
    for (band, longest) in
        [(AgeBand::Under13, DAY), (AgeBand::From13To15, 3 * DAY), (AgeBand::From16To17, MAX_RELAXATION)]
    {
        let (mut device, _) = Device::set_up_as(1, band);
        let relax = |seconds| Change::Relax { what: Relaxed::All, until: later(seconds) };
        assert_eq!(device.change(&relax(longest + 1)), Err(GuardianError::Duration), "{band:?}");
        device.begin(NOW);
        assert_eq!(device.change(&relax(longest)), Ok(()), "{band:?}");
    }
}
