//! The system calls that touch files, behind one small trait, so that tests can let each of them fail.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::time::SystemTime;

use tempfile::NamedTempFile;

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Only the owner: files 0600, folders 0700.
    Private,
    /// Whoever the system's own habit (umask) lets: the shared folder may belong to two accounts.
    Shared,
}

/// What stands under a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link (not followed).
    Link,
    /// A pipe, a device or anything else that is never ours.
    Other,
}

/// What is known of a name without opening it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub what: What,
    /// Size in bytes.
    pub size: u64,
    /// When it was last changed, where the system tells.
    pub modified: Option<SystemTime>,
    /// Unix permission bits (the lowest nine); `None` elsewhere.
    pub mode: Option<u32>,
}

/// The system calls. Every method may fail with the system's own error.
pub trait Disk: Send + Sync {
    /// What stands under this path, links not followed; `None` when nothing does.
    ///
    /// # Errors
    /// The system's.
    fn look(&self, path: &Path) -> io::Result<Option<Entry>>;
    /// The whole content.
    ///
    /// # Errors
    /// The system's; `NotFound` when there is no file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The names in a folder in order; names that are not Unicode are shown with replacement characters.
    ///
    /// # Errors
    /// The system's.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes one folder whose parent exists.
    ///
    /// # Errors
    /// The system's.
    fn make_folder(&self, folder: &Path, access: Access) -> io::Result<()>;
    /// A new empty file under a temporary name in `folder`; `mode` overrides the access with exact permission bits.
    ///
    /// # Errors
    /// The system's.
    fn new_temp(&self, folder: &Path, access: Access, mode: Option<u32>) -> io::Result<Box<dyn Temp>>;
    /// Makes new names in a folder survive a power cut.
    ///
    /// # Errors
    /// The system's.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes one file.
    ///
    /// # Errors
    /// The system's.
    fn remove_file(&self, path: &Path) -> io::Result<()>;
    /// Removes one empty folder.
    ///
    /// # Errors
    /// The system's.
    fn remove_folder(&self, path: &Path) -> io::Result<()>;
    /// Gives a folder another name that nothing has.
    ///
    /// # Errors
    /// The system's.
    fn rename_folder(&self, from: &Path, to: &Path) -> io::Result<()>;
}

/// A file under a temporary name. Dropped without [`Temp::persist`], it removes itself.
pub trait Temp {
    /// Appends all of `bytes`.
    ///
    /// # Errors
    /// The system's.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
    /// Waits until the content is on the disk itself.
    ///
    /// # Errors
    /// The system's.
    fn sync(&mut self) -> io::Result<()>;
    /// Gives the file its final name, replacing what had it.
    ///
    /// # Errors
    /// The system's.
    fn persist(self: Box<Self>, target: &Path) -> io::Result<()>;
}

/// Temporary names begin so. Syncthing, Nextcloud and Dropbox leave `~….tmp` and `~syncthing~…` alone.
pub const TEMP_PREFIX: &str = "~syncthing~sameside-";
/// Temporary names end so.
pub const TEMP_SUFFIX: &str = ".tmp";

/// The computer's own disk.
#[derive(Debug, Clone, Copy, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        let data = match fs::symlink_metadata(path) {
            Ok(data) => data,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let what = match data.file_type() {
            kind if kind.is_symlink() => What::Link,
            kind if kind.is_dir() => What::Folder,
            kind if kind.is_file() => What::File,
            _ => What::Other,
        };
        Ok(Some(Entry { what, size: data.len(), modified: data.modified().ok(), mode: system::mode(&data) }))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort_unstable();
        Ok(names)
    }

    fn make_folder(&self, folder: &Path, access: Access) -> io::Result<()> {
        system::make_folder(folder, access)
    }

    fn new_temp(&self, folder: &Path, access: Access, mode: Option<u32>) -> io::Result<Box<dyn Temp>> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMP_PREFIX).suffix(TEMP_SUFFIX);
        Ok(Box::new(RealTemp(system::new_temp(builder, folder, access, mode)?)))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        system::sync_folder(folder)
    }

    fn remove_file(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }

    fn rename_folder(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }
}

/// A call that a signal interrupts is made again, but not for ever, as the standard library would: some network file
/// systems answer so as long as their server is away, and then nothing but an error tells anyone.
const PATIENCE: u32 = 100;

/// Makes a call again as long as it is interrupted, at most [`PATIENCE`] times.
fn again<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for _ in 1..PATIENCE {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
    call()
}

/// Writes all of `bytes`.
pub(super) fn write_all(file: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    let mut left = bytes;
    while !left.is_empty() {
        let written = again(|| file.write(left))?;
        left = left.get(written..).filter(|_| written > 0).ok_or(io::ErrorKind::WriteZero)?;
    }
    Ok(())
}

