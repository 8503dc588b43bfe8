//! Every text that a person reads, in English and Canadian French, from `assets/locale`.

use std::borrow::Cow;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// A language that Sameside speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Language {
    /// English (Canada).
    #[default]
    En,
    /// French (Canada).
    Fr,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// `en` or `fr`, as on the command line and in folder names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language's own name for itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The language that a tag such as `fr_CA.UTF-8` or `en` asks for, if Sameside speaks it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|language| language.code() == primary)
    }

    /// The first of the system's languages that Sameside speaks, or English.
    #[must_use]
    pub fn of_system() -> Self {
        sys_locale::get_locales().find_map(|tag| Self::from_tag(&tag)).unwrap_or_default()
    }
}

/// The country of the system's language, such as `CA` of `fr_CA.UTF-8`, if it names one.
#[must_use]
pub fn country_of_system() -> Option<String> {
    sys_locale::get_locales().find_map(|tag| {
        let mut parts = tag.split(['-', '_', '.', '@']).skip(1);
        let is_country = |part: &&str| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_uppercase());
        parts.find(is_country).map(str::to_owned)
    })
}

/// The names of the locale files, and their text in each language, built in.
macro_rules! files {
    ($($name:literal),* $(,)?) => {
        const FILES: &[(&str, &str, &str)] = &[
            $(($name,
               include_str!(concat!("../assets/locale/en/", $name, ".ftl")),
               include_str!(concat!("../assets/locale/fr/", $name, ".ftl")))),*
        ];
    };
}

files![
    "common",
    "exercise",
    "moment",
    "watch",
    "space",
    "welcome",
    "today",
    "settings",
    "safety",
    "help",
    "directory",
    "choice",
    "player",
    "invitation",
    "hesitations",
    "calm",
    "therapists",
    "filters",
    "choosing",
    "session",
    "onward",
    "keeping",
    "sharing",
];

/// The texts of one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

/// A value put into a text.
pub type Arg<'a> = (&'static str, FluentValue<'a>);

impl Texts {
    /// The texts of `language`.
    #[must_use]
    pub fn new(language: Language) -> Self {
        let tag: LanguageIdentifier = match language {
            Language::En => "en-CA",
            Language::Fr => "fr-CA",
        }
        .parse()
        .unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Both languages run left to right; isolating marks would only get in the way of terminals and copying.
        bundle.set_use_isolating(false);
        for (_, english, french) in FILES {
            let source = match language {
                Language::En => english,
                Language::Fr => french,
            };
            // A resource with a faulty message still yields its good ones; a test refuses faulty files.
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) | Err((resource, _)) => resource,
            };
            bundle.add_resource_overriding(resource);
        }
        Self { language, bundle }
    }

    /// Which language these are.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text named `key`; the key itself if there is none (a test makes sure that there is).
    #[must_use]
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text named `key` with `args` put in.
    #[must_use]
    pub fn with(&self, key: &str, args: &[Arg<'_>]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        match self.bundle.format_pattern(pattern, Some(&values), &mut errors) {
            Cow::Borrowed(text) => text.to_owned(),
            Cow::Owned(text) => text,
        }
    }

    /// The name of a day of the week, such as "Saturday" or "samedi".
    #[must_use]
    pub fn weekday(&self, day: Weekday) -> String {
        self.get(match day {
            Weekday::Monday => "weekday-monday",
            Weekday::Tuesday => "weekday-tuesday",
            Weekday::Wednesday => "weekday-wednesday",
            Weekday::Thursday => "weekday-thursday",
            Weekday::Friday => "weekday-friday",
            Weekday::Saturday => "weekday-saturday",
            Weekday::Sunday => "weekday-sunday",
        })
    }

    /// The first letters of a day, for a narrow column head.
    #[must_use]
    pub fn weekday_short(&self, day: Weekday) -> String {
        self.weekday(day).chars().take(2).collect()
    }

    /// A date in words, such as "Saturday, November 28" or "samedi 28 novembre".
    #[must_use]
    pub fn date(&self, date: Date) -> String {
        let month = self.get(match date.month() {
            1 => "month-1",
            2 => "month-2",
            3 => "month-3",
            4 => "month-4",
            5 => "month-5",
            6 => "month-6",
            7 => "month-7",
            8 => "month-8",
            9 => "month-9",
            10 => "month-10",
            11 => "month-11",
            _ => "month-12",
        });
        let day = match (self.language, date.day()) {
            (Language::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        };
        self.with(
            "date-in-words",
            &[("weekday", self.weekday(date.weekday()).into()), ("day", day.into()), ("month", month.into())],
        )
    }

    /// A time of day, such as "10:30" or "10 h 30".
    #[must_use]
    pub fn time(&self, time: Time) -> String {
        match self.language {
            Language::En => {
                let half = if time.hour() < 12 { "am" } else { "pm" };
                let hour = match time.hour() % 12 {
                    0 => 12,
                    hour => hour,
                };
                format!("{hour}:{:02} {half}", time.minute())
            }
            Language::Fr if time.minute() == 0 => format!("{} h", time.hour()),
            Language::Fr => format!("{} h {:02}", time.hour(), time.minute()),
        }
    }

    /// The keys of one language's files, for the test that compares them.
    #[cfg(test)]
    fn keys(language: Language) -> std::collections::BTreeSet<String> {
        FILES
            .iter()
            .flat_map(|(_, english, french)| if language == Language::En { english.lines() } else { french.lines() })
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_sound() {
        for (name, english, french) in FILES {
            for source in [english, french] {
                if let Err((_, errors)) = FluentResource::try_new((*source).to_owned()) {
                    panic!("{name}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn both_languages_have_the_same_keys() {
        assert_eq!(Texts::keys(Language::En), Texts::keys(Language::Fr));
    }

    #[test]
    fn dates_and_times_read_naturally() {
        let date = jiff::civil::date(2026, 11, 1);
        let time = jiff::civil::time(13, 30, 0, 0);
        let (en, fr) = (Texts::new(Language::En), Texts::new(Language::Fr));
        assert_eq!((en.date(date), en.time(time)), ("Sunday, November 1".into(), "1:30 pm".into()));
        assert_eq!((fr.date(date), fr.time(time)), ("dimanche 1er novembre".into(), "13 h 30".into()));
    }

    #[test]
    fn tags_are_understood() {
        assert_eq!(Language::from_tag("fr_CA.UTF-8"), Some(Language::Fr));
        assert_eq!(Language::from_tag("en-GB"), Some(Language::En));
        assert_eq!(Language::from_tag("de"), None);
    }
}
