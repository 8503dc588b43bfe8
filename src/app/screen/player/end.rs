//! The end of an exercise: what one has now, and one next thing.

use iced::Element;
use iced::widget::{Column, column};

use super::Message;
use super::controls::buttons;
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::draft::{named, parts, text_of};
use crate::exercise::{Exercise, Kind, Part, Progress, Run};

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
    if let Some(day) = run.check_back {
        lines = lines.push(look.quiet_words(ctx.text_with("player-end-back", &[("date", ctx.texts.date(day).into())])));
    }
    let given = parts(exercise, &run.answers, language);
    let (said, kept): (Vec<_>, Vec<_>) = given.into_iter().partition(|(part, _)| *part != Part::Plan);
    let mut kept: Vec<(String, String)> = kept.into_iter().map(|(part, words)| (ctx.text(part.key()), words)).collect();
    // Drafts that become no part stay with the answers; what was never filled is left out.
    for step in &exercise.steps {
        let Kind::Draft { template, part: None } = &step.kind else { continue };
        if run.answers.contains_key(&step.id) || named(template).any(|name| run.answers.contains_key(name)) {
            kept.push((step.title.clone(), text_of(exercise, step, &run.answers, language)));
        }
    }
    lines = lines.push(ways(ctx, !said.is_empty(), run));
    if !said.is_empty() {
        lines = lines.push(look.heading(ctx.text("player-end-invitation")));
        for (part, words) in &said {
            lines = lines.push(words_card(ctx, &ctx.text(part.key()), words));
        }
    }
    if !kept.is_empty() {
        lines = lines.push(look.heading(ctx.text("player-end-words")));
        for (title, words) in &kept {
            lines = lines.push(words_card(ctx, title, words));
        }
    }
    lines.into()
}

/// One next thing, and the quieter ones.
fn ways<'a>(ctx: Ctx<'a>, has_said: bool, run: &Run) -> Element<'a, Message> {
    let look = ctx.look;
    let today = ctx.text("player-end-today");
    let read = look.link(&ctx.text("player-end-read"), Message::RunShown(run.started)).into();
    buttons(if has_said {
        let see = look.primary(&ctx.text("player-end-see"), Message::InvitationChosen).into();
        vec![see, look.link(&today, Message::TodayChosen).into(), read]
    } else {
        vec![look.primary(&today, Message::TodayChosen).into(), read]
    })
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
