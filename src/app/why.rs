//! Why the disk or a space did not do as it should, in the language of whoever reads it.

use std::io::ErrorKind;

use crate::locale::Texts;
use crate::store::{SaveError, SpaceError};

/// Why something was not saved: a sentence that says what to do.
#[must_use]
pub fn not_saved(error: &SaveError, texts: &Texts) -> String {
    let (key, path, what) = match error {
        SaveError::Disk { path, kind, what } => (by_kind(*kind), Some(path), what.as_str()),
        SaveError::Link(path) => ("unsaved-link", Some(path), ""),
        SaveError::Newer(path) => ("unsaved-newer", Some(path), ""),
        SaveError::Garbled(path, what) => ("unsaved-garbled", Some(path), what.as_str()),
        SaveError::OnlyReading => ("unsaved-only-reading", None, ""),
        SaveError::Locked(path) => ("unsaved-locked", Some(path), ""),
        SaveError::Unsealable(path) => ("unsaved-unsealable", Some(path), ""),
        SaveError::NotOurs(path) => ("unsaved-shared", Some(path), ""),
    };
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    texts.with(key, &[("path", path.into()), ("what", what.to_owned().into())])
}

/// What is the matter with a space.
#[must_use]
pub fn space(error: &SpaceError, texts: &Texts) -> String {
    let why = match error {
        SpaceError::Wrong => String::new(),
        SpaceError::NoKey(path) | SpaceError::BadKey(path, _) => path.display().to_string(),
        SpaceError::NotOpen => texts.get("unsaved-not-open"),
        SpaceError::Disk(error) => not_saved(error, texts),
    };
    texts.with(error.key(), &[("why", why.into())])
}

const fn by_kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "unsaved-full",
        ErrorKind::PermissionDenied => "unsaved-denied",
        ErrorKind::ReadOnlyFilesystem => "unsaved-read-only",
        ErrorKind::NotFound => "unsaved-gone",
        _ => "unsaved-system",
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::locale::Language;

    #[test]
    fn a_full_disk_is_told_in_ones_own_language() {
        let full = SaveError::Disk {
            path: PathBuf::from("/data/private/a.ron"),
            kind: ErrorKind::StorageFull,
            what: "No space left on device (os error 28)".to_owned(),
        };
        for (language, words) in [(Language::En, "The disk is full"), (Language::Fr, "Le disque est plein")] {
            let told = not_saved(&full, &Texts::new(language));
            assert!(told.starts_with(words) && told.contains("/data/private/a.ron"), "{told}");
            assert!(!told.contains("os error"), "{told}");
            let told = space(&SpaceError::Disk(full.clone()), &Texts::new(language));
            assert!(told.contains(words), "{told}");
        }
    }
}
