//! The benchmarks: in one Chromium, on the same pictures, ours beside the peers. `benches/README.md` says what is
//! measured; here the peers' models are made, and the native build is timed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};
use pausepoint::image::{Format, Limits, Views, decode};
use pausepoint::{Action, AgeBand, Context, Guard, Policy};
use serde::Serialize;

use crate::run::{command, corpus_program, quietly, root, say, step};
use crate::{onnx, package, setup};

/// Below this, a picture says little about what the network sees of photographs.
const SMALLEST_SIDE: u32 = 224;
/// Folders whose pictures the quantiser of the peer is calibrated on.
const CALIBRATION: [&str; 4] = [
    "skimage/data",
    "sklearn/datasets/images",
    "matplotlib/mpl-data/sample_data",
    "pillow-11.3.0/Tests/images",
];

pub fn run(quick: bool) -> Result<()> {
    package::pack()?;
    let chromium = setup::chromium()?;
    let pictures = setup::pictures()?;
    let out = root().join("target/bench");
    let multiply_adds = step("converting the mid model to ONNX", || peers_model(&out.join("onnx")))?;
    // The benchmark is worth having without this one row.
    if let Err(error) = step("quantising it", || quantise(&out.join("onnx"), &pictures)) {
        say(&format!("  onnxruntime-web int8 is left out: {error:#}"));
    }
    let native = step("timing the native build", || native(&pictures, if quick { 2 } else { 8 }))?;
    fs::write(out.join("native.json"), serde_json::to_vec(&Native { multiply_adds, millis: native })?)?;

    let mut node = command("node");
    node.arg("benches/run.mjs").env("PAUSEPOINT_CHROMIUM", chromium).env("PAUSEPOINT_PICTURES", pictures);
    if quick {
        say("quick: few repetitions, no record is kept");
        node.arg("--quick");
    }
    crate::run::run(&mut node)
}

/// PDQ, the digests and the index, with the peers that run without a browser.
pub fn hashes() -> Result<()> {
    package::pack()?;
    let out = root().join("target/bench/hashes");
    say(
        "a picture of 1024 × 768, median; with its hash and a paler one's quality, to show whether they agree",
    );
    crate::run::run(corpus_program("pdq").arg(&out))?;
    crate::run::run(command("node").arg("benches/pdq/wasm.mjs").arg(&out))?;
    match setup::pdq_oracle() {
        Ok(python) => crate::run::run(command(python).arg("benches/pdq/peer.py").arg(&out))?,
        Err(error) => say(&format!("  PyPI's binding is left out: {error:#}")),
    }
    match step("building crates.io's pdqhash", rust_peer) {
        Ok(program) => crate::run::run(command(program).arg(&out))?,
        Err(error) => say(&format!("  crates.io's pdqhash is left out: {error:#}")),
    }
    say("a list of a million hashes");
    crate::run::run(corpus_program("index").arg(&out))
}

/// Decisions about contacts, natively and through the package; and what a PIN costs.
pub fn contacts() -> Result<()> {
    package::build()?;
    let facts = root().join("target/bench/contacts.jsonl");
    fs::create_dir_all(root().join("target/bench"))?;
    crate::run::run(corpus_program("contacts").arg(&facts))?;
    crate::run::run(command("node").arg("benches/contact/wasm.mjs").arg(&facts))?;
    crate::run::run(command("node").arg("benches/contact/pin.mjs"))
}

/// What a message costs through the package, and what is kept of conversations.
pub fn messages() -> Result<()> {
    package::build()?;
    crate::run::run(command("node").arg("benches/messages/wasm.mjs"))
}

/// What `protect` costs the page that it protects.
pub fn pause() -> Result<()> {
    package::build()?;
    let chromium = setup::chromium()?;
    crate::run::run(command("node").arg("benches/pause/page.mjs").env("PAUSEPOINT_CHROMIUM", chromium))
}

/// The program that times the crate `pdqhash`.
fn rust_peer() -> Result<PathBuf> {
    let target = root().join("target/peer");
    let mut cargo = command("cargo");
    cargo.args(["build", "--quiet", "--locked", "--release", "--manifest-path"]);
    quietly(cargo.arg("benches/pdq/peer-rust/Cargo.toml").arg("--target-dir").arg(&target))?;
    Ok(target.join("release/peer").with_extension(std::env::consts::EXE_EXTENSION))
}

