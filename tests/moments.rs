//! The calm moment: painting the week, the check, how it went, and what the partner's word does.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod common;

use std::time::{Duration, Instant};

use common::{DESKTOP, Found, PHONE, Story, press};
use iced_test::core::{Event, Point, keyboard, mouse, touch, window};
use iced_test::selector::Candidate;
use iced_test::{Selector, Simulator};
use jiff::civil::{Weekday, date};
use keyboard::Modifiers;
use keyboard::key::Named;
use sameside::app::Message;
use sameside::app::chrome;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::widget::describe::{Info, Role, Stand};
use sameside::couple::Member;
use sameside::locale::Language;
use sameside::moment::{DAYS, Outcome, Week, What};

fn story(preset: Preset, size: iced::Size, page: Page) -> Story {
    let mut story = Story::new(state(preset, Language::En, |_| {}), size);
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
    story
}

fn week(story: &Story) -> Week {
    story.state.desk().data.plan.week
}

fn events(story: &Story) -> Vec<What> {
    story.state.desk().data.plan.events.iter().map(|event| event.what).collect()
}

fn cells(week: Week, day: Weekday) -> Vec<usize> {
    (0..48).filter(|cell| week.is_on(day, *cell)).collect()
}

/// Finds the grid.
#[derive(Clone)]
struct Grid;

impl Selector for Grid {
    type Output = Found;

    fn select(&mut self, candidate: Candidate<'_>) -> Option<Found> {
        let Candidate::Custom { bounds, visible_bounds, state, .. } = candidate else { return None };
        let info = state.downcast_ref::<Info>().filter(|info| info.role == Role::Grid)?.clone();
        Some(Found { info, bounds, visible: visible_bounds })
    }

    fn description(&self) -> String {
        "the grid".to_owned()
    }
}

/// Where cells are on the screen, once the page is scrolled so that 19:00 lies in the middle.
fn cell_points(window: &mut Simulator<'_, Message>, height: f32) -> impl Fn(Weekday, usize) -> Point + use<> {
    let grid = window.find(Grid).unwrap().bounds;
    let row = grid.height / 36.0;
    let scrolled = (grid.y + row * 26.0 - height / 2.0).max(0.0);
    window.point_at(Point::new(grid.center_x(), height / 2.0));
    let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -scrolled };
    let _ = window.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta })]);
    let seen = window.find(Grid).unwrap().visible.unwrap();
    assert!(seen.y < height / 2.0 && seen.y + seen.height > height / 2.0, "{seen:?}");
    // What is scrolled further than the page is long does not count.
    let scrolled =
        if seen.y + seen.height < height - 100.0 { grid.y + grid.height - seen.y - seen.height } else { scrolled };
    move |day, cell| {
        let column = DAYS.into_iter().position(|known| known == day).unwrap() as f32;
        let x = grid.x + grid.width / 7.0 * (column + 0.5);
        Point::new(x, grid.y + row * (cell as f32 - 12.0 + 0.5) - scrolled)
    }
}

fn drag(story: &mut Story, from: (Weekday, usize), to: (Weekday, usize)) {
    let height = story.size.height;
    story.with(|window| {
        let point = cell_points(window, height);
        window.point_at(point(from.0, from.1));
        let _ = window.simulate([Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))]);
        let position = point(to.0, to.1);
        window.point_at(position);
        let _ = window.simulate([
            Event::Mouse(mouse::Event::CursorMoved { position }),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
        ]);
    });
}

