use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan, Zoned};

use super::super::standing::Words;
use super::*;
use crate::exercise::Answer;
use crate::locale::{Language, Texts};

const SIDES: [Side; 4] = [Side::WouldLikeToTry, Side::NotSure, Side::ChoosingTogether, Side::Unsaid];

fn library() -> Library {
    Library::new(Language::En, &[])
}

fn now() -> Zoned {
    "2026-11-23T10:00[America/Toronto]".parse().expect("a time")
}

fn hours_ago(hours: i64) -> Timestamp {
    now().timestamp().checked_sub(hours.hours()).expect("a time")
}

/// A finished run of each.
fn done(ids: &[&str], at: Timestamp) -> BTreeMap<String, Progress> {
    let (library, zone) = (library(), now().time_zone().clone());
    ids.iter()
        .map(|id| {
            let exercise = library.get(id).unwrap_or_else(|| panic!("no exercise {id}"));
            let mut progress = Progress::of(id);
            progress.start(exercise, at);
            progress.finish(exercise, &at.to_zoned(zone.clone()));
            ((*id).to_owned(), progress)
        })
        .collect()
}

fn standing(side: Side, progress: &BTreeMap<String, Progress>) -> Standing<'_> {
    Standing {
        now: now(),
        side,
        progress,
        words: Words::default(),
        quiet_times: false,
        answer: None,
        argued: &[],
        mine: Vec::new(),
        guesses: Vec::new(),
        told: Vec::new(),
        listed: 0,
        round: Round::None,
        session: Session::None,
    }
}

const READY: Words = Words { parts: 4, own: false, rehearsed: true, plan: true };

#[track_caller]
fn assert_next(standing: &Standing<'_>, wanted: Go, reason: &str) {
    let next = next_step(standing, &library());
    assert_eq!((next.go, next.reason), (wanted, reason), "{:?}", standing.side);
}

fn an(id: &str) -> Go {
    Go::Exercise(id.to_owned())
}

#[test]
fn the_first_step_needs_one_person_and_a_few_minutes() {
    let nothing = BTreeMap::new();
    assert_next(&standing(Side::WouldLikeToTry, &nothing), an("same-team-short"), "next-first");
    assert_next(&standing(Side::Unsaid, &nothing), an("same-team-short"), "next-first");
    assert_next(&standing(Side::NotSure, &nothing), Go::Hesitations, "next-map");
    assert_next(&standing(Side::ChoosingTogether, &nothing), Go::Therapists, "next-list");
}

#[test]
fn whoever_is_not_sure_is_led_by_what_they_marked_and_then_left_alone() {
    let nothing = BTreeMap::new();
    let mut unsure = standing(Side::NotSure, &nothing);
    unsure.mine = vec![Reason::Sides, Reason::Cost];
    let next = next_step(&unsure, &library());
    assert_eq!((next.go, next.reason, next.about), (an("my-say"), "next-goes-with-mine", Some(Reason::Sides)));
    let progress = done(&["my-say"], hours_ago(50));
    unsure.progress = &progress;
    assert_next(&unsure, an("all-right"), "next-goes-with-mine");
    let progress = done(&["my-say", "all-right"], hours_ago(50));
    unsure.progress = &progress;
    assert_next(&unsure, an("holds-me-back"), "next-your-side");
    let progress = done(&["my-say", "all-right", "holds-me-back", "not-now", "first-session"], hours_ago(50));
    unsure.progress = &progress;
    assert_next(&unsure, Go::Rest, "next-rest-done");
    // Whoever marks nothing is not asked to again.
    unsure.mine.clear();
    assert_next(&unsure, Go::Rest, "next-rest-done");
}

#[test]
fn whoever_asks_is_led_to_words_to_a_plan_and_to_quiet_times_and_then_left_alone() {
    let progress = done(&["same-team-short"], hours_ago(50));
    let mut asker = standing(Side::WouldLikeToTry, &progress);
    assert_next(&asker, Go::Hesitations, "next-map-guess");
    asker.guesses = vec![Reason::Blame];
    let next = next_step(&asker, &library());
    assert_eq!((next.go, next.reason, next.about), (an("impact"), "next-goes-with-guess", Some(Reason::Blame)));
    asker.told = vec![Reason::Cost];
    let next = next_step(&asker, &library());
    assert_eq!((next.go, next.reason, next.about), (an("one-session"), "next-goes-with-told", Some(Reason::Cost)));
    asker.told.clear();
    asker.guesses.clear();
    let progress = done(&["same-team-short", "impact"], hours_ago(50));
    asker.progress = &progress;
    // The short one left no words for its part.
    assert_next(&asker, an("same-team"), "next-prepare");
    asker.words = Words { parts: 3, ..Words::default() };
    assert_next(&asker, Go::Rehearsal, "next-rehearse");
    asker.words.rehearsed = true;
    assert_next(&asker, Go::Rehearsal, "next-plan");
    asker.words.plan = true;
    assert_next(&asker, Go::QuietTimes, "next-quiet-times");
    asker.quiet_times = true;
    assert_next(&asker, Go::Rest, "next-rest-ready");
    asker.words = Words { own: true, ..Words::default() };
    assert_next(&asker, Go::Rehearsal, "next-rehearse");
}

