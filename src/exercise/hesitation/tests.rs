use super::*;
use crate::exercise::Library;
use crate::exercise::reading::{self, Counts, GRADE};
use crate::fields::Document;

fn marked(reasons: &[Reason], own: &str) -> Marked {
    let mut marked = Marked { own: own.to_owned(), ..Marked::default() };
    for reason in reasons {
        marked.toggle(*reason);
    }
    marked
}

fn texts(language: Language) -> Guide {
    guide(language).unwrap_or_else(|fault| panic!("{}.ron:{fault}", language.code()))
}

#[test]
fn every_reason_has_a_name_of_its_own_and_texts_in_both_languages() {
    for language in Language::ALL {
        let guide = texts(language);
        for reason in Reason::ALL {
            assert_eq!(Reason::from_slug(reason.slug()), Some(reason));
            assert!(guide.contains_key(&reason), "{}: {reason:?}", language.code());
        }
        let labels: BTreeSet<&str> = guide.values().map(|texts| texts.label.as_str()).collect();
        assert_eq!(labels.len(), Reason::ALL.len());
    }
}

#[test]
fn every_exercise_and_every_evidence_is_there_and_written_for_that_person() {
    use crate::exercise::Who;
    for language in Language::ALL {
        let library = Library::new(language, &[]);
        for (reason, texts) in texts(language) {
            for (whose, not_for) in [(Whose::Mine, Who::Asker), (Whose::Guess, Who::Unsure)] {
                let id = reason.exercise(whose);
                let exercise = library.get(id).unwrap_or_else(|| panic!("{reason:?}: no exercise {id}"));
                assert_ne!(exercise.who, not_for, "{reason:?} {whose:?}: {id}");
            }
            for key in &texts.evidence {
                assert!(library.evidence.contains_key(key), "{reason:?}: no evidence {key}");
            }
        }
    }
    let keys = |language| texts(language).into_values().map(|texts| texts.evidence).collect::<Vec<_>>();
    assert_eq!(keys(Language::En), keys(Language::Fr));
}

#[test]
fn texts_are_short_easy_and_well_set() {
    for language in Language::ALL {
        let mut sum = Counts::default();
        let mut wrong = Vec::new();
        for (reason, texts) in texts(language) {
            let fields = [
                ("label", &texts.label, 8),
                ("answer", &texts.answer, 45),
                ("limit", &texts.limit, 30),
                ("question", &texts.question, 25),
            ];
            for (field, text, most) in fields {
                let words = reading::words(text);
                if words > most || words == 0 {
                    wrong.push(format!("{reason:?} {field}: {words} words, the most is {most}"));
                }
                let breaks = [" :", " ?", " !", " ;", " »", "« "].iter().any(|pair| text.contains(pair));
                if text.contains(['\'', '"']) || (language == Language::Fr && breaks) {
                    wrong.push(format!("{reason:?} {field}: quotes or spaces"));
                }
                for hit in crate::exercise::audit::wording::hits(language, text) {
                    wrong.push(format!("{reason:?} {field}: {} ({})", hit.words, hit.why));
                }
                if field != "label" {
                    sum += reading::counts(language, text);
                }
            }
            assert_eq!(texts.question.contains("{own}"), reason == Reason::Own, "{reason:?}");
        }
        let grade = reading::grade_of(language, sum);
        if grade > GRADE {
            wrong.push(format!("reads at grade {grade:.1}, the most is {GRADE:.1}"));
        }
        assert!(wrong.is_empty(), "{}:\n{}", language.code(), wrong.join("\n"));
    }
}

