//! The form for one therapist. What is typed is saved as it is typed; only a name is needed.

mod form;

use std::collections::{BTreeMap, BTreeSet};

use iced::widget::text_editor;
use iced::{Element, Subscription};

use super::Action;
use super::therapists::fields::{self, Field};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::directory::{Therapist, TherapistId, YesNo};
use crate::exercise::Library;
use crate::fields::Document;
use crate::locale::Texts;

/// A text as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    text: String,
    /// The field could be read from it.
    understood: bool,
    /// The field's label, under which the text goes into the notes if it could not.
    label: String,
}

/// The state of the page.
#[derive(Debug)]
pub struct Edit {
    /// Whose record; `None` if there is none of that name, or the system gave no random numbers for a new one.
    id: Option<TherapistId>,
    /// The record was begun here.
    is_new: bool,
    /// What a new record will hold, until it has a name.
    draft: Box<Therapist>,
    /// The record as it was when the form was opened.
    before: Box<Therapist>,
    /// What was typed here, by field.
    typed: BTreeMap<&'static str, Typed>,
    /// The fields that were changed here.
    touched: BTreeSet<&'static str>,
    notes: text_editor::Content,
    /// The groups that are open.
    open: BTreeSet<usize>,
    /// Done was chosen while there was no name.
    name_missed: bool,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A field was edited, or a question answered.
    FieldEdited(&'static str, String),
    /// The notes were edited.
    NotesEdited(text_editor::Action),
    /// A group was opened or closed.
    GroupFolded(usize),
    /// Everything that was changed here is to be as before.
    UndoChosen,
    /// The form is done.
    DoneChosen,
    /// The list was chosen.
    ListChosen,
}

impl Edit {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(open: Option<&str>, desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        let known = open.and_then(|id| TherapistId::new(id).ok()).filter(|id| desk.therapist(id).is_some());
        let is_new = open.is_none();
        let id = if is_new { TherapistId::random().ok() } else { known };
        let before = id.as_ref().and_then(|id| desk.therapist(id)).cloned().unwrap_or_default();
        let notes = text_editor::Content::with_text(&before.notes);
        Self {
            id,
            is_new,
            draft: Box::default(),
            before: Box::new(before),
            typed: BTreeMap::new(),
            touched: BTreeSet::new(),
            notes,
            open: BTreeSet::new(),
            name_missed: false,
        }
    }

    /// The record as it is now.
    fn record<'a>(&'a self, desk: &'a Desk) -> &'a Therapist {
        self.id.as_ref().and_then(|id| desk.therapist(id)).unwrap_or(&self.draft)
    }

    fn is_on_desk(&self, desk: &Desk) -> bool {
        self.id.as_ref().is_some_and(|id| desk.therapist(id).is_some())
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, library: &Library) -> Action<Message> {
        match message {
            Message::FieldEdited(name, text) => {
                if let Some(field) = fields::of(name) {
                    self.edit(field, text, desk, texts);
                }
            }
            Message::NotesEdited(action) => {
                let is_edit = action.is_edit();
                self.notes.perform(action);
                if is_edit {
                    let text = self.notes.text();
                    self.touched.insert("notes");
                    self.change(desk, |therapist| text.trim_end().clone_into(&mut therapist.notes));
                }
            }
            Message::GroupFolded(at) => {
                if !self.open.remove(&at) {
                    self.open.insert(at);
                }
            }
            Message::UndoChosen => self.take_back(desk, library, texts),
            Message::DoneChosen => return self.done(desk),
            Message::ListChosen => return Action::Replace(Page::Therapists(None)),
        }
        Action::None
    }

