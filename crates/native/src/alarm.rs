//! A time to wait for in a Tokio runtime, that wakes the process once.

use std::time::Duration;

/// Ends when `time` has passed. Tokio's own timer goes through a wheel and wakes the process several times on the way;
/// on Linux the kernel's does not. To be awaited inside a Tokio runtime with I/O and time.
pub async fn after(time: Duration) {
    #[cfg(target_os = "linux")]
    if let Some(timer) = timer(time)
        && timer.readable().await.is_ok()
    {
        return;
    }
    tokio::time::sleep(time).await;
}

#[cfg(target_os = "linux")]
fn timer(time: Duration) -> Option<tokio::io::unix::AsyncFd<std::fs::File>> {
    use rustix::time::{Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec};

    let timer = rustix::time::timerfd_create(TimerfdClockId::Monotonic, TimerfdFlags::CLOEXEC | TimerfdFlags::NONBLOCK);
    let timer = timer.ok()?;
    // All zero would switch it off.
    let value = Timespec::try_from(time.max(Duration::from_nanos(1))).ok()?;
    let once = Itimerspec { it_interval: Timespec::default(), it_value: value };
    rustix::time::timerfd_settime(&timer, TimerfdTimerFlags::empty(), &once).ok()?;
    crate::ready::wait_for(timer)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn it_ends_after_its_time_and_not_before() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for time in [Duration::ZERO, Duration::from_millis(30)] {
            let start = Instant::now();
            runtime.block_on(after(time));
            assert!(start.elapsed() >= time);
        }
        let (long, short) = (after(Duration::from_secs(600)), Duration::from_millis(1));
        assert!(runtime.block_on(async { tokio::time::timeout(short, long).await }).is_err());
    }
}
