//! A file with the marks of both people, for trying the rule from the command line (`choose --marks FILE`).

use ron::error::SpannedError;
use serde::Deserialize;

use crate::choice::{Ballot, Outcome, choose};
use crate::couple::Member;
use crate::directory::TherapistId;
use crate::fields::{line_column, place};

/// Two people's ballots, and whose order decides between two that are level:
///
/// ```ron
/// (
///     one: (order: ["a", "b"], no: ["c"]),
///     two: (order: ["c", "b"], no: ["a"]),
///     last_word: Two,
/// )
/// ```
///
/// Both must speak of the same therapists.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballots {
    /// Of [`Member::One`].
    pub one: Ballot,
    /// Of [`Member::Two`].
    pub two: Ballot,
    /// Whose order decides between two that are level.
    pub last_word: Member,
}

/// Why such a file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct BadBallots {
    /// Line in the file, from 1.
    pub line: usize,
    /// Column in that line, in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

impl BadBallots {
    /// Name of the text for it, which takes `$what`: the error as it displays itself, behind the file's name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        "ballots-file-bad"
    }
}

impl Ballots {
    /// Reads the text of such a file.
    ///
    /// # Errors
    /// [`BadBallots`] with the place, when it is no RON of this shape, when a therapist is listed twice by one
    /// person, or by one person only.
    pub fn parse(text: &str) -> Result<Self, BadBallots> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let ballots: Self = ron::from_str(text).map_err(|SpannedError { code, span }| {
            let (line, column) = place(text, &span);
            BadBallots { line, column, what: code.to_string() }
        })?;
        match ballots.of_one_only() {
            None => Ok(ballots),
            Some(id) => {
                let at = text.find(&format!("\"{id}\"")).unwrap_or_default();
                let (line, column) = line_column(text, &(at..at));
                let what =
                    format!("\"{id}\" is listed by one person only; put it into the other's `order` or `no` as well");
                Err(BadBallots { line, column, what })
            }
        }
    }

    /// What the rule finds.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        choose(&self.one, &self.two, self.last_word)
    }

    fn of_one_only(&self) -> Option<&TherapistId> {
        let (one, two) = (self.one.named(), self.two.named());
        one.symmetric_difference(&two).next().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "(\n  one: (order: [\"a\", \"b\"], no: [\"c\"]),\n  two: (order: [\"c\", \"b\"], no: [\"a\"]),\n  last_word: Two,\n)";

    #[test]
    fn a_file_gives_an_outcome() {
        let b = TherapistId::new("b").unwrap();
        let expected = Outcome::Agreed { therapist: b, backup: None, tie: None };
        assert_eq!(Ballots::parse(GOOD).unwrap().outcome(), expected);
        assert_eq!(Ballots::parse(&format!("\u{feff}{GOOD}")).unwrap().outcome(), expected);
    }

    #[test]
    fn faults_are_named_with_their_place() {
        for (from, to, line, column, what) in [
            ("order: [\"a\", \"b\"]", "order: [\"a\", \"B\"]", 2, 0, "cannot name a therapist"),
            ("order: [\"a\", \"b\"]", "order: [\"a\", \"a\", \"b\"]", 2, 0, "listed twice"),
            ("no: [\"a\"]", "no: [\"a\", \"b\"]", 3, 0, "both in"),
            ("no: [\"a\"]", "no: [\"a\", \"x\"]", 3, 38, "one person only"),
            ("order: [\"c\", \"b\"]", "ordre: [\"c\", \"b\"]", 3, 0, "ordre"),
            ("last_word: Two", "last_word: Three", 4, 0, "Three"),
            ("  last_word: Two,\n", "", 4, 0, "last_word"),
            ("no: [\"a\"]),", "no: [\"a\"],", 4, 0, ""),
        ] {
            let text = GOOD.replace(from, to);
            assert_ne!(text, GOOD);
            let error = Ballots::parse(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}");
            assert!(column == 0 || error.column == column, "{error}");
            assert!(error.what.contains(what), "{error}");
        }
        assert!(Ballots::parse("").is_err());
    }
}
