//! The filters behind one button, and what they leave out, always in sight and one tap away.

use iced::Element;
use iced::widget::{Column, column, row};

use super::{Finding, Message, Therapists};
use crate::app::ctx::{Ctx, Room};
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::{Filter, Money, Order, Reason, Setting, places};

/// The distances that are offered, in kilometres; 0 is any.
const DISTANCES: [u16; 5] = [0, 10, 25, 50, 100];
/// The weeks until a first session that are offered.
const WEEKS: [u16; 3] = [2, 4, 8];
/// The shares of couples work that are offered, in percent.
const SHARES: [u8; 3] = [25, 50, 75];

/// A change to what is left out, or to the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// How they meet.
    Setting(Option<Setting>),
    /// The town or postal code, as typed.
    Near(String),
    /// How near, in kilometres.
    Within(u16),
    /// Only those who take new couples, or not.
    TakingNew,
    /// Weeks until a first session.
    Weeks(Option<u16>),
    /// The highest fee, as typed.
    Fee(String),
    /// Only those with a sliding scale, or not.
    SlidingScale,
    /// The least share of couples work.
    Share(Option<u8>),
    /// The training.
    Training(String),
    /// The language.
    Language(String),
    /// Which times.
    Times(Times),
    /// Only those who accept one trial session, or not.
    TrialSession,
    /// The order.
    Order(Order),
}

/// The times that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// Any.
    Any,
    /// Evenings.
    Evenings,
    /// Weekends.
    Weekends,
    /// One of the two is enough.
    Either,
}

fn times_of(filter: &Filter) -> Times {
    if filter.evenings_or_weekends {
        Times::Either
    } else if filter.evenings {
        Times::Evenings
    } else if filter.weekends {
        Times::Weekends
    } else {
        Times::Any
    }
}

fn times(ctx: Ctx<'_>) -> [(Times, String); 4] {
    [
        (Times::Any, "therapists-filter-any"),
        (Times::Evenings, "therapists-filter-evenings"),
        (Times::Weekends, "therapists-filter-weekends"),
        (Times::Either, "therapists-filter-either"),
    ]
    .map(|(times, key)| (times, ctx.text(key)))
}

impl Change {
    /// Makes the change.
    pub fn apply(self, finding: &mut Finding) {
        let filter = &mut finding.filter;
        match self {
            Self::Setting(setting) => filter.setting = setting,
            Self::Near(text) => filter.near = text,
            Self::Within(km) => filter.within_km = km,
            Self::TakingNew => filter.taking_new = !filter.taking_new,
            Self::Weeks(weeks) => filter.within_weeks = weeks,
            Self::Fee(text) => {
                filter.fee_up_to = Money::parse(&text);
                finding.fee = text;
            }
            Self::SlidingScale => filter.sliding_scale = !filter.sliding_scale,
            Self::Share(share) => filter.couples_share = share,
            Self::Training(text) => filter.training = text,
            Self::Language(text) => filter.language = text,
            Self::Times(times) => {
                filter.evenings = times == Times::Evenings;
                filter.weekends = times == Times::Weekends;
                filter.evenings_or_weekends = times == Times::Either;
            }
            Self::TrialSession => filter.trial_session = !filter.trial_session,
            Self::Order(order) => finding.order = order,
        }
    }
}

/// Takes back what leaves records out for this reason.
pub fn lift(reason: Reason, finding: &mut Finding) {
    let filter = &mut finding.filter;
    match reason {
        Reason::NotInPerson | Reason::NotOnline => filter.setting = None,
        Reason::TooFar => {
            filter.within_km = 0;
            if places::find(&filter.near).is_none() {
                filter.near.clear();
            }
        }
        Reason::NotTakingNew => filter.taking_new = false,
        Reason::LongWait => filter.within_weeks = None,
        Reason::Fee => {
            filter.fee_up_to = None;
            finding.fee.clear();
        }
        Reason::NoSlidingScale => filter.sliding_scale = false,
        Reason::FewCouples => filter.couples_share = None,
        Reason::Training => filter.training.clear(),
        Reason::Language => filter.language.clear(),
        Reason::DaytimeOnly => filter.evenings_or_weekends = false,
        Reason::NoEvenings => filter.evenings = false,
        Reason::NoWeekends => filter.weekends = false,
        Reason::NoTrialSession => filter.trial_session = false,
        Reason::Private => finding.without_wishes = true,
    }
}

/// Draws them.
pub fn view<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count = page.finding.filter.count();
    let note =
        if count == 0 { String::new() } else { ctx.text_with("therapists-filters-set", &[("count", count.into())]) };
    let mut lines =
        column![look.fold(&ctx.text("therapists-filters"), &note, page.filters_open, Message::FiltersFolded)]
            .spacing(space::S);
    if !page.found.hidden.is_empty() {
        lines = lines.push(left_out(page, ctx));
    }
    if page.found.set_aside {
        lines = lines.push(look.link_icon(Icon::EyeOff, &ctx.text("therapists-wishes-again"), Message::WishesChosen));
    }
    if page.filters_open {
        lines = lines.push(look.card(choices(page, ctx)));
    }
    lines.into()
}

/// How many are left out; for each reason one tap that shows them, and one for all.
fn left_out<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count: usize = page.found.hidden.iter().map(|(_, count)| count).sum();
    let mut lines = column![look.note(ctx.text_with("therapists-hidden", &[("count", count.into())]))];
    let mut reasons: Vec<Element<'a, Message>> = Vec::new();
    for (reason, count) in &page.found.hidden {
        let args = [("reason", ctx.text(reason.key()).into()), ("count", (*count).into())];
        let words = ctx.text_with("therapists-hidden-reason", &args);
        reasons.push(look.link_icon(Icon::Eye, &words, Message::ReasonLifted(*reason)).into());
    }
    reasons.push(look.link(&ctx.text("therapists-everyone"), Message::EveryoneChosen).into());
    lines = lines.push(Column::with_children(reasons));
    lines.into()
}

