//! Deleting for good: one person's space, or everything.
//!
//! A deleted file's bytes may stay on the medium until they are written over, and copies elsewhere (a backup file, a synced
//! folder, the system's own snapshots) are not reached. The window says so before it deletes.

use std::io;
use std::path::{Path, PathBuf};

use super::check::EXERCISES;
use super::disk::What;
use super::files::{Files, Space, held};
use super::place::{self, PRIVATE, SHARED};
use super::write::{self, SaveError};
use super::{Shelf, backup, shelf};
use crate::couple::Member;

impl Shelf {
    /// Deletes everything in the space of `member`, its backups and what was set aside of it. The space is then empty and
    /// has no passphrase. What that person had shared stays where it was shared.
    ///
    /// # Errors
    /// [`SaveError`]: the first thing that could not be removed; as much as could be is gone.
    pub fn erase_space(&self, member: Member) -> Result<(), SaveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading);
        }
        // What waits to be written belongs to what goes.
        let _ = self.flush(shelf::PATIENCE);
        let _turning = held(&self.files.turning);
        let files = &*self.files;
        let mut first = backup::forget_space(files, member).err();
        for path in backup::asides_of(files, member).unwrap_or_default() {
            note(&mut first, remove_tree(files, &files.spot(&path).path()));
        }
        let folder = files.spot(&place::space_folder(member)).path();
        note(&mut first, remove_tree(files, &folder));
        // Spaces that were set aside because a passphrase was forgotten, and those that a backup replaced.
        for path in others_of(files, member) {
            note(&mut first, remove_tree(files, &path));
        }
        *held(&files.spaces).of_mut(member) = Space::Plain;
        first.map_or(Ok(()), Err)
    }

    /// Deletes the whole data folder, but for a shared folder that lies elsewhere: its path is returned. Nothing may be
    /// saved afterwards.
    ///
    /// # Errors
    /// [`SaveError`]: the first thing that could not be removed; as much as could be is gone.
    pub fn erase_everything(&self) -> Result<Option<PathBuf>, SaveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading);
        }
        let _ = self.flush(shelf::PATIENCE);
        let _turning = held(&self.files.turning);
        let mut first = None;
        // Private things first: if the disk gives up half-way, they are gone.
        for folder in [PRIVATE, SHARED, EXERCISES] {
            note(&mut first, remove_tree(&self.files, &self.files.root.join(folder)));
        }
        // Other files in there are not ours; then the folder stays.
        let _ = self.files.disk.remove_folder(&self.files.root);
        first.map_or(Ok(self.files.moved()), Err)
    }
}

fn note(first: &mut Option<SaveError>, done: Result<(), SaveError>) {
    if first.is_none() {
        *first = done.err();
    }
}

/// The folders beside the space in use that hold older states of it.
fn others_of(files: &Files, member: Member) -> Vec<PathBuf> {
    let private = files.root.join(PRIVATE);
    let spaces = private.join("spaces");
    let aside = files.disk.list(&spaces).unwrap_or_default().into_iter().filter_map(|name| {
        let start = format!("{}-", member.slug());
        name.starts_with(&start).then(|| spaces.join(name))
    });
    let replaced = files.disk.list(&private).unwrap_or_default().into_iter().filter_map(|name| {
        let below = Path::new(PRIVATE).join(&name);
        super::archive::is_replaced(&below).then(|| private.join(name).join(place::space_folder(member)))
    });
    aside.chain(replaced).collect()
}

/// Removes a file, or a folder with everything in it; links themselves, never what they point to.
fn remove_tree(files: &Files, path: &Path) -> Result<(), SaveError> {
    let wrong = |error: &io::Error| SaveError::disk(path, error);
    let gone = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    let entry = files.disk.look(path).map_err(|error| wrong(&error))?;
    let done = match entry.map(|entry| entry.what) {
        None => return Ok(()),
        Some(What::Folder) => {
            let mut first = None;
            for name in files.disk.list(path).map_err(|error| wrong(&error))? {
                note(&mut first, remove_tree(files, &path.join(name)));
            }
            if let Some(error) = first {
                return Err(error);
            }
            files.disk.remove_folder(path)
        }
        Some(_) => files.disk.remove_file(path),
    };
    match done {
        Err(error) if !gone(&error) => Err(wrong(&error)),
        _ => Ok(()),
    }
    .and_then(|()| write::sync_above(&*files.disk, path))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use age::secrecy::SecretString;

    use super::*;
    use crate::exercise::Invitation;
    use crate::store::{Guard, Opening, Place, Role, When};

    fn open(root: &Path) -> Shelf {
        let opening = Opening { look_out: false, work: Some(2), ..Opening::new(Role::Window) };
        Shelf::open(root, opening).unwrap().0
    }

    fn write(shelf: &Shelf, member: Member, text: &str) {
        let place = Place::Invitation(member);
        let old = shelf.load::<Invitation>(&place).value;
        let new = Invitation { own_text: Some(text.to_owned()), ..Invitation::default() };
        shelf.save(&place, &old, &new, When::Now);
        assert!(shelf.flush(std::time::Duration::from_secs(30)));
    }

    fn holds(folder: &Path, words: &str) -> bool {
        write::walk(&super::super::disk::RealDisk, folder)
            .iter()
            .any(|path| String::from_utf8_lossy(&fs::read(path).unwrap()).contains(words))
    }

    #[test]
    fn one_space_goes_with_its_backups_and_the_other_stays() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = open(folder.path());
        for text in ["canary one", "canary two"] {
            write(&shelf, Member::One, text);
        }
        write(&shelf, Member::Two, "kept");
        let path = folder.path().join("private/spaces/one/hesitations.ron");
        fs::write(&path, "(canary, broken").unwrap();
        let broken = shelf.load::<crate::exercise::Hesitations>(&Place::Hesitations(Member::One));
        assert_eq!(broken.problems.len(), 1, "set aside");
        assert!(holds(&folder.path().join("private/corrupt"), "canary"));
        assert!(holds(folder.path(), "canary one"), "in a backup");
        shelf.erase_space(Member::One).unwrap();
        assert!(!holds(folder.path(), "canary"));
        assert!(holds(folder.path(), "kept"));
        write(&shelf, Member::One, "a new beginning");
        assert!(holds(folder.path(), "a new beginning"));
    }

    #[test]
    fn a_sealed_space_goes_and_leaves_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let shelf = open(folder.path());
        write(&shelf, Member::One, "canary");
        let _ = shelf.protect(Member::One, &SecretString::from("p".to_owned())).unwrap();
        shelf.erase_space(Member::One).unwrap();
        assert_eq!(shelf.guard(Member::One), Guard::None);
        let all = write::walk(&super::super::disk::RealDisk, folder.path());
        assert!(all.iter().all(|path| path.extension().is_none_or(|extension| extension != "age")), "{all:?}");
    }

    #[test]
    fn everything_goes_but_what_is_not_ours() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("data");
        let shelf = open(&root);
        write(&shelf, Member::One, "canary");
        assert_eq!(shelf.erase_everything(), Ok(None));
        assert!(!root.exists());
        drop(shelf);
        assert!(!root.exists(), "nothing is written again");
        let shelf = open(&root);
        fs::write(root.join("letter.txt"), "not ours").unwrap();
        shelf.erase_everything().unwrap();
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
    }
}
