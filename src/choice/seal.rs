//! Seals: each can be sure that the other's marks were settled before their own were shown.
//!
//! A person who is done publishes a commitment: SHA-256 over a secret random number and the ballot. It says nothing
//! about the ballot, and nobody can find another ballot for it. Once both commitments are there, each publishes the
//! opening. What goes into the hash, and why:
//!
//! * the name of this scheme, so that no other hash of ours can pass for it;
//! * the couple, the round and the person, each with its length in front, so that a commitment cannot be copied to
//!   another person's file, kept for another round, or read as another split of the same bytes;
//! * 32 random bytes, without which the few possible ballots could be tried one by one;
//! * the ballot in one fixed form.
//!
//! The opening also names the partner's commitment, so that the partner cannot change it after seeing the opening.
//!
//! One commitment covers the whole ballot of a round, rather than one per therapist: it is one file that is written
//! at once, and how many were marked, or which mark was changed last, cannot be read from it.
//!
//! Limits. The one who opens second can refuse to open; no scheme of two without a third party prevents it. An opening
//! is never written as it is: see [`letter`](super::letter) and [`reveal`](super::reveal).

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::choice::Ballot;
use crate::couple::{Each, Member};
use crate::directory::TherapistId;
use crate::document;

/// The name of the scheme, at the head of what is hashed. Change it when the form of the hash changes.
const SCHEME: &[u8] = b"sameside/marks-seal/v1";

document! {
    /// One person's seal in one round: kept in `shared/marks/`. An empty commitment means "not done yet".
    pub struct SealFile: "marks-seal", 1 {
        /// The round it belongs to.
        pub round: u32,
        /// SHA-256 of nonce and ballot: 64 hexadecimal digits.
        pub commitment: String,
        /// The public half of this person's key of the round: the partner's opening is locked with it.
        pub opening_key: String,
        /// This person's [`Opening`], locked with the partner's key: see [`letter`](super::letter). Empty until the
        /// partner's commitment is there.
        pub locked_opening: String,
    }
}

/// What opens a seal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// The secret number: 64 hexadecimal digits.
    pub nonce: String,
    /// The ballot.
    pub ballot: Ballot,
    /// The partner's commitment that was there when this was opened.
    pub partner_commitment: String,
}

/// What a seal is bound to. It fits nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound<'a> {
    /// The couple's id, from `shared/pair.ron`.
    pub pair: &'a str,
    /// The round.
    pub round: u32,
    /// Whose seal it is.
    pub member: Member,
}

/// The secret random number under a seal. It stays in the person's own space until the opening.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Nonce(pub(super) [u8; 32]);

/// Why a seal cannot be made, opened or believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The system gave no random numbers.
    #[error("the system gave no random numbers; restart the computer and try again")]
    NoRandom,
    /// The secret number in the private file is not 64 hexadecimal digits.
    #[error("the secret number under the seal cannot be read; start a new round")]
    BadNonce,
    /// The person has not sealed yet.
    #[error("person {0} has not finished marking yet")]
    NotSealed(Member),
    /// The person has sealed but not opened yet.
    #[error("person {0} has not opened the seal yet; open Sameside on their device")]
    NotOpened(Member),
    /// The seal belongs to another round.
    #[error("the seal of person {0} belongs to another round; start a new round")]
    OtherRound(Member),
    /// The person's key of the round is missing or none.
    #[error("the seal of person {0} has no key to answer to; start a new round")]
    NoKey(Member),
    /// The person's opening was locked with another key, or damaged.
    #[error("what person {0} opened cannot be read; start a new round")]
    NotForUs(Member),
    /// The result that is shown does not follow from the ballots.
    #[error("the result that is shown does not follow from the sealed marks; start a new round")]
    OtherResult,
    /// The ballot is not the one that was sealed, or the seal was made by another person, for another couple or round.
    #[error("the marks of person {0} are not the ones that were sealed; start a new round")]
    NotWhatWasSealed(Member),
    /// The person opened against another commitment than the partner's file now holds: it was changed since.
    #[error("the seal of person {0} was changed after the other had opened; start a new round")]
    ChangedSince(Member),
}

impl SealError {
    /// Name of the text for it. Those about a person take `$name`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoRandom => "seal-error-no-random",
            Self::BadNonce => "seal-error-bad-nonce",
            Self::NotSealed(_) => "seal-error-not-sealed",
            Self::NotOpened(_) => "seal-error-not-opened",
            Self::OtherRound(_) => "seal-error-other-round",
            Self::NoKey(_) | Self::NotForUs(_) => "seal-error-not-for-us",
            Self::OtherResult => "seal-error-other-result",
            Self::NotWhatWasSealed(_) => "seal-error-not-what-was-sealed",
            Self::ChangedSince(_) => "seal-error-changed-since",
        }
    }

    /// Whose seal it is about, if it is about one.
    #[must_use]
    pub const fn member(self) -> Option<Member> {
        match self {
            Self::NoRandom | Self::BadNonce | Self::OtherResult => None,
            Self::NotSealed(member)
            | Self::NotOpened(member)
            | Self::OtherRound(member)
            | Self::NoKey(member)
            | Self::NotForUs(member)
            | Self::NotWhatWasSealed(member)
            | Self::ChangedSince(member) => Some(member),
        }
    }
}

