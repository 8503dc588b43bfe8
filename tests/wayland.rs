//! The real window and the real reminder under a Wayland compositor (sway, without a screen), with mako for notifications.

#![cfg(all(unix, not(target_os = "macos")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use common::real::{Ends, has};
use common::wait_for;
use sameside::moment::{Plan, Spoken, Week};
use sameside::store::{Opening, Place, Role, Shelf, When};
use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_pointer::ButtonState;
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle, delegate_noop};
use wayland_protocols::xdg::activation::v1::client::xdg_activation_token_v1::{self, XdgActivationTokenV1};
use wayland_protocols::xdg::activation::v1::client::xdg_activation_v1::XdgActivationV1;
use wayland_protocols_wlr::virtual_pointer::v1::client::zwlr_virtual_pointer_manager_v1::ZwlrVirtualPointerManagerV1;
use wayland_protocols_wlr::virtual_pointer::v1::client::zwlr_virtual_pointer_v1::ZwlrVirtualPointerV1;

const PATIENCE: Duration = Duration::from_secs(60);
const NOBODY: u32 = 65534;
const SIZE: (u32, u32) = (1000, 700);
/// Usually sway only marks a window that is to come to the front; here it lets it.
const CONFIG: &str = "output HEADLESS-1 resolution 1000x700\nxwayland disable\nfocus_on_window_activation focus\n";

/// A compositor, a bus and a home of their own.
struct Desk {
    folder: tempfile::TempDir,
    socket: PathBuf,
    ipc: PathBuf,
    _compositor: Ends,
    _daemon: Ends,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("sway");
        std::fs::write(&config, CONFIG).unwrap();
        let run = folder.path().join("run");
        std::fs::create_dir(&run).unwrap();
        // sway does not run for the superuser, as whom tests may run.
        let root = std::fs::metadata("/proc/self").unwrap().uid() == 0;
        let mut sway = Command::new(if root { "setpriv" } else { "sway" });
        if root {
            chown(&run, Some(NOBODY), Some(NOBODY)).unwrap();
            std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
            sway.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sway"]);
        }
        sway.arg("-c").arg(&config).env("XDG_RUNTIME_DIR", &run).env("HOME", folder.path()).env_remove("DISPLAY");
        sway.env("WLR_BACKENDS", "headless").env("WLR_LIBINPUT_NO_DEVICES", "1").env("WLR_RENDERER", "pixman");
        sway.env_remove("WAYLAND_DISPLAY");
        let compositor = Ends(sway.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        let bus = format!("unix:path={}", folder.path().join("bus").display());
        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--address", &bus]).stderr(Stdio::null());
        let daemon = Ends(daemon.spawn().unwrap());
        let socket = |start: &str| {
            let files = std::fs::read_dir(&run).unwrap().filter_map(Result::ok).map(|entry| entry.path());
            files
                .filter(|path| path.extension().is_none_or(|extension| extension != "lock"))
                .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start)))
        };
        let up = || folder.path().join("bus").exists() && socket("wayland-").is_some() && socket("sway-ipc").is_some();
        assert!(wait_for(PATIENCE, up), "the compositor or the bus did not start");
        let (socket, ipc) = (socket("wayland-").unwrap(), socket("sway-ipc").unwrap());
        Self { folder, socket, ipc, _compositor: compositor, _daemon: daemon }
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("WAYLAND_DISPLAY", &self.socket)
            .env("SWAYSOCK", &self.ipc)
            .env("XDG_RUNTIME_DIR", self.folder.path().join("run"))
            .env("DBUS_SESSION_BUS_ADDRESS", format!("unix:path={}", self.folder.path().join("bus").display()))
            .env("HOME", self.folder.path())
            .env("XDG_CONFIG_HOME", self.folder.path().join("config"))
            .env("LANG", "en_CA.UTF-8")
            .env_remove("LC_ALL")
            .env_remove("DISPLAY")
            .env_remove("XDG_ACTIVATION_TOKEN")
            .env_remove("DESKTOP_STARTUP_ID")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn data(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn sameside(&self, data: &str) -> Command {
        let mut command = self.command(env!("CARGO_BIN_EXE_sameside"));
        command.arg("--data").arg(self.data(data));
        command
    }

    fn sway(&self, words: &[&str]) -> serde_json::Value {
        let output = self.command("swaymsg").args(words).stdout(Stdio::piped()).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }

    /// The process ids of the windows, the one with the focus apart.
    fn windows(&self) -> (Vec<u64>, Option<u64>) {
        let (mut all, mut focused) = (Vec::new(), None);
        let mut nodes = vec![self.sway(&["-t", "get_tree"])];
        while let Some(node) = nodes.pop() {
            if let Some(pid) = node["pid"].as_u64() {
                all.push(pid);
                focused = focused.or(node["focused"].as_bool().unwrap_or_default().then_some(pid));
            }
            nodes.extend(["nodes", "floating_nodes"].iter().filter_map(|key| node[key].as_array()).flatten().cloned());
        }
        (all, focused)
    }

    fn has_focus(&self, window: &Ends) -> bool {
        wait_for(PATIENCE, || self.windows().1 == Some(u64::from(window.0.id())))
    }

    /// What a launcher gets for a click: a token that lets a window come to the front.
    fn token(&self) -> String {
        let (globals, mut queue) = registry_queue_init::<Client>(&self.connect()).unwrap();
        let activation: XdgActivationV1 = globals.bind(&queue.handle(), 1..=1, ()).unwrap();
        let mut client = Client::default();
        activation.get_activation_token(&queue.handle(), ()).commit();
        while client.token.is_none() {
            queue.blocking_dispatch(&mut client).unwrap();
        }
        client.token.unwrap()
    }

    /// A mouse.
    fn mouse(&self) -> Mouse {
        let (globals, queue) = registry_queue_init::<Client>(&self.connect()).unwrap();
        let manager: ZwlrVirtualPointerManagerV1 = globals.bind(&queue.handle(), 1..=1, ()).unwrap();
        let pointer = manager.create_virtual_pointer(None, &queue.handle(), ());
        let mut mouse = Mouse { pointer, queue };
        mouse.done();
        mouse
    }

    fn connect(&self) -> Connection {
        Connection::from_socket(std::os::unix::net::UnixStream::connect(&self.socket).unwrap()).unwrap()
    }
}

