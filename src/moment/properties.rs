//! Random plans, histories, clocks and answers, against rules written down a second time in the plainest way.

use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use proptest::prelude::*;

use super::*;
use crate::couple::Word;

/// New York, Berlin, Lord Howe (half an hour of summer time), Chatham, a zone without it. As rules, so that the tests
/// need no time zone files.
const ZONES: [&str; 5] = [
    "EST5EDT,M3.2.0,M11.1.0",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
    "<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45",
    "<+14>-14",
];

const DAY: i64 = 86_400;

fn zone() -> impl Strategy<Value = TimeZone> {
    proptest::sample::select(&ZONES[..]).prop_map(|rules| TimeZone::posix(rules).unwrap())
}

fn week() -> impl Strategy<Value = Week> {
    proptest::collection::vec((0_usize..7, 0_usize..48, 0_usize..8), 1..5).prop_map(|strokes| {
        let mut week = Week::default();
        for (day, cell, length) in strokes {
            week.paint(DAYS[day], cell..=cell + length, true);
        }
        week
    })
}

/// Any second from 2024 (a leap year) to 2031.
fn moment() -> impl Strategy<Value = Timestamp> {
    (0_i64..7 * 365 * DAY).prop_map(|second| Timestamp::from_second(1_704_067_200 + second).unwrap())
}

fn around(start: Timestamp) -> impl Strategy<Value = Timestamp> {
    (-120 * DAY..10 * DAY).prop_map(move |second| start.checked_add(second.seconds()).unwrap())
}

fn day_near(start: Timestamp) -> impl Strategy<Value = Date> {
    (-20_i32..60).prop_map(move |days| start.to_zoned(TimeZone::UTC).date().saturating_add(days.days()))
}

fn what(start: Timestamp) -> impl Strategy<Value = What> {
    prop_oneof![
        Just(What::Argued),
        Just(What::NotNow),
        Just(What::GoodMoment),
        Just(What::Asked(Outcome::No)),
        Just(What::Asked(Outcome::DidNotAsk)),
        day_near(start).prop_map(|day| What::Asked(Outcome::Later(day))),
    ]
}

fn time() -> impl Strategy<Value = Option<Time>> {
    proptest::option::weighted(0.4, (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0)))
}

fn word(start: Timestamp) -> impl Strategy<Value = Word> {
    prop_oneof![6 => Just(Word::Open), 3 => day_near(start).prop_map(Word::NotUntil), 1 => Just(Word::Never)]
}

fn plan(start: Timestamp) -> impl Strategy<Value = Plan> {
    let events = proptest::collection::vec((around(start), what(start)), 0..5);
    let busy = proptest::collection::vec(day_near(start), 0..4);
    (week(), 0_u16..30, time(), time(), busy, events).prop_map(|(week, days, bedtime, home, busy, events)| Plan {
        on: true,
        safety_seen: true,
        week,
        at_least_days: days,
        bedtime,
        home_from_work: home,
        busy,
        events: events.into_iter().map(|(at, what)| Event { at, what }).collect(),
        ..Plan::default()
    })
}

/// One life of the background process: from when, where, the plan, the word, how the machine was used (seconds until
/// it looks again beyond the time that it was told to wake, and whether a reminder gets a "not now").
#[derive(Debug, Clone)]
struct Life {
    start: Zoned,
    plan: Plan,
    word: Word,
    spoken: Spoken,
    uses: Vec<(i64, bool)>,
}

fn life() -> impl Strategy<Value = Life> {
    (moment(), zone()).prop_flat_map(|(start, zone)| {
        let spoken = proptest::collection::vec(around(start), 0..3);
        let uses = proptest::collection::vec((prop_oneof![Just(0), 0_i64..5000, 0..5 * DAY], any::<bool>()), 40);
        (plan(start), word(start), spoken, uses).prop_map(move |(mut plan, word, mut times, uses)| {
            times.sort_unstable();
            let mut spoken = Spoken { times, ..Spoken::default() };
            let start = start.to_zoned(zone.clone());
            plan.notice_clock(start.timestamp());
            spoken.notice_clock(start.timestamp());
            Life { start, plan, word, spoken, uses }
        })
    })
}

/// The instants at which it spoke, and whether the answer was "not now".
fn live(life: &Life) -> Vec<(Zoned, bool)> {
    let mut spoken = life.spoken.clone();
    let mut now = life.start.clone();
    let mut heard = Vec::new();
    for (late, not_now) in &life.uses {
        let next = match decide(&life.plan, &spoken, life.word, &now) {
            Verdict::Speak(_) => {
                spoken.speak(now.timestamp());
                if *not_now {
                    spoken.answer_not_now(now.timestamp());
                }
                heard.push((now.clone(), *not_now));
                Some(now.timestamp())
            }
            Verdict::Silent { wake, .. } => wake,
        };
        let Some(next) = next else { break };
        now = next.checked_add((*late).seconds()).unwrap().to_zoned(now.time_zone().clone());
    }
    heard
}

/// Seconds since an event; one that lies ahead of the clock was noticed when this life began, and counts from then.
fn since(life: &Life, event: &Event, at: &Zoned) -> i64 {
    let from = if event.at > at.timestamp() { life.start.timestamp() } else { event.at };
    at.timestamp().as_second() - from.as_second()
}

