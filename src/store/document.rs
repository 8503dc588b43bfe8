//! The text of a file: a head, then named fields, each kept word for word.
//!
//! ```text
//! (
//!   schema: 1,
//!   kind: "settings",
//!   fields: {
//!     "language": Some(Fr),
//!   },
//! )
//! ```
//!
//! Parts of shared records have an `id` and a `device` in their head as well. The head is frozen: whatever is new goes
//! into the fields, because an older Sameside carries fields along that it does not know.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use ron::value::RawValue;
use serde::Deserialize;
use serde::de::{Error as _, MapAccess, Visitor};

use crate::fields::{self, BadField, Document, Values};

/// Larger files are refused before they are read: one document is a few kilobytes.
pub const LARGEST: u64 = 1 << 20;

/// Something that a person should look at, with its place. Shown as `path:line:column: what`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[error("{path}:{line}:{column}: {what}", path = .path.display())]
pub struct Problem {
    /// The file or folder.
    pub path: PathBuf,
    /// Line, from 1; 1 when the whole file is meant.
    pub line: usize,
    /// Column in characters, from 1; 1 when the whole line is meant.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl Problem {
    /// A problem of the whole file.
    #[must_use]
    pub fn of_file(path: &Path, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: 1, column: 1, what: what.into() }
    }
}

/// One field's text as it stands in the file, and where it begins there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The RON text of the value, word for word.
    pub text: String,
    /// Line of its first character in the file, from 1.
    pub line: usize,
    /// Column of its first character, from 1.
    pub column: usize,
}

/// What a file says it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Version of the shape of this kind.
    pub schema: u32,
    /// What kind of document it is.
    pub kind: String,
    /// Which record this is a part of.
    pub id: Option<String>,
    /// Which device wrote this part.
    pub device: Option<String>,
}

impl Head {
    /// The head of a plain document.
    #[must_use]
    pub fn of<D: Document>() -> Self {
        Self { schema: D::SCHEMA, kind: D::KIND.to_owned(), id: None, device: None }
    }
}

/// A file that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it says it is.
    pub head: Head,
    /// Where the kind stands: line and column.
    pub kind_at: (usize, usize),
    /// Its fields.
    pub fields: BTreeMap<String, Field>,
}

#[derive(Deserialize)]
#[serde(rename = "Sheet", deny_unknown_fields)]
struct Strict<'a> {
    schema: u32,
    #[serde(borrow)]
    kind: &'a RawValue,
    #[serde(default, deserialize_with = "bare")]
    id: Option<String>,
    #[serde(default, deserialize_with = "bare")]
    device: Option<String>,
    #[serde(borrow)]
    fields: Pairs<'a>,
}

/// The same, but overlooking what a newer Sameside may have added to the head.
#[derive(Deserialize)]
#[serde(rename = "Sheet")]
struct Lax<'a> {
    schema: u32,
    #[serde(borrow)]
    kind: &'a RawValue,
    #[serde(default, deserialize_with = "bare")]
    id: Option<String>,
    #[serde(default, deserialize_with = "bare")]
    device: Option<String>,
    #[serde(borrow)]
    fields: Pairs<'a>,
}

/// A string that may be absent, written without `Some(…)` around it.
fn bare<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

/// Fields as they stand in a file, none of them twice.
pub(super) struct Pairs<'a>(pub(super) BTreeMap<String, &'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Pairs<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("fields as {\"name\": value}")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut pairs = BTreeMap::new();
                while let Some(name) = map.next_key::<String>()? {
                    if pairs.contains_key(&name) {
                        return Err(M::Error::custom(format!("the field \"{name}\" stands here twice")));
                    }
                    pairs.insert(name, map.next_value()?);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Reader)
    }
}

/// The text of a file's content: without a byte order mark, of bounded size, and text indeed.
///
/// # Errors
/// A [`Problem`] with the place of the first byte that is not text.
pub fn decode<'a>(path: &Path, bytes: &'a [u8]) -> Result<&'a str, Problem> {
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LARGEST {
        return Err(too_large(path));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let at = |valid: &[u8], what: &str| {
        let before = String::from_utf8_lossy(valid);
        let (line, column) = fields::line_column(&before, &(before.len()..before.len()));
        Problem { path: path.to_owned(), line, column, what: what.to_owned() }
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        at(
            bytes.get(..error.valid_up_to()).unwrap_or_default(),
            "this is not text in UTF-8: save the file as UTF-8",
        )
    })?;
    match text.find('\0') {
        Some(nul) => {
            Err(at(text.as_bytes().get(..nul).unwrap_or_default(), "a zero byte stands here: the file is damaged"))
        }
        None => Ok(text),
    }
}

/// The problem of a file past [`LARGEST`].
pub fn too_large(path: &Path) -> Problem {
    Problem::of_file(path, format!("the file is larger than {LARGEST} bytes, which no file of Sameside is"))
}

