//! The decision: speak now, or stay quiet because of a rule.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};

use super::occurrence::{Occurrence, blocked, day_start, open_from, open_now};
use super::plan::{Outcome, Plan, Spoken, What};
use super::rule::Rule;
use crate::couple::Word;

/// Days of quiet after the first, second and third no (rule 8; the numbers are judgements).
const AFTER_NO: [i32; 3] = [30, 60, 90];
/// Hours of quiet after an argument (rule 4).
const AFTER_ARGUMENT: i32 = 24;
/// How often it may speak in one such span of days when every time was answered with "not now": a judgement. Moving
/// on to the next window (rule 3) must not become a reminder at every window.
const SHOWN_AT_MOST: usize = 3;
/// The shortest time between two windows.
const CELL: SignedDuration = SignedDuration::from_mins(30);
/// A "not now" belongs to a reminder that is at most this many hours old.
const NOT_NOW_WITHIN: i32 = 24;

/// What the reminder speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// "Is now a calm moment?"
    Asking,
    /// The next step after a yes: once, if the user wished for it (rule 13).
    NextStep,
}

/// What the reminder does at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may speak, in this window, about this.
    Speak(Occurrence, About),
    /// It stays quiet.
    Silent {
        /// Because of this; of several rules the one that says most.
        rule: Rule,
        /// Nothing changes before this instant unless a file does; none when waiting alone changes nothing.
        wake: Option<Timestamp>,
    },
}

/// A rule that applies, and until when; none for "waiting alone does not end it".
type Hold = (Rule, Option<Timestamp>);

/// Speak, or stay quiet, and why. `word` is the partner's. For times that lie after `now` see
/// [`Plan::notice_clock`].
#[must_use]
pub fn decide(plan: &Plan, spoken: &Spoken, word: Word, now: &Zoned) -> Verdict {
    let (plan, spoken) = (&plan.as_of(now.timestamp()), &spoken.as_of(now.timestamp()));
    let open = open_now(plan.week, now);
    let mut holds = Vec::new();
    let about = match standing(plan, spoken, word, now) {
        Ok(about) => about,
        Err(rule) => return Verdict::Silent { rule, wake: None },
    };
    match about {
        About::Asking => holds.extend(after_answer(plan, now)),
        About::NextStep => holds.extend(before_next_step(plan, now)),
    }
    holds.extend(argued(plan, now));
    holds.extend(on_a_break(plan, now));
    holds.extend(open.and_then(|open| once_per_window(spoken, open, now)));
    if about == About::Asking {
        holds.extend(too_soon(plan, spoken, now));
        // The last of them: what is known says more.
        holds.extend(paused(plan, now));
    }
    let free = match open {
        Some(_) => blocked(plan, now.time_zone(), now.timestamp()).map(|(rule, until)| (rule, Some(until))),
        None if plan.week.is_empty() => Some((Rule::NoWindows, None)),
        None => Some((Rule::OutsideWindow, Some(now.timestamp()))),
    };
    holds.extend(free);
    match (holds.first(), open) {
        (Some((rule, _)), _) => Verdict::Silent { rule: *rule, wake: wake(plan, &holds, now) },
        (None, Some(open)) => Verdict::Speak(open, about),
        (None, None) => Verdict::Silent { rule: Rule::OutsideWindow, wake: None },
    }
}

/// Whether the check may be opened by hand ("this feels like a good moment"): always, but for the partner's word.
#[must_use]
pub fn may_open_check(word: Word, now: &Zoned) -> bool {
    !binds(word, now)
}

/// Whether the window should show what the background process found no place to show: only while that same quiet
/// window is open, only if nothing happened since, and only if no rule has come in between.
#[must_use]
pub fn waits_for_window(plan: &Plan, spoken: &Spoken, word: Word, now: &Zoned) -> bool {
    let said = spoken.times.iter().max();
    let (Some(_), Some(said), Some(open)) = (spoken.unseen, said, open_now(plan.week, now)) else {
        return false;
    };
    *said >= open.start && *said <= now.timestamp() && still_wanted(plan, spoken, word, *said, now)
}

