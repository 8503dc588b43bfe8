use super::*;
use crate::directory::Therapist;
use crate::directory::import::{Found, Kind, preview_csv};

fn found(text: &str) -> Vec<Found> {
    let all = preview_csv(text.as_bytes(), []).unwrap();
    assert_eq!(all.about.kind, Kind::VCard);
    all.rows.into_iter().map(|row| row.found).collect()
}

#[test]
fn a_card_of_each_version_says_the_same() {
    let expected = Therapist {
        name: "Zoé L’Exemple".into(),
        practice: "Cabinet, Couples".into(),
        credential: "Psychologue".into(),
        phones: vec!["418 555-0100".into(), "418 555-0101".into()],
        mails: vec!["z@exemple.test".into()],
        webs: vec!["https://exemple.test".into()],
        street: "1 rue de l’Église".into(),
        city: "Lévis".into(),
        region: "QC".into(),
        postcode: "G0A 0A0".into(),
        country: "Canada".into(),
        notes: "Bien, très; bien\nDeux".into(),
        ..Therapist::default()
    };
    let old = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=E2=80=99Exemple;Zo=C3=A9;;;\r\n\
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Zo=C3=A9 =\r\nL=E2=80=99Exemple\r\nTEL;HOME:418 555-0101\r\nTEL;WORK;PREF:418 555-0100\r\n\
        EMAIL;PREF;INTERNET:z@exemple.test\r\nURL;WORK:https://exemple.test\r\nORG:Cabinet;Couples\r\nTITLE:Psychologue\r\n\
        ADR;WORK;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;;1 rue de l=E2=80=99=C3=89glise;L=C3=A9vis;QC;G0A 0A0;Canada\r\n\
        NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Bien, tr=E8s; bien=0D=0A=\r\nDeux\r\n\
        PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD/\r\n 2wBDAAYEBQYFBAYGBQYH\r\n\r\nEND:VCARD\r\n";
    let usual = "BEGIN:VCARD\nVERSION:3.0\nN:L’Exemple;Zoé;;;\nFN:Zoé L’Exemple\nTEL;type=HOME;type=VOICE:418 555-0101\n\
        item1.TEL;type=WORK;type=pref:418 555-0100\nitem1.X-ABLabel:Bureau\nEMAIL;TYPE=INTERNET,WORK:z@exemple.test\n\
        item2.URL;type=pref:https\\://exemple.test\nORG:Cabinet;Couples\nTITLE:Psychologue\n\
        ADR;TYPE=WORK:;;1 rue de l’Église;Lévis;QC;\n G0A 0A0;Canada\nNOTE:Bien\\, très\\; bien\\nDeux\nEND:VCARD\n";
    let new = "BEGIN:VCARD\nVERSION:4.0\nFN:Zoé L’Exemple\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:418 555-0101\n\
        TEL;PREF=1;VALUE=uri;TYPE=work:tel:418 555-0100\nEMAIL:mailto:z@exemple.test\nURL:https://exemple.test\nORG:Cabinet;Couples\n\
        TITLE:Psychologue\nADR:;;1 rue de l’Église;Lévis;QC;G0A 0A0;Canada\nNOTE:Bien\\, très\\; bien\\nDeux\nEND:VCARD\n";
    for text in [old, usual, new] {
        let found = found(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].therapist, expected, "{text}");
    }
}

#[test]
fn names_come_from_wherever_there_is_one() {
    for (lines, name, is_organisation) in [
        ("N:Exemple;Anne;Bea;Dr.;Jr.", "Dr. Anne Bea Exemple Jr.", false),
        ("ORG:Cabinet Exemple", "Cabinet Exemple", true),
        ("FN:Cabinet Exemple\nORG:Cabinet Exemple\nX-ABShowAs:COMPANY", "Cabinet Exemple", true),
        ("KIND:org\nFN:Cabinet", "Cabinet", true),
        ("EMAIL:anne@exemple.test", "anne@exemple.test", false),
        ("FN:Anne\nAGENT:\nBEGIN:VCARD\nFN:Marc\nEND:VCARD", "Anne", false),
    ] {
        let found = found(&format!("BEGIN:VCARD\nVERSION:3.0\n{lines}\nEND:VCARD\n"));
        assert_eq!((found[0].therapist.name.as_str(), found[0].is_organisation), (name, is_organisation), "{lines}");
    }
}

