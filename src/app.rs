//! The window: iced's side of Sameside. Nothing outside this module names iced.
//!
//! The root holds the desk (all documents), the texts and the page that is shown. It passes messages to that
//! page and does what the page's `Action` asks; it decides nothing else.

pub mod banner;
pub mod chrome;
pub mod ctx;
pub mod desk;
pub mod dialog;
pub mod finders;
pub mod helplines;
pub mod hidden;
pub mod inbox;
pub mod journey;
pub mod keys;
pub mod nav;
pub mod off;
pub mod pictures;
pub mod preset;
pub mod screen;
pub mod start;
pub mod theme;
pub mod widget;

mod act;
mod guard;
mod idle;
mod why;

use std::sync::{Arc, Mutex};

use iced::widget::responsive;
use iced::{Element, Subscription, Task, Theme, window};

use banner::Banner;
use ctx::{Ctx, Room};
use desk::Desk;
use inbox::{Inbox, News};
use keys::Shortcut;
use nav::{Page, Trail};
use screen::Screen;
use widget::Look;

use crate::exercise::Library;
use crate::locale::Texts;
use crate::store::settings::Motion;
use crate::system::Appearance;

pub use start::{application, run};

/// Under this width in logical pixels, titles and side space shrink: a 360 px phone at 200 %.
const TIGHT: f32 = 260.0;

/// The state of the window.
#[derive(Debug)]
pub struct Sameside {
    desk: Desk,
    texts: Texts,
    library: Library,
    appearance: Appearance,
    trail: Trail,
    screen: Screen,
    banners: Vec<Banner>,
    inbox: Option<Inbox>,
    window: Option<window::Id>,
    /// Nobody has said yet who is here.
    asks_who: bool,
    /// How long the one timer sleeps that looks whether anybody is still there.
    wait: std::time::Duration,
    /// The way in for the news that the computer goes to sleep, until somebody listens for it.
    before_sleep: Option<inbox::Sender>,
    /// What of a private text is on the clipboard.
    copied: Option<guard::Print>,
    /// The shared folder was not there when it was last looked for.
    was_away: bool,
    /// Turns with every message; see [`Sameside::ground`].
    turn: bool,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the bar, the rail, the top line or a banner.
    Chrome(chrome::Message),
    /// On the page that is shown.
    Screen(screen::Message),
    /// A key that nothing else took.
    ShortcutPressed(Shortcut),
    /// Something from outside: the disk, the system, another start.
    NewsArrived(News),
    /// The window is there.
    WindowOpened(window::Id),
    /// The therapists were read. Only the first clone of the message holds them.
    TherapistsRead(Handed<desk::Read>),
    /// The window is to be closed.
    CloseRequested,
    /// The space may have been left alone for long enough.
    IdleDue,
    /// A private text was on the clipboard for long enough.
    ClipboardDue(guard::Print),
}

/// Something large that a message hands over once, however often it is cloned.
#[derive(Debug)]
pub struct Handed<T>(Arc<Mutex<Option<T>>>);

impl<T> Clone for Handed<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Handed<T> {
    /// Wraps it.
    pub fn new(value: T) -> Self {
        Self(Arc::new(Mutex::new(Some(value))))
    }

    /// Takes it out, the first time.
    pub fn take(&self) -> Option<T> {
        self.0.lock().ok().and_then(|mut held| held.take())
    }
}

impl Sameside {
    /// The state that everything begins with: `page` on the `desk`.
    #[must_use]
    pub fn new(desk: Desk, page: Page, appearance: Appearance, user_exercises: &[(String, String)]) -> Self {
        let language = desk.data.settings.language.unwrap_or_else(crate::locale::Language::of_system);
        let library = Library::new(language, user_exercises);
        let texts = Texts::new(language);
        let asks_who = desk.is_shared() && desk.has_passphrases();
        let mut state = Self {
            desk,
            texts,
            library,
            appearance,
            trail: Trail::new(page),
            screen: Screen::More,
            banners: Vec::new(),
            inbox: None,
            window: None,
            asks_who,
            wait: std::time::Duration::MAX,
            before_sleep: None,
            copied: None,
            was_away: false,
            turn: false,
        };
        if !state.asks_who {
            // What came from another device while this one was closed.
            state.catch_up();
        }
        let _ = state.show();
        state
    }

    /// An empty desk in memory.
    #[must_use]
    pub fn empty() -> Self {
        let desk = Desk::in_memory(crate::store::data::Data::default(), jiff::Zoned::now());
        Self::new(desk, Page::Today, Appearance::default(), &[])
    }

    /// The window's title: neutral, so that it gives nothing away in a task switcher.
    #[must_use]
    pub fn title(&self) -> String {
        self.texts.get("app-name")
    }

