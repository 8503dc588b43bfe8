//! Many therapists at once, from the window: written first, then taken up.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::draft::Draft;
use super::read::{Imported, parse};
use crate::directory::{Photo, Photos, Therapist, TherapistId};
use crate::store::clock::{Clock, Stamp};
use crate::store::photos;
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
    /// The photos that came along, where there is no store to keep them.
    pub photos: Photos,
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

    /// Adds records and changes others, as one step. `photos` are those that the records name, by their own names.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing of it is there.
    pub fn add(
        mut self,
        source: &str,
        mut records: Vec<(TherapistId, Therapist)>,
        mut changes: Vec<Change>,
        photos: &BTreeMap<String, Photo>,
    ) -> Result<Batch, SaveError> {
        // First the photos: a record never names one that is not there.
        let mut kept = Photos::new();
        let all = records.iter_mut().map(|(id, therapist)| (&*id, therapist));
        let mut all = all.chain(changes.iter_mut().map(|(id, _, new)| (&*id, new)));
        let mut written = Vec::new();
        let done = all.try_for_each(|(id, therapist)| {
            let name = self.keep_photo(id, therapist, photos, &mut kept)?;
            written.extend(name.map(|name| (id.clone(), name)));
            Ok(())
        });
        if let Err(error) = done {
            self.take_back(&written);
            return Err(error);
        }
        let (mut draft, mut clock) = self.begin(source);
        for (id, therapist) in &records {
            draft.add(id, therapist);
        }
        let edits = self.edit(&mut draft, &mut clock, changes);
        self.save(&draft).inspect_err(|_| self.take_back(&written))?;
        let imported =
            Imported { at: draft.at(), source: source.to_owned(), records, edits: Vec::new(), withdrawn: Vec::new() };
        Ok(Batch { imported, edits, photos: kept })
    }

    fn keep_photo(
        &self,
        id: &TherapistId,
        therapist: &mut Therapist,
        photos: &BTreeMap<String, Photo>,
        kept: &mut Photos,
    ) -> Result<Option<String>, SaveError> {
        let Some(photo) = photos.get(&therapist.photo) else { return Ok(None) };
        therapist.photo = match &self.shelf {
            Some(shelf) => shelf.save_photo(id, photo)?,
            None => {
                let name = photos::file_name(photo, self.clock.device());
                kept.extend(photo.png().ok().map(|png| (name.clone(), png)));
                name
            }
        };
        Ok(Some(therapist.photo.clone()))
    }

    /// Removes photos of an import that came to nothing.
    fn take_back(&self, written: &[(TherapistId, String)]) {
        for (id, name) in written {
            // What is left of one that cannot be removed either is a picture that nothing shows.
            let _ = self.shelf.as_ref().map(|shelf| shelf.remove_photo(id, name));
        }
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
        Ok(Batch { imported: Imported { edits: Vec::new(), ..imported }, edits, photos: Photos::new() })
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
