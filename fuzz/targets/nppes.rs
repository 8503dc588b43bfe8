//! The US registry's own file.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("\"NPI\",\"Entity Type Code\",\"Provider Last Name (Legal Name)\",\"Healthcare Provider Taxonomy Code_1\",\"NPI Deactivation Date\"\n", bytes));
