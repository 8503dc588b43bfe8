use proptest::prelude::*;

use super::*;
use crate::fields::Document;

const NONCE: Nonce = Nonce([7; 32]);

fn ballot(order: &[&str], no: &[&str]) -> Ballot {
    let ids = |list: &[&str]| list.iter().map(|id| TherapistId::new(*id).unwrap()).collect::<Vec<_>>();
    Ballot::new(ids(order), ids(no)).unwrap()
}

fn bound(member: Member) -> Bound<'static> {
    Bound { pair: "pair", round: 1, member }
}

/// Both done: the seals, and the openings as their owners made them.
fn both() -> (Each<SealFile>, Each<Opening>) {
    let (one, two) = (ballot(&["a", "b"], &["c"]), ballot(&["b"], &["a", "c"]));
    let (nonce_one, nonce_two) = (Nonce::random().unwrap(), Nonce::random().unwrap());
    let sealed_one = seal(bound(Member::One), nonce_one, &one);
    let sealed_two = seal(bound(Member::Two), nonce_two, &two);
    let opened_two = open(bound(Member::Two), &sealed_two, nonce_two, &two, &sealed_one).unwrap();
    let opened_one = open(bound(Member::One), &sealed_one, nonce_one, &one, &sealed_two).unwrap();
    (Each { one: sealed_one, two: sealed_two }, Each { one: opened_one, two: opened_two })
}

#[test]
fn two_honest_people_see_both_ballots() {
    let (seals, openings) = both();
    let ballots = verify("pair", 1, &seals, &openings).unwrap();
    assert_eq!(ballots, Each { one: ballot(&["a", "b"], &["c"]), two: ballot(&["b"], &["a", "c"]) });
    for seal in [&seals.one, &seals.two] {
        assert_eq!(SealFile::take(&seal.put()), (seal.clone(), Vec::new()));
    }
}

/// The form of the hash is on people's disks: this value, computed apart with another SHA-256, must never change.
#[test]
fn the_commitment_is_the_documented_hash() {
    let file = seal(bound(Member::One), NONCE, &ballot(&["b", "a"], &["c"]));
    assert_eq!(file.commitment, "69bb1fbd8b4c6b9009cd7c5a3fd958d828329b5271fb259ae73428a8979e5938");
}

#[test]
fn a_seal_tells_nothing_of_the_ballot() {
    let many = ballot(&["a", "b", "c", "d"], &["e"]);
    let file = seal(bound(Member::One), Nonce::random().unwrap(), &many);
    assert!(file.locked_opening.is_empty() && file.opening_key.is_empty());
    assert_eq!(file.commitment.len(), seal(bound(Member::One), NONCE, &ballot(&[], &[])).commitment.len());
    // The same ballot sealed twice looks like two ballots.
    assert_ne!(file.commitment, seal(bound(Member::One), Nonce::random().unwrap(), &many).commitment);
    assert!(!format!("{NONCE:?}").contains('7'));
}

#[test]
fn nothing_is_opened_before_both_have_sealed() {
    let (seals, openings) = both();
    let without_two = Each { one: seals.one.clone(), two: SealFile::default() };
    assert_eq!(verify("pair", 1, &without_two, &openings), Err(SealError::NotSealed(Member::Two)));
    let refused = open(bound(Member::One), &seals.one, NONCE, &ballot(&[], &[]), &SealFile::default());
    assert_eq!(refused, Err(SealError::NotSealed(Member::Two)));
}

#[test]
fn swapped_copied_and_replayed_seals_are_refused() {
    let (seals, openings) = both();
    let swapped = Each { one: seals.two.clone(), two: seals.one.clone() };
    let crossed = Each { one: openings.two.clone(), two: openings.one.clone() };
    assert_eq!(verify("pair", 1, &swapped, &crossed), Err(SealError::NotWhatWasSealed(Member::One)));
    assert_eq!(verify("pair", 1, &seals, &crossed), Err(SealError::NotWhatWasSealed(Member::One)));
    // Two copies what One published, and opens it as if it were their own.
    let copy = Opening { partner_commitment: seals.one.commitment.clone(), ..openings.one.clone() };
    let copied = Each { one: seals.one.clone(), two: seals.one.clone() };
    let opened = Each { one: openings.one.clone(), two: copy };
    assert_eq!(verify("pair", 1, &copied, &opened), Err(SealError::ChangedSince(Member::Two)));
    // A seal of another round, as it is and with its number changed.
    assert_eq!(verify("pair", 2, &seals, &openings), Err(SealError::OtherRound(Member::One)));
    let renumber = |file: &SealFile| SealFile { round: 2, ..file.clone() };
    let replayed = Each { one: renumber(&seals.one), two: renumber(&seals.two) };
    assert_eq!(verify("pair", 2, &replayed, &openings), Err(SealError::NotWhatWasSealed(Member::One)));
    assert_eq!(verify("other pair", 1, &seals, &openings), Err(SealError::NotWhatWasSealed(Member::One)));
}

#[test]
fn nobody_can_change_their_mind_unseen() {
    let (mut seals, mut openings) = both();
    // Two sees One's opening, and seals and opens anew.
    let (other, nonce) = (ballot(&["a"], &["b", "c"]), Nonce::random().unwrap());
    seals.two = seal(bound(Member::Two), nonce, &other);
    openings.two = open(bound(Member::Two), &seals.two, nonce, &other, &seals.one).unwrap();
    assert_eq!(verify("pair", 1, &seals, &openings), Err(SealError::ChangedSince(Member::Two)));
    // Or changes the ballot under the old seal.
    let (seals, mut openings) = both();
    openings.two.ballot = other.clone();
    assert_eq!(verify("pair", 1, &seals, &openings), Err(SealError::NotWhatWasSealed(Member::Two)));
    // One's own slip is found before it is published.
    let mine = seal(bound(Member::One), NONCE, &other);
    let slip = open(bound(Member::One), &mine, NONCE, &ballot(&["b"], &[]), &seals.two);
    assert_eq!(slip, Err(SealError::NotWhatWasSealed(Member::One)));
}

#[test]
fn a_nonce_is_64_digits() {
    let nonce = Nonce::random().unwrap();
    assert_eq!(Nonce::from_hex(&nonce.to_hex()), Ok(nonce));
    for bad in ["", "ab", &"g".repeat(64), &"A".repeat(64), &"é".repeat(32), &"a".repeat(65)] {
        assert_eq!(Nonce::from_hex(bad), Err(SealError::BadNonce), "{bad}");
    }
}

proptest! {
    #[test]
    fn different_ballots_have_different_seals(one in "[ab]{0,3}", two in "[ab]{0,3}", cut_one in 0_usize..4, cut_two in 0_usize..4, no in any::<bool>()) {
        // Ids that run together differently, and the same ids in another list.
        let build = |text: &str, cut: usize, no: bool| {
            let (head, tail) = text.split_at(cut.min(text.len()));
            let mut ids: Vec<&str> = [head, tail].into_iter().filter(|part| !part.is_empty()).collect();
            ids.dedup();
            if no { ballot(&[], &ids) } else { ballot(&ids, &[]) }
        };
        let (one, two) = (build(&one, cut_one, false), build(&two, cut_two, no));
        let same = seal(bound(Member::One), NONCE, &one) == seal(bound(Member::One), NONCE, &two);
        prop_assert_eq!(same, one == two);
    }
}
