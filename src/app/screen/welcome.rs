//! The three first cards. Each can be skipped; together they take less than a minute.

use iced::widget::{Space, column, row};
use iced::{Alignment, Element, Length};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::couple::{Member, Side};
use crate::locale::Language;

/// Which card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Card {
    #[default]
    What,
    Names,
    Stand,
}

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Welcome {
    card: Card,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// The next card was asked for.
    NextChosen,
    /// The card before was asked for.
    BackChosen,
    /// All cards were skipped.
    SkipChosen,
    /// There is a shared folder already.
    SharingChosen,
    /// The way to Safety was chosen.
    SafetyChosen,
    /// A name was edited.
    NameEdited(Member, String),
    /// A language was chosen.
    LanguageChosen(Language),
    /// One's own stand was chosen.
    SideChosen(Side),
}

impl Welcome {
    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk) -> Action<Message> {
        match message {
            Message::NextChosen => {
                self.card = match self.card {
                    Card::What => Card::Names,
                    Card::Names => Card::Stand,
                    Card::Stand => return Self::finish(desk),
                };
                Action::None
            }
            Message::BackChosen => {
                self.card = match self.card {
                    Card::What | Card::Names => Card::What,
                    Card::Stand => Card::Names,
                };
                Action::None
            }
            Message::SkipChosen => Self::finish(desk),
            Message::SharingChosen => Action::Open(Page::Sharing),
            Message::SafetyChosen => Action::Open(Page::Safety),
            Message::NameEdited(member, name) => {
                desk.change_card(member, |card| card.name = name);
                Action::None
            }
            Message::LanguageChosen(language) => {
                desk.change_settings(|settings| settings.language = Some(language));
                Action::None
            }
            Message::SideChosen(side) => {
                desk.change_person(|person| person.side = side);
                Action::None
            }
        }
    }

    /// Ends the cards.
    pub fn finish<M>(desk: &mut Desk) -> Action<M> {
        desk.change_settings(|settings| settings.welcomed = true);
        // The first card showed the way to Safety, which must come before any reminder. Whether it was taken is
        // noted nowhere.
        desk.change_plan(|plan| plan.safety_seen = true);
        Action::Replace(Page::Today)
    }

    /// Draws the page.
    pub fn view<'a>(&self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let (number, card) = match self.card {
            Card::What => (1, what(ctx)),
            Card::Names => (2, names(ctx)),
            Card::Stand => (3, stand(ctx)),
        };
        let next = if self.card == Card::Stand { "welcome-begin" } else { "next" };
        let mut buttons = row![look.primary(&ctx.text(next), Message::NextChosen)].spacing(space::S);
        if self.card != Card::What {
            buttons = buttons.push(look.link(&ctx.text("back"), Message::BackChosen));
        }
        buttons = buttons.push(look.link(&ctx.text("welcome-skip"), Message::SkipChosen));
        let step = look.note(ctx.text_with("welcome-step", &[("step", number.into())]));
        let mut lines = column![
            Space::new().height(space::S),
            row![look.mark(34.0, 0.6), Space::new().width(Length::Fill), step].align_y(Alignment::Center),
            card,
            buttons.wrap().vertical_spacing(space::S),
        ]
        .spacing(space::L);
        if self.card == Card::What {
            lines = lines.push(look.link(&ctx.text("welcome-share"), Message::SharingChosen));
        }
        look.page(lines)
    }
}

fn what(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    column![
        look.title(ctx.text("welcome-what-title")),
        look.lead(ctx.text("welcome-what-lead")),
        look.body(ctx.text("welcome-what-is")),
        look.body(ctx.text("welcome-what-is-not")),
        look.card(
            column![
                look.body(ctx.text("welcome-what-safety")),
                look.link_icon(Icon::LifeBuoy, &ctx.text("welcome-safety-button"), Message::SafetyChosen),
            ]
            .spacing(space::XS)
        ),
    ]
    .spacing(space::M)
    .into()
}

fn names(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let field = |key: &str, member: Member| {
        look.field(&ctx.text(key), "", &ctx.desk.card(member).name, move |name| Message::NameEdited(member, name))
    };
    let languages = Language::ALL.map(|language| (language, language.own_name().to_owned()));
    column![
        look.title(ctx.text("welcome-names-title")),
        look.lead(ctx.text("welcome-names-lead")),
        field("welcome-your-name", here),
        field("welcome-partner-name", here.other()),
        look.strong(ctx.text("welcome-language")),
        look.segments(languages, Some(ctx.texts.language()), Message::LanguageChosen),
    ]
    .spacing(space::M)
    .into()
}

/// The three stands, each with the text that says it.
pub const SIDES: [(Side, &str); 3] =
    [(Side::WouldLikeToTry, "side-try"), (Side::NotSure, "side-not-sure"), (Side::ChoosingTogether, "side-together")];

fn stand(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let side = ctx.desk.person().side;
    let mut lines =
        column![look.title(ctx.text("welcome-side-title")), look.lead(ctx.text("welcome-side-lead"))].spacing(space::M);
    for (value, key) in SIDES {
        lines = lines.push(look.radio(&ctx.text(key), side == value, Message::SideChosen(value)));
    }
    lines.into()
}
