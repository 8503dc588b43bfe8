//! The real program in a real window: on a display of its own, with a bus and a notification server.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "these are tests")]

mod common;

use std::time::Duration;

use common::real::{Ends, Real, Stage, can_run};
use common::wait_for;
use sameside::app::inbox::News;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::{Message, Sameside};
use sameside::locale::Language;
use sameside::moment::{Outcome, What};
use sameside::store::data::Data;
use sameside::store::settings::Settings;
use sameside::store::{Opening, Place, Role, Shelf};
use sameside::system::Appearance;

#[test]
fn the_first_cards_work_and_a_second_start_raises_the_first() {
    if !can_run("the first cards") {
        return;
    }
    let stage = Stage::new(0);
    let mut window = Real::start(&stage, state(Preset::FirstRun, Language::En, |_| {}));
    window.record("first-cards");
    window.tap("Next");
    window.type_into("You", "Sam");
    window.tap("Next");
    window.tap("I am not sure");
    window.tap("Begin");
    let welcomed = || {
        let (shelf, _) = Shelf::open(&stage.data(), Opening::new(Role::Reader)).unwrap();
        shelf.load::<Settings>(&Place::Settings).value.welcomed
    };
    assert!(wait_for(Duration::from_secs(4), welcomed), "the settings are not on disk");
    window.record("today");
    let second = stage.sameside(&["--at", "settings"]).output().unwrap();
    assert_eq!(second.status.code(), Some(0), "{}", String::from_utf8_lossy(&second.stderr));
    std::thread::sleep(Duration::from_millis(700));
    window.record("settings");
    let card = stage.data().join("shared/members/one");
    let name = std::fs::read_dir(card).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(name).unwrap().contains("Sam"));
}

/// What a watcher may do in a real folder: any time of any day is quiet.
fn paint_the_whole_week(stage: &Stage) {
    let path = stage.data().join("private/reminder.ron");
    let text = std::fs::read_to_string(&path).unwrap();
    let start = text.find("\"week\":").unwrap();
    let end = start + text[start..].find("),").unwrap() + 1;
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let week: Vec<String> = days.iter().map(|day| format!("{day}: [\"0:00-24:00\"]")).collect();
    let edited = format!("{}\"week\": ({}){}", &text[..start], week.join(", "), &text[end..]);
    std::fs::write(&path, edited).unwrap();
}

#[test]
fn a_couple_walks_the_whole_path_and_everything_survives_a_kill() {
    if !can_run("the whole path") {
        return;
    }
    let stage = Stage::new(1);
    let desk = sameside::app::desk::Desk::in_memory(Data::default(), jiff::Zoned::now());
    let shadow = Sameside::new(desk, Page::FirstRun, Appearance::default(), &[]);
    let mut window = Real::start(&stage, shadow);

    first_cards(&mut window);
    exercise_and_invitation(&mut window);
    reminder(&stage, &mut window);
    therapists(&mut window);
    choose(&mut window);

    // Everything is on disk two seconds after the last tap, whatever happens then.
    std::thread::sleep(Duration::from_secs(2));
    drop(window);
    let check = stage.sameside(&["check"]).output().unwrap();
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));

    let mut troubles = Vec::new();
    let (shelf, _) = Shelf::open(&stage.data(), Opening::new(Role::Reader)).unwrap();
    let data = Data::load(&shelf, &["curiosity".to_owned()], &mut troubles);
    assert!(troubles.is_empty(), "{troubles:?}");
    assert!(data.spaces.one.progress["curiosity"].is_done());
    assert!(data.spaces.one.invitation.text().contains("what would help"), "{:?}", data.spaces.one.invitation);
    assert!(
        data.plan.events.iter().any(|event| event.what == What::Asked(Outcome::Yes)),
        "{:?}",
        data.plan.events
    );
    assert_eq!(data.spoken.times.len(), 1, "it spoke once");
    let agreed = data.session.value.therapist.clone().expect("a therapist is agreed");
    assert_eq!(data.therapists[&agreed].value.name, "Ben Sample");

    // A new start shows it all again.
    let again = Ends(stage.sameside(&[]).spawn().unwrap());
    assert!(wait_for(Duration::from_secs(20), || stage.window().is_some()), "no window after the kill");
    std::thread::sleep(Duration::from_secs(1));
    stage.record("after-the-kill");
    drop(again);

    let card = stage.data().join("private/spaces/one/invitation.ron");
    let text =
        std::fs::read_to_string(&card).unwrap().replacen("fields: {", "fields: {\n    \"parts\": {\"trial\" 3},", 1);
    std::fs::write(&card, text).unwrap();
    let check = stage.sameside(&["check"]).output().unwrap();
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert_eq!(check.status.code(), Some(1), "{said}");
    assert!(said.contains("invitation.ron:5:"), "{said}");
}

