//! Pictures of the exercises, the player and the invitation.

use iced::widget::text_editor::{Action, Edit};
use jiff::ToSpan;

use super::{Preset, Set, to};
use crate::app::desk::Desk;
use crate::app::nav::Page;
use crate::app::screen::player::apart::Message as Apart;
use crate::app::screen::player::pause::{Length, Message as Break};
use crate::app::screen::{self, player, rehearsal};
use crate::app::{Message, Sameside};
use crate::couple::Member;
use crate::exercise::invitation::Reply;
use crate::exercise::{Answer, Chosen, Kind, Library, Part, draft};
use crate::locale::Language;
use crate::store::When;

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    match preset {
        Preset::Empty => vec![
            ("library", |state| to(state, Page::Exercises)),
            ("exercise", |state| to(state, Page::Exercise("holds-me-back".to_owned()))),
            ("invitation", |state| to(state, Page::Invitation)),
            ("card", |state| to(state, Page::Card)),
        ],
        Preset::HalfWay => [half_way(), together(), rehearsed()].concat(),
        Preset::BrokenFile => vec![("library", |state| {
            own_files(state);
            to(state, Page::Exercises);
        })],
        Preset::FirstRun | Preset::ReadyToChoose | Preset::Agreed | Preset::Refused => Vec::new(),
    }
}

fn half_way() -> Vec<(&'static str, Set)> {
    vec![
        ("library", |state| to(state, Page::Exercises)),
        ("exercise-done", |state| to(state, Page::Exercise("curiosity".to_owned()))),
        ("exercise-begun", |state| to(state, Page::Exercise("impact".to_owned()))),
        ("exercise-evidence", |state| {
            to(state, Page::Exercise("same-team".to_owned()));
            say(state, player::Message::EvidenceUnfolded);
        }),
        ("exercise-answers", |state| {
            to(state, Page::Exercise("curiosity".to_owned()));
            let run =
                state.desk.progress("curiosity").and_then(|progress| progress.runs.first()).map(|run| run.started);
            if let Some(run) = run {
                say(state, player::Message::RunUnfolded(run));
                say(state, player::Message::RunDeletionAsked(run));
            }
        }),
        ("exercise-older", |state| {
            to(state, Page::Exercise("curiosity".to_owned()));
            let words = apart_words(state.texts.language()).0;
            let now = state.desk.now().timestamp();
            let mut begun = now;
            state.desk.change_progress("curiosity", When::Now, |progress| {
                if let Some(run) = progress.runs.first_mut() {
                    begun = run.started;
                    run.keep_older("fair", now);
                    run.answer("fair", Answer::Text(words.to_owned()));
                }
            });
            say(state, player::Message::RunUnfolded(begun));
            say(state, player::Message::OlderUnfolded("fair".to_owned()));
        }),
        ("exercise-export", |state| {
            to(state, Page::Exercise("curiosity".to_owned()));
            say(state, player::Message::Export(player::export::Message::Chosen));
        }),
        ("step-read", |state| at_step(state, "holds-me-back", "yours")),
        ("step-aloud", |state| at_step(state, "curiosity", "say-back")),
        ("step-write", |state| at_step(state, "impact", "event")),
        ("step-choose", |state| at_step(state, "curiosity", "guess")),
        ("step-choose-one", |state| {
            at_step(state, "curiosity", "question");
            say(state, player::Message::Sheet(player::sheet::Message::OwnTapped));
        }),
        ("step-scale", |state| {
            at_step(state, "curiosity", "sure");
            say(state, player::Message::Sheet(player::sheet::Message::NumberChosen(2)));
        }),
        ("step-sort", |state| at_step(state, "choosing", "order")),
        ("step-breathe", |state| at_step(state, "impact", "breathe")),
        ("step-breathing", |state| {
            at_step(state, "impact", "breathe");
            say(state, player::Message::Live(player::live::Message::Started));
        }),
        ("step-timer", |state| {
            own_files(state);
            at_step(state, "five-minutes", "walk");
            say(state, player::Message::Live(player::live::Message::Started));
        }),
        ("step-turns", |state| {
            at_step(state, "same-team", "together");
            say(state, player::Message::Live(player::live::Message::Started));
        }),
        ("step-draft", |state| {
            at_step(state, "curiosity", "say");
        }),
        ("step-check-back", |state| {
            at_step(state, "curiosity", "back");
            say(state, player::Message::Sheet(player::sheet::Message::LookBackAnswered(true)));
        }),
        ("end", |state| {
            at_step(state, "curiosity", "back");
            say(state, player::Message::Sheet(player::sheet::Message::LookBackAnswered(true)));
            say(state, player::Message::NextChosen);
        }),
        ("invitation", |state| to(state, Page::Invitation)),
        ("card", |state| to(state, Page::Card)),
    ]
}

