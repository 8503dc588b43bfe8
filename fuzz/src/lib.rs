//! The pure part of Sameside, and what must hold of every file that is read.

#![allow(dead_code, missing_docs, unreachable_pub, clippy::all)]

#[path = "../../src"]
mod pure {
    pub mod couple;
    pub mod directory;
    #[macro_use]
    pub mod fields;
    pub mod locale;
}
pub use pure::{couple, directory, fields, locale};

use std::io::Cursor;

use directory::export::{Format, export};
use directory::import::{Choice, Fields, preview, preview_csv};
use locale::{Language, Texts};

/// Reads `start` followed by `bytes`. Whatever it is, it is read or refused; what is read has a name, and comes back
/// the same from a file of Sameside's own.
pub fn check(start: &str, bytes: &[u8]) {
    let mut file = start.as_bytes().to_vec();
    file.extend_from_slice(bytes);
    let choice = Choice { fields: Fields::All, ..Choice::default() };
    let Ok(read) = preview(&mut Cursor::new(&file), &choice, [], &mut |_| true) else { return };
    let counts = read.counts();
    assert_eq!(counts.new + counts.known, read.rows.len());
    assert!(read.rows.iter().all(|row| !row.found.therapist.name.trim().is_empty()), "somebody has no name");
    let Some(row) = read.rows.first() else { return };
    let texts = Texts::new(Language::En);
    let photos = row.found.photo.iter().filter_map(|photo| Some((photo.name().to_owned(), photo.png().ok()?))).collect();
    let again = export(Format::Ron, [&row.found.therapist], &photos, &[], &texts);
    let back = preview_csv(again.as_bytes(), []).expect("what was exported can be read");
    assert_eq!(back.rows[0].found.therapist, row.found.therapist);
}
