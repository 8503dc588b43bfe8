//! A break from a step: for how long, until when, and coming back to the very step.
//!
//! Twenty minutes is about what a body needs to settle after an argument, and more than a day is leaving it (research,
//! rule 5). While a break lasts the reminder is silent.

use iced::Element;
use iced::widget::column;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use super::controls::buttons;
use super::{Message as OnPage, Player};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::theme::space;
use crate::exercise::{Break, Run};
use crate::locale::Texts;
use crate::store::When;

/// How long a break may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// The shortest.
    TwentyMinutes,
    /// An hour.
    Hour,
    /// Three hours.
    ThreeHours,
    /// The longest: the same time tomorrow.
    Day,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// A break was asked for.
    Asked,
    /// It was not wanted after all.
    Declined,
    /// A break was taken.
    Taken(Length),
    /// It is over, or ended before its time.
    Ended,
}

impl Length {
    /// All of them, the shortest first.
    pub const ALL: [Self; 4] = [Self::TwentyMinutes, Self::Hour, Self::ThreeHours, Self::Day];

    const fn key(self) -> &'static str {
        match self {
            Self::TwentyMinutes => "player-break-20-minutes",
            Self::Hour => "player-break-hour",
            Self::ThreeHours => "player-break-3-hours",
            Self::Day => "player-break-day",
        }
    }

    /// When a break that begins at `now` is over. A day is 24 hours, whatever the clocks do that night.
    #[must_use]
    pub fn until(self, now: Timestamp) -> Timestamp {
        let minutes = match self {
            Self::TwentyMinutes => 20,
            Self::Hour => 60,
            Self::ThreeHours => 180,
            Self::Day => 24 * 60,
        };
        now.checked_add(SignedDuration::from_mins(minutes)).unwrap_or(now)
    }
}

/// A time in words, as it is said on the day of `now`: "at 2:40 pm", "tomorrow at 9:40 am", or with its date.
#[must_use]
pub fn in_words(texts: &Texts, at: Timestamp, now: &Zoned) -> String {
    let at = at.to_zoned(now.time_zone().clone());
    let time = ("time", texts.time(at.time()).into());
    if at.date() == now.date() {
        texts.with("player-break-today", &[time])
    } else if now.date().checked_add(1.day()).is_ok_and(|tomorrow| tomorrow == at.date()) {
        texts.with("player-break-tomorrow", &[time])
    } else {
        texts.with("player-break-date", &[("date", texts.date(at.date()).into()), time])
    }
}

/// Puts a break on the desk: in the run, and for the reminder.
fn take(desk: &mut Desk, exercise: &str, run: Timestamp, length: Length) {
    let since = desk.now().timestamp();
    let until = length.until(since);
    let before = pause_of(desk, exercise, run);
    desk.change_progress(exercise, When::Now, |progress| {
        if let Some(run) = progress.run_mut(run) {
            run.pause = Some(Break { since, until });
        }
    });
    // A longer break from something else holds on.
    let latest = Length::Day.until(since);
    desk.change_plan(|plan| {
        let other = plan.held_until.filter(|held| Some(*held) != before && *held <= latest);
        plan.held_until = Some(other.unwrap_or(until).max(until));
    });
}

/// Ends it.
fn end(desk: &mut Desk, exercise: &str, run: Timestamp) {
    let Some(until) = pause_of(desk, exercise, run) else { return };
    desk.change_progress(exercise, When::Now, |progress| {
        if let Some(run) = progress.run_mut(run) {
            run.pause = None;
        }
    });
    if desk.data.plan.held_until == Some(until) {
        desk.change_plan(|plan| plan.held_until = None);
    }
}

fn pause_of(desk: &Desk, exercise: &str, run: Timestamp) -> Option<Timestamp> {
    desk.progress(exercise)?.run(run)?.pause.map(|pause| pause.until)
}

