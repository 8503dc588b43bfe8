//! One therapist as a contact for the desktop's own address book: vCard 4.0 (RFC 6350), written by `calcard`.
//!
//! Only name and ways to reach them: an address book may be shared, and what the couple noted is nobody else's.

use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue, VCardVersion};

use crate::directory::Therapist;

fn entry(name: VCardProperty, value: &str) -> VCardEntry {
    VCardEntry::new(name).with_value(VCardValue::Text(value.trim().to_owned()))
}

/// The text of the contact file.
#[must_use]
pub fn contact(therapist: &Therapist) -> String {
    let mut entries = vec![entry(VCardProperty::Fn, &therapist.name)];
    for (name, values) in [
        (VCardProperty::Tel, &therapist.phones),
        (VCardProperty::Email, &therapist.mails),
        (VCardProperty::Url, &therapist.webs),
    ] {
        entries.extend(values.iter().map(|value| entry(name.clone(), value)));
    }
    let Therapist { street, city, region, postcode, country, .. } = therapist;
    let address = ["", "", street, city, region, postcode, country];
    if address.iter().any(|part| !part.is_empty()) {
        let parts = address.iter().map(|part| VCardValue::Text((*part).to_owned())).collect();
        entries.push(VCardEntry::new(VCardProperty::Adr).with_values(parts));
    }
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = VCard { entries }.write_to(&mut text, VCardVersion::V4_0);
    text
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
