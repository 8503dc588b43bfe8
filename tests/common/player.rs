//! What the stories of the exercises share.

use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::executor::block_on;
use iced_test::runtime::{Action, task};
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::{Message as OnPage, player};
use sameside::app::{Message, chrome};
use sameside::exercise::{Answer, Chosen, Library, Run};
use sameside::locale::Language;

use super::Story;

pub fn empty(size: iced::Size) -> Story {
    Story::new(state(Preset::Empty, Language::En, |_| {}), size)
}

pub fn open(story: &mut Story, page: Page) {
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
}

pub fn say(story: &mut Story, message: player::Message) {
    let _ = story.state.update(Message::Screen(OnPage::Player(message)));
}

pub fn begin(story: &mut Story, id: &str) {
    open(story, Page::Exercise(id.to_owned()));
    story.tap("Begin");
}

/// Begins an exercise and skips to a step.
pub fn begin_at(story: &mut Story, id: &str, step: &str) {
    begin(story, id);
    let library = Library::new(Language::En, &[]);
    let index = library.get(id).unwrap().index_of(step).unwrap();
    for _ in 0..index {
        say(story, player::Message::SkipChosen);
    }
    assert_eq!(run(story, id).step, step);
}

pub fn run(story: &Story, id: &str) -> Run {
    story.state.desk().progress(id).expect("begun").runs.last().expect("a run").clone()
}

pub fn answer(story: &Story, id: &str, step: &str) -> Option<Answer> {
    run(story, id).answers.get(step).cloned()
}

pub fn chosen(ids: &[&str], own: &str) -> Option<Answer> {
    Some(Answer::Chosen(Chosen { ids: ids.iter().map(|id| (*id).to_owned()).collect(), own: own.to_owned() }))
}

pub fn text(words: &str) -> Option<Answer> {
    Some(Answer::Text(words.to_owned()))
}

/// Tells the state something and does the work that comes of it, as iced's runtime would.
pub fn carry_out(story: &mut Story, message: Message) {
    let mut waiting = vec![message];
    while let Some(message) = waiting.pop() {
        let Some(mut stream) = task::into_stream(story.state.update(message)) else { continue };
        while let Some(action) = block_on(stream.next()) {
            if let Action::Output(message) = action {
                waiting.push(message);
            }
        }
    }
}
