//! The library, the player, the invitation and the card, as a person goes through them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use common::player::{answer, begin, begin_at, chosen, empty, open, run, say, text};
use common::{DESKTOP, PHONE, Story, find, press};
use iced_test::core::keyboard::{Modifiers, key::Named as Key};
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{Message as OnPage, player};
use sameside::app::{Message, Sameside, chrome};
use sameside::exercise::{Answer, Library, Part};
use sameside::locale::Language;
use sameside::store::{Opening, Role, Shelf};
use sameside::system::Appearance;

#[test]
fn an_exercise_becomes_an_invitation_and_the_invitation_a_card() {
    for size in [PHONE, DESKTOP] {
        let mut story = empty(size);
        let id = "curiosity";
        open(&mut story, Page::Exercises);
        story.tap("First, be curious");
        assert_eq!(story.state.page(), &Page::Exercise(id.to_owned()));
        story.tap("Begin");
        story.tap("I am rested");
        story.tap("I have time");
        assert_eq!(answer(&story, id, "calm"), chosen(&["rested", "unhurried"], ""));
        story.tap("I am rested");
        assert_eq!(answer(&story, id, "calm"), chosen(&["unhurried"], ""), "a second tap takes it away");
        story.tap("Next");
        story.type_into("Your own words", "Pride");
        story.tap("The cost");
        assert_eq!(answer(&story, id, "guess"), chosen(&["cost"], "Pride"));
        story.tap("Next");
        story.tap("2");
        assert_eq!(answer(&story, id, "sure"), Some(Answer::Scaled(2)));
        story.tap("Next");
        story.type_into("Your answer", "it costs a lot");
        story.tap("Previous");
        story.tap("Next");
        story.type_into("Your answer", "!");
        assert_eq!(answer(&story, id, "fair"), text("it costs a lot!"), "what was written is still in the field");
        story.tap("Next");
        story.tap("How do you see it?");
        story.tap("In my own words");
        story.type_into("Your own words", "What would help?");
        assert_eq!(
            answer(&story, id, "question"),
            chosen(&[], "What would help?"),
            "own words stand in place of the option"
        );
        story.tap("Next");
        story.tap("one slow breath out");
        for _ in 0..4 {
            story.tap("Next");
        }
        story.tap("Skip");
        for _ in 0..3 {
            story.tap("Next");
        }
        story.tap("Yes, show it to me again that day");
        story.tap("Finish");
        story.see("Doing nothing more today is fine");
        let desk = story.state.desk();
        assert!(desk.progress(id).unwrap().is_done());
        assert!(run(&story, id).check_back.is_some());
        let invitation = &desk.space().invitation;
        assert!(invitation.part(Part::Curiosity).ends_with("what would help?"), "{invitation:?}");
        assert!(invitation.part(Part::Plan).starts_with("If my moment comes"), "{invitation:?}");

        story.tap("See your invitation");
        story.tap("Keep this version");
        story.with(|window| {
            let found = find(window, "Your words").unwrap();
            window.point_at(found.visible.unwrap().center());
            let _ = window.simulate(iced_test::simulator::click());
            let _ = window.simulate([press(Key::End, Modifiers::CTRL)]);
            let _ = window.typewrite(" Thank you.");
        });
        let invitation = &story.state.desk().space().invitation;
        assert!(invitation.text().ends_with("what would help? Thank you."), "{}", invitation.text());
        assert_eq!(invitation.versions.len(), 1);
        story.tap("Show it large");
        assert_eq!(story.state.page(), &Page::Card);
        story.see("Thank you.");
        let names = story.names();
        assert_eq!(names, ["Back"], "nothing is on the card but the words and the way back");
        story.keys(&[Key::Escape]);
        assert_eq!(story.state.page(), &Page::Invitation);
    }
}

