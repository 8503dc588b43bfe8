//! A backup in one file, and the way back.
//!
//! The file is a tar archive sealed with a passphrase as an age file: `age -d FILE | tar x` opens it without Sameside. A
//! space that has a passphrase of its own goes in as it lies on disk, still sealed, so that a backup gives its maker
//! nothing that was not theirs to read. Left out: this device's id, locks, earlier backups, and what was set aside.
//!
//! The way back is in two steps, so that no moment is half of the one and half of the other. [`Shelf::unpack`] lays the
//! files ready beside the present ones; the next opening moves the present ones into `private/replaced-<time>` and the
//! others into their place ([`finish`]), and goes on with that if it was interrupted.

mod swap;
#[cfg(test)]
mod tests;

use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

use age::secrecy::SecretString;
use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::check::EXERCISES;
use super::disk::What;
use super::document;
use super::files::held;
use super::place::{PRIVATE, SHARED, is_passing, space_of};
use super::settings::Pair;
use super::vault::{self, IDENTITY, Shut};
use super::write::{SaveError, walk};
use super::{Shelf, shelf};
use crate::couple::{Each, Member};
use crate::fields::Document;

pub(super) use swap::{finish, is_replaced};

/// The largest backup that is read or made, in bytes.
pub const LARGEST: u64 = 512 << 20;
/// The first entry: what this is.
const ABOUT: &str = "backup.ron";
/// The newest schema of [`ABOUT`] that this program reads.
const SCHEMA: u32 = 1;
/// No path in a backup is deeper.
const DEEPEST: usize = 8;

/// Why a backup could not be made or read. What is on this device is as it was in every case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Another passphrase.
    #[error("the passphrase is another one")]
    Wrong,
    /// Not a backup of Sameside.
    #[error("this is not a backup made by Sameside")]
    NotOurs,
    /// Cut short or changed.
    #[error("this backup is damaged: take another copy of it")]
    Damaged,
    /// Asks for more work or holds more than any that Sameside makes.
    #[error("this backup is larger, or asks for more time and memory, than any that Sameside makes")]
    TooLarge,
    /// Made by a newer Sameside.
    #[error("this backup was made by a newer Sameside: update Sameside first")]
    Newer,
    /// The disk.
    #[error(transparent)]
    Disk(#[from] SaveError),
}

impl ArchiveError {
    /// Name of the text for it. [`Self::Disk`] takes `$why`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Wrong => "backup-error-wrong",
            Self::NotOurs => "backup-error-not-ours",
            Self::Damaged => "backup-error-damaged",
            Self::TooLarge => "backup-error-too-large",
            Self::Newer => "backup-error-newer",
            Self::Disk(_) => "backup-error-disk",
        }
    }
}

impl From<Shut> for ArchiveError {
    fn from(shut: Shut) -> Self {
        match shut {
            Shut::Wrong => Self::Wrong,
            Shut::TooCostly => Self::TooLarge,
            Shut::Damaged | Shut::Misplaced => Self::Damaged,
        }
    }
}

/// How a person's space lies in a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// Nothing of it.
    #[default]
    Nothing,
    /// As plain files: whoever opens the backup can read them.
    Plain,
    /// Still behind the passphrase of that person.
    Sealed,
}

/// What a backup holds, to be shown before it is put back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// When it was made.
    pub made: Timestamp,
    /// Each person's space.
    pub spaces: Each<Kept>,
    /// Therapists entered one by one; those of a bulk import are in the file of that import.
    pub therapists: usize,
    /// Files in all.
    pub files: usize,
    /// Whether the shared folder was moved elsewhere on this device, so that putting back leaves it alone.
    pub shared_stays: bool,
}

#[derive(Serialize, Deserialize)]
struct About {
    schema: u32,
    kind: String,
    made: Timestamp,
}

/// One file: its path with `/` between the parts, and its bytes.
type Entry = (String, Vec<u8>);

