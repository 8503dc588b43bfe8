//! What no rule foresaw is weighed: runs of up to three words ("grams") lean a sentence towards pressing or away from it.
//!
//! The weights are a linear model (logistic regression) that `examples/weigh.rs` learns from the labelled sentences
//! under `tests/words` and from the examples of the rules. They work on both sides: what leans plainly away from
//! pressing is not called so by a rule, and what leans plainly towards it is found without one, and then gets the
//! words of its likeliest kind. Without `weighed.ron` a language is left to its rules alone.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Kind;
use super::program::View;
use super::rules::{RulesFault, read};
use super::token::Boundary;
use super::vocabulary::{Vocabulary, WordId};

/// The longest gram, in words.
pub(super) const LONGEST: usize = 3;

/// Marks that stand in grams beside words: where the sentence begins, a clause begins, it asks, it ends.
const MARKS: [&str; 4] = ["^", ",", "?", "$"];

/// A sentence of fewer words is not found without a rule.
const FEW: usize = 4;

/// What stands in a gram for a word that no rule and no weight knows.
const UNKNOWN: &str = "_";

/// The weights as in their file, which a program writes. There are tens of thousands: as lines of text they are read in
/// a fraction of the time that a list of pairs takes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WeightsText {
    /// Log-odds of pressing before any word is seen.
    bias: f32,
    /// On each line a gram and how far it leans towards pressing.
    grams: String,
    /// On each line a gram, a kind, and how far the one leans towards the other in a sentence that presses.
    kinds: String,
}

/// The lines of `text` that hold something, each cut into what stands before its last word and that word, a number.
fn lines<'a>(file: &'a str, text: &'a str) -> impl Iterator<Item = Result<(&'a str, f32), RulesFault>> {
    text.lines().filter(|line| !line.is_empty()).map(move |line| {
        let parts = line.rsplit_once(' ').and_then(|(gram, weight)| Some((gram, weight.parse().ok()?)));
        parts.ok_or_else(|| fault(file, line))
    })
}

fn fault(file: &str, line: &str) -> RulesFault {
    RulesFault::File { file: file.to_owned(), error: format!("“{line}” is no gram with its weight") }
}

/// What is decided by hand about them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WeighedText {
    /// A rule finds nothing in a sentence with lower log-odds than these.
    keep: f32,
    /// Without a rule, a sentence is found above these log-odds.
    find: f32,
    /// How much of the weight of kind sentences beside it counts for a sentence.
    beside: f32,
    /// What is said of each kind.
    texts: Vec<KindText>,
}

/// What is said of a sentence of this kind that no rule found.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KindText {
    kind: Kind,
    /// Why it may be heard as pressing.
    pub why: String,
    /// What could stand there.
    pub instead: String,
}

/// The weights of one language, ready to use.
#[derive(Debug, Default)]
pub(super) struct Weights {
    bias: f32,
    keep: f32,
    find: f32,
    beside: f32,
    marks: [WordId; MARKS.len()],
    grams: FxHashMap<u64, f32>,
    kinds: FxHashMap<u64, Vec<(Kind, f32)>>,
    texts: Vec<KindText>,
}

/// A run of words: its key and the first and last token that it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Gram {
    key: u64,
    first: usize,
    last: usize,
}

impl Weights {
    /// Reads the weights of a language from its files `weights.ron` and `weighed.ron`; none if the latter is empty.
    ///
    /// # Errors
    /// [`RulesFault`] if a file is not what it should be.
    pub fn new(
        path: &dyn Fn(&str) -> String,
        file: &dyn Fn(&str) -> String,
        vocabulary: &mut Vocabulary,
    ) -> Result<Option<Self>, RulesFault> {
        let weighed = file("weighed");
        if weighed.is_empty() {
            return Ok(None);
        }
        let WeighedText { keep, find, beside, texts } = read(&path("weighed"), &weighed)?;
        let name = path("weights");
        let WeightsText { bias, grams, kinds } = read(&name, &file("weights"))?;
        let mut weights = Self { bias, keep, find, beside, texts, ..Self::default() };
        for (mark, id) in MARKS.iter().zip(&mut weights.marks) {
            *id = vocabulary.add(mark);
        }
        weights.grams.reserve(grams.lines().count());
        for line in lines(&name, &grams) {
            let (gram, weight) = line?;
            weights.grams.insert(key_of(gram, vocabulary), weight);
        }
        for line in lines(&name, &kinds) {
            let (both, weight) = line?;
            let kind = both.rsplit_once(' ').and_then(|(gram, slug)| Some((gram, Kind::from_slug(slug)?)));
            let (gram, kind) = kind.ok_or_else(|| fault(&name, both))?;
            weights.kinds.entry(key_of(gram, vocabulary)).or_default().push((kind, weight));
        }
        Ok(Some(weights))
    }

