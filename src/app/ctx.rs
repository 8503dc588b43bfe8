//! What every page is drawn from: the desk, the texts, the library, the look, and how much room there is.

use super::desk::Desk;
use super::widget::Look;
use crate::exercise::Library;
use crate::locale::{Arg, Texts};

/// How wide the window is, in logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// Under 600: a phone. One column, a bar at the bottom.
    Narrow,
    /// From 600: a rail at the side.
    Medium,
    /// From 1000: a list and one of its entries stand side by side.
    Wide,
}

impl Room {
    /// The room that `width` logical pixels make.
    #[must_use]
    pub fn of(width: f32) -> Self {
        if width < 600.0 {
            Self::Narrow
        } else if width < 1000.0 {
            Self::Medium
        } else {
            Self::Wide
        }
    }
}

/// Everything a page is drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Ctx<'a> {
    /// All documents, and the time.
    pub desk: &'a Desk,
    /// The texts.
    pub texts: &'a Texts,
    /// The exercises.
    pub library: &'a Library,
    /// The widgets in today's colours.
    pub look: Look,
    /// The room there is.
    pub room: Room,
    /// Whether things may move: neither the settings nor the system ask for stillness.
    pub moves: bool,
    /// Height of the window, in logical pixels.
    pub height: f32,
}

impl Ctx<'_> {
    /// The text named `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// The text named `key` with `args` put in.
    #[must_use]
    pub fn text_with(&self, key: &str, args: &[Arg<'_>]) -> String {
        self.texts.with(key, args)
    }
}
