//! The cells of the week grid: what mouse, finger and keyboard do in them.

use iced::advanced::widget::operation::Focusable as _;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::keyboard::{self, Modifiers, key::Named};
use iced::time::Instant;
use iced::{Event, Length, Point, Rectangle, Renderer, Size, Theme, touch, window};
use jiff::civil::Weekday;

use super::state::{Rest, Spot, State, Stroke, ordered};
use super::{Happening, LONG_PRESS, Shown};
use crate::app::widget::Look;
use crate::app::widget::describe::{Info, Role, Stand};
use crate::moment::CELLS;

/// How far a finger may stray while it rests, in logical pixels.
const SLOP: f32 = 8.0;
/// The name by which the grid can be focused from code.
const ID: &str = "week";

pub(super) struct Cells<'a, M> {
    pub(super) look: Look,
    pub(super) shown: Shown,
    pub(super) tell: Box<dyn Fn(Weekday, usize, bool) -> String + 'a>,
    pub(super) on: Box<dyn Fn(Happening) -> M + 'a>,
}

impl<M> Cells<'_, M> {
    pub(super) fn first(&self) -> usize {
        (self.shown.first_hour * 2).min(CELLS - 2)
    }

    pub(super) fn height(&self) -> f32 {
        self.shown.hour_height / 2.0
    }

    pub(super) fn column_width(&self, bounds: Rectangle) -> f32 {
        bounds.width / self.shown.days.len().max(1) as f32
    }

    /// The cell at a point, or the nearest one.
    fn spot(&self, point: Point, bounds: Rectangle) -> Spot {
        let column = ((point.x - bounds.x) / self.column_width(bounds)).max(0.0) as usize;
        let down = ((point.y - bounds.y) / self.height()).max(0.0) as usize;
        (column.min(self.shown.days.len().saturating_sub(1)), (self.first() + down).min(CELLS - 1))
    }

    pub(super) fn day(&self, column: usize) -> Weekday {
        self.shown.days.get(column).copied().unwrap_or(Weekday::Monday)
    }

    /// Where the keyboard stands, among what is shown.
    pub(super) fn standing(&self, state: &State) -> Spot {
        let column = self.shown.days.iter().position(|day| *day == state.at.0).unwrap_or_default();
        (column, state.at.1.clamp(self.first(), CELLS - 1))
    }

    fn is_on(&self, (column, cell): Spot) -> bool {
        self.shown.week.is_on(self.day(column), cell)
    }

    pub(super) fn bounds_of(&self, (column, cell): Spot, bounds: Rectangle) -> Rectangle {
        let width = self.column_width(bounds);
        Rectangle {
            x: bounds.x + width * column as f32,
            y: bounds.y + self.height() * cell.saturating_sub(self.first()) as f32,
            width,
            height: self.height(),
        }
    }

    fn painted(&self, stroke: Stroke) -> Happening {
        let (first, last) = ordered(stroke.from.0, stroke.to.0);
        let days = (first..=last).map(|column| self.day(column)).collect();
        Happening::CellsPainted { days, cells: (stroke.from.1, stroke.to.1), on: stroke.on }
    }

    fn hour_painted(&self, (column, cell): Spot) -> Happening {
        let first = cell / 2 * 2;
        let is_whole = self.is_on((column, first)) && self.is_on((column, first + 1));
        Happening::CellsPainted { days: vec![self.day(column)], cells: (first, first + 1), on: !is_whole }
    }

    fn mouse(
        &self,
        state: &mut State,
        event: mouse::Event,
        over: Option<Point>,
        anywhere: Option<Point>,
        bounds: Rectangle,
        shell: &mut Shell<'_, M>,
    ) {
        match event {
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                let Some(point) = over else {
                    state.unfocus();
                    return;
                };
                let spot = self.spot(point, bounds);
                state.focused = true;
                state.ring = false;
                state.at = (self.day(spot.0), spot.1);
                state.stroke = Some(Stroke { from: spot, to: spot, on: !self.is_on(spot), finger: None });
            }
            mouse::Event::CursorMoved { .. } => {
                let (Some(stroke), Some(point)) = (state.stroke.as_mut(), anywhere) else { return };
                stroke.to = self.spot(point, bounds);
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => {
                let Some(stroke) = state.stroke.take() else { return };
                shell.publish((self.on)(self.painted(stroke)));
            }
            _ => return,
        }
        shell.capture_event();
        shell.request_redraw();
    }

    /// A finger's press is never captured, so that the page can follow a drag; what it does once it paints is.
    fn touch(
        &self,
        state: &mut State,
        event: touch::Event,
        over: Option<Point>,
        anywhere: Option<Point>,
        bounds: Rectangle,
        shell: &mut Shell<'_, M>,
    ) {
        let is_painting = |finger| move |stroke: &Stroke| stroke.finger == Some(finger);
        match event {
            touch::Event::FingerPressed { id, position } => {
                state.ring = false;
                let free = state.stroke.is_none() && state.rest.is_none();
                let Some(point) = over.filter(|_| free) else {
                    state.rest = None;
                    return;
                };
                let since = Instant::now();
                state.rest = Some(Rest { finger: id, start: position, spot: self.spot(point, bounds), since });
                shell.request_redraw_at(since + LONG_PRESS);
            }
            touch::Event::FingerMoved { id, position } => {
                if let Some(stroke) = state.stroke.as_mut().filter(|stroke| is_painting(id)(stroke)) {
                    if let Some(point) = anywhere {
                        stroke.to = self.spot(point, bounds);
                    }
                    shell.capture_event();
                    shell.request_redraw();
                } else if state.rest.is_some_and(|rest| rest.finger == id && rest.start.distance(position) > SLOP) {
                    state.rest = None;
                }
            }
            touch::Event::FingerLifted { id, .. } => {
                if let Some(stroke) = state.stroke.take_if(|stroke| is_painting(id)(stroke)) {
                    shell.publish((self.on)(self.painted(stroke)));
                    shell.request_redraw();
                } else if let Some(rest) = state.rest.take_if(|rest| rest.finger == id) {
                    shell.publish((self.on)(self.hour_painted(rest.spot)));
                }
            }
            touch::Event::FingerLost { .. } => {
                state.rest = None;
                state.stroke = None;
                shell.request_redraw();
            }
        }
    }

    /// A finger that rested long enough paints from now on.
    fn begin_to_paint(&self, state: &mut State, now: Instant, shell: &mut Shell<'_, M>) {
        let Some(rest) = state.rest else { return };
        if now.saturating_duration_since(rest.since) < LONG_PRESS {
            shell.request_redraw_at(rest.since + LONG_PRESS);
            return;
        }
        state.rest = None;
        let on = !self.is_on(rest.spot);
        state.stroke = Some(Stroke { from: rest.spot, to: rest.spot, on, finger: Some(rest.finger) });
        state.at = (self.day(rest.spot.0), rest.spot.1);
        shell.request_redraw();
    }

    /// Whether the key was for the grid.
    fn key(
        &self,
        state: &mut State,
        key: &keyboard::Key,
        modifiers: Modifiers,
        repeat: bool,
        shell: &mut Shell<'_, M>,
    ) -> bool {
        if modifiers.alt() || modifiers.control() || modifiers.logo() {
            return false;
        }
        let keyboard::Key::Named(key) = key else { return false };
        let (column, cell) = self.standing(state);
        let last = self.shown.days.len().saturating_sub(1);
        let next = match key {
            Named::Space | Named::Enter => {
                if !repeat {
                    let spot = (column, cell);
                    let stroke = Stroke { from: spot, to: spot, on: !self.is_on(spot), finger: None };
                    shell.publish((self.on)(self.painted(stroke)));
                }
                return true;
            }
            Named::ArrowUp => (column, cell.saturating_sub(1).max(self.first())),
            Named::ArrowDown => (column, (cell + 1).min(CELLS - 1)),
            Named::ArrowLeft => (column.saturating_sub(1), cell),
            Named::ArrowRight => ((column + 1).min(last), cell),
            _ => return false,
        };
        state.ring = true;
        let day = self.day(next.0);
        if modifiers.shift() && next != (column, cell) {
            let on = self.is_on((column, cell));
            shell.publish((self.on)(Happening::CellsPainted { days: vec![day], cells: (next.1, next.1), on }));
        }
        state.at = (day, next.1);
        shell.publish((self.on)(Happening::CellReached { day, cell: next.1 }));
        shell.request_redraw();
        true
    }
}

