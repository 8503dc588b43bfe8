//! What is kept on disk for the reminder: the plan (written by the window) and what was said (written by `watch`).
//!
//! How the asking went is a matter of whoever asked: it lies in their space ([`super::Asking`]). The plan, which is
//! never locked, holds only what follows from it for the reminder, without the reason.

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::week::Week;
use crate::couple::Member;
use crate::document;

/// The shortest time between two askings, in days: a judgement; its direction comes from the research on
/// demand and withdrawal (research rule 8). A person may set it longer, never shorter.
pub const AT_LEAST_DAYS: u16 = 14;

/// The longest pause after an answer, in days (research rule 8).
pub(super) const LONGEST_PAUSE: i64 = 90;

/// How the asking went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Yes: the asking is over.
    Yes,
    /// Maybe, or not today: the day that the partner chose.
    Later(Date),
    /// No.
    No,
    /// It was calm, and yet it was not asked.
    DidNotAsk,
}

/// Something that the reminder takes into account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    /// "We argued."
    Argued,
    /// The question was on the table, and this came of it.
    Asked(Outcome),
    /// The calm check was answered with a no.
    NotNow,
    /// "This feels like a good moment": the check was opened by hand.
    GoodMoment,
}

/// One thing that happened, and when. It holds no words of anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
}

document! {
    /// The reminder plan: `private/reminder.ron`. Written by the window, read by `watch`. No private text is in it.
    pub struct Plan: "reminder", 1 {
        /// Whose reminder it is; the word of the other one binds it.
        pub owner: Member,
        /// Whether the reminder is switched on.
        pub on: bool,
        /// The quiet windows.
        pub week: Week,
        /// Days between two askings. Below [`AT_LEAST_DAYS`] counts as [`AT_LEAST_DAYS`]; see [`Plan::days_between`].
        pub at_least_days: u16,
        /// When they go to bed: quiet for two hours before and after.
        pub bedtime: Option<Time>,
        /// When the later one is home from work, Monday to Friday: quiet for an hour from then.
        pub home_from_work: Option<Time>,
        /// Days marked busy: quiet all day.
        pub busy: Vec<Date>,
        /// A break taken in an exercise: quiet until it is over.
        pub held_until: Option<Timestamp>,
        /// The user's own neutral words for the notification; empty for the built-in ones.
        pub wording: String,
        /// Whether the private safety page was shown: nothing speaks before (research rule 17).
        pub safety_seen: bool,
        /// What happened, in the order in which it was entered. On disk only what is nobody's secret and still
        /// counts; what comes of the asking is in its owner's space, and in the three fields that follow.
        pub events: Vec<Event>,
        /// Quiet until then, for a reason that its owner knows.
        pub quiet_until: Option<Timestamp>,
        /// Nothing is raised before this day, which was chosen together; from then on one reminder is free of the
        /// count of days.
        pub chosen_day: Option<Date>,
        /// There is nothing left to ask.
        pub ended: bool,
        /// After a yes: one note about the next step, in the first quiet window from this day on.
        pub next_step: Option<Date>,
        /// Times that lay ahead of the clock: see [`Plan::notice_clock`].
        pub set_back: Vec<Ahead>,
    }
}

impl Plan {
    /// The days between two askings that apply: at least [`AT_LEAST_DAYS`], at most ten years.
    #[must_use]
    pub fn days_between(&self) -> u16 {
        self.at_least_days.clamp(AT_LEAST_DAYS, 3650)
    }

    /// Notes that something happened.
    pub fn note(&mut self, at: Timestamp, what: What) {
        self.events.push(Event { at, what });
    }

    /// How often the answer was no.
    #[must_use]
    pub fn noes(&self) -> usize {
        self.events.iter().filter(|event| event.what == What::Asked(Outcome::No)).count()
    }

    /// Notes that times lie after `now`, so the clock was or is wrong; true if this is news and should be saved.
    /// From then on they count as having happened now: the quiet is never cut short, and it does end. The times
    /// themselves stay, for they may be the right ones.
    pub fn notice_clock(&mut self, now: Timestamp) -> bool {
        let paused = self.quiet_until.map(|until| pause_start(until, self.days_between()));
        notice(self.events.iter().map(|event| event.at).chain(paused), &mut self.set_back, now)
    }

