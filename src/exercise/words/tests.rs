//! Every rule against its own examples, and what must hold for any text.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn checker(language: Language) -> Checker {
    Checker::new(language, &|name| rules::built_in(language, name).to_owned()).unwrap_or_else(|fault| panic!("{fault}"))
}

fn kinds(checker: &Checker, text: &str) -> BTreeSet<Kind> {
    checker.check(text).into_iter().map(|finding| finding.kind).collect()
}

#[test]
fn every_rule_finds_and_leaves_its_examples() {
    let mut faults = Vec::new();
    for language in Language::ALL {
        let checker = checker(language);
        let mut ids = BTreeSet::new();
        for rule in &checker.rules.rules {
            let text = &rule.text;
            let place = format!("{} {}", language.code(), text.id);
            assert!(ids.insert(&text.id), "{place}: there are two of these");
            assert!(!text.finds.is_empty() && !text.leaves.is_empty(), "{place}: examples of both sorts are needed");
            assert!(
                !text.why.trim().is_empty() && !text.instead.trim().is_empty(),
                "{place}: say why and what instead"
            );
        }
        for (rule, kind, example, must) in checker.examples() {
            let found = checker.check(example);
            if must && !found.iter().any(|finding| finding.kind == kind) {
                faults.push(format!("{} {rule} does not find: {example}", language.code()));
            }
            if let (false, Some(finding)) = (must, found.first()) {
                faults.push(format!("{} {rule} leaves, but {} finds: {example}", language.code(), finding.rule));
            }
        }
    }
    assert!(faults.is_empty(), "{}\n{} in all", faults.join("\n"), faults.len());
}

#[test]
fn every_part_is_seen_in_its_examples() {
    for language in Language::ALL {
        let checker = checker(language);
        for rule in &checker.rules.parts {
            let lacks = |text: &str| checker.missing(text).iter().any(|missing| missing.part == rule.text.part);
            for example in &rule.text.finds {
                assert!(!lacks(example), "{language:?} {:?} is in: {example}", rule.text.part);
            }
            for example in &rule.text.leaves {
                assert!(lacks(example), "{language:?} {:?} is not in: {example}", rule.text.part);
            }
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_checked_and_ranges_lie_inside(text in "\\PC{0,200}|[a-z' .,\\n?]{0,200}") {
        for language in Language::ALL {
            for finding in check(&text, language) {
                prop_assert!(finding.range.start < finding.range.end);
                prop_assert!(text.get(finding.range.clone()).is_some());
            }
            let _ = missing(&text, language);
        }
    }

    /// A space at the end, another apostrophe and case change nothing. Texts are made of words that rules know.
    #[test]
    fn spaces_apostrophes_and_case_change_nothing(at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        for language in Language::ALL {
            let checker = Checker::of(language);
            let examples: Vec<&str> = checker.examples().map(|(_, _, sentence, _)| sentence).collect();
            let text = format!("{} {}", at.get(&examples), other.get(&examples));
            let known = kinds(checker, &text);
            prop_assert_eq!(&kinds(checker, &format!("{text} ")), &known);
            prop_assert_eq!(&kinds(checker, &text.replace('’', "'")), &known);
            prop_assert_eq!(&kinds(checker, &text.replace('\'', "’")), &known);
            prop_assert_eq!(&kinds(checker, &text.to_uppercase()), &known);
        }
    }
}
