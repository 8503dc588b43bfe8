//! Stamps that order edits across devices whose clocks disagree: a hybrid logical clock.
//!
//! A stamp is later than everything its device had seen, whatever the wall clock says (Kulkarni and others,
//! "Logical Physical Clocks", 2014).

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::place::DeviceId;

/// When and by which device a field was written: `millis(12 hex)-counter(4 hex)-device(8)`. The text has a fixed
/// width, so that its order as text is its order in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Stamp {
    millis: u64,
    counter: u16,
    device: DeviceId,
}

/// A text that is not a stamp.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadStamp {
    /// Not the fixed shape.
    #[error("'{0}' is not a stamp: it needs 12 and 4 hexadecimal digits and a device of 8 characters, with hyphens")]
    Shape(String),
    /// After the year 9999: no clock says that, so the file is damaged or made up.
    #[error("'{0}' lies after the year 9999")]
    TooLate(String),
}

impl Stamp {
    /// The last millisecond of the year 9999, counted from 1970 in UTC.
    pub const LAST_MILLI: u64 = 253_402_300_799_999;

    /// The device that wrote.
    #[must_use]
    pub const fn device(self) -> DeviceId {
        self.device
    }

    /// Milliseconds since 1970 as that device's clock had it, or later when it had seen later stamps.
    #[must_use]
    pub const fn millis(self) -> u64 {
        self.millis
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:012x}-{:04x}-{}", self.millis, self.counter, self.device)
    }
}

impl FromStr for Stamp {
    type Err = BadStamp;

    fn from_str(text: &str) -> Result<Self, BadStamp> {
        let shape = || BadStamp::Shape(text.to_owned());
        let mut parts = text.split('-');
        let (Some(millis), Some(counter), Some(device), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(shape());
        };
        let hex = |part: &str, width: usize| {
            // `from_str_radix` alone would take a sign and capital letters, which sort differently.
            let plain = part.len() == width && part.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            if plain { u64::from_str_radix(part, 16).ok() } else { None }
        };
        let millis = hex(millis, 12).ok_or_else(shape)?;
        let counter = hex(counter, 4).and_then(|counter| u16::try_from(counter).ok()).ok_or_else(shape)?;
        let device = device.parse().map_err(|_| shape())?;
        if millis > Self::LAST_MILLI {
            return Err(BadStamp::TooLate(text.to_owned()));
        }
        Ok(Self { millis, counter, device })
    }
}

impl TryFrom<String> for Stamp {
    type Error = BadStamp;

    fn try_from(text: String) -> Result<Self, BadStamp> {
        text.parse()
    }
}

impl From<Stamp> for String {
    fn from(stamp: Stamp) -> Self {
        stamp.to_string()
    }
}

/// Gives out stamps for one device, each later than all that it gave out or saw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    device: DeviceId,
    last: Option<Stamp>,
}

impl Clock {
    /// A clock that continues after `last`.
    #[must_use]
    pub const fn new(device: DeviceId, last: Option<Stamp>) -> Self {
        Self { device, last }
    }

    /// The device for which it gives out stamps.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The latest stamp given out or seen.
    #[must_use]
    pub const fn last(&self) -> Option<Stamp> {
        self.last
    }

    /// Takes note of a stamp read from a file. One far in the future is believed as well: refusing it would make
    /// devices disagree for ever, while later edits still win because they are stamped after it.
    pub fn see(&mut self, stamp: Stamp) {
        self.last = self.last.max(Some(stamp));
    }

    /// The next stamp: the wall clock, or just after the latest when the wall clock is behind.
    pub fn next(&mut self, now: Timestamp) -> Stamp {
        let wall = u64::try_from(now.as_millisecond()).unwrap_or(0).min(Stamp::LAST_MILLI);
        let (millis, counter) = match self.last {
            Some(last) if last.millis >= wall => match last.counter.checked_add(1) {
                Some(counter) => (last.millis, counter),
                // The very last stamp of the year 9999 repeats: equal stamps are then ordered by their text.
                None if last.millis == Stamp::LAST_MILLI => (last.millis, u16::MAX),
                None => (last.millis + 1, 0),
            },
            _ => (wall, 0),
        };
        let stamp = Stamp { millis, counter, device: self.device };
        self.last = Some(stamp);
        stamp
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn device() -> DeviceId {
        "a1b2c3d4".parse().unwrap()
    }

    proptest! {
        #[test]
        fn each_stamp_is_later_as_value_and_as_text(walls in prop::collection::vec(-5_000_i64..5_000, 1..50), seen in 0_u64..=Stamp::LAST_MILLI) {
            let mut clock = Clock::new(device(), None);
            clock.see(Stamp { millis: seen, counter: u16::MAX, device: DeviceId::NONE });
            let mut before = clock.last().unwrap();
            for wall in walls {
                let stamp = clock.next(Timestamp::from_millisecond(wall).unwrap());
                if seen < Stamp::LAST_MILLI {
                    prop_assert!(stamp > before && stamp.to_string() > before.to_string());
                }
                prop_assert_eq!(stamp.to_string().parse::<Stamp>().unwrap(), stamp);
                before = stamp;
            }
        }
    }

    #[test]
    fn a_clock_that_is_ahead_is_followed_and_one_that_is_behind_is_not() {
        let mut clock = Clock::new(device(), None);
        let noon = Timestamp::from_millisecond(1_000).unwrap();
        assert_eq!(clock.next(noon).millis(), 1_000);
        assert_eq!(clock.next(Timestamp::UNIX_EPOCH).millis(), 1_000);
        let latest = u64::try_from(Timestamp::MAX.as_millisecond()).unwrap();
        assert_eq!(clock.next(Timestamp::MAX).millis(), latest);
        assert!(latest <= Stamp::LAST_MILLI);
    }

    #[test]
    fn what_is_not_a_stamp_is_refused() {
        for text in [
            "",
            "0199c2f4a3b1-0003",
            "0199C2F4A3B1-0003-a1b2c3d4",
            "+199c2f4a3b1-0003-a1b2c3d4",
            "0199c2f4a3b1-0003-a1b2c3d",
        ] {
            assert!(matches!(text.parse::<Stamp>(), Err(BadStamp::Shape(_))), "{text}");
        }
        assert!(matches!("ffffffffffff-0000-a1b2c3d4".parse::<Stamp>(), Err(BadStamp::TooLate(_))));
    }
}
