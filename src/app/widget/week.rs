//! The week grid: half-hour cells, painted where a calm moment is likely.
//!
//! A mouse paints by press and drag. A finger that drags scrolls the page, as it does everywhere; a tap turns one
//! hour over, and a finger that rests for [`LONG_PRESS`] paints from then on. With the keyboard the arrows move,
//! Space or Enter turns a cell over, and Shift with an arrow takes the cell's state along.

mod cells;
mod drawing;
mod state;

use std::time::Duration;

use iced::widget::{Column, Row, Space, column, container, row, text};
use iced::{Alignment, Color, Element, Length, Padding};
use jiff::civil::Weekday;

use super::Look;
use crate::app::theme::{SEMIBOLD, size, space};
use crate::moment::{CELLS, DAYS, Week, day_index};
use cells::Cells;

/// How long a finger rests before it paints instead of scrolling (Android's long press is 400 ms).
pub const LONG_PRESS: Duration = Duration::from_millis(400);
/// Width of the column of hours, in logical pixels.
const HOURS: f32 = 44.0;

/// What happened in the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Cells were painted or cleared, from the first to the last, on each of these days.
    CellsPainted {
        /// The days.
        days: Vec<Weekday>,
        /// The first and the last cell, 0 to 47; either may be the greater one.
        cells: (usize, usize),
        /// Painted, not cleared.
        on: bool,
    },
    /// The keyboard moved to a cell.
    CellReached {
        /// Its day.
        day: Weekday,
        /// The cell, 0 to 47.
        cell: usize,
    },
}

/// What the grid shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// What is painted.
    pub week: Week,
    /// What is kept free, painted or not.
    pub free: Week,
    /// The days, as columns.
    pub days: Vec<Weekday>,
    /// The first hour of the day, 0 to 23.
    pub first_hour: usize,
    /// How high an hour is, in logical pixels.
    pub hour_height: f32,
    /// Where the keyboard stands: a day and a cell.
    pub here: (Weekday, usize),
}

impl Look {
    /// The week grid. `head` names a day in few letters, `hour` an hour, `tell` a cell and whether it is painted.
    pub fn week<'a, M: 'a>(
        self,
        shown: Shown,
        head: impl Fn(Weekday) -> String,
        hour: impl Fn(usize) -> String,
        tell: impl Fn(Weekday, usize, bool) -> String + 'a,
        on: impl Fn(Happening) -> M + 'a,
    ) -> Element<'a, M> {
        let small = |words: String, color: Color| {
            text(words).font(SEMIBOLD).size(size::SMALL - 1.5).color(color).wrapping(text::Wrapping::None)
        };
        let mut heads: Row<'a, M> = row![Space::new().width(HOURS)];
        if shown.days.len() > 1 {
            for day in &shown.days {
                let label = small(head(*day), self.colors.ink);
                heads = heads.push(label.width(Length::FillPortion(1)).align_x(Alignment::Center));
            }
        }
        let mut hours: Column<'a, M> = column![].width(HOURS);
        for number in shown.first_hour..CELLS / 2 {
            // A label stands at the line where its hour begins.
            let label = container(small(hour(number), self.colors.soft)).padding(Padding {
                top: 1.0,
                right: 5.0,
                ..Padding::ZERO
            });
            hours = hours.push(label.align_x(Alignment::End).width(Length::Fill).height(shown.hour_height));
        }
        let cells = Element::new(Cells { look: self, shown, tell: Box::new(tell), on: Box::new(on) });
        column![heads, row![hours, cells]].spacing(space::XS).into()
    }
}

/// The day after another, as the grid shows them: Monday comes after Sunday.
#[must_use]
pub fn day_after(day: Weekday) -> Weekday {
    DAYS[(day_index(day) + 1) % 7]
}
