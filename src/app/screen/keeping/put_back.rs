//! Looking into a backup, and putting it back.

use iced::Element;
use iced::widget::column;

use super::{Action, Keeping, Lines, Message, Part, Trouble};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::off::off;
use crate::app::theme::space;
use crate::couple::Member;
use crate::store::archive::{Contents, Kept, LARGEST};
use crate::store::foreign;

fn read(path: &str) -> Result<Vec<u8>, Trouble> {
    let limit = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    Ok(foreign::read(&foreign::typed_path(path), limit)?)
}

/// Looks into the backup and changes nothing.
pub fn look(page: &Keeping, desk: &Desk) -> Action<Message> {
    let Some(shelf) = desk.shelf().cloned() else { return Action::None };
    let (path, secret) = (page.path.clone(), page.passphrase.secret());
    Action::Run(off(move || Ok(shelf.look_into(&read(&path)?, &secret)?)).map(Message::LookedInto))
}

/// Lays it ready for the next start.
pub fn run(page: &mut Keeping, desk: &Desk) -> Action<Message> {
    let Some(shelf) = desk.shelf().cloned() else { return Action::None };
    let (path, secret) = (page.path.clone(), page.passphrase.take());
    Action::Run(off(move || Ok(shelf.unpack(&read(&path)?, &secret).map(drop)?)).map(Message::LaidReady))
}

/// The form, and what the backup holds once that is known.
pub fn view<'a>(page: &'a Keeping, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let lines = lines.push(look.heading(ctx.text("put-back-title")));
    let lines = match &page.contents {
        Some(contents) => {
            lines.push(preview(ctx, contents)).push(look.body(ctx.text("put-back-aside"))).push(look.primary(
                &ctx.text(if page.working { "space-working" } else { "put-back-do" }),
                (!page.working).then_some(Message::PutBackChosen),
            ))
        }
        None => form(page, ctx, lines),
    };
    page.trouble(ctx, lines).push(look.link(&ctx.text("cancel"), Message::PartChosen(Part::Overview)))
}

fn form<'a>(page: &'a Keeping, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let key = if page.working { "space-working" } else { "put-back-look" };
    lines
        .push(look.body(ctx.text("put-back-lead")))
        .push(look.field(&ctx.text("put-back-path"), "", &page.path, Message::PathEdited))
        .push(look.link(&ctx.text("keeping-dialog"), Message::DialogAsked))
        .push(look.secret(
            &ctx.text("make-passphrase"),
            page.passphrase.text(),
            page.shown,
            "backup-passphrase",
            Message::PassphraseTyped,
            Message::Submitted,
        ))
        .push(look.check(&ctx.text("door-show"), page.shown, Message::ShownSwitched))
        .push(look.primary(&ctx.text(key), page.is_ready().then_some(Message::Submitted)))
}

fn preview<'a>(ctx: Ctx<'a>, contents: &Contents) -> Element<'a, Message> {
    let look = ctx.look;
    let made = contents.made.to_zoned(ctx.desk.now().time_zone().clone());
    let when = [("date", ctx.texts.date(made.date()).into()), ("time", ctx.texts.time(made.time()).into())];
    let mut inside = column![look.strong(ctx.text_with("put-back-made", &when))].spacing(space::S);
    for member in Member::BOTH {
        let key = match contents.spaces.of(member) {
            Kept::Nothing => "put-back-nothing",
            Kept::Plain => "put-back-plain",
            Kept::Sealed => "put-back-sealed",
        };
        let name = ctx.desk.name(member, ctx.texts);
        inside = inside.push(look.body(ctx.text_with(key, &[("name", name.into())])));
    }
    inside = inside.push(look.body(ctx.text_with("put-back-therapists", &[("count", contents.therapists.into())])));
    if contents.shared_stays {
        inside = inside.push(look.body(ctx.text("put-back-shared-stays")));
    }
    look.card(inside)
}
