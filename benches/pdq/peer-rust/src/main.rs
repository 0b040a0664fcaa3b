//! Times the crate `pdqhash`: `peer FOLDER`, on FOLDER/scene.ppm.

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use pdqhash::image::{DynamicImage, RgbImage};

const ROUNDS: usize = 41;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: peer FOLDER")?);
    let picture =
        DynamicImage::ImageRgb8(scene(&fs::read(folder.join("scene.ppm"))?).ok_or("no such picture")?);
    measure("full-size", &folder, || Some(pdqhash::generate_pdq_full_size(&picture)))?;
    // It averages where the reference takes every so many-th pixel, so that its hash is of neither family.
    measure("512-nearest", &folder, || pdqhash::generate_pdq(&picture))
}

/// Prints the median time, its ratio to ours of the same family, and what comes out.
fn measure(
    family: &str,
    folder: &std::path::Path,
    hash: impl Fn() -> Option<([u8; 32], f32)>,
) -> Result<(), Box<dyn Error>> {
    let mut last = None;
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            last = hash();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let (millis, ours) = (times[ROUNDS / 2], fs::read_to_string(folder.join(family))?);
    let (hash, quality) = last.ok_or("too small")?;
    let text: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let what = if family == "full-size" { family } else { "averaged to 512" };
    println!(
        "{:<34}{millis:>8.2} ms  {text}, quality {quality:.3} of 1, {:.1} × ours",
        format!("crates.io pdqhash, {what}"),
        millis / ours.parse::<f64>()?
    );
    Ok(())
}

/// The picture as `tests/corpus/src/bin/pdq.rs` writes it.
fn scene(ppm: &[u8]) -> Option<RgbImage> {
    let end = ppm.iter().position(|byte| *byte == b'\n')?;
    let mut words = std::str::from_utf8(&ppm[..end]).ok()?.split(' ').skip(1);
    let (width, height) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    RgbImage::from_raw(width, height, ppm[end + 1..].to_vec())
}
