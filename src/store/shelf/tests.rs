//! The shelf as the rest of the program uses it, on a real disk.

use std::fs;
use std::sync::mpsc::{self, Receiver};

use jiff::Zoned;

use super::*;
use crate::couple::Member;
use crate::store::disk::Disk;
use crate::store::disk::{Access, Entry, RealDisk, Temp};
use crate::store::faulty::Note;
use crate::store::files::Listener;
use crate::store::place::RecordKind;
use crate::store::record::Joined;
use crate::store::{LockError, check};

const PATIENCE: Duration = Duration::from_secs(30);

fn open_as(root: &Path, role: Role, disk: Arc<dyn Disk>) -> (Shelf, Receiver<Report>) {
    let (sender, receiver) = mpsc::channel();
    let report: Listener = Arc::new(move |report| drop(sender.send(report)));
    let (shelf, problems) = Shelf::open(root, Opening { report, disk, ..Opening::new(role) }).unwrap();
    assert_eq!(problems, []);
    (shelf, receiver)
}

fn open(root: &Path) -> (Shelf, Receiver<Report>) {
    open_as(root, Role::Window, Arc::new(RealDisk))
}

fn note(words: &str, number: u32) -> Note {
    Note { words: words.to_owned(), number, list: Vec::new() }
}

fn progress() -> Place {
    Place::Progress(Member::One, "listening".parse().unwrap())
}

fn therapist(id: &str) -> Record {
    Record::Therapist(id.parse().unwrap())
}

/// Waits for the first report that is not about the device file.
fn heard(reports: &Receiver<Report>) -> Report {
    loop {
        match reports.recv_timeout(PATIENCE).unwrap() {
            Report::Saved(Place::Device) => {}
            report => return report,
        }
    }
}

#[test]
fn what_is_saved_is_loaded_before_and_after_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, reports) = open(folder.path());
    let empty = shelf.load::<Note>(&progress());
    assert!(!empty.found && empty.problems.is_empty());
    shelf.save(&progress(), &empty.value, &note("a", 0), When::Soon);
    assert_eq!(shelf.unsaved_places(), [progress()]);
    shelf.save(&progress(), &note("a", 0), &note("a", 2), When::Soon);
    assert_eq!(shelf.load::<Note>(&progress()).value, note("a", 2));
    assert!(shelf.flush(PATIENCE) && shelf.unsaved_places().is_empty());
    assert_eq!(shelf.load::<Note>(&progress()).value, note("a", 2));
    // Two changes within the second became one write.
    assert_eq!(reports.try_iter().collect::<Vec<_>>(), [Report::Saved(progress())]);
    let device = shelf.device();
    shelf.save(&progress(), &note("a", 2), &note("last words", 2), When::Soon);
    drop(shelf);
    let (shelf, _) = open(folder.path());
    assert_eq!((shelf.load::<Note>(&progress()).value.words.as_str(), shelf.device()), ("last words", device));
}

#[test]
fn removing_and_saving_again_starts_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = open(folder.path());
    shelf.save(&progress(), &Note::default(), &note("secret", 1), When::Now);
    assert!(shelf.flush(PATIENCE));
    shelf.remove(&progress()).unwrap();
    assert!(!shelf.load::<Note>(&progress()).found);
    shelf.save(&progress(), &Note::default(), &note("", 5), When::Now);
    assert!(shelf.flush(PATIENCE));
    assert_eq!(shelf.load::<Note>(&progress()).value, note("", 5));
    let own = shelf.own(Record::Plan);
    assert_eq!(shelf.remove(&own), Err(SaveError::NotOurs(shelf.path(&own))));
}

#[test]
fn an_unreadable_file_is_set_aside_and_its_backup_can_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = open(folder.path());
    shelf.save(&Place::Settings, &Note::default(), &note("good", 1), When::Now);
    assert!(shelf.flush(PATIENCE));
    shelf.save(&Place::Settings, &note("good", 1), &note("better", 1), When::Now);
    assert!(shelf.flush(PATIENCE));
    let path = shelf.path(&Place::Settings);
    fs::write(&path, "(schema: 1,\n kind: \"note\",\n fields: {\"words\": \"bro").unwrap();
    let loaded = shelf.load::<Note>(&Place::Settings);
    assert_eq!((loaded.value, loaded.problems[0].line), (Note::default(), 3));
    assert_eq!(loaded.backup, Some(Zoned::now().date()));
    assert_eq!(shelf.restore::<Note>(&Place::Settings).unwrap(), loaded.backup);
    assert_eq!(shelf.load::<Note>(&Place::Settings).value, note("good", 1));
    let aside = RealDisk.list(&folder.path().join("private/corrupt")).unwrap();
    assert!(aside.len() == 1 && aside[0].ends_with("-private-settings.ron"), "{aside:?}");
}

