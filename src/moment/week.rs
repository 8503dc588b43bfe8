//! The week grid: seven days of 48 half-hour cells, painted where a calm moment is likely.

use std::ops::RangeInclusive;

use jiff::civil::{Time, Weekday};
use serde::de::Error as _;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Half-hour cells in a day.
pub const CELLS: usize = 48;
/// Cells in a week.
pub const WEEK_CELLS: usize = CELLS * 7;
/// The days in the order of the grid.
pub const DAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
const NAMES: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const FULL: u64 = (1 << CELLS) - 1;

/// Quiet times, painted in half-hour cells. In a file: `(monday: [], …, saturday: ["10:00-11:30"], …)`.
///
/// Neighbouring cells make one window, across midnight and from Sunday to Monday as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Week {
    days: [u64; 7],
}

/// A run of neighbouring painted cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// The day on which it begins.
    pub day: Weekday,
    /// The first cell on that day, 0 to 47.
    pub cell: usize,
    /// How many cells it lasts, 1 to 336.
    pub cells: usize,
}

impl Window {
    /// The wall-clock time at which it begins.
    #[must_use]
    pub fn start(&self) -> Time {
        cell_time(self.cell)
    }

    /// The wall-clock time at which it ends (midnight is 00:00).
    #[must_use]
    pub fn end(&self) -> Time {
        cell_time((self.cell + self.cells) % CELLS)
    }

    /// How long it is on a day without a clock change, in minutes.
    #[must_use]
    pub const fn minutes(&self) -> usize {
        self.cells * 30
    }
}

/// The wall-clock time at which a cell begins; cells count from 0 and wrap after 47.
#[must_use]
pub fn cell_time(cell: usize) -> Time {
    let minutes = i16::try_from(cell % CELLS * 30).unwrap_or_default();
    let hour = i8::try_from(minutes / 60).unwrap_or_default();
    let minute = i8::try_from(minutes % 60).unwrap_or_default();
    Time::new(hour, minute, 0, 0).unwrap_or_default()
}

/// The cell in which a wall-clock time lies, 0 to 47.
#[must_use]
pub fn cell_of(time: Time) -> usize {
    usize::try_from(time.hour()).unwrap_or_default() * 2 + usize::from(time.minute() >= 30)
}

/// Monday is 0, Sunday 6.
#[must_use]
pub fn day_index(day: Weekday) -> usize {
    usize::try_from(day.to_monday_zero_offset()).unwrap_or_default()
}

impl Week {
    /// Every cell.
    #[must_use]
    pub const fn whole() -> Self {
        Self { days: [FULL; 7] }
    }

    /// Saturday and Sunday, 10:00 to 11:30: rested, and with nothing to rush to (research rule 2).
    #[must_use]
    pub fn weekend_mornings() -> Self {
        let mut week = Self::default();
        week.paint(Weekday::Saturday, 20..=22, true);
        week.paint(Weekday::Sunday, 20..=22, true);
        week
    }

    /// Tuesday and Thursday, 19:00 to 20:00: after a meal and well before bed (research rule 2).
    #[must_use]
    pub fn after_dinner() -> Self {
        let mut week = Self::default();
        week.paint(Weekday::Tuesday, 38..=39, true);
        week.paint(Weekday::Thursday, 38..=39, true);
        week
    }

    /// Whether a cell (0 to 47) is painted; a cell out of range never is.
    #[must_use]
    pub fn is_on(&self, day: Weekday, cell: usize) -> bool {
        cell < CELLS && self.days[day_index(day)] & (1 << cell) != 0
    }

    /// Paints or clears cells of a day; what lies beyond cell 47 is ignored. The range may run backwards, as a drag does.
    pub fn paint(&mut self, day: Weekday, cells: RangeInclusive<usize>, on: bool) {
        let (start, end) = (*cells.start().min(cells.end()), *cells.start().max(cells.end()));
        for cell in start..=end.min(CELLS - 1) {
            let bit = 1 << cell;
            let bits = &mut self.days[day_index(day)];
            *bits = if on { *bits | bit } else { *bits & !bit };
        }
    }

