//! Names of files: which are safe to make, and what those that are found mean.

use std::fmt;
use std::str::FromStr;

/// A name that is safe as part of a file name on every system: 1 to 100 of `[a-z0-9-]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// A text that cannot be part of a file name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' cannot name a file: use 1 to 100 small letters a to z, digits and hyphens")]
pub struct BadSlug(pub String);

impl Slug {
    /// Most characters that a name may have.
    pub const LONGEST: usize = 100;

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = BadSlug;

    fn from_str(text: &str) -> Result<Self, BadSlug> {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if text.is_empty() || text.len() > Self::LONGEST || !text.bytes().all(plain) {
            return Err(BadSlug(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Which device wrote something: eight of `[0-9a-z]`, drawn at random when Sameside first runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId([u8; Self::LENGTH]);

impl DeviceId {
    /// Characters in an id.
    pub const LENGTH: usize = 8;
    /// Stands in where there is no device yet, such as when somebody else's folder is only looked at.
    pub const NONE: Self = Self(*b"00000000");
    const LETTERS: &'static [u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

    /// An id made of eight random bytes (the slight lean of 256 over 36 letters does no harm here).
    #[must_use]
    pub fn from_random(bytes: [u8; Self::LENGTH]) -> Self {
        Self(bytes.map(|byte| {
            let index = usize::from(byte) % Self::LETTERS.len();
            Self::LETTERS.get(index).copied().unwrap_or(b'0')
        }))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for DeviceId {
    type Err = BadSlug;

    fn from_str(text: &str) -> Result<Self, BadSlug> {
        let bytes: [u8; Self::LENGTH] = text.as_bytes().try_into().map_err(|_| BadSlug(text.to_owned()))?;
        if bytes.iter().all(|byte| Self::LETTERS.contains(byte)) {
            Ok(Self(bytes))
        } else {
            Err(BadSlug(text.to_owned()))
        }
    }
}

impl fmt::Display for DeviceId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// What a file in a record's folder is, going by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The file that this device writes.
    Of(DeviceId),
    /// A copy of that device's file which a sync program made because of a conflict.
    Copy(DeviceId),
    /// A photo, which no record is read from.
    Photo,
    /// Hidden and temporary files of sync programs and of Sameside itself: nobody's business.
    Passing,
    /// Something that does not belong here.
    Foreign,
}

impl Part {
    /// Tells from the name alone. Copies are known by the marks that Syncthing (`.sync-conflict-`), Nextcloud
    /// (`_conflict-`, ` (conflicted copy `), Dropbox (` (… conflicted copy …)`) and Drive (` (1)`) leave.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        if is_passing(name) {
            return Self::Passing;
        }
        if photo_of_name(name).is_some() {
            return Self::Photo;
        }
        let Some(stem) = name.strip_suffix(".ron") else { return Self::Foreign };
        let Some((id, rest)) = stem.split_at_checked(DeviceId::LENGTH) else { return Self::Foreign };
        let Ok(device) = id.parse() else { return Self::Foreign };
        if rest.is_empty() {
            return Self::Of(device);
        }
        let bracketed = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')')).unwrap_or_default();
        let numbered = !bracketed.is_empty() && bracketed.bytes().all(|byte| byte.is_ascii_digit());
        let told = bracketed.contains("conflict") || bracketed.contains("conflit");
        if rest.starts_with(".sync-conflict-") || rest.starts_with("_conflict-") || numbered || told {
            return Self::Copy(device);
        }
        Self::Foreign
    }
}

/// The name of a photo and the device that wrote it, out of the name of its file: `5f0c1a2b3c4d5e6f-a1b2c3d4.png`.
#[must_use]
pub fn photo_of_name(file: &str) -> Option<(&str, DeviceId)> {
    let stem = file.strip_suffix(".png")?;
    let (photo, device) = stem.split_once('-')?;
    let is_hex = photo.len() == 16 && photo.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    is_hex.then_some((stem, device.parse().ok()?))
}

/// Said of a name that does not belong in its folder.
pub(super) const FOREIGN: &str = "no file of Sameside has such a name: it is left alone and not read";
/// Said of a conflict copy.
pub(super) const COPIED: &str =
    "a sync program made this copy because of a conflict: it was read and joined, and may be removed";
/// Said of a file in the wrong record's folder.
pub(super) const OTHER_ID: &str = "the id inside differs from the folder's name: it is not read";
/// Said of a file that bears another device's id inside.
pub(super) const OTHER_DEVICE: &str = "the device inside differs from the file's name: it was read all the same";

/// Names of temporary files, Sameside's own among them, and of files that sync programs hide.
#[must_use]
pub fn is_passing(name: &str) -> bool {
    name.starts_with('.') || name.starts_with('~') || matches!(name, "desktop.ini" | "Thumbs.db" | "Icon\r")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_never_leave_their_folder(text in "\\PC{0,12}") {
            if let Ok(slug) = text.parse::<Slug>() {
                prop_assert_eq!(Path::new(slug.as_str()).components().count(), 1);
                prop_assert!(!text.contains(['.', '/', '\\', ':']));
            }
        }
    }

    #[test]
    fn copies_that_sync_programs_make_are_known() {
        let device: DeviceId = "a1b2c3d4".parse().unwrap();
        assert_eq!(Part::of_name("a1b2c3d4.ron"), Part::Of(device));
        for name in [
            "a1b2c3d4.sync-conflict-20261123-005511-6BGS2D5.ron",
            "a1b2c3d4 (Sam's conflicted copy 2026-11-23).ron",
            "a1b2c3d4 (conflicted copy 2026-11-23 101112).ron",
            "a1b2c3d4_conflict-20261123-101112.ron",
            "a1b2c3d4 (1).ron",
        ] {
            assert_eq!(Part::of_name(name), Part::Copy(device), "{name}");
        }
        assert_eq!(Part::of_name("5f0c1a2b3c4d5e6f-a1b2c3d4.png"), Part::Photo);
        for name in ["5f0c1a2b3c4d5e6f.png", "5f0c-a1b2c3d4.png", "x.png", "5f0c1a2b3c4d5e6f-a1b2c3d4.jpg"] {
            assert_eq!(Part::of_name(name), Part::Foreign, "{name}");
        }
        for name in ["a1b2c3d4 ().ron", "a1b2c3d.ron", "A1b2c3d4.ron", "a1b2c3d4.txt", "a1b2c3d4-2.ron", "éééé.ron"]
        {
            assert_eq!(Part::of_name(name), Part::Foreign, "{name}");
        }
        for name in [".syncthing.a1b2c3d4.ron.tmp", "~syncthing~x.tmp", ".stfolder"] {
            assert_eq!(Part::of_name(name), Part::Passing, "{name}");
        }
    }
}
