//! What one person thinks of the therapists on the shortlist. Private until both are done.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::directory::TherapistId;
use crate::document;

/// What one person thinks of one therapist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Mark {
    /// "I would like to try this one."
    Good,
    /// "I can live with this one."
    Ok,
    /// "Not this one." Such a therapist is never the result.
    No,
}

impl Mark {
    /// All of them, from most to least wished for.
    pub const ALL: [Self; 3] = [Self::Good, Self::Ok, Self::No];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Good => "mark-good",
            Self::Ok => "mark-ok",
            Self::No => "mark-no",
        }
    }
}

document! {
    /// One person's marks in one round: kept in that person's own space, never in the shared folder.
    pub struct Marks: "marks", 1 {
        /// The round they belong to; see [`Round`](crate::choice::Round).
        pub round: u32,
        /// The mark of each therapist that has one.
        pub marks: BTreeMap<TherapistId, Mark>,
        /// Those not marked [`Mark::No`], the most wished for first.
        pub order: Vec<TherapistId>,
        /// Notes to oneself, by therapist.
        pub notes: BTreeMap<TherapistId, String>,
        /// This person has said "I am done"; the marks are sealed.
        pub done: bool,
        /// The secret number under the seal: 64 hexadecimal digits ([`Nonce`](crate::choice::Nonce)), empty before sealing.
        pub nonce: String,
        /// The secret half of the key of the round ([`letter`](crate::choice::letter)); empty before sealing, and again
        /// once the result was found to be right.
        pub opening_key: String,
        /// The partner's commitment against which this person's opening was locked; empty before. A partner who has seen
        /// the opening cannot put another commitment in its place.
        pub answered: String,
    }
}

impl Marks {
    /// No marks yet, in round `round`.
    #[must_use]
    pub fn new(round: u32) -> Self {
        Self { round, ..Self::default() }
    }

    /// The mark of `id`, if any.
    #[must_use]
    pub fn mark(&self, id: &TherapistId) -> Option<Mark> {
        self.marks.get(id).copied()
    }

    /// Marks `id`. A new Good goes behind the last Good, a new OK to the end; all others keep their place, and so
    /// does `id` when its mark stays the same.
    pub fn set(&mut self, id: &TherapistId, mark: Mark) {
        if self.mark(id) == Some(mark) && (mark == Mark::No || self.order.contains(id)) {
            return;
        }
        self.clear(id);
        self.marks.insert(id.clone(), mark);
        match mark {
            Mark::Good => {
                let last_good = self.order.iter().rposition(|other| self.mark(other) == Some(Mark::Good));
                self.order.insert(last_good.map_or(0, |at| at + 1), id.clone());
            }
            Mark::Ok => self.order.push(id.clone()),
            Mark::No => {}
        }
    }

    /// Takes the mark of `id` away.
    pub fn clear(&mut self, id: &TherapistId) {
        self.marks.remove(id);
        self.order.retain(|other| other != id);
    }

    /// Moves `id` one place toward the most wished for; `false` when it cannot move.
    pub fn move_up(&mut self, id: &TherapistId) -> bool {
        self.place(id).is_some_and(|at| at > 0 && self.move_to(id, at - 1))
    }

    /// Moves `id` one place away from the most wished for; `false` when it cannot move.
    pub fn move_down(&mut self, id: &TherapistId) -> bool {
        self.place(id).is_some_and(|at| at + 1 < self.order.len() && self.move_to(id, at + 1))
    }

    /// Moves `id` to place `at`, counted from 0 and no further than the end; `false` when it is not in the order.
    pub fn move_to(&mut self, id: &TherapistId, at: usize) -> bool {
        let Some(from) = self.place(id) else { return false };
        let id = self.order.remove(from);
        self.order.insert(at.min(self.order.len()), id);
        true
    }

    fn place(&self, id: &TherapistId) -> Option<usize> {
        self.order.iter().position(|other| other == id)
    }

