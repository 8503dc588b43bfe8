//! In which order those who are found stand.

use crate::directory::facts::Facts;
use crate::directory::filter::Sieve;
use crate::directory::search::{Index, Number};

/// What the list is sorted by. Of equals the order of the search stays: whose name was meant first, then by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Order {
    /// Who fits best as far as is known ([`Facts::fit`]) first.
    #[default]
    Fit,
    /// The lowest fee first; unknown ones last.
    Fee,
    /// The nearest first; unknown places last.
    Distance,
    /// The record that was checked last first; those never checked last.
    Checked,
    /// By name.
    Name,
}

impl Order {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 5] = [Self::Fit, Self::Fee, Self::Distance, Self::Checked, Self::Name];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Fit => "order-fit",
            Self::Fee => "order-fee",
            Self::Distance => "order-distance",
            Self::Checked => "order-checked",
            Self::Name => "order-name",
        }
    }

    /// What a record is sorted by, the lowest first; `u16::MAX` for what is not known. `today` is in days since 1970.
    fn rank(self, facts: &Facts, sieve: &Sieve<'_>, today: i32) -> u16 {
        let known = match self {
            Self::Name => Some(0),
            Self::Fit => Some(100 - u16::from(facts.fit(today))),
            // Whole units of the currency, as far as 16 bits reach.
            Self::Fee => facts.fee.map(|(minor, _)| u16::try_from(minor / 100).unwrap_or(u16::MAX - 1)),
            Self::Distance => sieve.km(facts),
            Self::Checked => facts.checked.map(|day| u16::try_from((today - day).max(0)).unwrap_or(u16::MAX - 1)),
        };
        known.unwrap_or(u16::MAX)
    }

    /// Sorts `found`, which is in the order of the search. Takes time in proportion to the number, however many are equal.
    pub fn arrange(self, found: &mut Vec<Number>, index: &Index, sieve: &Sieve<'_>, today: i32) {
        if self == Self::Name || (self == Self::Distance && sieve.origin.is_none()) {
            return;
        }
        let ranks: Vec<u16> = found
            .iter()
            .map(|number| index.facts(*number).map_or(u16::MAX, |facts| self.rank(facts, sieve, today)))
            .collect();
        // Counts each rank, then puts every number where its rank begins: stable, and linear.
        let mut starts = vec![0_u32; usize::from(u16::MAX) + 2];
        for rank in &ranks {
            starts[usize::from(*rank) + 1] += 1;
        }
        for rank in 0..usize::from(u16::MAX) {
            starts[rank + 1] += starts[rank];
        }
        let mut sorted = vec![0; found.len()];
        for (number, rank) in found.iter().zip(&ranks) {
            let at = &mut starts[usize::from(*rank)];
            sorted[*at as usize] = *number;
            *at += 1;
        }
        *found = sorted;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{Filter, Money, Therapist, TherapistId, YesNo};

    fn sorted(order: Order, filter: &Filter) -> String {
        let one = |name: &str, fee: Option<u64>, city: &str, checked: Option<jiff::civil::Date>| Therapist {
            name: name.to_owned(),
            fee: fee.map(|fee| Money::new(fee * 100, "CAD")),
            city: city.to_owned(),
            checked,
            ..Therapist::default()
        };
        let day = |day| Some(jiff::civil::date(2026, 11, day));
        let mut all = vec![
            one("d", Some(90), "Ottawa", day(1)),
            one("c", None, "", None),
            one("b", Some(90_000), "Toronto", day(3)),
            one("a", Some(120), "Montreal", day(2)),
        ];
        all[1].taking_new = YesNo::Yes;
        let all: Vec<_> =
            all.into_iter().map(|therapist| (TherapistId::new(therapist.name.clone()).unwrap(), therapist)).collect();
        let index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
        let mut found = index.find("");
        order.arrange(&mut found, &index, &filter.ready(), 20_790);
        index.ids(&found).iter().map(TherapistId::as_str).collect()
    }

    #[test]
    fn each_order_puts_the_unknown_last_and_keeps_names_for_equals() {
        let from = |near: &str| Filter { near: near.into(), ..Filter::default() };
        assert_eq!(sorted(Order::Name, &from("")), "abcd");
        assert_eq!(sorted(Order::Fee, &from("")), "dabc");
        assert_eq!(sorted(Order::Checked, &from("")), "badc");
        assert_eq!(sorted(Order::Distance, &from("Toronto")), "bdac");
        assert_eq!(sorted(Order::Distance, &from("nowhere")), "abcd");
        assert_eq!(sorted(Order::Fit, &from("")).find('c'), Some(0), "who takes new couples fits best");
    }
}
