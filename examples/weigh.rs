//! Learns the weights of the wording check (`assets/words/<language>/weights.ron`) from labelled sentences: logistic
//! regression over runs of up to three words, with a penalty on large weights.
//!
//! ```sh
//! cargo run --release --example weigh -- LANGUAGE OUT [--vectors FILE] SET…
//! ```
//!
//! Each set is a list like those under `tests/words`; the examples beside the rules are learnt from too. `--vectors`
//! names word vectors in the text form of GloVe (a word and its numbers on each line, commonest words first): with
//! them, a word that is in no set leans like the words that are used like it. The weights that are kept in the
//! repository were learnt from all sets of their language there: in English with the 100 numbers of the GloVe vectors
//! (public domain) for the 20,000 commonest words, in French without vectors.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use sameside::exercise::words::{Checker, Kind};
use sameside::locale::Language;
use serde::Deserialize;

/// Weights nearer to zero than this are left out.
const LEAST: f32 = 0.7;
/// How much large weights cost, beside what a wrong guess costs.
const PENALTY: f32 = 1.0;
/// How much the vectors count beside the grams.
const VECTORS: f32 = 1.5;
/// How many times all sentences are gone through.
const ROUNDS: u32 = 400;

#[derive(Deserialize)]
struct Labelled {
    text: String,
    kinds: Vec<String>,
}

/// One sentence: its grams (number of the gram, how often by how rare), the sum of its word vectors, whether it
/// presses.
struct Sample {
    grams: Vec<(usize, f32)>,
    vector: Vec<f32>,
    presses: bool,
}

/// What is learnt.
#[derive(Default)]
struct Model {
    bias: f32,
    grams: Vec<f32>,
    vector: Vec<f32>,
}

impl Model {
    fn odds(&self, sample: &Sample) -> f32 {
        let grams: f32 = sample.grams.iter().map(|(gram, value)| self.grams[*gram] * value).sum();
        let vector: f32 = sample.vector.iter().zip(&self.vector).map(|(one, other)| one * other).sum();
        self.bias + grams + vector
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let language = arguments.next().and_then(|tag| Language::from_tag(&tag)).ok_or("name a language: en or fr")?;
    let out = arguments.next().ok_or("name the file to write")?;
    let (mut vectors, mut sets) = (HashMap::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        if argument == "--vectors" {
            vectors = read_vectors(&arguments.next().ok_or("name the file of vectors")?)?;
        } else {
            let text = fs::read_to_string(&argument).map_err(|error| format!("{argument}: {error}"))?;
            sets.extend(ron::from_str::<Vec<Labelled>>(&text).map_err(|error| format!("{argument}:{error}"))?);
        }
    }
    let examples = Checker::of(language).examples().map(|(_, kind, sentence, must)| Labelled {
        text: sentence.to_owned(),
        kinds: if must { vec![kind.slug().to_owned()] } else { Vec::new() },
    });
    sets.extend(examples);
    let checker = knowing(language, &sets, &vectors)?;
    let texts: Vec<(Vec<Vec<String>>, &[String])> =
        sets.iter().map(|one| (checker.grams(&one.text), one.kinds.as_slice())).collect();
    let (numbers, rarity) = number(&texts);
    let (mut samples, mut open) = (Vec::new(), Vec::new());
    for (sentences, kinds) in &texts {
        let mut made: Vec<Sample> =
            sentences.iter().map(|one| sample(one, !kinds.is_empty(), &numbers, &rarity, &vectors)).collect();
        // Which of several sentences presses is not told.
        if kinds.is_empty() || made.len() == 1 { samples.append(&mut made) } else { open.push(made) }
    }
    let model = learn(&samples, numbers.len());
    for several in open {
        let heaviest = several.into_iter().max_by(|one, other| model.odds(one).total_cmp(&model.odds(other)));
        samples.extend(heaviest);
    }
    let model = learn(&samples, numbers.len());
    writeln!(std::io::stdout(), "{} sentences, {} grams", samples.len(), numbers.len())?;
    fs::write(&out, written(&model, &numbers, &rarity, &vectors, &kind_weights(&texts)))?;
    Ok(())
}

fn read_vectors(file: &str) -> Result<HashMap<String, Vec<f32>>, Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    let line = |line: &str| {
        let mut parts = line.split(' ');
        let word = parts.next()?.to_owned();
        let vector: Vec<f32> = parts.map(str::parse).collect::<Result<_, _>>().ok()?;
        let length = vector.iter().map(|value| value * value).sum::<f32>().sqrt();
        Some((word, vector.into_iter().map(|value| value / length).collect()))
    };
    Ok(text.lines().filter_map(line).collect())
}

