//! Sameside's own RON: an export, a list that a person wrote, or a file out of a data folder.

use std::borrow::Cow;
use std::fmt;

use ron::extensions::Extensions;
use ron::value::RawValue;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::{Entry, Found, ImportError, RowFault, Sink};
use crate::directory::{Photo, Therapist};
use crate::fields::{Document, Values, place};

/// Reads such a file.
pub(super) fn read(text: &str, sink: Sink<'_>) -> Result<(), ImportError> {
    // What people leave out when they write by hand: `Some(…)` around a value.
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let parse = |text: &str| -> Result<Vec<Values>, ron::error::SpannedError> {
        let File(records) = options.from_str(text)?;
        Ok(records)
    };
    let records = parse(text).map_err(|error| {
        let (line, column) = place(text, &error.span);
        let line = u64::try_from(line).unwrap_or(u64::MAX);
        ImportError::Broken { line, column: u64::try_from(column).unwrap_or(u64::MAX), what: error.code.to_string() }
    })?;
    if records.is_empty() {
        return Err(ImportError::Nobody);
    }
    for (at, values) in records.into_iter().enumerate() {
        let line = u64::try_from(at + 1).unwrap_or(u64::MAX);
        if !sink(entry(&values, line, &options)) {
            return Err(ImportError::Cancelled);
        }
    }
    Ok(())
}

fn entry(values: &Values, line: u64, options: &ron::Options) -> Entry {
    let mut found = Found { line, ..Found::default() };
    let known = Therapist::default().put();
    let mut lines = Vec::new();
    for (name, text) in values {
        if name == "photo" {
            // The name of a picture in another couple's folder means nothing here; the picture itself does.
            let text: String = options.from_str(text).unwrap_or_default();
            if text.starts_with("data:") {
                found.take_photo(Photo::of_text(&text));
            }
            continue;
        }
        // Written anew, so that what only an import may leave out is there.
        let read = found.therapist.take_one(name, text).is_ok_and(|known| known)
            || explicit(text, options)
                .is_some_and(|text| found.therapist.take_one(name, &text).is_ok_and(|known| known));
        if !read {
            lines.push(format!("{name}: {text}"));
            if known.contains_key(name) {
                found.aside.push(name.clone());
            }
        }
    }
    let therapist = &mut found.therapist;
    // Who added it means nothing to another couple.
    therapist.added_by = None;
    for text in lines {
        super::add_note(therapist, &text);
    }
    if therapist.deleted {
        return Entry::LeftOut;
    }
    if therapist.name.trim().is_empty() {
        return Entry::Unusable { line, fault: RowFault::NoName };
    }
    Entry::Found(found)
}

/// `5` as `Some(5)`, `"a"` as `["a"]`: what a person means where a record wants the longer form.
fn explicit(text: &str, options: &ron::Options) -> Option<String> {
    if text.starts_with('"') {
        let one: String = options.from_str(text).ok()?;
        return Some(format!("[{}]", crate::fields::to_text(&one)));
    }
    (!text.starts_with("Some")).then(|| format!("Some({text})"))
}

/// The records of a file, in whatever form: each as its fields' texts.
struct File(Vec<Values>);

/// A value that may be a record, a list or a map of records, or the envelope of one of Sameside's files.
impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = File;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a therapist (name: …) or a list of them")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<File, S::Error> {
                let mut all = Vec::new();
                while let Some(File(records)) = seq.next_element()? {
                    all.extend(records);
                }
                Ok(File(all))
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<File, M::Error> {
                let (mut all, mut own) = (Vec::new(), Values::new());
                let mut is_envelope = false;
                while let Some(key) = map.next_key::<Cow<'de, str>>()? {
                    match &*key {
                        "schema" | "kind" | "at" | "device" | "id" | "edits" | "withdrawn" if own.is_empty() => {
                            is_envelope |= matches!(&*key, "schema" | "kind");
                            map.next_value::<IgnoredAny>()?;
                        }
                        "source" if is_envelope => drop(map.next_value::<IgnoredAny>()?),
                        "fields" => all.extend(fields(map.next_value::<&RawValue>()?)),
                        "therapists" | "records" => {
                            let File(records) = map.next_value()?;
                            all.extend(records);
                        }
                        _ => {
                            let raw = map.next_value::<&RawValue>()?.get_ron().trim();
                            own.insert(key.into_owned(), raw.to_owned());
                        }
                    }
                }
                all.extend(records_in(own));
                Ok(File(all))
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// A map of fields is one record; a map of records, by id, is many.
fn records_in(own: Values) -> Vec<Values> {
    let known = Therapist::default().put();
    if own.is_empty() || own.keys().any(|key| known.contains_key(key)) {
        return if own.is_empty() { Vec::new() } else { vec![own] };
    }
    let inner = |text: &String| ron::from_str::<File>(text).map(|file| file.0).unwrap_or_default();
    let records: Vec<Values> = own.values().flat_map(inner).collect();
    if records.is_empty() { vec![own] } else { records }
}

