//! All conversations of a user: which messages were seen, what to say of them, and nothing of what was written.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::advice::{Advice, Pattern};
use super::conversation::{Conversation, PictureEvent};
use super::details::{Detail, details};
use super::file::{About as PackAbout, PackError, Packs};
use super::judge::{Level, Score};
use super::normalise::Message;
use super::pack::{Fired, Pack};
use super::signal::{Signal, Speaker};
use super::standing::{About, Standing};
use crate::hash::list::PublicKey;
use crate::issue::Taken;
use crate::policy::message::{MessagePolicy, Sensitivity};
use crate::verdict::Action;

/// Most conversations that are remembered; of more, those that worry least and were longest quiet are forgotten.
pub const MAX_PEERS: usize = 10_000;
/// Longest name of a peer, in bytes.
pub const MAX_PEER_NAME: usize = 256;
/// Most reasons that are given.
const MAX_REASONS: usize = 6;
/// A sign that contributes less than this, in hundredths of a caution, is no reason.
const LEAST_REASON: i32 = 8;

/// Why a message was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MessageError {
    /// No name for the other side, or one that is longer than [`MAX_PEER_NAME`].
    Peer,
    /// What was kept is no conversation, or of another version.
    State,
}

impl MessageError {
    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Peer => "message/peer",
            Self::State => "message/state",
        }
    }
}

impl core::fmt::Display for MessageError {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.code())
    }
}

impl core::error::Error for MessageError {}

/// What is to be said of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Outlook {
    /// How worrying it is by now.
    pub level: Option<Level>,
    /// Whether that is higher than what was said before: the moment to speak up.
    pub raised: bool,
    /// Signs, the weightiest first. None without a level.
    pub reasons: Vec<&'static str>,
    /// What it looks like most. None without a level.
    pub pattern: Option<Pattern>,
    /// What helps, the most urgent first. None without a level.
    pub advice: &'static [Advice],
    /// Whether the message was too long, so that its end was not looked at.
    pub cut: bool,
}

/// What the user is about to give away, and what the policy says of that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outgoing {
    /// What to do before it goes out.
    pub action: Action,
    /// What would be given away.
    pub details: Vec<Detail>,
}

/// A sign in a message, for the user's own screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// What it is a sign of.
    pub signal: &'static str,
    /// From where, in UTF-16 units, as JavaScript counts.
    pub start: usize,
    /// To where, this not included.
    pub end: usize,
}

/// So many common words tell which language a message is in.
const CLEAR: usize = 3;

/// How much of which language was spoken lately. It is not kept: the next messages tell.
#[derive(Clone, Debug, Default)]
struct Spoken(Vec<(Box<str>, usize)>);

impl Spoken {
    fn of(&self, language: &str) -> usize {
        self.0.iter().find(|(known, _)| **known == *language).map_or(0, |(_, words)| *words)
    }

    fn hear(&mut self, packs: &[Arc<Pack>], message: &Message) {
        for pack in packs {
            let Some(familiar) = pack.familiar(message) else { continue };
            let language = pack.language();
            match self.0.iter_mut().find(|(known, _)| **known == *language) {
                Some((_, words)) => *words = *words * 3 / 4 + familiar,
                None => self.0.push((language.into(), familiar)),
            }
        }
    }
}

#[derive(Clone, Debug, Default)]
struct Peer {
    conversation: Conversation,
    spoken: Spoken,
    standing: Standing,
    /// The place in the order of forgetting.
    place: Place,
}

/// Who is forgotten first: who worries least, then who was quiet longest.
type Place = (Option<Level>, u64);

/// All conversations of a user.
#[derive(Clone, Debug)]
pub struct Conversations {
    packs: Packs,
    /// Those that are in use, and from when on that has to be looked at again.
    in_use: Vec<Arc<Pack>>,
    until: u64,
    /// The latest moment that was heard of, in seconds since 1970.
    now: u64,
    policy: MessagePolicy,
    peers: BTreeMap<String, Peer>,
    order: BTreeSet<(Place, String)>,
    /// Counts messages.
    clock: u64,
}

impl Conversations {
    /// None yet, and no packs; those of these issuers will be taken.
    pub fn new(policy: MessagePolicy, trusted: Vec<PublicKey>) -> Self {
        Self {
            packs: Packs::new(trusted),
            in_use: Vec::new(),
            until: u64::MAX,
            now: 0,
            policy,
            peers: BTreeMap::new(),
            order: BTreeSet::new(),
            clock: 0,
        }
    }

    /// Adds a language pack that came with the release.
    ///
    /// # Errors
    /// [`PackError`] says what is wrong.
    pub fn add_bundled(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.packs.add_bundled(bytes)?;
        self.use_packs(0);
        Ok(())
    }

