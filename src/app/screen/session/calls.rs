//! Which calls were made, and files for other programs: the calendar, the contact.

use iced::Element;
use iced::widget::{Row, column, row};

use super::Message;
use crate::app::ctx::Ctx;
use crate::app::screen::choose::facts;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::Reached;

/// The calls that were noted, and one tap for another.
pub fn log(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let mut lines = column![look.heading(ctx.text("session-calls"))].spacing(space::S);
    for (place, call) in plan.calls.iter().enumerate() {
        let args = [("day", ctx.texts.date(call.on).into()), ("how", ctx.text(call.reached.key()).into())];
        let words = ctx.text_with("session-call-noted", &args);
        let remove = ctx.text_with("session-call-remove", &args);
        lines = lines.push(
            row![
                look.body(words).width(iced::Length::Fill),
                look.icon_button(Icon::X, remove, Message::CallRemoved(place)),
            ]
            .spacing(space::S)
            .align_y(iced::Alignment::Center),
        );
    }
    let today = Reached::ALL.map(|reached| {
        let words = ctx.text_with("session-call-today", &[("how", ctx.text(reached.key()).into())]);
        look.quiet_icon(Icon::Plus, &words, Message::CallNoted(reached)).into()
    });
    lines.push(Row::with_children(today).spacing(space::S).wrap().vertical_spacing(space::S)).into()
}

/// What was noted about others who were in the plan before.
pub fn earlier(ctx: Ctx<'_>) -> Option<Element<'_, Message>> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    if plan.kept.is_empty() {
        return None;
    }
    let mut lines = column![look.heading(ctx.text("session-earlier"))].spacing(space::S);
    for (id, kept) in &plan.kept {
        lines = lines.push(look.strong(facts::name(ctx, id)));
        for (question, answer) in &kept.answers {
            let words = if crate::choice::plan::QUESTIONS.contains(&question.as_str()) {
                ctx.text(question)
            } else {
                question.clone()
            };
            lines = lines.push(look.note(format!("{words} {answer}")));
        }
        for call in &kept.calls {
            let args = [("day", ctx.texts.date(call.on).into()), ("how", ctx.text(call.reached.key()).into())];
            lines = lines.push(look.note(ctx.text_with("session-call-noted", &args)));
        }
    }
    Some(lines.into())
}

/// The calendar, once there is a day and a time.
pub fn calendar(ctx: Ctx<'_>) -> Option<Element<'_, Message>> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    plan.date.zip(plan.time)?;
    let words = ctx.text("session-calendar");
    let mut lines = column![
        look.quiet_icon(Icon::Calendar, &words, Message::CalendarChosen),
        look.note(ctx.text("session-calendar-note")),
    ]
    .spacing(space::XS);
    if !plan.zone.is_empty() {
        lines = lines.push(look.note(ctx.text_with("session-zone", &[("zone", plan.zone.clone().into())])));
    }
    Some(lines.into())
}
