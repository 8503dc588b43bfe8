//! How the form looks: what matters first, then groups that unfold.

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Edit, Message};
use crate::app::ctx::Ctx;
use crate::app::screen::therapists::fields::{
    ANSWERS, FIRST, Field, GROUPS, Group, Kind, NAME, NOTES, STYLES, languages,
};
use crate::app::screen::therapists::links;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::{Hint, phones, problems};

/// Draws the form.
pub(super) fn view<'a>(edit: &'a Edit, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    if edit.id.is_none() {
        return look.page(
            column![
                look.title(ctx.text("therapist-gone-title")),
                look.quiet(&ctx.text("therapist-to-list"), Message::ListChosen),
            ]
            .spacing(space::M),
        );
    }
    let therapist = edit.record(ctx.desk);
    let hints = problems(therapist);
    let title = if edit.is_new { ctx.text("therapists-add") } else { ctx.text("therapist-edit-title") };
    let mut lines = column![look.title(title), look.lead(ctx.text("therapist-edit-lead"))].spacing(space::M);
    lines = lines.push(one(edit, &NAME, &hints, ctx));
    for field in FIRST {
        lines = lines.push(one(edit, field, &hints, ctx));
    }
    lines = lines.push(look.note(ctx.text("therapist-edit-rest")));
    let mut groups: Column<'a, Message> = column![].spacing(space::S);
    for (at, group) in GROUPS.iter().enumerate() {
        groups = groups.push(fold(edit, at, group, &hints, ctx));
    }
    lines = lines.push(groups);
    let mut buttons = row![look.primary(&ctx.text("done"), Message::DoneChosen)].spacing(space::S);
    if !edit.touched.is_empty() {
        let key = if edit.is_new { "therapist-edit-discard" } else { "therapist-edit-undo" };
        buttons = buttons.push(look.link_icon(Icon::Undo, &ctx.text(key), Message::UndoChosen));
    }
    if edit.name_missed {
        lines = lines.push(look.banner(&ctx.text("therapist-edit-name-first"), Vec::new()));
    }
    look.page(lines.push(buttons.wrap().vertical_spacing(space::S)))
}

fn fold<'a>(edit: &'a Edit, at: usize, group: &Group, hints: &[Hint], ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let therapist = edit.record(ctx.desk);
    let filled = group.fields.iter().filter(|field| !(field.get)(therapist).is_empty()).count();
    let note =
        if filled == 0 { String::new() } else { ctx.text_with("therapist-edit-filled", &[("count", filled.into())]) };
    let is_open = edit.open.contains(&at);
    let line = look.fold(&ctx.text(group.title), &note, is_open, Message::GroupFolded(at));
    if !is_open {
        return line.into();
    }
    let mut inside: Column<'a, Message> = column![].spacing(space::M);
    for field in group.fields {
        inside = inside.push(one(edit, field, hints, ctx));
    }
    column![line, look.card(inside)].spacing(space::S).into()
}

/// One field, with what may be a slip in it.
fn one<'a>(edit: &'a Edit, field: &'static Field, hints: &[Hint], ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let label = ctx.text(field.label);
    if field.name == NOTES.name {
        return look.area(&label, "", &edit.notes, 4, Message::NotesEdited);
    }
    let known = match field.kind {
        Kind::Languages => languages(edit.record(ctx.desk), ctx.texts),
        _ => (field.get)(edit.record(ctx.desk)),
    };
    let name = field.name;
    let answers = |all: &[(&'static str, &str)]| {
        let all: Vec<_> = all.iter().map(|(answer, key)| (*answer, ctx.text(key))).collect();
        look.question(&label, all, &known, move |answer| Message::FieldEdited(name, answer.to_owned()))
    };
    let typed = edit.typed.get(name);
    let input = match field.kind {
        Kind::Answer => answers(&ANSWERS),
        Kind::Style => answers(&STYLES),
        Kind::Photo => return column![].into(),
        Kind::Text | Kind::List | Kind::Languages | Kind::Number | Kind::Percent | Kind::Date | Kind::Fee => {
            let shown = typed.map_or(known.as_str(), |typed| typed.text.as_str());
            look.field(&label, field.example, shown, move |text| Message::FieldEdited(name, text))
        }
    };
    let mut lines = column![input].spacing(space::XS);
    let wrong = typed.filter(|typed| !typed.understood).map(|_| field.wrong());
    // An empty form is not a slip yet.
    let slip = hints.iter().find(|hint| hint.field == name && (name != NAME.name || edit.name_missed));
    if let Some(key) = wrong.or(slip.map(|hint| hint.key)) {
        lines = lines.push(look.note(ctx.text(key)));
    }
    if name == "phones" {
        let therapist = edit.record(ctx.desk);
        let country = links::country_of(therapist);
        for number in therapist.phones.iter().filter_map(|phone| phones::read(phone, &country)) {
            lines = lines.push(look.note(ctx.text_with("therapist-calls", &[("phone", number.shown.into())])));
        }
    }
    if field.kind == Kind::Languages
        && typed.is_some_and(|typed| !typed.text.trim().is_empty() && typed.text.trim() != known)
        && !known.is_empty()
    {
        lines = lines.push(look.note(ctx.text_with("therapist-languages-read", &[("languages", known.into())])));
    }
    if matches!(field.kind, Kind::List) && shown_commas(edit, field) {
        lines = lines.push(look.note(ctx.text("therapist-edit-commas")));
    }
    lines.into()
}

/// Whether it is worth saying that several can be given: while one is being typed.
fn shown_commas(edit: &Edit, field: &Field) -> bool {
    edit.typed.get(field.name).is_some_and(|typed| !typed.text.is_empty() && !typed.text.contains([',', ';']))
}
