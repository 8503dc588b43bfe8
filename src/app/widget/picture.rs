//! The pictures: the mark of two circles, the path as one gentle line with five stops, and a circle that breathes.

use std::time::{Duration, Instant};

use iced::widget::canvas::{self, Canvas, Frame, Geometry, Path, Stroke, path};
use iced::{Color, Element, Event, Length, Point, Rectangle, Renderer, Theme, Vector, mouse, window};

use super::Look;
use super::describe::{Role, described, hidden};
use crate::app::theme::Colors;

const fn faded(color: Color, alpha: f32) -> Color {
    Color { a: alpha, ..color }
}

/// An empty frame. What is seen of a stroke is wider than its path, and iced 0.14's tiny-skia renderer redraws only
/// the path's own bounds; a clear fill makes it redraw all of the picture, so that nothing of it stays behind.
pub(super) fn sheet(renderer: &Renderer, bounds: Rectangle) -> Frame {
    let mut frame = Frame::new(renderer, bounds.size());
    frame.fill_rectangle(Point::ORIGIN, bounds.size(), Color::TRANSPARENT);
    frame
}

/// The mark: two circles side by side, overlapping by `overlap` of a radius (0 = touching, 2 = one).
struct Mark {
    colors: Colors,
    overlap: f32,
}

impl<M> canvas::Program<M> for Mark {
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
        let apart = 2.0 - self.overlap;
        let radius = (bounds.width / (2.0 + apart)).min(bounds.height / 2.0) - 1.5;
        let center = frame.center();
        for (side, color) in [(-1.0, self.colors.accent), (1.0, self.colors.together)] {
            let circle = Path::circle(center + Vector::new(side * radius * apart / 2.0, 0.0), radius);
            frame.fill(&circle, faded(color, 0.22));
            frame.stroke(&circle, Stroke::default().with_color(color).with_width(2.5));
        }
        vec![frame.into_geometry()]
    }
}

/// How far each stop of the path lies above or below its middle, as a part of the picture's height.
const WAVE: [f32; 5] = [0.12, -0.12, 0.10, -0.10, 0.06];

struct Line {
    colors: Colors,
    /// The stop where the couple stands, from 0.
    at: usize,
}

impl<M> canvas::Program<M> for Line {
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
        let step = bounds.width / 5.0;
        let stop = |index: usize| {
            let wave = WAVE.get(index).copied().unwrap_or_default();
            Point::new(step * (index as f32 + 0.5), bounds.height * (0.5 + wave))
        };
        let through = |last: usize| {
            let mut line = path::Builder::new();
            line.move_to(stop(0));
            for index in 1..=last {
                let (from, to) = (stop(index - 1), stop(index));
                let bend = Vector::new(step * 0.5, 0.0);
                line.bezier_curve_to(from + bend, to - bend, to);
            }
            line.build()
        };
        let c = self.colors;
        frame.stroke(&through(4), Stroke::default().with_color(c.line).with_width(4.0));
        if self.at > 0 {
            frame.stroke(&through(self.at.min(4)), Stroke::default().with_color(c.accent).with_width(4.0));
        }
        for index in 0..5 {
            let point = stop(index);
            if index == self.at {
                frame.fill(&Path::circle(point, 15.0), c.accent_wash);
                frame.fill(&Path::circle(point, 9.0), c.accent);
            } else if index < self.at {
                frame.fill(&Path::circle(point, 7.0), c.accent);
            } else {
                frame.fill(&Path::circle(point, 7.0), c.paper);
                frame.stroke(&Path::circle(point, 7.0), Stroke::default().with_color(c.edge).with_width(2.0));
            }
        }
        vec![frame.into_geometry()]
    }
}

/// A circle that widens and narrows with the breath. It redraws itself while it is on the screen and its time
/// is not over; no message is sent and nothing wakes afterwards.
struct Breath {
    colors: Colors,
    total: Duration,
    breathe_in: Duration,
    breathe_out: Duration,
    moving: bool,
}

/// When the breathing began, and the moment that is drawn.
#[derive(Default)]
struct Breathing {
    began: Option<Instant>,
    elapsed: Duration,
}

/// One frame of the breath: calm motion needs no more than about 30 a second.
const FRAME: Duration = Duration::from_millis(33);

