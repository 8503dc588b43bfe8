//! The command `moments` in words.

use jiff::Zoned;

use crate::locale::Texts;
use crate::moment::{Forecast, Foresight, Rule};

/// One line for each window: the date, from when to when, what would happen, and the rule behind a silence.
/// Without any window one line says so.
#[must_use]
pub fn report(texts: &Texts, forecasts: &[Forecast]) -> String {
    if forecasts.is_empty() {
        let rule = texts.get(Rule::NoWindows.key());
        return texts.with("watch-moments-none", &[("rule", rule.into())]) + "\n";
    }
    let mut lines = String::new();
    for forecast in forecasts {
        let time = |at: &Zoned| texts.time(at.time());
        let mut args = vec![
            ("date", texts.date(forecast.start.date()).into()),
            ("start", time(&forecast.start).into()),
            ("end", time(&forecast.end).into()),
        ];
        let key = match &forecast.what {
            Foresight::Speaks(at) => {
                args.push(("at", time(at).into()));
                "watch-moment-speaks"
            }
            Foresight::Silent(rule) => {
                args.push(("rule", texts.get(rule.key()).into()));
                "watch-moment-silent"
            }
        };
        lines.push_str(&texts.with(key, &args));
        lines.push('\n');
    }
    lines
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
        let english = "Saturday, November 28, 10:00 am to 11:30 am: speaks at 10:00 am.\n\
            Sunday, November 29, 10:00 am to 11:30 am: quiet. \
            It came up not long ago. At least two weeks lie between two times.\n";
        assert_eq!(report(&Texts::new(Language::En), &told), english);
        let french = report(&Texts::new(Language::Fr), &told);
        assert!(french.starts_with("samedi 28 novembre, 10 h à 11 h 30\u{a0}: parle à 10 h."), "{french}");
        assert!(report(&Texts::new(Language::En), &[]).contains("No quiet time is set."));
    }

    #[test]
    fn every_rule_has_words_in_both_languages() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for rule in Rule::ALL {
                assert_ne!(texts.get(rule.key()), rule.key());
            }
        }
    }
}
