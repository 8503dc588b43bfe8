//! The real program in a real window: on a display of its own, with a bus and a notification server.

mod common;

use std::time::Duration;

use common::real::{Real, Stage, can_run};
use common::wait_for;
use sameside::app::preset::{Preset, state};
use sameside::locale::Language;
use sameside::store::settings::Settings;
use sameside::store::{Opening, Place, Role, Shelf};

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
