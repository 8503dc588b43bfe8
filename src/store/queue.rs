//! The one thread that writes. It sleeps until something is due, and never wakes for nothing.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::document::Problem;
use super::files::{Files, Job, held};
use super::place::Place;
pub use super::write::SaveError;
use crate::fields::Values;

/// How soon a change must be on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// At once: a decision, a finished step.
    Now,
    /// Within [`SOON`] of the first unsaved change: typing.
    Soon,
}

/// The longest that a [`When::Soon`] change waits. Later changes to the same file join it and do not move it.
pub const SOON: Duration = Duration::from_secs(1);
/// After failures a write is tried again after 1, 2, 4 … seconds, at most this.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// What happened on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// All changes given for this file until then are on disk.
    Saved(Place),
    /// The change is not on disk. It is kept and tried again, unless [`SaveError::may_pass`] says that this is
    /// useless. Told once; the next report of this place is `Saved` or another error.
    Failed {
        /// Which file.
        place: Place,
        /// Why.
        error: SaveError,
    },
    /// Something else changed the file: load it again.
    ChangedOutside(Place),
    /// The shared folder lies elsewhere now, or is there again: load everything again.
    SharedChanged,
    /// The shared folder went away while it was in use.
    SharedAway,
    /// A file was unreadable when it was about to be written; its content lies in `private/corrupt`.
    Unreadable(Problem),
    /// The file was saved, but its old version could not be kept.
    NoBackup {
        /// Which file.
        place: Place,
        /// Why.
        error: SaveError,
    },
}

struct Pending {
    job: Job,
    due: Instant,
    tries: Tries,
}

/// How it went so far.
#[derive(Default)]
struct Tries {
    /// Failures in a row.
    failures: u32,
    /// What was last reported.
    told: Option<SaveError>,
}

#[derive(Default)]
struct State {
    pending: BTreeMap<Place, Pending>,
    /// What is being written right now.
    active: Option<(Place, Job)>,
    closing: bool,
}

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    files: Arc<Files>,
}

/// Jobs waiting for the writer. Dropped, it tries each once more and then ends.
pub struct Queue {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

/// What is not yet on disk of one place.
pub enum Unsaved {
    /// Nothing.
    Nothing,
    /// These fields of this whole document.
    Fields {
        changes: Values,
        whole: Values,
        /// What is on disk counts no more.
        fresh: bool,
    },
    /// The file is about to go.
    Removed,
}

impl Queue {
    /// Starts the writer.
    pub fn start(files: Arc<Files>) -> io::Result<Self> {
        let shared = Arc::new(Shared { state: Mutex::default(), changed: Condvar::new(), files });
        let mine = Arc::clone(&shared);
        let writer = thread::Builder::new().name("writer".to_owned()).spawn(move || mine.run())?;
        Ok(Self { shared, writer: Some(writer) })
    }

    /// Takes a job. It joins what already waits for the same place.
    pub fn push(&self, place: &Place, job: Job, when: When) {
        let now = Instant::now();
        let due = if when == When::Now { now } else { now + SOON };
        let mut state = held(&self.shared.state);
        match state.pending.get_mut(place) {
            Some(waiting) => {
                waiting.job = follow(&waiting.job, job);
                waiting.due = waiting.due.min(due);
            }
            None => {
                state.pending.insert(place.clone(), Pending { job, due, tries: Tries::default() });
            }
        }
        drop(state);
        self.shared.changed.notify_all();
    }

    /// What the caller gave that is not yet on disk.
    pub fn unsaved(&self, place: &Place) -> Unsaved {
        let state = held(&self.shared.state);
        let active = state.active.iter().filter(|(of, _)| of == place).map(|(_, job)| job.clone());
        let waiting = state.pending.get(place).map(|pending| pending.job.clone());
        match active.chain(waiting).reduce(|first, then| follow(&first, then)) {
            // Of a locked space, from which nothing is read.
            None | Some(Job::Sealed { .. }) => Unsaved::Nothing,
            Some(Job::Remove) => Unsaved::Removed,
            Some(Job::Write { changes, whole, fresh, .. }) => Unsaved::Fields { changes, whole, fresh },
        }
    }

