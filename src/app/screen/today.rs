//! Today: where the couple stands on the path, and one next small step.

use iced::widget::{Column, Row, column};
use iced::{Alignment, Element, Length};

use super::Action;
use crate::app::ctx::{Ctx, Room};
use crate::app::desk::Desk;
use crate::app::journey;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::exercise::{Go, Next, Stage, hesitation, next_step};
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
            desk.change_person(|person| person.note_argument(now));
            Action::Say(texts.get("today-argued-said"))
        }
    }
}

/// Draws the page.
pub fn view(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let stage = journey::stage(ctx.desk);
    let name = ctx.desk.card(ctx.desk.here()).name.trim();
    let greeting = if name.is_empty() {
        ctx.text("today-title")
    } else {
        ctx.text_with("today-greeting", &[("name", name.to_owned().into())])
    };
    let next = next_step(&journey::standing(ctx.desk), ctx.library);
    let head = column![look.quiet_words(greeting), path(ctx, stage)].spacing(space::S);
    look.page(column![head, step(ctx, &next), moment(ctx), further(ctx, stage, &next.go)].spacing(space::L))
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

/// The one next small step: what, why, one main button, and always something else.
fn step<'a>(ctx: Ctx<'a>, next: &Next) -> Element<'a, Message> {
    let look = ctx.look;
    if let Some(pause) = on_a_break(ctx) {
        return pause;
    }
    let else_where = look.link(&ctx.text("today-something-else"), Message::PageChosen(Page::Exercises)).into();
    let (title, open) = what(ctx, &next.go);
    let mut lines: Column<'a, Message> = column![look.title(title), look.body(why(ctx, next))].spacing(12.0);
    let mut buttons: Vec<Element<'a, Message>> = Vec::new();
    if let Some((label, page)) = open {
        buttons.push(look.primary(&label, Message::PageChosen(page)).into());
    }
    buttons.push(else_where);
    if let Go::Exercise(id) = &next.go
        && let Some(exercise) = ctx.library.get(id)
    {
        lines = lines.push(look.note(ctx.text_with("today-minutes", &[("minutes", exercise.minutes.into())])));
    }
    let lines = lines.push(Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S));
    match next.go {
        Go::Choose | Go::Session | Go::Therapists => look.together_card(lines),
        Go::Rest => look.card(lines),
        Go::Exercise(_) | Go::Hesitations | Go::Rehearsal | Go::QuietTimes => look.accent_card(lines),
    }
}

/// What the step is called, and its main button: what it says and where it leads.
fn what(ctx: Ctx<'_>, go: &Go) -> (String, Option<(String, Page)>) {
    let (title, button, page) = match go {
        Go::Exercise(id) => {
            let title = ctx.library.get(id).map(|exercise| exercise.title.clone()).unwrap_or_default();
            let is_begun = ctx.desk.progress(id).is_some_and(|progress| progress.current().is_some());
            let button = if is_begun { "today-go-on" } else { "today-begin" };
            return (title, Some((ctx.text(button), Page::Exercise(id.clone()))));
        }
        Go::Session => {
            let id = journey::agreed(ctx.desk);
            let name = id.and_then(|id| ctx.desk.therapist(&id)).map(|one| one.name.clone()).unwrap_or_default();
            let title = ctx.text_with("today-agreed-title", &[("name", name.into())]);
            return (title, Some((ctx.text("today-agreed-open"), Page::Session)));
        }
        Go::Rest => return (ctx.text("today-rest"), None),
        Go::Hesitations => ("hesitations-place", "today-begin", Page::Hesitations),
        Go::Rehearsal => ("today-rehearse", "today-rehearse-open", Page::Rehearsal),
        Go::QuietTimes => ("today-quiet-times", "today-moment-set", Page::Moment),
        Go::Therapists => ("today-choose-title", "today-list-open", Page::Therapists(None)),
        Go::Choose => ("today-choose-title", "today-choose-open", Page::Choose),
    };
    (ctx.text(title), Some((ctx.text(button), page)))
}

/// The reason, in one sentence.
fn why(ctx: Ctx<'_>, next: &Next) -> String {
    let reason = next.about.map(|about| super::hesitations::label(ctx, about)).unwrap_or_default();
    let name = ctx.desk.name(ctx.desk.here().other(), ctx.texts);
    ctx.text_with(next.reason, &[("reason", reason.into()), ("name", name.into())])
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
fn further<'a>(ctx: Ctx<'a>, stage: Stage, proposed: &Go) -> Element<'a, Message> {
    let look = ctx.look;
    let mut rows: Column<'a, Message> = column![].spacing(12.0);
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
    } else if stage <= Stage::Choose && *proposed != Go::Hesitations {
        rows = rows.push(look.list_row(
            Some(Icon::Scale),
            &ctx.text("hesitations-place"),
            &ctx.text("more-hesitations-note"),
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
