//! The rules of one language, read from `assets/words/<language>/*.ron`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::forms;
use super::pattern::{Node, PatternFault, Reader};
use super::program::{PatternId, Programs};
use super::token::fold;
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use super::{Kind, Part};
use crate::locale::Language;

macro_rules! built_in {
    (
        spellings: $forms:literal,
        lexicons: [$($lexicon:literal),* $(,)?],
        rules: [$($rule:literal),* $(,)?],
        weights: [$($weights:literal),* $(,)?] $(,)?
    ) => {
        /// The lexicons of each language, in the order in which they build on each other.
        const LEXICONS: &[&str] = &[$($lexicon),*];
        /// The rule files of each language.
        const RULES: &[&str] = &[$($rule),*];
        built_in!(@files $forms, $($lexicon,)* $($rule,)* $($weights),*);
    };
    (@files $($name:literal),*) => {
        /// The built-in file `<name>.ron` of `language`; empty if there is none.
        pub(super) fn built_in(language: Language, name: &str) -> &'static str {
            match (language, name) {
                $((Language::En, $name) => include_str!(concat!("../../../assets/words/en/", $name, ".ron")),
                  (Language::Fr, $name) => include_str!(concat!("../../../assets/words/fr/", $name, ".ron")),)*
                _ => "",
            }
        }
    };
}

built_in! {
    spellings: "forms",
    lexicons: ["little", "people", "praise", "blame"],
    rules: [
        "always-never",
        "you-make-me",
        "ultimatum",
        "threat",
        "diagnosis",
        "third-party",
        "demand",
        "mind-reading",
        "sarcasm",
        "guilt",
        "deadline",
        "lopsided-we",
        "missing",
    ],
    weights: ["weights", "weighed"],
}

/// Why the rules of a language cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesFault {
    /// A file is not what it should be.
    #[error("{file}:{error}")]
    File {
        /// Its name.
        file: String,
        /// Where and what.
        error: String,
    },
    /// A pattern is not.
    #[error("{file}: {place}: {fault}")]
    Pattern {
        /// The name of the file.
        file: String,
        /// Which rule or lexicon.
        place: String,
        /// What is wrong.
        fault: PatternFault,
    },
}

/// Spellings and forms of one language, as in `forms.ron`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Forms {
    /// Little words, commonest first.
    common: String,
    /// Written so → meant so. A key with an apostrophe counts without it too.
    spellings: BTreeMap<String, String>,
    /// Keys of `spellings` that are other words without their apostrophe.
    keep: String,
    /// Irregular verbs, a line each.
    verbs: Vec<String>,
    /// Words that are known with a slip of the finger.
    slips: String,
    /// Words that look like a slip of one of them and are none.
    no_slips: String,
    /// Words before which a clause may begin without a comma.
    conjunctions: String,
}

/// A rule as in its file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleText {
    /// Name, unique within the language.
    pub id: String,
    /// What it finds.
    pub kind: Kind,
    /// Any of these finds it.
    pub patterns: Vec<String>,
    /// None of these may match where it was found.
    #[serde(default)]
    pub unless: Vec<String>,
    /// None of these may match anywhere in the sentence.
    #[serde(default)]
    pub unless_near: Vec<String>,
    /// Why it may be heard as pressing.
    pub why: String,
    /// What could stand there.
    pub instead: String,
    /// Sentences in which it must be found.
    pub finds: Vec<String>,
    /// Sentences in which it must not.
    pub leaves: Vec<String>,
}

/// What shows that a part is there, as in its file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartText {
    /// Which part.
    pub part: Part,
    /// Any of these shows it.
    pub patterns: Vec<String>,
    /// None of these may match where it was found.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Why it helps.
    pub why: String,
    /// What could stand there.
    pub instead: String,
    /// Texts in which it is.
    #[cfg_attr(not(test), allow(dead_code, reason = "the tests run them"))]
    pub finds: Vec<String>,
    /// Texts in which it is not.
    #[cfg_attr(not(test), allow(dead_code, reason = "the tests run them"))]
    pub leaves: Vec<String>,
}

/// A rule file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct RuleFile {
    /// Patterns in whose words no rule of this file finds anything.
    unless: Vec<String>,
    rules: Vec<RuleText>,
    parts: Vec<PartText>,
}

/// A rule, ready to run.
#[derive(Debug)]
pub(super) struct Rule {
    /// Its texts.
    pub text: RuleText,
    /// Exceptions by pattern.
    pub unless: Vec<PatternId>,
    /// Exceptions anywhere in the sentence.
    pub unless_near: Vec<PatternId>,
}

/// A part, ready to be looked for.
#[derive(Debug)]
pub(super) struct PartRule {
    /// Its texts.
    pub text: PartText,
    /// Exceptions by pattern.
    pub unless: Vec<PatternId>,
}

/// What a pattern is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// It finds by this rule.
    Rule(usize),
    /// It shows this part.
    Part(usize),
    /// It is an exception.
    Unless,
}

/// All rules of one language, ready to run.
#[derive(Debug, Default)]
pub(super) struct Rules {
    /// Words.
    pub vocabulary: Vocabulary,
    /// Patterns.
    pub programs: Programs,
    /// Pattern → what it is for.
    pub uses: Vec<Use>,
    /// Rules.
    pub rules: Vec<Rule>,
    /// Parts.
    pub parts: Vec<PartRule>,
    /// What is weighed beside the rules, where a language has it.
    pub weights: Option<Weights>,
    /// Exceptions read so far, without line breaks: one that several rules name is looked for once.
    exceptions: BTreeMap<String, PatternId>,
}

