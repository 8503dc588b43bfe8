//! Adding what the preview shows, as one step, and taking it back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use super::{Import, Message, Stage};
use crate::app::desk::Desk;
use crate::app::off::off;
use crate::app::screen::Action;
use crate::couple::Member;
use crate::directory::import::{differences, fill};
use crate::directory::{Preview, RowOutcome, Therapist, TherapistId};
use crate::fields::Document;
use crate::locale::Texts;
use crate::store::imports::{Batch, Batcher};
use crate::store::{Joined, Stamp};

/// One import that was done.
#[derive(Debug, Clone)]
pub struct Step {
    /// Stamps what was added.
    at: Stamp,
    /// How many were added.
    pub(super) added: usize,
    /// Those that were changed: before and after.
    changed: Vec<(TherapistId, Box<Therapist>, Box<Therapist>)>,
    /// What is to be taken up in memory yet.
    batch: Option<Box<Batch>>,
}

impl Step {
    /// How many that were here already got something new.
    pub(super) fn filled(&self) -> usize {
        self.changed.len()
    }
}

/// A record on the list, and what it is to be.
type Change = (TherapistId, Joined<Therapist>, Therapist);

impl Import {
    /// Whether the file's value of a field is to be taken.
    pub(super) fn takes(&self, row: usize, field: &str, fills: bool) -> bool {
        self.picks.get(&(row, field.to_owned())).copied().unwrap_or(fills)
    }

    /// The records that are here already and are to change.
    fn changes(&self, preview: &Preview, desk: &Desk) -> Vec<Change> {
        let here = preview.rows.iter().enumerate().filter_map(|(at, row)| match &row.outcome {
            RowOutcome::AlreadyHere { id, .. } => Some((at, id, &row.found.therapist)),
            RowOutcome::New | RowOutcome::Repeated { .. } => None,
        });
        let mut seen = BTreeSet::new();
        here.filter(|(_, id, _)| seen.insert((*id).clone()))
            .filter_map(|(row, id, there)| {
                let old = desk.data.therapists.get(id)?;
                let all = differences(&old.value, there);
                let taken = all.into_iter().filter(|one| self.takes(row, &one.field, one.fills));
                let fields: BTreeSet<String> = taken.map(|one| one.field).collect();
                (!fields.is_empty()).then(|| (id.clone(), old.clone(), fill(&old.value, there, &fields)))
            })
            .collect()
    }

    pub(super) fn add(&mut self, desk: &mut Desk, texts: &Texts) -> Action<Message> {
        let Stage::Preview(path, preview, _) = &self.stage else { return Action::None };
        let changes = self.changes(preview, desk);
        let source = file_name(path);
        let (preview, here, batcher) = (Arc::clone(preview), desk.here(), desk.batcher());
        if let Some(mapping) = &self.mapping
            && !mapping.no_headings
        {
            let said: Vec<(String, String)> =
                mapping.iter().map(|(heading, target)| (heading.to_owned(), target.as_str().to_owned())).collect();
            desk.change_settings(|settings| settings.columns.extend(said));
        }
        let is_in_memory = batcher.shelf.is_none();
        let failed = texts.get("import-not-saved");
        let work = move || step(batcher, &preview, &source, here, changes).map_err(|why| format!("{failed} {why}"));
        self.stage = Stage::Adding;
        if is_in_memory {
            self.added(&Arc::new(work()), desk);
            return Action::None;
        }
        Action::Run(off(work).map(|step| Message::Added(Arc::new(step))))
    }

    pub(super) fn added(&mut self, added: &Arc<Result<Step, String>>, desk: &mut Desk) {
        match &**added {
            Ok(step) => {
                let mut step = step.clone();
                if let Some(batch) = step.batch.take() {
                    desk.take_batch(*batch);
                }
                self.stage = Stage::Done(step, false);
            }
            Err(trouble) => {
                self.trouble = Some(trouble.clone());
                self.stage = Stage::Asking;
            }
        }
    }

    /// Takes the step back, or does it again.
    pub(super) fn undo(&mut self, desk: &mut Desk) {
        let Stage::Done(step, is_undone) = &mut self.stage else { return };
        let deleted = !*is_undone;
        let change = |(id, before, after): &(TherapistId, Box<Therapist>, Box<Therapist>)| {
            let old = desk.data.therapists.get(id)?.clone();
            let (from, to) = if deleted { (after, before) } else { (before, after) };
            // Only what the import changed, and only where nobody has changed it since.
            let mut new = old.value.clone();
            let now = old.value.put();
            let from_values = from.put();
            for (field, text) in to.changes_since(from) {
                if now.get(&field) == from_values.get(&field) {
                    let _ = new.take_one(&field, &text);
                }
            }
            Some((id.clone(), old, new))
        };
        let changes: Vec<Change> = step.changed.iter().filter_map(change).collect();
        match desk.batcher().withdraw(step.at, deleted, changes) {
            Ok(batch) => {
                *is_undone = deleted;
                desk.take_batch(batch);
                self.trouble = None;
            }
            Err(error) => self.trouble = Some(error.to_string()),
        }
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Writes the new ones and the changes.
fn step(batcher: Batcher, preview: &Preview, source: &str, here: Member, changes: Vec<Change>) -> Result<Step, String> {
    let mut records = Vec::new();
    for new in preview.new_therapists() {
        let id = TherapistId::random().map_err(|error| error.to_string())?;
        let source = if new.source.is_empty() { source.to_owned() } else { new.source.clone() };
        records.push((id, Therapist { source, added_by: Some(here), ..new.clone() }));
    }
    let added = records.len();
    let before: BTreeMap<TherapistId, Therapist> =
        changes.iter().map(|(id, old, _)| (id.clone(), old.value.clone())).collect();
    let batch = batcher.add(source, records, changes, &preview.photos()).map_err(|error| error.to_string())?;
    let after = batch.edits.iter().map(|(id, joined)| (id, Box::new(joined.value.clone())));
    let changed =
        after.filter_map(|(id, after)| Some((id.clone(), Box::new(before.get(id)?.clone()), after))).collect();
    Ok(Step { at: batch.imported.at, added, changed, batch: Some(Box::new(batch)) })
}
