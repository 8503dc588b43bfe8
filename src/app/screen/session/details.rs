//! When, where, and what it costs.

use iced::Element;
use iced::widget::column;

use super::{Field, Message, Session, months, when as read};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;

/// Day, time and place.
pub fn when<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let mut lines = column![
        look.heading(ctx.text("session-when")),
        look.field(&ctx.text("session-date"), &ctx.text("session-date-hint"), &page.date, Message::DateEdited),
    ]
    .spacing(space::S);
    match read::parse_date(&page.date, ctx.desk.now().date(), &months(ctx.texts)) {
        Some(date) => lines = lines.push(look.note(ctx.texts.date(date))),
        None if page.date.trim().is_empty() => {}
        None => lines = lines.push(look.note(ctx.text("session-date-bad"))),
    }
    lines = lines.push(look.field(
        &ctx.text("session-time"),
        &ctx.text("session-time-hint"),
        &page.time,
        Message::TimeEdited,
    ));
    match read::parse_time(&page.time) {
        Some(time) if ctx.texts.time(time) != page.time.trim() => lines = lines.push(look.note(ctx.texts.time(time))),
        None if !page.time.trim().is_empty() => lines = lines.push(look.note(ctx.text("session-time-bad"))),
        Some(_) | None => {}
    }
    let field = |key: &str, hint: &str, value: &str, field: Field| {
        look.field(&ctx.text(key), &ctx.text(hint), value, move |text| Message::Edited(field, text))
    };
    lines = lines.push(field("session-place", "session-place-hint", &plan.place, Field::Place)).push(field(
        "session-link",
        "session-link-hint",
        &plan.link,
        Field::Link,
    ));
    let link = plan.link.trim();
    if link.starts_with("https://") || link.starts_with("http://") {
        let open = ctx.text("session-link-open");
        lines = lines.push(look.quiet_icon(Icon::ExternalLink, &open, Message::Visited(link.to_owned())));
    }
    lines.into()
}

/// What it costs, and who pays.
pub fn cost(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let field = |key: &str, hint: &str, value: &str, field: Field| {
        look.field(&ctx.text(key), &ctx.text(hint), value, move |text| Message::Edited(field, text))
    };
    column![
        look.heading(ctx.text("session-money")),
        field("session-cost", "session-cost-hint", &plan.cost, Field::Cost),
        field("session-payer", "session-payer-hint", &plan.payer, Field::Payer),
    ]
    .spacing(space::S)
    .into()
}
