use super::*;
use crate::exercise::progress::Chosen;

const EXERCISE: &str = r#"(schema: 1, id: "x", title: "T", summary: "S.", who: Both, stage: Ask, minutes: 1, why: "W.", steps: [
    (id: "event", title: "T", text: "X.", kind: Write(hint: "", lines: 1)),
    (id: "wish", title: "T", text: "X.", kind: Write(hint: "", lines: 1)),
    (id: "feel", title: "T", text: "X.", kind: Choose(options: [(id: "sad", label: "Sad"), (id: "alone", label: "Alone"), (id: "me", label: "I miss us"), (id: "speech", label: "My answer is no. Thank you.")], many: true, own_words: true)),
    (id: "much", title: "T", text: "X.", kind: Scale(steps: 5, low: "L", high: "H")),
    (id: "order", title: "T", text: "X.", kind: Sort(items: [(id: "cost", label: "Cost"), (id: "time", label: "Time"), (id: "sunday", label: "Sunday")])),
    (id: "say", title: "T", text: "X.", kind: Draft(template: "When {event}, I felt {feel}.", part: Some(Impact))),
    (id: "plan", title: "T", text: "X.", kind: Draft(template: "If we sit ({wish}), I say: {say}", part: Some(Plan))),
])"#;

fn exercise() -> Exercise {
    crate::exercise::model::parse("x", EXERCISE).expect("the test's exercise")
}

fn text(step: &str, answer: &str) -> (String, Answer) {
    (step.to_owned(), Answer::Text(answer.to_owned()))
}

fn feel(ids: &[&str], own: &str) -> (String, Answer) {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    ("feel".to_owned(), Answer::Chosen(Chosen { ids, own: own.to_owned() }))
}

fn filled(template: &str, answers: &[(String, Answer)], language: Language) -> String {
    fill(template, &exercise(), &answers.iter().cloned().collect(), language)
}

#[test]
fn answers_are_put_in() {
    let template = "When {event}, I felt {feel}. It was a {much}.";
    let much = ("much".to_owned(), Answer::Scaled(4));
    let answers = [text("event", " The talk stopped. "), feel(&["alone", "sad"], ""), much];
    assert_eq!(filled(template, &answers, Language::En), "When the talk stopped, I felt sad and alone. It was a 4.");
    assert_eq!(filled(template, &[], Language::En), "When …, I felt … It was a …");
}

#[test]
fn joins_follow_the_language() {
    let answers = [feel(&["sad", "alone"], "a bit lost.")];
    assert_eq!(filled("I felt {feel}.", &answers, Language::En), "I felt sad, alone and a bit lost.");
    assert_eq!(filled("{feel}, oui", &answers, Language::Fr), "Sad, alone et a bit lost, oui");
    let order = [(
        "order".to_owned(),
        Answer::Sorted(vec!["time".into(), "gone".into(), "sunday".into(), "cost".into()]),
    )];
    assert_eq!(filled("First {order}.", &order, Language::En), "First time, Sunday and cost.");
}

#[test]
fn stops_are_never_doubled() {
    let cases = [
        ("I wish {wish}.", "to talk.", "I wish to talk."),
        ("I wish {wish}.", "to talk!", "I wish to talk!"),
        ("I wish {wish}.", "to talk…", "I wish to talk…"),
        ("I wish {wish}.", "to talk...", "I wish to talk..."),
        ("I wish {wish}", "to talk.", "I wish to talk."),
        ("“{wish}.” Yes.", "To talk.", "“To talk.” Yes."),
        ("I wish {wish}.", "“to talk.”", "I wish “to talk.”"),
        ("I wish {wish}, really.", "to talk. Soon.", "I wish to talk. Soon, really."),
        ("I  wish  {wish} , and", "to talk", "I wish to talk, and"),
    ];
    for (template, answer, expected) in cases {
        assert_eq!(filled(template, &[text("wish", answer)], Language::En), expected, "{template} + {answer}");
    }
}

#[test]
fn only_safe_words_lose_their_capital() {
    let cases = [
        (Language::En, "I felt it", "I felt it"),
        (Language::En, "I’m tired", "I’m tired"),
        (Language::En, "Sam left", "Sam left"),
        (Language::En, "It’s late", "it’s late"),
        (Language::En, "My day", "my day"),
        (Language::En, "A. left", "A. left"),
        (Language::Fr, "J’ai peur", "j’ai peur"),
        (Language::Fr, "À table", "à table"),
        (Language::Fr, "L’Estrie", "l’Estrie"),
        (Language::Fr, "Luc rit", "Luc rit"),
    ];
    for (language, answer, expected) in cases {
        assert_eq!(filled("x {wish}", &[text("wish", answer)], language), format!("x {expected}"));
        let start = filled("{wish}", &[text("wish", answer)], language);
        assert_eq!(start, answer, "a sentence may begin with any of them");
    }
    let speech = [feel(&["speech"], "")];
    assert_eq!(filled("I say: {feel}.", &speech, Language::En), "I say: My answer is no. Thank you.");
    assert_eq!(filled("so {feel}", &[feel(&["me"], "")], Language::En), "so I miss us");
}

