//! The result of a round, out of two sealed ballots.
//!
//! **Both spaces at hand** (one device, and neither has a passphrase): no opening is ever written. The two ballots are held
//! against the two seals in memory, the rule is applied, and only what it finds goes into the [`Round`].
//!
//! **One space locked, or on another device**: whoever finds the partner's commitment in the shared folder writes an
//! opening, locked with the partner's key of this round ([`answer`]). Whoever is there next opens the partner's, checks
//! both with [`verify`](super::seal::verify), applies the rule and writes the result ([`reveal_alone`]); the other does the
//! same later and compares. Then each throws the key of the round away.
//!
//! What `shared/` tells anybody who reads it, then, is two commitments, two padded texts that nobody can read without a
//! person's space (and nobody at all, once the keys are gone), and one result. It never tells whose No it was.
//!
//! Choices that were weighed:
//!
//! * *Openings in the clear* would do for checking, but show every mark to whoever has the folder, for ever.
//! * *Opening the winner and the back-up only*, with a commitment for each therapist, hides the rest, but then nobody can
//!   check that the rule was kept: a better one may have been passed over. It also shows how many commitments there are.
//! * *Never opening at all* needs both spaces open at once, so both passphrases on one screen. Nobody should hand theirs over.
//!
//! Limits. The program of each learns the other's ballot in order to apply the rule. It shows nothing of it, and drops it;
//! but a person who takes the program apart, or opens the text with the `age` tool before the key is gone, can read it: the
//! rule applied in the open needs both ballots, and only a third party could spare that. They can do so only after their own
//! marks were sealed, so it changes nothing about the choice. For the same reason nobody can change their mind any more
//! once the partner has answered; a new round can always be begun.

use super::seal::{self, Bound, Opening};
use super::{Marks, Nonce, Outcome, Round, SealError, SealFile, choose, letter};
use crate::couple::{Each, Member};

/// The result of `round` from the marks in both private spaces, once both have sealed them.
///
/// `pair` is the couple's id. Nothing is written; the openings that are made for the check are dropped here.
///
/// # Errors
/// [`SealError`] when someone has not sealed yet, or when marks are not the ones that were sealed.
pub fn reveal(pair: &str, round: &Round, seals: &Each<SealFile>, marks: &Each<Marks>) -> Result<Outcome, SealError> {
    let opened = |member: Member| opened(pair, round, seals, member, marks.of(member));
    let openings = Each { one: opened(Member::One)?, two: opened(Member::Two)? };
    found(pair, round, seals, &openings)
}

/// The same from the marks of `member` alone, and what the partner has locked for them.
///
/// # Errors
/// [`SealError`]: see [`reveal`]; also when the partner's opening is missing or does not open.
pub fn reveal_alone(
    pair: &str,
    round: &Round,
    seals: &Each<SealFile>,
    member: Member,
    marks: &Marks,
) -> Result<Outcome, SealError> {
    let mine = opened(pair, round, seals, member, marks)?;
    let other = member.other();
    if seals.of(other).commitment.is_empty() {
        return Err(SealError::NotSealed(other));
    }
    seal::unchanged(&marks.answered, &seals.of(other).commitment, other)?;
    let theirs = letter::unlock(&seals.of(other).locked_opening, &marks.opening_key, other)?;
    let openings = Each::from_own(member, mine, theirs);
    found(pair, round, seals, &openings)
}

/// The opening of `member`, locked for the partner, who has sealed. From then on only this commitment of the partner's
/// counts: whoever writes the answer keeps it in [`Marks::answered`].
///
/// # Errors
/// [`SealError`] when someone has not sealed yet, or when the marks are not the ones that were sealed.
pub fn answer(
    pair: &str,
    round: &Round,
    seals: &Each<SealFile>,
    member: Member,
    marks: &Marks,
) -> Result<String, SealError> {
    let opening = opened(pair, round, seals, member, marks)?;
    seal::unchanged(&marks.answered, &seals.of(member.other()).commitment, member.other())?;
    letter::lock(&opening, &seals.of(member.other()).opening_key, member.other())
}

fn opened(
    pair: &str,
    round: &Round,
    seals: &Each<SealFile>,
    member: Member,
    marks: &Marks,
) -> Result<Opening, SealError> {
    let mine = seals.of(member);
    if mine.commitment.is_empty() {
        return Err(SealError::NotSealed(member));
    }
    if marks.round != round.round {
        return Err(SealError::OtherRound(member));
    }
    let ballot = marks.ballot(&round.therapists).ok_or(SealError::NotWhatWasSealed(member))?;
    let nonce = Nonce::from_hex(&marks.nonce)?;
    seal::open(Bound { pair, round: round.round, member }, mine, nonce, &ballot, seals.of(member.other()))
}

