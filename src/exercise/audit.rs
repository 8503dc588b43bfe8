//! What an exercise's texts should keep beyond being valid: short, easy to read, and the same in both languages.
//!
//! These are advice for a person's own files and rules for the built-in ones.

pub mod minutes;
pub mod texts;
pub mod wording;

use super::model::{Exercise, Fault, Item, Kind, Step};
use super::reading::{self, Counts, GRADE};
use super::source::Places;
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
    /// Path of the text in the file: `steps[0].title`.
    pub path: String,
    /// What, with the figure.
    pub what: String,
}

fn finding(exercise: &Exercise, place: &str, path: &str, what: String) -> Finding {
    Finding { place: format!("{}, {place}", exercise.id), path: path.to_owned(), what }
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

/// Everything in `exercise` that is too long, too hard to read or worded as no exercise should be.
#[must_use]
pub fn findings(language: Language, exercise: &Exercise) -> Vec<Finding> {
    let mut findings = lengths(exercise);
    findings.extend(banned(language, exercise));
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
        findings.push(finding(exercise, language.code(), "why", what));
    }
    findings
}

/// [`findings`] in a person's own `exercise`, each with its place in `text`, the file. They are advice: the exercise
/// is shown all the same. The language is the one that most of its words belong to.
#[must_use]
pub fn advice(text: &str, exercise: &Exercise) -> Vec<Fault> {
    let places = Places::of(text);
    let fault = |finding: Finding| {
        let (line, column) = places.line_column(&finding.path);
        let place = finding.place.split_once(", ").map_or("", |(_, place)| place);
        Fault { line, column, what: format!("{place}: {}", finding.what) }
    };
    findings(language_of(exercise), exercise).into_iter().map(fault).collect()
}

/// The language in which `exercise` is written, told by the commonest short words.
#[must_use]
pub fn language_of(exercise: &Exercise) -> Language {
    const EN: &str = " the and you your is are it of to in what with for that not one this ";
    const FR: &str = " le la les des et tu ton ta tes est un une du que qui ce ça pas pour dans avec ";
    let (mut english, mut french) = (0, 0);
    for (_, text) in prose(exercise) {
        for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let word = format!(" {} ", word.to_lowercase());
            english += usize::from(EN.contains(&word));
            french += usize::from(FR.contains(&word));
        }
    }
    if french > english { Language::Fr } else { Language::En }
}

fn banned(language: Language, exercise: &Exercise) -> Vec<Finding> {
    let mut findings = Vec::new();
    for text in texts::texts(exercise) {
        for hit in wording::hits(language, text.text) {
            let what = format!("“{}”: {}; better: {}", hit.words, hit.why, hit.instead);
            findings.push(finding(exercise, &text.place, &text.path, what));
        }
    }
    findings
}

fn lengths(exercise: &Exercise) -> Vec<Finding> {
    let most_of = |path: &str| {
        let step = path
            .strip_prefix("steps[")
            .and_then(|rest| rest.split_once("]."))
            .and_then(|(index, field)| Some((exercise.steps.get(index.parse::<usize>().ok()?)?, field)));
        match (path, step) {
            ("title", _) | (_, Some((_, "title"))) => Some(TITLE_WORDS),
            ("summary", _) => Some(SUMMARY_WORDS),
            ("why", _) => Some(WHY_WORDS),
            (_, Some((step, "text"))) if matches!(step.kind, Kind::Read { .. }) => Some(READ_WORDS),
            (_, Some((_, "text" | "kind.question"))) => Some(TEXT_WORDS),
            _ => None,
        }
    };
    texts::texts(exercise)
        .iter()
        .filter_map(|text| {
            let (words, most) = (reading::words(text.text), most_of(&text.path)?);
            let what = format!("{words} words, the most is {most}");
            (words > most).then(|| finding(exercise, &text.place, &text.path, what))
        })
        .collect()
}

/// Everything in which `other` (a translation) differs from `exercise` that both have to share: all but the wording.
#[must_use]
pub fn differences(exercise: &Exercise, other: &Exercise) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut compare = |place: &str, one: String, two: String| {
        if one != two {
            findings.push(finding(exercise, place, "id", format!("the languages differ: {one} and {two}")));
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
