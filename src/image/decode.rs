//! Bounded decoding: every limit is checked from the header before memory is taken for pixels.
//!
//! Decoders are those of the `image` crate, built for no particular processor, so that the same file gives the same
//! pixels on every target.

use std::io::Cursor;

use image::codecs::bmp::BmpDecoder;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageError as DecodeError;
use image::metadata::Orientation;
use image::{AnimationDecoder, ColorType, ImageDecoder};

use super::frames::{self, FrameCount};
use super::raster::{Raster, source_of, swaps_sides};
use super::resample::{self, Resampler};
use super::tiles::{Tile, tiles};
use super::webp;
use super::{Format, FrameLooks, ImageError, Limits, Look, Prepared, ViewLooks, Views};
use crate::classify::model::INPUT_SIDE;

/// Pages behind a picture with transparency, as one grey value.
const BACKDROPS: [u8; 2] = [255, 0];

/// Bytes of decoder memory a pixel, beside the pixels themselves: coefficients of a progressive JPEG without
/// subsampling, planes of a WebP, rows of the others.
const fn working_bytes(format: Format) -> u64 {
    match format {
        Format::Jpeg => 6,
        Format::Webp => 5,
        _ => 1,
    }
}

/// Bytes a canvas pixel that playing an animation needs: the canvas, the frame, the composed copy, and indices.
const ANIMATION_BYTES: u64 = 16;

/// Somebody who wants to see the pixels of each frame that is looked at, while they are at hand.
pub trait Tap {
    /// Bytes that it will take for a frame of that size, nearly.
    fn memory(&self, size: (u32, u32)) -> u64;
    /// Sees a frame, counted from 0.
    fn frame(&mut self, frame: u32, raster: &Raster<'_>);
}

/// Nobody.
impl Tap for () {
    fn memory(&self, _: (u32, u32)) -> u64 {
        0
    }

    fn frame(&mut self, _: u32, _: &Raster<'_>) {}
}

/// Decodes a file of a known format and makes its looks.
///
/// # Errors
/// [`ImageError`]; never panics on any bytes.
pub fn prepare(
    bytes: &[u8],
    format: Format,
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    check_claims(bytes, format, limits)?;
    let source = || Cursor::new(bytes);
    match format {
        Format::Gif => {
            let count = frames::count_gif(bytes);
            let mut decoder = GifDecoder::new(source()).map_err(failure)?;
            let size = decoder.dimensions();
            check_animation(size, count, tap.memory(size), limits)?;
            decoder.set_limits(memory_limit(limits)).map_err(failure)?;
            animation(decoder, size, count.frames, views, limits, tap)
        }
        Format::Webp => {
            let decoder = WebPDecoder::new(source()).map_err(failure)?;
            if !decoder.has_animation() {
                return still(bytes, format, views, limits, tap);
            }
            let (size, count) = (decoder.dimensions(), frames::count_webp(bytes));
            check_animation(size, count, tap.memory(size) + webp::CLAIMED, limits)?;
            animation(decoder, size, count.frames, views, limits, tap)
        }
        Format::Png => {
            let count = frames::count_png(bytes);
            let views = if count.frames > 0 { Views::Whole } else { views };
            // What a viewer without APNG shows; it need not be part of the animation.
            let mut prepared = still(bytes, format, views, limits, tap)?;
            let player = PngDecoder::with_limits(source(), memory_limit(limits)).map_err(failure)?;
            if count.frames > 0 && player.is_apng().map_err(failure)? {
                let size = player.dimensions();
                check_animation(size, count, tap.memory(size), limits)?;
                let played =
                    animation(player.apng().map_err(failure)?, size, count.frames, views, limits, tap)?;
                prepared.frames_total = played.frames_total;
                prepared.frames.extend(played.frames);
            }
            Ok(prepared)
        }
        _ => still(bytes, format, views, limits, tap),
    }
}

/// Makes the looks of pixels that somebody else decoded: rows of red, green, blue, alpha, straight alpha.
///
/// # Errors
/// [`ImageError::Empty`], [`ImageError::TooManyPixels`], or [`ImageError::Damaged`] where the length does not fit.
pub fn prepare_rgba(
    rgba: &[u8],
    (width, height): (u32, u32),
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    let size = (width, height);
    check_rgba(rgba, size, limits)?;
    check_memory(rgba.len() as u64, tap.memory(size), limits)?;
    tap.frame(0, &decoded_raster(rgba, size));
    let views = look(rgba, (width, height), ColorType::Rgba8, &parts((width, height), views, limits))?;
    Ok(Prepared { width, height, frames_total: 1, frames: vec![FrameLooks { frame: 0, views }] })
}

/// Decodes the pixels of a picture, or of the first frame of an animation, if there is room for them and for the bytes
/// that `more` says will be needed for a picture of that size.
///
/// # Errors
/// [`ImageError`]; never panics on any bytes.
pub fn raster(
    bytes: &[u8],
    format: Format,
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'static>, ImageError> {
    check_claims(bytes, format, limits)?;
    stored(bytes, format, more, limits)
}

/// Pixels that somebody else decoded: rows of red, green, blue, alpha, straight alpha, as they are shown.
///
/// # Errors
/// As [`prepare_rgba`], and [`ImageError::TooMuchMemory`] where there is no room for `more`.
pub fn raster_rgba<'a>(
    rgba: &'a [u8],
    (width, height): (u32, u32),
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'a>, ImageError> {
    check_rgba(rgba, (width, height), limits)?;
    check_memory(rgba.len() as u64, more((width, height)), limits)?;
    Ok(decoded_raster(rgba, (width, height)))
}

/// Red, green, blue, alpha, as they are shown.
fn decoded_raster(rgba: &[u8], (width, height): (u32, u32)) -> Raster<'_> {
    let (colour, orientation) = (ColorType::Rgba8, Orientation::NoTransforms);
    Raster { width, height, colour, orientation, bytes: rgba.into() }
}

