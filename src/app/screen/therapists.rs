//! The list of therapists, and one of them.

pub mod clash;
pub mod export;
pub mod fields;
pub mod filters;
pub mod links;
pub mod list;
pub mod look_up;
pub mod one;
pub mod photo;

use iced::widget::{container, row};
use iced::{Element, Length, Padding, Subscription};

use super::Action;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::{Behind, Desk};
use crate::app::nav::Page;
use crate::app::screen::needs;
use crate::app::theme::space;
use crate::app::widget::fresh::fresh;
use crate::directory::{Filter, Order, Reason, Therapist, TherapistId, YesNo};
use crate::exercise::Library;
use crate::locale::Texts;

/// Width of the list where one therapist stands beside it, in logical pixels.
const LIST: f32 = 380.0;

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Finding {
    /// The words.
    pub query: String,
    /// What is left out.
    pub filter: Filter,
    /// The highest fee, as it was typed.
    pub fee: String,
    /// In which order.
    pub order: Order,
    /// The two people's private wishes are set aside for now.
    pub without_wishes: bool,
}

/// What can be taken back as long as the page is open.
#[derive(Debug, Clone, PartialEq)]
enum Undo {
    /// Taken off the list.
    Deleted(TherapistId),
    /// Marked as checked; the record as it was.
    Checked(TherapistId, Box<Therapist>),
    /// Another photo, or none; the name of the one before.
    Photo(TherapistId, String),
}

/// The state of the page.
#[derive(Debug, Default)]
pub struct Therapists {
    finding: Finding,
    found: look_up::Found,
    /// How often was looked up: another one means other rows.
    turn: u64,
    filters_open: bool,
    /// Private wishes are being read or written.
    needs: Option<needs::Turn>,
    open: Option<TherapistId>,
    undo: Option<Undo>,
    export: Option<export::Export>,
    /// The photo of whoever is open.
    photo: Option<photo::Shown>,
    /// A photo is being chosen.
    asking: Option<photo::Asking>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The search words were edited.
    QueryEdited(String),
    /// The filters were opened or closed.
    FiltersFolded,
    /// A filter was changed.
    FilterChanged(filters::Change),
    /// Everyone is to be shown.
    EveryoneChosen,
    /// What is left out for this reason is to be shown.
    ReasonLifted(Reason),
    /// The words that were meant are to be looked for.
    MeantChosen,
    /// The private wishes are to count again.
    WishesChosen,
    /// The private wishes were opened, to be read or written by whoever says who they are.
    NeedsOpened,
    /// Something about the private wishes.
    Needs(needs::Message),
    /// A row was chosen; beside the list if there is room.
    RowChosen {
        /// Whose.
        id: TherapistId,
        /// The list stays in sight.
        beside: bool,
    },
    /// Another page was chosen.
    PageChosen(Page),
    /// Something about the photo.
    Photo(photo::Message),
    /// Something about the file to save the list in.
    Export(export::Message),
    /// A link was chosen.
    LinkChosen(String),
    /// A text was to be copied.
    CopyChosen(String),
    /// The record was looked over today and holds.
    CheckedChosen(TherapistId),
    /// The therapist was to be taken off the list.
    DeleteChosen(TherapistId),
    /// The last of these was to be taken back.
    UndoChosen,
    /// One of several answers to a field was chosen: its name and its RON text.
    ClaimChosen(TherapistId, String, String),
}

