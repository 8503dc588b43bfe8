//! Icons: a small part of the Lucide icon font (ISC licence, `assets/fonts/LICENSE-lucide.txt`).

use iced::widget::text;
use iced::{Element, Font};

/// The embedded font file.
pub const BYTES: &[u8] = include_bytes!("../../../assets/fonts/icons.ttf");

const FONT: Font = Font::with_name("SamesideIcons");

/// One picture of the icon font.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// `house` in Lucide.
    House,
    /// `book-open` in Lucide.
    BookOpen,
    /// `moon` in Lucide.
    Moon,
    /// `users` in Lucide.
    Users,
    /// `ellipsis` in Lucide.
    Ellipsis,
    /// `settings` in Lucide.
    Settings,
    /// `life-buoy` in Lucide.
    LifeBuoy,
    /// `arrow-left` in Lucide.
    ArrowLeft,
    /// `arrow-right` in Lucide.
    ArrowRight,
    /// `chevron-right` in Lucide.
    ChevronRight,
    /// `chevron-up` in Lucide.
    ChevronUp,
    /// `chevron-down` in Lucide.
    ChevronDown,
    /// `check` in Lucide.
    Check,
    /// `x` in Lucide.
    X,
    /// `plus` in Lucide.
    Plus,
    /// `phone` in Lucide.
    Phone,
    /// `mail` in Lucide.
    Mail,
    /// `globe` in Lucide.
    Globe,
    /// `map-pin` in Lucide.
    MapPin,
    /// `copy` in Lucide.
    Copy,
    /// `pencil` in Lucide.
    Pencil,
    /// `trash-2` in Lucide.
    Trash,
    /// `play` in Lucide.
    Play,
    /// `pause` in Lucide.
    Pause,
    /// `search` in Lucide.
    Search,
    /// `hand` in Lucide.
    Hand,
    /// `message-circle` in Lucide.
    MessageCircle,
    /// `calendar` in Lucide.
    Calendar,
    /// `bell` in Lucide.
    Bell,
    /// `undo-2` in Lucide.
    Undo,
    /// `eye` in Lucide.
    Eye,
    /// `eye-off` in Lucide.
    EyeOff,
    /// `upload` in Lucide.
    Upload,
    /// `download` in Lucide.
    Download,
    /// `door-open` in Lucide.
    DoorOpen,
    /// `circle-question-mark` in Lucide.
    CircleQuestionMark,
    /// `square` in Lucide.
    Square,
    /// `square-check` in Lucide.
    SquareCheck,
    /// `circle` in Lucide.
    Circle,
    /// `circle-dot` in Lucide.
    CircleDot,
    /// `minus` in Lucide.
    Minus,
    /// `leaf` in Lucide.
    Leaf,
    /// `feather` in Lucide.
    Feather,
    /// `lock` in Lucide.
    Lock,
    /// `triangle-alert` in Lucide.
    TriangleAlert,
    /// `user` in Lucide.
    User,
    /// `info` in Lucide.
    Info,
    /// `external-link` in Lucide.
    ExternalLink,
    /// `timer` in Lucide.
    Timer,
    /// `arrow-up` in Lucide.
    ArrowUp,
    /// `arrow-down` in Lucide.
    ArrowDown,
    /// `sun` in Lucide.
    Sun,
    /// `scale` in Lucide.
    Scale,
    /// `handshake` in Lucide.
    Handshake,
    /// `heart-handshake` in Lucide.
    HeartHandshake,
    /// `list-checks` in Lucide.
    ListChecks,
    /// `clock` in Lucide.
    Clock,
    /// `rotate-ccw` in Lucide.
    RotateCcw,
    /// `history` in Lucide.
    History,
    /// `ban` in Lucide.
    Ban,
    /// `wind` in Lucide.
    Wind,
    /// `mic` in Lucide.
    Mic,
    /// `quote` in Lucide.
    Quote,
    /// `hourglass` in Lucide.
    Hourglass,
    /// `arrow-left-right` in Lucide.
    ArrowLeftRight,
}

impl Icon {
    const fn glyph(self) -> char {
        match self {
            Self::House => '\u{e0f5}',
            Self::BookOpen => '\u{e05f}',
            Self::Moon => '\u{e11e}',
            Self::Users => '\u{e1a4}',
            Self::Ellipsis => '\u{e0b6}',
            Self::Settings => '\u{e154}',
            Self::LifeBuoy => '\u{e101}',
            Self::ArrowLeft => '\u{e048}',
            Self::ArrowRight => '\u{e049}',
            Self::ChevronRight => '\u{e06f}',
            Self::ChevronUp => '\u{e070}',
            Self::ChevronDown => '\u{e06d}',
            Self::Check => '\u{e06c}',
            Self::X => '\u{e1b2}',
            Self::Plus => '\u{e13d}',
            Self::Phone => '\u{e133}',
            Self::Mail => '\u{e10f}',
            Self::Globe => '\u{e0e8}',
            Self::MapPin => '\u{e111}',
            Self::Copy => '\u{e09e}',
            Self::Pencil => '\u{e1f9}',
            Self::Trash => '\u{e18e}',
            Self::Play => '\u{e13c}',
            Self::Pause => '\u{e12e}',
            Self::Search => '\u{e151}',
            Self::Hand => '\u{e1d7}',
            Self::MessageCircle => '\u{e116}',
            Self::Calendar => '\u{e063}',
            Self::Bell => '\u{e059}',
            Self::Undo => '\u{e2a1}',
            Self::Eye => '\u{e0ba}',
            Self::EyeOff => '\u{e0bb}',
            Self::Upload => '\u{e19e}',
            Self::Download => '\u{e0b2}',
            Self::DoorOpen => '\u{e3d6}',
            Self::CircleQuestionMark => '\u{e082}',
            Self::Square => '\u{e167}',
            Self::SquareCheck => '\u{e559}',
            Self::Circle => '\u{e076}',
            Self::CircleDot => '\u{e345}',
            Self::Minus => '\u{e11c}',
            Self::Leaf => '\u{e2de}',
            Self::Feather => '\u{e0be}',
            Self::Lock => '\u{e10b}',
            Self::TriangleAlert => '\u{e193}',
            Self::User => '\u{e19f}',
            Self::Info => '\u{e0f9}',
            Self::ExternalLink => '\u{e0b9}',
            Self::Timer => '\u{e1e0}',
            Self::ArrowUp => '\u{e04a}',
            Self::ArrowDown => '\u{e042}',
            Self::Sun => '\u{e178}',
            Self::Scale => '\u{e212}',
            Self::Handshake => '\u{e5c0}',
            Self::HeartHandshake => '\u{e2d7}',
            Self::ListChecks => '\u{e1d0}',
            Self::Clock => '\u{e087}',
            Self::RotateCcw => '\u{e148}',
            Self::History => '\u{e1f5}',
            Self::Ban => '\u{e051}',
            Self::Wind => '\u{e1b0}',
            Self::Mic => '\u{e118}',
            Self::Quote => '\u{e239}',
            Self::Hourglass => '\u{e296}',
            Self::ArrowLeftRight => '\u{e24a}',
        }
    }
}

/// An icon `size` logical pixels high, in the colour of the text around it. It is decoration only: what it
/// means always stands beside it in words, or in the name of the tappable thing that holds it.
pub fn icon<'a, Message: 'a>(icon: Icon, size: f32) -> Element<'a, Message> {
    super::describe::hidden(text(icon.glyph()).font(FONT).size(size).line_height(1.0).shaping(text::Shaping::Basic))
}
