//! Inputs that break the worker on purpose, for tests of what happens then. Only with the feature `test-hooks`.

/// Panics, or never returns, when the bytes ask for it.
pub fn run(bytes: &[u8]) {
    match bytes {
        b"pausepoint-test-panic" => panic!("asked to panic"),
        b"pausepoint-test-hang" => loop {
            core::hint::black_box(bytes);
        },
        _ => {}
    }
}
