//! Spreadsheet files: comma, semicolon, tab or bar between cells, headings in English or French.

use csv::{ReaderBuilder, StringRecord, Trim};

use super::same::Known;
use super::text::decode;
use super::{ImportError, MAX_ROW_BYTES, Preview, Row, RowFault, RowOutcome};
use crate::directory::cells::unguard;
use crate::directory::columns::{Column, FIRST_NAME, LAST_NAME, column_of, heading_key};
use crate::directory::{Therapist, TherapistId};

/// What may stand between cells; the first wins when nothing decides.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Reads a spreadsheet file and says what importing it would do, without doing it.
///
/// Blank rows are left out. A column that no field answers to, and a value that is not what its field needs, go into
/// the notes as `Heading: value`, so that nothing is lost. `existing` are the records on the list; deleted ones are
/// passed over.
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read; single rows at fault are in the preview.
pub fn preview_csv<'a>(
    bytes: &[u8],
    existing: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>,
) -> Result<Preview, ImportError> {
    let (text, encoding) = decode(bytes)?;
    let (body, lines_before, declared) = without_declaration(&text);
    let delimiter = declared.unwrap_or_else(|| best_delimiter(body));
    check_rows(body, delimiter, lines_before)?;
    let mut records = reader(body, delimiter).into_records();
    let headings = records.next().and_then(Result::ok).ok_or(ImportError::Empty)?;
    let sheet = Sheet::new(&headings)?;

    let mut known = Known::new();
    for (id, therapist) in existing.into_iter().filter(|(_, therapist)| !therapist.deleted) {
        known.add(Met::OnTheList(id.clone()), therapist);
    }
    let mut rows = Vec::new();
    let mut place = Place { body, byte: 0, line: lines_before + 1 };
    for record in records.filter_map(Result::ok) {
        let line = place.line_of(&record);
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push(sheet.row(&record, line, &mut known));
        }
    }
    if rows.is_empty() {
        return Err(ImportError::HeadingsOnly);
    }
    let unknown_headings = sheet.unknown();
    Ok(Preview { rows, encoding, delimiter: char::from(delimiter), unknown_headings })
}

fn reader(body: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(body.as_bytes())
}

/// Splits off a first line `sep=;`, by which Excel is told the delimiter: the rest, how many lines were taken, and it.
fn without_declaration(text: &str) -> (&str, u64, Option<u8>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let sign = first.trim_matches('"').strip_prefix("sep=").map(str::as_bytes);
    match sign {
        Some(&[sign]) if DELIMITERS.contains(&sign) => (rest, 1, Some(sign)),
        _ => (text, 0, None),
    }
}

/// The delimiter under which most headings are known ones; then the one that makes most cells.
fn best_delimiter(body: &str) -> u8 {
    let score = |delimiter: u8| {
        let first = reader(body, delimiter).into_records().next().and_then(Result::ok).unwrap_or_default();
        (first.iter().filter(|heading| is_known(heading)).count(), first.len())
    };
    let mut best = (DELIMITERS[0], score(DELIMITERS[0]));
    for delimiter in DELIMITERS.into_iter().skip(1) {
        let score = score(delimiter);
        if score > best.1 {
            best = (delimiter, score);
        }
    }
    best.0
}

fn is_known(heading: &str) -> bool {
    let key = heading_key(heading);
    column_of(heading).is_some() || FIRST_NAME.contains(&key.as_str()) || LAST_NAME.contains(&key.as_str())
}

/// Refuses what the reader would take in silence: a quote that swallows the rest of the file, an endless row.
/// Quotes count as the reader counts them: only at the start of a cell, doubled inside.
fn check_rows(body: &str, delimiter: u8, lines_before: u64) -> Result<(), ImportError> {
    enum At {
        Start,
        Plain,
        Quoted { since: u64 },
        Closing { since: u64 },
    }
    let (mut at, mut line, mut row_start, mut row_line) = (At::Start, lines_before + 1, 0, lines_before + 1);
    for (place, byte) in body.bytes().enumerate() {
        if place - row_start > MAX_ROW_BYTES {
            // Two likely reasons; an open quote is the one that can be put right.
            return Err(match at {
                At::Quoted { since } if since < line => ImportError::OpenQuote { line: since },
                _ => ImportError::RowTooLong { line: row_line },
            });
        }
        let inside = matches!(at, At::Quoted { .. });
        at = match at {
            At::Start if byte == b'"' => At::Quoted { since: line },
            At::Quoted { since } if byte == b'"' => At::Closing { since },
            At::Closing { since } if byte == b'"' => At::Quoted { since },
            At::Quoted { since } => At::Quoted { since },
            _ if byte == delimiter || byte == b'\n' => At::Start,
            At::Start | At::Plain | At::Closing { .. } => At::Plain,
        };
        if byte == b'\n' {
            line += 1;
            if !inside {
                (row_start, row_line) = (place + 1, line);
            }
        }
    }
    match at {
        At::Quoted { since } => Err(ImportError::OpenQuote { line: since }),
        At::Start | At::Plain | At::Closing { .. } => Ok(()),
    }
}

/// Counts lines up to each record. The reader's own count stops before blank lines.
struct Place<'a> {
    body: &'a str,
    byte: usize,
    line: u64,
}

