//! One next step to propose, and why. There is always something else to choose, and nothing is ever due: where there
//! is nothing to do, the step is to rest.

use super::hesitation::{Reason, Whose};
use super::library::Library;
use super::model::{Exercise, Kind, Stage, Who};
use super::progress::Progress;
use super::standing::{Reply, Round, Session, Standing};
use crate::couple::Side;

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Go {
    /// An exercise, by its id.
    Exercise(String),
    /// What is in the way.
    Hesitations,
    /// The invitation as a whole, with the answers that may come.
    Rehearsal,
    /// Quiet times for the reminder.
    QuietTimes,
    /// The list of therapists.
    Therapists,
    /// Choosing together.
    Choose,
    /// The one session.
    Session,
    /// Nothing.
    Rest,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Next {
    /// What to do.
    pub go: Go,
    /// Key of the reason in the locale files: one sentence.
    pub reason: &'static str,
    /// What the sentence is about, where it names one thing that is in the way.
    pub about: Option<Reason>,
}

/// With so many of the six parts an invitation can be said (a judgement: none has to be there).
const ENOUGH_PARTS: usize = 3;
/// After an argument, this many hours of rest (research rule 4).
const HOURS_AFTER_ARGUMENT: i64 = 24;
/// An argument or a no is long enough ago after so many days that nothing is proposed because of it.
const DAYS_FRESH_ARGUMENT: i64 = 7;
const DAYS_FRESH_NO: i64 = 30;
/// So many noted arguments within [`DAYS_STUCK`] days look like a loop.
const ARGUMENTS_STUCK: usize = 3;
const DAYS_STUCK: i64 = 30;
/// Looking back at the session is proposed for so many days.
const DAYS_AFTER_SESSION: i32 = 30;

fn go(go: Go, reason: &'static str) -> Next {
    Next { go, reason, about: None }
}

fn exercise(id: &str, reason: &'static str) -> Next {
    go(Go::Exercise(id.to_owned()), reason)
}

/// One next step, the first that fits: what has just happened, then what is half-way or to be looked at again, then
/// what comes next on the path. `library` says what there is; exercises that it does not have are passed over.
#[must_use]
pub fn next_step(standing: &Standing<'_>, library: &Library) -> Next {
    let found = after_the_session(standing)
        .or_else(|| argued(standing))
        .or_else(|| stuck(standing))
        .or_else(|| refused(standing, library))
        .or_else(|| half_way(standing, library))
        .or_else(|| look_again(standing, library))
        .or_else(|| session(standing))
        .or_else(|| choosing(standing))
        .or_else(|| later(standing))
        .filter(|next| is_there(next, library));
    found.unwrap_or_else(|| match standing.side {
        Side::NotSure => unsure(standing, library),
        Side::WouldLikeToTry | Side::Unsaid => asker(standing, library),
        // Choosing always has a step of its own.
        Side::ChoosingTogether => go(Go::Rest, "next-rest-done"),
    })
}

/// The exercise to show beside the library: the proposed one, else the first of one's own side that is not done.
#[must_use]
pub fn next_exercise(standing: &Standing<'_>, library: &Library) -> Option<String> {
    match next_step(standing, library).go {
        Go::Exercise(id) => Some(id),
        _ => {
            fresh(standing, library).min_by_key(|exercise| distance(standing.side, exercise)).map(|one| one.id.clone())
        }
    }
}

fn is_there(next: &Next, library: &Library) -> bool {
    match &next.go {
        Go::Exercise(id) => library.get(id).is_some(),
        _ => true,
    }
}

fn after_the_session(standing: &Standing<'_>) -> Option<Next> {
    let Session::Booked(Some(date)) = standing.session else { return None };
    let today = standing.now.date();
    if date >= today {
        return None;
    }
    let start = date.to_zoned(standing.now.time_zone().clone()).ok()?.timestamp();
    let fresh = (today - date).get_days() <= DAYS_AFTER_SESSION;
    Some(if fresh && !standing.finished_since("after-session", start) {
        exercise("after-session", "next-after-session")
    } else {
        go(Go::Rest, "next-rest-after")
    })
}

fn argued(standing: &Standing<'_>) -> Option<Next> {
    let last = *standing.argued.last().filter(|at| **at <= standing.now.timestamp())?;
    let hours = standing.now.timestamp().duration_since(last).as_hours();
    if hours < HOURS_AFTER_ARGUMENT {
        return Some(if standing.finished_since("breathing", last) {
            go(Go::Rest, "next-rest-argued")
        } else {
            exercise("breathing", "next-argued")
        });
    }
    let fresh = standing.days_since(last) < DAYS_FRESH_ARGUMENT;
    (fresh && !standing.finished_since("after-argument", last)).then(|| exercise("after-argument", "next-day-after"))
}

fn stuck(standing: &Standing<'_>) -> Option<Next> {
    let recent = standing.argued.iter().filter(|at| standing.days_since(**at) < DAYS_STUCK);
    let done = standing.finished("stuck").is_some_and(|at| standing.days_since(at) < DAYS_STUCK);
    (recent.count() >= ARGUMENTS_STUCK && !done).then(|| exercise("stuck", "next-stuck"))
}

/// After a no the person who asked is looked after, and nothing leads back to asking.
fn refused(standing: &Standing<'_>, library: &Library) -> Option<Next> {
    let Some((at, Reply::No)) = standing.answer else { return None };
    if standing.round != Round::None || standing.session != Session::None || standing.side == Side::ChoosingTogether {
        return None;
    }
    if standing.days_since(at) < DAYS_FRESH_NO && !standing.finished_since("after-no", at) {
        return Some(exercise("after-no", "next-after-no")).filter(|next| is_there(next, library));
    }
    let again = look_again(standing, library).filter(|next| next.go == Go::Exercise("after-no".to_owned()));
    Some(again.unwrap_or_else(|| go(Go::Rest, "next-rest-refused")))
}

/// Whether an exercise still fits: what leads up to asking is over once they have agreed to try.
fn fits(standing: &Standing<'_>, exercise: &Exercise) -> bool {
    let leads_up = exercise.stage < Stage::Choose && exercise.who != Who::Both;
    !(leads_up && standing.agreed_to_try())
}

fn half_way(standing: &Standing<'_>, library: &Library) -> Option<Next> {
    let open = library.exercises.iter().filter(|exercise| fits(standing, exercise)).filter_map(|exercise| {
        let run = standing.progress.get(&exercise.id).and_then(Progress::current)?;
        Some((run.started, exercise))
    });
    open.max_by_key(|(started, _)| *started).map(|(_, one)| exercise(&one.id, "next-resume"))
}

fn look_again(standing: &Standing<'_>, library: &Library) -> Option<Next> {
    let due = library.exercises.iter().filter(|exercise| fits(standing, exercise)).filter_map(|exercise| {
        let known = standing.progress.get(&exercise.id)?;
        Some((known.due_check_backs(&standing.now).filter_map(|run| run.check_back).min()?, exercise))
    });
    due.min_by_key(|(day, _)| *day).map(|(_, one)| exercise(&one.id, "next-check-back"))
}

fn session(standing: &Standing<'_>) -> Option<Next> {
    Some(match standing.session {
        Session::None => return None,
        Session::ToCall => go(Go::Session, "next-call"),
        Session::Waiting => go(Go::Rest, "next-rest-called"),
        Session::Booked(_) if standing.finished("from-one-session").is_none() => {
            exercise("from-one-session", "next-before-session")
        }
        Session::Booked(_) => go(Go::Rest, "next-rest-booked"),
    })
}

fn choosing(standing: &Standing<'_>) -> Option<Next> {
    if !standing.agreed_to_try() {
        return None;
    }
    Some(match standing.round {
        Round::Marking => go(Go::Choose, "next-mark"),
        Round::BothDone => go(Go::Choose, "next-look"),
        Round::Nobody => go(Go::Choose, "next-nobody"),
        Round::Done if standing.finished("questions").is_none() => exercise("questions", "next-meanwhile"),
        Round::Done => go(Go::Rest, "next-rest-marked"),
        Round::None if standing.side == Side::NotSure && standing.finished("my-say").is_none() => {
            exercise("my-say", "next-your-say")
        }
        Round::None if standing.listed < 2 => go(Go::Therapists, "next-list"),
        Round::None => go(Go::Choose, "next-choose"),
    })
}

/// "Later" leaves it with the other until the day that they named.
fn later(standing: &Standing<'_>) -> Option<Next> {
    let Some((_, Reply::Later(date))) = standing.answer else { return None };
    (standing.now.date() < date).then(|| go(Go::Rest, "next-rest-later"))
}

/// Exercises that fit only when something has happened: a person who needs one finds it in the library, and nobody is
/// told "after a no" before there was one.
const WHEN_NEEDED: [&str; 6] =
    ["breathing", "after-argument", "after-no", "stuck", "from-one-session", "after-session"];

/// What was not done yet and fits at any time, in the order of the library.
fn fresh<'a>(standing: &Standing<'a>, library: &'a Library) -> impl Iterator<Item = &'a Exercise> + use<'a> {
    let progress = standing.progress;
    let agreed = standing.clone();
    library.exercises.iter().filter(move |exercise| {
        !progress.get(&exercise.id).is_some_and(Progress::is_done)
            && !WHEN_NEEDED.contains(&exercise.id.as_str())
            && fits(&agreed, exercise)
    })
}

