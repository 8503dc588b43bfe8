//! `import` and `export`: therapists from and to files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::CommandError;
use crate::directory::export::export_csv;
use crate::directory::import::{MAX_BYTES, preview_csv};
use crate::directory::{Therapist, TherapistId};
use crate::store::data::therapist_record;
use crate::store::foreign;
use crate::store::{Joined, Opening, RecordKind, Role, Shelf, When};

/// How long the disk may take for everything that was imported.
const PATIENCE: Duration = Duration::from_secs(600);

fn open(root: &Path, role: Role) -> Result<Shelf, CommandError> {
    // A verb is over before anything could change behind its back.
    Shelf::open(root, Opening { look_out: false, ..Opening::new(role) })
        .map(|(shelf, _)| shelf)
        .map_err(|error| CommandError::Input(error.to_string()))
}

fn therapists(shelf: &Shelf) -> BTreeMap<TherapistId, Therapist> {
    shelf
        .list_records(RecordKind::Therapist)
        .into_iter()
        .filter_map(|record| {
            let id = TherapistId::new(record.id()).ok()?;
            Some((id, shelf.load_record::<Therapist>(&record).0.value))
        })
        .filter(|(_, therapist)| !therapist.deleted)
        .collect()
}

pub(super) fn import(root: &Path, files: &[PathBuf], dry_run: bool) -> Result<String, CommandError> {
    let shelf = open(root, if dry_run { Role::Reader } else { Role::Window })?;
    let mut known = therapists(&shelf);
    let mut said = String::new();
    for file in files {
        let bytes = foreign::read(file, MAX_BYTES)
            .map_err(|error| CommandError::Input(format!("{} cannot be read: {error}", file.display())))?;
        let preview =
            preview_csv(&bytes, &known).map_err(|error| CommandError::Input(format!("{}: {error}", file.display())))?;
        let counts = preview.counts();
        said.push_str(&format!(
            "{}: {} new, {} already here, {} not usable\n",
            file.display(),
            counts.new,
            counts.known,
            counts.unusable
        ));
        for therapist in preview.new_therapists() {
            let id = TherapistId::random().map_err(|error| CommandError::Input(error.to_string()))?;
            let therapist = therapist.clone();
            if !dry_run && let Some(record) = therapist_record(&id) {
                let _ = shelf.save_record(&record, &Joined::default(), &therapist, When::Now);
            }
            known.insert(id, therapist);
        }
    }
    if !shelf.flush(PATIENCE) {
        return Err(CommandError::Input("not everything could be saved; try again when the disk has room".to_owned()));
    }
    Ok(said)
}

pub(super) fn export(root: &Path, file: &Path) -> Result<String, CommandError> {
    let shelf = open(root, Role::Reader)?;
    let known = therapists(&shelf);
    let text = export_csv(known.values());
    if file == Path::new("-") {
        return Ok(text);
    }
    std::fs::write(file, text)
        .map_err(|error| CommandError::Input(format!("{} cannot be written: {error}", file.display())))?;
    Ok(format!("{} therapists written to {}\n", known.len(), file.display()))
}
