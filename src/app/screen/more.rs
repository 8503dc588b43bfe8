//! The rest of the places, for a phone.

use iced::Element;
use iced::widget::column;

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A place was chosen.
    PageChosen(Page),
}

/// Does what the message asks.
pub fn update(message: Message) -> Action<Message> {
    match message {
        Message::PageChosen(page) => Action::Open(page),
    }
}

/// Draws the page.
pub fn view(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut rows = column![look.title(ctx.text("more-title")), look.lead(ctx.text("more-lead"))].spacing(space::S);
    for (picture, name, note, page) in [
        (Icon::Handshake, "place-choose", "more-choose-note", Page::Choose),
        (Icon::Calendar, "place-session", "more-session-note", Page::Session),
        (Icon::MessageCircle, "more-invitation", "more-invitation-note", Page::Invitation),
        (Icon::Scale, "hesitations-place", "more-hesitations-note", Page::Hesitations),
        (Icon::Settings, "place-settings", "more-settings-note", Page::Settings),
        (Icon::Lock, "settings-space", "more-space-note", Page::Space),
        (Icon::LifeBuoy, "place-safety", "more-safety-note", Page::Safety),
        (Icon::CircleQuestionMark, "place-help", "more-help-note", Page::Help),
        (Icon::Download, "keeping-title", "keeping-note", Page::Keeping),
    ] {
        rows =
            rows.push(look.list_row(Some(picture), &ctx.text(name), &ctx.text(note), false, Message::PageChosen(page)));
    }
    look.page(rows)
}