/// Waits until the content is on the disk itself.
pub(super) fn sync(file: &File) -> io::Result<()> {
    again(|| system::sync(file))
}

struct RealTemp(NamedTempFile);

impl Temp for RealTemp {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        write_all(self.0.as_file_mut(), bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        sync(self.0.as_file())
    }

    fn persist(self: Box<Self>, target: &Path) -> io::Result<()> {
        system::persist(self.0, target)
    }
}

#[cfg(unix)]
mod system {
    use std::fs::{DirBuilder, File, Metadata, Permissions};
    use std::io;
    use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt};
    use std::path::Path;

    use tempfile::{Builder, NamedTempFile};

    use super::Access;

    pub fn mode(data: &Metadata) -> Option<u32> {
        Some(data.mode() & 0o777)
    }

    pub fn make_folder(folder: &Path, access: Access) -> io::Result<()> {
        let mode = match access {
            Access::Private => 0o700,
            Access::Shared => 0o777,
        };
        DirBuilder::new().mode(mode).create(folder)
    }

    pub fn new_temp(
        mut builder: Builder<'_, '_>,
        folder: &Path,
        access: Access,
        mode: Option<u32>,
    ) -> io::Result<NamedTempFile> {
        if access == Access::Shared {
            builder.permissions(Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        if let Some(mode) = mode {
            file.as_file().set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(file)
    }

    pub fn persist(file: NamedTempFile, target: &Path) -> io::Result<()> {
        file.persist(target).map(drop).map_err(|error| error.error)
    }

    pub fn sync_folder(folder: &Path) -> io::Result<()> {
        super::sync(&File::open(folder)?)
    }

    /// One try; what the standard library has goes on for ever while it is interrupted.
    #[cfg(target_os = "linux")]
    pub fn sync(file: &File) -> io::Result<()> {
        Ok(rustix::fs::fsync(file)?)
    }

    #[cfg(not(target_os = "linux"))]
    pub fn sync(file: &File) -> io::Result<()> {
        file.sync_all()
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{self, File, Metadata};
    use std::io;
    use std::path::Path;
    use std::time::Duration;

    use tempfile::{Builder, NamedTempFile};

    use super::Access;

    pub fn mode(_: &Metadata) -> Option<u32> {
        None
    }

    pub fn make_folder(folder: &Path, _: Access) -> io::Result<()> {
        fs::create_dir(folder)
    }

    pub fn new_temp(builder: Builder<'_, '_>, folder: &Path, _: Access, _: Option<u32>) -> io::Result<NamedTempFile> {
        builder.tempfile_in(folder)
    }

    /// Windows refuses to replace a file that a virus scanner or an indexer holds open for a moment.
    pub fn persist(mut file: NamedTempFile, target: &Path) -> io::Result<()> {
        let mut wait = Duration::from_millis(10);
        for _ in 0..9 {
            match file.persist(target) {
                Ok(_) => return Ok(()),
                Err(error) if error.error.kind() == io::ErrorKind::PermissionDenied => file = error.file,
                Err(error) => return Err(error.error),
            }
            std::thread::sleep(wait);
            wait = (wait * 2).min(Duration::from_millis(500));
        }
        file.persist(target).map(drop).map_err(|error| error.error)
    }

    pub fn sync(file: &File) -> io::Result<()> {
        file.sync_all()
    }

    /// Folders cannot be synced here: Windows answers with "access denied".
    pub fn sync_folder(_: &Path) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Interrupts so many calls, then takes two bytes at a time.
    struct Interrupted(u32, Vec<u8>);

    impl Write for Interrupted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 > 0 {
                self.0 -= 1;
                return Err(io::ErrorKind::Interrupted.into());
            }
            let taken = bytes.get(..2).unwrap_or(bytes);
            self.1.extend_from_slice(taken);
            Ok(taken.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_call_that_is_interrupted_is_made_again_but_not_for_ever() {
        let mut some = Interrupted(PATIENCE - 1, Vec::new());
        write_all(&mut some, b"words").unwrap();
        assert_eq!(some.1, b"words");
        let mut always = Interrupted(u32::MAX, Vec::new());
        assert_eq!(write_all(&mut always, b"words").unwrap_err().kind(), io::ErrorKind::Interrupted);
        let mut calls = 0;
        let sync = || -> io::Result<()> {
            calls += 1;
            Err(io::ErrorKind::Interrupted.into())
        };
        assert!(again(sync).is_err());
        assert_eq!(calls, PATIENCE);
    }

    #[test]
    fn other_errors_are_not_repeated() {
        let mut calls = 0;
        let full = || -> io::Result<()> {
            calls += 1;
            Err(io::ErrorKind::StorageFull.into())
        };
        assert!(again(full).is_err());
        assert_eq!(calls, 1);
    }
}
