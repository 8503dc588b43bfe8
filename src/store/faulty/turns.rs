//! Whichever call fails while a space gets a passphrase, a new key or none any more: it is whole, in one way or the other.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::*;
use crate::couple::Member;
use crate::fields::Document;
use crate::store::document::{self, Head};
use crate::store::files::{Files, Job, Space, held};
use crate::store::place::Place;
use crate::store::turn::{self, Goal};
use crate::store::vault::Keys;
use crate::store::write::{self, SaveError};

const ONE: Member = Member::One;

fn faults(at: usize, fault: Fault) -> Arc<Faults> {
    // All kinds of errors, one after the other.
    Faults::new(at, fault, KINDS[at % KINDS.len()])
}

fn files(root: &Path, faults: &Arc<Faults>) -> Files {
    let now: jiff::Zoned = "2027-01-05T10:00:00-05:00[America/Toronto]".parse().unwrap();
    Files::new(Arc::new(FaultyDisk(Arc::clone(faults))), root, Arc::new(move || now.clone()), Arc::new(|_| {}))
}

fn sound(root: &Path) -> Files {
    files(root, &faults(usize::MAX, Fault::Once))
}

fn places() -> [Place; 3] {
    [Place::Progress(ONE, "listening".parse().unwrap()), Place::Invitation(ONE), Place::Marks(ONE)]
}

fn note(place: &Place) -> Note {
    Note { words: format!("of {place:?}"), number: 3, list: vec!["a".to_owned()] }
}

fn save(files: &Files, place: &Place) -> Result<(), SaveError> {
    let whole: crate::fields::Values =
        note(place).put().into_iter().map(|(name, text)| (name, document::nest(&text))).collect();
    files.perform(place, Job::Write { head: Head::of::<Note>(), changes: whole.clone(), whole, fresh: false })
}

/// What a space says, read as a fresh start would read it, with one of these keys if it is sealed.
fn said(root: &Path, keys: &[(&Arc<Keys>, &[u8])]) -> (bool, BTreeMap<Place, Note>) {
    let files = sound(root);
    let mut problems = Vec::new();
    turn::finish(&files, &mut problems);
    assert_eq!(problems, []);
    turn::look(&files).unwrap();
    let sealed = matches!(held(&files.spaces).of(ONE), Space::Locked);
    if sealed {
        let file = turn::key_file(&files, ONE).unwrap().unwrap();
        let (key, _) = keys.iter().find(|(_, bytes)| *bytes == file).unwrap();
        *held(&files.spaces).of_mut(ONE) = Space::Open(Arc::clone(key));
    }
    let read = |place: Place| {
        let below = files.home(&place).unwrap();
        match files.read(&files.spot(&below), Note::KIND, Note::SCHEMA) {
            crate::store::files::Found::Sheet(sheet, _) => Some((place, Note::take(&sheet.values()).0)),
            _ => None,
        }
    };
    (sealed, places().into_iter().filter_map(read).collect())
}

struct Case<'a> {
    name: &'a str,
    /// The key that the space has before, if any.
    before: Option<(&'a Arc<Keys>, &'a [u8])>,
    goal: Goal<'a>,
}

fn prepare(root: &Path, case: &Case<'_>) {
    let files = sound(root);
    for place in &places() {
        save(&files, place).unwrap();
        // A second time, for a backup.
        save(&files, place).unwrap();
    }
    fs::write(root.join("private/spaces/one/other.txt"), "somebody's own").unwrap();
    if let Some((keys, file)) = &case.before {
        turn::turn(&files, ONE, &Goal::Sealed(keys, file)).unwrap();
        for place in &places() {
            save(&files, place).unwrap();
        }
    }
}

fn space_now(case: &Case<'_>) -> Space {
    case.before.as_ref().map_or(Space::Plain, |(keys, _)| Space::Open(Arc::clone(keys)))
}

