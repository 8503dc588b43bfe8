//! Reading the file of an import.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;
use std::thread;

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{MapAccess, Visitor};

use super::{KIND, LARGEST, SCHEMA};
use crate::directory::{Therapist, TherapistId};
use crate::fields::{self, Document, Filled};
use crate::store::clock::Stamp;
use crate::store::disk::{Disk, What};
use crate::store::document::{self, Field, Head, Pairs, Problem, Sheet};
use crate::store::record::Registers;

/// What one file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Stamps every field of the records.
    pub at: Stamp,
    /// Where they come from.
    pub source: String,
    /// The records that it added, in file order.
    pub records: Vec<(TherapistId, Therapist)>,
    /// What it changed in records that were there before.
    pub edits: Vec<(TherapistId, Registers)>,
    /// The imports that it takes off the list (`true`) or puts back.
    pub withdrawn: Vec<(Stamp, bool)>,
}

impl Imported {
    /// The latest stamp in it.
    #[must_use]
    pub fn latest(&self) -> Stamp {
        self.edits.iter().filter_map(|(_, registers)| registers.latest()).fold(self.at, Stamp::max)
    }
}

/// A map in file order, its values as they stand.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Entries<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("records as {\"id\": {\"name\": value}}")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry::<String, &RawValue>()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// The file as a whole. A field that a later Sameside adds is overlooked: the file is never written again.
#[derive(Deserialize)]
#[serde(rename = "Imports")]
struct Whole<'a> {
    schema: u32,
    kind: String,
    at: Stamp,
    #[serde(default)]
    source: String,
    #[serde(borrow, default = "no_entries")]
    records: Entries<'a>,
    #[serde(borrow, default = "no_entries")]
    edits: Entries<'a>,
    #[serde(default)]
    withdrawn: BTreeMap<String, bool>,
}

const fn no_entries<'a>() -> Entries<'a> {
    Entries(Vec::new())
}

/// The text of a file on the disk.
pub(in crate::store) fn text(disk: &dyn Disk, path: &Path) -> Result<String, Problem> {
    let told = |error: std::io::Error| Problem::of_file(path, format!("this cannot be read: {error}"));
    match disk.look(path).map_err(told)? {
        Some(entry) if entry.what != What::File => {
            return Err(Problem::of_file(path, "this is not a file, though a file belongs here"));
        }
        Some(entry) if entry.size > LARGEST => {
            return Err(Problem::of_file(path, format!("the file is larger than {LARGEST} bytes")));
        }
        _ => {}
    }
    String::from_utf8(disk.read(path).map_err(told)?).map_err(|error| {
        let before =
            String::from_utf8_lossy(error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default());
        let (line, column) = fields::line_column(&before, &(before.len()..before.len()));
        let what = "this is not text in UTF-8: save the file as UTF-8".to_owned();
        Problem { path: path.to_owned(), line, column, what }
    })
}

/// Reads the text of such a file. A record or a field that cannot be read is reported and left out.
#[must_use]
pub fn parse(path: &Path, text: &str) -> (Option<Imported>, Vec<Problem>) {
    let mut problems = Vec::new();
    if let Some(imported) = by_lines(path, text, &mut problems) {
        return (Some(imported), problems);
    }
    problems.clear();
    (whole(path, text, &mut problems), problems)
}

