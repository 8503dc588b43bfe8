//! How the week grid looks.

use iced::advanced::{Renderer as _, renderer};
use iced::{Background, Border, Color, Rectangle, Renderer};

use super::cells::Cells;
use super::state::{State, ordered};
use crate::app::theme::RADIUS_SMALL;
use crate::moment::{CELLS, Week};

impl<M> Cells<'_, M> {
    pub(super) fn draw_all(&self, state: &State, renderer: &mut Renderer, bounds: Rectangle) {
        let c = self.look.colors;
        let edge = |width, color, radius: f32| Border { radius: radius.into(), width, color };
        let ground = renderer::Quad { bounds, border: edge(1.0, c.edge, RADIUS_SMALL), ..renderer::Quad::default() };
        renderer.fill_quad(ground, Background::Color(c.card));
        self.draw_lines(renderer, bounds);
        self.draw_runs(self.week(state), renderer, bounds);
        self.draw_free(renderer, bounds);
        if state.focused && state.ring {
            let bounds = self.bounds_of(self.standing(state), bounds);
            let ring = renderer::Quad { bounds, border: edge(3.0, c.ink, 6.0), ..renderer::Quad::default() };
            renderer.fill_quad(ring, Background::Color(Color::TRANSPARENT));
        }
    }

    /// What is painted, with the stroke that is under way.
    fn week(&self, state: &State) -> Week {
        let mut week = self.shown.week;
        if let Some(stroke) = state.stroke {
            let (first, last) = ordered(stroke.from.0, stroke.to.0);
            for column in first..=last {
                week.paint(self.day(column), stroke.from.1..=stroke.to.1, stroke.on);
            }
        }
        week
    }

    fn draw_lines(&self, renderer: &mut Renderer, bounds: Rectangle) {
        let line = self.look.colors.line;
        let mut fill = |bounds: Rectangle| {
            renderer.fill_quad(renderer::Quad { bounds, ..renderer::Quad::default() }, Background::Color(line));
        };
        for number in 1..(CELLS - self.first()) / 2 {
            let y = (bounds.y + self.shown.hour_height * number as f32).round();
            fill(Rectangle { y, height: 1.0, ..bounds });
        }
        let width = self.column_width(bounds);
        for column in 1..self.shown.days.len() {
            let x = (bounds.x + width * column as f32).round();
            fill(Rectangle { x, width: 1.0, ..bounds });
        }
    }

    /// A grey wash with a short dash in each cell, so that it can be told by its shape as well.
    fn draw_free(&self, renderer: &mut Renderer, bounds: Rectangle) {
        let c = self.look.colors;
        for column in 0..self.shown.days.len() {
            let day = self.day(column);
            for cell in (self.first()..CELLS).filter(|cell| self.shown.free.is_on(day, *cell)) {
                let area = self.bounds_of((column, cell), bounds);
                let wash = renderer::Quad { bounds: area, ..renderer::Quad::default() };
                renderer.fill_quad(wash, Background::Color(Color { a: 0.16, ..c.soft }));
                let dash = Rectangle { x: area.center_x() - 5.0, y: area.center_y() - 1.0, width: 10.0, height: 2.0 };
                let border = Border { radius: 1.0.into(), ..Border::default() };
                let dash = renderer::Quad { bounds: dash, border, ..renderer::Quad::default() };
                renderer.fill_quad(dash, Background::Color(Color { a: 0.55, ..c.soft }));
            }
        }
    }

    /// One block for each run of painted cells: a wash with an edge, and a bar at its side, so that it can be told
    /// by its shape as well.
    fn draw_runs(&self, week: Week, renderer: &mut Renderer, bounds: Rectangle) {
        let c = self.look.colors;
        for column in 0..self.shown.days.len() {
            let day = self.day(column);
            let mut cell = self.first();
            while cell < CELLS {
                let cells = (cell..CELLS).take_while(|next| week.is_on(day, *next)).count();
                if cells > 0 {
                    let top = self.bounds_of((column, cell), bounds);
                    let block = Rectangle {
                        x: top.x + 2.0,
                        y: top.y + 1.5,
                        width: top.width - 3.0,
                        height: top.height * cells as f32 - 2.0,
                    };
                    let border = Border { radius: 6.0.into(), width: 1.5, color: c.accent };
                    let quad = renderer::Quad { bounds: block, border, ..renderer::Quad::default() };
                    renderer.fill_quad(quad, Background::Color(c.accent_wash));
                    let bar = Rectangle { width: 6.0, ..block };
                    let border = Border { radius: 3.0.into(), ..Border::default() };
                    let quad = renderer::Quad { bounds: bar, border, ..renderer::Quad::default() };
                    renderer.fill_quad(quad, Background::Color(c.accent));
                }
                cell += cells.max(1);
            }
        }
    }
}
