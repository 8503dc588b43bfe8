//! A space gets a passphrase, another key, or none any more: all its files are written anew, in one step that a crash
//! cannot tear.
//!
//! 1. `change.ron` is written: which files are the old ones, which the new ones, and what the key file will be.
//! 2. The new files are written beside the old ones. Nobody reads them yet.
//! 3. The key file is written, replaced or removed. This one call is the turn: before it the old files count, after it
//!    the new ones.
//! 4. The old files, their backups, and `change.ron` are removed.
//!
//! [`finish`] does the rest of 4 after a crash, or takes 2 back if the turn had not come.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::backup;
use super::disk::What;
use super::document::{self, Head, Problem};
use super::files::{Files, Found, Space, held, seal};
use super::place::{self, Place};
use super::vault::{self, IDENTITY, Keys, RECOVERY};
use super::write::{self, SaveError};
use crate::couple::Member;
use crate::document;
use crate::fields::Document;

document! {
    /// `private/spaces/<member>/change.ron`: a change of all files that is under way. Paths are relative to the data
    /// folder.
    pub struct Change: "change", 1 {
        /// SHA-256 of the key file after the turn; empty when there is none then.
        pub key: String,
        /// Files that go after the turn.
        pub old: Vec<Old>,
        /// Files that go if the turn never came.
        pub new: Vec<String>,
    }
}

/// A file that goes, unless somebody changed it since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Old {
    /// Where it lies.
    path: String,
    /// SHA-256 of its content.
    sum: String,
}

/// Name of the file of a change that is under way.
pub const CHANGE: &str = "change.ron";

/// What a space is to become.
#[derive(Debug)]
pub enum Goal<'a> {
    /// Sealed with this key, of which these are the bytes of the key file.
    Sealed(&'a Arc<Keys>, &'a [u8]),
    /// Plain.
    Plain,
}

/// One file of a space, read.
struct Piece {
    below: PathBuf,
    bytes: Vec<u8>,
    what: Content,
    text: Zeroizing<Vec<u8>>,
}

/// What a file of a space holds.
enum Content {
    /// A document.
    Document(Place),
    /// Something that was set aside, or is no text: taken along byte for byte.
    Aside,
    /// A sealed file that does not open. It was set aside, and there is nothing to take along.
    Broken,
}

fn key_path(member: Member) -> PathBuf {
    place::space_folder(member).join(IDENTITY)
}

fn shown(path: &Path) -> String {
    let parts: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

/// The names in a folder relative to the data folder; none if there is no such folder.
fn names(files: &Files, below: &Path) -> Result<Vec<String>, SaveError> {
    let path = files.spot(below).path();
    match files.disk.list(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        names => names.map_err(|error| SaveError::disk(&path, &error)),
    }
}

fn read(files: &Files, below: &Path) -> Result<Option<Vec<u8>>, SaveError> {
    let spot = files.spot(below);
    write::refuse_links(&*files.disk, &spot)?;
    let path = spot.path();
    match files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))? {
        Some(entry) if entry.what == What::File && entry.size <= vault::LARGEST_SEALED => {
            files.disk.read(&path).map(Some).map_err(|error| SaveError::disk(&path, &error))
        }
        Some(_) => Err(SaveError::Garbled(path, "a file of a sane size belongs here".to_owned())),
        None => Ok(None),
    }
}

/// The key file of a space, if it has one.
pub fn key_file(files: &Files, member: Member) -> Result<Option<Vec<u8>>, SaveError> {
    let below = key_path(member);
    let path = files.spot(&below).path();
    match files.disk.look(&path).map_err(|error| SaveError::disk(&path, &error))? {
        Some(entry) if entry.size > vault::LARGEST_KEY => {
            Err(SaveError::Garbled(path, "it is too large to be a key file".to_owned()))
        }
        _ => read(files, &below),
    }
}

/// The recovery file of a space, if it has one.
pub fn recovery_file(files: &Files, member: Member) -> Result<Option<Vec<u8>>, SaveError> {
    read(files, &place::space_folder(member).join(RECOVERY))
}

/// Says of both spaces whether they are plain or locked. One whose sealed files have lost their key file is locked too:
/// a plain one beside them would hide them.
pub fn look(files: &Files) -> Result<(), SaveError> {
    for member in Member::BOTH {
        let folder = place::space_folder(member);
        let has = names(files, &folder)?;
        let sealed = has.iter().any(|name| name == IDENTITY || name == RECOVERY || vault::is_sealed_name(name));
        let turning = has.iter().any(|name| name == CHANGE) && !has.iter().any(|name| name == IDENTITY);
        // In the middle of a first turn that has not come, or after the last step of the way back.
        *held(&files.spaces).of_mut(member) = if sealed && !turning { Space::Locked } else { Space::Plain };
    }
    Ok(())
}

