//! Sameside's own file of therapists: complete, and made for people to read.

use crate::directory::Therapist;
use crate::fields::{Document, to_text};

/// The therapists as RON: every field that says something, one on a line. Who added a record is not written.
#[must_use]
pub fn export_ron<'a>(therapists: impl IntoIterator<Item = &'a Therapist>) -> String {
    let nothing = Therapist::default().put();
    let mut text = String::from("(\n  schema: 1,\n  kind: \"therapists\",\n  therapists: [\n");
    for therapist in therapists {
        text.push_str("    {\n");
        for (name, value) in therapist.put() {
            if nothing.get(&name) != Some(&value) && name != "added_by" {
                let value = value.replace('\n', "\n      ");
                text.push_str(&format!("      {}: {value},\n", to_text(&name)));
            }
        }
        text.push_str("    },\n");
    }
    text.push_str("  ],\n)\n");
    text
}
