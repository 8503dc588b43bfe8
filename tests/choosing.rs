//! Two people choose one therapist on one computer, and plan the session.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod common;

use std::sync::{Arc, Mutex};

use common::{DESKTOP, PHONE, Story};
use iced_test::Selector;
use iced_test::core::Size;
use iced_test::selector::Candidate;
use sameside::app::desk::Desk;
use sameside::app::journey;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{self, session};
use sameside::app::widget::describe::Stand;
use sameside::app::{Message, Sameside, chrome};
use sameside::choice::plan::{AGREEMENTS, QUESTIONS};
use sameside::choice::seal::{Bound, open};
use sameside::choice::{Nonce, Outcome, Status, Tie};
use sameside::couple::Member;
use sameside::directory::TherapistId;
use sameside::fields::Document;
use sameside::locale::Language;
use sameside::store::{Opening, Role, Shelf};
use sameside::system::Appearance;

const NAMES: [&str; 5] = ["Amélie Roy-Exemple", "Élodie Côté-L’Exemple", "Jonah Test", "Karim Sample", "Zoé Demo"];
const IDS: [&str; 5] = ["amelie-roy", "elodie-exemple", "jonah-test", "karim-sample", "zoe-demo"];
const MARKS: [&str; 3] = ["Good", "OK", "No"];

fn id(at: usize) -> TherapistId {
    TherapistId::new(IDS[at]).unwrap()
}

fn go(story: &mut Story, page: Page) {
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
}

fn ready(size: Size) -> Story {
    let mut story = Story::new(state(Preset::ReadyToChoose, Language::En, |_| {}), size);
    go(&mut story, Page::Choose);
    story
}

/// Marks for whoever is shown the marking page: 0 Good, 1 OK, 2 No for each name.
fn mark(story: &mut Story, marks: [usize; 5]) {
    for (name, mark) in NAMES.into_iter().zip(marks) {
        story.touch(&format!("{name}: {}", MARKS[mark]));
    }
    story.touch("Next: the order");
}

fn person(story: &mut Story, name: &str, marks: [usize; 5]) {
    story.touch(&format!("I am {name}"));
    mark(story, marks);
    story.touch("I am done");
}

/// Every word on the page.
fn words(story: &mut Story) -> Vec<String> {
    #[derive(Clone, Default)]
    struct Texts(Arc<Mutex<Vec<String>>>);
    impl Selector for Texts {
        type Output = ();
        fn select(&mut self, candidate: Candidate<'_>) -> Option<()> {
            match candidate {
                Candidate::Text { content, .. } => self.0.lock().unwrap().push(content.to_owned()),
                Candidate::TextInput { state, .. } => self.0.lock().unwrap().push(state.text().to_owned()),
                _ => {}
            }
            None
        }
        fn description(&self) -> String {
            "all words".to_owned()
        }
    }
    let texts = Texts::default();
    let _ = story.with(|window| window.find(texts.clone()));
    let found = texts.0.lock().unwrap().clone();
    found.into_iter().chain(story.names()).collect()
}

/// What the seals bind, held against the private marks.
fn seals_hold(desk: &Desk) {
    let round = &desk.data.round.value;
    for member in Member::BOTH {
        let (seal, marks) = (&desk.data.seals.of(member).value, &desk.data.spaces.of(member).marks);
        let ballot = marks.ballot(&round.therapists).unwrap();
        let bound = Bound { pair: &desk.data.pair.id, round: round.round, member };
        let nonce = Nonce::from_hex(&marks.nonce).unwrap();
        open(bound, seal, nonce, &ballot, &desk.data.seals.of(member.other()).value).unwrap();
        assert_eq!(seal.locked_opening, "", "no passphrase: nothing is ever opened");
        let file = format!("{:?}", seal.put());
        assert!(IDS.into_iter().all(|id| !file.contains(id)) && !file.contains(&marks.nonce), "{file}");
    }
}

