//! The invitation in the making: its six parts, the words as a whole, the plan, and older versions.

mod versions;

use iced::widget::text_editor::{Action as Edit, Content, Motion};
use iced::widget::{Column, Row, column, container, row};
use iced::{Alignment, Element, Length, Padding, Subscription};
use jiff::Timestamp;

use super::Action;
use super::wording::Wording;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::invitation::ORDER;
use crate::exercise::{Exercise, Kind, Library, Meant, Part, Version};
use crate::locale::Texts;
use crate::store::When;

/// The state of the page.
#[derive(Debug)]
pub struct Invitation {
    content: Content,
    wording: Wording,
    /// The version that is unfolded.
    open: Option<Timestamp>,
    /// The version that was deleted last, until something else is done.
    deleted: Option<Version>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// An exercise was chosen.
    ExerciseChosen(String),
    /// The words were edited, or the caret moved.
    Typed(Edit),
    /// Put it together again from the parts.
    PutTogether,
    /// The words stay although a part changed.
    Stayed,
    /// This version is to be kept.
    Kept,
    /// Copy the words.
    CopyChosen,
    /// Show it large.
    CardChosen,
    /// Go through it.
    RehearsalChosen,
    /// Words that were noticed are meant that way.
    Stood(Meant),
    /// A version was unfolded or folded.
    VersionUnfolded(Timestamp),
    /// A version was taken again.
    VersionRestored(Timestamp),
    /// A version was deleted.
    VersionDeleted(Timestamp),
    /// It was wanted back.
    DeletionUndone,
}

impl Invitation {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, texts: &Texts) -> Self {
        let mut page = Self { content: Content::new(), wording: Wording::default(), open: None, deleted: None };
        page.take_up(desk, texts);
        page
    }

    fn take_up(&mut self, desk: &Desk, texts: &Texts) {
        let text = desk.space().invitation.text();
        if text != self.content.text() {
            self.content = Content::with_text(&text);
            self.content.perform(Edit::Move(Motion::DocumentEnd));
        }
        self.wording.look_at(desk, texts.language(), &self.content, false);
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        let now = desk.now().timestamp();
        match message {
            Message::ExerciseChosen(id) => return Action::Open(Page::Exercise(id)),
            Message::CardChosen => return Action::Open(Page::Card),
            Message::RehearsalChosen => return Action::Open(Page::Rehearsal),
            Message::CopyChosen => return Action::CopyPrivate(self.content.text()),
            Message::Typed(edit) => {
                let is_edit = edit.is_edit();
                self.content.perform(edit);
                if is_edit {
                    let text = self.content.text();
                    desk.change_invitation(When::Soon, |invitation| invitation.edit(&text));
                }
                self.wording.look_at(desk, texts.language(), &self.content, is_edit);
            }
            Message::Stood(meant) => {
                desk.change_invitation(When::Now, |invitation| {
                    invitation.meant.insert(meant);
                });
                self.wording.look_at(desk, texts.language(), &self.content, false);
            }
            Message::PutTogether => {
                desk.change_invitation(When::Now, |invitation| invitation.assemble_anew(now));
                self.take_up(desk, texts);
            }
            Message::Stayed => desk.change_invitation(When::Now, crate::exercise::Invitation::stay),
            Message::Kept => {
                let mut kept = false;
                desk.change_invitation(When::Now, |invitation| kept = invitation.keep(now));
                return Action::Say(texts.get(if kept { "invitation-kept" } else { "invitation-kept-already" }));
            }
            Message::VersionUnfolded(at) => {
                self.deleted = None;
                self.open = (self.open != Some(at)).then_some(at);
            }
            Message::VersionRestored(at) => {
                self.deleted = None;
                desk.change_invitation(When::Now, |invitation| invitation.restore(at, now));
                self.take_up(desk, texts);
            }
            Message::VersionDeleted(at) => {
                let version = desk.space().invitation.versions.iter().find(|version| version.at == at).cloned();
                desk.change_invitation(When::Now, |invitation| invitation.delete_version(at));
                self.deleted = version;
                self.open = None;
            }
            Message::DeletionUndone => {
                if let Some(version) = self.deleted.take() {
                    desk.change_invitation(When::Now, |invitation| {
                        invitation.versions.push(version);
                        invitation.versions.sort_by_key(|version| version.at);
                    });
                }
            }
        }
        Action::None
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        desk.hurry();
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, _library: &Library, texts: &Texts) {
        self.take_up(desk, texts);
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let invitation = &ctx.desk.space().invitation;
        let head =
            column![look.title(ctx.text("invitation-title")), look.lead(ctx.text("invitation-lead"))].spacing(space::S);
        let nothing = invitation.filled() == 0 && invitation.own_text.is_none() && invitation.versions.is_empty();
        if nothing {
            return look.page(column![head, empty(ctx), parts(ctx)].spacing(space::L));
        }
        let words = self.words(ctx);
        let versions = versions::view(ctx, self.open, self.deleted.as_ref());
        if ctx.room == Room::Wide {
            let left = column![head, words, plan(ctx), versions].spacing(space::L).width(Length::FillPortion(3));
            let right = container(parts(ctx)).width(Length::FillPortion(2));
            let both = container(row![left, right].spacing(space::XL)).max_width(1_000.0).width(Length::Fill);
            return look.scroll(container(both).width(Length::Fill).align_x(Alignment::Center).padding(Padding {
                top: space::S,
                bottom: space::L,
                ..Padding::from(look.side())
            }));
        }
        look.page(column![head, words, plan(ctx), parts(ctx), versions].spacing(space::L))
    }

    fn words<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines: Column<'_, Message> = column![].spacing(12.0);
        if ctx.desk.space().invitation.is_behind() {
            let anew = look.quiet(&ctx.text("invitation-behind-anew"), Message::PutTogether).into();
            let stay = look.link(&ctx.text("invitation-behind-stay"), Message::Stayed).into();
            let words = format!("{} {}", ctx.text("invitation-behind"), ctx.text("invitation-behind-note"));
            lines = lines.push(look.banner(&words, vec![anew, stay]));
        }
        let hint = ctx.text("invitation-words-hint");
        lines = lines.push(look.area(&ctx.text("invitation-words"), &hint, &self.content, 5, Message::Typed));
        let empty = self.content.text().trim().is_empty();
        let unless_empty = |message: Message| (!empty).then_some(message);
        lines = lines.push(look.note(ctx.text("invitation-words-note"))).push(self.wording.view(ctx, Message::Stood));
        lines = lines.push(
            Row::with_children([
                look.primary(&ctx.text("invitation-rehearse"), unless_empty(Message::RehearsalChosen)).into(),
                look.quiet(&ctx.text("invitation-show"), unless_empty(Message::CardChosen)).into(),
                look.quiet(&ctx.text("invitation-keep"), unless_empty(Message::Kept)).into(),
                look.link_icon(Icon::Copy, &ctx.text("copy"), unless_empty(Message::CopyChosen)).into(),
            ])
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::S),
        );
        lines.into()
    }
}

