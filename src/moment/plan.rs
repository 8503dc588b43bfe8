//! What is kept on disk for the reminder: the plan (written by the window) and what was said (written by `watch`).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::week::Week;
use crate::couple::Member;
use crate::document;

/// The shortest time between two askings, in days: a judgement; its direction comes from the research on
/// demand and withdrawal (research rule 8). A person may set it longer, never shorter.
pub const AT_LEAST_DAYS: u16 = 14;

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
        /// What happened, in the order in which it was entered.
        pub events: Vec<Event>,
        /// Set when times lay ahead of the clock: see [`Plan::notice_clock`].
        pub ahead: Option<Ahead>,
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
        notice(self.events.iter().map(|event| event.at), &mut self.ahead, now)
    }

    /// The plan with times that lie after `now` as they count.
    pub(super) fn as_of(&self, now: Timestamp) -> Self {
        let mut plan = self.clone();
        for event in &mut plan.events {
            event.at = counts_as(event.at, plan.ahead, now);
        }
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

document! {
    /// What the reminder said: `private/spoken.ron`. Only `watch` writes it, and always before it shows anything.
    pub struct Spoken: "spoken", 1 {
        /// When it spoke, oldest first; the last [`Spoken::KEPT`].
        pub times: Vec<Timestamp>,
        /// When "not now" was the answer to a notification, oldest first; the last [`Spoken::KEPT`].
        pub not_now: Vec<Timestamp>,
        /// When it had something to say and found nowhere to show it: the window shows it, see [`super::waits_for_window`].
        pub unseen: Option<Timestamp>,
        /// Set when times lay ahead of the clock: see [`Plan::notice_clock`].
        pub ahead: Option<Ahead>,
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
        notice(self.times.iter().chain(&self.not_now).copied(), &mut self.ahead, now)
    }

    /// As [`Plan::as_of`].
    pub(super) fn as_of(&self, now: Timestamp) -> Self {
        let mut spoken = self.clone();
        for at in spoken.times.iter_mut().chain(&mut spoken.not_now) {
            *at = counts_as(*at, self.ahead, now);
        }
        spoken
    }
}

/// Times were found that lie ahead of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// The latest of them.
    pub latest: Timestamp,
    /// When that was noticed, by the clock of then.
    pub noticed: Timestamp,
}

fn notice(times: impl Iterator<Item = Timestamp>, ahead: &mut Option<Ahead>, now: Timestamp) -> bool {
    let Some(latest) = times.filter(|at| *at > now).max() else { return false };
    if ahead.is_some_and(|known| known.latest >= latest && known.noticed <= now) {
        return false;
    }
    *ahead = Some(Ahead { latest, noticed: now });
    true
}

fn counts_as(at: Timestamp, ahead: Option<Ahead>, now: Timestamp) -> Timestamp {
    let noticed = ahead.filter(|known| known.latest >= at && known.noticed <= now).map(|known| known.noticed);
    if at <= now { at } else { noticed.unwrap_or(now) }
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
        assert_eq!(Spoken::take(&spoken.put()), (spoken, Vec::new()));
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
