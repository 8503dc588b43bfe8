//! What comes from outside the window, from threads that iced does not know: the disk, the system, another start.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex};

use iced::Subscription;
use iced::futures::channel::mpsc;
use iced::futures::{Stream, StreamExt, stream};

use super::nav::Page;
use crate::store::Report;
use crate::system::Appearance;

/// One piece of news.
#[derive(Debug, Clone)]
pub enum News {
    /// From the store.
    Disk(Report),
    /// The system's look changed.
    Appearance(Appearance),
    /// The computer goes to sleep.
    GoingToSleep,
    /// Another start, or a notification, asked for the window.
    Requested {
        /// The page to open, if one was named.
        at: Option<Page>,
        /// What lets the window come to the front on Wayland: the activation token of the click that led here.
        token: Option<String>,
    },
}

/// Where news is put in; clones may be kept by any thread.
pub type Sender = mpsc::UnboundedSender<News>;

/// Where news comes out, once.
#[derive(Debug, Clone)]
pub struct Inbox(Arc<Mutex<Option<mpsc::UnboundedReceiver<News>>>>);

impl Hash for Inbox {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // There is only one; its being there is its identity.
        "inbox".hash(state);
    }
}

impl Inbox {
    /// An inbox and the way into it.
    #[must_use]
    pub fn new() -> (Sender, Self) {
        let (sender, receiver) = mpsc::unbounded();
        (sender, Self(Arc::new(Mutex::new(Some(receiver)))))
    }

    fn take(&self) -> impl Stream<Item = News> + use<> {
        let receiver = self.0.lock().ok().and_then(|mut held| held.take());
        stream::iter(receiver).flatten()
    }

    /// Turns news into messages. It sleeps until there is some.
    pub fn subscription(&self) -> Subscription<News> {
        Subscription::run_with(self.clone(), Self::take)
    }
}