/// Reads a file's text. `known` is the newest schema that the caller understands: in the head of a newer file,
/// fields that this program does not know are overlooked.
///
/// # Errors
/// A [`Problem`] with the place in the file.
pub fn parse(path: &Path, text: &str, known: u32) -> Result<Sheet, Problem> {
    let (schema, kind, id, device, pairs) = match ron::from_str::<Strict<'_>>(text) {
        Ok(sheet) => (sheet.schema, sheet.kind, sheet.id, sheet.device, sheet.fields),
        Err(error) => match ron::from_str::<Lax<'_>>(text) {
            Ok(sheet) if sheet.schema > known => (sheet.schema, sheet.kind, sheet.id, sheet.device, sheet.fields),
            _ => {
                let (line, column) = fields::place(text, &error.span);
                return Err(Problem { path: path.to_owned(), line, column, what: error.code.to_string() });
            }
        },
    };
    let offset = |raw: &str| raw.as_ptr().addr().saturating_sub(text.as_ptr().addr());
    let kind_text = bare_text(kind);
    let kind_at = fields::line_column(text, &(offset(kind_text)..offset(kind_text)));
    let kind = fields::from_text::<String>("kind", kind_text).map_err(|bad| Problem {
        path: path.to_owned(),
        line: kind_at.0,
        column: kind_at.1,
        what: bad.what,
    })?;
    let mut starts: Vec<(usize, String, &str)> = Vec::with_capacity(pairs.0.len());
    for (name, raw) in pairs.0 {
        let value = bare_text(raw);
        starts.push((offset(value), name, value));
    }
    starts.sort_unstable();
    // Places are counted in one pass over the text, however many fields there are.
    let (mut line, mut column, mut at) = (1, 1, 0);
    let mut fields = BTreeMap::new();
    for (start, name, value) in starts {
        let (down, across) = fields::line_column(text.get(at..start).unwrap_or_default(), &(start - at..start - at));
        column = if down > 1 { across } else { column + across - 1 };
        line += down - 1;
        at = start;
        fields.insert(name, Field { text: value.to_owned(), line, column });
    }
    Ok(Sheet { head: Head { schema, kind, id, device }, kind_at, fields })
}

/// A raw value without the white space and comments around it (those inside stay).
pub(super) fn bare_text(raw: &RawValue) -> &str {
    let text = raw.get_ron();
    // Only a comment brings a slash outside of quotes; telling the two apart costs another parse.
    if text.contains('/') { raw.trim().get_ron() } else { text.trim() }
}

impl Sheet {
    /// The fields' texts without their places.
    #[must_use]
    pub fn values(&self) -> Values {
        self.fields.iter().map(|(name, field)| (name.clone(), field.text.clone())).collect()
    }

    /// A bad field as a problem of the file that this sheet was read from.
    #[must_use]
    pub fn problem(&self, path: &Path, bad: &BadField) -> Problem {
        let (line, column) = self.fields.get(&bad.field).map_or((1, 1), |field| {
            let column = if bad.line == 1 { field.column + bad.column - 1 } else { bad.column };
            (field.line + bad.line - 1, column)
        });
        Problem { path: path.to_owned(), line, column, what: format!("{}: {}", bad.field, bad.what) }
    }

    /// Whether this is the kind of file that belongs here.
    ///
    /// # Errors
    /// A [`Problem`] at the kind.
    pub fn must_be(&self, path: &Path, kind: &str) -> Result<(), Problem> {
        if self.head.kind == kind {
            return Ok(());
        }
        let what = format!("this is a \"{}\" file where a \"{kind}\" file belongs", self.head.kind);
        Err(Problem { path: path.to_owned(), line: self.kind_at.0, column: self.kind_at.1, what })
    }
}

/// The text of a file. Every field has a line of its own, in name order, so that a change shows as one line.
#[must_use]
pub fn render(head: &Head, values: &Values) -> String {
    let mut text = format!("(\n  schema: {},\n  kind: {},\n", head.schema, fields::to_text(&head.kind));
    for (name, value) in [("id", &head.id), ("device", &head.device)] {
        if let Some(value) = value {
            text.push_str(&format!("  {name}: {},\n", fields::to_text(value)));
        }
    }
    text.push_str("  fields: {\n");
    for (name, value) in values {
        text.push_str(&format!("    {}: {value},\n", fields::to_text(name)));
    }
    text.push_str("  },\n)\n");
    text
}

/// Moves the lines after the first to where a field's value stands in a file. Only for text that
/// [`fields::to_text`] made, which has no line breaks inside quotes.
#[must_use]
pub fn nest(text: &str) -> String {
    text.replace('\n', "\n    ")
}

/// Turns the fields of one schema version into those of the next.
pub type Migration = fn(Values) -> Values;

/// Every change of shape since the first release: kind, the version it starts from, and how. Never shortened.
pub const MIGRATIONS: &[(&str, u32, Migration)] = &[
    // 2 added to each run: caret, break, what may be shown, older versions. All may be absent.
    ("progress", 1, |values| values),
];

/// Brings `values` from schema `from` to schema `to`; `None` when a step is not known. A newer file stays as it is.
#[must_use]
pub fn migrate(table: &[(&str, u32, Migration)], kind: &str, from: u32, to: u32, mut values: Values) -> Option<Values> {
    for version in from..to {
        let (_, _, step) = table.iter().find(|(of, start, _)| *of == kind && *start == version)?;
        values = step(values);
    }
    Some(values)
}

#[cfg(test)]
mod tests;
