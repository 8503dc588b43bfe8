//! A space with a passphrase, as the rest of the program uses it, on a real disk.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};

use super::*;
use crate::couple::Each;
use crate::exercise::Invitation;
use crate::fields::Document;
use crate::store::data::{Data, Space as Private};
use crate::store::faulty::{Gate, HangingDisk, Note};
use crate::store::files::Listener;
use crate::store::queue::Unsaved;
use crate::store::settings::Person;
use crate::store::{Loaded, Opening, Place, Report, Role, When, check};

const ONE: Member = Member::One;
const LONG: Duration = Duration::from_secs(30);

fn phrase(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn open(root: &Path) -> (Shelf, Receiver<Report>) {
    let (sender, receiver) = mpsc::channel();
    let report: Listener = Arc::new(move |report| drop(sender.send(report)));
    let opening = Opening { report, work: Some(1), ..Opening::new(Role::Window) };
    let (shelf, problems) = Shelf::open(root, opening).unwrap();
    assert_eq!(problems, []);
    (shelf, receiver)
}

fn note(words: &str) -> Note {
    Note { words: words.to_owned(), number: 7, list: Vec::new() }
}

fn progress(of: Member) -> Place {
    Place::Progress(of, "listening".parse().unwrap())
}

fn save(shelf: &Shelf, place: &Place, old: &Note, words: &str) {
    shelf.save(place, old, &note(words), When::Now);
    assert!(shelf.flush(LONG));
}

/// All files below, by path, with their content.
fn all(root: &Path) -> Vec<(String, Vec<u8>)> {
    let paths = write::walk(&crate::store::disk::RealDisk, root);
    let shown = |path: &Path| path.strip_prefix(root).unwrap().display().to_string();
    paths.iter().map(|path| (shown(path), fs::read(path).unwrap())).collect()
}

/// The files, by name or content, that tell `words`.
fn telling(root: &Path, words: &str) -> Vec<String> {
    let tells = |text: &[u8]| text.windows(words.len()).any(|window| window == words.as_bytes());
    let found = all(root).into_iter().filter(|(path, bytes)| path.contains(words) || tells(bytes));
    found.map(|(path, _)| path).collect()
}

/// A space with two versions of a text, of which the first lies in the backups, and a broken file set aside.
fn plain(root: &Path) -> Shelf {
    let (shelf, _) = open(root);
    save(&shelf, &progress(ONE), &Note::default(), "canary one");
    save(&shelf, &progress(ONE), &note("canary one"), "canary two");
    save(&shelf, &Place::Person(ONE), &Note::default(), "canary three");
    save(&shelf, &progress(Member::Two), &Note::default(), "partner");
    fs::write(shelf.path(&Place::Invitation(ONE)), "(schema: 1, kind: \"note\" canary four").unwrap();
    assert!(!shelf.load::<Note>(&Place::Invitation(ONE)).problems.is_empty());
    shelf
}

#[test]
fn a_passphrase_seals_everything_and_leaves_nothing_plain() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let shelf = plain(root);
    assert_eq!(telling(root, "canary").len(), 5, "two files, one backup, a broken one and its copy");
    assert_eq!(shelf.guard(ONE), Guard::None);
    assert_eq!(shelf.protect(ONE, &phrase("open sesame")), Ok(None));
    assert_eq!(shelf.guard(ONE), Guard::Unlocked);
    assert_eq!(shelf.protect(ONE, &phrase("again")), Err(SpaceError::NotOpen));
    for words in ["canary", "listening.ron", "open sesame"] {
        let found: Vec<_> = telling(root, words).into_iter().filter(|path| !path.contains("/two/")).collect();
        assert_eq!(found, Vec::<String>::new(), "{words}");
    }
    assert_eq!(shelf.load::<Note>(&progress(Member::Two)).value, note("partner"), "the other's stays as it is");
    // Saving, backups and reading go on as before.
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary two"));
    save(&shelf, &progress(ONE), &note("canary two"), "canary five");
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary five"));
    assert_eq!(telling(root, "canary"), Vec::<String>::new());
    let backups = all(&root.join("private/backups"));
    assert!(
        backups.iter().any(|(path, _)| path.contains("spaces/one/") && path.ends_with(".age")),
        "{backups:?}"
    );
    drop(shelf);

    let (shelf, reports) = open(root);
    assert_eq!(shelf.guard(ONE), Guard::Locked);
    let Loaded { value, found, problems, .. } = shelf.load::<Note>(&progress(ONE));
    assert_eq!((value, found, problems), (Note::default(), false, Vec::new()));
    assert_eq!(shelf.unlock(ONE, &phrase("open sésame")), Err(SpaceError::Wrong));
    assert_eq!(shelf.unlock(ONE, &phrase("open sesame")), Ok(()));
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary five"));
    assert_eq!(shelf.load::<Note>(&Place::Person(ONE)).value, note("canary three"));
    // The broken file is as broken as before, and its text is kept.
    assert_eq!(shelf.load::<Note>(&Place::Invitation(ONE)).problems.len(), 1);
    shelf.remove(&progress(ONE)).unwrap();
    assert!(shelf.flush(LONG) && !shelf.load::<Note>(&progress(ONE)).found);
    assert!(!reports.try_iter().any(|report| matches!(report, Report::Failed { .. })));
}

