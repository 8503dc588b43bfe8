//! The settings portal, `org.freedesktop.portal.Settings` on the session bus.

mod sleep;

use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};
use zbus::{MatchRule, Message};

pub use sleep::{before_sleep, before_sleep_at};

use super::{Appearance, OnChange, Scheme};

const NAME: &str = "org.freedesktop.portal.Desktop";
const PATH: &str = "/org/freedesktop/portal/desktop";
const INTERFACE: &str = "org.freedesktop.portal.Settings";
const LOOKS: &str = "org.freedesktop.appearance";
const GNOME: &str = "org.gnome.desktop.interface";
const SETTINGS: [(&str, &str); 4] =
    [(LOOKS, "color-scheme"), (LOOKS, "contrast"), (LOOKS, "reduced-motion"), (GNOME, "enable-animations")];
/// The first frame does not wait longer for the portal.
const AT_START: Duration = Duration::from_millis(300);
/// A portal may have to be started first.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) fn appearance(on_change: OnChange) -> Appearance {
    follow(None, on_change)
}

/// As [`super::appearance`], on the bus at `address` in D-Bus's own notation.
#[must_use]
pub fn appearance_at(address: &str, on_change: OnChange) -> Appearance {
    follow(Some(address.to_owned()), on_change)
}

fn follow(address: Option<String>, on_change: OnChange) -> Appearance {
    let (sender, first) = channel();
    let thread = std::thread::Builder::new().name("appearance".to_owned());
    // Without a bus or portal the thread ends, and the sender with it. Nothing to tell: the default look is fine.
    let spawned = thread.spawn(move || drop(listen(address.as_deref(), &sender, &on_change)));
    spawned.ok().and_then(|_| first.recv_timeout(AT_START).ok()).unwrap_or_default()
}

fn listen(address: Option<&str>, first: &Sender<Appearance>, on_change: &OnChange) -> zbus::Result<()> {
    let builder = match address {
        Some(address) => Builder::address(address)?,
        None => Builder::session()?,
    };
    let connection = builder.method_timeout(PATIENCE).build()?;
    let messages = MessageIterator::from(connection.clone());
    let rule = MatchRule::builder().msg_type(Type::Signal).interface(INTERFACE)?.member("SettingChanged")?;
    DBusProxy::new(&connection)?.add_match_rule(rule.path(PATH)?.build())?;
    let mut known = Known::default();
    for (namespace, key) in SETTINGS {
        // A missing setting is an error reply; a missing portal is one as well, and then there is nothing to follow.
        match read(&connection, namespace, key) {
            Ok(value) => known.learn(namespace, key, &value),
            Err(error) if is_absent(&error) => return Err(error),
            Err(_) => {}
        }
    }
    let mut appearance = known.appearance();
    if first.send(appearance).is_err() {
        on_change(appearance);
    }
    for message in messages {
        if let Some((namespace, key, value)) = changed(&message?) {
            known.learn(&namespace, &key, &value);
            if known.appearance() != appearance {
                appearance = known.appearance();
                on_change(appearance);
            }
        }
    }
    Ok(())
}

/// `ReadOne` is the present call; older portals have `Read`, which wraps the value once more.
fn read(connection: &Connection, namespace: &str, key: &str) -> zbus::Result<OwnedValue> {
    let call = |method| connection.call_method(Some(NAME), PATH, Some(INTERFACE), method, &(namespace, key));
    match call("ReadOne") {
        Err(zbus::Error::MethodError(name, ..)) if name.as_str().ends_with(".UnknownMethod") => {
            call("Read")?.body().deserialize()
        }
        reply => reply?.body().deserialize(),
    }
}

fn is_absent(error: &zbus::Error) -> bool {
    let zbus::Error::MethodError(name, ..) = error else { return true };
    ["ServiceUnknown", "NameHasNoOwner", "NoReply", "UnknownObject", "UnknownInterface"]
        .iter()
        .any(|kind| name.as_str().ends_with(kind))
}

fn changed(message: &Message) -> Option<(String, String, OwnedValue)> {
    let header = message.header();
    let is_change = header.message_type() == Type::Signal && header.member()?.as_str() == "SettingChanged";
    if is_change { message.body().deserialize().ok() } else { None }
}

/// What is known of each setting.
#[derive(Default)]
struct Known {
    scheme: Scheme,
    high_contrast: bool,
    reduced: Option<bool>,
    animations: Option<bool>,
}

impl Known {
    fn learn(&mut self, namespace: &str, key: &str, value: &Value<'_>) {
        match (namespace, key) {
            (LOOKS, "color-scheme") => {
                self.scheme = match number(value) {
                    Some(1) => Scheme::Dark,
                    Some(2) => Scheme::Light,
                    _ => Scheme::Unknown,
                }
            }
            (LOOKS, "contrast") => self.high_contrast = number(value) == Some(1),
            (LOOKS, "reduced-motion") => self.reduced = number(value).map(|wish| wish == 1),
            (GNOME, "enable-animations") => self.animations = truth(value),
            _ => {}
        }
    }

    fn appearance(&self) -> Appearance {
        Appearance {
            scheme: self.scheme,
            high_contrast: self.high_contrast,
            // The older setting speaks where the newer one is absent.
            reduced_motion: self.reduced.unwrap_or(self.animations == Some(false)),
        }
    }
}

fn number(value: &Value<'_>) -> Option<u32> {
    match value {
        Value::Value(inner) => number(inner),
        Value::U32(number) => Some(*number),
        _ => None,
    }
}

fn truth(value: &Value<'_>) -> Option<bool> {
    match value {
        Value::Value(inner) => truth(inner),
        Value::Bool(truth) => Some(*truth),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_understood_wrapped_or_not() {
        let mut known = Known::default();
        known.learn(LOOKS, "color-scheme", &Value::Value(Box::new(Value::U32(1))));
        known.learn(LOOKS, "contrast", &Value::U32(1));
        known.learn(GNOME, "enable-animations", &Value::Bool(false));
        let expected = Appearance { scheme: Scheme::Dark, high_contrast: true, reduced_motion: true };
        assert_eq!(known.appearance(), expected);
        known.learn(LOOKS, "reduced-motion", &Value::U32(0));
        assert!(!known.appearance().reduced_motion, "the newer setting has the say");
        known.learn(LOOKS, "color-scheme", &Value::U32(7));
        assert_eq!(known.appearance().scheme, Scheme::Unknown);
    }

    #[test]
    fn without_a_bus_nothing_is_known_and_nothing_waits() {
        let address = "unix:path=/nowhere/bus";
        assert_eq!(appearance_at(address, Box::new(|_| {})), Appearance::default());
    }
}
