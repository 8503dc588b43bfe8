//! The wording check over 2,000 words, beside plain substring search for a hundred phrases in the same text:
//! `cargo bench --bench words`. Two milliseconds is the most that typing in the draft may cost.

#![allow(missing_docs, clippy::unwrap_used, reason = "a measurement may stop where it stands")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use sameside::exercise::words::{self, Checker};
use sameside::locale::Language;

/// About 2,000 words: the examples of the rules one after the other, half of them with something to find, so that more
/// is found than in any real draft.
fn text(language: Language) -> String {
    let sentences: Vec<&str> = Checker::of(language).examples().map(|(_, _, sentence, _)| sentence).collect();
    let mut text = String::new();
    for sentence in sentences.iter().cycle() {
        text.push_str(sentence);
        text.push('\n');
        if words::count(&text) >= 2_000 {
            break;
        }
    }
    text
}

/// A calm text of the same length, in which little is found.
fn calm(language: Language) -> String {
    let left: Vec<&str> =
        Checker::of(language).examples().filter(|(.., must)| !must).map(|(_, _, sentence, _)| sentence).collect();
    let mut text = String::new();
    for sentence in left.iter().cycle() {
        text.push_str(sentence);
        text.push('\n');
        if words::count(&text) >= 2_000 {
            break;
        }
    }
    text
}

/// The same without any sign or line end between its words, as some people type.
fn unbroken(language: Language) -> String {
    text(language).split(|letter: char| !letter.is_alphanumeric() && letter != '\'').collect::<Vec<_>>().join(" ")
}

fn check(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("2 000 words");
    for language in Language::ALL {
        let checker = Checker::of(language);
        let code = language.code();
        for (name, text) in [("every rule", text(language)), ("calm", calm(language)), ("unbroken", unbroken(language))]
        {
            group.bench_function(format!("check {code}, {name}"), |b| b.iter(|| checker.check(black_box(&text))));
            group.bench_function(format!("missing {code}, {name}"), |b| b.iter(|| checker.missing(black_box(&text))));
            let phrases: Vec<&str> = checker.examples().map(|(_, _, sentence, _)| sentence).take(100).collect();
            group.bench_function(format!("100 plain searches {code}, {name}"), |b| {
                b.iter(|| phrases.iter().filter(|phrase| black_box(&text).contains(**phrase)).count());
            });
        }
    }
    group.finish();
}

criterion_group!(benches, check);
criterion_main!(benches);
