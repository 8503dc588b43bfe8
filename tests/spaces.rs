//! Spaces with passphrases: sealing one's own, the door, handing over, locking, and choosing with one space locked.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod common;

use std::path::Path;
use std::time::Duration;

use common::{DESKTOP, PHONE, Story};
use iced_test::core::Size;
use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::executor::block_on;
use iced_test::runtime::{Action, task};
use sameside::app::desk::Desk;
use sameside::app::inbox::News;
use sameside::app::nav::Page;
use sameside::app::{Message, Sameside, chrome};
use sameside::choice::seal::{self, Bound};
use sameside::choice::{After, Ballot, Nonce, after};
use sameside::couple::Member;
use sameside::directory::TherapistId;
use sameside::locale::Language;
use sameside::store::data::Space;
use sameside::store::settings::Pair;
use sameside::store::{Guard, Opening, Place, Report, Role, Shelf, When};
use sameside::system::{Appearance, Hold};

const LONG: Duration = Duration::from_secs(30);

const ONE: &str = "kettle orbit maple nine";
const TWO: &str = "velvet anchor brisk owl";

/// A window on a folder, as at a start. scrypt is as cheap as it gets.
fn start(root: &Path, size: Size) -> Story {
    start_with(root, size, |_| {})
}

/// The same, with something done on the desk before.
fn start_with(root: &Path, size: Size, fill: impl FnOnce(&mut Desk)) -> Story {
    let opening = Opening { work: Some(1), ..Opening::new(Role::Window) };
    let (shelf, problems) = Shelf::open(root, opening).unwrap();
    assert_eq!(problems, []);
    let mut troubles = Vec::new();
    let mut desk = Desk::new(shelf, &["curiosity".to_owned()], &mut troubles);
    assert_eq!(troubles, []);
    desk.change_settings(|settings| {
        settings.welcomed = true;
        settings.language = Some(Language::En);
    });
    fill(&mut desk);
    Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), size)
}

/// Hands a message to the window, and what its tasks make of it as well.
fn say(story: &mut Story, message: Message) {
    let mut waiting = vec![message];
    while let Some(message) = waiting.pop() {
        let stream = task::into_stream(story.state.update(message));
        let mut made: Vec<Message> = Vec::new();
        if let Some(mut stream) = stream {
            while let Some(action) = block_on(stream.next()) {
                if let Action::Output(message) = action {
                    made.push(message);
                }
            }
        }
        waiting.extend(made.into_iter().rev());
    }
}

/// Taps, and waits for what the tap set going.
#[track_caller]
fn tap(story: &mut Story, name: &str) {
    let mut messages = story.messages_of_tap(name);
    messages.drain(..).for_each(|message| say(story, message));
}

fn go(story: &mut Story, page: Page) {
    say(story, Message::Chrome(chrome::Message::PageChosen(page)));
}

fn protect(story: &mut Story, passphrase: &str) {
    go(story, Page::Space);
    story.see("Your space has no passphrase.");
    tap(story, "Set a passphrase");
    story.type_into("New passphrase", passphrase);
    story.see("This is hard to guess.");
    story.type_into("The same once more", &passphrase[..3]);
    story.see("The two are not the same yet.");
    story.type_into("The same once more", &passphrase[3..]);
    tap(story, "Seal my space");
    story.see("Your space is sealed now.");
}

fn unlock(story: &mut Story, passphrase: &str) {
    story.type_into("Passphrase", passphrase);
    tap(story, "Open");
}

