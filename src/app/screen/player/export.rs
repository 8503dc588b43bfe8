//! Saving one's own words in a file: of one exercise, or all of them. From there they can be printed.

use std::path::PathBuf;

use iced::Element;
use iced::widget::{Row, column};

use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::screen::Action;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::written::{self, Format};
use crate::exercise::{Exercise, Library};
use crate::locale::Texts;
use crate::store::foreign;

/// What is saved.
#[derive(Debug, Clone, Copy)]
pub enum Scope<'a> {
    /// The answers in one exercise.
    One(&'a Exercise),
    /// All that whoever is here wrote.
    All,
}

/// What the saving is up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Export {
    /// Where to, as typed.
    path: String,
    format: Format,
    /// What went wrong.
    trouble: Option<String>,
    /// Where it was written.
    saved: Option<PathBuf>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The words were to be saved.
    Chosen,
    /// Markdown or plain text.
    FormatChosen(Format),
    /// The system's dialog was wanted.
    DialogChosen,
    /// It was answered; `None` if it was closed, or is not there.
    DialogClosed(Option<PathBuf>),
    /// The place was edited.
    PathEdited(String),
    /// The place as typed was chosen.
    PathChosen,
    /// It was written, or why not.
    Written(Result<PathBuf, String>),
    /// The file was to be opened.
    OpenChosen(PathBuf),
    /// It is not wanted any more.
    CancelChosen,
}

/// Does what the message asks.
pub fn update(
    export: &mut Option<Export>,
    message: Message,
    scope: Scope<'_>,
    desk: &Desk,
    texts: &Texts,
    library: &Library,
) -> Action<Message> {
    if matches!(message, Message::Chosen) {
        let path = desk.suggested_path(&name(scope, Format::default()));
        *export = Some(Export { path, ..Export::default() });
        return Action::None;
    }
    let Some(open) = export else { return Action::None };
    match message {
        Message::FormatChosen(format) => {
            let path = foreign::typed_path(&open.path).with_extension(format.extension());
            *open = Export { path: path.display().to_string(), format, ..Export::default() };
        }
        Message::DialogChosen => {
            let name = name(scope, open.format);
            let asked = dialog::save_text(&texts.get("player-export"), &name, open.format == Format::Plain);
            return Action::Run(asked.map(Message::DialogClosed));
        }
        Message::DialogClosed(Some(path)) => {
            // The dialog asks before a file is replaced, but only about the name that was given there.
            let replace = path.extension().is_some();
            let path = if replace { path } else { path.with_extension(open.format.extension()) };
            return write(path, replace, open.format, scope, desk, texts, library);
        }
        Message::PathEdited(path) => *open = Export { path, format: open.format, ..Export::default() },
        Message::PathChosen => {
            let path = foreign::typed_path(&open.path);
            return write(path, false, open.format, scope, desk, texts, library);
        }
        Message::Written(Ok(path)) => *open = Export { saved: Some(path), ..Export::default() },
        Message::Written(Err(why)) => open.trouble = Some(why),
        Message::OpenChosen(path) => return Action::Visit(path.display().to_string()),
        Message::CancelChosen => *export = None,
        Message::Chosen | Message::DialogClosed(None) => {}
    }
    Action::None
}

fn name(scope: Scope<'_>, format: Format) -> String {
    let stem = match scope {
        Scope::One(exercise) => exercise.id.as_str(),
        // A name that gives nothing away in a list of files.
        Scope::All => "notes",
    };
    format!("{stem}.{}", format.extension())
}

/// The text of the file.
fn text(scope: Scope<'_>, format: Format, desk: &Desk, texts: &Texts, library: &Library) -> String {
    let zone = desk.now().time_zone().clone();
    let begun = |exercise: &Exercise| desk.progress(&exercise.id);
    match scope {
        Scope::One(exercise) => {
            begun(exercise).map(|progress| written::one(texts, format, exercise, progress, &zone)).unwrap_or_default()
        }
        Scope::All => {
            let all = library.exercises.iter().filter_map(|exercise| Some((exercise, begun(exercise)?)));
            written::all(texts, format, all, &desk.space().invitation, &zone)
        }
    }
}

fn write(
    path: PathBuf,
    replace: bool,
    chosen: Format,
    scope: Scope<'_>,
    desk: &Desk,
    texts: &Texts,
    library: &Library,
) -> Action<Message> {
    // The name has the last word.
    let text = text(scope, Format::of(&path).unwrap_or(chosen), desk, texts, library);
    let (taken, folder, missing) = (texts.get("file-taken"), texts.get("file-folder"), texts.get("file-no-folder"));
    let other = texts.get("file-not-written");
    let written = off(move || match foreign::write_private(&path, text.as_bytes(), replace) {
        Ok(()) => Ok(path),
        Err(foreign::ForeignError::Taken) => Err(taken),
        Err(foreign::ForeignError::Folder) => Err(folder),
        Err(foreign::ForeignError::Missing) => Err(missing),
        Err(error) => Err(format!("{other} {error}")),
    });
    Action::Run(written.map(Message::Written))
}

/// Draws it; `label` stands on the link that begins it.
pub fn view<'a>(export: Option<&'a Export>, label: &str, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(export) = export else {
        return look.link_icon(Icon::Download, label, Message::Chosen).into();
    };
    let row = |buttons: Vec<Element<'a, Message>>| {
        Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S)
    };
    if let Some(path) = &export.saved {
        let words = ctx.text_with("player-export-saved", &[("path", path.display().to_string().into())]);
        let buttons = vec![
            look.quiet(&ctx.text("player-export-open"), Message::OpenChosen(path.clone())).into(),
            look.link(&ctx.text("done"), Message::CancelChosen).into(),
        ];
        return look.banner(&words, buttons);
    }
    let formats =
        [(Format::Markdown, ctx.text("player-export-markdown")), (Format::Plain, ctx.text("player-export-plain"))];
    let where_ = ctx.text("player-export-where");
    let mut lines = column![
        look.segments(formats, Some(export.format), Message::FormatChosen),
        look.field_then(&where_, "", &export.path, Message::PathEdited, Some(Message::PathChosen)),
        look.note(ctx.text("player-export-note")),
    ]
    .spacing(space::S);
    if let Some(trouble) = &export.trouble {
        lines = lines.push(look.trouble(trouble, Vec::new()));
    }
    look.card(lines.push(row(vec![
        look.quiet(&ctx.text("player-export-save"), Message::PathChosen).into(),
        look.link(&ctx.text("player-export-dialog"), Message::DialogChosen).into(),
        look.link(&ctx.text("cancel"), Message::CancelChosen).into(),
    ])))
}
