//! Keys, and what this is.

use iced::widget::{column, row};
use iced::{Element, Length};

use crate::app::ctx::Ctx;
use crate::app::theme::space;

const KEYS: [(&str, &str); 8] = [
    ("help-key-tab", "help-key-tab-does"),
    ("help-key-enter", "help-key-enter-does"),
    ("help-key-escape", "help-key-escape-does"),
    ("help-key-places", "help-key-places-does"),
    ("help-key-page", "help-key-page-does"),
    ("help-key-zoom", "help-key-zoom-does"),
    ("help-key-help", "help-key-help-does"),
    ("help-key-close", "help-key-close-does"),
];

/// Draws the page.
pub fn view<'a, M: 'a>(ctx: Ctx<'a>) -> Element<'a, M> {
    let look = ctx.look;
    let keys = KEYS.into_iter().map(|(key, does)| -> Element<'a, M> {
        let (key, does) = (look.strong(ctx.text(key)), look.body(ctx.text(does)));
        if look.tight {
            column![key, does].into()
        } else {
            row![key.width(Length::FillPortion(2)), does.width(Length::FillPortion(3))].spacing(space::M).into()
        }
    });
    look.page(
        column![
            look.title(ctx.text("help-title")),
            look.lead(ctx.text("help-lead")),
            look.heading(ctx.text("help-keys")),
            look.card(iced::widget::Column::with_children(keys).spacing(12.0)),
            look.heading(ctx.text("help-about")),
            look.body(ctx.text("help-about-words")),
            look.note(ctx.text("help-fonts")),
        ]
        .spacing(space::M),
    )
}
