//! How the asking went, as whoever asked noted it: theirs alone.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use super::decide::{is_over, pause_after};
use super::plan::{Event, Outcome, Plan, What};
use crate::document;

/// One thing that was noted, and the private words with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// A private note; empty for none.
    #[serde(default)]
    pub note: String,
}

document! {
    /// What one person noted about asking: `private/spaces/<who>/asking.ron`. The other never sees it, and the
    /// background process never reads it: what it must know stands in the plan without the reason.
    pub struct Asking: "asking", 1 {
        /// In the order in which it was entered.
        pub entries: Vec<Entry>,
    }
}

impl Asking {
    /// Takes up what changed between two states of the plan's events; notes stay with what they are about.
    pub fn follow(&mut self, old: &[Event], new: &[Event]) {
        let same = |entry: &Entry, event: &Event| entry.at == event.at && entry.what == event.what;
        self.entries
            .retain(|entry| new.iter().any(|event| same(entry, event)) || !old.iter().any(|event| same(entry, event)));
        for event in new {
            if !self.entries.iter().any(|entry| same(entry, event)) {
                self.entries.push(Entry { at: event.at, what: event.what, note: String::new() });
            }
        }
    }
}

/// How long what is nobody's secret still counts for the reminder: an argument and an opened check for a day, a "not
/// now" as long as the time between two reminders.
fn counts(event: &Event, plan: &Plan, now: Timestamp) -> bool {
    let days = match event.what {
        What::Asked(_) => return false,
        What::Argued | What::GoodMoment => 2,
        What::NotNow => i64::from(plan.days_between()) + 1,
    };
    now.duration_since(event.at) < jiff::SignedDuration::from_hours(24 * days)
}

impl Plan {
    /// The plan with what its owner noted about asking.
    #[must_use]
    pub fn with_asking(&self, asking: &Asking) -> Self {
        let mut plan = self.clone();
        let noted = asking.entries.iter().map(|entry| Event { at: entry.at, what: entry.what });
        plan.events = noted.collect();
        plan.events.extend(
            self.events
                .iter()
                .filter(|event| !asking.entries.iter().any(|entry| entry.at == event.at && entry.what == event.what)),
        );
        plan.events.sort_by_key(|event| event.at);
        plan
    }

    /// Whether an answer lies in the open in this plan.
    #[must_use]
    pub fn tells(&self, event: &Event) -> bool {
        matches!(event.what, What::Asked(_)) && self.events.contains(event)
    }

    /// Draws from the answers what the background process must know of them, if they are other ones than in `old`.
    pub fn follow_answers(&mut self, old: &Self, now: &Zoned) {
        let answers = |plan: &Self| -> Vec<Event> {
            plan.events.iter().filter(|event| matches!(event.what, What::Asked(_))).copied().collect()
        };
        if answers(self) == answers(old) && self.days_between() == old.days_between() {
            return;
        }
        let then = self.as_of(now.timestamp());
        let answer = then.latest_answer();
        self.ended = is_over(&then);
        self.quiet_until = pause_after(&then, now);
        self.chosen_day = match answer {
            Some((_, Outcome::Later(day))) => Some(day),
            _ => None,
        };
        if !matches!(answer, Some((_, Outcome::Yes))) {
            self.next_step = None;
        }
    }

