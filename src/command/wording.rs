//! `words`: the wording check on a text.

use std::io::Read;
use std::path::Path;

use super::CommandError;
use crate::exercise::words::{self, Checker};
use crate::locale::Language;
use crate::store::settings::Settings;
use crate::store::{Opening, Place, Role, Shelf};

/// A line for each finding, `start-end  kind  why`, then one for each part that is missing from a whole text.
///
/// `start` and `end` count the characters of the whole input from 0, a byte order mark not counted; `end` is the first
/// character behind. What is not UTF-8 counts as one character for each faulty sequence.
pub(super) fn run(root: &Path, file: Option<&Path>, language: Option<Language>) -> Result<String, CommandError> {
    let bytes = match file {
        Some(file) => std::fs::read(file)
            .map_err(|error| CommandError::Input(format!("{} cannot be read: {error}", file.display())))?,
        None => {
            let mut bytes = Vec::new();
            std::io::stdin()
                .read_to_end(&mut bytes)
                .map_err(|error| CommandError::Input(format!("standard input cannot be read: {error}")))?;
            bytes
        }
    };
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(report(text, language.unwrap_or_else(|| language_of(root))))
}

/// The language of the settings, else the system's.
fn language_of(root: &Path) -> Language {
    let shelf = root.is_dir().then(|| Shelf::open(root, Opening::new(Role::Reader)).ok()).flatten();
    let settings = shelf.map(|(shelf, _)| shelf.load::<Settings>(&Place::Settings).value);
    settings.and_then(|settings| settings.language).unwrap_or_else(Language::of_system)
}

fn report(text: &str, language: Language) -> String {
    let checker = Checker::of(language);
    let mut out = String::new();
    // Findings come in the order of the text, so the characters are counted once.
    let (mut byte, mut characters) = (0, 0);
    for finding in checker.check(text) {
        characters += text.get(byte..finding.range.start).map_or(0, |part| part.chars().count());
        byte = finding.range.start;
        let length = text.get(finding.range).map_or(0, |part| part.chars().count());
        out += &format!("{characters}-{}  {}  {}\n", characters + length, finding.kind.slug(), finding.why);
    }
    if words::count(text) >= words::WHOLE {
        let end = text.chars().count();
        for missing in checker.missing(text) {
            out += &format!("{end}-{end}  {}  {}\n", missing.part.slug(), missing.why);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_in_characters() {
        let said = report("Ça va. Tu n’écoutes jamais.", Language::Fr);
        assert!(said.starts_with("7-26  always-never  "), "{said}");
        assert_eq!(report("", Language::En), "");
    }

    #[test]
    fn only_a_whole_text_lacks_parts() {
        assert_eq!(report("Hello there.", Language::En), "");
        let long = "the garden is green ".repeat(10);
        let said = report(&long, Language::En);
        assert!(said.lines().count() == 4 && said.starts_with("200-200  missing-choice  "), "{said}");
    }
}
