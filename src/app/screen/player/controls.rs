//! What one does in a step, drawn: one function for each kind.

use std::time::Duration;

use iced::widget::{Column, Row, Text, column};
use iced::{Alignment, Element, Length};
use jiff::ToSpan;

use super::live::{self, Clock, Live};
use super::sheet::{self, Sheet, chosen_in, order_of};
use super::{Message, apart, paraphrase, turns};
use crate::app::ctx::Ctx;
use crate::app::screen::wording;
use crate::app::theme::space;
use crate::app::widget::drag::Dragged;
use crate::app::widget::sort::Sortable;
use crate::exercise::draft::{fill, is_whole};
use crate::exercise::{Answer, Exercise, Item, Kind, Part, Run, Step};

/// The step that is answered, and where its answer is.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The exercise.
    pub exercise: &'a Exercise,
    /// Its step.
    pub step: &'a Step,
    /// The run that the answer belongs to.
    pub run: &'a Run,
    /// The answer in the making.
    pub sheet: &'a Sheet,
}

fn to_sheet(message: sheet::Message) -> Message {
    Message::Sheet(message)
}

/// Draws what one does in the step; `None` where there is only something to read.
pub fn view<'a>(ctx: Ctx<'a>, asked: Asked<'a>, live: &'a Live) -> Option<Element<'a, Message>> {
    let look = ctx.look;
    match &asked.step.kind {
        Kind::Read { .. } => None,
        Kind::Write { hint, lines } => {
            Some(look.area_named(&ctx.text("player-answer"), hint, &asked.sheet.content, u16::from(*lines), |edit| {
                to_sheet(sheet::Message::Typed(edit))
            }))
        }
        Kind::Choose { options, many, own_words } => Some(choose(ctx, asked, options, *many, *own_words)),
        Kind::Scale { steps, low, high } => {
            let chosen = match asked.run.answers.get(&asked.step.id) {
                Some(Answer::Scaled(number)) => Some(*number),
                _ => None,
            };
            Some(look.numbers(*steps, (low, high), chosen, |number| to_sheet(sheet::Message::NumberChosen(number))))
        }
        Kind::Sort { items } => Some(sort(ctx, asked, items)),
        Kind::Breathe { seconds, breathe_in, breathe_out } => {
            Some(breathe(ctx, live, *seconds, (*breathe_in, *breathe_out)))
        }
        Kind::Timer { .. } => Some(timer(ctx, live)),
        Kind::Turns { speaker, listener, .. } => Some(turns::view(ctx, live, speaker, listener)),
        Kind::Paraphrase { listener, speaker } => Some(paraphrase::view(ctx, live, listener, speaker)),
        Kind::Apart { question, hint, lines } => Some(apart::view(ctx, asked, question, hint, *lines)),
        Kind::Draft { template, part } => Some(draft(ctx, asked, template, *part)),
        Kind::CheckBack { days } => Some(check_back(ctx, asked, *days)),
    }
}

/// What one does next in a step that leads through something by itself; it stays in sight. `None` where that is to go
/// on to the next step.
pub fn main<'a>(ctx: Ctx<'a>, asked: Asked<'a>, live: &'a Live) -> Option<Element<'a, Message>> {
    match &asked.step.kind {
        Kind::Turns { .. } => turns::main(ctx, live),
        Kind::Paraphrase { .. } => paraphrase::main(ctx, live),
        Kind::Apart { .. } => apart::main(ctx, asked),
        _ => None,
    }
}

