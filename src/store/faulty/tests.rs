//! Whichever call fails, a file holds its old or its new content; and what else a single save does.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use jiff::Zoned;

use super::*;
use crate::fields::{Document, Values};
use crate::store::document::{self, Head};
use crate::store::files::{Files, Job};
use crate::store::place::{DeviceId, Place, Record};
use crate::store::record::{self, Joined, Registers};
use crate::store::write::SaveError;
use crate::store::{Clock, Report, backup, write};

/// A disk of which nothing fails.
fn sound() -> Arc<dyn Disk> {
    Arc::new(FaultyDisk(Faults::new(usize::MAX, Fault::Once, io::ErrorKind::Other)))
}

fn files(disk: Arc<dyn Disk>, root: &Path) -> Files {
    let now: Zoned = "2027-01-05T10:00:00-05:00[America/Toronto]".parse().unwrap();
    Files::new(disk, root, Arc::new(move || now.clone()), Arc::new(|_| {}))
}

/// One kind of save.
struct Case {
    name: &'static str,
    place: Place,
    /// What lies there before; `None` for no file.
    old: Option<String>,
    /// A backup of an earlier day.
    backup: Option<String>,
    /// The file after a complete run; `None` for no file.
    new: Option<String>,
    run: fn(&Files, &Place) -> Result<(), SaveError>,
}

fn note(words: &str) -> Note {
    Note { words: words.to_owned(), number: 1, list: vec!["a".to_owned(), "b".to_owned()] }
}

fn text(words: &str) -> String {
    let values = note(words).put().into_iter().map(|(name, text)| (name, document::nest(&text))).collect();
    document::render(&Head::of::<Note>(), &values)
}

fn write_note(files: &Files, place: &Place) -> Result<(), SaveError> {
    let nest = |values: Values| values.into_iter().map(|(name, text)| (name, document::nest(&text))).collect();
    let (changes, whole) = (note("new").changes_since(&note("old")), note("new").put());
    files.perform(
        place,
        Job::Write { head: Head::of::<Note>(), changes: nest(changes), whole: nest(whole), fresh: false },
    )
}

fn therapist() -> (Record, DeviceId) {
    (Record::Therapist("t-1".parse().unwrap()), "a1b2c3d4".parse().unwrap())
}

fn part(words: &str) -> (Values, String) {
    let (record, device) = therapist();
    let mut clock = Clock::new(device, None);
    let old =
        Joined::new(Registers::default()).0.edited(&note("old"), &mut clock, "2027-01-01T00:00:00Z".parse().unwrap());
    let new = old.edited(&note(words), &mut clock, "2027-01-02T00:00:00Z".parse().unwrap());
    let values = new.registers().of_device(device);
    let text = document::render(&record::head::<Note>(&record, device), &values);
    (values, text)
}

fn write_part(files: &Files, place: &Place) -> Result<(), SaveError> {
    let (record, device) = therapist();
    let whole = part("new").0;
    let mut changes = whole.clone();
    changes.retain(|name, _| name == "words");
    files.perform(place, Job::Write { head: record::head::<Note>(&record, device), changes, whole, fresh: false })
}

fn restore(files: &Files, place: &Place) -> Result<(), SaveError> {
    backup::restore(files, &place.path(), &Head::of::<Note>()).map(drop)
}

fn cases() -> Vec<Case> {
    let (record, device) = therapist();
    let member = crate::couple::Member::Two;
    let private = Place::Progress(member, "listening".parse().unwrap());
    let case = |name, old: Option<&str>, run: fn(&Files, &Place) -> _| Case {
        name,
        place: private.clone(),
        old: old.map(str::to_owned),
        backup: None,
        new: Some(text("new")),
        run,
    };
    vec![
        case("first save", None, write_note),
        case("save over an old file", Some(&text("old")), write_note),
        case("save over an unreadable file", Some("(schema: 1, kind"), write_note),
        Case {
            new: None,
            backup: Some(text("older")),
            ..case("remove", Some(&text("old")), |files, place| files.perform(place, Job::Remove))
        },
        Case { backup: Some(text("new")), ..case("restore", Some("(schema: 1, kind"), restore) },
        Case {
            place: Place::Shared(record.clone(), device),
            new: Some(part("new").1),
            ..case("first part", None, write_part)
        },
        Case {
            place: Place::Shared(record, device),
            new: Some(part("new").1),
            ..case("part over an old one", Some(&part("old").1), write_part)
        },
    ]
}

