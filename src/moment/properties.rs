//! Random plans, histories, clocks and answers, against rules written down a second time in the plainest way.

use std::collections::HashMap;

use jiff::civil::{Date, Time, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan, Zoned};
use proptest::prelude::*;
use proptest::sample::select;

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

const CASES: u32 = 10_000;
const DAY: i64 = 86_400;
/// How often a life looks at the clock.
const LOOKS: usize = 16;

fn zone() -> impl Strategy<Value = TimeZone> {
    select(&ZONES[..]).prop_map(|rules| TimeZone::posix(rules).unwrap())
}

/// Strokes that may run across midnight, and from Sunday into Monday.
fn week() -> impl Strategy<Value = Week> {
    proptest::collection::vec((0_usize..WEEK_CELLS, 1_usize..9), 1..5).prop_map(|strokes| {
        let mut week = Week::default();
        for (first, length) in strokes {
            for index in (first..first + length).map(|index| index % WEEK_CELLS) {
                week.paint(DAYS[index / CELLS], index % CELLS..=index % CELLS, true);
            }
        }
        week
    })
}

/// Any second from 2024 (a leap year) to 2031, one in three of them near a clock change or a leap day.
fn moment() -> impl Strategy<Value = Timestamp> {
    let turns = [date(2024, 2, 29), date(2028, 2, 28), date(2026, 3, 8), date(2026, 10, 25), date(2026, 11, 1)];
    let turns = turns.map(|day| day.to_zoned(TimeZone::UTC).unwrap().timestamp().as_second());
    let any = (0_i64..7 * 365 * DAY).prop_map(|second| 1_704_067_200 + second);
    let near = (select(turns.to_vec()), -9 * DAY..DAY).prop_map(|(turn, second)| turn + second);
    prop_oneof![2 => any, 1 => near].prop_map(|second| Timestamp::from_second(second).unwrap())
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

/// What happens between two looks at the clock.
#[derive(Debug, Clone)]
struct Step {
    /// Seconds until the next look, beyond the time that the process was told to wake: asleep, off, or busy.
    late: i64,
    /// A reminder that was shown gets this answer.
    not_now: bool,
    /// The clock is set, by so many seconds.
    jump: i64,
    /// The two travel.
    travel: Option<TimeZone>,
    /// The partner speaks.
    word: Option<Word>,
    argue: bool,
}

fn step(start: Timestamp) -> impl Strategy<Value = Step> {
    let late = prop_oneof![Just(0), 0_i64..5000, 0..5 * DAY];
    let years = prop_oneof![-3 * 365 * DAY..3 * 365 * DAY, -40 * DAY..40 * DAY];
    let jump = prop_oneof![12 => Just(0), 1 => years];
    let travel = proptest::option::weighted(0.1, zone());
    let word = proptest::option::weighted(0.1, word(start));
    (late, any::<bool>(), jump, travel, word, proptest::bool::weighted(0.05))
        .prop_map(|(late, not_now, jump, travel, word, argue)| Step { late, not_now, jump, travel, word, argue })
}

/// One life of the background process.
#[derive(Debug, Clone)]
struct Life {
    start: Zoned,
    plan: Plan,
    word: Word,
    spoken: Spoken,
    steps: Vec<Step>,
}

fn life() -> impl Strategy<Value = Life> {
    (moment(), zone()).prop_flat_map(|(start, zone)| {
        let spoken = proptest::collection::vec(around(start), 0..3);
        let steps = proptest::collection::vec(step(start), LOOKS);
        (plan(start), word(start), spoken, steps).prop_map(move |(plan, word, mut times, steps)| {
            times.sort_unstable();
            let spoken = Spoken { times, ..Spoken::default() };
            Life { start: start.to_zoned(zone.clone()), plan, word, spoken, steps }
        })
    })
}

/// The rules' own memory in these tests: since when each time is known to lie in the past.
///
/// A time ahead of the clock counts from when that was seen, for as long as the clock is behind it.
#[derive(Default)]
struct Since(HashMap<Timestamp, Timestamp>);

impl Since {
    fn look(&mut self, times: impl Iterator<Item = Timestamp>, now: Timestamp) {
        for at in times.filter(|at| *at > now) {
            let seen = self.0.entry(at).or_insert(now);
            *seen = (*seen).min(now);
        }
    }

    /// Seconds since `at`, at the least.
    fn seconds(&self, at: Timestamp, now: Timestamp) -> i64 {
        let from = if at <= now { at } else { self.0.get(&at).copied().unwrap_or(now).min(now) };
        now.as_second() - from.as_second()
    }
}

/// What was heard, and the state at that time.
struct Heard {
    at: Zoned,
    word: Word,
    plan: Plan,
    before: Spoken,
}

fn live(life: &Life, mut hear: impl FnMut(&Heard, &Since)) {
    let Life { start, mut plan, mut word, mut spoken, steps } = life.clone();
    let mut now = start;
    let mut since = Since::default();
    for step in steps {
        plan.notice_clock(now.timestamp());
        spoken.notice_clock(now.timestamp());
        let noted = plan.events.iter().map(|event| event.at);
        since.look(noted.chain(spoken.times.iter().copied()).chain(spoken.not_now.iter().copied()), now.timestamp());
        let next = match decide(&plan, &spoken, word, &now) {
            Verdict::Speak(..) => {
                let heard = Heard { at: now.clone(), word, plan: plan.clone(), before: spoken.clone() };
                hear(&heard, &since);
                spoken.speak(now.timestamp());
                if step.not_now {
                    spoken.answer_not_now(now.timestamp());
                }
                now.timestamp()
            }
            Verdict::Silent { wake, .. } => wake.unwrap_or(now.timestamp() + (DAY / 2).seconds()),
        };
        if step.argue {
            plan.note(now.timestamp(), What::Argued);
        }
        word = step.word.unwrap_or(word);
        let zone = step.travel.unwrap_or_else(|| now.time_zone().clone());
        now = next.checked_add((step.late + step.jump).seconds()).unwrap().to_zoned(zone);
    }
}

/// In a window, and in no hour that is kept free.
fn in_a_free_window(heard: &Heard) {
    let (at, plan) = (&heard.at, &heard.plan);
    assert!(plan.week.is_on(at.weekday(), cell_of(at.time())), "{at}");
    assert!(!plan.busy.contains(&at.date()), "{at}");
    if let Some(bedtime) = plan.bedtime {
        let apart = (i32::from(at.hour()) * 60 + i32::from(at.minute()))
            - (i32::from(bedtime.hour()) * 60 + i32::from(bedtime.minute()));
        let apart = apart.rem_euclid(1440);
        assert!((120..1440 - 120 + 1).contains(&apart), "{at}, bed at {bedtime}");
    }
    if let (Some(home), 0..=4) = (plan.home_from_work, day_index(at.weekday())) {
        let since = at.datetime().duration_since(at.date().to_datetime(home)).as_secs();
        assert!(!(0..3600).contains(&since), "{at}, home at {home}");
    }
}

/// The partner's word, a day after an argument, and a chosen day.
fn as_they_wish(heard: &Heard, since: &Since) {
    let (at, now) = (&heard.at, heard.at.timestamp());
    match heard.word {
        Word::Open => {}
        Word::NotUntil(day) => assert!(at.date() >= day, "{at}"),
        Word::Never => panic!("{at}"),
    }
    for event in &heard.plan.events {
        let seconds = since.seconds(event.at, now);
        assert!(event.what != What::Argued || seconds >= DAY, "{at}: argued {}", event.at);
    }
}

/// At least the days between two, unless the one before was put off or a day was chosen; never four in that time.
fn seldom_enough(heard: &Heard, since: &Since) {
    let (at, now) = (&heard.at, heard.at.timestamp());
    // Calendar days: the clock change may take an hour off.
    let least = i64::from(heard.plan.days_between()) * DAY - 3600;
    let answers =
        heard.plan.events.iter().filter(|event| matches!(event.what, What::Asked(o) if o != Outcome::DidNotAsk));
    let is_chosen = heard.plan.events.iter().any(|event| matches!(event.what, What::Asked(Outcome::Later(_))));
    if is_chosen {
        return;
    }
    for event in answers {
        assert!(since.seconds(event.at, now) >= least, "{at}: answered {}", event.at);
    }
    let mut put_off = heard.before.not_now.clone();
    put_off.extend(heard.plan.events.iter().filter(|event| event.what == What::NotNow).map(|event| event.at));
    let recent: Vec<i64> =
        heard.before.times.iter().map(|said| since.seconds(*said, now)).filter(|seconds| *seconds < least).collect();
    assert!(recent.len() < 3, "{at}: {recent:?}");
    assert!(recent.is_empty() || !put_off.is_empty(), "{at}: {recent:?}");
    // Two windows are at least a cell apart, and it speaks once in each.
    assert!(recent.iter().all(|seconds| *seconds >= 1800), "{at}: {recent:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn every_rule_holds_in_every_life(life in life()) {
        live(&life, |heard, since| {
            in_a_free_window(heard);
            as_they_wish(heard, since);
            seldom_enough(heard, since);
        });
    }

    #[test]
    fn the_wake_time_misses_nothing(life in life(), part in 0.0_f64..1.0) {
        let (mut plan, mut spoken) = (life.plan, life.spoken);
        plan.notice_clock(life.start.timestamp());
        spoken.notice_clock(life.start.timestamp());
        if let Verdict::Silent { wake, .. } = decide(&plan, &spoken, life.word, &life.start) {
            let start = life.start.timestamp().as_second();
            let span = wake.map_or(100 * DAY, |wake| wake.as_second() - start);
            let between = Timestamp::from_second(start + (span as f64 * part) as i64).unwrap();
            // What the word does in between is nobody's business, so no wake time tells of it.
            let told = between.as_second() < start + span && !matches!(life.word, Word::NotUntil(_));
            let zoned = between.to_zoned(life.start.time_zone().clone());
            let verdict = decide(&plan, &spoken, life.word, &zoned);
            prop_assert!(!told || matches!(verdict, Verdict::Silent { .. }), "{zoned} {verdict:?}");
        }
    }

    #[test]
    fn with_nothing_in_the_way_it_speaks_within_two_windows(start in moment(), zone in zone(), week in week()) {
        let now = start.to_zoned(zone);
        let plan = Plan { on: true, safety_seen: true, week, ..Plan::default() };
        let told = forecast(&plan, &Spoken::default(), Word::Open, &now, 15);
        // A lone window inside the skipped hour comes a week later; any other list has one in the first two.
        let soon = told.iter().take(2).any(|told| matches!(told.what, Foresight::Speaks(..)));
        prop_assert!(soon, "{told:?}");
        // Once the fourteen days are over it does speak again: there is a window every week.
        let first = next_moment(&plan, &Spoken::default(), Word::Open, &now).unwrap();
        let spoken = Spoken { times: vec![first.timestamp()], ..Spoken::default() };
        let second = next_moment(&plan, &spoken, Word::Open, &first).unwrap();
        let days = (second.timestamp().as_second() - first.timestamp().as_second()) / DAY;
        prop_assert!(days <= 14 + 7 + 7 + 1);
    }

    /// With everything that happened in a life behind it, it comes to speak again, or says that it has ended.
    #[test]
    fn it_is_never_quiet_for_ever_without_saying_so(life in life()) {
        let (mut plan, mut spoken) = (life.plan, life.spoken);
        plan.notice_clock(life.start.timestamp());
        spoken.notice_clock(life.start.timestamp());
        let now = &life.start;
        if next_moment(&plan, &spoken, Word::Open, now).is_none() {
            let Verdict::Silent { rule, wake } = decide(&plan, &spoken, Word::Open, now) else { unreachable!() };
            let never_free = forecast(&Plan { events: Vec::new(), ..plan.clone() }, &Spoken::default(), Word::Open, now, 120)
                .iter()
                .all(|told| matches!(told.what, Foresight::Silent(_)));
            prop_assert!(rule == Rule::Stopped || never_free, "{rule:?} {wake:?}");
        }
    }
}
