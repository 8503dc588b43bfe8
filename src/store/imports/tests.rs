//! What an import writes is what every device reads, in whatever order the files arrive.

use std::path::Path;

use jiff::Timestamp;

use super::*;
use crate::directory::{Money, Therapist, TherapistId, YesNo};
use crate::store::clock::Clock;
use crate::store::data::Data;
use crate::store::record::Joined;
use crate::store::{DeviceId, Opening, Role, When};

fn someone(name: &str) -> Therapist {
    Therapist {
        name: name.into(),
        phones: vec!["418 555-0100".into()],
        fee: Some(Money::new(15_000, "CAD")),
        taking_new: YesNo::Yes,
        notes: "two\nlines, \"quoted\" }\n  },\n".into(),
        ..Therapist::default()
    }
}

fn id(text: &str) -> TherapistId {
    TherapistId::new(text).unwrap()
}

fn clock(device: &str) -> Clock {
    Clock::new(device.parse::<DeviceId>().unwrap(), None)
}

fn draft(count: usize) -> Draft {
    let mut draft = Draft::new(clock("a1b2c3d4").next(Timestamp::UNIX_EPOCH), "list \"x\".csv");
    for number in 0..count {
        draft.add(&id(&format!("t{number}")), &someone(&format!("Zoé {number}")));
    }
    draft
}

#[test]
fn short_and_long_files_are_read_back() {
    for count in [0, 1, 5_000] {
        let text = draft(count).text();
        let (imported, problems) = parse(Path::new("x.ron"), &text);
        let imported = imported.unwrap();
        assert_eq!((problems, imported.records.len()), (Vec::new(), count));
        assert_eq!(imported.source, "list \"x\".csv");
        for (number, (key, therapist)) in imported.records.iter().enumerate() {
            assert_eq!((key, therapist), (&id(&format!("t{number}")), &someone(&format!("Zoé {number}"))));
        }
        // With a comment in it, it is read in one piece.
        let (careful, problems) = parse(Path::new("x.ron"), &text.replace("records: {\n", "records: {\n// mine\n"));
        assert_eq!((careful, problems), (Some(imported), Vec::new()));
    }
}

#[test]
fn a_file_that_a_person_edited_is_read_as_well() {
    let text = draft(2).text().replace("\"t1\": {\"name\"", "// mine\n  \"t1\": {\n   \"colour\": Blue,\n  \"name\"");
    let (imported, problems) = parse(Path::new("x.ron"), &text);
    assert_eq!(problems, []);
    assert_eq!(imported.unwrap().records[1].1, someone("Zoé 1"));
}

#[test]
fn what_is_spoilt_is_told_with_its_place_and_leaves_the_rest() {
    let text =
        draft(2).text().replace("\"t1\": {\"name\":\"Zoé 1\"", "\"t1\": {\"name\":\"Zoé 1\",\"years\":Some(900)");
    let (imported, problems) = parse(Path::new("x.ron"), &text);
    assert_eq!(imported.unwrap().records[1].1, someone("Zoé 1"));
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].line, 8, "{problems:?}");
    assert!(problems[0].what.starts_with("years: "), "{problems:?}");
    let (imported, problems) = parse(Path::new("x.ron"), &draft(3).text()[..200]);
    assert!(imported.is_none());
    assert_eq!(problems.len(), 1);
}

fn open(root: &Path) -> Shelf {
    Shelf::open(root, Opening::new(Role::Window)).unwrap().0
}

#[test]
fn an_import_is_one_file_can_be_edited_and_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let shelf = open(folder.path());
    let mut data = Data::default();
    let mut draft = shelf.begin_import("list.csv");
    draft.add(&id("a"), &someone("Anne"));
    draft.add(&id("b"), &someone("Bea"));
    shelf.save_import(&draft).unwrap();
    let mut troubles = Vec::new();
    data.load_imports(&shelf, &mut troubles);
    assert_eq!(data.listed().count(), 2);
    // One of them is edited.
    let record = crate::store::data::therapist_record(&id("a")).unwrap();
    let mut new = data.therapists[&id("a")].value.clone();
    new.fee = None;
    new.city = "Ville".into();
    let edited = shelf.save_record(&record, &data.therapists[&id("a")], &new, When::Now);
    assert_eq!((&edited.value, edited.conflicts.len()), (&new, 0));
    assert!(shelf.flush(std::time::Duration::from_secs(9)));
    let all = Data::load(&shelf, &[], &mut troubles);
    assert_eq!(all.therapists[&id("a")].value, new);
    assert_eq!(all.therapists[&id("b")].value, someone("Bea"));
    // The import is taken back, and put on the list again.
    let mut undo = shelf.begin_import("");
    undo.withdraw(draft.at(), true);
    shelf.save_import(&undo).unwrap();
    assert_eq!(Data::load(&shelf, &[], &mut troubles).listed().count(), 0);
    let mut redo = shelf.begin_import("");
    redo.withdraw(draft.at(), false);
    shelf.save_import(&redo).unwrap();
    data.load_imports(&shelf, &mut troubles);
    let all = Data::load(&shelf, &[], &mut troubles);
    assert_eq!((all.listed().count(), data.listed().count()), (2, 2));
    assert_eq!(all.therapists[&id("a")].value, new);
    assert_eq!(troubles, []);
}

#[test]
fn the_order_in_which_files_arrive_does_not_matter() {
    let at = |millis| Timestamp::from_millisecond(millis).unwrap();
    let (mut one, mut two) = (clock("aaaaaaaa"), clock("bbbbbbbb"));
    let imported = Joined::of_import(someone("Anne"), one.next(at(1)));
    two.see(imported.latest().unwrap());
    let change = |clock: &mut Clock, fee, millis| {
        let new = Therapist { fee: Some(Money::new(fee, "CAD")), ..imported.value.clone() };
        imported.edited(&new, clock, at(millis))
    };
    let (mine, theirs) = (change(&mut one, 1, 20), change(&mut two, 2, 30));
    let joins = |order: [&Joined<Therapist>; 2]| {
        let joined = order.iter().fold(imported.clone(), |all, more| all.joined(more.registers()).0);
        (joined.value.clone(), joined.conflicts.clone())
    };
    assert_eq!(joins([&mine, &theirs]), joins([&theirs, &mine]));
    assert_eq!(joins([&mine, &theirs]).0.fee, Some(Money::new(2, "CAD")));
    assert_eq!(joins([&mine, &theirs]).1.len(), 1, "both changed the fee");
    // A partner's edit whose import has not arrived yet counts all the same.
    let early = Joined::<Therapist>::new(theirs.registers().clone()).0;
    assert_eq!(
        Joined::of_import(someone("Anne"), imported.imported().unwrap()).joined(early.registers()).0.value,
        theirs.value
    );
}
