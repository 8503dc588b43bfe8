//! Where the couple stands, as one of the two may know it: what the next step is chosen from.
//!
//! Nothing in it comes out of the other's space, and there is no word about being asked in it: a proposal that knew of
//! it would give it away.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};

use super::hesitation::Reason;
use super::progress::Progress;
use crate::couple::Side;

/// What came of the asking, as the one who asked noted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// Later: from the day that the other named.
    Later(Date),
    /// No.
    No,
}

/// How far choosing has come, for one of the two. Whether the other is done is not in it until both are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Round {
    /// No round is on.
    #[default]
    None,
    /// One's own marks are open.
    Marking,
    /// One's own marks are sealed.
    Done,
    /// Both are sealed, and nobody has looked.
    BothDone,
    /// The result is there and names nobody, or nobody is left to call.
    Nobody,
}

/// How far the one session has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Session {
    /// Nobody is agreed on.
    #[default]
    None,
    /// Somebody is to call.
    ToCall,
    /// A message was left.
    Waiting,
    /// It is booked; the day, if it was written down.
    Booked(Option<Date>),
}

/// The invitation, as far as it has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    /// How many of the six parts have a sentence.
    pub parts: usize,
    /// Whether the person wrote or changed the whole.
    pub own: bool,
    /// Whether it was gone through as a whole, with the answers.
    pub rehearsed: bool,
    /// Whether there is an if-then plan.
    pub plan: bool,
}

/// Where things stand for one of the two.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// The time.
    pub now: Zoned,
    /// Their own side.
    pub side: Side,
    /// Their own progress, by exercise id.
    pub progress: &'a BTreeMap<String, Progress>,
    /// Their own invitation.
    pub words: Words,
    /// Whether they set quiet times.
    pub quiet_times: bool,
    /// The last answer that they noted, and when.
    pub answer: Option<(Timestamp, Reply)>,
    /// When they noted an argument, oldest first.
    pub argued: &'a [Timestamp],
    /// What is in the way for them.
    pub mine: Vec<Reason>,
    /// What they guess.
    pub guesses: Vec<Reason>,
    /// What the other chose to show.
    pub told: Vec<Reason>,
    /// How many therapists are on the common list.
    pub listed: usize,
    /// How far choosing has come.
    pub round: Round,
    /// How far the session has come.
    pub session: Session,
}

impl Standing<'_> {
    /// When an exercise was last finished.
    pub(super) fn finished(&self, id: &str) -> Option<Timestamp> {
        self.progress.get(id).and_then(Progress::last_finished)
    }

    /// Whether an exercise was finished at or after `since`.
    pub(super) fn finished_since(&self, id: &str, since: Timestamp) -> bool {
        self.finished(id).is_some_and(|at| at >= since)
    }

    /// How many whole days ago `at` was; 0 for what lies ahead.
    pub(super) fn days_since(&self, at: Timestamp) -> i64 {
        (self.now.timestamp().duration_since(at).as_hours() / 24).max(0)
    }

    /// Whether the asking is behind them: the answer was yes, or they are choosing together.
    pub(super) fn agreed_to_try(&self) -> bool {
        let yes = matches!(self.answer, Some((_, Reply::Yes)));
        yes || self.side == Side::ChoosingTogether || self.round != Round::None || self.session != Session::None
    }
}
