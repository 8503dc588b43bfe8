//! Moving the shared folder: nothing is lost, whichever call fails and however records were split.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use age::secrecy::SecretString;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::choice::SessionPlan;
use crate::couple::{MemberCard, Word};
use crate::directory::Therapist;
use crate::exercise::Invitation;
use crate::moment::Plan;
use crate::store::disk::RealDisk;
use crate::store::faulty::{failing_at, failing_from};
use crate::store::place::{Record, RecordKind};
use crate::store::{Opening, Role, When};

const LONG: Duration = Duration::from_secs(30);

fn open(root: &Path) -> Shelf {
    open_on(root, Arc::new(RealDisk)).unwrap()
}

fn open_on(root: &Path, disk: Arc<dyn super::super::disk::Disk>) -> Option<Shelf> {
    let opening = Opening { look_out: false, work: Some(1), disk, ..Opening::new(Role::Window) };
    Shelf::open(root, opening).ok().map(|(shelf, _)| shelf)
}

/// A device that was set up: its folder has a name.
fn set_up(root: &Path, pair: &str) -> Shelf {
    let shelf = open(root);
    shelf.save(&Place::Pair, &Pair::default(), &Pair { id: pair.to_owned() }, When::Now);
    assert!(shelf.flush(LONG));
    shelf
}

/// The data of Ana's device and of Ben's, the folder that Ana shares already, and Ben's device before it joins.
fn a_second_device() -> (TempDir, TempDir, TempDir, Shelf) {
    let [ana, ben, sync] = std::array::from_fn(|_| tempfile::tempdir().unwrap());
    set_up(ana.path(), "anas").share(sync.path(), None).unwrap();
    let second = set_up(ben.path(), "bens");
    (ana, ben, sync, second)
}

fn therapist(id: &str) -> Record {
    Record::Therapist(id.parse().unwrap())
}

fn edit<D: Document + Clone>(shelf: &Shelf, record: &Record, change: impl FnOnce(&mut D)) {
    let (old, _) = shelf.load_record::<D>(record);
    let mut new = old.value.clone();
    change(&mut new);
    let _ = shelf.save_record(record, &old, &new, When::Now);
    assert!(shelf.flush(LONG));
}

fn name_therapist(shelf: &Shelf, id: &str, name: &str) {
    edit::<Therapist>(shelf, &therapist(id), |therapist| therapist.name = name.to_owned());
}

fn note(shelf: &Shelf, id: &str, address: &str) {
    edit::<Therapist>(shelf, &therapist(id), |therapist| therapist.city = address.to_owned());
}

fn write_invitation(shelf: &Shelf, member: Member, text: &str) {
    let place = Place::Invitation(member);
    let old = shelf.load::<Invitation>(&place).value;
    shelf.save(&place, &old, &Invitation { own_text: Some(text.to_owned()), ..old.clone() }, When::Now);
    assert!(shelf.flush(LONG));
}

fn invitation(shelf: &Shelf, member: Member) -> Option<String> {
    shelf.load::<Invitation>(&Place::Invitation(member)).value.own_text
}

fn names(shelf: &Shelf) -> Vec<(String, String, String)> {
    let read = |record: Record| {
        let value = shelf.load_record::<Therapist>(&record).0.value;
        (record.id().to_owned(), value.name, value.city)
    };
    shelf.list_records(RecordKind::Therapist).into_iter().map(read).collect()
}

fn card(shelf: &Shelf, member: Member) -> MemberCard {
    shelf.load_record::<MemberCard>(&Record::Member(member)).0.value
}

fn here(shelf: &Shelf) -> Member {
    shelf.load::<Settings>(&Place::Settings).value.here
}

