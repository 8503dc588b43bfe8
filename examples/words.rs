//! How well the wording check does on the labelled sentences under `tests/words`: precision and recall of each kind,
//! and overall (a sentence counts as found when anything is found in it).
//!
//! ```sh
//! cargo run --example words -- [--misses] [--rules DIR] [--examples] [en=FILE | fr=FILE]…
//! ```
//!
//! Without a set it takes the first one of each language, which rules and weights have learnt from, and the one called
//! `unseen`, which they have not. `--misses` lists what went wrong; `--rules` reads the rules from a folder instead of the
//! built-in ones, so that they can be tried without building; `--examples` runs the examples of the rules instead.

use std::error::Error;
use std::fs;
use std::io::{self, Write};

use sameside::exercise::words::{Checker, Finding, Kind};
use sameside::locale::Language;
use serde::Deserialize;

#[derive(Deserialize)]
struct Sentence {
    text: String,
    kinds: Vec<String>,
}

/// How often something was found rightly, found wrongly, and missed.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Tally {
    fn add(&mut self, is: bool, found: bool) {
        self.right += u32::from(is && found);
        self.wrong += u32::from(!is && found);
        self.missed += u32::from(is && !found);
    }

    fn line(self, name: &str) -> String {
        let share = |of: u32| if of == 0 { 1.0 } else { f64::from(self.right) / f64::from(of) };
        let (precision, recall) = (share(self.right + self.wrong), share(self.right + self.missed));
        let Self { right, wrong, missed } = self;
        format!(
            "  {name:<14} precision {precision:.3}  recall {recall:.3}  ({right} right, {wrong} wrong, {missed} missed)"
        )
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let (mut misses, mut examples, mut folder, mut sets) = (false, false, None, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--misses" => misses = true,
            "--examples" => examples = true,
            "--rules" => folder = arguments.next(),
            set => {
                let (language, file) = set.split_once('=').ok_or("name a set as en=FILE or fr=FILE")?;
                sets.push((Language::from_tag(language).ok_or("write en or fr")?, file.to_owned()));
            }
        }
    }
    if sets.is_empty() {
        let names: &[&str] = if examples { &[""] } else { &["", "unseen-"] };
        let both = |language: Language| names.iter().map(move |name| (language, format!("{name}{}", language.code())));
        let named = Language::ALL.into_iter().flat_map(both);
        sets = named.map(|(language, name)| (language, format!("tests/words/{name}.ron"))).collect();
    }
    let mut out = io::stdout().lock();
    for (language, file) in sets {
        let own;
        let checker = match &folder {
            Some(folder) => {
                let read = |name: &str| {
                    fs::read_to_string(format!("{folder}/{}/{name}.ron", language.code())).unwrap_or_default()
                };
                own = Checker::new(language, &read)?;
                &own
            }
            None => Checker::of(language),
        };
        if examples {
            run_examples(checker, language, &mut out)?;
        } else {
            run_set(checker, &file, misses, &mut out)?;
        }
    }
    Ok(())
}

fn run_examples(checker: &Checker, language: Language, out: &mut impl Write) -> io::Result<()> {
    let (mut all, mut wrong) = (0, 0);
    for (rule, kind, sentence, must) in checker.examples() {
        let found = checker.check(sentence);
        let right = if must { found.iter().any(|finding| finding.kind == kind) } else { found.is_empty() };
        all += 1;
        wrong += u32::from(!right);
        if !right {
            let place = |finding: &Finding| format!("{} at “{}”", finding.rule, &sentence[finding.range.clone()]);
            let rules: Vec<String> = found.iter().map(place).collect();
            writeln!(out, "{rule} {}: {sentence} {rules:?}", if must { "misses" } else { "should leave" })?;
        }
    }
    writeln!(out, "{}: {all} examples, {wrong} wrong", language.code())
}

fn run_set(checker: &Checker, file: &str, misses: bool, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let sentences: Vec<Sentence> = ron::from_str(&text).map_err(|error| format!("{file}:{error}"))?;
    let mut overall = Tally::default();
    let mut tallies = [Tally::default(); Kind::ALL.len()];
    for sentence in &sentences {
        let found = checker.check(&sentence.text);
        overall.add(!sentence.kinds.is_empty(), !found.is_empty());
        for (kind, tally) in Kind::ALL.iter().zip(&mut tallies) {
            let is = sentence.kinds.iter().any(|known| known == kind.slug());
            tally.add(is, found.iter().any(|finding| finding.kind == *kind));
        }
        let mut seen: Vec<&str> = found.iter().map(|finding| finding.kind.slug()).collect();
        seen.sort_unstable();
        seen.dedup();
        let mut known: Vec<&str> = sentence.kinds.iter().map(String::as_str).collect();
        known.sort_unstable();
        if misses && seen != known {
            let sign = match (known.is_empty(), seen.is_empty()) {
                (true, false) => "WRONG ",
                (false, true) => "MISSED",
                _ => "kind  ",
            };
            let place = |finding: &Finding| format!("{} at “{}”", finding.rule, &sentence.text[finding.range.clone()]);
            let rules: Vec<String> = found.iter().map(place).collect();
            writeln!(out, "{sign} {known:?} found [{}]: {}", rules.join(", "), sentence.text)?;
        }
    }
    writeln!(out, "{file}: {} sentences", sentences.len())?;
    for (kind, tally) in Kind::ALL.iter().zip(tallies) {
        writeln!(out, "{}", tally.line(kind.slug()))?;
    }
    writeln!(out, "{}", overall.line("overall"))?;
    Ok(())
}
