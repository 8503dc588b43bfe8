//! Reading and writing one place at a time, with nothing held back: the queue decides when, this does.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use jiff::Zoned;
use zeroize::Zeroizing;

use super::backup;
use super::disk::{Access, Disk, What};
use super::document::{self, Head, MIGRATIONS, Problem, Sheet};
use super::place::{self, Keeping, PRIVATE, Place, SHARED};
use super::queue::Report;
use super::vault::{self, Keys, Shut};
use super::write::{self, SaveError, Spot};
use crate::couple::Each;
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
    /// Where the shared folder lies.
    shared: RwLock<Shared>,
    pub now: Now,
    pub report: Listener,
    /// Nothing is written any more until the next opening.
    pub stopped: AtomicBool,
    /// Files by the hash of the content that this process last read or wrote.
    known: Mutex<HashMap<PathBuf, u64>>,
    /// How each person's space is kept.
    pub spaces: Mutex<Each<Space>>,
    /// Held while a private file is read or written, and while a space goes from plain to sealed or back.
    pub turning: Mutex<()>,
}

/// Where the shared folder lies.
#[derive(Debug, Clone, Default)]
struct Shared {
    /// Outside the data folder, when a person moved it there.
    moved: Option<PathBuf>,
    /// The id in its `pair.ron` when it was moved there; empty when that is not known.
    pair: String,
}

/// How one person's space is kept on this device.
#[derive(Debug, Clone, Default)]
pub enum Space {
    /// Without a passphrase: plain files.
    #[default]
    Plain,
    /// With one that has not been given: nothing is read or written.
    Locked,
    /// With one that was given.
    Open(Arc<Keys>),
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
    /// The whole content of a file of a space that was locked meanwhile: sealed, with the path below the data folder.
    Sealed { below: PathBuf, bytes: Vec<u8> },
    /// The file and its backups are to go.
    Remove,
}

/// Why a file has no text.
enum Unread {
    Garbled(Problem),
    Barred(SaveError),
}

/// What is to be written.
struct Made {
    bytes: Vec<u8>,
    /// Somebody else changed the file since it was read.
    edited_outside: bool,
}

/// Seals a text and reads it back, before it replaces anything.
pub fn seal(keys: &Keys, below: &Path, inner: &str, text: &str) -> Option<Vec<u8>> {
    let bytes = keys.seal(inner, text).ok()?;
    let name = below.file_name()?.to_str()?;
    let (again, opened) = keys.open(name, &bytes).ok()?;
    let body = opened.strip_prefix("// ")?.strip_prefix(inner)?.strip_prefix('\n')?;
    (again == inner && body.trim_end_matches([' ', '\n']) == text.trim_end_matches([' ', '\n'])).then_some(bytes)
}

