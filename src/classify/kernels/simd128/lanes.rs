//! Reading and writing tensors by vectors, without a bounds check for each.
//!
//! [`Source`] and [`Sink`] are slices whose elements are reached through `unsafe` methods; a build with debug
//! assertions checks every access, and the tests run such a build. Alignment is never needed: WebAssembly's loads and
//! stores have none.
#![allow(unsafe_code)]

use core::arch::wasm32::{v128, v128_load, v128_load32_splat, v128_store};
use core::marker::PhantomData;

/// Channels handled together: one vector of 16-bit values.
pub const GROUP: usize = 8;

/// Values to read.
#[derive(Clone, Copy)]
pub struct Source<'a, T> {
    start: *const T,
    #[cfg(debug_assertions)]
    len: usize,
    values: PhantomData<&'a [T]>,
}

impl<'a, T> Source<'a, T> {
    /// All of `values`.
    #[inline(always)]
    pub fn new(values: &'a [T]) -> Self {
        Self {
            start: values.as_ptr(),
            #[cfg(debug_assertions)]
            len: values.len(),
            values: PhantomData,
        }
    }

    /// The values from `at` on.
    ///
    /// # Safety
    /// `at` is not behind the end.
    #[inline(always)]
    pub unsafe fn from(self, at: usize) -> Self {
        #[cfg(debug_assertions)]
        assert!(at <= self.len);
        Self {
            // SAFETY: as this function's.
            start: unsafe { self.start.add(at) },
            #[cfg(debug_assertions)]
            len: self.len - at,
            values: PhantomData,
        }
    }

    /// The 16 bytes that begin with value `at`.
    ///
    /// # Safety
    /// They lie within the values.
    #[inline(always)]
    pub unsafe fn vector(self, at: usize) -> v128 {
        #[cfg(debug_assertions)]
        assert!((at + 16 / size_of::<T>()) <= self.len);
        // SAFETY: as this function's.
        unsafe { v128_load(self.start.add(at).cast()) }
    }

    /// The 4 bytes that begin with value `at`, in all four 32-bit lanes.
    ///
    /// # Safety
    /// They lie within the values.
    #[inline(always)]
    pub unsafe fn splat32(self, at: usize) -> v128 {
        #[cfg(debug_assertions)]
        assert!((at + 4 / size_of::<T>()) <= self.len);
        // SAFETY: as this function's.
        unsafe { v128_load32_splat(self.start.add(at).cast()) }
    }
}

/// Values to write.
pub struct Sink<'a, T> {
    start: *mut T,
    #[cfg(debug_assertions)]
    len: usize,
    values: PhantomData<&'a mut [T]>,
}

impl<'a, T> Sink<'a, T> {
    /// All of `values`.
    #[inline(always)]
    pub fn new(values: &'a mut [T]) -> Self {
        Self {
            start: values.as_mut_ptr(),
            #[cfg(debug_assertions)]
            len: values.len(),
            values: PhantomData,
        }
    }

    /// Writes the 16 bytes that begin with value `at`.
    ///
    /// # Safety
    /// They lie within the values.
    #[inline(always)]
    pub unsafe fn put(&mut self, at: usize, vector: v128) {
        #[cfg(debug_assertions)]
        assert!((at + 16 / size_of::<T>()) <= self.len);
        // SAFETY: as this function's; the values are borrowed exclusively.
        unsafe { v128_store(self.start.add(at).cast(), vector) }
    }
}

/// Eight 16-bit values.
#[inline(always)]
pub fn load(values: &[i16; GROUP]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// Stores eight 16-bit values.
#[inline(always)]
pub fn store(values: &mut [i16; GROUP], vector: v128) {
    // SAFETY: the reference covers the 16 bytes that are written, and is exclusive.
    unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
}

/// Sixteen bytes.
#[inline(always)]
pub fn load_bytes(values: &[u8; 16]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// Stores sixteen bytes.
#[cfg(target_feature = "relaxed-simd")]
#[inline(always)]
pub fn store_bytes(values: &mut [u8; 16], vector: v128) {
    // SAFETY: the reference covers the 16 bytes that are written, and is exclusive.
    unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
}

/// Four 32-bit values.
#[inline(always)]
pub fn load_wide(values: &[i32; 4]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}

/// Stores four 32-bit values.
#[inline(always)]
pub fn store_wide(values: &mut [i32; 4], vector: v128) {
    // SAFETY: the reference covers the 16 bytes that are written, and is exclusive.
    unsafe { v128_store(values.as_mut_ptr().cast(), vector) }
}

/// Two 64-bit values.
#[inline(always)]
pub fn load_long(values: &[i64; 2]) -> v128 {
    // SAFETY: the reference covers the 16 bytes that are read.
    unsafe { v128_load(values.as_ptr().cast()) }
}
