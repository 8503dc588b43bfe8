//! What a phone number, a mail address, a web page and an address are as links that the system opens.

use std::fmt::Write;

use crate::directory::{Therapist, phones};
use crate::locale::country_of_system;

/// The country in which a therapist's numbers are dialled: their own, or that of the system's language, or Canada.
#[must_use]
pub fn country_of(therapist: &Therapist) -> String {
    let own = phones::country_code(&therapist.country);
    own.or_else(country_of_system).unwrap_or_else(|| "CA".to_owned())
}

/// A link that calls `phone`, written in the country of that code, if there are digits in it. An extension is passed on
/// (RFC 3966). A number that no country knows is dialled as written.
#[must_use]
pub fn call(phone: &str, country: &str) -> Option<String> {
    if let Some(number) = phones::read(phone, country) {
        let extension = if number.extension.is_empty() { String::new() } else { format!(";ext={}", number.extension) };
        return Some(format!("tel:{}{extension}", number.e164));
    }
    let end = phone.find(|c: char| c.is_alphabetic() || c == '#').unwrap_or(phone.len());
    let (number, rest) = phone.split_at(end);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let main = digits(number);
    if main.is_empty() {
        return None;
    }
    let plus = if number.trim_start().starts_with('+') { "+" } else { "" };
    let extension = digits(rest);
    let extension = if extension.is_empty() { extension } else { format!(";ext={extension}") };
    Some(format!("tel:{plus}{main}{extension}"))
}

/// A link that begins a mail to `address`, if it is one.
#[must_use]
pub fn mail(address: &str) -> Option<String> {
    let address = address.trim();
    let plain = address.contains('@') && !address.contains(|c: char| c.is_whitespace() || c.is_control());
    plain.then(|| format!("mailto:{}", encoded(address, "@+")))
}

/// A link to a web page; other kinds of link, such as files, are not opened.
#[must_use]
pub fn web(page: &str) -> Option<String> {
    let page = page.trim();
    if page.is_empty() || page.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return None;
    }
    match page.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http") => {
            Some(page.to_owned())
        }
        Some(_) => None,
        None if page.contains('.') => Some(format!("https://{page}")),
        None => None,
    }
}

/// A link to a map that looks for `address`.
#[must_use]
pub fn map(address: &str) -> Option<String> {
    let address = address.trim();
    (!address.is_empty()).then(|| format!("https://www.openstreetmap.org/search?query={}", encoded(address, "")))
}

/// Percent-encoded but for what is safe anywhere (RFC 3986, unreserved) and `also`.
fn encoded(text: &str, also: &str) -> String {
    let mut link = String::new();
    for byte in text.bytes() {
        let c = char::from(byte);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || also.contains(c) {
            link.push(c);
        } else {
            // Writing into a string cannot fail.
            let _ = write!(link, "%{byte:02X}");
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_called_in_their_country() {
        assert_eq!(call("+1 (418) 555-0100", "FR").as_deref(), Some("tel:+14185550100"));
        assert_eq!(call("418 555-0100 ext. 3", "CA").as_deref(), Some("tel:+14185550100;ext=3"));
        assert_eq!(call("418 555-0100 poste 12", "CA").as_deref(), Some("tel:+14185550100;ext=12"));
        assert_eq!(call("555-0100 ext. 3", "CA").as_deref(), Some("tel:5550100;ext=3"));
        assert_eq!(call("by mail only", "CA"), None);
    }

    #[test]
    fn mails_bring_nothing_else_along() {
        assert_eq!(mail(" anne+a@example.org ").as_deref(), Some("mailto:anne+a@example.org"));
        assert_eq!(
            mail("a@example.org?bcc=b@example.org").as_deref(),
            Some("mailto:a@example.org%3Fbcc%3Db@example.org")
        );
        assert_eq!(mail("anne"), None);
    }

    #[test]
    fn only_web_pages_are_opened() {
        assert_eq!(web("www.example.org/a?b").as_deref(), Some("https://www.example.org/a?b"));
        assert_eq!(web("http://example.org").as_deref(), Some("http://example.org"));
        for other in ["file:///etc/passwd", "javascript:alert(1)", "ftp://example.org", "", "a b.org", "example"] {
            assert_eq!(web(other).filter(|link| !link.starts_with("https://")), None, "{other}");
        }
        assert_eq!(web("file:///etc/passwd"), None);
    }

    #[test]
    fn addresses_are_looked_up() {
        let link = map("1, rue d’Exemple, Lévis").unwrap();
        assert_eq!(link, "https://www.openstreetmap.org/search?query=1%2C%20rue%20d%E2%80%99Exemple%2C%20L%C3%A9vis");
        assert_eq!(map(" "), None);
    }
}
