//! Whatever there is: nothing makes it panic, and nothing opens but the guardian's.

use super::*;

fn any_record() -> impl Strategy<Value = Option<Vec<u8>>> {
    proptest::option::of(proptest::collection::vec(any::<u8>(), 0..300))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(256) })]

    #[test]
    fn no_bytes_open_but_the_guardians(file in any_record(), anchor in any_record(), granted in any_record()) {
        let there = file.is_some() || anchor.is_some();
        let device = Device { file, anchor, granted, ..Device::default() };
        match device.open() {
            State::NotSetUp => assert!(!there),
            State::Broken(_) => assert!(there),
            State::Open(_) => panic!("opened what nobody signed"),
        }
    }

    #[test]
    fn no_payload_makes_it_panic(json in "[\\[\\]{}\":,a-z0-9]{0,200}", anchor in any_record()) {
        let payload = serde_json::from_str(&json).unwrap_or(serde_json::Value::String(json));
        let device = Device { file: Some(resigned(&payload, &signing(1))), anchor, ..Device::default() };
        prop_assert!(device.broken().is_some());
    }

    #[test]
    fn no_records_make_anything_else_panic(
        attempts in any_record(), pending in any_record(), granted in any_record(), now in any::<i64>(), text in ".{0,40}",
    ) {
        let (device, paper) = READY.with(Clone::clone);
        let device = Device { attempts, pending, granted, ..device };
        let _ = attempts::begin(&device.stored(), Moment(now));
        let _ = approval::accept(&device.stored(), "00000000", "00000000", Moment(now));
        let _ = approval::accept(&device.stored(), &text, &text, Moment(now));
        let _ = approval::ask(&device.stored(), &wish(&text), &random::<ASK_RANDOM>(1), Moment(now));
        let _ = approval::read(&text);
        let _ = approval::answer(&paper, &text, GuardianDecision::Denied);
        let relax = Change::Relax { what: Relaxed::All, until: Moment(now) };
        let secret = Secret::Recovery(&text);
        prop_assert!(manage::change(&device.stored(), secret, &relax, NOW).is_err());
    }
}

thread_local! {
    static READY: (Device, String) = {
        let (device, paper) = Device::set_up();
        (device, paper.pairing)
    };
}
