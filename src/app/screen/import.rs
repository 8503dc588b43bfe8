//! Therapists out of a file: which file, what would be added, and a way to take it back.

mod adding;
mod fault;
mod mapping;
mod preview;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use iced::{Element, Subscription, Task, event, window};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::nav::Page;
use crate::app::off::off;
use crate::directory::import::{Choice, Difference, Kind, MAX_BYTES, Mapping, Target};
use crate::directory::import::{columns, differences, is_state, kind_of, preview as preview_file};
use crate::directory::{ImportError, Preview, RowOutcome, preview_csv};
use crate::exercise::Library;
use crate::locale::{Language, Texts};
use crate::store::foreign;

pub use self::adding::Step;
pub use self::fault::Fault;

/// From this size on a registry's file is read only for one state: it would take minutes, and nobody drives that far.
const LARGE: u64 = 64 << 20;

/// Of so many who are here already each field can be chosen; of the rest, what is empty is filled.
const CHOSEN: usize = 200;

/// How far the reading is, seen from both threads.
#[derive(Debug, Default)]
struct Progress {
    count: AtomicUsize,
    stopped: AtomicBool,
}

/// Somebody who is here already, and of whom the file says something else.
#[derive(Debug)]
struct Meeting {
    /// Which row of the preview.
    row: usize,
    differences: Vec<Difference>,
}

/// How far it is.
#[derive(Debug, Default)]
enum Stage {
    /// Which file?
    #[default]
    Asking,
    /// Of a large registry's file: which state?
    State(PathBuf, String),
    /// It is being read.
    Reading(PathBuf, Arc<Progress>),
    /// What are these columns?
    Mapping(PathBuf, mapping::Columns),
    /// What would be added.
    Preview(PathBuf, Arc<Preview>, Vec<Meeting>),
    /// It is being written.
    Adding,
    /// It was added; perhaps taken back since.
    Done(Step, bool),
}

