//! Pausepoint: a safety filter for minors that runs where the picture is.
//!
//! The map of the crate:
//!
//! - [`guard`]: [`Guard`], the façade that every binding calls.
//! - [`verdict`]: what is said of a picture, in stable codes.
//! - [`image`]: from a file's bytes to the small pictures that the classifier looks at; metadata, taken out.
//! - [`classify`]: the model file, the integer network, its kernels, the softmax.
//! - [`contact`]: who may reach whom.
//! - [`hash`]: perceptual hashes and digests, as removal services exchange them.
//! - [`issue`]: which versions of lists and language packs may still come.
//! - [`message`]: what a conversation is a sign of.
//! - [`policy`]: age bands and what follows from the scores, as data.
//! - [`video`]: video files, one verdict from many samples.
//! - [`watch`]: live video, what holds over many frames.
//!
//! The core has no clock, no randomness, no network and no storage: the same bytes give the same verdict everywhere.
//!
//! ```no_run
//! use pausepoint::{Action, AgeBand, Context, Guard, Limits, Policy};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let model = std::fs::read("mid.ppmodel")?;
//! let mut guard = Guard::new(model, Policy::preset(AgeBand::From13To15)?, Limits::default())?;
//! let verdict = guard.check_image(&std::fs::read("holiday.jpg")?, &Context::default());
//! if verdict.action != Action::Allow {
//!     println!("{:?} because of {:?}", verdict.action, verdict.reasons);
//! }
//! # Ok(())
//! # }
//! ```

pub mod classify;
pub mod contact;
pub mod guard;
pub mod hash;
pub mod image;
pub mod issue;
pub mod message;
pub mod policy;
#[cfg(feature = "test-hooks")]
mod test_hooks;
pub mod verdict;
pub mod video;
#[cfg(target_arch = "wasm32")]
mod wasm;
pub mod watch;

pub use guard::{Context, Guard, GuardError, Pixels};
pub use image::Limits;
pub use policy::{AgeBand, Policy, PolicyError};
pub use verdict::{Action, Direction, Reason, Verdict};
pub use watch::Watch;
