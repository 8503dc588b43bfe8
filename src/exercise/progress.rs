//! How far a person has come in one exercise: their runs through it, with their answers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan, Zoned};
use serde::{Deserialize, Serialize};

pub use super::answer::{Answer, Chosen};
use super::apart::Apart;
use super::model::{Exercise, Kind};
use crate::document;

document! {
    /// One person's runs through one exercise: kept in their own space.
    pub struct Progress: "progress", 2 {
        /// Id of the exercise.
        pub exercise: String,
        /// Every run that was not deleted, oldest first.
        pub runs: Vec<Run>,
    }
}

/// How many older versions of an answer are kept, the newest ones.
pub const VERSIONS: usize = 20;

/// An answer as it was before it was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Older {
    /// When it was changed into something else.
    pub until: Timestamp,
    /// What it said.
    pub answer: Answer,
}

/// Where the caret stood in what was being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caret {
    /// The line, from 0.
    pub line: usize,
    /// The byte in that line, from 0.
    pub column: usize,
}

/// A break that was taken in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// When it began.
    pub since: Timestamp,
    /// When it is over.
    pub until: Timestamp,
}

/// Once through an exercise, finished or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it was begun; no two runs have the same, so it names the run.
    pub started: Timestamp,
    /// Id of the step at which the person is.
    pub step: String,
    /// Step id → answer. Answers to steps that a newer file no longer has are kept.
    #[serde(default)]
    pub answers: BTreeMap<String, Answer>,
    /// When it was finished.
    #[serde(default)]
    pub finished: Option<Timestamp>,
    /// The day on which to look at it again, until that was done.
    #[serde(default)]
    pub check_back: Option<Date>,
    /// Where the caret stood in the step at which the person is.
    #[serde(default)]
    pub caret: Option<Caret>,
    /// The break that is on, or that one has not come back from yet.
    #[serde(default)]
    pub pause: Option<Break>,
    /// Step id → what this person decided about showing that answer to the other.
    #[serde(default)]
    pub apart: BTreeMap<String, Apart>,
    /// Step id → what the answer said before, oldest first; at most [`VERSIONS`].
    #[serde(default)]
    pub older: BTreeMap<String, Vec<Older>>,
}

/// Where a move through the steps led.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    /// To the step at this place, from 0.
    To(usize),
    /// Nowhere: it was the last step, or back from the first one.
    AtEnd,
    /// Nowhere: there is no unfinished run.
    NotRunning,
}

impl Run {
    /// A run begun at `started` at the step `step`, with nothing answered.
    #[must_use]
    pub const fn new(started: Timestamp, step: String) -> Self {
        Self {
            started,
            step,
            answers: BTreeMap::new(),
            finished: None,
            check_back: None,
            caret: None,
            pause: None,
            apart: BTreeMap::new(),
            older: BTreeMap::new(),
        }
    }

    /// The place in `exercise` to go on from, from 0. Where the step is no longer in the file: the first one after
    /// the last that has an answer.
    #[must_use]
    pub fn resume(&self, exercise: &Exercise) -> usize {
        exercise.index_of(&self.step).unwrap_or_else(|| {
            let answered = exercise.steps.iter().rposition(|step| self.answers.contains_key(&step.id));
            answered.map_or(0, |last| (last + 1).min(exercise.steps.len().saturating_sub(1)))
        })
    }

    /// Keeps `answer` for `step`; an empty one takes the old one away. Answers that do not fit belong to no step
    /// and are the caller's fault; they are kept and left out of drafts.
    pub fn answer(&mut self, step: &str, answer: Answer) {
        if answer.is_empty() {
            self.answers.remove(step);
        } else {
            self.answers.insert(step.to_owned(), answer);
        }
    }

    /// Keeps what the answer to `step` says now as an older version: it is about to lose words.
    pub fn keep_older(&mut self, step: &str, now: Timestamp) {
        let Some(answer) = self.answers.get(step).filter(|answer| **answer != Answer::Done).cloned() else { return };
        let older = self.older.entry(step.to_owned()).or_default();
        if older.last().is_none_or(|last| last.answer != answer) {
            older.push(Older { until: now, answer });
        }
        let excess = older.len().saturating_sub(VERSIONS);
        older.drain(..excess);
    }

