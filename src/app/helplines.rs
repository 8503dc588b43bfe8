//! The help lines of the Safety screen, out of a dated data file.

use jiff::civil::Date;
use serde::Deserialize;

use crate::locale::Language;

/// All lines, with the day on which they were checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Helplines {
    /// When the numbers were last compared with their sources.
    pub checked: Date,
    /// The countries; the last one stands for every country that is not here.
    pub countries: Vec<Country>,
}

/// One country and its lines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2; `EU` for the rest of the European Union, empty for anywhere else.
    pub code: String,
    /// Its name.
    pub name: Both,
    /// The emergency number as one dials it there.
    pub emergency: String,
    /// What to do there when one cannot speak; `None` where nothing could be confirmed.
    pub silent: Option<Both>,
    /// The lines, national ones and those of provinces.
    pub lines: Vec<Helpline>,
    /// Where to look for what is not here.
    pub elsewhere: Option<Both>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Helpline {
    /// The province or state that it serves; `None` for the whole country.
    pub region: Option<Both>,
    /// What it calls itself.
    pub name: String,
    /// Its number as one dials it in that country.
    pub number: String,
    /// Where to send a text message, if it takes any.
    pub text: Option<TextLine>,
    /// Whom it is for.
    pub who: Who,
    /// Whether it answers day and night.
    pub always: bool,
    /// Its site.
    pub web: String,
    /// Where the number was confirmed.
    pub source: String,
}

/// A number for text messages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct TextLine {
    /// The number.
    pub number: String,
    /// The word to begin with, if one is needed.
    pub word: Option<String>,
}

/// Whom a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Who {
    /// Everyone.
    Everyone,
    /// Women.
    Women,
    /// Men.
    Men,
    /// Indigenous women.
    IndigenousWomen,
}

impl Who {
    /// Name of the text for it; none for everyone.
    #[must_use]
    pub const fn key(self) -> Option<&'static str> {
        match self {
            Self::Everyone => None,
            Self::Women => Some("safety-for-women"),
            Self::Men => Some("safety-for-men"),
            Self::IndigenousWomen => Some("safety-for-indigenous-women"),
        }
    }
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Both {
    en: String,
    fr: String,
}

impl Both {
    /// The text in `language`.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Fr => &self.fr,
        }
    }
}

impl Helplines {
    /// The lines that ship with Sameside; `None` only if the file were broken, which a test rules out.
    #[must_use]
    pub fn built_in() -> Option<Self> {
        ron::from_str(include_str!("../../assets/helplines.ron")).ok()
    }

    /// The place in the list of the country that a system's language tag names, such as `fr_CA.UTF-8`; Canada's if
    /// it names none, and that of every other country if it names one that is not here.
    #[must_use]
    pub fn place_of(&self, tag: Option<&str>) -> usize {
        let region = tag.and_then(|tag| tag.split(['-', '_', '.', '@']).nth(1));
        let code = region.filter(|part| part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
        let Some(code) = code.map(str::to_ascii_uppercase) else { return 0 };
        let code = if IN_THE_EU.contains(&code.as_str()) { "EU" } else { &code };
        let last = self.countries.len().saturating_sub(1);
        self.countries.iter().position(|country| country.code == code).unwrap_or(last)
    }
}

/// Members of the European Union without an entry of their own.
const IN_THE_EU: [&str; 25] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "GR", "HR", "HU", "IT", "LT", "LU", "LV", "MT", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound_and_every_number_has_a_source() {
        let all = Helplines::built_in().unwrap();
        assert!(all.countries.last().unwrap().lines.is_empty(), "the last one is for everywhere else");
        for country in &all.countries {
            assert!(country.emergency.bytes().all(|byte| byte.is_ascii_digit()), "{}", country.code);
            assert!(!country.lines.is_empty() || country.elsewhere.is_some(), "{}", country.code);
            for line in &country.lines {
                assert!(line.number.chars().filter(char::is_ascii_digit).count() >= 3, "{}", line.name);
                assert!(!line.source.is_empty() && line.web.starts_with("https://"), "{}", line.name);
            }
        }
    }

    #[test]
    fn the_country_of_the_system_comes_first() {
        let all = Helplines::built_in().unwrap();
        let code = |tag| all.countries[all.place_of(tag)].code.as_str();
        assert_eq!(code(None), "CA");
        assert_eq!(code(Some("C.UTF-8")), "CA");
        assert_eq!(code(Some("fr")), "CA");
        assert_eq!(code(Some("fr_CA.UTF-8")), "CA");
        assert_eq!(code(Some("fr-FR")), "FR");
        assert_eq!(code(Some("en_gb")), "GB");
        assert_eq!(code(Some("de_DE@euro")), "EU");
        assert_eq!(code(Some("ja-JP")), "");
    }
}