/// The fields of one device's part of a record: `{"name": (v: "…", at: "…")}`, or without the stamps.
fn fields(raw: &RawValue) -> Option<Values> {
    #[derive(Deserialize)]
    struct Stamped<'a> {
        #[serde(borrow)]
        v: &'a RawValue,
    }
    let all: std::collections::BTreeMap<String, &RawValue> = ron::from_str(raw.get_ron()).ok()?;
    let value = |(name, raw): (String, &RawValue)| {
        let text = raw.get_ron().trim();
        let bare = ron::from_str::<Stamped<'_>>(text).map_or(text, |stamped| stamped.v.get_ron().trim());
        (name, bare.to_owned())
    };
    Some(all.into_iter().map(value).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Money, YesNo};

    fn names(text: &str) -> Vec<String> {
        records(text).into_iter().map(|found| found.therapist.name).collect()
    }

    fn records(text: &str) -> Vec<Found> {
        let mut all = Vec::new();
        read(text, &mut |entry| {
            all.extend(match entry {
                Entry::Found(found) => Some(found),
                _ => None,
            });
            true
        })
        .unwrap();
        all
    }

    #[test]
    fn every_form_is_read() {
        for text in [
            "(name: \"Anne\")",
            "[(name: \"Anne\"), (city: \"nobody\")]",
            "[{\"name\": \"Anne\"}]",
            "{\"id-1\": (name: \"Anne\")}",
            "(schema: 1, kind: \"therapists\", therapists: [{\"name\": \"Anne\"}])",
            "(schema: 1, kind: \"imports\", at: \"x\", source: \"y\", records: {\"a\": {\"name\": \"Anne\"}}, edits: {}, withdrawn: {})",
            "(schema: 1, kind: \"therapist\", id: \"a\", device: \"b\", fields: {\"name\": (v: \"Anne\", at: \"0\", over: Some(\"1\"))})",
            "/* mine */ (name: \"Anne\",)",
        ] {
            assert_eq!(names(text), ["Anne"], "{text}");
        }
    }

    #[test]
    fn values_may_be_written_as_people_write_them() {
        let text = "(name: \"Anne\", years: 5, phones: \"418 555-0100\", fee: (minor: 15000, currency: \"CAD\"), online: Yes, colour: \"blue\", wait_weeks: \"soon\")";
        let found = &records(text)[0];
        let therapist = &found.therapist;
        assert_eq!((therapist.years, therapist.online), (Some(5), YesNo::Yes));
        assert_eq!(therapist.fee, Some(Money::new(15_000, "CAD")));
        assert_eq!(therapist.phones, ["418 555-0100"]);
        assert_eq!(therapist.notes, "colour: \"blue\"\nwait_weeks: \"soon\"");
        assert_eq!(found.aside, ["wait_weeks"]);
    }

    #[test]
    fn what_is_damaged_is_told_with_its_place() {
        let error = read("[\n(name: \"Anne\",\n", &mut |_| true).unwrap_err();
        assert!(matches!(error, ImportError::Broken { line: 2..=3, .. }), "{error:?}");
        assert_eq!(read("[]", &mut |_| true), Err(ImportError::Nobody));
        let deep = "[".repeat(100_000);
        assert!(matches!(read(&deep, &mut |_| true), Err(ImportError::Broken { .. })));
    }
}
