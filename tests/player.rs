//! Every kind of step with a finger alone and with keys alone; breaks and timers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

mod common;

use std::time::Duration;

use common::player::{answer, begin, chosen, empty, open, run, say, text};
use common::{DESKTOP, PHONE, Story, find, press};
use iced_test::core::keyboard::{Modifiers, key::Named as Key};
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::player;
use sameside::app::widget::describe::Stand;
use sameside::app::{Message, Sameside, chrome};
use sameside::exercise::{Answer, Library};
use sameside::locale::Language;
use sameside::system::Appearance;

/// One step of every kind.
const EVERY: &str = r#"(schema: 2, id: "every", title: "Every kind", summary: "S.", who: Both, stage: Prepare, minutes: 5, why: "W.", steps: [
    (id: "read", title: "A", text: "Read it.", kind: Read(aloud: true)),
    (id: "write", title: "B", text: "Write it.", kind: Write(hint: "h", lines: 2)),
    (id: "choose", title: "C", text: "Some.", kind: Choose(options: [(id: "a", label: "Tea"), (id: "b", label: "Milk")], many: true, own_words: true)),
    (id: "one", title: "D", text: "One.", kind: Choose(options: [(id: "a", label: "Bread"), (id: "b", label: "Rice")], many: false, own_words: false)),
    (id: "scale", title: "E", text: "How much?", kind: Scale(steps: 5, low: "little", high: "much")),
    (id: "sort", title: "F", text: "In order.", kind: Sort(items: [(id: "x", label: "Sun"), (id: "y", label: "Rain"), (id: "z", label: "Snow")])),
    (id: "breathe", title: "G", text: "In and out.", kind: Breathe(seconds: 60, breathe_in: 4, breathe_out: 6)),
    (id: "timer", title: "H", text: "Some minutes.", kind: Timer(minutes: 3)),
    (id: "turns", title: "I", text: "One, then the other.", kind: Turns(minutes: 2, rounds: 1, speaker: "Speak.", listener: "Listen.")),
    (id: "apart", title: "J", text: "Each alone.", kind: Apart(question: "What is good?", hint: "tea", lines: 3)),
    (id: "back", title: "K", text: "Both ways.", kind: Paraphrase(listener: "Say it back.", speaker: "Was that it?")),
    (id: "draft", title: "L", text: "Put together.", kind: Draft(template: "I say {write}, in the {choose}.", part: Some(Trial))),
    (id: "look", title: "M", text: "In a week.", kind: CheckBack(days: 7)),
])"#;

fn every(size: iced::Size) -> Story {
    let mut story = empty(size);
    let library = Library::new(Language::En, &[("every.ron".to_owned(), EVERY.to_owned())]);
    assert_eq!(library.faults, []);
    story.state.replace_library(library);
    begin(&mut story, "every");
    story
}

/// A person who uses nothing but a finger (and the keyboard that a phone shows), or nothing but keys.
struct Person {
    story: Story,
    keys: bool,
}

impl Person {
    fn act(&mut self, name: &str) {
        if self.keys { self.story.tab_to_and_enter(name) } else { self.story.touch(name) }
    }

    fn write(&mut self, label: &str, words: &str) {
        if self.keys { self.story.tab_to_and_type(label, words) } else { self.story.touch_and_type(label, words) }
    }

    fn answer(&self, step: &str) -> Option<Answer> {
        answer(&self.story, "every", step)
    }
}

#[test]
fn every_kind_of_step_with_a_finger_alone_and_with_keys_alone() {
    for keys in [false, true] {
        let mut person = Person { story: every(if keys { DESKTOP } else { PHONE }), keys };
        person.act("Next");
        person.write("Your answer", "thank you");
        assert_eq!(person.answer("write"), text("thank you"), "keys: {keys}");
        person.act("Next");
        person.act("Milk");
        person.write("Your own words", "honey");
        assert_eq!(person.answer("choose"), chosen(&["b"], "honey"));
        person.act("Next");
        person.act("Bread");
        person.act("Rice");
        assert_eq!(person.answer("one"), chosen(&["b"], ""));
        person.act("Next");
        person.act("4");
        assert_eq!(person.answer("scale"), Some(Answer::Scaled(4)));
        person.act("Next");
        person.act("Move up: Snow");
        assert_eq!(person.answer("sort"), Some(Answer::Sorted(["x", "z", "y"].map(str::to_owned).to_vec())));
        person.act("Next");
        person.act("Start the circle");
        person.act("Stop the circle");
        person.act("Next");
        person.act("Start the timer");
        person.act("2 more minutes");
        person.act("Pause");
        person.story.see("5:00 left");
        person.act("Without a timer");
        person.act("Next");
        person.act("Start this turn");
        person.act("Swap now");
        person.story.see("Pass it to your partner");
        person.act("Start this turn");
        person.act("2 more minutes");
        person.story.see("4:00 left");
        person.act("Swap now");
        person.story.see("That was the last turn");
        person.act("Next");
        person.write("Your answer", "Tea.");
        person.act("Choose what may be shown");
        person.act("This may be shown");
        person.act("I changed my mind");
        assert_eq!(person.answer("apart"), text("Tea."));
        person.act("Next");
        person.act("I said it back");
        person.act("Yes, that is it");
        person.act("Next");
        person.write("Your answer", " Now.");
        assert_eq!(person.answer("draft"), text("I say thank you, in the milk and honey. Now."));
        person.act("Next");
        person.act("Yes, show it to me again that day");
        person.act("Finish");
        assert!(person.story.state.desk().progress("every").unwrap().is_done());
        assert!(run(&person.story, "every").check_back.is_some());
    }
}

