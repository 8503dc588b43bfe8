//! What one wrote: earlier versions, what is on the disk when the window is killed, what is gone when it is deleted, and
//! files of one's own choosing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::time::Duration;

use common::player::{answer, begin_at, carry_out, open, run, say, text};
use common::{PHONE, Story, wait_for};
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::app::screen::player::export::Message as Saving;
use sameside::app::screen::player::sheet::Message as Sheet;
use sameside::app::screen::{Message as OnPage, exercises, player};
use sameside::app::{Message, Sameside};
use sameside::couple::Member;
use sameside::exercise::{Answer, Exercise, Kind, Library, Step};
use sameside::locale::Language;
use sameside::store::{Opening, Role, Shelf};
use sameside::system::Appearance;

#[test]
fn earlier_words_are_kept_read_used_again_and_deleted() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    let id = "curiosity";
    open(&mut story, Page::Exercise(id.to_owned()));
    story.tap("You did this on Thursday, November 19");
    story.tap("Change: A reason you can respect");
    story.type_into("Your answer", ", and time");
    assert!(run(&story, id).older.is_empty(), "adding words loses none");
    story.tap("Done");
    story.tap("Change: A reason you can respect");
    // All that was there is written over.
    let over = [vec![iced::widget::text_editor::Action::SelectAll], "all new".chars().map(inserted).collect()].concat();
    for edit in over {
        say(&mut story, player::Message::Sheet(Sheet::Typed(edit)));
    }
    assert_eq!(answer(&story, id, "fair"), text("all new"));
    assert_eq!(run(&story, id).older["fair"].len(), 1, "one version for one sitting");
    story.tap("Done");
    story.tap("One earlier version: A reason you can respect");
    story.see("therapy costs a lot, and time");
    story.tap("Use this one again (9:40 am)");
    assert_eq!(answer(&story, id, "fair"), text("therapy costs a lot, and time"));
    story.see("2 earlier versions");
    let (began, until) = (run(&story, id).started, run(&story, id).older["fair"][0].until);
    say(&mut story, player::Message::OlderDeleted((began, "fair".into(), until)));
    // Both stood until the same minute of the picture's fixed clock, so both went.
    story.tap("Delete: A reason you can respect");
    assert!(!run(&story, id).older.contains_key("fair"));
    story.tap("Undo");
    assert_eq!(answer(&story, id, "fair"), text("therapy costs a lot, and time"));
}

/// A window on a real folder.
fn window(folder: &std::path::Path, ids: &[String]) -> Sameside {
    let (shelf, _) = Shelf::open(folder, Opening::new(Role::Window)).unwrap();
    let mut troubles = Vec::new();
    let mut desk = Desk::new(shelf, ids, &mut troubles);
    assert_eq!(troubles, []);
    desk.change_settings(|settings| {
        settings.language = Some(Language::En);
        settings.welcomed = true;
    });
    Sameside::new(desk, Page::Today, Appearance::default(), &[])
}

