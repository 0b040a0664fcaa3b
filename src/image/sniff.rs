//! What a file is, told from its first bytes. Names and declared types are never asked.

/// A kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG, animated or not (W3C PNG, third edition).
    Png,
    /// GIF 87a or 89a.
    Gif,
    /// WebP (RFC 9649).
    Webp,
    /// Windows bitmap.
    Bmp,
    /// AVIF still picture, told by the brands of its ISO base media `ftyp` box.
    Avif,
    /// HEIF still picture with HEVC inside.
    Heic,
    /// AVIF or HEIF image sequence.
    HeifSequence,
    /// JPEG XL, bare codestream or container.
    Jxl,
    /// TIFF.
    Tiff,
    /// Windows icon or cursor.
    Ico,
    /// SVG, a document that can hold scripts and outside references.
    Svg,
}

impl Format {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Bmp => "bmp",
            Self::Avif => "avif",
            Self::Heic => "heic",
            Self::HeifSequence => "heif-sequence",
            Self::Jxl => "jxl",
            Self::Tiff => "tiff",
            Self::Ico => "ico",
            Self::Svg => "svg",
        }
    }

    /// Tells the format from the content, or `None` when it is none of these.
    pub fn sniff(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            // Only with one of the known header sizes: two letters alone are too little.
            [
                b'B',
                b'M',
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                _,
                12 | 16 | 40 | 52 | 56 | 64 | 108 | 124,
                0,
                0,
                0,
                ..,
            ] => Some(Self::Bmp),
            [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => Self::from_brands(bytes, rest),
            [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Some(Self::Jxl),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Tiff),
            [0, 0, 1 | 2, 0, count, 0, ..] if *count > 0 => Some(Self::Ico),
            _ => Self::sniff_svg(bytes),
        }
    }

    /// Whether a browser may be asked to decode the format. Not SVG, which can look different where it is shown, and
    /// nothing that can be animated: a browser hands over the first frame only.
    pub const fn is_for_host(self) -> bool {
        !matches!(self, Self::Svg | Self::HeifSequence | Self::Jxl | Self::Gif | Self::Webp | Self::Png)
    }

    fn from_brands(bytes: &[u8], brands: &[u8]) -> Option<Self> {
        let size = u32::from_be_bytes(*bytes.first_chunk()?) as usize;
        let brands = brands.get(..size.clamp(8, 264) - 8).unwrap_or(brands);
        // Major brand, minor version, then compatible brands.
        let mut list = brands.as_chunks::<4>().0.iter().enumerate().filter(|(i, _)| *i != 1).map(|(_, b)| b);
        let has = |wanted: &[&[u8; 4]]| list.clone().any(|b| wanted.contains(&b));
        if has(&[b"avis", b"msf1", b"hevc", b"hevx", b"hevm", b"hevs"]) {
            return Some(Self::HeifSequence);
        }
        list.find_map(|brand| match brand {
            b"avif" => Some(Self::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" => Some(Self::Heic),
            _ => None,
        })
    }

    fn sniff_svg(bytes: &[u8]) -> Option<Self> {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
        if !text.starts_with(b"<") {
            return None;
        }
        let start = &text[..text.len().min(1024)];
        start.windows(4).any(|w| w.eq_ignore_ascii_case(b"<svg")).then_some(Self::Svg)
    }
}
