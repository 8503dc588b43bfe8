//! Writing therapists for other programs, and for paper.

mod ron;
mod sheet;
mod vcard;

pub use ron::export_ron;
pub use sheet::export_sheet;
pub use vcard::export_vcard;

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::directory::cells::guard;
use crate::directory::columns::COLUMNS;
use crate::directory::{Photos, Therapist};
use crate::locale::Texts;

/// A kind of file that therapists are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets.
    Csv,
    /// vCard 4.0, for contacts on phones and computers.
    VCard,
    /// JSON, for scripts.
    Json,
    /// Sameside's own.
    Ron,
    /// A page to print.
    Sheet,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Csv, Self::VCard, Self::Sheet, Self::Ron, Self::Json];

    /// The format that a file's ending (in small letters) asks for; no ending stands for CSV.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "" | "csv" | "txt" => Self::Csv,
            "vcf" | "vcard" => Self::VCard,
            "json" => Self::Json,
            "ron" => Self::Ron,
            "html" | "htm" => Self::Sheet,
            _ => return None,
        })
    }

    /// The ending of such a file.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::VCard => "vcf",
            Self::Json => "json",
            Self::Ron => "ron",
            Self::Sheet => "html",
        }
    }
}

/// The therapists as a file of that format; deleted ones are left out. `questions` stand on a sheet, in its language;
/// photos go into contacts and into Sameside's own files.
#[must_use]
pub fn export<'a>(
    format: Format,
    therapists: impl IntoIterator<Item = &'a Therapist>,
    photos: &Photos,
    questions: &[String],
    texts: &Texts,
) -> String {
    let listed = therapists.into_iter().filter(|therapist| !therapist.deleted);
    match format {
        Format::Csv => export_csv(listed),
        Format::VCard => export_vcard(listed, photos),
        Format::Json => export_json(listed),
        Format::Ron => export_ron(listed, photos),
        Format::Sheet => export_sheet(listed, questions, texts),
    }
}

/// The therapists as a JSON list of objects: the headings of a spreadsheet with the text under them.
#[must_use]
pub fn export_json<'a>(therapists: impl IntoIterator<Item = &'a Therapist>) -> String {
    let object = |therapist: &Therapist| {
        let filled =
            COLUMNS.iter().map(|column| (column, (column.get)(therapist))).filter(|(_, text)| !text.is_empty());
        filled.map(|(column, text)| (column.heading.to_owned(), text.into())).collect::<serde_json::Map<_, _>>()
    };
    let all: Vec<_> = therapists.into_iter().map(object).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}

