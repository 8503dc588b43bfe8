//! The frame around the pages: first cards, bar and rail, keyboard, touch, settings.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use common::{DESKTOP, PHONE, Story, press};
use iced_test::core::{Event, Point, keyboard, touch};
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::couple::{Member, Side};
use sameside::locale::Language;
use sameside::store::settings::Theme;

fn story(preset: Preset, size: iced::Size) -> Story {
    Story::new(state(preset, Language::En, |_| {}), size)
}

#[test]
fn the_first_cards_take_names_language_and_stand() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::FirstRun, size);
        story.see("On the same side of the table");
        story.tap("Next");
        story.type_into("You", "Sam");
        story.type_into("Your partner", "Alex");
        story.tap("Français");
        story.see("Comment vous appeler");
        story.tap("English");
        story.tap("Next");
        story.tap("I am not sure");
        story.tap("Begin");
        assert_eq!(story.state.page(), &Page::Today);
        let desk = story.state.desk();
        assert_eq!((desk.card(Member::One).name.as_str(), desk.card(Member::Two).name.as_str()), ("Sam", "Alex"));
        assert_eq!(desk.person().side, Side::NotSure);
        assert!(desk.data.settings.welcomed);
        story.see("Hello Sam");
    }
}

#[test]
fn the_first_cards_can_be_skipped_at_once_and_lead_to_safety() {
    let mut story = story(Preset::FirstRun, PHONE);
    story.tap("When it is not safe");
    assert_eq!(story.state.page(), &Page::Safety);
    story.tap("Back");
    story.tap("Skip this");
    assert_eq!(story.state.page(), &Page::Today);
}

#[test]
fn the_keyboard_alone_reaches_everything_and_scrolls_it_into_view() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::Empty, size);
        let _ = story
            .state
            .update(sameside::app::Message::Chrome(sameside::app::chrome::Message::PageChosen(Page::Settings)));
        let enabled: Vec<String> =
            story.told().into_iter().filter(|found| found.info.enabled).map(|found| found.info.name).collect();
        assert!(enabled.len() > 15, "{enabled:?}");
        story.tab_to_and_enter("Please don’t ask again");
        assert_eq!(story.state.desk().card(Member::One).word, sameside::couple::Word::Never);
        story.tab_to_and_enter("Dark");
        assert_eq!(story.state.desk().data.settings.theme, Theme::Dark);
    }
}

#[test]
fn escape_goes_back_and_shortcuts_lead_to_the_four_places() {
    let mut story = story(Preset::HalfWay, DESKTOP);
    for (key, page) in [("2", Page::Exercises), ("3", Page::Moment), ("4", Page::Therapists(None)), ("1", Page::Today)]
    {
        story.with(|window| {
            let mut event = press(keyboard::key::Named::Enter, keyboard::Modifiers::ALT);
            if let Event::Keyboard(keyboard::Event::KeyPressed { key: pressed, .. }) = &mut event {
                *pressed = keyboard::Key::Character(key.into());
            }
            let _ = window.simulate([event]);
        });
        assert_eq!(story.state.page(), &page);
    }
    story.with(|window| {
        let _ = window.typewrite("?");
    });
    assert_eq!(story.state.page(), &Page::Help);
    story.keys(&[keyboard::key::Named::Escape]);
    assert_eq!(story.state.page(), &Page::Today);
}

#[test]
fn a_finger_that_drags_over_buttons_scrolls_and_presses_nothing() {
    let mut story = story(Preset::Empty, PHONE);
    story.tap("More");
    let before = story.told();
    let row = before.iter().find(|found| found.info.name.starts_with("Settings")).unwrap().bounds;
    story.with(|window| {
        let id = touch::Finger(1);
        let start = row.center();
        window.point_at(start);
        let _ = window.simulate([Event::Touch(touch::Event::FingerPressed { id, position: start })]);
        for step in 1..=10 {
            let position = Point::new(start.x, start.y - 12.0 * step as f32);
            window.point_at(position);
            let _ = window.simulate([Event::Touch(touch::Event::FingerMoved { id, position })]);
        }
        let position = Point::new(start.x, start.y - 120.0);
        let _ = window.simulate([Event::Touch(touch::Event::FingerLifted { id, position })]);
        let after = common::find(window, "Settings").and_then(|found| found.visible).map(|visible| visible.y);
        assert!(after.is_some_and(|y| y < row.y - 60.0), "the drag did not scroll: {row:?} then {after:?}");
    });
    assert_eq!(story.state.page(), &Page::More, "the drag pressed a row");
    story.touch("Settings");
    assert_eq!(story.state.page(), &Page::Settings, "a short touch presses");
}

