//! What to ask in the first call, and what the two agree on beforehand.

use iced::Element;
use iced::widget::{Column, column, row};

use super::Private;
use super::{Message, Session};
use crate::app::ctx::Ctx;
use crate::app::screen::choose::name_of;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::plan::{AGREEMENTS, QUESTIONS};
use crate::couple::Member;
use crate::exercise::hesitation::questions_shown;

/// The questions, each with room for the answer.
pub fn questions<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let count = plan.answers.len();
    let mut lines = column![
        look.heading(ctx.text("session-questions")),
        look.body(ctx.text("session-questions-lead")),
        look.note(ctx.text_with("session-questions-count", &[("count", count.into())])),
    ]
    .spacing(space::S);
    for key in QUESTIONS {
        lines = lines.push(question(page, ctx, key, &ctx.text(key), false));
    }
    let cards = Member::BOTH.map(|member| ctx.desk.card(member).shown.as_slice());
    let shared = questions_shown(&ctx.library.hesitations, ctx.texts.language(), cards);
    let shared: Vec<String> =
        shared.into_iter().map(|(_, words)| words).filter(|words| !plan.own_questions.contains(words)).collect();
    if !shared.is_empty() {
        lines = lines.push(look.strong(ctx.text("session-shared-questions")));
    }
    for words in shared {
        lines = lines.push(question(page, ctx, &words, &words, false));
    }
    for own in &plan.own_questions {
        lines = lines.push(question(page, ctx, own, own, true));
    }
    let add = (!page.question.trim().is_empty()).then_some(Message::QuestionAdded);
    let own = look.field_then(
        &ctx.text("session-own-question"),
        &ctx.text("session-own-question-hint"),
        &page.question,
        Message::QuestionEdited,
        Some(Message::QuestionAdded),
    );
    lines.push(own).push(look.quiet_icon(Icon::Plus, &ctx.text("session-add-question"), add)).into()
}

fn question<'a>(page: &'a Session, ctx: Ctx<'a>, key: &str, words: &str, own: bool) -> Element<'a, Message> {
    let look = ctx.look;
    let answer = ctx.desk.data.session.value.answers.get(key).map(String::as_str).unwrap_or_default();
    let open = page.open.as_deref() == Some(key);
    let picture = if answer.trim().is_empty() { Icon::Square } else { Icon::SquareCheck };
    let mut lines: Column<'a, Message> =
        column![look.unfold(Some(picture), words, open, Message::QuestionToggled(key.to_owned()))].spacing(space::S);
    if open {
        let key = key.to_owned();
        let name = key.clone();
        lines = lines.push(look.field(
            &ctx.text("session-answer"),
            &ctx.text("session-answer-hint"),
            answer,
            move |text| Message::AnswerEdited(name.clone(), text),
        ));
        if own {
            let remove = ctx.text("session-remove-question");
            lines = lines.push(look.link_icon(Icon::X, &remove, Message::QuestionRemoved(key)));
        }
    } else if !answer.trim().is_empty() {
        lines = lines.push(row![look.note(answer.to_owned())].padding([0.0, space::M]));
    }
    lines.into()
}

/// Suggestions to tick, and room for the couple's own.
pub fn agreements<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let agreed = &ctx.desk.data.session.value.agreed;
    let mut lines =
        column![look.heading(ctx.text("session-agreements")), look.body(ctx.text("session-agreements-lead")),]
            .spacing(space::S);
    for key in AGREEMENTS {
        let on = agreed.iter().any(|other| other == key);
        lines = lines.push(look.check(&ctx.text(key), on, Message::AgreementToggled(key.to_owned())));
    }
    for own in agreed.iter().filter(|own| !AGREEMENTS.contains(&own.as_str())) {
        lines = lines.push(look.check(own, true, Message::AgreementToggled(own.clone())));
    }
    let add = (!page.agreement.trim().is_empty()).then_some(Message::AgreementAdded);
    let own = look.field_then(
        &ctx.text("session-own-agreement"),
        &ctx.text("session-own-agreement-hint"),
        &page.agreement,
        Message::AgreementEdited,
        Some(Message::AgreementAdded),
    );
    lines.push(own).push(look.quiet_icon(Icon::Plus, &ctx.text("session-add-agreement"), add)).into()
}

/// What each hopes for, as far as they chose to show it.
pub fn hopes(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let mut lines =
        column![look.heading(ctx.text("session-hopes")), look.body(ctx.text("session-hopes-lead"))].spacing(space::S);
    for member in Member::BOTH {
        let hope = plan.hope(member);
        if !hope.is_empty() {
            let args = [("name", name_of(ctx, member).into()), ("hope", hope.clone().into())];
            lines = lines.push(look.body(ctx.text_with("session-hope-of", &args)));
        }
    }
    let open = Message::PrivateOpened(Private::Hope);
    lines.push(look.quiet_icon(Icon::Lock, &ctx.text("session-hope-mine"), open)).into()
}
