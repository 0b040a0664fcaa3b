//! PDQ, bit for bit beside other people's code: PyPI's binding of the reference on the same pixels, and the hashes that
//! the reference's authors' tools give for files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use corpus::scene;
use image::imageops;
use image::{Rgb, RgbImage};
use pausepoint::Reason;
use pausepoint::hash::pdq::{Dihedral, Family, Hasher, MATCH_DISTANCE, MATCH_QUALITY, Pdq, PdqHash};
use pausepoint::hash::picture::{self, Ask, NotHashed, Orientations, PictureHashes};
use pausepoint::image::{Format, Limits, decode};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn hashed(picture: &RgbImage, family: Family) -> Pdq {
    let mut hasher = Hasher::new(picture.width(), picture.height(), family);
    for (y, row) in picture.as_raw().chunks_exact(3 * picture.width() as usize).enumerate() {
        hasher.push(y as u32, row.as_chunks().0);
    }
    hasher.finish()
}

/// Sizes at which something changes: one pixel per box and more, strips, the shortest sides, 64 × 64, around 512.
const SIZES: [(u32, u32); 20] = [
    (1600, 300),
    (300, 1600),
    (513, 100),
    (100, 513),
    (5, 5),
    (5, 600),
    (600, 5),
    (64, 64),
    (63, 65),
    (65, 64),
    (511, 511),
    (512, 512),
    (513, 513),
    (512, 300),
    (640, 480),
    (1024, 768),
    (127, 129),
    (128, 257),
    (37, 1000),
    (225, 224),
];

/// One pixel of a pattern, which may depend on the size.
type Paint = fn(u32, u32, u32, u32) -> [u8; 3];

const PATTERNS: [(&str, Paint); 11] = [
    ("flat", |_, _, _, _| [87, 141, 30]),
    ("across", |x, _, w, _| [(x * 255 / w) as u8; 3]),
    ("down", |_, y, _, h| [0, (y * 255 / h) as u8, 255 - (y * 255 / h) as u8]),
    ("diagonal", |x, y, w, h| [(x * 255 / w) as u8, (y * 255 / h) as u8, ((x + y) * 255 / (w + h)) as u8]),
    ("noise", |x, y, _, _| noise(x, y).to_le_bytes()[..3].try_into().expect("three bytes")),
    ("coarse noise", |x, y, _, _| [noise(x / 9, y / 7) as u8; 3]),
    ("chequers", |x, y, _, _| if (x / 8 + y / 8) % 2 == 0 { [255; 3] } else { [0, 0, 60] }),
    ("text", |x, y, _, _| if letter(x, y) { [20, 20, 24] } else { [250, 249, 245] }),
    ("rings", |x, y, w, h| {
        let (x, y) = (f64::from(x) - f64::from(w) / 2.0, f64::from(y) - f64::from(h) / 2.0);
        [((x.hypot(y) / 6.0).sin() * 100.0 + 128.0) as u8, 128, 200]
    }),
    ("dots", |x, y, _, _| if noise(x, y).is_multiple_of(97) { [255, 240, 10] } else { [3, 2, 1] }),
    ("halves", |x, y, w, _| if 2 * x < w { [255, 0, 0] } else { [0, 0, noise(x, y) as u8] }),
];

fn noise(x: u32, y: u32) -> u32 {
    let mut n = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
    for _ in 0..3 {
        n = (n ^ (n >> 15)).wrapping_mul(0x2c1b_3c6d);
    }
    n ^ (n >> 13)
}

/// Lines of five by seven made-up letters.
fn letter(x: u32, y: u32) -> bool {
    let (column, row) = (x / 12, y / 20);
    let (x, y) = (x % 12 / 2, y % 20 / 2);
    x < 5
        && y < 7
        && noise(column % 26, row % 7) >> ((y * 5 + x) % 32) & 1 == 1
        && !noise(column, row + 99).is_multiple_of(6)
}

fn pictures() -> Vec<(String, RgbImage)> {
    let mut pictures = Vec::new();
    for (width, height) in SIZES {
        for (name, paint) in PATTERNS {
            let picture = RgbImage::from_fn(width, height, |x, y| Rgb(paint(x, y, width, height)));
            pictures.push((format!("{name} {width}x{height}"), picture));
        }
        pictures.push((format!("harbour {width}x{height}"), scene::harbour(width, height)));
    }
    pictures
}

