//! All documents together, as the window holds them in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;

use jiff::civil::Date;

use super::clock::Stamp;
use super::document::Problem;
use super::imports::Imported;
use super::place::{Place, Record, RecordKind, Slug};
use super::queue::SaveError;
use super::record::{Joined, Register, Registers};
use super::settings::{Pair, Person, Settings};
use super::shelf::{Device, Guard, Loaded, Shelf};
use crate::choice::apart::AnswerFile;
use crate::choice::{Marks, Round, SealFile, SessionPlan, Visit};
use crate::couple::{Each, Member, MemberCard};
use crate::directory::{Needs, Therapist, TherapistId};
use crate::exercise::{Hesitations, Invitation, Progress};
use crate::fields::{BadField, Document, Values};
use crate::moment::{Asking, Plan, Spoken};

/// One person's private space.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Space {
    /// Where they stand.
    pub person: Person,
    /// Their progress, by exercise id.
    pub progress: BTreeMap<String, Progress>,
    /// Their draft of the invitation.
    pub invitation: Invitation,
    /// What is in the way.
    pub hesitations: Hesitations,
    /// Their marks for the round that is on.
    pub marks: Marks,
    /// What they need of a therapist.
    pub needs: Needs,
    /// What they keep to themselves about the session.
    pub visit: Visit,
    /// What they noted about asking.
    pub asking: Asking,
}

/// Everything.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// This device's settings.
    pub settings: Settings,
    /// The couple's folder.
    pub pair: Pair,
    /// What each shows to the other.
    pub cards: Each<Joined<MemberCard>>,
    /// What each keeps for themselves.
    pub spaces: Each<Space>,
    /// Quiet windows, and what was noted about asking by whoever asks.
    pub plan: Plan,
    /// The plan as it lies on disk, where the background process reads it: without how the asking went.
    pub reminder: Plan,
    /// What the background reminder said.
    pub spoken: Spoken,
    /// The therapists, deleted ones too.
    pub therapists: BTreeMap<TherapistId, Joined<Therapist>>,
    /// The imports that were read, and whether each is on the list.
    pub imports: Imports,
    /// Whom the round is about, and who has the last word.
    pub round: Joined<Round>,
    /// The seals of the round, one for each person.
    pub seals: Each<Joined<SealFile>>,
    /// Sealed answers, by exercise and person.
    pub answers: BTreeMap<(String, Member), Joined<AnswerFile>>,
    /// The one session.
    pub session: Joined<SessionPlan>,
    /// The seals on what each would like after the session.
    pub after_seals: Each<Joined<SealFile>>,
}

/// Which imports are in [`Data::therapists`].
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Imports {
    read: BTreeSet<Stamp>,
    /// By import: the latest word on whether it was taken off the list.
    withdrawn: BTreeMap<Stamp, (Stamp, bool)>,
}

/// A file that could not be read, and what there is instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// Which file, if it is one that Sameside knows.
    pub place: Option<Place>,
    /// Where and what.
    pub problem: Problem,
    /// The day of the newest good copy, if there is one.
    pub backup: Option<Date>,
}

/// The record that holds the round that is on: whom it is about and who has the last word.
///
/// It lies beside the seals because the two belong together: `shared/marks/round/`.
#[must_use]
pub fn round_record() -> Option<Record> {
    "round".parse().ok().map(Record::Marks)
}

/// The record of one person's seal in a round: `shared/marks/round-3-one/`.
#[must_use]
pub fn seal_record(round: u32, member: Member) -> Option<Record> {
    format!("round-{round}-{member}").parse().ok().map(Record::Marks)
}

/// The record of one person's seal on what they would like after a session: `shared/marks/after-1-one/`.
#[must_use]
pub fn after_record(visit: u32, member: Member) -> Option<Record> {
    format!("after-{visit}-{member}").parse().ok().map(Record::Marks)
}

/// The record of one person's sealed answers in an exercise: `shared/answers/<exercise>-one/`.
#[must_use]
pub fn answers_record(exercise: &str, member: Member) -> Option<Record> {
    format!("{exercise}-{member}").parse().ok().map(Record::Answers)
}

