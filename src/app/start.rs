//! From a start to a window: the store is opened, the listeners are set, and iced is told how to draw.

use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use iced::{Program, Task, window};

use super::desk::Desk;
use super::inbox::{Inbox, News};
use super::nav::Page;
use super::{Sameside, theme, widget};
use crate::instance::{self, Claim, Request};
use crate::locale::Language;
use crate::store::data::Trouble;
use crate::store::settings::Pair;
use crate::store::{OpenError, Opening, Problem, Role, Shelf};
use crate::system::{self, Appearance};
use crate::watch::{self, autostart::Autostart};

/// How long closing waits for the disk.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data folder could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no display, or it refused.
    #[error(
        "no window could be opened: {0}. Without a display, `sameside pictures DIR` draws every screen to a folder."
    )]
    Window(String),
}

/// The page that a request from outside may ask for.
#[must_use]
pub fn page_of(name: &str) -> Option<Page> {
    match name {
        watch::CALM_CHECK => Some(Page::CalmCheck),
        "today" => Some(Page::Today),
        "exercises" => Some(Page::Exercises),
        "moment" => Some(Page::Moment),
        "therapists" => Some(Page::Therapists(None)),
        "choose" => Some(Page::Choose),
        "safety" => Some(Page::Safety),
        "settings" => Some(Page::Settings),
        _ => None,
    }
}

/// Opens the window on the data folder `root`, at a page if one is named, and stays until it is closed. Where another
/// window has the folder, that one is brought to the front, and the process ends.
///
/// # Errors
/// [`StartError`] if there is no display.
pub fn run(root: &Path, at: Option<String>) -> Result<(), StartError> {
    if !has_display() {
        return Err(StartError::Window("there is no display".to_owned()));
    }
    tell_faults();
    let root = root.to_owned();
    // The folder is opened and read while the main thread connects to the display.
    let kept = Arc::new(Mutex::new(None));
    let keep = Arc::clone(&kept);
    let preparing = std::thread::spawn(move || {
        let prepared = prepare(&root, at);
        if let (Ok(Some(state)), Ok(mut keep)) = (&prepared, keep.lock()) {
            *keep = state.desk().shelf().cloned();
        }
        prepared
    });
    let ended = starting(preparing).run().map_err(|error| StartError::Window(error.to_string()));
    // However the window went, what is unsaved is written before the process ends.
    let shelf: Option<Arc<Shelf>> = kept.lock().ok().and_then(|mut kept| kept.take());
    if let Some(shelf) = shelf {
        let _ = shelf.flush(PATIENCE);
    }
    ended
}

/// Claims and reads the data folder; `None` if another window has it and was brought to the front.
fn prepare(root: &Path, at: Option<String>) -> Result<Option<Sameside>, StartError> {
    let (sender, inbox) = Inbox::new();
    let page = at.as_deref().and_then(page_of);
    let opened = sender.clone();
    let claim = instance::claim(
        root,
        &Request::of_this_start(at),
        Box::new(move |request| {
            let _ = opened
                .unbounded_send(News::Requested { at: request.at.as_deref().and_then(page_of), token: request.token });
        }),
    );
    match claim {
        Claim::AlreadyRunning { .. } => return Ok(None),
        // Held until the process ends.
        Claim::First(guard) => std::mem::forget(guard),
    }
    let looked = sender.clone();
    let to_sleep = sender.clone();
    let appearance = system::appearance(Box::new(move |appearance| {
        let _ = looked.unbounded_send(News::Appearance(appearance));
    }));
    let mut opening = Opening::new(Role::Window);
    opening.report = Arc::new(move |report| {
        let _ = sender.unbounded_send(News::Disk(report));
    });
    let (shelf, problems) = Shelf::open(root, opening)?;
    let mut state = load(root, shelf, problems, page, appearance);
    state.inbox = Some(inbox);
    state.before_sleep = Some(to_sleep);
    if state.desk.reminds() {
        state.wake_reminder();
    }
    Ok(Some(state))
}

/// Everything that the window begins with.
fn load(root: &Path, shelf: Shelf, problems: Vec<Problem>, page: Option<Page>, appearance: Appearance) -> Sameside {
    let mut troubles: Vec<Trouble> =
        problems.into_iter().map(|problem| Trouble { place: None, problem, backup: None }).collect();
    let exercises = user_exercises(root);
    let ids = exercise_ids(&exercises);
    let mut desk = Desk::open(shelf, &ids, &mut troubles);
    name_the_pair(&mut desk);
    desk.notice_clock();
    let first = if desk.data.settings.welcomed { Page::Today } else { Page::FirstRun };
    let mut state = Sameside::new(desk, first, appearance, &exercises);
    if let Some(page) = page {
        let _ = state.open(page);
    }
    for trouble in &troubles {
        state.trouble(trouble);
    }
    state
}

