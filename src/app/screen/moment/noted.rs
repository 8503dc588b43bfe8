//! The quiet timeline of asking: for its owner alone.

use iced::Element;
use iced::widget::{Column, column};

use super::{Message, Moment, capital};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::moment::{Entry, Outcome, What};

impl Moment {
    /// What was noted, the newest first; nothing at all while there is nothing.
    pub(super) fn noted<'a>(&'a self, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
        let look = ctx.look;
        let entries = &ctx.desk.space().asking.entries;
        if entries.is_empty() {
            return None;
        }
        let fold = look.fold(&ctx.text("moment-noted"), "", self.noted, Message::NotedSwitched);
        let mut lines: Column<'a, Message> = column![fold].spacing(space::S);
        if self.noted {
            lines = lines.push(look.note(ctx.text("moment-noted-lead")));
            let mut entries: Vec<&Entry> = entries.iter().collect();
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
            for entry in entries {
                lines = lines.push(line(ctx, entry));
            }
        }
        Some(lines.into())
    }
}

fn line<'a>(ctx: Ctx<'a>, entry: &Entry) -> Element<'a, Message> {
    let look = ctx.look;
    let at = entry.at.to_zoned(ctx.desk.now().time_zone().clone());
    let what = match entry.what {
        What::Argued => ctx.text("moment-noted-argued"),
        What::NotNow => ctx.text("moment-noted-not-now"),
        What::GoodMoment => ctx.text("moment-noted-good-moment"),
        What::Asked(Outcome::Yes) => ctx.text("moment-noted-yes"),
        What::Asked(Outcome::No) => ctx.text("moment-noted-no"),
        What::Asked(Outcome::DidNotAsk) => ctx.text("moment-noted-did-not-ask"),
        What::Asked(Outcome::Later(day)) => {
            ctx.text_with("moment-noted-later", &[("date", ctx.texts.date(day).into())])
        }
    };
    let day = look.note(capital(&ctx.texts.date(at.date())));
    let mut lines: Column<'a, Message> = column![day, look.body(what)].spacing(2.0);
    if !entry.note.is_empty() {
        lines = lines.push(look.quiet_words(entry.note.clone()));
    }
    lines.into()
}
