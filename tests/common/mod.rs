//! What the story tests share: a window without a display, driven as a person would.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

pub mod player;
pub mod real;
pub mod tasks;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use iced_test::core::{Event, Point, Rectangle, Size, keyboard, mouse, touch};
use iced_test::selector::Candidate;
use iced_test::{Selector, Simulator};
use sameside::app::widget::describe::Info;
use sameside::app::{Message, Sameside};

/// The two sizes at which every story runs.
pub const PHONE: Size = Size::new(360.0, 640.0);
/// A laptop.
pub const DESKTOP: Size = Size::new(1280.0, 800.0);

/// A window in the making of a story.
pub struct Story {
    /// The whole state.
    pub state: Sameside,
    /// Size of the window in logical pixels.
    pub size: Size,
}

/// Finds what tells a name through [`Info`].
#[derive(Clone)]
struct Named(String);

/// What was found: what it tells, where it is, and which part of it can be seen.
#[derive(Debug, Clone)]
pub struct Found {
    pub info: Info,
    pub bounds: Rectangle,
    pub visible: Option<Rectangle>,
}

impl Selector for Named {
    type Output = Found;

    fn select(&mut self, candidate: Candidate<'_>) -> Option<Found> {
        let Candidate::Custom { bounds, visible_bounds, state, .. } = candidate else { return None };
        let info = state.downcast_ref::<Info>()?;
        let same = info.name == self.0 || info.name.starts_with(&format!("{}. ", self.0));
        same.then(|| Found { info: info.clone(), bounds, visible: visible_bounds })
    }

    fn description(&self) -> String {
        format!("something named {:?}", self.0)
    }
}

/// Finds text that holds these words.
#[derive(Clone)]
struct Words(String);

impl Selector for Words {
    type Output = String;

    fn select(&mut self, candidate: Candidate<'_>) -> Option<String> {
        match candidate {
            Candidate::Text { content, .. } if content.contains(&self.0) => Some(content.to_owned()),
            Candidate::TextInput { state, .. } if state.text().contains(&self.0) => Some(state.text().to_owned()),
            _ => None,
        }
    }

    fn description(&self) -> String {
        format!("text with {:?}", self.0)
    }
}

/// Gathers everything that tells its name, by never being content with one.
#[derive(Clone, Default)]
struct All(Arc<Mutex<Vec<Found>>>);

impl Selector for All {
    type Output = ();

    fn select(&mut self, candidate: Candidate<'_>) -> Option<()> {
        let Candidate::Custom { bounds, visible_bounds, state, .. } = candidate else { return None };
        let info = state.downcast_ref::<Info>()?.clone();
        self.0.lock().unwrap().push(Found { info, bounds, visible: visible_bounds });
        None
    }

    fn description(&self) -> String {
        "everything".to_owned()
    }
}

impl Story {
    pub fn new(state: Sameside, size: Size) -> Self {
        sameside::app::pictures::load_fonts();
        Self { state, size }
    }

