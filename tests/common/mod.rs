//! Where the converted models are.

use std::path::PathBuf;

/// A converted model file, or `None` where `cargo xtask build` has not made it yet.
pub fn model(name: &str) -> Option<Vec<u8>> {
    let staged = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/stage/models");
    let folder = std::env::var_os("PAUSEPOINT_MODELS").map_or(staged, PathBuf::from);
    match std::fs::read(folder.join(format!("{name}.ppmodel"))) {
        Ok(bytes) => Some(bytes),
        // Under `cargo xtask test` the models are there, and a test without them would prove nothing.
        Err(error) if std::env::var_os("PAUSEPOINT_MODELS").is_some() => panic!("the {name} model: {error}"),
        Err(_) => {
            println!("skipped: no model file; `cargo xtask build` makes it");
            None
        }
    }
}
