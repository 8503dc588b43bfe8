//! What two people settle as equals. Choosing one therapist: each marks in private, the marks are sealed, one rule finds
//! whom both can live with. Answering apart: two answers stay sealed until both may be shown.

pub mod after;
pub mod apart;
pub mod ballots;
pub mod calendar;
pub mod letter;
mod marks;
pub mod plan;
pub mod reveal;
mod rule;
pub mod seal;

pub use after::{After, Onward, Visit};
pub use ballots::{BadBallots, Ballots};
pub use marks::{Ballot, BallotError, Mark, Marks};
pub use plan::{Call, Found, Kept, Reached, Round, SessionPlan, Status};
pub use reveal::{answer, reveal, reveal_alone};
pub use rule::{Line, Outcome, Tie, choose};
pub use seal::{Bound, Nonce, Opening, SealError, SealFile};
