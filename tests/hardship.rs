//! The real binary on a failing disk, on a full one, and watched for the network. A short form runs always where the
//! tools are; `SAMESIDE_HARDSHIP=full cargo test --lib --test hardship -- killed hardship fail disk` runs all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sameside::exercise::Invitation;
use sameside::store::{Opening, Place, Report, Role, Shelf, When};

const PATIENCE: Duration = Duration::from_secs(90);

/// Whether everything is to be run, not a part of it.
fn full() -> bool {
    std::env::var_os("SAMESIDE_HARDSHIP").is_some_and(|how| how == "full")
}

/// Says why a test is skipped; fails where skipping is not allowed.
fn skipped(test: &str, why: &str) {
    assert!(std::env::var_os("SAMESIDE_REAL_TESTS").is_none(), "{test}: {why}");
    println!("{test}: skipped, because {why}");
}

fn has_strace() -> bool {
    Command::new("strace").arg("-V").output().is_ok_and(|output| output.status.success())
}

/// The binary on a data folder, behind `before` (such as strace and its options).
fn sameside(before: &[&str], data: &Path, arguments: &[&str]) -> Output {
    let exe = env!("CARGO_BIN_EXE_sameside");
    let mut command = match before.split_first() {
        Some((first, rest)) => {
            let mut command = Command::new(first);
            command.args(rest).arg(exe);
            command
        }
        None => Command::new(exe),
    };
    command.arg("--data").arg(data).args(arguments);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env("LANG", "en_CA.UTF-8").env_remove("LC_ALL");
    command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    command.output().unwrap()
}

fn csv(folder: &Path, name: &str, names: &[&str]) -> String {
    let path = folder.join(name);
    let rows: String = names.iter().map(|name| format!("{name},555-01{:02}\n", name.len())).collect();
    fs::write(&path, format!("name,phone\n{rows}")).unwrap();
    path.display().to_string()
}

/// A copy with the same rights: private folders are private in the copy too.
fn copy_all(from: &Path, to: &Path) {
    assert!(Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap().success());
}

/// The therapists that a folder holds, by name, sorted. Fails if any file cannot be read.
fn names_in(data: &Path, what: &str) -> Vec<String> {
    let check = sameside(&[], data, &["check"]);
    assert_eq!(check.status.code(), Some(0), "{what}: {}", String::from_utf8_lossy(&check.stdout));
    let exported = sameside(&[], data, &["export", "-"]);
    let text = String::from_utf8(exported.stdout).unwrap();
    let mut names: Vec<String> =
        text.lines().skip(1).filter_map(|line| line.split(',').next()).map(|name| name.replace('"', "")).collect();
    names.sort();
    names
}

