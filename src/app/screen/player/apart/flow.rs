//! Where an answer that is given apart stands, read from the documents, and the steps that change them.
//!
//! Until both have agreed, the words are in their owner's space and nowhere else; of the partner only what lies in the
//! shared folder is looked at. The one exception is [`show`]: where both agreed and the partner's space is at hand on
//! this device, their words are opened as well.

use jiff::Timestamp;

use crate::app::desk::Desk;
use crate::choice::apart::{AnswerFile, Asked, SealedAnswer};
use crate::choice::{Nonce, SealError};
use crate::couple::{Each, Member};
use crate::exercise::apart::{Apart, shown};
use crate::exercise::{Answer, Run};
use crate::store::When;

/// Where it stands for whoever is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Nothing of it may be shown yet.
    Writing,
    /// Whoever is here agreed; the other did not, or did not yet. Nothing tells which.
    Agreed,
    /// Both agreed; nobody has looked yet.
    BothAgreed,
    /// The words of whoever is here are open; those of the other come from another device.
    Opened,
    /// Both answers.
    Shown(Each<String>),
    /// What lies in the shared folder is not what was agreed.
    Broken,
}

/// Which answer: of whoever is here, in a run, to a step.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Id of the exercise.
    pub exercise: &'a str,
    /// Id of the step.
    pub step: &'a str,
    /// When the run was begun.
    pub run: Timestamp,
}

