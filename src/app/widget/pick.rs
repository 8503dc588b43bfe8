//! Choosing: boxes to tick, one of several, on or off, and short choices side by side.

use iced::widget::{Row, container, row};
use iced::{Alignment, Background, Border, Element, Length, Padding};

use super::Look;
use super::describe::{Role, Stand};
use super::icon::{Icon, icon};
use super::tap::{Status, Style, Tap, tap};
use crate::app::theme::{RADIUS_SMALL, space};

impl Look {
    fn option<'a, M: Clone + 'a>(self, role: Role, label: &str, picture: Icon, on: bool) -> Tap<'a, M> {
        let mark = container(icon(picture, 22.0)).style(move |_| {
            let color = if on { self.colors.accent } else { self.colors.soft };
            container::Style { text_color: Some(color), ..container::Style::default() }
        });
        let line = row![mark, self.body(label.to_owned()).width(Length::Fill)]
            .spacing(if self.tight { space::S } else { 12.0 })
            .align_y(Alignment::Center);
        tap(role, label, line, move |status| self.row_style(status, on))
            .width(Length::Fill)
            .padding(Padding::from([10.0, if self.tight { space::S } else { space::M }]))
            .stand(match role {
                Role::Radio => Stand::Selected(on),
                _ => Stand::Checked(on),
            })
    }

    /// A box to tick.
    pub fn check<'a, M: Clone + 'a>(self, label: &str, on: bool, message: M) -> Tap<'a, M> {
        let picture = if on { Icon::SquareCheck } else { Icon::Square };
        self.option(Role::CheckBox, label, picture, on).on_press(message)
    }

    /// One of several.
    pub fn radio<'a, M: Clone + 'a>(self, label: &str, on: bool, message: M) -> Tap<'a, M> {
        let picture = if on { Icon::CircleDot } else { Icon::Circle };
        self.option(Role::Radio, label, picture, on).on_press(message)
    }

    /// On or off, at once.
    pub fn switch<'a, M: Clone + 'a>(self, label: &str, on: bool, message: impl Into<Option<M>>) -> Tap<'a, M> {
        let c = self.colors;
        let knob = container(iced::widget::Space::new().width(18.0).height(18.0)).style(move |_| container::Style {
            background: Some(Background::Color(if on { c.on_accent } else { c.edge })),
            border: Border { radius: 9.0.into(), ..Border::default() },
            ..container::Style::default()
        });
        let track =
            container(knob).width(44.0).padding(3.0).align_x(if on { Alignment::End } else { Alignment::Start }).style(
                move |_| container::Style {
                    background: Some(Background::Color(if on { c.accent } else { c.card })),
                    border: Border { radius: 13.0.into(), width: 1.0, color: if on { c.accent } else { c.edge } },
                    ..container::Style::default()
                },
            );
        let line =
            row![self.body(label.to_owned()).width(Length::Fill), track].spacing(space::M).align_y(Alignment::Center);
        tap(Role::Switch, label, line, move |status| self.bare_style(status))
            .width(Length::Fill)
            .padding(Padding::from([8.0, 0.0]))
            .stand(Stand::Checked(on))
            .on_press_maybe(message.into())
    }

    fn segment_style(self, status: Status, on: bool) -> Style {
        let mut style = if on { self.primary_style(status) } else { self.quiet_style(status) };
        style.border.radius = RADIUS_SMALL.into();
        style
    }

    /// A few short choices side by side, one of them chosen; they wrap where there is no room.
    pub fn segments<'a, V: Copy + PartialEq + 'a, M: Clone + 'a>(
        self,
        choices: impl IntoIterator<Item = (V, String)>,
        chosen: Option<V>,
        message: impl Fn(V) -> M,
    ) -> Element<'a, M> {
        let taps = choices.into_iter().map(|(value, label)| {
            let on = chosen == Some(value);
            let words = iced::widget::text(label.clone())
                .font(crate::app::theme::SEMIBOLD)
                .size(crate::app::theme::size::BODY)
                .wrapping(iced::widget::text::Wrapping::WordOrGlyph);
            tap(Role::Radio, label, words, move |status| self.segment_style(status, on))
                .padding(Padding::from([8.0, if self.tight { space::S } else { space::M }]))
                .align_x(Alignment::Center)
                .stand(Stand::Selected(on))
                .on_press(message(value))
                .into()
        });
        Row::with_children(taps).spacing(space::S).wrap().vertical_spacing(space::S).into()
    }
}
