//! A bare iced counter with the same features: what start, memory and idling of the window are measured against.

use iced::Element;
use iced::widget::{button, column, text};

#[derive(Debug, Clone, Copy)]
enum Message {
    Pressed,
}

fn update(count: &mut u32, message: Message) {
    match message {
        Message::Pressed => *count += 1,
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "iced hands the state over by reference")]
fn view(count: &u32) -> Element<'_, Message> {
    column![text(count.to_string()), button("+").on_press(Message::Pressed)].padding(40).into()
}

fn main() -> iced::Result {
    iced::application(u32::default, update, view)
        .title(|_: &u32| "Counter".to_owned())
        .window_size((1080.0, 760.0))
        .run()
}
