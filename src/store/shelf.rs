//! The open store: what the rest of the program holds.

mod opening;
mod records;
mod spaces;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use jiff::civil::Date;

use super::archive;
use super::backup;
use super::clock::Clock;
use super::document::{Head, MIGRATIONS, Problem, migrate, nest};
use super::files::{Files, Found, Job, held};
use super::lock::{Holder, Lock};
use super::outside::Outside;
use super::place::{self, DeviceId, Keeping, Place, Record};
use super::queue::{Queue, Report, SaveError, Unsaved, When};
use super::record::Registers;
use super::sharing;
use super::turn;
use super::write;
use crate::fields::{Document, Values};

pub(super) use self::opening::find_shared;
pub(super) use self::opening::read_device;
pub use self::opening::{Device, OpenError, Opening, Role};
use self::opening::{make_folders, own_device, take_lock};
pub(super) use self::spaces::PATIENCE;
pub use self::spaces::{Guard, SpaceError, Strength, strength};

/// A document as it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded<D> {
    /// The document: defaults for what is absent or unreadable.
    pub value: D,
    /// Whether a file was there, readable or not.
    pub found: bool,
    /// What could not be read. The file's text was copied to `private/corrupt` word for word.
    pub problems: Vec<Problem>,
    /// The day of the newest good backup, when the file as a whole is unreadable: see [`Shelf::restore`].
    pub backup: Option<Date>,
    /// Written by a newer Sameside: saving it is refused with [`SaveError::Newer`].
    pub read_only: bool,
}

/// The open store. Dropped, it writes what is still unsaved and gives the lock back.
pub struct Shelf {
    pub(super) files: Arc<Files>,
    // The order matters: the queue must finish before the lock goes.
    queue: Option<Queue>,
    pub(super) outside: Mutex<Option<Outside>>,
    /// Whether the shared folder was there when this was opened, so that what is known of it is the whole of it.
    knows_shared: bool,
    _lock: Option<Lock>,
    pub(super) device: DeviceId,
    pub(super) clock: Mutex<Clock>,
    pub(super) device_file: Mutex<Device>,
    /// The scrypt work factor for new key files, where a test wants it cheap.
    pub(super) work: Option<u8>,
    /// What each file of a record last said, by name: a file that is away for a moment takes nothing back.
    pub(super) seen: Mutex<BTreeMap<Record, BTreeMap<String, Registers>>>,
}

impl fmt::Debug for Shelf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shelf").field("root", &self.files.root).finish_non_exhaustive()
    }
}

impl Shelf {
    /// Opens the data folder `root`: makes what is missing, takes the lock, clears away what a crash left.
    ///
    /// # Errors
    /// [`OpenError`]; nothing is left half made that would matter.
    pub fn open(root: &Path, opening: Opening) -> Result<(Self, Vec<Problem>), OpenError> {
        let Opening { role, report, now, look_out, disk, work } = opening;
        let files = Files::new(disk, root, now, report);
        let lock = match role {
            Role::Reader => None,
            Role::Window => Some(take_lock(&files, Holder::Window)?),
            Role::Watch => Some(take_lock(&files, Holder::Watch)?),
        };
        let mut problems = Vec::new();
        let mut device = if lock.is_some() { own_device(&files, &mut problems)? } else { read_device(&files) };
        // As it was just read: were it read again and the disk failed, an empty folder would be taken for the shared one.
        find_shared(&files, &device);
        if role == Role::Window {
            archive::finish(&files, &mut problems);
            turn::finish(&files, &mut problems);
            sharing::finish(&files, &mut device, &mut problems);
        }
        turn::look(&files)?;
        let files = Arc::new(files);
        let (mut queue, mut outside) = (None, None);
        if lock.is_some() {
            make_folders(&files)?;
            write::sweep(&*files.disk, &files.spot(Path::new(place::PRIVATE)).path(), SystemTime::now());
            write::sweep(&*files.disk, &files.spot(Path::new(place::SHARED)).path(), SystemTime::now());
            backup::prune(&files);
            queue = Some(Queue::start(Arc::clone(&files)).map_err(|error| SaveError::disk(root, &error))?);
        }
        if look_out {
            match Outside::start(Arc::clone(&files)) {
                Ok(started) => outside = Some(started),
                Err(error) => problems.push(Problem::of_file(
                    root,
                    format!("changes from outside will be seen at the next start only: {error}"),
                )),
            }
        }
        let knows_shared = files.away().is_none();
        let id = device.id.parse().unwrap_or(DeviceId::NONE);
        let clock = Mutex::new(Clock::new(id, device.clock.parse().ok()));
        let shelf = Self {
            files,
            queue,
            outside: Mutex::new(outside),
            knows_shared,
            _lock: lock,
            device: id,
            clock,
            device_file: Mutex::new(device),
            work,
            seen: Mutex::default(),
        };
        Ok((shelf, problems))
    }

