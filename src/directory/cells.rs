//! How single values look in the cells of a spreadsheet, and how they are read back.

use jiff::civil::Date;

use crate::directory::fold::fold;
use crate::directory::{Style, YesNo};

/// `yes`, `no` or nothing.
pub(super) const fn write_yes_no(value: YesNo) -> &'static str {
    match value {
        YesNo::Unknown => "",
        YesNo::Yes => "yes",
        YesNo::No => "no",
    }
}

/// Reads yes or no in English, French, and as spreadsheets write it. `None`: not understood.
pub(super) fn read_yes_no(text: &str) -> Option<YesNo> {
    match fold(text).trim_end_matches('.') {
        "yes" | "y" | "oui" | "o" | "true" | "vrai" | "1" | "x" | "✓" | "✔" => Some(YesNo::Yes),
        "no" | "n" | "non" | "false" | "faux" | "0" => Some(YesNo::No),
        "" | "?" | "unknown" | "inconnu" | "not sure" | "n/a" | "s/o" => Some(YesNo::Unknown),
        _ => None,
    }
}

/// The value as it shows itself, or nothing.
pub(super) fn write_some<T: std::fmt::Display>(value: &Option<T>) -> String {
    value.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// `structured`, `exploratory`, `mixed` or nothing.
pub(super) const fn write_style(value: Style) -> &'static str {
    match value {
        Style::Unknown => "",
        Style::Structured => "structured",
        Style::Exploratory => "exploratory",
        Style::Mixed => "mixed",
    }
}

/// Reads a style in English or French. `None`: not understood.
pub(super) fn read_style(text: &str) -> Option<Style> {
    match fold(text).as_str() {
        "structured" | "directive" | "structure" | "structuree" => Some(Style::Structured),
        "exploratory" | "exploratoire" | "nondirective" => Some(Style::Exploratory),
        "mixed" | "both" | "mixte" | "les deux" => Some(Style::Mixed),
        "" | "unknown" | "inconnu" | "?" => Some(Style::Unknown),
        _ => None,
    }
}

/// Reads a whole number with at most a plain unit behind it: `80`, `80 %`, `50 min`, `12 ans`.
pub(super) fn read_number<T: std::str::FromStr>(text: &str) -> Option<T> {
    let folded = fold(text);
    let end = folded.find(|c: char| !c.is_ascii_digit()).unwrap_or(folded.len());
    let (digits, unit) = folded.split_at(end);
    let units =
        ["", "%", "percent", "min", "minutes", "years", "year", "yrs", "ans", "an", "weeks", "week", "semaines"];
    // A minus sign folds away; a negative number is none of ours.
    if text.starts_with(['-', '−']) || !units.contains(&unit.trim().trim_end_matches('.')) {
        return None;
    }
    digits.parse().ok()
}

/// Reads a date written year first: `2026-11-20` or `2026/11/20`. Other orders are in doubt and are not guessed.
pub(super) fn read_date(text: &str) -> Option<Date> {
    text.replace('/', "-").parse().ok()
}

/// Several values in one cell, with `; ` between them. A `;`, `|`, line break or `\` inside a value gets a `\`.
pub(super) fn write_list(values: &[String]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty()).collect();
    let mut cell = String::new();
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            cell.push_str("; ");
        }
        for c in value.chars() {
            if matches!(c, ';' | '|' | '\n' | '\\') {
                cell.push('\\');
            }
            cell.push(c);
        }
    }
    // Without a `;` in sight, a comma would be read as what parts the values.
    if values.len() == 1 && cell.contains(',') {
        cell.push(';');
    }
    cell
}

/// Splits a cell at `;`, `|` and line breaks, or at commas if there are none of these.
pub(super) fn read_list(cell: &str) -> Vec<String> {
    let split = |separators: &[char]| {
        let mut values = vec![String::new()];
        let mut chars = cell.chars().peekable();
        while let Some(c) = chars.next() {
            let escaped = c == '\\' && chars.peek().is_some_and(|next| matches!(next, ';' | '|' | '\n' | '\\'));
            if separators.contains(&c) {
                values.push(String::new());
            } else if let Some(value) = values.last_mut() {
                value.push(if escaped { chars.next().unwrap_or(c) } else { c });
            }
        }
        values
    };
    let mut values = split(&[';', '|', '\n']);
    if values.len() == 1 {
        values = split(&[',']);
    }
    values.into_iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect()
}

/// Whether a spreadsheet would run this cell as a formula, or drop the `'` that guards it.
fn is_formula(cell: &str) -> bool {
    let bare = cell.trim_start_matches(|c: char| c == '\'' || c.is_whitespace());
    bare.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%'])
}

/// The text as a cell that no spreadsheet runs: a `'` in front of what would be a formula
/// (OWASP, "CSV Injection"), control characters as spaces.
pub(super) fn guard(text: &str) -> String {
    let text: String = text.trim().chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let text = text.trim();
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell without the `'` that [`guard`] put in front.
pub(super) fn unguard(cell: &str) -> &str {
    let cell = cell.trim();
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest.trim_start(),
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn cells_as_people_fill_them() {
        assert_eq!(read_list("a, b"), ["a", "b"]);
        assert_eq!(read_list("a, b; c"), ["a, b", "c"]);
        assert_eq!(read_list("a\nb | c"), ["a", "b", "c"]);
        assert_eq!(read_list("C:\\d"), ["C:\\d"]);
        assert_eq!(read_number::<u8>("80 %"), Some(80));
        assert_eq!(read_number::<u16>("50 min."), Some(50));
        assert_eq!(read_number::<u8>("300"), None);
        assert_eq!(read_number::<u8>("-3"), None);
        assert_eq!(read_number::<u8>("about 5"), None);
        assert_eq!(read_yes_no("Oui"), Some(YesNo::Yes));
        assert_eq!(read_yes_no("maybe"), None);
        assert_eq!(read_date("2026/11/20"), Some(jiff::civil::date(2026, 11, 20)));
        assert_eq!(read_date("11/20/2026"), None);
    }

    #[test]
    fn formulas_are_defused() {
        for cell in ["=1+1", "+1 418", "-2", "@x", " =1", "'=1", "' +1", "＝1", "%x", "|x", "\t=1"] {
            assert!(guard(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(guard("l'été"), "l'été");
        assert_eq!(guard("'Anne"), "'Anne");
    }

    proptest! {
        #[test]
        fn a_guarded_cell_reads_back(text in "['=+@ a,-]{0,8}|\\PC{0,20}") {
            let text = text.trim();
            let cell = guard(text);
            prop_assert_eq!(unguard(&cell), text);
        }

        #[test]
        fn a_list_reads_back(values in prop::collection::vec("[a;|,\\\\\n é]{1,6}", 0..4)) {
            let values: Vec<String> = values.iter().map(|value| value.trim().to_owned()).filter(|value| !value.is_empty()).collect();
            prop_assert_eq!(read_list(&write_list(&values)), values);
        }
    }
}
