//! Whom to call, who calls, and where things stand.

use iced::Element;
use iced::widget::{Row, column};

use super::{Message, Session};
use crate::app::ctx::Ctx;
use crate::app::nav::Page;
use crate::app::screen::choose::name_of;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::Status;
use crate::couple::Member;
use crate::directory::TherapistId;
use crate::directory::fold::phone_digits;

/// Nobody is agreed on yet, or nobody is left.
pub fn nobody<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let gone = ctx.desk.data.session.value.status == Status::NotAvailable;
    let (title, lead) = if gone {
        ("session-nobody-left-title", "session-nobody-left-lead")
    } else {
        ("session-empty-title", "session-empty-lead")
    };
    let mut lines =
        column![look.mark(44.0, 0.3), look.title(ctx.text(title)), look.lead(ctx.text(lead))].spacing(space::M);
    lines = lines.push(look.primary(&ctx.text("session-choose"), Message::PageChosen(Page::Choose)));
    if gone {
        lines = lines.push(look.link(&ctx.text("session-available-after-all"), Message::StatusChosen(Status::ToCall)));
    } else {
        lines = lines.push(look.note(ctx.text("session-empty-note")));
    }
    if let Some(undo) = page.stepped_up(ctx) {
        lines = lines.push(undo);
    }
    look.page(lines)
}

/// The therapist, with the ways to reach them.
pub fn therapist<'a>(ctx: Ctx<'a>, id: &TherapistId) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.heading(crate::app::screen::choose::facts::name(ctx, id))].spacing(12.0);
    let Some(therapist) = ctx.desk.therapist(id) else { return look.together_card(lines) };
    let known = crate::app::screen::choose::facts::line(ctx, therapist);
    if !known.is_empty() {
        lines = lines.push(look.note(known));
    }
    let mut buttons: Vec<Element<'a, Message>> = Vec::new();
    if let Some(phone) = therapist.phones.first() {
        let call = ctx.text_with("session-call", &[("phone", phone.clone().into())]);
        let plus = if phone.trim_start().starts_with('+') { "+" } else { "" };
        let target = format!("tel:{plus}{}", phone_digits(phone));
        buttons.push(look.primary(&call, Message::Visited(target)).into());
        let copy = ctx.text("session-copy-phone");
        buttons.push(look.quiet_icon(Icon::Copy, &copy, Message::Copied(phone.clone())).into());
    }
    if let Some(mail) = therapist.mails.first() {
        let write = ctx.text("session-mail");
        buttons.push(look.quiet_icon(Icon::Mail, &write, Message::Visited(format!("mailto:{}", mail.trim()))).into());
    }
    if buttons.is_empty() {
        lines = lines.push(look.body(ctx.text("session-no-number")));
        let page = Page::Therapists(Some(id.to_string()));
        buttons
            .push(look.quiet_icon(Icon::User, &ctx.text("session-open-therapist"), Message::PageChosen(page)).into());
    }
    if therapist.phones.first().or(therapist.mails.first()).is_some() {
        buttons.push(look.quiet_icon(Icon::Users, &ctx.text("session-contact"), Message::ContactChosen).into());
    }
    lines = lines.push(Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S));
    if let Some(backup) = &ctx.desk.data.session.value.backup {
        let name = crate::app::screen::choose::facts::name(ctx, backup);
        lines = lines.push(look.note(ctx.text_with("session-backup", &[("therapist", name.into())])));
    }
    look.together_card(lines)
}

/// Who calls, and where things stand.
pub fn status(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.session.value;
    let people = Member::BOTH.map(|member| (member, name_of(ctx, member)));
    let stands = Status::ALL.map(|status| (status, ctx.text(status.key())));
    let caller = look.segments(people, plan.caller, Message::CallerChosen);
    let status = look.segments(stands, Some(plan.status), Message::StatusChosen);
    column![
        column![look.heading(ctx.text("session-caller")), caller].spacing(space::S),
        column![look.heading(ctx.text("session-status")), status].spacing(space::S),
    ]
    .spacing(space::M)
    .into()
}
