//! Bringing therapists in: columns that nobody knows, somebody who is here already, a whole country's register, a file that
//! takes long, and photos.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use common::tasks::{begin, finish, open, run};
use common::{DESKTOP, PHONE, Story};
use sameside::app::Sameside;
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{self, edit, import, therapists};
use sameside::directory::{Money, Therapist, TherapistId};
use sameside::locale::Language;
use sameside::store::{Opening, Role, Shelf};
use sameside::system::Appearance;

fn story(preset: Preset, size: iced::Size) -> Story {
    Story::new(state(preset, Language::En, |_| {}), size)
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn choose(story: &mut Story, path: &Path) {
    run(story, screen::Message::Import(import::Message::PathChosen(path.to_owned())));
}

fn named(story: &Story, name: &str) -> (TherapistId, Therapist) {
    let all = story.state.desk().data.listed();
    let found = all.into_iter().find(|(_, therapist)| therapist.name == name);
    found.map(|(id, therapist)| (id.clone(), therapist.clone())).unwrap_or_else(|| panic!("{name} is not on the list"))
}

#[test]
fn columns_that_nobody_knows_are_asked_about_once_and_remembered() {
    let folder = tempfile::tempdir().unwrap();
    let first = file(folder.path(), "liste.csv", "Wer,Telefon Nr,Parkplatz\nNora Fictive,506 555-0141,ja\n");
    let then = file(folder.path(), "more.csv", "wer,TELEFON NR,Parkplatz\nTomas Nobody,506 555-0142,nein\n");
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::Empty, size);
        open(&mut story, Page::Import);
        choose(&mut story, &first);
        story.see("It says: Wer, Telefon Nr, Parkplatz.");
        run(&mut story, screen::Message::Import(import::Message::MappingChosen));
        story.see("What are these columns?");
        story.see("For example: Nora Fictive");
        story.see("Choose the column with the name first.");
        story.tap("Name");
        story.see_not("Choose the column with the name first.");
        story.tap("Telefon Nr");
        story.see("For example: 506 555-0141");
        story.tap("Phone");
        story.tap("Parkplatz");
        story.tap("Leave it out");
        let done = story.messages_of_tap("Go on");
        assert_eq!(done.len(), 1);
        done.into_iter().for_each(|message| common::tasks::run_all(&mut story, message));
        story.tap("Add one therapist");
        let (_, nora) = named(&story, "Nora Fictive");
        assert_eq!((nora.phones, nora.notes.as_str()), (vec!["506 555-0141".to_owned()], ""));
        // The next file with the same headings needs no question.
        story.tap("See the list");
        open(&mut story, Page::Import);
        choose(&mut story, &then);
        story.see_not("What are these columns?");
        story.tap("Add one therapist");
        assert_eq!(named(&story, "Tomas Nobody").1.phones, ["506 555-0142"]);
    }
}

#[test]
fn a_file_whose_name_column_is_known_asks_only_about_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "list.csv", "Name,Wait (weeks),Kürzel\nNora Fictive,3,RMFT\n");
    let mut story = story(Preset::Empty, PHONE);
    open(&mut story, Page::Import);
    choose(&mut story, &path);
    run(&mut story, screen::Message::Import(import::Message::MappingChosen));
    story.see("known already");
    story.see("For example: RMFT");
    story.tap("Title or licence");
    for message in story.messages_of_tap("Go on") {
        common::tasks::run_all(&mut story, message);
    }
    story.tap("Add one therapist");
    let (_, nora) = named(&story, "Nora Fictive");
    assert_eq!((nora.credential.as_str(), nora.wait_weeks), ("RMFT", Some(3)));
}

#[test]
fn of_somebody_who_is_here_each_field_is_chosen_and_the_step_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Name,Phone,Fee,Insurance,City\nAmélie Roy-Exemple,418 555-0101,175 CAD,Most of them,Lévis\n";
    let path = file(folder.path(), "list.csv", text);
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::HalfWay, size);
        let (id, before) = named(&story, "Amélie Roy-Exemple");
        open(&mut story, Page::Import);
        choose(&mut story, &path);
        for words in ["Your list: 160\u{a0}CAD", "The file: 175\u{a0}CAD", "Your list: Rimouski", "The file: Lévis"] {
            story.see(words);
        }
        // What the list says stays unless it is chosen; what it does not say is taken unless it is refused.
        story.tap("The file: 175\u{a0}CAD");
        story.tap("Your list: (nothing)");
        story.tap("Fill in one therapist");
        let after = story.state.desk().therapist(&id).unwrap().clone();
        assert_eq!(after, Therapist { fee: Some(Money::new(17_500, "CAD")), ..before.clone() });
        story.tap("Undo");
        assert_eq!(*story.state.desk().therapist(&id).unwrap(), before);
    }
}