/// A window below this height is low, in logical pixels.
const LOW: f32 = 760.0;

impl Breath {
    /// How wide the circle is, from 0 (out) to 1 (in), `elapsed` after the beginning.
    fn width(&self, elapsed: Duration) -> f32 {
        let round = (self.breathe_in + self.breathe_out).as_secs_f32().max(1.0);
        let within = elapsed.as_secs_f32() % round;
        let inwards = self.breathe_in.as_secs_f32();
        let part = if within < inwards {
            within / inwards
        } else {
            1.0 - (within - inwards) / self.breathe_out.as_secs_f32().max(0.1)
        };
        // Ease in and out, as a breath does.
        part * part * (3.0 - 2.0 * part)
    }
}

impl<M> canvas::Program<M> for Breath {
    type State = Breathing;

    fn update(
        &self,
        state: &mut Breathing,
        event: &Event,
        _bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Option<canvas::Action<M>> {
        let Event::Window(window::Event::RedrawRequested(now)) = event else { return None };
        if !self.moving {
            // What is started again begins anew.
            *state = Breathing::default();
            return None;
        }
        let began = *state.began.get_or_insert(*now);
        state.elapsed = now.saturating_duration_since(began);
        (state.elapsed < self.total).then(|| canvas::Action::request_redraw_at(*now + FRAME))
    }

    fn draw(
        &self,
        state: &Breathing,
        renderer: &Renderer,
        _theme: &Theme,
        bounds: Rectangle,
        _cursor: mouse::Cursor,
    ) -> Vec<Geometry> {
        let mut frame = sheet(renderer, bounds);
        let most = bounds.width.min(bounds.height) / 2.0 - 2.0;
        let width = if self.moving && state.elapsed < self.total { self.width(state.elapsed) } else { 0.5 };
        let center = frame.center();
        frame.stroke(&Path::circle(center, most), Stroke::default().with_color(self.colors.line).with_width(2.0));
        let circle = Path::circle(center, most * (0.4 + 0.6 * width));
        frame.fill(&circle, faded(self.colors.accent, 0.25));
        frame.stroke(&circle, Stroke::default().with_color(self.colors.accent).with_width(2.5));
        vec![frame.into_geometry()]
    }
}

impl Look {
    /// The mark, `height` logical pixels high; `overlap` from 0 (touching) to 2 (one circle).
    pub fn mark<'a, M: 'a>(self, height: f32, overlap: f32) -> Element<'a, M> {
        let width = height * (2.0 + 2.0 - overlap) / 2.0;
        hidden(Canvas::new(Mark { colors: self.colors, overlap }).width(width).height(height))
    }

    /// The path with the couple at stop `at` (from 0), told as `name`.
    pub fn path<'a, M: 'a>(self, at: usize, name: &str) -> Element<'a, M> {
        let line = Canvas::new(Line { colors: self.colors, at }).width(Length::Fill).height(64.0);
        described(Role::Picture, name, line)
    }

    /// The breathing circle, told as `name`; it stands still when `moving` is false. It is smaller where the window is
    /// low, so that what starts it is in sight. `height`: of the window.
    pub fn breath<'a, M: 'a>(
        self,
        name: &str,
        height: f32,
        total: Duration,
        breathe_in: Duration,
        breathe_out: Duration,
        moving: bool,
    ) -> Element<'a, M> {
        let side = if self.tight {
            130.0
        } else if height < LOW {
            150.0
        } else {
            220.0
        };
        let circle = Canvas::new(Breath { colors: self.colors, total, breathe_in, breathe_out, moving });
        described(Role::Picture, name, circle.width(side).height(side))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_breath_is_full_at_its_turn_and_empty_at_its_end() {
        let breath = Breath {
            colors: crate::app::theme::LIGHT,
            total: Duration::from_secs(60),
            breathe_in: Duration::from_secs(4),
            breathe_out: Duration::from_secs(6),
            moving: true,
        };
        assert!(breath.width(Duration::from_secs(0)) < 0.01);
        assert!(breath.width(Duration::from_millis(3_999)) > 0.99);
        assert!(breath.width(Duration::from_millis(9_999)) < 0.01);
        assert!(breath.width(Duration::from_secs(14)) > 0.99);
    }
}
