//! All exercises of one language: the built-in ones, and those that a person put into the data folder.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::hesitation::{self, Guide};
use super::model::{Exercise, Fault, Stage, parse};
use super::source::Places;
use crate::fields;
use crate::locale::Language;

/// The built-in exercises in the order of the library: id, English text, French text.
macro_rules! built_in {
    ($($id:literal),* $(,)?) => {
        const BUILT_IN: &[(&str, &str, &str)] = &[
            $(($id,
               include_str!(concat!("../../assets/exercises/en/", $id, ".ron")),
               include_str!(concat!("../../assets/exercises/fr/", $id, ".ron")))),*
        ];
    };
}

built_in![
    "same-team-short",
    "same-team",
    "curiosity-short",
    "curiosity",
    "invitation-short",
    "invitation",
    "choosing-short",
    "choosing",
    "impact-short",
    "impact",
    "one-session-short",
    "one-session",
    "holds-me-back",
    "not-now",
    "first-session",
    "all-right",
    "my-say",
    "side-by-side",
    "speaker-listener",
    "questions",
    "from-one-session",
    "after-session",
    "breathing",
    "after-argument",
    "stuck",
    "after-no",
];

const EVIDENCE_EN: &str = include_str!("../../assets/evidence/en.ron");
const EVIDENCE_FR: &str = include_str!("../../assets/evidence/fr.ron");

/// What was found, by whom, and what it does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What was found, in one or two short sentences.
    pub claim: String,
    /// What it does not show.
    pub limit: String,
    /// Author, year, journal.
    pub source: String,
}

/// All exercises of one language, and the evidence that they name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    /// In the order of the library: the built-in ones, then a person's own by file name.
    pub exercises: Vec<Exercise>,
    /// Key → evidence.
    pub evidence: BTreeMap<String, Evidence>,
    /// What goes with each thing that may be in the way.
    pub hesitations: Guide,
    /// File name → what is wrong in it. Each file with a fault that hides its exercise has one; others may have some.
    pub faults: Vec<(String, Fault)>,
    own: BTreeSet<String>,
}

impl Library {
    /// The library in `language`, with a person's own files as (file name, text).
    ///
    /// A file of one's own with the id of a built-in exercise stands in its place. A file that cannot be read is
    /// told in `faults` and hides nothing else; one that names unknown evidence is told there and kept without it.
    #[must_use]
    pub fn new(language: Language, user_files: &[(String, String)]) -> Self {
        let mut library = Self::default();
        let (name, evidence) = match language {
            Language::En => ("evidence/en.ron", EVIDENCE_EN),
            Language::Fr => ("evidence/fr.ron", EVIDENCE_FR),
        };
        match parse_evidence(evidence) {
            Ok(evidence) => library.evidence = evidence,
            Err(fault) => library.faults.push((name.to_owned(), fault)),
        }
        match hesitation::guide(language) {
            Ok(guide) => library.hesitations = guide,
            Err(fault) => library.faults.push((format!("hesitations/{}.ron", language.code()), fault)),
        }
        for (id, text) in built_in(language) {
            library.add(&format!("{id}.ron"), text, false);
        }
        let mut files: Vec<&(String, String)> = user_files.iter().collect();
        files.sort();
        for (name, text) in files {
            library.add(name, text, true);
        }
        library
    }

    /// The exercise named `id`.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.id == id)
    }

    /// The place of the exercise named `id`, from 0.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.exercises.iter().position(|exercise| exercise.id == id)
    }

    /// The exercises of one stage, in the order of the library.
    pub fn of_stage(&self, stage: Stage) -> impl Iterator<Item = &Exercise> {
        self.exercises.iter().filter(move |exercise| exercise.stage == stage)
    }

    /// Whether the exercise named `id` comes from a person's own file.
    #[must_use]
    pub fn is_own(&self, id: &str) -> bool {
        self.own.contains(id)
    }

    /// The evidence that `exercise` names, in its order.
    pub fn evidence_of<'a>(&'a self, exercise: &'a Exercise) -> impl Iterator<Item = &'a Evidence> {
        exercise.evidence.iter().filter_map(|key| self.evidence.get(key))
    }

    fn add(&mut self, name: &str, text: &str, own: bool) {
        let mut exercise = match parse(name, text) {
            Ok(exercise) => exercise,
            Err(fault) => {
                self.faults.push((name.to_owned(), fault));
                return;
            }
        };
        let places = Places::of(text);
        for (index, key) in exercise.evidence.iter().enumerate() {
            if !self.evidence.contains_key(key) {
                let (line, column) = places.line_column(&format!("evidence[{index}]"));
                let what = format!("there is no evidence called \"{key}\"; the exercise is shown without it");
                self.faults.push((name.to_owned(), Fault { line, column, what }));
            }
        }
        exercise.evidence.retain(|key| self.evidence.contains_key(key));
        if own {
            self.own.insert(exercise.id.clone());
        }
        match self.exercises.iter_mut().find(|known| known.id == exercise.id) {
            Some(known) => *known = exercise,
            None => self.exercises.push(exercise),
        }
    }
}