fn hours_between(earlier: &Zoned, later: &Zoned) -> i64 {
    (later.timestamp().as_second() - earlier.timestamp().as_second()) / 3600
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn never_outside_a_window_nor_in_hours_kept_free(life in life()) {
        for (at, _) in live(&life) {
            prop_assert!(life.plan.week.is_on(at.weekday(), cell_of(at.time())), "{at}");
            prop_assert!(!life.plan.busy.contains(&at.date()));
            if let Some(bedtime) = life.plan.bedtime {
                let apart = (i32::from(at.hour()) * 60 + i32::from(at.minute()))
                    - (i32::from(bedtime.hour()) * 60 + i32::from(bedtime.minute()));
                let apart = apart.rem_euclid(1440);
                prop_assert!((120..1440 - 120 + 1).contains(&apart), "{at}, bed at {bedtime}");
            }
            if let (Some(home), 0..=4) = (life.plan.home_from_work, day_index(at.weekday())) {
                let since = at.datetime().duration_since(at.date().to_datetime(home)).as_secs();
                prop_assert!(!(0..3600).contains(&since), "{at}, home at {home}");
            }
        }
    }

    #[test]
    fn never_more_often_than_allowed(life in life()) {
        let heard = live(&life);
        let days = i64::from(life.plan.at_least_days.max(14));
        let chosen = |at: &Zoned| {
            life.plan.events.iter().any(|event| event.what == What::Asked(Outcome::Later(at.date())))
        };
        for pair in heard.windows(2) {
            let ((before, not_now), (after, _)) = (&pair[0], &pair[1]);
            let apart = hours_between(before, after);
            // Calendar days: the clock change may take an hour off.
            let checked = |event: &Event| {
                event.what == What::NotNow && event.at >= before.timestamp() && event.at < after.timestamp()
            };
            let moved_on = *not_now || life.plan.events.iter().any(checked);
            prop_assert!(apart >= days * 24 - 1 || moved_on || chosen(after), "{before} and {after}");
            // Two windows are at least a cell apart, and it speaks once in each.
            prop_assert!(after.timestamp().as_second() - before.timestamp().as_second() >= 1800);
        }
        for four in heard.windows(4) {
            let chosen = four.iter().any(|(at, _)| chosen(at));
            prop_assert!(hours_between(&four[0].0, &four[3].0) >= days * 24 - 1 || chosen, "{four:?}");
        }
        // Nor soon after what was said before this life began, or after an answer.
        for (at, _) in &heard {
            for event in &life.plan.events {
                let real = matches!(event.what, What::Asked(Outcome::No | Outcome::Later(_)));
                let since = since(&life, event, at) / 3600;
                prop_assert!(!real || since >= days * 24 - 1 || chosen(at));
            }
        }
    }

    #[test]
    fn never_against_the_word_nor_after_an_argument(life in life()) {
        for (at, _) in live(&life) {
            match life.word {
                Word::Open => {}
                Word::NotUntil(day) => prop_assert!(at.date() >= day, "{at}"),
                Word::Never => prop_assert!(false, "{at}"),
            }
            for event in &life.plan.events {
                prop_assert!(event.what != What::Argued || since(&life, event, &at) >= DAY, "{at}");
            }
            let noes = life.plan.noes();
            prop_assert!(noes < 4 || life.plan.latest_answer().unwrap().1 != Outcome::No);
        }
    }

    #[test]
    fn the_wake_time_misses_nothing(life in life(), part in 0.0_f64..1.0) {
        if let Verdict::Silent { wake, .. } = decide(&life.plan, &life.spoken, life.word, &life.start) {
            let start = life.start.timestamp().as_second();
            let span = wake.map_or(100 * DAY, |wake| wake.as_second() - start);
            let between = Timestamp::from_second(start + (span as f64 * part) as i64).unwrap();
            // What the word does in between is nobody's business, so no wake time tells of it.
            let told = between.as_second() < start + span && !matches!(life.word, Word::NotUntil(_));
            let zoned = between.to_zoned(life.start.time_zone().clone());
            let verdict = decide(&life.plan, &life.spoken, life.word, &zoned);
            prop_assert!(!told || matches!(verdict, Verdict::Silent { .. }), "{zoned} {verdict:?}");
        }
    }

    #[test]
    fn with_nothing_in_the_way_it_speaks_within_two_windows(start in moment(), zone in zone(), week in week()) {
        let now = start.to_zoned(zone);
        let plan = Plan { on: true, safety_seen: true, week, ..Plan::default() };
        let told = forecast(&plan, &Spoken::default(), Word::Open, &now, 15);
        // A lone window inside the skipped hour comes a week later; any other list has one in the first two.
        let soon = told.iter().take(2).any(|told| matches!(told.what, Foresight::Speaks(_)));
        prop_assert!(soon, "{told:?}");
        // Once the fourteen days are over it does speak again: there is a window every week.
        let first = next_moment(&plan, &Spoken::default(), Word::Open, &now).unwrap();
        let spoken = Spoken { times: vec![first.timestamp()], ..Spoken::default() };
        let second = next_moment(&plan, &spoken, Word::Open, &first).unwrap();
        prop_assert!(hours_between(&first, &second) <= (14 + 7 + 7) * 24 + 24);
    }

    #[test]
    fn a_clock_set_to_any_year_never_breaks_a_rule(life in life(), year in 1980_i16..2090) {
        let now = date(year, 2, 28).at(23, 59, 0, 0).to_zoned(life.start.time_zone().clone()).unwrap();
        let (mut plan, mut spoken) = (life.plan.clone(), life.spoken.clone());
        plan.notice_clock(now.timestamp());
        spoken.notice_clock(now.timestamp());
        let moved = Life { start: now, plan, spoken, ..life };
        for (at, _) in live(&moved) {
            for event in &moved.plan.events {
                prop_assert!(event.what != What::Argued || since(&moved, event, &at) >= DAY, "{at}");
            }
            prop_assert!(moved.plan.week.is_on(at.weekday(), cell_of(at.time())));
        }
    }
}
