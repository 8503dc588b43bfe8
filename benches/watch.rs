//! Memory, wake-ups, page reads and processor time of the background reminder, asleep and with a notification on the screen,
//! beside Safe Eyes and GNOME Clocks in the same run: `cargo bench --bench watch`, or with another length in seconds
//! `cargo bench --bench watch -- 60`. Needs Xvfb, dbus-daemon and dunst; the two others are left out where they are
//! missing.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a measurement may stop where it stands"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// What begins with the program is not counted.
const SETTLE: Duration = Duration::from_secs(20);
/// How long is counted, unless another length is named.
const LENGTH: u64 = 600;

/// A process that ends with the measurement.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display, a bus and a home of their own.
struct World {
    folder: PathBuf,
    display: String,
    _servers: Vec<Ends>,
}

impl World {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("sameside-watch-bench-{}", std::process::id()));
        fs::create_dir_all(folder.join("config/safeeyes/style")).unwrap();
        let display = format!(":{}", 1000 + std::process::id() % 800);
        let mut world = Self { folder, display, _servers: Vec::new() };
        let mut xvfb = Command::new("Xvfb");
        xvfb.args([world.display.as_str(), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]);
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--nopidfile", "--address"]).arg(world.bus());
        for mut server in [xvfb, bus] {
            world._servers.push(Ends(server.stderr(Stdio::null()).spawn().expect("it starts")));
            std::thread::sleep(Duration::from_secs(1));
        }
        // A note stays until it is answered.
        let config = world.folder.join("dunstrc");
        fs::write(&config, "[urgency_normal]\n    timeout = 0\n").unwrap();
        let dunst = world.start("dunst", &["-conf", config.to_str().unwrap()]).expect("dunst starts");
        world._servers.push(dunst);
        world
    }

    fn bus(&self) -> String {
        format!("unix:path={}", self.folder.join("bus").display())
    }

    fn start(&self, program: &str, arguments: &[&str]) -> Option<Ends> {
        let child = Command::new(program)
            .args(arguments)
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", self.bus())
            .env("HOME", &self.folder)
            .env("XDG_CONFIG_HOME", self.folder.join("config"))
            .env("GSETTINGS_BACKEND", "memory")
            .env_remove("WAYLAND_DISPLAY")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        child.ok().map(Ends)
    }

    /// The reminder on a data folder of its own, with these quiet times.
    fn reminder(&self, name: &str, week: &str) -> Option<Ends> {
        let data = self.folder.join(name);
        fs::create_dir_all(data.join("private")).unwrap();
        let plan = format!(
            "(schema: 1, kind: \"reminder\", fields: {{\"on\": true, \"safety_seen\": true, \"week\": ({week})}})"
        );
        fs::write(data.join("private/reminder.ron"), plan).unwrap();
        self.start(env!("CARGO_BIN_EXE_sameside"), &["watch", "--data", data.to_str().unwrap()])
    }
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn main() {
    if ["Xvfb", "dbus-daemon", "dunst"].iter().any(|tool| !found(tool)) {
        println!("skipped: Xvfb, dbus-daemon and dunst are needed");
        return;
    }
    let length = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(LENGTH);
    let world = World::new();
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let whole = days.map(|day| format!("{day}: [\"0:00-24:00\"]")).join(", ");
    // Half an hour that is half a day away, on every day.
    let hour = (jiff::Zoned::now().hour() + 12) % 24;
    let far = days.map(|day| format!("{day}: [\"{hour}:00-{hour}:30\"]")).join(", ");
    let mut running = vec![
        ("sameside watch, asleep", world.reminder("asleep", &far)),
        ("sameside watch, shown", world.reminder("shown", &whole)),
        ("Safe Eyes", world.start("safeeyes", &[])),
        ("GNOME Clocks", world.start("gnome-clocks", &[])),
    ];
    std::thread::sleep(SETTLE);
    running.retain_mut(|(name, child)| {
        let runs = child.as_mut().is_some_and(|child| child.0.try_wait().is_ok_and(|ended| ended.is_none()));
        if !runs {
            println!("{name}: not on this machine, or it ended by itself");
        }
        runs
    });
    let look = |child: &Option<Ends>| child.as_ref().map(|child| Look::at(child.0.id())).unwrap();
    let before: Vec<Look> = running.iter().map(|(_, child)| look(child)).collect();
    std::thread::sleep(Duration::from_secs(length));
    println!("{length} s, each process with all its threads:");
    println!("{:24} {:>10} {:>10} {:>9} {:>10} {:>8}", "", "resident", "own", "wake-ups", "page reads", "CPU ms");
    for ((name, child), before) in running.iter().zip(&before) {
        let after = look(child);
        let reads = after.reads - before.reads;
        let wakes = wakes(&before.switches, &after.switches).saturating_sub(reads);
        let cpu = (after.ticks - before.ticks) * 10;
        println!("{name:24} {:>7} kB {:>7} kB {wakes:>9} {reads:>10} {cpu:>8}", after.resident, after.own);
    }
    for (name, child) in running.iter().filter(|(name, _)| name.starts_with("sameside")) {
        println!("{name}: libraries for windows in its memory: {}", windows(child.as_ref().unwrap().0.id()));
    }
}

