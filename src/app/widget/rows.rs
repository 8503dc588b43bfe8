//! A long list of which only the rows near the view are ever made.
//!
//! iced 0.14 has no such widget, and making 5,000 rows takes it 0.4 s. Rows may differ in height: those that were
//! made are remembered with theirs, the others count as high as those on average, and only what lies outside the view
//! moves when a row turns out higher than that.

use std::ops::Range;

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Element, Event, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::Look;

impl Look {
    /// `count` rows below each other, `spacing` apart, each made by `row` when it comes near the view. Another `key`
    /// means other rows: what is known of the heights is forgotten.
    pub fn rows<'a, M: 'a>(
        self,
        key: u64,
        count: usize,
        spacing: f32,
        row: impl Fn(usize) -> Element<'a, M> + 'a,
    ) -> Element<'a, M> {
        Element::new(Rows { key, count, spacing, row: Box::new(row), made: Vec::new() })
    }
}

/// How many rows are made before it is known what can be seen.
const FIRST: usize = 14;
/// How far beyond the view rows are made, in logical pixels: a turn of the wheel, and the next stop of Tab.
const MARGIN: f32 = 300.0;
/// The height of a row before any was made.
const GUESS: f32 = 64.0;

struct Rows<'a, M> {
    key: u64,
    count: usize,
    spacing: f32,
    row: Box<dyn Fn(usize) -> Element<'a, M> + 'a>,
    made: Vec<Element<'a, M>>,
}

/// What is remembered from one view to the next.
struct State {
    key: u64,
    count: usize,
    width: f32,
    /// The rows that are made, and those that the tree's children belong to.
    near: Range<usize>,
    in_tree: Range<usize>,
    /// The height of each row; 0 for one that was never made.
    heights: Vec<f32>,
    known: usize,
    sum: f32,
}

impl State {
    fn new(key: u64, count: usize) -> Self {
        let near = 0..count.min(FIRST);
        Self { key, count, width: 0.0, near, in_tree: 0..0, heights: vec![0.0; count], known: 0, sum: 0.0 }
    }

    #[allow(clippy::cast_precision_loss, reason = "a list has fewer rows than a float has digits")]
    fn usual(&self) -> f32 {
        if self.known == 0 { GUESS } else { self.sum / self.known as f32 }
    }

    fn height(&self, row: usize) -> f32 {
        self.heights.get(row).copied().filter(|height| *height > 0.0).unwrap_or_else(|| self.usual())
    }

    /// Where `row` begins.
    fn top(&self, row: usize, spacing: f32) -> f32 {
        let usual = self.usual();
        self.heights.iter().take(row).map(|height| spacing + if *height > 0.0 { *height } else { usual }).sum()
    }

    fn learn(&mut self, row: usize, height: f32) {
        if let Some(slot) = self.heights.get_mut(row)
            && height > 0.0
        {
            if *slot > 0.0 {
                self.sum -= *slot;
            } else {
                self.known += 1;
            }
            self.sum += height;
            *slot = height;
        }
    }

    /// The rows between two heights, with a margin around them.
    fn between(&self, from: f32, to: f32, spacing: f32) -> Range<usize> {
        let (mut first, mut last, mut top) = (None, 0, 0.0);
        for row in 0..self.count {
            let end = top + self.height(row);
            if end >= from - MARGIN && first.is_none() {
                first = Some(row);
            }
            last = row + 1;
            if top > to + MARGIN {
                break;
            }
            top = end + spacing;
        }
        // Nothing is in sight when the view lies behind the end: the last few rows then.
        first.unwrap_or_else(|| self.count.saturating_sub(FIRST))..last
    }

    /// Whether the rows that are made cover what can be seen.
    fn covers(&self, from: f32, to: f32, spacing: f32) -> bool {
        let top = self.top(self.near.start, spacing);
        let end: f32 = top + self.near.clone().map(|row| self.height(row) + spacing).sum::<f32>();
        (self.near.start == 0 || top <= from) && (self.near.end >= self.count || end >= to)
    }
}