/// Reads the pixels, if there is room for them and for what else a picture of that size will take.
fn stored(
    bytes: &[u8],
    format: Format,
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'static>, ImageError> {
    let source = Cursor::new(bytes);
    match format {
        Format::Jpeg => read(JpegDecoder::new(source).map_err(failure)?, format, more, limits),
        Format::Bmp => read(BmpDecoder::new(source).map_err(failure)?, format, more, limits),
        Format::Webp => read(WebPDecoder::new(source).map_err(failure)?, format, more, limits),
        Format::Png => {
            let decoder = PngDecoder::with_limits(source, memory_limit(limits)).map_err(failure)?;
            read(decoder, format, more, limits)
        }
        Format::Gif => {
            let mut decoder = GifDecoder::new(source).map_err(failure)?;
            let size = decoder.dimensions();
            let frame = check_pixels(size, limits)?.max(frames::count_gif(bytes).largest);
            if frame > limits.max_pixels {
                return Err(ImageError::TooManyPixels);
            }
            check_memory(frame * ANIMATION_BYTES, more(size), limits)?;
            decoder.set_limits(memory_limit(limits)).map_err(failure)?;
            let frame = decoder.into_frames().next().ok_or(ImageError::Damaged)?.map_err(failure)?;
            let (width, height) = frame.buffer().dimensions();
            let (colour, orientation) = (ColorType::Rgba8, Orientation::NoTransforms);
            Ok(Raster { width, height, colour, orientation, bytes: frame.into_buffer().into_raw().into() })
        }
        Format::Avif
        | Format::Heic
        | Format::HeifSequence
        | Format::Jxl
        | Format::Tiff
        | Format::Ico
        | Format::Svg => Err(ImageError::UnsupportedFormat),
    }
}

fn read(
    mut decoder: impl ImageDecoder,
    format: Format,
    more: &dyn Fn((u32, u32)) -> u64,
    limits: &Limits,
) -> Result<Raster<'static>, ImageError> {
    let (width, height) = decoder.dimensions();
    let pixels = check_pixels((width, height), limits)?;
    let bytes = decoder.total_bytes();
    let claimed = if format == Format::Webp { webp::CLAIMED } else { 0 };
    check_memory(bytes, pixels * working_bytes(format) + claimed + more((width, height)), limits)?;
    // Metadata that cannot be read is no reason to refuse the picture: it is shown unturned then.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colour = decoder.color_type();
    let mut buffer = vec![0; usize::try_from(bytes).map_err(|_| ImageError::TooMuchMemory)?];
    decoder.read_image(&mut buffer).map_err(failure)?;
    Ok(Raster { width, height, colour, orientation, bytes: buffer.into() })
}

