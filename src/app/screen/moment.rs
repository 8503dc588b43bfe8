//! Quiet windows, the rules in words, and the reminder.

mod ahead;
mod free;
mod grid;
mod noted;
mod remind;

use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Element, Length, Padding, Subscription};
use jiff::Timestamp;
use jiff::civil::{Date, Time, Weekday};

use super::Action;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::keys::reveal_focused;
use crate::app::widget::week::{Happening, day_after};
use crate::exercise::Library;
use crate::locale::Texts;
use crate::moment::{DAYS, Plan, Week, What, day_after_argument, may_open_check, waits_for_window};

pub use free::Hour;

/// The widest that the page gets with the grid at its left, in logical pixels.
const WIDEST: f32 = 1000.0;
/// Where the keyboard stands in a grid that is empty: Saturday, 10:00.
const START: (Weekday, usize) = (Weekday::Saturday, 20);

/// The state of the page.
#[derive(Debug)]
pub struct Moment {
    /// Where the keyboard stands in the grid.
    here: (Weekday, usize),
    /// Midnight to six is shown.
    night: bool,
    /// The week before the last change, to undo it.
    before: Option<Week>,
    /// The coming two weeks are unfolded.
    why: bool,
    /// All rules are unfolded.
    rules: bool,
    /// What was noted is unfolded.
    noted: bool,
    /// When "we argued" was noted on this page.
    argued: Option<Timestamp>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the grid.
    GridTold(Happening),
    /// A day was chosen where only one is shown.
    DayChosen(Weekday),
    /// The night was shown or hidden.
    NightSwitched,
    /// Times were added at a tap.
    TimesAdded(Ready),
    /// The week was cleared.
    WeekCleared,
    /// The day at hand was copied to the next one, or to every day.
    DayCopied {
        /// To every day.
        all: bool,
    },
    /// The last change of the week was undone.
    WeekUndone,
    /// "Why so quiet?" was folded or unfolded.
    WhySwitched,
    /// All rules were folded or unfolded.
    RulesSwitched,
    /// What was noted was folded or unfolded.
    NotedSwitched,
    /// A time of the day was set, moved or taken away.
    HourSet(Hour, Option<Time>),
    /// A day was marked busy, or not.
    DaySwitched(Date),
    /// The reminder was switched.
    ReminderSwitched,
    /// The days between two reminders were chosen.
    DaysChosen(u16),
    /// The words of the notification were edited.
    WordingEdited(String),
    /// "We argued."
    ArgumentNoted,
    /// That was taken back.
    ArgumentTakenBack,
    /// A page was chosen.
    PageChosen(Page),
}

/// Times that can be added at a tap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ready {
    /// Saturday and Sunday, late in the morning.
    WeekendMornings,
    /// Two evenings of the week.
    AfterDinner,
}

impl Ready {
    fn week(self) -> Week {
        match self {
            Self::WeekendMornings => Week::weekend_mornings(),
            Self::AfterDinner => Week::after_dinner(),
        }
    }
}

/// Changes the plan of whoever is here; somebody else's stays as it is.
fn change(desk: &mut Desk, change: impl FnOnce(&mut Plan)) {
    if desk.owns_plan() {
        desk.change_plan(change);
    }
}

/// Notes that something happened, and says when.
pub(super) fn note(desk: &mut Desk, what: What) -> Timestamp {
    let now = desk.now().timestamp();
    change(desk, |plan| plan.note(now, what));
    if what == What::Argued {
        desk.change_person(|person| person.note_argument(now));
    }
    now
}

/// Takes back what was noted.
pub(super) fn take_back(desk: &mut Desk, at: Timestamp, what: What) {
    change(desk, |plan| plan.events.retain(|event| event.at != at || event.what != what));
    if what == What::Argued {
        desk.change_person(|person| person.argued.retain(|noted| *noted != at));
    }
}