fn copied(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else if !entry.file_name().to_string_lossy().contains("lock") {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a kill leaves behind is what is on disk at that moment: a copy of the folder, taken while the window is open
/// and before it was told to flush, stands for it.
#[test]
fn killed_at_every_step_of_every_exercise_it_resumes_there_with_the_caret() {
    let library = Library::new(Language::En, &[]);
    // Words are on disk within a second; the exercises wait for that side by side.
    let count: usize = std::thread::scope(|scope| {
        let walks: Vec<_> = library.exercises.iter().map(|exercise| scope.spawn(|| walk(exercise))).collect();
        walks.into_iter().map(|walk| walk.join().unwrap()).sum()
    });
    assert_eq!(count, library.exercises.iter().map(|exercise| exercise.steps.len()).sum::<usize>());
    println!("{count} steps");
}

/// Goes through one exercise in a folder of its own, and says how many steps were looked at.
fn walk(exercise: &Exercise) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let mut story = Story::new(window(folder.path(), std::slice::from_ref(&exercise.id)), PHONE);
    open(&mut story, Page::Exercise(exercise.id.clone()));
    say(&mut story, player::Message::BeginChosen);
    for (at, step) in exercise.steps.iter().enumerate() {
        let place = format!("{} {}", exercise.id, step.id);
        let writes = matches!(step.kind, Kind::Write { .. } | Kind::Apart { .. } | Kind::Draft { .. });
        for message in answering(step) {
            say(&mut story, player::Message::Sheet(message));
        }
        let shelf = story.state.desk().shelf().unwrap().clone();
        assert!(wait_for(Duration::from_secs(60), || shelf.unsaved_places().is_empty()), "{place}");
        let killed = tempfile::tempdir().unwrap();
        copied(folder.path(), killed.path());
        // The exercise opens at the very step, and one types on where the caret was.
        let mut again = Story::new(window(killed.path(), std::slice::from_ref(&exercise.id)), PHONE);
        open(&mut again, Page::Exercise(exercise.id.clone()));
        again.info(&format!("Step {} of {}", at + 1, exercise.steps.len()));
        again.info(&step.title);
        assert_eq!(run(&again, &exercise.id).answers, run(&story, &exercise.id).answers, "{place}");
        if writes {
            say(&mut again, player::Message::Sheet(Sheet::Typed(inserted('d'))));
            let Some(Answer::Text(words)) = answer(&again, &exercise.id, &step.id) else { panic!("{place}: no words") };
            assert!(words.ends_with("acdb"), "{place}: {words:?}");
        }
        say(&mut story, player::Message::NextChosen);
    }
    assert!(story.state.desk().progress(&exercise.id).unwrap().is_done());
    exercise.steps.len()
}

/// What a person does to answer a step.
fn answering(step: &Step) -> Vec<Sheet> {
    match &step.kind {
        // The caret goes between two letters.
        Kind::Write { .. } | Kind::Apart { .. } | Kind::Draft { .. } => {
            [inserted('a'), inserted('b'), left(), inserted('c')].map(Sheet::Typed).to_vec()
        }
        Kind::Choose { options, own_words, .. } => {
            let chosen = Sheet::OptionTapped(options[0].id.clone());
            if *own_words { vec![Sheet::OwnTyped("my own".to_owned())] } else { vec![chosen] }
        }
        Kind::Scale { .. } => vec![Sheet::NumberChosen(2)],
        Kind::Sort { items } => vec![Sheet::Placed(0, items.len() - 1)],
        Kind::CheckBack { .. } => vec![Sheet::LookBackAnswered(true)],
        Kind::Read { .. }
        | Kind::Breathe { .. }
        | Kind::Timer { .. }
        | Kind::Turns { .. }
        | Kind::Paraphrase { .. } => Vec::new(),
    }
}

fn inserted(letter: char) -> iced::widget::text_editor::Action {
    iced::widget::text_editor::Action::Edit(iced::widget::text_editor::Edit::Insert(letter))
}

fn left() -> iced::widget::text_editor::Action {
    iced::widget::text_editor::Action::Move(iced::widget::text_editor::Motion::Left)
}

#[test]
fn after_a_kill_a_new_window_types_on_where_the_caret_was() {
    let (folder, killed) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ids = ["impact".to_owned()];
    let mut story = Story::new(window(folder.path(), &ids), PHONE);
    begin_at(&mut story, "impact", "event");
    for edit in [inserted('a'), inserted('b'), left(), inserted('c')] {
        say(&mut story, player::Message::Sheet(Sheet::Typed(edit)));
    }
    let shelf = story.state.desk().shelf().unwrap().clone();
    assert!(wait_for(Duration::from_secs(20), || shelf.unsaved_places().is_empty()));
    copied(folder.path(), killed.path());
    let mut again = Story::new(window(killed.path(), &ids), PHONE);
    open(&mut again, Page::Exercise("impact".to_owned()));
    say(&mut again, player::Message::Sheet(Sheet::Typed(inserted('d'))));
    assert_eq!(answer(&again, "impact", "event"), text("acdb"));
}

#[test]
fn a_deleted_answer_is_nowhere_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut story = Story::new(window(folder.path(), &["impact".to_owned()]), PHONE);
    begin_at(&mut story, "impact", "event");
    let settled = |story: &Story| {
        let shelf = story.state.desk().shelf().unwrap().clone();
        assert!(wait_for(Duration::from_secs(20), || shelf.unsaved_places().is_empty()));
    };
    story.type_into("Your answer", "Quokka");
    settled(&story);
    // A copy of today's state, as tomorrow's first change would make one.
    let path = folder.path().join("private/spaces/one/progress/impact.ron");
    let day = std::fs::read_dir(folder.path().join("private/backups")).unwrap().next().unwrap().unwrap().path();
    std::fs::copy(&path, day.join("private/spaces/one/progress/impact.ron")).unwrap();
    let holding = |word: &str| holding(folder.path(), word);
    assert_eq!(holding("Quokka"), 2);
    story.tap("About this exercise");
    let begun = run(&story, "impact").started;
    say(&mut story, player::Message::RunUnfolded(begun));
    story.tap("Delete: One moment");
    settled(&story);
    assert_eq!(holding("Quokka"), 0);
    story.tap("Undo");
    settled(&story);
    assert_eq!(holding("Quokka"), 1);
}