/// The therapists as a CSV file that spreadsheets open as it is meant: UTF-8 with a byte order mark, CRLF line ends,
/// every cell in quotes, English headings (which an import knows), and nothing that runs as a formula.
///
/// Deleted records are left out. Who added a record is not written: it means nothing to others.
#[must_use]
pub fn export_csv<'a>(therapists: impl IntoIterator<Item = &'a Therapist>) -> String {
    // Always in quotes: a cell such as `a;=b` must not be split by a program that splits at semicolons.
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Always).terminator(Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory cannot fail, and all rows have the same number of cells.
    let mut written = writer.write_record(COLUMNS.iter().map(|column| column.heading));
    for therapist in therapists.into_iter().filter(|therapist| !therapist.deleted) {
        written =
            written.and_then(|()| writer.write_record(COLUMNS.iter().map(|column| guard(&(column.get)(therapist)))));
    }
    debug_assert!(written.is_ok(), "all rows are alike");
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::directory::{Money, Photo, RowOutcome, Style, TherapistId, YesNo, preview_csv};

    fn text() -> impl Strategy<Value = String> {
        "|[a-zA-Zé’ ,;'\"=+@\n\\\\|-]{0,12}|\\PC{0,12}".prop_map(|text| {
            // Spaces at the ends of lines, and empty lines, are not kept by every format.
            text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
        })
    }

    /// Entries of a list: words with marks between them. Runs of marks and spaces alone are nobody's training or topic.
    fn list() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[a-zA-Zé’]{1,5}([ ,;+@'-][a-zA-Zé’]{1,5}){0,3}", 0..3)
    }

    fn yes_no() -> impl Strategy<Value = YesNo> {
        prop::sample::select(YesNo::ALL.to_vec())
    }

    fn date() -> impl Strategy<Value = Option<jiff::civil::Date>> {
        prop::option::of(
            (1_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| jiff::civil::date(year, month, day)),
        )
    }

    fn fee() -> impl Strategy<Value = Option<Money>> {
        prop::option::of(
            (0_u64..100_000_000, "|CAD|JPY|EUR").prop_map(|(minor, currency)| Money::new(minor, &currency)),
        )
    }

    prop_compose! {
        fn identity()(name in text(), pronouns in text(), practice in text(), credential in text(), npi in text(),
            licence in (text(), text(), text()), address in (text(), text(), text(), text(), text()),
            reach in (list(), list(), list())) -> Therapist {
            let (licence_number, licence_region, licence_board) = licence;
            // A part of an address that is nothing but marks is nobody's, and is not taken up.
            let said = |part: String| if part.chars().any(char::is_alphanumeric) { part } else { String::new() };
            let (street, city, region, postcode, country) = address;
            let (street, city, region) = (said(street), said(city), said(region));
            let (postcode, country) = (said(postcode), said(country));
            let (phones, mails, webs) = reach;
            let name = name.replace('\n', " ").trim().to_owned();
            let name = if name.is_empty() { "Test".into() } else { name };
            Therapist { name, pronouns, practice, credential, npi, licence_number, licence_region, licence_board,
                street, city, region, postcode, country, phones, mails, webs, ..Therapist::default() }
        }
    }

    prop_compose! {
        fn record()(identity in identity(), lists in (list(), list(), list(), list()), fee in fee(), dates in (date(), date()),
            numbers in any::<(Option<u8>, Option<u8>, Option<u16>, Option<u16>)>(), answers in prop::collection::vec(yes_no(), 15),
            style in prop::sample::select(Style::ALL.to_vec()), texts in prop::collection::vec(text(), 7)) -> Therapist {
            let (couples_training, languages, topics, welcomes) = lists;
            let (couples_share, years, session_minutes, wait_weeks) = numbers;
            // An import writes tags for names.
            let languages = languages.iter().map(|language: &String| crate::directory::languages::kept(language)).collect();
            let [aamft_fellow, homework, in_person, online, step_free, evenings, weekends, taking_new, sliding_scale,
                receipt, free_consult, no_secrets, sees_alone, safety_screening, trial_session] = answers[..] else { unreachable!() };
            let [insurance, cancellation, gender, age, stance, notes, source] = texts.try_into().unwrap();
            Therapist { couples_training, languages, topics, welcomes, couples_share, years, session_minutes, wait_weeks,
                aamft_fellow, homework, in_person, online, step_free, evenings, weekends, taking_new, sliding_scale, receipt,
                free_consult, no_secrets, sees_alone, safety_screening, trial_session, insurance, cancellation, gender, age,
                stance, notes, source, style, fee, taking_new_checked: dates.0, checked: dates.1, ..identity }
        }
    }

    proptest! {
        #[test]
        fn what_is_exported_comes_back(
            therapists in prop::collection::vec(record(), 1..4),
            format in prop::sample::select(vec![Format::Csv, Format::VCard, Format::Json, Format::Ron]),
        ) {
            let text = export(format, &therapists, &Photos::new(), &[], &Texts::new(crate::locale::Language::En));
            let preview = preview_csv(text.as_bytes(), []).unwrap();
            let back: Vec<Therapist> = preview.rows.iter().map(|row| row.found.therapist.clone()).collect();
            prop_assert_eq!(back, therapists, "{:?} {}", format, text);
            prop_assert!(preview.about.unknown_headings.is_empty());
            prop_assert!(preview.rows.iter().all(|row| row.found.aside.is_empty()));
        }

        #[test]
        fn no_cell_is_a_formula(therapist in record()) {
            let csv = export_csv([&therapist]);
            let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
            for cell in reader.records().next().unwrap().unwrap().iter() {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{}", cell);
            }
        }
    }

    #[test]
    fn the_same_list_comes_back_as_known() {
        let id = TherapistId::new("a").unwrap();
        let here = Therapist { name: "Anne Test".into(), ..Therapist::default() };
        let preview = preview_csv(export_csv([&here]).as_bytes(), [(&id, &here)]).unwrap();
        assert!(matches!(&preview.rows[0].outcome, RowOutcome::AlreadyHere { id: known, .. } if *known == id));
    }

    #[test]
    fn a_photo_goes_along_and_comes_back() {
        let texts = Texts::new(crate::locale::Language::En);
        let photo = Photo::new(crate::directory::photo::tests::file(500, 300, image::ImageFormat::Jpeg)).unwrap();
        let name = format!("{}-a1b2c3d4", photo.name());
        let id = TherapistId::new("a").unwrap();
        let here = Therapist { name: "Anne Test".into(), photo: name.clone(), ..Therapist::default() };
        let photos = Photos::from([(name, photo.png().unwrap())]);
        for format in [Format::VCard, Format::Ron] {
            let text = export(format, [&here], &photos, &[], &texts);
            let preview = preview_csv(text.as_bytes(), [(&id, &here)]).unwrap();
            let found = &preview.rows[0].found;
            assert_eq!(found.photo.as_deref().unwrap().png().unwrap(), photo.png().unwrap(), "{format:?}");
            assert_eq!(found.therapist.photo, photo.name());
            assert_eq!(crate::directory::import::differences(&here, &found.therapist), [], "it is the same photo");
            assert_eq!(preview.photos().len(), 1);
        }
        // A picture that is not at hand is left out, and its name with it.
        for format in [Format::VCard, Format::Ron, Format::Csv, Format::Json] {
            let text = export(format, [&here], &Photos::new(), &[], &texts);
            assert!(!text.contains(photo.name()), "{format:?} {text}");
        }
    }

    #[test]
    fn deleted_records_are_not_written() {
        let gone = Therapist { name: "Gone".into(), deleted: true, ..Therapist::default() };
        assert_eq!(export_csv([&gone]).lines().count(), 1);
    }
}