    /// Draws the window, does something in it, and hands what came of it to the state.
    pub fn with<R>(&mut self, act: impl FnOnce(&mut Simulator<'_, Message>) -> R) -> R {
        let (result, messages) = self.gather(act);
        for message in messages {
            let _ = self.state.update(message);
        }
        result
    }

    /// The same, but what came of it is handed back.
    pub fn gather<R>(&mut self, act: impl FnOnce(&mut Simulator<'_, Message>) -> R) -> (R, Vec<Message>) {
        let settings = iced::Settings { default_font: sameside::app::theme::REGULAR, ..iced::Settings::default() };
        let scale = self.state.scale_factor();
        let size = Size::new(self.size.width / scale, self.size.height / scale);
        let mut window = Simulator::with_size(settings, size, self.state.view());
        let result = act(&mut window);
        (result, window.into_messages().collect())
    }

    /// What a tap on what is so named would say.
    #[track_caller]
    pub fn messages_of_tap(&mut self, name: &str) -> Vec<Message> {
        let middle = self.middle();
        let (spot, messages) = self.gather(|window| {
            reach(window, name, middle).map(|spot| {
                window.point_at(spot);
                let _ = window.simulate(iced_test::simulator::click());
            })
        });
        if spot.is_none() {
            self.lost(name);
        }
        messages
    }

    /// What a finger on what is so named would say.
    #[track_caller]
    pub fn messages_of_touch(&mut self, name: &str) -> Vec<Message> {
        let middle = self.middle();
        let (spot, messages) = self.gather(|window| finger(window, name, middle));
        if spot.is_none() {
            self.lost(name);
        }
        messages
    }

    /// What Enter would say on what is so named, reached with Tab alone.
    #[track_caller]
    pub fn messages_of_enter(&mut self, name: &str) -> Vec<Message> {
        let (reached, messages) = self.gather(|window| {
            let reached = focus_by_tab(window, name);
            let _ = window.simulate([press(keyboard::key::Named::Enter, keyboard::Modifiers::empty())]);
            reached
        });
        if !reached {
            self.lost(name);
        }
        messages
    }

    /// Every text on the page, and what is typed.
    pub fn words(&mut self) -> Vec<String> {
        #[derive(Clone, Default)]
        struct Texts(Arc<Mutex<Vec<String>>>);
        impl Selector for Texts {
            type Output = ();
            fn select(&mut self, candidate: Candidate<'_>) -> Option<()> {
                let text = match candidate {
                    Candidate::Text { content, .. } => content.to_owned(),
                    Candidate::TextInput { state, .. } => state.text().to_owned(),
                    _ => return None,
                };
                self.0.lock().unwrap().push(text);
                None
            }
            fn description(&self) -> String {
                "all words".to_owned()
            }
        }
        let texts = Texts::default();
        let _ = self.with(|window| window.find(texts.clone()));
        texts.0.lock().unwrap().clone()
    }

    /// Whether some text on the page, scrolled into view or not, holds these words.
    pub fn shows(&mut self, words: &str) -> bool {
        let words = Words(words.to_owned());
        self.with(|window| window.find(words).is_ok())
    }

    /// Fails unless some text on the page holds these words.
    #[track_caller]
    pub fn see(&mut self, words: &str) {
        if !self.shows(words) {
            self.lost(words);
        }
    }

    /// Fails if some text on the page holds these words.
    #[track_caller]
    pub fn see_not(&mut self, words: &str) {
        assert!(!self.shows(words), "{words:?} is on {:?}", self.state.page());
    }

    /// Fails, and says what is there instead.
    #[track_caller]
    fn lost(&mut self, wanted: &str) -> ! {
        let (names, page) = (self.names(), self.state.page());
        panic!("{wanted:?} cannot be found or reached on {page:?}; there is: {names:#?}");
    }

    /// Everything that tells its name, in reading order.
    pub fn told(&mut self) -> Vec<Found> {
        let all = All::default();
        let _ = self.with(|window| window.find(all.clone()));
        all.0.lock().map(|found| found.clone()).unwrap_or_default()
    }

    /// The names of everything that tells one.
    pub fn names(&mut self) -> Vec<String> {
        self.told().into_iter().map(|found| found.info.name).collect()
    }

    /// What a thing tells about itself.
    #[track_caller]
    pub fn info(&mut self, name: &str) -> Info {
        let named = Named(name.to_owned());
        match self.with(|window| window.find(named).ok()) {
            Some(found) => found.info,
            None => self.lost(name),
        }
    }

    /// Half the height of the window, in logical pixels.
    fn middle(&self) -> f32 {
        self.size.height / self.state.scale_factor() / 2.0
    }

    /// Where to tap what is so named.
    #[track_caller]
    pub fn spot(&mut self, name: &str) -> Point {
        let middle = self.middle();
        match self.with(|window| reach(window, name, middle)) {
            Some(spot) => spot,
            None => self.lost(name),
        }
    }

    /// Taps what is so named, with a mouse; scrolls it into view first, as a person would.
    #[track_caller]
    pub fn tap(&mut self, name: &str) {
        let middle = self.middle();
        let spot = self.with(|window| {
            reach(window, name, middle).map(|spot| {
                window.point_at(spot);
                let _ = window.simulate(iced_test::simulator::click());
            })
        });
        if spot.is_none() {
            self.lost(name);
        }
    }

    /// Taps what is so named with a finger.
    #[track_caller]
    pub fn touch(&mut self, name: &str) {
        let middle = self.middle();
        let spot = self.with(|window| finger(window, name, middle));
        if spot.is_none() {
            self.lost(name);
        }
    }

    /// Types into the field that is so labelled, one letter a message, as a person would.
    #[track_caller]
    pub fn type_into(&mut self, label: &str, text: &str) {
        let middle = self.middle();
        for letter in text.chars() {
            let spot = self.with(|window| {
                reach(window, label, middle).map(|spot| {
                    window.point_at(spot);
                    let _ = window.simulate(iced_test::simulator::click());
                    // To the end: a new window puts the caret where it was clicked.
                    let _ = window.simulate([press(keyboard::key::Named::End, keyboard::Modifiers::CTRL)]);
                    let _ = window.tap_key(keyboard::key::Named::End);
                    let _ = window.typewrite(&letter.to_string());
                })
            });
            if spot.is_none() {
                self.lost(label);
            }
        }
    }

    /// Presses keys one after another in one window, so that the focus stays where it was.
    pub fn keys(&mut self, keys: &[keyboard::key::Named]) {
        self.with(|window| {
            for key in keys {
                let _ = window.simulate([press(*key, keyboard::Modifiers::empty())]);
            }
        });
    }

    /// Goes to what is so named with Tab alone and presses Enter; fails if Tab never reaches it.
    #[track_caller]
    pub fn tab_to_and_enter(&mut self, name: &str) {
        let reached = self.with(|window| {
            if !focus_by_tab(window, name) {
                return false;
            }
            let visible = find(window, name).and_then(|found| found.visible);
            let _ = window.simulate([press(keyboard::key::Named::Enter, keyboard::Modifiers::empty())]);
            visible.is_some()
        });
        if !reached {
            self.lost(name);
        }
    }

    /// Puts a finger on the field that is so named, and types at its end.
    #[track_caller]
    pub fn touch_and_type(&mut self, name: &str, text: &str) {
        let middle = self.middle();
        let spot = self.with(|window| {
            reach(window, name, middle).map(|position| {
                let id = touch::Finger(1);
                window.point_at(position);
                let _ = window.simulate([
                    Event::Touch(touch::Event::FingerPressed { id, position }),
                    Event::Touch(touch::Event::FingerLifted { id, position }),
                ]);
                let _ = window.simulate([press(keyboard::key::Named::End, keyboard::Modifiers::CTRL)]);
                let _ = window.typewrite(text);
            })
        });
        if spot.is_none() {
            self.lost(name);
        }
    }

    /// Goes to the field that is so named with Tab alone, and types at its end.
    #[track_caller]
    pub fn tab_to_and_type(&mut self, name: &str, text: &str) {
        let reached = self.with(|window| {
            let reached = focus_by_tab(window, name);
            if reached {
                let _ = window.simulate([press(keyboard::key::Named::End, keyboard::Modifiers::CTRL)]);
                let _ = window.typewrite(text);
            }
            reached
        });
        if !reached {
            self.lost(name);
        }
    }
}

/// Presses Tab until what is so named has the focus; false if it never comes.
fn focus_by_tab(window: &mut Simulator<'_, Message>, name: &str) -> bool {
    (0..300).any(|_| {
        let _ = window.simulate([press(keyboard::key::Named::Tab, keyboard::Modifiers::empty()), redrawn()]);
        find(window, name).is_some_and(|found| found.info.focused)
    })
}

/// How many things are made whose names begin so, in view or not.
pub fn made(window: &mut Simulator<'_, Message>, beginning: &str) -> usize {
    let all = All::default();
    let _ = window.find(all.clone());
    let found = all.0.lock().unwrap();
    found.iter().filter(|found| found.info.name.starts_with(beginning)).count()
}

/// Turns the wheel over a point.
pub fn wheel(window: &mut Simulator<'_, Message>, x: f32, y: f32, by: f32) {
    window.point_at(Point::new(x, y));
    let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: by };
    let _ = window.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta }), redrawn()]);
}

