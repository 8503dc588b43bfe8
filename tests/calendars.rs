//! `sameside moments` on calendars that were worked out by hand: each folder of `tests/calendars` is a data folder with
//! a file `expected` that holds the zone, the arguments, and the columns that must be printed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// What `moments` prints, and what went to its error output.
fn moments(data: &Path, zone: &str, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_sameside"))
        .arg("--data")
        .arg(data)
        .args(["moments", "--lang", "en"])
        .args(arguments)
        .env("TZ", zone)
        .output()
        .unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

/// The columns without the sentences.
fn columns(printed: &str) -> Vec<&str> {
    printed.lines().map(|line| line.split("  ").next().unwrap()).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn every_calendar_comes_out_as_it_was_worked_out_by_hand() {
    let mut count = 0;
    for calendar in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/calendars")).unwrap() {
        let calendar = calendar.unwrap().path();
        let text = fs::read_to_string(calendar.join("expected")).unwrap();
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut head = |name: &str| lines.next().unwrap().strip_prefix(name).unwrap().trim().to_owned();
        let (zone, from, days) = (head("zone"), head("from"), head("days"));
        let expected: Vec<&str> = lines.collect();
        let folder = tempfile::tempdir().unwrap();
        copy(&calendar, folder.path());
        let (printed, error, code) = moments(folder.path(), &zone, &["--from", &from, "--days", &days]);
        assert_eq!((code, error.as_str()), (0, ""), "{calendar:?}");
        assert_eq!(columns(&printed), expected, "{calendar:?}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

fn plan(folder: &Path, fields: &str) {
    fs::create_dir_all(folder.join("private")).unwrap();
    let text = format!("(schema: 1, kind: \"reminder\", fields: {{\"on\": true, \"safety_seen\": true, {fields}}})");
    fs::write(folder.join("private/reminder.ron"), text).unwrap();
}

#[test]
fn nothing_that_is_printed_tells_until_when_the_word_holds() {
    let printed = |word: &str| {
        let folder = tempfile::tempdir().unwrap();
        plan(folder.path(), "\"week\": (saturday: [\"10:00-11:00\"])");
        let card = folder.path().join("shared/members/two");
        fs::create_dir_all(&card).unwrap();
        let text = format!(
            "(schema: 1, kind: \"member\", id: \"two\", device: \"11111111\", fields: {{\"word\": (v: {word}, at: \"00000000000a-0000-11111111\")}})"
        );
        fs::write(card.join("11111111.ron"), text).unwrap();
        // Also from a day after it: looking ahead tells nothing.
        ["2026-11-01", "2998-06-01", "2999-06-01"]
            .map(|from| moments(folder.path(), "America/Toronto", &["--from", from, "--days", "400"]))
    };
    let never = printed("Never");
    assert_eq!(printed("NotUntil(\"2999-01-01\")"), never);
    assert!(never.iter().all(|(out, error, code)| *code == 0 && error.is_empty() && !out.contains("speaks")));
}

#[test]
fn odd_arguments_get_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    plan(folder.path(), "\"week\": (saturday: [\"10:00-11:00\"])");
    for arguments in [
        &["--days", "0"][..],
        &["--days", "-3"],
        &["--days", "2.5"],
        &["--days", "99999999999"],
        &["--days", ""],
        &["--from", "2026-02-30"],
        &["--from", "2026-11-28T25:00"],
        &["--from", "2026-11-28T10:00[Nowhere/Else]"],
        &["--from", "tomorrow"],
        &["--from", "9999-12-31"],
        &["--from", "-1-01-01"],
        &["--from"],
    ] {
        let (out, error, code) = moments(folder.path(), "UTC", arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}: {error}");
        assert!(error.contains("--help") && !error.contains("panicked"), "{error}");
    }
    for (from, first) in [
        (
            "2026-11-28T10:30",
            "2026-11-28T10:00:00+00:00 2026-11-28T11:00:00+00:00 speaks 2026-11-28T10:30:00+00:00",
        ),
        (
            "2026-11-28T10:00:00Z",
            "2026-11-28T10:00:00+00:00 2026-11-28T11:00:00+00:00 speaks 2026-11-28T10:00:00+00:00",
        ),
        ("2026-11-28T11:00", "- - quiet no-windows"),
        ("9999-12-29", "- - quiet no-windows"),
        ("0001-01-01", "- - quiet no-windows"),
    ] {
        let (out, error, code) = moments(folder.path(), "UTC", &["--from", from, "--days", "1"]);
        assert_eq!((code, columns(&out)), (0, vec![first]), "{from}: {out}{error}");
    }
    let (out, _, code) = moments(folder.path(), "UTC", &["--from", "2026-11-28", "--days", "3660"]);
    assert_eq!((code, out.lines().count()), (0, 523));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_nothing_is_guessed() {
    let folder = tempfile::tempdir().unwrap();
    for (fields, says) in [
        ("\"week\": (saturday: [\"10:15-11:00\"])", "10:00-11:30"),
        ("\"bedtime\": Some(\"25:00\")", "bedtime"),
        ("\"events\": [(at: \"yesterday\", what: Argued)]", "reminder.ron:1:"),
    ] {
        plan(folder.path(), fields);
        let (out, error, code) = moments(folder.path(), "UTC", &[]);
        assert_eq!((code, out.as_str()), (1, ""), "{error}");
        assert!(error.contains(says) && error.contains("reminder.ron:1:"), "{error}");
    }
    plan(folder.path(), "\"bedtime\": \"22:30\", \"week\": (saturday: [\"10:00-11:00\"])");
    fs::write(folder.path().join("private/spoken.ron"), "(schema: 1, kind: \"spoken\", fields: {\"times\": 5})")
        .unwrap();
    let (out, error, code) = moments(folder.path(), "UTC", &[]);
    assert_eq!((code, out.as_str()), (1, ""), "{error}");
    assert!(error.contains("spoken.ron:1:"), "{error}");
    fs::remove_file(folder.path().join("private/spoken.ron")).unwrap();
    let (_, error, code) = moments(folder.path(), "UTC", &[]);
    assert_eq!((code, error.as_str()), (0, ""), "Some may be left out");
    fs::remove_dir_all(folder.path()).unwrap();
    let (out, error, code) = moments(folder.path(), "UTC", &[]);
    assert!(code == 0 && out.starts_with("- - quiet no-windows") || code == 1, "{out}{error}");
}
