//! The shared folder: what it is for, and where it lies.

use std::path::PathBuf;

use iced::Element;
use iced::widget::{Column, column, row};

use super::Action;
use super::welcome::Welcome;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::dialog;
use crate::app::off::off;
use crate::app::theme::space;
use crate::app::why;
use crate::couple::Member;
use crate::locale::Texts;
use crate::store::foreign;
use crate::store::sharing::{Offer, ShareError};

/// How far the page is.
#[derive(Debug, Clone, Default)]
enum Stage {
    /// A folder is to be chosen.
    #[default]
    Asking,
    /// The folder is being looked at.
    Looking,
    /// What was found there, and who of the two in it is here.
    Found(Offer, Option<Member>),
    /// It is being done; whether a folder is joined that was there already.
    Working(bool),
    /// The folder is shared: one that was there already, or a new one.
    Shared(bool),
    /// Everything is on this device only.
    Kept,
}

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Sharing {
    stage: Stage,
    path: String,
    trouble: Option<ShareError>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The path was edited.
    PathEdited(String),
    /// The system's dialog is to be shown.
    DialogAsked,
    /// A folder was chosen there, or none.
    PathChosen(Option<PathBuf>),
    /// The folder is to be looked at.
    Submitted,
    /// It was looked at.
    Looked(Result<Offer, ShareError>),
    /// Who is here was said.
    WhoChosen(Member),
    /// What was found is to be shared.
    ShareChosen,
    /// It was done.
    Shared(Result<(), ShareError>),
    /// Everything is to be kept on this device only.
    KeepChosen,
    /// It was done.
    Kept(Result<(), ShareError>),
    /// Whether a folder that was away is there again.
    AgainChosen,
    /// Another folder is to be chosen.
    CancelChosen,
    /// On to where one came from, or to Today at a first start.
    OnChosen,
    /// The window is to be closed.
    CloseChosen,
}

/// Where the shared folder lies, in one line.
#[must_use]
pub fn where_it_is(ctx: Ctx<'_>) -> String {
    match ctx.desk.shared_at() {
        Some(folder) => folder.display().to_string(),
        None => ctx.text("settings-share-none"),
    }
}

