//! A name on the session bus, with `org.freedesktop.Application` behind it (Desktop Entry 1.5, D-Bus activation).

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};
use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::zvariant::{OwnedValue, Value};

use super::{Claim, OnOpen, Request};
use crate::watch::APP_ID;

const PATH: &str = "/app/sameside/Sameside";
const INTERFACE: &str = "org.freedesktop.Application";
const OPEN_AT: &str = "open-at";
const TOKEN: &str = "activation-token";
const STARTUP_ID: &str = "desktop-startup-id";
/// A window that takes longer to answer hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// Holds the name, if there is a bus. It sleeps until a call comes.
pub struct Guard {
    held: Option<(Connection, String)>,
}

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some((connection, name)) = self.held.take() {
            // Given back at once, so that a start right after this one finds the way free.
            let _ = connection.release_name(name.as_str());
            let _ = connection.close();
        }
    }
}

pub(super) fn claim(root: &Path, request: &Request, on_open: OnOpen) -> Claim {
    Builder::session().map_or(Claim::First(Guard { held: None }), |bus| on_bus(bus, root, request, on_open))
}

/// As [`super::claim`], on the bus at `address` in D-Bus's own notation.
#[must_use]
pub fn claim_at(address: &str, root: &Path, request: &Request, on_open: OnOpen) -> Claim {
    Builder::address(address).map_or(Claim::First(Guard { held: None }), |bus| on_bus(bus, root, request, on_open))
}

fn on_bus(bus: Builder<'static>, root: &Path, request: &Request, on_open: OnOpen) -> Claim {
    let free = Claim::First(Guard { held: None });
    let name = name(root);
    // The object comes with the connection, before the name: nobody calls a name behind which nothing is. (Added later
    // it would need a running Tokio, which there is none of yet.)
    let Ok(connection) = bus.method_timeout(PATIENCE).serve_at(PATH, Application { on_open }).and_then(Builder::build)
    else {
        return free;
    };
    // Neither replaces the first one nor lets a later one replace us, and does not queue.
    match connection.request_name_with_flags(name.as_str(), zbus::fdo::RequestNameFlags::DoNotQueue.into()) {
        Ok(zbus::fdo::RequestNameReply::PrimaryOwner | zbus::fdo::RequestNameReply::AlreadyOwner) => {
            Claim::First(Guard { held: Some((connection, name)) })
        }
        Ok(zbus::fdo::RequestNameReply::Exists | zbus::fdo::RequestNameReply::InQueue)
        | Err(zbus::Error::NameTaken) => {
            Claim::AlreadyRunning { reached: hand_over(&connection, &name, request).is_ok() }
        }
        Err(_) => free,
    }
}

fn hand_over(connection: &Connection, name: &str, request: &Request) -> zbus::Result<()> {
    let mut platform: HashMap<&str, Value<'_>> = HashMap::new();
    if let Some(token) = &request.token {
        platform.insert(TOKEN, token.as_str().into());
        platform.insert(STARTUP_ID, token.as_str().into());
    }
    match &request.at {
        Some(at) => {
            let body = (OPEN_AT, vec![Value::from(at.as_str())], platform);
            connection.call_method(Some(name), PATH, Some(INTERFACE), "ActivateAction", &body)?;
        }
        None => {
            connection.call_method(Some(name), PATH, Some(INTERFACE), "Activate", &platform)?;
        }
    }
    Ok(())
}

/// The bus name of a data folder: the application id and a part made of the folder's path, which begins with a letter
/// as bus names ask.
fn name(root: &Path) -> String {
    let root = root.canonicalize().or_else(|_| std::path::absolute(root)).unwrap_or_else(|_| root.to_owned());
    let digest = Sha256::digest(root.as_os_str().as_encoded_bytes());
    let mut name = format!("{APP_ID}.d");
    for byte in digest.iter().take(8) {
        name.push_str(&format!("{byte:02x}"));
    }
    name
}

struct Application {
    on_open: OnOpen,
}

type Platform = HashMap<String, OwnedValue>;

fn token(platform: &Platform) -> Option<String> {
    let text = |name| platform.get(name).and_then(|value| <&str>::try_from(value).ok());
    text(TOKEN).or_else(|| text(STARTUP_ID)).map(str::to_owned)
}

#[zbus::interface(name = "org.freedesktop.Application")]
impl Application {
    #[allow(clippy::needless_pass_by_value, reason = "the bus hands values over")]
    fn activate(&self, platform_data: Platform) {
        (self.on_open)(Request { at: None, token: token(&platform_data) });
    }

    /// Sameside opens no files by name this way; it comes to the front.
    #[allow(clippy::needless_pass_by_value, reason = "the bus hands values over")]
    fn open(&self, _uris: Vec<String>, platform_data: Platform) {
        (self.on_open)(Request { at: None, token: token(&platform_data) });
    }

    #[allow(clippy::needless_pass_by_value, reason = "the bus hands values over")]
    fn activate_action(&self, action_name: &str, parameter: Vec<OwnedValue>, platform_data: Platform) {
        let at = parameter.first().and_then(|value| <&str>::try_from(value).ok()).map(str::to_owned);
        let at = at.filter(|_| action_name == OPEN_AT);
        (self.on_open)(Request { at, token: token(&platform_data) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_fit_for_the_bus_and_one_for_each_folder() {
        let (one, two) = (name(Path::new("/tmp/a")), name(Path::new("/tmp/b")));
        assert_ne!(one, two);
        assert!(zbus::names::WellKnownName::try_from(one.as_str()).is_ok(), "{one}");
        assert_eq!(name(Path::new("/tmp/../tmp")), name(Path::new("/tmp")));
    }
}