    /// The plan as it may lie on disk, open to whoever has the device: nothing that came of asking is in it.
    #[must_use]
    pub fn without_asking(&self, now: Timestamp) -> Self {
        let mut plan = self.clone();
        plan.events.retain(|event| counts(event, self, now));
        plan
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::couple::Word;
    use crate::fields::{Document, to_text};
    use crate::moment::{Rule, Spoken, Verdict, Week, decide};
    use jiff::ToSpan;
    use jiff::civil::date;
    use jiff::tz::TimeZone;
    use proptest::prelude::*;

    fn november(day: i8) -> Zoned {
        date(2026, 11, day).at(10, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap()
    }

    fn plan(what: &[(i8, What)]) -> Plan {
        let old = Plan { on: true, safety_seen: true, week: Week::weekend_mornings(), ..Plan::default() };
        let mut plan = old.clone();
        for (day, what) in what {
            plan.note(november(*day).timestamp(), *what);
        }
        plan.follow_answers(&old, &november(28));
        plan
    }

    #[test]
    fn an_answer_leaves_no_word_and_no_time_of_its_own_in_the_plan() {
        for outcome in [Outcome::Yes, Outcome::No, Outcome::DidNotAsk, Outcome::Later(date(2026, 12, 24))] {
            let bare = plan(&[(21, What::Asked(outcome))]).without_asking(november(28).timestamp());
            let text = bare.put().into_iter().map(|(name, text)| format!("{name}: {text}\n")).collect::<String>();
            for telling in ["Asked", "Yes", "\"No\"", "No,", "11-21"] {
                assert!(!text.contains(telling), "{outcome:?}: {telling} in {text}");
            }
        }
    }

    #[test]
    fn notes_stay_with_what_they_are_about() {
        let one = Event { at: november(1).timestamp(), what: What::Asked(Outcome::No) };
        let two = Event { at: november(2).timestamp(), what: What::NotNow };
        let mut asking = Asking::default();
        asking.follow(&[], &[one]);
        asking.entries[0].note = "on the balcony".into();
        asking.follow(&[one], &[one, two]);
        assert_eq!(asking.entries.len(), 2);
        assert_eq!(Asking::take(&asking.put()), (asking.clone(), Vec::new()));
        asking.follow(&[one, two], &[one]);
        assert_eq!((asking.entries.len(), asking.entries[0].note.as_str()), (1, "on the balcony"));
        asking.follow(&[one], &[]);
        assert!(asking.entries.is_empty());
        assert!(to_text(&one).contains("No"));
    }

    #[test]
    fn what_was_noted_elsewhere_is_not_dropped() {
        let here = Event { at: november(3).timestamp(), what: What::Argued };
        let mut asking = Asking::default();
        asking.follow(&[], &[here]);
        // The other one argued too: in the plan alone.
        asking.follow(&[], &[]);
        assert_eq!(asking.entries.len(), 1);
        let plan = Plan { events: vec![here], ..Plan::default() }.with_asking(&asking);
        assert_eq!(plan.events, [here]);
    }

    proptest! {
        /// The background process, which knows no reason, is quiet whenever the window says so, and the other way round.
        #[test]
        fn without_the_reasons_the_decision_is_the_same(
            answers in proptest::collection::vec((1_i8..28, 0_u8..4), 0..6),
            longer in 0_u16..60,
            ahead in 0_i32..200,
            hour in 9_i8..13,
        ) {
            let what = |kind| What::Asked(match kind {
                0 => Outcome::Yes,
                1 => Outcome::No,
                2 => Outcome::DidNotAsk,
                _ => Outcome::Later(date(2026, 12, 19)),
            });
            let events: Vec<_> = answers.into_iter().map(|(day, kind)| (day, what(kind))).collect();
            let old = Plan { at_least_days: longer, ..plan(&[]) };
            let mut full = old.clone();
            for (day, what) in events {
                full.note(november(day).timestamp(), what);
            }
            full.follow_answers(&old, &november(28));
            let bare = full.without_asking(november(28).timestamp());
            let now = november(28).saturating_add(ahead.days()).with().hour(hour).build().unwrap();
            let spoken = Spoken::default();
            let said = |plan: &Plan| decide(plan, &spoken, Word::Open, &now);
            let spoke = |plan: &Plan| matches!(said(plan), Verdict::Speak(..));
            prop_assert_eq!(spoke(&full), spoke(&bare), "{:?} {:?}", said(&full), said(&bare));
            if let (Verdict::Silent { wake, rule }, Verdict::Silent { wake: same, rule: shown }) = (said(&full), said(&bare)) {
                prop_assert_eq!(wake, same);
                prop_assert_eq!(rule.is_final(), shown.is_final());
                prop_assert!(!matches!(shown, Rule::AskingEnded | Rule::Stopped | Rule::AfterNo));
            }
        }
    }
}
