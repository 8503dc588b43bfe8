//! A disk that fails on command, for tests.

mod tests;
mod turns;

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use super::disk::{Access, Disk, Entry, RealDisk, Temp};
use crate::document;

document! {
    /// A document for the tests of the store.
    pub struct Note: "note", 1 {
        /// Words.
        pub words: String,
        /// A number.
        pub number: u32,
        /// Many.
        pub list: Vec<String>,
    }
}

/// How the call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// This one call, without having done anything.
    Once,
    /// This call and all later ones, as after a crash or with a disk that went away.
    FromThen,
    /// This one call, after having done its work in part (writing) or in whole (anything else).
    AfterTheFact,
}

/// What goes wrong: a broken disk, a full one, no right to write there, one that was mounted for reading only.
const KINDS: [io::ErrorKind; 4] = [
    io::ErrorKind::Other,
    io::ErrorKind::StorageFull,
    io::ErrorKind::PermissionDenied,
    io::ErrorKind::ReadOnlyFilesystem,
];

/// Counts calls; the one numbered `at` (from 0) fails.
#[derive(Debug)]
struct Faults {
    at: usize,
    fault: Fault,
    kind: io::ErrorKind,
    calls: AtomicUsize,
}

impl Faults {
    fn new(at: usize, fault: Fault, kind: io::ErrorKind) -> Arc<Self> {
        Arc::new(Self { at, fault, kind, calls: AtomicUsize::new(0) })
    }

    /// Whether this call fails before, after or not at all.
    fn run<T>(&self, work: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let call = self.calls.fetch_add(1, Ordering::Relaxed);
        let error = || io::Error::from(self.kind);
        match self.fault {
            Fault::Once if call == self.at => Err(error()),
            Fault::FromThen if call >= self.at => Err(error()),
            Fault::AfterTheFact if call == self.at => work().and_then(|_| Err(error())),
            _ => work(),
        }
    }
}

/// A disk of which every call from this one on fails, as after a crash.
pub fn failing_from(at: usize) -> Arc<dyn Disk> {
    Arc::new(FaultyDisk(Faults::new(at, Fault::FromThen, io::ErrorKind::StorageFull)))
}

/// A disk of which this one call fails; with `after`, when it has done its work.
pub fn failing_at(at: usize, after: bool) -> Arc<dyn Disk> {
    let fault = if after { Fault::AfterTheFact } else { Fault::Once };
    Arc::new(FaultyDisk(Faults::new(at, fault, io::ErrorKind::Other)))
}

/// A disk that hangs once it is told to: the next call that waits for it, and all others, until it goes on.
#[derive(Debug, Default)]
pub struct Gate {
    state: Mutex<Way>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Way {
    #[default]
    Free,
    /// From the next sync on.
    Closing,
    Shut,
}

impl Gate {
    /// The next sync does not come back.
    pub fn close(&self) {
        *self.state.lock().unwrap() = Way::Closing;
    }

    /// All that hangs goes on.
    pub fn open(&self) {
        *self.state.lock().unwrap() = Way::Free;
        self.changed.notify_all();
    }

    /// Waits until something hangs.
    pub fn wait_until_shut(&self) {
        let state = self.state.lock().unwrap();
        drop(self.changed.wait_while(state, |way| *way != Way::Shut).unwrap());
    }

    fn pass(&self, syncs: bool) {
        let mut state = self.state.lock().unwrap();
        if syncs && *state == Way::Closing {
            *state = Way::Shut;
            self.changed.notify_all();
        }
        drop(self.changed.wait_while(state, |way| *way == Way::Shut).unwrap());
    }
}

/// The real disk behind a gate.
pub struct HangingDisk(pub Arc<Gate>);

struct HangingTemp(Arc<Gate>, Box<dyn Temp>);

impl Disk for HangingDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        self.0.pass(false);
        RealDisk.look(path)
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.pass(false);
        RealDisk.read(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.pass(false);
        RealDisk.list(folder)
    }
    fn make_folder(&self, folder: &Path, access: Access) -> io::Result<()> {
        self.0.pass(false);
        RealDisk.make_folder(folder, access)
    }
    fn new_temp(&self, folder: &Path, access: Access, mode: Option<u32>) -> io::Result<Box<dyn Temp>> {
        self.0.pass(false);
        Ok(Box::new(HangingTemp(Arc::clone(&self.0), RealDisk.new_temp(folder, access, mode)?)))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.pass(false);
        RealDisk.sync_folder(folder)
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.pass(false);
        RealDisk.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.0.pass(false);
        RealDisk.remove_folder(path)
    }
    fn rename_folder(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.pass(false);
        RealDisk.rename_folder(from, to)
    }
}

impl Temp for HangingTemp {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.pass(false);
        self.1.write(bytes)
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.pass(true);
        self.1.sync()
    }
    fn persist(self: Box<Self>, target: &Path) -> io::Result<()> {
        self.0.pass(false);
        self.1.persist(target)
    }
}

pub struct FaultyDisk(Arc<Faults>);

struct FaultyTemp {
    faults: Arc<Faults>,
    temp: Box<dyn Temp>,
}

impl Disk for FaultyDisk {
    fn look(&self, path: &Path) -> io::Result<Option<Entry>> {
        self.0.run(|| RealDisk.look(path))
    }
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.run(|| RealDisk.read(path))
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.run(|| RealDisk.list(folder))
    }
    fn make_folder(&self, folder: &Path, access: Access) -> io::Result<()> {
        self.0.run(|| RealDisk.make_folder(folder, access))
    }
    fn new_temp(&self, folder: &Path, access: Access, mode: Option<u32>) -> io::Result<Box<dyn Temp>> {
        let temp = self.0.run(|| RealDisk.new_temp(folder, access, mode))?;
        Ok(Box::new(FaultyTemp { faults: Arc::clone(&self.0), temp }))
    }
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.run(|| RealDisk.look(folder).map(drop))
    }
    fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.0.run(|| RealDisk.remove_file(path))
    }
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.0.run(|| RealDisk.remove_folder(path))
    }
    fn rename_folder(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.run(|| RealDisk.rename_folder(from, to))
    }
}

impl Temp for FaultyTemp {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let half = bytes.get(..bytes.len() / 2).unwrap_or_default();
        let part = if self.faults.fault == Fault::AfterTheFact { half } else { bytes };
        let fails = self.faults.calls.load(Ordering::Relaxed) == self.faults.at;
        let bytes = if fails { part } else { bytes };
        self.faults.run(|| self.temp.write(bytes))
    }
    fn sync(&mut self) -> io::Result<()> {
        // Really waiting for the disk would make these thousands of runs take minutes.
        self.faults.run(|| Ok(()))
    }
    fn persist(self: Box<Self>, target: &Path) -> io::Result<()> {
        let Self { faults, temp } = *self;
        faults.run(|| temp.persist(target))
    }
}
