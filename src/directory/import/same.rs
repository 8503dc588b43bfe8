//! Finding out that two records are one therapist.

use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::directory::Therapist;
use crate::directory::fold::{fold, phone_key};
use crate::directory::hints::is_npi;

/// What shows that two records are the same therapist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// All of them, the surest first.
    const ALL: [Self; 4] = [Self::Npi, Self::Phone, Self::Mail, Self::NameAndPostcode];

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

/// Which of the known records a key leads to, by position.
#[derive(Debug)]
enum Leads {
    One(u32),
    Many(Vec<u32>),
}

impl Leads {
    fn all(&self) -> &[u32] {
        match self {
            Self::One(at) => std::slice::from_ref(at),
            Self::Many(all) => all,
        }
    }
}

/// Records against which a new one is held. `W` tells which one was met. Keys are kept as hashes (64 bits: among a
/// million keys one false meeting in thirty million), because a long file has hundreds of thousands.
#[derive(Debug)]
pub(super) struct Known<W> {
    met: Vec<(W, Facts)>,
    leads: HashMap<u64, Leads>,
}

#[derive(Debug)]
struct Facts {
    words: Box<[u64]>,
    postcode: u64,
    npi: u64,
    is_reachable: bool,
}

/// What no text hashes to as far as anyone will see.
const NOTHING: u64 = 0;

fn hash(kind: SameBy, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    text.hash(&mut hasher);
    hasher.finish().max(1)
}

impl<W: Clone> Known<W> {
    pub(super) fn new() -> Self {
        Self { met: Vec::new(), leads: HashMap::new() }
    }

    pub(super) fn add(&mut self, who: W, therapist: &Therapist) {
        let Ok(at) = u32::try_from(self.met.len()) else { return };
        self.met.push((who, Facts::of(therapist)));
        for by in SameBy::ALL {
            for key in keys(by, therapist) {
                match self.leads.entry(hash(by, &key)) {
                    MapEntry::Vacant(free) => drop(free.insert(Leads::One(at))),
                    MapEntry::Occupied(mut taken) => match taken.get_mut() {
                        Leads::One(first) => *taken.get_mut() = Leads::Many(vec![*first, at]),
                        Leads::Many(all) => all.push(at),
                    },
                }
            }
        }
    }

    /// The first known record that is the same as `therapist`.
    ///
    /// A phone number or a mail address alone is not enough: all therapists of a clinic share the front desk's.
    /// The words of one name must then all be in the other (`Anne Roy`, `Dre Anne B. Roy`). Two different NPIs are two
    /// people, whatever else is the same.
    pub(super) fn same(&self, therapist: &Therapist) -> Option<(W, SameBy)> {
        let facts = Facts::of(therapist);
        let agree = |by: SameBy, other: &Facts| match by {
            SameBy::Npi => true,
            SameBy::Phone | SameBy::Mail => facts.names_agree(other),
            // With no postal code on either side the name decides, unless both can be reached and so would have met above.
            SameBy::NameAndPostcode => {
                facts.postcode == other.postcode
                    && !(facts.postcode == NOTHING && facts.is_reachable && other.is_reachable)
            }
        };
        let two = |other: &Facts| facts.npi != NOTHING && other.npi != NOTHING && facts.npi != other.npi;
        SameBy::ALL.into_iter().find_map(|by| {
            let keys = keys(by, therapist);
            let candidates = keys
                .iter()
                .filter_map(|key| self.leads.get(&hash(by, key)))
                .flat_map(|leads| leads.all().iter().take(MOST_ALIKE))
                .filter_map(|at| self.met.get(usize::try_from(*at).ok()?));
            let mut same = candidates.filter(|(_, other)| agree(by, other) && !two(other));
            same.next().map(|(who, _)| (who.clone(), by))
        })
    }
}

fn keys(by: SameBy, therapist: &Therapist) -> Vec<String> {
    match by {
        SameBy::Npi => npi(therapist),
        SameBy::Phone => phones(therapist),
        SameBy::Mail => mails(therapist),
        SameBy::NameAndPostcode => name(therapist),
    }
}

impl Facts {
    fn of(therapist: &Therapist) -> Self {
        Self {
            words: name_words(&therapist.name).iter().map(|word| hash(SameBy::NameAndPostcode, word)).collect(),
            postcode: some(&postcode(&therapist.postcode)),
            npi: npi(therapist).first().map_or(NOTHING, |npi| some(npi)),
            is_reachable: !phones(therapist).is_empty() || !mails(therapist).is_empty(),
        }
    }

    fn names_agree(&self, other: &Self) -> bool {
        let (few, many) = if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        !few.words.is_empty() && few.words.iter().all(|word| many.words.contains(word))
    }
}

fn some(text: &str) -> u64 {
    if text.is_empty() { NOTHING } else { hash(SameBy::Npi, text) }
}

/// A postal code without spaces; of a US one only the five digits that everybody writes.
fn postcode(code: &str) -> String {
    let code: String = fold(code).split_whitespace().collect();
    let is_us = code.len() == 9 && code.bytes().all(|byte| byte.is_ascii_digit());
    if is_us { code.chars().take(5).collect() } else { code }
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
    // A number that cannot be one, such as 1111111111, stands in many records.
    if is_npi(npi) { vec![npi.to_owned()] } else { Vec::new() }
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
