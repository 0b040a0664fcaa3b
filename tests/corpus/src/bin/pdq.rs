//! Times PDQ natively: `pdq FOLDER`. Writes the picture to `FOLDER/scene.ppm`, for the peers of `benches/pdq`.

use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result};
use corpus::scene;
use pausepoint::hash::pdq::{Family, Hasher};

const SIZE: (u32, u32) = (1024, 768);
const ROUNDS: usize = 41;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("usage: pdq FOLDER")?);
    let (width, height) = SIZE;
    let picture = scene::harbour(width, height).into_raw();
    let mut ppm = format!("P6 {width} {height} 255\n").into_bytes();
    ppm.extend_from_slice(&picture);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("scene.ppm"), ppm)?;

    for family in Family::ALL {
        let mut hash = String::new();
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                let mut hasher = Hasher::new(width, height, family);
                for (y, row) in (0..height).zip(picture.chunks_exact(3 * width as usize)) {
                    hasher.push(y, row.as_chunks().0);
                }
                hash = hasher.finish().hash().to_string();
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("{:<34}{:>8.2} ms  {hash}", format!("native, {}", family.name()), times[ROUNDS / 2]);
    }
    Ok(())
}
