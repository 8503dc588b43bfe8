//! The invitation gone through before it is said: part by part, as a whole, the answers that may come, and the plan.

use iced::widget::text_editor::{Action as Edit, Content, Motion};
use iced::widget::{Column, Row, column};
use iced::{Element, Subscription};

use super::{Action, wording};
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::journey;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::fresh::fresh;
use crate::exercise::invitation::{ORDER, Reply};
use crate::exercise::{Chosen, Invitation, Library, Meant, Part};
use crate::locale::Texts;
use crate::store::When;

/// The name of the page that scrolls.
const PAGE: &str = "rehearsal";

/// One page of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Step {
    /// One paragraph, from 0.
    Part(usize),
    /// All of it.
    Whole,
    /// What to say next, should that be the answer; the place in [`Reply::ALL`].
    Reply(usize),
    /// The if-then plan.
    Plan,
    /// The end.
    End,
}

/// The state of the page.
#[derive(Debug)]
pub struct Rehearsal {
    /// From 0; see [`steps`].
    at: usize,
    /// The reply whose own words are being written.
    own: Option<Reply>,
    plan: Content,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The next page.
    NextChosen,
    /// The page before.
    PreviousChosen,
    /// A sentence was chosen, by its id.
    ReplyChosen(Reply, &'static str),
    /// Own words were chosen.
    OwnChosen(Reply),
    /// Own words were edited.
    OwnEdited(Reply, String),
    /// The plan was edited, or its caret moved.
    PlanTyped(Edit),
    /// A plan to begin with was chosen.
    PlanChosen(String),
    /// Words that were noticed are meant that way.
    Stood(Meant),
    /// Another page was chosen.
    PageChosen(Page),
}

/// The sentences offered for each answer: id, and name of the text.
const fn offers(reply: Reply) -> [(&'static str, &'static str); 3] {
    match reply {
        Reply::Yes => {
            [("slow", "rehearsal-yes-slow"), ("free", "rehearsal-yes-free"), ("easier", "rehearsal-yes-easier")]
        }
        Reply::Maybe => {
            [("time", "rehearsal-maybe-time"), ("know", "rehearsal-maybe-know"), ("fine", "rehearsal-maybe-fine")]
        }
        Reply::No => [("thanks", "rehearsal-no-thanks"), ("hear", "rehearsal-no-hear"), ("us", "rehearsal-no-us")],
    }
}

const fn title(reply: Reply) -> &'static str {
    match reply {
        Reply::Yes => "rehearsal-yes",
        Reply::Maybe => "rehearsal-maybe",
        Reply::No => "rehearsal-no",
    }
}

const fn lead(reply: Reply) -> &'static str {
    match reply {
        Reply::Yes => "rehearsal-yes-lead",
        Reply::Maybe => "rehearsal-maybe-lead",
        Reply::No => "rehearsal-no-lead",
    }
}

/// The paragraphs, each with its part where the text is put together from the parts.
fn paragraphs(invitation: &Invitation) -> Vec<(Option<Part>, String)> {
    let text = invitation.text();
    let parts = ORDER.into_iter().filter(|part| !invitation.part(*part).is_empty());
    let mut parts = parts.filter(|_| invitation.own_text.is_none());
    let split = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
    split.map(|paragraph| (parts.next(), paragraph.to_owned())).collect()
}

/// The pages: a single paragraph is the whole.
fn steps(invitation: &Invitation) -> Vec<Step> {
    let count = paragraphs(invitation).len();
    let parts = (0..count).filter(|_| count > 1).map(Step::Part);
    let replies = (0..Reply::ALL.len()).map(Step::Reply);
    parts.chain([Step::Whole]).chain(replies).chain([Step::Plan, Step::End]).collect()
}

