//! The one session: who calls, when, where, what it costs, what to ask, what the two agree on beforehand.

mod call;
mod calls;
mod details;
mod onward;
mod private;
mod questions;
mod when;

use iced::widget::column;
use iced::{Element, Subscription};

use super::{Action, who};
use crate::app::ctx::Ctx;
use crate::app::desk::{Behind, Desk};
use crate::app::journey;
use crate::app::nav::Page;
use crate::app::off::off;
use crate::app::theme::space;
use crate::app::widget::fresh::fresh;
use crate::choice::{After, Call, Reached, SealError, SessionPlan, Status, calendar};
use crate::couple::Member;
use crate::directory::contact::contact;
use crate::exercise::Library;
use crate::locale::Texts;
use crate::store::{When, foreign};
pub use private::Private;
pub(in crate::app) use private::catch_up;

/// The state of the page.
#[derive(Debug, Default)]
pub struct Session {
    /// The day as it is typed.
    date: String,
    /// The time as it is typed.
    time: String,
    /// The question that is unfolded: its name, or its words if it is the couple's own.
    open: Option<String>,
    /// The couple's own question in the making.
    question: String,
    /// The couple's own agreement in the making.
    agreement: String,
    /// The plan before the back-up stepped up, for undoing.
    before: Option<Box<SessionPlan>>,
    /// A private page is shown instead.
    private: Option<Private>,
    /// Who said "I am …" since a private page was opened.
    present: Option<Member>,
    /// Why something sealed could not be shown, or no seal be made.
    trouble: Option<SealError>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// Where things stand was chosen.
    StatusChosen(Status),
    /// The back-up's step up was taken back.
    StepUndone,
    /// Who calls was chosen.
    CallerChosen(Member),
    /// The day was edited.
    DateEdited(String),
    /// The time was edited.
    TimeEdited(String),
    /// One of the plain fields was edited.
    Edited(Field, String),
    /// A question was unfolded, or folded.
    QuestionToggled(String),
    /// An answer was edited: the question's name, and what the therapist said.
    AnswerEdited(String, String),
    /// The couple's own question was edited.
    QuestionEdited(String),
    /// The couple's own question was added.
    QuestionAdded,
    /// The couple's own question was taken off.
    QuestionRemoved(String),
    /// Something to agree on was ticked, or unticked.
    AgreementToggled(String),
    /// The couple's own agreement was edited.
    AgreementEdited(String),
    /// The couple's own agreement was added.
    AgreementAdded,
    /// A call was made today.
    CallNoted(Reached),
    /// A call was noted by mistake: its place in the list.
    CallRemoved(usize),
    /// The session is to go into the calendar.
    CalendarChosen,
    /// The therapist is to go among the contacts.
    ContactChosen,
    /// A file for another program was made, or why not.
    FileMade(Result<String, String>),
    /// A private page was opened.
    PrivateOpened(Private),
    /// "I am …"
    Present(Member),
    /// The device is handed over, so that what follows opens where the other is.
    HandedTo(Member),
    /// Back from the private page.
    PrivateClosed,
    /// What I hope for was edited.
    HopeEdited(String),
    /// What I hope for is to be shown.
    HopeShown,
    /// It is not to be shown any more.
    HopeTakenBack,
    /// What I would like after the session was chosen.
    AfterChosen(After),
    /// "I am done."
    AfterSealed,
    /// "I changed my mind."
    AfterMindChanged,
    /// Both are here and look.
    AfterRevealed,
    /// One more session with the same therapist.
    NextChosen,
    /// One session with the back-up.
    OtherChosen,
    /// Something is to be opened: a phone number, a mail address, a link.
    Visited(String),
    /// Something is to be copied.
    Copied(String),
    /// Another page was chosen.
    PageChosen(Page),
}

/// The fields that hold a couple's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// Room or address.
    Place,
    /// Link for a session by video.
    Link,
    /// What it costs.
    Cost,
    /// Who pays.
    Payer,
}

