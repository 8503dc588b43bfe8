//! What kind of file it is, told by its content: names and endings are often wrong.

use std::io::{Read, Seek, SeekFrom};

use super::text::{self, Shape};
use super::{ImportError, MAX_BYTES, MAX_TREE_BYTES, csv};

/// A kind of file that therapists come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A spreadsheet as text.
    Csv,
    /// Contacts: vCard 2.1, 3.0 or 4.0.
    VCard,
    /// The US registry's own file (NPPES dissemination file).
    Nppes,
    /// A reply of the US registry's search (NPI Registry API 2.1).
    NpiRegistry,
    /// What web pages say about people and places (schema.org in JSON-LD).
    JsonLd,
    /// Other JSON: a list of objects with known names.
    Json,
    /// A web page with JSON-LD in it.
    Html,
    /// A file of Sameside itself.
    Ron,
}

impl Kind {
    /// Whether an entry's place is a line of the file; else it is the entry's number.
    #[must_use]
    pub const fn counts_lines(self) -> bool {
        matches!(self, Self::Csv | Self::VCard | Self::Nppes)
    }

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Csv => "import-kind-csv",
            Self::VCard => "import-kind-vcard",
            Self::Nppes => "import-kind-nppes",
            Self::NpiRegistry => "import-kind-npi-registry",
            Self::JsonLd => "import-kind-json-ld",
            Self::Json => "import-kind-json",
            Self::Html => "import-kind-html",
            Self::Ron => "import-kind-ron",
        }
    }

    const fn limit(self) -> usize {
        match self {
            Self::Csv | Self::VCard | Self::Nppes => MAX_BYTES,
            Self::NpiRegistry | Self::JsonLd | Self::Json | Self::Html | Self::Ron => MAX_TREE_BYTES,
        }
    }
}

/// How much of a file is looked at to tell its kind. A header of the NPPES has 12 KB.
const HEAD: u64 = 64 << 10;

fn system(error: &std::io::Error) -> ImportError {
    ImportError::system(error)
}

/// The beginning of a file; the source stands at its beginning again.
pub(super) fn head<S: Read + Seek>(source: &mut S) -> Result<Vec<u8>, ImportError> {
    let mut head = Vec::new();
    source.by_ref().take(HEAD).read_to_end(&mut head).map_err(|error| system(&error))?;
    source.seek(SeekFrom::Start(0)).map_err(|error| system(&error))?;
    Ok(head)
}

/// A whole file, if it is no larger than one of its kind may be.
pub(super) fn whole<S: Read + Seek>(source: &mut S, kind: Kind) -> Result<Vec<u8>, ImportError> {
    let limit = kind.limit();
    let too_big = || ImportError::TooBig { limit };
    let size = source.seek(SeekFrom::End(0)).map_err(|error| system(&error))?;
    source.seek(SeekFrom::Start(0)).map_err(|error| system(&error))?;
    let size = usize::try_from(size).ok().filter(|size| *size <= limit).ok_or_else(too_big)?;
    let mut bytes = Vec::with_capacity(size);
    // It may grow while it is read.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    source.by_ref().take(most).read_to_end(&mut bytes).map_err(|error| system(&error))?;
    if bytes.len() > limit { Err(too_big()) } else { Ok(bytes) }
}

/// Tells the kind from the beginning of a file.
pub(super) fn tell(head: &[u8]) -> Result<Kind, ImportError> {
    match text::shape(head) {
        Shape::Text => {}
        Shape::Spreadsheet => return Err(ImportError::Spreadsheet),
        Shape::Archive => return Err(ImportError::Archive),
        Shape::Binary => return Err(ImportError::NotText),
    }
    let text = text::glimpse(head);
    let start = text.trim_start();
    if text.lines().any(|line| line.trim().eq_ignore_ascii_case("BEGIN:VCARD")) && !start.starts_with(['<', '{']) {
        return Ok(Kind::VCard);
    }
    let after = start.get(1..).unwrap_or_default().trim_start();
    Ok(match start.as_bytes().first() {
        Some(b'(') if after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && after.contains(':') => {
            Kind::Ron
        }
        Some(b'/') if start.starts_with("//") || start.starts_with("/*") => Kind::Ron,
        Some(b'#') if start.starts_with("#![") => Kind::Ron,
        Some(b'[') if after.starts_with('(') => Kind::Ron,
        Some(b'{') if is_ron_map(after) => Kind::Ron,
        Some(b'{' | b'[') => Kind::Json,
        Some(b'<') => Kind::Html,
        Some(_) if starts_with_any(start, &["BEGIN:VCALENDAR", "{\\rtf", "%!PS"]) => {
            return Err(ImportError::OtherKind);
        }
        _ if csv::is_nppes(&text) => Kind::Nppes,
        _ => Kind::Csv,
    })
}

/// Whether what follows `{` is a map of structs, as only RON writes it: `"id": (`.
fn is_ron_map(after: &str) -> bool {
    let Some((_, rest)) = after.strip_prefix('"').and_then(|after| after.split_once('"')) else { return false };
    rest.trim_start().strip_prefix(':').is_some_and(|value| value.trim_start().starts_with('('))
}

fn starts_with_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.get(..start.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(start)))
}
