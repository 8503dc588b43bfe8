//! An answer to a step.

use serde::{Deserialize, Serialize};

use super::model::Kind;

/// An answer to a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Answer {
    /// To write, draft and apart steps.
    Text(String),
    /// To choose steps.
    Chosen(Chosen),
    /// To scale steps: 1 to the number of places.
    Scaled(u8),
    /// To sort steps: the ids in the person's order.
    Sorted(Vec<String>),
    /// Read, breathed, taken turns, said back, agreed to look again.
    Done,
}

/// What was chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Ids of the options.
    #[serde(default)]
    pub ids: Vec<String>,
    /// Own words; empty when there are none.
    #[serde(default)]
    pub own: String,
}

impl Answer {
    /// Whether it says nothing, and so need not be kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Chosen(chosen) => chosen.ids.is_empty() && chosen.own.trim().is_empty(),
            Self::Sorted(ids) => ids.is_empty(),
            Self::Scaled(_) | Self::Done => false,
        }
    }

    /// Whether it can be an answer to a step of this kind.
    #[must_use]
    pub const fn fits(&self, kind: &Kind) -> bool {
        match (self, kind) {
            (Self::Text(_), Kind::Write { .. } | Kind::Draft { .. } | Kind::Apart { .. })
            | (Self::Chosen(_), Kind::Choose { .. })
            | (Self::Sorted(_), Kind::Sort { .. }) => true,
            (Self::Scaled(number), Kind::Scale { steps, .. }) => *number >= 1 && *number <= *steps,
            (Self::Done, kind) => !kind.asks(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_fit_their_kind_only() {
        let scale = Kind::Scale { steps: 3, low: "l".into(), high: "h".into() };
        assert!(Answer::Scaled(3).fits(&scale));
        assert!(!Answer::Scaled(0).fits(&scale) && !Answer::Scaled(4).fits(&scale) && !Answer::Done.fits(&scale));
        assert!(Answer::Done.fits(&Kind::Timer { minutes: 1 }));
    }
}
