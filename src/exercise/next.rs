//! One next exercise to propose, and why. There is always something else to choose: see [`proposals`].

use std::collections::BTreeMap;

use jiff::Zoned;

use super::library::Library;
use super::model::{Exercise, Stage, Who};
use super::progress::Progress;
use crate::couple::Side;

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// Id of the exercise.
    pub exercise: String,
    /// Key of the reason in the locale files: one sentence.
    pub reason: &'static str,
}

/// The first of [`proposals`]; none when everything was done and nothing is due.
#[must_use]
pub fn next_step(side: Side, library: &Library, progress: &BTreeMap<String, Progress>, now: &Zoned) -> Option<Next> {
    proposals(side, library, progress, now).into_iter().next()
}

/// Exercises that fit only when something has happened: a person who needs one finds it in the library, and nobody is
/// told "after a no" before there was one.
const WHEN_NEEDED: [&str; 6] =
    ["breathing", "after-argument", "after-no", "stuck", "from-one-session", "after-session"];

/// What one could do next, best first, each exercise once: what is half-way (the newest first), what is due to be
/// looked at again, then what was not done yet, in the order of the library with the exercises for one's own side
/// first. What is done and not due is left out: nobody is asked to repeat for repetition's sake.
///
/// `progress` is one person's, by exercise id; exercises that the library no longer has are passed over.
#[must_use]
pub fn proposals(side: Side, library: &Library, progress: &BTreeMap<String, Progress>, now: &Zoned) -> Vec<Next> {
    let mut half_way = Vec::new();
    let mut due = Vec::new();
    let mut fresh = Vec::new();
    let nothing_done = progress.values().all(|progress| !progress.is_done());
    for exercise in &library.exercises {
        let known = progress.get(&exercise.id);
        if let Some(run) = known.and_then(Progress::current) {
            half_way.push((run.started, exercise));
        } else if let Some(day) =
            known.and_then(|known| known.due_check_backs(now).filter_map(|run| run.check_back).min())
        {
            due.push((day, exercise));
        } else if !known.is_some_and(Progress::is_done) && !WHEN_NEEDED.contains(&exercise.id.as_str()) {
            fresh.push(exercise);
        }
    }
    half_way.sort_by_key(|(started, _)| std::cmp::Reverse(*started));
    due.sort_by_key(|(day, _)| *day);
    // Sorting keeps the order of the library among equals.
    fresh.sort_by_key(|exercise| distance(side, exercise));
    let half_way = half_way.into_iter().map(|(_, exercise)| (exercise, "next-resume"));
    let due = due.into_iter().map(|(_, exercise)| (exercise, "next-check-back"));
    let fresh = fresh.into_iter().map(|exercise| (exercise, reason(side, exercise, nothing_done)));
    half_way.chain(due).chain(fresh).map(|(exercise, reason)| Next { exercise: exercise.id.clone(), reason }).collect()
}

/// How far an exercise is from what someone on this side needs first; smaller is nearer.
fn distance(side: Side, exercise: &Exercise) -> u8 {
    match (side, exercise.who) {
        // Choosing together begins at Choose; what leads up to asking is behind them.
        (Side::ChoosingTogether, who) => {
            let early = u8::from(exercise.stage < Stage::Choose) * 2;
            early + u8::from(who != Who::Both)
        }
        (Side::WouldLikeToTry | Side::Unsaid, Who::Asker) | (Side::NotSure, Who::Unsure) => 0,
        (Side::WouldLikeToTry | Side::Unsaid | Side::NotSure, Who::Both) => 1,
        (Side::WouldLikeToTry | Side::Unsaid, Who::Unsure) | (Side::NotSure, Who::Asker) => 2,
    }
}

