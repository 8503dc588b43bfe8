//! Which keys are shortcuts. Keys that a text field took never come here.

use std::time::{Duration, Instant};

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
    /// Leave at once: Shift three times.
    Leave,
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

/// Counts presses of Shift: three of them within [`Thrice::WITHIN`] and with nothing else in between mean "leave".
///
/// A single key such as Escape would clash with ordinary use; three times Shift is what GOV.UK found to work.
#[derive(Debug, Clone, Copy, Default)]
pub struct Thrice {
    first: Option<Instant>,
    count: u8,
}

impl Thrice {
    /// The longest time from the first press to the third.
    pub const WITHIN: Duration = Duration::from_secs(5);

    /// Takes in a key at `now`; true when it was the third Shift. `repeat` is a key that is held down.
    pub fn pressed(&mut self, key: &Key, repeat: bool, now: Instant) -> bool {
        if *key != Key::Named(Named::Shift) {
            *self = Self::default();
            return false;
        }
        if repeat {
            return false;
        }
        let late = self.first.is_none_or(|first| now.duration_since(first) > Self::WITHIN);
        if late {
            *self = Self { first: Some(now), count: 0 };
        }
        self.count += 1;
        if self.count < 3 {
            return false;
        }
        *self = Self::default();
        true
    }

    /// Forgets the presses so far: a button of the mouse or a finger came in between.
    pub const fn interrupt(&mut self) {
        self.first = None;
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_times_shift_and_nothing_in_between() {
        let (shift, letter) = (Key::Named(Named::Shift), Key::Character("A".into()));
        let start = Instant::now();
        let at = |tenths: u64| start + Duration::from_millis(tenths * 100);
        let mut keys = Thrice::default();
        assert!(!keys.pressed(&shift, false, at(0)));
        assert!(!keys.pressed(&shift, true, at(1)), "held down");
        assert!(!keys.pressed(&shift, false, at(2)));
        assert!(keys.pressed(&shift, false, at(4)));
        assert!(!keys.pressed(&shift, false, at(5)), "begins anew");
        assert!(!keys.pressed(&letter, false, at(6)), "a capital letter is no wish to leave");
        assert!(!keys.pressed(&shift, false, at(7)) && !keys.pressed(&shift, false, at(8)));
        assert!(!keys.pressed(&shift, false, at(70)), "too late");
        keys.interrupt();
        assert!(!keys.pressed(&shift, false, at(71)) && !keys.pressed(&shift, false, at(72)));
        assert!(keys.pressed(&shift, false, at(73)));
    }

    #[test]
    fn places_want_alt() {
        let two = Key::Character("2".into());
        assert_eq!(shortcut(&two, Modifiers::ALT), Some(Shortcut::Tab(Tab::Exercises)));
        assert_eq!(shortcut(&two, Modifiers::empty()), None);
    }
}
