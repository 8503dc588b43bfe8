//! Putting things in order: with a finger alone, with a mouse alone, with keys alone; and a finger that only scrolls.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod common;

use std::sync::{Arc, Mutex};

use common::player::{answer, begin_at, empty};
use common::{DESKTOP, PHONE, Story, find, press};
use iced_test::core::keyboard::{Modifiers, key::Named as Key};
use iced_test::core::widget::Id;
use iced_test::core::{Event, Point, Rectangle, mouse, touch};
use iced_test::selector::Candidate;
use iced_test::{Selector, Simulator};
use sameside::app::Message;
use sameside::app::screen::{Message as OnPage, player};
use sameside::app::widget::drag::HANDLE;
use sameside::exercise::Answer;

/// The things of the step, as they stand in the file.
const THINGS: [&str; 6] = ["fair", "cost", "hours", "place", "skill", "roots"];

/// Gathers where the handles are, by never being content with one.
#[derive(Clone, Default)]
struct Handles(Arc<Mutex<Vec<Rectangle>>>);

impl Selector for Handles {
    type Output = ();

    fn select(&mut self, candidate: Candidate<'_>) -> Option<()> {
        if let Candidate::Container { id: Some(id), visible_bounds, .. } = candidate
            && *id == Id::from(HANDLE)
        {
            self.0.lock().unwrap().push(visible_bounds.unwrap_or_default());
        }
        None
    }

    fn description(&self) -> String {
        "every handle".to_owned()
    }
}

type Window<'a> = Simulator<'a, Message>;

fn handle(window: &mut Window<'_>, at: usize) -> Point {
    let handles = Handles::default();
    let _ = window.find(handles.clone());
    let all = handles.0.lock().unwrap();
    assert!(
        all[at].width >= 44.0 && all[at].height >= 44.0,
        "the handle at {at} is small or out of sight: {all:?}"
    );
    all[at].center()
}

fn step(size: iced::Size) -> Story {
    let mut story = empty(size);
    begin_at(&mut story, "choosing", "order");
    story
}

fn order(story: &Story) -> Vec<String> {
    match answer(story, "choosing", "order") {
        Some(Answer::Sorted(order)) => order,
        None => THINGS.map(str::to_owned).to_vec(),
        other => panic!("{other:?}"),
    }
}

const FINGER: touch::Finger = touch::Finger(1);

/// What a hand does: with a finger, or with a mouse.
#[derive(Clone, Copy)]
struct Hand {
    finger: bool,
}

impl Hand {
    fn down(self, window: &mut Window<'_>, position: Point) {
        window.point_at(position);
        let _ = window.simulate([if self.finger {
            Event::Touch(touch::Event::FingerPressed { id: FINGER, position })
        } else {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
        }]);
    }

    /// In small steps, as a hand moves.
    fn drag(self, window: &mut Window<'_>, from: Point, to: Point) {
        for part in 1_u8..=8 {
            let part = f32::from(part) / 8.0;
            let position = Point::new(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part);
            window.point_at(position);
            let _ = window.simulate([if self.finger {
                Event::Touch(touch::Event::FingerMoved { id: FINGER, position })
            } else {
                Event::Mouse(mouse::Event::CursorMoved { position })
            }]);
        }
    }

    fn up(self, window: &mut Window<'_>, position: Point) {
        let _ = window.simulate([if self.finger {
            Event::Touch(touch::Event::FingerLifted { id: FINGER, position })
        } else {
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
        }]);
    }
}

fn redraw() -> Event {
    Event::Window(iced::window::Event::RedrawRequested(iced_test::core::time::Instant::now()))
}

/// Keeps a picture of the window, if `SAMESIDE_RECORD` names a folder for it.
fn record(window: &mut Window<'_>, theme: &iced::Theme, name: &str) {
    if let Some(folder) = std::env::var_os("SAMESIDE_RECORD") {
        let path = std::path::Path::new(&folder).join(name);
        let _ = window.snapshot(theme).unwrap().matches_image(path).unwrap();
    }
}

