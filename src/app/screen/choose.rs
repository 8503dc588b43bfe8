//! Both mark in private; then the result.
//!
//! One computer, two people: it is handed over between them. Where the round stands is read from the documents
//! ([`flow`]); the page itself remembers only who said "I am …" since it was opened, and what is unfolded.

mod begin;
mod compare;
pub(super) mod facts;
pub(in crate::app) mod flow;
mod mark;
mod result;
mod shortlist;
mod turn;

use iced::{Element, Subscription};

use super::{Action, needs, who};
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::widget::fresh::fresh;
use crate::choice::{Mark, Outcome, SealError};
use crate::couple::Member;
use crate::directory::TherapistId;
use crate::directory::fold::fold;
use crate::exercise::Library;
use crate::locale::Texts;
use crate::store::Guard;
use flow::Standing;

/// The state of the page.
#[derive(Debug, Default)]
pub struct Choose {
    /// The list in the making.
    list: Vec<TherapistId>,
    /// Who is to have the last word, once that is clear.
    last_word: Option<Member>,
    /// The example of the rule is shown.
    explained: bool,
    /// A name was missing when the page was opened, so it is asked for.
    asks_names: bool,
    /// The list of a further round is put together, although a result is there.
    again: bool,
    /// Who said "I am …" since the page was opened. Marks are shown to nobody else.
    present: Option<Member>,
    /// Whom it is to be handed to.
    handed_to: Option<Member>,
    /// One went back from the order to the marks.
    marking: bool,
    /// Why the result could not be shown.
    trouble: Option<SealError>,
    /// Who puts the first names on the list, if that was said.
    starter: Option<Member>,
    /// Whom to look for, to put on the list.
    query: String,
    /// Those who were found for it.
    hits: Vec<TherapistId>,
    /// Those who are offered for the list, where there are many.
    suggested: Vec<TherapistId>,
    /// Two or three are held side by side.
    comparing: bool,
    compared: Vec<TherapistId>,
    /// The therapist about whom a note is being written.
    noting: Option<TherapistId>,
    /// One's own wishes are shown instead.
    needs: Option<needs::Turn>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A therapist was put on the list, or taken off.
    ListToggled(TherapistId),
    /// Who has the last word was chosen.
    LastWordChosen(Member),
    /// The example of the rule was unfolded, or folded.
    RuleToggled,
    /// A name was edited.
    NameEdited(Member, String),
    /// The round was begun.
    Begun,
    /// It is to be handed to this person.
    HandedTo(Member),
    /// "I am …"
    Present(Member),
    /// A therapist was marked.
    Marked(TherapistId, Mark),
    /// The marks were gone through; the order comes.
    OrderChosen,
    /// Back from the order to the marks.
    MarksChosen,
    /// One place up in the order.
    MovedUp(TherapistId),
    /// One place down.
    MovedDown(TherapistId),
    /// "I am done."
    Sealed,
    /// Who puts the first names on the list was chosen.
    StarterChosen(Member),
    /// Whom to look for was edited.
    QueryEdited(String),
    /// The list that is offered was taken.
    SuggestionTaken,
    /// Two or three are to be held side by side.
    CompareOpened,
    /// Back from there.
    CompareClosed,
    /// One is to be held beside others, or not.
    ComparedToggled(TherapistId),
    /// A note about a therapist is to be written.
    NoteOpened(TherapistId),
    /// The note was edited.
    NoteEdited(TherapistId, String),
    /// One's own wishes are to be seen.
    NeedsOpened,
    /// Something about one's own wishes.
    Needs(needs::Message),
    /// "I changed my mind."
    MindChanged,
    /// Both are here and look.
    ResultChosen,
    /// The same list once more.
    SameListChosen,
    /// A further round over another list.
    OtherListChosen,
    /// The result stands after all.
    ResultKept,
    /// The session is to be planned.
    PlanChosen,
    /// Another page was chosen.
    PageChosen(Page),
}

