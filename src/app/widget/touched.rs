//! Lets a finger put the caret into iced's text editor, which in iced 0.14 answers to a mouse only.
//!
//! A short touch becomes a click, as with [`tap`](super::tap): the press is never captured, so that a drag that begins
//! on the field scrolls the page.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::{Element, Event, Point, Rectangle, Renderer, Theme, touch};

use super::tap::SLOP;

/// Hands short touches to `content` as clicks.
pub fn touched<'a, Message: 'a>(content: impl Into<Element<'a, Message>>) -> Element<'a, Message> {
    Element::new(Touched { content: content.into() })
}

struct Touched<'a, Message> {
    content: Element<'a, Message>,
}

/// The finger that is down, and where it came down in the window.
#[derive(Default)]
struct Down(Option<(touch::Finger, Point)>);

impl<Message> Widget<Message, Theme, Renderer> for Touched<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Down>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Down::default())
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
        let mut short = false;
        if let Event::Touch(event) = event {
            let down = tree.state.downcast_mut::<Down>();
            match *event {
                touch::Event::FingerPressed { id, position } => down.0 = Some((id, position)),
                touch::Event::FingerMoved { id, position } => {
                    down.0 = down.0.filter(|(finger, at)| *finger != id || at.distance(position) <= SLOP);
                }
                touch::Event::FingerLifted { id, position } => {
                    short = down.0.take().is_some_and(|(finger, at)| finger == id && at.distance(position) <= SLOP);
                }
                touch::Event::FingerLost { .. } => down.0 = None,
            }
        }
        let inside = &mut tree.children[0];
        let mut hand_on = |event: &Event| {
            let content = self.content.as_widget_mut();
            content.update(inside, event, layout, cursor, renderer, clipboard, shell, viewport);
        };
        hand_on(event);
        if short {
            // Beside the field it is a click too: the field then lets go of the keyboard.
            hand_on(&Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)));
            hand_on(&Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)));
        }
    }

    super::pass::child!();
}