#[test]
fn a_thing_is_dragged_by_its_handle_with_a_finger_alone_and_with_a_mouse_alone() {
    for (size, finger) in [(PHONE, true), (DESKTOP, false), (PHONE, false), (DESKTOP, true)] {
        let (mut story, hand) = (step(size), Hand { finger });
        let theme = story.state.theme();
        story.with(|window| {
            let (from, to) = (handle(window, 0), handle(window, 2));
            hand.down(window, from);
            hand.drag(window, from, to);
            record(window, &theme, &format!("sort-{}-{finger}", size.width));
            hand.up(window, to);
        });
        assert_eq!(order(&story), ["cost", "hours", "fair", "place", "skill", "roots"], "finger: {finger}");
        story.with(|window| {
            let (from, to) = (handle(window, 1), handle(window, 0));
            hand.down(window, from);
            hand.drag(window, from, to);
            hand.up(window, to);
        });
        assert_eq!(order(&story), ["hours", "cost", "fair", "place", "skill", "roots"]);
        // Put down where it was taken: nothing changes.
        story.with(|window| {
            let from = handle(window, 1);
            hand.down(window, from);
            hand.drag(window, from, Point::new(from.x, from.y + 12.0));
            hand.up(window, from);
        });
        assert_eq!(order(&story), ["hours", "cost", "fair", "place", "skill", "roots"]);
        // The buttons are still there for the same hand.
        if finger {
            story.touch("Move up: The cost");
        } else {
            story.tap("Move up: The cost");
        }
        assert_eq!(order(&story)[..2], ["cost", "hours"]);
        assert_eq!(order(&story).len(), THINGS.len(), "nothing is lost or doubled");
    }
}

#[test]
fn keys_alone_put_things_in_order_and_the_focus_goes_with_them() {
    let mut story = step(DESKTOP);
    story.tab_to_and_enter("Move down: The cost");
    assert_eq!(order(&story)[..3], ["fair", "hours", "cost"]);
    story.with(|window| {
        for _ in 0..80 {
            let _ = window.simulate([press(Key::Tab, Modifiers::empty())]);
            if find(window, "Move up: The cost").is_some_and(|found| found.info.focused) {
                break;
            }
        }
        let _ = window.simulate([press(Key::ArrowUp, Modifiers::empty())]);
    });
    assert_eq!(order(&story)[..3], ["fair", "cost", "hours"]);
}

#[test]
fn a_finger_beside_the_handles_scrolls_and_one_on_a_handle_does_not() {
    let mut story = step(PHONE);
    let hand = Hand { finger: true };
    let moved = |story: &mut Story, by: f32| {
        story.with(|window| {
            let before = handle(window, 1);
            let from = Point::new(before.x + by, before.y);
            hand.down(window, from);
            hand.drag(window, from, Point::new(from.x, from.y - 80.0));
            let _ = window.simulate([redraw()]);
            let handles = Handles::default();
            let _ = window.find(handles.clone());
            let after = handles.0.lock().unwrap()[1].center().y;
            hand.up(window, Point::new(from.x, from.y - 80.0));
            before.y - after
        })
    };
    let by = moved(&mut story, 110.0);
    assert!(by > 60.0, "on the words of a row the page follows the finger: {by}");
    assert_eq!(order(&story), THINGS);
    let mut story = step(PHONE);
    assert_eq!(moved(&mut story, 0.0), 0.0, "the page stays, the row moves");
    assert_eq!(order(&story)[..2], ["cost", "fair"]);
}

#[test]
fn a_row_at_the_end_of_what_is_seen_scrolls_the_page_and_a_lost_finger_puts_it_back() {
    let mut story = step(PHONE);
    let hand = Hand { finger: true };
    let ((), messages) = story.gather(|window| {
        let from = handle(window, 0);
        hand.down(window, from);
        // In the middle nothing scrolls.
        let _ = window.simulate([redraw()]);
        hand.drag(window, from, Point::new(from.x, 505.0));
        let _ = window.simulate([redraw()]);
        let lost = touch::Event::FingerLost { id: FINGER, position: from };
        let _ = window.simulate([Event::Touch(lost), redraw()]);
    });
    let [Message::Screen(OnPage::Player(player::Message::ScrollNeeded(by)))] = messages.as_slice() else {
        panic!("one message to scroll, and none to put the row elsewhere: {messages:?}");
    };
    assert!(*by > 0.0, "down: {by}");
}