impl Field {
    const fn of(self, plan: &mut SessionPlan) -> &mut String {
        match self {
            Self::Place => &mut plan.place,
            Self::Link => &mut plan.link,
            Self::Cost => &mut plan.cost,
            Self::Payer => &mut plan.payer,
        }
    }
}

impl Session {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, texts: &Texts) -> Self {
        // Who asked for a private page and came in through the door need not say again who they are.
        let behind_door = desk.behind_door.and_then(|(member, behind)| match behind {
            Behind::Session(what) if member == desk.here() => Some((member, what)),
            _ => None,
        });
        let mut page = Self {
            private: behind_door.map(|(_, what)| what),
            present: behind_door.map(|(member, _)| member),
            ..Self::default()
        };
        page.take_up(&desk.data.session.value, texts);
        page
    }

    /// Takes up the day and the time, unless what is typed says the same.
    fn take_up(&mut self, plan: &SessionPlan, texts: &Texts) {
        self.date = plan.date.map(|date| date.to_string()).unwrap_or_default();
        self.time = plan.time.map(|time| texts.time(time)).unwrap_or_default();
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        adopt(desk);
        if !matches!(message, Message::StepUndone | Message::Visited(_) | Message::Copied(_)) {
            // Undoing later would take back more than the step.
            self.before = None;
        }
        match message {
            Message::StatusChosen(status) => self.choose_status(status, desk, texts),
            Message::StepUndone => {
                if let Some(before) = self.before.take() {
                    self.take_up(&before, texts);
                    desk.change_session(|plan| *plan = *before);
                }
            }
            Message::CallerChosen(member) => desk.change_session(|plan| plan.caller = Some(member)),
            Message::DateEdited(text) => self.edit_date(text, desk, texts),
            Message::TimeEdited(text) => self.edit_time(text, desk),
            Message::CalendarChosen => return calendar_file(desk, texts),
            Message::ContactChosen => return contact_file(desk),
            Message::Present(member) if who::comes_by_the_door(desk, member) => {
                desk.behind_door = self.private.map(|what| (member, Behind::Session(what)));
                return Action::HandOver(member, Page::Session);
            }
            Message::HandedTo(member) => return Action::HandOver(member, Page::Session),
            Message::FileMade(Ok(path)) => return Action::Visit(path),
            Message::FileMade(Err(why)) => {
                return Action::Say(texts.with("session-file-failed", &[("why", why.into())]));
            }
            Message::Edited(field, text) => desk.change_session(|plan| *field.of(plan) = text),
            Message::Visited(target) => return Action::Visit(target),
            Message::Copied(text) => return Action::Copy(text),
            Message::PageChosen(page) => return Action::Open(page),
            other => {
                if let Some(other) = self.change_private(other, desk, texts) {
                    self.change_lists(other, desk);
                }
            }
        }
        Action::None
    }

    fn edit_date(&mut self, text: String, desk: &mut Desk, texts: &Texts) {
        let date = when::parse_date(&text, desk.now().date(), &months(texts));
        if date.is_some() || text.trim().is_empty() {
            // The session takes place where one is when it is planned.
            let zone = desk.now().time_zone().iana_name().unwrap_or_default().to_owned();
            desk.change_session(|plan| {
                plan.date = date;
                plan.zone = if date.is_some() { zone } else { String::new() };
            });
        }
        self.date = text;
    }

    fn edit_time(&mut self, text: String, desk: &mut Desk) {
        let time = when::parse_time(&text);
        if time.is_some() || text.trim().is_empty() {
            desk.change_session(|plan| plan.time = time);
        }
        self.time = text;
    }

    /// What is each one's own, and what follows for both. Hands back a message about something else.
    fn change_private(&mut self, message: Message, desk: &mut Desk, texts: &Texts) -> Option<Message> {
        let is_here = self.present == Some(desk.here());
        match message {
            Message::PrivateOpened(what) => {
                self.private = Some(what);
                self.present = None;
                self.trouble = None;
            }
            Message::Present(member) => {
                who::is_here(desk, member);
                self.present = Some(member);
            }
            Message::PrivateClosed => {
                self.private = None;
                self.present = None;
            }
            Message::HopeEdited(text) if is_here => private::change(desk, When::Soon, |visit| visit.hope = text),
            Message::HopeShown if is_here => {
                let (here, hope) = (desk.here(), private::visit(desk, desk.here()).hope.trim().to_owned());
                desk.change_session(|plan| *plan.hope_mut(here) = hope);
            }
            Message::HopeTakenBack if is_here => {
                let here = desk.here();
                desk.change_session(|plan| plan.hope_mut(here).clear());
            }
            Message::AfterChosen(after) if is_here => {
                private::change(desk, When::Now, |visit| visit.after = Some(after));
            }
            Message::AfterSealed if is_here => self.trouble = private::seal(desk).err(),
            Message::AfterMindChanged if is_here => private::unseal(desk),
            Message::AfterRevealed => self.trouble = private::show(desk).err(),
            Message::NextChosen | Message::OtherChosen => {
                onward::go_on(desk, matches!(message, Message::OtherChosen));
                self.take_up(&desk.data.session.value.clone(), texts);
                self.open = None;
            }
            Message::HopeEdited(_)
            | Message::HopeShown
            | Message::HopeTakenBack
            | Message::AfterChosen(_)
            | Message::AfterSealed
            | Message::AfterMindChanged => {}
            other => return Some(other),
        }
        None
    }

    /// "Not available" lets the back-up step up at once, with a way back.
    fn choose_status(&mut self, status: Status, desk: &mut Desk, texts: &Texts) {
        let plan = desk.data.session.value.clone();
        if status == Status::NotAvailable && plan.backup.is_some() {
            let next = plan.step_up();
            self.take_up(&next, texts);
            self.before = Some(Box::new(plan));
            self.open = None;
            desk.change_session(|plan| *plan = next);
        } else {
            desk.change_session(|plan| plan.status = status);
        }
    }

    /// What changes the questions and the agreements.
    fn change_lists(&mut self, message: Message, desk: &mut Desk) {
        match message {
            Message::CallNoted(reached) => {
                let on = desk.now().date();
                desk.change_session(|plan| {
                    plan.calls.push(Call { on, reached });
                    if reached == Reached::LeftMessage && plan.status == Status::ToCall {
                        plan.status = Status::Waiting;
                    }
                });
            }
            Message::CallRemoved(place) => desk.change_session(|plan| {
                if place < plan.calls.len() {
                    plan.calls.remove(place);
                }
            }),
            Message::QuestionToggled(question) => {
                self.open = (self.open.as_ref() != Some(&question)).then_some(question);
            }
            Message::AnswerEdited(question, answer) => desk.change_session(|plan| {
                if answer.is_empty() {
                    plan.answers.remove(&question);
                } else {
                    plan.answers.insert(question, answer);
                }
            }),
            Message::QuestionEdited(text) => self.question = text,
            Message::QuestionAdded => {
                let question = std::mem::take(&mut self.question).trim().to_owned();
                if !question.is_empty() && !desk.data.session.value.own_questions.contains(&question) {
                    desk.change_session(|plan| plan.own_questions.push(question));
                }
            }
            Message::QuestionRemoved(question) => desk.change_session(|plan| {
                plan.own_questions.retain(|other| *other != question);
                plan.answers.remove(&question);
            }),
            Message::AgreementToggled(sentence) => desk.change_session(|plan| {
                if plan.agreed.contains(&sentence) {
                    plan.agreed.retain(|other| *other != sentence);
                } else {
                    plan.agreed.push(sentence);
                }
            }),
            Message::AgreementEdited(text) => self.agreement = text,
            Message::AgreementAdded => {
                let sentence = std::mem::take(&mut self.agreement).trim().to_owned();
                if !sentence.is_empty() && !desk.data.session.value.agreed.contains(&sentence) {
                    desk.change_session(|plan| plan.agreed.push(sentence));
                }
            }
            _ => {}
        }
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, _desk: &mut Desk) {}

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, _library: &Library, texts: &Texts) {
        let plan = &desk.data.session.value;
        let typed = (when::parse_date(&self.date, desk.now().date(), &months(texts)), when::parse_time(&self.time));
        if typed != (plan.date, plan.time) {
            self.take_up(plan, texts);
        }
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        if let Some(what) = self.private {
            return fresh((what as u8, self.present, ctx.desk.here()), private::view(self, ctx, what));
        }
        let agreed = journey::agreed(ctx.desk);
        let inside = match &agreed {
            Some(therapist) => self.planned(ctx, therapist),
            None => call::nobody(self, ctx),
        };
        // Another therapist is another page: nothing typed for the first one stays in sight.
        fresh(&agreed, inside)
    }

    fn planned<'a>(&'a self, ctx: Ctx<'a>, therapist: &crate::directory::TherapistId) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines = column![look.title(ctx.text("session-title"))].spacing(space::L);
        if let Some(undo) = self.stepped_up(ctx) {
            lines = lines.push(undo);
        }
        if let Some(after) = onward::view(self, ctx) {
            lines = lines.push(after);
        }
        if let Some(ending) = onward::ending(ctx) {
            // The session is behind them: what belongs to its planning would only be in the way.
            return look.page(lines.push(ending));
        }
        lines = lines
            .push(call::therapist(ctx, therapist))
            .push(call::status(ctx))
            .push(calls::log(ctx))
            .push(look.hairline())
            .push(details::when(self, ctx))
            .push(calls::calendar(ctx))
            .push(details::cost(ctx))
            .push(look.hairline())
            .push(questions::questions(self, ctx))
            .push(look.hairline())
            .push(questions::agreements(self, ctx))
            .push(questions::hopes(ctx))
            .push(calls::earlier(ctx));
        look.page(lines)
    }

    /// The back-up has just stepped up: says so, with the way back.
    fn stepped_up<'a>(&'a self, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
        self.before.as_ref()?;
        let undo = ctx.look.link(&ctx.text("undo"), Message::StepUndone).into();
        Some(ctx.look.banner(&ctx.text("session-stepped-up"), vec![undo]))
    }
}

