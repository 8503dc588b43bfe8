//! What is in the way: marked by whoever is unsure, or guessed by whoever asks; and what goes with each reason.

mod one;

use iced::widget::{Column, Row, column};
use iced::{Element, Subscription};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::fresh::fresh;
use crate::couple::{Shown, Side};
use crate::exercise::hesitation::{self, Wish, keep_marked, marked_elsewhere, show, shown, take_back};
use crate::exercise::{Library, Reason, Whose};
use crate::locale::Texts;
use crate::store::When;

/// The state of the page.
#[derive(Debug)]
pub struct Hesitations {
    whose: Whose,
    /// The list is shown, to mark; else what goes with the marks.
    marking: bool,
    /// The marked reason that is unfolded.
    open: Option<Reason>,
    /// The reason that the other shows and that is unfolded.
    open_shared: Option<Reason>,
    /// The reason of which one sees what would be shown.
    preview: Option<Reason>,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// One's own reasons, or a guess.
    WhoseChosen(Whose),
    /// A reason was marked, or the mark taken away.
    Toggled(Reason),
    /// What was marked in an exercise was to be marked here too.
    TakenUp,
    /// The own wording was edited.
    OwnEdited(String),
    /// What goes with the marks was asked for.
    AnswersChosen,
    /// Back to the marks.
    MarksChosen,
    /// A reason was unfolded or folded.
    Unfolded(Reason),
    /// The same for one that the other shows.
    SharedUnfolded(Reason),
    /// An exercise was chosen.
    ExerciseChosen(String),
    /// The list of therapists was to be narrowed.
    WishChosen(Wish),
    /// A question was to be copied.
    CopyChosen(String),
    /// A question was to be put on the common list.
    QuestionListed(String),
    /// What would be shown was to be seen.
    PreviewChosen(Reason),
    /// It was agreed to.
    ShowChosen(Reason),
    /// It was not.
    PreviewClosed,
    /// What was shown was taken back.
    TakenBack(Reason),
    /// Help was asked for.
    SafetyChosen,
}

impl Hesitations {
    /// The page as it is when it is opened.
    #[must_use]
    pub fn new(desk: &Desk, _library: &Library, _texts: &Texts) -> Self {
        let all = &desk.space().hesitations;
        let whose = match desk.person().side {
            Side::WouldLikeToTry if all.mine.reasons.is_empty() => Whose::Guess,
            _ => Whose::Mine,
        };
        let marking = all.of(whose).reasons().next().is_none();
        Self { whose, marking, open: None, open_shared: None, preview: None }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk, texts: &Texts, _library: &Library) -> Action<Message> {
        let here = desk.here();
        match message {
            Message::WhoseChosen(whose) => {
                self.whose = whose;
                self.open = None;
                self.preview = None;
                self.marking = desk.space().hesitations.of(whose).reasons().next().is_none();
            }
            Message::Toggled(reason) => {
                let whose = self.whose;
                desk.change_hesitations(When::Now, |all| all.of_mut(whose).toggle(reason));
                withdraw(desk);
            }
            Message::TakenUp => {
                let whose = self.whose;
                let Some((_, found)) = elsewhere(desk, whose) else { return Action::None };
                desk.change_hesitations(When::Now, |all| {
                    for reason in found {
                        all.of_mut(whose).toggle(reason);
                    }
                });
            }
            Message::OwnEdited(words) => {
                let whose = self.whose;
                desk.change_hesitations(When::Soon, |all| all.of_mut(whose).own = words);
                withdraw(desk);
            }
            Message::AnswersChosen => {
                self.marking = false;
                let mut reasons = desk.space().hesitations.of(self.whose).reasons();
                // A single reason needs no tap to be read.
                self.open = reasons.next().filter(|_| reasons.next().is_none());
            }
            Message::MarksChosen => {
                self.marking = true;
                self.preview = None;
            }
            Message::Unfolded(reason) => {
                self.open = (self.open != Some(reason)).then_some(reason);
                self.preview = None;
            }
            Message::SharedUnfolded(reason) => {
                self.open_shared = (self.open_shared != Some(reason)).then_some(reason);
            }
            Message::ExerciseChosen(id) => return Action::Open(Page::Exercise(id)),
            Message::WishChosen(wish) => {
                let filter = &mut desk.finding.filter;
                match wish {
                    Wish::SlidingScale => filter.sliding_scale = true,
                    Wish::EveningsOrWeekends => filter.evenings_or_weekends = true,
                    Wish::TrialSession => filter.trial_session = true,
                }
                return Action::Open(Page::Therapists(None));
            }
            Message::CopyChosen(text) => return Action::Copy(text),
            Message::QuestionListed(question) => desk.change_session(|plan| {
                if !plan.own_questions.contains(&question) {
                    plan.own_questions.push(question);
                }
            }),
            Message::PreviewChosen(reason) => self.preview = Some(reason),
            Message::PreviewClosed => self.preview = None,
            Message::ShowChosen(reason) => {
                self.preview = None;
                let all = desk.space().hesitations.clone();
                desk.change_card(here, |card| show(&all, reason, &mut card.shown));
            }
            Message::TakenBack(reason) => {
                desk.change_card(here, |card| take_back(reason, &mut card.shown));
                return Action::Say(texts.get("hesitations-taken-back"));
            }
            Message::SafetyChosen => return Action::Open(Page::Safety),
        }
        Action::None
    }

