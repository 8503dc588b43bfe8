//! Whose turn it is: handing over, waiting, and looking together. No mark is ever on these pages.

use iced::widget::{Space, column, row};
use iced::{Alignment, Element, Length};

use super::{Choose, Message, flow, name_of};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::couple::Member;

/// "This is for NAME now."
pub fn hand_over(ctx: Ctx<'_>, member: Member) -> Element<'_, Message> {
    let look = ctx.look;
    let (name, other) = (name_of(ctx, member), name_of(ctx, member.other()));
    let with = |key: &str| ctx.text_with(key, &[("name", name.clone().into()), ("other", other.clone().into())]);
    look.page(
        column![
            Space::new().height(space::L),
            look.mark(56.0, 0.0),
            look.title(with("choosing-hand-title")),
            look.lead(with("choosing-hand-lead")),
            look.primary(&with("choosing-hand-here"), Message::Present(member)),
            look.note(with("choosing-hand-note")),
            Space::new().height(space::S),
            look.link(&with("choosing-hand-other"), Message::HandedTo(member.other())),
        ]
        .spacing(space::M),
    )
}

/// Whoever is here is done; the other is not.
pub fn wait(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let args = [("name", name_of(ctx, here).into()), ("other", name_of(ctx, here.other()).into())];
    let with = |key: &str| ctx.text_with(key, &args);
    let mut lines =
        column![look.mark(56.0, 0.0), look.title(with("choosing-wait-title")), look.lead(with("choosing-wait-lead")),]
            .spacing(space::M);
    let hand = with("choosing-wait-hand");
    let hand = if ctx.desk.is_shared() {
        look.primary(&hand, Message::HandedTo(here.other()))
    } else {
        // On one's own device, the other marks on theirs.
        lines = lines.push(look.body(with("choosing-wait-elsewhere")));
        look.quiet(&hand, Message::HandedTo(here.other()))
    };
    lines = lines.push(
        row![hand, look.link(&ctx.text("choosing-changed-mind"), Message::MindChanged)]
            .spacing(space::S)
            .align_y(Alignment::Center)
            .wrap()
            .vertical_spacing(space::S),
    );
    look.page(lines.push(sealed(ctx)))
}

fn sealed(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let words = look.note(ctx.text("choosing-sealed-note")).width(Length::Fill);
    if look.tight {
        return words.into();
    }
    row![
        iced::widget::container(crate::app::widget::icon::icon(Icon::Lock, 18.0)).style(move |_| look.accent_ink()),
        words
    ]
    .spacing(12.0)
    .into()
}

/// Both are done, and look together.
pub fn together<'a>(page: &'a Choose, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let mut lines = column![
        look.mark(56.0, 0.6),
        look.title(ctx.text("choosing-together-title")),
        look.lead(ctx.text_with("choosing-together-lead", &[("other", name_of(ctx, here.other()).into())])),
    ]
    .spacing(space::M);
    if let Some(error) = page.trouble {
        let name = error.member().map(|member| name_of(ctx, member)).unwrap_or_default();
        let words = ctx.text_with(error.key(), &[("name", name.into())]);
        let again = look.quiet(&ctx.text("choosing-again"), Message::SameListChosen).into();
        lines = lines.push(look.trouble(&words, vec![again]));
    }
    lines = if flow::is_ready(ctx.desk) {
        lines.push(look.primary(&ctx.text("choosing-together-show"), Message::ResultChosen))
    } else {
        // The other's marks open with the other's passphrase only, or on the other's device.
        let other = here.other();
        let args = [("name", name_of(ctx, other).into())];
        if flow::is_elsewhere(ctx.desk) {
            lines.push(look.body(ctx.text_with("choosing-elsewhere", &args)))
        } else {
            lines
                .push(look.body(ctx.text_with("choosing-locked", &args)))
                .push(look.primary(&ctx.text_with("choosing-locked-hand", &args), Message::HandedTo(other)))
        }
    };
    if flow::is_done(ctx.desk, here) && flow::may_change(ctx.desk) {
        let words = ctx.text_with("choosing-changed-mind-of", &[("name", name_of(ctx, here).into())]);
        lines = lines.push(look.link(&words, Message::MindChanged));
    }
    look.page(lines)
}
