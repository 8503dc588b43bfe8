//! Saved web pages.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("<script type=\"application/ld+json\">", bytes));