/// Whether what was said at `said` may stay on the screen: the rules allow it apart from its own having been said,
/// and nothing happened since.
#[must_use]
pub(crate) fn still_wanted(plan: &Plan, spoken: &Spoken, word: Word, said: Timestamp, now: &Zoned) -> bool {
    let plan = &plan.as_of(now.timestamp());
    let spoken = spoken.as_of(now.timestamp());
    let mut before = spoken.clone();
    before.times.retain(|at| *at < said);
    let untouched = !plan.events.iter().any(|event| event.at >= said) && !spoken.not_now.iter().any(|at| *at >= said);
    untouched && matches!(decide(plan, &before, word, now), Verdict::Speak(..))
}

/// Whether the partner's word forbids raising it now.
pub(super) fn binds(word: Word, now: &Zoned) -> bool {
    match word {
        Word::Open => false,
        Word::NotUntil(date) => now.date() < date,
        Word::Never => true,
    }
}

/// What there is to speak about, or the rule that time alone does not end, or whose end is nobody's business.
fn standing(plan: &Plan, spoken: &Spoken, word: Word, now: &Zoned) -> Result<About, Rule> {
    if !plan.on {
        return Err(Rule::Off);
    }
    if !plan.safety_seen {
        return Err(Rule::SafetyFirst);
    }
    if binds(word, now) {
        return Err(Rule::NothingPlanned);
    }
    let over = match plan.latest_answer() {
        Some((_, Outcome::Yes)) => Rule::AskingEnded,
        Some((_, Outcome::No)) if plan.noes() > AFTER_NO.len() => return Err(Rule::Stopped),
        Some((_, Outcome::No | Outcome::Later(_) | Outcome::DidNotAsk)) => return Ok(About::Asking),
        None if plan.ended => Rule::NothingLeft,
        None => return Ok(About::Asking),
    };
    let wished = plan.next_step.and_then(|day| day_start(now.time_zone(), day));
    match wished {
        Some(from) if !spoken.times.iter().any(|at| *at >= from) => Ok(About::NextStep),
        Some(_) | None => Err(over),
    }
}

/// Whether the asking has ended, by a yes or by the last no.
pub(super) fn is_over(plan: &Plan) -> bool {
    match plan.latest_answer() {
        Some((_, Outcome::Yes)) => true,
        Some((_, Outcome::No)) => plan.noes() > AFTER_NO.len(),
        Some((_, Outcome::Later(_) | Outcome::DidNotAsk)) | None => false,
    }
}

/// Until when the latest answer keeps the reminder quiet by a count of days: after a no.
pub(super) fn pause_after(plan: &Plan, now: &Zoned) -> Option<Timestamp> {
    match plan.latest_answer()? {
        (at, Outcome::No) => {
            let days = AFTER_NO[plan.noes().clamp(1, AFTER_NO.len()) - 1];
            Some(days_later(at, days.max(i32::from(plan.days_between())), now))
        }
        (_, Outcome::Yes | Outcome::Later(_) | Outcome::DidNotAsk) => None,
    }
}

/// The day that was chosen together, if that is where the asking stands.
fn chosen_day(plan: &Plan) -> Option<Date> {
    match plan.latest_answer() {
        Some((_, Outcome::Later(day))) => Some(day),
        Some((_, Outcome::Yes | Outcome::No | Outcome::DidNotAsk)) => None,
        None => plan.chosen_day,
    }
}

fn after_answer(plan: &Plan, now: &Zoned) -> Option<Hold> {
    if let Some(day) = chosen_day(plan) {
        let until = day_start(now.time_zone(), day)?;
        return (now.timestamp() < until).then_some((Rule::PartnersDay, Some(until)));
    }
    let (at, Outcome::No) = plan.latest_answer()? else { return None };
    let days = AFTER_NO[plan.noes().clamp(1, AFTER_NO.len()) - 1];
    let until = days_later(at, days, now);
    (now.timestamp() < until).then_some((Rule::AfterNo, Some(until)))
}

