//! The desktop over a real D-Bus: a private bus daemon, and servers that record what they are asked.
//!
//! Without `dbus-daemon` the tests say that they were skipped; with `SAMESIDE_REAL_TESTS=1` that is a failure.
#![cfg(all(unix, not(target_os = "macos")))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use jiff::Zoned;
use jiff::civil::date;
use jiff::tz::TimeZone;
use sameside::couple::{Member, Word};
use sameside::instance::{Claim, Request, claim_at};
use sameside::locale::{Language, Texts};
use sameside::moment::{Plan, Spoken, Week};
use sameside::system::{Appearance, Scheme, appearance_at};
use sameside::watch::notify::{Answer, Linux, Note, Notifier, Shown};
use sameside::watch::{APP_ID, Clock, Ended, Files, Unreadable, Unsaved, Watch};
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedValue, Value};

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// Far longer than anything here takes; only a failure waits for it.
const PATIENCE: Duration = Duration::from_secs(30);

struct Bus {
    daemon: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Bus {
    /// A bus of its own for one test, or none where there is no bus daemon.
    fn start() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("bus.conf");
        // Without service folders: nothing that is installed on this machine is started.
        let text = format!(
            "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" \
             \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\
             <busconfig><type>session</type><listen>unix:dir={}</listen><policy context=\"default\">\
             <allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/>\
             </policy></busconfig>",
            folder.path().display()
        );
        std::fs::write(&config, text).unwrap();
        let mut command = Command::new("dbus-daemon");
        command.arg(format!("--config-file={}", config.display())).args(["--nofork", "--print-address"]);
        match command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn() {
            Ok(mut daemon) => {
                let mut address = String::new();
                BufReader::new(daemon.stdout.take().unwrap()).read_line(&mut address).unwrap();
                assert!(!address.is_empty(), "dbus-daemon gave no address");
                Some(Self { daemon, address: address.trim().to_owned(), _folder: folder })
            }
            Err(error) if std::env::var_os("SAMESIDE_REAL_TESTS").is_none() => {
                eprintln!("skipped: dbus-daemon cannot be started ({error}); install dbus");
                None
            }
            Err(error) => panic!("dbus-daemon cannot be started: {error}"),
        }
    }

    fn serve(&self) -> (Connection, Receiver<Call>) {
        let (sender, calls) = channel();
        let server = Server { calls: sender, last: 0 };
        let builder = Builder::address(self.address.as_str()).unwrap().serve_at(PATH, server).unwrap();
        (builder.name(NAME).unwrap().build().unwrap(), calls)
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.daemon.kill();
        let _ = self.daemon.wait();
    }
}

#[derive(Debug)]
struct Call {
    id: u32,
    sender: String,
    replaces: u32,
    /// Title and body; empty when this is a request to close.
    text: (String, String),
    actions: Vec<String>,
    hints: HashMap<String, OwnedValue>,
}

struct Server {
    calls: Sender<Call>,
    last: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
#[allow(clippy::needless_pass_by_value, reason = "the bus hands values over")]
impl Server {
    #[allow(clippy::too_many_arguments, reason = "the specification's own")]
    fn notify(
        &mut self,
        #[zbus(header)] header: zbus::message::Header<'_>,
        _app_name: String,
        replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.last += 1;
        let sender = header.sender().unwrap().to_string();
        let _ = self.calls.send(Call { id: self.last, sender, replaces, text: (title, body), actions, hints });
        self.last
    }

