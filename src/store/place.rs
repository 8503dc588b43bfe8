//! Every file by its meaning, so that no other module ever puts a path together.

use std::path::{Component, Path, PathBuf};

use super::clock::Stamp;
use super::name::photo_of_name;
pub use super::name::{BadSlug, DeviceId, Part, Slug, is_passing};
pub(super) use super::name::{COPIED, FOREIGN, OTHER_DEVICE, OTHER_ID};
use crate::couple::Member;

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
    /// One person's sealed answers in one exercise of which both answer a question apart: named
    /// `<exercise>-<one or two>`.
    Answers(Slug),
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
    /// [`Record::Answers`].
    Answers,
}

impl RecordKind {
    /// All of them, in file order.
    pub const ALL: [Self; 4] = [Self::Member, Self::Therapist, Self::Marks, Self::Answers];

    /// The folder that holds the folders of these records, relative to the data folder.
    #[must_use]
    pub fn folder(self) -> PathBuf {
        Path::new(SHARED).join(match self {
            Self::Member => "members",
            Self::Therapist => "therapists",
            Self::Marks => "marks",
            Self::Answers => "answers",
        })
    }

    /// The record of this kind whose folder has this name.
    #[must_use]
    pub fn record(self, name: &str) -> Option<Record> {
        Some(match self {
            Self::Member => Record::Member(member(name)?),
            Self::Therapist => Record::Therapist(name.parse().ok()?),
            Self::Marks => Record::Marks(name.parse().ok()?),
            Self::Answers => Record::Answers(name.parse().ok()?),
        })
    }
}

impl Record {
    /// The id written at the head of the record's files; equal to its folder's name.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Member(member) => member.slug(),
            Self::Therapist(id) | Self::Marks(id) | Self::Answers(id) => id.as_str(),
            Self::Plan => "plan",
        }
    }

    /// Whether it tells what one person decided: their word, their seals, their answers. Its stamps name the day only, so
    /// that a file in the shared folder does not tell the other at what time somebody answered.
    #[must_use]
    pub fn is_of_a_person(&self) -> bool {
        match self {
            Self::Member(_) | Self::Answers(_) => true,
            // The list of the round is the couple's; each seal is one person's.
            Self::Marks(id) => id.as_str() != "round",
            Self::Therapist(_) | Self::Plan => false,
        }
    }

    /// The folder with one file for each device, relative to the data folder.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        let kind = match self {
            Self::Member(_) => RecordKind::Member,
            Self::Therapist(_) => RecordKind::Therapist,
            Self::Marks(_) => RecordKind::Marks,
            Self::Answers(_) => RecordKind::Answers,
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
    /// What is in a person's way, and what they guess of the other.
    Hesitations(Member),
    /// A person's marks that are not yet revealed.
    Marks(Member),
    /// How asking went, as that person noted it.
    Asking(Member),
    /// A person's own private settings.
    Person(Member),
    /// What a person needs of a therapist.
    Needs(Member),
    /// What a person keeps to themselves about the session.
    Visit(Member),
    /// Who the two are: written once.
    Pair,
    /// One device's part of a shared record.
    Shared(Record, DeviceId),
    /// Many therapists that were added at once.
    Import(Stamp),
    /// A photo of the therapist of this id: the picture's own name, and the device that wrote it. Never changed.
    Photo(Slug, Slug),
}

impl Place {
    /// The file that tells a shared folder, in it.
    pub(super) const PAIR_FILE: &str = "pair.ron";
}

/// Folder of everything that never leaves the device.
pub(super) const PRIVATE: &str = "private";
/// Folder of everything that both devices may see.
pub(super) const SHARED: &str = "shared";

/// Folder of the imports, in the shared one.
pub(super) const IMPORTS: &str = "imports";

