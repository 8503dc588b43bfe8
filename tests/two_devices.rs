//! Two people, each on a device of their own, with a folder that something keeps in step: choosing together, and what
//! becomes of seals that somebody swaps, replays or rolls back on the way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod common;

use std::path::{Path, PathBuf};
use std::time::Duration;

use common::player::carry_out;
use common::{PHONE, Story};
use sameside::app::desk::Desk;
use sameside::app::inbox::News;
use sameside::app::nav::Page;
use sameside::app::{Message, Sameside, chrome};
use sameside::couple::Member;
use sameside::directory::TherapistId;
use sameside::locale::Language;
use sameside::store::settings::Pair;
use sameside::store::{Opening, Place, Report, Role, Shelf};
use sameside::system::Appearance;

const LONG: Duration = Duration::from_secs(30);
const NAMES: [&str; 3] = ["Ada Demo", "Ben Sample", "Cleo Test"];

/// One person's device.
struct Device {
    folder: tempfile::TempDir,
    member: Member,
    story: Option<Story>,
}

impl Device {
    fn new(member: Member) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), member, story: None }
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Opens the window, as at a start.
    fn open(&mut self, fill: impl FnOnce(&mut Desk)) {
        let opening = Opening { work: Some(1), look_out: false, ..Opening::new(Role::Window) };
        let (shelf, problems) = Shelf::open(self.root(), opening).unwrap();
        assert_eq!(problems, []);
        let mut desk = Desk::new(shelf, &[], &mut Vec::new());
        let here = self.member;
        desk.change_settings(|settings| {
            (settings.welcomed, settings.alone, settings.here) = (true, true, here);
            settings.language = Some(Language::En);
        });
        fill(&mut desk);
        self.story = Some(Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), PHONE));
    }

    fn reopen(&mut self) {
        self.story = None;
        self.open(|_| {});
    }

    fn story(&mut self) -> &mut Story {
        self.story.as_mut().unwrap()
    }

    fn desk(&mut self) -> &Desk {
        self.story().state.desk()
    }

    fn id(&mut self) -> String {
        self.desk().shelf().unwrap().device().to_string()
    }

    fn go(&mut self, page: Page) {
        carry_out(self.story(), Message::Chrome(chrome::Message::PageChosen(page)));
    }

    fn tap(&mut self, name: &str) {
        let messages = self.story().messages_of_tap(name);
        messages.into_iter().for_each(|message| carry_out(self.story(), message));
    }

    fn see(&mut self, words: &str) {
        self.story().see(words);
    }

    fn saved(&mut self) {
        assert!(self.desk().shelf().unwrap().flush(LONG));
    }

    /// Marks all three and says "I am done".
    fn mark(&mut self, name: &str, marks: [&str; 3]) {
        self.go(Page::Choose);
        self.tap(&format!("I am {name}"));
        self.mark_again(marks);
    }

    fn mark_again(&mut self, marks: [&str; 3]) {
        for (name, mark) in NAMES.into_iter().zip(marks) {
            self.tap(&format!("{name}: {mark}"));
        }
        self.tap("Next: the order");
        self.tap("I am done");
        self.saved();
    }

    /// Puts a file into the folder, as a sync program would, and has the window take it up.
    fn receive(&mut self, below: &Path, bytes: &[u8]) {
        let path = self.root().join(below);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        if self.story.is_some() {
            let place = Place::from_path(below).unwrap();
            let report = Report::ChangedOutside(place);
            carry_out(self.story(), Message::NewsArrived(News::Disk(report)));
            self.saved();
        }
    }

    /// The file of this device in a folder of marks.
    fn seal_file(&mut self, record: &str) -> PathBuf {
        PathBuf::from("shared/marks").join(record).join(format!("{}.ron", self.id()))
    }
}