impl Choose {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        Self {
            list: flow::first_list(desk),
            last_word: flow::invited(desk),
            // Who has just opened their space need not say it again.
            present: (desk.guard(desk.here()) == Guard::Unlocked).then(|| desk.here()),
            suggested: if desk.index.len() > shortlist::FEW { shortlist::suggested(desk) } else { Vec::new() },
            asks_names: Member::BOTH.into_iter().any(|member| desk.card(member).name.trim().is_empty()),
            ..Self::default()
        }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, library: &Library) -> Action<Message> {
        match message {
            Message::ListToggled(id) => self.toggle(id, desk),
            Message::LastWordChosen(member) => self.last_word = Some(member),
            Message::RuleToggled => self.explained = !self.explained,
            Message::NameEdited(member, name) => desk.change_card(member, |card| card.name = name),
            Message::Begun => {
                let list = self.ordered(desk);
                if let Some(last_word) = self.last_word.filter(|_| list.len() >= begin::FEWEST) {
                    self.start(&list, last_word, desk);
                }
            }
            Message::HandedTo(member) | Message::Present(member) if who::comes_by_the_door(desk, member) => {
                return Action::HandOver(member, Page::Choose);
            }
            Message::HandedTo(member) => {
                self.present = None;
                self.handed_to = Some(member);
            }
            Message::Present(member) => {
                who::is_here(desk, member);
                self.present = Some(member);
                self.handed_to = None;
                self.marking = false;
            }
            Message::Marked(id, mark) => {
                self.marking = true;
                flow::change_marks(desk, |marks| marks.set(&id, mark));
            }
            Message::OrderChosen => self.marking = false,
            Message::MarksChosen => self.marking = true,
            Message::MovedUp(id) => flow::change_marks(desk, |marks| {
                marks.move_up(&id);
            }),
            Message::MovedDown(id) => flow::change_marks(desk, |marks| {
                marks.move_down(&id);
            }),
            Message::Sealed => self.trouble = flow::seal(desk).err(),
            Message::MindChanged => {
                flow::unseal(desk);
                self.trouble = None;
                self.marking = true;
                // Whoever taps this may be anyone: the marks come only after "I am …".
                self.present = None;
                self.handed_to = Some(desk.here());
            }
            Message::ResultChosen => self.trouble = flow::show(desk).err(),
            Message::SameListChosen => {
                let round = desk.data.round.value.clone();
                self.start(&round.therapists, round.last_word, desk);
            }
            Message::OtherListChosen => {
                *self = Self { again: true, ..Self::new(desk, library, texts) };
            }
            Message::ResultKept => self.again = false,
            other @ (Message::StarterChosen(_)
            | Message::QueryEdited(_)
            | Message::SuggestionTaken
            | Message::CompareOpened
            | Message::CompareClosed
            | Message::ComparedToggled(_)
            | Message::NoteOpened(_)
            | Message::NoteEdited(..)
            | Message::NeedsOpened
            | Message::Needs(_)) => self.look_closer(other, desk),
            Message::PlanChosen => {
                flow::plan(desk);
                return Action::Open(Page::Session);
            }
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
    }

    /// What helps to choose and settles nothing.
    fn look_closer(&mut self, message: Message, desk: &mut Desk) {
        match message {
            Message::StarterChosen(member) => self.starter = Some(member),
            Message::QueryEdited(query) => {
                self.hits = shortlist::hits(desk, &query);
                self.query = query;
            }
            Message::SuggestionTaken => {
                self.list = self.suggested.clone();
                self.keep_list(desk);
            }
            Message::CompareOpened => {
                self.comparing = true;
                let list = self.on_offer(desk);
                self.compared.retain(|id| list.contains(id));
                if self.compared.is_empty() {
                    self.compared = list.into_iter().take(2).collect();
                }
            }
            Message::CompareClosed => self.comparing = false,
            Message::ComparedToggled(id) => {
                if self.compared.contains(&id) {
                    self.compared.retain(|other| *other != id);
                } else {
                    self.compared.push(id);
                    if self.compared.len() > compare::MOST {
                        self.compared.remove(0);
                    }
                }
            }
            Message::NoteOpened(id) => self.noting = Some(id),
            Message::NoteEdited(id, note) => flow::change_marks(desk, |marks| {
                if note.is_empty() {
                    marks.notes.remove(&id);
                } else {
                    marks.notes.insert(id, note);
                }
            }),
            Message::NeedsOpened => self.needs = self.present.map(needs::Turn::of),
            Message::Needs(message) => {
                if let Some(turn) = &mut self.needs
                    && needs::update(turn, message, desk)
                {
                    self.needs = None;
                }
            }
            _ => {}
        }
    }

    /// Those whom the two may hold side by side now: the list in the making, or that of the round.
    fn on_offer(&self, desk: &Desk) -> Vec<TherapistId> {
        let round = &desk.data.round.value;
        if round.is_begun() && !self.again { round.therapists.clone() } else { self.ordered(desk) }
    }

    fn toggle(&mut self, id: TherapistId, desk: &mut Desk) {
        if self.list.contains(&id) {
            self.list.retain(|other| *other != id);
        } else {
            self.list.push(id);
        }
        self.keep_list(desk);
    }

    fn keep_list(&mut self, desk: &mut Desk) {
        if !desk.data.round.value.is_begun() {
            // Kept, so that either of the two can go on with it later.
            let list = self.ordered(desk);
            desk.change_round(|round| round.therapists = list);
        }
    }

    /// The list in the order in which the page shows it: who put whom on it first cannot be read from it.
    fn ordered(&self, desk: &Desk) -> Vec<TherapistId> {
        let mut listed: Vec<_> =
            self.list.iter().filter_map(|id| Some((fold(&desk.therapist(id)?.name), id.clone()))).collect();
        listed.sort();
        listed.into_iter().map(|(_, id)| id).collect()
    }

    fn start(&mut self, list: &[TherapistId], last_word: Member, desk: &mut Desk) {
        flow::begin(desk, list, last_word);
        let present = self.present.filter(|_| desk.guard(desk.here()) == Guard::Unlocked);
        *self = Self { list: list.to_vec(), last_word: Some(last_word), present, ..Self::default() };
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, library: &Library, texts: &Texts) {
        let fresh = Self::new(desk, library, texts);
        self.list = fresh.list;
        self.suggested = fresh.suggested;
        self.last_word = self.last_word.or(fresh.last_word);
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        if let Some(turn) = self.needs.as_ref().filter(|_| self.present == Some(ctx.desk.here())) {
            return fresh(("needs", ctx.desk.here()), needs::view(turn, ctx).map(Message::Needs));
        }
        if self.comparing {
            return fresh("compare", compare::view(self, ctx, &self.on_offer(ctx.desk)));
        }
        let step = self.step(ctx.desk);
        let inside = match &step {
            Step::Begin => begin::view(self, ctx),
            Step::HandOver(member) => turn::hand_over(ctx, *member),
            Step::Mark => mark::marks(self, ctx),
            Step::Order => mark::order(self, ctx),
            Step::Wait => turn::wait(ctx),
            Step::Together => turn::together(self, ctx),
            Step::Result(outcome) => result::view(ctx, outcome),
        };
        fresh((std::mem::discriminant(&step), ctx.desk.here()), inside)
    }

    fn step(&self, desk: &Desk) -> Step {
        match flow::standing(desk) {
            Standing::Beginning => Step::Begin,
            Standing::Found(_) if self.again => Step::Begin,
            Standing::Found(outcome) => Step::Result(outcome),
            Standing::BothDone => Step::Together,
            Standing::Marking => self.turn(desk),
        }
    }

    fn turn(&self, desk: &Desk) -> Step {
        let here = desk.here();
        if let Some(next) = self.handed_to {
            Step::HandOver(next)
        } else if flow::is_done(desk, here) {
            Step::Wait
        } else if self.present != Some(here) {
            Step::HandOver(here)
        } else if self.marking || !flow::marks(desk, here).unmarked(&desk.data.round.value.therapists).is_empty() {
            Step::Mark
        } else {
            Step::Order
        }
    }
}

/// What the page shows.
enum Step {
    Begin,
    HandOver(Member),
    Mark,
    Order,
    Wait,
    Together,
    Result(Outcome),
}

/// What to call a member on a page that both read: the name they gave, else "Person 1" or "Person 2".
pub(super) fn name_of(ctx: Ctx<'_>, member: Member) -> String {
    let name = ctx.desk.card(member).name.trim();
    if name.is_empty() {
        ctx.text(match member {
            Member::One => "choosing-person-one",
            Member::Two => "choosing-person-two",
        })
    } else {
        name.to_owned()
    }
}
