//! Search over every field: words in any order, whatever their accents and case, phone numbers however spaced.
//!
//! Everything is folded once, when the index is made. A record that changes later goes into a small part of its own,
//! so that saving one costs the same whatever the number.

mod part;

use std::cmp::Ordering;
use std::num::NonZero;

pub use part::Bits;
use part::{Part, Texts, letters};

use crate::directory::columns::COLUMNS;
use crate::directory::facts::Facts;
use crate::directory::fold::{fold, phone_digits};
use crate::directory::{Therapist, TherapistId, languages};

/// Number of a record in an [`Index`], good until the index changes.
pub type Number = u32;

/// Everything that can be searched. Deleted therapists are not in it.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The records as they were when the index was made, in the order of the folded name, then the id.
    entries: Vec<Entry>,
    parts: Vec<Part>,
    /// Those of `entries` that were taken out or changed since.
    gone: Option<Bits>,
    left: usize,
    /// Those that came or changed since, in the same order, numbered after `entries`.
    later: Vec<(Entry, Texts)>,
    later_part: Part,
}

/// What is kept of a record beside its words.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    name: Box<str>,
    id: TherapistId,
    facts: Facts,
}

impl Entry {
    fn order(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name).then_with(|| self.id.cmp(&other.id))
    }
}

fn take(id: &TherapistId, therapist: &Therapist) -> (Entry, Texts) {
    let name = fold(therapist.name.trim());
    let mut rest = String::new();
    let mut put = |text: &str| {
        if !text.is_empty() {
            rest.push_str(text);
            rest.push('\n');
        }
    };
    for column in COLUMNS.iter().filter(|column| column.searched) {
        put(&fold(&(column.get)(therapist)));
    }
    for language in &therapist.languages {
        put(&languages::searched(language));
    }
    for phone in &therapist.phones {
        put(&phone_digits(phone));
    }
    (
        Entry { name: name.clone().into(), id: id.clone(), facts: Facts::of(therapist) },
        Texts { name, rest },
    )
}

/// A number of records as [`Number`].
fn number(count: usize) -> Number {
    Number::try_from(count).unwrap_or(Number::MAX)
}

