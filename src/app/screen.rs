//! The pages. Each is a module with its state, its `Message`, `update` and `view`; the root passes in what is
//! shared and does what the [`Action`] asks.

pub mod afterwards;
pub mod calm;
pub mod card;
pub mod choose;
pub mod door;
pub mod edit;
pub mod exercises;
pub mod help;
pub mod hesitations;
pub mod import;
pub mod invitation;
pub mod keeping;
pub mod moment;
pub mod more;
pub mod needs;
pub mod player;
pub mod rehearsal;
pub mod safety;
pub mod session;
pub mod settings;
pub mod sharing;
pub mod space;
pub mod therapists;
pub mod today;
pub mod welcome;
pub mod who;
pub mod wording;

use iced::{Element, Subscription, Task};

use super::ctx::Ctx;
use super::desk::Desk;
use super::nav::Page;
use crate::exercise::Library;
use crate::locale::Texts;

/// What a page asks its parent to do.
#[derive(Debug)]
pub enum Action<M> {
    /// Nothing more.
    None,
    /// Go on to a page.
    Open(Page),
    /// Go on to a page, without the present one as a way back.
    Replace(Page),
    /// Go back.
    Back,
    /// Put this on the clipboard and say so.
    Copy(String),
    /// Put a private text on the clipboard for a short while, and say so.
    CopyPrivate(String),
    /// Somebody takes the device, and goes on at a page.
    HandOver(crate::couple::Member, Page),
    /// The space of whoever is here was opened.
    Entered,
    /// What guards the space of whoever is here was changed.
    Guarded,
    /// Lock the space of whoever is here.
    Lock,
    /// Open a link with the desktop's own program.
    Visit(String),
    /// Turn the background reminder on or off.
    Remind(bool),
    /// Say something in a banner.
    Say(String),
    /// Leave at once.
    Leave,
    /// Close the window.
    Close,
    /// Everything on the disk was deleted.
    Erased,
    /// The shared folder lies elsewhere: everything is to be read again.
    Moved,
    /// Run a task.
    Run(Task<M>),
}

