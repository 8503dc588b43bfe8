//! The wording check: language that may be heard as pressing or blaming, why, and what could stand there.
//!
//! The rules are data, one folder for each language under `assets/words`, with their reasons and with examples that
//! they must and must not find; see `pattern` for the language that they are written in. A text becomes words without
//! case, accents and contractions, and the rules look at those, within one sentence at a time.
//!
//! Nobody foresees all that people write. So the words of a sentence are weighed too (see `weights`): what plainly leans
//! towards pressing is found without a rule, and a rule is not believed where all else speaks against it.
//!
//! What counts as which kind is told at the top of each rule file. In all of them: the other person's doing is judged,
//! or their choice is narrowed. Praise, one's own faults, facts and open questions are left alone, and so is anything
//! that only shares its words with a reproach ("I always feel safe with you").

mod anchor;
mod forms;
mod kind;
mod pattern;
mod program;
mod rules;
mod token;
mod vocabulary;
mod weights;

use std::ops::Range;
use std::sync::OnceLock;

pub use self::kind::{Kind, Part};
pub use self::pattern::PatternFault;
pub use self::rules::RulesFault;

use self::program::{Chance, PatternId, Stack, View};
use self::rules::{Rules, Use};
use self::weights::Weights;
use crate::locale::Language;

/// Wording that may be heard as pressing or blaming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where: bytes of the text, at character boundaries, never empty.
    pub range: Range<usize>,
    /// What kind.
    pub kind: Kind,
    /// Id of the rule, or [`WEIGHED`].
    pub rule: String,
    /// Why it may be heard so, in a sentence or two.
    pub why: String,
    /// What could stand there.
    pub instead: String,
}

/// A part that is not in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Which.
    pub part: Part,
    /// Why it helps.
    pub why: String,
    /// What could stand there.
    pub instead: String,
}

/// Sentences longer than this are looked at in pieces.
const RUN: usize = 60;

/// What one sentence says by itself.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// How far its words lean towards pressing; none in a language without weights.
    weight: Option<f32>,
    /// How many tokens it has.
    tokens: usize,
    /// What rules find in it.
    findings: Vec<Finding>,
    /// What its words alone say, if the sentences beside it do not speak against it.
    leaning: Option<Finding>,
}

/// The id of what no rule found, but the weights of its words did.
pub const WEIGHED: &str = "weighed";

/// Fewer words than this are no whole invitation yet, so nothing is called missing on the command line.
pub const WHOLE: usize = 40;

/// What may be heard as pressing or blaming in `text`, in the order of the text.
#[must_use]
pub fn check(text: &str, language: Language) -> Vec<Finding> {
    Checker::of(language).check(text)
}

/// Which parts that make an invitation easier to take are not in `text`.
#[must_use]
pub fn missing(text: &str, language: Language) -> Vec<Missing> {
    Checker::of(language).missing(text)
}

/// How many words `text` has.
#[must_use]
pub fn count(text: &str) -> usize {
    token::cut(text, &vocabulary::Vocabulary::default()).words
}

/// The rules of one language, read once and kept.
#[derive(Debug)]
pub struct Checker {
    rules: Rules,
}

