//! Quiet windows on the real time line: time zones, summer time, and the hours that are kept free.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{Timestamp, ToSpan, Zoned};

use super::plan::Plan;
use super::rule::Rule;
use super::week::{Week, cell_of, day_index};

/// How far ahead a window is looked for, in weeks. Longer than any run of busy days that a person would enter.
const WEEKS_AHEAD: i32 = 60;

/// One quiet window on one date: from `start` up to, not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// Its first instant.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

/// The instant of a wall-clock time. In the hour that is skipped in spring it is the instant of the change, so a
/// window inside that hour vanishes; in the hour that comes twice in autumn it is the first pass, so nothing opens twice.
pub(super) fn instant(zone: &TimeZone, wall: DateTime) -> Option<Timestamp> {
    let ambiguous = zone.to_ambiguous_timestamp(wall);
    match ambiguous.offset() {
        AmbiguousOffset::Gap { after, .. } => {
            let before = after.to_timestamp(wall).ok()?;
            zone.following(before).next().map(|change| change.timestamp())
        }
        AmbiguousOffset::Unambiguous { .. } | AmbiguousOffset::Fold { .. } => ambiguous.compatible().ok(),
    }
}

/// The first instant of a date.
pub(super) fn day_start(zone: &TimeZone, date: Date) -> Option<Timestamp> {
    instant(zone, date.to_datetime(Time::midnight()))
}

/// The windows that end after `from`, in time order, for [`WEEKS_AHEAD`] weeks.
pub(super) fn occurrences(week: Week, zone: &TimeZone, from: Timestamp) -> impl Iterator<Item = Occurrence> {
    occurrences_for(week, zone, from, WEEKS_AHEAD)
}

/// The windows that end after `from`, in time order, for at least so many weeks.
pub(super) fn occurrences_for(
    week: Week,
    zone: &TimeZone,
    from: Timestamp,
    weeks: i32,
) -> impl Iterator<Item = Occurrence> {
    let windows = week.windows();
    let date = zone.to_datetime(from).date();
    let back = i32::try_from(day_index(date.weekday())).unwrap_or_default() + 7;
    let monday = date.saturating_sub(back.days());
    let zone = zone.clone();
    (0..weeks.saturating_add(2))
        // The calendar ends with the year 9999.
        .map_while(move |number| monday.checked_add(number.weeks()).ok())
        .flat_map(move |monday| {
            let zone = zone.clone();
            windows.clone().into_iter().filter_map(move |window| {
                let day = i32::try_from(day_index(window.day)).unwrap_or_default();
                let start = monday.checked_add(day.days()).ok()?.to_datetime(window.start());
                let minutes = i64::try_from(window.minutes()).unwrap_or_default();
                let end = start.checked_add(minutes.minutes()).ok()?;
                Some(Occurrence { start: instant(&zone, start)?, end: instant(&zone, end)? })
            })
        })
        .filter(move |occurrence| occurrence.start < occurrence.end && occurrence.end > from)
}

/// The window that is open at `now`.
pub(super) fn open_now(week: Week, now: &Zoned) -> Option<Occurrence> {
    occurrences(week, now.time_zone(), now.timestamp()).next().filter(|next| next.start <= now.timestamp())
}

/// Why an hour that begins with this wall-clock time is kept free on this date, painted or not: for showing.
#[must_use]
pub fn kept_free(plan: &Plan, wall: DateTime) -> Option<Rule> {
    free(plan, wall).map(|(rule, _)| rule)
}

/// The rule that keeps this wall-clock time free, and until when.
fn free(plan: &Plan, wall: DateTime) -> Option<(Rule, DateTime)> {
    if plan.busy.contains(&wall.date()) {
        return Some((Rule::Busy, wall.date().saturating_add(1.day()).to_datetime(Time::midnight())));
    }
    let days = [-1, 0, 1].map(|day: i32| wall.date().saturating_add(day.days()));
    if let Some(bedtime) = plan.bedtime {
        for day in days {
            let bed = day.to_datetime(bedtime);
            let until = bed.saturating_add(2.hours());
            if bed.saturating_sub(2.hours()) <= wall && wall < until {
                return Some((Rule::Bedtime, until));
            }
        }
    }
    if let Some(home) = plan.home_from_work {
        for day in days.into_iter().filter(|day| day_index(day.weekday()) < 5) {
            let home = day.to_datetime(home);
            let until = home.saturating_add(1.hour());
            if home <= wall && wall < until {
                return Some((Rule::AfterWork, until));
            }
        }
    }
    None
}

/// The hours inside a window that are kept free: the rule, and until when.
pub(super) fn blocked(plan: &Plan, zone: &TimeZone, at: Timestamp) -> Option<(Rule, Timestamp)> {
    let wall = zone.to_datetime(at);
    // Time moves on even where the clock is turned back.
    let later = |until: DateTime| {
        let until = instant(zone, until).filter(|until| *until > at);
        until.unwrap_or_else(|| at.saturating_add(1.minute()).unwrap_or(at))
    };
    if !plan.week.is_on(wall.date().weekday(), cell_of(wall.time())) {
        // The clock was turned back inside a window to a time before it began.
        let minutes = 30 - i64::from(wall.minute()) % 30;
        return Some((Rule::OutsideWindow, at.saturating_add(minutes.minutes()).unwrap_or(Timestamp::MAX)));
    }
    free(plan, wall).map(|(rule, until)| (rule, later(until)))
}

