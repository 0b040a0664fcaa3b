//! Every layer of the portable network: `layers MODELS CORPUS`, after `judge`.
//!
//! Writes `CORPUS/layers.json`: for each model and some of `CORPUS/looks`, a short digest of every strip of every layer,
//! joined by commas.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow};
use pausepoint::classify::kernels::compare::trace;
use pausepoint::classify::kernels::portable::Portable;
use pausepoint::classify::model::ModelFile;

/// Of the looks, in the order of their names, each that many-th.
const EVERY: usize = 15;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: layers MODELS CORPUS";
    let (models, corpus) = (args.next().context(usage)?, args.next().context(usage)?);
    let mut looks: Vec<PathBuf> = fs::read_dir(corpus.join("looks"))?.flatten().map(|e| e.path()).collect();
    looks.sort();

    let mut results: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for model in ["mid", "small"] {
        let file = ModelFile::parse(fs::read(models.join(format!("{model}.ppmodel")))?)?;
        for path in looks.iter().step_by(EVERY) {
            let rgb = fs::read(path)?;
            let rgb = rgb.as_slice().try_into().map_err(|_| anyhow!("{} is no look", path.display()))?;
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let digests = trace::<Portable>(file.clone(), rgb)?;
            results.entry(model).or_default().insert(name, digests.join(","));
        }
    }
    fs::write(corpus.join("layers.json"), serde_json::to_vec_pretty(&results)?)?;
    Ok(())
}
