use std::fs;

use super::*;
use crate::directory::{Photo, TherapistId};
use crate::exercise::Invitation;
use crate::store::{Guard, Opening, Place, Record, Role, When};

const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

fn open_shelf(root: &Path) -> Shelf {
    let opening = Opening { look_out: false, work: Some(2), ..Opening::new(Role::Window) };
    let (shelf, problems) = Shelf::open(root, opening).unwrap();
    assert_eq!(problems, []);
    shelf
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text.to_owned())
}

fn words(text: &str) -> Invitation {
    Invitation { own_text: Some(text.to_owned()), ..Invitation::default() }
}

fn invitation(shelf: &Shelf, member: Member) -> Option<String> {
    shelf.load::<Invitation>(&Place::Invitation(member)).value.own_text
}

fn write(shelf: &Shelf, member: Member, text: &str) {
    let place = Place::Invitation(member);
    let old = shelf.load::<Invitation>(&place).value;
    shelf.save(&place, &old, &words(text), When::Now);
    assert!(shelf.flush(PATIENCE));
}

fn therapist(shelf: &Shelf, id: &str, name: &str) {
    let record = Record::Therapist(id.parse().unwrap());
    let old = shelf.load_record::<crate::directory::Therapist>(&record).0;
    let new = crate::directory::Therapist { name: name.to_owned(), ..old.value.clone() };
    let _ = shelf.save_record(&record, &old, &new, When::Now);
    assert!(shelf.flush(PATIENCE));
}

fn name_of_therapist(shelf: &Shelf, id: &str) -> String {
    shelf.load_record::<crate::directory::Therapist>(&Record::Therapist(id.parse().unwrap())).0.value.name
}

fn ada() -> TherapistId {
    TherapistId::new("a-1").unwrap()
}

fn photo() -> Photo {
    Photo::new(crate::directory::photo::tests::file(60, 40, image::ImageFormat::Png)).unwrap()
}

/// A folder with one plain and one sealed space, a therapist, and an exercise of one's own.
fn filled(root: &Path) -> Shelf {
    let shelf = open_shelf(root);
    write(&shelf, Member::One, "mine, plain");
    write(&shelf, Member::Two, "theirs, sealed");
    therapist(&shelf, "a-1", "Ada Test");
    shelf.save_photo(&ada(), &photo()).unwrap();
    fs::create_dir_all(root.join("exercises")).unwrap();
    fs::write(root.join("exercises/own.ron"), "(own)").unwrap();
    assert_eq!(shelf.protect(Member::Two, &secret("their passphrase")).unwrap(), None);
    shelf
}

fn noon() -> Zoned {
    "2027-01-05T12:00:00-05:00[America/Toronto]".parse().unwrap()
}

#[test]
fn what_was_backed_up_comes_back_on_another_device_and_stays_sealed() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let backup = filled(here.path()).pack(&secret("for the backup"), &noon()).unwrap();
    for canary in ["mine, plain", "theirs, sealed", "Ada Test"] {
        assert!(!backup.windows(canary.len()).any(|part| part == canary.as_bytes()), "{canary}");
    }

    let shelf = open_shelf(there.path());
    write(&shelf, Member::One, "what was there before");
    let contents = shelf.look_into(&backup, &secret("for the backup")).unwrap();
    assert_eq!(contents.made, noon().timestamp());
    assert_eq!((contents.spaces.one, contents.spaces.two), (Kept::Plain, Kept::Sealed));
    assert_eq!((contents.therapists, contents.shared_stays), (1, false));
    assert_eq!(invitation(&shelf, Member::One).as_deref(), Some("what was there before"), "looking changes nothing");

    shelf.unpack(&backup, &secret("for the backup")).unwrap();
    assert_eq!(
        invitation(&shelf, Member::One).as_deref(),
        Some("what was there before"),
        "not before the next start"
    );
    let device = shelf.device();
    drop(shelf);
    let shelf = open_shelf(there.path());
    assert_eq!(shelf.device(), device, "a backup never makes two devices one");
    assert_eq!(invitation(&shelf, Member::One).as_deref(), Some("mine, plain"));
    assert_eq!(name_of_therapist(&shelf, "a-1"), "Ada Test");
    assert_eq!(fs::read(there.path().join("exercises/own.ron")).unwrap(), b"(own)");
    let folder = fs::read_dir(there.path().join("shared/therapists/a-1")).unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let name = names.into_iter().find_map(|name| Some(name.strip_suffix(".png")?.to_owned())).unwrap();
    assert_eq!(shelf.load_photo(&ada(), &name), photo().png().ok());
    assert_eq!(shelf.guard(Member::Two), Guard::Locked);
    shelf.unlock(Member::Two, &secret("their passphrase")).unwrap();
    assert_eq!(invitation(&shelf, Member::Two).as_deref(), Some("theirs, sealed"));

    // What was there before was set aside, whole.
    let aside = fs::read_dir(there.path().join("private")).unwrap().map(|entry| entry.unwrap().path());
    let aside = aside.into_iter().find(|path| is_replaced(path.strip_prefix(there.path()).unwrap())).unwrap();
    let text = fs::read_to_string(aside.join("private/spaces/one/invitation.ron")).unwrap();
    assert!(text.contains("what was there before"));
}

