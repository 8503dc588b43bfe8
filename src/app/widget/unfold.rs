//! Choices that belong to one thing of many, and lines that unfold.

use iced::widget::{Row, Space, container, row};
use iced::{Alignment, Element, Length, Padding};

use super::Look;
use super::describe::{Role, Stand};
use super::icon::{Icon, icon};
use super::tap::{Tap, tap};
use crate::app::theme::{SEMIBOLD, size, space};

impl Look {
    /// A few short choices side by side that belong to `group`: each is told as "group: choice", so that the same
    /// choices can stand under many groups on one page.
    pub fn segments_of<'a, V: Copy + PartialEq + 'a, M: Clone + 'a>(
        self,
        group: &str,
        choices: impl IntoIterator<Item = (V, String)>,
        chosen: Option<V>,
        message: impl Fn(V) -> M,
    ) -> Element<'a, M> {
        let taps = choices.into_iter().map(|(value, label)| {
            let on = chosen == Some(value);
            let name = format!("{group}: {label}");
            let words = iced::widget::text(label)
                .font(SEMIBOLD)
                .size(size::BODY)
                .wrapping(iced::widget::text::Wrapping::WordOrGlyph);
            tap(
                Role::Radio,
                name,
                words,
                move |status| {
                    if on { self.primary_style(status) } else { self.quiet_style(status) }
                },
            )
            .padding(Padding::from([8.0, if self.tight { space::S } else { space::M }]))
            .align_x(Alignment::Center)
            .stand(Stand::Selected(on))
            .on_press(message(value))
            .into()
        });
        Row::with_children(taps).spacing(space::S).wrap().vertical_spacing(space::S).into()
    }

    /// A line that unfolds something below it; `picture` says how far that is.
    pub fn unfold<'a, M: Clone + 'a>(self, picture: Option<Icon>, label: &str, open: bool, message: M) -> Tap<'a, M> {
        let mut line = row![].spacing(if self.tight { space::S } else { 12.0 }).align_y(Alignment::Center);
        if let Some(picture) = picture {
            line = line.push(container(icon(picture, 22.0)).style(move |_| self.accent_ink()));
        }
        line = line.push(self.body(label.to_owned()).width(Length::Fill));
        let chevron = if open { Icon::ChevronUp } else { Icon::ChevronDown };
        line = line.push(if self.tight { Element::from(Space::new()) } else { icon(chevron, 20.0) });
        tap(Role::Button, label, line, move |status| self.row_style(status, open))
            .width(Length::Fill)
            .padding(Padding::from([10.0, if self.tight { space::S } else { space::M }]))
            .stand(Stand::Expanded(open))
            .on_press(message)
    }
}
