//! The one tappable widget that everything pressable is built on.
//!
//! iced 0.14's own button swallows the press of a finger, so a list of buttons cannot be scrolled by touch,
//! and it cannot be reached by keyboard. This one leaves a finger's press to the scrollable around it, gives
//! up once the finger has moved [`SLOP`], takes focus, and answers to Enter and Space.

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::keyboard::{self, key};
use iced::{
    Alignment, Background, Border, Color, Element, Event, Length, Padding, Point, Rectangle, Renderer, Size, Theme,
    touch, window,
};

use super::describe::{Info, Role, Stand};

/// How far a finger may stray, in logical pixels, and still tap (Android's slop is 8).
pub(super) const SLOP: f32 = 8.0;

/// The smallest side of something that can be tapped, in logical pixels (WCAG 2.5.5).
pub const MIN_TARGET: f32 = 44.0;

/// How a tappable thing is being treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Left alone.
    #[default]
    Idle,
    /// A mouse is over it.
    Hovered,
    /// It is held down.
    Pressed,
    /// It cannot be used now.
    Disabled,
}

/// How it looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Behind the content.
    pub background: Option<Color>,
    /// Colour of text and icons.
    pub ink: Color,
    /// The edge.
    pub border: Border,
    /// The ring while the keyboard is on it.
    pub ring: Color,
}

/// See the module's documentation. Made with [`tap`].
pub struct Tap<'a, Message> {
    content: Element<'a, Message>,
    info: Info,
    id: Option<Id>,
    on_press: Option<Message>,
    width: Length,
    height: Length,
    padding: Padding,
    align_x: Alignment,
    min: f32,
    style: Box<dyn Fn(Status) -> Style + 'a>,
}

/// Something to tap: what it is, what it is called, what it shows and how it looks.
pub fn tap<'a, Message>(
    role: Role,
    name: impl Into<String>,
    content: impl Into<Element<'a, Message>>,
    style: impl Fn(Status) -> Style + 'a,
) -> Tap<'a, Message> {
    let content = content.into();
    let size = content.as_widget().size_hint();
    Tap {
        content,
        info: Info { role, name: name.into(), stand: Stand::Plain, enabled: false, focused: false },
        id: None,
        on_press: None,
        width: size.width.fluid(),
        height: size.height.fluid(),
        padding: Padding::ZERO,
        align_x: Alignment::Start,
        min: MIN_TARGET,
        style: Box::new(style),
    }
}

impl<Message> Tap<'_, Message> {
    /// What a tap says. Without it the thing is shown as not usable now.
    #[must_use]
    pub fn on_press(self, message: Message) -> Self {
        self.on_press_maybe(Some(message))
    }

    /// What a tap says, if it can be used now.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<Message>) -> Self {
        self.info.enabled = message.is_some();
        self.on_press = message;
        self
    }

    /// How it stands: checked, selected, open.
    #[must_use]
    pub fn stand(mut self, stand: Stand) -> Self {
        self.info.stand = stand;
        self
    }

    /// A name by which it can be focused from code.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Its width.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Its height.
    #[must_use]
    pub fn height(mut self, height: impl Into<Length>) -> Self {
        self.height = height.into();
        self
    }

    /// Space around the content.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }

    /// Where the content stands when there is room to spare.
    #[must_use]
    pub fn align_x(mut self, align: Alignment) -> Self {
        self.align_x = align;
        self
    }

    /// Makes the smallest side smaller than [`MIN_TARGET`]; only for a cell of a grid that has other ways in.
    #[must_use]
    pub fn min_target(mut self, min: f32) -> Self {
        self.min = min;
        self
    }
}

#[derive(Debug, Default)]
struct State {
    focused: bool,
    /// The ring is drawn only when the keyboard brought the focus here.
    ring: bool,
    /// Where the press that may become a tap began, and by which finger (`None`: the mouse).
    pressed: Option<(Point, Option<touch::Finger>)>,
    /// The last event came from a finger: a hover would stick where it lifted.
    touched: bool,
    drawn: Status,
}

impl Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
        self.ring = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
        self.ring = false;
    }
}

impl State {
    fn status(&self, enabled: bool, over: bool) -> Status {
        if !enabled {
            Status::Disabled
        } else if self.pressed.is_some() && over {
            Status::Pressed
        } else if over && !self.touched {
            Status::Hovered
        } else {
            Status::Idle
        }
    }
}