impl Place<'_> {
    fn line_of(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.byte);
        let rest = self.body.as_bytes().get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| **byte == b'\n').count();
        let between = self.body.as_bytes().get(self.byte..start).unwrap_or_default();
        self.line += u64::try_from(between.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX);
        self.byte = start;
        self.line
    }
}

/// Which record a row turned out to be.
#[derive(Debug, Clone)]
enum Met {
    OnTheList(TherapistId),
    Line(u64),
}

/// What the cells under one heading are.
#[derive(Debug, Clone, Copy)]
enum Cells {
    Field(&'static Column),
    FirstName,
    LastName,
    Unknown,
}

/// The headings of a file and what they stand for.
struct Sheet {
    headings: Vec<(String, Cells)>,
}

impl Sheet {
    fn new(headings: &StringRecord) -> Result<Self, ImportError> {
        let keys: Vec<String> = headings.iter().map(heading_key).collect();
        // The registry's files have over 300 columns that mean nothing here.
        if keys.iter().any(|key| key == "npi") && keys.iter().any(|key| key == "entity type code") {
            return Err(ImportError::Nppes);
        }
        let cells = |(heading, key): (&str, &String)| {
            let cells = match column_of(heading) {
                Some(column) => Cells::Field(column),
                None if FIRST_NAME.contains(&key.as_str()) => Cells::FirstName,
                None if LAST_NAME.contains(&key.as_str()) => Cells::LastName,
                None => Cells::Unknown,
            };
            (heading.to_owned(), cells)
        };
        let headings: Vec<_> = headings.iter().zip(&keys).map(cells).collect();
        let named = |(_, cells): &(String, Cells)| match cells {
            Cells::Field(column) => column.heading == "Name",
            Cells::FirstName | Cells::LastName => true,
            Cells::Unknown => false,
        };
        if !headings.iter().any(named) {
            return Err(ImportError::NoNameColumn { found: shortened(&headings) });
        }
        Ok(Self { headings })
    }

    fn unknown(&self) -> Vec<String> {
        let unknown =
            self.headings.iter().filter(|(heading, cells)| matches!(cells, Cells::Unknown) && !heading.is_empty());
        unknown.map(|(heading, _)| heading.clone()).collect()
    }

    fn row(&self, record: &StringRecord, line: u64, known: &mut Known<Met>) -> Row {
        let (therapist, aside) = self.therapist(record);
        let extra = record.iter().skip(self.headings.len()).any(|cell| !cell.is_empty());
        let outcome = if extra {
            RowOutcome::Unusable(RowFault::TooManyCells { cells: record.len(), headings: self.headings.len() })
        } else if therapist.name.is_empty() {
            RowOutcome::Unusable(RowFault::NoName)
        } else {
            match known.same(&therapist) {
                Some((Met::OnTheList(id), by)) => RowOutcome::AlreadyHere { id, by },
                Some((Met::Line(line), by)) => RowOutcome::Repeated { line, by },
                None => {
                    known.add(Met::Line(line), &therapist);
                    RowOutcome::New
                }
            }
        };
        Row { line, therapist, outcome, aside }
    }

    /// What a row says, and the headings of values that were not understood.
    fn therapist(&self, record: &StringRecord) -> (Therapist, Vec<String>) {
        let mut therapist = Therapist::default();
        let (mut first, mut last) = (String::new(), String::new());
        let (mut lines, mut aside) = (Vec::new(), Vec::new());
        for ((heading, cells), cell) in self.headings.iter().zip(record) {
            let cell = unguard(cell);
            if cell.is_empty() {
                continue;
            }
            match cells {
                Cells::Field(column) if (column.set)(&mut therapist, cell) => {}
                Cells::FirstName if first.is_empty() => cell.clone_into(&mut first),
                Cells::LastName if last.is_empty() => cell.clone_into(&mut last),
                Cells::Unknown => lines.push(note(heading, cell)),
                Cells::Field(_) | Cells::FirstName | Cells::LastName => {
                    lines.push(note(heading, cell));
                    aside.push(heading.clone());
                }
            }
        }
        therapist.name = whole_name(&therapist.name, &first, &last);
        if !therapist.notes.is_empty() {
            lines.insert(0, std::mem::take(&mut therapist.notes));
        }
        therapist.notes = lines.join("\n");
        (therapist, aside)
    }
}

fn note(heading: &str, cell: &str) -> String {
    if heading.is_empty() { cell.to_owned() } else { format!("{heading}: {cell}") }
}

/// One name out of the columns that may hold it. With a first name beside it, a column named `Nom` or `Name` holds
/// the last name, unless the first name is already in it.
fn whole_name(name: &str, first: &str, last: &str) -> String {
    let parts = if !first.is_empty() && !last.is_empty() {
        let whole = format!("{first} {last}");
        return if name.contains(first) && name.contains(last) { name.to_owned() } else { whole };
    } else if name.contains(first) && name.contains(last) {
        [name, "", ""]
    } else {
        [first, name, last]
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first headings, to show what was found.
fn shortened(headings: &[(String, Cells)]) -> String {
    let found: Vec<&str> = headings.iter().take(5).map(|(heading, _)| heading.as_str()).collect();
    let text: String = found.join(", ").chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
    if headings.len() > 5 || text.chars().count() == 80 { format!("{text}…") } else { text }
}

#[cfg(test)]
mod tests;