impl<M> Action<M> {
    /// Translates the messages inside.
    pub fn map<N>(self, f: impl Fn(M) -> N + Send + 'static) -> Action<N>
    where
        M: Send + 'static,
        N: Send + 'static,
    {
        match self {
            Self::None => Action::None,
            Self::Open(page) => Action::Open(page),
            Self::Replace(page) => Action::Replace(page),
            Self::Back => Action::Back,
            Self::Copy(text) => Action::Copy(text),
            Self::CopyPrivate(text) => Action::CopyPrivate(text),
            Self::HandOver(member, page) => Action::HandOver(member, page),
            Self::Entered => Action::Entered,
            Self::Guarded => Action::Guarded,
            Self::Lock => Action::Lock,
            Self::Visit(target) => Action::Visit(target),
            Self::Remind(on) => Action::Remind(on),
            Self::Say(words) => Action::Say(words),
            Self::Leave => Action::Leave,
            Self::Close => Action::Close,
            Self::Erased => Action::Erased,
            Self::Moved => Action::Moved,
            Self::Run(task) => Action::Run(task.map(f)),
        }
    }
}

/// The page that is shown, with its state.
#[derive(Debug)]
pub enum Screen {
    /// The first cards.
    Welcome(welcome::Welcome),
    /// Today.
    Today,
    /// More.
    More,
    /// Settings.
    Settings(settings::Settings),
    /// Safety.
    Safety(safety::Safety),
    /// Help.
    Help,
    /// One's own space and what guards it.
    Space(space::Space),
    /// A backup, the way back, and deleting.
    Keeping(keeping::Keeping),
    /// Where the shared folder lies.
    Sharing(sharing::Sharing),
    /// Who is here, and the passphrase.
    Door(door::Door),
    /// The library: exercises by stage, with why and how long.
    Exercises(exercises::Exercises),
    /// One exercise: why, then one step at a time.
    Player(player::Player),
    /// The invitation gone through before it is said.
    Rehearsal(rehearsal::Rehearsal),
    /// What is in the way, and what goes with it.
    Hesitations(hesitations::Hesitations),
    /// The invitation in the making.
    Invitation(invitation::Invitation),
    /// The invitation, large, to hold while speaking.
    Card(card::Card),
    /// Quiet windows, the rules in words, and the reminder.
    Moment(moment::Moment),
    /// "Is now a calm moment?" in a few taps.
    Calm(calm::Calm),
    /// "How did it go?" after the asking.
    Afterwards(afterwards::Afterwards),
    /// The list of therapists, and one of them.
    Therapists(therapists::Therapists),
    /// The form for one therapist.
    Edit(edit::Edit),
    /// Therapists out of a CSV file, with a preview.
    Import(import::Import),
    /// Both mark in private; then the result.
    Choose(choose::Choose),
    /// The one session: who calls, when, where, what it costs.
    Session(session::Session),
}

/// What happened on a page.
#[derive(Debug, Clone)]
pub enum Message {
    /// On the first cards.
    Welcome(welcome::Message),
    /// On Today.
    Today(today::Message),
    /// On More.
    More(more::Message),
    /// In the settings.
    Settings(settings::Message),
    /// On Safety.
    Safety(safety::Message),
    /// On the page of one's own space.
    Space(space::Message),
    /// On the page of backups and deleting.
    Keeping(keeping::Message),
    /// On the page of the shared folder.
    Sharing(sharing::Message),
    /// At the door.
    Door(door::Message),
    /// On that page: The library: exercises by stage, with why and how long.
    Exercises(exercises::Message),
    /// On that page: One exercise: why, then one step at a time.
    Player(player::Message),
    /// On that page: The invitation gone through before it is said.
    Rehearsal(rehearsal::Message),
    /// On that page: What is in the way, and what goes with it.
    Hesitations(hesitations::Message),
    /// On that page: The invitation in the making.
    Invitation(invitation::Message),
    /// On that page: The invitation, large, to hold while speaking.
    Card(card::Message),
    /// On that page: Quiet windows, the rules in words, and the reminder.
    Moment(moment::Message),
    /// On that page: "Is now a calm moment?" in a few taps.
    Calm(calm::Message),
    /// On that page: "How did it go?" after the asking.
    Afterwards(afterwards::Message),
    /// On that page: The list of therapists, and one of them.
    Therapists(therapists::Message),
    /// On that page: The form for one therapist.
    Edit(edit::Message),
    /// On that page: Therapists out of a CSV file, with a preview.
    Import(import::Message),
    /// On that page: Both mark in private; then the result.
    Choose(choose::Message),
    /// On that page: The one session: who calls, when, where, what it costs.
    Session(session::Message),
}

impl Screen {
    /// Makes the state of a page.
    #[must_use]
    pub fn open(page: &Page, desk: &Desk, library: &Library, texts: &Texts) -> Self {
        match page {
            Page::FirstRun => Self::Welcome(welcome::Welcome::default()),
            Page::Today => Self::Today,
            Page::More => Self::More,
            Page::Settings => Self::Settings(settings::Settings::default()),
            Page::Safety => Self::Safety(safety::Safety::new(desk.system_tag().as_deref())),
            Page::Help => Self::Help,
            Page::Space => Self::Space(space::Space::default()),
            Page::Keeping => Self::Keeping(keeping::Keeping::new()),
            Page::Sharing => Self::Sharing(sharing::Sharing::default()),
            Page::Door => Self::Door(door::Door::new(desk, false)),
            Page::Exercises => Self::Exercises(exercises::Exercises::new(desk, library, texts)),
            Page::Exercise(id) => Self::Player(player::Player::new(id, desk, library, texts)),
            Page::Rehearsal => Self::Rehearsal(rehearsal::Rehearsal::new(desk, library, texts)),
            Page::Hesitations => Self::Hesitations(hesitations::Hesitations::new(desk, library, texts)),
            Page::Invitation => Self::Invitation(invitation::Invitation::new(desk, library, texts)),
            Page::Card => Self::Card(card::Card::new(desk, library, texts)),
            Page::Moment => Self::Moment(moment::Moment::new(desk, library, texts)),
            Page::CalmCheck => Self::Calm(calm::Calm::new(desk, library, texts)),
            Page::Afterwards => Self::Afterwards(afterwards::Afterwards::new(desk, library, texts)),
            Page::Therapists(id) => Self::Therapists(therapists::Therapists::new(id.as_deref(), desk, library, texts)),
            Page::EditTherapist(id) => Self::Edit(edit::Edit::new(id.as_deref(), desk, library, texts)),
            Page::Import => Self::Import(import::Import::new(desk, library, texts)),
            Page::Choose => Self::Choose(choose::Choose::new(desk, library, texts)),
            Page::Session => Self::Session(session::Session::new(desk, library, texts)),
        }
    }

