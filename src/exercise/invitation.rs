//! The invitation: six parts out of the exercises, put together, edited as a whole, and kept as versions.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::answer::Chosen;
use super::model::Part;
use crate::document;

/// The parts in the order in which they are said: on the same side, what it does to me, what I ask, how little it
/// is, that we choose as equals; and at the end the question, so that the other has the word.
pub const ORDER: [Part; 6] =
    [Part::SameTeam, Part::Impact, Part::Invitation, Part::Trial, Part::Choosing, Part::Curiosity];

document! {
    /// One person's invitation: kept in their own space.
    pub struct Invitation: "invitation", 1 {
        /// [`Part::slug`] → the sentence that an exercise gave it. A name that this version does not know is kept.
        pub parts: BTreeMap<String, String>,
        /// The if-then plan: for oneself, never part of what is said.
        pub plan: String,
        /// The whole as the person edited it; none while it is only put together from the parts.
        pub own_text: Option<String>,
        /// What the parts amounted to when the person began to edit the whole.
        pub basis: String,
        /// Older texts, oldest first.
        pub versions: Vec<Version>,
        /// [`Reply::slug`] → what to say next, should that be the answer.
        pub replies: BTreeMap<String, Chosen>,
        /// When it was last gone through as a whole.
        pub rehearsed: Option<Timestamp>,
        /// What the wording check noticed and the person means that way.
        pub meant: BTreeSet<Meant>,
    }
}

/// What the wording check noticed in this text, and the person stands by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Meant {
    /// Name of the kind of finding.
    pub kind: String,
    /// The words, in small letters and with single spaces.
    pub words: String,
}

impl Meant {
    /// The finding of this kind on these words, wherever in the text they stand and however they are set.
    #[must_use]
    pub fn new(kind: &str, words: &str) -> Self {
        let words = words.to_lowercase().replace('’', "'");
        Self { kind: kind.to_owned(), words: words.split_whitespace().collect::<Vec<_>>().join(" ") }
    }
}

/// An answer that may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Yes.
    Yes,
    /// Maybe, or later.
    Maybe,
    /// No.
    No,
}

impl Reply {
    /// All three, in the order in which they are rehearsed: the no last, so that it is the freshest.
    pub const ALL: [Self; 3] = [Self::Yes, Self::Maybe, Self::No];

    /// The name under which it is kept on disk.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Maybe => "maybe",
            Self::No => "no",
        }
    }
}

/// An older text of the invitation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// When it was put aside; no two versions have the same, so it names the version.
    pub at: Timestamp,
    /// The text.
    pub text: String,
}

impl Invitation {
    /// The sentence of one part; empty when there is none.
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Plan => &self.plan,
            _ => self.parts.get(part.slug()).map_or("", String::as_str),
        }
    }

    /// Sets the sentence of one part; an empty one takes it away.
    pub fn set_part(&mut self, part: Part, text: &str) {
        let text = text.trim();
        match part {
            Part::Plan => text.clone_into(&mut self.plan),
            _ if text.is_empty() => {
                self.parts.remove(part.slug());
            }
            _ => {
                self.parts.insert(part.slug().to_owned(), text.to_owned());
            }
        }
    }

    /// How many of the six parts have a sentence.
    #[must_use]
    pub fn filled(&self) -> usize {
        ORDER.iter().filter(|part| !self.part(**part).is_empty()).count()
    }

    /// The parts put together in [`ORDER`], one paragraph each; empty when there is none.
    #[must_use]
    pub fn assembled(&self) -> String {
        let paragraphs: Vec<String> =
            ORDER.iter().map(|part| self.part(*part)).filter(|text| !text.is_empty()).map(closed).collect();
        paragraphs.join("\n\n")
    }

    /// The invitation as it stands: the person's own text, or else the parts put together.
    #[must_use]
    pub fn text(&self) -> String {
        self.own_text.clone().unwrap_or_else(|| self.assembled())
    }

    /// Takes `text` as the whole. Nothing is kept as a version: see [`Self::keep`].
    pub fn edit(&mut self, text: &str) {
        if self.own_text.is_none() {
            self.basis = self.assembled();
        }
        self.own_text = Some(text.to_owned());
    }

    /// Whether a part changed since the person began to edit the whole, so that they may want it in.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.own_text.is_some() && self.basis != self.assembled()
    }

    /// Notes that the person saw the changed parts and stays with their own text.
    pub fn stay(&mut self) {
        self.basis = self.assembled();
    }

    /// Puts the text as it stands among the versions, unless it is empty or the newest version has the same text.
    /// Returns whether it did.
    pub fn keep(&mut self, now: Timestamp) -> bool {
        let text = self.text();
        let same = self.versions.last().is_some_and(|version| version.text == text);
        if text.trim().is_empty() || same {
            return false;
        }
        let mut at = now;
        // The clock may have been set back; a version must come after the ones before it, and have a name of its own.
        if let Some(last) = self.versions.iter().map(|version| version.at).max().filter(|last| *last >= at) {
            at = last.checked_add(SignedDuration::from_nanos(1)).unwrap_or(last);
        }
        self.versions.push(Version { at, text });
        true
    }

    /// Keeps the text as it stands, then takes the one of version `at` again. Does nothing if there is no such version.
    pub fn restore(&mut self, at: Timestamp, now: Timestamp) {
        if let Some(text) = self.versions.iter().find(|version| version.at == at).map(|version| version.text.clone()) {
            self.keep(now);
            self.edit(&text);
        }
    }

    /// Keeps the text as it stands, then puts the parts together anew.
    pub fn assemble_anew(&mut self, now: Timestamp) {
        self.keep(now);
        self.own_text = None;
        self.basis.clear();
    }

    /// Deletes version `at` for good.
    pub fn delete_version(&mut self, at: Timestamp) {
        self.versions.retain(|version| version.at != at);
    }
}

