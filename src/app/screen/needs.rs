//! What one of the two needs of a therapist, or would not go to. Only they see this page: whoever opens it says first
//! who they are.

use iced::Element;
use iced::widget::{Column, column, row};

use super::choose::name_of;
use super::who;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::couple::Member;
use crate::directory::{Ask, Needs};

/// Where the page stands.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// Who said "I am …".
    present: Option<Member>,
    /// A word in the making.
    word: String,
}

impl Turn {
    /// The page for someone who has just said who they are.
    #[must_use]
    pub fn of(member: Member) -> Self {
        Self { present: Some(member), ..Self::default() }
    }
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// "I am …"
    Present(Member),
    /// A must was ticked, or unticked.
    MustToggled(Ask),
    /// The gender was edited.
    GenderEdited(String),
    /// The word was edited.
    WordEdited(String),
    /// The word was added.
    WordAdded,
    /// A word was taken off.
    WordRemoved(String),
    /// Back to where one came from.
    Closed,
}

/// Does what the message asks; true when the page is to be closed.
pub fn update(turn: &mut Turn, message: Message, desk: &mut Desk) -> bool {
    match message {
        Message::Present(member) => {
            who::is_here(desk, member);
            turn.present = Some(member);
        }
        Message::Closed => return true,
        _ if turn.present != Some(desk.here()) => {}
        Message::MustToggled(ask) => desk.change_needs(|needs| needs.toggle(ask)),
        Message::GenderEdited(text) => desk.change_needs(|needs| needs.not_gender = text),
        Message::WordEdited(text) => turn.word = text,
        Message::WordAdded => {
            let word = std::mem::take(&mut turn.word).trim().to_owned();
            if !word.is_empty() && !desk.space().needs.not_words.contains(&word) {
                desk.change_needs(|needs| needs.not_words.push(word));
            }
        }
        Message::WordRemoved(word) => desk.change_needs(|needs| needs.not_words.retain(|other| *other != word)),
    }
    false
}

/// Draws the page.
pub fn view<'a>(turn: &'a Turn, ctx: Ctx<'a>) -> Element<'a, Message> {
    match turn.present {
        Some(member) if member == ctx.desk.here() => form(turn, ctx),
        _ => who::view(ctx, Message::Present, Message::Closed),
    }
}

fn form<'a>(turn: &'a Turn, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let needs = &ctx.desk.space().needs;
    let mut musts: Column<'a, Message> = column![];
    for ask in Needs::MUSTS {
        musts = musts.push(look.check(&ctx.text(must_key(ask)), needs.musts.contains(&ask), Message::MustToggled(ask)));
    }
    let mut words = column![
        look.heading(ctx.text("needs-not")),
        look.field(&ctx.text("needs-gender"), &ctx.text("needs-gender-hint"), &needs.not_gender, Message::GenderEdited),
        look.field_then(
            &ctx.text("needs-word"),
            &ctx.text("needs-word-hint"),
            &turn.word,
            Message::WordEdited,
            Some(Message::WordAdded)
        ),
        look.quiet_icon(
            Icon::Plus,
            &ctx.text("needs-word-add"),
            (!turn.word.trim().is_empty()).then_some(Message::WordAdded)
        ),
    ]
    .spacing(space::S);
    for word in &needs.not_words {
        let remove = ctx.text_with("needs-word-remove", &[("word", word.clone().into())]);
        words = words.push(look.link_icon(Icon::X, &remove, Message::WordRemoved(word.clone())));
    }
    look.page(
        column![
            look.title(ctx.text_with("needs-title", &[("name", name_of(ctx, ctx.desk.here()).into())])),
            look.lead(ctx.text("needs-lead")),
            column![look.heading(ctx.text("needs-musts")), musts].spacing(space::S),
            words,
            row![look.primary(&ctx.text("needs-done"), Message::Closed)],
            look.note(ctx.text("needs-note")),
        ]
        .spacing(space::L),
    )
}

/// Name of the text for a must.
#[must_use]
pub const fn must_key(ask: Ask) -> &'static str {
    match ask {
        Ask::TakingNew => "must-taking-new",
        Ask::InPerson => "must-in-person",
        Ask::Online => "must-online",
        Ask::Evenings => "must-evenings",
        Ask::Weekends => "must-weekends",
        Ask::StepFree => "must-step-free",
        Ask::SlidingScale => "must-sliding",
        Ask::Receipt => "must-receipt",
        Ask::FreeConsult => "must-free-consult",
        Ask::NoSecrets => "must-no-secrets",
        Ask::SeesAlone => "must-sees-alone",
        Ask::SafetyScreening => "must-safety",
        Ask::Homework => "must-homework",
        Ask::TrialSession => "must-trial",
    }
}
