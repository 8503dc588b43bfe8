//! The hesitation map: what is in the way, and what goes with each reason.
//!
//! Whoever is unsure marks it for themselves; whoever asks may guess, and a guess is kept apart, always called one,
//! and cannot be shown. What the other sees is only what the owner chose to show, reason by reason: see [`show`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::model::Fault;
use super::progress::{Answer, Progress};
use crate::couple::Shown;
use crate::document;
use crate::fields;
use crate::locale::Language;

/// What may be in the way. The list follows what unsure people named (domain research, section 1.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Money.
    Cost,
    /// Time.
    Time,
    /// To be blamed.
    Blame,
    /// "We should manage ourselves."
    Ourselves,
    /// That it helps.
    Doubt,
    /// A stranger who hears it all.
    Privacy,
    /// A bad time with it before.
    Past,
    /// What happens there.
    Unknown,
    /// Culture or faith.
    Roots,
    /// The therapist takes sides.
    Sides,
    /// It does not seem needed.
    NotNeeded,
    /// In the person's own words.
    Own,
}

/// What to look for among therapists because of a reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Who asks less of people who earn less.
    SlidingScale,
    /// Who has evening or weekend hours.
    EveningsOrWeekends,
    /// Who accepts one trial session.
    TrialSession,
}

/// Whose reasons are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// One's own.
    Mine,
    /// What one thinks that the partner's may be.
    Guess,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 12] = [
        Self::NotNeeded,
        Self::Ourselves,
        Self::Doubt,
        Self::Blame,
        Self::Sides,
        Self::Unknown,
        Self::Privacy,
        Self::Cost,
        Self::Time,
        Self::Past,
        Self::Roots,
        Self::Own,
    ];

    /// The name under which it is kept on disk.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Time => "time",
            Self::Blame => "blame",
            Self::Ourselves => "ourselves",
            Self::Doubt => "doubt",
            Self::Privacy => "privacy",
            Self::Past => "past",
            Self::Unknown => "unknown",
            Self::Roots => "roots",
            Self::Sides => "sides",
            Self::NotNeeded => "not-needed",
            Self::Own => "own",
        }
    }

    /// The reason of that name, if this version knows it.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.slug() == slug)
    }

    /// The exercise that goes with it: for the person whose reason it is, or for the one who guesses it or was told.
    #[must_use]
    pub const fn exercise(self, whose: Whose) -> &'static str {
        match (self, whose) {
            (Self::Cost | Self::Time | Self::Doubt, Whose::Mine) => "all-right",
            (Self::Blame | Self::Privacy | Self::Unknown, Whose::Mine) => "first-session",
            (Self::Past | Self::Roots | Self::Sides, Whose::Mine) => "my-say",
            (Self::Ourselves | Self::NotNeeded | Self::Own, Whose::Mine) => "holds-me-back",
            (Self::Cost | Self::Doubt | Self::Unknown, Whose::Guess) => "one-session",
            (Self::Time, Whose::Guess) => "one-session-short",
            (Self::Blame, Whose::Guess) => "impact",
            (Self::Ourselves, Whose::Guess) => "same-team",
            (Self::Sides | Self::Roots, Whose::Guess) => "choosing",
            (Self::Past, Whose::Guess) => "curiosity-short",
            (Self::Privacy, Whose::Guess) => "invitation-short",
            (Self::NotNeeded | Self::Own, Whose::Guess) => "curiosity",
        }
    }

    /// What to look for among therapists, where something fits.
    #[must_use]
    pub const fn wish(self) -> Option<Wish> {
        match self {
            Self::Cost => Some(Wish::SlidingScale),
            Self::Time => Some(Wish::EveningsOrWeekends),
            Self::Doubt | Self::Past | Self::Unknown => Some(Wish::TrialSession),
            Self::Blame | Self::Ourselves | Self::Privacy | Self::Roots => None,
            Self::Sides | Self::NotNeeded | Self::Own => None,
        }
    }
}

/// What someone marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// [`Reason::slug`]s. A name that this version does not know is kept.
    #[serde(default)]
    pub reasons: BTreeSet<String>,
    /// The person's own wording; counts while [`Reason::Own`] is marked.
    #[serde(default)]
    pub own: String,
}

impl Marked {
    /// Whether it is marked.
    #[must_use]
    pub fn has(&self, reason: Reason) -> bool {
        self.reasons.contains(reason.slug())
    }

    /// Marks it, or takes the mark away.
    pub fn toggle(&mut self, reason: Reason) {
        if !self.reasons.remove(reason.slug()) {
            self.reasons.insert(reason.slug().to_owned());
        }
    }

    /// What is marked, in the order of [`Reason::ALL`]. An own reason without words is none yet.
    pub fn reasons(&self) -> impl Iterator<Item = Reason> {
        Reason::ALL.into_iter().filter(|reason| self.has(*reason) && !self.words(*reason).is_some_and(str::is_empty))
    }

    /// The person's own words for a reason, if it is told in own words.
    #[must_use]
    pub fn words(&self, reason: Reason) -> Option<&str> {
        (reason == Reason::Own).then(|| self.own.trim())
    }
}

document! {
    /// One person's hesitation map: kept in their own space.
    pub struct Hesitations: "hesitations", 1 {
        /// What is in the way for themselves.
        pub mine: Marked,
        /// What they guess may be in the way for the other. Never shown to the other.
        pub guess: Marked,
    }
}

impl Hesitations {
    /// The marks of one kind.
    #[must_use]
    pub const fn of(&self, whose: Whose) -> &Marked {
        match whose {
            Whose::Mine => &self.mine,
            Whose::Guess => &self.guess,
        }
    }

