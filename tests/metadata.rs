//! Metadata: each carrier in each format is found, named and gone, and the picture is the same, by the decoders that
//! look at pictures here. Readers that others wrote look at what is left in `tests/node/metadata.test.mjs`.

use std::io::Cursor;
use std::slice::from_ref;

use corpus::carriers::{
    SECRET, XMP, exif, extended_webp, gif_extension, gif_xmp, multi_picture, png_chunk, profile,
    profile_segments, segment, webp_chunk, with_extensions, with_png_chunks, with_segments,
};
use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{AnimationDecoder, ColorType, Frame, ImageDecoder, ImageReader, ImageResult};
use pausepoint::image::Format;
use pausepoint::image::metadata::{Kept, Kind, MetadataError, scan, strip};
use proptest::prelude::*;

/// Everything that a decoder gives of a file.
#[derive(Debug, PartialEq)]
struct Shown {
    size: (u32, u32),
    colour: ColorType,
    orientation: Orientation,
    profile: Option<Vec<u8>>,
    pixels: Vec<u8>,
    frames: Vec<(Vec<u8>, (u32, u32))>,
}

fn shown(bytes: &[u8]) -> ImageResult<Shown> {
    let source = || Cursor::new(bytes);
    let mut decoder = ImageReader::new(source()).with_guessed_format()?.into_decoder()?;
    // A mutated size is not worth gigabytes.
    if decoder.total_bytes() > 1 << 26 {
        return Err(image::ImageError::Limits(image::error::LimitError::from_kind(
            image::error::LimitErrorKind::InsufficientMemory,
        )));
    }
    let (size, colour) = (decoder.dimensions(), decoder.color_type());
    let (orientation, profile) = (decoder.orientation()?, decoder.icc_profile()?);
    let mut pixels = vec![0; decoder.total_bytes() as usize];
    decoder.read_image(&mut pixels)?;
    let frames = match Format::sniff(bytes) {
        Some(Format::Gif) => frames(GifDecoder::new(source())?),
        Some(Format::Webp) if WebPDecoder::new(source())?.has_animation() => {
            frames(WebPDecoder::new(source())?)
        }
        Some(Format::Png) if PngDecoder::new(source())?.is_apng()? => {
            frames(PngDecoder::new(source())?.apng()?)
        }
        _ => Vec::new(),
    };
    Ok(Shown { size, colour, orientation, profile, pixels, frames })
}

fn frames<'a>(decoder: impl AnimationDecoder<'a>) -> Vec<(Vec<u8>, (u32, u32))> {
    let pixels = |frame: Frame| (frame.buffer().as_raw().clone(), frame.delay().numer_denom_ms());
    decoder.into_frames().take(20).map_while(Result::ok).map(pixels).collect()
}

/// Files that Pillow wrote.
fn seed(name: &str) -> Vec<u8> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds/picture");
    std::fs::read(folder.join(name)).expect("a seed")
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Strips a file that carries just these, and checks the rest of what is promised.
fn cleaned(name: &str, file: &[u8], kinds: &[Kind], kept: &[Kept]) -> Vec<u8> {
    let stripped = strip(file).unwrap_or_else(|error| panic!("{name}: {error}"));
    let found: Vec<Kind> = stripped.report.found.iter().map(|finding| finding.kind).collect();
    assert_eq!(found, kinds, "{name}");
    assert_eq!(stripped.report.kept, kept, "{name}");
    assert_eq!(scan(file).expect("scans"), stripped.report, "{name}");
    let clean = stripped.bytes.into_owned();
    assert_eq!(clean == file, kinds.is_empty(), "{name}");
    assert!(!holds(&clean, SECRET), "{name}: the secret is still there");
    let again = strip(&clean).expect("what was stripped");
    assert!(again.report.found.is_empty() && again.report.kept == kept && *again.bytes == clean, "{name}");
    let after = shown(&clean).expect("decodes");
    match shown(file) {
        Ok(before) => assert_eq!(after, before, "{name}"),
        // Decoders may refuse what is not known.
        Err(error) => assert!(kinds.contains(&Kind::UnknownChunk), "{name}: {error}"),
    }
    clean
}

