use proptest::prelude::*;

use crate::directory::import::csv::Mapping;
use crate::directory::import::{
    self, Choice, ImportError, MAX_ROW_BYTES, Preview, Row, RowFault, RowOutcome, SameBy, Target, preview_csv,
};
use crate::directory::{Money, Therapist, TherapistId, YesNo};

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
        languages: vec!["fr".into(), "en".into()],
        ..Therapist::default()
    };
    for text in [english, french, &french.replace(';', "\t"), &french.replace(';', "|"), &format!("sep=;\r\n{french}")]
    {
        let rows = read(text);
        assert_eq!(rows.len(), 1);
        assert_eq!((&rows[0].found.therapist, &rows[0].outcome), (&expected, &RowOutcome::New), "{text}");
        assert!(rows[0].found.aside.is_empty());
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
        assert_eq!(read(text)[0].found.therapist.name, name, "{text}");
    }
}

#[test]
fn nothing_in_a_row_is_lost() {
    let rows = read("Name,Shoe size,Fee,Notes,Street,Address 2\nAnne,38,ask me,kind,1 Road,Floor 2\n");
    assert_eq!(rows[0].found.therapist.notes, "kind\nShoe size: 38\nFee: ask me");
    assert_eq!(rows[0].found.therapist.street, "1 Road, Floor 2");
    assert_eq!(rows[0].found.aside, ["Fee"]);
    assert_eq!(preview(b"Name,Shoe size\nAnne,38\n").unwrap().about.unknown_headings, ["Shoe size"]);
}

