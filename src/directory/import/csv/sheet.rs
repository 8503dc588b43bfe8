//! The headings of a spreadsheet, and what its rows say under them.

use std::collections::BTreeMap;

use csv::StringRecord;

use crate::directory::Therapist;
use crate::directory::YesNo;
use crate::directory::cells::unguard;
use crate::directory::columns::{
    COLUMNS, Column, FIRST_NAME, FORMAT, IGNORED, LAST_NAME, MIDDLE_NAME, column_of, currency_in, heading_key,
};
use crate::directory::fold::fold;
use crate::directory::import::{Entry, Found, ImportError, RowFault, add_note};

/// What a person said the cells under a heading are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The field of this name in an export, such as `Postal code`.
    Field(String),
    /// A first name.
    FirstName,
    /// A last name.
    LastName,
    /// Something for the notes.
    Notes,
    /// Nothing to keep.
    Nothing,
}

impl Target {
    /// How it is kept in the settings.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Field(heading) => heading,
            Self::FirstName => "first name",
            Self::LastName => "last name",
            Self::Notes => "to notes",
            Self::Nothing => "nothing",
        }
    }

    /// Reads what [`Self::as_str`] wrote; `None` for a field that there is not.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "first name" => Self::FirstName,
            "last name" => Self::LastName,
            "to notes" => Self::Notes,
            "nothing" => Self::Nothing,
            heading => {
                COLUMNS.iter().find(|column| column.heading == heading)?;
                Self::Field(heading.to_owned())
            }
        })
    }

    /// What a heading itself says the cells under it are; `None` where it says nothing, or nothing that one could choose.
    #[must_use]
    pub fn of_heading(heading: &str) -> Option<Self> {
        match cells_of(heading) {
            Cells::Field(column) => Some(Self::Field(column.heading.to_owned())),
            Cells::FirstName => Some(Self::FirstName),
            Cells::LastName => Some(Self::LastName),
            Cells::Ignored => Some(Self::Nothing),
            Cells::StreetMore | Cells::MiddleName | Cells::Format | Cells::Unknown => None,
        }
    }

    /// The fields that a column may be.
    pub fn fields() -> impl Iterator<Item = &'static str> {
        COLUMNS.iter().map(|column| column.heading)
    }
}

/// What a person said about columns with unknown headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping {
    columns: BTreeMap<String, Target>,
    /// The first row is a therapist already; the columns are called `1`, `2` and so on.
    pub no_headings: bool,
}

impl Mapping {
    /// Nothing said yet, of a file whose first row is a therapist already.
    #[must_use]
    pub fn without_headings() -> Self {
        Self { no_headings: true, ..Self::default() }
    }

    fn key(heading: &str) -> String {
        fold(heading.trim())
    }

    /// What was said about a heading.
    #[must_use]
    pub fn get(&self, heading: &str) -> Option<&Target> {
        self.columns.get(&Self::key(heading))
    }

    /// Says what the cells under a heading are.
    pub fn set(&mut self, heading: &str, target: Target) {
        self.columns.insert(Self::key(heading), target);
    }

    /// Everything that was said, in the form for the settings.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Target)> {
        self.columns.iter().map(|(heading, target)| (heading.as_str(), target))
    }
}

