//! An opening, locked so that only the partner's space opens it.
//!
//! Each seal comes with a key made for this one round. Its public half stands beside the seal; its secret half lies in the
//! person's own space, beside the marks, and is thrown away once the result was found to be right. What is locked is an
//! age file, padded so that its length tells nothing of the ballot.

use std::str::FromStr;

use age::secrecy::{ExposeSecret, SecretString};
use age::x25519::{Identity, Recipient};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::seal::{SealError, from_hex, hex};
use crate::couple::Member;

/// An opening is padded to a multiple of so many bytes: about a hundred therapists.
const STEP: usize = 4 << 10;
/// A longer text is no opening of ours; it is not even looked into.
const LONGEST: usize = 1 << 17;

/// A fresh key: the secret half, for one's own space, and the public half, for the seal.
#[must_use]
pub fn key() -> (String, String) {
    let secret = Identity::generate();
    (secret.to_string().expose_secret().to_owned(), secret.to_public().to_string())
}

/// Locks an opening for the holder of the secret half of `key`. `partner` is whose key it is.
///
/// # Errors
/// [`SealError::NoKey`] if `key` is none.
pub fn lock<T: Serialize>(opening: &T, key: &str, partner: Member) -> Result<String, SealError> {
    let key = Recipient::from_str(key).map_err(|_| SealError::NoKey(partner))?;
    let mut text = Zeroizing::new(ron::to_string(opening).map_err(|_| SealError::NoKey(partner))?);
    let length = text.len().next_multiple_of(STEP);
    let spaces = length - text.len();
    text.extend(std::iter::repeat_n(' ', spaces));
    age::encrypt(&key, text.as_bytes()).map(|bytes| hex(&bytes)).map_err(|_| SealError::NoKey(partner))
}

/// The opening that `whose` locked for the holder of `secret`.
///
/// # Errors
/// [`SealError::NotOpened`] if there is none, [`SealError::NotForUs`] if it does not open.
pub fn unlock<T: DeserializeOwned>(locked: &str, secret: &str, whose: Member) -> Result<T, SealError> {
    if locked.is_empty() {
        return Err(SealError::NotOpened(whose));
    }
    let refused = SealError::NotForUs(whose);
    let bytes = if locked.len() <= LONGEST { from_hex(locked).ok_or(refused)? } else { return Err(refused) };
    let secret = SecretString::from(secret.to_owned());
    let secret = Identity::from_str(secret.expose_secret()).map_err(|_| refused)?;
    let text = Zeroizing::new(age::decrypt(&secret, &bytes).map_err(|_| refused)?);
    let text = std::str::from_utf8(&text).map_err(|_| refused)?;
    ron::from_str(text.trim_end()).map_err(|_| refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Ballot;
    use crate::choice::seal::Opening;
    use crate::directory::TherapistId;

    fn opening(count: usize) -> Opening {
        let ids = (0..count).map(|number| TherapistId::new(format!("therapist-{number}")).unwrap());
        let ballot = Ballot::new(Vec::new(), ids).unwrap();
        Opening { nonce: "ab".repeat(32), ballot, partner_commitment: "cd".repeat(32) }
    }

    fn opened(locked: &str, secret: &str, whose: Member) -> Result<Opening, SealError> {
        unlock(locked, secret, whose)
    }

    #[test]
    fn only_the_key_of_the_round_opens_it_and_its_length_tells_nothing() {
        let (secret, public) = key();
        let locked = lock(&opening(3), &public, Member::Two).unwrap();
        assert_eq!(opened(&locked, &secret, Member::One), Ok(opening(3)));
        assert_eq!(opened(&locked, &key().0, Member::One), Err(SealError::NotForUs(Member::One)));
        assert_eq!(opened("", &secret, Member::One), Err(SealError::NotOpened(Member::One)));
        assert_eq!(lock(&opening(3), "age1x", Member::Two), Err(SealError::NoKey(Member::Two)));
        let lengths = [0, 1, 20, 60].map(|count| lock(&opening(count), &public, Member::Two).unwrap().len());
        // The header varies by some hundred digits of its own accord, whatever is in it.
        let text = 2 * (STEP + 32);
        assert!(lengths.iter().all(|length| (text..text + 1_500).contains(length)), "{lengths:?}");
        for spoiled in [&locked[2..], &locked[..locked.len() - 2], "zz", "ab", &"ab".repeat(LONGEST)] {
            assert_eq!(opened(spoiled, &secret, Member::One), Err(SealError::NotForUs(Member::One)));
        }
    }
}
