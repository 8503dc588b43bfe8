//! The real background reminder with a real notification server, on a bus and a display of their own.

#![cfg(all(unix, not(target_os = "macos")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use common::real::{Ends, Stage, can_run, has};
use common::wait_for;
use sameside::couple::{Member, MemberCard, Word};
use sameside::moment::{Plan, Spoken, Week};
use sameside::store::{Opening, Place, Record, Role, Shelf, When};

/// Longer than anything here takes on a busy machine; only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Writes what the window would write: every hour of the week is quiet.
fn prepare(data: &Path) {
    let (shelf, _) = Shelf::open(data, Opening::new(Role::Window)).unwrap();
    let plan = Plan { on: true, safety_seen: true, week: Week::whole(), ..Plan::default() };
    shelf.save(&Place::Reminder, &Plan::default(), &plan, When::Now);
    assert!(shelf.flush(PATIENCE));
}

fn say(data: &Path, word: Word) {
    let (shelf, _) = Shelf::open(data, Opening::new(Role::Window)).unwrap();
    let record = Record::Member(Member::Two);
    let (card, _) = shelf.load_record::<MemberCard>(&record);
    let _ = shelf.save_record(&record, &card, &MemberCard { word, ..card.value.clone() }, When::Now);
    assert!(shelf.flush(PATIENCE));
}

fn spoken(stage: &Stage) -> Spoken {
    let (shelf, _) = Shelf::open(&stage.data(), Opening::new(Role::Reader)).unwrap();
    shelf.load::<Spoken>(&Place::Spoken).value
}