/// The first instant from `from` on at which a window is open and not kept free.
pub(super) fn open_from(plan: &Plan, zone: &TimeZone, from: Timestamp) -> Option<Timestamp> {
    for occurrence in occurrences(plan.week, zone, from) {
        let mut at = occurrence.start.max(from);
        while at < occurrence.end {
            match blocked(plan, zone, at) {
                Some((_, until)) => at = until,
                None => return Some(at),
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    /// Written as rules, so that the tests do not depend on the machine's time zone files.
    fn new_york() -> TimeZone {
        TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap()
    }

    fn windows(week: Week, zone: &TimeZone, day: Date) -> Vec<String> {
        let from = day_start(zone, day).unwrap();
        let until = day_start(zone, day.tomorrow().unwrap()).unwrap();
        let inside = occurrences(week, zone, from).take_while(|o| o.start < until);
        inside.map(|o| format!("{} {}", o.start, o.end)).collect()
    }

    fn sunday(cells: std::ops::RangeInclusive<usize>) -> Week {
        let mut week = Week::default();
        week.paint(Weekday::Sunday, cells, true);
        week
    }

    #[test]
    fn the_skipped_hour_holds_no_window() {
        let spring = date(2027, 3, 14);
        assert!(windows(sunday(4..=5), &new_york(), spring).is_empty());
        assert_eq!(windows(sunday(3..=6), &new_york(), spring), ["2027-03-14T06:30:00Z 2027-03-14T07:30:00Z"]);
    }

    #[test]
    fn the_hour_that_comes_twice_opens_once() {
        let autumn = date(2026, 11, 1);
        assert_eq!(windows(sunday(2..=3), &new_york(), autumn), ["2026-11-01T05:00:00Z 2026-11-01T07:00:00Z"]);
        assert_eq!(windows(sunday(2..=2), &new_york(), autumn), ["2026-11-01T05:00:00Z 2026-11-01T05:30:00Z"]);
    }

    #[test]
    fn a_half_hour_change_works_too() {
        // Lord Howe Island moves by 30 minutes, from 02:00 to 02:30 in October.
        let zone = TimeZone::posix("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").unwrap();
        let spring = date(2026, 10, 4);
        assert!(windows(sunday(4..=4), &zone, spring).is_empty());
        assert_eq!(windows(sunday(4..=5), &zone, spring), ["2026-10-03T15:30:00Z 2026-10-03T16:00:00Z"]);
    }

    #[test]
    fn a_window_across_midnight_and_the_week_is_one() {
        let mut week = sunday(47..=47);
        week.paint(Weekday::Monday, 0..=0, true);
        let zone = TimeZone::UTC;
        let monday = date(2026, 11, 23).to_datetime(Time::midnight()).to_zoned(zone).unwrap();
        let open = open_now(week, &monday).unwrap();
        assert_eq!(open.start.to_string(), "2026-11-22T23:30:00Z");
        assert_eq!(open.end.to_string(), "2026-11-23T00:30:00Z");
    }

    #[test]
    fn a_clock_turned_back_to_before_the_window_closes_it_for_that_time() {
        // Chatham: 03:45 becomes 02:45.
        let zone = TimeZone::posix("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45").unwrap();
        let plan = Plan { week: sunday(6..=7), ..Plan::default() };
        let start = date(2027, 4, 4).at(3, 0, 0, 0);
        let first = instant(&zone, start).unwrap();
        let after = |minutes: i64| blocked(&plan, &zone, first + minutes.minutes()).map(|(rule, _)| rule);
        assert_eq!(
            [after(0), after(44), after(45), after(59), after(60)],
            [None, None, Some(Rule::OutsideWindow), Some(Rule::OutsideWindow), None]
        );
    }

    #[test]
    fn hours_kept_free_are_named() {
        let zone = TimeZone::UTC;
        let time = |hour, minute| Some(Time::constant(hour, minute, 0, 0));
        let plan = Plan {
            bedtime: time(0, 30),
            home_from_work: time(17, 30),
            busy: vec![date(2026, 11, 28)],
            week: Week::whole(),
            ..Plan::default()
        };
        let rule = |day, hour, minute| {
            let at = date(2026, 11, day).at(hour, minute, 0, 0).to_zoned(zone.clone()).unwrap();
            blocked(&plan, &zone, at.timestamp()).map(|(rule, _)| rule)
        };
        assert_eq!(rule(23, 22, 29), None);
        assert_eq!(rule(23, 22, 30), Some(Rule::Bedtime));
        assert_eq!(rule(24, 2, 29), Some(Rule::Bedtime));
        assert_eq!(rule(24, 2, 30), None);
        assert_eq!(rule(24, 17, 30), Some(Rule::AfterWork));
        assert_eq!(rule(24, 18, 30), None);
        assert_eq!(rule(29, 17, 30), None, "Sunday");
        assert_eq!(rule(28, 12, 0), Some(Rule::Busy));
        let shortly = date(2026, 11, 24).at(2, 29, 50, 0).to_zoned(zone.clone()).unwrap().timestamp();
        assert_eq!(blocked(&plan, &zone, shortly), Some((Rule::Bedtime, shortly + 10.seconds())), "to the second");
    }
}
