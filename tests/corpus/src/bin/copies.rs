//! How many copies of pictures the own list knows, made smaller or larger and compressed once more, and how many their
//! plain hash would: `copies PICTURE…`. Pictures below 600 × 400 and those with little in them are left out.

use anyhow::{Context, Result};
use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView};
use pausepoint::Limits;
use pausepoint::hash::list::{Added, ListError, OwnList, Variants};
use pausepoint::hash::pdq::{MATCH_DISTANCE, PdqHash};
use pausepoint::hash::picture::{self, Ask};

const SCALES: [f64; 15] = [0.95, 0.9, 0.83, 0.75, 0.67, 0.6, 0.5, 0.45, 0.4, 0.33, 0.3, 0.25, 0.2, 1.3, 2.0];
const FILTERS: [FilterType; 3] = [FilterType::Triangle, FilterType::Lanczos3, FilterType::Nearest];
const JPEG_QUALITY: u8 = 70;
/// Widest copy.
const WIDEST: u32 = 4000;

fn main() -> Result<()> {
    let (mut pictures, mut copies, mut plain, mut listed, mut wrong) = (0, 0, 0, 0, 0);
    let mut all = OwnList::default();
    let mut copied = Vec::new();
    for path in std::env::args().skip(1) {
        let Ok(picture) = image::open(&path) else { continue };
        let (width, height) = picture.dimensions();
        if width < 600 || height < 400 {
            continue;
        }
        let rgba = picture.to_rgba8();
        let limits = Limits::default();
        let Ok(variants) = Variants::of_pixels(&rgba, (width, height), &limits) else { continue };
        match all.add(&path, &variants) {
            Ok(Added::New) => pictures += 1,
            // Some are there twice, in two formats.
            Ok(Added::Known) => {
                all.remove(&path)?;
                continue;
            }
            Err(ListError::TooPlain) => continue,
            Err(error) => return Err(error.into()),
        }
        let own = full_size(&picture)?;
        for scale in SCALES.into_iter().filter(|scale| f64::from(width) * scale <= f64::from(WIDEST)) {
            let [width, height] = [width, height].map(|side| (f64::from(side) * scale).round() as u32);
            for filter in FILTERS {
                let copy = full_size(&compressed(&picture.resize_exact(width, height, filter))?)?;
                copies += 1;
                plain += usize::from(own.distance(&copy) <= MATCH_DISTANCE);
                copied.push((path.clone(), copy));
            }
        }
    }
    for (path, copy) in copied {
        match all.find(&copy) {
            Some(found) if found.name == path => listed += 1,
            Some(_) => wrong += 1,
            None => {}
        }
    }
    let share = |known: usize| 100.0 * known as f64 / f64::from(copies);
    println!("{pictures} pictures, {copies} copies");
    println!("known by their plain hash: {:.1} %, by the own list: {:.1} %", share(plain), share(listed));
    println!("taken for another picture of the list: {wrong}");
    Ok(())
}

fn compressed(picture: &DynamicImage) -> Result<DynamicImage> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY).encode_image(&picture.to_rgb8())?;
    Ok(image::load_from_memory(&bytes)?)
}

fn full_size(picture: &DynamicImage) -> Result<PdqHash> {
    let hashes =
        picture::hash_rgba(&picture.to_rgba8(), picture.dimensions(), Ask::AsItIs, &Limits::default());
    Ok(hashes.ok().context("a picture that can be hashed")?.pdq.full_size.hash())
}