impl<M> Widget<M, Theme, Renderer> for Cells<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        let at = self.shown.here;
        tree::State::new(State { focused: false, ring: false, at, told: at, stroke: None, rest: None })
    }

    fn diff(&self, tree: &mut Tree) {
        let state = tree.state.downcast_mut::<State>();
        if state.told != self.shown.here {
            state.told = self.shown.here;
            state.at = self.shown.here;
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, _tree: &mut Tree, _renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let height = self.height() * (CELLS - self.first()) as f32;
        layout::Node::new(limits.resolve(Length::Fill, Length::Shrink, Size::new(0.0, height)))
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, _renderer: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        let spot = self.standing(state);
        let id = Id::from(ID);
        let mut info = Info {
            role: Role::Grid,
            name: (self.tell)(self.day(spot.0), spot.1, self.is_on(spot)),
            stand: Stand::Checked(self.is_on(spot)),
            enabled: true,
            focused: state.focused,
        };
        operation.custom(Some(&id), layout.bounds(), &mut info);
        // Only the cell where the keyboard stands is told as focused: that is what has to be in view.
        operation.focusable(Some(&id), self.bounds_of(spot, layout.bounds()), state);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let bounds = layout.bounds();
        // The cursor is told in the page's own space, a finger's position in the window's.
        let over = bounds.intersection(viewport).and_then(|seen| cursor.position_over(seen));
        let anywhere = cursor.land().position();
        match event {
            Event::Mouse(event) => self.mouse(state, *event, over, anywhere, bounds, shell),
            Event::Touch(event) => self.touch(state, *event, over, anywhere, bounds, shell),
            Event::Window(window::Event::RedrawRequested(now)) => self.begin_to_paint(state, *now, shell),
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat, .. })
                if state.focused && self.key(state, key, *modifiers, *repeat, shell) =>
            {
                shell.capture_event();
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        _cursor: mouse::Cursor,
        _viewport: &Rectangle,
    ) {
        self.draw_all(tree.state.downcast_ref::<State>(), renderer, layout.bounds());
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) { mouse::Interaction::Cell } else { mouse::Interaction::None }
    }
}
