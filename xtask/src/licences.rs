//! Licence notices of the crates that are compiled into the wasm module, for the package to carry.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::run::{command, quietly};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    manifest_path: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    kind: Option<String>,
}

/// Writes the notices of every crate in the module into one file.
pub fn write(file: &Path) -> Result<()> {
    let mut cargo = command("cargo");
    cargo.args(["metadata", "--format-version=1", "--locked", "--filter-platform=wasm32-unknown-unknown"]);
    let metadata: Metadata =
        serde_json::from_str(&quietly(&mut cargo)?).context("reading cargo's metadata")?;
    let packages: HashMap<&str, &Package> = metadata.packages.iter().map(|p| (p.id.as_str(), p)).collect();
    let nodes: HashMap<&str, &Node> = metadata.resolve.nodes.iter().map(|n| (n.id.as_str(), n)).collect();

    let own =
        metadata.packages.iter().find(|p| p.name == "pausepoint").context("the crate itself is missing")?;
    let mut open = vec![own.id.as_str()];
    let mut linked = BTreeSet::new();
    while let Some(id) = open.pop() {
        for dependency in &nodes.get(id).context("a crate without a node")?.deps {
            let normal = dependency.dep_kinds.iter().any(|k| k.kind.is_none());
            let package = packages.get(dependency.pkg.as_str()).context("a crate without metadata")?;
            // Macros run at build time; nothing of them is in the module.
            let is_macro = package.targets.iter().any(|t| t.kind.iter().any(|k| k == "proc-macro"));
            if normal && !is_macro && linked.insert(dependency.pkg.as_str()) {
                open.push(&dependency.pkg);
            }
        }
    }
    ensure!(!linked.is_empty(), "no dependencies found");

    // Many crates share a text; each text stands once, under the crates that it is for.
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in linked {
        let package = packages[id];
        let title = format!(
            "{} {} ({})",
            package.name,
            package.version,
            package.license.as_deref().unwrap_or("see the text")
        );
        texts.entry(notice(package)?).or_default().push(title);
    }
    let mut out = String::from(
        "The WebAssembly module contains these Rust crates. Each is used under the licence whose text follows it.\n",
    );
    for (text, titles) in texts {
        out += &format!("\n{}\n\n{}\n\n{text}\n", "=".repeat(80), titles.join("\n"));
    }
    fs::write(file, out).context("writing the notices")
}

/// The licence texts that a crate ships: the MIT one where there is a choice, for brevity.
fn notice(package: &Package) -> Result<String> {
    let folder = Path::new(&package.manifest_path).parent().context("a manifest without a folder")?;
    let mut files: Vec<_> = fs::read_dir(folder)?
        .flatten()
        .map(|e| e.path())
        .filter(|p| {
            let name = p.file_name().unwrap_or_default().to_string_lossy().to_uppercase();
            p.is_file()
                && ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT"].iter().any(|start| name.starts_with(start))
        })
        .collect();
    files.sort();
    let is_mit = |p: &Path| p.to_string_lossy().to_uppercase().ends_with("MIT");
    if files.iter().any(|p| is_mit(p)) {
        files.retain(|p| is_mit(p));
    }
    if files.is_empty() {
        let licence =
            package.license.as_deref().with_context(|| format!("{} has no licence", package.name))?;
        return Ok(format!("(Published without a text; its licence is {licence}.)"));
    }
    let texts = files.iter().map(fs::read_to_string).collect::<std::io::Result<Vec<_>>>()?;
    Ok(texts.iter().map(|t| t.trim()).collect::<Vec<_>>().join("\n\n"))
}
