//! What opening the store takes: who opens it, the device's own file, the folders.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Zoned;

use crate::couple::Member;
use crate::document;
use crate::fields::{Document, Values};
use crate::store::disk::{Disk, RealDisk};
use crate::store::document::{Head, Problem};
use crate::store::files::{Files, Found, Job, Listener, Now};
use crate::store::lock::{Holder, Lock, LockError};
use crate::store::place::{self, DeviceId, Place};
use crate::store::write::{self, SaveError};

document! {
    /// What this device is to the other ones.
    pub struct Device: "device", 1 {
        /// Eight of `[0-9a-z]`; names the files that this device writes in the shared folder.
        pub id: String,
        /// The latest stamp given out or seen; empty before the first.
        pub clock: String,
        /// The shared folder, when a person moved it out of the data folder; else empty.
        pub shared: String,
        /// The id in the `pair.ron` of that folder when it was chosen: where it is missing, the folder is away. Empty
        /// when a hand wrote the path.
        pub pair: String,
        /// Whoever used this device alone is this one of the two in the shared folder, and what they have is still to be
        /// moved: see `sharing::turning`.
        pub turning: Option<Member>,
        /// The id of the folder in which they still were the other one: a backup from that time is turned as well.
        pub turned: String,
    }
}

/// What the store is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The window, or a verb that writes: one at a time.
    Window,
    /// The background reminder: one at a time, beside the window.
    Watch,
    /// Only to look: any number, nothing is made, moved or written.
    Reader,
}

/// How to open the store.
#[derive(Clone)]
pub struct Opening {
    /// What for.
    pub role: Role,
    /// Hears what happens on disk. Called from the store's own threads, so it should only pass the report on.
    pub report: Listener,
    /// Tells the time.
    pub now: Now,
    /// Whether to notice changes that others make.
    pub look_out: bool,
    /// The system calls.
    pub disk: Arc<dyn Disk>,
    /// The scrypt work factor (log₂ N) for new key files; `None` takes what this machine unlocks in time, and that is
    /// what everything but a test does.
    pub work: Option<u8>,
}

impl Opening {
    /// The real disk and the real time, and nobody listening.
    #[must_use]
    pub fn new(role: Role) -> Self {
        Self {
            role,
            report: Arc::new(|_| {}),
            now: Arc::new(Zoned::now),
            look_out: role != Role::Reader,
            disk: Arc::new(RealDisk),
            work: None,
        }
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Opening").field("role", &self.role).finish_non_exhaustive()
    }
}

/// Why the store could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Another Sameside has it, or the lock could not be made.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// A folder or the device file could not be made.
    #[error(transparent)]
    Disk(#[from] SaveError),
}

pub(super) fn take_lock(files: &Files, holder: Holder) -> Result<Lock, OpenError> {
    fs::create_dir_all(&files.root).map_err(|error| SaveError::disk(&files.root, &error))?;
    Ok(Lock::take(&*files.disk, &files.root, holder)?)
}

pub(super) fn make_folders(files: &Files) -> Result<(), SaveError> {
    for below in [files.private("spaces"), Path::new(place::SHARED).to_owned()] {
        let spot = files.spot(&below.join("x"));
        write::refuse_links(&*files.disk, &spot)?;
        write::make_folders(&*files.disk, &spot)?;
    }
    Ok(())
}

pub(in crate::store) fn read_device(files: &Files) -> Device {
    match files.read(&files.spot(&Place::Device.path()), Device::KIND, Device::SCHEMA) {
        Found::Sheet(sheet, _) => Device::take(&sheet.values()).0,
        _ => Device::default(),
    }
}

/// Takes up where the shared folder was moved to, if it was.
pub(in crate::store) fn find_shared(files: &Files, device: &Device) {
    let Device { shared, pair, .. } = device;
    files.set_shared((!shared.is_empty()).then(|| PathBuf::from(shared)), pair.clone());
}

/// Reads the device file; makes a new device where there is none. An unreadable one is set aside: a new id is always
/// safe, because the files of the old one are still joined.
pub(super) fn own_device(files: &Files, problems: &mut Vec<Problem>) -> Result<Device, SaveError> {
    let spot = files.spot(&Place::Device.path());
    let mut device = Device::default();
    let mut whole = true;
    match files.read(&spot, Device::KIND, Device::SCHEMA) {
        Found::Nothing => {}
        Found::Barred(error) => return Err(error),
        Found::Garbled(problem) => problems.push(problem),
        Found::Sheet(sheet, bytes) => {
            files.note(&spot.path(), Some(&bytes));
            device = Device::take(&sheet.values()).0;
            if device.id.parse::<DeviceId>().is_ok() {
                return Ok(device);
            }
            whole = false;
        }
    }
    let mut random = [0; DeviceId::LENGTH];
    getrandom::fill(&mut random).map_err(|error| SaveError::Garbled(spot.path(), error.to_string()))?;
    device.id = DeviceId::from_random(random).to_string();
    let head = Head::of::<Device>();
    let changes =
        if whole { device.put() } else { Values::from([("id".to_owned(), crate::fields::to_text(&device.id))]) };
    files.perform(&Place::Device, Job::Write { head, changes, whole: device.put(), fresh: false })?;
    // The window and the background process may both be new here: what lies on disk now counts.
    Ok(read_device(files))
}
