//! The desk: all documents in memory, and the time. [`changes`] is the one way to change a document, which also saves
//! it; [`guarding`] is about spaces that are shut or deleted.

mod changes;
mod guarding;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Zoned;

use super::screen::player::live::Live;
use super::screen::session::Private;
use super::screen::therapists::Finding;
use crate::couple::{Each, Member, MemberCard, Word};
use crate::directory::{Index, Photos, Therapist, TherapistId};
use crate::exercise::Progress;
use crate::locale::Texts;
use crate::store::data::{Data, Space, Trouble};
use crate::store::settings::Person;
use crate::store::{Guard, Joined, Shelf, foreign};
use crate::watch::autostart::Autostart;
use crate::watch::own_exe;

/// The therapists as they were read beside the window.
#[derive(Debug)]
pub struct Read {
    data: Data,
    index: Index,
    troubles: Vec<Trouble>,
}

fn index_of(data: &Data) -> Index {
    Index::new(data.therapists.iter().map(|(id, joined)| (id, &joined.value)))
}

/// What tells the time: the system, or a fixed instant for pictures and tests.
#[derive(Debug, Clone)]
enum Time {
    System,
    Fixed(Zoned),
}

/// Where someone left an exercise, so that coming back in the same window leads to the very step, with its timer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Who.
    pub member: Member,
    /// Id of the exercise; its run knows the step and the caret.
    pub exercise: String,
    /// Id of the step.
    pub step: String,
    /// What ran there.
    pub live: Live,
}

/// A private page within another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behind {
    /// Of the session.
    Session(Private),
    /// What one needs of a therapist.
    Needs,
}

/// See the module's documentation.
#[derive(Debug)]
pub struct Desk {
    /// The exercise that was left last, if it was in the middle.
    pub left: Option<Left>,
    /// Who asked for a private page before the device was handed over, and for which: it opens behind the
    /// door, once.
    pub behind_door: Option<(Member, Behind)>,
    /// The documents. Read them freely; change them through the desk, so that they are saved.
    pub data: Data,
    /// The therapists are still being read, beside the window.
    pub reading: bool,
    /// The therapists, ready for searching. Kept in step by everything that changes one.
    pub index: Index,
    /// What was last looked for among the therapists; forgotten when the window closes.
    pub finding: Finding,
    shelf: Option<Arc<Shelf>>,
    /// The photos of a desk in memory.
    photos: Photos,
    root: PathBuf,
    time: Time,
    scratch: crate::store::Clock,
    /// How the spaces of a desk in memory are guarded.
    pretended: Each<Guard>,
    /// Where the shared folder of a desk in memory lies.
    pretended_shared: Option<PathBuf>,
    /// That it is not there.
    pretended_away: bool,
}

impl Desk {
    /// A desk on a real folder.
    #[must_use]
    pub fn new(shelf: Shelf, exercises: &[String], troubles: &mut Vec<Trouble>) -> Self {
        let data = Data::load(&shelf, exercises, troubles);
        Self::on(shelf, data, false)
    }

    /// The same for a window, which does not wait for many therapists: they are read once it is there
    /// ([`Desk::read_therapists`]).
    #[must_use]
    pub fn open(shelf: Shelf, exercises: &[String], troubles: &mut Vec<Trouble>) -> Self {
        if !shelf.has_many_therapists() {
            return Self::new(shelf, exercises, troubles);
        }
        let data = Data::load_but_therapists(&shelf, exercises, troubles);
        Self::on(shelf, data, true)
    }

    fn on(shelf: Shelf, data: Data, reading: bool) -> Self {
        let root = shelf.root().to_owned();
        let scratch = crate::store::Clock::new(shelf.device(), None);
        Self {
            left: None,
            behind_door: None,
            reading,
            index: index_of(&data),
            data,
            finding: Finding::default(),
            shelf: Some(Arc::new(shelf)),
            photos: Photos::new(),
            root,
            time: Time::System,
            scratch,
            pretended: Each::default(),
            pretended_shared: None,
            pretended_away: false,
        }
    }

