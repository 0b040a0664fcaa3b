//! Judges the corpus natively: `judge MODELS CORPUS`.
//!
//! Writes `CORPUS/native.json`: for each file of `files` and `broken`, the SHA-256 over the network's raw outputs, or
//! why there are none; for `mid`, and for `small` on the synthetic files. `CORPUS/hashes.json`: for each of these files,
//! its perceptual hashes in all orientations, or why there are none, as JSON. And `CORPUS/looks/NAME.rgb`: the 224 × 224
//! pixels that the network sees of each picture of `agreement`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use pausepoint::hash::picture::{self, Ask};
use pausepoint::image::{Format, Limits, Views, decode};
use pausepoint::{AgeBand, Guard, Policy};

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: judge MODELS CORPUS";
    let (models, corpus) = (args.next().context(usage)?, args.next().context(usage)?);

    let mut results: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for model in ["mid", "small"] {
        let file = fs::read(models.join(format!("{model}.ppmodel")))?;
        let mut guard = Guard::new(file, Policy::preset(AgeBand::default())?, Limits::default())?;
        let of_model = results.entry(model.into()).or_default();
        for folder in ["files", "broken"] {
            for path in sorted(&corpus.join(folder))? {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                if model == "small" && !name.starts_with("made-") {
                    continue;
                }
                of_model.insert(format!("{folder}/{name}"), outputs(&mut guard, &fs::read(&path)?)?);
            }
        }
    }
    fs::write(corpus.join("native.json"), serde_json::to_vec_pretty(&results)?)?;

    let mut hashes = BTreeMap::new();
    for folder in ["files", "broken"] {
        for path in sorted(&corpus.join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let hashed = picture::hash(&fs::read(&path)?, Ask::AllOrientations, &Limits::default());
            hashes.insert(format!("{folder}/{name}"), serde_json::to_string(&hashed)?);
        }
    }
    fs::write(corpus.join("hashes.json"), serde_json::to_vec_pretty(&hashes)?)?;

    let looks = corpus.join("looks");
    fs::create_dir_all(&looks)?;
    for path in sorted(&corpus.join("agreement"))? {
        let bytes = fs::read(&path)?;
        let format = Format::sniff(&bytes).context("a picture of no known format")?;
        let prepared = decode::prepare(&bytes, format, Views::Whole, &Limits::default(), &mut ())?;
        let stem = path.file_stem().unwrap_or_default();
        fs::write(looks.join(stem).with_extension("rgb"), prepared.frames[0].views[0].looks[0].as_slice())?;
    }
    Ok(())
}

/// As the bridge gives them.
fn outputs(guard: &mut Guard, bytes: &[u8]) -> Result<String> {
    Ok(match guard.logits(bytes) {
        Ok(looks) => serde_json::to_string(&looks)?,
        Err(error) => serde_json::to_string(error.code())?,
    })
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}
