//! One session as a calendar file (RFC 5545), written by `calcard`. It says as little as a calendar may tell whoever
//! looks over a shoulder: the words come from the caller, and are neutral.

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarAction, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarParameter,
    ICalendarProperty,
};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What goes into the file.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What the calendar shows: neutral words.
    pub summary: &'a str,
    /// When it begins, on the clock of `zone`.
    pub starts: DateTime,
    /// How long it lasts, in minutes.
    pub minutes: u16,
    /// Where the session takes place on the globe.
    pub zone: &'a TimeZone,
    /// Room or address; empty for none.
    pub place: &'a str,
    /// Link for a session by video; empty for none.
    pub link: &'a str,
    /// How long before it the one reminder comes, in minutes.
    pub remind_before: u32,
    /// Names this entry for good, so that a second file about the same session replaces the first.
    pub uid: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// Longer or shorter sessions than this are not planned: when no length was noted.
pub const USUAL_MINUTES: u16 = 60;

fn two(number: i8) -> Option<u8> {
    u8::try_from(number).ok()
}

fn local(at: DateTime) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(at.year()).ok(),
        month: two(at.month()),
        day: two(at.day()),
        hour: two(at.hour()),
        minute: two(at.minute()),
        second: Some(0),
        ..PartialDateTime::default()
    }
}

fn utc(at: Timestamp) -> PartialDateTime {
    PartialDateTime { tz_hour: Some(0), tz_minute: Some(0), ..local(at.to_zoned(TimeZone::UTC).datetime()) }
}

fn offset(seconds: i32) -> PartialDateTime {
    let minutes = seconds.unsigned_abs() / 60;
    PartialDateTime {
        tz_hour: u8::try_from(minutes / 60).ok(),
        tz_minute: u8::try_from(minutes % 60).ok(),
        tz_minus: seconds < 0,
        ..PartialDateTime::default()
    }
}

/// The text of the calendar file, with its time zone spelt out and one reminder.
#[must_use]
pub fn write(entry: &Entry<'_>) -> String {
    let mut calendar = ICalendar { components: vec![ICalendarComponent::new(ICalendarComponentType::VCalendar)] };
    let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
    event.add_uid(entry.uid);
    event.add_dtstamp(utc(entry.now));
    let starts = entry.zone.to_ambiguous_zoned(entry.starts).compatible().ok();
    let ends = entry.starts.saturating_add(SignedDuration::from_mins(i64::from(entry.minutes)));
    match (entry.zone.iana_name(), &starts) {
        (Some(name), Some(starts)) if name != "UTC" => {
            add(&mut calendar, 0, zone(name, entry.zone, starts.timestamp()));
            let within = || [ICalendarParameter::tzid(name.to_owned())];
            event.add_property_with_params(ICalendarProperty::Dtstart, within(), local(entry.starts));
            event.add_property_with_params(ICalendarProperty::Dtend, within(), local(ends));
        }
        (_, Some(starts)) => {
            let last = starts.timestamp().saturating_add(SignedDuration::from_mins(i64::from(entry.minutes)));
            event.add_property(ICalendarProperty::Dtstart, utc(starts.timestamp()));
            event.add_property(ICalendarProperty::Dtend, utc(last.unwrap_or(starts.timestamp())));
        }
        // Only past the end of jiff's calendar: the clock alone then.
        _ => {
            event.add_property(ICalendarProperty::Dtstart, local(entry.starts));
            event.add_property(ICalendarProperty::Dtend, local(ends));
        }
    }
    event.add_property(ICalendarProperty::Summary, entry.summary);
    if !entry.place.trim().is_empty() {
        event.add_property(ICalendarProperty::Location, entry.place.trim());
    }
    if !entry.link.trim().is_empty() {
        event.add_property(ICalendarProperty::Url, entry.link.trim());
    }
    let mut alarm = ICalendarComponent::new(ICalendarComponentType::VAlarm);
    alarm.add_property(ICalendarProperty::Action, ICalendarAction::Display);
    alarm.add_property(ICalendarProperty::Description, entry.summary);
    let before = ICalendarDuration { neg: true, minutes: entry.remind_before, ..ICalendarDuration::default() };
    alarm.add_property(ICalendarProperty::Trigger, before);
    let at = add(&mut calendar, 0, (event, Vec::new()));
    add(&mut calendar, at, (alarm, Vec::new()));
    if let Some(head) = calendar.components.first_mut() {
        head.add_property(ICalendarProperty::Version, "2.0");
        head.add_property(ICalendarProperty::Prodid, "-//Sameside//EN");
    }
    calendar.to_string()
}

/// Puts a component and those inside it under the one numbered `under`; returns its number.
fn add(calendar: &mut ICalendar, under: usize, (outer, inner): (ICalendarComponent, Vec<ICalendarComponent>)) -> usize {
    let number = calendar.components.len();
    calendar.components.push(outer);
    if let Some(above) = calendar.components.get_mut(under) {
        above.component_ids.push(u32::try_from(number).unwrap_or(u32::MAX));
    }
    for component in inner {
        add(calendar, number, (component, Vec::new()));
    }
    number
}

