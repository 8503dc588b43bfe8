//! What is written in a space with a passphrase, through the real window, is found nowhere else.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::io::{Read, Seek, SeekFrom};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use age::secrecy::SecretString;
use common::real::{Real, Stage, can_run};
use common::wait_for;
use sameside::app::desk::Desk;
use sameside::app::nav::Page;
use sameside::app::screen::space::Part;
use sameside::app::screen::{Message as OnPage, door, space};
use sameside::app::{Message, Sameside};
use sameside::couple::Member;
use sameside::locale::Language;
use sameside::store::settings::Settings;
use sameside::store::{Guard, Opening, Place, Role, Shelf, When};
use sameside::system::Appearance;

const PASSPHRASE: &str = "kettle orbit maple nine";
const CANARY: &str = "zanzibar is what I fear";
const LONG: Duration = Duration::from_secs(30);

fn welcomed(root: &Path) -> Shelf {
    let (shelf, _) = Shelf::open(root, Opening { work: Some(1), ..Opening::new(Role::Window) }).unwrap();
    let new = Settings { welcomed: true, language: Some(Language::En), ..Settings::default() };
    shelf.save(&Place::Settings, &Settings::default(), &new, When::Now);
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

#[test]
fn what_is_written_in_a_sealed_space_is_found_nowhere_else() {
    if !can_run("secrecy") {
        return;
    }
    let stage = Stage::new(2);
    drop(welcomed(&stage.data()));
    let elsewhere = tempfile::tempdir().unwrap();
    let desk = Desk::new(welcomed(elsewhere.path()), &[], &mut Vec::new());
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

    let key = key_of(&key_file);
    let secrets = [
        ("what was written", CANARY.as_bytes().to_vec()),
        ("passphrase", PASSPHRASE.as_bytes().to_vec()),
        ("key", raw(&key)),
        ("key as text", key.as_bytes().to_vec()),
    ];
    match in_memory(process, &secrets) {
        None => println!("secrecy: the memory of another process cannot be read by this user; that part is skipped"),
        // That it is found while the space is open shows that it would be found.
        Some(found) => assert!(found.contains(&"what was written") && found.contains(&"key"), "{found:?}"),
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
