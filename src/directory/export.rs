//! Writing therapists for other programs.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::directory::Therapist;
use crate::directory::cells::guard;
use crate::directory::columns::COLUMNS;

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
    use crate::directory::{Money, RowOutcome, Style, TherapistId, YesNo, preview_csv};

    fn text() -> impl Strategy<Value = String> {
        "|[a-zA-Zé’ ,;'\"=+@\n\\\\|-]{0,12}|\\PC{0,12}".prop_map(|text| text.trim().to_owned())
    }

    fn list() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec(text(), 0..3).prop_map(|list| list.into_iter().filter(|text| !text.is_empty()).collect())
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
            let (street, city, region, postcode, country) = address;
            let (phones, mails, webs) = reach;
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
        fn what_is_exported_comes_back(therapists in prop::collection::vec(record(), 1..4)) {
            let preview = preview_csv(export_csv(&therapists).as_bytes(), []).unwrap();
            let back: Vec<Therapist> = preview.rows.iter().map(|row| row.therapist.clone()).collect();
            prop_assert_eq!(back, therapists);
            prop_assert!(preview.unknown_headings.is_empty());
            prop_assert!(preview.rows.iter().all(|row| row.aside.is_empty()));
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
    fn deleted_records_are_not_written() {
        let gone = Therapist { name: "Gone".into(), deleted: true, ..Therapist::default() };
        assert_eq!(export_csv([&gone]).lines().count(), 1);
    }
}
