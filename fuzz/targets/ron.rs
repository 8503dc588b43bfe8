//! Sameside's own files.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("(", bytes));