/// A register's file of more than 64 MB, with one therapist in each of two states.
fn register(folder: &Path) -> PathBuf {
    let headings = [
        "NPI",
        "Entity Type Code",
        "Provider Last Name (Legal Name)",
        "Provider First Name",
        "Provider Business Practice Location Address State Name",
        "Healthcare Provider Taxonomy Code_1",
        "Provider Other Organization Name",
        "NPI Deactivation Date",
    ];
    let line = |cells: [&str; 8]| format!("\"{}\"\r\n", cells.join("\",\""));
    let mut text = line(headings);
    text.push_str(&line(["1234567893", "1", "EXEMPLE", "ANNE", "NY", "106H00000X", "", ""]));
    text.push_str(&line(["1245319599", "1", "SAMPLE", "BEN", "WA", "106H00000X", "", ""]));
    let long = "x".repeat(900 << 10);
    while text.len() <= 65 << 20 {
        text.push_str(&line(["1245319599", "1", "OTHER", "CY", "TX", "207X00000X", &long, ""]));
    }
    file(folder, "npidata.csv", text)
}

#[test]
fn of_a_whole_countrys_register_a_state_is_asked_for_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = register(folder.path());
    let mut story = story(Preset::Empty, PHONE);
    open(&mut story, Page::Import);
    choose(&mut story, &path);
    story.see("Which state?");
    story.type_into("Two letters of the state", "zz");
    story.tap("Open it");
    story.see("Which state?");
    for _ in 0..2 {
        story.keys(&[iced_test::core::keyboard::key::Named::Backspace]);
    }
    run(&mut story, screen::Message::Import(import::Message::StateEdited("ny".to_owned())));
    run(&mut story, screen::Message::Import(import::Message::StateSubmitted));
    story.see("ANNE EXEMPLE");
    story.see_not("SAMPLE");
    story.tap("Add one therapist");
    assert_eq!(story.state.desk().data.listed().count(), 1);
}

#[test]
fn a_long_file_that_is_cancelled_while_it_is_read_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut text = String::from("Name,Phone\n");
    for row in 0..300_000 {
        let _ = writeln!(text, "Test {row},418 {row:07}");
    }
    let path = file(folder.path(), "long.csv", text);
    let (shelf, _) = Shelf::open(&data, Opening { look_out: false, ..Opening::new(Role::Window) }).unwrap();
    let mut desk = Desk::new(shelf, &[], &mut Vec::new());
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    let mut story = Story::new(Sameside::new(desk, Page::Import, Appearance::default(), &[]), PHONE);
    let files = || {
        let shared = walk(&data.join("shared"));
        shared.into_iter().filter(|path| !path.ends_with("pair.ron")).collect::<Vec<_>>()
    };
    let before = files();
    let work = begin(&mut story, screen::Message::Import(import::Message::PathChosen(path.clone())));
    story.see("long.csv");
    story.tap("Cancel");
    story.see("Choose a file");
    finish(&mut story, work);
    story.see("Choose a file");
    story.see_not("are new");
    let desk = story.state.desk();
    assert_eq!(desk.data.therapists.len(), 0);
    assert!(desk.shelf().unwrap().flush(Duration::from_secs(60)));
    assert_eq!(files(), before);
    // It can be read again, and then to its end.
    choose(&mut story, &path);
    story.see("300000 are new.");
    story.tap("Cancel");
    assert_eq!(files(), before);
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() { found.extend(walk(&path)) } else { found.push(path) }
    }
    found
}

/// A made-up picture; another one for each shade.
fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let drawn = image::RgbImage::from_fn(500, 400, |x, y| image::Rgb([x as u8, y as u8, shade]));
    drawn.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

fn on_disk(root: &Path) -> Sameside {
    let (shelf, _) = Shelf::open(root, Opening { look_out: false, ..Opening::new(Role::Window) }).unwrap();
    let mut desk = Desk::new(shelf, &[], &mut Vec::new());
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    let id = TherapistId::new("anne").unwrap();
    desk.change_therapist(&id, |therapist| therapist.name = "Anne Test".into());
    Sameside::new(desk, Page::Therapists(Some("anne".to_owned())), Appearance::default(), &[])
}

