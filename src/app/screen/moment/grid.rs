//! The week grid with what stands around it.

use iced::Element;
use iced::widget::{Column, Row, column};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::{Message, Moment, Ready, capital, unbroken};
use crate::app::ctx::{Ctx, Room};
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::{Role, described};
use crate::app::widget::week::{Shown, day_after};
use crate::locale::Texts;
use crate::moment::{CELLS, DAYS, Plan, Rule, Week, cell_time, day_index, kept_free};

/// The hour at which the shown day begins while the night is hidden.
pub(super) const MORNING: usize = 6;

impl Moment {
    /// The grid, what the cell at hand is, and the ways to fill it at a tap.
    pub(super) fn grid<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let texts = ctx.texts;
        let plan = &ctx.desk.data.plan;
        let mut lines: Column<'a, Message> =
            column![look.heading(ctx.text("moment-grid-title")), look.note(ctx.text("moment-grid-mouse")),]
                .spacing(space::S);
        lines = lines.push(self.ready(ctx));
        // Seven columns do not fit into a phone at 200 %: there it is one day at a time.
        let days = if look.tight { vec![self.here.0] } else { DAYS.to_vec() };
        if look.tight {
            let choices = DAYS.map(|day| (day, texts.weekday_short(day)));
            lines = lines.push(look.segments(choices, Some(self.here.0), Message::DayChosen));
        }
        let hour_height = match ctx.room {
            Room::Narrow => 44.0,
            Room::Medium => 36.0,
            Room::Wide => 32.0,
        };
        let today = ctx.desk.now().date();
        let free = free_cells(plan, today);
        let shown = Shown {
            week: plan.week,
            free,
            days,
            first_hour: if self.night { 0 } else { MORNING },
            hour_height,
            here: self.here,
        };
        let told = tell(texts, self.here, plan.week.is_on(self.here.0, self.here.1), free_rule(plan, self.here, today));
        lines = lines.push(described(Role::Status, told.clone(), look.strong(told)));
        let grid = look.week(
            shown,
            |day| texts.weekday_short(day),
            |hour| texts.time(cell_time(hour * 2)).replace(":00", ""),
            move |day, cell, on| {
                let told = tell(texts, (day, cell), on, free_rule(plan, (day, cell), today));
                texts.with("moment-grid-name", &[("cell", told.into())])
            },
            Message::GridTold,
        );
        let night = if self.night { "moment-night-hide" } else { "moment-night-show" };
        lines
            .push(look.link(&ctx.text(night), Message::NightSwitched))
            .push(grid)
            .push((!free.is_empty()).then(|| look.note(ctx.text("moment-grid-free"))))
            .push(self.copies(ctx))
            .push(look.note(ctx.text("moment-grid-keys")))
            .into()
    }

    /// The ways to fill the week at a tap, and the way back from the last change.
    fn ready<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let is_empty = ctx.desk.data.plan.week.is_empty();
        Row::with_children(vec![
            look.quiet(&ctx.text("moment-weekend"), Message::TimesAdded(Ready::WeekendMornings)).into(),
            look.quiet(&ctx.text("moment-dinner"), Message::TimesAdded(Ready::AfterDinner)).into(),
            look.quiet(&ctx.text("moment-clear"), (!is_empty).then_some(Message::WeekCleared)).into(),
            // Always there, so that nothing moves under the hand that paints.
            look.link_icon(Icon::Undo, &ctx.text("undo"), self.before.map(|_| Message::WeekUndone)).into(),
        ])
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S)
        .into()
    }

    /// Copying the day at hand.
    fn copies<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let name = |day: Weekday| ctx.texts.weekday(day);
        let day = self.here.0;
        let next = [("day", name(day).into()), ("next", name(day_after(day)).into())];
        let all = [("day", name(day).into())];
        let has_day = (0..CELLS).any(|cell| ctx.desk.data.plan.week.is_on(day, cell));
        let copy = |message| has_day.then_some(message);
        Row::with_children(vec![
            look.quiet(&ctx.text_with("moment-copy-next", &next), copy(Message::DayCopied { all: false })).into(),
            look.quiet(&ctx.text_with("moment-copy-all", &all), copy(Message::DayCopied { all: true })).into(),
        ])
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S)
        .into()
    }
}

/// Why a cell is kept free on that day within the week that begins today.
fn free_rule(plan: &Plan, (day, cell): (Weekday, usize), today: Date) -> Option<Rule> {
    let ahead = (day_index(day) + 7 - day_index(today.weekday())) % 7;
    let date = today.saturating_add(i32::try_from(ahead).unwrap_or_default().days());
    let start = date.to_datetime(cell_time(cell));
    kept_free(plan, start).or_else(|| kept_free(plan, start.saturating_add(29.minutes())))
}

/// Every cell that is kept free within the week that begins today.
fn free_cells(plan: &Plan, today: Date) -> Week {
    let mut week = Week::default();
    if plan.bedtime.is_none() && plan.home_from_work.is_none() && plan.busy.is_empty() {
        return week;
    }
    for day in DAYS {
        for cell in (0..CELLS).filter(|cell| free_rule(plan, (day, *cell), today).is_some()) {
            week.paint(day, cell..=cell, true);
        }
    }
    week
}

/// What a cell is, in words.
fn tell(texts: &Texts, (day, cell): (Weekday, usize), on: bool, free: Option<Rule>) -> String {
    let args = [
        ("day", capital(&texts.weekday(day)).into()),
        ("start", unbroken(texts, cell_time(cell)).into()),
        ("end", unbroken(texts, cell_time(cell + 1)).into()),
    ];
    let told = if on { texts.with("moment-cell-on", &args) } else { texts.with("moment-cell-off", &args) };
    match free {
        Some(rule) => format!("{told}. {}", texts.get(rule.key())),
        None => told,
    }
}
