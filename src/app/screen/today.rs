//! Today: where the couple stands on the path, and one next small step.

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element, Length};

use super::Action;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::journey;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::{Stage, hesitation, next_step};
use crate::locale::Texts;
use crate::moment::{What, may_open_check, next_moment, waits_for_window};

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A page was chosen.
    PageChosen(Page),
    /// "We argued."
    ArgumentNoted,
}

/// Does what the message asks.
pub fn update(message: Message, desk: &mut Desk, texts: &Texts) -> Action<Message> {
    match message {
        Message::PageChosen(page) => Action::Open(page),
        Message::ArgumentNoted => {
            let now = desk.now().timestamp();
            desk.change_plan(|plan| plan.note(now, What::Argued));
            Action::Say(texts.get("today-argued-said"))
        }
    }
}

/// Draws the page.
pub fn view(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let stage = journey::stage(ctx.desk);
    let here = ctx.desk.here();
    let name = ctx.desk.card(here).name.trim();
    let title = if name.is_empty() {
        ctx.text("today-title")
    } else {
        ctx.text_with("today-greeting", &[("name", name.to_owned().into())])
    };
    look.page(
        column![look.title(title), path(ctx, stage), step(ctx), moment(ctx), further(ctx, stage),].spacing(space::L),
    )
}

