//! The tests that whoever writes the exercises runs.

use std::collections::BTreeMap;

use super::*;
use crate::exercise::draft;
use crate::exercise::library::{Library, built_in, parse_evidence};
use crate::exercise::model::parse;
use crate::exercise::names::{Approach, Stage, Who};
use crate::exercise::progress::{Answer, Chosen};
use crate::exercise::words;

const TYPEWRITTEN: &str = "a straight ' or \" in a text; use ’ and “ ” or « »";

fn fail_with(lines: &[String]) {
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}

fn each(mut look: impl FnMut(Language, &Exercise) -> Vec<String>) -> Vec<String> {
    let mut lines = Vec::new();
    for language in Language::ALL {
        for (id, text) in built_in(language) {
            if let Ok(exercise) = parse(id, text) {
                lines.extend(look(language, &exercise).into_iter().map(|line| format!("{}/{line}", language.code())));
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
fn evidence_is_easy_to_read() {
    let mut lines = Vec::new();
    for language in Language::ALL {
        for (key, entry) in Library::new(language, &[]).evidence {
            let grade = reading::grade(language, &format!("{} {}", entry.claim, entry.limit));
            if grade > GRADE {
                lines.push(format!("{} evidence {key}: grade {grade:.1}, the most is {GRADE:.1}", language.code()));
            }
        }
    }
    fail_with(&lines);
}

#[test]
fn evidence_and_hesitations_use_no_banned_wording() {
    let mut lines = Vec::new();
    for language in Language::ALL {
        let library = Library::new(language, &[]);
        let evidence = library
            .evidence
            .iter()
            .flat_map(|(key, entry)| [(key.clone(), entry.claim.clone()), (key.clone(), entry.limit.clone())]);
        let reasons = library.hesitations.iter().flat_map(|(reason, texts)| {
            let all = [&texts.label, &texts.answer, &texts.limit, &texts.question];
            all.map(|text| (format!("{reason:?}"), text.clone()))
        });
        for (place, text) in evidence.chain(reasons) {
            for hit in wording::hits(language, &text) {
                lines.push(format!("{} {place}: “{}”: {}", language.code(), hit.words, hit.why));
            }
        }
    }
    fail_with(&lines);
}

#[test]
fn each_approach_has_a_short_and_a_full_one() {
    let library = Library::new(Language::En, &[]);
    for approach in Approach::ALL {
        let minutes: Vec<u8> = library
            .exercises
            .iter()
            .filter(|exercise| exercise.approach == Some(approach))
            .map(|exercise| exercise.minutes)
            .collect();
        assert!(matches!(minutes.as_slice(), [short, full] if *short < 5 && (5..=8).contains(full)), "{minutes:?}");
    }
}

#[test]
fn there_is_something_for_both_people_and_every_place_on_the_path() {
    let library = Library::new(Language::En, &[]);
    let count = |fits: &dyn Fn(&Exercise) -> bool| library.exercises.iter().filter(|exercise| fits(exercise)).count();
    assert!(library.exercises.len() >= 24);
    assert_eq!(count(&|exercise| exercise.who == Who::Asker), 12);
    assert!(count(&|exercise| exercise.who == Who::Unsure) >= 5);
    for stage in Stage::ALL {
        assert!(count(&|exercise| exercise.stage == stage) >= 1, "{stage:?}");
    }
    let turns = library.get("speaker-listener").map(|exercise| exercise.minutes);
    assert!(turns.is_some_and(|minutes| (10..=12).contains(&minutes)));
    let unsafe_ones: Vec<&str> = library
        .exercises
        .iter()
        .filter(|exercise| exercise.safety.is_none())
        .map(|exercise| exercise.id.as_str())
        .collect();
    assert_eq!(unsafe_ones, ["breathing"], "whatever brings two people to talk says when not to");
}

#[test]
fn evidence_and_its_limit_stand_behind_every_exercise() {
    fail_with(&each(|language, exercise| {
        let library = Library::new(language, &[]);
        let known = exercise.evidence.iter().all(|key| library.evidence.contains_key(key));
        let fine = !exercise.evidence.is_empty() && known;
        (!fine).then(|| format!("{}: {:?}", exercise.id, exercise.evidence)).into_iter().collect()
    }));
}

#[test]
fn advice_points_at_its_text() {
    let text = "(schema: 1, id: \"x\", title: \"T\", summary: \"S.\", who: Both, stage: Ask, minutes: 1,\n  why: \"W.\", steps: [\n    (id: \"a\", title: \"Un, deux, trois, quatre, cinq, six, sept, huit, neuf\", text: \"Tu n’écoutes jamais.\", kind: CheckBack(days: 1))])";
    let exercise = parse("x", text).expect("valid");
    assert_eq!(language_of(&exercise), Language::Fr);
    let advice = advice(text, &exercise);
    let places: Vec<(usize, usize)> = advice.iter().map(|fault| (fault.line, fault.column)).collect();
    assert_eq!(places, [(3, 15), (3, 78)], "{advice:?}");
    assert!(advice[1].what.starts_with("step a, text: “Tu n’écoutes jamais”: "), "{}", advice[1].what);
}

#[test]
fn the_language_is_told_by_the_words() {
    for language in Language::ALL {
        for exercise in Library::new(language, &[]).exercises {
            assert_eq!(language_of(&exercise), language, "{}", exercise.id);
        }
    }
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
                Kind::Write { hint, .. } | Kind::Apart { hint, .. } => {
                    texts.push((format!("step {}, hint", step.id), hint));
                }
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

/// The answers that someone would give who wrote each hint and chose the first two options.
fn made_up_answers(exercise: &Exercise) -> BTreeMap<String, Answer> {
    let ids = |items: &[Item], most: usize| items.iter().take(most).map(|item| item.id.clone()).collect::<Vec<_>>();
    let answer = |step: &Step| match &step.kind {
        Kind::Write { hint, .. } | Kind::Apart { hint, .. } => Some(Answer::Text(hint.clone())),
        Kind::Choose { options, many, .. } => {
            Some(Answer::Chosen(Chosen { ids: ids(options, 1 + usize::from(*many)), own: String::new() }))
        }
        Kind::Sort { items } => Some(Answer::Sorted(ids(items, items.len()))),
        Kind::Scale { .. } => Some(Answer::Scaled(2)),
        _ => None,
    };
    exercise.steps.iter().filter_map(|step| answer(step).map(|answer| (step.id.clone(), answer))).collect()
}

/// Place and text of every draft of `exercise`, filled from made-up answers.
fn drafts(language: Language, exercise: &Exercise) -> Vec<(String, String)> {
    let answers = made_up_answers(exercise);
    let drafts = exercise.steps.iter().filter(|step| matches!(step.kind, Kind::Draft { .. }));
    drafts
        .map(|step| (format!("{}, step {}", exercise.id, step.id), draft::text_of(exercise, step, &answers, language)))
        .collect()
}

#[test]
fn drafts_have_no_odd_seams() {
    const ODD: &[&str] = &["..", "  ", ",,", ".,", ",.", " ,", " .", "!.", "?.", "….", "{", "}", "…"];
    fail_with(&each(|language, exercise| {
        let drafts = drafts(language, exercise);
        drafts
            .into_iter()
            .filter_map(|(place, text)| {
                let odd = ODD.iter().find(|odd| text.contains(**odd))?;
                Some(format!("{place}: \"{odd}\" in: {text}"))
            })
            .collect()
    }));
}

/// What `exercise` puts into one's mouth: (place, text).
fn spoken(language: Language, exercise: &Exercise) -> Vec<(String, String)> {
    let mut texts = drafts(language, exercise);
    for step in &exercise.steps {
        let place = format!("{}, step {}", exercise.id, step.id);
        match &step.kind {
            Kind::Read { aloud: true } => texts.push((place, step.text.clone())),
            Kind::Choose { options, .. } if step.id.starts_with("if-") => {
                texts.extend(options.iter().map(|option| (format!("{place}, {}", option.id), option.label.clone())));
            }
            _ => {}
        }
    }
    texts
}

/// The wording check is wrong now and then: of the texts, one in forty may be found fault with in English, and one in
/// twenty in French, and no more.
#[test]
fn what_an_exercise_lets_one_say_passes_the_wording_check() {
    for (language, one_in) in [(Language::En, 40), (Language::Fr, 20)] {
        let library = Library::new(language, &[]);
        let texts: Vec<_> = library.exercises.iter().flat_map(|exercise| spoken(language, exercise)).collect();
        assert!(texts.len() > one_in, "only {} texts", texts.len());
        let found: Vec<String> = texts
            .iter()
            .filter_map(|(place, text)| {
                let finding = words::check(text, language).into_iter().next()?;
                let words = text.get(finding.range)?;
                Some(format!("{}/{place}: {} in: {text}", language.code(), words))
            })
            .collect();
        assert!(found.len() * one_in <= texts.len(), "of {}:\n{}\n", texts.len(), found.join("\n"));
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
