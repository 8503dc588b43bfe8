//! Calm words above a page: what happened, what was kept, and buttons that help.

use iced::Element;

use super::chrome::Message;
use super::ctx::Ctx;
use crate::store::Place;

/// Something to say.
#[derive(Debug, Clone, PartialEq)]
pub enum Banner {
    /// Something was done.
    Said(String),
    /// Something did not work.
    Trouble(String),
    /// A change is not on disk yet.
    Unsaved {
        /// Which file.
        place: Place,
        /// The words.
        words: String,
    },
    /// The shared folder is not there.
    Away(String),
    /// A file could not be read.
    Unreadable {
        /// The words.
        words: String,
        /// The file, if there is a good copy of it.
        restore: Option<Place>,
    },
}

/// What a button of a banner asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing more.
    Close,
    /// The folder.
    OpenFolder,
    /// Whether the shared folder is there again.
    LookAgain,
    /// The page of the shared folder.
    OpenSharing,
    /// The last good copy.
    Restore(Place),
}

impl Banner {
    /// Whether it stays when one goes to another page.
    #[must_use]
    pub const fn stays(&self) -> bool {
        !matches!(self, Self::Said(_))
    }

    /// Whether it says that this file is not saved.
    #[must_use]
    pub fn is_about(&self, place: &Place) -> bool {
        matches!(self, Self::Unsaved { place: unsaved, .. } if unsaved == place)
    }

    fn words(&self) -> &str {
        match self {
            Self::Said(words)
            | Self::Trouble(words)
            | Self::Away(words)
            | Self::Unsaved { words, .. }
            | Self::Unreadable { words, .. } => words,
        }
    }

    fn buttons(&self) -> Vec<(&'static str, Answer)> {
        match self {
            Self::Said(_) | Self::Trouble(_) => vec![("close", Answer::Close)],
            Self::Unsaved { .. } => vec![("open-folder", Answer::OpenFolder), ("close", Answer::Close)],
            Self::Away(_) => {
                vec![("share-look-again", Answer::LookAgain), ("share-keep-here", Answer::OpenSharing)]
            }
            Self::Unreadable { restore: None, .. } => {
                vec![("open-folder", Answer::OpenFolder), ("error-later", Answer::Close)]
            }
            Self::Unreadable { restore: Some(place), .. } => vec![
                ("error-unreadable-restore", Answer::Restore(place.clone())),
                ("open-folder", Answer::OpenFolder),
                ("error-later", Answer::Close),
            ],
        }
    }

    /// What the button at this place asks for.
    #[must_use]
    pub fn answer(&self, button: usize) -> Answer {
        self.buttons().into_iter().nth(button).map_or(Answer::Close, |(_, answer)| answer)
    }
}

/// Draws the banners.
pub fn view<'a>(banners: &'a [Banner], ctx: Ctx<'a>) -> Vec<Element<'a, Message>> {
    let look = ctx.look;
    banners
        .iter()
        .enumerate()
        .map(|(at, banner)| {
            let buttons = banner
                .buttons()
                .into_iter()
                .enumerate()
                .map(|(button, (key, _))| look.link(&ctx.text(key), Message::BannerAnswered(at, button)).into())
                .collect();
            if matches!(banner, Banner::Said(_)) {
                look.banner(banner.words(), buttons)
            } else {
                look.trouble(banner.words(), buttons)
            }
        })
        .collect()
}
