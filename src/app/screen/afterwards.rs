//! "How did it go?" after the asking.

use iced::widget::{Column, Row, column};
use iced::{Element, Subscription};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::Action;
use super::moment::{capital, note, take_back};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::Library;
use crate::locale::Texts;
use crate::moment::{Entry, Outcome, What};

/// The state of the page.
#[derive(Debug, Default)]
pub struct Afterwards {
    /// "Later" was the answer; its day is being chosen.
    day: Option<Day>,
    /// What was noted, and when.
    noted: Option<(Timestamp, Outcome)>,
}

/// The day that is being chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Day {
    choice: Choice,
    /// What is typed for a day of one's own.
    typed: String,
}

/// The days that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// A week from today.
    Week,
    /// Two weeks from today.
    TwoWeeks,
    /// A month from today.
    Month,
    /// Another day, typed.
    Own,
}

impl Choice {
    const ALL: [(Self, &'static str); 4] = [
        (Self::Week, "afterwards-week"),
        (Self::TwoWeeks, "afterwards-two-weeks"),
        (Self::Month, "afterwards-month"),
        (Self::Own, "afterwards-own"),
    ];
}

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Yes,
    /// Later, or maybe.
    Later,
    /// No.
    No,
    /// It was not asked.
    DidNotAsk,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// An answer was chosen.
    Answered(Answer),
    /// A day was chosen.
    DayChosen(Choice),
    /// The day was typed.
    DayEdited(String),
    /// The day was kept.
    DayKept,
    /// The private note was edited.
    NoteEdited(String),
    /// After a yes: in so many days one note about the next step, or none.
    NextStepChosen(Option<u8>),
    /// The answer was taken back.
    Undone,
    /// A page was chosen.
    PageChosen(Page),
}

impl Day {
    /// The day, if there is one that lies ahead.
    fn date(&self, today: Date) -> Option<Date> {
        let date = match self.choice {
            Choice::Week => today.saturating_add(1.week()),
            Choice::TwoWeeks => today.saturating_add(2.weeks()),
            Choice::Month => today.saturating_add(1.month()),
            Choice::Own => self.typed.trim().parse().ok()?,
        };
        (date > today).then_some(date)
    }
}

impl Afterwards {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(_desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        Self::default()
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, _texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::Answered(Answer::Yes) => self.answer(desk, Outcome::Yes),
            Message::Answered(Answer::No) => self.answer(desk, Outcome::No),
            Message::Answered(Answer::DidNotAsk) => self.answer(desk, Outcome::DidNotAsk),
            Message::Answered(Answer::Later) => {
                self.day = Some(Day { choice: Choice::Week, typed: String::new() });
            }
            Message::DayChosen(choice) => {
                if let Some(day) = &mut self.day {
                    day.choice = choice;
                }
            }
            Message::DayEdited(typed) => {
                if let Some(day) = &mut self.day {
                    day.typed = typed;
                }
            }
            Message::DayKept => {
                if let Some(date) = self.day.as_ref().and_then(|day| day.date(desk.now().date())) {
                    self.answer(desk, Outcome::Later(date));
                }
            }
            Message::NoteEdited(note) => {
                if let Some(noted) = self.noted {
                    desk.change_asking(|asking| {
                        if let Some(entry) = asking.entries.iter_mut().find(|entry| is(entry, noted)) {
                            entry.note = note;
                        }
                    });
                }
            }
            Message::NextStepChosen(days) => {
                let day = days.map(|days| desk.now().date().saturating_add(i32::from(days).days()));
                if desk.owns_plan() {
                    desk.change_plan(|plan| plan.next_step = day);
                }
            }
            Message::Undone => {
                self.day = None;
                if let Some((at, outcome)) = self.noted.take() {
                    take_back(desk, at, What::Asked(outcome));
                }
            }
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
    }

    fn answer(&mut self, desk: &mut Desk, outcome: Outcome) {
        self.day = None;
        self.noted = Some((note(desk, What::Asked(outcome)), outcome));
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {}

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        match (&self.noted, &self.day) {
            (Some(noted), _) => said(ctx, *noted),
            (None, Some(day)) => which_day(ctx, day),
            (None, None) => question(ctx),
        }
    }
}

/// Whether this is the entry of what was noted.
fn is(entry: &Entry, (at, outcome): (Timestamp, Outcome)) -> bool {
    entry.at == at && entry.what == What::Asked(outcome)
}

fn in_a_row<'a>(buttons: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S).into()
}

fn question(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut lines: Column<'_, Message> =
        column![look.title(ctx.text("afterwards-title")), look.lead(ctx.text("afterwards-lead"))].spacing(space::M);
    let answers = [
        (Answer::Yes, Icon::Handshake, "afterwards-yes"),
        (Answer::Later, Icon::Calendar, "afterwards-later"),
        (Answer::No, Icon::Hand, "afterwards-no"),
        (Answer::DidNotAsk, Icon::Leaf, "afterwards-did-not-ask"),
    ];
    for (answer, picture, key) in answers {
        lines = lines.push(look.list_row(Some(picture), &ctx.text(key), "", false, Message::Answered(answer)));
    }
    look.page(lines)
}

