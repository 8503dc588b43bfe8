//! Telling a story's state something and doing the work that comes of it.

use iced_test::futures::futures::StreamExt;
use iced_test::futures::futures::executor::block_on;
use iced_test::runtime::{Action, task};
use sameside::app::nav::Page;
use sameside::app::{Message, chrome, screen};

use super::Story;

/// What is left to do, in the order in which it comes.
type Work = std::pin::Pin<Box<dyn iced_test::futures::futures::Stream<Item = Action<Message>>>>;

/// Tells the state something and leaves the work that comes of it for later.
pub fn begin(story: &mut Story, message: screen::Message) -> Option<Work> {
    task::into_stream(story.state.update(Message::Screen(message))).map(|stream| Box::pin(stream) as Work)
}

/// Does such work to its end, and what comes of it.
pub fn finish(story: &mut Story, work: Option<Work>) {
    let Some(mut work) = work else { return };
    while let Some(action) = block_on(work.next()) {
        if let Action::Output(message) = action {
            run_all(story, message);
        }
    }
}

/// Tells the state something and does the work that comes of it, as iced's runtime would.
pub fn run(story: &mut Story, message: screen::Message) {
    run_all(story, Message::Screen(message));
}

/// The same for a message to the root.
pub fn run_all(story: &mut Story, message: Message) {
    let work = task::into_stream(story.state.update(message)).map(|stream| Box::pin(stream) as Work);
    finish(story, work);
}

/// Opens a page.
pub fn open(story: &mut Story, page: Page) {
    let _ = story.state.update(Message::Chrome(chrome::Message::PageChosen(page)));
}
