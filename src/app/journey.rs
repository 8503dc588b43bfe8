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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::couple::{Member, Side, Word};
    use crate::exercise::{Library, Next, Part, Reason, next_step};
    use crate::locale::Language;
    use crate::moment::{Plan, Week};
    use crate::store::When;
    use crate::store::data::Data;

    fn desk(side: Side) -> Desk {
        let now = "2026-11-28T09:40[America/Toronto]".parse().unwrap();
        let mut desk = Desk::in_memory(Data::default(), now);
        desk.change_person(|person| person.side = side);
        desk
    }

    fn next(desk: &Desk) -> Next {
        next_step(&standing(desk), &Library::new(Language::En, &[]))
    }

    /// Everything that the other one keeps for themselves, and their word about being asked.
    fn fill_the_other(desk: &mut Desk, side: Side, word: Word) {
        let now = desk.now();
        desk.change_settings(|settings| settings.here = Member::Two);
        desk.change_person(|person| {
            person.side = side;
            person.note_argument(now.timestamp());
        });
        desk.change_hesitations(When::Now, |all| {
            all.mine.toggle(Reason::Cost);
            all.guess.toggle(Reason::Blame);
        });
        desk.change_invitation(When::Now, |invitation| {
            invitation.set_part(Part::Trial, "Once.");
            invitation.edit("Mine.");
            invitation.rehearsed = Some(now.timestamp());
        });
        let library = Library::new(Language::En, &[]);
        for id in ["same-team-short", "holds-me-back", "after-no"] {
            let exercise = library.get(id).unwrap();
            desk.change_progress(id, When::Now, |progress| {
                progress.start(exercise, now.timestamp());
                progress.finish(exercise, &now);
            });
        }
        desk.change_card(Member::Two, |card| card.word = word);
        desk.data.plan = Plan { owner: Member::Two, on: true, week: Week::weekend_mornings(), ..Plan::default() };
        for outcome in [Answer::No, Answer::Later(jiff::civil::date(2026, 12, 24)), Answer::Yes] {
            desk.data.plan.note(now.timestamp(), What::Asked(outcome));
        }
        desk.change_settings(|settings| settings.here = Member::One);
    }

    #[test]
    fn the_step_of_one_is_the_same_whatever_the_other_keeps_for_themselves() {
        let sides = [Side::WouldLikeToTry, Side::NotSure, Side::ChoosingTogether, Side::Unsaid];
        let words = [Word::Open, Word::NotUntil(jiff::civil::date(2027, 1, 5)), Word::Never];
        for side in sides {
            for round in [0, 1] {
                let mut alone = desk(side);
                alone.change_round(|value| value.round = round);
                for theirs in sides {
                    for word in words {
                        let mut both = desk(side);
                        both.change_round(|value| value.round = round);
                        fill_the_other(&mut both, theirs, word);
                        assert_eq!(next(&both), next(&alone), "{side:?} {theirs:?} {word:?}");
                        assert_eq!(stage(&both), stage(&alone));
                    }
                }
            }
        }
    }

    #[test]
    fn what_the_other_chose_to_show_does_count() {
        let mut both = desk(Side::WouldLikeToTry);
        fill_the_other(&mut both, Side::NotSure, Word::Open);
        let theirs = both.data.spaces.of(Member::Two).hesitations.clone();
        both.change_card(Member::Two, |card| hesitation::show(&theirs, Reason::Cost, &mut card.shown));
        assert_eq!(next(&both).about, Some(Reason::Cost));
    }

    #[test]
    fn whether_the_other_has_marked_does_not_show() {
        let mut here = desk(Side::NotSure);
        here.change_round(|value| value.round = 1);
        let before = next(&here);
        here.change_seal(Member::Two, |seal| {
            seal.round = 1;
            seal.commitment = "sealed".to_owned();
        });
        assert_eq!(next(&here), before);
        here.change_seal(Member::One, |seal| {
            seal.round = 1;
            seal.commitment = "sealed".to_owned();
        });
        assert_eq!(next(&here).reason, "next-look");
    }
}