#[test]
fn a_photo_is_added_replaced_taken_off_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let id = TherapistId::new("anne").unwrap();
    let (one, two) = (file(folder.path(), "one.jpg", picture(1)), file(folder.path(), "two.jpg", picture(2)));
    let photos = || {
        let all = walk(&data.join("shared/therapists/anne"));
        all.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "png")).count()
    };
    let mut story = Story::new(on_disk(&data), PHONE);
    let told = |message| screen::Message::Therapists(therapists::Message::Photo(message));
    let take = |story: &mut Story, path: &Path| {
        run(story, told(therapists::photo::Message::PathEdited(path.display().to_string())));
        run(story, told(therapists::photo::Message::PathChosen(id.clone())));
    };
    story.see("Add a photo");
    // What is no picture gets a sentence, and nothing changes.
    take(&mut story, &file(folder.path(), "no.jpg", "no picture"));
    story.see("This is not a picture that can be read.");
    take(&mut story, &folder.path().join("none.jpg"));
    story.see("There is no file of this name");
    assert_eq!(photos(), 0);
    take(&mut story, &one);
    assert!(story.names().iter().any(|name| name == "Photo of Anne Test"));
    assert_eq!(photos(), 1);
    let first = story.state.desk().therapist(&id).unwrap().photo.clone();
    take(&mut story, &two);
    let second = story.state.desk().therapist(&id).unwrap().photo.clone();
    assert_ne!(first, second);
    story.tap("Undo");
    assert_eq!(story.state.desk().therapist(&id).unwrap().photo, first);
    story.tap("Remove the photo");
    assert!(!story.names().iter().any(|name| name == "Photo of Anne Test"));
    story.tap("Undo");
    assert!(story.names().iter().any(|name| name == "Photo of Anne Test"));
    assert_eq!(photos(), 1, "the one that was not wanted is gone");
    story.tap("Remove the photo");
    open(&mut story, Page::Today);
    assert_eq!(photos(), 0, "what can no longer be taken back is gone");
    assert!(story.state.desk().shelf().unwrap().flush(Duration::from_secs(60)));
}

#[test]
fn a_photo_comes_in_with_a_contact_and_goes_back_with_the_step() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let card = |shade| {
        let text = sameside::directory::photo::in_text(&picture(shade)).replace("image/png", "image/jpeg");
        format!("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Anne Test\r\nPHOTO:{text}\r\nEND:VCARD\r\n")
    };
    let both = card(3)
        + &card(4).replace("Anne", "Ben")
        + "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cy Test\r\nPHOTO;ENCODING=b:/9j/4AAQ\r\nEND:VCARD\r\n";
    let path = file(folder.path(), "contacts.vcf", both);
    let mut story = Story::new(on_disk(&data), PHONE);
    let id = TherapistId::new("anne").unwrap();
    open(&mut story, Page::Import);
    choose(&mut story, &path);
    story.see("The file: a photo");
    story.see("One photo could not be read. It is left out.");
    let add = story.messages_of_tap("Add 2 therapists");
    add.into_iter().for_each(|message| common::tasks::run_all(&mut story, message));
    for who in ["Anne Test", "Ben Test"] {
        let (id, therapist) = named(&story, who);
        assert!(therapist.photo.contains('-'), "{who}: {}", therapist.photo);
        assert!(story.state.desk().photo(&id).is_some(), "{who}");
    }
    assert_eq!(named(&story, "Cy Test").1.photo, "");
    // The same file again has nothing new to say.
    story.tap("Undo");
    assert_eq!(story.state.desk().therapist(&id).unwrap().photo, "");
    story.tap("Add them after all");
    assert!(story.state.desk().photo(&id).is_some());
    open(&mut story, Page::Import);
    choose(&mut story, &path);
    story.see_not("The file: a photo");
}

#[test]
fn languages_are_typed_by_name_or_code_and_shown_by_name() {
    let mut story = story(Preset::HalfWay, PHONE);
    let (id, _) = named(&story, "Amélie Roy-Exemple");
    open(&mut story, Page::EditTherapist(Some(id.as_str().to_owned())));
    run(&mut story, screen::Message::Edit(edit::Message::GroupFolded(3)));
    assert!(story.words().iter().any(|words| words == "French (Canada), English"), "{:?}", story.words());
    let mut say = |text: &str| {
        run(&mut story, screen::Message::Edit(edit::Message::FieldEdited("languages", text.to_owned())));
        let kept = story.state.desk().therapist(&id).unwrap().languages.clone();
        (kept, story.shows("A language is written by its name"))
    };
    assert_eq!(say("fr-CA, anglais, ASL"), (vec!["fr-CA".to_owned(), "en".to_owned(), "ase".to_owned()], false));
    assert_eq!(say("English, xx-nonsense"), (vec!["en".to_owned()], true));
    assert_eq!(say("English, Martinican Creole"), (vec!["en".to_owned(), "Martinican Creole".to_owned()], false));
}
