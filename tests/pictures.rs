//! Pictures: told by content, turned, resampled and sampled rightly, checked against other people's code.

use corpus::{scene, synthetic};
use image::imageops::{FilterType, resize};
use image::metadata::Orientation;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use pausepoint::image::{Format, ImageError, Limits, Look, Prepared, Views, decode};

fn prepare(bytes: &[u8]) -> Prepared {
    let format = Format::sniff(bytes).expect("a known format");
    decode::prepare(bytes, format, Views::Whole, &Limits::default(), &mut ()).expect("a whole picture")
}

fn prepare_tiles(bytes: &[u8]) -> Prepared {
    let format = Format::sniff(bytes).expect("a known format");
    decode::prepare(bytes, format, Views::Tiles, &Limits::default(), &mut ()).expect("a whole picture")
}

fn look(bytes: &[u8]) -> Look {
    prepare(bytes).frames[0].views[0].looks[0].clone()
}

fn png(picture: RgbImage) -> Vec<u8> {
    synthetic::encode(&picture.into(), ImageFormat::Png).expect("encodes")
}

/// Largest difference of a byte.
fn difference(a: &[u8], b: &[u8]) -> u8 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

/// The same with the image crate: horizontally and vertically each with the filter for that direction.
fn resampled(picture: &RgbImage) -> RgbImage {
    let filter = |side: u32| if side >= 224 { FilterType::CatmullRom } else { FilterType::Lanczos3 };
    let (across, down) = (filter(picture.width()), filter(picture.height()));
    if across == down {
        resize(picture, 224, 224, across)
    } else {
        resize(&resize(picture, 224, picture.height(), across), 224, 224, down)
    }
}

#[test]
fn resampling_agrees_with_the_image_crate() {
    let sizes =
        [(1, 1), (1, 500), (2, 3), (223, 225), (448, 224), (3000, 40), (100, 100), (225, 640), (1201, 977)];
    let patterns = sizes.map(|(width, height)| {
        let paint =
            |x: u32, y: u32| Rgb([(x * 3 % 256) as u8, (y * 2 % 256) as u8, ((x / 9) ^ (y / 7)) as u8]);
        (format!("{width} × {height}"), RgbImage::from_fn(width, height, paint))
    });
    for (name, picture) in synthetic::pictures().into_iter().chain(patterns) {
        let theirs = resampled(&picture);
        // Where two filters follow each other, the image crate clips and rounds to bytes in between.
        let mixed = (picture.width() >= 224) != (picture.height() >= 224);
        let ours = look(&png(picture));
        let apart = ours
            .iter()
            .zip(theirs.as_raw())
            .filter(|(a, b)| a.abs_diff(**b) > if mixed { 2 } else { 1 })
            .count();
        assert!(apart * if mixed { 200 } else { 20_000 } <= ours.len(), "{name}: {apart} bytes");
    }
}

/// Blocks of pixels are added up before filtering here, so that bytes may differ by more than rounding.
#[test]
fn resampling_of_large_pictures_agrees_nearly() {
    for (width, height) in [(1793, 2000), (4000, 3000), (7301, 400)] {
        let picture = scene::harbour(width, height);
        let theirs = resize(&picture, 224, 224, FilterType::CatmullRom);
        let ours = look(&png(picture));
        let apart: u32 = ours.iter().zip(theirs.as_raw()).map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        assert!(difference(ours.as_slice(), theirs.as_raw()) <= 4, "{width} × {height}");
        assert!(apart as usize * 10 <= ours.len(), "{width} × {height}: {apart} in all");
    }
}

#[test]
fn a_picture_of_the_networks_size_is_left_alone() {
    let picture = scene::harbour(224, 224);
    assert_eq!(look(&png(picture.clone())).as_slice(), picture.as_raw().as_slice());
}

#[test]
fn a_tile_is_that_part_of_the_picture() {
    for (width, height, tiles) in
        [(1000, 800, 4), (3200, 2011, 4), (900, 300, 4), (240, 2000, 7), (370, 400, 0)]
    {
        let picture = scene::harbour(width, height);
        let views = prepare_tiles(&png(picture.clone())).frames.remove(0).views;
        assert_eq!(views.len(), 1 + tiles, "{width} × {height}");
        assert_eq!(views[0].tile, None);
        assert_eq!(views[0].looks, [look(&png(picture.clone()))]);
        for view in &views[1..] {
            let tile = view.tile.expect("the others are tiles");
            let part = DynamicImage::from(picture.clone()).crop_imm(tile.x, tile.y, tile.width, tile.height);
            assert_eq!(view.looks, [look(&png(part.to_rgb8()))], "{tile:?}");
        }
    }
}

