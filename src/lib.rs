//! Sameside.