/// Reads a file as [`super::Draft`] writes it, its records on all cores; `None` if it is not quite of that shape.
fn by_lines(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Imported> {
    const BEGIN: &str = "\n  records: {\n";
    let from = text.find(BEGIN)? + BEGIN.len();
    let rest = text.get(from..)?;
    let to = if rest.starts_with("  },\n") { from } else { from + rest.find("\n  },\n")? + 1 };
    let around = format!("{}{}", text.get(..from)?, text.get(to..)?);
    let mut imported = whole(path, &around, problems).filter(|_| problems.is_empty())?;
    let records = text.get(from..to)?;
    let cores = thread::available_parallelism().map_or(1, usize::from);
    imported.records = if records.len() < 1 << 16 || cores < 2 {
        lines(records)?
    } else {
        let chunks = chunks(records, cores * 4);
        let next = std::sync::atomic::AtomicUsize::new(0);
        let mut done: Vec<(usize, Vec<_>)> = thread::scope(|scope| {
            let work = || {
                let mut mine = Vec::new();
                loop {
                    let at = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(chunk) = chunks.get(at) else { return Some(mine) };
                    mine.push((at, lines(chunk)?));
                }
            };
            let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
            let read = workers.into_iter().map(|worker| worker.join().ok().flatten());
            read.collect::<Option<Vec<_>>>()
        })?
        .into_iter()
        .flatten()
        .collect();
        done.sort_unstable_by_key(|(at, _)| *at);
        done.into_iter().flat_map(|(_, records)| records).collect()
    };
    Some(imported)
}

/// The text in about `count` pieces of whole lines.
fn chunks(text: &str, count: usize) -> Vec<&str> {
    let (mut chunks, mut rest) = (Vec::new(), text);
    let size = text.len() / count.max(1) + 1;
    while !rest.is_empty() {
        let end = rest.as_bytes().iter().skip(size).position(|byte| *byte == b'\n');
        let (chunk, after) = rest.split_at(end.map_or(rest.len(), |end| size + end + 1));
        chunks.push(chunk);
        rest = after;
    }
    chunks
}

fn lines(text: &str) -> Option<Vec<(TherapistId, Therapist)>> {
    text.lines().map(line).collect()
}

/// `"id": {"name":value,…},`
fn line(line: &str) -> Option<(TherapistId, Therapist)> {
    let (id, value) = line.strip_prefix('"')?.split_once("\": ")?;
    let Filled(therapist) = ron::from_str(value.strip_suffix(',')?).ok()?;
    Some((TherapistId::new(id).ok()?, therapist))
}

/// Reads the file in one piece and with care.
fn whole(path: &Path, text: &str, problems: &mut Vec<Problem>) -> Option<Imported> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read: Whole<'_> = match ron::from_str(text) {
        Ok(read) => read,
        Err(error) => {
            let (line, column) = fields::place(text, &error.span);
            problems.push(Problem { path: path.to_owned(), line, column, what: error.code.to_string() });
            return None;
        }
    };
    if read.kind != KIND {
        let what = format!("this is a \"{}\" file where a \"{KIND}\" file belongs", read.kind);
        problems.push(Problem::of_file(path, what));
        return None;
    }
    let at = |raw: &RawValue| {
        let bare = document::bare_text(raw);
        let start = bare.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        (bare.to_owned(), fields::line_column(text, &(start..start)))
    };
    let mut imported =
        Imported { at: read.at, source: read.source, records: Vec::new(), edits: Vec::new(), withdrawn: Vec::new() };
    for (id, raw) in read.records.0 {
        if let (Some(id), Some(sheet)) = (good_id(&id, at(raw).1, path, problems), sheet(at(raw), path, problems)) {
            let (therapist, bad) = Therapist::take(&sheet.values());
            problems.extend(bad.iter().map(|bad| sheet.problem(path, bad)));
            imported.records.push((id, therapist));
        }
    }
    for (id, raw) in read.edits.0 {
        if let (Some(id), Some(sheet)) = (good_id(&id, at(raw).1, path, problems), sheet(at(raw), path, problems)) {
            let (registers, bad) = Registers::of_sheet(path, &sheet, Therapist::SCHEMA);
            problems.extend(bad);
            imported.edits.push((id, registers));
        }
    }
    for (stamp, deleted) in read.withdrawn {
        match stamp.parse() {
            Ok(stamp) => imported.withdrawn.push((stamp, deleted)),
            Err(error) => problems.push(Problem::of_file(path, error.to_string())),
        }
    }
    if read.schema > SCHEMA {
        problems.push(Problem::of_file(path, "written by a newer Sameside: what it has that is new was left out"));
    }
    Some(imported)
}

fn good_id(id: &str, at: (usize, usize), path: &Path, problems: &mut Vec<Problem>) -> Option<TherapistId> {
    let (line, column) = at;
    TherapistId::new(id)
        .map_err(|error| problems.push(Problem { path: path.to_owned(), line, column, what: error.to_string() }))
        .ok()
}

/// The fields of one record, each with its place in the file.
fn sheet(at: (String, (usize, usize)), path: &Path, problems: &mut Vec<Problem>) -> Option<Sheet> {
    let (text, (line, column)) = at;
    let placed =
        |(down, across): (usize, usize)| (line + down - 1, if down == 1 { column + across - 1 } else { across });
    let pairs = match ron::from_str::<Pairs<'_>>(&text) {
        Ok(pairs) => pairs,
        Err(error) => {
            let (line, column) = placed(fields::place(&text, &error.span));
            problems.push(Problem { path: path.to_owned(), line, column, what: error.code.to_string() });
            return None;
        }
    };
    let mut sheet = Sheet { head: Head::of::<Therapist>(), kind_at: (line, column), fields: BTreeMap::new() };
    for (name, raw) in pairs.0 {
        let bare = document::bare_text(raw);
        let start = bare.as_ptr().addr().saturating_sub(text.as_ptr().addr());
        let (line, column) = placed(fields::line_column(&text, &(start..start)));
        sheet.fields.insert(name, Field { text: bare.to_owned(), line, column });
    }
    Some(sheet)
}
