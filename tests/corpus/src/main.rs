//! Writes the corpus: `corpus OUT PICTURES [SHARED]`.
//!
//! - `OUT/files`: picture files of every format, synthetic and fetched, to be judged alike everywhere.
//! - `OUT/broken`: bad files, with `broken.json` saying what each may be answered.
//! - `OUT/agreement`: photographs and synthetic pictures, for the comparison with the float model.
//! - `OUT/scale`: photographs at 100, 75, 50 and 35 per cent.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::imageops::FilterType;
use image::{DynamicImage, GenericImageView};

use corpus::{broken, synthetic};

/// Photographs, by where set-up put them.
const PHOTOGRAPHS: [&str; 26] = [
    "skimage/data/astronaut.png",
    "skimage/data/brick.png",
    "skimage/data/camera.png",
    "skimage/data/chelsea.png",
    "skimage/data/coffee.png",
    "skimage/data/coins.png",
    "skimage/data/grass.png",
    "skimage/data/gravel.png",
    "skimage/data/hubble_deep_field.jpg",
    "skimage/data/moon.png",
    "skimage/data/motorcycle_left.png",
    "skimage/data/motorcycle_right.png",
    "skimage/data/page.png",
    "skimage/data/retina.jpg",
    "skimage/data/rocket.jpg",
    "skimage/data/ihc.png",
    "sklearn/datasets/images/china.jpg",
    "sklearn/datasets/images/flower.jpg",
    "matplotlib/mpl-data/sample_data/grace_hopper.jpg",
    "pillow-11.3.0/Tests/images/xmp_test.jpg",
    "pillow-11.3.0/Tests/images/ultrahdr.jpg",
    "pillow-11.3.0/Tests/images/junk_jpeg_header.jpg",
    "pillow-11.3.0/Tests/images/flower2.jpg",
    "pillow-11.3.0/Tests/images/iptc.jpg",
    "pillow-11.3.0/Tests/images/exif-72dpi-int.jpg",
    "pillow-11.3.0/Tests/images/hopper.jpg",
];

/// Folders of other people's picture files, of which every one is judged on every target.
const FOREIGN: [&str; 4] = [
    "pillow-11.3.0/Tests/images",
    "pillow-11.3.0/Tests/images/apng",
    "pillow-11.3.0/Tests/images/bmp/g",
    "pillow-11.3.0/Tests/images/bmp/q",
];
/// PNGs abound there; these stand for the kinds.
const FOREIGN_PNG: [&str; 12] = [
    "hopper",
    "apng",
    "16bit",
    "palette",
    "pil123",
    "pil136",
    "transparen",
    "l_trns",
    "i_trns",
    "p_trns",
    "truncated",
    "rgb_trns",
];

const SCALES: [u32; 4] = [100, 75, 50, 35];
/// At 35 % of it the network's 224 pixels are still there.
const SCALE_SIDE: u32 = 640;

fn main() -> Result<()> {
    let mut args = std::env::args_os().skip(1).map(PathBuf::from);
    let usage = "usage: corpus OUT PICTURES [SHARED]";
    let (out, pictures) = (args.next().context(usage)?, args.next().context(usage)?);
    let shared = args.next();

    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    let folder = |name: &str| -> Result<PathBuf> {
        let path = out.join(name);
        fs::create_dir_all(&path)?;
        Ok(path)
    };
    let (files, agreement, scale) = (folder("files")?, folder("agreement")?, folder("scale")?);

    for (name, bytes) in synthetic::files()? {
        fs::write(files.join(format!("made-{name}")), bytes)?;
    }
    for source in FOREIGN {
        let prefix = source.rsplit('/').next().unwrap_or_default();
        for entry in fs::read_dir(pictures.join(source)).with_context(|| format!("reading {source}"))? {
            let path = entry?.path();
            if !path.is_file() {
                continue;
            }
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let kind = name.rsplit('.').next().unwrap_or_default();
            let wanted = matches!(kind, "jpg" | "webp" | "gif" | "bmp")
                || kind == "png" && (prefix == "apng" || FOREIGN_PNG.iter().any(|n| name.starts_with(n)));
            if wanted {
                fs::copy(&path, files.join(format!("{prefix}-{name}")))?;
            }
        }
    }

    write_broken(&folder("broken")?)?;

    let mut photographs: Vec<PathBuf> = PHOTOGRAPHS.iter().map(|p| pictures.join(p)).collect();
    if let Some(shared) = shared.map(|s| s.join("data/pdq/images")).filter(|s| s.is_dir()) {
        photographs.extend(["bridge-1-original.jpg", "q0122.jpg", "q1050.jpg"].map(|name| shared.join(name)));
    } else {
        println!("skipped: the pictures of the PDQ data are not here; everything else is");
    }
    for path in photographs {
        let picture = image::open(&path).with_context(|| format!("reading {}", path.display()))?;
        let picture = DynamicImage::from(picture.to_rgb8());
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for (part, view) in parts(&picture) {
            view.save(agreement.join(format!("{name}-{part}.png")))?;
        }
        for (part, view) in large_parts(&picture) {
            for percent in SCALES {
                let (width, height) = view.dimensions();
                let resized = if percent == 100 {
                    view.clone()
                } else {
                    view.resize_exact(width * percent / 100, height * percent / 100, FilterType::Lanczos3)
                };
                resized.save(scale.join(format!("{name}-{part}@{percent}.png")))?;
            }
        }
    }
    for (name, picture) in synthetic::pictures() {
        picture.save(agreement.join(format!("made-{name}.png")))?;
    }
    Ok(())
}

/// The whole picture, its middle, and one corner.
fn parts(picture: &DynamicImage) -> Vec<(&'static str, DynamicImage)> {
    let (width, height) = picture.dimensions();
    let mut parts = vec![("whole", picture.clone())];
    if width.min(height) >= 300 {
        parts.push(("middle", picture.crop_imm(width / 4, height / 4, width / 2, height / 2)));
        parts.push(("corner", picture.crop_imm(width / 2, height / 2, width / 2, height / 2)));
    }
    parts
}

/// The picture and its quarters, as far as they are large enough to be reduced.
fn large_parts(picture: &DynamicImage) -> Vec<(&'static str, DynamicImage)> {
    let (width, height) = picture.dimensions();
    if width.min(height) < SCALE_SIDE {
        return Vec::new();
    }
    let mut parts = vec![("whole", picture.clone())];
    let (w, h) = (SCALE_SIDE.max(width / 2), SCALE_SIDE.max(height / 2));
    for (name, x, y) in
        [("nw", 0, 0), ("ne", width - w, 0), ("sw", 0, height - h), ("se", width - w, height - h)]
    {
        if (w, h) != (width, height) {
            parts.push((name, picture.crop_imm(x, y, w, h)));
        }
    }
    parts
}

fn write_broken(folder: &Path) -> Result<()> {
    let mut expected = serde_json::Map::new();
    for file in broken::files()? {
        fs::write(folder.join(&file.name), file.bytes)?;
        let value = match file.expect {
            broken::Expect::Unchecked(reason) => reason,
            broken::Expect::Either => "either",
            broken::Expect::Judged => "judged",
        };
        expected.insert(file.name, value.into());
    }
    fs::write(folder.join("../broken.json"), serde_json::to_vec_pretty(&expected)?)?;
    Ok(())
}