impl Place {
    /// Where the file lies, relative to the data folder.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        let private = Path::new(PRIVATE);
        let space = |member: &Member| space_folder(*member);
        match self {
            Self::Device => private.join("device.ron"),
            Self::Settings => private.join("settings.ron"),
            Self::Reminder => private.join("reminder.ron"),
            Self::Spoken => private.join("spoken.ron"),
            Self::Progress(member, exercise) => space(member).join("progress").join(format!("{exercise}.ron")),
            Self::Invitation(member) => space(member).join("invitation.ron"),
            Self::Hesitations(member) => space(member).join("hesitations.ron"),
            Self::Marks(member) => space(member).join("marks.ron"),
            Self::Asking(member) => space(member).join("asking.ron"),
            Self::Person(member) => space(member).join("person.ron"),
            Self::Needs(member) => space(member).join("needs.ron"),
            Self::Visit(member) => space(member).join("visit.ron"),
            Self::Pair => Path::new(SHARED).join("pair.ron"),
            Self::Shared(record, device) => record.folder().join(format!("{device}.ron")),
            Self::Import(stamp) => Path::new(SHARED).join(IMPORTS).join(format!("{stamp}.ron")),
            Self::Photo(id, name) => RecordKind::Therapist.folder().join(id.as_str()).join(format!("{name}.png")),
        }
    }

    /// How the file is kept.
    #[must_use]
    pub const fn keeping(&self) -> Keeping {
        match self {
            Self::Shared(..) => Keeping::Joined,
            Self::Pair | Self::Import(_) | Self::Photo(..) => Keeping::Once,
            _ => Keeping::Private,
        }
    }

    /// Whose space it lies in, if it lies in one.
    #[must_use]
    pub const fn space(&self) -> Option<Member> {
        match self {
            Self::Progress(member, _)
            | Self::Invitation(member)
            | Self::Marks(member)
            | Self::Asking(member)
            | Self::Hesitations(member)
            | Self::Person(member)
            | Self::Needs(member)
            | Self::Visit(member) => Some(*member),
            Self::Device
            | Self::Settings
            | Self::Reminder
            | Self::Spoken
            | Self::Pair
            | Self::Import(_)
            | Self::Photo(..)
            | Self::Shared(..) => None,
        }
    }

    /// The path inside its space, with `/` between the parts on every system; the whole path of anything else.
    #[must_use]
    pub(super) fn inner(&self) -> String {
        let path = self.path();
        let inner = self.space().and_then(|member| path.strip_prefix(space_folder(member)).ok()).unwrap_or(&path);
        let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
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
                    "hesitations.ron" => Self::Hesitations(member),
                    "marks.ron" => Self::Marks(member),
                    "asking.ron" => Self::Asking(member),
                    "person.ron" => Self::Person(member),
                    "needs.ron" => Self::Needs(member),
                    "visit.ron" => Self::Visit(member),
                    _ => return None,
                }
            }
            [PRIVATE, "spaces", who, "progress", file] => Self::Progress(member(who)?, stem(file)?.parse().ok()?),
            [SHARED, "pair.ron"] => Self::Pair,
            [SHARED, IMPORTS, file] => Self::Import(stem(file)?.parse().ok()?),
            [SHARED, "therapists", id, file] if photo_of_name(file).is_some() => {
                Self::Photo(id.parse().ok()?, photo_of_name(file)?.0.parse().ok()?)
            }
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
            [SHARED, "answers", name] => RecordKind::Answers.record(name),
            _ => None,
        }
    }
}

/// The folder of one person's space, relative to the data folder.
pub(super) fn space_folder(member: Member) -> PathBuf {
    Path::new(PRIVATE).join("spaces").join(member.slug())
}

/// Whose space a path lies in, be it in use or in a backup.
pub(super) fn space_of(path: &Path) -> Option<Member> {
    let mut parts = path.iter().filter_map(|part| part.to_str()).skip_while(|part| *part != "spaces").skip(1);
    member(parts.next()?)
}

/// Whether this is the folder of a space that was set aside because its passphrase was forgotten: `one-2027-01-05`.
pub(super) fn is_set_aside(folder: &Path) -> bool {
    match parts(folder).as_deref() {
        Some([PRIVATE, "spaces", name]) => {
            name.split_once('-').is_some_and(|(who, day)| member(who).is_some() && day.starts_with("20"))
        }
        _ => false,
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
                Place::Needs(member),
                Place::Visit(member),
                Place::Hesitations(member),
                Place::Shared(Record::Member(member), device),
            ]);
        }
        let records =
            [Record::Therapist(slug.clone()), Record::Marks(slug.clone()), Record::Answers(slug), Record::Plan];
        places.push(Place::Import(format!("0199c2f4a3b1-0003-{device}").parse().unwrap()));
        places.push(Place::Photo(name.parse().unwrap(), format!("0123456789abcdef-{device}").parse().unwrap()));
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
    }
}
