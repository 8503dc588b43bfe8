//! What one person needs of a therapist, or would not go to: their own, kept in their own space.

use crate::directory::columns::COLUMNS;
use crate::directory::facts::{Ask, Facts, Text};
use crate::directory::fold::fold;
use crate::directory::{Therapist, YesNo};
use crate::document;

document! {
    /// One person's own wishes. The list leaves out whoever is known not to meet them, without saying whose they are.
    pub struct Needs: "needs", 1 {
        /// Must be so: a record that is known to say no is left out.
        pub musts: Vec<Ask>,
        /// Not with a therapist of this gender, as records write it; case and accents do not count. Empty: no wish.
        pub not_gender: String,
        /// Not with whoever's record holds one of these words.
        pub not_words: Vec<String>,
    }
}

impl Needs {
    /// The musts that can be chosen, in the order in which a page offers them.
    pub const MUSTS: [Ask; 14] = [
        Ask::InPerson,
        Ask::Online,
        Ask::Evenings,
        Ask::Weekends,
        Ask::StepFree,
        Ask::TakingNew,
        Ask::TrialSession,
        Ask::FreeConsult,
        Ask::SlidingScale,
        Ask::Receipt,
        Ask::NoSecrets,
        Ask::SeesAlone,
        Ask::SafetyScreening,
        Ask::Homework,
    ];

    /// Whether nothing was wished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds a must, or takes it back.
    pub fn toggle(&mut self, ask: Ask) {
        if self.musts.contains(&ask) {
            self.musts.retain(|other| *other != ask);
        } else {
            self.musts.push(ask);
        }
    }

    /// Whether the facts alone leave the record out. Words are looked up in the index instead.
    #[must_use]
    pub fn refuses(&self, facts: &Facts) -> bool {
        self.musts.iter().any(|ask| facts.answer(*ask) == YesNo::No) || self.refuses_gender(facts.text(Text::Gender))
    }

    fn refuses_gender(&self, gender: &str) -> bool {
        let unwanted = fold(self.not_gender.trim());
        !unwanted.is_empty() && gender.split_whitespace().any(|word| word == unwanted)
    }

    /// The musts that a record is known not to meet, for showing to their owner only.
    #[must_use]
    pub fn unmet(&self, therapist: &Therapist) -> Vec<Ask> {
        self.musts.iter().copied().filter(|ask| ask.of(therapist) == YesNo::No).collect()
    }

    /// What one would rather not have, and the record holds: the gender, words. For showing to their owner only.
    #[must_use]
    pub fn unwanted(&self, therapist: &Therapist) -> Vec<String> {
        let searched = COLUMNS.iter().filter(|column| column.searched).map(|column| (column.get)(therapist));
        let text = std::iter::once(therapist.name.clone()).chain(searched).map(|text| fold(&text) + "\n");
        let text: String = text.collect();
        let holds = |word: &&String| {
            let words = fold(word);
            !words.trim().is_empty() && words.split_whitespace().all(|part| text.contains(part))
        };
        let gender = Some(&self.not_gender).filter(|_| self.refuses_gender(&fold(&therapist.gender)));
        gender.into_iter().chain(self.not_words.iter().filter(holds)).map(|word| word.trim().to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    #[test]
    fn only_what_is_known_is_refused() {
        let mut needs = Needs { not_gender: "Man ".into(), ..Needs::default() };
        needs.toggle(Ask::Evenings);
        let facts =
            |evenings, gender: &str| Facts::of(&Therapist { evenings, gender: gender.into(), ..Therapist::default() });
        assert!(!needs.refuses(&facts(YesNo::Unknown, "")));
        assert!(!needs.refuses(&facts(YesNo::Yes, "woman")), "a woman is not a man");
        assert!(needs.refuses(&facts(YesNo::Yes, "MAN")));
        assert!(needs.refuses(&facts(YesNo::No, "woman")));
        let late = Therapist { evenings: YesNo::No, ..Therapist::default() };
        assert_eq!(needs.unmet(&late), [Ask::Evenings]);
        needs.toggle(Ask::Evenings);
        assert!(needs.unmet(&late).is_empty() && !needs.is_empty());
    }

    #[test]
    fn what_one_would_rather_not_have_is_found_in_the_record() {
        let needs =
            Needs { not_gender: "man".into(), not_words: vec!["Hypnose".into(), " ".into()], ..Needs::default() };
        let record = |gender: &str, topics: &str| Therapist {
            name: "Anne".into(),
            gender: gender.into(),
            topics: vec![topics.into()],
            ..Therapist::default()
        };
        assert_eq!(needs.unwanted(&record("Man", "hypnose, deuil")), ["man", "Hypnose"]);
        assert!(needs.unwanted(&record("woman", "grief")).is_empty());
    }

    #[test]
    fn wishes_survive_the_file() {
        let needs = Needs { musts: vec![Ask::Online], not_words: vec!["hypnosis".into()], ..Needs::default() };
        assert_eq!(Needs::take(&needs.put()), (needs, Vec::new()));
    }
}
