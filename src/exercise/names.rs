//! For whom an exercise is, where on the path, which approach it teaches, and which part of the invitation it makes.

use serde::{Deserialize, Serialize};

/// For whom an exercise is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Who {
    /// The one who would like to try.
    Asker,
    /// The one who is not sure.
    Unsure,
    /// Either, or the two together.
    Both,
}

impl Who {
    /// Key of its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Asker => "exercise-who-asker",
            Self::Unsure => "exercise-who-unsure",
            Self::Both => "exercise-who-both",
        }
    }
}

/// The five places on the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Alone, before anything is said.
    Prepare,
    /// Saying it, and hearing the answer.
    Ask,
    /// Finding a therapist that both can live with.
    Choose,
    /// The session.
    Meet,
    /// What comes of it.
    After,
}

impl Stage {
    /// All five, in the order of the path.
    pub const ALL: [Self; 5] = [Self::Prepare, Self::Ask, Self::Choose, Self::Meet, Self::After];

    /// Key of its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Prepare => "exercise-stage-prepare",
            Self::Ask => "exercise-stage-ask",
            Self::Choose => "exercise-stage-choose",
            Self::Meet => "exercise-stage-meet",
            Self::After => "exercise-stage-after",
        }
    }
}

/// The six ways to bring it up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Approach {
    /// Asking and listening first.
    Curiosity,
    /// The two against the problem.
    SameTeam,
    /// Inviting, with a real no.
    Invitation,
    /// Choosing as equals.
    Choosing,
    /// Saying what it does to oneself, without blame.
    Impact,
    /// One session, to see.
    Trial,
}

impl Approach {
    /// All six, in the order of the library.
    pub const ALL: [Self; 6] =
        [Self::Curiosity, Self::SameTeam, Self::Invitation, Self::Choosing, Self::Impact, Self::Trial];

    /// Key of its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Curiosity => "exercise-approach-curiosity",
            Self::SameTeam => "exercise-approach-same-team",
            Self::Invitation => "exercise-approach-invitation",
            Self::Choosing => "exercise-approach-choosing",
            Self::Impact => "exercise-approach-impact",
            Self::Trial => "exercise-approach-trial",
        }
    }
}

/// A part of the invitation: one for each approach, and the if-then plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// A question about the other's view.
    Curiosity,
    /// The two against the problem.
    SameTeam,
    /// The ask itself, with a real no.
    Invitation,
    /// Choosing as equals.
    Choosing,
    /// What it does to oneself.
    Impact,
    /// One session, to see.
    Trial,
    /// "If …, then I …": for oneself, not part of what is said.
    Plan,
}

impl Part {
    /// All of them, in the order in which the exercises come.
    pub const ALL: [Self; 7] =
        [Self::Curiosity, Self::SameTeam, Self::Invitation, Self::Choosing, Self::Impact, Self::Trial, Self::Plan];

    /// The name under which it is kept on disk.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Curiosity => "curiosity",
            Self::SameTeam => "same-team",
            Self::Invitation => "invitation",
            Self::Choosing => "choosing",
            Self::Impact => "impact",
            Self::Trial => "trial",
            Self::Plan => "plan",
        }
    }

    /// Key of its name in the locale files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Curiosity => "exercise-part-curiosity",
            Self::SameTeam => "exercise-part-same-team",
            Self::Invitation => "exercise-part-invitation",
            Self::Choosing => "exercise-part-choosing",
            Self::Impact => "exercise-part-impact",
            Self::Trial => "exercise-part-trial",
            Self::Plan => "exercise-part-plan",
        }
    }
}
