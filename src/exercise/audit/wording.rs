//! Wording that no exercise uses, with the reason for each: `assets/banned/{en,fr}.ron`.
//!
//! This judges what Sameside or the writer of an exercise says. What partners write to each other is another matter
//! and has a check of its own.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::locale::Language;

/// Some phrases that are left out of exercises for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Banned {
    /// Each matches whole words in any case. `*` ends a word that may go on; alone it stands for any one word.
    phrases: Vec<String>,
    /// Phrases that are fine although they hold one of `phrases`.
    #[serde(default)]
    unless: Vec<String>,
    /// Why they are left out.
    pub why: String,
    /// What could stand there.
    pub instead: String,
    /// Texts in which one has to be found.
    finds: Vec<String>,
    /// Texts in which none may be found.
    leaves: Vec<String>,
}

/// A banned phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Byte at which it begins.
    pub start: usize,
    /// The words as they stand in the text.
    pub words: String,
    /// Why they are left out.
    pub why: String,
    /// What could stand there.
    pub instead: String,
}

/// What is read from a list.
type List = Result<Vec<Banned>, ron::error::SpannedError>;

static EN: LazyLock<List> = LazyLock::new(|| read(include_str!("../../../assets/banned/en.ron")));
static FR: LazyLock<List> = LazyLock::new(|| read(include_str!("../../../assets/banned/fr.ron")));

fn read(text: &str) -> List {
    ron::Options::default().from_str(text)
}

/// The list of `language`; empty if it could not be read, which a test rules out.
#[must_use]
pub fn list(language: Language) -> &'static [Banned] {
    let list = match language {
        Language::En => &EN,
        Language::Fr => &FR,
    };
    list.as_deref().unwrap_or_default()
}

/// Every banned phrase in `text`, in its order.
#[must_use]
pub fn hits(language: Language, text: &str) -> Vec<Hit> {
    let words = words(text);
    let mut hits: Vec<Hit> = list(language).iter().flat_map(|banned| banned.hits(text, &words)).collect();
    hits.sort_by_key(|hit| hit.start);
    hits
}

impl Banned {
    fn hits(&self, text: &str, words: &[Word]) -> Vec<Hit> {
        let fine: Vec<(usize, usize)> = self.unless.iter().flat_map(|phrase| places(phrase, words)).collect();
        let found = self.phrases.iter().flat_map(|phrase| places(phrase, words));
        let kept = found.filter(|(from, to)| !fine.iter().any(|(left, right)| left <= from && to <= right));
        kept.filter_map(|(from, to)| {
            let (first, last) = (words.get(from)?, words.get(to.checked_sub(1)?)?);
            let words = text.get(first.start..last.end)?.to_owned();
            Some(Hit { start: first.start, words, why: self.why.clone(), instead: self.instead.clone() })
        })
        .collect()
    }
}

/// A word of a text in small letters; an empty one where a sentence or a quotation ends.
#[derive(Debug)]
struct Word {
    start: usize,
    end: usize,
    text: String,
}

/// The words of `text`. An apostrophe parts two words ("l’heure", "don’t"); `%` and, in phrases, `*` are words or parts
/// of one.
fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, letter) in text.char_indices() {
        let end = start + letter.len_utf8();
        if letter.is_alphanumeric() || letter == '*' || (letter == '-' && open) {
            match words.last_mut().filter(|_| open) {
                Some(word) => {
                    word.text.extend(letter.to_lowercase());
                    word.end = end;
                }
                None => words.push(Word { start, end, text: letter.to_lowercase().collect() }),
            }
            open = true;
            continue;
        }
        open = false;
        match letter {
            '%' => words.push(Word { start, end, text: "%".to_owned() }),
            '.' | '!' | '?' | '…' | ':' | ';' | '\n' => words.push(Word { start, end, text: String::new() }),
            _ => {}
        }
    }
    words
}

/// Where `phrase` stands in `words`: from the first word up to and without the last number.
fn places(phrase: &str, words: &[Word]) -> Vec<(usize, usize)> {
    let pattern = self::words(phrase);
    let fits = |pattern: &Word, word: &Word| match pattern.text.strip_suffix('*') {
        Some(start) => !word.text.is_empty() && word.text.starts_with(start),
        None => pattern.text == word.text,
    };
    let windows = words.windows(pattern.len().max(1)).enumerate();
    windows
        .filter(|(_, window)| !pattern.is_empty() && pattern.iter().zip(*window).all(|(one, other)| fits(one, other)))
        .map(|(from, window)| (from, from + window.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_can_be_read_and_give_reasons() {
        for language in Language::ALL {
            let list = match language {
                Language::En => EN.as_ref(),
                Language::Fr => FR.as_ref(),
            };
            let list = list.unwrap_or_else(|error| panic!("banned/{}.ron:{error}", language.code()));
            assert!(list.len() >= 15);
            for banned in list {
                assert!(!banned.phrases.is_empty() && !banned.finds.is_empty() && !banned.leaves.is_empty());
                assert!(!banned.why.is_empty() && !banned.instead.is_empty(), "{:?}", banned.phrases);
            }
        }
    }

    #[test]
    fn examples_are_found_and_left() {
        for language in Language::ALL {
            for banned in list(language) {
                let found = |text: &str| banned.hits(text, &words(text));
                for text in &banned.finds {
                    assert!(!found(text).is_empty(), "{}: not found in: {text}", language.code());
                }
                for text in &banned.leaves {
                    assert_eq!(found(text), [], "{}: {text}", language.code());
                }
            }
        }
    }

    #[test]
    fn whole_words_are_matched_and_sentences_part_them() {
        let starts = |text| hits(Language::En, text).iter().map(|hit| hit.start).collect::<Vec<_>>();
        assert_eq!(starts("The scoreboard is hackneyed."), Vec::<usize>::new());
        assert_eq!(starts("That is you. Always be kind."), Vec::<usize>::new());
        assert_eq!(starts("Do it. YOU ALWAYS do."), [7]);
        let hit = hits(Language::Fr, "C’est à cause de toi.").pop().expect("one");
        assert_eq!((hit.words.as_str(), hit.start), ("à cause de toi", "C’est ".len()));
    }
}
