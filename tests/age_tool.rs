//! What a space with a passphrase holds opens with the `age` tool alone, as the README says.

#![allow(clippy::unwrap_used, reason = "these are tests")]

mod common;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use common::real;
use sameside::couple::Member;
use sameside::exercise::Invitation;
use sameside::store::{ExposeSecret, Opening, Place, Role, SecretString, Shelf, When};

const ONE: Member = Member::One;

/// Runs a command on a terminal of its own, because `age` asks there and nowhere else, and types `line`.
fn on_a_terminal(command: &str, folder: &Path, line: &str) -> bool {
    let mut script = Command::new("script")
        .args(["-qec", command, "/dev/null"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    writeln!(script.stdin.take().unwrap(), "{line}").unwrap();
    script.wait().unwrap().success()
}

#[test]
fn the_age_tool_alone_reads_a_sealed_space() {
    if !real::has("the age tool", &["age", "script"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // As the window does it: the full work factor.
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let new = Invitation { own_text: Some("what I wrote".to_owned()), ..Invitation::default() };
    shelf.save(&Place::Invitation(ONE), &Invitation::default(), &new, When::Now);
    let passphrase = SecretString::from("kettle orbit maple nine".to_owned());
    shelf.protect(ONE, &passphrase).unwrap();
    let key = shelf.new_recovery(ONE, &passphrase).unwrap();
    let file = shelf.path(&Place::Invitation(ONE));
    let name = file.file_name().unwrap().to_str().unwrap();
    drop(shelf);

    let space = folder.path().join("private/spaces/one");
    let out = folder.path().join("out");
    let read = || std::fs::read_to_string(&out).unwrap_or_default();
    let command = format!("age -d -i identity.age -o ../../../out {name}");
    assert!(!on_a_terminal(&command, &space, "kettle orbit maple ten") && read().is_empty());
    assert!(on_a_terminal(&command, &space, passphrase.expose_secret()));
    let text = read();
    assert!(text.starts_with("// invitation.ron\n(\n  schema: 1,\n") && text.contains("what I wrote"), "{text}");
    // It is what the space would hold without a passphrase: put there, Sameside reads it.
    let plain = tempfile::tempdir().unwrap();
    let path = plain.path().join("private/spaces/one/invitation.ron");
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, &text).unwrap();
    let (shelf, _) = Shelf::open(plain.path(), Opening::new(Role::Window)).unwrap();
    assert_eq!(shelf.load::<Invitation>(&Place::Invitation(ONE)).value, new);

    // The recovery key opens the key, and the key everything.
    std::fs::remove_file(&out).unwrap();
    std::fs::write(folder.path().join("paper"), format!("{}\n", key.expose_secret())).unwrap();
    let opened = |key: &str, file: &str, to: &str| {
        let age = Command::new("age").args(["-d", "-i", key, "-o", to, file]).current_dir(&space).status();
        assert!(age.unwrap().success());
    };
    opened("../../../paper", "recovery.age", "../../../key");
    opened("../../../key", name, "../../../out");
    assert_eq!(read(), text);
}
