//! Sameside's own file of therapists: complete, and made for people to read.

use crate::directory::{Photos, Therapist, photo};
use crate::fields::{Document, to_text};

/// The therapists as RON: every field that says something, one on a line, the photo itself in place of its file's name.
/// Who added a record is not written.
#[must_use]
pub fn export_ron<'a>(therapists: impl IntoIterator<Item = &'a Therapist>, photos: &Photos) -> String {
    let nothing = Therapist::default().put();
    let mut text = String::from("(\n  schema: 1,\n  kind: \"therapists\",\n  therapists: [\n");
    for therapist in therapists {
        text.push_str("    {\n");
        for (name, value) in therapist.put() {
            let value = match (&*name, photos.get(&therapist.photo)) {
                ("photo", Some(png)) => to_text(&photo::in_text(png)),
                ("photo" | "added_by", _) => continue,
                _ => value,
            };
            if nothing.get(&name) != Some(&value) {
                let value = value.replace('\n', "\n      ");
                text.push_str(&format!("      {}: {value},\n", to_text(&name)));
            }
        }
        text.push_str("    },\n");
    }
    text.push_str("  ],\n)\n");
    text
}
