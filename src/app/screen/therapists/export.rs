//! Saving the list in a file: the system's dialog, and beside it a place to type where to.

use std::path::PathBuf;

use iced::Element;
use iced::widget::{column, row};

use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::screen::Action;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::export_csv;
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
            let path = foreign::in_documents("therapists.csv").display().to_string();
            *export = Some(Export { path, trouble: None });
            let title = texts.get("therapists-export");
            return Action::Run(dialog::save_as(&title, "therapists.csv", "csv").map(Message::DialogClosed));
        }
        Message::DialogClosed(None) => {}
        Message::DialogClosed(Some(path)) => return write(path, true, desk, texts),
        Message::PathEdited(path) => *export = Some(Export { path, trouble: None }),
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
    let all: Vec<_> = desk.data.listed().map(|(_, therapist)| therapist.clone()).collect();
    let (taken, folder, missing) = (texts.get("file-taken"), texts.get("file-folder"), texts.get("file-no-folder"));
    let other = texts.get("file-not-written");
    let written = off(move || match foreign::write(&path, export_csv(&all).as_bytes(), replace) {
        Ok(()) => Ok((all.len(), path)),
        Err(foreign::ForeignError::Taken) => Err(taken),
        Err(foreign::ForeignError::Folder) => Err(folder),
        Err(foreign::ForeignError::Missing) => Err(missing),
        Err(error) => Err(format!("{other} {error}")),
    });
    Action::Run(written.map(Message::Written))
}

/// Draws it.
pub fn view<'a>(export: Option<&'a Export>, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(export) = export else {
        return look.link_icon(Icon::Download, &ctx.text("therapists-export"), Message::Chosen).into();
    };
    let mut lines = column![
        look.field_then(
            &ctx.text("therapists-export-where"),
            "",
            &export.path,
            Message::PathEdited,
            Some(Message::PathChosen)
        ),
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
