//! Pictures of the calm moment.

use super::{Preset, Set, to};
use crate::app::nav::Page;
use crate::app::screen::afterwards::{self, Answer};
use crate::app::screen::calm::{self, Question};
use crate::app::screen::{self, moment, settings};
use crate::app::{Message, Sameside};
use crate::couple::{Member, Word};
use crate::moment::{Outcome, What};

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::Empty => {
            vec![("moment", |state| to(state, Page::Moment)), ("calm", |state| to(state, Page::CalmCheck))]
        }
        Preset::HalfWay => vec![
            ("moment", |state| to(state, Page::Moment)),
            ("moment-why", |state| {
                to(state, Page::Moment);
                say(state, screen::Message::Moment(moment::Message::WhySwitched));
                say(state, screen::Message::Moment(moment::Message::RulesSwitched));
            }),
            ("moment-kept-free", |state| {
                let now = state.desk.now();
                let today = now.date();
                state.desk.change_plan(|plan| {
                    plan.bedtime = Some(jiff::civil::time(22, 30, 0, 0));
                    plan.home_from_work = Some(jiff::civil::time(17, 30, 0, 0));
                    plan.busy = vec![today.tomorrow().unwrap_or(today)];
                    plan.note(now.timestamp(), What::NotNow);
                    plan.note(now.timestamp(), What::Asked(Outcome::DidNotAsk));
                });
                to(state, Page::Moment);
                say(state, screen::Message::Moment(moment::Message::NotedSwitched));
            }),
            ("settings-reminder", |state| {
                to(state, Page::Settings);
                say(state, screen::Message::Settings(settings::Message::LoginFileSwitched));
            }),
            ("moment-theirs", |state| {
                state.desk.change_settings(|settings| settings.here = Member::Two);
                to(state, Page::Moment);
            }),
            ("calm-yes", |state| {
                to(state, Page::CalmCheck);
                say(state, screen::Message::Calm(calm::Message::AllAnswered));
            }),
            ("calm-no", |state| {
                to(state, Page::CalmCheck);
                say(state, screen::Message::Calm(calm::Message::Answered(Question::Fed, false)));
                say(state, screen::Message::Calm(calm::Message::BreathSwitched));
            }),
            ("calm-forbidden", |state| {
                state.desk.change_card(Member::Two, |card| card.word = Word::Never);
                to(state, Page::CalmCheck);
            }),
            ("calm-talked", |state| {
                to(state, Page::CalmCheck);
                say(state, screen::Message::Calm(calm::Message::AllAnswered));
                say(state, screen::Message::Calm(calm::Message::WordsChosen));
                let _ = state.back();
            }),
            ("afterwards", |state| to(state, Page::Afterwards)),
            ("afterwards-day", |state| answered(state, Answer::Later)),
            ("afterwards-yes", |state| answered(state, Answer::Yes)),
        ],
        Preset::Refused => vec![
            ("moment", |state| to(state, Page::Moment)),
            ("afterwards-no", |state| {
                answered(state, Answer::No);
            }),
        ],
        Preset::FirstRun | Preset::ReadyToChoose | Preset::Agreed | Preset::BrokenFile => Vec::new(),
    }
}

fn say(state: &mut Sameside, message: screen::Message) {
    let _ = state.update(Message::Screen(message));
}

fn answered(state: &mut Sameside, answer: Answer) {
    to(state, Page::Afterwards);
    say(state, screen::Message::Afterwards(afterwards::Message::Answered(answer)));
}