#[test]
fn an_empty_folder_is_taken_and_another_gets_one_inside() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shelf = set_up(data.path(), "ours");
    name_therapist(&shelf, "t-1", "Ada Demo");
    let offer = shelf.look_at(other.path()).unwrap();
    assert_eq!((offer.folder.as_path(), offer.joins, offer.ours), (other.path(), false, 1));
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0, "looking leaves nothing");
    fs::write(other.path().join("letter.txt"), "x").unwrap();
    let offer = shelf.look_at(other.path()).unwrap();
    assert_eq!(offer.folder, other.path().join(NAME));
    shelf.share(&offer.folder, None).unwrap();
    assert_eq!(shelf.shared_at(), Some(offer.folder.clone()));
    assert_eq!(names(&shelf).len(), 1);
    assert_eq!(shelf.look_at(other.path()), Err(ShareError::Same));
    assert!(!data.path().join("shared").exists(), "set aside");
    let asides = fs::read_dir(data.path().join("private/backups")).unwrap();
    let aside = asides.map(|entry| entry.unwrap().path()).find(|path| path.to_string_lossy().contains(ASIDE)).unwrap();
    assert!(aside.join("therapists/t-1").is_dir());
    // What is written from now on goes there, also after a new start.
    name_therapist(&shelf, "t-2", "Ben Sample");
    drop(shelf);
    let shelf = open(data.path());
    assert_eq!(names(&shelf).len(), 2);
    assert!(offer.folder.join("therapists/t-2").is_dir());
}

#[test]
fn folders_that_cannot_be_are_refused_by_name() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = data.path().join("sameside");
    let shelf = set_up(&root, "ours");
    fs::write(other.path().join("file"), "x").unwrap();
    let look = |path: &Path| shelf.look_at(path).unwrap_err();
    assert_eq!(look(&other.path().join("nowhere")), ShareError::Missing);
    assert_eq!(look(&other.path().join("file")), ShareError::NotFolder);
    assert_eq!(look(&root.join("shared")), ShareError::Same);
    assert_eq!(look(&root.join("private")), ShareError::Inside);
    assert_eq!(look(&root), ShareError::Inside);
    assert_eq!(look(data.path()), ShareError::Around);
    fs::create_dir(other.path().join(NAME)).unwrap();
    fs::write(other.path().join(NAME).join("notes.txt"), "x").unwrap();
    assert_eq!(look(other.path()), ShareError::Taken);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(data.path(), other.path().join("link")).unwrap();
        assert_eq!(look(&other.path().join("link")), ShareError::Link);
    }
}

