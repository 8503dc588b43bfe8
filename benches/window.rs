//! Start, memory and idling of the window beside a bare iced counter, in one run under Xvfb:
//! `cargo bench --bench window`. Needs Xvfb and xdotool; says so and ends where they are missing.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Starts of each program; the median counts.
const ROUNDS: usize = 15;
/// How long wake-ups are counted.
const IDLE: Duration = Duration::from_secs(60);

fn main() {
    if ["Xvfb", "xdotool"]
        .iter()
        .any(|tool| Command::new("which").arg(tool).output().is_ok_and(|o| !o.status.success()))
    {
        println!("skipped: Xvfb and xdotool are needed");
        return;
    }
    let counter = build_counter();
    let sameside = PathBuf::from(env!("CARGO_BIN_EXE_sameside"));
    let display = format!(":{}", 100 + std::process::id() % 800);
    let mut server = Command::new("Xvfb")
        // Without -noreset the server starts anew, and is away for a moment, whenever its last client ends.
        .args([&display, "-screen", "0", "1280x800x24", "-noreset"])
        .stderr(Stdio::null())
        .spawn()
        .expect("Xvfb starts");
    std::thread::sleep(Duration::from_secs(1));
    let data = std::env::temp_dir().join(format!("sameside-bench-{}", std::process::id()));
    let mut figures: [Vec<(Duration, u64)>; 2] = [Vec::new(), Vec::new()];
    // In turns, so that whatever else the machine does falls on both.
    for _ in 0..ROUNDS {
        figures[0].push(start(&counter, &[], "Counter", &display));
        figures[1].push(start(&sameside, &["--data", &data.to_string_lossy()], "Sameside", &display));
    }
    let (bare, own) = (medians(&mut figures[0]), medians(&mut figures[1]));
    println!(
        "start to a mapped window: counter {:?}, sameside {:?}, ratio {:.2}",
        bare.0,
        own.0,
        ratio(own.0, bare.0)
    );
    println!("resident: counter {} kB, sameside {} kB, ratio {:.2}", bare.1, own.1, own.1 as f64 / bare.1 as f64);
    for (program, args, name) in [
        (&counter, vec![], "Counter"),
        (&sameside, vec!["--data".to_owned(), data.to_string_lossy().into_owned()], "Sameside"),
    ] {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let mut child = open(program, &args, &display);
        mapped(&child, name, &display);
        std::thread::sleep(Duration::from_secs(15));
        let before = switches(child.id());
        std::thread::sleep(IDLE);
        println!("wake-ups of all threads in {IDLE:?} idle: {name} {}", wakes(&before, &switches(child.id())));
        end(&mut child);
    }
    end(&mut server);
    let _ = std::fs::remove_dir_all(data);
}

fn build_counter() -> PathBuf {
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--example", "counter"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .expect("cargo runs");
    assert!(status.success());
    let binary = Path::new(env!("CARGO_BIN_EXE_sameside"));
    binary.parent().expect("a folder").join("examples/counter")
}

fn open(program: &Path, args: &[&str], display: &str) -> Child {
    Command::new(program)
        .args(args)
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Waits until the window of `child` is mapped.
fn mapped(child: &Child, name: &str, display: &str) {
    let pid = child.id();
    let limit = Instant::now();
    while limit.elapsed() < Duration::from_secs(20) {
        let found = Command::new("xdotool")
            .args(["search", "--onlyvisible", "--name", &format!("^{name}$")])
            .env("DISPLAY", display)
            .output()
            .is_ok_and(|output| !output.stdout.is_empty());
        if found {
            return;
        }
    }
    panic!("no window of {name} ({pid})");
}

fn start(program: &Path, args: &[&str], name: &str, display: &str) -> (Duration, u64) {
    let began = Instant::now();
    let mut child = open(program, args, display);
    mapped(&child, name, display);
    let took = began.elapsed();
    std::thread::sleep(Duration::from_millis(700));
    let resident = resident(child.id());
    end(&mut child);
    (took, resident)
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse().ok()).unwrap_or_default()
}

/// Voluntary context switches of each thread that lives.
fn switches(pid: u32) -> BTreeMap<String, u64> {
    let Ok(tasks) = std::fs::read_dir(format!("/proc/{pid}/task")) else { return BTreeMap::new() };
    tasks
        .filter_map(Result::ok)
        .filter_map(|task| {
            let status = std::fs::read_to_string(task.path().join("status")).ok()?;
            let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            let count = line.split_whitespace().nth(1)?.parse().ok()?;
            Some((task.file_name().to_string_lossy().into_owned(), count))
        })
        .collect()
}

/// How often any thread woke between the two counts; a thread that came or went counts once more.
fn wakes(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> u64 {
    let lived: u64 = after.iter().map(|(id, count)| count - before.get(id).copied().unwrap_or(count - 1)).sum();
    let ended = before.keys().filter(|id| !after.contains_key(*id)).count();
    lived + ended as u64
}

fn medians(figures: &mut [(Duration, u64)]) -> (Duration, u64) {
    figures.sort_by_key(|(took, _)| *took);
    let took = figures[figures.len() / 2].0;
    figures.sort_by_key(|(_, resident)| *resident);
    (took, figures[figures.len() / 2].1)
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