#[test]
fn a_sentence_begins_with_a_capital() {
    let answer = [text("wish", "it rains.")];
    assert_eq!(filled("{wish}. Then {wish}, so.", &answer, Language::En), "It rains. Then it rains, so.");
    assert_eq!(filled("Yes! {wish}", &answer, Language::En), "Yes! It rains.");
    assert_eq!(filled("I say “{wish}”", &answer, Language::En), "I say “It rains”");
    assert_eq!(filled("{event} {wish}", &answer, Language::En), "… it rains.");
}

#[test]
fn french_que_and_de_lose_their_e_before_a_vowel() {
    let cases = [
        ("J’aimerais que {wish}.", "Il m’écoute", "J’aimerais qu’il m’écoute."),
        ("J’ai besoin de {wish}.", "être entendue", "J’ai besoin d’être entendue."),
        ("J’ai besoin de {wish}.", "repos", "J’ai besoin de repos."),
        ("Je dis que {wish}.", "oui", "Je dis que oui."),
        ("Un guide {wish}.", "aimable", "Un guide aimable."),
    ];
    for (template, answer, expected) in cases {
        assert_eq!(filled(template, &[text("wish", answer)], Language::Fr), expected);
    }
    assert_eq!(filled("Je veux que {wish}.", &[], Language::Fr), "Je veux que …");
}

#[test]
fn no_break_spaces_and_quotes_stay() {
    let answers = [text("wish", "« Et toi\u{a0}? »")];
    assert_eq!(filled("Je dis\u{a0}: {wish}.", &answers, Language::Fr), "Je dis\u{a0}: « Et toi\u{a0}? »");
}

#[test]
fn an_edited_draft_stays_as_edited() {
    let exercise = exercise();
    let step = exercise.step("say").expect("there").clone();
    let mut answers: BTreeMap<String, Answer> = [text("event", "it rains")].into();
    assert_eq!(text_of(&exercise, &step, &answers, Language::En), "When it rains, I felt …");
    answers.insert("say".into(), Answer::Text("My own.".into()));
    assert_eq!(text_of(&exercise, &step, &answers, Language::En), "My own.");
}

#[test]
fn stray_brackets_are_told() {
    assert_eq!(pieces("a {b} c"), Ok(vec![Piece::Words("a "), Piece::Answer("b"), Piece::Words(" c")]));
    assert_eq!(pieces("a {b c"), Err("{b c"));
    assert_eq!(pieces("a {b {c}"), Err("{b {c}"));
    assert_eq!(pieces("a } {b}"), Err("} {b}"));
}

proptest::proptest! {
    #[test]
    fn what_is_filled_has_no_doubled_space_or_stop(answer in "[a-zA-Zé .,!?]{0,30}", tail in "[.,!? ]{0,1}") {
        proptest::prop_assume!(!answer.contains(".."));
        let result = filled(&format!("When {{wish}}{tail}"), &[text("wish", &answer)], Language::En);
        proptest::prop_assert!(!result.contains("  "), "{result:?}");
        proptest::prop_assert!(!result.ends_with("..") || answer.contains(". ."), "{result:?}");
    }
}

#[test]
fn a_draft_can_stand_in_a_later_one() {
    let exercise = exercise();
    let plan = exercise.step("plan").expect("there").clone();
    let mut answers: BTreeMap<String, Answer> = [text("wish", "On Sunday.")].into();
    let told = |answers: &BTreeMap<String, Answer>| text_of(&exercise, &plan, answers, Language::En);
    assert_eq!(told(&answers), "If we sit (on Sunday), I say: …");
    answers.extend([text("event", "It rains.")]);
    assert_eq!(told(&answers), "If we sit (on Sunday), I say: when it rains, I felt …");
    answers.extend([text("say", "My own. Yes.")]);
    assert_eq!(told(&answers), "If we sit (on Sunday), I say: My own. Yes.");
}

#[test]
fn parts_come_from_drafts_with_an_answer() {
    let exercise = exercise();
    let mut answers: BTreeMap<String, Answer> = BTreeMap::new();
    assert_eq!(parts(&exercise, &answers, Language::En), []);
    answers.extend([text("wish", "Soon")]);
    let names = |answers: &BTreeMap<String, Answer>| {
        parts(&exercise, answers, Language::En).into_iter().map(|(part, _)| part).collect::<Vec<_>>()
    };
    assert_eq!(names(&answers), [Part::Plan]);
    answers.extend([text("say", "Mine.")]);
    assert_eq!(parts(&exercise, &answers, Language::En)[0], (Part::Impact, "Mine.".to_owned()));
    assert!(!is_whole("{event} {say}", &exercise, &answers, Language::En));
    assert!(is_whole("{wish} {say}", &exercise, &answers, Language::En));
}

#[test]
fn a_draft_that_names_itself_ends() {
    let text = EXERCISE.replace("I felt {feel}", "I felt {say} {plan}");
    let exercise: Exercise = ron::from_str(&text).expect("readable, though parse would refuse it");
    assert_eq!(
        fill("{plan}", &exercise, &[self::text("event", "x")].into(), Language::En),
        "If we sit (…), I say: when x, I felt … …"
    );
}
