//! A sentence built from a person's own answers.
//!
//! A template is a text in which `{step-id}` stands for the answer to an earlier step. What a person wrote goes in
//! as it is; only the seams are smoothed: no full stop in mid-sentence, none twice, no doubled spaces, and a small
//! letter where a sentence goes on. Nothing else is touched, since it is the person's own wording.

use std::collections::BTreeMap;

use super::letters::{capitalised, elided, has_sentences, in_sentence, in_sentence_label, without_stop};
use super::model::{Exercise, Item, Kind, Part, Step};
use super::progress::Answer;
use crate::locale::Language;

/// What stands in place of an answer that is not there.
pub const MISSING: &str = "…";

/// A piece of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it stands.
    Words(&'a str),
    /// The answer to the step with this id.
    Answer(&'a str),
}

/// Takes `template` apart.
///
/// # Errors
/// The rest of the template from a `{` or `}` that has no partner.
pub fn pieces(template: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, found)) = rest.find(['{', '}']).and_then(|at| rest.split_at_checked(at)) {
        let inside = found.strip_prefix('{').ok_or(found)?;
        let (name, after) = inside.split_once('}').filter(|(name, _)| !name.contains('{')).ok_or(found)?;
        if !before.is_empty() {
            pieces.push(Piece::Words(before));
        }
        pieces.push(Piece::Answer(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    Ok(pieces)
}

/// The text of the draft step `step`: as the person edited it, or else [`fill`]ed from the answers.
/// Empty for any other kind of step.
#[must_use]
pub fn text_of(exercise: &Exercise, step: &Step, answers: &BTreeMap<String, Answer>, language: Language) -> String {
    match (&step.kind, answers.get(&step.id)) {
        (Kind::Draft { .. }, Some(Answer::Text(text))) if !text.trim().is_empty() => text.clone(),
        (Kind::Draft { template, .. }, _) => fill(template, exercise, answers, language),
        _ => String::new(),
    }
}

/// What the drafts of `exercise` give to the invitation: each part that was edited or has an answer in it, in the
/// order of the steps.
#[must_use]
pub fn parts(exercise: &Exercise, answers: &BTreeMap<String, Answer>, language: Language) -> Vec<(Part, String)> {
    let answers = Answers { exercise, answers, language };
    let part = |step: &Step| match step.kind {
        Kind::Draft { part: Some(part), .. } => {
            answers.of(&step.id, exercise.steps.len()).map(|value| (part, value.text))
        }
        _ => None,
    };
    exercise.steps.iter().filter_map(part).collect()
}

/// Whether every placeholder of `template` has an answer.
#[must_use]
pub fn is_whole(template: &str, exercise: &Exercise, answers: &BTreeMap<String, Answer>, language: Language) -> bool {
    let answers = Answers { exercise, answers, language };
    named(template).all(|name| answers.of(name, exercise.steps.len()).is_some())
}

/// The step ids that `template` names, in its order.
pub fn named(template: &str) -> impl Iterator<Item = &str> {
    pieces(template).unwrap_or_default().into_iter().filter_map(|piece| match piece {
        Piece::Answer(name) => Some(name),
        Piece::Words(_) => None,
    })
}

/// `template` with the answers put in; [`MISSING`] where one is not there. A template with a stray bracket
/// (which `parse` refuses) comes back as it is.
#[must_use]
pub fn fill(template: &str, exercise: &Exercise, answers: &BTreeMap<String, Answer>, language: Language) -> String {
    Answers { exercise, answers, language }.fill(template, exercise.steps.len())
}

/// The answer as it would stand in a sentence.
struct Value {
    text: String,
    /// Whether it is made of an exercise's labels, whose capital letters are for the list only.
    labels: bool,
}

/// What there is to fill a template from.
#[derive(Clone, Copy)]
struct Answers<'a> {
    exercise: &'a Exercise,
    answers: &'a BTreeMap<String, Answer>,
    language: Language,
}

impl Answers<'_> {
    /// `template` filled from the answers to the first `before` steps.
    fn fill(self, template: &str, before: usize) -> String {
        let Ok(pieces) = pieces(template) else { return template.to_owned() };
        let mut text = String::new();
        for (index, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Words(words) => push_words(&mut text, words),
                Piece::Answer(name) => {
                    let goes_on = !matches!(pieces.get(index + 1), None | Some(Piece::Words("" | " ")));
                    push_answer(&mut text, self.of(name, before), goes_on, self.language);
                }
            }
        }
        collapse(&text)
    }

    /// The answer to the step `name`, if it is among the first `before` ones and has one. A draft that was not
    /// edited has one as soon as anything in it has; looking at earlier steps only, this comes to an end.
    fn of(self, name: &str, before: usize) -> Option<Value> {
        let place = self.exercise.index_of(name).filter(|place| *place < before)?;
        let step = self.exercise.steps.get(place)?;
        let words = |text: String| Some(Value { text, labels: false });
        let text = match (&step.kind, self.answers.get(name)) {
            (Kind::Draft { .. } | Kind::Write { .. } | Kind::Apart { .. }, Some(Answer::Text(text)))
                if !text.trim().is_empty() =>
            {
                return words(text.trim().to_owned());
            }
            (Kind::Draft { template, .. }, _) => {
                named(template).any(|name| self.of(name, place).is_some()).then_some(())?;
                return words(self.fill(template, place));
            }
            // A choice is told in the order of the list, an order in the person's own.
            (Kind::Choose { options, .. }, Some(Answer::Chosen(chosen))) => {
                let items = options.iter().filter(|item| chosen.ids.contains(&item.id));
                self.listed(items, &chosen.own)
            }
            (Kind::Sort { items }, Some(Answer::Sorted(ids))) => {
                self.listed(ids.iter().filter_map(|id| items.iter().find(|item| item.id == *id)), "")
            }
            (Kind::Scale { .. }, Some(Answer::Scaled(number))) => number.to_string(),
            _ => String::new(),
        };
        (!text.is_empty()).then_some(Value { text, labels: true })
    }

    fn listed<'b>(self, items: impl Iterator<Item = &'b Item>, own: &str) -> String {
        let mut parts: Vec<String> = items.map(|item| in_sentence_label(&item.label, self.language)).collect();
        let own = in_sentence(without_stop(own.trim()), self.language);
        parts.extend(Some(own).filter(|own| !own.is_empty()));
        joined(&parts, self.language)
    }
}

