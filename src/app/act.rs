//! What the root does for the pages.

use iced::{Task, clipboard, window};

use super::banner::{Answer, Banner};
use super::inbox::News;
use super::keys::Shortcut;
use super::nav::Page;
use super::screen::{self, Action, Screen};
use super::why;
use super::{Message, Sameside};
use crate::directory::TherapistId;
use crate::exercise::Library;
use crate::locale::{Language, Texts};
use crate::store::data::Trouble;
use crate::store::settings::ZOOMS;
use crate::store::{Place, Record, Report};
use crate::watch;

impl Sameside {
    pub(super) fn act(&mut self, action: Action<screen::Message>) -> Task<Message> {
        match action {
            Action::None => Task::none(),
            Action::Open(page) => self.open(page),
            Action::Replace(page) => {
                self.trail.replace(page);
                self.show()
            }
            Action::Back => self.back(),
            Action::Copy(text) => {
                self.say(self.texts.get("copied"));
                clipboard::write(text)
            }
            Action::CopyPrivate(text) => self.copy_private(text),
            Action::HandOver(member, page) => self.hand_over(member, page),
            Action::Entered => self.entered(),
            Action::Guarded => {
                self.watch_over();
                Task::none()
            }
            Action::Lock => self.lock(),
            Action::Visit(target) => self.visit(&target),
            Action::Remind(on) => self.remind(on),
            Action::Say(words) => {
                self.say(words);
                Task::none()
            }
            Action::Leave => self.leave_at_once(),
            Action::Close => self.close(),
            Action::Erased => self.erased(),
            Action::Moved => self.read_again(),
            Action::Run(task) => task.map(Message::Screen),
        }
    }

    /// Goes on to a page.
    pub(super) fn open(&mut self, page: Page) -> Task<Message> {
        self.trail.open(page);
        self.show()
    }

    pub(super) fn back(&mut self) -> Task<Message> {
        if self.trail.back() { self.show() } else { Task::none() }
    }

    pub(super) fn show(&mut self) -> Task<Message> {
        self.screen.leave(&mut self.desk);
        // What a banner said belongs to the page it was said on; troubles stay until they are answered.
        self.banners.retain(Banner::stays);
        let noticed = self.notice_away();
        let page = self.trail.here().clone();
        match page {
            Page::Exercises => self.reread_exercises(),
            // Others may have put therapists in.
            Page::Therapists(_) if self.desk.data.listed().count() != self.desk.index.len() => {
                self.desk.take_up_therapists(None);
            }
            _ => {}
        }
        self.screen = if self.is_shut(&page) {
            Screen::Door(screen::door::Door::new(&self.desk, self.asks_who))
        } else {
            let screen = Screen::open(&page, &self.desk, &self.library, &self.texts);
            self.desk.behind_door = None;
            screen
        };
        Task::batch([noticed, self.focus_door()])
    }

    /// Takes up exercises that a person has put into the folder, or changed there, while the window is open.
    fn reread_exercises(&mut self) {
        let Some(shelf) = self.desk.shelf().cloned() else { return };
        let files = super::start::user_exercises(self.desk.root());
        self.library = Library::new(self.texts.language(), &files);
        let ids: Vec<String> = self.library.exercises.iter().map(|exercise| exercise.id.clone()).collect();
        let mut troubles = Vec::new();
        self.desk.data.load_progress(&shelf, &ids, &mut troubles);
        for trouble in &troubles {
            self.trouble(trouble);
        }
    }

    /// Takes up another language when the settings ask for it.
    pub(super) fn follow_language(&mut self) {
        let language = self.desk.data.settings.language.unwrap_or_else(Language::of_system);
        if language != self.texts.language() {
            self.texts = Texts::new(language);
            self.library = Library::new(language, &super::start::user_exercises(self.desk.root()));
        }
    }

    pub(super) fn say(&mut self, words: String) {
        self.banners.retain(Banner::stays);
        self.banners.push(Banner::Said(words));
    }

    fn visit(&mut self, target: &str) -> Task<Message> {
        if let Err(error) = open::that_detached(target) {
            let words = self
                .texts
                .with("error-not-opened", &[("what", target.to_owned().into()), ("why", error.to_string().into())]);
            self.banners.push(Banner::Trouble(words));
        }
        Task::none()
    }

    /// Turns the background reminder on or off, and keeps the login entry in step.
    fn remind(&mut self, on: bool) -> Task<Message> {
        if on && !self.desk.data.plan.safety_seen {
            // Noted here, where the way led there; a visit of one's own is noted nowhere.
            self.desk.change_plan(|plan| plan.safety_seen = true);
            let opened = self.open(Page::Safety);
            self.say(self.texts.get("settings-reminder-safety"));
            return opened;
        }
        self.desk.change_plan(|plan| plan.on = on);
        if self.desk.shelf().is_some()
            && let Err(why) = super::start::set_login_entry(self.desk.root(), on)
        {
            self.reminder_failed(&why);
        }
        Task::none()
    }

