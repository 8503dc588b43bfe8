//! One therapist: what matters first, how to reach them, then everything else that is known.

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element, Length};
use jiff::Timestamp;
use jiff::civil::Date;

use super::fields::{self, Field, GROUPS, Kind, NOTES};
use super::{Message, Therapists, Undo, clash, links, list, photo};
use crate::app::ctx::Ctx;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::{Therapist, TherapistId, YesNo};

/// Draws the page of the therapist `id`.
pub fn view<'a>(page: &'a Therapists, id: &'a TherapistId, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let Some(therapist) = ctx.desk.therapist(id) else {
        return column![
            look.title(ctx.text("therapist-gone-title")),
            look.quiet(&ctx.text("therapist-to-list"), Message::PageChosen(Page::Therapists(None))),
        ]
        .spacing(space::M)
        .into();
    };
    if therapist.deleted {
        return gone(page, id, therapist, ctx);
    }
    let mut lines = column![heading(page, therapist, ctx), first(page, id, therapist, ctx)].spacing(space::M);
    for card in clash::view(id, ctx) {
        lines = lines.push(card);
    }
    lines = lines.push(reach(therapist, ctx));
    for group in GROUPS {
        if let Some(card) = facts(group.title, group.fields, therapist, ctx) {
            lines = lines.push(card);
        }
    }
    if !therapist.notes.trim().is_empty() {
        lines =
            lines.push(look.card(
                column![look.heading(ctx.text(NOTES.label)), look.body(therapist.notes.clone())].spacing(space::S),
            ));
    }
    lines = lines.push(origin(therapist, ctx));
    if let Some(asking) = &page.asking {
        lines = lines.push(photo::asking(asking, id, ctx).map(Message::Photo));
    }
    lines.push(ends(page, id, therapist, ctx)).into()
}

fn gone<'a>(page: &'a Therapists, id: &TherapistId, therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut buttons: Vec<Element<'a, Message>> = Vec::new();
    if page.undo.as_ref() == Some(&Undo::Deleted(id.clone())) {
        buttons.push(look.quiet_icon(Icon::Undo, &ctx.text("undo"), Message::UndoChosen).into());
    }
    let to_list = Message::PageChosen(Page::Therapists(None));
    buttons.push(look.link(&ctx.text("therapist-to-list"), to_list).into());
    let words = ctx.text_with("therapist-deleted", &[("name", therapist.name.clone().into())]);
    column![look.title(therapist.name.clone()), look.banner(&words, buttons)].spacing(space::M).into()
}

fn heading<'a>(page: &'a Therapists, therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines = column![look.title(therapist.name.clone())].spacing(space::XS);
    let who: Vec<&str> = [&therapist.credential, &therapist.pronouns, &therapist.practice]
        .into_iter()
        .map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    if !who.is_empty() {
        lines = lines.push(look.quiet_words(who.join(" · ")));
    }
    let heading: Element<'a, Message> = match photo::view(page.photo.as_ref(), &therapist.name, ctx) {
        Some(picture) if look.tight => column![picture, lines].spacing(space::S).into(),
        Some(picture) => row![picture, lines.width(Length::Fill)].spacing(space::M).align_y(Alignment::Center).into(),
        None => lines.into(),
    };
    if matches!(page.undo, Some(Undo::Photo(..))) {
        return column![heading, look.quiet_icon(Icon::Undo, &ctx.text("undo"), Message::UndoChosen)]
            .spacing(space::S)
            .into();
    }
    heading
}

