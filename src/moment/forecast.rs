//! What the reminder would do in the days to come, told by the same decision that it acts on.

use jiff::{Timestamp, ToSpan, Zoned};

use super::decide::{About, Verdict, binds, decide};
use super::occurrence::{Occurrence, occurrences_for};
use super::plan::{Plan, Spoken, What};
use super::rule::Rule;
use crate::couple::Word;

/// One quiet window to come, and what happens in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// When the window opens.
    pub start: Zoned,
    /// When it closes.
    pub end: Zoned,
    /// What happens.
    pub what: Foresight,
}

/// What happens in a quiet window.
#[derive(Debug, Clone, PartialEq)]
pub enum Foresight {
    /// It speaks, at this time, about this.
    Speaks(Zoned, About),
    /// It stays quiet.
    Silent(Rule),
}

/// The partner's word as far as it may be seen: one that binds now reads as "please don't ask again", so that looking
/// ahead never tells until when it holds. Anything that looks ahead from a later day than today must seal with today.
#[must_use]
pub fn sealed(word: Word, today: &Zoned) -> Word {
    if binds(word, today) { Word::Never } else { word }
}

/// Every window that is open at some time in the `days` days from `from`, with what would happen in it: the computer
/// is on all the time, and nobody answers. `from` has the time zone in which the windows are read.
#[must_use]
pub fn forecast(plan: &Plan, spoken: &Spoken, word: Word, from: &Zoned, days: u16) -> Vec<Forecast> {
    forecast_as_known(plan, spoken, word, from, days, from)
}

/// As [`forecast`], for days that may already be over: what happened between `from` and `today` counts from when it
/// happened.
#[must_use]
pub fn forecast_as_known(
    plan: &Plan,
    spoken: &Spoken,
    word: Word,
    from: &Zoned,
    days: u16,
    today: &Zoned,
) -> Vec<Forecast> {
    let word = sealed(word, from);
    let known = from.timestamp().max(today.timestamp());
    let until = from.checked_add(i32::from(days).days()).map_or(Timestamp::MAX, |until| until.timestamp());
    let mut spoken = spoken.clone();
    let zoned = |at: Timestamp| at.to_zoned(from.time_zone().clone());
    occurrences_for(plan.week, from.time_zone(), from.timestamp(), i32::from(days) / 7 + 1)
        .take_while(|occurrence| occurrence.start < until)
        .map(|occurrence| {
            let at = occurrence.start.max(from.timestamp());
            let what = in_window(&plan.before(at, known), &spoken.before(at, known), word, occurrence, from);
            if let Foresight::Speaks(at, _) = &what {
                spoken.speak(at.timestamp());
            }
            Forecast { start: zoned(occurrence.start), end: zoned(occurrence.end), what }
        })
        .collect()
}

/// What happens in one window; the rule is the one that stands when it opens.
fn in_window(plan: &Plan, spoken: &Spoken, word: Word, occurrence: Occurrence, from: &Zoned) -> Foresight {
    let mut at = occurrence.start.max(from.timestamp());
    let mut first = None;
    loop {
        let now = at.to_zoned(from.time_zone().clone());
        match decide(plan, spoken, word, &now) {
            Verdict::Speak(_, about) => return Foresight::Speaks(now, about),
            Verdict::Silent { rule, wake } => {
                let first = *first.get_or_insert(rule);
                match wake {
                    Some(wake) if wake > at && wake < occurrence.end => at = wake,
                    Some(_) | None => return Foresight::Silent(first),
                }
            }
        }
    }
}

/// Whether an argument was noted that is a day old, cooled and still remembered, and nothing was noted since (rule 4).
#[must_use]
pub fn day_after_argument(plan: &Plan, now: &Zoned) -> bool {
    let Some(last) = plan.as_of(now.timestamp()).events.into_iter().max_by_key(|event| event.at) else { return false };
    let hours = now.timestamp().duration_since(last.at).as_hours();
    last.what == What::Argued && (24..48).contains(&hours)
}

