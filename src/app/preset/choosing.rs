//! Pictures of choosing together and the session.

use super::{Preset, Set, to};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::choose::{self, flow};
use crate::app::screen::{self, needs, session};
use crate::app::{Message, Sameside};
use crate::choice::plan::{AGREEMENTS, QUESTIONS};
use crate::choice::{After, Mark, Status};
use crate::couple::Member;
use crate::directory::{Ask, TherapistId};

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::Empty => {
            vec![("choose", |state| to(state, Page::Choose)), ("session", |state| to(state, Page::Session))]
        }
        Preset::ReadyToChoose => vec![
            ("choose-begin", |state| to(state, Page::Choose)),
            ("choose-compare", |state| say(state, [choose::Message::CompareOpened])),
            ("choose-rule", |state| say(state, [choose::Message::RuleToggled])),
            ("choose-hand-over", |state| begun(state)),
            ("choose-mark", |state| {
                begun(state);
                say(state, [choose::Message::Present(Member::One)]);
                marks(state, &SAM[..2]);
            }),
            ("choose-wishes", |state| {
                begun(state);
                say(state, [choose::Message::Present(Member::One), choose::Message::NeedsOpened]);
                let must = needs::Message::MustToggled(Ask::Evenings);
                say(state, [choose::Message::Needs(must)]);
            }),
            ("choose-mark-note", |state| {
                begun(state);
                say(state, [choose::Message::Present(Member::One), choose::Message::NeedsOpened]);
                for message in [needs::Message::MustToggled(Ask::TakingNew), needs::Message::Closed] {
                    say(state, [choose::Message::Needs(message)]);
                }
                marks(state, &SAM[..2]);
            }),
            ("choose-order", |state| {
                begun(state);
                say(state, [choose::Message::Present(Member::One)]);
                marks(state, &SAM);
                say(state, [choose::Message::OrderChosen]);
            }),
            ("choose-wait", |state| {
                begun(state);
                done(state, Member::One, &SAM);
            }),
            ("choose-together", |state| both(state, &SAM, &ALEX)),
            ("choose-tie", |state| {
                both(
                    state,
                    &[Mark::Good, Mark::Ok, Mark::No, Mark::No, Mark::No],
                    &[Mark::Ok, Mark::Good, Mark::No, Mark::Ok, Mark::Ok],
                );
                say(state, [choose::Message::ResultChosen]);
            }),
            ("choose-none", |state| {
                both(
                    state,
                    &[Mark::Good, Mark::Good, Mark::No, Mark::No, Mark::No],
                    &[Mark::No, Mark::No, Mark::Good, Mark::Ok, Mark::Ok],
                );
                say(state, [choose::Message::ResultChosen]);
            }),
            ("session-empty", |state| to(state, Page::Session)),
        ],
        Preset::Agreed => vec![
            ("choose-result", |state| to(state, Page::Choose)),
            ("session", |state| to(state, Page::Session)),
            ("session-question", |state| {
                to(state, Page::Session);
                let open = session::Message::QuestionToggled(QUESTIONS[4].to_owned());
                let _ = state.update(Message::Screen(screen::Message::Session(open)));
            }),
            ("session-hope", |state| {
                private(state, session::Private::Hope);
                tell(state, [session::Message::HopeEdited(HOPE.to_owned())]);
            }),
            ("session-over", |state| over(state)),
            ("session-after", |state| {
                over(state);
                private(state, session::Private::After);
                tell(state, [session::Message::AfterChosen(After::Again)]);
            }),
            ("session-again", |state| answered(state, [After::Again, After::Again])),
            ("session-other", |state| answered(state, [After::NotWithThisOne, After::Again])),
            ("session-pause", |state| answered(state, [After::NotNow, After::Again])),
            ("session-stepped-up", |state| {
                to(state, Page::Session);
                let gone = session::Message::StatusChosen(Status::NotAvailable);
                let _ = state.update(Message::Screen(screen::Message::Session(gone)));
            }),
        ],
        Preset::FirstRun | Preset::HalfWay | Preset::Refused | Preset::BrokenFile => Vec::new(),
    }
}

