//! What can happen in an exercise, and which of it leads elsewhere.

use jiff::Timestamp;

use super::{apart, export, live, pause, sheet};
use crate::app::nav::Page;
use crate::app::screen::Action;

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another exercise was chosen in the list beside.
    ExerciseChosen(String),
    /// Begin, go on, or do it again.
    BeginChosen,
    /// From the first step, with the answers that are there.
    FromStartChosen,
    /// What it rests on was unfolded or folded.
    EvidenceUnfolded,
    /// The way to Safety.
    SafetyChosen,
    /// The run was looked at again.
    LookedBack(Timestamp),
    /// A run was unfolded or folded.
    RunUnfolded(Timestamp),
    /// A run was to be shown on the exercise's page.
    RunShown(Timestamp),
    /// An older answer was to be changed: its run, its step.
    EditingBegun(Timestamp, String),
    /// That was done.
    EditingEnded,
    /// An answer was deleted: its run, its step.
    AnswerDeleted(Timestamp, String),
    /// It was wanted back.
    DeletionUndone,
    /// What an answer said before was unfolded or folded: its step.
    OlderUnfolded(String),
    /// An older version was wanted back: its run, its step, and until when it stood.
    OlderWanted((Timestamp, String, Timestamp)),
    /// An older version was deleted.
    OlderDeleted((Timestamp, String, Timestamp)),
    /// A whole run was to be deleted.
    RunDeletionAsked(Timestamp),
    /// It was deleted.
    RunDeleted(Timestamp),
    /// It was kept.
    RunKept,
    /// Next, or finish.
    NextChosen,
    /// One step back.
    PreviousChosen,
    /// On without an answer.
    SkipChosen,
    /// Back to why it is there.
    AboutChosen,
    /// Something that is dragged is at the end of what is seen: the page is to scroll down by so many logical pixels.
    ScrollNeeded(f32),
    /// In the answer.
    Sheet(sheet::Message),
    /// In saving one's own words.
    Export(export::Message),
    /// About a break.
    Break(pause::Message),
    /// In an answer that is given apart.
    Apart(apart::Message),
    /// In what runs.
    Live(live::Message),
    /// On to the invitation.
    InvitationChosen,
    /// On to Today.
    TodayChosen,
    /// On to the library.
    LibraryChosen,
    /// Copy these words.
    CopyChosen(String),
}

/// What the parent is to do about a message that is not about the exercise itself.
pub(super) fn elsewhere(message: Message) -> Action<Message> {
    match message {
        Message::ExerciseChosen(id) => Action::Replace(Page::Exercise(id)),
        Message::SafetyChosen => Action::Open(Page::Safety),
        Message::InvitationChosen => Action::Open(Page::Invitation),
        Message::TodayChosen => Action::Open(Page::Today),
        Message::LibraryChosen => Action::Open(Page::Exercises),
        Message::CopyChosen(words) => Action::CopyPrivate(words),
        _ => Action::None,
    }
}