#[test]
fn files_without_metadata_are_left_alone() {
    for name in
        ["baseline.jpg", "progressive.jpg", "restarts.jpg", "grey.jpg", "four-inks.jpg", "colours.png"]
    {
        cleaned(name, &seed(name), &[], &[]);
    }
    for name in ["clear.png", "palette.png", "bits.png", "deep.png", "moving.png", "still.gif", "moving.gif"]
    {
        cleaned(name, &seed(name), &[], &[]);
    }
    for name in ["lossy.webp", "lossy-clear.webp", "lossless.webp", "moving.webp", "tiled.png", "long.png"] {
        cleaned(name, &seed(name), &[], &[]);
    }
    for (name, bytes) in
        corpus::synthetic::files().expect("files").iter().filter(|(name, _)| !name.ends_with("bmp"))
    {
        let kinds: &[Kind] = if name == "turned-1.jpg" { &[Kind::Exif] } else { &[] };
        let turned = name.starts_with("turned-") && name != "turned-1.jpg";
        cleaned(name, bytes, kinds, if turned { &[Kept::Orientation] } else { &[] });
    }
}

#[test]
fn jpeg() {
    use Kind::*;
    let tiff = exif(true, None, false, 0);
    let located = exif(false, Some(1), true, 0);
    let small = exif(true, Some(9), true, 999);
    let packet = XMP.as_bytes();
    let (identifier, extension): (&[u8], &[u8]) =
        (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0");
    let carriers: [(Vec<u8>, &[Kind]); 14] = [
        (segment(0xe1, &[b"Exif\0\0", &tiff]), &[Exif]),
        (segment(0xe1, &[b"Exif\0\0", &located]), &[Exif, Location]),
        (segment(0xe1, &[b"Exif\0\0", &small]), &[Exif, Location, Thumbnail]),
        (segment(0xe1, &[b"Exif\0\0", SECRET]), &[Exif]),
        (segment(0xe1, &[identifier, SECRET]), &[Xmp]),
        (segment(0xe1, &[identifier, packet]), &[Location, Xmp]),
        (segment(0xe1, &[extension, &[b'0'; 40], packet]), &[Location, ExtendedXmp]),
        (segment(0xed, &[b"Photoshop 3.0\08BIM", SECRET]), &[Iptc]),
        (segment(0xfe, &[SECRET]), &[Comment]),
        (segment(0xeb, &[b"JP\0\x01\0\0\0\x01\0\0\0\x20jumb", SECRET]), &[C2pa]),
        (segment(0xe0, &[b"JFXX\0\x10", SECRET]), &[Thumbnail]),
        (segment(0xe2, &[b"urn:iso:std:iso:ts:21496:-1\0", SECRET]), &[App]),
        (segment(0xec, &[b"Ducky", SECRET]), &[App]),
        (segment(0xee, &[b"Other", SECRET]), &[App]),
    ];
    for name in ["baseline.jpg", "progressive.jpg", "restarts.jpg", "four-inks.jpg"] {
        let file = seed(name);
        for (segment, kinds) in &carriers {
            let clean =
                cleaned(&format!("{name} {kinds:?}"), &with_segments(&file, from_ref(segment)), kinds, &[]);
            assert_eq!(clean, file);
        }
        let all: Vec<Vec<u8>> =
            carriers.iter().map(|(segment, _)| segment.clone()).filter(|s| !holds(s, b"II*\0")).collect();
        let file = [with_segments(&file, &all), SECRET.to_vec()].concat();
        let kinds = [Exif, Location, Thumbnail, Xmp, ExtendedXmp, Iptc, Comment, C2pa, Trailing, App];
        cleaned(name, &file, &kinds, &[]);
    }
}

#[test]
fn jpeg_with_other_pictures_behind_it() {
    use Kind::*;
    let file = seed("baseline.jpg");
    let other = [b"\xff\xd8\xff\xe1", SECRET, b"\xff\xd9"].concat();
    let two = [with_segments(&file, &[multi_picture(&[other.len() as u32])]), other.clone()].concat();
    assert_eq!(cleaned("two", &two, &[Mpf], &[]), file);
    let more = [&two[..], SECRET].concat();
    assert_eq!(cleaned("more", &more, &[Mpf, Trailing], &[]), file);
    let found = scan(&more).expect("scans").found;
    assert_eq!(found[1].bytes, SECRET.len() as u64);
    assert_eq!(found.iter().map(|f| f.bytes).sum::<u64>(), (more.len() - file.len()) as u64);
    // An index that says more than there is.
    let vast = [with_segments(&file, &[multi_picture(&[u32::MAX, u32::MAX])]), other].concat();
    assert_eq!(cleaned("vast", &vast, &[Mpf], &[]), file);
}

#[test]
fn jpeg_keeps_colours_and_density_but_no_thumbnail() {
    let file = seed("baseline.jpg");
    let icc = profile(1000);
    let mut parts = profile_segments(&icc, 300);
    // In any order.
    parts.swap(1, 3);
    cleaned("profile", &with_segments(&file, &parts), &[], &[Kept::ColourProfile]);
    for wrong in [&parts[1..], &[&parts[..], &parts[..1]].concat()] {
        assert_eq!(strip(&with_segments(&file, wrong)), Err(MetadataError::Damaged));
    }
    let no_profile = profile_segments(&[7; 200], 300);
    assert_eq!(strip(&with_segments(&file, &no_profile)), Err(MetadataError::Damaged));

    assert_eq!(&file[6..11], b"JFIF\0");
    let length = 4 + usize::from(u16::from_be_bytes([file[4], file[5]]));
    // Version, density; a thumbnail of two pixels by two.
    let jfif = segment(0xe0, &[&file[6..18], &[2, 2], SECRET]);
    let thumbnail = [&file[..2], &jfif, &file[length..]].concat();
    assert_eq!(cleaned("thumbnail", &thumbnail, &[Kind::Thumbnail], &[]), file);

    let inks = seed("four-inks.jpg");
    let adobe = inks.windows(5).position(|w| w == b"Adobe").expect("Adobe's segment");
    let mut longer = inks.clone();
    longer[adobe - 1] += SECRET.len() as u8;
    longer.splice(adobe + 12..adobe + 12, SECRET.iter().copied());
    assert_eq!(cleaned("colours", &longer, &[Kind::App], &[]), inks);
}

#[test]
fn orientation_stays_alone() {
    let (jpeg, png, webp) = (seed("baseline.jpg"), seed("colours.png"), seed("lossless.webp"));
    for orientation in 2..=8 {
        for big_endian in [true, false] {
            let tiff = exif(big_endian, Some(orientation), true, 500);
            let kinds = [Kind::Exif, Kind::Location, Kind::Thumbnail];
            let kept = [Kept::Orientation];
            let file = with_segments(&jpeg, &[segment(0xe1, &[b"Exif\0\0", &tiff])]);
            let clean = cleaned("jpeg", &file, &kinds, &kept);
            assert_eq!(clean.len(), jpeg.len() + 36);
            // The reader of the image crate.
            let shown = shown(&clean).expect("decodes");
            assert_eq!(u16::from(shown.orientation.to_exif()), orientation);

            let file = with_png_chunks(&png, &[png_chunk(b"eXIf", &tiff)]);
            assert_eq!(cleaned("png", &file, &kinds, &kept).len(), png.len() + 38);
            let file = extended_webp(&webp, 0x18, &[], &[webp_chunk(b"EXIF", &tiff)]);
            let clean = cleaned("webp", &file, &kinds, &kept);
            assert_eq!(clean[20], 0x18);
        }
    }
    let turned = |orientation| segment(0xe1, &[b"Exif\0\0", &exif(true, Some(orientation), false, 0)]);
    cleaned(
        "twice the same",
        &with_segments(&jpeg, &[turned(6), turned(6)]),
        &[Kind::Exif],
        &[Kept::Orientation],
    );
    let contradictory = with_segments(&jpeg, &[turned(6), turned(3)]);
    assert_eq!(strip(&contradictory), Err(MetadataError::Damaged));
}

#[test]
fn png() {
    use Kind::*;
    let tiff = exif(true, None, true, 99);
    let xmp = [b"XML:com.adobe.xmp\0\0\0\0\0", XMP.as_bytes()].concat();
    let carriers: [(Vec<u8>, &[Kind]); 9] = [
        (png_chunk(b"eXIf", &tiff), &[Exif, Location, Thumbnail]),
        (png_chunk(b"iTXt", &xmp), &[Location, Xmp]),
        (png_chunk(b"tEXt", &[b"Author\0", SECRET].concat()), &[Text]),
        (png_chunk(b"zTXt", &[b"Author\0\0", SECRET].concat()), &[Text]),
        (png_chunk(b"iTXt", &[b"Author\0\0\0\0\0", SECRET].concat()), &[Text]),
        (png_chunk(b"tIME", &[7, 234, 1, 1, 0, 0, 0]), &[Time]),
        (png_chunk(b"caBX", SECRET), &[C2pa]),
        (png_chunk(b"prVt", SECRET), &[UnknownChunk]),
        (png_chunk(b"iDOT", SECRET), &[UnknownChunk]),
    ];
    for name in ["colours.png", "palette.png", "moving.png"] {
        let file = seed(name);
        for (chunk, kinds) in &carriers {
            let carrying = with_png_chunks(&file, from_ref(chunk));
            assert_eq!(cleaned(&format!("{name} {kinds:?}"), &carrying, kinds, &[]), file);
            // Before the end, too.
            let (body, end) = file.split_at(file.len() - 12);
            assert_eq!(cleaned(name, &[body, chunk, end].concat(), kinds, &[]), file);
        }
        let all: Vec<Vec<u8>> = carriers.iter().map(|(chunk, _)| chunk.clone()).collect();
        let kinds = [Exif, Location, Thumbnail, Xmp, C2pa, Text, Time, Trailing, UnknownChunk];
        let carrying = [&with_png_chunks(&file, &all)[..], SECRET].concat();
        assert_eq!(cleaned(name, &carrying, &kinds, &[]), file);
    }
    let file = seed("colours.png");
    let shown = [
        png_chunk(b"gAMA", &45_455u32.to_be_bytes()),
        png_chunk(b"pHYs", &[0, 0, 1, 0, 0, 0, 1, 0, 1]),
        png_chunk(b"cICP", &[9, 16, 0, 1]),
        png_chunk(b"bKGD", &[0; 6]),
    ];
    cleaned("shown", &with_png_chunks(&file, &shown), &[], &[]);
    // Frames of an animation that there is not are a hiding place.
    let stray = with_png_chunks(&file, &[png_chunk(b"fdAT", SECRET)]);
    cleaned("stray", &stray, &[UnknownChunk], &[]);
    let refused: [(&[u8], MetadataError); 5] = [
        (&png_chunk(b"gAMA", SECRET), MetadataError::Damaged),
        (&[&shown[0][..], &shown[0]].concat(), MetadataError::Damaged),
        (&png_chunk(b"IHDR", &[0; 13]), MetadataError::Damaged),
        (&png_chunk(b"SECR", SECRET), MetadataError::UnsupportedFormat),
        (b"\0\0\0\x01tEXtA\0\0\0\0", MetadataError::Damaged),
    ];
    for (chunk, error) in refused {
        assert_eq!(strip(&with_png_chunks(&file, &[chunk.to_vec()])), Err(error), "{:?}", &chunk[4..8]);
    }
}

#[test]
fn webp() {
    use Kind::*;
    let simple = seed("lossless.webp");
    let tiff = exif(true, None, true, 99);
    let carriers: [(Vec<u8>, u8, &[Kind]); 4] = [
        (webp_chunk(b"EXIF", &tiff), 0x08, &[Exif, Location, Thumbnail]),
        (webp_chunk(b"XMP ", XMP.as_bytes()), 0x04, &[Location, Xmp]),
        (webp_chunk(b"C2PA", SECRET), 0, &[C2pa]),
        (webp_chunk(b"priv", SECRET), 0, &[UnknownChunk]),
    ];
    let bare = extended_webp(&simple, 0x10, &[], &[]);
    for (chunk, flag, kinds) in &carriers {
        let carrying = extended_webp(&simple, 0x10 | flag, &[], from_ref(chunk));
        assert_eq!(cleaned(&format!("{kinds:?}"), &carrying, kinds, &[]), bare);
        // A simple file stays one.
        let mut carrying = [&simple[..], chunk].concat();
        let length = carrying.len() as u32 - 8;
        carrying[4..8].copy_from_slice(&length.to_le_bytes());
        let clean = strip(&carrying).expect("strips");
        assert_eq!(*clean.bytes, simple);
    }
    assert_eq!(cleaned("trailing", &[&simple[..], SECRET].concat(), &[Trailing], &[]), simple);
    let icc = webp_chunk(b"ICCP", &profile(300));
    cleaned("profile", &extended_webp(&simple, 0x30, from_ref(&icc), &[]), &[], &[Kept::ColourProfile]);
    let all: Vec<Vec<u8>> = carriers.iter().map(|(chunk, ..)| chunk.clone()).collect();
    let carrying = [&extended_webp(&simple, 0x3c, &[icc], &all)[..], SECRET].concat();
    let kinds = [Exif, Location, Thumbnail, Xmp, C2pa, Trailing, UnknownChunk];
    cleaned("all", &carrying, &kinds, &[Kept::ColourProfile]);

    let moving = seed("moving.webp");
    let at = moving.windows(4).position(|w| w == b"ANMF").expect("a frame");
    let length = u32::from_le_bytes([moving[at + 4], moving[at + 5], moving[at + 6], moving[at + 7]]);
    let hidden = webp_chunk(b"priv", SECRET);
    let end = at + 8 + length as usize;
    let mut carrying = [&moving[..end], &hidden, &moving[end..]].concat();
    for (at, length) in [(4, moving.len() - 8), (at + 4, length as usize)] {
        carrying[at..at + 4].copy_from_slice(&((length + hidden.len()) as u32).to_le_bytes());
    }
    assert_eq!(cleaned("in a frame", &carrying, &[UnknownChunk], &[]), moving);
    let two = extended_webp(&simple, 0x08, &[], &[all[0].clone(), all[0].clone()]);
    assert_eq!(strip(&two), Err(MetadataError::Damaged));
}

#[test]
fn gif() {
    use Kind::*;
    let carriers: [(Vec<u8>, &[Kind]); 5] = [
        (gif_extension(0xfe, &[], SECRET), &[Comment]),
        (gif_extension(0x01, &[0; 12], SECRET), &[Text]),
        (gif_xmp(XMP.as_bytes()), &[Location, Xmp]),
        (gif_extension(0xff, b"C2PA_GIF\x01\0\0", SECRET), &[C2pa]),
        (gif_extension(0xff, b"MGKIPTC0000", SECRET), &[App]),
    ];
    for name in ["still.gif", "moving.gif"] {
        let file = seed(name);
        for (extension, kinds) in &carriers {
            let carrying = with_extensions(&file, from_ref(extension));
            assert_eq!(cleaned(&format!("{name} {kinds:?}"), &carrying, kinds, &[]), file);
            let (body, end) = file.split_at(file.len() - 1);
            assert_eq!(cleaned(name, &[body, extension, end].concat(), kinds, &[]), file);
        }
        let all: Vec<Vec<u8>> = carriers.iter().map(|(extension, _)| extension.clone()).collect();
        let carrying = [&with_extensions(&file, &all)[..], SECRET].concat();
        let kinds = [Location, Xmp, Comment, C2pa, Text, Trailing, App];
        assert_eq!(cleaned(name, &carrying, &kinds, &[]), file);
        let icc = gif_extension(0xff, b"ICCRGBG1012", &profile(600));
        cleaned(name, &with_extensions(&file, &[icc]), &[], &[Kept::ColourProfile]);
    }
    for hidden in [gif_extension(0xff, b"NETSCAPE2.0", SECRET), gif_extension(0x99, &[], SECRET)] {
        assert_eq!(strip(&with_extensions(&seed("still.gif"), &[hidden])), Err(MetadataError::Damaged));
    }
}

#[test]
fn others_are_refused() {
    for bytes in [&b""[..], b"text", &seed("colours.bmp"), b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", b"<svg/>"] {
        assert_eq!(strip(bytes), Err(MetadataError::UnsupportedFormat));
    }
    let mut large = seed("baseline.jpg");
    large.resize((64 << 20) + 1, 0);
    assert_eq!(strip(&large), Err(MetadataError::TooLarge));
}

/// Were the walk to take XMP for pixels, as it must where a file says that it is, the second look would see it.
#[test]
fn what_the_walk_cannot_see_is_not_given_out() {
    let file = seed("baseline.jpg");
    let (body, end) = file.split_at(file.len() - 2);
    assert_eq!(strip(&[body, XMP.as_bytes(), end].concat()), Err(MetadataError::LeftOver));
}

/// Small files with something of everything.
fn carrying() -> Vec<Vec<u8>> {
    let tiff = exif(true, Some(6), true, 20);
    let jpegs = ["baseline.jpg", "progressive.jpg", "restarts.jpg"].map(|name| {
        let mut segments = profile_segments(&profile(200), 120);
        segments.push(segment(0xe1, &[b"Exif\0\0", &tiff]));
        segments.push(segment(0xfe, &[SECRET]));
        segments.push(multi_picture(&[4]));
        [&with_segments(&seed(name), &segments)[..], b"more"].concat()
    });
    let pngs = ["palette.png", "moving.png"].map(|name| {
        let chunks =
            [png_chunk(b"eXIf", &tiff), png_chunk(b"tEXt", SECRET), png_chunk(b"gAMA", &[0, 0, 1, 0])];
        [&with_png_chunks(&seed(name), &chunks)[..], b"more"].concat()
    });
    let exif = [webp_chunk(b"EXIF", &tiff), webp_chunk(b"XMP ", XMP.as_bytes())];
    let profile = [webp_chunk(b"ICCP", &profile(200))];
    let webps = [extended_webp(&seed("lossless.webp"), 0x3c, &profile, &exif), seed("moving.webp")];
    let gif =
        with_extensions(&seed("moving.gif"), &[gif_extension(0xfe, &[], SECRET), gif_xmp(XMP.as_bytes())]);
    [&jpegs[..], &pngs, &webps, &[gif]].concat()
}

/// What holds for any bytes.
fn check(bytes: &[u8]) {
    let Ok(stripped) = strip(bytes) else { return };
    let again = scan(&stripped.bytes).expect("scans");
    assert!(again.found.is_empty());
    assert_eq!(again.kept, stripped.report.kept);
    assert_eq!(stripped.report.found.is_empty(), *stripped.bytes == *bytes);
    if let Ok(before) = shown(bytes) {
        let after = shown(&stripped.bytes).expect("decodes");
        assert!(after == before, "{:?}: shown otherwise", stripped.report);
    }
}

#[test]
fn a_file_cut_short_is_refused_or_harmless() {
    for file in carrying() {
        let whole = strip(&file).expect("strips");
        for end in 0..file.len() {
            match strip(&file[..end]) {
                // Only what follows the picture's end is missing.
                Ok(cut) => assert_eq!(cut.bytes, whole.bytes),
                Err(error) => {
                    assert!(matches!(error, MetadataError::Damaged | MetadataError::UnsupportedFormat));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_change_is_answered(
        which in 0..8usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        let mut file = carrying().swap_remove(which);
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        // A checksum that fits, or a PNG is refused for that only.
        mend(&mut file);
        check(&file);
    }

    #[test]
    fn any_move_of_parts_is_answered(
        which in 0..8usize,
        from in any::<prop::sample::Index>(),
        length in 1..80usize,
        to in any::<prop::sample::Index>(),
    ) {
        let mut file = carrying().swap_remove(which);
        let from = from.index(file.len());
        let moved: Vec<u8> = file.drain(from..(from + length).min(file.len())).collect();
        let to = to.index(file.len() + 1);
        file.splice(to..to, moved);
        check(&file);
    }

    #[test]
    fn any_bytes_are_answered(which in 0..4usize, rest in prop::collection::vec(any::<u8>(), 0..200)) {
        let start: &[u8] = [&b"\xff\xd8\xff"[..], b"\x89PNG\r\n\x1a\n", b"RIFF\x40\0\0\0WEBP", b"GIF89a"][which];
        check(&[start, &rest].concat());
    }
}

/// Writes the checksums of a PNG's chunks anew.
fn mend(file: &mut [u8]) {
    if Format::sniff(file) != Some(Format::Png) {
        return;
    }
    let mut at = 8;
    while let Some(length) = file.get(at..at + 4) {
        let length = u32::from_be_bytes([length[0], length[1], length[2], length[3]]) as usize;
        let Some(chunk) = file.get(at + 4..at.saturating_add(length).saturating_add(12)) else { return };
        let (name, content) = chunk.split_at(4);
        let content = &content[..content.len() - 4];
        let mended = png_chunk(&[name[0], name[1], name[2], name[3]], content);
        file[at..at + mended.len()].copy_from_slice(&mended);
        at += mended.len();
    }
}