#[test]
fn the_passphrase_can_be_changed_with_and_without_a_new_key_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let shelf = plain(root);
    shelf.protect(ONE, &phrase("first")).unwrap();
    let before = all(&root.join("private/spaces/one"));
    assert_eq!(shelf.change_passphrase(ONE, &phrase("no"), &phrase("x"), false), Err(SpaceError::Wrong));
    assert_eq!(shelf.change_passphrase(ONE, &phrase("first"), &phrase("second"), false), Ok(None));
    let after = all(&root.join("private/spaces/one"));
    let differ: Vec<_> = after.iter().filter(|file| !before.contains(file)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(differ, ["identity.age"]);

    let key = shelf.new_recovery(ONE, &phrase("second")).unwrap();
    assert!(shelf.has_recovery(ONE) && shelf.lock(ONE));
    assert_eq!(shelf.unlock(ONE, &phrase("first")), Err(SpaceError::Wrong));
    assert_eq!(shelf.recover(ONE, &phrase("AGE-SECRET-KEY-1"), &phrase("x")), Err(SpaceError::Wrong));
    assert_eq!(shelf.recover(ONE, &key, &phrase("third")), Ok(()));
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary two"));

    let before = all(&root.join("private/spaces/one"));
    assert_eq!(shelf.change_passphrase(ONE, &phrase("third"), &phrase("fourth"), true), Ok(None));
    let after = all(&root.join("private/spaces/one"));
    let kept = |(path, _): &&(String, Vec<u8>)| before.iter().any(|(old, _)| old == path);
    assert_eq!(after.iter().filter(kept).map(|(path, _)| path.as_str()).collect::<Vec<_>>(), ["identity.age"]);
    assert!(!shelf.has_recovery(ONE), "the old recovery key opens nothing any more");
    assert!(shelf.lock(ONE));
    assert_eq!(shelf.unlock(ONE, &phrase("fourth")), Ok(()));
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary two"));

    assert_eq!(shelf.unprotect(ONE, &phrase("third")), Err(SpaceError::Wrong));
    assert_eq!(shelf.unprotect(ONE, &phrase("fourth")), Ok(None));
    assert_eq!(shelf.guard(ONE), Guard::None);
    assert!(all(root).iter().all(|(path, _)| !path.ends_with(".age")), "{:?}", all(root));
    assert_eq!(telling(root, "canary").len(), 4, "all but the backup");
    drop(shelf);
    assert_eq!(open(root).0.load::<Note>(&progress(ONE)).value, note("canary two"));
}

