//! The rule that finds the therapist both can live with.
//!
//! Fallback bargaining (Brams and Kilgour 2001) over what neither refuses, as a rational compromise (Kıbrıs and
//! Sertel 2007): drop every No; rank what is left as each orders it; take the one whose worse rank of the two is best;
//! then the one with the lower sum of ranks; the two that may still be level are decided by one person's own order,
//! announced beforehand. By this the result is Pareto-optimal, nobody gets less than the middle of the shared options,
//! and a refused therapist has no say in what comes out.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::choice::Ballot;
use crate::couple::Member;
use crate::directory::TherapistId;

/// What the rule finds. It holds nothing that tells whose No it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// One whom both can live with.
    Agreed {
        /// That one.
        therapist: TherapistId,
        /// The one the rule finds if that one is not available. `None` if there is no other shared option.
        backup: Option<TherapistId>,
        /// Present if two were level and the last word decided.
        tie: Option<Tie>,
    },
    /// No therapist is acceptable to both.
    NoSharedOption,
}

/// Two therapists were level; the order of the person with the last word decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tie {
    /// The one that was level with the result.
    pub other: TherapistId,
}

/// One sentence of an outcome: the name of its text, and the therapist whose name goes in as `$therapist`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    /// Name of the text.
    pub key: &'static str,
    /// The therapist it speaks of, if any.
    pub therapist: Option<&'a TherapistId>,
}

impl Outcome {
    /// The outcome in sentences, the most important first.
    #[must_use]
    pub fn describe(&self) -> Vec<Line<'_>> {
        let line = |key, therapist| Line { key, therapist };
        match self {
            Self::NoSharedOption => vec![line("outcome-none", None), line("outcome-none-next", None)],
            Self::Agreed { therapist, backup, tie } => {
                let mut lines = vec![line("outcome-agreed", Some(therapist))];
                if let Some(tie) = tie {
                    lines.push(line("outcome-tie", Some(&tie.other)));
                }
                lines.push(match backup {
                    Some(backup) => line("outcome-backup", Some(backup)),
                    None => line("outcome-no-backup", None),
                });
                lines
            }
        }
    }
}

/// Applies the rule to the ballots of [`Member::One`] and [`Member::Two`].
///
/// A therapist counts as shared only if both ballots accept it; one that a ballot does not name is not accepted.
/// `last_word` is the person whose order decides between two that are level: the invited partner.
#[must_use]
pub fn choose(one: &Ballot, two: &Ballot, last_word: Member) -> Outcome {
    let theirs: HashMap<&TherapistId, usize> = two.order().iter().enumerate().map(|(place, id)| (id, place)).collect();
    // In the order of One, each with its place on the list of Two.
    let shared: Vec<(&TherapistId, usize)> =
        one.order().iter().filter_map(|id| theirs.get(id).map(|place| (id, *place))).collect();
    let mut places: Vec<usize> = shared.iter().map(|(_, place)| *place).collect();
    let Some(best) = best(&places, last_word) else { return Outcome::NoSharedOption };
    let id = |index: usize| shared.get(index).map(|(id, _)| (*id).clone());
    places.remove(best.winner);
    // Whoever stood behind the winner has moved up by one.
    let behind = |index: usize| if index < best.winner { index } else { index + 1 };
    let backup = self::best(&places, last_word).and_then(|next| id(behind(next.winner)));
    let tie = best.level.and_then(id).map(|other| Tie { other });
    match id(best.winner) {
        Some(therapist) => Outcome::Agreed { therapist, backup, tie },
        None => Outcome::NoSharedOption,
    }
}

/// Which of the shared options is best, counted in the order of One, and which was level with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Best {
    winner: usize,
    level: Option<usize>,
}