impl Checker {
    /// The checker of `language`. The first call reads the rules, which takes some tens of milliseconds.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        static ENGLISH: OnceLock<Checker> = OnceLock::new();
        static FRENCH: OnceLock<Checker> = OnceLock::new();
        let kept = match language {
            Language::En => &ENGLISH,
            Language::Fr => &FRENCH,
        };
        // A test refuses faulty rules; without any, nothing is found and nobody is stopped from writing.
        kept.get_or_init(|| {
            Self::new(language, &|name| rules::built_in(language, name).to_owned())
                .unwrap_or_else(|_| Self { rules: Rules::default() })
        })
    }

    /// Reads the rules of `language` from its files, each by its name without `.ron`.
    ///
    /// # Errors
    /// [`RulesFault`] with the file and the place.
    pub fn new(language: Language, file: &dyn Fn(&str) -> String) -> Result<Self, RulesFault> {
        Ok(Self { rules: Rules::new(language, file)? })
    }

    /// The examples that stand beside the rules: rule, its kind, sentence, and whether it must be found in it.
    pub fn examples(&self) -> impl Iterator<Item = (&str, Kind, &str, bool)> {
        self.rules.rules.iter().flat_map(|rule| {
            let text = &rule.text;
            let finds = text.finds.iter().map(move |one| (text.id.as_str(), text.kind, one.as_str(), true));
            finds.chain(text.leaves.iter().map(move |one| (text.id.as_str(), text.kind, one.as_str(), false)))
        })
    }

    /// What may be heard as pressing or blaming in `text`, in the order of the text.
    #[must_use]
    pub fn check(&self, text: &str) -> Vec<Finding> {
        let sentences = self.sentences(text);
        self.found(&sentences.iter().collect::<Vec<_>>()).into_iter().flatten().cloned().collect()
    }

    /// What each sentence of `text` says by itself. Only [`found`](Self::found) makes findings of it.
    #[must_use]
    pub fn sentences(&self, text: &str) -> Vec<Sentence> {
        let cut = token::cut(text, &self.rules.vocabulary);
        let mut run = Run { rules: &self.rules, stack: Stack::new(), chances: Vec::new() };
        let mut grams = Vec::new();
        let views = cut.sentences.iter().flat_map(|sentence| self.pieces(cut.view(sentence)));
        let sentence = |view: View<'_>| {
            let Some(weights) = &self.rules.weights else {
                return Sentence { weight: None, tokens: 0, findings: self.by_rules(&mut run, view), leaning: None };
            };
            weights.grams(view, &mut grams);
            let (weight, tokens) = (weights.weigh(&grams), view.tokens.len());
            let findings = if weights.keeps(weight) { self.by_rules(&mut run, view) } else { Vec::new() };
            // Neighbours can only speak against it.
            let leans = findings.is_empty() && weights.keeps(weight) && weights.finds(weight, [None, None], tokens);
            let leaning = leans.then(|| Self::by_weight(weights, &grams, view)).flatten();
            Sentence { weight: Some(weight), tokens, findings, leaning }
        };
        views.map(sentence).collect()
    }

    /// What is found in each of these sentences, which follow each other in a text.
    #[must_use]
    pub fn found<'a>(&self, sentences: &[&'a Sentence]) -> Vec<Vec<&'a Finding>> {
        let weight = |at: Option<usize>| at.and_then(|at| sentences.get(at)).and_then(|sentence| sentence.weight);
        let found = sentences.iter().enumerate().map(|(at, sentence)| {
            let beside = [weight(at.checked_sub(1)), weight(Some(at + 1))];
            let leaning = sentence.leaning.as_ref().filter(|_| {
                let weights = self.rules.weights.as_ref().zip(sentence.weight);
                weights.is_some_and(|(weights, weight)| weights.finds(weight, beside, sentence.tokens))
            });
            sentence.findings.iter().chain(leaning).collect()
        });
        found.collect()
    }

    /// The pieces of a sentence that runs on and on: no rule spans so much, and what is said at one end of it excuses
    /// nothing at the other.
    fn pieces<'a>(&self, view: View<'a>) -> Vec<View<'a>> {
        let mut pieces = Vec::new();
        let mut rest = view.tokens;
        while rest.len() > RUN {
            let here = View { tokens: rest, question: view.question };
            let end = (RUN / 2..RUN).rev().find(|at| self.rules.programs.parts(here, *at)).unwrap_or(RUN);
            pieces.push(View { tokens: &rest[..end], question: false });
            rest = &rest[end..];
        }
        pieces.push(View { tokens: rest, question: view.question });
        pieces
    }

    fn by_rules(&self, run: &mut Run<'_>, view: View<'_>) -> Vec<Finding> {
        let mut found = run.sentence(view);
        thin(&mut found);
        found.into_iter().filter_map(|found| self.finding(&found, view)).collect()
    }

    /// What is found in a sentence that weighs enough, though no rule speaks of it.
    fn by_weight(weights: &Weights, grams: &[weights::Gram], view: View<'_>) -> Option<Finding> {
        let heaviest = weights.heaviest(grams, view.tokens.len());
        let first = view.tokens.get(heaviest.start)?;
        let last = view.tokens.get(heaviest.end.checked_sub(1)?)?;
        let (kind, text) = weights.kind(grams)?;
        Some(Finding {
            range: first.range.start..last.range.end,
            kind,
            rule: WEIGHED.to_owned(),
            why: text.why.clone(),
            instead: text.instead.clone(),
        })
    }

    /// The grams of each sentence of `text` in words, as its weights are learnt from; none in a language without
    /// weights.
    #[must_use]
    pub fn grams(&self, text: &str) -> Vec<Vec<String>> {
        let Some(weights) = &self.rules.weights else { return Vec::new() };
        let words = self.rules.vocabulary.spelt();
        let cut = token::cut(text, &self.rules.vocabulary);
        let mut grams = Vec::new();
        let sentence = |sentence: &token::Sentence| {
            weights.grams(cut.view(sentence), &mut grams);
            grams.iter().map(|gram| Weights::spell_out(*gram, &words)).collect()
        };
        cut.sentences.iter().map(sentence).collect()
    }

    fn finding(&self, found: &Found, view: View<'_>) -> Option<Finding> {
        let first = view.tokens.get(found.tokens.start)?;
        let last = view.tokens.get(found.tokens.end.checked_sub(1)?)?;
        let text = &self.rules.rules.get(found.rule)?.text;
        Some(Finding {
            range: first.range.start..last.range.end,
            kind: text.kind,
            rule: text.id.clone(),
            why: text.why.clone(),
            instead: text.instead.clone(),
        })
    }

    /// Which parts that make an invitation easier to take are not in `text`, in the order of [`Part::ALL`].
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<Missing> {
        let cut = token::cut(text, &self.rules.vocabulary);
        let mut run = Run { rules: &self.rules, stack: Stack::new(), chances: Vec::new() };
        let mut there = vec![false; self.rules.parts.len()];
        for sentence in &cut.sentences {
            run.parts(cut.view(sentence), &mut there);
        }
        let parts = self.rules.parts.iter().zip(there).filter(|(_, there)| !there).map(|(part, _)| &part.text);
        let mut missing: Vec<Missing> = parts
            .map(|text| Missing { part: text.part, why: text.why.clone(), instead: text.instead.clone() })
            .collect();
        missing.sort_by_key(|missing| missing.part);
        missing
    }
}

