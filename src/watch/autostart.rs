//! Starting the background reminder at login, by what each system offers, without a service manager.

#[cfg(all(unix, not(target_os = "macos")))]
mod linux;
#[cfg(any(target_os = "macos", test))]
mod mac;
#[cfg(windows)]
mod windows;

#[cfg(all(unix, not(target_os = "macos")))]
use linux as system;
#[cfg(target_os = "macos")]
use mac as system;
#[cfg(windows)]
use windows as system;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The entry could not be written or removed.
#[derive(Debug, thiserror::Error)]
pub enum AutostartError {
    /// A file could not be changed.
    #[error("{path}: {source}: check that this folder can be written to")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The system has no known place for it.
    #[error("this system offers no way to start the reminder at login: start 'sameside watch' by hand")]
    NoPlace,
    /// A command of the system failed.
    #[error("the system refused to change what starts at login ({0}): start 'sameside watch' by hand")]
    Refused(String),
}

/// What will stand where, to be shown before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file (on Windows the registry key).
    pub path: PathBuf,
    /// Its text (on Windows the value).
    pub text: String,
}

/// The user's autostart folder; another one in tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Autostart {
    folder: PathBuf,
}

impl Autostart {
    /// Where this user's entries lie.
    ///
    /// # Errors
    /// [`AutostartError::NoPlace`].
    pub fn of_user() -> Result<Self, AutostartError> {
        system::folder().map(Self::in_folder).ok_or(AutostartError::NoPlace)
    }

    /// Entries in another folder.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// What [`Self::install`] would write.
    #[must_use]
    pub fn describe(&self, exe: &Path, root: &Path) -> Entry {
        Entry { path: self.folder.join(system::NAME), text: system::text(exe, root) }
    }

    /// Whether the reminder starts at login.
    #[must_use]
    pub fn is_installed(&self) -> bool {
        system::is_installed(&self.folder.join(system::NAME))
    }

    /// Makes the reminder of the data folder `root` start at login, in place of an older entry.
    ///
    /// # Errors
    /// [`AutostartError`] when it could not be written; an older entry is whole then.
    pub fn install(&self, exe: &Path, root: &Path) -> Result<(), AutostartError> {
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        system::install(&self.describe(exe, &root))
    }

    /// Takes the entry away; no entry is fine too.
    ///
    /// # Errors
    /// [`AutostartError`] when it is still there.
    pub fn remove(&self) -> Result<(), AutostartError> {
        system::remove(&self.folder.join(system::NAME))
    }
}

/// Writes a small file whole or not at all.
#[cfg_attr(windows, allow(dead_code, reason = "Windows keeps it in the registry"))]
fn write(entry: &Entry) -> Result<(), AutostartError> {
    let told = |source| AutostartError::File { path: entry.path.clone(), source };
    if let Some(folder) = entry.path.parent() {
        fs::create_dir_all(folder).map_err(told)?;
    }
    let new = entry.path.with_extension("new");
    fs::write(&new, &entry.text).and_then(|()| fs::rename(&new, &entry.path)).map_err(told)
}

/// Removes a file; a missing one is fine.
#[cfg_attr(windows, allow(dead_code, reason = "Windows keeps it in the registry"))]
fn delete(path: &Path) -> Result<(), AutostartError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => {
            Err(AutostartError::File { path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}
