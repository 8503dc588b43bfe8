//! What the week grid keeps in mind between two events.

use iced::advanced::widget::operation::Focusable;
use iced::time::Instant;
use iced::{Point, touch};
use jiff::civil::Weekday;

/// A cell by its column and its number in the day.
pub(super) type Spot = (usize, usize);

/// Painting under way: the cells between two corners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) from: Spot,
    pub(super) to: Spot,
    pub(super) on: bool,
    /// `None`: the mouse.
    pub(super) finger: Option<touch::Finger>,
}

/// A finger that rests on a cell, and may still tap, scroll or paint.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rest {
    pub(super) finger: touch::Finger,
    pub(super) start: Point,
    pub(super) spot: Spot,
    pub(super) since: Instant,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) focused: bool,
    pub(super) ring: bool,
    /// Where the keyboard stands, and what the page last said about it.
    pub(super) at: (Weekday, usize),
    pub(super) told: (Weekday, usize),
    pub(super) stroke: Option<Stroke>,
    pub(super) rest: Option<Rest>,
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

pub(super) fn ordered(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}
