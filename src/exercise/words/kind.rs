//! What can be found in a text, and what can be missing.

use serde::Deserialize;

/// A kind of wording that may be heard as pressing or blaming.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Kind {
    /// "You always", "you never".
    AlwaysNever,
    /// "You make me …".
    YouMakeMe,
    /// "If you don't …, I will …".
    Ultimatum,
    /// "You will regret it".
    Threat,
    /// "You are a narcissist", "you need help".
    Diagnosis,
    /// "Everyone thinks so".
    ThirdParty,
    /// "You have to".
    Demand,
    /// "You don't want it to work".
    MindReading,
    /// "Oh great, thanks a lot".
    Sarcasm,
    /// "If you loved me".
    Guilt,
    /// "By Friday".
    Deadline,
    /// "We need to work on your temper".
    LopsidedWe,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::AlwaysNever,
        Self::YouMakeMe,
        Self::Ultimatum,
        Self::Threat,
        Self::Diagnosis,
        Self::ThirdParty,
        Self::Demand,
        Self::MindReading,
        Self::Sarcasm,
        Self::Guilt,
        Self::Deadline,
        Self::LopsidedWe,
    ];

    /// Its name in output and files, such as `always-never`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::AlwaysNever => "always-never",
            Self::YouMakeMe => "you-make-me",
            Self::Ultimatum => "ultimatum",
            Self::Threat => "threat",
            Self::Diagnosis => "diagnosis",
            Self::ThirdParty => "third-party",
            Self::Demand => "demand",
            Self::MindReading => "mind-reading",
            Self::Sarcasm => "sarcasm",
            Self::Guilt => "guilt",
            Self::Deadline => "deadline",
            Self::LopsidedWe => "lopsided-we",
        }
    }

    /// The kind with this [`slug`](Self::slug).
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.slug() == slug)
    }
}

/// A part that makes an invitation easier to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Part {
    /// That "no" and "not now" are fine answers.
    Choice,
    /// What the writer feels.
    Feeling,
    /// That it is about one session.
    OneSession,
    /// Thanks.
    Thanks,
}

impl Part {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 4] = [Self::Choice, Self::Feeling, Self::OneSession, Self::Thanks];

    /// Its name in output when it is missing, such as `missing-choice`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Choice => "missing-choice",
            Self::Feeling => "missing-feeling",
            Self::OneSession => "missing-one-session",
            Self::Thanks => "missing-thanks",
        }
    }
}