#[test]
fn an_answer_is_kept_to() {
    let nothing = BTreeMap::new();
    let mut asker = standing(Side::WouldLikeToTry, &nothing);
    asker.words = READY;
    asker.answer = Some((hours_ago(30), Reply::Later(date(2026, 12, 1))));
    assert_next(&asker, Go::Rest, "next-rest-later");
    // The day has come: nothing says so, and nothing presses.
    asker.answer = Some((hours_ago(300), Reply::Later(date(2026, 11, 23))));
    asker.quiet_times = true;
    assert_next(&asker, Go::Rest, "next-rest-ready");
    asker.answer = Some((hours_ago(30), Reply::Yes));
    assert_next(&asker, Go::Therapists, "next-list");
    asker.listed = 2;
    assert_next(&asker, Go::Choose, "next-choose");
}

#[test]
fn after_a_no_there_is_care_and_then_rest_and_nothing_leads_back_to_asking() {
    let nothing = BTreeMap::new();
    let mut asker = standing(Side::WouldLikeToTry, &nothing);
    asker.words = READY;
    asker.answer = Some((hours_ago(1), Reply::No));
    assert_next(&asker, an("after-no"), "next-after-no");
    let mut progress = done(&["after-no"], hours_ago(0));
    // An exercise that leads up to asking stays half-way.
    let mut open = Progress::of("invitation");
    open.start(library().get("invitation").expect("there"), hours_ago(0));
    progress.insert("invitation".into(), open);
    asker.progress = &progress;
    assert_next(&asker, Go::Rest, "next-rest-refused");
    for days in [31, 100, 1000] {
        asker.answer = Some((hours_ago(24 * days), Reply::No));
        assert_next(&asker, Go::Rest, "next-rest-refused");
    }
    // A no long ago that was not looked after is not dug up.
    asker.progress = &nothing;
    assert_next(&asker, Go::Rest, "next-rest-refused");
    // They choose together after all.
    asker.round = Round::Marking;
    assert_next(&asker, Go::Choose, "next-mark");
}

#[test]
fn choosing_is_the_same_for_both_and_tells_nothing_of_the_other() {
    for side in SIDES {
        let nothing = BTreeMap::new();
        let mut one = standing(side, &nothing);
        one.listed = 5;
        for (round, wanted, reason) in [
            (Round::Marking, Go::Choose, "next-mark"),
            (Round::Done, an("questions"), "next-meanwhile"),
            (Round::BothDone, Go::Choose, "next-look"),
            (Round::Nobody, Go::Choose, "next-nobody"),
        ] {
            one.round = round;
            assert_next(&one, wanted, reason);
        }
        let progress = done(&["questions"], hours_ago(50));
        one.progress = &progress;
        one.round = Round::Done;
        assert_next(&one, Go::Rest, "next-rest-marked");
    }
}

#[test]
fn the_session_is_the_same_for_both() {
    for side in SIDES {
        let nothing = BTreeMap::new();
        let mut one = standing(side, &nothing);
        let booked = |day: Date| Session::Booked(Some(day));
        for (session, wanted, reason) in [
            (Session::ToCall, Go::Session, "next-call"),
            (Session::Waiting, Go::Rest, "next-rest-called"),
            (Session::Booked(None), an("from-one-session"), "next-before-session"),
            (booked(date(2026, 11, 23)), an("from-one-session"), "next-before-session"),
            (booked(date(2026, 11, 22)), an("after-session"), "next-after-session"),
            (booked(date(2026, 9, 22)), Go::Rest, "next-rest-after"),
        ] {
            one.session = session;
            assert_next(&one, wanted, reason);
        }
        // Before the session is not after it.
        let progress = done(&["from-one-session", "after-session"], hours_ago(24 * 5));
        one.progress = &progress;
        one.session = booked(date(2026, 11, 30));
        assert_next(&one, Go::Rest, "next-rest-booked");
        one.session = booked(date(2026, 11, 22));
        assert_next(&one, an("after-session"), "next-after-session");
        let progress = done(&["after-session"], hours_ago(2));
        one.progress = &progress;
        assert_next(&one, Go::Rest, "next-rest-after");
    }
}

