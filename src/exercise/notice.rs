//! What of the wording check is shown while someone writes: never in the middle of a word, and never again what the
//! person means that way.

use std::collections::BTreeSet;
use std::ops::Range;

use super::checked::Checked;
use super::invitation::Meant;
use super::words::{Missing, WHOLE};

/// Something that may be heard as pressing or blaming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// The words as they stand in the text.
    pub words: String,
    /// Why they may be heard so.
    pub why: String,
    /// What could stand there.
    pub instead: String,
    /// Whether they stand in the first sentence, which is heard first (research rule 11).
    pub first: bool,
    /// What to remember if the person means it that way.
    pub meant: Meant,
}

/// What there is to notice in a text. `caret` is where someone is typing, in bytes: what reaches into the word there
/// waits until it is written. `meant` is what the person stands by.
#[must_use]
pub fn notice(checked: &Checked, meant: &BTreeSet<Meant>, caret: Option<usize>) -> Vec<Noticed> {
    let text = checked.text();
    let typed = caret.map_or(text.len()..text.len(), |caret| word_at(text, caret));
    let first = first_sentence(text);
    checked
        .findings()
        .filter(|(range, _)| range.end <= typed.start || range.start >= typed.end)
        .filter_map(|(range, finding)| {
            let words = text.get(range.clone())?.to_owned();
            let known = Meant::new(finding.kind.slug(), &words);
            (!meant.contains(&known)).then(|| Noticed {
                words,
                why: finding.why.clone(),
                instead: finding.instead.clone(),
                first: range.start < first,
                meant: known,
            })
        })
        .collect()
}

/// What an invitation could still have, once it is whole: long enough, and not in the middle of a sentence.
#[must_use]
pub fn missing(checked: &Checked) -> Vec<Missing> {
    let ends = checked.text().trim_end().ends_with(['.', '!', '?', '…', '»', '”', '"']);
    if ends && checked.words() >= WHOLE { checked.missing() } else { Vec::new() }
}

/// The byte at which a caret stands: line and column (in bytes) from 0, as an editor tells them.
#[must_use]
pub fn caret_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split('\n').take(line).map(|line| line.len() + 1).sum();
    (before + column).min(text.len())
}

/// The word in which `caret` stands; empty where it stands in none.
fn word_at(text: &str, caret: usize) -> Range<usize> {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '-');
    let caret = (0..=caret.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (before, after) = text.split_at(caret);
    let start = before.trim_end_matches(is_word).len();
    let end = text.len() - after.trim_start_matches(is_word).len();
    start..end
}

/// Where the first sentence ends, in bytes.
fn first_sentence(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let stop = |(at, letter): (usize, char)| {
        let next = text[start + at + letter.len_utf8()..].chars().next();
        let ends = matches!(letter, '.' | '!' | '?' | '…') && next.is_none_or(|next| !next.is_alphanumeric());
        (ends || letter == '\n').then_some(start + at + letter.len_utf8())
    };
    text[start..].char_indices().find_map(stop).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    fn checked(text: &str) -> Checked {
        let mut checked = Checked::default();
        checked.look_at(text, Language::En);
        checked
    }

    fn found(text: &str, caret: Option<usize>) -> Vec<String> {
        notice(&checked(text), &BTreeSet::new(), caret).into_iter().map(|noticed| noticed.words).collect()
    }

    #[test]
    fn nothing_is_said_in_the_middle_of_a_word() {
        let typed = "I am sad. You never listen";
        assert!(found(typed, Some(typed.len())).is_empty(), "the word may become another one");
        assert!(!found(&format!("{typed} "), Some(typed.len() + 1)).is_empty());
        assert!(!found(typed, None).is_empty(), "nobody types");
        let later = "You never listen. I was sa";
        assert!(!found(later, Some(later.len())).is_empty(), "what stands before is told");
    }

    #[test]
    fn what_the_person_means_is_not_told_again_in_this_text() {
        let text = "You never listen. And you never listen to me.";
        let all = notice(&checked(text), &BTreeSet::new(), None);
        assert!(!all.is_empty());
        let meant: BTreeSet<Meant> = all.iter().map(|noticed| noticed.meant.clone()).collect();
        assert_eq!(notice(&checked(text), &meant, None), []);
        assert_eq!(notice(&checked(&text.to_uppercase()), &meant, None), [], "however it is set");
        let other_kind = meant.iter().map(|meant| Meant::new("another-kind", &meant.words)).collect();
        assert_eq!(notice(&checked(text), &other_kind, None), all, "the same words, noticed as something else");
    }

    #[test]
    fn the_first_sentence_is_known() {
        let all = notice(&checked("You never listen. You never ask."), &BTreeSet::new(), None);
        assert_eq!(all.iter().map(|noticed| noticed.first).collect::<Vec<_>>(), [true, false]);
        assert_eq!(first_sentence("  It is 3.5 now. Then"), 16);
        assert_eq!(first_sentence("Salut"), 5);
    }

    #[test]
    fn something_is_missing_only_in_a_whole_text() {
        assert!(missing(&checked("Come with me.")).is_empty());
        let long = "We could go and see someone together. ".repeat(10);
        assert!(!missing(&checked(&long)).is_empty());
        assert!(missing(&checked(&format!("{long} And then"))).is_empty(), "in the middle of a sentence");
    }

    #[test]
    fn carets_are_counted_in_bytes() {
        let text = "é b\nçe va\n";
        assert_eq!((caret_of(text, 0, 2), caret_of(text, 1, 2), caret_of(text, 9, 9)), (2, 7, text.len()));
        assert_eq!(word_at(text, 6), 5..8, "in the middle of a letter");
        assert_eq!(word_at("a b", 1), 0..1);
        assert_eq!(word_at("a  b", 2), 2..2);
    }

    proptest::proptest! {
        #[test]
        fn any_text_and_any_caret_go_without_trouble(text in ".{0,60}", caret in 0_usize..90) {
            let _ = notice(&checked(&text), &BTreeSet::new(), Some(caret));
            proptest::prop_assert!(text.is_char_boundary(word_at(&text, caret).start));
            proptest::prop_assert!(text.is_char_boundary(first_sentence(&text)));
        }
    }
}
