//! Every byte on disk: files that are whole after any crash, records joined from several devices, backups.
//!
//! The rest of the program knows places and documents, never paths: it opens one [`Shelf`], loads and saves there,
//! and hears of what happened through [`Report`]s.

pub mod check;
pub mod clock;
pub mod disk;
pub mod document;
pub mod lock;
pub mod place;
pub mod record;
pub mod shelf;

mod backup;
mod files;
mod outside;
mod queue;
mod write;

#[cfg(test)]
mod faulty;
#[cfg(test)]
mod killed;

pub use clock::{Clock, Stamp};
pub use document::Problem;
pub use lock::{Lock, LockError};
pub use place::{DeviceId, Keeping, Place, Record, RecordKind, Slug};
pub use queue::{Report, SaveError, When};
pub use record::{Claim, Joined, Register, Registers};
pub use shelf::{Loaded, OpenError, Opening, Role, Shelf};
