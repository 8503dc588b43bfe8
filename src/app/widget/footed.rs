//! A page whose buttons stay in sight: they stand below what there is to read, and at the foot of the window as soon as
//! that is longer. A soft edge above them says that there is more.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer};
use iced::gradient::Linear;
use iced::widget::container;
use iced::{
    Alignment, Color, Element, Event, Gradient, Length, Padding, Point, Radians, Rectangle, Renderer, Size, Theme,
    Vector,
};

use super::Look;
use super::card::TEXT_WIDTH;
use crate::app::theme::{Colors, space};

/// How far the soft edge reaches up, in logical pixels.
const EDGE: f32 = 28.0;

impl Look {
    /// The page named `id` that holds `content`, and the `foot` that stays in sight. `low`: it stands at the foot of the
    /// window even where there is little to read, so that a thumb finds it in one place.
    pub fn footed<'a, M: 'a>(
        self,
        id: &'static str,
        content: impl Into<Element<'a, M>>,
        foot: impl Into<Element<'a, M>>,
        low: bool,
    ) -> Element<'a, M> {
        let foot = container(container(foot).max_width(TEXT_WIDTH).width(Length::Fill))
            .width(Length::Fill)
            .align_x(Alignment::Center)
            .padding(Padding { top: space::S, bottom: space::S, ..Padding::from(self.side()) });
        let both = [self.page_short(id, content), foot.into()];
        Element::new(Footed { both, low, colors: self.colors })
    }

    /// The page named `id` with nothing below it but the soft edge.
    pub fn edged<'a, M: 'a>(self, id: &'static str, content: impl Into<Element<'a, M>>) -> Element<'a, M> {
        let both = [self.page_short(id, content), iced::widget::Space::new().into()];
        Element::new(Footed { both, low: true, colors: self.colors })
    }
}

struct Footed<'a, Message> {
    /// The page, which scrolls, and its foot.
    both: [Element<'a, Message>; 2],
    low: bool,
    colors: Colors,
}

impl<Message> Widget<Message, Theme, Renderer> for Footed<'_, Message> {
    fn children(&self) -> Vec<Tree> {
        self.both.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.both);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = limits.max();
        let [page, foot] = &mut self.both;
        let foot = foot.as_widget_mut().layout(&mut tree.children[1], renderer, &layout::Limits::new(Size::ZERO, size));
        let room = Size::new(size.width, (size.height - foot.size().height).max(0.0));
        let page = page.as_widget_mut().layout(&mut tree.children[0], renderer, &layout::Limits::new(Size::ZERO, room));
        let top = if self.low { room.height } else { page.size().height };
        layout::Node::with_children(size, vec![page, foot.move_to(Point::new(0.0, top))])
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        operation.container(None, layout.bounds());
        operation.traverse(&mut |operation| {
            for ((one, tree), layout) in self.both.iter_mut().zip(&mut tree.children).zip(layout.children()) {
                one.as_widget_mut().operate(tree, layout, renderer, operation);
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
        for ((one, tree), layout) in self.both.iter_mut().zip(&mut tree.children).zip(layout.children()) {
            one.as_widget_mut().update(tree, event, layout, cursor, renderer, clipboard, shell, viewport);
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
        for ((one, tree), layout) in self.both.iter().zip(&tree.children).zip(layout.children()) {
            one.as_widget().draw(tree, renderer, theme, style, layout, cursor, viewport);
        }
        let Some(page) = layout.children().next() else { return };
        let inside = page.children().next().map_or(0.0, |inside| inside.bounds().height);
        let seen = page.bounds();
        if inside > seen.height + 0.5 {
            soft_edge(renderer, seen, self.colors);
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
        let all = self.both.iter().zip(&tree.children).zip(layout.children());
        all.map(|((one, tree), layout)| one.as_widget().mouse_interaction(tree, layout, cursor, viewport, renderer))
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
        overlay::from_children(&mut self.both, tree, layout, renderer, viewport, translation)
    }
}

/// What lies below `seen` shines through: its last line fades, and a hairline divides it from the foot.
fn soft_edge(renderer: &mut Renderer, seen: Rectangle, colors: Colors) {
    let end = seen.y + seen.height;
    let fade = Rectangle { y: end - EDGE, height: EDGE, ..seen };
    let clear = Color { a: 0.0, ..colors.paper };
    let gradient = Linear::new(Radians(std::f32::consts::PI)).add_stop(0.0, clear).add_stop(1.0, colors.paper);
    let line = Rectangle { y: end - 1.0, height: 1.0, ..seen };
    // In a layer of its own, for within one iced draws all text above all grounds.
    renderer.with_layer(fade, |renderer| {
        renderer.fill_quad(renderer::Quad { bounds: fade, ..renderer::Quad::default() }, Gradient::Linear(gradient));
        renderer.fill_quad(renderer::Quad { bounds: line, ..renderer::Quad::default() }, colors.line);
    });
}
