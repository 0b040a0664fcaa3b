//! Times PDQ natively: `pdq FOLDER`. For the peers of `benches/pdq` it writes the picture to `FOLDER/scene.ppm`, a paler
//! one, whose quality is not the best, to `FOLDER/pale.ppm`, and each family's milliseconds to a file of its name.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use corpus::scene;
use pausepoint::hash::pdq::{Family, Hasher, Pdq};

const SIZE: (u32, u32) = (1024, 768);
const ROUNDS: usize = 41;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("usage: pdq FOLDER")?);
    let (width, height) = SIZE;
    let picture = scene::harbour(width, height).into_raw();
    let pale: Vec<u8> = picture.iter().map(|value| value / 4 + 96).collect();
    fs::create_dir_all(&folder)?;
    for (name, pixels) in [("scene.ppm", &picture), ("pale.ppm", &pale)] {
        let mut ppm = format!("P6 {width} {height} 255\n").into_bytes();
        ppm.extend_from_slice(pixels);
        fs::write(folder.join(name), ppm)?;
    }

    for family in Family::ALL {
        let mut last = None;
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                last = Some(hash(&picture, family).hash());
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let (millis, text) = (times[ROUNDS / 2], last.unwrap_or_default());
        let quality = hash(&pale, family).quality;
        println!("{:<34}{millis:>8.2} ms  {text}, paler: {quality}", format!("native, {}", family.name()));
        fs::write(folder.join(family.name()), millis.to_string())?;
    }
    Ok(())
}

fn hash(pixels: &[u8], family: Family) -> Pdq {
    let (width, height) = SIZE;
    let mut hasher = Hasher::new(width, height, family);
    for (y, row) in (0..height).zip(pixels.chunks_exact(3 * width as usize)) {
        hasher.push(y, row.as_chunks().0);
    }
    hasher.finish()
}
