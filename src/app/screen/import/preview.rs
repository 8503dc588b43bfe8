//! How the import looks at each stage.

use std::path::Path;

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Import, Message, Stage};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::import::RowFault;
use crate::directory::{Preview, Row, RowOutcome};

/// How many names, and how many rows at fault, are shown one by one.
const SHOWN: usize = 100;

/// Draws the page.
pub(super) fn view<'a>(page: &'a Import, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    look.page(match &page.stage {
        Stage::Asking => asking(page, ctx),
        Stage::Reading(path) => column![
            look.title(ctx.text("import-reading")),
            look.body(name(path)),
            look.quiet(&ctx.text("cancel"), Message::CancelChosen),
        ]
        .spacing(space::M)
        .into(),
        Stage::Preview(path, preview) => found(path, preview, ctx),
        Stage::Done(ids, is_undone) => done(ids.len(), *is_undone, ctx),
    })
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn asking<'a>(page: &'a Import, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.title(ctx.text("import-title")), look.lead(ctx.text("import-lead"))].spacing(space::M);
    if let Some(trouble) = &page.trouble {
        lines = lines.push(look.trouble(trouble, Vec::new()));
    }
    let open = (!page.path.trim().is_empty()).then_some(Message::PathSubmitted);
    lines
        .push(look.primary(&ctx.text("import-choose"), Message::DialogChosen))
        .push(
            look.card(
                column![
                    look.field_then(&ctx.text("import-path"), "", &page.path, Message::PathEdited, open.clone()),
                    look.note(ctx.text("import-path-note")),
                    look.quiet(&ctx.text("import-open"), open),
                ]
                .spacing(space::S),
            ),
        )
        .push(look.note(ctx.text("import-how")))
        .into()
}

fn found<'a>(path: &Path, preview: &'a Preview, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let counts = preview.counts();
    let count = |key: &str, count: usize| ctx.text_with(key, &[("count", count.into())]);
    let mut summary = column![look.strong(count("import-count-new", counts.new))].spacing(space::XS);
    if counts.known > 0 {
        summary = summary.push(look.body(count("import-count-known", counts.known)));
    }
    if counts.unusable > 0 {
        summary = summary.push(look.body(count("import-count-unusable", counts.unusable)));
    }
    let mut buttons = row![].spacing(space::S);
    if counts.new > 0 {
        buttons = buttons.push(look.primary(&count("import-add", counts.new), Message::AddChosen));
    }
    buttons = buttons.push(look.link(&ctx.text("cancel"), Message::CancelChosen));
    let mut lines = column![
        look.title(name(path)),
        look.lead(ctx.text("import-nothing-yet")),
        look.accent_card(summary),
        buttons.wrap().vertical_spacing(space::S),
    ]
    .spacing(space::M);
    for card in details(preview, ctx) {
        lines = lines.push(card);
    }
    lines.into()
}

/// Who is new, which rows cannot be taken, who is known, and what goes into the notes.
fn details<'a>(preview: &'a Preview, ctx: Ctx<'a>) -> Vec<Element<'a, Message>> {
    let look = ctx.look;
    let mut cards = Vec::new();
    let of = |wanted: fn(&RowOutcome) -> bool| preview.rows.iter().filter(move |row| wanted(&row.outcome));
    let new = of(|outcome| *outcome == RowOutcome::New).map(|row| who(&row.therapist.name, &row.therapist.city));
    cards.extend(card("import-new", new, ctx));
    let faults = of(|outcome| matches!(outcome, RowOutcome::Unusable(_))).filter_map(|row| fault(row, ctx));
    cards.extend(card("import-unusable", faults, ctx));
    let known = of(|outcome| matches!(outcome, RowOutcome::AlreadyHere { .. } | RowOutcome::Repeated { .. }));
    cards.extend(card("import-known", known.filter_map(|row| same(row, ctx)), ctx));
    if !preview.unknown_headings.is_empty() {
        let args = [("headings", preview.unknown_headings.join(", ").into())];
        cards.push(look.note(ctx.text_with("import-unknown-headings", &args)).into());
    }
    let aside = of(|outcome| *outcome == RowOutcome::New).filter(|row| !row.aside.is_empty()).count();
    if aside > 0 {
        cards.push(look.note(ctx.text_with("import-aside", &[("count", aside.into())])).into());
    }
    cards
}

fn card<'a>(title: &str, lines: impl Iterator<Item = String>, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    let all: Vec<String> = lines.collect();
    if all.is_empty() {
        return None;
    }
    let rest = all.len().saturating_sub(SHOWN);
    let mut shown: Column<'a, Message> = column![look.heading(ctx.text(title))].spacing(space::XS);
    for line in all.into_iter().take(SHOWN) {
        shown = shown.push(look.body(line));
    }
    if rest > 0 {
        shown = shown.push(look.note(ctx.text_with("import-more", &[("count", rest.into())])));
    }
    Some(look.card(shown))
}

fn who(name: &str, city: &str) -> String {
    if city.is_empty() { name.to_owned() } else { format!("{name} · {city}") }
}

fn fault(row: &Row, ctx: Ctx<'_>) -> Option<String> {
    let RowOutcome::Unusable(fault) = &row.outcome else { return None };
    let mut args = vec![("line", row.line.into())];
    if let RowFault::TooManyCells { cells, headings } = fault {
        args.push(("cells", (*cells).into()));
        args.push(("headings", (*headings).into()));
    }
    Some(ctx.text_with(fault.key(), &args))
}

fn same(row: &Row, ctx: Ctx<'_>) -> Option<String> {
    let by = match &row.outcome {
        RowOutcome::AlreadyHere { by, .. } | RowOutcome::Repeated { by, .. } => *by,
        RowOutcome::New | RowOutcome::Unusable(_) => return None,
    };
    let args =
        [("line", row.line.into()), ("name", row.therapist.name.clone().into()), ("why", ctx.text(by.key()).into())];
    Some(ctx.text_with("import-same", &args))
}

fn done<'a>(count: usize, is_undone: bool, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let (key, button, picture) =
        if is_undone { ("import-undone", "import-redo", Icon::RotateCcw) } else { ("import-done", "undo", Icon::Undo) };
    let words = ctx.text_with(key, &[("count", count.into())]);
    column![
        look.title(ctx.text("import-title")),
        look.banner(&words, vec![look.quiet_icon(picture, &ctx.text(button), Message::UndoChosen).into()]),
        look.primary(&ctx.text("import-to-list"), Message::ListChosen),
    ]
    .spacing(space::M)
    .into()
}
