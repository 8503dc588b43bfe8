//! What an exercise's texts should keep beyond being valid: short, easy to read, and the same in both languages.
//!
//! These are advice for a person's own files and rules for the built-in ones.

use super::model::{Exercise, Item, Kind, Step};
use super::reading::{self, Counts, GRADE};
use crate::locale::Language;

/// Most words in a title, of an exercise or a step.
pub const TITLE_WORDS: usize = 8;
/// Most words in the sentence for the library.
pub const SUMMARY_WORDS: usize = 20;
/// Most words in why it is there.
pub const WHY_WORDS: usize = 60;
/// Most words in the text of a step.
pub const TEXT_WORDS: usize = 35;
/// Most words in the text of a step that is only read.
pub const READ_WORDS: usize = 60;

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}")]
pub struct Finding {
    /// Exercise, and step or field: `impact, step calm`.
    pub place: String,
    /// What, with the figure.
    pub what: String,
}

fn finding(exercise: &Exercise, place: &str, what: String) -> Finding {
    Finding { place: format!("{}, {place}", exercise.id), what }
}

/// The running text of `exercise`: (where, text). Titles, labels and hints are left out, since a grade counts each as
/// a very short sentence and would look better for it than the text is.
pub fn prose(exercise: &Exercise) -> Vec<(String, &str)> {
    let mut prose = vec![("summary".to_owned(), exercise.summary.as_str()), ("why".to_owned(), exercise.why.as_str())];
    prose.extend(exercise.safety.as_deref().map(|safety| ("safety".to_owned(), safety)));
    for step in &exercise.steps {
        let place = format!("step {}", step.id);
        prose.push((place.clone(), step.text.as_str()));
        match &step.kind {
            Kind::Turns { speaker, listener, .. } => {
                prose.push((format!("{place} (speaker)"), speaker));
                prose.push((format!("{place} (listener)"), listener));
            }
            Kind::Paraphrase { listener, speaker } => {
                prose.push((format!("{place} (listener)"), listener));
                prose.push((format!("{place} (speaker)"), speaker));
            }
            Kind::Apart { question, .. } => prose.push((format!("{place} (question)"), question)),
            Kind::Draft { template, .. } => prose.push((format!("{place} (template)"), template)),
            Kind::Read { .. } | Kind::Write { .. } | Kind::Choose { .. } | Kind::Scale { .. } => {}
            Kind::Sort { .. } | Kind::Breathe { .. } | Kind::Timer { .. } | Kind::CheckBack { .. } => {}
        }
    }
    prose
}

/// School grade of the whole of `exercise`.
#[must_use]
pub fn grade(language: Language, exercise: &Exercise) -> f32 {
    let mut sum = Counts::default();
    for (_, text) in prose(exercise) {
        sum += reading::counts(language, text);
    }
    reading::grade_of(language, sum)
}

/// Everything in `exercise` that is too long or too hard to read.
#[must_use]
pub fn findings(language: Language, exercise: &Exercise) -> Vec<Finding> {
    let mut findings = lengths(exercise);
    let whole = grade(language, exercise);
    if whole > GRADE {
        let mut texts: Vec<(f32, String)> = prose(exercise)
            .into_iter()
            .filter(|(_, text)| reading::words(text) >= 5)
            .map(|(place, text)| (reading::grade(language, text), place))
            .collect();
        texts.sort_by(|left, right| right.0.total_cmp(&left.0));
        let hardest: Vec<String> = texts.iter().take(6).map(|(grade, place)| format!("{place} {grade:.1}")).collect();
        let what = format!("reads at grade {whole:.1}, the most is {GRADE:.1}; hardest: {}", hardest.join(", "));
        findings.push(finding(exercise, language.code(), what));
    }
    findings
}

fn lengths(exercise: &Exercise) -> Vec<Finding> {
    let mut texts = vec![
        ("title".to_owned(), exercise.title.as_str(), TITLE_WORDS),
        ("summary".to_owned(), exercise.summary.as_str(), SUMMARY_WORDS),
        ("why".to_owned(), exercise.why.as_str(), WHY_WORDS),
    ];
    for step in &exercise.steps {
        let most = if matches!(step.kind, Kind::Read { .. }) { READ_WORDS } else { TEXT_WORDS };
        texts.push((format!("step {}, title", step.id), &step.title, TITLE_WORDS));
        texts.push((format!("step {}, text", step.id), &step.text, most));
        if let Kind::Apart { question, .. } = &step.kind {
            texts.push((format!("step {}, question", step.id), question, TEXT_WORDS));
        }
    }
    texts
        .into_iter()
        .filter_map(|(place, text, most)| {
            let words = reading::words(text);
            (words > most).then(|| finding(exercise, &place, format!("{words} words, the most is {most}")))
        })
        .collect()
}

/// Everything in which `other` (a translation) differs from `exercise` that both have to share: all but the wording.
#[must_use]
pub fn differences(exercise: &Exercise, other: &Exercise) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut compare = |place: &str, one: String, two: String| {
        if one != two {
            findings.push(finding(exercise, place, format!("the languages differ: {one} and {two}")));
        }
    };
    let head = |exercise: &Exercise| {
        let Exercise { id, who, stage, approach, minutes, evidence, safety, .. } = exercise;
        format!(
            "{id} {who:?} {stage:?} {approach:?} {minutes} min, evidence {evidence:?}, safety {}",
            safety.is_some()
        )
    };
    compare("head", head(exercise), head(other));
    let ids = |exercise: &Exercise| exercise.steps.iter().map(|step| step.id.as_str()).collect::<Vec<_>>().join(" ");
    compare("steps", ids(exercise), ids(other));
    for step in &exercise.steps {
        if let Some(twin) = other.step(&step.id) {
            compare(&format!("step {}", step.id), shape(step), shape(twin));
        }
    }
    findings
}

/// Everything about a step but its wording.
fn shape(step: &Step) -> String {
    let ids = |items: &[Item]| items.iter().map(|item| item.id.as_str()).collect::<Vec<_>>().join(" ");
    match &step.kind {
        Kind::Choose { options, many, own_words } => format!("Choose({} many {many} own {own_words})", ids(options)),
        Kind::Sort { items } => format!("Sort({})", ids(items)),
        Kind::Write { lines, .. } => format!("Write({lines})"),
        Kind::Apart { lines, .. } => format!("Apart({lines})"),
        Kind::Paraphrase { .. } => "Paraphrase".to_owned(),
        Kind::Scale { steps, .. } => format!("Scale({steps})"),
        Kind::Turns { minutes, rounds, .. } => format!("Turns({minutes} min, {rounds} rounds)"),
        Kind::Draft { template, part } => format!("Draft({} {part:?})", placeholders(template).join(" ")),
        kind @ (Kind::Read { .. } | Kind::Breathe { .. } | Kind::Timer { .. } | Kind::CheckBack { .. }) => {
            format!("{kind:?}")
        }
    }
}

/// The step ids that `template` names, each once, in alphabetical order: a translation may turn them round.
fn placeholders(template: &str) -> Vec<&str> {
    let mut names: Vec<&str> = super::draft::named(template).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod content;
