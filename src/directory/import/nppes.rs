//! The US registry's own file: 330 columns, millions of rows, read by the names of its columns and bit by bit.

use std::collections::HashMap;
use std::io::{BufReader, Read, Seek};

use csv::{ByteRecord, ReaderBuilder};

use super::kind::Kind;
use super::{
    About, Choice, Entry, Found, ImportError, MAX_ROW_BYTES, RowFault, Sink, add_note, joined, taxonomy, text,
};
use crate::directory::Therapist;
use crate::directory::hints::is_npi;

/// How many fields of work a provider may have.
const FIELDS: usize = 15;

/// Reads such a file.
pub(super) fn read<S: Read + Seek>(source: &mut S, choice: &Choice, sink: Sink<'_>) -> Result<About, ImportError> {
    let guarded = Guard { inner: BufReader::with_capacity(1 << 18, source), row: 0, line: 1, quoted: false, since: 1 };
    let mut reader = ReaderBuilder::new().has_headers(true).flexible(true).from_reader(guarded);
    let headings = reader.byte_headers().map_err(|error| wrong(&error))?.clone();
    let columns = Columns::new(&headings);
    let mut record = ByteRecord::new();
    let (mut any, mut line) = (false, 1);
    while reader.read_byte_record(&mut record).map_err(|error| wrong(&error))? {
        any = true;
        // The reader's own count is late by one where lines end in CR and LF.
        line += 1;
        if !sink(columns.entry(&record, line, choice)) {
            return Err(ImportError::Cancelled);
        }
    }
    if any { Ok(About::new(Kind::Nppes, "UTF-8")) } else { Err(ImportError::HeadingsOnly) }
}

fn wrong(error: &csv::Error) -> ImportError {
    match error.kind() {
        csv::ErrorKind::Io(error) => ImportError::system(error),
        _ => ImportError::System { what: error.to_string() },
    }
}

/// Passes bytes on, and stops at what would fill the memory or be taken in silence: an endless row, an open quote at
/// the end. Every cell of these files is in quotes, so that a quote opens or closes wherever it stands.
struct Guard<R> {
    inner: R,
    /// Bytes of the row so far.
    row: usize,
    line: u64,
    quoted: bool,
    /// The line on which the quote was opened.
    since: u64,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        if count == 0 && self.quoted {
            return Err(std::io::Error::other(ImportError::CutOff { line: self.since }));
        }
        for byte in buffer.iter().take(count) {
            self.row += 1;
            match byte {
                b'"' => {
                    self.quoted = !self.quoted;
                    self.since = self.line;
                }
                b'\n' => {
                    self.line += 1;
                    if !self.quoted {
                        self.row = 0;
                    }
                }
                0 => return Err(std::io::Error::other(ImportError::NotText)),
                _ => {}
            }
            if self.row > MAX_ROW_BYTES {
                return Err(std::io::Error::other(ImportError::RowTooLong { line: self.line }));
            }
        }
        Ok(count)
    }
}

/// Where each column stands in this file.
struct Columns {
    places: HashMap<String, usize>,
    fields: Vec<[Option<usize>; 4]>,
}

impl Columns {
    fn new(headings: &ByteRecord) -> Self {
        let name = |heading: &[u8]| text::cell(heading).trim().trim_start_matches('\u{feff}').to_lowercase();
        let places: HashMap<String, usize> = headings.iter().enumerate().map(|(at, cell)| (name(cell), at)).collect();
        let numbered = |what: &str, number: usize| places.get(&format!("{what}_{number}")).copied();
        let fields = (1..=FIELDS).map(|number| {
            [
                numbered("healthcare provider taxonomy code", number),
                numbered("healthcare provider primary taxonomy switch", number),
                numbered("provider license number", number),
                numbered("provider license number state code", number),
            ]
        });
        Self { fields: fields.collect(), places }
    }