fn which_day<'a>(ctx: Ctx<'a>, day: &Day) -> Element<'a, Message> {
    let look = ctx.look;
    let today = ctx.desk.now().date();
    let name = ctx.desk.name(ctx.desk.here().other(), ctx.texts);
    let choices = Choice::ALL.map(|(choice, key)| (choice, ctx.text(key)));
    let mut lines: Column<'a, Message> = column![
        look.title(ctx.text_with("afterwards-day", &[("name", name.into())])),
        look.lead(ctx.text("afterwards-day-lead")),
        look.segments(choices, Some(day.choice), Message::DayChosen),
    ]
    .spacing(space::M);
    if day.choice == Choice::Own {
        let hint = today.saturating_add(3.weeks()).to_string();
        let keep = day.date(today).map(|_| Message::DayKept);
        lines = lines.push(look.field_then(&ctx.text("afterwards-date"), &hint, &day.typed, Message::DayEdited, keep));
    }
    let date = day.date(today);
    lines = match date {
        Some(date) => lines.push(look.strong(capital(&ctx.texts.date(date)))),
        None if day.typed.trim().is_empty() => lines,
        None if day.typed.trim().parse::<Date>().is_ok() => lines.push(look.note(ctx.text("afterwards-date-past"))),
        None => lines.push(look.note(ctx.text("word-date-bad"))),
    };
    look.page(lines.push(in_a_row(vec![
        look.primary(&ctx.text("afterwards-keep"), date.map(|_| Message::DayKept)).into(),
        look.link(&ctx.text("afterwards-change"), Message::Undone).into(),
    ])))
}

/// One kind sentence, one next step, and the way back.
fn said(ctx: Ctx<'_>, noted: (Timestamp, Outcome)) -> Element<'_, Message> {
    let look = ctx.look;
    let (_, outcome) = noted;
    let plan = &ctx.desk.data.plan;
    let has_list = ctx.desk.data.listed().count() > 1;
    let has_stopped = plan.noes() > 3;
    let (title, words, next, page) = match outcome {
        Outcome::Yes => (
            "afterwards-yes-title",
            ctx.text("afterwards-yes-said"),
            "afterwards-yes-next",
            if has_list { Page::Choose } else { Page::Therapists(None) },
        ),
        Outcome::Later(date) => (
            "afterwards-later-title",
            ctx.text_with("afterwards-later-said", &[("date", ctx.texts.date(date).into())]),
            "calm-today",
            Page::Today,
        ),
        Outcome::No => {
            let words = if has_stopped { "afterwards-stopped-said" } else { "afterwards-no-said" };
            ("afterwards-no-title", ctx.text(words), "afterwards-no-next", Page::Exercises)
        }
        Outcome::DidNotAsk => {
            ("afterwards-did-not-ask-title", ctx.text("afterwards-did-not-ask-said"), "calm-today", Page::Today)
        }
    };
    let mut buttons = vec![look.primary(&ctx.text(next), Message::PageChosen(page)).into()];
    if outcome == Outcome::No && has_stopped {
        let own = ctx.text("afterwards-stopped-own");
        buttons.push(look.quiet(&own, Message::PageChosen(Page::Therapists(None))).into());
    }
    buttons.push(look.link_icon(Icon::Undo, &ctx.text("undo"), Message::Undone).into());
    let mut content: Column<'_, Message> =
        column![look.title(ctx.text(title)), look.lead(words), in_a_row(buttons)].spacing(space::M);
    if outcome == Outcome::Yes && plan.on && !plan.week.is_empty() && ctx.desk.owns_plan() {
        content = content.push(next_step(ctx));
    }
    if let Some(entry) = ctx.desk.space().asking.entries.iter().find(|entry| is(entry, noted)) {
        content = content.push(look.field(&ctx.text("afterwards-note"), "", &entry.note, Message::NoteEdited));
        content = content.push(look.note(ctx.text("afterwards-note-note")));
    }
    look.page(if outcome == Outcome::Yes { look.together_card(content) } else { content.into() })
}

/// One note about the next step, or none.
fn next_step(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let today = ctx.desk.now().date();
    let choices =
        [(None, "afterwards-next-none"), (Some(3), "afterwards-next-three-days"), (Some(7), "afterwards-next-week")];
    let chosen = choices
        .into_iter()
        .map(|(days, _)| days)
        .find(|days| ctx.desk.data.plan.next_step == days.map(|days: u8| today.saturating_add(i32::from(days).days())));
    column![
        look.strong(ctx.text("afterwards-next-note")),
        look.segments(choices.map(|(days, key)| (days, ctx.text(key))), chosen, Message::NextStepChosen),
    ]
    .spacing(space::S)
    .into()
}
