//! What belongs to this device and to one person on it: look, language, who is here.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::couple::{Member, Side};
use crate::document;
use crate::locale::Language;

/// Which theme was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Warm paper.
    Light,
    /// A dim room.
    Dark,
    /// Strongest contrast.
    HighContrast,
}

/// Whether things may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Motion {
    /// As the system has it.
    #[default]
    System,
    /// Nothing moves by itself.
    Still,
}

/// The text zooms that are offered, in percent.
pub const ZOOMS: [u16; 6] = [90, 100, 115, 130, 150, 200];

document! {
    /// `private/settings.ron`: this device.
    pub struct Settings: "settings", 1 {
        /// The language; `None` follows the system.
        pub language: Option<Language>,
        /// The theme.
        pub theme: Theme,
        /// Motion.
        pub motion: Motion,
        /// Exercises show no timers.
        pub untimed: bool,
        /// Text zoom in percent, 50 to 300; 0 means 100.
        pub zoom: u16,
        /// Who is using the device now.
        pub here: Member,
        /// Only one person uses this device: nobody is asked who is here.
        pub alone: bool,
        /// The first three cards were gone through or skipped.
        pub welcomed: bool,
        /// What the columns of imported spreadsheets are, by their headings, where a person had to say so.
        pub columns: BTreeMap<String, String>,
    }
}

impl Settings {
    /// The zoom as a factor.
    #[must_use]
    pub fn scale(&self) -> f32 {
        if self.zoom == 0 { 1.0 } else { f32::from(self.zoom.clamp(50, 300)) / 100.0 }
    }
}

document! {
    /// `private/spaces/<member>/person.ron`: one person's own, never shown to the other.
    pub struct Person: "person", 1 {
        /// Where they stand.
        pub side: Side,
        /// When they noted an argument, oldest first; the last [`Person::ARGUMENTS_KEPT`].
        pub argued: Vec<Timestamp>,
        /// Minutes without a key or a tap after which the space locks itself, if it has a passphrase; 0 means
        /// [`LOCK_AFTER`].
        pub lock_after: u16,
    }
}

/// The usual minutes until a space locks itself.
pub const LOCK_AFTER: u16 = 5;

impl Person {
    /// How many noted arguments are kept.
    pub const ARGUMENTS_KEPT: usize = 10;

    /// Notes an argument.
    pub fn note_argument(&mut self, at: Timestamp) {
        self.argued.push(at);
        let excess = self.argued.len().saturating_sub(Self::ARGUMENTS_KEPT);
        self.argued.drain(..excess);
    }

    /// How long nothing may happen before the space locks itself.
    #[must_use]
    pub fn patience(&self) -> std::time::Duration {
        let minutes = if self.lock_after == 0 { LOCK_AFTER } else { self.lock_after };
        std::time::Duration::from_mins(u64::from(minutes))
    }
}

document! {
    /// `shared/pair.ron`: written once, when the folder is made.
    pub struct Pair: "pair", 1 {
        /// Names this couple's folder, so that a seal cannot be carried to another one.
        pub id: String,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_ten_arguments_are_kept() {
        let mut person = Person::default();
        for second in 0..12 {
            person.note_argument(Timestamp::from_second(second).unwrap());
        }
        assert_eq!((person.argued.len(), person.argued[0].as_second()), (10, 2));
    }

    #[test]
    fn zoom_stays_within_reason() {
        let zoomed = |zoom| Settings { zoom, ..Settings::default() }.scale();
        assert_eq!((zoomed(0), zoomed(200), zoomed(9_000)), (1.0, 2.0, 3.0));
    }
}
