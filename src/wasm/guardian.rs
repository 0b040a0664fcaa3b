//! Guardian settings.

use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use super::json;
use crate::contact::facts::{GuardianDecision, Moment};
use crate::policy::AgeBand;
use crate::policy::guardian::approval::{self, Wish};
use crate::policy::guardian::attempts::{self, Begun};
use crate::policy::guardian::{
    Begin, Change, Changed, GuardianError, Managed, Renewed, Secret, Settings, State, Store, Stored, Told,
    layers, manage, open, told,
};

/// What is stored, and what is to be stored. Every function that throws throws an `Error` whose message is a stable code.
#[wasm_bindgen]
#[derive(Default)]
pub struct Guardianship {
    stored: Store,
    /// What the last call wants stored.
    changed: Store,
}

/// What the settings are worth.
#[derive(Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
enum Shown<'a> {
    NotSetUp,
    #[serde(rename_all = "camelCase")]
    Open {
        settings: &'a Settings,
        told: Told,
        key: &'a str,
        by_code: &'a [String],
        dropped: Option<&'static str>,
    },
    Broken {
        code: &'static str,
    },
}

/// Whether there may be a try.
#[derive(Serialize)]
struct Wait {
    seconds: u64,
}

/// What is shown once.
#[derive(Serialize)]
struct Once<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    recovery: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pairing: Option<&'a str>,
}

/// A guardian's secret, as it was typed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum Typed {
    Pin(String),
    Recovery(String),
}

impl Typed {
    fn secret(&self) -> Secret<'_> {
        match self {
            Self::Pin(pin) => Secret::Pin(pin),
            Self::Recovery(code) => Secret::Recovery(code),
        }
    }
}

fn refused(error: GuardianError) -> JsError {
    JsError::new(error.code())
}

fn read<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, JsError> {
    serde_json::from_str(json).map_err(|_| JsError::new("options/form"))
}

fn at(now: f64) -> Moment {
    // Saturates; what is no time is refused as one.
    Moment(now as i64)
}

#[wasm_bindgen]
impl Guardianship {
    /// With the five records as they are stored.
    #[wasm_bindgen(constructor)]
    pub fn new(
        attempts: Option<Vec<u8>>,
        pending: Option<Vec<u8>>,
        granted: Option<Vec<u8>>,
        file: Option<Vec<u8>>,
        anchor: Option<Vec<u8>>,
    ) -> Self {
        Self { stored: Store { attempts, pending, granted, file, anchor }, changed: Store::default() }
    }

    /// A record that the last call wants stored, once; they are to be stored in the order of the constructor.
    pub fn take(&mut self, record: &str) -> Option<Vec<u8>> {
        let Store { attempts, pending, granted, file, anchor } = &mut self.changed;
        match record {
            "attempts" => attempts.take(),
            "pending" => pending.take(),
            "granted" => granted.take(),
            "file" => file.take(),
            "anchor" => anchor.take(),
            _ => None,
        }
    }

    /// What the settings are worth, as JSON.
    pub fn state(&mut self) -> String {
        match open(&self.stored()) {
            State::NotSetUp => json(&Shown::NotSetUp),
            State::Broken(broken) => json(&Shown::Broken { code: broken.code() }),
            State::Open(opened) => {
                let (settings, told) = (&opened.settings, told(opened.settings.age_band));
                let dropped = opened.dropped.map(|dropped| dropped.code());
                let (key, by_code) = (opened.key.as_str(), opened.by_code.as_slice());
                let shown = json(&Shown::Open { settings, told, key, by_code, dropped });
                self.keep(opened.store);
                shown
            }
        }
    }

    /// What holds, as JSON. `managed` is JSON, or nothing.
    pub fn layers(&self, unset: &str, managed: Option<String>, now: f64) -> Result<String, JsError> {
        let unset: AgeBand =
            serde_json::from_value(unset.into()).map_err(|_| JsError::new("options/form"))?;
        let managed = managed.map(|managed| Managed::from_json(&managed)).transpose().map_err(refused)?;
        let layered = layers(&open(&self.stored()), unset, managed.as_ref(), at(now));
        layered.map(|layered| json(&layered)).map_err(|error| JsError::new(error.code()))
    }

    /// Counts a try of the PIN: for how many seconds to wait, 0 if there may be one now, as JSON.
    pub fn begin(&mut self, now: f64) -> Result<String, JsError> {
        let (seconds, record) = match attempts::begin(&self.stored(), at(now)).map_err(refused)? {
            Begun::Try { record } => (0, record),
            Begun::Wait { seconds, record } => (seconds, record),
        };
        self.keep(Store { attempts: Some(record), ..Store::default() });
        Ok(json(&Wait { seconds }))
    }

    /// Sets up; what is shown once, as JSON.
    #[wasm_bindgen(js_name = setUp)]
    pub fn set_up(&mut self, begin: &str, pin: &str, random: &[u8], now: f64) -> Result<String, JsError> {
        let begin: Begin = read(begin)?;
        let created = manage::set_up(&self.stored(), &begin, pin, random, at(now)).map_err(refused)?;
        self.keep(created.store);
        Ok(json(&Once { recovery: Some(&created.recovery), pairing: Some(&created.pairing) }))
    }

