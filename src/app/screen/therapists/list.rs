//! The list: search, what is left out, and one row for each therapist.

use iced::Element;
use iced::widget::{column, row};

use super::{Message, Therapists, export, fields, filters};
use crate::app::ctx::{Ctx, Room};
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::directory::filter::Sieve;
use crate::directory::search::Number;
use crate::directory::{Therapist, YesNo};

/// Draws the list, or how to begin one.
pub fn view<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    if ctx.desk.reading {
        reading(ctx)
    } else if ctx.desk.index.is_empty() {
        empty(page, ctx)
    } else {
        filled(page, ctx)
    }
}

/// There are many, and they are being read beside the window.
fn reading(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    column![look.title(ctx.text("therapists-title")), look.lead(ctx.text("therapists-reading"))]
        .spacing(space::M)
        .into()
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
    let count = ctx.desk.index.len();
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
    // On a phone the order stands among the filters: the names come first.
    if count > 6 && ctx.room != Room::Narrow {
        lines = lines.push(filters::order(page, ctx));
    }
    let export = export::view(page.export.as_ref(), ctx).map(Message::Export);
    if page.found.numbers.len() > LONG {
        // Nobody scrolls to the end of a long list.
        return lines.push(export).push(rows(page, ctx)).into();
    }
    lines.push(rows(page, ctx)).push(export).into()
}

/// A list of which one does not see the end at once.
const LONG: usize = 30;

fn rows<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    if page.found.numbers.is_empty() && page.found.hidden.is_empty() {
        return nobody(page, ctx);
    }
    let sieve = page.finding.filter.ready();
    let numbers = &page.found.numbers;
    look.rows(page.turn, numbers.len(), space::S, move |place| {
        numbers.get(place).map_or_else(|| iced::widget::space().into(), |number| one(page, *number, &sieve, ctx))
    })
}

fn one<'a>(page: &'a Therapists, number: Number, sieve: &Sieve<'_>, ctx: Ctx<'a>) -> Element<'a, Message> {
    let found = ctx.desk.index.id(number).and_then(|id| Some((id, ctx.desk.therapist(id)?)));
    let Some((id, therapist)) = found else { return iced::widget::space().into() };
    let beside = ctx.room == Room::Wide;
    let chosen = beside && page.open.as_ref() == Some(id);
    let km = ctx.desk.index.facts(number).and_then(|facts| sieve.km(facts));
    let message = Message::RowChosen { id: id.clone(), beside };
    ctx.look.list_row(None, &therapist.name, &first(therapist, km, ctx), chosen, message).into()
}

fn nobody<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.body(ctx.text("therapists-nobody"))].spacing(space::S);
    if let Some((_, name)) = &page.found.meant {
        let words = ctx.text_with("therapists-meant", &[("name", name.clone().into())]);
        lines = lines.push(look.quiet(&words, Message::MeantChosen));
    }
    lines.push(look.link(&ctx.text("therapists-everyone"), Message::EveryoneChosen)).into()
}

/// What one looks for first: whether they take new couples, the fee, how they meet, where.
fn first(therapist: &Therapist, km: Option<u16>, ctx: Ctx<'_>) -> String {
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
    parts.extend(km.map(|km| ctx.text_with("therapists-km", &[("km", km.into())])));
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
