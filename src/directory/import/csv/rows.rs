//! The rows of a file as lines of text: which line one begins on, and which the reader would take in silence though
//! something is wrong.

use csv::StringRecord;

use crate::directory::import::{ImportError, MAX_ROW_BYTES};

/// Refuses what the reader would take in silence: a quote that swallows the rest of the file, an endless row.
/// Quotes count as the reader counts them: only at the start of a cell, doubled inside.
pub(super) fn check_rows(body: &str, delimiter: u8, lines_before: u64) -> Result<(), ImportError> {
    enum At {
        Start,
        Plain,
        Quoted { since: u64 },
        Closing { since: u64 },
    }
    let (mut at, mut line, mut row_start, mut row_line) = (At::Start, lines_before + 1, 0, lines_before + 1);
    for (place, byte) in body.bytes().enumerate() {
        if place - row_start > MAX_ROW_BYTES {
            // Two likely reasons; an open quote is the one that can be put right.
            return Err(match at {
                At::Quoted { since } if since < line => ImportError::OpenQuote { line: since },
                _ => ImportError::RowTooLong { line: row_line },
            });
        }
        let inside = matches!(at, At::Quoted { .. });
        at = match at {
            At::Start if byte == b'"' => At::Quoted { since: line },
            At::Quoted { since } if byte == b'"' => At::Closing { since },
            At::Closing { since } if byte == b'"' => At::Quoted { since },
            At::Quoted { since } => At::Quoted { since },
            _ if byte == delimiter || byte == b'\n' => At::Start,
            At::Start | At::Plain | At::Closing { .. } => At::Plain,
        };
        if byte == b'\n' {
            line += 1;
            if !inside {
                (row_start, row_line) = (place + 1, line);
            }
        }
    }
    match at {
        At::Quoted { since } => Err(ImportError::OpenQuote { line: since }),
        At::Start | At::Plain | At::Closing { .. } => Ok(()),
    }
}

/// Counts lines up to each record. The reader's own count stops before blank lines.
pub(super) struct Place<'a> {
    body: &'a str,
    byte: usize,
    line: u64,
}

impl<'a> Place<'a> {
    /// The text, and the number of its first line.
    pub(super) const fn new(body: &'a str, line: u64) -> Self {
        Self { body, byte: 0, line }
    }

    /// The line on which a record begins.
    pub(super) fn line_of(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(self.byte);
        let rest = self.body.as_bytes().get(start..).unwrap_or_default();
        let start = start + rest.iter().take_while(|byte| **byte == b'\n').count();
        let between = self.body.as_bytes().get(self.byte..start).unwrap_or_default();
        self.line += u64::try_from(between.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(u64::MAX);
        self.byte = start;
        self.line
    }
}
