//! Reads every file in a data folder and tells what a person should look at. Changes nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Zoned;

use super::archive;
use super::disk::{Entry, RealDisk, What};
use super::document::{self, Problem};
use super::files::Files;
use super::imports;
use super::photos;
use super::place::{self, PRIVATE, Part, Place, Record};
use super::record::{self, Registers};
use super::shelf;
use super::{turn, vault};
use crate::directory::PhotoError;
use crate::directory::photo::Pixels;
use crate::fields::{BadField, Values};

/// Knows the documents: the place, the kind written in the file there and its fields → what is wrong with them, or
/// `None` when no file of this kind belongs at this place.
pub type Kinds<'a> = &'a dyn Fn(&Place, &str, &Values) -> Option<Vec<BadField>>;
/// Knows exercises: the path of a person's own exercise and its text → what is wrong with it.
pub type Exercises<'a> = &'a dyn Fn(&Path, &str) -> Vec<Problem>;

/// Said of a shared folder that was moved and is not there now.
const AWAY: &str =
    "the shared folder is not there: connect it, or keep it on this device only (Settings, Shared folder)";

/// Folder of a person's own exercises, in the data folder.
pub const EXERCISES: &str = "exercises";

struct Check<'a> {
    files: Files,
    kinds: Kinds<'a>,
    exercises: Exercises<'a>,
    problems: Vec<Problem>,
}

/// Every problem in the data folder `root`, in path order. Backups and files that were set aside are not read again.
#[must_use]
pub fn check(root: &Path, kinds: Kinds<'_>, exercises: Exercises<'_>) -> Vec<Problem> {
    let files = Files::new(Arc::new(RealDisk), root, Arc::new(Zoned::now), Arc::new(|_| {}));
    shelf::find_shared(&files, &shelf::read_device(&files));
    let shared = files.moved();
    let mut check = Check { files, kinds, exercises, problems: Vec::new() };
    match check.files.disk.look(root) {
        Ok(Some(_)) => check.folder(root),
        Ok(None) => check.tell(root, "there is no data folder here"),
        Err(error) => check.tell(root, &error.to_string()),
    }
    match (check.files.away(), shared) {
        (Some(away), _) => check.tell(&away, AWAY),
        (None, Some(shared)) => check.folder(&shared),
        (None, None) => {}
    }
    check.problems.sort_unstable();
    check.problems.dedup();
    check.problems
}

