//! Friendly checks while a record is filled in. A hint never stops anyone from saving; only an empty name does.

use crate::directory::{Money, Therapist, fold};

/// Something about one field that may be a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Name of the field in [`Therapist`].
    pub field: &'static str,
    /// Name of the text that says what to look at.
    pub key: &'static str,
}

/// Everything that looks like a slip in `therapist`, in the order of the form. At most one hint per field.
#[must_use]
pub fn problems(therapist: &Therapist) -> Vec<Hint> {
    let mut hints = Vec::new();
    let mut hint = |field, key, wrong: bool| {
        if wrong {
            hints.push(Hint { field, key });
        }
    };
    hint("name", "hint-name-missing", therapist.name.trim().is_empty());
    hint(
        "licence_board",
        "hint-web",
        !therapist.licence_board.is_empty() && !is_web(&therapist.licence_board),
    );
    hint("npi", "hint-npi", !therapist.npi.is_empty() && !is_npi(&therapist.npi));
    hint("phones", "hint-phone", therapist.phones.iter().any(|phone| !is_phone(phone)));
    hint("mails", "hint-mail", therapist.mails.iter().any(|mail| !is_mail(mail)));
    hint("webs", "hint-web", therapist.webs.iter().any(|web| !is_web(web)));
    hint("couples_share", "hint-couples-share", therapist.couples_share.is_some_and(|share| share > 100));
    hint("years", "hint-years", therapist.years.is_some_and(|years| years > 70));
    hint(
        "session_minutes",
        "hint-session-minutes",
        therapist.session_minutes.is_some_and(|m| !(15..=480).contains(&m)),
    );
    hint("fee", "hint-currency", therapist.fee.as_ref().is_some_and(|fee| !is_currency(fee)));
    hints
}

/// One `@` with something before it and a name with a dot behind it. Deliberately no stricter: RFC 5321 allows a lot.
pub(super) fn is_mail(mail: &str) -> bool {
    let mail = mail.trim();
    let Some((user, host)) = mail.rsplit_once('@') else { return false };
    let inner_dot = host.split('.').count() > 1 && host.split('.').all(|label| !label.is_empty());
    !user.is_empty() && inner_dot && !mail.contains(char::is_whitespace)
}

/// A web address, with or without `https://` in front.
pub(super) fn is_web(web: &str) -> bool {
    let web = web.trim();
    let rest = match web.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https") => rest,
        Some(_) => return false,
        None => web,
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.contains('.')
        && !host.contains('@')
        && !web.contains(char::is_whitespace)
        && host.split('.').all(|label| !label.is_empty())
}

/// 7 to 15 digits (E.164) and, apart from an extension behind them, no letters.
fn is_phone(phone: &str) -> bool {
    let first = phone.trim_start().chars().next();
    first.is_some_and(|c| c.is_ascii_digit() || c == '+' || c == '(')
        && (7..=15).contains(&fold::phone_digits(phone).len())
}

/// Ten digits with the Luhn check digit that is computed with 80840 in front (45 CFR 162.406 and the CMS paper on it).
pub(super) fn is_npi(npi: &str) -> bool {
    let npi = npi.trim();
    if npi.len() != 10 || !npi.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // 24 is what the five digits 80840 add to the sum.
    let sum = npi.bytes().rev().enumerate().fold(24_u32, |sum, (place, byte)| {
        let digit = u32::from(byte - b'0');
        sum + if place % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
    });
    sum % 10 == 0
}

/// Three capitals, or nothing said.
fn is_currency(fee: &Money) -> bool {
    fee.currency.is_empty() || (fee.currency.len() == 3 && fee.currency.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(therapist: &Therapist) -> Vec<&'static str> {
        problems(therapist).into_iter().map(|hint| hint.field).collect()
    }

    #[test]
    fn only_the_name_is_needed() {
        assert_eq!(fields(&Therapist::default()), ["name"]);
        assert_eq!(fields(&Therapist { name: "  ".into(), ..Therapist::default() }), ["name"]);
        assert!(fields(&Therapist { name: "Exemple".into(), ..Therapist::default() }).is_empty());
    }

    #[test]
    fn good_values_raise_nothing() {
        let good = Therapist {
            name: "Exemple".into(),
            phones: vec!["+1 (418) 555-0100".into(), "418 555 0100 ext. 3".into(), "01 99 00 12 34".into()],
            mails: vec!["a.b+c@exemple.test".into()],
            webs: vec!["exemple.test".into(), "https://www.exemple.test/a?b=c".into()],
            npi: "1234567893".into(),
            couples_share: Some(100),
            session_minutes: Some(50),
            fee: Some(Money::new(15_000, "CAD")),
            ..Therapist::default()
        };
        assert!(fields(&good).is_empty(), "{:?}", fields(&good));
    }

    #[test]
    fn slips_are_named() {
        let bad = Therapist {
            name: "Exemple".into(),
            phones: vec!["418 555-0100".into(), "call me".into()],
            mails: vec!["exemple.test".into()],
            webs: vec!["ftp://exemple.test".into()],
            licence_board: "the board".into(),
            npi: "1234567890".into(),
            couples_share: Some(101),
            years: Some(200),
            session_minutes: Some(5),
            fee: Some(Money::new(1, "Dollars")),
            ..Therapist::default()
        };
        let expected =
            ["licence_board", "npi", "phones", "mails", "webs", "couples_share", "years", "session_minutes", "fee"];
        assert_eq!(fields(&bad), expected);
        for mail in ["a@", "@b.test", "a b@c.test", "a@b", "a@b..test"] {
            assert!(!is_mail(mail), "{mail}");
        }
        for phone in ["", "12", "12345678901234567", "call 418 555 0100"] {
            assert!(!is_phone(phone), "{phone}");
        }
    }
}
