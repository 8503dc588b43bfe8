//! From what is looked for to who is found, and why others are left out.

use super::Finding;
use crate::app::desk::Desk;
use crate::couple::Member;
use crate::directory::facts::Facts;
use crate::directory::search::{Bits, Number};
use crate::directory::{Needs, Reason};

/// Who is found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Who is found and not left out, in order: numbers of the desk's index.
    pub numbers: Vec<Number>,
    /// Why others are left out, and how many.
    pub hidden: Vec<(Reason, usize)>,
    /// For words that nobody has: other words that find someone, and the name of the first of these.
    pub meant: Option<(String, String)>,
    /// Private wishes would leave somebody out, and are set aside.
    pub set_aside: bool,
}

/// Private wishes leave nobody out unless they leave out so many: of one or two who are missing from a list that both
/// know, the other could guess who does not want them, and why. Where they leave nobody out, their owner still sees
/// what does not fit while marking, and marks are private.
const ENOUGH: usize = 5;

/// Everyone's private wishes, ready for use. Nothing tells afterwards whose they were.
struct Wishes<'a> {
    needs: Vec<&'a Needs>,
    /// Whoever has one of the words.
    words: Vec<Bits>,
}

impl<'a> Wishes<'a> {
    fn new(desk: &'a Desk) -> Self {
        let needs: Vec<&Needs> = Member::BOTH
            .into_iter()
            .map(|member| &desk.data.spaces.of(member).needs)
            .filter(|needs| !needs.is_empty())
            .collect();
        let words = needs.iter().flat_map(|needs| &needs.not_words).filter(|word| !word.trim().is_empty());
        Self { words: words.map(|word| desk.index.with_words(word)).collect(), needs }
    }

    /// Whether they leave out so many that nobody can tell why.
    fn are_enough(&self, desk: &Desk) -> bool {
        let index = &desk.index;
        let refused = |number: &Number| index.facts(*number).is_some_and(|facts| self.refuse(*number, facts));
        !self.needs.is_empty() && index.everyone().filter(refused).take(ENOUGH).count() == ENOUGH
    }

    fn refuse(&self, number: Number, facts: &Facts) -> bool {
        self.needs.iter().any(|needs| needs.refuses(facts)) || self.words.iter().any(|words| words.has(number))
    }
}

/// Looks up who is found.
#[must_use]
pub fn look_up(finding: &Finding, desk: &Desk) -> Found {
    let index = &desk.index;
    let mut numbers = index.find(&finding.query);
    let meant = if numbers.is_empty() { index.did_you_mean(&finding.query) } else { None };
    let sieve = finding.filter.ready();
    let wishes = Some(Wishes::new(desk)).filter(|wishes| wishes.are_enough(desk));
    let set_aside = finding.without_wishes && wishes.is_some();
    let wishes = wishes.filter(|_| !finding.without_wishes);
    let mut hidden: Vec<(Reason, usize)> = Vec::new();
    numbers.retain(|number| {
        let Some(facts) = index.facts(*number) else { return false };
        let private = || wishes.as_ref().is_some_and(|wishes| wishes.refuse(*number, facts)).then_some(Reason::Private);
        let Some(reason) = sieve.hides(facts).or_else(private) else { return true };
        match hidden.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => hidden.push((reason, 1)),
        }
        false
    });
    hidden.sort_unstable();
    let today = desk.now().date().since(jiff::civil::date(1970, 1, 1)).map_or(0, |span| span.get_days());
    finding.order.arrange(&mut numbers, index, &sieve, today);
    let meant = meant.and_then(|words| {
        let first = *index.find(&words).first()?;
        Some((words, desk.therapist(index.id(first)?)?.name.clone()))
    });
    Found { numbers, hidden, meant, set_aside }
}
