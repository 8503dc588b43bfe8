//! Contacts for phones and computers: vCard 4.0 (RFC 6350, RFC 9554), written by `calcard`.
//!
//! What a contact has a place for goes there; everything else into properties of our own, which other programs keep or
//! pass over and an import takes back.

use calcard::vcard::{
    VCard, VCardEntry, VCardParameter, VCardParameterName, VCardParameterValue, VCardProperty, VCardValue, VCardVersion,
};

use crate::directory::columns::COLUMNS;
use crate::directory::{Photos, Therapist, languages, photo};

/// Columns that have a property of vCard's own.
const STANDARD: [&str; 9] =
    ["Name", "Pronouns", "Practice", "Credential", "Phones", "Mails", "Web pages", "Topics", "Notes"];

fn entry(name: VCardProperty, value: &str) -> VCardEntry {
    VCardEntry::new(name).with_value(VCardValue::Text(value.to_owned()))
}

/// Several values, each with its rank.
fn ranked(name: &VCardProperty, values: &[String]) -> Vec<VCardEntry> {
    let rank = |at: usize| VCardParameterValue::Integer(u32::try_from(at + 1).unwrap_or(100).min(100));
    let with_rank = |(at, value): (usize, &String)| {
        let parameter = VCardParameter { name: VCardParameterName::Pref, value: rank(at) };
        entry(name.clone(), value).with_param(parameter)
    };
    values.iter().enumerate().map(with_rank).collect()
}

fn own(heading: &str, value: &str) -> VCardEntry {
    let name = heading
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '-' })
        .collect::<String>();
    let name = name.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    entry(VCardProperty::Other(format!("{}{name}", crate::directory::import::OWN_PROPERTY)), value)
}

fn card(therapist: &Therapist, photos: &Photos) -> VCard {
    let mut entries = vec![entry(VCardProperty::Fn, &therapist.name)];
    let mut put = |name: VCardProperty, value: &str| {
        if !value.is_empty() {
            entries.push(entry(name, value));
        }
    };
    put(VCardProperty::Org, &therapist.practice);
    put(VCardProperty::Title, &therapist.credential);
    put(VCardProperty::Pronouns, &therapist.pronouns);
    put(VCardProperty::Note, &therapist.notes);
    entries.extend(ranked(&VCardProperty::Tel, &therapist.phones));
    entries.extend(ranked(&VCardProperty::Email, &therapist.mails));
    entries.extend(ranked(&VCardProperty::Url, &therapist.webs));
    let Therapist { street, city, region, postcode, country, .. } = therapist;
    let address = ["", "", street, city, region, postcode, country];
    if address.iter().any(|part| !part.is_empty()) {
        let parts = address.iter().map(|part| VCardValue::Text((*part).to_owned())).collect();
        entries.push(VCardEntry::new(VCardProperty::Adr).with_values(parts));
    }
    if !therapist.topics.is_empty() {
        let topics = therapist.topics.iter().cloned().map(VCardValue::Text).collect();
        entries.push(VCardEntry::new(VCardProperty::Categories).with_values(topics));
    }
    // LANG holds tags, not names.
    let tags = therapist.languages.iter().all(|language| languages::is_tag(language));
    if tags {
        entries.extend(ranked(&VCardProperty::Lang, &therapist.languages));
    }
    for column in COLUMNS {
        let value = (column.get)(therapist);
        let is_standard = match column.heading {
            "Languages" => tags,
            // Readers make one line of a part of an address.
            "Street" | "City" | "Region" | "Postal code" | "Country" => !value.contains('\n'),
            heading => STANDARD.contains(&heading),
        };
        if !value.is_empty() && !is_standard {
            entries.push(own(column.heading, &value));
        }
    }
    if let Some(png) = photos.get(&therapist.photo) {
        entries.push(entry(VCardProperty::Photo, &photo::in_text(png)));
    }
    VCard { entries }
}

/// The therapists as vCard 4.0, one card each, with their photos.
#[must_use]
pub fn export_vcard<'a>(therapists: impl IntoIterator<Item = &'a Therapist>, photos: &Photos) -> String {
    let mut text = String::new();
    for therapist in therapists {
        // Writing into a string cannot fail.
        let _ = card(therapist, photos).write_to(&mut text, VCardVersion::V4_0);
    }
    text
}
