//! How easy a text is to read, as a school grade.
//!
//! English: Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom 1975, Navy Research Branch Report 8-75):
//! 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
//!
//! French: reading ease of Kandel and Moles (1958, "Application de l'indice de Flesch à la langue française",
//! Cahiers d'études de radio-télévision 19, 253-274): 207 − 1.015 × words per sentence − 73.6 × syllables per word;
//! turned into a grade by the table of Flesch (1949, The Art of Readable Writing, p. 149): 90 and more is grade 5,
//! 80 to 90 grade 6, 70 to 80 grade 7, 60 to 70 grades 8 and 9, 50 to 60 grades 10 to 12, below that college.
//! The table was made for English; the French index was fitted so that its ease means the same.
//!
//! Both judge length only. A low grade is no proof that a text is clear.

use super::draft::{Piece, pieces};
use super::syllables;
use crate::locale::Language;

/// The highest grade that an exercise may have as a whole: the level that is advised for health texts
/// (American Medical Association; National Institutes of Health).
pub const GRADE: f32 = 6.0;

/// The lowest French reading ease that is still grade 6 in the table of Flesch (1949).
pub const EASE_FR: f32 = 80.0;

/// What was counted in a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences, at least 1 where there are words.
    pub sentences: usize,
    /// Words, divided by white space; "l'amour" and "peut-être" are one each.
    pub words: usize,
    /// Syllables as spoken; a silent French e at the end is none.
    pub syllables: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.words += other.words;
        self.syllables += other.syllables;
    }
}

/// Counts `text`. A template's `{step-id}` counts as one short word; quotes and dashes count as nothing.
/// A sentence ends with `.`, `!`, `?`, `…` or a line break.
#[must_use]
pub fn counts(language: Language, text: &str) -> Counts {
    let plain: String = match pieces(text) {
        Ok(pieces) => pieces
            .into_iter()
            .map(|piece| match piece {
                Piece::Words(words) => words,
                Piece::Answer(_) => "x",
            })
            .collect(),
        Err(_) => text.to_owned(),
    };
    let mut counts = Counts::default();
    for line in plain.lines() {
        let mut open = false;
        for word in line.split_whitespace() {
            let core = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            if !core.is_empty() {
                counts.words += 1;
                counts.syllables += syllables::count(language, core);
                open = true;
            }
            // French puts a space before ! and ?, so the stop may stand alone.
            let ends = word.trim_end_matches(['”', '"', '»', '’', ')']).ends_with(['.', '!', '?', '…']);
            if open && ends {
                counts.sentences += 1;
                open = false;
            }
        }
        counts.sentences += usize::from(open);
    }
    counts
}

/// How many words `text` has, counted as in [`counts`].
#[must_use]
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// School grade of `text`; 0 and less for the very easiest, 0 for no text.
#[must_use]
pub fn grade(language: Language, text: &str) -> f32 {
    grade_of(language, counts(language, text))
}

/// School grade of what was counted.
#[must_use]
pub fn grade_of(language: Language, counts: Counts) -> f32 {
    if counts.words == 0 {
        return 0.0;
    }
    let (length, weight) = (per(counts.words, counts.sentences.max(1)), per(counts.syllables, counts.words));
    match language {
        Language::En => 0.39 * length + 11.8 * weight - 15.59,
        Language::Fr => grade_of_ease(207.0 - 1.015 * length - 73.6 * weight),
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of words in a text are far below 2^24")]
fn per(number: usize, of: usize) -> f32 {
    number as f32 / of as f32
}

/// The table of Flesch (1949) as a line through the hard edge of each band: ease 90 → 5, 80 → 6, 70 → 7, 60 → 9,
/// 50 → 12, and 30 → 16; on along the same lines outside.
fn grade_of_ease(ease: f32) -> f32 {
    const EDGES: [(f32, f32); 6] = [(90.0, 5.0), (80.0, 6.0), (70.0, 7.0), (60.0, 9.0), (50.0, 12.0), (30.0, 16.0)];
    let mut from = EDGES[0];
    let mut to = EDGES[1];
    for edge in EDGES.windows(2) {
        if let [upper, lower] = edge
            && ease < upper.0
        {
            (from, to) = (*upper, *lower);
        }
    }
    from.1 + (from.0 - ease) * (to.1 - from.1) / (from.0 - to.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_sentences_are_counted() {
        let counted = counts(Language::En, "“I felt sad.” When {event}, I said: “Why?” - Then we slept…");
        assert_eq!((counted.sentences, counted.words), (3, 11));
        let counted = counts(Language::Fr, "Et toi\u{a0}? « Oui\u{a0}! » L’amour, peut-être\nUne ligne");
        assert_eq!((counted.sentences, counted.words, counted.syllables), (4, 7, 9));
        assert_eq!(words("Et toi\u{a0}? « Oui\u{a0}! »"), 3);
        assert_eq!(counts(Language::En, " - … "), Counts::default());
    }

    #[test]
    fn the_formulas_are_the_published_ones() {
        // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 − 15.59 = −1.45.
        assert!((grade(Language::En, "The cat sat on the mat.") + 1.45).abs() < 0.01);
        // 10 words, 1 sentence, 20 syllables: 207 − 10.15 − 147.2 = 49.65, just under the edge of grade 12.
        let hard = Counts { sentences: 1, words: 10, syllables: 20 };
        assert!((grade_of(Language::Fr, hard) - 12.07).abs() < 0.01);
        assert!(grade_of(Language::En, hard) > 11.0);
    }

    #[test]
    fn the_table_of_flesch_has_no_gaps() {
        for (ease, expected) in
            [(100.0, 4.0), (90.0, 5.0), (EASE_FR, GRADE), (75.0, 6.5), (65.0, 8.0), (55.0, 10.5), (40.0, 14.0)]
        {
            let grade = grade_of_ease(ease);
            assert!((grade - expected).abs() < 0.001, "{ease}: {grade}");
        }
    }

    #[test]
    fn harder_texts_have_higher_grades() {
        let easy = [
            (Language::En, "You are tired. You had a long day. You can stop here."),
            (Language::Fr, "Tu es las. Ta journée a été longue. Tu peux arrêter ici."),
        ];
        let hard = [
            "Therapeutic participation necessitates considerable deliberation regarding interpersonal communication.",
            "La participation thérapeutique nécessite une délibération considérable concernant la communication.",
        ];
        for ((language, easy), hard) in easy.into_iter().zip(hard) {
            assert!(grade(language, easy) < 4.5, "{}", grade(language, easy));
            assert!(grade(language, hard) > 12.0, "{}", grade(language, hard));
        }
    }
}
