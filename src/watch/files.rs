//! The three files that the background reminder looks at, and the one that it writes.

use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::couple::{Member, MemberCard, Word};
use crate::fields::{Document, from_text};
use crate::locale::Language;
use crate::moment::{Plan, Spoken};
use crate::store::place::Part;
use crate::store::settings::Settings;
use crate::store::shelf::Device;
use crate::store::{Joined, OpenError, Opening, Place, Record, Role, Shelf};

/// Something could not be read. The reminder then stays quiet: what it cannot see may forbid it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The data folder is not there.
    #[error("the data folder is not there")]
    Gone,
    /// A file in it.
    #[error("{0}")]
    Faulty(String),
}

/// Something could not be written. The reminder then stays quiet, because it could not remember having spoken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unsaved(pub String);

/// The files, as the background reminder needs them.
pub trait Files {
    /// The plan, or none if there is no plan in a folder that is there.
    ///
    /// # Errors
    /// [`Unreadable`], also when the folder itself is missing.
    fn plan(&mut self) -> Result<Option<Plan>, Unreadable>;

    /// What was said; nothing if there is no such file yet.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn spoken(&mut self) -> Result<Spoken, Unreadable>;

    /// The word of `member`, as all devices together have it; of two given at the same time the stricter.
    ///
    /// # Errors
    /// [`Unreadable`].
    fn word(&mut self, member: Member) -> Result<Word, Unreadable>;

    /// The state of the files that the plan, what was said and the word of `member` come from: equal as long as nobody
    /// wrote to them. None if that cannot be told, and while the last change is so fresh that one more might not show.
    fn state(&self, member: Member) -> Option<u64>;

    /// The language of the notification.
    fn language(&mut self) -> Language;

    /// The folders in which a change may forbid the reminder: those of the plan and of the word of `member`.
    fn folders(&self, member: Member) -> Vec<PathBuf>;

    /// Writes what was said, whole or not at all.
    ///
    /// # Errors
    /// [`Unsaved`].
    fn remember(&mut self, spoken: &Spoken) -> Result<(), Unsaved>;
}

/// How long a save may take before the reminder gives up speaking.
const PATIENCE: Duration = Duration::from_secs(10);

/// The data folder, opened for the background reminder: it keeps a second one from starting.
pub struct DataFolder {
    root: PathBuf,
    /// None only for a moment, while it is opened again because the shared folder was moved.
    shelf: Option<Shelf>,
    shared: String,
    spoken: Spoken,
}

impl DataFolder {
    /// Opens `root`, which must be there.
    ///
    /// # Errors
    /// [`OpenError`], also when another reminder has it.
    pub fn open(root: &Path) -> Result<Self, OpenError> {
        // Nothing from outside needs to be noticed between two slices: the files are read again in each.
        let opening = Opening { look_out: false, ..Opening::new(Role::Watch) };
        let (shelf, _) = Shelf::open(root, opening)?;
        let shared = shelf.load::<Device>(&Place::Device).value.shared;
        Ok(Self { root: root.to_owned(), shelf: Some(shelf), shared, spoken: Spoken::default() })
    }

    fn shelf(&self) -> Result<&Shelf, Unreadable> {
        self.shelf.as_ref().ok_or(Unreadable::Gone)
    }

    /// A document without the least doubt about any of its fields.
    fn sound<D: Document>(&self, place: &Place) -> Result<Option<D>, Unreadable> {
        let loaded = self.shelf()?.load::<D>(place);
        match loaded.problems.first() {
            Some(problem) => Err(Unreadable::Faulty(problem.to_string())),
            None => Ok(loaded.found.then_some(loaded.value)),
        }
    }