/// When it speaks next if the computer is on, or none while a rule stands that waiting does not end.
#[must_use]
pub fn next_moment(plan: &Plan, spoken: &Spoken, word: Word, now: &Zoned) -> Option<Zoned> {
    let word = sealed(word, now);
    let mut at = now.clone();
    // Each step passes at least one rule's end; there are fewer rules than this.
    for _ in 0..50 {
        match decide(plan, spoken, word, &at) {
            Verdict::Speak(..) => return Some(at),
            Verdict::Silent { wake, .. } => {
                let wake = wake.filter(|wake| *wake > at.timestamp())?;
                at = wake.to_zoned(now.time_zone().clone());
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::{Outcome, Week, What};
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    fn from(day: i8) -> Zoned {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        date(2026, 11, day).at(9, 0, 0, 0).to_zoned(zone).unwrap()
    }

    fn plan() -> Plan {
        Plan { on: true, safety_seen: true, week: Week::weekend_mornings(), ..Plan::default() }
    }

    fn short(forecasts: &[Forecast]) -> Vec<(String, Option<Rule>)> {
        let rule = |what: &Foresight| match what {
            Foresight::Speaks(..) => None,
            Foresight::Silent(rule) => Some(*rule),
        };
        forecasts.iter().map(|f| (f.start.strftime("%m-%d %H:%M").to_string(), rule(&f.what))).collect()
    }

    #[test]
    fn three_weeks_ahead() {
        let told = forecast(&plan(), &Spoken::default(), Word::Open, &from(7), 21);
        let expected = [
            ("11-07 10:00", None),
            ("11-08 10:00", Some(Rule::TooSoon)),
            ("11-14 10:00", Some(Rule::TooSoon)),
            ("11-15 10:00", Some(Rule::TooSoon)),
            ("11-21 10:00", None),
            ("11-22 10:00", Some(Rule::TooSoon)),
        ];
        assert_eq!(short(&told), expected.map(|(at, rule)| (at.to_owned(), rule)));
    }

    #[test]
    fn the_end_of_the_partners_word_is_never_to_be_seen() {
        let told = |word| forecast(&plan(), &Spoken::default(), word, &from(7), 60);
        assert_eq!(told(Word::NotUntil(date(2026, 11, 20))), told(Word::Never));
        assert!(next_moment(&plan(), &Spoken::default(), Word::NotUntil(date(2026, 11, 20)), &from(7)).is_none());
        assert_eq!(sealed(Word::NotUntil(date(2026, 11, 20)), &from(7)), Word::Never);
        assert_eq!(sealed(Word::NotUntil(date(2026, 11, 7)), &from(7)), Word::NotUntil(date(2026, 11, 7)));
    }

    #[test]
    fn a_look_back_tells_what_it_was_like_then() {
        let mut spoken = Spoken::default();
        spoken.speak(from(14).with().hour(10).build().unwrap().timestamp());
        let told = forecast_as_known(&plan(), &spoken, Word::Open, &from(7), 9, &from(23));
        let expected = [
            ("11-07 10:00", None),
            ("11-08 10:00", Some(Rule::TooSoon)),
            ("11-14 10:00", Some(Rule::OncePerWindow)),
            ("11-15 10:00", Some(Rule::TooSoon)),
        ];
        assert_eq!(short(&told), expected.map(|(at, rule)| (at.to_owned(), rule)));
    }

    #[test]
    fn ten_years_ahead_are_told_and_the_end_of_the_calendar_is_no_fault() {
        assert_eq!(forecast(&plan(), &Spoken::default(), Word::Open, &from(7), 3650).len(), 3650_usize.div_ceil(7) * 2);
        let last = date(9999, 12, 20).at(0, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        assert_eq!(forecast(&plan(), &Spoken::default(), Word::Open, &last, 3650).len(), 2);
        let first = date(-9999, 1, 3).at(0, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        assert!(forecast(&plan(), &Spoken::default(), Word::Open, &first, 14).len() <= 4);
    }

    #[test]
    fn the_day_after_an_argument_is_known() {
        let mut plan = plan();
        plan.note(from(9).timestamp(), What::Argued);
        assert!(!day_after_argument(&plan, &from(9)));
        assert!(day_after_argument(&plan, &from(10)));
        assert!(!day_after_argument(&plan, &from(11)));
        plan.note(from(10).timestamp(), What::GoodMoment);
        assert!(!day_after_argument(&plan, &from(10)));
    }

    #[test]
    fn it_speaks_late_in_a_window_when_the_start_is_kept_free() {
        let mut plan = plan();
        plan.home_from_work = Some(jiff::civil::time(10, 0, 0, 0));
        plan.week.copy_day(jiff::civil::Weekday::Saturday, jiff::civil::Weekday::Monday);
        let told = forecast(&plan, &Spoken::default(), Word::Open, &from(9), 1);
        let Foresight::Speaks(at, About::Asking) = &told[0].what else { panic!("{told:?}") };
        assert_eq!(at.time(), jiff::civil::time(11, 0, 0, 0));
    }

    #[test]
    fn the_next_moment_agrees_with_the_forecast() {
        let mut plan = plan();
        plan.note(from(8).timestamp(), What::Asked(Outcome::No));
        let next = next_moment(&plan, &Spoken::default(), Word::Open, &from(9)).unwrap();
        let told = forecast(&plan, &Spoken::default(), Word::Open, &from(9), 60);
        let first = told.iter().find_map(|told| match &told.what {
            Foresight::Speaks(at, _) => Some(at.clone()),
            Foresight::Silent(_) => None,
        });
        assert_eq!(Some(next.clone()), first);
        assert_eq!(next.date(), date(2026, 12, 12));
    }
}
