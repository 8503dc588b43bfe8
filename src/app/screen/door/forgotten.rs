//! When the passphrase is gone: what can be done, said as it is.

use iced::Element;
use iced::widget::column;

use super::{Door, Message, name_of};
use crate::app::ctx::Ctx;
use crate::app::screen::space::strength_note;
use crate::app::theme::space;
use crate::couple::Member;

/// "I forgot it."
pub fn view<'a>(page: &'a Door, ctx: Ctx<'a>, member: Member) -> Element<'a, Message> {
    let look = ctx.look;
    let has_key = ctx.desk.has_recovery(member);
    let mut lines = column![
        look.title(ctx.text("forgotten-title")),
        look.lead(ctx.text("forgotten-lead")),
        look.body(ctx.text(if has_key { "forgotten-has-key" } else { "forgotten-no-key" })),
    ]
    .spacing(space::M);
    if let Some(told) = page.told(ctx) {
        lines = lines.push(told);
    }
    if has_key {
        lines = lines.push(look.primary(&ctx.text("forgotten-use-key"), Message::RecoveryChosen));
    }
    lines = lines
        .push(look.quiet(&ctx.text("forgotten-back"), Message::BackChosen))
        .push(look.hairline())
        .push(look.body(ctx.text("forgotten-afresh-note")))
        .push(look.link(&ctx.text("forgotten-afresh"), Message::AfreshChosen));
    look.page(lines)
}

/// The recovery key and a new passphrase.
pub fn recovery<'a>(page: &'a Door, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![
        look.title(ctx.text("recovery-title")),
        look.lead(ctx.text("recovery-lead")),
        look.secret(
            &ctx.text("recovery-field"),
            page.key.text(),
            true,
            "recovery-key",
            Message::KeyTyped,
            Message::RecoverySubmitted
        ),
        look.secret(
            &ctx.text("space-new"),
            page.new.text(),
            page.shown,
            "new-passphrase",
            Message::NewTyped,
            Message::RecoverySubmitted
        ),
        look.check(&ctx.text("door-show"), page.shown, Message::ShownSwitched),
    ]
    .spacing(space::M);
    if let Some(note) = strength_note(ctx, &page.new) {
        lines = lines.push(note);
    }
    if let Some(told) = page.told(ctx) {
        lines = lines.push(told);
    }
    let can = !page.working && !page.key.is_empty() && !page.new.is_empty();
    let key = if page.working { "door-opening" } else { "door-open" };
    lines = lines
        .push(look.primary(&ctx.text(key), can.then_some(Message::RecoverySubmitted)))
        .push(look.link(&ctx.text("cancel"), Message::BackChosen));
    look.page(lines)
}

/// Once more, before the files are set aside.
pub fn afresh<'a>(page: &'a Door, ctx: Ctx<'a>, member: Member) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![
        look.title(ctx.text_with("afresh-title", &[("name", name_of(ctx, member).into())])),
        look.lead(ctx.text("afresh-lead")),
        look.body(ctx.text("afresh-kept")),
        look.body(ctx.text("afresh-round")),
    ]
    .spacing(space::M);
    if let Some(told) = page.told(ctx) {
        lines = lines.push(told);
    }
    lines = lines
        .push(look.quiet(&ctx.text("afresh-confirm"), Message::AfreshConfirmed))
        .push(look.link(&ctx.text("cancel"), Message::BackChosen));
    look.page(lines)
}
