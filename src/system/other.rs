//! macOS and Windows: the window library follows their theme by itself.

use super::{Appearance, OnChange};

pub(super) fn appearance(_on_change: OnChange) -> Appearance {
    Appearance::default()
}

/// Other systems do not say so here; the clock on the wall has to do.
pub fn before_sleep(_: super::OnSleep) {}
