//! Colours, type and space: everything that gives Sameside its look, in one place.
//!
//! Warm paper and soft ink, one deep green accent, and one warm second colour kept for "together".

use iced::{Color, Font, Theme, font, theme};

use crate::store::settings::Theme as Choice;
use crate::system::{Appearance, Scheme};

/// The text font, embedded so that it is the same everywhere (OFL, `assets/fonts/OFL-NunitoSans.txt`).
pub const REGULAR_BYTES: &[u8] = include_bytes!("../../assets/fonts/NunitoSans_400Regular.ttf");
/// Its heavier cut.
pub const SEMIBOLD_BYTES: &[u8] = include_bytes!("../../assets/fonts/NunitoSans_600SemiBold.ttf");

/// The text font.
pub const REGULAR: Font = Font::with_name("Nunito Sans");
/// The heavier cut, for titles and buttons.
pub const SEMIBOLD: Font = Font { weight: font::Weight::Semibold, ..REGULAR };

/// Sizes of type, in logical pixels.
pub mod size {
    /// Notes and labels under icons.
    pub const SMALL: f32 = 15.0;
    /// Running text.
    pub const BODY: f32 = 17.0;
    /// The sentence under a title, and the question of a step.
    pub const LEAD: f32 = 20.0;
    /// The one large line of a screen.
    pub const TITLE: f32 = 28.0;
    /// What is read at arm's length.
    pub const BIG: f32 = 32.0;
}

/// Steps of space, in logical pixels.
pub mod space {
    /// Between a thing and its note.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Inside cards and between rows.
    pub const M: f32 = 16.0;
    /// Between groups.
    pub const L: f32 = 24.0;
    /// Above what begins something new.
    pub const XL: f32 = 40.0;
}

/// Corner radius of cards, in logical pixels.
pub const RADIUS: f32 = 16.0;
/// Corner radius of buttons and fields.
pub const RADIUS_SMALL: f32 = 12.0;

/// The colours of one theme. Each name says what the colour is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colors {
    /// Behind everything.
    pub paper: Color,
    /// Cards and bars.
    pub card: Color,
    /// Text.
    pub ink: Color,
    /// Quieter text.
    pub soft: Color,
    /// Hairlines that carry no meaning.
    pub line: Color,
    /// Edges of fields, boxes and quiet buttons; 3:1 against what they lie on.
    pub edge: Color,
    /// The accent: main buttons, chosen things, links.
    pub accent: Color,
    /// Main buttons under the mouse.
    pub accent_strong: Color,
    /// Text on the accent.
    pub on_accent: Color,
    /// Behind chosen rows and under the mouse.
    pub accent_wash: Color,
    /// The second colour, for what two people do together.
    pub together: Color,
    /// Behind what belongs to both.
    pub together_wash: Color,
    /// Text of something that went wrong.
    pub trouble: Color,
    /// Behind it.
    pub trouble_wash: Color,
}

const fn rgb(hex: u32) -> Color {
    Color::from_rgb8((hex >> 16) as u8, ((hex >> 8) & 0xff) as u8, (hex & 0xff) as u8)
}

/// Warm paper.
pub const LIGHT: Colors = Colors {
    paper: rgb(0xF6_F1_E7),
    card: rgb(0xFF_FC_F6),
    ink: rgb(0x2C_2A_25),
    soft: rgb(0x5F_5A_50),
    line: rgb(0xE3_DB_CB),
    edge: rgb(0x8A_81_70),
    accent: rgb(0x2C_5E_4A),
    accent_strong: rgb(0x22_4C_3B),
    on_accent: rgb(0xFF_FD_F8),
    accent_wash: rgb(0xE1_EB_E2),
    together: rgb(0x96_4E_1F),
    together_wash: rgb(0xF8_E6_D5),
    trouble: rgb(0x85_39_2B),
    trouble_wash: rgb(0xF9_E7_E0),
};

/// A dim room.
pub const DARK: Colors = Colors {
    paper: rgb(0x1D_1B_18),
    card: rgb(0x28_25_21),
    ink: rgb(0xEE_E8_DC),
    soft: rgb(0xBD_B5_A6),
    line: rgb(0x3C_38_31),
    edge: rgb(0x8B_83_75),
    accent: rgb(0x96_CB_AE),
    accent_strong: rgb(0xAD_DB_C1),
    on_accent: rgb(0x12_24_1A),
    accent_wash: rgb(0x2A_3D_33),
    together: rgb(0xEB_B2_83),
    together_wash: rgb(0x45_33_27),
    trouble: rgb(0xF0_B3_A3),
    trouble_wash: rgb(0x47_2C_25),
};

