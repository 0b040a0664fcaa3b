//! A painted harbour at sunset: the picture that the demo checks, of our own making.

use image::{Rgb, RgbImage};

/// Paints the harbour.
pub fn harbour(width: u32, height: u32) -> RgbImage {
    let horizon = height as f32 * 0.52;
    let unit = height as f32 / 427.0;
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let (fx, fy) = (x as f32, y as f32);
        let colour = if fy < horizon {
            sky(fx, fy, width as f32, horizon)
        } else {
            sea(fx, fy, width as f32, horizon, height as f32)
        };
        Rgb(colour.map(|c| (c + grain(x, y) * 5.0).clamp(0.0, 255.0) as u8))
    });
    hills(&mut picture, horizon, unit);
    for (x, y, size) in [(0.22, 0.66, 1.0), (0.62, 0.60, 0.62), (0.82, 0.74, 1.25)] {
        boat(&mut picture, width as f32 * x, height as f32 * y, size * 60.0 * unit);
    }
    picture
}

fn sky(x: f32, y: f32, width: f32, horizon: f32) -> [f32; 3] {
    let t = (y / horizon).powf(1.4);
    let base = mix([62.0, 98.0, 160.0], [250.0, 190.0, 130.0], t);
    let (dx, dy) = (x - width * 0.68, y - horizon * 0.78);
    let distance = (dx * dx + dy * dy).sqrt();
    let glow = (-distance / (horizon * 0.35)).exp();
    let sun = if distance < horizon * 0.1 { 1.0 } else { 0.0 };
    let cloud = (cloudiness(x / width * 9.0, y / horizon * 22.0) - 0.55).max(0.0) * 1.6;
    let lit = mix(base, [255.0, 226.0, 170.0], glow * 0.7);
    mix(mix(lit, [236.0, 214.0, 214.0], cloud), [255.0, 244.0, 214.0], sun)
}

fn sea(x: f32, y: f32, width: f32, horizon: f32, height: f32) -> [f32; 3] {
    let depth = (y - horizon) / (height - horizon);
    let base = mix([196.0, 160.0, 142.0], [26.0, 58.0, 84.0], depth.powf(0.6));
    let wave = ((y * (0.9 - 0.6 * depth)).sin() + cloudiness(x / width * 30.0, y * 0.25) * 2.0 - 1.0) * 0.5;
    let path = (-((x - width * 0.68) / (width * (0.04 + 0.08 * depth))).powi(2)).exp();
    let shine = path * (0.5 + 0.5 * wave).clamp(0.0, 1.0);
    let rippled = base.map(|c| c + wave * 14.0 * (0.4 + depth));
    mix(rippled, [255.0, 222.0, 160.0], shine * 0.8)
}

fn hills(picture: &mut RgbImage, horizon: f32, unit: f32) {
    for (layer, colour) in [(0, [96.0, 96.0, 128.0]), (1, [54.0, 62.0, 84.0])] {
        for x in 0..picture.width() {
            let fx = x as f32 / unit;
            let phase = layer as f32 * 1.9;
            let ridge = (fx * 0.011 + phase).sin() * 22.0 + (fx * 0.037 + phase * 2.0).sin() * 8.0 + 34.0
                - 16.0 * layer as f32;
            let top = horizon - ridge.max(0.0) * unit;
            for y in top as u32..horizon as u32 {
                let shade = colour.map(|c: f32| c + grain(x, y) * 10.0 + (y as f32 - top) * 0.15);
                picture.put_pixel(x, y, Rgb(shade.map(|c| c.clamp(0.0, 255.0) as u8)));
            }
        }
    }
}

fn boat(picture: &mut RgbImage, x: f32, y: f32, size: f32) {
    let mut paint = |px: f32, py: f32, colour: [f32; 3], strength: f32| {
        let (ix, iy) = ((x + px * size) as i64, (y + py * size) as i64);
        if (0..i64::from(picture.width())).contains(&ix) && (0..i64::from(picture.height())).contains(&iy) {
            let pixel = picture.get_pixel_mut(ix as u32, iy as u32);
            *pixel = Rgb(mix(pixel.0.map(f32::from), colour, strength).map(|c| c as u8));
        }
    };
    let steps = (size * 1.5) as i32;
    for i in -steps..=steps {
        for j in -2 * steps..=steps {
            let (px, py) = (i as f32 / steps as f32 * 0.8, j as f32 / steps as f32 * 0.8);
            let hull = (0.0..0.22).contains(&py) && px.abs() < 0.62 - py * 0.9;
            let mast = (-1.3..0.0).contains(&py) && px.abs() < 0.015;
            let sail = (-1.2..-0.08).contains(&py) && px > 0.03 && px < 0.5 * (py + 1.2) / 1.12;
            let jib = (-1.1..-0.08).contains(&py) && px < -0.03 && px > -0.34 * (py + 1.1) / 1.02;
            if sail {
                paint(px, py, [246.0 - px * 70.0, 238.0 - px * 70.0, 224.0 - px * 60.0], 1.0);
            } else if jib {
                paint(px, py, [222.0, 120.0, 84.0], 1.0);
            } else if mast || hull {
                paint(px, py, [72.0 + py * 90.0, 44.0 + py * 60.0, 36.0], 1.0);
            } else if (0.22..0.8).contains(&py) && px.abs() < 0.4 && ((py * 60.0) as i32) % 3 != 0 {
                paint(px, py, [90.0, 80.0, 84.0], 0.25);
            }
        }
    }
}

fn mix(a: [f32; 3], b: [f32; 3], t: f32) -> [f32; 3] {
    core::array::from_fn(|i| a[i] + (b[i] - a[i]) * t.clamp(0.0, 1.0))
}

/// A fixed pseudo-random value, −1…1.
fn grain(x: u32, y: u32) -> f32 {
    let mut h = x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h ^= h >> 12;
    (h & 0xffff) as f32 / 32_767.5 - 1.0
}

/// Smooth value noise in three octaves, 0…1.
fn cloudiness(x: f32, y: f32) -> f32 {
    let octave = |x: f32, y: f32| {
        let (ix, iy) = (x.floor(), y.floor());
        let (tx, ty) = (x - ix, y - iy);
        let at = |dx: f32, dy: f32| grain((ix + dx) as i32 as u32, (iy + dy) as i32 as u32) * 0.5 + 0.5;
        let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
        let top = at(0.0, 0.0) + (at(1.0, 0.0) - at(0.0, 0.0)) * smooth(tx);
        let bottom = at(0.0, 1.0) + (at(1.0, 1.0) - at(0.0, 1.0)) * smooth(tx);
        top + (bottom - top) * smooth(ty)
    };
    octave(x, y) * 0.55 + octave(x * 2.1, y * 2.1) * 0.3 + octave(x * 4.3, y * 4.3) * 0.15
}