fn still(
    bytes: &[u8],
    format: Format,
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    let looks = |size| parts(size, views, limits).len() * BACKDROPS.len() * resample::MEMORY;
    let raster = stored(bytes, format, &|size| looks(size) as u64 + tap.memory(size), limits)?;
    tap.frame(0, &raster);
    let (size, orientation) = (raster.size(), raster.orientation);
    let mut views = look(&raster.bytes, size, raster.colour, &parts(size, views, limits))?;
    for view in &mut views {
        view.tile = view.tile.map(|tile| orient_tile(tile, size, orientation));
        view.looks.iter_mut().for_each(|look| orient(look, orientation));
    }
    let (width, height) = raster.upright_size();
    Ok(Prepared { width, height, frames_total: 1, frames: vec![FrameLooks { frame: 0, views }] })
}

fn animation<'a>(
    decoder: impl AnimationDecoder<'a>,
    size: (u32, u32),
    total: u32,
    views: Views,
    limits: &Limits,
    tap: &mut dyn Tap,
) -> Result<Prepared, ImageError> {
    // The frames of an animation are its looks; one frame is a still picture.
    let views = if total == 1 { views } else { Views::Whole };
    let wanted = frames::sample(total, limits.max_looks);
    let mut chosen = Vec::with_capacity(wanted.len());
    let mut frames = decoder.into_frames();
    for index in 0..total {
        let frame = frames.next().ok_or(ImageError::Damaged)?.map_err(failure)?;
        if wanted.binary_search(&index).is_ok() {
            let buffer = frame.buffer();
            let size = buffer.dimensions();
            let views = look(buffer, size, ColorType::Rgba8, &parts(size, views, limits))?;
            tap.frame(index, &decoded_raster(buffer, size));
            chosen.push(FrameLooks { frame: index, views });
        }
    }
    // Frames that the count did not see would be shown without having been looked at.
    if matches!(frames.next(), Some(Ok(_))) {
        return Err(ImageError::Damaged);
    }
    Ok(Prepared { width: size.0, height: size.1, frames_total: total, frames: chosen })
}

/// Checks what a file says, before a decoder believes it.
fn check_claims(bytes: &[u8], format: Format, limits: &Limits) -> Result<(), ImageError> {
    // First of all: what a decoder says of an absurd size depends on the target's word.
    if let Some(size) = announced_size(bytes, format) {
        check_pixels(size, limits)?;
    }
    if format == Format::Webp && !webp::agrees(bytes) { Err(ImageError::Damaged) } else { Ok(()) }
}

/// Size by the header of the formats whose sizes can be absurd: PNG's have 31 bits, those of a bitmap 32, or 16 in the
/// oldest kind, and a height below zero there means rows from the top.
fn announced_size(bytes: &[u8], format: Format) -> Option<(u32, u32)> {
    let field = |at: usize| bytes.get(at..)?.first_chunk().copied();
    let short = |at: usize| bytes.get(at..)?.first_chunk().map(|b| u32::from(u16::from_le_bytes(*b)));
    match (format, bytes.get(14)?) {
        (Format::Png, _) => Some((u32::from_be_bytes(field(16)?), u32::from_be_bytes(field(20)?))),
        (Format::Bmp, 12) => Some((short(18)?, short(20)?)),
        (Format::Bmp, _) => {
            let (width, height) = (i32::from_le_bytes(field(18)?), i32::from_le_bytes(field(22)?));
            Some((u32::try_from(width).ok()?, height.unsigned_abs()))
        }
        _ => None,
    }
}

fn check_pixels((width, height): (u32, u32), limits: &Limits) -> Result<u64, ImageError> {
    let pixels = u64::from(width) * u64::from(height);
    match pixels {
        0 => Err(ImageError::Empty),
        _ if pixels > limits.max_pixels => Err(ImageError::TooManyPixels),
        _ => Ok(pixels),
    }
}

