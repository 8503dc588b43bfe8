//! The shared folder, chosen in the window: by touch alone, by keys alone, at the first start of a second device; folders
//! that cannot be; and one that goes away.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod common;

use std::fs;
use std::path::Path;
use std::time::Duration;

use common::player::carry_out;
use common::{PHONE, Story};
use sameside::app::desk::Desk;
use sameside::app::inbox::News;
use sameside::app::nav::Page;
use sameside::app::{Message, Sameside, chrome};
use sameside::couple::{Member, Side};
use sameside::directory::TherapistId;
use sameside::locale::Language;
use sameside::store::settings::Pair;
use sameside::store::{Guard, Opening, Report, Role, SecretString, Shelf};
use sameside::system::Appearance;

const LONG: Duration = Duration::from_secs(30);

/// A window on a real folder, as a start makes it.
struct Device(Story);

impl Device {
    fn start(root: &Path) -> Self {
        let opening = Opening { work: Some(1), look_out: false, ..Opening::new(Role::Window) };
        let (shelf, problems) = Shelf::open(root, opening).unwrap();
        assert_eq!(problems, []);
        let mut desk = Desk::new(shelf, &[], &mut Vec::new());
        if desk.data.pair.id.is_empty() && desk.shared_away().is_none() {
            let id = TherapistId::random().unwrap();
            desk.change_pair(Pair { id: id.as_str().to_owned() });
        }
        desk.change_settings(|settings| settings.language = Some(Language::En));
        let page = if desk.data.settings.welcomed { Page::Today } else { Page::FirstRun };
        Self(Story::new(Sameside::new(desk, page, Appearance::default(), &[]), PHONE))
    }

    /// One that was set up by one person alone, with one therapist.
    fn set_up(root: &Path, names: [&str; 2], therapist: &str) -> Self {
        let mut device = Self::start(root);
        let desk = device.0.state.desk_mut();
        desk.change_settings(|settings| (settings.welcomed, settings.alone) = (true, true));
        for (member, name) in Member::BOTH.into_iter().zip(names) {
            desk.change_card(member, |card| card.name = name.to_owned());
        }
        let id = TherapistId::random().unwrap();
        desk.change_therapist(&id, |entry| entry.name = therapist.to_owned());
        device.saved();
        drop(device);
        Self::start(root)
    }

    fn desk(&self) -> &Desk {
        self.0.state.desk()
    }

    fn saved(&self) {
        assert!(self.desk().shelf().unwrap().flush(LONG));
    }

    fn go(&mut self, page: Page) {
        carry_out(&mut self.0, Message::Chrome(chrome::Message::PageChosen(page)));
    }

    fn tap(&mut self, name: &str) {
        let messages = self.0.messages_of_tap(name);
        messages.into_iter().for_each(|message| carry_out(&mut self.0, message));
    }

    fn choose(&mut self, folder: &Path) {
        self.go(Page::Sharing);
        self.0.type_into("The folder", &folder.display().to_string());
        self.tap("Look at this folder");
    }

    fn share(&mut self, folder: &Path) {
        self.choose(folder);
        self.tap("Share this folder");
        self.0.see("This device shares the folder now.");
    }

    fn therapists(&self) -> Vec<String> {
        let mut names: Vec<_> = self.desk().data.listed().map(|(_, therapist)| therapist.name.clone()).collect();
        names.sort();
        names
    }

    /// Takes up what came through the folder.
    fn take_up(&mut self) {
        carry_out(&mut self.0, Message::NewsArrived(News::Disk(Report::SharedChanged)));
    }
}

