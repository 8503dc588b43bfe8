//! Answers that two people give apart and see together: what of it lies in the shared folder.
//!
//! Who agrees to show an answer publishes a commitment: SHA-256 over a secret random number and the words that may be
//! shown. It tells nothing about the words: not what they are, not how long, not whether some were kept back. Only
//! when both commitments are there does each publish the opening, which also names the partner's commitment, so that
//! nobody can change their words after reading the other's. See [`seal`](super::seal) for why each part is hashed.
//!
//! Limits. Whoever opens second can refuse to; no scheme of two without a third party prevents it. The stamps of the
//! record tell a reader of the file when someone agreed (not when they answered); no screen shows them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::seal::{Nonce, SealError, hex, with_length};
use crate::couple::{Each, Member};
use crate::document;

/// The name of the scheme, at the head of what is hashed.
const SCHEME: &[u8] = b"sameside/apart-answer/v1";

document! {
    /// One person's sealed answers in one exercise: kept in `shared/answers/`.
    pub struct AnswerFile: "apart-answers", 1 {
        /// Step id → one entry for each round, the first one first. An empty commitment means "not agreed".
        pub answers: BTreeMap<String, Vec<SealedAnswer>>,
    }
}

/// One answer of one person in one round.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedAnswer {
    /// SHA-256 of the secret number and the words: 64 hexadecimal digits; empty while showing is not agreed.
    #[serde(default)]
    pub commitment: String,
    /// The words. Written only once both have agreed.
    #[serde(default)]
    pub opening: Option<OpenedAnswer>,
}

/// What opens a sealed answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedAnswer {
    /// The secret number: 64 hexadecimal digits.
    pub nonce: String,
    /// The words that the person agreed to show.
    pub words: String,
    /// The partner's commitment that was there when this was opened.
    pub partner_commitment: String,
}

/// What a sealed answer is bound to. It fits nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The couple's id, from `shared/pair.ron`.
    pub pair: &'a str,
    /// Id of the exercise.
    pub exercise: &'a str,
    /// Id of its step.
    pub step: &'a str,
    /// The round, from 1.
    pub round: u32,
}

impl AnswerFile {
    /// What is there for a step in a round, from 1.
    #[must_use]
    pub fn of(&self, step: &str, round: u32) -> Option<&SealedAnswer> {
        let at = usize::try_from(round.checked_sub(1)?).ok()?;
        self.answers.get(step)?.get(at).filter(|sealed| !sealed.commitment.is_empty())
    }

    /// Puts an answer in its place; rounds before it that have none stay empty.
    pub fn set(&mut self, step: &str, round: u32, sealed: SealedAnswer) {
        let Some(at) = round.checked_sub(1).and_then(|at| usize::try_from(at).ok()) else { return };
        let rounds = self.answers.entry(step.to_owned()).or_default();
        if rounds.len() <= at {
            rounds.resize(at.saturating_add(1), SealedAnswer::default());
        }
        if let Some(place) = rounds.get_mut(at) {
            *place = sealed;
        }
    }
}

