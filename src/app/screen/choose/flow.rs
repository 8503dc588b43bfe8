//! Where a round stands, read from the documents, and the steps that change them. Nothing here is kept in memory,
//! so that one can leave at any point and come back to it.

use crate::app::desk::Desk;
use crate::app::journey;
use crate::choice::seal::{self, Bound};
use crate::choice::{Found, Marks, Nonce, Outcome, Round, SealError, SealFile};
use crate::choice::{answer, letter, reveal, reveal_alone};
use crate::couple::{Each, Member, Side};
use crate::directory::TherapistId;
use crate::store::Guard;

/// Where the round stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// No round is on: the list is put together.
    Beginning,
    /// Someone is still to mark.
    Marking,
    /// Both are done, and nothing has been shown yet.
    BothDone,
    /// The result is there.
    Found(Outcome),
}

/// Where the round stands.
#[must_use]
pub fn standing(desk: &Desk) -> Standing {
    if !desk.data.round.value.is_begun() {
        Standing::Beginning
    } else if let Some(outcome) = journey::outcome(desk) {
        Standing::Found(outcome)
    } else if Member::BOTH.into_iter().all(|member| is_done(desk, member)) {
        Standing::BothDone
    } else {
        Standing::Marking
    }
}

/// Whether this person has sealed their marks for the round that is on.
#[must_use]
pub fn is_done(desk: &Desk, member: Member) -> bool {
    let seal = &desk.data.seals.of(member).value;
    !seal.commitment.is_empty() && seal.round == desk.data.round.value.round
}

/// This person's marks for the round that is on.
#[must_use]
pub fn marks(desk: &Desk, member: Member) -> Marks {
    let (marks, round) = (&desk.data.spaces.of(member).marks, desk.data.round.value.round);
    if marks.round == round { marks.clone() } else { Marks::new(round) }
}

/// The list to begin with: the one in the making; else everyone, while a good list is not longer than that; else the
/// last one.
#[must_use]
pub fn first_list(desk: &Desk) -> Vec<TherapistId> {
    let listed: Vec<TherapistId> = desk.data.listed().map(|(id, _)| id.clone()).collect();
    let round = &desk.data.round.value;
    let before: Vec<TherapistId> = round.therapists.iter().filter(|id| listed.contains(id)).cloned().collect();
    let in_the_making = !round.is_begun() && !before.is_empty();
    if in_the_making || listed.len() > *Round::GOOD_LENGTH.end() { before } else { listed }
}

/// Who was invited, as far as the one who is here has said it. What the other said in private is not looked at,
/// because the page is seen by both.
#[must_use]
pub fn invited(desk: &Desk) -> Option<Member> {
    let round = &desk.data.round.value;
    if round.is_begun() {
        return Some(round.last_word);
    }
    match desk.person().side {
        Side::WouldLikeToTry => Some(desk.here().other()),
        Side::NotSure => Some(desk.here()),
        Side::ChoosingTogether | Side::Unsaid => None,
    }
}

/// Begins a round over `list`: seals and marks anew.
pub fn begin(desk: &mut Desk, list: &[TherapistId], last_word: Member) {
    desk.change_round(|round| {
        let mut next = round.next(list.iter().cloned());
        next.last_word = last_word;
        *round = next;
    });
    let round = desk.data.round.value.round;
    // Marks of an older round count for nothing; those in a locked space are left as they are.
    for member in Member::BOTH {
        if is_readable(desk, member) {
            desk.change_marks(member, |marks| *marks = Marks::new(round));
        }
    }
}

/// Whether the space of this person is at hand.
fn is_readable(desk: &Desk, member: Member) -> bool {
    desk.guard(member) != Guard::Locked
}

/// Changes the marks of whoever is here, unless they are sealed.
pub fn change_marks(desk: &mut Desk, change: impl FnOnce(&mut Marks)) {
    let here = desk.here();
    if is_done(desk, here) {
        return;
    }
    let mut new = marks(desk, here);
    change(&mut new);
    desk.change_marks(here, |marks| *marks = new);
}

