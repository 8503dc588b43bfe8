//! Search over every field: words in any order, whatever their accents and case, phone numbers however spaced.

use memchr::memmem;

use crate::directory::columns::COLUMNS;
use crate::directory::fold::{fold, phone_digits};
use crate::directory::{Therapist, TherapistId};

/// Between two fields in a haystack. Folding a query never yields it, so no word matches across two fields.
const BETWEEN: char = '\n';

/// Everything that can be searched, folded once. Deleted therapists are not in it.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// In the order of the folded name, then the id.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    /// Folded name, then the other folded fields, each after [`BETWEEN`].
    haystack: String,
    id: TherapistId,
}

impl Entry {
    fn new(id: &TherapistId, therapist: &Therapist) -> Self {
        let mut haystack = fold(therapist.name.trim()).replace(BETWEEN, " ");
        haystack.push(BETWEEN);
        for text in COLUMNS.iter().filter(|column| column.searched).map(|column| (column.get)(therapist)) {
            if !text.is_empty() {
                haystack.push_str(&fold(&text));
                haystack.push(BETWEEN);
            }
        }
        for phone in &therapist.phones {
            haystack.push_str(&phone_digits(phone));
            haystack.push(BETWEEN);
        }
        haystack.shrink_to_fit();
        Self { haystack, id: id.clone() }
    }

    fn name(&self) -> &str {
        self.haystack.split(BETWEEN).next().unwrap_or_default()
    }
}

impl Index {
    /// An index of `therapists`, without the deleted ones.
    #[must_use]
    pub fn new<'a>(therapists: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>) -> Self {
        let kept = therapists.into_iter().filter(|(_, therapist)| !therapist.deleted);
        let mut entries: Vec<Entry> = kept.map(|(id, therapist)| Entry::new(id, therapist)).collect();
        entries.sort_unstable_by(Self::order);
        Self { entries }
    }

    /// Puts one record in, anew if it was there; takes it out if it is deleted.
    pub fn set(&mut self, id: &TherapistId, therapist: &Therapist) {
        self.remove(id);
        if therapist.deleted {
            return;
        }
        let entry = Entry::new(id, therapist);
        let at = self.entries.partition_point(|other| Self::order(other, &entry).is_lt());
        self.entries.insert(at, entry);
    }

    /// Takes one record out, if it is there.
    pub fn remove(&mut self, id: &TherapistId) {
        if let Some(at) = self.entries.iter().position(|entry| entry.id == *id) {
            self.entries.remove(at);
        }
    }

    /// How many records can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The records in which every word of `query` occurs, in whatever field. Those with a word in their name come
    /// first, more such words before fewer; then by name. A query without letters or digits finds everyone.
    /// A query of five digits or more is first taken as one phone number, however it is spaced.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<TherapistId> {
        if let Some(number) = phone_number(query) {
            let hits = self.with_all(&[number]);
            if !hits.is_empty() {
                return hits;
            }
        }
        self.with_all(&words(query))
    }

    fn with_all(&self, words: &[String]) -> Vec<TherapistId> {
        let needles: Vec<memmem::Finder<'_>> = words.iter().map(memmem::Finder::new).collect();
        let mut hits: Vec<(usize, &TherapistId)> = Vec::new();
        for entry in &self.entries {
            let name = entry.name().len();
            let mut outside = 0;
            let all = needles.iter().all(|needle| {
                let at = needle.find(entry.haystack.as_bytes());
                outside += usize::from(at.is_some_and(|at| at >= name));
                at.is_some()
            });
            if all {
                hits.push((outside, &entry.id));
            }
        }
        // The sort is stable, so that equal ranks stay in the order of the names.
        hits.sort_by_key(|(outside, _)| *outside);
        hits.into_iter().map(|(_, id)| id.clone()).collect()
    }

    fn order(one: &Entry, two: &Entry) -> std::cmp::Ordering {
        one.name().cmp(two.name()).then_with(|| one.id.cmp(&two.id))
    }
}

/// Digits and what people put between them.
fn is_phone_part(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "+().-/‑–".contains(c)
}

/// What to look for if `query` is a phone number or most of one. With a country code the record may lack it, so
/// that the last nine digits decide; a leading 0 is what is left out behind a country code.
fn phone_number(query: &str) -> Option<String> {
    let digits = phone_digits(query);
    if digits.len() < 5 || !query.chars().all(is_phone_part) {
        return None;
    }
    let from = if digits.len() > 10 { digits.len() - 9 } else { usize::from(digits.starts_with('0')) };
    Some(digits[from..].to_owned())
}