    /// Turns one cell over.
    pub fn toggle(&mut self, day: Weekday, cell: usize) {
        let on = self.is_on(day, cell);
        self.paint(day, cell..=cell, !on);
    }

    /// Makes `to` the same as `from`.
    pub fn copy_day(&mut self, from: Weekday, to: Weekday) {
        self.days[day_index(to)] = self.days[day_index(from)];
    }

    /// Whether nothing is painted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.days == [0; 7]
    }

    /// How many hours of the week are painted.
    #[must_use]
    pub fn hours(&self) -> f32 {
        let cells: u32 = self.days.iter().map(|bits| bits.count_ones()).sum();
        f32::from(u16::try_from(cells).unwrap_or(u16::MAX)) / 2.0
    }

    /// The windows in week order, neighbours merged. A window that runs from Sunday into Monday begins on Sunday and comes last.
    #[must_use]
    pub fn windows(&self) -> Vec<Window> {
        if *self == Self::whole() {
            return vec![Window { day: Weekday::Monday, cell: 0, cells: WEEK_CELLS }];
        }
        let on = |index: usize| self.days[index % WEEK_CELLS / CELLS] & (1 << (index % CELLS)) != 0;
        (0..WEEK_CELLS)
            .filter(|&index| on(index) && !on(index + WEEK_CELLS - 1))
            .map(|index| Window {
                day: DAYS[index / CELLS],
                cell: index % CELLS,
                cells: (index..index + WEEK_CELLS).take_while(|&next| on(next)).count(),
            })
            .collect()
    }

    /// The painted runs of one day as `HH:MM-HH:MM`, with 24:00 for the end of the day.
    fn ranges(&self, day: usize) -> Vec<String> {
        let on = |cell: usize| cell < CELLS && self.days[day] & (1 << cell) != 0;
        (0..CELLS)
            .filter(|&cell| on(cell) && (cell == 0 || !on(cell - 1)))
            .map(|start| {
                let end = (start..=CELLS).find(|&cell| !on(cell)).unwrap_or(CELLS);
                format!("{}-{}", clock(start), clock(end))
            })
            .collect()
    }

    /// Paints `text` on day number `day`. One that ends before it starts runs into the next day.
    fn paint_range(&mut self, day: usize, text: &str) -> Result<(), String> {
        let told = || format!("'{text}' is not a time range: write two half-hour times such as \"10:00-11:30\"");
        let (start, end) = text.split_once('-').ok_or_else(told)?;
        let start = cell(start).filter(|&start| start < CELLS).ok_or_else(told)?;
        let end = cell(end).filter(|&end| end != start).ok_or_else(told)?;
        let length = if end > start { end - start } else { end + CELLS - start };
        for step in 0..length {
            let index = (day * CELLS + start + step) % WEEK_CELLS;
            self.days[index / CELLS] |= 1 << (index % CELLS);
        }
        Ok(())
    }
}

/// A cell border as `HH:MM`; the last one is 24:00.
fn clock(cell: usize) -> String {
    format!("{:02}:{:02}", cell / 2, cell % 2 * 30)
}

/// The cell border that `HH:MM` names, 0 to 48.
fn cell(text: &str) -> Option<usize> {
    let (hour, minute) = text.trim().split_once(':')?;
    let hour: usize = hour.parse().ok()?;
    let half = match minute {
        "00" => 0,
        "30" => 1,
        _ => return None,
    };
    Some(hour * 2 + half).filter(|&cell| cell <= CELLS)
}

impl Serialize for Week {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut week = serializer.serialize_struct("Week", NAMES.len())?;
        for (day, name) in NAMES.into_iter().enumerate() {
            week.serialize_field(name, &self.ranges(day))?;
        }
        week.end()
    }
}

/// As it stands in a file; a day that is left out is empty.
#[derive(Deserialize)]
#[serde(rename = "Week", default, deny_unknown_fields)]
struct Written {
    monday: Vec<String>,
    tuesday: Vec<String>,
    wednesday: Vec<String>,
    thursday: Vec<String>,
    friday: Vec<String>,
    saturday: Vec<String>,
    sunday: Vec<String>,
}