#[test]
fn what_is_unsaved_when_a_space_is_locked_is_sealed_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, reports) = open(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &Note::default(), "first");
    let folder_of_one = root.join("private/spaces/one");
    let away = root.join("private/spaces/away");
    // A disk that takes nothing: there is a file where the folder should be.
    fs::rename(&folder_of_one, &away).unwrap();
    fs::write(&folder_of_one, "").unwrap();
    shelf.save(&progress(ONE), &note("first"), &note("canary"), When::Now);
    assert!(!shelf.lock(ONE));
    assert_eq!(shelf.guard(ONE), Guard::Locked);
    assert_eq!(shelf.unsaved_places(), [progress(ONE)]);
    fs::remove_file(&folder_of_one).unwrap();
    fs::rename(&away, &folder_of_one).unwrap();
    // By itself, while locked.
    assert!(shelf.flush(LONG));
    assert_eq!(telling(root, "canary"), Vec::<String>::new());
    shelf.unlock(ONE, &phrase("p")).unwrap();
    let loaded = shelf.load::<Note>(&progress(ONE));
    assert_eq!(loaded.value.words, "canary");
    assert!(reports.try_iter().any(|report| matches!(report, Report::Failed { .. })));
}

struct Opens<'a>(&'a Gate);

impl Drop for Opens<'_> {
    fn drop(&mut self) {
        self.0.open();
    }
}

#[test]
fn a_disk_that_hangs_keeps_neither_key_nor_text_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let gate = Arc::new(Gate::default());
    let disk = Arc::new(HangingDisk(Arc::clone(&gate)));
    let opening = Opening { disk, work: Some(1), look_out: false, ..Opening::new(Role::Window) };
    let (shelf, _) = Shelf::open(folder.path(), opening).unwrap();
    shelf.protect(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &Note::default(), "first");
    save(&shelf, &Place::Marks(ONE), &Note::default(), "first");
    let keys = match held(&shelf.files.spaces).of(ONE) {
        Space::Open(keys) => Arc::downgrade(keys),
        other => panic!("{other:?}"),
    };
    // However this ends, the writer goes on, and can be waited for.
    let _opens = Opens(&gate);
    gate.close();
    shelf.save(&progress(ONE), &note("first"), &note("canary"), When::Now);
    gate.wait_until_shut();
    // One that is being written, and one that waits behind it.
    shelf.save(&Place::Marks(ONE), &note("first"), &note("canary"), When::Now);
    let queue = shelf.queue.as_ref().unwrap();
    let plain = |place: &Place| matches!(queue.unsaved(place), Unsaved::Fields { .. });
    assert!(plain(&progress(ONE)) && plain(&Place::Marks(ONE)));
    assert!(!shelf.lock(ONE), "the disk took nothing");
    assert_eq!(shelf.guard(ONE), Guard::Locked);
    assert!(keys.upgrade().is_none(), "the key is still in memory");
    assert!(!plain(&progress(ONE)) && !plain(&Place::Marks(ONE)), "what waits is sealed");
    assert_eq!(shelf.unsaved_places(), [progress(ONE), Place::Marks(ONE)], "and known to be unsaved");
    gate.open();
    assert!(shelf.flush(LONG));
    shelf.unlock(ONE, &phrase("p")).unwrap();
    for place in [progress(ONE), Place::Marks(ONE)] {
        assert_eq!(shelf.load::<Note>(&place).value, note("canary"));
    }
}

#[test]
fn a_forgotten_passphrase_leaves_the_old_files_beside_a_fresh_space() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let shelf = plain(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    assert_eq!(shelf.begin_afresh(ONE), Err(SpaceError::NotOpen), "only a locked one");
    let before = all(&root.join("private/spaces/one"));
    assert!(shelf.lock(ONE));
    let aside = shelf.begin_afresh(ONE).unwrap();
    assert_eq!(all(&aside), before);
    assert_eq!(shelf.guard(ONE), Guard::None);
    assert!(!shelf.load::<Note>(&progress(ONE)).found);
    save(&shelf, &progress(ONE), &Note::default(), "anew");
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("anew"));
    shelf.protect(ONE, &phrase("q")).unwrap();
    assert!(shelf.lock(ONE));
    assert_ne!(shelf.begin_afresh(ONE).unwrap(), aside, "another one on the same day");
    drop(shelf);
    // Remembered after all: the folder goes back to its place.
    fs::rename(&aside, root.join("private/spaces/one")).unwrap();
    let (shelf, _) = open(root);
    shelf.unlock(ONE, &phrase("p")).unwrap();
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("canary two"));
}