#[test]
fn tiles_are_named_as_they_are_shown() {
    let scene = scene::harbour(900, 420);
    for orientation in 1..=8 {
        let file = synthetic::with_orientation(&scene, orientation).expect("encodes");
        let mut turned = image::load_from_memory_with_format(&file, ImageFormat::Jpeg).expect("decodes");
        turned.apply_orientation(Orientation::from_exif(orientation).expect("1 to 8"));
        let views = prepare_tiles(&file).frames.remove(0).views;
        assert_eq!(views.len(), 4, "{orientation}");
        for view in &views[1..] {
            let tile = view.tile.expect("the others are tiles");
            let part = turned.crop_imm(tile.x, tile.y, tile.width, tile.height).to_rgb8();
            let apart = difference(view.looks[0].as_slice(), look(&png(part)).as_slice());
            assert!(apart <= 1, "orientation {orientation}, {tile:?}: {apart}");
        }
    }
}

#[test]
fn only_tiles_that_something_shows_through_are_looked_at_twice() {
    let picture =
        RgbaImage::from_fn(1000, 1000, |x, y| Rgba([90, 120, 150, if x < 300 && y < 300 { 9 } else { 255 }]));
    let file = synthetic::encode(&picture.into(), ImageFormat::Png).expect("encodes");
    let views = prepare_tiles(&file).frames.remove(0).views;
    assert_eq!(views.iter().map(|view| view.looks.len()).collect::<Vec<_>>(), [2, 2, 1, 1, 1]);
}

#[test]
fn animations_have_no_tiles_and_one_frame_is_a_still_picture() {
    let scene = scene::harbour(640, 480);
    let tiles = |prepared: Prepared| prepared.frames.iter().map(|f| f.views.len() - 1).collect::<Vec<_>>();
    assert_eq!(tiles(prepare_tiles(&synthetic::moving_gif(&scene, 1).expect("encodes"))), [4]);
    assert_eq!(tiles(prepare_tiles(&synthetic::moving_gif(&scene, 2).expect("encodes"))), [0, 0]);
    assert_eq!(tiles(prepare_tiles(&synthetic::moving_png(&scene, 2).expect("encodes"))), [0, 0, 0]);
}

#[test]
fn tiles_keep_the_limits() {
    let file = png(scene::harbour(1800, 300));
    let tiles = |max_looks: u32| {
        let limits = Limits { max_looks, ..Limits::default() };
        let prepared = decode::prepare(&file, Format::Png, Views::Tiles, &limits, &mut ()).expect("decodes");
        prepared.frames[0].views.len() - 1
    };
    assert_eq!([0, 1, 2, 3, 5, 8, 100].map(tiles), [0, 0, 0, 2, 4, 7, 7]);

    let refused = |views: Views| {
        let limits = Limits { max_memory: 6_000_000, ..Limits::default() };
        decode::prepare(&file, Format::Png, views, &limits, &mut ()).err()
    };
    assert_eq!(refused(Views::Whole), None);
    assert_eq!(refused(Views::Tiles), Some(ImageError::TooMuchMemory));
}

#[test]
fn every_exif_orientation_is_applied() {
    let scene = scene::harbour(300, 200);
    for orientation in 1..=8 {
        let file = synthetic::with_orientation(&scene, orientation).expect("encodes");
        let prepared = prepare(&file);
        // The other way round: decoded and turned by the image crate, then shown to us without EXIF.
        let mut turned = DynamicImage::from(
            image::load_from_memory_with_format(&file, ImageFormat::Jpeg).expect("decodes").to_rgb8(),
        );
        turned.apply_orientation(Orientation::from_exif(orientation).expect("1 to 8"));
        assert_eq!((prepared.width, prepared.height), (turned.width(), turned.height()), "{orientation}");
        let expected = look(&png(turned.to_rgb8()));
        let apart = difference(prepared.frames[0].views[0].looks[0].as_slice(), expected.as_slice());
        assert!(apart <= 1, "orientation {orientation}: {apart}");
    }
}

#[test]
fn transparency_is_looked_at_over_white_and_over_black() {
    let clear = RgbaImage::from_fn(224, 224, |x, _| Rgba([200, 100, 50, x as u8]));
    let file = synthetic::encode(&clear.clone().into(), ImageFormat::Png).expect("encodes");
    let frame = &prepare(&file).frames[0];
    assert_eq!(frame.views[0].looks.len(), 2);
    for (look, backdrop) in frame.views[0].looks.iter().zip([255.0, 0.0]) {
        for (ours, pixel) in look.as_chunks::<3>().0.iter().zip(clear.pixels()) {
            let alpha = f64::from(pixel[3]) / 255.0;
            for (value, source) in ours.iter().zip(&pixel.0[..3]) {
                let exact = f64::from(*source) * alpha + backdrop * (1.0 - alpha);
                assert!((f64::from(*value) - exact).abs() <= 0.5 + 1e-9);
            }
        }
    }
    let opaque = RgbaImage::from_pixel(9, 9, Rgba([1, 2, 3, 255]));
    let file = synthetic::encode(&opaque.into(), ImageFormat::Png).expect("encodes");
    assert_eq!(prepare(&file).frames[0].views[0].looks.len(), 1);
}

#[test]
fn deep_pictures_are_rounded_to_bytes() {
    let scene = scene::harbour(224, 224);
    let deep = DynamicImage::from(scene.clone()).to_rgb16();
    let file = synthetic::encode(&deep.into(), ImageFormat::Png).expect("encodes");
    assert_eq!(look(&file).as_slice(), scene.as_raw().as_slice());
}

