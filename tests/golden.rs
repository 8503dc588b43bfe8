//! Files as older versions of Sameside wrote them. They are kept for ever, and must always be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "these are tests")]

use sameside::exercise::{Answer, Kind, Progress, parse};
use sameside::store::{Opening, Place, Role, Shelf, When};

#[test]
fn exercises_of_every_schema_are_read() {
    let old = parse("exercise-1.ron", include_str!("golden/exercise-1.ron")).unwrap();
    assert_eq!((old.schema, old.steps.len()), (1, 10));
    assert!(old.steps.iter().all(|step| step.kind.since() == 1));
    let new = parse("exercise-2.ron", include_str!("golden/exercise-2.ron")).unwrap();
    assert!(new.steps.iter().all(|step| step.kind.since() == 2));
    assert!(matches!(new.steps[0].kind, Kind::Apart { lines: 3, .. }));
}

#[test]
fn progress_of_the_first_schema_is_read_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Progress(sameside::couple::Member::One, "impact".parse().unwrap());
    let open = || Shelf::open(folder.path(), Opening::new(Role::Window)).unwrap().0;
    let path = open().path(&place);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, include_str!("golden/progress-1.ron")).unwrap();
    let shelf = open();
    let loaded = shelf.load::<Progress>(&place);
    assert_eq!(loaded.problems, []);
    let run = loaded.value.current().unwrap();
    assert_eq!(run.step, "event");
    assert_eq!(run.answers["event"], Answer::Text("On Tuesday « we » both\nlooked away.".to_owned()));
    assert_eq!(run.check_back, Some(jiff::civil::date(2026, 11, 26)));
    assert!(run.caret.is_none() && run.apart.is_empty() && run.older.is_empty());
    // Once it is changed it is written in today's shape, with all that was there.
    let mut new = loaded.value.clone();
    new.answer("more", Answer::Scaled(2));
    shelf.save(&place, &loaded.value, &new, When::Now);
    drop(shelf);
    assert!(std::fs::read_to_string(&path).unwrap().contains("schema: 2"));
    let shelf = open();
    assert_eq!(shelf.load::<Progress>(&place).value, new);
}
