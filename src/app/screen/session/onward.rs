//! After the session: who has answered, what follows for both, and the end that Sameside offers.

use iced::Element;
use iced::widget::{column, row};
use jiff::SignedDuration;
use jiff::civil::Time;

use super::private::{Private, has_answered, is_elsewhere, is_ready, may_change};
use super::{Message, Session};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::choose::{facts, name_of};
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::{Onward, SessionPlan, calendar};
use crate::couple::Member;

/// Whether the planned session is over, as far as its day and time tell.
#[must_use]
pub fn is_over(plan: &SessionPlan, now: &jiff::Zoned) -> bool {
    let Some(date) = plan.date else { return false };
    let begins = date.to_datetime(plan.time.unwrap_or(Time::MAX));
    let minutes = i64::from(plan.minutes.unwrap_or(calendar::USUAL_MINUTES));
    now.datetime() > begins.saturating_add(SignedDuration::from_mins(if plan.time.is_some() { minutes } else { 0 }))
}

/// The card above the plan once the session is over; `None` before.
pub fn view<'a>(page: &'a Session, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
    let plan = &ctx.desk.data.session.value;
    match plan.onward() {
        Some(onward) => Some(follows(ctx, plan, onward)),
        None if is_over(plan, &ctx.desk.now()) => Some(asks(page, ctx)),
        None => None,
    }
}

fn asks<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.heading(ctx.text("session-past-title")), look.body(ctx.text("session-past-lead"))]
        .spacing(space::S);
    let answered = Member::BOTH.map(|member| has_answered(ctx.desk, member));
    if answered == [true, true] {
        if let Some(error) = page.trouble {
            let name = error.member().map(|member| name_of(ctx, member)).unwrap_or_default();
            lines = lines.push(look.trouble(&ctx.text_with(error.key(), &[("name", name.into())]), Vec::new()));
        }
        if is_ready(ctx.desk) {
            lines = lines
                .push(look.body(ctx.text("after-both")))
                .push(look.primary(&ctx.text("choosing-together-show"), Message::AfterRevealed));
        } else {
            // The other's answer opens with the other's passphrase only, or on the other's device.
            let other = ctx.desk.here().other();
            let args = [("name", name_of(ctx, other).into())];
            lines = if is_elsewhere(ctx.desk) {
                lines.push(look.body(ctx.text_with("after-elsewhere", &args)))
            } else {
                lines
                    .push(look.body(ctx.text_with("after-locked", &args)))
                    .push(look.primary(&ctx.text_with("choosing-locked-hand", &args), Message::HandedTo(other)))
            };
        }
        if may_change(ctx.desk) {
            lines = lines.push(look.link(&ctx.text("choosing-changed-mind"), Message::PrivateOpened(Private::After)));
        }
        return look.accent_card(lines);
    }
    // Whether the other has answered is not told: nobody shall wait for a sign, or be asked why there is none.
    let here = ctx.desk.here();
    if has_answered(ctx.desk, here) {
        let words = ctx.text_with("after-has-answered", &[("name", name_of(ctx, here).into())]);
        lines = lines.push(look.note(words));
    }
    lines = lines.push(look.primary(&ctx.text("after-answer"), Message::PrivateOpened(Private::After)));
    look.accent_card(lines)
}

fn follows<'a>(ctx: Ctx<'a>, plan: &SessionPlan, onward: Onward) -> Element<'a, Message> {
    let look = ctx.look;
    let therapist = plan.therapist.as_ref().map(|id| facts::name(ctx, id)).unwrap_or_default();
    let backup = plan.backup.as_ref().map(|id| facts::name(ctx, id));
    let with = |key: &str| {
        let args = [("therapist", therapist.clone().into()), ("backup", backup.clone().unwrap_or_default().into())];
        ctx.text_with(key, &args)
    };
    let (title, lead) = match onward {
        Onward::Again => ("onward-again-title", "onward-again-lead"),
        Onward::Other => ("onward-other-title", "onward-other-lead"),
        Onward::Pause => ("onward-pause-title", "onward-pause-lead"),
    };
    let lines =
        column![look.meeting(onward == Onward::Again, &with(title)), look.heading(with(title)), look.body(with(lead)),]
            .spacing(space::S);
    let mut buttons = row![].spacing(space::S);
    match (onward, &plan.backup) {
        (Onward::Again, _) => buttons = buttons.push(look.primary(&with("onward-next"), Message::NextChosen)),
        (Onward::Other, Some(_)) => {
            buttons = buttons
                .push(look.primary(&with("onward-backup"), Message::OtherChosen))
                .push(look.link(&with("onward-choose"), Message::PageChosen(Page::Choose)));
        }
        (Onward::Other, None) => {
            buttons = buttons.push(look.primary(&with("onward-choose"), Message::PageChosen(Page::Choose)));
        }
        (Onward::Pause, _) => {
            buttons = buttons.push(look.primary(&with("onward-today"), Message::PageChosen(Page::Today)));
        }
    }
    look.together_card(lines.push(buttons.wrap().vertical_spacing(space::S)))
}

/// The end that Sameside offers: keep, save, or delete.
pub fn ending<'a>(ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
    ctx.desk.data.session.value.onward()?;
    let look = ctx.look;
    Some(
        column![
            look.heading(ctx.text("ending-title")),
            look.body(ctx.text("ending-lead")),
            row![
                look.quiet(&ctx.text("ending-keep"), Message::PageChosen(Page::Today)),
                look.quiet_icon(Icon::Download, &ctx.text("ending-save"), Message::PageChosen(Page::Therapists(None))),
                look.quiet(&ctx.text("ending-delete"), Message::PageChosen(Page::Keeping)),
            ]
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::S),
        ]
        .spacing(space::S)
        .into(),
    )
}

/// Goes on to the next session with the same therapist, or with the back-up.
pub fn go_on(desk: &mut Desk, other: bool) {
    desk.change_session(|plan| {
        let next = match (other, plan.therapist.clone(), plan.backup.clone()) {
            (true, _, Some(backup)) => plan.next_visit(backup, None),
            (false, Some(therapist), backup) => plan.next_visit(therapist, backup),
            _ => return,
        };
        *plan = next;
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_over_when_its_time_has_passed() {
        let zone = jiff::tz::TimeZone::UTC;
        let at = |hour, minute| jiff::civil::date(2026, 12, 3).at(hour, minute, 0, 0).to_zoned(zone.clone()).unwrap();
        let day = SessionPlan { date: Some(jiff::civil::date(2026, 12, 3)), ..SessionPlan::default() };
        let timed = SessionPlan { time: Some(jiff::civil::time(18, 30, 0, 0)), minutes: Some(50), ..day.clone() };
        assert!(!is_over(&SessionPlan::default(), &at(12, 0)));
        assert!(!is_over(&day, &at(23, 0)) && is_over(&day, &at(23, 0).tomorrow().unwrap()));
        assert!(!is_over(&timed, &at(19, 15)) && is_over(&timed, &at(19, 21)));
    }
}
