//! What the properties of one card mean for a record.

use std::collections::BTreeMap;

use calcard::common::IanaString;
use calcard::vcard::{
    VCard, VCardEntry, VCardKind, VCardParameterName, VCardParameterValue, VCardProperty, VCardSex, VCardValue,
};

use crate::directory::columns::{COLUMNS, heading_key};
use crate::directory::fold::fold;
use crate::directory::import::{Found, OWN_PROPERTY as OWN, add_note, joined};
use crate::directory::{Photo, Therapist};

/// Whether a card is a list of other cards, and nobody.
pub(super) fn is_group(card: &VCard) -> bool {
    card.entries.iter().any(|entry| match &entry.name {
        VCardProperty::Kind => matches!(entry.values.first(), Some(VCardValue::Kind(VCardKind::Group))),
        VCardProperty::Other(name) if name.eq_ignore_ascii_case("X-ADDRESSBOOKSERVER-KIND") => {
            first(entry).eq_ignore_ascii_case("group")
        }
        _ => false,
    })
}

/// What a card says.
pub(super) fn found(card: &VCard, line: u64) -> Found {
    let mut found = Found { line, ..Found::default() };
    let mut reach = Reach::default();
    let labels = labels(card);
    for entry in &card.entries {
        let label = entry.group.as_ref().and_then(|group| labels.get(group.as_str())).copied().unwrap_or_default();
        property(entry, label, &mut found, &mut reach);
    }
    reach.settle(&mut found.therapist);
    name(card, &mut found);
    found
}

/// `item1.X-ABLabel:Office` names the group `item1`.
fn labels(card: &VCard) -> BTreeMap<&str, &str> {
    let is_label = |entry: &&VCardEntry| other(&entry.name).is_some_and(|name| name.eq_ignore_ascii_case("X-ABLABEL"));
    card.entries
        .iter()
        .filter(is_label)
        .filter_map(|entry| match (&entry.group, entry.values.first()) {
            (Some(group), Some(VCardValue::Text(text))) => Some((group.as_str(), text.as_str())),
            _ => None,
        })
        .collect()
}

fn other(name: &VCardProperty) -> Option<&str> {
    match name {
        VCardProperty::Other(name) => Some(name),
        _ => None,
    }
}

