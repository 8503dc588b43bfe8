//! Therapists out of a CSV file: which file, what would be added, and a way to take it back.

mod preview;

use std::path::PathBuf;
use std::sync::Arc;

use iced::{Element, Subscription, Task, event, window};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::nav::Page;
use crate::app::off::off;
use crate::directory::import::MAX_BYTES;
use crate::directory::{ImportError, Preview, Therapist, TherapistId, preview_csv};
use crate::exercise::Library;
use crate::locale::{Arg, Texts};
use crate::store::foreign::{self, ForeignError};

/// Why a file cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It could not be read.
    #[error(transparent)]
    Foreign(#[from] ForeignError),
    /// It could not be understood.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl Fault {
    /// One sentence that says what to do.
    fn words(&self, texts: &Texts) -> String {
        match self {
            Self::Foreign(error) => texts.with(error.key(), &[("why", error.to_string().into())]),
            Self::Import(error) => {
                let mut args: Vec<Arg<'_>> = Vec::new();
                args.extend(error.line().map(|line| ("line", line.into())));
                if let ImportError::NoNameColumn { found } = error {
                    args.push(("found", found.clone().into()));
                }
                texts.with(error.key(), &args)
            }
        }
    }
}

/// How far it is.
#[derive(Debug, Default)]
enum Stage {
    /// Which file?
    #[default]
    Asking,
    /// It is being read.
    Reading(PathBuf),
    /// What would be added.
    Preview(PathBuf, Arc<Preview>),
    /// These were added; perhaps taken back since.
    Done(Vec<TherapistId>, bool),
}

/// The state of the page.
#[derive(Debug, Default)]
pub struct Import {
    path: String,
    trouble: Option<String>,
    stage: Stage,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The system's dialog was asked for.
    DialogChosen,
    /// It was answered; `None` if it was closed, or is not there.
    DialogClosed(Option<PathBuf>),
    /// The path was edited.
    PathEdited(String),
    /// The path as typed was chosen.
    PathSubmitted,
    /// A file was chosen, or dropped on the window.
    PathChosen(PathBuf),
    /// The file was read.
    Read(PathBuf, Arc<Result<Preview, Fault>>),
    /// The new ones are to be added.
    AddChosen,
    /// Nothing is to be added.
    CancelChosen,
    /// What was added is to be taken back.
    UndoChosen,
    /// The list was chosen.
    ListChosen,
}

impl Import {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(_desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        Self::default()
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::DialogChosen => {
                let dialog = dialog::open_csv(&texts.get("import-choose"));
                return Action::Run(dialog.map(Message::DialogClosed));
            }
            Message::DialogClosed(path) => {
                if let Some(path) = path {
                    return Action::Run(self.read(path, desk));
                }
            }
            Message::PathEdited(path) => {
                self.path = path;
                self.trouble = None;
            }
            Message::PathSubmitted => {
                if !self.path.trim().is_empty() {
                    return Action::Run(self.read(foreign::typed_path(&self.path), desk));
                }
            }
            Message::PathChosen(path) => return Action::Run(self.read(path, desk)),
            Message::Read(path, read) => self.take(path, &read, texts),
            Message::AddChosen => self.add(desk),
            Message::CancelChosen => self.stage = Stage::Asking,
            Message::UndoChosen => {
                if let Stage::Done(ids, is_undone) = &mut self.stage {
                    *is_undone = !*is_undone;
                    let deleted = *is_undone;
                    for id in ids.iter() {
                        desk.change_therapist(id, |therapist| therapist.deleted = deleted);
                    }
                }
            }
            Message::ListChosen => return Action::Replace(Page::Therapists(None)),
        }
        Action::None
    }

    fn read(&mut self, path: PathBuf, desk: &Desk) -> Task<Message> {
        self.trouble = None;
        self.path = path.display().to_string();
        self.stage = Stage::Reading(path.clone());
        let known: Vec<_> = desk.data.listed().map(|(id, therapist)| (id.clone(), therapist.clone())).collect();
        let file = path.clone();
        let read = off(move || -> Result<Preview, Fault> {
            let bytes = foreign::read(&file, MAX_BYTES)?;
            Ok(preview_csv(&bytes, known.iter().map(|(id, therapist)| (id, therapist)))?)
        });
        read.map(move |read| Message::Read(path.clone(), Arc::new(read)))
    }

    fn take(&mut self, path: PathBuf, read: &Arc<Result<Preview, Fault>>, texts: &Texts) {
        // Another file may have been chosen, or none any more, while this one was read.
        if !matches!(&self.stage, Stage::Reading(wanted) if *wanted == path) {
            return;
        }
        match &**read {
            Ok(preview) => self.stage = Stage::Preview(path, Arc::new(preview.clone())),
            Err(fault) => {
                self.trouble = Some(fault.words(texts));
                self.stage = Stage::Asking;
            }
        }
    }

    fn add(&mut self, desk: &mut Desk) {
        let Stage::Preview(path, preview) = &self.stage else { return };
        let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let here = desk.here();
        let mut ids = Vec::new();
        for new in preview.new_therapists() {
            let Ok(id) = TherapistId::random() else { break };
            let source = if new.source.is_empty() { file.clone() } else { new.source.clone() };
            let record = Therapist { source, added_by: Some(here), ..new.clone() };
            desk.change_therapist(&id, |therapist| *therapist = record);
            ids.push(id);
        }
        self.stage = Stage::Done(ids, false);
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {}

    /// What the page listens to while it is shown: files that are dropped on the window.
    pub fn subscription(&self) -> Subscription<Message> {
        event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::FileDropped(path)) => Some(Message::PathChosen(path)),
            _ => None,
        })
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        preview::view(self, ctx)
    }
}
