//! One therapist as a contact for the desktop's own address book: a vCard with name and ways to reach them alone, since an
//! address book may be shared, and what the couple noted is nobody else's.

use crate::directory::{Photos, Therapist, export::export_vcard};

/// The text of the contact file.
#[must_use]
pub fn contact(therapist: &Therapist) -> String {
    let therapist = therapist.clone();
    let reached = Therapist {
        name: therapist.name,
        phones: therapist.phones,
        mails: therapist.mails,
        webs: therapist.webs,
        street: therapist.street,
        city: therapist.city,
        region: therapist.region,
        postcode: therapist.postcode,
        country: therapist.country,
        ..Therapist::default()
    };
    export_vcard([&reached], &Photos::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_holds_how_to_reach_them_and_no_note() {
        let therapist = Therapist {
            name: "Ève Exemple".into(),
            phones: vec!["+1 418 555-0100".into()],
            mails: vec!["eve@example.org".into()],
            city: "Lévis".into(),
            notes: "private".into(),
            ..Therapist::default()
        };
        let text = contact(&therapist);
        for part in
            ["BEGIN:VCARD", "VERSION:4.0", "Ève Exemple", "418 555-0100", "eve@example.org", "Lévis", "END:VCARD"]
        {
            assert!(text.contains(part), "{part} {text}");
        }
        assert!(!text.contains("private") && !text.to_lowercase().contains("couple"), "{text}");
    }
}