/// A value as text; parts of one component with commas between them.
fn text_of(value: &VCardValue) -> String {
    match value {
        VCardValue::Text(text) => tidy(text),
        VCardValue::Component(parts) => {
            parts.iter().map(|part| tidy(part)).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::Sex(sex) => match sex {
            VCardSex::Male => "M",
            VCardSex::Female => "F",
            VCardSex::Other => "X",
            VCardSex::NoneOrNotApplicable | VCardSex::Unknown => "",
        }
        .to_owned(),
        VCardValue::Boolean(_)
        | VCardValue::PartialDateTime(_)
        | VCardValue::Binary(_)
        | VCardValue::GramGender(_)
        | VCardValue::Kind(_) => String::new(),
    }
}

fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

fn texts(entry: &VCardEntry) -> Vec<String> {
    entry.values.iter().map(text_of).collect()
}

fn first(entry: &VCardEntry) -> String {
    texts(entry).into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

/// What a property is marked as: `work`, `cell`, `pref` and so on, in small letters.
fn marks(entry: &VCardEntry) -> Vec<String> {
    let mut marks = Vec::new();
    for parameter in &entry.params {
        let name = parameter.name.as_str().to_lowercase();
        match (&parameter.name, &parameter.value) {
            // vCard 2.1 leaves `TYPE=` out.
            (VCardParameterName::Other(_) | VCardParameterName::Pref, VCardParameterValue::Null) => marks.push(name),
            (VCardParameterName::Pref, VCardParameterValue::Integer(1)) => marks.push("pref".to_owned()),
            (VCardParameterName::Type, VCardParameterValue::Text(text)) => {
                marks.extend(text.split(',').map(|mark| mark.trim().to_lowercase()));
            }
            (VCardParameterName::Type, VCardParameterValue::Type(mark)) => marks.push(mark.as_str().to_lowercase()),
            _ => {}
        }
    }
    marks
}

/// The rank that `PREF=` gives, from 1; 101 if there is none.
fn preference(entry: &VCardEntry) -> u32 {
    let of = |parameter: &calcard::vcard::VCardParameter| match (&parameter.name, &parameter.value) {
        (VCardParameterName::Pref, VCardParameterValue::Integer(rank)) => Some(*rank),
        _ => None,
    };
    entry.params.iter().find_map(of).unwrap_or(101)
}

/// Ways to reach somebody, with what decides which comes first.
#[derive(Default)]
struct Reach {
    phones: Vec<(Rank, String)>,
    mails: Vec<(Rank, String)>,
    webs: Vec<(Rank, String)>,
    languages: Vec<(Rank, String)>,
    addresses: Vec<(Rank, String, [String; 5])>,
}

/// Preferred ones first, then those for work, then in file order.
type Rank = (u32, u8);

fn rank(entry: &VCardEntry) -> Rank {
    let marks = marks(entry);
    let has = |mark: &str| marks.iter().any(|known| known == mark);
    let place = if has("pref") {
        0
    } else if has("work") || has("main") {
        1
    } else if has("home") {
        3
    } else {
        2
    };
    (preference(entry), place)
}

impl Reach {
    fn settle(mut self, therapist: &mut Therapist) {
        let sorted = |mut list: Vec<(Rank, String)>, into: &mut Vec<String>| {
            list.sort_by_key(|(rank, _)| *rank);
            for ((rank, _), text) in list {
                // Whoever ranks them means each of them.
                if !text.is_empty() && (rank <= 100 || !into.contains(&text)) {
                    into.push(text);
                }
            }
        };
        sorted(self.phones, &mut therapist.phones);
        sorted(self.mails, &mut therapist.mails);
        sorted(self.webs, &mut therapist.webs);
        sorted(self.languages, &mut therapist.languages);
        self.addresses.sort_by_key(|(rank, ..)| *rank);
        let mut all = self.addresses.into_iter();
        if let Some((_, _, [street, city, region, postcode, country])) = all.next() {
            let Therapist {
                street: to_street,
                city: to_city,
                region: to_region,
                postcode: to_code,
                country: to_country,
                ..
            } = therapist;
            let parts =
                [(to_street, street), (to_city, city), (to_region, region), (to_code, postcode), (to_country, country)];
            // A property of our own has been there first where a part has several lines.
            parts.into_iter().filter(|(to, _)| to.is_empty()).for_each(|(to, part)| *to = part);
        }
        for (_, label, parts) in all {
            let line = joined(parts.iter().map(String::as_str), ", ");
            add_note(therapist, &joined([label.as_str(), &line], ": "));
        }
    }
}

fn property(entry: &VCardEntry, label: &str, found: &mut Found, reach: &mut Reach) {
    let therapist = &mut found.therapist;
    match &entry.name {
        VCardProperty::Tel => phone(entry, label, therapist, reach),
        VCardProperty::Email => reach.mails.push((rank(entry), strip(&first(entry), "mailto:"))),
        VCardProperty::Url => reach.webs.push((rank(entry), first(entry))),
        VCardProperty::Lang => reach.languages.push((rank(entry), first(entry))),
        VCardProperty::Adr => address(entry, label, reach),
        VCardProperty::Org if therapist.practice.is_empty() => {
            therapist.practice = joined(texts(entry).iter().map(String::as_str), ", ");
        }
        VCardProperty::Title => {
            if therapist.credential.is_empty() {
                therapist.credential = first(entry);
            } else {
                add_note(therapist, &first(entry));
            }
        }
        VCardProperty::Role => add_note(therapist, &first(entry)),
        VCardProperty::Gender => therapist.gender = joined(texts(entry).iter().map(String::as_str), " "),
        VCardProperty::Pronouns if therapist.pronouns.is_empty() => therapist.pronouns = first(entry),
        VCardProperty::Note => {
            // A comma that should have been escaped parts a note for strict readers; for people it is a comma.
            let text = texts(entry).join(", ");
            add_note(therapist, &text);
        }
        VCardProperty::Categories => {
            // The groups in which Google keeps everyone.
            let says = |topic: &String| !topic.is_empty() && !["myContacts", "starred"].contains(&topic.as_str());
            therapist.topics.extend(texts(entry).into_iter().filter(says));
        }
        VCardProperty::Kind => {
            found.is_organisation = entry.values.iter().any(|value| matches!(value, VCardValue::Kind(VCardKind::Org)));
        }
        VCardProperty::Photo if found.photo.is_none() => photo(entry, found),
        VCardProperty::Other(name) => own(entry, name, found),
        _ => {}
    }
}

/// Properties of Sameside's own, and Apple's mark for companies.
fn own(entry: &VCardEntry, name: &str, found: &mut Found) {
    if name.eq_ignore_ascii_case("X-ABSHOWAS") {
        found.is_organisation = first(entry).eq_ignore_ascii_case("COMPANY");
        return;
    }
    let Some(heading) =
        name.get(..OWN.len()).filter(|start| start.eq_ignore_ascii_case(OWN)).and(name.get(OWN.len()..))
    else {
        return;
    };
    let key = heading_key(&heading.replace('-', " "));
    let column = COLUMNS.iter().find(|column| heading_key(&column.heading.replace('-', " ")) == key);
    let text = texts(entry).join(",");
    if let Some(column) = column
        && !text.is_empty()
        && !(column.set)(&mut found.therapist, &text)
    {
        add_note(&mut found.therapist, &format!("{}: {text}", column.heading));
        found.aside.push(column.heading.to_owned());
    }
}

/// A picture in the card itself. One that only has an address is left where it is: nothing is fetched.
fn photo(entry: &VCardEntry, found: &mut Found) {
    match entry.values.first() {
        Some(VCardValue::Binary(picture)) => found.take_photo(Photo::new(picture.data.clone())),
        // What some programs write: a data address in a version that has none.
        Some(VCardValue::Text(text)) if text.starts_with("data:") => found.take_photo(Photo::of_text(text)),
        _ => {}
    }
}

fn strip(text: &str, scheme: &str) -> String {
    let has = text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if has { text.get(scheme.len()..).unwrap_or_default().to_owned() } else { text.to_owned() }
}

/// A number to call; fax and pager go into the notes.
fn phone(entry: &VCardEntry, label: &str, therapist: &mut Therapist, reach: &mut Reach) {
    let whole = first(entry);
    let text = strip(&whole, "tel:");
    // RFC 3966: `tel:+1-418-555-0100;ext=102`.
    let (number, more) = if text == whole { (text.as_str(), "") } else { text.split_once(';').unwrap_or((&text, "")) };
    let extension = more.split(';').find_map(|part| part.strip_prefix("ext=")).unwrap_or_default();
    let number = number.trim();
    let number = if extension.is_empty() { number.to_owned() } else { format!("{number} ext. {extension}") };
    let marks = marks(entry);
    // `WORK_FAX` in Google's, `Télécopieur` as a label of somebody's own.
    let label = fold(label);
    for (mark, word) in [("fax", "Fax"), ("telecop", "Fax"), ("pager", "Pager")] {
        if marks.iter().any(|known| known.contains(mark)) || label.contains(mark) {
            return add_note(therapist, &format!("{word}: {number}"));
        }
    }
    reach.phones.push((rank(entry), number));
}

fn address(entry: &VCardEntry, label: &str, reach: &mut Reach) {
    let mut parts = texts(entry).into_iter().map(|part| {
        // A comma at the end of a line would stand twice once the lines are one; elsewhere it is somebody's own.
        let many = part.contains('\n');
        let lines = part.split('\n').map(|line| if many { line.trim().trim_end_matches(',') } else { line.trim() });
        joined(lines, ", ")
    });
    let mut next = || parts.next().unwrap_or_default();
    let (post_box, extra, street) = (next(), next(), next());
    let street = joined([street.as_str(), &extra, &post_box], ", ");
    let address = [street, next(), next(), next(), next()];
    if address.iter().all(String::is_empty) {
        return;
    }
    let marks = marks(entry);
    let kind = ["home", "work"].into_iter().find(|kind| marks.iter().any(|mark| mark == kind)).unwrap_or_default();
    let label = if label.is_empty() || label.starts_with('_') { kind } else { label };
    reach.addresses.push((rank(entry), label.to_owned(), address));
}

/// The name as it is shown, or else put together, or else whatever there is to call them.
fn name(card: &VCard, found: &mut Found) {
    let of = |wanted: &VCardProperty| card.entries.iter().find(|entry| entry.name == *wanted);
    let mut shown = of(&VCardProperty::Fn).map(|entry| texts(entry).join(", ")).unwrap_or_default().trim().to_owned();
    let parts: Vec<String> =
        of(&VCardProperty::N).map(|entry| entry.values.iter().map(spaced).collect()).unwrap_or_default();
    let part = |at: usize| parts.get(at).map_or("", String::as_str);
    if shown.is_empty() {
        shown = joined([part(3), part(1), part(2), part(0), part(4)], " ");
    }
    let therapist = &mut found.therapist;
    if shown.is_empty() && !therapist.practice.is_empty() {
        shown.clone_from(&therapist.practice);
        found.is_organisation = true;
    }
    if shown.is_empty() {
        shown = of(&VCardProperty::Nickname).map(first).unwrap_or_default();
    }
    if shown.is_empty() {
        shown = therapist.mails.first().cloned().unwrap_or_default();
    }
    // An organisation has no name of a person beside its own.
    found.is_organisation |= !parts.is_empty() && parts.iter().all(String::is_empty) && shown == therapist.practice;
    if therapist.credential.is_empty() && part(4).contains(['.', ',']) {
        part(4).clone_into(&mut therapist.credential);
    }
    therapist.name = shown.replace('\n', " ").trim().to_owned();
}

/// A component with spaces between its parts: several first names.
fn spaced(value: &VCardValue) -> String {
    match value {
        VCardValue::Component(parts) => joined(parts.iter().map(String::as_str), " "),
        value => text_of(value),
    }
}
