//! The text of files: places, what survives, and damage of all kinds.

use proptest::prelude::*;

use super::*;
use crate::store::faulty::Note;

const FILE: &str = "(\n  schema: 1,\n  kind: \"note\",\n  fields: {\n    \"words\": \"é\",\n    \"odd\": Some( [1, /* two */ 2] ), // why\n    \"number\": 3,\n  },\n)\n";

fn read(text: &str) -> Result<Sheet, Problem> {
    let path = Path::new("a/b.ron");
    parse(path, decode(path, text.as_bytes())?, 1)
}

#[test]
fn fields_keep_their_words_and_their_places() {
    let sheet = read(&format!("\u{feff}{FILE}")).unwrap();
    let at = |name: &str| (sheet.fields[name].text.as_str(), sheet.fields[name].line, sheet.fields[name].column);
    assert_eq!(at("words"), ("\"é\"", 5, 14));
    assert_eq!(at("odd"), ("Some( [1, /* two */ 2] )", 6, 12));
    assert_eq!(at("number"), ("3", 7, 15));
    let once = render(&sheet.head, &sheet.values());
    assert_eq!(render(&read(&once).unwrap().head, &read(&once).unwrap().values()), once);
}

#[test]
fn problems_name_the_place_in_the_whole_file() {
    let told = |text: &str| read(text).unwrap_err().to_string();
    assert_eq!(
        told("(schema: 1,\n  kind: \"note\",\n  fields: {\"a\": 1, \"a\": 2})").split(": ").next(),
        Some("a/b.ron:3:21")
    );
    assert!(
        told("(schema: 1,\n kind: 5, fields: {})").starts_with("a/b.ron:2:8: "),
        "{}",
        told("(schema: 1,\n kind: 5, fields: {})")
    );
    assert!(told("(schema: 1, kind: \"note\", more: 1, fields: {})").contains("more"));
    assert!(told("é\n x\0").starts_with("a/b.ron:2:3: a zero byte"));
    let latin = decode(Path::new("l"), b"(a\n b \xe9)").unwrap_err();
    assert_eq!((latin.line, latin.column), (2, 4));
    let large = vec![b' '; usize::try_from(LARGEST).unwrap() + 1];
    assert!(decode(Path::new("l"), &large).unwrap_err().what.contains("larger"));

    let sheet = read(&FILE.replace("3,", "[\n  1],").replace("\"é\"", "5")).unwrap();
    let places: Vec<_> = Note::take(&sheet.values()).1.iter().map(|bad| sheet.problem(Path::new("f"), bad)).collect();
    assert_eq!(places.iter().map(|p| (p.line, p.column)).collect::<Vec<_>>(), [(5, 14), (7, 15)]);
    let wrong = sheet.must_be(Path::new("f"), "settings").unwrap_err();
    assert_eq!((wrong.line, wrong.column), (3, 9));
}

#[test]
fn a_newer_head_is_read_as_far_as_it_is_understood() {
    let sheet = read("(schema: 2, kind: \"note\", since: 5, fields: {\"words\": \"x\"})").unwrap();
    assert_eq!((sheet.head.schema, sheet.fields["words"].text.as_str()), (2, "\"x\""));
}

#[test]
fn migrations_run_in_order_and_a_missing_step_is_told() {
    fn grow(mut values: Values) -> Values {
        values.entry("words".to_owned()).or_default().push('+');
        values
    }
    fn rename(mut values: Values) -> Values {
        let words = values.remove("words").unwrap_or_default();
        values.insert("text".to_owned(), words);
        values
    }
    let table: &[(&str, u32, Migration)] = &[("note", 2, rename), ("note", 1, grow), ("other", 0, rename)];
    let old = Values::from([("words".to_owned(), "a".to_owned())]);
    let new = Values::from([("text".to_owned(), "a+".to_owned())]);
    assert_eq!(migrate(table, "note", 1, 3, old.clone()), Some(new));
    assert_eq!(migrate(table, "note", 0, 3, old.clone()), None);
    assert_eq!(migrate(table, "note", 5, 3, old.clone()), Some(old));
}

#[test]
fn deep_nesting_is_an_error_and_never_a_crash() {
    for depth in [60, 120, 124, 125, 126, 127, 128, 129, 130, 5_000, 100_000] {
        let text =
            format!("(schema: 1, kind: \"note\", fields: {{\"a\": /**/ {}{}}})", "[".repeat(depth), "]".repeat(depth));
        if let Ok(sheet) = read(&text) {
            assert!(depth < 128 && sheet.fields["a"].text.starts_with('['));
        }
    }
}

proptest! {
    #[test]
    fn any_document_survives_writing_and_reading(words in "\\PC*", number: u32, list in prop::collection::vec("(\\PC|\n|\r|\t|\"|//)*", 0..4)) {
        let note = Note { words, number, list };
        let values: Values = note.put().into_iter().map(|(name, text)| (name, nest(&text))).collect();
        let text = render(&Head::of::<Note>(), &values);
        let sheet = read(&text).unwrap();
        prop_assert_eq!(Note::take(&sheet.values()), (note, Vec::new()));
        prop_assert_eq!(render(&sheet.head, &sheet.values()), text);
    }

    #[test]
    fn damaged_text_never_panics_and_what_reads_is_stable(at in 0..FILE.len(), byte: u8, cut: bool) {
        let mut bytes = FILE.as_bytes().to_vec();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let path = Path::new("f");
        if let Ok(sheet) = decode(path, &bytes).and_then(|text| parse(path, text, 1)) {
            let text = render(&sheet.head, &sheet.values());
            prop_assert_eq!(parse(path, &text, 1).unwrap().values(), sheet.values());
        }
    }
}
