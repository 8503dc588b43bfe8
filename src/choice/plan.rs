//! What the two share about choosing and about the one session: the round, and the plan.

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::choice::{Onward, Outcome};
use crate::couple::Member;
use crate::directory::TherapistId;
use crate::document;

/// What to ask in the first call, as names of texts, the most important first (domain research, section 5).
pub const QUESTIONS: [&str; 10] = [
    "question-licence",
    "question-couples-share",
    "question-training",
    "question-first-session",
    "question-balance",
    "question-secrets",
    "question-alone-and-safety",
    "question-stance",
    "question-cost",
    "question-one-session",
];

/// What two people may agree on before the session, as names of texts. Suggestions: they may add their own.
pub const AGREEMENTS: [&str; 4] = ["agree-decide-after", "agree-no-decision", "agree-once", "agree-pause"];

document! {
    /// The shortlist of one round, kept in `shared/plan/`. A change of the list or of the last word is a new round,
    /// because marks that were made for another list say nothing about this one.
    pub struct Round: "round", 1 {
        /// Number of the round, from 1; 0 before the first.
        pub round: u32,
        /// The therapists to mark, in the order in which they were put on the list.
        pub therapists: Vec<TherapistId>,
        /// Whose order decides between two that are level: the invited partner. Both see this before they mark.
        pub last_word: Member,
        /// What the rule found, once both were done. It holds nothing that tells whose No it was.
        pub found: Option<Found>,
    }
}

/// What the rule found in one round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The round. The fields of a file are joined one by one, so this keeps a late result out of the next round.
    pub round: u32,
    /// The result.
    pub outcome: Outcome,
}

impl Round {
    /// How many therapists make a good shortlist: enough for an overlap, few enough to look at each (domain
    /// research, section 5). Advice, not a limit.
    pub const GOOD_LENGTH: std::ops::RangeInclusive<usize> = 5..=6;

    /// The next round over `therapists` (each once), with the same last word.
    #[must_use]
    pub fn next(&self, therapists: impl IntoIterator<Item = TherapistId>) -> Self {
        let mut list: Vec<TherapistId> = Vec::new();
        for id in therapists {
            if !list.contains(&id) {
                list.push(id);
            }
        }
        Self { round: self.round.saturating_add(1), therapists: list, last_word: self.last_word, found: None }
    }

    /// Whether a round was ever begun.
    #[must_use]
    pub const fn is_begun(&self) -> bool {
        self.round > 0
    }

    /// What the rule found in this round, once both were done.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.found.as_ref().filter(|found| found.round == self.round).map(|found| &found.outcome)
    }
}

/// Where things stand with the therapist of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// Nobody has called yet.
    #[default]
    ToCall,
    /// A message was left; an answer is awaited.
    Waiting,
    /// A session is booked.
    Booked,
    /// Not available: the back-up steps up.
    NotAvailable,
}

impl Status {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 4] = [Self::ToCall, Self::Waiting, Self::Booked, Self::NotAvailable];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ToCall => "status-to-call",
            Self::Waiting => "status-waiting",
            Self::Booked => "status-booked",
            Self::NotAvailable => "status-not-available",
        }
    }
}