/// Ends the process with a sentence, where there is no way to hand an error on.
fn leave(error: &StartError) -> ! {
    let _ = writeln!(std::io::stderr(), "sameside: {error}");
    std::process::exit(1)
}

/// What iced panics with, rather than returning an error, when a display is named but cannot be reached.
const NO_DISPLAY: &str = "Create event loop";

/// From here on a fault ends the process with one sentence that holds nothing of what is on the screen.
fn tell_faults() {
    std::panic::set_hook(Box::new(|info| {
        if info.payload_as_str().is_some_and(|what| what.starts_with(NO_DISPLAY)) {
            leave(&StartError::Window("the display cannot be reached".to_owned()));
        }
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(
            std::io::stderr(),
            "sameside: stopped by a fault of its own ({place}). What was written up to a second before is saved."
        );
        std::process::exit(101)
    }));
}

/// The couple's folder gets its name once; seals are bound to it.
fn name_the_pair(desk: &mut Desk) {
    // One that is away has its name already.
    if !desk.data.pair.id.is_empty() || desk.shared_away().is_some() {
        return;
    }
    let Ok(id) = crate::directory::TherapistId::random() else { return };
    desk.change_pair(Pair { id: id.as_str().to_owned() });
}

/// Whether this session has a display to draw on. Other systems than Linux always have one.
fn has_display() -> bool {
    if cfg!(all(unix, not(target_os = "macos"))) {
        ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
    } else {
        true
    }
}

/// The user's own exercise files: name and text. One that cannot be read as text is passed on as it is lossily,
/// so that the library can say what is wrong with it.
#[must_use]
pub fn user_exercises(root: &Path) -> Vec<(String, String)> {
    crate::store::user_files(&root.join("exercises"))
}

/// The ids of all exercises: of the built-in ones, and of the user's by the names of their files.
pub(super) fn exercise_ids(user: &[(String, String)]) -> Vec<String> {
    let built_in = crate::exercise::library::built_in(Language::En).map(|(id, _)| id.to_owned());
    let own = user.iter().map(|(name, _)| name.trim_end_matches(".ron").to_owned());
    built_in.chain(own).collect()
}

/// Sets or removes the entry that starts the background reminder at login. Switched off, a running one sees so in
/// the plan and ends by itself.
///
/// # Errors
/// What a person can read about why it did not work.
pub fn set_login_entry(root: &Path, on: bool) -> Result<(), String> {
    let autostart = Autostart::of_user().map_err(|error| error.to_string())?;
    let done = if on { autostart.install(&watch::own_exe(), root) } else { autostart.remove() };
    done.map_err(|error| error.to_string())
}

/// The application on a state: for the tests and for `pictures`.
pub fn application(
    state: Sameside,
) -> iced::Application<impl Program<State = Sameside, Message = super::Message, Theme = iced::Theme>> {
    built(Mutex::new(Some(state)), |held| held)
}

/// The application on a state that another thread is still preparing.
fn starting(
    preparing: JoinHandle<Result<Option<Sameside>, StartError>>,
) -> iced::Application<impl Program<State = Sameside, Message = super::Message, Theme = iced::Theme>> {
    built(Mutex::new(Some(preparing)), |preparing| match preparing.join() {
        Ok(Ok(Some(state))) => state,
        Ok(Ok(None)) => std::process::exit(0),
        Ok(Err(error)) => leave(&error),
        // A fault in it was told by the hook, which ends the process.
        Err(_) => std::process::exit(101),
    })
}

fn built<T: 'static>(
    held: Mutex<Option<T>>,
    finish: fn(T) -> Sameside,
) -> iced::Application<impl Program<State = Sameside, Message = super::Message, Theme = iced::Theme>> {
    iced::application(
        move || {
            let held = held.lock().ok().and_then(|mut held| held.take());
            (held.map_or_else(Sameside::empty, finish), Task::none())
        },
        Sameside::update,
        Sameside::view,
    )
    .title(Sameside::title)
    .theme(Sameside::theme)
    .style(Sameside::ground)
    .scale_factor(Sameside::scale_factor)
    .subscription(Sameside::subscription)
    .font(theme::REGULAR_BYTES)
    .font(theme::SEMIBOLD_BYTES)
    .font(widget::icon::BYTES)
    .default_font(theme::REGULAR)
    .exit_on_close_request(false)
    .window(window_settings())
}

fn window_settings() -> window::Settings {
    #[allow(unused_mut, reason = "only Linux has more to set")]
    let mut settings = window::Settings {
        size: iced::Size::new(1080.0, 760.0),
        // The smallest phone held sideways (GNOME Mobile).
        min_size: Some(iced::Size::new(360.0, 294.0)),
        ..window::Settings::default()
    };
    #[cfg(target_os = "linux")]
    {
        settings.platform_specific.application_id = watch::APP_ID.to_owned();
    }
    settings
}
