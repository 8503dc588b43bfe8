//! The words of some records, each word once, and the records in which it stands.
//!
//! A search word has no white space in it, so it is found inside words only. There are far fewer different words than
//! there is text, and a table of three-letter groups leads to the few words that can hold a longer one.

use memchr::memmem;
use rustc_hash::FxHashMap;

/// Between two words. No word holds white space.
const BETWEEN: char = '\n';

/// With fewer different words it is quicker to look through all of them than to keep the table of groups.
const FEW: usize = 2_000;

/// A list of numbers for each of many keys, one behind the other.
#[derive(Debug, Clone, Default)]
struct Lists {
    /// Where the list of each key begins; one more than there are keys.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Puts pairs of key and item into lists; the items of a key keep their order.
    fn new(keys: usize, pairs: &[(u32, u32)]) -> Self {
        let mut starts = vec![0_u32; keys + 1];
        for (key, _) in pairs {
            starts[*key as usize + 1] += 1;
        }
        for key in 0..keys {
            starts[key + 1] += starts[key];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for (key, item) in pairs {
            let at = &mut next[*key as usize];
            items[*at as usize] = *item;
            *at += 1;
        }
        Self { starts, items }
    }

    fn of(&self, key: usize) -> &[u32] {
        match (self.starts.get(key), self.starts.get(key + 1)) {
            (Some(from), Some(to)) => self.items.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// A set of record numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bits(Vec<u64>);

impl Bits {
    /// An empty set with room for numbers under `length`.
    #[must_use]
    pub fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    /// Puts a number in.
    pub fn set(&mut self, number: u32) {
        if let Some(word) = self.0.get_mut(number as usize / 64) {
            *word |= 1 << (number % 64);
        }
    }

    /// Whether it is in.
    #[must_use]
    pub fn has(&self, number: u32) -> bool {
        self.0.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Whether nothing is in.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Takes out what is not in `other` as well.
    pub fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Puts in what is in `other`.
    pub fn join(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    /// The numbers, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    #[allow(clippy::cast_possible_truncation, reason = "record numbers are u32")]
                    let number = place as u32 * 64 + bit;
                    number
                })
            })
        })
    }
}

/// See the module's documentation.
#[derive(Debug, Clone, Default)]
pub struct Part {
    /// Every word once, each followed by [`BETWEEN`].
    text: String,
    /// Where each word begins in `text`.
    starts: Vec<u32>,
    /// Group of three bytes → the words that hold it. Empty when there are few words.
    groups: Lists,
    /// Word → the records in which it stands.
    anywhere: Lists,
    /// Word → the records in whose name it stands.
    in_name: Lists,
    /// Words that stand in a name, with the letters they hold.
    names: Vec<(u32, u32)>,
}

/// A record's folded texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Texts {
    /// The name.
    pub name: String,
    /// Everything else.
    pub rest: String,
}

/// A number for a group of three bytes; a few groups share one, which only costs a look at the word.
fn group(bytes: &[u8]) -> u32 {
    bytes.iter().take(3).fold(0, |group, byte| group << 6 | u32::from(byte & 63))
}

const GROUPS: usize = 1 << 18;

/// Which letters a word holds, one bit for each (and some sharing one).
pub fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

