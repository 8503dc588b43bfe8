//! Minutes and seconds that are left. They change by themselves through redraws alone while they are on the screen;
//! one message is sent, when nothing is left.

use std::time::Duration;

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, mouse};
use iced::{Element, Event, Rectangle, Renderer, Theme, window};

use super::Look;

/// What stands there while `left` is left, such as "4:05", and how long it stands.
#[must_use]
pub fn face(left: Duration) -> (String, Duration) {
    // Rounded up, so that the first second shows the whole and "0:00" shows nothing that is left.
    let part = left.subsec_nanos();
    let seconds = left.as_secs() + u64::from(part > 0);
    let stands = if part > 0 { Duration::from_nanos(u64::from(part)) } else { Duration::from_secs(1) };
    (format!("{}:{:02}", seconds / 60, seconds % 60), stands)
}

/// Draws a face from its words.
type Draws<'a, Message> = Box<dyn Fn(&str) -> Element<'a, Message> + 'a>;

/// Asks for what is left each time it is redrawn, so that a screen that slept has not slowed it down.
struct Countdown<'a, Message> {
    content: Element<'a, Message>,
    left: Box<dyn Fn() -> Duration + 'a>,
    /// Draws a face.
    draws: Draws<'a, Message>,
    /// The face that is drawn.
    shown: String,
    /// What to say when nothing is left; `None` while it stands still.
    over: Option<Message>,
}

impl Look {
    /// The time that is left, drawn by `draws` from words such as "4:05". It runs if there is a message to send when
    /// nothing is left, and stands still otherwise.
    pub fn countdown<'a, M: Clone + 'a>(
        self,
        left: impl Fn() -> Duration + 'a,
        draws: impl Fn(&str) -> Element<'a, M> + 'a,
        over: Option<M>,
    ) -> Element<'a, M> {
        let (shown, _) = face(left());
        let content = draws(&shown);
        Element::new(Countdown { content, left: Box::new(left), draws: Box::new(draws), shown, over })
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Countdown<'_, Message> {
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
        if let (Event::Window(window::Event::RedrawRequested(now)), true) = (event, self.over.is_some()) {
            let left = (self.left)();
            let (words, stands) = face(left);
            if words != self.shown {
                self.content = (self.draws)(&words);
                self.shown = words;
                shell.invalidate_layout();
            }
            if left.is_zero() {
                if let Some(over) = self.over.take() {
                    shell.publish(over);
                }
            } else if layout.bounds().intersects(viewport) {
                shell.request_redraw_at(*now + stands);
            } else {
                // Nobody sees it: only its end matters.
                shell.request_redraw_at(*now + left);
            }
        }
        self.content.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
    }

    super::pass::look!();
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::time::Instant;

    use iced_test::Simulator;

    use super::*;

    #[test]
    fn it_counts_by_redraws_alone_and_says_once_that_it_is_over() {
        let left = Cell::new(Duration::from_secs(61));
        let look = Look { colors: crate::app::theme::LIGHT, tight: false };
        let draws = |face: &str| look.big(face.to_owned()).into();
        let mut page = Simulator::new(look.countdown(|| left.get(), draws, Some("over")));
        let redraw = || Event::Window(window::Event::RedrawRequested(Instant::now()));
        for millis in [59_500, 1, 0, 0] {
            left.set(Duration::from_millis(millis));
            let _ = page.simulate([redraw()]);
        }
        assert!(page.find("0:00").is_ok() && page.find("1:01").is_err());
        assert_eq!(page.into_messages().collect::<Vec<_>>(), ["over"]);
        let still = look.countdown(|| left.get(), draws, None::<&str>);
        let mut page = Simulator::new(still);
        let _ = page.simulate([redraw()]);
        assert_eq!(page.into_messages().count(), 0, "what is paused says nothing");
    }

    #[test]
    fn a_face_stands_until_the_next_second_and_the_last_one_is_when_nothing_is_left() {
        let at = |millis| face(Duration::from_millis(millis));
        assert_eq!(at(180_000), ("3:00".to_owned(), Duration::from_secs(1)));
        assert_eq!(at(179_999), ("3:00".to_owned(), Duration::from_millis(999)));
        assert_eq!(at(59_250), ("1:00".to_owned(), Duration::from_millis(250)));
        assert_eq!(at(1), ("0:01".to_owned(), Duration::from_millis(1)));
        assert_eq!(at(0).0, "0:00");
    }
}