/// The time zone around a moment: the rule that holds then, and the one that comes after it.
fn zone(name: &str, zone: &TimeZone, at: Timestamp) -> (ICalendarComponent, Vec<ICalendarComponent>) {
    let mut outer = ICalendarComponent::new(ICalendarComponentType::VTimezone);
    outer.add_property(ICalendarProperty::Tzid, name);
    let now = zone.preceding(at.saturating_add(SignedDuration::from_secs(1)).unwrap_or(at)).next();
    let next = zone.following(at).next();
    let mut rules = Vec::new();
    for transition in [now, next].into_iter().flatten() {
        let at = transition.timestamp();
        let before = zone.to_offset(at.saturating_sub(SignedDuration::from_secs(1)).unwrap_or(at));
        rules.push(rule(
            transition.dst().is_dst(),
            before.to_datetime(at),
            (before.seconds(), transition.offset().seconds()),
            transition.abbreviation(),
        ));
    }
    if rules.is_empty() {
        let info = zone.to_offset_info(at);
        let always = info.offset().seconds();
        rules.push(rule(false, jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0), (always, always), info.abbreviation()));
    }
    (outer, rules)
}

fn rule(summer: bool, from: DateTime, offsets: (i32, i32), name: &str) -> ICalendarComponent {
    let kind = if summer { ICalendarComponentType::Daylight } else { ICalendarComponentType::Standard };
    let mut rule = ICalendarComponent::new(kind);
    rule.add_property(ICalendarProperty::Dtstart, local(from));
    rule.add_property(ICalendarProperty::Tzoffsetfrom, offset(offsets.0));
    rule.add_property(ICalendarProperty::Tzoffsetto, offset(offsets.1));
    rule.add_property(ICalendarProperty::Tzname, name);
    rule
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry<'a>(zone: &'a TimeZone) -> Entry<'a> {
        Entry {
            summary: "Appointment",
            starts: jiff::civil::date(2026, 12, 3).at(18, 30, 0, 0),
            minutes: 50,
            zone,
            place: "2, rue Exemple; 3e étage, Gatineau",
            link: "https://example.org/a?b=c",
            remind_before: 60,
            uid: "a1@sameside",
            now: "2026-11-24T12:00:00Z".parse().unwrap(),
        }
    }

    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").replace("\r\n\t", "").lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_file_has_its_zone_one_reminder_and_no_word_of_what_it_is() {
        let Ok(zone) = TimeZone::get("America/Toronto") else { return };
        let text = write(&entry(&zone));
        let lines = unfolded(&text);
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "TZID:America/Toronto",
            "DTSTART;TZID=America/Toronto:20261203T183000",
            "DTEND;TZID=America/Toronto:20261203T192000",
            "DTSTAMP:20261124T120000Z",
            "SUMMARY:Appointment",
            "LOCATION:2\\, rue Exemple\\; 3e étage\\, Gatineau",
            "ACTION:DISPLAY",
            "TRIGGER:-PT60M",
        ] {
            assert!(
                lines.iter().any(|other| other == line || (line.starts_with("TRIGGER") && other == "TRIGGER:-PT1H")),
                "{line}\n{text}"
            );
        }
        assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VALARM").count(), 1);
        // In November the clocks go back at two in the morning, in March forward.
        let from = lines.iter().position(|line| line == "BEGIN:STANDARD").unwrap();
        let standard = &lines[from..from + 5];
        assert!(standard.contains(&"DTSTART:20261101T020000".to_owned()), "{standard:?}");
        assert!(standard.contains(&"TZOFFSETFROM:-0400".to_owned()), "{standard:?}");
        assert!(standard.contains(&"TZOFFSETTO:-0500".to_owned()), "{standard:?}");
        assert!(lines.contains(&"DTSTART:20270314T020000".to_owned()), "{text}");
        assert!(!text.to_lowercase().contains("therap") && !text.to_lowercase().contains("couple"), "{text}");
        assert_eq!(lines.first().map(String::as_str), Some("BEGIN:VCALENDAR"));
        assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    }

    #[test]
    fn a_zone_without_a_name_becomes_utc() {
        let zone = TimeZone::fixed(jiff::tz::offset(-5));
        let lines = unfolded(&write(&entry(&zone)));
        assert!(lines.contains(&"DTSTART:20261203T233000Z".to_owned()), "{lines:?}");
        assert!(!lines.iter().any(|line| line == "BEGIN:VTIMEZONE"));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let Ok(zone) = TimeZone::get("Europe/Paris") else { return };
        let text = write(&Entry { place: "", link: "", ..entry(&zone) });
        let read = ICalendar::parse(&text).unwrap();
        let kinds: Vec<_> = read.components.iter().map(|component| component.component_type.as_str()).collect();
        for kind in ["VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT", "VALARM"] {
            assert!(kinds.contains(&kind), "{kinds:?}");
        }
    }
}
