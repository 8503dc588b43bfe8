//! Calendar file and contact, opened with the desktop's own apps: a made-up app in a home of its own is the default for
//! both and keeps what it is given.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "these are tests")]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use calcard::icalendar::{ICalendarComponentType, ICalendarProperty};
use calcard::{Entry, Parser};
use common::tasks::{open, run_all};
use common::{PHONE, Story, wait_for};
use sameside::app::nav::Page;
use sameside::app::preset::{Preset, state};
use sameside::locale::Language;

/// Names the home in which the second process of the test is to run.
const INSIDE: &str = "SAMESIDE_TEST_OPENED";

/// Says why a test is skipped; fails where skipping is not allowed.
fn skipped(why: &str) {
    assert!(std::env::var_os("SAMESIDE_REAL_TESTS").is_none(), "{why}");
    println!("opening with other apps: skipped, because {why}");
}

fn has(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().is_ok_and(|found| found.status.success())
}

/// A home with one app in it, which copies each file it is given to `given-<name>` there.
fn home(at: &Path) {
    let apps = at.join(".local/share/applications");
    fs::create_dir_all(&apps).unwrap();
    fs::create_dir_all(at.join(".config")).unwrap();
    fs::create_dir_all(at.join("tmp")).unwrap();
    let keeper = at.join("keeper");
    let script = "#!/bin/sh\ncp \"$1\" \"$HOME/new-$(basename \"$1\")\" && cd \"$HOME\" && mv \"new-$(basename \"$1\")\" \"given-$(basename \"$1\")\"\n";
    fs::write(&keeper, script).unwrap();
    fs::set_permissions(&keeper, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let kinds = ["text/calendar", "text/vcard", "text/x-vcard"];
    fs::write(
        apps.join("keeper.desktop"),
        format!(
            "[Desktop Entry]\nType=Application\nName=Keeper\nExec={} %f\nMimeType={};\n",
            keeper.display(),
            kinds.join(";")
        ),
    )
    .unwrap();
    let defaults: String = kinds.iter().map(|kind| format!("{kind}=keeper.desktop\n")).collect();
    fs::write(at.join(".config/mimeapps.list"), format!("[Default Applications]\n{defaults}")).unwrap();
}

/// In the second process: the couple plans the session and taps both buttons.
fn inside() {
    let mut story = Story::new(state(Preset::Agreed, Language::En, |_| {}), PHONE);
    open(&mut story, Page::Session);
    for button in ["Put it in the calendar", "Save as a contact"] {
        let messages = story.messages_of_tap(button);
        assert_eq!(messages.len(), 1, "{button}");
        messages.into_iter().for_each(|message| run_all(&mut story, message));
        story.see_not("could not be opened");
    }
}

#[test]
fn the_calendar_file_and_the_contact_reach_the_desktops_own_apps() {
    if std::env::var_os(INSIDE).is_some() {
        return inside();
    }
    for program in ["xdg-open", "xdg-mime"] {
        if !has(program) {
            return skipped(&format!("{program} is not on this machine"));
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    home(at);
    let mut second = Command::new(std::env::current_exe().unwrap());
    second.args(["--exact", "the_calendar_file_and_the_contact_reach_the_desktops_own_apps", "--nocapture"]);
    second.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env(INSIDE, at).env("HOME", at);
    second.env("XDG_CONFIG_HOME", at.join(".config")).env("XDG_DATA_HOME", at.join(".local/share"));
    // xdg-open looks at files only where there is a display; nothing connects to this one.
    second.env("TMPDIR", at.join("tmp")).env("DISPLAY", ":64321").env("LANG", "en_CA.UTF-8");
    let done = second.output().unwrap();
    assert!(
        done.status.success(),
        "{}{}",
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr)
    );
    let (calendar, contact) = (at.join("given-appointment.ics"), at.join("given-contact.vcf"));
    assert!(
        wait_for(Duration::from_secs(60), || calendar.exists() && contact.exists()),
        "nothing was given to the app"
    );
    calendar_is_neutral(&fs::read_to_string(calendar).unwrap());
    let text = fs::read_to_string(contact).unwrap();
    let Entry::VCard(card) = Parser::new(&text).entry() else { unreachable!("{text}") };
    assert!(card.entries.iter().any(|entry| entry.name == calcard::vcard::VCardProperty::Tel), "{text}");
    assert!(!text.to_lowercase().contains("couple"), "{text}");
}

/// One event in a time zone that is spelt out, with exactly one alarm, and no word of what it is about.
fn calendar_is_neutral(text: &str) {
    let Entry::ICalendar(calendar) = Parser::new(text).entry() else { unreachable!("{text}") };
    let of = |kind: &ICalendarComponentType| {
        calendar.components.iter().filter(|component| component.component_type == *kind).collect::<Vec<_>>()
    };
    let events = of(&ICalendarComponentType::VEvent);
    assert_eq!(events.len(), 1, "{text}");
    assert_eq!(of(&ICalendarComponentType::VTimezone).len(), 1, "{text}");
    assert!(text.contains("DTSTART;TZID=America/Toronto:"), "{text}");
    let alarms = of(&ICalendarComponentType::VAlarm);
    assert_eq!(alarms.len(), 1, "{text}");
    let says = |component: &calcard::icalendar::ICalendarComponent, name: &ICalendarProperty| {
        component.entries.iter().any(|entry| entry.name == *name)
    };
    assert!(
        says(alarms[0], &ICalendarProperty::Trigger) && says(alarms[0], &ICalendarProperty::Description),
        "{text}"
    );
    assert!(says(events[0], &ICalendarProperty::Uid) && says(events[0], &ICalendarProperty::Dtstamp), "{text}");
    let lower = text.to_lowercase();
    for word in ["therap", "couple", "counsel", "marriage", "relationship", "sameside test", "jonah", "amélie"] {
        assert!(!lower.contains(word), "{word}: {text}");
    }
}