    /// Whether the day to look again has come.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.check_back.is_some_and(|day| day <= today)
    }
}

impl Progress {
    /// Nothing done yet in the exercise named `exercise`.
    #[must_use]
    pub fn of(exercise: &str) -> Self {
        Self { exercise: exercise.to_owned(), runs: Vec::new() }
    }

    /// The run to go on with: the newest one, unless it is finished.
    #[must_use]
    pub fn current(&self) -> Option<&Run> {
        self.runs.last().filter(|run| run.finished.is_none())
    }

    /// [`Self::current`], to change.
    pub fn current_mut(&mut self) -> Option<&mut Run> {
        self.runs.last_mut().filter(|run| run.finished.is_none())
    }

    /// The run begun at `started`.
    #[must_use]
    pub fn run(&self, started: Timestamp) -> Option<&Run> {
        self.runs.iter().find(|run| run.started == started)
    }

    /// Goes on with the current run, or begins one. Returns the place to show, from 0.
    pub fn start(&mut self, exercise: &Exercise, now: Timestamp) -> usize {
        match self.current() {
            Some(run) => run.resume(exercise),
            None => self.again(exercise, now),
        }
    }

    /// Begins a new run, whether or not one is open; older ones stay to be read. Returns the place to show, 0.
    pub fn again(&mut self, exercise: &Exercise, now: Timestamp) -> usize {
        let mut started = now;
        // The clock may have been set back; a run must come after the ones before it, and have a name of its own.
        if let Some(last) = self.runs.iter().map(|run| run.started).max().filter(|last| *last >= started) {
            started = last.checked_add(SignedDuration::from_nanos(1)).unwrap_or(last);
        }
        exercise.id.clone_into(&mut self.exercise);
        let step = exercise.steps.first().map(|step| step.id.clone()).unwrap_or_default();
        self.runs.push(Run::new(started, step));
        0
    }

    /// Keeps `answer` for `step` in the current run; an empty one takes the old one away.
    /// Returns whether there was a run to keep it in.
    pub fn answer(&mut self, step: &str, answer: Answer) -> bool {
        self.current_mut().map(|run| run.answer(step, answer)).is_some()
    }

    /// Goes to the next step. A step that asks for nothing counts as done; the day to look again has to be agreed
    /// to with [`Answer::Done`] and is not taken for granted.
    pub fn next(&mut self, exercise: &Exercise) -> Moved {
        let Some(run) = self.current_mut() else { return Moved::NotRunning };
        if let Some(step) = exercise.steps.get(run.resume(exercise)) {
            let agrees = matches!(step.kind, Kind::CheckBack { .. });
            if !step.kind.asks() && !agrees {
                run.answer(&step.id, Answer::Done);
            }
        }
        self.step_by(exercise, 1)
    }

    /// Goes to the next step without taking this one as done. An answer already given stays.
    pub fn skip(&mut self, exercise: &Exercise) -> Moved {
        self.step_by(exercise, 1)
    }

    /// Goes to the step before.
    pub fn back(&mut self, exercise: &Exercise) -> Moved {
        self.step_by(exercise, -1)
    }

    /// Goes to the step at `index`, from 0.
    pub fn go_to(&mut self, exercise: &Exercise, index: usize) -> Moved {
        let Some(run) = self.current_mut() else { return Moved::NotRunning };
        let Some(step) = exercise.steps.get(index) else { return Moved::AtEnd };
        if run.step != step.id {
            step.id.clone_into(&mut run.step);
            run.caret = None;
        }
        Moved::To(index)
    }

    fn step_by(&mut self, exercise: &Exercise, by: isize) -> Moved {
        let Some(run) = self.current() else { return Moved::NotRunning };
        match run.resume(exercise).checked_add_signed(by) {
            Some(index) => self.go_to(exercise, index),
            None => Moved::AtEnd,
        }
    }

    /// Finishes the current run. Where a check-back was agreed to, its day is counted from today.
    /// Returns whether there was a run to finish.
    pub fn finish(&mut self, exercise: &Exercise, now: &Zoned) -> bool {
        let Some(run) = self.current_mut() else { return false };
        run.finished = Some(now.timestamp());
        let days = exercise.steps.iter().rev().find_map(|step| match step.kind {
            Kind::CheckBack { days } if run.answers.get(&step.id) == Some(&Answer::Done) => Some(days),
            _ => None,
        });
        run.check_back = days.and_then(|days| now.date().checked_add(i64::from(days).days()).ok());
        true
    }

