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
use crate::choice::{After, Nonce, Onward, SealError, SealFile, Visit, after, letter};
use crate::couple::{Each, Member};
use crate::store::{Guard, When};

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

/// Seals the answer of whoever is here, as [`flow`](crate::app::screen::choose::flow) does with the marks. Does nothing
/// while there is none.
///
/// # Errors
/// [`SealError`] when there are no random numbers, or the partner's seal cannot be answered.
pub fn seal(desk: &mut Desk) -> Result<(), SealError> {
    let member = desk.here();
    let Some(wanted) = visit(desk, member).after else { return Ok(()) };
    let nonce = Nonce::random()?;
    let (pair, round) = (desk.data.pair.id.clone(), desk.data.session.value.visit);
    let mut sealed = after::seal(Bound { pair: &pair, round, member }, nonce, wanted);
    let secret;
    (secret, sealed.opening_key) = letter::key();
    change(desk, When::Now, |visit| {
        visit.nonce = nonce.to_hex();
        visit.opening_key = secret;
    });
    let mut seals = seals(desk);
    *seals.of_mut(member) = sealed.clone();
    let due = is_answer_due(desk, &seals);
    let answered = due.then(|| after::answer(&pair, round, &seals, member, &desk.space().visit));
    if let Some(Ok(locked)) = &answered {
        locked.clone_into(&mut sealed.locked_opening);
        keep_answered(desk, &seals);
    }
    desk.change_after_seal(member, |seal| *seal = sealed);
    answered.map_or(Ok(()), |answered| answered.map(drop))
}

/// From here on only this commitment of the partner's counts. It is kept before the opening lies in the shared folder.
fn keep_answered(desk: &mut Desk, seals: &Each<SealFile>) {
    let commitment = seals.of(desk.here().other()).commitment.clone();
    change(desk, When::Now, |visit| visit.answered = commitment);
}

fn seals(desk: &Desk) -> Each<SealFile> {
    Each { one: desk.data.after_seals.one.value.clone(), two: desk.data.after_seals.two.value.clone() }
}

/// Whether what this person keeps can be read here and now: their space is open, and on this device.
fn is_at_hand(desk: &Desk, member: Member) -> bool {
    desk.guard(member) != Guard::Locked && !visit(desk, member).nonce.is_empty()
}

/// Whether the partner of whoever is here answered on a device of their own.
#[must_use]
pub fn is_elsewhere(desk: &Desk) -> bool {
    let other = desk.here().other();
    has_answered(desk, other) && !desk.wrote_here(desk.data.after_seals.of(other), "commitment")
}

/// Whether whoever is here has to answer the partner's seal: where the two spaces are never open at once.
fn is_answer_due(desk: &Desk, seals: &Each<SealFile>) -> bool {
    let (here, number) = (desk.here(), desk.data.session.value.visit);
    let (mine, theirs) = (seals.of(here), seals.of(here.other()));
    let sealed = |seal: &SealFile| !seal.commitment.is_empty() && seal.round == number;
    (desk.has_passphrases() || !is_at_hand(desk, here.other()))
        && sealed(mine)
        && sealed(theirs)
        && mine.locked_opening.is_empty()
        && !theirs.opening_key.is_empty()
}

/// What is due when the space of whoever is here was opened: the answer to the partner's seal, or a look at whether what
/// the partner saw first follows from what was sealed.
///
/// # Errors
/// [`SealError`] when something is not as it was sealed.
pub fn catch_up(desk: &mut Desk) -> Result<(), SealError> {
    let (member, pair, number) = (desk.here(), desk.data.pair.id.clone(), desk.data.session.value.visit);
    let (seals, own) = (seals(desk), desk.space().visit.clone());
    if own.visit != number {
        // A session that is past needs neither key nor secret number any more.
        if !own.opening_key.is_empty() || !own.nonce.is_empty() {
            desk.change_visit(When::Now, |visit| {
                visit.nonce.clear();
                visit.opening_key.clear();
            });
        }
        return Ok(());
    }
    if own.nonce.is_empty() {
        return Ok(());
    }
    match desk.data.session.value.onward() {
        Some(onward) => {
            let at_hand = is_at_hand(desk, member.other());
            if own.opening_key.is_empty() || !at_hand && seals.of(member.other()).locked_opening.is_empty() {
                return Ok(());
            }
            if look(desk, number, &seals)? != onward {
                return Err(SealError::OtherResult);
            }
            change(desk, When::Now, |visit| visit.opening_key.clear());
        }
        None if is_answer_due(desk, &seals) => {
            let locked = after::answer(&pair, number, &seals, member, &own)?;
            keep_answered(desk, &seals);
            desk.change_after_seal(member, |seal| seal.locked_opening = locked);
        }
        None => {}
    }
    Ok(())
}

/// Whether what follows can be shown here and now; else the partner's space is locked and has not answered yet.
#[must_use]
pub fn is_ready(desk: &Desk) -> bool {
    let other = desk.here().other();
    is_at_hand(desk, other) || !desk.data.after_seals.of(other).value.locked_opening.is_empty()
}

/// Whether whoever is here may still change their mind: not once the partner has answered their seal.
#[must_use]
pub fn may_change(desk: &Desk) -> bool {
    let other = desk.here().other();
    !has_answered(desk, other) || desk.data.after_seals.of(other).value.locked_opening.is_empty()
}

/// Takes the answer of whoever is here back; free until what follows is shown, or the partner has answered the seal.
pub fn unseal(desk: &mut Desk) {
    if desk.data.session.value.onward().is_some() || !may_change(desk) {
        return;
    }
    let member = desk.here();
    desk.change_after_seal(member, |seal| *seal = SealFile::default());
    change(desk, When::Now, |visit| {
        visit.nonce.clear();
        visit.opening_key.clear();
    });
}

/// What follows, from both answers where they are at hand, else from the partner's opening.
fn look(desk: &Desk, number: u32, seals: &Each<SealFile>) -> Result<Onward, SealError> {
    let (data, here) = (&desk.data, desk.here());
    if is_at_hand(desk, here.other()) {
        let own = Each { one: data.spaces.one.visit.clone(), two: data.spaces.two.visit.clone() };
        after::reveal(&data.pair.id, number, seals, &own)
    } else {
        after::reveal_alone(&data.pair.id, number, seals, here, &desk.space().visit)
    }
}

/// Holds both answers against their seals, and keeps what follows for both.
///
/// # Errors
/// [`SealError`].
pub fn show(desk: &mut Desk) -> Result<(), SealError> {
    let number = desk.data.session.value.visit;
    let onward = look(desk, number, &seals(desk))?;
    // Whose partner looks later keeps the key until then.
    change(desk, When::Now, |visit| visit.opening_key.clear());
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
        let mut buttons = row![look.primary(&ctx.text("done"), Message::PrivateClosed)].spacing(space::S);
        if may_change(ctx.desk) {
            buttons = buttons.push(look.link(&ctx.text("choosing-changed-mind"), Message::AfterMindChanged));
        }
        return look.page(
            column![
                look.mark(56.0, 0.0),
                look.title(with("after-done-title")),
                look.lead(with("after-done-lead")),
                buttons.wrap().vertical_spacing(space::S),
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
        let name = error.member().map(|member| name_of(ctx, member)).unwrap_or_default();
        lines = lines.push(look.trouble(&ctx.text_with(error.key(), &[("name", name.into())]), Vec::new()));
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