#[test]
fn an_argument_rests_for_a_day_and_is_looked_at_when_it_has_cooled() {
    for side in SIDES {
        let nothing = BTreeMap::new();
        for (hours, wanted, reason) in [
            (0, an("breathing"), "next-argued"),
            (23, an("breathing"), "next-argued"),
            (24, an("after-argument"), "next-day-after"),
            (24 * 7 - 1, an("after-argument"), "next-day-after"),
        ] {
            let argued = [hours_ago(hours)];
            assert_next(&Standing { argued: &argued, ..standing(side, &nothing) }, wanted, reason);
        }
        let argued = [hours_ago(24 * 7)];
        let usual = next_step(&standing(side, &nothing), &library());
        assert_eq!(next_step(&Standing { argued: &argued, ..standing(side, &nothing) }, &library()), usual);
        let argued = [hours_ago(2)];
        let progress = done(&["breathing"], hours_ago(1));
        assert_next(&Standing { argued: &argued, ..standing(side, &progress) }, Go::Rest, "next-rest-argued");
        // A breath taken before it is none for this one.
        let progress = done(&["breathing", "after-argument"], hours_ago(60));
        assert_next(&Standing { argued: &argued, ..standing(side, &progress) }, an("breathing"), "next-argued");
        let argued = [hours_ago(24 * 20), hours_ago(24 * 15), hours_ago(50)];
        let progress = done(&["after-argument"], hours_ago(10));
        let looped = Standing { argued: &argued, ..standing(side, &progress) };
        assert_next(&looped, an("stuck"), "next-stuck");
        let progress = done(&["after-argument", "stuck"], hours_ago(10));
        let next = next_step(&Standing { argued: &argued, ..standing(side, &progress) }, &library());
        assert!(next.go != an("stuck") && next.go != an("after-argument"), "{next:?}");
    }
}

#[test]
fn a_clock_that_was_set_back_presses_nobody() {
    let nothing = BTreeMap::new();
    let argued = [hours_ago(-50)];
    let asker = Standing { argued: &argued, ..standing(Side::WouldLikeToTry, &nothing) };
    assert_next(&asker, an("same-team-short"), "next-first");
}

#[test]
fn what_is_half_way_comes_first_then_what_is_to_be_looked_at_again() {
    let mut progress = done(&["same-team-short"], hours_ago(24 * 9));
    let exercise = library().get("same-team-short").expect("there").clone();
    let step = exercise.steps.iter().find(|step| matches!(step.kind, Kind::CheckBack { .. }));
    if let (Some(step), Some(known)) = (step, progress.get_mut("same-team-short")) {
        let then = hours_ago(24 * 9).to_zoned(now().time_zone().clone());
        known.again(&exercise, then.timestamp());
        known.answer(&step.id, Answer::Done);
        known.finish(&exercise, &then);
        let asker = standing(Side::WouldLikeToTry, &progress);
        assert_next(&asker, an("same-team-short"), "next-check-back");
    }
    let mut open = Progress::of("not-now");
    open.start(library().get("not-now").expect("there"), hours_ago(1));
    progress.insert("not-now".into(), open);
    let mut asker = standing(Side::WouldLikeToTry, &progress);
    assert_next(&asker, an("not-now"), "next-resume");
    // What leads up to asking is over once they choose.
    asker.round = Round::Marking;
    assert_next(&asker, Go::Choose, "next-mark");
}

#[test]
fn what_fits_only_at_times_is_never_proposed_without_its_time() {
    let all: Vec<String> = library().exercises.iter().map(|one| one.id.clone()).collect();
    for side in SIDES {
        for count in 0..all.len() {
            let ids: Vec<&str> = all.iter().take(count).map(String::as_str).collect();
            let progress = done(&ids, hours_ago(24 * 40));
            let one = standing(side, &progress);
            let proposed = [next_step(&one, &library()).go, an(&next_exercise(&one, &library()).unwrap_or_default())];
            for go in proposed {
                assert!(!matches!(&go, Go::Exercise(id) if WHEN_NEEDED.contains(&id.as_str())), "{side:?}: {go:?}");
            }
        }
    }
}

#[test]
fn an_empty_library_still_has_a_step() {
    let nothing = BTreeMap::new();
    for side in SIDES {
        let argued = [hours_ago(30)];
        let one = Standing { argued: &argued, ..standing(side, &nothing) };
        let next = next_step(&one, &Library::default());
        assert!(!matches!(next.go, Go::Exercise(_)), "{next:?}");
        assert_eq!(next_exercise(&one, &Library::default()), None);
    }
}

#[test]
fn every_reason_has_a_text() {
    let source = include_str!("../next.rs");
    let keys: Vec<&str> = source.split('"').filter(|part| part.starts_with("next-")).collect();
    assert!(keys.len() > 20, "{keys:?}");
    for language in Language::ALL {
        let texts = Texts::new(language);
        for key in &keys {
            assert_ne!(texts.get(key), **key, "{}", language.code());
        }
    }
}