#[test]
fn joining_brings_both_lists_together_and_leaves_what_is_bound_elsewhere() {
    let (ana, ben, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = set_up(ana.path(), "anas");
    edit::<MemberCard>(&first, &Record::Member(Member::One), |card| card.name = "Ana".into());
    edit::<MemberCard>(&first, &Record::Member(Member::Two), |card| card.name = "Ben".into());
    name_therapist(&first, "t-1", "Ada Demo");
    first.share(sync.path(), None).unwrap();

    let second = set_up(ben.path(), "bens");
    edit::<MemberCard>(&second, &Record::Member(Member::One), |card| {
        (card.name, card.word) = ("Ben".into(), Word::Never);
    });
    edit::<SessionPlan>(&second, &Record::Plan, |plan| {
        plan.hope_one = "Ben hopes".into();
        plan.caller = Some(Member::One);
    });
    edit::<crate::choice::Round>(&second, &Record::Marks("round".parse().unwrap()), |round| round.round = 4);
    name_therapist(&second, "t-2", "Ben Sample");
    write_invitation(&second, Member::One, "Ben's own words");
    second.save(&Place::Reminder, &Plan::default(), &Plan { on: true, ..Plan::default() }, When::Now);
    let offer = second.look_at(sync.path()).unwrap();
    assert!(offer.joins && offer.asks_who && offer.leaves_round);
    assert_eq!((offer.names.one.as_str(), offer.names.two.as_str(), offer.there, offer.ours), ("Ana", "Ben", 1, 1));
    second.share(&offer.folder, Some(Member::Two)).unwrap();

    for shelf in [&first, &second] {
        assert_eq!(
            names(shelf).iter().map(|(_, name, _)| name.as_str()).collect::<Vec<_>>(),
            ["Ada Demo", "Ben Sample"]
        );
        assert_eq!((card(shelf, Member::One).name.as_str(), card(shelf, Member::One).word), ("Ana", Word::Open));
        assert_eq!((card(shelf, Member::Two).name.as_str(), card(shelf, Member::Two).word), ("Ben", Word::Never));
        let plan = shelf.load_record::<SessionPlan>(&Record::Plan).0.value;
        assert_eq!((plan.hope_two.as_str(), plan.hope_one.as_str(), plan.caller), ("Ben hopes", "", Some(Member::Two)));
    }
    assert!(!sync.path().join("marks").exists(), "a round of another folder stays behind");
    assert_eq!(here(&second), Member::Two);
    assert_eq!(invitation(&second, Member::Two).as_deref(), Some("Ben's own words"));
    assert_eq!(invitation(&second, Member::One), None);
    let reminder: Plan = second.load(&Place::Reminder).value;
    assert_eq!((reminder.owner, reminder.on), (Member::Two, true));
    assert!(!sync.path().join("private").exists());
    drop(second);
    let second = open(ben.path());
    assert_eq!((here(&second), names(&second).len()), (Member::Two, 2));
    assert_eq!(second.load::<Pair>(&Place::Pair).value.id, "anas");
}

#[test]
fn a_space_with_a_passphrase_goes_with_its_person() {
    let (_ana, _ben, sync, second) = a_second_device();
    write_invitation(&second, Member::One, "canary");
    let passphrase = SecretString::from("kettle orbit".to_owned());
    let _ = second.protect(Member::One, &passphrase).unwrap();
    second.share(sync.path(), Some(Member::Two)).unwrap();
    assert_eq!(
        (second.guard(Member::One), second.guard(Member::Two)),
        (super::super::Guard::None, super::super::Guard::Locked)
    );
    second.unlock(Member::Two, &passphrase).unwrap();
    assert_eq!(invitation(&second, Member::Two).as_deref(), Some("canary"));
}

#[test]
fn a_backup_from_before_is_turned_as_well() {
    let (_ana, ben, sync, second) = a_second_device();
    write_invitation(&second, Member::One, "from before");
    let passphrase = SecretString::from("kettle orbit".to_owned());
    let now = "2027-01-05T10:00:00-05:00[America/Toronto]".parse().unwrap();
    let before = second.pack(&passphrase, &now).unwrap();
    second.share(sync.path(), Some(Member::Two)).unwrap();
    write_invitation(&second, Member::Two, "since");
    let since = second.pack(&passphrase, &now).unwrap();
    drop(second);
    for (day, backup, words) in [(1, before, "from before"), (2, since, "since")] {
        // On another day each: what a backup replaced goes by the second.
        let later = jiff::Zoned::now().saturating_add(jiff::Span::new().days(day));
        let opening = Opening { look_out: false, now: Arc::new(move || later.clone()), ..Opening::new(Role::Window) };
        let second = Shelf::open(ben.path(), opening).unwrap().0;
        let _ = second.unpack(&backup, &passphrase).unwrap();
        drop(second);
        let second = open(ben.path());
        assert_eq!((here(&second), invitation(&second, Member::Two).as_deref()), (Member::Two, Some(words)));
        assert_eq!(invitation(&second, Member::One), None);
        assert_eq!(second.shared_at().as_deref(), Some(sync.path()));
    }
}

#[test]
fn changes_from_outside_are_heard_of_in_the_new_folder() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(set_up(data.path(), "ours"));
    let (sender, heard) = std::sync::mpsc::channel();
    let report: crate::store::Listener = Arc::new(move |report| drop(sender.send(report)));
    let (shelf, _) = Shelf::open(data.path(), Opening { report, ..Opening::new(Role::Window) }).unwrap();
    shelf.share(sync.path(), None).unwrap();
    let wait = |wanted: &dyn Fn(&Report) -> bool| {
        while let Ok(report) = heard.recv_timeout(LONG) {
            if wanted(&report) {
                return true;
            }
        }
        false
    };
    assert!(wait(&|report| *report == Report::SharedChanged));
    let folder = sync.path().join("therapists/t-1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a1b2c3d4.ron"), "(schema: 1, kind: \"therapist\")").unwrap();
    let from_outside = Place::Shared(therapist("t-1"), "a1b2c3d4".parse().unwrap());
    assert!(wait(&|report| *report == Report::ChangedOutside(from_outside.clone())));
    fs::rename(sync.path(), data.path().join("elsewhere")).unwrap();
    assert!(wait(&|report| *report == Report::SharedAway));
}