/// All files below the shared folder, relative to the data folder.
fn shared(root: &Path) -> Vec<PathBuf> {
    let (mut folders, mut found) = (vec![root.join("shared")], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(root).unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// Copies what `from` wrote to the other device.
fn carry(from: &mut Device, to: &mut Device) {
    from.saved();
    for below in shared(from.root()) {
        let bytes = std::fs::read(from.root().join(&below)).unwrap();
        if std::fs::read(to.root().join(&below)).ok().as_ref() != Some(&bytes) {
            to.receive(&below, &bytes);
        }
    }
}

/// Sam's device and Alex's, with three therapists and a round that Sam has begun.
fn couple() -> (Device, Device) {
    let (mut sam, mut alex) = (Device::new(Member::One), Device::new(Member::Two));
    sam.open(|desk| {
        desk.change_pair(Pair { id: "a-pair".to_owned() });
        for name in NAMES {
            let id = TherapistId::new(name.to_lowercase().replace(' ', "-")).unwrap();
            desk.change_therapist(&id, |therapist| therapist.name = name.to_owned());
        }
        desk.change_card(Member::One, |card| card.name = "Sam".to_owned());
        desk.change_card(Member::Two, |card| card.name = "Alex".to_owned());
    });
    sam.go(Page::Choose);
    sam.tap("Alex");
    sam.tap("Begin");
    carry(&mut sam, &mut alex);
    alex.open(|_| {});
    (sam, alex)
}

/// Nothing in a shared folder tells a mark, a secret number or a key.
fn nothing_is_told(device: &mut Device) {
    device.saved();
    for below in shared(device.root()).iter().filter(|below| below.starts_with("shared/marks")) {
        let text = std::fs::read_to_string(device.root().join(below)).unwrap();
        for private in ["Good", "nonce", "AGE-SECRET", "answered"] {
            assert!(!text.contains(private), "{private} is in {}", below.display());
        }
    }
}

#[test]
fn each_on_their_own_device_comes_to_the_same_result() {
    let (mut sam, mut alex) = couple();
    sam.mark("Sam", ["Good", "OK", "No"]);
    sam.see("You are done, Sam.");
    sam.see("Alex can mark on their own device.");
    carry(&mut sam, &mut alex);
    alex.mark("Alex", ["No", "OK", "Good"]);
    alex.see("Sam sealed their marks on another device.");
    alex.story().see_not("Hand over");
    carry(&mut alex, &mut sam);
    nothing_is_told(&mut sam);
    sam.tap("We are both here: show it");
    sam.see("You can both live with Ben Sample");
    assert_eq!(sam.desk().space().marks.opening_key, "", "thrown away");
    carry(&mut sam, &mut alex);
    alex.see("You can both live with Ben Sample");
    let found = sam.desk().data.round.value.found.clone();
    assert!(found.is_some() && alex.desk().data.round.value.found == found);
    assert_eq!(alex.desk().space().marks.opening_key, "", "checked, and thrown away");
    // What came while the window was closed is looked at with the next start.
    for device in [&mut sam, &mut alex] {
        device.reopen();
        device.story().see_not("Please start a new round");
        nothing_is_told(device);
        assert_eq!(device.desk().data.round.value.found, found);
    }
    // Neither device ever held the other's marks.
    assert!(sam.desk().data.spaces.two.marks.marks.is_empty() && alex.desk().data.spaces.one.marks.marks.is_empty());

    after_the_session(&mut sam, &mut alex);
}

fn after_the_session(sam: &mut Device, alex: &mut Device) {
    sam.go(Page::Choose);
    sam.tap("Plan the session");
    sam.story().state.desk_mut().change_session(|plan| plan.date = Some("2020-01-02".parse().unwrap()));
    carry(sam, alex);
    for (device, name, answer) in [(&mut *sam, "Sam", "I would go again"), (alex, "Alex", "Not now")] {
        device.go(Page::Session);
        device.tap("Answer in private");
        device.tap(&format!("I am {name}"));
        for step in [answer, "I am done", "Done"] {
            device.tap(step);
        }
    }
    carry(sam, alex);
    alex.see("Sam on another device");
    carry(alex, sam);
    carry(sam, alex);
    alex.tap("We are both here: show it");
    alex.see("A pause is right for now.");
    carry(alex, sam);
    sam.see("A pause is right for now.");
    for device in [sam, alex] {
        assert_eq!(device.desk().space().visit.opening_key, "");
        device.story().see_not("does not follow");
        nothing_is_told(device);
        for below in shared(device.root()) {
            let text = std::fs::read_to_string(device.root().join(&below)).unwrap();
            assert!(!text.contains("NotNow"), "{}", below.display());
        }
    }
}

#[test]
fn a_round_of_its_own_needs_no_key_of_the_one_before() {
    let (mut sam, mut alex) = couple();
    sam.mark("Sam", ["Good", "OK", "No"]);
    carry(&mut sam, &mut alex);
    alex.mark("Alex", ["No", "OK", "Good"]);
    assert!(!alex.desk().space().marks.opening_key.is_empty());
    // Sam begins anew before anybody has looked.
    carry(&mut alex, &mut sam);
    let list = sam.desk().data.round.value.therapists.clone();
    sam.story().state.desk_mut().change_round(|round| *round = round.next(list));
    carry(&mut sam, &mut alex);
    let marks = &alex.desk().space().marks;
    assert_eq!((marks.opening_key.as_str(), marks.nonce.as_str()), ("", ""));
}

/// Both sealed on their own devices, and both seals are answered; nobody has looked. Sam's window shows what came.
fn sealed() -> (Device, Device) {
    let (mut sam, mut alex) = couple();
    sam.mark("Sam", ["Good", "OK", "No"]);
    carry(&mut sam, &mut alex);
    alex.mark("Alex", ["No", "OK", "Good"]);
    carry(&mut alex, &mut sam);
    carry(&mut sam, &mut alex);
    (sam, alex)
}

/// Sam looks, is told why there is no result, and gets none.
fn is_refused(sam: &mut Device, why: &str) {
    sam.reopen();
    sam.go(Page::Choose);
    sam.tap("We are both here: show it");
    sam.see(why);
    sam.see("Start a new round");
    assert_eq!(sam.desk().data.round.value.found, None);
}

#[test]
fn a_seal_that_was_swapped_for_ones_own_is_refused() {
    let (mut sam, mut alex) = sealed();
    let (own, theirs) = (sam.seal_file("round-1-one"), alex.seal_file("round-1-two"));
    let text = std::fs::read_to_string(sam.root().join(own)).unwrap();
    let (sams, alexs) = (sam.id(), alex.id());
    let swapped = text.replace("round-1-one", "round-1-two").replace(&sams, &alexs);
    sam.story = None;
    sam.receive(&theirs, swapped.as_bytes());
    is_refused(&mut sam, "The seal of Alex changed after the marks were opened.");
}

#[test]
fn a_seal_of_an_earlier_round_is_refused() {
    let (mut sam, mut alex) = sealed();
    let file = alex.seal_file("round-1-two");
    let earlier = std::fs::read_to_string(alex.root().join(file)).unwrap();
    let list = sam.desk().data.round.value.therapists.clone();
    sam.story().state.desk_mut().change_round(|round| *round = round.next(list));
    sam.reopen();
    sam.mark("Sam", ["No", "OK", "Good"]);
    // As it is: it says of which round it is.
    let replayed = earlier.replace("round-1-two", "round-2-two");
    assert!(replayed.contains("v: 1"), "{replayed}");
    let place = alex.seal_file("round-2-two");
    sam.receive(&place, replayed.as_bytes());
    sam.see("You are done, Sam.");
    sam.story().see_not("You are both done");
    // With the number changed as well: it was not made for this round, and its opening not for this round's key.
    sam.receive(&place, replayed.replace("v: 1", "v: 2").as_bytes());
    is_refused(&mut sam, "What Alex sealed cannot be opened here any more.");
}

#[test]
fn an_older_seal_that_was_put_back_is_refused() {
    let (mut sam, mut alex) = couple();
    sam.mark("Sam", ["Good", "OK", "No"]);
    carry(&mut sam, &mut alex);
    alex.mark("Alex", ["No", "OK", "Good"]);
    let file = alex.seal_file("round-1-two");
    let older = std::fs::read(alex.root().join(&file)).unwrap();
    // Alex changes their mind before Sam's device has answered.
    alex.tap("Alex: I changed my mind");
    alex.tap("I am Alex");
    alex.tap("Back to the marks");
    alex.mark_again(["No", "Good", "Good"]);
    carry(&mut alex, &mut sam);
    assert!(!sam.desk().space().marks.answered.is_empty(), "Sam's device has answered");
    sam.story = None;
    sam.receive(&file, &older);
    is_refused(&mut sam, "The seal of Alex changed after the marks were opened.");
}

#[test]
fn whoever_seals_anew_after_reading_the_others_opening_is_refused() {
    let (mut sam, mut alex) = sealed();
    // Alex's device has Sam's opening by now. By hand Alex takes their own seal away and makes another one.
    alex.desk();
    let desk = alex.story().state.desk_mut();
    desk.change_seal(Member::Two, |seal| *seal = sameside::choice::SealFile::default());
    desk.change_marks(Member::Two, |marks| {
        marks.done = false;
        marks.nonce.clear();
    });
    alex.go(Page::Choose);
    alex.tap("I am Alex");
    alex.tap("Back to the marks");
    alex.mark_again(["No", "No", "Good"]);
    carry(&mut alex, &mut sam);
    is_refused(&mut sam, "The seal of Alex changed after the marks were opened.");
}

#[test]
fn a_commitment_that_was_changed_by_a_digit_is_refused() {
    let (mut sam, mut alex) = sealed();
    let file = alex.seal_file("round-1-two");
    let text = std::fs::read_to_string(sam.root().join(&file)).unwrap();
    let seal = alex.desk().data.seals.two.value.clone();
    let turned = |digits: &str| format!("{}{}", if digits.starts_with('0') { "1" } else { "0" }, &digits[1..]);
    for (digits, why) in [
        (seal.commitment, "The seal of Alex changed after the marks were opened."),
        (seal.locked_opening, "What Alex sealed cannot be opened here any more."),
    ] {
        let changed = text.replace(&digits, &turned(&digits));
        assert_ne!(changed, text);
        sam.story = None;
        sam.receive(&file, changed.as_bytes());
        is_refused(&mut sam, why);
    }
    // What is as it was sealed is shown all the same.
    sam.story = None;
    sam.receive(&file, text.as_bytes());
    sam.reopen();
    sam.go(Page::Choose);
    sam.tap("We are both here: show it");
    sam.see("You can both live with Ben Sample");
}
