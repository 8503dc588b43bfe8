//! "Who is here?": before a page that only one of the two may see.

use iced::Element;
use iced::widget::{Space, column};

use super::choose::name_of;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::theme::space;
use crate::couple::Member;

/// Whether this person, who says they are here now, comes in by the door: somebody else was here, and one of the spaces
/// has a passphrase. The device is handed over then ([`Action::HandOver`](super::Action::HandOver)), so that what the
/// other had open is locked.
#[must_use]
pub fn comes_by_the_door(desk: &Desk, member: Member) -> bool {
    member != desk.here() && desk.has_passphrases()
}

/// This person is here now. Only for a page on which nobody [comes by the door](comes_by_the_door).
pub fn is_here(desk: &mut Desk, member: Member) {
    if !comes_by_the_door(desk, member) {
        desk.change_settings(|settings| settings.here = member);
    }
}

/// Asks it; `cancel` leads back.
pub fn view<'a, M: Clone + 'a>(ctx: Ctx<'a>, present: impl Fn(Member) -> M, cancel: M) -> Element<'a, M> {
    let look = ctx.look;
    let mut lines = column![
        Space::new().height(space::L),
        look.mark(56.0, 0.0),
        look.title(ctx.text("who-title")),
        look.lead(ctx.text("who-lead")),
    ]
    .spacing(space::M);
    for member in Member::BOTH {
        let words = ctx.text_with("choosing-hand-here", &[("name", name_of(ctx, member).into())]);
        lines = lines.push(look.quiet(&words, present(member)));
    }
    look.page(lines.push(look.link(&ctx.text("cancel"), cancel)))
}
