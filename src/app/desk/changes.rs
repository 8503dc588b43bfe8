//! The one way to change each document, which also saves it.

use super::Desk;
use crate::choice::apart::AnswerFile;
use crate::choice::{Marks, Round, SealFile, SessionPlan, Visit};
use crate::couple::{Each, Member, MemberCard};
use crate::directory::{Needs, Photo, Photos, Therapist, TherapistId};
use crate::exercise::{Hesitations, Invitation, Progress};
use crate::fields::Document;
use crate::moment::{Asking, Plan};
use crate::store::data::{after_record, answers_record, round_record, seal_record, therapist_record};
use crate::store::imports::{Batch, Batcher};
use crate::store::settings::{Pair, Person, Settings};
use crate::store::{Guard, Joined, Place, Record, SaveError, When, photos};

impl Desk {
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

    /// The photo of a therapist, as PNG, if it is there.
    #[must_use]
    pub fn photo(&self, id: &TherapistId) -> Option<Vec<u8>> {
        let name = &self.therapist(id)?.photo;
        match &self.shelf {
            Some(shelf) => shelf.load_photo(id, name),
            None => self.photos.get(name).cloned(),
        }
    }

    /// The photos of these therapists, by the names in their records.
    #[must_use]
    pub fn photos_of<'a>(&self, of: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>) -> Photos {
        self.shelf.as_ref().map_or_else(|| self.photos.clone(), |shelf| shelf.photos(of))
    }

    /// Keeps a photo of a therapist and shows it from now on; the one before stays until [`Desk::forget_photo`].
    ///
    /// # Errors
    /// [`SaveError`]; then everything is as it was.
    pub fn set_photo(&mut self, id: &TherapistId, photo: &Photo) -> Result<(), SaveError> {
        let name = match &self.shelf {
            Some(shelf) => shelf.save_photo(id, photo)?,
            None => {
                let name = photos::file_name(photo, self.scratch.device());
                self.photos.extend(photo.png().ok().map(|png| (name.clone(), png)));
                name
            }
        };
        self.change_therapist(id, |therapist| therapist.photo = name);
        Ok(())
    }

    /// Deletes a photo that is not shown any more, for good.
    pub fn forget_photo(&mut self, id: &TherapistId, name: &str) {
        let Some(joined) = self.data.therapists.get(id) else { return };
        let is_claimed = joined.conflicts.get("photo").is_some_and(|claims| !claims.is_empty());
        if name.is_empty() || joined.value.photo == name || is_claimed {
            return;
        }
        match &self.shelf {
            // If it cannot be removed it is a picture that nothing shows.
            Some(shelf) => drop(shelf.remove_photo(id, name)),
            None => drop(self.photos.remove(name)),
        }
    }

    /// Takes up many therapists that were added or changed at once and are on disk already.
    pub fn take_batch(&mut self, batch: Batch) {
        let Batch { imported, edits, photos } = batch;
        self.photos.extend(photos);
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
