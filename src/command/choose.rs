//! `choose`: the rule alone, on a file of two people's marks.

use std::path::Path;

use super::CommandError;
use crate::choice::Ballots;
use crate::locale::Texts;

pub(super) fn run(marks: &Path, texts: &Texts) -> Result<String, CommandError> {
    let file = marks.display();
    let bytes =
        std::fs::read(marks).map_err(|error| CommandError::Input(format!("{file}: cannot be read: {error}")))?;
    let ballots = Ballots::read(&bytes).map_err(|error| CommandError::Input(format!("{file}:{error}")))?;
    let outcome = ballots.outcome();
    let lines = outcome.describe().into_iter().map(|line| {
        let name = line.therapist.map(|id| id.as_str().to_owned()).unwrap_or_default();
        texts.with(line.key, &[("therapist", name.into())]) + "\n"
    });
    Ok(lines.collect())
}
