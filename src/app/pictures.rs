//! Every screen as a picture, drawn without a display from a made-up couple's data.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use iced::Size;

use super::Sameside;
use super::preset::{self, Preset};
use super::start::application;
use crate::command::PictureOptions;
use crate::exercise::{Exercise, Library};
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

/// Draws every page of every preset into `folder`, or every step of every exercise, and says how many.
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
    for scene in if options.exercises { exercises() } else { presets() } {
        for &size in &sizes {
            for &theme in &themes {
                for &language in &languages {
                    let (width, height) = size;
                    let name = scene.name();
                    let file = format!("{name}-{width}x{height}-{}-{}-{zoom}.png", theme_name(theme), language.code());
                    let path = folder.join(file);
                    fs::write(&path, scene.draw(size, theme, language, zoom)?).map_err(disk(&path))?;
                    count += 1;
                }
            }
        }
    }
    Ok(count)
}

/// What a picture shows.
enum Scene {
    /// A scene of a preset, by its place in the list.
    Preset(Preset, usize, &'static str),
    /// An exercise before it is begun, or at a step: its id, the number of the step from 1, the step's id.
    Exercise(String, Option<(usize, String)>),
}

fn presets() -> Vec<Scene> {
    let of = |preset| {
        let scenes = preset::scenes(preset).into_iter().enumerate();
        scenes.map(move |(index, (name, _))| Scene::Preset(preset, index, name))
    };
    Preset::ALL.into_iter().flat_map(of).collect()
}

fn exercises() -> Vec<Scene> {
    let of = |exercise: Exercise| {
        let steps = exercise.steps.iter().enumerate().map(|(index, step)| Some((index + 1, step.id.clone())));
        let scenes = std::iter::once(None).chain(steps);
        scenes.map(|step| Scene::Exercise(exercise.id.clone(), step)).collect::<Vec<_>>()
    };
    Library::new(Language::En, &[]).exercises.into_iter().flat_map(of).collect()
}

impl Scene {
    /// How its files begin.
    fn name(&self) -> String {
        match self {
            Self::Preset(preset, _, name) => format!("{}-{name}", preset.name()),
            Self::Exercise(id, None) => format!("exercise-{id}-00"),
            Self::Exercise(id, Some((number, step))) => format!("exercise-{id}-{number:02}-{step}"),
        }
    }

    fn draw(&self, size: (u16, u16), theme: Theme, language: Language, zoom: u16) -> Result<Vec<u8>, PictureError> {
        match self {
            Self::Preset(preset, index, _) => one(*preset, *index, size, theme, language, zoom),
            Self::Exercise(id, step) => {
                let mut state = with(Preset::HalfWay, language, theme, zoom);
                preset::open_exercise(&mut state, id, step.as_ref().map(|(_, step)| step.as_str()));
                shot(state, size, zoom)
            }
        }
    }
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
    size: (u16, u16),
    theme: Theme,
    language: Language,
    zoom: u16,
) -> Result<Vec<u8>, PictureError> {
    let mut state = with(preset, language, theme, zoom);
    if let Some((_, set)) = preset::scenes(preset).into_iter().nth(scene) {
        set(&mut state);
    }
    shot(state, size, zoom)
}

fn with(preset: Preset, language: Language, theme: Theme, zoom: u16) -> Sameside {
    preset::state(preset, language, |settings| {
        settings.theme = theme;
        settings.zoom = zoom;
    })
}

/// Draws `state` in a window of this size in real pixels.
fn shot(state: Sameside, (width, height): (u16, u16), zoom: u16) -> Result<Vec<u8>, PictureError> {
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
