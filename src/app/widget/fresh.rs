//! Begins anew when another step of a page is shown: scrolled to its top, with no focus left over. Without it iced
//! keeps the place of the scroll from one step to the next, because both look alike to it.

use std::hash::{DefaultHasher, Hash, Hasher};

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::{Element, Event, Rectangle, Renderer, Theme};

/// Shows `content`, which begins anew whenever `key` is another one than before.
pub fn fresh<'a, Message: 'a>(key: impl Hash, content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    Element::new(Fresh { key: hasher.finish(), content: content.into() })
}

struct Fresh<'a, Message> {
    key: u64,
    content: Element<'a, Message>,
}

struct Key(u64);

impl<Message> Widget<Message, Theme, Renderer> for Fresh<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Key>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Key(self.key))
    }

    fn diff(&self, tree: &mut Tree) {
        let key = tree.state.downcast_mut::<Key>();
        if key.0 == self.key {
            tree.diff_children(std::slice::from_ref(&self.content));
        } else {
            key.0 = self.key;
            tree.children = self.children();
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let inside = &mut tree.children[0];
        self.content.as_widget_mut().update(inside, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    super::pass::child!();
}
