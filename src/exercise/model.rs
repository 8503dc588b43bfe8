//! What an exercise is, and how its RON text is read and judged.

use serde::{Deserialize, Serialize};

use super::judge::judge;
pub use super::names::{Approach, Part, Stage, Who};
use super::source::Places;
use crate::fields;

/// The newest schema of an exercise file that this program reads.
pub const SCHEMA: u32 = 2;

/// A guided exercise, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// Schema of the file: 1, or 2 where a step is of a kind that 1 did not have ([`Kind::since`]).
    pub schema: u32,
    /// Name of the file without `.ron`; only `a-z`, `0-9` and `-`.
    pub id: String,
    /// At most 8 words.
    pub title: String,
    /// One sentence for the library, at most 20 words.
    pub summary: String,
    /// For whom it is written; both people see every exercise all the same.
    pub who: Who,
    /// Where on the path it belongs.
    pub stage: Stage,
    /// The approach that it teaches, if it is one of the six.
    #[serde(default)]
    pub approach: Option<Approach>,
    /// How long it takes, 1 to 60 minutes.
    pub minutes: u8,
    /// Why it is there, at most 60 words.
    pub why: String,
    /// Keys of the evidence behind it.
    #[serde(default)]
    pub evidence: Vec<String>,
    /// When not to do it, in one or two sentences.
    #[serde(default)]
    pub safety: Option<String>,
    /// What to do, in order; at least one step.
    pub steps: Vec<Step>,
}

/// One step: one screen of the player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Unique in its exercise; the answer is kept under it. Only `a-z`, `0-9` and `-`.
    pub id: String,
    /// At most 8 words.
    pub title: String,
    /// What to do: at most 35 words, 60 for something to read.
    pub text: String,
    /// What one does there.
    pub kind: Kind,
}

/// What one does in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Kind {
    /// Read the text.
    Read {
        /// Shown large, to be read out.
        #[serde(default)]
        aloud: bool,
    },
    /// Write some words.
    Write {
        /// Shown while nothing is written.
        hint: String,
        /// Height of the field in lines, 1 to 12.
        lines: u8,
    },
    /// Choose from a list.
    Choose {
        /// What there is to choose; at least one.
        options: Vec<Item>,
        /// Whether more than one may be chosen.
        many: bool,
        /// Whether own words may be added.
        own_words: bool,
    },
    /// Mark a place on a scale; the answer is 1 to `steps`.
    Scale {
        /// How many places there are, 2 to 10.
        steps: u8,
        /// What 1 means.
        low: String,
        /// What the last one means.
        high: String,
    },
    /// Put things in order.
    Sort {
        /// What there is to put in order; at least two.
        items: Vec<Item>,
    },
    /// Breathe along.
    Breathe {
        /// How long in all, 10 to 600 seconds.
        seconds: u16,
        /// How long to breathe in, 1 to 20 seconds.
        breathe_in: u8,
        /// How long to breathe out, 1 to 20 seconds.
        breathe_out: u8,
    },
    /// Take some minutes.
    Timer {
        /// 1 to 60.
        minutes: u8,
    },
    /// Speak and listen in turns.
    Turns {
        /// Length of one turn, 1 to 30 minutes.
        minutes: u8,
        /// How often each speaks, 1 to 6.
        rounds: u8,
        /// What the one who speaks does.
        speaker: String,
        /// What the one who listens does.
        listener: String,
    },
    /// Say back what one heard, then ask whether that was it; once each way.
    Paraphrase {
        /// What the one who listened does.
        listener: String,
        /// What the one who spoke does when it was said back.
        speaker: String,
    },
    /// Both answer the same question, each for themselves; the answers stand side by side only when both have
    /// answered and each agreed to show.
    Apart {
        /// The question; it stands above both answers.
        question: String,
        /// Shown while nothing is written.
        hint: String,
        /// Height of the field in lines, 1 to 12.
        lines: u8,
    },
    /// A sentence out of one's own answers, to edit.
    Draft {
        /// Text in which `{step-id}` stands for the answer to that earlier step.
        template: String,
        /// The part of the invitation that it becomes, if any.
        #[serde(default)]
        part: Option<Part>,
    },
    /// Agree to look at it again.
    CheckBack {
        /// In how many days, 1 to 90.
        days: u16,
    },
}

impl Kind {
    /// Whether the step asks for words, a choice, a number or an order (and so can be named by a later draft).
    #[must_use]
    pub const fn asks(&self) -> bool {
        match self {
            Self::Write { .. }
            | Self::Choose { .. }
            | Self::Scale { .. }
            | Self::Sort { .. }
            | Self::Apart { .. }
            | Self::Draft { .. } => true,
            Self::Read { .. }
            | Self::Breathe { .. }
            | Self::Timer { .. }
            | Self::Turns { .. }
            | Self::Paraphrase { .. }
            | Self::CheckBack { .. } => false,
        }
    }

    /// The first schema that has this kind.
    #[must_use]
    pub const fn since(&self) -> u32 {
        match self {
            Self::Paraphrase { .. } | Self::Apart { .. } => 2,
            _ => 1,
        }
    }
}

/// Something to choose or to put in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Unique in its step; only `a-z`, `0-9` and `-`.
    pub id: String,
    /// What a person reads.
    pub label: String,
}

impl Exercise {
    /// The place of the step named `id`, from 0.
    #[must_use]
    pub fn index_of(&self, id: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.id == id)
    }

    /// The step named `id`.
    #[must_use]
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == id)
    }
}

/// What is wrong in an exercise file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct Fault {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do about it.
    pub what: String,
}

/// Whether `id` is one or more of `a-z`, `0-9` and `-`, at most 64 of them.
#[must_use]
pub fn is_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Reads the exercise in `text`, from a file called `name` (with or without `.ron`).
///
/// # Errors
/// The first [`Fault`]: not RON, a field missing or unknown, made for a newer version, or one of the rules of
/// [`Exercise`], [`Step`] and [`Kind`] broken.
pub fn parse(name: &str, text: &str) -> Result<Exercise, Fault> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let exercise: Exercise = ron::Options::default().from_str(text).map_err(|error| {
        // A newer file may hold what this version cannot read; saying so helps more than naming its first new word.
        match ron::Options::default().from_str::<Head>(text) {
            Ok(head) if head.schema > SCHEMA => newer(head.schema, text),
            Ok(_) | Err(_) => {
                let (line, column) = fields::place(text, &error.span);
                Fault { line, column, what: error.code.to_string() }
            }
        }
    })?;
    if exercise.schema > SCHEMA {
        return Err(newer(exercise.schema, text));
    }
    judge(name.strip_suffix(".ron").unwrap_or(name), text, &exercise)?;
    Ok(exercise)
}

/// Just enough of a file to tell its age.
#[derive(Deserialize)]
struct Head {
    schema: u32,
}

fn newer(schema: u32, text: &str) -> Fault {
    let (line, column) = Places::of(text).line_column("schema");
    Fault {
        line,
        column,
        what: format!("this exercise has schema {schema}; this version of Sameside reads up to {SCHEMA}"),
    }
}
