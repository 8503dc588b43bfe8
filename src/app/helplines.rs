//! The help lines of the Safety screen, out of a dated data file.

use jiff::civil::Date;
use serde::Deserialize;

use crate::locale::Language;

/// All lines, with the day on which they were checked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Helplines {
    /// When the numbers were last compared with their sources.
    pub checked: Date,
    /// The lines.
    pub lines: Vec<Helpline>,
    /// Where to look for a country that is not here.
    elsewhere: Elsewhere,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Helpline {
    country: String,
    fr: String,
    /// What it calls itself.
    pub name: String,
    /// Its number as one dials it in that country.
    pub number: String,
    /// Its site.
    pub web: String,
    /// Where the number was confirmed.
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Elsewhere {
    en: String,
    fr: String,
}

impl Helpline {
    /// The country's name.
    #[must_use]
    pub fn country(&self, language: Language) -> &str {
        match language {
            Language::En => &self.country,
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

    /// What to do in a country that is not listed.
    #[must_use]
    pub fn elsewhere(&self, language: Language) -> &str {
        match language {
            Language::En => &self.elsewhere.en,
            Language::Fr => &self.elsewhere.fr,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound_and_every_number_has_a_source() {
        let lines = Helplines::built_in().unwrap();
        assert!(lines.lines.len() >= 3);
        for line in &lines.lines {
            assert!(line.number.chars().filter(char::is_ascii_digit).count() >= 5, "{}", line.name);
            assert!(!line.source.is_empty() && line.web.starts_with("https://"), "{}", line.name);
        }
    }
}
