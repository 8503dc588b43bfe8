//! Where the couple stands on the path `Prepare → Ask → Choose → Meet → After`, read from what is on the desk.

use super::desk::Desk;
use crate::choice::{Outcome, Status};
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

/// The last answer, for whoever asked. The other one learns nothing of it here.
fn last_answer(desk: &Desk) -> Option<Answer> {
    if !desk.owns_plan() {
        return None;
    }
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

/// What the rule found in the round that is on, once both were done.
#[must_use]
pub fn outcome(desk: &Desk) -> Option<Outcome> {
    desk.data.round.value.outcome().cloned()
}

/// The therapist that the plan is about, or that the marks agree on; `None` while nobody is left to call.
#[must_use]
pub fn agreed(desk: &Desk) -> Option<TherapistId> {
    let plan = &desk.data.session.value;
    let gone = match &plan.therapist {
        Some(id) if plan.status != Status::NotAvailable => return Some(id.clone()),
        gone => gone.as_ref(),
    };
    match outcome(desk)? {
        // The plan ended with one of this round's two, after the other: the round has nobody else.
        Outcome::Agreed { therapist, backup, .. }
            if gone.is_some_and(|id| *id == therapist || backup.as_ref() == Some(id)) =>
        {
            None
        }
        Outcome::Agreed { therapist, .. } => Some(therapist),
        Outcome::NoSharedOption => None,
    }
}
