//! After the session: each says in private whether to go again, and only what follows for both is shown.
//!
//! It is sealed, answered and shown as the marks are: see [`seal`](mod@super::seal) and [`reveal`](mod@super::reveal).

use serde::{Deserialize, Serialize};

use crate::choice::seal::{self, Bound};
use crate::choice::{Nonce, SealError, SealFile, letter};
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
        /// The secret half of the key that comes with the seal; empty before sealing, and once what follows was checked.
        pub opening_key: String,
        /// The partner's commitment against which this person's opening was locked; empty before.
        pub answered: String,
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

/// What opens a seal of this kind. It is never written but locked with the partner's key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Opening {
    nonce: String,
    after: After,
    partner_commitment: String,
}

/// What follows, once both have answered and both answers are the ones that were sealed. Nothing is written.
///
/// # Errors
/// [`SealError`] with the person who has not answered yet, or whose answer is not the one that was sealed.
pub fn reveal(pair: &str, visit: u32, seals: &Each<SealFile>, own: &Each<Visit>) -> Result<Onward, SealError> {
    let opened = |member: Member| opened(pair, visit, seals, member, own.of(member));
    let openings = Each { one: opened(Member::One)?, two: opened(Member::Two)? };
    found(pair, visit, seals, &openings)
}

/// The same from what `member` alone keeps, and what the partner has locked for them.
///
/// # Errors
/// [`SealError`]: see [`reveal`]; also when the partner's opening is missing or does not open.
pub fn reveal_alone(
    pair: &str,
    visit: u32,
    seals: &Each<SealFile>,
    member: Member,
    own: &Visit,
) -> Result<Onward, SealError> {
    let mine = opened(pair, visit, seals, member, own)?;
    seal::unchanged(&own.answered, &seals.of(member.other()).commitment, member.other())?;
    let theirs = letter::unlock(&seals.of(member.other()).locked_opening, &own.opening_key, member.other())?;
    let openings = Each::from_own(member, mine, theirs);
    found(pair, visit, seals, &openings)
}

/// The opening of `member`, locked for the partner, who has sealed.
///
/// # Errors
/// [`SealError`] when someone has not sealed yet, or when the answer is not the one that was sealed.
pub fn answer(
    pair: &str,
    visit: u32,
    seals: &Each<SealFile>,
    member: Member,
    own: &Visit,
) -> Result<String, SealError> {
    let opening = opened(pair, visit, seals, member, own)?;
    seal::unchanged(&own.answered, &seals.of(member.other()).commitment, member.other())?;
    letter::lock(&opening, &seals.of(member.other()).opening_key, member.other())
}

fn opened(pair: &str, visit: u32, seals: &Each<SealFile>, member: Member, own: &Visit) -> Result<Opening, SealError> {
    for whose in [member, member.other()] {
        let sealed = seals.of(whose);
        if sealed.commitment.is_empty() {
            return Err(SealError::NotSealed(whose));
        }
        if sealed.round != visit {
            return Err(SealError::OtherRound(whose));
        }
    }
    if own.visit != visit {
        return Err(SealError::OtherRound(member));
    }
    let after = own.after.ok_or(SealError::NotWhatWasSealed(member))?;
    let nonce = Nonce::from_hex(&own.nonce)?;
    if seal(Bound { pair, round: visit, member }, nonce, after).commitment != seals.of(member).commitment {
        return Err(SealError::NotWhatWasSealed(member));
    }
    let partner_commitment = seals.of(member.other()).commitment.clone();
    Ok(Opening { nonce: nonce.to_hex(), after, partner_commitment })
}

