//! A group of things to choose from that arrow keys go through: the focus moves, and what it comes to is chosen.

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Theme};

/// Lets arrow keys go through what can be focused in `content`; `message` is said for the place (from 0) that the
/// focus comes to.
pub fn arrows<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    message: impl Fn(usize) -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Arrows { content: content.into(), message: Box::new(message) })
}

struct Arrows<'a, Message> {
    content: Element<'a, Message>,
    message: Box<dyn Fn(usize) -> Message + 'a>,
}

/// Counts what can be focused and finds the place of what is.
#[derive(Default)]
struct Find {
    count: usize,
    focused: Option<usize>,
}

impl<T> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = Some(self.count);
        }
        self.count += 1;
    }
}

/// Focuses the thing at `target`, and nothing else.
struct Focus {
    target: usize,
    count: usize,
}

impl<T> Operation<T> for Focus {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        if self.count == self.target {
            state.focus();
        } else {
            state.unfocus();
        }
        self.count += 1;
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Arrows<'_, Message> {
    super::pass::shape!();

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        self.content.as_widget_mut().operate(tree, layout, renderer, operation);
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
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(key), modifiers, .. }) = event
            && modifiers.is_empty()
            && let Some(forward) = direction(*key)
        {
            let mut find = Find::default();
            self.content.as_widget_mut().operate(tree, layout, renderer, &mut find);
            if let Some(at) = find.focused {
                let last = find.count.saturating_sub(1);
                let target = if forward { (at + 1).min(last) } else { at.saturating_sub(1) };
                self.content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { target, count: 0 });
                shell.publish((self.message)(target));
                shell.capture_event();
                return;
            }
        }
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    super::pass::look!();
}

/// Whether the key leads forward; `None` if it is no arrow.
const fn direction(key: Named) -> Option<bool> {
    match key {
        Named::ArrowRight | Named::ArrowDown => Some(true),
        Named::ArrowLeft | Named::ArrowUp => Some(false),
        _ => None,
    }
}
