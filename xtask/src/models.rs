//! The model files: from the npm package of the weights' publisher to `target/stage/models`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use pausepoint::classify::model::ModelFile;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::convert::{Origin, convert};
use crate::run::{command, quietly, root, say, step};

const NAMES: [&str; 2] = ["mid", "small"];
const PUBLISHER: &str = "node_modules/nsfwjs";

/// `models/NAME.json`: which published weights are used, and what they must come out as.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Record {
    name: String,
    package: String,
    version: String,
    /// Inside the package.
    folder: String,
    licence: String,
    copyright: String,
    classes: Vec<String>,
    published_accuracy: String,
    /// SHA-256 of each file of `folder`.
    files: BTreeMap<String, String>,
    /// BLAKE3 at the end of the converted file, over all before it.
    content_blake3: String,
}

/// Converts every model into `folder`, checking the published files and the result against the records.
pub fn stage(folder: &Path) -> Result<()> {
    step("converting the published weights", || {
        fs::create_dir_all(folder)?;
        for name in NAMES {
            let record = read(name)?;
            for (file, expected) in &record.files {
                let found = digest(&fs::read(source(&record).join(file))?);
                ensure!(found == *expected, "{file} of {} is not the one on record", record.package);
            }
            let (file, content) = make(&record)?;
            ensure!(
                content == record.content_blake3,
                "the {name} model converts to another file than is on record"
            );
            fs::write(folder.join(format!("{name}.ppmodel")), file)?;
        }
        fs::copy(root().join(PUBLISHER).join("LICENSE"), folder.join("LICENSE-nsfwjs.txt"))?;
        Ok(())
    })
}

/// Writes the digests of what is installed and converted now into the records.
pub fn record() -> Result<()> {
    crate::setup::node()?;
    for name in NAMES {
        let mut record = read(name)?;
        record.files = BTreeMap::new();
        for entry in fs::read_dir(source(&record))? {
            let entry = entry?;
            record
                .files
                .insert(entry.file_name().to_string_lossy().into_owned(), digest(&fs::read(entry.path())?));
        }
        record.content_blake3 = make(&record)?.1;
        fs::write(path(name), format!("{}\n", serde_json::to_string_pretty(&record)?))?;
        say(&format!("{name}: {}", record.content_blake3));
    }
    Ok(())
}

fn make(record: &Record) -> Result<(Vec<u8>, String)> {
    let neutral = root().join("target/stage/extracted").join(&record.name);
    quietly(command("node").arg("xtask/js/extract-model.mjs").arg(source(record)).arg(&neutral))?;
    let origin = Origin {
        name: &record.name,
        source: format!("npm {} {} {}", record.package, record.version, record.folder),
        licence: format!("{}, {}", record.licence, record.copyright),
    };
    let file = convert(&neutral, &origin)?;
    let content = hex(ModelFile::parse(file.clone())?.digest());
    Ok((file, content))
}

fn source(record: &Record) -> PathBuf {
    root().join("node_modules").join(&record.package).join(&record.folder)
}

fn path(name: &str) -> PathBuf {
    root().join(format!("models/{name}.json"))
}

fn read(name: &str) -> Result<Record> {
    let text = fs::read(path(name)).with_context(|| format!("reading models/{name}.json"))?;
    serde_json::from_slice(&text).with_context(|| format!("parsing models/{name}.json"))
}

/// SHA-256 in hexadecimal.
pub fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