#[test]
fn leaving_at_any_step_comes_back_to_it() {
    let id = "holds-me-back";
    let mut story = empty(PHONE);
    begin(&mut story, id);
    let steps = Library::new(Language::En, &[]).get(id).unwrap().steps.clone();
    for (index, step) in steps.iter().enumerate() {
        let place = format!("Step {} of {}", index + 1, steps.len());
        assert_eq!(story.info(&step.title).name, step.title);
        // To Safety and back in the same window: the very step.
        open(&mut story, Page::Safety);
        let _ = story.state.update(Message::Chrome(chrome::Message::BackChosen));
        story.info(&place);
        // Another day: the exercise opens at the step, and what it is about is one tap away.
        let data = story.state.desk().data.clone();
        let page = Page::Exercise(id.to_owned());
        let again = Sameside::new(Desk::in_memory(data, story.state.desk().now()), page, Appearance::default(), &[]);
        let mut again = Story::new(again, PHONE);
        again.info(&place);
        again.tap("About this exercise");
        again.see(&format!("You are at step {} of {}", index + 1, steps.len()));
        again.tap("Go on");
        again.info(&place);
        say(&mut story, player::Message::SkipChosen);
    }
    assert!(story.state.desk().progress(id).unwrap().is_done());
}

#[test]
fn the_caret_is_where_it_was() {
    let mut story = empty(PHONE);
    begin_at(&mut story, "impact", "event");
    story.type_into("Your answer", "one two");
    story.with(|window| {
        let found = find(window, "Your answer").unwrap();
        window.point_at(found.bounds.center());
        let _ = window.simulate(iced_test::simulator::click());
        let _ = window.simulate([press(Key::Home, Modifiers::CTRL), press(Key::Home, Modifiers::empty())]);
    });
    open(&mut story, Page::Safety);
    let _ = story.state.update(Message::Chrome(chrome::Message::BackChosen));
    // A letter that comes without a click goes in where the caret was.
    say(&mut story, player::Message::Sheet(player::sheet::Message::Typed(typed('x'))));
    assert_eq!(answer(&story, "impact", "event"), text("xone two"));
}

fn typed(letter: char) -> iced::widget::text_editor::Action {
    iced::widget::text_editor::Action::Edit(iced::widget::text_editor::Edit::Insert(letter))
}

#[test]
fn things_are_put_in_order_by_touch_and_by_keyboard() {
    for keyboard in [false, true] {
        let mut story = empty(PHONE);
        begin_at(&mut story, "choosing", "order");
        let act = |story: &mut Story, name: &str| {
            if keyboard { story.tab_to_and_enter(name) } else { story.touch(name) }
        };
        act(&mut story, "Move down: The cost");
        act(&mut story, "Move up: The day and time");
        let Some(Answer::Sorted(order)) = answer(&story, "choosing", "order") else { panic!("sorted") };
        assert_eq!(order[..3], ["hours", "fair", "cost"]);
        act(&mut story, "Move up: The day and time");
        assert_eq!(answer(&story, "choosing", "order"), Some(Answer::Sorted(order)), "the top stays the top");
    }
}

#[test]
fn an_order_that_was_right_as_shown_counts_and_a_skipped_one_does_not() {
    let mut story = empty(PHONE);
    begin_at(&mut story, "choosing", "order");
    story.tap("Skip");
    assert_eq!(answer(&story, "choosing", "order"), None);
    story.tap("Previous");
    story.tap("Next");
    let Some(Answer::Sorted(order)) = answer(&story, "choosing", "order") else { panic!("sorted") };
    assert_eq!(order.first().map(String::as_str), Some("fair"));
}

#[test]
fn arrow_keys_go_through_a_scale() {
    let mut story = empty(PHONE);
    begin_at(&mut story, "curiosity", "sure");
    story.with(|window| {
        for _ in 0..40 {
            let _ = window.simulate([press(Key::Tab, Modifiers::empty())]);
            if find(window, "1: Just a guess").is_some_and(|found| found.info.focused) {
                break;
            }
        }
        for _ in 0..2 {
            let _ = window.simulate([press(Key::ArrowRight, Modifiers::empty())]);
        }
        assert!(find(window, "3").is_some_and(|found| found.info.focused));
    });
    assert_eq!(answer(&story, "curiosity", "sure"), Some(Answer::Scaled(3)));
    story.touch("5: My partner told me so");
    assert_eq!(answer(&story, "curiosity", "sure"), Some(Answer::Scaled(5)));
}

