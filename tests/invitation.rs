//! The invitation as a person writes it, is told kindly what may sting, and goes through it before it is said.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use common::{DESKTOP, PHONE, Story, find, press};
use iced_test::core::keyboard::{Modifiers, key::Named as Key};
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::{Message, chrome};
use sameside::exercise::invitation::Reply;
use sameside::exercise::{Invitation, Part};
use sameside::locale::Language;
use sameside::store::When;

fn open(story: &mut Story, page: Page) {
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
}

fn invitation(story: &Story) -> &Invitation {
    &story.state.desk().space().invitation
}

/// Types at the end of a longer text, in one window so that the caret stays where it is.
fn append(story: &mut Story, label: &str, words: &str) {
    story.spot(label);
    story.with(|window| {
        let found = find(window, label).expect("a field");
        window.point_at(found.visible.unwrap_or(found.bounds).center());
        let _ = window.simulate(iced_test::simulator::click());
        let _ = window.simulate([press(Key::End, Modifiers::CTRL)]);
        let _ = window.typewrite(words);
    });
}

/// How a person reaches a thing.
type Act = fn(&mut Story, &str);

const WAYS: [(&str, Act); 2] =
    [("touch", |story, name| story.touch(name)), ("keyboard", |story, name| story.tab_to_and_enter(name))];

#[test]
fn the_invitation_is_gone_through_with_every_answer_and_ends_in_a_plan() {
    for (way, act) in WAYS {
        for size in [PHONE, DESKTOP] {
            let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), size);
            open(&mut story, Page::Invitation);
            act(&mut story, "Go through it");
            assert_eq!(story.state.page(), &Page::Rehearsal);
            let paragraphs: Vec<String> = invitation(&story).text().split("\n\n").map(str::to_owned).collect();
            assert!(paragraphs.len() > 1, "{way}");
            for paragraph in &paragraphs {
                story.see(paragraph);
                act(&mut story, "Next");
            }
            for paragraph in &paragraphs {
                story.see(paragraph);
            }
            act(&mut story, "Next");
            act(&mut story, "Thank you. We go at your pace.");
            act(&mut story, "Next");
            act(&mut story, "Next");
            story.see("A no is a full answer.");
            act(&mut story, "Thank you for telling me. I will not press you.");
            act(&mut story, "Previous");
            act(&mut story, "Next");
            let kept = |reply: Reply, story: &Story| invitation(story).replies.get(reply.slug()).cloned();
            assert_eq!(kept(Reply::Yes, &story).unwrap().ids, ["slow"]);
            assert_eq!(kept(Reply::Maybe, &story), None, "{way}: nothing has to be chosen");
            assert_eq!(kept(Reply::No, &story).unwrap().ids, ["thanks"]);
            act(&mut story, "In my own words");
            story.type_into("What you could say", "Fine. Tea?");
            assert_eq!(kept(Reply::No, &story).unwrap().own, "Fine. Tea?");
            act(&mut story, "Next");
            assert!(!invitation(&story).plan.is_empty(), "the exercises have made one");
            story.see("Only for you.");
            append(&mut story, "Your plan", " Or later.");
            assert!(invitation(&story).part(Part::Plan).ends_with("Or later."));
            assert_eq!(invitation(&story).rehearsed, None);
            act(&mut story, "Next");
            story.see("You may also never say it.");
            assert!(invitation(&story).rehearsed.is_some(), "{way}");
            act(&mut story, "Back to Today");
            assert_eq!(story.state.page(), &Page::Today);
        }
    }
}

#[test]
fn a_plan_can_begin_with_one_that_is_offered() {
    for (_, act) in WAYS {
        let mut story = Story::new(state(Preset::Empty, Language::En, |_| {}), PHONE);
        open(&mut story, Page::Rehearsal);
        story.see("There are no words here yet.");
        act(&mut story, "Go to your invitation");
        open(&mut story, Page::Invitation);
        story.state = {
            let mut desk =
                sameside::app::desk::Desk::in_memory(story.state.desk().data.clone(), story.state.desk().now());
            desk.change_invitation(When::Now, |invitation| invitation.edit("I miss us. Would you come along, once?"));
            sameside::app::Sameside::new(desk, Page::Rehearsal, sameside::system::Appearance::default(), &[])
        };
        story.see("I miss us. Would you come along, once?");
        for _ in 0..4 {
            act(&mut story, "Next");
        }
        let offered = "If we are out for a walk and it is calm, then I say my first sentence.";
        act(&mut story, offered);
        assert_eq!(invitation(&story).plan, offered);
        act(&mut story, "Next");
        act(&mut story, "Pick your quiet times");
        assert_eq!(story.state.page(), &Page::Moment);
    }
}

#[test]
fn wording_is_noticed_after_the_word_and_can_be_stood_by_for_good() {
    for (way, act) in WAYS {
        let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
        open(&mut story, Page::Invitation);
        let noticed = |story: &mut Story| {
            story.names().into_iter().filter(|name| name.starts_with("I mean it this way")).collect::<Vec<_>>()
        };
        assert_eq!(noticed(&mut story), [""; 0], "nothing in the words of the exercises");
        append(&mut story, "Your words", " And you never");
        assert_eq!(noticed(&mut story), [""; 0], "{way}: the word may become another one");
        append(&mut story, "Your words", " listen.");
        let names = noticed(&mut story);
        assert_eq!(names.len(), 1, "{names:?} in {}", invitation(&story).text());
        story.see("It can be wrong, and you may leave it as it is.");
        act(&mut story, &names[0]);
        assert_eq!(noticed(&mut story), [""; 0]);
        assert_eq!(invitation(&story).meant.len(), 1);
        append(&mut story, "Your words", " I miss us.");
        open(&mut story, Page::Today);
        open(&mut story, Page::Invitation);
        assert_eq!(noticed(&mut story), [""; 0], "{way}: not said again in this text");
        act(&mut story, "Show it large");
        assert_eq!(story.names(), ["Back"], "nothing of it is on the card");
    }
}

#[test]
fn own_words_for_a_no_are_looked_at_too() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Rehearsal);
    while !story.shows("If the answer is no") {
        story.touch("Next");
    }
    story.touch("In my own words");
    story.type_into("What you could say", "You never cared.");
    let names = story.names();
    assert!(names.iter().any(|name| name.starts_with("I mean it this way")), "{names:?}");
}
