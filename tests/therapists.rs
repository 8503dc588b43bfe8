//! The therapists: adding, finding, changing, taking off the list, bringing in from a file and saving in one.

#![allow(clippy::unwrap_used, reason = "a test may")]

mod common;

use std::fs;
use std::path::Path;

use common::tasks::{open, run, run_all};
use common::{DESKTOP, PHONE, Story};
use jiff::civil::date;
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{self, edit, import, therapists};
use sameside::app::{Message, Sameside};
use sameside::couple::Member;
use sameside::directory::{Money, Therapist, TherapistId, YesNo, preview_csv};
use sameside::locale::Language;
use sameside::store::data::Data;
use sameside::store::{Clock, DeviceId, Joined, Opening, Role, Shelf};
use sameside::system::Appearance;

const AMELIE: &str = "amelie-roy";

fn story(preset: Preset, size: iced::Size) -> Story {
    Story::new(state(preset, Language::En, |_| {}), size)
}

fn names(story: &Story) -> Vec<String> {
    story.state.desk().data.listed().map(|(_, therapist)| therapist.name.clone()).collect()
}

fn amelie(story: &Story) -> &Therapist {
    story.state.desk().therapist(&TherapistId::new(AMELIE).unwrap()).unwrap()
}

#[test]
fn a_name_is_enough_to_add_someone() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::Empty, size);
        story.tap("Therapists");
        story.see("Nobody is on your list yet");
        story.tap("Add a therapist");
        story.type_into("Name", "A");
        assert_eq!(names(&story), ["A"], "kept from the first letter on");
        story.type_into("Name", "nne Test");
        story.tap("Takes new couples: Yes");
        story.type_into("Fee for a session", "160 CAD");
        story.tap("Contact and address");
        story.type_into("Town", "Rimouski");
        story.tap("Done");
        assert!(matches!(story.state.page(), Page::Therapists(Some(_))));
        story.see("160\u{a0}CAD for a session");
        story.see("Asked on");
        let desk = story.state.desk();
        let today = desk.now().date();
        let (_, anne) = desk.data.listed().next().unwrap();
        assert_eq!((anne.name.as_str(), anne.city.as_str()), ("Anne Test", "Rimouski"));
        assert_eq!((anne.taking_new, anne.taking_new_checked), (YesNo::Yes, Some(today)));
        assert_eq!((anne.fee.clone(), anne.added_by), (Some(Money::new(16_000, "CAD")), Some(Member::One)));
        story.tap("Back");
        assert_eq!(story.state.page(), &Page::Therapists(None), "back leads to the list, not to the form");
    }
}

#[test]
fn without_a_name_nothing_is_kept() {
    let mut story = story(Preset::Empty, PHONE);
    open(&mut story, Page::EditTherapist(None));
    story.type_into("Phone", "418 555-0123");
    story.tap("Done");
    story.see("A name is needed");
    assert_eq!(story.state.page(), &Page::EditTherapist(None));
    assert!(story.state.desk().data.therapists.is_empty());
    story.type_into("Name", "Z");
    assert_eq!(story.state.desk().data.listed().next().unwrap().1.phones, ["418 555-0123"], "typed before the name");
    story.tap("Don’t keep this");
    assert!(names(&story).is_empty());
    story.see_not("418 555-0123,");
    // A name that was typed and emptied again leaves nobody behind.
    story.type_into("Name", "Y");
    let message = edit::Message::FieldEdited("name", " ".to_owned());
    run(&mut story, screen::Message::Edit(message));
    story.tap("Back");
    assert!(names(&story).is_empty());
}

#[test]
fn slips_are_pointed_out_and_never_lost() {
    let mut story = story(Preset::HalfWay, PHONE);
    open(&mut story, Page::EditTherapist(Some(AMELIE.to_owned())));
    let edit = |text: &str| screen::Message::Edit(edit::Message::FieldEdited("fee", text.to_owned()));
    run(&mut story, edit("about 170"));
    story.see("A fee looks like 160 CAD");
    run(&mut story, screen::Message::Edit(edit::Message::FieldEdited("phones", "12".to_owned())));
    story.see("Does this phone number look right?");
    story.tap("Done");
    assert_eq!(amelie(&story).fee, None);
    assert!(amelie(&story).notes.ends_with("Fee for a session: about 170"), "{}", amelie(&story).notes);
    assert_eq!(amelie(&story).phones, ["12"], "a hint stops nobody");
}