    /// Does what a message asks. A message of a page that is no longer shown is dropped.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, library: &Library) -> Action<Message> {
        match (self, message) {
            (Self::Welcome(page), Message::Welcome(message)) => page.update(message, desk).map(Message::Welcome),
            (Self::Today, Message::Today(message)) => today::update(message, desk, texts).map(Message::Today),
            (Self::More, Message::More(message)) => more::update(message).map(Message::More),
            (Self::Settings(page), Message::Settings(message)) => page.update(message, desk).map(Message::Settings),
            (Self::Safety(page), Message::Safety(message)) => page.update(message).map(Message::Safety),
            (Self::Space(page), Message::Space(message)) => page.update(message, desk).map(Message::Space),
            (Self::Keeping(page), Message::Keeping(message)) => page.update(message, desk, texts).map(Message::Keeping),
            (Self::Sharing(page), Message::Sharing(message)) => page.update(message, desk, texts).map(Message::Sharing),
            (Self::Door(page), Message::Door(message)) => page.update(message, desk).map(Message::Door),
            (Self::Exercises(page), Message::Exercises(message)) => {
                page.update(message, desk, texts, library).map(Message::Exercises)
            }
            (Self::Player(page), Message::Player(message)) => {
                page.update(message, desk, texts, library).map(Message::Player)
            }
            (Self::Rehearsal(page), Message::Rehearsal(message)) => {
                page.update(message, desk, texts, library).map(Message::Rehearsal)
            }
            (Self::Hesitations(page), Message::Hesitations(message)) => {
                page.update(message, desk, texts, library).map(Message::Hesitations)
            }
            (Self::Invitation(page), Message::Invitation(message)) => {
                page.update(message, desk, texts, library).map(Message::Invitation)
            }
            (Self::Card(page), Message::Card(message)) => page.update(message, desk, texts, library).map(Message::Card),
            (Self::Moment(page), Message::Moment(message)) => {
                page.update(message, desk, texts, library).map(Message::Moment)
            }
            (Self::Calm(page), Message::Calm(message)) => page.update(message, desk, texts, library).map(Message::Calm),
            (Self::Afterwards(page), Message::Afterwards(message)) => {
                page.update(message, desk, texts, library).map(Message::Afterwards)
            }
            (Self::Therapists(page), Message::Therapists(message)) => {
                page.update(message, desk, texts, library).map(Message::Therapists)
            }
            (Self::Edit(page), Message::Edit(message)) => page.update(message, desk, texts, library).map(Message::Edit),
            (Self::Import(page), Message::Import(message)) => {
                page.update(message, desk, texts, library).map(Message::Import)
            }
            (Self::Choose(page), Message::Choose(message)) => {
                page.update(message, desk, texts, library).map(Message::Choose)
            }
            (Self::Session(page), Message::Session(message)) => {
                page.update(message, desk, texts, library).map(Message::Session)
            }
            _ => Action::None,
        }
    }

