//! One window for each data folder: a second start brings the first to the front and ends.

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod other;

use std::path::Path;

#[cfg(all(unix, not(target_os = "macos")))]
use linux as system;
#[cfg(not(all(unix, not(target_os = "macos"))))]
use other as system;

pub use system::Guard;

/// What a start asks of the window.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// The place to open at, such as `calm-check`; none to come to the front as it is. It comes from outside, so the
    /// window must check it.
    pub at: Option<String>,
    /// The activation token that lets the window come to the front (Wayland and X11).
    pub token: Option<String>,
}

impl Request {
    /// The request of this start: `at` from the command line, the token from the environment.
    #[must_use]
    pub fn of_this_start(at: Option<String>) -> Self {
        let variable = |name| std::env::var(name).ok().filter(|token| !token.is_empty());
        Self { at, token: variable("XDG_ACTIVATION_TOKEN").or_else(|| variable("DESKTOP_STARTUP_ID")) }
    }
}

/// Called for every later start, on a thread of its own.
pub type OnOpen = Box<dyn Fn(Request) + Send + Sync>;

/// Whether this start is the first.
pub enum Claim {
    /// It is, for as long as the guard lives. Where there is no way to tell, every start is the first; the lock of the
    /// data folder then keeps the second from writing.
    First(Guard),
    /// Another window has the data folder.
    AlreadyRunning {
        /// Whether the other one took the request.
        reached: bool,
    },
}

/// Claims the data folder `root` for this process, or hands `request` to the one that has it.
#[must_use]
pub fn claim(root: &Path, request: &Request, on_open: OnOpen) -> Claim {
    system::claim(root, request, on_open)
}

#[cfg(all(unix, not(target_os = "macos")))]
pub use linux::claim_at;
