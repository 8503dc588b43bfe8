//! Pictures of the therapists. All of them are made up: the numbers end in 555-01xx and the pages lie under
//! `example.org`, which both are kept free for that.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::date;

use super::{Preset, Set, to};
use crate::app::Sameside;
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::import::Fault;
use crate::app::screen::{self, edit, import, therapists};
use crate::couple::Member;
use crate::directory::{Money, Photo, PhotoError, Preview, Setting, Style, Therapist, TherapistId, YesNo, preview_csv};
use crate::locale::Language;
use crate::store::{Clock, DeviceId, Joined};

/// The ids of the made-up therapists, in the order in which presets take them.
pub(in crate::app) const IDS: [&str; 5] = ["amelie-roy", "jonah-test", "zoe-demo", "karim-sample", "elodie-exemple"];

/// Puts the first `count` of the made-up therapists on the list.
pub(super) fn fill(desk: &mut Desk, language: Language, count: usize) {
    for (id, therapist) in IDS.into_iter().zip(all(language)).take(count) {
        if let Ok(id) = TherapistId::new(id) {
            desk.change_therapist(&id, |slot| *slot = therapist);
        }
    }
}

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::Empty => vec![
            ("therapists", |state| to(state, Page::Therapists(None))),
            ("therapist-new", |state| to(state, Page::EditTherapist(None))),
            ("import", |state| to(state, Page::Import)),
            ("import-trouble", |state| read(state, b"\0")),
            ("import-columns", columns),
            ("import-state", |state| answer(state, Err(Fault::NoState))),
        ],
        Preset::HalfWay => vec![
            ("therapists", |state| to(state, Page::Therapists(None))),
            ("therapist", |state| to(state, Page::Therapists(Some(IDS[0].to_owned())))),
            ("therapist-little", |state| to(state, Page::Therapists(Some(IDS[2].to_owned())))),
            ("therapist-photo", |state| photo(state, false)),
            ("therapist-photo-choose", |state| photo(state, true)),
            ("therapist-clash", clash),
            ("therapist-edit", edited),
            ("import-preview", |state| read(state, FILE.as_bytes())),
            ("import-done", |state| {
                read(state, FILE.as_bytes());
                tell(state, screen::Message::Import(import::Message::AddChosen));
            }),
        ],
        Preset::ReadyToChoose => vec![
            ("therapists", |state| to(state, Page::Therapists(None))),
            ("therapists-filtered", filtered),
            ("therapist-deleted", deleted),
        ],
        Preset::FirstRun | Preset::Agreed | Preset::Refused | Preset::BrokenFile => Vec::new(),
    }
}

fn tell(state: &mut Sameside, message: screen::Message) {
    drop(state.update(crate::app::Message::Screen(message)));
}

fn filtered(state: &mut Sameside) {
    to(state, Page::Therapists(None));
    let change = therapists::filters::Change::Setting(Some(Setting::InPerson));
    tell(state, screen::Message::Therapists(therapists::Message::FiltersFolded));
    tell(state, screen::Message::Therapists(therapists::Message::FilterChanged(change)));
    let change = therapists::filters::Change::Fee("150 CAD".to_owned());
    tell(state, screen::Message::Therapists(therapists::Message::FilterChanged(change)));
}

fn deleted(state: &mut Sameside) {
    to(state, Page::Therapists(Some(IDS[1].to_owned())));
    if let Ok(id) = TherapistId::new(IDS[1]) {
        tell(state, screen::Message::Therapists(therapists::Message::DeleteChosen(id)));
    }
}

fn edited(state: &mut Sameside) {
    to(state, Page::EditTherapist(Some(IDS[0].to_owned())));
    let fee = edit::Message::FieldEdited("fee", "about 170".to_owned());
    tell(state, screen::Message::Edit(fee));
    tell(state, screen::Message::Edit(edit::Message::GroupFolded(3)));
}

