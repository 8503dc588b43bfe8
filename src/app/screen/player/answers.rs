//! One's own older answers: read again, change, delete.

use iced::widget::{Column, column};
use iced::{Element, Length};
use jiff::Timestamp;

use super::Message;
use super::apart::flow::{self, Standing};
use super::controls::{self, Asked, buttons};
use super::live::Live;
use super::sheet::Sheet;
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::Stand;
use crate::exercise::written::in_words;
use crate::exercise::{Answer, Exercise, Kind, Older, Run, Step};

/// Which run is open, and what is about to be deleted.
#[derive(Debug, Default)]
pub struct Answers {
    /// The run that is unfolded.
    pub open: Option<Timestamp>,
    /// The run that would be deleted.
    pub asking: Option<Timestamp>,
    /// An answer that was deleted. It is gone from the disk, and lives on here alone while it can be undone.
    pub deleted: Option<Deleted>,
    /// The step whose older versions are unfolded.
    pub older_of: Option<String>,
}

/// An answer that was deleted.
#[derive(Debug, Clone)]
pub struct Deleted {
    /// Its run.
    pub run: Timestamp,
    /// Its step.
    pub step: String,
    /// What it said.
    pub answer: Answer,
    /// What it said before.
    pub older: Vec<Older>,
}

/// Draws all runs that there are, the newest first; nothing if there is none.
pub fn view<'a>(
    ctx: Ctx<'a>,
    exercise: &'a Exercise,
    answers: &'a Answers,
    sheet: Option<&'a Sheet>,
    live: &'a Live,
) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    let runs = &ctx.desk.progress(&exercise.id)?.runs;
    if runs.is_empty() {
        return None;
    }
    let mut lines: Column<'_, Message> =
        column![look.heading(ctx.text("player-runs")), look.note(ctx.text("player-runs-note")),].spacing(space::S);
    let zone = ctx.desk.now().time_zone().clone();
    for run in runs.iter().rev() {
        let date = ctx.texts.date(run.finished.unwrap_or(run.started).to_zoned(zone.clone()).date());
        let key = if run.finished.is_some() { "player-run-done" } else { "player-run-begun" };
        let words = ctx.text_with(key, &[("date", date.into())]);
        let open = answers.open == Some(run.started);
        let glyph = if open { Icon::ChevronUp } else { Icon::ChevronDown };
        let head = look
            .quiet_icon(glyph, &words, Message::RunUnfolded(run.started))
            .width(Length::Fill)
            .align_x(iced::Alignment::Start)
            .stand(Stand::Expanded(open));
        lines = lines.push(head);
        if open {
            lines = lines.push(look.card(inside(ctx, exercise, run, answers, sheet, live)));
        }
    }
    Some(lines.into())
}

fn inside<'a>(
    ctx: Ctx<'a>,
    exercise: &'a Exercise,
    run: &'a Run,
    answers: &'a Answers,
    sheet: Option<&'a Sheet>,
    live: &'a Live,
) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines: Column<'_, Message> = column![].spacing(space::M);
    let mut any = false;
    for step in &exercise.steps {
        let undo = answers.deleted.as_ref().is_some_and(|gone| gone.run == run.started && gone.step == step.id);
        if undo {
            let words = ctx.text_with("player-answer-deleted", &[("step", step.title.clone().into())]);
            let button = look.link(&ctx.text("undo"), Message::DeletionUndone).into();
            lines = lines.push(look.banner(&words, vec![button]));
            any = true;
            continue;
        }
        let editing = sheet.filter(|sheet| sheet.run == run.started && sheet.step == step.id);
        if let Some(sheet) = editing {
            let asked = Asked { exercise, step, run, sheet };
            let control = controls::view(ctx, asked, live);
            let done = look.quiet(&ctx.text("done"), Message::EditingEnded);
            let mut editor = column![look.strong(step.title.clone())].spacing(space::S);
            if let Some(control) = control {
                editor = editor.push(control);
            }
            lines = lines.push(editor.push(controls::main(ctx, asked, live)).push(done));
            any = true;
            continue;
        }
        let Some(answer) = run.answers.get(&step.id) else { continue };
        let words = in_words(ctx.texts, step, answer);
        if words.is_empty() {
            continue;
        }
        any = true;
        lines = lines.push(one(ctx, run, step, &words));
        if is_together(ctx, exercise, run, step) {
            let open = Message::EditingBegun(run.started, step.id.clone());
            lines = lines.push(look.link_icon(Icon::Users, &ctx.text("player-apart-see"), open));
        }
        if let Some(older) = older(ctx, run, step, answers) {
            lines = lines.push(older);
        }
    }
    if !any {
        lines = lines.push(look.quiet_words(ctx.text("player-run-empty")));
    }
    lines = lines.push(look.hairline());
    lines.push(deleting(ctx, run, answers)).into()
}