#[test]
fn a_wrong_passphrase_a_changed_byte_and_other_files_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = filled(folder.path());
    let backup = shelf.pack(&secret("right"), &noon()).unwrap();
    assert_eq!(shelf.unpack(&backup, &secret("wrong")), Err(ArchiveError::Wrong));
    for at in (0..backup.len()).step_by(backup.len() / 60) {
        let mut spoilt = backup.clone();
        spoilt[at] ^= 1;
        assert!(shelf.unpack(&spoilt, &secret("right")).is_err(), "byte {at}");
        assert!(shelf.unpack(&backup[..at], &secret("right")).is_err(), "cut at {at}");
    }
    assert_eq!(shelf.unpack(b"%PDF-1.7", &secret("right")), Err(ArchiveError::NotOurs));
    let private = fs::read_dir(folder.path().join("private")).unwrap();
    assert!(private.into_iter().all(|entry| !entry.unwrap().file_name().to_string_lossy().starts_with("restor")));
}

/// An archive that somebody else made, sealed with the passphrase.
fn foreign(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (path, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        // The library itself refuses to write such names; a hostile file has no such qualms.
        let name = &mut header.as_old_mut().name;
        name[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        archive.append(&header, *bytes).unwrap();
    }
    vault::lock_away(&archive.into_inner().unwrap(), &secret("p"), 2).unwrap()
}

#[test]
fn a_path_that_sameside_would_not_write_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = open_shelf(folder.path());
    let about: &[u8] = b"(schema:1,kind:\"backup\",made:\"2027-01-05T12:00:00Z\")";
    for path in [
        "../out.ron",
        "/etc/x.ron",
        "private/device.ron",
        "private/lock",
        "private/../../x.ron",
        "other/x.ron",
        "private/backups/x.ron",
        "shared",
        "a.ron",
    ] {
        let backup = foreign(&[("backup.ron", about), (path, b"x")]);
        assert_eq!(shelf.unpack(&backup, &secret("p")), Err(ArchiveError::NotOurs), "{path}");
    }
    assert_eq!(shelf.unpack(&foreign(&[("shared/pair.ron", b"x")]), &secret("p")), Err(ArchiveError::NotOurs));
    let newer: &[u8] = b"(schema:2,kind:\"backup\",made:\"2027-01-05T12:00:00Z\")";
    assert_eq!(shelf.unpack(&foreign(&[("backup.ron", newer)]), &secret("p")), Err(ArchiveError::Newer));
    assert!(shelf.unpack(&foreign(&[("backup.ron", about), ("shared/pair.ron", b"x")]), &secret("p")).is_ok());
}

/// Wherever it is interrupted, the next start goes on, and everything of before and of the backup is there.
#[test]
fn an_interrupted_swap_is_finished_at_the_next_start() {
    use crate::store::faulty::failing_from;
    let backup = {
        let folder = tempfile::tempdir().unwrap();
        filled(folder.path()).pack(&secret("p"), &noon()).unwrap()
    };
    let mut interrupted = 0;
    for call in 0..400 {
        let folder = tempfile::tempdir().unwrap();
        let shelf = open_shelf(folder.path());
        write(&shelf, Member::One, "before");
        shelf.unpack(&backup, &secret("p")).unwrap();
        drop(shelf);
        let opening =
            Opening { look_out: false, work: Some(2), disk: failing_from(call), ..Opening::new(Role::Window) };
        let whole = Shelf::open(folder.path(), opening).is_ok_and(|(_, problems)| problems.is_empty());
        interrupted += usize::from(!whole);
        let shelf = open_shelf(folder.path());
        assert_eq!(invitation(&shelf, Member::One).as_deref(), Some("mine, plain"), "call {call}");
        let all = walk(&crate::store::disk::RealDisk, &folder.path().join("private"));
        let old = all.iter().find(|path| {
            path.ends_with("private/spaces/one/invitation.ron")
                && fs::read_to_string(path).is_ok_and(|text| text.contains("before"))
        });
        assert!(old.is_some(), "call {call}: what was there before is gone");
        if whole {
            break;
        }
    }
    assert!(interrupted > 10, "{interrupted}");
}

#[test]
fn a_shared_folder_that_lies_elsewhere_is_left_alone() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let backup = filled(here.path()).pack(&secret("p"), &noon()).unwrap();
    drop(open_shelf(there.path()));
    let elsewhere = there.path().join("synced");
    fs::create_dir_all(&elsewhere).unwrap();
    let device = there.path().join("private/device.ron");
    let text = fs::read_to_string(&device).unwrap();
    let moved = format!("\"shared\": {:?}", elsewhere.display().to_string());
    fs::write(&device, text.replace("\"shared\": \"\"", &moved)).unwrap();
    let shelf = open_shelf(there.path());
    therapist(&shelf, "b-2", "Ben Sample");
    assert!(shelf.look_into(&backup, &secret("p")).unwrap().shared_stays);
    shelf.unpack(&backup, &secret("p")).unwrap();
    drop(shelf);
    let shelf = open_shelf(there.path());
    assert_eq!(invitation(&shelf, Member::One).as_deref(), Some("mine, plain"));
    assert_eq!(name_of_therapist(&shelf, "b-2"), "Ben Sample");
    assert_eq!(name_of_therapist(&shelf, "a-1"), "");
}
