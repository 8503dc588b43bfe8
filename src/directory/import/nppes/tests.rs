use std::io::Cursor;

use super::*;
use crate::directory::import::{Fields, Preview, preview, preview_csv};

/// A made-up file with the columns that matter, in quotes as the registry writes them.
fn file(rows: &[&[(&str, &str)]]) -> Vec<u8> {
    let headings = [
        "NPI",
        "Entity Type Code",
        "Provider Organization Name (Legal Business Name)",
        "Provider Last Name (Legal Name)",
        "Provider First Name",
        "Provider Middle Name",
        "Provider Credential Text",
        "Provider First Line Business Practice Location Address",
        "Provider Second Line Business Practice Location Address",
        "Provider Business Practice Location Address City Name",
        "Provider Business Practice Location Address State Name",
        "Provider Business Practice Location Address Postal Code",
        "Provider Business Practice Location Address Telephone Number",
        "NPI Deactivation Date",
        "NPI Reactivation Date",
        "Healthcare Provider Taxonomy Code_1",
        "Provider License Number_1",
        "Provider License Number State Code_1",
        "Healthcare Provider Primary Taxonomy Switch_1",
        "Healthcare Provider Taxonomy Code_15",
        "Provider License Number_15",
        "Provider License Number State Code_15",
        "Healthcare Provider Primary Taxonomy Switch_15",
        "Certification Date",
    ];
    let line = |cells: Vec<&str>| cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\r\n";
    let mut text = line(headings.to_vec());
    for row in rows {
        let cell = |heading: &&str| row.iter().find(|(name, _)| name == heading).map_or("", |(_, cell)| *cell);
        text.push_str(&line(headings.iter().map(cell).collect()));
    }
    text.into_bytes()
}

const ANNE: &[(&str, &str)] = &[
    ("NPI", "1234567893"),
    ("Entity Type Code", "1"),
    ("Provider Last Name (Legal Name)", "EXEMPLE"),
    ("Provider First Name", "ANNE"),
    ("Provider Middle Name", "B"),
    ("Provider Credential Text", "LMFT"),
    ("Provider First Line Business Practice Location Address", "1 MADE UP RD"),
    ("Provider Second Line Business Practice Location Address", "STE 2"),
    ("Provider Business Practice Location Address City Name", "NOWHERE"),
    ("Provider Business Practice Location Address State Name", "NY"),
    ("Provider Business Practice Location Address Postal Code", "123456789"),
    ("Provider Business Practice Location Address Telephone Number", "5555550100"),
    ("Healthcare Provider Taxonomy Code_1", "207X00000X"),
    ("Provider License Number_1", "OTHER"),
    ("Healthcare Provider Primary Taxonomy Switch_1", "Y"),
    ("Healthcare Provider Taxonomy Code_15", "106H00000X"),
    ("Provider License Number_15", "M-15"),
    ("Provider License Number State Code_15", "NY"),
    ("Healthcare Provider Primary Taxonomy Switch_15", "N"),
];
const CLINIC: &[(&str, &str)] = &[
    ("NPI", "1245319599"),
    ("Entity Type Code", "2"),
    ("Provider Organization Name (Legal Business Name)", "MADE UP CLINIC, INC."),
    ("Provider Business Practice Location Address State Name", "VT"),
    ("Healthcare Provider Taxonomy Code_1", "261QM0801X"),
];
const SURGEON: &[(&str, &str)] = &[
    ("NPI", "1679576722"),
    ("Entity Type Code", "1"),
    ("Provider Last Name (Legal Name)", "MADEUP"),
    ("Healthcare Provider Taxonomy Code_1", "207X00000X"),
];
const GONE: &[(&str, &str)] = &[("NPI", "1588667638"), ("NPI Deactivation Date", "01/02/2020")];

fn read_all(rows: &[&[(&str, &str)]], choice: &Choice) -> Preview {
    preview(&mut Cursor::new(file(rows)), choice, [], &mut |_| true).unwrap()
}

#[test]
fn those_who_see_couples_are_taken_with_the_licence_for_it() {
    let wrong =
        [("NPI", "1234567890"), ("Entity Type Code", "1"), ("Healthcare Provider Taxonomy Code_1", "106H00000X")];
    let all = read_all(&[ANNE, CLINIC, SURGEON, GONE, &wrong], &Choice::default());
    assert_eq!(all.about.kind, Kind::Nppes);
    let counts = all.counts();
    assert_eq!((counts.new, counts.organisations, counts.unusable, counts.left_out), (2, 1, 2, 1));
    let expected = Therapist {
        name: "ANNE B EXEMPLE".into(),
        credential: "LMFT".into(),
        licence_number: "M-15".into(),
        licence_region: "NY".into(),
        npi: "1234567893".into(),
        phones: vec!["555-555-0100".into()],
        street: "1 MADE UP RD, STE 2".into(),
        city: "NOWHERE".into(),
        region: "NY".into(),
        postcode: "12345-6789".into(),
        country: "US".into(),
        notes: "207X00000X (OTHER)\n106H00000X Marriage & Family Therapist (NY M-15)".into(),
        ..Therapist::default()
    };
    assert_eq!(all.rows[0].found.therapist, expected);
    assert_eq!(all.rows[1].found.therapist.practice, "MADE UP CLINIC, INC.");
    assert_eq!(
        all.faults,
        [(5, RowFault::Deactivated { npi: "1588667638".into() }), (6, RowFault::BadNpi { npi: "1234567890".into() })]
    );
}

#[test]
fn a_state_and_a_field_of_work_narrow_it() {
    let choice = Choice { states: vec!["VT".into()], ..Choice::default() };
    assert_eq!(read_all(&[ANNE, CLINIC, SURGEON, GONE], &choice).rows.len(), 1);
    let choice = Choice { fields: Fields::All, ..Choice::default() };
    assert_eq!(read_all(&[ANNE, CLINIC, SURGEON, GONE], &choice).rows.len(), 3);
}

#[test]
fn a_file_that_is_cut_off_or_endless_is_refused() {
    let whole = file(&[ANNE, CLINIC]);
    let at = whole.windows(6).rposition(|window| window == b"261QM0").unwrap();
    let cut = &whole[..at + 4];
    assert!(matches!(preview_csv(cut, []), Err(ImportError::CutOff { line: 3 })), "{:?}", preview_csv(cut, []));
    let mut endless = whole;
    endless.extend(std::iter::repeat_n(b'x', MAX_ROW_BYTES + 2));
    assert_eq!(preview_csv(&endless, []), Err(ImportError::RowTooLong { line: 4 }));
}

#[test]
fn a_person_can_stop_it() {
    let stopped = preview(&mut Cursor::new(file(&[ANNE, CLINIC])), &Choice::default(), [], &mut |count| count < 2);
    assert_eq!(stopped, Err(ImportError::Cancelled));
}
