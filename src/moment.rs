//! The calm moment: quiet windows and the rules that decide when the reminder may speak.
//!
//! Everything here is a pure function of the plan, what was said before, the partner's word, and the
//! time with its zone. The numbers of the rules and what they rest on stand beside each [`Rule`].

mod asking;
mod calm;
mod decide;
mod forecast;
mod occurrence;
mod plan;
#[cfg(test)]
mod properties;
mod rule;
mod week;

pub use asking::{Asking, Entry};
pub use calm::CalmCheck;
pub(crate) use decide::still_wanted;
pub use decide::{About, Verdict, decide, may_open_check, waits_for_window};
pub use forecast::{Forecast, Foresight, day_after_argument, forecast, forecast_as_known, next_moment, sealed};
pub use occurrence::{Occurrence, kept_free};
pub use plan::{AT_LEAST_DAYS, Ahead, Event, Outcome, Plan, Spoken, What};
pub use rule::Rule;
pub use week::{CELLS, DAYS, WEEK_CELLS, Week, Window, cell_of, cell_time, day_index};
