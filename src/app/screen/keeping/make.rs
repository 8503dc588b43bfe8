//! Making a backup.

use super::{Action, Keeping, Lines, Message, Part};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::screen::space::Twice;
use crate::locale::Texts;
use crate::store::foreign;

/// Where a backup goes if nothing else is said; nothing for the other parts.
pub fn usual_path(part: Part, desk: &Desk, texts: &Texts) -> String {
    if part != Part::Make {
        return String::new();
    }
    desk.suggested_path(&texts.with("make-file", &[("date", desk.now().date().to_string().into())]))
}

/// Asks the system for a place to write to, or for a file to read.
pub fn dialog(part: Part, texts: &Texts) -> Action<Message> {
    let task = if part == Part::Make {
        dialog::save_as(&texts.get("make-title"), "sameside.backup.age", "age")
    } else {
        dialog::open_any(&texts.get("put-back-title"))
    };
    Action::Run(task.map(Message::PathChosen))
}

/// Makes the backup and writes it.
pub fn run(page: &mut Keeping, desk: &Desk) -> Action<Message> {
    let Some(shelf) = desk.shelf().cloned() else { return Action::None };
    let (path, now) = (foreign::typed_path(&page.path), desk.now());
    let secret = page.passphrase.take();
    page.again = crate::app::hidden::Hidden::default();
    Action::Run(
        off(move || {
            let bytes = shelf.pack(&secret, &now)?;
            foreign::write_private(&path, &bytes, false)?;
            Ok(path)
        })
        .map(Message::MadeAt),
    )
}

/// The form.
pub fn view<'a>(page: &'a Keeping, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let twice = Twice {
        label: "make-passphrase",
        ids: ["backup-passphrase", "backup-again"],
        new: &page.passphrase,
        again: &page.again,
        shown: page.shown,
        typed: Message::PassphraseTyped,
        typed_again: Message::AgainTyped,
        submit: Message::Submitted,
    };
    let lines = lines
        .push(look.heading(ctx.text("make-title")))
        .push(look.body(ctx.text("make-lead")))
        .push(look.field(&ctx.text("make-path"), "", &page.path, Message::PathEdited))
        .push(look.link(&ctx.text("keeping-dialog"), Message::DialogAsked))
        .push(twice.fields(ctx));
    let lines = page.trouble(ctx, lines.push(look.check(&ctx.text("door-show"), page.shown, Message::ShownSwitched)));
    let key = if page.working { "space-working" } else { "make-do" };
    lines
        .push(look.note(ctx.text("make-note")))
        .push(look.primary(&ctx.text(key), page.is_ready().then_some(Message::Submitted)))
        .push(look.link(&ctx.text("cancel"), Message::PartChosen(Part::Overview)))
}