#[test]
fn one_bad_field_spoils_nothing_else_and_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = open(folder.path());
    let path = shelf.path(&Place::Settings);
    fs::write(&path, "(schema: 1, kind: \"note\", fields: {\n\"words\": \"w\",\n\"number\": many})").unwrap();
    let loaded = shelf.load::<Note>(&Place::Settings);
    assert_eq!(loaded.value, note("w", 0));
    assert_eq!((loaded.problems.len(), loaded.problems[0].line, loaded.problems[0].column), (1, 3, 11));
    shelf.save(&Place::Settings, &loaded.value, &note("new", 0), When::Now);
    assert!(shelf.flush(PATIENCE));
    assert!(fs::read_to_string(&path).unwrap().contains("\"number\": many,"));
    assert_eq!(RealDisk.list(&folder.path().join("private/corrupt")).unwrap().len(), 1);
}

#[test]
fn a_newer_file_is_read_and_never_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, reports) = open(folder.path());
    let path = shelf.path(&Place::Settings);
    let newer = "(schema: 2, kind: \"note\", by: 5, fields: {\"words\": \"from tomorrow\"})";
    fs::write(&path, newer).unwrap();
    let loaded = shelf.load::<Note>(&Place::Settings);
    assert!(loaded.read_only && loaded.problems.is_empty() && loaded.value.words == "from tomorrow");
    shelf.save(&Place::Settings, &loaded.value, &note("x", 0), When::Now);
    assert!(shelf.flush(PATIENCE));
    assert_eq!(heard(&reports), Report::Failed { place: Place::Settings, error: SaveError::Newer(path.clone()) });
    assert_eq!(fs::read_to_string(path).unwrap(), newer);
}

/// A disk that lets nothing be written while the flag is up.
struct Full(Arc<std::sync::atomic::AtomicBool>);

impl Disk for Full {
    fn look(&self, path: &Path) -> std::io::Result<Option<Entry>> {
        RealDisk.look(path)
    }
    fn read(&self, path: &Path) -> std::io::Result<Vec<u8>> {
        RealDisk.read(path)
    }
    fn list(&self, folder: &Path) -> std::io::Result<Vec<String>> {
        RealDisk.list(folder)
    }
    fn make_folder(&self, folder: &Path, access: Access) -> std::io::Result<()> {
        RealDisk.make_folder(folder, access)
    }
    fn new_temp(&self, folder: &Path, access: Access, mode: Option<u32>) -> std::io::Result<Box<dyn Temp>> {
        if self.0.load(std::sync::atomic::Ordering::SeqCst) {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        RealDisk.new_temp(folder, access, mode)
    }
    fn sync_folder(&self, folder: &Path) -> std::io::Result<()> {
        RealDisk.sync_folder(folder)
    }
    fn remove_file(&self, path: &Path) -> std::io::Result<()> {
        RealDisk.remove_file(path)
    }
    fn remove_folder(&self, path: &Path) -> std::io::Result<()> {
        RealDisk.remove_folder(path)
    }
    fn rename_folder(&self, from: &Path, to: &Path) -> std::io::Result<()> {
        RealDisk.rename_folder(from, to)
    }
}

#[test]
fn a_full_disk_is_told_once_and_the_change_is_kept_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let full = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let (shelf, reports) = open_as(folder.path(), Role::Window, Arc::new(Full(Arc::clone(&full))));
    full.store(true, std::sync::atomic::Ordering::SeqCst);
    shelf.save(&progress(), &Note::default(), &note("kept", 0), When::Now);
    assert!(matches!(heard(&reports), Report::Failed { place, .. } if place == progress()));
    shelf.save(&progress(), &note("kept", 0), &note("kept", 1), When::Now);
    assert!(!shelf.flush(Duration::from_millis(300)));
    assert_eq!(shelf.load::<Note>(&progress()).value, note("kept", 1));
    full.store(false, std::sync::atomic::Ordering::SeqCst);
    // By itself, without a further save.
    assert_eq!(heard(&reports), Report::Saved(progress()));
    drop(shelf);
    assert_eq!(open(folder.path()).0.load::<Note>(&progress()).value, note("kept", 1));
}