    /// The plan with times that lie after `now` as they count.
    pub(super) fn as_of(&self, now: Timestamp) -> Self {
        let mut plan = self.clone();
        // Those that lie ahead keep their place behind the others: all of them count as of the same moment until then,
        // and what was the latest answer must be so afterwards.
        plan.events.sort_by_key(|event| event.at);
        for event in &mut plan.events {
            event.at = counts_as(event.at, &plan.set_back, now);
        }
        let days = plan.days_between();
        plan.quiet_until = plan.quiet_until.map(|until| {
            let start = pause_start(until, days);
            let moved = counts_as(start, &plan.set_back, now).duration_since(start);
            until.checked_add(moved).unwrap_or(until)
        });
        plan
    }

    /// The plan as it was known at `at`: without what happened between then and `known`. What lies even after `known`
    /// stays, for then the clock is wrong.
    pub(super) fn before(&self, at: Timestamp, known: Timestamp) -> Self {
        let mut plan = self.clone();
        plan.events.retain(|event| event.at <= at || event.at > known);
        plan
    }

    /// The latest answer to the asking, and when it was given; [`Outcome::DidNotAsk`] is none.
    pub(super) fn latest_answer(&self) -> Option<(Timestamp, Outcome)> {
        let answers = self.events.iter().filter_map(|event| match event.what {
            What::Asked(Outcome::DidNotAsk) | What::Argued | What::NotNow | What::GoodMoment => None,
            What::Asked(outcome) => Some((event.at, outcome)),
        });
        // On equal times the one entered last counts.
        answers.max_by_key(|(at, _)| *at)
    }
}

/// The earliest time at which a pause until `until` can have begun: none is longer than this.
fn pause_start(until: Timestamp, days_between: u16) -> Timestamp {
    let days = i64::from(days_between).max(LONGEST_PAUSE) + 1;
    until.checked_sub(SignedDuration::from_hours(24 * days)).unwrap_or(Timestamp::MIN)
}

document! {
    /// What the reminder said: `private/spoken.ron`. Only `watch` writes it, and always before it shows anything.
    pub struct Spoken: "spoken", 1 {
        /// When it spoke, oldest first; the last [`Spoken::KEPT`].
        pub times: Vec<Timestamp>,
        /// When "not now" was the answer to a notification, oldest first; the last [`Spoken::KEPT`].
        pub not_now: Vec<Timestamp>,
        /// When it had something to say and found nowhere to show it: the window shows it, see [`super::waits_for_window`].
        pub unseen: Option<Timestamp>,
        /// Times that lay ahead of the clock: see [`Plan::notice_clock`].
        pub set_back: Vec<Ahead>,
    }
}

impl Spoken {
    /// How many times are kept.
    pub const KEPT: usize = 20;

    /// Notes that it speaks now.
    pub fn speak(&mut self, now: Timestamp) {
        push(&mut self.times, now);
        self.unseen = None;
    }

    /// Notes that the answer was "not now".
    pub fn answer_not_now(&mut self, now: Timestamp) {
        push(&mut self.not_now, now);
        self.unseen = None;
    }

    /// As [`Plan::notice_clock`].
    pub fn notice_clock(&mut self, now: Timestamp) -> bool {
        notice(self.times.iter().chain(&self.not_now).copied(), &mut self.set_back, now)
    }

    /// As [`Plan::before`].
    pub(super) fn before(&self, at: Timestamp, known: Timestamp) -> Self {
        let mut spoken = self.clone();
        for times in [&mut spoken.times, &mut spoken.not_now] {
            times.retain(|said| *said <= at || *said > known);
        }
        spoken
    }

    /// As [`Plan::as_of`].
    pub(super) fn as_of(&self, now: Timestamp) -> Self {
        let mut spoken = self.clone();
        for at in spoken.times.iter_mut().chain(&mut spoken.not_now) {
            *at = counts_as(*at, &self.set_back, now);
        }
        spoken
    }
}

/// A time was found that lies ahead of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// The time.
    pub at: Timestamp,
    /// When that was noticed, by the clock of then.
    pub noticed: Timestamp,
}

