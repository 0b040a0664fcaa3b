//! Every test, in the order in which a failure tells most: the core first, the browser last.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::{self, command, root, say, step};
use crate::{package, setup, wasm};

pub fn run() -> Result<()> {
    setup::node()?;
    let chromium = setup::chromium()?;
    let pictures = setup::pictures()?;

    step("checking format and lints", || {
        run::run(command("cargo").args(["fmt", "--all", "--check"]))?;
        let mut clippy = command("cargo");
        clippy.args([
            "clippy",
            "--quiet",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]);
        run::run(&mut clippy)
    })?;
    package::pack()?;
    step("Rust tests", || {
        let mut cargo = command("cargo");
        cargo.args(["test", "--quiet", "--locked", "--workspace"]);
        cargo.env("PAUSEPOINT_MODELS", root().join("target/stage/models"));
        run::run(&mut cargo)
    })?;

    wasm::stage(&[wasm::HOOKED], &root().join("target/hooked"))?;
    let corpus = root().join("target/corpus");
    step("making the corpus, and judging it natively", || {
        run::run(
            command("cargo")
                .args(["run", "--quiet", "--locked", "--release", "--package", "corpus", "--"])
                .arg(&corpus)
                .arg(&pictures),
        )?;
        run::run(
            command("cargo")
                .args([
                    "run",
                    "--quiet",
                    "--locked",
                    "--release",
                    "--package",
                    "corpus",
                    "--bin",
                    "judge",
                    "--",
                ])
                .arg(root().join("target/stage/models"))
                .arg(&corpus),
        )
    })?;
    package::build_site()?;

    for (what, folder) in [
        ("tests of the package's parts", "pkg-config/test"),
        ("tests in Node", "tests/node"),
        ("tests of the package as installed", "tests/packaging"),
        ("tests in Chromium", "tests/e2e"),
        ("tests of the playground", "www/test"),
    ] {
        step(what, || {
            let mut node = command("node");
            // One file at a time: they measure, and the machine may be small.
            node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
                .args(files(&root().join(folder))?);
            node.env("PAUSEPOINT_CHROMIUM", &chromium).env("PAUSEPOINT_CORPUS", &corpus);
            run::run(&mut node)
        })?;
    }
    say("\nall tests passed");
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut files: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}