fn check_memory(bytes: u64, more: u64, limits: &Limits) -> Result<(), ImageError> {
    if bytes.saturating_add(more) > limits.max_memory { Err(ImageError::TooMuchMemory) } else { Ok(()) }
}

fn check_rgba(rgba: &[u8], size: (u32, u32), limits: &Limits) -> Result<(), ImageError> {
    let pixels = check_pixels(size, limits)?;
    if rgba.len() as u64 == pixels * 4 { Ok(()) } else { Err(ImageError::Damaged) }
}

fn check_animation(
    size: (u32, u32),
    count: FrameCount,
    more: u64,
    limits: &Limits,
) -> Result<(), ImageError> {
    let canvas = check_pixels(size, limits)?;
    if count.largest > limits.max_pixels {
        return Err(ImageError::TooManyPixels);
    }
    let frame = canvas.max(count.largest);
    check_memory(frame * ANIMATION_BYTES, more, limits)?;
    match count.frames {
        0 => Err(ImageError::Damaged),
        frames if frames > limits.max_frames => Err(ImageError::TooManyFrames),
        frames if frame.saturating_mul(u64::from(frames)) > limits.max_animation_pixels => {
            Err(ImageError::TooManyFrames)
        }
        _ => Ok(()),
    }
}

fn memory_limit(limits: &Limits) -> image::Limits {
    let mut memory = image::Limits::no_limits();
    memory.max_alloc = Some(limits.max_memory);
    memory
}

fn failure(error: DecodeError) -> ImageError {
    match error {
        DecodeError::Unsupported(_) => ImageError::UnsupportedFormat,
        DecodeError::Limits(_) => ImageError::TooMuchMemory,
        _ => ImageError::Damaged,
    }
}

/// The whole picture and, where asked for, its tiles.
fn parts((width, height): (u32, u32), views: Views, limits: &Limits) -> Vec<Option<Tile>> {
    let tiles = match views {
        Views::Whole => Vec::new(),
        Views::Tiles => tiles(width, height, limits.max_looks.saturating_sub(1)),
    };
    core::iter::once(None).chain(tiles.into_iter().map(Some)).collect()
}

/// Looks at parts of a picture in one pass over its rows: one look at each where nothing shows through, otherwise one
/// over each backdrop.
fn look(
    pixels: &[u8],
    (width, height): (u32, u32),
    colour: ColorType,
    parts: &[Option<Tile>],
) -> Result<Vec<ViewLooks>, ImageError> {
    let opaque = match colour {
        ColorType::La8 => pixels.as_chunks::<2>().0.iter().all(|p| p[1] == 255),
        ColorType::Rgba8 => pixels.as_chunks::<4>().0.iter().all(|p| p[3] == 255),
        ColorType::La16 | ColorType::Rgba16 => {
            let step = usize::from(colour.bytes_per_pixel());
            pixels.chunks_exact(step).all(|p| p[step - 2..] == [255, 255])
        }
        _ => true,
    };
    let backdrops = if opaque { &BACKDROPS[..1] } else { &BACKDROPS[..] };
    let whole = Tile { x: 0, y: 0, width, height };
    let mut open: Vec<(Tile, Vec<Resampler>)> = parts
        .iter()
        .map(|part| {
            let tile = part.unwrap_or(whole);
            (tile, backdrops.iter().map(|_| Resampler::new(tile.width, tile.height)).collect())
        })
        .collect();

    let bytes_per_row = width as usize * usize::from(colour.bytes_per_pixel());
    let mut row = vec![[0u8; 3]; width as usize];
    for (y, source) in pixels.chunks_exact(bytes_per_row).enumerate() {
        for (i, backdrop) in backdrops.iter().enumerate() {
            let rgb = if colour == ColorType::Rgb8 {
                source.as_chunks().0
            } else {
                convert(source, colour, *backdrop, &mut row)?;
                &row
            };
            for (tile, resamplers) in &mut open {
                let Some(inside) = y.checked_sub(tile.y as usize).filter(|y| *y < tile.height as usize)
                else {
                    continue;
                };
                let columns = tile.x as usize..(tile.x + tile.width) as usize;
                resamplers[i].push(inside, rgb[columns].as_flattened());
            }
        }
    }
    let views = parts.iter().zip(open).map(|(tile, (_, resamplers))| {
        let mut looks: Vec<Look> = resamplers.into_iter().map(Resampler::finish).collect();
        // Nothing shows through in this part.
        looks.dedup();
        ViewLooks { tile: *tile, looks }
    });
    Ok(views.collect())
}