/// What `run.mjs` is told.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Native {
    /// Of the mid model, for one picture.
    multiply_adds: usize,
    /// For each model, how long each check took.
    millis: BTreeMap<&'static str, Vec<f64>>,
}

/// Writes `mid.onnx` and gives its number of multiply-adds.
fn peers_model(folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder)?;
    let model = onnx::convert(&root().join("target/stage/extracted/mid"))?;
    fs::write(folder.join("mid.onnx"), &model.file)?;
    Ok(model.multiply_adds)
}

/// Makes `mid-int8.onnx` of `mid.onnx`, unless it was made of the same before.
fn quantise(folder: &Path, pictures: &Path) -> Result<()> {
    let made = folder.join("mid-int8.onnx");
    let stamp = folder.join("mid-int8.made-of");
    let pixels = calibration(pictures)?;
    let script = root().join("benches/quantiser/quantise.py");
    let mut parts = vec![pixels.clone()];
    for path in [folder.join("mid.onnx"), script.clone(), setup::quantiser_pins()] {
        parts.push(fs::read(path)?);
    }
    let digest = crate::models::digest(&parts.concat());
    if made.exists() && fs::read_to_string(&stamp).is_ok_and(|found| found == digest) {
        return Ok(());
    }
    // One of an older model must not pass for this one's.
    if made.exists() {
        fs::remove_file(&made)?;
    }
    let python = setup::quantiser()?;
    let raw = folder.join("calibration.rgb");
    fs::write(&raw, pixels)?;
    quietly(command(python).arg(&script).arg(folder.join("mid.onnx")).arg(&raw).arg(&made))?;
    fs::write(stamp, digest).context("noting what it was made of")
}

/// The network's pixels of the pictures to calibrate on, one after the other.
fn calibration(pictures: &Path) -> Result<Vec<u8>> {
    let mut paths = Vec::new();
    for folder in CALIBRATION {
        for entry in fs::read_dir(pictures.join(folder)).with_context(|| format!("reading {folder}"))? {
            let path = entry?.path();
            if path.extension().is_some_and(|e| e == "png" || e == "jpg") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let mut pixels = Vec::new();
    for path in paths {
        let bytes = fs::read(&path)?;
        let Some(format) = Format::sniff(&bytes) else { continue };
        // Some of them are broken, for tests of decoders.
        let Ok(prepared) = decode::prepare(&bytes, format, Views::Whole, &Limits::default(), &mut ()) else {
            continue;
        };
        if prepared.width.min(prepared.height) >= SMALLEST_SIDE {
            pixels.extend_from_slice(prepared.frames[0].views[0].looks[0].as_slice());
        }
    }
    ensure!(!pixels.is_empty(), "no pictures to calibrate on");
    Ok(pixels)
}

/// How long each check of each photograph takes in this very build, in milliseconds.
fn native(pictures: &Path, rounds: usize) -> Result<BTreeMap<&'static str, Vec<f64>>> {
    let files = photographs()?
        .iter()
        .map(|path| fs::read(pictures.join(path)).with_context(|| format!("reading {}", path.display())))
        .collect::<Result<Vec<_>>>()?;
    let mut millis = BTreeMap::new();
    for model in ["mid", "small"] {
        let file = fs::read(root().join(format!("target/stage/models/{model}.ppmodel")))?;
        let mut guard = Guard::new(file, Policy::preset(AgeBand::default())?, Limits::default())?;
        let times: &mut Vec<f64> = millis.entry(model).or_default();
        for round in 0..=rounds {
            for bytes in &files {
                let start = Instant::now();
                let verdict = guard.check_image(bytes, &Context::default());
                let elapsed = start.elapsed().as_secs_f64() * 1e3;
                ensure!(verdict.action != Action::Unchecked, "unchecked: {:?}", verdict.reasons);
                // The first round warms up.
                if round > 0 {
                    times.push(elapsed);
                }
            }
        }
    }
    Ok(millis)
}

/// The photographs of the benchmark, by where set-up put them.
fn photographs() -> Result<Vec<PathBuf>> {
    let list = fs::read_to_string(root().join("benches/photographs.txt"))
        .context("reading the list of photographs")?;
    Ok(list.lines().map(PathBuf::from).collect())
}
