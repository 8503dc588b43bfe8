//! Copies kept in the private folder: yesterday's good versions, and files that could not be read.
//!
//! `backups/<day>/<path>` holds what a file said before its first change on that day, for seven days.
//! `corrupt/<time>-<path with hyphens>` holds unreadable files word for word; nothing ever removes those but a person.

use std::io;
use std::path::{Path, PathBuf};

use jiff::ToSpan;
use jiff::civil::Date;

use super::disk::What;
use super::document::Head;
use super::files::{Files, Found};
use super::place;
use super::write::{self, SaveError};
use crate::couple::Member;

/// How many days of backups are kept, today included.
pub const DAYS: i64 = 7;

fn folder(files: &Files, day: Date) -> PathBuf {
    files.private("backups").join(day.to_string())
}

/// The names in a folder below the private one; none when there is no such folder.
fn names(files: &Files, folder: &str) -> Result<Vec<String>, SaveError> {
    let path = files.spot(&files.private(folder)).path();
    match files.disk.list(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(SaveError::disk(&path, &error)),
        names => Ok(names.unwrap_or_default()),
    }
}

/// The days that have backups, the newest first.
fn days(files: &Files) -> Result<Vec<Date>, SaveError> {
    let mut days: Vec<Date> = names(files, "backups")?.iter().filter_map(|name| name.parse().ok()).collect();
    days.sort_unstable_by(|one, two| two.cmp(one));
    Ok(days)
}

/// Keeps `bytes`, the good content of `below` before it changes, unless today already has a copy.
pub fn keep(files: &Files, below: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let today = files.today();
    let spot = files.spot(&folder(files, today).join(below));
    let path = spot.path();
    if files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))?.is_some() {
        return Ok(());
    }
    write::write_whole(&*files.disk, &spot, bytes)?;
    prune(files);
    Ok(())
}

/// Removes the folders of days that are too old. Best effort: an old backup does no harm.
pub fn prune(files: &Files) {
    let today = files.today();
    let oldest = today.checked_sub((DAYS - 1).days()).unwrap_or(today);
    for day in days(files).unwrap_or_default().into_iter().filter(|day| *day < oldest) {
        let spot = files.spot(&folder(files, day));
        if write::refuse_links(&*files.disk, &spot).is_ok() {
            remove_tree(files, &spot.path());
        }
    }
}

fn remove_tree(files: &Files, folder: &Path) {
    for name in files.disk.list(folder).unwrap_or_default() {
        let path = folder.join(name);
        match files.disk.look(&path) {
            Ok(Some(entry)) if entry.what == What::Folder => remove_tree(files, &path),
            _ => {
                let _ = files.disk.remove_file(&path);
            }
        }
    }
    let _ = files.disk.remove_folder(folder);
}

/// The newest backup of a file that can be read as this kind: its day and its bytes.
pub fn newest(files: &Files, below: &Path, head: &Head) -> Result<Option<(Date, Vec<u8>)>, SaveError> {
    for day in days(files)? {
        match files.read(&files.spot(&folder(files, day).join(below)), &head.kind, head.schema) {
            Found::Sheet(_, bytes) => return Ok(Some((day, bytes))),
            Found::Barred(error) => return Err(error),
            Found::Nothing | Found::Garbled(_) => {}
        }
    }
    Ok(None)
}

/// Removes every copy of a file, because a person deleted it: what is private is then gone.
pub fn forget(files: &Files, below: &Path) -> Result<(), SaveError> {
    for day in days(files)? {
        write::remove(&*files.disk, &files.spot(&folder(files, day).join(below)))?;
    }
    for path in asides(files, below)? {
        if let Some(below) = files.below(&path) {
            write::remove(&*files.disk, &files.spot(&below))?;
        }
    }
    Ok(())
}

