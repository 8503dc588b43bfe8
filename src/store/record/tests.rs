//! Joining: the laws, and what two people see of edits made at the same time.

use proptest::prelude::*;

use super::*;
use crate::store::faulty::Note;

fn stamp(millis: u64, device: u8) -> Stamp {
    format!("{millis:012x}-0000-{}", DeviceId::from_random([device; 8])).parse().unwrap()
}

fn registers() -> impl Strategy<Value = Registers> {
    let register = ("[a-c]", 0_u64..4, 0_u8..3, "[x-z]", prop::option::of((0_u64..4, 0_u8..3)));
    prop::collection::vec(register, 0..12).prop_map(|list| {
        let mut registers = Registers::default();
        for (field, millis, device, text, over) in list {
            let over = over.map(|(millis, device)| stamp(millis, device));
            registers.put(&field, Register { at: stamp(millis, device), text, over });
        }
        registers
    })
}

fn joined(one: &Registers, two: &Registers) -> Registers {
    let mut all = one.clone();
    all.join(two);
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn joining_is_commutative_associative_and_idempotent(a in registers(), b in registers(), c in registers()) {
        prop_assert_eq!(joined(&a, &b), joined(&b, &a));
        prop_assert_eq!(joined(&joined(&a, &b), &c), joined(&a, &joined(&b, &c)));
        prop_assert_eq!(joined(&joined(&a, &b), &a), joined(&a, &b));
        let view = |registers| Joined::<Note>::new(registers).0;
        prop_assert_eq!(view(joined(&a, &b)), view(joined(&b, &a)));
    }

    /// Devices edit, and send their files around in any order, some never; once all have all, all agree,
    /// and on every field the last edit of somebody who had seen everything stands alone.
    #[test]
    fn devices_agree_in_the_end(steps in prop::collection::vec((0_usize..3, 0_usize..3, 0_u32..5, -9_000_i64..9_000), 1..40)) {
        let mut clocks: Vec<Clock> = (0..3_u8).map(|n| Clock::new(DeviceId::from_random([n; 8]), None)).collect();
        let mut devices: Vec<Joined<Note>> = vec![Joined::default(); 3];
        for (device, other, number, wall) in steps {
            if device == other {
                let now = Timestamp::from_millisecond(wall).unwrap();
                let new = Note { number, ..devices[device].value.clone() };
                devices[device] = devices[device].edited(&new, &mut clocks[device], now);
                prop_assert_eq!(devices[device].value.number, number);
            } else {
                let all = joined(devices[device].registers(), devices[other].registers());
                all.latest().into_iter().for_each(|latest| clocks[device].see(latest));
                devices[device] = Joined::new(all).0;
            }
        }
        let all = devices.iter().fold(Registers::default(), |all, device| joined(&all, device.registers()));
        let mut end: Joined<Note> = Joined::new(all).0;
        if end.conflicts.contains_key("number") {
            end.registers().latest().into_iter().for_each(|latest| clocks[1].see(latest));
            let text = end.conflicts["number"].last().unwrap().text.clone();
            end = end.settled("number", &text, &mut clocks[1], Timestamp::UNIX_EPOCH);
            prop_assert_eq!(end.value.number.to_string(), text);
        }
        prop_assert!(end.conflicts.is_empty());
    }
}

/// Two devices that both hold `words: "old"`, written by the first.
fn two() -> (Clock, Clock, Joined<Note>) {
    let (mut one, two) =
        (Clock::new(DeviceId::from_random([1; 8]), None), Clock::new(DeviceId::from_random([2; 8]), None));
    let both = Joined::default().edited(&words("old"), &mut one, at(10));
    (one, two, both)
}

fn words(words: &str) -> Note {
    Note { words: words.to_owned(), ..Note::default() }
}

fn at(milli: i64) -> Timestamp {
    Timestamp::from_millisecond(milli).unwrap()
}

fn texts(joined: &Joined<Note>) -> Vec<&str> {
    joined.conflicts.get("words").into_iter().flatten().map(|claim| claim.text.as_str()).collect()
}

#[test]
fn edits_at_the_same_time_are_both_kept_until_one_is_chosen() {
    let (mut one, mut two, both) = two();
    let first = both.edited(&words("first"), &mut one, at(20));
    // The second device types twice before it hears of the first.
    let second = both.edited(&words("sec"), &mut two, at(30)).edited(&words("second"), &mut two, at(40));
    let all: Joined<Note> = Joined::new(joined(first.registers(), second.registers())).0;
    assert_eq!(all.value.words, "second");
    assert_eq!(texts(&all), ["\"second\"", "\"first\""]);
    for text in ["\"second\"", "\"first\""] {
        let chosen = all.settled("words", text, &mut two.clone(), at(50));
        assert_eq!((chosen.value.put()["words"].as_str(), texts(&chosen)), (text, vec![]));
    }
    // Typing something else over a shown conflict settles it as well.
    assert_eq!(texts(&all.edited(&words("third"), &mut two, at(60))), Vec::<&str>::new());
}

#[test]
fn edits_one_after_the_other_and_equal_ones_are_no_conflict() {
    let (mut one, mut two, both) = two();
    let after = both.edited(&words("a"), &mut two, at(20)).edited(&words("b"), &mut one, at(30));
    assert_eq!((after.value.words.as_str(), texts(&after)), ("b", vec![]));
    let same = joined(
        both.edited(&words("a"), &mut one, at(40)).registers(),
        both.edited(&words("a"), &mut two, at(50)).registers(),
    );
    assert_eq!(texts(&Joined::new(same).0), Vec::<&str>::new());
}

#[test]
fn a_register_looks_as_documented_and_unknown_fields_stay() {
    let (mut one, _, both) = two();
    let device = one.device();
    let file = document::render(&head::<Note>(&Record::Plan, device), &both.registers().of_device(device));
    let file = file.replace("fields: {\n", "fields: {\n    \"later\": (v: Odd( 1 ), at: \"00000000000b-0000-11111111\", over: Some(\"00000000000a-0000-11111111\")),\n");
    assert!(file.contains("\"words\": (v: \"old\", at: \"00000000000a-0000-11111111\"),"), "{file}");
    let sheet = document::parse(Path::new("f"), &file, 1).unwrap();
    let (registers, problems) = Registers::of_sheet(Path::new("f"), &sheet, 1);
    assert_eq!(problems, []);
    assert_eq!(document::render(&sheet.head, &registers.of_device(device)), file);
    let after = Joined::<Note>::new(registers).0.edited(&words("new"), &mut one, at(20));
    assert_eq!(after.unknown["later"], "Odd( 1 )");
    assert!(after.registers().of_device(device)["later"].contains("Odd( 1 )"));
}

#[test]
fn one_bad_register_leaves_the_others_and_is_told_with_its_place() {
    let text = "(schema: 1, kind: \"note\", id: \"plan\", device: \"11111111\", fields: {\n \"number\": (v: 5, at: \"00000000000a-0000-11111111\"),\n \"words\": (v: 5, at: \"ffffffffffff-0000-11111111\"),\n \"list\": (v:\n   [5], at: \"00000000000a-0000-11111111\")})";
    let sheet = document::parse(Path::new("f"), text, 1).unwrap();
    let (registers, problems) = Registers::of_sheet(Path::new("f"), &sheet, 1);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].line == 3 && problems[0].what.contains("9999"), "{}", problems[0]);
    assert_eq!(Joined::<Note>::new(registers).0.value.number, 5);
    let inner = inner(&sheet);
    assert_eq!((inner.fields["list"].line, inner.fields["list"].column), (5, 4));
}