impl Moment {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        let week = desk.data.plan.week;
        let first = week.windows().first().map(|window| (window.day, window.cell));
        let night = DAYS.into_iter().any(|day| (0..grid::MORNING * 2).any(|cell| week.is_on(day, cell)));
        Self { here: first.unwrap_or(START), night, before: None, why: false, rules: false, noted: false, argued: None }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, _texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::GridTold(Happening::CellsPainted { days, cells: (first, last), on }) => {
                self.here = (days.last().copied().unwrap_or(self.here.0), last);
                self.repaint(desk, |week| {
                    for day in days {
                        week.paint(day, first..=last, on);
                    }
                });
            }
            Message::GridTold(Happening::CellReached { day, cell }) => {
                self.here = (day, cell);
                return Action::Run(iced::advanced::widget::operate(reveal_focused()));
            }
            Message::DayChosen(day) => self.here.0 = day,
            Message::NightSwitched => self.night = !self.night,
            Message::TimesAdded(ready) => self.repaint(desk, |week| add(week, ready.week())),
            Message::WeekCleared => self.repaint(desk, |week| *week = Week::default()),
            Message::DayCopied { all } => {
                let from = self.here.0;
                self.repaint(desk, |week| {
                    for to in if all { DAYS.to_vec() } else { vec![day_after(from)] } {
                        week.copy_day(from, to);
                    }
                });
                if !all {
                    self.here.0 = day_after(from);
                }
            }
            Message::WeekUndone => {
                if let Some(before) = self.before.take() {
                    change(desk, |plan| plan.week = before);
                }
            }
            Message::WhySwitched => self.why = !self.why,
            Message::RulesSwitched => self.rules = !self.rules,
            Message::NotedSwitched => self.noted = !self.noted,
            Message::HourSet(which, at) => change(desk, |plan| *which.of(plan) = at),
            Message::DaySwitched(day) => {
                let today = desk.now().date();
                change(desk, |plan| free::switch_day(&mut plan.busy, day, today));
            }
            Message::ReminderSwitched => return Action::Remind(!desk.data.plan.on),
            Message::DaysChosen(days) => change(desk, |plan| plan.at_least_days = days),
            Message::WordingEdited(words) => change(desk, |plan| plan.wording = words),
            Message::ArgumentNoted => self.argued = Some(note(desk, What::Argued)),
            Message::ArgumentTakenBack => {
                if let Some(at) = self.argued.take() {
                    take_back(desk, at, What::Argued);
                }
            }
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
    }

    fn repaint(&mut self, desk: &mut Desk, paint: impl FnOnce(&mut Week)) {
        let before = desk.data.plan.week;
        change(desk, |plan| paint(&mut plan.week));
        if desk.data.plan.week != before {
            self.before = Some(before);
        }
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {
        // To undo would now bring back something older than what is on disk.
        self.before = None;
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        if !ctx.desk.owns_plan() {
            return theirs(ctx);
        }
        let top = column![look.title(ctx.text("moment-title")), look.lead(ctx.text("moment-lead"))].spacing(space::S);
        let week = column![self.grid(ctx), self.free(ctx)].spacing(space::L);
        let reminder = self.reminder(ctx);
        let is_empty = ctx.desk.data.plan.week.is_empty();
        if is_empty && ctx.room != Room::Wide {
            // With nothing painted yet, painting comes first.
            return look.page(column![top, week, self.now(ctx), look.hairline(), reminder].spacing(space::L));
        }
        let plan = column![self.ahead(ctx), self.now(ctx)].spacing(space::L);
        if ctx.room != Room::Wide {
            return look.page(column![top, plan, week, look.hairline(), reminder].spacing(space::L));
        }
        let right = column![plan, look.hairline(), reminder].spacing(space::L).width(Length::FillPortion(5));
        let sides = row![container(week).width(Length::FillPortion(6)), right].spacing(space::XL);
        let page = container(column![top, sides].spacing(space::L)).max_width(WIDEST).width(Length::Fill);
        look.scroll(
            container(page)
                .width(Length::Fill)
                .align_x(Alignment::Center)
                .padding(Padding::from([space::L, look.side()])),
        )
    }

    /// What fits this very moment.
    fn now<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let desk = ctx.desk;
        let (plan, spoken, now) = (&desk.data.plan, &desk.data.spoken, desk.now());
        let word = desk.card(desk.here().other()).word;
        let mut lines: Column<'a, Message> = column![look.heading(ctx.text("moment-now-title"))].spacing(12.0);
        if waits_for_window(plan, spoken, word, &now) {
            lines = lines.push(look.body(ctx.text("moment-waiting")));
        } else if day_after_argument(plan, &now) {
            lines = lines.push(look.body(ctx.text("moment-day-after")));
        }
        let mut buttons: Vec<Element<'a, Message>> = Vec::new();
        if may_open_check(word, &now) {
            buttons.push(look.primary(&ctx.text("moment-good"), Message::PageChosen(Page::CalmCheck)).into());
        }
        if self.argued.is_none() {
            buttons.push(look.quiet_icon(Icon::Wind, &ctx.text("today-argued"), Message::ArgumentNoted).into());
        }
        buttons.push(look.link(&ctx.text("moment-asked"), Message::PageChosen(Page::Afterwards)).into());
        lines = lines.push(Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S));
        if self.argued.is_some() {
            let undo = look.link(&ctx.text("undo"), Message::ArgumentTakenBack).into();
            lines = lines.push(look.banner(&ctx.text("today-argued-said"), vec![undo]));
        }
        look.card(lines)
    }
}

impl Moment {
    /// The reminder itself, and what was noted about asking.
    fn reminder<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let mut lines: Column<'a, Message> = column![remind::view(ctx)].spacing(space::L);
        if let Some(noted) = self.noted(ctx) {
            lines = lines.push(noted);
        }
        lines.into()
    }
}

fn add(week: &mut Week, more: Week) {
    for window in more.windows() {
        week.paint(window.day, window.cell..=window.cell + window.cells - 1, true);
    }
}

/// The page for whoever's reminder it is not.
fn theirs(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let name = ctx.desk.name(ctx.desk.here().other(), ctx.texts);
    look.page(
        column![
            look.title(ctx.text("moment-title")),
            look.lead(ctx.text_with("moment-theirs-lead", &[("name", name.into())])),
            look.body(ctx.text("moment-theirs-word")),
            look.primary(&ctx.text("moment-theirs-open"), Message::PageChosen(Page::Settings)),
        ]
        .spacing(space::M),
    )
}

/// A time that does not break over two lines.
fn unbroken(texts: &Texts, time: Time) -> String {
    texts.time(time).replace(' ', "\u{a0}")
}

/// French days begin with a small letter, but a line does not.
pub(super) fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
