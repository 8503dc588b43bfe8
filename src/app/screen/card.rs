//! The invitation, large, to hold while speaking. Nothing else is on it but the way back.

use iced::widget::{Column, column, container};
use iced::{Alignment, Element, Length, Padding, Subscription};

use super::Action;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::exercise::Library;
use crate::locale::Texts;

/// The widest that the words run, in logical pixels: about 45 large letters a line.
const WIDTH: f32 = 780.0;

/// The state of the page.
#[derive(Debug, Default)]
pub struct Card {}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// The way to the invitation, while there are no words.
    InvitationChosen,
}

impl Card {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(_desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        Self::default()
    }

    /// Does what the message asks.
    pub fn update(
        &mut self,
        message: Message,
        _desk: &mut Desk,
        _texts: &Texts,
        _library: &Library,
    ) -> Action<Message> {
        match message {
            Message::InvitationChosen => Action::Replace(Page::Invitation),
        }
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {}

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let invitation = &ctx.desk.space().invitation;
        let words = invitation.text();
        if words.trim().is_empty() {
            return look.page(
                column![
                    look.title(ctx.text("card-empty")),
                    look.primary(&ctx.text("card-empty-open"), Message::InvitationChosen),
                ]
                .spacing(space::L),
            );
        }
        let gap = if look.tight { space::M } else { space::L };
        let mut said: Column<'_, Message> = column![].spacing(gap).width(Length::Fill);
        for paragraph in words.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            said = said.push(look.big(paragraph.trim().to_owned()));
        }
        if !invitation.plan.trim().is_empty() {
            let plan = ctx.text_with("card-plan", &[("plan", invitation.plan.trim().to_owned().into())]);
            said = said.push(look.hairline()).push(look.note(plan));
        }
        let inside = container(said).max_width(WIDTH).padding(match ctx.room {
            _ if look.tight => Padding::new(4.0),
            Room::Narrow => Padding::from([space::S, 6.0]),
            Room::Medium | Room::Wide => Padding::new(space::XL),
        });
        let card = container(look.together_card(inside)).max_width(WIDTH + 2.0 * space::XL).width(Length::Fill);
        look.scroll(
            container(card)
                .width(Length::Fill)
                .align_x(Alignment::Center)
                .padding(Padding::from([space::S, look.side()]).bottom(space::L)),
        )
    }
}
