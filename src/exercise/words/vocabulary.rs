//! The words that the rules of one language know, each with a number, and how what people type becomes one of them.

use rustc_hash::FxHashMap;

use crate::locale::Language;

/// The number of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct WordId(u16);

impl WordId {
    /// A word that no rule knows.
    pub const UNKNOWN: Self = Self(u16::MAX);
    /// Any number in digits.
    pub const NUMBER: Self = Self(0);

    /// The number as an index.
    pub const fn index(self) -> usize {
        self.0 as usize
    }

    /// The word with this number.
    pub const fn from_index(index: u16) -> Self {
        Self(index)
    }
}

impl Default for WordId {
    fn default() -> Self {
        Self::UNKNOWN
    }
}

/// A word that is recognised with slips.
#[derive(Debug)]
struct Forgiven {
    word: String,
    /// See [`letters`].
    letters: u32,
    id: WordId,
}

/// Which bytes occur in `word`, each by its lowest five bits.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |letters, byte| letters | 1 << (byte & 31))
}

/// The known words of one language.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    language: Language,
    ids: FxHashMap<String, WordId>,
    /// What is written in one word and meant as several, or spelt in another way: "youre" → "you are".
    spellings: FxHashMap<String, Vec<WordId>>,
    /// Words that are recognised with a slip of the finger, by first letter.
    long: FxHashMap<u8, Vec<Forgiven>>,
}

impl Vocabulary {
    /// No words yet.
    pub fn new(language: Language) -> Self {
        let mut vocabulary = Self { language, ..Self::default() };
        vocabulary.add("<num>");
        vocabulary
    }

    /// The number of `word` (folded), which is known from now on.
    pub fn add(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId(u16::try_from(self.ids.len()).unwrap_or(u16::MAX));
        self.ids.insert(word.to_owned(), id);
        id
    }

    /// Every known word by its number.
    pub fn spelt(&self) -> FxHashMap<WordId, String> {
        self.ids.iter().map(|(word, id)| (*id, word.clone())).collect()
    }

    /// From now on `written` (folded) stands for `meant`, which may be several words.
    pub fn spell(&mut self, written: &str, meant: &str) {
        let meant = meant.split_whitespace().map(|word| self.add(word)).collect::<Vec<_>>();
        self.spellings.insert(written.to_owned(), meant);
    }

    /// From now on `word` (folded) is recognised with one slip, or two if it is long.
    pub fn forgive(&mut self, word: &str) {
        let id = self.add(word);
        if let Some(first) = word.bytes().next() {
            let letters = letters(word.as_bytes());
            self.long.entry(first).or_default().push(Forgiven { word: word.to_owned(), letters, id });
        }
    }

    /// The words of a pattern: as in a text, but unknown ones become known.
    pub fn words_of_pattern(&mut self, folded: &str) -> Vec<WordId> {
        if let Some(words) = self.spellings.get(folded) {
            return words.clone();
        }
        let mut parts = Vec::new();
        parts_of(self.language, folded, &mut |part| parts.push(part.to_owned()));
        let known = |vocabulary: &mut Self, part: &String| match vocabulary.spellings.get(part) {
            Some(words) => words.clone(),
            None if part.starts_with(|first: char| first.is_ascii_digit()) => vec![WordId::NUMBER],
            None => vec![vocabulary.add(part)],
        };
        parts.iter().flat_map(|part| known(self, part)).collect()
    }

    /// Puts the words that `folded`, one word of a text, stands for into `out`: at least one.
    pub fn words(&self, folded: &str, out: &mut Vec<WordId>) {
        if let Some(words) = self.spellings.get(folded) {
            out.extend_from_slice(words);
            return;
        }
        parts_of(self.language, folded, &mut |part| match self.recognise(part) {
            Recognised::One(word) => out.push(word),
            Recognised::Many(words) => out.extend_from_slice(words),
        });
    }

    /// The word that `part` is, with drawn-out letters and slips of the finger undone.
    fn recognise(&self, part: &str) -> Recognised<'_> {
        if let Some(words) = self.spellings.get(part) {
            return Recognised::Many(words);
        }
        if part.starts_with(|first: char| first.is_ascii_digit()) {
            return Recognised::One(WordId::NUMBER);
        }
        if let Some(id) = self.ids.get(part) {
            return Recognised::One(*id);
        }
        for most in [2, 1] {
            if let Some(shorter) = shorten(part, most) {
                if let Some(id) = self.ids.get(&shorter) {
                    return Recognised::One(*id);
                }
                if let Some(words) = self.spellings.get(&shorter) {
                    return Recognised::Many(words);
                }
            }
        }
        Recognised::One(self.forgiven(part).unwrap_or(WordId::UNKNOWN))
    }

    fn forgiven(&self, part: &str) -> Option<WordId> {
        if part.len() < 4 {
            return None;
        }
        let first = part.bytes().next()?;
        let written = letters(part.as_bytes());
        let near = |known: &&Forgiven| {
            let most = if known.word.len() >= 9 { 2 } else { 1 };
            // A slip changes one letter into another at most, so a word with more other letters is none.
            part.len().abs_diff(known.word.len()) <= most
                && (written ^ known.letters).count_ones() as usize <= 2 * most
                && slips(part.as_bytes(), known.word.as_bytes(), most) <= most
        };
        self.long.get(&first)?.iter().find(near).map(|known| known.id)
    }
}

