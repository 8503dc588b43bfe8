//! The pattern language of the rules, read into a tree.
//!
//! A pattern is a sequence of elements, separated by spaces, that has to stand in one sentence:
//!
//! | written | matches |
//! | --- | --- |
//! | `word` | this word; contractions are taken apart, so `don't` is `do not` |
//! | `a\|b` | one or the other |
//! | `~listen` | any form of the verb |
//! | `@name` | what the lexicon `name` matches (a lexicon is a pattern with a name) |
//! | `(a b \| c d)` | one sequence or the other |
//! | `x?` | x, or nothing |
//! | `x{3}` | x up to three times, or nothing |
//! | `_` | any word |
//! | `..4` | up to four words, not over the end of a clause |
//! | `..4,` | the same, but a comma may stand between |
//! | `,` | a comma may stand here (elsewhere none may) |
//! | `!x` | x does not begin here |
//! | `<x` `<!x` | the word before is one of x; is none of x |
//! | `^` `$` | the sentence begins, ends here |
//! | `^,` `$,` | a clause begins, ends here (by its signs, or by a word such as "and" for `^,`) |
//! | `<q>` `<nq>` | the sentence ends in a question mark; does not |
//! | `<num>` | a number in digits |

use std::collections::BTreeMap;

use super::token::fold;
use super::vocabulary::{Vocabulary, WordId};

/// A pattern as a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    /// One word out of these, in order of their numbers, each once.
    Class(Vec<WordId>),
    /// Any word.
    Any,
    /// One after the other.
    Seq(Vec<Node>),
    /// One or the other; the first that leads to a match counts.
    Alt(Vec<Node>),
    /// Up to so many times.
    Repeat(Box<Node>, u8),
    /// Up to so many words; over commas if true.
    Gap(u8, bool),
    /// Does not begin here.
    Not(Box<Node>),
    /// The word before is one of these.
    Behind(Vec<WordId>),
    /// The word before is none of these.
    NotBehind(Vec<WordId>),
    /// A sign, see above.
    Sign(Sign),
}

/// An element that takes no word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A comma may follow.
    Comma,
    /// The sentence begins.
    SentenceStart,
    /// The sentence ends.
    SentenceEnd,
    /// A clause begins.
    ClauseStart,
    /// A clause ends.
    ClauseEnd,
    /// It is a question.
    Question,
    /// It is none.
    NoQuestion,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("pattern \"{pattern}\": {what}")]
pub struct PatternFault {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub what: String,
}

/// What patterns are read with.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Known words; a pattern adds its own.
    pub vocabulary: Vocabulary,
    /// Verb → its forms.
    pub verbs: BTreeMap<String, Vec<WordId>>,
    /// Gives the forms of a regular verb.
    pub forms: Option<fn(&str) -> Vec<String>>,
    /// Lexicons read so far.
    pub lexicons: BTreeMap<String, Node>,
}

impl Reader {
    /// Reads `pattern`.
    pub fn read(&mut self, pattern: &str) -> Result<Node, PatternFault> {
        let spaced = pattern.replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut parser = Parser { reader: self, words: &words, at: 0 };
        let node = parser.alternatives().and_then(|node| match words.get(parser.at) {
            None => Ok(node),
            Some(word) => Err(format!("\"{word}\" is not expected here")),
        });
        node.map_err(|what| PatternFault { pattern: pattern.to_owned(), what })
    }

    fn word(&mut self, word: &str) -> Node {
        let mut folded = String::new();
        fold(word, &mut folded);
        // A hyphen parts words in a text too.
        let mut words = Vec::new();
        for part in folded.split('-').filter(|part| !part.is_empty()) {
            words.extend(self.vocabulary.words_of_pattern(part));
        }
        match words.as_slice() {
            [word] => Node::Class(vec![*word]),
            _ => Node::Seq(words.into_iter().map(|word| Node::Class(vec![word])).collect()),
        }
    }

    fn verb(&mut self, lemma: &str) -> Result<Node, String> {
        let mut folded = String::new();
        fold(lemma, &mut folded);
        if !self.verbs.contains_key(&folded) {
            let forms = self.forms.ok_or("there are no verb forms")?(&folded);
            let ids = forms.iter().map(|form| self.vocabulary.add(form)).collect();
            self.verbs.insert(folded.clone(), ids);
        }
        Ok(class(self.verbs.get(&folded).cloned().unwrap_or_default()))
    }
}

fn class(mut words: Vec<WordId>) -> Node {
    words.sort_unstable();
    words.dedup();
    Node::Class(words)
}