#[test]
fn a_key_file_that_somebody_removed_comes_back_with_the_next_save() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, _) = open(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &Note::default(), "first");
    fs::remove_file(root.join("private/spaces/one/identity.age")).unwrap();
    save(&shelf, &progress(ONE), &note("first"), "second");
    drop(shelf);
    let (shelf, _) = open(root);
    assert_eq!(shelf.unlock(ONE, &phrase("p")), Ok(()));
    drop(shelf);
    fs::remove_file(root.join("private/spaces/one/identity.age")).unwrap();
    let (shelf, _) = open(root);
    assert_eq!(shelf.guard(ONE), Guard::Locked, "never a fresh space over sealed files");
    assert!(matches!(shelf.unlock(ONE, &phrase("p")), Err(SpaceError::NoKey(_))));
}

#[test]
fn a_sealed_file_that_was_damaged_or_swapped_is_told_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, _) = open(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &Note::default(), "first");
    save(&shelf, &progress(ONE), &note("first"), "second");
    save(&shelf, &Place::Marks(ONE), &Note::default(), "marks");
    let (one, two) = (shelf.path(&progress(ONE)), shelf.path(&Place::Marks(ONE)));
    let good = fs::read(&one).unwrap();
    fs::write(&one, fs::read(&two).unwrap()).unwrap();
    let loaded = shelf.load::<Note>(&progress(ONE));
    assert!(loaded.problems[0].what.contains("wrong name"), "{loaded:?}");
    let mut bad = good.clone();
    bad[good.len() / 2] ^= 1;
    fs::write(&one, &bad).unwrap();
    let loaded = shelf.load::<Note>(&progress(ONE));
    assert!(loaded.problems[0].what.contains("damaged") && loaded.backup.is_some(), "{loaded:?}");
    assert_eq!(shelf.restore::<Note>(&progress(ONE)).unwrap(), loaded.backup);
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("first"));
    assert!(all(&root.join("private/corrupt")).iter().any(|(_, bytes)| *bytes == bad));
    // A damaged file does not stand in the way of a new key: its copy is kept.
    fs::write(&two, &bad).unwrap();
    assert_eq!(shelf.change_passphrase(ONE, &phrase("p"), &phrase("q"), true), Ok(None));
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("first"));
}

fn check_all(root: &Path) -> Vec<String> {
    let kinds = |_: &Place, kind: &str, _: &crate::fields::Values| {
        ["note", "device", "settings"].contains(&kind).then(Vec::new)
    };
    check::check(root, &kinds, &|_, _| Vec::new()).iter().map(ToString::to_string).collect()
}

#[test]
fn checking_a_locked_space_tells_nothing_of_it_and_sees_what_can_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, _) = open(root);
    save(&shelf, &progress(ONE), &Note::default(), "canary");
    shelf.protect(ONE, &phrase("p")).unwrap();
    shelf.new_recovery(ONE, &phrase("p")).unwrap();
    let path = shelf.path(&progress(ONE));
    assert!(shelf.lock(ONE));
    drop(shelf);
    assert_eq!(check_all(root), Vec::<String>::new());
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 3]).unwrap();
    let stray = root.join("private/spaces/one/person.ron");
    fs::write(&stray, "(schema: 1, kind: \"note\", fields: {})").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&stray, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    let told = check_all(root);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains(".age:1:1: ") && told[0].contains("cut short"), "{told:?}");
    assert!(told[1].contains("person.ron:1:1: this space has a passphrase"), "{told:?}");
    fs::write(&path, &whole).unwrap();
    fs::remove_file(stray).unwrap();
    fs::rename(root.join("private/spaces/one/identity.age"), root.join("identity")).unwrap();
    assert!(check_all(root).iter().any(|line| line.contains("identity.age, is missing")));
}

