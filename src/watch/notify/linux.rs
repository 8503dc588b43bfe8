//! Notifications through `org.freedesktop.Notifications` on the session bus (Desktop Notifications 1.2).
//!
//! Own code rather than a crate, because the activation token and the end of the server must be heard as well. All of
//! it runs on the thread that calls: zbus's blocking API starts a thread for every core, which costs memory.

use std::cell::Cell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

use futures_lite::{StreamExt, future};
use sameside_native::Changes;
use tokio::runtime::{self, Runtime};
use zbus::connection::Builder;
use zbus::fdo::DBusProxy;
use zbus::message::Type;
use zbus::names::BusName;
use zbus::zvariant::Value;
use zbus::{Connection, MatchRule, Message, MessageStream};

use super::{Answer, Note, Notifier, Shown, Unavailable};
use crate::watch::APP_ID;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
const BUS: &str = "org.freedesktop.DBus";
const OPEN: &str = "open";
const NOT_NOW: &str = "not-now";
/// A kind of our own: those of the specification (mail, calls, transfers) would be untrue, and some shells give them
/// a sound or a place on the lock screen.
const CATEGORY: &str = "x-sameside.note";
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

    async fn connect(&self) -> zbus::Result<Connection> {
        let builder = match &self.address {
            Some(address) => Builder::address(address.as_str())?,
            None => Builder::session()?,
        };
        builder.method_timeout(PATIENCE).build().await
    }

    async fn try_show(&self, note: &Note) -> zbus::Result<(Connection, Ear)> {
        let connection = self.connect().await?;
        let bus = DBusProxy::new(&connection).await?;
        // Listening comes first: an answer may be quicker than the reply to Notify.
        let messages = MessageStream::from(&connection);
        bus.add_match_rule(MatchRule::builder().msg_type(Type::Signal).interface(NAME)?.path(PATH)?.build()).await?;
        let owner_changes = MatchRule::builder().msg_type(Type::Signal).interface(BUS)?.member("NameOwnerChanged")?;
        bus.add_match_rule(owner_changes.arg(0, NAME)?.build()).await?;
        let id = notify(&connection, note, self.last.get()).await?;
        self.last.set(id);
        let server = bus.get_name_owner(BusName::try_from(NAME)?).await?.to_string();
        Ok((connection, Ear { messages, id, server, token: None }))
    }
}

impl Notifier for Linux {
    fn show(&self, note: &Note, beside: &[PathBuf]) -> Result<Box<dyn Shown>, Unavailable> {
        let told = |error: &dyn std::fmt::Display| Unavailable(error.to_string());
        let runtime =
            runtime::Builder::new_current_thread().enable_io().enable_time().build().map_err(|error| told(&error))?;
        let (connection, ear) = runtime.block_on(self.try_show(note)).map_err(|error| told(&error))?;
        let changes = runtime.block_on(async { Changes::of(beside.to_vec()) });
        Ok(Box::new(OnScreen { connection, ear, changes, waited: false, runtime, last: Rc::clone(&self.last) }))
    }
}

async fn notify(connection: &Connection, note: &Note, replaces: u32) -> zbus::Result<u32> {
    let hints: HashMap<&str, Value<'_>> = HashMap::from([
        ("desktop-entry", APP_ID.into()),
        ("category", CATEGORY.into()),
        // Normal: the highest one would break through do-not-disturb.
        ("urgency", 1_u8.into()),
        ("suppress-sound", true.into()),
        ("transient", false.into()),
        // GNOME: the text is not shown on the lock screen. Phosh: no buzzing.
        ("x-gnome-privacy-scope", "user".into()),
        ("x-phosh-fb-profile", "none".into()),
    ]);
    let actions = ["default", note.open.as_str(), OPEN, note.open.as_str(), NOT_NOW, note.not_now.as_str()];
    let body = ("Sameside", replaces, APP_ID, note.title.as_str(), note.body.as_str(), &actions[..], hints, -1_i32);
    connection.call_method(Some(NAME), PATH, Some(NAME), "Notify", &body).await?.body().deserialize()
}

struct OnScreen {
    connection: Connection,
    ear: Ear,
    changes: Changes,
    waited: bool,
    /// Last, so that it outlives what runs on it.
    runtime: Runtime,
    last: Rc<Cell<u32>>,
}

impl Shown for OnScreen {
    fn wait(&mut self, time: Duration) -> Answer {
        if !std::mem::replace(&mut self.waited, true) {
            // What showing it needed is not needed for waiting.
            sameside_native::give_back_code();
        }
        let changed = async {
            self.changes.next().await;
            Answer::Nothing
        };
        let heard = future::or(self.ear.listen(), changed);
        let over = async {
            sameside_native::after(time).await;
            Answer::Nothing
        };
        let answer = self.runtime.block_on(future::or(heard, over));
        if answer == Answer::Gone {
            // A new server has ids of its own.
            self.last.set(0);
        }
        answer
    }

    fn withdraw(self: Box<Self>) {
        // Some servers keep showing it after an answer. If this one is gone, so is the notification.
        let call = self.connection.call_method(Some(NAME), PATH, Some(NAME), "CloseNotification", &self.ear.id);
        let _ = self.runtime.block_on(call);
        drop(self);
        sameside_native::give_back_code();
    }
}

/// Listens to the server's signals.
struct Ear {
    messages: MessageStream,
    id: u32,
    server: String,
    /// Comes before the answer that it belongs to.
    token: Option<String>,
}

impl Ear {
    async fn listen(&mut self) -> Answer {
        while let Some(Ok(message)) = self.messages.next().await {
            if let Some(answer) = heard(&message, self.id, &self.server, &mut self.token) {
                return answer;
            }
        }
        Answer::Gone
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
            let answer = if action == NOT_NOW { Answer::NotNow } else { Answer::Opened { token: token.take() } };
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
