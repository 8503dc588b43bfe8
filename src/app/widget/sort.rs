//! A list to put in order: by hand, with two buttons on each row, or with the arrow keys while the focus is on one of
//! them.

use iced::widget::canvas::{self, Canvas, Geometry, Path};
use iced::widget::{column, container, mouse_area, row};
use iced::{Alignment, Background, Border, Color, Element, Length, Padding, Point, Rectangle, Renderer, Theme, mouse};

use super::Look;
use super::arrows::arrows_moving;
use super::describe::{Role, hidden};
use super::drag::{Dragged, HANDLE};
use super::icon::{Icon, icon};
use super::picture::sheet;
use super::tap::{MIN_TARGET, Status, tap};
use crate::app::theme::RADIUS;

/// One row of a list to put in order.
#[derive(Debug, Clone)]
pub struct Sortable<M> {
    /// Tells rows apart, whatever their place: the focus goes with the row.
    pub key: usize,
    /// What a person reads.
    pub label: String,
    /// What the button up is called.
    pub up: String,
    /// What the button down is called.
    pub down: String,
    /// Said by the button up, and by the button down.
    pub moved: (M, M),
}

/// Six dots: here it can be taken.
struct Grip(Color);

impl<M> canvas::Program<M> for Grip {
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
        let middle = frame.center();
        for (x, y) in [-3.5, 3.5].into_iter().flat_map(|x| [-7.0, 0.0, 7.0].map(|y| (x, y))) {
            frame.fill(&Path::circle(Point::new(middle.x + x, middle.y + y), 1.9), self.0);
        }
        vec![frame.into_geometry()]
    }
}

impl Look {
    /// What a row is taken by. The buttons do the same for whoever cannot drag, so it is not told.
    fn handle<'a, M: Clone + 'a>(self, place: usize) -> Element<'a, M> {
        let dots = Canvas::new(Grip(self.colors.edge)).width(16.0).height(MIN_TARGET);
        let number = self.quiet_words(format!("{place}."));
        let inside = row![dots, number].spacing(6.0).align_y(Alignment::Center).width(48.0).height(MIN_TARGET);
        mouse_area(container(hidden(inside)).id(HANDLE)).interaction(mouse::Interaction::Grab).into()
    }

    /// A list to put in order.
    pub fn sortable<'a, M: Clone + 'a>(
        self,
        rows: Vec<Sortable<M>>,
        dragged: impl Fn(Dragged) -> M + 'a,
    ) -> Element<'a, M> {
        let last = rows.len().saturating_sub(1);
        let moves: Vec<(M, M)> = rows.iter().map(|row| row.moved.clone()).collect();
        let keys = rows.iter().map(|row| row.key).collect();
        let rows = rows.into_iter().enumerate().map(|(at, entry)| {
            let c = self.colors;
            let (up, down) = entry.moved;
            let arrow = |name: String, glyph: Icon, ends: bool, message: M| {
                tap(Role::Button, name, icon(glyph, 22.0), move |status| {
                    // A button at the end stays where it is, so that the keyboard does not fall off the list.
                    let mut style = self.bare_style(if ends { Status::Disabled } else { status });
                    if ends {
                        style.ink = c.line;
                    }
                    style
                })
                .align_x(Alignment::Center)
                .on_press(message)
            };
            let (handle, words) = (self.handle(at + 1), self.body(entry.label).width(Length::Fill));
            let buttons = row![
                arrow(entry.up, Icon::ArrowUp, at == 0, up),
                arrow(entry.down, Icon::ArrowDown, at == last, down),
            ];
            let line: Element<'a, M> = if self.tight {
                column![words, row![handle, buttons]].into()
            } else {
                row![handle, words, buttons].align_y(Alignment::Center).into()
            };
            let ground =
                container(line).padding(Padding::from([6.0, if self.tight { 4.0 } else { 8.0 }])).style(move |_| {
                    container::Style {
                        background: Some(Background::Color(c.card)),
                        border: Border { radius: RADIUS.into(), width: 1.0, color: c.line },
                        ..container::Style::default()
                    }
                });
            ground.into()
        });
        let list = self.draggable(keys, rows.collect(), dragged);
        // Each row has two buttons; a place past the end cannot be focused.
        arrows_moving(list, move |at, down| {
            let (up_message, down_message) = moves.get(at / 2).cloned()?;
            Some(if down { down_message } else { up_message })
        })
    }
}
