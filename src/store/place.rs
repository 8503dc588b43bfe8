//! Every file by its meaning, so that no other module ever puts a path together.

use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use crate::couple::Member;

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

/// How a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// A plain document that stays on this device and that only its owner may read.
    Private,
    /// A plain document in the shared folder, written once by whoever comes first.
    Once,
    /// One device's part of a record; readers join the parts of all devices.
    Joined,
}

/// Something that both devices may change: its folder holds one file for each device.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Record {
    /// What a person shows to the other.
    Member(Member),
    /// One therapist.
    Therapist(Slug),
    /// Seals, and when both are done openings, for one round of choosing.
    Marks(Slug),
    /// The session that is planned.
    Plan,
}

/// The records of which there may be many, for listing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// [`Record::Member`].
    Member,
    /// [`Record::Therapist`].
    Therapist,
    /// [`Record::Marks`].
    Marks,
}

impl RecordKind {
    /// All of them, in file order.
    pub const ALL: [Self; 3] = [Self::Member, Self::Therapist, Self::Marks];

    /// The folder that holds the folders of these records, relative to the data folder.
    #[must_use]
    pub fn folder(self) -> PathBuf {
        Path::new(SHARED).join(match self {
            Self::Member => "members",
            Self::Therapist => "therapists",
            Self::Marks => "marks",
        })
    }

    /// The record of this kind whose folder has this name.
    #[must_use]
    pub fn record(self, name: &str) -> Option<Record> {
        Some(match self {
            Self::Member => Record::Member(member(name)?),
            Self::Therapist => Record::Therapist(name.parse().ok()?),
            Self::Marks => Record::Marks(name.parse().ok()?),
        })
    }
}

impl Record {
    /// The id written at the head of the record's files; equal to its folder's name.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Member(member) => member.slug(),
            Self::Therapist(id) | Self::Marks(id) => id.as_str(),
            Self::Plan => "plan",
        }
    }

    /// The folder with one file for each device, relative to the data folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let kind = match self {
            Self::Member(_) => RecordKind::Member,
            Self::Therapist(_) => RecordKind::Therapist,
            Self::Marks(_) => RecordKind::Marks,
            Self::Plan => return Path::new(SHARED).join("plan"),
        };
        kind.folder().join(self.id())
    }
}

/// A file, by what it means.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// This device's id and clock. Changes with every shared edit, unlike the settings.
    Device,
    /// What a person set on this device. A file of its own, so that the clock never rewrites it.
    Settings,
    /// The plan that the background reminder reads; only the window writes it.
    Reminder,
    /// What the background reminder said and when; only `watch` writes it, so the two never write one file.
    Spoken,
    /// How far a person is in one exercise, and what they wrote there.
    Progress(Member, Slug),
    /// A person's draft of the invitation.
    Invitation(Member),
    /// A person's marks that are not yet revealed.
    Marks(Member),
    /// How asking went, as that person noted it.
    Asking(Member),
    /// A person's own private settings.
    Person(Member),
    /// Who the two are: written once.
    Pair,
    /// One device's part of a shared record.
    Shared(Record, DeviceId),
}

/// Folder of everything that never leaves the device.
pub(super) const PRIVATE: &str = "private";
/// Folder of everything that both devices may see.
pub(super) const SHARED: &str = "shared";

