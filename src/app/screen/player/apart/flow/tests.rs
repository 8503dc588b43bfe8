use super::*;
use crate::exercise::{Library, Progress};
use crate::locale::Language;
use crate::store::data::Data;

const STEP: &str = "hope";

fn library() -> Library {
    let text = "(schema: 2, id: \"two\", title: \"T\", summary: \"S.\", who: Both, stage: Ask, minutes: 5, why: \"W.\", \
                steps: [(id: \"hope\", title: \"T\", text: \"X.\", kind: Apart(question: \"Q?\", hint: \"\", lines: 3))])";
    let library = Library::new(Language::En, &[("two.ron".to_owned(), text.to_owned())]);
    assert_eq!(library.faults, []);
    library
}

fn desk() -> Desk {
    Desk::in_memory(Data::default(), jiff::Zoned::default())
}

/// Goes to `member`, and writes.
fn write(desk: &mut Desk, member: Member, words: &str) -> Timestamp {
    desk.change_settings(|settings| settings.here = member);
    let library = library();
    let mut begun = Timestamp::UNIX_EPOCH;
    desk.change_progress("two", When::Now, |progress| {
        progress.start(library.get("two").unwrap(), Timestamp::UNIX_EPOCH);
        progress.answer(STEP, Answer::Text(words.to_owned()));
        begun = progress.current().unwrap().started;
    });
    begun
}

fn place(run: Timestamp) -> Place<'static> {
    Place { exercise: "two", step: STEP, run }
}

/// All that both could read of the shared folder, as text.
fn shared(desk: &Desk) -> String {
    use crate::fields::Document;
    desk.data.answers.values().map(|joined| format!("{:?}", joined.value.put())).collect()
}

#[test]
fn nothing_is_shared_before_both_agreed_and_then_only_what_was_agreed() {
    let mut desk = desk();
    let run = write(&mut desk, Member::One, "I hope for calm. I was hurt. We can do this!");
    toggle(&mut desk, place(run), "I was hurt.");
    assert_eq!(standing(&desk, place(run)), Standing::Writing);
    assert_eq!(shared(&desk), "");
    agree(&mut desk, place(run)).unwrap();
    assert_eq!(standing(&desk, place(run)), Standing::Agreed);
    show(&mut desk, place(run));
    let other = write(&mut desk, Member::Two, "Some quiet. And tea.");
    assert_eq!(standing(&desk, place(other)), Standing::Writing, "nothing tells that the other is ready");
    agree(&mut desk, place(other)).unwrap();
    assert_eq!(standing(&desk, place(other)), Standing::BothAgreed);
    for words in ["calm", "hurt", "quiet", "tea"] {
        assert!(!shared(&desk).contains(words), "{words} is in the shared folder");
    }
    show(&mut desk, place(other));
    let both = Each { one: "I hope for calm. We can do this!".to_owned(), two: "Some quiet. And tea.".to_owned() };
    assert_eq!(standing(&desk, place(other)), Standing::Shown(both.clone()));
    assert!(!shared(&desk).contains("hurt"));
    desk.change_settings(|settings| settings.here = Member::One);
    assert_eq!(standing(&desk, place(run)), Standing::Shown(both.clone()));
    take_back(&mut desk, place(run));
    assert_eq!(standing(&desk, place(run)), Standing::Shown(both), "what was read cannot be unread");
}

#[test]
fn an_agreement_can_be_taken_back_until_both_look() {
    let mut desk = desk();
    let run = write(&mut desk, Member::One, "One.");
    agree(&mut desk, place(run)).unwrap();
    let before = shared(&desk);
    take_back(&mut desk, place(run));
    assert_eq!(standing(&desk, place(run)), Standing::Writing);
    let other = write(&mut desk, Member::Two, "Two.");
    agree(&mut desk, place(other)).unwrap();
    assert_eq!(standing(&desk, place(other)), Standing::Agreed);
    desk.change_settings(|settings| settings.here = Member::One);
    agree(&mut desk, place(run)).unwrap();
    assert_ne!(before, shared(&desk), "the same words under a new secret number");
    take_back(&mut desk, place(run));
    desk.change_settings(|settings| settings.here = Member::Two);
    assert_eq!(standing(&desk, place(other)), Standing::Agreed, "the last say holds, even when both had agreed");
}