#[test]
fn the_keyboard_alone_goes_through_an_exercise() {
    let mut story = empty(DESKTOP);
    open(&mut story, Page::Exercises);
    story.tab_to_and_enter("What holds me back");
    story.tab_to_and_enter("Begin");
    story.tab_to_and_enter("Next");
    story.tab_to_and_enter("I have eaten");
    assert_eq!(answer(&story, "holds-me-back", "calm"), chosen(&["fed"], ""));
    story.tab_to_and_enter("Next");
    story.tab_to_and_enter("Start the circle");
    story.see("The circle grows");
    for _ in 0..11 {
        story.tab_to_and_enter("Next");
    }
    story.tab_to_and_enter("I keep it to myself");
    story.tab_to_and_enter("Next");
    story.tab_to_and_enter("No, thanks");
    story.tab_to_and_enter("Finish");
    assert!(story.state.desk().progress("holds-me-back").unwrap().is_done());
    assert_eq!(run(&story, "holds-me-back").check_back, None);
    assert!(
        story.state.desk().space().invitation.parts.is_empty(),
        "nothing of it becomes part of an invitation"
    );
    story.tab_to_and_enter("Back to Today");
    assert_eq!(story.state.page(), &Page::Today);
}

#[test]
fn a_draft_can_be_changed_and_filled_again_and_that_undone() {
    let mut story = empty(PHONE);
    begin_at(&mut story, "curiosity", "fair");
    story.type_into("Your answer", "it costs a lot");
    for _ in 0..3 {
        say(&mut story, player::Message::SkipChosen);
    }
    story.see_not("Use my answers again");
    story.type_into("Your answer", " Mine");
    let Some(Answer::Text(mine)) = answer(&story, "curiosity", "say") else { panic!("edited") };
    assert!(mine.contains("it costs a lot") && mine.ends_with(" Mine"), "{mine}");
    story.tap("Use my answers again");
    assert_eq!(answer(&story, "curiosity", "say"), None, "it follows the answers again");
    story.tap("Undo");
    assert_eq!(answer(&story, "curiosity", "say"), text(&mine));
}

#[test]
fn own_answers_are_read_changed_and_deleted() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    let id = "curiosity";
    open(&mut story, Page::Exercise(id.to_owned()));
    story.tap("You did this on Thursday, November 19");
    story.see("therapy costs a lot");
    story.tap("Delete: A reason you can respect");
    assert_eq!(answer(&story, id, "fair"), None);
    story.tap("Undo");
    assert_eq!(answer(&story, id, "fair"), text("therapy costs a lot"));
    story.tap("Change: A reason you can respect");
    story.type_into("Your answer", ", and time");
    assert_eq!(answer(&story, id, "fair"), text("therapy costs a lot, and time"));
    story.tap("Done");
    story.tap("Change: How sure are you?");
    story.tap("4");
    assert_eq!(answer(&story, id, "sure"), Some(Answer::Scaled(4)));
    story.tap("I looked at it");
    assert_eq!(run(&story, id).check_back, None);
    story.tap("Delete all of this");
    assert!(story.state.desk().progress(id).is_some(), "it asks once");
    story.tap("Keep them");
    story.tap("Delete all of this");
    story.tap("Delete for good");
    assert!(story.state.desk().progress(id).is_none());
    story.see("Begin");
}

#[test]
fn doing_it_again_keeps_what_was_written() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Exercise("same-team".to_owned()));
    story.tap("Do it again");
    story.info("Step 1 of 15");
    story.tap("About this exercise");
    story.see("You began this on Saturday, November 28");
    story.see("You did this on Thursday, November 19");
    story.see("You are at step 1 of 15.");
    assert_eq!(story.state.desk().progress("same-team").unwrap().runs.len(), 2);
}

#[test]
fn turns_are_swapped_and_stopped() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Exercise("same-team".to_owned()));
    story.tap("Do it again");
    let library = Library::new(Language::En, &[]);
    for _ in 0..library.get("same-team").unwrap().index_of("together").unwrap() {
        say(&mut story, player::Message::SkipChosen);
    }
    story.see("Speaks now: Sam");
    story.touch("Start this turn");
    story.touch("Swap now");
    story.see("Speaks now: Alex");
    story.see("Listens now: Sam");
    story.touch("Stop here");
    story.see("No one needs a reason");
    story.touch("Begin again");
    story.see("Speaks now: Sam");
}