    /// All documents, for tests that look at what a story left behind.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The same, for tests that change something behind the window's back.
    pub const fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// Says who is here, as a page does it; for tests.
    pub fn pretend_here(&mut self, member: crate::couple::Member) {
        self.desk.change_settings(|settings| settings.here = member);
    }

    /// The page that is shown.
    #[must_use]
    pub const fn page(&self) -> &Page {
        self.trail.here()
    }

    /// Does what a message asks.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        self.turn = !self.turn;
        let reminded = self.desk.reminds();
        let task = self.handle(message);
        let task = Task::batch([task, self.keep_door()]);
        if self.desk.reminds() && !reminded {
            self.wake_reminder();
        }
        task
    }

    fn handle(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Chrome(chrome::Message::PageChosen(page)) => self.open(page),
            Message::Chrome(chrome::Message::BackChosen) => self.back(),
            Message::Chrome(chrome::Message::LeaveChosen) => self.leave_at_once(),
            Message::Chrome(chrome::Message::BannerAnswered(banner, button)) => self.answer(banner, button),
            Message::Screen(message) if guard::is_answer(&message) => self.guard_changed(message),
            Message::Screen(message) => {
                let action = self.screen.update(message, &mut self.desk, &self.texts, &self.library);
                self.follow_language();
                self.act(action)
            }
            Message::ShortcutPressed(shortcut) => self.shortcut(shortcut),
            Message::NewsArrived(news) => self.hear(news),
            Message::WindowOpened(id) => {
                self.window = Some(id);
                Task::batch([self.read_therapists(), self.focus_door()])
            }
            Message::TherapistsRead(read) => {
                if let Some(read) = read.take() {
                    self.take_read(read);
                }
                Task::none()
            }
            Message::CloseRequested => self.close(),
            Message::IdleDue => self.idle_due(),
            Message::ClipboardDue(print) if self.copied == Some(print) => self.clear_clipboard(),
            Message::ClipboardDue(_) => Task::none(),
        }
    }

    /// Draws the window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let content = responsive(move |size| {
            let ctx = Ctx {
                desk: &self.desk,
                texts: &self.texts,
                library: &self.library,
                look: Look { colors: self.colors(), tight: size.width < TIGHT },
                room: Room::of(size.width),
                moves: self.desk.data.settings.motion == Motion::System && !self.appearance.reduced_motion,
                height: size.height,
            };
            let inside =
                widget::fresh::fresh(begun(self.trail.here(), ctx.room), self.screen.view(ctx).map(Message::Screen));
            let banners =
                banner::view(&self.banners, ctx).into_iter().map(|shown| shown.map(Message::Chrome)).collect();
            chrome::around(ctx, self.outer_page(), self.trail.has_back(), banners, inside, Message::Chrome)
        });
        widget::keys::keys(
            content,
            |key, modifiers| keys::shortcut(key, modifiers).map(Message::ShortcutPressed),
            || Message::ShortcutPressed(Shortcut::Leave),
        )
    }

    /// What the window listens to.
    pub fn subscription(&self) -> Subscription<Message> {
        let mut all = vec![
            window::open_events().map(Message::WindowOpened),
            window::close_requests().map(|_| Message::CloseRequested),
            self.screen.subscription().map(Message::Screen),
            self.idle(),
        ];
        if let Some(inbox) = &self.inbox {
            all.push(inbox.subscription().map(Message::NewsArrived));
        }
        Subscription::batch(all)
    }

    /// The colours at hand: chosen, or as the system has it.
    #[must_use]
    pub fn colors(&self) -> theme::Colors {
        theme::pick(self.desk.data.settings.theme, &self.appearance)
    }

    /// The theme for iced.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.colors().to_iced()
    }

    /// Ground and text of the window.
    ///
    /// iced 0.14's tiny-skia renderer redraws only what it takes to have changed, and now and then takes too
    /// little: parts of a page stay behind or are missing after going to another one. It redraws everything when
    /// the ground changes; so the ground differs after each message by less than a screen can show.
    #[must_use]
    pub fn ground(&self, theme: &Theme) -> theme::Ground {
        theme::ground(theme, self.turn)
    }

    /// The text zoom.
    #[must_use]
    pub fn scale_factor(&self) -> f32 {
        self.desk.data.settings.scale()
    }
}

/// The page that begins at its top when it comes: beside the list of therapists another one of them is no new page.
const fn begun(page: &Page, room: Room) -> &Page {
    match (page, room) {
        (Page::Therapists(_), Room::Wide) => &Page::Therapists(None),
        _ => page,
    }
}
