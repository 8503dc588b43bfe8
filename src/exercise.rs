//! Exercises: what one is, the library of them, how far a person has come, and the invitation that grows out of them.
//!
//! Everything here is pure: texts and times come in, values go out. The built-in exercises are compiled in;
//! whatever lies on disk is read and written by `store`.

mod answer;
pub mod apart;
pub mod audit;
pub mod checked;
pub mod draft;
pub mod hesitation;
pub mod invitation;
mod judge;
mod letters;
pub mod library;
pub mod model;
mod names;
pub mod next;
pub mod notice;
pub mod progress;
pub mod reading;
mod source;
pub mod standing;
mod syllables;
pub mod words;
pub mod written;

pub use hesitation::{Hesitations, Reason, Whose};
pub use invitation::{Invitation, Meant, Version};
pub use library::{Evidence, Library};
pub use model::{Approach, Exercise, Fault, Item, Kind, Part, Stage, Step, Who, parse};
pub use next::{Go, Next, next_exercise, next_step};
pub use progress::{Answer, Break, Caret, Chosen, Moved, Older, Progress, Run};
pub use standing::Standing;