#[test]
fn the_main_button_is_what_one_does_now() {
    let mut story = every(PHONE);
    let main = |story: &mut Story, names: &[&str]| {
        let told = story.told().into_iter().filter(|found| found.info.stand == Stand::Main && found.info.enabled);
        assert_eq!(told.map(|found| found.info.name).collect::<Vec<_>>(), names);
    };
    main(&mut story, &["Next"]);
    for _ in 0..7 {
        say(&mut story, player::Message::SkipChosen);
    }
    main(&mut story, &["Next"]);
    story.touch("Skip");
    for (now, then) in [
        ("Start this turn", "Swap now"),
        ("Swap now", "Start this turn"),
        ("Start this turn", "Swap now"),
        ("Swap now", "Next"),
    ] {
        main(&mut story, &[now]);
        story.touch(now);
        main(&mut story, &[then]);
    }
    story.touch("Next");
    main(&mut story, &[]);
    story.touch_and_type("Your answer", "Tea.");
    for now in ["Choose what may be shown", "This may be shown", "Pass it to your partner"] {
        main(&mut story, &[now]);
        story.touch(now);
    }
    story.touch("Not yet");
    for now in ["Next", "I said it back", "Yes, that is it", "I said it back", "Yes, that is it", "Next"] {
        if now != "Next" {
            main(&mut story, &[now]);
        }
        story.touch(now);
    }
    main(&mut story, &["Next"]);
}

#[test]
fn what_one_does_next_is_in_sight_at_every_step() {
    for (language, size) in [(Language::En, PHONE), (Language::Fr, PHONE), (Language::En, DESKTOP)] {
        let mut story = Story::new(state(Preset::Empty, language, |_| {}), size);
        for exercise in &Library::new(language, &[]).exercises {
            open(&mut story, Page::Exercise(exercise.id.clone()));
            say(&mut story, player::Message::BeginChosen);
            for step in &exercise.steps {
                let told = story.told();
                let main: Vec<_> = told.iter().filter(|found| found.info.stand == Stand::Main).collect();
                let whole = |seen: iced::Rectangle| seen.height >= main[0].bounds.height - 0.5;
                assert_eq!(main.len(), 1, "{} {}: one main button", exercise.id, step.id);
                assert!(main[0].visible.is_some_and(whole), "{} {}: {:?}", exercise.id, step.id, main[0]);
                say(&mut story, player::Message::NextChosen);
            }
        }
    }
}

#[test]
fn the_page_stays_where_it_is_when_the_keyboard_is_below_it() {
    let mut story = empty(PHONE);
    common::player::begin_at(&mut story, "choosing", "order");
    story.with(|window| {
        let title = |window: &mut _| find(window, "What counts most for you").and_then(|found| found.visible);
        let before = title(window);
        assert!(before.is_some());
        // Backwards, the bar and the foot come first; behind them lie, unseen, the last rows of the page.
        for name in ["More", "Therapists", "Moment", "Exercises", "Today", "Skip", "Previous", "Next"] {
            let _ = window.simulate([press(Key::Tab, Modifiers::SHIFT)]);
            assert!(find(window, name).is_some_and(|found| found.info.focused), "{name}");
            assert_eq!(title(window), before, "the page moved for {name}");
        }
        let _ = window.simulate([press(Key::Tab, Modifiers::SHIFT)]);
        assert!(find(window, "About this exercise").is_some_and(|found| found.visible.is_some()));
        assert_ne!(title(window), before, "what is on the page is scrolled into view");
    });
}

/// What is drawn of a running timer, and the messages that this sent.
fn redrawn(story: &mut Story) -> Vec<Message> {
    let redraw = || iced_test::core::Event::Window(iced::window::Event::RedrawRequested(std::time::Instant::now()));
    let (_, messages) = story.gather(|window| {
        for _ in 0..3 {
            let _ = window.simulate([redraw()]);
        }
    });
    messages
}

#[test]
fn a_running_timer_sends_nothing_when_it_is_redrawn() {
    let mut story = every(PHONE);
    for _ in 0..7 {
        say(&mut story, player::Message::SkipChosen);
    }
    assert!(redrawn(&mut story).is_empty());
    story.touch("Start the timer");
    story.see("3:00 left");
    assert!(redrawn(&mut story).is_empty());
}

