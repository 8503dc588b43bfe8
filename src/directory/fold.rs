//! Text without what people leave out when they search: case, accents, apostrophes, hyphens.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// `text` as it is compared: lower case, without accents, apostrophes and hyphens, ligatures written out.
///
/// Apostrophes and hyphens vanish rather than become spaces: `d’Arc-Roy` is `darcroy`, in which a search for
/// `d'arc`, `darc`, `arc roy` or `arc-roy` finds its words. Folding a folded text changes nothing.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.chars().filter(|c| !is_dropped(*c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    let mut folded = String::with_capacity(text.len());
    // In this order: decomposing brings capitals to light (`™`), and lower-casing marks (`İ`).
    let lower = text.chars().filter(|c| !is_dropped(*c)).nfkd().flat_map(char::to_lowercase);
    for c in lower.filter(|c| !is_combining_mark(*c) && !is_dropped(*c)) {
        match plain(c) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(c),
        }
    }
    folded
}

/// Apostrophes, hyphens, dashes and invisible joiners.
const fn is_dropped(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | '‘'
            | 'ʼ'
            | 'ʻ'
            | 'ʹ'
            | '′'
            | '`'
            | '´'
            | '＇'
            | '-'
            | '‐'
            | '‑'
            | '‒'
            | '–'
            | '—'
            | '−'
            | '﹣'
            | '－'
            | '\u{ad}'
            | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}'
    )
}

/// Letters that decomposition leaves whole although people type them without their stroke or as two letters.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ł' => "l",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'ŋ' => "n",
        'ĸ' => "k",
        'ς' => "σ",
        _ => return None,
    })
}

/// The digits of a phone number alone, without an extension (`ext. 12`, `poste 12`, `x12`).
#[must_use]
pub fn phone_digits(phone: &str) -> String {
    let folded = fold(phone);
    let number = folded.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = number.find(char::is_alphabetic).unwrap_or(number.len());
    number[..end].chars().filter(char::is_ascii_digit).collect()
}

/// What tells two phone numbers apart, whether or not the country code or the leading 0 is written: the last nine
/// digits, or all of a shorter number. `None` under seven digits, which is no number that can be called from elsewhere.
#[must_use]
pub fn phone_key(phone: &str) -> Option<String> {
    let digits = phone_digits(phone);
    (digits.len() >= 7).then(|| digits[digits.len().saturating_sub(9)..].to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_fold_as_people_type_them() {
        for (text, folded) in [
            ("Côté", "cote"),
            ("Łukasz", "lukasz"),
            ("Nguyễn", "nguyen"),
            ("L’Écuyer", "lecuyer"),
            ("O'Brien", "obrien"),
            ("Jean‑Noël", "jeannoel"),
            ("Strauß", "strauss"),
            ("STRAUẞ", "strauss"),
            ("Bœuf Æon", "boeuf aeon"),
            ("Đặng", "dang"),
            ("İnci Işık", "inci isik"),
            ("ΣΟΦΟΣ", "σοφοσ"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }

    #[test]
    fn every_character_folds_once() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    #[test]
    fn phones_are_their_digits() {
        assert_eq!(phone_digits("+1 (418) 555-0100 ext. 12"), "14185550100");
        assert_eq!(phone_digits("tél. 418.555.0100 poste 7"), "4185550100");
        assert_eq!(phone_key("418 555 0100"), phone_key("+1-418-555-0100"));
        assert_eq!(phone_key("01 99 00 12 34"), phone_key("+33 1 99 00 12 34"));
        assert_ne!(phone_key("418 555 0100"), phone_key("418 555 0101"));
        assert_eq!(phone_key("555 010"), None);
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(text in "\\PC{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folding_ignores_accents_and_case(text in "[a-zA-ZÀ-ÖØ-öø-ſ '’-]{0,30}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&text.to_uppercase()), folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded);
        }
    }
}
