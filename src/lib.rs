//! Sameside: guided exercises, a calm reminder and a shared therapist list, for couples in which one would
//! like couples therapy and the other is not sure.
//!
//! A map of the crate. What stands further up knows nothing of what stands further down, and only [`app`]
//! names iced (a test holds both):
//!
//! * [`fields`], [`couple`], [`locale`]: what every part speaks of (documents, the two people, texts).
//! * [`exercise`]: exercises, progress, the invitation. [`moment`]: quiet windows and the reminder's rules.
//!   [`directory`]: therapists, search, import. [`choice`]: sealed marks and the rule that finds whom both can
//!   live with. All four are pure: the time and the texts come in as arguments.
//! * [`store`]: every byte on disk.
//! * [`watch`]: the background reminder. [`instance`]: one window for each folder. [`system`]: light or dark.
//! * [`app`]: the window. [`command`]: the command line.
//!
//! Two small crates stand beside this one, which forbids `unsafe`: `crates/native` has what can be asked of the system
//! only so (coming to the front on Wayland, giving memory back, changes in a folder), each behind a safe function;
//! `crates/tiny-xlib` stands in for a crate that opens libX11 before `main`.

pub mod app;
pub mod choice;
pub mod command;
pub mod couple;
pub mod directory;
pub mod exercise;
pub mod fields;
pub mod instance;
pub mod locale;
pub mod moment;
pub mod store;
pub mod system;
pub mod watch;
