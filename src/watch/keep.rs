//! The loop of the background reminder.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp, Zoned};

use super::notify::{Answer, Note, Notifier, Shown};
use super::{Clock, Ended, Files, SLICE, Unreadable, Unsaved};
use crate::couple::Word;
use crate::locale::Texts;
use crate::moment::{About, Occurrence, Plan, Spoken, Verdict, decide, still_wanted};

/// A slice that took longer on the wall clock was no sleep but a suspend, or the clock was set.
const GAP: SignedDuration = SignedDuration::from_secs(90);
/// Nothing is shown so soon after a suspend: whoever opens a laptop came for something else.
const AFTER_RESUME: Duration = Duration::from_secs(5 * 60);
/// Two notifications are never closer, whatever the wall clock says: two windows are at least one cell apart.
const APART: Duration = Duration::from_secs(30 * 60);
/// A data folder that was there and is gone for so long was deleted.
const DELETED: Duration = Duration::from_secs(10 * 60);
/// How often a notification is shown again after its server ended.
const AGAIN: u8 = 2;
/// A server that ended is looked for so often, and every so long, before the usual slices do: most are started again at
/// once.
const LOOKS: (u8, Duration) = (6, Duration::from_secs(5));

/// The background reminder with everything that it touches.
pub struct Watch<'a> {
    /// Plan, history and word.
    pub files: &'a mut dyn Files,
    /// Time.
    pub clock: &'a dyn Clock,
    /// The desktop.
    pub notifier: &'a dyn Notifier,
    /// Opens the window where the notification leads, with an activation token if there is one.
    pub opener: &'a dyn Fn(About, Option<&str>),
}

/// What the files say.
struct Sight {
    plan: Plan,
    spoken: Spoken,
    word: Word,
}

/// What the loop keeps in mind between slices.
#[derive(Default)]
struct Mind {
    sight: Option<Sight>,
    /// The state of the files when they were read, and when they were last found in it.
    seen: Option<(u64, Timestamp)>,
    /// Files were read since the last rest.
    read: bool,
    /// Quiet until this much has elapsed.
    quiet_until: Duration,
    /// When the last notification was shown.
    shown: Option<Duration>,
    gone_since: Option<Duration>,
}