/// What other people's code says of files; `None` where it is not there.
fn oracle(files: &[PathBuf]) -> Option<Vec<Value>> {
    let Some(python) = std::env::var_os("PAUSEPOINT_PDQ_PYTHON") else {
        println!("skipped: no Python with the reference's binding; `cargo xtask test` makes one");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/pdq.py");
    let output = Command::new(python).arg(script).args(files).output().expect("Python runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("text");
    Some(lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

fn assert_same(name: &str, family: Family, ours: &Pdq, theirs: &Value) {
    let theirs = &theirs[family.name()];
    assert_eq!(
        ours.hash().to_string(),
        theirs["hash"].as_str().expect("a hash"),
        "{name}, {}",
        family.name()
    );
    assert_eq!(
        u64::from(ours.quality),
        theirs["quality"].as_u64().expect("a quality"),
        "{name}, {}",
        family.name()
    );
}

#[test]
fn generated_pictures_hash_as_in_the_reference() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdq");
    std::fs::create_dir_all(&folder).expect("a folder");
    let pictures = pictures();
    assert!(pictures.len() >= 200);
    let files: Vec<PathBuf> = (0..pictures.len()).map(|i| folder.join(format!("{i}.ppm"))).collect();
    for ((_, picture), file) in pictures.iter().zip(&files) {
        let mut ppm = format!("P6 {} {} 255\n", picture.width(), picture.height()).into_bytes();
        ppm.extend_from_slice(picture.as_raw());
        std::fs::write(file, ppm).expect("written");
    }
    let Some(theirs) = oracle(&files) else { return };
    assert_eq!(theirs.len(), pictures.len());
    for ((name, picture), theirs) in pictures.iter().zip(&theirs) {
        for family in Family::ALL {
            assert_same(name, family, &hashed(picture, family), theirs);
        }
        // The reference filters 64 × 64 here, though not where it gives one hash.
        if picture.dimensions() != (64, 64) {
            let ours = hashed(picture, Family::FullSize);
            for (dihedral, hash) in
                Dihedral::ALL.iter().zip(theirs["dihedral"].as_array().expect("eight hashes"))
            {
                assert_eq!(ours.oriented(*dihedral).to_string(), *hash, "{name}, {}", dihedral.name());
            }
        }
    }
    println!("{} pictures, both families and eight orientations: the same bits", pictures.len());
}

#[test]
fn short_sides_have_the_zero_hash() {
    for size in [(4, 300), (300, 4), (1, 1)] {
        let pdq =
            hashed(&RgbImage::from_fn(size.0, size.1, |x, y| Rgb([noise(x, y) as u8; 3])), Family::FullSize);
        assert_eq!((pdq.hash(), pdq.quality), (PdqHash::default(), 0));
    }
}

/// The published test files with the hashes of other people's tools, or nothing where they are not at hand.
fn published() -> Vec<(PathBuf, BTreeMap<String, String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/pdq");
    let Ok(table) = std::fs::read_to_string(folder.join("expected.csv")) else {
        println!("skipped: the published test files are not there");
        return Vec::new();
    };
    let mut lines = table.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let names = lines.next().expect("a heading");
    let rows: Vec<_> = lines
        .map(|row| (folder.join("images").join(&row[0]), names.iter().cloned().zip(row).collect()))
        .collect();
    assert!(!rows.is_empty());
    rows
}

fn of_file(file: &Path) -> PictureHashes {
    picture::hash(&std::fs::read(file).expect("a file"), Ask::AsItIs, &Limits::default()).expect("hashes")
}

#[test]
fn published_files_hash_as_their_authors_say() {
    let rows = published();
    let files: Vec<PathBuf> = rows.iter().map(|(file, _)| file.clone()).collect();
    let theirs = if files.is_empty() { None } else { oracle(&files) };
    let (mut same_pixels, mut exact, mut worst) = (0, 0, 0);
    for (i, (file, expected)) in rows.iter().enumerate() {
        let name = file.file_name().expect("a name").to_string_lossy();
        let ours = of_file(file);
        let pixels_are_theirs = theirs.as_ref().map(|theirs| theirs[i]["rgb"] == digest_of_pixels(file));
        same_pixels += u32::from(pixels_are_theirs == Some(true));
        for (family, column) in [(Family::Nearest512, "512_nearest"), (Family::FullSize, "full_size")] {
            let pdq = ours.pdq.of(family);
            let hash: PdqHash = expected[&format!("pdq_{column}")].parse().expect("a hash");
            let quality: u8 = expected[&format!("quality_{column}")].parse().expect("a number");
            let distance = pdq.hash().distance(&hash);
            // Where there is next to nothing in a picture, the last bit of a pixel shows.
            let most = if quality < MATCH_QUALITY { 8 } else { 4 };
            assert!(distance <= most, "{name}, {}: {distance} bits", family.name());
            if pixels_are_theirs == Some(true) {
                assert_eq!((distance, pdq.quality), (0, quality), "{name}, {}", family.name());
            }
            exact += u32::from(distance == 0);
            worst = worst.max(distance);
        }
    }
    if !rows.is_empty() {
        println!(
            "{} files, two families: {exact} of {} hashes exact, the worst {worst} bits off; pixels of {same_pixels} \
             files are those of libjpeg-turbo{}",
            rows.len(),
            2 * rows.len(),
            if theirs.is_none() { " (not compared)" } else { "" },
        );
    }
}

fn digest_of_pixels(file: &Path) -> String {
    let bytes = std::fs::read(file).expect("a file");
    let raster = decode::raster(&bytes, Format::sniff(&bytes).expect("a format"), &|_| 0, &Limits::default())
        .expect("pixels");
    let mut digest = Sha256::new();
    raster.rows(|_, row| digest.update(row.as_flattened()));
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn each_orientation_matches_the_file_that_was_turned() {
    let mut pictures = vec![scene::harbour(640, 427), scene::harbour(300, 800), scene::harbour(225, 224)];
    for (file, _) in published() {
        pictures.push(image::open(file).expect("a picture").into_rgb8());
    }
    let mut worst = 0;
    for picture in &pictures {
        let file =
            corpus::synthetic::encode(&picture.clone().into(), image::ImageFormat::Png).expect("a file");
        let hashes = picture::hash(&file, Ask::AllOrientations, &Limits::default()).expect("hashes");
        let Orientations(orientations) = hashes.orientations.expect("asked for");
        let laid = [
            picture.clone(),
            imageops::rotate270(picture),
            imageops::rotate180(picture),
            imageops::rotate90(picture),
            imageops::flip_vertical(picture),
            imageops::flip_horizontal(picture),
            imageops::rotate90(&imageops::flip_vertical(picture)),
            imageops::rotate270(&imageops::flip_vertical(picture)),
        ];
        for ((dihedral, laid), hashes) in Dihedral::ALL.iter().zip(&laid).zip(&orientations) {
            for family in Family::ALL {
                let distance = hashes.of(family).hash().distance(&hashed(laid, family).hash());
                // Only the order of sums can cost bits, where rows and columns are swapped.
                let only_mirrored = matches!(
                    dihedral,
                    Dihedral::Original | Dihedral::Rotate180 | Dihedral::FlipX | Dihedral::FlipY
                );
                let most = if only_mirrored { 0 } else { MATCH_DISTANCE };
                assert!(distance <= most, "{}: {distance}", dihedral.name());
                worst = worst.max(distance);
            }
        }
    }
    println!("{} pictures, eight orientations, two families: at most {worst} bits", pictures.len());
}

#[test]
fn a_picture_with_orientation_has_a_hash_as_stored_and_one_as_shown() {
    let scene = scene::harbour(640, 427);
    for orientation in 1..=8 {
        let bytes = corpus::synthetic::with_orientation(&scene, orientation).expect("a file");
        let hashes = picture::hash(&bytes, Ask::AsItIs, &Limits::default()).expect("hashes");
        assert_eq!((hashes.width, hashes.height), (640, 427));
        let stored = image::load_from_memory(&bytes).expect("a picture").into_rgb8();
        let shown = match orientation {
            2 => imageops::flip_horizontal(&stored),
            3 => imageops::rotate180(&stored),
            4 => imageops::flip_vertical(&stored),
            5 => imageops::rotate90(&imageops::flip_vertical(&stored)),
            6 => imageops::rotate90(&stored),
            7 => imageops::rotate270(&imageops::flip_vertical(&stored)),
            8 => imageops::rotate270(&stored),
            _ => stored.clone(),
        };
        for family in Family::ALL {
            assert_eq!(*hashes.pdq.of(family), hashed(&stored, family), "{orientation}");
            match &hashes.upright {
                None => assert_eq!(orientation, 1),
                Some(upright) => assert_eq!(*upright.of(family), hashed(&shown, family), "{orientation}"),
            }
        }
    }
}

#[test]
fn a_long_strip_is_refused_before_its_rows_take_the_memory() {
    let strip = RgbImage::from_fn(60_000, 5, |x, y| Rgb([noise(x, y) as u8; 3]));
    let file = corpus::synthetic::encode(&strip.clone().into(), image::ImageFormat::Png).expect("a file");
    let rgba = image::DynamicImage::from(strip).into_rgba8();
    let refused = NotHashed { reason: Reason::TooMuchMemory, host_decode: false };
    // The picture itself takes 1.2 MB, what hashes it 5 MB, in all orientations 20.
    for (max_memory, ask, fits) in [
        (4 << 20, Ask::AsItIs, false),
        (16 << 20, Ask::AsItIs, true),
        (16 << 20, Ask::AllOrientations, false),
        (32 << 20, Ask::AllOrientations, true),
    ] {
        let limits = Limits { max_memory, ..Limits::default() };
        for hashed in
            [picture::hash(&file, ask, &limits), picture::hash_rgba(rgba.as_raw(), (60_000, 5), ask, &limits)]
        {
            assert_eq!(hashed.err(), (!fits).then_some(refused), "{max_memory}, {ask:?}");
        }
    }
}

#[test]
fn hashes_are_read_as_they_are_written() {
    let text = "d8f8f0cee0f4a84f0637022a078f67f0b36e2ed596621e1d33e6339c4e9c9b22";
    assert_eq!(text.parse::<PdqHash>().expect("a hash").to_string(), text);
    assert_eq!(text.to_uppercase().parse::<PdqHash>().expect("a hash").to_string(), text);
    for wrong in ["", &text[1..], &format!("{text}0"), &text.replace('d', "g"), &format!("{}é", &text[2..])]
    {
        assert!(wrong.parse::<PdqHash>().is_err(), "{wrong}");
    }
}