/// What the test says to the compositor itself.
#[derive(Default)]
struct Client {
    /// Once it has come.
    token: Option<String>,
}

delegate_noop!(Client: ignore XdgActivationV1);
delegate_noop!(Client: ignore ZwlrVirtualPointerManagerV1);
delegate_noop!(Client: ignore ZwlrVirtualPointerV1);

impl Dispatch<WlRegistry, GlobalListContents> for Client {
    fn event(
        _: &mut Self,
        _: &WlRegistry,
        _: wl_registry::Event,
        _: &GlobalListContents,
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
    }
}

impl Dispatch<XdgActivationTokenV1, ()> for Client {
    fn event(
        state: &mut Self,
        _: &XdgActivationTokenV1,
        event: xdg_activation_token_v1::Event,
        (): &(),
        _: &Connection,
        _: &QueueHandle<Self>,
    ) {
        if let xdg_activation_token_v1::Event::Done { token } = event {
            state.token = Some(token);
        }
    }
}

/// A mouse that is there as long as this lives.
struct Mouse {
    pointer: ZwlrVirtualPointerV1,
    queue: EventQueue<Client>,
}

impl Mouse {
    fn done(&mut self) {
        self.queue.roundtrip(&mut Client::default()).unwrap();
        std::thread::sleep(Duration::from_millis(200));
    }

    fn click(&mut self, x: u32, y: u32) {
        const LEFT: u32 = 0x110;
        self.pointer.motion_absolute(0, x, y, SIZE.0, SIZE.1);
        self.pointer.frame();
        self.done();
        for state in [ButtonState::Pressed, ButtonState::Released] {
            self.pointer.button(0, LEFT, state);
            self.pointer.frame();
            self.done();
        }
    }
}