impl Default for Written {
    fn default() -> Self {
        let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = [const { Vec::new() }; 7];
        Self { monday, tuesday, wednesday, thursday, friday, saturday, sunday }
    }
}

impl<'de> Deserialize<'de> for Week {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { monday, tuesday, wednesday, thursday, friday, saturday, sunday } =
            Written::deserialize(deserializer)?;
        let mut week = Self::default();
        let days = [monday, tuesday, wednesday, thursday, friday, saturday, sunday];
        for (day, ranges) in days.into_iter().enumerate() {
            for range in ranges {
                week.paint_range(day, &range).map_err(D::Error::custom)?;
            }
        }
        Ok(week)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::{from_text, to_text};
    use proptest::prelude::*;

    pub fn any_week() -> impl Strategy<Value = Week> {
        proptest::collection::vec((0_usize..7, 0_usize..48, 0_usize..12), 0..5).prop_map(|strokes| {
            let mut week = Week::default();
            for (day, cell, length) in strokes {
                week.paint(DAYS[day], cell..=cell + length, true);
            }
            week
        })
    }

    #[test]
    fn a_person_can_read_the_file() {
        let mut week = Week::default();
        week.paint(Weekday::Saturday, 20..=22, true);
        week.paint(Weekday::Friday, 46..=47, true);
        let text = to_text(&week);
        assert!(
            text.contains("saturday: [\n    \"10:00-11:30\"") || text.contains("saturday: [\"10:00-11:30\"]"),
            "{text}"
        );
        assert!(text.contains("23:00-24:00"), "{text}");
        assert_eq!(from_text::<Week>("week", &text), Ok(week));
    }

    #[test]
    fn a_hand_written_week_may_cross_midnight_and_leave_days_out() {
        let week: Week = from_text("week", r#"(sunday: ["22:30-00:30", "9:00-9:30"])"#).unwrap();
        let expected = [(Weekday::Sunday, 18, 1), (Weekday::Sunday, 45, 4)];
        assert_eq!(week.windows().iter().map(|w| (w.day, w.cell, w.cells)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_wrong_range_says_what_to_write() {
        for wrong in ["10:15-11:00", "10:00", "25:00-26:00", "10:00-10:00", "24:00-01:00", "a-b"] {
            let error = from_text::<Week>("week", &format!("(monday: [\"{wrong}\"])")).unwrap_err();
            assert!(error.what.contains("10:00-11:30"), "{wrong}: {error}");
        }
    }

    #[test]
    fn a_full_week_is_one_window() {
        let mut week = Week::default();
        for day in DAYS {
            week.paint(day, 0..=99, true);
        }
        assert_eq!(week.windows(), [Window { day: Weekday::Monday, cell: 0, cells: WEEK_CELLS }]);
    }

    #[test]
    fn presets_paint_and_days_copy() {
        let mut week = Week::weekend_mornings();
        assert_eq!((week.windows().len(), week.hours()), (2, 3.0));
        assert_eq!((week.windows()[0].start(), week.windows()[0].end()), (cell_time(20), cell_time(23)));
        week.copy_day(Weekday::Saturday, Weekday::Monday);
        assert!(week.is_on(Weekday::Monday, 21) && !week.is_on(Weekday::Monday, 23));
        week.toggle(Weekday::Monday, 21);
        assert!(!week.is_on(Weekday::Monday, 21) && !week.is_on(Weekday::Monday, 48));
        assert_eq!(Week::after_dinner().windows().len(), 2);
    }

    proptest! {
        #[test]
        fn windows_hold_every_painted_cell_once(week in any_week()) {
            let mut again = Week::default();
            let mut count = 0;
            for window in week.windows() {
                for step in 0..window.cells {
                    let index = (day_index(window.day) * CELLS + window.cell + step) % WEEK_CELLS;
                    again.paint(DAYS[index / CELLS], index % CELLS..=index % CELLS, true);
                    count += 1;
                }
            }
            prop_assert_eq!(again, week);
            prop_assert_eq!(count, (week.hours() * 2.0) as usize);
            prop_assert_eq!(from_text::<Week>("week", &to_text(&week)), Ok(week));
        }
    }
}
