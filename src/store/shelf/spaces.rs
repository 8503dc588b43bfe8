//! Passphrases: opening and locking a person's space, giving it one, changing it, taking it away.
//!
//! What is slow here (a key is derived from a passphrase) blocks; the window calls it from a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use age::secrecy::{ExposeSecret, SecretString};

use super::Shelf;
use crate::couple::Member;
use crate::store::files::{Space, held};
use crate::store::place::{self, Place};
use crate::store::turn::{self, Goal};
use crate::store::vault::{self, IDENTITY, Keys, RECOVERY, Shut, wiping};
use crate::store::write::{self, SaveError};

/// How long locking waits for the disk. What is not written by then is kept sealed in memory and tried again.
pub(in crate::store) const PATIENCE: Duration = Duration::from_secs(2);

/// How a person's space is guarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Guard {
    /// It has no passphrase.
    #[default]
    None,
    /// It has one, and is shut.
    Locked,
    /// It has one, and is open.
    Unlocked,
}

/// Why a space could not be opened or changed. Nothing is lost in any case.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpaceError {
    /// Another passphrase, or another recovery key.
    #[error("the passphrase is another one")]
    Wrong,
    /// There is no key file, or no recovery file.
    #[error("{path} is missing: put it back from a copy", path = .0.display())]
    NoKey(PathBuf),
    /// The key file cannot be used.
    #[error("{path} cannot be used: {what}", path = .0.display(), what = .1)]
    BadKey(PathBuf, Shut),
    /// The space is not in the state that this needs.
    #[error("the space is locked, or has no passphrase")]
    NotOpen,
    /// The disk.
    #[error(transparent)]
    Disk(#[from] SaveError),
}

impl SpaceError {
    /// Name of the text for it. All but the first take `$why`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Wrong => "space-error-wrong",
            Self::NoKey(_) => "space-error-no-key",
            Self::BadKey(..) => "space-error-bad-key",
            Self::NotOpen | Self::Disk(_) => "space-error-disk",
        }
    }
}

impl Shelf {
    /// How the space of `member` is guarded.
    #[must_use]
    pub fn guard(&self, member: Member) -> Guard {
        match held(&self.files.spaces).of(member) {
            Space::Plain => Guard::None,
            Space::Locked => Guard::Locked,
            Space::Open(_) => Guard::Unlocked,
        }
    }

    /// Whether there is a recovery key for the space of `member`.
    #[must_use]
    pub fn has_recovery(&self, member: Member) -> bool {
        turn::recovery_file(&self.files, member).is_ok_and(|file| file.is_some())
    }

    fn path_in(&self, member: Member, name: &str) -> PathBuf {
        self.files.spot(&place::space_folder(member).join(name)).path()
    }

    fn told(&self, member: Member, name: &str, shut: Shut) -> SpaceError {
        match shut {
            Shut::Wrong => SpaceError::Wrong,
            shut => SpaceError::BadKey(self.path_in(member, name), shut),
        }
    }

    fn key_of(&self, member: Member, passphrase: &SecretString) -> Result<(Keys, Vec<u8>), SpaceError> {
        let file = turn::key_file(&self.files, member)?;
        let file = file.ok_or_else(|| SpaceError::NoKey(self.path_in(member, IDENTITY)))?;
        let keys = Keys::unwrap(&file, passphrase).map_err(|shut| self.told(member, IDENTITY, shut))?;
        Ok((keys, file))
    }

    fn keys(&self, member: Member) -> Result<Arc<Keys>, SpaceError> {
        match held(&self.files.spaces).of(member) {
            Space::Open(keys) => Ok(Arc::clone(keys)),
            Space::Plain | Space::Locked => Err(SpaceError::NotOpen),
        }
    }

    fn open_with(&self, member: Member, keys: Keys, file: &[u8]) {
        keys.set_file(file);
        *held(&self.files.spaces).of_mut(member) = Space::Open(Arc::new(keys));
        if let Some(queue) = &self.queue {
            queue.replace(|place, job| if place.space() == Some(member) { self.files.thaw(job) } else { None });
        }
    }