fn first_cards(window: &mut Real<'_>) {
    window.tap("Next");
    window.type_into("You", "Sam");
    window.type_into("Your partner", "Alex");
    window.tap("Next");
    window.tap("I would like us to try");
    window.tap("Begin");
    window.record("1-today");
}

fn exercise_and_invitation(window: &mut Real<'_>) {
    window.tap("Exercises");
    window.tap("First, be curious");
    window.tap("Begin");
    window.tap("I am rested");
    window.tap("Next");
    window.tap("The cost");
    window.tap("Next");
    window.tap("2");
    window.tap("Next");
    window.type_into("Your answer", "it costs a lot");
    window.record("2-player");
    window.tap("Next");
    window.tap("In my own words");
    window.type_into("Your own words", "What would help?");
    while window.shadow.names().iter().any(|name| name == "Next") {
        window.tap("Next");
    }
    window.tap("Finish");
    window.record("3-end");
    window.tap("See your invitation");
    window.record("3-invitation");
}

fn reminder(stage: &Stage, window: &mut Real<'_>) {
    window.tap("Moment");
    window.tap("Weekend mornings");
    std::thread::sleep(Duration::from_millis(800));
    // A hand edit while the window is open: it takes it up and never writes over it.
    paint_the_whole_week(stage);
    std::thread::sleep(Duration::from_secs(2));
    window.tap("Remind me");
    window.record("4-moment");
    let entry = stage.config().join("autostart/app.sameside.Sameside.watch.desktop");
    assert!(wait_for(Duration::from_secs(5), || entry.exists()), "no login entry");
    let reminder = stage.data().join("private/reminder.ron");
    let text = std::fs::read_to_string(&reminder).unwrap();
    assert!(text.contains("0:00-24:00"), "the hand edit was written over: {text}");
    let shown = || stage.dunstctl(&["count", "displayed"]).as_deref() == Some("1");
    assert!(wait_for(Duration::from_secs(20), shown), "no notification came");
    stage.record("5-notification");
    stage.dunstctl(&["action", "0"]).expect("the notification can be answered");
    std::thread::sleep(Duration::from_secs(2));
    let _ =
        window.shadow.state.update(Message::NewsArrived(News::Requested { at: Some(Page::CalmCheck), token: None }));
    window.record("6-calm-check");
    window.tap("Yes to all of these");
    window.tap("Show my words");
    window.record("7-card");
    window.tap("Back");
    window.tap("How did it go?");
    window.tap("It was a yes");
    // How it went lies in the space of whoever asked, and not in the plan.
    let asking = stage.data().join("private/spaces/one/asking.ron");
    let noted =
        || std::fs::read_to_string(&asking).is_ok_and(|text| text.contains("GoodMoment") && text.contains("Yes"));
    assert!(wait_for(Duration::from_secs(4), noted), "the window was not at the calm check");
}

fn therapists(window: &mut Real<'_>) {
    for name in ["Ada Test", "Ben Sample", "Cleo Demo"] {
        window.tap("Therapists");
        window.tap("Add a therapist");
        window.type_into("Name", name);
        window.tap("Done");
    }
    window.record("8-therapists");
}

fn choose(window: &mut Real<'_>) {
    window.tap("Choose");
    window.tap("Begin");
    window.tap("I am Sam");
    for mark in ["Ada Test: Good", "Ben Sample: Good", "Cleo Demo: No"] {
        window.tap(mark);
    }
    window.tap("Next: the order");
    window.tap("I am done");
    window.tap("Hand it to Alex");
    window.tap("I am Alex");
    for mark in ["Ada Test: No", "Ben Sample: OK", "Cleo Demo: Good"] {
        window.tap(mark);
    }
    window.tap("Next: the order");
    window.tap("I am done");
    window.tap("We are both here: show it");
    window.shadow.see("You can both live with Ben Sample");
    window.record("9-agreed");
    window.tap("Plan the session");
}
