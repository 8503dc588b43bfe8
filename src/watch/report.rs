//! What the reminder would do, in words: for `moments`, and for "why so quiet?" in the window.

use jiff::Zoned;
use jiff::fmt::temporal::DateTimePrinter;

use crate::locale::Texts;
use crate::moment::{About, Forecast, Foresight, Rule};

/// One sentence for each window: the date, from when to when, what would happen, and the rule behind a silence.
/// Without any window one sentence says so.
#[must_use]
pub fn sentences(texts: &Texts, forecasts: &[Forecast]) -> Vec<String> {
    if forecasts.is_empty() {
        let rule = texts.get(Rule::NoWindows.key());
        return vec![texts.with("watch-moments-none", &[("rule", rule.into())])];
    }
    forecasts.iter().map(|forecast| sentence(texts, forecast)).collect()
}

fn sentence(texts: &Texts, forecast: &Forecast) -> String {
    let time = |at: &Zoned| texts.time(at.time());
    let mut args = vec![
        ("date", texts.date(forecast.start.date()).into()),
        ("start", time(&forecast.start).into()),
        ("end", time(&forecast.end).into()),
    ];
    let key = match &forecast.what {
        Foresight::Speaks(at, about) => {
            args.push(("at", time(at).into()));
            match about {
                About::Asking => "watch-moment-speaks",
                About::NextStep => "watch-moment-next-step",
            }
        }
        Foresight::Silent(rule) => {
            args.push(("rule", texts.get(rule.key()).into()));
            "watch-moment-silent"
        }
    };
    texts.with(key, &args)
}

/// One line for each window, for `moments`: four columns for programs, parted by single spaces, then the sentence.
///
/// `START END speaks AT  sentence` or `START END quiet RULE  sentence`, the times as `2026-11-28T10:00:00-05:00`; where
/// there is no window at all, one line with `- - quiet no-windows`.
#[must_use]
pub fn report(texts: &Texts, forecasts: &[Forecast]) -> String {
    let columns = forecasts.iter().map(|forecast| {
        let what = match &forecast.what {
            Foresight::Speaks(at, _) => format!("speaks {}", instant(at)),
            Foresight::Silent(rule) => format!("quiet {}", rule.name()),
        };
        format!("{} {} {what}", instant(&forecast.start), instant(&forecast.end))
    });
    let mut columns: Vec<String> = columns.collect();
    if columns.is_empty() {
        columns.push(format!("- - quiet {}", Rule::NoWindows.name()));
    }
    let lines = columns.into_iter().zip(sentences(texts, forecasts));
    lines.map(|(columns, sentence)| format!("{columns}  {sentence}\n")).collect()
}

/// A time with its offset, so that the hour that comes twice in autumn is told apart.
fn instant(at: &Zoned) -> String {
    DateTimePrinter::new().timestamp_with_offset_to_string(&at.timestamp(), at.offset())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::couple::Word;
    use crate::locale::Language;
    use crate::moment::{Plan, Spoken, Week, forecast};
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn every_window_has_its_line() {
        let plan = Plan { on: true, safety_seen: true, week: Week::weekend_mornings(), ..Plan::default() };
        let zone = TimeZone::posix("EST5EDT,M3.2.0,M11.1.0").unwrap();
        let from = date(2026, 11, 23).at(8, 0, 0, 0).to_zoned(zone).unwrap();
        let told = forecast(&plan, &Spoken::default(), Word::Open, &from, 7);
        let english = "2026-11-28T10:00:00-05:00 2026-11-28T11:30:00-05:00 speaks 2026-11-28T10:00:00-05:00  \
            Saturday, November 28, 10:00 am to 11:30 am: speaks at 10:00 am.\n\
            2026-11-29T10:00:00-05:00 2026-11-29T11:30:00-05:00 quiet too-soon  \
            Sunday, November 29, 10:00 am to 11:30 am: quiet. \
            It came up not long ago. At least two weeks lie between two times.\n";
        assert_eq!(report(&Texts::new(Language::En), &told), english);
        let french = sentences(&Texts::new(Language::Fr), &told).join("\n");
        assert!(french.starts_with("samedi 28 novembre, 10 h à 11 h 30\u{a0}: parle à 10 h."), "{french}");
        assert!(report(&Texts::new(Language::En), &[]).starts_with("- - quiet no-windows  No quiet time"));
    }

    #[test]
    fn every_rule_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for rule in Rule::ALL {
                assert_ne!(texts.get(rule.key()), rule.key());
                let basis = rule.basis_key().unwrap_or(rule.key());
                assert_ne!(texts.get(basis), basis);
            }
        }
    }
}