impl Shelf {
    /// Everything of this data folder as the bytes of one backup file behind `passphrase`. Slow.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn pack(&self, passphrase: &SecretString, now: &Zoned) -> Result<Vec<u8>, ArchiveError> {
        let _ = self.flush(shelf::PATIENCE);
        let entries = self.entries()?;
        let about = About { schema: SCHEMA, kind: "backup".to_owned(), made: now.timestamp() };
        let about = ron::to_string(&about).map_err(|_| ArchiveError::Damaged)?;
        let mut archive = tar::Builder::new(Vec::new());
        let all = std::iter::once((ABOUT.to_owned(), about.into_bytes())).chain(entries);
        for (path, bytes) in all {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o600);
            header.set_mtime(u64::try_from(now.timestamp().as_second()).unwrap_or_default());
            archive.append_data(&mut header, &path, bytes.as_slice()).map_err(|_| ArchiveError::Damaged)?;
        }
        let plain = archive.into_inner().map_err(|_| ArchiveError::Damaged)?;
        if plain.len() as u64 > LARGEST {
            return Err(ArchiveError::TooLarge);
        }
        let sealed = vault::lock_away(&plain, passphrase, self.work.unwrap_or_else(vault::work))?;
        // Before anybody relies on it, it must open.
        open(&sealed, passphrase)?;
        Ok(sealed)
    }

    fn entries(&self) -> Result<Vec<Entry>, ArchiveError> {
        let _turning = held(&self.files.turning);
        let mut entries = Vec::new();
        for folder in [PRIVATE, SHARED, EXERCISES] {
            let base = if folder == SHARED { self.files.shared_folder() } else { self.files.root.join(folder) };
            for path in walk(&*self.files.disk, &base) {
                let Some(below) = path.strip_prefix(&base).ok().map(|rest| Path::new(folder).join(rest)) else {
                    continue;
                };
                let Some(name) = name_of(&below) else { continue };
                let wrong = |error: &std::io::Error| SaveError::disk(&path, error);
                let entry = self.files.disk.look(&path).map_err(|error| wrong(&error))?;
                if entry.is_none_or(|entry| entry.what != What::File) {
                    continue;
                }
                entries.push((name, self.files.disk.read(&path).map_err(|error| wrong(&error))?));
            }
        }
        Ok(entries)
    }

    /// What the backup `bytes` holds, and what putting it back would leave alone here. Slow.
    ///
    /// # Errors
    /// [`ArchiveError`].
    pub fn look_into(&self, bytes: &[u8], passphrase: &SecretString) -> Result<Contents, ArchiveError> {
        let (contents, _) = open(bytes, passphrase)?;
        Ok(Contents { shared_stays: self.files.moved().is_some(), ..contents })
    }

    /// Lays the backup's files ready; the next opening of this folder puts them into place. Slow.
    ///
    /// # Errors
    /// [`ArchiveError`]; then nothing was laid ready.
    pub fn unpack(&self, bytes: &[u8], passphrase: &SecretString) -> Result<Contents, ArchiveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading.into());
        }
        let (mut contents, entries) = open(bytes, passphrase)?;
        contents.shared_stays = self.files.moved().is_some();
        let stays = |path: &str| contents.shared_stays && path.starts_with(SHARED);
        if let Some((path, bytes)) = entries.iter().find(|(path, _)| path == PAIR)
            && let Some(pair) = pair_in(Path::new(path), bytes)
        {
            self.turn_backup(&pair)?;
        }
        swap::lay_ready(&self.files, entries.into_iter().filter(|(path, _)| !stays(path)))?;
        Ok(contents)
    }
}

/// The couple's folder in a backup.
const PAIR: &str = "shared/pair.ron";

/// The id in it.
fn pair_in(path: &Path, bytes: &[u8]) -> Option<String> {
    let sheet = document::parse(path, std::str::from_utf8(bytes).ok()?, Pair::SCHEMA).ok()?;
    Some(Pair::take(&sheet.values()).0.id)
}

