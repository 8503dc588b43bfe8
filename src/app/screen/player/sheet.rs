//! One answer on the table: of the step that is shown, or of an older run that is being looked at again.
//!
//! Every change goes to the desk at once; what is kept here is only what the desk cannot know: the caret, own
//! words put aside while something else is chosen, and what "use my answers again" replaced.

use iced::widget::text_editor::{Action as Edit, Content, Cursor, Position};
use jiff::Timestamp;

use crate::app::desk::Desk;
use crate::exercise::checked::Checked;
use crate::exercise::draft::{fill, text_of};
use crate::exercise::{Answer, Caret, Chosen, Exercise, Kind, Meant, Part, Progress, Run, Step};
use crate::locale::Language;
use crate::store::When;

/// The answer to one step of one run.
#[derive(Debug)]
pub struct Sheet {
    /// Which run.
    pub run: Timestamp,
    /// Id of the step.
    pub step: String,
    /// What is being written, in write and draft steps.
    pub content: Content,
    /// What the wording check says of a draft.
    pub checked: Checked,
    /// Own words of a choice; kept here while another option is chosen.
    pub own: String,
    /// "In my own words" is chosen.
    pub own_chosen: bool,
    /// The day to look again was declined.
    pub declined: bool,
    /// What "use my answers again" replaced.
    pub replaced: Option<String>,
    /// What the answer said when this was opened.
    before: Option<Answer>,
    /// That was kept as an older version, because some of it is gone.
    kept: bool,
    /// An answer given apart is being looked through before any of it may be shown.
    pub previewing: bool,
}

/// What happened to it.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something was typed, or the caret moved.
    Typed(Edit),
    /// An option was tapped.
    OptionTapped(String),
    /// "In my own words" was tapped.
    OwnTapped,
    /// Own words were typed.
    OwnTyped(String),
    /// A number was chosen.
    NumberChosen(u8),
    /// The thing at this place was moved down or up.
    Moved(usize, bool),
    /// The thing at the first place was put at the second, both from 0.
    Placed(usize, usize),
    /// Whether to look at it again on that day.
    LookBackAnswered(bool),
    /// A draft was to be filled from the answers again.
    FilledAgain,
    /// The words from before that were wanted back.
    WordsWantedBack,
    /// Words that were noticed are meant that way.
    Stood(Meant),
}

impl Sheet {
    /// The answer to `step` in `run`, with the caret where it was left, else at its end.
    #[must_use]
    pub fn open(exercise: &Exercise, step: &Step, run: &Run, language: Language) -> Self {
        let chosen = chosen_in(run, step);
        let text = words_of(exercise, step, run, language);
        let mut content = Content::with_text(&text);
        to_end(&mut content);
        let mut sheet = Self {
            run: run.started,
            step: step.id.clone(),
            content,
            checked: Checked::default(),
            own_chosen: !chosen.own.is_empty(),
            own: chosen.own,
            declined: false,
            replaced: None,
            before: run.answers.get(&step.id).cloned(),
            kept: false,
            previewing: false,
        };
        if let Some(Caret { line, column }) = run.caret.filter(|_| run.step == step.id) {
            sheet.place(Cursor { position: Position { line, column }, selection: None });
        }
        sheet.check(step, language);
        sheet
    }

    /// Takes up what changed on disk; the caret stays if the words are the same.
    pub fn refresh(&mut self, exercise: &Exercise, step: &Step, run: &Run, language: Language) {
        let text = words_of(exercise, step, run, language);
        if text != self.content.text() {
            let caret = self.content.cursor();
            self.content = Content::with_text(&text);
            self.place(caret);
        }
        self.check(step, language);
        let own = chosen_in(run, step).own;
        if !own.is_empty() && own != self.own {
            self.own_chosen = true;
            self.own = own;
        }
    }

    /// Puts the caret where it was, or at the end if there is no such place any more.
    pub fn place(&mut self, caret: Cursor) {
        let position = caret.position;
        let fits = self.content.line(position.line).is_some_and(|line| line.text.is_char_boundary(position.column));
        if fits {
            self.content.move_to(Cursor { position, selection: None });
        } else {
            to_end(&mut self.content);
        }
    }

