//! A scale: a few large numbers, with words for the lowest and the highest.

use iced::widget::{Row, column, text};
use iced::{Alignment, Element, Length};

use super::Look;
use super::arrows::arrows;
use super::describe::{Role, Stand};
use super::tap::{MIN_TARGET, tap};
use crate::app::theme::{SEMIBOLD, size, space};

/// Side of one number, in logical pixels.
const SIDE: f32 = 52.0;

impl Look {
    /// The numbers 1 to `steps`, `chosen` among them. Each is told with what the ends mean, so that it makes sense
    /// when it is heard alone.
    pub fn numbers<'a, M: Clone + 'a>(
        self,
        steps: u8,
        (low, high): (&str, &str),
        chosen: Option<u8>,
        message: impl Fn(u8) -> M + 'a,
    ) -> Element<'a, M> {
        let side = if self.tight { MIN_TARGET } else { SIDE };
        let taps = (1..=steps).map(|number| {
            let on = chosen == Some(number);
            let name = match number {
                1 => format!("1: {low}"),
                number if number == steps => format!("{number}: {high}"),
                number => number.to_string(),
            };
            let words = text(number.to_string()).font(SEMIBOLD).size(size::LEAD);
            tap(
                Role::Radio,
                name,
                words,
                move |status| {
                    if on { self.primary_style(status) } else { self.quiet_style(status) }
                },
            )
            .width(side)
            .height(side)
            .align_x(Alignment::Center)
            .stand(Stand::Selected(on))
            .on_press(message(number))
            .into()
        });
        let numbers = Row::with_children(taps).spacing(space::S).wrap().vertical_spacing(space::S);
        let ends = column![
            self.quiet_words(format!("1 = {low}")).width(Length::Fill),
            self.quiet_words(format!("{steps} = {high}")).width(Length::Fill),
        ]
        .spacing(space::XS);
        // The two ends are read before the numbers they belong to.
        column![ends, arrows(numbers, move |at| message(u8::try_from(at).unwrap_or(0).saturating_add(1)))]
            .spacing(12.0)
            .into()
    }
}
