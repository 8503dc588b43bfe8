//! A real window on a display of its own, with a bus and a notification server, driven by a mouse and keys.
//!
//! Where to click is found in a shadow: the same window without a display, brought along step by step.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use iced_test::core::Size;
use sameside::app::Sameside;

use super::{Story, wait_for};

/// The window is so high that nothing needs scrolling: a wheel's step differs between systems.
pub const SIZE: Size = Size::new(900.0, 3600.0);

/// What the real tests need.
pub const TOOLS: [&str; 6] = ["Xvfb", "xdotool", "dbus-daemon", "dbus-monitor", "dunst", "dunstctl"];

/// Whether the tools are there. Without them the test says that it is skipped, unless it must not be.
pub fn can_run(test: &str) -> bool {
    has(test, &TOOLS)
}

/// The same for a test that needs other tools.
pub fn has(test: &str, tools: &[&str]) -> bool {
    let missing: Vec<&str> = tools
        .iter()
        .copied()
        .filter(|tool| {
            let path = std::env::var_os("PATH").unwrap_or_default();
            !std::env::split_paths(&path).any(|folder| folder.join(tool).is_file())
        })
        .collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("SAMESIDE_REAL_TESTS").is_none(), "{test}: missing {missing:?}");
    println!("{test}: skipped, because {missing:?} are not on this machine");
    false
}

