//! A list to put in order: with two buttons on each row, or with the arrow keys while the focus is on one of them.

use iced::widget::{column, container, keyed_column, row};
use iced::{Alignment, Background, Border, Element, Length, Padding};

use super::Look;
use super::arrows::arrows_moving;
use super::describe::Role;
use super::icon::{Icon, icon};
use super::tap::{Status, tap};
use crate::app::theme::{RADIUS, space};

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

impl Look {
    /// A list to put in order.
    pub fn sortable<'a, M: Clone + 'a>(self, rows: Vec<Sortable<M>>) -> Element<'a, M> {
        let last = rows.len().saturating_sub(1);
        let moves: Vec<(M, M)> = rows.iter().map(|row| row.moved.clone()).collect();
        let rows = rows.into_iter().enumerate().map(|(at, entry)| {
            let c = self.colors;
            let (up, down) = entry.moved;
            let number = self.quiet_words(format!("{}.", at + 1)).width(26.0);
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
            let words = row![number, self.body(entry.label).width(Length::Fill)];
            let buttons = row![
                arrow(entry.up, Icon::ArrowUp, at == 0, up),
                arrow(entry.down, Icon::ArrowDown, at == last, down),
            ];
            let line: Element<'a, M> = if self.tight {
                column![words, buttons].into()
            } else {
                row![words.width(Length::Fill), buttons].align_y(Alignment::Center).into()
            };
            let ground =
                container(line).padding(Padding::from([6.0, if self.tight { 4.0 } else { 12.0 }])).style(move |_| {
                    container::Style {
                        background: Some(Background::Color(c.card)),
                        border: Border { radius: RADIUS.into(), width: 1.0, color: c.line },
                        ..container::Style::default()
                    }
                });
            (entry.key, ground.into())
        });
        let list = keyed_column(rows).spacing(space::S);
        // Each row has two buttons; a place past the end cannot be focused.
        arrows_moving(list, move |at, down| {
            let (up_message, down_message) = moves.get(at / 2).cloned()?;
            Some(if down { down_message } else { up_message })
        })
    }
}