    /// Opens a locked space. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; the space stays locked.
    pub fn unlock(&self, member: Member, passphrase: &SecretString) -> Result<(), SpaceError> {
        wiping(|| {
            let (keys, file) = self.key_of(member, passphrase)?;
            self.open_with(member, keys, &file);
            Ok(())
        })
    }

    /// Whether this is the passphrase of the space. Slow.
    ///
    /// # Errors
    /// [`SpaceError::Wrong`] if it is not; others if that cannot be told.
    pub fn confirm(&self, member: Member, passphrase: &SecretString) -> Result<(), SpaceError> {
        wiping(|| self.key_of(member, passphrase).map(drop))
    }

    /// Opens a space with its recovery key and gives it a new passphrase. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; the space stays locked.
    pub fn recover(&self, member: Member, key: &SecretString, new: &SecretString) -> Result<(), SpaceError> {
        let file = turn::recovery_file(&self.files, member)?;
        let file = file.ok_or_else(|| SpaceError::NoKey(self.path_in(member, RECOVERY)))?;
        wiping(|| {
            let keys = Keys::recover(&file, key).map_err(|shut| self.told(member, RECOVERY, shut))?;
            let wrapped = self.wrapped(member, &keys, new)?;
            self.files.put(&place::space_folder(member).join(IDENTITY), &wrapped)?;
            self.open_with(member, keys, &wrapped);
            Ok(())
        })
    }

    fn wrapped(&self, member: Member, keys: &Keys, passphrase: &SecretString) -> Result<Vec<u8>, SpaceError> {
        let told = |shut| self.told(member, IDENTITY, shut);
        let work = self.work.unwrap_or_else(vault::work);
        let file = keys.wrap(passphrase, work).map_err(told)?;
        // Before it becomes the only way in, it must let one in.
        Keys::unwrap(&file, passphrase).map_err(told)?;
        Ok(file)
    }

    /// Locks an open space: what is unsaved is sealed and written, the key is dropped. False if the disk did not take
    /// all; the rest is kept sealed in memory and tried again.
    ///
    /// A disk that hangs is waited for no longer than [`PATIENCE`], and not asked again before the key is gone.
    pub fn lock(&self, member: Member) -> bool {
        if self.guard(member) != Guard::Unlocked {
            return true;
        }
        let done = self.flush(PATIENCE);
        if let Some(queue) = &self.queue {
            // After so long a wait, whatever is still being written hangs.
            let hangs = queue.is_writing();
            let of_space = |place: &Place| place.space() == Some(member);
            queue.replace(|place, job| of_space(place).then(|| self.files.freeze(place, job, hangs)).flatten());
        }
        *held(&self.files.spaces).of_mut(member) = Space::Locked;
        done
    }

    /// Gives a plain space a passphrase: all its files are sealed, and the plain ones and their backups removed. The
    /// error inside says what could not be removed. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; the space stays plain.
    pub fn protect(&self, member: Member, passphrase: &SecretString) -> Result<Option<SaveError>, SpaceError> {
        if self.guard(member) != Guard::None {
            return Err(SpaceError::NotOpen);
        }
        self.renew(member, passphrase)
    }

    /// Makes a fresh key and seals everything with it.
    fn renew(&self, member: Member, passphrase: &SecretString) -> Result<Option<SaveError>, SpaceError> {
        if self.queue.is_none() {
            return Err(SaveError::OnlyReading.into());
        }
        let keys = wiping(|| Arc::new(Keys::generate()));
        let file = wiping(|| self.wrapped(member, &keys, passphrase))?;
        // What is still unsaved is written after the turn, in the new way.
        let _ = self.flush(PATIENCE);
        Ok(turn::turn(&self.files, member, &Goal::Sealed(&keys, &file))?)
    }