    /// The places that are not yet on disk.
    pub fn unsaved_places(&self) -> Vec<Place> {
        let state = held(&self.shared.state);
        let mut places: Vec<Place> = state.pending.keys().cloned().collect();
        places.extend(state.active.iter().map(|(place, _)| place.clone()));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Replaces what waits by what `with` makes of it, where it makes anything of it; also what is being written, for
    /// when that fails and comes back.
    pub fn replace(&self, with: impl Fn(&Place, &Job) -> Option<Job>) {
        let mut state = held(&self.shared.state);
        let State { pending, active, .. } = &mut *state;
        let waiting = pending.iter_mut().map(|(place, waiting)| (place, &mut waiting.job));
        for (place, job) in waiting.chain(active.iter_mut().map(|(place, job)| (&*place, job))) {
            if let Some(made) = with(place, job) {
                *job = made;
            }
        }
    }

    /// Whether something is being written right now.
    pub fn is_writing(&self) -> bool {
        held(&self.shared.state).active.is_some()
    }

    /// Makes everything due now and waits until it is on disk; false when time ran out first.
    pub fn flush(&self, timeout: Duration) -> bool {
        let mut state = held(&self.shared.state);
        let now = Instant::now();
        for waiting in state.pending.values_mut() {
            waiting.due = now;
        }
        self.shared.changed.notify_all();
        let busy = |state: &mut State| state.active.is_some() || !state.pending.is_empty();
        match self.shared.changed.wait_timeout_while(state, timeout, busy) {
            Ok((_, waited)) => !waited.timed_out(),
            Err(_) => false,
        }
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        held(&self.shared.state).closing = true;
        self.shared.changed.notify_all();
        if let Some(writer) = self.writer.take() {
            let _ = writer.join();
        }
    }
}

/// One job that does what `first` and then `next` would.
fn follow(first: &Job, next: Job) -> Job {
    match (first, next) {
        (Job::Remove, Job::Write { head, changes, whole, .. }) => Job::Write { head, changes, whole, fresh: true },
        (Job::Write { changes: before, fresh, .. }, Job::Write { head, changes, whole, .. }) => {
            let mut all = before.clone();
            all.extend(changes);
            Job::Write { head, changes: all, whole, fresh: *fresh }
        }
        // Whoever writes has the space open, and what was frozen was thawed when it opened.
        (Job::Sealed { .. }, next) | (_, next @ (Job::Remove | Job::Sealed { .. })) => next,
    }
}

impl Shared {
    fn run(&self) {
        while let Some((place, job, tries)) = self.next() {
            let done = self.files.perform(&place, job);
            // Told before `flush` returns, so that whoever waited has heard it.
            match &done {
                Ok(()) => (self.files.report)(Report::Saved(place.clone())),
                Err(error) if tries.told.as_ref() == Some(error) => {}
                Err(error) => (self.files.report)(Report::Failed { place: place.clone(), error: error.clone() }),
            }
            self.settle(&place, &tries, done);
        }
    }

    /// Waits for the next job that is due; `None` at the end.
    fn next(&self) -> Option<(Place, Job, Tries)> {
        let mut state = held(&self.state);
        loop {
            let now = Instant::now();
            let first = state.pending.iter().min_by_key(|(_, pending)| pending.due).map(|(p, j)| (p.clone(), j.due));
            state = match first {
                Some((place, due)) if due <= now || state.closing => {
                    let pending = state.pending.remove(&place)?;
                    state.active = Some((place.clone(), pending.job.clone()));
                    return Some((place, pending.job, pending.tries));
                }
                None if state.closing => return None,
                Some((_, due)) => match self.changed.wait_timeout(state, due - now) {
                    Ok((state, _)) => state,
                    Err(poisoned) => poisoned.into_inner().0,
                },
                None => match self.changed.wait(state) {
                    Ok(state) => state,
                    Err(poisoned) => poisoned.into_inner(),
                },
            };
        }
    }

    /// Books a job as done, or puts it back under whatever came in meanwhile.
    fn settle(&self, place: &Place, tries: &Tries, done: Result<(), SaveError>) {
        let mut state = held(&self.state);
        // Its space may have been locked meanwhile: then this is the sealed content.
        let tried = state.active.take();
        if let (Some((_, tried)), Err(error)) = (tried, done)
            && error.may_pass()
            && !state.closing
        {
            let pause = Duration::from_secs(1 << tries.failures.min(6)).min(LONGEST_PAUSE);
            let job = match state.pending.remove(place) {
                Some(later) => follow(&tried, later.job),
                None => tried,
            };
            let due = Instant::now() + pause;
            let again = Pending { job, due, tries: Tries { failures: tries.failures + 1, told: Some(error) } };
            state.pending.insert(place.clone(), again);
        }
        drop(state);
        self.changed.notify_all();
    }
}