fn reason(side: Side, exercise: &Exercise, nothing_done: bool) -> &'static str {
    match (side, exercise.who) {
        (Side::WouldLikeToTry | Side::Unsaid, Who::Asker) if nothing_done => "next-first-asker",
        (Side::NotSure, Who::Unsure) if nothing_done => "next-first-unsure",
        (Side::NotSure, Who::Asker) => "next-their-view",
        (Side::WouldLikeToTry | Side::Unsaid, Who::Unsure) => "next-their-view",
        (Side::ChoosingTogether, _) => "next-together",
        (_, Who::Both) => "next-together",
        (_, Who::Asker) => match exercise.stage {
            Stage::Prepare => "next-prepare",
            Stage::Ask => "next-ask",
            Stage::Choose | Stage::Meet | Stage::After => "next-on-the-path",
        },
        (_, Who::Unsure) => "next-your-side",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    const SIDES: [Side; 4] = [Side::WouldLikeToTry, Side::NotSure, Side::ChoosingTogether, Side::Unsaid];

    fn exercise(id: &str, who: &str, stage: &str) -> (String, String) {
        let text = format!(
            "(schema: 1, id: \"{id}\", title: \"T\", summary: \"S.\", who: {who}, stage: {stage}, minutes: 1, why: \"W.\", steps: [
            (id: \"a\", title: \"T\", text: \"X.\", kind: CheckBack(days: 2))])"
        );
        (format!("{id}.ron"), text)
    }

    fn library() -> Library {
        let files = [
            exercise("a1", "Asker", "Prepare"),
            exercise("a2", "Asker", "Ask"),
            exercise("b1", "Both", "Choose"),
            exercise("u1", "Unsure", "Prepare"),
        ];
        let mut library = Library::new(Language::En, &files);
        library.exercises.retain(|exercise| exercise.id.len() == 2);
        library
    }

    fn now() -> Zoned {
        "2026-11-23T10:00[America/Toronto]".parse().expect("a time")
    }

    fn ids(side: Side, progress: &BTreeMap<String, Progress>, now: &Zoned) -> Vec<(String, &'static str)> {
        proposals(side, &library(), progress, now).into_iter().map(|next| (next.exercise, next.reason)).collect()
    }

    fn firsts(side: Side) -> Vec<String> {
        ids(side, &BTreeMap::new(), &now()).into_iter().map(|(id, _)| id).collect()
    }

    #[test]
    fn what_fits_only_at_times_is_never_proposed() {
        let library = Library::new(Language::En, &[]);
        let now = jiff::civil::date(2026, 11, 28).at(9, 0, 0, 0).in_tz("America/Toronto").unwrap();
        for side in SIDES {
            let all = proposals(side, &library, &BTreeMap::new(), &now);
            assert_eq!(all.len(), library.exercises.len() - WHEN_NEEDED.len());
            assert!(all.iter().all(|next| !WHEN_NEEDED.contains(&next.exercise.as_str())));
        }
        assert!(WHEN_NEEDED.iter().all(|id| library.get(id).is_some()), "each is in the library");
    }

    #[test]
    fn each_side_begins_with_its_own() {
        assert_eq!(firsts(Side::WouldLikeToTry), ["a1", "a2", "b1", "u1"]);
        assert_eq!(firsts(Side::Unsaid), ["a1", "a2", "b1", "u1"]);
        assert_eq!(firsts(Side::NotSure), ["u1", "b1", "a1", "a2"]);
        assert_eq!(firsts(Side::ChoosingTogether), ["b1", "a1", "a2", "u1"]);
        let first = next_step(Side::NotSure, &library(), &BTreeMap::new(), &now()).expect("one");
        assert_eq!((first.exercise.as_str(), first.reason), ("u1", "next-first-unsure"));
    }

    #[test]
    fn what_is_half_way_comes_first_then_what_is_due() {
        let library = library();
        let mut progress = BTreeMap::new();
        let mut done = Progress::of("a1");
        done.start(library.get("a1").expect("there"), now().timestamp());
        done.answer("a", super::super::progress::Answer::Done);
        done.finish(library.get("a1").expect("there"), &now());
        progress.insert("a1".to_owned(), done);
        let side = Side::WouldLikeToTry;
        assert_eq!(ids(side, &progress, &now())[0], ("a2".into(), "next-ask"));
        let later = now().checked_add(jiff::ToSpan::days(2)).expect("a day");
        assert_eq!(ids(side, &progress, &later)[0], ("a1".into(), "next-check-back"));
        let mut open = Progress::of("u1");
        open.start(library.get("u1").expect("there"), now().timestamp());
        progress.insert("u1".to_owned(), open);
        let all = ids(side, &progress, &later);
        assert_eq!(all[0], ("u1".into(), "next-resume"));
        assert_eq!(all.len(), 4, "each once: {all:?}");
    }

    #[test]
    fn when_all_is_done_nothing_is_pressed() {
        let library = library();
        let mut progress = BTreeMap::new();
        for exercise in &library.exercises {
            let mut done = Progress::of(&exercise.id);
            done.start(exercise, now().timestamp());
            done.finish(exercise, &now());
            progress.insert(exercise.id.clone(), done);
        }
        for side in SIDES {
            assert_eq!(next_step(side, &library, &progress, &now()), None);
        }
    }

    #[test]
    fn every_reason_has_a_text() {
        for language in Language::ALL {
            let texts = crate::locale::Texts::new(language);
            for side in SIDES {
                for exercise in &library().exercises {
                    for nothing_done in [true, false] {
                        let key = reason(side, exercise, nothing_done);
                        assert_ne!(texts.get(key), key);
                    }
                }
            }
            for key in ["next-resume", "next-check-back"] {
                assert_ne!(texts.get(key), key);
            }
        }
    }
}