    /// Those on `shortlist` that have no mark yet.
    #[must_use]
    pub fn unmarked<'a>(&self, shortlist: &'a [TherapistId]) -> Vec<&'a TherapistId> {
        shortlist.iter().filter(|id| !self.marks.contains_key(*id)).collect()
    }

    /// The ballot over `shortlist`, or `None` while something on it has no mark.
    ///
    /// It goes by the marks alone if a hand edit made them and the order disagree: one that is missing in the order
    /// stands behind the others, Good before OK; one marked No or not on the shortlist is left out of it.
    #[must_use]
    pub fn ballot(&self, shortlist: &[TherapistId]) -> Option<Ballot> {
        if !self.unmarked(shortlist).is_empty() {
            return None;
        }
        let with = |mark| shortlist.iter().filter(move |id| self.mark(id) == Some(mark));
        let mut order: Vec<TherapistId> = Vec::new();
        for id in self.order.iter().filter(|id| shortlist.contains(id)).chain(with(Mark::Good)).chain(with(Mark::Ok)) {
            if self.mark(id) != Some(Mark::No) && !order.contains(id) {
                order.push(id.clone());
            }
        }
        Ballot::new(order, with(Mark::No).cloned()).ok()
    }
}

/// What the rule needs of one person: whom they accept, in order, and whom not. Good and OK only shape the order, so
/// that nobody ever learns which of the two it was.
///
/// No therapist is in it twice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "RawBallot")]
pub struct Ballot {
    order: Vec<TherapistId>,
    no: BTreeSet<TherapistId>,
}

/// A ballot as it is written in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBallot {
    #[serde(default)]
    order: Vec<TherapistId>,
    #[serde(default)]
    no: Vec<TherapistId>,
}

/// Why two lists are no ballot.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotError {
    /// A therapist stands in the order twice, or twice under No.
    #[error("\"{0}\" is listed twice; keep it once")]
    Twice(TherapistId),
    /// A therapist is in the order and under No.
    #[error("\"{0}\" is both in `order` and in `no`; keep it in one of them")]
    Both(TherapistId),
}

impl Ballot {
    /// A ballot with `order`, the most wished for first, and those marked `no`.
    ///
    /// # Errors
    /// [`BallotError`] when a therapist is listed more than once.
    pub fn new(order: Vec<TherapistId>, no: impl IntoIterator<Item = TherapistId>) -> Result<Self, BallotError> {
        let mut refused = BTreeSet::new();
        for id in no {
            if let Some(twice) = refused.replace(id) {
                return Err(BallotError::Twice(twice));
            }
        }
        let mut seen = BTreeSet::new();
        for id in &order {
            if refused.contains(id) {
                return Err(BallotError::Both(id.clone()));
            }
            if !seen.insert(id) {
                return Err(BallotError::Twice(id.clone()));
            }
        }
        Ok(Self { order, no: refused })
    }

    /// Whom this person accepts, the most wished for first.
    #[must_use]
    pub fn order(&self) -> &[TherapistId] {
        &self.order
    }

    /// Whom this person does not accept.
    #[must_use]
    pub const fn no(&self) -> &BTreeSet<TherapistId> {
        &self.no
    }

    /// Everyone it names.
    pub(super) fn named(&self) -> BTreeSet<&TherapistId> {
        self.order.iter().chain(&self.no).collect()
    }

    /// Whether it says something about exactly those on `shortlist`.
    #[must_use]
    pub fn covers(&self, shortlist: &[TherapistId]) -> bool {
        self.named() == shortlist.iter().collect()
    }
}

impl TryFrom<RawBallot> for Ballot {
    type Error = BallotError;