/// What two people do together, and breaks.
fn together() -> Vec<(&'static str, Set)> {
    vec![
        ("step-apart", |state| at_step(state, "side-by-side", "keep")),
        ("step-apart-preview", |state| {
            apart_written(state);
            apart(state, Apart::PreviewChosen);
            apart(state, Apart::SentenceToggled(apart_words(state.texts.language()).1.to_owned()));
        }),
        ("step-apart-agreed", |state| {
            apart_written(state);
            apart(state, Apart::Agreed);
        }),
        ("hand-over", |state| {
            apart_written(state);
            apart(state, Apart::HandedTo(Member::Two));
        }),
        ("step-apart-both", |state| {
            both_agreed(state);
        }),
        ("step-apart-shown", |state| {
            both_agreed(state);
            apart(state, Apart::ShowChosen);
        }),
        ("step-paraphrase", |state| at_step(state, "side-by-side", "back")),
        ("step-paraphrase-check", |state| {
            at_step(state, "side-by-side", "back");
            say(state, player::Message::Live(player::live::Message::SaidBack));
        }),
        ("step-turns-passing", |state| {
            at_step(state, "same-team", "together");
            say(state, player::Message::Live(player::live::Message::Swapped));
        }),
        ("break-choosing", |state| {
            at_step(state, "same-team", "together");
            say(state, player::Message::Break(Break::Asked));
        }),
        ("break-on", |state| {
            at_step(state, "same-team", "together");
            say(state, player::Message::Break(Break::Taken(Length::Day)));
        }),
        ("break-today", |state| {
            at_step(state, "same-team", "together");
            say(state, player::Message::Break(Break::Taken(Length::Hour)));
            to(state, Page::Today);
        }),
        ("break-over", |state| {
            at_step(state, "same-team", "together");
            state.desk.change_progress("same-team", When::Now, |progress| {
                if let Some(run) = progress.current_mut() {
                    run.pause = Some(crate::exercise::Break { since: run.started, until: run.started });
                }
            });
        }),
    ]
}

/// What is noticed in an invitation, and the pages of going through it.
fn rehearsed() -> Vec<(&'static str, Set)> {
    vec![
        ("invitation-noticed", |state| {
            noticed(state);
            to(state, Page::Invitation);
        }),
        ("rehearsal", |state| at_page(state, 0)),
        ("rehearsal-whole", |state| at_page(state, 2)),
        ("rehearsal-yes", |state| at_page(state, 3)),
        ("rehearsal-no", |state| {
            at_page(state, 5);
            go(state, rehearsal::Message::ReplyChosen(Reply::No, "thanks"));
        }),
        ("rehearsal-plan", |state| {
            state.desk.change_invitation(When::Now, |invitation| invitation.set_part(Part::Plan, ""));
            at_page(state, 6);
        }),
        ("rehearsal-end", |state| at_page(state, 7)),
    ]
}

fn go(state: &mut Sameside, message: rehearsal::Message) {
    let _ = state.update(Message::Screen(screen::Message::Rehearsal(message)));
}