#[test]
fn many_cards_are_read_each_with_its_line_and_one_without_a_name_is_told() {
    let all = preview_csv(b"\nbegin:vcard\nversion:3.0\nFN:A\nend:vcard\nBEGIN:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:B\nTEL;TYPE=FAX:2\nEND:VCARD\n", []).unwrap();
    let lines: Vec<_> = all.rows.iter().map(|row| (row.found.line, row.found.therapist.name.as_str())).collect();
    assert_eq!(lines, [(2, "A"), (9, "B")]);
    assert_eq!(all.faults, [(6, RowFault::NoName)]);
    assert_eq!(all.rows[1].found.therapist.notes, "Fax: 2");
}

#[test]
fn a_file_that_is_cut_off_is_refused() {
    let cut = b"BEGIN:VCARD\nFN:A\nEND:VCARD\nBEGIN:VCARD\nFN:B\n";
    assert_eq!(preview_csv(cut, []), Err(ImportError::CutOff { line: 4 }));
}

#[test]
fn letters_past_ascii_are_read_in_older_encodings() {
    let text = "BEGIN:VCARD\nVERSION:2.1\nFN:Hélène Côté\nEND:VCARD\n";
    let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    assert_eq!(preview_csv(&bytes, []).unwrap().rows[0].found.therapist.name, "Hélène Côté");
}

/// A card with these lines.
fn one(lines: &str) -> Found {
    found(&format!("BEGIN:VCARD\r\n{}\r\nEND:VCARD\r\n", lines.replace('\n', "\r\n"))).remove(0)
}

#[test]
fn cards_of_phones_and_other_programs_are_read_as_they_are_meant() {
    let phone = one("VERSION:3.0\nN:Fictif;Marc;;Dr.;\nFN:Dr. Marc Fictif\nitem1.TEL;type=CELL;type=pref:(418) 555-0111\n\
        TEL;type=WORK;type=FAX:418 555-0113\nitem3.TEL:418 555-0114\nitem3.X-ABLabel:Télécopieur\nitem2.TEL:418 555-0112\n\
        item2.X-ABLabel:_$!<Work>!$_\nX-SOCIALPROFILE;type=linkedin:https://example.test/x")
        .therapist;
    assert_eq!(phone.phones, ["(418) 555-0111", "418 555-0112"]);
    assert_eq!(phone.notes, "Fax: 418 555-0113\nFax: 418 555-0114");
    let google = one("VERSION:3.0\nFN:Priya Sample\\, PhD\nN:Sample;Priya;;Dr.;PhD\nTEL;TYPE=WORK:(613) 555-0140\n\
        TEL;TYPE=WORK_FAX:6135550142\nitem2.URL:https\\://example.test/priya\nitem2.X-ABLabel:PROFILE\n\
        CATEGORIES:myContacts,starred,couples")
    .therapist;
    assert_eq!((google.phones.len(), google.topics), (1, vec!["couples".to_owned()]));
    assert_eq!(
        (google.webs, google.notes.as_str()),
        (vec!["https://example.test/priya".to_owned()], "Fax: 6135550142")
    );
    let cloud = "BEGIN:VCARD\nVERSION:4.0\nFN:Noor\nTEL;VALUE=uri;TYPE=\"cell\":tel:+1-819-555-0131;ext=5\nLANG;PREF=2:fr\n\
        LANG;PREF=1:nl\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nKIND:group\nFN:Therapists\nMEMBER:urn:uuid:a\nEND:VCARD\n";
    let all = preview_csv(cloud.as_bytes(), []).unwrap();
    assert_eq!((all.rows.len(), all.counts().left_out, all.faults.len()), (1, 0, 0), "a group is nobody");
    assert_eq!(all.rows[0].found.therapist.languages, ["nl", "fr"]);
    let group = "BEGIN:VCARD\nVERSION:3.0\nX-ADDRESSBOOKSERVER-KIND:group\nFN:Therapists\nEND:VCARD\n";
    assert_eq!(preview_csv(group.as_bytes(), []), Err(ImportError::Nobody));
    let office = one("VERSION:2.1\nN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:Essai;H=E9l=E8ne\n\
        ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-8:Cabinet de th=C3=A9rapie =\nconjugale\nTEL;PREF;WORK;FAX:450-555-0122")
        .therapist;
    assert_eq!((office.name.as_str(), office.practice.as_str()), ("Hélène Essai", "Cabinet de thérapie conjugale"));
}

