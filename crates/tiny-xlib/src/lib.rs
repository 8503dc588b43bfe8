//! Stands in for the crate of this name, through `[patch.crates-io]`.
//!
//! The original opens libX11 before `main` of every program it is linked into, so the background reminder, every verb
//! and a window on Wayland would have it in memory without ever speaking to an X server. softbuffer, the only crate
//! that asks for it, needs a single thing: the XCB connection that belongs to a display which winit has opened. That
//! is all there is here, and the library is opened when the first window asks.

use std::ffi::c_void;
use std::mem::ManuallyDrop;
use std::sync::OnceLock;

use as_raw_xcb_connection::{AsRawXcbConnection, xcb_connection_t};
use libloading::Library;

type GetConnection = unsafe extern "C" fn(*mut c_void) -> *mut xcb_connection_t;

/// A display of Xlib that somebody else has opened.
#[derive(Debug)]
pub struct Display {
    pointer: *mut c_void,
}

impl Display {
    /// The display at `pointer`.
    ///
    /// # Safety
    /// `pointer` must be a `Display *` of Xlib that stays open for as long as the value is used.
    #[must_use]
    pub unsafe fn from_ptr(pointer: *mut c_void) -> ManuallyDrop<Self> {
        ManuallyDrop::new(Self { pointer })
    }
}

// SAFETY: the connection belongs to the display, and lives as long as it.
unsafe impl AsRawXcbConnection for Display {
    fn as_raw_xcb_connection(&self) -> *mut xcb_connection_t {
        let Some(get) = get_connection() else {
            // Whoever opened the display did so through this library, so it is there.
            std::process::abort();
        };
        // SAFETY: the pointer is a display, as `from_ptr` asks.
        unsafe { get(self.pointer) }
    }
}

/// `XGetXCBConnection`, from the library that stays open from now on.
fn get_connection() -> Option<GetConnection> {
    static LIBRARY: OnceLock<Option<Library>> = OnceLock::new();
    let library = LIBRARY.get_or_init(|| {
        // SAFETY: libX11-xcb runs nothing of its own when it is opened.
        ["libX11-xcb.so.1", "libX11-xcb.so"].iter().find_map(|name| unsafe { Library::new(name) }.ok())
    });
    // SAFETY: the function has this shape since the library exists (Xlib-xcb.h).
    let symbol = unsafe { library.as_ref()?.get::<GetConnection>(b"XGetXCBConnection\0") };
    symbol.ok().map(|symbol| *symbol)
}