#[test]
fn lines_are_those_of_the_file() {
    let text =
        "\r\nName,Notes\r\n\r\nAnne,\"two\r\nlines\"\r\n,,\r\n\r\n,no name\r\nMarc,a,b\r\nBea,\"say \"\"hi\"\"\"\r\n";
    let all = preview(text.as_bytes()).unwrap();
    let lines: Vec<u64> = all.rows.iter().map(|row| row.found.line).collect();
    assert_eq!(lines, [4, 10]);
    assert_eq!(all.rows[0].found.therapist.notes, "two\nlines");
    assert_eq!(all.faults, [(8, RowFault::NoName), (9, RowFault::TooManyCells { cells: 3, headings: 2 })]);
    assert_eq!(all.rows[1].found.therapist.notes, "say \"hi\"");
    let declared = preview(b"sep=;\nName;City\n\nAnne;B\n").unwrap();
    assert_eq!((declared.rows[0].found.line, declared.about.delimiter), (4, ';'));
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
        (b"BEGIN:VCARD\nFN:A\n", ImportError::CutOff { line: 1 }),
        (b"Name,City\nA,\"b\nC,d\n", ImportError::OpenQuote { line: 2 }),
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
fn what_other_programs_export_is_understood() {
    let outlook = "First Name,Middle Name,Last Name,Company,Job Title,Business Street,Business Street 2,Business City,\
        Business State,Business Postal Code,Business Country/Region,Business Phone,Mobile Phone,E-mail Address,E-mail Display Name,Web Page\n\
        Anne,B.,Test,Clinic,LMFT,1 Road,Floor 2,Town,NY,12345,USA,555-0100,555-0101,a@b.test,Anne Test,b.test\n";
    let google = "Name,Given Name,Additional Name,Family Name,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,\
        Phone 2 - Type,Phone 2 - Value,Address 1 - Street,Address 1 - City,Address 1 - Region,Address 1 - Postal Code,\
        Address 1 - Country,Organization 1 - Name,Organization 1 - Title,Website 1 - Value\n\
        Anne B. Test,Anne,B.,Test,Work,a@b.test,Work,555-0100,Mobile,555-0101,\"1 Road, Floor 2\",Town,NY,12345,USA,Clinic,LMFT,b.test\n";
    for text in [outlook, google] {
        let found = &read(text)[0].found;
        let expected = Therapist {
            name: "Anne B. Test".into(),
            practice: "Clinic".into(),
            credential: "LMFT".into(),
            phones: vec!["555-0100".into(), "555-0101".into()],
            mails: vec!["a@b.test".into()],
            webs: vec!["b.test".into()],
            street: "1 Road, Floor 2".into(),
            city: "Town".into(),
            region: "NY".into(),
            postcode: "12345".into(),
            country: "USA".into(),
            ..Therapist::default()
        };
        assert_eq!((&found.therapist, found.aside.len()), (&expected, 0), "{text}");
    }
}

#[test]
fn a_title_above_the_headings_is_passed_over() {
    let rows = read("Our list,,\n,,\nNom,Ville,Tarif (CAD)\nAnne,Laval,150\n");
    assert_eq!(rows[0].found.therapist.fee, Some(Money::new(15_000, "CAD")));
    assert_eq!(rows[0].found.line, 4);
    let rows = read("Name,Format\nAnne,In person and online\nMarc,en ligne\n");
    let meets = |row: &Row| (row.found.therapist.in_person, row.found.therapist.online);
    assert_eq!(rows.iter().map(meets).collect::<Vec<_>>(), [(YesNo::Yes, YesNo::Yes), (YesNo::Unknown, YesNo::Yes)]);
}

#[test]
fn a_person_may_say_what_the_columns_are() {
    let mut mapping = Mapping::default();
    for (heading, target) in
        [("Wer", Target::Field("Name".into())), ("Wo", Target::Field("City".into())), ("Schuhe", Target::Nothing)]
    {
        mapping.set(heading, target);
    }
    let read = |text: &str, mapping: &Mapping| {
        let choice = Choice { mapping: mapping.clone(), ..Choice::default() };
        import::preview(&mut std::io::Cursor::new(text), &choice, [], &mut |_| true).unwrap().rows
    };
    let rows = read("WER;Wo;Schuhe\nAnne;Ulm;38\n", &mapping);
    let expected = Therapist { name: "Anne".into(), city: "Ulm".into(), ..Therapist::default() };
    assert_eq!(rows[0].found.therapist, expected);
    let mut mapping = Mapping::without_headings();
    mapping.set("1", Target::FirstName);
    mapping.set("2", Target::LastName);
    let rows = read("Anne,Test,38\nMarc,Test,40\n", &mapping);
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[0].found.therapist.name.as_str(), rows[0].found.therapist.notes.as_str()),
        ("Anne Test", "3: 38")
    );
    for (_, target) in mapping.iter() {
        assert_eq!(Target::parse(target.as_str()).as_ref(), Some(target));
    }
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
            prop_assert_eq!(counts.new + counts.known, preview.rows.len());
            prop_assert_eq!(counts.unusable, preview.faults.len());
            prop_assert!(preview.rows.is_sorted_by(|one, two| one.found.line < two.found.line));
        }
    }
}

/// The one row of a file, however its letters are written.
fn one(bytes: &[u8]) -> Therapist {
    let all = preview(bytes).unwrap();
    assert_eq!((all.rows.len(), all.faults.len()), (1, 0), "{:?}", all.faults);
    all.rows[0].found.therapist.clone()
}

