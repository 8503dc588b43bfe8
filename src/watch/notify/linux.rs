//! Notifications through `org.freedesktop.Notifications` on the session bus (Desktop Notifications 1.2).
//!
//! Own code rather than a crate, because the activation token and the end of the server must be heard as well.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::fdo::DBusProxy;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::names::BusName;
use zbus::zvariant::Value;
use zbus::{MatchRule, Message};

use super::{Answer, Note, Notifier, Shown, Unavailable};
use crate::watch::APP_ID;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
const CALM: &str = "calm";
const NOT_NOW: &str = "not-now";
/// A server that is slower than this is as good as none.
const PATIENCE: Duration = Duration::from_secs(10);

/// The session bus's notification server. Connected only while a notification is on the screen.
#[derive(Debug, Default)]
pub struct Linux {
    address: Option<String>,
    /// Id of the last notification, to replace it.
    last: Rc<Cell<u32>>,
}

impl Linux {
    /// The server on the bus at `address`, in D-Bus's own notation.
    #[must_use]
    pub fn at(address: &str) -> Self {
        Self { address: Some(address.to_owned()), ..Self::default() }
    }

    fn connect(&self) -> zbus::Result<Connection> {
        let builder = match &self.address {
            Some(address) => Builder::address(address.as_str())?,
            None => Builder::session()?,
        };
        builder.method_timeout(PATIENCE).build()
    }

    fn try_show(&self, note: &Note) -> zbus::Result<OnScreen> {
        let connection = self.connect()?;
        let bus = DBusProxy::new(&connection)?;
        // Listening comes first: an answer may be quicker than the reply to Notify.
        let messages = MessageIterator::from(connection.clone());
        bus.add_match_rule(MatchRule::builder().msg_type(Type::Signal).interface(NAME)?.path(PATH)?.build())?;
        let owner_changes = MatchRule::builder().msg_type(Type::Signal).interface(BUS)?.member("NameOwnerChanged")?;
        bus.add_match_rule(owner_changes.arg(0, NAME)?.build())?;
        let id = notify(&connection, note, self.last.get())?;
        self.last.set(id);
        let server = bus.get_name_owner(BusName::try_from(NAME)?)?.to_string();
        let (sender, answers) = channel();
        let ear = Ear { messages, id, server, sender };
        std::thread::Builder::new().stack_size(256 * 1024).spawn(move || ear.listen())?;
        Ok(OnScreen { connection, id, answers, last: Rc::clone(&self.last) })
    }
}

impl Notifier for Linux {
    fn show(&self, note: &Note) -> Result<Box<dyn Shown>, Unavailable> {
        match self.try_show(note) {
            Ok(shown) => Ok(Box::new(shown)),
            Err(error) => Err(Unavailable(error.to_string())),
        }
    }
}

fn notify(connection: &Connection, note: &Note, replaces: u32) -> zbus::Result<u32> {
    let hints: HashMap<&str, Value<'_>> = HashMap::from([
        ("desktop-entry", APP_ID.into()),
        // Normal: the highest one would break through do-not-disturb.
        ("urgency", 1_u8.into()),
        ("suppress-sound", true.into()),
        ("transient", false.into()),
        // GNOME: the text is not shown on the lock screen. Phosh: no buzzing.
        ("x-gnome-privacy-scope", "user".into()),
        ("x-phosh-fb-profile", "none".into()),
    ]);
    let actions = ["default", note.calm.as_str(), CALM, note.calm.as_str(), NOT_NOW, note.not_now.as_str()];
    let body = ("Sameside", replaces, APP_ID, note.title.as_str(), note.body.as_str(), &actions[..], hints, -1_i32);
    connection.call_method(Some(NAME), PATH, Some(NAME), "Notify", &body)?.body().deserialize()
}

struct OnScreen {
    connection: Connection,
    id: u32,
    answers: Receiver<Answer>,
    last: Rc<Cell<u32>>,
}

impl Shown for OnScreen {
    fn wait(&mut self, time: Duration) -> Answer {
        let answer = match self.answers.recv_timeout(time) {
            Ok(answer) => answer,
            Err(RecvTimeoutError::Timeout) => Answer::Nothing,
            Err(RecvTimeoutError::Disconnected) => Answer::Gone,
        };
        if answer == Answer::Gone {
            // A new server has ids of its own.
            self.last.set(0);
        }
        answer
    }

    fn withdraw(self: Box<Self>) {
        // Some servers keep showing it after an answer. If this one is gone, so is the notification.
        let _ = self.connection.call_method(Some(NAME), PATH, Some(NAME), "CloseNotification", &self.id);
    }
}

impl Drop for OnScreen {
    fn drop(&mut self) {
        // Ends the listening thread.
        let _ = self.connection.clone().close();
    }
}

/// Listens to the server's signals on a thread that sleeps until one comes.
struct Ear {
    messages: MessageIterator,
    id: u32,
    server: String,
    sender: Sender<Answer>,
}

impl Ear {
    fn listen(mut self) {
        let mut token = None;
        while let Some(Ok(message)) = self.messages.next() {
            if let Some(answer) = heard(&message, self.id, &self.server, &mut token) {
                let _ = self.sender.send(answer);
                return;
            }
        }
        let _ = self.sender.send(Answer::Gone);
    }
}

/// The answer that a message brings, if it is one; a token is kept for the answer that follows it.
fn heard(message: &Message, id: u32, server: &str, token: &mut Option<String>) -> Option<Answer> {
    let header = message.header();
    if header.message_type() != Type::Signal {
        return None;
    }
    let body = message.body();
    let sender = header.sender()?.as_str();
    let member = header.member()?.as_str();
    if sender == BUS && member == "NameOwnerChanged" {
        let (name, _, new): (&str, &str, &str) = body.deserialize().ok()?;
        return (name == NAME && new != server).then_some(Answer::Gone);
    }
    if sender != server {
        return None;
    }
    match member {
        "ActivationToken" => {
            let (of, given): (u32, String) = body.deserialize().ok()?;
            if of == id {
                *token = Some(given);
            }
            None
        }
        "ActionInvoked" => {
            let (of, action): (u32, &str) = body.deserialize().ok()?;
            let answer = if action == NOT_NOW { Answer::NotNow } else { Answer::Calm { token: token.take() } };
            (of == id).then_some(answer)
        }
        "NotificationClosed" => {
            let (of, reason): (u32, u32) = body.deserialize().ok()?;
            // 1 is "expired", 2 "dismissed by the user"; 3 and 4 can only mean that somebody else closed it.
            (of == id).then_some(if reason == 1 { Answer::Expired } else { Answer::Dismissed })
        }
        _ => None,
    }
}
