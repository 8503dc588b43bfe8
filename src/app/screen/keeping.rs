//! Keep or delete: a backup in one file, the way back, and deleting for good.

mod erase;
mod make;
mod put_back;

use std::path::PathBuf;

use iced::Element;
use iced::widget::{Column, column};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::hidden::Hidden;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::locale::Texts;
use crate::store::archive::{ArchiveError, Contents};
use crate::store::foreign::ForeignError;

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Keeping {
    part: Part,
    /// Where the backup is to lie, or lies, as a person typed or chose it.
    path: String,
    passphrase: Hidden,
    again: Hidden,
    shown: bool,
    working: bool,
    trouble: Option<Trouble>,
    /// What the chosen backup holds.
    contents: Option<Contents>,
}

/// What is unfolded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Part {
    /// What one can do here.
    #[default]
    Overview,
    /// Make a backup.
    Make,
    /// It is made.
    Made,
    /// Choose a backup and look into it.
    PutBack,
    /// It is laid ready for the next start.
    Ready,
    /// Delete one's own space.
    EraseMine,
    /// That is done.
    MineErased,
    /// Delete everything.
    EraseAll,
    /// That is done; nothing is kept any more.
    AllErased,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// With the backup.
    Archive(ArchiveError),
    /// With its file: the key of a text that takes `$why`, and why.
    File(&'static str, String),
    /// Something could not be deleted.
    Left(String),
}

impl From<ArchiveError> for Trouble {
    fn from(error: ArchiveError) -> Self {
        Self::Archive(error)
    }
}

impl From<ForeignError> for Trouble {
    fn from(error: ForeignError) -> Self {
        Self::File(error.key(), error.to_string())
    }
}

impl Trouble {
    fn told(&self, ctx: Ctx<'_>) -> String {
        let (key, why) = match self {
            Self::Archive(error) => (error.key(), error.to_string()),
            Self::File(key, why) => (*key, why.clone()),
            Self::Left(why) => ("erase-left", why.clone()),
        };
        ctx.text_with(key, &[("why", why.into())])
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is to be done.
    PartChosen(Part),
    /// The path was edited.
    PathEdited(String),
    /// The system's dialog is to be shown.
    DialogAsked,
    /// A file was chosen there, or none.
    PathChosen(Option<PathBuf>),
    /// The passphrase was edited.
    PassphraseTyped(Hidden),
    /// It was edited the second time.
    AgainTyped(Hidden),
    /// What is typed is to be seen, or not.
    ShownSwitched,
    /// The form is filled in.
    Submitted,
    /// The backup was written.
    MadeAt(Result<PathBuf, Trouble>),
    /// The backup was looked into.
    LookedInto(Result<Contents, Trouble>),
    /// What was looked into is to be put back.
    PutBackChosen,
    /// It was laid ready.
    LaidReady(Result<(), Trouble>),
    /// One's own space is to be deleted.
    MineErased,
    /// Everything is to be deleted.
    AllErased,
    /// The window is to be closed.
    CloseChosen,
}

impl Keeping {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts) -> Action<Message> {
        match message {
            Message::PartChosen(part) => {
                *self = Self { part, path: make::usual_path(part, desk, texts), ..Self::default() };
            }
            Message::PathEdited(path) => self.name(path),
            Message::PathChosen(Some(path)) => self.name(path.display().to_string()),
            Message::PathChosen(None) => {}
            Message::DialogAsked => return make::dialog(self.part, texts),
            Message::PassphraseTyped(text) => {
                self.passphrase = text;
                self.trouble = None;
            }
            Message::AgainTyped(text) => self.again = text,
            Message::ShownSwitched => self.shown = !self.shown,
            Message::Submitted if self.is_ready() => {
                (self.working, self.trouble) = (true, None);
                return if self.part == Part::Make { make::run(self, desk) } else { put_back::look(self, desk) };
            }
            Message::Submitted => {}
            Message::MadeAt(Ok(path)) => {
                *self = Self { part: Part::Made, path: path.display().to_string(), ..Self::default() };
            }
            Message::LookedInto(Ok(contents)) => (self.working, self.contents) = (false, Some(contents)),
            Message::PutBackChosen => {
                self.working = true;
                return put_back::run(self, desk);
            }
            Message::LaidReady(Ok(())) => *self = Self { part: Part::Ready, ..Self::default() },
            Message::MadeAt(Err(trouble)) | Message::LookedInto(Err(trouble)) | Message::LaidReady(Err(trouble)) => {
                (self.working, self.trouble) = (false, Some(trouble));
            }
            Message::MineErased => {
                self.trouble = desk.erase_own_space().err().map(|error| Trouble::Left(error.to_string()));
                self.part = Part::MineErased;
                return Action::Guarded;
            }
            Message::AllErased => {
                self.trouble = desk.erase_everything().err().map(|error| Trouble::Left(error.to_string()));
                self.part = Part::AllErased;
                return Action::Erased;
            }
            Message::CloseChosen => return Action::Close,
        }
        Action::None
    }

