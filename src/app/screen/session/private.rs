//! What each of the two keeps to themselves about the session: what they hope for, and what they would like after it.
//! Whoever opens such a page says first who they are.

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Message, Session};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::screen::choose::name_of;
use crate::app::screen::who;
use crate::app::theme::space;
use crate::choice::seal::Bound;
use crate::choice::{After, Nonce, Onward, SealError, SealFile, Visit, after};
use crate::couple::{Each, Member};
use crate::store::When;

/// Which private page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    /// What I hope for.
    Hope,
    /// What I would like after it.
    After,
}

/// What one person keeps about the session that is planned now.
#[must_use]
pub fn visit(desk: &Desk, member: Member) -> Visit {
    desk.data.spaces.of(member).visit.of(desk.data.session.value.visit)
}

/// Whether this person has answered for the session that is planned now.
#[must_use]
pub fn has_answered(desk: &Desk, member: Member) -> bool {
    let seal = &desk.data.after_seals.of(member).value;
    !seal.commitment.is_empty() && seal.round == desk.data.session.value.visit
}

/// Changes what whoever is here keeps about the session.
pub fn change(desk: &mut Desk, when: When, change: impl FnOnce(&mut Visit)) {
    let mut new = visit(desk, desk.here());
    change(&mut new);
    desk.change_visit(when, |visit| *visit = new);
}

/// Seals the answer of whoever is here. Does nothing while there is none.
///
/// # Errors
/// [`SealError::NoRandom`].
pub fn seal(desk: &mut Desk) -> Result<(), SealError> {
    let member = desk.here();
    let Some(wanted) = visit(desk, member).after else { return Ok(()) };
    let nonce = Nonce::random()?;
    let (pair, round) = (desk.data.pair.id.clone(), desk.data.session.value.visit);
    let sealed = after::seal(Bound { pair: &pair, round, member }, nonce, wanted);
    change(desk, When::Now, |visit| visit.nonce = nonce.to_hex());
    desk.change_after_seal(member, |seal| *seal = sealed);
    Ok(())
}

/// Takes the answer of whoever is here back; free until what follows is shown.
pub fn unseal(desk: &mut Desk) {
    if desk.data.session.value.onward().is_some() {
        return;
    }
    let member = desk.here();
    desk.change_after_seal(member, |seal| *seal = SealFile::default());
    change(desk, When::Now, |visit| visit.nonce.clear());
}

/// Holds both answers against their seals, and keeps what follows for both.
///
/// # Errors
/// [`SealError`].
pub fn show(desk: &mut Desk) -> Result<(), SealError> {
    let data = &desk.data;
    let number = data.session.value.visit;
    let seals = Each { one: data.after_seals.one.value.clone(), two: data.after_seals.two.value.clone() };
    let own = Each { one: data.spaces.one.visit.clone(), two: data.spaces.two.visit.clone() };
    let onward: Onward = after::reveal(&data.pair.id, number, &seals, &own)?;
    desk.change_session(|plan| plan.onward = Some((number, onward)));
    Ok(())
}

/// Draws the private page.
pub fn view<'a>(page: &'a Session, ctx: Ctx<'a>, what: Private) -> Element<'a, Message> {
    if page.present != Some(ctx.desk.here()) {
        return who::view(ctx, Message::Present, Message::PrivateClosed);
    }
    match what {
        Private::Hope => hope(ctx),
        Private::After => answer(page, ctx),
    }
}

fn hope(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let other = name_of(ctx, here.other());
    let own = &ctx.desk.data.spaces.of(here).visit;
    let words: &str = if own.visit == ctx.desk.data.session.value.visit { &own.hope } else { "" };
    let shown = ctx.desk.data.session.value.hope(here);
    let with = |key: &str| ctx.text_with(key, &[("name", name_of(ctx, here).into()), ("other", other.clone().into())]);
    let mut lines = column![
        look.title(with("hope-title")),
        look.lead(with("hope-lead")),
        look.field(&ctx.text("hope-field"), &ctx.text("hope-hint"), words, Message::HopeEdited),
    ]
    .spacing(space::M);
    let mut buttons = row![look.primary(&ctx.text("hope-keep"), Message::PrivateClosed)].spacing(space::S);
    if words.trim() != shown && !words.trim().is_empty() {
        buttons = buttons.push(look.quiet(&with("hope-show"), Message::HopeShown));
    }
    if !shown.is_empty() {
        lines = lines.push(look.note(with("hope-is-shown")));
        buttons = buttons.push(look.link(&ctx.text("hope-take-back"), Message::HopeTakenBack));
    }
    look.page(lines.push(buttons.wrap().vertical_spacing(space::S)).push(look.note(with("hope-note"))))
}

fn answer<'a>(page: &'a Session, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let with = |key: &str| {
        ctx.text_with(key, &[("name", name_of(ctx, here).into()), ("other", name_of(ctx, here.other()).into())])
    };
    if has_answered(ctx.desk, here) {
        return look.page(
            column![
                look.mark(56.0, 0.0),
                look.title(with("after-done-title")),
                look.lead(with("after-done-lead")),
                row![
                    look.primary(&ctx.text("done"), Message::PrivateClosed),
                    look.link(&ctx.text("choosing-changed-mind"), Message::AfterMindChanged),
                ]
                .spacing(space::S)
                .wrap()
                .vertical_spacing(space::S),
            ]
            .spacing(space::M),
        );
    }
    let chosen = visit(ctx.desk, here).after;
    let mut choices: Column<'a, Message> = column![];
    for after in After::ALL {
        choices = choices.push(look.radio(&ctx.text(after.key()), chosen == Some(after), Message::AfterChosen(after)));
    }
    let mut lines = column![look.title(with("after-title")), look.lead(with("after-lead")), choices].spacing(space::M);
    if let Some(error) = page.trouble {
        lines = lines.push(look.trouble(&ctx.text(error.key()), Vec::new()));
    }
    look.page(
        lines
            .push(
                row![
                    look.primary(&ctx.text("choosing-done"), chosen.map(|_| Message::AfterSealed)),
                    look.link(&ctx.text("cancel"), Message::PrivateClosed),
                ]
                .spacing(space::S)
                .wrap()
                .vertical_spacing(space::S),
            )
            .push(look.note(with("after-note"))),
    )
}