#[test]
fn on_two_devices_each_opens_ones_own() {
    // Each device has one space; the shared folder is carried to and fro.
    let (mut one, mut two) = (desk(), desk());
    let (run, other) = (write(&mut one, Member::One, "One."), write(&mut two, Member::Two, "Two."));
    agree(&mut one, place(run)).unwrap();
    agree(&mut two, place(other)).unwrap();
    let carry = |from: &Desk, to: &mut Desk, member: Member| {
        let key = ("two".to_owned(), member);
        to.data.answers.insert(key.clone(), from.data.answers[&key].clone());
    };
    carry(&one, &mut two, Member::One);
    carry(&two, &mut one, Member::Two);
    assert_eq!(standing(&one, place(run)), Standing::BothAgreed);
    show(&mut one, place(run));
    assert_eq!(standing(&one, place(run)), Standing::Opened);
    carry(&one, &mut two, Member::One);
    assert_eq!(
        standing(&two, place(other)),
        Standing::BothAgreed,
        "what came open is not shown before one's own is"
    );
    show(&mut two, place(other));
    carry(&two, &mut one, Member::Two);
    let both = Each { one: "One.".to_owned(), two: "Two.".to_owned() };
    assert_eq!(standing(&one, place(run)), Standing::Shown(both.clone()));
    assert_eq!(standing(&two, place(other)), Standing::Shown(both));
}

#[test]
fn a_locked_space_of_the_other_is_not_needed_until_they_come() {
    let mut desk = desk();
    let run = write(&mut desk, Member::One, "One.");
    agree(&mut desk, place(run)).unwrap();
    let locked = std::mem::take(desk.data.spaces.of_mut(Member::One));
    let other = write(&mut desk, Member::Two, "Two.");
    agree(&mut desk, place(other)).unwrap();
    show(&mut desk, place(other));
    assert_eq!(standing(&desk, place(other)), Standing::Opened);
    *desk.data.spaces.of_mut(Member::One) = locked;
    desk.change_settings(|settings| settings.here = Member::One);
    assert_eq!(standing(&desk, place(run)), Standing::BothAgreed);
    show(&mut desk, place(run));
    assert!(matches!(standing(&desk, place(run)), Standing::Shown(_)));
}

#[test]
fn a_second_time_has_a_round_of_its_own_and_the_first_stays() {
    let mut desk = desk();
    let (run, other) = both_shown(&mut desk);
    desk.change_progress("two", When::Now, |progress: &mut Progress| {
        progress.runs.last_mut().unwrap().finished = Some(Timestamp::UNIX_EPOCH);
    });
    let again = write(&mut desk, Member::Two, "Now this.");
    assert_ne!(again, other);
    agree(&mut desk, place(again)).unwrap();
    assert_eq!(standing(&desk, place(again)), Standing::Agreed);
    assert!(matches!(standing(&desk, place(other)), Standing::Shown(_)), "the first one stays");
    desk.change_settings(|settings| settings.here = Member::One);
    assert!(matches!(standing(&desk, place(run)), Standing::Shown(_)), "nothing tells of the second");
}

#[test]
fn a_deleted_answer_leaves_the_shared_folder() {
    let mut desk = desk();
    let (_, other) = both_shown(&mut desk);
    let apart = desk.progress("two").unwrap().run(other).unwrap().apart[STEP].clone();
    withdraw(&mut desk, "two", STEP, &apart);
    assert!(!shared(&desk).contains("Two.") && shared(&desk).contains("One."));
}

fn both_shown(desk: &mut Desk) -> (Timestamp, Timestamp) {
    let run = write(desk, Member::One, "One.");
    agree(desk, place(run)).unwrap();
    let other = write(desk, Member::Two, "Two.");
    agree(desk, place(other)).unwrap();
    show(desk, place(other));
    (run, other)
}