    /// Puts the grams of the sentence `view` into `grams`.
    pub fn grams(&self, view: View<'_>, grams: &mut Vec<Gram>) {
        grams.clear();
        let [start, comma, question, end] = self.marks;
        let last = view.tokens.len().saturating_sub(1);
        // The words before this one, latest last, with their tokens.
        let mut before: [Option<(WordId, usize)>; LONGEST - 1] = [None; LONGEST - 1];
        let mut take = |word: WordId, at: usize| {
            let mut key = with(0, word);
            grams.push(Gram { key, first: at, last: at });
            for (distance, earlier) in (1..).zip(before.iter().rev()) {
                let Some((word, first)) = *earlier else { break };
                key |= with(0, word) << (16 * distance);
                grams.push(Gram { key, first, last: at });
            }
            before.rotate_left(1);
            before[LONGEST - 2] = Some((word, at));
        };
        take(start, 0);
        for (at, token) in view.tokens.iter().enumerate() {
            if at > 0 && token.before == Boundary::Clause {
                take(comma, at);
            }
            take(token.word, at);
        }
        if view.question {
            take(question, last);
        }
        take(end, last);
    }

    /// The log-odds that a sentence with these grams presses or blames.
    pub fn weigh(&self, grams: &[Gram]) -> f32 {
        let sum: f32 = grams.iter().filter_map(|gram| self.grams.get(&gram.key)).sum();
        self.bias + sum / scale(grams.len())
    }

    /// Whether a rule may find something in a sentence of this weight.
    pub fn keeps(&self, weight: f32) -> bool {
        weight >= self.keep
    }

    /// Whether a sentence of this weight and length is found without a rule; `beside` it stand the weights of its
    /// neighbours. Words among kind ones are mostly meant kindly, and a word or two tell little.
    pub fn finds(&self, weight: f32, beside: [Option<f32>; 2], tokens: usize) -> bool {
        let kind: f32 = beside.into_iter().flatten().map(|weight| weight.min(0.0)).sum();
        tokens >= FEW && weight + self.beside * kind > self.find
    }

    /// The tokens of a sentence that weigh most together.
    pub fn heaviest(&self, grams: &[Gram], tokens: usize) -> std::ops::Range<usize> {
        let mut shares = vec![0.0_f32; tokens];
        for gram in grams {
            let Some(weight) = self.grams.get(&gram.key) else { continue };
            let covered = gram.first..=gram.last.min(tokens.saturating_sub(1));
            let each = weight / scale(covered.clone().count());
            covered.for_each(|at| shares[at] += each);
        }
        // The run of tokens with the largest sum.
        let (mut best, mut best_sum, mut from, mut sum) = (0..tokens, f32::MIN, 0, 0.0);
        for (at, share) in shares.iter().enumerate() {
            if sum <= 0.0 {
                (from, sum) = (at, 0.0);
            }
            sum += share;
            if sum > best_sum {
                (best, best_sum) = (from..at + 1, sum);
            }
        }
        best
    }

    /// The likeliest kind of a sentence that presses, and what is said of it.
    pub fn kind(&self, grams: &[Gram]) -> Option<(Kind, &KindText)> {
        let mut sums = [0.0_f32; Kind::ALL.len()];
        for (kind, weight) in grams.iter().filter_map(|gram| self.kinds.get(&gram.key)).flatten() {
            sums[*kind as usize] += weight;
        }
        let likeliest =
            Kind::ALL.into_iter().max_by(|one, other| sums[*one as usize].total_cmp(&sums[*other as usize]))?;
        Some((likeliest, self.text(likeliest)?))
    }

    /// What is said of `kind`.
    pub fn text(&self, kind: Kind) -> Option<&KindText> {
        self.texts.iter().find(|text| text.kind == kind)
    }

    /// `gram` in words, with [`UNKNOWN`] for what is not known.
    pub fn spell_out(gram: Gram, words: &FxHashMap<WordId, String>) -> String {
        let ids = (0..LONGEST).rev().map(|at| (gram.key >> (16 * at)) & 0xFFFF).skip_while(|id| *id == 0);
        let word = |id: u64| {
            let known = id
                .checked_sub(1)
                .and_then(|id| u16::try_from(id).ok())
                .and_then(|id| words.get(&WordId::from_index(id)));
            known.map_or_else(|| UNKNOWN.to_owned(), Clone::clone)
        };
        ids.map(word).collect::<Vec<_>>().join(" ")
    }
}

