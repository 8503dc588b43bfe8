//! What is in the way, as a person marks it, reads what goes with it, and shows a reason or does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use common::{DESKTOP, PHONE, Story};
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::{Message, chrome};
use sameside::couple::{Member, Side};
use sameside::exercise::Reason;
use sameside::locale::Language;

fn open(story: &mut Story, page: Page) {
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
}

fn here(story: &mut Story, name: &str) {
    open(story, Page::Settings);
    story.tap(name);
}

fn shown(story: &Story, member: Member) -> Vec<String> {
    story.state.desk().card(member).shown.iter().map(|one| one.reason.clone()).collect()
}

/// How a person reaches a thing.
type Act = fn(&mut Story, &str);

const WAYS: [(&str, Act); 2] = [
    ("touch", |story, name| story.touch(name)),
    ("keyboard", |story, name| {
        story.tab_to_and_enter(name);
    }),
];

#[test]
fn whoever_is_unsure_marks_reads_and_shows_one_reason_and_takes_it_back() {
    for (way, act) in WAYS {
        for size in [PHONE, DESKTOP] {
            let mut story = Story::new(state(Preset::Empty, Language::En, |_| {}), size);
            here(&mut story, "Your partner");
            act(&mut story, "I am not sure");
            assert_eq!(story.state.desk().person().side, Side::NotSure);
            open(&mut story, Page::Exercises);
            act(&mut story, "What is in the way");
            story.see("Only you see this.");
            assert!(!story.names().contains(&"A guess".to_owned()), "{way}: whoever is unsure is not asked to guess");
            act(&mut story, "The cost");
            act(&mut story, "Fear of being blamed");
            act(&mut story, "Fear of being blamed");
            act(&mut story, "The time it takes");
            act(&mut story, "See what goes with it");
            story.see_not("Fear of being blamed");
            act(&mut story, "The cost");
            story.see("Some therapists ask less");
            story.see("It may still be too much");
            story.see("What does one visit cost");
            act(&mut story, "Show it to your partner …");
            story.see("This is all that your partner would see:");
            assert_eq!(shown(&story, Member::Two), [""; 0], "{way}: seeing what would be shown shows nothing");
            act(&mut story, "Keep it to myself");
            assert_eq!(shown(&story, Member::Two), [""; 0]);
            act(&mut story, "Show it to your partner …");
            act(&mut story, "Show it");
            assert_eq!(shown(&story, Member::Two), ["cost"]);
            here(&mut story, "Your partner");
            open(&mut story, Page::Hesitations);
            story.see("What your partner chose to share");
            let count = |story: &mut Story, wanted: &str| story.names().iter().filter(|name| *name == wanted).count();
            assert_eq!(count(&mut story, "The cost"), 2, "in the list, and as shown");
            assert_eq!(count(&mut story, "The time it takes"), 1, "in the list only");
            here(&mut story, "Your partner");
            open(&mut story, Page::Hesitations);
            act(&mut story, "The cost");
            act(&mut story, "Take it back");
            assert_eq!(shown(&story, Member::Two), [""; 0], "{way}");
        }
    }
}

#[test]
fn a_guess_is_called_one_everywhere_and_cannot_be_shown() {
    for (way, act) in WAYS {
        let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
        open(&mut story, Page::Hesitations);
        story.see("This is a guess.");
        act(&mut story, "A guess: The cost");
        story.see("It is not there to win with.");
        let names = story.names();
        for absent in ["Show it to Alex …", "Put it on our list"] {
            assert!(!names.contains(&absent.to_owned()), "{way}: {absent}");
        }
        act(&mut story, "Change what is marked");
        story.see("What may be in the way for Alex?");
        assert_eq!(shown(&story, Member::One), [""; 0]);
        // The other finds nothing of it, whatever they open.
        here(&mut story, "Alex");
        for page in [Page::Today, Page::Hesitations, Page::Session] {
            open(&mut story, page);
            story.see_not("guess");
            story.see_not("Fear of being blamed");
        }
        let theirs = &story.state.desk().space().hesitations;
        assert!(theirs.guess.reasons.is_empty() && !theirs.mine.has(Reason::Blame));
    }
}

#[test]
fn a_reason_leads_to_its_exercise_to_the_directory_and_to_the_list_for_the_call() {
    for (_, act) in WAYS {
        let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
        here(&mut story, "Alex");
        open(&mut story, Page::Hesitations);
        act(&mut story, "The cost");
        act(&mut story, "What would make one session all right");
        assert_eq!(story.state.page(), &Page::Exercise("all-right".to_owned()));
        act(&mut story, "Back");
        act(&mut story, "The cost");
        act(&mut story, "Look for lower fees");
        assert_eq!(story.state.page(), &Page::Therapists(None));
        act(&mut story, "Narrow the list");
        let checked = |story: &mut Story, name: &str| format!("{:?}", story.info(name).stand).contains("true");
        assert!(checked(&mut story, "Lower fee for those who earn less"));
        act(&mut story, "Back");
        open(&mut story, Page::Hesitations);
        act(&mut story, "The therapist takes sides");
        act(&mut story, "Put it on our list");
        story.see("It is on the list in “Our session”.");
        let listed = &story.state.desk().data.session.value.own_questions;
        assert_eq!(listed.as_slice(), ["How do you stay fair to both, when one of us is not sure?"]);
    }
}

#[test]
fn new_words_are_shown_only_after_a_look_and_an_unmarked_reason_no_longer() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    here(&mut story, "Alex");
    open(&mut story, Page::Hesitations);
    story.tap("I talk about feelings all day at work. I need quiet at home.");
    story.touch("Show it to Sam …");
    story.touch("Show it");
    assert_eq!(shown(&story, Member::Two), ["sides", "own"]);
    story.touch("Change what is marked");
    story.type_into("Your own words", "!");
    story.touch("See what goes with it");
    story.tap("I talk about feelings all day at work. I need quiet at home.!");
    story.see("Still shown to Sam: “I talk about feelings all day at work. I need quiet at home.”");
    story.touch("Show the new words …");
    story.touch("Show it");
    assert!(story.state.desk().card(Member::Two).shown[1].words.ends_with(".!"));
    story.touch("Change what is marked");
    story.touch("In my own words");
    assert_eq!(shown(&story, Member::Two), ["sides"], "no mark, nothing shown");
}