impl<M> Widget<M, Theme, Renderer> for Rows<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::new(self.key, self.count))
    }

    fn diff(&self, tree: &mut Tree) {
        // The rows themselves are compared when they are made, in `layout`.
        let state = tree.state.downcast_mut::<State>();
        if (state.key, state.count) != (self.key, self.count) {
            let usual = (state.width, state.usual());
            *state = State::new(self.key, self.count);
            state.width = usual.0;
            tree.children.clear();
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let width = limits.max().width;
        let state = tree.state.downcast_mut::<State>();
        if (state.width - width).abs() > 0.5 {
            // Text wraps otherwise now.
            *state = State {
                width,
                near: state.near.clone(),
                in_tree: state.in_tree.clone(),
                ..State::new(self.key, self.count)
            };
        }
        shift(&mut tree.children, &state.in_tree, &state.near);
        state.in_tree = state.near.clone();
        self.made = state.near.clone().map(|row| (self.row)(row)).collect();
        tree.diff_children(&self.made);
        let state = tree.state.downcast_mut::<State>();
        let inside = layout::Limits::new(Size::ZERO, Size::new(width, f32::INFINITY));
        let mut nodes = Vec::with_capacity(self.made.len());
        for ((row, element), tree) in state.near.clone().zip(&mut self.made).zip(&mut tree.children) {
            let node = element.as_widget_mut().layout(tree, renderer, &inside);
            state.learn(row, node.size().height);
            nodes.push(node);
        }
        let mut top = state.top(state.near.start, self.spacing);
        for node in &mut nodes {
            node.move_to_mut(Point::new(0.0, top));
            top += node.size().height + self.spacing;
        }
        let height = (state.top(self.count, self.spacing) - self.spacing).max(0.0);
        layout::Node::with_children(Size::new(width, height), nodes)
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((row, tree), layout) in self.made.iter_mut().zip(&mut tree.children).zip(layout.children()) {
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
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        for ((row, tree), layout) in self.made.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            row.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
        }
        let state = tree.state.downcast_mut::<State>();
        let from = viewport.y - layout.bounds().y;
        let to = from + viewport.height;
        if !state.covers(from, to, self.spacing) {
            let near = state.between(from, to, self.spacing);
            if near != state.near {
                state.near = near;
                shell.invalidate_layout();
                shell.request_redraw();
            }
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
        for ((row, tree), layout) in self.made.iter().zip(&tree.children).zip(layout.children()) {
            if layout.bounds().intersects(viewport) {
                row.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
            }
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        self.made
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
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        overlay::from_children(&mut self.made, tree, layout, renderer, viewport, translation)
    }
}

/// Keeps what each row remembers (focus, shaped text) with it when other rows are made than before.
fn shift(children: &mut Vec<Tree>, before: &Range<usize>, now: &Range<usize>) {
    if now.start >= before.end || now.end <= before.start {
        children.clear();
        return;
    }
    if now.start > before.start {
        children.drain(..(now.start - before.start).min(children.len()));
    } else {
        children.splice(0..0, (now.start..before.start).map(|_| Tree::empty()));
    }
    children.truncate(now.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_near_the_view_are_found() {
        let mut state = State::new(1, 1_000);
        for row in 0..10 {
            state.learn(row, 40.0);
        }
        assert_eq!(state.top(10, 10.0), 500.0);
        let near = state.between(5_000.0, 5_500.0, 10.0);
        assert!(near.contains(&100) && near.contains(&109) && near.len() < 30, "{near:?}");
        state.near = near;
        assert!(state.covers(5_000.0, 5_500.0, 10.0));
        assert!(!state.covers(6_000.0, 6_500.0, 10.0) && !state.covers(0.0, 500.0, 10.0));
        assert!(state.between(90_000.0, 90_500.0, 10.0).end == 1_000, "behind the end come the last ones");
        assert_eq!(State::new(1, 0).between(0.0, 500.0, 10.0), 0..0);
    }

    #[test]
    fn what_a_row_remembers_stays_with_it() {
        let tree = |number: usize| Tree { children: (0..number).map(|_| Tree::empty()).collect(), ..Tree::empty() };
        let lengths = |children: &[Tree]| children.iter().map(|tree| tree.children.len()).collect::<Vec<_>>();
        let mut children: Vec<Tree> = (10..15).map(tree).collect();
        shift(&mut children, &(10..15), &(12..17));
        assert_eq!(lengths(&children), [12, 13, 14]);
        shift(&mut children, &(12..17), &(11..14));
        assert_eq!(lengths(&children), [0, 12, 13]);
        shift(&mut children, &(11..14), &(50..60));
        assert!(children.is_empty());
    }
}
