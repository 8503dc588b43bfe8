//! One exercise: why it is there, then one step at a time, then what one has.

mod about;
pub mod answers;
pub mod apart;
mod controls;
mod end;
pub mod export;
pub mod live;
mod manage;
mod message;
mod paraphrase;
pub mod pause;
pub mod sheet;
mod step;
mod turns;

use iced::widget::operation;
use iced::widget::scrollable::{AbsoluteOffset, RelativeOffset};
use iced::widget::{column, container, row};
use iced::{Element, Length, Subscription};
use jiff::Timestamp;

use super::{Action, exercises};
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::{Desk, Left};
use crate::app::theme::space;
use crate::couple::Member;
use crate::exercise::draft::parts;
use crate::exercise::{Exercise, Kind, Library, Moved, Progress};
use crate::locale::Texts;
use crate::store::When;

use answers::Answers;
use export::{Export, Scope};
use live::Live;
pub use message::Message;
use message::elsewhere;
use sheet::Sheet;
use step::Drawn;

/// The name under which the page is scrolled to its top.
const PAGE: &str = "player";

/// What is shown of the exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    About,
    /// The step at this place, from 0.
    Step(usize),
    End,
}

/// The state of the page.
#[derive(Debug)]
pub struct Player {
    id: String,
    shown: Shown,
    /// The answer that is being given or changed.
    sheet: Option<Sheet>,
    live: Live,
    evidence_open: bool,
    answers: Answers,
    /// Whom the device is being handed to.
    handed_to: Option<Member>,
    /// The length of a break is being chosen.
    choosing_break: bool,
    /// One's own words are being saved in a file.
    export: Option<Export>,
}

impl Player {
    /// The page as it is when it is opened: at the step where it was left, today or another day, else at its beginning.
    #[must_use]
    pub fn new(exercise: &str, desk: &Desk, library: &Library, texts: &Texts) -> Self {
        let mut player = Self::about(exercise);
        let left = desk.left.as_ref().filter(|left| left.exercise == exercise && left.member == desk.here());
        let run = desk.progress(exercise).and_then(Progress::current);
        if let (Some(run), Some(exercise)) = (run, library.get(exercise)) {
            player.show_step(run.resume(exercise), exercise, desk, texts);
            // What ran in this window runs on.
            if let Some(left) = left
                && player.sheet.as_ref().is_some_and(|sheet| sheet.step == left.step)
            {
                player.live = left.live.clone();
            }
        }
        player
    }

    /// The page at its beginning.
    #[must_use]
    pub fn about(exercise: &str) -> Self {
        Self {
            id: exercise.to_owned(),
            shown: Shown::About,
            sheet: None,
            live: Live::default(),
            evidence_open: false,
            answers: Answers::default(),
            handed_to: None,
            choosing_break: false,
            export: None,
        }
    }

    /// Id of the exercise.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether a step is shown.
    #[must_use]
    pub const fn is_running(&self) -> bool {
        matches!(self.shown, Shown::Step(_))
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, library: &Library) -> Action<Message> {
        let Some(exercise) = library.get(&self.id) else { return elsewhere(message) };
        match message {
            Message::BeginChosen => self.begin(exercise, desk, texts),
            Message::FromStartChosen => {
                desk.change_progress(&self.id, When::Now, |progress| {
                    progress.go_to(exercise, 0);
                });
                self.begin(exercise, desk, texts)
            }
            Message::NextChosen | Message::PreviousChosen | Message::SkipChosen => {
                self.go(&message, exercise, desk, texts)
            }
            Message::AboutChosen => {
                self.show_about(desk);
                self.to_top()
            }
            Message::ScrollNeeded(by) => Action::Run(operation::scroll_by(PAGE, AbsoluteOffset { x: 0.0, y: by })),
            Message::Sheet(message) => {
                if let Some(sheet) = &mut self.sheet
                    && let Some(step) = exercise.step(&sheet.step.clone())
                {
                    sheet.update(message, exercise, step, desk, texts.language());
                }
                Action::None
            }
            Message::Export(message) => {
                let scope = Scope::One(exercise);
                export::update(&mut self.export, message, scope, desk, texts, library).map(Message::Export)
            }
            Message::Break(message) => {
                self.on_break(message, desk);
                self.to_top()
            }
            Message::Apart(message) => self.apart(message, exercise, desk, texts),
            Message::Live(message) => {
                self.live.update(message, desk.now().timestamp());
                Action::None
            }
            Message::EvidenceUnfolded => {
                self.evidence_open = !self.evidence_open;
                Action::None
            }
            Message::LookedBack(run) => {
                desk.change_progress(&self.id, When::Now, |progress| progress.checked_back(run));
                Action::None
            }
            Message::RunShown(run) => {
                self.show_about(desk);
                self.answers = Answers { open: Some(run), ..Answers::default() };
                Action::None
            }
            Message::EditingBegun(run, step) => {
                self.edit(run, &step, exercise, desk, texts);
                Action::None
            }
            other => self.manage(other, desk),
        }
    }

