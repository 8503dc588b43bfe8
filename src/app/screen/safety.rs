//! Help when it is not safe. Private, stores nothing, and nothing afterwards shows that one was here.

use iced::Element;
use iced::widget::{Column, column, row};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::helplines::{Helpline, Helplines};
use crate::app::theme::space;
use crate::app::widget::Icon;

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A number was chosen to be called.
    NumberChosen(String),
    /// A number or address was chosen to be copied.
    CopyChosen(String),
    /// A site was chosen.
    SiteChosen(String),
    /// The reminder is to be off.
    ReminderStopped,
    /// One wants to leave at once.
    LeaveChosen,
}

/// Does what the message asks.
pub fn update(message: Message) -> Action<Message> {
    match message {
        Message::NumberChosen(number) => {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            Action::Visit(format!("tel:{digits}"))
        }
        Message::CopyChosen(text) => Action::Copy(text),
        Message::SiteChosen(address) => Action::Visit(address),
        Message::ReminderStopped => Action::Remind(false),
        Message::LeaveChosen => Action::Leave,
    }
}

/// Draws the page.
pub fn view(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let questions = ["safety-q-fear", "safety-q-control", "safety-q-hurt", "safety-q-forced", "safety-q-threat"]
        .into_iter()
        .map(|key| look.body(ctx.text(key)).into());
    let mut lines = column![
        look.title(ctx.text("safety-title")),
        look.lead(ctx.text("safety-lead")),
        look.quiet_icon(Icon::DoorOpen, &ctx.text("safety-leave"), Message::LeaveChosen),
        look.card(
            column![
                look.heading(ctx.text("safety-think")),
                Column::with_children(questions).spacing(10.0),
                look.strong(ctx.text("safety-if-yes")),
                look.quiet_words(ctx.text("safety-not-clear")),
            ]
            .spacing(space::M)
        ),
        look.heading(ctx.text("safety-help")),
        look.strong(ctx.text("safety-emergency")),
    ]
    .spacing(space::M);
    if let Some(helplines) = Helplines::built_in() {
        for line in &helplines.lines {
            lines = lines.push(helpline(ctx, line));
        }
        lines = lines
            .push(look.body(helplines.elsewhere(ctx.texts.language()).to_owned()))
            .push(look.note(ctx.text_with("safety-help-dated", &[("date", helplines.checked.to_string().into())])));
    }
    if ctx.desk.data.plan.on {
        lines = lines.push(look.quiet(&ctx.text("safety-reminders-off"), Message::ReminderStopped));
    } else {
        lines = lines.push(look.note(ctx.text("safety-reminders-are-off")));
    }
    look.page(lines.push(look.note(ctx.text("safety-trace"))))
}

fn helpline<'a>(ctx: Ctx<'a>, line: &Helpline) -> Element<'a, Message> {
    let look = ctx.look;
    let call = ctx.text_with("safety-call", &[("number", line.number.clone().into())]);
    look.card(
        column![
            look.note(line.country(ctx.texts.language()).to_owned()),
            look.strong(line.name.clone()),
            row![
                look.quiet_icon(Icon::Phone, &call, Message::NumberChosen(line.number.clone())),
                look.link_icon(Icon::Copy, &ctx.text("copy"), Message::CopyChosen(line.number.clone())),
                look.link_icon(
                    Icon::ExternalLink,
                    line.web.trim_start_matches("https://"),
                    Message::SiteChosen(line.web.clone())
                ),
            ]
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::XS),
        ]
        .spacing(space::S),
    )
}
