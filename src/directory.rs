//! Therapists: their records, finding and filtering them, and their way in from and out to other programs' files.
//!
//! Nothing here reads or writes a file, and nothing here is a real therapist: a couple enters or imports its own.

use std::fmt;

use serde::{Deserialize, Serialize};

mod cells;
mod columns;
pub mod contact;
pub mod export;
pub mod facts;
pub mod filter;
pub mod fold;
pub mod hints;
pub mod import;
pub mod languages;
mod money;
pub mod needs;
pub mod order;
pub mod phones;
pub mod photo;
pub mod places;
pub mod search;
mod therapist;

pub use export::export_csv;
pub use facts::{Ask, Facts};
pub use filter::{Filter, Reason, Setting};
pub use hints::{Hint, problems};
pub use import::{ImportError, Preview, Row, RowOutcome, preview_csv};

pub use money::Money;
pub use needs::Needs;
pub use order::Order;
pub use photo::{Photo, PhotoError, Photos};
pub use search::Index;
pub use therapist::{Style, Therapist, YesNo};

/// The lasting name of one therapist's record. It names a folder, so it holds only `a` to `z`, digits and hyphens.
///
/// Kept on disk as a plain string; a string that is not an id is refused on reading.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TherapistId(String);

/// Why a string is not a [`TherapistId`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" cannot name a therapist: use 1 to 64 characters out of a to z, 0 to 9 and -")]
pub struct BadId(String);

/// Why no new id could be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the system gave no random numbers ({0}); restart the computer and try again")]
pub struct NoRandom(getrandom::Error);

impl TherapistId {
    /// The longest id, in characters, so that every file system takes it as a name.
    pub const MAX_LENGTH: usize = 64;

    /// Takes `text` as an id.
    ///
    /// # Errors
    /// [`BadId`] when it is empty, too long, or holds anything but `a` to `z`, digits and hyphens.
    pub fn new(text: impl Into<String>) -> Result<Self, BadId> {
        let text = text.into();
        let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::MAX_LENGTH || !text.bytes().all(good) {
            return Err(BadId(text));
        }
        Ok(Self(text))
    }

    /// A fresh id: 16 hexadecimal digits from the system's random numbers.
    ///
    /// # Errors
    /// [`NoRandom`] when the system has none to give.
    pub fn random() -> Result<Self, NoRandom> {
        Ok(Self(format!("{:016x}", getrandom::u64().map_err(NoRandom)?)))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TherapistId {
    type Error = BadId;

    fn try_from(text: String) -> Result<Self, BadId> {
        Self::new(text)
    }
}

impl From<TherapistId> for String {
    fn from(id: TherapistId) -> Self {
        id.0
    }
}

impl fmt::Display for TherapistId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_can_name_files() {
        for bad in ["", "A", "../x", "a b", "é", "a.ron", &"a".repeat(65)] {
            assert!(TherapistId::new(bad).is_err(), "{bad}");
        }
        let id = TherapistId::random().unwrap();
        assert_eq!(id.as_str().len(), 16);
        assert_eq!(TherapistId::new(id.as_str()), Ok(id));
    }

    #[test]
    fn an_id_is_a_plain_string_on_disk() {
        let id = TherapistId::new("a-1").unwrap();
        assert_eq!(crate::fields::to_text(&id), "\"a-1\"");
        assert_eq!(crate::fields::from_text::<TherapistId>("id", "\"a-1\""), Ok(id));
        assert!(crate::fields::from_text::<TherapistId>("id", "\"A/1\"").is_err());
    }
}
