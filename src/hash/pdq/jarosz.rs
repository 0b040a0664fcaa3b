//! The blur: two passes of a box along the rows and along the columns, which together are a tent (Jarosz, "Fast Image
//! Convolutions", 2001), of which only 64 × 64 values are kept.
//!
//! Running sums in single precision depend on their order, so each follows the reference's: add the new value, subtract
//! the old one, divide. Rows stream through all four passes; what is held are as many rows as the box is high.

use core::ops::Range;

use super::{Reduced, SIDE};

/// Rows that are summed side by side: each sum waits for the one before.
const ROWS: usize = 4;

/// A box that runs along a line. Near both ends it is cut off.
#[derive(Clone, Copy)]
struct Run {
    /// Values on the line.
    length: usize,
    /// Values in the whole box: half of one of the 64 cells, rounded up, since there are two passes.
    window: usize,
}

impl Run {
    const fn new(length: usize) -> Self {
        Self { length, window: length.div_ceil(2 * SIDE) }
    }

    /// Values that are read before the first sum is written.
    const fn lead(self) -> usize {
        self.window / 2
    }

    /// Values in the box of output `at`.
    fn count(self, at: usize) -> f32 {
        let end = (at + self.lead() + 1).min(self.length);
        let start = (at + self.lead() + 1).saturating_sub(self.window);
        (end - start) as f32
    }

    /// The value that stands for the cell `at` of 64.
    const fn centre(self, at: usize) -> usize {
        (2 * at + 1) * self.length / (2 * SIDE)
    }

    /// Sums of the box along each of the rows.
    fn sums(self, rows: [&[f32]; ROWS], sums: [&mut [f32]; ROWS]) {
        let Self { length, window } = self;
        let mut rows = Rows { rows: rows.map(|row| &row[..length]), sums, sum: [0.0; ROWS], run: self };
        rows.run::<true, false, false>(0..self.lead());
        rows.run::<true, false, true>(self.lead()..window);
        rows.run::<true, true, true>(window..length);
        rows.run::<false, true, true>(length..length + self.lead());
    }
}

/// Rows that are being summed.
struct Rows<'a> {
    rows: [&'a [f32]; ROWS],
    sums: [&'a mut [f32]; ROWS],
    sum: [f32; ROWS],
    run: Run,
}

impl Rows<'_> {
    /// Goes on over `range`: what enters the box is added, what leaves it subtracted, the sum written.
    fn run<const ADD: bool, const SUBTRACT: bool, const WRITE: bool>(&mut self, range: Range<usize>) {
        for x in range {
            for r in 0..ROWS {
                if ADD {
                    self.sum[r] += self.rows[r][x];
                }
                if SUBTRACT {
                    self.sum[r] -= self.rows[r][x - self.run.window];
                }
                if WRITE {
                    self.sums[r][x - self.run.lead()] = self.sum[r];
                }
            }
        }
    }
}

/// The box along the columns, for rows that come one by one.
struct Columns {
    run: Run,
    width: usize,
    /// The last rows, as many as the box is high.
    ring: Vec<f32>,
    sums: Vec<f32>,
    /// Rows that came, and then those that would have come.
    row: usize,
}

impl Columns {
    fn new(width: usize, height: usize) -> Self {
        let run = Run::new(height);
        Self { run, width, ring: vec![0.0; run.window * width], sums: vec![0.0; width], row: 0 }
    }

    /// Takes a row, or `None` behind the last; gives the number of the row whose sums are complete now.
    fn step(&mut self, row: Option<&[f32]>) -> Option<usize> {
        let slot = self.row % self.run.window * self.width;
        let oldest = &mut self.ring[slot..slot + self.width];
        let full = self.row >= self.run.window;
        match row {
            Some(row) if full => {
                for ((sum, old), new) in self.sums.iter_mut().zip(oldest).zip(row) {
                    *sum = *sum + new - *old;
                    *old = *new;
                }
            }
            Some(row) => {
                for ((sum, old), new) in self.sums.iter_mut().zip(oldest).zip(row) {
                    *sum += new;
                    *old = *new;
                }
            }
            None => self.sums.iter_mut().zip(oldest).for_each(|(sum, old)| *sum -= *old),
        }
        self.row += 1;
        (self.row - 1).checked_sub(self.run.lead())
    }
}

/// Some rows of the same length.
struct Batch {
    width: usize,
    values: Vec<f32>,
    rows: usize,
}

impl Batch {
    fn new(width: usize) -> Self {
        Self { width, values: vec![0.0; ROWS * width], rows: 0 }
    }

    /// The row to be written next.
    fn next(&mut self) -> &mut [f32] {
        self.rows += 1;
        &mut self.values[(self.rows - 1) * self.width..self.rows * self.width]
    }

    /// How many rows there were; the next one is the first again.
    fn take(&mut self) -> usize {
        core::mem::take(&mut self.rows)
    }

    fn row(&self, at: usize) -> &[f32] {
        &self.values[at * self.width..(at + 1) * self.width]
    }

    fn row_mut(&mut self, at: usize) -> &mut [f32] {
        &mut self.values[at * self.width..(at + 1) * self.width]
    }

    fn all(&self) -> [&[f32]; ROWS] {
        core::array::from_fn(|at| self.row(at))
    }

    fn all_mut(&mut self) -> [&mut [f32]; ROWS] {
        let mut rows = self.values.chunks_exact_mut(self.width);
        core::array::from_fn(|_| rows.next().unwrap_or_default())
    }
}

