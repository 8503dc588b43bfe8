//! Records that several devices write, joined field by field.
//!
//! Each device writes only its own file, so no sync program ever meets a conflict. A field's newest stamp wins. A file
//! that is absent takes nothing back, and joining is commutative, associative and idempotent: the order and
//! the number of times in which files arrive do not matter (a state-based CRDT: Shapiro and others, 2011).

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use ron::value::RawValue;
use serde::Deserialize;

use super::clock::{Clock, Stamp};
use super::document::{self, Field, Head, Problem, Sheet};
use super::place::{DeviceId, Record};
use crate::fields::{self, BadField, Document, Values};

/// One field as one device last wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// When and by whom.
    pub at: Stamp,
    /// The value as RON text, word for word.
    pub text: String,
    /// The stamp that this device last saw on the field before its own unbroken run of edits; `None` for a new field.
    pub over: Option<Stamp>,
}

impl Register {
    /// A total order: the stamp, then the text, so that all devices choose alike even if stamps are equal.
    fn rank(&self) -> (Stamp, &str, Option<Stamp>) {
        (self.at, &self.text, self.over)
    }

    /// The register as it stands in a file.
    fn put(&self) -> String {
        let over = self.over.map(|stamp| format!(", over: Some(\"{stamp}\")")).unwrap_or_default();
        format!("(v: {}, at: \"{}\"{over})", self.text, self.at)
    }
}

#[derive(Deserialize)]
#[serde(rename = "Register", deny_unknown_fields)]
struct RawRegister<'a> {
    #[serde(borrow)]
    v: &'a RawValue,
    at: Stamp,
    #[serde(default)]
    over: Option<Stamp>,
}

/// Field → device → that device's latest register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Registers(BTreeMap<String, BTreeMap<DeviceId, Register>>);

impl Registers {
    /// Takes one register in; of two by one device the later stays.
    pub fn put(&mut self, field: &str, register: Register) {
        let devices = self.0.entry(field.to_owned()).or_default();
        let device = register.at.device();
        if devices.get(&device).is_none_or(|known| known.rank() < register.rank()) {
            devices.insert(device, register);
        }
    }

    /// Joins what another file holds.
    pub fn join(&mut self, other: &Self) {
        for (field, devices) in &other.0 {
            for register in devices.values() {
                self.put(field, register.clone());
            }
        }
    }

    /// Whether no device wrote anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The latest stamp anywhere in it.
    #[must_use]
    pub fn latest(&self) -> Option<Stamp> {
        self.0.values().flat_map(BTreeMap::values).map(|register| register.at).max()
    }

    /// The register that counts for a field.
    #[must_use]
    pub fn winner(&self, field: &str) -> Option<&Register> {
        self.0.get(field)?.values().max_by(|one, two| one.rank().cmp(&two.rank()))
    }

    /// What one device wrote, as fields of its file.
    #[must_use]
    pub fn of_device(&self, device: DeviceId) -> Values {
        let own = |(field, devices): (&String, &BTreeMap<DeviceId, Register>)| {
            devices.get(&device).map(|register| (field.clone(), register.put()))
        };
        self.0.iter().filter_map(own).collect()
    }

    /// The registers of other devices that whoever wrote the winner had not seen: the value that the winner replaced
    /// is older than they are. They were written at the same time, as far as the two devices could know.
    fn unseen(&self, field: &str) -> Vec<&Register> {
        let Some(winner) = self.winner(field) else { return Vec::new() };
        let others = self.0.get(field).into_iter().flat_map(BTreeMap::values);
        others.filter(|other| other.at.device() != winner.at.device() && Some(other.at) > winner.over).collect()
    }

    /// Stamps `text` as this device's value of `field`. `chosen` says that a person saw all there is to see.
    fn write(&mut self, field: &str, text: String, chosen: bool, clock: &mut Clock, now: Timestamp) {
        let over = self.winner(field).and_then(|winner| {
            // A run of one's own edits counts as one, so that what another wrote meanwhile still shows as a conflict.
            let run = winner.at.device() == clock.device() && !chosen && self.unseen(field).is_empty();
            if run { winner.over } else { Some(winner.at) }
        });
        self.put(field, Register { at: clock.next(now), text, over });
    }

