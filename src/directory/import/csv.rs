//! Spreadsheet files: comma, semicolon, tab or bar between cells, headings in English or French.

mod rows;
mod sheet;

use csv::{ReaderBuilder, StringRecord, Trim};

use super::kind::Kind;
use super::{About, Choice, ImportError, Sink};
use crate::directory::columns::heading_key;

use self::rows::{Place, check_rows};
pub use self::sheet::{Mapping, Target};
use self::sheet::{Sheet, is_known};

/// What may stand between cells; the first wins when nothing decides.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many rows are looked at for the one with the headings: some sheets begin with a title.
const TITLE_ROWS: usize = 10;

/// Reads a spreadsheet file.
///
/// Blank rows are left out. A column that no field answers to, and a value that is not what its field needs, go into
/// the notes as `Heading: value`, so that nothing is lost.
pub(super) fn read(text: &str, encoding: &'static str, choice: &Choice, sink: Sink<'_>) -> Result<About, ImportError> {
    let (body, lines_before, declared) = without_declaration(text);
    let delimiter = declared.unwrap_or_else(|| best_delimiter(body));
    check_rows(body, delimiter, lines_before)?;
    let skipped = if choice.mapping.no_headings { 0 } else { title_rows(body, delimiter) };
    let mut records = reader(body, delimiter).into_records().skip(skipped);
    let mut place = Place::new(body, lines_before + 1);
    let first = records.next().and_then(Result::ok).ok_or(ImportError::Empty)?;
    let sheet = Sheet::new(&first, &choice.mapping)?;
    let mut any = false;
    let again = choice.mapping.no_headings.then(|| Ok(first.clone()));
    for record in again.into_iter().chain(records).filter_map(Result::ok) {
        let line = place.line_of(&record);
        if record.iter().any(|cell| !cell.is_empty()) {
            any = true;
            if !sink(sheet.entry(&record, line)) {
                return Err(ImportError::Cancelled);
            }
        }
    }
    if !any {
        return Err(ImportError::HeadingsOnly);
    }
    let mut about = About::new(Kind::Csv, encoding);
    about.delimiter = char::from(delimiter);
    about.headings = sheet.headings();
    about.unknown_headings = sheet.unknown();
    Ok(about)
}

/// Whether the first line is the header of an NPPES dissemination file.
pub(super) fn is_nppes(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let headings = reader(first, b',').into_records().next().and_then(Result::ok).unwrap_or_default();
    let has = |wanted: &str| headings.iter().any(|heading| heading_key(heading) == wanted);
    has("npi") && has("entity type code")
}

/// The headings of a file and the first rows under them, for asking what its columns are.
///
/// # Errors
/// [`ImportError`] when the file cannot be read at all.
pub(super) fn glimpse(text: &str, rows: usize) -> Vec<Vec<String>> {
    let (body, _, declared) = without_declaration(text);
    let delimiter = declared.unwrap_or_else(|| best_delimiter(body));
    let records = reader(body, delimiter).into_records().filter_map(Result::ok);
    records.take(rows + 1).map(|record| record.iter().map(str::to_owned).collect()).collect()
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

/// The first rows as they are under a delimiter.
fn first_rows(body: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    reader(body, delimiter).into_records().take(TITLE_ROWS).filter_map(Result::ok)
}

/// How many rows stand before the headings: those before the first one with a heading for names, if there is one.
fn title_rows(body: &str, delimiter: u8) -> usize {
    let has_name = |row: StringRecord| {
        let known = row.iter().filter(|heading| is_known(heading)).count();
        sheet::has_name(&row) && known * 2 >= row.iter().filter(|cell| !cell.is_empty()).count().min(4)
    };
    first_rows(body, delimiter).position(has_name).unwrap_or(0)
}

/// The delimiter under which most headings are known ones; then the one that makes most cells.
fn best_delimiter(body: &str) -> u8 {
    let score = |delimiter: u8| {
        let of_row = |row: StringRecord| (row.iter().filter(|heading| is_known(heading)).count(), row.len());
        first_rows(body, delimiter).map(of_row).max().unwrap_or_default()
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

#[cfg(test)]
mod tests;
