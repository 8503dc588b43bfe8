use proptest::prelude::*;

use super::*;
use crate::directory::import::SameBy;
use crate::directory::{Money, YesNo};

fn preview(bytes: &[u8]) -> Result<Preview, ImportError> {
    preview_csv(bytes, [])
}

fn read(text: &str) -> Vec<Row> {
    preview(text.as_bytes()).unwrap().rows
}

#[test]
fn english_and_french_headings_are_understood() {
    let english = "Name,Phone,E-mail,Zip,City,Fee,Accepting new clients,Languages\n\
        Anne Test,418 555-0100,a@b.test,01234,Town,$150,yes,\"French, English\"\n";
    let french = "Nom;Téléphone;Courriel;Code postal;Ville;Tarif;Nouveaux clients;Langues\r\n\
        Anne Test;418 555-0100;a@b.test;01234;Town;150,00 $;oui;French, English\r\n";
    let expected = Therapist {
        name: "Anne Test".into(),
        phones: vec!["418 555-0100".into()],
        mails: vec!["a@b.test".into()],
        postcode: "01234".into(),
        city: "Town".into(),
        fee: Some(Money::new(15_000, "")),
        taking_new: YesNo::Yes,
        languages: vec!["French".into(), "English".into()],
        ..Therapist::default()
    };
    for text in [english, french, &french.replace(';', "\t"), &french.replace(';', "|"), &format!("sep=;\r\n{french}")]
    {
        let rows = read(text);
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0].therapist, &rows[0].outcome), (&expected, &RowOutcome::New), "{text}");
        assert!(rows[0].aside.is_empty());
    }
}

#[test]
fn names_come_from_whatever_columns_there_are() {
    for (text, name) in [
        ("First,Last\nAnne,Test\n", "Anne Test"),
        ("Nom,Prénom\nTest,Anne\n", "Anne Test"),
        ("Name,First name\nAnne Test,Anne\n", "Anne Test"),
        ("Name,First name,Last name\nDr. Anne Test,Anne,Test\n", "Dr. Anne Test"),
        ("Prénom\nAnne\n", "Anne"),
        ("Name\nAnne Test", "Anne Test"),
    ] {
        assert_eq!(read(text)[0].therapist.name, name, "{text}");
    }
}

#[test]
fn nothing_in_a_row_is_lost() {
    let rows = read("Name,Shoe size,Fee,Notes,Street,Address 2\nAnne,38,ask me,kind,1 Road,Floor 2\n");
    assert_eq!(rows[0].therapist.notes, "kind\nShoe size: 38\nFee: ask me\nAddress 2: Floor 2");
    assert_eq!(rows[0].aside, ["Fee", "Address 2"]);
    assert_eq!(preview(b"Name,Shoe size\nAnne,38\n").unwrap().unknown_headings, ["Shoe size"]);
}

#[test]
fn lines_are_those_of_the_file() {
    let text =
        "\r\nName,Notes\r\n\r\nAnne,\"two\r\nlines\"\r\n,,\r\n\r\n,no name\r\nMarc,a,b\r\nBea,\"say \"\"hi\"\"\"\r\n";
    let rows = read(text);
    let lines: Vec<u64> = rows.iter().map(|row| row.line).collect();
    assert_eq!(lines, [4, 8, 9, 10]);
    assert_eq!(rows[0].therapist.notes, "two\nlines");
    assert_eq!(rows[1].outcome, RowOutcome::Unusable(RowFault::NoName));
    assert_eq!(rows[2].outcome, RowOutcome::Unusable(RowFault::TooManyCells { cells: 3, headings: 2 }));
    assert_eq!(rows[3].therapist.notes, "say \"hi\"");
    let declared = preview(b"sep=;\nName;City\n\nAnne;B\n").unwrap();
    assert_eq!((declared.rows[0].line, declared.delimiter), (4, ';'));
}

#[test]
fn those_known_already_are_told() {
    let id = TherapistId::new("a").unwrap();
    let here = Therapist { name: "Anne Test".into(), phones: vec!["418 555 0100".into()], ..Therapist::default() };
    let text = "Name,Phone\nTest Anne,(418) 555-0100\nMarc Test,(418) 555-0100\nMarc Test,+1 418 555 0100\n";
    let outcomes = |therapist: &Therapist| {
        let preview = preview_csv(text.as_bytes(), [(&id, therapist)]).unwrap();
        preview.rows.into_iter().map(|row| row.outcome).collect::<Vec<_>>()
    };
    let repeated = RowOutcome::Repeated { line: 3, by: SameBy::Phone };
    let already = RowOutcome::AlreadyHere { id: id.clone(), by: SameBy::Phone };
    assert_eq!(outcomes(&here), [already, RowOutcome::New, repeated.clone()]);
    assert_eq!(outcomes(&Therapist { deleted: true, ..here }), [RowOutcome::New, RowOutcome::New, repeated]);
}

#[test]
fn files_at_fault_get_one_clear_error() {
    let long = format!("Name\n{}", "x".repeat(MAX_ROW_BYTES + 2));
    for (bytes, error) in [
        (&b""[..], ImportError::Empty),
        (b"\n \n", ImportError::Empty),
        (b"Name\0,City\n", ImportError::NotText),
        (b"Name,City\n", ImportError::HeadingsOnly),
        (b"Name,City\n,\n , \n", ImportError::HeadingsOnly),
        (b"a,b\n1,2\n", ImportError::NoNameColumn { found: "a, b".into() }),
        (b"BEGIN:VCARD\nFN:A\n", ImportError::NoNameColumn { found: "BEGIN:VCARD".into() }),
        (b"Name,City\nA,\"b\nC,d\n", ImportError::OpenQuote { line: 2 }),
        (b"\"NPI\",\"Entity Type Code\",\"Name\"\n1,2,3\n", ImportError::Nppes),
        (long.as_bytes(), ImportError::RowTooLong { line: 2 }),
        (&long.as_bytes()[5..], ImportError::RowTooLong { line: 1 }),
    ] {
        assert_eq!(preview(bytes), Err(error));
    }
}

#[test]
fn a_long_file_is_no_long_row() {
    let many = format!("Name\n{}", "Anne Test\n".repeat(MAX_ROW_BYTES / 8));
    assert_eq!(preview(many.as_bytes()).unwrap().rows.len(), MAX_ROW_BYTES / 8);
    // Rows that a lost quote has glued together: the quote is what to mend.
    let glued = format!("Name\n\"Anne\n{}\"\n", "Anne Test\n".repeat(MAX_ROW_BYTES / 8));
    assert_eq!(preview(glued.as_bytes()), Err(ImportError::OpenQuote { line: 2 }));
}

#[test]
fn a_quote_inside_a_plain_cell_is_a_letter() {
    assert_eq!(read("Name,Notes\nAnne,5\" heels\nMarc,b\n").len(), 2);
}

proptest! {
    #[test]
    fn nothing_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = preview(&bytes);
    }

    #[test]
    fn nothing_panics_on_any_sheet(text in "(Name|First|Fee|Phones|x|[,;\t|\"\n' =0-9é])*") {
        if let Ok(preview) = preview(text.as_bytes()) {
            let counts = preview.counts();
            prop_assert_eq!(counts.new + counts.known + counts.unusable, preview.rows.len());
            prop_assert!(preview.rows.is_sorted_by(|one, two| one.line < two.line));
        }
    }
}