/// Reduces one picture of luma values whose rows arrive from top to bottom.
pub struct Jarosz {
    along: Run,
    luma: Batch,
    blurred: Batch,
    first: Columns,
    twice: Batch,
    sums: Batch,
    /// Only the columns that are kept.
    second: Columns,
    kept: [f32; SIDE],
    /// Rows of the result that are made.
    made: usize,
    reduced: Box<Reduced>,
}

impl Jarosz {
    /// Bytes that the filter takes for a picture of `width × height` pixels, nearly.
    pub const fn memory(width: usize, height: usize) -> u64 {
        let rows = 4 * ROWS + Run::new(height).window + 1;
        (rows as u64).saturating_mul(width as u64 * size_of::<f32>() as u64)
    }

    /// For a picture of `width × height` pixels, both at least 1.
    pub fn new(width: usize, height: usize) -> Self {
        Self {
            along: Run::new(width),
            luma: Batch::new(width),
            blurred: Batch::new(width),
            first: Columns::new(width, height),
            twice: Batch::new(width),
            sums: Batch::new(width),
            second: Columns::new(SIDE, height),
            kept: [0.0; SIDE],
            made: 0,
            reduced: Box::new([[0.0; SIDE]; SIDE]),
        }
    }

    /// Takes the next row.
    pub fn push(&mut self, luma: &[f32]) {
        self.luma.next().copy_from_slice(luma);
        if self.luma.rows == ROWS {
            self.first_rows();
        }
    }

    /// The reduced picture, once every row was pushed.
    pub fn finish(mut self) -> Box<Reduced> {
        self.first_rows();
        for _ in 0..self.first.run.lead() {
            self.first_columns(None);
        }
        self.second_rows();
        for _ in 0..self.second.run.lead() {
            self.second_columns(false);
        }
        self.reduced
    }

    /// The first pass along the rows that have gathered.
    fn first_rows(&mut self) {
        self.along.sums(self.luma.all(), self.blurred.all_mut());
        let length = self.along.length;
        let whole = self.along.window - self.along.lead()..length - self.along.lead();
        let count = self.along.window as f32;
        for row in 0..self.luma.take() {
            let sums = self.blurred.row_mut(row);
            for at in (0..whole.start).chain(whole.end..length) {
                sums[at] /= self.along.count(at);
            }
            sums[whole.clone()].iter_mut().for_each(|sum| *sum /= count);
            self.first_columns(Some(row));
        }
    }

    /// The first pass along the columns, with one more blurred row or behind the last.
    fn first_columns(&mut self, blurred: Option<usize>) {
        let Some(row) = self.first.step(blurred.map(|row| self.blurred.row(row))) else { return };
        let count = self.first.run.count(row);
        for (value, sum) in self.twice.next().iter_mut().zip(&self.first.sums) {
            *value = sum / count;
        }
        if self.twice.rows == ROWS {
            self.second_rows();
        }
    }

    /// The second pass along the rows that have gathered. Only the kept columns go on.
    fn second_rows(&mut self) {
        self.along.sums(self.twice.all(), self.sums.all_mut());
        for row in 0..self.twice.take() {
            let sums = self.sums.row(row);
            for (at, value) in self.kept.iter_mut().enumerate() {
                let column = self.along.centre(at);
                *value = sums[column] / self.along.count(column);
            }
            self.second_columns(true);
        }
    }

    /// The second pass along the columns, with one more kept row or behind the last. Each row of the result is kept as
    /// often as it stands for a cell.
    fn second_columns(&mut self, more: bool) {
        let Some(row) = self.second.step(more.then_some(&self.kept)) else { return };
        let run = self.second.run;
        while self.made < SIDE && run.centre(self.made) == row {
            for (value, sum) in self.reduced[self.made].iter_mut().zip(&self.second.sums) {
                *value = sum / run.count(row);
            }
            self.made += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same as four loops over whole pictures, as the paper has it.
    fn plainly(mut picture: Vec<f32>, width: usize, height: usize) -> Vec<f32> {
        let pass = |line: Vec<f32>| -> Vec<f32> {
            let run = Run::new(line.len());
            let (mut sum, mut out) = (0.0f32, Vec::new());
            for x in 0..line.len() + run.lead() {
                sum += line.get(x).unwrap_or(&0.0);
                sum -= x.checked_sub(run.window).map_or(0.0, |old| line[old]);
                if x >= run.lead() {
                    let first = (x + 1).saturating_sub(run.window);
                    out.push(sum / (line.len().min(x + 1) - first) as f32);
                }
            }
            out
        };
        for _ in 0..2 {
            for row in picture.chunks_exact_mut(width) {
                row.copy_from_slice(&pass(row.to_vec()));
            }
            for x in 0..width {
                let column = pass((0..height).map(|y| picture[y * width + x]).collect());
                (0..height).for_each(|y| picture[y * width + x] = column[y]);
            }
        }
        picture
    }

    #[test]
    fn streamed_rows_give_what_whole_pictures_give() {
        let mut seed = 1u32;
        for (width, height) in
            [(5, 5), (5, 700), (700, 5), (63, 64), (128, 129), (257, 130), (385, 6), (401, 513)]
        {
            let mut next = || {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (seed >> 8) as f32 / 65_793.0
            };
            let picture: Vec<f32> = (0..width * height).map(|_| next()).collect();
            let mut filter = Jarosz::new(width, height);
            picture.chunks_exact(width).for_each(|row| filter.push(row));
            let reduced = filter.finish();
            let exact = plainly(picture, width, height);
            for (i, row) in reduced.iter().enumerate() {
                for (j, value) in row.iter().enumerate() {
                    let at = Run::new(height).centre(i) * width + Run::new(width).centre(j);
                    assert_eq!(value.to_bits(), exact[at].to_bits(), "{width} × {height}: {i}, {j}");
                }
            }
        }
    }
}