fn notice(times: impl Iterator<Item = Timestamp>, known: &mut Vec<Ahead>, now: Timestamp) -> bool {
    let before = known.clone();
    let times: Vec<Timestamp> = times.collect();
    known.retain(|ahead| times.contains(&ahead.at));
    for at in times.into_iter().filter(|at| *at > now) {
        match known.iter_mut().find(|ahead| ahead.at == at) {
            // Set back once more, to before that was noticed.
            Some(ahead) => ahead.noticed = ahead.noticed.min(now),
            None => known.push(Ahead { at, noticed: now }),
        }
    }
    *known != before
}

fn counts_as(at: Timestamp, known: &[Ahead], now: Timestamp) -> Timestamp {
    let noticed = known.iter().find(|ahead| ahead.at == at).map(|ahead| ahead.noticed);
    if at <= now { at } else { noticed.unwrap_or(now).min(now) }
}

fn push(times: &mut Vec<Timestamp>, now: Timestamp) {
    times.push(now);
    let excess = times.len().saturating_sub(Spoken::KEPT);
    times.drain(..excess);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn the_plan_survives_the_file() {
        let mut plan = Plan {
            on: true,
            week: Week::weekend_mornings(),
            bedtime: Some(jiff::civil::time(22, 30, 0, 0)),
            busy: vec![jiff::civil::date(2026, 12, 24)],
            wording: "Une note".into(),
            ..Plan::default()
        };
        plan.note(at(1_800_000_000), What::Asked(Outcome::Later(jiff::civil::date(2027, 2, 1))));
        plan.note(at(1_800_000_001), What::Argued);
        assert_eq!(Plan::take(&plan.put()), (plan, Vec::new()));
    }

    #[test]
    fn a_shorter_gap_than_fourteen_days_counts_as_fourteen() {
        for (written, counts) in [(0, 14), (13, 14), (14, 14), (30, 30), (u16::MAX, 3650)] {
            assert_eq!(Plan { at_least_days: written, ..Plan::default() }.days_between(), counts);
        }
    }

    #[test]
    fn only_the_last_twenty_times_are_kept() {
        let mut spoken = Spoken::default();
        for second in 0..30 {
            spoken.speak(at(second));
        }
        assert_eq!((spoken.times.len(), spoken.times[0], spoken.times[19]), (20, at(10), at(29)));
    }

    #[test]
    fn what_lies_ahead_counts_from_when_it_was_noticed_and_is_kept() {
        let now = at(1000);
        let mut spoken = Spoken { times: vec![at(5), at(9000)], ..Spoken::default() };
        assert_eq!(spoken.as_of(now).times, [at(5), now], "not noticed yet");
        assert!(spoken.notice_clock(now) && !spoken.notice_clock(now) && !spoken.notice_clock(at(2000)));
        assert_eq!(spoken.as_of(at(2000)).times, [at(5), now]);
        assert_eq!(spoken.as_of(at(9000)).times, [at(5), at(9000)], "the clock came back");
        assert!(spoken.notice_clock(at(500)), "set back once more");
        assert_eq!(spoken.as_of(at(600)).times, [at(5), at(500)]);
        spoken.speak(at(700));
        assert_eq!(spoken.as_of(at(699)).times, [at(5), at(500), at(699)], "that one is a new one");
        assert_eq!(Spoken::take(&spoken.put()), (spoken, Vec::new()));
    }

    #[test]
    fn an_answer_that_lies_ahead_stays_the_latest_when_its_time_comes() {
        let later = Outcome::Later(jiff::civil::date(1970, 1, 1));
        let mut plan = Plan::default();
        plan.note(at(900), What::Asked(later));
        plan.note(at(100), What::Asked(Outcome::No));
        plan.notice_clock(at(100));
        for now in [100, 500, 900, 2000] {
            assert_eq!(plan.as_of(at(now)).latest_answer().map(|(_, answer)| answer), Some(later), "{now}");
        }
    }

    #[test]
    fn the_last_word_counts_and_not_asking_is_no_answer() {
        let mut plan = Plan::default();
        plan.note(at(2), What::Asked(Outcome::No));
        plan.note(at(1), What::Asked(Outcome::Yes));
        plan.note(at(3), What::Asked(Outcome::DidNotAsk));
        assert_eq!(plan.latest_answer(), Some((at(2), Outcome::No)));
    }
}
