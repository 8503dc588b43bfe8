//! `import` and `export`: therapists from and to files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::CommandError;
use crate::choice::plan::QUESTIONS;
use crate::directory::export::{self, Format};
use crate::directory::import::{
    self, About, Choice, Counts, Entry, Found, ImportError, MAX_BYTES, Row, RowOutcome, Sorter,
};
use crate::directory::{Photo, Photos, Therapist, TherapistId};
use crate::locale::{Language, Texts};
use crate::store::data::Data;
use crate::store::imports::Draft;
use crate::store::photos;
use crate::store::settings::Settings;
use crate::store::{Clock, Listener, Opening, Place, Report, Role, SaveError, Shelf, foreign};

/// How many entries are told one by one.
const TOLD: usize = 20;

/// How long the device's own file may take. Nothing else is written then, so this is only ever a disk that hangs.
const PATIENCE: Duration = Duration::from_secs(10);

fn open(root: &Path, role: Role, report: Listener) -> Result<Shelf, CommandError> {
    // A verb is over before anything could change behind its back.
    Shelf::open(root, Opening { look_out: false, report, ..Opening::new(role) })
        .map(|(shelf, _)| shelf)
        .map_err(|error| CommandError::Input(error.to_string()))
}

/// Waits until everything that was given to the store is on the disk itself; the first failure is an error at once.
fn settle(shelf: &Shelf, failed: &Receiver<SaveError>) -> Result<(), CommandError> {
    let start = Instant::now();
    while !shelf.flush(Duration::from_millis(50)) {
        if let Ok(error) = failed.try_recv() {
            return Err(input(error));
        }
        if start.elapsed() > PATIENCE {
            let path = shelf.path(&Place::Device).display().to_string();
            return Err(input(format!("cannot save {path}: the disk does not answer")));
        }
    }
    failed.try_recv().map_or(Ok(()), |error| Err(input(error)))
}

fn therapists(shelf: &Shelf) -> Data {
    let mut data = Data::default();
    data.load_therapists(shelf, &mut Vec::new());
    data
}

fn input(error: impl std::fmt::Display) -> CommandError {
    CommandError::Input(error.to_string())
}

/// All files are one step: if one of them cannot be read, nothing is changed.
pub(super) fn import(root: &Path, files: &[PathBuf], dry_run: bool, choice: &Choice) -> Result<String, CommandError> {
    let (fails, failed) = mpsc::channel();
    let report = Arc::new(move |report| {
        if let Report::Failed { error, .. } = report {
            let _ = fails.send(error);
        }
    });
    let shelf = open(root, if dry_run { Role::Reader } else { Role::Window }, report)?;
    let names: Vec<String> = files.iter().map(|file| name(file)).collect();
    let mut work = Work {
        sorter: Sorter::new([]),
        draft: shelf.begin_import(&names.join(", ")),
        clock: Clock::new(shelf.device(), None),
        data: therapists(&shelf),
        source: String::new(),
        told: Told::default(),
        fault: None,
        photos: Vec::new(),
    };
    work.sorter = Sorter::new(work.data.listed());
    let mut said = String::new();
    for file in files {
        said.push_str(&work.file(file, choice)?);
    }
    if !dry_run && !work.draft.is_empty() {
        // The clock first: if it cannot be kept, nothing is imported, and it is said.
        settle(&shelf, &failed)?;
        let photos = work.photos.iter().try_for_each(|(id, photo)| shelf.save_photo(id, photo).map(drop));
        photos.and_then(|()| shelf.save_import(&work.draft)).map_err(|error| {
            for (id, photo) in &work.photos {
                // What is left of one that cannot be removed either is a picture that nothing shows.
                let _ = shelf.remove_photo(id, &photos::file_name(photo, shelf.device()));
            }
            input(error)
        })?;
    }
    Ok(said)
}

