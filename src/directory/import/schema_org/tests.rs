use super::*;
use crate::directory::import::{Kind, preview_csv};

fn found(text: &str) -> Vec<Found> {
    let all = preview_csv(text.as_bytes(), []).unwrap();
    assert_eq!(all.about.kind, Kind::JsonLd);
    all.rows.into_iter().map(|row| row.found).collect()
}

#[test]
fn a_person_is_read_however_it_is_written() {
    let expected = Therapist {
        name: "Zoé Exemple".into(),
        practice: "Cabinet Exemple".into(),
        credential: "Psychologue".into(),
        npi: "1234567893".into(),
        phones: vec!["+1 418 555-0100".into()],
        mails: vec!["z@exemple.test".into()],
        webs: vec!["https://exemple.test".into()],
        street: "1 rue Exemple".into(),
        city: "Lévis".into(),
        region: "QC".into(),
        postcode: "G0A 0A0".into(),
        country: "CA".into(),
        languages: vec!["fr".into(), "en".into()],
        fee: Some(Money::new(15_000, "CAD")),
        topics: vec!["Psychiatric".into()],
        ..Therapist::default()
    };
    let plain = r#"{"@context":"https://schema.org","@type":"Person","givenName":"Zoé","familyName":"Exemple","jobTitle":"Psychologue",
        "usNPI":"1234567893","telephone":"tel:+1 418 555-0100","email":"mailto:z@exemple.test","url":"https://exemple.test",
        "worksFor":{"@type":"Organization","name":"Cabinet Exemple"},"knowsLanguage":["fr",{"@type":"Language","name":"English"}],
        "address":{"@type":"PostalAddress","streetAddress":"1 rue Exemple","addressLocality":"Lévis","addressRegion":"QC",
        "postalCode":"G0A 0A0","addressCountry":{"@type":"Country","name":"CA"}},
        "makesOffer":{"@type":"Offer","price":150,"priceCurrency":"CAD"},"knowsAbout":"https://schema.org/Psychiatric"}"#;
    let graph = r#"{"@context":{"@vocab":"http://schema.org/"},"@graph":[{"@type":"WebSite","name":"Site"},
        {"@type":["http://schema.org/Person"],"schema:name":"Zoé Exemple","hasOccupation":{"@type":"Occupation","name":"Psychologue"},
        "identifier":{"@type":"PropertyValue","propertyID":"NPI","value":"1234567893"},
        "contactPoint":[{"telephone":"+1 418 555-0100","email":"z@exemple.test"}],"url":["https://exemple.test"],
        "affiliation":"Cabinet Exemple","knowsLanguage":{"@list":["fr","English"]},
        "workLocation":{"@type":"Place","address":{"streetAddress":"1 rue Exemple","addressLocality":"Lévis","addressRegion":"QC",
        "postalCode":"G0A 0A0","addressCountry":"CA"}},
        "makesOffer":[{"priceSpecification":{"price":"150.00","priceCurrency":"CAD"}}],"medicalSpecialty":["Psychiatric"]}]}"#;
    for text in [plain, graph] {
        let found = found(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].therapist, expected, "{text}");
        assert!(!found[0].is_organisation);
    }
}

#[test]
fn practices_and_those_who_work_there_are_read() {
    let alone = r#"{"@context":"https://schema.org","@type":"MedicalBusiness","name":"Cabinet Exemple","isAcceptingNewPatients":true,
        "priceRange":"$$","address":"1 rue Exemple, Lévis"}"#;
    let practice = &found(alone)[0];
    assert!(practice.is_organisation);
    assert_eq!((practice.therapist.taking_new, practice.therapist.notes.as_str()), (YesNo::Yes, "$$"));
    assert_eq!(practice.therapist.street, "1 rue Exemple, Lévis");
    let staffed = r#"[{"@context":"https://schema.org","@type":"LocalBusiness","name":"Cabinet","telephone":"418 555-0100",
        "employee":[{"@type":"Person","name":"Anne"},{"@type":"Person","name":"Marc"}]}]"#;
    let people = found(staffed);
    assert_eq!(people.iter().map(|found| found.therapist.name.as_str()).collect::<Vec<_>>(), ["Anne", "Marc"]);
    assert!(
        people.iter().all(|found| found.therapist.practice == "Cabinet" && found.therapist.phones == ["418 555-0100"])
    );
}

#[test]
fn a_place_that_an_entry_refers_to_is_where_they_work_and_nobody_else() {
    let text = r##"{"@context":"https://schema.org","@graph":[{"@type":["WebPage","AboutPage"],"@id":"#page","name":"About"},
        {"@type":["LocalBusiness","MedicalBusiness"],"@id":"#clinic","name":"Clinique Exemple","telephone":"514 555-0150",
        "address":[{"@type":"PostalAddress","addressLocality":"Montréal"}],"member":{"@id":"#iris"}},
        {"@type":["Person","Physician"],"@id":"#iris","name":"Iris Exemple","worksFor":{"@id":"#clinic"}},
        {"@type":"LocalBusiness","@id":"#other","name":"Autre clinique"}]}"##;
    let found = found(text);
    let names: Vec<_> = found.iter().map(|found| (found.therapist.name.as_str(), found.is_organisation)).collect();
    assert_eq!(names, [("Iris Exemple", false), ("Autre clinique", true)]);
    let iris = &found[0].therapist;
    assert_eq!((iris.practice.as_str(), iris.city.as_str()), ("Clinique Exemple", "Montréal"));
    assert_eq!(iris.phones, ["514 555-0150"]);
    let circle =
        r##"{"@context":"https://schema.org","@type":"Person","@id":"#a","name":"A","worksFor":{"@id":"#a"}}"##;
    assert_eq!(self::found(circle).len(), 1);
}

#[test]
fn who_is_named_in_passing_is_not_taken() {
    let bill = r#"{"@context":"https://schema.org","@type":"Invoice","customer":{"@type":"Person","name":"Anne"}}"#;
    assert_eq!(preview_csv(bill.as_bytes(), []), Err(ImportError::Nobody));
}

#[test]
fn plain_objects_with_known_names_are_read_as_rows() {
    let text = r#"{"therapists":[{"firstName":"Anne","last_name":"Test","phone":["1","2"],"address":{"city":"Laval"},"shoe":38}]}"#;
    let all = preview_csv(text.as_bytes(), []).unwrap();
    let therapist = &all.rows[0].found.therapist;
    assert_eq!(
        (all.about.kind, therapist.name.as_str(), therapist.city.as_str()),
        (Kind::Json, "Anne Test", "Laval")
    );
    assert_eq!((therapist.phones.len(), therapist.notes.as_str()), (2, "shoe: 38"));
    assert_eq!(preview_csv(b"[1, 2]", []), Err(ImportError::Nobody));
}
