//! Which names are offered for the shortlist when there are more therapists than one looks at one by one.

use crate::app::desk::Desk;
use crate::app::screen::therapists::Finding;
use crate::app::screen::therapists::look_up::look_up;
use crate::choice::Round;
use crate::directory::TherapistId;

/// How many hits of a search are offered at once.
const HITS: usize = 8;

/// With so many or fewer, all of them are shown.
pub const FEW: usize = 12;

/// A good list to begin with: those who fit best as far as is known, by what was last looked for and by both people's
/// private wishes, which show in nothing but who is offered.
#[must_use]
pub fn suggested(desk: &Desk) -> Vec<TherapistId> {
    found(desk, &Finding { query: String::new(), ..desk.finding.clone() }, *Round::GOOD_LENGTH.end())
}

/// The first who are found by these words.
#[must_use]
pub fn hits(desk: &Desk, query: &str) -> Vec<TherapistId> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    found(desk, &Finding { query: query.to_owned(), without_wishes: true, ..Finding::default() }, HITS)
}

fn found(desk: &Desk, finding: &Finding, most: usize) -> Vec<TherapistId> {
    let mut numbers = look_up(finding, desk).numbers;
    numbers.truncate(most);
    desk.index.ids(&numbers)
}