impl Player {
    /// What happened to the break.
    pub(super) fn on_break(&mut self, message: Message, desk: &mut Desk) {
        let Some(run) = self.sheet.as_ref().map(|sheet| sheet.run) else { return };
        self.choosing_break = message == Message::Asked;
        match message {
            Message::Asked | Message::Declined => {}
            Message::Taken(length) => {
                take(desk, &self.id, run, length);
                self.live.halt(desk.now().timestamp());
            }
            Message::Ended => end(desk, &self.id, run),
        }
        self.live.wait_for(pause_of(desk, &self.id, run), desk.now().timestamp());
    }
}

/// Draws the break, if there is one or one is being chosen. `place` says where in the exercise one is.
pub fn view<'a>(ctx: Ctx<'a>, choosing: bool, run: &Run, place: &str) -> Option<Element<'a, OnPage>> {
    let said = OnPage::Break;
    let look = ctx.look;
    if choosing {
        let mut lines = column![look.title(ctx.text("player-break-title")), look.body(ctx.text("player-break-lead")),]
            .spacing(space::M);
        let now = ctx.desk.now();
        for length in Length::ALL {
            let until = in_words(ctx.texts, length.until(now.timestamp()), &now);
            let back = ctx.text_with("player-break-back", &[("when", until.into())]);
            lines =
                lines.push(look.list_row(None, &ctx.text(length.key()), &back, false, said(Message::Taken(length))));
        }
        return Some(lines.push(look.link(&ctx.text("player-break-no"), said(Message::Declined))).into());
    }
    let pause = run.pause?;
    let now = ctx.desk.now();
    let (title, lead) = if pause.until > now.timestamp() {
        let until = in_words(ctx.texts, pause.until, &now);
        (ctx.text_with("player-break-on", &[("when", until.into())]), ctx.text("player-break-on-lead"))
    } else {
        (
            ctx.text("player-break-over"),
            ctx.text_with("player-break-over-lead", &[("place", place.to_owned().into())]),
        )
    };
    let ways = if pause.until > now.timestamp() {
        vec![
            look.primary(&ctx.text("player-end-today"), OnPage::TodayChosen).into(),
            look.link(&ctx.text("player-break-end"), said(Message::Ended)).into(),
            look.link(&ctx.text("player-break-longer"), said(Message::Asked)).into(),
        ]
    } else {
        vec![
            look.primary(&ctx.text("player-go-on"), said(Message::Ended)).into(),
            look.link(&ctx.text("player-break-longer"), said(Message::Asked)).into(),
        ]
    };
    Some(column![look.mark(44.0, 0.3), look.title(title), look.lead(lead), buttons(ways)].spacing(space::M).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Language;

    #[test]
    fn a_time_is_said_as_one_would() {
        let now: Zoned = "2026-11-28T23:50[America/Toronto]".parse().unwrap();
        let texts = Texts::new(Language::En);
        let said = |length: Length| in_words(&texts, length.until(now.timestamp()), &now);
        assert_eq!(said(Length::TwentyMinutes), "tomorrow at 12:10 am");
        assert_eq!(said(Length::Day), "tomorrow at 11:50 pm");
        let morning: Zoned = "2026-11-28T09:40[America/Toronto]".parse().unwrap();
        assert_eq!(in_words(&texts, Length::Hour.until(morning.timestamp()), &morning), "at 10:40 am");
        let later: Zoned = "2026-11-30T09:40[America/Toronto]".parse().unwrap();
        assert_eq!(in_words(&texts, later.timestamp(), &morning), "on Monday, November 30, at 9:40 am");
    }

    #[test]
    fn a_day_is_24_hours_when_the_clocks_change_too() {
        let now: Zoned = "2026-10-31T22:00[America/Toronto]".parse().unwrap();
        assert_eq!(Length::Day.until(now.timestamp()).duration_since(now.timestamp()), SignedDuration::from_hours(24));
    }
}
