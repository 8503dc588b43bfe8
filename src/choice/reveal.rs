//! The result of a round, out of two sealed ballots.
//!
//! **On one device** both private spaces are at hand, so no seal is ever opened in the shared folder: the two
//! ballots are held against the two seals in memory, the rule is applied, and only what it finds goes into the
//! [`Round`]. `shared/` then holds two commitments that nobody can read and one result; whose No it was stands nowhere
//! but in the private space of the one who said it.
//!
//! **On two devices** (a later issue) neither can see the other's space. Each device will write its opening once
//! the partner's commitment has arrived, locked so that only the two devices can read it, because a plain opening
//! would tell every reader of the folder whose No it was. Each device then checks both with
//! [`verify`](super::seal::verify), applies the same rule, and writes the same result into the round.

use super::seal::{self, Bound};
use super::{Marks, Nonce, Outcome, Round, SealError, SealFile, choose};
use crate::couple::{Each, Member};

/// The result of `round` from the marks in both private spaces, once both have sealed them.
///
/// `pair` is the couple's id. Nothing is written; the openings that are made for the check are dropped here.
///
/// # Errors
/// [`SealError`] when someone has not sealed yet, or when marks are not the ones that were sealed.
pub fn reveal(pair: &str, round: &Round, seals: &Each<SealFile>, marks: &Each<Marks>) -> Result<Outcome, SealError> {
    let opened = |member: Member| -> Result<SealFile, SealError> {
        let (mine, marks) = (seals.of(member), marks.of(member));
        if mine.commitment.is_empty() {
            return Err(SealError::NotSealed(member));
        }
        if marks.round != round.round {
            return Err(SealError::OtherRound(member));
        }
        let ballot = marks.ballot(&round.therapists).ok_or(SealError::NotWhatWasSealed(member))?;
        let nonce = Nonce::from_hex(&marks.nonce)?;
        let bound = Bound { pair, round: round.round, member };
        seal::open(bound, mine, nonce, &ballot, seals.of(member.other()))
    };
    let opened = Each { one: opened(Member::One)?, two: opened(Member::Two)? };
    let ballots = seal::verify(pair, round.round, &opened)?;
    Ok(choose(&ballots.one, &ballots.two, round.last_word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Mark;
    use crate::directory::TherapistId;

    fn id(text: &str) -> TherapistId {
        TherapistId::new(text).unwrap()
    }

    fn sealed(member: Member, wanted: &[(&str, Mark)]) -> (SealFile, Marks) {
        let nonce = Nonce::random().unwrap();
        let mut marks = Marks { done: true, nonce: nonce.to_hex(), ..Marks::new(1) };
        for (therapist, mark) in wanted {
            marks.set(&id(therapist), *mark);
        }
        let ballot = marks.ballot(&round().therapists).unwrap();
        (seal::seal(Bound { pair: "pair", round: 1, member }, nonce, &ballot), marks)
    }

    fn round() -> Round {
        Round { last_word: Member::Two, ..Round::default() }.next([id("a"), id("b"), id("c")])
    }

    fn both() -> (Each<SealFile>, Each<Marks>) {
        let one = sealed(Member::One, &[("a", Mark::Good), ("b", Mark::Ok), ("c", Mark::No)]);
        let two = sealed(Member::Two, &[("a", Mark::No), ("b", Mark::Ok), ("c", Mark::Good)]);
        (Each { one: one.0, two: two.0 }, Each { one: one.1, two: two.1 })
    }

    #[test]
    fn two_sealed_ballots_give_the_result_and_stay_sealed() {
        let (seals, marks) = both();
        let outcome = reveal("pair", &round(), &seals, &marks).unwrap();
        assert_eq!(outcome, Outcome::Agreed { therapist: id("b"), backup: None, tie: None });
        assert!(seals.one.opening.is_none() && seals.two.opening.is_none());
    }

    #[test]
    fn marks_that_were_not_sealed_give_no_result() {
        let (seals, marks) = both();
        let mut changed = Each { one: marks.one.clone(), two: marks.two.clone() };
        changed.two.set(&id("b"), Mark::No);
        assert_eq!(reveal("pair", &round(), &seals, &changed), Err(SealError::NotWhatWasSealed(Member::Two)));
        let unsealed = Each { one: SealFile::default(), two: seals.two.clone() };
        assert_eq!(reveal("pair", &round(), &unsealed, &marks), Err(SealError::NotSealed(Member::One)));
        assert_eq!(reveal("others", &round(), &seals, &marks), Err(SealError::NotWhatWasSealed(Member::One)));
        let next = round().next(round().therapists);
        assert_eq!(reveal("pair", &next, &seals, &marks), Err(SealError::OtherRound(Member::One)));
        let lost = Each { one: Marks { nonce: String::new(), ..marks.one }, two: marks.two };
        assert_eq!(reveal("pair", &round(), &seals, &lost), Err(SealError::BadNonce));
    }
}