fn found(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(tool).is_file())
}

/// A process at one moment.
struct Look {
    /// All its memory that is resident, in kB.
    resident: u64,
    /// What of that is its own and not a file's, in kB.
    own: u64,
    /// Voluntary context switches of each thread.
    switches: BTreeMap<String, u64>,
    /// How often it waited for a part of a file that the system had dropped from memory. Each is a context switch too.
    reads: u64,
    /// Processor time, in ticks of 10 ms.
    ticks: u64,
}

impl Look {
    fn at(pid: u32) -> Self {
        let process = PathBuf::from(format!("/proc/{pid}"));
        let status = fs::read_to_string(process.join("status")).unwrap_or_default();
        let stat = fs::read_to_string(process.join("stat")).unwrap_or_default();
        let fields: Vec<u64> = {
            let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
            fields.map(|field| field.parse().unwrap_or_default()).collect()
        };
        let tasks = fs::read_dir(process.join("task")).into_iter().flatten().filter_map(Result::ok);
        let switches = tasks.map(|task| {
            let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
            (task.file_name().to_string_lossy().into_owned(), number(&status, "voluntary_ctxt_switches"))
        });
        Self {
            resident: number(&status, "VmRSS"),
            own: number(&status, "RssAnon"),
            switches: switches.collect(),
            // Fields 12, 14 and 15 of proc(5), which begins two before the first here.
            reads: fields.get(9).copied().unwrap_or_default(),
            ticks: fields.iter().skip(11).take(2).sum(),
        }
    }
}

fn number(status: &str, name: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(name)).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// How often any thread gave way and came back between the two counts; a thread that came or went counts once more.
fn wakes(before: &BTreeMap<String, u64>, after: &BTreeMap<String, u64>) -> u64 {
    let lived: u64 = after.iter().map(|(id, count)| count - before.get(id).copied().unwrap_or(count - 1)).sum();
    lived + before.keys().filter(|id| !after.contains_key(*id)).count() as u64
}

/// The libraries for windows that a process has mapped.
fn windows(pid: u32) -> String {
    let maps = fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("maps")).unwrap_or_default();
    let files =
        maps.lines().filter_map(|line| line.split_whitespace().nth(5)).filter_map(|path| path.rsplit('/').next());
    let mut known: Vec<&str> = files
        .filter(|file| ["libX11", "libxcb", "libwayland", "libGL", "libgtk"].iter().any(|name| file.starts_with(name)))
        .collect();
    known.dedup();
    if known.is_empty() { "none".to_owned() } else { known.join(", ") }
}
