//! The picture classifier: published 8-bit weights in an integer network.
//!
//! Data flow: a 224 × 224 picture ([`network::INPUT_BYTES`] bytes) → [`network::Network`] over some
//! [`kernels::Kernels`] → [`network::Logits`] → [`softmax::softmax`] → [`Scores`]. Everything is integer arithmetic, so
//! every machine gives the same answer.

pub mod kernels;
pub mod layer;
pub mod model;
pub mod network;
pub mod published;
pub mod softmax;

use kernels::Active;
use model::{CLASS_COUNT, ModelError, ModelFile};
use network::{INPUT_BYTES, Logits, Network};
use serde::ser::{Serialize, SerializeMap, Serializer};
use softmax::{Probability, softmax};

/// Probabilities of the classes, in the order of [`model::CLASSES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores(pub [Probability; CLASS_COUNT]);

impl Scores {
    /// Probability that the picture is explicit: a drawing (`hentai`) or a photograph (`porn`).
    pub const fn explicit(&self) -> Probability {
        self.0[1].plus(self.0[3])
    }

    /// Probability that the picture is suggestive without being explicit (`sexy`).
    pub const fn suggestive(&self) -> Probability {
        self.0[4]
    }

    /// Probability of either: all that is not `drawing` or `neutral`.
    pub const fn risk(&self) -> Probability {
        self.explicit().plus(self.suggestive())
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(CLASS_COUNT))?;
        for (name, probability) in model::CLASSES.iter().zip(self.0) {
            map.serialize_entry(name, &probability.as_f64())?;
        }
        map.end()
    }
}

/// A loaded classifier with its working memory.
pub struct Classifier {
    network: Network<Active>,
    name: String,
    digest: [u8; 32],
}

impl Classifier {
    /// Loads any whole model file, whose weights stay where they are.
    ///
    /// # Errors
    /// [`ModelError`] for anything else.
    pub fn new(model: Vec<u8>) -> Result<Self, ModelError> {
        let file = ModelFile::parse(model)?;
        let (name, digest) = (file.header().name.clone(), *file.digest());
        Ok(Self { network: Network::new(file)?, name, digest })
    }

    /// The model's short name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// BLAKE3 of the model file's content.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The network's outputs for one 224 × 224 picture.
    pub fn logits(&mut self, rgb: &[u8; INPUT_BYTES]) -> Logits {
        self.network.run(rgb)
    }

    /// Class probabilities for one 224 × 224 picture.
    pub fn classify(&mut self, rgb: &[u8; INPUT_BYTES]) -> Scores {
        Scores(softmax(&self.logits(rgb)))
    }
}
