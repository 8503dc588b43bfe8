//! A sentence built from a person's own answers.
//!
//! A template is a text in which `{step-id}` stands for the answer to an earlier step. What a person wrote goes in
//! as it is; only the seams are smoothed: no full stop in mid-sentence, none twice, no doubled spaces, and a small
//! letter where a sentence goes on. Nothing else is touched, since it is the person's own wording.

use std::collections::BTreeMap;

use super::letters::{capitalised, elided, in_sentence, in_sentence_label, without_stop};
use super::model::{Exercise, Item, Kind, Step};
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

/// Whether every placeholder of `template` has an answer.
#[must_use]
pub fn is_whole(template: &str, exercise: &Exercise, answers: &BTreeMap<String, Answer>, language: Language) -> bool {
    pieces(template).unwrap_or_default().into_iter().all(|piece| match piece {
        Piece::Words(_) => true,
        Piece::Answer(name) => answer_text(exercise, name, answers, language).is_some(),
    })
}

/// `template` with the answers put in; [`MISSING`] where one is not there. A template with a stray bracket
/// (which `parse` refuses) comes back as it is.
#[must_use]
pub fn fill(template: &str, exercise: &Exercise, answers: &BTreeMap<String, Answer>, language: Language) -> String {
    let Ok(pieces) = pieces(template) else { return template.to_owned() };
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => push_words(&mut text, words),
            Piece::Answer(name) => {
                let next = pieces.get(index + 1);
                let goes_on = !matches!(next, None | Some(Piece::Words("" | " ")));
                let value = answer_text(exercise, name, answers, language);
                push_answer(&mut text, value, goes_on, language);
            }
        }
    }
    collapse(&text)
}

/// The answer as it would stand in a sentence.
struct Value {
    text: String,
    /// Whether it is made of an exercise's labels, whose capital letters are for the list only.
    labels: bool,
}