struct Parser<'a> {
    reader: &'a mut Reader,
    words: &'a [&'a str],
    at: usize,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Result<Node, String> {
        let mut options = vec![self.sequence()?];
        while self.words.get(self.at) == Some(&"|") {
            self.at += 1;
            options.push(self.sequence()?);
        }
        Ok(join(options))
    }

    fn sequence(&mut self) -> Result<Node, String> {
        let mut nodes = Vec::new();
        while let Some(word) = self.words.get(self.at) {
            if matches!(*word, "|" | ")") {
                break;
            }
            nodes.push(self.element()?);
        }
        if nodes.len() == 1 { Ok(nodes.remove(0)) } else { Ok(Node::Seq(nodes)) }
    }

    fn element(&mut self) -> Result<Node, String> {
        let word = self.words.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        if let Some(node) = sign(word) {
            return Ok(node);
        }
        for (prefix, behind) in [("<!", true), ("<", false)] {
            if let Some(rest) = word.strip_prefix(prefix).filter(|rest| !rest.starts_with("num>")) {
                return match self.primary(rest)? {
                    Node::Class(words) if behind => Ok(Node::NotBehind(words)),
                    Node::Class(words) => Ok(Node::Behind(words)),
                    _ => Err(format!("\"{word}\": only single words can be looked back at")),
                };
            }
        }
        if let Some(rest) = word.strip_prefix('!') {
            return Ok(Node::Not(Box::new(self.primary(rest)?)));
        }
        self.primary(word)
    }

    /// A word, a lexicon, a verb, alternatives of them or a group, with what may stand behind it.
    fn primary(&mut self, word: &str) -> Result<Node, String> {
        if word == "(" || word.is_empty() {
            if word.is_empty() {
                // "!" before a group.
                self.take("(")?;
            }
            let inner = self.alternatives()?;
            self.take(")")?;
            let behind = self.words.get(self.at).copied().unwrap_or_default();
            if behind == "?" || (behind.starts_with('{') && behind.ends_with('}')) {
                self.at += 1;
                return repeat(inner, behind);
            }
            return Ok(inner);
        }
        if let Some(gap) = word.strip_prefix("..") {
            let over = gap.ends_with(',');
            let most = gap.trim_end_matches(',').parse().map_err(|_| format!("\"{word}\": write ..4 or ..4,"))?;
            return Ok(Node::Gap(most, over));
        }
        let stem = word.split(['?', '{']).next().unwrap_or_default();
        let behind = &word[stem.len()..];
        let options = stem.split('|').map(|option| self.option(option)).collect::<Result<Vec<_>, _>>()?;
        repeat(join(options), behind)
    }

    fn option(&mut self, option: &str) -> Result<Node, String> {
        if let Some(name) = option.strip_prefix('@') {
            return self.reader.lexicons.get(name).cloned().ok_or_else(|| format!("there is no lexicon \"{name}\""));
        }
        if let Some(lemma) = option.strip_prefix('~') {
            return self.reader.verb(lemma);
        }
        match option {
            "" => Err("a word is missing beside \"|\"".to_owned()),
            "_" => Ok(Node::Any),
            "<num>" => Ok(Node::Class(vec![WordId::NUMBER])),
            _ => Ok(self.reader.word(option)),
        }
    }

    fn take(&mut self, word: &str) -> Result<(), String> {
        if self.words.get(self.at) == Some(&word) {
            self.at += 1;
            return Ok(());
        }
        Err(format!("\"{word}\" is missing"))
    }
}

fn sign(word: &str) -> Option<Node> {
    Some(Node::Sign(match word {
        "," => Sign::Comma,
        "^" => Sign::SentenceStart,
        "$" => Sign::SentenceEnd,
        "^," => Sign::ClauseStart,
        "$," => Sign::ClauseEnd,
        "<q>" => Sign::Question,
        "<nq>" => Sign::NoQuestion,
        _ => return None,
    }))
}

fn repeat(node: Node, behind: &str) -> Result<Node, String> {
    let most = match behind {
        "" => return Ok(node),
        "?" => 1,
        _ => behind
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| format!("\"{behind}\": write ? or {{3}}"))?,
    };
    Ok(Node::Repeat(Box::new(node), most))
}

/// One of `options`; single words become one class, which is quicker.
fn join(options: Vec<Node>) -> Node {
    let mut words = Vec::new();
    let mut others = Vec::new();
    for option in options {
        match option {
            Node::Class(class) => words.extend(class),
            Node::Alt(inner) => {
                for node in inner {
                    match node {
                        Node::Class(class) => words.extend(class),
                        node => others.push(node),
                    }
                }
            }
            node => others.push(node),
        }
    }
    if others.is_empty() {
        return class(words);
    }
    // Longer options first, so that "all the time" is taken before "all".
    if !words.is_empty() {
        others.push(class(words));
    }
    if others.len() == 1 { others.remove(0) } else { Node::Alt(others) }
}