/// Puts on the desk what a preset needs for choosing, beside its therapists: for the agreed one the whole way.
pub(super) fn fill(preset: Preset, desk: &mut Desk) {
    if preset == Preset::Agreed {
        agree(desk);
    }
}

const SAM: [Mark; 5] = [Mark::Good, Mark::Good, Mark::Ok, Mark::No, Mark::Ok];
const ALEX: [Mark; 5] = [Mark::No, Mark::Good, Mark::Good, Mark::Ok, Mark::Ok];

/// Both marked, one was found, and a session is booked.
fn agree(desk: &mut Desk) {
    let list: Vec<TherapistId> = desk.data.listed().map(|(id, _)| id.clone()).collect();
    flow::begin(desk, &list, Member::Two);
    for (member, wanted) in [(Member::Two, ALEX), (Member::One, SAM)] {
        desk.change_settings(|settings| settings.here = member);
        flow::change_marks(desk, |marks| {
            for (id, mark) in list.iter().zip(wanted) {
                marks.set(id, mark);
            }
        });
        let _ = flow::seal(desk);
    }
    let _ = flow::show(desk);
    flow::plan(desk);
    desk.change_session(|plan| {
        plan.status = Status::Booked;
        plan.caller = Some(Member::One);
        plan.date = Some(jiff::civil::date(2026, 12, 10));
        plan.time = Some(jiff::civil::time(18, 30, 0, 0));
        plan.place = "12 Harbour Street".to_owned();
        plan.cost = "150 $".to_owned();
        plan.agreed = AGREEMENTS.iter().take(2).map(|key| (*key).to_owned()).collect();
        plan.answers.insert(QUESTIONS[0].to_owned(), "RMFT".to_owned());
    });
}

fn say(state: &mut Sameside, messages: impl IntoIterator<Item = choose::Message>) {
    if state.page() != &Page::Choose {
        to(state, Page::Choose);
    }
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Choose(message)));
    }
}

fn begun(state: &mut Sameside) {
    say(state, [choose::Message::LastWordChosen(Member::Two), choose::Message::Begun]);
}

fn marks(state: &mut Sameside, wanted: &[Mark]) {
    let list = state.desk().data.round.value.therapists.clone();
    let marked = list.into_iter().zip(wanted).map(|(id, mark)| choose::Message::Marked(id, *mark));
    say(state, marked.collect::<Vec<_>>());
}

fn done(state: &mut Sameside, member: Member, wanted: &[Mark]) {
    say(state, [choose::Message::Present(member)]);
    marks(state, wanted);
    say(state, [choose::Message::Sealed]);
}

fn both(state: &mut Sameside, one: &[Mark], two: &[Mark]) {
    begun(state);
    done(state, Member::Two, two);
    done(state, Member::One, one);
}

/// Made up.
const HOPE: &str = "Calm, calme";

fn tell(state: &mut Sameside, messages: impl IntoIterator<Item = session::Message>) {
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Session(message)));
    }
}

fn private(state: &mut Sameside, what: session::Private) {
    to(state, Page::Session);
    tell(state, [session::Message::PrivateOpened(what), session::Message::Present(Member::One)]);
}

/// The session was a week ago.
fn over(state: &mut Sameside) {
    to(state, Page::Session);
    tell(state, [session::Message::DateEdited("2026-11-20".to_owned())]);
}

fn answered(state: &mut Sameside, answers: [After; 2]) {
    over(state);
    for (member, after) in Member::BOTH.into_iter().zip(answers) {
        tell(
            state,
            [
                session::Message::PrivateOpened(session::Private::After),
                session::Message::Present(member),
                session::Message::AfterChosen(after),
                session::Message::AfterSealed,
                session::Message::PrivateClosed,
            ],
        );
    }
    tell(state, [session::Message::AfterRevealed]);
}