/// A place that a rule found, in tokens of its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    tokens: Range<usize>,
    rule: usize,
    kind: Kind,
}

/// What a run over a text needs.
struct Run<'a> {
    rules: &'a Rules,
    stack: Stack,
    chances: Vec<Chance>,
}

impl Run<'_> {
    fn sentence(&mut self, view: View<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        self.rules.programs.chances(view, &mut self.chances);
        // Patterns of one rule follow each other: what holds for the whole sentence is asked once.
        let mut near = None;
        for at in 0..self.chances.len() {
            let Chance { pattern, from, to } = self.chances[at];
            let Some(Use::Rule(rule)) = self.rules.uses.get(pattern as usize).copied() else { continue };
            let Some(known) = self.rules.rules.get(rule) else { continue };
            for start in from..to {
                let end = self.rules.programs.matches(pattern, view, start, &mut self.stack);
                let Some(end) = end.filter(|end| *end > start) else { continue };
                let near = match near {
                    Some((of, near)) if of == rule => near,
                    _ => {
                        let found = self.excepted_near(&known.unless_near, view);
                        near = Some((rule, found));
                        found
                    }
                };
                if near {
                    break;
                }
                if !self.excepted(&known.unless, view, start..end) {
                    found.push(Found { tokens: start..end, rule, kind: known.text.kind });
                }
            }
        }
        found
    }

    fn parts(&mut self, view: View<'_>, there: &mut [bool]) {
        self.rules.programs.chances(view, &mut self.chances);
        for at in 0..self.chances.len() {
            let Chance { pattern, from, to } = self.chances[at];
            let Some(Use::Part(part)) = self.rules.uses.get(pattern as usize).copied() else { continue };
            let Some(known) = self.rules.parts.get(part) else { continue };
            for start in from..to {
                if there[part] {
                    break;
                }
                let end = self.rules.programs.matches(pattern, view, start, &mut self.stack);
                if let Some(end) = end.filter(|end| *end > start) {
                    there[part] = !self.excepted(&known.unless, view, start..end);
                }
            }
        }
    }

    /// Whether one of the exceptions `near` matches anywhere.
    fn excepted_near(&mut self, near: &[PatternId], view: View<'_>) -> bool {
        let all = 0..view.tokens.len();
        near.iter().any(|pattern| self.any(*pattern, view, all.clone(), 0))
    }

    /// Whether one of the exceptions `over` shares a word with `found`.
    fn excepted(&mut self, over: &[PatternId], view: View<'_>, found: Range<usize>) -> bool {
        over.iter().any(|pattern| {
            // What begins earlier ends before it.
            let first = (found.start + 1).saturating_sub(self.rules.programs.longest(*pattern));
            self.any(*pattern, view, first..found.end, found.start)
        })
    }

    /// Whether `pattern` matches with its beginning within `starts` and its end after `after`.
    fn any(&mut self, pattern: PatternId, view: View<'_>, starts: Range<usize>, after: usize) -> bool {
        let first = self.chances.partition_point(|chance| (chance.pattern, chance.to) <= (pattern, starts.start));
        for at in first..self.chances.len() {
            let chance = self.chances[at];
            if chance.pattern != pattern || chance.from >= starts.end {
                break;
            }
            for start in chance.from.max(starts.start)..chance.to.min(starts.end) {
                let end = self.rules.programs.matches(pattern, view, start, &mut self.stack);
                if end.is_some_and(|end| end > start && end > after) {
                    return true;
                }
            }
        }
        false
    }
}