#[test]
fn a_photo_is_taken_out_of_a_card_of_each_version() {
    let picture = crate::directory::photo::tests::file(400, 300, image::ImageFormat::Jpeg);
    let base64 = crate::directory::photo::in_text(&picture);
    let base64 = base64.split_once(',').unwrap().1;
    let folded: String =
        base64.as_bytes().chunks(70).map(|line| format!("\n {}", str::from_utf8(line).unwrap())).collect();
    for lines in [
        format!("VERSION:2.1\nFN:A\nPHOTO;TYPE=JPEG;ENCODING=BASE64:{folded}\n"),
        format!("VERSION:2.1\nFN:A\nPHOTO;JPEG;BASE64:{folded}\n"),
        format!("VERSION:3.0\nFN:A\nPHOTO;ENCODING=b;TYPE=JPEG:{folded}"),
        format!("VERSION:3.0\nFN:A\nPHOTO;VALUE=uri:data:image/jpeg;base64,{base64}"),
        format!("VERSION:4.0\nFN:A\nPHOTO:data:image/jpeg;base64,{folded}"),
        format!("VERSION:4.0\nFN:A\nPHOTO;MEDIATYPE=image/jpeg:data:image/jpeg;base64\\,{base64}"),
    ] {
        let found = one(&lines);
        let photo = found.photo.unwrap_or_else(|| panic!("{:?} {}", found.bad_photo, &lines[..80]));
        assert_eq!(photo.png(), crate::directory::Photo::new(picture.clone()).unwrap().png());
        assert_eq!(found.therapist.photo, photo.name());
    }
}

#[test]
fn lines_that_end_twice_are_lines() {
    let picture = crate::directory::photo::tests::file(40, 30, image::ImageFormat::Jpeg);
    let text = crate::directory::photo::in_text(&picture);
    let lines: Vec<&str> =
        text.split_once(',').unwrap().1.as_bytes().chunks(60).map(|line| str::from_utf8(line).unwrap()).collect();
    let card = format!("BEGIN:VCARD\nVERSION:3.0\nFN:A\nPHOTO;ENCODING=b:{}\nNOTE:b\nEND:VCARD\n", lines.join("\n "));
    let found = found(&card.replace('\n', "\r\r\n")).remove(0);
    assert_eq!((found.bad_photo, found.therapist.notes.as_str()), (None, "b"));
    assert!(found.photo.is_some());
}

#[test]
fn a_photo_that_cannot_be_read_is_left_out_and_told_and_one_elsewhere_is_not_fetched() {
    let bad = one("VERSION:3.0\nFN:A\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQEAYABgAAD/");
    assert_eq!((bad.photo, bad.bad_photo), (None, Some(crate::directory::PhotoError::Damaged)));
    assert_eq!(bad.therapist.photo, "");
    let away = one("VERSION:4.0\nFN:A\nPHOTO:https://example.test/a.jpg");
    assert_eq!((away.photo, away.bad_photo), (None, None));
}
