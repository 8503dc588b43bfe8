//! The exercise before it begins: why it is there, what that rests on, how long it takes.

use iced::widget::{Column, column};
use iced::{Alignment, Element};

use super::controls::buttons;
use super::{Message, Player, answers, export};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::Stand;
use crate::exercise::{Exercise, Progress};

/// Draws it.
pub fn view<'a>(ctx: Ctx<'a>, player: &'a Player, exercise: &'a Exercise) -> Element<'a, Message> {
    let look = ctx.look;
    let progress = ctx.desk.progress(&exercise.id);
    let minutes = ctx.text_with("player-minutes", &[("minutes", exercise.minutes.into())]);
    let mut lines = column![
        column![
            look.title(exercise.title.clone()),
            look.note(format!("{minutes} · {}", ctx.text(exercise.who.key()))),
        ]
        .spacing(space::S),
    ]
    .spacing(space::M);
    if let Some(due) = look_back(ctx, progress) {
        lines = lines.push(due);
    }
    if let Some((run, step)) = answers::waiting(ctx, exercise) {
        let words = ctx.text_with("player-apart-waiting", &[("step", step.title.clone().into())]);
        let open = Message::EditingBegun(run.started, step.id.clone());
        lines = lines.push(look.banner(&words, vec![look.quiet(&ctx.text("player-apart-see"), open).into()]));
    }
    lines = lines.push(look.body(exercise.why.clone())).push(begin(ctx, exercise, progress));
    if let Some(safety) = &exercise.safety {
        lines = lines.push(
            look.card(
                column![
                    look.strong(ctx.text("player-safety")),
                    look.body(safety.clone()),
                    look.link_icon(Icon::LifeBuoy, &ctx.text("player-safety-open"), Message::SafetyChosen),
                ]
                .spacing(space::XS),
            ),
        );
    }
    lines = lines.push(evidence(ctx, player, exercise));
    if let Some(runs) = answers::view(ctx, exercise, &player.answers, player.sheet.as_ref(), &player.live) {
        let save = export::view(player.export.as_ref(), &ctx.text("player-export"), ctx).map(Message::Export);
        lines = lines.push(look.hairline()).push(runs).push(save);
    }
    lines.into()
}

/// The main button, and where one is.
fn begin<'a>(ctx: Ctx<'a>, exercise: &'a Exercise, progress: Option<&'a Progress>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(run) = progress.and_then(Progress::current) else {
        let done = progress.is_some_and(Progress::is_done);
        let key = if done { "player-again" } else { "player-begin" };
        return look.primary(&ctx.text(key), Message::BeginChosen).into();
    };
    let step = run.resume(exercise);
    let where_ = ctx.text_with("player-where", &[("step", (step + 1).into()), ("count", exercise.steps.len().into())]);
    let mut all: Vec<Element<'a, Message>> = vec![look.primary(&ctx.text("player-go-on"), Message::BeginChosen).into()];
    if step > 0 {
        all.push(look.link(&ctx.text("player-from-start"), Message::FromStartChosen).into());
    }
    column![buttons(all), look.note(where_)].spacing(space::S).into()
}

fn look_back<'a>(ctx: Ctx<'a>, progress: Option<&'a Progress>) -> Option<Element<'a, Message>> {
    let run = progress?.due_check_backs(&ctx.desk.now()).next()?;
    let look = ctx.look;
    let read = look.link(&ctx.text("player-end-read"), Message::RunShown(run.started)).into();
    let done = look.quiet(&ctx.text("player-looked"), Message::LookedBack(run.started)).into();
    Some(look.banner(&ctx.text("player-look-back"), vec![done, read]))
}

fn evidence<'a>(ctx: Ctx<'a>, player: &'a Player, exercise: &'a Exercise) -> Element<'a, Message> {
    let look = ctx.look;
    let open = player.evidence_open;
    let glyph = if open { Icon::ChevronUp } else { Icon::ChevronDown };
    let mut lines: Column<'_, Message> = column![
        look.link_icon(glyph, &ctx.text("player-evidence"), Message::EvidenceUnfolded).stand(Stand::Expanded(open))
    ]
    .spacing(space::S);
    if !open {
        return lines.into();
    }
    let mut any = false;
    for evidence in ctx.library.evidence_of(exercise) {
        any = true;
        let limit = ctx.text_with("player-evidence-limit", &[("limit", evidence.limit.clone().into())]);
        lines = lines.push(
            look.card(
                column![look.body(evidence.claim.clone()), look.body(limit), look.note(evidence.source.clone()),]
                    .spacing(space::S)
                    .align_x(Alignment::Start),
            ),
        );
    }
    if !any {
        lines = lines.push(look.quiet_words(ctx.text("player-evidence-none")));
    }
    lines.into()
}