fn one<'a>(ctx: Ctx<'a>, run: &'a Run, step: &'a Step, words: &str) -> Element<'a, Message> {
    let look = ctx.look;
    let title = step.title.clone();
    let named = |key: &str| ctx.text_with(key, &[("step", title.clone().into())]);
    let mut all = Vec::new();
    if step.kind.asks() {
        let edit = Message::EditingBegun(run.started, step.id.clone());
        all.push(look.icon_button(Icon::Pencil, named("player-answer-edit"), edit).into());
    }
    let delete = Message::AnswerDeleted(run.started, step.id.clone());
    all.push(look.icon_button(Icon::Trash, named("player-answer-delete"), delete).into());
    let said = column![look.note(step.title.clone()), look.body(words.to_owned())].spacing(2.0).width(Length::Fill);
    if look.tight {
        return column![said, buttons(all)].into();
    }
    iced::widget::row![said, iced::widget::Row::with_children(all)].spacing(space::S).into()
}

/// Whether both agreed to show this answer, seen or not.
fn is_together(ctx: Ctx<'_>, exercise: &Exercise, run: &Run, step: &Step) -> bool {
    let place = flow::Place { exercise: &exercise.id, step: &step.id, run: run.started };
    let is_apart = matches!(step.kind, Kind::Apart { .. });
    is_apart && matches!(flow::standing(ctx.desk, place), Standing::BothAgreed | Standing::Opened | Standing::Shown(_))
}

/// An answer that both agreed to show and nobody has looked at yet: its run and its step.
pub fn waiting<'a>(ctx: Ctx<'a>, exercise: &'a Exercise) -> Option<(&'a Run, &'a Step)> {
    let runs = ctx.desk.progress(&exercise.id)?.runs.iter().rev();
    let mut all = runs.flat_map(|run| exercise.steps.iter().map(move |step| (run, step)));
    all.find(|(run, step)| {
        let place = flow::Place { exercise: &exercise.id, step: &step.id, run: run.started };
        flow::standing(ctx.desk, place) == Standing::BothAgreed
    })
}

/// What the answer said before: folded away until it is wanted.
fn older<'a>(ctx: Ctx<'a>, run: &'a Run, step: &'a Step, answers: &'a Answers) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    let older = run.older.get(&step.id).filter(|older| !older.is_empty())?;
    let open = answers.older_of.as_deref() == Some(step.id.as_str());
    let glyph = if open { Icon::ChevronUp } else { Icon::ChevronDown };
    let args = [("count", older.len().into()), ("step", step.title.clone().into())];
    let head = look
        .link_icon(glyph, &ctx.text_with("player-older", &args), Message::OlderUnfolded(step.id.clone()))
        .stand(Stand::Expanded(open));
    let mut lines: Column<'_, Message> = column![head].spacing(space::S);
    let zone = ctx.desk.now().time_zone().clone();
    for version in older.iter().rev().filter(|_| open) {
        let at = version.until.to_zoned(zone.clone());
        let when = [("date", ctx.texts.date(at.date()).into()), ("time", ctx.texts.time(at.time()).into())];
        let which = (run.started, step.id.clone(), version.until);
        let ways = buttons(vec![
            look.link(&ctx.text_with("player-older-use", &when), Message::OlderWanted(which.clone())).into(),
            look.link_icon(Icon::Trash, &ctx.text_with("player-older-delete", &when), Message::OlderDeleted(which))
                .into(),
        ]);
        lines = lines.push(
            column![
                look.note(ctx.text_with("player-older-until", &when)),
                look.body(in_words(ctx.texts, step, &version.answer)),
                ways,
            ]
            .spacing(2.0),
        );
    }
    Some(lines.into())
}

/// Deleting a whole run asks once.
fn deleting<'a>(ctx: Ctx<'a>, run: &'a Run, answers: &'a Answers) -> Element<'a, Message> {
    let look = ctx.look;
    if answers.asking != Some(run.started) {
        return look
            .link_icon(Icon::Trash, &ctx.text("player-run-delete"), Message::RunDeletionAsked(run.started))
            .into();
    }
    let yes = look.quiet(&ctx.text("player-run-delete-yes"), Message::RunDeleted(run.started)).into();
    let no = look.link(&ctx.text("player-run-delete-no"), Message::RunKept).into();
    look.banner(&ctx.text("player-run-delete-ask"), vec![yes, no])
}
