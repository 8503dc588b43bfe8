//! Two or three therapists side by side. Nothing on this page is anyone's mark.

use iced::widget::{Column, Row, column};
use iced::{Element, Length};

use super::{Choose, Message, facts};
use crate::app::ctx::{Ctx, Room};
use crate::app::screen::therapists::fields;
use crate::app::theme::space;
use crate::directory::{Therapist, TherapistId, YesNo};

/// More do not fit beside each other, and two or three are what one can hold in mind.
pub const MOST: usize = 3;

/// Draws the page; `list` are those one may pick from.
pub fn view<'a>(page: &'a Choose, ctx: Ctx<'a>, list: &[TherapistId]) -> Element<'a, Message> {
    let look = ctx.look;
    let mut picks: Column<'a, Message> = column![];
    for id in list {
        let on = page.compared.contains(id);
        picks = picks.push(look.check(&facts::name(ctx, id), on, Message::ComparedToggled(id.clone())));
    }
    let mut lines =
        column![look.title(ctx.text("compare-title")), look.lead(ctx.text("compare-lead")), picks,].spacing(space::M);
    let chosen: Vec<(&TherapistId, &Therapist)> =
        page.compared.iter().filter_map(|id| Some((id, ctx.desk.therapist(id)?))).collect();
    if chosen.len() >= 2 {
        lines = lines.push(table(ctx, &chosen));
    }
    look.page(lines.push(look.primary(&ctx.text("compare-done"), Message::CompareClosed)))
}

fn table<'a>(ctx: Ctx<'a>, chosen: &[(&TherapistId, &Therapist)]) -> Element<'a, Message> {
    let look = ctx.look;
    let beside = ctx.room != Room::Narrow && !look.tight;
    let mut lines: Column<'a, Message> = column![].spacing(space::S);
    if beside {
        lines = lines.push(cells(chosen.iter().map(|(_, one)| look.strong(one.name.clone()).into()).collect()));
        lines = lines.push(look.hairline());
    }
    for (key, of) in ROWS {
        let values: Vec<String> = chosen.iter().map(|(_, one)| of(one, ctx)).collect();
        if values.iter().all(String::is_empty) {
            continue;
        }
        lines = lines.push(look.note(ctx.text(key)));
        let value = |text: &String| if text.is_empty() { ctx.text("yes-no-unknown") } else { text.clone() };
        if beside {
            lines = lines.push(cells(values.iter().map(|text| look.body(value(text)).into()).collect()));
        } else {
            for ((_, one), text) in chosen.iter().zip(&values) {
                let args = [("name", one.name.clone().into()), ("value", value(text).into())];
                lines = lines.push(look.body(ctx.text_with("compare-line", &args)));
            }
        }
        lines = lines.push(look.hairline());
    }
    look.card(lines)
}

fn cells(cells: Vec<Element<'_, Message>>) -> Element<'_, Message> {
    let cells = cells.into_iter().map(|cell| iced::widget::container(cell).width(Length::FillPortion(1)).into());
    Row::with_children(cells).spacing(space::M).into()
}

type Of = fn(&Therapist, Ctx<'_>) -> String;

/// What is held side by side: the name of its text, and the words for one therapist; empty for what is not known.
const ROWS: [(&str, Of); 11] = [
    ("compare-taking-new", |one, ctx| answer(one.taking_new, ctx)),
    ("compare-wait", |one, ctx| {
        one.wait_weeks
            .map(|weeks| ctx.text_with("therapists-filter-weeks-count", &[("count", weeks.into())]))
            .unwrap_or_default()
    }),
    ("compare-fee", |one, ctx| {
        let fee = one.fee.as_ref().map(|fee| fields::money(fee, ctx.texts));
        fee.unwrap_or_default()
    }),
    ("compare-sliding", |one, ctx| answer(one.sliding_scale, ctx)),
    ("compare-meets", |one, ctx| {
        crate::app::screen::therapists::list::format(one, ctx).unwrap_or_default()
    }),
    ("compare-town", |one, _| one.city.trim().to_owned()),
    ("compare-share", |one, ctx| {
        let share = one.couples_share.map(u16::from);
        share
            .map(|share| ctx.text_with("therapists-filter-share-count", &[("count", share.into())]))
            .unwrap_or_default()
    }),
    ("compare-training", |one, _| one.couples_training.join(", ")),
    ("compare-evenings", |one, ctx| answer(one.evenings, ctx)),
    ("compare-languages", |one, ctx| fields::languages(one, ctx.texts)),
    ("compare-trial", |one, ctx| answer(one.trial_session, ctx)),
];

fn answer(answer: YesNo, ctx: Ctx<'_>) -> String {
    if answer == YesNo::Unknown { String::new() } else { ctx.text(answer.key()) }
}