impl Therapists {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(open: Option<&str>, desk: &Desk, library: &Library, texts: &Texts) -> Self {
        let open = open.and_then(|id| TherapistId::new(id).ok());
        let filters_open = false;
        // Who asked for their wishes and came in through the door need not say again who they are.
        let needs = desk.behind_door.filter(|behind| *behind == (desk.here(), Behind::Needs));
        let needs = needs.map(|(member, _)| needs::Turn::of(member));
        let mut page = Self { open, finding: desk.finding.clone(), filters_open, needs, ..Self::default() };
        page.refresh(desk, library, texts);
        page
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::QueryEdited(query) => {
                self.finding.query = query;
                self.look_up(desk);
            }
            Message::FiltersFolded => self.filters_open = !self.filters_open,
            Message::FilterChanged(change) => {
                change.apply(&mut self.finding);
                self.look_up(desk);
            }
            Message::EveryoneChosen => {
                let order = self.finding.order;
                self.finding = Finding { order, without_wishes: true, ..Finding::default() };
                self.look_up(desk);
            }
            Message::ReasonLifted(reason) => {
                filters::lift(reason, &mut self.finding);
                self.look_up(desk);
            }
            Message::MeantChosen => {
                if let Some((words, _)) = self.found.meant.take() {
                    self.finding.query = words;
                    self.look_up(desk);
                }
            }
            Message::WishesChosen => {
                self.finding.without_wishes = false;
                self.look_up(desk);
            }
            Message::NeedsOpened => self.needs = Some(needs::Turn::default()),
            Message::Needs(needs::Message::Present(member)) if super::who::comes_by_the_door(desk, member) => {
                desk.behind_door = Some((member, Behind::Needs));
                return Action::HandOver(member, Page::Therapists(None));
            }
            Message::Needs(message) => {
                if let Some(turn) = &mut self.needs
                    && needs::update(turn, message, desk)
                {
                    self.needs = None;
                    self.finding.without_wishes = false;
                    self.look_up(desk);
                }
            }
            Message::RowChosen { id, beside } => {
                let page = Page::Therapists(Some(id.as_str().to_owned()));
                // Looking through the list leaves no trail of everyone one looked at.
                return if beside && self.open.is_some() { Action::Replace(page) } else { Action::Open(page) };
            }
            Message::PageChosen(page) => return Action::Open(page),
            Message::Export(message) => {
                return export::update(&mut self.export, message, desk, texts).map(Message::Export);
            }
            Message::Photo(message) => {
                let action = photo::update(self, message, desk, texts).map(Message::Photo);
                self.look_up(desk);
                return action;
            }
            Message::LinkChosen(link) => return Action::Visit(link),
            Message::CopyChosen(text) => return Action::Copy(text),
            Message::CheckedChosen(id) => self.check(&id, desk),
            Message::DeleteChosen(id) => {
                self.change(&id, desk, |therapist| therapist.deleted = true);
                self.can_undo(Undo::Deleted(id), desk);
            }
            Message::UndoChosen => self.take_back(desk),
            Message::ClaimChosen(id, field, text) => {
                desk.settle_therapist(&id, &field, &text);
                self.look_up(desk);
            }
        }
        Action::None
    }

    fn check(&mut self, id: &TherapistId, desk: &mut Desk) {
        let Some(before) = desk.therapist(id).cloned() else { return };
        let today = desk.now().date();
        self.change(id, desk, |therapist| {
            therapist.checked = Some(today);
            if therapist.taking_new != YesNo::Unknown {
                therapist.taking_new_checked = Some(today);
            }
        });
        self.can_undo(Undo::Checked(id.clone(), Box::new(before)), desk);
    }

    /// From now on this can be taken back, and what could be before is for good.
    fn can_undo(&mut self, undo: impl Into<Option<Undo>>, desk: &mut Desk) {
        if let Some(Undo::Photo(id, before)) = std::mem::replace(&mut self.undo, undo.into()) {
            desk.forget_photo(&id, &before);
        }
    }

    fn take_back(&mut self, desk: &mut Desk) {
        match self.undo.take() {
            Some(Undo::Deleted(id)) => self.change(&id, desk, |therapist| therapist.deleted = false),
            Some(Undo::Checked(id, before)) => self.change(&id, desk, |therapist| {
                therapist.checked = before.checked;
                therapist.taking_new_checked = before.taking_new_checked;
            }),
            Some(Undo::Photo(id, before)) => {
                let now = desk.therapist(&id).map(|therapist| therapist.photo.clone()).unwrap_or_default();
                self.change(&id, desk, |therapist| therapist.photo = before);
                desk.forget_photo(&id, &now);
            }
            None => {}
        }
    }

    fn change(&mut self, id: &TherapistId, desk: &mut Desk, change: impl FnOnce(&mut Therapist)) {
        desk.change_therapist(id, change);
        self.look_up(desk);
    }

    fn look_up(&mut self, desk: &Desk) {
        self.found = look_up::look_up(&self.finding, desk);
        self.photo = photo::Shown::of(self.open.as_ref(), self.photo.take(), desk);
        self.turn += 1;
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        self.can_undo(None, desk);
        desk.finding = std::mem::take(&mut self.finding);
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, _library: &Library, _texts: &Texts) {
        self.look_up(desk);
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        if let Some(turn) = &self.needs {
            return needs::view(turn, ctx).map(Message::Needs);
        }
        if ctx.room != Room::Wide {
            return look.page(match &self.open {
                Some(id) => one::view(self, id, ctx),
                None => list::view(self, ctx),
            });
        }
        if (ctx.desk.reading || ctx.desk.index.is_empty()) && self.open.is_none() {
            return look.page(list::view(self, ctx));
        }
        let list = container(list::view(self, ctx)).padding(Padding {
            top: space::S,
            bottom: space::L,
            ..Padding::from([0.0, look.side()])
        });
        let one = match &self.open {
            Some(id) => one::view(self, id, ctx),
            None => container(look.quiet_words(ctx.text("therapists-choose-one"))).padding(space::XL).into(),
        };
        row![container(look.scroll(list)).width(LIST), container(fresh(&self.open, look.page(one))).width(Length::Fill)]
            .into()
    }
}