/// The most that is read of a file, in bytes.
fn largest(path: &Path) -> u64 {
    if vault::is_age(path) { vault::LARGEST_SEALED } else { document::LARGEST }
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
        Self {
            disk,
            root: root.to_owned(),
            shared: RwLock::default(),
            now,
            report,
            stopped: AtomicBool::new(false),
            known: Mutex::default(),
            spaces: Mutex::default(),
            turning: Mutex::default(),
        }
    }

    /// How the space is kept in which a path lies; plain for all that lies in none.
    fn space_of(&self, path: &Path) -> Space {
        place::space_of(path).map(|member| held(&self.spaces).of(member).clone()).unwrap_or_default()
    }

    /// Where a place lies, relative to the data folder.
    pub fn home(&self, place: &Place) -> Result<PathBuf, SaveError> {
        let plain = place.path();
        let Some(member) = place.space() else { return Ok(plain) };
        match held(&self.spaces).of(member) {
            Space::Plain => Ok(plain),
            Space::Locked => Err(SaveError::Locked(self.spot(&plain).path())),
            Space::Open(keys) => {
                let name = keys.name(&place.inner());
                keys.learn(&name, place);
                Ok(place::space_folder(member).join(name))
            }
        }
    }

    /// What a sealed file of an open space stands for, as far as it was read or written before.
    pub fn sealed_place(&self, below: &Path) -> Option<Place> {
        match self.space_of(below) {
            Space::Open(keys) => keys.place(below.file_name()?.to_str()?),
            Space::Plain | Space::Locked => None,
        }
    }

    /// The text of a file, unsealed if it is sealed.
    fn text(&self, path: &Path, bytes: &[u8]) -> Result<Zeroizing<String>, Unread> {
        if !vault::is_age(path) {
            let text = document::decode(path, bytes).map_err(Unread::Garbled)?;
            return Ok(Zeroizing::new(text.to_owned()));
        }
        let Space::Open(keys) = self.space_of(path) else {
            return Err(Unread::Barred(SaveError::Locked(path.to_owned())));
        };
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let (_, text) = keys.open(name, bytes).map_err(|shut| {
            let what = if shut == Shut::Wrong { Shut::Damaged } else { shut };
            Unread::Garbled(Problem::of_file(path, what.to_string()))
        })?;
        Ok(text)
    }

    /// Where a path relative to the data folder really lies.
    pub fn spot(&self, below: &Path) -> Spot {
        let access = if below.starts_with(SHARED) { Access::Shared } else { Access::Private };
        let moved = if access == Access::Shared { self.moved() } else { None };
        match (moved, below.strip_prefix(SHARED)) {
            (Some(base), Ok(rest)) => Spot { base, below: rest.to_owned(), access },
            _ => Spot { base: self.root.clone(), below: below.to_owned(), access },
        }
    }

    /// The shared folder, where it lies outside the data folder.
    pub fn moved(&self) -> Option<PathBuf> {
        self.shared.read().unwrap_or_else(PoisonError::into_inner).moved.clone()
    }

    /// The shared folder, wherever it lies.
    pub fn shared_folder(&self) -> PathBuf {
        self.moved().unwrap_or_else(|| self.root.join(SHARED))
    }

    /// From here on the shared folder lies there; `pair` is the id in it, as far as it is known.
    pub fn set_shared(&self, moved: Option<PathBuf>, pair: String) {
        *self.shared.write().unwrap_or_else(PoisonError::into_inner) = Shared { moved, pair };
    }

    /// The shared folder, if it was moved and is not there now: a stick that was pulled out, a disk that is not mounted.
    /// The empty folder on which one is mounted is not taken for it.
    pub fn away(&self) -> Option<PathBuf> {
        let Shared { moved, pair } = self.shared.read().unwrap_or_else(PoisonError::into_inner).clone();
        let folder = moved?;
        let is = |path: &Path, what: What| matches!(self.disk.look(path), Ok(Some(entry)) if entry.what == what);
        // With the dot, a link that a person put there by hand is followed.
        let here = is(&folder.join("."), What::Folder) && (pair.is_empty() || is(&folder.join("pair.ron"), What::File));
        (!here).then_some(folder)
    }

    /// Refuses to write into a shared folder that is away.
    pub fn must_be_here(&self, spot: &Spot) -> Result<(), SaveError> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(SaveError::OnlyReading);
        }
        if spot.access == Access::Private {
            return Ok(());
        }
        match self.away() {
            Some(folder) => Err(SaveError::Disk {
                path: folder,
                kind: io::ErrorKind::NotFound,
                what: "the shared folder is not there".to_owned(),
            }),
            None => Ok(()),
        }
    }

    /// The path relative to the data folder of a path as [`Files::spot`] gives it.
    pub fn below(&self, path: &Path) -> Option<PathBuf> {
        if let Some(shared) = self.moved()
            && let Ok(rest) = path.strip_prefix(&shared)
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
        let text = match self.text(&path, &bytes) {
            Ok(text) => text,
            Err(Unread::Garbled(problem)) => return Found::Garbled(problem),
            Err(Unread::Barred(error)) => return Found::Barred(error),
        };
        let sheet = document::parse(&path, &text, schema).and_then(|sheet| {
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
            Some(entry) if entry.size > largest(&path) => Ok(Some(Err(document::too_large(&path)))),
            Some(_) => match self.disk.read(&path) {
                Ok(bytes) => Ok(Some(Ok(bytes))),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(wrong(&error)),
            },
            None => Ok(None),
        }
    }

    /// Does one job. On any error the place holds its old content, whole.
    ///
    /// The job is taken, and no key is held while the disk is waited for: a disk that hangs keeps neither in memory once
    /// the space was locked meanwhile.
    pub fn perform(&self, place: &Place, job: Job) -> Result<(), SaveError> {
        let _turning = held(&self.turning);
        if self.stopped.load(Ordering::Relaxed) {
            return Err(SaveError::OnlyReading);
        }
        self.perform_held(place, job)
    }

    /// The same for whoever holds [`Files::turning`].
    pub fn perform_held(&self, place: &Place, job: Job) -> Result<(), SaveError> {
        match job {
            Job::Remove => self.purge(&self.home(place)?),
            Job::Sealed { below, bytes } => self.put(&below, &bytes),
            Job::Write { fresh, .. } => {
                let below = self.home(place)?;
                if fresh {
                    self.purge(&below)?;
                }
                let made = self.make(place, &below, &job, true)?;
                drop(job);
                let Some(made) = made else { return Ok(()) };
                self.keep_key(place)?;
                self.put(&below, &made.bytes)?;
                if made.edited_outside {
                    (self.report)(Report::ChangedOutside(place.clone()));
                }
                Ok(())
            }
        }
    }

    fn purge(&self, below: &Path) -> Result<(), SaveError> {
        let spot = self.spot(below);
        // The copies go first: once the file itself is gone, nothing would show that they are still there.
        backup::forget(self, below)?;
        write::remove(&*self.disk, &spot)?;
        self.note(&spot.path(), None);
        Ok(())
    }

    /// The sealed content that a job would write, for when its space is about to be locked. On a disk that `hangs`
    /// nothing is looked up: then it is what the window knew of the document.
    pub fn freeze(&self, place: &Place, job: &Job, hangs: bool) -> Option<Job> {
        let below = self.home(place).ok()?;
        if !vault::is_age(&below) {
            return None;
        }
        let Job::Write { whole, head, .. } = job else { return None };
        let made = if hangs { None } else { self.make(place, &below, job, false).ok().flatten() };
        // What lies on disk cannot be read just now: what the window knew of the document is all there is.
        let bytes = made.map(|made| made.bytes).or_else(|| self.render(place, &below, head, whole).ok())?;
        Some(Job::Sealed { below, bytes })
    }

    /// The other way round, once the space is open again.
    pub fn thaw(&self, job: &Job) -> Option<Job> {
        let Job::Sealed { below, bytes } = job else { return None };
        let path = self.spot(below).path();
        let text = self.text(&path, bytes).ok()?;
        let sheet = document::parse(&path, &text, u32::MAX).ok()?;
        let values = sheet.values();
        Some(Job::Write { head: sheet.head, changes: values.clone(), whole: values, fresh: false })
    }

    /// The whole new content for a job: what is on disk with the changes over it. `None` when there is nothing to
    /// write. With `keeps`, what was there before is kept as a backup or set aside.
    fn make(&self, place: &Place, below: &Path, job: &Job, keeps: bool) -> Result<Option<Made>, SaveError> {
        let Job::Write { head, changes, whole, .. } = job else { return Ok(None) };
        let spot = self.spot(below);
        let path = spot.path();
        let mut values = whole.clone();
        let mut edited_outside = false;
        match self.read(&spot, &head.kind, head.schema) {
            Found::Nothing => {}
            Found::Barred(error) => return Err(error),
            Found::Garbled(problem) if keeps => {
                backup::set_aside(self, below)?;
                (self.report)(Report::Unreadable(problem));
            }
            // What cannot be read is written over only by who can set it aside first.
            Found::Garbled(problem) => return Err(SaveError::Garbled(path, problem.what)),
            Found::Sheet(sheet, _) if sheet.head.schema > head.schema => return Err(SaveError::Newer(path)),
            Found::Sheet(..) if place.keeping() == Keeping::Once => {
                (self.report)(Report::ChangedOutside(place.clone()));
                return Ok(None);
            }
            Found::Sheet(sheet, bytes) => {
                if keeps {
                    edited_outside = self.note(&path, Some(&bytes));
                    if let Err(error) = backup::keep(self, below, &bytes) {
                        (self.report)(Report::NoBackup { place: place.clone(), error });
                    }
                }
                let from = sheet.head.schema;
                values = document::migrate(MIGRATIONS, &head.kind, from, head.schema, sheet.values())
                    .unwrap_or_else(|| whole.clone());
                values.extend(changes.clone());
            }
        }
        Ok(Some(Made { bytes: self.render(place, below, head, &values)?, edited_outside }))
    }

    /// The bytes of a file with this content. What is about to replace good data must itself be readable.
    fn render(&self, place: &Place, below: &Path, head: &Head, values: &Values) -> Result<Vec<u8>, SaveError> {
        let path = self.spot(below).path();
        let text = Zeroizing::new(document::render(head, values));
        match document::parse(&path, &text, head.schema) {
            Ok(sheet) if sheet.values() == *values && sheet.head == *head => {}
            Ok(_) => return Err(SaveError::Garbled(path, "the text does not say what was meant".to_owned())),
            Err(problem) => return Err(SaveError::Garbled(path, problem.what)),
        }
        if !vault::is_age(below) {
            return Ok(text.as_bytes().to_vec());
        }
        let Space::Open(keys) = self.space_of(below) else { return Err(SaveError::Locked(path)) };
        seal(&keys, below, &place.inner(), &text).ok_or(SaveError::Unsealable(path))
    }

    /// Puts the key file of an open space back if somebody removed it: without it nothing in the space ever opens.
    fn keep_key(&self, place: &Place) -> Result<(), SaveError> {
        let Some(member) = place.space() else { return Ok(()) };
        let file = match held(&self.spaces).of(member) {
            Space::Open(keys) => keys.file(),
            Space::Plain | Space::Locked => return Ok(()),
        };
        let below = place::space_folder(member).join(vault::IDENTITY);
        let path = self.spot(&below).path();
        match self.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))? {
            Some(_) => Ok(()),
            None => self.put(&below, &file),
        }
    }

    /// Writes the whole content of a file.
    pub fn put(&self, below: &Path, bytes: &[u8]) -> Result<(), SaveError> {
        let spot = self.spot(below);
        self.must_be_here(&spot)?;
        let path = spot.path();
        let before = held(&self.known).insert(path.clone(), hash(bytes));
        write::write_whole(&*self.disk, &spot, bytes).inspect_err(|_| {
            let mut known = held(&self.known);
            match before {
                Some(before) => known.insert(path.clone(), before),
                None => known.remove(&path),
            };
        })
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