/// Strongest contrast, on black.
pub const HIGH_CONTRAST: Colors = Colors {
    paper: rgb(0x00_00_00),
    card: rgb(0x00_00_00),
    ink: rgb(0xFF_FF_FF),
    soft: rgb(0xF0_F0_F0),
    line: rgb(0xB0_B0_B0),
    edge: rgb(0xFF_FF_FF),
    accent: rgb(0x9C_F5_C0),
    accent_strong: rgb(0xC6_FF_DD),
    on_accent: rgb(0x00_00_00),
    accent_wash: rgb(0x0A_33_1E),
    together: rgb(0xFF_CF_9E),
    together_wash: rgb(0x3A_1E_05),
    trouble: rgb(0xFF_C7_B8),
    trouble_wash: rgb(0x3D_0F_05),
};

impl Colors {
    /// What stands for these colours in iced: only its ground and its text are ever used.
    #[must_use]
    pub fn to_iced(self) -> Theme {
        Theme::custom(
            "Sameside",
            theme::Palette {
                background: self.paper,
                text: self.ink,
                primary: self.accent,
                success: self.accent,
                warning: self.together,
                danger: self.trouble,
            },
        )
    }
}

/// Ground and text colour of a window, as iced takes them.
pub type Ground = theme::Style;

/// The ground of a theme; with `turn` a shade apart that no screen can show (a tenth of one step of 255).
#[must_use]
pub fn ground(theme: &Theme, turn: bool) -> Ground {
    let palette = theme.palette();
    let mut background_color = palette.background;
    if turn {
        background_color.b = (background_color.b - 0.0004).abs();
    }
    Ground { background_color, text_color: palette.text }
}

/// The colours for what was chosen and what the system has.
#[must_use]
pub const fn pick(chosen: Choice, system: &Appearance) -> Colors {
    match chosen {
        Choice::Light => LIGHT,
        Choice::Dark => DARK,
        Choice::HighContrast => HIGH_CONTRAST,
        Choice::System if system.high_contrast => HIGH_CONTRAST,
        Choice::System => match system.scheme {
            Scheme::Dark => DARK,
            Scheme::Light | Scheme::Unknown => LIGHT,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every pair of text and ground that the widgets use.
    fn text_pairs(c: Colors) -> Vec<(&'static str, Color, Color)> {
        vec![
            ("ink on paper", c.ink, c.paper),
            ("ink on card", c.ink, c.card),
            ("soft on paper", c.soft, c.paper),
            ("soft on card", c.soft, c.card),
            ("accent on paper", c.accent, c.paper),
            ("accent on card", c.accent, c.card),
            ("on accent", c.on_accent, c.accent),
            ("on strong accent", c.on_accent, c.accent_strong),
            ("ink on accent wash", c.ink, c.accent_wash),
            ("soft on accent wash", c.soft, c.accent_wash),
            ("accent on accent wash", c.accent, c.accent_wash),
            ("together on paper", c.together, c.paper),
            ("together on card", c.together, c.card),
            ("together on its wash", c.together, c.together_wash),
            ("ink on together wash", c.ink, c.together_wash),
            ("soft on together wash", c.soft, c.together_wash),
            ("trouble on card", c.trouble, c.card),
            ("trouble on its wash", c.trouble, c.trouble_wash),
            ("ink on trouble wash", c.ink, c.trouble_wash),
        ]
    }

    #[test]
    fn text_meets_wcag() {
        for (theme, colors, least) in
            [("light", LIGHT, 4.5), ("dark", DARK, 4.5), ("high contrast", HIGH_CONTRAST, 7.0)]
        {
            for (pair, text, ground) in text_pairs(colors) {
                let contrast = text.relative_contrast(ground);
                assert!(contrast >= least, "{theme}: {pair}: {contrast:.2} < {least}");
            }
        }
    }

    #[test]
    fn edges_and_rings_can_be_seen() {
        for (theme, c) in [("light", LIGHT), ("dark", DARK), ("high contrast", HIGH_CONTRAST)] {
            for (pair, line, ground) in [
                ("edge on paper", c.edge, c.paper),
                ("edge on card", c.edge, c.card),
                ("ring on paper", c.accent, c.paper),
                ("ring on card", c.accent, c.card),
                ("ring on accent wash", c.accent, c.accent_wash),
                ("ring on accent", c.on_accent, c.accent),
            ] {
                let contrast = line.relative_contrast(ground);
                assert!(contrast >= 3.0, "{theme}: {pair}: {contrast:.2} < 3");
            }
        }
    }
}