#[test]
fn two_devices_meet_in_the_shared_folder() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ((one, reports), (two, _)) = (open(here.path()), open(there.path()));
    let record = therapist("t-1");
    let send = |from: &Path, shelf: &Shelf, to: &Path, name: &str| {
        let to = to.join(record.folder());
        fs::create_dir_all(&to).unwrap();
        fs::copy(from.join(shelf.own(record.clone()).path()), to.join(name)).unwrap();
    };
    let (empty, _) = one.load_record::<Note>(&record);
    assert!(!empty.exists());
    let first = one.save_record(&record, &empty, &note("hers", 0), When::Soon);
    assert_eq!(one.load_record::<Note>(&record).0, first, "before it is written");
    assert_eq!(one.list_records(RecordKind::Therapist), std::slice::from_ref(&record));
    let second = two.save_record(&record, &Joined::default(), &note("his", 7), When::Now);
    assert!(one.flush(PATIENCE) && two.flush(PATIENCE));
    reports.try_iter().for_each(drop);

    let name = format!("{}.ron", two.device());
    send(there.path(), &two, here.path(), &name);
    assert_eq!(heard(&reports), Report::ChangedOutside(Place::Shared(record.clone(), two.device())));
    let (both, problems) = one.load_record::<Note>(&record);
    assert_eq!((both.value.number, problems), (7, Vec::new()));
    assert_eq!(both.conflicts["words"].len(), 2);

    // The partner's file is away for a moment, and comes back as a conflict copy: nothing is lost.
    fs::remove_file(here.path().join(record.folder()).join(&name)).unwrap();
    assert_eq!(one.load_record::<Note>(&record).0, both);
    send(there.path(), &two, here.path(), &name.replace(".ron", ".sync-conflict-20261123-005511-6BGS2D5.ron"));
    let (joined, problems) = one.load_record::<Note>(&record);
    assert_eq!((&joined, problems.len()), (&both, 1));
    let chosen = one.settle_record(&record, &joined, "words", "\"his\"");
    assert!(chosen.conflicts.is_empty() && chosen.value.words == "his" && one.flush(PATIENCE));
    assert_eq!(one.load_record::<Note>(&record).0, chosen);
    assert_eq!(second.value.words, "his");
}

#[test]
fn what_one_person_decides_is_stamped_with_the_day_alone() {
    let folder = tempfile::tempdir().unwrap();
    let now: Zoned = "2027-01-05T22:41:07-05:00[America/Toronto]".parse().unwrap();
    let opening = Opening { now: Arc::new(move || now.clone()), look_out: false, ..Opening::new(Role::Window) };
    let (shelf, _) = Shelf::open(folder.path(), opening).unwrap();
    let stamp = |record: &Record| {
        let joined = shelf.save_record(record, &Joined::default(), &note("mine", 0), When::Now);
        jiff::Timestamp::from_millisecond(i64::try_from(joined.latest().unwrap().millis()).unwrap()).unwrap()
    };
    let records = [Record::Member(Member::One), Record::Marks("round-1-one".parse().unwrap())];
    for record in records.into_iter().chain([Record::Answers("curiosity-one".parse().unwrap())]) {
        assert_eq!(stamp(&record).to_string(), "2027-01-06T00:00:00Z", "{record:?}");
    }
    // What belongs to both is told apart to the moment: the newest wins.
    assert_eq!(stamp(&Record::Plan).to_string(), "2027-01-06T03:41:07Z");
}

#[test]
fn only_what_others_change_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, reports) = open(folder.path());
    shelf.save(&progress(), &Note::default(), &note("mine", 0), When::Now);
    assert_eq!(heard(&reports), Report::Saved(progress()));
    let path = shelf.path(&progress());
    let text = fs::read_to_string(&path).unwrap();
    fs::write(path.with_file_name("~syncthing~other.tmp"), "x").unwrap();
    fs::write(&path, &text).unwrap();
    fs::write(&path, text.replace("mine", "yours")).unwrap();
    assert_eq!(heard(&reports), Report::ChangedOutside(progress()));
    // A folder that appears with files in it.
    let asking = shelf.path(&Place::Asking(Member::Two));
    fs::create_dir_all(asking.parent().unwrap()).unwrap();
    fs::write(&asking, text).unwrap();
    assert_eq!(heard(&reports), Report::ChangedOutside(Place::Asking(Member::Two)));
    assert_eq!(reports.try_recv(), Err(mpsc::TryRecvError::Empty));
}

#[test]
fn one_window_one_watch_and_any_number_of_readers() {
    let folder = tempfile::tempdir().unwrap();
    let nothing = tempfile::tempdir().unwrap();
    let (window, _) = open(folder.path());
    let again = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap_err();
    assert_eq!(again, OpenError::Lock(LockError::Held(folder.path().to_owned())));
    let (watch, _) = open_as(folder.path(), Role::Watch, Arc::new(RealDisk));
    assert_eq!(watch.device(), window.device());
    let (reader, reports) = open_as(nothing.path(), Role::Reader, Arc::new(RealDisk));
    reader.save(&Place::Settings, &Note::default(), &note("a", 1), When::Now);
    assert_eq!(heard(&reports), Report::Failed { place: Place::Settings, error: SaveError::OnlyReading });
    assert_eq!(fs::read_dir(nothing.path()).unwrap().count(), 0, "a reader makes nothing");
}

