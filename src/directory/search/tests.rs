use proptest::prelude::*;

use super::*;

fn id(text: &str) -> TherapistId {
    TherapistId::new(text).unwrap()
}

fn made_up() -> Vec<(TherapistId, Therapist)> {
    let one = |key: &str, name: &str| (id(key), Therapist { name: name.into(), ..Therapist::default() });
    let mut all = vec![one("c", "Zoé L’Exemple"), one("a", "Jean-Noël Côté"), one("b", "O'Test, Anne")];
    all[0].1.city = "Cotéville".into();
    all[1].1.city = "Zoéville".into();
    all[0].1.phones = vec!["+1 (418) 555-0100".into()];
    all[2].1.languages = vec!["Français".into(), "English".into()];
    all[2].1.phones = vec!["01 99 00 12 34".into()];
    all
}

fn ids(index: &Index, query: &str) -> Vec<TherapistId> {
    index.ids(&index.find(query))
}

fn find(query: &str) -> Vec<String> {
    let all = made_up();
    let index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
    ids(&index, query).into_iter().map(String::from).collect()
}

#[test]
fn words_are_found_in_every_field_and_names_come_first() {
    assert_eq!(find(""), ["a", "b", "c"]);
    assert_eq!(find(" - "), ["a", "b", "c"]);
    assert_eq!(find("cote"), ["a", "c"]);
    assert_eq!(find("zoe"), ["c", "a"], "a name goes before a town");
    assert_eq!(find("COTE zoe"), ["a", "c"]);
    assert_eq!(find("jean noel"), ["a"]);
    assert_eq!(find("jean-noel"), ["a"]);
    assert_eq!(find("o’test"), ["b"]);
    assert_eq!(find("otest francais"), ["b"]);
    assert_eq!(find("exemple cote"), ["c"]);
    assert!(find("nobody").is_empty());
    assert!(find("oecote").is_empty());
}

#[test]
fn phones_are_found_however_spaced() {
    for query in ["4185550100", "418 555", "(418) 555-01", "555.0100", "+1 418 555 0100", "1-418-555-0100"] {
        assert_eq!(find(query), ["c"], "{query}");
    }
    for query in ["0199001234", "+33 1 99 00 12 34", "01 99 00"] {
        assert_eq!(find(query), ["b"], "{query}");
    }
}

#[test]
fn one_record_can_be_changed() {
    let mut all = made_up();
    let mut index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
    all[0].1.name = "Aaron".into();
    index.set(&all[0].0, &all[0].1);
    assert_eq!(ids(&index, "").first(), Some(&id("c")));
    assert!(ids(&index, "lexemple").is_empty());
    all[0].1.deleted = true;
    index.set(&all[0].0, &all[0].1);
    assert_eq!(index.len(), 2);
    index.remove(&id("a"));
    index.remove(&id("b"));
    assert!(index.is_empty());
}

fn numbered(names: &[String]) -> Vec<(TherapistId, Therapist)> {
    let one = |(number, name): (usize, &String)| {
        (id(&format!("t{number}")), Therapist { name: name.clone(), ..Therapist::default() })
    };
    names.iter().enumerate().map(one).collect()
}

fn word() -> impl Strategy<Value = String> {
    "[a-zA-ZÀ-ÖØ-öø-ſ][a-zA-ZÀ-ÖØ-öø-ſ’'-]{0,8}"
}

proptest! {
    #[test]
    fn every_word_of_a_name_finds_it(words in prop::collection::vec(word(), 1..4), plain in any::<bool>()) {
        let therapist = Therapist { name: words.join(" "), ..Therapist::default() };
        let index = Index::new([(&id("x"), &therapist)]);
        for word in &words {
            let asked = if plain { fold(word) } else { word.to_uppercase() };
            prop_assert_eq!(ids(&index, &asked), [id("x")]);
        }
    }

    #[test]
    fn the_order_of_words_does_not_matter(
        // Digits alone are one phone number, whose order does matter; hence one word with letters.
        letters in "[a-cé]{1,2}",
        more in prop::collection::vec("[a-cé]{1,2}|[0-9]{1,2}", 0..3),
        names in prop::collection::vec("[a-cé0-9]{1,5} [a-cé]{1,5}", 0..8),
    ) {
        let all = numbered(&names);
        let index = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
        let mut words = vec![letters];
        words.extend(more);
        let forward = ids(&index, &words.join(" "));
        words.reverse();
        prop_assert_eq!(forward, ids(&index, &words.join(" ")));
    }

    #[test]
    fn an_index_changed_bit_by_bit_is_the_same(names in prop::collection::vec("[a-c]{1,3}", 0..8), query in "[a-c]{0,2}") {
        let all = numbered(&names);
        let whole = Index::new(all.iter().map(|(id, therapist)| (id, therapist)));
        let mut grown = Index::default();
        for (id, therapist) in all.iter().rev() {
            grown.set(id, &Therapist { name: "old".into(), ..Therapist::default() });
            grown.set(id, therapist);
        }
        prop_assert_eq!(ids(&whole, &query), ids(&grown, &query));
    }
}
