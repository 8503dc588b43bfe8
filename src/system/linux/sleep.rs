//! The login manager's word that the computer goes to sleep: `org.freedesktop.login1` on the system bus.

use std::time::Duration;
use zbus::MatchRule;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::OwnedFd;

use crate::system::{Hold, OnSleep};

const NAME: &str = "org.freedesktop.login1";
const PATH: &str = "/org/freedesktop/login1";
const INTERFACE: &str = "org.freedesktop.login1.Manager";

/// Longer than any login manager takes to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// Locking may wait two seconds for the disk.
const LOCKING: Duration = Duration::from_secs(4);

/// Calls `on_sleep` whenever the computer is about to sleep, on a thread of its own that sleeps itself until then.
pub fn before_sleep(on_sleep: OnSleep) {
    follow(None, on_sleep);
}

/// As [`before_sleep`], on the bus at `address` in D-Bus's own notation.
pub fn before_sleep_at(address: &str, on_sleep: OnSleep) {
    follow(Some(address.to_owned()), on_sleep);
}

fn follow(address: Option<String>, on_sleep: OnSleep) {
    let thread = std::thread::Builder::new().name("sleep".to_owned());
    // Without a bus or a login manager the thread ends: then the clock on the wall has to do.
    let _ = thread.spawn(move || drop(listen(address.as_deref(), &on_sleep)));
}

fn listen(address: Option<&str>, on_sleep: &OnSleep) -> zbus::Result<()> {
    let builder = match address {
        Some(address) => Builder::address(address)?,
        None => Builder::system()?,
    };
    let connection = builder.method_timeout(PATIENCE).build()?;
    let messages = MessageIterator::from(connection.clone());
    let rule = MatchRule::builder().msg_type(Type::Signal).sender(NAME)?.path(PATH)?.interface(INTERFACE)?;
    DBusProxy::new(&connection)?.add_match_rule(rule.member("PrepareForSleep")?.build())?;
    let mut hold = hold_up(&connection);
    for message in messages {
        let message = message?;
        let header = message.header();
        if header.member().is_none_or(|member| member.as_str() != "PrepareForSleep") {
            continue;
        }
        let Ok(begins) = message.body().deserialize::<bool>() else { continue };
        if begins {
            let (awake, done) = Hold::new();
            on_sleep(awake);
            // The login manager waits until this is given back, five seconds at most.
            let _ = done.recv_timeout(LOCKING);
            drop(hold.take());
        } else {
            hold = hold_up(&connection);
        }
    }
    Ok(())
}

/// Asks the login manager to wait a moment before it puts the computer to sleep.
fn hold_up(connection: &Connection) -> Option<OwnedFd> {
    let reply = connection.call_method(
        Some(NAME),
        PATH,
        Some(INTERFACE),
        "Inhibit",
        &("sleep", "Sameside", "saves what is open", "delay"),
    );
    reply.ok()?.body().deserialize::<OwnedFd>().ok()
}
