//! Arrow keys in a group. Among things to choose from the focus moves, and what it comes to is chosen; in a list to put in
//! order the thing moves, and the focus goes with it.

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
    Element::new(Arrows { content: content.into(), does: Does::Choose(Box::new(message)) })
}

/// Lets the arrow keys up and down move what the focus is in; `message` is said for the place of the focus (from 0,
/// counting all that can be focused) and whether it goes down.
pub fn arrows_moving<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    message: impl Fn(usize, bool) -> Option<Message> + 'a,
) -> Element<'a, Message> {
    Element::new(Arrows { content: content.into(), does: Does::Move(Box::new(message)) })
}

struct Arrows<'a, Message> {
    content: Element<'a, Message>,
    does: Does<'a, Message>,
}

/// What an arrow key does.
enum Does<'a, Message> {
    Choose(Box<dyn Fn(usize) -> Message + 'a>),
    Move(Box<dyn Fn(usize, bool) -> Option<Message> + 'a>),
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
            let message = match (&self.does, find.focused) {
                (Does::Choose(message), Some(at)) => {
                    let last = find.count.saturating_sub(1);
                    let target = if forward { (at + 1).min(last) } else { at.saturating_sub(1) };
                    self.content.as_widget_mut().operate(tree, layout, renderer, &mut Focus { target, count: 0 });
                    Some(message(target))
                }
                (Does::Move(message), Some(at)) if matches!(key, Named::ArrowUp | Named::ArrowDown) => {
                    message(at, forward)
                }
                (Does::Choose(_) | Does::Move(_), _) => None,
            };
            if let Some(message) = message {
                shell.publish(message);
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
