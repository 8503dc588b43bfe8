//! The end of an exercise: what one has now, and one next thing.

use iced::Element;
use iced::widget::{Column, column};

use super::controls::buttons;
use super::Message;
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::draft::{parts, text_of};
use crate::exercise::{Exercise, Kind, Part, Progress};

/// Draws it.
pub fn view<'a>(ctx: Ctx<'a>, exercise: &'a Exercise) -> Element<'a, Message> {
    let look = ctx.look;
    let language = ctx.texts.language();
    let mut lines: Column<'_, Message> = column![
        look.mark(34.0, 0.6),
        look.title(ctx.text("player-end-title")),
        look.lead(ctx.text("player-end-lead")),
    ]
    .spacing(space::M);
    let run = ctx.desk.progress(&exercise.id).map(|progress: &Progress| &progress.runs).and_then(|runs| runs.last());
    let Some(run) = run else { return lines.into() };
    let given = parts(exercise, &run.answers, language);
    let said = given.iter().any(|(part, _)| *part != Part::Plan);
    for (part, words) in &given {
        lines = lines.push(words_card(ctx, &ctx.text(part.key()), words));
    }
    // Drafts that become no part stay with the answers; what was never filled is left out.
    for step in &exercise.steps {
        let Kind::Draft { template, part: None } = &step.kind else { continue };
        let words = text_of(exercise, step, &run.answers, language);
        let named = crate::exercise::draft::named(template).any(|name| run.answers.contains_key(name));
        if named || run.answers.contains_key(&step.id) {
            lines = lines.push(words_card(ctx, &step.title, &words));
        }
    }
    if let Some(day) = run.check_back {
        lines = lines.push(look.quiet_words(ctx.text_with("player-end-back", &[("date", ctx.texts.date(day).into())])));
    }
    let today = ctx.text("player-end-today");
    let next: Vec<Element<'a, Message>> = if said {
        vec![
            look.primary(&ctx.text("player-end-see"), Message::InvitationChosen).into(),
            look.link(&today, Message::TodayChosen).into(),
        ]
    } else {
        vec![look.primary(&today, Message::TodayChosen).into()]
    };
    let read = look.link(&ctx.text("player-end-read"), Message::RunShown(run.started));
    lines.push(buttons(next)).push(read).into()
}

fn words_card<'a>(ctx: Ctx<'a>, title: &str, words: &str) -> Element<'a, Message> {
    let look = ctx.look;
    look.accent_card(
        column![
            look.note(title.to_owned()),
            look.lead(words.to_owned()),
            look.link_icon(Icon::Copy, &ctx.text("copy"), Message::CopyChosen(words.to_owned())),
        ]
        .spacing(space::S),
    )
}
