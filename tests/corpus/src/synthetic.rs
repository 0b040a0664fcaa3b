//! Synthetic pictures, and files of formats that encoders seldom write.

use std::io::Cursor;

use anyhow::Result;
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, Frame, ImageBuffer, ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};

/// Named pictures with very different statistics.
pub fn pictures() -> Vec<(String, RgbImage)> {
    let mut list: Vec<(String, RgbImage)> = Vec::new();
    let mut add = |name: &str, width, height, paint: &dyn Fn(u32, u32) -> [u8; 3]| {
        list.push((name.into(), RgbImage::from_fn(width, height, |x, y| Rgb(paint(x, y)))));
    };
    add("black", 300, 200, &|_, _| [0; 3]);
    add("white", 200, 300, &|_, _| [255; 3]);
    add("red", 224, 224, &|_, _| [200, 30, 40]);
    add("ramp", 512, 256, &|x, y| [(x / 2) as u8, y as u8, 255 - (x / 2) as u8]);
    add("noise", 333, 251, &|x, y| [hash(x, y, 0), hash(x, y, 1), hash(x, y, 2)]);
    add("grey-noise", 640, 640, &|x, y| [hash(x, y, 3); 3]);
    add("checks", 448, 448, &|x, y| [if (x / 16 + y / 16) % 2 == 0 { 240 } else { 20 }; 3]);
    add("pixels", 400, 400, &|x, y| [if (x + y) % 2 == 0 { 255 } else { 0 }; 3]);
    add("stripes", 1600, 300, &|x, _| [((x * 7) % 256) as u8, 120, 200]);
    add("tall", 90, 1400, &|_, y| [40, ((y * 3) % 256) as u8, 90]);
    add("rings", 500, 500, &|x, y| {
        let (dx, dy) = (x as f32 - 250.0, y as f32 - 250.0);
        [((dx * dx + dy * dy).sqrt() * 0.4).sin().mul_add(120.0, 128.0) as u8; 3]
    });
    add("sand", 400, 300, &|x, y| [210, 170, 140].map(|c: u8| c.saturating_sub(hash(x, y, 4) / 6)));
    list.push(("harbour".into(), crate::scene::harbour(640, 427)));
    list
}

/// Files of every format that is decoded here, of benign synthetic content.
pub fn files() -> Result<Vec<(String, Vec<u8>)>> {
    let scene = crate::scene::harbour(320, 214);
    let mut files = Vec::new();
    for (name, picture) in pictures() {
        for (extension, format) in [
            ("jpg", ImageFormat::Jpeg),
            ("png", ImageFormat::Png),
            ("bmp", ImageFormat::Bmp),
            ("webp", ImageFormat::WebP),
        ] {
            files.push((format!("{name}.{extension}"), encode(&picture.clone().into(), format)?));
        }
    }
    let grey = DynamicImage::from(scene.clone()).to_luma8();
    files.push(("grey.jpg".into(), encode(&grey.clone().into(), ImageFormat::Jpeg)?));
    files.push(("grey.png".into(), encode(&grey.into(), ImageFormat::Png)?));
    let deep = ImageBuffer::from_fn(300, 200, |x, y| Luma([(x * 218 + y * 97) as u16]));
    files.push(("grey-16.png".into(), encode(&DynamicImage::ImageLuma16(deep), ImageFormat::Png)?));
    files.push((
        "deep.png".into(),
        encode(&DynamicImage::from(scene.clone()).to_rgb16().into(), ImageFormat::Png)?,
    ));
    files.push(("clear.png".into(), encode(&fading(&scene).into(), ImageFormat::Png)?));
    files.push(("clear.webp".into(), encode(&fading(&scene).into(), ImageFormat::WebP)?));
    let deep_clear = DynamicImage::from(fading(&scene)).to_rgba16();
    files.push(("deep-clear.png".into(), encode(&deep_clear.into(), ImageFormat::Png)?));
    for bits in [png::BitDepth::One, png::BitDepth::Two, png::BitDepth::Four, png::BitDepth::Eight] {
        files.push((format!("palette-{}.png", bits as u8), palette_png(bits)?));
    }
    for quality in [1, 30, 100] {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, quality).encode_image(&scene)?;
        files.push((format!("quality-{quality}.jpg"), jpeg));
    }
    for orientation in 1..=8 {
        files.push((format!("turned-{orientation}.jpg"), with_orientation(&scene, orientation)?));
    }
    files.push(("moving.gif".into(), moving_gif(&scene, 12)?));
    files.push(("moving.png".into(), moving_png(&scene, 12)?));
    Ok(files)
}

/// Encodes a picture.
pub fn encode(picture: &DynamicImage, format: ImageFormat) -> Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.write_to(&mut out, format)?;
    Ok(out.into_inner())
}

/// A JPEG that says by EXIF how it is to be turned.
pub fn with_orientation(picture: &RgbImage, orientation: u8) -> Result<Vec<u8>> {
    let jpeg = encode(&picture.clone().into(), ImageFormat::Jpeg)?;
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0]);
    let mut out = jpeg[..2].to_vec();
    out.extend_from_slice(&[0xff, 0xe1]);
    out.extend_from_slice(&(exif.len() as u16 + 2).to_be_bytes());
    out.extend_from_slice(&exif);
    out.extend_from_slice(&jpeg[2..]);
    Ok(out)
}

/// A GIF whose frames scroll.
pub fn moving_gif(scene: &RgbImage, frames: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut out, 30);
    encoder.set_repeat(image::codecs::gif::Repeat::Infinite)?;
    encoder.encode_frames((0..frames).map(|i| Frame::new(scrolled(scene, i))))?;
    drop(encoder);
    Ok(out)
}

/// An APNG whose frames scroll.
pub fn moving_png(scene: &RgbImage, frames: u32) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, scene.width(), scene.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(frames, 0)?;
    let mut writer = encoder.write_header()?;
    for i in 0..frames {
        writer.write_image_data(scrolled(scene, i).as_raw())?;
    }
    writer.finish()?;
    Ok(out)
}

fn scrolled(scene: &RgbImage, step: u32) -> RgbaImage {
    RgbaImage::from_fn(scene.width(), scene.height(), |x, y| {
        let Rgb([r, g, b]) = *scene.get_pixel((x + step * 17) % scene.width(), y);
        Rgba([r, g, b, 255])
    })
}

fn fading(scene: &RgbImage) -> RgbaImage {
    RgbaImage::from_fn(scene.width(), scene.height(), |x, y| {
        let Rgb([r, g, b]) = *scene.get_pixel(x, y);
        Rgba([r, g, b, (x * 255 / scene.width()) as u8])
    })
}

fn palette_png(bits: png::BitDepth) -> Result<Vec<u8>> {
    let (side, colours) = (128u32, 1usize << bits as u8);
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, side, side);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(bits);
    encoder.set_palette(
        (0..colours)
            .flat_map(|i| [hash(i as u32, 1, 5), hash(i as u32, 2, 5), hash(i as u32, 3, 5)])
            .collect::<Vec<_>>(),
    );
    let mut writer = encoder.write_header()?;
    let row = side as usize * bits as usize / 8;
    writer.write_image_data(
        &(0..row * side as usize).map(|i| (i / row * 3 + i % row * 5) as u8).collect::<Vec<_>>(),
    )?;
    writer.finish()?;
    Ok(out)
}

fn hash(x: u32, y: u32, salt: u32) -> u8 {
    let mut h = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ salt.wrapping_mul(0xc2b2_ae3d);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    (h >> 24) as u8
}