#[test]
fn all_changes_since_opening_can_be_undone() {
    let mut story = story(Preset::HalfWay, PHONE);
    let before = amelie(&story).clone();
    open(&mut story, Page::EditTherapist(Some(AMELIE.to_owned())));
    story.type_into("Name", "!");
    story.tap("Takes new couples: No");
    assert_eq!(amelie(&story).name, "Amélie Roy-Exemple!");
    assert_eq!(amelie(&story).taking_new_checked, Some(date(2026, 11, 28)));
    story.tap("Undo my changes");
    assert_eq!(amelie(&story), &before);
    story.see_not("Undo my changes");
}

#[test]
fn whoever_is_taken_off_the_list_can_come_back() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::HalfWay, size);
        open(&mut story, Page::Therapists(None));
        story.tap("Amélie Roy-Exemple");
        story.tap("Take off the list");
        assert_eq!(names(&story).len(), 2);
        story.see("was taken off the list");
        story.tap("Undo");
        assert_eq!(names(&story).len(), 3);
        story.see("160\u{a0}CAD for a session");
        story.tap("Take off the list");
        story.tap("To the list");
        story.see_not("Amélie");
        assert_eq!(story.state.page(), &Page::Therapists(None));
    }
}

#[test]
fn checked_today_is_one_tap_and_one_undo() {
    let mut story = story(Preset::HalfWay, PHONE);
    let before = amelie(&story).clone();
    open(&mut story, Page::Therapists(Some(AMELIE.to_owned())));
    story.tap("I checked, it still holds");
    let today = date(2026, 11, 28);
    assert_eq!((amelie(&story).checked, amelie(&story).taking_new_checked), (Some(today), Some(today)));
    story.see("Checked today");
    story.tap("Undo");
    assert_eq!(amelie(&story), &before);
}

#[test]
fn search_knows_neither_accents_nor_case_and_is_remembered() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::ReadyToChoose, size);
        open(&mut story, Page::Therapists(None));
        story.type_into("Search", "ELODIE cote");
        story.see("Élodie Côté");
        story.see_not("Jonah");
        story.tap("Élodie Côté-L’Exemple");
        assert_eq!(story.state.page(), &Page::Therapists(Some("elodie-exemple".into())));
        story.tap("Back");
        story.see("ELODIE cote");
        story.type_into("Search", " xyz");
        story.see("Nobody here matches");
        story.tap("Show everyone");
        story.see("Jonah Test");
    }
}

#[test]
fn what_is_left_out_is_told_and_one_tap_away() {
    let mut story = story(Preset::ReadyToChoose, PHONE);
    open(&mut story, Page::Therapists(None));
    story.tap("Narrow the list");
    story.tap("Takes new couples");
    story.see("One is hidden:");
    story.see("Show: takes no new couples now (1)");
    story.see_not("Karim");
    story.see("Zoé Demo");
    story.tap("Narrow the list");
    story.see("One is hidden");
    story.tap("Show everyone");
    story.see("Karim Sample");
    story.see_not("hidden");
}

#[test]
fn each_reason_can_be_lifted_alone_and_words_with_a_slip_are_understood() {
    let mut story = story(Preset::ReadyToChoose, PHONE);
    open(&mut story, Page::Therapists(None));
    story.tap("Narrow the list");
    story.tap("Takes new couples");
    story.type_into("Highest fee", "1 CAD");
    story.tap("Narrow the list");
    story.see("Show: takes no new couples now (1)");
    story.tap("Show: asks for a higher fee (2)");
    story.see_not("higher fee");
    story.see("takes no new couples now (1)");
    story.tap("Show everyone");
    story.type_into("Search", "jomah");
    story.see("Nobody here matches");
    story.tap("Did you mean Jonah Test?");
    story.see("Jonah Test");
    story.see_not("Karim");
}

