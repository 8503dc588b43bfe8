//! After the session: each says in private whether to go again, and only what follows for both is shown.

use serde::{Deserialize, Serialize};

use crate::choice::seal::{self, Bound};
use crate::choice::{Nonce, SealError, SealFile};
use crate::couple::{Each, Member};
use crate::document;

/// The name of the scheme, at the head of what is hashed.
const SCHEME: &[u8] = b"sameside/after-seal/v1";

/// What one person would like after the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum After {
    /// Go again.
    Again,
    /// Not with this therapist.
    NotWithThisOne,
    /// Not now.
    NotNow,
}

impl After {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 3] = [Self::Again, Self::NotWithThisOne, Self::NotNow];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Again => "after-again",
            Self::NotWithThisOne => "after-not-this-one",
            Self::NotNow => "after-not-now",
        }
    }

    /// The word that is sealed.
    const fn word(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::NotWithThisOne => "not-with-this-one",
            Self::NotNow => "not-now",
        }
    }
}

/// What follows for both. Whose wish it was is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Onward {
    /// Both would go again.
    Again,
    /// Not with this therapist, but neither would rather stop.
    Other,
    /// A pause: at least one would rather not go on now.
    Pause,
}

/// What follows from the two answers: both must want to go again; a wish to pause goes before a wish for another.
#[must_use]
pub const fn onward(one: After, two: After) -> Onward {
    match (one, two) {
        (After::Again, After::Again) => Onward::Again,
        (After::NotNow, _) | (_, After::NotNow) => Onward::Pause,
        _ => Onward::Other,
    }
}

document! {
    /// What one person keeps to themselves about the session: kept in that person's own space.
    pub struct Visit: "visit", 1 {
        /// The number of the session it is about: [`SessionPlan::visit`](crate::choice::SessionPlan::visit).
        pub visit: u32,
        /// What they hope for.
        pub hope: String,
        /// What they would like after it.
        pub after: Option<After>,
        /// The secret number under the seal of `after`: 64 hexadecimal digits, empty before sealing.
        pub nonce: String,
    }
}

impl Visit {
    /// This if it is about the session `visit`, else an empty one.
    #[must_use]
    pub fn of(&self, visit: u32) -> Self {
        if self.visit == visit { self.clone() } else { Self { visit, ..Self::default() } }
    }
}

/// Seals an answer: the file to publish. The nonce must be fresh for every seal.
#[must_use]
pub fn seal(bound: Bound<'_>, nonce: Nonce, after: After) -> SealFile {
    let commitment = seal::word_commitment(SCHEME, bound, nonce, after.word());
    SealFile { round: bound.round, commitment, ..SealFile::default() }
}

/// What follows, once both have answered and both answers are the ones that were sealed.
///
/// # Errors
/// [`SealError`] with the person who has not answered yet, or whose answer is not the one that was sealed.
pub fn reveal(pair: &str, visit: u32, seals: &Each<SealFile>, own: &Each<Visit>) -> Result<Onward, SealError> {
    let opened = |member: Member| -> Result<After, SealError> {
        let (sealed, own) = (seals.of(member), own.of(member));
        if sealed.commitment.is_empty() {
            return Err(SealError::NotSealed(member));
        }
        if sealed.round != visit || own.visit != visit {
            return Err(SealError::OtherRound(member));
        }
        let after = own.after.ok_or(SealError::NotWhatWasSealed(member))?;
        let nonce = Nonce::from_hex(&own.nonce)?;
        if seal(Bound { pair, round: visit, member }, nonce, after).commitment != sealed.commitment {
            return Err(SealError::NotWhatWasSealed(member));
        }
        Ok(after)
    };
    Ok(onward(opened(Member::One)?, opened(Member::Two)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    fn answered(member: Member, after: After) -> (SealFile, Visit) {
        let nonce = Nonce::random().unwrap();
        let sealed = seal(Bound { pair: "pair", round: 2, member }, nonce, after);
        (sealed, Visit { visit: 2, after: Some(after), nonce: nonce.to_hex(), ..Visit::default() })
    }

    #[test]
    fn both_must_want_to_go_again_and_who_did_not_cannot_be_told() {
        for one in After::ALL {
            for two in After::ALL {
                assert_eq!(onward(one, two), onward(two, one));
                assert_eq!(onward(one, two) == Onward::Again, one == After::Again && two == After::Again);
                assert_eq!(onward(one, two) == Onward::Pause, one == After::NotNow || two == After::NotNow);
            }
        }
    }

    #[test]
    fn nothing_is_shown_before_both_have_answered() {
        let (one, own_one) = answered(Member::One, After::Again);
        let (two, own_two) = answered(Member::Two, After::NotNow);
        let own = Each { one: own_one, two: own_two };
        let alone = Each { one: one.clone(), two: SealFile::default() };
        assert_eq!(reveal("pair", 2, &alone, &own), Err(SealError::NotSealed(Member::Two)));
        let both = Each { one, two };
        assert_eq!(reveal("pair", 2, &both, &own), Ok(Onward::Pause));
        assert_eq!(reveal("pair", 3, &both, &own), Err(SealError::OtherRound(Member::One)));
        let mut changed = own.clone();
        changed.two.after = Some(After::Again);
        assert_eq!(reveal("pair", 2, &both, &changed), Err(SealError::NotWhatWasSealed(Member::Two)));
        let text = format!("{:?}", both.one.put());
        assert!(After::ALL.into_iter().all(|after| !text.contains(after.word())), "{text}");
    }

    #[test]
    fn what_is_kept_is_about_one_session() {
        let visit = Visit { visit: 1, hope: "calm".into(), after: Some(After::Again), ..Visit::default() };
        assert_eq!(Visit::take(&visit.put()), (visit.clone(), Vec::new()));
        assert_eq!((visit.of(1), visit.of(2).hope), (visit.clone(), String::new()));
    }
}