/// The same field changed on two devices that had not met.
fn clash(state: &mut Sameside) {
    let Ok(id) = TherapistId::new(IDS[0]) else { return };
    let now = state.desk.now().timestamp();
    let Some(old) = state.desk.data.therapists.get(&id).cloned() else { return };
    let device = |letter| DeviceId::from_random([letter; DeviceId::LENGTH]);
    let change = |letter, minor| {
        let new = Therapist { fee: Some(Money::new(minor, "CAD")), ..old.value.clone() };
        let mut clock = Clock::new(device(letter), None);
        old.registers().latest().into_iter().for_each(|stamp| clock.see(stamp));
        old.edited(&new, &mut clock, now)
    };
    let mut registers = change(1, 17_500).registers().clone();
    registers.join(change(2, 18_000).registers());
    state.desk.data.therapists.insert(id.clone(), Joined::new(registers).0);
    to(state, Page::Therapists(Some(id.as_str().to_owned())));
}

/// A file with something of everything that a preview tells.
const FILE: &str = "Name;Phone;City;Fee;Parking\n\
    Nora Fictive;506 555-0141;Moncton;150 CAD;street\n\
    Tomas Nobody;506 555-0142;Dieppe;ask;yes\n\
    ;506 555-0143;Moncton;120 CAD;\n\
    Amélie Roy-Exemple;418 555-0101;Rimouski;175 CAD;\n";

fn read(state: &mut Sameside, bytes: &[u8]) {
    let preview = preview_csv(bytes, state.desk.data.listed()).map_err(Into::into);
    answer(state, preview);
}

/// What reading a file came to.
fn answer(state: &mut Sameside, read: Result<Preview, Fault>) {
    to(state, Page::Import);
    let path = PathBuf::from("therapists.csv");
    tell(state, screen::Message::Import(import::Message::PathChosen(path.clone())));
    tell(state, screen::Message::Import(import::Message::Read(path, Arc::new(read))));
}

/// A file whose headings say nothing.
fn columns(state: &mut Sameside) {
    to(state, Page::Import);
    let row = |cells: [&str; 4]| cells.map(str::to_owned).to_vec();
    let rows = vec![
        row(["Wer", "Telefon", "E-mail", "Ort"]),
        row(["Nora Fictive", "506 555-0141", "nora@example.org", "Moncton"]),
    ];
    let read = import::Message::ColumnsRead(PathBuf::from("liste.csv"), Arc::new(Ok(rows)));
    tell(state, screen::Message::Import(read));
}

