//! What runs while a step is shown: a timer, turns, the breath. Times are computed from when it was started, by the
//! clock on the wall, so that a screen that slept has not slowed it down.

use jiff::{SignedDuration, Timestamp};

use crate::exercise::Kind;

/// What one tap on "a little longer" adds.
pub const EXTENSION: SignedDuration = SignedDuration::from_mins(2);

/// A timer that can be paused and extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    total: SignedDuration,
    before: SignedDuration,
    since: Option<Timestamp>,
}

impl Clock {
    /// A timer over `minutes` that does not run yet.
    #[must_use]
    pub const fn new(minutes: u8) -> Self {
        Self { total: SignedDuration::from_mins(minutes as i64), before: SignedDuration::ZERO, since: None }
    }

    /// Whether it runs.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// Whether it was ever started.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.is_running() || !self.before.is_zero()
    }

    fn gone(&self, now: Timestamp) -> SignedDuration {
        // A clock that was set back does not give time back.
        let running =
            self.since.map_or(SignedDuration::ZERO, |since| now.duration_since(since).max(SignedDuration::ZERO));
        self.before.saturating_add(running)
    }

    /// What is left; zero when it is over.
    #[must_use]
    pub fn left(&self, now: Timestamp) -> SignedDuration {
        self.total.saturating_sub(self.gone(now)).max(SignedDuration::ZERO)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.left(now).is_zero()
    }

    /// Lets it run.
    pub fn start(&mut self, now: Timestamp) {
        self.since.get_or_insert(now);
    }

    /// Halts it.
    pub fn pause(&mut self, now: Timestamp) {
        self.before = self.gone(now).min(self.total);
        self.since = None;
    }

    /// Adds time, from what is left.
    pub fn extend(&mut self, by: SignedDuration) {
        self.total = self.total.saturating_add(by);
    }
}

/// What happened to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Start or go on.
    Started,
    /// Pause.
    Paused,
    /// A little longer.
    Extended,
    /// Without a timer.
    TimerPutAway,
    /// With a timer after all.
    TimerTaken,
    /// The other one's turn.
    Swapped,
    /// The turns were stopped for good.
    Stopped,
    /// The turns are to begin again.
    BegunAgain,
    /// It was said back.
    SaidBack,
    /// That was it.
    GotIt,
    /// Something was missing.
    NotQuite,
    /// What ran is over: a timer, the breath, or a break.
    Ended,
}

/// What runs in the step that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Live {
    /// The timer of this step or turn.
    pub clock: Option<Clock>,
    /// The timer was put away.
    pub untimed: bool,
    /// How many turns are behind.
    pub turn: u8,
    /// The turns were stopped.
    pub stopped: bool,
    /// What was heard was said back, and is being checked.
    pub said_back: bool,
    /// Something was missing, and it is said back once more.
    pub again: bool,
    /// The circle breathes.
    pub breathing: bool,
    /// The device goes to whoever speaks next.
    pub passing: bool,
    /// A break is on: how long it lasted from when this was shown.
    waiting: Option<std::time::Duration>,
    minutes: u8,
    /// How many turns there are.
    pub turns: u8,
    /// How long the breath takes in all, in seconds.
    seconds: u16,
}

