//! Settings: look, language, the two of you, the reminder, the files.

use iced::Element;
use iced::widget::column;
use jiff::civil::Date;

use super::Action;
use super::welcome::SIDES;
use crate::app::ctx::Ctx;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::theme::space;
use crate::app::widget::Icon;
use crate::app::widget::describe::Stand;
use crate::couple::{Member, Side, Word};
use crate::locale::Language;
use crate::store::Guard;
use crate::store::settings::{Motion, Theme, ZOOMS};

/// The state of the page.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The date being typed for "not before", while it is not one yet.
    date: Option<String>,
    /// The file that starts the reminder at login is unfolded.
    file: bool,
}

/// What happened.
#[derive(Debug, Clone)]
pub enum Message {
    /// A theme was chosen.
    ThemeChosen(Theme),
    /// A text size was chosen, in percent.
    ZoomChosen(u16),
    /// Motion was switched.
    StillSwitched,
    /// Timers in exercises were switched.
    TimersSwitched,
    /// A language was chosen.
    LanguageChosen(Language),
    /// A name was edited.
    NameEdited(Member, String),
    /// Who is here was chosen.
    HereChosen(Member),
    /// Whether only one uses this device was switched.
    AloneSwitched,
    /// One's own space is to be looked after.
    SpaceChosen,
    /// One's own stand was chosen.
    SideChosen(Side),
    /// One's word was chosen; a date is asked for when it needs one.
    WordChosen(WordKind),
    /// The date of "not before" was edited.
    DateEdited(String),
    /// The reminder was switched.
    ReminderSwitched,
    /// The file that starts it at login was folded or unfolded.
    LoginFileSwitched,
    /// The folder was to be opened.
    FolderChosen,
    /// The page of the shared folder was chosen.
    SharingChosen,
    /// Backups and deleting were chosen.
    KeepingChosen,
}

/// The kinds of [`Word`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// May be asked.
    Open,
    /// Not before a date.
    NotUntil,
    /// Not again.
    Never,
}

impl WordKind {
    const fn of(word: Word) -> Self {
        match word {
            Word::Open => Self::Open,
            Word::NotUntil(_) => Self::NotUntil,
            Word::Never => Self::Never,
        }
    }
}

impl Settings {
    /// Does what the message asks.
    pub fn update(&mut self, message: Message, desk: &mut Desk) -> Action<Message> {
        let here = desk.here();
        match message {
            Message::ThemeChosen(theme) => desk.change_settings(|settings| settings.theme = theme),
            Message::ZoomChosen(zoom) => desk.change_settings(|settings| settings.zoom = zoom),
            Message::StillSwitched => desk.change_settings(|settings| {
                settings.motion = match settings.motion {
                    Motion::System => Motion::Still,
                    Motion::Still => Motion::System,
                };
            }),
            Message::TimersSwitched => desk.change_settings(|settings| settings.untimed = !settings.untimed),
            Message::LanguageChosen(language) => desk.change_settings(|settings| settings.language = Some(language)),
            Message::NameEdited(member, name) => desk.change_card(member, |card| card.name = name),
            Message::HereChosen(member) if member == here => {}
            Message::HereChosen(member) => {
                self.date = None;
                return Action::HandOver(member, Page::Settings);
            }
            Message::AloneSwitched => desk.change_settings(|settings| settings.alone = !settings.alone),
            Message::SpaceChosen => return Action::Open(Page::Space),
            Message::SideChosen(side) => desk.change_person(|person| person.side = side),
            Message::WordChosen(kind) => {
                self.date = None;
                let word = match kind {
                    WordKind::Open => Word::Open,
                    WordKind::Never => Word::Never,
                    WordKind::NotUntil => {
                        let in_a_month = desk.now().date().saturating_add(jiff::Span::new().months(1));
                        Word::NotUntil(in_a_month)
                    }
                };
                desk.change_card(here, |card| card.word = word);
            }
            Message::DateEdited(text) => {
                if let Ok(date) = text.trim().parse::<Date>() {
                    desk.change_card(here, |card| card.word = Word::NotUntil(date));
                }
                self.date = Some(text);
            }
            Message::ReminderSwitched => return Action::Remind(!desk.data.plan.on),
            Message::LoginFileSwitched => self.file = !self.file,
            Message::SharingChosen => return Action::Open(Page::Sharing),
            Message::KeepingChosen => return Action::Open(Page::Keeping),
            Message::FolderChosen => return Action::Visit(desk.root().display().to_string()),
        }
        Action::None
    }