    /// A desk that lives in memory only, at a fixed time: for pictures and tests.
    #[must_use]
    pub fn in_memory(data: Data, now: Zoned) -> Self {
        let scratch = crate::store::Clock::new(crate::store::DeviceId::NONE, None);
        Self {
            left: None,
            behind_door: None,
            reading: false,
            index: index_of(&data),
            data,
            finding: Finding::default(),
            shelf: None,
            photos: Photos::new(),
            root: PathBuf::from("~/.local/share/sameside"),
            time: Time::Fixed(now),
            scratch,
            pretended: Each::default(),
            pretended_shared: None,
            pretended_away: false,
        }
    }

    /// Whether what counts for a field of a record was written on this device.
    #[must_use]
    pub fn wrote_here<D: crate::fields::Document>(&self, record: &Joined<D>, field: &str) -> bool {
        let device = self.shelf.as_ref().map_or(crate::store::DeviceId::NONE, |shelf| shelf.device());
        record.registers().winner(field).is_some_and(|winner| winner.at.device() == device)
    }

    /// The time, in the system's zone.
    #[must_use]
    pub fn now(&self) -> Zoned {
        match &self.time {
            Time::System => Zoned::now(),
            Time::Fixed(now) => now.clone(),
        }
    }

    /// The system's language tag, such as `fr-CA`; none for a desk in memory, which is the same everywhere.
    #[must_use]
    pub fn system_tag(&self) -> Option<String> {
        self.shelf.as_ref().and_then(|_| sys_locale::get_locale())
    }

    /// Has everything that waits to be saved written at once, without waiting for it.
    pub fn hurry(&self) {
        if let Some(shelf) = &self.shelf {
            let _ = shelf.flush(Duration::ZERO);
        }
    }

    /// The data folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where a file of the user's own named `name` goes if nothing else is said. A desk in memory is the same everywhere.
    #[must_use]
    pub fn suggested_path(&self, name: &str) -> String {
        if self.shelf.is_none() { format!("~/{name}") } else { foreign::in_documents(name).display().to_string() }
    }

    /// The open store, unless this desk lives in memory only.
    #[must_use]
    pub fn shelf(&self) -> Option<&Arc<Shelf>> {
        self.shelf.as_ref()
    }

    /// The shared folder, if it lies outside the data folder.
    #[must_use]
    pub fn shared_at(&self) -> Option<PathBuf> {
        self.pretended_shared.clone().or_else(|| self.shelf.as_ref()?.shared_at())
    }

    /// The same, if it is not there now.
    #[must_use]
    pub fn shared_away(&self) -> Option<PathBuf> {
        if self.pretended_away { self.shared_at() } else { self.shelf.as_ref()?.shared_away() }
    }

    /// Says where the shared folder lies, for a picture of a desk in memory.
    pub fn pretend_shared(&mut self, folder: PathBuf) {
        self.pretended_shared = Some(folder);
    }

    /// Says that it is not there, for a picture.
    pub const fn pretend_shared_away(&mut self) {
        self.pretended_away = true;
    }

    /// Reads everything again, since the shared folder lies elsewhere or is there again. Many therapists are left to
    /// [`Desk::read_therapists`].
    pub fn read_again(&mut self, exercises: &[String], troubles: &mut Vec<Trouble>) {
        let Some(shelf) = self.shelf.clone() else { return };
        self.reading = shelf.has_many_therapists();
        self.data = Data::load_but_therapists(&shelf, exercises, troubles);
        if !self.reading {
            self.data.load_therapists(&shelf, troubles);
        }
        self.index = index_of(&self.data);
        (self.left, self.behind_door, self.finding) = (None, None, Finding::default());
    }