fn name(file: &Path) -> String {
    file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// An import while it goes on. New records are kept as text only, so that the memory stays small.
struct Work {
    sorter: Sorter,
    draft: Draft,
    clock: Clock,
    data: Data,
    /// The name of the file, for records that do not say where they come from.
    source: String,
    told: Told,
    fault: Option<String>,
    /// Of new ones and of those that are here: written once all files were read.
    photos: Vec<(TherapistId, Box<Photo>)>,
}

/// What is told of one file beside the counts.
#[derive(Default)]
struct Told {
    lines: Vec<(u64, String)>,
    filled: usize,
    aside: usize,
}

impl Work {
    fn file(&mut self, file: &Path, choice: &Choice) -> Result<String, CommandError> {
        let shown = file.display();
        let mut source = foreign::open(file, MAX_BYTES).map_err(|error| match error {
            foreign::ForeignError::TooBig { .. } => input(format!("{shown}: {error}")),
            error => input(format!("{shown} cannot be read: {error}")),
        })?;
        self.source = name(file);
        self.told = Told::default();
        let (before, faults) = (self.sorter.counts(), self.sorter.faults().len());
        let about = import::read(&mut source, choice, &mut |entry| self.take(entry));
        if let Some(fault) = self.fault.take() {
            return Err(input(format!("{shown}: {fault}")));
        }
        let about = about.map_err(|error| input(format!("{shown}: {error}")))?;
        let counts = since(self.sorter.counts(), before);
        let faults = self.sorter.faults().get(faults..).unwrap_or_default();
        self.told.lines.extend(faults.iter().map(|(line, fault)| (*line, format!("not usable: {fault}"))));
        self.told.lines.sort();
        if counts.new + counts.known == 0 {
            return Err(input(nothing(&shown.to_string(), &counts, &self.told, &about)));
        }
        Ok(report(&shown.to_string(), &counts, &self.told, &about))
    }

    fn take(&mut self, entry: Entry) -> bool {
        let Some(row) = self.sorter.sort(entry) else { return true };
        let done = self.row(row);
        if self.sorter.is_full() {
            self.fault = Some(ImportError::TooMany { most: self.draft.count() }.to_string());
        } else if let Err(fault) = done {
            self.fault = Some(fault);
        }
        self.fault.is_none()
    }

    fn row(&mut self, row: Row) -> Result<(), String> {
        let Row { mut found, outcome } = row;
        self.told.aside += usize::from(!found.aside.is_empty());
        if let Some(error) = found.bad_photo {
            self.tell(found.line, format!("the photo is left out: {error}"));
        }
        match outcome {
            RowOutcome::New => {
                let id = TherapistId::random().map_err(|error| error.to_string())?;
                if found.therapist.source.is_empty() {
                    self.source.clone_into(&mut found.therapist.source);
                }
                self.keep(&id, &mut found);
                self.draft.add(&id, &found.therapist);
            }
            RowOutcome::AlreadyHere { id, .. } => self.fill(&id, found),
            RowOutcome::Repeated { line, .. } => {
                self.tell(found.line, format!("the same as the one before at {line}"));
            }
        }
        Ok(())
    }

    /// The photo of an entry, to be written later, under the name that its file will have.
    fn keep(&mut self, id: &TherapistId, found: &mut Found) {
        if let Some(photo) = found.photo.take() {
            found.therapist.photo = photos::file_name(&photo, self.clock.device());
            self.photos.push((id.clone(), photo));
        }
    }

    /// What the list says nothing of is filled; what it says stays.
    fn fill(&mut self, id: &TherapistId, mut found: Found) {
        let Some(old) = self.data.therapists.get(id).cloned() else { return };
        if old.value.photo.is_empty() {
            self.keep(id, &mut found);
        }
        let (there, line) = (&found.therapist, found.line);
        let all = import::differences(&old.value, there);
        let fields: BTreeSet<String> = all.iter().filter(|one| one.fills).map(|one| one.field.clone()).collect();
        let kept: Vec<&str> = all.iter().filter(|one| !one.fills).map(|one| one.field.as_str()).collect();
        let mut words = String::from("already here");
        if !fields.is_empty() {
            let list: Vec<&str> = fields.iter().map(String::as_str).collect();
            let _ = write!(words, "; was empty and is filled: {}", list.join(", "));
            let new = import::fill(&old.value, there, &fields);
            let joined = self.draft.edit(id, &old, &new, &mut self.clock, Timestamp::now());
            self.data.therapists.insert(id.clone(), joined);
            self.told.filled += 1;
        }
        if !kept.is_empty() {
            let _ = write!(words, "; says otherwise and was not taken: {}", kept.join(", "));
        }
        if !all.is_empty() {
            self.tell(line, words);
        }
    }

    fn tell(&mut self, line: u64, words: String) {
        if self.told.lines.len() < 10_000 {
            self.told.lines.push((line, words));
        }
    }
}

const fn since(now: Counts, before: Counts) -> Counts {
    Counts {
        new: now.new - before.new,
        organisations: now.organisations - before.organisations,
        known: now.known - before.known,
        unusable: now.unusable - before.unusable,
        left_out: now.left_out - before.left_out,
    }
}

const fn unit(about: &About) -> &'static str {
    if about.kind.counts_lines() { "line" } else { "entry" }
}

