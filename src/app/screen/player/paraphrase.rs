//! Saying back what one heard, and asking whether that was it: once each way.

use iced::Element;
use iced::widget::column;

use super::Message;
use super::controls::buttons;
use super::live::{self, Live};
use crate::app::ctx::Ctx;
use crate::app::theme::space;

/// Draws it.
pub fn view<'a>(ctx: Ctx<'a>, live: &'a Live, listener: &'a str, speaker: &'a str) -> Element<'a, Message> {
    let look = ctx.look;
    let link = |key: &str, message: live::Message| look.link(&ctx.text(key), Message::Live(message)).into();
    if live.stopped || live.is_through() {
        let key = if live.stopped { "player-turns-stopped" } else { "player-back-through" };
        return column![
            look.together_card(look.lead(ctx.text(key))),
            buttons(vec![link("player-turns-again", live::Message::BegunAgain)]),
        ]
        .spacing(space::M)
        .into();
    }
    // Whoever is here spoke first; the other says it back.
    let here = ctx.desk.here();
    let (spoke, heard) = if live.turn == 0 { (here, here.other()) } else { (here.other(), here) };
    let args = [
        ("speaker", ctx.desk.name_first(spoke, ctx.texts).into()),
        ("listener", ctx.desk.name_first(heard, ctx.texts).into()),
    ];
    let turn = ctx.text_with("player-turn", &[("turn", (live.turn + 1).into()), ("count", live.turns.into())]);
    if live.said_back {
        let words =
            column![look.note(turn), look.heading(ctx.text_with("player-back-check", &args)), look.body(speaker)];
        return look.together_card(words.spacing(space::S));
    }
    let mut words =
        column![look.note(turn), look.heading(ctx.text_with("player-back-say", &args)), look.body(listener),]
            .spacing(space::S);
    if live.again {
        words = words.push(look.strong(ctx.text_with("player-back-again", &args)));
    }
    look.together_card(words)
}

/// What one does next, and the way out; `None` when both ways are behind.
pub fn main<'a>(ctx: Ctx<'a>, live: &Live) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    let main = |key: &str, message: live::Message| look.primary(&ctx.text(key), Message::Live(message)).into();
    live.leads().then(|| {
        buttons(if live.said_back {
            let again = Message::Live(live::Message::NotQuite);
            vec![
                main("player-back-yes-it-is", live::Message::GotIt),
                look.quiet(&ctx.text("player-back-not-quite"), again).into(),
            ]
        } else {
            let stop = Message::Live(live::Message::Stopped);
            vec![
                main("player-back-said", live::Message::SaidBack),
                look.link(&ctx.text("player-turns-stop"), stop).into(),
            ]
        })
    })
}
