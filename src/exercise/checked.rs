//! The wording check of a text that is being written: only what changed since the last letter is looked at again.
//!
//! The check looks at one sentence at a time; only how the sentences beside it lean is weighed in at the end. So a text is
//! divided into pieces of one or a few whole sentences, what the sentences of a piece say by themselves is kept with it,
//! and pieces that still stand somewhere in the text are not checked again. A piece ends only where the check is sure to end a sentence; in doubt (after a word as
//! short as "Dr.", at the end of a line that goes on in lower case) two sentences stay in one piece. A property test
//! holds that the findings are those of the whole text.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::words::{Checker, Finding, Missing, Sentence, count};
use crate::locale::Language;

/// A word of at least so many letters before a full stop is no title and no abbreviation.
const LONG: usize = 4;

/// A text, and what the wording check says of it.
#[derive(Debug, Default)]
pub struct Checked {
    language: Language,
    text: String,
    /// Where each piece begins, in bytes, and what was found in it.
    pieces: Vec<(usize, Arc<Piece>)>,
    /// The same by their words. Words that left the text leave this too.
    known: FxHashMap<String, Arc<Piece>>,
    /// What is found, with its bytes of the text.
    findings: Vec<(Range<usize>, Finding)>,
}

/// What was found in one piece.
#[derive(Debug)]
struct Piece {
    /// With bytes counted from the beginning of the piece.
    sentences: Vec<Sentence>,
    missing: Vec<Missing>,
    words: usize,
}

impl Piece {
    fn new(words: &str, language: Language) -> Self {
        let checker = Checker::of(language);
        Self { sentences: checker.sentences(words), missing: checker.missing(words), words: count(words) }
    }
}

impl Checked {
    /// Looks at `text` as it is now.
    pub fn look_at(&mut self, text: &str, language: Language) {
        if self.language != language {
            self.known.clear();
            self.language = language;
        } else if self.text == text {
            return;
        }
        text.clone_into(&mut self.text);
        self.pieces.clear();
        let mut before = std::mem::take(&mut self.known);
        for range in pieces(text) {
            let words = &text[range.clone()];
            let piece = if let Some(piece) = self.known.get(words) {
                Arc::clone(piece)
            } else {
                let (words, piece) = before
                    .remove_entry(words)
                    .unwrap_or_else(|| (words.to_owned(), Arc::new(Piece::new(words, language))));
                self.known.insert(words, Arc::clone(&piece));
                piece
            };
            self.pieces.push((range.start, piece));
        }
        self.findings = self.find();
    }

    fn find(&self) -> Vec<(Range<usize>, Finding)> {
        let sentences = self.pieces.iter().flat_map(|(start, piece)| piece.sentences.iter().map(|one| (*start, one)));
        let (starts, sentences): (Vec<usize>, Vec<&Sentence>) = sentences.unzip();
        let found = Checker::of(self.language).found(&sentences);
        let moved = starts.into_iter().zip(found).flat_map(|(start, found)| {
            found
                .into_iter()
                .map(move |finding| (start + finding.range.start..start + finding.range.end, finding.clone()))
        });
        moved.collect()
    }

    /// The text that was looked at.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What [`Checker::check`] finds in the text, each with its bytes of the text in place of those in the finding.
    pub fn findings(&self) -> impl Iterator<Item = (Range<usize>, &Finding)> {
        self.findings.iter().map(|(range, finding)| (range.clone(), finding))
    }

    /// What [`Checker::missing`] finds missing in the text: what no piece has.
    #[must_use]
    pub fn missing(&self) -> Vec<Missing> {
        let Some(((_, first), others)) = self.pieces.split_first() else {
            return Checker::of(self.language).missing(&self.text);
        };
        let lacks = |missing: &&Missing| others.iter().all(|(_, piece)| piece.missing.contains(missing));
        first.missing.iter().filter(lacks).cloned().collect()
    }

    /// How many words the text has, as [`count`] counts them.
    #[must_use]
    pub fn words(&self) -> usize {
        self.pieces.iter().map(|(_, piece)| piece.words).sum()
    }
}

const fn ends_line(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// Divides `text` into pieces that hold all of it.
fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for end in paragraph_ends(text) {
        // A line that was wrapped by a program is told by its length, so such a paragraph stays whole.
        let whole = text[start..end].trim_end_matches(ends_line).contains(ends_line);
        let ends = if whole { Vec::new() } else { sentence_ends(&text[start..end]) };
        for at in ends.into_iter().map(|at| start + at).chain([end]).collect::<Vec<_>>() {
            all.push(start..at);
            start = at;
        }
    }
    all
}

/// Where line ends are certain to end a sentence: what follows does not begin in lower case, and no question mark that
/// stands there by itself belongs to the sentence before. The end of the text is the last.
fn paragraph_ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let last = letters.peek().is_none_or(|(_, next)| !ends_line(*next));
        let end = at + letter.len_utf8();
        if ends_line(letter) && last && end < text.len() {
            let rest = &text[end..];
            let mut between = rest.chars().take_while(|letter| !letter.is_alphanumeric());
            if !rest.starts_with(char::is_lowercase) && !between.any(|letter| matches!(letter, '?' | '？')) {
                ends.push(end);
            }
        }
    }
    if !text.is_empty() {
        ends.push(text.len());
    }
    ends
}

