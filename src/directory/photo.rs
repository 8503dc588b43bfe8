//! A small photo of a therapist. Whatever picture it comes from, what is kept is a PNG of at most [`Photo::SIDE`] pixels a
//! side, upright, and without what cameras write into their files: where and when it was taken.
//!
//! The `image` crate decodes; here stand the limits, which hold before anything is decoded.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};
use sha2::{Digest, Sha256};

/// Photos as PNG, by the name of their file ([`Therapist::photo`](crate::directory::Therapist::photo)).
pub type Photos = BTreeMap<String, Vec<u8>>;

/// The most pixels that a picture may have: what a phone's camera takes, and no memory that a phone has not.
const MOST_PIXELS: u64 = 40_000_000;

/// The most memory that a decoded picture may take, in bytes: three bytes a pixel, four with transparency.
const MOST_MEMORY: u64 = 4 * MOST_PIXELS;

/// Before a picture that stands inside a text, such as a contact.
const DATA: &str = "data:image/png;base64,";

/// Why a picture cannot be a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// No kind of picture that is known.
    #[error("this is no picture that can be read; choose a JPEG, PNG, WebP or GIF file")]
    NotAPicture,
    /// More pixels than [`MOST_PIXELS`], or more bytes than [`Photo::MOST_BYTES`].
    #[error("the picture is too large; save a smaller copy of it and choose that")]
    TooLarge,
    /// It begins as a picture and then breaks its own rules.
    #[error("the picture is damaged; open it in another program, save it again and choose that")]
    Damaged,
}

impl PhotoError {
    /// Name of the text for it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotAPicture => "photo-not-a-picture",
            Self::TooLarge => "photo-too-large",
            Self::Damaged => "photo-damaged",
        }
    }
}

/// A photo that can be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    name: String,
    /// The picture as it came or as it is kept, whichever is smaller.
    bytes: Vec<u8>,
}

/// A photo as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels, at most [`Photo::SIDE`].
    pub width: u32,
    /// Height in pixels, at most [`Photo::SIDE`].
    pub height: u32,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

impl Photo {
    /// The longer side of what is kept, in pixels.
    pub const SIDE: u32 = 256;

    /// The largest file that is taken, in bytes (32 MiB).
    pub const MOST_BYTES: usize = 32 << 20;

    /// Takes a picture: JPEG, PNG, WebP or GIF (of which the first frame counts).
    ///
    /// # Errors
    /// [`PhotoError`].
    pub fn new(bytes: Vec<u8>) -> Result<Self, PhotoError> {
        let png = encode(&small(&bytes)?)?;
        let mut name = String::with_capacity(16);
        for byte in Sha256::digest(&png).iter().take(8) {
            // Writing into a string cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        Ok(Self { name, bytes: if bytes.len() < png.len() { bytes } else { png } })
    }

    /// Takes a picture that stands in a text: `data:image/jpeg;base64,…`.
    ///
    /// # Errors
    /// [`PhotoError`].
    pub fn of_text(text: &str) -> Result<Self, PhotoError> {
        let (_, data) = text.split_once("base64,").ok_or(PhotoError::NotAPicture)?;
        Self::new(STANDARD.decode(data.trim()).map_err(|_| PhotoError::Damaged)?)
    }

    /// Sixteen hexadecimal digits that only the same photo has.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file that is kept.
    ///
    /// # Errors
    /// [`PhotoError`]; none that [`Photo::new`] would not have told.
    pub fn png(&self) -> Result<Vec<u8>, PhotoError> {
        encode(&small(&self.bytes)?)
    }
}

impl Pixels {
    /// Reads a photo that was kept.
    ///
    /// # Errors
    /// [`PhotoError`], for the file may have come from elsewhere.
    pub fn of(png: &[u8]) -> Result<Self, PhotoError> {
        let picture = small(png)?.into_rgba8();
        Ok(Self { width: picture.width(), height: picture.height(), rgba: picture.into_raw() })
    }

    /// The same as a square of at most `side` pixels. Of a tall one the upper part is seen, where a face is; of a wide
    /// one the middle.
    ///
    /// # Errors
    /// As [`Pixels::of`].
    pub fn square(png: &[u8], side: u32) -> Result<Self, PhotoError> {
        let picture = small(png)?;
        let (width, height) = (picture.width(), picture.height());
        let shorter = width.min(height);
        let mut picture = picture.crop_imm((width - shorter) / 2, (height - shorter) / 4, shorter, shorter);
        if shorter > side {
            picture = picture.thumbnail_exact(side, side);
        }
        let picture = picture.into_rgba8();
        Ok(Self { width: picture.width(), height: picture.height(), rgba: picture.into_raw() })
    }
}

/// A photo that was kept, as part of a text: a contact, a file of Sameside's own.
#[must_use]
pub fn in_text(png: &[u8]) -> String {
    format!("{DATA}{}", STANDARD.encode(png))
}

/// Whether two names are of the same photo, whichever devices keep it.
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    own_name(one) == own_name(other)
}

