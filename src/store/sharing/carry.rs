//! Carrying the files of one shared folder into another, joined with what lies there. The first folder is only read.

use std::path::{Path, PathBuf};

use super::{looking, new_pair};
use crate::couple::Member;
use crate::fields::{self, Document, Values};
use crate::store::disk::{Access, What};
use crate::store::document::{self, Head, Sheet};
use crate::store::files::Files;
use crate::store::imports;
use crate::store::place::{DeviceId, IMPORTS, Part, Place, Record, SHARED, is_passing};
use crate::store::record::Registers;
use crate::store::settings::Pair;
use crate::store::write::{self, SaveError, Spot};

/// One way from a folder to another.
pub struct Carry<'a> {
    files: &'a Files,
    from: &'a Path,
    to: &'a Path,
    /// What tells of the one of the two tells of the other there.
    turns: bool,
}

/// Everything below a folder that a shared one may hold, relative to it. Unlike `write::walk` it says what it could not
/// list; links are left out, and so are the files of sync programs.
fn all(files: &Files, base: &Path) -> Result<Vec<PathBuf>, SaveError> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let path = base.join(&folder);
        let names = match files.disk.list(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            names => names.map_err(|error| SaveError::disk(&path, &error))?,
        };
        for name in names.into_iter().filter(|name| !is_passing(name)) {
            let path = base.join(&folder).join(&name);
            let entry = files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))?;
            match entry.map(|entry| entry.what) {
                Some(What::Folder) => folders.push(folder.join(name)),
                Some(What::File) => found.push(folder.join(name)),
                _ => {}
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Whether any file lies in it.
pub fn has_files(files: &Files, folder: &Path) -> Result<bool, SaveError> {
    Ok(!all(files, folder)?.is_empty())
}

/// Whether a round, seals or sealed answers lie in it: they are bound to the id of their folder.
pub fn has_bound(files: &Files, folder: &Path) -> Result<bool, SaveError> {
    Ok(all(files, folder)?.iter().any(|below| is_bound(below)))
}

/// The bytes of everything in it.
pub fn size(files: &Files, folder: &Path) -> Result<u64, SaveError> {
    let size = |below: PathBuf| files.disk.look(&folder.join(below)).ok().flatten().map_or(0, |entry| entry.size);
    Ok(all(files, folder)?.into_iter().map(size).sum())
}

fn is_bound(below: &Path) -> bool {
    below.starts_with("marks") || below.starts_with("answers")
}

impl<'a> Carry<'a> {
    pub const fn new(files: &'a Files, from: &'a Path, to: &'a Path, turns: bool) -> Self {
        Self { files, from, to, turns }
    }

    /// Carries everything: the couple's id first, so that a folder that is half filled is known for what it is.
    pub fn all(&self) -> Result<(), SaveError> {
        let ours = looking::pair_of(self.files, self.from)?.filter(|id| !id.is_empty());
        let there = looking::pair_of(self.files, self.to)?;
        if there.is_none() {
            self.name(ours.clone())?;
        }
        let same = there.is_none() || ours.is_none() || there == ours;
        if self.from == self.to {
            return Ok(());
        }
        for below in all(self.files, self.from)? {
            if below != Path::new(Place::PAIR_FILE) && (same || !is_bound(&below)) {
                self.one(&below)?;
            }
        }
        Ok(())
    }

    fn name(&self, id: Option<String>) -> Result<(), SaveError> {
        let pair = id.map_or_else(new_pair, |id| Pair { id });
        let text = document::render(&Head::of::<Pair>(), &pair.put());
        self.write(Path::new(Place::PAIR_FILE), text.as_bytes())
    }

    fn spot(&self, below: &Path) -> Spot {
        Spot { base: self.to.to_owned(), below: below.to_owned(), access: Access::Shared }
    }

    fn write(&self, below: &Path, bytes: &[u8]) -> Result<(), SaveError> {
        write::write_whole(&*self.files.disk, &self.spot(below), bytes)
    }

    fn read(&self, path: &Path) -> Result<Vec<u8>, SaveError> {
        self.files.disk.read(path).map_err(|error| SaveError::disk(path, &error))
    }

    /// What lies there under this name.
    fn there(&self, below: &Path) -> Result<Option<Vec<u8>>, SaveError> {
        let spot = self.spot(below);
        write::refuse_links(&*self.files.disk, &spot)?;
        let path = spot.path();
        match self.files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))? {
            Some(_) => self.read(&path).map(Some),
            None => Ok(None),
        }
    }

    fn one(&self, below: &Path) -> Result<(), SaveError> {
        let whole = Path::new(SHARED).join(below);
        let name = below.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let record = whole.parent().and_then(Record::of_folder);
        match (record, Part::of_name(name), Place::from_path(&whole)) {
            (Some(record), Part::Of(device) | Part::Copy(device), _) => self.part(below, &record, device),
            (_, _, Some(Place::Photo(..))) => self.whole(below, name),
            _ if below.parent() == Some(Path::new(IMPORTS)) && imports::stamp_of(name).is_some() => {
                self.whole(below, name)
            }
            // Not a file of Sameside: nobody reads it here or there.
            _ => Ok(()),
        }
    }

    /// A file that is never changed. Should another of its name be there, both are kept.
    fn whole(&self, below: &Path, name: &str) -> Result<(), SaveError> {
        let bytes = self.read(&self.from.join(below))?;
        match self.there(below)? {
            Some(there) if there == bytes => Ok(()),
            None => self.write(below, &bytes),
            Some(_) => self.beside(below, name, &bytes),
        }
    }

    /// One device's part of a record: joined by fields with what that device wrote there.
    fn part(&self, below: &Path, record: &Record, device: DeviceId) -> Result<(), SaveError> {
        let path = self.from.join(below);
        let mut bytes = self.read(&path)?;
        let mut target = below.to_owned();
        if self.turns {
            match turned(&path, record, &bytes) {
                Turned::Same => {}
                Turned::Into(folder, text) => {
                    target = folder.join(below.file_name().unwrap_or_default());
                    bytes = text.into_bytes();
                }
                // It tells of one of the two, nobody can say of which: it stays behind, in the copy that is set aside.
                Turned::Unreadable => return Ok(()),
            }
        }
        match self.there(&target)? {
            Some(there) if there == bytes => Ok(()),
            None => self.write(&target, &bytes),
            Some(there) => match joined(&path, device, &there, &bytes) {
                Some(all) if all.as_bytes() == there => Ok(()),
                Some(all) => self.write(&target, all.as_bytes()),
                None => self.beside(&target, device.as_str(), &bytes),
            },
        }
    }

    /// Keeps a file beside another one of its name, as a conflict copy, which every reader joins.
    fn beside(&self, below: &Path, name: &str, bytes: &[u8]) -> Result<(), SaveError> {
        let stem = name.strip_suffix(".ron").unwrap_or(name);
        for number in 1..u32::MAX {
            let copy = below.with_file_name(format!("{stem} (conflicted copy {number}).ron"));
            match self.there(&copy)? {
                Some(there) if there == bytes => return Ok(()),
                Some(_) => {}
                None => return self.write(&copy, bytes),
            }
        }
        Ok(())
    }
}

