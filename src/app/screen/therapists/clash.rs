//! Fields that both people changed at the same time: both answers, until one is chosen.

use iced::Element;
use iced::widget::column;

use super::{Message, fields};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::directory::{Therapist, TherapistId};
use crate::fields::{Document, Values};

/// Draws one card for each such field.
pub fn view<'a>(id: &TherapistId, ctx: Ctx<'a>) -> Vec<Element<'a, Message>> {
    let Some(joined) = ctx.desk.data.therapists.get(id) else { return Vec::new() };
    let look = ctx.look;
    let card = |(name, claims): (&String, &Vec<crate::store::Claim>)| {
        let label = match fields::of(name) {
            Some(field) => ctx.text(field.label),
            None if name == "deleted" => ctx.text("therapist-clash-deleted"),
            // Who added a record first matters to nobody.
            None => return None,
        };
        let mut lines = column![
            look.strong(ctx.text_with("therapist-clash-title", &[("field", label.into())])),
            look.note(ctx.text("therapist-clash-note")),
        ]
        .spacing(space::S);
        for (at, claim) in claims.iter().enumerate() {
            let words = shown(name, &claim.text, ctx);
            let message = Message::ClaimChosen(id.clone(), name.clone(), claim.text.clone());
            lines = lines.push(look.radio(&words, at == 0, message));
        }
        Some(look.together_card(lines))
    };
    joined.conflicts.iter().filter_map(card).collect()
}

fn shown(name: &str, text: &str, ctx: Ctx<'_>) -> String {
    let therapist = Therapist::take(&Values::from([(name.to_owned(), text.to_owned())])).0;
    match fields::of(name) {
        Some(field) => field.shown(&therapist, ctx).unwrap_or_else(|| ctx.text("therapist-clash-nothing")),
        None if therapist.deleted => ctx.text("therapist-clash-off"),
        None => ctx.text("therapist-clash-on"),
    }
}