#[test]
fn two_people_choose_by_touch_and_plan_the_session() {
    for size in [PHONE, DESKTOP] {
        let mut story = ready(size);
        story.see("Five or six is a good length");
        assert_eq!(story.info("Alex").stand, Stand::Selected(true), "who was invited");
        story.touch("How is this decided?");
        story.see("Ben is chosen");
        story.touch("Begin");
        story.see("This is for Sam now.");
        person(&mut story, "Sam", [0, 0, 1, 2, 1]);
        story.see("You are done, Sam.");
        assert!(story.names().iter().all(|name| !name.contains(": Good")));
        assert_eq!(journey::outcome(story.state.desk()), None);
        story.touch("Hand it to Alex");
        story.see("This is for Alex now.");
        story.touch("I am Alex");
        assert_eq!(story.state.desk().here(), Member::Two);
        for name in NAMES {
            for mark in MARKS {
                assert_eq!(
                    story.info(&format!("{name}: {mark}")).stand,
                    Stand::Selected(false),
                    "nothing of Sam's is there"
                );
            }
        }
        mark(&mut story, [2, 0, 0, 1, 1]);
        // Alex would like Léa most.
        story.touch("Move Jonah Test up");
        story.touch("I am done");
        story.see("You are both done.");
        assert_eq!(journey::outcome(story.state.desk()), None, "nothing is shown to one alone");
        story.touch("We are both here: show it");
        // Sam: Élodie, Jonah, Zoé. Alex: Jonah, Élodie, Zoé. Level; Alex was invited and has the last word.
        story.see("You can both live with Jonah Test.");
        story.see("Élodie Côté-L’Exemple was just as close.");
        story.see("If that does not work out, Élodie Côté-L’Exemple comes next.");
        let tie = Some(Tie { other: id(1) });
        let outcome = Outcome::Agreed { therapist: id(2), backup: Some(id(1)), tie };
        assert_eq!(journey::outcome(story.state.desk()), Some(outcome));
        seals_hold(story.state.desk());
        story.touch("Plan the session");
        assert_eq!(story.state.page(), &Page::Session);
        let plan = &story.state.desk().data.session.value;
        assert_eq!((plan.therapist.clone(), plan.backup.clone()), (Some(id(2)), Some(id(1))));
    }
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut story = ready(DESKTOP);
    story.tab_to_and_enter("Begin");
    for name in ["Sam", "Alex"] {
        story.tab_to_and_enter(&format!("I am {name}"));
        for therapist in NAMES {
            story.tab_to_and_enter(&format!("{therapist}: OK"));
        }
        story.tab_to_and_enter("Next: the order");
        story.tab_to_and_enter("Move Zoé Demo up");
        story.tab_to_and_enter("Move Zoé Demo up");
        story.tab_to_and_enter("Move Zoé Demo up");
        story.tab_to_and_enter("Move Zoé Demo up");
        story.tab_to_and_enter("I am done");
        if name == "Sam" {
            story.tab_to_and_enter("Hand it to Alex");
        }
    }
    story.tab_to_and_enter("We are both here: show it");
    story.see("You can both live with Zoé Demo.");
}

/// The whole of what both can see, and of what is shared, after two people marked.
fn after(one: [usize; 5], two: [usize; 5]) -> (Vec<String>, String) {
    let mut story = ready(PHONE);
    story.touch("Begin");
    let mut seen = Vec::new();
    person(&mut story, "Sam", one);
    seen.extend(words(&mut story));
    story.touch("Hand it to Alex");
    seen.extend(words(&mut story));
    person(&mut story, "Alex", two);
    seen.extend(words(&mut story));
    story.touch("We are both here: show it");
    seen.extend(words(&mut story));
    for page in [Page::Today, Page::Session, Page::Choose] {
        go(&mut story, page);
        seen.extend(words(&mut story));
    }
    seals_hold(story.state.desk());
    let data = &story.state.desk().data;
    let shared = format!("{:?} {:?}", data.round.value, data.session.value);
    (seen, shared)
}

#[test]
fn whose_no_it_was_is_nowhere_to_be_seen() {
    // The same result, but the No to Amélie is Sam's in one case and Alex's in the other.
    for (ours, theirs) in [([2, 0, 1, 1, 1], [0, 0, 1, 1, 1]), ([2, 2, 2, 2, 2], [0, 0, 0, 0, 0])] {
        let (seen, shared) = after(ours, theirs);
        let (mirrored, shared_mirrored) = after(theirs, ours);
        assert_eq!(seen, mirrored);
        assert_eq!(shared, shared_mirrored);
    }
}

