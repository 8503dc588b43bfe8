//! Notifications on macOS and Windows, through notify-rust.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use super::{Answer, Note, Notifier, Shown, Unavailable};

/// The system's notification centre.
pub struct Other;

struct OnScreen {
    answers: Receiver<Answer>,
}

impl Notifier for Other {
    fn show(&self, note: &Note, _beside: &[PathBuf]) -> Result<Box<dyn Shown>, Unavailable> {
        let mut notification = notify_rust::Notification::new();
        notification.summary(&note.title).body(&note.body).action("open", &note.open).action("not-now", &note.not_now);
        #[cfg(windows)]
        notification.app_id(crate::watch::APP_ID);
        let handle = notification.show().map_err(|error| Unavailable(error.to_string()))?;
        let (sender, answers) = channel();
        std::thread::spawn(move || {
            handle.wait_for_action(|action| {
                let answer = match action {
                    "not-now" => Answer::NotNow,
                    "__closed" => Answer::Expired,
                    _ => Answer::Opened { token: None },
                };
                let _ = sender.send(answer);
            });
        });
        Ok(Box::new(OnScreen { answers }))
    }
}

impl Shown for OnScreen {
    fn wait(&mut self, time: Duration) -> Answer {
        match self.answers.recv_timeout(time) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Answer::Nothing,
            Err(RecvTimeoutError::Disconnected) => Answer::Expired,
        }
    }

    fn withdraw(self: Box<Self>) {
        // Neither system lets notify-rust take one back; it moves to the notification centre by itself.
    }
}