#[test]
fn a_mouse_paints_by_press_and_drag_and_clears_from_a_painted_cell() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::Empty, size, Page::Moment);
        drag(&mut story, (Weekday::Wednesday, 38), (Weekday::Wednesday, 40));
        assert_eq!(cells(week(&story), Weekday::Wednesday), [38, 39, 40]);
        assert!((week(&story).hours() - 1.5).abs() < 0.01, "nothing else is painted");
        story.see("Wednesday, 8:00\u{a0}pm to 8:30\u{a0}pm: quiet time");
        drag(&mut story, (Weekday::Wednesday, 39), (Weekday::Thursday, 40));
        assert_eq!(cells(week(&story), Weekday::Wednesday), [38]);
        // Upwards and over two days.
        drag(&mut story, (Weekday::Friday, 41), (Weekday::Thursday, 39));
        assert_eq!(cells(week(&story), Weekday::Thursday), [39, 40, 41]);
        assert_eq!(cells(week(&story), Weekday::Friday), [39, 40, 41]);
        story.tap("Undo");
        assert!(cells(week(&story), Weekday::Friday).is_empty());
    }
}

/// A finger on the grid: rests for this long, moves, lifts. Says how far the page was scrolled.
fn finger(story: &mut Story, from: (Weekday, usize), rest: Duration, to: (Weekday, usize)) -> f32 {
    let height = story.size.height;
    story.with(|window| {
        let id = touch::Finger(1);
        let point = cell_points(window, height);
        let top = |window: &mut Simulator<'_, Message>| {
            let seen = window.find(Grid).unwrap().visible.unwrap();
            seen.y + seen.height
        };
        let before = top(window);
        let position = point(from.0, from.1);
        window.point_at(position);
        let _ = window.simulate([Event::Touch(touch::Event::FingerPressed { id, position })]);
        let _ = window.simulate([Event::Window(window::Event::RedrawRequested(Instant::now() + rest))]);
        if from != to {
            let position = point(to.0, to.1);
            window.point_at(position);
            let _ = window.simulate([Event::Touch(touch::Event::FingerMoved { id, position })]);
        }
        let _ = window.simulate([Event::Touch(touch::Event::FingerLifted { id, position: point(to.0, to.1) })]);
        (top(window) - before).abs()
    })
}

#[test]
fn a_finger_scrolls_taps_an_hour_and_paints_after_resting() {
    let mut story = story(Preset::Empty, PHONE, Page::Moment);
    let shortly = Duration::from_millis(50);
    let long = Duration::from_millis(450);
    let scrolled = finger(&mut story, (Weekday::Tuesday, 38), shortly, (Weekday::Tuesday, 36));
    assert!(scrolled > 20.0, "a drag scrolls: {scrolled}");
    assert!(week(&story).is_empty(), "a drag paints nothing");
    finger(&mut story, (Weekday::Tuesday, 39), shortly, (Weekday::Tuesday, 39));
    assert_eq!(cells(week(&story), Weekday::Tuesday), [38, 39]);
    finger(&mut story, (Weekday::Tuesday, 38), shortly, (Weekday::Tuesday, 38));
    assert!(week(&story).is_empty());
    let scrolled = finger(&mut story, (Weekday::Saturday, 38), long, (Weekday::Sunday, 40));
    assert!(scrolled < 1.0, "painting does not scroll: {scrolled}");
    assert_eq!(cells(week(&story), Weekday::Saturday), [38, 39, 40]);
    assert_eq!(cells(week(&story), Weekday::Sunday), [38, 39, 40]);
}

/// Goes to the grid with Tab and presses a key there.
fn in_grid(story: &mut Story, key: Named, modifiers: Modifiers) {
    story.with(|window| {
        for _ in 0..60 {
            let _ = window.simulate([press(Named::Tab, Modifiers::empty())]);
            if window.find(Grid).unwrap().info.focused {
                let _ = window.simulate([press(key, modifiers)]);
                return;
            }
        }
        panic!("Tab does not reach the grid");
    });
}