/// What `choose --marks FILE` says of the ballots that two people have just cast in the window, with names for ids.
fn said_by_the_verb(desk: &Desk) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let round = &desk.data.round.value;
    let ballot = |member: Member| {
        let ballot = desk.data.spaces.of(member).marks.ballot(&round.therapists).unwrap();
        let list =
            |ids: Vec<&TherapistId>| format!("{:?}", ids.into_iter().map(TherapistId::as_str).collect::<Vec<_>>());
        format!("(order: {}, no: {})", list(ballot.order().iter().collect()), list(ballot.no().iter().collect()))
    };
    let (one, two, last) = (ballot(Member::One), ballot(Member::Two), round.last_word);
    let file = folder.path().join("marks.ron");
    std::fs::write(&file, format!("(one: {one}, two: {two}, last_word: {last:?})")).unwrap();
    let mut verb = std::process::Command::new(env!("CARGO_BIN_EXE_sameside"));
    let output = verb.args(["choose", "--marks"]).arg(&file).env("LANG", "en_CA.UTF-8").env_remove("LC_ALL").output();
    let output = output.unwrap();
    assert!(output.status.success(), "{output:?}");
    let mut said = String::from_utf8(output.stdout).unwrap();
    for (id, name) in IDS.into_iter().zip(NAMES) {
        said = said.replace(id, name);
    }
    said.lines().map(str::to_owned).collect()
}

