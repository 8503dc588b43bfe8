//! A look at a folder that a person chose, before anything changes.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{ShareError, carry};
use crate::couple::{Each, Member, MemberCard};
use crate::fields::Document;
use crate::store::clock::Clock;
use crate::store::data::Data;
use crate::store::disk::{Access, What};
use crate::store::files::{Files, Found};
use crate::store::place::{Place, Record, is_passing};
use crate::store::settings::Pair;
use crate::store::shelf::{Device, Shelf};
use crate::store::write::{SaveError, Spot};

/// The folder that is made in a chosen one that is not empty.
pub const NAME: &str = "Sameside";
/// The largest room that is tried out, in bytes: what the couple's records take is far below.
const MOST_TRIED: u64 = 64 << 20;

/// What choosing a folder would mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The shared folder itself: the chosen one, or one in it.
    pub folder: PathBuf,
    /// There is a shared folder already.
    pub joins: bool,
    /// The names in it.
    pub names: Each<String>,
    /// Whoever is here must say which of the two in it they are.
    pub asks_who: bool,
    /// Therapists on the list there.
    pub there: usize,
    /// Therapists on the list here.
    pub ours: usize,
    /// A round or sealed answers lie here that are bound to this device's own folder: they stay behind.
    pub leaves_round: bool,
}

/// The id of the couple's folder, if this is one; empty where it cannot be understood.
pub(super) fn pair_of(files: &Files, folder: &Path) -> Result<Option<String>, SaveError> {
    let spot = Spot { base: folder.to_owned(), below: Place::PAIR_FILE.into(), access: Access::Shared };
    match files.read(&spot, Pair::KIND, Pair::SCHEMA) {
        Found::Sheet(sheet, _) => Ok(Some(Pair::take(&sheet.values()).0.id)),
        Found::Garbled(_) => Ok(Some(String::new())),
        Found::Nothing => Ok(None),
        Found::Barred(error) => Err(error),
    }
}

fn look(files: &Files, path: &Path) -> Result<Option<What>, ShareError> {
    match files.disk.look(path) {
        Ok(entry) => Ok(entry.map(|entry| entry.what)),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(error) => Err(SaveError::disk(path, &error).into()),
    }
}

fn is_empty(files: &Files, folder: &Path) -> Result<bool, ShareError> {
    let names = files.disk.list(folder).map_err(|error| SaveError::disk(folder, &error))?;
    Ok(names.iter().all(|name| is_passing(name)))
}

fn is_shared(files: &Files, folder: &Path) -> Result<bool, ShareError> {
    Ok(look(files, &folder.join(Place::PAIR_FILE))? == Some(What::File))
}

/// The shared folder that choosing this one means.
fn meant(files: &Files, chosen: &Path) -> Result<PathBuf, ShareError> {
    match look(files, chosen)? {
        None => return Err(ShareError::Missing),
        Some(What::Link) => return Err(ShareError::Link),
        Some(What::Folder) => {}
        Some(_) => return Err(ShareError::NotFolder),
    }
    if is_shared(files, chosen)? {
        return Ok(chosen.to_owned());
    }
    let inner = chosen.join(NAME);
    match look(files, &inner)? {
        Some(What::Link) => Err(ShareError::Link),
        Some(What::Folder) if is_shared(files, &inner)? || is_empty(files, &inner)? => Ok(inner),
        Some(_) => Err(ShareError::Taken),
        None if is_empty(files, chosen)? => Ok(chosen.to_owned()),
        None => Ok(inner),
    }
}

/// The same path whatever links lead there; of what is not there yet, its folder's.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = std::fs::canonicalize(path) {
        return real;
    }
    match (path.parent().map(std::fs::canonicalize), path.file_name()) {
        (Some(Ok(parent)), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    }
}

impl Shelf {
    /// Looks at a folder that a person chose, and tells what making it the shared one would mean. Changes nothing. Slow.
    ///
    /// # Errors
    /// [`ShareError`]: why it cannot be.
    pub fn look_at(&self, chosen: &Path) -> Result<Offer, ShareError> {
        let files = &*self.files;
        if self.is_reader() {
            return Err(SaveError::OnlyReading.into());
        }
        let chosen = std::path::absolute(chosen).map_err(|_| ShareError::Missing)?;
        let folder = meant(files, &chosen)?;
        let (real_chosen, real_folder, root) = (real(&chosen), real(&folder), real(&files.root));
        let present = real(&files.shared_folder());
        if real_folder == present {
            return Err(ShareError::Same);
        }
        if real_folder.starts_with(&root) || real_folder.starts_with(&present) {
            return Err(ShareError::Inside);
        }
        if root.starts_with(&real_chosen) {
            return Err(ShareError::Around);
        }
        if files.away().is_some() {
            return Err(ShareError::Away);
        }
        let _ = self.flush(super::PATIENCE);
        self.try_out(&folder)?;
        self.offer(folder)
    }

    /// Whether there is the right to write, and room for what lies in the present folder.
    fn try_out(&self, folder: &Path) -> Result<(), ShareError> {
        let files = &*self.files;
        let exists = look(files, folder)?.is_some();
        let base = if exists { folder } else { folder.parent().unwrap_or(folder) };
        let needed = carry::size(files, &files.shared_folder())?.min(MOST_TRIED);
        let wrong = |error: io::Error| SaveError::disk(folder, &error);
        let mut temp = files.disk.new_temp(base, Access::Shared, None).map_err(wrong)?;
        let zeros = vec![0; 1 << 16];
        for _ in 0..=needed / (1 << 16) {
            temp.write(&zeros).map_err(wrong)?;
        }
        Ok(())
    }

    fn offer(&self, folder: PathBuf) -> Result<Offer, ShareError> {
        let files = &*self.files;
        let ours = pair_of(files, &files.shared_folder())?;
        let theirs = pair_of(files, &folder)?;
        if theirs.as_ref().is_some_and(String::is_empty) {
            // Whose folder it is cannot be told.
            return Err(ShareError::Taken);
        }
        let other = theirs.is_some() && theirs != ours;
        let peek = self.peek(&folder);
        let name = |member| peek.load_record::<MemberCard>(&Record::Member(member)).0.value.name;
        Ok(Offer {
            joins: theirs.is_some(),
            names: Each { one: name(Member::One), two: name(Member::Two) },
            asks_who: other,
            there: therapists(&peek),
            ours: therapists(self),
            leaves_round: other && carry::has_bound(files, &files.shared_folder())?,
            folder,
        })
    }

    /// This store as a reader would see it with its shared folder there.
    fn peek(&self, folder: &Path) -> Self {
        let files =
            Files::new(Arc::clone(&self.files.disk), &self.files.root, Arc::clone(&self.files.now), Arc::new(|_| {}));
        files.set_shared(Some(folder.to_owned()), String::new());
        Self::reader(files, Clock::new(self.device, None), Device::default())
    }
}

fn therapists(shelf: &Shelf) -> usize {
    let mut data = Data::default();
    data.load_therapists(shelf, &mut Vec::new());
    data.listed().count()
}