impl Check<'_> {
    fn tell(&mut self, path: &Path, what: &str) {
        self.problems.push(Problem::of_file(path, what));
    }

    fn folder(&mut self, folder: &Path) {
        let names = match self.files.disk.list(folder) {
            Ok(names) => names,
            Err(error) => return self.tell(folder, &format!("this folder cannot be read: {error}")),
        };
        for name in names {
            let path = folder.join(&name);
            match self.files.disk.look(&path) {
                Ok(Some(entry)) => self.entry(&path, &name, &entry),
                // Gone since it was listed, as happens while a sync program is at work.
                Ok(None) => {}
                Err(error) => self.tell(&path, &format!("this cannot be read: {error}")),
            }
        }
    }

    fn entry(&mut self, path: &Path, name: &str, entry: &Entry) {
        let Some(below) = self.files.below(path) else { return };
        if entry.what == What::Link {
            return self
                .tell(path, "this is a link, which Sameside does not follow: put the file or folder itself here");
        }
        if below.starts_with(PRIVATE) && entry.mode.is_some_and(|mode| mode & 0o077 != 0) {
            self.tell(path, "others on this computer may read this: take the permission away (chmod go= on Linux)");
        }
        if place::is_passing(name) {
            return;
        }
        match entry.what {
            What::Folder if [self.files.private("backups"), self.files.private("corrupt")].contains(&below) => {}
            What::Folder if place::is_set_aside(&below) || archive::is_replaced(&below) => {}
            What::Folder => self.folder(path),
            _ => self.file(path, &below, name),
        }
    }

    fn file(&mut self, path: &Path, below: &Path, name: &str) {
        if below.parent() == Some(Path::new(PRIVATE)) && matches!(name, "lock" | "watch.lock") {
            return;
        }
        if below.parent() == Some(Path::new(EXERCISES)) && name.ends_with(".ron") {
            if let Some(text) = self.text(path) {
                let found = (self.exercises)(path, &text);
                self.problems.extend(found);
            }
            return;
        }
        if place::space_of(below).is_some()
            && below.starts_with(self.files.private("spaces"))
            && self.space(path, below)
        {
            return;
        }
        if below.parent() == Some(&Path::new(place::SHARED).join(place::IMPORTS))
            && let Some((_, copied)) = imports::stamp_of(name)
        {
            return self.import(path, copied);
        }
        let record = below.parent().and_then(Record::of_folder);
        match (Place::from_path(below), record, Part::of_name(name)) {
            (Some(Place::Photo(..)), ..) => self.photo(path),
            (Some(place), ..) => self.place(path, &place),
            (None, Some(record), Part::Copy(device)) => {
                self.tell(path, place::COPIED);
                self.place(path, &Place::Shared(record, device));
            }
            _ => self.tell(path, place::FOREIGN),
        }
    }

    /// A file of a person's space, if it is a sealed one or lies in a sealed space. Nothing is opened.
    fn space(&mut self, path: &Path, below: &Path) -> bool {
        let name = below.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = below.iter().take(3).collect::<PathBuf>();
        let direct = below.parent() == Some(&*folder);
        if direct && name == turn::CHANGE {
            self.tell(path, "a change of this space was interrupted: open Sameside, which finishes it");
            return true;
        }
        let sealed = direct && (name == vault::IDENTITY || name == vault::RECOVERY || vault::is_sealed_name(name));
        let has_key =
            matches!(self.files.disk.look(&self.files.spot(&folder.join(vault::IDENTITY)).path()), Ok(Some(_)));
        if !sealed {
            if has_key && Place::from_path(below).is_some() {
                self.tell(path, "this space has a passphrase, so this plain file in it is not read: put it elsewhere");
                return true;
            }
            return false;
        }
        if !has_key && name != vault::RECOVERY {
            self.tell(path, "the key file of this space, identity.age, is missing: put it back from a copy");
        }
        match self.files.disk.look(path) {
            Ok(Some(entry)) if entry.size > vault::LARGEST_SEALED => self.problems.push(document::too_large(path)),
            _ => match self.files.disk.read(path) {
                Ok(bytes) => {
                    if let Some(what) = vault::fault_of(name, &bytes) {
                        self.tell(path, what);
                    }
                }
                Err(error) => self.tell(path, &format!("this cannot be read: {error}")),
            },
        }
        true
    }

    fn import(&mut self, path: &Path, copied: bool) {
        if copied {
            self.tell(path, place::COPIED);
        }
        match imports::text(&*self.files.disk, path) {
            Ok(text) => self.problems.extend(imports::parse(path, &text).1),
            Err(problem) => self.problems.push(problem),
        }
    }

    fn photo(&mut self, path: &Path) {
        let size = self.files.disk.look(path).ok().flatten().map_or(0, |entry| entry.size);
        if size > photos::LARGEST {
            return self.tell(path, &PhotoError::TooLarge.to_string());
        }
        match self.files.disk.read(path) {
            Ok(bytes) => {
                if let Err(error) = Pixels::of(&bytes) {
                    self.tell(path, &error.to_string());
                }
            }
            Err(error) => self.tell(path, &format!("this cannot be read: {error}")),
        }
    }

    fn text(&mut self, path: &Path) -> Option<String> {
        let read = || -> Result<String, Problem> {
            let size = self.files.disk.look(path).ok().flatten().map_or(0, |entry| entry.size);
            if size > document::LARGEST {
                return Err(document::too_large(path));
            }
            let bytes = self.files.disk.read(path);
            let bytes = bytes.map_err(|error| Problem::of_file(path, format!("this cannot be read: {error}")))?;
            document::decode(path, &bytes).map(str::to_owned)
        };
        read().map_err(|problem| self.problems.push(problem)).ok()
    }

    fn place(&mut self, path: &Path, place: &Place) {
        let Some(text) = self.text(path) else { return };
        let mut sheet = match document::parse(path, &text, u32::MAX) {
            Ok(sheet) => sheet,
            Err(problem) => return self.problems.push(problem),
        };
        if let Place::Shared(record, device) = place {
            if sheet.head.id.as_deref() != Some(record.id()) {
                self.tell(path, place::OTHER_ID);
            }
            if sheet.head.device.as_deref() != Some(device.as_str()) {
                self.tell(path, place::OTHER_DEVICE);
            }
            let (_, bad) = Registers::of_sheet(path, &sheet, sheet.head.schema);
            self.problems.extend(bad);
            sheet = record::inner(&sheet);
        }
        match (self.kinds)(place, &sheet.head.kind, &sheet.values()) {
            Some(bad) => self.problems.extend(bad.iter().map(|bad| sheet.problem(path, bad))),
            None => {
                let (line, column) = sheet.kind_at;
                let what = format!("a \"{}\" file does not belong here", sheet.head.kind);
                self.problems.push(Problem { path: path.to_owned(), line, column, what });
            }
        }
    }
}

/// Where a person puts exercises of their own.
#[must_use]
pub fn exercise_folder(root: &Path) -> PathBuf {
    root.join(EXERCISES)
}
