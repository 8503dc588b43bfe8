//! Apart, then together: each answers alone, says what may be shown, and both answers stand side by side.
//!
//! Until then no page tells anything about the other: not whether they wrote, nor whether they agreed.

pub mod flow;

use iced::widget::{Column, Space, column, container, row};
use iced::{Alignment, Element, Length};

use super::Message as OnPage;
use super::controls::{Asked, buttons};
use crate::app::ctx::{Ctx, Room};
use crate::app::theme::space;
use crate::app::widget::{Icon, icon};
use crate::couple::{Each, Member};
use crate::exercise::apart::sentences;
use crate::exercise::{Answer, Kind};
use flow::{Place, Standing};

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The answer is to be looked through before any of it may be shown.
    PreviewChosen,
    /// Back to writing.
    WritingChosen,
    /// A sentence was kept back, or no longer is.
    SentenceToggled(String),
    /// What is left may be shown.
    Agreed,
    /// It may not be shown after all.
    MindChanged,
    /// Both answers were to be shown.
    ShowChosen,
    /// The device is to be handed to this person.
    HandedTo(Member),
    /// It is not.
    HandingEnded,
    /// This person said that they are here.
    Present(Member),
}

fn said(message: Message) -> OnPage {
    OnPage::Apart(message)
}

impl<'a> Asked<'a> {
    /// Which answer this is about.
    #[must_use]
    pub fn place(&self) -> Place<'a> {
        Place { exercise: &self.exercise.id, step: &self.step.id, run: self.run.started }
    }
}

/// Draws the step.
pub fn view<'a>(ctx: Ctx<'a>, asked: Asked<'a>, question: &'a str, hint: &'a str, lines: u8) -> Element<'a, OnPage> {
    let above = ctx.look.together_card(ctx.look.heading(question));
    let below = match flow::standing(ctx.desk, asked.place()) {
        Standing::Writing if asked.sheet.previewing => preview(ctx, asked),
        Standing::Writing => writing(ctx, asked, hint, lines),
        Standing::Agreed => agreed(ctx, asked),
        Standing::BothAgreed => both_agreed(ctx),
        Standing::Opened => opened(ctx),
        Standing::Shown(answers) => side_by_side(ctx, &answers),
        Standing::Broken => {
            let again = ctx.look.quiet(&ctx.text("player-apart-anew"), said(Message::MindChanged)).into();
            ctx.look.trouble(&ctx.text("player-apart-broken"), vec![again])
        }
    };
    column![above, below].spacing(space::M).into()
}

/// What one does next; `None` where nothing is to be decided.
#[must_use]
pub fn main<'a>(ctx: Ctx<'a>, asked: Asked<'a>) -> Option<Element<'a, OnPage>> {
    let look = ctx.look;
    let link = |key: &str, message: Message| look.link(&ctx.text(key), said(message)).into();
    Some(buttons(match flow::standing(ctx.desk, asked.place()) {
        Standing::Writing if asked.sheet.previewing => {
            let any = !flow::words(asked.run, &asked.step.id).is_empty();
            vec![
                look.primary(&ctx.text("player-apart-agree"), any.then_some(said(Message::Agreed))).into(),
                link("player-apart-write", Message::WritingChosen),
            ]
        }
        Standing::Writing => {
            let any = asked.run.answers.contains_key(&asked.step.id);
            vec![
                look.primary(&ctx.text("player-apart-preview"), any.then_some(said(Message::PreviewChosen))).into(),
                hand_over_link(ctx),
            ]
        }
        Standing::Agreed => {
            let pass = ctx.text_with("player-pass-to", &[("name", other(ctx).into())]);
            vec![
                look.primary(&pass, said(Message::HandedTo(ctx.desk.here().other()))).into(),
                link("player-apart-change", Message::MindChanged),
            ]
        }
        Standing::BothAgreed => vec![
            look.primary(&ctx.text("player-apart-show"), said(Message::ShowChosen)).into(),
            link("player-apart-change", Message::MindChanged),
        ],
        Standing::Opened | Standing::Shown(_) | Standing::Broken => return None,
    }))
}

fn other(ctx: Ctx<'_>) -> String {
    ctx.desk.name(ctx.desk.here().other(), ctx.texts)
}

/// The same at the start of a sentence.
fn first(ctx: Ctx<'_>) -> String {
    ctx.desk.name_first(ctx.desk.here().other(), ctx.texts)
}

/// Whether the step waits for something before "Next" is the main thing to do.
#[must_use]
pub fn leads(ctx: Ctx<'_>, asked: Asked<'_>) -> bool {
    !matches!(flow::standing(ctx.desk, asked.place()), Standing::Shown(_) | Standing::Opened)
}

/// Whether this is a step to answer apart of which nothing is being written any more.
#[must_use]
pub fn is_past_writing(ctx: Ctx<'_>, asked: Asked<'_>) -> bool {
    matches!(asked.step.kind, Kind::Apart { .. })
        && (asked.sheet.previewing || flow::standing(ctx.desk, asked.place()) != Standing::Writing)
}

fn private_note<'a>(ctx: Ctx<'a>, words: String) -> Element<'a, OnPage> {
    let look = ctx.look;
    if look.tight {
        return look.note(words).into();
    }
    let lock = container(icon::icon(Icon::Lock, 18.0)).style(move |_| look.accent_ink());
    row![lock, look.note(words).width(Length::Fill)].spacing(12.0).into()
}