    /// A store on these files that only looks.
    pub(super) fn reader(files: Files, clock: Clock, device: Device) -> Self {
        Self {
            device: clock.device(),
            files: Arc::new(files),
            queue: None,
            outside: Mutex::default(),
            knows_shared: true,
            _lock: None,
            clock: Mutex::new(clock),
            device_file: Mutex::new(device),
            work: None,
            seen: Mutex::default(),
        }
    }

    /// This device.
    #[must_use]
    pub const fn device(&self) -> DeviceId {
        self.device
    }

    /// The data folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.files.root
    }

    /// Where a file lies; in a locked space, where it would lie if the space were plain.
    #[must_use]
    pub fn path(&self, place: &Place) -> PathBuf {
        self.files.spot(&self.files.home(place).unwrap_or_else(|_| place.path())).path()
    }

    /// The place of this device's part of a record.
    #[must_use]
    pub const fn own(&self, record: Record) -> Place {
        Place::Shared(record, self.device)
    }

    /// Reads a private document or the pair, unsaved changes included.
    #[must_use]
    pub fn load<D: Document>(&self, place: &Place) -> Loaded<D> {
        let unsaved = self.queue.as_ref().map_or(Unsaved::Nothing, |queue| queue.unsaved(place));
        let mut loaded = self.load_disk::<D>(place);
        match unsaved {
            Unsaved::Nothing => {}
            Unsaved::Removed => {
                loaded =
                    Loaded { value: D::default(), found: false, problems: Vec::new(), backup: None, read_only: false };
            }
            Unsaved::Fields { changes, whole, fresh } => {
                let values = if fresh || !loaded.found || loaded.backup.is_some() {
                    whole
                } else {
                    let mut values = loaded.value.put();
                    values.extend(changes);
                    values
                };
                loaded.value = D::take(&values).0;
                loaded.found = true;
            }
        }
        loaded
    }

    fn load_disk<D: Document>(&self, place: &Place) -> Loaded<D> {
        let mut loaded =
            Loaded { value: D::default(), found: true, problems: Vec::new(), backup: None, read_only: false };
        let _turning = held(&self.files.turning);
        // In a locked space there is nothing to see, and nothing wrong with that.
        let Ok(below) = self.files.home(place) else { return Loaded { found: false, ..loaded } };
        let spot = self.files.spot(&below);
        let path = spot.path();
        match self.files.read(&spot, D::KIND, D::SCHEMA) {
            Found::Nothing => loaded.found = false,
            Found::Barred(error) => loaded.problems.push(Problem::of_file(&path, error.while_reading())),
            Found::Garbled(problem) => {
                loaded.problems.push(problem);
                let newest = backup::newest(&self.files, &below, &Head::of::<D>());
                loaded.backup = newest.ok().flatten().map(|(day, _)| day);
                self.set_aside(&below, &mut loaded.problems);
            }
            Found::Sheet(sheet, bytes) => {
                self.files.note(&path, Some(&bytes));
                loaded.read_only = sheet.head.schema > D::SCHEMA;
                let values = migrate(MIGRATIONS, D::KIND, sheet.head.schema, D::SCHEMA, sheet.values());
                let (value, bad) = D::take(&values.unwrap_or_default());
                loaded.value = value;
                loaded.problems.extend(bad.iter().map(|bad| sheet.problem(&path, bad)));
                if !bad.is_empty() {
                    self.set_aside(&below, &mut loaded.problems);
                }
            }
        }
        loaded
    }

    fn set_aside(&self, below: &Path, problems: &mut Vec<Problem>) {
        if self.queue.is_none() {
            return;
        }
        if let Err(error) = backup::set_aside(&self.files, below) {
            problems.push(Problem::of_file(&self.files.spot(below).path(), error.to_string()));
        }
    }

    /// Puts the newest good backup of a document in the place of an unreadable file, which is set aside first.
    /// Returns the backup's day, or `None` when there is none.
    ///
    /// # Errors
    /// [`SaveError`]; the file is then as it was.
    pub fn restore<D: Document>(&self, place: &Place) -> Result<Option<Date>, SaveError> {
        if self.queue.is_none() {
            return Err(SaveError::OnlyReading);
        }
        let _turning = held(&self.files.turning);
        backup::restore(&self.files, &self.files.home(place)?, &Head::of::<D>())
    }

    /// Saves the fields in which `new` differs from `old`; what else is in the file by then stays. `old` is what
    /// was loaded or last saved. Records go through [`Shelf::save_record`] instead, or are refused.
    pub fn save<D: Document>(&self, place: &Place, old: &D, new: &D, when: When) {
        if place.keeping() == Keeping::Joined {
            let error = SaveError::NotOurs(self.path(place));
            return (self.files.report)(Report::Failed { place: place.clone(), error });
        }
        let changes = new.changes_since(old);
        if !changes.is_empty() {
            self.push(place, Head::of::<D>(), nested(changes), nested(new.put()), when);
        }
    }

    /// Removes a private file and all its backups: what a person deletes is gone.
    ///
    /// # Errors
    /// [`SaveError::NotOurs`] for shared files, where deletion is a field; [`SaveError::OnlyReading`].
    pub fn remove(&self, place: &Place) -> Result<(), SaveError> {
        if place.keeping() != Keeping::Private {
            return Err(SaveError::NotOurs(self.path(place)));
        }
        let queue = self.queue.as_ref().ok_or(SaveError::OnlyReading)?;
        queue.push(place, Job::Remove, When::Now);
        Ok(())
    }

    /// Whether this was opened only to look.
    pub(super) const fn is_reader(&self) -> bool {
        self.queue.is_none()
    }

    /// Writes everything that is unsaved, and waits for it; false when `timeout` passed first.
    #[must_use]
    pub fn flush(&self, timeout: Duration) -> bool {
        self.queue.as_ref().is_none_or(|queue| queue.flush(timeout))
    }

    /// The files whose newest state is not on disk yet.
    #[must_use]
    pub fn unsaved_places(&self) -> Vec<Place> {
        self.queue.as_ref().map(Queue::unsaved_places).unwrap_or_default()
    }

    pub(super) fn unsaved(&self, place: &Place) -> Unsaved {
        self.queue.as_ref().map_or(Unsaved::Nothing, |queue| queue.unsaved(place))
    }

    pub(super) fn push(&self, place: &Place, head: Head, changes: Values, whole: Values, when: When) {
        match &self.queue {
            Some(queue) => queue.push(place, Job::Write { head, changes, whole, fresh: false }, when),
            None => (self.files.report)(Report::Failed { place: place.clone(), error: SaveError::OnlyReading }),
        }
    }

    /// Keeps the clock. The stamps in this device's own files would do, so it may come a second late.
    pub(super) fn keep_clock(&self, clock: &Clock) {
        let mut device = held(&self.device_file);
        let mut new = device.clone();
        new.clock = clock.last().map(|stamp| stamp.to_string()).unwrap_or_default();
        self.save(&Place::Device, &*device, &new, When::Soon);
        *device = new;
    }
}

impl Drop for Shelf {
    /// What could not be written because the shared folder went away is kept in the data folder; the next opening at
    /// which the shared folder is there joins it with what lies there.
    fn drop(&mut self) {
        let waits = self.unsaved_places().iter().any(|place| place.keeping() != Keeping::Private);
        if waits && self.knows_shared && self.files.away().is_some() {
            self.files.set_shared(None, String::new());
            let _ = make_folders(&self.files);
        }
    }
}

pub(super) fn nested(values: Values) -> Values {
    values.into_iter().map(|(name, text)| (name, nest(&text))).collect()
}
