//! Every text of an exercise, with its place.

use crate::exercise::model::{Exercise, Item, Kind, Step};

/// A text of an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'a> {
    /// Its path in the file: `steps[2].kind.options[0].label`.
    pub path: String,
    /// Its place in words: `step calm, fed`.
    pub place: String,
    /// The text.
    pub text: &'a str,
}

/// Everything that a person reads in `exercise`: titles, running text, labels and hints, in the order of the file.
#[must_use]
pub fn texts(exercise: &Exercise) -> Vec<Text<'_>> {
    let head = [("title", &exercise.title), ("summary", &exercise.summary), ("why", &exercise.why)];
    let mut texts: Vec<Text<'_>> = head
        .into_iter()
        .chain(exercise.safety.as_ref().map(|safety| ("safety", safety)))
        .map(|(field, text)| Text { path: field.to_owned(), place: field.to_owned(), text })
        .collect();
    for (index, step) in exercise.steps.iter().enumerate() {
        of_step(&mut texts, index, step);
    }
    texts
}

fn of_step<'a>(texts: &mut Vec<Text<'a>>, index: usize, step: &'a Step) {
    let mut add = |field: &str, name: &str, text: &'a str| {
        texts.push(Text { path: format!("steps[{index}].{field}"), place: format!("step {}, {name}", step.id), text });
    };
    add("title", "title", &step.title);
    add("text", "text", &step.text);
    let mut items = |field: &str, items: &'a [Item]| {
        for (item_index, item) in items.iter().enumerate() {
            add(&format!("kind.{field}[{item_index}].label"), &item.id, &item.label);
        }
    };
    match &step.kind {
        Kind::Choose { options, .. } => items("options", options),
        Kind::Sort { items: sorted } => items("items", sorted),
        Kind::Write { hint, .. } => add("kind.hint", "hint", hint),
        Kind::Scale { low, high, .. } => {
            add("kind.low", "low", low);
            add("kind.high", "high", high);
        }
        Kind::Apart { question, hint, .. } => {
            add("kind.question", "question", question);
            add("kind.hint", "hint", hint);
        }
        Kind::Turns { speaker, listener, .. } | Kind::Paraphrase { listener, speaker } => {
            add("kind.speaker", "speaker", speaker);
            add("kind.listener", "listener", listener);
        }
        Kind::Draft { template, .. } => add("kind.template", "template", template),
        Kind::Read { .. } | Kind::Breathe { .. } | Kind::Timer { .. } | Kind::CheckBack { .. } => {}
    }
}