/// The answer to the step `name`, if there is one.
fn answer_text(
    exercise: &Exercise,
    name: &str,
    answers: &BTreeMap<String, Answer>,
    language: Language,
) -> Option<Value> {
    let step = exercise.step(name)?;
    let listed = |items: &[Item], ids: &[String], own: &str| {
        let label = |id: &String| items.iter().find(|item| item.id == *id).map(|item| item.label.as_str());
        // A choice is told in the order of the list, an order in the person's own.
        let mut parts: Vec<String> = if matches!(step.kind, Kind::Sort { .. }) {
            ids.iter().filter_map(label).map(|label| in_sentence_label(label, language)).collect()
        } else {
            let chosen = items.iter().filter(|item| ids.contains(&item.id));
            chosen.map(|item| in_sentence_label(&item.label, language)).collect()
        };
        parts.extend(Some(in_sentence(without_stop(own.trim()), language)).filter(|own| !own.is_empty()));
        Some(joined(&parts, language)).filter(|text| !text.is_empty()).map(|text| Value { text, labels: true })
    };
    match (&step.kind, answers.get(name)?) {
        (Kind::Draft { .. } | Kind::Write { .. }, Answer::Text(text)) => {
            let text = text.trim();
            (!text.is_empty()).then(|| Value { text: text.to_owned(), labels: false })
        }
        (Kind::Choose { options, .. }, Answer::Chosen(chosen)) => listed(options, &chosen.ids, &chosen.own),
        (Kind::Sort { items }, Answer::Sorted(ids)) => listed(items, ids, ""),
        (Kind::Scale { .. }, Answer::Scaled(number)) => Some(Value { text: number.to_string(), labels: true }),
        _ => None,
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
mod tests {
    use super::super::progress::Chosen;
    use super::*;

    const EXERCISE: &str = r#"(schema: 1, id: "x", title: "T", summary: "S.", who: Both, stage: Ask, minutes: 1, why: "W.", steps: [
        (id: "event", title: "T", text: "X.", kind: Write(hint: "", lines: 1)),
        (id: "wish", title: "T", text: "X.", kind: Write(hint: "", lines: 1)),
        (id: "feel", title: "T", text: "X.", kind: Choose(options: [(id: "sad", label: "Sad"), (id: "alone", label: "Alone"), (id: "me", label: "I miss us")], many: true, own_words: true)),
        (id: "much", title: "T", text: "X.", kind: Scale(steps: 5, low: "L", high: "H")),
        (id: "order", title: "T", text: "X.", kind: Sort(items: [(id: "cost", label: "Cost"), (id: "time", label: "Time"), (id: "sunday", label: "Sunday")])),
        (id: "say", title: "T", text: "X.", kind: Draft(template: "When {event}, I felt {feel}.")),
    ])"#;

    fn exercise() -> Exercise {
        super::super::model::parse("x", EXERCISE).expect("the test's exercise")
    }

    fn text(step: &str, answer: &str) -> (String, Answer) {
        (step.to_owned(), Answer::Text(answer.to_owned()))
    }

    fn feel(ids: &[&str], own: &str) -> (String, Answer) {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        ("feel".to_owned(), Answer::Chosen(Chosen { ids, own: own.to_owned() }))
    }

    fn filled(template: &str, answers: &[(String, Answer)], language: Language) -> String {
        fill(template, &exercise(), &answers.iter().cloned().collect(), language)
    }

    #[test]
    fn answers_are_put_in() {
        let template = "When {event}, I felt {feel}. It was a {much}.";
        let much = ("much".to_owned(), Answer::Scaled(4));
        let answers = [text("event", " The talk stopped. "), feel(&["alone", "sad"], ""), much];
        assert_eq!(
            filled(template, &answers, Language::En),
            "When the talk stopped, I felt sad and alone. It was a 4."
        );
        assert_eq!(filled(template, &[], Language::En), "When …, I felt … It was a …");
    }

    #[test]
    fn joins_follow_the_language() {
        let answers = [feel(&["sad", "alone"], "a bit lost.")];
        assert_eq!(filled("I felt {feel}.", &answers, Language::En), "I felt sad, alone and a bit lost.");
        assert_eq!(filled("{feel}, oui", &answers, Language::Fr), "Sad, alone et a bit lost, oui");
        let order = [(
            "order".to_owned(),
            Answer::Sorted(vec!["time".into(), "gone".into(), "sunday".into(), "cost".into()]),
        )];
        assert_eq!(filled("First {order}.", &order, Language::En), "First time, Sunday and cost.");
    }

    #[test]
    fn stops_are_never_doubled() {
        let cases = [
            ("I wish {wish}.", "to talk.", "I wish to talk."),
            ("I wish {wish}.", "to talk!", "I wish to talk!"),
            ("I wish {wish}.", "to talk…", "I wish to talk…"),
            ("I wish {wish}.", "to talk...", "I wish to talk..."),
            ("I wish {wish}", "to talk.", "I wish to talk."),
            ("“{wish}.” Yes.", "To talk.", "“To talk.” Yes."),
            ("I wish {wish}.", "“to talk.”", "I wish “to talk.”"),
            ("I wish {wish}, really.", "to talk. Soon.", "I wish to talk. Soon, really."),
            ("I  wish  {wish} , and", "to talk", "I wish to talk, and"),
        ];
        for (template, answer, expected) in cases {
            assert_eq!(filled(template, &[text("wish", answer)], Language::En), expected, "{template} + {answer}");
        }
    }

    #[test]
    fn only_safe_words_lose_their_capital() {
        let cases = [
            (Language::En, "I felt it", "I felt it"),
            (Language::En, "I’m tired", "I’m tired"),
            (Language::En, "Sam left", "Sam left"),
            (Language::En, "It’s late", "it’s late"),
            (Language::En, "My day", "my day"),
            (Language::En, "A. left", "A. left"),
            (Language::Fr, "J’ai peur", "j’ai peur"),
            (Language::Fr, "À table", "à table"),
            (Language::Fr, "L’Estrie", "l’Estrie"),
            (Language::Fr, "Luc rit", "Luc rit"),
        ];
        for (language, answer, expected) in cases {
            assert_eq!(filled("x {wish}", &[text("wish", answer)], language), format!("x {expected}"));
            let start = filled("{wish}", &[text("wish", answer)], language);
            assert_eq!(start, answer, "a sentence may begin with any of them");
        }
        assert_eq!(filled("so {feel}", &[feel(&["me"], "")], Language::En), "so I miss us");
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        let answer = [text("wish", "it rains.")];
        assert_eq!(filled("{wish}. Then {wish}, so.", &answer, Language::En), "It rains. Then it rains, so.");
        assert_eq!(filled("Yes! {wish}", &answer, Language::En), "Yes! It rains.");
        assert_eq!(filled("I say “{wish}”", &answer, Language::En), "I say “It rains”");
        assert_eq!(filled("{event} {wish}", &answer, Language::En), "… it rains.");
    }

    #[test]
    fn french_que_and_de_lose_their_e_before_a_vowel() {
        let cases = [
            ("J’aimerais que {wish}.", "Il m’écoute", "J’aimerais qu’il m’écoute."),
            ("J’ai besoin de {wish}.", "être entendue", "J’ai besoin d’être entendue."),
            ("J’ai besoin de {wish}.", "repos", "J’ai besoin de repos."),
            ("Je dis que {wish}.", "oui", "Je dis que oui."),
            ("Un guide {wish}.", "aimable", "Un guide aimable."),
        ];
        for (template, answer, expected) in cases {
            assert_eq!(filled(template, &[text("wish", answer)], Language::Fr), expected);
        }
        assert_eq!(filled("Je veux que {wish}.", &[], Language::Fr), "Je veux que …");
    }

    #[test]
    fn no_break_spaces_and_quotes_stay() {
        let answers = [text("wish", "« Et toi\u{a0}? »")];
        assert_eq!(filled("Je dis\u{a0}: {wish}.", &answers, Language::Fr), "Je dis\u{a0}: « Et toi\u{a0}? »");
    }

    #[test]
    fn an_edited_draft_stays_as_edited() {
        let exercise = exercise();
        let step = exercise.step("say").expect("there").clone();
        let mut answers: BTreeMap<String, Answer> = [text("event", "it rains")].into();
        assert_eq!(text_of(&exercise, &step, &answers, Language::En), "When it rains, I felt …");
        answers.insert("say".into(), Answer::Text("My own.".into()));
        assert_eq!(text_of(&exercise, &step, &answers, Language::En), "My own.");
    }

    #[test]
    fn stray_brackets_are_told() {
        assert_eq!(pieces("a {b} c"), Ok(vec![Piece::Words("a "), Piece::Answer("b"), Piece::Words(" c")]));
        assert_eq!(pieces("a {b c"), Err("{b c"));
        assert_eq!(pieces("a {b {c}"), Err("{b {c}"));
        assert_eq!(pieces("a } {b}"), Err("} {b}"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_filled_has_no_doubled_space_or_stop(answer in "[a-zA-Zé .,!?]{0,30}", tail in "[.,!? ]{0,1}") {
            proptest::prop_assume!(!answer.contains(".."));
            let result = filled(&format!("When {{wish}}{tail}"), &[text("wish", &answer)], Language::En);
            proptest::prop_assert!(!result.contains("  "), "{result:?}");
            proptest::prop_assert!(!result.ends_with("..") || answer.contains(". ."), "{result:?}");
        }
    }
}