#[test]
fn spreadsheets_of_other_programs_are_read_as_they_are_meant() {
    // Excel, "Unicode text" or CSV on a French system.
    let utf16: Vec<u8> = "\u{feff}Nom;Téléphone;Tarif;En ligne\r\nÈve Exemple;(418) 555-0101;\"150,00 $\";Oui\r\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let eve = one(&utf16);
    assert_eq!((eve.name.as_str(), eve.fee, eve.online), ("Ève Exemple", Some(Money::new(15_000, "")), YesNo::Yes));
    // A directory's own names for its columns.
    let listed =
        one("Nom du professionnel;Titres de compétence;Coût par séance individuelle;Coût par séance de couple;\
        Assurances acceptées;Langues parlées;Types de thérapie;Échelle mobile;Séances en ligne;Séances en personne\n\
        Léa Fictive;Psychologue;130 $;170 $ CAD;Aucune;français, anglais, LSQ;Gottman, EFT;Oui;Oui;Non\n"
            .as_bytes());
    assert_eq!((listed.credential.as_str(), listed.insurance.as_str()), ("Psychologue", "Aucune"));
    assert_eq!(listed.fee, Some(Money::new(17_000, "CAD")), "the one for couples, not the one for one person");
    assert_eq!(listed.languages, ["fr", "en", "fcs"]);
    assert_eq!(listed.couples_training, ["Gottman", "EFT"]);
    assert_eq!((listed.sliding_scale, listed.online, listed.in_person), (YesNo::Yes, YesNo::Yes, YesNo::No));
    assert_eq!(listed.notes, "Coût par séance individuelle: 130 $");
    // Google Contacts: several values in one cell, and columns that mean nothing here.
    let google = one(
        b"First Name,Phonetic First Name,Last Name,Organization Name,Organization Title,Birthday,Photo,Labels,\
        E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Formatted,Address 1 - Street,Address 1 - City\n\
        Fay,,Test,Test Clinic,Psychologist,1970-01-01,https://photos.test/p.jpg,* myContacts,fay@example.test,Work,\
        +1 206-555-0172 ::: +1 206-555-0173,\"1 A St\nKent\",1 A St,Kent\n",
    );
    assert_eq!(google.phones, ["+1 206-555-0172", "+1 206-555-0173"]);
    assert_eq!((google.credential.as_str(), google.notes.as_str()), ("Psychologist", ""));
    // Outlook in French, in the letters of older Windows: two columns are named `Titre`.
    let outlook = encoding_rs::WINDOWS_1252
        .encode("\"Titre\",\"Prénom\",\"Nom\",\"Titre\",\"Rue (bureau)\",\"Ville (bureau)\",\"Dép/Région (bureau)\",\
            \"Code postal (bureau)\",\"Pays/Région (bureau)\",\"Télécopie (bureau)\",\"Tél. mobile\",\
            \"Adresse de messagerie\",\"Critère de diffusion\"\r\n\"Mme\",\"Gaëlle\",\"Essai\",\"Psychologue\",\"1 rue Y\",\
            \"Québec\",\"QC\",\"G1A 1A1\",\"Canada\",\"418 555-0180\",\"418 555-0182\",\"g@exemple.test\",\"Normal\"\r\n")
        .0
        .into_owned();
    let gaelle = one(&outlook);
    assert_eq!((gaelle.name.as_str(), gaelle.credential.as_str()), ("Gaëlle Essai", "Psychologue"));
    assert_eq!(gaelle.address(), "1 rue Y, Québec QC G1A 1A1, Canada");
    assert_eq!((gaelle.phones.len(), gaelle.notes.as_str()), (1, "Télécopie (bureau): 418 555-0180"));
}

#[test]
fn odd_rows_and_headings_lose_nothing() {
    // The second of two columns for one thing is kept in the notes.
    let twice = one(b"Name,Phone,Phone,City,City,Fee,Fee\nAl Test,206-555-0166,206-555-0167,Kent,Renton,$150,$160\n");
    assert_eq!((twice.phones.len(), twice.fee), (2, Some(Money::new(15_000, ""))));
    assert_eq!(twice.notes, "City: Renton\nFee: $160");
    assert_eq!(read("Name,Phone,City,,,\nPat Test,1,Tacoma,,,\nSam Test,2,,,,\n,,,,,\n").len(), 2);
    assert_eq!(read("Name,Phone,City\rBo Test,1,Kent\rCy Test,2,Auburn\r").len(), 2);
    let lines =
        one(b"Name,Address,Notes\n\"Lee Test\",\"1 Main St\nSuite 2\",\"first\nsecond, \"\"quoted\"\" line\"\n");
    assert_eq!(
        (lines.street.as_str(), lines.notes.as_str()),
        ("1 Main St\nSuite 2", "first\nsecond, \"quoted\" line")
    );
    let titled = one(b"Our therapist list,,,\n,,,\nName,Phone,City,Fee\nEd Test,206-555-0170,Kent,$120\n");
    assert_eq!((titled.name.as_str(), titled.city.as_str()), ("Ed Test", "Kent"));
    let piped = one(b"Name | Phone | City\nGus Test | 206-555-0183 | Kent\n");
    assert_eq!((piped.name.as_str(), piped.city.as_str()), ("Gus Test", "Kent"));
}
