//! The labelled sentences that the wording check is measured on: each set is large, balanced and well formed.

#![allow(clippy::expect_used, reason = "these are tests")]

use serde::Deserialize;
use std::collections::{BTreeMap, HashSet};

/// The kinds a sentence may be labelled with.
const KINDS: [&str; 12] = [
    "always-never",
    "you-make-me",
    "ultimatum",
    "threat",
    "diagnosis",
    "third-party",
    "demand",
    "mind-reading",
    "sarcasm",
    "guilt",
    "deadline",
    "lopsided-we",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Labelled {
    text: String,
    kinds: Vec<String>,
}

fn set(ron: &str) -> Vec<Labelled> {
    ron::from_str(ron).expect("a list of labelled sentences")
}

fn holds(set: &[Labelled]) {
    assert!(set.len() >= 300, "only {} sentences", set.len());
    let harmless = set.iter().filter(|one| one.kinds.is_empty()).count();
    assert!(
        harmless * 100 >= set.len() * 48 && harmless * 100 <= set.len() * 52,
        "{harmless} of {} are harmless",
        set.len()
    );
    let mut seen = HashSet::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for one in set {
        assert!(!one.text.trim().is_empty());
        assert!(seen.insert(one.text.to_lowercase()), "twice: {}", one.text);
        for kind in &one.kinds {
            assert!(KINDS.contains(&kind.as_str()), "{kind}: {}", one.text);
            *count.entry(kind).or_default() += 1;
        }
    }
    for kind in KINDS {
        let n = count.get(kind).copied().unwrap_or(0);
        assert!(n >= 10, "only {n} of {kind}");
    }
}

#[test]
fn the_english_set_is_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/en.ron")));
}

#[test]
fn the_english_set_that_was_met_once_is_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/met-en.ron")));
}

#[test]
fn the_french_set_is_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/fr.ron")));
}

#[test]
fn the_french_set_that_was_met_once_is_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/met-fr.ron")));
}

#[test]
fn the_later_french_set_is_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/later-fr.ron")));
}

#[test]
fn the_sets_that_are_learnt_from_are_large_balanced_and_well_formed() {
    for file in [
        include_str!("words/retold-en.ron"),
        include_str!("words/retold-fr.ron"),
        include_str!("words/twins-en.ron"),
        include_str!("words/twins-fr.ron"),
        include_str!("words/voices-en.ron"),
        include_str!("words/written-fr.ron"),
    ] {
        holds(&set(file));
    }
}

#[test]
fn the_sets_that_nothing_learns_from_are_large_balanced_and_well_formed() {
    holds(&set(include_str!("words/unseen-en.ron")));
    holds(&set(include_str!("words/unseen-fr.ron")));
}

#[test]
fn no_sentence_stands_in_two_sets() {
    let english = [
        include_str!("words/calm-en.ron"),
        include_str!("words/en.ron"),
        include_str!("words/learnt-en.ron"),
        include_str!("words/met-en.ron"),
        include_str!("words/own-en.ron"),
        include_str!("words/retold-en.ron"),
        include_str!("words/twins-en.ron"),
        include_str!("words/unseen-en.ron"),
        include_str!("words/voices-en.ron"),
    ];
    let french = [
        include_str!("words/calm-fr.ron"),
        include_str!("words/fr.ron"),
        include_str!("words/later-fr.ron"),
        include_str!("words/learnt-fr.ron"),
        include_str!("words/met-fr.ron"),
        include_str!("words/own-fr.ron"),
        include_str!("words/retold-fr.ron"),
        include_str!("words/twins-fr.ron"),
        include_str!("words/unseen-fr.ron"),
        include_str!("words/written-fr.ron"),
    ];
    for files in [&english[..], &french[..]] {
        let mut seen = HashSet::new();
        for one in files.iter().flat_map(|file| set(file)) {
            assert!(seen.insert(one.text.to_lowercase()), "twice: {}", one.text);
        }
    }
}
