//! Judges the corpus natively: `judge MODELS CORPUS`.
//!
//! Writes `CORPUS/native.json`: for each file of `files` and `broken`, the SHA-256 over the network's raw outputs, or
//! why there are none; for `mid`, and for `small` on the synthetic files. `CORPUS/hashes.json`: for each of these files,
//! its perceptual hashes in all orientations, or why there are none, as JSON. And `CORPUS/looks/NAME.rgb`: the 224 × 224
//! pixels that the network sees of each picture of `agreement`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Context, Result, anyhow};
use pausepoint::hash::picture::{self, Ask};
use pausepoint::image::{Format, Limits, Views, decode};
use pausepoint::{AgeBand, Guard, Policy};

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: judge MODELS CORPUS";
    let (models, corpus) = (args.next().context(usage)?, args.next().context(usage)?);

    let mut files = Vec::new();
    for folder in ["files", "broken"] {
        for path in sorted(&corpus.join(folder))? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            files.push((format!("{folder}/{name}"), path));
        }
    }

    let mut results: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for model in ["mid", "small"] {
        let file = fs::read(models.join(format!("{model}.ppmodel")))?;
        let is_asked = |name: &str| model == "mid" || name.contains("/made-");
        let asked: Vec<_> = files.iter().filter(|(name, _)| is_asked(name)).cloned().collect();
        let judged = on_all_cores(&asked, || {
            let mut guard = Guard::new(file.clone(), Policy::preset(AgeBand::default())?, Limits::default())?;
            Ok(move |bytes: &[u8]| outputs(&mut guard, bytes))
        })?;
        results.insert(model, judged);
    }
    fs::write(corpus.join("native.json"), serde_json::to_vec_pretty(&results)?)?;

    let hashes = on_all_cores(&files, || {
        Ok(|bytes: &[u8]| {
            let hashed = picture::hash(bytes, Ask::AllOrientations, &Limits::default());
            Ok(serde_json::to_string(&hashed)?)
        })
    })?;
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

/// What a worker says of each file; every core has a worker of its own, and takes the next file when it is done.
fn on_all_cores<W: FnMut(&[u8]) -> Result<String>>(
    files: &[(String, PathBuf)],
    worker: impl Fn() -> Result<W> + Sync,
) -> Result<BTreeMap<String, String>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(String, String)>> {
        let mut worker = worker()?;
        let mut said = Vec::new();
        while let Some((name, path)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            said.push((name.clone(), worker(&fs::read(path)?)?));
        }
        Ok(said)
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let working: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let said = working.into_iter().map(|one| one.join().map_err(|_| anyhow!("a worker panicked"))?);
        Ok(said.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    })
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
