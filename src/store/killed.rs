//! Kills a saving process again and again: what it said was saved must be there, whole.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::disk::RealDisk;
use super::faulty::Note;
use super::lock::LockError;
use super::{Guard, OpenError, Opening, Place, Record, Role, SecretString, Shelf, When, write};
use crate::couple::Member;

const FOLDER: &str = "SAMESIDE_TEST_KILLED_IN";
/// Kills in the short form; `SAMESIDE_HARDSHIP=full` makes it a thousand.
const ROUNDS: usize = 50;
const PATIENCE: Duration = Duration::from_mins(1);

fn rounds() -> usize {
    let full = std::env::var_os("SAMESIDE_HARDSHIP").is_some_and(|how| how == "full");
    if full { 1_000 } else { ROUNDS }
}

/// Opens the folder, and its space if that is locked. A process that another test starts holds a copy of this one's lock
/// for the moment between its fork and its exec; so a lock that is held is tried again.
fn open(root: &Path) -> Shelf {
    let begun = Instant::now();
    let (shelf, problems) = loop {
        match Shelf::open(root, Opening { work: Some(1), ..Opening::new(Role::Window) }) {
            Err(OpenError::Lock(LockError::Held(_))) if begun.elapsed() < PATIENCE => {
                thread::sleep(Duration::from_millis(1));
            }
            opened => break opened.unwrap(),
        }
    };
    assert_eq!(problems, []);
    if shelf.guard(Member::One) == Guard::Locked {
        shelf.unlock(Member::One, &passphrase()).unwrap();
    }
    shelf
}

fn passphrase() -> SecretString {
    SecretString::from("p".to_owned())
}

fn note(number: u32) -> Note {
    Note { words: format!("{number} ").repeat(2_000), number, list: Vec::new() }
}

/// A document for everyone on the device, and one of a person's space: sealed, if that has a passphrase.
const PLACES: [Place; 2] = [Place::Settings, Place::Marks(Member::One)];

/// Not a test of its own: what the killed process runs.
#[test]
fn saving_process() {
    let Some(root) = std::env::var_os(FOLDER) else { return };
    let shelf = open(Path::new(&root));
    let [mut old, mut own] = PLACES.map(|place| shelf.load::<Note>(&place).value);
    let mut record = shelf.load_record::<Note>(&Record::Plan).0;
    loop {
        let new = note(old.number.max(own.number) + 1);
        for (place, old) in PLACES.iter().zip([&mut old, &mut own]) {
            shelf.save(place, old, &new, When::Now);
            *old = new.clone();
        }
        record = shelf.save_record(&Record::Plan, &record, &new, When::Now);
        assert!(shelf.flush(PATIENCE));
        // Straight to the pipe: the test harness would hold it back.
        writeln!(std::io::stderr(), "saved {}", new.number).unwrap();
    }
}

