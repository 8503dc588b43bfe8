//! Where the couple stands on the path `Prepare → Ask → Choose → Meet → After`, read from what is on the desk.

use super::desk::Desk;
use super::screen::choose::flow;
use crate::choice::{Outcome, Status};
use crate::directory::TherapistId;
use crate::exercise::standing::{Reply, Round, Session, Words};
use crate::exercise::{Stage, Standing, hesitation};
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

/// Where things stand for whoever is here, to choose the next step from. Nothing of the other's space is looked at,
/// nor is their word about being asked.
#[must_use]
pub fn standing(desk: &Desk) -> Standing<'_> {
    let space = desk.space();
    let (here, owns) = (desk.here(), desk.owns_plan());
    let invitation = &space.invitation;
    let answers = desk.data.plan.events.iter().rev().filter(|_| owns);
    let answer = answers.filter_map(|event| Some((event.at, reply(event.what)?))).next();
    let told = hesitation::shown(&desk.card(here.other()).shown).map(|(reason, _)| reason);
    Standing {
        now: desk.now(),
        side: space.person.side,
        progress: &space.progress,
        words: Words {
            parts: invitation.filled(),
            own: invitation.own_text.as_ref().is_some_and(|text| !text.trim().is_empty()),
            rehearsed: invitation.rehearsed.is_some(),
            plan: !invitation.plan.trim().is_empty(),
        },
        quiet_times: owns && !desk.data.plan.week.is_empty(),
        answer,
        argued: &space.person.argued,
        mine: space.hesitations.mine.reasons().collect(),
        guesses: space.hesitations.guess.reasons().collect(),
        told: told.collect(),
        listed: desk.data.listed().count(),
        round: round(desk),
        session: session(desk),
    }
}

const fn reply(what: What) -> Option<Reply> {
    match what {
        What::Asked(Answer::Yes) => Some(Reply::Yes),
        What::Asked(Answer::Later(date)) => Some(Reply::Later(date)),
        What::Asked(Answer::No) => Some(Reply::No),
        What::Asked(Answer::DidNotAsk) | What::Argued | What::NotNow | What::GoodMoment => None,
    }
}

fn round(desk: &Desk) -> Round {
    match flow::standing(desk) {
        flow::Standing::Beginning => Round::None,
        flow::Standing::Marking if flow::is_done(desk, desk.here()) => Round::Done,
        flow::Standing::Marking => Round::Marking,
        flow::Standing::BothDone => Round::BothDone,
        flow::Standing::Found(_) => Round::Nobody,
    }
}

fn session(desk: &Desk) -> Session {
    let plan = &desk.data.session.value;
    if agreed(desk).is_none() && plan.date.is_none() {
        return Session::None;
    }
    match plan.status {
        Status::Booked => Session::Booked(plan.date),
        Status::Waiting => Session::Waiting,
        Status::ToCall | Status::NotAvailable => plan.date.map_or(Session::ToCall, |date| Session::Booked(Some(date))),
    }
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
