//! Pictures of the therapists.

use super::{Preset, Set};

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(_preset: Preset) -> Vec<(&'static str, Set)> {
    Vec::new()
}
