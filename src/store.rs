//! Every byte on disk: files that are whole after any crash, records joined from several devices, backups.
//!
//! The rest of the program knows places and documents, never paths: it opens one [`Shelf`], loads and saves there,
//! and hears of what happened through [`Report`]s.

pub mod archive;
pub mod check;
pub mod clock;
pub mod data;
pub mod disk;
pub mod document;
pub mod foreign;
pub mod imports;
pub mod lock;
pub mod photos;
pub mod place;
pub mod record;
pub mod settings;
pub mod sharing;
pub mod shelf;

mod backup;
mod erase;
mod files;
mod name;
mod outside;
mod queue;
mod turn;
mod vault;
mod write;

#[cfg(test)]
mod faulty;
#[cfg(test)]
mod killed;

/// A text that is wiped from memory when it is dropped, and that nothing prints.
pub use age::secrecy::{ExposeSecret, SecretString};
pub use clock::{Clock, Stamp};
pub use document::Problem;
pub use files::Listener;
pub use lock::{Lock, LockError};
pub use place::{DeviceId, Keeping, Place, Record, RecordKind, Slug};
pub use queue::{Report, SaveError, When};
pub use record::{Claim, Joined, Register, Registers};
pub use shelf::{Guard, Loaded, OpenError, Opening, Role, Shelf, SpaceError, Strength, strength};

/// The RON files of a folder that people may put files into, by name, with their text; whatever is not text is
/// read with replacement characters, so that the reader can name what is wrong with it. A missing folder has none.
#[must_use]
pub fn user_files(folder: &std::path::Path) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<(String, String)> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "ron"))
        .filter(|entry| entry.metadata().is_ok_and(|data| data.is_file() && data.len() <= document::LARGEST))
        .filter_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            Some((entry.file_name().to_string_lossy().into_owned(), String::from_utf8_lossy(&bytes).into_owned()))
        })
        .collect();
    files.sort();
    files
}