    /// Puts on the desk what is not there yet; another page comes, or the window closes.
    pub fn leave(&mut self, desk: &mut Desk) {
        desk.hurry();
    }

    /// Takes up what changed on disk behind the window's back.
    pub fn refresh(&mut self, _desk: &Desk, _library: &Library, _texts: &Texts) {}

    /// What the page listens to while it is shown.
    pub fn subscription(&self) -> Subscription<Message> {
        Subscription::none()
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let inside = if self.marking { self.marks(ctx) } else { self.answers(ctx) };
        fresh((self.marking, self.whose == Whose::Guess), inside)
    }

    fn key(&self, mine: &'static str, guess: &'static str) -> &'static str {
        match self.whose {
            Whose::Mine => mine,
            Whose::Guess => guess,
        }
    }

    /// Whose reasons: offered to whoever asks, and to whoever has guessed before.
    fn whose<'a>(&self, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
        let unsure = ctx.desk.person().side == Side::NotSure;
        let guessed = !ctx.desk.space().hesitations.guess.reasons.is_empty();
        (!unsure || guessed).then(|| {
            let both = [
                (Whose::Mine, ctx.text("hesitations-whose-mine")),
                (Whose::Guess, ctx.text("hesitations-whose-guess")),
            ];
            ctx.look.segments(both, Some(self.whose), Message::WhoseChosen)
        })
    }

    /// The list, to mark.
    fn marks<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let marked = ctx.desk.space().hesitations.of(self.whose);
        let title = self.key("hesitations-title", "hesitations-title-guess");
        let mut lines: Column<'a, Message> = column![
            look.title(ctx.text_with(title, &[("name", partner(ctx).into())])),
            look.lead(ctx.text(self.key("hesitations-lead", "hesitations-lead-guess"))),
        ]
        .spacing(space::M);
        lines = lines.push(self.whose(ctx));
        lines = lines.push(look.note(ctx.text(self.key("hesitations-private", "hesitations-private-guess"))));
        if let Some((id, found)) = elsewhere(ctx.desk, self.whose) {
            let title = ctx.library.get(id).map(|exercise| exercise.title.clone()).unwrap_or_default();
            let args = [("title", title.into()), ("count", found.len().into())];
            let take = look.link(&ctx.text("hesitations-take-up"), Message::TakenUp).into();
            lines = lines.push(look.banner(&ctx.text_with("hesitations-taken-up", &args), vec![take]));
        }
        let mut list: Column<'a, Message> = column![].spacing(space::S);
        for reason in Reason::ALL {
            list = list.push(look.check(&label(ctx, reason), marked.has(reason), Message::Toggled(reason)));
        }
        if marked.has(Reason::Own) {
            list = list.push(look.field(
                &ctx.text(self.key("hesitations-own", "hesitations-own-guess")),
                &ctx.text("hesitations-own-hint"),
                &marked.own,
                Message::OwnEdited,
            ));
        }
        lines = lines.push(list);
        let any = marked.reasons().next().is_some();
        lines = lines.push(look.primary(&ctx.text("hesitations-go-on"), any.then_some(Message::AnswersChosen)));
        if !any {
            lines = lines.push(look.note(ctx.text("hesitations-nothing-marked")));
        }
        lines = lines.push(self.shared(ctx));
        look.page(lines.push(safety(ctx)))
    }

    /// What goes with the marks.
    fn answers<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let marked = ctx.desk.space().hesitations.of(self.whose);
        let mut lines: Column<'a, Message> = column![
            look.title(ctx.text(self.key("hesitations-answers-title", "hesitations-answers-title-guess"))),
            look.lead(ctx.text(self.key("hesitations-answers-lead", "hesitations-answers-lead-guess"))),
        ]
        .spacing(space::M);
        lines = lines.push(self.whose(ctx));
        if self.whose == Whose::Guess {
            lines = lines.push(look.note(ctx.text("hesitations-private-guess")));
        }
        let mut list: Column<'a, Message> = column![].spacing(space::S);
        for reason in marked.reasons() {
            list = list.push(self.reason(ctx, reason));
        }
        lines = lines.push(list);
        lines = lines.push(look.quiet(&ctx.text("hesitations-change"), Message::MarksChosen));
        lines = lines.push(self.shared(ctx));
        look.page(lines.push(safety(ctx)))
    }

    /// One marked reason, folded or not.
    fn reason<'a>(&'a self, ctx: Ctx<'a>, reason: Reason) -> Element<'a, Message> {
        let look = ctx.look;
        let words = ctx.desk.space().hesitations.of(self.whose).words(reason).unwrap_or_default();
        let name = if words.is_empty() { label(ctx, reason) } else { words.to_owned() };
        let title = match self.whose {
            Whose::Mine => name,
            Whose::Guess => ctx.text_with("hesitations-guessed", &[("reason", name.into())]),
        };
        let is_open = self.open == Some(reason);
        let is_shown = self.whose == Whose::Mine && find(own_card(ctx), reason).is_some();
        let glyph = if is_shown { Icon::Eye } else { Icon::Lock };
        let head = look.unfold(Some(glyph), &title, is_open, Message::Unfolded(reason));
        if !is_open {
            return head.into();
        }
        let mut card = one::card(ctx, reason, words, self.whose, true);
        if self.whose == Whose::Mine {
            card = card.push(look.hairline()).push(one::sharing(ctx, reason, self.preview == Some(reason)));
        }
        column![head, look.card(card)].spacing(space::S).into()
    }

    /// What the other chose to show; nothing if that is nothing.
    fn shared<'a>(&'a self, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
        let look = ctx.look;
        let name = partner(ctx);
        let theirs = &ctx.desk.card(ctx.desk.here().other()).shown;
        let mut list: Column<'a, Message> = column![].spacing(space::S);
        let mut any = false;
        for (reason, words) in shown(theirs) {
            any = true;
            let title = if words.is_empty() { label(ctx, reason) } else { words.to_owned() };
            let is_open = self.open_shared == Some(reason);
            list = list.push(look.unfold(None, &title, is_open, Message::SharedUnfolded(reason)));
            if is_open {
                list = list.push(look.card(one::card(ctx, reason, words, Whose::Guess, false)));
            }
        }
        any.then(|| {
            let args = [("name", name.into())];
            let lines = column![
                look.heading(ctx.text_with("hesitations-shared-title", &args)),
                look.body(ctx.text("hesitations-shared-note")),
                list,
                look.note(ctx.text_with("hesitations-shared-only", &args)),
            ];
            look.together_card(lines.spacing(12.0))
        })
    }
}

