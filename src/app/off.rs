//! Work that would hold the window up, done on a thread of its own.

use iced::Task;
use iced::futures::channel::oneshot;

/// Runs `work` on a thread and hands back what it made.
pub fn off<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Task<T> {
    let (sender, receiver) = oneshot::channel();
    // A system that has no thread left drops the sender, and nothing comes back.
    let _ = std::thread::Builder::new().name("work".to_owned()).spawn(move || sender.send(work()));
    Task::future(receiver).then(|made| made.map_or_else(|_| Task::none(), Task::done))
}
