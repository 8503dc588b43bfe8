//! The crash-safe write: at any moment, and after any error, a name holds its old or its new content, whole.
//!
//! Temporary file beside the target, content, `fsync`, rename, `fsync` of the folder. A failed `fsync` is never repeated
//! on the same file: Linux may then report success though the data is gone (PostgreSQL's "fsyncgate", 2018); the
//! temporary file is dropped and the next try writes a new one from memory.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::disk::{Access, Disk, TEMP_PREFIX, TEMP_SUFFIX, What};

/// A leftover temporary file is removed when it is older than this: no write takes so long.
const STALE: Duration = Duration::from_hours(1);

/// Why something was not written. The old content is whole in every case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The system said no: disk full, no permission, disk gone and the like.
    #[error("cannot save {path}: {what}", path = .path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What kind of trouble.
        kind: io::ErrorKind,
        /// The system's own words.
        what: String,
    },
    /// A part of the path is a symbolic link.
    #[error("{path} is a link, and Sameside writes only real files: put the file or folder itself there", path = .0.display())]
    Link(PathBuf),
    /// The file was written by a newer Sameside.
    #[error("{path} was written by a newer Sameside and is left as it is: update Sameside on this device", path = .0.display())]
    Newer(PathBuf),
    /// What would have been written could not be read back. A fault in Sameside itself.
    #[error("{path} was not saved, because its new text would be unreadable ({1}): please report this", path = .0.display())]
    Garbled(PathBuf, String),
    /// This was opened only to look.
    #[error("the data folder was opened only to read it")]
    OnlyReading,
    /// The space has a passphrase and is locked.
    #[error("{path} lies in a space that is locked: unlock it first", path = .0.display())]
    Locked(PathBuf),
    /// It could not be sealed, or what was sealed did not open again. A fault in Sameside itself.
    #[error("{path} was not saved, because it could not be sealed: please report this", path = .0.display())]
    Unsealable(PathBuf),
    /// Files that others read as well are not removed or written over: there, deletion is a field and edits are stamped.
    #[error("{path} is shared: change its fields, and mark it as deleted rather than removing it", path = .0.display())]
    NotOurs(PathBuf),
}

impl SaveError {
    /// Wraps a system error.
    pub(super) fn disk(path: &Path, error: &io::Error) -> Self {
        Self::Disk { path: path.to_owned(), kind: error.kind(), what: error.to_string() }
    }

    /// The same for a file that was to be read.
    pub(super) fn while_reading(&self) -> String {
        match self {
            Self::Disk { what, .. } => format!("this cannot be read: {what}"),
            Self::Link(_)
            | Self::Newer(_)
            | Self::Garbled(..)
            | Self::OnlyReading
            | Self::Locked(_)
            | Self::Unsealable(_)
            | Self::NotOurs(_) => self.to_string(),
        }
    }

    /// Whether trying again later may help.
    #[must_use]
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::Disk { .. } | Self::Link(_) | Self::Locked(_))
    }
}

/// A file below a folder that is taken as given; only what lies below `base` is ours to check and to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The data folder, or the shared folder when it was moved.
    pub base: PathBuf,
    /// The way from there.
    pub below: PathBuf,
    /// Who may read it.
    pub access: Access,
}

impl Spot {
    /// The whole path.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.base.join(&self.below)
    }
}

/// Refuses a path of which a part below the base is a symbolic link.
pub fn refuse_links(disk: &dyn Disk, spot: &Spot) -> Result<(), SaveError> {
    let mut path = spot.base.clone();
    for part in &spot.below {
        path.push(part);
        match disk.look(&path).map_err(|error| SaveError::disk(&path, &error))? {
            Some(entry) if entry.what == What::Link => return Err(SaveError::Link(path)),
            Some(_) => {}
            None => return Ok(()),
        }
    }
    Ok(())
}

/// Makes the folders that are missing between the base and the file.
pub fn make_folders(disk: &dyn Disk, spot: &Spot) -> Result<(), SaveError> {
    let mut path = spot.base.clone();
    for part in spot.below.parent().unwrap_or(Path::new("")) {
        let parent = path.clone();
        path.push(part);
        let wrong = |error: &io::Error| SaveError::disk(&path, error);
        if disk.look(&path).map_err(|error| wrong(&error))?.is_some() {
            continue;
        }
        match disk.make_folder(&path, spot.access) {
            // Another process of ours may have made it in between.
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(wrong(&error)),
            _ => disk.sync_folder(&parent).map_err(|error| wrong(&error))?,
        }
    }
    Ok(())
}

/// Writes `bytes` as the whole content of the file.
pub fn write_whole(disk: &dyn Disk, spot: &Spot, bytes: &[u8]) -> Result<(), SaveError> {
    write_pieces(disk, spot, std::iter::once(bytes))
}

/// Writes pieces, one after the other, as the whole content of the file.
pub fn write_pieces<P: AsRef<[u8]>>(
    disk: &dyn Disk,
    spot: &Spot,
    pieces: impl IntoIterator<Item = P>,
) -> Result<(), SaveError> {
    refuse_links(disk, spot)?;
    make_folders(disk, spot)?;
    let path = spot.path();
    replace(disk, spot, &path, pieces).map_err(|error| SaveError::disk(&path, &error))
}

fn replace<P: AsRef<[u8]>>(
    disk: &dyn Disk,
    spot: &Spot,
    path: &Path,
    pieces: impl IntoIterator<Item = P>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(&spot.base);
    // A shared file keeps the permissions that a person or a sync program gave it.
    let mode = match spot.access {
        Access::Private => None,
        Access::Shared => disk.look(path)?.and_then(|entry| entry.mode),
    };
    let mut temp = disk.new_temp(folder, spot.access, mode)?;
    for piece in pieces {
        temp.write(piece.as_ref())?;
    }
    temp.sync()?;
    temp.persist(path)?;
    disk.sync_folder(folder)
}

/// Removes a file; that it is already gone is no error.
pub fn remove(disk: &dyn Disk, spot: &Spot) -> Result<(), SaveError> {
    refuse_links(disk, spot)?;
    let path = spot.path();
    let wrong = |error: &io::Error| SaveError::disk(&path, error);
    match disk.remove_file(&path) {
        Ok(()) => disk.sync_folder(path.parent().unwrap_or(&spot.base)).map_err(|error| wrong(&error)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(wrong(&error)),
    }
}

/// Makes the disappearance of `path` survive a power cut, if the folder it lay in is still there.
pub fn sync_above(disk: &dyn Disk, path: &Path) -> Result<(), SaveError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    match disk.sync_folder(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::disk(folder, &error)),
        _ => Ok(()),
    }
}

/// Every file below `folder`, links not followed, in path order. What cannot be listed is left out.
pub fn walk(disk: &dyn Disk, folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for name in disk.list(&folder).unwrap_or_default() {
            let path = folder.join(name);
            match disk.look(&path) {
                Ok(Some(entry)) if entry.what == What::Folder => folders.push(path),
                Ok(Some(_)) => found.push(path),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    found
}

/// Removes temporary files that a killed Sameside left behind below `folder`. Best effort: a leftover does no harm.
pub fn sweep(disk: &dyn Disk, folder: &Path, now: SystemTime) {
    for path in walk(disk, folder) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if !name.starts_with(TEMP_PREFIX) || !name.ends_with(TEMP_SUFFIX) {
            continue;
        }
        let modified = disk.look(&path).ok().flatten().and_then(|entry| entry.modified);
        if modified.is_some_and(|then| now.duration_since(then).is_ok_and(|age| age > STALE)) {
            let _ = disk.remove_file(&path);
        }
    }
}
