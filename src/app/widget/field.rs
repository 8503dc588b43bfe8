//! Places to type, each with its label above it.

use iced::widget::{Column, TextInput, column, text_editor, text_input};
use iced::{Background, Border, Element, Length, Padding};

use super::Look;
use super::describe::{Role, described};
use super::touched::touched;
use crate::app::hidden::Hidden;
use crate::app::theme::{RADIUS_SMALL, REGULAR, size, space};

impl Look {
    fn field_border(self, focused: bool) -> Border {
        Border {
            radius: RADIUS_SMALL.into(),
            width: if focused { 2.0 } else { 1.0 },
            color: if focused { self.colors.accent } else { self.colors.edge },
        }
    }

    /// One line to type, with `label` above and `hint` inside while empty.
    pub fn field<'a, M: Clone + 'a>(
        self,
        label: &str,
        hint: &str,
        value: &str,
        message: impl Fn(String) -> M + 'a,
    ) -> Element<'a, M> {
        self.field_then(label, hint, value, message, None)
    }

    /// The same; `submit` is said on Enter.
    pub fn field_then<'a, M: Clone + 'a>(
        self,
        label: &str,
        hint: &str,
        value: &str,
        message: impl Fn(String) -> M + 'a,
        submit: Option<M>,
    ) -> Element<'a, M> {
        let input = self.input(hint, value).on_input(message).on_submit_maybe(submit);
        self.labelled(label, described(Role::Field, label, input))
    }

    fn input<'a, M: Clone + 'a>(self, hint: &str, value: &str) -> TextInput<'a, M> {
        let c = self.colors;
        text_input(hint, value)
            .font(REGULAR)
            .size(size::BODY)
            .padding(Padding::from([11.0, if self.tight { space::S } else { 14.0 }]))
            .style(move |_, status| text_input::Style {
                background: Background::Color(c.card),
                border: self.field_border(matches!(status, text_input::Status::Focused { .. })),
                icon: c.soft,
                placeholder: c.soft,
                value: c.ink,
                selection: c.accent_wash,
            })
    }

    /// One line for a passphrase: dots instead of letters unless `shown`. `submit` is said on Enter.
    pub fn secret<'a, M: Clone + 'a>(
        self,
        label: &str,
        value: &str,
        shown: bool,
        id: &'static str,
        message: impl Fn(Hidden) -> M + 'a,
        submit: M,
    ) -> Element<'a, M> {
        let input = self.input("", value).id(id).secure(!shown).on_input(move |text| message(Hidden::new(text)));
        self.labelled(label, described(Role::Field, label, input.on_submit(submit)))
    }

    /// Several lines to type.
    pub fn area<'a, M: Clone + 'a>(
        self,
        label: &str,
        hint: &str,
        content: &'a text_editor::Content,
        lines: u16,
        message: impl Fn(text_editor::Action) -> M + 'a,
    ) -> Element<'a, M> {
        let editor = self.area_named(label, hint, content, lines, message);
        self.labelled(label, editor)
    }

    /// The same with no label above it, where the line before it says what it is for; it is told as `name`.
    pub fn area_named<'a, M: Clone + 'a>(
        self,
        name: &str,
        hint: &str,
        content: &'a text_editor::Content,
        lines: u16,
        message: impl Fn(text_editor::Action) -> M + 'a,
    ) -> Element<'a, M> {
        let c = self.colors;
        let line = size::BODY * 1.4;
        let editor = text_editor(content)
            .placeholder(hint.to_owned())
            .on_action(message)
            .font(REGULAR)
            .size(size::BODY)
            .line_height(1.4)
            .padding(Padding::from([11.0, if self.tight { space::S } else { 14.0 }]))
            .min_height(f32::from(lines.max(2)) * line + 22.0)
            .wrapping(iced::widget::text::Wrapping::WordOrGlyph)
            .style(move |_, status| text_editor::Style {
                background: Background::Color(c.card),
                border: self.field_border(matches!(status, text_editor::Status::Focused { .. })),
                placeholder: c.soft,
                value: c.ink,
                selection: c.accent_wash,
            });
        described(Role::TextArea, name, touched(editor))
    }

    fn labelled<'a, M: 'a>(self, label: &str, input: Element<'a, M>) -> Element<'a, M> {
        let mut lines: Column<'a, M> = column![].spacing(6.0).width(Length::Fill);
        if !label.is_empty() {
            lines = lines.push(self.strong(label.to_owned()));
        }
        lines.push(input).into()
    }
}