fn found(pair: &str, visit: u32, seals: &Each<SealFile>, openings: &Each<Opening>) -> Result<Onward, SealError> {
    for member in Member::BOTH {
        let opening = openings.of(member);
        let nonce = Nonce::from_hex(&opening.nonce).map_err(|_| SealError::NotWhatWasSealed(member))?;
        if seal(Bound { pair, round: visit, member }, nonce, opening.after).commitment != seals.of(member).commitment {
            return Err(SealError::NotWhatWasSealed(member));
        }
        if opening.partner_commitment != seals.of(member.other()).commitment {
            return Err(SealError::ChangedSince(member.other()));
        }
    }
    Ok(onward(openings.one.after, openings.two.after))
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

    /// Both sealed with keys, and each answered by whoever found the other's seal.
    fn both_answered(answers: [After; 2]) -> (Each<SealFile>, Each<Visit>) {
        let [one, two] = Member::BOTH.map(|member| {
            let (mut sealed, mut own) = answered(member, answers[usize::from(member == Member::Two)]);
            (own.opening_key, sealed.opening_key) = letter::key();
            (sealed, own)
        });
        let (mut seals, own) = (Each { one: one.0, two: two.0 }, Each { one: one.1, two: two.1 });
        let locked = Member::BOTH.map(|member| answer("pair", 2, &seals, member, own.of(member)).unwrap());
        let [one, two] = locked;
        (seals.one.locked_opening, seals.two.locked_opening) = (one, two);
        (seals, own)
    }

    #[test]
    fn each_finds_the_same_with_one_space_open() {
        for one in After::ALL {
            for two in After::ALL {
                let (seals, own) = both_answered([one, two]);
                assert_eq!(reveal("pair", 2, &seals, &own), Ok(onward(one, two)));
                for member in Member::BOTH {
                    assert_eq!(reveal_alone("pair", 2, &seals, member, own.of(member)), Ok(onward(one, two)));
                    let text = format!("{:?}", seals.of(member).put());
                    assert!(After::ALL.into_iter().all(|after| !text.contains(after.word())), "{text}");
                    assert!(!text.contains(&own.of(member).nonce) && !text.contains("AGE-SECRET"), "{text}");
                }
            }
        }
    }

    #[test]
    fn seals_that_were_tampered_with_are_refused() {
        let (seals, own) = both_answered([After::Again, After::NotNow]);
        let alone = |seals: &Each<SealFile>| reveal_alone("pair", 2, seals, Member::One, &own.one);
        let with = |two: SealFile| Each { one: seals.one.clone(), two };
        let silent = with(SealFile { locked_opening: String::new(), ..seals.two.clone() });
        assert_eq!(alone(&silent), Err(SealError::NotOpened(Member::Two)));
        let garbled = with(SealFile { locked_opening: "00ff".repeat(300), ..seals.two.clone() });
        assert_eq!(alone(&garbled), Err(SealError::NotForUs(Member::Two)));
        // An answer copied from one's own, which is locked for the other.
        let copied = with(SealFile { locked_opening: seals.one.locked_opening.clone(), ..seals.two.clone() });
        assert_eq!(alone(&copied), Err(SealError::NotForUs(Member::Two)));
        // The partner sealed another answer after having seen this one's opening: it names what was there before.
        let (later, _) = answered(Member::Two, After::Again);
        assert!(alone(&with(SealFile { locked_opening: seals.two.locked_opening.clone(), ..later })).is_err());
        // An opening made against another seal of one's own.
        let (earlier, _) = both_answered([After::Again, After::NotNow]);
        let mixed = Each { one: seals.one.clone(), two: earlier.two.clone() };
        assert!(alone(&mixed).is_err());
        let against = Each { one: earlier.one, two: seals.two.clone() };
        let key_of_now =
            Each { one: SealFile { opening_key: seals.one.opening_key.clone(), ..against.one }, two: against.two };
        let locked = answer("pair", 2, &key_of_now, Member::Two, &own.two).unwrap();
        let changed = with(SealFile { locked_opening: locked, ..seals.two.clone() });
        assert_eq!(alone(&changed), Err(SealError::ChangedSince(Member::One)));
    }
}
