//! An amount of money as therapists write it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in the smallest unit of its currency. Kept as one value so that amount and currency never part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Money {
    /// The amount in minor units: cents for CAD, yen for JPY.
    pub minor: u64,
    /// ISO 4217 code in capitals such as `CAD`; empty when it was not said (a bare `$`).
    pub currency: String,
}

/// Signs that leave no doubt about the currency. A bare `$` does, so it stands for "not said".
const SIGNS: &[(&str, &str)] = &[
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("US$", "USD"),
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("NZ$", "NZD"),
    ("$CA", "CAD"),
    ("$US", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("$", ""),
];

impl Money {
    /// `minor` units of `currency`.
    #[must_use]
    pub fn new(minor: u64, currency: &str) -> Self {
        Self { minor, currency: currency.to_owned() }
    }

    /// How many decimals the currency has (ISO 4217; the few that are not 2).
    #[must_use]
    pub fn decimals(currency: &str) -> u32 {
        match currency {
            "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "XAF" | "XOF" | "XPF" | "PYG" | "UGX" | "RWF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// The amount without its currency, with a point and without needless zeros: `150`, `150.50`.
    #[must_use]
    pub fn amount(&self) -> String {
        let unit = 10_u64.pow(Self::decimals(&self.currency));
        let (whole, rest) = (self.minor / unit, self.minor % unit);
        if rest == 0 {
            return whole.to_string();
        }
        let width = usize::try_from(Self::decimals(&self.currency)).unwrap_or(2);
        format!("{whole}.{rest:0width$}")
    }

    /// Reads one amount as people write it: `150`, `$150.00`, `150,50 $`, `1 200 CAD`, `CA$1,200`.
    /// A range, a sentence or anything else in doubt is `None`, so that nothing is guessed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest: String = text.trim().to_uppercase().chars().filter(|c| !c.is_whitespace()).collect();
        let mut currency = String::new();
        if let Some((sign, code)) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign) || rest.ends_with(sign)) {
            rest = rest.strip_prefix(sign).or_else(|| rest.strip_suffix(sign))?.to_owned();
            (*code).clone_into(&mut currency);
        }
        let letters: String = rest.chars().filter(char::is_ascii_alphabetic).collect();
        if letters.len() == 3 && currency.is_empty() {
            rest = rest.strip_prefix(&letters).or_else(|| rest.strip_suffix(&letters))?.to_owned();
            // `170 $ CAD`.
            rest = rest.strip_prefix('$').or_else(|| rest.strip_suffix('$')).unwrap_or(&rest).to_owned();
            currency = letters;
        }
        let minor = Self::parse_minor(&rest, Self::decimals(&currency))?;
        Some(Self { minor, currency })
    }

    /// Digits with at most one decimal mark, and marks between groups of three, as minor units.
    fn parse_minor(text: &str, decimals: u32) -> Option<u64> {
        if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let places = usize::try_from(decimals).ok()?;
        // A mark that leaves exactly the currency's decimals (or one) behind it is the decimal mark.
        let (whole, part) = match text.rfind(['.', ',']) {
            Some(at) if (1..=places).contains(&(text.len() - at - 1)) && text.len() - at - 1 != 3 => {
                (&text[..at], &text[at + 1..])
            }
            Some(at) if places == 3 && text.len() - at - 1 == 3 && text.as_bytes().get(at) == Some(&b'.') => {
                (&text[..at], &text[at + 1..])
            }
            _ => (text, ""),
        };
        let mut groups = whole.split(['.', ',', '\'', '’']);
        let mut digits = groups.next()?.to_owned();
        for group in groups {
            if group.len() != 3 {
                return None;
            }
            digits.push_str(group);
        }
        digits.push_str(part);
        digits.extend(std::iter::repeat_n('0', places.checked_sub(part.len())?));
        if digits.len() > 15 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        digits.parse().ok()
    }
}

impl fmt::Display for Money {
    /// The amount and, when known, its currency: `150 CAD`. [`Money::parse`] reads it back.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.currency.is_empty() {
            return formatter.write_str(&self.amount());
        }
        write!(formatter, "{} {}", self.amount(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn amounts_as_people_write_them() {
        for (text, minor, currency) in [
            ("170 $ CAD", 17_000, "CAD"),
            ("CAD $170", 17_000, "CAD"),
            ("150", 15_000, ""),
            ("$150", 15_000, ""),
            ("150,00 $", 15_000, ""),
            ("150,5 $", 15_050, ""),
            ("1 200 CAD", 120_000, "CAD"),
            ("1\u{a0}200,50\u{a0}$ CA", 120_050, "CAD"),
            ("CA$1,200", 120_000, "CAD"),
            ("US$ 1,200.75", 120_075, "USD"),
            ("eur 90", 9_000, "EUR"),
            ("90 €", 9_000, "EUR"),
            ("JPY 12,000", 12_000, "JPY"),
            ("KWD 12.500", 12_500, "KWD"),
            ("1’200 CHF", 120_000, "CHF"),
        ] {
            assert_eq!(Money::parse(text), Some(Money::new(minor, currency)), "{text}");
        }
    }

    #[test]
    fn what_is_in_doubt_is_not_guessed() {
        for text in [
            "",
            "$",
            "ask",
            "150-200",
            "150 to 200",
            "12,34,5",
            "1,20,000",
            "150 per hour",
            "-5",
            "99999999999999999999",
        ] {
            assert_eq!(Money::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_can_be_read(minor in 0_u64..1_000_000_000, currency in prop::sample::select(vec!["", "CAD", "USD", "EUR", "JPY", "KWD"])) {
            let money = Money::new(minor, currency);
            prop_assert_eq!(Money::parse(&money.to_string()), Some(money));
        }

        #[test]
        fn nothing_panics(text in ".{0,20}") {
            let _ = Money::parse(&text);
        }
    }
}
