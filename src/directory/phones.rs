//! Telephone numbers as the network has them (E.164), whatever people wrote.
//!
//! The rules of all countries come from `rlibphonenumber`, a port of Google's libphonenumber; they are unpacked the first
//! time a number is looked at (about 5 MB).

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, Region};

use super::fold::fold;

/// A number that can be called from anywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// `+14185550100`.
    pub e164: String,
    /// `+1 418-555-0100`.
    pub shown: String,
    /// `12`, or nothing.
    pub extension: String,
}

/// Countries by the names that people write, in English and French; ISO codes are understood as they are.
const COUNTRIES: [(&str, &str); 22] = [
    ("canada", "CA"),
    ("usa", "US"),
    ("u.s.a.", "US"),
    ("united states", "US"),
    ("united states of america", "US"),
    ("etatsunis", "US"),
    ("france", "FR"),
    ("belgium", "BE"),
    ("belgique", "BE"),
    ("switzerland", "CH"),
    ("suisse", "CH"),
    ("luxembourg", "LU"),
    ("united kingdom", "GB"),
    ("england", "GB"),
    ("uk", "GB"),
    ("royaumeuni", "GB"),
    ("ireland", "IE"),
    ("irlande", "IE"),
    ("australia", "AU"),
    ("australie", "AU"),
    ("germany", "DE"),
    ("allemagne", "DE"),
];

/// The two letters of a country that is written as a name or as two letters.
#[must_use]
pub fn country_code(country: &str) -> Option<String> {
    let folded = fold(country.trim());
    if let Some((_, code)) = COUNTRIES.iter().find(|(name, _)| *name == folded) {
        return Some((*code).to_owned());
    }
    let code = country.trim();
    (code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_alphabetic())).then(|| code.to_uppercase())
}

/// Reads a number as written in `country` (two letters); `None` if nobody can be reached under it.
#[must_use]
pub fn read(phone: &str, country: &str) -> Option<Number> {
    // The library knows the English words for an extension.
    let small = phone.to_lowercase();
    let text = match small.find("poste") {
        Some(at) => format!("{} ext. {}", small.get(..at)?, small.get(at + "poste".len()..)?),
        None => phone.to_owned(),
    };
    let region = Region::from_code(country).ok();
    let number = PHONE_NUMBER_UTIL.parse(&text, region).ok()?;
    if !PHONE_NUMBER_UTIL.is_valid_number(&number) {
        return None;
    }
    let format = |format| PHONE_NUMBER_UTIL.format(&number, format).into_owned();
    let shown = format(PhoneNumberFormat::International);
    let shown = shown.split(" ext. ").next().unwrap_or(&shown).to_owned();
    Some(Number { e164: format(PhoneNumberFormat::E164), shown, extension: number.extension().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_the_country_they_are_written_in() {
        for (phone, country, e164, shown, extension) in [
            ("(418) 555-0100", "CA", "+14185550100", "+1 418-555-0100", ""),
            ("418 555-0100 poste 12", "CA", "+14185550100", "+1 418-555-0100", "12"),
            ("+1 418 555 0100 ext. 3", "FR", "+14185550100", "+1 418-555-0100", "3"),
            ("01 42 68 53 00", "FR", "+33142685300", "+33 1 42 68 53 00", ""),
            ("+33 1 42 68 53 00", "CA", "+33142685300", "+33 1 42 68 53 00", ""),
        ] {
            let number = Number { e164: e164.into(), shown: shown.into(), extension: extension.into() };
            assert_eq!(read(phone, country), Some(number), "{phone}");
        }
        for phone in ["", "12", "call me", "418 555", "+999 1234"] {
            assert_eq!(read(phone, "CA"), None, "{phone}");
        }
    }

    #[test]
    fn countries_are_known_by_name_and_by_code() {
        for (country, code) in [("Canada", "CA"), ("États-Unis", "US"), ("fr", "FR"), ("Royaume-Uni", "GB")] {
            assert_eq!(country_code(country).as_deref(), Some(code), "{country}");
        }
        assert_eq!(country_code("Elsewhere"), None);
    }
}