/// Buttons side by side; they wrap where there is no room.
pub fn buttons(all: Vec<Element<'_, Message>>) -> Element<'_, Message> {
    Row::with_children(all).spacing(space::S).align_y(Alignment::Center).wrap().vertical_spacing(space::S).into()
}

fn choose<'a>(
    ctx: Ctx<'a>,
    asked: Asked<'a>,
    options: &'a [Item],
    many: bool,
    own_words: bool,
) -> Element<'a, Message> {
    let look = ctx.look;
    let chosen = chosen_in(asked.run, asked.step);
    let mut lines: Column<'_, Message> = column![].spacing(space::S);
    for option in options {
        let on = chosen.ids.contains(&option.id);
        let message = to_sheet(sheet::Message::OptionTapped(option.id.clone()));
        lines = lines.push(if many {
            look.check(&option.label, on, message)
        } else {
            look.radio(&option.label, on, message)
        });
    }
    if !own_words {
        return lines.into();
    }
    let own_on = asked.sheet.own_chosen;
    if !many {
        lines = lines.push(look.radio(&ctx.text("player-own-words"), own_on, to_sheet(sheet::Message::OwnTapped)));
    }
    if many || own_on {
        let label = ctx.text("player-own-words-label");
        let field = look.field(&label, "", &asked.sheet.own, |own| to_sheet(sheet::Message::OwnTyped(own)));
        lines = lines.push(iced::widget::container(field).padding(iced::Padding::ZERO.top(space::XS)));
    }
    lines.into()
}

fn sort<'a>(ctx: Ctx<'a>, asked: Asked<'a>, items: &'a [Item]) -> Element<'a, Message> {
    let rows = order_of(asked.step, asked.run).into_iter().enumerate().filter_map(|(at, id)| {
        let key = items.iter().position(|item| item.id == id)?;
        let label = items.get(key)?.label.clone();
        Some(Sortable {
            key,
            up: ctx.text_with("player-up", &[("what", label.clone().into())]),
            down: ctx.text_with("player-down", &[("what", label.clone().into())]),
            label,
            moved: (to_sheet(sheet::Message::Moved(at, false)), to_sheet(sheet::Message::Moved(at, true))),
        })
    });
    let list = ctx.look.sortable(rows.collect(), |dragged| match dragged {
        Dragged::Placed(from, to) => to_sheet(sheet::Message::Placed(from, to)),
        Dragged::Reached(by) => Message::ScrollNeeded(by),
    });
    column![list, ctx.look.note(ctx.text("player-sort-note"))].spacing(space::S).into()
}

fn breathe<'a>(ctx: Ctx<'a>, live: &'a Live, seconds: u16, (inwards, outwards): (u8, u8)) -> Element<'a, Message> {
    let look = ctx.look;
    let moving = live.breathing && ctx.moves;
    let name = ctx.text(if moving { "player-breath-picture" } else { "player-breath-picture-rest" });
    let length = |seconds: u8| Duration::from_secs(u64::from(seconds));
    let total = Duration::from_secs(u64::from(seconds));
    let circle = look.breath(&name, ctx.height, total, length(inwards), length(outwards), moving);
    let args = [("in", inwards.into()), ("out", outwards.into()), ("seconds", seconds.into())];
    let words = if !ctx.moves {
        ctx.text_with("player-breath-still", &args)
    } else if live.breathing {
        ctx.text_with("player-breath-moving", &args)
    } else {
        ctx.text_with("player-breath-hint", &args)
    };
    let mut lines = column![circle].spacing(12.0).width(Length::Fill).align_x(Alignment::Center);
    if ctx.moves {
        lines = lines.push(if live.breathing {
            look.quiet(&ctx.text("player-breath-stop"), Message::Live(live::Message::Paused))
        } else {
            look.quiet(&ctx.text("player-breath-start"), Message::Live(live::Message::Started))
        });
    }
    lines.push(look.quiet_words(words).align_x(Alignment::Center)).into()
}

/// What is left of the clock, drawn by `draws`; it counts by itself while the clock runs.
pub fn time_left<'a>(ctx: Ctx<'a>, clock: Clock, draws: impl Fn(String) -> Text<'a> + 'a) -> Element<'a, Message> {
    let left = move || clock.left(ctx.desk.now().timestamp()).unsigned_abs();
    let said = move |time: &str| draws(ctx.text_with("player-timer-left", &[("time", time.to_owned().into())])).into();
    let over = clock.is_running().then_some(Message::Live(live::Message::Ended));
    ctx.look.countdown(left, said, over)
}

