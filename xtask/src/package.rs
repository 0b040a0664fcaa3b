//! The npm package.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::run::{command, quietly, root, run, step};
use crate::{licences, models, packs, setup, wasm};

/// Builds the npm package into `pkg-config/dist`.
pub fn build() -> Result<()> {
    setup::node()?;
    let stage = root().join("target/stage");
    models::stage(&stage.join("models"))?;
    packs::stage(&stage.join("packs"))?;
    wasm::stage(&wasm::PUBLISHED, &stage.join("wasm"))?;
    licences::write(&stage.join("wasm/LICENSES.txt"))?;
    step("building the npm package", || run(command("node").args(["pkg-config/build.mjs"])))
}

/// Packs the package as `.tgz` into `target/pack` and unpacks it beside, as an installation would.
pub fn pack() -> Result<PathBuf> {
    build()?;
    step("packing", || {
        let folder = root().join("target/pack");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let mut npm = command("npm");
        npm.args(["pack", "--json", "--ignore-scripts", "--workspace", "pkg-config", "--pack-destination"]);
        quietly(npm.arg(&folder))?;
        let packed = fs::read_dir(&folder)?
            .flatten()
            .map(|e| e.path())
            .find(|p| p.extension().is_some_and(|e| e == "tgz"));
        let packed = packed.context("npm pack made no .tgz")?;
        quietly(command("tar").arg("xzf").arg(&packed).arg("-C").arg(&folder))?;
        Ok(packed)
    })
}

/// Where [`pack`] unpacks the package.
pub fn unpacked() -> PathBuf {
    root().join("target/pack/package")
}

/// Builds `www/dist` on the packed package.
pub fn build_site() -> Result<()> {
    step("building the site", || {
        let mut npm = command("npm");
        npm.args(["run", "--silent", "build", "--workspace", "www"]).env("PAUSEPOINT_PACKAGE", unpacked());
        run(&mut npm)
    })
}
