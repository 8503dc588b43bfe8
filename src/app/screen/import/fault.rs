//! Why a file cannot be taken, in words.

use crate::directory::ImportError;
use crate::locale::{Arg, Texts};
use crate::store::foreign::ForeignError;

/// Why a file cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It could not be read.
    #[error(transparent)]
    Foreign(#[from] ForeignError),
    /// It could not be understood.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// It is so large that a state must be chosen first.
    #[error("the file is large; choose a state")]
    NoState,
}

impl Fault {
    /// One sentence that says what to do.
    pub(super) fn words(&self, texts: &Texts) -> String {
        let mut args: Vec<Arg<'_>> = Vec::new();
        let key = match self {
            Self::Foreign(error) => {
                args.push(("why", error.to_string().into()));
                if let ForeignError::TooBig { limit } = error {
                    args.push(("limit", (limit >> 20).into()));
                }
                error.key()
            }
            Self::Import(error) => {
                args.extend(error.line().map(|line| ("line", line.into())));
                match error {
                    ImportError::NoNameColumn { found } => args.push(("found", found.clone().into())),
                    ImportError::TooBig { limit } => args.push(("limit", (limit >> 20).into())),
                    ImportError::Broken { column, what, .. } => {
                        args.push(("column", (*column).into()));
                        args.push(("what", what.clone().into()));
                    }
                    ImportError::Registry { said } => args.push(("said", said.clone().into())),
                    ImportError::TooMany { most } => args.push(("most", (*most).into())),
                    ImportError::System { what } => args.push(("why", what.clone().into())),
                    _ => {}
                }
                error.key()
            }
            Self::NoState => "import-state-title",
        };
        texts.with(key, &args)
    }
}