    fn begin(&mut self, exercise: &Exercise, desk: &mut Desk, texts: &Texts) -> Action<Message> {
        self.end_editing(desk);
        self.answers = Answers::default();
        let now = desk.now().timestamp();
        let mut at = 0;
        desk.change_progress(&self.id, When::Now, |progress| at = progress.start(exercise, now));
        self.show_step(at, exercise, desk, texts);
        self.to_top()
    }

    fn go(&mut self, how: &Message, exercise: &Exercise, desk: &mut Desk, texts: &Texts) -> Action<Message> {
        let mut moved = Moved::NotRunning;
        let shown_order = self.shown_order(exercise, desk);
        desk.change_progress(&self.id, When::Now, |progress| {
            moved = match how {
                Message::PreviousChosen => progress.back(exercise),
                Message::SkipChosen => progress.skip(exercise),
                _ => {
                    if let Some((step, order)) = shown_order {
                        progress.answer(&step, order);
                    }
                    progress.next(exercise)
                }
            };
        });
        match (moved, how) {
            (Moved::To(at), _) => self.show_step(at, exercise, desk, texts),
            (Moved::AtEnd, Message::PreviousChosen) | (Moved::NotRunning, _) => self.show_about(desk),
            (Moved::AtEnd, _) => self.finish(exercise, desk, texts),
        }
        self.to_top()
    }

    /// Going on from a list means that its order is right as it is shown, moved or not.
    fn shown_order(&self, exercise: &Exercise, desk: &Desk) -> Option<(String, crate::exercise::Answer)> {
        let Shown::Step(at) = self.shown else { return None };
        let step = exercise.steps.get(at).filter(|step| matches!(step.kind, Kind::Sort { .. }))?;
        let run = desk.progress(&self.id)?.current()?;
        Some((step.id.clone(), crate::exercise::Answer::Sorted(sheet::order_of(step, run))))
    }

    fn finish(&mut self, exercise: &Exercise, desk: &mut Desk, texts: &Texts) {
        let now = desk.now();
        desk.change_progress(&self.id, When::Now, |progress| {
            progress.finish(exercise, &now);
        });
        let run = desk.progress(&self.id).and_then(|progress| progress.runs.last());
        let given = run.map(|run| parts(exercise, &run.answers, texts.language())).unwrap_or_default();
        if !given.is_empty() {
            desk.change_invitation(When::Now, |invitation| {
                for (part, words) in given {
                    invitation.set_part(part, &words);
                }
            });
        }
        self.shown = Shown::End;
        self.sheet = None;
        self.live = Live::default();
        desk.left = None;
    }

    fn show_step(&mut self, at: usize, exercise: &Exercise, desk: &Desk, texts: &Texts) {
        let run = desk.progress(&self.id).and_then(Progress::current);
        let (Some(step), Some(run)) = (exercise.steps.get(at), run) else { return };
        self.shown = Shown::Step(at);
        self.sheet = Some(Sheet::open(exercise, step, run, texts.language()));
        self.live = Live::of(&step.kind, desk.data.settings.untimed);
        self.live.wait_for(run.pause.map(|pause| pause.until), desk.now().timestamp());
        self.choosing_break = false;
        self.handed_to = None;
    }

