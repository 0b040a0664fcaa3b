//! Metadata of pictures: taken out without a panic, in memory for one copy, all of it, and once.

use fuzz::within;
use pausepoint::image::metadata::{scan, strip};

pub fn look(data: &[u8]) {
    // What Exif is replaced with can be longer than it was.
    let Ok(stripped) = within(2 * data.len() as u64 + 4096, || strip(data)) else {
        return;
    };
    let report = within(4096, || scan(data)).expect("what was stripped");
    assert_eq!(report, stripped.report);
    assert!(report.found.iter().all(|finding| finding.bytes > 0));
    assert_eq!(report.found.is_empty(), *stripped.bytes == *data);
    assert!(stripped.bytes.len() <= data.len() + 64);
    let again = strip(&stripped.bytes).expect("what is clean");
    assert!(again.report.found.is_empty());
    assert_eq!((again.report.kept, again.bytes.as_ref()), (report.kept, stripped.bytes.as_ref()));
}
