//! Comparing videos beside other people's code: vPDQ's own matching, on the hashes that its authors publish of their
//! sample videos.

use std::collections::HashSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pausepoint::hash::video::{Tolerance, VIDEO_FAMILY, VideoHash, VideoMatch};

/// Where the reference is, if it is.
fn reference() -> Option<PathBuf> {
    let folder = std::env::var_os("PAUSEPOINT_VPDQ").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: the reference is not there; `cargo xtask test` fetches and builds it");
    }
    folder
}

/// What the reference says of each pair, in per cent.
fn their_shares(folder: &Path, questions: &[String]) -> Vec<(f64, f64)> {
    let mut program = Command::new(folder.join("match"));
    let mut child =
        program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the reference's matching runs");
    let mut input = child.stdin.take().expect("piped");
    let text = questions.join("\n");
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads");
    assert!(output.status.success());
    let lines = String::from_utf8(output.stdout).expect("text");
    let number = |text: &str| text.parse().expect("a number");
    lines
        .lines()
        .map(|line| line.split_once(' ').expect("two numbers"))
        .map(|(a, b)| (number(a), number(b)))
        .collect()
}

/// The lines of a file with each hash once, the first of its frames above the quality: the reference's program does not
/// do that itself, its definition does.
fn once(text: &str, quality: u8) -> String {
    let mut seen = HashSet::new();
    let good =
        |line: &&str| line.split(',').nth(1).and_then(|field| field.parse::<u8>().ok()) >= Some(quality);
    let lines = text.lines().filter(good).filter(|line| seen.insert(line.split(',').nth(2)));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn shares_are_those_of_the_reference() {
    let Some(folder) = reference() else { return };
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("vpdq");
    fs::create_dir_all(&scratch).expect("a folder");
    let mut samples: Vec<PathBuf> = fs::read_dir(folder.join("sample-hashes"))
        .expect("sample hashes")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    samples.sort();
    assert!(samples.len() > 25, "{} samples", samples.len());
    let mut compared = 0;
    for tolerance in
        [Tolerance::default(), Tolerance { distance: 60, quality: 90 }, Tolerance { distance: 0, quality: 0 }]
    {
        let videos: Vec<(VideoHash, String)> = samples
            .iter()
            .map(|path| {
                let text = fs::read_to_string(path).expect("text");
                let file = scratch.join(path.file_name().expect("a name"));
                fs::write(&file, once(&text, tolerance.quality)).expect("written");
                let video = VideoHash::from_text(&text, VIDEO_FAMILY).expect("the reference's own form");
                assert_eq!(video.frames.len(), text.lines().count());
                (video, file.to_str().expect("a plain path").to_owned())
            })
            .collect();
        let pairs: Vec<_> = videos.iter().flat_map(|a| videos.iter().map(move |b| (a, b))).collect();
        // Less than, in the program; at most, in the definition.
        let (distance, quality) = (tolerance.distance + 1, tolerance.quality);
        let questions: Vec<String> =
            pairs.iter().map(|((_, a), (_, b))| format!("{a} {b} {distance} {quality}")).collect();
        let theirs = their_shares(&folder, &questions);
        assert_eq!(theirs.len(), pairs.len());
        for (((a, name), (b, other)), theirs) in pairs.into_iter().zip(theirs) {
            let ours = a.compare(b, tolerance).expect("one family");
            assert_eq!(per_cent(&ours), theirs, "{name}, {other}, {tolerance:?}");
            compared += 1;
        }
    }
    println!("{compared} comparisons of {} videos", samples.len());
}

/// As the reference computes them.
fn per_cent(found: &VideoMatch) -> (f64, f64) {
    let of = |matched: usize, frames: usize| matched as f64 * 100.0 / frames as f64;
    (of(found.query.matched, found.query.frames), of(found.compared.matched, found.compared.frames))
}
