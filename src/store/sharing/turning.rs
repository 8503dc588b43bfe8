//! Whoever used a device alone was the first of the two there; in a folder that the partner made they may be the second.
//! What is theirs moves then: their space, its backups and what was set aside of it, and whose reminder it is.
//!
//! `device.ron` says to whom until it is done. Every step can be done twice: a folder is renamed only while the other's
//! is not in use, so each name tells by itself whether it moved already. What a space holds does not name its owner, and
//! neither do the names of sealed files in it, so that it opens as before.

use std::io;
use std::path::{Path, PathBuf};

use super::{amend, carry};
use crate::couple::Member;
use crate::fields::Document;
use crate::moment::Plan;
use crate::store::disk::What;
use crate::store::files::{Files, Found, Space, held};
use crate::store::place::{self, PRIVATE, Place};
use crate::store::settings::Settings;
use crate::store::write::{self, SaveError};

/// Whether anything lies in the space of this one.
pub fn is_used(files: &Files, member: Member) -> Result<bool, SaveError> {
    let folder = files.root.join(place::space_folder(member));
    carry::has_files(files, &folder)
}

/// Makes what is `to.other()`'s the one of `to`.
pub fn turn(files: &Files, to: Member) -> Result<(), SaveError> {
    let from = to.other();
    let spaces = Path::new("spaces");
    let inner = Path::new(PRIVATE).join("spaces");
    let mut folders = vec![files.root.join(PRIVATE).join(spaces)];
    for name in list(files, &files.root.join(PRIVATE))? {
        if crate::store::archive::is_replaced(&Path::new(PRIVATE).join(&name)) {
            folders.push(files.root.join(PRIVATE).join(name).join(&inner));
        }
    }
    let backups = files.root.join(PRIVATE).join("backups");
    folders.extend(list(files, &backups)?.into_iter().map(|day| backups.join(day).join(&inner)));
    for folder in folders {
        for name in list(files, &folder)? {
            // The space itself, or one that was set aside: `one-2027-01-05`.
            if let Some(rest) = name.strip_prefix(from.slug())
                && (rest.is_empty() || rest.starts_with('-'))
            {
                rename(files, &folder, &name, &format!("{to}{rest}"))?;
            }
        }
    }
    let corrupt = files.root.join(PRIVATE).join("corrupt");
    let (mark, new) = (format!("private-spaces-{from}-"), format!("private-spaces-{to}-"));
    for name in list(files, &corrupt)?.into_iter().filter(|name| name.contains(&mark)) {
        rename(files, &corrupt, &name, &name.replace(&mark, &new))?;
    }
    let spot = files.spot(&Place::Reminder.path());
    match files.read(&spot, Plan::KIND, Plan::SCHEMA) {
        Found::Sheet(..) => amend::<Plan>(files, &Place::Reminder, |plan| plan.owner = to)?,
        Found::Barred(error) => return Err(error),
        // Without a plan that can be read nobody is reminded.
        Found::Nothing | Found::Garbled(_) => {}
    }
    amend::<Settings>(files, &Place::Settings, |settings| settings.here = to)?;
    let mut guards = held(&files.spaces);
    if matches!(guards.of(to), Space::Plain) {
        // The keys go by whose space it is; its owner opens it again.
        *guards.of_mut(to) = match std::mem::take(guards.of_mut(from)) {
            Space::Plain => Space::Plain,
            Space::Locked | Space::Open(_) => Space::Locked,
        };
    }
    Ok(())
}

fn list(files: &Files, folder: &Path) -> Result<Vec<String>, SaveError> {
    match files.disk.list(folder) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        names => names.map_err(|error| SaveError::disk(folder, &error)),
    }
}

/// Gives what is so named in `folder` its new name, unless something that counts has it.
fn rename(files: &Files, folder: &Path, name: &str, new: &str) -> Result<(), SaveError> {
    let (from, to) = (folder.join(name), folder.join(new));
    let wrong = |error: io::Error| SaveError::disk(&to, &error);
    // A folder moved already is not there any more under its old name.
    match files.disk.look(&to).map_err(wrong)?.map(|entry| entry.what) {
        Some(What::Folder) if !carry::has_files(files, &to)? => remove_empty(files, &to)?,
        Some(_) => return Ok(()),
        None => {}
    }
    files.disk.rename_folder(&from, &to).map_err(wrong)?;
    write::sync_above(&*files.disk, &to)
}

/// Removes a folder in which there are but folders.
fn remove_empty(files: &Files, folder: &Path) -> Result<(), SaveError> {
    let inside: Vec<PathBuf> = list(files, folder)?.into_iter().map(|name| folder.join(name)).collect();
    for path in inside {
        remove_empty(files, &path)?;
    }
    files.disk.remove_folder(folder).map_err(|error| SaveError::disk(folder, &error))
}