fn watch(stage: &Stage) -> Ends {
    Ends(stage.sameside(&["watch"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap())
}

fn displayed(stage: &Stage, count: &str) -> bool {
    wait_for(PATIENCE, || stage.dunstctl(&["count", "displayed"]).as_deref() == Some(count))
}

fn stage(number: u32, test: &str) -> Option<Stage> {
    can_run(test).then(|| {
        let stage = Stage::new(number);
        prepare(&stage.data());
        stage
    })
}

#[test]
fn what_is_due_is_shown_in_neutral_words_and_a_click_opens_the_window_at_the_check() {
    let Some(stage) = stage(0, "a click") else { return };
    let watch = watch(&stage);
    assert!(displayed(&stage, "1"), "nothing was shown");
    assert_eq!(spoken(&stage).times.len(), 1, "it is on disk before it is shown");
    let maps = std::fs::read_to_string(format!("/proc/{}/maps", watch.0.id())).unwrap();
    assert!(maps.contains("libc.so") && !maps.contains("libX11") && !maps.contains("libxcb"), "{maps}");
    stage.dunstctl(&["action", "0"]).unwrap();
    assert!(wait_for(PATIENCE, || stage.window().is_some()), "no window came");
    let told = stage.dunstctl(&["history"]).unwrap();
    assert!(told.contains("A note for you") && told.contains("You set this time aside for yourself."), "{told}");
    for telling in ["therap", "couple", "partner", "session", stage.data().to_str().unwrap()] {
        assert!(!told.to_lowercase().contains(telling), "{telling} in {told}");
    }
    assert!(displayed(&stage, "0"), "it is taken away once it is answered");
}

#[test]
fn not_now_is_silent_and_a_second_start_says_nothing_and_ends() {
    let Some(stage) = stage(1, "not now") else { return };
    let _watch = watch(&stage);
    assert!(displayed(&stage, "1"), "nothing was shown");
    let second = stage.sameside(&["watch"]).output().unwrap();
    assert_eq!((second.status.code(), second.stdout.len(), second.stderr.len()), (Some(0), 0, 0));
    stage.choose("Not now");
    assert!(wait_for(PATIENCE, || spoken(&stage).not_now.len() == 1), "the answer was not noted");
    assert!(displayed(&stage, "0"));
    assert!(stage.window().is_none(), "it opens nothing");
    assert_eq!(spoken(&stage).times.len(), 1);
}

#[test]
fn the_partners_word_keeps_it_silent_and_takes_away_what_is_shown() {
    let Some(stage) = stage(2, "the partner's word") else { return };
    let first = watch(&stage);
    assert!(displayed(&stage, "1"), "nothing was shown");
    say(&stage.data(), Word::NotUntil("2999-01-01".parse().unwrap()));
    assert!(displayed(&stage, "0"), "the word takes it away");
    drop(first);
    // Even what was never said before stays unsaid.
    std::fs::remove_file(stage.data().join("private/spoken.ron")).unwrap();
    let once = stage.sameside(&["watch", "--once"]).output().unwrap();
    assert_eq!((once.status.code(), once.stdout.len(), once.stderr.len()), (Some(0), 0, 0));
    assert_eq!(spoken(&stage), Spoken::default());
}

#[test]
fn a_desktop_that_is_not_to_be_disturbed_holds_it_back_and_does_not_show_it_later() {
    let Some(stage) = stage(5, "do not disturb") else { return };
    stage.dunstctl(&["set-paused", "true"]).unwrap();
    let _watch = watch(&stage);
    let waiting = |count: &str| wait_for(PATIENCE, || stage.dunstctl(&["count", "waiting"]).as_deref() == Some(count));
    assert!(waiting("1"), "it is not with the desktop");
    assert!(displayed(&stage, "0"));
    // The window is over, or the word forbids it: the desktop does not show it when it may be disturbed again.
    say(&stage.data(), Word::Never);
    assert!(waiting("0"), "it still waits to be shown");
    stage.dunstctl(&["set-paused", "false"]).unwrap();
    std::thread::sleep(Duration::from_secs(1));
    assert!(displayed(&stage, "0"));
}

#[test]
fn a_server_that_is_killed_and_comes_back_shows_it_again_and_once() {
    let Some(mut stage) = stage(3, "a server that comes back") else { return };
    let _watch = watch(&stage);
    assert!(displayed(&stage, "1"), "nothing was shown");
    stage.stop_dunst();
    assert!(wait_for(PATIENCE, || spoken(&stage).unseen.is_some()), "the window is left a sign");
    stage.start_dunst();
    assert!(displayed(&stage, "1"), "it is not shown again");
    assert!(wait_for(PATIENCE, || spoken(&stage).unseen.is_none()));
    assert_eq!(spoken(&stage).times.len(), 1, "it counts once");
}

#[test]
fn a_whole_hour_of_waiting_opens_no_network_socket() {
    let Some(stage) = stage(6, "an hour") else { return };
    if !has("an hour", &["strace", "faketime"]) {
        return;
    }
    let log = stage.folder.path().join("hour");
    let mut command = stage.command("strace");
    command.args(["-f", "-e", "trace=socket,socketpair,connect,clock_nanosleep", "-o"]).arg(&log);
    // A clock that goes 240 times as fast: an hour passes in a quarter of a minute.
    command.args(["faketime", "-f", "+0d x240", env!("CARGO_BIN_EXE_sameside"), "--data"]).arg(stage.data());
    let _run = Ends(command.arg("watch").stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let calls = || std::fs::read_to_string(&log).unwrap_or_default();
    assert!(displayed(&stage, "1"), "nothing was shown");
    stage.choose("Not now");
    // One sleep a minute.
    assert!(wait_for(PATIENCE, || calls().matches("clock_nanosleep").count() >= 60), "{}", calls());
    let calls = calls();
    assert!(calls.contains("AF_UNIX"), "{calls}");
    let others: Vec<&str> = calls.lines().filter(|call| call.contains("AF_") && !call.contains("AF_UNIX")).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// Whether the real run under `strace` can be made.
fn has_strace() -> bool {
    let found = std::process::Command::new("strace").arg("-V").output().is_ok();
    assert!(found || std::env::var_os("SAMESIDE_REAL_TESTS").is_none(), "strace is missing");
    found
}

#[test]
fn it_opens_no_network_socket_and_speaks_to_no_display() {
    let Some(stage) = stage(4, "system calls") else { return };
    if !has_strace() {
        println!("system calls: skipped, because strace is not on this machine");
        return;
    }
    let log = stage.folder.path().join("calls");
    let mut command = stage.command("strace");
    command.args(["-f", "-e", "trace=socket,socketpair,connect", "-o"]).arg(&log);
    command.arg(env!("CARGO_BIN_EXE_sameside")).arg("--data").arg(stage.data()).args(["watch", "--once"]);
    let mut run = command.stdout(Stdio::null()).spawn().unwrap();
    assert!(displayed(&stage, "1"), "nothing was shown");
    stage.choose("Not now");
    assert!(wait_for(PATIENCE, || run.try_wait().unwrap().is_some()), "it does not end");
    let calls = std::fs::read_to_string(&log).unwrap();
    assert!(calls.contains("AF_UNIX"), "{calls}");
    let others: Vec<&str> = calls.lines().filter(|call| call.contains("AF_") && !call.contains("AF_UNIX")).collect();
    assert!(others.is_empty(), "{others:?}");
    // Nothing is said to a display.
    assert!(!calls.contains("X11-unix") && !calls.contains("wayland"), "{calls}");
}