#[test]
fn two_on_one_device_do_not_change_places() {
    let (_ana, _ben, sync, second) = a_second_device();
    write_invitation(&second, Member::One, "one");
    write_invitation(&second, Member::Two, "two");
    assert_eq!(second.share(sync.path(), Some(Member::Two)), Err(ShareError::BothHere));
    assert_eq!(second.shared_at(), None);
    second.share(sync.path(), Some(Member::One)).unwrap();
    assert_eq!((invitation(&second, Member::One).as_deref(), here(&second)), (Some("one"), Member::One));
}

#[test]
fn keeping_it_here_brings_everything_back() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shelf = set_up(data.path(), "ours");
    name_therapist(&shelf, "t-1", "Ada Demo");
    shelf.share(sync.path(), None).unwrap();
    name_therapist(&shelf, "t-2", "Ben Sample");
    shelf.keep_here().unwrap();
    assert_eq!((shelf.shared_at(), names(&shelf).len()), (None, 2));
    name_therapist(&shelf, "t-3", "Cleo Test");
    assert!(!sync.path().join("therapists/t-3").exists());
    assert!(sync.path().join("therapists/t-2").exists(), "the folder stays as it is");
    // And once more there: the same couple, so nobody is asked who they are.
    let offer = shelf.look_at(sync.path()).unwrap();
    assert_eq!((offer.joins, offer.asks_who, offer.there, offer.ours), (true, false, 2, 3));
    shelf.share(sync.path(), None).unwrap();
    assert_eq!(names(&shelf).len(), 3);
}

#[test]
fn a_folder_that_is_away_is_never_begun_anew_and_what_waits_is_not_lost() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (stick, drawer) = (sync.path().join("stick"), sync.path().join("drawer"));
    fs::create_dir(&stick).unwrap();
    let shelf = set_up(data.path(), "ours");
    name_therapist(&shelf, "t-1", "Ada Demo");
    shelf.share(&stick, None).unwrap();
    name_therapist(&shelf, "t-2", "Ben Sample");
    assert_eq!(names(&shelf).len(), 2);
    // Pulled out: the empty folder on which it was mounted is still there.
    fs::rename(&stick, &drawer).unwrap();
    fs::create_dir(&stick).unwrap();
    assert_eq!(shelf.shared_away(), Some(stick.clone()));
    let (old, _) = shelf.load_record::<Therapist>(&therapist("t-3"));
    let new = Therapist { name: "Cleo Test".into(), ..Therapist::default() };
    let _ = shelf.save_record(&therapist("t-3"), &old, &new, When::Now);
    assert!(!shelf.flush(Duration::from_millis(300)));
    assert_eq!(names(&shelf).len(), 3, "what was read before still counts");
    drop(shelf);
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0);
    drop(open(data.path()));
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 0, "no new beginning there");
    // Plugged in again.
    fs::remove_dir(&stick).unwrap();
    fs::rename(&drawer, &stick).unwrap();
    let shelf = open(data.path());
    assert_eq!((shelf.shared_away(), names(&shelf).len()), (None, 3));
    assert!(stick.join("therapists/t-3").is_dir());
    drop(shelf);
    // Away for good: this device goes on with what it had, and a later joining loses nothing.
    fs::rename(&stick, &drawer).unwrap();
    let shelf = open(data.path());
    assert_eq!(shelf.share(&drawer, None), Err(ShareError::Away));
    shelf.keep_here().unwrap();
    name_therapist(&shelf, "t-4", "Dan Try");
    assert!(!stick.exists());
    shelf.share(&shelf.look_at(&drawer).unwrap().folder, None).unwrap();
    assert_eq!(names(&shelf).len(), 4);
}

