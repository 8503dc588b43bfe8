//! One person marks, then puts those they accept in order. Only that person sees these pages.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Element, Length};

use super::{Choose, Message, facts, flow, name_of};
use crate::app::ctx::Ctx;
use crate::app::screen::needs::must_key;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::tap::MIN_TARGET;
use crate::choice::{Mark, Marks};
use crate::directory::TherapistId;

/// More than this many Nos make a shared option less likely (domain research, section 5). Advice, never a limit.
const MANY_NOS: usize = 2;

/// Good, OK or No for each.
pub fn marks<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let list = &ctx.desk.data.round.value.therapists;
    let marks = flow::marks(ctx.desk, here);
    let left = marks.unmarked(list).len();
    let mut lines = column![
        look.title(ctx.text_with("choosing-mark-title", &[("name", name_of(ctx, here).into())])),
        look.lead(ctx.text("choosing-mark-lead")),
    ]
    .spacing(space::M);
    lines = lines.push(
        row![
            look.link_icon(Icon::Users, &ctx.text("compare-open"), Message::CompareOpened),
            look.link_icon(Icon::Lock, &ctx.text("therapists-needs"), Message::NeedsOpened),
        ]
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::XS),
    );
    for id in list {
        lines = lines.push(one(page, ctx, id, &marks));
    }
    if no_count(&marks, list) > MANY_NOS {
        lines = lines.push(look.banner(&ctx.text("choosing-many-nos"), Vec::new()));
    }
    let next = (left == 0).then_some(Message::OrderChosen);
    lines = lines.push(look.primary(&ctx.text("choosing-mark-next"), next));
    if left > 0 {
        lines = lines.push(look.note(ctx.text_with("choosing-mark-left", &[("count", left.into())])));
    }
    look.page(lines)
}

fn one<'a>(page: &'a Choose, ctx: Ctx<'a>, id: &'a TherapistId, marks: &Marks) -> Element<'a, Message> {
    let look = ctx.look;
    let name = facts::name(ctx, id);
    let choices = Mark::ALL.map(|mark| (mark, ctx.text(mark.key())));
    let segments = look.segments_of(&name, choices, marks.mark(id), |mark| Message::Marked(id.clone(), mark));
    let mut lines = column![look.strong(name)].spacing(space::XS);
    let known = ctx.desk.therapist(id).map(|therapist| facts::line(ctx, therapist)).unwrap_or_default();
    if !known.is_empty() {
        lines = lines.push(look.note(known));
    }
    let needs = &ctx.desk.space().needs;
    let unmet = ctx.desk.therapist(id).map(|therapist| needs.unmet(therapist)).unwrap_or_default();
    if !unmet.is_empty() {
        let musts: Vec<String> = unmet.into_iter().map(|ask| ctx.text(must_key(ask))).collect();
        lines = lines.push(look.note(ctx.text_with("mark-unmet", &[("musts", musts.join(", ").into())])));
    }
    let unwanted = ctx.desk.therapist(id).map(|therapist| needs.unwanted(therapist)).unwrap_or_default();
    if !unwanted.is_empty() {
        let words = ctx.text_with("mark-unwanted", &[("words", unwanted.join(", ").into())]);
        lines = lines.push(look.note(words));
    }
    let mut card = column![lines, segments].spacing(12.0);
    let note = marks.notes.get(id).map(String::as_str).unwrap_or_default();
    let label = ctx.text_with("mark-note", &[("name", facts::name(ctx, id).into())]);
    if page.noting.as_ref() == Some(id) || !note.is_empty() {
        let about = id.clone();
        card =
            card.push(look.field(&label, &ctx.text("mark-note-hint"), note, move |text| {
                Message::NoteEdited(about.clone(), text)
            }));
    } else {
        card = card.push(look.link_icon(Icon::Pencil, &label, Message::NoteOpened(id.clone())));
    }
    look.card(card)
}

fn no_count(marks: &Marks, list: &[TherapistId]) -> usize {
    list.iter().filter(|id| marks.mark(id) == Some(Mark::No)).count()
}

/// Those that were not refused, the most wished for first.
pub fn order<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let list = &ctx.desk.data.round.value.therapists;
    let marks = flow::marks(ctx.desk, here);
    let ballot = marks.ballot(list).unwrap_or_default();
    let count = ballot.order().len();
    let (title, lead) = match count {
        0 => ("choosing-order-none-title", "choosing-order-none-lead"),
        1 => ("choosing-order-one-title", "choosing-order-one-lead"),
        _ => ("choosing-order-title", "choosing-order-lead"),
    };
    let mut lines = column![look.title(ctx.text(title)), look.lead(ctx.text(lead))].spacing(space::M);
    if count > 0 {
        let mut places = column![].spacing(space::XS);
        for (place, id) in ballot.order().iter().enumerate() {
            if place > 0 {
                places = places.push(look.hairline());
            }
            places = places.push(place_of(ctx, id.clone(), place, count));
        }
        lines = lines.push(look.card(places));
    }
    if count > 0 && no_count(&marks, list) > MANY_NOS {
        lines = lines.push(look.banner(&ctx.text("choosing-many-nos"), Vec::new()));
    }
    if let Some(error) = page.trouble {
        lines = lines.push(look.trouble(&ctx.text(error.key()), Vec::new()));
    }
    lines = lines.push(
        row![
            look.primary(&ctx.text("choosing-done"), Message::Sealed),
            look.link(&ctx.text("choosing-order-back"), Message::MarksChosen),
        ]
        .spacing(space::S)
        .wrap()
        .vertical_spacing(space::S),
    );
    look.page(lines.push(look.note(ctx.text("choosing-done-note"))))
}

fn place_of(ctx: Ctx<'_>, id: TherapistId, place: usize, count: usize) -> Element<'_, Message> {
    let look = ctx.look;
    let name = facts::name(ctx, &id);
    let label = |key| ctx.text_with(key, &[("name", name.clone().into())]);
    let number = container(look.strong(format!("{}", place + 1))).width(24.0);
    let gap = || Space::new().width(MIN_TARGET).height(MIN_TARGET);
    let up: Element<'_, Message> = if place > 0 {
        look.icon_button(Icon::ArrowUp, label("choosing-move-up"), Message::MovedUp(id.clone())).into()
    } else {
        gap().into()
    };
    let down: Element<'_, Message> = if place + 1 < count {
        look.icon_button(Icon::ArrowDown, label("choosing-move-down"), Message::MovedDown(id)).into()
    } else {
        gap().into()
    };
    let words = look.body(name.clone()).width(Length::Fill);
    if look.tight {
        let buttons = row![number, up, down].spacing(space::XS).align_y(Alignment::Center);
        return column![words, buttons].spacing(space::XS).into();
    }
    row![number, words, row![up, down]].spacing(space::S).align_y(Alignment::Center).into()
}