fn elsewhere(desk: &Desk, whose: Whose) -> Option<(&'static str, Vec<Reason>)> {
    let space = desk.space();
    marked_elsewhere(space.hesitations.of(whose), whose, &space.progress)
}

/// Takes back what is no longer marked.
fn withdraw(desk: &mut Desk) {
    let here = desk.here();
    let all = desk.space().hesitations.clone();
    desk.change_card(here, |card| keep_marked(&all, &mut card.shown));
}

/// What to call the other in a sentence.
fn partner(ctx: Ctx<'_>) -> String {
    ctx.desk.name(ctx.desk.here().other(), ctx.texts)
}

/// What whoever is here shows.
fn own_card<'a>(ctx: Ctx<'a>) -> &'a [Shown] {
    &ctx.desk.card(ctx.desk.here()).shown
}

fn find(shown: &[Shown], reason: Reason) -> Option<&Shown> {
    shown.iter().find(|one| one.reason == reason.slug())
}

/// The name of a reason.
pub(super) fn label(ctx: Ctx<'_>, reason: Reason) -> String {
    ctx.library.hesitations.get(&reason).map(|texts| texts.label.clone()).unwrap_or_default()
}

/// The question that goes with it.
fn question(ctx: Ctx<'_>, reason: Reason, words: &str) -> String {
    hesitation::question(&ctx.library.hesitations, ctx.texts.language(), reason, words).unwrap_or_default()
}

fn safety(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let way = look.link_icon(Icon::LifeBuoy, &ctx.text("place-safety"), Message::SafetyChosen);
    column![look.note(ctx.text("hesitations-safety")), Row::with_children([way.into()])].spacing(space::XS).into()
}