/// The files, outside the space of `except`, that tell these words.
fn telling(root: &Path, words: &str, except: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.to_string_lossy().contains(except) {
                let bytes = std::fs::read(&path).unwrap();
                if bytes.windows(words.len()).any(|window| window == words.as_bytes()) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    found
}

#[test]
fn a_space_is_sealed_locked_and_opened_again() {
    const CANARY: &str = "a canary in the invitation";
    for size in [PHONE, DESKTOP] {
        let folder = tempfile::tempdir().unwrap();
        let mut story = start_with(folder.path(), size, |desk| {
            desk.change_invitation(When::Now, |invitation| invitation.own_text = Some(CANARY.to_owned()));
        });
        protect(&mut story, ONE);
        tap(&mut story, "Lock now");
        story.see("This space is Person 1’s");
        // Every place leads to the door, but the way to help is open.
        for page in [Page::Today, Page::Invitation, Page::Choose, Page::Settings, Page::Space] {
            go(&mut story, page);
            story.see("This space is Person 1’s");
            story.see_not(CANARY);
        }
        go(&mut story, Page::Safety);
        story.see_not("This space is Person 1’s");
        go(&mut story, Page::Today);
        assert_eq!(story.state.desk().space(), &Space::default(), "nothing stays in memory");

        unlock(&mut story, "kettle orbit maple");
        story.see("This is not the passphrase. Nothing is lost.");
        unlock(&mut story, ONE);
        assert_eq!(story.state.page(), &Page::Today);
        assert_eq!(story.state.desk().guard(Member::One), Guard::Unlocked);
        assert_eq!(story.state.desk().space().invitation.own_text.as_deref(), Some(CANARY));
        for words in [CANARY, ONE] {
            assert_eq!(telling(folder.path(), words, "nowhere"), Vec::<String>::new(), "{words}");
        }
    }
}

#[test]
fn what_is_being_written_is_sealed_before_the_space_locks() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = start(folder.path(), DESKTOP);
    protect(&mut story, ONE);
    go(&mut story, Page::Exercise("curiosity".to_owned()));
    for name in ["Begin", "Next", "Next", "Next"] {
        tap(&mut story, name);
    }
    story.type_into("Your answer", "canary");
    // The timer came too early: nothing happens.
    say(&mut story, Message::IdleDue);
    assert_eq!(story.state.desk().guard(Member::One), Guard::Unlocked);
    say(&mut story, Message::NewsArrived(News::GoingToSleep(Hold::default())));
    assert_eq!(story.state.desk().guard(Member::One), Guard::Locked);
    assert_eq!(story.state.desk().space(), &Space::default(), "nothing stays in memory");
    assert_eq!(story.state.desk().left, None);
    story.see("This space is Person 1’s");
    story.see_not("canary");
    // A change from outside, or a late word of the page that is gone, wakes nothing.
    let place = Place::Progress(Member::One, "curiosity".parse().unwrap());
    say(&mut story, Message::NewsArrived(News::Disk(Report::ChangedOutside(place))));
    assert_eq!(story.state.desk().space(), &Space::default());
    unlock(&mut story, ONE);
    story.info("Your answer");
    // What stands in a field of several lines cannot be looked up on the page; what it was made from can.
    assert!(format!("{:?}", story.state.desk().space().progress).contains("canary"));
    assert_eq!(story.state.page(), &Page::Exercise("curiosity".to_owned()));
    assert_eq!(telling(folder.path(), "canary", "nowhere"), Vec::<String>::new());
}

#[test]
fn a_start_asks_who_is_here_unless_one_is_alone() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = start(folder.path(), PHONE);
    protect(&mut story, ONE);
    drop(story);
    let mut story = start(folder.path(), PHONE);
    story.see("Who is here?");
    go(&mut story, Page::Today);
    story.see("Who is here?");
    // The other has no passphrase: the way is free, and the first one's space stays shut.
    tap(&mut story, "Person 2");
    story.see_not("Who is here?");
    assert_eq!(story.state.desk().here(), Member::Two);
    assert_eq!(story.state.desk().guard(Member::One), Guard::Locked);
    go(&mut story, Page::Settings);
    tap(&mut story, "Only I use this device");
    tap(&mut story, "Your partner");
    story.see("This space is Person 1’s");
    story.see_not("I am Person 2");
    drop(story);
    let mut story = start(folder.path(), PHONE);
    story.see_not("Who is here?");
    story.see("This space is Person 1’s");
    unlock(&mut story, ONE);
    assert_eq!(story.state.page(), &Page::Today);
}