pub(super) fn read<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, RulesFault> {
    ron::from_str(text).map_err(|error| RulesFault::File { file: file.to_owned(), error: error.to_string() })
}

impl Rules {
    /// Reads the rules of `language` from its files, each `<name>.ron`.
    pub fn new(language: Language, file: &dyn Fn(&str) -> String) -> Result<Self, RulesFault> {
        let form: fn(&str) -> Vec<String> = match language {
            Language::En => forms::english,
            Language::Fr => forms::french,
        };
        let vocabulary = Vocabulary::new(language);
        let mut reader = Reader { vocabulary, forms: Some(form), ..Reader::default() };
        let mut rules = Self::default();
        let path = |name: &str| format!("{}/{name}.ron", language.code());
        rules.take_forms(language, &file("forms"), &mut reader)?;
        for &name in LEXICONS {
            let lexicons: Vec<(String, String)> = read(&path(name), &file(name))?;
            for (lexicon, pattern) in lexicons {
                let node = node(&path(name), &lexicon, &pattern, &mut reader)?;
                reader.lexicons.insert(lexicon, node);
            }
        }
        for &name in RULES {
            rules.take_rules(&path(name), read(&path(name), &file(name))?, &mut reader)?;
        }
        rules.weights = Weights::new(&path, file, &mut reader.vocabulary)?;
        rules.vocabulary = reader.vocabulary;
        Ok(rules)
    }

    fn take_forms(&mut self, language: Language, text: &str, reader: &mut Reader) -> Result<(), RulesFault> {
        let file = format!("{}/forms.ron", language.code());
        let forms: Forms = read(&file, text)?;
        let mut folded = String::new();
        let mut each = |words: &str, take: &mut dyn FnMut(&str)| {
            for word in words.split_whitespace() {
                fold(word, &mut folded);
                take(&folded);
            }
        };
        let vocabulary = &mut reader.vocabulary;
        each(&forms.common, &mut |word| {
            vocabulary.add(word);
        });
        for (written, meant) in &forms.spellings {
            let mut plain = Vec::new();
            each(meant, &mut |word| plain.push(word.to_owned()));
            let plain = plain.join(" ");
            each(written, &mut |word| {
                vocabulary.spell(word, &plain);
                if word.contains('\'') && !forms.keep.split_whitespace().any(|kept| kept == word) {
                    vocabulary.spell(&word.replace('\'', ""), &plain);
                }
            });
        }
        for line in &forms.verbs {
            let mut plain = String::new();
            fold(line, &mut plain);
            let parts = match language {
                Language::En => plain
                    .split_whitespace()
                    .next()
                    .map(|base| (base.to_owned(), plain.split_whitespace().map(str::to_owned).collect())),
                Language::Fr => forms::french_irregular(&plain),
            };
            if let Some((base, forms)) = parts {
                let ids = forms.iter().map(|form| vocabulary.add(form)).collect();
                reader.verbs.insert(base, ids);
            }
        }
        each(&forms.no_slips, &mut |word| {
            vocabulary.add(word);
        });
        each(&forms.slips, &mut |word| vocabulary.forgive(word));
        let mut conjunctions = Vec::new();
        each(&forms.conjunctions, &mut |word| conjunctions.push(vocabulary.add(word)));
        conjunctions.sort_unstable();
        conjunctions.dedup();
        self.programs.set_conjunctions(conjunctions);
        Ok(())
    }

    fn take_rules(&mut self, file: &str, content: RuleFile, reader: &mut Reader) -> Result<(), RulesFault> {
        let shared = self.patterns(file, "unless", &content.unless, Use::Unless, reader)?;
        for text in content.rules {
            self.patterns(file, &text.id, &text.patterns, Use::Rule(self.rules.len()), reader)?;
            let mut unless = self.patterns(file, &text.id, &text.unless, Use::Unless, reader)?;
            let unless_near = self.patterns(file, &text.id, &text.unless_near, Use::Unless, reader)?;
            unless.extend_from_slice(&shared);
            self.rules.push(Rule { text, unless, unless_near });
        }
        for text in content.parts {
            let place = format!("{:?}", text.part);
            self.patterns(file, &place, &text.patterns, Use::Part(self.parts.len()), reader)?;
            let unless = self.patterns(file, &place, &text.unless, Use::Unless, reader)?;
            self.parts.push(PartRule { text, unless });
        }
        Ok(())
    }

    fn patterns(
        &mut self,
        file: &str,
        place: &str,
        patterns: &[String],
        purpose: Use,
        reader: &mut Reader,
    ) -> Result<Vec<PatternId>, RulesFault> {
        let mut ids = Vec::new();
        for pattern in patterns {
            let exception = (purpose == Use::Unless).then(|| pattern.split_whitespace().collect::<Vec<_>>().join(" "));
            if let Some(known) = exception.as_ref().and_then(|text| self.exceptions.get(text)) {
                ids.push(*known);
                continue;
            }
            let node = node(file, place, pattern, reader)?;
            let id = self.programs.add(&node, exception.is_some());
            ids.push(id);
            self.uses.push(purpose);
            if let Some(text) = exception {
                self.exceptions.insert(text, id);
            }
        }
        Ok(ids)
    }
}

fn node(file: &str, place: &str, pattern: &str, reader: &mut Reader) -> Result<Node, RulesFault> {
    reader.read(pattern).map_err(|fault| RulesFault::Pattern { file: file.to_owned(), place: place.to_owned(), fault })
}
