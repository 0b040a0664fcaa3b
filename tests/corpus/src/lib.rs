//! Pictures for the tests. Everything here is synthetic and deterministic; what others publish is read by the
//! `corpus` program from where set-up fetched it.

pub mod broken;
pub mod carriers;
pub mod hashes;
pub mod scene;
pub mod synthetic;