/// Seals the marks of whoever is here: the secret number stays in their space, the commitment goes into the shared
/// folder. Does nothing while something has no mark.
///
/// # Errors
/// [`SealError::NoRandom`].
pub fn seal(desk: &mut Desk) -> Result<(), SealError> {
    let member = desk.here();
    let round = desk.data.round.value.clone();
    let Some(ballot) = marks(desk, member).ballot(&round.therapists) else { return Ok(()) };
    let nonce = Nonce::random()?;
    let pair = desk.data.pair.id.clone();
    let mut sealed = seal::seal(Bound { pair: &pair, round: round.round, member }, nonce, &ballot);
    let secret;
    (secret, sealed.opening_key) = letter::key();
    change_marks(desk, |marks| {
        marks.done = true;
        marks.nonce = nonce.to_hex();
        marks.opening_key = secret;
    });
    let mut seals = seals(desk);
    *seals.of_mut(member) = sealed.clone();
    let due = is_answer_due(desk, &seals);
    let answered = due.then(|| answer(&pair, &round, &seals, member, &desk.space().marks));
    if let Some(Ok(locked)) = &answered {
        locked.clone_into(&mut sealed.locked_opening);
        keep_answered(desk, member, &seals);
    }
    desk.change_seal(member, |seal| *seal = sealed);
    answered.map_or(Ok(()), |answered| answered.map(drop))
}

/// From here on only this commitment of the partner's counts. It is kept before the opening lies in the shared folder.
fn keep_answered(desk: &mut Desk, member: Member, seals: &Each<SealFile>) {
    let commitment = seals.of(member.other()).commitment.clone();
    desk.change_marks(member, |marks| marks.answered = commitment);
}

fn seals(desk: &Desk) -> Each<SealFile> {
    Each { one: desk.data.seals.one.value.clone(), two: desk.data.seals.two.value.clone() }
}

/// Whether the ballot of this person can be read here and now: their space is open, and it was sealed on this device.
fn is_at_hand(desk: &Desk, member: Member) -> bool {
    is_readable(desk, member)
        && (desk.wrote_here(desk.data.seals.of(member), "commitment") || !marks(desk, member).nonce.is_empty())
}

/// Whether the partner of whoever is here sealed on a device of their own.
#[must_use]
pub fn is_elsewhere(desk: &Desk) -> bool {
    let other = desk.here().other();
    is_done(desk, other) && !desk.wrote_here(desk.data.seals.of(other), "commitment")
}

/// Whether whoever is here has to answer the partner's seal: where the two spaces are never open at once, because one is
/// locked or on another device.
fn is_answer_due(desk: &Desk, seals: &Each<SealFile>) -> bool {
    let (mine, theirs) = (seals.of(desk.here()), seals.of(desk.here().other()));
    let round = desk.data.round.value.round;
    let sealed = |seal: &SealFile| !seal.commitment.is_empty() && seal.round == round;
    (desk.has_passphrases() || !is_at_hand(desk, desk.here().other()))
        && sealed(mine)
        && sealed(theirs)
        && mine.locked_opening.is_empty()
        && !theirs.opening_key.is_empty()
}

/// What is due when the space of whoever is here was opened: the answer to the partner's seal, or a look at whether the
/// result that the partner saw first is right.
///
/// # Errors
/// [`SealError`] when something is not as it was sealed.
pub fn catch_up(desk: &mut Desk) -> Result<(), SealError> {
    let (member, pair, round) = (desk.here(), desk.data.pair.id.clone(), desk.data.round.value.clone());
    let (seals, marks) = (seals(desk), desk.space().marks.clone());
    if marks.round != round.round && !(marks.nonce.is_empty() && marks.opening_key.is_empty()) {
        // A round that is over needs neither key nor secret number any more.
        desk.change_marks(member, |marks| {
            marks.nonce.clear();
            marks.opening_key.clear();
        });
        return Ok(());
    }
    if !round.is_begun() || marks.round != round.round || !marks.done {
        return Ok(());
    }
    match &round.found {
        Some(found) if found.round == round.round => {
            let at_hand = is_at_hand(desk, member.other());
            if marks.opening_key.is_empty() || !at_hand && seals.of(member.other()).locked_opening.is_empty() {
                return Ok(());
            }
            if look(desk, &round, &seals)? != found.outcome {
                return Err(SealError::OtherResult);
            }
            forget_key(desk, member);
        }
        _ if is_answer_due(desk, &seals) => {
            let locked = answer(&pair, &round, &seals, member, &marks)?;
            keep_answered(desk, member, &seals);
            desk.change_seal(member, |seal| seal.locked_opening = locked);
        }
        _ => {}
    }
    Ok(())
}

