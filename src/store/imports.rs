//! Many therapists that were added at once: one file for all of them, written once and never changed.
//!
//! ```text
//! (
//!   schema: 1,
//!   kind: "imports",
//!   at: "0199c2f4a3b1-0003-a1b2c3d4",
//!   source: "list.csv",
//!   records: {
//! "5f0c…": {"name":"Zoé Exemple","phones":["418 555-0100"]},
//! "77a1…": {"name":"Max Test"},
//!   },
//!   edits: {
//!     "0b1d…": {"phones": (v: ["418 555-0199"], at: "…", over: Some("…"))},
//!   },
//!   withdrawn: {},
//! )
//! ```
//!
//! `at` stamps every field of `records`; what is edited later lies in `therapists/<id>/<device>.ron` like any other edit.
//! `edits` are what the import changed in records that were there before. `withdrawn` takes a whole import off the list
//! again, or puts it back. One record stands on one line, which lets all cores read a long file at once.

mod batch;
mod draft;
mod read;

pub use batch::{Batch, Batcher};
pub use draft::Draft;
pub(super) use read::text;
pub use read::{Imported, parse};

use std::path::Path;

use super::clock::Stamp;
use super::document::Problem;
use super::place::{self, Place, RecordKind};
use super::queue::{Report, SaveError};
use super::shelf::Shelf;
use super::write;

/// The `kind` at the head of such a file.
pub(super) const KIND: &str = "imports";
/// The shape that this program writes and reads.
pub(super) const SCHEMA: u32 = 1;
/// Larger files are refused before they are read (512 MiB: more than a million therapists).
pub(super) const LARGEST: u64 = 512 << 20;

/// The stamp in the name of a file in the folder of imports, and whether it is a copy that a sync program made.
pub(super) fn stamp_of(name: &str) -> Option<(Stamp, bool)> {
    const WIDTH: usize = 26;
    let stem = name.strip_suffix(".ron")?;
    let (stamp, rest) = stem.split_at_checked(WIDTH)?;
    let told = [".sync-conflict-", "_conflict-", " ("].iter().any(|mark| rest.starts_with(mark));
    (rest.is_empty() || told).then(|| Some((stamp.parse().ok()?, !rest.is_empty())))?
}

impl Shelf {
    /// The imports that any device wrote, the oldest first, by the names of their files.
    #[must_use]
    pub fn list_imports(&self) -> Vec<(Stamp, String)> {
        let folder = self.files.spot(&Path::new(place::SHARED).join(place::IMPORTS)).path();
        let names = self.files.disk.list(&folder).unwrap_or_default();
        let mut imports: Vec<_> = names.into_iter().filter_map(|name| Some((stamp_of(&name)?.0, name))).collect();
        imports.sort_unstable();
        imports.dedup_by_key(|(stamp, _)| *stamp);
        imports
    }

    /// Whether reading the therapists takes longer than a window should wait for: large imports, or very many files.
    #[must_use]
    pub fn has_many_therapists(&self) -> bool {
        /// About 500 records: a few milliseconds.
        const SMALL: u64 = 256 << 10;
        let size = |(_, name): (Stamp, String)| {
            let below = Path::new(place::SHARED).join(place::IMPORTS).join(name);
            std::fs::metadata(self.files.spot(&below).path()).map_or(0, |data| data.len())
        };
        self.list_imports().into_iter().map(size).sum::<u64>() > SMALL
            || self.list_records(RecordKind::Therapist).len() > 500
    }

    /// Reads one of [`Shelf::list_imports`], on all cores. What cannot be read is among the problems.
    #[must_use]
    pub fn load_import(&self, name: &str) -> (Option<Imported>, Vec<Problem>) {
        let below = Path::new(place::SHARED).join(place::IMPORTS).join(name);
        let path = self.files.spot(&below).path();
        let text = match text(&*self.files.disk, &path) {
            Ok(text) => text,
            Err(problem) => return (None, vec![problem]),
        };
        let (imported, mut problems) = parse(&path, &text);
        if let Some(imported) = &imported {
            super::files::held(&self.clock).see(imported.latest());
        }
        if stamp_of(name).is_some_and(|(_, copied)| copied) {
            problems.push(Problem::of_file(&path, place::COPIED));
        }
        (imported, problems)
    }

    /// Begins an import: what is added to the draft counts once [`Shelf::save_import`] has written it.
    #[must_use]
    pub fn begin_import(&self, source: &str) -> Draft {
        let now = (self.files.now)().timestamp();
        let mut clock = super::files::held(&self.clock);
        let draft = Draft::new(clock.next(now), source);
        self.keep_clock(&clock);
        draft
    }

    /// Writes an import as one file, and waits until it is on the disk itself.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing of it is there.
    pub fn save_import(&self, draft: &Draft) -> Result<(), SaveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading);
        }
        let place = Place::Import(draft.at());
        let spot = self.files.spot(&place.path());
        self.files.must_be_here(&spot)?;
        write::write_pieces(&*self.files.disk, &spot, draft.pieces().map(std::borrow::Cow::into_owned))?;
        (self.files.report)(Report::Saved(place));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