    /// Takes a signed language pack, `now` in seconds since 1970. What was in use stays in use where it is refused.
    ///
    /// # Errors
    /// [`PackError`] says why it is refused.
    pub fn take_pack(&mut self, bytes: &[u8], now: u64) -> Result<Taken, PackError> {
        let taken = self.packs.take(bytes, now);
        self.use_packs(now);
        taken
    }

    /// Stops using a signed language pack.
    ///
    /// # Errors
    /// [`PackError::Unknown`].
    pub fn drop_pack(&mut self, issuer: &PublicKey, name: &str) -> Result<(), PackError> {
        self.packs.drop(issuer, name)?;
        self.use_packs(0);
        Ok(())
    }

    /// The signed language packs, whether their time is over or not.
    pub fn issued_packs(&self) -> impl Iterator<Item = &PackAbout> {
        self.packs.issued()
    }

    /// The rules in force.
    pub fn policy(&self) -> &MessagePolicy {
        &self.policy
    }

    fn use_packs(&mut self, now: u64) {
        self.now = self.now.max(now);
        self.in_use = self.packs.in_use(self.now);
        let now = self.now;
        let ends = self.packs.issued().filter_map(|about| about.expires).filter(|end| *end > now);
        self.until = ends.min().unwrap_or(u64::MAX);
    }

    /// Says what is known of the other side.
    ///
    /// # Errors
    /// [`MessageError::Peer`].
    pub fn meet(&mut self, peer: &str, about: &About) -> Result<(), MessageError> {
        self.with(peer, |known, _| known.standing = about.standing())
    }

    /// Takes a message, `at` in seconds since 1970, if that is known.
    ///
    /// # Errors
    /// [`MessageError::Peer`].
    pub fn check(
        &mut self,
        peer: &str,
        speaker: Speaker,
        text: &str,
        at: Option<i64>,
    ) -> Result<Outlook, MessageError> {
        if self.policy.sensitivity == Sensitivity::Off {
            return Ok(Outlook::default());
        }
        if let Some(now) = at.and_then(|at| u64::try_from(at).ok()).filter(|now| *now >= self.until) {
            self.use_packs(now);
        }
        let message = Message::of(text);
        let mut spoken = self.peers.get(peer).map(|known| known.spoken.clone()).unwrap_or_default();
        let fired = self.fired_in(&message, &spoken);
        spoken.hear(&self.in_use, &message);
        let mut outlook = self.with(peer, |known, sensitivity| {
            known.spoken = spoken;
            known.conversation.take(&fired, speaker, at);
            known.outlook(sensitivity)
        })?;
        outlook.cut = message.is_cut;
        Ok(outlook)
    }

    /// Takes what happened to an intimate picture.
    ///
    /// # Errors
    /// [`MessageError::Peer`].
    pub fn picture(
        &mut self,
        peer: &str,
        event: PictureEvent,
        at: Option<i64>,
    ) -> Result<Outlook, MessageError> {
        if self.policy.sensitivity == Sensitivity::Off {
            return Ok(Outlook::default());
        }
        self.with(peer, |known, sensitivity| {
            known.conversation.take_picture(event, at);
            known.outlook(sensitivity)
        })
    }

    /// What a text would give away, before it goes out. Nothing is remembered.
    pub fn before_sending(&self, peer: &str, text: &str) -> Outgoing {
        let standing = self.peers.get(peer).map_or(Standing::Unsaid, |known| known.standing);
        let is_known = matches!(standing, Standing::Known | Standing::KnownAdult | Standing::Family);
        let message = Message::of(text);
        let details = if is_known { Vec::new() } else { details(&message, text, &self.fired(&message)) };
        let action = if details.is_empty() { Action::Allow } else { self.policy.outgoing_details };
        Outgoing { action, details }
    }

    /// Which parts of a message are signs of what, for the user's own screen. Nothing is remembered.
    pub fn explain(&self, speaker: Speaker, text: &str) -> Vec<Explained> {
        let message = Message::of(text);
        let fired = self.fired(&message);
        let own = fired.iter().filter(|fired| fired.from.includes(speaker) && !fired.signal.speaks_against());
        let mut spans: Vec<(usize, usize, Signal)> = own
            .map(|fired| {
                let (first, last) = fired.tokens;
                (message.tokens[first].span.start, message.tokens[last].span.end, fired.signal)
            })
            .collect();
        spans.sort_unstable_by_key(|(start, end, signal)| (*start, *end, *signal));
        spans.dedup();
        let mut units = Units::new(text);
        let starts: Vec<usize> = spans.iter().map(|(start, ..)| units.at(*start)).collect();
        let ends = spans.iter().map(|(start, end, _)| text[*start..*end].encode_utf16().count());
        starts
            .iter()
            .zip(ends)
            .zip(&spans)
            .map(|((start, length), (.., signal))| Explained {
                signal: signal.name(),
                start: *start,
                end: start + length,
            })
            .collect()
    }