fn before_next_step(plan: &Plan, now: &Zoned) -> Option<Hold> {
    let until = day_start(now.time_zone(), plan.next_step?)?;
    (now.timestamp() < until).then_some((Rule::NextStep, Some(until)))
}

fn paused(plan: &Plan, now: &Zoned) -> Option<Hold> {
    let until = plan.quiet_until.filter(|until| now.timestamp() < *until)?;
    Some((Rule::Paused, Some(until)))
}

fn argued(plan: &Plan, now: &Zoned) -> Option<Hold> {
    let arguments = plan.events.iter().filter(|event| event.what == What::Argued);
    let last = arguments.map(|event| event.at).max()?;
    let until = last.checked_add(AFTER_ARGUMENT.hours()).unwrap_or(Timestamp::MAX);
    (now.timestamp() < until).then_some((Rule::Argued, Some(until)))
}

fn on_a_break(plan: &Plan, now: &Zoned) -> Option<Hold> {
    // A break lasts a day at most (rule 5); a later time is a clock that was wrong.
    let longest = now.timestamp().checked_add(AFTER_ARGUMENT.hours()).unwrap_or(Timestamp::MAX);
    let until = plan.held_until.filter(|until| now.timestamp() < *until && *until <= longest)?;
    Some((Rule::OnABreak, Some(until)))
}

fn once_per_window(spoken: &Spoken, open: Occurrence, now: &Zoned) -> Option<Hold> {
    let last = spoken.times.iter().copied().max()?;
    if last >= open.start {
        return Some((Rule::OncePerWindow, Some(open.end)));
    }
    // Two windows are at least a cell apart, but not to somebody who travels, or whose clock is set.
    let until = last.checked_add(CELL).unwrap_or(Timestamp::MAX);
    (now.timestamp() < until).then_some((Rule::OncePerWindow, Some(until)))
}

fn too_soon(plan: &Plan, spoken: &Spoken, now: &Zoned) -> Option<Hold> {
    let days = i32::from(plan.days_between());
    // A day that was chosen together begins the count anew (rule 7): what came before it counts no more.
    let anew = chosen_day(plan).and_then(|day| day_start(now.time_zone(), day));
    let mut times: Vec<Timestamp> =
        spoken.times.iter().copied().filter(|at| anew.is_none_or(|anew| *at >= anew)).collect();
    times.sort_unstable();
    // A "not now" moves one reminder on to the next window; a few of them are as good as having asked.
    let often = times.len().checked_sub(SHOWN_AT_MOST).and_then(|index| times.get(index).copied());
    let said = times.into_iter().rev().find(|at| !moved_on(plan, spoken, *at));
    let answered = plan.latest_answer().map(|(at, _)| at).filter(|_| anew.is_none());
    let until = said.max(answered).max(often).map(|at| days_later(at, days, now))?;
    (now.timestamp() < until).then_some((Rule::TooSoon, Some(until)))
}

/// Whether the reminder shown at `said` was answered with "not now", on the notification or in the check.
fn moved_on(plan: &Plan, spoken: &Spoken, said: Timestamp) -> bool {
    let until = said.checked_add(NOT_NOW_WITHIN.hours()).unwrap_or(Timestamp::MAX);
    let next = spoken.times.iter().copied().filter(|at| *at > said).min().unwrap_or(until).min(until);
    let checked = plan.events.iter().filter(|event| event.what == What::NotNow).map(|event| event.at);
    let mut answers = spoken.not_now.iter().copied().chain(checked);
    answers.any(|at| at >= said && at < next)
}

/// The same wall-clock time some days later, where the person is now.
fn days_later(at: Timestamp, days: i32, now: &Zoned) -> Timestamp {
    let at = at.to_zoned(now.time_zone().clone());
    at.checked_add(days.days()).map_or(Timestamp::MAX, |later| later.timestamp())
}

