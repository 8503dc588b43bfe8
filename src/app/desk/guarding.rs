//! What guards the spaces, and what is no longer in memory once one is shut or deleted.

use super::Desk;
use crate::app::screen::therapists::Finding;
use crate::couple::Member;
use crate::store::Guard;
use crate::store::data::{Data, Space, Trouble};
use crate::store::settings::Settings;

impl Desk {
    /// How the space of a member is guarded.
    #[must_use]
    pub fn guard(&self, member: Member) -> Guard {
        self.shelf.as_ref().map_or(*self.pretended.of(member), |shelf| shelf.guard(member))
    }

    /// Says how a space is guarded, for a picture of a desk in memory.
    pub fn pretend(&mut self, member: Member, guard: Guard) {
        *self.pretended.of_mut(member) = guard;
    }

    /// Whether any space on this device has a passphrase.
    #[must_use]
    pub fn has_passphrases(&self) -> bool {
        Member::BOTH.into_iter().any(|member| self.guard(member) != Guard::None)
    }

    /// Whether both use this device, as far as anybody said.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.data.settings.alone
    }

    /// Whether there is a recovery key for the space of a member.
    #[must_use]
    pub fn has_recovery(&self, member: Member) -> bool {
        self.shelf.as_ref().is_some_and(|shelf| shelf.has_recovery(member))
    }

    /// Deletes everything in the space of whoever is here, for good.
    ///
    /// # Errors
    /// What could not be deleted; the rest is gone.
    pub fn erase_own_space(&mut self) -> Result<(), crate::store::SaveError> {
        let here = self.here();
        self.left = None;
        *self.data.spaces.of_mut(here) = Space::default();
        let done = self.shelf.as_ref().map_or(Ok(()), |shelf| shelf.erase_space(here));
        self.data.join_asking();
        done
    }

    /// Deletes everything, for good. From then on nothing is kept.
    ///
    /// # Errors
    /// What could not be deleted; the rest is gone.
    pub fn erase_everything(&mut self) -> Result<(), crate::store::SaveError> {
        let done = self.shelf.take().map_or(Ok(()), |shelf| shelf.erase_everything().map(drop));
        let settings = Settings { language: self.data.settings.language, welcomed: true, ..Settings::default() };
        self.data = Data { settings, ..Data::default() };
        (self.left, self.finding) = (None, Finding::default());
        done
    }

    /// Saves and locks the space of whoever is here; nothing of it stays in memory.
    pub fn lock(&mut self) {
        let here = self.here();
        self.forget_left();
        if let Some(shelf) = &self.shelf {
            // What the disk did not take is kept sealed, and the store's own reports tell of it.
            let _ = shelf.lock(here);
        }
        *self.data.spaces.of_mut(here) = Space::default();
        self.data.join_asking();
    }

    /// Locks whatever is open of somebody who is not here.
    pub fn lock_others(&mut self) {
        let other = self.here().other();
        if self.guard(other) == Guard::Unlocked {
            if let Some(shelf) = &self.shelf {
                let _ = shelf.lock(other);
            }
            *self.data.spaces.of_mut(other) = Space::default();
            self.data.join_asking();
        }
    }

    /// Forgets where someone was in the middle of something, and what they looked for.
    pub fn forget_left(&mut self) {
        self.left = None;
        self.finding = Finding::default();
    }

    /// Reads the space of a member that was opened; `exercises` are the ids to look for.
    pub fn load_space(&mut self, member: Member, exercises: &[String], troubles: &mut Vec<Trouble>) {
        if let Some(shelf) = &self.shelf {
            *self.data.spaces.of_mut(member) = Space::load(shelf, member, exercises, troubles);
            self.data.join_asking();
        }
    }
}
