//! "Is now a calm moment?" in a few taps.

use std::time::Duration;

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element, Length, Subscription};
use jiff::{SignedDuration, Timestamp};

use super::Action;
use super::moment::{note, take_back};
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::Library;
use crate::locale::Texts;
use crate::moment::{CalmCheck, What, may_open_check};

/// So long after the words were shown this page still asks how it went.
const TALK: SignedDuration = SignedDuration::from_hours(12);
/// The settling down: how long, and one breath in and out (slow breathing of about six breaths a minute).
const SETTLE: Duration = Duration::from_secs(120);
const IN: Duration = Duration::from_secs(4);
const OUT: Duration = Duration::from_secs(6);

/// The state of the page. The answers are kept nowhere.
#[derive(Debug, Default)]
pub struct Calm {
    check: CalmCheck,
    /// When the words were shown: then it asks how it went.
    shown: Option<Timestamp>,
    /// When "not now" was noted.
    not_now: Option<Timestamp>,
    /// The circle breathes.
    breathing: bool,
}

/// One of the five questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Slept well enough.
    Rested,
    /// Not hungry.
    Fed,
    /// Clear-headed.
    ClearHeaded,
    /// Not in a hurry.
    Unhurried,
    /// By themselves.
    AloneTogether,
}

impl Question {
    /// All five, in the order in which they are asked.
    pub const ALL: [Self; 5] = [Self::Rested, Self::Fed, Self::ClearHeaded, Self::Unhurried, Self::AloneTogether];

    const fn key(self) -> &'static str {
        match self {
            Self::Rested => "calm-rested",
            Self::Fed => "calm-fed",
            Self::ClearHeaded => "calm-clear-headed",
            Self::Unhurried => "calm-unhurried",
            Self::AloneTogether => "calm-alone-together",
        }
    }

    const fn answer(self, check: &mut CalmCheck) -> &mut Option<bool> {
        match self {
            Self::Rested => &mut check.rested,
            Self::Fed => &mut check.fed,
            Self::ClearHeaded => &mut check.clear_headed,
            Self::Unhurried => &mut check.unhurried,
            Self::AloneTogether => &mut check.alone_together,
        }
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A question was answered.
    Answered(Question, bool),
    /// All were answered with yes.
    AllAnswered,
    /// The words were to be shown.
    WordsChosen,
    /// An answer was to be changed.
    ChangeChosen,
    /// The breathing circle was begun or stopped.
    BreathSwitched,
    /// The questions were to be asked again.
    Restarted,
    /// A page was chosen.
    PageChosen(Page),
}

