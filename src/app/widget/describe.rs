//! What a thing on the screen is called, what it is and how it stands.
//!
//! Every widget of ours tells this through an iced `Operation`, so that the order of focus, the tests and a
//! screen reader's tree are all gathered from one source.

use std::any::Any;

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::{Element, Event, Rectangle, Renderer, Theme};

/// What kind of thing it is, in the terms of accessibility trees (AT-SPI, UIA).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Does something at once.
    Button,
    /// Opens another page or the browser.
    Link,
    /// On or off.
    CheckBox,
    /// One of several.
    Radio,
    /// On or off, at once.
    Switch,
    /// A place of the app, in the bar or the rail.
    Tab,
    /// One entry of a list.
    ListItem,
    /// One line of text to type.
    Field,
    /// Several lines of text to type.
    TextArea,
    /// The large line that says what this is about.
    Heading,
    /// Something that happened and is said calmly.
    Status,
    /// A grid of cells to paint.
    Grid,
    /// A picture with a meaning.
    Picture,
}

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stand {
    /// Nothing to say.
    #[default]
    Plain,
    /// A check box or switch: on or off.
    Checked(bool),
    /// One of several: chosen or not.
    Selected(bool),
    /// Something that unfolds: open or not.
    Expanded(bool),
    /// The main button of a page (AT-SPI: is-default).
    Main,
}

/// What a widget tells about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Info {
    /// What it is.
    pub role: Role,
    /// What it is called.
    pub name: String,
    /// How it stands.
    pub stand: Stand,
    /// Whether it can be used now.
    pub enabled: bool,
    /// Whether the keyboard is on it.
    pub focused: bool,
}

/// Gathers what all widgets tell, in reading order.
#[derive(Debug, Default)]
pub struct Gather {
    /// What was told, and where it is drawn.
    pub found: Vec<(Info, Rectangle)>,
}

impl<T> Operation<T> for Gather {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn custom(&mut self, _id: Option<&Id>, bounds: Rectangle, state: &mut dyn Any) {
        if let Some(info) = state.downcast_ref::<Info>() {
            self.found.push((info.clone(), bounds));
        }
    }
}

/// Finds out whether the keyboard is on something inside.
struct Inside(bool);

impl<T> Operation<T> for Inside {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn focusable(&mut self, _id: Option<&Id>, _bounds: Rectangle, state: &mut dyn Focusable) {
        self.0 |= state.is_focused();
    }
}

/// Says what `content` is: for headings, pictures, and iced's own text fields, which cannot say it themselves.
pub fn described<'a, Message: 'a>(
    role: Role,
    name: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
) -> Element<'a, Message> {
    let told = Info { role, name: name.into(), stand: Stand::Plain, enabled: true, focused: false };
    Element::new(Described { told: Some(told), content: content.into() })
}

/// Keeps decoration out of what is told.
pub fn hidden<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Described { told: None, content: content.into() })
}

struct Described<'a, Message> {
    /// `None`: say nothing, neither of this nor of what is inside.
    told: Option<Info>,
    content: Element<'a, Message>,
}

impl<Message> Widget<Message, Theme, Renderer> for Described<'_, Message> {
    super::pass::shape!();

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        if let Some(info) = &mut self.told {
            if matches!(info.role, Role::Field | Role::TextArea) {
                let mut inside = Inside(false);
                self.content.as_widget_mut().operate(tree, layout, renderer, &mut inside);
                info.focused = inside.0;
            }
            operation.custom(None, layout.bounds(), info);
            self.content.as_widget_mut().operate(tree, layout, renderer, operation);
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
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    super::pass::look!();
}