fn sheet_of(path: &Path, bytes: &[u8]) -> Option<Sheet> {
    document::parse(path, document::decode(path, bytes).ok()?, u32::MAX).ok()
}

/// Two states of one device's part as one text; `None` where one of them is not wholly understood.
fn joined(path: &Path, device: DeviceId, one: &[u8], two: &[u8]) -> Option<String> {
    let (one, two) = (sheet_of(path, one)?, sheet_of(path, two)?);
    if one.head != two.head {
        return None;
    }
    let mut all = Registers::default();
    for sheet in [&one, &two] {
        let (registers, problems) = Registers::of_sheet(path, sheet, sheet.head.schema);
        if !problems.is_empty() || registers.of_device(device).len() != sheet.fields.len() {
            return None;
        }
        all.join(&registers);
    }
    let (values, head) = (all.of_device(device), one.head);
    let text = document::render(&head, &values);
    document::parse(path, &text, head.schema).ok().filter(|again| again.values() == values)?;
    Some(text)
}

/// What a part says where the two have changed places.
enum Turned {
    /// The same.
    Same,
    /// This, in the folder of this record.
    Into(PathBuf, String),
    /// Nobody knows.
    Unreadable,
}

fn turned(path: &Path, record: &Record, bytes: &[u8]) -> Turned {
    let other = match record {
        Record::Member(member) => Record::Member(member.other()),
        Record::Plan => Record::Plan,
        Record::Therapist(_) | Record::Marks(_) | Record::Answers(_) => return Turned::Same,
    };
    let Some(Sheet { mut head, fields, .. }) = sheet_of(path, bytes) else { return Turned::Unreadable };
    let folder = other.folder();
    let Ok(folder) = folder.strip_prefix(SHARED) else { return Turned::Unreadable };
    head.id = Some(other.id().to_owned());
    let values = fields.into_iter().map(|(name, field)| turned_field(name, field.text));
    let values: Values = if other == Record::Plan {
        values.collect()
    } else {
        sheet_of(path, bytes).map(|sheet| sheet.values()).unwrap_or_default()
    };
    Turned::Into(folder.to_owned(), document::render(&head, &values))
}

/// A field of the session's plan: what one of the two hopes for, and who calls.
fn turned_field(name: String, text: String) -> (String, String) {
    match name.as_str() {
        "hope_one" => ("hope_two".to_owned(), text),
        "hope_two" => ("hope_one".to_owned(), text),
        "caller" => {
            let [one, two] = Member::BOTH.map(|member| fields::to_text(&Some(member)));
            let turned = text.replace(&one, "\u{0}").replace(&two, &one).replace('\u{0}', &two);
            (name, turned)
        }
        _ => (name, text),
    }
}
