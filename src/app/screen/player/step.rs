//! One step, big and quiet: where one is, what it asks, and one main button.
//!
//! The parts of the page keep their places from step to step, so that the keyboard stays on "Next".

use iced::Element;
use iced::widget::{Column, Space, column, container};

use super::apart;
use super::controls::{self, Asked, buttons};
use super::{Message, Player, pause};
use crate::app::ctx::{Ctx, Room};
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::fresh::fresh;
use crate::exercise::{Exercise, Kind};

/// What is drawn of a step.
pub struct Drawn<'a> {
    /// What scrolls.
    pub inside: Element<'a, Message>,
    /// What stays in sight below it; in the narrowest windows it would leave no room, and scrolls too.
    pub foot: Option<Element<'a, Message>>,
}

/// Draws the step at place `at`, from 0.
pub fn view<'a>(ctx: Ctx<'a>, player: &'a Player, exercise: &'a Exercise, at: usize) -> Drawn<'a> {
    let look = ctx.look;
    let run = ctx.desk.progress(&exercise.id).and_then(|progress| progress.current());
    let (Some(step), Some(sheet), Some(run)) = (exercise.steps.get(at), &player.sheet, run) else {
        return Drawn { inside: column![].into(), foot: None };
    };
    let count = exercise.steps.len();
    let place = ctx.text_with("player-step", &[("step", (at + 1).into()), ("count", count.into())]);
    if let Some(inside) = pause::view(ctx, player.choosing_break, run, &place) {
        return Drawn { inside, foot: None };
    }
    let words: Element<'a, Message> = if matches!(step.kind, Kind::Read { aloud: true }) {
        look.accent_card(look.big(step.text.clone()))
    } else {
        look.lead(step.text.clone()).into()
    };
    let asked = Asked { exercise, step, run, sheet };
    // Turns that are under way, and what is answered apart, say what to do at each point by themselves.
    let is_past = apart::is_past_writing(ctx, asked) || player.live.is_under_way();
    let words = if is_past { Space::new().height(0.0).into() } else { words };
    let control = controls::view(ctx, asked, &player.live).unwrap_or_else(|| Space::new().height(0.0).into());
    let next = if at + 1 == count { "player-finish" } else { "next" };
    // One main button: what is given apart has its own until both answers are there, and so have turns to their end.
    let leads = player.live.leads() || (matches!(step.kind, Kind::Apart { .. }) && apart::leads(ctx, asked));
    let next = ctx.text(next);
    let next = if leads { look.quiet(&next, Message::NextChosen) } else { look.primary(&next, Message::NextChosen) };
    let ways = buttons(vec![
        next.into(),
        look.link(&ctx.text("player-previous"), Message::PreviousChosen).into(),
        look.link(&ctx.text("skip"), Message::SkipChosen).into(),
    ]);
    let others = buttons(vec![
        look.link_icon(Icon::Pause, &ctx.text("player-break"), Message::Break(pause::Message::Asked)).into(),
        look.link(&ctx.text("player-about"), Message::AboutChosen).into(),
    ]);
    let mut inside: Column<'a, Message> = column![
        column![look.note(exercise.title.clone()), look.dots(at, count, &place)].spacing(space::S),
        look.title(step.title.clone()),
        words,
        container(control),
    ]
    .spacing(space::M);
    let main = controls::main(ctx, asked, &player.live);
    if look.tight {
        let ways = container(ways).padding(iced::Padding::ZERO.top(space::S));
        return Drawn { inside: inside.push(main).push(ways).push(others).into(), foot: None };
    }
    // The keyboard stays on "Next" from step to step, and must not stand unasked on what shows one's words.
    let key = main.is_some().then(|| (step.id.clone(), sheet.previewing));
    let foot = match (main, ctx.room) {
        // What is to be done here comes first; the way past it is a little further down.
        (Some(main), Room::Narrow) => {
            inside = inside.push(ways).push(others);
            main
        }
        (None, Room::Narrow) => {
            inside = inside.push(others);
            ways
        }
        (main, Room::Medium | Room::Wide) => column![].push(main).push(ways).push(others).spacing(space::S).into(),
    };
    Drawn { inside: inside.into(), foot: Some(fresh(key, foot)) }
}