fn choices<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let filter = &page.finding.filter;
    let look = ctx.look;
    let change = Message::FilterChanged;
    let check = |key: &str, on: bool, to: Change| look.check(&ctx.text(key), on, change(to));
    let any = || ctx.text("therapists-filter-any");
    let counted = |key: &str, count: u16| ctx.text_with(key, &[("count", count.into())]);
    let weeks = std::iter::once((None, any()))
        .chain(WEEKS.map(|weeks| (Some(weeks), counted("therapists-filter-weeks-count", weeks))));
    let shares = std::iter::once((None, any()))
        .chain(SHARES.map(|share| (Some(share), counted("therapists-filter-share-count", share.into()))));
    let titled =
        |key: &str, segments: Element<'a, Message>| column![look.strong(ctx.text(key)), segments].spacing(space::S);
    let group = |key: &str| ctx.text(key);
    let mut lines = column![].spacing(space::M);
    if ctx.room == Room::Narrow || ctx.desk.index.len() <= 6 {
        lines = lines.push(order(page, ctx)).push(look.hairline());
    }
    lines
        .push(
            column![
                check("therapists-filter-taking-new", filter.taking_new, Change::TakingNew),
                titled(
                    "therapists-filter-weeks",
                    look.segments_of(
                        &group("therapists-filter-weeks"),
                        weeks,
                        Some(filter.within_weeks),
                        move |weeks| { change(Change::Weeks(weeks)) }
                    )
                ),
                place(page, ctx),
                money(page, ctx),
                titled(
                    "therapists-filter-share",
                    look.segments_of(
                        &group("therapists-filter-share"),
                        shares,
                        Some(filter.couples_share),
                        move |share| { change(Change::Share(share)) }
                    )
                ),
                look.field(
                    &ctx.text("therapists-filter-training"),
                    &ctx.text("therapists-filter-training-hint"),
                    &filter.training,
                    move |text| change(Change::Training(text))
                ),
                look.field(
                    &ctx.text("therapists-filter-language"),
                    &ctx.text("therapists-filter-language-hint"),
                    &filter.language,
                    move |text| { change(Change::Language(text)) }
                ),
                titled(
                    "therapists-filter-times",
                    look.segments_of(
                        &group("therapists-filter-times"),
                        times(ctx),
                        Some(times_of(filter)),
                        move |times| { change(Change::Times(times)) }
                    )
                ),
                check("therapists-filter-trial", filter.trial_session, Change::TrialSession),
                look.note(ctx.text("therapists-filter-note")),
                look.hairline(),
                column![
                    look.note(ctx.text("therapists-needs-lead")),
                    look.quiet_icon(Icon::Lock, &ctx.text("therapists-needs"), Message::NeedsOpened),
                ]
                .spacing(space::S),
            ]
            .spacing(space::M),
        )
        .into()
}

/// How they meet, and how far away.
fn place<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let filter = &page.finding.filter;
    let change = Message::FilterChanged;
    let settings = [
        (None, ctx.text("therapists-filter-any")),
        (Some(Setting::InPerson), ctx.text("therapist-in-person")),
        (Some(Setting::Online), ctx.text("therapist-online")),
    ];
    let mut lines = column![
        look.strong(ctx.text("therapists-filter-setting")),
        look.segments(settings, Some(filter.setting), move |setting| change(Change::Setting(setting))),
        look.field(
            &ctx.text("therapists-filter-near"),
            &ctx.text("therapists-filter-near-hint"),
            &filter.near,
            move |text| change(Change::Near(text))
        ),
    ]
    .spacing(space::S);
    if !filter.near.trim().is_empty() {
        if places::find(&filter.near).is_some() {
            let distances = DISTANCES.map(|km| {
                let words = match km {
                    0 => ctx.text("therapists-filter-any"),
                    km => ctx.text_with("therapists-filter-km", &[("km", km.into())]),
                };
                (km, words)
            });
            let group = ctx.text("therapists-filter-distance");
            lines = lines.push(
                look.segments_of(&group, distances, Some(filter.within_km), move |km| change(Change::Within(km))),
            );
        } else {
            lines = lines.push(look.note(ctx.text("therapists-filter-near-unknown")));
        }
    }
    lines.into()
}

/// What it may cost.
fn money<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let change = Message::FilterChanged;
    let mut lines =
        column![look.field(&ctx.text("therapists-filter-fee"), "160 CAD", &page.finding.fee, move |text| change(
            Change::Fee(text)
        ))]
        .spacing(space::S);
    if !page.finding.fee.trim().is_empty() && page.finding.filter.fee_up_to.is_none() {
        lines = lines.push(look.note(ctx.text("therapists-wrong-fee")));
    }
    let sliding = page.finding.filter.sliding_scale;
    lines.push(look.check(&ctx.text("therapist-sliding"), sliding, change(Change::SlidingScale))).into()
}

/// What the list is sorted by.
pub fn order<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let near = places::find(&page.finding.filter.near).is_some();
    let orders = Order::ALL
        .into_iter()
        .filter(|order| *order != Order::Distance || near)
        .map(|order| (order, ctx.text(order.key())));
    let group = ctx.text("therapists-order");
    let segments = look
        .segments_of(&group, orders, Some(page.finding.order), |order| Message::FilterChanged(Change::Order(order)));
    let words = look.note(group);
    if look.tight {
        column![words, segments].spacing(space::XS).into()
    } else {
        row![words, segments].spacing(space::S).align_y(iced::Alignment::Center).into()
    }
}
