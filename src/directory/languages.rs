//! Languages that a therapist works in: as people call them, and as BCP 47 tags, which is how a record keeps them.

mod names;

use std::borrow::Cow;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use unic_langid::LanguageIdentifier;

use self::names::{ALSO, NAMES, WHERE};
use super::fold::fold;

/// Whether a text is a BCP 47 tag as it is usually written, of a language that is known here: `fr`, `fr-CA`, `zh-Hant`.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    !text.contains('_') && read(text).is_some_and(|tag| tag == text)
}

/// A tag, however its letters are written; `None` if the language is none of [`NAMES`]. Variants are not taken: any word
/// of five to eight letters could be one.
fn read(text: &str) -> Option<LanguageIdentifier> {
    let tag = text.trim().parse::<LanguageIdentifier>().ok().filter(|tag| tag.variants().len() == 0)?;
    place(tag.language.as_str())?;
    Some(tag)
}

/// The tags by folded name: an import asks for hundreds of thousands.
fn by_name() -> &'static FxHashMap<String, &'static str> {
    static BY_NAME: OnceLock<FxHashMap<String, &str>> = OnceLock::new();
    BY_NAME.get_or_init(|| {
        let names = NAMES.iter().flat_map(|(tag, english, french)| [(fold(english), *tag), (fold(french), *tag)]);
        names.chain(ALSO.iter().map(|(name, tag)| ((*name).to_owned(), *tag))).collect()
    })
}

/// The place in [`NAMES`] of what is a tag of two or three letters and nothing else, as nearly all in records are.
fn place(language: &str) -> Option<usize> {
    NAMES.binary_search_by_key(&language, |(known, ..)| known).ok()
}

/// The language itself, without where it is spoken or how it is written: `fr` of `fr-CA` and of `French`.
#[must_use]
pub fn primary(language: &str) -> Option<Cow<'_, str>> {
    if place(language).is_some() {
        return Some(Cow::Borrowed(language));
    }
    let tag = read(language).or_else(|| read(&tag_of(language)?))?;
    Some(Cow::Owned(tag.language.as_str().to_owned()))
}

/// The tag of a language that is written as a tag or by its English or French name; `None` for what is not known.
#[must_use]
pub fn tag_of(text: &str) -> Option<String> {
    let folded = fold(text.trim());
    if folded.is_empty() {
        return None;
    }
    if let Some(tag) = by_name().get(&folded) {
        return Some((*tag).to_owned());
    }
    if let Some(tag) = read(text) {
        return Some(tag.to_string());
    }
    // `French (Canada)`, `Chinese (Traditional, Taiwan)`, and the same with subtags that have no name here.
    let (language, rest) = text.trim().strip_suffix(')')?.split_once('(')?;
    let subtag = |part: &str| {
        let part = part.trim();
        let is = |name: &str| fold(name) == fold(part);
        let named = WHERE.iter().find(|(_, english, french)| is(english) || is(french));
        named.map_or_else(|| part.to_owned(), |(subtag, ..)| (*subtag).to_owned())
    };
    let parts: Vec<String> = rest.split(',').map(subtag).collect();
    read(&format!("{}-{}", tag_of(language)?, parts.join("-"))).map(|tag| tag.to_string())
}

/// What a record keeps of a language that somebody wrote: its tag, or the text itself where no tag is known.
#[must_use]
pub fn kept(text: &str) -> String {
    tag_of(text).unwrap_or_else(|| text.trim().to_owned())
}

/// Whether a text can only be meant as a tag, and is none: `xx`, `xx-nonsense`, `fr-`. Names that are not known here
/// are names all the same, and so is the beginning of one that is known: it may be about to be typed.
#[must_use]
pub fn is_wrong(text: &str) -> bool {
    let text = text.trim();
    let is_short = text.chars().count() < 4;
    let is_parted = text.split_once(['-', '_']).is_some_and(|(first, _)| first.chars().count() < 4);
    meant(text).is_empty() && (is_short || is_parted || !text.chars().any(char::is_alphabetic))
}

/// The name of a language by its tag, with what tells it apart: `French (Canada)`; `None` for what is not a tag.
/// `french` chooses the language of the name.
#[must_use]
pub fn name_of(tag: &str, french: bool) -> Option<String> {
    let tag = read(tag)?;
    let (_, english, name) = NAMES.get(place(tag.language.as_str())?)?;
    let whole = tag.to_string();
    let mut parts = Vec::new();
    for part in whole.split('-').skip(1) {
        let known = WHERE.iter().find(|(subtag, ..)| *subtag == part);
        parts.push(known.map_or(part, |(_, english, name)| if french { name } else { english }));
    }
    let name = if french { name } else { english };
    Some(if parts.is_empty() { (*name).to_owned() } else { format!("{name} ({})", parts.join(", ")) })
}

/// A language as it is shown: its name in the reader's language, or what somebody wrote.
#[must_use]
pub fn shown(language: &str, french: bool) -> String {
    name_of(language, french).unwrap_or_else(|| language.to_owned())
}

