//! Help when it is not safe. Private, stores nothing, and nothing afterwards shows that one was here.
//!
//! The questions are the app's own and are never counted: no answer here is an all-clear, and any yes puts help
//! first. What is ticked lives in this page alone and is gone with it.

use iced::widget::{Column, Row, column, row};
use iced::{Alignment, Element};

use super::Action;
use crate::app::ctx::Ctx;
use crate::app::helplines::{Both, Country, Helpline, Helplines};
use crate::app::theme::space;
use crate::app::widget::Icon;

/// The questions, by their texts.
const QUESTIONS: [&str; 5] =
    ["safety-q-fear", "safety-q-control", "safety-q-hurt", "safety-q-forced", "safety-q-threat"];

/// With lines in more parts of a country than these, one asks where somebody lives.
const FEW_REGIONS: usize = 4;

/// The state of the page.
#[derive(Debug, Clone)]
pub struct Safety {
    helplines: Option<Helplines>,
    country: usize,
    choosing_country: bool,
    /// The first line of the part of the country whose lines are shown alone.
    region: Option<usize>,
    ticked: [bool; QUESTIONS.len()],
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A question was ticked, or unticked.
    QuestionTicked(usize),
    /// The list of countries was opened or closed.
    CountriesUnfolded,
    /// A country was chosen.
    CountryChosen(usize),
    /// A part of the country was chosen, by its first line, or let go of again.
    RegionChosen(usize),
    /// A number was chosen to be called.
    NumberChosen(String),
    /// A number was chosen to send a text to.
    TextChosen(String),
    /// A number or address was chosen to be copied.
    CopyChosen(String),
    /// A site was chosen.
    SiteChosen(String),
    /// The reminder is to be off.
    ReminderStopped,
    /// One wants to leave at once.
    LeaveChosen,
}

impl Safety {
    /// The page, at the country that the system's language tag names.
    #[must_use]
    pub fn new(tag: Option<&str>) -> Self {
        let helplines = Helplines::built_in();
        let country = helplines.as_ref().map_or(0, |all| all.place_of(tag));
        Self { helplines, country, choosing_country: false, region: None, ticked: [false; QUESTIONS.len()] }
    }

    /// Does what the message asks.
    pub fn update(&mut self, message: Message) -> Action<Message> {
        match message {
            Message::QuestionTicked(place) => {
                if let Some(ticked) = self.ticked.get_mut(place) {
                    *ticked = !*ticked;
                }
                Action::None
            }
            Message::CountriesUnfolded => {
                self.choosing_country = !self.choosing_country;
                Action::None
            }
            Message::CountryChosen(place) => {
                (self.country, self.choosing_country, self.region) = (place, false, None);
                Action::None
            }
            Message::RegionChosen(region) => {
                self.region = (self.region != Some(region)).then_some(region);
                Action::None
            }
            Message::NumberChosen(number) => Action::Visit(format!("tel:{}", digits(&number))),
            Message::TextChosen(number) => Action::Visit(format!("sms:{}", digits(&number))),
            // A number that stays there would tell that one was here.
            Message::CopyChosen(text) => Action::CopyPrivate(text),
            Message::SiteChosen(address) => Action::Visit(address),
            Message::ReminderStopped => Action::Remind(false),
            Message::LeaveChosen => Action::Leave,
        }
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let country = self.helplines.as_ref().and_then(|all| all.countries.get(self.country));
        let mut lines = column![
            look.title(ctx.text("safety-title")),
            look.lead(ctx.text("safety-lead")),
            column![
                look.quiet_icon(Icon::DoorOpen, &ctx.text("leave-at-once"), Message::LeaveChosen),
                look.note(ctx.text("safety-leave-how")),
            ]
            .spacing(space::XS),
        ]
        .spacing(space::M);
        if let Some(country) = country {
            lines = lines.push(danger(ctx, country));
        }
        lines = lines.push(self.questions(ctx)).push(look.heading(ctx.text("safety-help")));
        if let (Some(all), Some(country)) = (&self.helplines, country) {
            lines = lines.push(self.countries(ctx, all, country));
            lines = lines.push(self.regions(ctx, country));
            let region = self.region.and_then(|first| country.lines.get(first)?.region.as_ref());
            let shown = country
                .lines
                .iter()
                .filter(|line| region.is_none() || line.region.is_none() || line.region.as_ref() == region);
            lines = shown.fold(lines, |lines, line| lines.push(helpline(ctx, line)));
            if let Some(elsewhere) = &country.elsewhere {
                lines = lines.push(look.body(elsewhere.of(ctx.texts.language()).to_owned()));
            }
            lines = lines
                .push(silent(ctx, country))
                .push(look.note(ctx.text_with("safety-help-dated", &[("date", ctx.texts.date(all.checked).into())])));
        }
        look.page(lines.push(reminder(ctx)).push(look.note(ctx.text("safety-trace"))))
    }

