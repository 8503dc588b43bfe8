//! The library: the same list for both people, by place on the path, and beside it one exercise where there is room.

use iced::widget::{Column, column, container, row};
use iced::{Element, Length, Padding, Subscription};

use super::Action;
use super::player::export::{self, Export, Scope};
use super::player::{self, Player};
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::journey;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::{Exercise, Library, Progress, Stage, Who, next_exercise};
use crate::locale::Texts;

/// How wide the list is beside an exercise, in logical pixels.
const LIST: f32 = 380.0;

/// The state of the page.
#[derive(Debug)]
pub struct Exercises {
    /// The exercise that is shown beside the list where there is room: a good next one.
    beside: Option<Player>,
    /// All of one's own words are being saved in a file.
    export: Option<Export>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// An exercise was chosen.
    ExerciseChosen(String),
    /// What is in the way was chosen.
    HesitationsChosen,
    /// The folder of one's own exercises was to be opened.
    FolderChosen,
    /// In saving all of one's own words.
    Export(export::Message),
    /// In the exercise beside the list.
    Beside(player::Message),
}

impl Exercises {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, library: &Library, _texts: &Texts) -> Self {
        let next = next_exercise(&journey::standing(desk), library);
        let id = next.or_else(|| library.exercises.first().map(|first| first.id.clone()));
        Self { beside: id.map(|id| Player::about(&id)), export: None }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, library: &Library) -> Action<Message> {
        match message {
            Message::ExerciseChosen(id) => Action::Open(Page::Exercise(id)),
            Message::HesitationsChosen => Action::Open(Page::Hesitations),
            Message::FolderChosen => Action::Visit(desk.root().join("exercises").display().to_string()),
            Message::Export(message) => {
                export::update(&mut self.export, message, Scope::All, desk, texts, library).map(Message::Export)
            }
            Message::Beside(message) => {
                let Some(beside) = &mut self.beside else { return Action::None };
                let action = beside.update(message, desk, texts, library);
                if beside.is_running() {
                    // Its own page goes on at that step.
                    beside.leave(desk);
                    return Action::Open(Page::Exercise(beside.id().to_owned()));
                }
                action.map(Message::Beside)
            }
        }
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        desk.hurry();
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, library: &Library, texts: &Texts) {
        if let Some(beside) = &mut self.beside {
            beside.refresh(desk, library, texts);
        }
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let shown = self.beside.as_ref().filter(|_| ctx.room == Room::Wide);
        let shown = shown.and_then(|player| Some((player, ctx.library.get(player.id())?)));
        let head =
            column![look.title(ctx.text("library-title")), look.lead(ctx.text("library-lead"))].spacing(space::S);
        let mut lines = column![head].spacing(space::M);
        if let Some(faults) = faults(ctx) {
            lines = lines.push(faults);
        }
        lines = lines.push(look.list_row(
            Some(Icon::Scale),
            &ctx.text("hesitations-place"),
            &ctx.text("library-hesitations-note"),
            false,
            Message::HesitationsChosen,
        ));
        lines = lines.push(rows(ctx, shown.map(|(player, _)| player.id()), Message::ExerciseChosen));
        if !ctx.desk.space().progress.is_empty() {
            let label = ctx.text("player-export-all");
            lines = lines.push(export::view(self.export.as_ref(), &label, ctx).map(Message::Export));
        }
        let Some((player, exercise)) = shown else { return look.page(lines) };
        let one = column![look.note(ctx.text("library-beside")), player.about_view(ctx, exercise).map(Message::Beside)]
            .spacing(space::S);
        row![beside(ctx, lines), container(look.page(one)).width(Length::Fill)].into()
    }
}

/// The list with its title, for beside an exercise.
pub fn list<'a, M: Clone + 'a>(
    ctx: Ctx<'a>,
    selected: Option<&str>,
    message: impl Fn(String) -> M + 'a,
) -> Element<'a, M> {
    let look = ctx.look;
    column![look.title(ctx.text("library-title")), look.lead(ctx.text("library-lead")), rows(ctx, selected, message),]
        .spacing(space::M)
        .into()
}

/// Puts a list at the left of something that belongs to it.
pub fn beside<'a, M: 'a>(ctx: Ctx<'a>, list: impl Into<Element<'a, M>>) -> Element<'a, M> {
    let inside = container(list).padding(Padding { top: space::S, bottom: space::L, ..Padding::from(ctx.look.side()) });
    container(ctx.look.scroll(inside)).width(LIST).into()
}

fn rows<'a, M: Clone + 'a>(ctx: Ctx<'a>, selected: Option<&str>, message: impl Fn(String) -> M) -> Element<'a, M> {
    let look = ctx.look;
    let mut lines: Column<'a, M> = column![].spacing(space::L);
    for stage in Stage::ALL {
        let mut group: Column<'a, M> = column![look.heading(ctx.text(stage.key()))].spacing(space::S);
        let mut any = false;
        for exercise in ctx.library.of_stage(stage) {
            any = true;
            let on = selected == Some(exercise.id.as_str());
            let (glyph, meta) = meta(ctx, exercise);
            let note = format!("{}\n{meta}", exercise.summary);
            group = group.push(look.list_row(Some(glyph), &exercise.title, &note, on, message(exercise.id.clone())));
        }
        if any {
            lines = lines.push(group);
        }
    }
    lines.into()
}

/// Minutes, for whom, and how far one came.
fn meta(ctx: Ctx<'_>, exercise: &Exercise) -> (Icon, String) {
    let who = ctx.text(match exercise.who {
        Who::Asker => "library-who-asker",
        Who::Unsure => "library-who-unsure",
        Who::Both => "library-who-both",
    });
    let progress = ctx.desk.progress(&exercise.id);
    let stand = if progress.is_some_and(|progress| progress.current().is_some()) {
        Some((Icon::CircleDot, "library-half-way"))
    } else if progress.is_some_and(Progress::is_done) {
        Some((Icon::Check, "library-done"))
    } else {
        None
    };
    let (glyph, key) = match stand {
        Some((glyph, key)) => (glyph, Some(key)),
        None => (Icon::Circle, None),
    };
    let args = [("minutes", exercise.minutes.into()), ("who", who.into())];
    let mut words = match key {
        Some(key) => {
            let [minutes, who] = args;
            ctx.text_with("library-meta-stand", &[minutes, who, ("stand", ctx.text(key).into())])
        }
        None => ctx.text_with("library-meta", &args),
    };
    if ctx.library.is_own(&exercise.id) {
        words = format!("{words} · {}", ctx.text("library-own"));
    }
    (glyph, words)
}

/// What is wrong in one's own files, with the place.
fn faults(ctx: Ctx<'_>) -> Option<Element<'_, Message>> {
    let faults = &ctx.library.faults;
    let key = if faults.len() > 1 { "library-faults" } else { "library-fault" };
    faults.first()?;
    let mut words = ctx.text(key);
    for (file, fault) in faults {
        let line = ctx.text_with(
            "library-fault-line",
            &[
                ("file", file.clone().into()),
                ("line", fault.line.into()),
                ("column", fault.column.into()),
                ("what", fault.what.clone().into()),
            ],
        );
        words = format!("{words}\n{line}");
    }
    let folder = ctx.look.link(&ctx.text("open-folder"), Message::FolderChosen).into();
    Some(ctx.look.banner(&words, vec![folder]))
}
