//! Syllables of English words.

use super::at;

/// Words that the English rules get wrong, with their count.
const ENGLISH: &[(&str, usize)] = &[
    ("every", 2),
    ("evening", 2),
    ("business", 2),
    ("different", 3),
    ("interest", 3),
    ("real", 1),
    ("really", 2),
    ("area", 3),
    ("idea", 3),
    ("ideas", 3),
    ("create", 2),
    ("creates", 2),
    ("react", 2),
    ("reacts", 2),
    ("being", 2),
    ("people", 2),
    ("poem", 2),
    ("video", 3),
    ("science", 2),
    ("quiet", 2),
    ("diet", 2),
    ("trial", 2),
    ("trials", 2),
    ("safety", 2),
    ("client", 2),
    ("clients", 2),
    ("society", 4),
    ("variety", 4),
    ("anxiety", 4),
    ("lion", 2),
    ("friend", 1),
    ("minute", 2),
    ("minutes", 2),
    ("maybe", 2),
    ("recipe", 3),
    ("apostrophe", 4),
    ("cafe", 2),
    ("hour", 1),
    ("hours", 1),
    ("our", 1),
    ("fire", 1),
    ("tired", 2),
    ("rhythm", 2),
    ("something", 2),
    ("sometimes", 2),
    ("someone", 2),
    ("somewhere", 2),
    ("homework", 2),
    ("therefore", 2),
    ("forever", 3),
    ("whatever", 3),
    ("reality", 4),
    ("theatre", 3),
    ("cruel", 2),
    ("fuel", 2),
    ("dual", 2),
    ("usual", 3),
    ("usually", 4),
    ("naive", 2),
    ("whole", 1),
    ("used", 1),
    ("wednesday", 2),
    ("isn't", 2),
    ("didn't", 2),
    ("doesn't", 2),
    ("wasn't", 2),
    ("couldn't", 2),
    ("wouldn't", 2),
    ("shouldn't", 2),
    ("hasn't", 2),
    ("hadn't", 2),
    ("needn't", 2),
    ("goes", 1),
    ("does", 1),
    ("shoes", 1),
    ("beautiful", 3),
    ("facebook", 2),
    ("doing", 2),
    ("going", 2),
    ("seeing", 2),
];

pub(super) fn english(word: &str) -> usize {
    if let Some((_, count)) = ENGLISH.iter().find(|(known, _)| *known == word) {
        return *count;
    }
    if let Some(rest) = word.strip_prefix("every").filter(|rest| !rest.is_empty()) {
        return 2 + english(rest);
    }
    // "it's", "we're", "I'll" add nothing to what stands before them; "could've" and "it'll" do.
    let stem = match word.split_once('\'') {
        Some((stem, "ll" | "ve" | "re")) if !stem.ends_with(is_english_vowel) => return english(stem) + 1,
        Some((stem, "s" | "d" | "m" | "ll" | "ve" | "re" | "")) => {
            return english(stem) + usize::from(stem.ends_with(is_sibilant));
        }
        Some(_) => word.replace('\'', ""),
        None => word.to_owned(),
    };
    let letters: Vec<char> = stem.chars().collect();
    let mut count = english_nuclei(&letters);
    count = count.saturating_sub(silent_english(&stem, &letters));
    if stem.ends_with("sm") || stem.ends_with("sms") {
        count += 1;
    }
    count.max(1)
}

/// Ends a word to which 's adds a syllable ("boss's", "church's"), as far as one letter tells.
fn is_sibilant(letter: char) -> bool {
    matches!(letter, 's' | 'x' | 'z')
}

fn is_english_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'é' | 'è' | 'ï')
}

/// Groups of vowels, with the pairs that are spoken apart counted as two.
fn english_nuclei(letters: &[char]) -> usize {
    let mut count = 0;
    let mut before = ' ';
    for (index, letter) in letters.iter().copied().enumerate() {
        let next = at(letters, Some(index + 1));
        // "beyond", "yes": y before a vowel is a consonant, unless a consonant comes before it ("trying").
        let glide = letter == 'y' && is_english_vowel(next) && (index == 0 || is_english_vowel(before));
        let vowel = is_english_vowel(letter) && !glide && !(letter == 'u' && before == 'q');
        if vowel {
            let joined = is_english_vowel(before) && !english_apart(letters, index);
            if !joined {
                count += 1;
            }
            before = letter;
        } else {
            before = if is_english_vowel(letter) { ' ' } else { letter };
        }
    }
    count
}

/// Whether the vowel at `index` is spoken apart from the vowel before it.
fn english_apart(letters: &[char], index: usize) -> bool {
    let get = |offset: isize| at(letters, index.checked_add_signed(offset));
    let (second, first, here, next) = (get(-2), get(-1), get(0), get(1));
    match (first, here) {
        // "going", "being", "arguing": the ending -ing is always its own.
        ('a' | 'e' | 'o' | 'u', 'i') if next == 'n' && get(2) == 'g' => true,
        ('i', 'a') => {
            !(matches!(second, 'c' | 't') || (second == 'r' && next == 'g') || (second == 'l' && next == 'r'))
        }
        ('i', 'o') => !matches!(second, 't' | 's' | 'c' | 'g' | 'x'),
        ('u', 'a') => !matches!(second, 'q' | 'g' | 's'),
        ('i', 'u') | ('y', 'a' | 'e' | 'i' | 'o') | ('e', 'o') => true,
        // "experience", "audience", but "patient", "ancient", "friendly".
        ('i', 'e') if next == 'n' => !(matches!(second, 't' | 'c') || (second == 'r' && get(-3) == 'f')),
        // "easier", "happiest", but "piece", "cried".
        ('i', 'e') => matches!((next, get(2)), ('r', ' ') | ('s', 't')) && index > 3,
        _ => false,
    }
}

/// How many of the counted vowels are silent: -e, -es, -ed, and the e inside -ely, -eful, -eless, -ement, -eness.
fn silent_english(word: &str, letters: &[char]) -> usize {
    let end = letters.len();
    let from_end = |back: usize| at(letters, end.checked_sub(back));
    let consonant = |letter: char| letter.is_alphabetic() && !is_english_vowel(letter);
    let mut silent = 0;
    let stem_end =
        if word.ends_with("es") || word.ends_with("ed") { Some(3) } else { word.ends_with('e').then_some(2) };
    if let Some(back) = stem_end {
        let (last, before) = (from_end(back), from_end(back + 1));
        let spoken = match (back, from_end(1)) {
            // "table", "couples", "settled", but not "rule", "called".
            _ if last == 'l' => consonant(before) && before != 'l' && before != 'r',
            (3, 'd') => matches!(last, 't' | 'd'),
            (3, _) => matches!(last, 's' | 'x' | 'z' | 'c' | 'g') || (last == 'h' && matches!(before, 'c' | 's')),
            _ => false,
        };
        // "unique", "league", "stayed", but "argue", "blue", "carried".
        let own = consonant(last)
            || (last == 'y' && is_english_vowel(before))
            || (last == 'u' && matches!(before, 'q' | 'g') && from_end(back + 2) != 'r');
        silent += usize::from(!spoken && own && letters.iter().filter(|letter| is_english_vowel(**letter)).count() > 1);
    }
    for ending in ["ely", "eful", "efully", "eless", "ement", "ements", "eness"] {
        if let Some(stem) = word.strip_suffix(ending) {
            let whole = stem.chars().any(is_english_vowel);
            silent += usize::from(whole && stem.ends_with(consonant) && !stem.ends_with("bl"));
            break;
        }
    }
    silent
}