document! {
    /// The plan of one session, kept in `shared/plan/`. Both see and edit it; private hopes are not in it.
    pub struct SessionPlan: "plan", 1 {
        /// The therapist both can live with.
        pub therapist: Option<TherapistId>,
        /// Who comes next if that one is not available.
        pub backup: Option<TherapistId>,
        /// Where things stand.
        pub status: Status,
        /// Who makes the call.
        pub caller: Option<Member>,
        /// The day of the session.
        pub date: Option<Date>,
        /// The time at which it begins, where it takes place.
        pub time: Option<Time>,
        /// Length in minutes.
        pub minutes: Option<u16>,
        /// Room, address or how to find it.
        pub place: String,
        /// Link for a session by video.
        pub link: String,
        /// What it costs, in the couple's words.
        pub cost: String,
        /// Who pays, in the couple's words.
        pub payer: String,
        /// Name of the time zone in which the session takes place, such as `America/Toronto`; empty when the day was
        /// not set yet.
        pub zone: String,
        /// Answers from the call: the name of a question in [`QUESTIONS`] → what the therapist said.
        pub answers: BTreeMap<String, String>,
        /// Calls to the therapist of the plan, in the order in which they were noted.
        pub calls: Vec<Call>,
        /// What was noted about others who were in the plan before.
        pub kept: BTreeMap<TherapistId, Kept>,
        /// The couple's own questions.
        pub own_questions: Vec<String>,
        /// What the two agree on beforehand: names of texts out of [`AGREEMENTS`], or a sentence of their own.
        pub agreed: Vec<String>,
        /// What [`Member::One`] hopes for, once they chose to show it.
        pub hope_one: String,
        /// What [`Member::Two`] hopes for, once they chose to show it.
        pub hope_two: String,
        /// How many sessions were planned before this one.
        pub visit: u32,
        /// What came of the session of this number, once both had answered. Whose wish it was is not in it.
        pub onward: Option<(u32, Onward)>,
    }
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reached {
    /// They talked.
    Talked,
    /// A message was left, spoken or written.
    LeftMessage,
    /// Nobody answered.
    NoAnswer,
}

impl Reached {
    /// All of them, in the order in which a page offers them.
    pub const ALL: [Self; 3] = [Self::Talked, Self::LeftMessage, Self::NoAnswer];

    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Talked => "call-talked",
            Self::LeftMessage => "call-left-message",
            Self::NoAnswer => "call-no-answer",
        }
    }
}

/// One call, as it was noted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The day.
    pub on: Date,
    /// How it went.
    pub reached: Reached,
}

/// What was noted about a therapist who is no longer in the plan.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// As [`SessionPlan::answers`].
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// As [`SessionPlan::calls`].
    #[serde(default)]
    pub calls: Vec<Call>,
}

impl SessionPlan {
    /// What a person chose to show of what they hope for; empty while they show nothing.
    #[must_use]
    pub const fn hope(&self, member: Member) -> &String {
        match member {
            Member::One => &self.hope_one,
            Member::Two => &self.hope_two,
        }
    }

    /// The same, to change.
    pub const fn hope_mut(&mut self, member: Member) -> &mut String {
        match member {
            Member::One => &mut self.hope_one,
            Member::Two => &mut self.hope_two,
        }
    }

    /// What came of this session, once both had answered.
    #[must_use]
    pub fn onward(&self) -> Option<Onward> {
        self.onward.filter(|(visit, _)| *visit == self.visit).map(|(_, onward)| onward)
    }

    /// This plan about another therapist: what belonged to the one before is kept aside, and what was kept about the
    /// new one is taken up again. What the two agreed on, who calls and who pays stays.
    #[must_use]
    pub fn about(&self, therapist: TherapistId, backup: Option<TherapistId>) -> Self {
        let mut kept = self.kept.clone();
        if let Some(before) = &self.therapist
            && !(self.answers.is_empty() && self.calls.is_empty())
        {
            kept.insert(before.clone(), Kept { answers: self.answers.clone(), calls: self.calls.clone() });
        }
        let Kept { answers, calls } = kept.remove(&therapist).unwrap_or_default();
        Self {
            therapist: Some(therapist),
            backup,
            status: Status::ToCall,
            caller: self.caller,
            payer: self.payer.clone(),
            own_questions: self.own_questions.clone(),
            agreed: self.agreed.clone(),
            hope_one: self.hope_one.clone(),
            hope_two: self.hope_two.clone(),
            visit: self.visit,
            answers,
            calls,
            kept,
            ..Self::default()
        }
    }

