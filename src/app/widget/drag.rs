//! Rows one below the other, of which each can be taken by its handle, with a mouse or a finger, and put elsewhere.
//!
//! A row in the hand follows it, and the others make room. Only a press on a handle is kept from the page around:
//! a finger anywhere else scrolls.

use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{
    Alignment, Border, Color, Element, Event, Length, Padding, Point, Rectangle, Renderer, Shadow, Size, Theme, Vector,
    touch, window,
};

use super::Look;
use crate::app::theme::{RADIUS, space};

/// The name of every handle: a container with it is what a row is taken by.
pub const HANDLE: &str = "handle";

/// How near to the end of what is seen a row in the hand scrolls the page, and how fast at most, in logical pixels and
/// logical pixels for each time that is drawn.
const EDGE: f32 = 56.0;
const SPEED: f32 = 9.0;

/// What a hand does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dragged {
    /// The row at the first place (from 0) was put at the second.
    Placed(usize, usize),
    /// The row in the hand is at the end of what is seen: the page is to scroll down by so many logical pixels.
    Reached(f32),
}

impl Look {
    /// Rows that can be put in order by hand; `keys` tells them apart, whatever their place.
    pub(super) fn draggable<'a, M: 'a>(
        self,
        keys: Vec<usize>,
        rows: Vec<Element<'a, M>>,
        on: impl Fn(Dragged) -> M + 'a,
    ) -> Element<'a, M> {
        Element::new(Drag { keys, rows, on: Box::new(on), ground: self.colors.card, edge: self.colors.accent })
    }
}

struct Drag<'a, Message> {
    keys: Vec<usize>,
    rows: Vec<Element<'a, Message>>,
    on: Box<dyn Fn(Dragged) -> Message + 'a>,
    ground: Color,
    edge: Color,
}

/// A row in the hand.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// Its place.
    row: usize,
    /// The finger that holds it; `None`: the mouse.
    finger: Option<touch::Finger>,
    /// Where it was taken, and where the hand is now, downwards from the top of the first row.
    taken: f32,
    at: f32,
}

#[derive(Debug, Default)]
struct State {
    /// The keys that the tree's children belong to.
    keys: Vec<usize>,
    held: Option<Held>,
}

/// The heights at which rows begin and end, from the top of the first.
type Heights = Vec<(f32, f32)>;

fn heights(layout: Layout<'_>) -> Heights {
    let top = layout.bounds().y;
    layout.children().map(|row| (row.bounds().y - top, row.bounds().y - top + row.bounds().height)).collect()
}

impl Held {
    /// How far the row is from its own place; it stays within the list.
    fn by(&self, rows: &Heights) -> f32 {
        let (Some(own), Some(last)) = (rows.get(self.row), rows.last()) else { return 0.0 };
        (self.at - self.taken).max(-own.0).min(last.1 - own.1)
    }

    /// The place where it would be put: it takes that of a row once it covers half of it.
    fn place(&self, rows: &Heights) -> usize {
        let Some((top, bottom)) = rows.get(self.row) else { return self.row };
        let by = self.by(rows);
        let middle = |row: &(f32, f32)| f32::midpoint(row.0, row.1);
        let passed = rows.iter().skip(self.row + 1).filter(|row| bottom + by > middle(row)).count();
        let left = rows.iter().take(self.row).filter(|row| top + by < middle(row)).count();
        self.row + passed - left
    }

    /// How far the row at `row` stands from its own place, to make room.
    fn aside(&self, row: usize, rows: &Heights) -> f32 {
        let place = self.place(rows);
        let room = rows.get(self.row).map_or(0.0, |own| own.1 - own.0 + space::S);
        if row > self.row && row <= place {
            -room
        } else if row < self.row && row >= place {
            room
        } else {
            0.0
        }
    }

    /// How far the page is to scroll: the more, the nearer the hand is to the end of what is `seen`.
    fn scroll(&self, top: f32, seen: Rectangle) -> f32 {
        let at = top + self.at;
        let above = (seen.y + EDGE - at).max(0.0);
        let below = (at - (seen.y + seen.height - EDGE)).max(0.0);
        ((below - above) / EDGE).clamp(-1.0, 1.0) * SPEED
    }
}

/// Finds the handle at a point.
struct Find {
    point: Point,
    found: Option<usize>,
    count: usize,
}

