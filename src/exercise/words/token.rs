//! Text → tokens: words without case, accents, contractions and drawn-out letters, and where clauses and sentences end.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::program::View;
use super::vocabulary::{Vocabulary, WordId};

/// What stands between a token and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Boundary {
    /// Nothing that divides.
    None,
    /// A comma, a dash, a bracket, dots: another clause begins.
    Clause,
    /// A full stop, a question mark, a line of its own: another sentence begins.
    Sentence,
}

/// One word of a text. A contraction yields several tokens with the same range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Which word; [`WordId::UNKNOWN`] if no rule knows it.
    pub word: WordId,
    /// What stands before it.
    pub before: Boundary,
}

/// Consecutive tokens that belong to one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sentence {
    /// Which tokens.
    pub tokens: Range<usize>,
    /// Whether it ends in a question mark.
    pub question: bool,
}

/// A text cut up.
#[derive(Debug, Default)]
pub(super) struct Cut {
    /// All tokens in order.
    pub tokens: Vec<Token>,
    /// All sentences in order; together they hold all tokens.
    pub sentences: Vec<Sentence>,
    /// How many words a person would count.
    pub words: usize,
}

impl Cut {
    /// `sentence` as the programs see it.
    pub fn view(&self, sentence: &Sentence) -> View<'_> {
        View { tokens: &self.tokens[sentence.tokens.clone()], question: sentence.question }
    }
}

/// Lines at least this long that go on in lower case were wrapped by a program and do not end a sentence.
const WRAPPED: usize = 60;

/// A letter, digit or mark inside a word.
fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || is_combining_mark(letter)
}

/// Every sign that people type for an apostrophe.
pub(super) const fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '′' | '＇' | 'ʹ')
}

/// Writes `word` without case and accents to `out`, each apostrophe as `'`.
pub(super) fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.extend(word.chars().map(|letter| if letter == '`' { '\'' } else { letter.to_ascii_lowercase() }));
        return;
    }
    for letter in word.nfd() {
        match letter {
            _ if is_apostrophe(letter) => out.push('\''),
            _ if is_combining_mark(letter) => {}
            'œ' | 'Œ' => out.push_str("oe"),
            'æ' | 'Æ' => out.push_str("ae"),
            // Some letters have no lower case of their own until they are taken apart once more.
            _ => out.extend(letter.to_lowercase().filter(|letter| !is_combining_mark(*letter))),
        }
    }
}

/// Cuts `text` up with the words of `vocabulary`.
pub(super) fn cut(text: &str, vocabulary: &Vocabulary) -> Cut {
    let mut cutter = Cutter {
        text,
        vocabulary,
        cut: Cut::default(),
        folded: String::new(),
        words: Vec::new(),
        before: Boundary::Sentence,
        question: false,
        first: 0,
        line: 0,
    };
    cutter.run();
    cutter.cut
}

struct Cutter<'a> {
    text: &'a str,
    vocabulary: &'a Vocabulary,
    cut: Cut,
    folded: String,
    words: Vec<WordId>,
    before: Boundary,
    question: bool,
    /// First token of the sentence under way.
    first: usize,
    /// Where the line under way begins.
    line: usize,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let text = self.text;
        let mut at = 0;
        while let Some(letter) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let next = at + letter.len_utf8();
            if is_word(letter) {
                at = self.word(at);
            } else {
                self.between(letter, at, next);
                at = next;
            }
        }
        self.end_sentence();
    }

    /// Takes the word that begins at `start` and gives where it ends.
    fn word(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let mut end = start;
        let mut letters = rest.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            let followed = letters.peek().is_some_and(|(_, next)| is_word(*next));
            let inner_dot = letter == '.' && followed && end == start + at && is_abbreviation(&rest[..at]);
            if is_word(letter) || (is_apostrophe(letter) && followed) || inner_dot {
                end = start + at + letter.len_utf8();
            } else {
                break;
            }
        }
        if self.before == Boundary::Sentence {
            self.end_sentence();
        }
        self.cut.words += 1;
        fold(&self.text[start..end], &mut self.folded);
        self.words.clear();
        self.vocabulary.words(&self.folded, &mut self.words);
        for word in &self.words {
            self.cut.tokens.push(Token { range: start..end, word: *word, before: self.before });
            self.before = Boundary::None;
        }
        end
    }

    /// Takes a sign between words.
    fn between(&mut self, letter: char, at: usize, next: usize) {
        let rest = &self.text[next..];
        let boundary = match letter {
            '?' | '？' => {
                self.question = true;
                Boundary::Sentence
            }
            '!' | '！' | '。' | '¡' | '¿' => Boundary::Sentence,
            '.' if self.text[..at].ends_with('.') || rest.starts_with('.') => Boundary::Clause,
            '.' if self.after_title(at) => Boundary::None,
            '.' => Boundary::Sentence,
            ',' | ';' | ':' | '(' | ')' | '[' | ']' | '–' | '—' | '…' | '•' | '/' => Boundary::Clause,
            '-' if self.text[..at].ends_with([' ', '-']) => Boundary::Clause,
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => self.line_end(at, next),
            _ => Boundary::None,
        };
        self.before = self.before.max(boundary);
    }

    fn line_end(&mut self, at: usize, next: usize) -> Boundary {
        let wrapped = at.saturating_sub(self.line) >= WRAPPED
            && self.text[next..].trim_start_matches('\n').starts_with(|first: char| first.is_lowercase());
        self.line = next;
        if wrapped { Boundary::None } else { Boundary::Sentence }
    }

    /// Whether the full stop at `at` only shortens a title, as in "Dr. Roy".
    fn after_title(&self, at: usize) -> bool {
        let word = self.text[..at].rsplit(|letter: char| !is_word(letter)).next().unwrap_or_default();
        ["Dr", "dr", "Mr", "Mrs", "Ms", "Mme", "St", "Ste"].contains(&word)
    }

    fn end_sentence(&mut self) {
        let end = self.cut.tokens.len();
        if end > self.first {
            self.cut.sentences.push(Sentence { tokens: self.first..end, question: self.question });
        }
        self.first = end;
        self.question = false;
    }
}

/// Whether `start` is the beginning of something like "p.m" or "e.g".
fn is_abbreviation(start: &str) -> bool {
    start.rsplit('.').next().is_some_and(|part| part.chars().count() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_takes_case_accents_and_apostrophes() {
        let mut out = String::new();
        for (word, folded) in
            [("You’RE", "you're"), ("ÉTÉ", "ete"), ("e\u{301}te", "ete"), ("Cœur", "coeur"), ("`a", "'a")]
        {
            fold(word, &mut out);
            assert_eq!(out, folded);
        }
    }

    #[test]
    fn sentences_and_clauses_end_where_people_end_them() {
        let vocabulary = Vocabulary::default();
        let count = |text: &str| cut(text, &vocabulary).sentences.len();
        assert_eq!(count("One. Two! Three?"), 3);
        assert_eq!(count("one\ntwo"), 2);
        assert_eq!(count("Dr. Roy comes at 5 p.m. today"), 2, "the last dot cannot be told from a full stop");
        assert_eq!(count("wait... what"), 1);
        assert_eq!(count("a line that was wrapped by some program because it is far too long\nfor the screen"), 1);
        assert_eq!(count(""), 0);
        let tokens = cut("one, two - three twenty-one", &vocabulary).tokens;
        let before: Vec<Boundary> = tokens.iter().map(|token| token.before).collect();
        use Boundary::{Clause, None, Sentence};
        assert_eq!(before, [Sentence, Clause, Clause, None, None]);
    }
}