#[test]
fn the_keyboard_alone_paints() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::Empty, size, Page::Moment);
        let none = Modifiers::empty();
        story.see("Saturday, 10:00\u{a0}am to 10:30\u{a0}am: not painted");
        in_grid(&mut story, Named::ArrowDown, none);
        in_grid(&mut story, Named::Space, none);
        story.see("Saturday, 10:30\u{a0}am to 11:00\u{a0}am: quiet time");
        in_grid(&mut story, Named::ArrowDown, Modifiers::SHIFT);
        in_grid(&mut story, Named::ArrowRight, Modifiers::SHIFT);
        assert_eq!(cells(week(&story), Weekday::Saturday), [21, 22]);
        assert_eq!(cells(week(&story), Weekday::Sunday), [22]);
        let name = story.told().into_iter().find(|found| found.info.role == Role::Grid).unwrap().info.name;
        assert_eq!(name, "Week of quiet times. Sunday, 11:00\u{a0}am to 11:30\u{a0}am: quiet time");
        in_grid(&mut story, Named::Enter, none);
        assert!(cells(week(&story), Weekday::Sunday).is_empty());
        assert!(!story.info("Copy Sunday to Monday").enabled, "there is nothing to copy");
        in_grid(&mut story, Named::ArrowLeft, none);
        story.tab_to_and_enter("Copy Saturday to every day");
        assert_eq!(cells(week(&story), Weekday::Monday), [21, 22]);
    }
}

#[test]
fn a_cell_reached_by_tab_is_in_view() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Moment);
    story.with(|window| {
        while !window.find(Grid).unwrap().info.focused {
            let _ = window.simulate([press(Named::Tab, Modifiers::empty())]);
        }
        let grid = window.find(Grid).unwrap();
        let (seen, row) = (grid.visible.unwrap(), grid.bounds.height / 36.0);
        // Saturday, 10:00 is the ninth half hour that is shown; what is above it may be scrolled away.
        assert!(seen.height > row * 9.0, "{seen:?}");
    });
}

#[test]
fn times_are_added_copied_cleared_and_brought_back() {
    let mut story = story(Preset::Empty, PHONE, Page::Moment);
    story.tap("Weekend mornings");
    story.tap("After dinner");
    assert!((week(&story).hours() - 5.0).abs() < 0.01);
    story.tap("Copy Saturday to every day");
    assert_eq!(cells(week(&story), Weekday::Monday), [20, 21, 22]);
    assert_eq!(cells(week(&story), Weekday::Tuesday), [20, 21, 22]);
    story.tap("Clear");
    assert!(week(&story).is_empty());
    story.tap("Undo");
    assert_eq!(cells(week(&story), Weekday::Wednesday), [20, 21, 22]);
    story.see_not("12 am");
    story.tap("Show the night");
    story.see("12 am");
}

#[test]
fn the_page_says_when_and_why_not() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Moment);
    story.see("Saturday, November 28");
    story.see("Saturday, December 12");
    story.tap("Why so quiet?");
    story.see("Sunday, November 29, 10:00 am to 11:30 am: quiet. It came up not long ago.");
    story.tap("28 days");
    assert_eq!(story.state.desk().data.plan.days_between(), 28);
    story.see("Saturday, December 26");
    story.see_not("December 12, about");
    story.touch("We argued");
    assert_eq!(events(&story), [What::Argued]);
    story.see_not("November 28, about");
    story.tap("Undo");
    assert_eq!(events(&story), []);
}

#[test]
fn the_reminder_waits_for_safety_and_takes_own_words() {
    let mut story = story(Preset::Empty, PHONE, Page::Moment);
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Today)));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    let seen = story.state.desk().data.plan.safety_seen;
    story.tap("Remind me");
    if !seen {
        assert_eq!(story.state.page(), &Page::Safety);
        assert!(!story.state.desk().data.plan.on);
        story.tap("Back");
        story.tap("Remind me");
    }
    assert!(story.state.desk().data.plan.on);
    story.type_into("Your own words for the note, if you like", "Water");
    assert_eq!(story.state.desk().data.plan.wording, "Water");
}