/// Everything of a plain space that is to be sealed.
fn plain_pieces(files: &Files, member: Member) -> Result<Vec<Piece>, SaveError> {
    let folder = place::space_folder(member);
    let mut paths: Vec<PathBuf> = names(files, &folder)?.iter().map(|name| folder.join(name)).collect();
    let progress = folder.join("progress");
    paths.extend(names(files, &progress)?.iter().map(|name| progress.join(name)));
    paths.extend(backup::asides_of(files, member)?);
    let mut pieces = Vec::new();
    for below in paths {
        let place = Place::from_path(&below);
        if (place.is_none() && below.starts_with(&folder)) || vault::is_age(&below) {
            continue;
        }
        if let Some(bytes) = read(files, &below)? {
            let text = Zeroizing::new(bytes.clone());
            let what = match place {
                Some(place) if std::str::from_utf8(&bytes).is_ok() => Content::Document(place),
                _ => Content::Aside,
            };
            pieces.push(Piece { below, bytes, what, text });
        }
    }
    Ok(pieces)
}

/// Everything of an open space that is to be sealed anew or to become plain. What does not open is set aside.
fn sealed_pieces(files: &Files, member: Member, keys: &Keys) -> Result<Vec<Piece>, SaveError> {
    let folder = place::space_folder(member);
    let mut pieces = Vec::new();
    for name in names(files, &folder)?.into_iter().filter(|name| vault::is_sealed_name(name)) {
        let below = folder.join(&name);
        let Some(bytes) = read(files, &below)? else { continue };
        let opened = keys.open(&name, &bytes).ok();
        let document = opened.and_then(|(inner, text)| Some((Place::from_path(&folder.join(&inner))?, text)));
        let Some((place, text)) = document else {
            backup::set_aside(files, &below)?;
            pieces.push(Piece { below, bytes, what: Content::Broken, text: Zeroizing::default() });
            continue;
        };
        let body = text.split_once('\n').map_or("", |(_, body)| body).trim_end_matches([' ', '\n']);
        let mut text = Zeroizing::new(Vec::with_capacity(body.len() + 1));
        text.extend_from_slice(body.as_bytes());
        text.push(b'\n');
        pieces.push(Piece { below, bytes, what: Content::Document(place), text });
    }
    for below in backup::asides_of(files, member)?.into_iter().filter(|below| vault::is_age(below)) {
        // One that was broken when it was set aside is so still.
        if let Some(bytes) = read(files, &below)?
            && let Ok(text) = keys.open_bytes(&bytes)
        {
            pieces.push(Piece { below, bytes, what: Content::Aside, text });
        }
    }
    Ok(pieces)
}

/// The new file for a piece, if there is to be one.
fn remade(
    files: &Files,
    member: Member,
    piece: &Piece,
    goal: &Goal<'_>,
) -> Result<Option<(PathBuf, Vec<u8>)>, SaveError> {
    let broken = || SaveError::Unsealable(files.spot(&piece.below).path());
    Ok(match (goal, &piece.what) {
        (_, Content::Broken) => None,
        (Goal::Plain, Content::Document(place)) => Some((place.path(), piece.text.to_vec())),
        (Goal::Plain, Content::Aside) => Some((piece.below.with_extension("ron"), piece.text.to_vec())),
        (Goal::Sealed(keys, _), Content::Document(place)) => {
            let inner = place.inner();
            let below = place::space_folder(member).join(keys.name(&inner));
            let text = std::str::from_utf8(&piece.text).map_err(|_| broken())?;
            let sealed = seal(keys, &below, &inner, text).ok_or_else(broken)?;
            Some((below, sealed))
        }
        (Goal::Sealed(keys, _), Content::Aside) => {
            // Its own name tells which file it was.
            let name = piece.below.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let time = (files.now)().strftime("%Y%m%dT%H%M%S").to_string();
            let time = name.split_once("-private-").map_or(time.as_str(), |(time, _)| time);
            let below = files.private("corrupt").join(format!("{time}-private-spaces-{member}-{}", keys.name(&name)));
            Some((below, keys.seal_bytes(&piece.text).map_err(|_| broken())?))
        }
    })
}