/// Removes the backups of everything in a person's space.
pub fn forget_space(files: &Files, member: Member) -> Result<(), SaveError> {
    for day in days(files)? {
        let below = folder(files, day).join(place::space_folder(member));
        write::refuse_links(&*files.disk, &files.spot(&below))?;
        forget_tree(files, &below)?;
    }
    Ok(())
}

/// Unlike [`remove_tree`], it says what it could not remove.
fn forget_tree(files: &Files, below: &Path) -> Result<(), SaveError> {
    let path = files.spot(below).path();
    let wrong = |error: &io::Error| SaveError::disk(&path, error);
    let names = match files.disk.list(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        names => names.map_err(|error| wrong(&error))?,
    };
    for name in names {
        let below = below.join(name);
        let path = files.spot(&below).path();
        let entry = files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))?;
        match entry.map(|entry| entry.what) {
            Some(What::Folder) => forget_tree(files, &below)?,
            Some(_) => write::remove(&*files.disk, &files.spot(&below))?,
            None => {}
        }
    }
    files.disk.remove_folder(&path).map_err(|error| wrong(&error))
}

/// What was set aside of a person's space, relative to the data folder.
pub fn asides_of(files: &Files, member: Member) -> Result<Vec<PathBuf>, SaveError> {
    let start = format!("{}-", flat(&place::space_folder(member)));
    let ours = |name: &String| name.split_once('-').is_some_and(|(_, rest)| rest.starts_with(&start));
    let folder = files.private("corrupt");
    Ok(names(files, "corrupt")?.into_iter().filter(ours).map(|name| folder.join(name)).collect())
}

/// Puts the newest good backup in the place of a file, which is set aside first unless it is absent.
pub fn restore(files: &Files, below: &Path, head: &Head) -> Result<Option<Date>, SaveError> {
    let Some((day, bytes)) = newest(files, below, head)? else { return Ok(None) };
    let spot = files.spot(below);
    match files.read(&spot, &head.kind, head.schema) {
        Found::Nothing => {}
        Found::Barred(error) => return Err(error),
        Found::Sheet(..) | Found::Garbled(_) => drop(set_aside(files, below)?),
    }
    write::write_whole(&*files.disk, &spot, &bytes)?;
    files.note(&spot.path(), Some(&bytes));
    Ok(Some(day))
}

fn flat(below: &Path) -> String {
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("-")
}

/// The copies in `corrupt/` of one file. Their names are a time of fixed width, then the path.
fn asides(files: &Files, below: &Path) -> Result<Vec<PathBuf>, SaveError> {
    let folder = files.spot(&files.private("corrupt")).path();
    let ending = flat(below);
    let ours = |name: &String| name.split_once('-').is_some_and(|(_, rest)| rest == ending);
    Ok(names(files, "corrupt")?.into_iter().filter(ours).map(|name| folder.join(name)).collect())
}

/// Copies an unreadable file to `corrupt/`, unless the same content already lies there. Returns the copy's path.
pub fn set_aside(files: &Files, below: &Path) -> Result<PathBuf, SaveError> {
    let source = files.spot(below).path();
    let bytes = files.disk.read(&source).map_err(|error| SaveError::disk(&source, &error))?;
    let copies = asides(files, below)?;
    if let Some(same) = copies.iter().find(|copy| files.disk.read(copy).is_ok_and(|content| content == bytes)) {
        return Ok(same.clone());
    }
    let now = (files.now)();
    let names = (0..).map(|second: i64| {
        let time = now.checked_add(second.seconds()).unwrap_or_else(|_| now.clone());
        files.private("corrupt").join(format!("{}-{}", time.strftime("%Y%m%dT%H%M%S"), flat(below)))
    });
    // Two different contents within one second: the later takes the next free second.
    let free = names.map(|name| files.spot(&name)).find(|spot| !copies.contains(&spot.path()));
    let Some(spot) = free else { return Err(SaveError::Garbled(source, "no free name is left".to_owned())) };
    write::write_whole(&*files.disk, &spot, &bytes)?;
    Ok(spot.path())
}