    /// The plan of the next session after this one: with the same therapist, or with another.
    #[must_use]
    pub fn next_visit(&self, therapist: TherapistId, backup: Option<TherapistId>) -> Self {
        let next = if self.therapist.as_ref() == Some(&therapist) {
            Self {
                status: Status::ToCall,
                backup,
                date: None,
                time: None,
                onward: None,
                hope_one: String::new(),
                hope_two: String::new(),
                ..self.clone()
            }
        } else {
            Self { hope_one: String::new(), hope_two: String::new(), ..self.about(therapist, backup) }
        };
        Self { visit: self.visit.saturating_add(1), ..next }
    }

    /// The plan after the therapist turned out not to be available: the back-up in first place, to be called; what
    /// belonged to the first one is gone. Without a back-up only the status changes.
    #[must_use]
    pub fn step_up(&self) -> Self {
        let Some(backup) = self.backup.clone() else {
            return Self { status: Status::NotAvailable, ..self.clone() };
        };
        self.about(backup, None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    fn id(text: &str) -> TherapistId {
        TherapistId::new(text).unwrap()
    }

    fn plan() -> SessionPlan {
        SessionPlan {
            therapist: Some(id("a")),
            backup: Some(id("b")),
            status: Status::Booked,
            caller: Some(Member::Two),
            date: Some(jiff::civil::date(2026, 12, 3)),
            time: Some(jiff::civil::time(18, 30, 0, 0)),
            minutes: Some(50),
            answers: [(QUESTIONS[0].to_owned(), "yes".to_owned())].into(),
            agreed: vec!["We each decide afterwards.".into()],
            ..SessionPlan::default()
        }
    }

    #[test]
    fn plan_and_round_survive_the_file() {
        assert_eq!(SessionPlan::take(&plan().put()), (plan(), Vec::new()));
        let round = Round { last_word: Member::Two, ..Round::default() }.next([id("a"), id("b"), id("a")]);
        assert_eq!((round.round, round.therapists.len(), round.last_word), (1, 2, Member::Two));
        assert_eq!(Round::take(&round.put()), (round.clone(), Vec::new()));
        let outcome = Outcome::Agreed { therapist: id("a"), backup: Some(id("b")), tie: None };
        let found = Round { found: Some(Found { round: 1, outcome: outcome.clone() }), ..round };
        assert_eq!(Round::take(&found.put()), (found.clone(), Vec::new()));
        assert_eq!(found.outcome(), Some(&outcome));
        assert_eq!(Round { round: 2, ..found.clone() }.outcome(), None, "a result of another round");
        assert_eq!(found.next([id("a")]).found, None);
    }

    #[test]
    fn a_next_session_begins_without_a_day_and_keeps_the_answers() {
        let before = SessionPlan { hope_two: "calm".into(), onward: Some((0, Onward::Again)), ..plan() };
        assert_eq!(before.onward(), Some(Onward::Again));
        let next = before.next_visit(id("a"), Some(id("b")));
        assert_eq!((next.visit, next.date, next.answers.len(), next.onward()), (1, None, 1, None));
        assert!(next.hope(Member::Two).is_empty());
        let other = before.next_visit(id("b"), None);
        assert_eq!((other.visit, other.therapist.clone(), other.answers.len()), (1, Some(id("b")), 0));
        assert_eq!(SessionPlan::take(&other.put()), (other, Vec::new()));
    }

    #[test]
    fn the_backup_steps_up() {
        let next = plan().step_up();
        assert_eq!((next.therapist.clone(), next.backup.clone(), next.status), (Some(id("b")), None, Status::ToCall));
        assert_eq!((next.date, next.answers.len(), next.agreed.len()), (None, 0, 1));
        assert_eq!(next.kept[&id("a")].answers.len(), 1, "what was said is kept with the one who said it");
        let back = next.about(id("a"), None);
        assert_eq!((back.answers.len(), back.kept.len()), (1, 0));
        let last = next.step_up();
        assert_eq!((last.therapist, last.status), (Some(id("b")), Status::NotAvailable));
    }
}
