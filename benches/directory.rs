//! The therapist list with 100,000 records: the search beside SQLite's FTS5 (trigram), from key press to frame,
//! reading from disk, saving one record, and memory: `cargo bench --bench directory`.
//!
//! SQLite comes with Python's standard library (`benches/fts5.py`); without Python the other figures are still taken.
//! `SAMESIDE_BENCH=1000` takes another number of records.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands"
)]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use iced_test::core::renderer::{Headless, Style};
use iced_test::core::{Color, Event, Pixels, Size, clipboard, mouse, window};
use iced_test::runtime::user_interface::{Cache, UserInterface};
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::screen::{self, therapists};
use sameside::app::{Message, Sameside, chrome, theme};
use sameside::directory::{Index, Money, Therapist, TherapistId, YesNo};
use sameside::locale::Language;
use sameside::store::data::{Data, therapist_record};
use sameside::store::{Joined, Opening, Role, Shelf, When};
use sameside::system::Appearance;

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
const CITIES: [(&str, &str); 8] = [
    ("Gatineau", "QC"),
    ("Sherbrooke", "QC"),
    ("Trois-Rivières", "QC"),
    ("Halifax", "NS"),
    ("Regina", "SK"),
    ("Moncton", "NB"),
    ("Laval", "QC"),
    ("Lévis", "QC"),
];

/// What is looked for, letter by letter in the frames, whole beside SQLite.
const QUERIES: [&str; 8] = ["c", "qc", "cote", "tremblay", "cote laval", "819555", "bench-77", "no such person"];

/// Made-up therapists. Names are made of syllables, so that there are as many as in a real registry.
fn therapists(count: usize) -> Vec<(TherapistId, Therapist)> {
    (0..count)
        .map(|at| {
            let (city, region) = CITIES[at % 8];
            let therapist = Therapist {
                name: format!("{} {}-{}{}", FIRST[at % 20], LAST[(at / 20) % 20], LAST[(at / 400) % 20], at / 8_000),
                credential: "RMFT".to_owned(),
                city: city.to_owned(),
                region: region.to_owned(),
                postcode: format!("J{}X {}K{}", at % 10, (at / 10) % 10, (at / 100) % 10),
                phones: vec![format!("819-555-{:04}", at % 10_000)],
                mails: vec![format!("bench-{at}@example.org")],
                languages: vec!["en".to_owned(), "fr".to_owned()],
                couples_training: vec!["EFT".to_owned()],
                fee: Some(Money::new(9_000 + (at as u64 % 90) * 100, "CAD")),
                taking_new: if at % 3 == 0 { YesNo::Yes } else { YesNo::Unknown },
                notes: "Made up for a measurement; sees couples on weekday evenings, also online.".to_owned(),
                ..Therapist::default()
            };
            (TherapistId::new(format!("bench-{at}")).unwrap(), therapist)
        })
        .collect()
}

/// Median and 99th percentile.
fn spread(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() * 99 / 100])
}

fn median(rounds: usize, mut run: impl FnMut()) -> Duration {
    spread(
        (0..rounds)
            .map(|_| {
                let start = Instant::now();
                run();
                start.elapsed()
            })
            .collect(),
    )
    .0
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// Resident memory of this process in bytes; 0 where the system does not tell.
fn resident() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap_or_default() * 1024
}

/// Median milliseconds of each query in SQLite, and how many it finds.
fn sqlite(known: &[(TherapistId, Therapist)]) -> Option<Vec<(f64, usize)>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/fts5.py");
    let mut child =
        Command::new("python3").arg(script).args(QUERIES).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut rows = String::new();
    for (_, one) in known {
        let _ = writeln!(
            rows,
            "{} {} {} {} {} {} {} {} {} {} {}",
            one.name,
            one.credential,
            one.city,
            one.region,
            one.postcode,
            one.phones[0],
            one.phones[0].replace('-', ""),
            one.mails[0],
            one.languages.join(" "),
            one.couples_training[0],
            one.notes
        );
    }
    child.stdin.take()?.write_all(rows.as_bytes()).ok()?;
    let output = child.wait_with_output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let line = |line: &str| {
        let (time, count) = line.split_once(' ')?;
        Some((time.parse().ok()?, count.parse().ok()?))
    };
    let found: Vec<_> = text.lines().filter_map(line).collect();
    (found.len() == QUERIES.len()).then_some(found)
}

fn search(known: &[(TherapistId, Therapist)]) {
    let before = resident();
    let start = Instant::now();
    let index = Index::new(known.iter().map(|(id, therapist)| (id, therapist)));
    println!(
        "index made in {:.0} ms on all cores; {} bytes for each record ({} by the system's count)",
        millis(start.elapsed()),
        index.bytes() / known.len(),
        resident().saturating_sub(before) / known.len()
    );
    let rival = sqlite(known);
    println!("{:<18}{:>10}{:>8}{:>12}{:>8}{:>8}", "search, median", "Sameside", "finds", "FTS5", "finds", "ratio");
    for (at, query) in QUERIES.iter().enumerate() {
        let own = millis(median(200, || drop(black_box(index.find(black_box(query))))));
        let finds = index.find(query).len();
        match rival.as_ref().map(|rival| rival[at]) {
            Some((time, count)) => {
                println!("{query:<18}{own:>8.3}ms{finds:>8}{time:>10.3}ms{count:>8}{:>7.2}x", own / time);
            }
            None => println!("{query:<18}{own:>8.3}ms{finds:>8}   no python3 with FTS5"),
        }
    }
}

