//! Buttons: one main button for the next step, quiet ones for the rest.

use iced::widget::{Space, column, container, row};
use iced::{Alignment, Border, Element, Length, Padding};

use super::Look;
use super::describe::{Role, Stand};
use super::icon::{Icon, icon};
use super::tap::{Status, Style, Tap, tap};
use crate::app::theme::{RADIUS, RADIUS_SMALL, SEMIBOLD, size, space};

const ICON: f32 = 20.0;

impl Look {
    /// How the main button looks.
    pub fn primary_style(self, status: Status) -> Style {
        let c = self.colors;
        let (background, ink) = match status {
            Status::Idle => (c.accent, c.on_accent),
            Status::Hovered | Status::Pressed => (c.accent_strong, c.on_accent),
            Status::Disabled => (c.line, c.soft),
        };
        let border = Border { radius: RADIUS_SMALL.into(), ..Border::default() };
        let ring = if status == Status::Disabled { c.accent } else { c.on_accent };
        Style { background: Some(background), ink, border, ring }
    }

    /// How a quiet button looks: an edge, no ground.
    pub fn quiet_style(self, status: Status) -> Style {
        let c = self.colors;
        let background = matches!(status, Status::Hovered | Status::Pressed).then_some(c.accent_wash);
        let ink = if status == Status::Disabled { c.soft } else { c.accent };
        let color = if status == Status::Disabled { c.line } else { c.edge };
        let border = Border { radius: RADIUS_SMALL.into(), width: 1.0, color };
        Style { background, ink, border, ring: c.accent }
    }

    /// How something without an edge looks: links, icons.
    pub fn bare_style(self, status: Status) -> Style {
        let border = Border { radius: RADIUS_SMALL.into(), ..Border::default() };
        Style { border, ..self.quiet_style(status) }
    }

    /// How a row on paper looks: a card that answers to the mouse.
    pub fn row_style(self, status: Status, selected: bool) -> Style {
        let c = self.colors;
        let over = matches!(status, Status::Hovered | Status::Pressed);
        let background = if selected || over { c.accent_wash } else { c.card };
        let border = Border { radius: RADIUS.into(), width: 1.0, color: if selected { c.accent } else { c.line } };
        let ink = if status == Status::Disabled { c.soft } else { c.ink };
        Style { background: Some(background), ink, border, ring: c.accent }
    }

    fn label<'a, M: Clone + 'a>(
        self,
        picture: Option<Icon>,
        label: &str,
        style: fn(Look, Status) -> Style,
    ) -> Tap<'a, M> {
        let words = iced::widget::text(label.to_owned())
            .font(SEMIBOLD)
            .size(size::BODY)
            .line_height(1.25)
            .wrapping(iced::widget::text::Wrapping::WordOrGlyph);
        let content: Element<'a, M> = match picture {
            Some(picture) => row![icon(picture, ICON), words].spacing(space::S).align_y(Alignment::Center).into(),
            None => words.into(),
        };
        tap(Role::Button, label, content, move |status| style(self, status))
            .padding(Padding::from([10.0, if self.tight { space::S } else { 20.0 }]))
            .align_x(Alignment::Center)
    }

    /// The one main button of a screen.
    pub fn primary<'a, M: Clone + 'a>(self, label: &str, message: impl Into<Option<M>>) -> Tap<'a, M> {
        self.label(None, label, Self::primary_style).stand(Stand::Main).on_press_maybe(message.into())
    }

    /// A second choice.
    pub fn quiet<'a, M: Clone + 'a>(self, label: &str, message: impl Into<Option<M>>) -> Tap<'a, M> {
        self.label(None, label, Self::quiet_style).on_press_maybe(message.into())
    }

    /// A second choice with a picture.
    pub fn quiet_icon<'a, M: Clone + 'a>(
        self,
        picture: Icon,
        label: &str,
        message: impl Into<Option<M>>,
    ) -> Tap<'a, M> {
        self.label(Some(picture), label, Self::quiet_style).on_press_maybe(message.into())
    }

    /// The quietest: words alone.
    pub fn link<'a, M: Clone + 'a>(self, label: &str, message: impl Into<Option<M>>) -> Tap<'a, M> {
        self.label(None, label, Self::bare_style)
            .padding(Padding::from([10.0, space::S]))
            .on_press_maybe(message.into())
    }

    /// The quietest with a picture.
    pub fn link_icon<'a, M: Clone + 'a>(self, picture: Icon, label: &str, message: impl Into<Option<M>>) -> Tap<'a, M> {
        self.label(Some(picture), label, Self::bare_style)
            .padding(Padding::from([10.0, space::S]))
            .on_press_maybe(message.into())
    }

    /// A picture alone; `name` says what it does.
    pub fn icon_button<'a, M: Clone + 'a>(
        self,
        picture: Icon,
        name: impl Into<String>,
        message: impl Into<Option<M>>,
    ) -> Tap<'a, M> {
        tap(Role::Button, name, icon(picture, ICON), move |status| self.bare_style(status))
            .align_x(Alignment::Center)
            .padding(space::S)
            .on_press_maybe(message.into())
    }

    /// A row of a list: a picture, what one looks for first, a note, and what a tap leads to.
    pub fn list_row<'a, M: Clone + 'a>(
        self,
        picture: Option<Icon>,
        title: &str,
        note: &str,
        selected: bool,
        message: impl Into<Option<M>>,
    ) -> Tap<'a, M> {
        let mut words = column![self.strong(title.to_owned())].spacing(2.0).width(Length::Fill);
        if !note.is_empty() {
            words = words.push(self.note(note.to_owned()));
        }
        let mut line = row![].spacing(space::M).align_y(Alignment::Center);
        if let Some(picture) = picture.filter(|_| !self.tight) {
            line = line.push(container(icon(picture, 22.0)).style(move |_| self.accent_ink()));
        }
        line = line.push(words);
        if self.tight {
            line = line.push(Space::new().width(0.0));
        } else {
            line = line.push(icon(Icon::ChevronRight, ICON));
        }
        let name = if note.is_empty() { title.to_owned() } else { format!("{title}. {note}") };
        tap(Role::ListItem, name, line, move |status| self.row_style(status, selected))
            .width(Length::Fill)
            .padding(Padding::from([12.0, if self.tight { space::S } else { space::M }]))
            .stand(if selected { Stand::Selected(true) } else { Stand::Plain })
            .on_press_maybe(message.into())
    }

    /// Accent-coloured text and icons inside a container.
    pub fn accent_ink(self) -> container::Style {
        container::Style { text_color: Some(self.colors.accent), ..container::Style::default() }
    }
}
