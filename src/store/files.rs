//! Reading and writing one place at a time, with nothing held back: the queue decides when, this does.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Zoned;

use super::backup;
use super::disk::{Access, Disk, What};
use super::document::{self, Head, MIGRATIONS, Problem, Sheet};
use super::place::{Keeping, PRIVATE, Place, SHARED};
use super::queue::Report;
use super::write::{self, SaveError, Spot};
use crate::fields::Values;

/// Tells the time, so that tests can choose it.
pub type Now = Arc<dyn Fn() -> Zoned + Send + Sync>;
/// Hears what happened on disk; called from the store's own threads.
pub type Listener = Arc<dyn Fn(Report) + Send + Sync>;

/// The data folder and the ways to it.
pub struct Files {
    pub disk: Arc<dyn Disk>,
    /// The data folder.
    pub root: PathBuf,
    /// The shared folder where it was moved out of the data folder.
    pub shared: Option<PathBuf>,
    pub now: Now,
    pub report: Listener,
    /// Files by the hash of the content that this process last read or wrote.
    known: Mutex<HashMap<PathBuf, u64>>,
}

/// What reading a file came to.
pub enum Found {
    /// No file.
    Nothing,
    /// A readable one, and its bytes.
    Sheet(Sheet, Vec<u8>),
    /// A file whose content cannot be understood.
    Garbled(Problem),
    /// The system would not let it be read.
    Barred(SaveError),
}

/// One write that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Job {
    /// Fields to write over what is there.
    Write {
        head: Head,
        /// Only what changed.
        changes: Values,
        /// The whole document, for when there is no file to write over.
        whole: Values,
        /// Overlook what is on disk: the file was removed before this.
        fresh: bool,
    },
    /// The file and its backups are to go.
    Remove,
}

/// The lock's content even if a thread died holding it: nothing here is ever half changed.
pub fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

impl Files {
    pub fn new(disk: Arc<dyn Disk>, root: &Path, now: Now, report: Listener) -> Self {
        Self { disk, root: root.to_owned(), shared: None, now, report, known: Mutex::default() }
    }

    /// Where a path relative to the data folder really lies.
    pub fn spot(&self, below: &Path) -> Spot {
        let access = if below.starts_with(SHARED) { Access::Shared } else { Access::Private };
        match (&self.shared, below.strip_prefix(SHARED)) {
            (Some(base), Ok(rest)) => Spot { base: base.clone(), below: rest.to_owned(), access },
            _ => Spot { base: self.root.clone(), below: below.to_owned(), access },
        }
    }

    /// The path relative to the data folder of a path as [`Files::spot`] gives it.
    pub fn below(&self, path: &Path) -> Option<PathBuf> {
        if let Some(shared) = &self.shared
            && let Ok(rest) = path.strip_prefix(shared)
        {
            return Some(Path::new(SHARED).join(rest));
        }
        path.strip_prefix(&self.root).ok().map(Path::to_owned)
    }

    /// Notes the content of a file; true when this process did not know it.
    pub fn note(&self, path: &Path, bytes: Option<&[u8]>) -> bool {
        let mut known = held(&self.known);
        match bytes {
            Some(bytes) => known.insert(path.to_owned(), hash(bytes)) != Some(hash(bytes)),
            None => known.remove(path).is_some(),
        }
    }

    /// Reads a file of the given kind. A file of another kind counts as garbled.
    pub fn read(&self, spot: &Spot, kind: &str, schema: u32) -> Found {
        let path = spot.path();
        let bytes = match self.bytes(spot) {
            Ok(Some(Ok(bytes))) => bytes,
            Ok(Some(Err(problem))) => return Found::Garbled(problem),
            Ok(None) => return Found::Nothing,
            Err(error) => return Found::Barred(error),
        };
        let sheet = document::decode(&path, &bytes).and_then(|text| {
            let sheet = document::parse(&path, text, schema)?;
            sheet.must_be(&path, kind)?;
            match document::migrate(MIGRATIONS, kind, sheet.head.schema, schema, Values::new()) {
                Some(_) => Ok(sheet),
                None => Err(Problem::of_file(&path, format!("schema {} is not known", sheet.head.schema))),
            }
        });
        match sheet {
            Ok(sheet) => Found::Sheet(sheet, bytes),
            Err(problem) => Found::Garbled(problem),
        }
    }