fn fail_everywhere(case: &Case<'_>, all: &[(&Arc<Keys>, &[u8])], fault: Fault) -> usize {
    let wanted: BTreeMap<Place, Note> = places().into_iter().map(|place| (place.clone(), note(&place))).collect();
    for at in 0.. {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let root = folder.path();
        prepare(root, case);
        let faults = faults(at, fault);
        let files = files(root, &faults);
        *held(&files.spaces).of_mut(ONE) = space_now(case);
        let done = turn::turn(&files, ONE, &case.goal);
        let told = format!("{}, {fault:?} at call {at}: {done:?}", case.name);
        let goal_sealed = matches!(case.goal, Goal::Sealed(..));
        // Whatever the running program thinks, what it saves now must be there after the next start.
        let calls = faults.calls.load(Ordering::Relaxed);
        let (sealed, found) = said(root, all);
        assert_eq!(found, wanted, "{told}");
        if done.is_ok() {
            assert_eq!(sealed, goal_sealed, "{told}");
        } else if case.before.is_none() && !sealed {
            assert!(matches!(*held(&files.spaces).of(ONE), Space::Plain | Space::Locked), "{told}");
        }
        let names: Vec<String> = write::walk(&RealDisk, root)
            .iter()
            .map(|path| path.strip_prefix(root).unwrap().display().to_string())
            .collect();
        assert!(names.iter().any(|name| name.ends_with("other.txt")), "{told}: another's file is gone");
        assert!(
            !names.iter().any(|name| name.ends_with("change.ron") || name.ends_with(".tmp")),
            "{told}: {names:?}"
        );
        // One kind of file only: three documents and, when sealed, a key.
        let in_use = names.iter().filter(|name| name.contains("private/spaces/one/") && !name.contains("backups"));
        assert_eq!(in_use.count(), if sealed { 5 } else { 4 }, "{told}: {names:?}");
        if done.is_ok() {
            assert!(!names.iter().any(|name| name.contains("backups")), "{told}: old copies are left: {names:?}");
        }
        if sealed {
            assert!(
                !names.iter().any(|name| name.contains("spaces/one") && name.ends_with(".ron")),
                "{told}: {names:?}"
            );
        }
        if calls <= at {
            return at;
        }
    }
    0
}

#[test]
fn whichever_call_fails_a_space_is_whole_before_and_after() {
    let (one, two) = (Arc::new(Keys::generate()), Arc::new(Keys::generate()));
    let phrase = age::secrecy::SecretString::from("p".to_owned());
    let (key_one, key_two) = (one.wrap(&phrase, 1).unwrap(), two.wrap(&phrase, 1).unwrap());
    let all = [(&one, key_one.as_slice()), (&two, key_two.as_slice())];
    let cases = [
        Case { name: "first passphrase", before: None, goal: Goal::Sealed(&one, &key_one) },
        Case { name: "new key", before: Some((&one, &key_one)), goal: Goal::Sealed(&two, &key_two) },
        Case { name: "no passphrase any more", before: Some((&one, &key_one)), goal: Goal::Plain },
    ];
    for case in &cases {
        for fault in [Fault::Once, Fault::FromThen, Fault::AfterTheFact] {
            let calls = fail_everywhere(case, &all, fault);
            assert!(calls > 40, "{}: too few calls to mean anything", case.name);
        }
    }
}

#[test]
fn a_sealed_save_leaves_the_old_or_the_new_content_whichever_call_fails() {
    let keys = Arc::new(Keys::generate());
    let file = keys.wrap(&age::secrecy::SecretString::from("p".to_owned()), 1).unwrap();
    let case = Case { name: "", before: Some((&keys, &file)), goal: Goal::Plain };
    let place = &places()[0];
    for fault in [Fault::Once, Fault::FromThen, Fault::AfterTheFact] {
        for at in 0.. {
            let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
            let root = folder.path();
            prepare(root, &case);
            let faults = faults(at, fault);
            let files = files(root, &faults);
            *held(&files.spaces).of_mut(ONE) = space_now(&case);
            let values = crate::fields::Values::from([("words".to_owned(), "\"new\"".to_owned())]);
            let job = Job::Write { head: Head::of::<Note>(), changes: values.clone(), whole: values, fresh: false };
            let done = files.perform(place, job);
            let found = said(root, &[(&keys, &file)]).1[place].clone();
            let old = note(place);
            let new = Note { words: "new".to_owned(), ..old.clone() };
            assert!(found == old || found == new, "{fault:?} at {at}: {found:?}");
            assert!(done.is_err() || found == new, "{fault:?} at {at}");
            if faults.calls.load(Ordering::Relaxed) <= at {
                assert!(at > 8);
                break;
            }
        }
    }
}