/// What the cells under one heading are.
#[derive(Debug, Clone, Copy)]
enum Cells {
    Field(&'static Column),
    /// The second line of a street.
    StreetMore,
    FirstName,
    MiddleName,
    LastName,
    /// In person, online or both, in words.
    Format,
    Unknown,
    Ignored,
}

/// The headings of a file and what they stand for.
pub(super) struct Sheet {
    columns: Vec<(String, Cells)>,
}

/// Whether a heading is one that means something here.
pub(super) fn is_known(heading: &str) -> bool {
    !matches!(cells_of(heading), Cells::Unknown)
}

/// Whether one of the headings is that of a name.
pub(super) fn has_name(headings: &StringRecord) -> bool {
    headings.iter().any(|heading| is_name(cells_of(heading)))
}

fn is_name(cells: Cells) -> bool {
    match cells {
        Cells::Field(column) => matches!(column.heading, "Name" | "Practice"),
        Cells::FirstName | Cells::LastName => true,
        Cells::StreetMore | Cells::MiddleName | Cells::Format | Cells::Unknown | Cells::Ignored => false,
    }
}

fn cells_of(heading: &str) -> Cells {
    let key = heading_key(heading);
    let is = |all: &[&str]| all.contains(&key.as_str());
    match column_of(heading) {
        Some(column) => Cells::Field(column),
        None if is(FIRST_NAME) => Cells::FirstName,
        None if is(MIDDLE_NAME) => Cells::MiddleName,
        None if is(LAST_NAME) => Cells::LastName,
        None if is(FORMAT) => Cells::Format,
        None if is(IGNORED) => Cells::Ignored,
        None => Cells::Unknown,
    }
}

fn cells_for(target: &Target) -> Cells {
    match target {
        Target::Field(heading) => {
            COLUMNS.iter().find(|column| column.heading == *heading).map_or(Cells::Unknown, Cells::Field)
        }
        Target::FirstName => Cells::FirstName,
        Target::LastName => Cells::LastName,
        Target::Notes => Cells::Unknown,
        Target::Nothing => Cells::Ignored,
    }
}

impl Sheet {
    pub(super) fn new(first: &StringRecord, mapping: &Mapping) -> Result<Self, ImportError> {
        let mut columns: Vec<(String, Cells)> = Vec::new();
        for (at, heading) in first.iter().enumerate() {
            let heading = if mapping.no_headings { (at + 1).to_string() } else { heading.to_owned() };
            let mut cells = match mapping.get(&heading) {
                Some(target) => cells_for(target),
                None if mapping.no_headings => Cells::Unknown,
                None => cells_of(&heading),
            };
            let is_street = |cells: &Cells| matches!(cells, Cells::Field(column) if column.heading == "Street");
            if is_street(&cells)
                && heading.contains(|c: char| c.is_ascii_digit())
                && columns.iter().any(|(_, cells)| is_street(cells))
            {
                cells = Cells::StreetMore;
            }
            columns.push((heading, cells));
        }
        if !columns.iter().any(|(_, cells)| is_name(*cells)) {
            return Err(ImportError::NoNameColumn { found: shortened(first) });
        }
        Ok(Self { columns })
    }

    pub(super) fn headings(&self) -> Vec<String> {
        self.columns.iter().map(|(heading, _)| heading.clone()).collect()
    }

    pub(super) fn unknown(&self) -> Vec<String> {
        let unknown =
            self.columns.iter().filter(|(heading, cells)| matches!(cells, Cells::Unknown) && !heading.is_empty());
        unknown.map(|(heading, _)| heading.clone()).collect()
    }

    pub(super) fn entry(&self, record: &StringRecord, line: u64) -> Entry {
        if record.iter().skip(self.columns.len()).any(|cell| !cell.is_empty()) {
            let fault = RowFault::TooManyCells { cells: record.len(), headings: self.columns.len() };
            return Entry::Unusable { line, fault };
        }
        let found = self.found(record, line);
        if found.therapist.name.is_empty() {
            return Entry::Unusable { line, fault: RowFault::NoName };
        }
        Entry::Found(found)
    }