    fn cell<'a>(&self, record: &'a ByteRecord, heading: &str) -> &'a [u8] {
        let cell = self.places.get(heading).and_then(|at| record.get(*at)).unwrap_or_default();
        cell.trim_ascii()
    }

    fn text(&self, record: &ByteRecord, heading: &str) -> String {
        text::cell(self.cell(record, heading))
    }

    fn entry(&self, record: &ByteRecord, line: u64, choice: &Choice) -> Entry {
        let npi = self.text(record, "npi");
        let deactivated = !self.cell(record, "npi deactivation date").is_empty()
            && self.cell(record, "npi reactivation date").is_empty();
        // A withdrawn number has nothing else in its row, so that nobody can be left out for another reason.
        if deactivated && self.cell(record, "entity type code").is_empty() {
            return match &choice.states[..] {
                [] => Entry::Unusable { line, fault: RowFault::Deactivated { npi } },
                _ => Entry::LeftOut,
            };
        }
        let works: Vec<Work> = self.fields.iter().filter_map(|places| Work::read(record, places)).collect();
        let state = self.state(record);
        let wanted = choice.states.is_empty() || choice.states.contains(&state);
        let chosen = works.iter().filter(|work| choice.fields.takes(&work.code));
        let Some(work) = chosen.max_by_key(|work| work.is_primary).filter(|_| wanted) else {
            return if works.is_empty() && wanted && choice.fields == super::Fields::All {
                self.whole(record, line, npi, None, &works)
            } else {
                Entry::LeftOut
            };
        };
        if deactivated {
            return Entry::Unusable { line, fault: RowFault::Deactivated { npi } };
        }
        self.whole(record, line, npi, Some(work), &works)
    }

    /// The state of the practice, or of the mailing address where there is none.
    fn state(&self, record: &ByteRecord) -> String {
        let practice = self.text(record, "provider business practice location address state name");
        let state = if practice.is_empty() {
            self.text(record, "provider business mailing address state name")
        } else {
            practice
        };
        state.to_uppercase()
    }

    fn whole(&self, record: &ByteRecord, line: u64, npi: String, work: Option<&Work>, works: &[Work]) -> Entry {
        if !is_npi(&npi) {
            return Entry::Unusable { line, fault: RowFault::BadNpi { npi } };
        }
        let is_organisation = self.cell(record, "entity type code") == b"2";
        let mut therapist = Therapist { npi, ..Therapist::default() };
        self.name(record, is_organisation, &mut therapist);
        if therapist.name.is_empty() {
            return Entry::Unusable { line, fault: RowFault::NoName };
        }
        self.address(record, &mut therapist);
        if let Some(work) = work {
            therapist.licence_number.clone_from(&work.licence);
            therapist.licence_region.clone_from(&work.state);
            if let Some(name) = taxonomy::name_of(&work.code)
                && therapist.credential.is_empty()
            {
                name.clone_into(&mut therapist.credential);
            }
        }
        for work in works {
            let name = taxonomy::name_of(&work.code).unwrap_or_default();
            let licence = joined([work.state.as_str(), work.licence.as_str()], " ");
            let licence = if licence.is_empty() { licence } else { format!("({licence})") };
            add_note(&mut therapist, &joined([work.code.as_str(), name, &licence], " "));
        }
        Entry::Found(Found { line, therapist, is_organisation, ..Found::default() })
    }

    fn name(&self, record: &ByteRecord, is_organisation: bool, therapist: &mut Therapist) {
        let organisation = self.text(record, "provider organization name (legal business name)");
        let other = self.text(record, "provider other organization name");
        if is_organisation {
            // What it calls itself in public, where it differs from the legal name.
            let (name, legal) = if other.is_empty() { (organisation, String::new()) } else { (other, organisation) };
            therapist.practice.clone_from(&name);
            therapist.name = name;
            add_note(therapist, &legal);
            return;
        }
        let part = |heading: &str| self.text(record, heading);
        let parts = [
            part("provider name prefix text"),
            part("provider first name"),
            part("provider middle name"),
            part("provider last name (legal name)"),
            part("provider name suffix text"),
        ];
        therapist.name = joined(parts.iter().map(String::as_str), " ");
        therapist.credential = part("provider credential text");
        therapist.gender = part("provider gender code");
        if therapist.gender.is_empty() {
            therapist.gender = part("provider sex code");
        }
        therapist.practice = organisation;
    }

    /// The practice's address, or the mailing address where there is none.
    fn address(&self, record: &ByteRecord, therapist: &mut Therapist) {
        let practice =
            ["provider first line business practice location address", "provider business practice location address"];
        let mailing = ["provider first line business mailing address", "provider business mailing address"];
        let [first, rest] = if self.cell(record, practice[0]).is_empty() { mailing } else { practice };
        let second = first.replace("first line", "second line");
        let of = |what: &str| self.text(record, &format!("{rest} {what}"));
        therapist.street = joined([self.text(record, first).as_str(), &self.text(record, &second)], ", ");
        therapist.city = of("city name");
        therapist.region = of("state name");
        therapist.country = of("country code (if outside u.s.)");
        if therapist.country.is_empty() {
            "US".clone_into(&mut therapist.country);
        }
        therapist.postcode = postcode(&of("postal code"));
        therapist.phones.extend(Some(phone(&of("telephone number"))).filter(|phone| !phone.is_empty()));
    }
}

/// One field of work.
struct Work {
    code: String,
    is_primary: bool,
    licence: String,
    state: String,
}

impl Work {
    fn read(record: &ByteRecord, places: &[Option<usize>; 4]) -> Option<Self> {
        let [code, primary, licence, state] =
            places.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default().trim_ascii());
        (!code.is_empty()).then(|| Self {
            code: text::cell(code).to_uppercase(),
            is_primary: primary.eq_ignore_ascii_case(b"Y"),
            licence: text::cell(licence),
            state: text::cell(state),
        })
    }
}

/// `123456789` as `12345-6789`, which is how people write it.
pub(super) fn postcode(code: &str) -> String {
    let code = code.trim();
    match code.split_at_checked(5) {
        Some((five, four)) if code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{five}-{four}")
        }
        _ => code.to_owned(),
    }
}

/// `8285550100` as `828-555-0100`.
pub(super) fn phone(number: &str) -> String {
    let number = number.trim();
    match number.as_bytes() {
        bytes if bytes.len() == 10 && bytes.iter().all(u8::is_ascii_digit) => {
            joined([number.get(..3), number.get(3..6), number.get(6..)].into_iter().flatten(), "-")
        }
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests;