    fn edit(&mut self, field: &'static Field, text: String, desk: &mut Desk, texts: &Texts) {
        let mut understood = false;
        let today = desk.now().date();
        self.touched.insert(field.name);
        if field.name == "taking_new" {
            self.touched.insert("taking_new_checked");
            self.typed.remove("taking_new_checked");
        }
        self.change(desk, |therapist| {
            understood = (field.set)(therapist, &text);
            if field.name == "taking_new" {
                // Whoever answers this has just asked.
                therapist.taking_new_checked = (therapist.taking_new != YesNo::Unknown).then_some(today);
            }
        });
        if field.name == "name" && understood {
            self.name_missed = false;
        }
        self.typed.insert(field.name, Typed { text, understood, label: texts.get(field.label) });
    }

    /// Changes the record, or the draft of one; a draft with a name becomes a record.
    fn change(&mut self, desk: &mut Desk, change: impl FnOnce(&mut Therapist)) {
        let Some(id) = &self.id else { return };
        if self.is_on_desk(desk) {
            desk.change_therapist(id, change);
            return;
        }
        change(&mut self.draft);
        if !self.draft.name.is_empty() {
            self.draft.added_by = Some(desk.here());
            let draft = self.draft.clone();
            desk.change_therapist(id, |therapist| *therapist = *draft);
        }
    }

    /// Puts back what was changed here and nothing else: the other device may have changed more meanwhile.
    fn take_back(&mut self, desk: &mut Desk, library: &Library, texts: &Texts) {
        let open = std::mem::take(&mut self.open);
        if self.is_new {
            self.discard(desk);
            *self = Self::new(None, desk, library, texts);
        } else if let Some(id) = self.id.clone() {
            let before = self.before.put();
            let touched = &self.touched;
            desk.change_therapist(&id, |therapist| {
                let mut values = therapist.put();
                values.extend(before.into_iter().filter(|(name, _)| touched.contains(name.as_str())));
                *therapist = Therapist::take(&values).0;
            });
            *self = Self::new(Some(id.as_str()), desk, library, texts);
        }
        self.open = open;
    }

    fn discard(&self, desk: &mut Desk) {
        if let Some(id) = self.id.as_ref().filter(|_| self.is_on_desk(desk)) {
            desk.change_therapist(id, |therapist| therapist.deleted = true);
        }
    }

    /// Whether the field for the name is empty.
    fn lacks_name(&self, desk: &Desk) -> bool {
        self.typed.get("name").map_or_else(|| self.record(desk).name.is_empty(), |typed| !typed.understood)
    }

    fn done(&mut self, desk: &Desk) -> Action<Message> {
        if self.lacks_name(desk) && !(self.is_new && self.touched.is_empty()) {
            self.name_missed = true;
            return Action::None;
        }
        match &self.id {
            Some(id) if self.is_new && self.is_on_desk(desk) => {
                Action::Replace(Page::Therapists(Some(id.as_str().to_owned())))
            }
            _ => Action::Back,
        }
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        if self.is_new && self.lacks_name(desk) {
            self.discard(desk);
            return;
        }
        // What could not be read as what it should be is not lost: it goes into the notes.
        let aside: Vec<String> = std::mem::take(&mut self.typed)
            .into_values()
            .filter(|typed| !typed.understood && !typed.text.trim().is_empty())
            .map(|typed| format!("{}: {}", typed.label, typed.text.trim()))
            .collect();
        if !aside.is_empty() {
            self.change(desk, |therapist| {
                let before = std::mem::take(&mut therapist.notes);
                let lines = std::iter::once(before).filter(|text| !text.is_empty()).chain(aside);
                therapist.notes = lines.collect::<Vec<_>>().join("\n");
            });
        }
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, _library: &Library, _texts: &Texts) {
        let record = self.record(desk).clone();
        // Only what still says the same may stay as it was typed.
        self.typed.retain(|name, typed| {
            let mut probe = record.clone();
            fields::of(name).is_some_and(|field| (field.set)(&mut probe, &typed.text) == typed.understood)
                && probe == record
        });
        if self.notes.text().trim_end() != record.notes.trim_end() {
            self.notes = text_editor::Content::with_text(&record.notes);
        }
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        form::view(self, ctx)
    }
}
