//! When nobody has touched the window for a while.
//!
//! Nothing ticks. Each key and tap only leaves its time behind; one timer sleeps until the earliest moment at which the
//! space could be due, and then until the next. A timer of this kind stands still while the computer sleeps, so the first
//! key or tap after that looks at the clock on the wall as well.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use iced::{Event, keyboard, mouse, touch};

/// The last key or tap.
#[derive(Debug, Clone, Copy)]
struct Last {
    instant: Instant,
    wall: SystemTime,
    /// How long nothing may happen.
    patience: Duration,
}

static LAST: Mutex<Option<Last>> = Mutex::new(None);

/// A space was opened: the time begins now.
pub fn begin(patience: Duration) {
    *held() = Some(Last { instant: Instant::now(), wall: SystemTime::now(), patience });
}

/// A space was locked: nothing is noted any more.
pub fn end() {
    *held() = None;
}

fn held() -> std::sync::MutexGuard<'static, Option<Last>> {
    LAST.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes an event of the window. True if it comes so late that the space should have been locked before it.
#[must_use]
pub fn noticed(event: &Event) -> bool {
    let touched = matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed { .. })
            | Event::Mouse(
                mouse::Event::CursorMoved { .. } | mouse::Event::ButtonPressed(_) | mouse::Event::WheelScrolled { .. }
            )
            | Event::Touch(touch::Event::FingerPressed { .. } | touch::Event::FingerMoved { .. })
    );
    if !touched {
        return false;
    }
    let mut last = held();
    let Some(known) = *last else { return false };
    let (instant, wall) = (Instant::now(), SystemTime::now());
    if left(known.instant, known.wall, instant, wall, known.patience).is_zero() {
        return true;
    }
    *last = Some(Last { instant, wall, ..known });
    false
}

/// How long is left until the space is due, with the patience that holds now.
#[must_use]
pub fn remaining(patience: Duration) -> Duration {
    let mut last = held();
    let Some(known) = last.as_mut() else { return patience };
    known.patience = patience;
    left(known.instant, known.wall, Instant::now(), SystemTime::now(), patience)
}

/// How long is left of `patience` at `now`. The longer of the two clocks counts; a clock on the wall that was set back
/// counts as none.
fn left(then: Instant, then_wall: SystemTime, now: Instant, now_wall: SystemTime, patience: Duration) -> Duration {
    let passed = now.saturating_duration_since(then).max(now_wall.duration_since(then_wall).unwrap_or_default());
    patience.saturating_sub(passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_of_the_two_clocks_counts() {
        let (then, wall) = (Instant::now(), SystemTime::now());
        let minutes = Duration::from_mins;
        let left = |awake, slept| left(then, wall, then + minutes(awake), wall + minutes(slept), minutes(5));
        assert_eq!(left(0, 0), minutes(5));
        assert_eq!(left(2, 2), minutes(3));
        assert_eq!(left(1, 4), minutes(1), "asleep for three minutes");
        assert_eq!(left(1, 600), minutes(0));
        assert_eq!(left(9, 9), minutes(0));
        let set_back = super::left(then, wall, then + minutes(1), wall - minutes(600), minutes(5));
        assert_eq!(set_back, minutes(4));
    }
}