    /// Opens it again if the shared folder was moved since.
    fn follow_shared(&mut self) -> Result<(), Unreadable> {
        if !self.root.join("private").is_dir() {
            return Err(Unreadable::Gone);
        }
        let shared = self.sound::<Device>(&Place::Device);
        if let Ok(Some(device)) = &shared
            && device.turning.is_some()
        {
            return Err(Unreadable::Faulty("the shared folder is just being taken up".to_owned()));
        }
        if self.shelf.is_none() || shared?.is_some_and(|device| device.shared != self.shared) {
            self.shelf = None;
            let root = self.root.clone();
            *self = Self::open(&root).map_err(|error| Unreadable::Faulty(error.to_string()))?;
        }
        Ok(())
    }
}

impl Files for DataFolder {
    fn plan(&mut self) -> Result<Option<Plan>, Unreadable> {
        self.follow_shared()?;
        self.sound(&Place::Reminder)
    }

    fn spoken(&mut self) -> Result<Spoken, Unreadable> {
        self.spoken = self.sound(&Place::Spoken)?.unwrap_or_default();
        Ok(self.spoken.clone())
    }

    fn word(&mut self, member: Member) -> Result<Word, Unreadable> {
        // A synced folder that is not mounted looks empty, and empty would read as no word.
        if let Some(away) = self.shelf()?.shared_away() {
            return Err(Unreadable::Faulty(format!("{}: the shared folder is not there", away.display())));
        }
        word_of(self.shelf()?, member)
    }

    fn state(&self, member: Member) -> Option<u64> {
        let shelf = self.shelf.as_ref()?;
        let card = shelf.path(&shelf.own(Record::Member(member)));
        let cards = card.parent()?;
        let mut state = State::default();
        [Place::Device, Place::Reminder, Place::Spoken].iter().try_for_each(|place| state.add(&shelf.path(place)))?;
        state.add(cards)?;
        // One that is not mounted looks like one without a card.
        Path::new(&self.shared).is_dir().hash(&mut state.hash);
        if let Ok(entries) = std::fs::read_dir(cards) {
            for entry in entries {
                state.add(&entry.ok()?.path())?;
            }
        }
        Some(state.hash.finish())
    }

    fn language(&mut self) -> Language {
        let settings = self.shelf().map(|shelf| shelf.load::<Settings>(&Place::Settings).value);
        settings.ok().and_then(|settings| settings.language).unwrap_or_else(Language::of_system)
    }

    fn folders(&self, member: Member) -> Vec<PathBuf> {
        let Ok(shelf) = self.shelf() else { return Vec::new() };
        let places = [Place::Reminder, shelf.own(Record::Member(member))];
        places.iter().filter_map(|place| shelf.path(place).parent().map(Path::to_owned)).collect()
    }

    fn remember(&mut self, spoken: &Spoken) -> Result<(), Unsaved> {
        let shelf = self.shelf().map_err(|error| Unsaved(error.to_string()))?;
        shelf.save(&Place::Spoken, &self.spoken, spoken, crate::store::When::Now);
        if !shelf.flush(PATIENCE) || shelf.unsaved_places().contains(&Place::Spoken) {
            return Err(Unsaved(format!("{}: cannot be written", shelf.path(&Place::Spoken).display())));
        }
        self.spoken = spoken.clone();
        Ok(())
    }
}

/// A change so fresh may be followed by one with the same time stamp: file systems count in up to two seconds (FAT).
const FRESH: Duration = Duration::from_secs(3);

/// What tells one state of some files from another.
#[derive(Default)]
struct State {
    hash: rustc_hash::FxHasher,
}

impl State {
    /// Adds the file or folder at `path`, which may be missing. None if it cannot be seen or was changed just now.
    fn add(&mut self, path: &Path) -> Option<()> {
        path.hash(&mut self.hash);
        let known = match std::fs::metadata(path) {
            Ok(known) => known,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Some(()),
            Err(_) => return None,
        };
        let changed = known.modified().ok()?;
        // A time in the future cannot be told from a fresh one.
        if changed.elapsed().ok()? < FRESH {
            return None;
        }
        (known.len(), changed).hash(&mut self.hash);
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            (known.dev(), known.ino(), known.ctime(), known.ctime_nsec()).hash(&mut self.hash);
        }
        Some(())
    }
}