impl Sharing {
    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts) -> Action<Message> {
        match message {
            // Not while it is being looked at: what is found is of the path that stands there.
            Message::PathEdited(_) if matches!(self.stage, Stage::Looking) => {}
            Message::PathEdited(path) => self.name(path),
            Message::PathChosen(Some(path)) => self.name(path.display().to_string()),
            Message::PathChosen(None) => {}
            Message::DialogAsked => {
                return Action::Run(dialog::open_folder(&texts.get("share-title")).map(Message::PathChosen));
            }
            Message::Submitted if matches!(self.stage, Stage::Asking) && !self.path.trim().is_empty() => {
                return self.look(desk);
            }
            Message::Submitted => {}
            Message::Looked(Ok(offer)) => self.stage = Stage::Found(offer, None),
            Message::WhoChosen(member) => {
                if let Stage::Found(_, who) = &mut self.stage {
                    (*who, self.trouble) = (Some(member), None);
                }
            }
            Message::ShareChosen => return self.share(desk),
            Message::Shared(Ok(())) => {
                self.stage = Stage::Shared(matches!(self.stage, Stage::Working(true)));
                return Action::Moved;
            }
            Message::KeepChosen => return self.keep(desk),
            Message::Kept(Ok(())) => {
                self.stage = Stage::Kept;
                return Action::Moved;
            }
            Message::AgainChosen => {
                if desk.shelf().is_some_and(|shelf| shelf.look_again()) {
                    return Action::Moved;
                }
                self.trouble = Some(ShareError::Away);
            }
            Message::Looked(Err(error)) | Message::Shared(Err(error)) | Message::Kept(Err(error)) => {
                (self.stage, self.trouble) = (Stage::Asking, Some(error));
            }
            Message::CancelChosen => (self.stage, self.trouble) = (Stage::Asking, None),
            Message::OnChosen if desk.data.settings.welcomed => return Action::Back,
            Message::OnChosen => {
                // Two devices: this one is used by one of the two.
                desk.change_settings(|settings| settings.alone = true);
                return Welcome::finish(desk);
            }
            Message::CloseChosen => return Action::Close,
        }
        Action::None
    }

    fn name(&mut self, path: String) {
        (self.path, self.trouble) = (path, None);
    }

    fn look(&mut self, desk: &Desk) -> Action<Message> {
        let Some(shelf) = desk.shelf().cloned() else { return Action::None };
        (self.stage, self.trouble) = (Stage::Looking, None);
        let path = foreign::typed_path(&self.path);
        Action::Run(off(move || shelf.look_at(&path)).map(Message::Looked))
    }

    fn share(&mut self, desk: &Desk) -> Action<Message> {
        let (Stage::Found(offer, who), Some(shelf)) = (&self.stage, desk.shelf().cloned()) else {
            return Action::None;
        };
        if offer.asks_who && who.is_none() {
            return Action::None;
        }
        let (folder, who, joins) = (offer.folder.clone(), *who, offer.joins);
        self.stage = Stage::Working(joins);
        Action::Run(off(move || shelf.share(&folder, who)).map(Message::Shared))
    }

    fn keep(&mut self, desk: &Desk) -> Action<Message> {
        let Some(shelf) = desk.shelf().cloned() else { return Action::None };
        (self.stage, self.trouble) = (Stage::Working(false), None);
        Action::Run(off(move || shelf.keep_here()).map(Message::Kept))
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let lines = column![look.title(ctx.text("share-title"))].spacing(space::M);
        if self.trouble == Some(ShareError::Reopen) {
            let lines = lines.push(look.lead(ctx.text("share-error-reopen")));
            return look.page(lines.push(look.primary(&ctx.text("keeping-close"), Message::CloseChosen)));
        }
        look.page(match &self.stage {
            Stage::Asking | Stage::Looking => self.asking(ctx, lines),
            Stage::Found(offer, who) => found(ctx, lines, offer, *who),
            Stage::Working(_) => lines.push(look.lead(ctx.text("share-working"))),
            Stage::Shared(joined) => lines
                .push(look.lead(ctx.text(if *joined { "share-done" } else { "share-done-new" })))
                .push(look.body(where_it_is(ctx)))
                .push(look.body(ctx.text(if *joined { "share-done-note" } else { "share-done-new-note" })))
                .push(look.primary(&ctx.text("next"), Message::OnChosen))
                .push(look.quiet(&ctx.text("share-keep-here"), Message::KeepChosen)),
            Stage::Kept => lines
                .push(look.lead(ctx.text("share-kept")))
                .push(look.body(ctx.text("share-kept-note")))
                .push(look.primary(&ctx.text("next"), Message::OnChosen)),
        })
    }

    fn asking<'a>(&'a self, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
        let look = ctx.look;
        if ctx.desk.shared_away().is_some() {
            return self.trouble(ctx, self.away(ctx, lines));
        }
        // Whoever was told that a folder cannot be has read it; what is wrong stays in sight where there is little room.
        let lines = if self.trouble.is_none() { lines.push(look.lead(ctx.text("share-lead"))) } else { lines };
        let lines = match ctx.desk.shared_at() {
            Some(folder) => lines.push(
                look.card(
                    column![
                        look.strong(ctx.text("share-now")),
                        look.body(folder.display().to_string()),
                        look.quiet(&ctx.text("share-keep-here"), Message::KeepChosen),
                        look.note(ctx.text("share-keep-note")),
                    ]
                    .spacing(space::S),
                ),
            ),
            None => lines,
        };
        // Looking changes nothing, so the words may come after it; what counts is said again before anything is done.
        self.form(ctx, lines)
            .push(look.body(ctx.text("share-program")))
            .push(look.body(ctx.text("share-holds")))
            .push(look.body(ctx.text("share-never")))
            .push(look.body(ctx.text("share-readers")))
    }

    /// The path, and what was wrong with it.
    fn form<'a>(&'a self, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
        let look = ctx.look;
        let is_looking = matches!(self.stage, Stage::Looking);
        let ready = (!is_looking && !self.path.trim().is_empty()).then_some(Message::Submitted);
        let lines = lines
            .push(look.field_then(&ctx.text("share-path"), "", &self.path, Message::PathEdited, ready.clone()))
            .push(look.link(&ctx.text("share-dialog"), Message::DialogAsked));
        let key = if is_looking { "share-looking" } else { "share-look" };
        let lines = self.trouble(ctx, lines).push(look.primary(&ctx.text(key), ready));
        if ctx.desk.data.settings.welcomed { lines } else { lines.push(look.note(ctx.text("share-first-note"))) }
    }

    fn away<'a>(&'a self, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
        let look = ctx.look;
        lines
            .push(look.lead(ctx.text_with("share-away", &[("path", where_it_is(ctx).into())])))
            .push(look.primary(&ctx.text("share-look-again"), Message::AgainChosen))
            .push(look.quiet(&ctx.text("share-keep-here"), Message::KeepChosen))
            .push(look.note(ctx.text("share-away-note")))
    }

    fn trouble<'a>(&self, ctx: Ctx<'a>, lines: Lines<'a>) -> Lines<'a> {
        let Some(error) = &self.trouble else { return lines };
        let words = match error {
            ShareError::Disk(why) => ctx.text_with(error.key(), &[("why", why::not_saved(why, ctx.texts).into())]),
            _ => ctx.text(error.key()),
        };
        lines.push(ctx.look.trouble(&words, Vec::new()))
    }
}

