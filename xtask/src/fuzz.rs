//! Fuzzing: libFuzzer makes inputs up, led by the code that they reach, until one breaks a target of `fuzz/targets`.
//! How they are built is in `fuzz/config.toml`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{command, quietly, root, run as run_command, say, shown, step};
use crate::setup;

const TARGETS: [&str; 7] = ["guardian", "hash_list", "message", "metadata", "pack", "picture", "text_hash"];

/// How long each target runs among the tests, in seconds.
const AMONG_TESTS: u32 = 12;
/// How long one runs where nothing else is said.
const ALONE: u32 = 300;
/// Longer than this for one input, in seconds, is a hang: far from what any needs on a slow machine.
const HANG: u32 = 20;

/// Runs one target: for that many seconds, or on one file.
pub fn run(target: &str, how: Option<&str>) -> Result<()> {
    if !TARGETS.contains(&target) {
        bail!("no target {target}; there are {}", TARGETS.join(", "));
    }
    let file = how.map(Path::new).filter(|path| path.is_file());
    let seconds = match (how, file) {
        (Some(how), None) => {
            how.parse().with_context(|| format!("{how} is no file and no number of seconds"))?
        }
        _ => ALONE,
    };
    let program = step("building the fuzz targets", || build(setup::fuzzer()?))?;
    match file {
        Some(file) => run_command(command(&program).env("FUZZ_TARGET", target).arg(file.canonicalize()?)),
        // Inputs that reached something new are where the next run begins.
        None => run_command(&mut fuzzer(&program, target, seconds, "corpus")?),
    }
}

/// Runs each target for a short while, from its seeds: what earlier runs kept would take longer only to be read.
pub fn all(toolchain: &str) -> Result<()> {
    let program = step("building the fuzz targets", || build(toolchain))?;
    for target in TARGETS {
        let kept = root().join("target/fuzz/tests").join(target);
        if kept.exists() {
            fs::remove_dir_all(&kept)?;
        }
        step(&format!("fuzzing {target}"), || {
            quietly_run(&mut fuzzer(&program, target, AMONG_TESTS, "tests")?)
        })?;
    }
    Ok(())
}

/// Builds the program that has all targets.
fn build(toolchain: &str) -> Result<PathBuf> {
    let toolchain = format!("+{toolchain}");
    let version = quietly(command("cargo").args([&toolchain, "--version", "--verbose"]))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).context("cargo names no host")?;
    let folder = root().join("target/fuzz");
    let mut cargo = command("cargo");
    cargo.args([&toolchain, "build", "--quiet", "--locked", "--release", "--config", "fuzz/config.toml"]);
    // With a target, the flags are not for build scripts.
    cargo.args(["--manifest-path", "fuzz/Cargo.toml", "--target", host, "--target-dir"]).arg(&folder);
    // Where it is set, it counts instead of what the file says.
    quietly(cargo.env_remove("RUSTFLAGS"))?;
    Ok(folder.join(host).join("release/targets"))
}

/// A run that keeps inputs which reached something new in a folder of `target/fuzz`.
fn fuzzer(program: &Path, target: &str, seconds: u32, kept: &str) -> Result<Command> {
    let [kept, broke] = [kept, "broke"].map(|name| root().join("target/fuzz").join(name).join(target));
    for folder in [&kept, &broke] {
        fs::create_dir_all(folder).with_context(|| format!("making {}", shown(folder)))?;
    }
    let mut fuzzer = command(program);
    fuzzer.env("FUZZ_TARGET", target);
    fuzzer.arg(&kept).arg(root().join("fuzz/seeds").join(target));
    fuzzer.args([format!("-max_total_time={seconds}"), format!("-timeout={HANG}")]);
    fuzzer.arg(format!("-artifact_prefix={}/", broke.display()));
    // Safe code that leaks is not what is looked for, and looking needs rights that containers withhold.
    fuzzer.env("ASAN_OPTIONS", "detect_leaks=0");
    Ok(fuzzer)
}

fn quietly_run(fuzzer: &mut Command) -> Result<()> {
    let output = fuzzer.output().context("starting the fuzzer")?;
    let printed = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("it broke ({}); what broke it is in target/fuzz/broke\n{printed}", output.status);
    }
    printed.lines().filter(|line| line.starts_with("Done ")).for_each(|line| say(&format!("  {line}")));
    Ok(())
}
