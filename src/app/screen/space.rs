//! One's own space: what guards it, and what that means.

mod form;

use iced::Element;
use iced::widget::{Column, column, row};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::hidden::Hidden;
use crate::app::off::off;
use crate::app::theme::space;
use crate::app::why;
use crate::store::{ExposeSecret, Guard, SaveError, SpaceError, Strength, strength};

/// The minutes that are offered.
const MINUTES: [u16; 4] = [1, 5, 15, 30];

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Space {
    part: Part,
    old: Hidden,
    new: Hidden,
    again: Hidden,
    shown: bool,
    /// A new key as well.
    afresh: bool,
    working: bool,
    trouble: Option<SpaceError>,
    /// What was done, and what could not be removed.
    done: Option<(Part, Option<SaveError>)>,
    /// The recovery key, shown once.
    key: Hidden,
}

/// What is unfolded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// Only what there is.
    #[default]
    Overview,
    /// A first passphrase.
    Protect,
    /// Another one.
    Change,
    /// A recovery key.
    Recovery,
    /// None any more.
    Remove,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is to be done.
    PartChosen(Part),
    /// The present passphrase was edited.
    OldTyped(Hidden),
    /// The new one was edited.
    NewTyped(Hidden),
    /// The new one was edited the second time.
    AgainTyped(Hidden),
    /// What is typed is to be seen, or not.
    ShownSwitched,
    /// A new key as well, or not.
    AfreshSwitched,
    /// It is to be done.
    Submitted,
    /// It was done.
    Done(Part, Result<Option<SaveError>, SpaceError>),
    /// The recovery key is there.
    KeyMade(Result<Hidden, SpaceError>),
    /// It was written down.
    KeyKept,
    /// Minutes until the space locks itself.
    MinutesChosen(u16),
    /// The space is to be locked.
    LockChosen,
}

impl Space {
    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk) -> Action<Message> {
        match message {
            Message::PartChosen(part) => *self = Self { part, ..Self::default() },
            Message::OldTyped(text) => {
                self.old = text;
                self.trouble = None;
            }
            Message::NewTyped(text) => self.new = text,
            Message::AgainTyped(text) => self.again = text,
            Message::ShownSwitched => self.shown = !self.shown,
            Message::AfreshSwitched => self.afresh = !self.afresh,
            Message::Submitted => return self.submit(desk),
            Message::Done(part, Ok(left)) => {
                *self = Self { done: Some((part, left)), ..Self::default() };
                return Action::Guarded;
            }
            Message::Done(_, Err(error)) | Message::KeyMade(Err(error)) => {
                self.working = false;
                self.trouble = Some(error);
            }
            Message::KeyMade(Ok(key)) => *self = Self { key, ..Self::default() },
            Message::KeyKept => *self = Self::default(),
            Message::MinutesChosen(minutes) => {
                desk.change_person(|person| person.lock_after = minutes);
                return Action::Guarded;
            }
            Message::LockChosen => return Action::Lock,
        }
        Action::None
    }

    /// Whether everything is typed that the part needs.
    fn is_ready(&self) -> bool {
        let new = !self.new.is_empty() && self.new == self.again;
        let old = !self.old.is_empty();
        !self.working
            && match self.part {
                Part::Overview => false,
                Part::Protect => new,
                Part::Change => old && new,
                Part::Recovery | Part::Remove => old,
            }
    }

    fn submit(&mut self, desk: &Desk) -> Action<Message> {
        let (Some(shelf), member) = (desk.shelf().cloned(), desk.here()) else { return Action::None };
        if !self.is_ready() {
            return Action::None;
        }
        self.working = true;
        self.trouble = None;
        let (part, afresh) = (self.part, self.afresh);
        let (old, new) = (self.old.take(), self.new.take());
        self.again = Hidden::default();
        match part {
            Part::Recovery => Action::Run(
                off(move || {
                    let key = shelf.new_recovery(member, &old)?;
                    Ok(Hidden::new(key.expose_secret().to_owned()))
                })
                .map(Message::KeyMade),
            ),
            _ => Action::Run(
                off(move || match part {
                    Part::Protect => shelf.protect(member, &new),
                    Part::Change => shelf.change_passphrase(member, &old, &new, afresh),
                    _ => shelf.unprotect(member, &old),
                })
                .map(move |done| Message::Done(part, done)),
            ),
        }
    }

    /// Forgets what was typed; another page comes.
    pub fn leave(&mut self) {
        *self = Self::default();
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines = column![look.title(ctx.text("space-title"))].spacing(space::M);
        if !self.key.is_empty() {
            return look.page(form::key(self, ctx, lines));
        }
        if let Some((part, left)) = &self.done {
            let key = match part {
                Part::Protect => "space-done-protect",
                Part::Remove => "space-done-remove",
                Part::Change | Part::Recovery | Part::Overview => "space-done-change",
            };
            lines = lines.push(look.banner(&ctx.text(key), Vec::new()));
            if let Some(error) = left {
                let words = ctx.text_with("space-left", &[("why", why::not_saved(error, ctx.texts).into())]);
                lines = lines.push(look.trouble(&words, Vec::new()));
            }
        }
        look.page(match self.part {
            Part::Overview if ctx.desk.guard(ctx.desk.here()) == Guard::None => plain(ctx, lines),
            Part::Overview => sealed(ctx, lines),
            part => form::view(self, ctx, part, lines),
        })
    }
}