#[test]
fn a_passphrase_is_changed_recovered_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = start(folder.path(), PHONE);
    protect(&mut story, ONE);
    go(&mut story, Page::Space);
    tap(&mut story, "Make a recovery key");
    story.type_into("Passphrase now", "wrong");
    tap(&mut story, "Make the key");
    story.see("This is not the passphrase.");
    story.type_into("Passphrase now", ONE);
    tap(&mut story, "Make the key");
    story.see("Write this down now");
    let key = story.words().into_iter().find(|text| text.starts_with("AGE-")).unwrap();
    tap(&mut story, "I wrote it down");
    assert!(story.words().iter().all(|text| !text.starts_with("AGE-")), "shown once");

    tap(&mut story, "Lock now");
    tap(&mut story, "I forgot the passphrase");
    story.see("Not even Sameside.");
    tap(&mut story, "Use the recovery key");
    story.type_into("The key on your paper", &key.to_lowercase());
    story.type_into("New passphrase", TWO);
    tap(&mut story, "Open");
    assert_eq!(story.state.desk().guard(Member::One), Guard::Unlocked);

    go(&mut story, Page::Space);
    tap(&mut story, "Change the passphrase");
    story.type_into("Passphrase now", TWO);
    story.type_into("New passphrase", ONE);
    story.type_into("The same once more", ONE);
    tap(&mut story, "Make a new key too");
    tap(&mut story, "Change it");
    story.see("The new passphrase holds from now on.");
    go(&mut story, Page::Space);
    tap(&mut story, "Remove the passphrase");
    story.type_into("Passphrase now", ONE);
    tap(&mut story, "Remove it");
    story.see("Your space has no passphrase any more.");
    assert_eq!(story.state.desk().guard(Member::One), Guard::None);
    story.see("Set a passphrase");
}

#[test]
fn a_forgotten_passphrase_is_said_to_be_gone_and_the_old_files_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = start(folder.path(), PHONE);
    protect(&mut story, ONE);
    go(&mut story, Page::Space);
    tap(&mut story, "Lock now");
    tap(&mut story, "I forgot the passphrase");
    story.see("No recovery key was made.");
    tap(&mut story, "Begin with an empty space");
    tap(&mut story, "Keep the old files and begin");
    assert_eq!(story.state.desk().guard(Member::One), Guard::None);
    let spaces = std::fs::read_dir(folder.path().join("private/spaces")).unwrap();
    let names: Vec<String> = spaces.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("one-20")), "{names:?}");
}

fn mark(story: &mut Story, marks: [&str; 3]) {
    for (name, mark) in ["Ada Demo", "Ben Sample", "Cleo Test"].into_iter().zip(marks) {
        tap(story, &format!("{name}: {mark}"));
    }
    tap(story, "Next: the order");
    tap(story, "I am done");
}

/// Two with passphrases, who know three therapists. Alex is here and has just opened their space.
fn couple(root: &Path) -> Story {
    let mut story = start_with(root, PHONE, |desk| {
        desk.change_pair(Pair { id: "a-pair".to_owned() });
        for name in ["Ada Demo", "Ben Sample", "Cleo Test"] {
            let id = TherapistId::new(name.to_lowercase().replace(' ', "-")).unwrap();
            desk.change_therapist(&id, |therapist| therapist.name = name.to_owned());
        }
        desk.change_card(Member::One, |card| card.name = "Sam".to_owned());
        desk.change_card(Member::Two, |card| card.name = "Alex".to_owned());
    });
    protect(&mut story, ONE);
    go(&mut story, Page::Settings);
    tap(&mut story, "Alex");
    protect(&mut story, TWO);
    go(&mut story, Page::Choose);
    tap(&mut story, "Sam");
    tap(&mut story, "Begin");
    story
}

