//! Systems without a session bus: macOS starts a bundle once by itself; elsewhere the data folder's lock must do.

use std::path::Path;

use super::{Claim, OnOpen, Request};

/// Nothing to hold.
#[derive(Debug)]
pub struct Guard;

pub(super) fn claim(_root: &Path, _request: &Request, _on_open: OnOpen) -> Claim {
    Claim::First(Guard)
}
