//! What happens to older runs, and to answers that are given apart.

use super::answers::Answers;
use super::apart::{self, flow};
use super::message::elsewhere;
use super::{Message, Player};
use crate::app::desk::Desk;
use crate::app::screen::Action;
use crate::exercise::Exercise;
use crate::locale::Texts;
use crate::store::When;

impl Player {
    /// What concerns older runs, and the ways elsewhere.
    pub(super) fn manage(&mut self, message: Message, desk: &mut Desk) -> Action<Message> {
        match message {
            Message::RunUnfolded(run) => {
                self.end_editing(desk);
                let open = (self.answers.open != Some(run)).then_some(run);
                self.answers = Answers { open, ..Answers::default() };
            }
            Message::EditingEnded => self.end_editing(desk),
            Message::AnswerDeleted(run, step) => {
                self.end_editing(desk);
                let answer =
                    desk.progress(&self.id).and_then(|progress| progress.run(run)?.answers.get(&step).cloned());
                if let Some(answer) = answer {
                    desk.change_progress(&self.id, When::Now, |progress| progress.delete_answer(run, &step));
                    self.answers.deleted = Some((run, step, answer));
                }
            }
            Message::DeletionUndone => {
                if let Some((run, step, answer)) = self.answers.deleted.take() {
                    desk.change_progress(&self.id, When::Now, |progress| progress.edit(run, &step, answer));
                }
            }
            Message::RunDeletionAsked(run) => self.answers.asking = Some(run),
            Message::RunKept => self.answers.asking = None,
            Message::RunDeleted(run) => {
                self.sheet = None;
                self.answers = Answers::default();
                desk.purge_progress(&self.id, |progress| progress.delete_run(run));
            }
            other => return elsewhere(other),
        }
        Action::None
    }

    /// What happened to an answer that is given apart.
    pub(super) fn apart(
        &mut self,
        message: apart::Message,
        exercise: &Exercise,
        desk: &mut Desk,
        texts: &Texts,
    ) -> Action<Message> {
        use apart::Message as Said;
        let Some(sheet) = &mut self.sheet else { return Action::None };
        let step = sheet.step.clone();
        let place = flow::Place { exercise: &exercise.id, step: &step, run: sheet.run };
        match message {
            Said::PreviewChosen => sheet.previewing = true,
            Said::WritingChosen => sheet.previewing = false,
            Said::SentenceToggled(sentence) => flow::toggle(desk, place, &sentence),
            Said::Agreed => {
                if let Err(error) = flow::agree(desk, place) {
                    return Action::Say(texts.get(error.key()));
                }
                sheet.previewing = false;
            }
            Said::MindChanged => {
                flow::take_back(desk, place);
                sheet.previewing = false;
            }
            Said::ShowChosen => flow::show(desk, place),
            Said::HandedTo(member) => {
                desk.hurry();
                self.handed_to = Some(member);
            }
            Said::HandingEnded => self.handed_to = None,
            Said::Present(member) => {
                self.handed_to = None;
                desk.change_settings(|settings| settings.here = member);
                let now = desk.now().timestamp();
                let at = exercise.index_of(&step).unwrap_or_default();
                desk.change_progress(&exercise.id, When::Now, |progress| {
                    progress.start(exercise, now);
                    progress.go_to(exercise, at);
                });
                self.show_step(at, exercise, desk, texts);
            }
        }
        self.to_top()
    }
}
