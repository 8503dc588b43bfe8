//! What happens to older runs, and to answers that are given apart.

use jiff::Timestamp;

use super::answers::{Answers, Deleted};
use super::apart::{self, flow};
use super::message::elsewhere;
use super::{Message, Player};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::{Action, who};
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
                self.delete_answer(run, step, desk);
            }
            Message::DeletionUndone => {
                if let Some(Deleted { run, step, answer, older }) = self.answers.deleted.take() {
                    desk.change_progress(&self.id, When::Now, |progress| {
                        if let Some(run) = progress.run_mut(run) {
                            run.answer(&step, answer);
                            if !older.is_empty() {
                                run.older.insert(step, older);
                            }
                        }
                    });
                }
            }
            Message::OlderUnfolded(step) => {
                self.answers.older_of = Some(step).filter(|step| self.answers.older_of.as_ref() != Some(step));
            }
            Message::OlderWanted((run, step, until)) => {
                self.end_editing(desk);
                let now = desk.now().timestamp();
                desk.change_progress(&self.id, When::Now, |progress| {
                    let Some(run) = progress.run_mut(run) else { return };
                    let wanted = run.older.get(&step).and_then(|older| older.iter().find(|older| older.until == until));
                    if let Some(answer) = wanted.map(|older| older.answer.clone()) {
                        run.keep_older(&step, now);
                        run.answer(&step, answer);
                    }
                });
            }
            Message::OlderDeleted((run, step, until)) => {
                desk.purge_progress(&self.id, |progress| {
                    if let Some(older) = progress.run_mut(run).and_then(|run| run.older.get_mut(&step)) {
                        older.retain(|older| older.until != until);
                    }
                });
            }
            Message::RunDeletionAsked(run) => self.answers.asking = Some(run),
            Message::RunKept => self.answers.asking = None,
            Message::RunDeleted(run) => {
                self.sheet = None;
                self.answers = Answers::default();
                let apart = desk.progress(&self.id).and_then(|progress| progress.run(run)).map(|run| run.apart.clone());
                for (step, apart) in apart.unwrap_or_default() {
                    flow::withdraw(desk, &self.id, &step, &apart);
                }
                desk.purge_progress(&self.id, |progress| progress.delete_run(run));
            }
            other => return elsewhere(other),
        }
        Action::None
    }

    /// Deletes an answer, its older versions and every backup of them. What undoing needs is kept in memory only.
    fn delete_answer(&mut self, run: Timestamp, step: String, desk: &mut Desk) {
        let Some(found) = desk.progress(&self.id).and_then(|progress| progress.run(run)) else { return };
        let Some(answer) = found.answers.get(&step).cloned() else { return };
        let older = found.older.get(&step).cloned().unwrap_or_default();
        if let Some(apart) = found.apart.get(&step).cloned() {
            flow::withdraw(desk, &self.id, &step, &apart);
        }
        desk.purge_progress(&self.id, |progress| progress.delete_answer(run, &step));
        self.answers.deleted = Some(Deleted { run, step, answer, older });
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
            Said::Present(member) if who::comes_by_the_door(desk, member) => {
                self.handed_to = None;
                return Action::HandOver(member, Page::Exercise(self.id.clone()));
            }
            Said::Present(member) => {
                self.handed_to = None;
                who::is_here(desk, member);
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