/// What one wants to know before calling.
fn first<'a>(page: &'a Therapists, id: &TherapistId, therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let taking = match therapist.taking_new {
        YesNo::Yes => ctx.text("therapist-takes-new-long"),
        YesNo::No => ctx.text("therapist-takes-none-long"),
        YesNo::Unknown => ctx.text("therapist-takes-unknown"),
    };
    let mut lines = column![look.strong(taking)].spacing(space::XS);
    if let (true, Some(date)) = (therapist.taking_new != YesNo::Unknown, therapist.taking_new_checked) {
        let args = [("date", fields::dated(ctx, date).into())];
        lines = lines.push(look.note(ctx.text_with("therapist-asked-on", &args)));
    }
    let mut facts = Vec::new();
    if let Some(fee) = &therapist.fee {
        let key = if therapist.sliding_scale == YesNo::Yes { "therapist-fee-sliding" } else { "therapist-fee-fact" };
        facts.push(ctx.text_with(key, &[("fee", fields::money(fee, ctx.texts).into())]));
    }
    if let Some(format) = list::format(therapist, ctx) {
        facts.push(ctx.text_with("therapist-meets-fact", &[("how", format.into())]));
    }
    if !therapist.couples_training.is_empty() {
        let training = therapist.couples_training.join(", ");
        facts.push(ctx.text_with("therapist-training-fact", &[("training", training.into())]));
    }
    match (therapist.evenings, therapist.weekends) {
        (YesNo::Yes, YesNo::Yes) => facts.push(ctx.text("therapist-hours-both")),
        (YesNo::Yes, _) => facts.push(ctx.text("therapist-hours-evenings")),
        (_, YesNo::Yes) => facts.push(ctx.text("therapist-hours-weekends")),
        _ => {}
    }
    let has_facts = !facts.is_empty();
    for fact in facts {
        lines = lines.push(look.body(fact));
    }
    if has_facts && let Some(date) = noted(id, therapist, ctx) {
        let args = [("date", fields::dated(ctx, date).into())];
        lines = lines.push(look.note(ctx.text_with("therapist-noted-on", &args)));
    }
    column![look.accent_card(lines), checked(page, id, therapist, ctx)].spacing(space::S).into()
}

/// The day on which the oldest of what goes stale was written down or last checked: fee, times, how they meet.
fn noted(id: &TherapistId, therapist: &Therapist, ctx: Ctx<'_>) -> Option<Date> {
    let joined = ctx.desk.data.therapists.get(id)?;
    let zone = ctx.desk.now().time_zone().clone();
    let day = |field: &&str| {
        let millis = i64::try_from(joined.stamp(field)?.millis()).ok()?;
        Some(Timestamp::from_millisecond(millis).ok()?.to_zoned(zone.clone()).date())
    };
    let written = ["fee", "online", "in_person", "evenings", "weekends"].iter().filter_map(day).min()?;
    Some(therapist.checked.map_or(written, |checked| checked.max(written)))
}

/// Buttons that call, write, open and show on a map; beside each, one that copies.
fn reach<'a>(therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines: Column<'a, Message> = column![].spacing(space::S);
    let mut is_first = true;
    let country = links::country_of(therapist);
    for phone in &therapist.phones {
        let words = ctx.text_with("therapist-call", &[("phone", phone.clone().into())]);
        lines = lines.push(contact(ctx, Icon::Phone, &words, phone, links::call(phone, &country), is_first));
        is_first = false;
    }
    for mail in &therapist.mails {
        let words = ctx.text_with("therapist-mail", &[("mail", mail.clone().into())]);
        lines = lines.push(contact(ctx, Icon::Mail, &words, mail, links::mail(mail), is_first));
        is_first = false;
    }
    let mut in_browser = false;
    for web in &therapist.webs {
        let short = web.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        let words = ctx.text_with("therapist-web", &[("page", short.to_owned().into())]);
        lines = lines.push(contact(ctx, Icon::Globe, &words, web, links::web(web), false));
        in_browser = true;
    }
    let address = therapist.address();
    if !address.is_empty() {
        lines = lines.push(contact(
            ctx,
            Icon::MapPin,
            &ctx.text_with("therapist-map", &[("address", address.clone().into())]),
            &address,
            links::map(&address),
            false,
        ));
        in_browser = true;
    }
    if in_browser {
        lines = lines.push(look.note(ctx.text("therapist-browser-note")));
    } else if is_first {
        lines = lines.push(look.note(ctx.text("therapist-no-contact")));
    }
    lines.into()
}

/// One way to reach them. Without a link there is only the text and the button that copies it.
fn contact<'a>(
    ctx: Ctx<'a>,
    picture: Icon,
    words: &str,
    text: &str,
    link: Option<String>,
    is_main: bool,
) -> Element<'a, Message> {
    let look = ctx.look;
    let copy = look.icon_button(
        Icon::Copy,
        ctx.text_with("therapist-copy", &[("text", text.to_owned().into())]),
        Message::CopyChosen(text.to_owned()),
    );
    let open: Element<'a, Message> = match link {
        Some(link) if is_main => look.primary(words, Message::LinkChosen(link)).width(Length::Fill).into(),
        Some(link) if look.tight => look.quiet(words, Message::LinkChosen(link)).width(Length::Fill).into(),
        Some(link) => look.quiet_icon(picture, words, Message::LinkChosen(link)).width(Length::Fill).into(),
        None => look.body(text.to_owned()).width(Length::Fill).into(),
    };
    row![open, copy].spacing(space::XS).align_y(Alignment::Center).into()
}

