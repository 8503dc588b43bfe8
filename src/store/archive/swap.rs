//! Putting the files of a backup into place.

use std::path::{Path, PathBuf};

use super::super::check::EXERCISES;
use super::super::disk::{Access, Disk};
use super::super::document::Problem;
use super::super::files::Files;
use super::super::place::{PRIVATE, SHARED};
use super::super::write::{self, SaveError, Spot};
use super::Entry;

/// What was laid ready: `private/restored-<time>`.
const READY: &str = "restored-";
/// The same while it is not complete.
const BUILDING: &str = "restoring-";
/// What was there before: `private/replaced-<time>`.
const REPLACED: &str = "replaced-";

/// Whether this is the folder of files that a backup replaced, relative to the data folder.
#[must_use]
pub fn is_replaced(below: &Path) -> bool {
    let name = below.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    below.parent() == Some(Path::new(PRIVATE))
        && [REPLACED, READY, BUILDING].iter().any(|start| name.starts_with(start))
}

fn disk_error(path: &Path) -> impl Fn(std::io::Error) -> SaveError + '_ {
    |error| SaveError::disk(path, &error)
}

fn names(disk: &dyn Disk, folder: &Path) -> Result<Vec<String>, SaveError> {
    match disk.list(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        names => names.map_err(disk_error(folder)),
    }
}

/// Removes a folder with everything in it.
pub(super) fn remove_all(disk: &dyn Disk, folder: &Path) -> Result<(), SaveError> {
    for name in names(disk, folder)? {
        let path = folder.join(&name);
        let entry = disk.look(&path).map_err(disk_error(&path))?;
        match entry.map(|entry| entry.what) {
            Some(super::super::disk::What::Folder) => remove_all(disk, &path)?,
            Some(_) => disk.remove_file(&path).map_err(disk_error(&path))?,
            None => {}
        }
    }
    match disk.remove_folder(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        done => done.map_err(disk_error(folder)),
    }
}

/// Writes all of a backup's files into a folder of its own, which gets its name only when it is complete.
pub(super) fn lay_ready(files: &Files, entries: impl Iterator<Item = Entry>) -> Result<(), SaveError> {
    let disk = &*files.disk;
    let private = files.root.join(PRIVATE);
    // One that waits is overruled by the newer choice; one that was never completed is of no use.
    for name in names(disk, &private)? {
        if name.starts_with(READY) || name.starts_with(BUILDING) {
            remove_all(disk, &private.join(name))?;
        }
    }
    let stamp = (files.now)().strftime("%Y-%m-%dT%H%M%S").to_string();
    let building = private.join(format!("{BUILDING}{stamp}"));
    let laid = lay(disk, &building, entries).and_then(|()| {
        let ready = private.join(format!("{READY}{stamp}"));
        disk.rename_folder(&building, &ready).map_err(disk_error(&ready))?;
        disk.sync_folder(&private).map_err(disk_error(&private))
    });
    if laid.is_err() {
        let _ = remove_all(disk, &building);
    }
    laid
}

fn lay(disk: &dyn Disk, folder: &Path, entries: impl Iterator<Item = Entry>) -> Result<(), SaveError> {
    let spot = |below: &str, access| Spot { base: folder.to_owned(), below: below.into(), access };
    disk.make_folder(folder, Access::Private).map_err(disk_error(folder))?;
    // Each of these is replaced as a whole, even where the backup has nothing for it.
    for below in ["private/spaces/x", "private/backups/x", "private/corrupt/x"] {
        write::make_folders(disk, &spot(below, Access::Private))?;
    }
    for (path, bytes) in entries {
        let access = if path.starts_with(SHARED) { Access::Shared } else { Access::Private };
        write::write_whole(disk, &spot(&path, access), &bytes)?;
    }
    Ok(())
}

/// Puts into place what was laid ready, if anything was; goes on where an earlier try was interrupted. Called while
/// nothing else has the folder. Returns whether it did anything.
pub fn finish(files: &Files, problems: &mut Vec<Problem>) -> bool {
    let private = files.root.join(PRIVATE);
    let Ok(all) = names(&*files.disk, &private) else { return false };
    let Some(ready) = all.iter().rev().find(|name| name.starts_with(READY)) else { return false };
    match swap(files, ready) {
        Ok(()) => true,
        Err(error) => {
            let what = format!("the backup is not wholly in place yet, and the next start goes on with it: {error}");
            problems.push(Problem::of_file(&private.join(ready), what));
            true
        }
    }
}

fn swap(files: &Files, name: &str) -> Result<(), SaveError> {
    let disk = &*files.disk;
    let ready = files.root.join(PRIVATE).join(name);
    let aside = name.replacen(READY, REPLACED, 1);
    let mut moved: Vec<PathBuf> = [SHARED, EXERCISES].map(PathBuf::from).to_vec();
    moved.extend(names(disk, &ready.join(PRIVATE))?.into_iter().map(|name| Path::new(PRIVATE).join(name)));
    for below in moved {
        let from = ready.join(&below);
        if disk.look(&from).map_err(disk_error(&from))?.is_none() {
            continue;
        }
        let target = files.root.join(&below);
        if disk.look(&target).map_err(disk_error(&target))?.is_some() {
            let old = Spot {
                base: files.root.clone(),
                below: Path::new(PRIVATE).join(&aside).join(&below),
                access: Access::Private,
            };
            write::make_folders(disk, &old)?;
            disk.rename_folder(&target, &old.path()).map_err(disk_error(&target))?;
        }
        disk.rename_folder(&from, &target).map_err(disk_error(&target))?;
    }
    disk.sync_folder(&files.root).map_err(disk_error(&files.root))?;
    remove_all(disk, &ready)
}
