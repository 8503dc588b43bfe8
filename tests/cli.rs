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

/// The binary on a file that cannot be taken: one sentence that names it, and nothing is there that was not before.
fn refused(path: &Path, words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = folder.path().join("first.csv");
    fs::write(&first, "Name\nAda Test\n").unwrap();
    assert_eq!(sameside(&data, &["import", first.to_str().unwrap()]).status.code(), Some(0));
    let before = out(&sameside(&data, &["export", "-"]));
    let output = sameside(&data, &["import", path.to_str().unwrap()]);
    let said = err(&output);
    assert_eq!(output.status.code(), Some(1), "{path:?}: {said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{path:?}: {said}");
    assert!(said.contains(path.file_name().unwrap().to_str().unwrap()), "{path:?}: {said}");
    assert!(said.contains(words), "{path:?}: {said}");
    assert!(!said.contains("panicked") && !said.contains("Os {"), "{path:?}: {said}");
    assert_eq!(out(&sameside(&data, &["export", "-"])), before, "{path:?}");
    assert_eq!(sameside(&data, &["check"]).status.code(), Some(0), "{path:?}");
}

/// The same for a file with this content.
fn refused_bytes(name: &str, bytes: &[u8], words: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    refused(&path, words);
}

#[test]
fn a_missing_file_and_a_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    refused(&folder.path().join("missing.csv"), "there is no file of this name");
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    refused(&inner, "this is a folder");
}