/// The fields of a group that are filled and not shown elsewhere.
fn facts<'a>(title: &str, all: &[Field], therapist: &Therapist, ctx: Ctx<'a>) -> Option<Element<'a, Message>> {
    const ELSEWHERE: [&str; 14] = [
        "phones",
        "mails",
        "webs",
        "practice",
        "pronouns",
        "credential",
        "street",
        "city",
        "region",
        "postcode",
        "country",
        "notes",
        "source",
        "checked",
    ];
    let look = ctx.look;
    let mut lines = column![look.heading(ctx.text(title))].spacing(6.0);
    let mut is_empty = true;
    for field in all.iter().filter(|field| !ELSEWHERE.contains(&field.name) && field.name != "taking_new_checked") {
        let Some(value) = field.shown(therapist, ctx) else { continue };
        is_empty = false;
        let label = ctx.text(field.label);
        if matches!(field.kind, Kind::Answer) {
            let yes = (field.get)(therapist) == "yes";
            let words = ctx.text_with("therapist-fact", &[("label", label.into()), ("value", value.into())]);
            let mark = crate::app::widget::icon::icon(if yes { Icon::Check } else { Icon::X }, 18.0);
            lines = lines.push(
                row![crate::app::widget::describe::hidden(mark), look.body(words)]
                    .spacing(space::S)
                    .align_y(Alignment::Center),
            );
        } else {
            let words = ctx.text_with("therapist-fact", &[("label", label.into()), ("value", value.into())]);
            lines = lines.push(look.body(words));
        }
    }
    (!is_empty).then(|| look.card(lines))
}

/// Where the record comes from.
fn origin<'a>(therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let mut lines: Column<'a, Message> = column![].spacing(space::S);
    if !therapist.source.is_empty() {
        let args = [("source", therapist.source.clone().into())];
        lines = lines.push(look.note(ctx.text_with("therapist-from", &args)));
    }
    if let Some(member) = therapist.added_by {
        let args = [("name", ctx.desk.name(member, ctx.texts).into())];
        lines = lines.push(look.note(ctx.text_with("therapist-added-by", &args)));
    }
    lines.into()
}

/// Whether all this still holds, and the one tap that says so.
fn checked<'a>(page: &'a Therapists, id: &TherapistId, therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let today = ctx.desk.now().date();
    let words = match therapist.checked {
        Some(date) if date == today => ctx.text("therapist-checked-today"),
        Some(date) => ctx.text_with("therapist-checked-on", &[("date", fields::dated(ctx, date).into())]),
        None => ctx.text("therapist-checked-never"),
    };
    let mut lines: Column<'a, Message> = column![look.note(words)].spacing(space::XS);
    let can_undo = matches!(&page.undo, Some(Undo::Checked(checked, _)) if checked == id);
    if can_undo {
        lines = lines.push(look.link_icon(Icon::Undo, &ctx.text("undo"), Message::UndoChosen));
    } else if therapist.checked != Some(today) {
        let words = ctx.text("therapist-check-today");
        lines = lines.push(look.quiet_icon(Icon::Check, &words, Message::CheckedChosen(id.clone())));
    }
    lines.into()
}

fn ends<'a>(page: &Therapists, id: &TherapistId, therapist: &Therapist, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let has_photo = !therapist.photo.is_empty();
    let add = ctx.text(if has_photo { "photo-other" } else { "photo-add" });
    let remove = look.link(&ctx.text("photo-remove"), Message::Photo(photo::Message::RemoveChosen(id.clone())));
    let choose = page.asking.is_none().then_some(Message::Photo(photo::Message::Chosen));
    let edit = Page::EditTherapist(Some(id.as_str().to_owned()));
    Row::with_children([
        look.quiet_icon(Icon::Pencil, &ctx.text("edit"), Message::PageChosen(edit)).into(),
        look.link_icon(Icon::User, &add, choose).into(),
        if has_photo { remove.into() } else { row![].into() },
        look.link_icon(Icon::Trash, &ctx.text("therapist-delete"), Message::DeleteChosen(id.clone())).into(),
    ])
    .spacing(space::S)
    .wrap()
    .vertical_spacing(space::S)
    .into()
}
