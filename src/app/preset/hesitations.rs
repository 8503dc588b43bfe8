//! Pictures of what is in the way.

use super::{Preset, Set, to};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::{self, hesitations};
use crate::app::{Message, Sameside};
use crate::couple::{Member, Side};
use crate::exercise::{Reason, Whose};
use crate::locale::Language;
use crate::store::When;

/// What is drawn of it in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::Empty => vec![("hesitations", |state| to(state, Page::Hesitations))],
        Preset::HalfWay => vec![
            ("hesitations-guess", |state| to(state, Page::Hesitations)),
            ("hesitations-guess-marks", |state| {
                to(state, Page::Hesitations);
                say(state, hesitations::Message::MarksChosen);
            }),
            ("hesitations-mine", alex),
            ("hesitations-open", |state| {
                alex(state);
                say(state, hesitations::Message::Unfolded(Reason::Cost));
            }),
            ("hesitations-preview", |state| {
                alex(state);
                say(state, hesitations::Message::Unfolded(Reason::Own));
                say(state, hesitations::Message::PreviewChosen(Reason::Own));
            }),
            ("hesitations-marks", |state| {
                alex(state);
                say(state, hesitations::Message::MarksChosen);
            }),
        ],
        Preset::FirstRun | Preset::ReadyToChoose | Preset::Agreed | Preset::Refused | Preset::BrokenFile => Vec::new(),
    }
}

fn say(state: &mut Sameside, message: hesitations::Message) {
    let _ = state.update(Message::Screen(screen::Message::Hesitations(message)));
}

/// The page as Alex sees it.
fn alex(state: &mut Sameside) {
    state.desk.change_settings(|settings| settings.here = Member::Two);
    to(state, Page::Hesitations);
}

/// Sam guesses; Alex marked three and chose to show one.
pub(super) fn fill(desk: &mut Desk, language: Language) {
    desk.change_hesitations(When::Now, |all| {
        for reason in [Reason::Cost, Reason::Blame] {
            all.of_mut(Whose::Guess).toggle(reason);
        }
    });
    desk.change_settings(|settings| settings.here = Member::Two);
    desk.change_person(|person| person.side = Side::NotSure);
    desk.change_hesitations(When::Now, |all| {
        for reason in [Reason::Cost, Reason::Sides, Reason::Own] {
            all.mine.toggle(reason);
        }
        all.mine.own = match language {
            Language::En => "I talk about feelings all day at work. I need quiet at home.",
            Language::Fr => "Je parle d’émotions toute la journée au travail. J’ai besoin de calme à la maison.",
        }
        .to_owned();
    });
    let all = desk.space().hesitations.clone();
    desk.change_card(Member::Two, |card| crate::exercise::hesitation::show(&all, Reason::Sides, &mut card.shown));
    desk.change_settings(|settings| settings.here = Member::One);
}
