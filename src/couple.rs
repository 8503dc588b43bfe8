//! The two people: who they are to the program, and the word that each may give about being asked.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::document;

/// One of the two. Which of them wants therapy is not implied: see [`Side`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Member {
    /// The one who set Sameside up on this device, or in the shared folder.
    #[default]
    One,
    /// The other one.
    Two,
}

impl Member {
    /// Both, in file order.
    pub const BOTH: [Self; 2] = [Self::One, Self::Two];

    /// The partner of this one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::One => Self::Two,
            Self::Two => Self::One,
        }
    }

    /// Folder and file name of this one: `one` or `two`.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.slug())
    }
}

/// A value for each of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Each<T> {
    /// For [`Member::One`].
    pub one: T,
    /// For [`Member::Two`].
    pub two: T,
}

impl<T> Each<T> {
    /// What `member` has, and what the other has.
    #[must_use]
    pub fn from_own(member: Member, own: T, other: T) -> Self {
        match member {
            Member::One => Self { one: own, two: other },
            Member::Two => Self { one: other, two: own },
        }
    }

    /// The value of `member`.
    #[must_use]
    pub const fn of(&self, member: Member) -> &T {
        match member {
            Member::One => &self.one,
            Member::Two => &self.two,
        }
    }

    /// The value of `member`, to change.
    pub const fn of_mut(&mut self, member: Member) -> &mut T {
        match member {
            Member::One => &mut self.one,
            Member::Two => &mut self.two,
        }
    }
}

/// Where a person stands on therapy, in their own choosing. Never shown as a label on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Side {
    /// "I would like us to try."
    WouldLikeToTry,
    /// "I am not sure."
    NotSure,
    /// "We are choosing together."
    ChoosingTogether,
    /// Not said.
    #[default]
    Unsaid,
}

/// A person's own word about being asked. It binds the other's reminders (design, point 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Word {
    /// Nothing said.
    #[default]
    Open,
    /// "Not now until …": nothing is raised before this day begins.
    NotUntil(Date),
    /// "Please don't ask again."
    Never,
}

document! {
    /// What one person shows to the other: kept in `shared/members/`.
    pub struct MemberCard: "member", 1 {
        /// The name they go by; empty when not given.
        pub name: String,
        /// Their word about being asked.
        pub word: Word,
        /// What is in the way for them, as far as they chose to show it.
        pub shown: Vec<Shown>,
    }
}

/// One reason that a person chose to show to the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Name of the reason.
    pub reason: String,
    /// Their own words for it; empty where the name says all.
    #[serde(default)]
    pub words: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    #[test]
    fn the_other_of_the_other_is_oneself() {
        for member in Member::BOTH {
            assert_eq!(member.other().other(), member);
            assert_ne!(member.other(), member);
        }
    }

    #[test]
    fn a_word_survives_the_file() {
        let shown = vec![Shown { reason: "cost".into(), words: String::new() }];
        let card = MemberCard { name: "Sam".into(), word: Word::NotUntil(jiff::civil::date(2027, 1, 5)), shown };
        assert_eq!(MemberCard::take(&card.put()), (card, Vec::new()));
    }
}