impl Rehearsal {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        let mut page = Self { at: 0, own: None, plan: Content::new() };
        page.take_up(desk);
        page
    }

    fn take_up(&mut self, desk: &Desk) {
        let plan = &desk.space().invitation.plan;
        if self.plan.text().trim() != plan.trim() {
            self.plan = Content::with_text(plan);
            self.plan.perform(Edit::Move(Motion::DocumentEnd));
        }
    }

    fn step(&self, invitation: &Invitation) -> Step {
        steps(invitation).get(self.at).copied().unwrap_or(Step::End)
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, _texts: &Texts, _library: &Library) -> Action<Message> {
        match message {
            Message::NextChosen => {
                self.own = None;
                self.at = (self.at + 1).min(steps(&desk.space().invitation).len() - 1);
                if self.step(&desk.space().invitation) == Step::End {
                    let now = desk.now().timestamp();
                    desk.change_invitation(When::Now, |invitation| invitation.rehearsed = Some(now));
                }
            }
            Message::PreviousChosen => {
                self.own = None;
                self.at = self.at.saturating_sub(1);
            }
            Message::ReplyChosen(reply, id) => {
                self.own = None;
                choose(desk, When::Now, reply, Chosen { ids: vec![id.to_owned()], own: String::new() });
            }
            Message::OwnChosen(reply) => {
                self.own = Some(reply);
                choose(desk, When::Now, reply, Chosen::default());
            }
            Message::OwnEdited(reply, own) => {
                self.own = Some(reply);
                choose(desk, When::Soon, reply, Chosen { ids: Vec::new(), own });
            }
            Message::PlanTyped(edit) => {
                let is_edit = edit.is_edit();
                self.plan.perform(edit);
                if is_edit {
                    let text = self.plan.text();
                    desk.change_invitation(When::Soon, |invitation| invitation.set_part(Part::Plan, &text));
                }
            }
            Message::PlanChosen(text) => {
                desk.change_invitation(When::Now, |invitation| invitation.set_part(Part::Plan, &text));
                self.take_up(desk);
            }
            Message::Stood(meant) => desk.change_invitation(When::Now, |invitation| {
                invitation.meant.insert(meant);
            }),
            Message::PageChosen(page) => return Action::Open(page),
        }
        Action::None
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        desk.hurry();
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, desk: &Desk, _library: &Library, _texts: &Texts) {
        self.take_up(desk);
        self.at = self.at.min(steps(&desk.space().invitation).len() - 1);
    }

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let invitation = &ctx.desk.space().invitation;
        if paragraphs(invitation).is_empty() {
            let open = look.primary(&ctx.text("card-empty-open"), Message::PageChosen(Page::Invitation));
            return look.page(column![look.title(ctx.text("card-empty")), open].spacing(space::L));
        }
        let all = steps(invitation);
        let step = self.step(invitation);
        let place = [("step", (self.at + 1).into()), ("of", all.len().into())];
        let dots = look.dots(self.at, all.len(), &ctx.text_with("rehearsal-place", &place));
        let inside = match step {
            Step::Part(index) => part(ctx, invitation, index),
            Step::Whole => whole(ctx, invitation),
            Step::Reply(index) => self.reply(ctx, invitation, Reply::ALL[index.min(2)]),
            Step::Plan => self.plan(ctx),
            Step::End => end(ctx),
        };
        let mut buttons: Vec<Element<'a, Message>> = Vec::new();
        if step != Step::End {
            buttons.push(look.primary(&ctx.text("next"), Message::NextChosen).into());
        }
        if self.at > 0 {
            buttons.push(look.link(&ctx.text("rehearsal-previous"), Message::PreviousChosen).into());
        }
        let buttons = Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S);
        if look.tight {
            return fresh(step, look.edged(PAGE, column![dots, inside, buttons].spacing(space::L)));
        }
        // However long the words are, the way on stays in sight.
        let inside = column![dots, inside].spacing(space::L);
        fresh(step, look.footed(PAGE, inside, buttons, ctx.room == Room::Narrow))
    }

    /// What to say next, should that be the answer.
    fn reply<'a>(&'a self, ctx: Ctx<'a>, invitation: &'a Invitation, reply: Reply) -> Element<'a, Message> {
        let look = ctx.look;
        let chosen = invitation.replies.get(reply.slug());
        let own = chosen.map(|chosen| chosen.own.as_str()).unwrap_or_default();
        let is_own = self.own == Some(reply) || !own.is_empty();
        let mut list: Column<'a, Message> = column![].spacing(space::S);
        for (id, key) in offers(reply) {
            let on = !is_own && chosen.is_some_and(|chosen| chosen.ids.iter().any(|known| known == id));
            list = list.push(look.radio(&ctx.text(key), on, Message::ReplyChosen(reply, id)));
        }
        list = list.push(look.radio(&ctx.text("rehearsal-own"), is_own, Message::OwnChosen(reply)));
        if is_own {
            list = list.push(
                look.field(&ctx.text("rehearsal-own-words"), "", own, move |words| Message::OwnEdited(reply, words)),
            );
            list = list.push(wording::under_line(ctx, own, Message::Stood));
        }
        column![look.title(ctx.text(title(reply))), look.lead(ctx.text(lead(reply))), list].spacing(space::M).into()
    }

    fn plan<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let mut lines: Column<'a, Message> = column![
            look.title(ctx.text("invitation-plan")),
            look.lead(ctx.text("rehearsal-plan-lead")),
            look.area_named(
                &ctx.text("rehearsal-plan"),
                &ctx.text("rehearsal-plan-hint"),
                &self.plan,
                3,
                Message::PlanTyped
            ),
            look.note(ctx.text("invitation-plan-note")),
        ]
        .spacing(space::M);
        if self.plan.text().trim().is_empty() {
            lines = lines.push(look.strong(ctx.text("rehearsal-plan-begin")));
            for key in ["rehearsal-plan-table", "rehearsal-plan-walk", "rehearsal-plan-harder"] {
                let words = ctx.text(key);
                lines = lines.push(look.list_row(None, &words, "", false, Message::PlanChosen(words.clone())));
            }
        }
        lines.into()
    }
}