impl<T> Operation<T> for Find {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<T>)) {
        operate(self);
    }

    fn container(&mut self, id: Option<&Id>, bounds: Rectangle) {
        if id == Some(&Id::from(HANDLE)) {
            if bounds.contains(self.point) {
                self.found = Some(self.count);
            }
            self.count += 1;
        }
    }
}

impl<Message> Drag<'_, Message> {
    fn handle_at(&mut self, point: Point, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer) -> Option<usize> {
        let mut find = Find { point, found: None, count: 0 };
        self.operate(tree, layout, renderer, &mut find);
        find.found
    }

    /// What the hand does with a row; true if the event was for that.
    fn hand(
        &self,
        state: &mut State,
        event: &Event,
        over: Option<Point>,
        layout: Layout<'_>,
        seen: &Rectangle,
        shell: &mut Shell<'_, Message>,
    ) -> bool {
        let Some(held) = &mut state.held else { return false };
        let of_finger = |id: touch::Finger| held.finger == Some(id);
        match *event {
            Event::Mouse(mouse::Event::CursorMoved { .. }) if held.finger.is_none() => {}
            Event::Touch(touch::Event::FingerMoved { id, .. }) if of_finger(id) => {}
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) if held.finger.is_none() => {
                self.put(state, layout, shell);
                return true;
            }
            Event::Touch(touch::Event::FingerLifted { id, .. }) if of_finger(id) => {
                self.put(state, layout, shell);
                return true;
            }
            Event::Touch(touch::Event::FingerLost { id, .. }) if of_finger(id) => {
                state.held = None;
                shell.request_redraw();
                return true;
            }
            Event::Window(window::Event::RedrawRequested(_)) => {
                let scroll = held.scroll(layout.bounds().y, *seen);
                let moves = over.is_some_and(|point| (point.y - layout.bounds().y - held.at).abs() > 0.1);
                if scroll != 0.0 {
                    shell.publish((self.on)(Dragged::Reached(scroll)));
                }
                if scroll != 0.0 || moves {
                    shell.request_redraw();
                }
                if let Some(point) = over {
                    held.at = point.y - layout.bounds().y;
                }
                return false;
            }
            _ => return false,
        }
        if let Some(point) = over {
            held.at = point.y - layout.bounds().y;
        }
        shell.request_redraw();
        true
    }

    fn put(&self, state: &mut State, layout: Layout<'_>, shell: &mut Shell<'_, Message>) {
        let Some(held) = state.held.take() else { return };
        let place = held.place(&heights(layout));
        if place != held.row {
            shell.publish((self.on)(Dragged::Placed(held.row, place)));
        }
        shell.request_redraw();
    }
}

