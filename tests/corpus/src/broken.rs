//! Files that want to do harm, or are just broken. Each must be answered: unchecked or judged, never with a panic, a
//! hang, or more memory than the limit.

use std::io::{Cursor, Write};

use anyhow::Result;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{ImageFormat, RgbImage};

use crate::synthetic::{encode, moving_gif, moving_png, with_orientation};

/// What an answer may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// Only `unchecked`, with this reason.
    Unchecked(&'static str),
    /// A decoder may make sense of it or not.
    Either,
    /// A verdict: harmless, if odd.
    Judged,
}

/// A bad file.
pub struct Broken {
    pub name: String,
    pub bytes: Vec<u8>,
    pub expect: Expect,
}

/// Lossy frames that are larger than their file says, drawn by `fuzz/seeds.py`.
const DISAGREEING: [(&str, &[u8]); 3] = [
    ("disagrees.webp", include_bytes!("../../../fuzz/seeds/picture/disagrees.webp")),
    ("disagrees-moving.webp", include_bytes!("../../../fuzz/seeds/picture/disagrees-moving.webp")),
    ("disagrees-clear.webp", include_bytes!("../../../fuzz/seeds/picture/disagrees-clear.webp")),
];

/// All bad files.
pub fn files() -> Result<Vec<Broken>> {
    use Expect::{Either, Judged, Unchecked};
    let scene = crate::scene::harbour(160, 107);
    let jpeg = encode(&scene.clone().into(), ImageFormat::Jpeg)?;
    let png = encode(&scene.clone().into(), ImageFormat::Png)?;
    let webp = encode(&scene.clone().into(), ImageFormat::WebP)?;
    let bmp = encode(&scene.clone().into(), ImageFormat::Bmp)?;
    let gif = moving_gif(&scene, 6)?;
    let apng = moving_png(&scene, 6)?;
    let whole =
        [("jpg", &jpeg), ("png", &png), ("webp", &webp), ("bmp", &bmp), ("gif", &gif), ("apng", &apng)];

    let mut list = Vec::new();
    let mut add = |name: &str, bytes: Vec<u8>, expect: Expect| {
        list.push(Broken { name: name.into(), bytes, expect });
    };

    add("empty", Vec::new(), Unchecked("empty"));
    add("one-byte", vec![0xff], Unchecked("unknown-format"));
    add("text.jpg", b"This says it is a photograph.".to_vec(), Unchecked("unknown-format"));
    add("zeros.png", vec![0; 4096], Unchecked("unknown-format"));
    add(
        "picture.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'><rect width='9' height='9'/></svg>".to_vec(),
        Unchecked("unsupported-format"),
    );
    add("page.html", b"<!doctype html><title>no picture</title>".to_vec(), Unchecked("unknown-format"));
    add(
        "sequence.avif",
        b"\0\0\0\x1cftypavis\0\0\0\0avismsf1miaf\0\0\0\0".to_vec(),
        Unchecked("unsupported-format"),
    );
    add("empty.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Unchecked("unsupported-format"));

    for (kind, bytes) in whole {
        // Cut right behind what tells the format, in the header, in the middle, and just before the end.
        for (part, length) in
            [("magic", 12), ("header", 30), ("half", bytes.len() / 2), ("end", bytes.len() - 9)]
        {
            let expect = if part == "magic" && kind != "bmp" { Unchecked("damaged") } else { Either };
            add(&format!("cut-{part}.{kind}"), bytes[..length].to_vec(), expect);
        }
        let mut garbled = bytes.clone();
        for at in (64..garbled.len()).step_by(97) {
            garbled[at] ^= 0x5a;
        }
        add(&format!("garbled.{kind}"), garbled, Either);
        let mut tail = bytes.clone();
        tail.extend_from_slice(&[0xa5; 5000]);
        add(&format!("tail.{kind}"), tail, Either);
    }
    for (from, to) in [("png", "jpg"), ("gif", "webp"), ("jpg", "png")] {
        let bytes =
            whole.iter().find(|(kind, _)| *kind == from).map(|(_, b)| (*b).clone()).unwrap_or_default();
        add(&format!("{from}-called.{to}"), bytes, Judged);
    }

    // Sizes that lie.
    for (name, width, height, expect) in [
        ("zero-wide.png", 0, 100, Unchecked("empty")),
        ("zero-high.png", 100, 0, Unchecked("empty")),
        ("huge.png", 60_000, 60_000, Unchecked("too-many-pixels")),
        ("endless.png", u32::MAX >> 1, u32::MAX >> 1, Unchecked("too-many-pixels")),
        ("larger-than-its-data.png", 4000, 4000, Unchecked("damaged")),
    ] {
        add(name, resized_png(&png, width, height), expect);
    }
    for (name, width, height, expect) in [
        ("zero-wide.jpg", 0, 100, Unchecked("damaged")),
        ("zero-high.jpg", 100, 0, Unchecked("damaged")),
        ("huge.jpg", 65_500, 65_500, Unchecked("too-many-pixels")),
        ("larger-than-its-data.jpg", 5000, 5000, Either),
    ] {
        add(name, resized_jpeg(&jpeg, width, height), expect);
    }
    for (name, width, height, expect) in [
        ("zero.gif", 0u16, 0u16, Unchecked("empty")),
        ("huge.gif", 65_535, 65_535, Unchecked("too-many-pixels")),
    ] {
        let mut bytes = gif.clone();
        bytes[6..8].copy_from_slice(&width.to_le_bytes());
        bytes[8..10].copy_from_slice(&height.to_le_bytes());
        add(name, bytes, expect);
    }
    let mut huge_frame = gif.clone();
    if let Some(at) = gif.iter().position(|b| *b == 0x2c) {
        huge_frame[at + 5..at + 9].fill(0xff);
    }
    add("huge-frame.gif", huge_frame, Either);
    for (name, width, height, expect) in [
        ("huge.bmp", 40_000i32, 40_000i32, Unchecked("too-many-pixels")),
        ("negative.bmp", -5, 10, Unchecked("damaged")),
        ("least.bmp", i32::MIN, i32::MIN, Unchecked("damaged")),
    ] {
        let mut bytes = bmp.clone();
        bytes[18..22].copy_from_slice(&width.to_le_bytes());
        bytes[22..26].copy_from_slice(&height.to_le_bytes());
        add(name, bytes, expect);
    }
    let mut vast_canvas = b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\xff\xff\xff\xff\xff".to_vec();
    vast_canvas.extend_from_slice(b"ANIM\x06\0\0\0\0\0\0\0\0\0");
    add("huge.webp", vast_canvas, Either);
    for (name, bytes) in DISAGREEING {
        add(name, bytes.into(), Unchecked("damaged"));
    }

    // Bombs: small files that unpack to much.
    add("bomb.png", zeros_png(7_000, 7_000)?, Judged);
    add("bomb-over-limit.png", zeros_png(20_000, 20_000)?, Unchecked("too-many-pixels"));
    add("bomb-in-text.png", text_bomb(&png)?, Either);
    add("many-frames.gif", moving_gif(&RgbImage::new(2, 2), 1_500)?, Unchecked("too-many-frames"));
    add("endless.gif", endless_gif(&gif), Either);
    add("many-pixels.gif", empty_frames_gif(4_000, 4_000, 100)?, Unchecked("too-many-frames"));
    add("lying-frames.png", lying_frames(&apng), Either);

    // Checks and structure.
    let mut wrong_crc = png.clone();
    let at = wrong_crc.len() - 20;
    wrong_crc[at] ^= 1;
    add("wrong-crc.png", wrong_crc, Either);
    let mut wrong_header_crc = png.clone();
    wrong_header_crc[30] ^= 1;
    add("wrong-header-crc.png", wrong_header_crc, Unchecked("damaged"));
    add("no-data.png", [&png[..33], &png[png.len() - 12..]].concat(), Unchecked("damaged"));
    add("orientation-9.jpg", with_orientation(&scene, 9)?, Judged);
    add("looping-exif.jpg", looping_exif(&jpeg), Judged);
    add("nested-orientation.jpg", nested_orientation(&scene)?, Judged);
    add("markers-only.jpg", [&jpeg[..2], &[0xff, 0xfe, 0, 2].repeat(30_000)].concat(), Unchecked("damaged"));
    add("fill-bytes.jpg", [&jpeg[..2], &vec![0xff; 200_000], &jpeg[3..]].concat(), Either);
    add("two-pictures.jpg", [jpeg.as_slice(), &jpeg].concat(), Judged);

    // Odd, but pictures.
    add("one-pixel.png", encode(&RgbImage::new(1, 1).into(), ImageFormat::Png)?, Judged);
    add("one-pixel.jpg", encode(&RgbImage::new(1, 1).into(), ImageFormat::Jpeg)?, Judged);
    add("one-pixel.gif", moving_gif(&RgbImage::new(1, 1), 1)?, Judged);
    add("line.png", encode(&RgbImage::new(65_535, 1).into(), ImageFormat::Png)?, Judged);
    add("line.jpg", encode(&RgbImage::new(65_535, 1).into(), ImageFormat::Jpeg)?, Judged);
    add("column.bmp", encode(&RgbImage::new(1, 65_535).into(), ImageFormat::Bmp)?, Judged);
    Ok(list)
}

fn resized_png(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png.to_vec();
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32fast::hash(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    bytes
}

fn resized_jpeg(jpeg: &[u8], width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg.to_vec();
    if let Some(frame) = bytes.windows(2).position(|w| w == [0xff, 0xc0]) {
        bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
        bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    }
    bytes
}

fn zeros_png(width: u32, height: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&vec![0; width.div_ceil(8) as usize * height as usize])?;
    writer.finish()?;
    Ok(out)
}

/// 256 MiB of text in a compressed chunk.
fn text_bomb(png: &[u8]) -> Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(b"Comment\0\0".to_vec(), Compression::best());
    for _ in 0..256 {
        packer.write_all(&vec![b'a'; 1 << 20])?;
    }
    let chunk = packer.finish()?;
    let mut out = png[..33].to_vec();
    out.extend_from_slice(&(chunk.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend_from_slice(b"zTXt");
    out.extend_from_slice(&chunk);
    let crc = crc32fast::hash(&out[start..]);
    out.extend_from_slice(&crc.to_be_bytes());
    out.extend_from_slice(&png[33..]);
    Ok(out)
}

/// The frames again and again, and no end.
fn endless_gif(gif: &[u8]) -> Vec<u8> {
    let body = &gif[gif.iter().position(|b| *b == 0x21).unwrap_or(13)..gif.len() - 1];
    let mut out = gif[..gif.len() - 1].to_vec();
    while out.len() < 4 << 20 {
        out.extend_from_slice(body);
    }
    out
}

fn empty_frames_gif(width: u16, height: u16, frames: u32) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let mut encoder = gif::Encoder::new(&mut out, width, height, &[0, 0, 0, 255, 255, 255])?;
    for _ in 0..frames {
        encoder.write_frame(&gif::Frame {
            width: 1,
            height: 1,
            buffer: vec![0].into(),
            ..gif::Frame::default()
        })?;
    }
    drop(encoder);
    Ok(out.into_inner())
}

/// An APNG that announces four billion frames.
fn lying_frames(apng: &[u8]) -> Vec<u8> {
    let mut out = apng.to_vec();
    if let Some(at) = out.windows(4).position(|w| w == b"acTL") {
        out[at + 4..at + 8].fill(0xff);
        let crc = crc32fast::hash(&out[at..at + 12]);
        out[at + 12..at + 16].copy_from_slice(&crc.to_be_bytes());
    }
    out
}

fn with_segment(jpeg: &[u8], exif: &[u8]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(&[0xff, 0xe1]);
    out.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(exif);
    out.extend_from_slice(&jpeg[2..]);
    out
}

/// An EXIF directory whose next directory is itself.
fn looping_exif(jpeg: &[u8]) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0".to_vec();
    exif.extend_from_slice(&[0, 0, 0, 8]);
    with_segment(jpeg, &exif)
}

/// Two EXIF segments that contradict each other.
fn nested_orientation(scene: &RgbImage) -> Result<Vec<u8>> {
    let inner = with_orientation(scene, 6)?;
    let exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0\x08\0\0\0";
    Ok(with_segment(&inner, exif))
}