impl Live {
    /// What a step of this kind needs; nothing runs yet. `untimed`: no timer is wanted.
    #[must_use]
    pub fn of(kind: &Kind, untimed: bool) -> Self {
        match kind {
            Kind::Timer { minutes } => {
                Self { clock: Some(Clock::new(*minutes)), minutes: *minutes, untimed, ..Self::default() }
            }
            Kind::Turns { minutes, rounds, .. } => Self {
                clock: Some(Clock::new(*minutes)),
                minutes: *minutes,
                untimed,
                turns: rounds.saturating_mul(2),
                ..Self::default()
            },
            Kind::Paraphrase { .. } => Self { turns: 2, ..Self::default() },
            Kind::Breathe { seconds, .. } => Self { seconds: *seconds, ..Self::default() },
            _ => Self::default(),
        }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, now: Timestamp) {
        let is_breath = self.seconds > 0;
        match message {
            Message::Started if is_breath => self.breathing = true,
            Message::Paused if is_breath => self.breathing = false,
            Message::Ended if is_breath => self.breathing = false,
            Message::Started => {
                self.passing = false;
                if !self.untimed {
                    self.with_clock(|clock| clock.start(now));
                }
            }
            Message::Paused => self.with_clock(|clock| clock.pause(now)),
            Message::Extended => self.with_clock(|clock| {
                // What went by after its end is not taken from the time that is added.
                if clock.is_over(now) {
                    clock.pause(now);
                }
                clock.extend(EXTENSION);
                clock.start(now);
            }),
            Message::TimerPutAway => {
                self.untimed = true;
                self.with_clock(|clock| clock.pause(now));
            }
            Message::TimerTaken => self.untimed = false,
            Message::Swapped => {
                self.turn = self.turn.saturating_add(1).min(self.turns);
                self.clock = Some(Clock::new(self.minutes));
                self.passing = !self.is_through();
            }
            Message::Stopped => {
                self.stopped = true;
                self.with_clock(|clock| clock.pause(now));
            }
            Message::BegunAgain => {
                let clock = self.clock.map(|_| Clock::new(self.minutes));
                *self = Self {
                    clock,
                    turn: 0,
                    stopped: false,
                    passing: false,
                    said_back: false,
                    again: false,
                    ..self.clone()
                };
            }
            Message::SaidBack => self.said_back = true,
            Message::NotQuite => (self.said_back, self.again) = (false, true),
            Message::GotIt => {
                (self.said_back, self.again) = (false, false);
                self.turn = self.turn.saturating_add(1).min(self.turns);
            }
            Message::Ended if self.waiting.take().is_some() => {}
            // What is over no longer runs.
            Message::Ended => self.with_clock(|clock| {
                if clock.is_over(now) {
                    clock.pause(now);
                }
            }),
        }
    }

    fn with_clock(&mut self, change: impl FnOnce(&mut Clock)) {
        if let Some(clock) = &mut self.clock {
            change(clock);
        }
    }

    /// Halts whatever runs: a break begins.
    pub fn halt(&mut self, now: Timestamp) {
        self.breathing = false;
        self.with_clock(|clock| clock.pause(now));
    }

    /// Wakes once when a break is over; `None`: there is none.
    pub fn wait_for(&mut self, until: Option<Timestamp>, now: Timestamp) {
        let left = until.map(|until| until.duration_since(now)).filter(SignedDuration::is_positive);
        self.waiting = left.map(SignedDuration::unsigned_abs);
    }