#[test]
fn the_verb_says_what_the_window_shows() {
    let mut ties = 0;
    for (one, two) in [
        ([0, 0, 1, 1, 1], [1, 1, 0, 0, 2]),
        ([0, 1, 2, 2, 2], [1, 0, 2, 2, 2]),
        ([0, 2, 2, 2, 2], [1, 1, 1, 1, 1]),
        ([0, 0, 2, 2, 2], [2, 2, 0, 0, 0]),
        ([1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
    ] {
        let mut story = ready(PHONE);
        story.touch("Begin");
        person(&mut story, "Sam", one);
        story.touch("Hand it to Alex");
        person(&mut story, "Alex", two);
        let said = said_by_the_verb(story.state.desk());
        story.touch("We are both here: show it");
        let seen = words(&mut story);
        let mut from = 0;
        for line in &said {
            let at = seen.iter().skip(from).position(|words| words == line);
            from += at.unwrap_or_else(|| panic!("the window does not say {line:?} next: {seen:?}"));
        }
        assert!(said.len() >= 2, "{said:?}");
        ties += usize::from(said.iter().any(|line| line.contains("was just as close")));
    }
    assert!(ties > 0, "one of them is level");
}

#[test]
fn no_shared_option_leads_on_to_a_fresh_round() {
    let mut story = ready(PHONE);
    story.touch("Begin");
    person(&mut story, "Sam", [0, 0, 2, 2, 2]);
    story.touch("Hand it to Alex");
    person(&mut story, "Alex", [2, 2, 0, 0, 0]);
    story.touch("We are both here: show it");
    story.see("There is no shared option yet.");
    assert_eq!(journey::agreed(story.state.desk()), None);
    story.touch("Look again, each in private");
    let data = &story.state.desk().data;
    assert_eq!((data.round.value.round, data.round.value.outcome()), (2, None));
    assert!(Member::BOTH.into_iter().all(|member| {
        data.spaces.of(member).marks.marks.is_empty() && data.seals.of(member).value.commitment.is_empty()
    }));
    story.see("This is for Alex now.");
}

#[test]
fn one_can_leave_come_back_and_change_ones_mind() {
    let mut story = ready(PHONE);
    story.touch("Zoé Demo");
    go(&mut story, Page::Today);
    go(&mut story, Page::Choose);
    story.touch("Begin");
    assert_eq!(story.state.desk().data.round.value.therapists.len(), 4, "the list was kept");
    story.touch("I am Sam");
    story.touch("Amélie Roy-Exemple: No");
    go(&mut story, Page::Today);
    go(&mut story, Page::Choose);
    assert!(story.names().iter().all(|name| !name.contains(": No")), "no mark shows before one says who is here");
    story.touch("I am Sam");
    assert_eq!(story.info("Amélie Roy-Exemple: No").stand, Stand::Selected(true), "the mark was kept");
    for name in &NAMES[1..4] {
        story.touch(&format!("{name}: OK"));
    }
    story.touch("Next: the order");
    story.touch("I am done");
    let before = story.state.desk().data.seals.one.value.commitment.clone();
    story.touch("I changed my mind");
    assert!(story.state.desk().data.seals.one.value.commitment.is_empty());
    story.touch("I am Sam");
    story.touch("I am done");
    assert_ne!(story.state.desk().data.seals.one.value.commitment, before, "a new secret number");
    // Alex comes back another day: whoever is here is told whose turn it is, and sees no mark of Sam's.
    go(&mut story, Page::Today);
    go(&mut story, Page::Choose);
    story.see("You are done, Sam.");
}

#[test]
fn files_in_the_shared_folder_hold_no_ballot() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let mut desk = Desk::new(shelf, &[], &mut Vec::new());
    desk.change_settings(|settings| settings.language = Some(Language::En));
    for (id, name) in IDS.into_iter().zip(NAMES) {
        desk.change_therapist(&TherapistId::new(id).unwrap(), |therapist| therapist.name = name.to_owned());
    }
    let state = Sameside::new(desk, Page::Choose, Appearance::default(), &[]);
    let mut story = Story::new(state, PHONE);
    story.type_into("Person 1", "Jo");
    story.type_into("Person 2", "Kim");
    story.touch("Kim");
    story.touch("Begin");
    person(&mut story, "Jo", [2, 0, 1, 1, 1]);
    story.touch("Hand it to Kim");
    person(&mut story, "Kim", [0, 0, 1, 1, 2]);
    story.touch("We are both here: show it");
    story.touch("Plan the session");
    let desk = story.state.desk();
    assert!(desk.shelf().unwrap().flush(std::time::Duration::from_secs(10)));
    let nonces = Member::BOTH.map(|member| desk.data.spaces.of(member).marks.nonce.clone());
    let mut seals = 0;
    for entry in walk(&folder.path().join("shared/marks")) {
        let text = std::fs::read_to_string(&entry).unwrap();
        let told =
            ["Good", "Ok", "No)", "no:", "order", "nonce", "ballot"].into_iter().find(|told| text.contains(told));
        assert_eq!(told, None, "{}: {text}", entry.display());
        assert!(nonces.iter().all(|nonce| nonce.len() == 64 && !text.contains(nonce)), "{text}");
        seals += usize::from(text.contains("commitment"));
    }
    assert_eq!(seals, 2);
    // Another start finds the result again.
    drop(story);
    let (shelf, problems) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    assert!(problems.is_empty());
    let desk = Desk::new(shelf, &[], &mut Vec::new());
    assert_eq!(journey::agreed(&desk), Some(id(1)));
    seals_hold(&desk);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}

#[test]
fn the_session_is_planned_and_the_backup_steps_up() {
    for size in [PHONE, DESKTOP] {
        let mut story = Story::new(state(Preset::Agreed, Language::En, |_| {}), size);
        go(&mut story, Page::Session);
        story.see("Élodie Côté-L’Exemple");
        let plan = |story: &Story| story.state.desk().data.session.value.clone();
        story.touch("waiting for an answer");
        story.touch("Alex");
        assert_eq!((plan(&story).status, plan(&story).caller), (Status::Waiting, Some(Member::Two)));
        story.touch("How do you keep things fair when one of us is unsure?");
        story.type_into("What they said", "turns");
        assert_eq!(plan(&story).answers.get(QUESTIONS[4]).map(String::as_str), Some("turns"));
        story.touch("It is one session. Nothing more is settled.");
        assert!(plan(&story).agreed.iter().any(|key| key == AGREEMENTS[2]));
        story.type_into("Day", "x");
        story.see("This day is not clear yet");
        assert!(plan(&story).date.is_some(), "what was there stays until there is something better");
        let before = plan(&story);
        story.touch("not available");
        story.see("Jonah Test");
        story.see("Your second choice is first now.");
        assert_eq!((plan(&story).therapist, plan(&story).date), (Some(id(2)), None));
        story.touch("Undo");
        assert_eq!(plan(&story), before);
        story.touch("not available");
        story.type_into("Day", "Dec 12");
        story.type_into("Time", "6 pm");
        let dated = plan(&story);
        assert_eq!(dated.date, Some(jiff::civil::date(2026, 12, 12)));
        assert_eq!(dated.time, Some(jiff::civil::time(18, 0, 0, 0)));
        story.see("Saturday, December 12");
        story.touch("not available");
        story.see("Nobody is left to call");
        assert_eq!(journey::agreed(story.state.desk()), None);
    }
}

#[test]
fn before_anyone_is_agreed_on_the_session_leads_to_choosing() {
    let mut story = Story::new(state(Preset::Empty, Language::Fr, |_| {}), PHONE);
    go(&mut story, Page::Session);
    story.touch("Choisir ensemble");
    assert_eq!(story.state.page(), &Page::Choose);
    story.touch("Ouvrir la liste");
    assert_eq!(story.state.page(), &Page::Therapists(None));
}

/// How a person uses the window in a story.
#[derive(Clone, Copy)]
enum Way {
    Touch,
    Keyboard,
}

impl Way {
    fn press(self, story: &mut Story, name: &str) {
        match self {
            Self::Touch => story.touch(name),
            Self::Keyboard => story.tab_to_and_enter(name),
        }
    }

    fn write(self, story: &mut Story, label: &str, text: &str) {
        match self {
            Self::Touch => story.type_into(label, text),
            Self::Keyboard => story.tab_to_and_type(label, text),
        }
    }

    /// Answers after the session, as `name`.
    fn answer(self, story: &mut Story, name: &str, answer: &str) {
        self.press(story, "Answer in private");
        self.press(story, &format!("I am {name}"));
        self.press(story, answer);
        self.press(story, "I am done");
        story.see("It is sealed.");
        self.press(story, "Done");
    }
}

/// The whole of it: two people on one device put a list together, look at names side by side, mark in private, learn
/// whom both can live with, plan one session, answer after it, and go on or stop.
fn whole_story(way: Way, size: Size) {
    let mut story = ready(size);
    // The list: whoever is less sure may begin it.
    way.press(&mut story, "Who puts the first names on the list?: Alex");
    story.see("Alex begins");
    way.press(&mut story, "Compare two or three");
    story.see("Side by side");
    way.press(&mut story, "Close the comparison");
    way.press(&mut story, "How is this decided?");
    story.see("Ben is chosen");
    way.press(&mut story, "Begin");
    // Sam, in private: a wish, a note, the marks, the order.
    way.press(&mut story, "I am Sam");
    way.press(&mut story, "My private wishes");
    way.press(&mut story, "takes new couples");
    way.press(&mut story, "Done");
    story.see("You wished: takes new couples. Here that is not so.");
    way.press(&mut story, "Note to myself on Zoé Demo");
    way.write(&mut story, "Note to myself on Zoé Demo", "kind voice");
    for (name, mark) in NAMES.into_iter().zip(["OK", "Good", "Good", "No", "OK"]) {
        way.press(&mut story, &format!("{name}: {mark}"));
    }
    way.press(&mut story, "Next: the order");
    way.press(&mut story, "I am done");
    way.press(&mut story, "Hand it to Alex");
    way.press(&mut story, "I am Alex");
    story.see_not("kind voice");
    story.see_not("You wished");
    for (name, mark) in NAMES.into_iter().zip(["No", "OK", "Good", "OK", "OK"]) {
        way.press(&mut story, &format!("{name}: {mark}"));
    }
    way.press(&mut story, "Next: the order");
    way.press(&mut story, "I am done");
    way.press(&mut story, "We are both here: show it");
    story.see("You can both live with Jonah Test.");
    story.see("Élodie Côté-L’Exemple comes next");
    way.press(&mut story, "Plan the session");
    plan_story(way, &mut story);
    after_story(way, &mut story);
}

/// The call, the day, the hopes.
fn plan_story(way: Way, story: &mut Story) {
    way.press(story, "Today: left a message");
    let plan = |story: &Story| story.state.desk().data.session.value.clone();
    assert_eq!((plan(story).calls.len(), plan(story).status), (1, Status::Waiting));
    way.press(story, "booked");
    way.write(story, "Day", "Dec 3");
    story.see_not("Put it in the calendar");
    way.write(story, "Time", "6 pm");
    story.see("Put it in the calendar");
    way.write(story, "Who pays", "half each");
    way.press(story, "Write mine, in private");
    way.press(story, "I am Sam");
    way.write(story, "What I hope for in this hour", "calm");
    way.press(story, "Keep it");
    story.see_not("Sam: calm");
    assert!(plan(story).hope_one.is_empty(), "what is not shown stays in Sam's space");
    way.press(story, "Write mine, in private");
    way.press(story, "I am Sam");
    way.press(story, "Show it to Alex");
    way.press(story, "Keep it");
    story.see("Sam: calm");
    way.press(story, "Write mine, in private");
    way.press(story, "I am Alex");
    story.see_not("calm");
    way.press(story, "Keep it");
}

/// Two sessions, and the end.
fn after_story(way: Way, story: &mut Story) {
    let plan = |story: &Story| story.state.desk().data.session.value.clone();
    story.see_not("How was it?");
    go(story, Page::Session);
    let _ = story
        .state
        .update(Message::Screen(screen::Message::Session(session::Message::DateEdited("2026-11-20".into()))));
    story.see("How was it?");
    way.answer(story, "Sam", "Not with this therapist");
    story.see("Sam has answered.");
    story.see_not("Not with this therapist.");
    assert_eq!(plan(story).onward, None, "nothing follows from one answer");
    way.answer(story, "Alex", "I would go again");
    way.press(story, "We are both here: show it");
    story.see("Not with this therapist.");
    way.press(story, "Go on with Élodie Côté-L’Exemple");
    assert_eq!((plan(story).therapist, plan(story).visit, plan(story).date), (Some(id(1)), 1, None));
    story.see("What others said");
    story.see("half each");
    story.see_not("Sam: calm");
    let _ = story
        .state
        .update(Message::Screen(screen::Message::Session(session::Message::DateEdited("2026-11-27".into()))));
    way.answer(story, "Alex", "Not now");
    // A changed mind is free until both look.
    way.press(story, "Answer in private");
    way.press(story, "I am Alex");
    way.press(story, "I changed my mind");
    way.press(story, "I would go again");
    way.press(story, "I am done");
    way.press(story, "Done");
    way.answer(story, "Sam", "I would go again");
    way.press(story, "We are both here: show it");
    story.see("You would both go again.");
    story.see("You can stop here");
    way.press(story, "Keep everything");
    assert_eq!(story.state.page(), &Page::Today);
    go(story, Page::Session);
    way.press(story, "Plan the next session");
    assert_eq!((plan(story).therapist, plan(story).visit, plan(story).date), (Some(id(1)), 2, None));
}

#[test]
fn the_whole_story_by_touch_alone() {
    whole_story(Way::Touch, PHONE);
}

#[test]
fn the_whole_story_by_keyboard_alone() {
    whole_story(Way::Keyboard, DESKTOP);
}

#[test]
fn whose_answer_it_was_after_the_session_is_nowhere_to_be_seen() {
    let seen = [["Not now", "I would go again"], ["I would go again", "Not now"]].map(|answers| {
        let mut story = Story::new(state(Preset::Agreed, Language::En, |_| {}), PHONE);
        go(&mut story, Page::Session);
        let past = session::Message::DateEdited("2026-11-20".into());
        let _ = story.state.update(Message::Screen(screen::Message::Session(past)));
        for (name, answer) in ["Sam", "Alex"].into_iter().zip(answers) {
            Way::Touch.answer(&mut story, name, answer);
        }
        story.touch("We are both here: show it");
        story.see("A pause is right for now.");
        let mut all = words(&mut story);
        for page in [Page::Today, Page::Session, Page::Choose] {
            go(&mut story, page);
            all.extend(words(&mut story));
        }
        (all, format!("{:?}", story.state.desk().data.session.value))
    });
    assert_eq!(seen[0], seen[1]);
}
