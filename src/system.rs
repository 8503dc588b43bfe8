//! What the desktop asks for: light or dark, contrast, motion. And what it is asked for: not to look into our memory.

mod guarded;
#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod other;

use std::sync::mpsc::{Receiver, Sender, channel};

#[cfg(all(unix, not(target_os = "macos")))]
use linux as here;
#[cfg(not(all(unix, not(target_os = "macos"))))]
use other as here;

pub use guarded::keep_memory;

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// The desktop does not say.
    #[default]
    Unknown,
}

/// What the desktop asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Appearance {
    /// Light or dark.
    pub scheme: Scheme,
    /// Strongest contrast.
    pub high_contrast: bool,
    /// Nothing should move by itself.
    pub reduced_motion: bool,
}

/// Called on a thread of its own with what the desktop asks for now.
pub type OnChange = Box<dyn Fn(Appearance) + Send>;

/// What the desktop asks for now, and `on_change` for every change from then on. Takes a third of a second at most: a
/// desktop that answers later is heard through `on_change`, one that never does leaves [`Appearance::default`].
#[must_use]
pub fn appearance(on_change: OnChange) -> Appearance {
    here::appearance(on_change)
}

/// Keeps the computer awake a moment longer, until it and all its clones are dropped: as long as something is still to be
/// locked, and never longer than the system allows.
#[derive(Debug, Clone, Default)]
pub struct Hold {
    _dropped: Option<Sender<()>>,
}

impl Hold {
    /// A hold, and what hears that it was dropped.
    #[must_use]
    pub fn new() -> (Self, Receiver<()>) {
        let (sender, receiver) = channel();
        (Self { _dropped: Some(sender) }, receiver)
    }
}

/// Called on a thread of its own when the computer is about to sleep.
pub type OnSleep = Box<dyn Fn(Hold) + Send>;

/// Calls `on_sleep` whenever the computer is about to sleep, where the system says so.
pub fn before_sleep(on_sleep: OnSleep) {
    here::before_sleep(on_sleep);
}

#[cfg(all(unix, not(target_os = "macos")))]
pub use linux::{appearance_at, before_sleep_at};