/// Cuts `folded` at its apostrophes and hands the parts, written in full, to `each`: at least one.
fn parts_of(language: Language, folded: &str, each: &mut dyn FnMut(&str)) {
    match language {
        _ if !folded.contains('\'') => each(folded),
        Language::En => english_parts(folded, each),
        Language::Fr => french_parts(folded, each),
    }
}

fn english_parts(folded: &str, each: &mut dyn FnMut(&str)) {
    const ENDINGS: [(&str, &str); 7] =
        [("n't", "not"), ("'s", "'s"), ("'re", "are"), ("'ve", "have"), ("'ll", "will"), ("'d", "would"), ("'m", "am")];
    for (ending, meant) in ENDINGS {
        if folded == ending {
            each(meant);
            return;
        }
        if let Some(stem) = folded.strip_suffix(ending).filter(|stem| !stem.is_empty()) {
            each(stem);
            each(meant);
            return;
        }
    }
    each(&folded.replace('\'', ""));
}

fn french_parts(folded: &str, each: &mut dyn FnMut(&str)) {
    let mut rest = folded;
    while let Some((before, after)) = rest.split_once('\'') {
        each(match before {
            "j" => "je",
            "m" => "me",
            "n" => "ne",
            "c" => "ce",
            "l" => "le",
            "d" => "de",
            "qu" => "que",
            "jusqu" => "jusque",
            "lorsqu" => "lorsque",
            "puisqu" => "puisque",
            // "t'" is "tu" or "te", "s'" is "se" or "si": the rules name them as they are.
            "t" => "t'",
            "s" => "s'",
            other => other,
        });
        rest = after;
    }
    if !rest.is_empty() {
        each(rest);
    }
}

enum Recognised<'a> {
    One(WordId),
    Many(&'a [WordId]),
}

/// `word` with each run of three or more of the same letter cut to `most`; `None` if it has no such run.
fn shorten(word: &str, most: usize) -> Option<String> {
    let mut out = String::with_capacity(word.len());
    let (mut last, mut run, mut longest) = (None, 0, 0);
    for letter in word.chars() {
        run = if last == Some(letter) { run + 1 } else { 1 };
        longest = longest.max(run);
        last = Some(letter);
        if run <= 2 {
            out.push(letter);
        }
    }
    if longest < 3 {
        return None;
    }
    if most == 1 {
        let mut single = String::with_capacity(out.len());
        for letter in out.chars() {
            if !single.ends_with(letter) {
                single.push(letter);
            }
        }
        return Some(single);
    }
    Some(out)
}

/// The longest word that is compared letter by letter.
const LONGEST: usize = 24;

/// How many letters were left out, added, changed or swapped with their neighbour between `one` and `two`
/// (optimal string alignment); something above `most` if more than that.
fn slips(one: &[u8], two: &[u8], most: usize) -> usize {
    if one.len() > LONGEST || two.len() > LONGEST {
        return most + 1;
    }
    let mut rows = [[0_usize; LONGEST + 1]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for (i, a) in one.iter().enumerate() {
        let (this, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[this][0] = i + 1;
        let mut least = i + 1;
        for (j, b) in two.iter().enumerate() {
            let mut cost = (rows[last][j] + usize::from(a != b)).min(rows[last][j + 1] + 1).min(rows[this][j] + 1);
            if i > 0 && j > 0 && *a == two[j - 1] && one[i - 1] == *b {
                cost = cost.min(rows[before][j - 1] + 1);
            }
            rows[this][j + 1] = cost;
            least = least.min(cost);
        }
        if least > most + 1 {
            return most + 1;
        }
    }
    rows[one.len() % 3][two.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_counted() {
        for (one, two, count) in [("never", "nevr", 1), ("always", "alwyas", 1), ("listen", "lisen", 1), ("a", "a", 0)]
        {
            assert_eq!(slips(one.as_bytes(), two.as_bytes(), 2), count, "{one} {two}");
        }
        assert!(slips(b"never", b"river", 1) > 1);
    }

    #[test]
    fn drawn_out_letters_are_shortened() {
        assert_eq!(shorten("sooo", 1).as_deref(), Some("so"));
        assert_eq!(shorten("feeeel", 2).as_deref(), Some("feel"));
        assert_eq!(shorten("feel", 2), None);
    }

    #[test]
    fn contractions_are_taken_apart() {
        let mut english = Vocabulary::new(Language::En);
        english.spell("youre", "you are");
        let (you, are, not) = (english.add("you"), english.add("are"), english.add("not"));
        let words = |vocabulary: &Vocabulary, text: &str| {
            let mut out = Vec::new();
            vocabulary.words(text, &mut out);
            out
        };
        assert_eq!(words(&english, "youre"), [you, are]);
        assert_eq!(words(&english, "you're"), [you, are]);
        assert_eq!(words(&english, "aren't"), [are, not]);
        assert_eq!(words(&english, "elsewhere"), [WordId::UNKNOWN]);
        let mut french = Vocabulary::new(Language::Fr);
        let (je, en, t, es) = (french.add("je"), french.add("en"), french.add("t'"), french.add("es"));
        assert_eq!(words(&french, "j'en"), [je, en]);
        assert_eq!(words(&french, "t'es"), [t, es]);
        assert_eq!(words(&french, "24h"), [WordId::NUMBER]);
    }
}
