//! Descriptors that a Tokio runtime waits for.

use std::fs::File;
use std::os::fd::OwnedFd;

use tokio::io::unix::AsyncFd;

/// Has the runtime that this is called in wait for `descriptor`; none if it cannot.
pub fn wait_for(descriptor: OwnedFd) -> Option<AsyncFd<File>> {
    // SAFETY: the file owns the descriptor, always names the same one, and is not closed before it is taken out of the
    // runtime, as both are dropped together.
    unsafe { AsyncFd::register(File::from(descriptor)) }.ok()
}
