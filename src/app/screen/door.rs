//! Who is here, and the passphrase: what stands before a locked space.

mod forgotten;

use iced::Element;
use iced::widget::{Space, column};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::hidden::Hidden;
use crate::app::nav::Page;
use crate::app::off::off;
use crate::app::theme::space;
use crate::app::why;
use crate::app::widget::Icon;
use crate::couple::Member;
use crate::store::{Guard, SpaceError};

/// Name of the field for the passphrase.
pub const FIELD: &str = "passphrase";

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Door {
    /// Who was chosen; nobody yet while it asks.
    member: Option<Member>,
    part: Part,
    typed: Hidden,
    shown: bool,
    /// The recovery key, and the passphrase that follows it.
    key: Hidden,
    new: Hidden,
    /// A passphrase is being tried.
    working: bool,
    trouble: Option<SpaceError>,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Passphrase,
    /// "I forgot it."
    Forgotten,
    /// With the recovery key.
    Recovery,
    /// The files are to be set aside: asked once more.
    Afresh,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// "I am …"
    MemberChosen(Member),
    /// The passphrase was edited.
    Typed(Hidden),
    /// What is typed is to be seen, or not.
    ShownSwitched,
    /// The passphrase is to be tried.
    Submitted,
    /// It was tried.
    Tried(Member, Result<(), SpaceError>),
    /// "I forgot it."
    ForgottenChosen,
    /// There is a recovery key.
    RecoveryChosen,
    /// The recovery key was edited.
    KeyTyped(Hidden),
    /// The new passphrase was edited.
    NewTyped(Hidden),
    /// The recovery key is to be tried.
    RecoverySubmitted,
    /// An empty space is wished for.
    AfreshChosen,
    /// Yes, an empty space.
    AfreshConfirmed,
    /// Back to the passphrase.
    BackChosen,
}

impl Door {
    /// The page as it is when it is opened; with `asks_who`, nobody has said yet who they are.
    #[must_use]
    pub fn new(desk: &Desk, asks_who: bool) -> Self {
        Self { member: (!asks_who).then(|| desk.here()), ..Self::default() }
    }

    /// Whether the passphrase is what is asked for.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.member.is_some() && self.part == Part::Passphrase
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &Desk) -> Action<Message> {
        match message {
            Message::MemberChosen(member) => return Action::HandOver(member, Page::Today),
            Message::Typed(text) => {
                self.typed = text;
                self.trouble = None;
            }
            Message::ShownSwitched => self.shown = !self.shown,
            Message::Submitted => return self.submit(desk),
            Message::Tried(member, tried) => {
                self.working = false;
                if self.member != Some(member) {
                    // Someone else is here by now.
                    return Action::None;
                }
                // Once it is open, the root takes over.
                self.trouble = tried.err();
            }
            Message::ForgottenChosen => self.turn(Part::Forgotten),
            Message::RecoveryChosen => self.turn(Part::Recovery),
            Message::AfreshChosen => self.turn(Part::Afresh),
            Message::BackChosen => self.turn(Part::Passphrase),
            Message::KeyTyped(text) => {
                self.key = text;
                self.trouble = None;
            }
            Message::NewTyped(text) => self.new = text,
            Message::RecoverySubmitted => return self.recover(desk),
            Message::AfreshConfirmed => {
                let (Some(shelf), Some(member)) = (desk.shelf(), self.member) else { return Action::None };
                match shelf.begin_afresh(member) {
                    Ok(_) => return Action::Entered,
                    Err(error) => self.trouble = Some(error),
                }
            }
        }
        Action::None
    }

    fn turn(&mut self, part: Part) {
        *self = Self { member: self.member, part, ..Self::default() };
    }

    fn submit(&mut self, desk: &Desk) -> Action<Message> {
        let (Some(shelf), Some(member)) = (desk.shelf().cloned(), self.member) else { return Action::None };
        if self.working || self.typed.is_empty() {
            return Action::None;
        }
        self.working = true;
        self.trouble = None;
        let passphrase = self.typed.take();
        // The window stays alive: deriving the key takes half a second.
        Action::Run(off(move || shelf.unlock(member, &passphrase)).map(move |tried| Message::Tried(member, tried)))
    }

    fn recover(&mut self, desk: &Desk) -> Action<Message> {
        let (Some(shelf), Some(member)) = (desk.shelf().cloned(), self.member) else { return Action::None };
        if self.working || self.key.is_empty() || self.new.is_empty() {
            return Action::None;
        }
        self.working = true;
        self.trouble = None;
        let (key, new) = (self.key.take(), self.new.secret());
        Action::Run(off(move || shelf.recover(member, &key, &new)).map(move |tried| Message::Tried(member, tried)))
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let Some(member) = self.member else { return who(ctx) };
        match self.part {
            Part::Passphrase => self.passphrase(ctx, member),
            Part::Forgotten => forgotten::view(self, ctx, member),
            Part::Recovery => forgotten::recovery(self, ctx),
            Part::Afresh => forgotten::afresh(self, ctx, member),
        }
    }

    fn passphrase<'a>(&'a self, ctx: Ctx<'a>, member: Member) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines = column![
            Space::new().height(if look.tight { 0.0 } else { space::L }),
            look.mark(if look.tight { 24.0 } else { 56.0 }, 0.0),
            look.title(ctx.text_with("door-title", &[("name", name_of(ctx, member).into())])),
            look.secret(
                &ctx.text("door-field"),
                self.typed.text(),
                self.shown,
                FIELD,
                Message::Typed,
                Message::Submitted
            ),
        ]
        .spacing(space::M);
        if let Some(told) = self.told(ctx) {
            lines = lines.push(told);
        }
        let can = !self.working && !self.typed.is_empty();
        let key = if self.working { "door-opening" } else { "door-open" };
        lines = lines
            .push(look.primary(&ctx.text(key), can.then_some(Message::Submitted)))
            .push(look.check(&ctx.text("door-show"), self.shown, Message::ShownSwitched))
            .push(Space::new().height(space::S));
        let mut more = column![].spacing(0.0);
        if ctx.desk.is_shared() {
            let other = member.other();
            let words = ctx.text_with("door-other", &[("name", name_of(ctx, other).into())]);
            more = more.push(look.link(&words, Message::MemberChosen(other)));
        }
        more = more.push(look.link(&ctx.text("door-forgotten"), Message::ForgottenChosen));
        look.page(lines.push(more))
    }

    fn told<'a>(&self, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
        let error = self.trouble.as_ref()?;
        let words = match (error, self.part) {
            (SpaceError::Wrong, Part::Recovery) => ctx.text("space-error-wrong-key"),
            (error, _) => why::space(error, ctx.texts),
        };
        Some(ctx.look.trouble(&words, Vec::new()))
    }
}

/// "Who is here?"
fn who(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut lines = column![
        Space::new().height(space::L),
        look.mark(56.0, 0.0),
        look.title(ctx.text("door-who")),
        look.lead(ctx.text("door-who-lead")),
    ]
    .spacing(space::M);
    for member in Member::BOTH {
        let (picture, note) = match ctx.desk.guard(member) {
            Guard::None => (Icon::Users, "door-no-passphrase"),
            Guard::Locked | Guard::Unlocked => (Icon::Lock, "door-passphrase"),
        };
        let row =
            look.list_row(Some(picture), &name_of(ctx, member), &ctx.text(note), false, Message::MemberChosen(member));
        lines = lines.push(row);
    }
    look.page(lines)
}

/// What to call a member on a page that either may see.
fn name_of(ctx: Ctx<'_>, member: Member) -> String {
    super::choose::name_of(ctx, member)
}
