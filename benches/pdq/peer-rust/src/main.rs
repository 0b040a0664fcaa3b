//! Times the crate `pdqhash`: `peer FOLDER`, on FOLDER/scene.ppm.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use pdqhash::image::{DynamicImage, RgbImage};

const ROUNDS: usize = 41;

/// Hash and quality.
type Pdq = ([u8; 32], f32);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("usage: peer FOLDER")?);
    measure("full-size", "full-size", &folder, |picture| Some(pdqhash::generate_pdq_full_size(picture)))?;
    // It averages where the reference takes every so many-th pixel, so that its hash is of neither family.
    measure("averaged to 512", "512-nearest", &folder, pdqhash::generate_pdq)
}

/// Prints the median time, the hash, a paler picture's quality, and the time's ratio to that of one of our families.
fn measure(
    what: &str,
    family: &str,
    folder: &Path,
    hash: impl Fn(&DynamicImage) -> Option<Pdq>,
) -> Result<(), Box<dyn Error>> {
    let (picture, pale) = (picture(&folder.join("scene.ppm"))?, picture(&folder.join("pale.ppm"))?);
    let mut last = None;
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            last = hash(&picture);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let millis = times[ROUNDS / 2];
    let ratio = millis / fs::read_to_string(folder.join(family))?.parse::<f64>()?;
    let (bits, _) = last.ok_or("no hash")?;
    let (_, quality) = hash(&pale).ok_or("no hash")?;
    let text: String = bits.iter().map(|byte| format!("{byte:02x}")).collect();
    let what = format!("crates.io pdqhash, {what}");
    println!("{what:<34}{millis:>8.2} ms  {text}, paler: {quality:.3} of 1, {ratio:.1} × ours");
    Ok(())
}

/// A picture as `tests/corpus/src/bin/pdq.rs` writes it.
fn picture(path: &Path) -> Result<DynamicImage, Box<dyn Error>> {
    let ppm = fs::read(path)?;
    let end = ppm.iter().position(|byte| *byte == b'\n').ok_or("no header")?;
    let sides = str::from_utf8(&ppm[..end])?.split(' ').skip(1).take(2).map(str::parse::<u32>);
    let [width, height] = sides.collect::<Result<Vec<_>, _>>()?[..] else { return Err("no size".into()) };
    let pixels = RgbImage::from_raw(width, height, ppm[end + 1..].to_vec()).ok_or("too few pixels")?;
    Ok(DynamicImage::ImageRgb8(pixels))
}
