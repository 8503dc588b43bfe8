//! Photos of therapists: pictures beside the records, each written once by one device and never changed.
//!
//! The record says which picture counts, so that whichever device changed it last wins, as with any other field, and a
//! photo that is taken off can come back. A picture that is not there (yet) is a record without a photo.

use std::path::PathBuf;

use super::Shelf;
use super::disk::What;
use super::files::held;
use super::name::photo_of_name;
use super::place::{DeviceId, Place};
use super::write::{self, SaveError};
use crate::directory::{Photo, Photos, Therapist, TherapistId};

/// Larger files are no photos of ours, in bytes (1 MiB).
pub(super) const LARGEST: u64 = 1 << 20;

/// What the file of a photo is called that this device keeps, without its ending.
#[must_use]
pub fn file_name(photo: &Photo, device: DeviceId) -> String {
    format!("{}-{device}", photo.name())
}

fn place(id: &TherapistId, name: &str) -> Option<Place> {
    photo_of_name(&format!("{name}.png"))?;
    Some(Place::Photo(id.as_str().parse().ok()?, name.parse().ok()?))
}

impl Shelf {
    /// Keeps a photo beside the record, and waits until it is on the disk itself. Returns its name for
    /// [`Therapist::photo`].
    ///
    /// # Errors
    /// [`SaveError`]; then it is not there.
    pub fn save_photo(&self, id: &TherapistId, photo: &Photo) -> Result<String, SaveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading);
        }
        let name = file_name(photo, self.device);
        let garbled = |what: String| SaveError::Garbled(PathBuf::from(format!("{name}.png")), what);
        let place = place(id, &name).ok_or_else(|| garbled("the name names no file".to_owned()))?;
        let png = photo.png().map_err(|error| garbled(error.to_string()))?;
        let _turning = held(&self.files.turning);
        self.files.put(&place.path(), &png)?;
        Ok(name)
    }

    /// The photo of this name beside the record, as PNG; `None` if there is none, or none that could be one.
    #[must_use]
    pub fn load_photo(&self, id: &TherapistId, name: &str) -> Option<Vec<u8>> {
        let spot = self.files.spot(&place(id, name)?.path());
        write::refuse_links(&*self.files.disk, &spot).ok()?;
        let path = spot.path();
        let entry = self.files.disk.look(&path).ok()??;
        let fits = entry.what == What::File && entry.size <= LARGEST;
        fits.then(|| self.files.disk.read(&path).ok()).flatten()
    }

    /// The photos of these therapists, by the names that their records give.
    #[must_use]
    pub fn photos<'a>(&self, of: impl IntoIterator<Item = (&'a TherapistId, &'a Therapist)>) -> Photos {
        let with = of.into_iter().filter(|(_, therapist)| !therapist.photo.is_empty());
        with.filter_map(|(id, therapist)| Some((therapist.photo.clone(), self.load_photo(id, &therapist.photo)?)))
            .collect()
    }

    /// Removes a photo that no record names any more. Those of other devices stay: each device writes its own files only.
    ///
    /// # Errors
    /// [`SaveError`]; then it is still there.
    pub fn remove_photo(&self, id: &TherapistId, name: &str) -> Result<(), SaveError> {
        if self.is_reader() {
            return Err(SaveError::OnlyReading);
        }
        let file = format!("{name}.png");
        let is_own = photo_of_name(&file).is_some_and(|(_, device)| device == self.device);
        let Some(place) = place(id, name).filter(|_| is_own) else { return Ok(()) };
        let _turning = held(&self.files.turning);
        let spot = self.files.spot(&place.path());
        write::remove(&*self.files.disk, &spot)?;
        self.files.note(&spot.path(), None);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::store::check::check;
    use crate::store::data::{Data, faults_of, therapist_record};
    use crate::store::{Opening, RecordKind, Role, When};

    fn photo() -> Photo {
        Photo::new(crate::directory::photo::tests::file(600, 400, image::ImageFormat::Jpeg)).unwrap()
    }

    fn open(root: &std::path::Path) -> Shelf {
        Shelf::open(root, Opening { look_out: false, ..Opening::new(Role::Window) }).unwrap().0
    }

    #[test]
    fn a_photo_lies_beside_the_record_and_is_found_clean() {
        let folder = tempfile::tempdir().unwrap();
        let id = TherapistId::new("a").unwrap();
        let shelf = open(folder.path());
        let name = shelf.save_photo(&id, &photo()).unwrap();
        assert!(name.ends_with(shelf.device().as_str()));
        let mut data = Data::default();
        data.load_therapists(&shelf, &mut Vec::new());
        assert!(data.therapists.is_empty(), "a picture alone is nobody");
        let new = Therapist { name: "Anne".into(), photo: name.clone(), ..Therapist::default() };
        let _ = shelf.save_record(&therapist_record(&id).unwrap(), &crate::store::Joined::default(), &new, When::Now);
        assert!(shelf.flush(std::time::Duration::from_secs(60)));
        let mut troubles = Vec::new();
        data.load_therapists(&shelf, &mut troubles);
        assert_eq!((data.therapists[&id].value.photo.as_str(), troubles.len()), (name.as_str(), 0));
        assert_eq!(shelf.photos(data.listed())[&name], photo().png().unwrap());
        assert_eq!(shelf.list_records(RecordKind::Therapist).len(), 1);
        let problems = || check(folder.path(), &|_, kind, values| faults_of(kind, values), &|_, _| Vec::new());
        assert_eq!(problems(), []);
        let path = folder.path().join(format!("shared/therapists/a/{name}.png"));
        fs::write(&path, &photo().png().unwrap()[..100]).unwrap();
        assert!(problems()[0].to_string().contains("the picture is damaged"), "{:?}", problems());
        shelf.remove_photo(&id, &name).unwrap();
        assert!(!path.exists());
        assert_eq!(shelf.load_photo(&id, &name), None);
    }

    #[test]
    fn only_this_devices_photos_are_removed_and_no_name_leads_elsewhere() {
        let folder = tempfile::tempdir().unwrap();
        let id = TherapistId::new("a").unwrap();
        let shelf = open(folder.path());
        shelf.save_photo(&id, &photo()).unwrap();
        let other = format!("{}-zzzzzzz9", photo().name());
        let path = folder.path().join(format!("shared/therapists/a/{other}.png"));
        fs::write(&path, photo().png().unwrap()).unwrap();
        assert!(shelf.load_photo(&id, &other).is_some());
        shelf.remove_photo(&id, &other).unwrap();
        assert!(path.exists());
        for name in ["../../private/device", "", "x", "0123456789abcdef"] {
            assert_eq!(shelf.load_photo(&id, name), None, "{name}");
        }
        let big = vec![0_u8; usize::try_from(LARGEST).unwrap() + 1];
        fs::write(&path, big).unwrap();
        assert_eq!(shelf.load_photo(&id, &other), None);
    }
}
