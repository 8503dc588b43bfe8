//! Syllables of French words. A silent e at the end of a word is none.

use super::at;

/// Words in -ent whose ending is spoken, besides those in -ment. All others in -ent are taken for verbs.
const SPOKEN_ENT: &[&str] = &[
    "accent",
    "accident",
    "adolescent",
    "agent",
    "apparent",
    "argent",
    "cent",
    "client",
    "content",
    "différent",
    "dent",
    "évident",
    "excellent",
    "fréquent",
    "impatient",
    "incident",
    "innocent",
    "lent",
    "parent",
    "patient",
    "permanent",
    "précédent",
    "présent",
    "prudent",
    "récent",
    "régent",
    "sent",
    "serpent",
    "souvent",
    "suivent-là",
    "talent",
    "torrent",
    "urgent",
    "vent",
    "violent",
    "absent",
    "conscient",
    "inconscient",
    "compétent",
    "tient",
    "vient",
    "convient",
    "devient",
    "revient",
    "maintient",
    "obtient",
    "retient",
    "appartient",
    "ressent",
    "consent",
];

/// Verbs in -ment, whose ending is silent.
const SILENT_MENT: &[&str] = &[
    "aiment",
    "forment",
    "dorment",
    "expriment",
    "calment",
    "nomment",
    "ferment",
    "ment-ils",
    "affirment",
    "confirment",
    "estiment",
    "entament",
];

fn is_french_vowel(letter: char) -> bool {
    "aàâäeéèêëiîïoôöuùûüyœæ".contains(letter)
}

pub(super) fn french(word: &str) -> usize {
    // "l'amour": the elided part is no syllable of its own; "aujourd'hui" is read as one word.
    word.split('\'').map(french_part).sum::<usize>().max(1)
}

fn french_part(word: &str) -> usize {
    let mut word = word.replace("qu", "q");
    for hard in ["gue", "gui", "gué", "guè", "guê"] {
        word = word.replace(hard, &hard.replace('u', ""));
    }
    for soft in ["gea", "geo", "geâ", "geô"] {
        word = word.replace(soft, &soft.replace('e', ""));
    }
    let singular = word.strip_suffix('s').unwrap_or(&word);
    let silent_ent = word.ends_with("ent")
        && if word.ends_with("ment") {
            SILENT_MENT.contains(&word.as_str())
        } else {
            !SPOKEN_ENT.contains(&singular) && word != "souvent"
        };
    let silent_ent = silent_ent && !SPOKEN_ENT.contains(&singular);
    let stem =
        if silent_ent { word.strip_suffix("ent") } else { word.strip_suffix("es").or_else(|| word.strip_suffix('e')) };
    // "le", "que", "les": the only vowel is spoken.
    let stem = stem.filter(|stem| stem.chars().any(is_french_vowel)).unwrap_or(&word);
    french_nuclei(&stem.chars().collect::<Vec<_>>())
}

fn french_nuclei(letters: &[char]) -> usize {
    let mut count = 0;
    for (index, letter) in letters.iter().copied().enumerate() {
        let before = at(letters, index.checked_sub(1));
        if is_french_vowel(letter) && (!is_french_vowel(before) || french_apart(letters, index)) {
            count += 1;
        }
    }
    count
}

/// Whether the vowel at `index` is spoken apart from the vowel before it.
fn french_apart(letters: &[char], index: usize) -> bool {
    let get = |offset: isize| at(letters, index.checked_add_signed(offset));
    let (third, second, first, here) = (get(-3), get(-2), get(-1), get(0));
    match (first, here) {
        // "août" is one.
        ('a', 'o') => !matches!(get(1), 'u' | 'û'),
        (_, 'ï' | 'ë' | 'ü') | ('é', _) | ('a', 'é') | ('o', 'a' | 'é') => true,
        // "voyage", "essayer": y between vowels closes one syllable and opens the next.
        ('y', _) => is_french_vowel(second),
        // "client", "oublier", "crier", but "bien", "lion": two consonants before i keep it apart.
        ('i' | 'u', 'a' | 'e' | 'é' | 'è' | 'ê' | 'o') => {
            matches!(second, 'l' | 'r')
                && third.is_alphabetic()
                && !is_french_vowel(third)
                && !matches!(third, 'l' | 'r')
        }
        _ => false,
    }
}