/// The exercise and the person that a record of sealed answers belongs to.
fn answers_of(slug: &Slug) -> Option<(String, Member)> {
    let (exercise, who) = slug.as_str().rsplit_once('-')?;
    let member = Member::BOTH.into_iter().find(|member| member.slug() == who)?;
    Some((exercise.to_owned(), member))
}

/// The record of a therapist.
#[must_use]
pub fn therapist_record(id: &TherapistId) -> Option<Record> {
    id.as_str().parse().ok().map(Record::Therapist)
}

fn take<D: Document>(shelf: &Shelf, place: &Place, troubles: &mut Vec<Trouble>) -> D {
    let Loaded { value, problems, backup, .. } = shelf.load::<D>(place);
    let place = Some(place.clone());
    troubles.extend(problems.into_iter().map(|problem| Trouble { place: place.clone(), problem, backup }));
    value
}

fn take_record<D: Document>(shelf: &Shelf, record: Option<&Record>, troubles: &mut Vec<Trouble>) -> Joined<D> {
    let Some(record) = record else { return Joined::default() };
    let (joined, problems) = shelf.load_record::<D>(record);
    troubles.extend(problems.into_iter().map(|problem| Trouble { place: None, problem, backup: None }));
    joined
}

impl Data {
    /// Reads everything. `exercises` are the ids to look for in each person's space.
    pub fn load(shelf: &Shelf, exercises: &[String], troubles: &mut Vec<Trouble>) -> Self {
        let mut data = Self::load_but_therapists(shelf, exercises, troubles);
        data.load_therapists(shelf, troubles);
        data
    }

    /// Reads everything but the therapists, of whom there may be many.
    pub fn load_but_therapists(shelf: &Shelf, exercises: &[String], troubles: &mut Vec<Trouble>) -> Self {
        let mut data = Self {
            settings: take(shelf, &Place::Settings, troubles),
            pair: take(shelf, &Place::Pair, troubles),
            reminder: take(shelf, &Place::Reminder, troubles),
            spoken: take(shelf, &Place::Spoken, troubles),
            ..Self::default()
        };
        data.load_session(shelf, troubles);
        for member in Member::BOTH {
            *data.cards.of_mut(member) = take_record(shelf, Some(&Record::Member(member)), troubles);
            *data.spaces.of_mut(member) = Space::load(shelf, member, exercises, troubles);
        }
        data.join_asking();
        for record in shelf.list_records(RecordKind::Answers) {
            data.load_answers(shelf, &record, troubles);
        }
        data.load_round(shelf, troubles);
        data
    }

    /// Reads the therapists, on all cores.
    pub fn load_therapists(&mut self, shelf: &Shelf, troubles: &mut Vec<Trouble>) {
        self.load_imports(shelf, troubles);
        let records = shelf.list_records(RecordKind::Therapist);
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        // A thread is worth its start from some hundred files on.
        let chunk = records.len().div_ceil(cores).max(200);
        let read: Vec<_> = std::thread::scope(|scope| {
            let read = |records: &[Record]| {
                let mut troubles = Vec::new();
                let read = |record: &Record| take_record::<Therapist>(shelf, Some(record), &mut troubles);
                let read: Vec<_> = records.iter().map(read).collect();
                (read, troubles)
            };
            let threads: Vec<_> = records.chunks(chunk).map(|records| scope.spawn(move || read(records))).collect();
            // A thread that panicked has ended the process already.
            threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
        });
        let mut records = records.iter();
        for (read, trouble) in read {
            troubles.extend(trouble);
            for loaded in read {
                if let Some(record) = records.next() {
                    self.take_therapist(record, loaded);
                }
            }
        }
    }

