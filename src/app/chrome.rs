//! What stands around every page: the bar or the rail of the four places, the way back, the way to Safety,
//! and the banners.

use iced::widget::{Column, Row, Space, column, container, row};
use iced::{Alignment, Background, Border, Element, Length, Padding};

use super::ctx::{Ctx, Room};
use super::nav::{Page, Tab};
use super::theme::{SEMIBOLD, size, space};
use super::widget::describe::{Role, Stand};
use super::widget::icon::{Icon, icon};
use super::widget::tap::{MIN_TARGET, tap};

/// What the surroundings say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A place or page was chosen.
    PageChosen(Page),
    /// The way back was chosen.
    BackChosen,
    /// One wants to leave at once.
    LeaveChosen,
    /// A banner's button was chosen: the banner's place in the list, the button's in the banner.
    BannerAnswered(usize, usize),
}

/// Type under an icon in the bar, in logical pixels: five labels share 360.
const LABEL: f32 = 12.5;

const fn picture(tab: Tab) -> Icon {
    match tab {
        Tab::Today => Icon::Sun,
        Tab::Exercises => Icon::BookOpen,
        Tab::Moment => Icon::Bell,
        Tab::Therapists => Icon::Users,
    }
}

const fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Today => "place-today",
        Tab::Exercises => "place-exercises",
        Tab::Moment => "place-moment",
        Tab::Therapists => "place-therapists",
    }
}

/// Puts the surroundings around `inside`.
pub fn around<'a, M: Clone + 'a>(
    ctx: Ctx<'a>,
    page: &'a Page,
    has_back: bool,
    banners: Vec<Element<'a, M>>,
    inside: Element<'a, M>,
    message: impl Fn(Message) -> M + Copy + 'a,
) -> Element<'a, M> {
    let mut middle: Column<'a, M> = column![].width(Length::Fill).height(Length::Fill);
    if !matches!(page, Page::FirstRun) {
        middle = middle.push(top(ctx, page, has_back, message));
    }
    if !banners.is_empty() {
        // They scroll by themselves and leave half of the window to the page, however large the type.
        let said = container(column(banners).spacing(space::S)).padding(Padding::from([0.0, ctx.look.side()]));
        middle = middle.push(container(ctx.look.scroll_short(said)).max_height(ctx.height / 2.0));
    }
    middle = middle.push(container(inside).width(Length::Fill).height(Length::Fill));
    if matches!(page, Page::FirstRun | Page::Card | Page::Door) {
        return middle.into();
    }
    match ctx.room {
        Room::Narrow => middle.push(bar(ctx, page, message)).into(),
        Room::Medium | Room::Wide => row![rail(ctx, page, message), middle].into(),
    }
}

/// The line above every page: back on the left, Safety and the way out on the right.
fn top<'a, M: Clone + 'a>(
    ctx: Ctx<'a>,
    page: &Page,
    has_back: bool,
    message: impl Fn(Message) -> M + 'a,
) -> Element<'a, M> {
    let mut line: Row<'a, M> = row![].align_y(Alignment::Center).height(MIN_TARGET + 4.0);
    if has_back && *page != Page::Door {
        let back = ctx.text("back");
        line = line.push(if ctx.look.tight {
            ctx.look.icon_button(Icon::ArrowLeft, back, message(Message::BackChosen))
        } else {
            ctx.look.link_icon(Icon::ArrowLeft, &back, message(Message::BackChosen))
        });
    }
    line = line.push(Space::new().width(Length::Fill));
    // The card is held up to the other: nothing but the way back belongs on it.
    if !matches!(page, Page::Safety | Page::Card) {
        let safety = (ctx.text("place-safety"), message(Message::PageChosen(Page::Safety)));
        line = line.push(if ctx.look.tight {
            ctx.look.icon_button(Icon::LifeBuoy, safety.0, safety.1)
        } else {
            ctx.look.link_icon(Icon::LifeBuoy, &safety.0, safety.1)
        });
        line =
            line.push(ctx.look.icon_button(Icon::DoorOpen, ctx.text("leave-at-once"), message(Message::LeaveChosen)));
    }
    container(line).padding(Padding::from([0.0, (ctx.look.side() - space::S).max(0.0)])).into()
}