    /// Changes the settings.
    pub fn change(&mut self, secret: &str, change: &str, now: f64) -> Result<(), JsError> {
        let (typed, change): (Typed, Change) = (read(secret)?, read(change)?);
        let changed = manage::change(&self.stored(), typed.secret(), &change, at(now)).map_err(refused)?;
        self.keep(changed.store);
        Ok(())
    }

    /// Exchanges the PIN.
    #[wasm_bindgen(js_name = changePin)]
    pub fn change_pin(&mut self, old: &str, new: &str, random: &[u8], now: f64) -> Result<(), JsError> {
        let changed = manage::change_pin(&self.stored(), old, new, random, at(now)).map_err(refused)?;
        self.keep(changed.store);
        Ok(())
    }

    /// Sets a new PIN by the recovery code; what is shown once, as JSON.
    pub fn recover(&mut self, code: &str, pin: &str, random: &[u8], now: f64) -> Result<String, JsError> {
        let renewed = manage::recover(&self.stored(), code, pin, random, at(now)).map_err(refused)?;
        Ok(self.renewed(renewed, |code| Once { recovery: Some(code), pairing: None }))
    }

    /// Makes a new pairing key; what is shown once, as JSON.
    pub fn pair(&mut self, secret: &str, random: &[u8], now: f64) -> Result<String, JsError> {
        let typed: Typed = read(secret)?;
        let renewed = manage::pair(&self.stored(), typed.secret(), random, at(now)).map_err(refused)?;
        Ok(self.renewed(renewed, |code| Once { recovery: None, pairing: Some(code) }))
    }

    /// Makes an authentic file hold again.
    pub fn reinstate(&mut self, secret: &str, now: f64) -> Result<(), JsError> {
        let typed: Typed = read(secret)?;
        let Changed { store, .. } =
            manage::reinstate(&self.stored(), typed.secret(), at(now)).map_err(refused)?;
        self.keep(store);
        Ok(())
    }

    /// Whether the secret is the guardian's.
    pub fn confirm(&mut self, secret: &str, now: f64) -> Result<(), JsError> {
        let typed: Typed = read(secret)?;
        let store = manage::confirm(&self.stored(), typed.secret(), at(now)).map_err(refused)?;
        self.keep(store);
        Ok(())
    }

    /// Makes a request, as JSON.
    pub fn ask(&mut self, wish: &str, random: &[u8], now: f64) -> Result<String, JsError> {
        let wish: Wish = read(wish)?;
        let asked = approval::ask(&self.stored(), &wish, random, at(now)).map_err(refused)?;
        self.keep(asked.store);
        Ok(json(&asked.request))
    }

    /// Takes an answer; what became of it, as JSON.
    pub fn accept(&mut self, code: &str, answer: &str, now: f64) -> Result<String, JsError> {
        let answered = approval::accept(&self.stored(), code, answer, at(now)).map_err(refused)?;
        self.keep(answered.store);
        Ok(json(&answered.outcome))
    }
}

impl Guardianship {
    fn stored(&self) -> Stored<'_> {
        let Store { attempts, pending, granted, file, anchor } = &self.stored;
        Stored {
            attempts: attempts.as_deref(),
            pending: pending.as_deref(),
            granted: granted.as_deref(),
            file: file.as_deref(),
            anchor: anchor.as_deref(),
        }
    }

    fn keep(&mut self, store: Store) {
        let Store { attempts, pending, granted, file, anchor } = store.clone();
        let known = &mut self.stored;
        for (known, new) in [
            (&mut known.attempts, attempts),
            (&mut known.pending, pending),
            (&mut known.granted, granted),
            (&mut known.file, file),
            (&mut known.anchor, anchor),
        ] {
            if new.is_some() {
                *known = new;
            }
        }
        self.changed = store;
    }

    fn renewed(&mut self, renewed: Renewed, once: impl Fn(&str) -> Once<'_>) -> String {
        self.keep(renewed.store);
        json(&once(&renewed.code))
    }
}

/// A request as the guardian's device shows it, as JSON.
#[wasm_bindgen(js_name = readRequest)]
pub fn read_request(text: &str) -> Result<String, JsError> {
    approval::read(text).map(|shown| json(&shown)).map_err(refused)
}

/// The guardian's answer to a request.
#[wasm_bindgen(js_name = answerRequest)]
pub fn answer_request(pairing: &str, code: &str, decision: &str) -> Result<String, JsError> {
    let decision: GuardianDecision =
        serde_json::from_value(decision.into()).map_err(|_| JsError::new("options/form"))?;
    approval::answer(pairing, code, decision).map_err(refused)
}

/// How many random bytes each function takes, as JSON.
#[wasm_bindgen(js_name = randomBytes)]
pub fn random_bytes() -> String {
    let sizes = [
        ("setUp", manage::SET_UP_RANDOM),
        ("changePin", manage::PIN_RANDOM),
        ("recover", manage::RECOVER_RANDOM),
        ("pair", manage::PAIR_RANDOM),
        ("ask", approval::ASK_RANDOM),
    ];
    json(&std::collections::BTreeMap::from(sizes))
}