#[test]
fn leftovers_of_a_crash_are_swept_when_they_are_old() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path()));
    let (old, new) = (
        folder.path().join("private/~syncthing~sameside-a.tmp"),
        folder.path().join("shared/~syncthing~sameside-b.tmp"),
    );
    let foreign = folder.path().join("shared/~syncthing~other.tmp");
    for path in [&old, &new, &foreign] {
        let file = fs::File::create(path).unwrap();
        if path != &new {
            file.set_modified(SystemTime::now() - Duration::from_hours(2)).unwrap();
        }
    }
    drop(open(folder.path()));
    assert!(!old.exists() && new.exists() && foreign.exists());
}

#[test]
fn check_finds_everything_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, _) = open(root);
    shelf.save(&Place::Settings, &Note::default(), &note("a", 1), When::Now);
    let _ = shelf.save_record(&therapist("t-1"), &Joined::default(), &note("a", 1), When::Now);
    assert!(shelf.flush(PATIENCE));
    let kinds = |place: &Place, kind: &str, values: &Values| match (place, kind) {
        (Place::Device, "device") => Some(Device::take(values).1),
        (Place::Device, _) => None,
        (_, "note") => Some(Note::take(values).1),
        _ => None,
    };
    let exercises = |path: &Path, text: &str| match text {
        "good" => Vec::new(),
        _ => vec![Problem { path: path.to_owned(), line: 9, column: 9, what: "bad".to_owned() }],
    };
    let found = || -> Vec<String> {
        let problems = check::check(root, &kinds, &exercises);
        problems
            .iter()
            .map(|p| format!("{}:{}:{}", p.path.strip_prefix(root).unwrap().display(), p.line, p.column))
            .collect()
    };
    assert_eq!(found(), Vec::<String>::new());

    let own = shelf.path(&shelf.own(therapist("t-1")));
    let text = fs::read_to_string(&own).unwrap();
    let write = |below: &str, text: &str| {
        let path = root.join(below);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    };
    write("exercises/good.ron", "good");
    write("exercises/ours.ron", "else");
    write("private/settings.ron", "(schema: 1,\n kind: \"other\", fields: {})");
    write("private/reminder.ron", "(schema: 1,\n kind: \"note\", fields: {\"number\": no})");
    write("private/notes.txt", "");
    write("shared/therapists/t-1/zzzzzzzz.ron", &text.replace("v: 1", "v: no"));
    write("shared/therapists/T 2/a.ron", "");
    write("shared/.stfolder/x", "");
    let expected = [
        "exercises/ours.ron:9:9",
        "private/notes.txt:1:1",
        "private/reminder.ron:2:35",
        "private/settings.ron:2:8",
        "shared/therapists/T 2/a.ron:1:1",
        "shared/therapists/t-1/zzzzzzzz.ron:1:1",
        "shared/therapists/t-1/zzzzzzzz.ron:7:19",
    ];
    assert_eq!(found(), expected);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{PermissionsExt, symlink};
        fs::set_permissions(root.join("private/device.ron"), fs::Permissions::from_mode(0o644)).unwrap();
        symlink(root, root.join("shared/therapists/t-9")).unwrap();
        let all = found();
        assert_eq!(all.len(), expected.len() + 2);
        assert!(
            all.contains(&"private/device.ron:1:1".to_owned()) && all.contains(&"shared/therapists/t-9:1:1".to_owned())
        );
    }
}

#[test]
fn the_shared_folder_may_lie_elsewhere() {
    let (folder, synced) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(open(folder.path()));
    let file = folder.path().join(Place::Device.path());
    let quoted = crate::fields::to_text(&synced.path().to_string_lossy());
    let text = fs::read_to_string(&file).unwrap().replace("\"shared\": \"\"", &format!("\"shared\": {quoted}"));
    fs::write(&file, text).unwrap();
    let (shelf, reports) = open(folder.path());
    let record = therapist("t-1");
    let _ = shelf.save_record(&record, &Joined::default(), &note("a", 1), When::Now);
    assert!(shelf.flush(PATIENCE));
    let own = synced.path().join("therapists/t-1").join(format!("{}.ron", shelf.device()));
    assert_eq!(shelf.path(&shelf.own(record.clone())), own);
    assert_eq!(heard(&reports), Report::Saved(shelf.own(record.clone())));
    fs::copy(&own, own.with_file_name("zzzzzzzz.ron")).unwrap();
    assert_eq!(heard(&reports), Report::ChangedOutside(Place::Shared(record, "zzzzzzzz".parse().unwrap())));
    assert_eq!(RealDisk.list(&folder.path().join("shared")).unwrap(), Vec::<String>::new());
}
