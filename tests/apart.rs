//! Answering apart and seeing it together, and saying back what was heard: with a finger, and with keys alone.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod common;

use common::player::{answer, begin_at, empty, open, run, say, text};
use common::{DESKTOP, PHONE, Story, wait_for};
use sameside::app::Sameside;
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::screen::player;
use sameside::app::screen::player::apart::Message as Said;
use sameside::couple::Member;
use sameside::locale::Language;
use sameside::store::{Opening, Role, Shelf};
use sameside::system::Appearance;

const ID: &str = "side-by-side";

fn act(story: &mut Story, keyboard: bool, name: &str) {
    if keyboard { story.tab_to_and_enter(name) } else { story.touch(name) }
}

fn write(story: &mut Story, keyboard: bool, words: &str) {
    if keyboard { story.tab_to_and_type("Your answer", words) } else { story.touch_and_type("Your answer", words) }
}

#[test]
fn two_answer_apart_and_see_what_each_agreed_to_show() {
    for (size, keyboard) in [(PHONE, false), (DESKTOP, true)] {
        let mut story = empty(size);
        begin_at(&mut story, ID, "keep");
        write(&mut story, keyboard, "You make me laugh. I miss that. Thank you!");
        act(&mut story, keyboard, "Choose what may be shown");
        act(&mut story, keyboard, "I miss that.");
        act(&mut story, keyboard, "This may be shown");
        story.see("Your part is ready");
        story.see("You make me laugh. Thank you!");
        act(&mut story, keyboard, "Pass it to your partner");
        story.see_not("You make me laugh");
        act(&mut story, keyboard, "I have it now");
        assert_eq!(story.state.desk().here(), Member::Two);
        story.see("What do I like about us");
        for hidden in ["You make me laugh", "I miss that", "ready", "said yes"] {
            story.see_not(hidden);
        }
        write(&mut story, keyboard, "Our Sundays. And your soup.");
        assert_eq!(answer(&story, ID, "keep"), text("Our Sundays. And your soup."));
        act(&mut story, keyboard, "Choose what may be shown");
        act(&mut story, keyboard, "This may be shown");
        story.see("You both said yes");
        story.see_not("You make me laugh");
        act(&mut story, keyboard, "I changed my mind");
        act(&mut story, keyboard, "Choose what may be shown");
        act(&mut story, keyboard, "And your soup.");
        act(&mut story, keyboard, "This may be shown");
        act(&mut story, keyboard, "Show both answers");
        story.see("You make me laugh. Thank you!");
        story.see("Our Sundays.");
        story.see_not("I miss that");
        story.see_not("soup");
        assert_eq!(answer(&story, ID, "keep"), text("Our Sundays. And your soup."), "one's own stays whole");
        act(&mut story, keyboard, "Next");
        story.see("with you?");
    }
}

#[test]
fn whoever_was_through_first_finds_both_answers_later() {
    let mut story = empty(PHONE);
    begin_at(&mut story, ID, "keep");
    story.type_into("Your answer", "One.");
    say(&mut story, player::Message::Apart(Said::Agreed));
    while run(&story, ID).finished.is_none() {
        say(&mut story, player::Message::SkipChosen);
    }
    open(&mut story, Page::Exercise(ID.to_owned()));
    story.see_not("See both answers");
    let here = |story: &mut Story, member| {
        open(story, Page::Settings);
        let chosen = sameside::app::screen::settings::Message::HereChosen(member);
        let _ = story.state.update(sameside::app::Message::Screen(sameside::app::screen::Message::Settings(chosen)));
        open(story, Page::Exercise(ID.to_owned()));
    };
    here(&mut story, Member::Two);
    begin_at(&mut story, ID, "keep");
    story.type_into("Your answer", "Two.");
    say(&mut story, player::Message::Apart(Said::Agreed));
    here(&mut story, Member::One);
    story.see("You both said yes to showing: Something to keep");
    story.see_not("Two.");
    story.tap("See both answers");
    story.tap("Show both answers");
    story.see("Two.");
}