impl Index {
    /// An index of `therapists`, without the deleted ones; made on all cores.
    #[must_use]
    pub fn new<'a>(therapists: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>) -> Self {
        let kept: Vec<_> = therapists.into_iter().filter(|(_, therapist)| !therapist.deleted).collect();
        let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
        // A thread is worth its start from some thousand records on.
        let chunk = kept.len().div_ceil(cores).max(2_000);
        let made: Vec<(Vec<Entry>, Part)> = std::thread::scope(|scope| {
            let make = |chunk: &[(&TherapistId, &Therapist)]| {
                let (entries, texts): (Vec<_>, Vec<_>) =
                    chunk.iter().map(|(id, therapist)| take(id, therapist)).unzip();
                (entries, Part::new(texts.iter()))
            };
            let mut chunks = kept.chunks(chunk);
            let first = chunks.next();
            let threads: Vec<_> = chunks.map(|chunk| scope.spawn(move || make(chunk))).collect();
            let mut made: Vec<_> = first.map(make).into_iter().collect();
            // A thread that panicked has ended the process already.
            made.extend(threads.into_iter().filter_map(|thread| thread.join().ok()));
            made
        });
        Self::of_parts(made)
    }

    /// Puts the records of all parts into one order.
    fn of_parts(made: Vec<(Vec<Entry>, Part)>) -> Self {
        let (entries, mut parts): (Vec<Vec<Entry>>, Vec<Part>) = made.into_iter().unzip();
        let lengths: Vec<usize> = entries.iter().map(Vec::len).collect();
        let entries: Vec<Entry> = entries.into_iter().flatten().collect();
        let mut order: Vec<Number> = (0..number(entries.len())).collect();
        let entry = |number: Number| entries.get(number as usize);
        order.sort_unstable_by(|one, two| match (entry(*one), entry(*two)) {
            (Some(one), Some(two)) => one.order(two),
            _ => Ordering::Equal,
        });
        let mut places = vec![0; entries.len()];
        for (place, from) in (0..).zip(&order) {
            if let Some(slot) = places.get_mut(*from as usize) {
                *slot = place;
            }
        }
        let mut rest: &[Number] = &places;
        for (part, length) in parts.iter_mut().zip(lengths) {
            let (own, others) = rest.split_at(length.min(rest.len()));
            part.renumber(own);
            rest = others;
        }
        let mut slots: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
        let entries: Vec<Entry> =
            order.iter().filter_map(|from| slots.get_mut(*from as usize).and_then(Option::take)).collect();
        Self { left: entries.len(), entries, parts, ..Self::default() }
    }

    /// Puts one record in, anew if it was there; takes it out if it is deleted.
    pub fn set(&mut self, id: &TherapistId, therapist: &Therapist) {
        self.take_out(id);
        if !therapist.deleted {
            let new = take(id, therapist);
            let at = self.later.partition_point(|(other, _)| other.order(&new.0).is_lt());
            self.later.insert(at, new);
        }
        self.later_part = Part::new(self.later.iter().map(|(_, texts)| texts));
    }

    /// Takes one record out, if it is there.
    pub fn remove(&mut self, id: &TherapistId) {
        self.take_out(id);
        self.later_part = Part::new(self.later.iter().map(|(_, texts)| texts));
    }

    fn take_out(&mut self, id: &TherapistId) {
        self.later.retain(|(entry, _)| entry.id != *id);
        if let Some(at) = self.entries.iter().position(|entry| entry.id == *id) {
            let gone = self.gone.get_or_insert_with(|| Bits::new(self.entries.len()));
            if !gone.has(number(at)) {
                gone.set(number(at));
                self.left -= 1;
            }
        }
    }

    /// How many records can be found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.left + self.later.len()
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether so many records changed that making the index anew pays.
    #[must_use]
    pub fn is_worn(&self) -> bool {
        self.later.len() > 1_000
    }

    /// The id of a record.
    #[must_use]
    pub fn id(&self, number: Number) -> Option<&TherapistId> {
        self.entry(number).map(|entry| &entry.id)
    }

    /// What filters look at in a record.
    #[must_use]
    pub fn facts(&self, number: Number) -> Option<&Facts> {
        self.entry(number).map(|entry| &entry.facts)
    }

    fn entry(&self, number: Number) -> Option<&Entry> {
        let number = number as usize;
        match number.checked_sub(self.entries.len()) {
            None => self.entries.get(number),
            Some(later) => self.later.get(later).map(|(entry, _)| entry),
        }
    }

    /// The ids of `numbers`.
    #[must_use]
    pub fn ids(&self, numbers: &[Number]) -> Vec<TherapistId> {
        numbers.iter().filter_map(|number| self.id(*number).cloned()).collect()
    }

    /// The records in which every word of `query` occurs, in whatever field. Those with a word in their name come
    /// first, more such words before fewer; then by name. A query without letters or digits finds everyone.
    /// A query of five digits or more is first taken as one phone number, however it is spaced.
    #[must_use]
    pub fn find(&self, query: &str) -> Vec<Number> {
        if let Some(digits) = phone_number(query) {
            let hits = self.with_all(&[digits]);
            if !hits.is_empty() {
                return hits;
            }
        }
        self.with_all(&words(query))
    }

    /// Everyone, in no order.
    pub fn everyone(&self) -> impl Iterator<Item = Number> {
        let gone =
            |at: &Number| self.gone.as_ref().is_some_and(|gone| (*at as usize) < self.entries.len() && gone.has(*at));
        (0..number(self.numbers())).filter(move |at| !gone(at))
    }

    /// The set of the records in which every word of `text` occurs. Empty without any word.
    #[must_use]
    pub fn with_words(&self, text: &str) -> Bits {
        let words = words(text);
        let mut all = Bits::new(self.numbers());
        for (place, word) in words.iter().enumerate() {
            let (anywhere, _) = self.mark(word);
            if place == 0 { all = anywhere } else { all.keep(&anywhere) }
        }
        all
    }

    /// How many numbers are in use, those of records that are gone among them.
    fn numbers(&self) -> usize {
        self.entries.len() + self.later.len()
    }

    fn mark(&self, word: &str) -> (Bits, Bits) {
        let (mut anywhere, mut in_name) = (Bits::new(self.numbers()), Bits::new(self.numbers()));
        for part in &self.parts {
            part.mark(word, &mut anywhere, &mut in_name);
        }
        if !self.later.is_empty() {
            let (mut later, mut later_name) = (Bits::new(self.later.len()), Bits::new(self.later.len()));
            self.later_part.mark(word, &mut later, &mut later_name);
            let from = number(self.entries.len());
            later.iter().for_each(|at| anywhere.set(from + at));
            later_name.iter().for_each(|at| in_name.set(from + at));
        }
        (anywhere, in_name)
    }

    fn with_all(&self, words: &[String]) -> Vec<Number> {
        // The longest first: a long word that nobody has ends the search before the short ones are looked up.
        let mut longest: Vec<&String> = words.iter().collect();
        longest.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let mut marked: Vec<(Bits, Bits)> = Vec::with_capacity(words.len());
        for word in longest {
            let found = self.mark(word);
            if found.0.is_empty() {
                return Vec::new();
            }
            marked.push(found);
        }
        // One list for each number of words that stand outside the name.
        let mut ranks: Vec<Vec<Number>> = vec![Vec::new(); words.len() + 1];
        let mut sort_in = |number: Number| {
            let outside = marked.iter().filter(|(_, name)| !name.has(number)).count();
            if let Some(rank) = ranks.get_mut(outside) {
                rank.push(number);
            }
        };
        match marked.split_first() {
            None => (0..number(self.numbers())).filter(|at| !self.is_gone(*at)).for_each(&mut sort_in),
            Some(((first, _), others)) => {
                let mut hits = first.clone();
                for (anywhere, _) in others {
                    hits.keep(anywhere);
                }
                hits.iter().filter(|at| !self.is_gone(*at)).for_each(&mut sort_in);
            }
        }
        let mut found = Vec::with_capacity(ranks.iter().map(Vec::len).sum());
        for rank in ranks {
            self.in_order(&rank, &mut found);
        }
        found
    }

    fn is_gone(&self, number: Number) -> bool {
        self.gone.as_ref().is_some_and(|gone| gone.has(number))
    }

    /// Appends ascending numbers in the order of the names: those that came later go between the others.
    fn in_order(&self, numbers: &[Number], found: &mut Vec<Number>) {
        let split = numbers.partition_point(|at| (*at as usize) < self.entries.len());
        let (mut first, later) = numbers.split_at(split);
        for number in later {
            let Some(entry) = self.entry(*number) else { continue };
            let before = first.partition_point(|at| self.entry(*at).is_some_and(|other| other.order(entry).is_lt()));
            let (ahead, rest) = first.split_at(before);
            found.extend_from_slice(ahead);
            found.push(*number);
            first = rest;
        }
        found.extend_from_slice(first);
    }

    /// Another spelling of `query` that finds someone, for one that finds nobody: each word that nobody has is
    /// replaced by the word of a name that is most like it. `None` when there is none near enough.
    #[must_use]
    pub fn did_you_mean(&self, query: &str) -> Option<String> {
        let mut changed = false;
        let mut meant = Vec::new();
        for word in words(query) {
            if self.all_parts().any(|part| part.knows(&word)) {
                meant.push(word);
                continue;
            }
            meant.push(self.most_like(&word)?);
            changed = true;
        }
        let meant = meant.join(" ");
        (changed && !self.find(&meant).is_empty()).then_some(meant)
    }

    fn all_parts(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().chain(std::iter::once(&self.later_part))
    }

    /// The word of a name that is most like `word`: one slip away, two in a word of six letters or more; of equals the
    /// more common.
    fn most_like(&self, word: &str) -> Option<String> {
        let length = word.chars().count();
        let most = match length {
            0..=2 => return None,
            3..=5 => 1,
            _ => 2,
        };
        let held = letters(word);
        // One slip changes two letters at most: one goes, another comes.
        let near = self.all_parts().flat_map(|part| part.like(held, 2 * most)).filter_map(|(name, count)| {
            let apart = strsim::osa_distance(word, name);
            (apart <= most as usize).then_some((apart, std::cmp::Reverse(count), name))
        });
        near.min().map(|(_, _, name)| name.to_owned())
    }

    /// How many bytes the index takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let entry =
            |entry: &Entry| size_of::<Entry>() + entry.name.len() + entry.id.as_str().len() + entry.facts.bytes();
        let parts: usize = self.all_parts().map(Part::bytes).sum();
        parts + self.entries.iter().map(entry).sum::<usize>()
    }
}

/// Digits and what people put between them.
fn is_phone_part(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "+().-/‑–".contains(c)
}

/// What to look for if `query` is a phone number or most of one. With a country code the record may lack it, so
/// that the last nine digits decide; a leading 0 is what is left out behind a country code.
fn phone_number(query: &str) -> Option<String> {
    let digits = phone_digits(query);
    if digits.len() < 5 || !query.chars().all(is_phone_part) {
        return None;
    }
    let from = if digits.len() > 10 { digits.len() - 9 } else { usize::from(digits.starts_with('0')) };
    Some(digits[from..].to_owned())
}

/// The folded words of `query`; of a word such as `(418)` only its digits.
fn words(query: &str) -> Vec<String> {
    let bare = |word: &str| word.chars().filter(char::is_ascii_digit).collect();
    fold(query)
        .split_whitespace()
        .map(|word| if word.chars().all(is_phone_part) { bare(word) } else { word.to_owned() })
        .filter(|word: &String| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests;