    /// Notes that the run begun at `started` was looked at again.
    pub fn checked_back(&mut self, started: Timestamp) {
        if let Some(run) = self.run_mut(started) {
            run.check_back = None;
        }
    }

    /// Changes an answer in any run, an old one too; an empty one takes it away.
    pub fn edit(&mut self, started: Timestamp, step: &str, answer: Answer) {
        if let Some(run) = self.run_mut(started) {
            run.answer(step, answer);
        }
    }

    /// Deletes the answer to `step` in the run begun at `started`, with its older versions.
    pub fn delete_answer(&mut self, started: Timestamp, step: &str) {
        if let Some(run) = self.run_mut(started) {
            run.older.remove(step);
            run.apart.remove(step);
            run.answers.remove(step);
        }
    }

    /// Deletes the run begun at `started` with all its answers.
    pub fn delete_run(&mut self, started: Timestamp) {
        self.runs.retain(|run| run.started != started);
    }

    /// Whether it was finished at least once.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.last_finished().is_some()
    }

    /// When it was last finished.
    #[must_use]
    pub fn last_finished(&self) -> Option<Timestamp> {
        self.runs.iter().filter_map(|run| run.finished).max()
    }

    /// The runs whose day to look again has come, oldest first.
    pub fn due_check_backs(&self, now: &Zoned) -> impl Iterator<Item = &Run> {
        let today = now.date();
        self.runs.iter().filter(move |run| run.is_due(today))
    }

    /// The run begun at `started`, to change.
    pub fn run_mut(&mut self, started: Timestamp) -> Option<&mut Run> {
        self.runs.iter_mut().find(|run| run.started == started)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    fn exercise(ids: &[&str]) -> Exercise {
        let kinds = ["Write(hint: \"\", lines: 1)", "Read()", "CheckBack(days: 5)"];
        let steps: String = ids
            .iter()
            .enumerate()
            .map(|(index, id)| format!("(id: \"{id}\", title: \"T\", text: \"X.\", kind: {}),", kinds[index % 3]))
            .collect();
        let text = format!(
            "(schema: 1, id: \"x\", title: \"T\", summary: \"S.\", who: Both, stage: Ask, minutes: 1, why: \"W.\", steps: [{steps}])"
        );
        super::super::model::parse("x", &text).expect("the test's exercise")
    }

    fn now() -> Zoned {
        "2026-11-23T10:00[America/Toronto]".parse().expect("a time")
    }

    fn words(text: &str) -> Answer {
        Answer::Text(text.to_owned())
    }

    #[test]
    fn a_run_goes_through_all_steps() {
        let exercise = exercise(&["a", "b", "c"]);
        let mut progress = Progress::of("x");
        assert_eq!(progress.next(&exercise), Moved::NotRunning);
        assert_eq!(progress.start(&exercise, now().timestamp()), 0);
        assert!(progress.answer("a", words("yes")));
        assert_eq!(progress.next(&exercise), Moved::To(1));
        assert_eq!(progress.back(&exercise), Moved::To(0));
        assert_eq!(progress.back(&exercise), Moved::AtEnd);
        assert_eq!(progress.skip(&exercise), Moved::To(1));
        assert_eq!(progress.next(&exercise), Moved::To(2));
        assert_eq!(progress.next(&exercise), Moved::AtEnd);
        let run = progress.current().expect("running");
        assert_eq!(run.answers.keys().collect::<Vec<_>>(), ["a", "b"], "agreeing to look again is not assumed");
        assert!(progress.finish(&exercise, &now()) && !progress.finish(&exercise, &now()));
        assert!(progress.is_done() && progress.current().is_none());
        assert_eq!(progress.last_finished(), Some(now().timestamp()));
        assert_eq!(progress.runs[0].check_back, None);
    }

    #[test]
    fn an_agreed_check_back_comes_due_and_ends() {
        let exercise = exercise(&["a", "b", "c"]);
        let mut progress = Progress::of("x");
        progress.start(&exercise, now().timestamp());
        progress.answer("c", Answer::Done);
        progress.finish(&exercise, &now());
        assert_eq!(progress.runs[0].check_back, Some(jiff::civil::date(2026, 11, 28)));
        let later = |days: i64| now().checked_add(days.days()).expect("a day");
        assert_eq!(progress.due_check_backs(&later(4)).count(), 0);
        assert_eq!(progress.due_check_backs(&later(5)).count(), 1);
        progress.checked_back(now().timestamp());
        assert_eq!(progress.due_check_backs(&later(9)).count(), 0);
    }

    #[test]
    fn a_step_that_vanished_leads_to_the_nearest() {
        let mut progress = Progress::of("x");
        let old = exercise(&["a", "b", "gone", "d"]);
        progress.start(&old, now().timestamp());
        progress.answer("a", words("1"));
        progress.go_to(&old, 2);
        assert_eq!(progress.start(&exercise(&["a", "b", "d"]), now().timestamp()), 1);
        assert_eq!(progress.start(&exercise(&["a"]), now().timestamp()), 0);
        assert_eq!(progress.start(&exercise(&["q", "r"]), now().timestamp()), 0);
        assert_eq!(progress.runs.len(), 1);
    }

    #[test]
    fn doing_it_again_keeps_the_old_run() {
        let exercise = exercise(&["a"]);
        let mut progress = Progress::of("x");
        progress.start(&exercise, now().timestamp());
        progress.answer("a", words("first"));
        progress.again(&exercise, now().timestamp());
        assert_eq!(progress.runs.len(), 2);
        assert!(progress.runs[0].started < progress.runs[1].started);
        assert_eq!(progress.current().map(|run| run.answers.len()), Some(0));
        let first = progress.runs[0].started;
        progress.edit(first, "a", words("better"));
        assert_eq!(progress.run(first).expect("there").answers["a"], words("better"));
        progress.delete_answer(first, "a");
        assert!(progress.run(first).expect("there").answers.is_empty());
        progress.delete_run(first);
        assert_eq!(progress.runs.len(), 1);
    }

    #[test]
    fn empty_answers_are_not_kept() {
        let exercise = exercise(&["a"]);
        let mut progress = Progress::of("x");
        progress.start(&exercise, now().timestamp());
        progress.answer("a", words("x"));
        progress.answer("a", words("  \n"));
        assert!(progress.current().expect("running").answers.is_empty());
        assert!(Answer::Chosen(Chosen::default()).is_empty());
    }

    #[test]
    fn everything_survives_the_file() {
        let exercise = exercise(&["a", "b", "c"]);
        let mut progress = Progress::of("x");
        progress.start(&exercise, now().timestamp());
        progress.answer("a", words("l'« été »\n\"q\""));
        progress.answer("p", Answer::Chosen(Chosen { ids: vec!["a".into()], own: "own".into() }));
        progress.answer("q", Answer::Scaled(2));
        progress.answer("r", Answer::Sorted(vec!["b".into(), "a".into()]));
        progress.answer("c", Answer::Done);
        let run = progress.current_mut().expect("running");
        run.keep_older("a", now().timestamp());
        run.caret = Some(Caret { line: 1, column: 3 });
        run.pause = Some(Break { since: now().timestamp(), until: now().timestamp() });
        run.apart.insert("a".into(), Apart { kept_back: vec!["One.".into()], ..Apart::default() });
        progress.finish(&exercise, &now());
        assert_eq!(Progress::take(&progress.put()), (progress, Vec::new()));
    }

    #[test]
    fn older_versions_are_kept_and_go_with_the_answer() {
        let exercise = exercise(&["a"]);
        let mut progress = Progress::of("x");
        progress.start(&exercise, now().timestamp());
        progress.answer("a", words("0"));
        let run = progress.current_mut().expect("running");
        for number in 1..=30 {
            run.keep_older("a", now().timestamp());
            run.keep_older("a", now().timestamp());
            run.answer("a", words(&number.to_string()));
        }
        let older = &run.older["a"];
        assert_eq!((older.len(), &older[0].answer, &older[19].answer), (VERSIONS, &words("10"), &words("29")));
        let started = run.started;
        progress.delete_answer(started, "a");
        assert!(progress.runs[0].older.is_empty());
    }
}
