//! Kills a saving process again and again: what it said was saved must be there, whole.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::faulty::Note;
use super::{Opening, Place, Record, Role, Shelf, When};

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
