//! Desktop notifications, one small file per system.

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(any(windows, target_os = "macos"))]
mod other;

use std::path::PathBuf;
use std::time::Duration;

#[cfg(all(unix, not(target_os = "macos")))]
pub use linux::Linux;

/// What the notification says. Nothing in it gives anything away: whoever walks past may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The large line.
    pub title: String,
    /// The line below it.
    pub body: String,
    /// The button that leads to the window.
    pub open: String,
    /// The button that puts it off to the next window.
    pub not_now: String,
}

/// What came of a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Nothing,
    /// To the window, with the token that lets it come to the front.
    Opened {
        /// The activation token, if the desktop gave one.
        token: Option<String>,
    },
    /// "Not now."
    NotNow,
    /// Closed by a person without an answer.
    Dismissed,
    /// The desktop took it away by itself.
    Expired,
    /// The notification server ended, and the notification with it.
    Gone,
}

/// There is no place to show a notification.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no notification can be shown ({0}): start the desktop's notification service; the window shows it meanwhile")]
pub struct Unavailable(pub String);

/// Shows notifications.
pub trait Notifier {
    /// Shows `note` in place of the one before. Where the system tells of it, a change in one of the folders `beside`
    /// ends a wait for the answer early.
    ///
    /// # Errors
    /// [`Unavailable`] when there is nothing to show it with.
    fn show(&self, note: &Note, beside: &[PathBuf]) -> Result<Box<dyn Shown>, Unavailable>;
}

/// A notification on the screen.
pub trait Shown {
    /// Waits for an answer, for `time` at most; ends with [`Answer::Nothing`] too when something changed beside it.
    fn wait(&mut self, time: Duration) -> Answer;

    /// Takes it off the screen.
    fn withdraw(self: Box<Self>);
}

/// The notifications of this desktop.
#[must_use]
pub fn desktop() -> Box<dyn Notifier> {
    #[cfg(all(unix, not(target_os = "macos")))]
    return Box::new(Linux::default());
    #[cfg(any(windows, target_os = "macos"))]
    return Box::new(other::Other);
    #[cfg(not(any(unix, windows)))]
    return Box::new(Nowhere);
}

/// Systems without notifications.
#[cfg(not(any(unix, windows)))]
struct Nowhere;

#[cfg(not(any(unix, windows)))]
impl Notifier for Nowhere {
    fn show(&self, _note: &Note, _beside: &[PathBuf]) -> Result<Box<dyn Shown>, Unavailable> {
        Err(Unavailable("this system has none".to_owned()))
    }
}
