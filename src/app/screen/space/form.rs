//! What is typed to change what guards a space.

use super::{Lines, Message, Part, Space, Twice};
use crate::app::ctx::Ctx;
use crate::app::why;
use crate::app::widget::Icon;

/// The words of a part: its heading, what it means, what it cannot do, its button.
const fn words(part: Part) -> [&'static str; 4] {
    match part {
        Part::Overview | Part::Protect => ["protect-title", "protect-lead", "protect-note", "protect-do"],
        Part::Change => ["change-title", "change-lead", "change-note", "change-do"],
        Part::Recovery => ["paper-title", "paper-lead", "paper-note", "paper-do"],
        Part::Remove => ["remove-title", "remove-lead", "remove-note", "remove-do"],
    }
}

/// The form of a part.
pub fn view<'a>(page: &'a Space, ctx: Ctx<'a>, part: Part, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let [title, lead, note, button] = words(part);
    let mut lines = lines.push(look.heading(ctx.text(title))).push(look.body(ctx.text(lead)));
    if part != Part::Protect {
        lines = lines.push(look.secret(
            &ctx.text("space-old"),
            page.old.text(),
            page.shown,
            "old-passphrase",
            Message::OldTyped,
            Message::Submitted,
        ));
    }
    if matches!(part, Part::Protect | Part::Change) {
        let twice = Twice {
            label: "space-new",
            ids: ["new-passphrase", "again-passphrase"],
            new: &page.new,
            again: &page.again,
            shown: page.shown,
            typed: Message::NewTyped,
            typed_again: Message::AgainTyped,
            submit: Message::Submitted,
        };
        lines = lines.push(twice.fields(ctx));
    }
    lines = lines.push(look.check(&ctx.text("door-show"), page.shown, Message::ShownSwitched));
    if part == Part::Change {
        lines = lines
            .push(look.check(&ctx.text("change-afresh"), page.afresh, Message::AfreshSwitched))
            .push(look.note(ctx.text("change-afresh-note")));
    }
    if let Some(error) = &page.trouble {
        let words = why::space(error, ctx.texts);
        lines = lines.push(look.trouble(&words, Vec::new()));
    }
    let key = if page.working { "space-working" } else { button };
    lines
        .push(look.note(ctx.text(note)))
        .push(look.primary(&ctx.text(key), page.is_ready().then_some(Message::Submitted)))
        .push(look.link(&ctx.text("cancel"), Message::PartChosen(Part::Overview)))
}

/// The recovery key, this once.
pub fn key<'a>(page: &'a Space, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    lines
        .push(look.heading(ctx.text("paper-key-title")))
        .push(look.body(ctx.text("paper-key-lead")))
        .push(look.card(look.big(in_groups(page.key.text()))))
        .push(look.note(ctx.text("paper-key-note")))
        .push(look.quiet_icon(Icon::Check, &ctx.text("paper-key-kept"), Message::KeyKept))
}

/// In groups of four, as one copies it down by hand.
fn in_groups(key: &str) -> String {
    const START: &str = "AGE-SECRET-KEY-1";
    let letters: Vec<char> = key.strip_prefix(START).unwrap_or(key).chars().collect();
    let groups = letters.chunks(4).map(|group| group.iter().collect());
    std::iter::once(START.to_owned()).chain(groups).collect::<Vec<String>>().join(" ")
}