#[test]
fn the_same_file_with_other_content_is_joined_by_fields() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let shelf = set_up(data.path(), "ours");
    name_therapist(&shelf, "t-1", "Ada Demo");
    shelf.share(sync.path(), None).unwrap();
    shelf.keep_here().unwrap();
    // The copy there is changed in one field by an older state of this device, here another one is.
    note(&shelf, "t-1", "Gatineau");
    shelf.share(sync.path(), None).unwrap();
    assert_eq!(names(&shelf), [("t-1".into(), "Ada Demo".into(), "Gatineau".into())]);
    // One that cannot be joined is kept beside it, as sync programs do.
    let own = sync.path().join("therapists/t-1").join(format!("{}.ron", shelf.device()));
    shelf.keep_here().unwrap();
    fs::write(&own, "(schema: 1, kind").unwrap();
    shelf.share(sync.path(), None).unwrap();
    assert_eq!(fs::read_to_string(&own).unwrap(), "(schema: 1, kind");
    assert_eq!(names(&shelf), [("t-1".into(), "Ada Demo".into(), "Gatineau".into())]);
}

/// What two people have, in a folder of their own each; and what they must have afterwards.
fn two_devices(base: &Path) -> (PathBuf, PathBuf, PathBuf) {
    let (ana, ben, sync) = (base.join("ana"), base.join("ben"), base.join("sync"));
    for folder in [&ana, &ben, &sync] {
        fs::create_dir(folder).unwrap();
    }
    let first = set_up(&ana, "anas");
    name_therapist(&first, "t-1", "Ada Demo");
    first.share(&sync, None).unwrap();
    let second = set_up(&ben, "bens");
    name_therapist(&second, "t-2", "Ben Sample");
    edit::<MemberCard>(&second, &Record::Member(Member::One), |card| card.name = "Ben".into());
    write_invitation(&second, Member::One, "canary");
    (ana, ben, sync)
}

/// Lets the call numbered `at` of an opening and a move fail; true when none was left to fail.
fn cut_off(at: usize, disk: Arc<dyn super::super::disk::Disk>, goes_on: bool) -> bool {
    let base = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let (_, ben, sync) = two_devices(base.path());
    let (mut ended, mut in_force) = (Err(ShareError::Away), None);
    if let Some(shelf) = open_on(&ben, disk) {
        ended = shelf.share(&sync, Some(Member::Two));
        in_force = Some(shelf.shared_at().is_some());
    }
    let shelf = open(&ben);
    let told = format!("call {at}, going on {goes_on}: {ended:?}");
    let moved = shelf.shared_at().is_some();
    let (who, count) = if moved { (Member::Two, 2) } else { (Member::One, 1) };
    assert_eq!(here(&shelf), who, "{told}");
    assert_eq!(invitation(&shelf, who).as_deref(), Some("canary"), "{told}");
    assert_eq!(invitation(&shelf, who.other()), None, "{told}");
    assert_eq!(card(&shelf, who).name, "Ben", "{told}");
    assert_eq!(names(&shelf).len(), count, "{told}");
    if ended.is_ok() {
        assert!(moved, "{told}");
    }
    if goes_on && in_force.is_some() {
        assert_eq!(in_force, Some(moved), "{told}: this process and the next must write to one place");
        assert_eq!(moved, matches!(ended, Ok(()) | Err(ShareError::Reopen)), "{told}");
    }
    // Again on a sound disk.
    if !moved {
        shelf.share(&sync, Some(Member::Two)).unwrap();
    }
    assert_eq!((names(&shelf).len(), card(&shelf, Member::Two).name.as_str()), (2, "Ben"), "{told}, then again");
    assert_eq!(card(&shelf, Member::One).name, "", "{told}, then again");
    ended.is_ok() && at > 250
}

