//! Who may reach whom: facts about a contact in, a decision out.
//!
//! - [`facts`]: what a host knows of a contact, all of it optional, checked when it is read.
//! - [`age`]: evidence of somebody's age, and what follows from it.
//! - [`conditions`]: the facts as the rules see them, each true or not.
//! - [`rules`]: the table of an age band: the first rule that matches decides.
//! - [`decide()`]: the decision, with its reasons and what would have changed it.
//! - [`contacts`]: [`Contacts`], the façade that bindings call.
//! - [`batch`]: many at once: what a recommender proposes, and whom somebody is connected with already.
//!
//! The same facts give the same decision on every device: there is no clock, the caller says what time it is. Unknown age
//! is a minor's where somebody is protected, and an adult's where somebody asks.

pub mod age;
pub mod batch;
pub mod conditions;
pub mod contacts;
pub mod decide;
pub mod facts;
pub mod rules;

pub use age::{AgeEvidence, Level, Method};
pub use batch::{audit_connections, filter_suggestions};
pub use contacts::Contacts;
pub use decide::{Answer, decide};
pub use facts::{ContactError, Facts, Kind};
pub use rules::{Decision, Rules, RulesError, Table};