impl Calm {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        let now = desk.now().timestamp();
        let last = desk.data.plan.events.last().filter(|_| desk.owns_plan());
        let shown = last
            .filter(|event| event.what == What::GoodMoment && event.at <= now && now.duration_since(event.at) < TALK)
            .map(|event| event.at);
        Self { shown, ..Self::default() }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, _texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::Answered(question, yes) => {
                *question.answer(&mut self.check) = Some(yes);
                if !yes && self.not_now.is_none() {
                    // Said to nobody; the reminder moves on to the next quiet time.
                    self.not_now = Some(note(desk, What::NotNow));
                }
            }
            Message::AllAnswered => {
                for question in Question::ALL {
                    *question.answer(&mut self.check) = Some(true);
                }
            }
            Message::WordsChosen => {
                if self.shown.is_none() {
                    self.shown = Some(note(desk, What::GoodMoment));
                }
                return Action::Open(Page::Card);
            }
            Message::ChangeChosen => {
                if let Some(at) = self.not_now.take() {
                    take_back(desk, at, What::NotNow);
                }
                for question in Question::ALL {
                    let answer = question.answer(&mut self.check);
                    *answer = answer.filter(|yes| *yes);
                }
                self.breathing = false;
            }
            Message::BreathSwitched => self.breathing = !self.breathing,
            Message::Restarted => *self = Self::default(),
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
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
        let desk = ctx.desk;
        let word = desk.card(desk.here().other()).word;
        if !may_open_check(word, &desk.now()) {
            return nothing_planned(ctx);
        }
        if self.shown.is_some() {
            return talked(ctx);
        }
        if self.check.is_not_calm() {
            return self.not_now(ctx);
        }
        self.questions(ctx)
    }

    fn questions<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let is_calm = self.check.is_calm();
        let lead = if is_calm { "calm-show-lead" } else { "calm-lead" };
        let mut questions: Column<'a, Message> = column![].spacing(if look.tight { space::M } else { space::S });
        for question in Question::ALL {
            let answer = *question.answer(&mut self.check.clone());
            let choices = [(true, ctx.text("yes")), (false, ctx.text("no"))];
            let asked = ctx.text(question.key());
            // Told as "Are you both rested: Yes", for the same two words stand under five questions.
            let group = asked.trim_end_matches(['?', '\u{a0}']);
            let answers = look.segments_of(group, choices, answer, move |yes| Message::Answered(question, yes));
            let words = look.body(asked);
            let line: Element<'a, Message> = if look.tight {
                column![words, answers].spacing(space::XS).into()
            } else {
                let answers = iced::widget::container(answers).width(Length::Shrink);
                row![words.width(Length::Fill), answers].spacing(space::M).align_y(Alignment::Center).into()
            };
            questions = questions.push(line);
        }
        let next = if is_calm {
            look.primary(&ctx.text("calm-show"), Message::WordsChosen)
        } else {
            look.primary(&ctx.text("calm-all"), Message::AllAnswered)
        };
        look.page(
            column![look.title(ctx.text("calm-title")), look.quiet_words(ctx.text(lead)), questions, next]
                .spacing(space::M),
        )
    }

    fn not_now<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines: Column<'a, Message> =
            column![look.title(ctx.text("calm-no-title")), look.lead(ctx.text("calm-no-lead"))].spacing(space::M);
        if self.breathing {
            let moving = ctx.moves;
            let circle = look.breath(&ctx.text("calm-breathe-name"), ctx.height, SETTLE, IN, OUT, moving);
            lines = lines.push(
                column![circle, look.body(ctx.text("calm-breathe-words")).align_x(Alignment::Center)]
                    .spacing(space::M)
                    .align_x(Alignment::Center)
                    .width(Length::Fill),
            );
        }
        let mut buttons: Vec<Element<'a, Message>> =
            vec![look.primary(&ctx.text("calm-later"), Message::PageChosen(Page::Today)).into()];
        if !self.breathing {
            buttons.push(look.quiet_icon(Icon::Wind, &ctx.text("calm-breathe"), Message::BreathSwitched).into());
        }
        buttons.push(look.link(&ctx.text("calm-change"), Message::ChangeChosen).into());
        look.page(lines.push(in_a_row(buttons)))
    }
}

fn in_a_row<'a>(buttons: Vec<Element<'a, Message>>) -> Element<'a, Message> {
    Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S).into()
}

/// After the words were shown.
fn talked(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mark: Element<'_, Message> = if ctx.room == Room::Narrow { look.mark(36.0, 0.7) } else { look.mark(48.0, 0.7) };
    let buttons = vec![
        look.primary(&ctx.text("calm-talked"), Message::PageChosen(Page::Afterwards)).into(),
        look.quiet(&ctx.text("calm-again"), Message::WordsChosen).into(),
        look.link(&ctx.text("calm-anew"), Message::Restarted).into(),
    ];
    look.page(
        column![
            mark,
            look.title(ctx.text("calm-talked-title")),
            look.lead(ctx.text("calm-talked-lead")),
            in_a_row(buttons),
        ]
        .spacing(space::M),
    )
}

/// The other's word forbids it. Nothing on this page tells why, or until when.
fn nothing_planned(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    look.page(
        column![
            look.title(ctx.text("moment-rule-nothing-planned")),
            look.quiet(&ctx.text("calm-today"), Message::PageChosen(Page::Today)),
        ]
        .spacing(space::L),
    )
}
