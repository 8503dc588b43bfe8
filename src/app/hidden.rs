//! What a person types and nobody else may see: wiped when dropped, and printed nowhere.

use std::fmt;

use zeroize::Zeroizing;

use crate::store::SecretString;

/// A passphrase in the making.
///
/// iced's own field keeps a copy of what is typed while it is shown; that one is wiped with all other memory that the
/// program gives back, once the field is gone (see `main`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Hidden(Zeroizing<String>);

impl Hidden {
    /// Takes what a field handed over.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The text, for the field.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text for the store.
    #[must_use]
    pub fn secret(&self) -> SecretString {
        SecretString::from(self.0.as_str())
    }

    /// The same, and nothing stays behind.
    #[must_use]
    pub fn take(&mut self) -> SecretString {
        let secret = self.secret();
        *self = Self::default();
        secret
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Hidden(…)")
    }
}
