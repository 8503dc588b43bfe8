//! Bringing therapists in from other programs' files: first a preview, in which nothing is changed yet.

mod csv;
mod same;
mod text;

use crate::directory::{Therapist, TherapistId};

pub use csv::preview_csv;
pub use same::SameBy;

/// The largest file that is taken, in bytes (256 MiB).
pub const MAX_BYTES: usize = 256 << 20;

/// The largest single row that is taken, in bytes (1 MiB). No spreadsheet makes one; a file of one endless line has one.
pub const MAX_ROW_BYTES: usize = 1 << 20;

/// What an import would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// One entry per row of the file that is not blank, in file order.
    pub rows: Vec<Row>,
    /// How the file's letters were read: `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1252`.
    pub encoding: &'static str,
    /// What parts the cells: a comma, a semicolon, a tab or `|`.
    pub delimiter: char,
    /// Headings that no field answers to. Their values were put into the notes.
    pub unknown_headings: Vec<String>,
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Line of the file on which it begins, from 1.
    pub line: u64,
    /// What the row says, as far as it was understood. Source, date and person are for the caller to set.
    pub therapist: Therapist,
    /// What would become of it.
    pub outcome: RowOutcome,
    /// Headings whose value in this row was not understood as what it should be, and went into the notes instead.
    pub aside: Vec<String>,
}

/// What would become of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowOutcome {
    /// A therapist who is not on the list yet.
    New,
    /// Already on the list.
    AlreadyHere {
        /// The record on the list.
        id: TherapistId,
        /// What shows that they are the same.
        by: SameBy,
    },
    /// The same as an earlier row of this file.
    Repeated {
        /// The line of the earlier row.
        line: u64,
        /// What shows that they are the same.
        by: SameBy,
    },
    /// Cannot be taken.
    Unusable(RowFault),
}

/// Why a row cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Nothing where the name should be.
    #[error("there is no name")]
    NoName,
    /// Text in cells that have no heading; most often a comma in a text without quotes.
    #[error("the row has {cells} cells under {headings} headings; put quotes around a text that holds the separator")]
    TooManyCells {
        /// How many cells the row has.
        cells: usize,
        /// How many headings the file has.
        headings: usize,
    },
}

impl RowFault {
    /// Name of the text for it. Both take `$line`; the one about cells also takes `$cells` and `$headings`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoName => "import-row-no-name",
            Self::TooManyCells { .. } => "import-row-too-many-cells",
        }
    }
}

impl Preview {
    /// The therapists that would be added, in file order.
    pub fn new_therapists(&self) -> impl Iterator<Item = &Therapist> {
        self.rows.iter().filter(|row| row.outcome == RowOutcome::New).map(|row| &row.therapist)
    }

    /// How many rows would be added, how many are known already (on the list or in the file), how many cannot be taken.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            match row.outcome {
                RowOutcome::New => counts.new += 1,
                RowOutcome::AlreadyHere { .. } | RowOutcome::Repeated { .. } => counts.known += 1,
                RowOutcome::Unusable(_) => counts.unusable += 1,
            }
        }
        counts
    }
}

/// How many rows of a preview share a fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Would be added.
    pub new: usize,
    /// Already on the list, or the same as an earlier row.
    pub known: usize,
    /// Cannot be taken.
    pub unusable: usize,
}

/// Why a whole file cannot be imported. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No bytes, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file is larger than 256 MB; split it into smaller files")]
    TooBig,
    /// Bytes that are no text: NUL or other control characters, a picture, a program.
    #[error("the file is not text; choose a CSV file")]
    NotText,
    /// An Excel or OpenDocument file, which is a ZIP archive or older binary.
    #[error("this is a spreadsheet file; open it in your spreadsheet and save it as CSV")]
    Spreadsheet,
    /// A quoted text that never ends.
    #[error("line {line}: a text in quotes begins here and never ends; add the missing quote")]
    OpenQuote {
        /// The line on which the quote stands, from 1.
        line: u64,
    },
    /// A row of more than [`MAX_ROW_BYTES`].
    #[error("line {line}: this row is too long to be one therapist; save the file again as CSV, one row each")]
    RowTooLong {
        /// The line on which the row begins, from 1.
        line: u64,
    },
    /// Headings, but no rows under them.
    #[error("the file has headings but no therapists under them")]
    HeadingsOnly,
    /// No column for names among the headings.
    #[error("no column is named Name; the first line must name the columns (found: {found})")]
    NoNameColumn {
        /// The first headings of the file, shortened.
        found: String,
    },
    /// The US registry's own format, which has its own importer later.
    #[error(
        "this is a file of the US provider registry (NPPES), which cannot be imported yet; make a CSV with a Name column"
    )]
    Nppes,
}

impl ImportError {
    /// Name of the text for it. Those with a line take `$line`, the one about names takes `$found`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-error-empty",
            Self::TooBig => "import-error-too-big",
            Self::NotText => "import-error-not-text",
            Self::Spreadsheet => "import-error-spreadsheet",
            Self::OpenQuote { .. } => "import-error-open-quote",
            Self::RowTooLong { .. } => "import-error-row-too-long",
            Self::HeadingsOnly => "import-error-headings-only",
            Self::NoNameColumn { .. } => "import-error-no-name-column",
            Self::Nppes => "import-error-nppes",
        }
    }

    /// The line of the file at fault, from 1, where there is one.
    #[must_use]
    pub const fn line(&self) -> Option<u64> {
        match self {
            Self::OpenQuote { line } | Self::RowTooLong { line } => Some(*line),
            Self::NoNameColumn { .. } => Some(1),
            Self::Empty | Self::TooBig | Self::NotText | Self::Spreadsheet | Self::HeadingsOnly | Self::Nppes => None,
        }
    }
}
