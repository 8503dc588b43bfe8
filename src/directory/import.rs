//! Bringing therapists in from other programs' files: what kind of file it is, what each entry says, and a preview in
//! which nothing is changed yet.

mod csv;
mod error;
mod html;
mod json;
mod kind;
mod npi_registry;
mod nppes;
mod preview;
mod ron;
mod same;
mod schema_org;
mod taxonomy;
mod text;
mod vcard;

use std::io::{Read, Seek};

use crate::directory::{Photo, PhotoError, Therapist, languages};

pub use csv::{Mapping, Target};
pub use error::{ImportError, RowFault};
pub use kind::Kind;
pub use preview::{Counts, Difference, Preview, Row, RowOutcome, Sorter, differences, fill, preview, preview_csv};
pub use same::SameBy;
pub use taxonomy::{Fields, is_state};

/// Properties of Sameside's own in a vCard begin so; behind it stands the heading of a column.
pub(super) const OWN_PROPERTY: &str = "X-SAMESIDE-";

/// The largest file that is taken, in bytes (256 MiB), unless it is read bit by bit, as those of the NPPES are.
pub const MAX_BYTES: usize = 256 << 20;

/// The largest JSON or RON file, in bytes (32 MiB): in memory such a file takes many times its size.
pub const MAX_TREE_BYTES: usize = 32 << 20;

/// The largest single row that is taken, in bytes (1 MiB). No spreadsheet makes one; a file of one endless line has one.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// What to take out of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Choice {
    /// Of a registry's file only those in these US states (two letters); all if there are none.
    pub states: Vec<String>,
    /// Of a registry's file only those who work in these fields.
    pub fields: Fields,
    /// What columns with unknown headings are.
    pub mapping: Mapping,
}

/// One entry of a file, as far as it was understood.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "nearly all are of the large kind, and each lives for a moment")]
pub enum Entry {
    /// A therapist, or at least somebody with a name.
    Found(Found),
    /// An entry that cannot be taken.
    Unusable {
        /// Its place in the file: see [`Kind::counts_lines`].
        line: u64,
        /// Why.
        fault: RowFault,
    },
    /// An entry that was not asked for: another state, another field of work.
    LeftOut,
}

/// Who an entry is about.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// Its place in the file: see [`Kind::counts_lines`].
    pub line: u64,
    /// What it says. Source, date and person are for the caller to set.
    pub therapist: Therapist,
    /// Headings whose value was not understood as what it should be, and went into the notes instead.
    pub aside: Vec<String>,
    /// A practice or company, not a person.
    pub is_organisation: bool,
    /// The photo that came along; the record bears its name.
    pub photo: Option<Box<Photo>>,
    /// Why a photo that came along is left out.
    pub bad_photo: Option<PhotoError>,
}

impl Found {
    /// Takes the photo that came along, or notes why not.
    fn take_photo(&mut self, photo: Result<Photo, PhotoError>) {
        match photo {
            Ok(photo) => {
                photo.name().clone_into(&mut self.therapist.photo);
                self.photo = Some(Box::new(photo));
            }
            Err(error) => self.bad_photo = Some(error),
        }
    }
}

/// What is known of a file once it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// What kind of file it is.
    pub kind: Kind,
    /// How the file's letters were read, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// What parts the cells of a spreadsheet: a comma, a semicolon, a tab or `|`.
    pub delimiter: char,
    /// The headings of a spreadsheet.
    pub headings: Vec<String>,
    /// Headings that no field answers to. Their values were put into the notes.
    pub unknown_headings: Vec<String>,
}

impl About {
    const fn new(kind: Kind, encoding: &'static str) -> Self {
        Self { kind, encoding, delimiter: ',', headings: Vec::new(), unknown_headings: Vec::new() }
    }
}

/// Takes the entries of a file one by one; false when it wants no more (it was cancelled).
pub type Sink<'a> = &'a mut dyn FnMut(Entry) -> bool;

/// Reads a file, told by its content, and hands its entries to `sink`. Memory stays bounded: a registry's file is read
/// bit by bit, others are at most [`MAX_BYTES`].
///
/// # Errors
/// [`ImportError`] when the file as a whole cannot be read; what the sink was given before does not count then.
pub fn read<S: Read + Seek>(source: &mut S, choice: &Choice, sink: Sink<'_>) -> Result<About, ImportError> {
    let head = kind::head(source)?;
    let sink: Sink<'_> = &mut |mut entry| {
        if let Entry::Found(found) = &mut entry {
            found.therapist.languages.iter_mut().for_each(|language| *language = languages::kept(language));
        }
        sink(entry)
    };
    match kind::tell(&head)? {
        Kind::Nppes => nppes::read(source, choice, sink),
        kind => {
            let (text, encoding) = text::decode(kind::whole(source, kind)?)?;
            match kind {
                Kind::VCard => vcard::read(&text, sink).map(|()| About::new(kind, encoding)),
                Kind::Ron => ron::read(&text, sink).map(|()| About::new(kind, encoding)),
                Kind::Html => html::read(&text, choice, sink).map(|()| About::new(kind, encoding)),
                Kind::JsonLd | Kind::NpiRegistry | Kind::Json => {
                    json::read(&text, choice, sink).map(|kind| About::new(kind, encoding))
                }
                Kind::Csv | Kind::Nppes => csv::read(&text, encoding, choice, sink),
            }
        }
    }
}

/// What kind of file it is, told by its content. The source stands at its beginning again.
///
/// # Errors
/// [`ImportError`] when it is no kind that is known.
pub fn kind_of<S: Read + Seek>(source: &mut S) -> Result<Kind, ImportError> {
    kind::tell(&kind::head(source)?)
}

/// The first row of a spreadsheet and up to `rows` more, for asking what its columns are.
///
/// # Errors
/// [`ImportError`] when it cannot be read at all.
pub fn columns<S: Read + Seek>(source: &mut S, rows: usize) -> Result<Vec<Vec<String>>, ImportError> {
    Ok(csv::glimpse(&text::decode(kind::whole(source, Kind::Csv)?)?.0, rows))
}

/// Lines for the notes, added behind what is there.
fn add_note(therapist: &mut Therapist, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    if !therapist.notes.is_empty() {
        therapist.notes.push('\n');
    }
    therapist.notes.push_str(line);
}

/// One line out of several, without what is empty.
fn joined<'a>(parts: impl IntoIterator<Item = &'a str>, between: &str) -> String {
    let parts: Vec<&str> = parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.join(between)
}