#[test]
fn a_circle_that_breathes_sends_no_message_with_any_frame() {
    let mut story = every(PHONE);
    for _ in 0..6 {
        say(&mut story, player::Message::SkipChosen);
    }
    story.touch("Start the circle");
    story.info("A circle that breathes with you");
    // Two minutes of frames, thirty a second: past the end of the breath too.
    let ((), messages) = story.gather(|window| {
        let began = std::time::Instant::now();
        for frame in 0..3_600 {
            let at = began + Duration::from_millis(33) * frame;
            let _ = window.simulate([iced_test::core::Event::Window(iced::window::Event::RedrawRequested(at))]);
        }
    });
    assert!(messages.is_empty(), "{messages:?}");
}

#[test]
fn arrow_keys_put_things_in_order() {
    let mut story = every(DESKTOP);
    for _ in 0..5 {
        say(&mut story, player::Message::SkipChosen);
    }
    for (name, key) in [("Move up: Snow", Key::ArrowUp), ("Move down: Sun", Key::ArrowDown)] {
        story.with(|window| {
            for _ in 0..60 {
                let _ = window.simulate([press(Key::Tab, Modifiers::empty())]);
                if find(window, name).is_some_and(|found| found.info.focused) {
                    break;
                }
            }
            let _ = window.simulate([press(key, Modifiers::empty())]);
        });
    }
    assert_eq!(answer(&story, "every", "sort"), Some(Answer::Sorted(["z", "x", "y"].map(str::to_owned).to_vec())));
}

#[test]
fn every_step_can_be_skipped_and_back_loses_no_word() {
    let mut story = every(PHONE);
    let steps = 13;
    for at in 0..steps - 1 {
        story.info(&format!("Step {} of {steps}", at + 1));
        if ["write", "apart"].contains(&run(&story, "every").step.as_str()) {
            story.type_into("Your answer", "kept");
        }
        story.touch("Skip");
    }
    for at in (0..steps - 1).rev() {
        story.touch("Previous");
        story.info(&format!("Step {} of {steps}", at + 1));
    }
    assert_eq!((answer(&story, "every", "write"), answer(&story, "every", "apart")), (text("kept"), text("kept")));
    assert_eq!(run(&story, "every").answers.len(), 2, "what was skipped is not taken as done");
}

#[test]
fn a_break_has_a_time_to_come_back_and_leads_to_the_very_step() {
    let mut story = every(PHONE);
    say(&mut story, player::Message::NextChosen);
    story.type_into("Your answer", "half a");
    story.touch("Take a break");
    story.see("Back at 10:00 am");
    story.see("Back tomorrow at 9:40 am");
    story.touch("No break, go on");
    story.touch("Take a break");
    story.touch("20 minutes");
    let now = story.state.desk().now();
    let held = story.state.desk().data.plan.held_until.unwrap();
    assert_eq!(held.duration_since(now.timestamp()), jiff::SignedDuration::from_mins(20));
    story.see("A break. Back at 10:00 am.");
    story.touch("Back to Today");
    story.see("A break. Back at 10:00 am.");
    story.touch("Go on");
    story.touch("End the break now");
    assert_eq!(story.state.desk().data.plan.held_until, None, "the reminder is no longer held");
    story.info("Step 2 of 13");
    story.type_into("Your answer", " word");
    assert_eq!(answer(&story, "every", "write"), text("half a word"));
    // Another day in another window, when the break is over.
    story.touch("Take a break");
    story.touch("Until tomorrow");
    let data = story.state.desk().data.clone();
    let later = now.checked_add(jiff::Span::new().days(2)).unwrap();
    let page = Page::Exercise("every".to_owned());
    let desk = Desk::in_memory(data, later);
    let mut again = Sameside::new(desk, Page::Today, Appearance::default(), &[]);
    again.replace_library(Library::new(Language::En, &[("every.ron".to_owned(), EVERY.to_owned())]));
    let mut again = Story::new(again, PHONE);
    again.see("Welcome back");
    open(&mut again, page);
    again.see("You are where you left. Step 2 of 13.");
    again.touch("Go on");
    again.info("Your answer");
}

#[test]
fn a_timer_goes_on_while_one_looks_elsewhere_and_is_off_for_those_who_want_none() {
    let mut story = every(PHONE);
    for _ in 0..7 {
        say(&mut story, player::Message::SkipChosen);
    }
    story.touch("Start the timer");
    story.touch("2 more minutes");
    open(&mut story, Page::Safety);
    let _ = story.state.update(Message::Chrome(chrome::Message::BackChosen));
    story.see("5:00 left");
    story.info("Pause");
    open(&mut story, Page::Settings);
    story.touch("No timers in exercises");
    open(&mut story, Page::Exercise("every".to_owned()));
    story.touch("Previous");
    story.touch("Next");
    story.see("No timer. Take the time you need.");
    story.touch("Next");
    story.see_not("left");
    story.touch("Swap now");
    story.see("Pass it to your partner");
}