    /// The content of a file below the base, unless it is too large.
    fn bytes(&self, spot: &Spot) -> Result<Option<Result<Vec<u8>, Problem>>, SaveError> {
        write::refuse_links(&*self.disk, spot)?;
        let path = spot.path();
        let wrong = |error: &io::Error| SaveError::disk(&path, error);
        match self.disk.look(&path).map_err(|error| wrong(&error))? {
            Some(entry) if entry.what != What::File => {
                Ok(Some(Err(Problem::of_file(&path, "this is not a file, though a file belongs here"))))
            }
            Some(entry) if entry.size > document::LARGEST => Ok(Some(Err(document::too_large(&path)))),
            Some(_) => match self.disk.read(&path) {
                Ok(bytes) => Ok(Some(Ok(bytes))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(wrong(&error)),
            },
            None => Ok(None),
        }
    }

    /// Does one job. On any error the place holds its old content, whole.
    pub fn perform(&self, place: &Place, job: &Job) -> Result<(), SaveError> {
        let spot = self.spot(&place.path());
        match job {
            Job::Remove => self.purge(place, &spot),
            Job::Write { head, changes, whole, fresh } => {
                if *fresh {
                    self.purge(place, &spot)?;
                }
                self.write(place, &spot, head, changes, whole)
            }
        }
    }

    fn purge(&self, place: &Place, spot: &Spot) -> Result<(), SaveError> {
        // The copies go first: once the file itself is gone, nothing would show that they are still there.
        backup::forget(self, &place.path())?;
        write::remove(&*self.disk, spot)?;
        self.note(&spot.path(), None);
        Ok(())
    }

    fn write(
        &self,
        place: &Place,
        spot: &Spot,
        head: &Head,
        changes: &Values,
        whole: &Values,
    ) -> Result<(), SaveError> {
        let path = spot.path();
        let mut values = whole.clone();
        let mut edited_outside = false;
        match self.read(spot, &head.kind, head.schema) {
            Found::Nothing => {}
            Found::Barred(error) => return Err(error),
            Found::Garbled(problem) => {
                backup::set_aside(self, &place.path())?;
                (self.report)(Report::Unreadable(problem));
            }
            Found::Sheet(sheet, _) if sheet.head.schema > head.schema => return Err(SaveError::Newer(path)),
            Found::Sheet(..) if place.keeping() == Keeping::Once => {
                (self.report)(Report::ChangedOutside(place.clone()));
                return Ok(());
            }
            Found::Sheet(sheet, bytes) => {
                edited_outside = self.note(&path, Some(&bytes));
                if let Err(error) = backup::keep(self, &place.path(), &bytes) {
                    (self.report)(Report::NoBackup { place: place.clone(), error });
                }
                let from = sheet.head.schema;
                values = document::migrate(MIGRATIONS, &head.kind, from, head.schema, sheet.values())
                    .unwrap_or_else(|| whole.clone());
                values.extend(changes.clone());
            }
        }
        let text = document::render(head, &values);
        // What is about to replace good data must itself be readable.
        match document::parse(&path, &text, head.schema) {
            Ok(sheet) if sheet.values() == values && sheet.head == *head => {}
            Ok(_) => return Err(SaveError::Garbled(path, "the text does not say what was meant".to_owned())),
            Err(problem) => return Err(SaveError::Garbled(path, problem.what)),
        }
        let before = held(&self.known).insert(path.clone(), hash(text.as_bytes()));
        write::write_whole(&*self.disk, spot, text.as_bytes()).inspect_err(|_| {
            let mut known = held(&self.known);
            match before {
                Some(before) => known.insert(path.clone(), before),
                None => known.remove(&path),
            };
        })?;
        if edited_outside {
            (self.report)(Report::ChangedOutside(place.clone()));
        }
        Ok(())
    }

    /// Today, in the time zone of the device.
    pub fn today(&self) -> jiff::civil::Date {
        (self.now)().date()
    }

    /// A folder below the private one.
    pub fn private(&self, name: &str) -> PathBuf {
        Path::new(PRIVATE).join(name)
    }
}