/// The made-up list and so many more who take no new couples.
fn longer(more: usize) -> Story {
    let mut desk = Desk::in_memory(state(Preset::ReadyToChoose, Language::En, |_| {}).desk().data.clone(), now());
    for at in 0..more {
        let id = TherapistId::new(format!("more-{at}")).unwrap();
        desk.change_therapist(&id, |therapist| {
            therapist.name = format!("More {at}");
            therapist.taking_new = YesNo::No;
        });
    }
    Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), PHONE)
}

fn now() -> jiff::Zoned {
    date(2026, 11, 28).at(9, 40, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap()
}

#[test]
fn on_a_short_list_private_wishes_show_in_nothing() {
    // Whoever has no wish of their own would know whose it is, and two who are missing would tell what it is.
    let seen = [true, false].map(|wished| {
        let mut story = longer(2);
        open(&mut story, Page::Therapists(None));
        story.touch("Narrow the list");
        story.touch("My private wishes");
        story.touch("I am Sam");
        if wished {
            story.touch("takes new couples");
            story.type_into("Not if this word is in the record", "Zoé");
            story.touch("Add the word");
        }
        story.touch("Done");
        story.see("Karim");
        let before = story.words();
        run(&mut story, screen::Message::Therapists(therapists::Message::EveryoneChosen));
        (before, story.words())
    });
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn private_wishes_narrow_the_list_without_saying_whose_they_are() {
    // The same wish, once of the one and once of the other: the same pages.
    let seen = ["I am Sam", "I am Alex"].map(|person| {
        let mut story = longer(3);
        open(&mut story, Page::Therapists(None));
        story.touch("Narrow the list");
        story.touch("My private wishes");
        story.see("Who is here?");
        story.touch(person);
        story.touch("takes new couples");
        story.type_into("Not if this word is in the record", "Zoé");
        story.touch("Add the word");
        story.touch("Done");
        story.see_not("takes new couples");
        story.see("Show: does not fit a private wish (5)");
        story.see_not("Karim");
        story.see_not("Zoé Demo");
        let names = story.names();
        story.touch("Show: does not fit a private wish (5)");
        story.see("Karim");
        story.touch("Private wishes are set aside. Apply them again");
        story.see_not("Karim");
        names
    });
    assert_eq!(seen[0], seen[1]);
}

#[test]
fn the_list_answers_to_the_keyboard_alone_and_to_a_finger() {
    let mut story = story(Preset::ReadyToChoose, PHONE);
    open(&mut story, Page::Therapists(None));
    story.tab_to_and_enter("Karim Sample");
    assert_eq!(story.state.page(), &Page::Therapists(Some("karim-sample".into())));
    story.tab_to_and_enter("Take off the list");
    story.tab_to_and_enter("Undo");
    assert_eq!(names(&story).len(), 5);
    story.tap("Back");
    story.touch("Zoé Demo");
    assert_eq!(story.state.page(), &Page::Therapists(Some("zoe-demo".into())));
    story.touch("Edit");
    story.touch("Takes new couples: Yes");
    let id = TherapistId::new("zoe-demo").unwrap();
    assert_eq!(story.state.desk().therapist(&id).unwrap().taking_new, YesNo::Yes);
}

#[test]
fn beside_the_list_one_leaves_no_trail_of_everyone_looked_at() {
    let mut story = story(Preset::ReadyToChoose, DESKTOP);
    open(&mut story, Page::Therapists(None));
    story.tap("Jonah Test");
    story.tap("Karim Sample");
    story.see("Jonah Test");
    story.see("Takes no new couples now");
    story.tab_to_and_enter("Zoé Demo");
    assert_eq!(story.state.page(), &Page::Therapists(Some("zoe-demo".into())));
    story.tap("Back");
    assert_eq!(story.state.page(), &Page::Therapists(None));
}

#[test]
fn a_long_list_is_drawn_in_parts() {
    let mut story = story(Preset::Empty, PHONE);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.csv");
    let rows: String = (0..250).map(|number| format!("Test {number:03}\n")).collect();
    fs::write(&file, format!("Name\n{rows}")).unwrap();
    open(&mut story, Page::Import);
    run(&mut story, screen::Message::Import(import::Message::PathChosen(file)));
    story.see("and 150 more");
    story.tap("Add 250 therapists");
    story.tap("See the list");
    let rows = |story: &mut Story| story.names().iter().filter(|name| name.starts_with("Test ")).count();
    assert!(rows(&mut story) <= 20, "only the rows near the view are made");
    // Down to the end with the wheel, then tap the last one.
    story.with(|window| {
        for _ in 0..200 {
            assert!(common::made(window, "Test ") < 40);
            if common::find(window, "Test 249").is_some_and(|row| row.visible.is_some()) {
                break;
            }
            common::wheel(window, 240.0, 300.0, -200.0);
        }
        let spot = common::find(window, "Test 249").and_then(|row| row.visible).expect("the last row is reached");
        window.point_at(spot.center());
        let _ = window.simulate(iced_test::simulator::click());
    });
    story.see("Test 249");
    assert!(matches!(story.state.page(), Page::Therapists(Some(_))));
}

#[test]
fn many_therapists_are_read_beside_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let mut draft = shelf.begin_import("many");
    for number in 0..3_000 {
        let name = format!("Test {number:04} with a name that is long enough to make the file a large one");
        let therapist = Therapist { name, ..Therapist::default() };
        draft.add(&TherapistId::new(format!("t{number}")).unwrap(), &therapist);
    }
    shelf.save_import(&draft).unwrap();
    assert!(shelf.has_many_therapists());
    let mut desk = Desk::open(shelf, &[], &mut Vec::new());
    desk.change_settings(|settings| settings.language = Some(Language::En));
    let mut story = Story::new(Sameside::new(desk, Page::Therapists(None), Appearance::default(), &[]), PHONE);
    story.see("Your list is being read.");
    // One that was added meanwhile is not lost.
    let id = TherapistId::new("early").unwrap();
    story.state.desk_mut().change_therapist(&id, |therapist| therapist.name = "Early Bird".to_owned());
    run_all(&mut story, Message::WindowOpened(iced::window::Id::unique()));
    story.see_not("being read");
    assert_eq!(story.state.desk().index.len(), 3_001);
    story.type_into("Search", "early");
    story.see("Early Bird");
    story.type_into("Search", "x");
    story.see("Nobody here matches");
}

#[test]
fn tab_goes_through_a_long_list() {
    let mut story = story(Preset::Empty, DESKTOP);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("many.csv");
    let rows: String = (0..120).map(|number| format!("Test {number:03}\n")).collect();
    fs::write(&file, format!("Name\n{rows}")).unwrap();
    open(&mut story, Page::Import);
    run(&mut story, screen::Message::Import(import::Message::PathChosen(file)));
    story.tap("Add 120 therapists");
    story.tap("See the list");
    story.tab_to_and_enter("Test 060");
    story.see("Test 060");
}

#[test]
fn a_file_is_shown_before_it_is_added_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("liste.csv");
    let text = "Nom;Ville;Tarif;Stationnement\nNora Fictive;Moncton;150 CAD;rue\n;Dieppe;;\nAmélie Roy-Exemple;;;\n";
    fs::write(&file, text).unwrap();
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::HalfWay, size);
        open(&mut story, Page::Therapists(None));
        story.tap("Import a file");
        run(&mut story, screen::Message::Import(import::Message::PathChosen(file.clone())));
        story.see("Nora Fictive · Moncton");
        story.see("Line 3: there is no name here.");
        story.see("Stationnement");
        story.tap("Cancel");
        assert_eq!(names(&story).len(), 3, "cancel leaves nothing");
        story.tap("Open it");
        run(&mut story, screen::Message::Import(import::Message::PathSubmitted));
        story.see("One is here already and stays as it is.");
        story.tap("Add one therapist");
        assert_eq!(names(&story).len(), 4);
        let all: Vec<_> = story.state.desk().data.listed().map(|(_, therapist)| therapist.clone()).collect();
        let nora = all.iter().find(|therapist| therapist.name == "Nora Fictive").unwrap();
        assert_eq!((nora.source.as_str(), nora.notes.as_str()), ("liste.csv", "Stationnement: rue"));
        assert_eq!((nora.added_by, nora.fee.clone()), (Some(Member::One), Some(Money::new(15_000, "CAD"))));
        story.tap("Undo");
        assert_eq!(names(&story).len(), 3);
        story.tap("Add them after all");
        story.tap("See the list");
        story.see("Nora Fictive");
    }
}

