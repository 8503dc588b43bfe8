//! The list is put together, and both read how it will be decided.

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element, Length};

use super::{Choose, Message, facts, name_of, shortlist};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::Round;
use crate::couple::Member;
use crate::directory::{TherapistId, fold::fold};

/// With fewer there is nothing to choose.
pub const FEWEST: usize = 2;

/// All therapists that can be put on the list, by name.
fn listed(desk: &Desk) -> Vec<&TherapistId> {
    let mut all: Vec<_> = desk.data.listed().collect();
    all.sort_by_cached_key(|(id, therapist)| (fold(&therapist.name), (*id).clone()));
    all.into_iter().map(|(id, _)| id).collect()
}

/// Draws the page.
pub fn view<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count = ctx.desk.index.len();
    if ctx.desk.reading {
        let title = ctx.text("choosing-title");
        return look.page(column![look.title(title), look.lead(ctx.text("therapists-reading"))].spacing(space::M));
    }
    if count < FEWEST {
        return too_few(ctx, count);
    }
    let mut lines =
        column![look.title(ctx.text("choosing-title")), look.lead(ctx.text("choosing-lead"))].spacing(space::M);
    if page.asks_names {
        lines = lines.push(names(ctx));
    }
    let mut lines = lines.push(list(page, ctx)).push(last_word(page, ctx)).push(rule(page, ctx));
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

fn list<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let chosen = page.ordered(ctx.desk);
    let people = Member::BOTH.map(|member| (member, name_of(ctx, member)));
    let group = ctx.text("choosing-starter");
    let mut lines = column![
        look.heading(ctx.text("choosing-list")),
        look.note(ctx.text("choosing-list-advice")),
        look.body(group.clone()),
        look.segments_of(&group, people, page.starter, Message::StarterChosen),
    ]
    .spacing(space::S);
    let note = match page.starter {
        Some(member) => {
            let args = [("name", name_of(ctx, member).into()), ("other", name_of(ctx, member.other()).into())];
            ctx.text_with("choosing-starter-begins", &args)
        }
        None => ctx.text("choosing-starter-note"),
    };
    lines = lines.push(look.note(note));
    let toggle =
        |id: &TherapistId| look.check(&facts::name(ctx, id), page.list.contains(id), Message::ListToggled(id.clone()));
    if ctx.desk.index.len() <= shortlist::FEW {
        for id in listed(ctx.desk) {
            lines = lines.push(toggle(id));
        }
    } else {
        for id in &chosen {
            lines = lines.push(toggle(id));
        }
        lines = lines.push(offered(page, ctx));
    }
    let count = chosen.len();
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
    let mut below = row![add].spacing(space::S);
    if count >= 2 {
        below = below.push(look.link_icon(Icon::Users, &ctx.text("compare-open"), Message::CompareOpened));
    }
    lines.push(below.wrap().vertical_spacing(space::S)).into()
}

/// Where there are many: a good list to begin with, and a search for others.
fn offered<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![].spacing(space::S);
    let more: Vec<&TherapistId> = page.suggested.iter().filter(|id| !page.list.contains(id)).collect();
    if page.list.is_empty() && !more.is_empty() {
        let words = ctx.text_with("choosing-suggested-take", &[("count", more.len().into())]);
        lines = lines.push(look.quiet(&words, Message::SuggestionTaken));
    }
    if !more.is_empty() {
        lines = lines.push(look.strong(ctx.text("choosing-suggested")));
    }
    for id in more {
        lines = lines.push(look.check(&facts::name(ctx, id), false, Message::ListToggled(id.clone())));
    }
    lines = lines.push(look.field(
        &ctx.text("choosing-find"),
        &ctx.text("therapists-search-hint"),
        &page.query,
        Message::QueryEdited,
    ));
    for id in page.hits.iter().filter(|id| !page.list.contains(id)) {
        lines = lines.push(look.check(&facts::name(ctx, id), false, Message::ListToggled(id.clone())));
    }
    lines.into()
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
