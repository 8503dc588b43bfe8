//! The background reminder: a small process without a window that waits for a calm moment.
//!
//! It compares the wall clock in slices of a minute at most, so that suspend, a changed clock or zone and edited files
//! are all seen, and it ends by itself when nothing is pending. Everything that it touches (files, time,
//! notifications, the window) comes in through small traits, so that the tests can make each of them fail.

pub mod autostart;
pub mod files;
pub mod notify;
pub mod report;

mod clock;
mod keep;
#[cfg(test)]
mod rehearsal;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::moment::About;
use crate::store::{LockError, OpenError};

pub use clock::{Clock, SystemClock};
pub use files::{Files, Unreadable, Unsaved};
pub use keep::Watch;

/// The application id: name of the desktop file, the window and the D-Bus name.
pub const APP_ID: &str = "app.sameside.Sameside";

/// The place in the window that a notification leads to, for `--at`.
pub const CALM_CHECK: &str = "calm-check";

/// The place that the note about the next step leads to: Today shows that step.
pub const NEXT_STEP: &str = "today";

/// The longest that the reminder sleeps at once, with a notification on the screen too. What happens in the data folder
/// meanwhile is heard at once on Linux, elsewhere so late.
pub(crate) const SLICE: Duration = Duration::from_secs(60);

/// Why the background reminder ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It is switched off, or the asking has ended.
    NothingPending,
    /// Another one is running for this data folder.
    AlreadyRunning,
    /// `--once`: what was due is done.
    Once,
}

/// The background reminder could not run.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The data folder could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The program could not be started.
    #[error("{exe}: cannot be started ({source}): check that the program is still where it was")]
    Start {
        /// The program.
        exe: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

/// Runs the reminder for the data folder `root` until nothing is pending; with `once`, handles what is due now and ends.
/// A folder that is not there yet (not mounted at login) is waited for, unless `once`.
///
/// # Errors
/// [`WatchError::Open`] when the data folder cannot be used.
pub fn run(root: &Path, once: bool) -> Result<Ended, WatchError> {
    let clock = SystemClock::default();
    let private = root.join("private");
    while !private.is_dir() {
        if once {
            return Ok(Ended::Once);
        }
        clock.rest();
        clock.sleep(SLICE);
    }
    let mut files = match files::DataFolder::open(root) {
        Ok(files) => files,
        Err(OpenError::Lock(LockError::Held(_))) => return Ok(Ended::AlreadyRunning),
        Err(error) => return Err(error.into()),
    };
    let notifier = notify::desktop();
    let opener = |about: About, token: Option<&str>| {
        // If the window cannot be started there is nobody to tell; the reminder counts as said.
        let _ = open_window(&own_exe(), root, about, token);
    };
    Ok(Watch { files: &mut files, clock: &clock, notifier: notifier.as_ref(), opener: &opener }.run(once))
}

/// The path under which this program can be started again, even after it was replaced by a newer one.
#[must_use]
pub fn own_exe() -> PathBuf {
    if let Some(image) = std::env::var_os("APPIMAGE") {
        return image.into();
    }
    let exe = std::env::current_exe().unwrap_or_else(|_| "sameside".into());
    // Linux marks a program whose file was replaced.
    match exe.to_str().and_then(|path| path.strip_suffix(" (deleted)")) {
        Some(path) => path.into(),
        None => exe,
    }
}

/// Starts the background reminder for `root` now, apart from this process and its terminal.
///
/// # Errors
/// [`WatchError::Start`].
pub fn start_now(exe: &Path, root: &Path) -> Result<(), WatchError> {
    start(exe, ["watch".into(), "--data".into(), root.into()], None)
}

/// Starts the window where the notification leads; if it is open already, that one comes to the front.
fn open_window(exe: &Path, root: &Path, about: About, token: Option<&str>) -> Result<(), WatchError> {
    let at = match about {
        About::Asking => CALM_CHECK,
        About::NextStep => NEXT_STEP,
    };
    start(exe, ["--data".into(), root.into(), "--at".into(), at.into()], token)
}

fn start<const N: usize>(exe: &Path, args: [OsString; N], token: Option<&str>) -> Result<(), WatchError> {
    let mut command = Command::new(exe);
    command.args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(token) = token {
        // The first is for Wayland, the second for X11.
        command.env("XDG_ACTIVATION_TOKEN", token).env("DESKTOP_STARTUP_ID", token);
    }
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt;
        const DETACHED_PROCESS: u32 = 0x8;
        command.creation_flags(DETACHED_PROCESS);
    }
    let mut child = command.spawn().map_err(|source| WatchError::Start { exe: exe.to_owned(), source })?;
    // Waits without waking, so that no zombie stays behind. Without the thread there is one; no harm beyond that.
    let _ = std::thread::Builder::new().stack_size(64 * 1024).spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_one_ends_quietly() {
        let folder = tempfile::tempdir().unwrap();
        let first = files::DataFolder::open(folder.path()).unwrap();
        assert_eq!(run(folder.path(), false).unwrap(), Ended::AlreadyRunning);
        drop(first);
        assert_eq!(run(folder.path(), false).unwrap(), Ended::NothingPending);
    }

    #[test]
    fn a_missing_folder_is_no_fault() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(run(&folder.path().join("not-mounted"), true).unwrap(), Ended::Once);
    }

    #[test]
    fn a_program_that_is_gone_is_named() {
        let error = start_now(Path::new("/nowhere/sameside"), Path::new("/tmp")).unwrap_err();
        assert!(error.to_string().starts_with("/nowhere/sameside"), "{error}");
    }
}