#[test]
fn a_calm_check_leads_to_the_words_and_then_asks_how_it_went() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::HalfWay, size, Page::Moment);
        story.tap("This feels like a good moment");
        story.touch("Yes to all of these");
        story.tap("Show my words");
        assert_eq!(story.state.page(), &Page::Card);
        assert_eq!(events(&story), [What::GoodMoment]);
        // As the way back does.
        let _ = story.state.update(Message::Chrome(chrome::Message::BackChosen));
        assert_eq!(story.state.page(), &Page::CalmCheck);
        story.tap("How did it go?");
        story.tap("It was a no");
        assert_eq!(events(&story), [What::GoodMoment, What::Asked(Outcome::No)]);
        story.see("it counts");
        story.tap("Undo");
        assert_eq!(events(&story), [What::GoodMoment]);
        story.tap("It was a yes");
        story.see("The reminder stops");
        story.tap("Find someone together");
        assert_eq!(events(&story), [What::GoodMoment, What::Asked(Outcome::Yes)]);
        assert!(matches!(story.state.page(), Page::Choose | Page::Therapists(None)));
    }
}

#[test]
fn a_no_in_the_check_is_taken_kindly_and_can_be_taken_back() {
    let mut story = story(Preset::HalfWay, PHONE, Page::CalmCheck);
    story.tap("Are you both rested: Yes");
    story.tap("Are you alone together: No");
    assert_eq!(events(&story), [What::NotNow]);
    story.see("Not now, then");
    story.tap("Settle down for two minutes");
    story.see("Breathe in as it grows");
    story.tap("Change an answer");
    assert_eq!(events(&story), []);
    story.tap("Have you both eaten: No");
    story.tap("Later");
    assert_eq!(story.state.page(), &Page::Today);
    assert_eq!(events(&story), [What::NotNow]);
}

#[test]
fn later_takes_the_day_that_was_chosen() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Afterwards);
    story.tap("Later, or maybe");
    story.see("Which day did Alex choose?");
    story.tap("Another day");
    story.type_into("Day (year-month-day)", "2026-11-01");
    story.see("Choose a day after today.");
    assert!(!story.info("Keep this day").enabled);
    story.tap("In two weeks");
    story.tap("Keep this day");
    assert_eq!(events(&story), [What::Asked(Outcome::Later(date(2026, 12, 12)))]);
    story.see("Saturday, December 12");
    story.tap("Back to Today");
    assert_eq!(story.state.page(), &Page::Today);
}

#[test]
fn the_partners_word_leaves_no_way_and_no_hint() {
    use sameside::app::screen::settings::{Message as Settings, WordKind};
    for (kind, size) in [(WordKind::NotUntil, PHONE), (WordKind::Never, DESKTOP)] {
        let mut story = story(Preset::HalfWay, size, Page::Settings);
        for message in
            [Settings::HereChosen(Member::Two), Settings::WordChosen(kind), Settings::HereChosen(Member::One)]
        {
            let _ = story.state.update(Message::Screen(sameside::app::screen::Message::Settings(message)));
        }
        let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
        story.see("Nothing is planned.");
        story.see_not("about 10");
        assert!(!story.names().contains(&"This feels like a good moment".to_owned()));
        story.tap("Why so quiet?");
        story.see_not("speaks at");
        let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::CalmCheck)));
        story.see("Nothing is planned.");
        assert!(!story.names().contains(&"Yes to all of these".to_owned()));
        story.see_not("December");
        story.see_not("2026");
    }
}

#[test]
fn the_other_person_sees_nothing_of_the_reminder_and_changes_nothing_in_it() {
    use sameside::app::screen::settings::Message as Settings;
    let mut story = story(Preset::HalfWay, PHONE, Page::Settings);
    let here = Settings::HereChosen(Member::Two);
    let _ = story.state.update(Message::Screen(sameside::app::screen::Message::Settings(here)));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    story.see("What is in it stays with them.");
    story.see_not("Saturday");
    assert!(!story.told().iter().any(|found| found.info.role == Role::Grid));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Afterwards)));
    story.tap("It was a no");
    assert_eq!(events(&story), []);
}

