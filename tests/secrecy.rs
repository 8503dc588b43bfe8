//! What is written in a space with a passphrase, through the real window, is found nowhere else.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

use common::real::{Real, Stage, can_run, has};
use common::wait_for;
use sameside::app::desk::Desk;
use sameside::app::inbox::News;
use sameside::app::nav::Page;
use sameside::app::screen::space::Part;
use sameside::app::screen::{Message as OnPage, door, space};
use sameside::app::{Message, Sameside};
use sameside::couple::{Member, MemberCard};
use sameside::directory::{Therapist, TherapistId};
use sameside::exercise::Invitation;
use sameside::locale::Language;
use sameside::store::data::therapist_record;
use sameside::store::settings::{Person, Settings};
use sameside::store::{Guard, Joined, Opening, Place, Record, Role, SecretString, Shelf, When};
use sameside::system::{Appearance, Hold};
use zbus::blocking::connection::Builder;

const PASSPHRASE: &str = "kettle orbit maple nine";
const CANARY: &str = "zanzibar is what I fear";
const NOTE: &str = "ouagadougou is why not";
/// A name is shown to both, but nothing outside the data folder needs to know it.
const NAME: &str = "Quillwort";
/// Who is on the list.
const LISTED: [&str; 3] = ["Ada Test", "Ben Sample", "Cleo Demo"];
const LONG: Duration = Duration::from_secs(30);

fn welcomed(root: &Path) -> Shelf {
    let (shelf, _) = Shelf::open(root, Opening { work: Some(1), ..Opening::new(Role::Window) }).unwrap();
    let new = Settings { welcomed: true, language: Some(Language::En), ..Settings::default() };
    shelf.save(&Place::Settings, &Settings::default(), &new, When::Now);
    let card = MemberCard { name: "Alex".to_owned(), ..MemberCard::default() };
    let _ = shelf.save_record(&Record::Member(Member::Two), &Joined::default(), &card, When::Now);
    for name in LISTED {
        let id = TherapistId::new(name.to_lowercase().replace(' ', "-")).unwrap();
        let therapist = Therapist { name: name.to_owned(), ..Therapist::default() };
        let _ = shelf.save_record(&therapist_record(&id).unwrap(), &Joined::default(), &therapist, When::Now);
    }
    assert!(shelf.flush(LONG));
    shelf
}

