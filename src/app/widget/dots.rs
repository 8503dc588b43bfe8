//! Where one is in an exercise, as a row of dots.

use iced::widget::canvas::{self, Canvas, Geometry, Path, Stroke};
use iced::{Element, Length, Point, Rectangle, Renderer, Theme, mouse};

use super::Look;
use super::describe::{Role, described};
use super::picture::sheet;
use crate::app::theme::Colors;

/// The widest that two dots stand apart, in logical pixels.
const APART: f32 = 18.0;

struct Dots {
    colors: Colors,
    at: usize,
    of: usize,
}

impl<M> canvas::Program<M> for Dots {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = sheet(renderer, bounds);
        let count = self.of.max(1) as f32;
        let apart = (bounds.width / count).min(APART);
        let (small, large) = (apart * 0.2, apart * 0.36);
        for index in 0..self.of {
            let center = Point::new(apart * (index as f32 + 0.5), bounds.height / 2.0);
            if index == self.at {
                frame.fill(&Path::circle(center, large), self.colors.accent);
            } else if index < self.at {
                frame.fill(&Path::circle(center, small + 0.75), self.colors.accent);
            } else {
                let line = Stroke::default().with_color(self.colors.edge).with_width(1.5);
                frame.stroke(&Path::circle(center, small), line);
            }
        }
        vec![frame.into_geometry()]
    }
}

impl Look {
    /// `of` dots, the one `at` (from 0) larger, those before it filled; told as `name`.
    pub fn dots<'a, M: 'a>(self, at: usize, of: usize, name: &str) -> Element<'a, M> {
        let dots = Canvas::new(Dots { colors: self.colors, at, of }).width(Length::Fill).height(APART);
        described(Role::Picture, name, iced::widget::container(dots).max_width(APART * of as f32))
    }
}