#[test]
fn whoever_paints_first_owns_the_reminder() {
    use sameside::app::screen::settings::Message as Settings;
    let mut story = story(Preset::Empty, PHONE, Page::Settings);
    let here = Settings::HereChosen(Member::Two);
    let _ = story.state.update(Message::Screen(sameside::app::screen::Message::Settings(here)));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    story.tap("Weekend mornings");
    assert_eq!(story.state.desk().data.plan.owner, Member::Two);
}

#[test]
fn at_twice_the_size_it_is_one_day_at_a_time() {
    let mut story = Story::new(state(Preset::HalfWay, Language::Fr, |settings| settings.zoom = 200), PHONE);
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    story.tab_to_and_enter("me");
    let height = story.size.height / 2.0;
    story.with(|window| {
        let grid = window.find(Grid).unwrap().bounds;
        assert!(grid.width > 80.0 && grid.x + grid.width <= 180.0, "{grid:?}");
        let id = touch::Finger(1);
        let y = grid.y + grid.height / 36.0 * 10.5;
        let by = y - height / 2.0;
        window.point_at(Point::new(grid.center_x(), height / 2.0));
        let delta = mouse::ScrollDelta::Pixels { x: 0.0, y: -by };
        let _ = window.simulate([Event::Mouse(mouse::Event::WheelScrolled { delta })]);
        let position = Point::new(grid.center_x(), height / 2.0);
        let _ = window.simulate([
            Event::Touch(touch::Event::FingerPressed { id, position }),
            Event::Touch(touch::Event::FingerLifted { id, position }),
        ]);
    });
    assert_eq!(cells(week(&story), Weekday::Wednesday), [22, 23]);
}

#[test]
fn hours_are_kept_free_and_the_grid_says_so() {
    for size in [PHONE, DESKTOP] {
        let mut story = story(Preset::HalfWay, size, Page::Moment);
        story.see_not("Grey with a dash");
        story.touch("Set your bedtime");
        story.tap("Bedtime: half an hour later");
        story.tap("Bedtime: half an hour later");
        story.tap("Bedtime: half an hour earlier");
        assert_eq!(story.state.desk().data.plan.bedtime, Some(jiff::civil::time(23, 0, 0, 0)));
        story.see("11:00\u{a0}pm");
        story.see("Grey with a dash");
        story.tap("Set when you are both home from work");
        assert_eq!(story.state.desk().data.plan.home_from_work, Some(jiff::civil::time(17, 30, 0, 0)));
        story.tap("Remove Home from work");
        assert_eq!(story.state.desk().data.plan.home_from_work, None);
        // Today is Saturday, and the keyboard stands on its window.
        story.touch("Busy: Saturday, November 28");
        story.see("Saturday, 10:00\u{a0}am to 10:30\u{a0}am: quiet time. This day is marked busy.");
        story.see_not("November 28, about");
        assert!(story.info("Busy: Saturday, November 28").stand == Stand::Checked(true));
        story.tap("Busy: Saturday, November 28");
        assert!(story.state.desk().data.plan.busy.is_empty());
        story.see("November 28, about");
    }
}

#[test]
fn every_rule_is_shown_with_what_it_rests_on() {
    use sameside::locale::Texts;
    use sameside::moment::Rule;
    let mut story = story(Preset::HalfWay, PHONE, Page::Moment);
    story.tap("All the rules, and why");
    let texts = Texts::new(Language::En);
    for (rule, basis) in Rule::ALL.into_iter().filter_map(|rule| Some((rule, rule.basis_key()?))) {
        story.see(&texts.get(rule.key()));
        story.see(&texts.get(basis));
    }
}

