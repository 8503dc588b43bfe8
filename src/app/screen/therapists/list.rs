//! The list: search, what is left out, and one row for each therapist.

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Message, STEP, Therapists, export, fields, filters};
use crate::app::ctx::{Ctx, Room};
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::directory::{Therapist, YesNo};

/// Draws the list, or how to begin one.
pub fn view<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    if page.index.is_empty() { empty(page, ctx) } else { filled(page, ctx) }
}

fn empty<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let lines = column![
        look.title(ctx.text("therapists-title")),
        look.lead(ctx.text("therapists-empty-lead")),
        look.card(
            column![
                look.strong(ctx.text("therapists-empty-how")),
                look.body(ctx.text("therapists-empty-ask")),
                look.body(ctx.text("therapists-empty-few")),
            ]
            .spacing(space::S)
        ),
        buttons(page, ctx),
        look.note(ctx.text("therapists-empty-note")),
    ]
    .spacing(space::M);
    lines.into()
}

fn buttons<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let add = (ctx.text("therapists-add"), Message::PageChosen(Page::EditTherapist(None)));
    // Beside an open record its own main button leads.
    let add = if page.open.is_some() { look.quiet(&add.0, add.1) } else { look.primary(&add.0, add.1) };
    row![add, look.quiet(&ctx.text("therapists-import"), Message::PageChosen(Page::Import))]
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S)
        .into()
}

fn filled<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count = page.index.len();
    let mut lines = column![
        look.title(ctx.text("therapists-title")),
        look.quiet_words(ctx.text_with("therapists-count", &[("count", count.into())])),
        buttons(page, ctx),
        look.field(
            &ctx.text("therapists-search"),
            &ctx.text("therapists-search-hint"),
            &page.finding.query,
            Message::QueryEdited
        ),
        filters::view(page, ctx),
    ]
    .spacing(space::M);
    lines = lines.push(rows(page, ctx));
    lines.push(export::view(page.export.as_ref(), ctx).map(Message::Export)).into()
}

fn rows<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let beside = ctx.room == Room::Wide;
    let mut rows: Column<'a, Message> = column![].spacing(space::S);
    if page.found.is_empty() && page.hidden.is_empty() {
        rows = rows
            .push(look.body(ctx.text("therapists-nobody")))
            .push(look.link(&ctx.text("therapists-everyone"), Message::EveryoneChosen));
    }
    for id in page.found.iter().take(page.shown) {
        let Some(therapist) = ctx.desk.therapist(id) else { continue };
        let chosen = beside && page.open.as_ref() == Some(id);
        let message = Message::RowChosen { id: id.clone(), beside };
        rows = rows.push(look.list_row(None, &therapist.name, &first(therapist, ctx), chosen, message));
    }
    let more = page.found.len().saturating_sub(page.shown).min(STEP);
    if more > 0 {
        let words = ctx.text_with("therapists-more", &[("count", more.into())]);
        rows = rows.push(look.quiet(&words, Message::MoreChosen));
    }
    rows.into()
}

/// What one looks for first: whether they take new couples, the fee, how they meet, where.
fn first(therapist: &Therapist, ctx: Ctx<'_>) -> String {
    let mut parts = Vec::new();
    match therapist.taking_new {
        YesNo::Yes => parts.push(ctx.text("therapist-takes-new")),
        YesNo::No => parts.push(ctx.text("therapist-takes-none")),
        YesNo::Unknown => {}
    }
    parts.extend(therapist.fee.as_ref().map(|fee| fields::money(fee, ctx.texts)));
    parts.extend(format(therapist, ctx));
    if !therapist.city.is_empty() {
        parts.push(therapist.city.clone());
    }
    let text = parts.join(" · ");
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How they meet, if that is known.
pub fn format(therapist: &Therapist, ctx: Ctx<'_>) -> Option<String> {
    let key = match (therapist.in_person, therapist.online) {
        (YesNo::Yes, YesNo::Yes) => "therapist-meets-both",
        (YesNo::Yes, _) => "therapist-meets-in-person",
        (_, YesNo::Yes) => "therapist-meets-online",
        _ => return None,
    };
    Some(ctx.text(key))
}