#[test]
fn two_with_passphrases_choose_on_one_device_and_nothing_tells_a_mark() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut story = couple(root);
    mark(&mut story, ["No", "OK", "Good"]);
    story.see("You are done, Alex.");
    tap(&mut story, "Hand it to Sam");
    story.see("This space is Sam’s");
    assert_eq!(story.state.desk().guard(Member::Two), Guard::Locked);
    unlock(&mut story, ONE);
    assert_eq!(story.state.page(), &Page::Choose);
    mark(&mut story, ["Good", "OK", "No"]);
    // Alex has not answered Sam's seal yet: the result opens where Alex is.
    story.see("Alex’s marks are locked with a passphrase.");
    assert!(story.state.desk().shelf().unwrap().flush(LONG));
    for member in Member::BOTH {
        nothing_tells(root, story.state.desk(), member);
    }
    for private in ["Good", "AGE-SECRET", "nonce"] {
        assert_eq!(telling(root, private, "nowhere"), Vec::<String>::new(), "{private}");
    }
    tap(&mut story, "Hand over to Alex");
    unlock(&mut story, TWO);
    story.see_not("I changed my mind");
    tap(&mut story, "We are both here: show it");
    story.see("Ben Sample");
    let found = story.state.desk().data.round.value.found.clone().unwrap();
    assert_eq!(story.state.desk().space().marks.opening_key, "", "Alex's key is thrown away");
    // Sam finds the same, later, and throws theirs away.
    go(&mut story, Page::Settings);
    tap(&mut story, "Sam");
    unlock(&mut story, ONE);
    assert!(story.state.desk().space().marks.done && story.state.desk().space().marks.opening_key.is_empty());
    assert_eq!(story.state.desk().data.round.value.found.clone().unwrap(), found);
    story.see_not("Please start a new round");
    assert!(story.state.desk().shelf().unwrap().flush(LONG));
    for private in ["Good", "AGE-SECRET", "nonce"] {
        assert_eq!(telling(root, private, "nowhere"), Vec::<String>::new(), "{private}");
    }
}

#[test]
fn ones_wishes_open_behind_ones_own_door() {
    const CANARY: &str = "a canary of a wish";
    for size in [PHONE, DESKTOP] {
        let folder = tempfile::tempdir().unwrap();
        let mut story = couple(folder.path());
        story.size = size;
        // Alex is here, and looks at the list; then Sam wants to see theirs.
        go(&mut story, Page::Therapists(None));
        tap(&mut story, "Narrow the list");
        tap(&mut story, "My private wishes");
        tap(&mut story, "I am Sam");
        story.see("This space is Sam’s");
        assert_eq!(story.state.desk().guard(Member::Two), Guard::Locked);
        unlock(&mut story, ONE);
        story.see("Sam, what do you need?");
        story.type_into("Not if this word is in the record", CANARY);
        tap(&mut story, "Add the word");
        tap(&mut story, "Done");
        assert_eq!(story.state.desk().space().needs.not_words, [CANARY]);
        assert!(story.state.desk().shelf().unwrap().flush(LONG));
        assert_eq!(telling(folder.path(), CANARY, "nowhere"), Vec::<String>::new());
        // Back to Alex: nothing of it is there any more, and Alex's own page opens with Alex's passphrase only.
        go(&mut story, Page::Settings);
        tap(&mut story, "Alex");
        assert_eq!(story.state.desk().data.spaces.one, Space::default(), "nothing stays in memory");
        unlock(&mut story, TWO);
        go(&mut story, Page::Therapists(None));
        story.see_not(CANARY);
        assert!(story.state.desk().space().needs.not_words.is_empty());
    }
}