    /// Reads the fields of one device's file. A register that cannot be read is reported and left out.
    #[must_use]
    pub fn of_sheet(path: &Path, sheet: &Sheet, schema: u32) -> (Self, Vec<Problem>) {
        let (mut registers, mut problems) = (Self::default(), Vec::new());
        for (name, field) in &sheet.fields {
            let raw = match ron::from_str::<RawRegister<'_>>(&field.text) {
                Ok(raw) => raw,
                Err(error) => {
                    let (line, column) = fields::place(&field.text, &error.span);
                    let bad = BadField { field: name.clone(), line, column, what: error.code.to_string() };
                    problems.push(sheet.problem(path, &bad));
                    continue;
                }
            };
            let text = document::bare_text(raw.v).to_owned();
            let value = Values::from([(name.clone(), text)]);
            let (kind, from) = (&sheet.head.kind, sheet.head.schema);
            let Some(values) = document::migrate(document::MIGRATIONS, kind, from, schema, value) else {
                problems.push(Problem::of_file(path, format!("schema {from} is not known")));
                break;
            };
            for (name, text) in values {
                registers.put(&name, Register { at: raw.at, text, over: raw.over });
            }
        }
        (registers, problems)
    }
}

/// One of several values that were given to a field at the same time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// When and by which device.
    pub at: Stamp,
    /// The value as RON text.
    pub text: String,
}

/// A record as all devices together have it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Joined<T> {
    /// The value: each field as its newest stamp has it.
    pub value: T,
    /// Fields that this version does not know, as RON text. They are kept.
    pub unknown: Values,
    /// Fields that two devices changed at the same time, with what each wrote, the newest first. The newest counts
    /// until a person chooses (`Shelf::settle_record`).
    pub conflicts: BTreeMap<String, Vec<Claim>>,
    registers: Registers,
    /// When the record was imported together with others, and by which device: the stamp of every field that says
    /// something and has no register of its own. Whoever wrote such a register had seen the import, because nobody
    /// else knows the record's id; it is therefore always the later one, in whatever order the files arrive.
    imported: Option<Stamp>,
}

impl<T: Document> Joined<T> {
    /// The view of these registers, and the fields that could not be understood.
    #[must_use]
    pub fn new(registers: Registers) -> (Self, Vec<BadField>) {
        let names: Vec<&String> = registers.0.keys().collect();
        let mut values: Values =
            names.iter().filter_map(|name| Some(((*name).clone(), registers.winner(name)?.text.clone()))).collect();
        let conflicts = names.iter().filter_map(|name| Some(((*name).clone(), claims(&registers, name)?))).collect();
        let (value, bad) = T::take(&values);
        let known = T::default().put();
        values.retain(|name, _| !known.contains_key(name));
        (Self { value, unknown: values, conflicts, registers, imported: None }, bad)
    }

    /// A record out of an import, of which nothing else is known yet. It costs no more memory than its value.
    #[must_use]
    pub fn of_import(value: T, at: Stamp) -> Self {
        Self {
            value,
            unknown: Values::new(),
            conflicts: BTreeMap::new(),
            registers: Registers::default(),
            imported: Some(at),
        }
    }

    /// The stamp of the import that the record comes from.
    #[must_use]
    pub const fn imported(&self) -> Option<Stamp> {
        self.imported
    }

    /// This record joined with what other files say of it, and the fields that could not be understood.
    #[must_use]
    pub fn joined(self, more: &Registers) -> (Self, Vec<BadField>) {
        let mut registers = self.registers;
        registers.join(more);
        let Some(at) = self.imported else { return Self::new(registers) };
        let mut bad = Vec::new();
        let mut joined =
            Self { registers: Registers::default(), unknown: Values::new(), ..Self::of_import(self.value, at) };
        for name in registers.0.keys() {
            let Some(winner) = registers.winner(name) else { continue };
            match joined.value.take_one(name, &winner.text) {
                Ok(true) => {}
                Ok(false) => drop(joined.unknown.insert(name.clone(), winner.text.clone())),
                Err(error) => bad.push(error),
            }
            joined.conflicts.extend(claims(&registers, name).map(|claims| (name.clone(), claims)));
        }
        joined.registers = registers;
        (joined, bad)
    }

