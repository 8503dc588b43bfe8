//! The filters behind one button, and what they leave out, always in sight.

use iced::Element;
use iced::widget::column;

use super::{Finding, Message, Therapists};
use crate::app::ctx::Ctx;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::directory::{Filter, Money, Setting};

/// A change to what is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// How they meet.
    Setting(Option<Setting>),
    /// Only those who take new couples, or not.
    TakingNew,
    /// The highest fee, as typed.
    Fee(String),
    /// Only those with a sliding scale, or not.
    SlidingScale,
    /// Only those with evening or weekend hours, or not.
    EveningsOrWeekends,
    /// Only those who accept one trial session, or not.
    TrialSession,
    /// The language.
    Language(String),
}

impl Change {
    /// Makes the change.
    pub fn apply(self, finding: &mut Finding) {
        let filter = &mut finding.filter;
        match self {
            Self::Setting(setting) => filter.setting = setting,
            Self::TakingNew => filter.taking_new = !filter.taking_new,
            Self::Fee(text) => {
                filter.fee_up_to = Money::parse(&text);
                finding.fee = text;
            }
            Self::SlidingScale => filter.sliding_scale = !filter.sliding_scale,
            Self::EveningsOrWeekends => filter.evenings_or_weekends = !filter.evenings_or_weekends,
            Self::TrialSession => filter.trial_session = !filter.trial_session,
            Self::Language(text) => filter.language = text,
        }
    }
}

/// How many filters are set.
fn set(filter: &Filter) -> usize {
    [
        filter.setting.is_some(),
        filter.taking_new,
        filter.fee_up_to.is_some(),
        filter.sliding_scale,
        filter.evenings_or_weekends,
        filter.trial_session,
        !filter.language.trim().is_empty(),
    ]
    .into_iter()
    .filter(|on| *on)
    .count()
}

/// Draws them.
pub fn view<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count = set(&page.finding.filter);
    let note =
        if count == 0 { String::new() } else { ctx.text_with("therapists-filters-set", &[("count", count.into())]) };
    let mut lines =
        column![look.fold(&ctx.text("therapists-filters"), &note, page.filters_open, Message::FiltersFolded)]
            .spacing(space::S);
    if !page.hidden.is_empty() {
        lines = lines.push(left_out(page, ctx));
    }
    if page.filters_open {
        lines = lines.push(look.card(choices(page, ctx)));
    }
    lines.into()
}

fn left_out<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let count: usize = page.hidden.iter().map(|(_, count)| count).sum();
    let reasons: Vec<String> = page
        .hidden
        .iter()
        .map(|(reason, count)| {
            let args = [("reason", ctx.text(reason.key()).into()), ("count", (*count).into())];
            ctx.text_with("therapists-hidden-reason", &args)
        })
        .collect();
    let args = [("count", count.into()), ("reasons", reasons.join(", ").into())];
    column![
        look.note(ctx.text_with("therapists-hidden", &args)),
        look.link_icon(Icon::Eye, &ctx.text("therapists-everyone"), Message::EveryoneChosen),
    ]
    .into()
}

fn choices<'a>(page: &'a Therapists, ctx: Ctx<'a>) -> Element<'a, Message> {
    let look = ctx.look;
    let filter = &page.finding.filter;
    let settings = [
        (None, ctx.text("therapists-filter-any")),
        (Some(Setting::InPerson), ctx.text("therapist-in-person")),
        (Some(Setting::Online), ctx.text("therapist-online")),
    ];
    let change = Message::FilterChanged;
    let mut lines = column![
        look.check(&ctx.text("therapists-filter-taking-new"), filter.taking_new, change(Change::TakingNew)),
        look.strong(ctx.text("therapists-filter-setting")),
        look.segments(settings, Some(filter.setting), move |setting| change(Change::Setting(setting))),
        look.field(&ctx.text("therapists-filter-fee"), "160 CAD", &page.finding.fee, move |text| {
            change(Change::Fee(text))
        }),
    ]
    .spacing(space::M);
    if !page.finding.fee.trim().is_empty() && filter.fee_up_to.is_none() {
        lines = lines.push(look.note(ctx.text("therapists-wrong-fee")));
    }
    lines
        .push(look.check(&ctx.text("therapist-sliding"), filter.sliding_scale, change(Change::SlidingScale)))
        .push(look.check(
            &ctx.text("therapists-filter-times"),
            filter.evenings_or_weekends,
            change(Change::EveningsOrWeekends),
        ))
        .push(look.check(&ctx.text("therapists-filter-trial"), filter.trial_session, change(Change::TrialSession)))
        .push(look.field(&ctx.text("therapists-filter-language"), "", &filter.language, move |text| {
            change(Change::Language(text))
        }))
        .push(look.note(ctx.text("therapists-filter-note")))
        .into()
}
