//! Fixed states to begin with, for pictures, tests and reports of faults. The couple in them is made up.

mod choosing;
mod exercises;
mod hesitations;
mod moments;
mod spaces;
mod therapists;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::Sameside;
use super::desk::Desk;
use super::nav::Page;
use super::screen;
use crate::couple::{Member, Side};
use crate::locale::Language;
use crate::moment::{Outcome, Week, What};
use crate::store::data::{Data, Trouble};
use crate::store::settings::Settings;
use crate::system::Appearance;

/// A fixed state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// Nothing at all, after the first cards.
    Empty,
    /// The first cards.
    FirstRun,
    /// Some exercises done, quiet windows painted, three therapists.
    HalfWay,
    /// Five therapists, both are to mark.
    ReadyToChoose,
    /// Both marked, one therapist found.
    Agreed,
    /// The answer was no.
    Refused,
    /// A file could not be read.
    BrokenFile,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Empty,
        Self::FirstRun,
        Self::HalfWay,
        Self::ReadyToChoose,
        Self::Agreed,
        Self::Refused,
        Self::BrokenFile,
    ];

    /// Its name in file names.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::FirstRun => "first-run",
            Self::HalfWay => "half-way",
            Self::ReadyToChoose => "ready-to-choose",
            Self::Agreed => "agreed",
            Self::Refused => "refused",
            Self::BrokenFile => "broken-file",
        }
    }
}

pub use exercises::open_exercise;

/// Brings a state to what a picture shows.
pub type Set = fn(&mut Sameside);

/// The pictures of a preset: a name, and how to get there.
#[must_use]
pub fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    let mut all = shell(preset);
    all.extend(exercises::scenes(preset));
    all.extend(hesitations::scenes(preset));
    all.extend(moments::scenes(preset));
    all.extend(therapists::scenes(preset));
    all.extend(choosing::scenes(preset));
    all.extend(spaces::scenes(preset));
    all
}

/// Opens a page.
fn to(state: &mut Sameside, page: Page) {
    let _ = state.open(page);
}

fn shell(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::FirstRun => vec![("welcome", |_| {})],
        Preset::Empty => vec![
            ("today", |_| {}),
            ("more", |state| to(state, Page::More)),
            ("settings", |state| to(state, Page::Settings)),
            ("safety", |state| to(state, Page::Safety)),
            ("safety-yes", |state| {
                to(state, Page::Safety);
                for message in [screen::safety::Message::QuestionTicked(0), screen::safety::Message::CountriesUnfolded]
                {
                    let _ = state.update(super::Message::Screen(screen::Message::Safety(message)));
                }
            }),
            ("help", |state| to(state, Page::Help)),
        ],
        Preset::HalfWay | Preset::ReadyToChoose | Preset::Agreed | Preset::Refused | Preset::BrokenFile => {
            vec![("today", |_| {})]
        }
    }
}

/// The made-up couple's present: a quiet Saturday morning.
fn now() -> Zoned {
    let zone = TimeZone::get("America/Toronto").unwrap_or(TimeZone::UTC);
    date(2026, 11, 28).at(9, 40, 0, 0).to_zoned(zone).unwrap_or_else(|_| Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC))
}

/// The state of a preset in a language; `set` changes the settings, such as the theme.
#[must_use]
pub fn state(preset: Preset, language: Language, set: impl FnOnce(&mut Settings)) -> Sameside {
    let mut desk = Desk::in_memory(Data::default(), now());
    desk.change_settings(|settings| {
        settings.language = Some(language);
        settings.welcomed = preset != Preset::FirstRun;
        set(settings);
    });
    let page = if preset == Preset::FirstRun { Page::FirstRun } else { Page::Today };
    if !matches!(preset, Preset::Empty | Preset::FirstRun) {
        couple(&mut desk, language);
    }
    match preset {
        Preset::HalfWay => therapists::fill(&mut desk, language, 3),
        Preset::ReadyToChoose | Preset::Agreed => therapists::fill(&mut desk, language, 5),
        Preset::Empty | Preset::FirstRun | Preset::Refused | Preset::BrokenFile => {}
    }
    choosing::fill(preset, &mut desk);
    match preset {
        Preset::Refused => {
            let at = now().timestamp();
            desk.change_plan(|plan| plan.note(at, What::Asked(Outcome::No)));
        }
        Preset::Empty
        | Preset::FirstRun
        | Preset::HalfWay
        | Preset::ReadyToChoose
        | Preset::Agreed
        | Preset::BrokenFile => {}
    }
    let mut state = Sameside::new(desk, page, Appearance::default(), &[]);
    if preset == Preset::BrokenFile {
        let problem = crate::store::Problem {
            path: "private/spaces/one/invitation.ron".into(),
            line: 5,
            column: 12,
            what: "Expected closing `)`".to_owned(),
        };
        let place = Some(crate::store::Place::Invitation(Member::One));
        state.trouble(&Trouble { place, problem, backup: Some(date(2026, 11, 27)) });
    }
    state
}

/// Sam would like to try, Alex is not sure. One exercise is done, another half-way.
fn couple(desk: &mut Desk, language: Language) {
    desk.change_card(Member::One, |card| card.name = "Sam".to_owned());
    desk.change_card(Member::Two, |card| card.name = "Alex".to_owned());
    desk.change_person(|person| {
        person.side = Side::WouldLikeToTry;
    });
    exercises::fill(desk, language);
    hesitations::fill(desk, language);
    desk.change_plan(|plan| {
        plan.on = true;
        plan.safety_seen = true;
        plan.week = Week::weekend_mornings();
    });
}