    /// Takes in therapists that were read beside the window. What was written meanwhile is read again on top.
    pub fn take_read_therapists(&mut self, read: Self, shelf: &Shelf, troubles: &mut Vec<Trouble>) {
        let meanwhile = std::mem::replace(&mut self.therapists, read.therapists);
        self.imports = read.imports;
        self.load_imports(shelf, troubles);
        for id in meanwhile.keys() {
            if let Some(record) = therapist_record(id) {
                self.load_therapist(shelf, &record, troubles);
            }
        }
    }

    /// Brings the plan together with what its owner noted about asking: whenever either was read from disk. While the
    /// owner's space is locked there are no notes, and the plan alone tells when to be quiet.
    pub fn join_asking(&mut self) {
        self.plan = self.reminder.with_asking(&self.spaces.of(self.reminder.owner).asking);
    }

    fn load_answers(&mut self, shelf: &Shelf, record: &Record, troubles: &mut Vec<Trouble>) {
        if let Record::Answers(slug) = record
            && let Some(key) = answers_of(slug)
        {
            self.answers.insert(key, take_record(shelf, Some(record), troubles));
        }
    }

    /// Reads the round that is on: its shortlist and the seals.
    pub fn load_round(&mut self, shelf: &Shelf, troubles: &mut Vec<Trouble>) {
        self.round = take_record(shelf, round_record().as_ref(), troubles);
        for member in Member::BOTH {
            let record = seal_record(self.round.value.round, member);
            *self.seals.of_mut(member) = take_record(shelf, record.as_ref(), troubles);
        }
    }

    fn load_session(&mut self, shelf: &Shelf, troubles: &mut Vec<Trouble>) {
        self.session = take_record(shelf, Some(&Record::Plan), troubles);
        for member in Member::BOTH {
            let record = after_record(self.session.value.visit, member);
            *self.after_seals.of_mut(member) = take_record(shelf, record.as_ref(), troubles);
        }
    }

    /// Reads again what changed on disk behind our back.
    pub fn reload(&mut self, shelf: &Shelf, place: &Place, troubles: &mut Vec<Trouble>) {
        if place.space().is_some_and(|member| shelf.guard(member) == Guard::Locked) {
            return;
        }
        match place {
            Place::Settings => self.settings = take(shelf, place, troubles),
            Place::Pair => self.pair = take(shelf, place, troubles),
            Place::Reminder => {
                self.reminder = take(shelf, place, troubles);
                self.join_asking();
            }
            Place::Asking(member) => {
                self.spaces.of_mut(*member).asking = take(shelf, place, troubles);
                self.join_asking();
            }
            Place::Spoken => self.spoken = take(shelf, place, troubles),
            Place::Person(member) => self.spaces.of_mut(*member).person = take(shelf, place, troubles),
            Place::Invitation(member) => self.spaces.of_mut(*member).invitation = take(shelf, place, troubles),
            Place::Hesitations(member) => self.spaces.of_mut(*member).hesitations = take(shelf, place, troubles),
            Place::Marks(member) => self.spaces.of_mut(*member).marks = take(shelf, place, troubles),
            Place::Needs(member) => self.spaces.of_mut(*member).needs = take(shelf, place, troubles),
            Place::Visit(member) => self.spaces.of_mut(*member).visit = take(shelf, place, troubles),
            Place::Progress(member, exercise) => {
                let progress = take(shelf, place, troubles);
                self.spaces.of_mut(*member).progress.insert(exercise.as_str().to_owned(), progress);
            }
            Place::Shared(record, _) => match record {
                Record::Member(member) => *self.cards.of_mut(*member) = take_record(shelf, Some(record), troubles),
                Record::Therapist(_) => self.load_therapist(shelf, record, troubles),
                Record::Marks(_) => {
                    self.load_round(shelf, troubles);
                    self.load_session(shelf, troubles);
                }
                Record::Answers(_) => self.load_answers(shelf, record, troubles),
                Record::Plan => self.load_session(shelf, troubles),
            },
            Place::Import(_) => self.load_imports(shelf, troubles),
            // A page reads a photo when it shows one.
            Place::Device | Place::Photo(..) => {}
        }
    }

