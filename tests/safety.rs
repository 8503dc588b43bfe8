//! The Safety page and the ways out, as a person would use them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use common::{DESKTOP, PHONE, Story, press};
use iced_test::core::keyboard::{Modifiers, key::Named};
use sameside::app::keys::Shortcut;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, scenes, state};
use sameside::app::{Message, chrome};
use sameside::locale::Language;

fn at(page: Page, size: iced::Size) -> Story {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), size);
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
    story
}

#[test]
fn a_tick_puts_help_first_and_is_gone_with_the_page() {
    for size in [PHONE, DESKTOP] {
        let mut story = at(Page::Safety, size);
        story.see("that proves nothing");
        story.see_not("You do not have to carry this alone");
        story.touch("Are you afraid of your partner?");
        story.see("You do not have to carry this alone");
        story.see_not("that proves nothing");
        let data = format!("{:?}", story.state.desk().data);
        story.tap("Back");
        story.tap("Safety");
        story.see_not("You do not have to carry this alone");
        assert_eq!(format!("{:?}", story.state.desk().data), data, "nothing was noted");
    }
}

#[test]
fn the_country_can_be_chosen_by_keyboard_alone() {
    let mut story = at(Page::Safety, PHONE);
    story.see("SOS violence conjugale");
    story.tab_to_and_enter("Another country");
    story.tab_to_and_enter("Ireland");
    story.see("1800 341 900");
    story.see_not("SOS violence conjugale");
}

#[test]
fn the_lines_of_ones_own_province_can_be_seen_alone() {
    for size in [PHONE, DESKTOP] {
        let mut story = at(Page::Safety, size);
        let data = format!("{:?}", story.state.desk().data);
        story.see("SOS violence conjugale");
        story.see("Kamatsiaqtut");
        story.touch("Ontario");
        story.see("Talk4Healing");
        story.see_not("Kamatsiaqtut");
        story.see("sheltersafe.ca");
        story.touch("Ontario");
        story.see("Kamatsiaqtut");
        assert_eq!(format!("{:?}", story.state.desk().data), data, "nothing was noted");
    }
}

#[test]
fn no_page_says_that_one_was_at_safety() {
    let mut story = at(Page::Settings, DESKTOP);
    story.tap("Safety");
    story.touch("Are you afraid of your partner?");
    story.tap("Copy 1-800-363-9010");
    story.tap("Choose");
    story.see_not("Copied");
    story.tap("Back");
    assert_eq!(story.state.page(), &Page::Settings);
}

#[test]
fn the_reminder_is_off_in_one_tap() {
    let mut story = at(Page::Safety, PHONE);
    assert!(story.state.desk().data.plan.on);
    story.tap("Turn the reminder off");
    assert!(!story.state.desk().data.plan.on);
    story.see("The reminder is off.");
}

/// What the window would send.
fn sent(story: &mut Story, keys: &[Named]) -> Vec<String> {
    let settings = iced::Settings { default_font: sameside::app::theme::REGULAR, ..iced::Settings::default() };
    let mut window = iced_test::Simulator::with_size(settings, story.size, story.state.view());
    for key in keys {
        let _ = window.simulate([press(*key, Modifiers::empty())]);
    }
    window.into_messages().map(|message| format!("{message:?}")).collect()
}

#[test]
fn three_times_shift_leaves_from_every_page() {
    let leave = format!("{:?}", Message::ShortcutPressed(Shortcut::Leave));
    for preset in Preset::ALL {
        for (name, set) in scenes(preset) {
            let mut scene = state(preset, Language::En, |_| {});
            set(&mut scene);
            let mut story = Story::new(scene, PHONE);
            assert!(sent(&mut story, &[Named::Shift; 3]).contains(&leave), "{name}");
            assert!(!sent(&mut story, &[Named::Shift; 2]).contains(&leave), "{name}");
        }
    }
}

#[test]
fn the_way_out_is_on_every_page_that_is_not_held_up_to_the_other() {
    for preset in Preset::ALL {
        for (name, set) in scenes(preset) {
            let mut scene = state(preset, Language::En, |_| {});
            set(&mut scene);
            let shown = scene.page().clone();
            let mut story = Story::new(scene, PHONE);
            let there = story
                .told()
                .iter()
                .any(|found| found.info.name == "Leave now" && found.visible.is_some_and(|seen| seen.width > 40.0));
            assert_eq!(there, !matches!(shown, Page::FirstRun | Page::Card), "{name} on {shown:?}");
        }
    }
}

/// A window on a real folder.
fn on_disk(folder: &std::path::Path) -> Story {
    use sameside::store::{Opening, Role, Shelf};
    let opening = Opening { look_out: false, ..Opening::new(Role::Window) };
    let (shelf, _) = Shelf::open(folder, opening).unwrap();
    let mut desk = sameside::app::desk::Desk::new(shelf, &[], &mut Vec::new());
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    desk.change_invitation(sameside::store::When::Now, |invitation| invitation.edit("canary"));
    let mut state = sameside::app::Sameside::new(desk, Page::Today, sameside::system::Appearance::default(), &[]);
    let _ = state.update(Message::Chrome(chrome::Message::PageChosen(Page::Keeping)));
    Story::new(state, PHONE)
}

#[test]
fn ones_own_part_or_everything_is_deleted_for_good_after_asking() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("data");
    let mut story = on_disk(&root);
    story.touch("Delete my part");
    story.see("What deleting can’t reach");
    story.touch("Keep it");
    assert_eq!(story.state.desk().space().invitation.text(), "canary");
    story.touch("Delete my part");
    story.touch("Delete my part for good");
    story.see("Your part is deleted.");
    assert_eq!(story.state.desk().space().invitation.text(), "");
    let left = std::process::Command::new("grep").args(["-r", "canary"]).arg(&root).output().unwrap();
    assert!(left.stdout.is_empty(), "{}", String::from_utf8_lossy(&left.stdout));

    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Today)));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Keeping)));
    story.tab_to_and_enter("Delete everything");
    story.see("Have you both said yes to this?");
    story.tab_to_and_enter("Delete everything for good");
    story.see("Sameside keeps nothing now");
    assert!(!root.exists());
    drop(story);
    assert!(!root.exists(), "nothing is written again");
}