    /// What a row says, and the headings of values that were not understood.
    fn found(&self, record: &StringRecord, line: u64) -> Found {
        let mut found = Found { line, ..Found::default() };
        let therapist = &mut found.therapist;
        let (mut first, mut middle, mut last) = (String::new(), String::new(), String::new());
        let mut lines = Vec::new();
        for ((heading, cells), cell) in self.columns.iter().zip(record) {
            let cell = unguard(cell);
            if cell.is_empty() {
                continue;
            }
            let understood = match cells {
                Cells::Field(column) => take(therapist, column, heading, cell),
                Cells::StreetMore if therapist.street.is_empty() => put(&mut therapist.street, cell),
                Cells::StreetMore => {
                    therapist.street.push_str(", ");
                    therapist.street.push_str(cell);
                    true
                }
                Cells::FirstName => put(&mut first, cell),
                Cells::MiddleName => put(&mut middle, cell),
                Cells::LastName => put(&mut last, cell),
                Cells::Format => meets(therapist, cell),
                Cells::Ignored => true,
                Cells::Unknown => {
                    lines.push(note(heading, cell));
                    continue;
                }
            };
            if !understood {
                lines.push(note(heading, cell));
                found.aside.push(heading.clone());
            }
        }
        let given = super::super::joined([first.as_str(), middle.as_str()], " ");
        let given = if therapist.name.is_empty() { &given } else { &first };
        therapist.name = whole_name(&therapist.name, given, &last);
        if therapist.name.is_empty() && !therapist.practice.is_empty() {
            therapist.name.clone_from(&therapist.practice);
            found.is_organisation = true;
        }
        for line in lines {
            add_note(therapist, &line);
        }
        found
    }
}

/// Puts a cell into the field of its column; a fee without a currency has that of the heading, as in `Fee (CAD)`.
fn take(therapist: &mut Therapist, column: &Column, heading: &str, cell: &str) -> bool {
    // Google puts several values of one kind into one cell.
    if cell.contains(" ::: ") && heading.trim_end().ends_with("- Value") {
        return cell.split(" ::: ").map(|part| (column.set)(therapist, part.trim())).fold(true, |all, one| all & one);
    }
    // Outlook's French export has two columns named `Titre`: how somebody is addressed, and what they are.
    if column.heading == "Credential" && heading != column.heading && is_address(cell) {
        return true;
    }
    let understood = (column.set)(therapist, cell);
    if understood
        && column.heading == "Fee"
        && let (Some(fee), Some(currency)) = (&mut therapist.fee, currency_in(heading))
        && fee.currency.is_empty()
    {
        currency.clone_into(&mut fee.currency);
    }
    understood
}

/// `Mme`, `Mr.` and the like, which say nothing of what somebody learned.
fn is_address(cell: &str) -> bool {
    ["m", "mm", "mme", "mlle", "mr", "mrs", "ms", "miss", "mx"].contains(&fold(cell).trim_end_matches('.'))
}

fn put(slot: &mut String, cell: &str) -> bool {
    let free = slot.is_empty();
    if free {
        cell.clone_into(slot);
    }
    free
}

/// `In person and online`, `Téléconsultation` and the like.
fn meets(therapist: &mut Therapist, cell: &str) -> bool {
    let folded = fold(cell);
    let has = |words: &[&str]| words.iter().any(|word| folded.contains(word));
    let online = has(&["online", "video", "virtual", "tele", "remote", "en ligne", "virtuel", "distance", "hybrid"]);
    let in_person = has(&["in person", "inperson", "office", "face to face", "personne", "presen", "bureau", "hybrid"])
        || has(&["both", "les deux"]);
    let online = online || has(&["both", "les deux"]);
    if online {
        therapist.online = YesNo::Yes;
    }
    if in_person {
        therapist.in_person = YesNo::Yes;
    }
    online || in_person
}

fn note(heading: &str, cell: &str) -> String {
    if heading.is_empty() { cell.to_owned() } else { format!("{heading}: {cell}") }
}

/// One name out of the columns that may hold it. With a first name beside it, a column named `Nom` or `Name` holds
/// the last name, unless the first name is already in it.
fn whole_name(name: &str, first: &str, last: &str) -> String {
    let parts = if !first.is_empty() && !last.is_empty() {
        let whole = format!("{first} {last}");
        return if name.contains(first) && name.contains(last) { name.to_owned() } else { whole };
    } else if name.contains(first) && name.contains(last) {
        [name, "", ""]
    } else {
        [first, name, last]
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The first headings, to show what was found.
fn shortened(headings: &StringRecord) -> String {
    let found: Vec<&str> = headings.iter().take(5).collect();
    let text: String = found.join(", ").chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
    if headings.len() > 5 || text.chars().count() == 80 { format!("{text}…") } else { text }
}