/// All files below.
fn files(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root) else { return Vec::new() };
    let paths = entries.filter_map(Result::ok).map(|entry| entry.path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// Which of these stand in the memory of a process; `None` if it may not be looked at.
fn in_memory(process: u32, wanted: &[(&'static str, Vec<u8>)]) -> Option<Vec<&'static str>> {
    let maps = std::fs::read_to_string(format!("/proc/{process}/maps")).ok()?;
    let mut memory = std::fs::File::open(format!("/proc/{process}/mem")).ok()?;
    let mut found = Vec::new();
    for line in maps.lines() {
        let mut words = line.split_whitespace();
        let (range, rights) = (words.next()?, words.next()?);
        if !rights.starts_with("rw") {
            continue;
        }
        let (start, end) = range.split_once('-')?;
        let (start, end) = (u64::from_str_radix(start, 16).ok()?, u64::from_str_radix(end, 16).ok()?);
        let mut bytes = vec![0; usize::try_from(end - start).ok()?];
        if memory.seek(SeekFrom::Start(start)).is_err() || memory.read_exact(&mut bytes).is_err() {
            continue;
        }
        for (name, wanted) in wanted {
            if holds(&bytes, wanted) && !found.contains(name) {
                found.push(*name);
            }
        }
    }
    Some(found)
}

/// The 32 bytes behind `AGE-SECRET-KEY-1…` (Bech32).
fn raw(key: &str) -> Vec<u8> {
    const LETTERS: &str = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    let data = key.rsplit('1').next().unwrap().to_lowercase();
    let data = &data[..data.len() - 6];
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in data.chars() {
        held = (held << 5) | u32::try_from(LETTERS.find(letter).unwrap()).unwrap();
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((held >> bits) & 0xff).unwrap());
        }
    }
    assert_eq!(bytes.len(), 32);
    bytes
}

fn key_of(file: &Path) -> String {
    let mut identity = age::scrypt::Identity::new(SecretString::from(PASSPHRASE.to_owned()));
    identity.set_max_work_factor(20);
    let text = String::from_utf8(age::decrypt(&identity, &std::fs::read(file).unwrap()).unwrap()).unwrap();
    text.lines().find(|line| line.starts_with("AGE-SECRET-KEY")).unwrap().to_owned()
}

fn to_space(window: &mut Real<'_>) {
    window.tap("Settings");
    window.tap("My space");
}

/// Says a name, marks three therapists with a note beside one, and seals that.
fn mark(window: &mut Real<'_>) {
    window.tap("Choose");
    window.type_into("Person 1", NAME);
    window.tap("Alex");
    window.tap("Begin");
    for mark in ["Ada Test: Good", "Ben Sample: OK", "Cleo Demo: No"] {
        window.tap(mark);
    }
    window.tap("Note to myself on Cleo Demo");
    window.type_into("Note to myself on Cleo Demo", NOTE);
    window.tap("Next: the order");
    window.tap("I am done");
    window.shadow.see("You are done, Quillwort.");
    std::thread::sleep(Duration::from_secs(2));
    window.record("marked");
}

/// Names and marks: the bus and the log tell neither, the shared folder no marks.
fn only_where_it_belongs(stage: &Stage, traffic: &Path) {
    // What went over the bus is among the files that are searched now. The name of the program is in it, so it was heard.
    let said = std::fs::read(traffic).unwrap();
    assert!(holds(&said, b"app.sameside.Sameside"), "the program was not heard on the bus");
    for name in [NAME].iter().chain(&LISTED) {
        assert!(!holds(&said, name.as_bytes()), "{name} went over the bus");
        let log = std::fs::read(stage.folder.path().join("log")).unwrap();
        assert!(!holds(&log, name.as_bytes()), "{name} is in the log");
    }
    // The name is where it belongs, and so is the seal; who was marked how is not told.
    let below = files(&stage.data().join("shared"));
    let shared = |wanted: &str| below.iter().any(|path| holds(&std::fs::read(path).unwrap(), wanted.as_bytes()));
    assert!(shared(NAME) && shared("commitment"));
    for told in ["Good", "nonce", "AGE-SECRET"] {
        assert!(!shared(told), "{told} is in the shared folder");
    }
}

#[test]
fn what_is_written_in_a_sealed_space_is_found_nowhere_else() {
    if !can_run("secrecy") {
        return;
    }
    let stage = Stage::new(2);
    drop(welcomed(&stage.data()));
    let elsewhere = tempfile::tempdir().unwrap();
    let desk = Desk::new(welcomed(elsewhere.path()), &[], &mut Vec::new());
    let (monitor, traffic) = stage.record_bus();
    let mut window = Real::start(&stage, Sameside::new(desk, Page::Today, Appearance::default(), &[]));
    let process = window.child.0.id();
    let key_file = stage.data().join("private/spaces/one/identity.age");

    to_space(&mut window);
    window.tap("Set a passphrase");
    window.type_into("New passphrase", PASSPHRASE);
    window.type_into("The same once more", PASSPHRASE);
    window.tap("Seal my space");
    assert!(wait_for(LONG, || key_file.exists()), "the space was not sealed");
    let shelf = window.shadow.state.desk().shelf().unwrap().clone();
    // The shadow's own work goes on as well; only what comes of it has to be handed on.
    assert!(wait_for(LONG, || shelf.guard(Member::One) == Guard::Unlocked));
    let done = space::Message::Done(Part::Protect, Ok(None));
    let _ = window.shadow.state.update(Message::Screen(OnPage::Space(done)));
    std::thread::sleep(Duration::from_secs(1));
    window.record("sealed");

    window.tap("Exercises");
    window.tap("First, be curious");
    for name in ["Begin", "Next", "Next", "Next"] {
        window.tap(name);
    }
    window.type_into("Your answer", CANARY);
    std::thread::sleep(Duration::from_secs(2));
    window.record("written");
    mark(&mut window);

    let key = key_of(&key_file);
    let secrets = [
        ("what was written", CANARY.as_bytes().to_vec()),
        ("note beside a mark", NOTE.as_bytes().to_vec()),
        ("passphrase", PASSPHRASE.as_bytes().to_vec()),
        ("key", raw(&key)),
        ("key as text", key.as_bytes().to_vec()),
    ];
    match in_memory(process, &secrets) {
        None => println!("secrecy: the memory of another process cannot be read by this user; that part is skipped"),
        // That it is found while the space is open shows that it would be found.
        Some(found) => {
            let wanted = ["what was written", "note beside a mark", "key"];
            assert!(wanted.iter().all(|name| found.contains(name)), "{found:?}");
        }
    }

    to_space(&mut window);
    window.tap("Lock now");
    assert_eq!(window.shadow.state.desk().guard(Member::One), Guard::Locked);
    std::thread::sleep(Duration::from_secs(2));
    window.record("locked");
    if let Some(found) = in_memory(process, &secrets) {
        assert_eq!(found, Vec::<&str>::new(), "in the memory of a locked window");
    }

    // In again with the passphrase, and locked again: now the passphrase was typed at the door.
    window.type_into("Passphrase", PASSPHRASE);
    window.tap("Open");
    assert!(wait_for(LONG, || shelf.guard(Member::One) == Guard::Unlocked));
    let tried = door::Message::Tried(Member::One, Ok(()));
    let _ = window.shadow.state.update(Message::Screen(OnPage::Door(tried)));
    std::thread::sleep(Duration::from_secs(3));
    window.record("open-again");
    if let Some(found) = in_memory(process, &secrets) {
        assert!(found.contains(&"what was written"), "the space was not opened again: {found:?}");
    }
    window.tap("Lock now");
    std::thread::sleep(Duration::from_secs(2));
    if let Some(found) = in_memory(process, &secrets) {
        assert_eq!(found, Vec::<&str>::new(), "in the memory of a window that was locked twice");
    }

    drop(monitor);
    only_where_it_belongs(&stage, &traffic);

    // Nowhere on disk, this world's home and log included; nor in the environment or the arguments.
    for path in files(stage.folder.path()) {
        let bytes = std::fs::read(&path).unwrap_or_default();
        for (name, secret) in &secrets {
            assert!(!holds(&bytes, secret), "{name} is in {}", path.display());
        }
    }
    for what in ["environ", "cmdline"] {
        let bytes = std::fs::read(format!("/proc/{process}/{what}")).unwrap_or_default();
        assert!(secrets.iter().all(|(_, secret)| !holds(&bytes, secret)), "in {what}");
    }
    // The window was started with umask 000.
    for path in files(&stage.data().join("private")) {
        let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    let title = window.title();
    assert_eq!(title, "Sameside");
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits")).unwrap_or_default();
    let core = limits.lines().find(|line| line.starts_with("Max core")).unwrap_or_default();
    assert!(core.is_empty() || core.split_whitespace().nth(4) == Some("0"), "{core}");
}

/// A login manager that tells when the hold on sleep that it gave out is given back.
struct Manager(Sender<UnixStream>);

#[zbus::interface(name = "org.freedesktop.login1.Manager")]
#[allow(clippy::needless_pass_by_value, reason = "the bus hands values over")]
impl Manager {
    fn inhibit(&mut self, what: String, _who: String, _why: String, mode: String) -> zbus::zvariant::OwnedFd {
        assert_eq!((what.as_str(), mode.as_str()), ("sleep", "delay"));
        let (given, kept) = UnixStream::pair().unwrap();
        self.0.send(kept).unwrap();
        std::os::fd::OwnedFd::from(given).into()
    }
}

/// A folder with a sealed space in which something is written, and which locks itself after the shortest time there is.
fn sealed(root: &Path) {
    let shelf = welcomed(root);
    assert_eq!(shelf.protect(Member::One, &SecretString::from(PASSPHRASE.to_owned())).unwrap(), None);
    let mut invitation = Invitation::default();
    invitation.set_part(sameside::exercise::Part::Trial, "Once, and then we both decide.");
    invitation.edit(CANARY);
    shelf.save(&Place::Invitation(Member::One), &Invitation::default(), &invitation, When::Now);
    let person = Person { lock_after: 1, ..Person::default() };
    shelf.save(&Place::Person(Member::One), &Person::default(), &person, When::Now);
    let settings = shelf.load::<Settings>(&Place::Settings).value;
    shelf.save(&Place::Settings, &settings, &Settings { alone: true, ..settings.clone() }, When::Now);
    assert!(shelf.flush(LONG));
}

fn come_in(window: &mut Real<'_>) {
    let shelf = window.shadow.state.desk().shelf().unwrap().clone();
    window.type_into("Passphrase", PASSPHRASE);
    window.tap("Open");
    assert!(wait_for(LONG, || shelf.guard(Member::One) == Guard::Unlocked));
    let tried = door::Message::Tried(Member::One, Ok(()));
    let _ = window.shadow.state.update(Message::Screen(OnPage::Door(tried)));
}

/// Whether the window's memory tells what is written in the space; `None` if it may not be looked at.
fn is_open(process: u32) -> Option<bool> {
    in_memory(process, &[("what was written", CANARY.as_bytes().to_vec())]).map(|found| !found.is_empty())
}

#[test]
fn a_space_that_is_left_alone_locks_itself_and_takes_its_words_off_the_clipboard() {
    if !can_run("left alone") || !has("left alone", &["xclip"]) {
        return;
    }
    let stage = Stage::new(3);
    let (sender, holds) = channel();
    let builder = Builder::address(stage.bus.as_str()).unwrap().name("org.freedesktop.login1").unwrap();
    let manager = builder.serve_at("/org/freedesktop/login1", Manager(sender)).unwrap().build().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    sealed(&stage.data());
    sealed(elsewhere.path());
    let opening = Opening { work: Some(1), ..Opening::new(Role::Window) };
    let (shelf, _) = Shelf::open(elsewhere.path(), opening).unwrap();
    let desk = Desk::new(shelf, &[], &mut Vec::new());
    let mut window = Real::start(&stage, Sameside::new(desk, Page::Today, Appearance::default(), &[]));
    let process = window.child.0.id();
    if is_open(process).is_none() {
        return println!("left alone: skipped, because the memory of another process cannot be read by this user");
    }
    come_in(&mut window);
    assert!(wait_for(LONG, || is_open(process) == Some(true)), "the space was not opened");
    let mut hold = holds.recv_timeout(LONG).unwrap();

    window.tap("Your invitation");
    window.record("invitation");
    let before = Instant::now();
    window.tap("Copy");
    assert!(wait_for(LONG, || stage.clipboard() == CANARY), "{:?} was copied", stage.clipboard());
    assert!(wait_for(3 * LONG, || stage.clipboard().is_empty()), "it is still on the clipboard");
    let cleared = before.elapsed();
    assert!(cleared >= Duration::from_secs(30), "after {cleared:?}");
    assert_eq!(is_open(process), Some(true), "it locked itself before its time");
    // Nobody touches anything from here on.
    let is_locked = wait_for(5 * LONG, || is_open(process) == Some(false));
    let locked = before.elapsed();
    window.record("left-alone");
    assert!(is_locked, "it did not lock itself");
    assert!(locked >= Duration::from_mins(1), "it locked itself after {locked:?}");
    println!("left alone: off the clipboard after {cleared:.1?}, locked after {locked:.1?}");
    window.record("locked-itself");

    // Opened again, and then the computer goes to sleep: it may only once the space is locked.
    let _ = window.shadow.state.update(Message::NewsArrived(News::GoingToSleep(Hold::default())));
    come_in(&mut window);
    assert!(wait_for(LONG, || is_open(process) == Some(true)), "the space was not opened again");
    let interface = "org.freedesktop.login1.Manager";
    manager.emit_signal(None::<&str>, "/org/freedesktop/login1", interface, "PrepareForSleep", &(true,)).unwrap();
    hold.set_read_timeout(Some(LONG)).unwrap();
    assert_eq!(hold.read(&mut [0]).unwrap(), 0, "the hold was given back");
    assert_eq!(is_open(process), Some(false), "the computer may sleep, and the space is open");
}
