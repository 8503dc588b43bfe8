//! The loop driven by a made-up world: its clock, its files, its desktop and what happens when.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::notify::{Answer, Note, Notifier, Shown, Unavailable};
use super::{Clock, Ended, Files, Unreadable, Unsaved, Watch};
use crate::couple::{Member, Word};
use crate::locale::Language;
use crate::moment::{Outcome, Plan, Spoken, Week, What};

type Happening = (Duration, Box<dyn FnOnce(&World)>);

struct World {
    start: Zoned,
    elapsed: Cell<Duration>,
    /// Seconds by which the wall clock is ahead of what elapsed.
    ahead: Cell<i64>,
    plan: RefCell<Option<Plan>>,
    spoken: RefCell<Spoken>,
    word: Cell<Word>,
    unreadable: RefCell<Option<Unreadable>>,
    writable: Cell<bool>,
    server: Cell<bool>,
    happenings: RefCell<Vec<Happening>>,
    answer: RefCell<Option<Answer>>,
    log: RefCell<Vec<String>>,
}

impl World {
    /// A world that begins at 09:00 on a day of November or December 2026, with weekend mornings as quiet windows.
    fn new(month: i8, day: i8) -> Rc<Self> {
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        let plan = Plan { on: true, safety_seen: true, week: Week::weekend_mornings(), ..Plan::default() };
        Rc::new(Self {
            start: date(2026, month, day).at(9, 0, 0, 0).to_zoned(zone).unwrap(),
            elapsed: Cell::default(),
            ahead: Cell::new(0),
            plan: RefCell::new(Some(plan)),
            spoken: RefCell::default(),
            word: Cell::default(),
            unreadable: RefCell::default(),
            writable: Cell::new(true),
            server: Cell::new(true),
            happenings: RefCell::default(),
            answer: RefCell::default(),
            log: RefCell::default(),
        })
    }

    fn at(self: &Rc<Self>, minutes: u64, what: impl FnOnce(&Self) + 'static) {
        self.happenings.borrow_mut().push((Duration::from_secs(minutes * 60), Box::new(what)));
    }

    /// The user switches it off after so many days, which ends the loop.
    fn run(self: &Rc<Self>, days: u64) -> Vec<String> {
        self.at(days * 24 * 60, |world| world.edit(|plan| plan.on = false));
        self.happenings.borrow_mut().sort_by_key(|(at, _)| *at);
        assert_eq!(self.watch(false), Ended::NothingPending);
        self.log.take()
    }

    fn watch(self: &Rc<Self>, once: bool) -> Ended {
        let mut files = Hand(Rc::clone(self));
        let hand = Hand(Rc::clone(self));
        let opener = |_, token: Option<&str>| self.say(&format!("opens {}", token.unwrap_or("without token")));
        Watch { files: &mut files, clock: &hand, notifier: &hand, opener: &opener }.run(once)
    }

    fn edit(&self, change: impl FnOnce(&mut Plan)) {
        if let Some(plan) = self.plan.borrow_mut().as_mut() {
            change(plan);
        }
    }

    fn note(&self, what: What) {
        let now = self.now().timestamp();
        self.edit(|plan| plan.note(now, what));
    }

    fn say(&self, what: &str) {
        self.log.borrow_mut().push(format!("{} {what}", self.now().strftime("%m-%d %H:%M")));
    }

    fn now(&self) -> Zoned {
        let seconds = i64::try_from(self.elapsed.get().as_secs()).unwrap() + self.ahead.get();
        &self.start + seconds.seconds()
    }

    /// Lets time pass until `time` is over or an answer is there; the machine may be suspended meanwhile.
    fn pass(&self, time: Duration) -> Option<Answer> {
        let end = self.elapsed.get() + time;
        loop {
            if let Some(answer) = self.answer.take() {
                return Some(answer);
            }
            let due = self.happenings.borrow().first().is_some_and(|(at, _)| *at <= end);
            if !due {
                self.elapsed.set(end);
                return None;
            }
            let (at, what) = self.happenings.borrow_mut().remove(0);
            self.elapsed.set(self.elapsed.get().max(at));
            what(self);
        }
    }
}

struct Hand(Rc<World>);

impl Clock for Hand {
    fn now(&self) -> Zoned {
        self.0.now()
    }

    fn elapsed(&self) -> Duration {
        self.0.elapsed.get()
    }

    fn sleep(&self, time: Duration) {
        assert!(time <= super::SLICE && !time.is_zero());
        let answer = self.0.pass(time);
        assert_eq!(answer, None, "nobody can answer what is not shown");
    }
}

impl Files for Hand {
    fn plan(&mut self) -> Result<Option<Plan>, Unreadable> {
        self.0.unreadable.borrow().clone().map_or_else(|| Ok(self.0.plan.borrow().clone()), Err)
    }

    fn spoken(&mut self) -> Result<Spoken, Unreadable> {
        Ok(self.0.spoken.borrow().clone())
    }

