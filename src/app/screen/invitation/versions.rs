//! Older versions of the invitation: read, take again, delete.

use iced::widget::{Column, Row, column};
use iced::{Alignment, Element, Length};
use jiff::Timestamp;

use super::Message;
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::Stand;
use crate::exercise::Version;

/// Draws them, the newest first; nothing if there is none.
pub fn view<'a>(ctx: Ctx<'a>, open: Option<Timestamp>, deleted: Option<&'a Version>) -> Element<'a, Message> {
    let look = ctx.look;
    let versions = &ctx.desk.space().invitation.versions;
    let mut lines: Column<'_, Message> = column![].spacing(space::S);
    if versions.is_empty() && deleted.is_none() {
        return lines.into();
    }
    lines = lines.push(look.heading(ctx.text("invitation-versions")));
    if deleted.is_some() {
        let undo = look.link(&ctx.text("undo"), Message::DeletionUndone).into();
        lines = lines.push(look.banner(&ctx.text("invitation-version-deleted"), vec![undo]));
    }
    let zone = ctx.desk.now().time_zone().clone();
    for version in versions.iter().rev() {
        let at = version.at.to_zoned(zone.clone());
        let args = [("date", ctx.texts.date(at.date()).into()), ("time", ctx.texts.time(at.time()).into())];
        let is_open = open == Some(version.at);
        let glyph = if is_open { Icon::ChevronUp } else { Icon::ChevronDown };
        let head = look
            .quiet_icon(glyph, &ctx.text_with("invitation-version", &args), Message::VersionUnfolded(version.at))
            .width(Length::Fill)
            .align_x(Alignment::Start)
            .stand(Stand::Expanded(is_open));
        lines = lines.push(head);
        if is_open {
            let again = look.quiet(&ctx.text("invitation-version-restore"), Message::VersionRestored(version.at));
            let delete = look.link_icon(
                Icon::Trash,
                &ctx.text("invitation-version-delete"),
                Message::VersionDeleted(version.at),
            );
            let buttons: [Element<'a, Message>; 2] = [again.into(), delete.into()];
            let buttons = Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::S);
            lines = lines.push(look.card(column![look.body(version.text.clone()), buttons].spacing(space::M)));
        }
    }
    lines.into()
}
