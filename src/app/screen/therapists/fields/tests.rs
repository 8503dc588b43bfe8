use std::collections::BTreeSet;

use super::*;
use crate::fields::Document;

#[test]
fn every_field_has_its_place_in_the_form() {
    let all = std::iter::once(&NAME).chain(FIRST).chain(GROUPS.iter().flat_map(|group| group.fields));
    let placed: Vec<&str> = all.map(|field| field.name).collect();
    let known: BTreeSet<String> = Therapist::default().put().into_keys().collect();
    // Who added it and whether it is deleted are not typed.
    assert_eq!(placed.len() + 2, known.len());
    let placed: BTreeSet<&str> = placed.into_iter().collect();
    for name in known.iter().filter(|name| !["added_by", "deleted"].contains(&name.as_str())) {
        assert!(placed.contains(name.as_str()), "{name} cannot be edited");
    }
}

#[test]
fn what_is_shown_can_be_typed_again() {
    let mut therapist = Therapist {
        name: "Anne Test".into(),
        phones: vec!["418 555-0100".into(), "418 555-0101".into()],
        topics: vec!["grief, loss".into()],
        welcomes: vec!["a, b".into(), "c".into()],
        fee: Some(Money::new(16_050, "CAD")),
        couples_share: Some(80),
        checked: Some(jiff::civil::date(2026, 11, 20)),
        taking_new: YesNo::No,
        style: Style::Mixed,
        ..Therapist::default()
    };
    let before = therapist.clone();
    for name in ["name", "phones", "topics", "welcomes", "fee", "couples_share", "checked", "taking_new", "style"] {
        let field = of(name).unwrap();
        let text = (field.get)(&therapist);
        assert!(!text.is_empty(), "{name}");
        assert!((field.set)(&mut therapist, &text), "{name}");
        assert_eq!(therapist, before, "{name}: {text}");
    }
}

#[test]
fn what_is_not_understood_is_said() {
    let mut therapist = Therapist { name: "Anne".into(), fee: Some(Money::new(1, "CAD")), ..Therapist::default() };
    for (name, text) in [("fee", "about 160"), ("years", "many"), ("checked", "last week"), ("name", " ")] {
        assert!(!(of(name).unwrap().set)(&mut therapist, text), "{name}");
    }
    assert_eq!((therapist.name.as_str(), therapist.fee), ("Anne", None));
}
