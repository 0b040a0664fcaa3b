//! Every test, in the order in which a failure tells most: the core first, the browser last.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::run::{self, command, corpus_program, root, say, step};
use crate::{fuzz, package, setup, wasm};

/// Folders of JavaScript tests, by the name of the part that they are.
const SCRIPTS: [(&str, &str, &str); 5] = [
    ("parts", "tests of the package's parts", "pkg-config/test"),
    ("node", "tests in Node", "tests/node"),
    ("packaging", "tests of the package as installed", "tests/packaging"),
    ("browser", "tests in Chromium", "tests/e2e"),
    ("site", "tests of the messenger, the playground and the guardian page", "www/test"),
];

/// Runs every test, or those of one part.
pub fn run(part: Option<&str>) -> Result<()> {
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    if let Some(part) = part
        && part != "rust"
        && !SCRIPTS.iter().any(|(name, ..)| *name == part)
    {
        bail!("no part {part}; there are rust, {}", SCRIPTS.map(|(name, ..)| name).join(", "));
    }
    let mut skipped = Vec::new();
    setup::node()?;
    let chromium = setup::chromium()?;
    let pictures = setup::pictures()?;
    if wanted("rust") {
        step("checking format and lints", lints)?;
    }
    package::pack()?;
    if wanted("rust") {
        let oracle = setup::pdq_oracle();
        if let Err(error) = &oracle {
            say(&format!("  {error:#}"));
            skipped.push("PDQ beside the reference's binding");
        }
        let vpdq = setup::vpdq_oracle();
        if let Err(error) = &vpdq {
            say(&format!("  {error:#}"));
            skipped.push("comparing videos beside vPDQ's reference");
        }
        step("Rust tests", || rust(oracle.ok(), vpdq.ok()))?;
        match setup::miri() {
            Ok(toolchain) => step("the portable kernels under Miri", || miri(toolchain))?,
            Err(error) => {
                say(&format!("  {error:#}"));
                skipped.push("the portable kernels under Miri");
            }
        }
        match setup::fuzzer() {
            Ok(toolchain) => fuzz::all(toolchain)?,
            Err(error) => {
                say(&format!("  {error:#}"));
                skipped.push("fuzzing");
            }
        }
    }
    if part == Some("rust") {
        return conclude(part, &skipped);
    }

    let corpus = root().join("target/corpus");
    if ["node", "packaging", "browser"].into_iter().any(wanted) {
        wasm::stage(&wasm::HOOKED, &root().join("target/hooked"))?;
        step("making the test corpus and judging it natively", || make_corpus(&corpus, &pictures))?;
    }
    package::build_site()?;
    for (name, what, folder) in SCRIPTS {
        if !wanted(name) {
            continue;
        }
        step(what, || {
            let mut node = command("node");
            // One browser at a time: what they do is timed in part, and the machine may be small.
            let at_once = if ["parts", "node"].contains(&name) { "2" } else { "1" };
            node.args(["--test", &format!("--test-concurrency={at_once}"), "--test-reporter=spec"]);
            node.args(files(&root().join(folder))?);
            node.env("PAUSEPOINT_CHROMIUM", &chromium).env("PAUSEPOINT_CORPUS", &corpus);
            run::run(&mut node)
        })?;
    }
    conclude(part, &skipped)
}

fn conclude(part: Option<&str>, skipped: &[&str]) -> Result<()> {
    match part {
        None => say("\nall tests passed"),
        Some(part) => say(&format!("\nthe tests of {part} passed, and no others were run")),
    }
    for what in skipped {
        say(&format!("SKIPPED, so not known: {what}"));
    }
    Ok(())
}

fn miri(toolchain: &str) -> Result<()> {
    let mut cargo = command("cargo");
    cargo.arg(format!("+{toolchain}")).args(["miri", "test", "--quiet", "--locked", "--test", "kernels"]);
    run::run(&mut cargo)
}

fn lints() -> Result<()> {
    run::run(command("cargo").args(["fmt", "--all", "--check"]))?;
    for outside in ["fuzz/Cargo.toml", "benches/pdq/peer-rust/Cargo.toml"] {
        run::run(command("cargo").args(["fmt", "--check", "--manifest-path", outside]))?;
    }
    let mut clippy = command("cargo");
    clippy.args(["clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    run::run(&mut clippy)
}

/// `oracle`: a Python with the reference's PDQ. `vpdq`: a folder with the matching of vPDQ's.
fn rust(oracle: Option<PathBuf>, vpdq: Option<PathBuf>) -> Result<()> {
    let mut cargo = command("cargo");
    // The tools have no tests of their own; compiling them once more takes minutes.
    cargo.args(["test", "--locked", "--workspace", "--exclude", "xtask"]);
    if let Some(python) = oracle {
        cargo.env("PAUSEPOINT_PDQ_PYTHON", python);
    }
    if let Some(folder) = vpdq {
        cargo.env("PAUSEPOINT_VPDQ", folder);
    }
    run::run(cargo.env("PAUSEPOINT_MODELS", root().join("target/stage/models")))
}

fn make_corpus(corpus: &Path, pictures: &Path) -> Result<()> {
    run::run(corpus_program("corpus").arg(corpus).arg(pictures).arg(root().join("../shared")))?;
    run::run(corpus_program("judge").arg(root().join("target/stage/models")).arg(corpus))?;
    run::run(corpus_program("layers").arg(root().join("target/stage/models")).arg(corpus))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    if files.is_empty() {
        bail!("no tests in {}", folder.display());
    }
    Ok(files)
}
