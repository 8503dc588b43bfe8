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

/// The tests that whoever writes the exercises runs.
#[cfg(test)]
mod content {
    use super::super::library::{Library, built_in, parse_evidence};
    use super::super::model::parse;
    use super::*;

    const TYPEWRITTEN: &str = "a straight ' or \" in a text; use ’ and “ ” or « »";

    fn fail_with(lines: &[String]) {
        assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
    }

    fn each(mut look: impl FnMut(Language, &Exercise) -> Vec<String>) -> Vec<String> {
        let mut lines = Vec::new();
        for language in Language::ALL {
            for (id, text) in built_in(language) {
                if let Ok(exercise) = parse(id, text) {
                    lines.extend(
                        look(language, &exercise).into_iter().map(|line| format!("{}/{line}", language.code())),
                    );
                }
            }
        }
        lines
    }

    #[test]
    fn every_file_can_be_read() {
        let mut lines = Vec::new();
        for language in Language::ALL {
            for (name, fault) in Library::new(language, &[]).faults {
                lines.push(format!("{}/{name}:{fault}", language.code()));
            }
        }
        fail_with(&lines);
    }

    #[test]
    fn texts_are_short_and_easy() {
        fail_with(&each(|language, exercise| findings(language, exercise).iter().map(ToString::to_string).collect()));
    }

    #[test]
    fn both_languages_are_step_for_step_the_same() {
        let mut lines = Vec::new();
        for ((id, english), (_, french)) in built_in(Language::En).zip(built_in(Language::Fr)) {
            if let (Ok(english), Ok(french)) = (parse(id, english), parse(id, french)) {
                lines.extend(differences(&english, &french).iter().map(ToString::to_string));
            }
        }
        fail_with(&lines);
    }

    #[test]
    fn both_languages_have_the_same_evidence_and_all_of_it_is_used() {
        let keys = |language| {
            let library = Library::new(language, &[]);
            let used: std::collections::BTreeSet<String> =
                library.exercises.iter().flat_map(|exercise| exercise.evidence.clone()).collect();
            (library.evidence.into_keys().collect::<Vec<_>>(), used)
        };
        let ((english, used), (french, _)) = (keys(Language::En), keys(Language::Fr));
        assert_eq!(english, french);
        let idle: Vec<&String> = english.iter().filter(|key| !used.contains(*key)).collect();
        assert!(idle.is_empty(), "no exercise names {idle:?}");
    }

    #[test]
    fn quotes_are_typographic_and_french_spaces_do_not_break() {
        fail_with(&each(|language, exercise| {
            let mut texts = prose(exercise);
            texts.push(("title".to_owned(), exercise.title.as_str()));
            for step in &exercise.steps {
                texts.push((format!("step {}, title", step.id), step.title.as_str()));
                match &step.kind {
                    Kind::Choose { options: items, .. } | Kind::Sort { items } => {
                        texts.extend(
                            items.iter().map(|item| (format!("step {}, {}", step.id, item.id), item.label.as_str())),
                        );
                    }
                    Kind::Write { hint, .. } => texts.push((format!("step {}, hint", step.id), hint)),
                    Kind::Scale { low, high, .. } => {
                        texts.push((format!("step {}, low", step.id), low));
                        texts.push((format!("step {}, high", step.id), high));
                    }
                    _ => {}
                }
            }
            let mut lines = Vec::new();
            for (place, text) in texts {
                if text.contains(['\'', '"']) {
                    lines.push(format!("{}, {place}: {TYPEWRITTEN}", exercise.id));
                }
                let breaks = [" :", " ?", " !", " ;", " »", "« "].iter().find(|pair| text.contains(**pair));
                if let Some(pair) = breaks.filter(|_| language == Language::Fr) {
                    lines.push(format!("{}, {place}: \"{pair}\" needs a no-break space (U+00A0)", exercise.id));
                }
            }
            lines
        }));
    }

    /// Not a check: prints the figures. Run with `-- --ignored --nocapture table`.
    #[test]
    #[ignore = "prints the table of reading grades"]
    fn table() {
        for line in each(|language, exercise| {
            let mut lines = vec![format!("{}  grade {:.1}", exercise.id, grade(language, exercise))];
            for (place, text) in prose(exercise) {
                let (words, grade) = (reading::words(text), reading::grade(language, text));
                lines.push(format!("{}  {place}: {words} words, grade {grade:.1}", exercise.id));
            }
            lines
        }) {
            eprintln!("{line}");
        }
    }

    #[test]
    fn evidence_is_complete() {
        let spoilt = "{ \"a-1\": (claim: \"c\", limit: \" \", source: \"s\") }";
        assert!(parse_evidence(spoilt).is_err_and(|fault| fault.what.contains("limit") && fault.column == 23));
    }

    #[test]
    fn long_hard_and_unequal_texts_are_found() {
        let text = |why: &str, days: u8| {
            format!(
                "(schema: 1, id: \"x\", title: \"T\", summary: \"S.\", who: Both, stage: Ask, minutes: 1, why: \"{why}\", steps: [
                (id: \"a\", title: \"T\", text: \"X.\", kind: CheckBack(days: {days}))])"
            )
        };
        let hard = parse("x", &text(&"interpersonal ".repeat(61), 1)).expect("valid");
        let lines: Vec<String> = findings(Language::En, &hard).iter().map(ToString::to_string).collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("x, why: 61 words") && lines[1].contains("hardest: why"), "{lines:?}");
        let easy = parse("x", &text("We do it.", 2)).expect("valid");
        assert_eq!(findings(Language::En, &easy), Vec::new());
        assert_eq!(differences(&hard, &easy).len(), 1);
    }
}