type Lines<'a> = Column<'a, Message>;

/// Without a passphrase: what that means.
fn plain<'a>(ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    lines
        .push(look.lead(ctx.text("space-plain-lead")))
        .push(look.body(ctx.text("space-plain-note")))
        .push(look.primary(&ctx.text("space-protect"), Message::PartChosen(Part::Protect)))
        .push(look.note(ctx.text("space-danger")))
}

/// With one: what it does, and what one may change.
fn sealed<'a>(ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let minutes = MINUTES.map(|minutes| (minutes, ctx.text_with("space-minutes", &[("count", minutes.into())])));
    let now = ctx.desk.person().lock_after;
    let now = if now == 0 { crate::store::settings::LOCK_AFTER } else { now };
    let has_key = ctx.desk.has_recovery(ctx.desk.here());
    let link = |key: &str, part| look.link(&ctx.text(key), Message::PartChosen(part));
    lines
        .push(look.lead(ctx.text("space-sealed-lead")))
        .push(look.primary(&ctx.text("space-lock"), Message::LockChosen))
        .push(look.strong(ctx.text("space-idle")))
        .push(look.segments(minutes, Some(now), Message::MinutesChosen))
        .push(look.note(ctx.text("space-idle-note")))
        .push(look.hairline())
        .push(
            column![
                link("space-change", Part::Change),
                link(if has_key { "space-recovery-anew" } else { "space-recovery" }, Part::Recovery),
                link("space-remove", Part::Remove),
            ]
            .spacing(0.0),
        )
        .push(look.hairline())
        .push(look.note(ctx.text("space-sealed-note")))
        .push(look.note(ctx.text("space-danger")))
}

/// A new passphrase, typed twice.
pub(super) struct Twice<'a, M> {
    /// Name of the text above the first field.
    pub label: &'static str,
    /// The names of the two fields.
    pub ids: [&'static str; 2],
    /// What was typed the first time.
    pub new: &'a Hidden,
    /// What was typed the second time.
    pub again: &'a Hidden,
    /// Whether it is to be seen.
    pub shown: bool,
    /// The first was edited.
    pub typed: fn(Hidden) -> M,
    /// The second was edited.
    pub typed_again: fn(Hidden) -> M,
    /// Enter was pressed.
    pub submit: M,
}

impl<'a, M: Clone + 'a> Twice<'a, M> {
    /// The two fields, what the passphrase is worth, and whether the two differ.
    pub fn fields(self, ctx: Ctx<'a>) -> Column<'a, M> {
        let look = ctx.look;
        let [first, second] = self.ids;
        let mut lines = column![look.secret(
            &ctx.text(self.label),
            self.new.text(),
            self.shown,
            first,
            self.typed,
            self.submit.clone()
        )]
        .spacing(space::M);
        if let Some(note) = strength_note(ctx, self.new) {
            lines = lines.push(note);
        }
        let label = ctx.text("space-again");
        lines = lines.push(look.secret(&label, self.again.text(), self.shown, second, self.typed_again, self.submit));
        if !self.again.is_empty() && self.new != self.again {
            lines = lines.push(look.note(ctx.text("space-differ")));
        }
        lines
    }
}

/// What the passphrase is worth, once one is being typed.
pub(super) fn strength_note<'a, M: 'a>(ctx: Ctx<'a>, new: &Hidden) -> Option<Element<'a, M>> {
    let key = match strength(&new.secret()) {
        Strength::Empty => return None,
        Strength::Weak => "space-weak",
        Strength::Fair => "space-fair",
        Strength::Good => "space-good",
    };
    Some(row![ctx.look.note(ctx.text(key))].into())
}