    /// Draws the page.
    pub fn view<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        look.page(
            column![
                look.title(ctx.text("settings-title")),
                appearance(ctx),
                look.hairline(),
                people(ctx),
                look.hairline(),
                self.word(ctx),
                look.hairline(),
                self.reminder(ctx),
                look.hairline(),
                look.heading(ctx.text("share-title")),
                look.list_row(
                    Some(Icon::Handshake),
                    &ctx.text("settings-share"),
                    &super::sharing::where_it_is(ctx),
                    false,
                    Message::SharingChosen
                ),
                look.hairline(),
                look.heading(ctx.text("settings-folder")),
                look.body(
                    ctx.text_with("settings-folder-note", &[("path", ctx.desk.root().display().to_string().into())])
                ),
                look.quiet(&ctx.text("open-folder"), Message::FolderChosen),
                look.link(&ctx.text("keeping-title"), Message::KeepingChosen),
            ]
            .spacing(space::M),
        )
    }

    fn word<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let word = ctx.desk.card(ctx.desk.here()).word;
        let mut lines =
            column![look.heading(ctx.text("settings-my-word")), look.note(ctx.text("settings-my-word-note")),]
                .spacing(space::S);
        for (kind, key) in
            [(WordKind::Open, "word-open"), (WordKind::NotUntil, "word-not-until"), (WordKind::Never, "word-never")]
        {
            lines = lines.push(look.radio(&ctx.text(key), WordKind::of(word) == kind, Message::WordChosen(kind)));
        }
        if let Word::NotUntil(date) = word {
            let shown = self.date.clone().unwrap_or_else(|| date.to_string());
            let bad = shown.trim().parse::<Date>().is_err();
            lines = lines.push(look.field(&ctx.text("word-date"), "2027-03-15", &shown, Message::DateEdited));
            if bad {
                lines = lines.push(look.note(ctx.text("word-date-bad")));
            }
        }
        lines.into()
    }
}

fn appearance(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let settings = &ctx.desk.data.settings;
    let themes = [
        (Theme::System, ctx.text("theme-system")),
        (Theme::Light, ctx.text("theme-light")),
        (Theme::Dark, ctx.text("theme-dark")),
        (Theme::HighContrast, ctx.text("theme-high-contrast")),
    ];
    let zooms = ZOOMS.map(|zoom| (zoom, ctx.text_with("settings-zoom-value", &[("percent", zoom.into())])));
    let zoom = if settings.zoom == 0 { 100 } else { settings.zoom };
    let languages = Language::ALL.map(|language| (language, language.own_name().to_owned()));
    column![
        look.strong(ctx.text("settings-language")),
        look.segments(languages, Some(ctx.texts.language()), Message::LanguageChosen),
        look.strong(ctx.text("settings-theme")),
        look.segments(themes, Some(settings.theme), Message::ThemeChosen),
        look.strong(ctx.text("settings-zoom")),
        look.segments(zooms, Some(zoom), Message::ZoomChosen),
        look.switch(&ctx.text("settings-untimed"), settings.untimed, Message::TimersSwitched),
        look.switch(&ctx.text("settings-still"), settings.motion == Motion::Still, Message::StillSwitched),
    ]
    .spacing(space::S)
    .into()
}

fn people(ctx: Ctx<'_>) -> Element<'_, Message> {
    let look = ctx.look;
    let here = ctx.desk.here();
    let members = Member::BOTH.map(|member| (member, capitalised(&ctx.desk.name(member, ctx.texts))));
    let guarded = match ctx.desk.guard(here) {
        Guard::None => "settings-space-plain",
        Guard::Locked | Guard::Unlocked => "settings-space-sealed",
    };
    let mut lines = column![
        look.heading(ctx.text("settings-people")),
        look.strong(ctx.text("settings-who-is-here")),
        look.segments(members, Some(here), Message::HereChosen),
        look.switch(&ctx.text("settings-alone"), ctx.desk.data.settings.alone, Message::AloneSwitched),
        look.note(ctx.text("settings-alone-note")),
        look.list_row(Some(Icon::Lock), &ctx.text("settings-space"), &ctx.text(guarded), false, Message::SpaceChosen),
        look.note(ctx.text("settings-who-note")),
        look.field(&ctx.text("welcome-your-name"), "", &ctx.desk.card(here).name, move |name| {
            Message::NameEdited(here, name)
        }),
        look.field(&ctx.text("welcome-partner-name"), "", &ctx.desk.card(here.other()).name, move |name| {
            Message::NameEdited(here.other(), name)
        }),
        look.note(ctx.text("settings-names-note")),
        look.strong(ctx.text("settings-my-side")),
        look.note(ctx.text("settings-my-side-note")),
    ]
    .spacing(space::S);
    for (side, key) in SIDES {
        lines = lines.push(look.radio(&ctx.text(key), ctx.desk.person().side == side, Message::SideChosen(side)));
    }
    lines.into()
}

/// The words with a capital at the front: "your partner" standing alone on a button.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Settings {
    /// The reminder, on or off, with the exact effect that it has on this system.
    fn reminder<'a>(&'a self, ctx: Ctx<'a>) -> Element<'a, Message> {
        let look = ctx.look;
        let on = ctx.desk.data.plan.on;
        let mut lines = column![
            look.heading(ctx.text("settings-reminder")),
            look.switch(&ctx.text("settings-reminder-on"), on, Message::ReminderSwitched),
        ]
        .spacing(space::S);
        if !ctx.desk.data.plan.safety_seen && !on {
            let safety = ctx.text("settings-reminder-safety-first");
            lines = lines.push(look.link_icon(Icon::LifeBuoy, &safety, Message::ReminderSwitched));
        }
        let (path, text) = ctx.desk.login_file();
        let effect = if on { "moment-remind-on" } else { "moment-remind-off" };
        lines = lines.push(look.note(ctx.text_with(effect, &[("path", path.into())])));
        let glyph = if self.file { Icon::ChevronUp } else { Icon::ChevronDown };
        let fold = look.link_icon(glyph, &ctx.text("settings-reminder-file"), Message::LoginFileSwitched);
        lines = lines.push(fold.stand(Stand::Expanded(self.file)));
        if self.file {
            lines = lines.push(look.card(look.note(text)));
        }
        lines.into()
    }
}