#[test]
fn all_documents_of_a_space_go_and_come_with_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, reports) = open(root);
    let ids = ["listening".to_owned()];
    let written = Invitation { own_text: Some("canary".to_owned()), ..Invitation::default() };
    let person = Person { side: crate::couple::Side::NotSure, ..Person::default() };
    shelf.save(&Place::Invitation(ONE), &Invitation::default(), &written, When::Soon);
    shelf.save(&Place::Person(ONE), &Person::default(), &person, When::Soon);
    shelf.protect(ONE, &phrase("p")).unwrap();
    let read = |shelf: &Shelf| {
        let mut troubles = Vec::new();
        let data = Data::load(shelf, &ids, &mut troubles);
        assert_eq!(troubles, []);
        data.spaces
    };
    let open_spaces = read(&shelf);
    assert_eq!((&open_spaces.one.invitation, &open_spaces.one.person), (&written, &person));
    assert!(shelf.lock(ONE));
    assert_eq!(read(&shelf), Each { one: Private::default(), two: Private::default() });
    // A save to a locked space is refused, kept, and done when it opens.
    shelf.save(&Place::Person(ONE), &Person::default(), &person, When::Now);
    let report = loop {
        match reports.recv_timeout(LONG).unwrap() {
            Report::Saved(_) => {}
            report => break report,
        }
    };
    assert!(matches!(report, Report::Failed { error: SaveError::Locked(_), .. }), "{report:?}");
    shelf.unlock(ONE, &phrase("p")).unwrap();
    assert!(shelf.flush(LONG));
    assert_eq!(read(&shelf), open_spaces);
    assert_eq!(Person::KIND, "person");
}

#[test]
fn a_change_from_outside_is_heard_of_in_an_open_space_only() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let (shelf, reports) = open(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &Note::default(), "first");
    let path = shelf.path(&progress(ONE));
    let first = fs::read(&path).unwrap();
    save(&shelf, &progress(ONE), &note("first"), "second");
    reports.try_iter().for_each(drop);
    fs::write(&path, first).unwrap();
    let changed = |report: Report| matches!(report, Report::ChangedOutside(place) if place == progress(ONE));
    assert!(changed(reports.recv_timeout(LONG).unwrap()));
    assert_eq!(shelf.load::<Note>(&progress(ONE)).value, note("first"));
}

#[test]
fn a_passphrase_is_told_from_a_password() {
    let of = |text: &str| strength(&phrase(text));
    assert_eq!(of(""), Strength::Empty);
    for weak in ["secret", "Passw0rd!", "aaaaaaaaaaaaaaaaaaaaaa", "1212121212121212"] {
        assert_eq!(of(weak), Strength::Weak, "{weak}");
    }
    assert_eq!(of("a longer one"), Strength::Fair);
    assert_eq!(of("kettle orbit maple nine"), Strength::Good);
}

#[cfg(unix)]
#[test]
fn sealed_files_are_for_their_owner_only_and_links_are_refused() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let shelf = plain(root);
    shelf.protect(ONE, &phrase("p")).unwrap();
    shelf.new_recovery(ONE, &phrase("p")).unwrap();
    save(&shelf, &progress(ONE), &note("canary two"), "more");
    let private = root.join("private");
    for path in write::walk(&crate::store::disk::RealDisk, &private.join("spaces/one")) {
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path:?}");
    }
    drop(shelf);
    let elsewhere = tempfile::tempdir().unwrap();
    let real = root.join("private/spaces/one/identity.age");
    fs::rename(&real, elsewhere.path().join("key")).unwrap();
    std::os::unix::fs::symlink(elsewhere.path().join("key"), &real).unwrap();
    let (shelf, _) = open(root);
    let refused = shelf.unlock(ONE, &phrase("p")).unwrap_err();
    assert_eq!(refused, SpaceError::Disk(SaveError::Link(real)));
}