#[test]
fn wherever_a_move_is_cut_off_the_next_opening_has_the_old_or_the_new_and_all_of_it() {
    assert!((0..1000).any(|at| cut_off(at, failing_from(at), false)));
}

#[test]
fn whichever_call_fails_the_old_or_the_new_folder_is_in_force_with_all_of_it() {
    for after in [false, true] {
        assert!((0..1000).any(|at| cut_off(at, failing_at(at, after), true)));
    }
}

/// The same for the way back.
fn cut_off_back(at: usize, disk: Arc<dyn super::super::disk::Disk>, goes_on: bool) -> bool {
    let base = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let (ana, _, sync) = two_devices(base.path());
    let shelf = open(&ana);
    name_therapist(&shelf, "t-3", "Cleo Test");
    drop(shelf);
    let (mut ended, mut in_force) = (Err(ShareError::Away), None);
    if let Some(shelf) = open_on(&ana, disk) {
        ended = shelf.keep_here();
        in_force = Some(shelf.shared_at());
    }
    let shelf = open(&ana);
    let told = format!("back, call {at}, going on {goes_on}: {ended:?}");
    assert_eq!(names(&shelf).len(), 2, "{told}");
    assert_eq!(shelf.load::<Pair>(&Place::Pair).value.id, "anas", "{told}");
    assert!(sync.join("therapists/t-3").is_dir(), "{told}");
    if goes_on && let Some(in_force) = in_force {
        assert_eq!(in_force, shelf.shared_at(), "{told}: this process and the next must write to one place");
        assert_eq!(in_force.is_none(), ended.is_ok(), "{told}");
    }
    shelf.keep_here().unwrap();
    assert_eq!((shelf.shared_at(), names(&shelf).len()), (None, 2), "{told}, then again");
    ended.is_ok() && at > 150
}

#[test]
fn whichever_call_fails_on_the_way_back_nothing_is_lost() {
    assert!((0..1000).any(|at| cut_off_back(at, failing_from(at), false)));
    for after in [false, true] {
        assert!((0..1000).any(|at| cut_off_back(at, failing_at(at, after), true)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Edits by two devices, some seen by both and some not, in an old and a new folder: joined, they are what all of
    /// them together are.
    #[test]
    fn however_records_are_split_all_values_are_there_afterwards(
        edits in proptest::collection::vec((0..2_usize, 0..3_u8, "[a-z]{1,4}", any::<bool>()), 1..12)
    ) {
        let base = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
        let roots = [base.path().join("a"), base.path().join("b")];
        let shelves = roots.each_ref().map(|root| set_up(root, "ours"));
        for (device, id, words, is_name) in &edits {
            let shelf = &shelves[*device];
            if *is_name { name_therapist(shelf, &format!("t-{id}"), words) } else { note(shelf, &format!("t-{id}"), words) }
        }
        // What all files together say, joined by the store's own reader.
        let mut all: BTreeMap<String, crate::store::Registers> = BTreeMap::new();
        for shelf in &shelves {
            for record in shelf.list_records(RecordKind::Therapist) {
                let (joined, _) = shelf.load_record::<Therapist>(&record);
                all.entry(record.id().to_owned()).or_default().join(joined.registers());
            }
        }
        let sync = base.path().join("sync");
        fs::create_dir(&sync).unwrap();
        for shelf in &shelves {
            shelf.share(&shelf.look_at(&sync).unwrap().folder, None).unwrap();
        }
        shelves[0].keep_here().unwrap();
        for shelf in &shelves {
            prop_assert_eq!(shelf.list_records(RecordKind::Therapist).len(), all.len());
            for (id, registers) in &all {
                let joined = shelf.load_record::<Therapist>(&therapist(id)).0;
                prop_assert_eq!(joined.registers(), registers);
            }
        }
    }
}
