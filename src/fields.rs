//! A document is a set of named fields, each a RON value of its own.
//!
//! Every file that Sameside writes has this shape, because it is what keeps data safe over the years:
//! a field that this version does not know is carried along word for word, one field that cannot be
//! read does not spoil the others, and only the fields that changed are ever written over a file.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use ron::ser::PrettyConfig;
use serde::de::{DeserializeOwned, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

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

    /// Appends `"name":value` for every field that says something, on one line with commas between them.
    fn put_filled(&self, line: &mut String);

    /// Puts one field's text into the document; false when there is no field of this name.
    ///
    /// # Errors
    /// [`BadField`] when the text cannot be read; the field stays as it was.
    fn take_one(&mut self, field: &str, text: &str) -> Result<bool, BadField>;

    /// Puts the next value of a map that is being read into the document; false when there is no field of this name.
    ///
    /// # Errors
    /// The reader's.
    fn take_next<'de, M: MapAccess<'de>>(&mut self, field: &str, map: &mut M) -> Result<bool, M::Error>;

    /// The fields that differ from `old`, as RON text.
    fn changes_since(&self, old: &Self) -> Values {
        let before = old.put();
        let mut now = self.put();
        now.retain(|name, text| before.get(name) != Some(text));
        now
    }
}

/// A document read from `{"name": value, …}` in one go: several times as fast as field by field. One bad value spoils
/// the whole, so that a caller then goes field by field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filled<D>(pub D);

impl<'de, D: Document> Deserialize<'de> for Filled<D> {
    fn deserialize<R: Deserializer<'de>>(reader: R) -> Result<Self, R::Error> {
        struct Fields<D>(std::marker::PhantomData<D>);
        impl<'de, D: Document> Visitor<'de> for Fields<D> {
            type Value = D;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("fields as {\"name\": value}")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<D, M::Error> {
                let mut document = D::default();
                while let Some(name) = map.next_key::<&str>()? {
                    if !document.take_next(name, &mut map)? {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(document)
            }
        }
        reader.deserialize_map(Fields(std::marker::PhantomData)).map(Filled)
    }
}

/// Appends `"name":value` to a line of such pairs, unless the value says nothing.
pub fn put_pair<T: Serialize + Default + PartialEq>(line: &mut String, name: &str, value: &T) {
    if *value != T::default() {
        if !line.is_empty() && !line.ends_with('{') {
            line.push(',');
        }
        // Our own types hold nothing that RON cannot write.
        let text = ron::ser::to_string(value).unwrap_or_default();
        line.push('"');
        line.push_str(name);
        line.push_str("\":");
        line.push_str(&text);
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

            fn put_filled(&self, line: &mut String) {
                $( $crate::fields::put_pair(line, stringify!($field), &self.$field); )*
            }

            fn take_one(&mut self, field: &str, text: &str) -> Result<bool, $crate::fields::BadField> {
                match field {
                    $( stringify!($field) => self.$field = $crate::fields::from_text(field, text)?, )*
                    _ => return Ok(false),
                }
                Ok(true)
            }

            fn take_next<'de, M: serde::de::MapAccess<'de>>(&mut self, field: &str, map: &mut M) -> Result<bool, M::Error> {
                match field {
                    $( stringify!($field) => self.$field = map.next_value()?, )*
                    _ => return Ok(false),
                }
                Ok(true)
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
    fn what_says_something_is_put_on_one_line_and_read_in_one_go() {
        let note = Note { words: "a\n{\"b\"}".into(), number: Some(3), list: Vec::new() };
        let mut line = String::from("{");
        note.put_filled(&mut line);
        line.push('}');
        assert_eq!(line, r#"{"words":"a\n{\"b\"}","number":Some(3)}"#);
        assert_eq!(ron::from_str::<Filled<Note>>(&line).unwrap().0, note);
        let newer = r#"{"words": "a", "colour": Blue(1, [2]), "number": Some(2)}"#;
        assert_eq!(ron::from_str::<Filled<Note>>(newer).unwrap().0.number, Some(2));
        assert!(ron::from_str::<Filled<Note>>(r#"{"number": Some(x)}"#).is_err());
    }

    #[test]
    fn one_field_can_be_taken_alone() {
        let mut note = Note::default();
        assert_eq!(note.take_one("words", "\"kept\""), Ok(true));
        assert_eq!(note.take_one("colour", "3"), Ok(false));
        assert!(note.take_one("number", "three").is_err());
        assert_eq!(note.words, "kept");
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
