//! Files of the user's own, outside the data folder: what is imported, and what is exported.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use super::disk;

/// Why a file of the user's own could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// There is no such file.
    #[error("there is no file of this name")]
    Missing,
    /// A folder.
    #[error("this is a folder; name a file")]
    Folder,
    /// More bytes than are taken.
    #[error("the file is larger than {} MB; split it into smaller files", .limit >> 20)]
    TooBig {
        /// The most that is taken, in bytes.
        limit: usize,
    },
    /// There is a file of this name already, and it was not said that it may go.
    #[error("there is a file of this name already; choose another name")]
    Taken,
    /// What the system says.
    #[error("{0}")]
    System(io::Error),
}

impl ForeignError {
    /// Name of the text for it. [`Self::System`] takes `$why`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "file-missing",
            Self::Folder => "file-folder",
            Self::TooBig { .. } => "import-error-too-big",
            Self::Taken => "file-taken",
            Self::System(_) => "file-system",
        }
    }
}

impl From<io::Error> for ForeignError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::IsADirectory => Self::Folder,
            io::ErrorKind::AlreadyExists => Self::Taken,
            _ => Self::System(error),
        }
    }
}

/// Something that can be read from any place in it.
pub trait Source: Read + Seek + Send {}

impl<T: Read + Seek + Send> Source for T {}

/// Opens a file for reading. What is no ordinary file, such as a pipe, is read into memory first, at most `limit` bytes.
///
/// # Errors
/// [`ForeignError`] that says what to do.
pub fn open(path: &Path, limit: usize) -> Result<Box<dyn Source>, ForeignError> {
    let data = fs::metadata(path)?;
    if data.is_file() {
        return Ok(Box::new(File::open(path)?));
    }
    Ok(Box::new(Cursor::new(read(path, limit)?)))
}

/// Reads a whole file of at most `limit` bytes.
///
/// # Errors
/// [`ForeignError`] that says what to do.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, ForeignError> {
    let data = fs::metadata(path)?;
    if data.is_dir() {
        return Err(ForeignError::Folder);
    }
    let limit_long = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    // It may grow while it is read, or be a device without an end.
    File::open(path)?.take(limit_long.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        return Err(ForeignError::TooBig { limit });
    }
    Ok(bytes)
}

/// Writes a file; one that is there is replaced only if `replace` says so.
///
/// # Errors
/// [`ForeignError`] that says what to do.
pub fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), ForeignError> {
    if path.is_dir() {
        return Err(ForeignError::Folder);
    }
    let mut file = if replace { File::create(path)? } else { File::create_new(path)? };
    disk::write_all(&mut file, bytes)?;
    disk::sync(&file)?;
    Ok(())
}

/// The same for private words: a new file may be read by its owner alone.
///
/// # Errors
/// [`ForeignError`] that says what to do.
pub fn write_private(path: &Path, bytes: &[u8], replace: bool) -> Result<(), ForeignError> {
    if path.is_dir() {
        return Err(ForeignError::Folder);
    }
    let mut options = File::options();
    options.write(true);
    if replace {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    disk::write_all(&mut file, bytes)?;
    disk::sync(&file)?;
    Ok(())
}

/// Puts a file where another program can open it: in a folder of its own among the system's temporary files, which only
/// this user may read and which the system clears away.
///
/// # Errors
/// [`ForeignError`].
pub fn for_another_program(name: &str, bytes: &[u8]) -> Result<PathBuf, ForeignError> {
    let path = tempfile::Builder::new().prefix("file-").tempdir()?.keep().join(name);
    write(&path, bytes, false)?;
    Ok(path)
}

/// The path that a person typed or pasted: without quotes around it, with `~` and `file://` understood.
#[must_use]
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim();
    let quoted = |sign: char| text.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
    let bare = quoted('"').or_else(|| quoted('\'')).unwrap_or(text);
    let bare = bare.strip_prefix("file://").unwrap_or(bare);
    let home = directories::BaseDirs::new();
    match (bare.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.home_dir().join(rest),
        _ => PathBuf::from(bare),
    }
}

/// A file named `name` where the user keeps documents.
#[must_use]
pub fn in_documents(name: &str) -> PathBuf {
    let folders = directories::UserDirs::new();
    let folder = folders.map(|folders| folders.document_dir().unwrap_or_else(|| folders.home_dir()).to_owned());
    folder.unwrap_or_default().join(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_files_of_a_sane_size_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        assert!(matches!(read(&file, 9), Err(ForeignError::Missing)));
        assert!(matches!(read(folder.path(), 9), Err(ForeignError::Folder)));
        fs::write(&file, b"123456789").unwrap();
        assert_eq!(read(&file, 9).unwrap(), b"123456789");
        assert!(matches!(read(&file, 8), Err(ForeignError::TooBig { limit: 8 })));
        #[cfg(unix)]
        assert!(matches!(read(Path::new("/dev/zero"), 8), Err(ForeignError::TooBig { .. })));
    }

    #[test]
    fn a_file_is_replaced_only_on_request() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("list.csv");
        write(&file, b"one", false).unwrap();
        assert!(matches!(write(&file, b"two", false), Err(ForeignError::Taken)));
        assert_eq!(fs::read(&file).unwrap(), b"one");
        write(&file, b"two", true).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"two");
        assert!(matches!(write(folder.path(), b"", true), Err(ForeignError::Folder)));
    }

    #[test]
    fn private_words_are_for_their_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.md");
        write_private(&file, b"one", false).unwrap();
        assert!(matches!(write_private(&file, b"two", false), Err(ForeignError::Taken)));
        write_private(&file, b"2", true).unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"2");
        assert!(matches!(write_private(folder.path(), b"", true), Err(ForeignError::Folder)));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn paths_are_taken_as_people_paste_them() {
        for text in ["/tmp/a b.csv", " /tmp/a b.csv\n", "\"/tmp/a b.csv\"", "'/tmp/a b.csv'", "file:///tmp/a b.csv"] {
            assert_eq!(typed_path(text), Path::new("/tmp/a b.csv"), "{text}");
        }
        assert!(typed_path("~/a.csv").is_absolute());
    }
}