impl<'a> Place<'a> {
    fn asked(self, pair: &'a str, round: u32) -> Asked<'a> {
        Asked { pair, exercise: self.exercise, step: self.step, round }
    }

    fn seals(self, desk: &Desk, round: u32) -> Each<Option<&SealedAnswer>> {
        let of = |member| desk.answers(self.exercise, member).and_then(|file| file.of(self.step, round));
        Each { one: of(Member::One), two: of(Member::Two) }
    }

    fn run(self, desk: &Desk) -> Option<&Run> {
        desk.progress(self.exercise)?.run(self.run)
    }

    fn own(self, desk: &Desk) -> Option<Apart> {
        self.run(desk)?.apart.get(self.step).cloned()
    }

    /// The round in which a new answer is given: the one after the last that anyone opened.
    fn next_round(self, desk: &Desk) -> u32 {
        let opened = |file: &AnswerFile| {
            let rounds = file.answers.get(self.step)?;
            rounds.iter().rposition(|sealed| sealed.opening.is_some()).map(|at| at + 1)
        };
        let last = Member::BOTH.into_iter().filter_map(|member| desk.answers(self.exercise, member).and_then(opened));
        u32::try_from(last.max().unwrap_or_default()).unwrap_or(u32::MAX).saturating_add(1)
    }
}

/// Where it stands.
#[must_use]
pub fn standing(desk: &Desk, place: Place<'_>) -> Standing {
    let Some(own) = place.own(desk).filter(|own| own.round > 0) else { return Standing::Writing };
    let asked = place.asked(&desk.data.pair.id, own.round);
    let seals = place.seals(desk, own.round);
    let here = desk.here();
    match *seals.of(here) {
        Some(mine) if asked.fits(here, &own.nonce, &own.agreed, mine) => {}
        _ => return Standing::Writing,
    }
    match asked.verify(&seals) {
        Ok(answers) => Standing::Shown(answers),
        Err(SealError::NotSealed(_)) => Standing::Agreed,
        Err(SealError::NotOpened(_)) if seals.of(here).is_some_and(|mine| mine.opening.is_some()) => Standing::Opened,
        Err(SealError::NotOpened(_)) => Standing::BothAgreed,
        Err(_) => Standing::Broken,
    }
}

/// Keeps a sentence back, or no longer does.
pub fn toggle(desk: &mut Desk, place: Place<'_>, sentence: &str) {
    change_own(desk, place, |own| {
        if own.kept_back.iter().any(|kept| kept == sentence) {
            own.kept_back.retain(|kept| kept != sentence);
        } else {
            own.kept_back.push(sentence.to_owned());
        }
    });
}

/// What may be shown of the answer as it is now.
#[must_use]
pub fn words(run: &Run, step: &str) -> String {
    let Some(Answer::Text(text)) = run.answers.get(step) else { return String::new() };
    let kept_back = run.apart.get(step).map(|own| own.kept_back.as_slice()).unwrap_or_default();
    shown(text, kept_back)
}

/// Agrees to show what is not kept back: a commitment goes into the shared folder, all else stays in one's own space.
/// Does nothing while there is nothing to show.
///
/// # Errors
/// [`SealError::NoRandom`].
pub fn agree(desk: &mut Desk, place: Place<'_>) -> Result<(), SealError> {
    let Some(agreed) = place.run(desk).map(|run| words(run, place.step)).filter(|words| !words.is_empty()) else {
        return Ok(());
    };
    let nonce = Nonce::random()?;
    let round = place.next_round(desk);
    let here = desk.here();
    let sealed = place.asked(&desk.data.pair.id, round).seal(here, nonce, &agreed);
    change_own(desk, place, |own| {
        *own = Apart { kept_back: std::mem::take(&mut own.kept_back), round, nonce: nonce.to_hex(), agreed };
    });
    desk.change_answers(place.exercise, here, |file| file.set(place.step, round, sealed));
    Ok(())
}

/// Takes the agreement back; free until one's own words are open. The secret number is never used again.
pub fn take_back(desk: &mut Desk, place: Place<'_>) {
    let here = desk.here();
    let Some(round) = place.own(desk).map(|own| own.round).filter(|round| *round > 0) else { return };
    match standing(desk, place) {
        Standing::Agreed | Standing::BothAgreed => {
            desk.change_answers(place.exercise, here, |file| file.set(place.step, round, SealedAnswer::default()));
        }
        // Nothing of it is in the shared folder, or it is open there and a new answer gets a round of its own.
        Standing::Writing | Standing::Broken => {}
        Standing::Opened | Standing::Shown(_) => return,
    }
    change_own(desk, place, |own| {
        *own = Apart { kept_back: std::mem::take(&mut own.kept_back), ..Apart::default() }
    });
}

/// Opens the words of whoever is here, once both have agreed, and those of the other where their space is at hand.
pub fn show(desk: &mut Desk, place: Place<'_>) {
    if standing(desk, place) != Standing::BothAgreed {
        return;
    }
    let Some(own) = place.own(desk) else { return };
    let here = desk.here();
    for member in [here, here.other()] {
        let of_round = |apart: &&Apart| apart.round == own.round;
        let at_hand = desk.data.spaces.of(member).progress.get(place.exercise);
        let all = at_hand.into_iter().flat_map(|progress| &progress.runs).filter_map(|run| run.apart.get(place.step));
        let all: Vec<Apart> = all.filter(of_round).cloned().collect();
        let asked = place.asked(&desk.data.pair.id, own.round);
        let seals = place.seals(desk, own.round);
        let opened = all
            .iter()
            .find_map(|apart| asked.open(member, Nonce::from_hex(&apart.nonce).ok()?, &apart.agreed, &seals).ok());
        if let Some(opened) = opened {
            desk.change_answers(place.exercise, member, |file| file.set(place.step, own.round, opened));
        }
    }
}

/// Takes out of the shared folder whatever there is of an answer that its owner deletes.
pub fn withdraw(desk: &mut Desk, exercise: &str, step: &str, apart: &Apart) {
    if apart.round == 0 {
        return;
    }
    let here = desk.here();
    let asked = Asked { pair: &desk.data.pair.id, exercise, step, round: apart.round };
    let mine = desk.answers(exercise, here).and_then(|file| file.of(step, apart.round));
    if mine.is_some_and(|mine| asked.fits(here, &apart.nonce, &apart.agreed, mine)) {
        desk.change_answers(exercise, here, |file| file.set(step, apart.round, SealedAnswer::default()));
    }
}

fn change_own(desk: &mut Desk, place: Place<'_>, change: impl FnOnce(&mut Apart)) {
    desk.change_progress(place.exercise, When::Now, |progress| {
        if let Some(run) = progress.run_mut(place.run) {
            change(run.apart.entry(place.step.to_owned()).or_default());
        }
    });
}

#[cfg(test)]
mod tests;
