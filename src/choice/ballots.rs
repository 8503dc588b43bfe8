//! A file with the marks of both people, for trying the rule from the command line (`choose --marks FILE`).

use std::collections::BTreeMap;

use ron::error::SpannedError;
use ron::value::RawValue;
use serde::Deserialize;

use crate::choice::{Ballot, Outcome, choose};
use crate::couple::Member;
use crate::directory::TherapistId;
use crate::fields::{self, line_column, place};

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
/// Both must speak of the same therapists. `order` or `no` may be left out when it is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    /// A fault at the byte `at` of `text`.
    fn at(text: &str, at: usize, what: impl Into<String>) -> Self {
        let (line, column) = line_column(text, &(at..at));
        Self { line, column, what: what.into() }
    }
}

/// The file as it is written, with each name at its place.
#[derive(Deserialize)]
#[serde(rename = "Ballots", deny_unknown_fields)]
struct Raw<'a> {
    #[serde(borrow)]
    one: RawBallot<'a>,
    #[serde(borrow)]
    two: RawBallot<'a>,
    #[serde(borrow)]
    last_word: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(rename = "Ballot", deny_unknown_fields)]
struct RawBallot<'a> {
    #[serde(borrow, default)]
    order: Vec<&'a RawValue>,
    #[serde(borrow, default)]
    no: Vec<&'a RawValue>,
}

/// Whom one person named, and the byte at which each name stands.
type Named = BTreeMap<TherapistId, usize>;

impl Ballots {
    /// Reads such a file.
    ///
    /// # Errors
    /// [`BadBallots`] with the place, when it is no text in UTF-8, no RON of this shape, when a therapist is listed
    /// twice by one person, or by one person only.
    pub fn read(bytes: &[u8]) -> Result<Self, BadBallots> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let before = String::from_utf8_lossy(valid);
                Err(BadBallots::at(&before, before.len(), "this is not text in UTF-8; save the file as UTF-8"))
            }
        }
    }

    /// Reads the text of such a file.
    ///
    /// # Errors
    /// As [`Ballots::read`].
    pub fn parse(text: &str) -> Result<Self, BadBallots> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        if text.trim().is_empty() {
            let what = "the file is empty; it should hold (one: (order: […], no: […]), two: (…), last_word: Two)";
            return Err(BadBallots { line: 1, column: 1, what: what.to_owned() });
        }
        let raw: Raw<'_> = ron::from_str(text).map_err(|SpannedError { code, span }| {
            let (line, column) = place(text, &span);
            BadBallots { line, column, what: code.to_string() }
        })?;
        let (one, one_named) = ballot(text, &raw.one)?;
        let (two, two_named) = ballot(text, &raw.two)?;
        for (mine, theirs) in [(&one_named, &two_named), (&two_named, &one_named)] {
            if let Some((id, at)) = mine.iter().find(|(id, _)| !theirs.contains_key(*id)) {
                let what =
                    format!("\"{id}\" is listed by one person only; put it into the other's `order` or `no` as well");
                return Err(BadBallots::at(text, *at, what));
            }
        }
        let last_word = fields::from_text("last_word", raw.last_word.trim().get_ron()).map_err(|bad| {
            BadBallots::at(text, start(text, raw.last_word), format!("{}; write `One` or `Two`", bad.what))
        })?;
        Ok(Self { one, two, last_word })
    }

    /// What the rule finds.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        choose(&self.one, &self.two, self.last_word)
    }
}

/// Where a value stands in `text`, past white space and comments.
fn start(text: &str, raw: &RawValue) -> usize {
    raw.trim().get_ron().as_ptr().addr().saturating_sub(text.as_ptr().addr())
}

/// One person's ballot, and where each name stands.
fn ballot(text: &str, raw: &RawBallot<'_>) -> Result<(Ballot, Named), BadBallots> {
    let mut named = Named::new();
    let mut take = |list: &[&RawValue], in_order: Option<&Ballot>| {
        let mut ids = Vec::with_capacity(list.len());
        for value in list {
            let at = start(text, value);
            let id: TherapistId =
                fields::from_text("id", value.trim().get_ron()).map_err(|bad| BadBallots::at(text, at, bad.what))?;
            if named.insert(id.clone(), at).is_some() {
                let both = in_order.is_some_and(|ballot| ballot.order().contains(&id));
                let what = if both {
                    format!("\"{id}\" is both in `order` and in `no`; keep it in one of them")
                } else {
                    format!("\"{id}\" is listed twice; keep it once")
                };
                return Err(BadBallots::at(text, at, what));
            }
            ids.push(id);
        }
        Ok(ids)
    };
    let bad = |error: crate::choice::BallotError| BadBallots { line: 1, column: 1, what: error.to_string() };
    let order = Ballot::new(take(&raw.order, None)?, []).map_err(bad)?;
    let no = take(&raw.no, Some(&order))?;
    let whole = Ballot::new(order.order().to_vec(), no).map_err(bad)?;
    Ok((whole, named))
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
        let commented = GOOD.replace("order: [\"a\", \"b\"]", "order: [\"a\", /* \"x\" */ \"b\", // and so on\n]");
        assert_eq!(Ballots::parse(&commented).map(|ballots| ballots.outcome()), Ok(expected));
        let short = "Ballots(one: (order: [\"a\"]), two: (no: [\"a\"]), last_word: One)";
        assert_eq!(Ballots::parse(short).unwrap().outcome(), Outcome::NoSharedOption);
    }

    #[test]
    fn faults_are_named_with_their_place() {
        for (from, to, line, column, what) in [
            ("order: [\"a\", \"b\"]", "order: [\"a\", \"B\"]", 2, 22, "cannot name a therapist"),
            ("order: [\"a\", \"b\"]", "order: [\"a\", \"a\", \"b\"]", 2, 22, "listed twice"),
            ("no: [\"c\"]", "no: [\"c\", // twice\n\"c\"]", 3, 1, "listed twice"),
            ("no: [\"a\"]", "no: [\"a\", \"b\"]", 3, 38, "both in"),
            ("no: [\"a\"]", "no: [\"a\", \"x\"]", 3, 38, "one person only"),
            ("no: [\"c\"]", "/* \"x\" */ no: [\"c\", \"x\"]", 2, 0, "one person only"),
            ("no: [\"a\"]", "no: [\"a\", 7]", 3, 38, ""),
            ("order: [\"c\", \"b\"]", "ordre: [\"c\", \"b\"]", 3, 0, "ordre"),
            ("last_word: Two", "last_word: Three", 4, 14, "write `One` or `Two`"),
            ("last_word: Two", "last_word: ", 4, 0, ""),
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
        assert!(Ballots::parse("").unwrap_err().what.contains("empty"));
        let error = Ballots::read(b"(\n one: (order: [\"\xe9\"]").unwrap_err();
        assert_eq!((error.line, error.column), (2, 17), "{error}");
    }
}