    /// [`Self::of`], to change.
    pub const fn of_mut(&mut self, whose: Whose) -> &mut Marked {
        match whose {
            Whose::Mine => &mut self.mine,
            Whose::Guess => &mut self.guess,
        }
    }
}

/// What would be shown of a reason: exactly this and nothing more. `None` unless the person marked it for themselves:
/// a guess cannot be shown.
#[must_use]
pub fn preview(hesitations: &Hesitations, reason: Reason) -> Option<Shown> {
    let marked = &hesitations.mine;
    marked
        .reasons()
        .any(|known| known == reason)
        .then(|| Shown { reason: reason.slug().to_owned(), words: marked.words(reason).unwrap_or_default().to_owned() })
}

/// Puts a reason among what its owner shows, as [`preview`] has it; in place of an older wording of it.
pub fn show(hesitations: &Hesitations, reason: Reason, shown: &mut Vec<Shown>) {
    if let Some(preview) = preview(hesitations, reason) {
        take_back(reason, shown);
        shown.push(preview);
        shown.sort_by_key(|one| Reason::ALL.iter().position(|known| known.slug() == one.reason));
    }
}

/// Takes a reason back: it is shown no longer.
pub fn take_back(reason: Reason, shown: &mut Vec<Shown>) {
    shown.retain(|one| one.reason != reason.slug());
}

/// Takes back what is no longer marked; whatever a later version shows stays.
pub fn keep_marked(hesitations: &Hesitations, shown: &mut Vec<Shown>) {
    shown.retain(|one| Reason::from_slug(&one.reason).is_none_or(|reason| preview(hesitations, reason).is_some()));
}

/// What is shown, as far as this version knows it, in the order in which its owner sees it.
pub fn shown(shown: &[Shown]) -> impl Iterator<Item = (Reason, &str)> {
    shown.iter().filter_map(|one| Some((Reason::from_slug(&one.reason)?, one.words.trim())))
}

/// The exercise in which the same question is asked, and the step.
const fn asked_in(whose: Whose) -> (&'static str, &'static str) {
    match whose {
        Whose::Mine => ("holds-me-back", "reasons"),
        Whose::Guess => ("curiosity", "guess"),
    }
}

/// What someone marked in an exercise that asks the same, and not yet here: the exercise's id, and the reasons. `None`
/// if that is nothing.
#[must_use]
pub fn marked_elsewhere(
    marked: &Marked,
    whose: Whose,
    progress: &BTreeMap<String, Progress>,
) -> Option<(&'static str, Vec<Reason>)> {
    let (exercise, step) = asked_in(whose);
    let run = progress.get(exercise)?.runs.last()?;
    let Some(Answer::Chosen(chosen)) = run.answers.get(step) else { return None };
    let known = |id: &String| match id.as_str() {
        "before" => Some(Reason::Past),
        // Own words stay where they were written.
        "own" => None,
        other => Reason::from_slug(other),
    };
    let found: Vec<Reason> = chosen.ids.iter().filter_map(known).filter(|reason| !marked.has(*reason)).collect();
    (!found.is_empty()).then_some((exercise, found))
}

/// The texts that go with a reason, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    /// Its name in the list.
    pub label: String,
    /// One honest answer.
    pub answer: String,
    /// The limit of that answer.
    pub limit: String,
    /// Keys of the evidence behind it.
    pub evidence: Vec<String>,
    /// A source beside those.
    #[serde(default)]
    pub source: Option<String>,
    /// One question for a therapist; `{own}` stands for the person's own words.
    pub question: String,
}

/// The texts of every reason, in one language.
pub type Guide = BTreeMap<Reason, Texts>;

const GUIDE_EN: &str = include_str!("../../assets/hesitations/en.ron");
const GUIDE_FR: &str = include_str!("../../assets/hesitations/fr.ron");

/// The built-in texts in `language`.
///
/// # Errors
/// [`Fault`] with the place of what RON cannot read; a test refuses it.
pub fn guide(language: Language) -> Result<Guide, Fault> {
    let text = match language {
        Language::En => GUIDE_EN,
        Language::Fr => GUIDE_FR,
    };
    ron::Options::default().from_str(text).map_err(|error| {
        let (line, column) = fields::place(text, &error.span);
        Fault { line, column, what: error.code.to_string() }
    })
}

/// The question for a therapist that goes with `reason`, told in `words` where it is an own one.
#[must_use]
pub fn question(guide: &Guide, language: Language, reason: Reason, words: &str) -> Option<String> {
    let text = &guide.get(&reason)?.question;
    let words = super::letters::capitalised(words.trim());
    let stop = if words.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    let quoted = match language {
        Language::En => format!("“{words}{stop}”"),
        Language::Fr => format!("«\u{a0}{words}{stop}\u{a0}»"),
    };
    Some(text.replace("{own}", &quoted))
}

/// The questions for a therapist that come out of someone's own marks, each with its reason. They are as private as
/// the marks: what both see needs [`questions_shown`], or the owner's say.
#[must_use]
pub fn questions(guide: &Guide, language: Language, marked: &Marked) -> Vec<(Reason, String)> {
    let of = |reason| Some((reason, question(guide, language, reason, marked.words(reason).unwrap_or_default())?));
    marked.reasons().filter_map(of).collect()
}

/// The questions for a therapist out of what both chose to show, each once: for the first call, where both read them.
#[must_use]
pub fn questions_shown(guide: &Guide, language: Language, both: [&[Shown]; 2]) -> Vec<(Reason, String)> {
    let mut found: Vec<(Reason, String)> = Vec::new();
    for (reason, words) in both.into_iter().flat_map(shown) {
        if let Some(question) = question(guide, language, reason, words)
            && !found.iter().any(|(_, known)| *known == question)
        {
            found.push((reason, question));
        }
    }
    found
}

#[cfg(test)]
mod tests;