impl<Message: Clone> Widget<Message, Theme, Renderer> for Tap<'_, Message> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        Size::new(self.width, self.height)
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &layout::Limits) -> layout::Node {
        let limits = limits.min_width(self.min).min_height(self.min);
        layout::positioned(
            &limits,
            self.width,
            self.height,
            self.padding,
            |limits| self.content.as_widget_mut().layout(&mut tree.children[0], renderer, &limits.loose()),
            |content, size| content.align(self.align_x, Alignment::Center, size),
        )
    }

    fn operate(&mut self, tree: &mut Tree, layout: Layout<'_>, renderer: &Renderer, operation: &mut dyn Operation) {
        let state = tree.state.downcast_mut::<State>();
        self.info.focused = state.focused;
        let bounds = layout.bounds();
        operation.container(self.id.as_ref(), bounds);
        operation.custom(self.id.as_ref(), bounds, &mut self.info);
        if self.on_press.is_some() {
            operation.focusable(self.id.as_ref(), bounds, state);
        }
        operation.traverse(&mut |operation| {
            if let Some(inside) = layout.children().next() {
                self.content.as_widget_mut().operate(&mut tree.children[0], inside, renderer, operation);
            }
        });
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _renderer: &Renderer,
        _clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, Message>,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        let Some(message) = &self.on_press else {
            *state = State { drawn: Status::Disabled, ..State::default() };
            return;
        };
        // Only the part that the scrollable around it shows can be touched.
        let target = layout.bounds().intersection(viewport);
        let over = |point: Point| target.is_some_and(|target| target.contains(point));
        match event {
            Event::Mouse(mouse::Event::CursorMoved { .. }) => state.touched = false,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                if let Some(point) = cursor.position().filter(|point| over(*point)) {
                    state.pressed = Some((point, None));
                    shell.capture_event();
                } else {
                    state.unfocus();
                }
            }
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)) => {
                if let Some((_, None)) = state.pressed.take() {
                    if cursor.position().is_some_and(over) {
                        shell.publish(message.clone());
                    }
                    shell.capture_event();
                }
            }
            // A finger's position is told in the window; only the cursor knows how far the page is scrolled.
            Event::Touch(event) => {
                let over = |position| cursor.land().position().map_or_else(|| over(position), over);
                touch(state, *event, over, message, shell);
            }
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, repeat: false, .. })
                if state.focused
                    && !modifiers.alt()
                    && !modifiers.control()
                    && matches!(key, keyboard::Key::Named(key::Named::Enter | key::Named::Space)) =>
            {
                shell.publish(message.clone());
                shell.capture_event();
            }
            _ => {}
        }
        let status = state.status(true, cursor.position().is_some_and(over));
        if let Event::Window(window::Event::RedrawRequested(_)) = event {
            state.drawn = status;
        } else if state.drawn != status {
            shell.request_redraw();
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        _style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let bounds = layout.bounds();
        let status = if self.on_press.is_some() { state.drawn } else { Status::Disabled };
        let style = (self.style)(status);
        if style.background.is_some() || style.border.width > 0.0 {
            renderer.fill_quad(
                renderer::Quad { bounds, border: style.border, ..renderer::Quad::default() },
                Background::Color(style.background.unwrap_or(Color::TRANSPARENT)),
            );
        }
        if let Some(inside) = layout.children().next() {
            let text = renderer::Style { text_color: style.ink };
            self.content.as_widget().draw(&tree.children[0], renderer, theme, &text, inside, cursor, viewport);
        }
        if state.focused && state.ring {
            let radius = style.border.radius;
            renderer.fill_quad(
                renderer::Quad {
                    bounds,
                    border: Border { color: style.ring, width: 3.0, radius },
                    ..renderer::Quad::default()
                },
                Background::Color(Color::TRANSPARENT),
            );
        }
    }

    fn mouse_interaction(
        &self,
        _tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _viewport: &Rectangle,
        _renderer: &Renderer,
    ) -> mouse::Interaction {
        if self.on_press.is_some() && cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::None
        }
    }
}

/// A finger's press becomes a tap when it lifts where it began. Its press is never captured, so that the
/// scrollable around can follow a drag.
fn touch<Message: Clone>(
    state: &mut State,
    event: touch::Event,
    over: impl Fn(Point) -> bool,
    message: &Message,
    shell: &mut Shell<'_, Message>,
) {
    state.touched = true;
    match event {
        touch::Event::FingerPressed { id, position } => {
            state.ring = false;
            state.pressed = over(position).then_some((position, Some(id)));
        }
        touch::Event::FingerMoved { id, position } => {
            if state.pressed.is_some_and(|(start, finger)| finger == Some(id) && start.distance(position) > SLOP) {
                state.pressed = None;
            }
        }
        touch::Event::FingerLifted { id, position } => {
            if let Some((start, Some(finger))) = state.pressed.take()
                && finger == id
                && over(position)
                && start.distance(position) <= SLOP
            {
                shell.publish(message.clone());
            }
        }
        touch::Event::FingerLost { .. } => state.pressed = None,
    }
}

impl<'a, Message: Clone + 'a> From<Tap<'a, Message>> for Element<'a, Message> {
    fn from(tap: Tap<'a, Message>) -> Self {
        Self::new(tap)
    }
}
