//! The photo of a therapist: shown, chosen, taken off, and back.

use std::path::PathBuf;

use iced::widget::{column, image, row};
use iced::{Element, Length};

use super::{Therapists, Undo};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::screen::Action;
use crate::app::theme::space;
use crate::app::widget::describe::{Role, described};
use crate::directory::photo::Pixels;
use crate::directory::{Photo, TherapistId};
use crate::locale::Texts;
use crate::store::foreign;

/// How large it is drawn, in logical pixels.
const SIDE: f32 = 96.0;

/// How many pixels it has: enough for a screen of twice the density.
const PIXELS: u32 = 192;

/// Which photo is shown.
#[derive(Debug)]
pub struct Shown {
    name: String,
    handle: image::Handle,
}

/// Where a new one comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asking {
    /// The file, as typed.
    path: String,
    /// What went wrong with the last one.
    trouble: Option<String>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A photo was to be chosen.
    Chosen,
    /// The dialog was answered; `None` if it was closed, or is not there.
    DialogClosed(TherapistId, Option<PathBuf>),
    /// The file was edited.
    PathEdited(String),
    /// The file as typed was chosen.
    PathChosen(TherapistId),
    /// The picture was read, or why not.
    Read(TherapistId, Result<Photo, String>),
    /// The photo was to be taken off.
    RemoveChosen(TherapistId),
    /// It is not wanted any more.
    CancelChosen,
}

impl Shown {
    /// The photo of a therapist, ready to be drawn; what was drawn before is kept if it is the same.
    pub fn of(id: Option<&TherapistId>, before: Option<Self>, desk: &Desk) -> Option<Self> {
        let name = &desk.therapist(id?)?.photo;
        if name.is_empty() {
            return None;
        }
        if let Some(before) = before.filter(|before| before.name == *name) {
            return Some(before);
        }
        let pixels = Pixels::square(&desk.photo(id?)?, PIXELS).ok()?;
        let handle = image::Handle::from_rgba(pixels.width, pixels.height, rounded(pixels.width, pixels.rgba));
        Some(Self { name: name.clone(), handle })
    }
}

/// Soft corners: how opaque a pixel is falls from one to nothing where the corner's circle passes.
fn rounded(side: u32, mut rgba: Vec<u8>) -> Vec<u8> {
    let radius = side as f32 / 8.0;
    for (at, pixel) in (0_u32..).zip(rgba.chunks_exact_mut(4)) {
        let within = |place: u32| {
            let place = place as f32 + 0.5;
            (radius - place).max(place - (side as f32 - radius)).max(0.0)
        };
        let out = within(at % side.max(1)).hypot(within(at / side.max(1))) - radius;
        if let [.., opacity] = pixel {
            *opacity = (f32::from(*opacity) * (0.5 - out).clamp(0.0, 1.0)) as u8;
        }
    }
    rgba
}

/// Does what the message asks.
pub fn update(page: &mut Therapists, message: Message, desk: &mut Desk, texts: &Texts) -> Action<Message> {
    match message {
        Message::Chosen => {
            page.asking = Some(Asking::default());
            if let Some(id) = page.open.clone() {
                let asked = dialog::open_picture(&texts.get("photo-choose"));
                return Action::Run(asked.map(move |path| Message::DialogClosed(id.clone(), path)));
            }
        }
        Message::DialogClosed(_, None) => {}
        Message::DialogClosed(id, Some(path)) => return read(id, path, texts),
        Message::PathEdited(path) => page.asking = Some(Asking { path, trouble: None }),
        Message::PathChosen(id) => {
            if let Some(asking) = page.asking.as_ref().filter(|asking| !asking.path.trim().is_empty()) {
                return read(id, foreign::typed_path(&asking.path), texts);
            }
        }
        Message::Read(id, Ok(photo)) => {
            let before = desk.therapist(&id).map(|therapist| therapist.photo.clone()).unwrap_or_default();
            match desk.set_photo(&id, &photo) {
                Ok(()) => {
                    page.asking = None;
                    page.can_undo(Undo::Photo(id, before), desk);
                }
                Err(error) => page.asking.get_or_insert_default().trouble = Some(error.to_string()),
            }
        }
        Message::Read(_, Err(why)) => page.asking.get_or_insert_default().trouble = Some(why),
        Message::RemoveChosen(id) => {
            let before = desk.therapist(&id).map(|therapist| therapist.photo.clone()).unwrap_or_default();
            desk.change_therapist(&id, |therapist| therapist.photo.clear());
            page.can_undo(Undo::Photo(id, before), desk);
        }
        Message::CancelChosen => page.asking = None,
    }
    Action::None
}

/// Reads the picture beside the window: a large one takes a moment.
fn read(id: TherapistId, path: PathBuf, texts: &Texts) -> Action<Message> {
    let language = texts.language();
    let read = off(move || {
        let texts = Texts::new(language);
        let bytes = foreign::read(&path, Photo::MOST_BYTES).map_err(|error| match error {
            foreign::ForeignError::TooBig { .. } => texts.get("photo-too-large"),
            foreign::ForeignError::System(why) => texts.with("file-system", &[("why", why.to_string().into())]),
            error => texts.get(error.key()),
        })?;
        Photo::new(bytes).map_err(|error| texts.get(error.key()))
    });
    Action::Run(read.map(move |read| Message::Read(id.clone(), read)))
}

/// Draws the photo, if there is one.
pub fn view<'a, M: 'a>(shown: Option<&'a Shown>, name: &str, ctx: Ctx<'a>) -> Option<Element<'a, M>> {
    let picture = image(shown?.handle.clone()).width(Length::Fixed(SIDE)).height(Length::Fixed(SIDE));
    Some(described(Role::Picture, ctx.text_with("photo-of", &[("name", name.to_owned().into())]), picture))
}

/// Draws the place to say where a new one comes from.
pub fn asking<'a>(asking: &'a Asking, id: &TherapistId, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let open = (!asking.path.trim().is_empty()).then(|| Message::PathChosen(id.clone()));
    let mut lines = column![
        look.field_then(&ctx.text("photo-path"), "", &asking.path, Message::PathEdited, open.clone()),
        look.note(ctx.text("photo-note")),
    ]
    .spacing(space::S);
    if let Some(trouble) = &asking.trouble {
        lines = lines.push(look.trouble(trouble, Vec::new()));
    }
    let buttons =
        row![look.quiet(&ctx.text("photo-take"), open), look.link(&ctx.text("cancel"), Message::CancelChosen)];
    look.card(lines.push(buttons.spacing(space::S).wrap().vertical_spacing(space::S)))
}
