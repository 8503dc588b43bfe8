use super::*;
use crate::directory::import::{Kind, preview_csv};

const REPLY: &str = r#"{"result_count": 2, "results": [
  {"enumeration_type": "NPI-1", "number": "1234567893",
   "basic": {"first_name": "ANNE", "last_name": "EXEMPLE", "middle_name": "--", "credential": "LMFT", "gender": "F", "status": "A"},
   "addresses": [
     {"address_purpose": "MAILING", "address_1": "PO BOX 1", "city": "ELSEWHERE", "state": "VT", "postal_code": "05001"},
     {"address_purpose": "LOCATION", "address_1": "1 MADE UP RD", "address_2": "STE 2", "city": "NOWHERE", "state": "NY",
      "postal_code": "123456789", "country_code": "US", "telephone_number": "555-555-0100"}],
   "practiceLocations": [{"address_1": "2 OTHER RD", "city": "NOWHERE", "state": "NY", "postal_code": "12345"}],
   "taxonomies": [{"code": "207X00000X", "desc": "Surgery", "primary": true, "state": "NY", "license": "1"},
     {"code": "106H00000X", "desc": "Marriage & Family Therapist", "primary": false, "state": "NY", "license": "M-2"}]},
  {"enumeration_type": "NPI-2", "number": 1245319599, "basic": {"organization_name": "MADE UP CLINIC", "status": "A"},
   "addresses": [], "taxonomies": [], "other_names": []}]}"#;

#[test]
fn a_reply_is_read() {
    let all = preview_csv(REPLY.as_bytes(), []).unwrap();
    assert_eq!((all.about.kind, all.rows.len(), all.counts().organisations), (Kind::NpiRegistry, 2, 1));
    let expected = Therapist {
        name: "ANNE EXEMPLE".into(),
        credential: "LMFT".into(),
        gender: "F".into(),
        npi: "1234567893".into(),
        licence_number: "M-2".into(),
        licence_region: "NY".into(),
        street: "1 MADE UP RD, STE 2".into(),
        city: "NOWHERE".into(),
        region: "NY".into(),
        postcode: "12345-6789".into(),
        country: "US".into(),
        phones: vec!["555-555-0100".into()],
        notes:
            "2 OTHER RD, NOWHERE, NY, 12345\n207X00000X Surgery (NY 1)\n106H00000X Marriage & Family Therapist (NY M-2)"
                .into(),
        ..Therapist::default()
    };
    assert_eq!(all.rows[0].found.therapist, expected);
    assert_eq!(all.rows[1].found.therapist.name, "MADE UP CLINIC");
}

#[test]
fn errors_and_empty_replies_are_told() {
    let said =
        r#"{"Errors":[{"field":"state","number":"09","description":"state requires more"},{"description":"no"}]}"#;
    assert_eq!(
        preview_csv(said.as_bytes(), []),
        Err(ImportError::Registry { said: "state requires more; no".into() })
    );
    assert_eq!(preview_csv(br#"{"result_count":0,"results":[]}"#, []), Err(ImportError::Nobody));
    assert!(matches!(preview_csv(&REPLY.as_bytes()[..400], []), Err(ImportError::Broken { line: 3.., .. })));
    assert!(matches!(preview_csv("[".repeat(100_000).as_bytes(), []), Err(ImportError::Broken { .. })));
}

#[test]
fn several_replies_and_single_providers_are_read_as_well() {
    let twice = format!("{REPLY}\n{REPLY}");
    assert_eq!(preview_csv(twice.as_bytes(), []).unwrap().rows.len(), 4);
    let one = r#"[{"number":"1234567893","basic":{"name":"EXEMPLE ANNE"},"taxonomies":[]}]"#;
    assert_eq!(preview_csv(one.as_bytes(), []).unwrap().rows[0].found.therapist.name, "EXEMPLE ANNE");
}