/// The state of the page.
#[derive(Debug, Default)]
pub struct Import {
    path: String,
    trouble: Option<String>,
    stage: Stage,
    /// Which state was asked for.
    state: Option<String>,
    /// What was said about the columns of this file.
    mapping: Option<Mapping>,
    /// By row and field: take it from the file, against what is usual.
    picks: BTreeMap<(usize, String), bool>,
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
    /// The state was edited.
    StateEdited(String),
    /// The state was chosen.
    StateSubmitted,
    /// Time passed while the file was read.
    Waited,
    /// The file was read.
    Read(PathBuf, Arc<Result<Preview, Fault>>),
    /// What the columns are is to be said.
    MappingChosen,
    /// The first rows of the file were read, for asking about its columns.
    ColumnsRead(PathBuf, Arc<Result<Vec<Vec<String>>, Fault>>),
    /// One of the columns was answered.
    Column(mapping::Message),
    /// A field of somebody who is here already is to be taken from the file, or not.
    FieldPicked(usize, String, bool),
    /// The new ones are to be added.
    AddChosen,
    /// They were added, or not.
    Added(Arc<Result<Step, String>>),
    /// Nothing is to be added.
    CancelChosen,
    /// What was added is to be taken back.
    UndoChosen,
    /// A look round with made-up therapists was chosen.
    DemoChosen,
    /// A link was chosen.
    LinkChosen(String),
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
                let dialog = dialog::open_therapists(&texts.get("import-choose"));
                return Action::Run(dialog.map(Message::DialogClosed));
            }
            Message::DialogClosed(path) => {
                if let Some(path) = path {
                    return self.begin(path, desk);
                }
            }
            Message::PathEdited(path) => {
                self.path = path;
                self.trouble = None;
            }
            Message::PathSubmitted => {
                if !self.path.trim().is_empty() {
                    return self.begin(foreign::typed_path(&self.path), desk);
                }
            }
            Message::PathChosen(path) => return self.begin(path, desk),
            Message::StateEdited(text) => {
                if let Stage::State(_, state) = &mut self.stage {
                    *state = text;
                }
            }
            Message::StateSubmitted => return self.choose_state(desk),
            Message::Waited => {}
            Message::Read(path, read) => self.take(path, &read, desk, texts),
            Message::MappingChosen => return self.ask_columns(),
            Message::ColumnsRead(path, read) => self.take_columns(path, &read, desk, texts),
            Message::Column(message) => return self.answer_column(message, desk),
            Message::FieldPicked(row, field, take) => {
                self.picks.insert((row, field), take);
            }
            Message::AddChosen => return self.add(desk, texts),
            Message::Added(added) => self.added(&added, desk),
            Message::CancelChosen => self.cancel(),
            Message::UndoChosen => self.undo(desk),
            Message::DemoChosen => self.take_demo(desk, texts),
            Message::LinkChosen(link) => return Action::Visit(link),
            Message::ListChosen => return Action::Replace(Page::Therapists(None)),
        }
        Action::None
    }

    fn cancel(&mut self) {
        if let Stage::Reading(_, progress) = &self.stage {
            progress.stopped.store(true, Ordering::Relaxed);
        }
        self.stage = Stage::Asking;
    }

    /// Begins with another file: nothing that was said of the last one counts.
    fn begin(&mut self, path: PathBuf, desk: &Desk) -> Action<Message> {
        self.cancel();
        self.state = None;
        self.mapping = None;
        Action::Run(self.read(path, desk))
    }

    fn choose_state(&mut self, desk: &Desk) -> Action<Message> {
        let Stage::State(path, state) = &self.stage else { return Action::None };
        let state = state.trim().to_uppercase();
        if !is_state(&state) {
            return Action::None;
        }
        let path = path.clone();
        self.state = Some(state);
        Action::Run(self.read(path, desk))
    }

    /// What to take, with what was said about columns now or in an earlier import.
    fn choice(&self, desk: &Desk) -> Choice {
        let mut choice = Choice { states: self.state.iter().cloned().collect(), ..Choice::default() };
        for (heading, target) in &desk.data.settings.columns {
            if let Some(target) = Target::parse(target) {
                choice.mapping.set(heading, target);
            }
        }
        if let Some(mapping) = &self.mapping {
            choice.mapping = mapping.clone();
        }
        choice
    }

    fn read(&mut self, path: PathBuf, desk: &Desk) -> Task<Message> {
        self.trouble = None;
        self.picks.clear();
        self.path = path.display().to_string();
        let progress = Arc::new(Progress::default());
        self.stage = Stage::Reading(path.clone(), Arc::clone(&progress));
        let known: Vec<_> = desk.data.listed().map(|(id, therapist)| (id.clone(), therapist.clone())).collect();
        let choice = self.choice(desk);
        let file = path.clone();
        let read = off(move || -> Result<Preview, Fault> {
            let mut source = foreign::open(&file, MAX_BYTES)?;
            let is_large = std::fs::metadata(&file).is_ok_and(|data| data.len() > LARGE);
            if is_large && choice.states.is_empty() && kind_of(&mut source)? == Kind::Nppes {
                return Err(Fault::NoState);
            }
            let existing = known.iter().map(|(id, therapist)| (id, therapist));
            Ok(preview_file(&mut source, &choice, existing, &mut |count| {
                progress.count.store(count, Ordering::Relaxed);
                !progress.stopped.load(Ordering::Relaxed)
            })?)
        });
        read.map(move |read| Message::Read(path.clone(), Arc::new(read)))
    }

    fn take(&mut self, path: PathBuf, read: &Arc<Result<Preview, Fault>>, desk: &Desk, texts: &Texts) {
        // Another file may have been chosen, or none any more, while this one was read.
        if !matches!(&self.stage, Stage::Reading(wanted, _) if *wanted == path) {
            return;
        }
        match &**read {
            Ok(preview) => {
                let here = preview.rows.iter().enumerate().filter_map(|(at, row)| match &row.outcome {
                    RowOutcome::AlreadyHere { id, .. } => Some((at, desk.therapist(id)?, &row.found.therapist)),
                    RowOutcome::New | RowOutcome::Repeated { .. } => None,
                });
                let met = here.map(|(row, here, there)| Meeting { row, differences: differences(here, there) });
                let met = met.filter(|met| !met.differences.is_empty()).take(CHOSEN).collect();
                self.stage = Stage::Preview(path, Arc::new(preview.clone()), met);
            }
            Err(Fault::NoState) => self.stage = Stage::State(path, String::new()),
            Err(fault) => {
                self.trouble = Some(fault.words(texts));
                self.stage = Stage::Asking;
            }
        }
    }

    /// Shows the made-up therapists as any other file is shown: nothing is added yet.
    fn take_demo(&mut self, desk: &Desk, texts: &Texts) {
        let path = PathBuf::from(texts.get("import-demo-name"));
        self.stage = Stage::Reading(path.clone(), Arc::default());
        let file = match texts.language() {
            Language::En => include_str!("../../../assets/demo/en.ron"),
            Language::Fr => include_str!("../../../assets/demo/fr.ron"),
        };
        let read = preview_csv(file.as_bytes(), desk.data.listed()).map_err(Into::into);
        self.take(path, &Arc::new(read), desk, texts);
    }

    /// Whether the last file failed only because its columns are not known.
    fn may_map(&self, texts: &Texts) -> bool {
        let start = texts.with(ImportError::NoNameColumn { found: String::new() }.key(), &[("found", "".into())]);
        let start: String = start.chars().take(20).collect();
        self.trouble.as_ref().is_some_and(|trouble| trouble.starts_with(&start))
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {
        if let Stage::Reading(_, progress) = &self.stage {
            progress.stopped.store(true, Ordering::Relaxed);
        }
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {}

    /// What the page listens to while it is shown: files that are dropped on the window, and how far the reading is.
    pub fn subscription(&self) -> Subscription<Message> {
        let dropped = event::listen_with(|event, _, _| match event {
            iced::Event::Window(window::Event::FileDropped(path)) => Some(Message::PathChosen(path)),
            _ => None,
        });
        if matches!(self.stage, Stage::Reading(..)) {
            let waited = iced::time::every(Duration::from_millis(250)).map(|_| Message::Waited);
            return Subscription::batch([dropped, waited]);
        }
        dropped
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        preview::view(self, ctx)
    }
}

/// The first rows of the file, for asking about its columns.
fn first_rows(path: PathBuf) -> Task<Message> {
    let file = path.clone();
    let read =
        off(move || -> Result<Vec<Vec<String>>, Fault> { Ok(columns(&mut foreign::open(&file, MAX_BYTES)?, 3)?) });
    read.map(move |read| Message::ColumnsRead(path.clone(), Arc::new(read)))
}
