//! Shared records on the shelf: reading the files of all devices, writing one's own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::Shelf;
use crate::fields::{Document, Values};
use crate::store::clock::Clock;
use crate::store::document::{Field, Head, Problem, Sheet};
use crate::store::files::{Found, held};
use crate::store::place::{self, Part, Place, Record, RecordKind};
use crate::store::queue::{Unsaved, When};
use crate::store::record::{self, Joined, Registers};

/// How long to wait before a second look at a file that was listed and then gone: Syncthing removes a file just before
/// it puts the new version in place.
const SECOND_LOOK: Duration = Duration::from_millis(20);

impl Shelf {
    /// The records of a kind of which any device has a file, in id order; deleted ones as well, since deletion is a
    /// field. Folders whose names do not belong are left to `check`.
    #[must_use]
    pub fn list_records(&self, kind: RecordKind) -> Vec<Record> {
        let folder = self.files.spot(&kind.folder()).path();
        let names = self.files.disk.list(&folder).unwrap_or_default();
        let mut records: BTreeSet<Record> = names.iter().filter_map(|name| kind.record(name)).collect();
        let of_kind = |record: &Record| record.folder().parent() == Some(&kind.folder());
        records.extend(held(&self.seen).keys().filter(|record| of_kind(record)).cloned());
        records.extend(self.unsaved_places().into_iter().filter_map(|place| match place {
            Place::Shared(record, _) if of_kind(&record) => Some(record),
            _ => None,
        }));
        records.into_iter().collect()
    }

    /// Reads a record: the files of all devices joined, unsaved changes included. A file that was read before
    /// and is away or unreadable now still counts as it was.
    #[must_use]
    pub fn load_record<D: Document>(&self, record: &Record) -> (Joined<D>, Vec<Problem>) {
        let mut problems = Vec::new();
        let folder = self.files.spot(&record.folder()).path();
        for name in self.files.disk.list(&folder).unwrap_or_default() {
            let path = folder.join(&name);
            let device = match Part::of_name(&name) {
                Part::Passing | Part::Photo => continue,
                Part::Foreign => {
                    problems.push(Problem::of_file(&path, place::FOREIGN));
                    continue;
                }
                Part::Copy(device) => {
                    problems.push(Problem::of_file(&path, place::COPIED));
                    device
                }
                Part::Of(device) => device,
            };
            let head = record::head::<D>(record, device);
            if let Some(registers) = self.read_part(&record.folder().join(&name), &head, &mut problems) {
                held(&self.seen).entry(record.clone()).or_default().insert(name, registers);
            }
        }
        let mut all = Registers::default();
        for registers in held(&self.seen).get(record).into_iter().flat_map(BTreeMap::values) {
            all.join(registers);
        }
        if let Unsaved::Fields { changes, whole, .. } = self.unsaved(&self.own(record.clone())) {
            for values in [whole, changes] {
                let sheet = sheet_of(record::head::<D>(record, self.device), values);
                all.join(&Registers::of_sheet(Path::new(""), &sheet, D::SCHEMA).0);
            }
        }
        if let Some(latest) = all.latest() {
            held(&self.clock).see(latest);
        }
        let (joined, bad) = Joined::new(all);
        if !bad.is_empty() {
            problems.extend(self.bad_places::<D>(record));
        }
        (joined, problems)
    }

    /// Where the fields stand that could not be understood. Only worth the second reading when there are any.
    fn bad_places<D: Document>(&self, record: &Record) -> Vec<Problem> {
        let mut problems = Vec::new();
        let folder = self.files.spot(&record.folder()).path();
        for name in self.files.disk.list(&folder).unwrap_or_default() {
            let spot = self.files.spot(&record.folder().join(&name));
            if let (Part::Of(_) | Part::Copy(_), Found::Sheet(sheet, _)) =
                (Part::of_name(&name), self.files.read(&spot, D::KIND, D::SCHEMA))
            {
                let inner = record::inner(&sheet);
                let bad = D::take(&inner.values()).1;
                problems.extend(bad.iter().map(|bad| inner.problem(&spot.path(), bad)));
            }
        }
        problems
    }

    fn read_part(&self, below: &Path, head: &Head, problems: &mut Vec<Problem>) -> Option<Registers> {
        let spot = self.files.spot(below);
        let path = spot.path();
        let mut found = self.files.read(&spot, &head.kind, head.schema);
        if matches!(found, Found::Nothing) {
            thread::sleep(SECOND_LOOK);
            found = self.files.read(&spot, &head.kind, head.schema);
        }
        match found {
            Found::Nothing => None,
            Found::Barred(error) => {
                problems.push(Problem::of_file(&path, error.while_reading()));
                None
            }
            Found::Garbled(problem) => {
                problems.push(problem);
                None
            }
            Found::Sheet(sheet, bytes) => {
                self.files.note(&path, Some(&bytes));
                if sheet.head.id != head.id {
                    problems.push(Problem::of_file(&path, place::OTHER_ID));
                    return None;
                }
                if sheet.head.device != head.device {
                    problems.push(Problem::of_file(&path, place::OTHER_DEVICE));
                }
                let (registers, bad) = Registers::of_sheet(&path, &sheet, head.schema);
                problems.extend(bad);
                Some(registers)
            }
        }
    }

    /// Saves the fields in which `new` differs from the record as it was loaded or last saved, stamped by this device.
    /// Returns the record as it is then.
    #[must_use]
    pub fn save_record<D: Document>(&self, record: &Record, old: &Joined<D>, new: &D, when: When) -> Joined<D> {
        self.write_record(record, old, when, |clock, now| old.edited(new, clock, now))
    }

    /// Saves which of the claims on a field (`Joined::conflicts`) a person chose.
    #[must_use]
    pub fn settle_record<D: Document>(&self, record: &Record, old: &Joined<D>, field: &str, text: &str) -> Joined<D> {
        self.write_record(record, old, When::Now, |clock, now| old.settled(field, text, clock, now))
    }

    fn write_record<D: Document>(
        &self,
        record: &Record,
        old: &Joined<D>,
        when: When,
        edit: impl FnOnce(&mut Clock, Timestamp) -> Joined<D>,
    ) -> Joined<D> {
        let now = (self.files.now)().timestamp();
        let now = if record.is_of_a_person() { day_of(now) } else { now };
        let joined = {
            let mut clock = held(&self.clock);
            if let Some(latest) = old.latest() {
                clock.see(latest);
            }
            let joined = edit(&mut clock, now);
            self.keep_clock(&clock);
            joined
        };
        let before = old.all_registers().of_device(self.device);
        let whole = joined.all_registers().of_device(self.device);
        let mut changes = whole.clone();
        changes.retain(|field, text| before.get(field) != Some(text));
        if !changes.is_empty() {
            self.push(&self.own(record.clone()), record::head::<D>(record, self.device), changes, whole, when);
        }
        joined
    }
}

/// The beginning of the day (UTC). A clock that has given out later stamps already goes on after those.
fn day_of(now: Timestamp) -> Timestamp {
    const DAY: i64 = 24 * 60 * 60;
    Timestamp::from_second(now.as_second().div_euclid(DAY) * DAY).unwrap_or(now)
}

fn sheet_of(head: Head, values: Values) -> Sheet {
    let fields = values.into_iter().map(|(name, text)| (name, Field { text, line: 1, column: 1 })).collect();
    Sheet { head, kind_at: (1, 1), fields }
}