/// How many files below a folder hold a word.
fn holding(folder: &std::path::Path, word: &str) -> usize {
    let mut count = 0;
    for path in std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            count += holding(&path, word);
        } else if String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).contains(word) {
            count += 1;
        }
    }
    count
}

#[test]
fn ones_own_words_are_saved_in_a_file_of_ones_own_choosing() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Exercise("curiosity".to_owned()));
    story.tap("Save these in a file");
    let one = |message| Message::Screen(OnPage::Player(player::Message::Export(message)));
    carry_out(&mut story, one(Saving::PathEdited(file("mine.md"))));
    carry_out(&mut story, one(Saving::PathChosen));
    story.see("Saved: ");
    let markdown = read("mine.md");
    assert!(
        markdown.starts_with("# First, be curious\n\n*Done on Thursday, November 19, 2026*\n\n"),
        "{markdown}"
    );
    assert!(markdown.contains("\n## A reason you can respect\n\ntherapy costs a lot\n"), "{markdown}");
    story.touch("Done");
    // A file that is there stays as it is.
    story.touch("Save these in a file");
    story.touch("Plain text");
    carry_out(&mut story, one(Saving::PathEdited(file("mine.md"))));
    carry_out(&mut story, one(Saving::PathChosen));
    story.see("There is a file of this name already");
    assert_eq!(read("mine.md"), markdown);
    // The dialog asked about that already; a name without an ending gets one.
    carry_out(&mut story, one(Saving::DialogClosed(Some(folder.path().join("plain")))));
    assert!(read("plain.txt").contains("------\ntherapy costs a lot\n"), "{}", read("plain.txt"));

    open(&mut story, Page::Exercises);
    story.tap("Save all that I wrote in a file");
    let all = |message| Message::Screen(OnPage::Exercises(exercises::Message::Export(message)));
    carry_out(&mut story, all(Saving::PathEdited(file("all.txt"))));
    carry_out(&mut story, all(Saving::PathChosen));
    let text = read("all.txt");
    let places: Vec<usize> = ["What I wrote", "On the same side", "First, be curious", "Your invitation"]
        .map(|words| text.find(words).unwrap_or_else(|| panic!("{words} is not in: {text}")))
        .to_vec();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn nothing_of_the_other_is_in_the_file() {
    let mut story = Story::new(state(Preset::HalfWay, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Settings);
    story.tap("Alex");
    open(&mut story, Page::Exercises);
    assert_eq!(story.state.desk().here(), Member::Two);
    story.see_not("Save all that I wrote in a file");
    let folder = tempfile::tempdir().unwrap();
    let all = |message| Message::Screen(OnPage::Exercises(exercises::Message::Export(message)));
    carry_out(&mut story, all(Saving::Chosen));
    carry_out(&mut story, all(Saving::DialogClosed(Some(folder.path().join("all.md")))));
    assert_eq!(std::fs::read_to_string(folder.path().join("all.md")).unwrap(), "# What I wrote\n");
}
