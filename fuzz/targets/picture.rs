//! Picture files: looked at and hashed without a panic, and within the limits.

use fuzz::within;
use pausepoint::hash::picture::{Ask, hash};
use pausepoint::image::decode::prepare;
use pausepoint::image::{Format, Limits, Views};

/// Small, so that inputs are quick and reach them; large enough for the tiles of a picture.
const LIMITS: Limits = Limits {
    max_bytes: 1 << 20,
    max_pixels: 1 << 18,
    max_frames: 12,
    max_animation_pixels: 1 << 19,
    max_memory: 40 << 20,
    max_looks: 5,
};
/// What the estimate leaves out, as it is the same for every picture: decoders' tables, and looks that are kept.
const TABLES: u64 = 2 << 20;

pub fn look(data: &[u8]) {
    // The decoders' own copy of the file comes on top of what they decode into.
    let allowed = LIMITS.max_memory + 2 * data.len() as u64 + TABLES;
    let hashed = within(allowed, || hash(data, Ask::AsItIs, &LIMITS));
    let laid = within(allowed, || hash(data, Ask::AllOrientations, &LIMITS));
    if let (Ok(hashed), Ok(laid)) = (&hashed, &laid) {
        assert!(u64::from(hashed.width) * u64::from(hashed.height) <= LIMITS.max_pixels);
        assert_eq!((&hashed.pdq, &hashed.upright), (&laid.pdq, &laid.upright));
    }

    let Some(format) = Format::sniff(data) else {
        assert!(hashed.is_err());
        return;
    };
    let Ok(prepared) = within(allowed, || prepare(data, format, Views::Tiles, &LIMITS, &mut ())) else {
        return;
    };
    let (width, height) = (prepared.width, prepared.height);
    assert!(width > 0 && height > 0 && u64::from(width) * u64::from(height) <= LIMITS.max_pixels);
    assert!((1..=LIMITS.max_frames).contains(&prepared.frames_total));
    // An animated PNG's still picture is looked at too.
    assert!((1..=LIMITS.max_looks as usize + 1).contains(&prepared.frames.len()));
    for frame in &prepared.frames {
        assert!(frame.frame < prepared.frames_total);
        assert!((1..=LIMITS.max_looks as usize).contains(&frame.views.len()));
        assert_eq!(frame.views[0].tile, None);
        for view in &frame.views {
            assert!((1..=2).contains(&view.looks.len()));
            if let Some(tile) = view.tile {
                assert!(tile.width > 0 && tile.height > 0);
                assert!(tile.x + tile.width <= width && tile.y + tile.height <= height);
            }
        }
    }
}
