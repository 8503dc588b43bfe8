//! Saving the list in a file: the system's dialog, and beside it a place to type where to.

use std::path::{Path, PathBuf};

use iced::Element;
use iced::widget::{column, row};

use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::screen::Action;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::choice::plan::QUESTIONS;
use crate::directory::Photos;
use crate::directory::export::{Format, export};
use crate::locale::Texts;
use crate::store::foreign;

/// What the export is up to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Export {
    /// Where to, as typed.
    path: String,
    /// What went wrong.
    trouble: Option<String>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list was to be saved.
    Chosen,
    /// The dialog was answered; `None` if it was closed, or is not there.
    DialogClosed(Option<PathBuf>),
    /// The place was edited.
    PathEdited(String),
    /// Another kind of file was chosen, by its ending.
    FormatChosen(&'static str),
    /// The place as typed was chosen.
    PathChosen,
    /// It was written: how many, and where; or why not.
    Written(Result<(usize, PathBuf), String>),
    /// It is not wanted any more.
    CancelChosen,
}

/// Does what the message asks.
pub fn update(export: &mut Option<Export>, message: Message, desk: &Desk, texts: &Texts) -> Action<Message> {
    match message {
        Message::Chosen => {
            let path = desk.suggested_path("therapists.csv");
            *export = Some(Export { path, trouble: None });
            let title = texts.get("therapists-export");
            return Action::Run(dialog::save_as(&title, "therapists.csv", "csv").map(Message::DialogClosed));
        }
        Message::DialogClosed(None) => {}
        Message::DialogClosed(Some(path)) => return write(path, true, desk, texts),
        Message::PathEdited(path) => *export = Some(Export { path, trouble: None }),
        Message::FormatChosen(extension) => {
            if let Some(export) = export {
                let path = foreign::typed_path(&export.path).with_extension(extension);
                *export = Export { path: path.display().to_string(), trouble: None };
            }
        }
        Message::PathChosen => {
            if let Some(export) = export {
                return write(foreign::typed_path(&export.path), false, desk, texts);
            }
        }
        Message::Written(Ok((count, path))) => {
            *export = None;
            let args = [("count", count.into()), ("path", path.display().to_string().into())];
            return Action::Say(texts.with("therapists-exported", &args));
        }
        Message::Written(Err(why)) => {
            if let Some(export) = export {
                export.trouble = Some(why);
            }
        }
        Message::CancelChosen => *export = None,
    }
    Action::None
}

fn write(path: PathBuf, replace: bool, desk: &Desk, texts: &Texts) -> Action<Message> {
    let all: Vec<_> = match format_of(&path) {
        Format::Sheet => desk.data.to_call().into_iter().cloned().collect(),
        Format::Csv | Format::VCard | Format::Json | Format::Ron => {
            desk.data.listed().map(|(_, therapist)| therapist.clone()).collect()
        }
    };
    let photos = match format_of(&path) {
        Format::VCard | Format::Ron => desk.photos_of(desk.data.listed()),
        Format::Csv | Format::Json | Format::Sheet => Photos::new(),
    };
    let count = all.len();
    let (taken, folder, missing) = (texts.get("file-taken"), texts.get("file-folder"), texts.get("file-no-folder"));
    let other = texts.get("file-not-written");
    let language = texts.language();
    let file = move |path: &Path| {
        let texts = Texts::new(language);
        let questions: Vec<String> = QUESTIONS.iter().map(|key| texts.get(key)).collect();
        export(format_of(path), &all, &photos, &questions, &texts)
    };
    let written = off(move || match foreign::write(&path, file(&path).as_bytes(), replace) {
        Ok(()) => Ok((count, path)),
        Err(foreign::ForeignError::Taken) => Err(taken),
        Err(foreign::ForeignError::Folder) => Err(folder),
        Err(foreign::ForeignError::Missing) => Err(missing),
        Err(error) => Err(format!("{other} {error}")),
    });
    Action::Run(written.map(Message::Written))
}

/// The kind of file that a path asks for.
fn format_of(path: &Path) -> Format {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    Format::of_extension(&extension).unwrap_or(Format::Csv)
}

/// Draws it.
pub fn view<'a>(export: Option<&'a Export>, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(export) = export else {
        return look.link_icon(Icon::Download, &ctx.text("therapists-export"), Message::Chosen).into();
    };
    let chosen = format_of(&foreign::typed_path(&export.path));
    let name = |format: Format| {
        let key = match format {
            Format::Csv => "export-csv",
            Format::VCard => "export-vcard",
            Format::Json => "export-json",
            Format::Ron => "export-ron",
            Format::Sheet => "export-sheet",
        };
        (format.extension(), ctx.text(key))
    };
    let kinds: Vec<_> = Format::ALL.into_iter().map(name).collect();
    let mut lines = column![
        look.field_then(
            &ctx.text("therapists-export-where"),
            "",
            &export.path,
            Message::PathEdited,
            Some(Message::PathChosen)
        ),
        look.question(&ctx.text("export-kind"), kinds, chosen.extension(), Message::FormatChosen),
        look.note(ctx.text("therapists-export-note")),
    ]
    .spacing(space::S);
    if let Some(trouble) = &export.trouble {
        lines = lines.push(look.trouble(trouble, Vec::new()));
    }
    let buttons = row![
        look.quiet(&ctx.text("therapists-export-save"), Message::PathChosen),
        look.link(&ctx.text("cancel"), Message::CancelChosen),
    ]
    .spacing(space::S);
    look.card(lines.push(buttons.wrap().vertical_spacing(space::S)))
}
