//! Many therapists at once, from the window: written first, then taken up.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::draft::Draft;
use super::read::{Imported, parse};
use crate::directory::{Therapist, TherapistId};
use crate::store::clock::{Clock, Stamp};
use crate::store::queue::SaveError;
use crate::store::record::Joined;
use crate::store::shelf::Shelf;

/// What was written, for taking it up in memory.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// What was added, or taken back.
    pub imported: Imported,
    /// Records that were there before, as they are now.
    pub edits: Vec<(TherapistId, Joined<Therapist>)>,
}

/// A record that was there before, and what it is to be.
pub type Change = (TherapistId, Joined<Therapist>, Therapist);

/// Writes many at once, on any thread; without a shelf only in memory.
#[derive(Debug, Clone)]
pub struct Batcher {
    /// The open store.
    pub shelf: Option<Arc<Shelf>>,
    /// Gives the stamps where there is no store.
    pub clock: Clock,
    /// The time.
    pub now: Timestamp,
}

impl Batcher {
    fn begin(&mut self, source: &str) -> (Draft, Clock) {
        match &self.shelf {
            Some(shelf) => (shelf.begin_import(source), Clock::new(shelf.device(), None)),
            None => (Draft::new(self.clock.next(self.now), source), self.clock.clone()),
        }
    }

    /// Adds records and changes others, as one step.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing of it is there.
    pub fn add(
        mut self,
        source: &str,
        records: Vec<(TherapistId, Therapist)>,
        changes: Vec<Change>,
    ) -> Result<Batch, SaveError> {
        let (mut draft, mut clock) = self.begin(source);
        for (id, therapist) in &records {
            draft.add(id, therapist);
        }
        let edits = self.edit(&mut draft, &mut clock, changes);
        self.save(&draft)?;
        let imported =
            Imported { at: draft.at(), source: source.to_owned(), records, edits: Vec::new(), withdrawn: Vec::new() };
        Ok(Batch { imported, edits })
    }

    /// Takes an earlier step back (`true`), or does it again; `changes` are the records that it changed.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing of it is there.
    pub fn withdraw(mut self, import: Stamp, deleted: bool, changes: Vec<Change>) -> Result<Batch, SaveError> {
        // Later than the import, whatever the clock of a test says.
        self.clock.see(import);
        let (mut draft, mut clock) = self.begin("");
        draft.withdraw(import, deleted);
        let edits = self.edit(&mut draft, &mut clock, changes);
        self.save(&draft)?;
        let (imported, _) = parse(Path::new(""), &draft.text());
        let imported = imported.ok_or_else(|| SaveError::Garbled(Path::new("").to_owned(), String::new()))?;
        // The edits are handed over as they are, joined with all that is in memory.
        Ok(Batch { imported: Imported { edits: Vec::new(), ..imported }, edits })
    }

    fn edit(
        &self,
        draft: &mut Draft,
        clock: &mut Clock,
        changes: Vec<Change>,
    ) -> Vec<(TherapistId, Joined<Therapist>)> {
        let mut edit = |(id, old, new): Change| {
            let joined = draft.edit(&id, &old, &new, clock, self.now);
            (id, joined)
        };
        changes.into_iter().map(&mut edit).collect()
    }

    fn save(&self, draft: &Draft) -> Result<(), SaveError> {
        self.shelf.as_ref().map_or(Ok(()), |shelf| shelf.save_import(draft))
    }
}