/// The key of a round has done its work.
fn forget_key(desk: &mut Desk, member: Member) {
    desk.change_marks(member, |marks| marks.opening_key.clear());
}

/// Whether the result can be shown here and now; else the partner's space is locked, or on another device, and has not
/// answered yet.
#[must_use]
pub fn is_ready(desk: &Desk) -> bool {
    let other = desk.here().other();
    is_at_hand(desk, other) || !desk.data.seals.of(other).value.locked_opening.is_empty()
}

/// Whether whoever is here may still change their mind: not once the partner has answered their seal.
#[must_use]
pub fn may_change(desk: &Desk) -> bool {
    desk.data.seals.of(desk.here().other()).value.locked_opening.is_empty()
}

/// Takes the seal of whoever is here away; free until the result is shown. The secret number is never used again.
pub fn unseal(desk: &mut Desk) {
    if matches!(standing(desk), Standing::Found(_)) || !may_change(desk) {
        return;
    }
    let member = desk.here();
    desk.change_seal(member, |seal| *seal = SealFile::default());
    change_marks(desk, |marks| {
        marks.done = false;
        marks.nonce.clear();
        marks.opening_key.clear();
    });
}

/// What the rule finds, from both ballots where they are at hand, else from the partner's opening.
fn look(desk: &Desk, round: &Round, seals: &Each<SealFile>) -> Result<Outcome, SealError> {
    let (data, here) = (&desk.data, desk.here());
    if is_at_hand(desk, here.other()) {
        let marks = Each { one: data.spaces.one.marks.clone(), two: data.spaces.two.marks.clone() };
        reveal(&data.pair.id, round, seals, &marks)
    } else {
        reveal_alone(&data.pair.id, round, seals, here, &desk.space().marks)
    }
}

/// Holds both ballots against their seals, and keeps what the rule finds.
///
/// # Errors
/// [`SealError`] when marks are not the ones that were sealed.
pub fn show(desk: &mut Desk) -> Result<(), SealError> {
    let here = desk.here();
    let round = desk.data.round.value.clone();
    let outcome = look(desk, &round, &seals(desk))?;
    // Whose partner looks later keeps the key until then.
    forget_key(desk, here);
    if is_at_hand(desk, here.other()) {
        forget_key(desk, here.other());
    }
    desk.change_round(|changed| changed.found = Some(Found { round: round.round, outcome }));
    Ok(())
}

