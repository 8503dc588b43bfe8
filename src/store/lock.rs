//! One window, and one background process, for each data folder.
//!
//! The lock is the system's own and ends with the process, however it ends. It lies in the private folder, never in the
//! synced one.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Access, Disk};
use super::place::PRIVATE;
use super::write::{self, SaveError, Spot};

/// Who asks for the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The window, or a verb that writes.
    Window,
    /// The background reminder.
    Watch,
}

impl Holder {
    /// The lock file's name in the private folder.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Window => "lock",
            Self::Watch => "watch.lock",
        }
    }
}

/// Held as long as it lives.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// Why the lock was not had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another process has it.
    #[error("Sameside is already open on {path}: use that window, or close it first", path = .0.display())]
    Held(PathBuf),
    /// The lock file could not be made.
    #[error(transparent)]
    Disk(#[from] SaveError),
}

impl Lock {
    /// Takes the lock of the data folder `root` without waiting. Where the system has no locks (some network disks)
    /// the answer is yes: every save re-reads the file before it writes, so little can go wrong.
    ///
    /// # Errors
    /// [`LockError`].
    pub fn take(disk: &dyn Disk, root: &Path, holder: Holder) -> Result<Self, LockError> {
        let below = Path::new(PRIVATE).join(holder.file());
        let spot = Spot { base: root.to_owned(), below, access: Access::Private };
        write::refuse_links(disk, &spot)?;
        write::make_folders(disk, &spot)?;
        let path = spot.path();
        let file = open(&path).map_err(|error| SaveError::disk(&path, &error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => Err(LockError::Held(root.to_owned())),
            Err(TryLockError::Error(error)) if error.kind() != io::ErrorKind::Unsupported => {
                Err(SaveError::disk(&path, &error).into())
            }
            _ => Ok(Self { _file: file }),
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::disk::RealDisk;

    #[test]
    fn one_window_and_one_watch() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let window = Lock::take(&RealDisk, root, Holder::Window).unwrap();
        assert_eq!(Lock::take(&RealDisk, root, Holder::Window).unwrap_err(), LockError::Held(root.to_owned()));
        let _watch = Lock::take(&RealDisk, root, Holder::Watch).unwrap();
        drop(window);
        Lock::take(&RealDisk, root, Holder::Window).unwrap();
    }
}