/// Which kinds a kind stands for in the same sentence: one word on a sentence is enough, and the weightier one helps
/// more. "Come by Friday" is a deadline and need not be called a demand too.
const fn outweighs(kind: Kind) -> &'static [Kind] {
    match kind {
        Kind::ThirdParty => &[Kind::Demand, Kind::Diagnosis, Kind::MindReading, Kind::Guilt],
        Kind::Ultimatum => &[Kind::Demand, Kind::Threat],
        Kind::Deadline | Kind::Guilt | Kind::LopsidedWe | Kind::Threat | Kind::MindReading | Kind::Sarcasm => {
            &[Kind::Demand]
        }
        Kind::AlwaysNever => &[Kind::MindReading, Kind::Demand],
        Kind::YouMakeMe | Kind::Diagnosis | Kind::Demand => &[],
    }
}

/// Leaves one finding of each kind where several overlap (the longest), and none of a kind that another in the
/// sentence outweighs, in the order of the text.
fn thin(found: &mut Vec<Found>) {
    let all = found.clone();
    let shares =
        |one: &Found, other: &Found| one.tokens.start < other.tokens.end && other.tokens.start < one.tokens.end;
    found.retain(|one| {
        !all.iter().any(|other| {
            // "Come with me, or I am gone": the whole sentence is the one or the other, else only what overlaps.
            let whole = matches!(other.kind, Kind::Ultimatum | Kind::ThirdParty) && one.kind == Kind::Demand;
            outweighs(other.kind).contains(&one.kind) && (whole || shares(one, other))
        })
    });
    found.sort_by_key(|found| (std::cmp::Reverse(found.tokens.len()), found.tokens.start, found.kind, found.rule));
    let mut kept: Vec<Found> = Vec::new();
    for one in found.drain(..) {
        let covered = kept.iter().any(|other| {
            other.kind == one.kind && other.tokens.start < one.tokens.end && one.tokens.start < other.tokens.end
        });
        if !covered {
            kept.push(one);
        }
    }
    kept.sort_by_key(|found| (found.tokens.start, found.tokens.end, found.kind));
    *found = kept;
}

#[cfg(test)]
mod tests;