/// The folded words of `query`; of a word such as `(418)` only its digits.
fn words(query: &str) -> Vec<String> {
    let bare = |word: &str| word.chars().filter(char::is_ascii_digit).collect();
    fold(query)
        .split_whitespace()
        .map(|word| if word.chars().all(is_phone_part) { bare(word) } else { word.to_owned() })
        .filter(|word: &String| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn id(text: &str) -> TherapistId {
        TherapistId::new(text).unwrap()
    }

    fn made_up() -> Vec<(TherapistId, Therapist)> {
        let one = |key: &str, name: &str| (id(key), Therapist { name: name.into(), ..Therapist::default() });
        let mut all = vec![one("c", "Zoé L’Exemple"), one("a", "Jean-Noël Côté"), one("b", "O'Test, Anne")];
        all[0].1.city = "Cotéville".into();
        all[1].1.city = "Zoéville".into();
        all[0].1.phones = vec!["+1 (418) 555-0100".into()];
        all[2].1.languages = vec!["Français".into(), "English".into()];
        all[2].1.phones = vec!["01 99 00 12 34".into()];
        all
    }

    fn find(query: &str) -> Vec<String> {
        let all = made_up();
        Index::new(all.iter().map(|(id, therapist)| (id, therapist)))
            .find(query)
            .into_iter()
            .map(String::from)
            .collect()
    }

    #[test]
    fn words_are_found_in_every_field_and_names_come_first() {
        assert_eq!(find(""), ["a", "b", "c"]);
        assert_eq!(find(" - "), ["a", "b", "c"]);
        assert_eq!(find("cote"), ["a", "c"]);
        assert_eq!(find("zoe"), ["c", "a"], "a name goes before a town");
        assert_eq!(find("COTE zoe"), ["a", "c"]);
        assert_eq!(find("jean noel"), ["a"]);
        assert_eq!(find("jean-noel"), ["a"]);
        assert_eq!(find("o’test"), ["b"]);
        assert_eq!(find("otest francais"), ["b"]);
        assert_eq!(find("exemple cote"), ["c"]);
        assert!(find("nobody").is_empty());
        assert!(find("oecote").is_empty());
    }

    #[test]
    fn phones_are_found_however_spaced() {
        for query in ["4185550100", "418 555", "(418) 555-01", "555.0100", "+1 418 555 0100", "1-418-555-0100"] {
            assert_eq!(find(query), ["c"], "{query}");
        }
        for query in ["0199001234", "+33 1 99 00 12 34", "01 99 00"] {
            assert_eq!(find(query), ["b"], "{query}");
        }
    }

    #[test]
    fn one_record_can_be_changed() {
        let mut all = made_up();
        let mut index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
        all[0].1.name = "Aaron".into();
        index.set(&all[0].0, &all[0].1);
        assert_eq!(index.find("").first(), Some(&id("c")));
        assert!(index.find("lexemple").is_empty());
        all[0].1.deleted = true;
        index.set(&all[0].0, &all[0].1);
        assert_eq!(index.len(), 2);
        index.remove(&id("a"));
        index.remove(&id("b"));
        assert!(index.is_empty());
    }

    fn numbered(names: &[String]) -> Vec<(TherapistId, Therapist)> {
        let one = |(number, name): (usize, &String)| {
            (id(&format!("t{number}")), Therapist { name: name.clone(), ..Therapist::default() })
        };
        names.iter().enumerate().map(one).collect()
    }

    fn word() -> impl Strategy<Value = String> {
        "[a-zA-ZÀ-ÖØ-öø-ſ][a-zA-ZÀ-ÖØ-öø-ſ’'-]{0,8}"
    }

    proptest! {
        #[test]
        fn every_word_of_a_name_finds_it(words in prop::collection::vec(word(), 1..4), plain in any::<bool>()) {
            let therapist = Therapist { name: words.join(" "), ..Therapist::default() };
            let index = Index::new([(&id("x"), &therapist)]);
            for word in &words {
                let asked = if plain { fold(word) } else { word.to_uppercase() };
                prop_assert_eq!(index.find(&asked), [id("x")]);
            }
        }

        #[test]
        fn the_order_of_words_does_not_matter(
            // Digits alone are one phone number, whose order does matter; hence one word with letters.
            letters in "[a-cé]{1,2}",
            more in prop::collection::vec("[a-cé]{1,2}|[0-9]{1,2}", 0..3),
            names in prop::collection::vec("[a-cé0-9]{1,5} [a-cé]{1,5}", 0..8),
        ) {
            let all = numbered(&names);
            let index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
            let mut words = vec![letters];
            words.extend(more);
            let forward = index.find(&words.join(" "));
            words.reverse();
            prop_assert_eq!(forward, index.find(&words.join(" ")));
        }

        #[test]
        fn an_index_changed_bit_by_bit_is_the_same(names in prop::collection::vec("[a-c]{1,3}", 0..8), query in "[a-c]{0,2}") {
            let all = numbered(&names);
            let whole = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
            let mut grown = Index::default();
            for (id, therapist) in all.iter().rev() {
                grown.set(id, &Therapist { name: "old".into(), ..Therapist::default() });
                grown.set(id, therapist);
            }
            prop_assert_eq!(whole.find(&query), grown.find(&query));
        }
    }
}