    /// Forgets a conversation.
    pub fn forget(&mut self, peer: &str) {
        if let Some(known) = self.peers.remove(peer) {
            self.order.remove(&(known.place, peer.to_owned()));
        }
    }

    /// How worrying a conversation is, for the decision about the contact.
    pub fn level(&self, peer: &str) -> Option<Level> {
        self.peers.get(peer)?.place.0
    }

    /// A conversation, for keeping: numbers, no text.
    pub fn state(&self, peer: &str) -> Option<Vec<u8>> {
        self.peers.get(peer).map(|known| known.conversation.to_bytes())
    }

    /// Goes on with a conversation that was kept.
    ///
    /// # Errors
    /// [`MessageError`].
    pub fn restore(&mut self, peer: &str, state: &[u8]) -> Result<(), MessageError> {
        let conversation = Conversation::from_bytes(state).ok_or(MessageError::State)?;
        self.with(peer, |known, sensitivity| {
            known.conversation = conversation;
            known.outlook(sensitivity);
        })
    }

    /// How many conversations are remembered.
    pub fn len(&self) -> usize {
        self.peers.len()
    }

    /// Whether none is.
    pub fn is_empty(&self) -> bool {
        self.peers.is_empty()
    }

    fn fired(&self, message: &Message) -> Vec<Fired> {
        self.fired_in(message, &Spoken::default())
    }

    /// The rules that fire. A word of one language may be another in the next, so that only the packs are asked whose
    /// language a message may be in; where two are mixed, both.
    fn fired_in(&self, message: &Message, spoken: &Spoken) -> Vec<Fired> {
        let familiar = self.in_use.iter().map(|pack| pack.familiar(message));
        let familiar: Vec<Option<usize>> = familiar.collect();
        let most = familiar.iter().flatten().max().copied().unwrap_or(0);
        // Of a short message only those who know what was spoken before can tell.
        let is_short = most < CLEAR;
        let words = |pack: &Pack, familiar: usize| {
            if is_short { familiar + spoken.of(pack.language()) } else { familiar }
        };
        let packs = || self.in_use.iter().zip(&familiar);
        let most = packs().filter_map(|(pack, familiar)| Some(words(pack, (*familiar)?))).max().unwrap_or(0);
        let is_asked = |pack: &Pack, familiar: &Option<usize>| {
            familiar.is_none_or(|familiar| 2 * words(pack, familiar) >= most)
        };
        let asked = packs().filter(|(pack, familiar)| is_asked(pack, familiar));
        asked.flat_map(|(pack, _)| pack.look(message)).collect()
    }

    /// Does something with a peer, who is new if there is none of that name, and keeps the order of forgetting.
    fn with<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Peer, Sensitivity) -> T,
    ) -> Result<T, MessageError> {
        if name.is_empty() || name.len() > MAX_PEER_NAME {
            return Err(MessageError::Peer);
        }
        let mut peer = self.peers.remove(name).unwrap_or_default();
        self.order.remove(&(peer.place, name.to_owned()));
        let done = work(&mut peer, self.policy.sensitivity);
        self.clock += 1;
        peer.place.1 = self.clock;
        if self.peers.len() >= MAX_PEERS
            && let Some((_, least)) = self.order.pop_first()
        {
            self.peers.remove(&least);
        }
        self.order.insert((peer.place, name.to_owned()));
        self.peers.insert(name.to_owned(), peer);
        Ok(done)
    }
}

impl Peer {
    fn outlook(&mut self, sensitivity: Sensitivity) -> Outlook {
        let (level, raised) = self.conversation.tell(self.standing, sensitivity);
        self.place.0 = level;
        if level.is_none() {
            return Outlook::default();
        }
        let score = self.conversation.score(self.standing);
        let pattern = Pattern::of(&score);
        Outlook {
            level,
            raised,
            reasons: reasons(&score),
            pattern,
            advice: pattern.map_or(&[], Pattern::advice),
            cut: false,
        }
    }
}

fn reasons(score: &Score) -> Vec<&'static str> {
    let mut signals: Vec<(i32, Signal)> =
        Signal::ALL.iter().map(|signal| (score.of[*signal as usize], *signal)).collect();
    signals.retain(|(amount, _)| *amount >= LEAST_REASON);
    signals.sort_by_key(|(amount, signal)| (-amount, *signal));
    signals.into_iter().take(MAX_REASONS).map(|(_, signal)| signal.name()).collect()
}

/// Where bytes of a text are in UTF-16, in one pass over places that only go on.
struct Units<'t> {
    text: &'t str,
    byte: usize,
    unit: usize,
}

impl<'t> Units<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, byte: 0, unit: 0 }
    }

    fn at(&mut self, byte: usize) -> usize {
        self.unit += self.text[self.byte..byte].encode_utf16().count();
        self.byte = byte;
        self.unit
    }
}