#[test]
fn a_second_start_with_the_token_of_a_click_brings_the_window_to_the_front() {
    if !has("a window on Wayland", &["sway", "swaymsg", "dbus-daemon", "setpriv"]) {
        return;
    }
    let desk = Desk::new();
    let log = desk.folder.path().join("said");
    let said = std::fs::File::create(&log).unwrap();
    let first = Ends(desk.sameside("first").env("WAYLAND_DEBUG", "1").stderr(said).spawn().unwrap());
    assert!(desk.has_focus(&first), "no window came");
    let second = Ends(desk.sameside("second").spawn().unwrap());
    assert!(desk.has_focus(&second), "no second window came");
    let token = desk.token();
    assert!(desk.sameside("first").env("XDG_ACTIVATION_TOKEN", &token).status().unwrap().success());
    assert!(desk.has_focus(&first), "it did not come to the front");
    assert_eq!(desk.windows().0.len(), 2, "no third window opened");
    // It was this token that was shown, and for a surface.
    let said = std::fs::read_to_string(log).unwrap();
    assert!(said.contains(&format!("activate(\"{token}\", wl_surface@")), "{said}");
    // It goes on as before.
    assert!(desk.sameside("second").env("XDG_ACTIVATION_TOKEN", desk.token()).status().unwrap().success());
    assert!(desk.has_focus(&second));
}

fn prepare(data: &Path) {
    let (shelf, _) = Shelf::open(data, Opening::new(Role::Window)).unwrap();
    let plan = Plan { on: true, safety_seen: true, week: Week::whole(), ..Plan::default() };
    shelf.save(&Place::Reminder, &Plan::default(), &plan, When::Now);
    assert!(shelf.flush(PATIENCE));
}

fn spoken(data: &Path) -> Spoken {
    Shelf::open(data, Opening::new(Role::Reader)).unwrap().0.load::<Spoken>(&Place::Spoken).value
}

#[test]
fn a_click_on_the_notification_opens_the_window() {
    if !has("a notification on Wayland", &["sway", "swaymsg", "dbus-daemon", "setpriv", "mako", "makoctl"]) {
        return;
    }
    let desk = Desk::new();
    let config = desk.folder.path().join("mako");
    // At a known place, and hidden while the desktop is not to be disturbed.
    std::fs::write(&config, "anchor=top-left\nwidth=300\nheight=100\nmargin=0\n[mode=quiet]\ninvisible=1\n").unwrap();
    let _mako = Ends(desk.command("mako").arg("-c").arg(&config).spawn().unwrap());
    let mako = |words: &[&str]| {
        let output = desk.command("makoctl").args(words).stdout(Stdio::piped()).output().unwrap();
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert!(wait_for(PATIENCE, || mako(&["list"]).is_some()), "the notification server did not start");
    let mut mouse = desk.mouse();
    let data = desk.data("data");
    prepare(&data);
    let watch = Ends(desk.sameside("data").arg("watch").spawn().unwrap());
    assert!(wait_for(PATIENCE, || mako(&["list"]).is_some_and(|list| list.contains("A note for you"))));
    assert_eq!(spoken(&data).times.len(), 1);
    // Not to be disturbed: it is not on the screen, so that a click there goes to nothing.
    mako(&["mode", "-a", "quiet"]).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    mouse.click(60, 40);
    std::thread::sleep(Duration::from_millis(500));
    assert!(mako(&["list"]).unwrap().contains("A note for you") && desk.windows().0.is_empty());
    mako(&["mode", "-r", "quiet"]).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    mouse.click(60, 40);
    assert!(wait_for(PATIENCE, || desk.windows().0.len() == 1), "no window came");
    assert!(wait_for(PATIENCE, || !mako(&["list"]).unwrap().contains("A note for you")), "it is taken away");
    let window = desk.windows().0[0];
    let line = std::fs::read(format!("/proc/{window}/cmdline")).unwrap();
    assert!(String::from_utf8_lossy(&line).contains("--at\0calm-check"));
    let maps = std::fs::read_to_string(format!("/proc/{}/maps", watch.0.id())).unwrap();
    assert!(maps.contains("libc.so") && !maps.contains("libwayland") && !maps.contains("libX11"), "{maps}");
    let _ = Command::new("kill").arg(window.to_string()).status();
}