    /// Reads one therapist's files, and joins them with what is known already.
    fn load_therapist(&mut self, shelf: &Shelf, record: &Record, troubles: &mut Vec<Trouble>) {
        let loaded: Joined<Therapist> = take_record(shelf, Some(record), troubles);
        self.take_therapist(record, loaded);
    }

    fn take_therapist(&mut self, record: &Record, loaded: Joined<Therapist>) {
        let Ok(id) = TherapistId::new(record.id()) else { return };
        if loaded.latest().is_none() && !self.therapists.contains_key(&id) {
            // A photo that came before the record it belongs to, or files that say nothing.
            return;
        }
        let known = self.therapists.remove(&id).filter(|known| known.imported().is_some());
        let joined = match known {
            Some(known) => known.joined(loaded.registers()).0,
            None => loaded,
        };
        self.therapists.insert(id, joined);
    }

    /// Reads the imports that were not read before.
    pub fn load_imports(&mut self, shelf: &Shelf, troubles: &mut Vec<Trouble>) {
        for (stamp, name) in shelf.list_imports() {
            if self.imports.read.contains(&stamp) {
                continue;
            }
            let (imported, problems) = shelf.load_import(&name);
            troubles.extend(problems.into_iter().map(|problem| Trouble { place: None, problem, backup: None }));
            if let Some(imported) = imported {
                self.take_import(imported);
            }
        }
    }

    /// Joins what an import says. The order in which they come does not matter.
    pub fn take_import(&mut self, imported: Imported) {
        let Imported { at, records, edits, withdrawn, .. } = imported;
        if !self.imports.read.insert(at) {
            return;
        }
        let gone = self.imports.withdrawn.get(&at).copied();
        for (id, therapist) in records {
            let mut joined = Joined::of_import(therapist, at);
            if let Some(known) = self.therapists.remove(&id) {
                joined = joined.joined(&known.all_registers()).0;
            }
            if let Some(word) = gone {
                joined = withdrawn_by(joined, word);
            }
            self.therapists.insert(id, joined);
        }
        for (id, registers) in edits {
            let known = self.therapists.remove(&id).unwrap_or_default();
            self.therapists.insert(id, known.joined(&registers).0);
        }
        for (import, deleted) in withdrawn {
            let word = (at, deleted);
            let latest = self.imports.withdrawn.entry(import).or_insert(word);
            *latest = word.max(*latest);
            for joined in self.therapists.values_mut().filter(|joined| joined.imported() == Some(import)) {
                *joined = withdrawn_by(std::mem::take(joined), word);
            }
        }
    }

    /// Reads the progress in exercises that were not known before: files that a person has just put in.
    pub fn load_progress(&mut self, shelf: &Shelf, exercises: &[String], troubles: &mut Vec<Trouble>) {
        for member in Member::BOTH {
            let known = &mut self.spaces.of_mut(member).progress;
            for id in exercises {
                if !known.contains_key(id) {
                    known.extend(begun(shelf, member, id, troubles).map(|progress| (id.clone(), progress)));
                }
            }
        }
    }

    /// The therapists that were not deleted.
    pub fn listed(&self) -> impl Iterator<Item = (&TherapistId, &Therapist)> {
        self.therapists.iter().map(|(id, joined)| (id, &joined.value)).filter(|(_, therapist)| !therapist.deleted)
    }

    /// Those to have before one's eyes while calling: the shortlist of the round that is on, in its order; all
    /// therapists where there is none.
    #[must_use]
    pub fn to_call(&self) -> Vec<&Therapist> {
        let shortlist = self.round.value.therapists.iter().filter_map(|id| self.therapists.get(id));
        let shortlist: Vec<_> = shortlist.map(|joined| &joined.value).filter(|therapist| !therapist.deleted).collect();
        if shortlist.is_empty() { self.listed().map(|(_, therapist)| therapist).collect() } else { shortlist }
    }
}