/// "a", "a and b", "a, b and c"; in French with "et".
#[must_use]
pub fn joined(parts: &[String], language: Language) -> String {
    let and = match language {
        Language::En => " and ",
        Language::Fr => " et ",
    };
    match parts.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{}{and}{last}", before.join(", ")),
    }
}

fn push_answer(text: &mut String, value: Option<Value>, goes_on: bool, language: Language) {
    let Some(Value { text: answer, labels }) = value else {
        text.push_str(MISSING);
        return;
    };
    let answer = if goes_on { without_stop(&answer) } else { &answer };
    if language == Language::Fr {
        elided(text, answer);
    }
    match (seam(text), labels) {
        (Seam::Start, _) => text.push_str(&capitalised(answer)),
        // Several sentences after a colon are speech and begin as they were written.
        (Seam::Inside, false) if text.trim_end().ends_with(':') && has_sentences(answer) => text.push_str(answer),
        (Seam::Unclear, _) | (Seam::Inside, true) => text.push_str(answer),
        (Seam::Inside, false) => text.push_str(&in_sentence(answer, language)),
    }
}

/// Adds words of the template; a stop right after an answer that already ends in one is left out.
fn push_words(text: &mut String, words: &str) {
    let ends = text.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…']);
    let words = match words.strip_prefix('.') {
        Some(rest) if ends && !rest.starts_with('.') => rest,
        Some(_) | None => words,
    };
    text.push_str(words);
}

/// What may stand between a stop and the end of a sentence.
const CLOSING: [char; 6] = ['”', '"', '»', '’', '\u{a0}', ' '];

/// Where an answer is put in.
enum Seam {
    /// At the start of a sentence.
    Start,
    /// Inside a sentence.
    Inside,
    /// After "…" or a closing quote, where it could be either.
    Unclear,
}

fn seam(text: &str) -> Seam {
    let text = text.trim_end_matches([' ', '\u{a0}']);
    if text.is_empty() || text.ends_with(['.', '!', '?', '“', '«', '\n']) {
        Seam::Start
    } else if text.ends_with('…') || text.trim_end_matches(CLOSING).ends_with(['.', '!', '?', '…']) {
        Seam::Unclear
    } else {
        Seam::Inside
    }
}

/// One space where there were several, none before a line break or a comma; no-break spaces stay.
fn collapse(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        if matches!(letter, '\n' | ',' | '.') && clean.ends_with(' ') {
            clean.pop();
        }
        if letter == ' ' && clean.ends_with([' ', '\n', '\u{a0}']) {
            continue;
        }
        clean.push(letter);
    }
    clean
}

#[cfg(test)]
mod tests;