/// The exercise that ends in this part.
fn source(library: &Library, wanted: Part) -> Option<&Exercise> {
    library.exercises.iter().find(|exercise| {
        exercise.steps.iter().any(|step| matches!(step.kind, Kind::Draft { part: Some(part), .. } if part == wanted))
    })
}

fn empty(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut lines = column![look.body(ctx.text("invitation-empty"))].spacing(space::M);
    let first = Part::ALL.into_iter().find_map(|part| source(ctx.library, part));
    if let Some(exercise) = first {
        let words = ctx.text_with("invitation-empty-begin", &[("title", exercise.title.clone().into())]);
        lines = lines.push(look.primary(&words, Message::ExerciseChosen(exercise.id.clone())));
    }
    look.accent_card(lines)
}

fn parts(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let invitation = &ctx.desk.space().invitation;
    let count = ctx.text_with("invitation-parts-count", &[("count", invitation.filled().into())]);
    let mut lines: Column<'_, Message> =
        column![look.heading(ctx.text("invitation-parts")), look.note(count)].spacing(space::S);
    for part in ORDER {
        let words = invitation.part(part);
        let source = source(ctx.library, part);
        let note = match source {
            _ if !words.is_empty() => words.to_owned(),
            Some(exercise) => ctx.text_with("invitation-part-missing", &[("title", exercise.title.clone().into())]),
            None => ctx.text("invitation-part-nowhere"),
        };
        let glyph = if words.is_empty() { Icon::Circle } else { Icon::Check };
        let message = source.map(|exercise| Message::ExerciseChosen(exercise.id.clone()));
        lines = lines.push(look.list_row(Some(glyph), &ctx.text(part.key()), &note, false, message));
    }
    lines.into()
}

/// The plan is for oneself: it stands apart from what is said.
fn plan(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = ctx.desk.space().invitation.plan.trim();
    let words = if plan.is_empty() {
        look.quiet_words(ctx.text("invitation-plan-missing"))
    } else {
        look.body(plan.to_owned())
    };
    look.card(
        column![look.strong(ctx.text("invitation-plan")), look.note(ctx.text("invitation-plan-note")), words]
            .spacing(space::S),
    )
}