fn path(ctx: Ctx<'_>, stage: Stage) -> Element<'_, Message> {
    let look = ctx.look;
    let at = Stage::ALL.into_iter().position(|known| known == stage).unwrap_or_default();
    let name = ctx.text(stage.key());
    let told = ctx.text_with("today-path", &[("stage", name.clone().into())]);
    let line = look.path(at, &told);
    if ctx.room == Room::Narrow {
        let words = ctx.text_with("today-here", &[("stage", name.into())]);
        return column![line, look.note(words)].spacing(space::XS).into();
    }
    let labels = Stage::ALL.into_iter().map(|known| {
        let words = ctx.text(known.key());
        let label = if known == stage { look.strong(words) } else { look.quiet_words(words) };
        label.width(Length::FillPortion(1)).align_x(Alignment::Center).into()
    });
    column![line, Row::with_children(labels)].spacing(space::XS).into()
}

/// A break that was taken in an exercise: until when, and the way back to the very step.
fn on_a_break(ctx: Ctx<'_>) -> Option<Element<'_, Message>> {
    let look = ctx.look;
    let all = ctx.desk.space().progress.values();
    let (progress, pause) = all.filter_map(|progress| Some((progress, progress.current()?.pause?))).next_back()?;
    let exercise = ctx.library.get(&progress.exercise)?;
    let now = ctx.desk.now();
    let words = if pause.until > now.timestamp() {
        let until = super::player::pause::in_words(ctx.texts, pause.until, &now);
        ctx.text_with("player-break-on", &[("when", until.into())])
    } else {
        ctx.text("player-break-over")
    };
    let open = Message::PageChosen(Page::Exercise(exercise.id.clone()));
    Some(look.accent_card(
        column![
            look.heading(words),
            look.body(exercise.title.clone()),
            look.quiet(&ctx.text("today-go-on"), open),
        ]
        .spacing(10.0),
    ))
}

/// The one next small step.
fn step(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    if let Some(pause) = on_a_break(ctx) {
        return pause;
    }
    if let Some(id) = journey::agreed(ctx.desk) {
        let name = ctx.desk.therapist(&id).map(|therapist| therapist.name.clone()).unwrap_or_default();
        return look.together_card(
            column![
                look.mark(30.0, 1.0),
                look.heading(ctx.text_with("today-agreed-title", &[("name", name.into())])),
                look.body(ctx.text("today-agreed-lead")),
                look.primary(&ctx.text("today-agreed-open"), Message::PageChosen(Page::Session)),
            ]
            .spacing(12.0),
        );
    }
    if journey::is_refused(ctx.desk) {
        return look.card(
            column![
                look.heading(ctx.text("today-refused-title")),
                look.body(ctx.text("today-refused-lead")),
                look.quiet(&ctx.text("today-look-around"), Message::PageChosen(Page::Exercises)),
            ]
            .spacing(12.0),
        );
    }
    let next = next_step(ctx.desk.person().side, ctx.library, &ctx.desk.space().progress, &ctx.desk.now());
    let exercise = next.as_ref().and_then(|next| Some((next, ctx.library.get(&next.exercise)?)));
    let Some((next, exercise)) = exercise else {
        return look.card(
            column![
                look.body(ctx.text("today-nothing")),
                look.quiet(&ctx.text("today-look-around"), Message::PageChosen(Page::Exercises)),
            ]
            .spacing(12.0),
        );
    };
    let is_begun = ctx.desk.space().progress.get(&exercise.id).is_some_and(|progress| progress.current().is_some());
    let button = if is_begun { "today-go-on" } else { "today-begin" };
    look.accent_card(
        column![
            look.note(ctx.text("today-one-step")),
            look.heading(exercise.title.clone()),
            look.body(ctx.text(next.reason)),
            look.note(ctx.text_with("today-minutes", &[("minutes", exercise.minutes.into())])),
            row![
                look.primary(&ctx.text(button), Message::PageChosen(Page::Exercise(exercise.id.clone()))),
                look.link(&ctx.text("today-something-else"), Message::PageChosen(Page::Exercises)),
            ]
            .spacing(space::S)
            .wrap()
            .vertical_spacing(space::S),
        ]
        .spacing(10.0),
    )
}

/// The reminder's state in one sentence, and the two taps that matter.
fn moment(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let desk = ctx.desk;
    let (plan, spoken, now) = (&desk.data.plan, &desk.data.spoken, desk.now());
    let word = desk.binding_word();
    let owns = desk.owns_plan();
    let words = if owns && waits_for_window(plan, spoken, word, &now) {
        ctx.text("today-moment-missed")
    } else if !owns || !plan.on || plan.week.is_empty() {
        ctx.text("today-moment-none")
    } else {
        match next_moment(plan, spoken, word, &now) {
            Some(at) => ctx.text_with(
                "today-moment-next",
                &[("date", ctx.texts.date(at.date()).into()), ("time", ctx.texts.time(at.time()).into())],
            ),
            None => ctx.text("today-moment-quiet"),
        }
    };
    let mut buttons: Vec<Element<'_, Message>> = Vec::new();
    if may_open_check(desk.card(desk.here().other()).word, &now) {
        let check = look.quiet_icon(Icon::Leaf, &ctx.text("today-calm-now"), Message::PageChosen(Page::CalmCheck));
        buttons.push(check.into());
    }
    buttons.push(look.quiet_icon(Icon::Wind, &ctx.text("today-argued"), Message::ArgumentNoted).into());
    if owns && plan.week.is_empty() {
        buttons.push(look.link(&ctx.text("today-moment-set"), Message::PageChosen(Page::Moment)).into());
    }
    look.card(
        column![
            look.heading(ctx.text("today-moment-title")),
            look.body(words),
            Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S),
        ]
        .spacing(12.0),
    )
}

/// What else is under way.
fn further(ctx: Ctx<'_>, stage: Stage) -> Element<'_, Message> {
    let look = ctx.look;
    let mut rows: Column<'_, Message> = column![].spacing(12.0);
    let other = ctx.desk.here().other();
    if hesitation::shown(&ctx.desk.card(other).shown).next().is_some() && stage <= Stage::Choose {
        let name = ctx.desk.name(other, ctx.texts);
        rows = rows.push(look.list_row(
            Some(Icon::Eye),
            &ctx.text_with("today-shared-title", &[("name", name.into())]),
            &ctx.text("today-shared-note"),
            false,
            Message::PageChosen(Page::Hesitations),
        ));
    }
    let parts = ctx.desk.space().invitation.filled();
    if parts > 0 && stage <= Stage::Choose {
        rows = rows.push(look.list_row(
            Some(Icon::MessageCircle),
            &ctx.text("today-invitation-title"),
            &ctx.text_with("today-invitation-parts", &[("count", parts.into())]),
            false,
            Message::PageChosen(Page::Invitation),
        ));
    }
    if ctx.desk.data.listed().count() > 1 && journey::agreed(ctx.desk).is_none() {
        rows = rows.push(look.list_row(
            Some(Icon::Handshake),
            &ctx.text("today-choose-title"),
            &ctx.text("today-choose-lead"),
            false,
            Message::PageChosen(Page::Choose),
        ));
    }
    rows.into()
}