impl Part {
    /// The part of these records, numbered from 0.
    pub fn new<'a>(records: impl Iterator<Item = &'a Texts>) -> Self {
        let mut part = Self::default();
        let mut known: FxHashMap<Box<str>, u32> = FxHashMap::default();
        // The last record in which a word was seen, and whether in its name.
        let mut last: Vec<u32> = Vec::new();
        let (mut anywhere, mut in_name) = (Vec::new(), Vec::new());
        for (record, texts) in (0_u32..).zip(records) {
            let words = texts.name.split_whitespace().map(|word| (word, true));
            for (word, name) in words.chain(texts.rest.split_whitespace().map(|word| (word, false))) {
                let number = match known.get(word) {
                    Some(number) => *number,
                    None => {
                        let number = part.add(word);
                        known.insert(word.into(), number);
                        last.push(u32::MAX);
                        number
                    }
                };
                if let Some(seen) = last.get_mut(number as usize)
                    && *seen != record
                {
                    *seen = record;
                    anywhere.push((number, record));
                    if name {
                        in_name.push((number, record));
                    }
                }
            }
        }
        drop(known);
        let words = part.starts.len();
        part.anywhere = Lists::new(words, &anywhere);
        part.in_name = Lists::new(words, &in_name);
        part.names = (0_u32..)
            .zip(0..words)
            .filter(|(_, word)| !part.in_name.of(*word).is_empty())
            .map(|(number, word)| (number, letters(part.word(word))))
            .collect();
        if words > FEW {
            part.groups = part.group_up();
        }
        part.text.shrink_to_fit();
        part.starts.shrink_to_fit();
        part
    }

    fn add(&mut self, word: &str) -> u32 {
        let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let number = length(self.starts.len());
        self.starts.push(length(self.text.len()));
        self.text.push_str(word);
        self.text.push(BETWEEN);
        number
    }

    fn group_up(&self) -> Lists {
        let mut pairs = Vec::new();
        for (number, word) in (0_u32..).zip(0..self.starts.len()) {
            let from = pairs.len();
            for group in self.word(word).as_bytes().windows(3).map(group) {
                if !pairs[from..].contains(&(group, number)) {
                    pairs.push((group, number));
                }
            }
        }
        Lists::new(GROUPS, &pairs)
    }

    fn word(&self, number: usize) -> &str {
        let from = self.starts.get(number).map_or(0, |start| *start as usize);
        let to = self.starts.get(number + 1).map_or(self.text.len(), |start| *start as usize);
        // Without the mark behind it.
        self.text.get(from..to.saturating_sub(1)).unwrap_or_default()
    }

    /// Gives the records other numbers: `numbers` has the new one of each.
    pub fn renumber(&mut self, numbers: &[u32]) {
        for item in self.anywhere.items.iter_mut().chain(&mut self.in_name.items) {
            *item = numbers.get(*item as usize).copied().unwrap_or(u32::MAX);
        }
    }

    /// Puts the records in which `word` stands, whole or inside another word, into the two sets.
    pub fn mark(&self, word: &str, anywhere: &mut Bits, in_name: &mut Bits) {
        self.holding(word, |number| {
            for record in self.anywhere.of(number) {
                anywhere.set(*record);
            }
            for record in self.in_name.of(number) {
                in_name.set(*record);
            }
        });
    }

    /// Calls `found` with every word that holds `wanted`.
    fn holding(&self, wanted: &str, mut found: impl FnMut(usize)) {
        let finder = memmem::Finder::new(wanted);
        if wanted.len() >= 3 && !self.groups.starts.is_empty() {
            let rarest = wanted
                .as_bytes()
                .windows(3)
                .map(|bytes| self.groups.of(group(bytes) as usize))
                .min_by_key(|words| words.len())
                .unwrap_or_default();
            for number in rarest {
                let number = *number as usize;
                if finder.find(self.word(number).as_bytes()).is_some() {
                    found(number);
                }
            }
            return;
        }
        let (mut number, mut from) = (0, 0);
        let end = |number: usize| self.starts.get(number + 1).map_or(self.text.len(), |start| *start as usize);
        while let Some(at) = self.text.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            while end(number) <= at {
                number += 1;
            }
            found(number);
            from = end(number);
        }
    }

    /// Whether any record has a word that holds `wanted`.
    pub fn knows(&self, wanted: &str) -> bool {
        let mut known = false;
        self.holding(wanted, |_| known = true);
        known
    }

    /// The words of names whose letters differ from `letters` in no more than `most` places, with how many records
    /// have each: those that could be meant by a mistyped word.
    pub fn like(&self, letters: u32, most: u32) -> impl Iterator<Item = (&str, usize)> {
        self.names
            .iter()
            .filter(move |(_, held)| (held ^ letters).count_ones() <= most)
            .map(|(number, _)| (self.word(*number as usize), self.in_name.of(*number as usize).len()))
    }

    /// How many bytes it takes, for the bench.
    pub fn bytes(&self) -> usize {
        let lists = |lists: &Lists| (lists.starts.capacity() + lists.items.capacity()) * 4;
        self.text.capacity()
            + self.starts.capacity() * 4
            + lists(&self.groups)
            + lists(&self.anywhere)
            + lists(&self.in_name)
            + self.names.capacity() * 8
    }
}
