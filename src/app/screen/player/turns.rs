//! Speaking and listening in turns: whose turn it is, how long, and a way out at any moment.

use iced::Element;
use iced::widget::column;

use super::Message;
use super::controls::{buttons, time_left};
use super::live::{self, Live};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::couple::Member;

/// Draws the turns.
pub fn view<'a>(ctx: Ctx<'a>, live: &'a Live, speaker: &'a str, listener: &'a str) -> Element<'a, Message> {
    let look = ctx.look;
    let link = |key: &str, message: live::Message| look.link(&ctx.text(key), Message::Live(message)).into();
    if live.stopped || live.is_through() {
        let key = if live.stopped { "player-turns-stopped" } else { "player-turns-through" };
        return column![
            look.together_card(look.lead(ctx.text(key))),
            buttons(vec![link("player-turns-again", live::Message::BegunAgain)]),
        ]
        .spacing(space::M)
        .into();
    }
    let Some(clock) = live.clock else { return column![].into() };
    // Whoever is here speaks first; after that they take turns.
    let here = ctx.desk.here();
    let (speaks, listens) = if live.turn.is_multiple_of(2) { (here, here.other()) } else { (here.other(), here) };
    let named = |key: &str, member| ctx.text_with(key, &[("name", ctx.desk.name(member, ctx.texts).into())]);
    if live.passing {
        return passing(ctx, live, speaks, &named("player-turn-speaks", speaks), named("player-turn-listens", listens));
    }
    let over = clock.is_over(ctx.desk.now().timestamp());
    let time: Element<'a, Message> = if over {
        look.lead(ctx.text("player-turn-over")).into()
    } else if live.untimed {
        look.quiet_words(ctx.text("player-timer-untimed")).into()
    } else {
        time_left(ctx, clock, move |words| look.lead(words))
    };
    let mut all = Vec::new();
    if !live.untimed && (over || clock.is_running()) {
        all.push(link("player-timer-extend", live::Message::Extended));
    }
    all.push(if live.untimed {
        link("player-timer-with", live::Message::TimerTaken)
    } else {
        link("player-timer-without", live::Message::TimerPutAway)
    });
    let turn = ctx.text_with("player-turn", &[("turn", (live.turn + 1).into()), ("count", live.turns.into())]);
    column![
        look.together_card(
            column![look.note(turn), look.heading(named("player-turn-speaks", speaks)), look.body(speaker), time,]
                .spacing(space::S)
        ),
        look.card(
            column![look.strong(named("player-turn-listens", listens)), look.quiet_words(listener)].spacing(space::S)
        ),
        buttons(all),
    ]
    .spacing(space::M)
    .into()
}

/// What one does next in the turns, and the way out; `None` when they are over.
pub fn main<'a>(ctx: Ctx<'a>, live: &Live) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    let clock = live.clock.filter(|_| live.leads())?;
    let main = |key: &str, message: live::Message| look.primary(&ctx.text(key), Message::Live(message)).into();
    let button = |key: &str, message: live::Message| look.quiet(&ctx.text(key), Message::Live(message)).into();
    let swap = ("player-turn-next", live::Message::Swapped);
    let mut all = Vec::new();
    if live.passing {
        all.push(main("player-turn-start", live::Message::Started));
    } else if live.untimed || clock.is_over(ctx.desk.now().timestamp()) {
        all.push(main(swap.0, swap.1));
    } else if clock.is_running() {
        all.push(main(swap.0, swap.1));
        all.push(button("player-timer-pause", live::Message::Paused));
    } else if clock.is_begun() {
        all.push(main("player-timer-resume", live::Message::Started));
        all.push(button(swap.0, swap.1));
    } else {
        all.push(main("player-turn-start", live::Message::Started));
    }
    all.push(look.link(&ctx.text("player-turns-stop"), Message::Live(live::Message::Stopped)).into());
    Some(buttons(all))
}

/// Between two turns: whoever speaks next takes the device, and nothing runs.
fn passing<'a>(ctx: Ctx<'a>, live: &Live, to: Member, speaks: &str, listens: String) -> Element<'a, Message> {
    let look = ctx.look;
    let turn = ctx.text_with("player-turn", &[("turn", (live.turn + 1).into()), ("count", live.turns.into())]);
    let pass = ctx.text_with("player-pass-title", &[("name", ctx.desk.name(to, ctx.texts).into())]);
    column![
        look.together_card(
            column![
                look.mark(36.0, 0.2),
                look.note(turn),
                look.big(pass),
                look.strong(speaks.to_owned()),
                look.quiet_words(listens),
            ]
            .spacing(space::S)
        ),
    ]
    .into()
}
