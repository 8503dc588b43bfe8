//! A document is a set of named fields, each a RON value of its own.
//!
//! Every file that Sameside writes has this shape, because it is what keeps data safe over the years:
//! a field that this version does not know is carried along word for word, one field that cannot be
//! read does not spoil the others, and only the fields that changed are ever written over a file.

use std::collections::BTreeMap;
use std::ops::Range;

use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Field name → the RON text of its value, in name order so that files differ only where data differs.
pub type Values = BTreeMap<String, String>;

/// One field whose text could not be understood. The text itself is kept by the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {line}:{column}: {what}")]
pub struct BadField {
    /// Name of the field.
    pub field: String,
    /// Line inside the field's own text, from 1.
    pub line: usize,
    /// Column inside that line, in characters, from 1.
    pub column: usize,
    /// What is wrong, in RON's own words.
    pub what: String,
}

/// A struct kept on disk as named fields. Made with [`document!`](crate::document).
pub trait Document: Default + Clone + PartialEq {
    /// The `kind` written at the head of the file.
    const KIND: &'static str;
    /// The schema version that this program writes.
    const SCHEMA: u32;

    /// Every known field as RON text.
    fn put(&self) -> Values;

    /// Reads the known fields; an absent one has its default, an unreadable one too and is reported.
    fn take(values: &Values) -> (Self, Vec<BadField>);

    /// The fields that differ from `old`, as RON text.
    fn changes_since(&self, old: &Self) -> Values {
        let before = old.put();
        let mut now = self.put();
        now.retain(|name, text| before.get(name) != Some(text));
        now
    }
}

/// One value as RON text: short values on one line, nested ones indented by two spaces.
#[must_use]
pub fn to_text<T: Serialize>(value: &T) -> String {
    let style = PrettyConfig::new().new_line("\n").indentor("  ").depth_limit(3);
    // Our own types hold no floats, maps with odd keys or anything else that RON cannot write.
    ron::Options::default().to_string_pretty(value, style).unwrap_or_default()
}

/// Reads one field's text, or says where and why it cannot be read.
///
/// # Errors
/// [`BadField`] with the place inside `text`.
pub fn from_text<T: DeserializeOwned>(field: &str, text: &str) -> Result<T, BadField> {
    // People who write by hand leave the `Some` out.
    let reader = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
    reader.from_str(text).map_err(|error| {
        let (line, column) = place(text, &error.span);
        BadField { field: field.to_owned(), line, column, what: error.code.to_string() }
    })
}

/// Line and column of a RON error in `text`. RON's spans start before the white space that leads to the
/// culprit; a person looks for the culprit.
#[must_use]
pub fn place(text: &str, span: &ron::error::Span) -> (usize, usize) {
    let line_start: usize = text.split_inclusive('\n').take(span.start.line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(line_start..).unwrap_or_default();
    let inside: usize = rest.chars().take(span.start.col.saturating_sub(1)).map(char::len_utf8).sum();
    let after = rest.get(inside..).unwrap_or_default();
    let blank = after.len() - after.trim_start().len();
    if blank == after.len() {
        return (span.start.line, span.start.col);
    }
    let at = line_start + inside + blank;
    line_column(text, &(at..at))
}

/// Reads `values[field]` into `slot`; leaves the default and notes the reason when it cannot be read.
pub fn take_field<T: DeserializeOwned>(values: &Values, field: &str, slot: &mut T, bad: &mut Vec<BadField>) {
    if let Some(text) = values.get(field) {
        match from_text(field, text) {
            Ok(value) => *slot = value,
            Err(error) => bad.push(error),
        }
    }
}

/// Line and column (both from 1, columns in characters) of the byte at `range.start` in `text`.
#[must_use]
pub fn line_column(text: &str, range: &Range<usize>) -> (usize, usize) {
    let before = text.get(..range.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    (line, column)
}

/// Declares a struct that is kept on disk as named fields: `document! { pub struct Name: "kind", 1 { … } }`.
///
/// Every field type needs `Default`, `Clone`, `PartialEq`, `Debug`, `Serialize` and `Deserialize`.
#[macro_export]
macro_rules! document {
    (
        $(#[$outer:meta])*
        pub struct $name:ident: $kind:literal, $schema:literal {
            $( $(#[$inner:meta])* pub $field:ident: $type:ty, )*
        }
    ) => {
        $(#[$outer])*
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct $name {
            $( $(#[$inner])* pub $field: $type, )*
        }

        impl $crate::fields::Document for $name {
            const KIND: &'static str = $kind;
            const SCHEMA: u32 = $schema;

            fn put(&self) -> $crate::fields::Values {
                let mut values = $crate::fields::Values::new();
                $( values.insert(stringify!($field).to_owned(), $crate::fields::to_text(&self.$field)); )*
                values
            }

            fn take(values: &$crate::fields::Values) -> (Self, Vec<$crate::fields::BadField>) {
                let mut document = Self::default();
                let mut bad = Vec::new();
                $( $crate::fields::take_field(values, stringify!($field), &mut document.$field, &mut bad); )*
                (document, bad)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    document! {
        /// A document for these tests.
        pub struct Note: "note", 1 {
            /// Words.
            pub words: String,
            /// A number, if any.
            pub number: Option<u32>,
            /// Many.
            pub list: Vec<String>,
        }
    }

    #[test]
    fn what_is_put_can_be_taken() {
        let note = Note { words: "l'« été »\n\"q\"".into(), number: Some(3), list: vec!["a".into(), "b".into()] };
        assert_eq!(Note::take(&note.put()), (note, Vec::new()));
    }

    #[test]
    fn one_bad_field_leaves_the_others() {
        let mut values = Note { words: "kept".into(), ..Note::default() }.put();
        values.insert("number".into(), "Some(\n  three)".into());
        let (note, bad) = Note::take(&values);
        assert_eq!(note.words, "kept");
        assert_eq!(bad.len(), 1);
        assert_eq!((bad[0].field.as_str(), bad[0].line), ("number", 2));
    }

    #[test]
    fn only_changes_are_reported() {
        let old = Note { words: "a".into(), ..Note::default() };
        let new = Note { number: Some(1), ..old.clone() };
        assert_eq!(new.changes_since(&old).into_keys().collect::<Vec<_>>(), ["number"]);
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(line_column("é\nàb", &(5..6)), (2, 2));
    }
}