/// Puts what was found into the plan of the session. A plan that is about one of the two already is left alone: the
/// back-up may have stepped up since.
pub fn plan(desk: &mut Desk) {
    let Some(Outcome::Agreed { therapist, backup, .. }) = journey::outcome(desk) else { return };
    let now = &desk.data.session.value.therapist;
    if now.is_some() && (*now == Some(therapist.clone()) || *now == backup) {
        return;
    }
    desk.change_session(|plan| {
        // What the two agreed on, and who calls, holds for the new one as well.
        *plan = plan.about(therapist, backup);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Mark;
    use crate::store::data::Data;

    fn id(text: &str) -> TherapistId {
        TherapistId::new(text).unwrap()
    }

    fn desk() -> Desk {
        let mut desk = Desk::in_memory(Data::default(), jiff::Zoned::default());
        for name in ["a", "b", "c"] {
            desk.change_therapist(&id(name), |therapist| therapist.name = name.to_owned());
        }
        begin(&mut desk, &[id("a"), id("b"), id("c")], Member::Two);
        desk
    }

    fn mark(desk: &mut Desk, member: Member, wanted: [Mark; 3]) {
        desk.change_settings(|settings| settings.here = member);
        for (name, mark) in ["a", "b", "c"].into_iter().zip(wanted) {
            change_marks(desk, |marks| marks.set(&id(name), mark));
        }
        seal(desk).unwrap();
    }

    #[test]
    fn a_round_goes_from_the_list_to_the_plan() {
        let mut desk = desk();
        assert_eq!(standing(&desk), Standing::Marking);
        mark(&mut desk, Member::One, [Mark::Good, Mark::Ok, Mark::No]);
        assert_eq!(show(&mut desk), Err(SealError::NotSealed(Member::Two)));
        change_marks(&mut desk, |marks| marks.clear(&id("a")));
        assert!(marks(&desk, Member::One).mark(&id("a")).is_some(), "sealed marks stay as they are");
        mark(&mut desk, Member::Two, [Mark::No, Mark::Good, Mark::Good]);
        assert_eq!(standing(&desk), Standing::BothDone);
        show(&mut desk).unwrap();
        let outcome = Outcome::Agreed { therapist: id("b"), backup: None, tie: None };
        assert_eq!(standing(&desk), Standing::Found(outcome));
        plan(&mut desk);
        assert_eq!(desk.data.session.value.therapist, Some(id("b")));
        unseal(&mut desk);
        assert!(is_done(&desk, Member::Two), "after the result there is no way back but a new round");
    }

    #[test]
    fn a_changed_mind_takes_a_new_secret() {
        let mut desk = desk();
        mark(&mut desk, Member::One, [Mark::Good; 3]);
        let before = (desk.data.seals.one.value.commitment.clone(), marks(&desk, Member::One).nonce);
        unseal(&mut desk);
        assert!(!is_done(&desk, Member::One) && marks(&desk, Member::One).nonce.is_empty());
        assert_eq!(marks(&desk, Member::One).marks.len(), 3, "the marks are kept");
        mark(&mut desk, Member::One, [Mark::Good; 3]);
        assert_ne!(desk.data.seals.one.value.commitment, before.0);
        assert_ne!(marks(&desk, Member::One).nonce, before.1);
    }

    #[test]
    fn a_new_round_leaves_nothing_of_the_old_one() {
        let mut desk = desk();
        mark(&mut desk, Member::One, [Mark::No; 3]);
        mark(&mut desk, Member::Two, [Mark::Good; 3]);
        show(&mut desk).unwrap();
        assert_eq!(standing(&desk), Standing::Found(Outcome::NoSharedOption));
        begin(&mut desk, &[id("a"), id("b")], Member::Two);
        assert_eq!(standing(&desk), Standing::Marking);
        assert!(
            Member::BOTH.into_iter().all(|member| marks(&desk, member).marks.is_empty() && !is_done(&desk, member))
        );
    }

    #[test]
    fn a_plan_on_which_the_backup_stepped_up_is_left_alone() {
        let mut desk = desk();
        mark(&mut desk, Member::One, [Mark::Good, Mark::Ok, Mark::Ok]);
        mark(&mut desk, Member::Two, [Mark::Good, Mark::Ok, Mark::Ok]);
        show(&mut desk).unwrap();
        plan(&mut desk);
        desk.change_session(|plan| *plan = plan.step_up());
        plan(&mut desk);
        assert_eq!(desk.data.session.value.therapist, Some(id("b")));
        assert_eq!(journey::agreed(&desk), Some(id("b")));
        desk.change_session(|plan| *plan = plan.step_up());
        assert_eq!(journey::agreed(&desk), None, "nobody is left to call");
    }

    #[test]
    fn only_ones_own_private_side_is_used() {
        let mut desk = Desk::in_memory(Data::default(), jiff::Zoned::default());
        assert_eq!(invited(&desk), None);
        desk.change_settings(|settings| settings.here = Member::Two);
        desk.change_person(|person| person.side = Side::NotSure);
        assert_eq!(invited(&desk), Some(Member::Two));
        desk.change_settings(|settings| settings.here = Member::One);
        assert_eq!(invited(&desk), None, "what the other said in private shows nowhere");
        desk.change_person(|person| person.side = Side::WouldLikeToTry);
        assert_eq!(invited(&desk), Some(Member::Two));
    }
}
