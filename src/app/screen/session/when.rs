//! Days and times as people type them. What is in doubt is not guessed.

use jiff::civil::{Date, Time};

use crate::directory::fold::fold;

/// Endings of `1st`, `2nd`, `3rd`, `4th`, `1er`.
const ORDINALS: [&str; 5] = ["st", "nd", "rd", "th", "er"];

/// Reads a day: `2026-12-03`, `3 December`, `Dec 3, 2026`, `31/12`. A day without a year is the next one from `today`
/// on. `months` are the months' names in the language of the page. `3/12` could be two days, so it is none.
#[must_use]
pub fn parse_date(text: &str, today: Date, months: &[String]) -> Option<Date> {
    if let Ok(date) = text.trim().parse::<Date>() {
        return Some(date);
    }
    let folded = fold(&text.replace(['-', '–', '/', '.', ','], " "));
    let mut numbers: Vec<i16> = Vec::new();
    let mut month: Option<i16> = None;
    for word in folded.split_whitespace() {
        if word.starts_with(|letter: char| letter.is_ascii_digit()) {
            let digits = ORDINALS.into_iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word);
            numbers.push(digits.parse().ok()?);
        } else if let Some(found) = month_of(word, months) {
            month = Some(found);
        }
    }
    let (year, month, day) = match (month, numbers.as_slice()) {
        (Some(month), [day]) => (None, month, *day),
        (Some(month), [first, second]) if *second > 31 => (Some(*second), month, *first),
        (Some(month), [first, second]) if *first > 31 => (Some(*first), month, *second),
        (None, [year, month, day]) if *year > 31 => (Some(*year), *month, *day),
        (None, [day, month, rest @ ..]) if *day > 12 => (rest.first().copied(), *month, *day),
        (None, [month, day, rest @ ..]) if *day > 12 => (rest.first().copied(), *month, *day),
        _ => return None,
    };
    let of = |year: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match year {
        Some(year) if year < 100 => of(year + 2000),
        Some(year) => of(year),
        None => of(today.year()).filter(|date| *date >= today).or_else(|| of(today.year() + 1)),
    }
}

/// The number of a month by its name or the first three letters of it (four where three fit two months).
fn month_of(word: &str, months: &[String]) -> Option<i16> {
    if word.chars().count() < 3 {
        return None;
    }
    let mut fitting = (1_i16..).zip(months).filter(|(_, name)| fold(name).starts_with(word));
    let (number, _) = fitting.next()?;
    fitting.next().is_none().then_some(number)
}

/// Reads a time of day: `18:30`, `18h30`, `18 h`, `6:30 pm`, `6pm`. A bare number is none.
#[must_use]
pub fn parse_time(text: &str) -> Option<Time> {
    let text: String = fold(text).chars().filter(|letter| !letter.is_whitespace() && *letter != '.').collect();
    let (clock, half) = match (text.strip_suffix("pm"), text.strip_suffix("am")) {
        (Some(clock), _) => (clock, Some(12)),
        (_, Some(clock)) => (clock, Some(0)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = match clock.split_once([':', 'h']) {
        Some((hour, minute)) => (hour, minute.trim_end_matches("min")),
        None if half.is_some() => (clock, ""),
        None => return None,
    };
    let minute: i8 = if minute.is_empty() { 0 } else { minute.parse().ok()? };
    let hour: i8 = hour.parse().ok()?;
    let hour = match half {
        None => hour,
        Some(half) if (1..=12).contains(&hour) => hour % 12 + half,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;
    use crate::locale::{Language, Texts};

    fn months(language: Language) -> Vec<String> {
        super::super::months(&Texts::new(language))
    }

    #[test]
    fn days_as_people_type_them() {
        let today = date(2026, 11, 28);
        let (en, fr) = (months(Language::En), months(Language::Fr));
        for (text, months, day) in [
            ("2026-12-03", &en, Some(date(2026, 12, 3))),
            (" 2026/12/3 ", &en, Some(date(2026, 12, 3))),
            ("3 December", &en, Some(date(2026, 12, 3))),
            ("Thursday, Dec. 3rd", &en, Some(date(2026, 12, 3))),
            ("jan 5", &en, Some(date(2027, 1, 5))),
            ("Nov 28", &en, Some(today)),
            ("Nov 20, 2026", &en, Some(date(2026, 11, 20))),
            ("31/12", &en, Some(date(2026, 12, 31))),
            ("12/31/26", &en, Some(date(2026, 12, 31))),
            ("3 décembre", &fr, Some(date(2026, 12, 3))),
            ("1er août", &fr, Some(date(2027, 8, 1))),
            ("le jeudi 3 déc. 2026", &fr, Some(date(2026, 12, 3))),
            ("3/12", &en, None),
            ("jui 3", &fr, None),
            ("32 December", &en, None),
            ("Feb 30", &en, None),
            ("2026-12-10x", &en, None),
            ("soon", &en, None),
            ("", &en, None),
            ("99999 1 1", &en, None),
        ] {
            assert_eq!(parse_date(text, today, months), day, "{text:?}");
        }
    }

    #[test]
    fn times_as_people_type_them() {
        for (text, at) in [
            ("18:30", Some(time(18, 30, 0, 0))),
            ("18h30", Some(time(18, 30, 0, 0))),
            ("18 h", Some(time(18, 0, 0, 0))),
            ("18 h 05", Some(time(18, 5, 0, 0))),
            ("6:30 pm", Some(time(18, 30, 0, 0))),
            ("6 p.m.", Some(time(18, 0, 0, 0))),
            ("12 am", Some(time(0, 0, 0, 0))),
            ("12:15 PM", Some(time(12, 15, 0, 0))),
            ("6", None),
            ("13 pm", None),
            ("25:00", None),
            ("18:75", None),
            ("", None),
        ] {
            assert_eq!(parse_time(text), at, "{text:?}");
        }
    }
}