impl Nonce {
    /// A fresh one from the system's random numbers.
    ///
    /// # Errors
    /// [`SealError::NoRandom`].
    pub fn random() -> Result<Self, SealError> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| SealError::NoRandom)?;
        Ok(Self(bytes))
    }

    /// As 64 hexadecimal digits, for [`Marks::nonce`](crate::choice::Marks::nonce).
    #[must_use]
    pub fn to_hex(self) -> String {
        hex(&self.0)
    }

    /// Reads 64 hexadecimal digits in lower case.
    ///
    /// # Errors
    /// [`SealError::BadNonce`].
    pub fn from_hex(text: &str) -> Result<Self, SealError> {
        let bytes = from_hex(text).and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(SealError::BadNonce)
    }
}

impl std::fmt::Debug for Nonce {
    /// Keeps the secret out of any report.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Nonce(…)")
    }
}

/// Seals `ballot`: the file to publish, without key or opening. The nonce must be fresh for every seal.
#[must_use]
pub fn seal(bound: Bound<'_>, nonce: Nonce, ballot: &Ballot) -> SealFile {
    SealFile { round: bound.round, commitment: commitment(bound, nonce, ballot), ..SealFile::default() }
}

/// Opens one's own seal. Call it only with a partner's file that was read from the shared folder; whoever is done second
/// seals and opens in one write.
///
/// # Errors
/// [`SealError`] when the partner has not sealed this round, or when `mine` is not the seal of this ballot.
pub fn open(
    bound: Bound<'_>,
    mine: &SealFile,
    nonce: Nonce,
    ballot: &Ballot,
    partner: &SealFile,
) -> Result<Opening, SealError> {
    check(bound, mine)?;
    check(Bound { member: bound.member.other(), ..bound }, partner)?;
    if mine.commitment != commitment(bound, nonce, ballot) {
        return Err(SealError::NotWhatWasSealed(bound.member));
    }
    Ok(Opening { nonce: nonce.to_hex(), ballot: ballot.clone(), partner_commitment: partner.commitment.clone() })
}

/// The two ballots, if both are sealed and opened and nothing was changed in between. Nothing may be shown before.
///
/// # Errors
/// [`SealError`] with the person whose seal is missing or cannot be believed.
pub fn verify(
    pair: &str,
    round: u32,
    seals: &Each<SealFile>,
    openings: &Each<Opening>,
) -> Result<Each<Ballot>, SealError> {
    for member in Member::BOTH {
        check(Bound { pair, round, member }, seals.of(member))?;
    }
    let one = opened(Bound { pair, round, member: Member::One }, seals, &openings.one)?;
    let two = opened(Bound { pair, round, member: Member::Two }, seals, &openings.two)?;
    Ok(Each { one, two })
}

/// Whether the partner's commitment is the one against which one has opened, if one has: a partner who reads the opening
/// and then seals anew is refused.
///
/// # Errors
/// [`SealError::ChangedSince`].
pub(super) fn unchanged(answered: &str, now: &str, partner: Member) -> Result<(), SealError> {
    if answered.is_empty() || answered == now { Ok(()) } else { Err(SealError::ChangedSince(partner)) }
}

/// Sealed, and for this round?
fn check(bound: Bound<'_>, seal: &SealFile) -> Result<(), SealError> {
    if seal.commitment.is_empty() {
        return Err(SealError::NotSealed(bound.member));
    }
    if seal.round != bound.round {
        return Err(SealError::OtherRound(bound.member));
    }
    Ok(())
}

fn opened(bound: Bound<'_>, seals: &Each<SealFile>, opening: &Opening) -> Result<Ballot, SealError> {
    let member = bound.member;
    let seal = seals.of(member);
    let nonce = Nonce::from_hex(&opening.nonce).map_err(|_| SealError::NotWhatWasSealed(member))?;
    if seal.commitment != commitment(bound, nonce, &opening.ballot) {
        return Err(SealError::NotWhatWasSealed(member));
    }
    if opening.partner_commitment != seals.of(member.other()).commitment {
        return Err(SealError::ChangedSince(member.other()));
    }
    Ok(opening.ballot.clone())
}

/// What every commitment begins with: the scheme, what it is bound to, the secret number.
fn begun(scheme: &[u8], bound: Bound<'_>, nonce: Nonce) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(scheme);
    for part in [bound.pair.as_bytes(), &bound.round.to_be_bytes(), bound.member.slug().as_bytes()] {
        with_length(&mut hash, part);
    }
    hash.update(nonce.0);
    hash
}

/// Seals one word under another `scheme`, whose name must be a different one for every use.
pub(super) fn word_commitment(scheme: &[u8], bound: Bound<'_>, nonce: Nonce, word: &str) -> String {
    let mut hash = begun(scheme, bound, nonce);
    with_length(&mut hash, word.as_bytes());
    hex(&hash.finalize())
}

fn commitment(bound: Bound<'_>, nonce: Nonce, ballot: &Ballot) -> String {
    let mut hash = begun(SCHEME, bound, nonce);
    let lists: [Vec<&TherapistId>; 2] = [ballot.order().iter().collect(), ballot.no().iter().collect()];
    for list in lists {
        hash.update(length(list.len()));
        for id in list {
            with_length(&mut hash, id.as_str().as_bytes());
        }
    }
    hex(&hash.finalize())
}

/// The other way round; `None` for anything else.
pub(super) fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    rest.is_empty().then_some(())?;
    pairs.iter().map(|[high, low]| Some((digit(*high)? << 4) | digit(*low)?)).collect()
}

pub(super) fn with_length(hash: &mut Sha256, part: &[u8]) {
    hash.update(length(part.len()));
    hash.update(part);
}

/// A length as eight bytes, the same on every machine.
fn length(length: usize) -> [u8; 8] {
    u64::try_from(length).unwrap_or(u64::MAX).to_be_bytes()
}

/// As hexadecimal digits in lower case.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests;
