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
/// How much large weights of kinds cost, and how much any that is not zero.
const KIND_PENALTY: f32 = 0.3;
const KIND_DROP: f32 = 0.4;
/// How many times all pressing sentences are gone through for their kinds.
const KIND_ROUNDS: u32 = 300;
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
    let rules = Checker::new(language, &|name| rule_file(language, name))?;
    let examples = rules.examples().map(|(_, kind, sentence, must)| Labelled {
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
    let heaviest = |sentences: &[Vec<String>]| {
        let odds = |one: &Vec<String>| model.odds(&sample(one, true, &numbers, &rarity, &vectors));
        sentences.iter().max_by(|one, other| odds(one).total_cmp(&odds(other))).cloned().unwrap_or_default()
    };
    let pressing: Vec<(Vec<String>, &[String])> = texts
        .iter()
        .filter(|(_, kinds)| !kinds.is_empty())
        .map(|(sentences, kinds)| (heaviest(sentences), *kinds))
        .collect();
    let model = learn(&samples, numbers.len());
    writeln!(std::io::stdout(), "{} sentences, {} grams", samples.len(), numbers.len())?;
    fs::write(&out, written(&model, &numbers, &rarity, &vectors, &kind_weights(&pressing)))?;
    Ok(())
}

/// The rule file `name` of `language` as it stands in the repository now, whatever was built in.
fn rule_file(language: Language, name: &str) -> String {
    fs::read_to_string(format!("assets/words/{}/{name}.ron", language.code())).unwrap_or_default()
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
        rule_file(language, name)
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

/// A sentence that presses: its grams (number, value) and how much of it is of each kind.
struct Telling {
    grams: Vec<(usize, f32)>,
    kinds: [f32; Kind::ALL.len()],
}

/// How far each gram of up to two words leans towards each kind in a sentence that presses: multinomial logistic
/// regression with a penalty on the size of the weights that also drops most of them (elastic net), by accelerated
/// proximal gradient descent (FISTA).
#[allow(clippy::cast_precision_loss, reason = "a few thousand")]
fn kind_weights(texts: &[(Vec<String>, &[String])]) -> Vec<(String, Kind, f32)> {
    let short = |gram: &&String| gram.split(' ').count() < 3;
    let mut counts: BTreeMap<&String, u32> = BTreeMap::new();
    for (grams, _) in texts {
        for gram in grams.iter().filter(short).collect::<BTreeSet<_>>() {
            *counts.entry(gram).or_default() += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    let numbers: BTreeMap<&String, usize> = counts.keys().copied().zip(0..).collect();
    let rarity: Vec<f32> = counts.values().map(|count| (texts.len() as f32 / *count as f32).ln() + 1.0).collect();
    let telling: Vec<Telling> = texts.iter().map(|(grams, slugs)| tell(grams, slugs, &numbers, &rarity)).collect();
    let weights = learn_kinds(&telling, numbers.len());
    let mut kept = Vec::new();
    for (gram, number) in &numbers {
        for kind in Kind::ALL {
            let weight = weights[*number][kind as usize] * rarity[*number];
            if weight.abs() >= 0.05 {
                kept.push(((*gram).clone(), kind, weight));
            }
        }
    }
    kept
}

#[allow(clippy::cast_precision_loss, reason = "a sentence has few words")]
fn tell(grams: &[String], slugs: &[String], numbers: &BTreeMap<&String, usize>, rarity: &[f32]) -> Telling {
    let scale = (grams.len().max(1) as f32).sqrt();
    let mut values: BTreeMap<usize, f32> = BTreeMap::new();
    for number in grams.iter().filter_map(|gram| numbers.get(gram)) {
        *values.entry(*number).or_default() += rarity[*number] / scale;
    }
    let mut kinds = [0.0; Kind::ALL.len()];
    let known: BTreeSet<Kind> = slugs.iter().filter_map(|slug| Kind::from_slug(slug)).collect();
    known.iter().for_each(|kind| kinds[*kind as usize] = 1.0 / known.len() as f32);
    Telling { grams: values.into_iter().collect(), kinds }
}

fn learn_kinds(telling: &[Telling], grams: usize) -> Vec<[f32; Kind::ALL.len()]> {
    let step = 1.0 / (0.5 * largest(telling, grams) + KIND_PENALTY);
    let mut weights = vec![[0.0_f32; Kind::ALL.len()]; grams];
    let (mut ahead, mut pace) = (weights.clone(), 1.0_f32);
    for _ in 0..KIND_ROUNDS {
        let mut slope: Vec<[f32; Kind::ALL.len()]> = ahead.clone();
        slope.iter_mut().flatten().for_each(|weight| *weight *= KIND_PENALTY);
        for one in telling {
            let mut odds = [0.0_f32; Kind::ALL.len()];
            for (gram, value) in &one.grams {
                odds.iter_mut().zip(&ahead[*gram]).for_each(|(sum, weight)| *sum += weight * value);
            }
            let most = odds.iter().copied().fold(f32::MIN, f32::max);
            odds.iter_mut().for_each(|odds| *odds = (*odds - most).exp());
            let all: f32 = odds.iter().sum();
            for (gram, value) in &one.grams {
                for (at, sum) in slope[*gram].iter_mut().enumerate() {
                    *sum += (odds[at] / all - one.kinds[at]) * value;
                }
            }
        }
        let next = (1.0 + (1.0 + 4.0 * pace * pace).sqrt()) / 2.0;
        let push = (pace - 1.0) / next;
        pace = next;
        for ((weight, ahead), slope) in
            weights.iter_mut().flatten().zip(ahead.iter_mut().flatten()).zip(slope.iter().flatten())
        {
            let moved = *ahead - step * slope;
            let new = moved.signum() * (moved.abs() - step * KIND_DROP).max(0.0);
            *ahead = new + push * (new - *weight);
            *weight = new;
        }
    }
    weights
}

/// The largest eigenvalue of the grams' products, by power iteration: how steep the loss can get.
fn largest(telling: &[Telling], grams: usize) -> f32 {
    let (mut direction, mut length) = (vec![1.0_f32; grams], 1.0_f32);
    for _ in 0..30 {
        let mut next = vec![0.0_f32; grams];
        for one in telling {
            let along: f32 = one.grams.iter().map(|(gram, value)| direction[*gram] * value).sum();
            one.grams.iter().for_each(|(gram, value)| next[*gram] += along * value);
        }
        length = next.iter().map(|value| value * value).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        direction = next.into_iter().map(|value| value / length).collect();
    }
    length
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