    fn show_about(&mut self, desk: &mut Desk) {
        if let Some(sheet) = self.sheet.as_ref().filter(|_| self.is_running()) {
            sheet.keep_caret(&self.id, desk);
        }
        desk.hurry();
        desk.left = None;
        self.shown = Shown::About;
        self.sheet = None;
        self.live = Live::default();
    }

    fn edit(&mut self, run: Timestamp, step: &str, exercise: &Exercise, desk: &Desk, texts: &Texts) {
        let run = desk.progress(&self.id).and_then(|progress| progress.run(run));
        if let (Some(run), Some(step)) = (run, exercise.step(step)) {
            self.answers.open = Some(run.started);
            self.sheet = Some(Sheet::open(exercise, step, run, texts.language()));
        }
    }

    fn end_editing(&mut self, desk: &Desk) {
        if self.sheet.take().is_some() {
            desk.hurry();
        }
    }

    fn to_top(&self) -> Action<Message> {
        Action::Run(operation::snap_to(PAGE, RelativeOffset::START))
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        if let (true, Some(sheet)) = (self.is_running(), &self.sheet) {
            sheet.keep_caret(&self.id, desk);
            let (exercise, step) = (self.id.clone(), sheet.step.clone());
            desk.left = Some(Left { member: desk.here(), exercise, step, live: self.live.clone() });
        }
        desk.hurry();
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, library: &Library, texts: &Texts) {
        let Some(exercise) = library.get(&self.id) else { return };
        if let Shown::Step(at) = self.shown {
            match desk.progress(&self.id).and_then(Progress::current) {
                Some(run) if run.resume(exercise) != at => {
                    self.show_step(run.resume(exercise), exercise, desk, texts);
                }
                Some(_) => {}
                None => {
                    self.shown = Shown::About;
                    self.sheet = None;
                    self.live = Live::default();
                }
            }
        }
        if let Some(sheet) = &mut self.sheet {
            let run = desk.progress(&self.id).and_then(|progress| progress.run(sheet.run));
            match (run, exercise.step(&sheet.step.clone())) {
                (Some(run), Some(step)) => sheet.refresh(exercise, step, run, texts.language()),
                _ => self.sheet = None,
            }
        }
    }

    /// What the page listens to while it is shown: the end of a break or of the breath.
    pub fn subscription(&self) -> Subscription<Message> {
        match self.live.wakes_after() {
            Some(wait) => iced::time::every(wait).map(|_| Message::Live(live::Message::Ended)),
            None => Subscription::none(),
        }
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let Some(exercise) = ctx.library.get(&self.id) else {
            return look.page(
                column![
                    look.title(ctx.text("player-gone")),
                    look.primary(&ctx.text("player-gone-open"), Message::LibraryChosen),
                ]
                .spacing(space::L),
            );
        };
        let drawn = self.drawn(ctx, exercise);
        let page = match drawn.foot {
            Some(foot) => look.footed(PAGE, drawn.inside, foot, ctx.room == Room::Narrow),
            None => look.edged(PAGE, drawn.inside),
        };
        if ctx.room == Room::Wide && self.shown == Shown::About {
            let list = exercises::list(ctx, Some(&self.id), Message::ExerciseChosen);
            return row![exercises::beside(ctx, list), container(page).width(Length::Fill)].into();
        }
        page
    }

    /// What it is about, without the page around it: the list beside it has a page of its own.
    pub fn about_view<'a>(&'a self, ctx: Ctx<'a>, exercise: &'a Exercise) -> Element<'a, Message> {
        about::view(ctx, self, exercise)
    }

    fn drawn<'a>(&'a self, ctx: Ctx<'a>, exercise: &'a Exercise) -> Drawn<'a> {
        if let Some(member) = self.handed_to.filter(|_| self.is_running()) {
            return Drawn { inside: apart::hand_over(ctx, member), foot: None };
        }
        match self.shown {
            Shown::About => Drawn { inside: about::view(ctx, self, exercise), foot: None },
            Shown::Step(at) => step::view(ctx, self, exercise, at),
            Shown::End => Drawn { inside: end::view(ctx, exercise), foot: None },
        }
    }
}