    /// Whether turns were begun.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.turns > 0 && (self.turn > 0 || self.stopped || self.clock.is_some_and(|clock| clock.is_begun()))
    }

    /// Whether there are turns that are not behind yet: then their own button is the main one.
    #[must_use]
    pub const fn leads(&self) -> bool {
        self.turns > 0 && !self.stopped && !self.is_through()
    }

    /// Whether all turns are behind.
    #[must_use]
    pub const fn is_through(&self) -> bool {
        self.turn >= self.turns
    }

    /// When to wake, once: at the end of a break or of the breath. A timer needs no waking; what is left of it is drawn
    /// by a widget, which says when nothing is.
    #[must_use]
    pub fn wakes_after(&self) -> Option<std::time::Duration> {
        let breath = self.breathing.then(|| std::time::Duration::from_secs(u64::from(self.seconds)));
        self.waiting.or(breath)
    }

    #[cfg(test)]
    fn runs(&self) -> bool {
        self.clock.is_some_and(|clock| clock.is_running())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a time")
    }

    #[test]
    fn a_timer_counts_only_while_it_runs() {
        let mut clock = Clock::new(1);
        assert_eq!(clock.left(at(50)), SignedDuration::from_secs(60));
        clock.start(at(0));
        clock.pause(at(20));
        assert_eq!(clock.left(at(500)), SignedDuration::from_secs(40));
        clock.start(at(500));
        clock.start(at(510));
        assert_eq!(clock.left(at(530)), SignedDuration::from_secs(10), "starting twice changes nothing");
        assert!(clock.is_over(at(540)) && clock.is_over(at(5_000)));
        assert_eq!(clock.left(at(400)), SignedDuration::from_secs(40), "a clock that was set back gives nothing back");
    }

    #[test]
    fn a_timer_that_is_over_can_be_extended_by_all_of_it() {
        let mut live = Live::of(&Kind::Timer { minutes: 1 }, false);
        live.update(Message::Started, at(0));
        assert!(live.runs() && live.wakes_after().is_none(), "a timer that runs wakes nothing");
        live.update(Message::Ended, at(30));
        assert!(live.runs(), "that came too early");
        live.update(Message::Ended, at(100));
        assert!(!live.runs(), "what is over does not run");
        live.update(Message::Extended, at(200));
        let clock = live.clock.expect("a clock");
        assert_eq!(clock.left(at(200)), EXTENSION);
        live.update(Message::TimerPutAway, at(201));
        assert_eq!((live.runs(), live.untimed), (false, true));
        // Its end was not seen, and what went by since is not counted.
        let mut live = Live::of(&Kind::Timer { minutes: 1 }, false);
        live.update(Message::Started, at(0));
        live.update(Message::Extended, at(500));
        assert_eq!(live.clock.expect("a clock").left(at(500)), EXTENSION);
    }

    #[test]
    fn turns_end() {
        let kind = Kind::Turns { minutes: 2, rounds: 1, speaker: "s".into(), listener: "l".into() };
        let mut live = Live::of(&kind, false);
        live.update(Message::Started, at(0));
        live.update(Message::Swapped, at(30));
        assert!(!live.is_through() && !live.runs(), "the next turn waits until it is begun");
        assert!(live.passing);
        live.update(Message::Started, at(40));
        assert!(!live.passing && live.runs());
        live.update(Message::Swapped, at(60));
        live.update(Message::Swapped, at(61));
        assert!(live.is_through() && live.turn == 2);
        live.update(Message::BegunAgain, at(70));
        live.update(Message::Started, at(70));
        live.update(Message::Stopped, at(75));
        assert!(live.stopped && !live.runs());
    }

    #[test]
    fn without_a_timer_nothing_runs() {
        let kind = Kind::Turns { minutes: 2, rounds: 1, speaker: "s".into(), listener: "l".into() };
        let mut live = Live::of(&kind, true);
        live.update(Message::Started, at(0));
        assert_eq!((live.runs(), live.untimed), (false, true));
        live.update(Message::TimerTaken, at(1));
        live.update(Message::Started, at(1));
        assert!(live.runs());
    }

    #[test]
    fn a_break_wakes_once_at_its_end_and_halts_what_ran() {
        let mut live = Live::of(&Kind::Timer { minutes: 5 }, false);
        live.update(Message::Started, at(0));
        live.halt(at(60));
        live.wait_for(Some(at(1_260)), at(60));
        assert_eq!(live.wakes_after(), Some(std::time::Duration::from_mins(20)));
        live.update(Message::Ended, at(1_260));
        assert_eq!(live.wakes_after(), None);
        assert_eq!(live.clock.expect("a clock").left(at(9_000)), SignedDuration::from_mins(4));
        live.wait_for(Some(at(0)), at(60));
        assert_eq!(live.wakes_after(), None, "a break that is over waits for nothing");
    }

    #[test]
    fn what_was_heard_is_said_back_until_it_fits_once_each_way() {
        let mut live = Live::of(&Kind::Paraphrase { listener: "l".into(), speaker: "s".into() }, false);
        live.update(Message::SaidBack, at(0));
        live.update(Message::NotQuite, at(1));
        assert_eq!((live.turn, live.said_back, live.again, live.wakes_after()), (0, false, true, None));
        for turn in [1, 2] {
            live.update(Message::SaidBack, at(2));
            live.update(Message::GotIt, at(3));
            assert_eq!((live.turn, live.again), (turn, false));
        }
        assert!(live.is_through());
        live.update(Message::BegunAgain, at(4));
        assert_eq!((live.turn, live.clock), (0, None));
    }

    #[test]
    fn the_breath_wakes_once_at_its_end() {
        let mut live = Live::of(&Kind::Breathe { seconds: 60, breathe_in: 4, breathe_out: 6 }, false);
        assert_eq!(live.wakes_after(), None, "nothing moves unasked");
        live.update(Message::Started, at(0));
        assert_eq!(live.wakes_after(), Some(std::time::Duration::from_secs(60)));
        live.update(Message::Ended, at(60));
        assert_eq!(live.wakes_after(), None);
    }
}
