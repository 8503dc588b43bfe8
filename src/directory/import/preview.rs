//! What an import would do: who is new, who is here already, what cannot be taken.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Seek};

use super::same::{Known, SameBy};
use super::{About, Choice, Entry, Found, ImportError, RowFault, read};
use crate::directory::{Photo, Therapist, TherapistId, photo};
use crate::fields::Document;

/// How many entries at fault are told one by one; the rest are only counted.
const FAULTS_TOLD: usize = 1_000;

/// How many new therapists at once are more than anyone can look through, and more than the memory should hold.
const MOST: usize = 500_000;

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// What kind of file it is, and how it was read.
    pub about: About,
    /// One for each entry that can be taken, in file order.
    pub rows: Vec<Row>,
    /// Entries that cannot be taken, with their places: the first ones.
    pub faults: Vec<(u64, RowFault)>,
    counts: Counts,
}

/// An entry that can be taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What it says and where.
    pub found: Found,
    /// What would become of it.
    pub outcome: RowOutcome,
}

/// What would become of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// A therapist who is not on the list yet.
    New,
    /// Already on the list.
    AlreadyHere {
        /// The record on the list.
        id: TherapistId,
        /// What shows that they are the same.
        by: SameBy,
    },
    /// The same as an earlier entry of this file.
    Repeated {
        /// The place of the earlier entry.
        line: u64,
        /// What shows that they are the same.
        by: SameBy,
    },
}

/// How many entries share a fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Would be added.
    pub new: usize,
    /// Of these, practices and companies.
    pub organisations: usize,
    /// Already on the list, or the same as an earlier entry.
    pub known: usize,
    /// Cannot be taken.
    pub unusable: usize,
    /// Were not asked for: another state, another field of work.
    pub left_out: usize,
}

impl Preview {
    /// The therapists that would be added, in file order.
    pub fn new_therapists(&self) -> impl Iterator<Item = &Therapist> {
        self.rows.iter().filter(|row| row.outcome == RowOutcome::New).map(|row| &row.found.therapist)
    }

    /// The photos that came along, by their own names.
    #[must_use]
    pub fn photos(&self) -> BTreeMap<String, Photo> {
        let photos = self.rows.iter().filter_map(|row| row.found.photo.as_deref());
        photos.map(|photo| (photo.name().to_owned(), photo.clone())).collect()
    }

    /// How many entries share a fate.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }
}

/// Which record an entry turned out to be.
#[derive(Debug, Clone)]
enum Met {
    OnTheList(TherapistId),
    Line(u64),
}

/// Sorts the entries of a file by what would become of them.
#[derive(Debug)]
pub struct Sorter {
    known: Known<Met>,
    counts: Counts,
    faults: Vec<(u64, RowFault)>,
}

impl Sorter {
    /// One that knows the records on the list; deleted ones are passed over.
    pub fn new<'a>(existing: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>) -> Self {
        let mut known = Known::new();
        for (id, therapist) in existing.into_iter().filter(|(_, therapist)| !therapist.deleted) {
            known.add(Met::OnTheList(id.clone()), therapist);
        }
        Self { known, counts: Counts::default(), faults: Vec::new() }
    }

    /// Sorts one entry; `None` if it cannot be taken or was not asked for.
    pub fn sort(&mut self, entry: Entry) -> Option<Row> {
        let found = match entry {
            Entry::Found(found) => found,
            Entry::Unusable { line, fault } => {
                self.counts.unusable += 1;
                if self.faults.len() < FAULTS_TOLD {
                    self.faults.push((line, fault));
                }
                return None;
            }
            Entry::LeftOut => {
                self.counts.left_out += 1;
                return None;
            }
        };
        let outcome = match self.known.same(&found.therapist) {
            Some((Met::OnTheList(id), by)) => RowOutcome::AlreadyHere { id, by },
            Some((Met::Line(line), by)) => RowOutcome::Repeated { line, by },
            None => {
                self.known.add(Met::Line(found.line), &found.therapist);
                RowOutcome::New
            }
        };
        match outcome {
            RowOutcome::New => {
                self.counts.new += 1;
                self.counts.organisations += usize::from(found.is_organisation);
            }
            RowOutcome::AlreadyHere { .. } | RowOutcome::Repeated { .. } => self.counts.known += 1,
        }
        Some(Row { found, outcome })
    }

    /// Whether there are more new ones than are taken at once.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.counts.new > MOST
    }

    /// How many entries share a fate so far.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// Entries that cannot be taken, with their places: the first ones.
    #[must_use]
    pub fn faults(&self) -> &[(u64, RowFault)] {
        &self.faults
    }
}