fn report(file: &str, counts: &Counts, told: &Told, about: &About) -> String {
    let Counts { new, organisations, known, unusable, left_out } = *counts;
    let mut said = format!("{file}: {new} new, {known} already here, {unusable} not usable\n");
    let mut say = |line: String| {
        said.push_str("  ");
        said.push_str(&line);
        said.push('\n');
    };
    if organisations > 0 {
        say(format!("{organisations} of the new ones are practices or companies, not people"));
    }
    if told.filled > 0 {
        say(format!("{} already here had empty fields that were filled; nothing was overwritten", told.filled));
    }
    if told.aside > 0 {
        say(format!("{} had a value that was not clear; it is in the notes", told.aside));
    }
    if !about.unknown_headings.is_empty() {
        say(format!("columns that went into the notes: {}", about.unknown_headings.join(", ")));
    }
    if left_out > 0 {
        say(format!("{left_out} left out: another state or field of work (--state, --taxonomy)"));
    }
    for (line, words) in told.lines.iter().take(TOLD) {
        say(format!("{} {line}: {words}", unit(about)));
    }
    let more = (told.lines.len() + unusable).saturating_sub(TOLD).min(told.lines.len().saturating_sub(TOLD));
    if more > 0 {
        say(format!("and {more} more"));
    }
    said
}

/// Said of a file out of which nothing can be used: one sentence.
fn nothing(file: &str, counts: &Counts, told: &Told, about: &About) -> String {
    if counts.unusable > 0 {
        let first = told.lines.first().map(|(line, words)| format!("{} {line}: {words}", unit(about)));
        return format!("{file}: nothing in it can be used ({})", first.unwrap_or_default());
    }
    format!(
        "{file}: none of its {} entries is in the states and fields of work that were asked for; others are taken with --state and --taxonomy all",
        counts.left_out
    )
}

pub(super) fn export(root: &Path, file: &Path, language: Option<Language>) -> Result<String, CommandError> {
    let standard = file == Path::new("-");
    let extension = file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let format = if standard { Some(Format::Csv) } else { Format::of_extension(&extension) };
    let Some(format) = format else {
        return Err(CommandError::Usage(
            "export: the file's name must end in .csv, .vcf, .json, .ron or .html".to_owned(),
        ));
    };
    let shelf = open(root, Role::Reader, Arc::new(|_| {}))?;
    let mut data = therapists(&shelf);
    let language =
        language.or(shelf.load::<Settings>(&Place::Settings).value.language).unwrap_or_else(Language::of_system);
    let texts = Texts::new(language);
    let questions: Vec<String> = QUESTIONS.iter().map(|key| texts.get(key)).collect();
    let all: Vec<&Therapist> = if format == Format::Sheet {
        data.load_round(&shelf, &mut Vec::new());
        data.to_call()
    } else {
        data.listed().map(|(_, therapist)| therapist).collect()
    };
    let photos = match format {
        Format::VCard | Format::Ron => shelf.photos(data.listed()),
        Format::Csv | Format::Json | Format::Sheet => Photos::new(),
    };
    let text = export::export(format, all.iter().copied(), &photos, &questions, &texts);
    if standard {
        return Ok(text);
    }
    foreign::write(file, text.as_bytes(), true)
        .map_err(|error| input(format!("{} cannot be written: {error}", file.display())))?;
    Ok(format!("{} therapists written to {}\n", all.len(), file.display()))
}
