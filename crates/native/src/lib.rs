//! What can be asked of the system only through `unsafe`, each behind a safe function. The program itself forbids
//! `unsafe`; all there is of it is here and in `tiny-xlib`.

#[cfg(all(unix, not(target_os = "macos")))]
mod alarm;
#[cfg(all(unix, not(target_os = "macos")))]
mod changes;
#[cfg(not(all(unix, not(target_os = "macos"))))]
mod elsewhere;
mod pages;
#[cfg(all(unix, not(target_os = "macos")))]
mod raise;
#[cfg(target_os = "linux")]
mod ready;

#[cfg(all(unix, not(target_os = "macos")))]
pub use alarm::after;
#[cfg(all(unix, not(target_os = "macos")))]
pub use changes::Changes;
#[cfg(not(all(unix, not(target_os = "macos"))))]
pub use elsewhere::raise;
pub use pages::give_back_code;
#[cfg(all(unix, not(target_os = "macos")))]
pub use raise::{RaiseError, raise};