/// Where sentences are certain to end in `line`, but for the last: after a sign that ends one, a space, and before a
/// word.
fn sentence_ends(line: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    for (at, sign) in line.char_indices().filter(|(_, letter)| matches!(letter, '.' | '!' | '?')) {
        let before = &line[..at];
        let after = &line[at + 1..];
        let spaces = after.len() - after.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
        let long = || before.chars().rev().take(LONG).filter(|letter| letter.is_alphanumeric()).count() == LONG;
        if spaces > 0 && after[spaces..].starts_with(char::is_alphanumeric) && (sign != '.' || long()) {
            ends.push(at + 1 + spaces);
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        pieces(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn pieces_end_where_sentences_are_certain_to_end() {
        assert_eq!(shown("One evening. Then? Yes! Dr. Roy.  Go"), ["One evening. ", "Then? ", "Yes! ", "Dr. Roy.  Go"]);
        assert_eq!(shown("Vraiment ? Oui…\n\nEt toi ?"), ["Vraiment ? ", "Oui…\n\n", "Et toi ?"]);
        assert_eq!(shown("wait... what. “So” it went."), ["wait... what. “So” it went."]);
        assert_eq!(
            shown("A line that was wrapped. Then\nit goes on here. Yes"),
            ["A line that was wrapped. Then\nit goes on here. Yes"]
        );
        assert_eq!(
            shown("You never.\n ? Now"),
            ["You never.\n ? Now"],
            "the question mark may belong to what is before"
        );
        assert_eq!(shown(""), [""; 0]);
    }

    /// The same findings, the same missing parts and the same number of words as of the whole text.
    fn same(checked: &Checked, text: &str, language: Language) -> Result<(), TestCaseError> {
        let checker = Checker::of(language);
        let found: Vec<Finding> =
            checked.findings().map(|(range, finding)| Finding { range, ..finding.clone() }).collect();
        prop_assert_eq!(found, checker.check(text), "{:?}", text);
        prop_assert_eq!(checked.missing(), checker.missing(text), "{:?}", text);
        prop_assert_eq!(checked.words(), count(text), "{:?}", text);
        Ok(())
    }

    /// Sentences of the rules' own examples.
    fn sentence(language: Language) -> impl Strategy<Value = String> {
        let all: Vec<String> =
            Checker::of(language).examples().map(|(_, _, sentence, _)| sentence.to_owned()).collect();
        select(all)
    }

    /// What people and programs put between sentences, and what looks like an end and is none.
    fn between() -> impl Strategy<Value = &'static str> {
        select(vec![
            " ",
            "  ",
            ". ",
            "! ",
            "? ",
            " ? ",
            ".\n",
            "\n",
            "\n\n",
            "\r\n",
            "?\n? ",
            "...",
            "… ",
            ", ",
            " - ",
            "\n- ",
            "Dr. ",
            " p.m. ",
            "\u{a0}!\u{202f}",
            ".” ",
            "\u{2028}",
            " You\nyou ",
            "\n.",
            ". . ",
            "¿",
            " St. ",
            "e\u{301}. ",
        ])
    }

    fn text(language: Language) -> impl Strategy<Value = String> {
        vec((sentence(language), between(), proptest::option::of("[ a-zA-Z?.!\\n]{0,70}")), 1..12).prop_map(|parts| {
            parts.into_iter().map(|(one, sign, more)| format!("{one}{sign}{}", more.unwrap_or_default())).collect()
        })
    }

    fn holds(language: Language, text: &str, edits: &[(Index, usize, String)]) -> Result<(), TestCaseError> {
        let mut checked = Checked::default();
        let mut letters: Vec<char> = text.chars().collect();
        checked.look_at(text, language);
        same(&checked, text, language)?;
        for (at, taken, typed) in edits {
            let at = at.index(letters.len() + 1);
            letters.splice(at..(at + taken).min(letters.len()), typed.chars());
            let text: String = letters.iter().collect();
            checked.look_at(&text, language);
            same(&checked, &text, language)?;
        }
        Ok(())
    }

    fn edits() -> impl Strategy<Value = Vec<(Index, usize, String)>> {
        let typed = prop_oneof![between().prop_map(str::to_owned), ".{0,3}", "[a-z ]{1,5}"];
        vec((any::<Index>(), 0_usize..4, typed), 0..6)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_is_kept_is_what_the_whole_check_says_in_english(text in text(Language::En), edits in edits()) {
            holds(Language::En, &text, &edits)?;
        }

        #[test]
        fn what_is_kept_is_what_the_whole_check_says_in_french(text in text(Language::Fr), edits in edits()) {
            holds(Language::Fr, &text, &edits)?;
        }

        #[test]
        fn any_text_at_all_is_divided_without_loss(text in "(.|[ \\n?.!]){0,80}") {
            let together: String = shown(&text).concat();
            prop_assert_eq!(&together, &text);
            holds(Language::En, &text, &[])?;
        }
    }

    #[test]
    fn only_what_changed_is_checked_again_and_what_is_gone_is_forgotten() {
        let mut checked = Checked::default();
        checked.look_at("You never listen. I miss our evenings. You never listen. Come along", Language::En);
        let before: Vec<Arc<Piece>> = checked.pieces.iter().map(|(_, piece)| Arc::clone(piece)).collect();
        assert!(Arc::ptr_eq(&before[0], &before[2]), "the same words are checked once");
        checked.look_at("You never listen. I miss you. You never listen. Come along with me", Language::En);
        let after: Vec<&Arc<Piece>> = checked.pieces.iter().map(|(_, piece)| piece).collect();
        assert!(Arc::ptr_eq(&before[0], after[0]) && after.len() == 3, "a short last word holds two together");
        assert_eq!(checked.known.len(), 3);
        assert!(!checked.known.keys().any(|words| words.contains("evenings")));
        checked.look_at("You never listen.", Language::Fr);
        assert_eq!(checked.findings().count(), 0, "in another language all is read anew");
    }
}