/// Makes the space what `goal` says. What could not be removed of the old files is handed back as an error of its own,
/// and the next start tries again.
///
/// # Errors
/// [`SaveError`]: nothing has changed. If not even that is known, because the disk is gone, the space is locked.
pub fn turn(files: &Files, member: Member, goal: &Goal<'_>) -> Result<Option<SaveError>, SaveError> {
    let _turning = held(&files.turning);
    finish_one(files, member)?;
    let space = held(&files.spaces).of(member).clone();
    let pieces = match &space {
        Space::Plain => plain_pieces(files, member)?,
        Space::Open(keys) => sealed_pieces(files, member, keys)?,
        Space::Locked => return Err(SaveError::Locked(files.spot(&place::space_folder(member)).path())),
    };
    let made = pieces.iter().filter_map(|piece| remade(files, member, piece, goal).transpose());
    let made = made.collect::<Result<Vec<_>, _>>()?;
    let key = match goal {
        Goal::Sealed(_, bytes) => vault::sum(bytes),
        Goal::Plain => String::new(),
    };
    let mut old: Vec<Old> =
        pieces.iter().map(|piece| Old { path: shown(&piece.below), sum: vault::sum(&piece.bytes) }).collect();
    if let Some(bytes) = recovery_file(files, member)? {
        old.push(Old { path: shown(&place::space_folder(member).join(RECOVERY)), sum: vault::sum(&bytes) });
    }
    let change = Change { key, old, new: made.iter().map(|(below, _)| shown(below)).collect() };
    let written = write_all(files, member, &change, &made).and_then(|()| match goal {
        Goal::Sealed(_, bytes) => files.put(&key_path(member), bytes),
        Goal::Plain => write::remove(&*files.disk, &files.spot(&key_path(member))),
    });
    let turned = match (&written, has_turned(files, member, &change)) {
        (_, Ok(turned)) => turned,
        (Ok(()), Err(_)) => true,
        // The disk is gone, and nobody knows. Nothing is read or written until the next start finds out.
        (Err(error), Err(_)) => {
            *held(&files.spaces).of_mut(member) = Space::Locked;
            return Err(error.clone());
        }
    };
    if !turned {
        let _ = clean(files, member, &change, false);
        return Err(written.err().unwrap_or_else(|| SaveError::Unsealable(files.spot(&key_path(member)).path())));
    }
    *held(&files.spaces).of_mut(member) = match goal {
        Goal::Sealed(keys, bytes) => {
            keys.set_file(bytes);
            Space::Open(Arc::clone(keys))
        }
        Goal::Plain => Space::Plain,
    };
    Ok(clean(files, member, &change, true).err())
}

fn write_all(files: &Files, member: Member, change: &Change, made: &[(PathBuf, Vec<u8>)]) -> Result<(), SaveError> {
    let values = change.put().into_iter().map(|(name, text)| (name, document::nest(&text))).collect();
    let text = document::render(&Head::of::<Change>(), &values);
    files.put(&place::space_folder(member).join(CHANGE), text.as_bytes())?;
    made.iter().try_for_each(|(below, bytes)| files.put(below, bytes))
}

fn has_turned(files: &Files, member: Member, change: &Change) -> Result<bool, SaveError> {
    Ok(key_file(files, member)?.map_or(String::new(), |bytes| vault::sum(&bytes)) == change.key)
}

/// Removes what no longer counts.
fn clean(files: &Files, member: Member, change: &Change, turned: bool) -> Result<(), SaveError> {
    let folder = place::space_folder(member);
    if turned {
        backup::forget_space(files, member)?;
        for old in &change.old {
            let below = PathBuf::from(&old.path);
            // Somebody wrote it anew since: it is theirs to keep.
            if is_ours(files, member, &below) && read(files, &below)?.is_some_and(|bytes| vault::sum(&bytes) == old.sum)
            {
                remove(files, &below)?;
            }
        }
        let progress = files.spot(&folder.join("progress")).path();
        // Only if it is empty: what else lies there is not ours.
        let _ = files.disk.remove_folder(&progress);
    } else {
        for below in change.new.iter().map(PathBuf::from).filter(|below| is_ours(files, member, below)) {
            remove(files, &below)?;
        }
    }
    remove(files, &folder.join(CHANGE))
}

/// A list in a file is not to be trusted with what to remove: only files of this space.
fn is_ours(files: &Files, member: Member, below: &Path) -> bool {
    let plain = below.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    let aside = below.starts_with(files.private("corrupt"))
        && below.to_string_lossy().contains(&format!("private-spaces-{member}-"));
    plain && (below.starts_with(place::space_folder(member)) || aside)
}

fn remove(files: &Files, below: &Path) -> Result<(), SaveError> {
    let spot = files.spot(below);
    write::remove(&*files.disk, &spot)?;
    files.note(&spot.path(), None);
    Ok(())
}

fn finish_one(files: &Files, member: Member) -> Result<(), SaveError> {
    let spot = files.spot(&place::space_folder(member).join(CHANGE));
    let change = match files.read(&spot, Change::KIND, Change::SCHEMA) {
        Found::Nothing => return Ok(()),
        Found::Barred(error) => return Err(error),
        Found::Garbled(problem) => return Err(SaveError::Garbled(problem.path, problem.what)),
        Found::Sheet(sheet, _) => Change::take(&sheet.values()).0,
    };
    let turned = has_turned(files, member, &change)?;
    clean(files, member, &change, turned)
}

/// Ends changes that a crash interrupted.
pub fn finish(files: &Files, problems: &mut Vec<Problem>) {
    for member in Member::BOTH {
        if let Err(error) = finish_one(files, member) {
            let path = files.spot(&place::space_folder(member).join(CHANGE)).path();
            problems.push(Problem::of_file(&path, error.to_string()));
        }
    }
}
