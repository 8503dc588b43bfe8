//! Finding out that two records are one therapist.

use std::collections::HashMap;

use crate::directory::Therapist;
use crate::directory::fold::{fold, phone_key};

/// What shows that two records are the same therapist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SameBy {
    /// The same National Provider Identifier.
    Npi,
    /// The same phone number, and names that agree.
    Phone,
    /// The same mail address, and names that agree.
    Mail,
    /// The same name and postal code.
    NameAndPostcode,
}

impl SameBy {
    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Npi => "same-by-npi",
            Self::Phone => "same-by-phone",
            Self::Mail => "same-by-mail",
            Self::NameAndPostcode => "same-by-name-and-postcode",
        }
    }
}

/// How many records with the same phone number or the like are looked at: more than any front desk serves, few enough
/// that a file of nothing else does not take for ever.
const MOST_ALIKE: usize = 200;

/// What a phone number, a mail address and so on lead to: which of the known records, by position.
type Leads = HashMap<String, Vec<usize>>;

/// Records against which a new one is held. `W` tells which one was met.
#[derive(Debug)]
pub(super) struct Known<W> {
    met: Vec<(W, Facts)>,
    npis: Leads,
    phones: Leads,
    mails: Leads,
    names: Leads,
}

#[derive(Debug)]
struct Facts {
    words: Vec<String>,
    postcode: String,
    reachable: bool,
}

impl<W: Clone> Known<W> {
    pub(super) fn new() -> Self {
        Self { met: Vec::new(), npis: Leads::new(), phones: Leads::new(), mails: Leads::new(), names: Leads::new() }
    }

    pub(super) fn add(&mut self, who: W, therapist: &Therapist) {
        let at = self.met.len();
        self.met.push((who, Facts::of(therapist)));
        for (leads, keys) in [
            (&mut self.npis, npi(therapist)),
            (&mut self.phones, phones(therapist)),
            (&mut self.mails, mails(therapist)),
            (&mut self.names, name(therapist)),
        ] {
            for key in keys {
                leads.entry(key).or_default().push(at);
            }
        }
    }

    /// The first known record that is the same as `therapist`.
    ///
    /// A phone number or a mail address alone is not enough: all therapists of a clinic share the front desk's.
    /// The words of one name must then all be in the other (`Anne Roy`, `Dre Anne B. Roy`).
    pub(super) fn same(&self, therapist: &Therapist) -> Option<(W, SameBy)> {
        let facts = Facts::of(therapist);
        let agree = |other: &Facts| facts.names_agree(other);
        // With no postal code on either side the name decides, unless both can be reached and so would have met above.
        let place = |other: &Facts| {
            facts.postcode == other.postcode && !(facts.postcode.is_empty() && facts.reachable && other.reachable)
        };
        let find = |leads: &Leads, keys: Vec<String>, by: SameBy, rule: &dyn Fn(&Facts) -> bool| {
            let candidates = keys
                .into_iter()
                .filter_map(|key| leads.get(&key))
                .flat_map(|met| met.iter().take(MOST_ALIKE))
                .filter_map(|at| self.met.get(*at));
            candidates.filter(|(_, other)| rule(other)).map(|(who, _)| (who.clone(), by)).next()
        };
        find(&self.npis, npi(therapist), SameBy::Npi, &|_| true)
            .or_else(|| find(&self.phones, phones(therapist), SameBy::Phone, &agree))
            .or_else(|| find(&self.mails, mails(therapist), SameBy::Mail, &agree))
            .or_else(|| find(&self.names, name(therapist), SameBy::NameAndPostcode, &place))
    }
}

impl Facts {
    fn of(therapist: &Therapist) -> Self {
        Self {
            words: name_words(&therapist.name),
            postcode: fold(&therapist.postcode).split_whitespace().collect(),
            reachable: !phones(therapist).is_empty() || !mails(therapist).is_empty(),
        }
    }

    fn names_agree(&self, other: &Self) -> bool {
        let (few, many) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        !few.words.is_empty() && few.words.iter().all(|word| many.words.contains(word))
    }
}

/// The words of a name that tell people apart: no initials, no titles.
fn name_words(name: &str) -> Vec<String> {
    const TITLES: &[&str] = &["dr", "dre", "mr", "mrs", "ms", "mx", "mme", "mlle", "prof", "phd", "psyd"];
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.filter(|word| !TITLES.contains(word)).map(str::to_owned).collect()
}

fn npi(therapist: &Therapist) -> Vec<String> {
    let npi = therapist.npi.trim();
    if npi.is_empty() { Vec::new() } else { vec![npi.to_owned()] }
}

fn phones(therapist: &Therapist) -> Vec<String> {
    therapist.phones.iter().filter_map(|phone| phone_key(phone)).collect()
}

fn mails(therapist: &Therapist) -> Vec<String> {
    therapist.mails.iter().map(|mail| mail.trim().to_lowercase()).filter(|mail| !mail.is_empty()).collect()
}

fn name(therapist: &Therapist) -> Vec<String> {
    let words = fold(&therapist.name).split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() { Vec::new() } else { vec![words] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn someone(name: &str, phone: &str, mail: &str, postcode: &str) -> Therapist {
        let list = |text: &str| if text.is_empty() { Vec::new() } else { vec![text.to_owned()] };
        Therapist {
            name: name.into(),
            phones: list(phone),
            mails: list(mail),
            postcode: postcode.into(),
            ..Therapist::default()
        }
    }

    fn same(one: &Therapist, two: &Therapist) -> Option<SameBy> {
        let mut known = Known::new();
        known.add(1, one);
        let forth = known.same(two).map(|(_, by)| by);
        let mut known = Known::new();
        known.add(1, two);
        assert_eq!(forth, known.same(one).map(|(_, by)| by), "both ways");
        forth
    }

    #[test]
    fn one_person_written_twice_is_found() {
        let known = someone("Anne Exemple", "418 555-0100", "a@exemple.test", "G0A 0A0");
        for (other, by) in [
            (someone("Dre Anne B. Exemple", "+1 (418) 555-0100", "", ""), SameBy::Phone),
            (someone("Exemple, Anne", "", "A@Exemple.test", ""), SameBy::Mail),
            (someone("ANNE EXEMPLE", "418 555-0199", "", "g0a0a0"), SameBy::NameAndPostcode),
        ] {
            assert_eq!(same(&known, &other), Some(by), "{other:?}");
        }
        let bare = someone("Anne Exemple", "", "", "");
        assert_eq!(same(&bare, &someone("Anne Exemple", "418 555-0100", "", "")), Some(SameBy::NameAndPostcode));
        let npi = |name: &str| Therapist { npi: "1234567893".into(), ..someone(name, "", "", "") };
        assert_eq!(same(&npi("Anne"), &npi("Other")), Some(SameBy::Npi));
    }

    #[test]
    fn two_people_stay_two() {
        let known = someone("Anne Exemple", "418 555-0100", "desk@exemple.test", "G0A 0A0");
        for other in [
            someone("Marc Exemple", "418 555-0100", "desk@exemple.test", "G0A 0A0"),
            someone("Anne Exemple", "418 555-0199", "", "H0H 0H0"),
            someone("", "418 555-0100", "", ""),
        ] {
            assert_eq!(same(&known, &other), None, "{other:?}");
        }
        let with = |phone: &str| someone("Anne Exemple", phone, "", "");
        assert_eq!(same(&with("418 555-0100"), &with("418 555-0101")), None);
    }
}