    fn name(&mut self, path: String) {
        (self.path, self.contents, self.trouble) = (path, None, None);
    }

    /// Whether everything is typed that the part needs.
    fn is_ready(&self) -> bool {
        let typed = !self.passphrase.is_empty() && !self.path.trim().is_empty();
        !self.working && typed && (self.part == Part::PutBack || self.passphrase == self.again)
    }

    /// Forgets what was typed; another page comes.
    pub fn leave(&mut self) {
        *self = Self::default();
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let lines = column![look.title(ctx.text("keeping-title"))].spacing(space::M);
        look.page(match self.part {
            Part::Overview => overview(ctx, lines),
            Part::Make => make::view(self, ctx, lines),
            Part::Made => made(ctx, lines, &self.path),
            Part::PutBack => put_back::view(self, ctx, lines),
            Part::Ready => lines
                .push(look.heading(ctx.text("put-back-ready")))
                .push(look.body(ctx.text("put-back-ready-note")))
                .push(look.primary(&ctx.text("keeping-close"), Message::CloseChosen)),
            Part::EraseMine => erase::mine(ctx, lines),
            Part::EraseAll => erase::all(ctx, lines),
            Part::MineErased => erase::done(self, ctx, lines, "erase-mine-done"),
            Part::AllErased => erase::done(self, ctx, lines, "erase-all-done")
                .push(look.primary(&ctx.text("keeping-close"), Message::CloseChosen)),
        })
    }

    fn trouble<'a>(&self, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
        match &self.trouble {
            Some(trouble) => lines.push(ctx.look.trouble(&trouble.told(ctx), Vec::new())),
            None => lines,
        }
    }
}

type Lines<'a> = Column<'a, Message>;

fn overview<'a>(ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
    let look = ctx.look;
    let row = |picture, name: &str, note: &str, part| {
        look.list_row(Some(picture), &ctx.text(name), &ctx.text(note), false, Message::PartChosen(part))
    };
    lines
        .push(look.lead(ctx.text("keeping-lead")))
        .push(row(Icon::Download, "make-title", "make-row", Part::Make))
        .push(row(Icon::Upload, "put-back-title", "put-back-row", Part::PutBack))
        .push(look.hairline())
        .push(row(Icon::Trash, "erase-mine-title", "erase-mine-row", Part::EraseMine))
        .push(row(Icon::Trash, "erase-all-title", "erase-all-row", Part::EraseAll))
        .push(look.note(ctx.text("erase-cannot")))
}

fn made<'a>(ctx: Ctx<'a>, lines: Lines<'a>, path: &str) -> Lines<'a> {
    let look = ctx.look;
    lines
        .push(look.heading(ctx.text("make-done")))
        .push(look.body(path.to_owned()))
        .push(look.body(ctx.text("make-done-note")))
        .push(look.quiet(&ctx.text("keeping-back"), Message::PartChosen(Part::Overview)))
}