type Lines<'a> = Column<'a, Message>;

fn found<'a>(ctx: Ctx<'a>, lines: Lines<'a>, offer: &Offer, who: Option<Member>) -> Lines<'a> {
    let look = ctx.look;
    let names: Vec<&str> = [&offer.names.one, &offer.names.two]
        .into_iter()
        .map(|name| name.trim())
        .filter(|name| !name.is_empty())
        .collect();
    let key = match (offer.joins, names.as_slice()) {
        (false, _) => "share-found-new",
        (true, [_, _]) => "share-found-two",
        (true, [_]) => "share-found-one",
        (true, _) => "share-found-nobody",
    };
    let name = |at: usize| names.get(at).copied().unwrap_or_default().to_owned();
    let counted =
        [("one", name(0).into()), ("two", name(1).into()), ("there", offer.there.into()), ("here", offer.ours.into())];
    let mut lines = lines
        .push(look.lead(ctx.text_with(key, &counted)))
        .push(look.quiet_words(offer.folder.display().to_string()))
        .push(look.body(ctx.text_with(if offer.joins { "share-joins" } else { "share-begins" }, &counted)));
    if offer.asks_who {
        lines = lines.push(look.strong(ctx.text("share-who")));
        for (member, unnamed) in [(Member::One, "share-who-first"), (Member::Two, "share-who-second")] {
            let name = offer.names.of(member).trim();
            let label = if name.is_empty() { ctx.text(unnamed) } else { name.to_owned() };
            lines = lines.push(look.radio(&label, who == Some(member), Message::WhoChosen(member)));
        }
    }
    if offer.leaves_round {
        lines = lines.push(look.body(ctx.text("share-leaves-round")));
    }
    let ready = (!offer.asks_who || who.is_some()).then_some(Message::ShareChosen);
    let button = if offer.joins { "share-do-join" } else { "share-do-new" };
    let notes = [ctx.text("share-readers"), ctx.text("share-old-stays")].join(" ");
    lines.push(look.note(notes)).push(
        row![look.primary(&ctx.text(button), ready), look.link(&ctx.text("share-another"), Message::CancelChosen)]
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::S),
    )
}