    fn close_notification(&mut self, #[zbus(header)] header: zbus::message::Header<'_>, id: u32) {
        let sender = header.sender().unwrap().to_string();
        let (text, actions, hints) = Default::default();
        let _ = self.calls.send(Call { id, sender, replaces: 0, text, actions, hints });
    }
}

fn note() -> Note {
    let texts = Texts::new(Language::En);
    Note {
        title: texts.get("watch-title"),
        body: texts.get("watch-body"),
        open: texts.get("watch-action-calm"),
        not_now: texts.get("watch-action-not-now"),
    }
}

fn shown(bus: &Bus, calls: &Receiver<Call>) -> (Box<dyn Shown>, Call) {
    let shown = Linux::at(&bus.address).show(&note(), &[]).unwrap();
    (shown, calls.recv_timeout(PATIENCE).unwrap())
}

#[test]
fn the_notification_is_neutral_and_an_action_comes_back_with_its_token() {
    let Some(bus) = Bus::start() else { return };
    let (server, calls) = bus.serve();
    let (mut shown, call) = shown(&bus, &calls);
    assert_eq!(call.text, ("A note for you".to_owned(), "You set this time aside for yourself.".to_owned()));
    let telling = ["therap", "partner", "couple", "session"];
    let text = format!("{call:?}").to_lowercase();
    assert!(!telling.iter().any(|word| text.contains(word)), "{text}");
    assert_eq!(call.actions, ["default", "Is now calm?", "open", "Is now calm?", "not-now", "Not now"]);
    let hint = |name: &str| call.hints.get(name).map(|value| Value::from(value.clone()));
    assert_eq!(hint("desktop-entry"), Some(APP_ID.into()));
    assert_eq!(hint("category"), Some("x-sameside.note".into()));
    assert_eq!(hint("urgency"), Some(1_u8.into()));
    assert_eq!(hint("suppress-sound"), Some(true.into()));
    assert_eq!(hint("x-gnome-privacy-scope"), Some("user".into()));
    // Another one's answer is not ours.
    server.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(call.id + 7, "not-now")).unwrap();
    // As GNOME does: to the sender alone, the token first.
    let to = Some(call.sender.as_str());
    server.emit_signal(to, PATH, NAME, "ActivationToken", &(call.id, "token-1")).unwrap();
    server.emit_signal(to, PATH, NAME, "ActionInvoked", &(call.id, "open")).unwrap();
    assert_eq!(shown.wait(PATIENCE), Answer::Opened { token: Some("token-1".into()) });
    shown.withdraw();
    assert_eq!(calls.recv_timeout(PATIENCE).unwrap().id, call.id, "taken off the screen");
}

#[test]
fn every_other_answer_is_told_apart() {
    let Some(bus) = Bus::start() else { return };
    let (server, calls) = bus.serve();
    let everyone = None::<&str>;
    for (action, answer) in [("not-now", Answer::NotNow), ("default", Answer::Opened { token: None })] {
        let (mut shown, call) = shown(&bus, &calls);
        server.emit_signal(everyone, PATH, NAME, "ActionInvoked", &(call.id, action)).unwrap();
        assert_eq!(shown.wait(PATIENCE), answer);
    }
    for (reason, answer) in [(1_u32, Answer::Expired), (2, Answer::Dismissed), (3, Answer::Dismissed)] {
        let (mut shown, call) = shown(&bus, &calls);
        server.emit_signal(everyone, PATH, NAME, "NotificationClosed", &(call.id, reason)).unwrap();
        assert_eq!(shown.wait(PATIENCE), answer);
    }
    let (mut shown, _) = shown(&bus, &calls);
    assert_eq!(shown.wait(Duration::from_millis(1)), Answer::Nothing);
}

#[test]
fn only_the_server_can_answer() {
    let Some(bus) = Bus::start() else { return };
    let (server, calls) = bus.serve();
    let (mut shown, call) = shown(&bus, &calls);
    let stranger = Builder::address(bus.address.as_str()).unwrap().build().unwrap();
    stranger.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(call.id, "not-now")).unwrap();
    stranger.emit_signal(None::<&str>, PATH, NAME, "NotificationClosed", &(call.id, 2_u32)).unwrap();
    // The bus has passed both on when it answers this; then comes the real one.
    stranger.call_method(Some("org.freedesktop.DBus"), "/", Some("org.freedesktop.DBus"), "GetId", &()).unwrap();
    server.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(call.id, "open")).unwrap();
    assert_eq!(shown.wait(PATIENCE), Answer::Opened { token: None });
}