#[test]
fn a_file_that_cannot_be_taken_is_told_calmly() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = story(Preset::Empty, PHONE);
    open(&mut story, Page::Import);
    let mut try_file = |name: &str, bytes: &[u8], words: &str| {
        let path = folder.path().join(name);
        if !bytes.is_empty() {
            fs::write(&path, bytes).unwrap();
        }
        run(&mut story, screen::Message::Import(import::Message::PathChosen(path)));
        story.see(words);
        story.see("Choose a file");
    };
    try_file("none.csv", b"", "There is no file of this name");
    try_file("", b"", "This is a folder");
    try_file("book.xlsx", b"PK\x03\x04[Content_Types].xml", "This is a spreadsheet file");
    try_file("list.csv", b"Town\nA\n", "It says: Town.");
    try_file("open.csv", b"Name\n\"Anne\n", "Line 2: a quote begins here");
    assert!(story.state.desk().data.therapists.is_empty());
}

#[test]
fn the_list_is_saved_in_a_file_and_none_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("out.csv");
    let mut story = story(Preset::HalfWay, PHONE);
    open(&mut story, Page::Therapists(None));
    let export = |message| screen::Message::Therapists(therapists::Message::Export(message));
    story.tap("Save the list in a file");
    run(&mut story, export(therapists::export::Message::PathEdited(file.display().to_string())));
    run(&mut story, export(therapists::export::Message::PathChosen));
    story.see("3 therapists were saved in");
    let back = preview_csv(&fs::read(&file).unwrap(), []).unwrap();
    assert_eq!(back.counts().new, 3);
    assert_eq!(back.new_therapists().next().unwrap().fee, Some(Money::new(16_000, "CAD")));
    fs::write(&file, "mine").unwrap();
    story.tap("Save the list in a file");
    run(&mut story, export(therapists::export::Message::PathEdited(file.display().to_string())));
    run(&mut story, export(therapists::export::Message::PathChosen));
    story.see("There is a file of this name already");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn the_sheet_for_the_calls_holds_the_shortlist_where_there_is_one() {
    let mut story = story(Preset::ReadyToChoose, PHONE);
    let folder = tempfile::tempdir().unwrap();
    let saved = |story: &mut Story, name: &str| {
        let path = folder.path().join(name).display().to_string();
        for message in [
            therapists::export::Message::Chosen,
            therapists::export::Message::PathEdited(path.clone()),
            therapists::export::Message::PathChosen,
        ] {
            run(story, screen::Message::Therapists(therapists::Message::Export(message)));
        }
        fs::read_to_string(path).unwrap()
    };
    open(&mut story, Page::Therapists(None));
    let mut shortlist: Vec<_> = story.state.desk().data.listed().map(|(id, _)| id.clone()).collect();
    let rest = shortlist.split_off(2);
    assert_eq!(rest.len(), 3);
    story.state.desk_mut().change_round(|round| round.therapists.clone_from(&shortlist));
    let name = |id: &TherapistId| story.state.desk().therapist(id).unwrap().name.replace('\'', "&#39;");
    let (asked, others): (Vec<_>, Vec<_>) = (shortlist.iter().map(name).collect(), rest.iter().map(name).collect());
    let sheet = saved(&mut story, "calls.html");
    assert!(asked.iter().all(|name| sheet.contains(name)) && others.iter().all(|name| !sheet.contains(name)));
    assert_eq!(saved(&mut story, "list.csv").lines().count(), 6, "a file for other programs holds them all");
    story.state.desk_mut().change_round(|round| round.therapists.clear());
    let sheet = saved(&mut story, "all.html");
    assert!(asked.iter().chain(&others).all(|name| sheet.contains(name)), "no shortlist, no choice");
}

