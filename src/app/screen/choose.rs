//! Both mark in private; then the result.

use iced::{Element, Subscription};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::exercise::Library;
use crate::locale::Texts;

/// The state of the page.
#[derive(Debug, Default)]
pub struct Choose {}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {}

impl Choose {
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
        match message {}
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
        ctx.look.page(ctx.look.title(ctx.text("app-name")))
    }
}