/// A checker that knows the words of `sets` that are there twice, and those that have vectors.
fn knowing(
    language: Language,
    sets: &[Labelled],
    vectors: &HashMap<String, Vec<f32>>,
) -> Result<Checker, Box<dyn Error>> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for one in sets {
        for word in one.text.to_lowercase().split(|letter: char| !letter.is_alphanumeric()) {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    let twice = counts.iter().filter(|(word, count)| !word.is_empty() && **count > 1).map(|(word, _)| word);
    let words: BTreeSet<&String> = twice.chain(vectors.keys()).collect();
    let grams: Vec<String> = words.into_iter().map(|word| format!("{word} 0")).collect();
    let weights = format!("(grams: {:?})", grams.join("\n"));
    let file = |name: &str| {
        if name == "weights" {
            return weights.clone();
        }
        fs::read_to_string(format!("assets/words/{}/{name}.ron", language.code())).unwrap_or_default()
    };
    Ok(Checker::new(language, &file)?)
}

/// Grams that are in two texts at least, each with a number, and how rare each is.
#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn number(texts: &[(Vec<Vec<String>>, &[String])]) -> (BTreeMap<String, usize>, Vec<f32>) {
    let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
    for (sentences, _) in texts {
        for gram in sentences.iter().flatten().collect::<BTreeSet<_>>() {
            *counts.entry(gram).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    let rarity = counts.values().map(|count| (texts.len() as f32 / *count as f32).ln() + 1.0).collect();
    (counts.into_keys().zip(0..).map(|(gram, number)| (gram.clone(), number)).collect(), rarity)
}

#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn sample(
    grams: &[String],
    presses: bool,
    numbers: &BTreeMap<String, usize>,
    rarity: &[f32],
    vectors: &HashMap<String, Vec<f32>>,
) -> Sample {
    let scale = (grams.len().max(1) as f32).sqrt();
    let mut counts: BTreeMap<usize, f32> = BTreeMap::new();
    let mut vector = vec![0.0; vectors.values().next().map_or(0, Vec::len)];
    for gram in grams {
        if let Some(number) = numbers.get(gram) {
            *counts.entry(*number).or_default() += rarity[*number] / scale;
        }
        for (sum, value) in vector.iter_mut().zip(vectors.get(gram).into_iter().flatten()) {
            *sum += VECTORS * value / scale;
        }
    }
    Sample { grams: counts.into_iter().collect(), vector, presses }
}

/// Logistic regression by gradient descent with momentum and a step of its own for each weight (Adam).
#[allow(clippy::cast_precision_loss, clippy::cast_possible_wrap, reason = "a few thousand")]
fn learn(samples: &[Sample], grams: usize) -> Model {
    let dimensions = samples.first().map_or(0, |sample| sample.vector.len());
    let mut model = Model { bias: 0.0, grams: vec![0.0; grams], vector: vec![0.0; dimensions] };
    let count = 1 + dimensions + grams;
    let (mut slope, mut mean, mut square) = (vec![0.0_f32; count], vec![0.0_f32; count], vec![0.0_f32; count]);
    let penalty = PENALTY / samples.len() as f32;
    for round in 1..=ROUNDS {
        slope.fill(0.0);
        for sample in samples {
            let guess = 1.0 / (1.0 + (-model.odds(sample)).exp());
            let off = (guess - f32::from(u8::from(sample.presses))) / samples.len() as f32;
            slope[0] += off;
            for (sum, value) in slope[1..].iter_mut().zip(&sample.vector) {
                *sum += off * value;
            }
            for (gram, value) in &sample.grams {
                slope[1 + dimensions + gram] += off * value;
            }
        }
        let step = 0.05 * if round > ROUNDS * 3 / 4 { 0.2 } else { 1.0 };
        let weights = std::iter::once((&mut model.bias, 0.0))
            .chain(model.vector.iter_mut().chain(&mut model.grams).map(|weight| (weight, penalty)));
        for (at, (weight, penalty)) in weights.enumerate() {
            let slope = slope[at] + penalty * *weight;
            mean[at] = 0.9 * mean[at] + 0.1 * slope;
            square[at] = 0.999 * square[at] + 0.001 * slope * slope;
            let unbiased = mean[at] / (1.0 - 0.9_f32.powi(round as i32));
            let size = (square[at] / (1.0 - 0.999_f32.powi(round as i32))).sqrt();
            *weight -= step * unbiased / (size + 1e-8);
        }
    }
    model
}

/// How much likelier a gram is in a sentence of a kind than in any that presses, as a logarithm.
#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn kind_weights(texts: &[(Vec<Vec<String>>, &[String])]) -> Vec<(String, Kind, f32)> {
    let mut all: BTreeMap<&String, f32> = BTreeMap::new();
    let mut of: BTreeMap<(&String, Kind), f32> = BTreeMap::new();
    let (mut total, mut totals) = (0.0_f32, BTreeMap::<Kind, f32>::new());
    for (sentences, kinds) in texts.iter().filter(|(_, kinds)| !kinds.is_empty()) {
        let kinds: Vec<Kind> = kinds.iter().filter_map(|slug| Kind::from_slug(slug)).collect();
        let share = 1.0 / kinds.len().max(1) as f32;
        let grams: BTreeSet<&String> = sentences.iter().flatten().filter(|gram| gram.split(' ').count() < 3).collect();
        total += 1.0;
        kinds.iter().for_each(|kind| *totals.entry(*kind).or_default() += share);
        for gram in grams {
            *all.entry(gram).or_default() += 1.0;
            kinds.iter().for_each(|kind| *of.entry((gram, *kind)).or_default() += share);
        }
    }
    let mut weights = Vec::new();
    for (gram, seen) in all.iter().filter(|(_, seen)| **seen >= 5.0) {
        for (kind, count) in &totals {
            let own = of.get(&(*gram, *kind)).copied().unwrap_or_default();
            let expected = seen * count / total;
            let weight = ((own + 0.5) / (expected + 0.5)).ln();
            if !(-1.5..=0.9).contains(&weight) {
                weights.push(((*gram).clone(), *kind, weight));
            }
        }
    }
    weights
}

fn written(
    model: &Model,
    numbers: &BTreeMap<String, usize>,
    rarity: &[f32],
    vectors: &HashMap<String, Vec<f32>>,
    kinds: &[(String, Kind, f32)],
) -> String {
    let mut weights: BTreeMap<&String, f32> =
        numbers.iter().map(|(gram, number)| (gram, model.grams[*number] * rarity[*number])).collect();
    for (word, vector) in vectors {
        let lean: f32 = vector.iter().zip(&model.vector).map(|(one, other)| one * other).sum();
        *weights.entry(word).or_default() += VECTORS * lean;
    }
    let mut text = format!(
        "// Written by `examples/weigh.rs`; what is decided by hand stands in `weighed.ron`.\n(\nbias: {:.2},\ngrams: \"\n",
        model.bias
    );
    for (gram, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= LEAST) {
        let _ = writeln!(text, "{gram} {weight:.1}");
    }
    text.push_str("\",\nkinds: \"\n");
    for (gram, kind, weight) in kinds {
        let _ = writeln!(text, "{gram} {} {weight:.1}", kind.slug());
    }
    text.push_str("\",\n)\n");
    text
}