    fn try_from(raw: RawBallot) -> Result<Self, BallotError> {
        Self::new(raw.order, raw.no)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fields::Document;

    fn ids(text: &str) -> Vec<TherapistId> {
        text.split_whitespace().map(|id| TherapistId::new(id).unwrap()).collect()
    }

    fn id(text: &str) -> TherapistId {
        TherapistId::new(text).unwrap()
    }

    #[test]
    fn good_stands_before_ok_until_one_moves_it() {
        let mut marks = Marks::new(1);
        for (therapist, mark) in [("a", Mark::Ok), ("b", Mark::Good), ("c", Mark::No), ("d", Mark::Good)] {
            marks.set(&id(therapist), mark);
        }
        assert_eq!(marks.order, ids("b d a"));
        assert!(marks.move_up(&id("a")) && marks.move_up(&id("a")) && !marks.move_up(&id("a")));
        assert_eq!(marks.order, ids("a b d"));
        marks.set(&id("a"), Mark::Ok);
        assert_eq!(marks.order, ids("a b d"), "the same mark again moves nothing");
        assert!(marks.move_down(&id("b")) && !marks.move_down(&id("b")) && !marks.move_down(&id("c")));
        marks.set(&id("d"), Mark::No);
        marks.set(&id("c"), Mark::Ok);
        assert_eq!(marks.order, ids("a b c"));
        marks.clear(&id("a"));
        assert_eq!(marks.unmarked(&ids("a b")), ids("a").iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_ballot_needs_every_mark() {
        let mut marks = Marks::new(1);
        marks.set(&id("a"), Mark::Good);
        assert_eq!(marks.ballot(&ids("a b")), None);
        marks.set(&id("b"), Mark::No);
        marks.set(&id("gone"), Mark::Ok);
        let ballot = marks.ballot(&ids("a b")).unwrap();
        assert_eq!((ballot.order(), ballot.no().len()), (&ids("a")[..], 1));
        assert!(ballot.covers(&ids("b a")) && !ballot.covers(&ids("a")) && !ballot.covers(&ids("a b c")));
    }

    #[test]
    fn a_hand_edit_cannot_spoil_the_ballot() {
        let marks = Marks {
            order: ids("x c c b"),
            marks: [("a", Mark::Ok), ("b", Mark::No), ("c", Mark::Ok), ("d", Mark::Good)]
                .map(|(t, m)| (id(t), m))
                .into(),
            ..Marks::default()
        };
        assert_eq!(marks.ballot(&ids("a b c d")).unwrap().order(), ids("c d a"));
    }

    #[test]
    fn a_ballot_lists_nobody_twice() {
        assert_eq!(Ballot::new(ids("a a"), []), Err(BallotError::Twice(id("a"))));
        assert_eq!(Ballot::new(ids("a"), ids("a")), Err(BallotError::Both(id("a"))));
        assert_eq!(Ballot::new(ids("a"), ids("b b")), Err(BallotError::Twice(id("b"))));
    }

    #[test]
    fn marks_survive_the_file() {
        let mut marks = Marks::new(3);
        marks.set(&id("a-1"), Mark::Good);
        marks.set(&id("b"), Mark::No);
        assert_eq!(Marks::take(&marks.put()), (marks, Vec::new()));
    }

    proptest! {
        #[test]
        fn order_and_marks_always_agree(steps in prop::collection::vec((0_u8..6, 0_usize..6), 0..40)) {
            let mut marks = Marks::new(1);
            for (which, what) in steps {
                let id = id(&format!("t{which}"));
                match what {
                    0..=2 => marks.set(&id, Mark::ALL[what]),
                    3 => marks.clear(&id),
                    4 => { marks.move_up(&id); }
                    _ => { marks.move_down(&id); }
                }
                let accepted: BTreeSet<_> = marks.marks.iter().filter(|(_, mark)| **mark != Mark::No).map(|(id, _)| id).collect();
                prop_assert_eq!(marks.order.iter().collect::<BTreeSet<_>>(), accepted.clone());
                prop_assert_eq!(marks.order.len(), accepted.len());
            }
        }
    }
}