#[test]
fn a_result_that_does_not_follow_from_the_seals_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = couple(folder.path());
    mark(&mut story, ["No", "OK", "Good"]);
    tap(&mut story, "Hand it to Sam");
    unlock(&mut story, ONE);
    mark(&mut story, ["Good", "OK", "No"]);
    tap(&mut story, "Hand over to Alex");
    unlock(&mut story, TWO);
    tap(&mut story, "We are both here: show it");
    assert!(story.state.desk().shelf().unwrap().flush(LONG));
    // Somebody changes the result in the file before Sam has looked.
    let round = folder.path().join("shared/marks/round");
    let file = std::fs::read_dir(round).unwrap().next().unwrap().unwrap().path();
    let text = std::fs::read_to_string(&file).unwrap();
    let agreed = "TherapistId(\"ben-sample\")";
    let told = if text.contains(agreed) {
        text.replace(agreed, "TherapistId(\"cleo-test\")")
    } else {
        text.replace("ben-sample\", backup", "cleo-test\", backup")
    };
    let told = if told == text { text.replace("therapist: \"ben-sample\"", "therapist: \"cleo-test\"") } else { told };
    assert_ne!(told, text, "{text}");
    drop(story);
    std::fs::write(&file, told).unwrap();
    let mut story = start(folder.path(), PHONE);
    tap(&mut story, "Sam");
    unlock(&mut story, ONE);
    story.see("does not follow from what you two sealed");
}

#[test]
fn whoever_says_they_are_somebody_else_comes_to_the_door() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = start(folder.path(), PHONE);
    protect(&mut story, ONE);
    go(&mut story, Page::Settings);
    tap(&mut story, "Your partner");
    protect(&mut story, TWO);
    // As any page may do it, without a word to the root.
    story.state.pretend_here(Member::One);
    say(&mut story, Message::IdleDue);
    story.see("This space is Person 1’s");
    assert_eq!(Member::BOTH.map(|member| story.state.desk().guard(member)), [Guard::Locked; 2]);
}

/// Answers after the session, as somebody who comes in by the door.
fn say_after(story: &mut Story, name: &str, passphrase: &str, answer: &str) {
    tap(story, "Answer in private");
    tap(story, &format!("I am {name}"));
    story.see_not(answer);
    unlock(story, passphrase);
    tap(story, answer);
    tap(story, "I am done");
    tap(story, "Done");
}

/// All that may be a secret number in the files outside both spaces: 64 hexadecimal digits in a row, wherever they begin.
fn numbers(root: &Path) -> Vec<[u8; 32]> {
    let mut numbers = vec![[0; 32]];
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                if path != root.join("private/spaces/one") && path != root.join("private/spaces/two") {
                    folders.push(path);
                }
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let digits: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
            numbers.extend(digits.windows(64).filter_map(from_hex));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn from_hex(digits: &[u8]) -> Option<[u8; 32]> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let mut number = [0; 32];
    for (byte, pair) in number.iter_mut().zip(digits.chunks(2)) {
        *byte = digit(&pair[0])? << 4 | digit(&pair[1])?;
    }
    Some(number)
}

/// Tries all numbers with all that can be sealed; what was found out.
fn guessed<T: Clone>(numbers: &[[u8; 32]], all: &[T], seals: impl Fn(Nonce, &T) -> bool) -> Option<T> {
    let nonce = |number: &[u8; 32]| {
        let digits: String = number.iter().map(|byte| format!("{byte:02x}")).collect();
        Nonce::from_hex(&digits).unwrap()
    };
    numbers.iter().map(nonce).find_map(|nonce| all.iter().find(|one| seals(nonce, one)).cloned())
}

/// Neither the marks nor the answer of `member` can be found out from the files outside both spaces by trying. With the
/// secret number of whoever is here, which lies in their open space, the same search does find them.
fn nothing_tells(root: &Path, desk: &Desk, member: Member) {
    let numbers = numbers(root);
    let (pair, round) = (desk.data.pair.id.clone(), desk.data.round.value.round);
    let ids = desk.data.round.value.therapists.clone();
    let ballots = every_ballot(&ids);
    assert_eq!(ballots.len(), 16, "of three therapists");
    let sealed = desk.data.seals.of(member).value.commitment.clone();
    let of_marks =
        |nonce, ballot: &Ballot| seal::seal(Bound { pair: &pair, round, member }, nonce, ballot).commitment == sealed;
    let visit = desk.data.session.value.visit;
    let answer = desk.data.after_seals.of(member).value.commitment.clone();
    let of_answer = |nonce, after: &After| {
        after::seal(Bound { pair: &pair, round: visit, member }, nonce, *after).commitment == answer
    };
    assert!(numbers.len() > 4 && numbers.contains(&from_hex(sealed.as_bytes()).unwrap()), "it is searched");
    assert_eq!(guessed(&numbers, &ballots, of_marks), None, "the marks can be found out");
    assert_eq!(guessed(&numbers, &After::ALL, of_answer), None, "the answer can be found out");
    if member == desk.here() {
        let with = |nonce: &str| [numbers.as_slice(), &[from_hex(nonce.as_bytes()).unwrap()]].concat();
        let found = guessed(&with(&desk.space().marks.nonce), &ballots, of_marks);
        assert_eq!(found, desk.space().marks.ballot(&ids), "with the number it is found");
        if !answer.is_empty() {
            let found = guessed(&with(&desk.space().visit.nonce), &After::ALL, of_answer);
            assert_eq!(found, desk.space().visit.after, "with the number it is found");
        }
    }
}

