use std::collections::BTreeSet;

use super::*;
use crate::fields::Document;

#[test]
fn every_field_has_its_place_in_the_form() {
    let all = std::iter::once(&NAME).chain(FIRST).chain(GROUPS.iter().flat_map(|group| group.fields));
    let placed: Vec<&str> = all.map(|field| field.name).collect();
    let known: BTreeSet<String> = Therapist::default().put().into_keys().collect();
    // Who added it, whether it is deleted, and a photo are not typed.
    assert_eq!(placed.len() + 3, known.len());
    let placed: BTreeSet<&str> = placed.into_iter().collect();
    for name in known.iter().filter(|name| !["added_by", "deleted", "photo"].contains(&name.as_str())) {
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

/// What each kind of field may hold, as an import reads it.
const fn sample(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text | Kind::List => "abc",
        Kind::Languages => "fr",
        Kind::Number | Kind::Percent => "12",
        Kind::Date => "2026-11-20",
        Kind::Fee => "160 CAD",
        Kind::Answer => "yes",
        Kind::Style => "mixed",
        Kind::Photo => "",
    }
}

#[test]
fn every_label_that_is_shown_is_a_heading_that_an_import_knows() {
    for texts in Language::ALL.map(Texts::new) {
        for field in FIRST.iter().chain(GROUPS.iter().flat_map(|group| group.fields)) {
            let label = texts.get(field.label);
            let file = format!("\"Name\",\"{label}\"\n\"Anne Test\",\"{}\"\n", sample(field));
            let preview = crate::directory::preview_csv(file.as_bytes(), []).unwrap();
            assert_eq!(preview.about.unknown_headings, Vec::<String>::new(), "{}", field.name);
            let found = &preview.rows[0].found.therapist;
            assert!(!(field.get)(found).is_empty(), "{}: {label} is read as another field", field.name);
        }
        let file = format!("{}\nAnne Test\n", texts.get(NAME.label));
        assert_eq!(crate::directory::preview_csv(file.as_bytes(), []).unwrap().new_therapists().count(), 1);
    }
}

#[test]
fn languages_are_kept_as_tags_and_shown_by_their_names() {
    let field = of("languages").unwrap();
    let mut therapist = Therapist { name: "Anne".into(), ..Therapist::default() };
    assert!((field.set)(&mut therapist, "English, français, ASL, fr-CA, Klingon"));
    assert_eq!(therapist.languages, ["en", "fr", "ase", "fr-CA", "Klingon"]);
    for texts in Language::ALL.map(Texts::new) {
        let shown = languages(&therapist, &texts);
        let mut again = therapist.clone();
        assert!((field.set)(&mut again, &shown));
        assert_eq!(again, therapist, "{shown}");
    }
    assert!(!(field.set)(&mut therapist, "English, xx-nonsense"));
    assert_eq!(therapist.languages, ["en"]);
}

#[test]
fn what_is_not_understood_is_said() {
    let mut therapist = Therapist { name: "Anne".into(), fee: Some(Money::new(1, "CAD")), ..Therapist::default() };
    for (name, text) in [("fee", "about 160"), ("years", "many"), ("checked", "last week"), ("name", " ")] {
        assert!(!(of(name).unwrap().set)(&mut therapist, text), "{name}");
    }
    assert_eq!((therapist.name.as_str(), therapist.fee), ("Anne", None));
}
