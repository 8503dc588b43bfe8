//! One reason: an honest answer with its limit, a question for a therapist, an exercise, and showing it.

use iced::Element;
use iced::widget::{Column, Row, column};

use super::{Message, find, label, own_card, partner, question};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::hesitation::{Wish, preview};
use crate::exercise::{Reason, Whose};

/// What goes with a reason. `listing`: whether its question may be put on the list that both see; whoever guesses or
/// was told does not speak for the other.
pub fn card<'a>(ctx: Ctx<'a>, reason: Reason, words: &str, whose: Whose, listing: bool) -> Column<'a, Message> {
    let look = ctx.look;
    let mut lines: Column<'a, Message> = column![].spacing(space::M);
    let Some(texts) = ctx.library.hesitations.get(&reason) else { return lines };
    let mut sources: Vec<String> = texts
        .evidence
        .iter()
        .filter_map(|key| ctx.library.evidence.get(key))
        .map(|evidence| evidence.source.clone())
        .chain(texts.source.clone())
        .collect();
    if sources.is_empty() {
        sources.push(ctx.text("hesitations-source-none"));
    }
    lines = lines
        .push(said(ctx, "hesitations-answer", look.body(texts.answer.clone())))
        .push(said(ctx, "hesitations-limit", look.body(texts.limit.clone())))
        .push(said(ctx, "hesitations-source", look.note(sources.join("; "))))
        .push(ask(ctx, question(ctx, reason, words), listing && whose == Whose::Mine));
    if let Some(exercise) = ctx.library.get(reason.exercise(whose)) {
        let minutes = ctx.text_with("hesitations-exercise-minutes", &[("minutes", exercise.minutes.into())]);
        let open = Message::ExerciseChosen(exercise.id.clone());
        lines = lines.push(said(
            ctx,
            "hesitations-exercise",
            look.list_row(Some(Icon::BookOpen), &exercise.title, &minutes, false, open),
        ));
    }
    if let Some(wish) = reason.wish() {
        let key = match wish {
            Wish::SlidingScale => "hesitations-wish-sliding",
            Wish::EveningsOrWeekends => "hesitations-wish-times",
            Wish::TrialSession => "hesitations-wish-trial",
        };
        let find = look.quiet_icon(Icon::Search, &ctx.text(key), Message::WishChosen(wish));
        lines = lines.push(said(ctx, "hesitations-wish", find));
    }
    lines
}

fn said<'a>(ctx: Ctx<'a>, key: &str, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    column![ctx.look.note(ctx.text(key)), content.into()].spacing(space::XS).into()
}

/// The question for a therapist, and where it can go.
fn ask<'a>(ctx: Ctx<'a>, question: String, listing: bool) -> Element<'a, Message> {
    let look = ctx.look;
    let listed = ctx.desk.data.session.value.own_questions.contains(&question);
    let copy = look.link_icon(Icon::Copy, &ctx.text("copy"), Message::CopyChosen(question.clone()));
    let mut buttons: Vec<Element<'a, Message>> = vec![copy.into()];
    let mut note = None;
    if listing && listed {
        note = Some(look.note(ctx.text("hesitations-question-listed")));
    } else if listing {
        let add = look.link_icon(
            Icon::Plus,
            &ctx.text("hesitations-question-list"),
            Message::QuestionListed(question.clone()),
        );
        buttons.push(add.into());
        note = Some(look.note(ctx.text("hesitations-question-note")));
    }
    let buttons = Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S);
    said(ctx, "hesitations-question", column![look.lead(question), buttons].push(note).spacing(space::XS))
}

/// Whether the other sees this reason, and how to change that.
pub fn sharing(ctx: Ctx<'_>, reason: Reason, previewed: bool) -> Element<'_, Message> {
    let look = ctx.look;
    let name = partner(ctx);
    let args = [("name", name.into())];
    let Some(would) = preview(&ctx.desk.space().hesitations, reason) else { return column![].into() };
    let now = find(own_card(ctx), reason);
    if previewed {
        let words = if would.words.is_empty() { label(ctx, reason) } else { would.words };
        let own = ctx.desk.card(ctx.desk.here()).name.trim();
        // As the other reads it: without a name that is "your partner".
        let me = [("name", if own.is_empty() { ctx.text("your-partner") } else { own.to_owned() }.into())];
        let as_seen = column![look.note(ctx.text_with("hesitations-shared-title", &me)), look.body(words)];
        let buttons: [Element<'_, Message>; 2] = [
            look.primary(&ctx.text("hesitations-show-yes"), Message::ShowChosen(reason)).into(),
            look.link(&ctx.text("hesitations-show-no"), Message::PreviewClosed).into(),
        ];
        return column![
            look.strong(ctx.text_with("hesitations-show-preview", &args)),
            look.together_card(as_seen.spacing(space::XS)),
            look.note(ctx.text("hesitations-show-back-note")),
            Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S),
        ]
        .spacing(12.0)
        .into();
    }
    let Some(now) = now else {
        let show =
            look.quiet_icon(Icon::Eye, &ctx.text_with("hesitations-show", &args), Message::PreviewChosen(reason));
        return column![look.note(ctx.text("hesitations-show-only-you")), show].spacing(space::S).into();
    };
    let back = look.link_icon(Icon::EyeOff, &ctx.text("hesitations-show-back"), Message::TakenBack(reason));
    let mut buttons: Vec<Element<'_, Message>> = Vec::new();
    let words = if *now == would {
        ctx.text_with("hesitations-show-on", &args)
    } else {
        let newer = look.quiet(&ctx.text("hesitations-show-newer"), Message::PreviewChosen(reason));
        buttons.push(newer.into());
        let [name] = args;
        ctx.text_with("hesitations-show-older", &[name, ("words", now.words.clone().into())])
    };
    buttons.push(back.into());
    column![look.body(words), Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S)]
        .spacing(space::S)
        .into()
}
