//! Deciding about contacts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;

use super::json;
use crate::contact::facts::GuardianDecision;
use crate::contact::{ContactError, Facts, batch};
use crate::policy::profile::Profile;
use crate::policy::{AgeBand, Policy, PolicyError};

/// What contacts are decided with.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options<'a> {
    age_band: Option<AgeBand>,
    #[serde(borrow)]
    policy: Option<&'a RawValue>,
    profiles: Vec<&'a RawValue>,
}

/// An answer, or why there is none.
#[derive(Serialize)]
#[serde(untagged)]
enum Reply<T> {
    Answer(T),
    Refused { error: &'static str },
}

impl<T> From<Result<T, ContactError>> for Reply<T> {
    fn from(result: Result<T, ContactError>) -> Self {
        match result {
            Ok(answer) => Self::Answer(answer),
            Err(error) => Self::Refused { error: error.code() },
        }
    }
}

/// Decides about contacts.
#[wasm_bindgen]
pub struct Contacts(crate::contact::Contacts);

#[wasm_bindgen]
impl Contacts {
    /// Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Contacts, JsError> {
        let Options { age_band, policy, profiles } =
            serde_json::from_str(options).map_err(|_| JsError::new("options/form"))?;
        let refused = |error: PolicyError| JsError::new(error.code());
        let policy = match (policy, age_band) {
            (Some(own), _) => Some(Policy::from_json(own.get()).map_err(refused)?),
            (None, Some(band)) => Some(Policy::preset(band).map_err(refused)?),
            (None, None) => None,
        };
        let profiles: Result<Vec<_>, _> = profiles.into_iter().map(|one| Profile::read(one.get())).collect();
        let contacts = crate::contact::Contacts::new(policy.as_ref(), profiles.map_err(refused)?);
        Ok(Self(contacts.map_err(refused)?))
    }

    /// Takes what a guardian has decided, as JSON. Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(js_name = setGuardian)]
    pub fn set_guardian(&mut self, decisions: &str) -> Result<(), JsError> {
        let decisions: BTreeMap<String, GuardianDecision> =
            serde_json::from_str(decisions).map_err(|_| JsError::new("options/form"))?;
        self.0.set_guardian(decisions);
        Ok(())
    }

    /// Decides; the answer as JSON, or why there is none.
    pub fn decide(&self, facts: &str) -> String {
        self.reply(Facts::from_json(facts))
    }

    /// Decides about each of many, in their order, as JSON.
    #[wasm_bindgen(js_name = decideAll)]
    pub fn decide_all(&self, facts: &str) -> String {
        let facts = match batch::read(facts) {
            Ok(facts) => facts,
            Err(error) => return json(&Reply::<()>::from(Err(error))),
        };
        let answers: Vec<String> = facts.into_iter().map(|facts| self.reply(facts)).collect();
        format!("[{}]", answers.join(","))
    }

    /// What is left of a recommender's output, as JSON.
    #[wasm_bindgen(js_name = filterSuggestions)]
    pub fn filter_suggestions(&self, facts: &str) -> String {
        json(&Reply::from(batch::read(facts).and_then(|facts| self.0.filter_suggestions(facts))))
    }

    /// A look at everybody whom somebody is connected with, as JSON.
    #[wasm_bindgen(js_name = auditConnections)]
    pub fn audit_connections(&self, facts: &str) -> String {
        json(&Reply::from(batch::read(facts).and_then(|facts| self.0.audit_connections(facts))))
    }

    /// What to tell the user at a moment, as JSON.
    pub fn tell(&self, moment: &str) -> String {
        json(&self.0.tell(moment))
    }

    /// The policy in force, as JSON.
    pub fn policy(&self) -> String {
        json(self.0.policy())
    }

    /// What each profile finds in a policy by itself, as JSON. Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(js_name = auditPolicy)]
    pub fn audit_policy(&self, policy: &str) -> Result<String, JsError> {
        let found = Policy::from_json(policy).and_then(|policy| Ok(json(&self.0.audit_policy(&policy)?)));
        found.map_err(|error| JsError::new(error.code()))
    }
}

impl Contacts {
    fn reply(&self, facts: Result<Facts, ContactError>) -> String {
        match facts.map(|facts| self.0.with_guardian(facts)) {
            Ok(facts) => json(&Reply::from(self.0.decide(&facts))),
            Err(error) => json(&Reply::<()>::from(Err(error))),
        }
    }
}

/// The preset of an age band, as JSON. Throws an `Error` whose message is a stable code.
#[wasm_bindgen]
pub fn preset(band: &str) -> Result<String, JsError> {
    let band = serde_json::from_value(band.into()).map_err(|_| JsError::new("options/form"))?;
    Policy::preset(band).map(|policy| json(&policy)).map_err(|error| JsError::new(error.code()))
}

/// A profile that comes with the package, as JSON. Throws an `Error` whose message is a stable code.
#[wasm_bindgen]
pub fn profile(name: &str) -> Result<String, JsError> {
    Profile::named(name).map(|profile| json(&profile)).map_err(|error| JsError::new(error.code()))
}

/// Names of the profiles that come with the package, as JSON.
#[wasm_bindgen]
pub fn profiles() -> String {
    json(&Profile::names().collect::<Vec<_>>())
}
