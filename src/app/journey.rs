//! Where the couple stands on the path `Prepare → Ask → Choose → Meet → After`, read from what is on the desk.

use super::desk::Desk;
use crate::choice::{Outcome, choose, seal};
use crate::directory::TherapistId;
use crate::exercise::Stage;
use crate::moment::{Outcome as Answer, What};

/// The stage: the furthest thing that has happened.
#[must_use]
pub fn stage(desk: &Desk) -> Stage {
    let plan = &desk.data.session.value;
    if let Some(date) = plan.date {
        if date < desk.now().date() {
            return Stage::After;
        }
        return Stage::Meet;
    }
    if agreed(desk).is_some() {
        return Stage::Meet;
    }
    let answered = last_answer(desk);
    if desk.data.round.value.round > 0 || answered == Some(Answer::Yes) {
        return Stage::Choose;
    }
    if desk.space().invitation.filled() > 0 || answered.is_some() {
        return Stage::Ask;
    }
    Stage::Prepare
}

fn last_answer(desk: &Desk) -> Option<Answer> {
    desk.data.plan.events.iter().rev().find_map(|event| match event.what {
        What::Asked(outcome) => Some(outcome),
        What::Argued | What::NotNow | What::GoodMoment => None,
    })
}

/// Whether the last answer to the asking was a no.
#[must_use]
pub fn is_refused(desk: &Desk) -> bool {
    last_answer(desk) == Some(Answer::No)
}

/// What the two sealed ballots say, once both are open and hold.
#[must_use]
pub fn outcome(desk: &Desk) -> Option<Outcome> {
    let data = &desk.data;
    let seals = crate::couple::Each { one: data.seals.one.value.clone(), two: data.seals.two.value.clone() };
    let round = &data.round.value;
    let ballots = seal::verify(&data.pair.id, round.round, &seals).ok()?;
    Some(choose(&ballots.one, &ballots.two, round.last_word))
}

/// The therapist that the plan is about, or that the marks agree on.
#[must_use]
pub fn agreed(desk: &Desk) -> Option<TherapistId> {
    if let Some(id) = &desk.data.session.value.therapist {
        return Some(id.clone());
    }
    match outcome(desk)? {
        Outcome::Agreed { therapist, .. } => Some(therapist),
        Outcome::NoSharedOption => None,
    }
}