/// The word of `member` as the reminder must take it: as all devices together have it, and of two given at the same
/// time the stricter.
///
/// # Errors
/// [`Unreadable`] if one of the files leaves a doubt.
pub fn word_of(shelf: &Shelf, member: Member) -> Result<Word, Unreadable> {
    let (card, problems) = shelf.load_record::<MemberCard>(&Record::Member(member));
    // Strange files and copies that a sync program made are reported as well; they leave no doubt about the word.
    let doubt = problems.iter().find(|problem| {
        let name = problem.path.file_name().unwrap_or_default().to_string_lossy();
        matches!(Part::of_name(&name), Part::Of(_))
    });
    match doubt {
        Some(problem) => Err(Unreadable::Faulty(problem.to_string())),
        None => Ok(strictest(&card)),
    }
}

/// The word on a card; of several that two devices gave at the same time the one that binds most.
fn strictest(card: &Joined<MemberCard>) -> Word {
    let claims = card.conflicts.get("word").into_iter().flatten();
    let words = claims.filter_map(|claim| from_text::<Word>("word", &claim.text).ok());
    words
        .chain([card.value.word])
        .max_by_key(|word| match word {
            Word::Open => (0, None),
            Word::NotUntil(date) => (1, Some(*date)),
            Word::Never => (2, None),
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::When;
    use jiff::civil::date;

    fn window(root: &Path) -> Shelf {
        Shelf::open(root, Opening { look_out: false, ..Opening::new(Role::Window) }).unwrap().0
    }

    #[test]
    fn the_window_writes_and_the_reminder_reads() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path());
        let mut files = DataFolder::open(folder.path()).unwrap();
        assert_eq!(files.plan(), Ok(None));
        assert_eq!(files.word(Member::Two), Ok(Word::Open));
        let plan = Plan { on: true, ..Plan::default() };
        window.save(&Place::Reminder, &Plan::default(), &plan, When::Now);
        let record = Record::Member(Member::Two);
        let (card, _) = window.load_record::<MemberCard>(&record);
        let word = Word::NotUntil(date(2030, 1, 1));
        let _ = window.save_record(&record, &card, &MemberCard { word, ..MemberCard::default() }, When::Now);
        assert!(window.flush(PATIENCE));
        assert_eq!(files.plan(), Ok(Some(plan)));
        assert_eq!((files.word(Member::Two), files.word(Member::One)), (Ok(word), Ok(Word::Open)));
    }

    #[test]
    fn the_state_tells_every_change_and_nothing_while_it_is_fresh() {
        let folder = tempfile::tempdir().unwrap();
        let window = window(folder.path());
        window.save(&Place::Reminder, &Plan::default(), &Plan { on: true, ..Plan::default() }, When::Now);
        let record = Record::Member(Member::Two);
        let (card, _) = window.load_record::<MemberCard>(&record);
        let value = MemberCard { word: Word::Never, ..MemberCard::default() };
        let _ = window.save_record(&record, &card, &value, When::Now);
        assert!(window.flush(PATIENCE));
        let files = DataFolder::open(folder.path()).unwrap();
        assert_eq!(files.state(Member::Two), None, "just written");
        let cards = cards_folder(folder.path());
        let age = |path: &Path, seconds: u64| {
            let time = std::time::SystemTime::now() - Duration::from_secs(seconds);
            std::fs::File::open(path).unwrap().set_modified(time).unwrap();
        };
        let all = || {
            let cards: Vec<_> = std::fs::read_dir(&cards).unwrap().map(|entry| entry.unwrap().path()).collect();
            let private = ["device.ron", "reminder.ron"].map(|name| folder.path().join("private").join(name));
            cards.into_iter().chain(private).chain([cards_folder(folder.path())])
        };
        all().for_each(|path| age(&path, 60));
        let before = files.state(Member::Two).unwrap();
        assert_eq!(files.state(Member::Two), Some(before));
        age(&folder.path().join("private/reminder.ron"), 50);
        let edited = files.state(Member::Two).unwrap();
        assert_ne!(edited, before);
        // A copy from another device.
        std::fs::write(cards.join("zzzz9999.ron"), "(").unwrap();
        all().for_each(|path| age(&path, 60));
        assert_ne!(files.state(Member::Two), Some(edited));
        std::fs::remove_dir_all(&cards).unwrap();
        assert_ne!(files.state(Member::Two), Some(before));
    }

    fn cards_folder(root: &Path) -> PathBuf {
        root.join("shared/members/two")
    }

    #[test]
    fn what_was_said_outlives_the_process_and_a_second_one_is_turned_away() {
        let folder = tempfile::tempdir().unwrap();
        let mut spoken = Spoken::default();
        spoken.speak(jiff::Timestamp::UNIX_EPOCH);
        let mut files = DataFolder::open(folder.path()).unwrap();
        assert!(matches!(DataFolder::open(folder.path()), Err(OpenError::Lock(_))));
        assert_eq!(files.spoken(), Ok(Spoken::default()));
        files.remember(&spoken).unwrap();
        drop(files);
        let mut files = DataFolder::open(folder.path()).unwrap();
        assert_eq!(files.spoken(), Ok(spoken.clone()));
        spoken.answer_not_now(jiff::Timestamp::UNIX_EPOCH);
        files.remember(&spoken).unwrap();
        assert_eq!(files.spoken(), Ok(spoken));
    }

    #[test]
    fn doubt_is_told_and_never_read_as_a_free_hand() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = DataFolder::open(folder.path()).unwrap();
        std::fs::write(folder.path().join("private/reminder.ron"), "(schema: 1, kind: \"reminder\", fields: {")
            .unwrap();
        assert!(matches!(files.plan(), Err(Unreadable::Faulty(_))));
        let cards = folder.path().join("shared/members/two");
        std::fs::create_dir_all(&cards).unwrap();
        std::fs::write(cards.join("abcd1234.ron"), "(schema: 1,").unwrap();
        assert!(matches!(files.word(Member::Two), Err(Unreadable::Faulty(_))));
        std::fs::remove_dir_all(folder.path().join("private")).unwrap();
        assert_eq!(files.plan(), Err(Unreadable::Gone));
    }

    #[test]
    fn a_shared_folder_that_is_away_keeps_it_quiet() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = DataFolder::open(folder.path()).unwrap();
        let window = window(folder.path());
        let device = window.load::<Device>(&Place::Device).value;
        let moved = Device { shared: folder.path().join("stick").to_string_lossy().into_owned(), ..device.clone() };
        window.save(&Place::Device, &device, &moved, When::Now);
        assert!(window.flush(PATIENCE));
        files.plan().unwrap();
        assert!(matches!(files.word(Member::Two), Err(Unreadable::Faulty(_))));
    }

    #[test]
    fn it_goes_along_when_the_shared_folder_is_moved_in_the_window() {
        let (folder, sync) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let mut files = DataFolder::open(folder.path()).unwrap();
        let window = window(folder.path());
        window.share(sync.path(), None).unwrap();
        let record = Record::Member(Member::Two);
        let (card, _) = window.load_record::<MemberCard>(&record);
        let never = MemberCard { word: Word::Never, ..MemberCard::default() };
        let _ = window.save_record(&record, &card, &never, When::Now);
        assert!(window.flush(PATIENCE));
        files.plan().unwrap();
        assert_eq!(files.word(Member::Two), Ok(Word::Never));
        assert!(files.folders(Member::Two).iter().any(|watched| watched.starts_with(sync.path())));
        // An empty folder in its place is none: a "no" that lies elsewhere still binds.
        std::fs::remove_file(sync.path().join("pair.ron")).unwrap();
        std::fs::remove_dir_all(sync.path().join("members")).unwrap();
        assert!(matches!(files.word(Member::Two), Err(Unreadable::Faulty(_))));
    }
}