#[test]
fn the_timeline_is_the_owners_alone() {
    use sameside::app::screen::settings::Message as Settings;
    let mut story = story(Preset::HalfWay, PHONE, Page::Afterwards);
    story.tap("It was a no");
    story.type_into("A private note, if you like", "rain");
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    story.tap("What I noted");
    story.see("It was a no.");
    story.see("rain");
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Settings)));
    let here = Settings::HereChosen(Member::Two);
    let _ = story.state.update(Message::Screen(sameside::app::screen::Message::Settings(here)));
    for page in [Page::Moment, Page::Today, Page::CalmCheck, Page::Afterwards, Page::Settings, Page::More] {
        let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
        for telling in ["It was a no.", "rain", "What I noted", "The answer was no", "No reminder will press"] {
            story.see_not(telling);
        }
    }
}

#[test]
fn after_a_yes_one_note_can_be_wished_for() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Afterwards);
    story.tap("It was a yes");
    assert_eq!(story.state.desk().data.plan.next_step, None, "none unless wished");
    story.tap("One, in 3 days");
    assert_eq!(story.state.desk().data.plan.next_step, Some(date(2026, 12, 1)));
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Moment)));
    story.tap("Why so quiet?");
    story.see("December 5, 10:00 am to 11:30 am: one note about the next step, at 10:00 am.");
    story.see("There is nothing left to ask.");
}

#[test]
fn the_last_no_offers_support_for_whoever_asked() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Afterwards);
    for number in 1..=4 {
        let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(Page::Afterwards)));
        story.tap("It was a no");
        story.see(if number < 4 { "goes quiet for a long time" } else { "There is still support for you" });
    }
    story.tap("Find someone for yourself");
    assert_eq!(story.state.page(), &Page::Therapists(None));
}

#[test]
fn the_settings_show_the_exact_effect() {
    let mut story = story(Preset::HalfWay, PHONE, Page::Settings);
    story.tap("Show what is in this file");
    story.see("Exec=");
    story.see("watch --data");
}

#[test]
fn how_asking_went_lies_in_the_askers_space_and_nowhere_else_on_disk() {
    use sameside::app::desk::Desk;
    use sameside::store::{Opening, Role, Shelf};
    let folder = tempfile::tempdir().unwrap();
    let private = folder.path().join("private");
    std::fs::create_dir_all(&private).unwrap();
    // As an older version, or a hand, left it.
    let old = "(schema: 1, kind: \"reminder\", fields: {\"on\": true, \"safety_seen\": true, \"week\": (saturday: [\"10:00-11:00\"]), \"events\": [(at: \"2026-01-03T15:30:00Z\", what: Asked(No))]})";
    std::fs::write(private.join("reminder.ron"), old).unwrap();
    let open = || {
        let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
        Desk::new(shelf, &[], &mut Vec::new())
    };
    let mut desk = open();
    let now = desk.now().timestamp();
    desk.change_plan(|plan| plan.note(now, What::Asked(Outcome::Later(date(2999, 12, 24)))));
    desk.change_asking(|asking| asking.entries[1].note = "on the balcony".into());
    assert!(desk.shelf().unwrap().flush(Duration::from_secs(10)));
    drop(desk);
    let reminder = std::fs::read_to_string(private.join("reminder.ron")).unwrap();
    for telling in ["Asked", "2026-01-03", "balcony", &now.to_string()[..16]] {
        assert!(!reminder.contains(telling), "{telling} in {reminder}");
    }
    assert!(reminder.contains("2999-12-24"), "{reminder}");
    let asking = std::fs::read_to_string(private.join("spaces/one/asking.ron")).unwrap();
    assert!(asking.contains("Asked(No)") && asking.contains("balcony"), "{asking}");
    let desk = open();
    assert_eq!(desk.data.plan.events.len(), 2);
    assert_eq!(desk.space().asking.entries[1].note, "on the balcony");
}