fn choose(desk: &mut Desk, when: When, reply: Reply, chosen: Chosen) {
    desk.change_invitation(when, |invitation| {
        if chosen.ids.is_empty() && chosen.own.trim().is_empty() {
            invitation.replies.remove(reply.slug());
        } else {
            invitation.replies.insert(reply.slug().to_owned(), chosen);
        }
    });
}

/// One paragraph, large.
fn part<'a>(ctx: Ctx<'a>, invitation: &Invitation, index: usize) -> Element<'a, Message> {
    let look = ctx.look;
    let Some((part, words)) = paragraphs(invitation).into_iter().nth(index) else { return column![].into() };
    let mut lines: Column<'a, Message> = column![].spacing(space::M);
    if index == 0 {
        lines = lines.push(look.lead(ctx.text("rehearsal-part-lead")));
    }
    let mut card: Column<'a, Message> = column![].spacing(space::S);
    if let Some(part) = part {
        card = card.push(look.note(ctx.text(part.key())));
    }
    lines.push(look.together_card(card.push(look.big(words)))).into()
}

/// All of it, large.
fn whole<'a>(ctx: Ctx<'a>, invitation: &Invitation) -> Element<'a, Message> {
    let look = ctx.look;
    let mut card: Column<'a, Message> = column![].spacing(space::M);
    for (_, words) in paragraphs(invitation) {
        card = card.push(look.big(words));
    }
    column![
        look.title(ctx.text("rehearsal-whole")),
        look.lead(ctx.text("rehearsal-whole-lead")),
        look.together_card(card),
    ]
    .spacing(space::M)
    .into()
}

fn end(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let mut buttons: Vec<Element<'_, Message>> = Vec::new();
    // Whose reminder it is not has no quiet times to set.
    if ctx.desk.owns_plan() && !journey::standing(ctx.desk).quiet_times {
        buttons.push(look.primary(&ctx.text("today-quiet-times"), Message::PageChosen(Page::Moment)).into());
        buttons.push(look.link(&ctx.text("rehearsal-today"), Message::PageChosen(Page::Today)).into());
    } else {
        buttons.push(look.primary(&ctx.text("rehearsal-today"), Message::PageChosen(Page::Today)).into());
    }
    buttons.push(look.link(&ctx.text("invitation-show"), Message::PageChosen(Page::Card)).into());
    column![
        look.mark(34.0, 0.6),
        look.title(ctx.text("rehearsal-end")),
        look.lead(ctx.text("rehearsal-end-lead")),
        Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S),
    ]
    .spacing(space::M)
    .into()
}