    /// The latest stamp anywhere in it.
    #[must_use]
    pub fn latest(&self) -> Option<Stamp> {
        self.registers.latest().max(self.imported)
    }

    /// Every register, those that stand for the fields of an import among them.
    #[must_use]
    pub fn all_registers(&self) -> Registers {
        let mut all = self.registers.clone();
        let Some(at) = self.imported else { return all };
        for (field, text) in self.value.changes_since(&T::default()) {
            if !all.0.contains_key(&field) {
                all.put(&field, Register { at, text: document::nest(&text), over: None });
            }
        }
        all
    }

    /// Whether any device wrote anything.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.imported.is_some() || !self.registers.is_empty()
    }

    /// When the field was last written, and by which device.
    #[must_use]
    pub fn stamp(&self, field: &str) -> Option<Stamp> {
        let own = self.registers.winner(field).map(|register| register.at);
        own.or_else(|| self.imported.filter(|_| self.value.changes_since(&T::default()).contains_key(field)))
    }

    /// Everything that was read, but for the fields of an import that nobody has written since.
    #[must_use]
    pub const fn registers(&self) -> &Registers {
        &self.registers
    }

    /// This record with the fields of `new` that differ stamped by `clock`'s device.
    #[must_use]
    pub fn edited(&self, new: &T, clock: &mut Clock, now: Timestamp) -> Self {
        let mut all = self.all_registers();
        let mut written = Registers::default();
        for (field, text) in new.changes_since(&self.value) {
            all.write(&field, document::nest(&text), false, clock, now);
            written.0.extend(all.0.get_key_value(&field).map(|(name, devices)| (name.clone(), devices.clone())));
        }
        self.clone().joined(&written).0
    }

    /// This record after a person chose `text` among the claims on `field`.
    #[must_use]
    pub fn settled(&self, field: &str, text: &str, clock: &mut Clock, now: Timestamp) -> Self {
        let mut all = self.all_registers();
        all.write(field, text.to_owned(), true, clock, now);
        self.clone().joined(&all).0
    }
}

/// The sheet of a record's file with the values themselves as its fields, at their own places in the file.
#[must_use]
pub(super) fn inner(sheet: &Sheet) -> Sheet {
    let value = |(name, field): (&String, &Field)| {
        let raw = ron::from_str::<RawRegister<'_>>(&field.text).ok()?;
        let text = document::bare_text(raw.v);
        let start = text.as_ptr().addr().saturating_sub(field.text.as_ptr().addr());
        let (down, across) = fields::line_column(&field.text, &(start..start));
        let column = if down == 1 { field.column + across - 1 } else { across };
        Some((name.clone(), Field { text: text.to_owned(), line: field.line + down - 1, column }))
    };
    Sheet { fields: sheet.fields.iter().filter_map(value).collect(), ..sheet.clone() }
}

fn claims(registers: &Registers, field: &str) -> Option<Vec<Claim>> {
    let winner = registers.winner(field)?;
    let mut others = registers.unseen(field);
    others.retain(|other| !same(&other.text, &winner.text));
    others.sort_by(|one, two| two.rank().cmp(&one.rank()));
    let mut all = vec![winner];
    for other in others {
        if !all.iter().any(|known| same(&known.text, &other.text)) {
            all.push(other);
        }
    }
    (all.len() > 1).then(|| all.into_iter().map(|one| Claim { at: one.at, text: one.text.clone() }).collect())
}

/// Equal but for indentation.
fn same(one: &str, two: &str) -> bool {
    one.lines().map(str::trim).eq(two.lines().map(str::trim))
}

/// The head of one device's part of a record.
#[must_use]
pub fn head<D: Document>(record: &Record, device: DeviceId) -> Head {
    Head { id: Some(record.id().to_owned()), device: Some(device.to_string()), ..Head::of::<D>() }
}

#[cfg(test)]
mod tests;
