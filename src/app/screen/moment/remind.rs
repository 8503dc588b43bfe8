//! The reminder: on or off with the exact effect, how often at most, and its words.

use iced::Element;
use iced::widget::column;

use super::Message;
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;

/// The days between two reminders that are offered; the rules know no fewer than the first.
const DAYS: [u16; 3] = [14, 21, 28];

/// Draws it.
pub(super) fn view(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let plan = &ctx.desk.data.plan;
    let (path, _) = ctx.desk.login_file();
    let effect = if plan.on { "moment-remind-on" } else { "moment-remind-off" };
    let mut lines = column![
        look.heading(ctx.text("moment-remind-title")),
        look.switch(&ctx.text("moment-remind"), plan.on, Message::ReminderSwitched),
    ]
    .spacing(space::S);
    if !plan.on && !plan.safety_seen {
        let safety = ctx.text("settings-reminder-safety-first");
        lines = lines.push(look.link_icon(Icon::LifeBuoy, &safety, Message::ReminderSwitched));
    }
    let days = DAYS.map(|days| (days, ctx.text_with("moment-days-value", &[("days", days.into())])));
    let note = [("title", ctx.text("watch-title").into()), ("body", ctx.text("watch-body").into())];
    lines
        .push(look.note(ctx.text_with(effect, &[("path", path.into())])))
        .push(look.strong(ctx.text("moment-days")))
        .push(look.segments(days, Some(plan.days_between()), Message::DaysChosen))
        .push(look.note(ctx.text("moment-days-note")))
        .push(look.field(&ctx.text("moment-wording"), &ctx.text("watch-title"), &plan.wording, Message::WordingEdited))
        .push(look.note(ctx.text_with("moment-wording-note", &note)))
        .into()
}
