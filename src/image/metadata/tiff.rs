//! The directories of TIFF (revision 6.0, section 2), as Exif and Multi-Picture Format use them.

/// Bytes of a directory's entry.
pub const ENTRY: usize = 12;

/// A TIFF header and what it points into.
pub struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

/// One entry of a directory.
pub struct Entry {
    pub tag: u16,
    pub kind: u16,
    pub count: u32,
    /// Where its four bytes of value, or of offset, are.
    pub at: usize,
}

impl<'a> Tiff<'a> {
    /// Reads the header.
    pub fn new(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes {
            [b'I', b'I', 42, 0, ..] => false,
            [b'M', b'M', 0, 42, ..] => true,
            _ => return None,
        };
        Some(Self { bytes, big_endian })
    }

    /// Its first directory.
    pub fn first(&self) -> Option<usize> {
        self.long(4)
    }

    /// Two bytes.
    pub fn short(&self, at: usize) -> Option<u16> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    /// Four bytes, as a length or a place.
    pub fn long(&self, at: usize) -> Option<usize> {
        let bytes = *self.bytes.get(at..)?.first_chunk()?;
        let value = if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) };
        usize::try_from(value).ok()
    }

    /// The entries of a directory, as many as there are whole.
    pub fn entries(&self, directory: usize) -> impl Iterator<Item = Entry> {
        let count = self.short(directory).unwrap_or(0);
        (0..usize::from(count)).map_while(move |index| {
            let start = directory.checked_add(2 + index * ENTRY)?;
            let entry = self.bytes.get(start..)?.get(..ENTRY)?;
            let count = *entry.get(4..)?.first_chunk()?;
            Some(Entry {
                tag: self.short(start)?,
                kind: self.short(start + 2)?,
                count: if self.big_endian { u32::from_be_bytes(count) } else { u32::from_le_bytes(count) },
                at: start + 8,
            })
        })
    }

    /// The directory after this one, if there is any.
    pub fn next(&self, directory: usize) -> Option<usize> {
        let count = usize::from(self.short(directory)?);
        self.long(directory.checked_add(2 + count * ENTRY)?).filter(|next| *next > 0)
    }

    /// Bytes of a directory and of the values outside it, and no more than there are at all.
    pub fn extent(&self, directory: usize) -> usize {
        let values = self.entries(directory).map(|entry| entry.outside());
        values
            .fold(2 + 4_usize, |sum, outside| sum.saturating_add(ENTRY).saturating_add(outside))
            .min(self.bytes.len())
    }
}

impl Entry {
    /// Bytes of the value, where they are too many for the entry.
    fn outside(&self) -> usize {
        let each = match self.kind {
            3 | 8 => 2,
            4 | 9 | 11 => 4,
            5 | 10 | 12 => 8,
            _ => 1,
        };
        let bytes = usize::try_from(self.count).unwrap_or(usize::MAX).saturating_mul(each);
        if bytes > 4 { bytes } else { 0 }
    }
}