    /// Changes the passphrase of an open space. With `afresh` there is a new key as well, everything is sealed anew, and
    /// a recovery key that there was opens nothing any more. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; the old passphrase then still holds.
    pub fn change_passphrase(
        &self,
        member: Member,
        old: &SecretString,
        new: &SecretString,
        afresh: bool,
    ) -> Result<Option<SaveError>, SpaceError> {
        let keys = self.keys(member)?;
        self.confirm(member, old)?;
        if afresh {
            return self.renew(member, new);
        }
        let file = wiping(|| self.wrapped(member, &keys, new))?;
        self.files.put(&place::space_folder(member).join(IDENTITY), &file)?;
        keys.set_file(&file);
        Ok(None)
    }

    /// Takes the passphrase of an open space away: its files become plain. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; the space then still has its passphrase.
    pub fn unprotect(&self, member: Member, passphrase: &SecretString) -> Result<Option<SaveError>, SpaceError> {
        self.keys(member)?;
        self.confirm(member, passphrase)?;
        let _ = self.flush(PATIENCE);
        Ok(turn::turn(&self.files, member, &Goal::Plain)?)
    }

    /// A recovery key for an open space, to be written down. One that there was opens nothing any more. Slow.
    ///
    /// # Errors
    /// [`SpaceError`]; then nothing has changed.
    pub fn new_recovery(&self, member: Member, passphrase: &SecretString) -> Result<SecretString, SpaceError> {
        let keys = self.keys(member)?;
        self.confirm(member, passphrase)?;
        let (key, file) = wiping(|| keys.recovery()).map_err(|shut| self.told(member, RECOVERY, shut))?;
        self.files.put(&place::space_folder(member).join(RECOVERY), &file)?;
        Ok(key)
    }

    /// Sets the files of a locked space aside, in a folder beside it, and begins an empty one without a passphrase.
    /// Returns the folder.
    ///
    /// # Errors
    /// [`SpaceError`]; then nothing has changed.
    pub fn begin_afresh(&self, member: Member) -> Result<PathBuf, SpaceError> {
        if self.guard(member) != Guard::Locked || self.queue.is_none() {
            return Err(SpaceError::NotOpen);
        }
        // What could not be written when it was locked belongs to the old files.
        if !self.flush(PATIENCE)
            && let Some(place) = self.unsaved_places().into_iter().find(|place| place.space() == Some(member))
        {
            return Err(SaveError::Locked(self.path(&place)).into());
        }
        let _turning = held(&self.files.turning);
        let from = self.files.spot(&place::space_folder(member));
        write::refuse_links(&*self.files.disk, &from)?;
        let day = self.files.today();
        for number in 1..u32::MAX {
            let more = if number == 1 { String::new() } else { format!("-{number}") };
            let to = from.path().with_file_name(format!("{member}-{day}{more}"));
            let wrong = |error: &std::io::Error| SaveError::disk(&to, error);
            if self.files.disk.look(&to).map_err(|error| wrong(&error))?.is_some() {
                continue;
            }
            self.files.disk.rename_folder(&from.path(), &to).map_err(|error| wrong(&error))?;
            *held(&self.files.spaces).of_mut(member) = Space::Plain;
            // A power cut may undo the new name; then all is as it was before.
            let _ = self.files.disk.sync_folder(to.parent().unwrap_or(&self.files.root));
            return Ok(to);
        }
        Err(SpaceError::NotOpen)
    }
}

/// How good a passphrase is against guessing by someone who has the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Nothing at all.
    Empty,
    /// A computer guesses it.
    Weak,
    /// Takes long.
    Fair,
    /// As four words that do not belong together.
    Good,
}

/// A rough look at length and variety alone; it knows no word lists, so a well-known sentence looks better than it is.
#[must_use]
pub fn strength(passphrase: &SecretString) -> Strength {
    let text = passphrase.expose_secret();
    let length = text.chars().count();
    let mut letters: Vec<char> = text.chars().collect();
    letters.sort_unstable();
    letters.dedup();
    let words = text.split_whitespace().count();
    match (length, letters.len()) {
        (0, _) => Strength::Empty,
        (..10, _) | (_, ..6) => Strength::Weak,
        (20.., _) if words >= 4 => Strength::Good,
        (..16, _) => Strength::Fair,
        _ => Strength::Good,
    }
}

#[cfg(test)]
mod tests;
