//! macOS and Windows: the window library follows their theme by itself.

use super::{Appearance, OnChange};

pub(super) fn appearance(_on_change: OnChange) -> Appearance {
    Appearance::default()
}
