//! JSON: the registry's replies, schema.org, plain lists.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("", bytes));