/// Makes the calendar file and has the desktop's own calendar open it.
fn calendar_file(desk: &Desk, texts: &Texts) -> Action<Message> {
    let plan = &desk.data.session.value;
    let (Some(date), Some(time)) = (plan.date, plan.time) else { return Action::None };
    let now = desk.now();
    let zone = jiff::tz::TimeZone::get(&plan.zone).unwrap_or_else(|_| now.time_zone().clone());
    let summary = texts.get("calendar-summary");
    let text = calendar::write(&calendar::Entry {
        summary: &summary,
        starts: date.to_datetime(time),
        minutes: plan.minutes.unwrap_or(calendar::USUAL_MINUTES),
        zone: &zone,
        place: &plan.place,
        link: &plan.link,
        remind_before: 60,
        uid: &format!("{}-{}", desk.data.pair.id, plan.visit),
        now: now.timestamp(),
    });
    made("appointment.ics", text)
}

/// Makes a contact file and has the desktop's own address book open it.
fn contact_file(desk: &Desk) -> Action<Message> {
    let agreed = journey::agreed(desk);
    let Some(therapist) = agreed.and_then(|id| desk.therapist(&id)) else { return Action::None };
    made("contact.vcf", contact(therapist))
}

fn made(name: &'static str, text: String) -> Action<Message> {
    let work = off(move || match foreign::for_another_program(name, text.as_bytes()) {
        Ok(path) => Ok(path.display().to_string()),
        Err(error) => Err(error.to_string()),
    });
    Action::Run(work.map(Message::FileMade))
}

/// Takes the agreed therapist into the plan as soon as something about the session is noted.
fn adopt(desk: &mut Desk) {
    let plan = &desk.data.session.value;
    if plan.therapist.is_none() || journey::agreed(desk) != plan.therapist && plan.status == Status::NotAvailable {
        super::choose::flow::plan(desk);
    }
}

/// The months' names in the language of the page.
fn months(texts: &Texts) -> Vec<String> {
    [
        "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
        "month-11", "month-12",
    ]
    .into_iter()
    .map(|key| texts.get(key))
    .collect()
}
