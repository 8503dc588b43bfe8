//! What one would like to know of a therapist at a glance.

use crate::app::ctx::Ctx;
use crate::directory::{Therapist, TherapistId, YesNo};

/// The therapist's name; a plain sentence for one whose record is not here.
pub fn name(ctx: Ctx<'_>, id: &TherapistId) -> String {
    let name = ctx.desk.therapist(id).map(|therapist| therapist.name.trim().to_owned()).unwrap_or_default();
    if name.is_empty() { ctx.text("choosing-unknown") } else { name }
}

/// The key facts on one line: who, where, how, what it costs. Empty if nothing is known.
pub fn line(ctx: Ctx<'_>, therapist: &Therapist) -> String {
    let mut facts: Vec<String> = vec![therapist.credential.trim().to_owned(), therapist.city.trim().to_owned()];
    let format = match (therapist.in_person == YesNo::Yes, therapist.online == YesNo::Yes) {
        (true, true) => Some("choosing-fact-both"),
        (true, false) => Some("choosing-fact-in-person"),
        (false, true) => Some("choosing-fact-online"),
        (false, false) => None,
    };
    facts.extend(format.map(|key| ctx.text(key)));
    if let Some(fee) = &therapist.fee {
        facts.push(ctx.text_with("choosing-fact-fee", &[("fee", fee.to_string().into())]));
    }
    if therapist.evenings == YesNo::Yes {
        facts.push(ctx.text("choosing-fact-evenings"));
    }
    if therapist.trial_session == YesNo::Yes {
        facts.push(ctx.text("choosing-fact-trial"));
    }
    if therapist.deleted {
        facts.push(ctx.text("choosing-fact-off-list"));
    }
    facts.retain(|fact| !fact.is_empty());
    facts.join("\u{a0}· ")
}
