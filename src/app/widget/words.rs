//! Text in the few sizes there are.

use iced::widget::{Text, text};
use iced::{Color, Element, Font};

use super::Look;
use super::describe::{Role, described};
use crate::app::theme::{REGULAR, SEMIBOLD, size};

fn set<'a>(words: impl Into<String>, font: Font, size: f32, color: Color) -> Text<'a> {
    // Long words (French has many) break rather than leave a narrow window.
    text(words.into()).font(font).size(size).line_height(1.35).color(color).wrapping(text::Wrapping::WordOrGlyph)
}

impl Look {
    /// The one large line of a screen.
    pub fn title<'a, M: 'a>(self, words: impl Into<String>) -> Element<'a, M> {
        let words = words.into();
        let size = if self.tight { size::LEAD } else { size::TITLE };
        described(Role::Heading, words.clone(), set(words, SEMIBOLD, size, self.colors.ink).line_height(1.2))
    }

    /// A line that begins a group.
    pub fn heading<'a, M: 'a>(self, words: impl Into<String>) -> Element<'a, M> {
        let words = words.into();
        described(Role::Heading, words.clone(), set(words, SEMIBOLD, size::LEAD, self.colors.ink))
    }

    /// The sentence under a title, a question, what is said aloud in the middle of a page.
    pub fn lead<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, REGULAR, if self.tight { size::BODY } else { size::LEAD }, self.colors.ink)
    }

    /// Running text.
    pub fn body<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, REGULAR, size::BODY, self.colors.ink)
    }

    /// Running text with weight.
    pub fn strong<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, SEMIBOLD, size::BODY, self.colors.ink)
    }

    /// Quiet running text.
    pub fn quiet_words<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, REGULAR, size::BODY, self.colors.soft)
    }

    /// A note.
    pub fn note<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, REGULAR, size::SMALL, self.colors.soft)
    }

    /// Words large enough to read at arm's length.
    pub fn big<'a>(self, words: impl Into<String>) -> Text<'a> {
        set(words, REGULAR, if self.tight { size::LEAD } else { size::BIG }, self.colors.ink)
    }
}