/// One record as two devices changed it without knowing of each other.
fn two_answers() -> (TherapistId, Joined<Therapist>) {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let clock = |letter| Clock::new(DeviceId::from_random([letter; DeviceId::LENGTH]), None);
    let new = Therapist { name: "Anne Test".into(), ..Therapist::default() };
    let old = Joined::default().edited(&new, &mut clock(0), now);
    let fee = |letter, minor| {
        let mut clock = clock(letter);
        clock.see(old.registers().latest().unwrap());
        let new = Therapist { fee: Some(Money::new(minor, "CAD")), ..old.value.clone() };
        old.edited(&new, &mut clock, now)
    };
    let mut registers = fee(1, 15_000).registers().clone();
    registers.join(fee(2, 17_500).registers());
    (TherapistId::new("anne").unwrap(), Joined::new(registers).0)
}

#[test]
fn two_answers_to_one_question_are_both_shown_until_one_is_chosen() {
    for size in [PHONE, DESKTOP] {
        let (id, joined) = two_answers();
        let mut data = Data::default();
        data.settings.language = Some(Language::En);
        data.therapists.insert(id.clone(), joined);
        let desk = Desk::in_memory(data, jiff::Zoned::now());
        let page = Page::Therapists(Some("anne".into()));
        let mut story = Story::new(Sameside::new(desk, page, Appearance::default(), &[]), size);
        story.see("You both changed this: Fee for a session");
        assert_eq!(story.state.desk().therapist(&id).unwrap().fee, Some(Money::new(17_500, "CAD")), "the newer one");
        story.tap("150\u{a0}CAD");
        story.see_not("You both changed this");
        assert_eq!(story.state.desk().therapist(&id).unwrap().fee, Some(Money::new(15_000, "CAD")));
        assert!(story.state.desk().data.therapists[&id].conflicts.is_empty());
    }
}

