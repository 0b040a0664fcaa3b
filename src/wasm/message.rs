//! Conversations.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use wasm_bindgen::prelude::*;

use super::{json, keys};
use crate::hash::list::PublicKey;
use crate::issue::Taken;
use crate::message::conversation::PictureEvent;
use crate::message::file::{self, About, Draft, PackError};
use crate::message::signal::Speaker;
use crate::message::standing;
use crate::message::{Conversations, MessageError, Outlook, Pack, Source};
use crate::policy::{AgeBand, Policy};

/// What conversations are looked at with.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Options<'a> {
    age_band: AgeBand,
    #[serde(borrow)]
    policy: Option<&'a RawValue>,
    /// Issuers of language packs, in hexadecimal digits.
    trusted: Vec<String>,
}

/// An answer, or why there is none.
#[derive(Serialize)]
#[serde(untagged)]
enum Reply<T> {
    Answer(T),
    Refused { error: &'static str },
}

impl From<Result<Outlook, MessageError>> for Reply<Outlook> {
    fn from(result: Result<Outlook, MessageError>) -> Self {
        match result {
            Ok(outlook) => Self::Answer(outlook),
            Err(error) => Self::Refused { error: error.code() },
        }
    }
}

/// What became of a pack, or why it is refused.
#[derive(Serialize)]
struct Outcome {
    taken: Option<&'static str>,
    error: Option<&'static str>,
}

/// All conversations of a user.
#[wasm_bindgen]
pub struct Messages(Conversations);

#[wasm_bindgen]
impl Messages {
    /// Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Result<Messages, JsError> {
        let Options { age_band, policy, trusted } =
            serde_json::from_str(options).map_err(|_| JsError::new("options/form"))?;
        let policy = match policy {
            Some(own) => Policy::from_json(own.get()),
            None => Policy::preset(age_band),
        };
        let policy = policy.map_err(|error| JsError::new(error.code()))?;
        let trusted = keys(&trusted).map_err(|_| JsError::new(PackError::Key.code()))?;
        Ok(Self(Conversations::new(policy.message, trusted)))
    }

    /// Adds a pack that came with the release. Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(js_name = addBundled)]
    pub fn add_bundled(&mut self, bytes: &[u8]) -> Result<(), JsError> {
        self.0.add_bundled(bytes).map_err(|error| JsError::new(error.code()))
    }

    /// Takes a signed pack; what became of it, as JSON.
    #[wasm_bindgen(js_name = takePack)]
    pub fn take_pack(&mut self, bytes: &[u8], now: f64) -> String {
        let taken = self.0.take_pack(bytes, now as u64);
        json(&Outcome { taken: taken.ok().map(Taken::name), error: taken.err().map(PackError::code) })
    }

    /// Stops using a signed pack. Throws an `Error` whose message is a stable code.
    #[wasm_bindgen(js_name = dropPack)]
    pub fn drop_pack(&mut self, issuer: &str, name: &str) -> Result<(), JsError> {
        let issuer: PublicKey = issuer.parse().map_err(|_| JsError::new(PackError::Key.code()))?;
        self.0.drop_pack(&issuer, name).map_err(|error| JsError::new(error.code()))
    }

    /// What the signed packs say of themselves, as JSON.
    pub fn packs(&self) -> String {
        json(&self.0.issued_packs().collect::<Vec<_>>())
    }

    /// Says what is known of the other side, as JSON. Throws an `Error` whose message is a stable code.
    pub fn meet(&mut self, peer: &str, about: &str) -> Result<(), JsError> {
        let about: standing::About = serde_json::from_str(about).map_err(|_| JsError::new("message/form"))?;
        self.0.meet(peer, &about).map_err(|error| JsError::new(error.code()))
    }

    /// Takes a message, `at` in seconds since 1970; what is to be said of the conversation, as JSON.
    pub fn check(&mut self, peer: &str, is_own: bool, text: &str, at: f64) -> String {
        let speaker = if is_own { Speaker::User } else { Speaker::Peer };
        json(&Reply::from(self.0.check(peer, speaker, text, Some(at as i64))))
    }

    /// Takes what happened to an intimate picture; what is to be said of the conversation, as JSON.
    pub fn picture(&mut self, peer: &str, event: &str, at: f64) -> String {
        let event = match event {
            "sent" => PictureEvent::Sent,
            "held-back" => PictureEvent::HeldBack,
            "received" => PictureEvent::Received,
            _ => return json(&Reply::<()>::Refused { error: "message/form" }),
        };
        json(&Reply::from(self.0.picture(peer, event, Some(at as i64))))
    }

    /// What a text would give away, as JSON.
    #[wasm_bindgen(js_name = beforeSending)]
    pub fn before_sending(&self, peer: &str, text: &str) -> String {
        json(&self.0.before_sending(peer, text))
    }

    /// Which parts of a message are signs of what, as JSON.
    pub fn explain(&self, is_own: bool, text: &str) -> String {
        json(&self.0.explain(if is_own { Speaker::User } else { Speaker::Peer }, text))
    }

    /// Forgets a conversation.
    pub fn forget(&mut self, peer: &str) {
        self.0.forget(peer);
    }

    /// How worrying a conversation is, as JSON.
    pub fn level(&self, peer: &str) -> String {
        json(&self.0.level(peer))
    }

    /// A conversation, for keeping.
    pub fn state(&self, peer: &str) -> Option<Vec<u8>> {
        self.0.state(peer)
    }

    /// Goes on with a conversation that was kept. Throws an `Error` whose message is a stable code.
    pub fn restore(&mut self, peer: &str, state: &[u8]) -> Result<(), JsError> {
        self.0.restore(peer, state).map_err(|error| JsError::new(error.code()))
    }

    /// How many conversations are remembered.
    pub fn count(&self) -> u32 {
        self.0.len() as u32
    }
}

/// What a pack is to be made of.
#[derive(Deserialize)]
struct Head {
    issuer: String,
    name: String,
    version: u64,
    issued: u64,
    expires: u64,
}

/// What is wrong with a source.
#[derive(Serialize)]
struct Wrong {
    line: usize,
    code: &'static str,
}

/// The bytes of a pack without its signature. Throws an `Error` whose message is a stable code, or JSON with a line and a
/// code where the source is wrong.
#[wasm_bindgen(js_name = draftPack)]
pub fn draft_pack(head: &str, source: &str) -> Result<Vec<u8>, JsError> {
    let Head { issuer, name, version, issued, expires } =
        serde_json::from_str(head).map_err(|_| JsError::new("pack/form"))?;
    let issuer: PublicKey = issuer.parse().map_err(|_| JsError::new(PackError::Key.code()))?;
    let pack = Source::read(source).and_then(|source| Pack::compile(&source));
    let pack = pack.map_err(|error| JsError::new(&json(&Wrong { line: error.line, code: error.code })))?;
    let draft = Draft { name: &name, version, issued, expires }.write(&pack, &issuer);
    draft.map(|draft| draft.bytes().to_vec()).map_err(|error| JsError::new(error.code()))
}

/// What a pack says of itself, or why it is none.
#[derive(Serialize)]
struct Inspected {
    about: Option<About>,
    signature: Option<&'static str>,
    error: Option<&'static str>,
}

/// Says what a pack says of itself, as JSON.
#[wasm_bindgen(js_name = inspectPack)]
pub fn inspect_pack(bytes: &[u8]) -> String {
    json(&match file::inspect(bytes) {
        Ok((about, signed)) => {
            Inspected { about: Some(about), signature: signed.err().map(PackError::code), error: None }
        }
        Err(error) => Inspected { about: None, signature: None, error: Some(error.code()) },
    })
}