/// Whichever call of the system fails, and however: the files are whole, they hold the old or the new, what was said
/// to be saved is there, and a failure is told in words.
#[test]
fn a_failing_system_call_tears_nothing() {
    if !has_strace() {
        return skipped("failing calls", "strace is not on this machine");
    }
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    let first = csv(folder.path(), "first.csv", &["Ada Test"]);
    let more = csv(folder.path(), "more.csv", &["Ben Sample", "Cleo Demo", "Dora Example"]);
    assert_eq!(sameside(&[], &base, &["import", &first]).status.code(), Some(0));
    let old = names_in(&base, "the beginning");
    assert_eq!(old, ["Ada Test"]);
    let mut runs = Vec::new();
    for call in 1..=15 {
        for (kind, errors) in [
            ("openat", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
            ("write", ["EIO", "ENOSPC", "EDQUOT", "EFBIG"]),
            ("fsync", ["EIO", "ENOSPC", "EDQUOT", "EINTR"]),
            // A pattern: which of rename, renameat and renameat2 is called differs from machine to machine.
            ("/rename", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
            ("mkdir", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
        ] {
            runs.extend(errors.map(|error| (kind, error, call)));
        }
    }
    assert_eq!(runs.len(), 300);
    let every = if full() { 1 } else { 7 };
    let (mut failed, mut done) = (0, 0);
    for (kind, error, call) in runs.into_iter().step_by(every) {
        let what = format!("{kind} {call} fails with {error}");
        let data = folder.path().join("run");
        copy_all(&base, &data);
        let inject = format!("inject={kind}:error={error}:when={call}");
        let output = sameside(&["strace", "-f", "-qq", "-o", "/dev/null", "-e", &inject], &data, &["import", &more]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked") && !said.contains("Os {"), "{what}: {said}");
        let names = names_in(&data, &what);
        match output.status.code() {
            Some(0) => {
                done += 1;
                assert_eq!(names.len(), 4, "{what}: said to be saved, and is not: {names:?}");
            }
            code => {
                failed += 1;
                // 127: the loader could not open a library, before the program began.
                assert!(
                    code == Some(1) || code == Some(127) || said.contains("error while loading"),
                    "{what}: {code:?} {said}"
                );
                assert!(!said.trim().is_empty() || kind == "write", "{what}: nothing was said");
                assert!(names.contains(&old[0]), "{what}: what was there is gone: {names:?}");
            }
        }
        fs::remove_dir_all(&data).unwrap();
    }
    println!("{} runs with a failing call: {failed} failed and said so, {done} went through", failed + done);
    assert!(done > 0);
}

/// What an import on a disk that fails for good must end with: soon, with one sentence, and nothing changed.
fn refused(output: &Output, took: Duration, data: &Path, old: &[String], what: &str) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{what}: {said}");
    assert!(took < PATIENCE, "{what}: it took {took:?}");
    assert!(said.starts_with("sameside: cannot save ") && said.trim_end().lines().count() == 1, "{what}: {said}");
    assert!(!said.contains("panicked") && !said.contains("Os {"), "{what}: {said}");
    assert_eq!(names_in(data, what), old, "{what}");
    assert_eq!(leftovers(data), Vec::<PathBuf>::new(), "{what}");
}

/// Temporary files anywhere in a data folder.
fn leftovers(data: &Path) -> Vec<PathBuf> {
    let mut folders = vec![data.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if entry.file_type().unwrap().is_dir() {
                folders.push(path);
            } else if entry.file_name().to_string_lossy().ends_with(".tmp") {
                found.push(path);
            }
        }
    }
    found
}

/// A disk that never works again is not waited for.
#[test]
fn an_import_on_a_disk_that_keeps_failing_ends_with_one_sentence() {
    if !has_strace() {
        return skipped("a disk that keeps failing", "strace is not on this machine");
    }
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    let first = csv(folder.path(), "first.csv", &["Ada Test"]);
    let more = csv(folder.path(), "more.csv", &["Ben Sample", "Cleo Demo", "Dora Example"]);
    assert_eq!(sameside(&[], &base, &["import", &first]).status.code(), Some(0));
    for kind in ["fsync", "/rename"] {
        // A call that is interrupted is made again, but not for ever; nothing interrupts a rename.
        let errors: &[&str] = if kind == "fsync" { &["ENOSPC", "EIO", "EINTR"] } else { &["ENOSPC", "EROFS", "EIO"] };
        for error in errors {
            let what = format!("{kind} always fails with {error}");
            let data = folder.path().join("run");
            copy_all(&base, &data);
            let inject = format!("inject={kind}:error={error}:when=1+");
            let start = Instant::now();
            let output =
                sameside(&["strace", "-f", "-qq", "-o", "/dev/null", "-e", &inject], &data, &["import", &more]);
            refused(&output, start.elapsed(), &data, &["Ada Test".to_owned()], &what);
            fs::remove_dir_all(&data).unwrap();
        }
    }
}

/// An import whose clock cannot be kept is not done in part: it says so, and nothing has changed.
#[test]
fn an_import_whose_clock_cannot_be_kept_changes_nothing_and_says_so() {
    if !has_strace() {
        return skipped("a clock that cannot be kept", "strace is not on this machine");
    }
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    let first = csv(folder.path(), "first.csv", &["Ada Test"]);
    let more = csv(folder.path(), "more.csv", &["Ben Sample", "Cleo Demo"]);
    assert_eq!(sameside(&[], &base, &["import", &first]).status.code(), Some(0));
    let clock = base.join("private/device.ron").display().to_string();
    let before = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", &clock, "-e", "inject=/rename:error=ENOSPC"];
    let start = Instant::now();
    let output = sameside(&before, &base, &["import", &more]);
    refused(&output, start.elapsed(), &base, &["Ada Test".to_owned()], "the clock");
    assert!(String::from_utf8_lossy(&output.stderr).contains("device.ron"), "{output:?}");
    assert_eq!(sameside(&[], &base, &["import", &more]).status.code(), Some(0));
}

/// The same where there is no room at all, and none comes.
#[test]
fn an_import_on_a_full_disk_ends_with_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("disk");
    let Some(_disk) = Small::mount(&at, 512 * 1024) else {
        return skipped("an import on a full disk", "a small file system cannot be mounted (it takes root)");
    };
    let data = at.join("data");
    let first = csv(folder.path(), "first.csv", &["Ada Test"]);
    let more = csv(folder.path(), "more.csv", &["Ben Sample", "Cleo Demo", "Dora Example"]);
    assert_eq!(sameside(&[], &data, &["import", &first]).status.code(), Some(0));
    fill(&at.join("filler"), 0);
    let start = Instant::now();
    let output = sameside(&[], &data, &["import", &more]);
    refused(&output, start.elapsed(), &data, &["Ada Test".to_owned()], "a full disk");
    fs::remove_file(at.join("filler")).unwrap();
    assert_eq!(sameside(&[], &data, &["import", &more]).status.code(), Some(0));
    assert_eq!(names_in(&data, "room again"), ["Ada Test", "Ben Sample", "Cleo Demo", "Dora Example"]);
}

/// A small file system in memory, gone when dropped.
struct Small(PathBuf);

impl Small {
    fn mount(at: &Path, bytes: u64) -> Option<Self> {
        fs::create_dir_all(at).unwrap();
        let size = format!("size={bytes},mode=0700");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(at).output().ok()?;
        done.status.success().then(|| Self(at.to_owned()))
    }
}

impl Drop for Small {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// At every fill level of a small disk: the old text or the new one is there, whole; a failure is reported; and when
/// there is room again it is saved by itself, without a restart.
#[test]
fn a_full_disk_loses_nothing_and_is_left_behind_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (mut failures, levels) = (0, 20);
    let every = if full() { 1 } else { 4 };
    for level in (0..levels).step_by(every) {
        let at = folder.path().join(format!("disk-{level}"));
        let Some(_disk) = Small::mount(&at, 512 * 1024) else {
            return skipped("a full disk", "a small file system cannot be mounted (it takes root)");
        };
        let (reports, report) = {
            let kept: Arc<Mutex<Vec<Report>>> = Arc::default();
            let mine = Arc::clone(&kept);
            (kept, move |report| mine.lock().unwrap().push(report))
        };
        let data = at.join("data");
        let mut opening = Opening::new(Role::Window);
        opening.report = Arc::new(report);
        let (shelf, problems) = Shelf::open(&data, opening).unwrap();
        assert_eq!(problems, []);
        let place = Place::Invitation(sameside::couple::Member::One);
        let old = Invitation { own_text: Some("old ".repeat(1_000)), ..Invitation::default() };
        shelf.save(&place, &Invitation::default(), &old, When::Now);
        assert!(shelf.flush(PATIENCE));
        // Fill it but for a rest that grows from level to level.
        let filler = at.join("filler");
        let rest = level * 4_000;
        fill(&filler, rest);
        let new = Invitation { own_text: Some("new ".repeat(3_000)), ..Invitation::default() };
        reports.lock().unwrap().clear();
        shelf.save(&place, &old, &new, When::Now);
        let failed = |report: &Report| matches!(report, Report::Failed { .. });
        assert!(wait(|| !reports.lock().unwrap().is_empty()), "level {level}: nothing was told");
        let failed = reports.lock().unwrap().iter().any(failed);
        let on_disk = reread(&data, &place);
        assert!(on_disk == old || on_disk == new, "level {level}: torn");
        if failed {
            failures += 1;
        }
        fs::remove_file(&filler).unwrap();
        assert!(wait(|| reread(&data, &place) == new), "level {level}: not saved although there is room again");
        drop(shelf);
        assert_eq!(reread(&data, &place), new, "level {level}");
    }
    let tried = levels.div_ceil(every);
    println!("{tried} fill levels: {failures} refused at first, all saved once there was room");
    assert!(failures > 0 && failures < tried, "{failures} of {tried}");
}

fn fill(path: &Path, rest: usize) {
    use std::io::Write;
    let mut file = fs::File::create(path).unwrap();
    let block = [0u8; 4096];
    while file.write_all(&block).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length.saturating_sub(rest as u64)).unwrap();
}

fn reread(data: &Path, place: &Place) -> Invitation {
    let (shelf, _) = Shelf::open(data, Opening::new(Role::Reader)).unwrap();
    let loaded = shelf.load::<Invitation>(place);
    assert_eq!(loaded.problems, [], "a file is torn");
    loaded.value
}

fn wait(mut done: impl FnMut() -> bool) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if done() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

/// The verbs open no socket but a pair within the process; the window's whole story is watched in `tests/window.rs`.
#[test]
fn the_verbs_open_no_socket() {
    if !has_strace() {
        return skipped("the network", "strace is not on this machine");
    }
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("log");
    let file = csv(folder.path(), "first.csv", &["Ada Test"]);
    let data = folder.path().join("data");
    let pictures = folder.path().join("pictures").display().to_string();
    for arguments in [
        vec!["import", file.as_str()],
        vec!["export", "-"],
        vec!["check"],
        vec!["moments"],
        vec!["pictures", &pictures, "--size", "360x640", "--theme", "light", "--lang", "en"],
    ] {
        let to = log.display().to_string();
        let output = sameside(&["strace", "-f", "-qq", "-e", "trace=network", "-o", &to], &data, &arguments);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        let text = fs::read_to_string(&log).unwrap();
        let calls: Vec<&str> =
            text.lines().filter(|line| line.contains('(') && !line.contains("socketpair(AF_UNIX")).collect();
        assert!(calls.is_empty(), "{arguments:?}: {calls:#?}");
    }
}