fn place<'a, M: Clone + 'a>(ctx: Ctx<'a>, label: &str, glyph: Icon, on: bool, message: M) -> Element<'a, M> {
    let look = ctx.look;
    let words = |size| {
        iced::widget::text(label.to_owned()).font(SEMIBOLD).size(size).wrapping(iced::widget::text::Wrapping::None)
    };
    let (content, padding, align): (Element<'a, M>, Padding, Alignment) = match ctx.room {
        Room::Narrow if look.tight => (icon(glyph, 22.0), Padding::from([11.0, 0.0]), Alignment::Center),
        Room::Narrow | Room::Medium => (
            column![icon(glyph, 22.0), words(LABEL)].spacing(3.0).align_x(Alignment::Center).into(),
            Padding::from([8.0, 0.0]),
            Alignment::Center,
        ),
        Room::Wide => (
            row![icon(glyph, 22.0), words(size::BODY)].spacing(14.0).align_y(Alignment::Center).into(),
            Padding::from([10.0, 14.0]),
            Alignment::Start,
        ),
    };
    tap(Role::Tab, label, content, move |status| {
        let mut style = look.bare_style(status);
        style.ink = if on { look.colors.accent } else { look.colors.soft };
        if on && ctx.room != Room::Narrow {
            style.background = Some(look.colors.accent_wash);
        }
        style
    })
    .width(Length::Fill)
    .padding(padding)
    .align_x(align)
    .stand(Stand::Selected(on))
    .on_press(message)
    .into()
}

fn bar<'a, M: Clone + 'a>(ctx: Ctx<'a>, page: &Page, message: impl Fn(Message) -> M) -> Element<'a, M> {
    let c = ctx.look.colors;
    let mut places: Vec<Element<'a, M>> = tabs(ctx, page, &message);
    let is_more = Tab::of(page).is_none();
    places.push(place(
        ctx,
        &ctx.text("place-more"),
        Icon::Ellipsis,
        is_more,
        message(Message::PageChosen(Page::More)),
    ));
    column![
        ctx.look.hairline(),
        container(row(places)).style(move |_| container::Style {
            background: Some(Background::Color(c.card)),
            ..container::Style::default()
        })
    ]
    .into()
}

fn tabs<'a, M: Clone + 'a>(ctx: Ctx<'a>, page: &Page, message: impl Fn(Message) -> M) -> Vec<Element<'a, M>> {
    Tab::ALL
        .into_iter()
        .map(|tab| {
            let on = Tab::of(page) == Some(tab);
            place(ctx, &ctx.text(name(tab)), picture(tab), on, message(Message::PageChosen(tab.page())))
        })
        .collect()
}

fn rail<'a, M: Clone + 'a>(ctx: Ctx<'a>, page: &Page, message: impl Fn(Message) -> M) -> Element<'a, M> {
    let c = ctx.look.colors;
    let mark = container(ctx.look.mark(26.0, 0.6)).padding(Padding::from([10.0, 14.0]));
    let mut places = column![mark].spacing(space::XS).width(Length::Fill);
    for tab in tabs(ctx, page, &message) {
        places = places.push(tab);
    }
    places = places.push(Space::new().height(space::S));
    for (key, glyph, target) in [
        ("place-choose", Icon::Handshake, Page::Choose),
        ("place-session", Icon::Calendar, Page::Session),
        ("place-settings", Icon::Settings, Page::Settings),
        ("place-help", Icon::CircleQuestionMark, Page::Help),
    ] {
        let on = *page == target;
        places = places.push(place(ctx, &ctx.text(key), glyph, on, message(Message::PageChosen(target))));
    }
    let width = if ctx.room == Room::Wide { 210.0 } else { 112.0 };
    container(ctx.look.scroll(places))
        .width(width)
        .height(Length::Fill)
        .padding(Padding::from([12.0, space::S]))
        .style(move |_| container::Style {
            background: Some(Background::Color(c.card)),
            border: Border { color: c.line, width: 0.0, ..Border::default() },
            ..container::Style::default()
        })
        .into()
}