/// A record whose whole import was taken off the list, or put back, at that time.
fn withdrawn_by(joined: Joined<Therapist>, (at, deleted): (Stamp, bool)) -> Joined<Therapist> {
    let mut registers = Registers::default();
    // A decision about all of them at once: it claims to have seen whatever was before, so that no two answers show.
    registers.put("deleted", Register { at, text: deleted.to_string(), over: Some(at) });
    joined.joined(&registers).0
}

/// The progress in one exercise, if it was ever begun.
fn begun(shelf: &Shelf, member: Member, id: &str, troubles: &mut Vec<Trouble>) -> Option<Progress> {
    let slug = id.parse::<Slug>().ok()?;
    let progress: Progress = take(shelf, &Place::Progress(member, slug), troubles);
    (!progress.runs.is_empty()).then_some(progress)
}

impl Space {
    /// Reads all of it; nothing while it is locked.
    pub fn load(shelf: &Shelf, member: Member, exercises: &[String], troubles: &mut Vec<Trouble>) -> Self {
        let progress = exercises
            .iter()
            .filter_map(|id| begun(shelf, member, id, troubles).map(|progress| (id.clone(), progress)))
            .collect();
        Self {
            person: take(shelf, &Place::Person(member), troubles),
            progress,
            invitation: take(shelf, &Place::Invitation(member), troubles),
            hesitations: take(shelf, &Place::Hesitations(member), troubles),
            marks: take(shelf, &Place::Marks(member), troubles),
            needs: take(shelf, &Place::Needs(member), troubles),
            visit: take(shelf, &Place::Visit(member), troubles),
            asking: take(shelf, &Place::Asking(member), troubles),
        }
    }
}

/// Puts the newest good copy of a private file back; `None` if there is no copy.
///
/// # Errors
/// [`SaveError`] if it could not be written.
pub fn restore(shelf: &Shelf, place: &Place) -> Result<Option<Date>, SaveError> {
    match place {
        Place::Settings => shelf.restore::<Settings>(place),
        Place::Reminder => shelf.restore::<Plan>(place),
        Place::Person(_) => shelf.restore::<Person>(place),
        Place::Progress(..) => shelf.restore::<Progress>(place),
        Place::Invitation(_) => shelf.restore::<Invitation>(place),
        Place::Hesitations(_) => shelf.restore::<Hesitations>(place),
        Place::Marks(_) => shelf.restore::<Marks>(place),
        Place::Needs(_) => shelf.restore::<Needs>(place),
        Place::Visit(_) => shelf.restore::<Visit>(place),
        Place::Pair => shelf.restore::<Pair>(place),
        Place::Asking(_) => shelf.restore::<Asking>(place),
        Place::Device | Place::Spoken | Place::Shared(..) | Place::Import(_) | Place::Photo(..) => Ok(None),
    }
}

/// Reads the fields of a file by its kind, for `check`; `None` for a kind that this version does not know.
#[must_use]
pub fn faults_of(kind: &str, values: &Values) -> Option<Vec<BadField>> {
    fn of<D: Document>(values: &Values) -> Vec<BadField> {
        D::take(values).1
    }
    Some(match kind {
        Settings::KIND => of::<Settings>(values),
        Device::KIND => of::<Device>(values),
        Person::KIND => of::<Person>(values),
        Pair::KIND => of::<Pair>(values),
        Plan::KIND => of::<Plan>(values),
        Spoken::KIND => of::<Spoken>(values),
        Asking::KIND => of::<Asking>(values),
        Progress::KIND => of::<Progress>(values),
        Invitation::KIND => of::<Invitation>(values),
        Hesitations::KIND => of::<Hesitations>(values),
        Marks::KIND => of::<Marks>(values),
        Needs::KIND => of::<Needs>(values),
        Visit::KIND => of::<Visit>(values),
        MemberCard::KIND => of::<MemberCard>(values),
        Therapist::KIND => of::<Therapist>(values),
        Round::KIND => of::<Round>(values),
        SealFile::KIND => of::<SealFile>(values),
        AnswerFile::KIND => of::<AnswerFile>(values),
        SessionPlan::KIND => of::<SessionPlan>(values),
        _ => return None,
    })
}
