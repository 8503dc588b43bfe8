//! The desk: all documents in memory, the time, and the one way to change a document, which also saves it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Zoned;

use super::screen::player::live::Live;
use super::screen::session::Private;
use super::screen::therapists::Finding;
use crate::choice::apart::AnswerFile;
use crate::choice::{Marks, Round, SealFile, SessionPlan, Visit};
use crate::couple::{Each, Member, MemberCard, Word};
use crate::directory::{Index, Needs, Therapist, TherapistId};
use crate::exercise::{Hesitations, Invitation, Progress};
use crate::fields::Document;
use crate::locale::Texts;
use crate::moment::{Asking, Plan};
use crate::store::data::{
    Data, Space, Trouble, after_record, answers_record, round_record, seal_record, therapist_record,
};
use crate::store::imports::{Batch, Batcher};
use crate::store::settings::{Pair, Person, Settings};
use crate::store::{Guard, Joined, Place, Record, Shelf, When};
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

/// See the module's documentation.
#[derive(Debug)]
pub struct Desk {
    /// The exercise that was left last, if it was in the middle.
    pub left: Option<Left>,
    /// Who asked for a private page of the session before the device was handed over, and for which: it opens behind the
    /// door, once.
    pub behind_door: Option<(Member, Private)>,
    /// The documents. Read them freely; change them through the desk, so that they are saved.
    pub data: Data,
    /// The therapists are still being read, beside the window.
    pub reading: bool,
    /// The therapists, ready for searching. Kept in step by everything that changes one.
    pub index: Index,
    /// What was last looked for among the therapists; forgotten when the window closes.
    pub finding: Finding,
    shelf: Option<Arc<Shelf>>,
    root: PathBuf,
    time: Time,
    scratch: crate::store::Clock,
    /// How the spaces of a desk in memory are guarded.
    pretended: Each<Guard>,
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
            root,
            time: Time::System,
            scratch,
            pretended: Each::default(),
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
            root: PathBuf::from("~/.local/share/sameside"),
            time: Time::Fixed(now),
            scratch,
            pretended: Each::default(),
        }
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

    /// The open store, unless this desk lives in memory only.
    #[must_use]
    pub fn shelf(&self) -> Option<&Arc<Shelf>> {
        self.shelf.as_ref()
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

    /// How the space of a member is guarded.
    #[must_use]
    pub fn guard(&self, member: Member) -> Guard {
        self.shelf.as_ref().map_or(*self.pretended.of(member), |shelf| shelf.guard(member))
    }

    /// Says how a space is guarded, for a picture of a desk in memory.
    pub fn pretend(&mut self, member: Member, guard: Guard) {
        *self.pretended.of_mut(member) = guard;
    }

    /// Whether any space on this device has a passphrase.
    #[must_use]
    pub fn has_passphrases(&self) -> bool {
        Member::BOTH.into_iter().any(|member| self.guard(member) != Guard::None)
    }

    /// Whether both use this device, as far as anybody said.
    #[must_use]
    pub fn is_shared(&self) -> bool {
        !self.data.settings.alone
    }

    /// Whether there is a recovery key for the space of a member.
    #[must_use]
    pub fn has_recovery(&self, member: Member) -> bool {
        self.shelf.as_ref().is_some_and(|shelf| shelf.has_recovery(member))
    }

    /// Deletes everything in the space of whoever is here, for good.
    ///
    /// # Errors
    /// What could not be deleted; the rest is gone.
    pub fn erase_own_space(&mut self) -> Result<(), crate::store::SaveError> {
        let here = self.here();
        self.left = None;
        *self.data.spaces.of_mut(here) = Space::default();
        let done = self.shelf.as_ref().map_or(Ok(()), |shelf| shelf.erase_space(here));
        self.data.join_asking();
        done
    }

    /// Deletes everything, for good. From then on nothing is kept.
    ///
    /// # Errors
    /// What could not be deleted; the rest is gone.
    pub fn erase_everything(&mut self) -> Result<(), crate::store::SaveError> {
        let done = self.shelf.take().map_or(Ok(()), |shelf| shelf.erase_everything().map(drop));
        let settings = Settings { language: self.data.settings.language, welcomed: true, ..Settings::default() };
        self.data = Data { settings, ..Data::default() };
        (self.left, self.finding) = (None, Finding::default());
        done
    }

    /// Saves and locks the space of whoever is here; nothing of it stays in memory.
    pub fn lock(&mut self) {
        let here = self.here();
        self.forget_left();
        if let Some(shelf) = &self.shelf {
            // What the disk did not take is kept sealed, and the store's own reports tell of it.
            let _ = shelf.lock(here);
        }
        *self.data.spaces.of_mut(here) = Space::default();
        self.data.join_asking();
    }

    /// Locks whatever is open of somebody who is not here.
    pub fn lock_others(&mut self) {
        let other = self.here().other();
        if self.guard(other) == Guard::Unlocked {
            if let Some(shelf) = &self.shelf {
                let _ = shelf.lock(other);
            }
            *self.data.spaces.of_mut(other) = Space::default();
            self.data.join_asking();
        }
    }

    /// Forgets where someone was in the middle of something, and what they looked for.
    pub fn forget_left(&mut self) {
        self.left = None;
        self.finding = Finding::default();
    }

    /// Reads the space of a member that was opened; `exercises` are the ids to look for.
    pub fn load_space(&mut self, member: Member, exercises: &[String], troubles: &mut Vec<Trouble>) {
        if let Some(shelf) = &self.shelf {
            *self.data.spaces.of_mut(member) = Space::load(shelf, member, exercises, troubles);
            self.data.join_asking();
        }
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

    fn save<D: Document>(&self, place: &Place, old: &D, new: &D, when: When) {
        if let Some(shelf) = &self.shelf
            && old != new
        {
            shelf.save(place, old, new, when);
        }
    }

    fn save_record<D: Document>(&mut self, record: Option<Record>, old: &Joined<D>, new: &D, when: When) -> Joined<D> {
        match (&self.shelf, record) {
            (Some(shelf), Some(record)) => shelf.save_record(&record, old, new, when),
            _ => {
                let now = self.now().timestamp();
                old.edited(new, &mut self.scratch, now)
            }
        }
    }

    /// Gives the couple's folder its name.
    pub fn change_pair(&mut self, new: Pair) {
        self.save(&Place::Pair, &self.data.pair, &new, When::Now);
        self.data.pair = new;
    }

    /// Changes this device's settings.
    pub fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let old = self.data.settings.clone();
        change(&mut self.data.settings);
        self.save(&Place::Settings, &old, &self.data.settings, When::Soon);
    }

    /// Changes the private settings of whoever is here.
    pub fn change_person(&mut self, change: impl FnOnce(&mut Person)) {
        let here = self.here();
        let old = self.person().clone();
        change(&mut self.data.spaces.of_mut(here).person);
        self.save(&Place::Person(here), &old, self.person(), When::Now);
    }

    /// Changes how far whoever is here got in the exercise `id`.
    pub fn change_progress(&mut self, id: &str, when: When, change: impl FnOnce(&mut Progress)) {
        let here = self.here();
        let Ok(slug) = id.parse() else { return };
        let progress = self.data.spaces.of_mut(here).progress.entry(id.to_owned()).or_insert_with(|| Progress::of(id));
        // The file of an exercise that was never begun holds nothing, not even its name.
        let old = if progress.runs.is_empty() { Progress::default() } else { progress.clone() };
        change(progress);
        let new = progress.clone();
        self.save(&Place::Progress(here, slug), &old, &new, when);
    }

    /// Changes the same by deleting: what was there goes for good, out of the backups too.
    pub fn purge_progress(&mut self, id: &str, change: impl FnOnce(&mut Progress)) {
        let here = self.here();
        if let (Some(shelf), Ok(slug)) = (&self.shelf, id.parse()) {
            // The store writes a file that was removed before as a whole, with no backup to begin with.
            let _ = shelf.remove(&Place::Progress(here, slug));
        }
        let Some(progress) = self.data.spaces.of_mut(here).progress.get_mut(id) else { return };
        change(progress);
        if progress.runs.is_empty() {
            self.data.spaces.of_mut(here).progress.remove(id);
            return;
        }
        if let (Some(shelf), Ok(slug)) = (&self.shelf, id.parse()) {
            shelf.save(&Place::Progress(here, slug), &Progress::default(), progress, When::Now);
        }
    }

    /// Changes the invitation of whoever is here.
    pub fn change_invitation(&mut self, when: When, change: impl FnOnce(&mut Invitation)) {
        let here = self.here();
        let old = self.space().invitation.clone();
        change(&mut self.data.spaces.of_mut(here).invitation);
        self.save(&Place::Invitation(here), &old, &self.space().invitation, when);
    }

    /// Changes what is in the way for whoever is here, or what they guess.
    pub fn change_hesitations(&mut self, when: When, change: impl FnOnce(&mut Hesitations)) {
        let here = self.here();
        let old = self.space().hesitations.clone();
        change(&mut self.data.spaces.of_mut(here).hesitations);
        self.save(&Place::Hesitations(here), &old, &self.space().hesitations, when);
    }

    /// Changes the marks of one person.
    pub fn change_marks(&mut self, member: Member, change: impl FnOnce(&mut Marks)) {
        let old = self.data.spaces.of(member).marks.clone();
        change(&mut self.data.spaces.of_mut(member).marks);
        self.save(&Place::Marks(member), &old, &self.data.spaces.of(member).marks, When::Now);
    }

    /// Changes what whoever is here needs of a therapist.
    pub fn change_needs(&mut self, change: impl FnOnce(&mut Needs)) {
        let here = self.here();
        let old = self.space().needs.clone();
        change(&mut self.data.spaces.of_mut(here).needs);
        self.save(&Place::Needs(here), &old, &self.space().needs, When::Soon);
    }

    /// Changes what whoever is here keeps to themselves about the session.
    pub fn change_visit(&mut self, when: When, change: impl FnOnce(&mut Visit)) {
        let here = self.here();
        let old = self.space().visit.clone();
        change(&mut self.data.spaces.of_mut(here).visit);
        self.save(&Place::Visit(here), &old, &self.space().visit, when);
    }

    /// Changes the quiet windows, or notes something about asking.
    pub fn change_plan(&mut self, change: impl FnOnce(&mut Plan)) {
        let (here, owns, now) = (self.here(), self.owns_plan(), self.now());
        let mut old = self.data.plan.clone();
        if owns {
            self.data.plan.owner = here;
            // Answers that lie in the open, from an older version or a hand, move into the space.
            old.events.retain(|event| !self.data.reminder.tells(event));
        }
        change(&mut self.data.plan);
        self.data.plan.follow_answers(&old, &now);
        if owns && !self.knows_asking() {
            // What is not seen now may hold longer.
            let plan = &mut self.data.plan;
            plan.quiet_until = plan.quiet_until.max(old.quiet_until);
            plan.ended |= old.ended;
        } else if owns && self.data.plan.events != old.events {
            let events = self.data.plan.events.clone();
            self.change_asking(|asking| asking.follow(&old.events, &events));
        }
        let mut disk = self.data.plan.without_asking(now.timestamp());
        if !owns || !self.knows_asking() {
            disk.events.extend(self.data.reminder.events.iter().filter(|event| self.data.reminder.tells(event)));
        }
        self.save(&Place::Reminder, &self.data.reminder, &disk, When::Now);
        self.data.reminder = disk;
    }

    /// Whether the space of whoever is here is open, so that what they noted about asking is known.
    fn knows_asking(&self) -> bool {
        self.shelf.as_ref().is_none_or(|shelf| shelf.guard(self.here()) != Guard::Locked)
    }

    /// Changes what whoever is here noted about asking: their notes with it. What happened is changed in the plan.
    pub fn change_asking(&mut self, change: impl FnOnce(&mut Asking)) {
        let here = self.here();
        let old = self.space().asking.clone();
        change(&mut self.data.spaces.of_mut(here).asking);
        self.save(&Place::Asking(here), &old, &self.space().asking, When::Soon);
    }

    /// Changes what a person shows to the other.
    pub fn change_card(&mut self, member: Member, change: impl FnOnce(&mut MemberCard)) {
        let old = self.data.cards.of(member).clone();
        let mut new = old.value.clone();
        change(&mut new);
        *self.data.cards.of_mut(member) = self.save_record(Some(Record::Member(member)), &old, &new, When::Soon);
    }

    /// Changes a therapist, or adds one.
    pub fn change_therapist(&mut self, id: &TherapistId, change: impl FnOnce(&mut Therapist)) {
        let old = self.data.therapists.get(id).cloned().unwrap_or_default();
        let mut new = old.value.clone();
        change(&mut new);
        let joined = self.save_record(therapist_record(id), &old, &new, When::Now);
        self.index.set(id, &joined.value);
        self.data.therapists.insert(id.clone(), joined);
    }

    /// Takes up many therapists that were added or changed at once and are on disk already.
    pub fn take_batch(&mut self, batch: Batch) {
        let Batch { imported, edits } = batch;
        self.scratch.see(imported.latest());
        edits.iter().filter_map(|(_, joined)| joined.latest()).for_each(|stamp| self.scratch.see(stamp));
        self.data.take_import(imported);
        self.data.therapists.extend(edits);
    }

    /// What writes many therapists at once, on any thread.
    #[must_use]
    pub fn batcher(&self) -> Batcher {
        let now = self.now().timestamp();
        Batcher { shelf: self.shelf.clone(), clock: self.scratch.clone(), now }
    }

    /// Keeps one of two answers that were given to the same field of a therapist at the same time: `text` is its RON.
    pub fn settle_therapist(&mut self, id: &TherapistId, field: &str, text: &str) {
        let Some(old) = self.data.therapists.get(id) else { return };
        let joined = match (&self.shelf, therapist_record(id)) {
            (Some(shelf), Some(record)) => shelf.settle_record(&record, old, field, text),
            _ => {
                let now = self.now().timestamp();
                old.settled(field, text, &mut self.scratch, now)
            }
        };
        self.index.set(id, &joined.value);
        self.data.therapists.insert(id.clone(), joined);
    }

    /// Changes whom the round is about.
    pub fn change_round(&mut self, change: impl FnOnce(&mut Round)) {
        let old = self.data.round.clone();
        let mut new = old.value.clone();
        change(&mut new);
        if new.round != old.value.round {
            self.data.seals = Each::default();
        }
        self.data.round = self.save_record(round_record(), &old, &new, When::Now);
    }

    /// Changes a person's seal in the round that is on.
    pub fn change_seal(&mut self, member: Member, change: impl FnOnce(&mut SealFile)) {
        let old = self.data.seals.of(member).clone();
        let mut new = old.value.clone();
        change(&mut new);
        let record = seal_record(self.data.round.value.round, member);
        *self.data.seals.of_mut(member) = self.save_record(record, &old, &new, When::Now);
    }

    /// Changes a person's seal on what they would like after the session.
    pub fn change_after_seal(&mut self, member: Member, change: impl FnOnce(&mut SealFile)) {
        let old = self.data.after_seals.of(member).clone();
        let mut new = old.value.clone();
        change(&mut new);
        let record = after_record(self.data.session.value.visit, member);
        *self.data.after_seals.of_mut(member) = self.save_record(record, &old, &new, When::Now);
    }

    /// What of a person's answers in an exercise lies in the shared folder; `None` while nothing does.
    #[must_use]
    pub fn answers(&self, exercise: &str, member: Member) -> Option<&AnswerFile> {
        self.data.answers.get(&(exercise.to_owned(), member)).map(|joined| &joined.value)
    }

    /// Changes that.
    pub fn change_answers(&mut self, exercise: &str, member: Member, change: impl FnOnce(&mut AnswerFile)) {
        let key = (exercise.to_owned(), member);
        let old = self.data.answers.get(&key).cloned().unwrap_or_default();
        let mut new = old.value.clone();
        change(&mut new);
        if new != old.value {
            let joined = self.save_record(answers_record(exercise, member), &old, &new, When::Now);
            self.data.answers.insert(key, joined);
        }
    }

    /// Changes the plan of the one session.
    pub fn change_session(&mut self, change: impl FnOnce(&mut SessionPlan)) {
        let old = self.data.session.clone();
        let mut new = old.value.clone();
        change(&mut new);
        if new.visit != old.value.visit {
            self.data.after_seals = Each::default();
        }
        self.data.session = self.save_record(Some(Record::Plan), &old, &new, When::Soon);
    }
}
