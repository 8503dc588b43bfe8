//! Search over 10,000 therapists beside the plain way, and saving one record among 10,000 beside one among 10:
//! `cargo bench --bench directory`.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands"
)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use sameside::directory::{Index, Therapist, TherapistId};
use sameside::store::data::therapist_record;
use sameside::store::{Joined, Opening, Role, Shelf, When};

const FIRST: [&str; 20] = [
    "Zoé", "Anaïs", "Łucja", "Björn", "Mara", "Noël", "Inès", "Søren", "Tara", "Émile", "Ada", "Léo", "Noor", "Ivo",
    "Maud", "Rémi", "Una", "Yan", "Cléo", "Otis",
];
const LAST: [&str; 20] = [
    "Côté",
    "Tremblay",
    "O’Hara",
    "Nguyễn",
    "Fraser",
    "Bélanger",
    "Okafor",
    "Müller",
    "Singh",
    "Roy",
    "Gagné",
    "Wu",
    "Lefèvre",
    "Brandt",
    "Ito",
    "Moreau",
    "Dubé",
    "Stone",
    "Petit",
    "Hale",
];
const CITIES: [&str; 8] =
    ["Gatineau", "Sherbrooke", "Trois-Rivières", "Halifax", "Regina", "Moncton", "Laval", "Lévis"];

/// Made-up therapists.
fn therapists(count: usize) -> Vec<(TherapistId, Therapist)> {
    (0..count)
        .map(|at| {
            let therapist = Therapist {
                name: format!("{} {} {at}", FIRST[at % 20], LAST[(at / 20) % 20]),
                city: CITIES[at % 8].to_owned(),
                phones: vec![format!("819-555-{:04}", at % 10_000)],
                languages: vec!["en".to_owned(), "fr".to_owned()],
                couples_training: vec!["EFT".to_owned()],
                notes: "Made up for a measurement; sees couples on weekday evenings, also online.".to_owned(),
                ..Therapist::default()
            };
            (TherapistId::new(format!("bench-{at}")).unwrap(), therapist)
        })
        .collect()
}

fn search(criterion: &mut Criterion) {
    let known = therapists(10_000);
    let index = Index::new(known.iter().map(|(id, therapist)| (id, therapist)));
    let plain: Vec<(TherapistId, String)> = known
        .iter()
        .map(|(id, therapist)| {
            let text = format!("{} {} {:?} {}", therapist.name, therapist.city, therapist.phones, therapist.notes);
            (id.clone(), text.to_lowercase())
        })
        .collect();
    let mut group = criterion.benchmark_group("search 10 000");
    for query in ["c", "côté", "cote laval", "819555", "no such person"] {
        group.bench_function(format!("sameside {query:?}"), |b| b.iter(|| index.find(black_box(query))));
        group.bench_function(format!("plain contains {query:?}"), |b| {
            b.iter(|| {
                let words: Vec<String> = black_box(query).to_lowercase().split(' ').map(str::to_owned).collect();
                plain
                    .iter()
                    .filter(|(_, text)| words.iter().all(|word| text.contains(word.as_str())))
                    .map(|(id, _)| id.clone())
                    .collect::<Vec<_>>()
            });
        });
    }
    group.finish();
}

fn save(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("save one record");
    group.sample_size(20);
    for count in [10, 10_000] {
        let folder = tempfile::tempdir().unwrap();
        let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
        for (id, therapist) in therapists(count) {
            let _ = shelf.save_record(&therapist_record(&id).unwrap(), &Joined::default(), &therapist, When::Now);
        }
        assert!(shelf.flush(Duration::from_secs(600)));
        let record = therapist_record(&TherapistId::new("bench-3").unwrap()).unwrap();
        let mut known = shelf.load_record::<Therapist>(&record).0;
        let mut times = 0;
        group.bench_function(format!("among {count}"), |b| {
            b.iter(|| {
                times += 1;
                let changed = Therapist { notes: format!("changed {times} times"), ..known.value.clone() };
                known = shelf.save_record(&record, &known, &changed, When::Now);
                assert!(shelf.flush(Duration::from_secs(10)));
            });
        });
    }
    group.finish();
}

criterion_group!(benches, search, save);
criterion_main!(benches);
