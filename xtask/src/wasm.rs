//! The WebAssembly builds: cargo, then wasm-bindgen as a library of the lockfile's version, then wasm-opt.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::run::{command, quietly, root, run, step};
use crate::setup::{DEBIAN_CARGO, DEBIAN_RUSTC, WasmToolchain, wasm_toolchain};

/// One build of the module.
pub struct Build {
    /// Name of its folder in the stage.
    pub name: &'static str,
    target_features: &'static str,
    crate_features: &'static str,
    hooked: bool,
}

const RELAXED: &str = "+simd128,+relaxed-simd";
const SIMD128: &str = "+simd128";
const PORTABLE: &str = "-simd128";

/// What is published: the guard's module, the hasher's, and those of contacts and of metadata, for which SIMD has nothing.
/// Those of a pair have other flags, see [`stage`].
pub const PUBLISHED: [Build; 7] = [
    Build::published("relaxed", RELAXED, "wasm-guard"),
    Build::published("portable", PORTABLE, "wasm-guard"),
    Build::published("simd128", SIMD128, "wasm-guard"),
    Build::published("hash-portable", PORTABLE, "wasm-hash"),
    Build::published("hash-simd128", SIMD128, "wasm-hash"),
    Build::published("contact", PORTABLE, "wasm-contact"),
    Build::published("metadata", PORTABLE, "wasm-metadata"),
];

/// For tests: the guard's SIMD builds with inputs that break them, a comparison of the kernels, and debug assertions,
/// which check every access of the kernels.
pub const HOOKED: [Build; 2] = [Build::hooked("relaxed", RELAXED), Build::hooked("simd128", SIMD128)];

impl Build {
    const fn published(
        name: &'static str,
        target_features: &'static str,
        crate_feature: &'static str,
    ) -> Self {
        Self { name, target_features, crate_features: crate_feature, hooked: false }
    }

    const fn hooked(name: &'static str, target_features: &'static str) -> Self {
        Self { name, target_features, crate_features: "wasm-guard,test-hooks", hooked: true }
    }

    /// A name for its flags, which compiled crates can be shared by.
    fn flags(&self) -> &'static str {
        match self.target_features {
            RELAXED => "relaxed",
            SIMD128 => "simd128",
            _ => "portable",
        }
    }
}

/// Functions are copied into their callers up to a third of the usual size: 12 KB less with brotli, kernels and JPEG as
/// fast as before, PNG a twentieth slower.
const SMALL: &str = "-C llvm-args=-inline-threshold=75";

/// Builds the modules into `folder/NAME`, two at a time: linking and optimising keep one core busy for most of it. Those of
/// a pair have other flags, and so other target folders.
pub fn stage(builds: &[Build], folder: &Path) -> Result<()> {
    let toolchain = wasm_toolchain()?;
    for pair in builds.chunks(2) {
        let names: Vec<&str> = pair.iter().map(|build| build.name).collect();
        let hooked = if pair.iter().any(|build| build.hooked) { " with test hooks" } else { "" };
        step(&format!("building WebAssembly{hooked}: {}", names.join(", ")), || {
            thread::scope(|scope| {
                let running: Vec<_> = pair
                    .iter()
                    .map(|build| scope.spawn(move || stage_one(build, folder, toolchain)))
                    .collect();
                running.into_iter().try_for_each(|build| match build.join() {
                    Ok(result) => result,
                    Err(panic) => std::panic::resume_unwind(panic),
                })
            })
        })?;
    }
    Ok(())
}

fn stage_one(build: &Build, folder: &Path, toolchain: WasmToolchain) -> Result<()> {
    let module = compile(build, toolchain)?;
    let out = folder.join(build.name);
    fs::create_dir_all(&out)?;
    Bindgen::new()
        .input_path(module)
        .web(true)
        .context("wasm-bindgen")?
        .typescript(true)
        .omit_default_module_path(true)
        .out_name("pausepoint")
        .generate(&out)
        .context("wasm-bindgen")?;
    if build.hooked { Ok(()) } else { optimise(&out.join("pausepoint_bg.wasm"), build) }
}

fn compile(build: &Build, toolchain: WasmToolchain) -> Result<PathBuf> {
    // One target folder for each set of flags, or each build would throw away the other's work.
    let target = root().join("target/wasm").join(build.flags());
    let mut flags = format!("-C target-feature={} {SMALL}", build.target_features);
    // Paths of this machine stay out of the panic messages of a published module.
    for (from, to) in [(Some(root()), "/pausepoint"), (cargo_home(), "/cargo")] {
        if let Some(from) = from {
            flags += &format!(" --remap-path-prefix={}={to}", from.display());
        }
    }
    let mut cargo = match toolchain {
        WasmToolchain::Rustup => command("cargo"),
        WasmToolchain::Debian => {
            let sysroot = quietly(command("rustc").args(["--print", "sysroot"]))?;
            let host = quietly(command("rustc").args(["--print", "host-tuple"]))?;
            let linker = Path::new(sysroot.trim()).join("lib/rustlib").join(host.trim()).join("bin/rust-lld");
            ensure!(linker.is_file(), "the Rust toolchain has no rust-lld");
            let mut cargo = command(DEBIAN_CARGO);
            cargo.env("RUSTC", DEBIAN_RUSTC).env("RUSTC_BOOTSTRAP", "1").env_remove("RUSTUP_TOOLCHAIN");
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
            cargo.args(["-Z", "build-std=std,panic_abort"]);
            cargo
        }
    };
    cargo.env("RUSTFLAGS", flags).env("CARGO_TARGET_DIR", &target).env_remove("CARGO");
    if build.hooked {
        cargo.env("CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS", "true");
        cargo.env("CARGO_PROFILE_RELEASE_OVERFLOW_CHECKS", "true");
    }
    cargo.args(["build", "--quiet", "--locked", "--release", "--lib", "--package", "pausepoint"]);
    cargo.args([
        "--target",
        "wasm32-unknown-unknown",
        "--no-default-features",
        "--features",
        build.crate_features,
    ]);
    run(&mut cargo)?;
    Ok(target.join("wasm32-unknown-unknown/release/pausepoint.wasm"))
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Runs wasm-opt in place, unless it has seen this very module before.
fn optimise(module: &Path, build: &Build) -> Result<()> {
    let digest = crate::models::digest(&fs::read(module)?);
    let done = root().join("target/wasm").join(build.flags()).join(format!("optimised-{digest}.wasm"));
    if !done.is_file() {
        let mut tool = command("node");
        tool.arg("node_modules/binaryen/bin/wasm-opt").arg(module).arg("-o").arg(&done);
        // What the compiler assumes of every engine since 2022, and no more.
        tool.args(["-O3", "--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext"]);
        tool.args(["--enable-mutable-globals", "--enable-reference-types", "--enable-multivalue"]);
        if build.target_features != PORTABLE {
            tool.arg("--enable-simd");
        }
        if build.target_features == RELAXED {
            tool.arg("--enable-relaxed-simd");
        }
        run(&mut tool)?;
    }
    fs::copy(&done, module).map(drop).context("taking the optimised module")
}