impl Place {
    /// Where the file lies, relative to the data folder.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        let private = Path::new(PRIVATE);
        let space = |member: &Member| private.join("spaces").join(member.slug());
        match self {
            Self::Device => private.join("device.ron"),
            Self::Settings => private.join("settings.ron"),
            Self::Reminder => private.join("reminder.ron"),
            Self::Spoken => private.join("spoken.ron"),
            Self::Progress(member, exercise) => space(member).join("progress").join(format!("{exercise}.ron")),
            Self::Invitation(member) => space(member).join("invitation.ron"),
            Self::Marks(member) => space(member).join("marks.ron"),
            Self::Asking(member) => space(member).join("asking.ron"),
            Self::Person(member) => space(member).join("person.ron"),
            Self::Pair => Path::new(SHARED).join("pair.ron"),
            Self::Shared(record, device) => record.folder().join(format!("{device}.ron")),
        }
    }

    /// How the file is kept.
    #[must_use]
    pub const fn keeping(&self) -> Keeping {
        match self {
            Self::Shared(..) => Keeping::Joined,
            Self::Pair => Keeping::Once,
            _ => Keeping::Private,
        }
    }

    /// The place that a path relative to the data folder names exactly, or `None`.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let parts = parts(path)?;
        Some(match parts.as_slice() {
            [PRIVATE, "device.ron"] => Self::Device,
            [PRIVATE, "settings.ron"] => Self::Settings,
            [PRIVATE, "reminder.ron"] => Self::Reminder,
            [PRIVATE, "spoken.ron"] => Self::Spoken,
            [PRIVATE, "spaces", who, file] => {
                let member = member(who)?;
                match *file {
                    "invitation.ron" => Self::Invitation(member),
                    "marks.ron" => Self::Marks(member),
                    "asking.ron" => Self::Asking(member),
                    "person.ron" => Self::Person(member),
                    _ => return None,
                }
            }
            [PRIVATE, "spaces", who, "progress", file] => Self::Progress(member(who)?, stem(file)?.parse().ok()?),
            [SHARED, "pair.ron"] => Self::Pair,
            [SHARED, .., file] => Self::Shared(Record::of_folder(path.parent()?)?, stem(file)?.parse().ok()?),
            _ => return None,
        })
    }
}

impl Record {
    /// The record whose folder this is, relative to the data folder.
    #[must_use]
    pub fn of_folder(folder: &Path) -> Option<Self> {
        match parts(folder)?.as_slice() {
            [SHARED, "plan"] => Some(Self::Plan),
            [SHARED, "members", name] => RecordKind::Member.record(name),
            [SHARED, "therapists", name] => RecordKind::Therapist.record(name),
            [SHARED, "marks", name] => RecordKind::Marks.record(name),
            _ => None,
        }
    }
}

fn parts(path: &Path) -> Option<Vec<&str>> {
    path.components()
        .map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect()
}

fn stem(file: &str) -> Option<&str> {
    file.strip_suffix(".ron")
}

fn member(name: &str) -> Option<Member> {
    Member::BOTH.into_iter().find(|member| member.slug() == name)
}

/// What a file in a record's folder is, going by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The file that this device writes.
    Of(DeviceId),
    /// A copy of that device's file which a sync program made because of a conflict.
    Copy(DeviceId),
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
        let Some(stem) = stem(name) else { return Self::Foreign };
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
    use proptest::prelude::*;

    use super::*;

    fn every_place(name: &str, device: DeviceId) -> Vec<Place> {
        let slug: Slug = name.parse().unwrap();
        let mut places = vec![Place::Device, Place::Settings, Place::Reminder, Place::Spoken, Place::Pair];
        for member in Member::BOTH {
            places.extend([Place::Progress(member, slug.clone()), Place::Invitation(member), Place::Marks(member)]);
            places.extend([
                Place::Asking(member),
                Place::Person(member),
                Place::Shared(Record::Member(member), device),
            ]);
        }
        let records = [Record::Therapist(slug.clone()), Record::Marks(slug), Record::Plan];
        places.extend(records.map(|record| Place::Shared(record, device)));
        places
    }

    proptest! {
        #[test]
        fn a_path_leads_back_to_its_place(name in "[a-z0-9-]{1,100}", random in any::<[u8; 8]>()) {
            for place in every_place(&name, DeviceId::from_random(random)) {
                prop_assert_eq!(Place::from_path(&place.path()), Some(place));
            }
        }

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
        for name in ["a1b2c3d4 ().ron", "a1b2c3d.ron", "A1b2c3d4.ron", "a1b2c3d4.txt", "a1b2c3d4-2.ron", "éééé.ron"]
        {
            assert_eq!(Part::of_name(name), Part::Foreign, "{name}");
        }
        for name in [".syncthing.a1b2c3d4.ron.tmp", "~syncthing~x.tmp", ".stfolder"] {
            assert_eq!(Part::of_name(name), Part::Passing, "{name}");
        }
    }
}