/// By what the sum over so many grams is divided, so that long sentences do not weigh more for their length alone.
#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn scale(count: usize) -> f32 {
    (count.max(1) as f32).sqrt()
}

/// `key` with one more word. Numbers begin at 1, so that no gram is the beginning of another; [`WordId::UNKNOWN`] and
/// the last number share theirs, which no language reaches.
fn with(key: u64, word: WordId) -> u64 {
    key << 16 | (word.index() as u64 + 1).min(0xFFFF)
}

fn key_of(gram: &str, vocabulary: &mut Vocabulary) -> u64 {
    let word = |word: &str| if word == UNKNOWN { WordId::UNKNOWN } else { vocabulary.add(word) };
    gram.split(' ').map(word).fold(0, with)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::words::token::cut;
    use crate::locale::Language;

    const WEIGHED: &str = "(keep: -1.0, find: 0.0, beside: 0.5, texts: [(kind: Threat, why: \"w\", instead: \"i\")])";
    const WEIGHTS: &str =
        "(bias: -0.5, grams: \"you 0.5\nyou never 4.0\nnever _ 1.0\n? $ -9.0\", kinds: \"never threat 1.0\")";

    fn weights(vocabulary: &mut Vocabulary) -> Weights {
        let file = |name: &str| if name == "weights" { WEIGHTS.to_owned() } else { WEIGHED.to_owned() };
        Weights::new(&|name| name.to_owned(), &file, vocabulary).unwrap().unwrap()
    }

    #[test]
    fn grams_are_runs_of_words_and_marks() {
        let mut vocabulary = Vocabulary::new(Language::En);
        let weights = weights(&mut vocabulary);
        let text = cut("You never, ever?", &vocabulary);
        let mut grams = Vec::new();
        weights.grams(text.view(&text.sentences[0]), &mut grams);
        let words = vocabulary.spelt();
        let spelt: Vec<String> = grams.iter().map(|gram| Weights::spell_out(*gram, &words)).collect();
        for gram in ["^", "you", "^ you", "you never", "^ you never", "never ,", ", _", "_ ? $"] {
            assert!(spelt.iter().any(|known| known == gram), "{gram} in {spelt:?}");
        }
        assert!(!spelt.iter().any(|gram| gram.split(' ').count() > LONGEST), "{spelt:?}");
    }

    #[test]
    fn what_leans_towards_pressing_is_found_where_it_is_heaviest() {
        let mut vocabulary = Vocabulary::new(Language::En);
        let weights = weights(&mut vocabulary);
        let mut grams = Vec::new();
        let mut weigh = |text: &str| {
            let text = cut(text, &vocabulary);
            weights.grams(text.view(&text.sentences[0]), &mut grams);
            (
                weights.weigh(&grams),
                weights.heaviest(&grams, text.tokens.len()),
                weights.kind(&grams).map(|(kind, _)| kind),
            )
        };
        let (heavy, place, kind) = weigh("so then you never called");
        assert!(weights.finds(heavy, [None, Some(1.0)], 5) && weights.keeps(heavy), "{heavy}");
        assert!(!weights.finds(heavy, [Some(-9.0), None], 5), "among kind words");
        assert!(!weights.finds(heavy, [None, None], 2), "so short");
        assert_eq!((place, kind), (2..5, Some(Kind::Threat)));
        let (light, ..) = weigh("so then they called");
        assert!(!weights.finds(light, [None, None], 5) && weights.keeps(light), "{light}");
        let (asked, ..) = weigh("so then you never called?");
        assert!(!weights.keeps(asked), "{asked}");
    }

    #[test]
    fn a_line_at_fault_is_named() {
        for (grams, kinds) in [("you", ""), ("you never much", ""), ("", "never 1.0"), ("", "never nothing 1.0")] {
            let text = format!("(bias: 0.0, grams: {grams:?}, kinds: {kinds:?})");
            let file = |name: &str| if name == "weights" { text.clone() } else { WEIGHED.to_owned() };
            let fault = Weights::new(&|name| format!("en/{name}.ron"), &file, &mut Vocabulary::new(Language::En));
            let fault = fault.unwrap_err().to_string();
            assert!(
                fault.starts_with("en/weights.ron:“") && fault.contains(&format!("{grams}{kinds}")[..3]),
                "{fault}"
            );
        }
    }

    #[test]
    fn without_a_file_nothing_is_weighed() {
        let mut vocabulary = Vocabulary::new(Language::Fr);
        assert!(Weights::new(&|name| name.to_owned(), &|_| String::new(), &mut vocabulary).unwrap().is_none());
    }
}