#[test]
fn only_what_one_marked_for_oneself_can_be_shown() {
    let mut all = Hesitations::default();
    *all.of_mut(Whose::Guess) = marked(&[Reason::Cost], "");
    let mut card = Vec::new();
    show(&all, Reason::Cost, &mut card);
    assert_eq!(card, [], "a guess");
    *all.of_mut(Whose::Mine) = marked(&[Reason::Time, Reason::Own], "  I am tired ");
    show(&all, Reason::Cost, &mut card);
    show(&all, Reason::Own, &mut card);
    show(&all, Reason::Time, &mut card);
    assert_eq!(shown(&card).collect::<Vec<_>>(), [(Reason::Time, ""), (Reason::Own, "I am tired")]);
    all.mine.own = "I am worn out".into();
    assert_eq!(
        shown(&card).nth(1),
        Some((Reason::Own, "I am tired")),
        "another wording is shown only when asked to"
    );
    show(&all, Reason::Own, &mut card);
    assert_eq!(shown(&card).nth(1), Some((Reason::Own, "I am worn out")));
    take_back(Reason::Own, &mut card);
    assert_eq!(card.len(), 1);
    all.mine.toggle(Reason::Time);
    keep_marked(&all, &mut card);
    assert_eq!(card, [], "whoever takes a mark away shows it no longer");
}

#[test]
fn own_words_make_a_question_and_nothing_without_them() {
    let guide = texts(Language::En);
    let mut own = marked(&[Reason::Own, Reason::Sides], "");
    assert_eq!(questions(&guide, Language::En, &own).len(), 1, "an own reason without words is none");
    own.own = "it is too far".into();
    let found = questions(&guide, Language::En, &own);
    assert_eq!(found[1].1, "One of us says: “It is too far.” What do you say to that?");
    let french = questions(&texts(Language::Fr), Language::Fr, &own);
    assert!(french[1].1.contains("«\u{a0}It is too far.\u{a0}»"), "{}", french[1].1);
}

#[test]
fn the_list_for_the_call_holds_what_was_shown_and_each_question_once() {
    let guide = texts(Language::En);
    let one = |reason: Reason| Shown { reason: reason.slug().into(), words: String::new() };
    let (sam, alex) = (vec![one(Reason::Cost)], vec![one(Reason::Cost), one(Reason::Past)]);
    let later = Shown { reason: "of-a-later-version".into(), words: String::new() };
    let alex: Vec<Shown> = alex.into_iter().chain([later]).collect();
    let found = questions_shown(&guide, Language::En, [&sam, &alex]);
    assert_eq!(found.iter().map(|(reason, _)| *reason).collect::<Vec<_>>(), [Reason::Cost, Reason::Past]);
}

#[test]
fn everything_survives_the_file() {
    let mut all = Hesitations { mine: marked(&[Reason::Own], "« mine »"), guess: marked(&[Reason::Roots], "") };
    all.mine.reasons.insert("of-a-later-version".into());
    assert_eq!(Hesitations::take(&all.put()), (all.clone(), Vec::new()));
    all.mine.toggle(Reason::Own);
    assert_eq!(all.mine.reasons().count(), 0);
    assert_eq!(all.mine.own, "« mine »", "taking a mark away loses no words");
}

#[test]
fn what_was_marked_in_an_exercise_can_be_taken_up_but_no_own_words() {
    use crate::exercise::{Answer, Chosen, Progress};
    let library = Library::new(Language::En, &[]);
    for (whose, id, step) in [(Whose::Mine, "holds-me-back", "reasons"), (Whose::Guess, "curiosity", "guess")] {
        let exercise = library.get(id).expect("there");
        let offered = exercise.step(step).expect("there");
        let crate::exercise::Kind::Choose { options, .. } = &offered.kind else { panic!("a choice") };
        let ids: Vec<String> = options.iter().map(|option| option.id.clone()).collect();
        let mut progress = Progress::of(id);
        progress.start(exercise, jiff::Timestamp::UNIX_EPOCH);
        progress.answer(step, Answer::Chosen(Chosen { ids, own: "mine".into() }));
        let all = BTreeMap::from([(id.to_owned(), progress)]);
        let (from, found) = marked_elsewhere(&Marked::default(), whose, &all).expect("some");
        assert_eq!(from, id);
        let listed = Reason::ALL.into_iter().filter(|reason| *reason != Reason::Own);
        assert_eq!(found.iter().collect::<BTreeSet<_>>(), listed.collect::<Vec<_>>().iter().collect());
        assert_eq!(marked_elsewhere(&marked(&found, ""), whose, &all), None);
    }
}