/// How far an exercise is from what someone on this side needs first; smaller is nearer.
const fn distance(side: Side, exercise: &Exercise) -> u8 {
    match (side, exercise.who) {
        (Side::WouldLikeToTry | Side::Unsaid, Who::Asker) | (Side::NotSure, Who::Unsure) => 0,
        (Side::ChoosingTogether, Who::Both) => 0,
        (_, Who::Both) | (Side::ChoosingTogether, _) => 1,
        (Side::WouldLikeToTry | Side::Unsaid, Who::Unsure) | (Side::NotSure, Who::Asker) => 2,
    }
}

/// The first exercise that goes with one of `reasons` and was not done.
fn matching(
    standing: &Standing<'_>,
    library: &Library,
    reasons: &[Reason],
    whose: Whose,
    why: &'static str,
) -> Option<Next> {
    let mut found = reasons.iter().map(|reason| (*reason, reason.exercise(whose)));
    let (reason, id) = found.find(|(_, id)| library.get(id).is_some() && standing.finished(id).is_none())?;
    Some(Next { about: Some(reason), ..exercise(id, why) })
}

/// For whoever is not sure: their own view first. Nothing here leads to a yes.
fn unsure(standing: &Standing<'_>, library: &Library) -> Next {
    let nothing_done = standing.progress.values().all(|progress| !progress.is_done());
    if standing.mine.is_empty() && nothing_done {
        return go(Go::Hesitations, "next-map");
    }
    let matched = matching(standing, library, &standing.mine, Whose::Mine, "next-goes-with-mine");
    let own = || {
        let mut own = fresh(standing, library);
        own.find(|one| one.who == Who::Unsure && one.stage < Stage::Choose)
            .map(|one| exercise(&one.id, "next-your-side"))
    };
    matched.or_else(own).unwrap_or_else(|| go(Go::Rest, "next-rest-done"))
}