/// Opens the rehearsal at a page, from 0.
fn at_page(state: &mut Sameside, page: usize) {
    to(state, Page::Rehearsal);
    for _ in 0..page {
        go(state, rehearsal::Message::NextChosen);
    }
}

/// An invitation in which something is noticed.
fn noticed(state: &mut Sameside) {
    let words = match state.texts.language() {
        Language::En => "You never listen when I bring this up. I miss us, and I would like to go once, with you.",
        Language::Fr => {
            "Tu ne m’écoutes jamais quand j’en parle. On me manque, et j’aimerais y aller une fois avec toi."
        }
    };
    state.desk.change_invitation(When::Now, |invitation| invitation.edit(words));
}

fn apart(state: &mut Sameside, message: Apart) {
    say(state, player::Message::Apart(message));
}

/// Two sentences for the step that is answered apart; the second is one to keep back.
const fn apart_words(language: Language) -> (&'static str, &'static str) {
    match language {
        Language::En => ("You still leave the hall light on for me.", "I am often too tired to say so."),
        Language::Fr => ("Tu me laisses encore la lumière du passage.", "Souvent, je suis trop à plat pour le dire."),
    }
}

fn apart_written(state: &mut Sameside) {
    at_step(state, "side-by-side", "keep");
    let (one, two) = apart_words(state.texts.language());
    let edit = |words: &str| {
        let words = std::sync::Arc::new(words.to_owned());
        player::Message::Sheet(player::sheet::Message::Typed(Action::Edit(Edit::Paste(words))))
    };
    say(state, edit(&format!("{one} {two}")));
}

fn both_agreed(state: &mut Sameside) {
    apart_written(state);
    apart(state, Apart::SentenceToggled(apart_words(state.texts.language()).1.to_owned()));
    apart(state, Apart::Agreed);
    apart(state, Apart::HandedTo(Member::Two));
    apart(state, Apart::Present(Member::Two));
    let words = match state.texts.language() {
        Language::En => "How we laugh in the kitchen. Nobody else gets those jokes.",
        Language::Fr => "Nos fous rires dans la cuisine. Personne d’autre ne comprend ces blagues.",
    };
    let words = Action::Edit(Edit::Paste(std::sync::Arc::new(words.to_owned())));
    say(state, player::Message::Sheet(player::sheet::Message::Typed(words)));
    apart(state, Apart::Agreed);
}

/// Opens an exercise before it is begun, or at a step with made-up answers to the steps before it.
pub fn open_exercise(state: &mut Sameside, id: &str, step: Option<&str>) {
    match step {
        Some(step) => at_step(state, id, step),
        None => to(state, Page::Exercise(id.to_owned())),
    }
}

fn say(state: &mut Sameside, message: player::Message) {
    let _ = state.update(Message::Screen(screen::Message::Player(message)));
}

/// Opens an exercise at a step, with the answers that [`fill`] gives.
fn at_step(state: &mut Sameside, id: &str, step: &str) {
    let Some(exercise) = state.library.get(id).cloned() else { return };
    let index = exercise.index_of(step).unwrap_or_default();
    let now = state.desk.now().timestamp();
    let answers = answers(&exercise, state.texts.language());
    state.desk.change_progress(id, When::Now, |progress| {
        progress.again(&exercise, now);
        for (step, answer) in answers.into_iter().filter(|(step, _)| exercise.index_of(step) < Some(index)) {
            progress.answer(&step, answer);
        }
        progress.go_to(&exercise, index);
    });
    to(state, Page::Exercise(id.to_owned()));
    say(state, player::Message::BeginChosen);
}

