//! An import while it is put together, as the text of its file.

use std::borrow::Cow;
use std::fmt::Write;

use jiff::Timestamp;

use super::{KIND, SCHEMA};
use crate::directory::{Therapist, TherapistId};
use crate::fields::{self, Document};
use crate::store::clock::{Clock, Stamp};
use crate::store::record::Joined;

/// How long a piece of the records is, in bytes, before the next is begun.
const PIECE: usize = 1 << 20;

/// What is to be added at once. Records are kept as text, so that a hundred thousand of them take little room.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    at: Stamp,
    source: String,
    /// In pieces of about [`PIECE`] bytes: one long text would be copied, and lie there twice, whenever it grows.
    records: Vec<String>,
    count: usize,
    edits: String,
    withdrawn: Option<(Stamp, bool)>,
}

impl Draft {
    /// An empty draft. `at` will stamp what it adds; `source` says where it comes from.
    #[must_use]
    pub fn new(at: Stamp, source: &str) -> Self {
        Self { at, source: source.to_owned(), records: Vec::new(), count: 0, edits: String::new(), withdrawn: None }
    }

    /// The stamp of what it adds.
    #[must_use]
    pub const fn at(&self) -> Stamp {
        self.at
    }

    /// How many records it adds.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// Whether it would change anything.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.count == 0 && self.edits.is_empty() && self.withdrawn.is_none()
    }

    /// Adds a record.
    pub fn add(&mut self, id: &TherapistId, therapist: &Therapist) {
        // An id holds only letters, digits and hyphens; a value never holds a line break.
        let last = self.records.pop_if(|piece| piece.len() < PIECE);
        let mut piece = last.unwrap_or_default();
        let _ = write!(piece, "\"{id}\": {{");
        therapist.put_filled(&mut piece);
        piece.push_str("},\n");
        self.records.push(piece);
        self.count += 1;
    }

    /// Changes a record that is there already, and gives it as it is then.
    pub fn edit(
        &mut self,
        id: &TherapistId,
        old: &Joined<Therapist>,
        new: &Therapist,
        clock: &mut Clock,
        now: Timestamp,
    ) -> Joined<Therapist> {
        clock.see(self.at);
        if let Some(latest) = old.latest() {
            clock.see(latest);
        }
        let joined = old.edited(new, clock, now);
        let before = old.all_registers().of_device(clock.device());
        let mut changes = joined.all_registers().of_device(clock.device());
        changes.retain(|field, text| before.get(field) != Some(text));
        if !changes.is_empty() {
            let _ = writeln!(self.edits, "    \"{id}\": {{");
            for (field, text) in changes {
                let _ = writeln!(self.edits, "    {}: {text},", fields::to_text(&field));
            }
            self.edits.push_str("    },\n");
        }
        joined
    }

    /// Takes everything that an earlier import added off the list, or puts it back.
    pub const fn withdraw(&mut self, import: Stamp, deleted: bool) {
        self.withdrawn = Some((import, deleted));
    }

    /// The text of the file, in pieces that follow each other.
    pub(super) fn pieces(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let withdrawn = match self.withdrawn {
            Some((stamp, deleted)) => format!("{{\"{stamp}\": {deleted}}}"),
            None => "{}".to_owned(),
        };
        let head = format!(
            "(\n  schema: {SCHEMA},\n  kind: \"{KIND}\",\n  at: \"{}\",\n  source: {},\n  records: {{\n",
            self.at,
            fields::to_text(&self.source)
        );
        let tail = format!("  }},\n  edits: {{\n{}  }},\n  withdrawn: {withdrawn},\n)\n", self.edits);
        let records = self.records.iter().map(|piece| Cow::Borrowed(piece.as_str()));
        std::iter::once(Cow::Owned(head)).chain(records).chain(std::iter::once(Cow::Owned(tail)))
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        self.pieces().collect()
    }
}