fn writing<'a>(ctx: Ctx<'a>, asked: Asked<'a>, hint: &'a str, lines: u8) -> Element<'a, OnPage> {
    let look = ctx.look;
    let area = look.area_named(&ctx.text("player-answer"), hint, &asked.sheet.content, u16::from(lines), |edit| {
        OnPage::Sheet(super::sheet::Message::Typed(edit))
    });
    column![area, private_note(ctx, ctx.text_with("player-apart-private", &[("other", first(ctx).into())]))]
        .spacing(space::M)
        .into()
}

fn hand_over_link<'a>(ctx: Ctx<'a>) -> Element<'a, OnPage> {
    let label = ctx.text_with("player-pass-to", &[("name", other(ctx).into())]);
    ctx.look.link(&label, said(Message::HandedTo(ctx.desk.here().other()))).into()
}

fn preview<'a>(ctx: Ctx<'a>, asked: Asked<'a>) -> Element<'a, OnPage> {
    let look = ctx.look;
    let name = || [("other", other(ctx).into())];
    let kept_back = asked.run.apart.get(&asked.step.id).map(|own| own.kept_back.as_slice()).unwrap_or_default();
    let text = match asked.run.answers.get(&asked.step.id) {
        Some(Answer::Text(text)) => text.as_str(),
        _ => "",
    };
    let mut lines: Column<'a, OnPage> = column![
        look.heading(ctx.text_with("player-apart-preview-title", &name())),
        look.body(ctx.text_with("player-apart-preview-lead", &name())),
    ]
    .spacing(space::S);
    let mut seen: Vec<String> = Vec::new();
    for sentence in sentences(text) {
        // A sentence that stands there twice is one thing to decide.
        if !seen.contains(&sentence) {
            let on = !kept_back.contains(&sentence);
            lines = lines.push(look.check(&sentence, on, said(Message::SentenceToggled(sentence.clone()))));
            seen.push(sentence);
        }
    }
    let any = !flow::words(asked.run, &asked.step.id).is_empty();
    let note = if any { "player-apart-preview-note" } else { "player-apart-preview-none" };
    lines.push(private_note(ctx, ctx.text_with(note, &name()))).into()
}

fn agreed<'a>(ctx: Ctx<'a>, asked: Asked<'a>) -> Element<'a, OnPage> {
    let look = ctx.look;
    let name = || [("name", other(ctx).into())];
    let words = asked.run.apart.get(&asked.step.id).map(|own| own.agreed.clone()).unwrap_or_default();
    column![
        look.lead(ctx.text_with("player-apart-agreed", &name())),
        look.card(column![look.note(ctx.text("player-apart-yours")), look.body(words)].spacing(space::XS)),
        private_note(ctx, ctx.text("player-apart-agreed-note")),
    ]
    .spacing(space::M)
    .into()
}

fn both_agreed<'a>(ctx: Ctx<'a>) -> Element<'a, OnPage> {
    let look = ctx.look;
    column![
        look.mark(40.0, 0.5),
        look.heading(ctx.text("player-apart-both")),
        look.body(ctx.text("player-apart-both-lead")),
    ]
    .spacing(space::M)
    .into()
}

fn opened<'a>(ctx: Ctx<'a>) -> Element<'a, OnPage> {
    let words = ctx.text_with("player-apart-opened", &[("name", other(ctx).into())]);
    column![ctx.look.lead(words), buttons(vec![hand_over_link(ctx)])].spacing(space::M).into()
}

fn side_by_side<'a>(ctx: Ctx<'a>, answers: &Each<String>) -> Element<'a, OnPage> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let card = |member: Member| {
        let name = super::super::choose::name_of(ctx, member);
        let words = column![look.strong(name), look.lead(answers.of(member).clone())].spacing(space::S);
        if member == here { look.card(words) } else { look.accent_card(words) }
    };
    let (mine, theirs) = (card(here), card(here.other()));
    let both: Element<'a, OnPage> = if ctx.room == Room::Narrow {
        column![mine, theirs].spacing(space::S).into()
    } else {
        row![container(mine).width(Length::FillPortion(1)), container(theirs).width(Length::FillPortion(1))]
            .spacing(space::M)
            .align_y(Alignment::Start)
            .into()
    };
    column![both, look.quiet_words(ctx.text("player-apart-shown"))].spacing(space::M).into()
}

/// The calm page between two people: nothing of either is on it.
pub fn hand_over<'a>(ctx: Ctx<'a>, to: Member) -> Element<'a, OnPage> {
    let look = ctx.look;
    let args = [("name", ctx.desk.name(to, ctx.texts).into()), ("from", ctx.desk.name(to.other(), ctx.texts).into())];
    column![
        Space::new().height(space::L),
        look.mark(56.0, 0.0),
        look.title(ctx.text_with("player-pass-title", &args)),
        look.lead(ctx.text_with("player-pass-lead", &args)),
        look.primary(&ctx.text_with("player-pass-here", &args), said(Message::Present(to))),
        look.link(&ctx.text("player-pass-back"), said(Message::HandingEnded)),
    ]
    .spacing(space::M)
    .into()
}
