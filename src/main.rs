//! Sameside.
fn main() {}
