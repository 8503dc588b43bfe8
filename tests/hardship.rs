//! The real binary on a failing disk, on a full one, and watched for the network. A short form runs always where the
//! tools are; `SAMESIDE_HARDSHIP=full cargo test --lib --test hardship` with the filters in `docs/threat-model.md` runs all of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use sameside::couple::Member;
use sameside::exercise::Invitation;
use sameside::store::{Guard, Opening, Place, Report, Role, SecretString, Shelf, When};

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

/// The calls that are made to fail, and the errors with which they do.
const FAILING: [(&str, [&str; 4]); 5] = [
    ("openat", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
    ("write", ["EIO", "ENOSPC", "EDQUOT", "EFBIG"]),
    ("fsync", ["EIO", "ENOSPC", "EDQUOT", "EINTR"]),
    // A pattern: which of rename, renameat and renameat2 is called differs from machine to machine.
    ("/rename", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
    ("mkdir", ["EIO", "EACCES", "ENOSPC", "EROFS"]),
];

/// One call that fails.
struct Failing {
    kind: &'static str,
    error: &'static str,
    /// Which call of this kind, counted from 1 in each thread, as strace counts.
    call: usize,
}

impl Failing {
    fn what(&self) -> String {
        format!("{} {} fails with {}", self.kind, self.call, self.error)
    }

    fn inject(&self) -> String {
        format!("inject={}:error={}:when={}", self.kind, self.error, self.call)
    }
}

/// The runs to be made: every call that a run without a fault makes once it has come to the data folder, with each of
/// its errors. At most `most` of them, spread over all; in the short form every seventh.
fn failing(log: &str, data: &Path, most: usize) -> Vec<Failing> {
    let data = data.to_str().unwrap();
    let mut runs = Vec::new();
    for (kind, errors) in FAILING {
        let name = kind.trim_start_matches('/');
        let mut made: BTreeMap<&str, usize> = BTreeMap::new();
        let mut calls = BTreeSet::new();
        let mut begun = BTreeSet::new();
        for line in log.lines() {
            let (thread, call) = line.split_once(' ').unwrap();
            let call = call.trim_start();
            if call.starts_with("openat") && call.contains(data) {
                begun.insert(thread);
            }
            if call.split('(').next().is_some_and(|called| called.starts_with(name)) {
                let count = made.entry(thread).or_default();
                *count += 1;
                // Before that the loader and the runtime begin, which is not ours.
                if begun.contains(thread) {
                    calls.insert(*count);
                }
            }
        }
        // Where every folder is there already, none is made.
        assert!(!calls.is_empty() || kind == "mkdir", "no call of {kind} was seen: {log}");
        runs.extend(calls.iter().flat_map(|call| errors.map(|error| Failing { kind, error, call: *call })));
    }
    let every = if full() { 1 } else { 7 };
    let (all, most) = (runs.len(), most.min(runs.len()));
    let mut place = 0;
    runs.retain(|_| {
        place += 1;
        (place * most) / all > ((place - 1) * most) / all
    });
    runs.into_iter().step_by(every).collect()
}

/// What strace is told for a run without a fault, of which the log is to be read.
fn watched(log: &Path) -> [String; 6] {
    let calls = FAILING.map(|(kind, _)| kind).join(",");
    ["-f", "-qq", "-e", &format!("trace={calls}"), "-o", log.to_str().unwrap()].map(str::to_owned)
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
    assert_eq!(sameside(&[], &base, &["import", &first]).status.code(), Some(0));
    let old = names_in(&base, "the beginning");
    assert_eq!(old, ["Ada Test"]);
    // Into a folder that holds one therapist, and into one that is not there yet.
    let (on_old, on_nothing) = (fail_imports(Some(&base), &old, 140), fail_imports(None, &[], 60));
    let (failed, done) = (on_old.0 + on_nothing.0, on_old.1 + on_nothing.1);
    println!("{} imports with a failing call: {failed} failed and said so, {done} went through", failed + done);
    assert!(done > 0 && failed > 0);
}

/// Imports three therapists over `base` again and again, each time with another call that fails; at most `most` times.
/// How many failed, and how many went through.
fn fail_imports(base: Option<&Path>, old: &[String], most: usize) -> (usize, usize) {
    let folder = tempfile::tempdir().unwrap();
    let more = csv(folder.path(), "more.csv", &["Ben Sample", "Cleo Demo", "Dora Example"]);
    let (data, log) = (folder.path().join("run"), folder.path().join("log"));
    let run = |strace: &[&str]| {
        if let Some(base) = base {
            copy_all(base, &data);
        }
        sameside(&[&["strace"], strace].concat(), &data, &["import", &more])
    };
    assert_eq!(run(&watched(&log).each_ref().map(String::as_str)).status.code(), Some(0));
    fs::remove_dir_all(&data).unwrap();
    let (mut failed, mut done) = (0, 0);
    for failing in failing(&fs::read_to_string(&log).unwrap(), &data, most) {
        let what = failing.what();
        let output = run(&["-f", "-qq", "-o", "/dev/null", "-e", &failing.inject()]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked") && !said.contains("Os {"), "{what}: {said}");
        let names = if data.exists() { names_in(&data, &what) } else { Vec::new() };
        if output.status.code() == Some(0) {
            done += 1;
            assert_eq!(names.len(), old.len() + 3, "{what}: said to be saved, and is not: {names:?}");
        } else {
            failed += 1;
            assert_eq!(output.status.code(), Some(1), "{what}: {said}");
            assert!(!said.trim().is_empty() || failing.kind == "write", "{what}: nothing was said");
            assert!(old.iter().all(|name| names.contains(name)), "{what}: what was there is gone: {names:?}");
        }
        if data.exists() {
            fs::remove_dir_all(&data).unwrap();
        }
    }
    (failed, done)
}

const SEALED: &str = "SAMESIDE_TEST_SAVES_SEALED_IN";

fn passphrase() -> SecretString {
    SecretString::from("p".to_owned())
}

fn text(words: &str, times: usize) -> Invitation {
    Invitation { own_text: Some(words.repeat(times)), ..Invitation::default() }
}

/// Opens a data folder, and the first person's space if it is locked.
fn open(data: &Path, report: Arc<dyn Fn(Report) + Send + Sync>) -> Result<Shelf, String> {
    let opening = Opening { report, work: Some(1), look_out: false, ..Opening::new(Role::Window) };
    let (shelf, problems) = Shelf::open(data, opening).map_err(|error| error.to_string())?;
    if !problems.is_empty() {
        return Err(format!("{problems:?}"));
    }
    if shelf.guard(Member::One) == Guard::Locked {
        shelf.unlock(Member::One, &passphrase()).map_err(|error| error.to_string())?;
    }
    Ok(shelf)
}

/// Not a test of its own: saves once in the sealed space of a folder, and says how that went.
#[test]
fn sealed_saving_process() {
    let Some(data) = std::env::var_os(SEALED) else { return };
    let (sender, reports) = std::sync::mpsc::channel();
    let listener = Mutex::new(sender);
    let report = Arc::new(move |report| drop(listener.lock().unwrap().send(report)));
    let place = Place::Invitation(Member::One);
    let said = match open(Path::new(&data), report) {
        Err(error) => format!("refused: {error}"),
        Ok(shelf) => {
            let old = shelf.load::<Invitation>(&place);
            shelf.save(&place, &old.value, &text("new ", 3_000), When::Now);
            loop {
                match reports.recv_timeout(PATIENCE).unwrap() {
                    Report::Saved(saved) if saved == place => break "saved".to_owned(),
                    Report::Failed { place: failed, error } if failed == place => break format!("failed: {error}"),
                    _ => {}
                }
            }
        }
    };
    // Straight to the pipe, and without the last try that a proper end would make.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("\n{said}\n").as_bytes());
    std::process::exit(0);
}

/// The same for a space with a passphrase, which no verb opens: a process of its own saves there.
#[test]
fn a_failing_system_call_tears_nothing_in_a_sealed_space() {
    if !has_strace() {
        return skipped("failing calls in a sealed space", "strace is not on this machine");
    }
    let folder = tempfile::tempdir().unwrap();
    let base = folder.path().join("base");
    let (place, other) = (Place::Invitation(Member::One), Place::Hesitations(Member::One));
    let old = text("old ", 1_000);
    {
        let shelf = open(&base, Arc::new(|_| {})).unwrap();
        assert_eq!(shelf.protect(Member::One, &passphrase()).unwrap(), None);
        for place in [&place, &other] {
            shelf.save(place, &Invitation::default(), &old, When::Now);
        }
        assert!(shelf.flush(PATIENCE));
    }
    let (data, log) = (folder.path().join("run"), folder.path().join("log"));
    let run = |strace: &[&str]| {
        copy_all(&base, &data);
        let mut command = Command::new("strace");
        command.args(strace).arg(std::env::current_exe().unwrap());
        command.args(["--exact", "sealed_saving_process", "--nocapture"]).env(SEALED, &data);
        let said = String::from_utf8(command.output().unwrap().stderr).unwrap();
        let last = said.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
        (said, last)
    };
    assert_eq!(run(&watched(&log).each_ref().map(String::as_str)).1, "saved");
    fs::remove_dir_all(&data).unwrap();
    let (mut saved, mut failed) = (0, 0);
    for failing in failing(&fs::read_to_string(&log).unwrap(), &data, 100) {
        let what = failing.what();
        let (all, last) = run(&["-f", "-qq", "-o", "/dev/null", "-e", &failing.inject()]);
        // The test's own first words go to the same pipes.
        let is_the_tests_own = all.contains("io error when listing tests");
        assert!(!all.contains("panicked") && (is_the_tests_own || !last.contains("Os {")), "{what}: {all}");
        let shelf = open(&data, Arc::new(|_| {})).unwrap_or_else(|error| panic!("{what}: {error}"));
        let found = shelf.load::<Invitation>(&place);
        assert_eq!(found.problems, [], "{what}");
        assert!(found.value == old || found.value == text("new ", 3_000), "{what}: torn");
        assert_eq!(shelf.load::<Invitation>(&other).value, old, "{what}: another file of the space");
        if last == "saved" {
            saved += 1;
            assert_eq!(found.value, text("new ", 3_000), "{what}: said to be saved, and is not");
        } else {
            failed += 1;
            let told = last.starts_with("failed: ") || last.starts_with("refused: ");
            assert!(told || is_the_tests_own, "{what}: {all}");
        }
        drop(shelf);
        fs::remove_dir_all(&data).unwrap();
    }
    println!(
        "{} sealed saves with a failing call: {failed} failed and said so, {saved} went through",
        failed + saved
    );
    assert!(saved > 0 && failed > 0);
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
    for sealed in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut failures, levels) = (0, 20);
        let every = if full() { 1 } else { 4 };
        for level in (0..levels).step_by(every) {
            let at = folder.path().join(format!("disk-{level}"));
            let Some(_disk) = Small::mount(&at, 512 * 1024) else {
                return skipped("a full disk", "a small file system cannot be mounted (it takes root)");
            };
            failures += usize::from(save_on_a_full_disk(&at, level, sealed));
        }
        let tried = levels.div_ceil(every);
        let kind = if sealed { "sealed" } else { "plain" };
        println!("{tried} fill levels, {kind}: {failures} refused at first, all saved once there was room");
        assert!(failures > 0 && failures < tried, "{kind}: {failures} of {tried}");
    }
}

/// Fills the disk at `at` but for a rest that grows with `level`, and saves there. Whether that failed at first.
fn save_on_a_full_disk(at: &Path, level: usize, sealed: bool) -> bool {
    let reports: Arc<Mutex<Vec<Report>>> = Arc::default();
    let mine = Arc::clone(&reports);
    let data = at.join("data");
    let shelf = open(&data, Arc::new(move |report| mine.lock().unwrap().push(report))).unwrap();
    if sealed {
        assert_eq!(shelf.protect(Member::One, &passphrase()).unwrap(), None);
    }
    let place = Place::Invitation(Member::One);
    let (old, new) = (text("old ", 1_000), text("new ", 3_000));
    shelf.save(&place, &Invitation::default(), &old, When::Now);
    assert!(shelf.flush(PATIENCE));
    let filler = at.join("filler");
    fill(&filler, level * 4_000);
    reports.lock().unwrap().clear();
    shelf.save(&place, &old, &new, When::Now);
    let failed = |report: &Report| matches!(report, Report::Failed { .. });
    assert!(wait(|| !reports.lock().unwrap().is_empty()), "level {level}: nothing was told");
    let failed = reports.lock().unwrap().iter().any(failed);
    let on_disk = reread(&data, &place);
    assert!(on_disk == old || on_disk == new, "level {level}: torn");
    fs::remove_file(&filler).unwrap();
    assert!(wait(|| reread(&data, &place) == new), "level {level}: not saved although there is room again");
    drop(shelf);
    assert_eq!(reread(&data, &place), new, "level {level}");
    failed
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
    if shelf.guard(Member::One) == Guard::Locked {
        shelf.unlock(Member::One, &passphrase()).unwrap();
    }
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