#[test]
fn what_was_chosen_is_on_disk() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let id = TherapistId::new("anne").unwrap();
    let window = |root: &Path| {
        let (shelf, _) = Shelf::open(root, Opening::new(Role::Window)).unwrap();
        Desk::new(shelf, &[], &mut Vec::new())
    };
    let below = Path::new("shared/therapists/anne");
    let sync = |from: &Path, to: &Path| {
        fs::create_dir_all(to.join(below)).unwrap();
        for entry in fs::read_dir(from.join(below)).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(below).join(path.file_name().unwrap());
            if !target.exists() {
                fs::copy(path, target).unwrap();
            }
        }
    };
    let change = |root: &Path, minor| {
        let mut desk = window(root);
        desk.change_therapist(&id, |therapist| {
            therapist.name = "Anne Test".into();
            therapist.fee = Some(Money::new(minor, "CAD"));
        });
        assert!(desk.shelf().unwrap().flush(std::time::Duration::from_secs(20)));
    };
    change(one.path(), 15_000);
    change(two.path(), 17_500);
    sync(two.path(), one.path());
    let mut here = window(one.path());
    let claims = here.data.therapists[&id].conflicts["fee"].clone();
    assert_eq!(claims.len(), 2);
    here.settle_therapist(&id, "fee", &claims[1].text);
    assert!(here.shelf().unwrap().flush(std::time::Duration::from_secs(20)));
    drop(here);
    let again = window(one.path());
    assert!(again.data.therapists[&id].conflicts.is_empty());
    assert_eq!(again.therapist(&id).unwrap().fee, Some(Money::new(15_000, "CAD")));
}