    fn word(&mut self, member: Member) -> Result<Word, Unreadable> {
        assert_eq!(member, Member::Two, "the word of the one who does not own the plan");
        Ok(self.0.word.get())
    }

    fn state(&self, _: Member) -> Option<u64> {
        use std::hash::{Hash, Hasher};
        if self.0.unreadable.borrow().is_some() {
            return None;
        }
        let mut hash = rustc_hash::FxHasher::default();
        format!("{:?} {:?} {:?}", self.0.plan, self.0.spoken, self.0.word).hash(&mut hash);
        Some(hash.finish())
    }

    fn language(&mut self) -> Language {
        Language::En
    }

    fn folders(&self, _member: Member) -> Vec<std::path::PathBuf> {
        Vec::new()
    }

    fn remember(&mut self, spoken: &Spoken) -> Result<(), Unsaved> {
        if !self.0.writable.get() {
            return Err(Unsaved("disk full".into()));
        }
        *self.0.spoken.borrow_mut() = spoken.clone();
        Ok(())
    }
}

impl Notifier for Hand {
    fn show(&self, note: &Note, _beside: &[std::path::PathBuf]) -> Result<Box<dyn Shown>, Unavailable> {
        let said = self.0.spoken.borrow().times.last().copied();
        assert!(said.is_some_and(|said| said <= self.0.now().timestamp()), "on disk before it is shown");
        if !self.0.server.get() {
            return Err(Unavailable("none".into()));
        }
        self.0.say(&format!("shows {}", note.title));
        Ok(Box::new(Hand(Rc::clone(&self.0))))
    }
}

impl Shown for Hand {
    fn wait(&mut self, time: Duration) -> Answer {
        self.0.pass(time).unwrap_or(Answer::Nothing)
    }

    fn withdraw(self: Box<Self>) {
        self.0.say("withdraws");
    }
}

fn answer(answer: Answer) -> impl FnOnce(&World) {
    move |world| *world.answer.borrow_mut() = Some(answer)
}

const SHOWN: &str = "shows A note for you";

#[test]
fn it_speaks_once_and_takes_the_note_away_when_the_window_ends() {
    // 28 November 2026 is a Saturday.
    assert_eq!(World::new(11, 28).run(7), [format!("11-28 10:00 {SHOWN}"), "11-28 11:30 withdraws".into()]);
}

#[test]
fn an_answer_opens_the_window_or_moves_on() {
    let world = World::new(11, 28);
    world.at(70, answer(Answer::NotNow));
    world.at(24 * 60 + 65, answer(Answer::Opened { token: Some("t1".into()) }));
    let expected = [
        format!("11-28 10:00 {SHOWN}"),
        "11-28 10:10 withdraws".into(),
        format!("11-29 10:00 {SHOWN}"),
        "11-29 10:05 opens t1".into(),
        "11-29 10:05 withdraws".into(),
    ];
    assert_eq!(world.run(10), expected);
    assert_eq!(world.spoken.borrow().not_now.len(), 1);
}

#[test]
fn it_ends_at_once_when_nothing_is_pending() {
    let world = World::new(11, 28);
    world.note(What::Asked(Outcome::Yes));
    assert_eq!(world.watch(false), Ended::NothingPending);
    *world.plan.borrow_mut() = None;
    assert_eq!(world.watch(false), Ended::NothingPending);
}

#[test]
fn once_handles_what_is_due_and_ends() {
    let world = World::new(11, 28);
    assert_eq!(world.watch(true), Ended::Once);
    assert!(world.log.borrow().is_empty());
    world.ahead.set(3600);
    world.server.set(false);
    assert_eq!(world.watch(true), Ended::Once);
    assert!(world.spoken.borrow().unseen.is_some() && world.log.borrow().is_empty());
}

#[test]
fn after_a_suspend_it_waits_five_minutes_and_drops_what_was_missed() {
    // Asleep from 09:30 on Saturday to 11:00: five minutes later it may speak, the window is still open.
    let world = World::new(11, 28);
    world.at(30, |world| world.ahead.set(90 * 60));
    let log = world.run(3);
    assert!(
        log[0].ends_with(SHOWN) && log[0].as_str() >= "11-28 11:05" && log[0].as_str() < "11-28 11:08",
        "{log:?}"
    );
    // Asleep until 11:27: the window closes before the five minutes are over; Sunday comes next, once.
    let world = World::new(11, 28);
    world.at(30, |world| world.ahead.set(117 * 60));
    assert_eq!(world.run(3)[0], format!("11-29 10:00 {SHOWN}"));
    // Asleep for three weeks: one reminder, not three.
    let world = World::new(11, 23);
    world.at(60, |world| world.ahead.set(21 * 24 * 3600));
    assert_eq!(world.run(7).iter().filter(|line| line.ends_with(SHOWN)).count(), 1);
}