/// A person's own exercise files: a good one with a timer, and one with a mistake.
fn own_files(state: &mut Sameside) {
    let language = state.texts.language();
    let (title, summary, step, words) = match language {
        Language::En => (
            "Five minutes outside",
            "A short walk before you talk.",
            "Walk",
            "Walk, and look at what is far away.",
        ),
        Language::Fr => (
            "Cinq minutes dehors",
            "Une petite marche avant de parler.",
            "Marche",
            "Marche, et regarde ce qui est loin.",
        ),
    };
    let good = format!(
        "(schema: 1, id: \"five-minutes\", title: \"{title}\", summary: \"{summary}\", who: Both, stage: Prepare, \
         minutes: 5, why: \"{summary}\", steps: [\n  (id: \"walk\", title: \"{step}\", text: \"{words}\", kind: Timer(minutes: 5)),\n])"
    );
    let bad = "(\n  schema: 1,\n  id: \"tea\",\n  title: Tea,\n)".to_owned();
    let files = [("five-minutes.ron".to_owned(), good), ("tea.ron".to_owned(), bad)];
    state.replace_library(Library::new(language, &files));
}

/// Made-up answers to an exercise: words from the hint of each step, the first choices, a middle number.
fn answers(exercise: &crate::exercise::Exercise, language: Language) -> Vec<(String, Answer)> {
    let event = match language {
        Language::En => "On Tuesday evening we both looked at our phones and went to bed without a word.",
        Language::Fr => "Mardi soir, on a tous les deux regardé nos téléphones et on s’est couchés sans un mot.",
    };
    let answer = |step: &crate::exercise::Step| match &step.kind {
        Kind::Write { .. } if step.id == "event" => Some(Answer::Text(event.to_owned())),
        Kind::Write { hint, .. } | Kind::Apart { hint, .. } => Some(Answer::Text(hint.clone())),
        Kind::Choose { options, many, .. } => {
            let count = if *many { 2 } else { 1 };
            let ids = options.iter().take(count).map(|option| option.id.clone()).collect();
            Some(Answer::Chosen(Chosen { ids, own: String::new() }))
        }
        Kind::Scale { .. } => Some(Answer::Scaled(2)),
        Kind::Sort { items } => Some(Answer::Sorted(items.iter().map(|item| item.id.clone()).collect())),
        Kind::CheckBack { .. } => Some(Answer::Done),
        Kind::Read { .. } | Kind::Breathe { .. } | Kind::Timer { .. } | Kind::Turns { .. } => None,
        Kind::Paraphrase { .. } | Kind::Draft { .. } => None,
    };
    exercise.steps.iter().filter_map(|step| Some((step.id.clone(), answer(step)?))).collect()
}

/// One exercise done nine days ago and due to be looked at again, another half-way, and an invitation that was
/// edited before a part changed.
pub(super) fn fill(desk: &mut Desk, language: Language) {
    let library = Library::new(language, &[]);
    let now = desk.now();
    let before = now.checked_sub(9.days()).unwrap_or_else(|_| now.clone());
    for id in ["curiosity", "same-team"] {
        let Some(done) = library.get(id) else { continue };
        let answers = answers(done, language);
        desk.change_progress(id, When::Now, |progress| {
            progress.start(done, before.timestamp());
            for (step, answer) in answers {
                progress.answer(&step, answer);
            }
            progress.finish(done, &before);
        });
        let given = desk.progress(id).and_then(|progress| progress.runs.last());
        let given = given.map(|run| draft::parts(done, &run.answers, language)).unwrap_or_default();
        desk.change_invitation(When::Now, |invitation| {
            for (part, words) in given {
                invitation.set_part(part, &words);
            }
            invitation.keep(before.timestamp());
        });
    }
    if let Some(begun) = library.get("impact") {
        let answers = answers(begun, language);
        desk.change_progress("impact", When::Now, |progress| {
            progress.start(begun, now.timestamp());
            for (step, answer) in answers.into_iter().take(3) {
                progress.answer(&step, answer);
            }
            progress.go_to(begun, 3);
        });
    }
    let words = match language {
        Language::En => "You are free to say no. Nothing between us depends on it.",
        Language::Fr => "Tu peux dire non. Rien entre nous n’en dépend.",
    };
    desk.change_invitation(When::Now, |invitation| {
        let text = invitation.assembled();
        invitation.edit(&text);
        invitation.set_part(Part::Invitation, words);
    });
}