#[test]
fn when_the_keyboard_of_a_phone_opens_the_focused_field_comes_back_into_view() {
    let mut story = story(Preset::Empty, PHONE);
    let _ =
        story.state.update(sameside::app::Message::Chrome(sameside::app::chrome::Message::PageChosen(Page::Settings)));
    story.with(|window| {
        let visible = |window: &mut iced_test::Simulator<'_, _>| {
            common::find(window, "Your partner").and_then(|found| found.visible).map_or(0.0, |seen| seen.height)
        };
        for _ in 0..200 {
            let _ = window.simulate([press(keyboard::key::Named::Tab, keyboard::Modifiers::empty())]);
            let focused = window.find(iced_test::selector::is_focused()).ok().map(|target| target.bounds());
            let field = common::find(window, "Your partner").map(|found| found.bounds);
            if focused.is_some() && focused == field {
                break;
            }
        }
        assert!(visible(window) > 20.0, "Tab brings it into view");
        // A person scrolls away, then the keyboard opens: to an application that is a window of another size.
        window.point_at(Point::new(180.0, 320.0));
        for _ in 0..60 {
            let delta = iced_test::core::mouse::ScrollDelta::Pixels { x: 0.0, y: -60.0 };
            let _ = window.simulate([Event::Mouse(iced_test::core::mouse::Event::WheelScrolled { delta })]);
        }
        assert!(visible(window) < 1.0, "scrolled away");
        let resized = iced_test::core::window::Event::Resized(iced::Size::new(360.0, 430.0));
        let _ = window.simulate([Event::Window(resized)]);
        assert!(visible(window) > 20.0, "it comes back");
    });
}

#[test]
fn a_touch_leaves_no_hover_behind() {
    #[derive(PartialEq)]
    enum By {
        Nothing,
        Mouse,
        Finger,
    }
    let picture = |by: By| {
        let mut story = story(Preset::Empty, PHONE);
        let spot = story.spot("Begin");
        story.with(|window| {
            let id = touch::Finger(1);
            window.point_at(spot);
            if by == By::Mouse {
                let moved = iced_test::core::mouse::Event::CursorMoved { position: spot };
                let _ = window.simulate([Event::Mouse(moved)]);
            } else if by == By::Finger {
                // The finger presses and slides off before it lifts, so that nothing happens.
                let away = spot + iced::Vector::new(60.0, 0.0);
                let _ = window.simulate([
                    Event::Touch(touch::Event::FingerPressed { id, position: spot }),
                    Event::Touch(touch::Event::FingerMoved { id, position: away }),
                    Event::Touch(touch::Event::FingerLifted { id, position: away }),
                ]);
            } else {
                window.point_at(Point::new(1.0, 1.0));
            }
            let folder = tempfile::tempdir().unwrap();
            let theme = sameside::app::theme::LIGHT.to_iced();
            let shot = window.snapshot(&theme).unwrap();
            let path = folder.path().join("shot");
            assert!(shot.matches_hash(&path).unwrap());
            std::fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
                .collect::<String>()
        })
    };
    let idle = picture(By::Nothing);
    assert_ne!(picture(By::Mouse), idle, "a mouse over it shows");
    assert_eq!(picture(By::Finger), idle);
}

#[test]
fn safety_is_one_tap_away_everywhere_and_leaves_no_trace() {
    for page in [Page::Today, Page::More, Page::Settings, Page::Help, Page::Exercises, Page::Moment] {
        let mut story = story(Preset::HalfWay, PHONE);
        let _ = story.state.update(sameside::app::Message::Chrome(sameside::app::chrome::Message::PageChosen(page)));
        let held = |story: &Story| {
            let data = &story.state.desk().data;
            (data.settings.clone(), data.spaces.clone(), data.plan.clone(), data.spoken.clone())
        };
        let before = held(&story);
        story.tap("Safety");
        assert_eq!(story.state.page(), &Page::Safety);
        story.see("This page keeps nothing");
        story.see("1-800-363-9010");
        assert_eq!(held(&story), before);
    }
}

#[test]
fn at_two_hundred_percent_nothing_is_wider_than_the_window() {
    for language in Language::ALL {
        for preset in Preset::ALL {
            for (name, set) in sameside::app::preset::scenes(preset) {
                let mut scene = state(preset, language, |settings| settings.zoom = 200);
                set(&mut scene);
                let mut story = Story::new(scene, PHONE);
                for found in story.told() {
                    let right = found.bounds.x + found.bounds.width;
                    assert!(right <= 180.5, "{preset:?} {name} {language:?}: {:?} ends at {right}", found.info.name);
                }
            }
        }
    }
}

#[test]
fn everything_that_can_be_pressed_has_a_name_and_is_large_enough() {
    for language in Language::ALL {
        for preset in Preset::ALL {
            for (name, set) in sameside::app::preset::scenes(preset) {
                let mut scene = state(preset, language, |_| {});
                set(&mut scene);
                let mut story = Story::new(scene, PHONE);
                for found in story.told().into_iter().filter(|found| found.info.enabled) {
                    assert!(!found.info.name.trim().is_empty(), "{preset:?} {name}: {:?}", found.info);
                    let pressed = !matches!(
                        found.info.role,
                        sameside::app::widget::Role::Heading
                            | sameside::app::widget::Role::Status
                            | sameside::app::widget::Role::Picture
                            | sameside::app::widget::Role::Field
                    );
                    if pressed {
                        assert!(found.bounds.height >= 43.9, "{preset:?} {name}: {found:?}");
                    }
                }
            }
        }
    }
}
