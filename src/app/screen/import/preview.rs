//! How the import looks at each stage.

use std::path::Path;
use std::sync::atomic::Ordering;

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Import, Meeting, Message, Stage, Step, mapping};
use crate::app::ctx::Ctx;
use crate::app::finders::Finders;
use crate::app::screen::therapists::fields;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::import::{RowFault, is_state};
use crate::directory::{Preview, Row, RowOutcome};
use crate::locale::country_of_system;

/// How many names, and how many rows at fault, are shown one by one.
const SHOWN: usize = 100;

/// How many who are here already are shown side by side.
const MET: usize = 20;

/// Draws the page.
pub(super) fn view<'a>(page: &'a Import, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    look.page(match &page.stage {
        Stage::Asking => asking(page, ctx),
        Stage::State(path, state) => which_state(path, state, ctx),
        Stage::Reading(path, progress) => {
            let count = progress.count.load(Ordering::Relaxed);
            let mut lines = column![look.title(ctx.text("import-reading")), look.body(name(path))].spacing(space::M);
            if count > 0 {
                lines = lines.push(look.quiet_words(ctx.text_with("import-read-so-far", &[("count", count.into())])));
            }
            lines.push(look.quiet(&ctx.text("cancel"), Message::CancelChosen)).into()
        }
        Stage::Mapping(_, columns) => mapping::view(columns, ctx),
        Stage::Preview(path, preview, met) => found(page, path, preview, met, ctx),
        Stage::Adding => look.title(ctx.text("import-adding")),
        Stage::Done(step, is_undone) => done(page, step, *is_undone, ctx),
    })
}

fn which_state<'a>(path: &Path, state: &str, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let is_good = is_state(&state.trim().to_uppercase());
    let submit = is_good.then_some(Message::StateSubmitted);
    column![
        look.title(ctx.text("import-state-title")),
        look.lead(ctx.text("import-state-lead")),
        look.quiet_words(name(path)),
        look.field_then(&ctx.text("import-state"), "NY", state, Message::StateEdited, submit.clone()),
        row![look.primary(&ctx.text("import-open"), submit), look.link(&ctx.text("cancel"), Message::CancelChosen),]
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::S),
    ]
    .spacing(space::M)
    .into()
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn asking<'a>(page: &'a Import, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.title(ctx.text("import-title")), look.lead(ctx.text("import-lead"))].spacing(space::M);
    if let Some(trouble) = &page.trouble {
        let mut buttons: Vec<Element<'a, Message>> = Vec::new();
        if page.may_map(ctx.texts) {
            buttons.push(look.quiet(&ctx.text("import-columns-say"), Message::MappingChosen).into());
        }
        lines = lines.push(look.trouble(trouble, buttons));
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
        .push(look.link(&ctx.text("import-demo"), Message::DemoChosen))
        .push(finders(ctx))
        .into()
}

/// Where to look for somebody: pages that open in the browser.
fn finders<'a>(ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(all) = Finders::built_in() else { return column![].into() };
    let country = country_of_system().unwrap_or_else(|| "CA".to_owned());
    let date = [("date", ctx.texts.date(all.gathered).into())];
    let mut lines: Column<'a, Message> =
        column![look.heading(ctx.text("finders-title")), look.note(ctx.text_with("finders-note", &date))]
            .spacing(space::S);
    for finder in all.of(&country) {
        lines = lines.push(look.quiet(&finder.name, Message::LinkChosen(finder.web.clone())));
    }
    look.card(lines)
}

fn found<'a>(
    page: &'a Import,
    path: &Path,
    preview: &'a Preview,
    met: &'a [Meeting],
    ctx: Ctx<'a>,
) -> Element<'a, Message> {
    let look = ctx.look;
    let counts = preview.counts();
    let count = |key: &str, count: usize| ctx.text_with(key, &[("count", count.into())]);
    let mut summary = column![look.strong(count("import-count-new", counts.new))].spacing(space::XS);
    if counts.organisations > 0 {
        summary = summary.push(look.body(count("import-count-organisations", counts.organisations)));
    }
    if counts.known > 0 {
        let key = if met.is_empty() { "import-count-known" } else { "import-count-met" };
        summary = summary.push(look.body(count(key, counts.known)));
    }
    if counts.unusable > 0 {
        summary = summary.push(look.body(count("import-count-unusable", counts.unusable)));
    }
    if counts.left_out > 0 {
        summary = summary.push(look.body(count("import-count-left-out", counts.left_out)));
    }
    let takes = |met: &Meeting| met.differences.iter().any(|one| page.takes(met.row, &one.field, one.fills));
    let filled = met.iter().filter(|met| takes(met)).count();
    let mut buttons = row![].spacing(space::S);
    if counts.new > 0 {
        buttons = buttons.push(look.primary(&count("import-add", counts.new), Message::AddChosen));
    } else if filled > 0 {
        buttons = buttons.push(look.primary(&count("import-fill", filled), Message::AddChosen));
    }
    buttons = buttons.push(look.link(&ctx.text("cancel"), Message::CancelChosen));
    let mut lines = column![
        look.title(name(path)),
        look.quiet_words(ctx.text(preview.about.kind.key())),
        look.lead(ctx.text("import-nothing-yet")),
        look.accent_card(summary),
        buttons.wrap().vertical_spacing(space::S),
    ]
    .spacing(space::M);
    for one in met.iter().take(MET) {
        lines = lines.push(side_by_side(page, preview, one, ctx));
    }
    if met.len() > MET {
        lines = lines.push(look.note(count("import-more-met", met.len() - MET)));
    }
    for card in details(preview, ctx) {
        lines = lines.push(card);
    }
    lines.into()
}

