//! What the fuzz targets share: how much memory something took.

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Does something that may take at most so many bytes at a time, beside what there was before.
///
/// # Panics
/// If it took more.
pub fn within<T>(bytes: u64, work: impl FnOnce() -> T) -> T {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let result = work();
    let took = (MEMORY.peak_usage() - before) as u64;
    assert!(took <= bytes, "took {took} bytes where {bytes} are allowed");
    result
}