    /// Puts on the desk what is not there yet; said before another page is shown and before the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        match self {
            Self::Welcome(_) | Self::Today | Self::More | Self::Settings(_) | Self::Safety(_) | Self::Help => {}
            Self::Space(page) => page.leave(),
            Self::Keeping(page) => page.leave(),
            Self::Sharing(_) | Self::Door(_) => {}
            Self::Exercises(page) => page.leave(desk),
            Self::Player(page) => page.leave(desk),
            Self::Rehearsal(page) => page.leave(desk),
            Self::Hesitations(page) => page.leave(desk),
            Self::Invitation(page) => page.leave(desk),
            Self::Card(page) => page.leave(desk),
            Self::Moment(page) => page.leave(desk),
            Self::Calm(page) => page.leave(desk),
            Self::Afterwards(page) => page.leave(desk),
            Self::Therapists(page) => page.leave(desk),
            Self::Edit(page) => page.leave(desk),
            Self::Import(page) => page.leave(desk),
            Self::Choose(page) => page.leave(desk),
            Self::Session(page) => page.leave(desk),
        }
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, library: &Library, texts: &Texts) {
        match self {
            Self::Welcome(_) | Self::Today | Self::More | Self::Settings(_) | Self::Safety(_) | Self::Help => {}
            Self::Space(_) | Self::Keeping(_) | Self::Sharing(_) | Self::Door(_) => {}
            Self::Exercises(page) => page.refresh(desk, library, texts),
            Self::Player(page) => page.refresh(desk, library, texts),
            Self::Rehearsal(page) => page.refresh(desk, library, texts),
            Self::Hesitations(page) => page.refresh(desk, library, texts),
            Self::Invitation(page) => page.refresh(desk, library, texts),
            Self::Card(page) => page.refresh(desk, library, texts),
            Self::Moment(page) => page.refresh(desk, library, texts),
            Self::Calm(page) => page.refresh(desk, library, texts),
            Self::Afterwards(page) => page.refresh(desk, library, texts),
            Self::Therapists(page) => page.refresh(desk, library, texts),
            Self::Edit(page) => page.refresh(desk, library, texts),
            Self::Import(page) => page.refresh(desk, library, texts),
            Self::Choose(page) => page.refresh(desk, library, texts),
            Self::Session(page) => page.refresh(desk, library, texts),
        }
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        match self {
            Self::Welcome(_) | Self::Today | Self::More | Self::Settings(_) | Self::Safety(_) | Self::Help => {
                Subscription::none()
            }
            Self::Space(_) | Self::Keeping(_) | Self::Sharing(_) | Self::Door(_) => Subscription::none(),
            Self::Exercises(page) => page.subscription().map(Message::Exercises),
            Self::Player(page) => page.subscription().map(Message::Player),
            Self::Rehearsal(page) => page.subscription().map(Message::Rehearsal),
            Self::Hesitations(page) => page.subscription().map(Message::Hesitations),
            Self::Invitation(page) => page.subscription().map(Message::Invitation),
            Self::Card(page) => page.subscription().map(Message::Card),
            Self::Moment(page) => page.subscription().map(Message::Moment),
            Self::Calm(page) => page.subscription().map(Message::Calm),
            Self::Afterwards(page) => page.subscription().map(Message::Afterwards),
            Self::Therapists(page) => page.subscription().map(Message::Therapists),
            Self::Edit(page) => page.subscription().map(Message::Edit),
            Self::Import(page) => page.subscription().map(Message::Import),
            Self::Choose(page) => page.subscription().map(Message::Choose),
            Self::Session(page) => page.subscription().map(Message::Session),
        }
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        match self {
            Self::Welcome(page) => page.view(ctx).map(Message::Welcome),
            Self::Today => today::view(ctx).map(Message::Today),
            Self::More => more::view(ctx).map(Message::More),
            Self::Settings(page) => page.view(ctx).map(Message::Settings),
            Self::Safety(page) => page.view(ctx).map(Message::Safety),
            Self::Help => help::view(ctx),
            Self::Space(page) => page.view(ctx).map(Message::Space),
            Self::Keeping(page) => page.view(ctx).map(Message::Keeping),
            Self::Sharing(page) => page.view(ctx).map(Message::Sharing),
            Self::Door(page) => page.view(ctx).map(Message::Door),
            Self::Exercises(page) => page.view(ctx).map(Message::Exercises),
            Self::Player(page) => page.view(ctx).map(Message::Player),
            Self::Rehearsal(page) => page.view(ctx).map(Message::Rehearsal),
            Self::Hesitations(page) => page.view(ctx).map(Message::Hesitations),
            Self::Invitation(page) => page.view(ctx).map(Message::Invitation),
            Self::Card(page) => page.view(ctx).map(Message::Card),
            Self::Moment(page) => page.view(ctx).map(Message::Moment),
            Self::Calm(page) => page.view(ctx).map(Message::Calm),
            Self::Afterwards(page) => page.view(ctx).map(Message::Afterwards),
            Self::Therapists(page) => page.view(ctx).map(Message::Therapists),
            Self::Edit(page) => page.view(ctx).map(Message::Edit),
            Self::Import(page) => page.view(ctx).map(Message::Import),
            Self::Choose(page) => page.view(ctx).map(Message::Choose),
            Self::Session(page) => page.view(ctx).map(Message::Session),
        }
    }
}
