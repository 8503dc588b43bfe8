//! Pictures of the door and of what guards a space.

use super::{Preset, Set, now, to};
use crate::app::hidden::Hidden;
use crate::app::nav::Page;
use crate::app::screen::space::Part;
use crate::app::screen::{self, door, keeping, sharing, space};
use crate::app::{Message, Sameside};
use crate::couple::{Each, Member};
use crate::store::archive::{Contents, Kept};
use crate::store::sharing::{Offer, ShareError};
use crate::store::{Guard, SaveError, SpaceError};

/// What is drawn of them in a preset: a name, and how to get there.
pub(super) fn scenes(preset: Preset) -> Vec<(&'static str, Set)> {
    if preset != Preset::HalfWay {
        return Vec::new();
    }
    vec![
        ("door-who", |state| shut(state, true)),
        ("door", |state| shut(state, false)),
        ("door-wrong", |state| {
            shut(state, false);
            at_door(state, [door::Message::Tried(Member::One, Err(SpaceError::Wrong))]);
        }),
        ("door-forgotten", |state| {
            shut(state, false);
            at_door(state, [door::Message::ForgottenChosen]);
        }),
        ("door-recovery", |state| {
            shut(state, false);
            let typed = door::Message::NewTyped(Hidden::new("kettle orbit".to_owned()));
            at_door(state, [door::Message::RecoveryChosen, typed]);
        }),
        ("door-afresh", |state| {
            shut(state, false);
            at_door(state, [door::Message::AfreshChosen]);
        }),
        ("keeping", |state| to(state, Page::Keeping)),
        ("keeping-make", |state| keeping(state, [keeping::Message::PartChosen(keeping::Part::Make)])),
        ("keeping-preview", |state| {
            let mut contents = Contents { made: now().timestamp(), therapists: 5, ..Contents::default() };
            (contents.spaces.one, contents.spaces.two) = (Kept::Plain, Kept::Sealed);
            let looked = keeping::Message::LookedInto(Ok(contents));
            keeping(state, [keeping::Message::PartChosen(keeping::Part::PutBack), looked]);
        }),
        ("keeping-erase", |state| keeping(state, [keeping::Message::PartChosen(keeping::Part::EraseAll)])),
        ("keeping-erase-shared", |state| {
            state.desk_mut().pretend_shared("/home/sam/Sync/Sameside".into());
            keeping(state, [keeping::Message::PartChosen(keeping::Part::EraseAll)]);
        }),
        ("sharing", |state| to(state, Page::Sharing)),
        ("sharing-error", |state| {
            let path = "/home/sam/Sync/notes.txt".to_owned();
            sharing(state, [sharing::Message::PathEdited(path), looked(Err(ShareError::NotFolder))]);
        }),
        ("sharing-new", |state| sharing(state, [looked(Ok(offer(false)))])),
        ("sharing-join", |state| {
            sharing(state, [looked(Ok(offer(true))), sharing::Message::WhoChosen(Member::Two)]);
        }),
        ("sharing-done", |state| {
            state.desk_mut().pretend_shared("/home/sam/Sync/Sameside".into());
            sharing(state, [sharing::Message::Shared(Ok(()))]);
        }),
        ("sharing-now", |state| {
            state.desk_mut().pretend_shared("/home/sam/Sync/Sameside".into());
            to(state, Page::Sharing);
        }),
        ("sharing-away", |state| {
            state.desk_mut().pretend_shared("/media/sam/STICK/Sameside".into());
            state.desk_mut().pretend_shared_away();
            to(state, Page::Sharing);
        }),
        ("space-plain", |state| to(state, Page::Space)),
        ("space-protect", |state| {
            to(state, Page::Space);
            let typed = [
                space::Message::PartChosen(Part::Protect),
                space::Message::NewTyped(Hidden::new("kettle orbit maple nine".to_owned())),
                space::Message::AgainTyped(Hidden::new("kettle orbit".to_owned())),
            ];
            in_space(state, typed);
        }),
        ("space-sealed", |state| sealed(state, [])),
        ("space-change", |state| sealed(state, [space::Message::PartChosen(Part::Change)])),
        ("space-remove", |state| {
            let wrong = space::Message::Done(Part::Remove, Err(SpaceError::Wrong));
            sealed(state, [space::Message::PartChosen(Part::Remove), wrong]);
        }),
        ("space-recovery-key", |state| {
            let key = "AGE-SECRET-KEY-1QQPQYPQXPQ9QCRSSZG2PVXQ6RS0ZQG3YYC5Z5TPWXQERGD3C8G7RUSQZZZZZZ";
            sealed(state, [space::Message::KeyMade(Ok(Hidden::new(key.to_owned())))]);
        }),
        ("space-done", |state| {
            let left = SaveError::Locked("private/spaces/one/progress".into());
            sealed(state, [space::Message::Done(Part::Protect, Ok(Some(left)))]);
        }),
    ]
}

fn shut(state: &mut Sameside, asks_who: bool) {
    state.desk.pretend(Member::One, Guard::Locked);
    state.asks_who = asks_who;
    let _ = state.show();
}

fn at_door<const N: usize>(state: &mut Sameside, messages: [door::Message; N]) {
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Door(message)));
    }
}

fn sealed<const N: usize>(state: &mut Sameside, messages: [space::Message; N]) {
    state.desk.pretend(Member::One, Guard::Unlocked);
    to(state, Page::Space);
    in_space(state, messages);
}

fn in_space<const N: usize>(state: &mut Sameside, messages: [space::Message; N]) {
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Space(message)));
    }
}

fn keeping<const N: usize>(state: &mut Sameside, messages: [keeping::Message; N]) {
    to(state, Page::Keeping);
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Keeping(message)));
    }
}

fn sharing(state: &mut Sameside, messages: impl IntoIterator<Item = sharing::Message>) {
    to(state, Page::Sharing);
    for message in messages {
        let _ = state.update(Message::Screen(screen::Message::Sharing(message)));
    }
}

fn looked(found: Result<Offer, ShareError>) -> sharing::Message {
    sharing::Message::Looked(found)
}

fn offer(joins: bool) -> Offer {
    let [one, two] = if joins { ["Ana", "Ben"] } else { ["", ""] }.map(str::to_owned);
    Offer {
        folder: "/home/sam/Sync/Sameside".into(),
        joins,
        names: Each { one, two },
        asks_who: joins,
        there: if joins { 7 } else { 0 },
        ours: 5,
        leaves_round: joins,
    }
}