/// Reads a file and says what importing it would do, without doing it. `going` is asked after every entry with how many
/// there were; false stops it.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read; single entries at fault are in the preview.
pub fn preview<'a, S: Read + Seek>(
    source: &mut S,
    choice: &Choice,
    existing: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>,
    going: &mut dyn FnMut(usize) -> bool,
) -> Result<Preview, ImportError> {
    let mut sorter = Sorter::new(existing);
    let (mut rows, mut count, mut full) = (Vec::new(), 0_usize, false);
    let read = read(source, choice, &mut |entry| {
        rows.extend(sorter.sort(entry));
        count += 1;
        full = sorter.is_full();
        !full && going(count)
    });
    if full {
        return Err(ImportError::TooMany { most: MOST });
    }
    let about = read?;
    rows.shrink_to_fit();
    Ok(Preview { about, rows, faults: sorter.faults, counts: sorter.counts })
}

/// The same for bytes in memory, with nothing chosen.
///
/// # Errors
/// As [`preview`].
pub fn preview_csv<'a>(
    bytes: &[u8],
    existing: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>,
) -> Result<Preview, ImportError> {
    preview(&mut Cursor::new(bytes), &Choice::default(), existing, &mut |_| true)
}

/// One field of which a file says something else than the list does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Name of the field.
    pub field: String,
    /// The list says nothing of it.
    pub fills: bool,
}

/// Fields that are not for an import to change.
const OURS: [&str; 4] = ["added_by", "deleted", "source", "checked"];

/// Where a file says something of a therapist that the list does not say, in name order. Where the file says nothing,
/// the list stays as it is.
#[must_use]
pub fn differences(here: &Therapist, there: &Therapist) -> Vec<Difference> {
    let (ours, here, nothing) = (here, here.put(), Therapist::default().put());
    let says = |field: &str, text: &String| nothing.get(field) != Some(text);
    there
        .put()
        .into_iter()
        .filter(|(field, text)| says(field, text) && here.get(field) != Some(text) && !OURS.contains(&field.as_str()))
        .filter(|(field, _)| field != "photo" || !photo::is_same(&ours.photo, &there.photo))
        .map(|(field, _)| Difference { fills: here.get(&field).is_none_or(|text| !says(&field, text)), field })
        .collect()
}

/// The record on the list with these fields as the file has them.
#[must_use]
pub fn fill(here: &Therapist, there: &Therapist, fields: &BTreeSet<String>) -> Therapist {
    let mut filled = here.clone();
    for (field, text) in there.put().into_iter().filter(|(field, _)| fields.contains(field)) {
        // What a record wrote itself can be read.
        let _ = filled.take_one(&field, &text);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_file_says_is_a_difference() {
        let here = Therapist { name: "Anne".into(), city: "Laval".into(), source: "a".into(), ..Therapist::default() };
        let there = Therapist {
            name: "Anne B.".into(),
            phones: vec!["1".into()],
            source: "b".into(),
            years: Some(3),
            ..Therapist::default()
        };
        let all = differences(&here, &there);
        let told: Vec<_> = all.iter().map(|one| (one.field.as_str(), one.fills)).collect();
        assert_eq!(told, [("name", false), ("phones", true), ("years", true)]);
        let filled = fill(&here, &there, &all.into_iter().filter(|one| one.fills).map(|one| one.field).collect());
        let expected = Therapist { phones: vec!["1".into()], years: Some(3), ..here.clone() };
        assert_eq!(filled, expected);
        assert_eq!(differences(&filled, &here), []);
    }
}