/// From a key press to the picture of the next frame, without a display.
fn frames(known: &[(TherapistId, Therapist)]) {
    sameside::app::pictures::load_fonts();
    let mut data = Data::default();
    let folder = tempfile::tempdir().unwrap();
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let at = shelf.begin_import("bench").at();
    for (id, therapist) in known {
        data.therapists.insert(id.clone(), Joined::of_import(therapist.clone(), at));
    }
    drop(shelf);
    data.settings.language = Some(Language::En);
    data.settings.welcomed = true;
    let desk = Desk::in_memory(data, "2026-11-28T10:00:00[America/Toronto]".parse().unwrap());
    let mut state = Sameside::new(desk, Page::Today, Appearance::default(), &[]);
    let _ = state.update(Message::Chrome(chrome::Message::PageChosen(Page::Therapists(None))));
    let size = Size::new(1280.0, 800.0);
    let renderer = <iced::Renderer as Headless>::new(theme::REGULAR, Pixels(16.0), Some("tiny-skia"));
    let mut renderer = iced::futures::executor::block_on(renderer).expect("a software renderer");
    let mut cache = Cache::new();
    let (mut whole, mut before_pixels, mut slowest) = (Vec::new(), Vec::new(), (Duration::ZERO, String::new()));
    for _ in 0..3 {
        for query in QUERIES {
            let mut typed = String::new();
            for letter in query.chars() {
                typed.push(letter);
                let start = Instant::now();
                let message = therapists::Message::QueryEdited(typed.clone());
                let _ = state.update(Message::Screen(screen::Message::Therapists(message)));
                let look = state.theme();
                let mut ui = UserInterface::build(state.view(), size, cache, &mut renderer);
                let _ = ui.update(
                    &[Event::Window(window::Event::RedrawRequested(Instant::now()))],
                    mouse::Cursor::Unavailable,
                    &mut renderer,
                    &mut clipboard::Null,
                    &mut Vec::new(),
                );
                ui.draw(&mut renderer, &look, &Style { text_color: Color::BLACK }, mouse::Cursor::Unavailable);
                cache = ui.into_cache();
                let recorded = start.elapsed();
                drop(black_box(renderer.screenshot(Size::new(1280, 800), 1.0, Color::WHITE)));
                let drawn = start.elapsed();
                before_pixels.push(recorded);
                whole.push(drawn);
                if drawn > slowest.0 {
                    slowest = (drawn, typed.clone());
                }
            }
        }
    }
    let count = whole.len();
    let ((middle, last), (middle_before, last_before)) = (spread(whole), spread(before_pixels));
    println!(
        "key press to frame, 1280 × 800, tiny-skia, {count} key presses: median {:.1} ms, p99 {:.1} ms (slowest {:.1} ms at {:?}); \
         of that before the pixels: median {:.1} ms, p99 {:.1} ms",
        millis(middle),
        millis(last),
        millis(slowest.0),
        slowest.1,
        millis(middle_before),
        millis(last_before)
    );
}

fn save(count: usize) {
    let mut medians = Vec::new();
    for number in [10, count] {
        let folder = tempfile::tempdir().unwrap();
        import(folder.path(), number);
        let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
        let data = Data::load(&shelf, &[], &mut Vec::new());
        let id = TherapistId::new("bench-3").unwrap();
        let record = therapist_record(&id).unwrap();
        let mut known = data.therapists[&id].clone();
        let before = files(folder.path());
        let mut times = 0;
        let time = median(20, || {
            times += 1;
            let changed = Therapist { notes: format!("changed {times} times"), ..known.value.clone() };
            known = shelf.save_record(&record, &known, &changed, When::Now);
            assert!(shelf.flush(Duration::from_secs(10)));
        });
        let files = files(folder.path());
        let bytes = files.iter().filter(|(path, _)| path.contains("bench-3")).map(|(_, bytes)| *bytes).sum::<u64>();
        println!(
            "save one record among {number}: median {:.2} ms, {bytes} bytes in {} file of its own",
            millis(time),
            files
                .iter()
                .filter(|(path, _)| !before.iter().any(|(other, _)| other == path) && path.contains("shared"))
                .count()
        );
        medians.push(millis(time));
    }
    println!("saving among many beside among few: {:.2}x", medians[1] / medians[0]);
}

fn files(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), path.metadata().map_or(0, |data| data.len())));
        }
    }
    found
}

/// Puts therapists into a data folder, as an import does.
fn import(folder: &Path, count: usize) {
    let (shelf, _) = Shelf::open(folder, Opening::new(Role::Window)).unwrap();
    let mut draft = shelf.begin_import("bench");
    for (id, therapist) in therapists(count) {
        draft.add(&id, &therapist);
    }
    shelf.save_import(&draft).unwrap();
}

/// Reading everything, as the window does beside its first frame.
fn reading(count: usize) {
    let folder = tempfile::tempdir().unwrap();
    import(folder.path(), count);
    let (shelf, _) = Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap();
    let before = resident();
    let start = Instant::now();
    let data = Data::load(&shelf, &[], &mut Vec::new());
    let read = start.elapsed();
    let index = Index::new(data.therapists.iter().map(|(id, joined)| (id, &joined.value)));
    println!(
        "read {} records in {:.0} ms, can be searched after {:.0} ms; {} bytes of memory for each, index and all",
        index.len(),
        millis(read),
        millis(start.elapsed()),
        resident().saturating_sub(before) / count
    );
}

fn main() {
    let count = std::env::var("SAMESIDE_BENCH").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000);
    println!("{count} records");
    reading(count);
    let known = therapists(count);
    search(&known);
    frames(&known);
    save(count);
}
