//! What holds in the end: preset, guardian, school.

use super::*;

fn layered(state: &State, managed: Option<&str>, now: Moment) -> Layered {
    let managed = managed.map(|json| Managed::from_json(json).expect("managed settings"));
    layers(state, AgeBand::From16To17, managed.as_ref(), now).expect("layers")
}

fn preset(band: AgeBand) -> Policy {
    Policy::preset(band).expect("a preset")
}

#[test]
fn without_settings_the_apps_band_holds_and_broken_ones_are_the_strictest() {
    let unset = layered(&State::NotSetUp, None, NOW);
    assert_eq!((unset.policy, unset.because), (preset(AgeBand::From16To17), vec![]));
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    let open = layered(&device.open(), None, NOW);
    assert_eq!(open.policy.age_band, AgeBand::From13To15);
    assert_eq!(open.policy.version, format!("{}+guardian.2", preset(AgeBand::From13To15).version));
    assert_eq!(open.decisions.get("ada"), Some(&GuardianDecision::Approved));
    assert_eq!(open.because, [Because::Guardian]);
    device.anchor = None;
    let broken = layered(&device.open(), None, NOW);
    assert_eq!((broken.policy, broken.because), (preset(AgeBand::Under13), vec![Because::SettingsBroken]));
    assert!(broken.decisions.is_empty(), "what was approved does not hold either");
}

#[test]
fn a_relaxation_is_that_of_its_part_and_ends() {
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&Change::Relax { what: Relaxed::Contacts, until: later(3600) }).expect("a change");
    let state = device.open();
    let during = layered(&state, None, later(3599));
    assert_eq!(during.policy.contact, preset(AgeBand::From16To17).contact);
    assert_eq!(during.policy.picture, preset(AgeBand::From13To15).picture);
    assert_eq!(during.policy.pause, preset(AgeBand::From13To15).pause);
    assert_eq!(during.policy.age_band, AgeBand::From13To15, "one stays as old as one is");
    assert_eq!(during.because, [Because::Guardian, Because::ContactsRelaxed]);
    assert_eq!(during.until, Some(later(3600)));
    let after = layered(&state, None, later(3600));
    assert_eq!(after.policy.contact, preset(AgeBand::From13To15).contact);
    assert_eq!((after.because, after.until), (vec![Because::Guardian], None));
}

#[test]
fn who_manages_a_device_only_makes_it_stricter() {
    let (mut device, _) = Device::set_up_as(1, AgeBand::From13To15);
    device.change(&decide("ada", GuardianDecision::Approved)).expect("a change");
    device.change(&Change::SetProfiles { profiles: vec!["ofcom-icu".into()] }).expect("a change");
    device.change(&Change::Relax { what: Relaxed::All, until: later(3600) }).expect("a change");
    let state = device.open();
    let school =
        r#"{"name":"School","profiles":["eu-dsa-28","ofcom-icu"],"relaxations":false,"denied":["ada"]}"#;
    let managed = layered(&state, Some(school), later(1));
    assert_eq!(managed.policy.contact, preset(AgeBand::From13To15).contact, "no relaxation");
    assert_eq!((managed.because, managed.until), (vec![Because::Guardian, Because::Managed], None));
    assert_eq!(managed.profiles, ["ofcom-icu", "eu-dsa-28"]);
    assert_eq!(managed.decisions.get("ada"), Some(&GuardianDecision::Denied));
    assert_eq!(managed.managed_by.as_deref(), Some("School"));
    for (asked, expected) in
        [("under-13", AgeBand::Under13), ("13-15", AgeBand::From13To15), ("adult", AgeBand::From13To15)]
    {
        let json = format!(r#"{{"name":"School","age_band":"{asked}"}}"#);
        let managed = layered(&state, Some(&json), NOW);
        assert_eq!(managed.policy.age_band, expected);
        // A relaxation does not reach over what the school lets it.
        let milder = if asked == "adult" { AgeBand::From16To17 } else { expected };
        assert_eq!(managed.policy.picture, preset(milder).picture, "{asked}");
    }
    for (json, error) in [
        ("{}", GuardianError::Text),
        (r#"{"name":""}"#, GuardianError::Text),
        (r#"{"name":"a\u202eb"}"#, GuardianError::Text),
        (r#"{"name":"S","milder":true}"#, GuardianError::Text),
        (r#"{"name":"S","profiles":["1","2","3","4","5","6","7","8","9"]}"#, GuardianError::TooMany),
    ] {
        assert_eq!(Managed::from_json(json).err(), Some(error), "{json}");
    }
}

#[test]
fn what_is_told_is_fixed() {
    let told = |band| serde_json::to_value(told(band)).expect("JSON");
    let never = serde_json::json!(["pictures", "messages", "scores", "hashes", "help-used", "journal"]);
    let all = serde_json::json!(["age-band", "profiles", "contact-approvals", "relaxations", "pin"]);
    let sees = ["settings", "approval-requests", "approved-contacts", "pause-counts"];
    for (band, sees, decides) in [
        (AgeBand::Under13, &sees[..4], all.clone()),
        (AgeBand::From13To15, &sees[..3], all),
        (AgeBand::From16To17, &sees[..1], serde_json::json!(["age-band", "profiles", "relaxations", "pin"])),
        (AgeBand::Adult, &[], serde_json::json!([])),
    ] {
        assert_eq!(told(band), serde_json::json!({ "sees": sees, "decides": decides, "never": never }));
    }
}
