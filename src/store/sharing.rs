//! Where the shared folder lies: a look at a folder that a person chose, and moving to it.
//!
//! Moving goes in an order of which every moment is sound. Everything is joined into the new folder first ([`carry`]),
//! each file crash-safe, `pair.ron` before the others; then one write of `private/device.ron` points there; then the
//! old copy in the data folder goes to `private/backups/shared-<time>`, so that no stale `shared/` lies beside the
//! pointer and misleads people and tools. An old folder outside the data folder stays as it is, for the other device may
//! still use it. Interrupted before the one write, the old folder is in force, and a second try does no harm, since
//! joining twice is joining once; after it the new one is, and the next opening ends the rest ([`finish`]).

mod carry;
mod looking;
#[cfg(test)]
mod tests;
mod turning;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

pub use looking::{NAME, Offer};

use super::Shelf;
use super::document::{Head, Problem};
use super::files::{Files, Found, Job, held};
use super::outside::Outside;
use super::place::{PRIVATE, Place, SHARED};
use super::queue::Report;
use super::settings::{Pair, Settings};
use super::shelf::{Device, nested, read_device};
use super::write::{self, SaveError};
use crate::couple::Member;
use crate::fields::Document;
use carry::Carry;

/// How long moving waits for what is still to be written.
const PATIENCE: Duration = Duration::from_secs(10);
/// Old copies of the shared folder in `private/backups` begin so.
const ASIDE: &str = "shared-";

/// Why a folder cannot be the shared one. Nothing has changed in any case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// There is no such folder.
    #[error("there is no folder there")]
    Missing,
    /// A file or something else.
    #[error("this is not a folder")]
    NotFolder,
    /// A symbolic link.
    #[error("this is a link: choose the folder that it leads to")]
    Link,
    /// No permission to write.
    #[error("Sameside may not write there")]
    NotWritable,
    /// It lies in the data folder or in the present shared folder.
    #[error("this lies inside Sameside's own folder")]
    Inside,
    /// The data folder lies in it.
    #[error("Sameside's own folder lies inside this one")]
    Around,
    /// It is the shared folder already.
    #[error("this is the shared folder already")]
    Same,
    /// A folder called [`NAME`] in it is something else.
    #[error("the folder 'Sameside' in it holds something else")]
    Taken,
    /// Not enough room.
    #[error("there is not enough room")]
    NoRoom,
    /// Something is not saved yet.
    #[error("not everything is saved yet")]
    Unsaved,
    /// The present shared folder is away.
    #[error("the present shared folder is not there")]
    Away,
    /// Two people use this device, and in the folder they are the other way round.
    #[error("two people use this device, and in the folder they are the other way round")]
    BothHere,
    /// The folder counts, but what is this person's is not wholly moved yet: the next opening goes on with it. The one
    /// error after which nothing may be done before that.
    #[error("not everything is in its place yet: close Sameside and open it again")]
    Reopen,
    /// The disk.
    #[error(transparent)]
    Disk(SaveError),
}

impl ShareError {
    /// Name of the text for it. [`Self::Disk`] takes `$why`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Missing => "share-error-missing",
            Self::NotFolder => "share-error-not-folder",
            Self::Link => "share-error-link",
            Self::NotWritable => "share-error-not-writable",
            Self::Inside => "share-error-inside",
            Self::Around => "share-error-around",
            Self::Same => "share-error-same",
            Self::Taken => "share-error-taken",
            Self::NoRoom => "share-error-no-room",
            Self::Unsaved => "share-error-unsaved",
            Self::Away => "share-error-away",
            Self::BothHere => "share-error-both-here",
            Self::Reopen => "share-error-reopen",
            Self::Disk(_) => "share-error-disk",
        }
    }
}

impl From<SaveError> for ShareError {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::Disk { kind: io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded, .. } => Self::NoRoom,
            SaveError::Disk { kind: io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem, .. } => {
                Self::NotWritable
            }
            error => Self::Disk(error),
        }
    }
}

impl Shelf {
    /// The shared folder, where it lies outside the data folder.
    #[must_use]
    pub fn shared_at(&self) -> Option<PathBuf> {
        self.files.moved()
    }

    /// The shared folder, if it lies outside the data folder and is not there now.
    #[must_use]
    pub fn shared_away(&self) -> Option<PathBuf> {
        self.files.away()
    }