/// The first instant at which none of the holds stands and a window is open.
fn wake(plan: &Plan, holds: &[Hold], now: &Zoned) -> Option<Timestamp> {
    let until = holds.iter().map(|(_, until)| *until).collect::<Option<Vec<_>>>()?.into_iter().max()?;
    open_from(plan, now.time_zone(), until.max(now.timestamp()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Week;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    /// A day of November 2026 (the 21st and 28th are Saturdays) in Montreal.
    pub fn november(day: i32, hour: i8, minute: i8) -> Zoned {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        date(2026, 11, 1).saturating_add((day - 1).days()).at(hour, minute, 0, 0).to_zoned(zone).unwrap()
    }

    fn plan() -> Plan {
        Plan { on: true, safety_seen: true, week: Week::weekend_mornings(), ..Plan::default() }
    }

    fn rule(plan: &Plan, spoken: &Spoken, word: Word, now: &Zoned) -> Option<Rule> {
        match decide(plan, spoken, word, now) {
            Verdict::Speak(..) => None,
            Verdict::Silent { rule, .. } => Some(rule),
        }
    }

    fn quiet(plan: &Plan, now: &Zoned) -> Option<Rule> {
        rule(plan, &Spoken::default(), Word::Open, now)
    }

    fn said(days: &[Zoned]) -> Spoken {
        Spoken { times: days.iter().map(Zoned::timestamp).collect(), ..Spoken::default() }
    }

    #[test]
    fn it_speaks_inside_a_window_and_only_there() {
        assert_eq!(quiet(&plan(), &november(28, 9, 59)), Some(Rule::OutsideWindow));
        assert_eq!(quiet(&plan(), &november(28, 10, 0)), None);
        assert_eq!(quiet(&plan(), &november(28, 11, 29)), None);
        assert_eq!(quiet(&plan(), &november(28, 11, 30)), Some(Rule::OutsideWindow));
        let Verdict::Silent { wake, .. } = decide(&plan(), &Spoken::default(), Word::Open, &november(23, 9, 0)) else {
            panic!("silent on a Monday");
        };
        assert_eq!(wake, Some(november(28, 10, 0).timestamp()));
    }

    #[test]
    fn switched_off_unsafe_or_without_windows_it_is_quiet() {
        let now = november(28, 10, 0);
        assert_eq!(quiet(&Plan { on: false, ..plan() }, &now), Some(Rule::Off));
        assert_eq!(quiet(&Plan { safety_seen: false, ..plan() }, &now), Some(Rule::SafetyFirst));
        assert_eq!(quiet(&Plan { week: Week::default(), ..plan() }, &now), Some(Rule::NoWindows));
    }

    #[test]
    fn the_word_binds_and_says_nothing_of_until_when() {
        let now = november(28, 10, 0);
        let none = Spoken::default();
        for word in [Word::Never, Word::NotUntil(date(2026, 11, 29)), Word::NotUntil(date(2030, 1, 1))] {
            let expected = Verdict::Silent { rule: Rule::NothingPlanned, wake: None };
            assert_eq!(decide(&plan(), &none, word, &now), expected);
            assert!(!may_open_check(word, &now));
        }
        assert_eq!(rule(&plan(), &none, Word::NotUntil(date(2026, 11, 28)), &now), None);
    }

    #[test]
    fn once_per_window_and_once_in_fourteen_days() {
        let spoken = said(&[november(14, 10, 30)]);
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(14, 11, 0)), Some(Rule::OncePerWindow));
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(15, 10, 0)), Some(Rule::TooSoon));
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(28, 10, 29)), Some(Rule::TooSoon));
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(28, 10, 30)), None);
        let longer = Plan { at_least_days: 21, ..plan() };
        assert_eq!(rule(&longer, &spoken, Word::Open, &november(28, 10, 30)), Some(Rule::TooSoon));
    }

    #[test]
    fn not_now_moves_to_the_next_window_but_not_for_ever() {
        let mut spoken = said(&[november(14, 10, 0)]);
        spoken.not_now.push(november(14, 10, 5).timestamp());
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(14, 10, 30)), Some(Rule::OncePerWindow));
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(15, 10, 0)), None);
        for day in [15, 21] {
            spoken.speak(november(day, 10, 0).timestamp());
            spoken.answer_not_now(november(day, 10, 1).timestamp());
        }
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(22, 10, 0)), Some(Rule::TooSoon));
        assert_eq!(rule(&plan(), &spoken, Word::Open, &november(28, 10, 0)), None);
    }

    #[test]
    fn a_no_in_the_check_moves_on_as_well() {
        let spoken = said(&[november(14, 10, 0)]);
        let mut plan = plan();
        plan.note(november(14, 10, 5).timestamp(), What::NotNow);
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(15, 10, 0)), None);
        plan.note(november(14, 12, 0).timestamp(), What::Argued);
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(15, 11, 0)), Some(Rule::Argued));
    }

    #[test]
    fn an_argument_gives_a_full_day_of_quiet() {
        let mut plan = plan();
        plan.note(november(27, 10, 30).timestamp(), What::Argued);
        assert_eq!(quiet(&plan, &november(28, 10, 29)), Some(Rule::Argued));
        assert_eq!(quiet(&plan, &november(28, 10, 30)), None);
    }

    #[test]
    fn yes_ends_it() {
        let mut plan = plan();
        plan.note(november(1, 10, 0).timestamp(), What::Asked(Outcome::Yes));
        let expected = Verdict::Silent { rule: Rule::AskingEnded, wake: None };
        assert_eq!(decide(&plan, &Spoken::default(), Word::Open, &november(28, 10, 0)), expected);
    }

    #[test]
    fn noes_give_thirty_sixty_ninety_days_and_then_it_stops() {
        let mut plan = plan();
        let mut day = date(2026, 1, 3);
        for days in AFTER_NO {
            let asked = day.at(10, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
            plan.note(asked.timestamp(), What::Asked(Outcome::No));
            let before = asked.saturating_add((days - 1).days()).saturating_add(23.hours());
            assert_eq!(quiet(&plan, &before), Some(Rule::AfterNo));
            let after = asked.saturating_add(days.days());
            assert!(matches!(quiet(&plan, &after), None | Some(Rule::OutsideWindow)), "{days}");
            day = after.date();
        }
        plan.note(day.at(10, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap().timestamp(), What::Asked(Outcome::No));
        assert_eq!(quiet(&plan, &november(28, 10, 0)), Some(Rule::Stopped));
    }

    #[test]
    fn later_waits_for_the_day_that_the_partner_chose() {
        let mut plan = plan();
        let spoken = said(&[november(14, 10, 0)]);
        plan.note(november(14, 10, 20).timestamp(), What::Asked(Outcome::Later(date(2026, 11, 22))));
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(21, 10, 0)), Some(Rule::PartnersDay));
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(22, 10, 0)), None, "the partner's own choice");
        let mut again = spoken.clone();
        again.speak(november(22, 10, 0).timestamp());
        assert_eq!(rule(&plan, &again, Word::Open, &november(22, 10, 30)), Some(Rule::OncePerWindow));
        assert_eq!(rule(&plan, &again, Word::Open, &november(28, 10, 0)), Some(Rule::TooSoon), "once for that day");
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(28, 10, 0)), None, "no window then: the first after it");
    }

    #[test]
    fn after_a_yes_one_note_about_the_next_step_at_most() {
        let mut plan = plan();
        plan.note(november(14, 10, 20).timestamp(), What::Asked(Outcome::Yes));
        let mut spoken = said(&[november(14, 10, 0)]);
        assert_eq!(
            rule(&plan, &spoken, Word::Open, &november(21, 10, 0)),
            Some(Rule::AskingEnded),
            "none unless wished"
        );
        plan.next_step = Some(date(2026, 11, 20));
        assert_eq!(rule(&plan, &spoken, Word::Open, &november(15, 10, 0)), Some(Rule::NextStep));
        assert!(!Rule::NextStep.is_final());
        assert_eq!(rule(&plan, &spoken, Word::Never, &november(21, 10, 0)), Some(Rule::NothingPlanned));
        let verdict = decide(&plan, &spoken, Word::Open, &november(21, 10, 0));
        assert!(matches!(verdict, Verdict::Speak(_, About::NextStep)), "{verdict:?}");
        spoken.speak(november(21, 10, 0).timestamp());
        for day in [21, 22, 50, 400] {
            assert_eq!(rule(&plan, &spoken, Word::Open, &november(day, 10, 30)), Some(Rule::AskingEnded), "{day}");
        }
    }

    #[test]
    fn a_pause_without_its_reason_holds_and_a_clock_that_was_wrong_does_not_make_it_endless() {
        let mut plan = Plan { quiet_until: Some(november(29, 10, 0).timestamp()), ..plan() };
        assert_eq!(quiet(&plan, &november(28, 10, 0)), Some(Rule::Paused));
        assert_eq!(quiet(&plan, &november(29, 10, 0)), None);
        plan.ended = true;
        assert_eq!(quiet(&plan, &november(29, 10, 0)), Some(Rule::NothingLeft));
        plan.ended = false;
        plan.quiet_until = Some(november(5000, 10, 0).timestamp());
        assert!(plan.notice_clock(november(1, 10, 0).timestamp()));
        assert_eq!(quiet(&plan, &november(91, 10, 0)), Some(Rule::Paused));
        assert_eq!(quiet(&plan, &november(98, 10, 0)), None);
    }

    #[test]
    fn a_clock_that_was_wrong_never_shortens_the_quiet() {
        let mut future = said(&[november(90, 10, 0)]);
        assert_eq!(rule(&plan(), &future, Word::Open, &november(28, 10, 0)), Some(Rule::OncePerWindow));
        assert!(future.notice_clock(november(14, 10, 0).timestamp()));
        assert_eq!(rule(&plan(), &future, Word::Open, &november(28, 9, 59)), Some(Rule::TooSoon));
        assert_eq!(rule(&plan(), &future, Word::Open, &november(28, 10, 0)), None);
        let mut plan = plan();
        plan.note(november(400, 10, 0).timestamp(), What::Argued);
        assert_eq!(quiet(&plan, &november(28, 10, 0)), Some(Rule::Argued));
        assert!(plan.notice_clock(november(27, 10, 0).timestamp()));
        assert_eq!(quiet(&plan, &november(28, 10, 0)), None);
    }

    #[test]
    fn a_break_holds_it_back() {
        let mut plan = plan();
        plan.held_until = Some(november(28, 10, 40).timestamp());
        assert_eq!(quiet(&plan, &november(28, 10, 39)), Some(Rule::OnABreak));
        assert_eq!(quiet(&plan, &november(28, 10, 40)), None);
    }

    #[test]
    fn what_was_not_shown_waits_only_inside_its_window() {
        let mut spoken = said(&[november(28, 10, 0)]);
        assert!(!waits_for_window(&plan(), &spoken, Word::Open, &november(28, 11, 0)), "it was shown");
        spoken.unseen = Some(november(28, 10, 20).timestamp());
        let mut plan = plan();
        assert!(waits_for_window(&plan, &spoken, Word::Open, &november(28, 11, 0)));
        assert!(!waits_for_window(&plan, &spoken, Word::Open, &november(28, 11, 30)));
        assert!(!waits_for_window(&plan, &spoken, Word::Open, &november(29, 10, 0)));
        assert!(!waits_for_window(&plan, &spoken, Word::Never, &november(28, 11, 0)));
        plan.note(november(28, 10, 30).timestamp(), What::GoodMoment);
        assert!(!waits_for_window(&plan, &spoken, Word::Open, &november(28, 11, 0)));
    }
}