    fn questions<'a>(&self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let mut inside =
            column![look.heading(ctx.text("safety-think")), look.quiet_words(ctx.text("safety-think-lead"))]
                .spacing(space::S);
        for (place, key) in QUESTIONS.into_iter().enumerate() {
            inside = inside.push(look.check(&ctx.text(key), self.ticked[place], Message::QuestionTicked(place)));
        }
        if !self.ticked.contains(&true) {
            return look.card(inside.push(look.quiet_words(ctx.text("safety-not-clear"))));
        }
        column![
            look.card(inside),
            look.accent_card(
                column![
                    look.heading(ctx.text("safety-yes-title")),
                    look.body(ctx.text("safety-yes")),
                    look.body(ctx.text("safety-yes-choice")),
                ]
                .spacing(space::S)
            )
        ]
        .spacing(space::M)
        .into()
    }

    /// Where the lines of a country are many, those of one part of it can be seen alone.
    fn regions<'a>(&self, ctx: Ctx<'a>, country: &Country) -> Option<Element<'a, Message>> {
        let all = country.lines.iter().enumerate();
        let mut regions: Vec<(usize, &Both)> =
            all.filter_map(|(place, line)| Some((place, line.region.as_ref()?))).collect();
        regions.dedup_by_key(|(_, region)| *region);
        let look = ctx.look;
        let choices = regions.iter().map(|(place, region)| (*place, region.of(ctx.texts.language()).to_owned()));
        (regions.len() > FEW_REGIONS).then(|| {
            let segments = look.segments(choices, self.region, Message::RegionChosen);
            column![look.strong(ctx.text("safety-region")), segments].spacing(space::S).into()
        })
    }

    fn countries<'a>(&self, ctx: Ctx<'a>, all: &Helplines, country: &Country) -> Element<'a, Message> {
        let look = ctx.look;
        let language = ctx.texts.language();
        if !self.choosing_country {
            let change = look.link(&ctx.text("safety-other-country"), Message::CountriesUnfolded);
            return row![look.strong(country.name.of(language).to_owned()), change]
                .spacing(space::S)
                .align_y(Alignment::Center)
                .wrap()
                .into();
        }
        let choices = all.countries.iter().enumerate().map(|(place, country)| {
            look.radio(country.name.of(language), place == self.country, Message::CountryChosen(place)).into()
        });
        look.card(Column::with_children(choices).spacing(space::XS))
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).collect()
}

fn danger<'a>(ctx: Ctx<'a>, country: &Country) -> Element<'a, Message> {
    let look = ctx.look;
    let call = ctx.text_with("safety-call", &[("number", country.emergency.clone().into())]);
    row![
        look.strong(ctx.text("safety-danger")),
        look.quiet_icon(Icon::Phone, &call, Message::NumberChosen(country.emergency.clone())),
    ]
    .spacing(space::M)
    .align_y(Alignment::Center)
    .wrap()
    .vertical_spacing(space::S)
    .into()
}

fn helpline<'a>(ctx: Ctx<'a>, line: &Helpline) -> Element<'a, Message> {
    let look = ctx.look;
    let about = [
        line.region.as_ref().map(|region| region.of(ctx.texts.language()).to_owned()),
        line.who.key().map(|key| ctx.text(key)),
        line.always.then(|| ctx.text("safety-always")),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    let call = ctx.text_with("safety-call", &[("number", line.number.clone().into())]);
    let mut buttons: Vec<Element<'a, Message>> =
        vec![look.quiet_icon(Icon::Phone, &call, Message::NumberChosen(line.number.clone())).into()];
    if let Some(text) = &line.text {
        let number = ("number", text.number.clone().into());
        let words = match &text.word {
            Some(word) => ctx.text_with("safety-text-word", &[number, ("word", word.clone().into())]),
            None => ctx.text_with("safety-text", &[number]),
        };
        buttons.push(look.quiet_icon(Icon::MessageCircle, &words, Message::TextChosen(text.number.clone())).into());
    }
    let copy = ctx.text_with("safety-copy", &[("number", line.number.clone().into())]);
    buttons.push(look.link_icon(Icon::Copy, &copy, Message::CopyChosen(line.number.clone())).into());
    buttons.push(look.link_icon(Icon::ExternalLink, site(&line.web), Message::SiteChosen(line.web.clone())).into());
    let mut inside = column![].spacing(space::S);
    if !about.is_empty() {
        inside = inside.push(look.note(about.join(" · ")));
    }
    look.card(
        inside
            .push(look.strong(line.name.clone()))
            .push(Row::with_children(buttons).spacing(space::S).wrap().vertical_spacing(space::XS)),
    )
}

/// The part of an address that a person reads.
fn site(address: &str) -> &str {
    let rest = address.trim_start_matches("https://").trim_start_matches("www.");
    rest.split('/').next().unwrap_or(rest)
}

fn silent<'a>(ctx: Ctx<'a>, country: &Country) -> Element<'a, Message> {
    let look = ctx.look;
    let mut inside = column![look.strong(ctx.text("safety-silent"))].spacing(space::S);
    if let Some(silent) = &country.silent {
        inside = inside.push(look.body(silent.of(ctx.texts.language()).to_owned()));
    }
    look.card(inside.push(look.body(ctx.text("safety-silent-lead"))))
}

fn reminder(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    if ctx.desk.data.plan.on {
        look.quiet(&ctx.text("safety-reminders-off"), Message::ReminderStopped).into()
    } else {
        look.note(ctx.text("safety-reminders-are-off")).into()
    }
}