    /// Moves the shared folder to `folder`, as [`Shelf::look_at`] offered it. `who` is whoever used this device alone, of
    /// the two in that folder; `None` where the folder is new or already theirs. Everything must be read again
    /// afterwards. Slow.
    ///
    /// # Errors
    /// [`ShareError`]; then nothing has changed that counts.
    pub fn share(&self, folder: &Path, who: Option<Member>) -> Result<(), ShareError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading.into());
        }
        if self.files.away().is_some() {
            return Err(ShareError::Away);
        }
        let turn = self.to_turn(folder, who)?;
        if !self.flush(PATIENCE) || !self.unsaved_places().is_empty() {
            return Err(ShareError::Unsaved);
        }
        let done = {
            let _turning = held(&self.files.turning);
            self.move_to(folder, turn)
        };
        self.look_out_again();
        done
    }

    /// To whom this device's one person turns, if they are the other one in that folder.
    fn to_turn(&self, folder: &Path, who: Option<Member>) -> Result<Option<Member>, ShareError> {
        let here = read::<Settings>(&self.files, &Place::Settings)?.here;
        let ours = looking::pair_of(&self.files, &self.files.shared_folder())?;
        let theirs = looking::pair_of(&self.files, folder)?;
        let same = theirs.is_none() || theirs == ours;
        match who {
            Some(who) if !same && who != here => {
                if turning::is_used(&self.files, who)? {
                    Err(ShareError::BothHere)
                } else {
                    Ok(Some(who))
                }
            }
            _ => Ok(None),
        }
    }

    fn move_to(&self, folder: &Path, turn: Option<Member>) -> Result<(), ShareError> {
        let files = &*self.files;
        let old = files.shared_folder();
        if let Err(error) = files.disk.make_folder(folder, super::disk::Access::Shared)
            && error.kind() != io::ErrorKind::AlreadyExists
        {
            return Err(SaveError::disk(folder, &error).into());
        }
        write::sync_above(&*files.disk, folder)?;
        Carry::new(files, &old, folder, turn.is_some()).all()?;
        let ours = looking::pair_of(files, &old)?.unwrap_or_default();
        let pair = looking::pair_of(files, folder)?.unwrap_or_default();
        let shared = folder.display().to_string();
        self.point(|device| {
            (device.shared, device.pair, device.turning) = (shared, pair, turn);
            if turn.is_some() {
                device.turned = ours;
            }
        })?;
        if let Some(to) = turn {
            return finish_turning(files, &mut held(&self.device_file), to).map_err(|_| {
                // Nothing may be written under the wrong one's name.
                files.stopped.store(true, Ordering::Relaxed);
                ShareError::Reopen
            });
        }
        // What stays is joined again and set aside at the next opening.
        let _ = set_aside(files);
        Ok(())
    }

    /// Keeps everything on this device only, from now on: what lies in the shared folder is copied into the data folder,
    /// and stays there too. Where the shared folder is away, this device goes on with what it kept from before. Slow.
    ///
    /// # Errors
    /// [`ShareError`]; then nothing has changed that counts.
    pub fn keep_here(&self) -> Result<(), ShareError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading.into());
        }
        let Some(old) = self.files.moved() else { return Ok(()) };
        // A disk that stumbles once is not away: then the older copy would be taken for the newest.
        let away = self.files.away().is_some() && self.files.away().is_some();
        if !away && !self.flush(PATIENCE) {
            return Err(ShareError::Unsaved);
        }
        let done = {
            let _turning = held(&self.files.turning);
            self.move_back(&old, away)
        };
        self.look_out_again();
        done
    }

    fn move_back(&self, old: &Path, away: bool) -> Result<(), ShareError> {
        let files = &*self.files;
        let home = files.root.join(SHARED);
        let from = if away { newest_aside(files)? } else { Some(old.to_owned()) };
        if !away {
            set_aside(files)?;
        }
        match files.disk.make_folder(&home, super::disk::Access::Shared) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(SaveError::disk(&home, &error).into());
            }
            _ => write::sync_above(&*files.disk, &home)?,
        }
        let from = from.unwrap_or_else(|| home.clone());
        Carry::new(files, &from, &home, false).all()?;
        self.point(|device| {
            device.shared.clear();
            device.pair.clear();
        })
    }

    /// Before a backup is laid ready that holds this `pair.ron`: one from before this person turned out to be the other of
    /// the two is turned as well, once it is in place. Said twice or for nothing, it does no harm.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing has changed.
    pub(super) fn turn_backup(&self, pair: &str) -> Result<(), SaveError> {
        let _turning = held(&self.files.turning);
        let mut device = held(&self.device_file);
        if pair.is_empty() || device.turned != pair || self.files.moved().is_none() {
            return Ok(());
        }
        let here = read::<Settings>(&self.files, &Place::Settings)?.here;
        let new = Device { turning: Some(here), ..device.clone() };
        write_device(&self.files, &device, &new)?;
        *device = new;
        Ok(())
    }

    /// The one write that counts; from here on this process goes there too.
    fn point(&self, change: impl FnOnce(&mut Device)) -> Result<(), ShareError> {
        let mut device = held(&self.device_file);
        let mut new = device.clone();
        change(&mut new);
        if let Err(error) = write_device(&self.files, &device, &new) {
            // The last step of a write may fail when the new content stands already: then that counts, here as at the
            // next opening.
            if read_device(&self.files) != new {
                return Err(error.into());
            }
        }
        let moved = (!new.shared.is_empty()).then(|| PathBuf::from(&new.shared));
        self.files.set_shared(moved, new.pair.clone());
        *device = new;
        held(&self.seen).clear();
        Ok(())
    }

    /// Watches the folders that count now, and tells the window to read everything again.
    fn look_out_again(&self) {
        let mut outside = held(&self.outside);
        if outside.is_some() {
            // Without it, changes are seen at the next start: nothing is lost.
            *outside = Outside::start(std::sync::Arc::clone(&self.files)).ok();
        }
        (self.files.report)(Report::SharedChanged);
    }

    /// Looks whether a shared folder that was away is there again; then everything must be read again.
    #[must_use]
    pub fn look_again(&self) -> bool {
        let is_here = self.files.away().is_none();
        if is_here {
            self.look_out_again();
        }
        is_here
    }
}

