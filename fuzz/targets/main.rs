//! All targets in one program; the environment variable `FUZZ_TARGET` says which.

#![no_main]

mod guardian;
mod hash_list;
mod message;
mod metadata;
mod pack;
mod picture;
mod text_hash;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;

static TARGET: LazyLock<fn(&[u8])> = LazyLock::new(|| match std::env::var("FUZZ_TARGET").as_deref() {
    Ok("guardian") => guardian::look,
    Ok("hash_list") => hash_list::look,
    Ok("message") => message::look,
    Ok("metadata") => metadata::look,
    Ok("pack") => pack::look,
    Ok("picture") => picture::look,
    Ok("text_hash") => text_hash::look,
    _ => panic!("FUZZ_TARGET names no target"),
});

fuzz_target!(|data: &[u8]| (TARGET)(data));
