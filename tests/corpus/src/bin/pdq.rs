//! Times PDQ natively: `pdq FOLDER`. Writes the picture to `FOLDER/scene.ppm` and each family's milliseconds to a file of
//! its name, for the peers of `benches/pdq`.

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
        let mut found = String::new();
        let mut times: Vec<f64> = (0..ROUNDS)
            .map(|_| {
                let start = Instant::now();
                let mut hasher = Hasher::new(width, height, family);
                for (y, row) in (0..height).zip(picture.chunks_exact(3 * width as usize)) {
                    hasher.push(y, row.as_chunks().0);
                }
                let pdq = hasher.finish();
                found = format!("{}, quality {}", pdq.hash(), pdq.quality);
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        let millis = times[ROUNDS / 2];
        println!("{:<34}{millis:>8.2} ms  {found}", format!("native, {}", family.name()));
        fs::write(folder.join(family.name()), millis.to_string())?;
    }
    Ok(())
}