    /// What reads the therapists, to be run on another thread; `None` when they were read already.
    #[must_use]
    pub fn read_therapists(&self) -> Option<impl FnOnce() -> Read + Send + 'static> {
        let shelf = self.shelf.clone().filter(|_| self.reading)?;
        Some(move || {
            let (mut data, mut troubles) = (Data::default(), Vec::new());
            data.load_therapists(&shelf, &mut troubles);
            Read { index: index_of(&data), data, troubles }
        })
    }

    /// Takes in what was read; hands back what could not be.
    pub fn take_read(&mut self, read: Read) -> Vec<Trouble> {
        let Read { data, index, mut troubles } = read;
        let came_meanwhile = !self.data.therapists.is_empty();
        let count = data.imports.clone();
        if let Some(shelf) = self.shelf.clone() {
            self.data.take_read_therapists(data, &shelf, &mut troubles);
        }
        self.reading = false;
        self.index = index;
        if came_meanwhile || self.data.imports != count {
            self.take_up_therapists(None);
        }
        troubles
    }

    /// Brings the index in step with records that came or changed by another way than through the desk: one of them
    /// if it is named, else all.
    pub fn take_up_therapists(&mut self, id: Option<&TherapistId>) {
        match id.and_then(|id| Some((id, self.data.therapists.get(id)?))) {
            Some((id, joined)) if !self.index.is_worn() => self.index.set(id, &joined.value),
            _ => self.index = index_of(&self.data),
        }
    }

    /// How far whoever is here got in the exercise `id`, if they ever began it.
    #[must_use]
    pub fn progress(&self, id: &str) -> Option<&Progress> {
        self.space().progress.get(id)
    }

    /// Who is here.
    #[must_use]
    pub fn here(&self) -> Member {
        self.data.settings.here
    }

    /// Whether the reminder on this device is that of whoever is here, or nobody's yet.
    #[must_use]
    pub fn owns_plan(&self) -> bool {
        let plan = &self.data.plan;
        plan.owner == self.here() || (!plan.on && plan.week.is_empty() && plan.events.is_empty())
    }

    /// The word that binds the reminder: that of the partner of whoever set it.
    #[must_use]
    pub fn binding_word(&self) -> Word {
        let asked = if self.owns_plan() { self.here().other() } else { self.data.plan.owner.other() };
        self.card(asked).word
    }

    /// Whether the background process has something to wait for.
    #[must_use]
    pub fn reminds(&self) -> bool {
        let plan = &self.data.plan;
        plan.on && plan.safety_seen && !plan.week.is_empty()
    }

    /// Notices a clock that was set back; said when the plan was read.
    pub fn notice_clock(&mut self) {
        let now = self.now().timestamp();
        self.change_plan(|plan| {
            plan.notice_clock(now);
        });
    }

    /// What a member shows to the other.
    #[must_use]
    pub fn card(&self, member: Member) -> &MemberCard {
        &self.data.cards.of(member).value
    }

    /// The private space of whoever is here.
    #[must_use]
    pub fn space(&self) -> &Space {
        self.data.spaces.of(self.here())
    }

    /// The private settings of whoever is here.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.space().person
    }

    /// What to call a member: the name they gave, else "you" or "your partner".
    #[must_use]
    pub fn name(&self, member: Member, texts: &Texts) -> String {
        let name = self.card(member).name.trim();
        if !name.is_empty() {
            name.to_owned()
        } else if member == self.here() {
            texts.get("you")
        } else {
            texts.get("your-partner")
        }
    }

    /// The same at the start of a sentence.
    #[must_use]
    pub fn name_first(&self, member: Member, texts: &Texts) -> String {
        let name = self.name(member, texts);
        let mut letters = name.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// A therapist, deleted or not.
    #[must_use]
    pub fn therapist(&self, id: &TherapistId) -> Option<&Therapist> {
        self.data.therapists.get(id).map(|joined| &joined.value)
    }

    /// The file that starts the background reminder at login, and its text, for showing.
    #[must_use]
    pub fn login_file(&self) -> (String, String) {
        if self.shelf.is_none() {
            let autostart = Autostart::in_folder("~/.config/autostart");
            let entry = autostart.describe(Path::new("/usr/bin/sameside"), &self.root);
            return (entry.path.display().to_string(), entry.text);
        }
        let entry = Autostart::of_user().map(|autostart| autostart.describe(&own_exe(), &self.root));
        entry.map(|entry| (entry.path.display().to_string(), entry.text)).unwrap_or_default()
    }
}
