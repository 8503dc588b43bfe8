//! The pages. Each is a module with its state, its `Message`, `update` and `view`; the root passes in what is
//! shared and does what the [`Action`] asks.

pub mod help;
pub mod more;
pub mod safety;
pub mod settings;
pub mod today;
pub mod welcome;

use iced::{Element, Subscription, Task};

use super::ctx::Ctx;
use super::desk::Desk;
use super::nav::Page;
use crate::exercise::Library;
use crate::locale::{Language, Texts};

/// What a page asks its parent to do.
#[derive(Debug)]
pub enum Action<M> {
    /// Nothing more.
    None,
    /// Go on to a page.
    Open(Page),
    /// Go on to a page, without the present one as a way back.
    Replace(Page),
    /// Go back.
    Back,
    /// Put this on the clipboard and say so.
    Copy(String),
    /// Open a link with the desktop's own program.
    Visit(String),
    /// Turn the background reminder on or off.
    Remind(bool),
    /// Say something in a banner.
    Say(String),
    /// Leave at once.
    Leave,
    /// Run a task.
    Run(Task<M>),
}

impl<M> Action<M> {
    /// Translates the messages inside.
    pub fn map<N>(self, f: impl Fn(M) -> N + Send + 'static) -> Action<N>
    where
        M: Send + 'static,
        N: Send + 'static,
    {
        match self {
            Self::None => Action::None,
            Self::Open(page) => Action::Open(page),
            Self::Replace(page) => Action::Replace(page),
            Self::Back => Action::Back,
            Self::Copy(text) => Action::Copy(text),
            Self::Visit(target) => Action::Visit(target),
            Self::Remind(on) => Action::Remind(on),
            Self::Say(words) => Action::Say(words),
            Self::Leave => Action::Leave,
            Self::Run(task) => Action::Run(task.map(f)),
        }
    }
}

/// The page that is shown, with its state.
#[derive(Debug)]
pub enum Screen {
    /// The first cards.
    Welcome(welcome::Welcome),
    /// Today.
    Today,
    /// More.
    More,
    /// Settings.
    Settings(settings::Settings),
    /// Safety.
    Safety,
    /// Help.
    Help,
}

/// What happened on a page.
#[derive(Debug, Clone)]
pub enum Message {
    /// On the first cards.
    Welcome(welcome::Message),
    /// On Today.
    Today(today::Message),
    /// On More.
    More(more::Message),
    /// In the settings.
    Settings(settings::Message),
    /// On Safety.
    Safety(safety::Message),
}

impl Screen {
    /// Makes the state of a page.
    #[must_use]
    pub fn open(page: &Page, _desk: &Desk, _library: &Library, _language: Language) -> Self {
        match page {
            Page::FirstRun => Self::Welcome(welcome::Welcome::default()),
            Page::More => Self::More,
            Page::Settings => Self::Settings(settings::Settings::default()),
            Page::Safety => Self::Safety,
            Page::Help => Self::Help,
            _ => Self::Today,
        }
    }

    /// Does what a message asks. A message of a page that is no longer shown is dropped.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        match (self, message) {
            (Self::Welcome(page), Message::Welcome(message)) => page.update(message, desk).map(Message::Welcome),
            (Self::Today, Message::Today(message)) => today::update(message, desk, texts).map(Message::Today),
            (Self::More, Message::More(message)) => more::update(message).map(Message::More),
            (Self::Settings(page), Message::Settings(message)) => page.update(message, desk).map(Message::Settings),
            (Self::Safety, Message::Safety(message)) => safety::update(message).map(Message::Safety),
            _ => Action::None,
        }
    }

    /// Saves what is not yet on the desk; said before another page is shown and before the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _page: &Page, _desk: &Desk, _library: &Library, _language: Language) {}

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        match self {
            Self::Welcome(page) => page.view(ctx).map(Message::Welcome),
            Self::Today => today::view(ctx).map(Message::Today),
            Self::More => more::view(ctx).map(Message::More),
            Self::Settings(page) => page.view(ctx).map(Message::Settings),
            Self::Safety => safety::view(ctx).map(Message::Safety),
            Self::Help => help::view(ctx),
        }
    }
}