#[test]
fn all_of_it_may_stay_with_its_owner() {
    let mut story = empty(PHONE);
    begin_at(&mut story, ID, "keep");
    story.type_into("Your answer", "Only for me.");
    story.tap("Choose what may be shown");
    story.tap("Only for me.");
    story.see("there is nothing to show");
    story.tap("This may be shown");
    story.see("there is nothing to show");
    story.tap("Back to my words");
    story.tap("Next");
    assert!(story.state.desk().data.answers.is_empty(), "nothing is in the shared folder");
}

#[test]
fn what_was_heard_is_said_back_both_ways() {
    for (size, keyboard) in [(PHONE, false), (DESKTOP, true)] {
        let mut story = empty(size);
        begin_at(&mut story, ID, "back");
        story.see("Your partner: say back what you heard");
        act(&mut story, keyboard, "I said it back");
        story.see("You: was that it?");
        act(&mut story, keyboard, "Not quite yet");
        story.see("Something was missing");
        for _ in 0..2 {
            act(&mut story, keyboard, "I said it back");
            act(&mut story, keyboard, "Yes, that is it");
        }
        story.see("You both heard each other");
        act(&mut story, keyboard, "Next");
        assert!(run(&story, ID).answers.contains_key("back"));
    }
}

/// Text of every file below a folder, by path.
fn texts_below(folder: &std::path::Path) -> Vec<(std::path::PathBuf, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(texts_below(&path));
        } else {
            all.push((path.clone(), String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned()));
        }
    }
    all
}

#[test]
fn on_disk_the_words_stay_in_their_owners_space_until_both_agreed() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let mut desk = Desk::new(shelf, &[ID.to_owned()], &mut Vec::new());
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    let mut story = Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), PHONE);
    let saved = |story: &Story| {
        let shelf = story.state.desk().shelf().unwrap();
        assert!(wait_for(std::time::Duration::from_secs(20), || shelf.unsaved_places().is_empty()));
    };
    let root = folder.path().to_owned();
    // Where a word may be found, relative to the data folder.
    let found = |word: &str| -> Vec<String> {
        let holding = texts_below(&root).into_iter().filter(|(_, text)| text.contains(word));
        holding.map(|(path, _)| path.strip_prefix(&root).unwrap().display().to_string()).collect()
    };
    let mine = |places: &[String], space: &str| {
        places.iter().all(|path| path.contains(&format!("spaces/{space}/"))) && !places.is_empty()
    };
    begin_at(&mut story, ID, "keep");
    story.type_into("Your answer", "Quokka. Wombat.");
    story.tap("Choose what may be shown");
    story.tap("Wombat.");
    story.tap("This may be shown");
    saved(&story);
    assert!(mine(&found("Quokka"), "one") && mine(&found("Wombat"), "one"), "{:?}", found("Quokka"));
    story.tap("Pass it to your partner");
    story.tap("I have it now");
    story.type_into("Your answer", "Numbat.");
    story.tap("Choose what may be shown");
    story.tap("This may be shown");
    saved(&story);
    assert!(mine(&found("Quokka"), "one") && mine(&found("Numbat"), "two"));
    story.tap("Show both answers");
    saved(&story);
    assert!(found("Quokka").iter().any(|path| path.starts_with("shared/answers/side-by-side-one/")));
    assert!(found("Numbat").iter().any(|path| path.starts_with("shared/answers/side-by-side-two/")));
    assert!(mine(&found("Wombat"), "one"), "what was kept back is nowhere else: {:?}", found("Wombat"));
    // A new start reads it all again.
    drop(story);
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let mut troubles = Vec::new();
    let desk = Desk::new(shelf, &[ID.to_owned()], &mut troubles);
    assert_eq!(troubles, []);
    let mut story = Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), PHONE);
    open(&mut story, Page::Exercise(ID.to_owned()));
    say(&mut story, player::Message::BeginChosen);
    story.see("Numbat.");
    story.see("Quokka.");
    story.see_not("Wombat");
}