/// With a made-up portrait: two circles on a warm ground. With `other`, another one is being chosen and was refused.
fn photo(state: &mut Sameside, other: bool) {
    let Ok(id) = TherapistId::new(IDS[0]) else { return };
    let portrait = image::RgbImage::from_fn(240, 300, |x, y| {
        let (x, y) = (x as f32 - 120.0, y as f32);
        let head = x.hypot(y - 110.0) < 62.0;
        let shoulders = (x / 1.1).hypot(y - 300.0) < 112.0;
        image::Rgb(match (head, shoulders) {
            (true, _) => [214, 170, 140],
            (_, true) => [86, 110, 98],
            _ => [236, 224, 206],
        })
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    if portrait.write_to(&mut bytes, image::ImageFormat::Png).is_err() {
        return;
    }
    to(state, Page::Therapists(Some(IDS[0].to_owned())));
    let told = |message| screen::Message::Therapists(therapists::Message::Photo(message));
    if let Ok(photo) = Photo::new(bytes.into_inner()) {
        tell(state, told(therapists::photo::Message::Read(id.clone(), Ok(photo))));
    }
    if other {
        let why = state.texts.get(PhotoError::TooLarge.key());
        tell(state, told(therapists::photo::Message::Chosen));
        tell(state, told(therapists::photo::Message::PathEdited("~/Pictures/clinic.jpg".to_owned())));
        tell(state, told(therapists::photo::Message::Read(id, Err(why))));
    }
}

fn all(language: Language) -> Vec<Therapist> {
    let mut all = vec![amelie(language == Language::Fr)];
    all.extend(others());
    all
}

fn list(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// One of whom everything is known.
fn amelie(in_french: bool) -> Therapist {
    let say = |english: &str, french: &str| if in_french { french.to_owned() } else { english.to_owned() };
    let (yes, no) = (YesNo::Yes, YesNo::No);
    Therapist {
        name: "Amélie Roy-Exemple".into(),
        pronouns: say("she/her", "elle"),
        credential: say("Couples therapist", "Thérapeute conjugale"),
        practice: say("The Sample Room", "La Maison d’exemple"),
        phones: list(&["418 555-0101"]),
        mails: list(&["amelie@example.org"]),
        webs: list(&["https://www.example.org/amelie"]),
        street: say("12 Sample Street", "12, rue de l’Exemple"),
        city: "Rimouski".into(),
        region: "QC".into(),
        country: "Canada".into(),
        couples_share: Some(80),
        couples_training: list(&["Gottman 2", "EFT"]),
        years: Some(14),
        style: Style::Structured,
        homework: yes,
        session_minutes: Some(75),
        in_person: yes,
        online: yes,
        step_free: yes,
        evenings: yes,
        taking_new: yes,
        taking_new_checked: Some(date(2026, 11, 20)),
        wait_weeks: Some(3),
        languages: list(&["fr-CA", "en"]),
        fee: Some(Money::new(16_000, "CAD")),
        receipt: yes,
        free_consult: yes,
        topics: vec![say("Stress at work", "Stress au travail"), say("New parents", "Nouveaux parents")],
        no_secrets: yes,
        sees_alone: no,
        safety_screening: yes,
        trial_session: yes,
        notes: say("Calm on the phone. Parking behind the house.", "Calme au téléphone. Stationnement derrière."),
        source: say("Family doctor", "Médecin de famille"),
        checked: Some(date(2026, 11, 20)),
        added_by: Some(Member::One),
        ..Therapist::default()
    }
}

/// Of the others less is known.
fn others() -> [Therapist; 4] {
    let (yes, no) = (YesNo::Yes, YesNo::No);
    let country = || "Canada".to_owned();
    [
        Therapist {
            name: "Jonah Test".into(),
            credential: "RP".into(),
            phones: list(&["705 555-0112", "705 555-0113 ext. 4"]),
            mails: list(&["jonah@example.org"]),
            city: "Sudbury".into(),
            region: "ON".into(),
            country: country(),
            couples_training: list(&["EFT"]),
            years: Some(6),
            in_person: no,
            online: yes,
            evenings: yes,
            weekends: yes,
            taking_new: yes,
            taking_new_checked: Some(date(2026, 11, 14)),
            languages: list(&["en"]),
            fee: Some(Money::new(14_000, "CAD")),
            sliding_scale: yes,
            trial_session: yes,
            added_by: Some(Member::Two),
            ..Therapist::default()
        },
        Therapist {
            name: "Zoé Demo".into(),
            phones: list(&["819 555-0124"]),
            city: "Gatineau".into(),
            added_by: Some(Member::Two),
            ..Therapist::default()
        },
        Therapist {
            name: "Karim Sample".into(),
            credential: "MSW, RSW".into(),
            webs: list(&["www.example.org/karim"]),
            phones: list(&["506 555-0135"]),
            city: "Moncton".into(),
            region: "NB".into(),
            country: country(),
            couples_share: Some(50),
            in_person: yes,
            taking_new: no,
            taking_new_checked: Some(date(2026, 10, 2)),
            languages: list(&["en", "fr", "es"]),
            fee: Some(Money::new(13_050, "CAD")),
            added_by: Some(Member::One),
            ..Therapist::default()
        },
        Therapist {
            name: "Élodie Côté-L’Exemple".into(),
            credential: "Ph. D.".into(),
            mails: list(&["elodie@example.org"]),
            phones: list(&["581 555-0146"]),
            city: "Lévis".into(),
            region: "QC".into(),
            country: country(),
            couples_training: list(&["Imago"]),
            years: Some(22),
            in_person: yes,
            online: yes,
            weekends: yes,
            taking_new: yes,
            taking_new_checked: Some(date(2026, 11, 25)),
            languages: list(&["fr-CA"]),
            fee: Some(Money::new(19_000, "CAD")),
            sliding_scale: no,
            trial_session: yes,
            added_by: Some(Member::Two),
            ..Therapist::default()
        },
    ]
}
