//! The eight ways to lay a picture on a table (the dihedral group of the square), in terms of its frequencies: mirroring
//! changes the sign of every other one, turning also swaps rows and columns.

use super::{FREQUENCIES, Spectrum};

/// How a picture is turned or mirrored. Names are the reference's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dihedral {
    /// As it is.
    Original,
    /// A quarter turn to the left.
    Rotate90,
    /// A half turn.
    Rotate180,
    /// A quarter turn to the right.
    Rotate270,
    /// Upside down in a mirror: the first row becomes the last.
    FlipX,
    /// Left and right swapped.
    FlipY,
    /// Mirrored at the diagonal from the upper left.
    FlipPlus1,
    /// Mirrored at the other diagonal.
    FlipMinus1,
}

impl Dihedral {
    /// All eight.
    pub const ALL: [Self; 8] = [
        Self::Original,
        Self::Rotate90,
        Self::Rotate180,
        Self::Rotate270,
        Self::FlipX,
        Self::FlipY,
        Self::FlipPlus1,
        Self::FlipMinus1,
    ];

    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Rotate90 => "rotate-90",
            Self::Rotate180 => "rotate-180",
            Self::Rotate270 => "rotate-270",
            Self::FlipX => "flip-x",
            Self::FlipY => "flip-y",
            Self::FlipPlus1 => "flip-plus-1",
            Self::FlipMinus1 => "flip-minus-1",
        }
    }

    /// Whether rows become columns, and along which of the picture's own axes its sign alternates: down, across.
    const fn parts(self) -> (bool, bool, bool) {
        match self {
            Self::Original => (false, false, false),
            Self::Rotate90 => (true, false, true),
            Self::Rotate180 => (false, true, true),
            Self::Rotate270 => (true, true, false),
            Self::FlipX => (false, true, false),
            Self::FlipY => (false, false, true),
            Self::FlipPlus1 => (true, false, false),
            Self::FlipMinus1 => (true, true, true),
        }
    }

    /// The frequencies of the picture laid so.
    pub(super) fn of(self, spectrum: &Spectrum) -> Spectrum {
        let (transposed, down, across) = self.parts();
        let mut laid = [[0.0; FREQUENCIES]; FREQUENCIES];
        for (i, row) in spectrum.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                // Frequencies count from one: the odd ones are at even places.
                let negative = (down && i % 2 == 0) != (across && j % 2 == 0);
                let place = if transposed { &mut laid[j][i] } else { &mut laid[i][j] };
                *place = if negative { -value } else { *value };
            }
        }
        laid
    }
}