impl Asked<'_> {
    /// Seals the words of `member`. The nonce must be fresh for every seal.
    #[must_use]
    pub fn seal(self, member: Member, nonce: Nonce, words: &str) -> SealedAnswer {
        SealedAnswer { commitment: self.commitment(member, nonce, words), opening: None }
    }

    /// Opens one's own seal, once the partner's is there.
    ///
    /// # Errors
    /// [`SealError`] when the partner has not sealed, or when `mine` is not the seal of these words.
    pub fn open(
        self,
        member: Member,
        nonce: Nonce,
        words: &str,
        seals: &Each<Option<&SealedAnswer>>,
    ) -> Result<SealedAnswer, SealError> {
        let mine = seals.of(member).ok_or(SealError::NotSealed(member))?;
        let partner = seals.of(member.other()).ok_or(SealError::NotSealed(member.other()))?;
        if mine.commitment != self.commitment(member, nonce, words) {
            return Err(SealError::NotWhatWasSealed(member));
        }
        let opening = OpenedAnswer {
            nonce: nonce.to_hex(),
            words: words.to_owned(),
            partner_commitment: partner.commitment.clone(),
        };
        Ok(SealedAnswer { opening: Some(opening), ..mine.clone() })
    }

    /// Both answers, if both were sealed and opened and nothing was changed in between. Nothing is shown before.
    ///
    /// # Errors
    /// [`SealError`] with the person whose answer is missing or cannot be believed.
    pub fn verify(self, seals: &Each<Option<&SealedAnswer>>) -> Result<Each<String>, SealError> {
        for member in Member::BOTH {
            seals.of(member).ok_or(SealError::NotSealed(member))?;
        }
        Ok(Each { one: self.opened(Member::One, seals)?, two: self.opened(Member::Two, seals)? })
    }

    fn opened(self, member: Member, seals: &Each<Option<&SealedAnswer>>) -> Result<String, SealError> {
        let sealed = seals.of(member).ok_or(SealError::NotSealed(member))?;
        let partner = seals.of(member.other()).ok_or(SealError::NotSealed(member.other()))?;
        let opening = sealed.opening.as_ref().ok_or(SealError::NotOpened(member))?;
        let nonce = Nonce::from_hex(&opening.nonce).map_err(|_| SealError::NotWhatWasSealed(member))?;
        if sealed.commitment != self.commitment(member, nonce, &opening.words) {
            return Err(SealError::NotWhatWasSealed(member));
        }
        if opening.partner_commitment != partner.commitment {
            return Err(SealError::ChangedSince(member.other()));
        }
        Ok(opening.words.clone())
    }

    /// Whether `sealed` is the seal of these words under this secret number.
    #[must_use]
    pub fn fits(self, member: Member, nonce: &str, words: &str, sealed: &SealedAnswer) -> bool {
        Nonce::from_hex(nonce).is_ok_and(|nonce| sealed.commitment == self.commitment(member, nonce, words))
    }

    fn commitment(self, member: Member, nonce: Nonce, words: &str) -> String {
        let mut hash = Sha256::new();
        hash.update(SCHEME);
        let round = self.round.to_be_bytes();
        for part in [self.pair, self.exercise, self.step].map(str::as_bytes) {
            with_length(&mut hash, part);
        }
        with_length(&mut hash, &round);
        with_length(&mut hash, member.slug().as_bytes());
        hash.update(nonce.0);
        with_length(&mut hash, words.as_bytes());
        hex(&hash.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    const ASKED: Asked<'_> = Asked { pair: "pair", exercise: "two", step: "hope", round: 1 };

    /// Both sealed: the seals, and the secret numbers.
    fn sealed() -> (Each<SealedAnswer>, Each<Nonce>) {
        let nonces = Each { one: Nonce::random().unwrap(), two: Nonce::random().unwrap() };
        let seal = |member, words| ASKED.seal(member, *nonces.of(member), words);
        (Each { one: seal(Member::One, "I hope."), two: seal(Member::Two, "I fear.") }, nonces)
    }

    fn both(seals: &Each<SealedAnswer>) -> Each<Option<&SealedAnswer>> {
        Each { one: Some(&seals.one), two: Some(&seals.two) }
    }

    fn opened() -> Each<SealedAnswer> {
        let (seals, nonces) = sealed();
        let one = ASKED.open(Member::One, nonces.one, "I hope.", &both(&seals)).unwrap();
        let two = ASKED.open(Member::Two, nonces.two, "I fear.", &both(&seals)).unwrap();
        Each { one, two }
    }

    #[test]
    fn nothing_is_seen_before_both_opened_and_then_both_are() {
        let (seals, nonces) = sealed();
        assert_eq!(ASKED.verify(&both(&seals)), Err(SealError::NotOpened(Member::One)));
        let alone = Each { one: Some(&seals.one), two: None };
        assert_eq!(
            ASKED.open(Member::One, nonces.one, "I hope.", &alone),
            Err(SealError::NotSealed(Member::Two)),
            "nobody opens alone"
        );
        let other = ASKED.open(Member::One, nonces.one, "I hope!", &both(&seals));
        assert_eq!(other, Err(SealError::NotWhatWasSealed(Member::One)));
        let seals = opened();
        let words = ASKED.verify(&both(&seals)).unwrap();
        assert_eq!((words.one.as_str(), words.two.as_str()), ("I hope.", "I fear."));
    }

    #[test]
    fn words_that_were_changed_or_carried_elsewhere_are_refused() {
        let seals = opened();
        for asked in [
            Asked { pair: "other", ..ASKED },
            Asked { exercise: "other", ..ASKED },
            Asked { step: "other", ..ASKED },
            Asked { round: 2, ..ASKED },
        ] {
            assert_eq!(asked.verify(&both(&seals)), Err(SealError::NotWhatWasSealed(Member::One)), "{asked:?}");
        }
        let swapped = Each { one: Some(&seals.two), two: Some(&seals.one) };
        assert!(ASKED.verify(&swapped).is_err());
        // Two reads the answer of One and only then seals something else.
        let later = ASKED.seal(Member::Two, Nonce::random().unwrap(), "Me too.");
        assert_eq!(
            ASKED.verify(&Each { one: Some(&seals.one), two: Some(&later) }),
            Err(SealError::ChangedSince(Member::Two))
        );
    }

    #[test]
    fn a_seal_is_no_longer_for_a_longer_answer() {
        let nonce = Nonce::random().unwrap();
        let (short, long) =
            (ASKED.seal(Member::One, nonce, "No."), ASKED.seal(Member::One, nonce, &"No. ".repeat(500)));
        assert_eq!(short.commitment.len(), long.commitment.len());
        assert_ne!(
            short,
            ASKED.seal(Member::One, Nonce::random().unwrap(), "No."),
            "the same words twice look different"
        );
    }

    #[test]
    fn rounds_have_their_places() {
        let mut file = AnswerFile::default();
        assert_eq!((file.of("hope", 0), file.of("hope", 1)), (None, None));
        let seals = opened();
        file.set("hope", 2, seals.one.clone());
        file.set("hope", 0, seals.two);
        assert_eq!((file.of("hope", 1), file.of("hope", 2)), (None, Some(&seals.one)));
        assert_eq!(AnswerFile::take(&file.put()), (file, Vec::new()));
    }
}
