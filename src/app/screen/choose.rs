//! Both mark in private; then the result.
//!
//! One computer, two people: it is handed over between them. Where the round stands is read from the documents
//! ([`flow`]); the page itself remembers only who said "I am …" since it was opened, and what is unfolded.

mod begin;
pub(super) mod facts;
pub(in crate::app) mod flow;
mod mark;
mod result;
mod turn;

use iced::{Element, Subscription};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::widget::fresh::fresh;
use crate::choice::{Mark, Outcome, SealError};
use crate::couple::Member;
use crate::directory::TherapistId;
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
            Message::HandedTo(member) | Message::Present(member) if member != desk.here() && desk.has_passphrases() => {
                return Action::HandOver(member, Page::Choose);
            }
            Message::HandedTo(member) => {
                self.present = None;
                self.handed_to = Some(member);
            }
            Message::Present(member) => {
                desk.change_settings(|settings| settings.here = member);
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
            Message::PlanChosen => {
                flow::plan(desk);
                return Action::Open(Page::Session);
            }
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
    }

    fn toggle(&mut self, id: TherapistId, desk: &mut Desk) {
        if self.list.contains(&id) {
            self.list.retain(|other| *other != id);
        } else {
            self.list.push(id);
        }
        if !desk.data.round.value.is_begun() {
            // Kept, so that either of the two can go on with it later.
            let list = self.ordered(desk);
            desk.change_round(|round| round.therapists = list);
        }
    }

    /// The list in the order in which the page shows it: who put whom on it first cannot be read from it.
    fn ordered(&self, desk: &Desk) -> Vec<TherapistId> {
        begin::listed(desk).into_iter().map(|(id, _)| id.clone()).filter(|id| self.list.contains(id)).collect()
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
        self.last_word = self.last_word.or(fresh.last_word);
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let step = self.step(ctx.desk);
        let inside = match &step {
            Step::Begin => begin::view(self, ctx),
            Step::HandOver(member) => turn::hand_over(ctx, *member),
            Step::Mark => mark::marks(ctx),
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