#[test]
fn a_server_or_bus_that_ends_is_noticed() {
    let Some(mut bus) = Bus::start() else { return };
    let (server, calls) = bus.serve();
    let notifier = Linux::at(&bus.address);
    let mut first = notifier.show(&note(), &[]).unwrap();
    assert_eq!(calls.recv_timeout(PATIENCE).unwrap().replaces, 0);
    server.close().unwrap();
    assert_eq!(first.wait(PATIENCE), Answer::Gone);
    assert!(notifier.show(&note(), &[]).is_err(), "nobody is there");
    let (_server, calls) = bus.serve();
    let mut second = notifier.show(&note(), &[]).unwrap();
    assert_eq!(calls.recv_timeout(PATIENCE).unwrap().replaces, 0, "the new server knows no old ids");
    bus.daemon.kill().unwrap();
    bus.daemon.wait().unwrap();
    assert_eq!(second.wait(PATIENCE), Answer::Gone);
    second.withdraw();
    assert!(notifier.show(&note(), &[]).is_err(), "not even a bus");
}

/// A Saturday at ten, files in memory.
struct Desk {
    spoken: RefCell<Spoken>,
    slept: Cell<Duration>,
}

impl Clock for &Desk {
    fn now(&self) -> Zoned {
        date(2026, 11, 28).at(10, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap()
    }

    fn elapsed(&self) -> Duration {
        self.slept.get()
    }

    fn sleep(&self, time: Duration) {
        self.slept.set(self.slept.get() + time);
    }
}

impl Files for &Desk {
    fn plan(&mut self) -> Result<Option<Plan>, Unreadable> {
        let week = Week::weekend_mornings();
        Ok(Some(Plan { on: true, safety_seen: true, week, ..Plan::default() }))
    }

    fn spoken(&mut self) -> Result<Spoken, Unreadable> {
        Ok(self.spoken.borrow().clone())
    }

    fn word(&mut self, _member: Member) -> Result<Word, Unreadable> {
        Ok(Word::Open)
    }

    fn state(&self, _: Member) -> Option<u64> {
        None
    }

    fn language(&mut self) -> Language {
        Language::Fr
    }

    fn folders(&self, _member: Member) -> Vec<PathBuf> {
        Vec::new()
    }

    fn remember(&mut self, spoken: &Spoken) -> Result<(), Unsaved> {
        *self.spoken.borrow_mut() = spoken.clone();
        Ok(())
    }
}

#[test]
fn a_click_on_what_watch_shows_opens_the_window() {
    let Some(bus) = Bus::start() else { return };
    let (server, calls) = bus.serve();
    let desk = Desk { spoken: RefCell::default(), slept: Cell::default() };
    let clicker = std::thread::spawn(move || {
        let call = calls.recv_timeout(PATIENCE).unwrap();
        server.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(call.id, "default")).unwrap();
        let closed = calls.recv_timeout(PATIENCE).unwrap();
        (call, closed)
    });
    let opened = Cell::new(0);
    let opener = |_, _: Option<&str>| opened.set(opened.get() + 1);
    let mut files = &desk;
    let notifier = Linux::at(&bus.address);
    let watch = Watch { files: &mut files, clock: &&desk, notifier: &notifier, opener: &opener };
    assert_eq!(watch.run(true), Ended::Once);
    let (call, closed) = clicker.join().unwrap();
    assert_eq!((opened.get(), call.text.0.as_str(), closed.id), (1, "Une note pour toi", call.id));
    assert_eq!(desk.spoken.borrow().times.len(), 1);
}

#[test]
fn a_second_start_hands_its_request_to_the_first_and_none_takes_the_name_away() {
    let Some(bus) = Bus::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (sender, requests) = channel();
    let claim = |root: &Path, request: &Request| {
        let sender = sender.clone();
        claim_at(&bus.address, root, request, Box::new(move |request| sender.send(request).unwrap()))
    };
    let plain = Request::default();
    let Claim::First(first) = claim(folder.path(), &plain) else { panic!("the first is the first") };
    let full = Request { at: Some("calm-check".into()), token: Some("token-2".into()) };
    for request in [&full, &plain, &full] {
        assert!(matches!(claim(folder.path(), request), Claim::AlreadyRunning { reached: true }));
        assert_eq!(requests.recv_timeout(PATIENCE).unwrap(), *request);
    }
    let elsewhere = tempfile::tempdir().unwrap();
    assert!(matches!(claim(elsewhere.path(), &plain), Claim::First(_)), "another data folder");
    drop(first);
    assert!(matches!(claim(folder.path(), &plain), Claim::First(_)), "the first has ended");
    assert!(requests.try_recv().is_err());
}

