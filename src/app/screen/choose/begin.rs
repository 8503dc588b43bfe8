//! The list is put together, and both read how it will be decided.

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element, Length};

use super::{Choose, Message, name_of};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::Round;
use crate::couple::Member;
use crate::directory::{Therapist, TherapistId, fold::fold};

/// With fewer there is nothing to choose.
pub const FEWEST: usize = 2;

/// The therapists that can be put on the list, by name.
pub fn listed(desk: &Desk) -> Vec<(&TherapistId, &Therapist)> {
    let mut all: Vec<_> = desk.data.listed().collect();
    all.sort_by_cached_key(|(id, therapist)| (fold(&therapist.name), (*id).clone()));
    all
}

/// Draws the page.
pub fn view<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let all = listed(ctx.desk);
    if all.len() < FEWEST {
        return too_few(ctx, all.len());
    }
    let mut lines =
        column![look.title(ctx.text("choosing-title")), look.lead(ctx.text("choosing-lead"))].spacing(space::M);
    if page.asks_names {
        lines = lines.push(names(ctx));
    }
    let mut lines = lines.push(list(page, ctx, &all)).push(last_word(page, ctx)).push(rule(page, ctx));
    let ready = page.last_word.is_some() && page.ordered(ctx.desk).len() >= FEWEST;
    let mut buttons =
        row![look.primary(&ctx.text("choosing-begin"), ready.then_some(Message::Begun))].spacing(space::S);
    if page.again {
        buttons = buttons.push(look.link(&ctx.text("choosing-keep-result"), Message::ResultKept));
    }
    lines = lines.push(buttons.wrap().vertical_spacing(space::S));
    if !ready {
        let missing = if page.last_word.is_none() { "choosing-missing-last-word" } else { "choosing-missing-list" };
        lines = lines.push(look.note(ctx.text(missing)));
    }
    look.page(lines.spacing(space::L))
}

fn too_few(ctx: Ctx<'_>, count: usize) -> Element<'_, Message> {
    let look = ctx.look;
    let words = if count == 0 { "choosing-none-listed" } else { "choosing-one-listed" };
    look.page(
        column![
            look.mark(44.0, 0.3),
            look.title(ctx.text("choosing-title")),
            look.lead(ctx.text(words)),
            look.body(ctx.text("choosing-list-advice")),
            look.primary(&ctx.text("choosing-open-list"), Message::PageChosen(Page::Therapists(None))),
        ]
        .spacing(space::M),
    )
}

fn names(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut lines = column![look.body(ctx.text("choosing-names"))].spacing(space::S);
    for (member, key) in [(Member::One, "choosing-person-one"), (Member::Two, "choosing-person-two")] {
        let name = &ctx.desk.card(member).name;
        lines = lines.push(look.field(&ctx.text(key), "", name, move |name| Message::NameEdited(member, name)));
    }
    look.card(lines)
}

fn list<'a>(page: &'a Choose, ctx: Ctx<'a>, all: &[(&'a TherapistId, &'a Therapist)]) -> Element<'a, Message> {
    let look = ctx.look;
    let count = page.ordered(ctx.desk).len();
    let mut lines =
        column![look.heading(ctx.text("choosing-list")), look.note(ctx.text("choosing-list-advice"))].spacing(space::S);
    for (id, therapist) in all {
        let on = page.list.contains(id);
        lines = lines.push(look.check(&therapist.name, on, Message::ListToggled((*id).clone())));
    }
    let said = ctx.text_with("choosing-list-count", &[("count", count.into())]);
    let advice = if count > *Round::GOOD_LENGTH.end() {
        Some("choosing-list-long")
    } else if count < 4 {
        Some("choosing-list-short")
    } else {
        None
    };
    lines = lines.push(look.note(advice.map_or(said.clone(), |key| format!("{said} {}", ctx.text(key)))));
    let add = look.link_icon(Icon::Plus, &ctx.text("choosing-add"), Message::PageChosen(Page::Therapists(None)));
    lines.push(add).into()
}

fn last_word<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let people = Member::BOTH.map(|member| (member, name_of(ctx, member)));
    column![
        look.heading(ctx.text("choosing-last-word")),
        look.body(ctx.text("choosing-last-word-lead")),
        look.segments(people, page.last_word, Message::LastWordChosen),
    ]
    .spacing(space::S)
    .into()
}

fn rule<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let question = ctx.text("choosing-rule-question");
    let mut lines = column![
        look.body(ctx.text("choosing-rule-line")),
        look.unfold(None, &question, page.explained, Message::RuleToggled)
    ]
    .spacing(space::S);
    if page.explained {
        lines = lines.push(example(ctx));
    }
    lines.into()
}

/// A small worked example. The names in it stand for nobody.
fn example(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let people = Member::BOTH.map(|member| name_of(ctx, member));
    let mut table: Column<'_, Message> = column![].spacing(space::XS);
    let head =
        ["", &people[0], &people[1], &ctx.text("choosing-example-lower")].map(|cell| look.note(cell.to_owned()).into());
    table = table.push(cells(head));
    for (name, places) in [
        ("choosing-example-ada", ["1", "3", "3"]),
        ("choosing-example-ben", ["2", "2", "2"]),
        ("choosing-example-cleo", ["3", "1", "3"]),
    ] {
        let chosen = name == "choosing-example-ben";
        let word = |text: String| if chosen { look.strong(text) } else { look.body(text) };
        let row = [ctx.text(name)].into_iter().chain(places.map(str::to_owned)).map(|cell| word(cell).into());
        table = table.push(cells(row));
    }
    let steps = ["choosing-rule-1", "choosing-rule-2", "choosing-rule-3", "choosing-rule-4"]
        .map(|key| look.body(ctx.text(key)).into());
    look.card(
        column![
            Column::with_children(steps).spacing(space::S),
            look.hairline(),
            look.strong(ctx.text("choosing-example")),
            table,
            look.body(ctx.text("choosing-example-result")),
            look.note(ctx.text("choosing-rule-source")),
        ]
        .spacing(12.0),
    )
}

fn cells<'a>(cells: impl IntoIterator<Item = Element<'a, Message>>) -> Row<'a, Message> {
    let cells = cells.into_iter().enumerate().map(|(index, cell)| {
        let align = if index == 0 { Alignment::Start } else { Alignment::Center };
        iced::widget::container(cell).width(Length::FillPortion(1)).align_x(align).into()
    });
    Row::with_children(cells).spacing(space::XS).align_y(Alignment::End)
}