/// Id and text of the built-in exercises in `language`, in the order of the library.
pub fn built_in(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
    BUILT_IN.iter().map(move |(id, english, french)| match language {
        Language::En => (*id, *english),
        Language::Fr => (*id, *french),
    })
}

/// Reads a file of evidence: `{ "key": (claim: "…", limit: "…", source: "…"), … }`.
///
/// # Errors
/// [`Fault`] with the place of what RON cannot read, or of an empty text.
pub fn parse_evidence(text: &str) -> Result<BTreeMap<String, Evidence>, Fault> {
    let evidence: BTreeMap<String, Evidence> = ron::Options::default().from_str(text).map_err(|error| {
        let (line, column) = fields::place(text, &error.span);
        Fault { line, column, what: error.code.to_string() }
    })?;
    for (key, entry) in &evidence {
        for (field, value) in [("claim", &entry.claim), ("limit", &entry.limit), ("source", &entry.source)] {
            if value.trim().is_empty() {
                let (line, column) = Places::of(text).line_column(&format!("{key}.{field}"));
                return Err(Fault { line, column, what: format!("the {field} of \"{key}\" is empty; write it") });
            }
        }
    }
    Ok(evidence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(id: &str, rest: &str) -> (String, String) {
        let text = format!(
            "(\n  schema: 1, id: \"{id}\", title: \"Mine\", summary: \"S.\", who: Both, stage: After, minutes: 3, why: \"W.\",\n  {rest}\n  steps: [(id: \"a\", title: \"T\", text: \"X.\", kind: Read())],\n)"
        );
        (format!("{id}.ron"), text)
    }

    #[test]
    fn own_ones_come_after_the_built_in_ones() {
        let library = Library::new(Language::En, &[own("zz", ""), own("aa", "")]);
        let ids: Vec<&str> = library.exercises.iter().map(|exercise| exercise.id.as_str()).collect();
        assert!(ids.ends_with(&["after-no", "aa", "zz"]), "{ids:?}");
        assert!(library.is_own("aa") && !library.is_own("all-right"));
    }

    #[test]
    fn an_own_one_stands_in_the_place_of_a_built_in_one() {
        let plain = Library::new(Language::Fr, &[]);
        let library = Library::new(Language::Fr, &[own("impact", "")]);
        assert_eq!(library.index_of("impact"), plain.index_of("impact"));
        assert_eq!(library.get("impact").map(|exercise| exercise.title.as_str()), Some("Mine"));
        assert_eq!(library.exercises.len(), plain.exercises.len());
    }

    #[test]
    fn a_broken_one_hides_nothing() {
        let plain = Library::new(Language::En, &[]);
        let (name, text) = own("broken", "");
        let library = Library::new(Language::En, &[(name, text.replace("minutes: 3", "minutes: x")), own("fine", "")]);
        assert!(library.get("fine").is_some() && library.get("broken").is_none());
        assert_eq!(library.exercises.len(), plain.exercises.len() + 1);
        let (name, fault) = library.faults.last().expect("a fault");
        assert_eq!((name.as_str(), fault.line), ("broken.ron", 2));
    }

    #[test]
    fn unknown_evidence_is_told_and_left_out() {
        let library = Library::new(Language::En, &[own("mine", "evidence: [\n    \"nowhere-1900\"],")]);
        assert_eq!(library.get("mine").map(|exercise| exercise.evidence.len()), Some(0));
        let (name, fault) = library.faults.last().expect("a fault");
        assert_eq!((name.as_str(), fault.line, fault.column), ("mine.ron", 4, 5));
    }
}