#[test]
fn without_a_bus_every_start_is_the_first() {
    let claim = claim_at("unix:path=/nowhere/bus", Path::new("/tmp"), &Request::default(), Box::new(|_| {}));
    assert!(matches!(claim, Claim::First(_)));
}

struct Portal {
    old: bool,
}

#[zbus::interface(name = "org.freedesktop.portal.Settings")]
impl Portal {
    fn read_one(&self, namespace: &str, key: &str) -> zbus::fdo::Result<Value<'static>> {
        if self.old {
            return Err(zbus::fdo::Error::UnknownMethod("ReadOne".into()));
        }
        self.read(namespace, key).map(|value| value.downcast().unwrap())
    }

    fn read(&self, _namespace: &str, key: &str) -> zbus::fdo::Result<Value<'static>> {
        match key {
            "color-scheme" | "contrast" => Ok(Value::Value(Box::new(Value::U32(1)))),
            "enable-animations" => Ok(Value::Value(Box::new(Value::Bool(false)))),
            _ => Err(zbus::fdo::Error::Failed("no such setting".into())),
        }
    }
}

#[test]
fn the_desktops_look_is_read_and_followed() {
    const DESKTOP: &str = "/org/freedesktop/portal/desktop";
    const SETTINGS: &str = "org.freedesktop.portal.Settings";
    for old in [false, true] {
        let Some(bus) = Bus::start() else { return };
        let builder = Builder::address(bus.address.as_str()).unwrap().serve_at(DESKTOP, Portal { old }).unwrap();
        let portal = builder.name("org.freedesktop.portal.Desktop").unwrap().build().unwrap();
        let (sender, changes) = channel();
        let at_start = appearance_at(&bus.address, Box::new(move |look| sender.send(look).unwrap()));
        let dark = Appearance { scheme: Scheme::Dark, high_contrast: true, reduced_motion: true };
        // On a busy machine the answer may come after the first frame.
        let known = if at_start == Appearance::default() { changes.recv_timeout(PATIENCE).unwrap() } else { at_start };
        assert_eq!(known, dark);
        let tell = |key: &str, value: Value<'_>| {
            let body = ("org.freedesktop.appearance", key, value);
            portal.emit_signal(None::<&str>, DESKTOP, SETTINGS, "SettingChanged", &body).unwrap();
        };
        tell("accent-color", Value::U32(3));
        tell("color-scheme", Value::U32(2));
        assert_eq!(changes.recv_timeout(PATIENCE).unwrap(), Appearance { scheme: Scheme::Light, ..dark });
    }
}

#[test]
fn without_a_portal_nothing_waits() {
    let Some(bus) = Bus::start() else { return };
    let start = Instant::now();
    assert_eq!(appearance_at(&bus.address, Box::new(|_| {})), Appearance::default());
    assert!(start.elapsed() < PATIENCE);
}

#[test]
fn the_login_managers_word_of_sleep_is_heard() {
    let Some(bus) = Bus::start() else { return };
    let builder = Builder::address(bus.address.as_str()).unwrap();
    let manager = builder.name("org.freedesktop.login1").unwrap().build().unwrap();
    let (sender, heard) = channel();
    sameside::system::before_sleep_at(
        &bus.address,
        Box::new(move |_| {
            let _ = sender.send(());
        }),
    );
    let tell = |begins: bool| {
        let interface = "org.freedesktop.login1.Manager";
        manager.emit_signal(None::<&str>, "/org/freedesktop/login1", interface, "PrepareForSleep", &(begins,)).unwrap();
    };
    // Until it listens: nobody says when it does.
    let start = Instant::now();
    while heard.recv_timeout(Duration::from_millis(100)).is_err() {
        assert!(start.elapsed() < PATIENCE, "it was never heard");
        tell(false);
        tell(true);
    }
}
