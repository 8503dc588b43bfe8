//! Kills a saving process again and again: what it said was saved must be there, whole.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::disk::RealDisk;
use super::faulty::Note;
use super::{Guard, Opening, Place, Record, Role, SecretString, Shelf, When, write};
use crate::couple::Member;

const FOLDER: &str = "SAMESIDE_TEST_KILLED_IN";
/// Kills in the short form; `SAMESIDE_HARDSHIP=full` makes it a thousand.
const ROUNDS: usize = 50;
const PATIENCE: Duration = Duration::from_mins(1);

fn open(root: &Path) -> Shelf {
    let (shelf, problems) = Shelf::open(root, Opening::new(Role::Window)).unwrap();
    assert_eq!(problems, []);
    shelf
}

fn note(number: u32) -> Note {
    Note { words: format!("{number} ").repeat(2_000), number, list: Vec::new() }
}

/// Not a test of its own: what the killed process runs.
#[test]
fn saving_process() {
    let Some(root) = std::env::var_os(FOLDER) else { return };
    let shelf = open(Path::new(&root));
    let mut old = shelf.load::<Note>(&Place::Settings).value;
    let mut record = shelf.load_record::<Note>(&Record::Plan).0;
    loop {
        let new = note(old.number + 1);
        shelf.save(&Place::Settings, &old, &new, When::Now);
        record = shelf.save_record(&Record::Plan, &record, &new, When::Now);
        assert!(shelf.flush(PATIENCE));
        // Straight to the pipe: the test harness would hold it back.
        writeln!(std::io::stderr(), "saved {}", new.number).unwrap();
        old = new;
    }
}

#[test]
fn a_killed_process_loses_nothing_that_it_said_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let mut reached = 0;
    let full = std::env::var_os("SAMESIDE_HARDSHIP").is_some_and(|how| how == "full");
    for round in 0..if full { 1_000 } else { ROUNDS } {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::killed::saving_process", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let saved = |line: String| line.strip_prefix("saved ").and_then(|number| number.parse::<u32>().ok());
        let first = lines.by_ref().find_map(saved).unwrap();
        // Another moment each time: anywhere within a save or two.
        thread::sleep(Duration::from_micros(u64::try_from(round % 50).unwrap() * 137));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = lines.filter_map(saved).last().unwrap_or(first);

        let shelf = open(folder.path());
        let loaded = shelf.load::<Note>(&Place::Settings);
        let (record, problems) = shelf.load_record::<Note>(&Record::Plan);
        assert_eq!((loaded.problems, problems), (Vec::new(), Vec::new()), "round {round}");
        for found in [loaded.value, record.value] {
            assert!(found.number >= acknowledged && found.number <= acknowledged + 1, "round {round}: {acknowledged}");
            assert_eq!(found, note(found.number), "round {round}: torn");
        }
        assert!(acknowledged > reached);
        reached = acknowledged;
    }
}

const TURNED: &str = "SAMESIDE_TEST_KILLED_WHILE_TURNING_IN";

fn passphrase() -> SecretString {
    SecretString::from("p".to_owned())
}

fn open_cheap(root: &Path) -> Shelf {
    let (shelf, problems) = Shelf::open(root, Opening { work: Some(1), ..Opening::new(Role::Window) }).unwrap();
    assert_eq!(problems, []);
    shelf
}

/// Not a test of its own: what the other killed process runs.
#[test]
fn turning_process() {
    let Some(root) = std::env::var_os(TURNED) else { return };
    let shelf = open_cheap(Path::new(&root));
    let phrase = passphrase();
    if shelf.guard(Member::One) == Guard::Locked {
        shelf.unlock(Member::One, &phrase).unwrap();
    }
    loop {
        writeln!(std::io::stderr(), "turning").unwrap();
        let done = match shelf.guard(Member::One) {
            Guard::None => shelf.protect(Member::One, &phrase),
            _ if std::process::id().is_multiple_of(2) => shelf.change_passphrase(Member::One, &phrase, &phrase, true),
            _ => shelf.unprotect(Member::One, &phrase),
        };
        assert_eq!(done.unwrap(), None);
    }
}

#[test]
fn a_process_killed_while_it_seals_or_unseals_leaves_one_whole_space() {
    let folder = tempfile::tempdir().unwrap();
    let places = [Place::Marks(Member::One), Place::Progress(Member::One, "listening".parse().unwrap())];
    {
        let shelf = open_cheap(folder.path());
        for place in &places {
            shelf.save(place, &Note::default(), &note(1), When::Now);
        }
        assert!(shelf.flush(PATIENCE));
    }
    for round in 0..ROUNDS {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "store::killed::turning_process", "--nocapture"])
            .env(TURNED, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        assert!(lines.by_ref().any(|line| line == "turning"), "round {round}");
        thread::sleep(Duration::from_micros(u64::try_from(round).unwrap() * 397));
        child.kill().unwrap();
        child.wait().unwrap();

        let shelf = open_cheap(folder.path());
        if shelf.guard(Member::One) == Guard::Locked {
            shelf.unlock(Member::One, &passphrase()).unwrap();
        }
        for place in &places {
            assert_eq!(shelf.load::<Note>(place).value, note(1), "round {round}");
        }
        let space = write::walk(&RealDisk, &folder.path().join("private/spaces/one"));
        let sealed = space.iter().filter(|path| path.extension().is_some_and(|ending| ending == "age")).count();
        let plain = space.iter().filter(|path| path.extension().is_some_and(|ending| ending == "ron")).count();
        let expected = if shelf.guard(Member::One) == Guard::None { (0, 2) } else { (3, 0) };
        assert_eq!((sealed, plain), expected, "round {round}: {space:?}");
    }
}