/// What the name of a file says of the photo, without the device.
fn own_name(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

/// Decodes a picture, within the limits, makes it small, and turns it upright.
fn small(bytes: &[u8]) -> Result<DynamicImage, PhotoError> {
    if bytes.len() > Photo::MOST_BYTES {
        return Err(PhotoError::TooLarge);
    }
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PhotoError::NotAPicture)?;
    if reader.format().is_none() {
        return Err(PhotoError::NotAPicture);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(2 * MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS || decoder.total_bytes() > MOST_MEMORY {
        return Err(PhotoError::TooLarge);
    }
    let upright = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    if width.max(height) > Photo::SIDE {
        picture = picture.thumbnail(Photo::SIDE, Photo::SIDE);
    }
    picture.apply_orientation(upright);
    let seen_through = picture.color().has_alpha();
    let rgba = picture.into_rgba8();
    let is_opaque = !seen_through || rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    let picture = DynamicImage::ImageRgba8(rgba);
    Ok(if is_opaque { DynamicImage::ImageRgb8(picture.into_rgb8()) } else { picture })
}

fn encode(picture: &DynamicImage) -> Result<Vec<u8>, PhotoError> {
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, FilterType::Adaptive);
    picture.write_with_encoder(encoder).map_err(|_| PhotoError::Damaged)?;
    Ok(png)
}

fn fault(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooLarge,
        image::ImageError::Unsupported(_) => PhotoError::NotAPicture,
        _ => PhotoError::Damaged,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use image::codecs::jpeg::JpegEncoder;
    use image::{ImageFormat, RgbImage, RgbaImage};
    use proptest::prelude::*;

    use super::*;

    /// A made-up picture: stripes that differ in every corner.
    fn drawn(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| image::Rgb([(x * 7) as u8, (y * 5) as u8, (x ^ y) as u8]))
    }

    /// The same as a file of a kind.
    pub fn file(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(drawn(width, height)).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn whatever_it_was_it_is_kept_as_a_small_png() {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
            let photo = Photo::new(file(1200, 800, format)).unwrap();
            let png = photo.png().unwrap();
            assert!(png.starts_with(b"\x89PNG"), "{format:?}");
            let pixels = Pixels::of(&png).unwrap();
            assert_eq!((pixels.width, pixels.height), (256, 171), "{format:?}");
            assert_eq!(pixels.rgba.len(), 256 * 171 * 4);
        }
        let square = Pixels::square(&file(1200, 800, ImageFormat::Png), 96).unwrap();
        assert_eq!((square.width, square.height, square.rgba.len()), (96, 96, 96 * 96 * 4));
        let square = Pixels::square(&file(20, 60, ImageFormat::Png), 96).unwrap();
        assert_eq!((square.width, square.height), (20, 20));
        let pixels = Pixels::of(&file(40, 30, ImageFormat::Png)).unwrap();
        assert_eq!((pixels.width, pixels.height), (40, 30), "a small one is not blown up");
    }

    proptest! {
        /// What was kept comes back from another program's file as the same photo.
        #[test]
        fn a_photo_that_was_kept_is_the_same_again(width in 1_u32..600, height in 1_u32..600, opaque: bool) {
            let mut bytes = Cursor::new(Vec::new());
            let drawn = RgbaImage::from_fn(width, height, |x, y| {
                image::Rgba([x as u8, y as u8, 9, if opaque { 255 } else { (x + y) as u8 }])
            });
            drawn.write_to(&mut bytes, ImageFormat::Png).unwrap();
            let photo = Photo::new(bytes.into_inner()).unwrap();
            let png = photo.png().unwrap();
            let again = Photo::new(png.clone()).unwrap();
            prop_assert_eq!(again.name(), photo.name());
            prop_assert_eq!(Photo::of_text(&in_text(&png)).unwrap().png().unwrap(), png);
            let file = format!("{}-a1b2c3d4", again.name());
            prop_assert!(is_same(photo.name(), &file));
        }

        #[test]
        fn any_bytes_are_a_photo_or_refused(mut bytes in prop::collection::vec(any::<u8>(), 0..200), kind in 0_usize..4) {
            let starts: [&[u8]; 4] = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\xff\xd8\xff", b"GIF89a", b"RIFF\x40\0\0\0WEBPVP8 "];
            bytes.splice(0..0, starts[kind].iter().copied());
            let _ = Photo::new(bytes);
        }
    }

    #[test]
    fn a_picture_is_turned_upright_and_says_nothing_of_where_it_was_taken() {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new(&mut bytes);
        // TIFF, little endian, one entry: orientation 6, to be turned to the right.
        let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        image::ImageEncoder::set_exif_metadata(&mut encoder, exif.to_vec()).unwrap();
        DynamicImage::ImageRgb8(drawn(300, 200)).write_with_encoder(encoder).unwrap();
        let png = Photo::new(bytes).unwrap().png().unwrap();
        let pixels = Pixels::of(&png).unwrap();
        assert_eq!((pixels.width, pixels.height), (171, 256));
        for chunk in [b"eXIf", b"tEXt", b"iTXt", b"tIME"] {
            assert!(!png.windows(4).any(|part| part == chunk));
        }
    }

    #[test]
    fn what_cannot_be_a_photo_is_refused_before_it_takes_memory() {
        assert_eq!(Photo::new(b"no picture".to_vec()), Err(PhotoError::NotAPicture));
        assert_eq!(Photo::new(Vec::new()), Err(PhotoError::NotAPicture));
        assert_eq!(Photo::new(vec![0; Photo::MOST_BYTES + 1]), Err(PhotoError::TooLarge));
        let mut cut = file(300, 300, ImageFormat::Png);
        cut.truncate(cut.len() / 2);
        assert_eq!(Photo::new(cut), Err(PhotoError::Damaged));
        // 60,000 × 60,000 pixels in a file of some hundred bytes.
        let mut bomb = file(8, 8, ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        let mut crc = 0xffff_ffff_u32;
        for byte in &bomb[12..29] {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
            }
        }
        bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
        assert_eq!(Photo::new(bomb), Err(PhotoError::TooLarge));
        let mut gif = file(8, 8, ImageFormat::Gif);
        gif[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
        assert_eq!(Photo::new(gif), Err(PhotoError::TooLarge));
        assert_eq!(Photo::of_text("https://example.test/a.jpg"), Err(PhotoError::NotAPicture));
        assert_eq!(Photo::of_text("data:image/png;base64,%%%"), Err(PhotoError::Damaged));
    }
}