#[test]
fn two_devices_meet_through_the_page() {
    let (ana, ben, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(sync.path().join("holiday.txt"), "theirs").unwrap();
    let mut first = Device::set_up(ana.path(), ["Ana", "Ben"], "Ada Demo");
    first.choose(sync.path());
    first.0.see("A new shared folder begins here.");
    first.0.see("One therapist comes along.");
    assert!(!sync.path().join("Sameside").exists(), "looking changes nothing");
    first.tap("Share this folder");
    first.0.see("This device shares the folder now.");

    let mut second = Device::set_up(ben.path(), ["Ben", "Ana"], "Ben Sample");
    second.choose(sync.path());
    second.0.see("In this folder: Ana and Ben.");
    second.0.see("Which one are you?");
    assert!(second.0.messages_of_tap("Join this folder").is_empty(), "nothing goes on before that is said");
    second.tap("Ben");
    second.tap("Join this folder");
    second.0.see("Now you both see");
    let desk = second.desk();
    assert_eq!((desk.here(), desk.card(Member::One).name.as_str()), (Member::Two, "Ana"));
    assert_eq!(desk.card(Member::Two).name, "Ben");
    assert_eq!(second.therapists(), ["Ada Demo", "Ben Sample"]);
    first.take_up();
    assert_eq!(first.therapists(), ["Ada Demo", "Ben Sample"]);
    assert_eq!(first.desk().card(Member::Two).name, "Ben");
    // What one writes from now on, the other sees.
    let id = TherapistId::random().unwrap();
    second.0.state.desk_mut().change_therapist(&id, |entry| entry.name = "Cleo Test".into());
    second.saved();
    first.take_up();
    assert_eq!(first.therapists(), ["Ada Demo", "Ben Sample", "Cleo Test"]);
    // And the second keeps it on its own device again.
    second.tap("Keep it on this device only");
    second.0.see("Everything is on this device only.");
    assert_eq!((second.desk().shared_at(), second.therapists().len()), (None, 3));
    assert_eq!(fs::read_to_string(sync.path().join("holiday.txt")).unwrap(), "theirs");
}

#[test]
fn a_second_device_joins_at_its_first_start() {
    let (ana, ben, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Device::set_up(ana.path(), ["Ana", "Ben"], "Ada Demo").share(sync.path());
    let mut second = Device::start(ben.path());
    second.tap("We already share a folder");
    second.0.type_into("The folder", &sync.path().display().to_string());
    second.tap("Look at this folder");
    second.tap("Ben");
    second.tap("Join this folder");
    second.tap("Next");
    assert_eq!(second.0.state.page(), &Page::Today);
    let desk = second.desk();
    assert_eq!((desk.here(), desk.data.settings.welcomed, desk.data.settings.alone), (Member::Two, true, true));
    assert_eq!((desk.card(Member::One).name.as_str(), desk.card(Member::Two).name.as_str()), ("Ana", "Ben"));
    assert_eq!(second.therapists(), ["Ada Demo"]);
    second.saved();
    drop(second);
    let second = Device::start(ben.path());
    assert_eq!((second.desk().here(), second.therapists().len()), (Member::Two, 1));
}

#[test]
fn whoever_has_a_passphrase_opens_their_space_again_as_the_other_one() {
    let (ana, ben, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    Device::set_up(ana.path(), ["Ana", "Ben"], "Ada Demo").share(sync.path());
    let mut second = Device::set_up(ben.path(), ["Ben", "Ana"], "Ben Sample");
    second.0.state.desk_mut().change_person(|person| person.side = Side::NotSure);
    second.saved();
    let passphrase = SecretString::from("kettle orbit".to_owned());
    let _ = second.desk().shelf().unwrap().protect(Member::One, &passphrase).unwrap();
    second.choose(sync.path());
    second.tap("Ben");
    second.tap("Join this folder");
    second.0.see("This space is Ben’s");
    second.0.type_into("Passphrase", "kettle orbit");
    second.tap("Open");
    let desk = second.desk();
    assert_eq!(
        (desk.here(), desk.guard(Member::Two), desk.guard(Member::One)),
        (Member::Two, Guard::Unlocked, Guard::None)
    );
    assert_eq!(desk.person().side, Side::NotSure);
    assert_eq!(desk.shared_at().as_deref(), Some(sync.path()));
}

#[test]
fn by_touch_alone_on_a_small_phone() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut device = Device::set_up(data.path(), ["Ana", "Ben"], "Ada Demo");
    device.go(Page::Settings);
    device.0.touch("Where the shared folder is");
    assert_eq!(device.0.state.page(), &Page::Sharing);
    device.0.touch_and_type("The folder", &sync.path().display().to_string());
    for button in ["Look at this folder", "Share this folder"] {
        let messages = device.0.messages_of_touch(button);
        messages.into_iter().for_each(|message| carry_out(&mut device.0, message));
    }
    device.0.see("This device shares the folder now.");
    assert_eq!(device.desk().shared_at().as_deref(), Some(sync.path()));
    device.go(Page::Settings);
    device.0.see(&sync.path().display().to_string());
}

#[test]
fn by_keys_alone_on_a_small_phone() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut device = Device::set_up(data.path(), ["Ana", "Ben"], "Ada Demo");
    device.go(Page::Settings);
    device.0.tab_to_and_enter("Where the shared folder is");
    assert_eq!(device.0.state.page(), &Page::Sharing);
    device.0.tab_to_and_type("The folder", &sync.path().display().to_string());
    for button in ["Look at this folder", "Share this folder"] {
        let messages = device.0.messages_of_enter(button);
        assert!(!messages.is_empty(), "{button}");
        messages.into_iter().for_each(|message| carry_out(&mut device.0, message));
    }
    device.0.see("This device shares the folder now.");
    assert_eq!(device.desk().shared_at().as_deref(), Some(sync.path()));
}

#[test]
fn a_wrong_folder_is_told_beside_the_field_and_nothing_changes() {
    let (data, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let root = data.path().join("sameside");
    fs::write(other.path().join("letter.txt"), "x").unwrap();
    let mut device = Device::set_up(&root, ["Ana", "Ben"], "Ada Demo");
    for (folder, words) in [
        (other.path().join("nowhere"), "There is no folder there."),
        (other.path().join("letter.txt"), "This is not a folder."),
        (root.join("private"), "This lies inside Sameside’s own folders."),
        (data.path().to_owned(), "with your private words, lies inside this one."),
        (root.join("shared"), "You share this folder already."),
    ] {
        device.go(Page::Settings);
        device.choose(&folder);
        device.0.see(words);
        let told = device.0.told();
        let at = |name: &str| told.iter().find(|found| found.info.name == name).unwrap().bounds;
        assert!(at("The folder").y < 640.0, "the field and what is wrong with it come first");
        assert_eq!(device.desk().shared_at(), None);
    }
    // Typing on takes the words away.
    device.0.type_into("The folder", "x");
    device.0.see_not("You share this folder already.");
}

#[test]
fn a_folder_that_goes_away_is_told_of_and_comes_back_whole() {
    let (data, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (stick, drawer) = (sync.path().join("stick"), sync.path().join("drawer"));
    fs::create_dir(&stick).unwrap();
    let mut device = Device::set_up(data.path(), ["Ana", "Ben"], "Ada Demo");
    device.share(&stick);
    fs::rename(&stick, &drawer).unwrap();
    device.go(Page::Today);
    device.0.see("The shared folder is not there now");
    assert_eq!(device.therapists(), ["Ada Demo"], "what is known stays on the screen");
    drop(device);
    let mut device = Device::start(data.path());
    device.go(Page::Therapists(None));
    device.0.see("The shared folder is not there now");
    assert!(!stick.exists(), "none is begun there");
    device.tap("Look again");
    assert_eq!(device.0.state.page(), &Page::Sharing);
    fs::rename(&drawer, &stick).unwrap();
    device.go(Page::Today);
    device.0.see_not("The shared folder is not there now");
    assert_eq!(device.therapists(), ["Ada Demo"], "read again without being asked");
}
