//! The binary's verbs, from outside.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn sameside(data: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sameside"))
        .arg("--data")
        .arg(data)
        .args(arguments)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .env("LANG", "en_CA.UTF-8")
        .env_remove("LC_ALL")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn without_a_display_it_says_so_in_one_sentence_and_names_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let output = sameside(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(said.contains("no display") && said.contains("sameside pictures"), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made without a window");
}

#[test]
fn with_a_display_that_cannot_be_reached_it_says_so_too() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_sameside"))
        .arg("--data")
        .arg(folder.path())
        .env("DISPLAY", ":64321")
        .env_remove("WAYLAND_DISPLAY")
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = err(&output);
    assert!(said.contains("cannot be reached") && said.contains("sameside pictures"), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn a_wrong_command_line_ends_with_two_and_names_the_help() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["fly"][..], &["moments", "--days", "many"], &["--colour"], &["export"]] {
        let output = sameside(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(err(&output).contains("--help"), "{arguments:?}");
    }
    assert!(out(&sameside(folder.path(), &["--help"])).contains("sameside choose --marks FILE"));
    assert!(out(&sameside(folder.path(), &["--version"])).contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn choose_tells_the_result_and_the_backup_and_never_whose_no_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("marks.ron");
    fs::write(
        &marks,
        r#"(one: (order: ["ash", "birch", "cedar"], no: ["dogwood"]), two: (order: ["birch", "dogwood", "ash"], no: ["cedar"]), last_word: Two)"#,
    )
    .unwrap();
    let output = sameside(folder.path(), &["choose", "--marks", marks.to_str().unwrap()]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(said.contains("birch") && said.contains("ash"), "{said}");
    assert!(!said.contains("cedar") && !said.contains("dogwood"), "{said}");
    fs::write(&marks, "(one: (order: [\"ash\"], no: []),\n two: (order: ash))").unwrap();
    let output = sameside(folder.path(), &["choose", "--marks", marks.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("marks.ron:2:"), "{}", err(&output));
}

#[test]
fn therapists_go_in_and_out_and_check_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let csv = folder.path().join("list.csv");
    fs::write(&csv, "Nom;Ville;Téléphone\nZoé Côté;Gatineau;819 555-0101\nLéo Roy;Laval;450 555-0102\n;Laval;\n")
        .unwrap();
    let dry = sameside(&data, &["import", "--dry-run", csv.to_str().unwrap()]);
    assert!(out(&dry).contains("2 new, 0 already here, 1 not usable"), "{}{}", out(&dry), err(&dry));
    assert!(!data.exists(), "a dry run makes nothing");
    let real = sameside(&data, &["import", csv.to_str().unwrap()]);
    assert_eq!(real.status.code(), Some(0), "{}", err(&real));
    let again = sameside(&data, &["import", csv.to_str().unwrap()]);
    assert!(out(&again).contains("0 new, 2 already here"), "{}", out(&again));
    let exported = out(&sameside(&data, &["export", "-"]));
    assert!(exported.contains("Zoé Côté") && exported.contains("Léo Roy"), "{exported}");
    let checked = sameside(&data, &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}", out(&checked));
}

/// Files of the kinds that people have, told by their content whatever they are called.
#[test]
fn every_kind_of_file_goes_in() {
    let folder = tempfile::tempdir().unwrap();
    let card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 =\r\nC=C3=B4t=C3=A9\r\nEND:VCARD\r\n";
    let registry = "\"NPI\",\"Entity Type Code\",\"Provider Last Name (Legal Name)\",\"Provider First Name\",\"Healthcare Provider Taxonomy Code_1\"\r\n\
        \"1234567893\",\"1\",\"COTE\",\"ZOE\",\"106H00000X\"\r\n\"1245319599\",\"1\",\"ROY\",\"LEO\",\"207X00000X\"\r\n";
    let page = "<html><script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"Person\",\"name\":\"Zoé Côté\"}</script>";
    let reply = "{\"result_count\":1,\"results\":[{\"number\":1234567893,\"enumeration_type\":\"NPI-1\",\"basic\":{\"first_name\":\"ZOE\",\"last_name\":\"COTE\"}}]}";
    for (name, text) in [
        ("card.txt", card),
        ("registry.csv", registry),
        ("page", page),
        ("reply.csv", reply),
        ("mine.vcf", "[(name: \"Zoé Côté\")]"),
    ] {
        let data = folder.path().join(format!("data-{name}"));
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let output = sameside(&data, &["import", path.to_str().unwrap()]);
        assert!(
            out(&output).contains(": 1 new, 0 already here, 0 not usable"),
            "{name}: {}{}",
            out(&output),
            err(&output)
        );
        let exported = out(&sameside(&data, &["export", "-"])).to_lowercase();
        assert!(exported.contains("zoé côté") || exported.contains("zoe cote"), "{exported}");
        for ending in ["vcf", "ron", "json", "csv", "html"] {
            let file = folder.path().join(format!("{name}-out.{ending}"));
            assert_eq!(sameside(&data, &["export", file.to_str().unwrap()]).status.code(), Some(0));
            let again = sameside(&data, &["import", file.to_str().unwrap(), "--dry-run"]);
            let expected =
                if ending == "html" { "no therapists were found" } else { "0 new, 1 already here, 0 not usable" };
            assert!((out(&again) + &err(&again)).contains(expected), "{ending}: {}{}", out(&again), err(&again));
        }
        assert_eq!(sameside(&data, &["check"]).status.code(), Some(0));
    }
}

#[test]
fn what_is_empty_is_filled_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let csv = folder.path().join("list.csv");
    fs::write(&csv, "Name,Phone,City\nZoé Côté,819 555-0101,Gatineau\n").unwrap();
    sameside(&data, &["import", csv.to_str().unwrap()]);
    fs::write(&csv, "Name,Phone,City,Fee\nZoé Côté,819-555-0101,Laval,150 CAD\n").unwrap();
    let output = sameside(&data, &["import", csv.to_str().unwrap()]);
    let said = out(&output);
    assert!(
        said.contains("0 new, 1 already here")
            && said.contains("filled: fee")
            && said.contains("not taken: city, phones"),
        "{said}"
    );
    let exported = out(&sameside(&data, &["export", "-"]));
    assert!(
        exported.contains("Gatineau") && exported.contains("150 CAD") && !exported.contains("Laval"),
        "{exported}"
    );
    assert_eq!(fs::read_dir(data.join("shared/imports")).unwrap().count(), 2, "one file for each step");
    assert_eq!(sameside(&data, &["check"]).status.code(), Some(0));
}

#[test]
fn a_registry_is_narrowed_and_a_file_with_nothing_to_take_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("npidata.csv");
    let heading = "\"NPI\",\"Entity Type Code\",\"Provider Last Name (Legal Name)\",\"Provider Business Practice Location Address State Name\",\"Healthcare Provider Taxonomy Code_1\"";
    fs::write(&file, format!("{heading}\n\"1234567893\",\"1\",\"COTE\",\"VT\",\"207X00000X\"\n")).unwrap();
    let import = |more: &[&str]| sameside(&data, &[&["import", file.to_str().unwrap(), "--dry-run"], more].concat());
    let output = import(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("--taxonomy all"), "{}", err(&output));
    assert!(out(&import(&["--taxonomy", "all", "--state", "vt"])).contains("1 new"));
    assert_eq!(import(&["--taxonomy", "all", "--state", "NY"]).status.code(), Some(1));
    assert_eq!(import(&["--state", "Quebec"]).status.code(), Some(2));
}

#[test]
fn bad_files_get_one_sentence_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let files = [
        write("empty.csv", b""),
        write("nul.csv", b"Name\0\0\0"),
        write("zip.csv", b"PK\x03\x04 and more"),
        write("quote.csv", b"Name,City\n\"never ends,Laval\n"),
        write("packed.vcf", b"\x1f\x8b\x08\0\0\0\0\0"),
        write("cut.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n"),
        write("cut.json", b"{\"result_count\":1,\"results\":[{\"number\":"),
        write("deep.json", "[".repeat(200_000).as_bytes()),
        write("deep.ron", format!("[({}", "[".repeat(200_000)).as_bytes()),
        write("error.json", b"{\"Errors\":[{\"description\":\"state requires more\"}]}"),
        write("nobody.json", b"{\"result_count\":0,\"results\":[]}"),
        write("nameless.vcf", b"BEGIN:VCARD\nTEL:1\nEND:VCARD\n"),
        write("columns.csv", b"a,b,c\n1,2,3\n"),
        write("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
        write("long.csv", "x".repeat(3 << 20).as_bytes()),
        folder.path().to_owned(),
        folder.path().join("missing.csv"),
    ];
    for file in files {
        let output = sameside(&data, &["import", file.to_str().unwrap()]);
        let said = err(&output);
        assert_eq!(output.status.code(), Some(1), "{file:?}: {said}");
        assert_eq!(said.trim_end().lines().count(), 1, "{file:?}: {said}");
    }
    assert_eq!(out(&sameside(&data, &["export", "-"])).trim_end().lines().count(), 1, "only the headings");
}

#[test]
fn check_names_file_line_and_column() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let csv = folder.path().join("one.csv");
    fs::write(&csv, "Name\nZoé Côté\n").unwrap();
    sameside(&data, &["import", csv.to_str().unwrap()]);
    fs::write(
        data.join("private/reminder.ron"),
        "(\n  schema: 1,\n  kind: \"reminder\",\n  fields: {\n    \"on\": perhaps,\n  },\n)\n",
    )
    .unwrap();
    fs::create_dir_all(data.join("exercises")).unwrap();
    fs::write(data.join("exercises/mine.ron"), "(\n  schema: 1,\n  id: \"mine\",\n  title: 3,\n)").unwrap();
    let output = sameside(&data, &["check"]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("reminder.ron:5:11: "), "{said}");
    assert!(said.contains("mine.ron:4:10: "), "{said}");
    let missing = sameside(&folder.path().join("nowhere"), &["check"]);
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn check_gives_advice_on_an_own_exercise_and_takes_it_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let exercises = folder.path().join("exercises");
    fs::create_dir_all(&exercises).unwrap();
    let text = "(\n  schema: 1, id: \"mine\", title: \"Tea\", summary: \"We have tea.\",\n  who: Both, stage: After, minutes: 3,\n  \
                why: \"You must do this. It is proven.\",\n  steps: [(id: \"a\", title: \"Tea\", text: \"Sit down.\", kind: Read())],\n)";
    fs::write(exercises.join("mine.ron"), text).unwrap();
    let output = sameside(folder.path(), &["check"]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{said}{}", err(&output));
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 3, "{said}");
    assert!(lines[1].contains("mine.ron:4:3: advice: why: “You must”: "), "{said}");
    assert!(lines[2].contains("mine.ron:4:3: advice: why: “proven”: "), "{said}");
    let unknown = text.replace("who: Both", "evidence: [\"nowhere\"], who: Both");
    fs::write(exercises.join("mine.ron"), unknown).unwrap();
    let output = sameside(folder.path(), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("mine.ron:3:14: there is no evidence called"), "{}", out(&output));
}