/// The name in a backup of a file that lies `below` the data folder, if it belongs into one.
fn name_of(below: &Path) -> Option<String> {
    let parts: Vec<&str> = below
        .components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect::<Option<_>>()?;
    let passing = parts.last().is_none_or(|name| is_passing(name));
    (is_wanted(&parts) && !passing).then(|| parts.join("/"))
}

/// Whether a file with this path belongs into a backup.
fn is_wanted(parts: &[&str]) -> bool {
    match parts {
        [PRIVATE, file] => file.ends_with(".ron") && *file != "device.ron",
        [PRIVATE, "spaces", ..] | [SHARED, ..] => parts.len() > 2 || parts.first() == Some(&SHARED) && parts.len() > 1,
        [EXERCISES, file] => file.ends_with(".ron"),
        _ => false,
    }
}

/// Opens a backup and reads it whole; every path in it is one that Sameside would write.
fn open(bytes: &[u8], passphrase: &SecretString) -> Result<(Contents, Vec<Entry>), ArchiveError> {
    if bytes.len() as u64 > LARGEST {
        return Err(ArchiveError::TooLarge);
    }
    if !bytes.starts_with(b"age-encryption.org/") {
        return Err(ArchiveError::NotOurs);
    }
    let plain = vault::take_out(bytes, passphrase, LARGEST)?;
    let mut archive = tar::Archive::new(Cursor::new(plain.as_slice()));
    let (mut about, mut entries) = (None, Vec::new());
    for entry in archive.entries().map_err(|_| ArchiveError::Damaged)? {
        let mut entry = entry.map_err(|_| ArchiveError::Damaged)?;
        let path: PathBuf = entry.path().map_err(|_| ArchiveError::NotOurs)?.into_owned();
        let mut content = Vec::new();
        let size = entry.size();
        entry.read_to_end(&mut content).map_err(|_| ArchiveError::Damaged)?;
        if content.len() as u64 != size || !entry.header().entry_type().is_file() {
            return Err(ArchiveError::Damaged);
        }
        if about.is_none() {
            about = Some(about_of(&path, &content)?);
            continue;
        }
        let name = name_of(&path).filter(|name| name.split('/').count() <= DEEPEST).ok_or(ArchiveError::NotOurs)?;
        entries.push((name, content));
    }
    let about = about.ok_or(ArchiveError::NotOurs)?;
    Ok((contents(about.made, &entries), entries))
}

fn about_of(path: &Path, content: &[u8]) -> Result<About, ArchiveError> {
    let text = std::str::from_utf8(content).map_err(|_| ArchiveError::NotOurs)?;
    if path != Path::new(ABOUT) {
        return Err(ArchiveError::NotOurs);
    }
    let about: About = ron::from_str(text).map_err(|_| ArchiveError::NotOurs)?;
    match about.schema {
        _ if about.kind != "backup" => Err(ArchiveError::NotOurs),
        1..=SCHEMA => Ok(about),
        _ => Err(ArchiveError::Newer),
    }
}

fn contents(made: Timestamp, entries: &[Entry]) -> Contents {
    let mut spaces = Each::<Kept>::default();
    let mut therapists: Vec<&str> = Vec::new();
    for (path, _) in entries {
        if let Some(member) = space_of(Path::new(path)) {
            let kept: &mut Kept = spaces.of_mut(member);
            let sealed = path.ends_with(&format!("/{}/{IDENTITY}", Member::slug(member)));
            *kept = if sealed || *kept == Kept::Sealed { Kept::Sealed } else { Kept::Plain };
        }
        therapists.extend(path.strip_prefix("shared/therapists/").and_then(|rest| rest.split('/').next()));
    }
    therapists.sort_unstable();
    therapists.dedup();
    Contents { made, spaces, therapists: therapists.len(), files: entries.len(), shared_stays: false }
}
