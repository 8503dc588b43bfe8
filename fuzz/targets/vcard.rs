//! Contacts.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sameside_fuzz::check("BEGIN:VCARD\nVERSION:3.0\nFN:A\n", bytes));