#[test]
fn moments_tell_each_window_and_why_it_is_silent() {
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    fs::create_dir_all(&private).unwrap();
    fs::write(
        private.join("reminder.ron"),
        "(schema: 1, kind: \"reminder\", fields: {\"on\": true, \"safety_seen\": true, \"week\": (saturday: [\"10:00-11:30\"], sunday: [\"10:00-11:00\"])})",
    )
    .unwrap();
    let output = sameside(folder.path(), &["moments", "--from", "2026-11-23", "--days", "21", "--lang", "en"]);
    let said = out(&output);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert_eq!(said.trim_end().lines().count(), 6, "{said}");
    assert!(said.lines().next().unwrap().contains("  Saturday, November 28"), "{said}");
    let french = out(&sameside(folder.path(), &["moments", "--from", "2026-11-23", "--days", "7", "--lang", "fr"]));
    assert!(french.contains("samedi 28 novembre"), "{french}");
}

#[test]
fn pictures_are_drawn_without_a_display() {
    let folder = tempfile::tempdir().unwrap();
    let output = sameside(
        folder.path(),
        &[
            "pictures",
            folder.path().join("out").to_str().unwrap(),
            "--size",
            "360x640",
            "--lang",
            "fr",
            "--theme",
            "dark",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let names: Vec<String> = fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for preset in ["empty", "first-run", "half-way", "ready-to-choose", "agreed", "refused", "broken-file"] {
        assert!(
            names.iter().any(|name| name.starts_with(preset) && name.ends_with("360x640-dark-fr-100.png")),
            "{preset}"
        );
    }
}

#[test]
fn words_tells_findings_in_characters_and_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let words = |language: &str, bytes: &[u8]| {
        let path = folder.path().join("text.txt");
        fs::write(&path, bytes).unwrap();
        sameside(folder.path(), &["words", "--lang", language, path.to_str().unwrap()])
    };
    let output = words("en", "\u{feff}Café.\r\nYou never listen.\r\n".as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let said = out(&output);
    assert!(said.starts_with("7-") && said.contains("  always-never  ") && said.lines().count() == 1, "{said}");
    assert_eq!(out(&words("fr", b"")), "");
    let broken = words("en", b"\xff\xfe you never listen \xc3");
    assert!(broken.status.success() && out(&broken).contains("always-never"), "{}", err(&broken));
    let long = words("en", "We sat in the garden and talked about the weather. ".repeat(5).as_bytes());
    assert_eq!(out(&long).lines().filter(|line| line.contains("  missing-")).count(), 4, "{}", out(&long));
    let none = sameside(folder.path(), &["words", "no-such-file.txt"]);
    assert_eq!(none.status.code(), Some(1));
    assert_eq!(err(&none).trim_end().lines().count(), 1, "{}", err(&none));
    for arguments in [&["words", "a", "b"][..], &["words", "--lang", "de", "-"]] {
        assert_eq!(sameside(folder.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
}
