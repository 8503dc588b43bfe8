//! Pictures: refused, or small, and the same photo when it comes back.
#![no_main]

use sameside_fuzz::directory::photo::{Photo, Pixels};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Ok(photo) = Photo::new(bytes.to_vec()) else { return };
    let png = photo.png().expect("what was taken can be kept");
    let pixels = Pixels::of(&png).expect("what was kept can be drawn");
    assert!(pixels.width.max(pixels.height) <= Photo::SIDE);
    assert_eq!(Photo::new(png).expect("what was kept can be taken").name(), photo.name());
});