#[test]
fn animations_are_sampled_over_their_whole_length() {
    let scene = scene::harbour(64, 64);
    let gif = prepare(&synthetic::moving_gif(&scene, 30).expect("encodes"));
    assert_eq!(gif.frames_total, 30);
    let frames: Vec<u32> = gif.frames.iter().map(|f| f.frame).collect();
    assert_eq!(frames.len(), 8);
    assert_eq!((frames.first(), frames.last()), (Some(&0), Some(&29)));

    // The still picture that other viewers show comes on top.
    let apng = prepare(&synthetic::moving_png(&scene, 12).expect("encodes"));
    assert_eq!(apng.frames_total, 12);
    assert_eq!(apng.frames.len(), 9);
    assert_eq!(apng.frames.last().map(|f| f.frame), Some(11));
}

#[test]
fn frames_are_those_that_the_image_crate_shows() {
    use image::AnimationDecoder;
    let gif = synthetic::moving_gif(&scene::harbour(100, 80), 5).expect("encodes");
    let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(&gif)).expect("decodes");
    let frames = decoder.into_frames().collect_frames().expect("decodes");
    let ours = prepare(&gif);
    assert_eq!(ours.frames.len(), frames.len());
    for (ours, theirs) in ours.frames.iter().zip(frames) {
        let still = png(DynamicImage::from(theirs.into_buffer()).to_rgb8());
        assert_eq!(ours.views[0].looks[0], look(&still));
    }
}

#[test]
fn formats_are_told_by_content() {
    for (name, bytes) in synthetic::files().expect("encodes") {
        let expected = match name.rsplit('.').next() {
            Some("jpg") => Format::Jpeg,
            Some("png") => Format::Png,
            Some("gif") => Format::Gif,
            Some("webp") => Format::Webp,
            _ => Format::Bmp,
        };
        assert_eq!(Format::sniff(&bytes), Some(expected), "{name}");
    }
    let cases: [(&[u8], Option<Format>); 13] = [
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1miaf", Some(Format::Avif)),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", Some(Format::Avif)),
        (b"\0\0\0\x1cftypavis\0\0\0\0avifavis", Some(Format::HeifSequence)),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Some(Format::Heic)),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", None),
        (b"\xff\x0a\xfa", Some(Format::Jxl)),
        (b"II*\0\x08\0\0\0", Some(Format::Tiff)),
        (b"\0\0\x01\0\x01\0\x10\x10", Some(Format::Ico)),
        (b"<?xml version='1.0'?>\n<!-- x --><SVG xmlns=''>", Some(Format::Svg)),
        (b"\xef\xbb\xbf \n<svg>", Some(Format::Svg)),
        (b"<html>", None),
        (b"BM is how this text begins, no more", None),
        (b"", None),
    ];
    for (bytes, expected) in cases {
        assert_eq!(Format::sniff(bytes), expected, "{bytes:?}");
    }
}

#[test]
fn limits_are_checked_before_decoding() {
    let file = png(scene::harbour(400, 300));
    let refused = |limits: Limits| decode::prepare(&file, Format::Png, Views::Whole, &limits, &mut ()).err();
    assert_eq!(refused(Limits { max_pixels: 119_999, ..Limits::default() }), Some(ImageError::TooManyPixels));
    assert_eq!(refused(Limits { max_pixels: 120_000, ..Limits::default() }), None);
    assert_eq!(refused(Limits { max_memory: 400_000, ..Limits::default() }), Some(ImageError::TooMuchMemory));

    let gif = synthetic::moving_gif(&scene::harbour(64, 64), 10).expect("encodes");
    let refused = |limits: Limits| decode::prepare(&gif, Format::Gif, Views::Whole, &limits, &mut ()).err();
    assert_eq!(refused(Limits { max_frames: 9, ..Limits::default() }), Some(ImageError::TooManyFrames));
    assert_eq!(refused(Limits { max_frames: 10, ..Limits::default() }), None);
    let pixels = Limits { max_animation_pixels: 64 * 64 * 10 - 1, ..Limits::default() };
    assert_eq!(refused(pixels), Some(ImageError::TooManyFrames));
}

#[test]
fn host_pixels_must_fit_their_size() {
    let limits = Limits::default();
    assert!(decode::prepare_rgba(&[9; 4 * 6], (3, 2), Views::Whole, &limits, &mut ()).is_ok());
    assert_eq!(
        decode::prepare_rgba(&[9; 4 * 6], (3, 3), Views::Whole, &limits, &mut ()).err(),
        Some(ImageError::Damaged)
    );
    assert_eq!(
        decode::prepare_rgba(&[], (0, 3), Views::Whole, &limits, &mut ()).err(),
        Some(ImageError::Empty)
    );
    assert_eq!(
        decode::prepare_rgba(&[], (u32::MAX, u32::MAX), Views::Whole, &limits, &mut ()).err(),
        Some(ImageError::TooManyPixels)
    );
}
