//! Notices when something else changes a file: a person with an editor, the partner's device through the synced folder.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::disk::What;
use super::document::LARGEST;
use super::files::Files;
use super::place::{Part, Place, Record};
use super::queue::Report;
use super::write;

/// A file is looked at when nothing happened for this long: editors and sync programs write in several steps.
const SETTLE: Duration = Duration::from_millis(200);
/// But no later than this, however busy the folder is.
const LATEST: Duration = Duration::from_secs(1);

/// Watches as long as it lives.
pub struct Outside {
    _watcher: RecommendedWatcher,
}

impl Outside {
    /// Starts watching. The thread behind it sleeps until the system reports something.
    pub fn start(files: Arc<Files>) -> Result<Self, notify::Error> {
        let (sender, receiver) = mpsc::channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading is reported as well; without this, looking at a file would cause the next look.
            if let Ok(event) = event
                && !matches!(event.kind, EventKind::Access(_))
            {
                for path in event.paths {
                    let _ = sender.send(path);
                }
            }
        })?;
        let private = files.spot(&files.private("spaces")).path();
        watcher.watch(private.parent().unwrap_or(&files.root), RecursiveMode::NonRecursive)?;
        watcher.watch(&private, RecursiveMode::Recursive)?;
        // One that is away is looked for by hand, and watched from then on.
        if files.away().is_none() {
            watcher.watch(&files.shared_folder(), RecursiveMode::Recursive)?;
        }
        thread::Builder::new()
            .name("outside".to_owned())
            .spawn(move || run(&files, &receiver))
            .map_err(notify::Error::io)?;
        Ok(Self { _watcher: watcher })
    }
}

fn run(files: &Files, receiver: &Receiver<PathBuf>) {
    while let Ok(first) = receiver.recv() {
        let mut paths = BTreeSet::from([first]);
        let latest = Instant::now() + LATEST;
        loop {
            let left = latest.saturating_duration_since(Instant::now()).min(SETTLE);
            match receiver.recv_timeout(left) {
                Ok(path) => {
                    paths.insert(path);
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        if files.away().is_some() {
            (files.report)(Report::SharedAway);
        }
        let places: BTreeSet<Place> = paths.iter().flat_map(|path| changed(files, path)).collect();
        for place in places {
            (files.report)(Report::ChangedOutside(place));
        }
    }
}

/// The places whose content this process does not know yet.
fn changed(files: &Files, path: &Path) -> Vec<Place> {
    let folder = matches!(files.disk.look(path), Ok(Some(entry)) if entry.what == What::Folder);
    // Files put into a new folder before it was watched are only found by looking.
    let paths = if folder { write::walk(&*files.disk, path) } else { vec![path.to_owned()] };
    paths
        .iter()
        .filter_map(|path| Some((path, place_of(files, &files.below(path)?)?)))
        .filter(|(path, _)| news(files, path))
        .map(|(_, place)| place)
        .collect()
}

/// The place of a path; copies that sync programs make belong to the place of their original.
fn place_of(files: &Files, below: &Path) -> Option<Place> {
    files.sealed_place(below).or_else(|| Place::from_path(below)).or_else(|| {
        let record = Record::of_folder(below.parent()?)?;
        match Part::of_name(below.file_name()?.to_str()?) {
            Part::Copy(device) => Some(Place::Shared(record, device)),
            _ => None,
        }
    })
}

fn news(files: &Files, path: &Path) -> bool {
    match files.disk.look(path) {
        // Too large or no file at all: the next load says what is wrong with it.
        Ok(Some(entry)) if entry.what != What::File || entry.size > LARGEST => true,
        Ok(Some(_)) => match files.disk.read(path) {
            Ok(bytes) => files.note(path, Some(&bytes)),
            Err(error) => error.kind() != io::ErrorKind::NotFound,
        },
        Ok(None) => files.note(path, None),
        Err(_) => false,
    }
}