/// A process that ends with the test.
pub struct Ends(pub Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display, a bus, a notification server and a home of their own.
pub struct Stage {
    pub folder: tempfile::TempDir,
    pub display: String,
    pub bus: String,
    _server: Ends,
    _daemon: Ends,
    dunst: Option<Ends>,
}

impl Stage {
    pub fn new(number: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let display = format!(":{}", 2_000 + (std::process::id() % 5_000) * 4 + number);
        let screen = format!("{}x{}x24", SIZE.width, SIZE.height);
        let server = Command::new("Xvfb")
            .args([display.as_str(), "-screen", "0", &screen, "-nolisten", "tcp", "-noreset"])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let bus_path = folder.path().join("bus");
        let bus = format!("unix:path={}", bus_path.display());
        let daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--address", &bus])
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (server, daemon) = (Ends(server), Ends(daemon));
        assert!(wait_for(Duration::from_secs(10), || bus_path.exists()), "the bus did not start");
        let mut stage = Self { folder, display, bus, _server: server, _daemon: daemon, dunst: None };
        let up = wait_for(Duration::from_secs(10), || {
            stage.command("xdotool").arg("getdisplaygeometry").output().is_ok_and(|output| output.status.success())
        });
        assert!(up, "the display did not start");
        stage.start_dunst();
        stage
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The folder for login entries and settings.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// A command in this world.
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            // The one bus stands for both: nothing is heard of this machine, and nothing is told to it.
            .env("DBUS_SYSTEM_BUS_ADDRESS", &self.bus)
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.config())
            .env("XDG_DATA_HOME", self.folder.path().join("share"))
            .env("LANG", "en_CA.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("LANGUAGE")
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("SAMESIDE_DATA");
        command
    }

    /// Writes down everything that goes over the bus from now on; ends with what is handed back.
    pub fn record_bus(&self) -> (Ends, PathBuf) {
        let path = self.folder.path().join("traffic");
        let file = std::fs::File::create(&path).unwrap();
        let mut monitor = self.command("dbus-monitor");
        let monitor = monitor.args(["--address", &self.bus, "--binary"]).stdout(file).stderr(Stdio::null()).spawn();
        let monitor = Ends(monitor.unwrap());
        let listens = wait_for(Duration::from_secs(20), || {
            let _ = self.dunstctl(&["count", "displayed"]);
            std::fs::metadata(&path).is_ok_and(|file| file.len() > 0)
        });
        assert!(listens, "the bus cannot be listened to");
        (monitor, path)
    }

    /// What is on the clipboard, if anything.
    pub fn clipboard(&self) -> String {
        let output = self.command("xclip").args(["-selection", "clipboard", "-o"]).output().unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    pub fn start_dunst(&mut self) {
        // Its menu, which a test cannot click on, picks what the file `pick` names.
        let (menu, config) = (self.folder.path().join("menu"), self.folder.path().join("dunstrc"));
        let script = format!("#!/bin/sh\ngrep -m1 -F -f {}/pick\n", self.folder.path().display());
        std::fs::write(&menu, script).unwrap();
        std::fs::set_permissions(&menu, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
        std::fs::write(&config, format!("[global]\ndmenu = {}\n", menu.display())).unwrap();
        let mut dunst = self.command("dunst");
        let dunst = dunst.arg("-conf").arg(&config).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        self.dunst = Some(Ends(dunst));
        let up = wait_for(Duration::from_secs(10), || self.dunstctl(&["count", "displayed"]).is_some());
        assert!(up, "the notification server did not start");
    }

    /// Ends the notification server.
    pub fn stop_dunst(&mut self) {
        self.dunst = None;
    }

    /// Chooses the action of this name on what is displayed.
    pub fn choose(&self, action: &str) {
        std::fs::write(self.folder.path().join("pick"), action).unwrap();
        self.dunstctl(&["context"]).expect("the notification server answers");
    }

    /// What `dunstctl` answers, if it does.
    pub fn dunstctl(&self, arguments: &[&str]) -> Option<String> {
        let output = self.command("dunstctl").args(arguments).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// The program, on this world's data folder.
    pub fn sameside(&self, arguments: &[&str]) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_sameside"));
        command.arg("--data").arg(self.data()).args(arguments);
        command
    }

    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = self.command("xdotool").args(arguments).output().unwrap();
        assert!(output.status.success(), "xdotool {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Keeps what the display shows as a picture, when `SAMESIDE_RECORD` names a folder.
    pub fn record(&self, name: &str) {
        if let Some(folder) = std::env::var_os("SAMESIDE_RECORD") {
            let path = Path::new(&folder).join(format!("{name}.png"));
            let _ = self.command("import").args(["-window", "root"]).arg(path).status();
        }
    }

    /// The program's window, once there is one to see.
    pub fn window(&self) -> Option<String> {
        let output = self
            .command("xdotool")
            .args(["search", "--onlyvisible", "--class", "app.sameside.Sameside"])
            .output()
            .ok()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        text.lines().last().map(str::to_owned)
    }
}

impl Drop for Stage {
    /// Ends what the program started beside itself in this world: the background reminder.
    fn drop(&mut self) {
        let data = self.data();
        let data = data.to_string_lossy();
        let Ok(processes) = std::fs::read_dir("/proc") else { return };
        for process in processes.filter_map(Result::ok) {
            let line = std::fs::read(process.path().join("cmdline")).unwrap_or_default();
            if String::from_utf8_lossy(&line).contains(data.as_ref()) {
                let _ = Command::new("kill").arg(process.file_name()).status();
            }
        }
    }
}

/// The real window and its shadow.
pub struct Real<'a> {
    pub stage: &'a Stage,
    pub child: Ends,
    pub shadow: Story,
    window: String,
}

impl<'a> Real<'a> {
    /// Starts the program; `shadow` must be in the state in which the window opens.
    pub fn start(stage: &'a Stage, shadow: Sameside) -> Self {
        Self::start_behind(stage, shadow, &[])
    }

    /// The same behind another program, such as strace with its options, that leaves the process its own child.
    pub fn start_behind(stage: &'a Stage, shadow: Sameside, before: &[&str]) -> Self {
        // Under a umask that hides nothing: private files must be private all the same.
        let mut command = stage.command("sh");
        command.args(["-c", "umask 000; exec \"$@\"", "sh"]).args(before);
        command.args([env!("CARGO_BIN_EXE_sameside"), "--data"]);
        let log = std::fs::File::create(stage.folder.path().join("log")).unwrap();
        let child = command.arg(stage.data()).stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let child = Ends(child);
        assert!(wait_for(Duration::from_secs(30), || stage.window().is_some()), "no window came");
        let window = stage.window().unwrap();
        let (width, height) = (SIZE.width.to_string(), SIZE.height.to_string());
        stage.xdotool(&["windowmove", &window, "0", "0"]);
        stage.xdotool(&["windowsize", "--sync", &window, &width, &height]);
        stage.xdotool(&["windowfocus", &window]);
        std::thread::sleep(Duration::from_millis(600));
        Self { stage, child, shadow: Story::new(shadow, SIZE), window }
    }

    /// Taps what is so named, in the real window and in its shadow.
    #[track_caller]
    pub fn tap(&mut self, name: &str) {
        let spot = self.shadow.spot(name);
        let (x, y) = (spot.x.round().to_string(), spot.y.round().to_string());
        self.stage.xdotool(&["mousemove", &x, &y]);
        std::thread::sleep(Duration::from_millis(60));
        self.stage.xdotool(&["click", "1"]);
        self.shadow.tap(name);
        std::thread::sleep(Duration::from_millis(250));
    }

    /// Types into the field that is so labelled.
    #[track_caller]
    pub fn type_into(&mut self, label: &str, text: &str) {
        let spot = self.shadow.spot(label);
        let (x, y) = (spot.x.round().to_string(), spot.y.round().to_string());
        self.stage.xdotool(&["mousemove", &x, &y, "click", "1"]);
        std::thread::sleep(Duration::from_millis(100));
        self.stage.xdotool(&["type", "--delay", "15", "--window", &self.window, text]);
        self.shadow.type_into(label, text);
        std::thread::sleep(Duration::from_millis(250));
    }

    /// How often any thread of the program woke within `time`: voluntary context switches, of threads that came or went
    /// in between too.
    pub fn wakes_in(&self, time: Duration) -> u64 {
        let before = switches(self.child.0.id());
        std::thread::sleep(time);
        let after = switches(self.child.0.id());
        let lived = after.iter().map(|(id, count)| count - before.get(id).copied().unwrap_or(count.saturating_sub(1)));
        let ended = before.keys().filter(|id| !after.contains_key(*id)).count();
        lived.sum::<u64>() + ended as u64
    }

    /// The window's title.
    pub fn title(&self) -> String {
        self.stage.xdotool(&["getwindowname", &self.window])
    }

    /// See [`Stage::record`].
    pub fn record(&self, name: &str) {
        self.stage.record(name);
    }
}

/// Voluntary context switches of each thread of a process.
fn switches(pid: u32) -> BTreeMap<String, u64> {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    tasks
        .filter_map(Result::ok)
        .filter_map(|task| {
            let status = std::fs::read_to_string(task.path().join("status")).ok()?;
            let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"))?;
            Some((task.file_name().to_string_lossy().into_owned(), line.split_whitespace().nth(1)?.parse().ok()?))
        })
        .collect()
}