impl<Message> Widget<Message, Theme, Renderer> for Drag<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State { keys: self.keys.clone(), held: None })
    }

    fn children(&self) -> Vec<Tree> {
        self.rows.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        // What a row remembers, such as the focus, goes with it.
        let state = tree.state.downcast_mut::<State>();
        let before = std::mem::replace(&mut state.keys, self.keys.clone());
        if before.len() != self.keys.len() {
            state.held = None;
        }
        let mut old: Vec<Option<Tree>> = std::mem::take(&mut tree.children).into_iter().map(Some).collect();
        let known = |key: &usize| before.iter().position(|known| known == key);
        let children = self.rows.iter().zip(&self.keys).map(|(row, key)| {
            let Some(mut tree) = known(key).and_then(|at| old.get_mut(at)?.take()) else { return Tree::new(row) };
            tree.diff(row);
            tree
        });
        tree.children = children.collect();
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::flex::resolve(
            layout::flex::Axis::Vertical,
            renderer,
            limits,
            Length::Fill,
            Length::Shrink,
            Padding::ZERO,
            space::S,
            Alignment::Start,
            &mut self.rows,
            &mut tree.children,
        )
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((row, tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                row.as_widget_mut().operate(tree, layout, renderer, operation);
            }
        });
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
        let finger = match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => Some(None),
            Event::Touch(touch::Event::FingerPressed { id, .. }) => Some(Some(*id)),
            _ => None,
        };
        let held = &mut tree.state.downcast_mut::<State>().held;
        // What presses again had let go, unseen.
        held.take_if(|held| finger == Some(held.finger));
        let is_free = held.is_none();
        if let Some(finger) = finger.filter(|_| is_free)
            && let Some(point) = cursor.position().filter(|point| viewport.contains(*point))
            && let Some(row) = self.handle_at(point, tree, layout, renderer)
        {
            let at = point.y - layout.bounds().y;
            tree.state.downcast_mut::<State>().held = Some(Held { row, finger, taken: at, at });
            shell.capture_event();
            shell.request_redraw();
            return;
        }
        let state = tree.state.downcast_mut::<State>();
        if self.hand(state, event, cursor.land().position(), layout, viewport, shell) {
            shell.capture_event();
            return;
        }
        for ((row, tree), layout) in self.rows.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            row.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let held = tree.state.downcast_ref::<State>().held;
        let rows = held.map(|held| (held, heights(layout)));
        for (at, ((row, tree), layout)) in self.rows.iter().zip(&tree.children).zip(layout.children()).enumerate() {
            let draw = |renderer: &mut Renderer| {
                row.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
            };
            match &rows {
                Some((held, _)) if held.row == at => {}
                Some((held, rows)) => {
                    renderer.with_translation(Vector::new(0.0, held.aside(at, rows)), draw);
                }
                None => draw(renderer),
            }
        }
        let Some((held, rows)) = rows else { return };
        let Some(((row, tree), layout)) =
            self.rows.get(held.row).zip(tree.children.get(held.row)).zip(layout.children().nth(held.row))
        else {
            return;
        };
        let by = Vector::new(0.0, held.by(&rows));
        let ground = renderer::Quad {
            bounds: layout.bounds(),
            border: Border { radius: RADIUS.into(), width: 2.0, color: self.edge },
            shadow: Shadow {
                color: Color { a: 0.25, ..Color::BLACK },
                offset: Vector::new(0.0, 3.0),
                blur_radius: 12.0,
            },
            ..renderer::Quad::default()
        };
        renderer.with_layer(*viewport, |renderer| {
            renderer.with_translation(by, |renderer| {
                renderer.fill_quad(ground, self.ground);
                row.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
                renderer.fill_quad(renderer::Quad { shadow: Shadow::default(), ..ground }, Color::TRANSPARENT);
            });
        });
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        if tree.state.downcast_ref::<State>().held.is_some() {
            return mouse::Interaction::Grabbing;
        }
        self.rows
            .iter()
            .zip(&tree.children)
            .zip(layout.children())
            .map(|((row, tree), layout)| row.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer))
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, Message, Theme, Renderer>> {
        overlay::from_children(&mut self.rows, tree, layout, renderer, viewport, translation)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three rows, 40, 80 and 40 high.
    fn rows() -> Heights {
        vec![(0.0, 40.0), (48.0, 128.0), (136.0, 176.0)]
    }

    fn held(row: usize, taken: f32, at: f32) -> Held {
        Held { row, finger: None, taken, at }
    }

    #[test]
    fn a_row_takes_the_place_of_what_it_covers_half() {
        let place = |row, by: f32| held(row, 60.0, 60.0 + by).place(&rows());
        assert_eq!([place(0, 0.0), place(0, 47.0), place(0, 49.0), place(0, 117.0), place(0, 900.0)], [0, 0, 1, 2, 2]);
        assert_eq!([place(2, -47.0), place(2, -49.0), place(2, -900.0)], [2, 1, 0]);
        assert_eq!([place(1, -27.0), place(1, -29.0), place(1, 29.0)], [1, 0, 2]);
        assert_eq!(held(5, 0.0, 90.0).place(&rows()), 5, "a row that is gone goes nowhere");
    }

    #[test]
    fn a_row_in_the_hand_stays_in_the_list_and_the_others_make_room() {
        let far = held(0, 20.0, 900.0);
        assert_eq!(far.by(&rows()), 136.0);
        assert_eq!([far.aside(1, &rows()), far.aside(2, &rows())], [-48.0, -48.0]);
        let up = held(2, 150.0, 100.0);
        assert_eq!([up.aside(0, &rows()), up.aside(1, &rows())], [0.0, 48.0]);
    }

    #[test]
    fn the_page_scrolls_only_at_the_ends_of_what_is_seen() {
        let seen = Rectangle { x: 0.0, y: 100.0, width: 300.0, height: 400.0 };
        let scroll = |at: f32| held(0, 0.0, at).scroll(50.0, seen);
        assert_eq!([scroll(150.0), scroll(300.0)], [0.0, 0.0]);
        assert!(scroll(430.0) > 0.0 && scroll(60.0) < 0.0);
        assert_eq!([scroll(2_000.0), scroll(-2_000.0)], [SPEED, -SPEED]);
    }
}