/// A window is drawn anew after what happened in it.
fn redrawn() -> Event {
    Event::Window(iced_test::core::window::Event::RedrawRequested(iced_test::core::time::Instant::now()))
}

/// What is so named, if it is there.
pub fn find(window: &mut Simulator<'_, Message>, name: &str) -> Option<Found> {
    window.find(Named(name.to_owned())).ok()
}

/// A key press as a window would report it.
pub fn press(key: keyboard::key::Named, modifiers: keyboard::Modifiers) -> Event {
    let key = keyboard::Key::Named(key);
    Event::Keyboard(keyboard::Event::KeyPressed {
        key: key.clone(),
        modified_key: key,
        physical_key: keyboard::key::Physical::Unidentified(keyboard::key::NativeCode::Unidentified),
        location: keyboard::Location::Standard,
        modifiers,
        text: None,
        repeat: false,
    })
}

/// Puts a finger on what is so named and lifts it, and says where.
fn finger(window: &mut Simulator<'_, Message>, name: &str, middle: f32) -> Option<Point> {
    let position = reach(window, name, middle)?;
    let id = touch::Finger(1);
    window.point_at(position);
    let _ = window.simulate([
        Event::Touch(touch::Event::FingerPressed { id, position }),
        Event::Touch(touch::Event::FingerLifted { id, position }),
    ]);
    Some(position)
}

/// Scrolls with the wheel until what is so named can be seen, and says where to tap it.
fn reach(window: &mut Simulator<'_, Message>, name: &str, middle: f32) -> Option<Point> {
    for _ in 0..200 {
        let found = window.find(Named(name.to_owned())).ok()?;
        let whole = found.visible.filter(|seen| seen.height >= found.bounds.height.min(60.0) * 0.9);
        if let Some(visible) = whole {
            return Some(visible.center());
        }
        // The wheel turns over the middle of the thing's column, within the window.
        window.point_at(Point::new(found.bounds.center_x(), middle));
        let down = found.visible.map_or(found.bounds.y > 0.0, |seen| seen.y > 100.0);
        let y = if down { -60.0 } else { 60.0 };
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y };
        let _ = window.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta })]);
    }
    window.find(Named(name.to_owned())).ok()?.visible.map(|visible| visible.center())
}

/// Waits until `done`, at most `patience`; says whether it came.
pub fn wait_for(patience: Duration, mut done: impl FnMut() -> bool) -> bool {
    let start = std::time::Instant::now();
    while start.elapsed() < patience {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    done()
}
