//! Where to look closer: overlapping parts of a picture that the 224 × 224 pixels of one look would squeeze too much.
//!
//! An ordinary picture has four tiles of three fifths of its sides, one in each corner. One that is at least twice as
//! long as it is wide has a row of squares along its length, or of longer tiles where that would be too many. Together
//! the tiles cover every pixel, neighbours overlap by at least a fifth of the picture or a quarter of a tile, and none
//! has a side below 224 pixels: enlarging shows nothing new.

use serde::Serialize;

use crate::classify::model::INPUT_SIDE;

/// Tiles of one picture, at most: with the whole picture eight looks.
pub const MAX_TILES: u32 = 7;
/// Least length, in widths, of a picture that is looked at along its length.
const LONG: u32 = 2;

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// Pixels from the left edge.
    pub x: u32,
    /// Pixels from the upper edge.
    pub y: u32,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// The tiles of a picture of `width × height` pixels, `most` at most; none where there is too little to gain, or no
/// room for all of them.
pub fn tiles(width: u32, height: u32, most: u32) -> Vec<Tile> {
    let most = most.min(MAX_TILES);
    let (long, short) = (width.max(height), width.min(height));
    let is_long = u64::from(long) >= u64::from(LONG) * u64::from(short);
    let (columns, rows) = match (is_long, width >= height) {
        (false, _) if most >= 4 => (corners(width), corners(height)),
        (true, true) if most >= 2 => (row(width, height, most), vec![(0, height)]),
        (true, false) if most >= 2 => (vec![(0, width)], row(height, width, most)),
        _ => return Vec::new(),
    };
    let is_large = |(_, side): &(u32, u32)| *side >= INPUT_SIDE as u32;
    if !columns.iter().chain(&rows).all(is_large) {
        return Vec::new();
    }
    let in_row = |(y, height): (u32, u32)| {
        columns.iter().map(move |(x, width)| Tile { x: *x, y, width: *width, height })
    };
    rows.iter().copied().flat_map(in_row).collect()
}

/// Start and length of three fifths from either end.
fn corners(side: u32) -> Vec<(u32, u32)> {
    let part = side - side / 5 * 2;
    vec![(0, part), (side - part, part)]
}

/// Starts and length of up to `most` parts, at least `short` long each, that overlap by a quarter or more.
fn row(long: u32, short: u32, most: u32) -> Vec<(u32, u32)> {
    let (long, short, most) = (u64::from(long), u64::from(short), u64::from(most));
    // n parts of length p reach p + (n − 1) · ¾ p at most.
    let count = ((long - short) * 4).div_ceil(short * 3) + 1;
    let (count, part) =
        if count <= most { (count, short) } else { (most, (long * 4).div_ceil(4 + (most - 1) * 3)) };
    // All of these are at most `long`.
    (0..count).map(|i| ((i * (long - part) / (count - 1)) as u32, part as u32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIDE: u32 = INPUT_SIDE as u32;

    fn tile(x: u32, y: u32, width: u32, height: u32) -> Tile {
        Tile { x, y, width, height }
    }

    /// Whether intervals cover `0..length`, each beginning where the one before it still goes on for `overlap`.
    fn cover(parts: &mut [(u32, u32)], length: u32, overlap: impl Fn(u32) -> u32) -> bool {
        parts.sort_unstable();
        parts.first().is_some_and(|(start, _)| *start == 0)
            && parts.last().is_some_and(|(start, part)| start + part == length)
            && parts.windows(2).all(|p| p[1].0 == p[0].0 || p[1].0 + overlap(p[0].1) <= p[0].0 + p[0].1)
    }

    proptest! {
        #[test]
        fn tiles_cover_overlap_and_stay_inside(
            width in 1..6_000u32, height in 1..6_000u32, stretch in 1..12u32, most in 0..9u32
        ) {
            let width = width * stretch;
            let found = tiles(width, height, most);
            prop_assert!(found.len() as u32 <= most.min(MAX_TILES));
            for tile in &found {
                prop_assert!(tile.width.min(tile.height) >= SIDE);
                prop_assert!(tile.x + tile.width <= width && tile.y + tile.height <= height);
            }
            if !found.is_empty() {
                let mut across: Vec<_> = found.iter().map(|t| (t.x, t.width)).collect();
                let mut down: Vec<_> = found.iter().map(|t| (t.y, t.height)).collect();
                // Every column with every row: covering both sides is covering the picture.
                let mut pairs: Vec<_> = found.iter().map(|t| (t.x, t.y)).collect();
                pairs.dedup();
                prop_assert_eq!(pairs.len(), found.len());
                across.sort_unstable();
                across.dedup();
                down.sort_unstable();
                down.dedup();
                prop_assert_eq!(across.len() * down.len(), found.len());
                // Starts are rounded down: a pixel less.
                prop_assert!(cover(&mut across, width, |part| (part / 4).saturating_sub(1)));
                prop_assert!(cover(&mut down, height, |part| (part / 4).saturating_sub(1)));
            }
        }

        #[test]
        fn a_turned_picture_has_turned_tiles(width in 1..6_000u32, height in 1..6_000u32) {
            let mut turned: Vec<_> =
                tiles(height, width, MAX_TILES).iter().map(|t| tile(t.y, t.x, t.height, t.width)).collect();
            turned.sort_unstable_by_key(|t| (t.y, t.x));
            prop_assert_eq!(turned, tiles(width, height, MAX_TILES));
        }

        #[test]
        fn large_pictures_have_tiles(width in 374..60_000u32, height in 374..60_000u32) {
            prop_assert!(tiles(width, height, MAX_TILES).len() >= 3);
        }
    }

    #[test]
    fn four_corners_or_a_row_of_squares() {
        assert_eq!(
            tiles(1000, 800, 7),
            [tile(0, 0, 600, 480), tile(400, 0, 600, 480), tile(0, 320, 600, 480), tile(400, 320, 600, 480)]
        );
        assert_eq!(
            tiles(900, 300, 7),
            [tile(0, 0, 300, 300), tile(200, 0, 300, 300), tile(400, 0, 300, 300), tile(600, 0, 300, 300)]
        );
        assert_eq!(tiles(300, 900, 7).len(), 4);
        // Longer than seven squares reach: longer tiles.
        assert_eq!(tiles(300, 5500, 7)[1], tile(0, 750, 300, 1000));
    }

    #[test]
    fn nothing_to_gain_and_no_room() {
        assert_eq!(tiles(371, 500, 7), []);
        assert_eq!(tiles(223, 900, 7), []);
        assert_eq!(tiles(1, 1, 7), []);
        assert_eq!(tiles(1000, 800, 3), []);
        assert_eq!(tiles(900, 300, 1), []);
    }
}