    /// Starts the background process, which ends whenever there is nothing to wait for.
    pub(super) fn wake_reminder(&mut self) {
        let Some(shelf) = self.desk.shelf() else { return };
        // It reads the plan from disk.
        let _ = shelf.flush(super::start::PATIENCE);
        if let Err(error) = watch::start_now(&watch::own_exe(), self.desk.root()) {
            self.reminder_failed(&error.to_string());
        }
    }

    fn reminder_failed(&mut self, why: &str) {
        let words = self.texts.with("settings-reminder-failed", &[("why", why.to_owned().into())]);
        self.banners.push(Banner::Trouble(words));
    }

    pub(super) fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Back => self.back(),
            Shortcut::Tab(tab) => self.open(tab.page()),
            Shortcut::Help => self.open(Page::Help),
            Shortcut::Close => self.close(),
            Shortcut::Leave => self.leave_at_once(),
            Shortcut::ZoomIn | Shortcut::ZoomOut | Shortcut::ZoomUsual => {
                self.desk.change_settings(|settings| {
                    let now = if settings.zoom == 0 { 100 } else { settings.zoom };
                    settings.zoom = match shortcut {
                        Shortcut::ZoomIn => ZOOMS.into_iter().find(|zoom| *zoom > now).unwrap_or(now),
                        Shortcut::ZoomOut => ZOOMS.into_iter().rev().find(|zoom| *zoom < now).unwrap_or(now),
                        _ => 100,
                    };
                });
                Task::none()
            }
        }
    }

    pub(super) fn hear(&mut self, news: News) -> Task<Message> {
        match news {
            News::Disk(Report::SharedChanged) => return self.read_again(),
            News::Disk(report) => return self.hear_disk(report),
            News::GoingToSleep(hold) => {
                let locked = self.lock();
                drop(hold);
                return locked;
            }
            News::Appearance(appearance) => self.appearance = appearance,
            News::Requested { at, token } => {
                let raise = self.window.map_or_else(Task::none, |id| raise(id, token));
                let opened = match at {
                    Some(page) => self.open(page),
                    None => Task::none(),
                };
                return Task::batch([opened, raise]);
            }
        }
        Task::none()
    }

    fn hear_disk(&mut self, report: Report) -> Task<Message> {
        match report {
            Report::Saved(place) => {
                let before = self.banners.len();
                self.banners.retain(|banner| !banner.is_about(&place));
                if self.banners.len() < before {
                    self.say(self.texts.get("error-saved-again"));
                }
            }
            Report::Failed { place, error } | Report::NoBackup { place, error } => {
                let words = self.texts.with("error-not-saved", &[("why", why::not_saved(&error, &self.texts).into())]);
                self.banners.retain(|banner| !banner.is_about(&place));
                self.banners.push(Banner::Unsaved { place, words });
            }
            Report::ChangedOutside(place) => self.reload(&place),
            Report::SharedChanged | Report::SharedAway => return self.notice_away(),
            Report::Unreadable(problem) => self.trouble(&Trouble { place: None, problem, backup: None }),
        }
        Task::none()
    }

    /// Reads everything again, since the shared folder lies elsewhere or is there again.
    fn read_again(&mut self) -> Task<Message> {
        let user = super::start::user_exercises(self.desk.root());
        let mut troubles = Vec::new();
        self.desk.read_again(&super::start::exercise_ids(&user), &mut troubles);
        for trouble in &troubles {
            self.trouble(trouble);
        }
        self.was_away = false;
        let noticed = self.notice_away();
        self.watch_over();
        self.follow_language();
        self.catch_up();
        self.screen.refresh(&self.desk, &self.library, &self.texts);
        Task::batch([noticed, self.read_therapists()])
    }

    /// Says that the shared folder is not there, as long as it is not.
    pub(super) fn notice_away(&mut self) -> Task<Message> {
        let away = self.desk.shared_away();
        if self.was_away && away.is_none() {
            // Watched again from here on.
            let _ = self.desk.shelf().is_some_and(|shelf| shelf.look_again());
            return self.read_again();
        }
        self.was_away = away.is_some();
        self.banners.retain(|banner| !matches!(banner, Banner::Away(_)));
        // The page of the shared folder says so itself.
        if let Some(folder) = away.filter(|_| *self.trail.here() != Page::Sharing) {
            let path = folder.display().to_string();
            self.banners.push(Banner::Away(self.texts.with("share-away", &[("path", path.into())])));
        }
        Task::none()
    }

    /// Reads the therapists beside the window, if they were not read before it.
    pub(super) fn read_therapists(&self) -> Task<Message> {
        let Some(read) = self.desk.read_therapists() else { return Task::none() };
        super::off::off(read).map(|read| Message::TherapistsRead(super::Handed::new(read)))
    }

    pub(super) fn take_read(&mut self, read: super::desk::Read) {
        for trouble in self.desk.take_read(read) {
            self.trouble(&trouble);
        }
        self.screen.refresh(&self.desk, &self.library, &self.texts);
    }

    fn reload(&mut self, place: &Place) {
        let Some(shelf) = self.desk.shelf().cloned() else { return };
        let mut troubles = Vec::new();
        self.desk.data.reload(&shelf, place, &mut troubles);
        match place {
            Place::Reminder => self.desk.notice_clock(),
            Place::Shared(Record::Therapist(slug), _) => {
                let id = TherapistId::new(slug.as_str()).ok();
                self.desk.take_up_therapists(id.as_ref());
            }
            Place::Import(_) => self.desk.take_up_therapists(None),
            _ => {}
        }
        if matches!(place, Place::Shared(Record::Marks(_) | Record::Plan, _)) {
            self.catch_up();
        }
        for trouble in &troubles {
            self.trouble(trouble);
        }
        self.follow_language();
        self.screen.refresh(&self.desk, &self.library, &self.texts);
    }

    /// Says that a file could not be read.
    pub(super) fn trouble(&mut self, trouble: &Trouble) {
        let words = self.texts.with("error-unreadable", &[("where", trouble.problem.to_string().into())]);
        let restore = trouble.place.clone().filter(|_| trouble.backup.is_some());
        let banner = Banner::Unreadable { words, restore };
        if !self.banners.contains(&banner) {
            self.banners.push(banner);
        }
    }

    pub(super) fn answer(&mut self, banner: usize, button: usize) -> Task<Message> {
        if banner >= self.banners.len() {
            return Task::none();
        }
        let answered = self.banners.remove(banner);
        match answered.answer(button) {
            Answer::Close => Task::none(),
            Answer::LookAgain => {
                let is_here = self.desk.shelf().is_some_and(|shelf| shelf.look_again());
                if is_here { self.read_again() } else { self.open(Page::Sharing) }
            }
            Answer::OpenSharing => self.open(Page::Sharing),
            Answer::OpenFolder => self.visit(&self.desk.root().display().to_string()),
            Answer::Restore(place) => {
                if let Some(shelf) = self.desk.shelf().cloned()
                    && let Err(error) = crate::store::data::restore(&shelf, &place)
                {
                    self.banners.push(Banner::Trouble(error.to_string()));
                }
                self.reload(&place);
                Task::none()
            }
        }
    }

    /// Saves what is unsaved, then closes the window.
    pub(super) fn close(&mut self) -> Task<Message> {
        self.screen.leave(&mut self.desk);
        if let Some(shelf) = self.desk.shelf() {
            let _ = shelf.flush(super::start::PATIENCE);
        }
        match self.window {
            // Closing first: leaving with an open window crashes on some drivers (iced #2983).
            Some(id) => window::close::<Message>(id).chain(iced::exit()),
            None => iced::exit(),
        }
    }

    /// Nothing is on the disk any more: the login entry goes too, and from here on this window keeps nothing.
    fn erased(&mut self) -> Task<Message> {
        if let Err(why) = super::start::set_login_entry(self.desk.root(), false) {
            self.reminder_failed(&why);
        }
        self.banners.retain(|banner| !banner.stays());
        self.clear_clipboard()
    }

    /// Closes the window before anything else; what is unsaved is written after it is gone ([`super::start::run`]
    /// waits for that). The next start is Today.
    pub(super) fn leave_at_once(&mut self) -> Task<Message> {
        self.screen.leave(&mut self.desk);
        self.desk.left = None;
        self.desk.hurry();
        match self.window {
            Some(id) => window::close::<Message>(id).chain(iced::exit()),
            None => iced::exit(),
        }
    }

    /// Replaces the library, for a test or when the user's own exercises changed.
    pub fn replace_library(&mut self, library: Library) {
        self.library = library;
    }
}

/// Brings the window to the front: by asking for it on X11, macOS and Windows, with the `token` of the click on Wayland.
/// Where the desktop lets neither through, it marks the window as one that waits.
fn raise(id: window::Id, token: Option<String>) -> Task<Message> {
    let with_token = token.map_or_else(Task::none, |token| {
        // A refusal has no remedy but the mark, which is asked for anyway.
        window::run(id, move |window| sameside_native::raise(window, &token).is_ok()).discard()
    });
    Task::batch([window::minimize(id, false), window::gain_focus(id)])
        .chain(with_token)
        .chain(window::request_user_attention(id, Some(window::UserAttention::Informational)))
}