fn prepare(root: &Path, case: &Case) {
    let put = |path: &Path, text: &Option<String>| {
        if let Some(text) = text {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    };
    let path = case.place.path();
    put(&root.join(&path), &case.old);
    put(&root.join("private/backups/2027-01-03").join(&path), &case.backup);
}

/// A folder in memory where there is one: thousands of runs on a busy disk take minutes.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Runs `case` with this fault at every call in turn.
fn fail_everywhere(case: &Case, fault: Fault, kind: io::ErrorKind) {
    for at in 0.. {
        let folder = scratch();
        let root = folder.path();
        prepare(root, case);
        let faults = Faults::new(at, fault, kind);
        let done = (case.run)(&files(Arc::new(FaultyDisk(Arc::clone(&faults))), root), &case.place);
        let after = fs::read_to_string(root.join(case.place.path())).ok();
        let told = format!("{}, {fault:?} at call {at} with {kind}: {done:?}", case.name);
        assert!(after == case.old || after == case.new, "{told}: {after:?}");
        if done.is_ok() {
            assert_eq!(after, case.new, "{told}");
        }
        let broken = case.old.as_deref().is_some_and(|old| old.starts_with("(schema: 1, kind"));
        if broken && after == case.new {
            let copies = fs::read_dir(root.join("private/corrupt")).unwrap();
            let kept = copies.filter(|copy| fs::read_to_string(copy.as_ref().unwrap().path()).ok() == case.old).count();
            assert_eq!(kept, 1, "{told}: what could not be read must be kept");
        }
        let files_now = write::walk(&RealDisk, root);
        assert!(!files_now.iter().any(|path| path.to_string_lossy().ends_with(".tmp")), "{told}: {files_now:?}");
        if done.is_ok() && case.new.is_none() {
            assert!(files_now.is_empty(), "{told}: what was removed lives on in {files_now:?}");
        }
        // Trying again on a sound disk always succeeds.
        (case.run)(&files(sound(), root), &case.place).unwrap();
        assert_eq!(fs::read_to_string(root.join(case.place.path())).ok(), case.new, "{told}, then again");
        if faults.calls.load(Ordering::Relaxed) <= at {
            assert!(at > 3, "{told}: too few calls to mean anything");
            return;
        }
    }
}

#[test]
fn whichever_call_fails_the_old_or_the_new_content_is_whole() {
    for case in cases() {
        for fault in [Fault::Once, Fault::FromThen, Fault::AfterTheFact] {
            for kind in KINDS {
                fail_everywhere(&case, fault, kind);
            }
        }
    }
}

#[test]
fn the_first_save_of_a_day_keeps_the_version_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let case = &cases()[1];
    prepare(folder.path(), case);
    let files = files(sound(), folder.path());
    write_note(&files, &case.place).unwrap();
    write_note(&files, &case.place).unwrap();
    let kept = folder.path().join("private/backups/2027-01-05").join(case.place.path());
    assert_eq!(fs::read_to_string(kept).unwrap(), text("old"));
}

#[test]
fn backups_older_than_seven_days_go() {
    let folder = tempfile::tempdir().unwrap();
    let backups = folder.path().join("private/backups");
    for day in ["2026-12-29", "2026-12-30", "2027-01-05", "not-a-day"] {
        fs::create_dir_all(backups.join(day).join("private")).unwrap();
        fs::write(backups.join(day).join("private/settings.ron"), "x").unwrap();
    }
    backup::prune(&files(sound(), folder.path()));
    assert_eq!(RealDisk.list(&backups).unwrap(), ["2026-12-30", "2027-01-05", "not-a-day"]);
}

#[test]
fn removing_leaves_no_copy_behind() {
    let folder = tempfile::tempdir().unwrap();
    let case = Case { backup: Some(text("older")), ..cases().swap_remove(2) };
    prepare(folder.path(), &case);
    let files = files(sound(), folder.path());
    backup::set_aside(&files, &case.place.path()).unwrap();
    files.perform(&case.place, Job::Remove).unwrap();
    assert_eq!(write::walk(&RealDisk, folder.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn setting_aside_twice_keeps_one_copy_and_never_writes_over_another() {
    let folder = tempfile::tempdir().unwrap();
    let case = &cases()[2];
    prepare(folder.path(), case);
    let files = files(sound(), folder.path());
    let first = backup::set_aside(&files, &case.place.path()).unwrap();
    assert_eq!(backup::set_aside(&files, &case.place.path()).unwrap(), first);
    fs::write(folder.path().join(case.place.path()), "other").unwrap();
    let second = backup::set_aside(&files, &case.place.path()).unwrap();
    assert_eq!(fs::read_to_string(first).unwrap(), "(schema: 1, kind");
    assert_eq!(fs::read_to_string(second).unwrap(), "other");
}

#[cfg(unix)]
#[test]
fn links_are_refused_and_private_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = files(sound(), folder.path());
    write_note(&files, &Place::Settings).unwrap();
    let mode = |path: &str| fs::metadata(folder.path().join(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("private"), mode("private/settings.ron")), (0o700, 0o600));

    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("private/spaces")).unwrap();
    let refused = write_note(&files, &cases()[0].place).unwrap_err();
    assert_eq!(refused, SaveError::Link(folder.path().join("private/spaces")));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);

    // A shared file keeps the permissions it was given.
    let shared = folder.path().join(cases()[6].place.path());
    prepare(folder.path(), &cases()[6]);
    fs::set_permissions(&shared, fs::Permissions::from_mode(0o640)).unwrap();
    write_part(&files, &cases()[6].place).unwrap();
    assert_eq!(fs::metadata(shared).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn reports_tell_what_was_found_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ears = Arc::clone(&heard);
    let mut files = files(sound(), folder.path());
    files.report = Arc::new(move |report| ears.lock().unwrap().push(report));
    write_note(&files, &Place::Settings).unwrap();
    assert_eq!(*heard.lock().unwrap(), []);
    // Another field was edited by hand meanwhile: it stays, and the program hears that it should load again.
    let path = folder.path().join("private/settings.ron");
    let edited =
        fs::read_to_string(&path).unwrap().replace("\"number\": 1", "\"number\": 7,\n    \"later\": Some( Thing )");
    fs::write(&path, edited).unwrap();
    write_note(&files, &Place::Settings).unwrap();
    assert_eq!(*heard.lock().unwrap(), [Report::ChangedOutside(Place::Settings)]);
    let after = fs::read_to_string(&path).unwrap();
    assert!(after.contains("\"number\": 7,") && after.contains("\"later\": Some( Thing ),"), "{after}");
}