/// The best of the shared options. They stand in the order of One; `places` has the place of each on the list of Two,
/// no two alike. Only the order of the places counts: gaps are those whom One refuses.
fn best(places: &[usize], last_word: Member) -> Option<Best> {
    let mut by_two: Vec<usize> = (0..places.len()).collect();
    by_two.sort_unstable_by_key(|one| places.get(*one));
    let scored = by_two.into_iter().enumerate().map(|(two, one)| {
        let last = if last_word == Member::One { one } else { two };
        ((one.max(two), one + two), last, one)
    });
    let mut best: Option<((usize, usize), usize, usize)> = None;
    let mut level = None;
    for candidate in scored {
        match best {
            Some(known) if known.0 < candidate.0 => {}
            // Two at most can be level: with the same worse rank and the same sum, their ranks mirror each other.
            Some(known) if known.0 == candidate.0 => {
                let (first, second) = if known.1 < candidate.1 { (known, candidate) } else { (candidate, known) };
                (best, level) = (Some(first), Some(second.2));
            }
            _ => (best, level) = (Some(candidate), None),
        }
    }
    best.map(|(_, _, winner)| Best { winner, level })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn id(number: usize) -> TherapistId {
        TherapistId::new(format!("t{number:04}")).unwrap()
    }

    fn ballot(order: &[usize], no: &[usize]) -> Ballot {
        Ballot::new(order.iter().copied().map(id).collect(), no.iter().copied().map(id)).unwrap()
    }

    fn parts(outcome: &Outcome) -> Option<(TherapistId, Option<TherapistId>, bool)> {
        match outcome {
            Outcome::Agreed { therapist, backup, tie } => Some((therapist.clone(), backup.clone(), tie.is_some())),
            Outcome::NoSharedOption => None,
        }
    }

    /// The definition read literally: step down both lists together until something is on both; among those that
    /// appear at that depth the least sum; then the list of the last word. Returns every one that is level.
    fn oracle(one: &[usize], two: &[usize], last_word: Member) -> Vec<usize> {
        let one: Vec<usize> = one.iter().copied().filter(|x| two.contains(x)).collect();
        let two: Vec<usize> = two.iter().copied().filter(|x| one.contains(x)).collect();
        for depth in 1..=one.len() {
            let met: Vec<usize> = one[..depth].iter().copied().filter(|x| two[..depth].contains(x)).collect();
            if met.is_empty() {
                continue;
            }
            let sum = |x: &usize| one.iter().position(|y| y == x).unwrap() + two.iter().position(|y| y == x).unwrap();
            let least = met.iter().map(sum).min().unwrap();
            let level: BTreeSet<usize> = met.into_iter().filter(|x| sum(x) == least).collect();
            let list = if last_word == Member::One { &one } else { &two };
            return list.iter().copied().filter(|x| level.contains(x)).collect();
        }
        Vec::new()
    }

    /// Every ordered choice of some of `0..n`, the rest being No.
    fn profiles(n: usize) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        let mut from = 0;
        while from < all.len() {
            for next in (0..n).filter(|x| !all[from].contains(x)).collect::<Vec<_>>() {
                let mut longer = all[from].clone();
                longer.push(next);
                all.push(longer);
            }
            from += 1;
        }
        all
    }

    /// Holds the rule against the definition for one pair of lists over `0..n`.
    fn agrees(n: usize, one: &[usize], two: &[usize]) {
        let rest = |list: &[usize]| (0..n).filter(|x| !list.contains(x)).collect::<Vec<_>>();
        let (ballot_one, ballot_two) = (ballot(one, &rest(one)), ballot(two, &rest(two)));
        for last_word in Member::BOTH {
            let level = oracle(one, two, last_word);
            let expected = level.first().map(|winner| {
                assert!(level.len() <= 2, "never more than two are level");
                let without = |list: &[usize]| list.iter().copied().filter(|x| x != winner).collect::<Vec<_>>();
                let backup = oracle(&without(one), &without(two), last_word).first().copied();
                (id(*winner), backup.map(id), level.get(1).copied().map(id))
            });
            let found = match choose(&ballot_one, &ballot_two, last_word) {
                Outcome::Agreed { therapist, backup, tie } => Some((therapist, backup, tie.map(|tie| tie.other))),
                Outcome::NoSharedOption => None,
            };
            assert_eq!(found, expected, "{one:?} {two:?} {last_word}");
        }
    }

    #[test]
    fn every_profile_up_to_five_agrees_with_the_definition() {
        for n in 0..=5_usize {
            let lists = profiles(n);
            for one in &lists {
                for two in &lists {
                    agrees(n, one, two);
                }
            }
        }
    }

    /// Names carry no meaning (the property test below), so One's list may be taken as 0, 1, 2, … and stands for every
    /// other of its length: 7 × 1,957 profiles for all 3,829,849.
    #[test]
    fn every_profile_of_six_agrees_with_the_definition() {
        for length in 0..=6_usize {
            let one: Vec<usize> = (0..length).collect();
            for two in profiles(6) {
                agrees(6, &one, &two);
            }
        }
    }

    /// The same without that thought, on all cores: about a minute of one core in a debug build.
    #[test]
    fn every_single_profile_of_six_agrees_with_the_definition() {
        let lists = profiles(6);
        assert_eq!(lists.len(), 1957);
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        std::thread::scope(|scope| {
            for share in lists.chunks(lists.len().div_ceil(cores)) {
                scope.spawn(|| share.iter().for_each(|one| lists.iter().for_each(|two| agrees(6, one, two))));
            }
        });
    }

    #[test]
    fn the_worked_example() {
        let (one, two) = (ballot(&[0, 1, 2], &[3]), ballot(&[3, 2, 1, 0], &[]));
        let found = choose(&one, &two, Member::Two);
        assert_eq!(parts(&found), Some((id(1), Some(id(2)), false)));
        let keys = |outcome: &Outcome| outcome.describe().into_iter().map(|line| line.key).collect::<Vec<_>>();
        assert_eq!(keys(&found), ["outcome-agreed", "outcome-backup"]);
        let level = choose(&ballot(&[0, 1], &[]), &ballot(&[1, 0], &[]), Member::Two);
        assert_eq!(level, Outcome::Agreed { therapist: id(1), backup: Some(id(0)), tie: Some(Tie { other: id(0) }) });
        assert_eq!(keys(&level), ["outcome-agreed", "outcome-tie", "outcome-backup"]);
        assert_eq!(
            keys(&choose(&ballot(&[0], &[1]), &ballot(&[1], &[0]), Member::One)),
            ["outcome-none", "outcome-none-next"]
        );
    }

    /// Two orders over `0..n`, and who refuses what.
    fn couple() -> impl Strategy<Value = (Vec<usize>, Vec<usize>, Vec<bool>, Vec<bool>)> {
        (1_usize..40).prop_flat_map(|n| {
            let order = Just((0..n).collect::<Vec<_>>()).prop_shuffle();
            let refused = prop::collection::vec(prop::bool::weighted(0.25), n);
            (order.clone(), order, refused.clone(), refused)
        })
    }

    fn split(order: &[usize], refused: &[bool]) -> Ballot {
        let (no, yes): (Vec<usize>, Vec<usize>) = order.iter().copied().partition(|x| refused[*x]);
        ballot(&yes, &no)
    }

    proptest! {
        #[test]
        fn the_result_is_fair((one, two, no_one, no_two) in couple()) {
            let shared = |order: &[usize]| order.iter().copied().filter(|x| !no_one[*x] && !no_two[*x]).collect::<Vec<_>>();
            let (left, right) = (shared(&one), shared(&two));
            let found = choose(&split(&one, &no_one), &split(&two, &no_two), Member::Two);
            let Outcome::Agreed { therapist, backup, .. } = &found else {
                prop_assert!(left.is_empty());
                return Ok(());
            };
            let rank = |list: &[usize], x: &TherapistId| list.iter().position(|y| id(*y) == *x).unwrap() + 1;
            let (a, b) = (rank(&left, therapist), rank(&right, therapist));
            prop_assert!(a.max(b) <= left.len() / 2 + 1, "worst rank");
            for other in left.iter().map(|x| id(*x)).filter(|x| x != therapist) {
                prop_assert!(rank(&left, &other) > a || rank(&right, &other) > b, "Pareto-optimal");
            }
            prop_assert_eq!(backup.is_some(), left.len() > 1);
            prop_assert!(backup.as_ref() != Some(therapist));
        }

        #[test]
        fn a_refused_therapist_changes_nothing((one, two, no_one, no_two) in couple(), (at_one, at_two) in (0_usize..40, 0_usize..40)) {
            let (a, b) = (split(&one, &no_one), split(&two, &no_two));
            let before = choose(&a, &b, Member::One);
            // A newcomer that One refuses, and Two puts anywhere.
            let newcomer = id(999);
            let refusing = Ballot::new(a.order().to_vec(), a.no().iter().cloned().chain([newcomer.clone()])).unwrap();
            let mut order = b.order().to_vec();
            order.insert(at_two.min(order.len()), newcomer);
            let liking = Ballot::new(order, b.no().iter().cloned()).unwrap();
            prop_assert_eq!(choose(&refusing, &liking, Member::One), before.clone());
            // One who is refused already may stand anywhere in the other's order.
            if let Some(refused) = b.no().iter().find(|x| a.order().contains(x)) {
                let mut moved: Vec<_> = a.order().iter().filter(|x| *x != refused).cloned().collect();
                moved.insert(at_one.min(moved.len()), refused.clone());
                let moved = Ballot::new(moved, a.no().iter().cloned()).unwrap();
                prop_assert_eq!(choose(&moved, &b, Member::One), before);
            }
        }

        #[test]
        fn names_carry_no_meaning((one, two, no_one, no_two) in couple(), seed in 1_usize..1000) {
            // Other names, in another order: multiplying by an odd number shuffles 0..1024.
            let other = |x: usize| (x * (2 * seed + 1) + seed) % 1024;
            let renamed = |list: &[usize], no: &[bool]| {
                let (no, yes): (Vec<usize>, Vec<usize>) = list.iter().copied().partition(|x| no[*x]);
                let map = |list: Vec<usize>| list.into_iter().map(other).collect::<Vec<_>>();
                ballot(&map(yes), &map(no))
            };
            let plain = parts(&choose(&split(&one, &no_one), &split(&two, &no_two), Member::Two));
            let found = parts(&choose(&renamed(&one, &no_one), &renamed(&two, &no_two), Member::Two));
            let number = |x: TherapistId| x.as_str()[1..].parse::<usize>().unwrap();
            let expected = plain.map(|(winner, backup, tie)| {
                (id(other(number(winner))), backup.map(|x| id(other(number(x)))), tie)
            });
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn many_options_agree_with_the_definition((one, two, no_one, no_two) in couple()) {
            let yes = |list: &[usize], no: &[bool]| list.iter().copied().filter(|x| !no[*x]).collect::<Vec<_>>();
            agrees(one.len(), &yes(&one, &no_one), &yes(&two, &no_two));
        }

        #[test]
        fn swapping_the_two_changes_only_the_tie_break((one, two, no_one, no_two) in couple()) {
            let (a, b) = (split(&one, &no_one), split(&two, &no_two));
            // The last word goes along with the person.
            prop_assert_eq!(choose(&a, &b, Member::Two), choose(&b, &a, Member::One));
            // If it does not, only two that are level may change places.
            match (choose(&a, &b, Member::Two), choose(&b, &a, Member::Two)) {
                (Outcome::Agreed { therapist, tie: Some(tie), .. }, Outcome::Agreed { therapist: swapped, tie: Some(back), .. }) => {
                    prop_assert_eq!((therapist, tie.other), (back.other, swapped));
                }
                (Outcome::Agreed { therapist, tie: None, .. }, Outcome::Agreed { therapist: swapped, tie: None, .. }) => {
                    prop_assert_eq!(therapist, swapped);
                }
                (one, two) => prop_assert_eq!(one, two),
            }
        }
    }

    #[test]
    fn a_thousand_options_are_no_burden() {
        let order: Vec<usize> = (0..1000).collect();
        let reversed: Vec<usize> = (0..1000).rev().collect();
        let found = choose(&ballot(&order, &[]), &ballot(&reversed, &[]), Member::One);
        assert_eq!(parts(&found), Some((id(499), Some(id(500)), true)));
    }
}
