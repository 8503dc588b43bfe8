//! What can be wrong with a file, and with one entry of it.

/// Why an entry cannot be taken.
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
    /// A number that cannot be an NPI: a wrong check digit.
    #[error("the NPI {npi} is not a valid number")]
    BadNpi {
        /// The number as it stands in the file.
        npi: String,
    },
    /// The registry has withdrawn the number.
    #[error("the NPI {npi} was deactivated in the registry")]
    Deactivated {
        /// The number.
        npi: String,
    },
    /// Larger than anything a person would keep about a therapist.
    #[error("the entry is too long")]
    TooLong,
}

impl RowFault {
    /// Name of the text for it. All take `$line`; the one about cells also takes `$cells` and `$headings`, those about
    /// numbers `$npi`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoName => "import-row-no-name",
            Self::TooManyCells { .. } => "import-row-too-many-cells",
            Self::BadNpi { .. } => "import-row-bad-npi",
            Self::Deactivated { .. } => "import-row-deactivated",
            Self::TooLong => "import-row-too-long",
        }
    }
}

/// Why a whole file cannot be imported. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No bytes, or only blank lines.
    #[error("the file is empty")]
    Empty,
    /// More than a file of its kind may have.
    #[error("the file is larger than {} MB; split it into smaller files", .limit >> 20)]
    TooBig {
        /// The most that is taken, in bytes.
        limit: usize,
    },
    /// Bytes that are no text: NUL or other control characters, a picture, a program.
    #[error("the file is not text; choose a CSV, vCard, JSON or RON file")]
    NotText,
    /// An Excel or OpenDocument file, which is a ZIP archive or older binary.
    #[error("this is a spreadsheet file; open it in your spreadsheet and save it as CSV")]
    Spreadsheet,
    /// A compressed file.
    #[error("this is a compressed archive; unpack it and choose the file inside")]
    Archive,
    /// Text of a kind that holds no therapists.
    #[error("no therapists were found in this kind of file; choose a CSV, vCard, JSON or RON file")]
    OtherKind,
    /// A quoted text that never ends.
    #[error("line {line}: a text in quotes begins here and never ends; add the missing quote")]
    OpenQuote {
        /// The line on which the quote stands, from 1.
        line: u64,
    },
    /// A row of more than [`super::MAX_ROW_BYTES`].
    #[error("line {line}: this row is too long to be one therapist; save the file again as CSV, one row each")]
    RowTooLong {
        /// The line on which the row begins, from 1.
        line: u64,
    },
    /// The file ends in the middle of an entry.
    #[error("line {line}: an entry begins here and never ends; the file was cut off, get it again")]
    CutOff {
        /// The line on which the entry begins, from 1.
        line: u64,
    },
    /// JSON or RON that breaks its own rules.
    #[error("line {line}, column {column}: the file breaks off or is damaged here ({what}); get it again")]
    Broken {
        /// Line, from 1.
        line: u64,
        /// Column, from 1.
        column: u64,
        /// What is wrong, in the reader's own words.
        what: String,
    },
    /// The NPI Registry answered with an error instead of a list.
    #[error("this reply of the NPI Registry is an error, not a list: {said}")]
    Registry {
        /// What the registry said.
        said: String,
    },
    /// A well-formed file with nobody in it.
    #[error("there is nobody in this file")]
    Nobody,
    /// Headings, but no rows under them.
    #[error("the file has headings but no therapists under them")]
    HeadingsOnly,
    /// No column for names among the headings.
    #[error("no column is named Name; the first line must name the columns (found: {found})")]
    NoNameColumn {
        /// The first headings of the file, shortened.
        found: String,
    },
    /// More new ones than anyone can look through.
    #[error("the file has more than {most} therapists; choose a state or a field of work (--state, --taxonomy)")]
    TooMany {
        /// The most that are taken at once.
        most: usize,
    },
    /// The system said no in the middle.
    #[error("the file cannot be read: {what}")]
    System {
        /// The system's own words.
        what: String,
    },
    /// A person had enough.
    #[error("the import was cancelled; nothing was changed")]
    Cancelled,
}

impl ImportError {
    /// Name of the text for it. Those with a line take `$line` (and `$column`, `$what`), the one about names takes
    /// `$found`, the registry's takes `$said`, the one about size takes `$limit`, the system's takes `$why`.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Empty => "import-error-empty",
            Self::TooBig { .. } => "import-error-too-big",
            Self::NotText => "import-error-not-text",
            Self::Spreadsheet => "import-error-spreadsheet",
            Self::Archive => "import-error-archive",
            Self::OtherKind => "import-error-other-kind",
            Self::OpenQuote { .. } => "import-error-open-quote",
            Self::RowTooLong { .. } => "import-error-row-too-long",
            Self::CutOff { .. } => "import-error-cut-off",
            Self::Broken { .. } => "import-error-broken",
            Self::Registry { .. } => "import-error-registry",
            Self::Nobody => "import-error-nobody",
            Self::HeadingsOnly => "import-error-headings-only",
            Self::NoNameColumn { .. } => "import-error-no-name-column",
            Self::TooMany { .. } => "import-error-too-many",
            Self::System { .. } => "file-system",
            Self::Cancelled => "import-cancelled",
        }
    }

    /// The line of the file at fault, from 1, where there is one.
    #[must_use]
    pub const fn line(&self) -> Option<u64> {
        match self {
            Self::OpenQuote { line }
            | Self::RowTooLong { line }
            | Self::CutOff { line }
            | Self::Broken { line, .. } => Some(*line),
            Self::NoNameColumn { .. } => Some(1),
            _ => None,
        }
    }

    /// What the system said while the file was read.
    pub(super) fn system(error: &std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            Some(own) => own.clone(),
            None => Self::System { what: error.to_string() },
        }
    }
}