fn write_device(files: &Files, old: &Device, new: &Device) -> Result<(), SaveError> {
    let (changes, whole) = (nested(new.changes_since(old)), nested(new.put()));
    if changes.is_empty() {
        return Ok(());
    }
    files.perform_held(&Place::Device, Job::Write { head: Head::of::<Device>(), changes, whole, fresh: false })
}

/// Ends what an interrupted move left to do. Called while nothing else has the folder.
pub(super) fn finish(files: &Files, device: &mut Device, problems: &mut Vec<Problem>) {
    let done = match device.turning {
        Some(to) => finish_turning(files, device, to),
        None => finish_carrying(files),
    };
    if let Err(error) = done {
        let what = format!("the shared folder is not wholly taken up yet, and the next start goes on: {error}");
        problems.push(Problem::of_file(&files.root.join(PRIVATE), what));
    }
}

fn finish_turning(files: &Files, device: &mut Device, to: Member) -> Result<(), SaveError> {
    // The old copy, in which the two stand the other way round, was carried before the pointer was written.
    set_aside(files)?;
    turning::turn(files, to)?;
    let new = Device { turning: None, ..device.clone() };
    write_device(files, device, &new)?;
    *device = new;
    Ok(())
}

/// Joins a copy that was not set aside yet, or what was kept here while the shared folder was away.
fn finish_carrying(files: &Files) -> Result<(), SaveError> {
    let Some(folder) = files.moved().filter(|_| files.away().is_none()) else { return Ok(()) };
    let home = files.root.join(SHARED);
    if carry::has_files(files, &home)? {
        Carry::new(files, &home, &folder, false).all()?;
        set_aside(files)?;
    }
    Ok(())
}

/// Moves the `shared` in the data folder to `private/backups/shared-<time>`, if there is anything in it.
fn set_aside(files: &Files) -> Result<(), SaveError> {
    let home = files.root.join(SHARED);
    if !carry::has_files(files, &home)? {
        return Ok(());
    }
    let backups = write::Spot {
        base: files.root.clone(),
        below: files.private("backups").join("x"),
        access: super::disk::Access::Private,
    };
    write::refuse_links(&*files.disk, &backups)?;
    write::make_folders(&*files.disk, &backups)?;
    let stamp = (files.now)().strftime("%Y-%m-%dT%H%M%S").to_string();
    for number in 1..u32::MAX {
        let more = if number == 1 { String::new() } else { format!("-{number}") };
        let to = backups.path().with_file_name(format!("{ASIDE}{stamp}{more}"));
        let wrong = |error: &io::Error| SaveError::disk(&to, error);
        if files.disk.look(&to).map_err(|error| wrong(&error))?.is_some() {
            continue;
        }
        files.disk.rename_folder(&home, &to).map_err(|error| wrong(&error))?;
        write::sync_above(&*files.disk, &to)?;
        return write::sync_above(&*files.disk, &home);
    }
    Ok(())
}

/// The copy of the shared folder that was set aside last.
fn newest_aside(files: &Files) -> Result<Option<PathBuf>, SaveError> {
    let backups = files.root.join(PRIVATE).join("backups");
    match files.disk.list(&backups) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::disk(&backups, &error)),
        names => {
            let newest = names.unwrap_or_default().into_iter().rfind(|name| name.starts_with(ASIDE));
            Ok(newest.map(|name| backups.join(name)))
        }
    }
}

/// A document as it lies on disk; a missing or garbled one counts as its defaults.
fn read<D: Document>(files: &Files, place: &Place) -> Result<D, SaveError> {
    match files.read(&files.spot(&place.path()), D::KIND, D::SCHEMA) {
        Found::Sheet(sheet, _) => Ok(D::take(&sheet.values()).0),
        Found::Barred(error) => Err(error),
        Found::Nothing | Found::Garbled(_) => Ok(D::default()),
    }
}

/// Changes a document on disk; a garbled one is set aside by the write.
fn amend<D: Document + Clone>(files: &Files, place: &Place, change: impl FnOnce(&mut D)) -> Result<(), SaveError> {
    let old: D = read(files, place)?;
    let mut new = old.clone();
    change(&mut new);
    let changes = nested(new.changes_since(&old));
    if changes.is_empty() {
        return Ok(());
    }
    let job = Job::Write { head: Head::of::<D>(), changes, whole: nested(new.put()), fresh: false };
    files.perform_held(place, job)
}

/// A fresh name for a couple's folder.
fn new_pair() -> Pair {
    crate::directory::TherapistId::random().map(|id| Pair { id: id.as_str().to_owned() }).unwrap_or_default()
}
