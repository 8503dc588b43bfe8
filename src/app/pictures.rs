//! Every screen as a picture, drawn without a display from a made-up couple's data.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::Size;

use super::preset::{self, Preset};
use super::start::application;
use crate::command::PictureOptions;
use crate::locale::Language;
use crate::store::settings::Theme;

/// Why a picture could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The folder or a file could not be written.
    #[error("{path} cannot be written: {error}", path = .path.display())]
    Disk {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The picture could not be packed.
    #[error("a picture could not be packed: {0}")]
    Png(#[from] png::EncodingError),
}

/// The sizes that are drawn when none is named: two phones and a laptop.
const SIZES: [(u16, u16); 3] = [(360, 640), (412, 915), (1280, 800)];

/// Draws every page of every preset into `folder` and says how many.
///
/// # Errors
/// [`PictureError`] if a file cannot be written.
pub fn draw(folder: &Path, options: &PictureOptions) -> Result<usize, PictureError> {
    let disk = |path: &Path| {
        let path = path.to_owned();
        move |error| PictureError::Disk { path, error }
    };
    fs::create_dir_all(folder).map_err(disk(folder))?;
    let sizes = options.size.map_or_else(|| SIZES.to_vec(), |size| vec![size]);
    let themes = options.theme.map_or_else(|| vec![Theme::Light, Theme::Dark], |theme| vec![theme]);
    let languages = options.language.map_or_else(|| Language::ALL.to_vec(), |language| vec![language]);
    let zoom = if options.zoom == 0 { 100 } else { options.zoom };
    let mut count = 0;
    for preset in Preset::ALL {
        for (index, (name, _)) in preset::scenes(preset).into_iter().enumerate() {
            for &(width, height) in &sizes {
                for &theme in &themes {
                    for &language in &languages {
                        let file = format!(
                            "{}-{name}-{width}x{height}-{}-{}-{zoom}.png",
                            preset.name(),
                            theme_name(theme),
                            language.code()
                        );
                        let path = folder.join(file);
                        let picture = one(preset, index, (width, height), theme, language, zoom)?;
                        fs::write(&path, picture).map_err(disk(&path))?;
                        count += 1;
                    }
                }
            }
        }
    }
    Ok(count)
}

const fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::Dark => "dark",
        Theme::HighContrast => "high-contrast",
        Theme::Light | Theme::System => "light",
    }
}

/// Hands the embedded fonts to the headless renderer, once; a window gets them from `application`.
pub fn load_fonts() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        if let Ok(mut system) = iced_test::renderer::graphics::text::font_system().write() {
            for bytes in [super::theme::REGULAR_BYTES, super::theme::SEMIBOLD_BYTES, super::widget::icon::BYTES] {
                system.load_font(bytes.into());
            }
        }
    });
}

/// Draws one scene of a preset as a PNG.
///
/// # Errors
/// [`PictureError::Png`] if it cannot be packed.
pub fn one(
    preset: Preset,
    scene: usize,
    (width, height): (u16, u16),
    theme: Theme,
    language: Language,
    zoom: u16,
) -> Result<Vec<u8>, PictureError> {
    let mut state = preset::state(preset, language, |settings| {
        settings.theme = theme;
        settings.zoom = zoom;
    });
    if let Some((_, set)) = preset::scenes(preset).into_iter().nth(scene) {
        set(&mut state);
    }
    load_fonts();
    let colors = state.theme();
    let program = application(state);
    let scale = f32::from(zoom) / 100.0;
    let viewport = Size::new(f32::from(width) / scale, f32::from(height) / scale);
    let shot = iced_test::screenshot(&program, &colors, viewport, scale, Duration::ZERO);
    let mut packed = Vec::new();
    let mut encoder = png::Encoder::new(&mut packed, shot.size.width, shot.size.height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&shot.rgba)?;
    writer.finish()?;
    Ok(packed)
}
