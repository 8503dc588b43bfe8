//! The few widgets that screens may use. [`Look`] makes them all, so that one colour, one size or one rule is
//! changed in one place.

pub mod arrows;
pub mod button;
pub mod card;
pub mod countdown;
pub mod describe;
pub mod dots;
pub mod drag;
pub mod field;
pub mod fold;
mod footed;
pub mod fresh;
pub mod icon;
pub mod keys;
pub mod meeting;
pub mod numbers;
mod pass;
pub mod pick;
pub mod picture;
pub mod rows;
pub mod sort;
pub mod tap;
mod touched;
pub mod unfold;
pub mod week;
pub mod words;

pub use describe::Role;
pub use icon::Icon;

use super::theme::Colors;

/// Makes widgets in the colours of the theme at hand.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub colors: Colors,
    /// The window is narrower than 260 logical pixels (a phone at 200 %): titles and side space shrink.
    pub tight: bool,
}