#[test]
fn a_note_that_is_no_longer_wanted_is_withdrawn() {
    let changes: [fn(&World); 5] = [
        |world| world.note(What::Argued),
        |world| world.note(What::GoodMoment),
        |world| world.edit(|plan| plan.on = false),
        |world| world.word.set(Word::Never),
        |world| world.word.set(Word::NotUntil(Date::MAX)),
    ];
    for change in changes {
        let world = World::new(11, 28);
        world.at(70, change);
        let log = world.run(1);
        let [shown, withdrawn] = log.as_slice() else { panic!("{log:?}") };
        assert_eq!(*shown, format!("11-28 10:00 {SHOWN}"));
        assert!(withdrawn.as_str() <= "11-28 10:11 withdraws", "{withdrawn}");
    }
}

#[test]
fn the_word_keeps_it_quiet_and_running() {
    let world = World::new(11, 28);
    world.word.set(Word::Never);
    world.at(8 * 24 * 60, |world| world.word.set(Word::Open));
    assert_eq!(world.run(10)[0], format!("12-06 10:00 {SHOWN}"));
}

#[test]
fn a_clock_set_back_does_not_make_it_speak_twice() {
    let world = World::new(11, 28);
    world.at(65, answer(Answer::Dismissed));
    world.at(100, |world| world.ahead.set(-90 * 60));
    world.at(600, |world| world.ahead.set(-365 * 24 * 3600));
    world.at(2000, |world| world.ahead.set(0));
    assert_eq!(world.run(13).iter().filter(|line| line.ends_with(SHOWN)).count(), 1);
}

#[test]
fn a_clock_set_forward_by_years_and_back_costs_some_quiet_but_not_all_of_it() {
    let world = World::new(11, 23);
    world.at(10, |world| world.ahead.set(10 * 365 * 24 * 3600));
    world.at(7 * 24 * 60, |world| world.ahead.set(0));
    let log = world.run(40);
    let after_return: Vec<_> = log.iter().filter(|line| line.ends_with(SHOWN) && line.starts_with("12-")).collect();
    assert!(!after_return.is_empty(), "{log:?}");
}

#[test]
fn what_cannot_be_remembered_is_not_said() {
    let world = World::new(11, 28);
    world.writable.set(false);
    world.at(24 * 60, |world| world.writable.set(true));
    assert_eq!(world.run(3)[0], format!("11-29 10:00 {SHOWN}"));
}

#[test]
fn a_torn_file_is_waited_for_and_a_deleted_folder_ends_it() {
    let world = World::new(11, 28);
    world.at(5, |world| *world.unreadable.borrow_mut() = Some(Unreadable::Faulty("torn".into())));
    world.at(63, |world| *world.unreadable.borrow_mut() = None);
    assert_eq!(world.run(1)[0], format!("11-28 10:03 {SHOWN}"));
    let world = World::new(11, 28);
    *world.unreadable.borrow_mut() = Some(Unreadable::Gone);
    assert_eq!(world.watch(false), Ended::NothingPending);
    assert_eq!(world.elapsed.get(), Duration::from_secs(600));
}

#[test]
fn without_a_server_the_window_is_left_a_sign() {
    let world = World::new(11, 28);
    world.server.set(false);
    assert!(world.run(7).is_empty());
    let unseen = world.spoken.borrow().unseen.map(|at| at.to_zoned(world.start.time_zone().clone()));
    assert_eq!(unseen.map(|at| at.time().to_string()), Some("10:00:00".into()));
    // A server that comes up late in the window shows it after all.
    let world = World::new(11, 28);
    world.server.set(false);
    world.at(90, |world| world.server.set(true));
    let log = world.run(7);
    assert_eq!(log[0], format!("11-28 10:30 {SHOWN}"));
    assert_eq!(world.spoken.borrow().unseen, None);
}

#[test]
fn a_server_that_ends_gets_the_note_again_when_it_is_back_but_not_for_ever() {
    let world = World::new(11, 28);
    for minutes in [62, 64, 66, 68] {
        world.at(minutes, |world| *world.answer.borrow_mut() = Some(Answer::Gone));
    }
    // The fourth is about nothing: it is not shown any more.
    world.happenings.borrow_mut().pop();
    let log = world.run(1);
    assert_eq!(log.iter().filter(|line| line.ends_with(SHOWN)).count(), 3, "{log:?}");
    assert!(world.spoken.borrow().unseen.is_some());
}

#[test]
fn an_expired_note_waits_in_the_window() {
    let world = World::new(11, 28);
    world.at(61, answer(Answer::Expired));
    assert_eq!(world.run(1).len(), 2);
    assert!(world.spoken.borrow().unseen.is_some());
}

#[test]
fn the_users_own_words_are_used() {
    let world = World::new(11, 28);
    world.edit(|plan| plan.wording = " Water the plants ".into());
    assert_eq!(world.run(1)[0], "11-28 10:00 shows Water the plants");
}
