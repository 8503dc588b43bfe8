//! Time as the background reminder sees it.

use std::time::{Duration, Instant};

use jiff::Zoned;

/// The wall clock, a clock that never jumps, and sleep.
pub trait Clock {
    /// The wall clock, in the system's time zone.
    fn now(&self) -> Zoned;

    /// Time that has passed since some fixed instant, not counting suspend; never goes back.
    fn elapsed(&self) -> Duration;

    /// Sleeps. Time in suspend does not count, so the wall clock may have moved much further.
    fn sleep(&self, time: Duration);

    /// What the last look at the files needed is not needed soon: memory that holds nothing but program code goes back
    /// to the system.
    fn rest(&self) {}
}

/// The real one.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl Default for SystemClock {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Zoned {
        Zoned::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, time: Duration) {
        std::thread::sleep(time);
    }

    fn rest(&self) {
        sameside_native::give_back_code();
    }
}
