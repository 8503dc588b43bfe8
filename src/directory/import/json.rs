//! JSON of any kind: told apart by what is in it.

use serde_json::{Map, Value};

use super::kind::Kind;
use super::{Choice, Entry, Found, ImportError, RowFault, Sink, add_note, npi_registry, schema_org};
use crate::directory::columns::{FIRST_NAME, LAST_NAME, column_of, heading_key};

/// Reads a JSON file, one document or several behind each other.
pub(super) fn read(text: &str, choice: &Choice, sink: Sink<'_>) -> Result<Kind, ImportError> {
    let mut documents = Vec::new();
    for document in serde_json::Deserializer::from_str(text).into_iter::<Value>() {
        documents.push(document.map_err(|error| broken(&error))?);
    }
    let all = match <[Value; 1]>::try_from(documents) {
        Ok([one]) => one,
        Err(many) => Value::Array(many),
    };
    if npi_registry::is_reply(&all) {
        npi_registry::read(&all, choice, sink)?;
        return Ok(Kind::NpiRegistry);
    }
    if schema_org::is_marked(&all) {
        schema_org::read(&all, sink)?;
        return Ok(Kind::JsonLd);
    }
    plain(&all, sink)?;
    Ok(Kind::Json)
}

/// What the reader found wrong, with its place.
pub(super) fn broken(error: &serde_json::Error) -> ImportError {
    let said = error.to_string();
    // The place is told apart.
    let what = said.split(" at line ").next().unwrap_or_default().to_owned();
    ImportError::Broken {
        line: u64::try_from(error.line()).unwrap_or(1).max(1),
        column: u64::try_from(error.column()).unwrap_or(1).max(1),
        what,
    }
}

/// The text of a value that is one: a string, a number, yes or no.
pub(super) fn scalar(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Objects whose names are those of a spreadsheet's columns: what other lists export.
fn plain(all: &Value, sink: Sink<'_>) -> Result<(), ImportError> {
    let mut objects = Vec::new();
    collect(all, 0, &mut objects);
    if objects.is_empty() {
        return Err(ImportError::Nobody);
    }
    for (at, object) in objects.into_iter().enumerate() {
        let line = u64::try_from(at + 1).unwrap_or(u64::MAX);
        let found = of_object(object, line);
        let entry = if found.therapist.name.is_empty() {
            Entry::Unusable { line, fault: RowFault::NoName }
        } else {
            Entry::Found(found)
        };
        if !sink(entry) {
            return Err(ImportError::Cancelled);
        }
    }
    Ok(())
}

/// The objects that hold a known name for a name; lists inside an object are looked into when it has none itself.
fn collect<'a>(value: &'a Value, depth: usize, objects: &mut Vec<&'a Map<String, Value>>) {
    match value {
        Value::Array(values) if depth < 8 => values.iter().for_each(|value| collect(value, depth + 1, objects)),
        Value::Object(object) if object.keys().any(|key| is_name(key)) => objects.push(object),
        Value::Object(object) if depth < 8 => {
            object.values().for_each(|value| collect(value, depth + 1, objects));
        }
        _ => {}
    }
}

fn is_name(key: &str) -> bool {
    let folded = key_of(key);
    column_of(&folded).is_some_and(|column| column.heading == "Name")
        || FIRST_NAME.contains(&heading_key(&folded).as_str())
        || LAST_NAME.contains(&heading_key(&folded).as_str())
}

/// `firstName` and `first_name` as a heading would have it.
fn key_of(key: &str) -> String {
    let mut spaced = String::with_capacity(key.len() + 4);
    let mut lower = false;
    for c in key.chars() {
        if c.is_uppercase() && lower {
            spaced.push(' ');
        }
        lower = c.is_lowercase();
        spaced.push(if c == '_' || c == '.' { ' ' } else { c });
    }
    spaced
}

fn of_object(object: &Map<String, Value>, line: u64) -> Found {
    let mut found = Found { line, ..Found::default() };
    let (mut first, mut last) = (String::new(), String::new());
    let mut pairs = Vec::new();
    flatten("", object, 0, &mut pairs);
    for (key, text) in pairs {
        let heading = key_of(&key);
        let folded = heading_key(&heading);
        let taken = if FIRST_NAME.contains(&folded.as_str()) && first.is_empty() {
            first.clone_from(&text);
            true
        } else if LAST_NAME.contains(&folded.as_str()) && last.is_empty() {
            last.clone_from(&text);
            true
        } else {
            // `address.city` is as good as `city`.
            let column = column_of(&heading).or_else(|| column_of(heading.rsplit(' ').next().unwrap_or_default()));
            column.is_some_and(|column| (column.set)(&mut found.therapist, &text))
        };
        if !taken {
            add_note(&mut found.therapist, &format!("{key}: {text}"));
            if column_of(&heading).is_some() {
                found.aside.push(key);
            }
        }
    }
    if found.therapist.name.is_empty() {
        found.therapist.name = super::joined([first.as_str(), &last], " ");
    }
    found
}

/// Names and texts of an object, those of objects in it with a point between.
fn flatten(prefix: &str, object: &Map<String, Value>, depth: usize, pairs: &mut Vec<(String, String)>) {
    for (key, value) in object {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            Value::Object(inner) if depth < 4 => flatten(&key, inner, depth + 1, pairs),
            Value::Array(values) => {
                let texts: Vec<String> = values.iter().filter_map(scalar).collect();
                if !texts.is_empty() {
                    pairs.push((key, texts.join("; ")));
                }
            }
            value => pairs.extend(scalar(value).map(|text| (key, text))),
        }
    }
}