#[test]
#[cfg(unix)]
fn a_file_without_permission_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.csv");
    fs::write(&path, "Name\nAnne Test\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let is_root = fs::read(&path).is_ok();
    if !is_root {
        return refused(&path, "cannot be read");
    }
    // Root may read anything: somebody else must try, with a copy of the program where that person may reach it.
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let exe = folder.path().join("sameside");
    fs::copy(env!("CARGO_BIN_EXE_sameside"), &exe).unwrap();
    for (path, mode) in [(folder.path(), 0o755), (exe.as_path(), 0o755), (data.as_path(), 0o777)] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    let mut other = Command::new(&exe);
    other.uid(65_534).gid(65_534).env("LANG", "en_CA.UTF-8").env_remove("LC_ALL").env("HOME", &data);
    let output = other.arg("--data").arg(data.join("own")).arg("import").arg(&path).output().unwrap();
    let said = err(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(said.trim_end().lines().count(), 1, "{said}");
    assert!(said.contains("secret.csv cannot be read: Permission denied"), "{said}");
}

#[test]
fn one_gigabyte_of_one_line_is_refused_before_it_fills_the_memory() {
    let folder = tempfile::tempdir().unwrap();
    // With a hole in it, so that the disk need not hold it; the hole reads as NUL.
    let sparse = folder.path().join("hole.csv");
    let file = fs::File::create(&sparse).unwrap();
    file.set_len(1 << 30).unwrap();
    refused(&sparse, "");
    // And one of letters: a register's file is read bit by bit, and others are refused by their size.
    let long = folder.path().join("long.csv");
    let mut letters = vec![b'x'; 1 << 20];
    letters[..5].copy_from_slice(b"Name,");
    let mut file = fs::File::create(&long).unwrap();
    for _ in 0..1024 {
        std::io::Write::write_all(&mut file, &letters).unwrap();
    }
    drop(file);
    refused(&long, "the file is larger than 256 MB");
    let register = folder.path().join("register.csv");
    let mut file = fs::File::create(&register).unwrap();
    let head =
        "\"NPI\",\"Entity Type Code\",\"Provider Last Name (Legal Name)\",\"Healthcare Provider Taxonomy Code_1\"\n\"";
    std::io::Write::write_all(&mut file, head.as_bytes()).unwrap();
    for _ in 0..1024 {
        std::io::Write::write_all(&mut file, &letters).unwrap();
    }
    drop(file);
    refused(&register, "line 2");
    refused_bytes("line.csv", "x".repeat(3 << 20).as_bytes(), "too long to be one therapist");
}

#[test]
fn nul_bytes_and_pictures_are_refused() {
    refused_bytes("nul.csv", b"Name\0\0\0", "the file is not text");
    refused_bytes(
        "later.csv",
        format!("Name\n{}\0\n", "Anne Test\n".repeat(20_000)).as_bytes(),
        "the file is not text",
    );
    refused_bytes("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "the file is not text");
}

#[test]
fn nesting_without_end_and_archives_are_refused() {
    refused_bytes("deep.json", "[".repeat(200_000).as_bytes(), "damaged here");
    refused_bytes("deep2.json", format!("{}1{}", "{\"a\":".repeat(200_000), "}".repeat(200_000)).as_bytes(), "here");
    refused_bytes("deep.ron", format!("[({}", "[".repeat(200_000)).as_bytes(), "damaged here");
    refused_bytes("deep3.ron", format!("(name: {}", "Some(".repeat(200_000)).as_bytes(), "damaged here");
    refused_bytes("deep.vcf", format!("{}FN:A\n", "BEGIN:VCARD\n".repeat(200_000)).as_bytes(), "never ends");
    let page = format!("<script type=\"application/ld+json\">{}</script>", "[".repeat(200_000));
    refused_bytes("deep.html", page.as_bytes(), "");
    refused_bytes("book.xlsx", b"PK\x03\x04[Content_Types].xml", "save it as CSV");
    refused_bytes("packed.vcf", b"\x1f\x8b\x08\0\0\0\0\0", "compressed");
}

#[test]
fn a_file_that_was_cut_off_is_refused() {
    refused_bytes("cut.csv", b"Name,City\n\"never ends,Laval\n", "line 2");
    refused_bytes("cut.vcf", b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n", "line 4");
    refused_bytes("cut.json", b"{\"result_count\":1,\"results\":[{\"number\":", "line 1");
    refused_bytes("cut.ron", b"(schema: 1, kind: \"therapists\", therapists: [{\"name\": \"A\"", "line 1");
}

#[test]
fn letters_in_a_wrong_encoding_are_read_as_well_as_they_can_be_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    // What older programs write is read as it was meant.
    for (name, bytes) in [
        ("windows.csv", b"Nom;Ville\nRen\xe9 C\xf4t\xe9;Qu\xe9bec\n".to_vec()),
        ("marked.csv", "\u{feff}Nom;Ville\nRené Côté;Québec\n".as_bytes().to_vec()),
        (
            "wide.csv",
            "\u{feff}Nom;Ville\nRené Côté;Québec\n".encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let output = sameside(&data, &["import", path.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", err(&output));
    }
    let exported = out(&sameside(&data, &["export", "-"]));
    assert_eq!(exported.matches("René Côté").count(), 1, "all three are one: {exported}");
    // Half a letter of UTF-16 at the end, and two bytes for each letter without a mark.
    refused_bytes("half.csv", b"\xff\xfeN\0a\0m\0e\0\n\0\x00", "");
}

#[test]
fn what_holds_nobody_is_refused() {
    refused_bytes("empty.csv", b"", "the file is empty");
    refused_bytes("error.json", b"{\"Errors\":[{\"description\":\"state requires more\"}]}", "state requires more");
    refused_bytes("nobody.json", b"{\"result_count\":0,\"results\":[]}", "nobody");
    refused_bytes("nameless.vcf", b"BEGIN:VCARD\nTEL:1\nEND:VCARD\n", "no name");
    refused_bytes("columns.csv", b"a,b,c\n1,2,3\n", "no column is named Name");
}

#[test]
fn a_photo_comes_in_and_goes_out_and_a_bad_one_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut picture = std::io::Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(300, 200, |x, y| image::Rgb([x as u8, y as u8, 7]));
    drawn.write_to(&mut picture, image::ImageFormat::Jpeg).unwrap();
    let text = sameside::directory::photo::in_text(picture.get_ref()).replace("image/png", "image/jpeg");
    let contacts = folder.path().join("contacts.vcf");
    fs::write(
        &contacts,
        format!(
            "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anne Test\r\nPHOTO:{text}\r\nEND:VCARD\r\n\
             BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Test\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\nEND:VCARD\r\n"
        ),
    )
    .unwrap();
    let output = sameside(&data, &["import", contacts.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("the photo is left out: the picture is damaged"), "{}", out(&output));
    assert_eq!(sameside(&data, &["check"]).status.code(), Some(0));
    for name in ["out.vcf", "out.ron"] {
        let exported = folder.path().join(name);
        assert_eq!(sameside(&data, &["export", exported.to_str().unwrap()]).status.code(), Some(0));
        let other = folder.path().join(format!("other-{name}"));
        assert_eq!(sameside(&other, &["import", exported.to_str().unwrap()]).status.code(), Some(0));
        assert_eq!(sameside(&other, &["check"]).status.code(), Some(0));
        let again = folder.path().join(format!("again-{name}"));
        assert_eq!(sameside(&other, &["export", again.to_str().unwrap()]).status.code(), Some(0));
        let photo = |path: &Path| {
            let text = fs::read_to_string(path).unwrap().replace("\r\n ", "");
            let start = text.find("data:image/png;base64,").expect("there is a photo");
            text[start..].chars().take_while(|c| !"\r\n\"".contains(*c)).collect::<String>()
        };
        assert_eq!(photo(&exported), photo(&again), "{name}");
        // The same file again changes nothing.
        let twice = out(&sameside(&data, &["import", exported.to_str().unwrap()]));
        assert!(twice.contains("0 new, 2 already here") && !twice.contains("photo"), "{twice}");
    }
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
