//! Locking and opening the space of whoever is here, and handing the device over.

use std::time::Duration;

use iced::widget::operation;
use iced::{Subscription, Task, clipboard};

use super::banner::Banner;
use super::inbox::News;
use super::nav::{Page, Trail};
use super::screen::choose::flow;
use super::screen::{self, Screen, door, session, space};
use super::{Message, Sameside, idle, off};
use crate::couple::Member;
use crate::store::Guard;

/// How long a private text stays on the clipboard.
pub const ON_CLIPBOARD: Duration = Duration::from_secs(30);

/// What X11 answers last stays in a buffer of the window library, of this size with its head: a private text that was
/// looked at there would outlive its space.
const LOOKED_AT: usize = 4096 - 32;

/// Puts blanks in the place of what is on the clipboard, looks at them, so that nothing else was looked at last, and
/// leaves it empty.
fn overwrite_clipboard() -> Task<Message> {
    let blank = " ".repeat(LOOKED_AT);
    let looked = clipboard::read();
    clipboard::write(blank.clone()).chain(looked.then(move |there| match there {
        // Unless somebody else has copied something meanwhile.
        Some(text) if text != blank => Task::none(),
        _ => clipboard::write(String::new()),
    }))
}

/// Tells a text again without keeping it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Print(u64);

impl Print {
    fn of(text: &str) -> Self {
        use std::hash::{BuildHasher, RandomState};
        use std::sync::OnceLock;
        static SALT: OnceLock<RandomState> = OnceLock::new();
        Self(SALT.get_or_init(RandomState::new).hash_one(text))
    }
}

/// Whether a page says how the change of a space's guard went, which takes a moment: the page may be gone by then, and
/// somebody else may be here.
pub(super) const fn is_answer(message: &screen::Message) -> bool {
    matches!(
        message,
        screen::Message::Door(door::Message::Tried(..)) | screen::Message::Space(space::Message::Done(..))
    )
}

impl Sameside {
    /// See [`is_answer`].
    pub(super) fn guard_changed(&mut self, message: screen::Message) -> Task<Message> {
        let here = self.desk.here();
        let opened = matches!(&message, screen::Message::Door(door::Message::Tried(member, Ok(()))) if *member == here);
        let at_door = matches!(self.screen, Screen::Door(_));
        if opened && at_door {
            return self.entered();
        }
        self.desk.lock_others();
        if opened {
            // Nobody is at the door any more: what was opened behind it is shut again.
            self.desk.lock();
            return Task::none();
        }
        if matches!(message, screen::Message::Space(_)) {
            self.watch_over();
        }
        let action = self.screen.update(message, &mut self.desk, &self.texts, &self.library);
        self.act(action)
    }

    /// Whether the door stands before `page`.
    pub(super) fn is_shut(&self, page: &Page) -> bool {
        let open_to_all = matches!(page, Page::Safety | Page::Help | Page::FirstRun);
        !open_to_all && (self.asks_who || self.desk.guard(self.desk.here()) == Guard::Locked)
    }

    /// A page may have said that somebody else is here now: then the door comes before anything else, and what the other
    /// had open is locked.
    pub(super) fn keep_door(&mut self) -> Task<Message> {
        self.desk.lock_others();
        if self.is_shut(self.trail.here()) && !matches!(self.screen, Screen::Door(_)) {
            self.screen = Screen::More;
            self.desk.forget_left();
            return self.show();
        }
        Task::none()
    }

    /// The page as chrome sees it: nothing leads away from the door.
    pub(super) fn outer_page(&self) -> &Page {
        if matches!(self.screen, Screen::Door(_)) { &Page::Door } else { self.trail.here() }
    }

    /// Saves and locks what whoever is here has open; nothing of it stays in memory.
    pub(super) fn lock(&mut self) -> Task<Message> {
        if self.desk.guard(self.desk.here()) != Guard::Unlocked {
            return Task::none();
        }
        self.screen.leave(&mut self.desk);
        // What a page holds goes with it; so it must not be asked for its texts again.
        self.screen = Screen::More;
        self.banners.retain(Banner::stays);
        self.desk.lock();
        idle::end();
        let cleared = self.clear_clipboard();
        Task::batch([self.show(), cleared])
    }

