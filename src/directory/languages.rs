//! Languages that a therapist works in: as people call them, and as BCP 47 tags.

use unic_langid::LanguageIdentifier;

use super::fold::fold;

/// Languages that are often asked for, in English and in French: tag, names.
const NAMES: [(&str, &str, &str); 40] = [
    ("en", "English", "anglais"),
    ("fr", "French", "français"),
    ("es", "Spanish", "espagnol"),
    ("ar", "Arabic", "arabe"),
    ("zh", "Chinese", "chinois"),
    ("cmn", "Mandarin", "mandarin"),
    ("yue", "Cantonese", "cantonais"),
    ("pt", "Portuguese", "portugais"),
    ("it", "Italian", "italien"),
    ("de", "German", "allemand"),
    ("pa", "Punjabi", "pendjabi"),
    ("hi", "Hindi", "hindi"),
    ("ur", "Urdu", "ourdou"),
    ("bn", "Bengali", "bengali"),
    ("ta", "Tamil", "tamoul"),
    ("te", "Telugu", "télougou"),
    ("gu", "Gujarati", "goudjarati"),
    ("fa", "Persian", "persan"),
    ("ru", "Russian", "russe"),
    ("uk", "Ukrainian", "ukrainien"),
    ("pl", "Polish", "polonais"),
    ("ro", "Romanian", "roumain"),
    ("el", "Greek", "grec"),
    ("tr", "Turkish", "turc"),
    ("he", "Hebrew", "hébreu"),
    ("vi", "Vietnamese", "vietnamien"),
    ("ko", "Korean", "coréen"),
    ("ja", "Japanese", "japonais"),
    ("tl", "Tagalog", "tagalog"),
    ("ht", "Haitian Creole", "créole haïtien"),
    ("nl", "Dutch", "néerlandais"),
    ("hu", "Hungarian", "hongrois"),
    ("cs", "Czech", "tchèque"),
    ("sr", "Serbian", "serbe"),
    ("hr", "Croatian", "croate"),
    ("so", "Somali", "somali"),
    ("sw", "Swahili", "swahili"),
    ("cr", "Cree", "cri"),
    ("iu", "Inuktitut", "inuktitut"),
    ("ase", "American Sign Language", "langue des signes américaine"),
];

/// Whether a text is a BCP 47 tag as it is usually written: `fr`, `fr-CA`, `zh-Hant`.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let lower = text
        .split('-')
        .next()
        .is_some_and(|first| first.len() < 4 && first.bytes().all(|byte| byte.is_ascii_lowercase()));
    lower && !text.contains('_') && text.parse::<LanguageIdentifier>().is_ok_and(|tag| tag == text)
}

/// The tag of a language that is written as a tag or by its English or French name; `None` for names that are not known.
#[must_use]
pub fn tag_of(text: &str) -> Option<String> {
    let folded = fold(text.trim());
    let known = NAMES.iter().find(|(_, english, french)| fold(english) == folded || fold(french) == folded);
    match known {
        Some((tag, ..)) => Some((*tag).to_owned()),
        None if text.trim().len() <= 11 => {
            let tag = text.trim().parse::<LanguageIdentifier>().ok()?;
            // `Dutchh` could be a tag as far as its letters go; a tag of two or three letters is meant as one.
            (tag.language.as_str().len() < 4).then(|| tag.to_string())
        }
        None => None,
    }
}

/// The name of a language by its tag; `None` for tags without a name here. `french` chooses the language of the name.
#[must_use]
pub fn name_of(tag: &str, french: bool) -> Option<&'static str> {
    let language = tag.parse::<LanguageIdentifier>().ok()?.language;
    let (_, english, name) = NAMES.iter().find(|(known, ..)| *known == language.as_str())?;
    Some(if french { name } else { english })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_names_are_told_apart() {
        for tag in ["fr", "fr-CA", "zh-Hant", "ase"] {
            assert!(is_tag(tag), "{tag}");
        }
        for other in ["", "French", "FR", "fr_CA", "français", "x"] {
            assert!(!is_tag(other), "{other}");
        }
        for (text, tag) in [("Français", "fr"), ("french", "fr"), ("FR-ca", "fr-CA"), ("Creole haitien", "ht")] {
            assert_eq!(tag_of(text).as_deref(), Some(tag), "{text}");
        }
        assert_eq!(tag_of("Klingon of the north"), None);
        assert_eq!(name_of("fr-CA", true), Some("français"));
    }

    #[test]
    fn names_are_those_of_one_language() {
        for (tag, english, french) in NAMES {
            assert!(is_tag(tag), "{tag}");
            assert_eq!((tag_of(english).as_deref(), tag_of(french).as_deref()), (Some(tag), Some(tag)));
        }
    }
}