fn timer<'a>(ctx: Ctx<'a>, live: &'a Live) -> Element<'a, Message> {
    let look = ctx.look;
    let button = |key: &str, message: live::Message| look.quiet(&ctx.text(key), Message::Live(message)).into();
    let link = |key: &str, message: live::Message| look.link(&ctx.text(key), Message::Live(message)).into();
    let Some(clock) = live.clock else { return column![].into() };
    if live.untimed {
        return column![
            look.quiet_words(ctx.text("player-timer-untimed")),
            buttons(vec![link("player-timer-with", live::Message::TimerTaken)]),
        ]
        .spacing(space::M)
        .into();
    }
    let over = clock.is_over(ctx.desk.now().timestamp());
    let mut all = Vec::new();
    if over {
        all.push(button("player-timer-extend", live::Message::Extended));
    } else if clock.is_running() {
        all.push(button("player-timer-pause", live::Message::Paused));
        all.push(button("player-timer-extend", live::Message::Extended));
    } else {
        let key = if clock.is_begun() { "player-timer-resume" } else { "player-timer-start" };
        all.push(button(key, live::Message::Started));
    }
    all.push(link("player-timer-without", live::Message::TimerPutAway));
    let words = if over {
        look.lead(ctx.text("player-timer-over")).into()
    } else {
        time_left(ctx, clock, move |words| look.big(words))
    };
    column![look.accent_card(words), buttons(all)].spacing(space::M).into()
}

fn draft<'a>(ctx: Ctx<'a>, asked: Asked<'a>, template: &'a str, part: Option<Part>) -> Element<'a, Message> {
    let look = ctx.look;
    let language = ctx.texts.language();
    let words = match part {
        Some(Part::Plan) => ctx.text("player-draft-plan"),
        Some(part) => ctx.text_with("player-draft-part", &[("part", ctx.text(part.key()).into())]),
        None => ctx.text("player-draft-own"),
    };
    let lines = if ctx.look.tight { 4 } else { 6 };
    let mut all = column![look.area_named(&ctx.text("player-answer"), "", &asked.sheet.content, lines, |edit| {
        to_sheet(sheet::Message::Typed(edit))
    }),]
    .spacing(space::S);
    let filled = fill(template, asked.exercise, &asked.run.answers, language);
    let differs = asked.sheet.content.text() != filled;
    if !differs && !is_whole(template, asked.exercise, &asked.run.answers, language) {
        all = all.push(look.note(ctx.text("player-draft-missing")));
    }
    all = all.push(look.note(words));
    // A plan is for oneself, nobody hears it.
    if part != Some(Part::Plan) {
        all = all.push(wording::under(ctx, &asked.sheet.checked, &asked.sheet.content, |meant| {
            to_sheet(sheet::Message::Stood(meant))
        }));
    }
    if asked.sheet.replaced.is_some() {
        let undo = look.link(&ctx.text("undo"), to_sheet(sheet::Message::WordsWantedBack));
        all = all.push(look.banner(&ctx.text("player-draft-replaced"), vec![undo.into()]));
    } else if differs {
        all = all.push(look.link(&ctx.text("player-draft-fill"), to_sheet(sheet::Message::FilledAgain)));
    }
    all.into()
}

fn check_back<'a>(ctx: Ctx<'a>, asked: Asked<'a>, days: u16) -> Element<'a, Message> {
    let look = ctx.look;
    let agreed = asked.run.answers.get(&asked.step.id) == Some(&Answer::Done);
    let date = ctx.desk.now().date().saturating_add(i64::from(days).days());
    let day = ctx.text_with("player-back-day", &[("date", ctx.texts.date(date).into())]);
    let declined = asked.sheet.declined && !agreed;
    column![
        look.strong(day),
        look.radio(&ctx.text("player-back-yes"), agreed, to_sheet(sheet::Message::LookBackAnswered(true))),
        look.radio(&ctx.text("player-back-no"), declined, to_sheet(sheet::Message::LookBackAnswered(false))),
    ]
    .spacing(space::S)
    .into()
}
