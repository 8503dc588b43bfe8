//! The hours that are kept free: before and after bedtime, after work, and busy days.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Alignment, Element, Padding};
use jiff::ToSpan;
use jiff::civil::{Date, Time, time};

use super::{Message, Moment, capital, unbroken};
use crate::app::ctx::Ctx;
use crate::app::theme::{SEMIBOLD, size, space};
use crate::app::widget::Icon;
use crate::app::widget::describe::{Role, Stand};
use crate::app::widget::tap::tap;
use crate::moment::Plan;

/// How many days can be marked busy ahead.
const DAYS: i32 = 14;
/// Side of one day, in logical pixels: seven of them fit into the narrowest phone.
const SIDE: f32 = 44.0;
const GAP: f32 = 2.0;

/// One of the two times that the rules know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hour {
    /// When they go to bed.
    Bedtime,
    /// When the later one is home from work.
    Home,
}

impl Hour {
    /// Where it stands in the plan.
    pub(super) fn of(self, plan: &mut Plan) -> &mut Option<Time> {
        match self {
            Self::Bedtime => &mut plan.bedtime,
            Self::Home => &mut plan.home_from_work,
        }
    }

    /// What it is set to first.
    const fn usual(self) -> Time {
        match self {
            Self::Bedtime => time(22, 30, 0, 0),
            Self::Home => time(17, 30, 0, 0),
        }
    }

    /// The keys of its name, of what sets it, and of what it does.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Bedtime => ["moment-bedtime", "moment-bedtime-set", "moment-bedtime-note"],
            Self::Home => ["moment-home", "moment-home-set", "moment-home-note"],
        }
    }
}

/// Marks a day busy, or not; days that are over are dropped on the way.
pub(super) fn switch_day(busy: &mut Vec<Date>, day: Date, today: Date) {
    let was = busy.contains(&day);
    busy.retain(|known| *known >= today && *known != day);
    if !was {
        busy.push(day);
        busy.sort_unstable();
    }
}

impl Moment {
    /// The hours kept free, each with what it does.
    pub(super) fn free<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let lines: Column<'a, Message> = column![
            look.heading(ctx.text("moment-free-title")),
            hour(ctx, Hour::Bedtime, ctx.desk.data.plan.bedtime),
            hour(ctx, Hour::Home, ctx.desk.data.plan.home_from_work),
            look.strong(ctx.text("moment-busy")),
            days(ctx),
            look.note(ctx.text("moment-busy-note")),
        ];
        lines.spacing(space::S).into()
    }
}

/// A time with the ways to move it by half an hour, or the way to set it.
fn hour(ctx: Ctx<'_>, which: Hour, at: Option<Time>) -> Element<'_, Message> {
    let look = ctx.look;
    let [name, set, note] = which.keys().map(|key| ctx.text(key));
    let Some(at) = at else {
        return look.quiet_icon(Icon::Plus, &set, Message::HourSet(which, Some(which.usual()))).into();
    };
    let moved = |minutes: i64| Message::HourSet(which, Some(at.wrapping_add(minutes.minutes())));
    let told = |key: &str| ctx.text_with(key, &[("name", name.clone().into())]);
    let shown = unbroken(ctx.texts, at);
    let steps = row![
        look.icon_button(Icon::Minus, told("moment-hour-earlier"), moved(-30)),
        look.strong(shown.clone()),
        look.icon_button(Icon::Plus, told("moment-hour-later"), moved(30)),
        look.icon_button(Icon::X, told("moment-hour-remove"), Message::HourSet(which, None)),
    ]
    .spacing(space::S)
    .align_y(Alignment::Center)
    .wrap();
    column![look.strong(name), steps, look.note(note)].spacing(space::XS).into()
}

/// The days ahead, each to be marked busy.
fn days(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let today = ctx.desk.now().date();
    let taps = (0..DAYS).map(|ahead| {
        let day = today.saturating_add(ahead.days());
        let on = ctx.desk.data.plan.busy.contains(&day);
        let small = text(ctx.texts.weekday_short(day.weekday())).size(size::SMALL - 1.5);
        let number = text(day.day().to_string()).font(SEMIBOLD).size(size::BODY);
        let words = column![small, number].align_x(Alignment::Center).width(iced::Length::Fill);
        let told = ctx.text_with("moment-busy-day", &[("date", capital(&ctx.texts.date(day)).into())]);
        tap(
            Role::CheckBox,
            told,
            words,
            move |status| {
                if on { look.primary_style(status) } else { look.quiet_style(status) }
            },
        )
        .width(SIDE)
        .padding(Padding::from([6.0, 0.0]))
        .align_x(Alignment::Center)
        .stand(Stand::Checked(on))
        .on_press(Message::DaySwitched(day))
        .into()
    });
    let rows = Row::with_children(taps).spacing(GAP).wrap().vertical_spacing(space::XS);
    // A week in each row.
    container(rows).max_width(7.0 * SIDE + 6.0 * GAP).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_marked_and_unmarked_and_old_ones_go() {
        let (old, today, later) = (date(2026, 11, 1), date(2026, 11, 28), date(2026, 12, 1));
        let mut busy = vec![old];
        switch_day(&mut busy, later, today);
        switch_day(&mut busy, today, today);
        assert_eq!(busy, [today, later]);
        switch_day(&mut busy, later, today);
        assert_eq!(busy, [today]);
    }
}
