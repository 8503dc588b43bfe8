//! Deleting for good: said plainly first, then done with one more tap.

use super::{Keeping, Lines, Message, Part};
use crate::app::ctx::Ctx;
use crate::app::widget::Icon;

/// One's own space.
pub fn mine<'a>(ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    ask(
        ctx,
        lines,
        ["erase-mine-title", "erase-mine-lead", "erase-mine-note", "erase-mine-do"],
        Message::MineErased,
        None,
    )
}

/// Everything.
pub fn all<'a>(ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    ask(
        ctx,
        lines,
        ["erase-all-title", "erase-all-lead", "erase-all-note", "erase-all-do"],
        Message::AllErased,
        ctx.desk
            .shared_at()
            .map(|folder| ctx.text_with("erase-all-shared", &[("path", folder.display().to_string().into())])),
    )
}

fn ask<'a>(
    ctx: Ctx<'a>,
    lines: Lines<'a>,
    [title, lead, note, button]: [&str; 4],
    message: Message,
    stays: Option<String>,
) -> Lines<'a> {
    let look = ctx.look;
    let lines = lines.push(look.heading(ctx.text(title))).push(look.body(ctx.text(lead)));
    let lines = match stays {
        Some(words) => lines.push(look.body(words)),
        None => lines,
    };
    lines
        .push(look.body(ctx.text(note)))
        .push(look.note(ctx.text("erase-cannot")))
        .push(look.quiet_icon(Icon::Trash, &ctx.text(button), message))
        .push(look.primary(&ctx.text("erase-keep"), Message::PartChosen(Part::Overview)))
}

/// It is done, and what could not be removed.
pub fn done<'a>(page: &Keeping, ctx: Ctx<'a>, lines: Lines<'a>, key: &str) -> Lines<'a> {
    page.trouble(ctx, lines.push(ctx.look.lead(ctx.text(key))))
}