impl Watch<'_> {
    /// Runs until nothing is pending; with `once`, until what is due now is done.
    pub fn run(mut self, once: bool) -> Ended {
        let mut mind = Mind::default();
        loop {
            let now = self.clock.now();
            let mut slice = SLICE;
            if let Err(error) = self.look(&mut mind, &now) {
                // A file that cannot be read now may be readable later, but a folder does not come back for ever.
                if error != Unreadable::Gone {
                    mind.gone_since = None;
                }
                let since = *mind.gone_since.get_or_insert(self.clock.elapsed());
                if error == Unreadable::Gone && self.clock.elapsed().saturating_sub(since) >= DELETED {
                    return Ended::NothingPending;
                }
            } else if let Some(sight) = mind.sight.as_mut() {
                mind.gone_since = None;
                match decide(&sight.plan, &sight.spoken, sight.word, &now) {
                    Verdict::Silent { rule, .. } if rule.is_final() => return Ended::NothingPending,
                    Verdict::Silent { wake, .. } => slice = until(wake, &now),
                    Verdict::Speak(open, about) => {
                        let elapsed = self.clock.elapsed();
                        let close = mind.shown.is_some_and(|shown| elapsed.saturating_sub(shown) < APART);
                        if elapsed >= mind.quiet_until && !close {
                            self.speak(&mut mind, open, about, once);
                        }
                    }
                }
            }
            if once {
                return Ended::Once;
            }
            self.sleep(&mut mind, slice);
        }
    }

    /// Reads the files, unless nothing changed in them since and the clock went forward: most wakings touch so little of
    /// the program that it stays small.
    fn look(&mut self, mind: &mut Mind, now: &Zoned) -> Result<(), Unreadable> {
        let owner = mind.sight.as_ref().map(|sight| sight.plan.owner);
        let state = owner.and_then(|owner| self.files.state(owner.other()));
        let known = mind.seen.take().filter(|(known, at)| state == Some(*known) && *at <= now.timestamp());
        if let Some((known, _)) = known {
            mind.seen = Some((known, now.timestamp()));
            return Ok(());
        }
        mind.read = true;
        let read = self.files.plan()?.unwrap_or_default();
        let word = self.files.word(read.owner.other())?;
        let mut spoken = self.files.spoken()?;
        if spoken.notice_clock(now.timestamp()) && self.files.remember(&spoken).is_err() {
            return Err(Unreadable::Faulty("the clock is wrong, and this cannot be noted".to_owned()));
        }
        // The plan is the window's to write; here it is enough to keep in mind when the clock was found wrong.
        let mut plan = read;
        for known in mind.sight.iter().flat_map(|sight| &sight.plan.set_back) {
            if !plan.set_back.iter().any(|ahead| ahead.at == known.at) {
                plan.set_back.push(*known);
            }
        }
        plan.notice_clock(now.timestamp());
        // A state from before the reading: what changes meanwhile is seen the next time.
        mind.seen = state.filter(|_| owner == Some(plan.owner)).map(|state| (state, now.timestamp()));
        mind.sight = Some(Sight { plan, spoken, word });
        Ok(())
    }

    /// Sleeps for a slice and notes if the world jumped meanwhile.
    fn sleep(&mut self, mind: &mut Mind, slice: Duration) {
        let before = self.clock.now();
        self.rest(mind);
        self.clock.sleep(slice);
        self.after_slice(mind, &before);
    }

    /// Before a sleep: what the reading of files needed is given back.
    fn rest(&self, mind: &mut Mind) {
        if std::mem::take(&mut mind.read) {
            self.clock.rest();
        }
    }

    fn after_slice(&mut self, mind: &mut Mind, before: &Zoned) {
        let now = self.clock.now();
        let passed = before.timestamp().duration_until(now.timestamp());
        if passed.abs() > GAP {
            mind.quiet_until = self.clock.elapsed() + AFTER_RESUME;
        }
    }

    /// Speaks in the window that is `open`, and stays with the notification until it is answered, no longer wanted, or
    /// the window ends. What is said is on disk before it is shown.
    fn speak(&mut self, mind: &mut Mind, open: Occurrence, about: About, once: bool) {
        let Some(sight) = mind.sight.as_ref() else { return };
        let said = self.clock.now().timestamp();
        let mut spoken = sight.spoken.clone();
        spoken.speak(said);
        if self.files.remember(&spoken).is_err() {
            return;
        }
        mind.shown = Some(self.clock.elapsed());
        let note = self.note(&sight.plan, about);
        let beside = self.files.folders(sight.plan.owner.other());
        let mut shown: Option<Box<dyn Shown>> = None;
        let (mut lost, mut looks) = (0_u8, 0_u8);
        loop {
            if shown.is_none() && lost <= AGAIN {
                shown = self.notifier.show(&note, &beside).ok();
                // Nothing is lost if this cannot be written: the reminder counts as said already.
                let _ = self.leave_for_window(&mut spoken, shown.is_none());
            }
            let before = self.clock.now();
            let left = before.timestamp().duration_until(open.end);
            if left <= SignedDuration::ZERO || (once && shown.is_none()) {
                break;
            }
            let longest = if shown.is_none() && looks > 0 { LOOKS.1 } else { SLICE };
            looks = looks.saturating_sub(1);
            self.rest(mind);
            let slice = Duration::try_from(left).unwrap_or(SLICE).min(longest);
            let answer = match shown.as_mut() {
                Some(shown) => shown.wait(slice),
                None => {
                    self.clock.sleep(slice);
                    Answer::Nothing
                }
            };
            match answer {
                Answer::Nothing => {}
                Answer::Gone => {
                    shown = None;
                    (lost, looks) = (lost + 1, LOOKS.0);
                    let _ = self.leave_for_window(&mut spoken, true);
                }
                Answer::Opened { .. } | Answer::NotNow | Answer::Dismissed | Answer::Expired => {
                    self.answered(&answer, about, &mut spoken);
                    break;
                }
            }
            self.after_slice(mind, &before);
            match self.wanted(mind, said) {
                Ok(true) => {}
                Ok(false) => break,
                Err(_) => {
                    // What cannot be seen may forbid it. The window decides again when it can be read.
                    let _ = self.leave_for_window(&mut spoken, true);
                    break;
                }
            }
        }
        if let Some(shown) = shown {
            shown.withdraw();
        }
    }

    fn answered(&mut self, answer: &Answer, about: About, spoken: &mut Spoken) {
        match answer {
            Answer::Opened { token } => (self.opener)(about, token.as_deref()),
            Answer::NotNow => {
                spoken.answer_not_now(self.clock.now().timestamp());
                let _ = self.files.remember(spoken);
            }
            Answer::Expired => {
                let _ = self.leave_for_window(spoken, true);
            }
            Answer::Dismissed | Answer::Nothing | Answer::Gone => {}
        }
    }

    /// Whether the notification may stay: still allowed, and nothing happened since it was said.
    fn wanted(&mut self, mind: &mut Mind, said: Timestamp) -> Result<bool, Unreadable> {
        let now = self.clock.now();
        self.look(mind, &now)?;
        let said = said.min(now.timestamp());
        let wanted = |sight: &Sight| still_wanted(&sight.plan, &sight.spoken, sight.word, said, &now);
        Ok(mind.sight.as_ref().is_some_and(wanted))
    }

    /// Notes whether the window should show it, if that is new.
    fn leave_for_window(&mut self, spoken: &mut Spoken, unseen: bool) -> Result<(), Unsaved> {
        if spoken.unseen.is_some() == unseen {
            return Ok(());
        }
        spoken.unseen = unseen.then(|| self.clock.now().timestamp());
        self.files.remember(spoken)
    }

    /// The user's own neutral words, or ours. Whoever walks past cannot tell one kind of note from the other.
    fn note(&mut self, plan: &Plan, about: About) -> Note {
        let texts = Texts::new(self.files.language());
        let own = plan.wording.trim();
        let (title, body) = match own {
            "" => (texts.get("watch-title"), texts.get("watch-body")),
            own => (own.to_owned(), String::new()),
        };
        let open = match about {
            About::Asking => texts.get("watch-action-calm"),
            About::NextStep => texts.get("watch-action-open"),
        };
        Note { title, body, open, not_now: texts.get("watch-action-not-now") }
    }
}

/// How long to sleep: up to the time worth waking at, a slice at most.
fn until(wake: Option<Timestamp>, now: &Zoned) -> Duration {
    let left = wake.map(|wake| now.timestamp().duration_until(wake));
    let left = left.map_or(SLICE, |left| Duration::try_from(left).unwrap_or_default());
    left.clamp(Duration::from_secs(1), SLICE)
}