/// Every way to mark these.
fn every_ballot(ids: &[TherapistId]) -> Vec<Ballot> {
    let mut orders: Vec<Vec<TherapistId>> = vec![Vec::new()];
    let mut longer = orders.clone();
    while !longer.is_empty() {
        let next = |order: &Vec<TherapistId>| {
            let rest = ids.iter().filter(|id| !order.contains(id));
            rest.map(|id| [order.as_slice(), std::slice::from_ref(id)].concat()).collect::<Vec<_>>()
        };
        longer = longer.iter().flat_map(next).collect();
        orders.extend(longer.clone());
    }
    let refused = |order: &[TherapistId]| ids.iter().filter(|id| !order.contains(id)).cloned().collect::<Vec<_>>();
    orders.into_iter().map(|order| Ballot::new(order.clone(), refused(&order)).unwrap()).collect()
}

#[test]
fn two_with_passphrases_answer_after_the_session_on_one_device() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut story = couple(root);
    mark(&mut story, ["No", "OK", "Good"]);
    tap(&mut story, "Hand it to Sam");
    unlock(&mut story, ONE);
    mark(&mut story, ["Good", "OK", "No"]);
    tap(&mut story, "Hand over to Alex");
    unlock(&mut story, TWO);
    tap(&mut story, "We are both here: show it");
    tap(&mut story, "Plan the session");
    // A hope of Sam's, while Alex is here.
    tap(&mut story, "Write mine, in private");
    tap(&mut story, "I am Sam");
    story.see("This space is Sam’s");
    unlock(&mut story, ONE);
    story.type_into("What I hope for in this hour", "a canary of hope");
    tap(&mut story, "Keep it");
    story.state.desk_mut().change_session(|plan| plan.date = Some("2020-01-02".parse().unwrap()));
    say_after(&mut story, "Alex", TWO, "I would go again");
    assert!(story.state.desk().shelf().unwrap().flush(LONG));
    nothing_tells(root, story.state.desk(), Member::Two);
    say_after(&mut story, "Sam", ONE, "Not now");
    story.see("What Alex said is locked");
    assert!(story.state.desk().shelf().unwrap().flush(LONG));
    for member in Member::BOTH {
        nothing_tells(root, story.state.desk(), member);
    }
    for private in ["a canary of hope", "NotNow", "AGE-SECRET", "nonce"] {
        assert_eq!(telling(root, private, "nowhere"), Vec::<String>::new(), "{private}");
    }
    tap(&mut story, "Hand over to Alex");
    unlock(&mut story, TWO);
    story.see_not("I changed my mind");
    tap(&mut story, "We are both here: show it");
    story.see("A pause is right for now.");
    assert_eq!(story.state.desk().space().visit.opening_key, "");
    go(&mut story, Page::Settings);
    tap(&mut story, "Sam");
    unlock(&mut story, ONE);
    assert_eq!(story.state.desk().space().visit.opening_key, "", "Sam checked it, and threw the key away");
    assert!(!story.state.desk().space().visit.nonce.is_empty());
    story.see_not("does not follow");
}
