//! The picture of two lists that meet: a column on each side, and the mark closing between them.
//!
//! It is the same for every result. How many there were, and how each was marked, cannot be read from it.

use iced::widget::canvas::{Canvas, Frame, Geometry, Path, Program, Stroke, path};
use iced::{Color, Element, Length, Point, Rectangle, Renderer, Theme, Vector, mouse};

use super::Look;
use super::describe::{Role, described};
use crate::app::theme::Colors;

/// The picture's height in logical pixels.
const HEIGHT: f32 = 116.0;
/// How much the circles overlap when they have met, in radii.
const MET: f32 = 1.4;
/// The pieces in each column, above and below the middle, in parts of the height.
const PIECES: [f32; 3] = [-0.34, 0.0, 0.34];

struct Meeting {
    colors: Colors,
    met: bool,
}

impl<M> Program<M> for Meeting {
    type State = ();

    fn draw(
        &self,
        _state: &(),
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = Frame::new(renderer, bounds.size());
        let center = frame.center();
        let (part, apart) = if self.met { (6.0, 2.0 - MET) } else { (9.0, 2.5) };
        let radius = (bounds.height / 2.0 - 10.0).min(bounds.width / part);
        let edge = (bounds.width / 2.0 - 10.0).min(radius * (apart / 2.0 + 3.2));
        for (side, color) in [(-1.0, self.colors.accent), (1.0, self.colors.together)] {
            let middle = center + Vector::new(side * radius * apart / 2.0, 0.0);
            let rim = middle + Vector::new(side * radius, 0.0);
            for (index, height) in PIECES.into_iter().enumerate() {
                let from = Point::new(center.x + side * edge, center.y + height * bounds.height);
                let bend = Vector::new((rim.x - from.x) * 0.45, 0.0);
                let mut line = path::Builder::new();
                line.move_to(from);
                line.bezier_curve_to(from + bend, rim - bend, rim);
                frame.stroke(&line.build(), Stroke::default().with_color(self.colors.line).with_width(2.0));
                let size = if index == 1 { 7.0 } else { 5.5 };
                frame.fill(&Path::circle(from, size), Color { a: 0.75, ..color });
            }
        }
        for side in [-1.0, 1.0] {
            let middle = center + Vector::new(side * radius * apart / 2.0, 0.0);
            frame.fill(&Path::circle(middle, radius), self.colors.paper);
        }
        for (side, color) in [(-1.0, self.colors.accent), (1.0, self.colors.together)] {
            let middle = center + Vector::new(side * radius * apart / 2.0, 0.0);
            let circle = Path::circle(middle, radius);
            frame.fill(&circle, Color { a: 0.22, ..color });
            frame.stroke(&circle, Stroke::default().with_color(color).with_width(2.5));
        }
        vec![frame.into_geometry()]
    }
}

impl Look {
    /// Two lists that meet, or do not meet yet, told as `name`.
    pub fn meeting<'a, M: 'a>(self, met: bool, name: &str) -> Element<'a, M> {
        let picture = Canvas::new(Meeting { colors: self.colors, met }).width(Length::Fill).height(HEIGHT);
        described(Role::Picture, name, picture)
    }
}
