//! The language packs: from `packs/messages` to `target/stage/packs`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use pausepoint::message::file::Draft;
use pausepoint::message::{Pack, Source};

use crate::run::root;

/// The languages; each has a source `packs/messages/LANGUAGE.pack`.
pub const LANGUAGES: [&str; 4] = ["en", "es", "de", "fr"];

/// Compiles the packs into a folder. The same sources give the same bytes.
pub fn stage(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for language in LANGUAGES {
        let path = root().join("packs/messages").join(language).with_extension("pack");
        let text = fs::read_to_string(&path).with_context(|| format!("{} is missing", path.display()))?;
        let pack = Source::read(&text).and_then(|source| Pack::compile(&source));
        let pack = pack.map_err(|error| anyhow!("{}: {error}", path.display()))?;
        let bytes = Draft::write_bundled(language, 1, &pack)
            .map_err(|error| anyhow!("{}: {error}", path.display()))?;
        fs::write(folder.join(language).with_extension("pppack"), bytes)?;
    }
    Ok(())
}