/// What a language is found by, folded: its tag and both of its names.
#[must_use]
pub fn searched(language: &str) -> Cow<'static, str> {
    /// For each of [`NAMES`]: an index of 100,000 records asks for little else.
    static PLAIN: OnceLock<Vec<String>> = OnceLock::new();
    let of = |language: &str| {
        let names = [true, false].into_iter().filter_map(|french| name_of(language, french));
        fold(&std::iter::once(language.to_owned()).chain(names).collect::<Vec<_>>().join("\n"))
    };
    let plain = PLAIN.get_or_init(|| NAMES.iter().map(|(tag, ..)| of(tag)).collect());
    match place(language).and_then(|at| plain.get(at)) {
        Some(names) => Cow::Borrowed(names),
        None => Cow::Owned(of(language)),
    }
}

/// The tags that a text may mean while it is being typed: one that it names, or else all whose names have a word that
/// begins so.
#[must_use]
pub fn meant(text: &str) -> Vec<String> {
    if let Some(tag) = tag_of(text) {
        return vec![tag];
    }
    let folded = fold(text.trim());
    let begins = |name: &str| fold(name).split(' ').any(|word| word.starts_with(&folded));
    let is_meant = |(_, english, french): &&(&str, &str, &str)| begins(english) || begins(french);
    if folded.is_empty() {
        return Vec::new();
    }
    NAMES.iter().filter(is_meant).map(|(tag, ..)| (*tag).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_names_are_told_apart() {
        for tag in ["fr", "fr-CA", "zh-Hant", "ase", "es-419"] {
            assert!(is_tag(tag), "{tag}");
        }
        for other in ["", "French", "FR", "fr_CA", "français", "x", "xx", "xx-CA", "fr-nonsense"] {
            assert!(!is_tag(other), "{other}");
        }
        for (text, tag) in [
            ("Français", "fr"),
            ("french", "fr"),
            ("FR-ca", "fr-CA"),
            ("fr_CA", "fr-CA"),
            ("Creole haitien", "ht"),
            ("ASL", "ase"),
            ("LSQ", "fcs"),
            ("Farsi", "fa"),
            ("Canadian French", "fr-CA"),
            ("Mi'kmaq", "mic"),
            ("French (Canada)", "fr-CA"),
            ("chinois (traditionnel, Taïwan)", "zh-Hant-TW"),
        ] {
            assert_eq!(tag_of(text).as_deref(), Some(tag), "{text}");
        }
        for text in ["Klingon of the north", "", " ", "(CA)", "French (", "French ()"] {
            assert_eq!(tag_of(text), None, "{text}");
        }
    }

    #[test]
    fn what_can_only_be_a_slip_is_told_from_a_name_that_is_not_known() {
        for wrong in ["xx", "xx-nonsense", "qqq", "zz-Hant", "fr-nonsense", "12", "?"] {
            assert!(is_wrong(wrong), "{wrong}");
        }
        for name in ["Martinican Creole", "klingon", "fr", "anglais", "Nēhiyawēwin", "f", "fra", "Ital"] {
            assert!(!is_wrong(name), "{name}");
        }
        assert_eq!((kept("Anglais"), kept(" Klingon ")), ("en".to_owned(), "Klingon".to_owned()));
    }

    #[test]
    fn names_are_those_of_one_language_and_lead_back_to_it() {
        assert!(NAMES.is_sorted_by_key(|(tag, ..)| *tag));
        for (tag, english, french) in NAMES {
            assert!(is_tag(tag), "{tag}");
            assert_eq!((tag_of(english).as_deref(), tag_of(french).as_deref()), (Some(tag), Some(tag)));
            for (subtag, ..) in WHERE {
                let long = format!("{tag}-{subtag}");
                assert!(is_tag(&long), "{long}");
                for french in [true, false] {
                    assert_eq!(tag_of(&name_of(&long, french).unwrap()), Some(long.clone()));
                }
            }
        }
        for (name, tag) in ALSO {
            assert_eq!(fold(name), name, "write it as it is compared");
            assert_eq!(tag_of(name).as_deref(), Some(tag));
        }
        assert_eq!(name_of("fr-CA", true).as_deref(), Some("français (Canada)"));
        assert_eq!(shown("es-419", false), "Spanish (419)");
        assert_eq!(tag_of("Spanish (419)").as_deref(), Some("es-419"));
    }

    #[test]
    fn a_language_is_found_by_either_name_while_it_is_typed() {
        assert_eq!(searched("fr"), "fr\nfrancais\nfrench");
        assert_eq!(searched("fr-CA"), "frca\nfrancais (canada)\nfrench (canada)");
        assert_eq!(meant("fr"), ["fr"]);
        assert_eq!(meant("Anglais"), ["en"]);
        assert_eq!(meant("mandar"), ["cmn"]);
        assert!(meant("creol").contains(&"ht".to_owned()) && meant("signes").contains(&"fcs".to_owned()));
        assert!(meant("").is_empty() && meant("zzzz").is_empty());
    }
}