/// The test of this name in a process of its own, on `root`.
fn start(test: &str, variable: &str, root: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", &format!("store::killed::{test}"), "--nocapture"]).env(variable, root);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The lines that a process writes, until one of them is what is waited for; fails with all it said if none is.
fn until<T>(lines: &mut impl Iterator<Item = String>, what: &str, wanted: impl Fn(&str) -> Option<T>) -> T {
    let mut said = Vec::new();
    for line in lines {
        match wanted(&line) {
            Some(found) => return found,
            None => said.push(line),
        }
    }
    panic!("{what}: the process ended by itself: {said:#?}");
}

/// Kills a saving process in `root`, which is made ready by then, again and again.
fn kill_while_saving(root: &Path, told: &str) {
    let (mut reached, mut in_the_middle) = (0, 0);
    for round in 0..rounds() {
        let mut child = start("saving_process", FOLDER, root);
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let saved = |line: &str| line.strip_prefix("saved ").and_then(|number| number.parse::<u32>().ok());
        let first = until(&mut lines, &format!("{told}, round {round}"), saved);
        // Another moment each time: anywhere within a save or two.
        thread::sleep(Duration::from_micros(u64::try_from(round % 50).unwrap() * 137));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged = lines.filter_map(|line| saved(&line)).last().unwrap_or(first);

        let torn_off = write::walk(&RealDisk, root).iter().any(|path| path.extension().is_some_and(|end| end == "tmp"));
        let shelf = open(root);
        let (record, problems) = shelf.load_record::<Note>(&Record::Plan);
        let mut found = vec![(record.value, problems)];
        found.extend(PLACES.map(|place| shelf.load::<Note>(&place)).map(|loaded| (loaded.value, loaded.problems)));
        let numbers: Vec<u32> = found.iter().map(|(found, _)| found.number).collect();
        for (found, problems) in found {
            assert_eq!(problems, [], "{told}, round {round}");
            assert!(
                found.number >= acknowledged && found.number <= acknowledged + 1,
                "{told}, round {round}: {acknowledged} was acknowledged, {numbers:?} are there"
            );
            assert_eq!(found, note(found.number), "{told}, round {round}: torn");
        }
        assert!(acknowledged > reached);
        reached = acknowledged;
        in_the_middle += usize::from(torn_off || numbers.iter().any(|number| *number != acknowledged));
    }
    let all = rounds();
    println!(
        "{told}: {all} kills, {in_the_middle} in the middle of saving; {reached} saves were acknowledged, none lost"
    );
    assert!(in_the_middle > 0, "{told}: no kill came while something was being saved");
}

#[test]
fn a_killed_process_loses_nothing_that_it_said_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    kill_while_saving(folder.path(), "plain");
}

#[test]
fn a_killed_process_loses_nothing_of_a_sealed_space() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(open(folder.path()).protect(Member::One, &passphrase()).unwrap(), None);
    kill_while_saving(folder.path(), "sealed");
    let sealed = write::walk(&RealDisk, &folder.path().join("private/spaces/one"));
    let plain = sealed.iter().filter(|path| path.extension().is_none_or(|end| end != "age" && end != "tmp"));
    assert_eq!(plain.count(), 0, "{sealed:?}");
}

const TURNED: &str = "SAMESIDE_TEST_KILLED_WHILE_TURNING_IN";

/// Not a test of its own: what the other killed process runs.
#[test]
fn turning_process() {
    let Some(root) = std::env::var_os(TURNED) else { return };
    let (shelf, phrase) = (open(Path::new(&root)), passphrase());
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
        let shelf = open(folder.path());
        for place in &places {
            shelf.save(place, &Note::default(), &note(1), When::Now);
        }
        assert!(shelf.flush(PATIENCE));
    }
    let (mut turned, mut before) = (0, Guard::None);
    for round in 0..rounds() {
        let mut child = start("turning_process", TURNED, folder.path());
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        until(&mut lines, &format!("round {round}"), |line| (line == "turning").then_some(()));
        thread::sleep(Duration::from_micros(u64::try_from(round % 50).unwrap() * 397));
        child.kill().unwrap();
        child.wait().unwrap();

        let shelf = open(folder.path());
        for place in &places {
            assert_eq!(shelf.load::<Note>(place).value, note(1), "round {round}");
        }
        let space = write::walk(&RealDisk, &folder.path().join("private/spaces/one"));
        let sealed = space.iter().filter(|path| path.extension().is_some_and(|ending| ending == "age")).count();
        let plain = space.iter().filter(|path| path.extension().is_some_and(|ending| ending == "ron")).count();
        let expected = if shelf.guard(Member::One) == Guard::None { (0, 2) } else { (3, 0) };
        assert_eq!((sealed, plain), expected, "round {round}: {space:?}");
        turned += usize::from(shelf.guard(Member::One) != before);
        before = shelf.guard(Member::One);
    }
    println!(
        "{} kills while a space is sealed or unsealed: whole each time, from plain to sealed or back {turned} times",
        rounds()
    );
}