#[test]
fn a_faulty_file_of_ones_own_is_named_and_hides_nothing() {
    let own = "(schema: 1, id: \"tea\", title: \"A cup of tea\", summary: \"Drink it.\", who: Both, stage: Prepare, \
               minutes: 5, why: \"It is warm.\", steps: [(id: \"t\", title: \"Wait\", text: \"Wait.\", kind: Timer(minutes: 3))])";
    let files =
        [("tea.ron".to_owned(), own.to_owned()), ("bad.ron".to_owned(), "(\n  schema: 1,\n  id: bad,\n)".to_owned())];
    for size in [PHONE, DESKTOP] {
        let mut story = empty(size);
        story.state.replace_library(Library::new(Language::En, &files));
        open(&mut story, Page::Exercises);
        story.see("bad.ron, line 3, column 7");
        story.see("First, be curious");
        story.tap("A cup of tea");
        story.tap("Begin");
        story.see("3:00 left");
        story.tap("Start the timer");
        story.tap("2 more minutes");
        story.see("5:00 left");
        story.tap("Without a timer");
        story.see("Take the time you need");
        story.tap("Finish");
        assert!(story.state.desk().progress("tea").unwrap().is_done());
    }
}

#[test]
fn a_changed_part_is_offered_and_versions_lose_nothing() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), DESKTOP);
    open(&mut story, Page::Invitation);
    let before = story.state.desk().space().invitation.text();
    story.see("A part has changed since you edited your words");
    story.tap("Put it together again");
    let invitation = &story.state.desk().space().invitation;
    assert!(invitation.text().contains("You are free to say no."));
    let kept = invitation.versions.iter().rfind(|version| version.text == before).expect("the older words are kept").at;
    let count = invitation.versions.len();
    story.see_not("A part has changed");
    let on_page = sameside::app::screen::invitation::Message::VersionDeleted(kept);
    let _ = story.state.update(Message::Screen(OnPage::Invitation(on_page)));
    assert_eq!(story.state.desk().space().invitation.versions.len(), count - 1);
    story.tap("Undo");
    assert_eq!(story.state.desk().space().invitation.versions.len(), count);
    let on_page = sameside::app::screen::invitation::Message::VersionUnfolded(kept);
    let _ = story.state.update(Message::Screen(OnPage::Invitation(on_page)));
    story.tap("Use this one again");
    assert_eq!(story.state.desk().space().invitation.text(), before);
}

#[test]
fn every_step_fits_a_phone_at_twice_the_size() {
    let library = Library::new(Language::Fr, &[]);
    let mut story = Story::new(state(Preset::Empty, Language::Fr, |settings| settings.zoom = 200), PHONE);
    for exercise in &library.exercises {
        open(&mut story, Page::Exercise(exercise.id.clone()));
        say(&mut story, player::Message::BeginChosen);
        for (index, step) in exercise.steps.iter().enumerate() {
            let told = story.told();
            let last = index + 1 == exercise.steps.len();
            let next = if last { "Terminer" } else { "Suivant" };
            assert!(told.iter().any(|found| found.info.name == next), "{} {}", exercise.id, step.id);
            for found in told {
                let right = found.bounds.x + found.bounds.width;
                let name = &found.info.name;
                assert!(right <= 180.5, "{} {}: {name:?} ends at {right}", exercise.id, step.id);
                assert!(!name.is_empty(), "{} {}: something has no name", exercise.id, step.id);
            }
            say(&mut story, player::Message::NextChosen);
        }
        assert!(story.state.desk().progress(&exercise.id).unwrap().is_done());
    }
}

#[test]
fn answers_are_on_disk_within_two_seconds_and_at_once_on_leaving() {
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let mut desk = Desk::new(shelf, &["impact".to_owned()], &mut Vec::new());
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    let mut story = Story::new(Sameside::new(desk, Page::Today, Appearance::default(), &[]), PHONE);
    begin_at(&mut story, "impact", "event");
    let path = folder.path().join("private/spaces/one/progress/impact.ron");
    let holds = |words: &str| std::fs::read_to_string(&path).is_ok_and(|text| text.contains(words));
    story.type_into("Your answer", "first");
    assert!(common::wait_for(std::time::Duration::from_secs(2), || holds("first")));
    story.type_into("Your answer", " second");
    say(&mut story, player::Message::NextChosen);
    let asked = std::time::Instant::now();
    assert!(common::wait_for(std::time::Duration::from_secs(2), || holds("first second")));
    assert!(asked.elapsed() < std::time::Duration::from_millis(900), "leaving a step does not wait");
    // Deleting the run takes the file and its backups away.
    say(&mut story, player::Message::AboutChosen);
    let begun = run(&story, "impact").started;
    say(&mut story, player::Message::RunDeleted(begun));
    assert!(common::wait_for(std::time::Duration::from_secs(2), || !path.exists()));
}
