//! Which keys are shortcuts. Keys that a text field took never come here.

use iced::keyboard::key::Named;
use iced::keyboard::{Key, Modifiers};

use super::nav::Tab;

/// A shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Go back.
    Back,
    /// Go to one of the four places.
    Tab(Tab),
    /// Show the keys.
    Help,
    /// Larger text.
    ZoomIn,
    /// Smaller text.
    ZoomOut,
    /// The usual text size.
    ZoomUsual,
    /// Close the window.
    Close,
}

/// The shortcut that a key is, if any.
#[must_use]
pub fn shortcut(key: &Key, modifiers: Modifiers) -> Option<Shortcut> {
    let command = modifiers.command();
    match key.as_ref() {
        Key::Named(Named::Escape) => Some(Shortcut::Back),
        Key::Named(Named::ArrowLeft) if modifiers.alt() => Some(Shortcut::Back),
        Key::Named(Named::F1) => Some(Shortcut::Help),
        Key::Character("?") => Some(Shortcut::Help),
        Key::Character(digit @ ("1" | "2" | "3" | "4")) if modifiers.alt() => {
            let at = digit.parse::<usize>().ok()?.checked_sub(1)?;
            Tab::ALL.get(at).copied().map(Shortcut::Tab)
        }
        Key::Character("+" | "=") if command => Some(Shortcut::ZoomIn),
        Key::Character("-") if command => Some(Shortcut::ZoomOut),
        Key::Character("0") if command => Some(Shortcut::ZoomUsual),
        Key::Character("q" | "w") if command => Some(Shortcut::Close),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_want_alt() {
        let two = Key::Character("2".into());
        assert_eq!(shortcut(&two, Modifiers::ALT), Some(Shortcut::Tab(Tab::Exercises)));
        assert_eq!(shortcut(&two, Modifiers::empty()), None);
    }
}