/// Somebody who is here already: for each field that differs, the list's answer and the file's.
fn side_by_side<'a>(page: &'a Import, preview: &'a Preview, met: &'a Meeting, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(Row { found, outcome: RowOutcome::AlreadyHere { id, by } }) = preview.rows.get(met.row) else {
        return column![].into();
    };
    let Some(here) = ctx.desk.therapist(id) else { return column![].into() };
    let why = [("name", here.name.clone().into()), ("why", ctx.text(by.key()).into())];
    let mut lines: Column<'a, Message> = column![look.heading(ctx.text_with("import-met", &why))].spacing(space::S);
    for one in &met.differences {
        let Some(field) = fields::of(&one.field) else { continue };
        let takes = page.takes(met.row, &one.field, one.fills);
        let ours = field.shown(here, ctx).unwrap_or_else(|| ctx.text("therapist-clash-nothing"));
        let theirs = field.shown(&found.therapist, ctx).unwrap_or_default();
        let pick = |take| Message::FieldPicked(met.row, one.field.clone(), take);
        let words = |key: &str, value: String| ctx.text_with(key, &[("value", value.into())]);
        lines = lines.push(
            column![
                look.strong(ctx.text(field.label)),
                look.radio(&words("import-met-list", ours), !takes, pick(false)),
                look.radio(&words("import-met-file", theirs), takes, pick(true)),
            ]
            .spacing(space::XS),
        );
    }
    look.card(lines)
}

/// Who is new, which rows cannot be taken, who is known, and what goes into the notes.
fn details<'a>(preview: &'a Preview, ctx: Ctx<'a>) -> Vec<Element<'a, Message>> {
    let look = ctx.look;
    let mut cards = Vec::new();
    let of = |wanted: fn(&RowOutcome) -> bool| preview.rows.iter().filter(move |row| wanted(&row.outcome));
    let new =
        of(|outcome| *outcome == RowOutcome::New).map(|row| who(&row.found.therapist.name, &row.found.therapist.city));
    cards.extend(card("import-new", new, ctx));
    let faults = preview.faults.iter().map(|(line, one)| fault(*line, one, ctx));
    cards.extend(card("import-unusable", faults, ctx));
    let known = of(|outcome| matches!(outcome, RowOutcome::AlreadyHere { .. } | RowOutcome::Repeated { .. }));
    cards.extend(card("import-known", known.filter_map(|row| same(row, ctx)), ctx));
    if !preview.about.unknown_headings.is_empty() {
        let args = [("headings", preview.about.unknown_headings.join(", ").into())];
        let say = look.quiet(&ctx.text("import-columns-say"), Message::MappingChosen);
        let note = look.note(ctx.text_with("import-unknown-headings", &args));
        cards.push(column![note, say].spacing(space::XS).into());
    }
    let aside = of(|outcome| *outcome == RowOutcome::New).filter(|row| !row.found.aside.is_empty()).count();
    if aside > 0 {
        cards.push(look.note(ctx.text_with("import-aside", &[("count", aside.into())])).into());
    }
    let bad_photos = preview.rows.iter().filter(|row| row.found.bad_photo.is_some()).count();
    if bad_photos > 0 {
        cards.push(look.note(ctx.text_with("import-bad-photos", &[("count", bad_photos.into())])).into());
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

fn fault(line: u64, fault: &RowFault, ctx: Ctx<'_>) -> String {
    let mut args = vec![("line", line.into())];
    match fault {
        RowFault::TooManyCells { cells, headings } => {
            args.push(("cells", (*cells).into()));
            args.push(("headings", (*headings).into()));
        }
        RowFault::BadNpi { npi } | RowFault::Deactivated { npi } => args.push(("npi", npi.clone().into())),
        RowFault::NoName | RowFault::TooLong => {}
    }
    ctx.text_with(fault.key(), &args)
}

fn same(row: &Row, ctx: Ctx<'_>) -> Option<String> {
    let by = match &row.outcome {
        RowOutcome::AlreadyHere { by, .. } | RowOutcome::Repeated { by, .. } => *by,
        RowOutcome::New => return None,
    };
    let args = [
        ("line", row.found.line.into()),
        ("name", row.found.therapist.name.clone().into()),
        ("why", ctx.text(by.key()).into()),
    ];
    Some(ctx.text_with("import-same", &args))
}

fn done<'a>(page: &'a Import, step: &Step, is_undone: bool, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let (key, button, picture) =
        if is_undone { ("import-undone", "import-redo", Icon::RotateCcw) } else { ("import-done", "undo", Icon::Undo) };
    let mut words = ctx.text_with(key, &[("count", step.added.into())]);
    if step.filled() > 0 && !is_undone {
        let filled = ctx.text_with("import-filled", &[("count", step.filled().into())]);
        words = if step.added == 0 { filled } else { format!("{words} {filled}") };
    }
    let mut lines = column![
        look.title(ctx.text("import-title")),
        look.banner(&words, vec![look.quiet_icon(picture, &ctx.text(button), Message::UndoChosen).into()]),
    ]
    .spacing(space::M);
    if let Some(trouble) = &page.trouble {
        lines = lines.push(look.trouble(trouble, Vec::new()));
    }
    lines.push(look.primary(&ctx.text("import-to-list"), Message::ListChosen)).into()
}
