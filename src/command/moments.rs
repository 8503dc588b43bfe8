//! `moments`: when the reminder would speak, and for each silent window the rule that keeps it silent.

use std::path::Path;

use jiff::Zoned;
use jiff::civil::Date;

use super::CommandError;
use crate::couple::MemberCard;
use crate::locale::{Language, Texts};
use crate::moment::{Plan, Spoken, forecast, sealed};
use crate::store::settings::Settings;
use crate::store::{Opening, Place, Record, Role, Shelf};
use crate::watch::report::report;

pub(super) fn run(
    root: &Path,
    from: Option<Date>,
    days: u16,
    language: Option<Language>,
    now: &Zoned,
) -> Result<String, CommandError> {
    let (shelf, _) =
        Shelf::open(root, Opening::new(Role::Reader)).map_err(|error| CommandError::Input(error.to_string()))?;
    let plan = shelf.load::<Plan>(&Place::Reminder);
    if let Some(problem) = plan.problems.first() {
        return Err(CommandError::Input(problem.to_string()));
    }
    let spoken = shelf.load::<Spoken>(&Place::Spoken).value;
    let settings = shelf.load::<Settings>(&Place::Settings).value;
    // Of the word of whoever may be asked nothing is told but that it is quiet: not when it ends.
    let partner = shelf.load_record::<MemberCard>(&Record::Member(plan.value.owner.other())).0;
    let word = sealed(partner.value.word, now);
    let from = match from {
        Some(day) => {
            day.to_zoned(now.time_zone().clone()).map_err(|error| CommandError::Input(format!("--from: {error}")))?
        }
        None => now.clone(),
    };
    let language = language.or(settings.language).unwrap_or_else(Language::of_system);
    let forecasts = forecast(&plan.value, &spoken, word, &from, days);
    Ok(report(&Texts::new(language), &forecasts))
}
