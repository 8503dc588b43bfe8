//! Apart, then together: what a person decides, in their own space, about showing an answer to the other.
//!
//! Both answer the same question. Neither sees the other's words before both have said that they may be shown, and
//! any sentence may stay behind. Nothing here tells the other whether one did: see [`shown`].

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

/// What one person decided about one answer. It stays in their own space.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apart {
    /// The sentences that stay behind, as they were written.
    #[serde(default)]
    pub kept_back: Vec<String>,
    /// The round in which it was agreed to show the rest, from 1; 0 while it was not.
    #[serde(default)]
    pub round: u32,
    /// The secret number under the seal; empty while nothing is agreed.
    #[serde(default)]
    pub nonce: String,
    /// What may be shown, word for word; empty while nothing is agreed.
    #[serde(default)]
    pub agreed: String,
}

/// The sentences of `text`, each without the space around it. The bounds are those of Unicode (UAX 29), and every
/// line break is one as well.
#[must_use]
pub fn sentences(text: &str) -> Vec<String> {
    let pieces = text.lines().flat_map(UnicodeSegmentation::split_sentence_bounds);
    pieces.map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// What is left of `text` without the sentences that are kept back: one after another, with no gap where one is
/// missing. A sentence that ends with no stop takes a line of its own, whatever came after it.
#[must_use]
pub fn shown(text: &str, kept_back: &[String]) -> String {
    let mut shown = String::new();
    for sentence in sentences(text).into_iter().filter(|sentence| !kept_back.contains(sentence)) {
        if !shown.is_empty() {
            let ends = shown.trim_end_matches(['”', '"', '»', '’', ')', '\u{a0}']).ends_with(['.', '!', '?', '…']);
            shown.push(if ends { ' ' } else { '\n' });
        }
        shown.push_str(&sentence);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_found_in_both_languages() {
        let english = "I was tired. Were you? “Yes!” she said.  It cost 3.50 dollars, e.g. for tea\n- one\n\n- two";
        assert_eq!(
            sentences(english),
            [
                "I was tired.",
                "Were you?",
                "“Yes!”",
                "she said.",
                "It cost 3.50 dollars, e.g. for tea",
                "- one",
                "- two"
            ]
        );
        let french = "J’étais fatiguée\u{a0}! Et toi\u{a0}? Elle a dit «\u{a0}oui\u{a0}».";
        assert_eq!(sentences(french), ["J’étais fatiguée\u{a0}!", "Et toi\u{a0}?", "Elle a dit «\u{a0}oui\u{a0}»."]);
        assert!(sentences(" \n\t").is_empty());
    }

    #[test]
    fn what_is_kept_back_leaves_no_gap() {
        let text = "One.  Two!\n\nThree\nFour. Two!";
        let kept = |back: &[&str]| shown(text, &back.iter().map(|piece| (*piece).to_owned()).collect::<Vec<_>>());
        assert_eq!(kept(&[]), "One. Two! Three\nFour. Two!");
        assert_eq!(kept(&["Two!"]), "One. Three\nFour.", "a sentence that stands there twice stays behind twice");
        assert_eq!(kept(&["Two!"]), shown("One. Three\nFour.", &[]), "nobody can tell that there was more");
        assert_eq!(kept(&["One.", "Two!", "Three", "Four."]), "");
    }
}