    /// Does what the message asks, and puts the answer on the desk.
    pub fn update(&mut self, message: Message, exercise: &Exercise, step: &Step, desk: &mut Desk, language: Language) {
        let Some(run) = desk.progress(&exercise.id).and_then(|progress| progress.run(self.run)).cloned() else {
            return;
        };
        let answer = match message {
            Message::Typed(edit) => {
                let is_edit = edit.is_edit();
                self.content.perform(edit);
                if !is_edit {
                    return;
                }
                self.replaced = None;
                self.check(step, language);
                Answer::Text(self.content.text())
            }
            Message::OptionTapped(id) => Answer::Chosen(self.tapped(&id, step, &run)),
            Message::OwnTapped => {
                self.own_chosen = !self.own_chosen;
                Answer::Chosen(Chosen {
                    ids: Vec::new(),
                    own: if self.own_chosen { self.own.clone() } else { String::new() },
                })
            }
            Message::OwnTyped(own) => {
                self.own_chosen = true;
                self.own.clone_from(&own);
                let ids = if is_many(step) { chosen_in(&run, step).ids } else { Vec::new() };
                Answer::Chosen(Chosen { ids, own })
            }
            Message::NumberChosen(number) => Answer::Scaled(number),
            Message::Moved(at, down) => {
                let mut order = order_of(step, &run);
                let other = if down { at + 1 } else { at.wrapping_sub(1) };
                if at >= order.len() || other >= order.len() {
                    return;
                }
                order.swap(at, other);
                Answer::Sorted(order)
            }
            Message::Placed(from, to) => {
                let mut order = order_of(step, &run);
                if from >= order.len() || to >= order.len() {
                    return;
                }
                let thing = order.remove(from);
                order.insert(to, thing);
                Answer::Sorted(order)
            }
            Message::LookBackAnswered(yes) => {
                self.declined = !yes;
                // An empty text takes the answer away.
                if yes { Answer::Done } else { Answer::Text(String::new()) }
            }
            Message::FilledAgain => {
                let Kind::Draft { template, .. } = &step.kind else { return };
                self.replaced = Some(self.content.text());
                self.set_words(&fill(template, exercise, &run.answers, language));
                self.check(step, language);
                Answer::Text(String::new())
            }
            Message::WordsWantedBack => {
                let Some(words) = self.replaced.take() else { return };
                self.set_words(&words);
                self.check(step, language);
                Answer::Text(words)
            }
            Message::Stood(meant) => {
                desk.change_invitation(When::Now, |invitation| {
                    invitation.meant.insert(meant);
                });
                return;
            }
        };
        // Words that were there before this sitting are kept when some of them go.
        let keeps = !self.kept && self.before.as_ref().is_some_and(|before| loses(before, &answer));
        self.kept |= keeps;
        let (caret, now) = (self.caret(), desk.now().timestamp());
        desk.change_progress(&exercise.id, When::Soon, |progress| {
            let Some(run) = progress.run_mut(self.run) else { return };
            if keeps {
                run.keep_older(&self.step, now);
            }
            run.answer(&self.step, answer);
            if run.step == self.step {
                run.caret = caret;
            }
        });
    }

    /// Where the caret is, in what can be written.
    fn caret(&self) -> Option<Caret> {
        let Position { line, column } = self.content.cursor().position;
        (!self.content.is_empty()).then_some(Caret { line, column })
    }

    /// Puts the caret on the desk, so that coming back leads to it, in another window too.
    pub fn keep_caret(&self, exercise: &str, desk: &mut Desk) {
        let caret = self.caret();
        let of_run = |progress: &Progress| progress.current().is_some_and(|run| run.started == self.run);
        if desk.progress(exercise).is_some_and(of_run) {
            desk.change_progress(exercise, When::Now, |progress| {
                if let Some(run) = progress.current_mut().filter(|run| run.step == self.step) {
                    run.caret = caret;
                }
            });
        }
    }

    /// Looks at the words of a draft. A plan is for oneself, nobody hears it.
    fn check(&mut self, step: &Step, language: Language) {
        if matches!(step.kind, Kind::Draft { part, .. } if part != Some(Part::Plan)) {
            self.checked.look_at(&self.content.text(), language);
        }
    }

    fn set_words(&mut self, words: &str) {
        self.content = Content::with_text(words);
        to_end(&mut self.content);
    }

    fn tapped(&mut self, id: &str, step: &Step, run: &Run) -> Chosen {
        let mut chosen = chosen_in(run, step);
        let was_on = chosen.ids.iter().any(|known| known == id);
        if is_many(step) {
            chosen.ids.retain(|known| known != id);
            if !was_on {
                chosen.ids.push(id.to_owned());
            }
            return chosen;
        }
        // One of several: a second tap takes it away again; own words wait in the sheet.
        self.own_chosen = false;
        Chosen { ids: if was_on { Vec::new() } else { vec![id.to_owned()] }, own: String::new() }
    }
}

/// Whether something that `before` said is no longer in `after`.
fn loses(before: &Answer, after: &Answer) -> bool {
    match (before, after) {
        (Answer::Text(before), Answer::Text(after)) => !after.contains(before.trim()),
        (before, after) => before != after,
    }
}

fn to_end(content: &mut Content) {
    content.perform(Edit::Move(iced::widget::text_editor::Motion::DocumentEnd));
}

const fn is_many(step: &Step) -> bool {
    matches!(step.kind, Kind::Choose { many: true, .. })
}

/// What stands in the field of a write or draft step.
fn words_of(exercise: &Exercise, step: &Step, run: &Run, language: Language) -> String {
    match (&step.kind, run.answers.get(&step.id)) {
        (Kind::Draft { .. }, _) => text_of(exercise, step, &run.answers, language),
        (_, Some(Answer::Text(text))) => text.clone(),
        _ => String::new(),
    }
}

/// What is chosen in a choose step.
#[must_use]
pub fn chosen_in(run: &Run, step: &Step) -> Chosen {
    match run.answers.get(&step.id) {
        Some(Answer::Chosen(chosen)) => chosen.clone(),
        _ => Chosen::default(),
    }
}

/// The ids of a sort step in the person's order; things that a newer file added come last.
#[must_use]
pub fn order_of(step: &Step, run: &Run) -> Vec<String> {
    let Kind::Sort { items } = &step.kind else { return Vec::new() };
    let mut order: Vec<String> = match run.answers.get(&step.id) {
        Some(Answer::Sorted(ids)) => {
            ids.iter().filter(|id| items.iter().any(|item| item.id == **id)).cloned().collect()
        }
        _ => Vec::new(),
    };
    for item in items {
        if !order.contains(&item.id) {
            order.push(item.id.clone());
        }
    }
    order
}