/// One row in red, green and blue bytes.
fn convert(source: &[u8], colour: ColorType, backdrop: u8, row: &mut [[u8; 3]]) -> Result<(), ImageError> {
    let over = |value: u8, alpha: u8| {
        let mixed = u32::from(value) * u32::from(alpha) + u32::from(backdrop) * (255 - u32::from(alpha));
        ((mixed + 127) / 255) as u8
    };
    // 16-bit samples are in the machine's byte order.
    let byte = |p: &[u8; 2]| ((u32::from(u16::from_ne_bytes(*p)) + 128) / 257) as u8;

    match colour {
        ColorType::L8 => row.iter_mut().zip(source).for_each(|(out, l)| *out = [*l; 3]),
        ColorType::La8 => {
            row.iter_mut().zip(source.as_chunks().0).for_each(|(out, [l, a])| *out = [over(*l, *a); 3]);
        }
        ColorType::Rgba8 => row
            .iter_mut()
            .zip(source.as_chunks().0)
            // Most pixels of most pictures hide all that is behind them.
            .for_each(|(out, [r, g, b, a])| {
                *out = if *a == 255 { [*r, *g, *b] } else { [r, g, b].map(|v| over(*v, *a)) }
            }),
        ColorType::L16 => {
            row.iter_mut().zip(source.as_chunks().0).for_each(|(out, l)| *out = [byte(l); 3]);
        }
        ColorType::Rgb16 => {
            for (out, samples) in row.iter_mut().zip(source.as_chunks::<2>().0.as_chunks::<3>().0) {
                *out = samples.each_ref().map(byte);
            }
        }
        ColorType::La16 => {
            for (out, [l, a]) in row.iter_mut().zip(source.as_chunks::<2>().0.as_chunks::<2>().0) {
                *out = [over(byte(l), byte(a)); 3];
            }
        }
        ColorType::Rgba16 => {
            for (out, [r, g, b, a]) in row.iter_mut().zip(source.as_chunks::<2>().0.as_chunks::<4>().0) {
                *out = [r, g, b].map(|v| over(byte(v), byte(a)));
            }
        }
        _ => return Err(ImageError::UnsupportedFormat),
    }
    Ok(())
}

/// Turns a look as the EXIF orientation says. Done on the small square, which is cheaper than on the photograph.
fn orient(look: &mut Look, orientation: Orientation) {
    if orientation == Orientation::NoTransforms {
        return;
    }
    let unturned = look.clone();
    let source = unturned.as_chunks::<3>().0;
    let last = INPUT_SIDE as u32 - 1;
    for (i, out) in look.as_chunks_mut::<3>().0.iter_mut().enumerate() {
        let at = ((i % INPUT_SIDE) as u32, (i / INPUT_SIDE) as u32);
        let (x, y) = source_of(orientation, at, (last, last));
        *out = source[y as usize * INPUT_SIDE + x as usize];
    }
}

/// Where a tile of the stored picture is in the picture as shown.
fn orient_tile(tile: Tile, (width, height): (u32, u32), orientation: Orientation) -> Tile {
    let Tile { x, y, .. } = tile;
    let (right, below) = (width - x - tile.width, height - y - tile.height);
    let (x, y) = match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right, y),
        Orientation::Rotate180 => (right, below),
        Orientation::FlipVertical => (x, below),
        Orientation::Rotate90 => (below, x),
        Orientation::Rotate270 => (y, right),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate270FlipH => (below, right),
    };
    if swaps_sides(orientation) {
        Tile { x, y, width: tile.height, height: tile.width }
    } else {
        Tile { x, y, ..tile }
    }
}