/// `text` with a full stop if it ends in a letter or digit.
fn closed(text: &str) -> String {
    if text.ends_with(char::is_alphanumeric) { format!("{text}.") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Document;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a time")
    }

    fn with_parts() -> Invitation {
        let mut invitation = Invitation::default();
        invitation.set_part(Part::Trial, "One hour, to see");
        invitation.set_part(Part::SameTeam, " It is us two. ");
        invitation.set_part(Part::Plan, "If we eat, then I ask.");
        invitation.set_part(Part::Curiosity, "What do you think?");
        invitation
    }

    #[test]
    fn parts_are_put_together_in_order_and_the_plan_stays_apart() {
        let mut invitation = with_parts();
        assert_eq!(invitation.text(), "It is us two.\n\nOne hour, to see.\n\nWhat do you think?");
        assert_eq!((invitation.filled(), invitation.part(Part::Plan)), (3, "If we eat, then I ask."));
        invitation.set_part(Part::Trial, "  ");
        assert_eq!(invitation.filled(), 2);
        assert_eq!(Invitation::default().text(), "");
    }

    #[test]
    fn every_part_but_the_plan_has_a_place() {
        let spoken: Vec<Part> = Part::ALL.into_iter().filter(|part| *part != Part::Plan).collect();
        assert!(spoken.iter().all(|part| ORDER.contains(part)) && spoken.len() == ORDER.len());
    }

    #[test]
    fn an_edited_text_stays_and_tells_when_parts_change() {
        let mut invitation = with_parts();
        invitation.edit("Mine.");
        assert!(!invitation.is_behind());
        invitation.set_part(Part::Impact, "I feel alone.");
        assert!(invitation.is_behind());
        assert_eq!(invitation.text(), "Mine.");
        invitation.edit("Mine, more.");
        assert!(invitation.is_behind(), "typing on does not hide the change");
        invitation.stay();
        assert!(!invitation.is_behind());
    }

    #[test]
    fn versions_lose_nothing() {
        let mut invitation = with_parts();
        let first = invitation.text();
        assert!(invitation.keep(at(0)) && !invitation.keep(at(1)), "the same text is kept once");
        invitation.edit("Second.");
        invitation.restore(at(0), at(0));
        assert_eq!(invitation.text(), first);
        assert_eq!(invitation.versions.last().map(|version| version.text.as_str()), Some("Second."));
        assert!(invitation.versions[0].at < invitation.versions[1].at);
        invitation.restore(at(99), at(2));
        assert_eq!(invitation.text(), first);
        invitation.edit("Third.");
        invitation.assemble_anew(at(3));
        assert_eq!((invitation.text(), invitation.versions.len()), (first, 3));
        invitation.delete_version(at(0));
        assert_eq!(invitation.versions.len(), 2);
    }

    #[test]
    fn everything_survives_the_file() {
        let mut invitation = with_parts();
        invitation.edit("« Mine »\n\nand \"more\"");
        invitation.keep(at(0));
        invitation.parts.insert("later".into(), "unknown".into());
        invitation.replies.insert(Reply::No.slug().into(), Chosen { ids: vec!["thanks".into()], own: String::new() });
        invitation.rehearsed = Some(at(5));
        invitation.meant.insert(Meant::new("blame", "You  Never\nL’isten"));
        assert!(invitation.meant.contains(&Meant::new("blame", "you never l'isten")));
        assert_eq!(Invitation::take(&invitation.put()), (invitation, Vec::new()));
    }
}