fn found(pair: &str, round: &Round, seals: &Each<SealFile>, openings: &Each<Opening>) -> Result<Outcome, SealError> {
    let ballots = seal::verify(pair, round.round, seals, openings)?;
    // A ballot about other therapists than those of the round could shut one out unseen.
    for member in Member::BOTH {
        if !ballots.of(member).covers(&round.therapists) {
            return Err(SealError::NotWhatWasSealed(member));
        }
    }
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
        assert!(seals.one.locked_opening.is_empty() && seals.two.locked_opening.is_empty());
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

    /// Both sealed with keys, and each answered by whoever found the other's seal.
    fn answered() -> (Each<SealFile>, Each<Marks>) {
        let (mut seals, mut marks) = both();
        for member in Member::BOTH {
            (marks.of_mut(member).opening_key, seals.of_mut(member).opening_key) = letter::key();
        }
        let answers = Member::BOTH.map(|member| answer("pair", &round(), &seals, member, marks.of(member)).unwrap());
        let [one, two] = answers;
        (seals.one.locked_opening, seals.two.locked_opening) = (one, two);
        (seals, marks)
    }

    fn alone(seals: &Each<SealFile>, member: Member, marks: &Each<Marks>) -> Result<Outcome, SealError> {
        reveal_alone("pair", &round(), seals, member, marks.of(member))
    }

    #[test]
    fn each_finds_the_same_with_one_space_open() {
        let (seals, marks) = answered();
        let outcome = reveal("pair", &round(), &seals, &marks).unwrap();
        for member in Member::BOTH {
            assert_eq!(alone(&seals, member, &marks), Ok(outcome.clone()));
        }
        // Nothing in the shared files tells a mark, or a therapist at all.
        for seal in [&seals.one, &seals.two] {
            let text = format!("{:?}", crate::fields::Document::put(seal));
            assert!(!["Good", "No", "order", "\\\"a\\\""].iter().any(|word| text.contains(word)), "{text}");
        }
    }

    #[test]
    fn marks_cannot_be_guessed_from_the_shared_files() {
        // Every ballot over three therapists, tried with what stands in the files: none fits without the secret number.
        let (seals, _) = answered();
        let ids = [id("a"), id("b"), id("c")];
        let guess = |bytes: &[u8]| Nonce::from_hex(&seal::hex(bytes)).ok();
        let texts = [&seals.one.commitment, &seals.two.commitment];
        let nonces = texts.into_iter().filter_map(|text| guess(&seal::from_hex(text)?)).chain(guess(&[0; 32]));
        for nonce in nonces.collect::<Vec<_>>() {
            for pick in 0..27_usize {
                let with = |wanted: usize| {
                    let marked = move |at: &usize| pick / 3_usize.pow(u32::try_from(*at).unwrap()) % 3 == wanted;
                    (0..3).filter(marked).map(|at| ids[at].clone()).collect::<Vec<_>>()
                };
                let order = [with(0), with(1)].concat();
                let ballot = crate::choice::Ballot::new(order, with(2)).unwrap();
                for member in Member::BOTH {
                    let bound = Bound { pair: "pair", round: 1, member };
                    assert_ne!(seal::seal(bound, nonce, &ballot).commitment, seals.of(member).commitment);
                }
            }
        }
    }

    #[test]
    fn seals_that_were_tampered_with_are_refused() {
        let (seals, marks) = answered();
        let both = |one: &SealFile, two: &SealFile| Each { one: one.clone(), two: two.clone() };
        // Swapped.
        assert!(alone(&both(&seals.two, &seals.one), Member::One, &marks).is_err());
        // Not answered, and answered with garbage.
        let silent = SealFile { locked_opening: String::new(), ..seals.two.clone() };
        let refused = alone(&both(&seals.one, &silent), Member::One, &marks);
        assert_eq!(refused, Err(SealError::NotOpened(Member::Two)));
        let garbled = SealFile { locked_opening: "00ff".repeat(300), ..seals.two.clone() };
        let refused = alone(&both(&seals.one, &garbled), Member::One, &marks);
        assert_eq!(refused, Err(SealError::NotForUs(Member::Two)));
        // An answer copied from one's own, which is locked for the other.
        let copied = SealFile { locked_opening: seals.one.locked_opening.clone(), ..seals.two.clone() };
        assert_eq!(alone(&both(&seals.one, &copied), Member::One, &marks), Err(SealError::NotForUs(Member::Two)));
        // An earlier seal put back, with its own answer: it does not fit the one that counts now.
        let (earlier, _) = answered();
        assert!(alone(&both(&seals.one, &earlier.two), Member::One, &marks).is_err());
        assert_eq!(
            alone(&both(&earlier.one, &seals.two), Member::One, &marks),
            Err(SealError::NotWhatWasSealed(Member::One))
        );
        // One's own seal and answer replaced by somebody who made both.
        let (mut forged, forger) = answered();
        forged.two = seals.two.clone();
        let refused = alone(&forged, Member::Two, &Each { one: forger.one, two: marks.two.clone() });
        assert!(refused.is_err(), "{refused:?}");
    }

    #[test]
    fn a_ballot_that_leaves_somebody_out_is_refused() {
        let (mut seals, marks) = answered();
        // Two seals and answers over a shorter list, by hand.
        let nonce = Nonce::random().unwrap();
        let short = crate::choice::Ballot::new(vec![id("c")], [id("a")]).unwrap();
        let bound = Bound { pair: "pair", round: 1, member: Member::Two };
        let mut forged = SealFile { opening_key: seals.two.opening_key.clone(), ..seal::seal(bound, nonce, &short) };
        let opening = seal::open(bound, &forged, nonce, &short, &seals.one).unwrap();
        forged.locked_opening = letter::lock(&opening, &seals.one.opening_key, Member::One).unwrap();
        seals.two = forged;
        assert_eq!(alone(&seals, Member::One, &marks), Err(SealError::NotWhatWasSealed(Member::Two)));
    }
}
