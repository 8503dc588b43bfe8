//! The outermost widget: what the keyboard does everywhere.
//!
//! Tab and Shift+Tab go through everything that can be used, in reading order, and scroll it into view; so
//! does a change of the window's size, which is what an on-screen keyboard is to us. Escape goes back, Page Up
//! and Page Down scroll, and whatever a text field did not take may be a shortcut.

use std::time::Instant;

use iced::advanced::widget::operation::{Focusable, Outcome, Scrollable, focusable, scrollable};
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Element, Event, Rectangle, Renderer, Theme, Vector, window};

use crate::app::keys::Thrice;

/// Wraps the whole window. `on_key` turns keys that nothing inside took into messages.
/// `on_leave` is published at the third Shift, whatever has the focus.
pub fn keys<'a, Message: 'a>(
    content: impl Into<Element<'a, Message>>,
    on_key: impl Fn(&Key, Modifiers) -> Option<Message> + 'a,
    on_leave: impl Fn() -> Message + 'a,
) -> Element<'a, Message> {
    Element::new(Keys { content: content.into(), on_key: Box::new(on_key), on_leave: Box::new(on_leave) })
}

type OnKey<'a, Message> = Box<dyn Fn(&Key, Modifiers) -> Option<Message> + 'a>;

struct Keys<'a, Message> {
    content: Element<'a, Message>,
    on_key: OnKey<'a, Message>,
    on_leave: Box<dyn Fn() -> Message + 'a>,
}

/// Space left above and below what is scrolled into view, in logical pixels.
const MARGIN: f32 = 16.0;

impl<Message> Keys<'_, Message> {
    fn run(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        while let Some(mut operation) = next.take() {
            self.content.as_widget_mut().operate(tree, layout, renderer, &mut *operation);
            if let Outcome::Chain(chained) = operation.finish() {
                next = Some(chained);
            }
        }
    }

    fn reveal(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) {
        let mut find = FindFocused::default();
        self.content.as_widget_mut().operate(tree, layout, renderer, &mut find);
        if let Some(target) = find.focused {
            self.content.as_widget_mut().operate(tree, layout, renderer, &mut Reveal::of(target));
        }
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Keys<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Thrice>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Thrice::default())
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
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
        let leaves = tree.state.downcast_mut::<Thrice>();
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed { key, repeat, .. })
                if leaves.pressed(key, *repeat, Instant::now()) =>
            {
                shell.publish((self.on_leave)());
                shell.capture_event();
                return;
            }
            Event::Mouse(mouse::Event::ButtonPressed(_)) | Event::Touch(_) => leaves.interrupt(),
            _ => {}
        }
        let tree = &mut tree.children[0];
        if let Event::Window(window::Event::Resized(_)) = event {
            self.reveal(tree, layout, renderer);
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key: Key::Named(Named::Tab), modifiers, .. }) = event
            && !modifiers.alt()
            && !modifiers.control()
        {
            let operation: Box<dyn Operation> = if modifiers.shift() {
                Box::new(focusable::focus_previous())
            } else {
                Box::new(focusable::focus_next())
            };
            self.run(tree, layout, renderer, operation);
            self.reveal(tree, layout, renderer);
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        if shell.is_event_captured() {
            return;
        }
        if let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event {
            let page = match key {
                Key::Named(Named::PageDown) => 0.8,
                Key::Named(Named::PageUp) => -0.8,
                _ => 0.0,
            };
            if page != 0.0 {
                self.content.as_widget_mut().operate(tree, layout, renderer, &mut Page(page));
                shell.request_redraw();
            } else if let Some(message) = (self.on_key)(key, *modifiers) {
                shell.publish(message);
                shell.capture_event();
            }
        }
    }

    super::pass::child!();
}

/// Scrolls what has the focus into view: for a page that moved what is focused by itself.
pub fn reveal_focused<T: Send + 'static>() -> impl Operation<T> {
    FindFocused { then_reveal: true, ..FindFocused::default() }
}

/// Where something is laid out, and in which scrollable, counted from 0 in reading order.
#[derive(Clone, Copy)]
struct Target {
    bounds: Rectangle,
    inside: usize,
}

/// Finds where the focused thing is laid out, if it is in something that scrolls.
#[derive(Default)]
struct FindFocused {
    focused: Option<Target>,
    then_reveal: bool,
    count: usize,
    /// The scrollable of which the content comes next, and those that are under way.
    next: Option<usize>,
    inside: Vec<usize>,
}

impl<T> Operation<T> for FindFocused {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        let entered = self.next.take();
        self.inside.extend(entered);
        operate(self);
        if entered.is_some() {
            self.inside.pop();
        }
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        _bounds: Rectangle,
        _content: Rectangle,
        _translation: Vector,
        _state: &mut dyn Scrollable,
    ) {
        self.next = Some(self.count);
        self.count += 1;
    }

    fn focusable(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Focusable) {
        if state.is_focused() {
            self.focused = self.inside.last().map(|inside| Target { bounds, inside: *inside });
        }
    }

    fn finish(&self) -> Outcome<T> {
        match self.focused {
            Some(target) if self.then_reveal => Outcome::Chain(Box::new(Reveal::of(target))),
            _ => Outcome::None,
        }
    }
}

/// Scrolls what holds `target` until it is in view. What stands beside it stays: the content of a page that was
/// scrolled lies, unseen, behind the bar below it.
struct Reveal {
    target: Target,
    count: usize,
}

impl Reveal {
    const fn of(target: Target) -> Self {
        Self { target, count: 0 }
    }
}

impl<T> Operation<T> for Reveal {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        self.count += 1;
        if self.count != self.target.inside + 1 {
            return;
        }
        let target = self.target.bounds;
        let top = target.y - translation.y - MARGIN;
        let bottom = top + target.height + 2.0 * MARGIN;
        let by = if top < bounds.y || target.height + 2.0 * MARGIN > bounds.height {
            top - bounds.y
        } else if bottom > bounds.y + bounds.height {
            bottom - bounds.y - bounds.height
        } else {
            return;
        };
        state.scroll_by(scrollable::AbsoluteOffset { x: 0.0, y: by }, bounds, content);
    }
}

/// Scrolls the first scrollable by this part of its height.
struct Page(f32);

impl<T> Operation<T> for Page {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn scrollable(
        &mut self,
        _id: Option<&Id>,
        bounds: Rectangle,
        content: Rectangle,
        _translation: Vector,
        state: &mut dyn Scrollable,
    ) {
        let y = bounds.height * std::mem::take(&mut self.0);
        if y != 0.0 {
            state.scroll_by(scrollable::AbsoluteOffset { x: 0.0, y }, bounds, content);
        }
    }
}
