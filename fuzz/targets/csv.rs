//! Spreadsheets.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("Name,Phone,E-mail,Fee (CAD),Languages,Online,Notes\n", bytes));