/// For whoever would like to try: understand, find words, go through them, then wait for a calm moment.
fn asker(standing: &Standing<'_>, library: &Library) -> Next {
    let own = |one: &&Exercise| one.who == Who::Asker && one.stage < Stage::Choose;
    let done = library.exercises.iter().filter(own).filter(|one| standing.finished(&one.id).is_some()).count();
    let words = standing.words;
    if let Some(next) = matching(standing, library, &standing.told, Whose::Guess, "next-goes-with-told") {
        return next;
    }
    if !words.own && words.parts < ENOUGH_PARTS {
        // Proposed once: whoever does not want to guess goes on with the exercises.
        let may_guess = standing.side == Side::WouldLikeToTry && standing.told.is_empty();
        if may_guess && done == 1 && standing.guesses.is_empty() {
            return go(Go::Hesitations, "next-map-guess");
        }
        if done > 0
            && let Some(next) = matching(standing, library, &standing.guesses, Whose::Guess, "next-goes-with-guess")
        {
            return next;
        }
        let reason = if done == 0 { "next-first" } else { "next-prepare" };
        let mut left: Vec<&Exercise> = fresh(standing, library).filter(own).collect();
        // Where a part already has its words, its second exercise can wait.
        left.sort_by_key(|one| has_done_approach(standing, library, one));
        if let Some(one) = left.first() {
            return exercise(&one.id, reason);
        }
        if words.parts == 0 {
            return go(Go::Rest, "next-rest-done");
        }
    }
    if !words.rehearsed {
        go(Go::Rehearsal, "next-rehearse")
    } else if !words.plan {
        go(Go::Rehearsal, "next-plan")
    } else if !standing.quiet_times {
        go(Go::QuietTimes, "next-quiet-times")
    } else {
        go(Go::Rest, "next-rest-ready")
    }
}

/// Whether an exercise that makes a part of the invitation was finished for the same approach.
fn has_done_approach(standing: &Standing<'_>, library: &Library, one: &Exercise) -> bool {
    one.approach.is_some()
        && library.exercises.iter().any(|other| {
            let gives = other.steps.iter().any(|step| matches!(step.kind, Kind::Draft { part: Some(_), .. }));
            other.approach == one.approach && gives && standing.finished(&other.id).is_some()
        })
}

#[cfg(test)]
mod tests;
