//! The reading grade and the number of words of every exercise text and of all evidence, with the hardest and the
//! middle grade of each language: `cargo run --example reading`.

use std::io::{self, Write};

use sameside::exercise::audit::{self, minutes};
use sameside::exercise::{Library, reading};
use sameside::locale::Language;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for language in Language::ALL {
        let code = language.code();
        let library = Library::new(language, &[]);
        let (mut grades, mut words) = (Vec::new(), 0);
        for exercise in &library.exercises {
            let grade = audit::grade(language, exercise);
            grades.push(grade);
            let (told, takes) = (exercise.minutes, minutes::estimate(exercise));
            writeln!(out, "{code} {}: grade {grade:.1}; told {told} minutes, takes about {takes:.1}", exercise.id)?;
            for (place, text) in audit::prose(exercise) {
                let (count, grade) = (reading::words(text), reading::grade(language, text));
                words += count;
                writeln!(out, "  {place}: {count} words, grade {grade:.1}")?;
            }
        }
        let mut evidence = Vec::new();
        for (key, entry) in &library.evidence {
            let text = format!("{} {}", entry.claim, entry.limit);
            let (count, grade) = (reading::words(&text), reading::grade(language, &text));
            evidence.push(grade);
            writeln!(out, "{code} evidence {key}: {count} words, grade {grade:.1}")?;
        }
        let (median, most) = middle_and_most(grades);
        writeln!(out, "{code} exercises: {words} words, grade {median:.1} in the middle, {most:.1} at most")?;
        let (median, most) = middle_and_most(evidence);
        writeln!(out, "{code} evidence: grade {median:.1} in the middle, {most:.1} at most")?;
    }
    Ok(())
}

fn middle_and_most(mut grades: Vec<f32>) -> (f32, f32) {
    grades.sort_by(f32::total_cmp);
    let at = |index: usize| grades.get(index).copied().unwrap_or_default();
    (at(grades.len() / 2), at(grades.len().saturating_sub(1)))
}
