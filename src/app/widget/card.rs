//! Grounds: cards, banners, and the page that everything lies on.

use iced::widget::{Column, Container, Scrollable, column, container, row, scrollable};
use iced::{Alignment, Background, Border, Color, Element, Length, Padding};

use super::Look;
use super::describe::{Role, described};
use super::icon::{Icon, icon};
use crate::app::theme::{RADIUS, space};

/// The widest a column of text gets, in logical pixels: about 75 letters a line.
pub const TEXT_WIDTH: f32 = 620.0;

impl Look {
    /// Space on both sides of a page.
    #[must_use]
    pub fn side(self) -> f32 {
        if self.tight { 10.0 } else { 20.0 }
    }

    fn ground<'a, M: 'a>(self, content: impl Into<Element<'a, M>>, ground: Color, edge: Color) -> Element<'a, M> {
        let padding = if self.tight { 10.0 } else { 18.0 };
        container(content)
            .width(Length::Fill)
            .padding(padding)
            .style(move |_| container::Style {
                background: Some(Background::Color(ground)),
                border: Border { radius: RADIUS.into(), width: 1.0, color: edge },
                ..container::Style::default()
            })
            .into()
    }

    /// A card.
    pub fn card<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.ground(content, self.colors.card, self.colors.line)
    }

    /// A card for what belongs to both.
    pub fn together_card<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.ground(content, self.colors.together_wash, self.colors.together_wash)
    }

    /// A card for what matters most here.
    pub fn accent_card<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.ground(content, self.colors.accent_wash, self.colors.accent_wash)
    }

    /// Something that happened, said calmly: what, and the buttons that help.
    pub fn banner<'a, M: 'a>(self, words: &str, buttons: Vec<Element<'a, M>>) -> Element<'a, M> {
        self.told(words, buttons, Icon::Info, self.colors.accent_wash)
    }

    /// The same for something that went wrong.
    pub fn trouble<'a, M: 'a>(self, words: &str, buttons: Vec<Element<'a, M>>) -> Element<'a, M> {
        self.told(words, buttons, Icon::TriangleAlert, self.colors.trouble_wash)
    }

    fn told<'a, M: 'a>(
        self,
        words: &str,
        buttons: Vec<Element<'a, M>>,
        picture: Icon,
        ground: Color,
    ) -> Element<'a, M> {
        let line = row![icon(picture, 20.0), self.body(words.to_owned()).width(Length::Fill)].spacing(12.0);
        let mut lines: Column<'a, M> = column![line].spacing(space::S);
        if !buttons.is_empty() {
            lines = lines.push(row(buttons).spacing(space::S).wrap().vertical_spacing(space::S));
        }
        described(Role::Status, words, self.ground(lines, ground, ground))
    }

    /// A page: one column that scrolls, no wider than text should be.
    pub fn page<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.scroll(self.sheet(content))
    }

    /// The same, as high as its content where there is room; code can scroll it under the name `id`.
    pub(super) fn page_short<'a, M: 'a>(self, id: &'static str, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.scrolling(self.sheet(content), Length::Shrink).id(id).into()
    }

    fn sheet<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Container<'a, M> {
        let column = container(content).max_width(TEXT_WIDTH).width(Length::Fill);
        container(column).width(Length::Fill).align_x(Alignment::Center).padding(Padding {
            top: space::S,
            bottom: space::L,
            ..Padding::from(self.side())
        })
    }

    /// Something that scrolls up and down in all the height there is.
    pub fn scroll<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.scrolling(content, Length::Fill).into()
    }

    /// Something that is as high as its content, and scrolls when there is less room.
    pub fn scroll_short<'a, M: 'a>(self, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        self.scrolling(content, Length::Shrink).into()
    }

    fn scrolling<'a, M: 'a>(self, content: impl Into<Element<'a, M>>, height: Length) -> Scrollable<'a, M> {
        let c = self.colors;
        scrollable(content)
            .width(Length::Fill)
            .height(height)
            .direction(scrollable::Direction::Vertical(
                scrollable::Scrollbar::new().width(6.0).scroller_width(6.0).margin(2.0),
            ))
            .style(move |theme, status| {
                let mut style = scrollable::default(theme, status);
                style.container = container::Style::default();
                style.vertical_rail.background = None;
                style.vertical_rail.scroller.background = Background::Color(c.line);
                style.vertical_rail.scroller.border = Border { radius: 3.0.into(), ..Border::default() };
                style
            })
    }

    /// A thin line between groups.
    pub fn hairline<'a, M: 'a>(self) -> Element<'a, M> {
        let color = self.colors.line;
        container(iced::widget::Space::new().width(Length::Fill).height(1.0))
            .style(move |_| container::Style {
                background: Some(Background::Color(color)),
                ..container::Style::default()
            })
            .into()
    }
}
