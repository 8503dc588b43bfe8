//! What unfolds on a tap, and questions with few answers.

use iced::widget::{Row, column, container, row};
use iced::{Alignment, Element, Length, Padding};

use super::Look;
use super::describe::{Role, Stand};
use super::icon::{Icon, icon};
use super::tap::{Tap, tap};
use crate::app::theme::{SEMIBOLD, size, space};

impl Look {
    /// A line that opens and closes what stands under it; `note` says what is inside while it is closed.
    pub fn fold<'a, M: Clone + 'a>(self, title: &str, note: &str, open: bool, message: M) -> Tap<'a, M> {
        let mut words = column![self.strong(title.to_owned())].spacing(2.0).width(Length::Fill);
        if !note.is_empty() {
            words = words.push(self.note(note.to_owned()));
        }
        let glyph = if open { Icon::ChevronUp } else { Icon::ChevronDown };
        let mark = container(icon(glyph, 20.0)).style(move |_| self.accent_ink());
        let line = row![words, mark].spacing(space::S).align_y(Alignment::Center);
        let name = if note.is_empty() { title.to_owned() } else { format!("{title}. {note}") };
        tap(Role::Button, name, line, move |status| self.row_style(status, false))
            .width(Length::Fill)
            .padding(Padding::from([10.0, if self.tight { space::S } else { space::M }]))
            .stand(Stand::Expanded(open))
            .on_press(message)
    }

    /// A question with a few short answers under it. Each answer is told together with its question.
    pub fn question<'a, M: Clone + 'a>(
        self,
        question: &str,
        answers: impl IntoIterator<Item = (&'static str, String)>,
        given: &str,
        message: impl Fn(&'static str) -> M,
    ) -> Element<'a, M> {
        let taps = answers.into_iter().map(|(answer, label)| {
            let on = answer == given;
            let words = iced::widget::text(label.clone())
                .font(SEMIBOLD)
                .size(size::BODY)
                .wrapping(iced::widget::text::Wrapping::WordOrGlyph);
            tap(Role::Radio, format!("{question}: {label}"), words, move |status| {
                if on { self.primary_style(status) } else { self.quiet_style(status) }
            })
            .padding(Padding::from([8.0, if self.tight { space::S } else { space::M }]))
            .align_x(Alignment::Center)
            .stand(Stand::Selected(on))
            .on_press(message(answer))
            .into()
        });
        let answers = Row::with_children(taps).spacing(space::S).wrap().vertical_spacing(space::S);
        column![self.strong(question.to_owned()), answers].spacing(6.0).width(Length::Fill).into()
    }
}
