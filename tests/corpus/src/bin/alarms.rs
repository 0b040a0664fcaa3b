//! Counts false alarms on benign pictures, with looks at the whole picture only and with tiles:
//! `alarms MODELS MODEL PICTURE…`.
//!
//! Every picture that is large or long enough for tiles is judged once, and the wide and tall thirds of those that are
//! large enough for that. Give it benign pictures only: whatever is not allowed is counted as wrong.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use image::DynamicImage;
use pausepoint::classify::{Classifier, Scores};
use pausepoint::image::{Limits, Views, decode};
use pausepoint::{Action, AgeBand, Direction, Policy};
use sha2::{Digest, Sha256};

/// Scores of one picture: the whole, then the tiles.
type Seen = Vec<Scores>;

/// Least sides of a picture whose thirds are judged, too.
const THIRDS: u32 = 672;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: alarms MODELS MODEL PICTURE…";
    let (models, model) = (args.next().context(usage)?, args.next().context(usage)?);
    let mut classifier = Classifier::new(fs::read(models.join(model).with_extension("ppmodel"))?)?;

    let mut all: Vec<Seen> = Vec::new();
    let mut known = HashSet::new();
    for path in args {
        let picture = image::open(&path).with_context(|| format!("reading {}", path.display()))?;
        if !known.insert(Sha256::digest(picture.as_bytes())) {
            continue;
        }
        for (part, view) in parts(&picture) {
            let Some(seen) = looks(&mut classifier, &view)? else { continue };
            let worst = |of: fn(&Scores) -> f64| seen[1..].iter().map(of).fold(0.0, f64::max);
            println!(
                "{}{part}: explicit {:.3}, tiles {:.3}; suggestive {:.3}, tiles {:.3}",
                path.file_name().unwrap_or_default().display(),
                explicit(&seen[0]),
                worst(explicit),
                suggestive(&seen[0]),
                worst(suggestive),
            );
            all.push(seen);
        }
    }

    println!("\n{} pictures with {} tiles", all.len(), all.iter().map(|seen| seen.len() - 1).sum::<usize>());
    for (name, of) in [("explicit", explicit as fn(&Scores) -> f64), ("suggestive", suggestive)] {
        for threshold in [0.1, 0.15, 0.2, 0.3, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98] {
            let whole = all.iter().filter(|seen| of(&seen[0]) >= threshold).count();
            let tile = all.iter().filter(|seen| seen[1..].iter().any(|s| of(s) >= threshold)).count();
            println!("{name} ≥ {threshold}: whole {whole}, a tile {tile}");
        }
    }
    for band in [AgeBand::Under13, AgeBand::From13To15, AgeBand::From16To17, AgeBand::Adult] {
        let policy = Policy::preset(band)?;
        for direction in [Direction::Outgoing, Direction::Incoming] {
            let rules = policy.picture.rules(direction);
            let own = |seen: &Seen| seen[1..].iter().map(|s| rules.judge_tile(s).0).max();
            let same = |seen: &Seen| seen.iter().map(|s| rules.judge(s).0).max();
            let count = |judged: &dyn Fn(&Seen) -> Option<Action>| {
                [Action::Notice, Action::Warn, Action::Block]
                    .map(|action| all.iter().filter(|seen| judged(seen) >= Some(action)).count())
            };
            println!(
                "{band:?} {direction:?}, at least notice, warn, block: whole {:?}; with the preset's tiles {:?}; with tiles at the whole's thresholds {:?}",
                count(&|seen| Some(rules.judge(&seen[0]).0)),
                count(&|seen| own(seen).max(Some(rules.judge(&seen[0]).0))),
                count(&same),
            );
        }
    }
    Ok(())
}

fn explicit(scores: &Scores) -> f64 {
    scores.explicit().as_f64()
}

fn suggestive(scores: &Scores) -> f64 {
    scores.suggestive().as_f64()
}

/// The worst of the backdrops does not matter here: pictures are opaque.
fn looks(classifier: &mut Classifier, picture: &DynamicImage) -> Result<Option<Seen>> {
    let rgba = DynamicImage::from(picture.to_rgb8()).to_rgba8();
    let prepared = decode::prepare_rgba(&rgba, rgba.dimensions(), Views::Tiles, &Limits::default(), &mut ())?;
    let views = prepared.frames.iter().flat_map(|frame| &frame.views);
    let seen: Seen = views.flat_map(|view| &view.looks).map(|look| classifier.classify(look)).collect();
    Ok((seen.len() > 1).then_some(seen))
}

fn parts(picture: &DynamicImage) -> Vec<(String, DynamicImage)> {
    let (width, height) = (picture.width(), picture.height());
    let mut parts = vec![(String::new(), picture.clone())];
    if width.min(height) >= THIRDS {
        for i in 0..3 {
            parts.push((format!(" wide third {i}"), picture.crop_imm(0, height / 3 * i, width, height / 3)));
            parts.push((format!(" tall third {i}"), picture.crop_imm(width / 3 * i, 0, width / 3, height)));
        }
    }
    parts
}
