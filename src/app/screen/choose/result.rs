//! What the rule found. It is the same page for both, and nothing on it tells whose No it was.

use iced::Element;
use iced::widget::{column, row};

use super::{Message, facts};
use crate::app::ctx::Ctx;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::Outcome;

/// Draws the page.
pub fn view<'a>(ctx: Ctx<'a>, outcome: &Outcome) -> Element<'a, Message> {
    match outcome {
        Outcome::Agreed { .. } => agreed(ctx, outcome),
        Outcome::NoSharedOption => none(ctx, outcome),
    }
}

/// The sentences of an outcome, with names put in.
fn sentences(ctx: Ctx<'_>, outcome: &Outcome) -> Vec<String> {
    let sentence = |line: crate::choice::Line<'_>| {
        let name = line.therapist.map(|id| facts::name(ctx, id)).unwrap_or_default();
        ctx.text_with(line.key, &[("therapist", name.into())])
    };
    outcome.describe().into_iter().map(sentence).collect()
}

fn agreed<'a>(ctx: Ctx<'a>, outcome: &Outcome) -> Element<'a, Message> {
    let look = ctx.look;
    let mut sentences = sentences(ctx, outcome).into_iter();
    let title = sentences.next().unwrap_or_default();
    let mut lines = column![look.meeting(true, &ctx.text("choosing-met")), look.title(title)].spacing(space::M);
    if let Outcome::Agreed { therapist, .. } = outcome {
        let known = ctx.desk.therapist(therapist).map(|therapist| facts::line(ctx, therapist)).unwrap_or_default();
        if !known.is_empty() {
            lines = lines.push(look.quiet_words(known));
        }
    }
    let mut below = column![].spacing(space::S);
    for sentence in sentences {
        below = below.push(look.body(sentence));
    }
    lines = lines.push(look.together_card(below)).push(look.primary(&ctx.text("choosing-plan"), Message::PlanChosen));
    lines = lines.push(look.note(ctx.text("choosing-result-note")));
    look.page(lines.push(look.link_icon(Icon::RotateCcw, &ctx.text("choosing-again"), Message::OtherListChosen)))
}

fn none<'a>(ctx: Ctx<'a>, outcome: &Outcome) -> Element<'a, Message> {
    let look = ctx.look;
    let mut sentences = sentences(ctx, outcome).into_iter();
    let title = sentences.next().unwrap_or_default();
    let mut lines = column![look.meeting(false, &ctx.text("choosing-not-met")), look.title(title)].spacing(space::M);
    for sentence in sentences {
        lines = lines.push(look.lead(sentence));
    }
    look.page(
        lines
            .push(look.body(ctx.text("choosing-none-kind")))
            .push(look.primary(&ctx.text("choosing-none-look"), Message::SameListChosen))
            .push(look.note(ctx.text("choosing-none-look-note")))
            .push(
                row![
                    look.quiet_icon(Icon::Plus, &ctx.text("choosing-add"), Message::PageChosen(Page::Therapists(None))),
                    look.link(&ctx.text("choosing-none-list"), Message::OtherListChosen),
                ]
                .spacing(space::S)
                .wrap()
                .vertical_spacing(space::S),
            ),
    )
}
