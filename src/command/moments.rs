//! `moments`: when the reminder would speak, and for each silent window the rule that keeps it silent.

use std::path::Path;

use jiff::civil::{Date, DateTime};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::CommandError;
use crate::fields::Document;
use crate::locale::{Language, Texts};
use crate::moment::{Asking, Plan, Spoken, forecast_as_known, sealed};
use crate::store::settings::Settings;
use crate::store::{Opening, Place, Role, Shelf};
use crate::watch::files::word_of;
use crate::watch::report::report;

/// From when on: as it was written, because a time without a zone is one in the system's zone.
#[derive(Debug, Clone, PartialEq)]
pub enum From {
    /// A wall-clock time, or a day from its beginning.
    Wall(DateTime),
    /// An instant with its offset or zone.
    Zoned(Zoned),
}

impl From {
    /// Reads a day (`2026-11-28`), a time (`2026-11-28T09:00`), or one with an offset (`…-05:00`, `…Z`) or a zone
    /// (`…[America/Toronto]`).
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(zoned) = text.parse::<Zoned>() {
            return Some(Self::Zoned(zoned));
        }
        let pieces = Pieces::parse(text).ok()?;
        if pieces.time_zone_annotation().is_some() {
            return None;
        }
        match pieces.to_numeric_offset() {
            Some(offset) => {
                let at: Timestamp = text.parse().ok()?;
                Some(Self::Zoned(at.to_zoned(TimeZone::fixed(offset))))
            }
            None => text.parse::<DateTime>().or_else(|_| text.parse::<Date>().map(Into::into)).ok().map(Self::Wall),
        }
    }

    /// The time, in the zone in which the windows are then read: the named one, else the system's, unless an offset
    /// was given that is not the system's at that time.
    fn in_zone(self, system: &TimeZone) -> Result<Zoned, CommandError> {
        match self {
            Self::Wall(wall) => {
                let beyond = || CommandError::Usage("--from: write a day up to 9999-12-29".to_owned());
                wall.to_zoned(system.clone()).map_err(|_| beyond())
            }
            Self::Zoned(at) if at.time_zone().iana_name().is_none() => {
                let here = at.with_time_zone(system.clone());
                Ok(if here.offset() == at.offset() { here } else { at })
            }
            Self::Zoned(at) => Ok(at),
        }
    }
}

pub(super) fn run(
    root: &Path,
    from: Option<From>,
    days: u16,
    language: Option<Language>,
    now: &Zoned,
) -> Result<String, CommandError> {
    let (shelf, _) =
        Shelf::open(root, Opening::new(Role::Reader)).map_err(|error| CommandError::Input(error.to_string()))?;
    let plan: Plan = sound(&shelf, &Place::Reminder)?;
    let spoken: Spoken = sound(&shelf, &Place::Spoken)?;
    // A space that is locked, or that cannot be read, keeps its reasons; what follows from them is in the plan.
    let asking = shelf.load::<Asking>(&Place::Asking(plan.owner));
    let plan = if asking.problems.is_empty() { plan.with_asking(&asking.value) } else { plan };
    let settings = shelf.load::<Settings>(&Place::Settings).value;
    // Of the word of whoever may be asked nothing is told but that it is quiet: not when it ends.
    let word = word_of(&shelf, plan.owner.other()).map_err(|error| CommandError::Input(error.to_string()))?;
    let word = sealed(word, now);
    let from = match from {
        Some(from) => from.in_zone(now.time_zone())?,
        None => now.clone(),
    };
    let language = language.or(settings.language).unwrap_or_else(Language::of_system);
    let forecasts = forecast_as_known(&plan, &spoken, word, &from, days, now);
    Ok(report(&Texts::new(language), &forecasts))
}

/// A document without any doubt, for a forecast from half of it would be wrong.
fn sound<D: Document>(shelf: &Shelf, place: &Place) -> Result<D, CommandError> {
    let loaded = shelf.load::<D>(place);
    match loaded.problems.first() {
        Some(problem) => Err(CommandError::Input(problem.to_string())),
        None => Ok(loaded.value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(text: &str) -> String {
        let toronto = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        From::read(text).map_or("no".to_owned(), |from| from.in_zone(&toronto).unwrap().timestamp().to_string())
    }

    #[test]
    fn days_times_offsets_and_zones_are_read() {
        for (text, instant) in [
            ("2026-11-28", "2026-11-28T05:00:00Z"),
            ("2026-11-28T09:00", "2026-11-28T14:00:00Z"),
            ("2026-11-28 09:00:30", "2026-11-28T14:00:30Z"),
            ("2026-03-08T02:30", "2026-03-08T07:30:00Z"),
            ("2026-11-28T09:00Z", "2026-11-28T09:00:00Z"),
            ("2026-11-28T09:00+01:00", "2026-11-28T08:00:00Z"),
            ("2026-11-28T09:00[Europe/Paris]", "2026-11-28T08:00:00Z"),
            ("2026-11-28T09:00+01:00[Europe/Paris]", "2026-11-28T08:00:00Z"),
            ("2026-11-28T09:00[Nowhere/Else]", "no"),
            ("2026-13-01", "no"),
            ("tomorrow", "no"),
            ("", "no"),
        ] {
            assert_eq!(from(text), instant, "{text}");
        }
    }

    #[test]
    fn the_zone_of_the_windows_is_the_named_one_or_the_systems() {
        let toronto = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        let zone = |text: &str| From::read(text).unwrap().in_zone(&toronto).unwrap().time_zone().clone();
        assert_eq!(zone("2026-11-28T09:00-05:00"), toronto);
        assert_ne!(zone("2026-11-28T09:00+09:00"), toronto);
        assert_eq!(zone("2026-11-28T09:00[Asia/Tokyo]").iana_name(), Some("Asia/Tokyo"));
    }
}