    /// Somebody else takes the device, or says who they are.
    pub(super) fn hand_over(&mut self, to: Member, page: Page) -> Task<Message> {
        // At the start nobody was anywhere: what was asked for from outside still holds.
        let page = if self.asks_who { self.trail.here().clone() } else { page };
        let locked = self.lock();
        self.screen.leave(&mut self.desk);
        self.screen = Screen::More;
        self.asks_who = false;
        self.desk.forget_left();
        self.desk.change_settings(|settings| settings.here = to);
        // What the other looked at before is nobody's business.
        self.trail = Trail::new(Page::Today);
        self.trail.open(page);
        self.catch_up();
        Task::batch([locked, self.show()])
    }

    /// The space of whoever is here was opened.
    pub(super) fn entered(&mut self) -> Task<Message> {
        self.asks_who = false;
        let here = self.desk.here();
        let ids: Vec<String> = self.library.exercises.iter().map(|exercise| exercise.id.clone()).collect();
        let mut troubles = Vec::new();
        self.desk.load_space(here, &ids, &mut troubles);
        for trouble in &troubles {
            self.trouble(trouble);
        }
        self.catch_up();
        self.watch_over();
        self.screen = Screen::More;
        self.show()
    }

    /// Does what is due about seals, now that the space of whoever is here can be read.
    pub(super) fn catch_up(&mut self) {
        if self.desk.guard(self.desk.here()) == Guard::Locked {
            return;
        }
        let found = [flow::catch_up(&mut self.desk), session::catch_up(&mut self.desk)];
        for error in found.into_iter().filter_map(Result::err) {
            let name = error.member().map(|member| self.desk.name(member, &self.texts)).unwrap_or_default();
            let banner = Banner::Trouble(self.texts.with(error.key(), &[("name", name.into())]));
            if !self.banners.contains(&banner) {
                self.banners.push(banner);
            }
        }
    }

    /// From here on the space locks itself when nobody is there, and when the computer goes to sleep.
    pub(super) fn watch_over(&mut self) {
        let patience = self.desk.person().patience();
        idle::begin(patience);
        self.wait = patience;
        if let Some(sender) = self.before_sleep.take() {
            crate::system::before_sleep(Box::new(move |hold| {
                let _ = sender.unbounded_send(News::GoingToSleep(hold));
            }));
        }
    }

    /// The one timer came.
    pub(super) fn idle_due(&mut self) -> Task<Message> {
        let left = idle::remaining(self.desk.person().patience());
        if left.is_zero() {
            return self.lock();
        }
        self.wait = left;
        Task::none()
    }

    /// Listens for keys and taps, and sleeps until the space could be due; only while one is open.
    pub(super) fn idle(&self) -> Subscription<Message> {
        if self.desk.guard(self.desk.here()) != Guard::Unlocked {
            return Subscription::none();
        }
        let wait = self.wait.min(self.desk.person().patience()).max(Duration::from_secs(1));
        Subscription::batch([
            iced::time::every(wait).map(|_| Message::IdleDue),
            iced::event::listen_with(|event, _, _| idle::noticed(&event).then_some(Message::IdleDue)),
        ])
    }

    /// Puts a private text on the clipboard for a short while.
    pub(super) fn copy_private(&mut self, text: String) -> Task<Message> {
        let print = Print::of(&text);
        self.copied = Some(print);
        self.say(self.texts.get("copied-for-a-while"));
        let due = off::off(|| std::thread::sleep(ON_CLIPBOARD)).map(move |()| Message::ClipboardDue(print));
        Task::batch([clipboard::write(text), due])
    }

    /// Takes the private text off the clipboard, if it is still there.
    pub(super) fn clear_clipboard(&mut self) -> Task<Message> {
        let Some(print) = self.copied.take() else { return Task::none() };
        clipboard::read().then(move |there| match there {
            Some(text) if Print::of(&text) == print => overwrite_clipboard(),
            _ => Task::none(),
        })
    }

    /// Puts the caret where the passphrase goes, on a page where that is the one thing to do.
    pub(super) fn focus_door(&self) -> Task<Message> {
        match &self.screen {
            Screen::Door(page) if page.asks() => operation::focus(door::FIELD),
            _ => Task::none(),
        }
    }
}
