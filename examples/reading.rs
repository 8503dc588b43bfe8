//! The reading grade and the number of words of every exercise text: `cargo run --example reading`.

use std::io::{self, Write};

use sameside::exercise::{Library, audit, reading};
use sameside::locale::Language;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for language in Language::ALL {
        for exercise in Library::new(language, &[]).exercises {
            let grade = audit::grade(language, &exercise);
            writeln!(out, "{} {}: grade {grade:.1}", language.code(), exercise.id)?;
            for (place, text) in audit::prose(&exercise) {
                let (words, grade) = (reading::words(text), reading::grade(language, text));
                writeln!(out, "  {place}: {words} words, grade {grade:.1}")?;
            }
        }
    }
    Ok(())
}
